//! What everybody may read of the service: what it is, what happens to data, which
//! cookies there are, how accessible it is. Texts and facts only: nothing is asked
//! and nothing is kept here.

use askama::Template;
use axum::extract::Query;
use axum::response::Html;
use serde::Deserialize;

use crate::catalogue::{Language, Words};
use crate::domain::duty;
use crate::domain::language::Language as Spoken;
use crate::domain::notice::Notice;
use crate::services::places;
use crate::storage::places::Desk;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;

/// Every cookie of the site: code and name. A test holds the list against the code
/// that sets them.
const COOKIES: [(&str, &str); 8] = [
    ("session", "__Host-dom, dom"),
    ("language", "dom-language"),
    ("password", "dom-password-link"),
    ("accesses", "dom-accesses"),
    ("sheet-link", "dom-sheet-link"),
    ("sheet-open", "dom-sheet-open"),
    ("mine", "dom-mine-…"),
    ("names", "dom-names-…"),
];

#[derive(Template)]
#[template(path = "pages/about/service.html")]
struct Service {
    t: Words,
    frame: Frame,
    desks: Vec<Desk>,
    /// What is asked of whoever hires, each with its source.
    duties: Vec<(String, String)>,
}

/// What the service is, and where.
pub async fn service(visit: Visit) -> Result<Html<String>, PageError> {
    let (words, context) = (visit.words, &visit.site.context);
    let duties = duty::in_force(context.today()).into_iter().map(|one| {
        let date = words.date(one.valid_from);
        let source = words.with("duty-source", &[("source", &one.source), ("date", &date)]);
        (words.code("duty", &one.code).into_owned(), source)
    });
    let page = Service {
        t: words,
        frame: visit.frame(),
        desks: places::desks(context).await?,
        duties: duties.collect(),
    };
    Ok(Html(page.render()?))
}

#[derive(Template)]
#[template(path = "pages/about/cookies.html")]
struct Cookies {
    t: Words,
    frame: Frame,
    listed: &'static [(&'static str, &'static str)],
}

/// The cookies, all technical.
pub async fn cookies(visit: Visit) -> Result<Html<String>, PageError> {
    let page = Cookies {
        t: visit.words,
        frame: visit.frame(),
        listed: &COOKIES,
    };
    Ok(Html(page.render()?))
}

#[derive(Template)]
#[template(path = "pages/about/accessibility.html")]
struct Accessibility {
    t: Words,
    frame: Frame,
    desks: Vec<Desk>,
}

/// How accessible the site is, what is missing, and whom to tell.
pub async fn accessibility(visit: Visit) -> Result<Html<String>, PageError> {
    let page = Accessibility {
        t: visit.words,
        frame: visit.frame(),
        desks: places::desks(&visit.site.context).await?,
    };
    Ok(Html(page.render()?))
}

/// The language of a notice.
#[derive(Debug, Default, Deserialize)]
pub struct Wanted {
    language: Option<String>,
}

/// A notice: heading, and each paragraph with the Italian beneath where nobody who
/// speaks the language has read it yet.
struct Told {
    heading: String,
    paragraphs: Vec<(String, Option<String>)>,
}

#[derive(Template)]
#[template(path = "pages/about/privacy.html")]
struct Privacy {
    t: Words,
    frame: Frame,
    owner: String,
    version: String,
    /// Tag and own name.
    languages: Vec<(&'static str, &'static str)>,
    tag: &'static str,
    direction: &'static str,
    notices: Vec<Told>,
}

const WORKER: [&str; 7] = [
    "notice-who",
    "notice-why",
    "notice-worker-what",
    "notice-worker-never",
    "notice-worker-seen",
    "notice-asked",
    "notice-rights",
];
const FAMILY: [&str; 6] = [
    "notice-who",
    "notice-why",
    "notice-family-what",
    "notice-family-seen",
    "notice-asked",
    "notice-rights",
];

fn told(words: Words, heading: &str, keys: &[&str]) -> Told {
    let italian = Words::new(Language::It);
    Told {
        heading: words.get(heading).into_owned(),
        paragraphs: keys
            .iter()
            .map(|key| {
                let own = words.get(key).into_owned();
                let beneath = (!words.is_reviewed(key)).then(|| italian.get(key).into_owned());
                (own, beneath)
            })
            .collect(),
    }
}

/// What happens to data: the notices that are given on paper, in the language that
/// somebody chooses.
pub async fn privacy(
    visit: Visit,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, PageError> {
    let wanted = wanted.language.unwrap_or_default();
    let mut written = Language::WRITTEN.into_iter();
    let language = written
        .find(|one| one.tag() == wanted)
        .unwrap_or(visit.words.language());
    let named = Language::WRITTEN.into_iter().filter_map(|one| {
        let spoken = Spoken::by_code(one.tag())?;
        Some((one.tag(), spoken.endonym()))
    });
    let words = Words::new(language);
    let page = Privacy {
        t: visit.words,
        frame: visit.frame(),
        owner: visit.site.owner.clone(),
        version: visit.words.date(Notice::latest().valid_from()),
        languages: named.collect(),
        tag: language.tag(),
        direction: language.direction(),
        notices: vec![
            told(words, "paper-title-notice_worker", &WORKER),
            told(words, "paper-title-notice_family", &FAMILY),
        ],
    };
    Ok(Html(page.render()?))
}
