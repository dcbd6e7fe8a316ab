//! From a private link to the questions on how it went.

use axum::extract::Path;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::{CookieJar, Form};
use serde::Deserialize;

use super::{gone, kept};
use crate::services::follow_up::survey::Closed;
use crate::services::links::questions;
use crate::web::extract::Visit;

/// Which questions.
#[derive(Debug, Default, Deserialize)]
pub struct Tap {
    #[serde(default)]
    asked: String,
}

/// Leads to the questions as the link of a mail does.
pub async fn post(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
    Form(tap): Form<Tap>,
) -> Response {
    let Ok(mailing) = tap.asked.parse() else {
        return gone(&visit, Closed::Gone);
    };
    let kept = kept(&visit.site, &jar, &link);
    match questions::enter(&visit.site.context, &link, &kept, mailing).await {
        Ok(token) => Redirect::to(&format!("/s/{token}")).into_response(),
        Err(closed) => gone(&visit, closed),
    }
}
