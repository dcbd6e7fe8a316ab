//! What stands out in the log of who opened what: a question for whoever looks after
//! privacy, with the way to the lines it is made of.

use askama::Template;
use axum::response::Html;

use crate::catalogue::Words;
use crate::domain::setting::Setting;
use crate::domain::unusual::Kind;
use crate::services::read_log::{self, LOOKED_BACK, Noticed};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// A line of the page.
struct Line {
    when: String,
    who: String,
    what: String,
    /// Where the openings of the account stand.
    of: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/admin/unusual.html")]
struct Page {
    t: Words,
    frame: Frame,
    lines: Vec<Line>,
    text: String,
}

/// The page.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let context = &visit.site.context;
    let (noticed, numbers) = read_log::noticed(context, visit.actor()?).await?;
    let now = |setting| numbers.on(setting, context.today());
    let page = Page {
        t: words,
        frame: visit.frame(),
        lines: noticed.into_iter().map(|one| line(words, one)).collect(),
        text: words.with(
            "unusual-text",
            &[
                ("days", &LOOKED_BACK),
                ("most", &now(Setting::ReadsHour)),
                ("evening", &now(Setting::NightBegins)),
                ("morning", &now(Setting::NightEnds)),
                ("rows", &now(Setting::LongList)),
            ],
        ),
    };
    Ok(Html(page.render()?))
}

fn line(words: Words, one: Noticed) -> Line {
    let count = one.what.count;
    let who = match one.account {
        Some(_) => one.name,
        None => words.get("reads-command").into_owned(),
    };
    Line {
        when: words.moment(one.what.at),
        who,
        what: match one.what.kind {
            Kind::Many => words.count("unusual-many", count),
            Kind::Night => words.count("unusual-night", count),
            Kind::Export => words.count("unusual-export", count),
        },
        of: one.account.map(|id| format!("/admin/reads?account={id}")),
    }
}
