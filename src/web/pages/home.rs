//! The first page after the sign-in: what there is, and the way to it.

use std::collections::HashMap;

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::account::{Access, Role};
use crate::domain::follow_up::Asked;
use crate::drawing::Picture;
use crate::services::access_report::weeks::{self, Weeks};
use crate::services::backups::policy::standing;
use crate::services::drafts;
use crate::services::follow_up::findings::Pair;
use crate::services::lists::{self, Counts};
use crate::services::registering::Form;
use crate::services::waiting::{self, List, Scope, Waiting};
use crate::storage::asked::Asked as Proposed;
use crate::storage::blocks::BlockLine;
use crate::storage::invitations::Item;
use crate::storage::job_changes::JobLine;
use crate::storage::requests::RequestLine;
use crate::storage::stalled::SilentSheet;
use crate::storage::waiting::WorkerLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;
use crate::web::pages::admin::backups::{InWords, in_words};
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
    /// For administrators, where this program makes copies.
    copies: Option<InWords>,
}

/// What waits for one reason.
struct Wait {
    heading: String,
    lines: Vec<WaitLine>,
    /// The whole list, where it is longer.
    more: Option<WaitLine>,
}

/// One thing to do.
#[derive(Clone)]
pub(super) struct WaitLine {
    pub href: String,
    pub text: String,
}

/// Whose work an address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Whose {
    whose: Option<String>,
}

/// The page.
pub async fn get(visit: Visit, Query(asked): Query<Whose>) -> Result<Html<String>, PageError> {
    let actor = visit.actor()?;
    let scope = scope_of(asked.whose.as_deref());
    let waits = if actor.works_at_a_desk() {
        let waiting = waiting::look(&visit.site.context, actor, scope).await?;
        let totals = waiting::totals(&visit.site.context, actor, scope).await?;
        let more = more(visit.words, scope, &totals);
        waits(visit.words, waiting, &more)
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
    let copies = if actor.role == Role::Administrator {
        standing(&visit.site.context).await?
    } else {
        None
    };
    let page = Page {
        copies: copies.map(|copies| in_words(visit.words, &copies)),
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

/// The scope of a code; the desk's where nothing is said.
pub(super) fn scope_of(code: Option<&str>) -> Scope {
    let mut all = Scope::ALL.into_iter();
    all.find(|scope| Some(scope.code()) == code)
        .unwrap_or(Scope::Desk)
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
fn waits(words: Words, waiting: Waiting, more: &HashMap<String, WaitLine>) -> Vec<Wait> {
    let edit = |line: &WorkerLine| format!("/workers/{}/edit", line.code);
    let standing = |line: &WorkerLine| format!("/workers/{}/standing", line.code);
    let tasks = waiting.sheet_tasks.into_iter().map(|one| WaitLine {
        href: format!("/sheets/{}", one.sheet),
        text: crate::web::pages::sheets::tasks::in_words(words, one).text,
    });
    let to_call = waiting.to_call.into_iter().map(|one| {
        let task = crate::web::pages::people::tasks::in_words(words, one);
        WaitLine {
            href: task.href,
            text: task.text,
        }
    });
    let all = [
        ("door-tasks-title", to_call.collect()),
        ("wait-blocks", blocks(words, waiting.blocks)),
        ("tasks-title", tasks.collect()),
        ("wait-urgent", requests(words, waiting.urgent, "match")),
        ("wait-jobs-begun", jobs(words, waiting.jobs_begun)),
        ("wait-jobs-ended", jobs(words, waiting.jobs_ended)),
        (
            "wait-untouched",
            requests(words, waiting.untouched, "match"),
        ),
        ("wait-calls", calls(words, waiting.calls)),
        ("wait-conflicts", conflicts(waiting.conflicts)),
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
            more: more.get(heading).cloned(),
            lines,
        })
        .collect()
}

/// Whom somebody holds back, or let back, by one word so far; and whose day has come.
fn blocks(words: Words, of: [Vec<BlockLine>; 2]) -> Vec<WaitLine> {
    let sections = ["/workers", "/families"];
    let lines = of.into_iter().zip(sections).flat_map(|(lines, section)| {
        lines.into_iter().map(move |one| {
            let key = match (one.to_confirm, one.to_lift) {
                (true, _) => "wait-block-confirm",
                (false, true) => "wait-block-lift",
                (false, false) => "wait-block-review",
            };
            let date = words.date(one.review_on);
            WaitLine {
                href: format!("{section}/{}/block", one.code),
                text: words.with(key, &[("name", &one.name), ("date", &date)]),
            }
        })
    });
    lines.collect()
}

fn jobs(words: Words, lines: Vec<JobLine>) -> Vec<WaitLine> {
    let line = |one: JobLine| WaitLine {
        href: format!("/introductions/{}/job", one.introduction),
        text: words.with(
            "wait-job",
            &[("worker", &one.worker_name), ("family", &one.family_name)],
        ),
    };
    lines.into_iter().map(line).collect()
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

/// The way to the whole of a list, by its heading's key.
fn more(words: Words, scope: Scope, totals: &[(List, u64)]) -> HashMap<String, WaitLine> {
    let line = |(list, total): &(List, u64)| {
        let line = WaitLine {
            href: format!("/waiting/{}?whose={}", list.code(), scope.code()),
            text: words.with("wait-all", &[("count", total)]),
        };
        (format!("wait-{}", list.code()), line)
    };
    totals.iter().map(line).collect()
}

fn calls(words: Words, items: Vec<Item>) -> Vec<WaitLine> {
    let full = |name: &(String, String)| format!("{} {}", name.0, name.1);
    let line = |one: Item| {
        let (family, worker) = (full(&one.family_name), full(&one.worker_name));
        let (name, about) = match one.side {
            Asked::Family => (family, worker),
            Asked::Worker => (worker, family),
        };
        WaitLine {
            href: format!("/calls/{}", one.id),
            text: words.with("wait-call", &[("name", &name), ("about", &about)]),
        }
    };
    items.into_iter().map(line).collect()
}

fn conflicts(pairs: Vec<Pair>) -> Vec<WaitLine> {
    let line = |pair: Pair| WaitLine {
        href: format!("/introductions/{}/finding", pair.code),
        text: format!("{} · {} · {}", pair.code, pair.family, pair.worker),
    };
    pairs.into_iter().map(line).collect()
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

pub(super) fn requests(words: Words, lines: Vec<RequestLine>, page: &str) -> Vec<WaitLine> {
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

pub(super) fn workers(
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
