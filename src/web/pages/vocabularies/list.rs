//! Which lists there are.

use askama::Template;
use axum::response::Html;

use crate::catalogue::Words;
use crate::domain::access::vocabulary::Field;
use crate::services::vocabularies;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

struct Line {
    code: &'static str,
    in_use: usize,
    retired: usize,
}

#[derive(Template)]
#[template(path = "pages/vocabularies/list.html")]
struct Page {
    t: Words,
    frame: Frame,
    lines: Vec<Line>,
}

/// The page.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let context = &visit.site.context;
    let vocabulary = vocabularies::load(context, visit.actor()?).await?;
    let today = context.today();
    let line = |field: Field| {
        let in_use = vocabulary.usable(field, today).count();
        Line {
            code: field.code(),
            in_use,
            retired: vocabulary.of(field).count() - in_use,
        }
    };
    let page = Page {
        t: visit.words,
        frame: visit.frame(),
        lines: Field::ALL.into_iter().map(line).collect(),
    };
    Ok(Html(page.render()?))
}
