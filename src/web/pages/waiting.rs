//! All that waits for one reason, a page at a time, with a search: where the home page
//! shows only the beginning.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Redirect};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::home::scope_of;
use super::waits::{self, WaitLine};
use crate::catalogue::Words;
use crate::services::lists::{self, WAITING};
use crate::services::waiting::Scope;
use crate::services::waiting::lists::{List, page};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number, place_in_list, turning};
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "pages/waiting.html")]
struct Page {
    t: Words,
    frame: Frame,
    heading: String,
    /// The list's address, without whose it is.
    path: String,
    whose: &'static str,
    /// What was searched for; empty for nothing.
    typed: String,
    /// What the list was narrowed by instead, since nothing was found so.
    spelt: Option<String>,
    /// Address and name of each scope, and whether it is the one shown.
    scopes: Vec<(String, String, bool)>,
    lines: Vec<WaitLine>,
    paging: Paging,
}

/// Whose, which page, and the search by which it was narrowed.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    whose: Option<String>,
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
    s: Option<String>,
}

/// A search as it is posted.
#[derive(Debug, Default, Deserialize)]
pub struct Typed {
    #[serde(default)]
    words: String,
    #[serde(default)]
    whose: String,
}

/// The list.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(which): Query<Which>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let list = List::by_code(&code).ok_or(PageError::NotFound)?;
    let scope = scope_of(which.whose.as_deref());
    let at = place_in_list(page_number(which.page), which.after, which.before);
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let typed = match &which.s {
        Some(id) => lists::words_of(context, actor, WAITING, id).await?,
        None => None,
    };
    // A search that is no longer kept narrows nothing, and says so by its empty field.
    let search = which.s.filter(|_| typed.is_some());
    let whole = page(context, actor, (scope, list), typed.as_deref(), &at).await?;
    let path = format!("/waiting/{code}");
    let paging = |scope: Scope| {
        let query = [("whose", Some(scope.code())), ("s", search.as_deref())];
        Paging::of(&whole.place, &path, &query)
    };
    let scopes = Scope::ALL.map(|one| {
        let name = words.code("home-scope", one.code()).into_owned();
        let href = paging(one).first.trim_end_matches('&').to_owned();
        (href, name, one == scope)
    });
    let mut here = paging(scope);
    if let Some((first, last)) = whole.lines.ends() {
        here.ends = turning(&first, &last);
    }
    let page = Page {
        frame: visit.frame(),
        heading: waits::heading(words, list, whole.days),
        paging: here,
        whose: scope.code(),
        typed: typed.unwrap_or_default(),
        spelt: whole.spelt,
        scopes: scopes.into(),
        lines: waits::in_words(words, list, whole.lines),
        path,
        t: words,
    };
    Ok(Html(page.render()?))
}

/// Keeps the words of a search and leads to its result.
pub async fn search(
    visit: Visit,
    Path(code): Path<String>,
    Form(typed): Form<Typed>,
) -> Result<Redirect, PageError> {
    let list = List::by_code(&code).ok_or(PageError::NotFound)?;
    let scope = scope_of(Some(&typed.whose));
    let mut target = format!("/waiting/{}?whose={}", list.code(), scope.code());
    if !typed.words.trim().is_empty() {
        let (context, actor) = (&visit.site.context, visit.actor()?);
        let id = lists::search(context, actor, WAITING, &typed.words).await?;
        target = format!("{target}&s={id}");
    }
    Ok(Redirect::to(&target))
}
