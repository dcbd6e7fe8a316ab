//! Introductions of which one side says hired and the other no.

use askama::Template;
use axum::response::Html;

use crate::catalogue::Words;
use crate::services::follow_up::findings::{self, Pair};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "pages/follow_up/conflicts.html")]
struct Page {
    t: Words,
    frame: Frame,
    pairs: Vec<Pair>,
}

/// The list.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let page = Page {
        t: visit.words,
        frame: visit.frame(),
        pairs: findings::conflicts(&visit.site.context, visit.actor()?).await?,
    };
    Ok(Html(page.render()?))
}
