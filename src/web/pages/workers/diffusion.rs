//! Where a worker's sheet must not go: what they asked for, and the families they
//! said no to; another line, and taking one back.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::diffusion::{Ground, Limit};
use crate::domain::ids::WorkerCode;
use crate::domain::invalid::Problem;
use crate::services::ServiceError;
use crate::services::diffusion::{self, Limited, Wish};
use crate::storage::withdrawals::ToTell;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, key, shown};
use crate::web::frame::Frame;

/// Whether something was just saved.
#[derive(Debug, Deserialize)]
pub struct From {
    saved: Option<String>,
}

/// What was typed.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    kind: String,
    #[serde(default)]
    whom: String,
    #[serde(default)]
    partner: String,
}

struct Line {
    id: i64,
    kind: &'static str,
    name: String,
    href: String,
    ground: &'static str,
    since: String,
}

#[derive(Template)]
#[template(path = "pages/workers/diffusion.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    name: String,
    lines: Vec<Line>,
    to_tell: Vec<ToTell>,
    kinds: Vec<(&'static str, String)>,
    kind: String,
    kind_error: String,
    whom: String,
    whom_error: String,
    partners: Vec<(String, String)>,
    partner: String,
    problems: Vec<Shown>,
}

fn code_of(text: &str) -> Result<WorkerCode, PageError> {
    WorkerCode::parse(text).map_err(|_| PageError::NotFound)
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let code = code_of(&code)?;
    let limited = diffusion::get(&visit.site.context, visit.actor()?, &code).await?;
    let mut page = view(&visit, &code, limited, &Typed::default(), &[]);
    let saved = from
        .saved
        .map(|_| visit.words.get("form-saved").into_owned());
    page.frame = page.frame.with_notice(saved);
    Ok(Html(page.render()?))
}

/// Writes down what the worker asked for.
pub async fn post(
    visit: Visit,
    Path(code): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Response, PageError> {
    let code = code_of(&code)?;
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let whom = if typed.kind == "partner" {
        &typed.partner
    } else {
        &typed.whom
    };
    let wish = Wish {
        kind: &typed.kind,
        whom,
    };
    match diffusion::add(context, actor, &code, wish).await {
        Ok(()) => Ok(Redirect::to(&format!("/workers/{code}/diffusion?saved=1")).into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let limited = diffusion::get(context, actor, &code).await?;
            let page = view(&visit, &code, limited, &typed, &invalid.0);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes a line back.
pub async fn lift(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Result<Redirect, PageError> {
    let code = code_of(&code)?;
    diffusion::lift(&visit.site.context, visit.actor()?, &code, key(&id)?).await?;
    Ok(Redirect::to(&format!("/workers/{code}/diffusion?saved=1")))
}

fn view(
    visit: &Visit,
    code: &WorkerCode,
    limited: Limited,
    typed: &Typed,
    problems: &[Problem],
) -> Page {
    let words = visit.words;
    let shown = shown(words, problems);
    let lines = limited.limits.into_iter().map(|line| Line {
        id: line.id,
        kind: line.limit.kind(),
        href: match &line.limit {
            Limit::Family(code) => format!("/families/{code}"),
            Limit::Comune(_) | Limit::Partner(_) => String::new(),
        },
        name: line.name,
        ground: Ground::code(line.ground),
        since: words.date(line.since),
    });
    let none = std::iter::once(("", words.get("choose-one").into_owned()));
    let kinds = Limit::KINDS.map(|kind| (kind, words.code("diffusion-kind", kind).into_owned()));
    let no_partner = std::iter::once((String::new(), words.get("choose-one").into_owned()));
    let partners = limited.partners.into_iter();
    let partners = partners.map(|(code, name)| (code.to_string(), name));
    Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        code: code.to_string(),
        name: limited.worker.value.full_name(),
        lines: lines.collect(),
        to_tell: limited.to_tell,
        kinds: none.chain(kinds).collect(),
        kind: typed.kind.clone(),
        kind_error: error_of(&shown, "kind"),
        whom: typed.whom.clone(),
        whom_error: error_of(&shown, "whom"),
        partners: no_partner.chain(partners).collect(),
        partner: typed.partner.clone(),
        problems: shown,
    }
}
