//! One call on one screen: whom, about whom, what to say, the questions, and what
//! to write down when nobody answers.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use chrono_tz::Europe::Rome;
use data_encoding::HEXLOWER;
use serde::Deserialize;

use crate::catalogue::{Language, Words};
use crate::clock::random_bytes;
use crate::domain::follow_up::{Disposition, TRY_DISPOSITIONS};
use crate::domain::survey::{Question, shown};
use crate::services::follow_up::calls::{self, Call};
use crate::services::follow_up::survey::Sent;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, first_sent, key};
use crate::web::frame::Frame;
use crate::web::pages::survey::question::{Field, field, mark};

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

/// A try.
#[derive(Debug, Deserialize)]
pub struct Tried {
    #[serde(default)]
    disposition: String,
}

#[derive(Template)]
#[template(path = "pages/follow_up/call.html")]
struct Page {
    t: Words,
    frame: Frame,
    id: i64,
    name: String,
    phone: String,
    language: String,
    about: String,
    wave: &'static str,
    introduction: String,
    tries: Vec<(String, String, &'static str)>,
    dispositions: Vec<(&'static str, String)>,
    form: String,
    fields: Vec<Field>,
    problems: Vec<Shown>,
    text: String,
}

fn view(visit: &Visit, call: &Call, value: &dyn Fn(Question, String) -> String) -> Page {
    let words = visit.words;
    let said = call.answer.as_ref();
    let fields = call.questions().into_iter().map(|question| {
        let before = said.map(|answer| shown(question, answer));
        let value = value(question, before.unwrap_or_default());
        field(words, question, call.item.side, value, &call.desk_phone)
    });
    let tries = call.tries.iter().map(|one| {
        let at = words.moment(one.at.with_timezone(&Rome).naive_local());
        (at, one.by.clone(), one.disposition.code())
    });
    let dispositions = TRY_DISPOSITIONS.map(Disposition::code);
    let named = |code| (code, words.code("call-try", code).into_owned());
    let randomness = visit.site.context.randomness.as_ref();
    Page {
        t: words,
        frame: visit.frame(),
        id: call.item.id,
        name: call.contact.name.clone(),
        phone: call.contact.phone.clone().unwrap_or_default(),
        language: call.contact.language.endonym().to_owned(),
        about: call.about.clone(),
        wave: call.item.wave.code(),
        introduction: call.item.introduction.code.to_string(),
        tries: tries.collect(),
        dispositions: dispositions.into_iter().map(named).collect(),
        form: HEXLOWER.encode(&random_bytes::<16>(randomness)),
        fields: fields.collect(),
        problems: Vec::new(),
        text: String::new(),
    }
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(id): Path<String>,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let call = calls::get(&visit.site.context, visit.actor()?, key(&id)?).await?;
    let notice = from.done.and_then(|done| match done.as_str() {
        "answer" => Some(words.get("call-saved").into_owned()),
        "try" => Some(words.get("call-tried").into_owned()),
        _ => None,
    });
    let mut page = view(&visit, &call, &|_, said| said);
    page.frame = page.frame.with_notice(notice);
    Ok(Html(page.render()?))
}

/// Records the answers.
pub async fn answer(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let key = key(&id)?;
    let sent = first_sent(fields);
    let get = |question: Question| sent.get(question.code()).cloned();
    let form = sent.get("form").map_or("", String::as_str);
    if form.len() < 16 {
        let call = calls::get(context, actor, key).await?;
        let page = view(&visit, &call, &|_, said| said);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response());
    }
    match calls::answer(context, actor, key, form, &get).await? {
        Sent::Recorded(_) => Ok(Redirect::to(&format!("/calls/{id}?done=answer")).into_response()),
        Sent::Wrong(problems) => {
            let call = calls::get(context, actor, key).await?;
            let mut page = view(&visit, &call, &|question, said| {
                get(question).unwrap_or(said)
            });
            page.frame = page.frame.refused();
            let shown = mark(visit.words, &mut page.fields, problems).into_iter();
            let shown = shown.map(|(field, message)| Shown {
                field: field.to_owned(),
                message,
            });
            page.problems = shown.collect();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
    }
}

/// Records a try.
pub async fn tried(
    visit: Visit,
    Path(id): Path<String>,
    Form(form): Form<Tried>,
) -> Result<Redirect, PageError> {
    let known = Disposition::parse(&form.disposition).ok();
    let disposition = known.filter(|one| TRY_DISPOSITIONS.contains(one));
    let disposition = disposition.ok_or_else(|| PageError::refused("refused-no-reason"))?;
    calls::tried(&visit.site.context, visit.actor()?, key(&id)?, disposition).await?;
    Ok(Redirect::to(&format!("/calls/{id}?done=try")))
}

/// The page with a text to copy. The link in it is new and stands nowhere else.
pub async fn text(visit: Visit, Path(id): Path<String>) -> Result<Html<String>, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let key = key(&id)?;
    let call = calls::get(context, actor, key).await?;
    let (name, link) = calls::link(context, actor, key).await?;
    let words = Words::new(Language::written_to(call.contact.language));
    let mut page = view(&visit, &call, &|_, said| said);
    page.text = words.with("survey-text", &[("name", &name), ("link", &link)]);
    Ok(Html(page.render()?))
}
