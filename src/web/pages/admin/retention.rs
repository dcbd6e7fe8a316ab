//! For how long what is kept: all of it on one page, what would go by a day, and what went
//! lately.

use askama::Template;
use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use serde::Deserialize;

use super::numbers::{in_words, name};
use crate::catalogue::Words;
use crate::domain::invalid::Problem;
use crate::domain::typed;
use crate::services::retention::{self, FIXED, Overview};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, error_of, shown, typed_day};
use crate::web::frame::Frame;

/// Two figures of a year mean one up to so many years from now.
const YEARS_AHEAD: i32 = 20;

/// The day that is looked at.
#[derive(Debug, Deserialize)]
pub struct On {
    on: Option<String>,
}

/// What is kept for a time that administrators decide.
struct Line {
    name: String,
    kept: String,
    before: String,
    over: String,
}

/// What went on a day.
struct Went {
    day: String,
    name: String,
    dropped: String,
}

#[derive(Template)]
#[template(path = "pages/admin/retention.html")]
struct Page {
    t: Words,
    frame: Frame,
    typed: String,
    problems: Vec<Shown>,
    /// The day that the numbers are of.
    on: String,
    lines: Vec<Line>,
    /// Code of what the program fixes.
    fixed: Vec<&'static str>,
    went: Vec<Went>,
}

impl Page {
    fn error(&self, field: &str) -> String {
        error_of(&self.problems, field)
    }
}

fn page(visit: &Visit, overview: &Overview, typed: String) -> Page {
    let words = visit.words;
    let lines = overview.tried.categories.iter().map(|one| Line {
        name: name(words, one.setting),
        kept: in_words(words, one.setting, one.kept),
        before: words.date(one.before),
        over: words.number(one.over),
    });
    let went = overview.purges.iter().map(|one| Went {
        day: words.date(one.day),
        name: name(words, one.setting),
        dropped: words.number(one.dropped),
    });
    Page {
        t: words,
        frame: visit.frame(),
        typed,
        problems: Vec::new(),
        on: words.date(overview.tried.on),
        lines: lines.collect(),
        fixed: FIXED.into(),
        went: went.collect(),
    }
}

/// The page.
pub async fn get(visit: Visit, Query(asked): Query<On>) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let typed = asked.on.unwrap_or_default();
    let day = match typed.trim() {
        "" => Ok(None),
        text => typed::day(text, context.today(), YEARS_AHEAD).map(Some),
    };
    match day {
        Ok(day) => {
            let overview = retention::overview(context, actor, day).await?;
            let shown = typed_day(overview.tried.on);
            Ok(Html(page(&visit, &overview, shown).render()?).into_response())
        }
        Err(why) => {
            let overview = retention::overview(context, actor, None).await?;
            let problem = Problem {
                field: "on",
                value: typed.clone(),
                why,
            };
            let mut page = page(&visit, &overview, typed);
            page.frame = visit.frame().refused();
            page.problems = shown(visit.words, &[problem]);
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Html(page.render()?)).into_response())
        }
    }
}
