//! The entry screen of the access log: what repeats is kept, Enter saves. What the
//! page entered today stands beside the form, and it alone can correct it: the
//! browser keeps the key (`domain::access::page`), the server nothing.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::form::{self, MOST, Select, selects};
use crate::catalogue::Words;
use crate::clock::{new_token, random_bytes};
use crate::domain::access::page::PageMemory;
use crate::domain::invalid::{Problem, Why};
use crate::domain::typed;
use crate::services::ServiceError;
use crate::services::accesses::{self, Entered, Entering, Screen};
use crate::web::error::PageError;
use crate::web::extract::{Visit, cookie};
use crate::web::form::{Shown, Typed, error_of, shown, typed_day};
use crate::web::frame::Frame;

/// The browser's memory of its own entries.
pub const MEMORY: &str = "dom-accesses";
const LONGEST_RECEIPT: usize = 64;

/// What the address says: something was done, or an entry is to be corrected.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: Option<String>,
    #[serde(default)]
    case: Option<String>,
    #[serde(default)]
    correct: Option<u32>,
    /// Begins without the answers of the entry before.
    #[serde(default)]
    blank: Option<String>,
}

/// One of the page's own entries.
struct Own {
    number: u32,
    line: String,
    day: String,
}

#[derive(Template)]
#[template(path = "pages/accesses/entry.html")]
struct Page {
    t: Words,
    frame: Frame,
    desk: String,
    selects: Vec<Select>,
    other_comune: String,
    other_comune_error: String,
    date: String,
    date_error: String,
    count: String,
    count_error: String,
    most: u32,
    receipt: String,
    /// The entry that is being corrected.
    replaces: Option<u32>,
    /// Whether the form holds the answers of the entry before.
    repeats: bool,
    problems: Vec<Shown>,
    own: Vec<Own>,
    today: u64,
}

/// The screen.
pub async fn get(
    visit: Visit,
    jar: CookieJar,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, PageError> {
    let memory = memory(&visit, &jar);
    let screen = screen(&visit, memory.as_ref()).await?;
    let corrected = asked
        .correct
        .and_then(|number| screen.own.iter().find(|(own, _)| *own == number));
    let before = screen.own.first().filter(|_| asked.blank.is_none());
    let repeats = corrected.is_none() && before.is_some();
    let typed = match (corrected, before) {
        (Some((number, access)), _) => form::like(access)
            .with("date", typed_day(access.date))
            .with("replaces", number.to_string()),
        (None, Some((_, access))) => form::like(access),
        (None, None) => form::first(),
    };
    let notice = notice(visit.words, &asked, screen.today);
    let mut page = page(&visit, &screen, &typed, Vec::new());
    page.frame = page.frame.with_notice(notice);
    page.repeats = repeats;
    Ok(Html(page.render()?))
}

fn notice(words: Words, asked: &Asked, today: u64) -> Option<String> {
    match (asked.done.as_deref()?, &asked.case) {
        ("entered", Some(case)) => {
            Some(words.with("access-entered-case", &[("count", &today), ("case", case)]))
        }
        ("entered", None) => Some(words.count("access-entered", today)),
        ("already", _) => Some(words.get("access-already").into_owned()),
        ("corrected", _) => Some(words.get("access-corrected").into_owned()),
        ("undone", _) => Some(words.get("access-undone").into_owned()),
        ("gone", _) => Some(words.get("access-gone").into_owned()),
        _ => None,
    }
}

/// Enters what was typed, once.
pub async fn post(
    visit: Visit,
    jar: CookieJar,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let mut typed = form::posted(fields);
    let context = &visit.site.context;
    let actor = visit.actor()?;
    let mut memory = memory(&visit, &jar)
        .unwrap_or_else(|| PageMemory::new(context.today(), random_bytes(&*context.randomness)));
    let screen = screen(&visit, Some(&memory)).await?;
    if typed.text("date").is_empty() {
        typed = typed.with("date", typed_day(context.today()));
    }
    if typed.text("desk").is_empty() {
        typed = typed.with("desk", screen.desk.to_string());
    }
    let mut problems = Vec::new();
    let day = typed::date(typed.text("date"), context.today(), 0);
    let as_read = typed.clone().with("date", day);
    let access = match accesses::read(context, actor, &screen.vocabulary, &as_read) {
        Ok(access) => Some(access),
        Err(ServiceError::Invalid(invalid)) => {
            problems = invalid.0;
            None
        }
        Err(error) => return Err(error.into()),
    };
    let count = form::count(&typed);
    if count.is_none_or(|count| !memory.has_room(count)) {
        problems.push(Problem {
            field: "count",
            value: typed.text("count").to_owned(),
            why: Why::new("problem-whole-number")
                .with("least", 1)
                .with("most", MOST),
        });
    }
    let (Some(access), Some(count), true) = (access, count, problems.is_empty()) else {
        let problems = form::beside(&typed, shown(visit.words, &problems));
        let page = page(&visit, &screen, &typed, problems);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response());
    };
    let receipt = receipt(&visit, &typed);
    let replaces = typed.text("replaces").parse().ok();
    let entering = Entering {
        access: &access,
        count,
        receipt: &receipt,
        replaces,
    };
    let target = match accesses::enter(context, actor, &mut memory, &entering).await? {
        Entered::Already => "/accesses?done=already".to_owned(),
        Entered::New(_) if replaces.is_some() => "/accesses?done=corrected".to_owned(),
        Entered::New(cases) => match cases.first() {
            Some(case) => format!("/accesses?done=entered&case={case}"),
            None => "/accesses?done=entered".to_owned(),
        },
    };
    let jar = jar.add(cookie(&visit.site, Some(MEMORY), memory.to_text()));
    Ok((jar, Redirect::to(&target)).into_response())
}

/// Which of its own entries the page takes back.
#[derive(Debug, Deserialize)]
pub struct Undo {
    number: u32,
}

/// Takes an entry back.
pub async fn undo(
    visit: Visit,
    jar: CookieJar,
    Form(undo): Form<Undo>,
) -> Result<Response, PageError> {
    let Some(mut memory) = memory(&visit, &jar) else {
        return Ok(Redirect::to("/accesses?done=gone").into_response());
    };
    let context = &visit.site.context;
    let gone = accesses::undo(context, visit.actor()?, &mut memory, undo.number).await?;
    let target = if gone.is_some() {
        "/accesses?done=undone"
    } else {
        "/accesses?done=gone"
    };
    let jar = jar.add(cookie(&visit.site, Some(MEMORY), memory.to_text()));
    Ok((jar, Redirect::to(target)).into_response())
}

/// The page's own key for one entry; a page without scripts got it with the form.
fn receipt(visit: &Visit, typed: &Typed) -> String {
    let sent = typed.text("receipt");
    if sent.is_empty() || sent.len() > LONGEST_RECEIPT {
        fresh_receipt(visit)
    } else {
        sent.to_owned()
    }
}

fn fresh_receipt(visit: &Visit) -> String {
    new_token(&*visit.site.context.randomness)
}

fn memory(visit: &Visit, jar: &CookieJar) -> Option<PageMemory> {
    PageMemory::parse(jar.get(MEMORY)?.value(), visit.site.context.today())
}

async fn screen(visit: &Visit, memory: Option<&PageMemory>) -> Result<Screen, PageError> {
    Ok(accesses::screen(&visit.site.context, visit.actor()?, memory).await?)
}

fn page(visit: &Visit, screen: &Screen, typed: &Typed, problems: Vec<Shown>) -> Page {
    let words = visit.words;
    let today = visit.site.context.today();
    let own = screen.own.iter().map(|(number, access)| Own {
        number: *number,
        line: form::line(words, &screen.vocabulary, access),
        day: if access.date == today {
            String::new()
        } else {
            words.date(access.date)
        },
    });
    Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        selects: selects(words, &screen.vocabulary, today, typed, &problems),
        other_comune: typed.text("other_comune").to_owned(),
        other_comune_error: error_of(&problems, "other_comune"),
        date: typed.text("date").to_owned(),
        date_error: error_of(&problems, "date"),
        count: typed.text("count").to_owned(),
        count_error: error_of(&problems, "count"),
        most: MOST,
        receipt: fresh_receipt(visit),
        replaces: typed.text("replaces").parse().ok(),
        repeats: false,
        own: own.collect(),
        today: screen.today,
        desk: screen.desk.to_string(),
        problems,
    }
}
