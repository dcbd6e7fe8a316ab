//! The first page after the sign-in: what there is, and the way to it.

use askama::Template;
use axum::response::Html;

use crate::catalogue::Words;
use crate::services::lists::{self, Counts};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "pages/home/home.html")]
struct Page {
    t: Words,
    frame: Frame,
    role: &'static str,
    /// None for whoever opens no records.
    counts: Option<Counts>,
}

/// The page.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let actor = visit.actor()?;
    let counts = if actor.works_at_a_desk() {
        Some(lists::counts(&visit.site.context, actor).await?)
    } else {
        None
    };
    let page = Page {
        t: visit.words,
        frame: visit.frame(),
        role: actor.role.code(),
        counts,
    };
    Ok(Html(page.render()?))
}
