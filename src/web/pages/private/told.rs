//! What names other people, once the code was typed: whom a worker's sheet went to,
//! with their own data in full; a family's sheets.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use super::{Around, around, enter, gone, words_of};
use crate::catalogue::Words;
use crate::domain::contract::Arrangement;
use crate::domain::ids::SheetNumber;
use crate::domain::worker::Worker;
use crate::services::given::Given;
use crate::services::links::opened::Here;
use crate::services::links::{family, worker};
use crate::storage::mailings::Person;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::page_number;
use crate::web::frame::Frame;
use crate::web::pages::sheets::record::as_file;

/// Which page.
#[derive(Debug, Default, Deserialize)]
pub struct Where {
    page: Option<String>,
}

/// Which sheet.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    #[serde(default)]
    number: String,
}

/// A disclosure: label and text of each of its parts.
type Told = Vec<(String, String)>;

#[derive(Template)]
#[template(path = "pages/private/told.html")]
struct Page {
    t: Words,
    frame: Frame,
    around: Around,
    data: Vec<(String, String)>,
    told: Vec<Told>,
    /// Numbers of the pages before and after this one.
    before: Option<u64>,
    after: Option<u64>,
}

#[derive(Template)]
#[template(path = "pages/private/sheets.html")]
struct Sheets {
    t: Words,
    frame: Frame,
    around: Around,
    numbers: Vec<String>,
}

/// The page; without the code, the way to it.
pub async fn get(
    visit: Visit,
    Path(link): Path<String>,
    Query(at): Query<Where>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let (here, _) = match enter(&visit, &jar, &link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    if !here.names {
        return Ok(Redirect::to(&format!("/mine/{}/code", here.address)).into_response());
    }
    let context = &visit.site.context;
    if let Person::Family(_) = here.person {
        return match family::own(context, &here).await {
            Ok(own) => sheets(&visit, &here, own.sheets, StatusCode::OK),
            Err(closed) => Ok(gone(&visit, closed)),
        };
    }
    let number = page_number(at.page);
    let told = worker::told(context, &here, number).await;
    let (own, told) = match (worker::own(context, &here).await, told) {
        (Ok(own), Ok(told)) => (own, told),
        (Err(closed), _) | (_, Err(closed)) => return Ok(gone(&visit, closed)),
    };
    let words = words_of(&here);
    let (number, pages) = (told.number, told.count());
    let lines = told.rows.into_iter();
    let page = Page {
        t: words,
        frame: visit.frame(),
        around: around(&here),
        data: data(words, &own.worker),
        told: lines.map(|line| in_words(words, &line)).collect(),
        before: (number > 1).then(|| number - 1),
        after: (number < pages).then(|| number + 1),
    };
    Ok(Html(page.render()?).into_response())
}

fn sheets(
    visit: &Visit,
    here: &Here,
    numbers: Vec<String>,
    status: StatusCode,
) -> Result<Response, PageError> {
    let page = Sheets {
        t: words_of(here),
        frame: visit.frame(),
        around: around(here),
        numbers,
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// A worker's own data, as far as they are known.
fn data(words: Words, worker: &Worker) -> Vec<(String, String)> {
    let work: Vec<String> = worker
        .arrangements
        .iter()
        .map(Arrangement::code)
        .map(|code| words.code("asked-arrangement", code).into_owned())
        .collect();
    let facts = [
        ("links-data-name", Some(worker.full_name())),
        ("links-data-comune", Some(worker.comune.name().to_owned())),
        (
            "links-data-phone",
            worker.phone.as_ref().map(ToString::to_string),
        ),
        (
            "links-data-email",
            worker.email.as_ref().map(ToString::to_string),
        ),
        ("links-data-work", Some(work.join(" · "))),
        (
            "links-data-km",
            worker.max_km.map(|km| words.number(i64::from(km))),
        ),
        (
            "links-data-permit",
            worker.permit_until.map(|day| words.date(day)),
        ),
    ];
    let known = facts
        .into_iter()
        .filter_map(|(key, text)| Some((words.get(key).into_owned(), text?)));
    known.collect()
}

fn in_words(words: Words, given: &Given) -> Told {
    let fields = given.fields.iter();
    let fields: Vec<String> = fields
        .map(|field| words.code("links-field", field).into_owned())
        .collect();
    let when = words.moment(given.at.with_timezone(&Rome).naive_local());
    let parts = [
        ("links-told-to", given.family.clone()),
        ("links-told-when", when),
        ("links-told-sheet", given.sheet.clone()),
        ("links-told-by", given.desk.clone()),
        (
            "links-told-how",
            words.code("links-how", given.how.code()).into_owned(),
        ),
        ("links-told-what", fields.join(" · ")),
        (
            "links-told-why",
            words.code("links-why", given.purpose.code()).into_owned(),
        ),
    ];
    let labelled = parts.map(|(key, text)| (words.get(key).into_owned(), text));
    labelled.into()
}

/// A sheet of the family's own, with the opening on record.
pub async fn take(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
    Form(which): Form<Which>,
) -> Result<Response, PageError> {
    let (here, kept) = match enter(&visit, &jar, &link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    if !here.names {
        return Ok(Redirect::to(&format!("/mine/{}/code", here.address)).into_response());
    }
    let context = &visit.site.context;
    let Ok(number) = SheetNumber::from_paper(&which.number) else {
        return match family::own(context, &here).await {
            Ok(own) => sheets(&visit, &here, own.sheets, StatusCode::UNPROCESSABLE_ENTITY),
            Err(closed) => Ok(gone(&visit, closed)),
        };
    };
    Ok(match family::take(context, &link, &kept, &number).await {
        Ok((number, pdf)) => as_file(&number, pdf),
        Err(closed) => gone(&visit, closed),
    })
}
