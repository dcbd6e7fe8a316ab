//! Notices about data: which are in force, who is still to be told, and a new one.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::{Language, Words};
use crate::domain::informing::{NoticeKind, joined};
use crate::services::informing::publish::{self, FIELDS};
use crate::services::informing::words::{Notice, in_force};
use crate::services::informing::{self, Overview};
use crate::services::{ServiceError, sentences};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed, error_of, shown, typed_day};
use crate::web::frame::Frame;
use crate::web::pages::waits::up_to;

/// For whom the form is, and what was just done.
#[derive(Debug, Deserialize)]
pub struct Which {
    kind: Option<String>,
    done: Option<String>,
}

/// A text that the form asks.
struct Asked {
    field: &'static str,
    reviewed: &'static str,
    label: String,
    reviewed_label: String,
    tag: &'static str,
    direction: &'static str,
    /// Italian is where the words come from.
    is_italian: bool,
}

/// A notice in force.
struct Held {
    kind: String,
    from: String,
    /// How many are still to be told; nothing of one that the program came with.
    to_tell: Option<String>,
}

/// What was published once.
struct Line {
    kind: String,
    from: String,
    languages: String,
    by: String,
    at: String,
}

#[derive(Template)]
#[template(path = "pages/admin/notices.html")]
struct Page {
    t: Words,
    frame: Frame,
    held: Vec<Held>,
    /// Code and name of each, and whether the form is for it.
    kinds: Vec<(&'static str, String, bool)>,
    kind: &'static str,
    asked: Vec<Asked>,
    typed: Typed,
    problems: Vec<Shown>,
    lines: Vec<Line>,
}

impl Page {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

fn kind_of(code: &str) -> NoticeKind {
    NoticeKind::parse(code).unwrap_or(NoticeKind::Worker)
}

fn name(words: Words, language: Language) -> String {
    let spoken = crate::domain::language::Language::by_code(language.tag());
    spoken.map_or_else(String::new, |one| {
        sentences::language(words, one).into_owned()
    })
}

fn asked(words: Words) -> Vec<Asked> {
    let one = |(language, field, reviewed): (Language, &'static str, &'static str)| {
        let name = name(words, language);
        Asked {
            field,
            reviewed,
            label: words.with("notices-words", &[("language", &name)]),
            reviewed_label: words.with("notices-reviewed", &[("language", &name)]),
            tag: language.tag(),
            direction: language.direction(),
            is_italian: language == Language::It,
        }
    };
    FIELDS.map(one).into()
}

fn page(
    visit: &Visit,
    (notices, overview): (&[Notice], &Overview),
    kind: NoticeKind,
    typed: Typed,
) -> Page {
    let words = visit.words;
    let named = |kind: NoticeKind| words.code("notice-kind", kind.code()).into_owned();
    let held = notices.iter().map(|one| {
        let mut all = overview.to_tell.iter();
        Held {
            kind: named(one.kind),
            from: words.date(one.valid_from),
            to_tell: all
                .find(|(version, _)| version.kind == one.kind)
                .map(|(_, total)| up_to(words, *total)),
        }
    });
    let lines = overview.history.iter().map(|one| {
        let languages = one.languages.iter().map(|(tag, is_reviewed)| {
            let mut all = Language::WRITTEN.into_iter();
            let language = all.find(|language| language.tag() == tag);
            let name = language.map_or_else(|| tag.clone(), |one| name(words, one));
            if *is_reviewed {
                name
            } else {
                words.with("notices-unreviewed", &[("language", &name)])
            }
        });
        Line {
            kind: named(one.version.kind),
            from: words.date(one.version.valid_from),
            languages: languages.collect::<Vec<_>>().join(", "),
            by: one.by.clone(),
            at: words.moment(one.at.with_timezone(&Rome).naive_local()),
        }
    });
    Page {
        t: words,
        frame: visit.frame(),
        held: held.collect(),
        kinds: NoticeKind::ALL
            .iter()
            .map(|one| (one.code(), named(*one), *one == kind))
            .collect(),
        kind: kind.code(),
        asked: asked(words),
        typed,
        problems: Vec::new(),
        lines: lines.collect(),
    }
}

/// The page; the form holds what is in force for a kind of person.
pub async fn get(visit: Visit, Query(which): Query<Which>) -> Result<Html<String>, PageError> {
    let context = &visit.site.context;
    let overview = informing::overview(context, visit.actor()?).await?;
    let notices = in_force(context).await?;
    let kind = kind_of(which.kind.as_deref().unwrap_or_default());
    let mut typed = Typed::default().with("from", typed_day(context.today()));
    if let Some(notice) = notices.iter().find(|one| one.kind == kind) {
        for (language, field, reviewed) in FIELDS {
            if let Some(text) = notice.text(language) {
                typed = typed.with(field, joined(&text.paragraphs));
                if text.is_reviewed {
                    typed = typed.with(reviewed, "yes".to_owned());
                }
            }
        }
    }
    let mut page = page(&visit, (&notices, &overview), kind, typed);
    let notice = which
        .done
        .map(|_| visit.words.get("notices-published").into_owned());
    page.frame = visit.frame().with_notice(notice);
    Ok(Html(page.render()?))
}

/// Publishes one.
pub async fn post(
    visit: Visit,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, typed) = (&visit.site.context, visit.actor()?, Typed::of(fields));
    match publish::publish(context, actor, &typed).await {
        Ok(()) => {
            let kind = kind_of(typed.text("kind")).code();
            let target = format!("/admin/notices?kind={kind}&done=1");
            Ok(Redirect::to(&target).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let overview = informing::overview(context, actor).await?;
            let notices = in_force(context).await?;
            let kind = kind_of(typed.text("kind"));
            let mut page = page(&visit, (&notices, &overview), kind, typed);
            page.frame = visit.frame().refused();
            page.problems = shown(visit.words, &invalid.0);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
