//! The house's own rules, read off its files: which way the arrows run, what
//! stands only in one place, and what stands nowhere.

mod expectations;
mod source;

use source::{Source, listed, sources};

/// A room of the crate, and the rooms that it may name besides itself.
const ROOMS: [(&str, &[&str]); 19] = [
    ("domain", &[]),
    ("matching", &["domain"]),
    ("clock", &[]),
    ("config", &["domain"]),
    ("catalogue", &["domain"]),
    ("telemetry", &["config"]),
    ("pending", &[]),
    ("migrations", &["domain"]),
    ("storage", &["domain", "matching", "migrations", "pending"]),
    ("drawing", OF_PAPER),
    ("pdf", OF_PAPER),
    ("tabular", OF_PAPER),
    ("mail", OF_PAPER),
    ("oidc", OF_PAPER),
    ("services", OF_SERVICES),
    ("web", OF_RIM),
    ("jobs", OF_RIM),
    ("app", OF_APP),
    ("command", OF_COMMAND),
];

const OF_PAPER: &[&str] = &["domain", "matching", "clock", "config", "catalogue"];
const OF_SERVICES: &[&str] = &[
    "domain",
    "matching",
    "clock",
    "config",
    "catalogue",
    "pending",
    "storage",
    "drawing",
    "pdf",
    "tabular",
    "mail",
    "oidc",
];
const OF_RIM: &[&str] = &[
    "domain",
    "matching",
    "clock",
    "config",
    "catalogue",
    "storage",
    "drawing",
    "pdf",
    "tabular",
    "mail",
    "oidc",
    "services",
    "telemetry",
];
const OF_APP: &[&str] = &[
    "domain",
    "matching",
    "clock",
    "config",
    "catalogue",
    "storage",
    "migrations",
    "drawing",
    "pdf",
    "tabular",
    "mail",
    "oidc",
    "services",
    "telemetry",
    "web",
    "jobs",
];
const OF_COMMAND: &[&str] = &[
    "domain",
    "matching",
    "clock",
    "config",
    "catalogue",
    "pending",
    "storage",
    "migrations",
    "drawing",
    "pdf",
    "tabular",
    "mail",
    "oidc",
    "services",
    "telemetry",
    "web",
    "jobs",
    "app",
];

fn none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

/// Every line of the code that holds one of the signs, as `path:line: text`.
fn lines_with(files: &[Source], signs: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for file in files {
        for (number, line) in file.code.lines().enumerate() {
            if signs.iter().any(|sign| line.contains(sign)) {
                found.push(format!("{}:{}: {}", file.path, number + 1, line.trim()));
            }
        }
    }
    found
}

fn outside(rooms: &[&str]) -> Vec<Source> {
    let mut files = sources("src");
    files.retain(|file| !rooms.contains(&file.room()));
    assert!(files.len() > 50, "the house has files");
    files
}

#[test]
fn arrows_run_one_way() {
    let rooms: Vec<&str> = ROOMS.iter().map(|(room, _)| *room).collect();
    let mut files = sources("src");
    files.extend(sources("migrations"));
    let mut found = Vec::new();
    for file in &files {
        let room = file.room();
        if ["lib", "main"].contains(&room) {
            continue;
        }
        let Some((_, may)) = ROOMS.iter().find(|(name, _)| *name == room) else {
            found.push(format!("{}:1: the room {room} has no floor", file.path));
            continue;
        };
        for (line, named) in file.rooms_named(&rooms) {
            if named != room && !may.contains(&named.as_str()) {
                found.push(format!("{}:{line}: {room} names {named}", file.path));
            }
        }
    }
    none(&found, "an arrow runs up, or sideways");
}

#[test]
fn no_floor_may_name_one_that_names_it() {
    for (room, may) in ROOMS {
        for below in may {
            let (_, further) = ROOMS.iter().find(|(name, _)| name == below).unwrap();
            assert!(!further.contains(&room), "{room} and {below}");
            // Whoever may name a room may be built on what that is built on.
            assert_ne!(*below, room);
        }
    }
    let of = |room| ROOMS.iter().find(|(name, _)| *name == room).unwrap().1;
    assert!(!of("web").contains(&"jobs") && !of("jobs").contains(&"web"));
}

#[test]
fn only_storage_and_the_migrations_know_the_database() {
    none(
        &lines_with(&outside(&["storage"]), &["sea_orm", "sea_query", "sqlx"]),
        "the database is storage's",
    );
}

#[test]
fn only_the_clock_reads_time_and_randomness() {
    let mut files = outside(&["clock"]);
    files.extend(sources("migrations"));
    let signs = [
        "Utc::now",
        "Local::now",
        "SystemTime",
        "Instant::now",
        "getrandom",
        "CURRENT_TIMESTAMP",
        "current_timestamp",
        "now()\"",
        "random()",
    ];
    none(
        &lines_with(&files, &signs),
        "time and randomness are parameters",
    );
}

#[test]
fn nothing_unwraps_or_is_left_to_do() {
    let mut files = outside(&[]);
    files.extend(sources("migrations"));
    let signs = [".unwrap()", "todo!(", "unimplemented!(", "dbg!("];
    none(
        &lines_with(&files, &signs),
        "a failure says why, or is handled",
    );
}

#[test]
fn what_is_printed_goes_by_the_one_place_that_a_reader_may_leave() {
    none(
        &lines_with(&sources("src"), &["print!(", "println!("]),
        "`say!` and `aside!` end no command where nobody reads it",
    );
}

#[test]
fn the_matching_and_its_pool_name_nothing_protected() {
    let mut files = sources("src/matching");
    let pool = sources("src/storage")
        .into_iter()
        .find(|file| file.path == "src/storage/pool.rs");
    files.push(pool.expect("the pool is read in src/storage/pool.rs"));
    let signs = [
        "given_name",
        "family_name",
        "name_own_script",
        "birth_date",
        "citizenship",
        "GivenName",
        "FamilyName",
        "NameOwnScript",
        "BirthDate",
        "Citizenship",
        "statistic",
        // Nor why anybody said no, or stopped.
        "declined",
        "close_reason",
        "pause_reason",
        "end_reason",
        "skipped_reason",
    ];
    none(
        &lines_with(&files, &signs),
        "matching never sees who somebody is",
    );
}

#[test]
fn every_room_says_what_lives_in_it() {
    let silent: Vec<String> = ["src", "migrations", "tests"]
        .iter()
        .flat_map(|folder| sources(folder))
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| format!("{}:1", file.path))
        .collect();
    none(&silent, "a module opens with what lives there");
}

/// Lines of listed files that hold a sign; one that begins with a slash only
/// where a path begins.
fn listed_with(files: &[(String, String)], signs: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in files {
        for (number, line) in text.lines().enumerate() {
            let holds = |sign: &String| {
                line.match_indices(sign.as_str()).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    let inside = |c: char| c.is_alphanumeric() || "-_.*/".contains(c);
                    !sign.starts_with('/') || !before.is_some_and(inside)
                })
            };
            if let Some(sign) = signs.iter().find(|sign| holds(sign)) {
                found.push(format!("{path}:{}: {sign}", number + 1));
            }
        }
    }
    found
}

#[test]
fn templates_hold_no_inline_style_or_script() {
    let mut pages = listed();
    pages.retain(|(path, _)| {
        path.starts_with("templates/") && path.to_lowercase().ends_with("html")
    });
    assert!(pages.len() > 5, "the house has pages");
    let signs = [
        " style=",
        "<style",
        "<script",
        " onclick=",
        " onchange=",
        " onsubmit=",
        " onload=",
        "javascript:",
    ];
    // A script of the house's own, by its address, is none that stands inline.
    let mut found = listed_with(&pages, &signs.map(str::to_owned));
    found.retain(|place| {
        let (path, rest) = place.split_once(':').unwrap();
        let line: usize = rest.split(':').next().unwrap().parse().unwrap();
        let (_, text) = pages.iter().find(|(one, _)| one == path).unwrap();
        !text.lines().nth(line - 1).unwrap().contains("<script src=")
    });
    none(&found, "the content security policy forbids it");
}

/// Put together here, so that this file does not name them itself.
fn signs(parts: &[[&str; 2]]) -> Vec<String> {
    parts.iter().map(|part| part.concat()).collect()
}

#[test]
fn no_file_names_a_machine_path_or_reads_beside_the_repository() {
    let places = signs(&[
        ["/wo", "rk/"],
        ["/ro", "ot/"],
        ["/ho", "me/"],
        ["/tm", "p/"],
        ["../sha", "red"],
    ]);
    none(
        &listed_with(&listed(), &places),
        "the repository speaks of the product alone",
    );
}

#[test]
fn no_file_names_a_host_of_packages() {
    let hosts = signs(&[
        ["crates", ".io"],
        ["static.rust", "-lang"],
        ["npmjs", ".org"],
        ["npmjs", ".com"],
        ["pypi", ".org"],
        ["python", "hosted"],
        ["docker", ".io"],
        ["deb.deb", "ian.org"],
        ["unpkg", ".com"],
        ["jsdel", "ivr"],
    ]);
    let mut files = listed();
    // What cargo writes itself: where a package came from is its identity.
    files.retain(|(path, _)| path != "Cargo.lock");
    none(
        &listed_with(&files, &hosts),
        "where packages come from is set on the machine",
    );
}

#[test]
fn there_is_one_way_to_the_bytes_of_a_sheet() {
    let files = sources("src");
    let in_files = |sign: &str| -> Vec<String> {
        let lines = lines_with(&files, &[sign]);
        let mut paths: Vec<String> = lines
            .iter()
            .filter_map(|line| line.split(':').next().map(str::to_owned))
            .collect();
        paths.dedup();
        paths
    };
    // What reads the bytes that were issued writes the disclosure beside it.
    assert_eq!(
        in_files("sheets::pdf("),
        ["src/services/sheets/disclosed.rs"]
    );
    // What prints a new sheet keeps it, with its disclosures, or it is nowhere.
    assert_eq!(in_files("sheet::render("), ["src/services/sheets/mod.rs"]);
    assert_eq!(
        in_files("sheet_document::"),
        ["src/storage/sheets.rs"],
        "only storage knows the table"
    );
}
