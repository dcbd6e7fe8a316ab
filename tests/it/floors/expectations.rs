//! What `docs/expectations.md` says: every expectation about registering has its row, and
//! every test and file that a row names is there. Of `docs/threat-model.md` the same, where
//! it says what a script can do.

use std::fs;
use std::path::Path;

/// Those of the desk's registering.
const IDS: [&str; 34] = [
    "X-04", "X-05", "X-06", "X-30", "X-31", "X-32", "X-33", "X-34", "X-35", "X-36", "X-37", "X-38",
    "X-39", "X-40", "U-01", "U-02", "U-03", "U-04", "U-05", "U-06", "U-07", "U-10", "U-12", "U-13",
    "U-14", "U-15", "U-18", "U-19", "U-21", "U-23", "U-25", "U-77", "U-78", "U-79",
];

fn read(path: &str) -> Option<String> {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).ok()
}

/// What is wrong with a name between backticks; none where it stands for something.
fn wrong(name: &str) -> Option<String> {
    let whole = |path: &str, said: &str| match read(path) {
        None => Some(format!("{path} is not there")),
        Some(text) if text.contains(said) => None,
        Some(_) => Some(format!("{path} has no {said}")),
    };
    if let Some((path, test)) = name.rsplit_once("::") {
        let file = format!("tests/it/{}.rs", path.replace("::", "/"));
        let room = format!("tests/it/{}/mod.rs", path.replace("::", "/"));
        let place = if read(&file).is_some() { file } else { room };
        return whole(&place, &format!("fn {test}("));
    }
    let (path, said) = name.split_once(": ").unwrap_or((name, ""));
    whole(path, said)
}

#[test]
fn every_expectation_has_its_row_and_every_test_it_names_is_there() {
    let page = read("docs/expectations.md").expect("the page of expectations");
    let mut found = Vec::new();
    for line in page.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, id, what, state, proven, missing, _] = cells[..] else {
            continue;
        };
        if !id.starts_with("X-") && !id.starts_with("U-") {
            continue;
        }
        found.push(id);
        assert!(!what.is_empty(), "{id}");
        let is_held = state == "held";
        assert!(is_held || ["in part", "not yet"].contains(&state), "{id}");
        assert!(is_held || !missing.is_empty(), "{id} says what is missing");
        let names: Vec<&str> = proven.split('`').skip(1).step_by(2).collect();
        assert!(
            !names.is_empty() || state == "not yet",
            "{id} is proven by nothing"
        );
        let tests = names
            .iter()
            .filter(|name| name.contains("::") || name.contains(": "));
        assert!(!is_held || tests.count() > 0, "{id} has no test");
        for name in names {
            assert_eq!(wrong(name), None, "{id}");
        }
    }
    assert_eq!(found, IDS);
}

#[test]
fn what_a_script_can_and_cannot_do_names_tests_that_are_there() {
    let page = read("docs/threat-model.md").expect("the threat model");
    let (_, after) = page
        .split_once("## What a script without a browser can and cannot do")
        .expect("the part about scripts");
    let (part, _) = after.split_once("\n## ").expect("another part");
    let mut rows = 0;
    for line in part.lines() {
        let cells: Vec<&str> = line.split(" | ").collect();
        let [_, _, _, proven] = cells[..] else {
            continue;
        };
        let names: Vec<&str> = proven.split('`').skip(1).step_by(2).collect();
        for name in &names {
            assert_eq!(wrong(name), None, "{line}");
        }
        rows += usize::from(!names.is_empty());
    }
    assert_eq!(rows, 14, "each line has its tests");
}
