//! Withdrawing: a page that says what happens, and a button. It pauses at once; the
//! desk calls to confirm.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

use super::{Around, around, enter, gone, kept, words_of};
use crate::catalogue::Words;
use crate::services::links::worker;
use crate::storage::mailings::Person;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "pages/private/withdraw.html")]
struct Page {
    t: Words,
    frame: Frame,
    around: Around,
}

/// What happens.
pub async fn get(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let (here, _) = match enter(&visit, &jar, &link).await {
        Ok(entered) => entered,
        Err(response) => return Ok(response),
    };
    if let Person::Family(_) = here.person {
        return Ok(Redirect::to(&format!("/mine/{}", here.address)).into_response());
    }
    let page = Page {
        t: words_of(&here),
        frame: visit.frame(),
        around: around(&here),
    };
    Ok(Html(page.render()?).into_response())
}

/// Withdraws.
pub async fn post(visit: Visit, Path(link): Path<String>, jar: CookieJar) -> Response {
    let kept = kept(&visit.site, &jar, &link);
    match worker::withdraw(&visit.site.context, &link, &kept).await {
        Ok(here) => Redirect::to(&format!("/mine/{}", here.address)).into_response(),
        Err(closed) => gone(&visit, closed),
    }
}
