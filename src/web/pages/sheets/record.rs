//! A sheet's page: whom it names, to whom, who was told; printing and revoking.
//! A print is a disclosure, so it is posted: no link that is merely followed
//! makes one.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::header;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::ids::SheetNumber;
use crate::domain::reason::{Reason, ReasonList, find};
use crate::domain::sheet::SheetState;
use crate::services::{sentences, sheets};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::frame::Frame;
use crate::web::pages::workers::record::Disclosure;

/// Whether the reader comes from issuing it.
#[derive(Debug, Deserialize)]
pub struct From {
    issued: Option<String>,
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
    sha256: String,
    workers: Vec<(String, String)>,
    disclosures: Vec<Disclosure>,
    reasons: Vec<(&'static str, String)>,
}

fn number_of(text: &str) -> Result<SheetNumber, PageError> {
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
    let disclosures = record.disclosures.into_iter().map(|line| Disclosure {
        when: words.moment(line.at.with_timezone(&Rome).naive_local()),
        sheet: line.sheet_number,
        how: words.code("disclosure", &line.how).into_owned(),
        to: line.family,
        by: line.by,
    });
    let notice = from
        .issued
        .map(|_| words.with("sheet-issued-notice", &[("number", &number.as_str())]));
    let page = Page {
        t: words,
        frame: visit.frame().with_notice(notice),
        number: number.to_string(),
        state: SheetState::on(
            context.today(),
            sheet.valid_until,
            sheet.revoked_at.is_some(),
        )
        .code(),
        revoked: sheet
            .revoke_reason
            .as_deref()
            .map(|code| sentences::reason(words, ReasonList::Revoke, code)),
        request: sheet.request.to_string(),
        family: record
            .family
            .map(|family| family.value.full_name())
            .unwrap_or_default(),
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
pub async fn print(visit: Visit, Path(number): Path<String>) -> Result<Response, PageError> {
    let number = number_of(&number)?;
    let printed = sheets::print(&visit.site.context, visit.actor()?, &number).await?;
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
    Ok((headers, printed.pdf).into_response())
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
