//! When a desk gives appointments: its hours as dated rows, and the days on which it is
//! closed.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use chrono::NaiveDate;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use super::day_in_words;
use crate::catalogue::Words;
use crate::domain::appointment::{DeskHours, LENGTHS};
use crate::domain::invalid::Invalid;
use crate::services::appointments::hours::{self, TypedHours};
use crate::services::{ServiceError, sentences};
use crate::storage::policy::Written;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed, error_of, shown, typed_day};
use crate::web::frame::Frame;
use crate::web::week;

/// Which desk, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct At {
    desk: Option<String>,
    done: Option<String>,
    /// The day from which closed days are listed.
    from: Option<String>,
}

/// A row of the hours, for `templates/parts/policy.html`.
struct Line {
    from: String,
    what: String,
    by: String,
    at: String,
}

#[derive(Template)]
#[template(path = "pages/appointments/hours.html")]
struct Page {
    t: Words,
    frame: Frame,
    title: String,
    /// Code, name, and whether it is shown.
    desks: Vec<(String, String, bool)>,
    desk: String,
    /// Day and times; empty where it gives none.
    now: Vec<(String, String)>,
    minutes: String,
    lengths: Vec<(String, String)>,
    lines: Vec<Line>,
    /// What a form sends, and in words.
    closed: Vec<(NaiveDate, String)>,
    /// The first closed day after those.
    more: Option<NaiveDate>,
    typed: Typed,
    problems: Vec<Shown>,
}

impl Page {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

/// The hours of a week, a line a day that has any.
pub fn in_words(words: Words, hours: &DeskHours) -> Vec<(String, String)> {
    let days = week::days(words, &hours.week, &hours.week).into_iter();
    let days = days.filter(|day| !day.need.is_empty());
    days.map(|day| (day.name.to_string(), day.need.to_string()))
        .collect()
}

fn line(words: Words, written: Written<DeskHours>) -> Line {
    let rule = written.rule;
    let days = in_words(words, &rule).into_iter();
    let days: Vec<String> = days.map(|(day, times)| format!("{day} {times}")).collect();
    let what = if days.is_empty() {
        words.get("appointments-hours-none").into_owned()
    } else {
        let minutes = words.count("appointment-minutes", rule.minutes);
        format!("{} ({minutes})", days.join("; "))
    };
    Line {
        from: words.date(rule.valid_from),
        what,
        by: written.by.unwrap_or_default(),
        at: written.at.map_or_else(String::new, |at| {
            words.moment(at.with_timezone(&Rome).naive_local())
        }),
    }
}

async fn page(
    visit: &Visit,
    (desk, from): (Option<&str>, Option<NaiveDate>),
    typed: Typed,
    problems: Vec<Shown>,
) -> Result<Page, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let found = hours::of(context, actor, desk, from).await?;
    let words = visit.words;
    let now = found.now.as_ref();
    let length = now.map_or(LENGTHS[0], |now| now.minutes);
    let week = now.map_or_else(String::new, |now| sentences::week(words, &now.week));
    // The page has two forms: what one of them sent leaves the other as it is.
    let typed = typed.or(Typed::default()
        .with("week", week)
        .with("minutes", length.to_string())
        .with("from", typed_day(context.today())));
    let desks = found.desks.into_iter().map(|one| {
        let shown = one.code == found.desk.code;
        (one.code.to_string(), one.name, shown)
    });
    let length = |one: u32| words.count("appointment-minutes", one);
    let history = found.history.into_iter();
    let closed = found.closed.into_iter();
    Ok(Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        title: words.with("appointments-hours-title", &[("desk", &found.desk.name)]),
        desks: desks.collect(),
        desk: found.desk.code.to_string(),
        now: found
            .now
            .as_ref()
            .map_or_else(Vec::new, |now| in_words(words, now)),
        minutes: found
            .now
            .as_ref()
            .map_or_else(String::new, |now| length(now.minutes)),
        lengths: LENGTHS.map(|one| (one.to_string(), length(one))).into(),
        lines: history.map(|written| line(words, written)).collect(),
        closed: closed.map(|day| (day, day_in_words(words, day))).collect(),
        more: found.more,
        typed,
        problems,
    })
}

/// The page.
pub async fn get(visit: Visit, Query(at): Query<At>) -> Result<Html<String>, PageError> {
    let from = at.from.as_deref().and_then(|day| day.parse().ok());
    let which = (at.desk.as_deref(), from);
    let mut page = page(&visit, which, Typed::default(), Vec::new()).await?;
    let notice = at
        .done
        .as_deref()
        .map(|_| visit.words.get("appointments-done"));
    page.frame = page
        .frame
        .with_notice(notice.map(std::borrow::Cow::into_owned));
    Ok(Html(page.render()?))
}

async fn answered(
    visit: &Visit,
    typed: Typed,
    done: Result<(), ServiceError>,
) -> Result<Response, PageError> {
    let desk = typed.text("desk").to_owned();
    match done {
        Ok(()) => {
            let target = format!("/appointments/hours?desk={desk}&done=yes");
            Ok(Redirect::to(&target).into_response())
        }
        Err(ServiceError::Invalid(Invalid(problems))) => {
            let problems = shown(visit.words, &problems);
            let page = page(visit, (Some(&desk), None), typed, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes hours.
pub async fn post(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    let said = TypedHours {
        week: typed.text("week"),
        minutes: typed.text("minutes"),
        from: typed.text("from"),
    };
    let done = hours::set(context, actor, typed.text("desk"), said).await;
    answered(&visit, typed, done).await
}

/// Closes some days.
pub async fn close(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    let days = (typed.text("first"), typed.text("last"));
    let done = hours::close(context, actor, typed.text("desk"), days).await;
    answered(&visit, typed, done).await
}

/// Opens a day again.
pub async fn open(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    let done = hours::open(context, actor, typed.text("desk"), typed.text("day")).await;
    answered(&visit, typed, done).await
}
