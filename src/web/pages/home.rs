//! The first page after the sign-in: what there is, and the way to it.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::account::Access;
use crate::drawing::Picture;
use crate::services::access_report::weeks::{self, Weeks};
use crate::services::drafts;
use crate::services::lists::{self, Counts};
use crate::services::registering::Form;
use crate::services::waiting::{self, Scope, Waiting};
use crate::storage::asked::Asked as Proposed;
use crate::storage::requests::RequestLine;
use crate::storage::stalled::SilentSheet;
use crate::storage::waiting::WorkerLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;
use crate::web::pages::registering::address_of;

/// A form that was kept.
struct Kept {
    id: String,
    address: String,
    what: String,
    when: String,
}

#[derive(Template)]
#[template(path = "pages/home/home.html")]
struct Page {
    t: Words,
    frame: Frame,
    role: &'static str,
    /// None for whoever opens no records.
    counts: Option<Counts>,
    drafts: Vec<Kept>,
    /// For readers: the weeks of this year and of the last.
    weeks: Option<(Weeks, Picture)>,
    /// Code, name and whether it is the one shown.
    scopes: Vec<(&'static str, String, bool)>,
    waits: Vec<Wait>,
}

/// What waits for one reason.
struct Wait {
    heading: String,
    lines: Vec<WaitLine>,
}

/// One thing to do.
struct WaitLine {
    href: String,
    text: String,
}

/// Whose work an address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    whose: Option<String>,
}

/// The page.
pub async fn get(visit: Visit, Query(asked): Query<Asked>) -> Result<Html<String>, PageError> {
    let actor = visit.actor()?;
    let scope = Scope::ALL
        .into_iter()
        .find(|scope| Some(scope.code()) == asked.whose.as_deref())
        .unwrap_or(Scope::Desk);
    let waits = if actor.works_at_a_desk() {
        let waiting = waiting::look(&visit.site.context, actor, scope).await?;
        waits(visit.words, waiting)
    } else {
        Vec::new()
    };
    let counts = if actor.works_at_a_desk() {
        Some(lists::counts(&visit.site.context, actor).await?)
    } else {
        None
    };
    let reads = counts.is_none() && Access::Reports.allows(Some(actor));
    let weeks = if reads {
        let weeks = weeks::weeks(&visit.site.context, actor).await?;
        let picture = weeks.picture(visit.words);
        Some((weeks, picture))
    } else {
        None
    };
    let drafts = if actor.works_at_a_desk() {
        drafts::unfinished(&visit.site.context, actor).await?
    } else {
        Vec::new()
    };
    let drafts = drafts.into_iter().map(|draft| kept(visit.words, draft));
    let page = Page {
        drafts: drafts.collect(),
        weeks,
        scopes: Scope::ALL
            .map(|one| {
                let name = visit.words.code("home-scope", one.code()).into_owned();
                (one.code(), name, one == scope)
            })
            .into(),
        waits,
        t: visit.words,
        frame: visit.frame(),
        role: actor.role.code(),
        counts,
    };
    Ok(Html(page.render()?))
}

fn kept(words: Words, draft: drafts::Draft) -> Kept {
    let form = Form::parse(&draft.form).unwrap_or(Form::Worker);
    let address = address_of(form, draft.record.as_deref());
    Kept {
        address: format!("{address}?draft={}", draft.id),
        what: match &draft.record {
            Some(code) => words.with("draft-of", &[("code", code)]),
            None => words.code("draft-new", form.code()).into_owned(),
        },
        when: words.moment(draft.kept_at.with_timezone(&Rome).naive_local()),
        id: draft.id,
    }
}

/// What waits, the most pressing first; what does not wait is left out.
fn waits(words: Words, waiting: Waiting) -> Vec<Wait> {
    let edit = |line: &WorkerLine| format!("/workers/{}/edit", line.code);
    let standing = |line: &WorkerLine| format!("/workers/{}/standing", line.code);
    let all = [
        ("wait-urgent", requests(words, waiting.urgent, "match")),
        ("wait-to-issue", proposed(words, waiting.to_issue)),
        ("wait-to-phone", proposed(words, waiting.to_phone)),
        ("wait-proposals", proposed(words, waiting.proposals)),
        ("wait-to-review", proposed(words, waiting.to_review)),
        ("wait-sex", requests(words, waiting.sex_to_confirm, "")),
        ("wait-stalled", requests(words, waiting.stalled, "match")),
        ("wait-silent", silent(words, waiting.silent)),
        ("wait-permits", workers(words, waiting.permits, edit)),
        (
            "wait-unconfirmed",
            workers(words, waiting.unconfirmed, edit),
        ),
        (
            "wait-paused-requests",
            requests(words, waiting.paused_requests, "standing"),
        ),
        (
            "wait-paused-workers",
            workers(words, waiting.paused_workers, standing),
        ),
    ];
    all.into_iter()
        .filter(|(_, lines)| !lines.is_empty())
        .map(|(heading, lines)| Wait {
            heading: words.get(heading).into_owned(),
            lines,
        })
        .collect()
}

fn proposed(words: Words, lines: Vec<Proposed>) -> Vec<WaitLine> {
    let line = |one: Proposed| WaitLine {
        href: format!("/proposals/{}", one.proposal.id),
        text: words.with(
            "wait-proposal",
            &[
                ("worker", &one.worker_name),
                ("request", &one.request.as_str()),
                ("date", &words.date(one.proposal.value.proposed_on)),
            ],
        ),
    };
    lines.into_iter().map(line).collect()
}

fn silent(words: Words, lines: Vec<SilentSheet>) -> Vec<WaitLine> {
    let line = |one: SilentSheet| WaitLine {
        href: format!("/sheets/{}", one.number),
        text: words.with(
            "wait-sheet",
            &[
                ("number", &one.number),
                ("family", &one.family_name),
                ("request", &one.request),
                ("date", &words.date(one.issued_on)),
            ],
        ),
    };
    lines.into_iter().map(line).collect()
}

fn requests(words: Words, lines: Vec<RequestLine>, page: &str) -> Vec<WaitLine> {
    let line = |one: RequestLine| {
        let mut text = words.with(
            "wait-request",
            &[
                ("request", &one.code),
                ("family", &one.family_name),
                ("comune", &one.comune.name()),
                ("date", &words.date(one.opened_on)),
            ],
        );
        if let Some(day) = one.needed_by {
            let by = words.with("request-needed-by", &[("date", &words.date(day))]);
            text = format!("{text} – {by}");
        }
        let href = format!("/requests/{}/{page}", one.code);
        WaitLine {
            href: href.trim_end_matches('/').to_owned(),
            text,
        }
    };
    lines.into_iter().map(line).collect()
}

fn workers(
    words: Words,
    lines: Vec<WorkerLine>,
    href: impl Fn(&WorkerLine) -> String,
) -> Vec<WaitLine> {
    let line = |one: WorkerLine| WaitLine {
        href: href(&one),
        text: match one.day {
            Some(day) => words.with(
                "wait-worker-day",
                &[("worker", &one.name), ("date", &words.date(day))],
            ),
            None => one.name,
        },
    };
    lines.into_iter().map(line).collect()
}
