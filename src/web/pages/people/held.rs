//! All that is known of one person as a file that opens anywhere: a page to read, and the
//! same for programs. No script, nothing loaded from elsewhere.

use askama::Template;
use chrono::{DateTime, NaiveDate};
use chrono_tz::Europe::Rome;
use serde_json::Value;

use crate::catalogue::Words;
use crate::domain::appointment;
use crate::domain::offer::Offer;
use crate::domain::place::Comune;
use crate::domain::private_link::PersonTask;
use crate::domain::public_request::InboxKind;
use crate::domain::reason::ReasonList;
use crate::domain::week::WeekGrid;
use crate::services::proposals::told;
use crate::services::registering::Form;
use crate::services::rights::export::{Held, pack};
use crate::services::{Context, sentences};
use crate::storage::changes::Changed;
use crate::web::error::PageError;
use crate::web::pages::people::tasks::key_of;
use crate::web::pages::registering::ask;
use crate::web::pages::registering::history::Teller;

/// A table of the page.
struct Table {
    title: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[derive(Template)]
#[template(path = "held.html")]
struct Page {
    t: Words,
    title: String,
    made: String,
    tables: Vec<Table>,
}

/// The sections that a file may have.
pub const SECTIONS: [&str; 23] = [
    "accreditations",
    "answers",
    "appointments",
    "authorisations",
    "comments",
    "disclosures",
    "history",
    "holds",
    "introductions",
    "invitations",
    "jobs",
    "limits",
    "links",
    "mails",
    "merges",
    "notes",
    "notices",
    "proposals",
    "public_requests",
    "referrals",
    "reminders",
    "restrictions",
    "tasks",
];

/// The columns of those sections.
pub const COLUMNS: [&str; 83] = [
    "about",
    "action",
    "answered_on",
    "answers",
    "at",
    "ccnl_level",
    "closes_on",
    "code",
    "comune",
    "consent_by",
    "consent_how",
    "consent_on",
    "day",
    "decline_reason",
    "desk",
    "disposition",
    "done_at",
    "email",
    "end_reason",
    "ended_at",
    "ended_on",
    "ends_on",
    "event",
    "fields",
    "filed_at",
    "finished_at",
    "fits",
    "folder",
    "given_on",
    "gone",
    "ground",
    "half",
    "hours",
    "hours_week",
    "how",
    "issued_on",
    "kind",
    "live_in",
    "made_at",
    "made_on",
    "merged_at",
    "met",
    "name",
    "note",
    "notice_version",
    "notified_yes",
    "number",
    "on_day",
    "opens_on",
    "partner",
    "phone",
    "proposed_at",
    "proposed_on",
    "purpose",
    "queued_at",
    "reason",
    "recipient",
    "record",
    "recorded_at",
    "reminded_at",
    "request",
    "result",
    "review_on",
    "revoke_reason",
    "revoked_at",
    "set_at",
    "settled_on",
    "sheet_number",
    "since",
    "started_on",
    "state",
    "still_working",
    "talked",
    "told",
    "undone_at",
    "valid_until",
    "via",
    "wave",
    "withdrawn_on",
    "without_desk",
    "words",
    "worker",
    "written_on",
];

/// The file: a ZIP.
pub async fn file(context: &Context, words: Words, held: &Held) -> Result<Vec<u8>, PageError> {
    let own = Teller::of(context, words, held.form).await?;
    let of_requests = Teller::of(context, words, Form::Request).await?;
    let mut tables = vec![record(words, "held-record", &own, &held.record)];
    for request in &held.requests {
        tables.push(record(words, "held-request", &of_requests, request));
    }
    for section in &held.sections {
        let columns = section.columns.iter();
        let rows = section.rows.iter().map(|row| {
            let cells = section.columns.iter().zip(row);
            cells
                .map(|(column, cell)| match (*column, cell) {
                    ("fields", Value::String(text)) if section.name == "history" => {
                        changes(words, [&own, &of_requests], text)
                    }
                    ("answers", Value::String(text)) if section.name == "public_requests" => {
                        asked(words, [&own, &of_requests], held.form, text)
                    }
                    ("kind", Value::String(text)) if section.name == "tasks" => {
                        task(words, &held.name, text)
                    }
                    _ => said(words, section.name, column, cell),
                })
                .collect()
        });
        tables.push(Table {
            title: words.code("held-section", section.name).into_owned(),
            columns: columns
                .map(|column| words.code("held-column", column).into_owned())
                .collect(),
            rows: rows.collect(),
        });
    }
    let page = Page {
        t: words,
        title: words.with("held-title", &[("name", &held.name), ("code", &held.code)]),
        made: words.with(
            "held-made",
            &[
                ("desk", &held.desk),
                (
                    "when",
                    &words.moment(held.at.with_timezone(&Rome).naive_local()),
                ),
            ],
        ),
        tables,
    };
    Ok(pack(held, &page.render()?)?)
}

/// A record: what each cell is, and what it says.
fn record(
    words: Words,
    title: &'static str,
    teller: &Teller,
    cells: &[(&'static str, String)],
) -> Table {
    let rows = cells.iter().map(|(column, cell)| {
        let told = teller.told(column, cell);
        vec![told.label, told.said]
    });
    let columns = ["held-what", "held-says"];
    Table {
        title: words.get(title).into_owned(),
        columns: columns.map(|key| words.get(key).into_owned()).into(),
        rows: rows.collect(),
    }
}

/// What a line of the history changed.
fn changes(words: Words, tellers: [&Teller; 2], text: &str) -> String {
    let changes: Vec<Changed> = serde_json::from_str(text).unwrap_or_default();
    let lines = changes.iter().map(|(column, before, now)| {
        // A column of a request is none of a person's.
        let teller = tellers
            .into_iter()
            .find(|teller| teller.knows(column))
            .unwrap_or(tellers[0]);
        let (was, now) = (teller.told(column, before), teller.told(column, now));
        words.with(
            "history-change",
            &[
                ("label", &was.label),
                ("before", &was.said),
                ("now", &now.said),
            ],
        )
    });
    lines.collect::<Vec<_>>().join("; ")
}

/// What was answered on the public page.
fn asked(words: Words, tellers: [&Teller; 2], form: Form, text: &str) -> String {
    let answers: Vec<(String, String)> = serde_json::from_str(text).unwrap_or_default();
    if form == Form::Worker {
        let lines = ask::told(words, InboxKind::Worker, &answers).into_iter();
        let lines = lines.map(|(label, said)| format!("{label}: {said}"));
        return lines.collect::<Vec<_>>().join("; ");
    }
    let lines = answers.iter().map(|(column, answer)| {
        let teller = tellers.into_iter().find(|teller| teller.knows(column));
        let (label, said) = match teller.map(|teller| teller.told(column, answer)) {
            Some(told) => (told.label, told.said),
            None => (column.clone(), answer.clone()),
        };
        format!("{label}: {said}")
    });
    lines.collect::<Vec<_>>().join("; ")
}

/// What the desk had to do about somebody of this name.
fn task(words: Words, name: &str, text: &str) -> String {
    let kind = PersonTask::parse(text);
    kind.map_or_else(
        |_| text.to_owned(),
        |kind| words.with(key_of(kind), &[("name", &name)]),
    )
}

/// What was told of a job, in the words in which it is told.
fn offered(words: Words, text: &str) -> String {
    let Some(offer) = Offer::read(text) else {
        return text.to_owned();
    };
    let facts = told::facts(words, &offer).into_iter();
    let lines = facts.map(|(label, said)| format!("{label}: {said}"));
    lines.collect::<Vec<_>>().join("; ")
}

/// A cell in words, where there are any for it.
fn said(words: Words, section: &str, column: &str, cell: &Value) -> String {
    let text = match cell {
        Value::Null => return String::new(),
        Value::Bool(true) => return words.code("yes-no", "yes").into_owned(),
        Value::Bool(false) => return words.code("yes-no", "no").into_owned(),
        Value::String(text) => text.as_str(),
        Value::Number(number) if (section, column) == ("appointments", "half") => {
            let half = number.as_u64().and_then(|half| u32::try_from(half).ok());
            return half.map_or_else(|| number.to_string(), appointment::time);
        }
        other => return other.to_string(),
    };
    match (section, column) {
        ("answers", "end_reason") => sentences::reason(words, ReasonList::EndReason, text),
        ("answers", "reason") => sentences::reason(words, ReasonList::AnswerNo, text),
        ("answers", "result") => words.code("survey-result", text).into_owned(),
        ("answers", "via") => words.code("outcome-channel", text).into_owned(),
        ("answers", "without_desk") => sentences::reason(words, ReasonList::WithoutDesk, text),
        ("appointments", "purpose") => words.code("comes-for", text).into_owned(),
        ("appointments", "state") => words.code("appointment-state", text).into_owned(),
        ("authorisations", "how") => words.code("consent-how", text).into_owned(),
        ("authorisations", "notice_version") => sentences::notice(words, text),
        (_, "comune") => Comune::by_istat(text).map_or_else(
            || text.to_owned(),
            |comune| {
                if section == "limits" {
                    comune.name().to_owned()
                } else {
                    words.with("held-family-in", &[("comune", &comune.name())])
                }
            },
        ),
        ("disclosures", "how") => words.code("disclosure", text).into_owned(),
        ("disclosures", "purpose") => words.code("purpose", text).into_owned(),
        ("disclosures", "fields") => sentences::disclosed_fields(words, text),
        ("history", "action") => words.code("record-action", text).into_owned(),
        ("introductions", "revoke_reason") => sentences::reason(words, ReasonList::Revoke, text),
        ("invitations", "disposition") => words.code("held-disposition", text).into_owned(),
        ("jobs", "event") => words.code("job-event", text).into_owned(),
        ("jobs", "hours") => WeekGrid::parse(text)
            .map_or_else(|_| text.to_owned(), |grid| sentences::week(words, &grid)),
        ("limits", "ground") => words.code("diffusion-ground", text).into_owned(),
        ("links", "how") => words.code("door-handed", text).into_owned(),
        ("mails", "kind") => words.code("mail-kind", text).into_owned(),
        ("mails", "state") => words.code("mail-state", text).into_owned(),
        ("notices", "how") => words.code("told-how", text).into_owned(),
        ("proposals", "decline_reason") => {
            sentences::reason(words, ReasonList::ProposalDeclined, text)
        }
        ("proposals", "state") => words.code("proposal-state", text).into_owned(),
        ("proposals", "told") => offered(words, text),
        ("proposals", "via") => words.code("proposal-via", text).into_owned(),
        ("referrals", "consent_how") => words.code("referral-how", text).into_owned(),
        ("reminders", "kind") => words.code("held-reminder", text).into_owned(),
        ("restrictions", "reason") => words.code("restriction-reason", text).into_owned(),
        (_, "wave") => words.code("calls-wave", text).into_owned(),
        _ => day_or_text(words, text),
    }
}

fn day_or_text(words: Words, text: &str) -> String {
    if let Ok(day) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
        return words.date(day);
    }
    match DateTime::parse_from_rfc3339(text) {
        Ok(at) => words.moment(at.with_timezone(&Rome).naive_local()),
        Err(_) => text.to_owned(),
    }
}
