//! One list: its codes, and two forms: a new code, and one more label that files
//! may use.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::field_of;
use crate::catalogue::Words;
use crate::domain::access::vocabulary::{Field, Term};
use crate::services::{ServiceError, vocabularies};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed, error_of, shown};
use crate::web::frame::Frame;

/// What was done before.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/vocabularies/terms.html")]
struct Page {
    t: Words,
    frame: Frame,
    list: &'static str,
    is_fixed: bool,
    terms: Vec<Term>,
    choices: Vec<(String, String)>,
    typed: Typed,
    problems: Vec<Shown>,
}

impl Page {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(field): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let notice = match asked.done.as_deref() {
        Some("added") => Some(words.get("vocabulary-added").into_owned()),
        Some("saved") => Some(words.get("vocabulary-saved").into_owned()),
        Some("label") => Some(words.get("vocabulary-label-kept").into_owned()),
        _ => None,
    };
    let field = field_of(&field)?;
    page(&visit, field, Typed::default(), Vec::new(), notice).await
}

/// Adds a code.
pub async fn add(
    visit: Visit,
    Path(field): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let field = field_of(&field)?;
    let typed = Typed::of(fields);
    let done = vocabularies::add(&visit.site.context, visit.actor()?, field, &typed).await;
    answer(&visit, field, typed, done, "added").await
}

/// Adds a label for files.
pub async fn label(
    visit: Visit,
    Path(field): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let field = field_of(&field)?;
    let typed = Typed::of(fields);
    let (label, code) = (typed.text("label"), typed.text("label_code"));
    let context = &visit.site.context;
    let done = vocabularies::add_label(context, visit.actor()?, field, label, code).await;
    let done = done.map_err(|error| match error {
        ServiceError::Invalid(mut invalid) => {
            for problem in &mut invalid.0 {
                if problem.field == "code" {
                    problem.field = "label_code";
                }
            }
            ServiceError::Invalid(invalid)
        }
        other => other,
    });
    answer(&visit, field, typed, done, "label").await
}

async fn answer(
    visit: &Visit,
    field: Field,
    typed: Typed,
    done: Result<(), ServiceError>,
    what: &str,
) -> Result<Response, PageError> {
    match done {
        Ok(()) => {
            let target = format!("/vocabularies/{}?done={what}", field.code());
            Ok(Redirect::to(&target).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let problems = shown(visit.words, &invalid.0);
            let page = page(visit, field, typed, problems, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

async fn page(
    visit: &Visit,
    field: Field,
    typed: Typed,
    problems: Vec<Shown>,
    notice: Option<String>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let vocabulary = vocabularies::load(&visit.site.context, visit.actor()?).await?;
    let frame = visit.frame().with_notice(notice);
    let none = (String::new(), words.get("choose-one").into_owned());
    let terms: Vec<Term> = vocabulary.of(field).cloned().collect();
    let choices = terms
        .iter()
        .map(|term| (term.code.clone(), term.label_it.clone()));
    let page = Page {
        t: words,
        frame: frame.refused_if(!problems.is_empty()),
        list: field.code(),
        is_fixed: field.is_fixed(),
        choices: std::iter::once(none).chain(choices).collect(),
        terms,
        typed,
        problems,
    };
    Ok(Html(page.render()?))
}
