//! A sheet's page: whom it names, to whom, who was told; printing and revoking.
//! A print is a disclosure, so it is posted: no link that is merely followed
//! makes one.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::tasks::{Task, in_words};
use crate::catalogue::{Language, Words};
use crate::domain::delivery::Purpose;
use crate::domain::ids::{RequestCode, SheetNumber, WorkerCode};
use crate::domain::mail::MailState;
use crate::domain::reason::{Reason, ReasonList, find};
use crate::services::sheets::WeightsUsed;
use crate::services::{sentences, sheets};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;
use crate::web::pages::workers::disclosures::{Disclosure, in_words as disclosure};

/// What a desk prints a sheet for.
const PURPOSES: [Purpose; 3] = [Purpose::Request, Purpose::Copy, Purpose::File];

/// Whether the reader comes from issuing it, or from what.
#[derive(Debug, Deserialize)]
pub struct From {
    issued: Option<String>,
    done: Option<String>,
}

/// What for it is printed.
#[derive(Debug, Deserialize)]
pub struct Print {
    #[serde(default)]
    purpose: String,
}

/// The link that the family has, in words.
struct Sent {
    /// How the mail stands: a code.
    mail: &'static str,
    locked: bool,
    can_be_undone: bool,
    until: String,
}

/// Why it is revoked.
#[derive(Debug, Deserialize)]
pub struct Revocation {
    #[serde(default)]
    reason: String,
}

#[derive(Template)]
#[template(path = "pages/sheets/record.html")]
struct Page {
    t: Words,
    frame: Frame,
    number: String,
    state: &'static str,
    revoked: Option<String>,
    request: String,
    family: String,
    issued_on: String,
    valid_until: String,
    code: String,
    /// The weights it was made with, in a sentence; empty where none are kept.
    weights: String,
    sha256: String,
    workers: Vec<(String, String)>,
    disclosures: Vec<Disclosure>,
    reasons: Vec<(&'static str, String)>,
    purposes: Vec<(&'static str, String)>,
    /// Where a mail would go, and its subject in the family's language.
    email: Option<String>,
    subject: String,
    sent: Option<Sent>,
    tasks: Vec<Task>,
    /// Where a sheet that was revoked is issued again, with whom it may name.
    again: Option<String>,
}

fn weights(words: Words, used: &WeightsUsed) -> String {
    let parts = used.parts.iter().map(|(code, weight)| {
        let name = words.code("component", code);
        let weight = words.number(*weight);
        words.with("weights-part", &[("name", &name), ("weight", &weight)])
    });
    let parts = parts.collect::<Vec<_>>().join(", ");
    let date = words.date(used.since);
    words.with("sheet-weights", &[("date", &date), ("parts", &parts)])
}

fn again(request: &RequestCode, workers: &[WorkerCode]) -> Option<String> {
    let query: Vec<String> = workers
        .iter()
        .map(|code| format!("worker={code}"))
        .collect();
    (!query.is_empty()).then(|| format!("/requests/{request}/sheet?{}", query.join("&")))
}

/// The number that an address names.
pub fn number_of(text: &str) -> Result<SheetNumber, PageError> {
    SheetNumber::from_paper(text).map_err(|_| PageError::NotFound)
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(number): Path<String>,
    Query(from): Query<From>,
) -> Result<Html<String>, PageError> {
    let number = number_of(&number)?;
    let context = &visit.site.context;
    let record = sheets::get(context, visit.actor()?, &number).await?;
    let words = visit.words;
    let sheet = record.sheet;
    let disclosures = record.disclosures.into_iter();
    let disclosures = disclosures.map(|line| disclosure(words, line));
    let shut = from.done.filter(|done| done == "shut");
    let notice = from
        .issued
        .map(|_| words.with("sheet-issued-notice", &[("number", &number.as_str())]))
        .or(shut.map(|_| words.get("delivery-shut-notice").into_owned()));
    let family = record.family.map(|family| family.value);
    let address = family.as_ref().and_then(|family| family.email.as_ref());
    let page = Page {
        t: words,
        frame: visit.frame().with_notice(notice),
        number: number.to_string(),
        state: record.state.code(),
        revoked: sheet
            .revoke_reason
            .as_deref()
            .map(|code| sentences::reason(words, ReasonList::Revoke, code)),
        request: sheet.request.to_string(),
        email: address.map(ToString::to_string),
        subject: family.as_ref().map_or_else(String::new, |family| {
            let language = Language::written_to(family.contact_language);
            Words::new(language).get("link-mail-subject").into_owned()
        }),
        family: family.map(|family| family.full_name()).unwrap_or_default(),
        sent: record.delivery.map(|delivery| Sent {
            mail: delivery.mail.map_or("none", MailState::code),
            locked: delivery.link.locked,
            can_be_undone: delivery.link.can_be_undone(context.now()),
            until: words.date(delivery.link.ends_on),
        }),
        again: again(&sheet.request, &record.again),
        weights: record
            .weights
            .as_ref()
            .map(|used| weights(words, used))
            .unwrap_or_default(),
        tasks: record
            .tasks
            .into_iter()
            .map(|task| in_words(words, task))
            .collect(),
        purposes: PURPOSES
            .map(|one| (one.code(), words.code("purpose", one.code()).into_owned()))
            .into(),
        issued_on: words.date(sheet.issued_on),
        valid_until: words.date(sheet.valid_until),
        code: sheet.verification_code,
        sha256: sheet.sha256,
        workers: record.workers,
        disclosures: disclosures.collect(),
        reasons: sentences::reason_choices(words, ReasonList::Revoke),
    };
    Ok(Html(page.render()?))
}

/// The bytes that were issued, with the disclosure on record.
pub async fn print(
    visit: Visit,
    Path(number): Path<String>,
    Form(form): Form<Print>,
) -> Result<Response, PageError> {
    let number = number_of(&number)?;
    let purpose = Purpose::parse(&form.purpose).ok();
    // A partner's reason is nobody else's.
    let purpose = purpose.filter(|one| PURPOSES.contains(one));
    let purpose = purpose.ok_or_else(|| PageError::refused("refused-no-purpose"))?;
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let printed = sheets::print(context, actor, &number, purpose).await?;
    Ok(as_file(&number, printed.pdf))
}

/// A sheet as a file that the browser keeps.
pub fn as_file(number: &SheetNumber, pdf: Vec<u8>) -> Response {
    let name: String = number
        .as_str()
        .chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect();
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.pdf\""),
        ),
    ];
    (headers, pdf).into_response()
}

/// Revokes the sheet.
pub async fn revoke(
    visit: Visit,
    Path(number): Path<String>,
    Form(form): Form<Revocation>,
) -> Result<Redirect, PageError> {
    let number = number_of(&number)?;
    let reason = find(ReasonList::Revoke, &form.reason).map(Reason::code);
    let reason = reason.ok_or_else(|| PageError::refused("refused-no-reason"))?;
    sheets::revoke(&visit.site.context, visit.actor()?, &number, reason).await?;
    Ok(Redirect::to(&format!("/sheets/{number}")))
}
