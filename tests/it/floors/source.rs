//! Reading the house's files: sources with their comments and tests blanked out,
//! line by line, and the rooms that they name.

use std::fs;
use std::path::Path;
use std::process::Command;

/// One source.
pub struct Source {
    /// From the root of the repository.
    pub path: String,
    pub text: String,
    /// The text without comments and tests, each line where it was.
    pub code: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every source of a folder.
pub fn sources(under: &str) -> Vec<Source> {
    fn walk(folder: &Path, found: &mut Vec<Source>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                let name = path.strip_prefix(root()).unwrap().display().to_string();
                found.push(Source::new(name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(&root().join(under), &mut found);
    assert!(!found.is_empty(), "no source under {under}");
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// Every text file that git has, but for what others wrote and released.
pub fn listed() -> Vec<(String, String)> {
    let files = Command::new("git")
        .arg("ls-files")
        .current_dir(root())
        .output()
        .expect("git lists the files");
    let listed = String::from_utf8(files.stdout).unwrap();
    assert!(listed.lines().count() > 100, "git lists the repository");
    listed
        .lines()
        .filter(|path| !path.starts_with("src/web/assets/bootstrap-italia"))
        .filter_map(|path| {
            // Fonts and the like are no text; what is deleted is not there.
            let text = fs::read_to_string(root().join(path)).ok()?;
            Some((path.to_owned(), text))
        })
        .collect()
}

impl Source {
    pub fn new(path: String, text: String) -> Self {
        let code = without_tests(&text);
        let code: Vec<&str> = code.iter().map(|line| without_comment(line)).collect();
        let code = code.join("\n");
        Self { path, text, code }
    }

    /// Its room: `src/web/form.rs` is of `web`, `src/app.rs` of `app`.
    pub fn room(&self) -> &str {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let first = inside.split('/').next().unwrap_or_default();
        first.strip_suffix(".rs").unwrap_or(first)
    }

    /// How many steps up lead to the crate's root.
    fn depth(&self) -> usize {
        let inside = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let steps = inside.split('/').count();
        if inside.ends_with("/mod.rs") {
            steps - 1
        } else {
            steps
        }
    }

    /// The rooms of the crate that its code names, each with its line.
    pub fn rooms_named(&self, rooms: &[&str]) -> Vec<(usize, String)> {
        let mut named = Vec::new();
        for (at, end) in self.ways_to_the_root() {
            let line = self.code[..at].matches('\n').count() + 1;
            for name in first_names(&self.code[end..]) {
                if rooms.contains(&name) {
                    named.push((line, name.to_owned()));
                }
            }
        }
        named
    }

    // Where `crate::`, or as many `super::` as lead there, begin and end.
    fn ways_to_the_root(&self) -> Vec<(usize, usize)> {
        let mut ways = Vec::new();
        for (way, steps) in [("crate::", 1), ("super::", self.depth())] {
            for (at, _) in self.code.match_indices(way) {
                let before = self.code[..at].chars().next_back();
                if before.is_some_and(|c| c.is_alphanumeric() || "_:$".contains(c)) {
                    continue;
                }
                let taken = self.code[at..]
                    .split_inclusive("::")
                    .take_while(|step| *step == way)
                    .count();
                if taken >= steps {
                    ways.push((at, at + taken * way.len()));
                }
            }
        }
        ways
    }
}

/// The name at the beginning, or those of a group in braces.
fn first_names(text: &str) -> Vec<&str> {
    let name_of = |text: &str| -> usize {
        text.find(|c: char| !c.is_alphanumeric() && c != '_')
            .unwrap_or(text.len())
    };
    let Some(group) = text.strip_prefix('{') else {
        return vec![&text[..name_of(text)]];
    };
    let mut names = Vec::new();
    let (mut depth, mut fresh) = (1, true);
    for (at, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => fresh = true,
            _ if fresh && !c.is_whitespace() => {
                names.push(&group[at..at + name_of(&group[at..])]);
                fresh = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names
}

/// The lines, those of tests being empty: what follows `#[cfg(test)]`, up to the
/// end of the item.
fn without_tests(text: &str) -> Vec<&str> {
    let mut lines = Vec::new();
    let mut of_test: Option<&str> = None;
    for line in text.lines() {
        let indent = &line[..line.len() - line.trim_start().len()];
        if of_test.is_none() && line.trim() == "#[cfg(test)]" {
            of_test = Some(indent);
            lines.push("");
            continue;
        }
        let Some(of) = of_test else {
            lines.push(line);
            continue;
        };
        lines.push("");
        let ends = line.trim_end().ends_with(';') || line.trim() == "}";
        if indent == of && ends {
            of_test = None;
        }
    }
    lines
}

fn without_comment(line: &str) -> &str {
    let comment = line
        .match_indices("//")
        .find(|(at, _)| !line[..*at].ends_with(':'));
    comment.map_or(line, |(at, _)| &line[..at])
}

mod tests {
    //! The reader of the rules reads right.

    use super::Source;

    const ROOMS: [&str; 3] = ["domain", "web", "jobs"];

    fn named(path: &str, text: &str) -> Vec<(usize, String)> {
        let mut named = Source::new(path.to_owned(), text.to_owned()).rooms_named(&ROOMS);
        named.sort();
        named
    }

    fn lines(expected: &[(usize, &str)]) -> Vec<(usize, String)> {
        expected
            .iter()
            .map(|(line, room)| (*line, (*room).to_owned()))
            .collect()
    }

    #[test]
    fn a_room_is_seen_however_it_is_named() {
        let text = "use crate::web;\nuse crate::{\n    domain::x::{a, jobs},\n    jobs,\n};\nfn f(x: crate::domain::X) {}\n";
        assert_eq!(
            named("src/storage/a.rs", text),
            lines(&[(1, "web"), (2, "domain"), (2, "jobs"), (6, "domain")])
        );
    }

    #[test]
    fn steps_up_lead_to_a_room_only_from_the_root() {
        assert_eq!(
            named("src/a/mod.rs", "use super::web;"),
            lines(&[(1, "web")])
        );
        assert_eq!(named("src/a/b.rs", "use super::web;"), []);
        let up = "use super::super::{web, jobs::x};";
        assert_eq!(named("src/a/b.rs", up), lines(&[(1, "jobs"), (1, "web")]));
        assert_eq!(named("src/a/b/c.rs", up), []);
    }

    #[test]
    fn comments_and_tests_name_nothing() {
        let text = "// crate::web\n//! [`crate::web`]\n#[cfg(test)]\nmod tests {\n    use crate::web;\n}\nuse crate::jobs; // crate::web\n#[cfg(test)]\nuse crate::web;\nlet a = \"https://x\"; crate::domain::f();\n";
        assert_eq!(
            named("src/a.rs", text),
            lines(&[(7, "jobs"), (10, "domain")])
        );
    }
}
