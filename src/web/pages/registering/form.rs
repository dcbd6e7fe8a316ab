//! The pages of the forms. A form that can't be saved comes back with all that
//! was typed, and is kept as a draft.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;
use chrono_tz::Europe::Rome;
use serde::Deserialize;

use super::begin;
use super::beside::{self, Advised};
use super::history;
use super::meeting::{self, Met};
use super::posted::Posted;
use super::progress;
use super::questions::{self, Group, World};
use super::refused::{self, Stale};
use super::{What, address_of, parts_about, parts_of, section_of};
use crate::catalogue::Words;
use crate::domain::invalid::{Problem, Why};
use crate::domain::place::Comune;
use crate::services::registering::{self, Form, Opened, Order, Saved, likely};
use crate::services::{ServiceError, drafts, informing, places, sentences};
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
    pub(super) family: Option<String>,
    /// The live-in request whose rest days a new one covers.
    pub(super) covers: Option<String>,
    /// The proposal whose refusal suggests a change of a worker's data.
    after: Option<String>,
    /// The change of the record that is to be taken back: the version it made.
    before: Option<String>,
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
    /// How far each group is, as a code.
    progress: Vec<&'static str>,
    comuni: Vec<String>,
    days: String,
    short_days: String,
    /// All of the record, and not its standing alone.
    is_record: bool,
    /// Who else is changing the record just now.
    others: Vec<String>,
    /// What stands beside the form, in a line; empty for nothing to look at.
    in_short: String,
    /// For a request that says enough.
    advised: Option<Advised>,
    likely: Vec<Same>,
    /// The form makes somebody new, who may be there already.
    is_new: bool,
    another: bool,
}

/// Somebody who may be the same.
struct Same {
    code: String,
    name: String,
    comune: String,
    reasons: String,
}

/// A form on its way to a page.
struct Shape<'a> {
    form: Form,
    what: What,
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
            what: What::Record,
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
        None => (
            drafts::new_id(context),
            begin::fresh(&visit, form, &begun).await?,
        ),
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
    let mut notice = kept_notice(&visit, &begun);
    let opened = registering::open(context, actor, form, &code).await?;
    let (id, posted) = if let Some(id) = &begun.draft {
        let draft = drafts::open(context, actor, form, id).await?;
        if draft.record.as_deref() != Some(opened.code.as_str()) || draft.made.is_some() {
            return Err(PageError::NotFound);
        }
        (draft.id, Posted::new(draft.fields))
    } else {
        let mut posted = meeting::filled(visit.words, parts_of(form), &opened);
        if let (Form::Worker, Some(after)) = (form, &begun.after) {
            begin::suggested(&visit, &opened.code, after, &mut posted).await?;
        }
        if let Some(version) = &begun.before {
            let place = (form, opened.code.as_str());
            let at = history::put_back(&visit, place, version, &mut posted).await?;
            let at = at.ok_or(PageError::NotFound)?.with_timezone(&Rome);
            let when = visit.words.moment(at.naive_local());
            let told = visit.words.with("history-as-before", &[("when", &when)]);
            notice = Some(told);
        }
        (drafts::new_id(context), posted)
    };
    let mut shape = Shape::new(form, Some(&opened.code), id, posted);
    shape.title = Some(opened.title.clone());
    Ok(page(&visit, shape, notice).await?.into_response())
}

/// Whether a record is in force.
pub async fn get_standing(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
) -> Result<Response, PageError> {
    let context = &visit.site.context;
    let opened = registering::open(context, visit.actor()?, form, &code).await?;
    let parts = parts_about(form, What::Standing);
    let posted = meeting::filled(visit.words, parts, &opened);
    let mut shape = Shape::new(form, Some(&opened.code), drafts::new_id(context), posted);
    shape.title = Some(opened.title.clone());
    shape.what = What::Standing;
    Ok(page(&visit, shape, None).await?.into_response())
}

/// Saves a new record.
pub async fn post_new(
    form: Form,
    visit: Visit,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    post((form, What::Record), &visit, None, pairs).await
}

/// Saves over a record.
pub async fn post_edit(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let opened = match registering::open(context, actor, form, &code).await {
        Ok(opened) => opened,
        // What was typed goes along, and meets what the other record says.
        Err(ServiceError::Merged { now, .. }) => {
            let (id, posted) = (drafts::new_id(context), Posted::new(pairs));
            let keep = posted.kept(parts_of(form));
            drafts::keep(context, actor, &id, form, Some(&now), &keep).await?;
            let address = address_of(form, Some(&now));
            return Ok(Redirect::to(&format!("{address}?draft={id}&kept=1")).into_response());
        }
        Err(error) => return Err(error.into()),
    };
    post((form, What::Record), &visit, Some(&opened), pairs).await
}

/// Pauses, closes or opens a record again.
pub async fn post_standing(
    form: Form,
    visit: Visit,
    Path(code): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let opened = registering::open(&visit.site.context, visit.actor()?, form, &code).await?;
    post((form, What::Standing), &visit, Some(&opened), pairs).await
}

async fn post(
    (form, what): (Form, What),
    visit: &Visit,
    opened: Option<&Opened>,
    pairs: Vec<(String, String)>,
) -> Result<Response, PageError> {
    let (context, actor, words) = (&visit.site.context, visit.actor()?, visit.words);
    let parts = parts_about(form, what);
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
    if what == What::Record && posted.first("do") == "keep" {
        drafts::keep(context, actor, &draft, form, record, &keep).await?;
        let address = address_of(form, record);
        return Ok(Redirect::to(&format!("{address}?draft={draft}&kept=1")).into_response());
    }
    // Somebody alike is looked at; what was typed waits meanwhile.
    if let (None, Some(code)) = (record, posted.first("do").strip_prefix("see-")) {
        let code = registering::open(context, actor, form, code).await?.code;
        drafts::keep(context, actor, &draft, form, record, &keep).await?;
        let target = format!("{}/{code}?draft={draft}", section_of(form));
        return Ok(Redirect::to(&target).into_response());
    }
    if what == What::Record && posted.first("do") == "work_out" {
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
        another: posted.first("another") == "yes",
        fields: &cells,
    };
    let saved = registering::save(context, actor, order).await;
    let (status, problems, stale) = match saved {
        Ok(Saved::Done { code }) => {
            drafts::forget(context, actor, &draft).await?;
            let target = format!("{}/{code}?saved=1", section_of(form));
            return Ok(Redirect::to(&target).into_response());
        }
        Ok(Saved::Stale(now)) => (StatusCode::CONFLICT, Vec::new(), Some(now)),
        Ok(Saved::Likely(_)) => {
            let why = Why::new("problem-likely");
            let problem = Problem {
                field: "another",
                value: String::new(),
                why,
            };
            (StatusCode::UNPROCESSABLE_ENTITY, vec![problem], None)
        }
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
    shape.what = what;
    if let Some(now) = stale {
        let day = context.today();
        let met = meeting::meet((words, day), parts, &mut shape.posted, &now);
        shape.title = Some(now.title.clone());
        shape.stale = Some((now, met));
    }
    if what == What::Record && drafts::is_id(shape.posted.first("draft")) {
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

async fn page(
    visit: &Visit,
    shape: Shape<'_>,
    notice: Option<String>,
) -> Result<Html<String>, PageError> {
    let (context, words, form) = (&visit.site.context, visit.words, shape.form);
    let actor = visit.actor()?;
    let desks = places::desks(context).await?;
    let partners = places::partners(context).await?;
    let parts = parts_about(form, shape.what);
    let is_record = shape.what == What::Record;
    let notices = if form == Form::Worker {
        informing::worker_versions(context).await?
    } else {
        Vec::new()
    };
    let world = World {
        words,
        desks: &desks,
        partners: &partners,
        notices: &notices,
    };
    let problems = refused::in_words(words, parts, &shape.problems);
    let own = desks.iter().find(|desk| Some(&desk.code) == actor.desk());
    let stale = match &shape.stale {
        Some((now, met)) => Some({
            let typed = &shape.posted;
            refused::stale(visit, &world, (form, parts), typed, (now, met)).await?
        }),
        None => None,
    };
    let advised = if is_record && form == Form::Request {
        beside::advised(visit, &shape.posted, shape.record, shape.match_too).await?
    } else {
        None
    };
    let cells = shape.posted.read(parts, context.today());
    let wrong: Vec<&str> = shape.problems.iter().map(|one| one.field).collect();
    let is_new = shape.record.is_none();
    let far = |part| progress::of(part, &cells, &wrong, is_new).code();
    let progress = parts.iter().map(far).collect();
    let likely = if is_record {
        likely::while_typing(context, actor, form, &cells, shape.record).await?
    } else {
        Vec::new()
    };
    let same = |one: likely::Likely| Same {
        comune: one.comune.map(Comune::unique_name).unwrap_or_default(),
        reasons: one
            .reasons
            .iter()
            .map(|reason| words.code("likeness", reason.code()).into_owned())
            .collect::<Vec<_>>()
            .join(", "),
        code: one.code,
        name: one.name,
    };
    let frame = visit.frame().with_notice(notice);
    let page = Page {
        others: beside::others(visit, form, shape.record.filter(|_| is_record)).await?,
        in_short: beside::in_short(words, advised.as_ref(), &likely),
        likely: likely.into_iter().map(same).collect(),
        is_new: shape.record.is_none(),
        another: shape.posted.first("another") == "yes",
        is_record,
        advised,
        t: words,
        frame: frame.refused_if(!problems.is_empty() || stale.is_some()),
        form: form.code(),
        action: if is_record {
            address_of(form, shape.record)
        } else {
            let code = shape.record.unwrap_or_default();
            format!("{}/{code}/standing", section_of(form))
        },
        section: section_of(form),
        section_title: section_title(form),
        title: title(words, form, shape.what, shape.title.as_deref()),
        record: shape.record.unwrap_or_default().to_owned(),
        version: shape.posted.first("version").to_owned(),
        was: shape.posted.first("was").to_owned(),
        progress,
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

fn title(words: Words, form: Form, what: What, record: Option<&str>) -> String {
    match record {
        Some(name) if what == What::Standing => {
            words.with("form-title-standing", &[("name", &name)])
        }
        Some(name) => words.with("form-title-edit", &[("name", &name)]),
        None => words.code("form-title-new", form.code()).into_owned(),
    }
}
