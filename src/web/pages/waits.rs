//! The lines of what waits, in words, each with the way to where it is done: for the
//! home page and for each list whole.

use chrono_tz::Europe::Rome;

use crate::catalogue::Words;
use crate::domain::follow_up::Asked;
use crate::domain::informing::NoticeKind;
use crate::domain::public_request::InboxKind;
use crate::services::follow_up::findings::Pair;
use crate::services::waiting::lists::{Lines, List};
use crate::storage::asked::Asked as Proposed;
use crate::storage::blocks::BlockLine;
use crate::storage::inbox::InboxLine;
use crate::storage::invitations::Item;
use crate::storage::job_changes::JobLine;
use crate::storage::merges::People;
use crate::storage::requests::RequestLine;
use crate::storage::stalled::SilentSheet;
use crate::storage::waiting::WorkerLine;
use crate::storage::waits::COUNTED;
use crate::storage::{person_tasks, sheet_tasks};
use crate::web::pages::{people, sheets};

/// One thing to do.
#[derive(Clone)]
pub struct WaitLine {
    pub href: String,
    pub text: String,
}

/// What a list is called; `days`: after how many something waits there.
pub fn heading(words: Words, list: List, days: Option<i64>) -> String {
    let key = match list {
        List::Inbox => "inbox-title",
        List::ToCall => "door-tasks-title",
        List::Blocks => "wait-blocks",
        List::SheetTasks => "tasks-title",
        List::Urgent => "wait-urgent",
        List::JobsBegun => "wait-jobs-begun",
        List::JobsEnded => "wait-jobs-ended",
        List::Untouched => "wait-untouched",
        List::Calls => "wait-calls",
        List::Conflicts => "wait-conflicts",
        List::ToIssue => "wait-to-issue",
        List::ToPhone => "wait-to-phone",
        List::Proposals => "wait-proposals",
        List::ToReview => "wait-to-review",
        List::Sex => "wait-sex",
        List::Stalled => "wait-stalled",
        List::Silent => "wait-silent",
        List::Permits => "wait-permits",
        List::Unconfirmed => "wait-unconfirmed",
        List::PausedRequests => "wait-paused-requests",
        List::PausedWorkers => "wait-paused-workers",
        List::ToInform => "inform-title",
        List::ToRenew => "renew-title",
    };
    match days {
        Some(days) => words.with(key, &[("days", &days)]),
        None => words.get(key).into_owned(),
    }
}

/// The lines of a list.
pub fn in_words(words: Words, list: List, lines: Lines) -> Vec<WaitLine> {
    match lines {
        Lines::Requests(lines) => requests(words, lines, leads_to(list)),
        Lines::Workers(lines) => {
            let href = |one: &WorkerLine| format!("/workers/{}/{}", one.code, leads_to(list));
            workers(words, lines, href)
        }
        Lines::Proposals(lines) => proposed(words, lines),
        Lines::Calls(lines) => calls(words, lines),
        Lines::Conflicts(lines) => conflicts(lines),
        Lines::Jobs(lines) => jobs(words, lines),
        Lines::Sheets(lines) => silent(words, lines),
        Lines::Blocks(lines) => blocks(words, lines),
        Lines::SheetTasks(lines) => sheet_tasks(words, lines),
        Lines::ToCall(lines) => to_call(words, lines),
        Lines::ToInform(lines) => to_inform(words, &lines),
        Lines::ToRenew(lines) => to_renew(words, &lines),
        Lines::Inbox(lines) => inbox(words, lines),
    }
}

/// Where the thing about a request or a worker is done.
fn leads_to(list: List) -> &'static str {
    match list {
        List::Urgent | List::Untouched | List::Stalled => "match",
        List::Permits | List::Unconfirmed => "edit",
        List::PausedRequests | List::PausedWorkers => "standing",
        _ => "",
    }
}

fn sheet_tasks(words: Words, lines: Vec<sheet_tasks::TaskLine>) -> Vec<WaitLine> {
    let line = |one: sheet_tasks::TaskLine| {
        let task = sheets::tasks::in_words(words, one);
        WaitLine {
            href: task.href,
            text: task.text,
        }
    };
    lines.into_iter().map(line).collect()
}

fn to_call(words: Words, lines: Vec<person_tasks::TaskLine>) -> Vec<WaitLine> {
    let line = |one: person_tasks::TaskLine| {
        let task = people::tasks::in_words(words, one);
        WaitLine {
            href: task.href,
            text: task.text,
        }
    };
    lines.into_iter().map(line).collect()
}

fn to_renew(words: Words, lines: &[(People, u64)]) -> Vec<WaitLine> {
    let line = |(people, total): &(People, u64)| {
        let key = match people {
            People::Workers => "renew-wait-workers",
            People::Families => "renew-wait-families",
        };
        WaitLine {
            href: format!("/to-renew?kind={}", people.kind()),
            text: words.count(key, total),
        }
    };
    lines.iter().map(line).collect()
}

fn to_inform(words: Words, lines: &[(NoticeKind, u64)]) -> Vec<WaitLine> {
    let line = |(kind, total): &(NoticeKind, u64)| WaitLine {
        href: format!("/to-inform?kind={}", kind.code()),
        text: words.with(
            "inform-wait",
            &[
                ("kind", &words.code("notice-kind", kind.code())),
                ("total", &up_to(words, *total)),
            ],
        ),
    };
    lines.iter().map(line).collect()
}

/// How many are to be told: of very many no more are counted.
pub(super) fn up_to(words: Words, total: u64) -> String {
    let number = words.number(total);
    if total < COUNTED {
        return number;
    }
    words.with("inform-or-more", &[("number", &number)])
}

fn inbox(words: Words, lines: Vec<InboxLine>) -> Vec<WaitLine> {
    let line = |one: InboxLine| {
        let when = words.moment(one.filed_at.with_timezone(&Rome).naive_local());
        let comune = one.comune.name();
        let text = match one.phone.filter(|_| one.by_phone) {
            Some(phone) => words.with(
                if one.kind == InboxKind::Worker {
                    "inbox-line-worker"
                } else {
                    "inbox-line-phone"
                },
                &[
                    ("number", &one.number),
                    ("name", &one.name),
                    ("phone", &phone),
                    ("comune", &comune),
                    ("when", &when),
                ],
            ),
            None => words.with(
                if one.kind == InboxKind::Worker {
                    "inbox-line-worker-mail"
                } else {
                    "inbox-line"
                },
                &[
                    ("number", &one.number),
                    ("name", &one.name),
                    ("comune", &comune),
                    ("when", &when),
                ],
            ),
        };
        WaitLine {
            href: format!("/inbox/{}", one.number),
            text,
        }
    };
    lines.into_iter().map(line).collect()
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
