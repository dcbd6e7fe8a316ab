//! People of whom nothing was heard for long and who were asked whether their data stay: when
//! they are erased, unless the desk or they say a word.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::services::ServiceError;
use crate::services::retention::people;
use crate::services::waiting::Scope;
use crate::storage::merges::People;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, Shown, Typed, error_of, page_number, shown};
use crate::web::frame::Frame;
use crate::web::pages::home::scope_of;

const ADDRESS: &str = "/to-renew";

/// Which list, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    kind: Option<String>,
    whose: Option<String>,
    page: Option<String>,
    /// How many stay.
    kept: Option<String>,
}

/// Somebody on the list.
struct Row {
    id: String,
    code: String,
    name: String,
    phone: String,
    href: String,
    asked: String,
    erased: String,
}

#[derive(Template)]
#[template(path = "pages/people/renew.html")]
struct Page {
    t: Words,
    frame: Frame,
    kind: &'static str,
    whose: &'static str,
    /// Address and text of each kind of people, and whether it is the one shown.
    kinds: Vec<(String, String, bool)>,
    /// The same of whose people are shown.
    scopes: Vec<(String, String, bool)>,
    rows: Vec<Row>,
    problems: Vec<Shown>,
    paging: Paging,
}

impl Page {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

fn people_of(kind: &str) -> People {
    if kind == People::Families.kind() {
        People::Families
    } else {
        People::Workers
    }
}

fn address(people: People, scope: Scope) -> String {
    format!("{ADDRESS}?kind={}&whose={}", people.kind(), scope.code())
}

async fn page(
    visit: &Visit,
    (scope, people): (Scope, People),
    number: u64,
) -> Result<Page, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let list = people::list(context, visit.actor()?, (scope, people), number).await?;
    let section = match people {
        People::Workers => "workers",
        People::Families => "families",
    };
    let kinds = [
        (People::Workers, "nav-workers"),
        (People::Families, "nav-families"),
    ];
    let query = [("kind", Some(people.kind())), ("whose", Some(scope.code()))];
    let paging = Paging::of(&list, ADDRESS, &query);
    let row = |one: people::Line| Row {
        id: format!("who-{}", one.silent.code),
        href: format!("/{section}/{}", one.silent.code),
        code: one.silent.code,
        name: one.silent.name,
        phone: one.silent.phone.unwrap_or_default(),
        asked: one
            .silent
            .asked_on
            .map_or_else(String::new, |day| words.date(day)),
        erased: words.date(one.erased_on),
    };
    Ok(Page {
        t: words,
        frame: visit.frame(),
        kind: people.kind(),
        whose: scope.code(),
        kinds: kinds
            .map(|(one, key)| {
                let name = words.get(key).into_owned();
                (address(one, scope), name, one == people)
            })
            .into(),
        scopes: Scope::ALL
            .map(|one| {
                let name = words.code("home-scope", one.code()).into_owned();
                (address(people, one), name, one == scope)
            })
            .into(),
        rows: list.rows.into_iter().map(row).collect(),
        problems: Vec::new(),
        paging,
    })
}

/// The list.
pub async fn get(visit: Visit, Query(which): Query<Which>) -> Result<Html<String>, PageError> {
    let people = people_of(which.kind.as_deref().unwrap_or_default());
    let scope = scope_of(which.whose.as_deref());
    let mut page = page(&visit, (scope, people), page_number(which.page)).await?;
    let kept = which.kept.and_then(|text| text.parse::<u64>().ok());
    let notice = kept.map(|count| visit.words.count("renew-kept", count));
    page.frame = visit.frame().with_notice(notice);
    Ok(Html(page.render()?))
}

/// Says that those who are ticked stay.
pub async fn keep(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let who = fields.iter().filter(|(name, _)| name == "who");
    let who: Vec<String> = who.map(|(_, code)| code.clone()).collect();
    let typed = Typed::of(fields);
    let people = people_of(typed.text("kind"));
    let scope = scope_of(Some(typed.text("whose")));
    match people::keep(&visit.site.context, visit.actor()?, people, &who).await {
        Ok(count) => {
            let target = format!("{}&kept={count}", address(people, scope));
            Ok(Redirect::to(&target).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let mut page = page(&visit, (scope, people), 1).await?;
            page.frame = visit.frame().refused();
            page.problems = shown(visit.words, &invalid.0);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
