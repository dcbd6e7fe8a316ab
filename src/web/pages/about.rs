//! What everybody may read of the service, in eight languages: what it is, what happens to
//! data, which cookies there are, how accessible it is. Texts and facts only: nothing is asked
//! and nothing is kept here.

use std::borrow::Cow;

use askama::Template;
use axum::response::Html;
use chrono::NaiveDate;

use crate::catalogue::{Language, Words};
use crate::domain::criterion::{self, Criterion};
use crate::domain::duty::{self, Duty};
use crate::domain::informing::NoticeKind;
use crate::services::appointments::hours::{self, Open};
use crate::services::informing::words::{Notice, in_force};
use crate::services::{places, sentences};
use crate::storage::places::Desk;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;
use crate::web::pages::appointments::day_in_words;
use crate::web::pages::appointments::hours::in_words;

/// Every cookie of the site: code and name. A test holds the list against the code
/// that sets them.
const COOKIES: [(&str, &str); 11] = [
    ("session", "__Host-dom, dom"),
    ("language", "dom-language"),
    ("password", "__Host-dom-password-link, dom-password-link"),
    ("provider", "__Host-dom-provider, dom-provider"),
    ("accesses", "dom-accesses"),
    ("sheet-link", "dom-sheet-link"),
    ("sheet-open", "dom-sheet-open"),
    ("mine", "dom-mine-…"),
    ("names", "dom-names-…"),
    ("survey", "dom-survey-…"),
    ("ask-confirm", "dom-ask-confirm"),
];

/// A desk, where it is and when it receives people.
struct Place {
    desk: Desk,
    /// Day and times; none where whoever wants to know has to telephone.
    hours: Vec<(String, String)>,
    /// Days, one after the other.
    closed: String,
}

fn place(words: Words, open: Open) -> Place {
    let hours = open.hours.as_ref();
    let closed = open.closed.iter().map(|day| day_in_words(words, *day));
    Place {
        hours: hours.map_or_else(Vec::new, |hours| in_words(words, hours)),
        closed: closed.collect::<Vec<_>>().join(sentences::comma(words)),
        desk: open.desk,
    }
}

#[derive(Template)]
#[template(path = "pages/about/service.html")]
struct Service {
    t: Words,
    frame: Frame,
    desks: Vec<Place>,
    /// What is asked of whoever hires.
    duties: Vec<DutyTold>,
    /// Tag and own name.
    languages: Vec<(&'static str, &'static str)>,
    /// Whether families are asked in the language too.
    is_of_screens: bool,
}

/// A duty, with its source and the Italian of it where nobody who speaks the language has read
/// it yet.
struct DutyTold {
    text: String,
    source: String,
    italian: Option<String>,
}

fn told(words: Words, one: &Duty) -> DutyTold {
    let key = format!("duty-{}", one.code);
    let date = words.date(one.valid_from);
    let source = words.isolated(&one.source);
    DutyTold {
        text: words.code("duty", &one.code).into_owned(),
        source: words.with("duty-source", &[("source", &source), ("date", &date)]),
        italian: words.beside(&key).map(Cow::into_owned),
    }
}

/// The languages in which people are asked: tag and own name.
pub fn written() -> Vec<(&'static str, &'static str)> {
    Language::WRITTEN.map(Language::named).into()
}

/// What the service is, and where.
pub async fn service(visit: Visit) -> Result<Html<String>, PageError> {
    let (words, context) = (visit.reader, &visit.site.context);
    let duties = duty::in_force(context.today()).into_iter();
    let page = Service {
        t: words,
        frame: visit.frame_of_reader().without_languages(),
        desks: hours::everywhere(context)
            .await?
            .into_iter()
            .map(|one| place(words, one))
            .collect(),
        duties: duties.map(|one| told(words, one)).collect(),
        languages: written(),
        is_of_screens: visit.foreign_reader().is_none(),
    };
    Ok(Html(page.render()?))
}

#[derive(Template)]
#[template(path = "pages/about/cookies.html")]
struct Cookies {
    t: Words,
    frame: Frame,
    languages: Vec<(&'static str, &'static str)>,
    listed: &'static [(&'static str, &'static str)],
}

/// The cookies, all technical.
pub async fn cookies(visit: Visit) -> Result<Html<String>, PageError> {
    let page = Cookies {
        t: visit.reader,
        frame: visit.frame_of_reader().without_languages(),
        languages: written(),
        listed: &COOKIES,
    };
    Ok(Html(page.render()?))
}

#[derive(Template)]
#[template(path = "pages/about/accessibility.html")]
struct Accessibility {
    t: Words,
    frame: Frame,
    languages: Vec<(&'static str, &'static str)>,
    desks: Vec<Desk>,
    feedback: Option<String>,
    statement: Option<String>,
    /// When the declaration was looked through.
    reviewed: String,
}

/// How accessible the site is, what is missing, and whom to tell.
pub async fn accessibility(visit: Visit) -> Result<Html<String>, PageError> {
    let set = visit.site.accessibility.clone();
    let words = visit.reader;
    let page = Accessibility {
        t: words,
        frame: visit.frame_of_reader().without_languages(),
        languages: written(),
        desks: places::desks(&visit.site.context).await?,
        feedback: set.feedback,
        statement: set.statement,
        reviewed: reviewed(words, set.reviewed_on),
    };
    Ok(Html(page.render()?))
}

/// When the declaration was looked through; nothing where nobody says.
fn reviewed(words: Words, day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| {
        words.with("about-access-reviewed", &[("date", &words.date(day))])
    })
}

/// A criterion on the sheet by which the body looks for itself how accessible its pages are.
struct Checked {
    clause: String,
    name: &'static str,
    level: &'static str,
    /// A code of `domain::criterion::Known`.
    known: &'static str,
    /// The tests that prove a part of it, in words.
    tests: String,
    to_try: &'static str,
}

fn checked(words: Words, one: &'static Criterion) -> Checked {
    let (name, to_try) = if words.language() == Language::It {
        (&one.name_it, &one.try_it)
    } else {
        (&one.name_en, &one.try_en)
    };
    let tests = one.tests().map(|code| words.code("about-check-test", code));
    Checked {
        clause: one.clause(),
        name,
        level: &one.level,
        known: one.known.code(),
        tests: tests.collect::<Vec<_>>().join("; "),
        to_try,
    }
}

#[derive(Template)]
#[template(path = "pages/about/check.html")]
struct Check {
    t: Words,
    frame: Frame,
    owner: String,
    /// The program and its version.
    program: &'static str,
    feedback: Option<String>,
    statement: Option<String>,
    /// When the declaration was looked through.
    reviewed: String,
    rows: Vec<Checked>,
    /// Code and place of each test.
    tests: &'static [(&'static str, &'static str)],
}

/// The sheet of self-assessment, filled in as far as the tests know: to be printed,
/// completed by whoever tries the pages, and signed.
pub async fn check(visit: Visit) -> Result<Html<String>, PageError> {
    let set = visit.site.accessibility.clone();
    let words = visit.words;
    let rows = Criterion::all().iter().map(|one| checked(words, one));
    let page = Check {
        t: words,
        frame: visit.frame(),
        owner: visit.site.owner.clone(),
        program: concat!("DOM ", env!("CARGO_PKG_VERSION")),
        feedback: set.feedback,
        statement: set.statement,
        reviewed: reviewed(words, set.reviewed_on),
        rows: rows.collect(),
        tests: &criterion::TESTS,
    };
    Ok(Html(page.render()?))
}

/// A text, with the language it is in and how that is written.
struct Spelt {
    text: String,
    tag: &'static str,
    direction: &'static str,
}

/// A notice to be read: heading, day, and each paragraph with the Italian beneath where nobody who
/// speaks the language has read it yet.
struct NoticeShown {
    heading: Spelt,
    date: String,
    tag: &'static str,
    direction: &'static str,
    paragraphs: Vec<(String, Option<String>)>,
}

#[derive(Template)]
#[template(path = "pages/about/privacy.html")]
struct Privacy {
    t: Words,
    frame: Frame,
    owner: String,
    /// Tag and own name.
    languages: Vec<(&'static str, &'static str)>,
    notices: Vec<NoticeShown>,
}

fn title(kind: NoticeKind, language: Language) -> Spelt {
    let key = match kind {
        NoticeKind::Worker => "paper-title-notice_worker",
        NoticeKind::Family => "paper-title-notice_family",
        NoticeKind::CareRecipient => "notice-title-care_recipient",
        NoticeKind::Contact => "notice-title-contact",
    };
    Spelt {
        text: Words::new(language).get(key).into_owned(),
        tag: language.tag(),
        direction: language.direction(),
    }
}

fn shown(words: Words, notice: &Notice) -> NoticeShown {
    let language = notice.language(words.language());
    let date = words.date(notice.valid_from);
    NoticeShown {
        heading: title(notice.kind, language),
        date: words.with("notice-version-of", &[("date", &date)]),
        tag: language.tag(),
        direction: language.direction(),
        paragraphs: notice.paragraphs(language),
    }
}

/// A notice that somebody is given before asking.
#[derive(Default)]
pub struct Given {
    /// Its name, under which it is recorded that they had it.
    pub code: String,
    /// The language that it is in, and how that is written.
    pub tag: &'static str,
    pub direction: &'static str,
    /// Each paragraph with the Italian beneath where nobody who speaks the language has read
    /// it yet.
    pub paragraphs: Vec<(String, Option<String>)>,
}

/// The notice in force for somebody of a kind.
pub async fn notice_for(visit: &Visit, kind: NoticeKind, words: Words) -> Result<Given, PageError> {
    let notices = in_force(&visit.site.context).await?;
    let notice = notices.into_iter().find(|notice| notice.kind == kind);
    Ok(notice.map_or_else(Given::default, |notice| {
        let language = notice.language(words.language());
        Given {
            tag: language.tag(),
            direction: language.direction(),
            paragraphs: notice.paragraphs(language),
            code: notice.code,
        }
    }))
}

/// What happens to data: the notices in force, as they are given on paper.
pub async fn privacy(visit: Visit) -> Result<Html<String>, PageError> {
    let words = visit.reader;
    let notices = in_force(&visit.site.context).await?;
    let notices = notices.iter().map(|notice| shown(words, notice));
    let page = Privacy {
        t: words,
        frame: visit.frame_of_reader().without_languages(),
        owner: visit.site.owner.clone(),
        languages: written(),
        notices: notices.collect(),
    };
    Ok(Html(page.render()?))
}
