//! The organisations that send families: from when to when their people may come in, and who
//! these are. A one-time link is shown by the page that answers, and by no other.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use chrono::NaiveDate;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::ids::PartnerCode;
use crate::domain::partner::{Contract, PartnerKind};
use crate::services::ServiceError;
use crate::services::partners::{self, Known, Person};
use crate::storage::places::Partner;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed, error_of, key, shown, typed_day};
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Deserialize)]
pub struct From {
    done: Option<String>,
}

/// A partner as the list shows it.
struct Line {
    code: String,
    name: String,
    kind: String,
    contract: String,
    people: String,
}

#[derive(Template)]
#[template(path = "pages/admin/partners.html")]
struct List {
    t: Words,
    frame: Frame,
    lines: Vec<Line>,
    kinds: Vec<(&'static str, String)>,
    typed: Typed,
    problems: Vec<Shown>,
}

impl List {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

#[derive(Template)]
#[template(path = "pages/admin/partner.html")]
struct One {
    t: Words,
    frame: Frame,
    code: String,
    name: String,
    kind: String,
    contract: String,
    people: Vec<Person>,
    typed: Typed,
    problems: Vec<Shown>,
    /// A new one-time link, and whose it is.
    link: Option<(String, String)>,
}

impl One {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

/// From when to when, and whether that is now.
fn contract_in_words(words: Words, contract: Contract, today: NaiveDate) -> String {
    let until = contract.until.map(|day| words.date(day));
    match (contract.from, until) {
        (Some(from), _) if from > today => {
            words.with("partner-contract-from", &[("date", &words.date(from))])
        }
        (_, Some(until)) if contract.is_over(today) => {
            words.with("partner-contract-over", &[("date", &until)])
        }
        (_, Some(until)) => words.with("partner-contract-until", &[("date", &until)]),
        (_, None) => words.get("partner-contract-open").into_owned(),
    }
}

fn line(words: Words, (partner, people): (Partner, i64), today: NaiveDate) -> Line {
    Line {
        contract: contract_in_words(words, partner.contract, today),
        kind: words.code("partner-kind", &partner.kind).into_owned(),
        people: words.number(people),
        code: partner.code.to_string(),
        name: partner.name,
    }
}

async fn list_page(visit: &Visit, typed: Typed, problems: Vec<Shown>) -> Result<List, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let all = partners::list(context, visit.actor()?).await?.into_iter();
    let kinds = PartnerKind::ALL.iter().map(|kind| {
        let code = kind.code();
        (code, words.code("partner-kind", code).into_owned())
    });
    Ok(List {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        lines: all.map(|one| line(words, one, context.today())).collect(),
        kinds: kinds.collect(),
        typed,
        problems,
    })
}

/// All of them, and the form for a new one.
pub async fn list(visit: Visit) -> Result<Html<String>, PageError> {
    let typed = Typed::default().with("from", typed_day(visit.site.context.today()));
    Ok(Html(list_page(&visit, typed, Vec::new()).await?.render()?))
}

/// Adds one.
pub async fn add(
    visit: Visit,
    Sent(fields): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let typed = Typed::of(fields);
    match partners::add(&visit.site.context, visit.actor()?, &typed, visit.fresh()?).await {
        Ok(code) => Ok(Redirect::to(&format!("/admin/partners/{code}?done=1")).into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let problems = shown(visit.words, &invalid.0);
            let page = list_page(&visit, typed, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn code_of(text: &str) -> Result<PartnerCode, PageError> {
    PartnerCode::parse(text).map_err(|_| PageError::NotFound)
}

async fn one_page(visit: &Visit, code: &PartnerCode) -> Result<One, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let Known { partner, people } = partners::get(context, visit.actor()?, code).await?;
    let day = |day: Option<NaiveDate>| day.map(typed_day).unwrap_or_default();
    let typed = Typed::default()
        .with("from", day(partner.contract.from))
        .with("until", day(partner.contract.until));
    Ok(One {
        t: words,
        frame: visit.frame(),
        contract: contract_in_words(words, partner.contract, context.today()),
        kind: words.code("partner-kind", &partner.kind).into_owned(),
        code: partner.code.to_string(),
        name: partner.name,
        people,
        typed,
        problems: Vec::new(),
        link: None,
    })
}

/// One of them.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let mut page = one_page(&visit, &code_of(&code)?).await?;
    let notice = from
        .done
        .map(|_| visit.words.get("partner-saved").into_owned());
    page.frame = page.frame.with_notice(notice);
    Ok(Html(page.render()?))
}

async fn refused(
    visit: &Visit,
    code: &PartnerCode,
    typed: Typed,
    error: ServiceError,
) -> Result<Response, PageError> {
    let ServiceError::Invalid(invalid) = error else {
        return Err(error.into());
    };
    let mut page = one_page(visit, code).await?;
    page.problems = shown(visit.words, &invalid.0);
    page.typed = typed;
    page.frame = page.frame.refused();
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

fn done(code: &PartnerCode) -> Response {
    Redirect::to(&format!("/admin/partners/{code}?done=1")).into_response()
}

/// Writes from when to when its people may come in.
pub async fn contract(
    visit: Visit,
    Path(code): Path<String>,
    Sent(fields): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (code, typed) = (code_of(&code)?, Typed::of(fields));
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let days = (typed.text("from"), typed.text("until"));
    match partners::set_contract(context, actor, &code, days, visit.fresh()?).await {
        Ok(()) => Ok(done(&code)),
        Err(error) => refused(&visit, &code, typed, error).await,
    }
}

async fn with_link(
    visit: &Visit,
    code: &PartnerCode,
    name: String,
    token: &str,
) -> Result<Response, PageError> {
    let mut page = one_page(visit, code).await?;
    let link = format!("{}/password/{token}", visit.site.context.public_url);
    page.link = Some((name, link));
    Ok(Html(page.render()?).into_response())
}

/// Opens an account for somebody of it, and shows the one-time link.
pub async fn invite(
    visit: Visit,
    Path(code): Path<String>,
    Sent(fields): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (code, typed) = (code_of(&code)?, Typed::of(fields));
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let who = (typed.text("name"), typed.text("email"));
    match partners::invite(context, actor, &code, who, visit.fresh()?).await {
        Ok(token) => {
            let name = typed.text("name").trim().to_owned();
            with_link(&visit, &code, name, &token).await
        }
        Err(error) => {
            // The days of the contract are another form's.
            let kept = one_page(&visit, &code).await?.typed;
            let typed = kept
                .with("name", typed.text("name").to_owned())
                .with("email", typed.text("email").to_owned());
            refused(&visit, &code, typed, error).await
        }
    }
}

/// Gives somebody a new one-time link.
pub async fn again(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (code, id) = (code_of(&code)?, key(&id)?);
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let token = partners::invite_again(context, actor, &code, id, visit.fresh()?).await?;
    let people = partners::get(context, actor, &code).await?.people;
    let name = people.into_iter().find(|one| one.id == id);
    let name = name.map(|one| one.name).unwrap_or_default();
    with_link(&visit, &code, name, &token).await
}

/// Shuts somebody's account.
pub async fn shut(
    visit: Visit,
    Path((code, id)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let (code, id) = (code_of(&code)?, key(&id)?);
    partners::shut(
        &visit.site.context,
        visit.actor()?,
        &code,
        id,
        visit.fresh()?,
    )
    .await?;
    Ok(done(&code))
}
