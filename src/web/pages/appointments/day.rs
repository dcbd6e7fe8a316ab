//! Who comes to a desk on a day, in the order of the day: to be read, and printed.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::day_in_words;
use crate::catalogue::Words;
use crate::domain::language::Language as Spoken;
use crate::services::appointments::day::{self, Coming};
use crate::services::sentences;
use crate::storage::appointments::Whom;
use crate::storage::mailings::Person;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// Which day of which desk.
#[derive(Debug, Default, Deserialize)]
pub struct Where {
    desk: Option<String>,
    day: Option<String>,
}

/// Somebody who comes.
struct Line {
    time: String,
    name: String,
    code: String,
    /// The record, or what was asked.
    href: String,
    /// Where it is moved.
    moved: String,
    phone: String,
    why: String,
    minutes: String,
    language: String,
    reminder: String,
}

#[derive(Template)]
#[template(path = "pages/appointments/day.html")]
struct Page {
    t: Words,
    frame: Frame,
    title: String,
    is_closed: bool,
    /// Code, name, and whether it is shown.
    desks: Vec<(String, String, bool)>,
    desk: String,
    day: NaiveDate,
    before: NaiveDate,
    after: NaiveDate,
    lines: Vec<Line>,
}

fn line(words: Words, coming: Coming) -> Line {
    let appointment = coming.appointment;
    let section = match appointment.whom {
        Whom::Person(Person::Worker(_)) => "workers",
        Whom::Person(Person::Family(_)) => "families",
        Whom::Asking(_) => "inbox",
    };
    let spoken = coming.language.and_then(|one| Spoken::by_code(one.tag()));
    let reminder = match (coming.by_mail, appointment.reminded_at) {
        (false, _) => "appointment-by-phone",
        (true, Some(_)) => "appointment-reminded",
        (true, None) => "appointment-by-mail",
    };
    let href = format!("/{section}/{}", coming.code);
    Line {
        time: appointment.begin.time(),
        name: coming.name,
        code: coming.code,
        moved: format!("{href}/appointment"),
        href,
        phone: coming.phone.unwrap_or_default(),
        why: words
            .code("comes-for", appointment.comes_for.code())
            .into_owned(),
        minutes: words.count("appointment-minutes", appointment.minutes),
        language: spoken.map_or_else(String::new, |one| {
            sentences::language(words, one).into_owned()
        }),
        reminder: words.get(reminder).into_owned(),
    }
}

/// The list.
pub async fn get(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let asked = at.day.as_deref().and_then(|day| day.parse().ok());
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let found = day::of(context, actor, at.desk.as_deref(), asked).await?;
    let words = visit.words;
    let named = day_in_words(words, found.day);
    let title = words.with(
        "appointments-title",
        &[("day", &named), ("desk", &found.desk.name)],
    );
    let desks = found.desks.into_iter().map(|one| {
        let shown = one.code == found.desk.code;
        (one.code.to_string(), one.name, shown)
    });
    let page = Page {
        t: words,
        frame: visit.frame(),
        title,
        is_closed: found.is_closed,
        desks: desks.collect(),
        desk: found.desk.code.to_string(),
        day: found.day,
        before: found
            .day
            .checked_sub_days(Days::new(1))
            .unwrap_or(found.day),
        after: found
            .day
            .checked_add_days(Days::new(1))
            .unwrap_or(found.day),
        lines: found
            .coming
            .into_iter()
            .map(|one| line(words, one))
            .collect(),
    };
    Ok(Html(page.render()?))
}
