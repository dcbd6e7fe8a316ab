//! Somebody's private links, as an operator gives and ends them, and the code that
//! is told by telephone. What is shown once is shown by the page that answers, and
//! by no other.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::language::Language as Spoken;
use crate::services::ServiceError;
use crate::services::links::issue::{self, State, Text};
use crate::services::registering::Form;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown, typed_day};
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

/// Which button, and what was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default, rename = "do")]
    act: String,
    #[serde(default)]
    until: String,
}

#[derive(Template)]
#[template(path = "pages/people/link.html")]
struct Page {
    t: Words,
    frame: Frame,
    record: String,
    name: String,
    phone: String,
    takes_mail: bool,
    language: &'static str,
    links: Vec<String>,
    /// A text with a new link, in its reader's language.
    text: String,
    text_language: &'static str,
    text_direction: &'static str,
    /// How the code stands, and a new one where one was just made.
    code_state: String,
    fresh: Option<String>,
    is_worker: bool,
    until: String,
    until_error: String,
    problems: Vec<Shown>,
}

fn section(form: Form) -> &'static str {
    match form {
        Form::Family => "families",
        Form::Worker | Form::Request => "workers",
    }
}

fn view(visit: &Visit, form: Form, state: &State) -> Page {
    let words = visit.words;
    let now = visit.site.context.now();
    let moment =
        |at: chrono::DateTime<chrono::Utc>| words.moment(at.with_timezone(&Rome).naive_local());
    let links = state.links.iter().map(|(link, by)| {
        let program = words.get("door-link-program").into_owned();
        words.with(
            "door-link-line",
            &[
                ("how", &words.code("door-handed", link.how.code())),
                ("when", &moment(link.made_at)),
                ("name", by.as_ref().unwrap_or(&program)),
                ("date", &words.date(link.term.ends_on)),
            ],
        )
    });
    let code_state = match &state.code {
        Some(code) if code.takes_tries(now) => words.with(
            "door-code-there",
            &[
                ("when", &moment(code.made_at)),
                ("date", &moment(code.ends_at)),
            ],
        ),
        Some(code) if code.locked => words.get("door-code-locked").into_owned(),
        _ => words.get("door-code-none").into_owned(),
    };
    let spoken = Spoken::by_code(state.language.tag());
    Page {
        t: words,
        frame: visit.frame(),
        record: format!("/{}/{}", section(form), state.contact.code),
        name: state.contact.name.clone(),
        phone: state.contact.phone.clone().unwrap_or_default(),
        takes_mail: state.takes_mail,
        language: spoken.map_or("", Spoken::endonym),
        links: links.collect(),
        text: String::new(),
        text_language: "it",
        text_direction: "ltr",
        code_state,
        fresh: None,
        is_worker: form == Form::Worker,
        until: state.accreditation_until.map(typed_day).unwrap_or_default(),
        until_error: String::new(),
        problems: Vec::new(),
    }
}

/// The page.
pub async fn get(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let state = issue::of(&visit.site.context, visit.actor()?, form, &code).await?;
    let notice = match from.done.as_deref() {
        Some("mail") => Some(words.get("door-done-mail").into_owned()),
        Some("end") => Some(words.get("door-done-end").into_owned()),
        Some("accreditation") => Some(words.get("door-done-accreditation").into_owned()),
        _ => None,
    };
    let mut page = view(&visit, form, &state);
    page.frame = page.frame.with_notice(notice);
    Ok(Html(page.render()?))
}

/// Does what the button says.
pub async fn post(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Sent(typed): Sent<Typed>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let done = |what: &str| {
        let target = format!("/{}/{code}/link?done={what}", section(form));
        Redirect::to(&target).into_response()
    };
    match typed.act.as_str() {
        "mail" => {
            issue::mail(context, actor, form, &code).await?;
            Ok(done("mail"))
        }
        "end" => {
            issue::end(context, actor, form, &code).await?;
            Ok(done("end"))
        }
        "text" => {
            let Text { text, language } = issue::text(context, actor, form, &code).await?;
            let mut page = view(&visit, form, &issue::of(context, actor, form, &code).await?);
            page.text = text;
            page.text_language = language.tag();
            page.text_direction = language.direction();
            Ok(Html(page.render()?).into_response())
        }
        "code" => {
            let fresh = issue::new_code(context, actor, form, &code).await?;
            let mut page = view(&visit, form, &issue::of(context, actor, form, &code).await?);
            page.fresh = Some(fresh.said());
            Ok(Html(page.render()?).into_response())
        }
        "accreditation" if form == Form::Worker => {
            match issue::accredited_until(context, actor, &code, &typed.until).await {
                Ok(()) => Ok(done("accreditation")),
                Err(ServiceError::Invalid(invalid)) => {
                    let mut page =
                        view(&visit, form, &issue::of(context, actor, form, &code).await?);
                    page.problems = shown(visit.words, &invalid.0);
                    page.until_error = error_of(&page.problems, "until");
                    page.until = typed.until;
                    page.frame = page.frame.refused();
                    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
                }
                Err(error) => Err(error.into()),
            }
        }
        _ => {
            let page = view(&visit, form, &issue::of(context, actor, form, &code).await?);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
    }
}
