//! Everything that administrators decide by dated rows, with the way to each.

use askama::Template;
use axum::response::Html;

use crate::catalogue::Words;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// Address, title and a sentence of each.
const POLICIES: [(&str, &str, &str); 10] = [
    ("/admin/weights", "weights-title", "policies-weights"),
    ("/admin/minimums", "minimums-title", "policies-minimums"),
    ("/admin/notices", "notices-page-title", "policies-notices"),
    ("/admin/retention", "retention-title", "policies-retention"),
    (
        "/admin/thresholds",
        "thresholds-title",
        "policies-thresholds",
    ),
    ("/admin/waves", "waves-title", "policies-waves"),
    ("/admin/factors", "factors-title", "policies-factors"),
    ("/admin/sign-in", "local-title", "policies-local"),
    ("/admin/reads/kept", "kept-title", "policies-kept"),
    (
        "/admin/backups/rules",
        "backups-rules-title",
        "policies-backups",
    ),
];

struct Line {
    address: &'static str,
    title: String,
    text: String,
}

#[derive(Template)]
#[template(path = "pages/admin/policies.html")]
struct Page {
    t: Words,
    frame: Frame,
    lines: Vec<Line>,
}

/// The page.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let line = |(address, title, text): (&'static str, &str, &str)| Line {
        address,
        title: words.get(title).into_owned(),
        text: words.get(text).into_owned(),
    };
    let page = Page {
        t: words,
        frame: visit.frame(),
        lines: POLICIES.map(line).into(),
    };
    Ok(Html(page.render()?))
}
