//! The history of a record in plain words: what was changed, from what to what,
//! when and by whom.

use chrono::NaiveDate;
use chrono_tz::Europe::Rome;

use super::parts_of;
use super::posted::Posted;
use super::questions::World;
use super::spec;
use crate::catalogue::Words;
use crate::domain::reason::ReasonList;
use crate::services::registering::{self, Form};
use crate::services::{places, sentences};
use crate::web::error::PageError;
use crate::web::extract::Visit;

/// One line of it.
pub struct Line {
    pub when: String,
    pub by: String,
    pub what: String,
    pub changes: Vec<String>,
}

/// The history of a record, the newest first.
pub async fn lines(visit: &Visit, form: Form, code: &str) -> Result<Vec<Line>, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let history = registering::history(context, visit.actor()?, form, code).await?;
    if history.is_empty() {
        return Ok(Vec::new());
    }
    let desks = places::desks(context).await?;
    let partners = places::partners(context).await?;
    let world = World {
        words,
        desks: &desks,
        partners: &partners,
    };
    let line = |line: crate::storage::changes::ChangeLine| Line {
        when: words.moment(line.at.with_timezone(&Rome).naive_local()),
        by: line
            .by
            .unwrap_or_else(|| words.get("history-by-itself").into_owned()),
        what: words.code("record-action", &line.action).into_owned(),
        changes: line
            .fields
            .iter()
            .map(|(column, before, now)| {
                let (label, before) = said(&world, form, column, before);
                let (_, now) = said(&world, form, column, now);
                words.with(
                    "history-change",
                    &[("label", &label), ("before", &before), ("now", &now)],
                )
            })
            .collect(),
    };
    Ok(history.into_iter().map(line).collect())
}

/// A column's name and what a cell of it says.
fn said(world: &World<'_>, form: Form, column: &str, cell: &str) -> (String, String) {
    let words = world.words;
    if let Some(column) = spec::column(parts_of(form), column) {
        let mut posted = Posted::default();
        posted.take_over(words, column, cell);
        let label = words.get(column.label).into_owned();
        return (label, world.in_words(column, &posted));
    }
    let (label, said) = beside_the_form(words, form, column, cell);
    let none = || words.get("not-stated").into_owned();
    (
        words.get(label).into_owned(),
        if cell.is_empty() { none() } else { said },
    )
}

/// The columns that no form asks for: states and their reasons.
fn beside_the_form(words: Words, form: Form, column: &str, cell: &str) -> (&'static str, String) {
    let day = || {
        NaiveDate::parse_from_str(cell, "%Y-%m-%d")
            .map_or_else(|_| cell.to_owned(), |day| words.date(day))
    };
    match column {
        "status" if form == Form::Worker => (
            "fact-status",
            words.code("worker-status", cell).into_owned(),
        ),
        "status" => (
            "fact-status",
            words.code("request-status", cell).into_owned(),
        ),
        "paused_until" => ("fact-paused-until", day()),
        "pause_reason" => (
            "fact-pause-reason",
            sentences::reason(words, ReasonList::Pause, cell),
        ),
        "close_reason" => (
            "fact-close-reason",
            sentences::reason(words, ReasonList::Close, cell),
        ),
        "excluded" => ("fact-excluded", words.code("exclusion", cell).into_owned()),
        "excluded_on" => ("fact-excluded-on", day()),
        _ => ("fact-code", cell.to_owned()),
    }
}
