//! Filters of the lists that are kept under a name: all that somebody sees, a new one, and
//! taking one's own away.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::saved_filter::Shared;
use crate::services::lists::List;
use crate::services::saved_filters::{self, Narrowed, SavedFilter, Wanted};
use crate::services::{ServiceError, places};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed, error_of, key, percent_encoded, shown};
use crate::web::frame::Frame;

/// What was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Done {
    done: Option<String>,
}

/// The list that a filter is of, and what narrows it.
#[derive(Debug, Default, Deserialize)]
pub struct Of {
    #[serde(default)]
    list: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    arrangement: String,
    #[serde(default)]
    desk: String,
}

/// A filter in a list of them.
struct Line {
    id: i64,
    href: String,
    name: String,
    list: String,
    shared: String,
    /// Empty for one's own.
    by: String,
}

#[derive(Template)]
#[template(path = "pages/desk/filters.html")]
struct All {
    t: Words,
    frame: Frame,
    lines: Vec<Line>,
}

#[derive(Template)]
#[template(path = "pages/desk/filter.html")]
struct New {
    t: Words,
    frame: Frame,
    list: &'static str,
    list_name: String,
    narrowed: Narrowed,
    facts: Vec<(String, String)>,
    typed: Typed,
    shares: Vec<(&'static str, String)>,
    problems: Vec<Shown>,
}

impl New {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

/// The address of a list that is narrowed so.
pub fn address(list: &str, narrowed: &Narrowed) -> String {
    let named = [
        ("status", &narrowed.status),
        ("arrangement", &narrowed.arrangement),
        ("desk", &narrowed.desk),
    ];
    let stated = named
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_deref()?)));
    let query: Vec<String> = stated
        .map(|(name, value)| format!("{name}={}", percent_encoded(value)))
        .collect();
    if query.is_empty() {
        format!("/{list}")
    } else {
        format!("/{list}?{}", query.join("&"))
    }
}

fn list_name(words: Words, list: List) -> String {
    let key = match list {
        List::Workers => "nav-workers",
        List::Families => "nav-families",
        List::Requests => "nav-requests",
        List::Sheets => "nav-sheets",
    };
    words.get(key).into_owned()
}

fn line(words: Words, filter: SavedFilter) -> Line {
    let list = List::narrowed(&filter.list);
    Line {
        id: filter.id,
        href: address(&filter.list, &filter.narrowed),
        list: list.map_or_else(String::new, |list| list_name(words, list)),
        shared: words
            .code("filter-shared", filter.shared.code())
            .into_owned(),
        by: if filter.is_own {
            String::new()
        } else {
            filter.by
        },
        name: filter.name,
    }
}

/// All that somebody sees.
pub async fn get(visit: Visit, Query(done): Query<Done>) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let notice = match done.done.as_deref() {
        Some("saved") => Some(words.get("filter-saved").into_owned()),
        Some("removed") => Some(words.get("filter-removed").into_owned()),
        _ => None,
    };
    let seen = saved_filters::seen(&visit.site.context, visit.actor()?, None).await?;
    let lines = seen.into_iter().map(|filter| line(words, filter));
    let page = All {
        t: words,
        frame: visit.frame().with_notice(notice),
        lines: lines.collect(),
    };
    Ok(Html(page.render()?))
}

/// What narrows a list, in words.
async fn facts(
    visit: &Visit,
    list: List,
    narrowed: &Narrowed,
) -> Result<Vec<(String, String)>, PageError> {
    let words = visit.words;
    let mut facts = Vec::new();
    let mut fact = |label: &str, text: String| {
        facts.push((words.get(label).into_owned(), text));
    };
    if let Some(status) = &narrowed.status {
        let status = if list == List::Requests {
            words.code("request-status", status)
        } else {
            words.code("worker-status", status)
        };
        fact("filter-status", status.into_owned());
    }
    if let Some(arrangement) = &narrowed.arrangement {
        let arrangement = words.code("arrangement", arrangement).into_owned();
        fact("filter-arrangement", arrangement);
    }
    if let Some(code) = &narrowed.desk {
        let desks = places::desks(&visit.site.context).await?;
        let desk = desks.into_iter().find(|desk| desk.code.as_str() == code);
        fact(
            "filter-desk",
            desk.map_or_else(String::new, |desk| desk.name),
        );
    }
    Ok(facts)
}

async fn page(
    visit: &Visit,
    list: List,
    narrowed: Narrowed,
    typed: Typed,
    problems: Vec<Shown>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let page = New {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        list: list.code(),
        list_name: list_name(words, list),
        facts: facts(visit, list, &narrowed).await?,
        narrowed,
        typed,
        shares: Shared::ALL
            .map(|one| {
                let text = words.code("filter-shared", one.code()).into_owned();
                (one.code(), text)
            })
            .into(),
        problems,
    };
    Ok(Html(page.render()?))
}

/// A new one, of what narrows a list now.
pub async fn begin(visit: Visit, Query(of): Query<Of>) -> Result<Response, PageError> {
    let list = List::narrowed(&of.list).ok_or(PageError::NotFound)?;
    let wanted = Wanted {
        list,
        name: "",
        shared: "",
        status: &of.status,
        arrangement: &of.arrangement,
        desk: &of.desk,
    };
    let narrowed = saved_filters::narrowed(&visit.site.context, wanted).await?;
    if narrowed == Narrowed::default() {
        return Ok(Redirect::to(&format!("/{}", list.code())).into_response());
    }
    let page = page(&visit, list, narrowed, Typed::default(), Vec::new()).await?;
    Ok(page.into_response())
}

/// Keeps it.
pub async fn save(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, typed) = (&visit.site.context, Typed::of(fields));
    let list = List::narrowed(typed.text("list")).ok_or(PageError::NotFound)?;
    let wanted = Wanted {
        list,
        name: typed.text("name"),
        shared: typed.text("shared"),
        status: typed.text("status"),
        arrangement: typed.text("arrangement"),
        desk: typed.text("desk"),
    };
    match saved_filters::save(context, visit.actor()?, wanted).await {
        Ok(()) => Ok(Redirect::to("/filters?done=saved").into_response()),
        Err(ServiceError::Invalid(invalid)) => {
            let narrowed = saved_filters::narrowed(context, wanted).await?;
            let problems = shown(visit.words, &invalid.0);
            let page = page(&visit, list, narrowed, typed, problems).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes one's own away.
pub async fn remove(visit: Visit, Path(id): Path<String>) -> Result<Redirect, PageError> {
    saved_filters::remove(&visit.site.context, visit.actor()?, key(&id)?).await?;
    Ok(Redirect::to("/filters?done=removed"))
}
