//! No command gives a sheet away without a disclosure: every command that the program's own
//! help names is run, with a sheet that is there, and all that it leaves is looked through.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dom::domain::contact::EmailAddress;
use dom::storage::entity::{disclosure, sheet_document};
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::support::cast::{Cast, today};
use crate::support::program::Program;

const ADA: &str = "ada@prova.example";
const OUT: &str = "out.file";

/// Carry the whole database from the hands of whoever keeps the machine into the same:
/// a sheet in it goes to nobody.
const CARRYING: [&str; 3] = ["backup", "restore", "move"];

/// Commands that don't end by themselves: they serve the routes, which are another test's.
const SERVING: [&str; 2] = ["demo", "serve"];

/// The commands that the help names, each with the words that lead to it.
fn commands(program: &Program, before: &[&str], all: &mut BTreeSet<String>) {
    let help = program.ok(&[before, &["--help"]].concat());
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let named: Vec<&str> = listed
        .take_while(|line| !line.is_empty())
        // What goes on from the line before stands further right.
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .collect();
    if named.is_empty() {
        all.insert(before.join(" "));
    }
    for name in named {
        commands(program, &[before, &[name]].concat(), all);
    }
}

/// Each command as it does the most, in an order in which all of them find what they need.
fn calls(number: &str, today: &str) -> Vec<Vec<String>> {
    let of = |text: &str| text.split(' ').map(str::to_owned).collect();
    [
        "migrate".to_owned(),
        "doctor".to_owned(),
        "desk list --json".to_owned(),
        "desk add orbetello --name Orbetello --sheet-prefix ORB --comune 053018".to_owned(),
        "partner list --json".to_owned(),
        "partner add pi --name Punto --kind punto_insieme".to_owned(),
        format!("partner contract pi --from {today}"),
        "user list --json".to_owned(),
        "user add bea@prova.example --role operator --desk grosseto".to_owned(),
        "user reset bea@prova.example".to_owned(),
        "user reset-factor bea@prova.example".to_owned(),
        "user allow-password operator".to_owned(),
        "user disable bea@prova.example".to_owned(),
        format!("export introductions --out {OUT}"),
        format!("person export W-1 --out {OUT}"),
        format!("person export F-1 --out {OUT} --as {ADA}"),
        format!("person correct W-9 phone=+390564299999 --as {ADA}"),
        "person restrict W-9".to_owned(),
        "person erase W-9 --yes --json".to_owned(),
        format!("export workers --format xlsx --out {OUT}"),
        "import workers nobody.csv".to_owned(),
        "match R-1 --json".to_owned(),
        format!("paper authorisation --out {OUT}"),
        "mail test ada@prova.example".to_owned(),
        "mail bounce".to_owned(),
        "audit verify --json".to_owned(),
        "retention --json".to_owned(),
        "privacy register --json".to_owned(),
        "man".to_owned(),
        "completions bash".to_owned(),
        format!("report access --year {} --json", &today[..4]),
        format!("report fairness --year {}", &today[..4]),
        format!("report outcomes --from {today} --to {today} --format pdf --out {OUT}"),
        format!("proposal add R-1 W-3 W-4 --as {ADA}"),
        format!("proposal accept R-1 W-3 --via phone --on {today} --as {ADA}"),
        format!("proposal decline R-1 W-4 --via phone --on {today} --reason pay --as {ADA}"),
        format!("sheet issue R-1 W-2 --mail --as {ADA} --out {OUT} --json"),
        format!("sheet print {number} --as {ADA} --out {OUT}"),
        format!("sheet revoke {number} --reason placed --as {ADA}"),
    ]
    .iter()
    .map(|call| of(call))
    .collect()
}

/// Files below a folder, but for the database's own.
fn files(folder: &Path, database: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, database));
        } else if !path
            .to_string_lossy()
            .starts_with(&*database.to_string_lossy())
        {
            found.push(path);
        }
    }
    found
}

#[test]
fn no_command_gives_a_sheet_away_without_a_row() {
    for program in Program::on_both() {
        let mut cast = Cast::on(today()).request("R-1", &[]);
        cast.families[0].email = EmailAddress::parse("famiglia@prova.example").ok();
        for worker in ["W-1", "W-2", "W-3", "W-4", "W-9"] {
            let asked = if worker < "W-3" { "yes" } else { "no" };
            cast = cast.worker(worker, &[("share_without_asking", asked)]);
        }
        program.store(&cast);
        program.operator(ADA, "grosseto");
        let issue = ["sheet", "issue", "R-1", "W-1", "--as", ADA, "--out", OUT];
        let number = program.ok(&issue).trim().to_owned();
        let head = "given_name,family_name,sex,phone,comune,max_km,arrangements,desk\n";
        std::fs::write(program.path().join("nobody.csv"), head).unwrap();

        let mut known = BTreeSet::new();
        commands(&program, &[], &mut known);
        let mut giving = BTreeSet::new();
        let mut called: BTreeSet<String> = (SERVING.iter().chain(&CARRYING))
            .map(|name| (*name).to_owned())
            .collect();
        for call in calls(&number, &today().to_string()) {
            let _ = std::fs::remove_file(program.path().join(OUT));
            let args: Vec<&str> = call.iter().map(String::as_str).collect();
            let before = rows(&program);
            let ran = program.run(&args);
            let command = known
                .iter()
                .filter(|known| format!("{} ", call.join(" ")).starts_with(&format!("{known} ")))
                .max_by_key(|known| known.len())
                .unwrap_or_else(|| panic!("no such command: {call:?}"));
            assert!(
                ran.code == Some(0)
                    || ["doctor", "mail bounce", "mail test"].contains(&command.as_str()),
                "{call:?}: {ran:?}"
            );
            called.insert(command.clone());
            let mut left = vec![ran.out.into_bytes(), ran.err.into_bytes()];
            let database = program.data().join("dom.sqlite");
            for file in files(program.path(), &database) {
                left.push(std::fs::read(file).unwrap());
            }
            let sheets = program.with_db(async |db| {
                let all = sheet_document::Entity::find().all(db.read()).await;
                all.unwrap()
            });
            let gives = sheets.iter().any(|sheet| {
                left.iter()
                    .any(|left| left.windows(sheet.pdf.len()).any(|part| part == sheet.pdf))
            });
            let written = rows(&program) - before;
            assert_eq!(written, u64::from(gives), "{call:?}");
            if gives {
                giving.insert(command.clone());
            }
        }
        assert_eq!(called, known, "every command is called here, or serves");
        let expected = ["sheet issue", "sheet print"].map(str::to_owned);
        assert_eq!(giving, BTreeSet::from(expected), "these and no others");
    }
}

fn rows(program: &Program) -> u64 {
    program.with_db(async |db| {
        let rows = disclosure::Entity::find().count(db.read()).await;
        rows.unwrap()
    })
}
