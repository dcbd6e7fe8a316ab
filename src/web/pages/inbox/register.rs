//! A worker asks to be registered, in one of eight languages: the notice, then a name, a
//! number and a comune; all of it to be looked through; and, for whoever wants to, when to
//! come. Else the desk phones. The rest is asked in person.

use askama::Template;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;

use crate::catalogue::{Language, Words};
use crate::domain::carried::{Carried, Opened};
use crate::domain::informing::NoticeKind;
use crate::domain::invalid::Invalid;
use crate::domain::public_request::{InboxKind, Joining, LOOKED_WITHIN};
use crate::domain::typed;
use crate::services::inbox::ask;
use crate::services::inbox::join;
use crate::services::informing::words::code_in_force;
use crate::services::links::appointment::Choice;
use crate::services::{ServiceError, places};
use crate::storage::places::Desk;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Typed;
use crate::web::frame::Frame;
use crate::web::pages::about;
use crate::web::pages::appointments::{FreeDay, OwnLine, free_days, place_of};

#[derive(Template)]
#[template(path = "pages/register/begin.html")]
struct Begin {
    t: Words,
    frame: Frame,
    /// Tag and own name.
    languages: Vec<(&'static str, &'static str)>,
    notice: about::Given,
    desks: Vec<Desk>,
}

/// What it is, and the notice.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let words = visit.reader;
    let notice = about::notice_for(&visit, NoticeKind::Worker, words).await?;
    let page = Begin {
        t: words,
        frame: visit.frame(),
        languages: about::written(),
        notice,
        desks: places::desks(&visit.site.context).await?,
    };
    Ok(Html(page.render()?))
}

/// A question as its template draws it.
struct Field {
    name: &'static str,
    label: String,
    kind: &'static str,
    value: String,
    error: String,
}

#[derive(Template)]
#[template(path = "pages/register/form.html")]
struct Page {
    t: Words,
    frame: Frame,
    sealed: String,
    fields: Vec<Field>,
    /// Field and words.
    problems: Vec<(String, String)>,
    desks: Vec<Desk>,
}

#[derive(Template)]
#[template(path = "pages/register/check.html")]
struct Check {
    t: Words,
    frame: Frame,
    sealed: String,
    /// Question and answer.
    facts: Vec<(String, String)>,
    /// Why it was not taken, though nothing is wrong with it.
    waits: String,
    desks: Vec<Desk>,
}

fn label_of(column: &str) -> (&'static str, &'static str) {
    match column {
        "given_name" => ("fact-given-name", "text"),
        "family_name" => ("fact-family-name", "text"),
        "phone" => ("fact-phone", "tel"),
        _ => ("fact-comune", "text"),
    }
}

fn wrong_of(words: Words, column: &str) -> String {
    let key = match column {
        "phone" => "links-join-wrong-phone",
        "comune" => "links-join-wrong-comune",
        _ => "links-join-wrong-name",
    };
    words.get(key).into_owned()
}

fn words_of(carried: &Carried) -> Words {
    Words::new(Language::from_written(&carried.language).unwrap_or_default())
}

/// The form, with what was typed and what is wrong with it.
async fn form(
    visit: &Visit,
    carried: &Carried,
    wrong: &[&'static str],
) -> Result<Html<String>, PageError> {
    let context = &visit.site.context;
    let words = words_of(carried);
    let fields = Joining::COLUMNS.map(|name| {
        let (label, kind) = label_of(name);
        let is_wrong = wrong.contains(&name);
        Field {
            name,
            label: words.get(label).into_owned(),
            kind,
            value: carried.first(name).to_owned(),
            error: if is_wrong {
                wrong_of(words, name)
            } else {
                String::new()
            },
        }
    });
    let problems = fields.iter().filter(|field| !field.error.is_empty());
    let problems = problems.map(|field| (field.name.to_owned(), field.error.clone()));
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(!wrong.is_empty()),
        sealed: ask::seal(context, carried).await?,
        problems: problems.collect(),
        fields: fields.into(),
        desks: places::desks(context).await?,
    };
    Ok(Html(page.render()?))
}

/// What was typed, for the reader of the columns.
fn said(carried: &Carried) -> Typed {
    let comune = typed::comune(carried.first("comune"));
    Typed::of(carried.answers.clone()).with("comune", comune)
}

/// All that was typed, to be looked through before it is sent.
async fn check(visit: &Visit, carried: &Carried, waits: bool) -> Result<Html<String>, PageError> {
    let context = &visit.site.context;
    let (words, said) = (words_of(carried), said(carried));
    let facts = Joining::COLUMNS.map(|name| {
        let label = words.get(label_of(name).0).into_owned();
        (label, said.text(name).to_owned())
    });
    let page = Check {
        t: words,
        frame: visit.frame(),
        sealed: ask::seal(context, carried).await?,
        facts: facts.into(),
        waits: if waits {
            words.get("links-join-wait").into_owned()
        } else {
            String::new()
        },
        desks: places::desks(context).await?,
    };
    Ok(Html(page.render()?))
}

/// The form again, with what is wrong.
async fn refused(
    visit: &Visit,
    carried: &Carried,
    invalid: &Invalid,
) -> Result<Response, PageError> {
    let wrong: Vec<&'static str> = invalid.0.iter().map(|one| one.field).collect();
    let page = form(visit, carried, &wrong).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

#[derive(Template)]
#[template(path = "pages/register/done.html")]
struct Done {
    t: Words,
    frame: Frame,
    /// None where nothing was sent.
    number: Option<String>,
    text: String,
    desks: Vec<Desk>,
    sealed: String,
    /// When they come, and where to.
    own: Option<OwnLine>,
    /// Of what is offered.
    place: String,
    days: Vec<FreeDay>,
    problems: Vec<(String, String)>,
}

/// The page after the form: its number, and when to come. `wrong`: why what was chosen is not
/// to be had.
async fn done(
    visit: &Visit,
    carried: &Carried,
    wrong: Option<&str>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let words = words_of(carried);
    let Some(next) = join::next(context, carried).await? else {
        return over(visit, words).await;
    };
    let problem = wrong.map(|key| ("begin".to_owned(), words.get(key).into_owned()));
    let page = Done {
        t: words,
        frame: visit.frame().refused_if(wrong.is_some()),
        number: Some(next.receipt.number),
        text: words.with("links-join-next", &[("days", &LOOKED_WITHIN)]),
        place: place_of(next.receipt.desk.clone()),
        desks: vec![next.receipt.desk],
        sealed: ask::seal(context, carried).await?,
        own: next.own.map(|one| OwnLine::of(words, one)),
        days: free_days(words, &next.offer.days),
        problems: problem.into_iter().collect(),
    };
    let status = if wrong.is_some() {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, Html(page.render()?)).into_response())
}

/// Whoever sent the form chooses when to come.
pub async fn appoint(
    visit: Visit,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let sent = Typed::of(pairs);
    let sealed = sent.text("carried");
    let Opened::Good(carried) = ask::open(context, InboxKind::Worker, sealed).await? else {
        return over(&visit, reader(&visit, &sent)).await;
    };
    let wrong = match join::appoint(context, &carried, sent.text("begin")).await? {
        Choice::Kept => None,
        Choice::Nothing => Some("links-near-nothing"),
        Choice::Taken => Some("links-near-taken"),
        Choice::Enough => Some("links-near-enough"),
    };
    done(&visit, &carried, wrong).await
}

/// The words of a page whose form can't be read: of the language that it says beside it.
fn reader(visit: &Visit, sent: &Typed) -> Words {
    Language::from_written(sent.text("language")).map_or(visit.reader, Words::new)
}

/// What the page carried is too old or can't be read: nothing was sent.
async fn over(visit: &Visit, words: Words) -> Result<Response, PageError> {
    let page = Done {
        t: words,
        frame: visit.frame(),
        number: None,
        text: words.get("links-join-broken").into_owned(),
        desks: places::desks(&visit.site.context).await?,
        sealed: String::new(),
        own: None,
        place: String::new(),
        days: Vec::new(),
        problems: Vec::new(),
    };
    let page = Html(page.render()?);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Sends what was looked through.
async fn send(visit: &Visit, carried: &Carried) -> Result<Response, PageError> {
    let context = &visit.site.context;
    match join::send(context, carried, &said(carried), &visit.network).await {
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

/// The notice was read, the form filled or to be changed, or all of it is sent.
pub async fn post(
    visit: Visit,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let sent = Typed::of(pairs);
    let sealed = sent.text("carried");
    if sealed.is_empty() {
        let version = code_in_force(context, NoticeKind::Worker).await?;
        let Some(language) = Language::from_written(sent.text("language")) else {
            return Ok(Redirect::to("/register").into_response());
        };
        if sent.text("notice") != version {
            let target = format!("/register?language={}", language.tag());
            return Ok(Redirect::to(&target).into_response());
        }
        let mut carried = join::begin(context, language);
        carried.notice = Some((version, context.now()));
        return Ok(form(&visit, &carried, &[]).await?.into_response());
    }
    let Opened::Good(mut carried) = ask::open(context, InboxKind::Worker, sealed).await? else {
        return over(&visit, reader(&visit, &sent)).await;
    };
    match sent.text("go") {
        "send" => send(&visit, &carried).await,
        "change" => Ok(form(&visit, &carried, &[]).await?.into_response()),
        _ => {
            for name in Joining::COLUMNS {
                carried.set(name, std::iter::once(sent.text(name)));
            }
            match Joining::read(&said(&carried)) {
                Ok(_) => Ok(check(&visit, &carried, false).await?.into_response()),
                Err(invalid) => refused(&visit, &carried, &invalid).await,
            }
        }
    }
}
