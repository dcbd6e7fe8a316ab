//! Whom the desk has to call: who said something by their link, who takes no mail,
//! whose papers end. Done can be taken back.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Redirect};
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::private_link::PersonTask;
use crate::services::links::tasks;
use crate::storage::mailings::Person;
use crate::storage::person_tasks::TaskLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, key, page_number, place_in_list};
use crate::web::frame::Frame;

/// Which page of which tasks.
#[derive(Debug, Deserialize)]
pub struct Where {
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
    done: Option<String>,
}

/// A task in words.
pub struct Task {
    pub id: i64,
    pub text: String,
    /// Where it is seen to.
    pub href: String,
    pub code: String,
    pub phone: Option<String>,
    pub since: String,
    /// What the person wrote.
    pub words: Option<String>,
    /// When and by whom it was done.
    pub done: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/people/tasks.html")]
struct Page {
    t: Words,
    frame: Frame,
    tasks: Vec<Task>,
    done: bool,
    paging: Paging,
}

pub(super) fn key_of(kind: PersonTask) -> &'static str {
    match kind {
        PersonTask::Withdrawal => "door-task-withdrawal",
        PersonTask::Correction => "door-task-correction",
        PersonTask::Found => "door-task-found",
        PersonTask::NotNeeded => "door-task-not-needed",
        PersonTask::CodeWanted => "door-task-code-wanted",
        PersonTask::CodeLocked => "door-task-code-locked",
        PersonTask::AskAvailability => "door-task-ask",
        PersonTask::TellPaused => "door-task-tell-paused",
        PersonTask::PermitEnds => "door-task-permit",
        PersonTask::AccreditationEnds => "door-task-accreditation",
        PersonTask::MailFailed => "door-task-mail-failed",
        PersonTask::AskAgain => "door-task-ask-again",
        PersonTask::CallWanted => "door-task-call-wanted",
        PersonTask::DeathTold => "door-task-death-told",
        PersonTask::LooksAgain => "door-task-looks-again",
        PersonTask::SearchesAgain => "door-task-searches-again",
        PersonTask::Stopped => "door-task-stopped",
    }
}

/// Where a task is seen to.
fn place(line: &TaskLine) -> String {
    let code = &line.code;
    let section = match line.person {
        Person::Worker(_) => "workers",
        Person::Family(_) => "families",
    };
    let page = match line.kind {
        PersonTask::CodeWanted
        | PersonTask::CodeLocked
        | PersonTask::AskAvailability
        | PersonTask::TellPaused
        | PersonTask::MailFailed => "/link",
        PersonTask::Withdrawal => "/standing",
        PersonTask::Correction => "/edit",
        PersonTask::Stopped => "/rights",
        PersonTask::PermitEnds | PersonTask::AccreditationEnds => "/appointment",
        _ => "",
    };
    format!("/{section}/{code}{page}")
}

/// A task in words.
pub fn in_words(words: Words, line: TaskLine) -> Task {
    let done = line.done_at.map(|at| {
        let when = words.moment(at.with_timezone(&Rome).naive_local());
        let by = line
            .done_by
            .clone()
            .unwrap_or_else(|| words.get("door-link-program").into_owned());
        words.with("door-task-done-by", &[("when", &when), ("name", &by)])
    });
    Task {
        id: line.id,
        text: words.with(key_of(line.kind), &[("name", &line.name)]),
        href: place(&line),
        code: line.code,
        phone: line.phone,
        since: words.date(line.made_on),
        words: line.words,
        done,
    }
}

/// A page of the tasks.
pub async fn get(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let done = at.done.is_some();
    let at = place_in_list(page_number(at.page), at.after, at.before);
    let page = tasks::page(&visit.site.context, visit.actor()?, done, &at).await?;
    let paging = Paging::of(&page, "/to-call", &[("done", done.then_some("yes"))]);
    let paging = paging.by_id(&page.rows, |task| task.id);
    let words = visit.words;
    let tasks = page.rows.into_iter().map(|line| in_words(words, line));
    let page = Page {
        t: words,
        frame: visit.frame(),
        tasks: tasks.collect(),
        done,
        paging,
    };
    Ok(Html(page.render()?))
}

/// Says that a task is done, or is not after all.
pub async fn set(
    done: bool,
    visit: Visit,
    Path(task): Path<String>,
) -> Result<Redirect, PageError> {
    let id = key(&task)?;
    tasks::set(&visit.site.context, visit.actor()?, id, done).await?;
    Ok(Redirect::to(if done {
        "/to-call"
    } else {
        "/to-call?done=yes"
    }))
}
