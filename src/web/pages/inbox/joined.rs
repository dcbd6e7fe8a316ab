//! What a worker who asked to be registered reads once it is sent: a number, and when to come;
//! or that what the page carried can't be read.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum_extra::extract::Form as Sent;
use chrono_tz::Europe::Rome;

use crate::catalogue::{Language, Words};
use crate::domain::carried::{Carried, Opened};
use crate::domain::public_request::{CONFIRM_DAYS, InboxKind, LOOKED_WITHIN};
use crate::services::inbox::ask::{self, Receipt};
use crate::services::inbox::join;
use crate::services::links::appointment::Choice;
use crate::services::places;
use crate::storage::places::Desk;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Typed;
use crate::web::frame::Frame;
use crate::web::pages::appointments::{FreeDay, OwnLine, free_days, place_of};

pub(super) fn words_of(carried: &Carried) -> Words {
    Words::new(Language::from_written(&carried.language).unwrap_or_default())
}

#[derive(Template)]
#[template(path = "pages/register/done.html")]
struct Done {
    t: Words,
    frame: Frame,
    /// None where nothing that was sent is known.
    number: Option<String>,
    /// What happens now, in order; or why there is no number.
    next: Vec<String>,
    /// Without a number: whether to begin anew.
    anew: bool,
    /// Whether the address is still to be confirmed.
    unconfirmed: bool,
    desks: Vec<Desk>,
    sealed: String,
    /// When they come, and where to.
    own: Option<OwnLine>,
    /// Of what is offered.
    place: String,
    days: Vec<FreeDay>,
    problems: Vec<(String, String)>,
}

/// What happens now: an address is to be confirmed, or somebody telephones.
fn what_next(words: Words, receipt: &Receipt) -> Vec<String> {
    if receipt.by_phone {
        return vec![words.with("links-join-next", &[("days", &LOOKED_WITHIN)])];
    }
    let confirm = receipt.confirm_by.map(|by| {
        let until = words.moment(by.with_timezone(&Rome).naive_local());
        words.with(
            "ask-next-confirm",
            &[("until", &until), ("days", &CONFIRM_DAYS)],
        )
    });
    let look = words.with("ask-next-look", &[("days", &LOOKED_WITHIN)]);
    let then = words.get("links-join-then").into_owned();
    confirm.into_iter().chain([look, then]).collect()
}

/// The page after the form: its number, and when to come. `wrong`: why what was chosen is not
/// to be had.
pub(super) async fn done(
    visit: &Visit,
    carried: &Carried,
    wrong: Option<&str>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let words = words_of(carried);
    let Some(next) = join::next(context, carried).await? else {
        return over(visit, words, None).await;
    };
    let problem = wrong.map(|key| ("begin".to_owned(), words.get(key).into_owned()));
    let page = Done {
        t: words,
        frame: visit.frame().refused_if(wrong.is_some()),
        next: what_next(words, &next.receipt),
        number: Some(next.receipt.number),
        anew: false,
        unconfirmed: next.receipt.confirm_by.is_some(),
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

/// Whoever sent the form chooses when to come, or looks how it stands.
pub async fn appoint(
    visit: Visit,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let sent = Typed::of(pairs);
    let sealed = sent.text("carried");
    let carried = match ask::open(context, InboxKind::Worker, sealed).await? {
        // What was sent grows no older by its page: how it stands now says what may be chosen.
        Opened::Good(carried) | Opened::Old(carried) => carried,
        Opened::Broken => {
            let text = Some("links-near-none");
            return over(&visit, reader(&visit, &sent), text).await;
        }
    };
    if sent.text("go") == "look" {
        return done(&visit, &carried, None).await;
    }
    let wrong = match join::appoint(context, &carried, sent.text("begin")).await? {
        Choice::Kept => None,
        Choice::Nothing => Some("links-near-nothing"),
        Choice::Taken => Some("links-near-taken"),
        Choice::Enough => Some("links-near-enough"),
    };
    done(&visit, &carried, wrong).await
}

/// The words of a page whose form can't be read: of the language that it says beside it.
pub(super) fn reader(visit: &Visit, sent: &Typed) -> Words {
    Language::from_written(sent.text("language")).map_or(visit.reader, Words::new)
}

/// What the page carried is too old or can't be read. `text`: of one that was sent before, where
/// nothing is to begin anew; else nothing was sent.
pub(super) async fn over(
    visit: &Visit,
    words: Words,
    text: Option<&'static str>,
) -> Result<Response, PageError> {
    let page = Done {
        t: words,
        frame: visit.frame(),
        number: None,
        next: vec![words.get(text.unwrap_or("links-join-broken")).into_owned()],
        anew: text.is_none(),
        unconfirmed: false,
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
