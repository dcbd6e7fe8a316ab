//! The house's own rules, read off its sources: which way the arrows run, what
//! stands only in one place, and what stands nowhere.

use std::fs;
use std::path::Path;
use std::process::Command;

/// (path, text without its tests) of every source of a folder.
fn sources(under: &str) -> Vec<(String, String)> {
    fn walk(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
                let name = path.strip_prefix(root).unwrap().display().to_string();
                found.push((name, before_tests.to_owned()));
            }
        }
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    walk(root, &root.join(under), &mut found);
    assert!(!found.is_empty(), "no source under {under}");
    found
}

/// Every line of `under` that holds one of `signs`, as `path:line`.
fn lines_with(under: &str, signs: &[&str], except: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources(under) {
        if except.iter().any(|one| path.ends_with(one)) {
            continue;
        }
        for (number, line) in text.lines().enumerate() {
            let code = line.split("//").next().unwrap_or_default();
            if signs.iter().any(|sign| code.contains(sign)) {
                found.push(format!("{path}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    found
}

fn none(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n{}", found.join("\n"));
}

#[test]
fn arrows_run_one_way() {
    // A floor, and the floors above it or beside it that it must not name.
    let above: [(&str, &[&str]); 9] = [
        (
            "src/domain",
            &[
                "crate::matching",
                "crate::storage",
                "crate::pdf",
                "crate::tabular",
                "crate::mail",
                "crate::services",
                "crate::web",
                "crate::jobs",
                "crate::command",
                "crate::app",
                "crate::clock",
                "crate::config",
                "crate::catalogue",
            ],
        ),
        (
            "src/matching",
            &[
                "crate::storage",
                "crate::pdf",
                "crate::tabular",
                "crate::mail",
                "crate::services",
                "crate::web",
                "crate::jobs",
                "crate::command",
                "crate::app",
                "crate::clock",
                "crate::config",
                "crate::catalogue",
            ],
        ),
        (
            "src/storage",
            &[
                "crate::services",
                "crate::web",
                "crate::jobs",
                "crate::command",
                "crate::app",
                "crate::pdf",
                "crate::tabular",
            ],
        ),
        (
            "src/pdf",
            &[
                "crate::storage",
                "crate::services",
                "crate::web",
                "crate::jobs",
                "crate::command",
                "crate::app",
            ],
        ),
        (
            "src/tabular",
            &[
                "crate::storage",
                "crate::services",
                "crate::web",
                "crate::jobs",
                "crate::command",
                "crate::app",
            ],
        ),
        (
            "src/mail",
            &[
                "crate::storage",
                "crate::services",
                "crate::web",
                "crate::jobs",
                "crate::command",
                "crate::app",
            ],
        ),
        (
            "src/services",
            &["crate::web", "crate::jobs", "crate::command", "crate::app"],
        ),
        ("src/web", &["crate::jobs", "crate::command", "crate::app"]),
        ("src/jobs", &["crate::web", "crate::command", "crate::app"]),
    ];
    for (floor, forbidden) in above {
        none(
            &lines_with(floor, forbidden, &[]),
            &format!("{floor} looks up"),
        );
    }
}

#[test]
fn only_storage_and_the_migrations_know_the_database() {
    for floor in [
        "src/domain",
        "src/matching",
        "src/pdf",
        "src/tabular",
        "src/services",
        "src/web",
        "src/jobs",
        "src/command",
    ] {
        none(
            &lines_with(floor, &["sea_orm", "sqlx"], &[]),
            "the database is storage's",
        );
    }
}

#[test]
fn only_the_clock_reads_time_and_randomness() {
    let signs = [
        "Utc::now",
        "Local::now",
        "SystemTime::now",
        "Instant::now",
        "getrandom::",
    ];
    none(
        &lines_with("src", &signs, &["src/clock.rs"]),
        "time and randomness are parameters",
    );
}

#[test]
fn nothing_unwraps_or_is_left_to_do() {
    let signs = [".unwrap()", "todo!(", "unimplemented!(", "dbg!("];
    none(
        &lines_with("src", &signs, &[]),
        "a failure says why, or is handled",
    );
}

#[test]
fn the_matching_and_its_pool_name_nothing_protected() {
    let protected = [
        "given_name",
        "family_name",
        "birth_date",
        "citizenship",
        "name_own_script",
    ];
    none(
        &lines_with("src/matching", &protected, &[]),
        "matching never sees it",
    );
    let pool: Vec<String> = lines_with("src/storage", &protected, &[])
        .into_iter()
        .filter(|line| line.starts_with("src/storage/pool.rs"))
        .collect();
    none(&pool, "the pool is read without it");
}

#[test]
fn every_room_says_what_lives_in_it() {
    let silent: Vec<String> = sources("src")
        .into_iter()
        .chain(sources("migrations"))
        .chain(sources("tests"))
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path)
        .collect();
    none(&silent, "a module opens with what lives there");
}

#[test]
fn templates_hold_no_inline_style_or_script() {
    let files = Command::new("git")
        .args(["ls-files", "templates"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("git lists the files");
    let mut found = Vec::new();
    for path in String::from_utf8(files.stdout).unwrap().lines() {
        if Path::new(path)
            .extension()
            .is_none_or(|ending| ending != "html")
        {
            continue;
        }
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        for sign in [" style=\"", "<script", " onclick=", "javascript:"] {
            if text.contains(sign) {
                found.push(format!("{path}: {sign}"));
            }
        }
    }
    none(&found, "the content security policy forbids it");
}

#[test]
fn no_file_names_a_machine_path_or_reads_beside_the_repository() {
    let files = Command::new("git")
        .args(["ls-files"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("git lists the files");
    let listed = String::from_utf8(files.stdout).unwrap();
    assert!(listed.lines().count() > 100, "git lists the repository");
    // Put together here, so that this file does not name them itself.
    let signs = [
        ["/wo", "rk/"].concat(),
        ["/ro", "ot/"].concat(),
        ["../sha", "red"].concat(),
    ];
    let mut found = Vec::new();
    for path in listed.lines() {
        let Ok(text) = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)) else {
            continue; // Fonts and the like.
        };
        for (number, line) in text.lines().enumerate() {
            if line.len() < 2000 && signs.iter().any(|sign| line.contains(sign.as_str())) {
                found.push(format!("{path}:{}", number + 1));
            }
        }
    }
    none(&found, "the repository speaks of the product alone");
}
