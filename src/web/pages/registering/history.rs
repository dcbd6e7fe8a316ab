//! The history of a record in plain words: what was changed, from what to what,
//! when and by whom.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Rome;

use super::posted::Posted;
use super::questions::World;
use super::spec;
use super::{address_of, parts_of};
use crate::catalogue::Words;
use crate::domain::reason::ReasonList;
use crate::services::Context;
use crate::services::registering::{self, Form};
use crate::services::{merging, places, sentences};
use crate::storage::changes::{ChangeLine, Changed};
use crate::storage::merges::Merge;
use crate::storage::places::{Desk, Partner};
use crate::web::error::PageError;
use crate::web::extract::Visit;

/// One line of it.
pub struct Line {
    pub when: String,
    pub by: String,
    pub what: String,
    pub changes: Vec<String>,
    /// The form, filled as the record was before this.
    pub back: Option<String>,
}

/// A column's name and what a cell of it says.
#[derive(Debug, Clone)]
pub struct Told {
    pub label: String,
    pub said: String,
}

/// Says the cells of records in words.
pub struct Teller {
    words: Words,
    form: Form,
    desks: Vec<Desk>,
    partners: Vec<Partner>,
}

impl Teller {
    /// Loads what names cells by.
    pub async fn load(visit: &Visit, form: Form) -> Result<Self, PageError> {
        Self::of(&visit.site.context, visit.words, form).await
    }

    /// The same where nobody visits.
    pub async fn of(context: &Context, words: Words, form: Form) -> Result<Self, PageError> {
        Ok(Self {
            words,
            form,
            desks: places::desks(context).await?,
            partners: places::partners(context).await?,
        })
    }

    /// Whether a form asks this column.
    pub fn knows(&self, column: &str) -> bool {
        spec::column(parts_of(self.form), column).is_some()
    }

    /// A cell in words.
    pub fn told(&self, column: &str, cell: &str) -> Told {
        let world = World {
            words: self.words,
            desks: &self.desks,
            partners: &self.partners,
            notices: &[],
        };
        let (label, said) = said(&world, self.form, column, cell);
        Told { label, said }
    }
}

/// The history of a record, the newest first.
pub async fn lines(visit: &Visit, form: Form, code: &str) -> Result<Vec<Line>, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let history = registering::history(context, visit.actor()?, form, code).await?;
    if history.is_empty() {
        return Ok(Vec::new());
    }
    let teller = Teller::load(visit, form).await?;
    let line = |line: ChangeLine| Line {
        back: is_form_of(form, code, &line).then(|| {
            let form = address_of(form, Some(code));
            format!("{form}?before={}", line.version)
        }),
        when: words.moment(line.at.with_timezone(&Rome).naive_local()),
        by: line
            .by
            .unwrap_or_else(|| words.get("history-by-itself").into_owned()),
        what: {
            let what = words.code("record-action", &line.action).into_owned();
            if line.record == code {
                what
            } else {
                let under = words.with("history-under", &[("code", &line.record)]);
                format!("{what} ({under})")
            }
        },
        changes: line
            .fields
            .iter()
            .map(|(column, before, now)| {
                let (was, now) = (teller.told(column, before), teller.told(column, now));
                words.with(
                    "history-change",
                    &[
                        ("label", &was.label),
                        ("before", &was.said),
                        ("now", &now.said),
                    ],
                )
            })
            .collect(),
    };
    Ok(history.into_iter().map(line).collect())
}

/// Whether a line is a change of this record that its form can take back.
fn is_form_of(form: Form, code: &str, line: &ChangeLine) -> bool {
    let asked = |(column, ..): &Changed| spec::column(parts_of(form), column).is_some();
    line.record == code && line.action == "changed" && line.fields.iter().any(asked)
}

/// Fills a form as its record was before a change; when that was. None where there is no
/// such change.
pub(super) async fn put_back(
    visit: &Visit,
    (form, code): (Form, &str),
    version: &str,
    posted: &mut Posted,
) -> Result<Option<DateTime<Utc>>, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let history = registering::history(context, visit.actor()?, form, code).await?;
    let mut lines = history.into_iter();
    let line =
        lines.find(|line| line.version.to_string() == version && is_form_of(form, code, line));
    let Some(line) = line else {
        return Ok(None);
    };
    for (column, before, _) in &line.fields {
        if let Some(column) = spec::column(parts_of(form), column) {
            posted.take_over(words, column, before);
        }
    }
    Ok(Some(line.at))
}

/// A record that went into another one.
pub struct MergedHere {
    pub id: i64,
    pub text: String,
    /// Until when it can be undone, or that it can't.
    pub until: String,
    pub may_undo: bool,
}

/// What went into a record.
pub async fn merges(visit: &Visit, form: Form, code: &str) -> Result<Vec<MergedHere>, PageError> {
    let words = visit.words;
    let merges = merging::into(&visit.site.context, visit.actor()?, form, code).await?;
    let local = |at: DateTime<Utc>| at.with_timezone(&Rome).naive_local();
    let line = |(one, may_undo): (Merge, bool)| MergedHere {
        id: one.id,
        text: words.with(
            "merged-line",
            &[
                ("code", &one.gone),
                ("name", &one.by),
                ("when", &words.moment(local(one.merged_at))),
            ],
        ),
        until: if may_undo {
            let last = local(one.merged_at + merging::UNDO_LIFE).date();
            words.with("merged-until", &[("date", &words.date(last))])
        } else {
            words.get("merged-over").into_owned()
        },
        may_undo,
    };
    Ok(merges.into_iter().map(line).collect())
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
