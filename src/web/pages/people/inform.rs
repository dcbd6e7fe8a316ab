//! Who is to be told of a new notice about data: by mail to all who take it, or by hand to
//! those that are ticked.

use std::collections::HashSet;

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::informing::{NoticeKind, ToldHow};
use crate::domain::invalid::Problem;
use crate::services::ServiceError;
use crate::services::informing::{self, List, TypedTold};
use crate::services::waiting::Scope;
use crate::storage::informing::Given;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, Shown, Typed, error_of, page_number, shown, typed_day};
use crate::web::frame::Frame;
use crate::web::pages::home::scope_of;
use crate::web::pages::waits::up_to;

const ADDRESS: &str = "/to-inform";

/// Which list, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub struct Which {
    kind: Option<String>,
    whose: Option<String>,
    page: Option<String>,
    /// How many were told.
    told: Option<String>,
    /// How many mails wait.
    mails: Option<String>,
    /// How many mails were stopped.
    stopped: Option<String>,
}

/// Somebody who is to be told.
struct Row {
    id: String,
    code: String,
    name: String,
    phone: String,
    href: String,
    by_mail: bool,
    ticked: bool,
}

/// What the page shows of one notice.
struct View {
    kind: &'static str,
    version: i64,
    whose: &'static str,
    text: String,
    /// Address and text of each notice, and whether it is the one shown.
    kinds: Vec<(String, String, bool)>,
    /// The same of whose people are shown.
    scopes: Vec<(String, String, bool)>,
    by_mail: u64,
    /// Mails are still being queued.
    is_going: bool,
    may_stop: bool,
    rows: Vec<Row>,
    paging: Paging,
    /// Code and text of each way.
    ways: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "pages/people/inform.html")]
struct Page {
    t: Words,
    frame: Frame,
    shown: Option<View>,
    typed: Typed,
    problems: Vec<Shown>,
}

impl Page {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

/// A list that somebody looks at.
#[derive(Clone, Copy)]
struct Place {
    scope: Scope,
    kind: Option<NoticeKind>,
    number: u64,
}

impl Place {
    fn of(kind: &str, whose: &str, page: Option<String>) -> Self {
        Self {
            scope: scope_of(Some(whose)),
            kind: NoticeKind::parse(kind).ok(),
            number: page_number(page),
        }
    }

    fn address(kind: &str, scope: Scope) -> String {
        format!("{ADDRESS}?kind={kind}&whose={}", scope.code())
    }
}

fn view(words: Words, place: Place, list: List, ticked: &HashSet<String>) -> View {
    let kind = list.version.kind;
    let named = |kind: NoticeKind| words.code("notice-kind", kind.code());
    let section = match kind {
        NoticeKind::Worker => "workers",
        _ => "families",
    };
    let kinds = list.versions.iter().map(|(version, total)| {
        let (kind, name) = (version.kind, named(version.kind));
        let total = up_to(words, *total);
        let text = words.with("inform-kind", &[("kind", &name), ("total", &total)]);
        let href = Place::address(kind.code(), place.scope);
        (href, text, kind == list.version.kind)
    });
    let kinds = kinds.collect();
    let scopes = Scope::ALL.map(|one| {
        let name = words.code("home-scope", one.code()).into_owned();
        (Place::address(kind.code(), one), name, one == place.scope)
    });
    let query = [
        ("kind", Some(kind.code())),
        ("whose", Some(place.scope.code())),
    ];
    let date = words.date(list.version.valid_from);
    View {
        kind: kind.code(),
        version: list.version.id,
        whose: place.scope.code(),
        text: words.with("inform-text", &[("kind", &named(kind)), ("date", &date)]),
        kinds,
        scopes: scopes.into(),
        by_mail: list.by_mail,
        is_going: list.is_going,
        may_stop: list.may_stop,
        paging: Paging::of(&list.page, ADDRESS, &query),
        rows: list
            .page
            .rows
            .into_iter()
            .map(|(one, by_mail)| Row {
                id: format!("who-{}", one.code),
                href: format!("/{section}/{}", one.code),
                ticked: ticked.contains(&one.code),
                code: one.code,
                name: one.name,
                phone: one.phone.unwrap_or_default(),
                by_mail,
            })
            .collect(),
        ways: ToldHow::BY_HAND
            .map(|how| {
                let text = words.code("told-how", how.code()).into_owned();
                (how.code().to_owned(), text)
            })
            .into(),
    }
}

async fn page(
    visit: &Visit,
    place: Place,
    typed: Typed,
    ticked: &HashSet<String>,
) -> Result<Page, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let which = (place.scope, place.kind);
    let list = informing::list(context, actor, which, place.number).await?;
    Ok(Page {
        t: visit.words,
        frame: visit.frame(),
        shown: list.map(|list| view(visit.words, place, list, ticked)),
        typed,
        problems: Vec::new(),
    })
}

/// The list.
pub async fn get(visit: Visit, Query(which): Query<Which>) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let (kind, whose) = (
        which.kind.unwrap_or_default(),
        which.whose.unwrap_or_default(),
    );
    let place = Place::of(&kind, &whose, which.page);
    let typed = Typed::default()
        .with("on", typed_day(visit.site.context.today()))
        .with("how", ToldHow::Paper.code().to_owned());
    let mut page = page(&visit, place, typed, &HashSet::new()).await?;
    let number = |text: Option<String>| text.and_then(|text| text.parse::<u64>().ok());
    let told = number(which.told).map(|count| words.count("inform-told", count));
    let mails = number(which.mails).map(|count| words.count("inform-mails", count));
    let stopped = number(which.stopped).map(|count| words.count("inform-stopped", count));
    let notice = told.or(mails).or(stopped);
    page.frame = visit.frame().with_notice(notice);
    Ok(Html(page.render()?))
}

async fn refused(
    visit: &Visit,
    typed: Typed,
    ticked: &HashSet<String>,
    problems: &[Problem],
) -> Result<Response, PageError> {
    let number = Some(typed.text("page").to_owned());
    let place = Place::of(typed.text("kind"), typed.text("whose"), number);
    let mut page = page(visit, place, typed, ticked).await?;
    page.frame = visit.frame().refused();
    page.problems = shown(visit.words, problems);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
}

/// Writes down that those who are ticked were told.
pub async fn told(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let who = fields.iter().filter(|(name, _)| name == "who");
    let who: Vec<String> = who.map(|(_, code)| code.clone()).collect();
    let typed = Typed::of(fields);
    let kind = NoticeKind::parse(typed.text("kind")).map_err(|_| PageError::NotFound)?;
    let told = TypedTold {
        who: &who,
        how: typed.text("how"),
        on: typed.text("on"),
    };
    match informing::told_by_hand(context, actor, typed.text("version"), told).await {
        Ok(count) => {
            let scope = scope_of(Some(typed.text("whose")));
            let list = Place::address(kind.code(), scope);
            Ok(Redirect::to(&format!("{list}&told={count}")).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let ticked = who.into_iter().collect();
            refused(&visit, typed, &ticked, &invalid.0).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Writes to all who take mail.
pub async fn mail(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    let kind = NoticeKind::parse(typed.text("kind")).map_err(|_| PageError::NotFound)?;
    let scope = scope_of(Some(typed.text("whose")));
    let of = (scope, typed.text("version"));
    match informing::tell_by_mail(context, actor, of, typed.text("count")).await {
        Ok(count) => {
            let list = Place::address(kind.code(), scope);
            Ok(Redirect::to(&format!("{list}&mails={count}")).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let today = typed_day(context.today());
            let typed = typed.with("on", today);
            let typed = typed.with("how", ToldHow::Paper.code().to_owned());
            refused(&visit, typed, &HashSet::new(), &invalid.0).await
        }
        Err(error) => Err(error.into()),
    }
}

/// Stops the mails to many.
pub async fn stop(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    let kind = NoticeKind::parse(typed.text("kind")).map_err(|_| PageError::NotFound)?;
    let scope = scope_of(Some(typed.text("whose")));
    let count = informing::stop(context, actor, (scope, typed.text("version"))).await?;
    let list = Place::address(kind.code(), scope);
    Ok(Redirect::to(&format!("{list}&stopped={count}")).into_response())
}

/// What somebody was told, as facts of their record.
pub fn notices_given(words: Words, given: &[Given]) -> Vec<(String, String)> {
    let fact = |one: &Given| {
        let kind = words.code("notice-kind", one.version.kind.code());
        let how = words.code("told-how", one.how.code());
        let text = words.with(
            "notice-given",
            &[
                ("kind", &kind),
                ("date", &words.date(one.version.valid_from)),
                ("how", &how),
                ("on", &words.date(one.on)),
                ("name", &one.by),
            ],
        );
        (words.get("fact-notice-given").into_owned(), text)
    };
    given.iter().map(fact).collect()
}
