//! A short tour of the service: one page of steps, each with the way to a real page. It
//! stays where it is after somebody said that they know their way about.

use askama::Template;
use axum::response::{Html, Redirect};

use crate::catalogue::Words;
use crate::services::tour;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// The steps, in the order of the work: the code of each, and where it leads.
pub const STEPS: [(&str, &str); 10] = [
    ("today", "/"),
    ("search", "/workers"),
    ("worker", "/workers/new"),
    ("family", "/families/new"),
    ("match", "/requests?status=open"),
    ("ask", "/proposals"),
    ("sheet", "/sheets"),
    ("follow", "/calls"),
    ("access", "/accesses"),
    ("paper", "/paper"),
];

/// One step.
struct Step {
    heading: String,
    text: String,
    href: &'static str,
}

#[derive(Template)]
#[template(path = "pages/desk/tour.html")]
struct Page {
    t: Words,
    frame: Frame,
    steps: Vec<Step>,
    /// Whether the home page still offers it.
    is_offered: bool,
}

/// The steps.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let steps = STEPS.map(|(code, href)| Step {
        heading: words.code("tour-step", code).into_owned(),
        text: words.code("tour-text", code).into_owned(),
        href,
    });
    let page = Page {
        t: words,
        frame: visit.frame(),
        steps: steps.into(),
        is_offered: tour::is_offered(&visit.site.context, visit.actor()?).await?,
    };
    Ok(Html(page.render()?))
}

/// The home page offers it no more.
pub async fn done(visit: Visit) -> Result<Redirect, PageError> {
    tour::done(&visit.site.context, visit.actor()?).await?;
    Ok(Redirect::to("/"))
}
