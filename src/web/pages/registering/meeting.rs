//! Two people changed one record: column by column, what only one of them
//! touched is taken from there, and what both touched is shown for a choice.
//! Nothing typed is lost: until somebody chooses, one's own text stays.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::posted::Posted;
use super::spec::{Column, Part};
use crate::catalogue::Words;
use crate::services::registering::Opened;

/// A column that both changed.
#[derive(Debug, Clone)]
pub struct Both {
    pub column: &'static Column,
    /// The cell that is stored now.
    pub theirs: String,
}

/// What came of the meeting.
#[derive(Debug, Clone, Default)]
pub struct Met {
    pub both: Vec<Both>,
    /// Changed by the other alone, and taken over.
    pub taken: Vec<&'static Column>,
}

/// Puts a record's cells into a form, with its version and what they were.
pub fn filled(words: Words, parts: &'static [Part], opened: &Opened) -> Posted {
    let mut posted = Posted::default();
    for column in of_record(parts, opened) {
        posted.take_over(words, column, opened.cell(column.name));
    }
    stamp(&mut posted, parts, opened);
    posted
}

/// Notes the version that a form was filled from, and its columns then.
fn stamp(posted: &mut Posted, parts: &'static [Part], opened: &Opened) {
    let was: BTreeMap<&str, String> = of_record(parts, opened)
        .map(|column| (column.name, posted.whole(column)))
        .collect();
    let was = serde_json::to_string(&was).unwrap_or_default();
    posted.set("version", &[opened.version.to_string()]);
    posted.set("was", &[was]);
}

fn of_record<'a>(
    parts: &'static [Part],
    opened: &'a Opened,
) -> impl Iterator<Item = &'static Column> + use<'a> {
    let columns = parts.iter().flat_map(|part| part.columns);
    columns.filter(|column| opened.cells.iter().any(|(name, _)| *name == column.name))
}

/// Brings what was typed together with what is stored now.
pub fn meet(
    (words, today): (Words, NaiveDate),
    parts: &'static [Part],
    typed: &mut Posted,
    now: &Opened,
) -> Met {
    let was: BTreeMap<String, String> =
        serde_json::from_str(typed.first("was")).unwrap_or_default();
    let stored = filled(words, parts, now);
    let mut met = Met::default();
    for column in of_record(parts, now) {
        let (mine, theirs) = (typed.whole(column), stored.whole(column));
        let before = was.get(column.name);
        let same = mine == theirs || typed.says(column, now.cell(column.name), today);
        if same || before == Some(&theirs) {
            continue;
        }
        if before == Some(&mine) {
            typed.take_over(words, column, now.cell(column.name));
            met.taken.push(column);
        } else {
            met.both.push(Both {
                column,
                theirs: now.cell(column.name).to_owned(),
            });
        }
    }
    let theirs = stored.first("was").to_owned();
    typed.set("version", &[now.version.to_string()]);
    typed.set("was", &[theirs]);
    met
}

/// Takes over what was chosen of the other's on the page of a meeting.
pub fn choose(words: Words, parts: &'static [Part], typed: &mut Posted) {
    for column in parts.iter().flat_map(|part| part.columns) {
        if typed.first(&format!("choose-{}", column.name)) == "theirs" {
            let theirs = typed.first(&format!("theirs-{}", column.name)).to_owned();
            typed.take_over(words, column, &theirs);
        }
    }
}
