//! `docs/trust.md` names every statement once, and what proves it: a test that is there,
//! or nothing, with what was tried.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

const TABLE: &str = include_str!("../../../docs/trust.md");

/// A line of the table.
struct Statement {
    id: String,
    /// `path::name` of each proof.
    proofs: Vec<String>,
    /// What was tried where nothing proves it.
    tried: Option<String>,
}

/// The statements that issue and design ask for.
fn asked() -> BTreeSet<String> {
    let range = |letter: char, from: u32, to: u32| {
        (from..=to).map(move |number| format!("{letter}-{number:02}"))
    };
    range('S', 1, 72)
        .chain(range('P', 2, 16))
        .chain(["P-18".to_owned()])
        .chain(range('P', 21, 25))
        .chain(range('D', 1, 12))
        .chain(range('F', 1, 54).filter(|id| id != "F-27"))
        .collect()
}

fn statements() -> Vec<Statement> {
    let is_row = |line: &&str| {
        let id = line.strip_prefix("| ").unwrap_or_default().as_bytes();
        id.len() > 4 && id[0].is_ascii_uppercase() && id[1] == b'-' && id[2].is_ascii_digit()
    };
    TABLE
        .lines()
        .filter(is_row)
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
            assert_eq!(cells.len(), 3, "id, statement, proof: {line}");
            assert!(cells[1].len() > 20, "what holds: {line}");
            let tried = cells[2].strip_prefix("not proven: ").map(str::to_owned);
            let proofs = if tried.is_some() { "" } else { cells[2] };
            Statement {
                id: cells[0].to_owned(),
                proofs: proofs
                    .split('`')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned)
                    .collect(),
                tried,
            }
        })
        .collect()
}

/// Whether a file names a test, a step or a sweep so.
fn names(path: &str, text: &str, name: &str) -> bool {
    let ending = Path::new(path).extension().and_then(|one| one.to_str());
    if ending == Some("rs") {
        let at = text.find(&format!("fn {name}("));
        return at.is_some_and(|at| {
            let before: Vec<&str> = text[..at].lines().rev().take(4).collect();
            let on_both = text.contains("on_both!(") && text.contains(&format!("    {name},\n"));
            on_both
                || before
                    .iter()
                    .any(|line| line.contains("test]") || line.contains("test("))
        });
    }
    if ending == Some("js") {
        let quoted = |mark: char| text.contains(&format!("test({mark}{name}{mark}"));
        return quoted('"') || quoted('`');
    }
    // A script's function or step of this name.
    let starts = [format!("{name}()"), format!("def {name}(")];
    text.lines()
        .any(|line| starts.iter().any(|start| line.starts_with(start)))
}

#[test]
fn every_statement_stands_once_with_its_proof() {
    let all = statements();
    let mut seen = BTreeSet::new();
    for one in &all {
        assert!(seen.insert(one.id.clone()), "{} stands twice", one.id);
        let tried = one.tried.as_ref().is_some_and(|tried| tried.len() > 20);
        assert!(
            tried || !one.proofs.is_empty(),
            "{}: a proof, or what was tried",
            one.id
        );
    }
    let asked = asked();
    let missing: Vec<_> = asked.difference(&seen).collect();
    let foreign: Vec<_> = seen.difference(&asked).collect();
    assert!(
        missing.is_empty() && foreign.is_empty(),
        "{missing:?} {foreign:?}"
    );
}

#[test]
fn every_proof_is_a_test_that_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    let mut wrong = Vec::new();
    for one in statements() {
        for proof in &one.proofs {
            let Some((path, name)) = proof.split_once("::") else {
                wrong.push(format!("{}: {proof}", one.id));
                continue;
            };
            let text = files
                .entry(path.to_owned())
                .or_insert_with(|| std::fs::read_to_string(root.join(path)).unwrap_or_default());
            if !names(path, text, name) {
                wrong.push(format!("{}: {proof}", one.id));
            }
        }
    }
    assert!(wrong.is_empty(), "no such tests:\n{}", wrong.join("\n"));
}

#[test]
fn no_more_stand_unproven_than_the_page_says() {
    let all = statements();
    let open: Vec<&str> = all
        .iter()
        .filter(|one| one.tried.is_some())
        .map(|one| one.id.as_str())
        .collect();
    println!(
        "{} of {} statements are not proven: {open:?}",
        open.len(),
        all.len()
    );
    let told = TABLE
        .lines()
        .find_map(|line| line.strip_prefix("Not proven: "))
        .expect("a line that says how many");
    let told: usize = told.trim_end_matches('.').parse().expect("a number");
    assert!(open.len() <= told, "{open:?}");
}
