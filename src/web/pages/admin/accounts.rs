//! The accounts of the staff. A one-time link is shown by the page that answers, and by no
//! other.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::account::{Place, Role};
use crate::services::staff::{self, ROLES};
use crate::services::{ServiceError, places};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, Shown, Typed, error_of, key, page_number, shown};
use crate::web::frame::Frame;

const ADDRESS: &str = "/admin/accounts";

/// Which page, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    page: Option<String>,
    done: Option<String>,
}

/// An account as the list shows it.
struct Row {
    id: i64,
    name: String,
    email: String,
    role: String,
    /// Desk or partner.
    place: String,
    standing: &'static str,
    is_own: bool,
    is_linked: bool,
}

#[derive(Template)]
#[template(path = "pages/admin/accounts.html")]
struct Page {
    t: Words,
    frame: Frame,
    rows: Vec<Row>,
    paging: Paging,
    roles: Vec<(&'static str, String)>,
    desks: Vec<(String, String)>,
    typed: Typed,
    problems: Vec<Shown>,
    /// A new one-time link, and whose it is.
    link: Option<(String, String)>,
}

impl Page {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

async fn page(visit: &Visit, number: u64, typed: Typed) -> Result<Page, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let all = staff::page(context, visit.actor()?, number).await?;
    let paging = Paging::of(&all, ADDRESS, &[]);
    let desks = places::desks(context).await?;
    let partners = places::partners(context).await?;
    let place = |place: &Place| match place {
        Place::Nowhere => String::new(),
        Place::Desk(code) => {
            let desk = desks.iter().find(|desk| desk.code == *code);
            desk.map_or_else(|| code.to_string(), |desk| desk.name.clone())
        }
        Place::Partner(code) => {
            let partner = partners.iter().find(|partner| partner.code == *code);
            partner.map_or_else(|| code.to_string(), |partner| partner.name.clone())
        }
    };
    let named = |role: Role| words.code("account-role", role.code()).into_owned();
    let rows = all.rows.into_iter().map(|one| Row {
        place: place(&one.place),
        id: one.id,
        role: named(one.role),
        standing: one.standing.code(),
        is_own: one.is_own,
        is_linked: one.is_linked,
        email: one.email.to_string(),
        name: one.name,
    });
    let rows = rows.collect();
    let first = (String::new(), words.get("accounts-no-desk").into_owned());
    let each = desks
        .iter()
        .map(|desk| (desk.code.to_string(), desk.name.clone()));
    Ok(Page {
        t: words,
        frame: visit.frame(),
        rows,
        paging,
        roles: ROLES.map(|role| (role.code(), named(role))).into(),
        desks: std::iter::once(first).chain(each).collect(),
        typed,
        problems: Vec::new(),
        link: None,
    })
}

/// A page of them, and the form for a new one.
pub async fn get(visit: Visit, Query(which): Query<Which>) -> Result<Html<String>, PageError> {
    let role = Role::Operator.code().to_owned();
    let typed = Typed::default().with("role", role);
    let mut page = page(&visit, page_number(which.page), typed).await?;
    let done = which
        .done
        .map(|_| visit.words.get("accounts-shut").into_owned());
    page.frame = page.frame.with_notice(done);
    Ok(Html(page.render()?))
}

async fn with_link(visit: &Visit, name: String, token: &str) -> Result<Response, PageError> {
    let mut page = page(visit, 1, Typed::default()).await?;
    let link = format!("{}/password/{token}", visit.site.context.public_url);
    page.link = Some((name, link));
    Ok(Html(page.render()?).into_response())
}

/// Opens one, and shows its one-time link.
pub async fn add(
    visit: Visit,
    Sent(fields): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let typed = Typed::of(fields);
    let (context, actor) = (&visit.site.context, visit.actor()?);
    match staff::add(context, actor, &typed, visit.fresh()?).await {
        Ok(token) => {
            let name = typed.text("name").trim().to_owned();
            with_link(&visit, name, &token).await
        }
        Err(ServiceError::Invalid(invalid)) => {
            let mut page = page(&visit, 1, typed).await?;
            page.problems = shown(visit.words, &invalid.0);
            page.frame = page.frame.refused();
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Gives somebody a new one-time link.
pub async fn again(visit: Visit, Path(id): Path<String>) -> Result<Response, PageError> {
    let (context, actor, id) = (&visit.site.context, visit.actor()?, key(&id)?);
    let (name, token) = staff::invite_again(context, actor, id, visit.fresh()?).await?;
    with_link(&visit, name, &token).await
}

/// Shuts somebody's account.
pub async fn shut(visit: Visit, Path(id): Path<String>) -> Result<Redirect, PageError> {
    let (context, actor, id) = (&visit.site.context, visit.actor()?, key(&id)?);
    staff::shut(context, actor, id, visit.fresh()?).await?;
    Ok(Redirect::to(&format!("{ADDRESS}?done=1")))
}
