//! A worker's hours: typed a day a line, in the reader's own names of days, or
//! painted where scripts run.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};

use super::mine::{name_of, times};
use super::{Around, Wrong, around, enter, gone, kept, words_of};
use crate::catalogue::Words;
use crate::domain::typed_week;
use crate::domain::week::WeekGrid;
use crate::services::links::opened::Here;
use crate::services::links::worker;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Typed;
use crate::web::frame::Frame;

/// A day's line.
struct Day {
    id: String,
    name: String,
    value: String,
    error: String,
}

#[derive(Template)]
#[template(path = "pages/private/week.html")]
struct Page {
    t: Words,
    frame: Frame,
    around: Around,
    was: String,
    days: Vec<Day>,
    /// Names of the days, for the painter.
    day_names: String,
    problems: Vec<Wrong>,
}

fn id_of(day: usize) -> String {
    format!("day{day}")
}

fn view(
    visit: &Visit,
    here: &Here,
    was: String,
    value: impl Fn(usize) -> String,
    wrong: &[usize],
    changed: bool,
) -> Page {
    let words = words_of(here);
    let error = |day: usize| {
        if wrong.contains(&day) {
            words.with("links-week-problem", &[("day", &name_of(words, day))])
        } else {
            String::new()
        }
    };
    let mut problems: Vec<Wrong> = wrong.iter().map(|day| (id_of(*day), error(*day))).collect();
    if changed {
        problems.push((id_of(0), words.get("links-week-changed").into_owned()));
    }
    let names: Vec<String> = (0..7).map(|day| name_of(words, day)).collect();
    Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        around: around(here),
        was,
        days: (0..7)
            .map(|day| Day {
                id: id_of(day),
                name: names[day].clone(),
                value: value(day),
                error: error(day),
            })
            .collect(),
        day_names: names.join("|"),
        problems,
    }
}

/// The form.
pub async fn get(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let (here, _) = match enter(&visit, &jar, &link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    let own = match worker::own(&visit.site.context, &here).await {
        Ok(own) => own,
        Err(closed) => return Ok(gone(&visit, closed)),
    };
    let week = own.worker.availability;
    let page = view(
        &visit,
        &here,
        week.to_string(),
        |day| times(&week, day),
        &[],
        false,
    );
    Ok(Html(page.render()?).into_response())
}

/// Keeps the hours.
pub async fn post(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (here, _) = match enter(&visit, &jar, &link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    let typed = Typed::of(fields);
    let read: Vec<Option<WeekGrid>> = (0..7)
        .map(|day| typed_week::day(day, typed.text(&id_of(day))))
        .collect();
    let mut wrong: Vec<usize> = (0..7).filter(|day| read[*day].is_none()).collect();
    // A form that lacks its fields came from somewhere else.
    let whole = typed.text("days") == "7";
    if !whole && wrong.is_empty() {
        wrong.push(0);
    }
    let mut changed = false;
    if wrong.is_empty() {
        let days = read.into_iter().flatten();
        let week = days.fold(WeekGrid::EMPTY, |week, day| week.or(&day));
        let kept = kept(&visit.site, &jar, &link);
        let was = typed.text("was");
        match worker::set_week(&visit.site.context, &link, &kept, was, week).await {
            Ok(true) => {
                let target = format!("/mine/{}?done=week", here.address);
                return Ok(Redirect::to(&target).into_response());
            }
            Ok(false) => changed = true,
            Err(closed) => return Ok(gone(&visit, closed)),
        }
    }
    // After a look at what it is by now, the same form may be sent again.
    let was = if changed {
        match worker::own(&visit.site.context, &here).await {
            Ok(own) => own.worker.availability.to_string(),
            Err(closed) => return Ok(gone(&visit, closed)),
        }
    } else {
        typed.text("was").to_owned()
    };
    let value = |day: usize| typed.text(&id_of(day)).to_owned();
    let page = view(&visit, &here, was, value, &wrong, changed);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}
