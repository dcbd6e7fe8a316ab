//! The link itself, and the way out. The token leaves the address at once; opening
//! it writes nothing, so that a mail program that looks at links does no harm.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

use super::{cookie, enter, gone, is_address, names_of};
use crate::catalogue::Words;
use crate::services::links::opened::exchange;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "pages/private/left.html")]
struct Left {
    t: Words,
    frame: Frame,
}

/// Exchanges the token.
pub async fn open(visit: Visit, Path(token): Path<String>, jar: CookieJar) -> Response {
    let ticket = match exchange(&visit.site.context, &token, &visit.network).await {
        Ok(ticket) => ticket,
        Err(closed) => return gone(&visit, closed),
    };
    let [name, _] = names_of(&visit.site, &ticket.address);
    let cookie = cookie(&visit.site, &ticket.address, name, ticket.sealed);
    let target = format!("/mine/{}", ticket.address);
    (jar.add(cookie), Redirect::to(&target)).into_response()
}

/// Forgets the link on this telephone.
pub async fn leave(
    visit: Visit,
    Path(link): Path<String>,
    jar: CookieJar,
) -> Result<Response, PageError> {
    let words = match enter(&visit, &jar, &link).await {
        Ok((here, _)) => super::words_of(&here),
        Err(response) => return Ok(response),
    };
    let mut jar = jar;
    if is_address(&link) {
        for name in names_of(&visit.site, &link) {
            let mut over = cookie(&visit.site, &link, name, String::new());
            over.make_removal();
            jar = jar.add(over);
        }
    }
    let page = Left {
        t: words,
        frame: visit.frame(),
    };
    Ok((jar, Html(page.render()?)).into_response())
}
