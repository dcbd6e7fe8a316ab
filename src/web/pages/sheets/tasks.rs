//! What the desks have to do about sheets: who is to be told of a revocation, who
//! needs a new code, which sheets end soon. Done can be taken back.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Redirect};
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::delivery::TaskKind;
use crate::services::delivery::tasks;
use crate::storage::sheet_tasks::TaskLine;
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
    pub kind: &'static str,
    pub sheet: String,
    /// Where it is seen to.
    pub href: String,
    pub text: String,
    pub phone: Option<String>,
    pub since: String,
    /// When and by whom it was done.
    pub done: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/sheets/tasks.html")]
struct Page {
    t: Words,
    frame: Frame,
    tasks: Vec<Task>,
    done: bool,
    paging: Paging,
}

/// A task in words.
pub fn in_words(words: Words, line: TaskLine) -> Task {
    let about: [(&str, &dyn crate::catalogue::Value); 3] = [
        ("family", &line.family),
        ("sheet", &line.sheet),
        ("partner", &line.partner),
    ];
    let done = line.done_at.map(|at| {
        let when = words.moment(at.with_timezone(&Rome).naive_local());
        match line.done_by {
            Some(by) => words.with("task-done-by", &[("when", &when), ("name", &by)]),
            None => words.with("task-over", &[("when", &when)]),
        }
    });
    let key = match line.kind {
        TaskKind::TellFamily => "task-tell-family",
        TaskKind::TellPartner => "task-tell-partner",
        TaskKind::CodeLocked => "task-code-locked",
        TaskKind::MailFailed => "task-mail-failed",
        TaskKind::EndsSoon => "task-ends-soon",
        TaskKind::TellPeople => "task-tell-people",
    };
    // Whom to phone then, and what to say, stands on the sheet's page of notices.
    let (href, phone) = match line.kind {
        TaskKind::TellPeople => (format!("/sheets/{}/notices", line.sheet), None),
        // It is not the family that is phoned.
        TaskKind::TellPartner => (format!("/sheets/{}", line.sheet), None),
        _ => (format!("/sheets/{}", line.sheet), line.phone),
    };
    Task {
        id: line.id,
        kind: line.kind.code(),
        text: words.with(key, &about),
        sheet: line.sheet,
        href,
        phone,
        since: words.date(line.made_on),
        done,
    }
}

/// A page of the tasks.
pub async fn get(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let done = at.done.is_some();
    let at = place_in_list(page_number(at.page), at.after, at.before);
    let page = tasks::page(&visit.site.context, visit.actor()?, done, &at).await?;
    let paging = Paging::of(&page, "/tasks", &[("done", done.then_some("yes"))]);
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
    let task = tasks::set(&visit.site.context, visit.actor()?, id, done).await?;
    Ok(Redirect::to(&format!("/sheets/{}", task.sheet)))
}
