//! Who opened what, for administrators: the latest first, narrowed to an account or
//! to a record's code. Nothing can be changed here, and to look is an entry as well.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::services::read_log::{self, COMMAND_LINE, Filter, Line};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number, percent_encoded, place_in_list, turning};
use crate::web::frame::Frame;

/// What narrows the page.
#[derive(Debug, Deserialize)]
pub struct Where {
    account: Option<String>,
    record: Option<String>,
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
}

#[derive(Template)]
#[template(path = "pages/admin/reads.html")]
struct Page {
    t: Words,
    frame: Frame,
    lines: Vec<(String, Line)>,
    paging: Paging,
    accounts: Vec<(String, String)>,
    account: String,
    record: String,
    kept: u32,
    head: String,
}

/// The page.
pub async fn get(visit: Visit, Query(at): Query<Where>) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let account = at.account.unwrap_or_default();
    let record: String = at.record.unwrap_or_default().trim().to_owned();
    let filter = Filter {
        account: account.parse().ok(),
        record: Some(record.clone()).filter(|code| !code.is_empty()),
    };
    let place = place_in_list(page_number(at.page), at.after, at.before);
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let shown = read_log::page(context, actor, &filter, &place).await?;
    let lines = shown.lines.into_iter().map(|mut line| {
        if line.who == COMMAND_LINE {
            line.who = words.get("reads-command").into_owned();
        }
        let when = words.moment(line.at.with_timezone(&Rome).naive_local());
        (when, line)
    });
    let all = (String::new(), words.get("reads-everybody").into_owned());
    let accounts = shown.accounts.into_iter();
    let accounts = accounts.map(|(id, name)| (id.to_string(), name));
    let page = Page {
        t: words,
        frame: visit.frame(),
        lines: lines.collect(),
        paging: Paging {
            first: format!(
                "/admin/reads?account={}&record={}&",
                percent_encoded(&account),
                percent_encoded(&record)
            ),
            page: shown.number,
            pages: shown.pages,
            total: shown.total,
            ends: shown
                .ends
                .map(|(first, last)| turning(&first, &last))
                .unwrap_or_default(),
        },
        accounts: std::iter::once(all).chain(accounts).collect(),
        account,
        record,
        kept: shown.kept_days,
        head: shown.head,
    };
    Ok(Html(page.render()?))
}
