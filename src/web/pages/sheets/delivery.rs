//! A sheet's way to the family by mail: sent, with a code that is shown here once
//! and nowhere else; a new code; taken back.

use askama::Template;
use axum::extract::Path;
use axum::response::{Html, Redirect};

use super::record::number_of;
use crate::catalogue::Words;
use crate::domain::delivery::{Code, MOST_TRIES};
use crate::domain::ids::SheetNumber;
use crate::services::delivery::{self, Queued};
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

/// A sheet that was issued with its mail: the code that goes with it.
pub(super) fn issued(
    visit: &Visit,
    number: &SheetNumber,
    queued: &Queued,
) -> Result<Html<String>, PageError> {
    let told = visit
        .words
        .with("sheet-issued-mail-notice", &[("number", &number.as_str())]);
    let frame = visit.frame().with_notice(Some(told));
    page(
        visit,
        frame,
        number,
        &queued.code,
        Some(queued.to.to_string()),
    )
}

fn page(
    visit: &Visit,
    frame: Frame,
    number: &SheetNumber,
    code: &Code,
    to: Option<String>,
) -> Result<Html<String>, PageError> {
    let page = Page {
        t: visit.words,
        frame,
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
    let to = Some(queued.to.to_string());
    page(&visit, visit.frame(), &number, &queued.code, to)
}

/// Shows a new code.
pub async fn renew(visit: Visit, Path(number): Path<String>) -> Result<Html<String>, PageError> {
    let number = number_of(&number)?;
    let code = delivery::renew(&visit.site.context, visit.actor()?, &number).await?;
    page(&visit, visit.frame(), &number, &code, None)
}

/// Takes the link back.
pub async fn take_back(visit: Visit, Path(number): Path<String>) -> Result<Redirect, PageError> {
    let number = number_of(&number)?;
    delivery::take_back(&visit.site.context, visit.actor()?, &number).await?;
    Ok(Redirect::to(&format!("/sheets/{number}?done=shut")))
}
