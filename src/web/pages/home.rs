//! The first page after the sign-in: what there is, and the way to it.

use askama::Template;
use axum::response::Html;
use chrono_tz::Europe::Rome;

use crate::catalogue::Words;
use crate::domain::account::Access;
use crate::drawing::Picture;
use crate::services::access_report::weeks::{self, Weeks};
use crate::services::drafts;
use crate::services::lists::{self, Counts};
use crate::services::registering::Form;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;
use crate::web::pages::registering::address_of;

/// A form that was kept.
struct Kept {
    id: String,
    address: String,
    what: String,
    when: String,
}

#[derive(Template)]
#[template(path = "pages/home/home.html")]
struct Page {
    t: Words,
    frame: Frame,
    role: &'static str,
    /// None for whoever opens no records.
    counts: Option<Counts>,
    /// For readers: the weeks of this year and of the last.
    weeks: Option<(Weeks, Picture)>,
    drafts: Vec<Kept>,
}

/// The page.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let actor = visit.actor()?;
    let counts = if actor.works_at_a_desk() {
        Some(lists::counts(&visit.site.context, actor).await?)
    } else {
        None
    };
    let reads = counts.is_none() && Access::Reports.allows(Some(actor));
    let weeks = if reads {
        let weeks = weeks::weeks(&visit.site.context, actor).await?;
        let picture = weeks.picture(visit.words);
        Some((weeks, picture))
    } else {
        None
    };
    let drafts = if actor.works_at_a_desk() {
        drafts::unfinished(&visit.site.context, actor).await?
    } else {
        Vec::new()
    };
    let drafts = drafts.into_iter().map(|draft| kept(visit.words, draft));
    let page = Page {
        drafts: drafts.collect(),
        weeks,
        t: visit.words,
        frame: visit.frame(),
        role: actor.role.code(),
        counts,
    };
    Ok(Html(page.render()?))
}

fn kept(words: Words, draft: drafts::Draft) -> Kept {
    let form = Form::parse(&draft.form).unwrap_or(Form::Worker);
    let address = address_of(form, draft.record.as_deref());
    Kept {
        address: format!("{address}?draft={}", draft.id),
        what: match &draft.record {
            Some(code) => words.with("draft-of", &[("code", code)]),
            None => words.code("draft-new", form.code()).into_owned(),
        },
        when: words.moment(draft.kept_at.with_timezone(&Rome).naive_local()),
        id: draft.id,
    }
}
