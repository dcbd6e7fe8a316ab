//! The first page after the sign-in: what there is, and the way to it.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::account::{Access, Role};
use crate::drawing::Picture;
use crate::services::access_report::weeks::{self, Weeks};
use crate::services::backups::policy::standing;
use crate::services::drafts;
use crate::services::lists::{self, Counts};
use crate::services::registering::Form;
use crate::services::tour;
use crate::services::waiting::Scope;
use crate::services::waiting::lists::{Beginning, beginnings};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;
use crate::web::pages::admin::backups::{InWords, in_words};
use crate::web::pages::registering::address_of;
use crate::web::pages::waits::{self, WaitLine};

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
    /// Whether the tour is offered.
    tour: bool,
    /// None for whoever opens no records.
    counts: Option<Counts>,
    drafts: Vec<Kept>,
    thrown: Vec<Kept>,
    /// For readers: the weeks of this year and of the last.
    weeks: Option<(Weeks, Picture)>,
    /// Code, name and whether it is the one shown.
    scopes: Vec<(&'static str, String, bool)>,
    waits: Vec<Wait>,
    /// For administrators, where this program makes copies.
    copies: Option<InWords>,
}

/// What waits for one reason.
struct Wait {
    heading: String,
    lines: Vec<WaitLine>,
    /// The whole list, where it is longer.
    more: Option<WaitLine>,
}

/// Whose work an address asks for.
#[derive(Debug, Default, Deserialize)]
pub struct Whose {
    whose: Option<String>,
}

/// The page.
pub async fn get(visit: Visit, Query(asked): Query<Whose>) -> Result<Html<String>, PageError> {
    let actor = visit.actor()?;
    let scope = scope_of(asked.whose.as_deref());
    let waits = if actor.works_at_a_desk() {
        let beginnings = beginnings(&visit.site.context, actor, scope).await?;
        in_sections(visit.words, beginnings, scope)
    } else {
        Vec::new()
    };
    let counts = if actor.works_at_a_desk() {
        Some(lists::counts(&visit.site.context, actor).await?)
    } else {
        None
    };
    let tour = counts.is_some() && tour::is_offered(&visit.site.context, actor).await?;
    let reads = counts.is_none() && Access::Reports.allows(Some(actor));
    let weeks = if reads {
        let weeks = weeks::weeks(&visit.site.context, actor).await?;
        let picture = weeks.picture(visit.words);
        Some((weeks, picture))
    } else {
        None
    };
    let (drafts, thrown) = if actor.works_at_a_desk() {
        drafts::unfinished(&visit.site.context, actor).await?
    } else {
        (Vec::new(), Vec::new())
    };
    let kept = |draft| kept(visit.words, draft);
    let copies = if actor.role == Role::Administrator {
        standing(&visit.site.context).await?
    } else {
        None
    };
    let page = Page {
        copies: copies.map(|copies| in_words(visit.words, &copies)),
        drafts: drafts.into_iter().map(kept).collect(),
        thrown: thrown.into_iter().map(kept).collect(),
        weeks,
        scopes: Scope::ALL
            .map(|one| {
                let name = visit.words.code("home-scope", one.code()).into_owned();
                (one.code(), name, one == scope)
            })
            .into(),
        waits,
        t: visit.words,
        frame: visit.frame(),
        role: actor.role.code(),
        tour,
        counts,
    };
    Ok(Html(page.render()?))
}

/// The scope of a code; the desk's where nothing is said.
pub(super) fn scope_of(code: Option<&str>) -> Scope {
    let mut all = Scope::ALL.into_iter();
    all.find(|scope| Some(scope.code()) == code)
        .unwrap_or(Scope::Desk)
}

/// The fields that say whom a new record is about: a person's names, a request's family.
const ABOUT_WHOM: [&str; 3] = ["given_name", "family_name", "family"];

/// What was typed into a field so far.
fn typed<'a>(draft: &'a drafts::Draft, field: &str) -> Option<&'a str> {
    let found = draft.fields.iter().find(|(name, _)| name == field);
    let value = found.map(|(_, value)| value.trim());
    value.filter(|value| !value.is_empty())
}

fn kept(words: Words, draft: drafts::Draft) -> Kept {
    let form = Form::parse(&draft.form).unwrap_or(Form::Worker);
    let address = address_of(form, draft.record.as_deref());
    Kept {
        address: format!("{address}?draft={}", draft.id),
        what: if let Some(code) = &draft.record {
            words.with("draft-of", &[("code", code)])
        } else {
            let new = words.code("draft-new", form.code());
            let about = ABOUT_WHOM.iter().filter_map(|field| typed(&draft, field));
            let about = about.collect::<Vec<_>>().join(" ");
            let parts = [&*new, about.as_str()];
            let said = parts.into_iter().filter(|part| !part.is_empty());
            said.collect::<Vec<_>>().join(", ")
        },
        when: words.moment(draft.kept_at.with_timezone(&Rome).naive_local()),
        id: draft.id,
    }
}

/// What waits, the most pressing first; what does not wait is left out.
fn in_sections(words: Words, beginnings: Vec<Beginning>, scope: Scope) -> Vec<Wait> {
    let wait = |one: Beginning| {
        let more = one.is_longer().then(|| WaitLine {
            href: format!("/waiting/{}?whose={}", one.list.code(), scope.code()),
            text: words.with("wait-all", &[("count", &one.total)]),
        });
        Wait {
            heading: waits::heading(words, one.list, one.days),
            lines: waits::in_words(words, one.list, one.lines),
            more,
        }
    };
    let all = beginnings.into_iter().map(wait);
    all.filter(|wait| !wait.lines.is_empty()).collect()
}
