//! How a form that came back says why: problems in the questions' own words, and
//! what two people changed at once.

use chrono_tz::Europe::Rome;

use super::meeting::{self, Met};
use super::posted::Posted;
use super::questions::World;
use super::spec::{self, Ask, Part};
use crate::catalogue::Words;
use crate::domain::invalid::{Problem, Why};
use crate::services::registering::{self, Form, Opened};
use crate::services::sentences;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, alone};

/// A column that two people changed.
pub struct Conflict {
    pub name: &'static str,
    pub label: String,
    pub mine: String,
    pub theirs: String,
    /// The cell that is stored now.
    pub cell: String,
}

/// Somebody else was faster.
pub struct Stale {
    /// It was the reader themself, in another page or with the way back.
    pub own: bool,
    pub text: String,
    pub conflicts: Vec<Conflict>,
    pub taken: Vec<String>,
}

/// Problems as a form says them: with the question's own words, in the order in which it
/// asks; what is about no question comes last.
pub(super) fn in_words(words: Words, parts: &'static [Part], problems: &[Problem]) -> Vec<Shown> {
    let place = |field: &str| {
        let mut columns = parts.iter().flat_map(|part| part.columns);
        let found = columns.position(|column| column.name == field);
        found.unwrap_or(usize::MAX)
    };
    let mut ordered: Vec<&Problem> = problems.iter().collect();
    ordered.sort_by_key(|problem| place(problem.field));
    ordered
        .into_iter()
        .map(|problem| {
            let column = spec::column(parts, problem.field);
            let label = column.map(|column| words.get(column.label).into_owned());
            let of_hundred = column.is_some_and(|column| matches!(column.ask, Ask::PerCent));
            let message = match label {
                Some(label) if of_hundred => {
                    words.with("form-coverage-range", &[("label", &label)])
                }
                Some(label) => said(words, &label, &problem.why),
                None => alone(words, &problem.why),
            };
            Shown {
                field: problem.field.to_owned(),
                message,
            }
        })
        .collect()
}

// What a file's report says in codes, a form says in words.
fn said(words: Words, label: &str, why: &Why) -> String {
    let key = match why.key {
        "problem-required" => "form-required",
        "problem-one-of" | "problem-unknown-code" => "form-one-of",
        "problem-unreachable" => "form-unreachable",
        "problem-sex-without-ground" => "form-sex-without-ground",
        "problem-ground-without-sex" => "form-ground-without-sex",
        "problem-coverage-range" => "form-coverage-range",
        "problem-likely" => return words.get("problem-likely").into_owned(),
        _ => {
            let why = sentences::why(words, why);
            return words.with("form-problem", &[("label", &label), ("why", &why)]);
        }
    };
    words.with(key, &[("label", &label)])
}

/// What somebody else saved meanwhile, beside what was typed.
pub(super) async fn stale(
    visit: &Visit,
    world: &World<'_>,
    (form, parts): (Form, &'static [Part]),
    typed: &Posted,
    (now, met): (&Opened, &Met),
) -> Result<Stale, PageError> {
    let words = visit.words;
    let context = &visit.site.context;
    let actor = visit.actor()?;
    let history = registering::history(context, actor, form, &now.code).await?;
    let last = history.first();
    let own = last.is_some_and(|line| line.account == Some(actor.account_id));
    let text = match last.and_then(|line| Some((line, line.by.as_ref()?))) {
        Some((line, by)) => {
            let key = if own { "stale-by-oneself" } else { "stale-by" };
            let when = words.moment(line.at.with_timezone(&Rome).naive_local());
            words.with(key, &[("name", by), ("when", &when)])
        }
        None => words.get("stale-by-somebody").into_owned(),
    };
    let theirs = meeting::filled(words, parts, now);
    let conflicts = met.both.iter().map(|both| Conflict {
        name: both.column.name,
        label: words.get(both.column.label).into_owned(),
        mine: world.in_words(both.column, typed),
        theirs: world.in_words(both.column, &theirs),
        cell: both.theirs.clone(),
    });
    let taken = met.taken.iter();
    Ok(Stale {
        own,
        text,
        conflicts: conflicts.collect(),
        taken: taken
            .map(|column| words.get(column.label).into_owned())
            .collect(),
    })
}
