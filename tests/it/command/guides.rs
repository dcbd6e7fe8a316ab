//! The guides in `docs/guida` and the README say what is so: their words stand on the
//! screen, their addresses open for whom the guide is written, their commands run, their
//! pictures are there.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use dom::catalogue::Language;

use crate::catalogue::words::messages;
use crate::support::cast::{Cast, today};
use crate::support::program::Program;

/// Each guide with the role of its readers.
const GUIDES: [(&str, &str); 4] = [
    ("sportello.md", "operator"),
    ("ente.md", "partner"),
    ("amministrazione.md", "administrator"),
    ("protezione-dati.md", "administrator"),
];

/// Heavier ones are not for a page that is read on a telephone.
const LARGEST_PICTURE: usize = 150_000;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn folder() -> PathBuf {
    root().join("docs/guida")
}

fn guide(name: &str) -> String {
    fs::read_to_string(folder().join(name)).unwrap()
}

/// What stands between two marks, with its lines joined.
fn between(text: &str, mark: &str) -> Vec<String> {
    let parts = text.split(mark).skip(1).step_by(2);
    parts
        .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect()
}

/// Commands of a text: each line of a block, and what stands between backticks.
fn commands(text: &str) -> Vec<String> {
    let blocks = text
        .lines()
        .filter(|line| line.starts_with("    "))
        .map(|line| line.trim().to_owned());
    let all = blocks.chain(between(text, "`"));
    all.filter(|one| one.starts_with("dom ")).collect()
}

/// The words of a command as a shell tells them apart.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    parts
        .flat_map(|(number, part)| {
            if number % 2 == 1 {
                vec![part.to_owned()]
            } else {
                part.split_whitespace().map(str::to_owned).collect()
            }
        })
        .collect()
}

/// Picture, its description, and the line beneath it.
fn pictures(text: &str) -> Vec<(String, String, String)> {
    let mut lines = text.lines();
    let mut found = Vec::new();
    while let Some(line) = lines.next() {
        let Some((alt, file)) = line
            .strip_prefix("![")
            .and_then(|rest| rest.strip_suffix(')'))
            .and_then(|rest| rest.split_once("]("))
        else {
            continue;
        };
        let beneath = lines.next().unwrap_or_default().to_owned();
        found.push((file.to_owned(), alt.to_owned(), beneath));
    }
    found
}

#[test]
fn every_word_of_a_guide_stands_on_the_screen_and_every_address_opens_for_its_reader() {
    let said: BTreeSet<String> = messages(Language::It)
        .values()
        .flat_map(|message| message.text.lines().map(str::to_owned).collect::<Vec<_>>())
        // A form of a plural stands behind the sign of its number.
        .map(|line| match line.split_once("] ") {
            Some((sign, form)) if sign.starts_with(['[', '*']) => form.to_owned(),
            _ => line,
        })
        .collect();
    let routes = dom::web::routes();
    let mut wrong = Vec::new();
    for (name, role) in GUIDES {
        let text = guide(name);
        let labels = between(&text, "**");
        assert!(labels.len() > 8, "{name} speaks of what is on the screen");
        for label in labels {
            if label != "grassetto" && !said.contains(&label) {
                wrong.push(format!("{name}: no page says “{label}”"));
            }
        }
        for path in between(&text, "`") {
            let opens = |path: &str| {
                let mut same = routes.iter().filter(|one| one.path == path);
                same.any(|one| one.method == "GET" && one.roles.contains(&role))
            };
            if path.starts_with('/') && !opens(&path) {
                wrong.push(format!("{name}: {path} does not open as {role}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_picture_of_a_guide_is_there_is_small_and_is_of_a_page() {
    let mut shown = BTreeSet::new();
    for (name, _) in GUIDES {
        let text = guide(name);
        let all = pictures(&text);
        assert_eq!(all.len(), text.matches("![").count(), "{name}");
        assert!(!all.is_empty(), "{name} has a picture");
        for (file, alt, beneath) in all {
            assert!(alt.len() > 10, "{name}: {file} is described");
            let of_page = beneath.starts_with('*') && beneath.contains("`/");
            assert!(of_page, "{name}: {file} says of which page it is");
            let path = folder().join(&file);
            let bytes = fs::read(&path)
                .unwrap_or_else(|_| panic!("{file}: TEST_GUIDES=1 in tests/browser takes it"));
            assert!(bytes.starts_with(b"\x89PNG"), "{file} is a PNG");
            let size = bytes.len();
            assert!(size < LARGEST_PICTURE, "{file} has {size} bytes");
            shown.insert(file);
        }
        for link in text.split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            assert!(folder().join(link).exists(), "{name} leads to {link}");
        }
    }
    let there = fs::read_dir(folder()).unwrap();
    let there: BTreeSet<String> = there
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| !GUIDES.iter().any(|(guide, _)| guide == name))
        .collect();
    assert_eq!(there, shown, "no picture lies there that no guide shows");
}

/// What the README tells a newcomer to type, as the program's own user types it.
fn of_readme(text: &str) -> Vec<String> {
    let as_user = "runuser -u dom -- dom ";
    let lines = text.lines().map(str::trim);
    let installing = lines.filter_map(|line| line.strip_prefix(as_user));
    let installing = installing.map(|rest| format!("dom {rest}"));
    let blocks = text
        .lines()
        .filter_map(|line| line.strip_prefix("    dom "))
        .map(|rest| format!("dom {rest}"));
    installing.chain(blocks).collect()
}

#[test]
fn every_command_of_a_guide_and_of_the_readme_runs() {
    let program = Program::on_sqlite();
    let cast = Cast::on(today())
        .request("R-000001", &[])
        .worker("W-000001", &[]);
    program.store(&cast);
    program.ok(&[
        "export",
        "workers",
        "--format",
        "xlsx",
        "--out",
        "workers.xlsx",
    ]);

    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let mut all = of_readme(&readme);
    assert!(all.len() >= 4, "{all:?}");
    for (name, _) in GUIDES {
        all.extend(commands(&guide(name)));
    }
    let mut done = HashSet::new();
    all.retain(|command| done.insert(command.clone()));
    assert!(all.len() > 20, "{all:?}");
    for command in all {
        let words = words(&command);
        let args: Vec<&str> = words.iter().skip(1).map(String::as_str).collect();
        program.ok(&args);
    }
}
