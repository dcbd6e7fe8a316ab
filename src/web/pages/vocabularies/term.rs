//! One code of a list: its labels, its place, the last day of its use, and what
//! takes its place.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;

use super::field_of;
use crate::catalogue::Words;
use crate::domain::access::vocabulary::{Field, Term};
use crate::services::{ServiceError, vocabularies};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed, error_of, shown, typed_day};
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "pages/vocabularies/term.html")]
struct Page {
    t: Words,
    frame: Frame,
    list: &'static str,
    address: String,
    is_fixed: bool,
    term: Term,
    choices: Vec<(String, String)>,
    typed: Typed,
    problems: Vec<Shown>,
}

impl Page {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

/// The form.
pub async fn get(
    visit: Visit,
    Path((field, code)): Path<(String, String)>,
) -> Result<Html<String>, PageError> {
    page(&visit, field_of(&field)?, &code, None, Vec::new()).await
}

/// Saves it.
pub async fn post(
    visit: Visit,
    Path((field, code)): Path<(String, String)>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let field = field_of(&field)?;
    let typed = Typed::of(fields);
    let context = &visit.site.context;
    match vocabularies::change(context, visit.actor()?, (field, &code), &typed).await {
        Ok(()) => {
            let target = format!("/vocabularies/{}?done=saved", field.code());
            Ok(Redirect::to(&target).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let problems = shown(visit.words, &invalid.0);
            let page = page(&visit, field, &code, Some(typed), problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    visit: &Visit,
    field: Field,
    code: &str,
    typed: Option<Typed>,
    problems: Vec<Shown>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let vocabulary = vocabularies::load(&visit.site.context, visit.actor()?).await?;
    let term = vocabulary.term(field, code).ok_or(PageError::NotFound)?;
    let frame = visit.frame();
    let none = (
        String::new(),
        words.get("vocabulary-merge-none").into_owned(),
    );
    let others = vocabulary
        .of(field)
        .filter(|other| other.code != term.code)
        .map(|other| (other.code.clone(), other.label_it.clone()));
    let as_stored = || {
        let pairs = [
            ("label_it", term.label_it.clone()),
            ("label_en", term.label_en.clone()),
            ("position", term.position.to_string()),
            (
                "retired_on",
                term.retired_on.map(typed_day).unwrap_or_default(),
            ),
            ("merged_into", term.merged_into.clone().unwrap_or_default()),
        ];
        Typed::of(pairs.map(|(name, value)| (name.to_owned(), value)))
    };
    let page = Page {
        t: words,
        frame: frame.refused_if(!problems.is_empty()),
        list: field.code(),
        address: format!("/vocabularies/{}", field.code()),
        is_fixed: field.is_fixed(),
        choices: std::iter::once(none).chain(others).collect(),
        typed: typed.unwrap_or_else(as_stored),
        term: term.clone(),
        problems,
    };
    Ok(Html(page.render()?))
}
