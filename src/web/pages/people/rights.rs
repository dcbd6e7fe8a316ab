//! What a person can ask of their data, on one page of the desk: all of it as a file, that
//! it is not used, that it is gone. An erasure is looked at before it is done, and asks for
//! the record's code.

use askama::Template;
use axum::extract::Path;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use chrono_tz::Europe::Rome;

use super::{held, list_title};
use crate::catalogue::Words;
use crate::domain::invalid::{Problem, Why};
use crate::domain::rights::RestrictionReason;
use crate::services::registering::Form;
use crate::services::rights::erase::{self, Report};
use crate::services::rights::{By, export, restrict};
use crate::storage::erasing::{Done, Effect};
use crate::storage::restrictions::Restriction;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, Typed, error_of, shown};
use crate::web::frame::Frame;
use crate::web::pages::registering::section_of;

/// A line of what an erasure does: what, what becomes of it, how many.
struct Line {
    what: String,
    becomes: String,
    rows: String,
}

/// What an erasure would do, or did.
struct Ahead {
    goes: Vec<Line>,
    stays: Vec<Line>,
    stopped: Vec<String>,
    folders: Vec<String>,
    merged: Vec<String>,
    is_listed: bool,
}

#[derive(Template)]
#[template(path = "pages/people/rights.html")]
struct Page {
    t: Words,
    frame: Frame,
    section: &'static str,
    section_title: &'static str,
    record: String,
    /// Whether a page tells to whom their data went.
    has_disclosures: bool,
    name: String,
    code: String,
    /// Since when, by whom and why; none where their data may be used.
    restricted: Option<String>,
    reasons: Vec<(String, String)>,
    reason: String,
    reason_error: String,
    typed: String,
    typed_error: String,
    problems: Vec<Shown>,
    /// Only where it was asked for.
    ahead: Option<Ahead>,
}

#[derive(Template)]
#[template(path = "pages/people/erased.html")]
struct ErasedPage {
    t: Words,
    frame: Frame,
    section: &'static str,
    section_title: &'static str,
    code: String,
    ahead: Ahead,
}

/// The page.
pub async fn get(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let page = page(form, &visit, &code, &Typed::default(), Vec::new(), None).await?;
    Ok(page.into_response())
}

/// Restricts, or lifts the restriction that holds.
pub async fn restrict(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Sent(sent): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let typed = Typed::of(sent);
    let (context, by) = (&visit.site.context, By::Account(visit.actor()?));
    if typed.text("do") == "lift" {
        restrict::lift(context, by, form, &code).await?;
    } else {
        let Ok(reason) = RestrictionReason::parse(typed.text("reason")) else {
            let why = Why::new("problem-restriction-reason");
            return refused(form, &visit, &code, &typed, ("reason", why), None).await;
        };
        restrict::restrict(context, by, form, &code, reason).await?;
    }
    Ok(back(form, &code))
}

fn back(form: Form, code: &str) -> Response {
    Redirect::to(&format!("{}/{code}/rights", section_of(form))).into_response()
}

/// Looks at an erasure; with the code typed, erases.
pub async fn erase(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Sent(sent): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let typed = Typed::of(sent);
    let (context, by) = (&visit.site.context, By::Account(visit.actor()?));
    let wants = typed.text("do") == "erase";
    // An empty form does nothing.
    if !wants && typed.text("do") != "look" {
        return Ok(back(form, &code));
    }
    if wants && typed.text("typed").trim() == code {
        let report = erase::erase(context, by, form, &code).await?;
        let page = ErasedPage {
            t: visit.words,
            frame: visit.frame(),
            section: section_of(form),
            section_title: list_title(form),
            code,
            ahead: ahead(visit.words, &report),
        };
        return Ok(Html(page.render()?).into_response());
    }
    let report = erase::look_ahead(context, by, form, &code).await?;
    let ahead = Some(ahead(visit.words, &report));
    if wants {
        let why = Why::new("problem-erase-code").with("code", &code);
        return refused(form, &visit, &code, &typed, ("typed", why), ahead).await;
    }
    let page = page(form, &visit, &code, &typed, Vec::new(), ahead).await?;
    Ok(page.into_response())
}

/// Everything as a file. It is posted: whoever takes it is on record.
pub async fn export(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Sent(sent): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    if Typed::of(sent).text("do") != "export" {
        return Ok(back(form, &code));
    }
    let context = &visit.site.context;
    let all = export::export(context, By::Account(visit.actor()?), form, &code).await?;
    let file = held::file(context, visit.words, &all).await?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let name: String = all.code.chars().filter(|c| plain(*c)).collect();
    let headers = [
        (header::CONTENT_TYPE, "application/zip".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}.zip\""),
        ),
    ];
    Ok((headers, file).into_response())
}

async fn refused(
    form: Form,
    visit: &Visit,
    code: &str,
    typed: &Typed,
    (field, why): (&'static str, Why),
    ahead: Option<Ahead>,
) -> Result<Response, PageError> {
    let problem = Problem {
        field,
        value: String::new(),
        why,
    };
    let problems = shown(visit.words, &[problem]);
    let page = page(form, visit, code, typed, problems, ahead).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn page(
    form: Form,
    visit: &Visit,
    code: &str,
    typed: &Typed,
    problems: Vec<Shown>,
    ahead: Option<Ahead>,
) -> Result<Html<String>, PageError> {
    let (words, by) = (visit.words, By::Account(visit.actor()?));
    let (subject, now) = restrict::of(&visit.site.context, by, form, code).await?;
    let choose = (String::new(), words.get("choose-one").into_owned());
    let each = RestrictionReason::ALL.iter().map(|reason| {
        let said = words.code("restriction-reason", reason.code());
        (reason.code().to_owned(), said.into_owned())
    });
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        section: section_of(form),
        section_title: list_title(form),
        record: format!("{}/{}", section_of(form), subject.code),
        has_disclosures: form == Form::Worker,
        name: subject.name,
        code: subject.code,
        restricted: now.map(|now| sentence(words, &now)),
        reasons: std::iter::once(choose).chain(each).collect(),
        reason: typed.text("reason").to_owned(),
        reason_error: error_of(&problems, "reason"),
        typed: typed.text("typed").to_owned(),
        typed_error: error_of(&problems, "typed"),
        problems,
        ahead,
    };
    Ok(Html(page.render()?))
}

/// That somebody's data may not be used: since when, by whom, why.
fn sentence(words: Words, now: &Restriction) -> String {
    let by = match &now.by {
        Some(name) => name.clone(),
        None => words.get("restriction-by-command").into_owned(),
    };
    words.with(
        "restriction-holds",
        &[
            (
                "when",
                &words.moment(now.at.with_timezone(&Rome).naive_local()),
            ),
            ("name", &by),
            (
                "reason",
                &words.code("restriction-reason", now.reason.code()),
            ),
        ],
    )
}

/// The sentence for the person's own page.
pub async fn on_record(visit: &Visit, form: Form, code: &str) -> Result<Option<String>, PageError> {
    let by = By::Account(visit.actor()?);
    let now = restrict::standing(&visit.site.context, by, form, code).await?;
    Ok(now.map(|now| sentence(visit.words, &now)))
}

fn ahead(words: Words, report: &Report) -> Ahead {
    let line = |effect: &Effect| {
        let becomes = match effect.done {
            Done::Removed => words.get("erase-removed"),
            Done::Emptied => words.get("erase-emptied"),
            Done::Stays(why) => words.code("erase-stays", why.code()),
        };
        Line {
            what: words.code("held-table", effect.table).into_owned(),
            becomes: becomes.into_owned(),
            rows: words.number(i64::try_from(effect.rows).unwrap_or(i64::MAX)),
        }
    };
    let (stays, goes): (Vec<&Effect>, Vec<&Effect>) = report
        .effects
        .iter()
        .partition(|effect| matches!(effect.done, Done::Stays(_)));
    let stopped = &report.stopped;
    let mut told: Vec<String> = stopped
        .sheets
        .iter()
        .map(|number| words.with("erase-sheet", &[("number", number)]))
        .collect();
    for (key, count) in [
        ("erase-proposals", stopped.proposals),
        ("erase-mails", stopped.mails),
    ] {
        if count > 0 {
            let count = i64::try_from(count).unwrap_or(i64::MAX);
            told.push(words.count(key, count));
        }
    }
    Ahead {
        goes: goes.into_iter().map(line).collect(),
        stays: stays.into_iter().map(line).collect(),
        stopped: told,
        folders: report.folders.clone(),
        merged: report.merged.clone(),
        is_listed: report.is_listed,
    }
}
