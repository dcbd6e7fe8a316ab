//! A sheet's way to the family by mail: sent, with a code that is shown here once
//! and nowhere else; a new code; taken back.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Redirect};

use super::record::number_of;
use crate::catalogue::Words;
use crate::domain::delivery::{Code, MOST_TRIES};
use crate::services::delivery;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

#[derive(Template)]
#[template(path = "pages/sheets/code.html")]
struct Page {
    t: Words,
    frame: Frame,
    number: String,
    code: String,
    most: u32,
    /// Where the mail goes, where one was queued just now.
    to: Option<String>,
}

fn page(
    visit: &Visit,
    number: &crate::domain::ids::SheetNumber,
    code: &Code,
    to: Option<String>,
) -> Result<Html<String>, PageError> {
    let page = Page {
        t: visit.words,
        frame: visit.frame(),
        number: number.to_string(),
        code: code.said(),
        most: MOST_TRIES,
        to,
    };
    Ok(Html(page.render()?))
}

/// Queues the mail and shows the code.
pub async fn send(visit: Visit, Path(number): Path<String>) -> Result<Html<String>, PageError> {
    let number = number_of(&number)?;
    let queued = delivery::send(&visit.site.context, visit.actor()?, &number).await?;
    page(&visit, &number, &queued.code, Some(queued.to.to_string()))
}

/// Shows a new code.
pub async fn renew(visit: Visit, Path(number): Path<String>) -> Result<Html<String>, PageError> {
    let number = number_of(&number)?;
    let code = delivery::renew(&visit.site.context, visit.actor()?, &number).await?;
    page(&visit, &number, &code, None)
}

/// Takes the link back.
pub async fn take_back(visit: Visit, Path(number): Path<String>) -> Result<Redirect, PageError> {
    let number = number_of(&number)?;
    delivery::take_back(&visit.site.context, visit.actor()?, &number).await?;
    Ok(Redirect::to(&format!("/sheets/{number}?done=shut")))
}
