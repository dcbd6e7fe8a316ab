//! Who is told of a sheet: by mail, or by a text to copy, each in their language.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;

use crate::catalogue::Words;
use crate::domain::ids::SheetNumber;
use crate::services::notices;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

struct Line {
    id: String,
    name: String,
    phone: String,
    is_family: bool,
    by_mail: bool,
    text: String,
    language: &'static str,
    direction: &'static str,
}

#[derive(Template)]
#[template(path = "pages/sheets/notices.html")]
struct Page {
    t: Words,
    frame: Frame,
    number: String,
    lines: Vec<Line>,
}

/// The page.
pub async fn get(visit: Visit, Path(number): Path<String>) -> Result<Html<String>, PageError> {
    let number = SheetNumber::from_paper(&number).map_err(|_| PageError::NotFound)?;
    let told = notices::of_sheet(&visit.site.context, visit.actor()?, &number).await?;
    let lines = told.into_iter().zip(1..).map(|(one, at): (_, u32)| Line {
        id: format!("text-{at}"),
        name: one.name,
        phone: one.phone,
        is_family: one.is_family,
        by_mail: one.by_mail,
        text: one.text,
        language: one.language.tag(),
        direction: one.language.direction(),
    });
    let page = Page {
        t: visit.words,
        frame: visit.frame(),
        number: number.to_string(),
        lines: lines.collect(),
    };
    Ok(Html(page.render()?))
}
