//! The record of processing (Regulation (EU) 2016/679, article 30): of every column of
//! the database what it holds, of whom, what for, who receives it and how long it is
//! kept, from `data/privacy.csv`. Invariant: every code stands in a list below.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use serde::Deserialize;

use super::reference;

/// What a column holds.
pub const DATA: [&str; 25] = [
    "answers",
    "authorisation",
    "availability",
    "birth",
    "citizenship",
    "contact",
    "credentials",
    "disclosure",
    "history",
    "household",
    "identity",
    "needs",
    "notes",
    "pay",
    "permit",
    "place",
    "policy",
    "reads",
    "safeguarding",
    "sex",
    "skills",
    "staff",
    "statistics",
    "technical",
    "visit",
];

/// Whom it is about; `nobody` where no person can be told from it.
pub const PEOPLE: [&str; 8] = [
    "family",
    "guardian",
    "nobody",
    "partner_staff",
    "recipient",
    "staff",
    "visitor",
    "worker",
];

/// Who receives it; `nobody` where it stays in the program.
pub const RECIPIENTS: [&str; 9] = [
    "administrator",
    "desk",
    "family",
    "mail_server",
    "nobody",
    "partner",
    "public",
    "readers",
    "worker",
];

/// What it is kept for.
pub const PURPOSES: [&str; 10] = [
    "access_log",
    "accountability",
    "care",
    "follow_up",
    "naming",
    "operation",
    "safeguarding",
    "security",
    "service",
    "statistics",
];

/// How long it is kept.
pub const RETENTIONS: [&str; 25] = [
    "accounts",
    "appointments",
    "askings",
    "changes",
    "comments",
    "copies",
    "done_tasks",
    "drafts",
    "file_bytes",
    "files",
    "fits",
    "forms",
    "kept",
    "mail",
    "merge",
    "night",
    "notes",
    "password_links",
    "reads",
    "record",
    "revisions",
    "searches",
    "sessions",
    "statistics",
    "throttles",
];

/// On what it stands.
pub const BASES: [&str; 6] = [
    "accountability",
    "authorisation",
    "consent",
    "health_needs",
    "public_task",
    "security",
];

/// What something is done for, and on which ground, from `data/privacy_purposes.csv`.
/// Whether the ground is the right one decides the body's data-protection officer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Purpose {
    #[serde(rename = "purpose")]
    pub code: String,
    basis: String,
    pub source: String,
}

impl Purpose {
    /// Every one, what matters most first.
    pub fn all() -> &'static [Self] {
        static ROWS: OnceLock<Vec<Purpose>> = OnceLock::new();
        ROWS.get_or_init(|| {
            let text = include_str!("../../data/privacy_purposes.csv");
            reference::table("privacy_purposes.csv", text)
        })
    }

    /// Codes of [`BASES`].
    pub fn bases(&self) -> impl Iterator<Item = &str> {
        reference::list(&self.basis)
    }
}

/// Some columns of a table that are alike.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Processing {
    pub table: String,
    columns: String,
    pub data: String,
    people: String,
    pub purpose: String,
    recipients: String,
    pub retention: String,
}

impl Processing {
    /// Every row of the table, in its order.
    pub fn all() -> &'static [Self] {
        static ROWS: OnceLock<Vec<Processing>> = OnceLock::new();
        ROWS.get_or_init(|| {
            let text = include_str!("../../data/privacy.csv");
            reference::table("privacy.csv", text)
        })
    }

    /// The columns.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        reference::list(&self.columns)
    }

    /// Codes of [`PEOPLE`].
    pub fn people(&self) -> impl Iterator<Item = &str> {
        reference::list(&self.people)
    }

    /// Codes of [`RECIPIENTS`].
    pub fn recipients(&self) -> impl Iterator<Item = &str> {
        reference::list(&self.recipients)
    }

    /// Codes that no list has, and columns that another row describes too.
    pub fn faults(rows: &[Self]) -> Vec<String> {
        let mut faults = Vec::new();
        let mut seen = BTreeSet::new();
        for row in rows {
            for column in row.columns() {
                if !seen.insert((row.table.as_str(), column)) {
                    faults.push(format!("{}.{column} twice", row.table));
                }
            }
            let lists = [
                (&DATA[..], vec![row.data.as_str()]),
                (&PEOPLE[..], row.people().collect()),
                (&PURPOSES[..], vec![row.purpose.as_str()]),
                (&RECIPIENTS[..], row.recipients().collect()),
                (&RETENTIONS[..], vec![row.retention.as_str()]),
            ];
            for (known, codes) in lists {
                let empty = codes.is_empty();
                let mut unknown = codes.into_iter().filter(|code| !known.contains(code));
                if let Some(code) = unknown.next() {
                    faults.push(format!("{}: no list has \"{code}\"", row.table));
                } else if empty {
                    faults.push(format!("{}: an empty cell", row.table));
                }
            }
        }
        faults
    }
}

/// The tables and columns of a database.
pub type Schema = BTreeMap<String, BTreeSet<String>>;

/// The columns of a database that no row describes.
pub fn undescribed(schema: &Schema, rows: &[Processing]) -> Vec<String> {
    let described: BTreeSet<(&str, &str)> = rows
        .iter()
        .flat_map(|row| {
            row.columns()
                .map(move |column| (row.table.as_str(), column))
        })
        .collect();
    let all = schema
        .iter()
        .flat_map(|(table, columns)| columns.iter().map(move |column| (table, column)));
    all.filter(|(table, column)| !described.contains(&(table.as_str(), column.as_str())))
        .map(|(table, column)| format!("{table}.{column}"))
        .collect()
}

/// The columns that are described and that a database has not.
pub fn gone(schema: &Schema, rows: &[Processing]) -> Vec<String> {
    let named = rows.iter().flat_map(|row| {
        row.columns()
            .map(move |column| (row.table.as_str(), column))
    });
    named
        .filter(|(table, column)| {
            let columns = schema.get(*table);
            !columns.is_some_and(|columns| columns.contains(*column))
        })
        .map(|(table, column)| format!("{table}.{column}"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_table_stands_in_a_list() {
        assert_eq!(Processing::faults(Processing::all()), Vec::<String>::new());
    }

    #[test]
    fn every_purpose_has_its_ground_and_no_other_is_named() {
        let mut named: Vec<&str> = Purpose::all().iter().map(|one| one.code.as_str()).collect();
        named.sort_unstable();
        assert_eq!(named, PURPOSES);
        for purpose in Purpose::all() {
            assert!(!purpose.source.is_empty(), "{}", purpose.code);
            assert!(purpose.bases().count() > 0, "{}", purpose.code);
            let unknown = purpose.bases().find(|basis| !BASES.contains(basis));
            assert_eq!(unknown, None, "{}", purpose.code);
        }
    }

    #[test]
    fn a_column_that_nobody_described_is_named() {
        let rows = Processing::all();
        let columns = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let schema = Schema::from([
            (
                "counters".to_owned(),
                columns(&["name", "last", "religion"]),
            ),
            ("faces".to_owned(), columns(&["photo"])),
        ]);
        assert_eq!(
            undescribed(&schema, rows),
            ["counters.religion", "faces.photo"]
        );
        assert!(gone(&schema, rows).contains(&"workers.phone".to_owned()));
        assert!(!gone(&schema, rows).contains(&"counters.name".to_owned()));
    }
}
