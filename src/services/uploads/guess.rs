//! Which column a desk's own header stands for: what the desk said before, else a
//! column's name, its label, what it is also called (`data/import_headers.csv`), else
//! what is written most like one of these. Only a guess: people see it and say.

use std::collections::HashMap;
use std::sync::OnceLock;

use serde::Deserialize;

use crate::domain::forbidden::Forbidden;
use crate::domain::reference;
use crate::domain::text::fold;
use crate::services::tables::Kind;

/// How alike two names must be: 1 is the same.
const LIKE_ENOUGH: f64 = 0.82;

#[derive(Deserialize)]
struct Also {
    column: String,
    headers: String,
}

fn also(column: &str) -> impl Iterator<Item = &'static str> {
    static ROWS: OnceLock<Vec<Also>> = OnceLock::new();
    let rows = ROWS.get_or_init(|| {
        let text = include_str!("../../../data/import_headers.csv");
        reference::table("import_headers.csv", text)
    });
    let row = rows.iter().find(move |row| row.column == column);
    row.into_iter()
        .flat_map(|row| reference::list(&row.headers))
}

/// Why a header stands for what is guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Ground {
    Likeness,
    Name,
    Said,
}

/// What is guessed of a file's headers.
#[derive(Debug, Clone)]
pub(super) struct Guess {
    /// By place; none where a header is like nothing, or is not to be read.
    pub columns: Vec<Option<&'static str>>,
    /// Whether nobody needs to be asked: each is a column's very name, or was said before.
    pub is_certain: bool,
}

/// Guesses. `known`: what the desk said of folded headers; `labels`: what a column is
/// called on screen.
pub(super) fn guess(
    kind: Kind,
    header: &[String],
    known: &HashMap<String, String>,
    labels: impl Fn(&str) -> Vec<String>,
) -> Guess {
    let mut is_certain = true;
    // The best ground first, so that a likeness takes no column from a name.
    let mut found: Vec<(Ground, usize, &'static str)> = Vec::new();
    for (place, name) in header.iter().enumerate() {
        if let Some(column) = kind.columns().iter().find(|column| *column == name) {
            found.push((Ground::Said, place, column));
            continue;
        }
        let folded = fold(name);
        if let Some(said) = known.get(&folded) {
            let column = kind.columns().iter().find(|column| *column == said);
            found.extend(column.map(|column| (Ground::Said, place, *column)));
            continue;
        }
        is_certain = false;
        if Forbidden::smelled(kind.code(), name).is_none() {
            found.extend(
                likened(kind, &folded, &labels).map(|(ground, column)| (ground, place, column)),
            );
        }
    }
    found.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut columns = vec![None; header.len()];
    for (_, place, column) in found {
        if !columns.contains(&Some(column)) {
            columns[place] = Some(column);
        }
    }
    Guess {
        columns,
        is_certain,
    }
}

fn likened(
    kind: Kind,
    folded: &str,
    labels: &impl Fn(&str) -> Vec<String>,
) -> Option<(Ground, &'static str)> {
    let mut best: Option<(f64, &'static str)> = None;
    for column in kind.columns() {
        let label = labels(column).into_iter().map(|label| fold(&label));
        let names = label.chain(also(column).map(fold)).chain([fold(column)]);
        for name in names {
            if name == folded {
                return Some((Ground::Name, column));
            }
            let alike = strsim::normalized_damerau_levenshtein(folded, &name);
            if alike >= LIKE_ENOUGH && best.is_none_or(|(most, _)| alike > most) {
                best = Some((alike, column));
            }
        }
    }
    best.map(|(_, column)| (Ground::Likeness, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(header: &[&str], known: &[(&str, &str)]) -> Guess {
        let header: Vec<String> = header.iter().map(|name| (*name).to_owned()).collect();
        let known = known
            .iter()
            .map(|(a, b)| ((*a).to_owned(), (*b).to_owned()));
        let label = |column: &str| match column {
            "given_name" => vec!["Nome".to_owned()],
            "birth_date" => vec!["Data di nascita".to_owned()],
            _ => Vec::new(),
        };
        guess(Kind::Workers, &header, &known.collect(), label)
    }

    #[test]
    fn headers_are_known_by_name_by_label_and_by_likeness() {
        let guess = of(
            &[
                "NOME",
                "Cognome ",
                "Data nascitta",
                "Cellulare",
                "comune",
                "Note del giovedì",
            ],
            &[],
        );
        assert_eq!(
            guess.columns,
            [
                Some("given_name"),
                Some("family_name"),
                Some("birth_date"),
                Some("phone"),
                Some("comune"),
                None
            ]
        );
        assert!(!guess.is_certain);
    }

    #[test]
    fn what_was_said_before_needs_no_second_word() {
        let known = [("note", ""), ("nome", "family_name")];
        let guess = of(&["Nome", "Note", "given_name"], &known);
        assert_eq!(
            guess.columns,
            [Some("family_name"), None, Some("given_name")]
        );
        assert!(guess.is_certain);
    }

    #[test]
    fn no_column_is_guessed_twice_and_no_forbidden_header_for_anything() {
        let guess = of(&["Telefono", "Cellulare", "Religione"], &[]);
        assert_eq!(guess.columns, [Some("phone"), None, None]);
    }

    #[test]
    fn every_column_of_the_table_exists() {
        let text = include_str!("../../../data/import_headers.csv");
        for row in reference::table::<Also>("import_headers.csv", text) {
            let known = |kind: &Kind| kind.columns().contains(&row.column.as_str());
            assert!(Kind::ALL.iter().any(known), "{}", row.column);
        }
    }
}
