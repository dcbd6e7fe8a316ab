//! The first page after the sign-in: what there is, and the way to it.

use askama::Template;
use axum::response::Html;

use crate::catalogue::Words;
use crate::domain::account::Access;
use crate::drawing::Picture;
use crate::services::access_report::weeks::{self, Weeks};
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
    /// For readers: the weeks of this year and of the last.
    weeks: Option<(Weeks, Picture)>,
}

/// The page.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let actor = visit.actor()?;
    let counts = if actor.works_at_a_desk() {
        Some(lists::counts(&visit.site.context, actor).await?)
    } else {
        None
    };
    let reads = counts.is_none() && Access::Reports.allows(Some(actor));
    let weeks = if reads {
        let weeks = weeks::weeks(&visit.site.context, actor).await?;
        let picture = weeks.picture(visit.words);
        Some((weeks, picture))
    } else {
        None
    };
    let page = Page {
        weeks,
        t: visit.words,
        frame: visit.frame(),
        role: actor.role.code(),
        counts,
    };
    Ok(Html(page.render()?))
}
