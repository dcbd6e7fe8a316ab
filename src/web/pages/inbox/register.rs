//! A worker asks to be registered, or somebody for them, in one of eight languages: the notice,
//! then who writes for whom, a name, how to answer and a comune, each on a page of its own; all
//! of it to be looked through. An address is confirmed by its link; whoever left a number may
//! choose when to come, else the desk phones. The rest is asked in person. What was typed
//! stands in the pages, sealed, back and forth and in another language.

use askama::Template;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;

use super::joined::{done, over, reader, words_of};
use super::steps::{ALL, Step, is_own, place_in_words};
use crate::catalogue::{Language, Words};
use crate::domain::carried::{Carried, Opened};
use crate::domain::contact::ContactBy;
use crate::domain::family::Relation;
use crate::domain::informing::NoticeKind;
use crate::domain::invalid::Invalid;
use crate::domain::public_request::{InboxKind, Joining};
use crate::domain::reading::Fields as _;
use crate::domain::typed;
use crate::services::inbox::{ask, join};
use crate::services::informing::words::code_in_force;
use crate::services::{ServiceError, places};
use crate::storage::places::Desk;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed};
use crate::web::frame::Frame;
use crate::web::pages::about;
use crate::web::pages::registering::posted::{Cells, Posted};
use crate::web::pages::registering::questions::{self, Question, World};

#[derive(Template)]
#[template(path = "pages/register/begin.html")]
struct Begin {
    t: Words,
    frame: Frame,
    /// Tag and own name.
    languages: Vec<(&'static str, &'static str)>,
    notice: about::Given,
    /// Of whoever comes back to it: what was typed.
    sealed: String,
    /// Whether it is to be read once more.
    again: bool,
    desks: Vec<Desk>,
}

/// What it is, and the notice.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    first(&visit, visit.reader, String::new(), false).await
}

/// The page of the notice. `sealed`: what was typed before; empty where nothing was. `again`:
/// whether it is to be read once more.
async fn first(
    visit: &Visit,
    words: Words,
    sealed: String,
    again: bool,
) -> Result<Html<String>, PageError> {
    let page = Begin {
        t: words,
        frame: visit.frame(),
        languages: about::written(),
        notice: about::notice_for(visit, NoticeKind::Worker, words).await?,
        sealed,
        again,
        desks: places::desks(&visit.site.context).await?,
    };
    Ok(Html(page.render()?))
}

#[derive(Template)]
#[template(path = "pages/register/form.html")]
struct Page {
    t: Words,
    frame: Frame,
    step: &'static str,
    heading: String,
    place: String,
    sealed: String,
    /// Whether the last page is next.
    to_check: bool,
    /// Whose number and address are asked, where that may be mistaken; else empty.
    note: String,
    questions: Vec<Question>,
    comuni: Vec<String>,
    /// Field and words.
    problems: Vec<(String, String)>,
    languages: Vec<(&'static str, &'static str)>,
    desks: Vec<Desk>,
}

/// A line of the last page.
struct Row {
    label: String,
    value: String,
    /// The page on which it was said.
    step: &'static str,
}

#[derive(Template)]
#[template(path = "pages/register/check.html")]
struct Check {
    t: Words,
    frame: Frame,
    place: String,
    sealed: String,
    rows: Vec<Row>,
    by_phone: bool,
    /// Why it was not taken, though nothing is wrong with it.
    waits: String,
    languages: Vec<(&'static str, &'static str)>,
    desks: Vec<Desk>,
}

fn wrong_of(words: Words, column: &str) -> String {
    let key = match column {
        "relation" | "contact_by" => "links-join-wrong-choice",
        "email" => "links-join-wrong-email",
        "phone" => "links-join-wrong-phone",
        "comune" => "links-join-wrong-comune",
        _ => "links-join-wrong-name",
    };
    words.get(key).into_owned()
}

fn world(words: Words, desks: &[Desk]) -> World<'_> {
    World {
        words,
        desks,
        partners: &[],
        notices: &[],
    }
}

/// A page with its question, what was typed and what is wrong with it. `to_check`: whether
/// the last page is next.
async fn form(
    visit: &Visit,
    carried: &Carried,
    step: Step,
    to_check: bool,
    wrong: &[&'static str],
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let words = words_of(carried);
    let desks = places::desks(context).await?;
    let asked = wrong.iter().filter(|column| step.asks(column));
    let problems: Vec<Shown> = asked
        .map(|column| Shown {
            field: (*column).to_owned(),
            message: wrong_of(words, column),
        })
        .collect();
    let world = world(words, &desks);
    let posted = Posted::new(carried.answers.clone());
    let groups = questions::groups(&world, step.parts(), &posted, &problems);
    let is_theirs = step == Step::Contact && !is_own(carried);
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(!wrong.is_empty()),
        step: step.code(),
        heading: words.get(step.heading(carried)).into_owned(),
        place: place_in_words(words, step, carried),
        sealed: ask::seal(context, carried).await?,
        to_check,
        note: if is_theirs {
            words.get("links-join-contact-other").into_owned()
        } else {
            String::new()
        },
        problems: problems
            .into_iter()
            .map(|one| (one.field, one.message))
            .collect(),
        questions: groups.into_iter().flat_map(|one| one.questions).collect(),
        comuni: if step == Step::Place {
            questions::comuni_near(desks.first())
        } else {
            Vec::new()
        },
        languages: about::written(),
        desks,
    };
    let status = if wrong.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// A page as it stands, whichever it is.
async fn show(
    visit: &Visit,
    carried: &Carried,
    step: Step,
    to_check: bool,
) -> Result<Response, PageError> {
    match step {
        Step::Notice => {
            let sealed = ask::seal(&visit.site.context, carried).await?;
            let again = carried.notice.is_none();
            let page = first(visit, words_of(carried), sealed, again).await?;
            Ok(page.into_response())
        }
        Step::Check => Ok(check(visit, carried, false).await?.into_response()),
        _ => form(visit, carried, step, to_check, &[]).await,
    }
}

/// What was typed, for the reader of the columns.
fn said(visit: &Visit, carried: &Carried) -> Cells {
    let today = visit.site.context.today();
    Posted::new(carried.answers.clone()).read(ALL, today)
}

/// Every answer, with the page that it was given on.
fn rows(world: &World<'_>, carried: &Carried) -> Vec<Row> {
    let mut posted = Posted::new(carried.answers.clone());
    posted.set("comune", &[typed::comune(carried.first("comune"))]);
    let mut rows = Vec::new();
    for step in Step::way(carried) {
        for column in step.columns() {
            rows.push(Row {
                label: world.words.get(column.label).into_owned(),
                value: world.in_words(column, &posted),
                step: step.code(),
            });
        }
    }
    rows
}

/// All that was typed, to be looked through before it is sent.
async fn check(visit: &Visit, carried: &Carried, waits: bool) -> Result<Html<String>, PageError> {
    let context = &visit.site.context;
    let words = words_of(carried);
    let desks = places::desks(context).await?;
    let page = Check {
        t: words,
        frame: visit.frame(),
        place: place_in_words(words, Step::Check, carried),
        sealed: ask::seal(context, carried).await?,
        rows: rows(&world(words, &desks), carried),
        by_phone: carried.first("contact_by") != ContactBy::Email.code(),
        waits: if waits {
            words.get("links-join-wait").into_owned()
        } else {
            String::new()
        },
        languages: about::written(),
        desks,
    };
    Ok(Html(page.render()?))
}

/// The first page on which something is wrong; from there the last one is next.
async fn refused(
    visit: &Visit,
    carried: &Carried,
    invalid: &Invalid,
) -> Result<Response, PageError> {
    let wrong: Vec<&'static str> = invalid.0.iter().map(|one| one.field).collect();
    let mut way = Step::way(carried).into_iter();
    let is_wrong = |step: &Step| wrong.iter().any(|column| step.asks(column));
    let step = way.find(is_wrong).unwrap_or(Step::For);
    form(visit, carried, step, true, &wrong).await
}

/// Sends what was looked through.
async fn send(visit: &Visit, carried: &Carried) -> Result<Response, PageError> {
    let context = &visit.site.context;
    match join::send(context, carried, &said(visit, carried), &visit.network).await {
        Ok(ask::Sent::Done(_)) => done(visit, carried, None).await,
        Ok(ask::Sent::Waits { seconds }) => {
            let page = check(visit, carried, true).await?;
            let mut response = (StatusCode::TOO_MANY_REQUESTS, page).into_response();
            let after = HeaderValue::from(seconds);
            response.headers_mut().insert("retry-after", after);
            Ok(response)
        }
        Err(ServiceError::Invalid(invalid)) => refused(visit, carried, &invalid).await,
        Err(error) => Err(error.into()),
    }
}

/// The notice was read in a language: what it begins, or goes on with.
async fn begun(
    visit: &Visit,
    sent: &Typed,
    before: Option<Carried>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let version = code_in_force(context, NoticeKind::Worker).await?;
    let Some(language) = Language::from_written(sent.text("language")) else {
        return Ok(Redirect::to("/register").into_response());
    };
    let mut carried = before.unwrap_or_else(|| join::begin(context, language));
    language.tag().clone_into(&mut carried.language);
    if sent.text("notice") != version {
        // Another one holds since: nothing that was typed is lost by it.
        carried.notice = None;
        return show(visit, &carried, Step::Notice, false).await;
    }
    carried.notice = Some((version, context.now()));
    // Whoever had answered all of it goes on where it is looked through.
    let is_whole = Joining::read(&said(visit, &carried)).is_ok();
    let next = if is_whole { Step::Check } else { Step::For };
    show(visit, &carried, next, false).await
}

/// The page is of another day: the notice is read once more, and nothing that was typed is lost
/// by it. Of what was sent already, its number.
async fn reread(visit: &Visit, mut carried: Carried) -> Result<Response, PageError> {
    let context = &visit.site.context;
    if join::next(context, &carried).await?.is_some() {
        return done(visit, &carried, None).await;
    }
    carried.begun_at = context.now();
    carried.notice = None;
    show(visit, &carried, Step::Notice, false).await
}

/// Takes over what a page sent; which one it was. Pages of an earlier program, which stay open
/// while it is replaced, name none: the one that asked, asked for all, and the other showed it.
fn taken(carried: &mut Carried, sent: &Typed) -> Step {
    let mut unnamed = Step::Check;
    for name in Joining::COLUMNS {
        if let Some(value) = sent.get(name) {
            carried.set(name, std::iter::once(value));
            unnamed = Step::Place;
        }
    }
    let named = Step::parse(sent.text("step"));
    if named.is_none() {
        // They were for whoever looks for work, who was telephoned.
        let (own, phone) = (Relation::Oneself.code(), ContactBy::Phone.code());
        for (name, value) in [("relation", own), ("contact_by", phone)] {
            if carried.first(name).is_empty() {
                carried.set(name, std::iter::once(value));
            }
        }
    }
    named.unwrap_or(unnamed)
}

/// A page was answered: the next one, or the same with what is wrong.
async fn answered(
    visit: &Visit,
    carried: &Carried,
    step: Step,
    to_check: bool,
) -> Result<Response, PageError> {
    let problems = Joining::read(&said(visit, carried)).err();
    let next = step.next(carried);
    let is_last = to_check || next == Step::Check;
    let Some(invalid) = problems else {
        let next = if is_last { Step::Check } else { next };
        return show(visit, carried, next, false).await;
    };
    let fields = invalid.0.iter().map(|one| one.field);
    let wrong: Vec<&'static str> = fields.filter(|field| step.asks(field)).collect();
    if !wrong.is_empty() {
        return form(visit, carried, step, to_check, &wrong).await;
    }
    if next == Step::Filer && carried.first("filer_name").is_empty() {
        // Nobody has asked for it yet.
        return show(visit, carried, next, to_check).await;
    }
    if is_last {
        return refused(visit, carried, &invalid).await;
    }
    show(visit, carried, next, false).await
}

/// The notice was read, a page answered or left, or all of it is sent.
pub async fn post(
    visit: Visit,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let sent = Typed::of(pairs);
    let sealed = sent.text("carried");
    if sealed.is_empty() {
        return begun(&visit, &sent, None).await;
    }
    let (mut carried, old) = match ask::open(context, InboxKind::Worker, sealed).await? {
        Opened::Good(carried) => (carried, false),
        Opened::Old(carried) => (carried, true),
        Opened::Broken => return over(&visit, reader(&visit, &sent), None).await,
    };
    let step = taken(&mut carried, &sent);
    let go = sent.text("go");
    let language = Language::from_written(go);
    if let Some(language) = language {
        language.tag().clone_into(&mut carried.language);
    }
    if old {
        return reread(&visit, carried).await;
    }
    let to_check = sent.text("to") == Step::Check.code();
    if let Some(change) = Step::parse(sent.text("change")) {
        return show(&visit, &carried, change, true).await;
    }
    if language.is_some() {
        return show(&visit, &carried, step, to_check).await;
    }
    match (step, go) {
        (Step::Notice, _) => begun(&visit, &sent, Some(carried)).await,
        _ if carried.notice.is_none() => show(&visit, &carried, Step::Notice, false).await,
        (_, "back") if to_check => show(&visit, &carried, Step::Check, false).await,
        (step, "back") => show(&visit, &carried, step.before(&carried), false).await,
        (Step::Check, "send") => send(&visit, &carried).await,
        // The one button by which an earlier page led back.
        (Step::Check, "change") => show(&visit, &carried, Step::Name, true).await,
        (Step::Check, _) => show(&visit, &carried, Step::Check, false).await,
        (step, _) => answered(&visit, &carried, step, to_check).await,
    }
}
