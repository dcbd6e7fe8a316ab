//! Who fits a request: fits with their reasons first; near misses, what limits
//! the search and teams folded beneath. Choosing leads to asking them, or to
//! the sheet. The list stands as the dated rules order it, unless somebody asks for
//! another order, by which nothing else goes.

use std::borrow::Cow;
use std::collections::HashMap;

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use chrono::NaiveDate;
use serde::Deserialize;

use crate::catalogue::Words;
use crate::domain::contract::Arrangement;
use crate::domain::ids::RequestCode;
use crate::domain::request::CareRequest;
use crate::domain::worker::Worker;
use crate::matching::{Components, Criterion, Explanation, Fit, ListedBy, NearMiss, Team};
use crate::services::matching::{self, Matched};
use crate::services::sentences::Reasons;
use crate::services::{ServiceError, error::require_desk, sentences, sheet_view, sheets};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::Shown;
use crate::web::frame::Frame;
use crate::web::week::{self, Day};

/// How many fits a page shows unless all are asked for.
const SHOWN: usize = 20;

/// How many wishes are named where nobody fits.
const MOST_WISHES: usize = 3;

/// Whether all fits are wanted, and in which order.
#[derive(Debug, Deserialize)]
pub struct Wanted {
    all: Option<String>,
    order: Option<String>,
}

/// An order that the list can be seen in.
struct OrderLink {
    href: String,
    name: String,
    current: bool,
}

/// Somebody who fits.
pub struct FitCard {
    pub code: String,
    pub name: String,
    pub comune: String,
    pub band: u32,
    pub score: String,
    pub needs_no_asking: bool,
    pub reasons: Vec<String>,
    pub warnings: Vec<String>,
    pub points: Vec<(Cow<'static, str>, String)>,
    pub turn: String,
    /// When they last said that they are available.
    pub confirmed: String,
    pub days: Vec<Day>,
}

/// Somebody who nearly fits.
pub struct NearCard {
    pub code: String,
    pub name: String,
    pub criterion: String,
    pub missing: String,
    pub warnings: Vec<String>,
    pub band: u32,
    pub score: String,
}

/// Two or three who cover it together.
pub struct TeamCard {
    pub members: Vec<TeamMember>,
    pub covered: String,
    pub forms: Vec<String>,
}

/// One of a team, with the work given to them.
pub struct TeamMember {
    pub code: String,
    pub name: String,
    pub hours: String,
    pub warnings: Vec<String>,
}

#[derive(Template)]
#[template(path = "pages/matching/answer.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    /// The address of the request.
    record: String,
    is_open: bool,
    summary: String,
    /// That the offer lets no sheet out.
    offer_too_low: Option<String>,
    pool: u32,
    fits_in_all: u32,
    fits: Vec<FitCard>,
    /// What to do where nobody fits.
    none_text: String,
    problems: Vec<Shown>,
    orders: Vec<OrderLink>,
    /// The code of an order that is not the rules' own.
    other_order: Option<&'static str>,
    near: Vec<NearCard>,
    near_in_all: u32,
    limits: Vec<(String, String)>,
    /// The same where only several criteria together keep people out.
    held_back: Vec<(String, String)>,
    teams: Vec<TeamCard>,
    teams_cut_short: bool,
    introduced: Vec<(String, String, String)>,
    /// Code, name and why.
    left_out: Vec<(String, String, &'static str)>,
    revision: String,
}

/// About what a card of somebody who fits takes up, and what the rest of a page does.
const CARD_BYTES: usize = 8 * 1024;
const PAGE_BYTES: usize = 24 * 1024;

impl Page {
    /// With room for all of it at once: a text that grows is copied each time.
    fn drawn(&self) -> Result<String, askama::Error> {
        let mut html = String::with_capacity(PAGE_BYTES + CARD_BYTES * self.fits.len());
        self.render_into(&mut html)?;
        Ok(html)
    }
}

/// The page; a request that matching refuses says why instead.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Html<String>, PageError> {
    require_desk(visit.actor()?)?;
    let code = RequestCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let most = if wanted.all.is_some() {
        None
    } else {
        Some(SHOWN)
    };
    let page = page(&visit, visit.frame(), &code, most, wanted.order.as_deref());
    Ok(Html(page.await?.drawn()?))
}

/// The page as it stands now, with so many of those who fit.
async fn page(
    visit: &Visit,
    frame: Frame,
    code: &RequestCode,
    most: Option<usize>,
    order: Option<&str>,
) -> Result<Page, PageError> {
    let context = &visit.site.context;
    let (today, order) = (context.today(), ListedBy::of(order));
    let (matched, people) = matching::shown_by_order(context, code, today, most, order).await?;
    let day = (today, matched.fresh_days);
    let mut page = view(visit.words, frame, &matched, &people, day)?;
    page.offer_too_low = offer_too_low(visit, &matched).await?;
    Ok(page)
}

async fn offer_too_low(visit: &Visit, matched: &Matched) -> Result<Option<String>, PageError> {
    let request = &matched.request.value;
    if !request.is_open() {
        return Ok(None);
    }
    let why = sheets::offer_too_low(&visit.site.context, request).await?;
    Ok(why.map(|why| sentences::why(visit.words, &why)))
}

/// The page again for whoever went on without choosing anybody.
pub async fn nobody_chosen(
    visit: &Visit,
    code: &RequestCode,
    order: Option<&str>,
) -> Result<Response, PageError> {
    require_desk(visit.actor()?)?;
    let mut page = page(visit, visit.frame().refused(), code, Some(SHOWN), order).await?;
    page.problems.push(Shown {
        field: "chosen".to_owned(),
        message: visit.words.get("match-nobody-chosen").into_owned(),
    });
    let html = Html(page.drawn()?);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}

/// What is shown of an answer; `people` are those it shows, by code; `day`: today, and for how
/// many days a confirmed availability counts.
#[allow(clippy::implicit_hasher, reason = "the house has one kind of map")]
pub fn drawn_page(
    words: Words,
    frame: Frame,
    matched: &Matched,
    people: &HashMap<String, Worker>,
    day: (NaiveDate, i64),
) -> Result<String, PageError> {
    Ok(view(words, frame, matched, people, day)?.drawn()?)
}

fn view(
    words: Words,
    frame: Frame,
    matched: &Matched,
    people: &HashMap<String, Worker>,
    day: (NaiveDate, i64),
) -> Result<Page, PageError> {
    let (request, answer) = (&matched.request.value, &matched.answer);
    let person = |code: &str| {
        people
            .get(code)
            .ok_or_else(|| PageError::from(ServiceError::not_found("worker", code)))
    };
    let name = |code: &str| person(code).map(Worker::full_name);
    let count = |(criterion, count): (Criterion, u32)| {
        (
            words.code("criterion", criterion.code()).into_owned(),
            words.number(i64::from(count)),
        )
    };
    let mut page = Page {
        t: words,
        frame,
        code: answer.request.clone(),
        record: format!("/requests/{}", answer.request),
        is_open: request.is_open(),
        summary: summary(words, request),
        offer_too_low: None,
        pool: answer.pool,
        fits_in_all: answer.fits_in_all,
        fits: Vec::new(),
        none_text: none_text(words, matched),
        problems: Vec::new(),
        orders: orders(words, request, matched),
        other_order: Some(matched.listed_by)
            .filter(|order| *order != ListedBy::Rules)
            .map(ListedBy::code),
        near: Vec::new(),
        near_in_all: answer
            .limits
            .iter()
            .filter(|(criterion, _)| counts_near_misses(criterion.code()))
            .map(|(_, count)| count)
            .sum(),
        limits: answer
            .limits
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(count)
            .collect(),
        held_back: matched.held_back.iter().copied().map(count).collect(),
        teams: Vec::new(),
        teams_cut_short: answer.teams_cut_short,
        introduced: Vec::new(),
        left_out: Vec::new(),
        revision: matched.revision.to_string(),
    };
    let cards = Cards::of(words, request, day);
    for fit in &answer.fits {
        page.fits.push(cards.fit(person(&fit.worker)?, fit));
    }
    for miss in &answer.near_misses {
        page.near.push(near_card(words, name(&miss.worker)?, miss));
    }
    for team in &answer.teams {
        page.teams.push(team_card(words, team, name)?);
    }
    for worker in &answer.left_out {
        if let Some(ground) = matched.left_out.get(worker) {
            page.left_out
                .push((worker.clone(), name(worker)?, ground.code()));
        }
    }
    for one in &answer.introduced {
        page.introduced.push((
            one.worker.clone(),
            name(&one.worker)?,
            words.date(one.issued_on),
        ));
    }
    Ok(page)
}

/// The orders that tell people apart, all of them with as many people as are shown now;
/// none where there is nothing to put in order.
fn orders(words: Words, request: &CareRequest, matched: &Matched) -> Vec<OrderLink> {
    let answer = &matched.answer;
    if answer.fits_in_all < 2 {
        return Vec::new();
    }
    let all = if answer.fits.len() > SHOWN {
        "&all=1"
    } else {
        ""
    };
    let serving = ListedBy::ALL.into_iter();
    serving
        .filter(|order| order.serves(request.arrangement))
        .map(|order| OrderLink {
            href: format!(
                "/requests/{}/match?order={}{all}",
                answer.request,
                order.code()
            ),
            name: words.code("match-order", order.code()).into_owned(),
            current: order == matched.listed_by,
        })
        .collect()
}

/// Where the way on lies: beneath, or in another request.
fn none_text(words: Words, matched: &Matched) -> String {
    let answer = &matched.answer;
    let is_beneath = !answer.near_misses.is_empty()
        || !answer.teams.is_empty()
        || answer.limits.iter().any(|(_, count)| count > 0);
    if is_beneath {
        return words.get("match-none-text").into_owned();
    }
    let wishes = matched.held_back.iter().map(|(criterion, _)| *criterion);
    let costly: Vec<_> = (wishes.filter(|one| is_a_wish(*one)).take(MOST_WISHES))
        .map(|one| words.code("criterion", one.code()))
        .collect();
    if costly.is_empty() {
        return words.get("match-none-lost").into_owned();
    }
    let wishes = costly.join(sentences::comma(words));
    words.with("match-none-revise", &[("wishes", &wishes)])
}

/// Whether a family could ask for something else; what remains is the worker's own papers.
fn is_a_wish(criterion: Criterion) -> bool {
    !matches!(criterion, Criterion::Permit | Criterion::Accreditation)
}

fn counts_near_misses(criterion: &str) -> bool {
    !matches!(criterion, "arrangement" | "worker_sex")
}

/// The need in one line.
pub fn summary(words: Words, request: &CareRequest) -> String {
    let arrangement = words.code("arrangement", request.arrangement.code());
    let parts = [
        arrangement.into_owned(),
        request.comune.name().to_owned(),
        sheet_view::schedule(words, request),
        words.with("request-from", &[("date", &words.date(request.start_date))]),
    ];
    parts.join(" · ")
}

/// What the cards of all who fit have in common.
struct Cards<'a> {
    words: Words,
    reasons: Reasons<'a>,
    /// Where single hours are asked for.
    need: Option<week::Need>,
    components: [Cow<'static, str>; 6],
    today: NaiveDate,
    fresh_days: i64,
}

impl<'a> Cards<'a> {
    fn of(words: Words, request: &'a CareRequest, (today, fresh_days): (NaiveDate, i64)) -> Self {
        let drawn = request.arrangement != Arrangement::LiveIn;
        let components = Components::default().in_order();
        Self {
            words,
            reasons: Reasons::of(words, request),
            need: drawn.then(|| week::Need::of(words, &request.schedule)),
            components: components.map(|(code, _)| words.code("component", code)),
            today,
            fresh_days,
        }
    }

    fn fit(&self, worker: &Worker, fit: &Fit) -> FitCard {
        let (words, explanation) = (self.words, &fit.explanation);
        let years = worker.experience_years.unwrap_or(0);
        let points = self.components.iter().zip(fit.components.in_order());
        FitCard {
            code: fit.worker.clone(),
            name: worker.full_name(),
            comune: worker.comune.name().to_owned(),
            band: fit.band,
            score: points_of(words, fit.score),
            needs_no_asking: worker.needs_no_asking(self.fresh_days, self.today),
            reasons: self.reasons.told(worker.skills, years, explanation),
            warnings: warnings(words, explanation),
            points: points
                .map(|(name, (_, value))| (name.clone(), points_of(words, value)))
                .collect(),
            turn: match fit.last_introduced_on {
                None => words.get("turn-never").into_owned(),
                Some(day) => words.with(
                    "turn-last",
                    &[
                        ("date", &words.date(day)),
                        ("count", &i64::from(fit.requests_introduced_90d)),
                    ],
                ),
            },
            confirmed: sentences::date_or_not_stated(words, fit.confirmed_on),
            days: (self.need.as_ref())
                .map(|need| need.with(&explanation.availability))
                .unwrap_or_default(),
        }
    }
}

fn warnings(words: Words, explanation: &Explanation) -> Vec<String> {
    let all = explanation.warnings.iter();
    all.map(|warning| sentences::warning(words, warning))
        .collect()
}

/// Points as people read them: out of a hundred.
fn points_of(words: Words, points: u32) -> String {
    words.number(f64::from(points) / 1000.0)
}

fn near_card(words: Words, name: String, miss: &NearMiss) -> NearCard {
    NearCard {
        code: miss.worker.clone(),
        name,
        criterion: words.code("criterion", miss.criterion.code()).into_owned(),
        missing: sentences::shortfall(words, miss.criterion, &miss.shortfall),
        warnings: warnings(words, &miss.explanation),
        band: miss.band,
        score: points_of(words, miss.score),
    }
}

fn team_card(
    words: Words,
    team: &Team,
    name: impl Fn(&str) -> Result<String, PageError>,
) -> Result<TeamCard, PageError> {
    let mut members = Vec::new();
    for (worker, explanation) in team.workers.iter().zip(&team.explanations) {
        let hours = team
            .assignment
            .get(worker)
            .map(|grid| sentences::week(words, grid))
            .unwrap_or_default();
        members.push(TeamMember {
            code: worker.clone(),
            name: name(worker)?,
            hours,
            warnings: warnings(words, explanation),
        });
    }
    Ok(TeamCard {
        members,
        covered: sentences::hours(words, team.covered_slots),
        forms: team
            .legal_forms
            .iter()
            .map(|form| words.code("legal-form", form.code()).into_owned())
            .collect(),
    })
}
