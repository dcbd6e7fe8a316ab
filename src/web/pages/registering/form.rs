//! The pages of the forms. A form that can't be saved comes back with all that
//! was typed, and is kept as a draft.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use super::beside::{self, Advised};
use super::meeting::{self, Met};
use super::posted::Posted;
use super::questions::{self, Group, World};
use super::{address_of, parts_of, section_of, spec};
use crate::catalogue::Words;
use crate::domain::invalid::{Problem, Why};
use crate::services::registering::{self, Form, Opened, Order, Saved};
use crate::services::{ServiceError, drafts, places, sentences};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Shown;
use crate::web::frame::Frame;

/// What an address may bring along.
#[derive(Debug, Default, Deserialize)]
pub struct Begun {
    draft: Option<String>,
    kept: Option<String>,
    /// The family of a new request.
    family: Option<String>,
    /// The live-in request whose rest days a new one covers.
    covers: Option<String>,
}

/// A column that two people changed.
struct Conflict {
    name: &'static str,
    label: String,
    mine: String,
    theirs: String,
    /// The cell that is stored now.
    cell: String,
}

/// Somebody else was faster.
struct Stale {
    text: String,
    conflicts: Vec<Conflict>,
    taken: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/registering/form.html")]
struct Page {
    t: Words,
    frame: Frame,
    form: &'static str,
    action: String,
    section: &'static str,
    section_title: &'static str,
    title: String,
    record: String,
    draft: String,
    version: String,
    was: String,
    problems: Vec<Shown>,
    stale: Option<Stale>,
    groups: Vec<Group>,
    comuni: Vec<String>,
    days: String,
    short_days: String,
    /// A request's form has room for advice.
    advises: bool,
    advised: Option<Advised>,
}

/// A form on its way to a page.
struct Shape<'a> {
    form: Form,
    record: Option<&'a str>,
    title: Option<String>,
    draft: String,
    posted: Posted,
    problems: Vec<Problem>,
    stale: Option<(Opened, Met)>,
    /// Somebody asked who would fit.
    match_too: bool,
}

impl<'a> Shape<'a> {
    fn new(form: Form, record: Option<&'a str>, draft: String, posted: Posted) -> Self {
        Self {
            form,
            record,
            title: None,
            draft,
            posted,
            problems: Vec::new(),
            stale: None,
            match_too: false,
        }
    }
}

/// An empty form, or a draft of one.
pub async fn get_new(
    form: Form,
    visit: Visit,
    Query(begun): Query<Begun>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let actor = visit.actor()?;
    let notice = kept_notice(&visit, &begun);
    let (id, posted) = match &begun.draft {
        Some(id) => {
            let draft = drafts::open(context, actor, form, id).await?;
            if let Some(made) = &draft.made {
                return Ok(Redirect::to(&format!("{}/{made}", section_of(form))).into_response());
            }
            (draft.id, Posted::new(draft.fields))
        }
        None => (drafts::new_id(context), fresh(&visit, form, &begun).await?),
    };
    let shape = Shape::new(form, None, id, posted);
    Ok(page(&visit, shape, notice).await?.into_response())
}

/// The form of a record that is there.
pub async fn get_edit(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Query(begun): Query<Begun>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let actor = visit.actor()?;
    let notice = kept_notice(&visit, &begun);
    let opened = registering::open(context, actor, form, &code).await?;
    let (id, posted) = match &begun.draft {
        Some(id) => {
            let draft = drafts::open(context, actor, form, id).await?;
            if draft.record.as_deref() != Some(opened.code.as_str()) || draft.made.is_some() {
                return Err(PageError::NotFound);
            }
            (draft.id, Posted::new(draft.fields))
        }
        None => (
            drafts::new_id(context),
            meeting::filled(visit.words, parts_of(form), &opened),
        ),
    };
    let mut shape = Shape::new(form, Some(&opened.code), id, posted);
    shape.title = Some(opened.title.clone());
    Ok(page(&visit, shape, notice).await?.into_response())
}

/// Saves a new record.
pub async fn post_new(
    form: Form,
    visit: Visit,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    post(form, &visit, None, pairs).await
}

/// Saves over a record.
pub async fn post_edit(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let opened = registering::open(&visit.site.context, visit.actor()?, form, &code).await?;
    post(form, &visit, Some(&opened), pairs).await
}

async fn post(
    form: Form,
    visit: &Visit,
    opened: Option<&Opened>,
    pairs: Vec<(String, String)>,
) -> Result<Response, PageError> {
    let (context, actor, words) = (&visit.site.context, visit.actor()?, visit.words);
    let parts = parts_of(form);
    let mut posted = Posted::new(pairs);
    meeting::choose(words, parts, &mut posted);
    let sent = posted.first("draft").to_owned();
    let draft = if drafts::is_id(&sent) {
        sent
    } else {
        drafts::new_id(context)
    };
    let record = opened.map(|opened| opened.code.as_str());
    let keep = posted.kept(parts);
    if posted.first("do") == "keep" {
        drafts::keep(context, actor, &draft, form, record, &keep).await?;
        let address = address_of(form, record);
        return Ok(Redirect::to(&format!("{address}?draft={draft}&kept=1")).into_response());
    }
    if posted.first("do") == "work_out" {
        let mut shape = Shape::new(form, record, draft, posted);
        shape.title = opened.map(|opened| opened.title.clone());
        shape.match_too = true;
        return Ok(page(visit, shape, None).await?.into_response());
    }
    let version = posted.first("version").parse().unwrap_or(0);
    let cells = posted.read(parts, context.today());
    let order = Order {
        form,
        over: record.map(|code| (code, version)),
        draft: &draft,
        fields: &cells,
    };
    let saved = registering::save(context, actor, order).await;
    let (status, problems, stale) = match saved {
        Ok(Saved::Done { code }) => {
            drafts::throw_away(context, actor, &draft).await?;
            let target = format!("{}/{code}?saved=1", section_of(form));
            return Ok(Redirect::to(&target).into_response());
        }
        Ok(Saved::Stale(now)) => (StatusCode::CONFLICT, Vec::new(), Some(now)),
        Err(ServiceError::Invalid(invalid)) => (StatusCode::UNPROCESSABLE_ENTITY, invalid.0, None),
        Err(error) => return Err(error.into()),
    };
    let record = stale.as_ref().map(|now| now.code.clone());
    let record = record
        .as_deref()
        .or(opened.map(|opened| opened.code.as_str()));
    let mut shape = Shape::new(form, record, draft, posted);
    shape.title = opened.map(|opened| opened.title.clone());
    shape.problems = problems;
    if let Some(now) = stale {
        let met = meeting::meet(words, parts, &mut shape.posted, &now);
        shape.title = Some(now.title.clone());
        shape.stale = Some((now, met));
    }
    if drafts::is_id(shape.posted.first("draft")) {
        let keep = shape.posted.kept(parts);
        drafts::keep(context, actor, &shape.draft, form, record, &keep).await?;
    }
    Ok((status, page(visit, shape, None).await?).into_response())
}

fn kept_notice(visit: &Visit, begun: &Begun) -> Option<String> {
    begun
        .kept
        .as_ref()
        .map(|_| visit.words.get("draft-kept").into_owned())
}

/// What a new form begins with.
async fn fresh(visit: &Visit, form: Form, begun: &Begun) -> Result<Posted, PageError> {
    let mut posted = Posted::default();
    let mut put = |name: &str, value: String| posted.set(name, &[value]);
    let today = visit.site.context.today().format("%d/%m/%Y").to_string();
    let desk = visit.actor()?.desk().map(ToString::to_string);
    match form {
        Form::Worker => {
            put("contact_language", "it".to_owned());
            put("accreditation", "none".to_owned());
            put("registered_on", today.clone());
            put("confirmed_on", today);
            put("desk", desk.unwrap_or_default());
        }
        Form::Family => {
            put("contact_language", "it".to_owned());
            put("referred_by", "self".to_owned());
            put("desk", desk.unwrap_or_default());
        }
        Form::Request => {
            put("live_in_hours", "54".to_owned());
            put("min_coverage_permille", "100".to_owned());
            put("opened_on", today);
            if let Some(code) = &begun.covers {
                cover(visit, code, &mut posted).await?;
            } else if let Some(code) = &begun.family {
                let context = &visit.site.context;
                let family = registering::open(context, visit.actor()?, Form::Family, code).await?;
                posted.set("family", std::slice::from_ref(&family.code));
                if let Some(column) = spec::column(spec::REQUEST, "comune") {
                    posted.take_over(visit.words, column, family.cell("comune"));
                }
            }
        }
    }
    Ok(posted)
}

/// Begins the request that covers the rest days of a live-in one: the same
/// family, place and tasks.
async fn cover(visit: &Visit, code: &str, posted: &mut Posted) -> Result<(), PageError> {
    let context = &visit.site.context;
    let covered = registering::open(context, visit.actor()?, Form::Request, code).await?;
    for name in [
        "family",
        "comune",
        "start_date",
        "required_skills",
        "preferred_skills",
        "required_qualifications",
        "required_languages",
        "ccnl_level",
        "public_contribution",
        "self_sufficient",
    ] {
        if let Some(column) = spec::column(spec::REQUEST, name) {
            posted.take_over(visit.words, column, covered.cell(name));
        }
    }
    posted.set("covers", std::slice::from_ref(&covered.code));
    posted.set("arrangement", &["hourly".to_owned()]);
    Ok(())
}

async fn page(
    visit: &Visit,
    shape: Shape<'_>,
    notice: Option<String>,
) -> Result<Html<String>, PageError> {
    let (context, words, form) = (&visit.site.context, visit.words, shape.form);
    let actor = visit.actor()?;
    let desks = places::desks(context).await?;
    let partners = places::partners(context).await?;
    let parts = parts_of(form);
    let world = World {
        words,
        desks: &desks,
        partners: &partners,
    };
    let problems = in_words(words, form, &shape.problems);
    let own = desks.iter().find(|desk| Some(&desk.code) == actor.desk());
    let stale = match &shape.stale {
        Some((now, met)) => Some(stale_view(visit, &world, &shape, now, met).await?),
        None => None,
    };
    let advised = if form == Form::Request {
        beside::advised(visit, &shape.posted, shape.record, shape.match_too).await?
    } else {
        None
    };
    let frame = visit.frame().with_notice(notice);
    let page = Page {
        advises: form == Form::Request,
        advised,
        t: words,
        frame: if problems.is_empty() && stale.is_none() {
            frame
        } else {
            frame.refused()
        },
        form: form.code(),
        action: address_of(form, shape.record),
        section: section_of(form),
        section_title: section_title(form),
        title: title(words, form, shape.title.as_deref()),
        record: shape.record.unwrap_or_default().to_owned(),
        version: shape.posted.first("version").to_owned(),
        was: shape.posted.first("was").to_owned(),
        groups: questions::groups(&world, parts, &shape.posted, &problems),
        comuni: questions::comuni_near(own),
        days: days(|day| sentences::day(words, day)),
        short_days: days(|day| words.code("weekday-short", day.to_string()).into_owned()),
        draft: shape.draft,
        problems,
        stale,
    };
    Ok(Html(page.render()?))
}

fn days(name: impl Fn(usize) -> String) -> String {
    (0..7).map(name).collect::<Vec<_>>().join("|")
}

fn section_title(form: Form) -> &'static str {
    match form {
        Form::Worker => "workers-title",
        Form::Family => "families-title",
        Form::Request => "requests-title",
    }
}

fn title(words: Words, form: Form, record: Option<&str>) -> String {
    match record {
        Some(name) => words.with("form-title-edit", &[("name", &name)]),
        None => words.code("form-title-new", form.code()).into_owned(),
    }
}

/// Problems as a form says them: with the question's own words.
fn in_words(words: Words, form: Form, problems: &[Problem]) -> Vec<Shown> {
    problems
        .iter()
        .map(|problem| {
            let column = spec::column(parts_of(form), problem.field);
            let label = column.map(|column| words.get(column.label).into_owned());
            let label = label.unwrap_or_else(|| problem.field.to_owned());
            Shown {
                field: problem.field.to_owned(),
                message: said(words, &label, &problem.why),
            }
        })
        .collect()
}

// What a file's report says in codes, a form says in words.
fn said(words: Words, label: &str, why: &Why) -> String {
    let key = match why.key {
        "problem-required" => "form-required",
        "problem-one-of" | "problem-unknown-code" => "form-one-of",
        "problem-unreachable" => "form-unreachable",
        "problem-sex-without-ground" => "form-sex-without-ground",
        "problem-ground-without-sex" => "form-ground-without-sex",
        "problem-coverage-range" => "form-coverage-range",
        _ => {
            let why = sentences::why(words, why);
            return words.with("form-problem", &[("label", &label), ("why", &why)]);
        }
    };
    words.with(key, &[("label", &label)])
}

async fn stale_view(
    visit: &Visit,
    world: &World<'_>,
    shape: &Shape<'_>,
    now: &Opened,
    met: &Met,
) -> Result<Stale, PageError> {
    let words = visit.words;
    let context = &visit.site.context;
    let history = registering::history(context, visit.actor()?, shape.form, &now.code).await?;
    let text = match history
        .first()
        .and_then(|line| Some((line, line.by.as_ref()?)))
    {
        Some((line, by)) => words.with(
            "stale-by",
            &[
                ("name", by),
                (
                    "when",
                    &words.moment(line.at.with_timezone(&Rome).naive_local()),
                ),
            ],
        ),
        None => words.get("stale-by-somebody").into_owned(),
    };
    let theirs = meeting::filled(words, parts_of(shape.form), now);
    let conflicts = met.both.iter().map(|both| Conflict {
        name: both.column.name,
        label: words.get(both.column.label).into_owned(),
        mine: world.in_words(both.column, &shape.posted),
        theirs: world.in_words(both.column, &theirs),
        cell: both.theirs.clone(),
    });
    let taken = met.taken.iter();
    Ok(Stale {
        text,
        conflicts: conflicts.collect(),
        taken: taken
            .map(|column| words.get(column.label).into_owned())
            .collect(),
    })
}
