//! A request's page: the need, whose it is, who was asked and who was introduced.

use askama::Template;
use axum::extract::{Path, Query};
use axum::response::{Html, Redirect};

use crate::catalogue::Words;
use crate::domain::contract::Arrangement;
use crate::domain::ids::RequestCode;
use crate::domain::request::CareRequest;
use crate::domain::week::WeekGrid;
use crate::services::registering::{self, Form};
use crate::services::{charge, inbox, records, sentences, sheet_view, sheets};
use crate::storage::introductions::IntroductionLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::facts::{Facts, Section};
use crate::web::frame::Frame;
use crate::web::pages::partner::referrals::family_word;
use crate::web::pages::proposals::next_act;
use crate::web::pages::registering::Seen;
use crate::web::pages::registering::history::{self, Line};
use crate::web::week::{self, Day};

/// Who was asked, and what they said.
pub struct Asked {
    pub id: i64,
    pub worker: String,
    pub name: String,
    pub state: &'static str,
    /// What there is to do.
    pub next: &'static str,
    pub on: String,
}

#[derive(Template)]
#[template(path = "pages/requests/record.html")]
struct Page {
    t: Words,
    frame: Frame,
    code: String,
    family: String,
    family_code: String,
    status: &'static str,
    needed_by: Option<String>,
    sections: Vec<Section>,
    /// Empty where the request names no hours.
    days: Vec<Day>,
    asked: Vec<Asked>,
    introductions: Vec<IntroductionLine>,
    /// A live-in request, whose rest days another one can cover.
    live_in: bool,
    /// Who is in charge, and whether that is the reader.
    charge: Option<String>,
    mine: bool,
    /// The sex waits for a second person's word.
    sex_waits: bool,
    /// That the offer lets no sheet out.
    offer_too_low: Option<String>,
    /// The number under which its family asked by itself.
    source: Option<String>,
    /// The family's word under which a partner sent it, in a sentence.
    consent: Option<String>,
    history: Vec<Line>,
}

/// The page.
pub async fn get(
    visit: Visit,
    Path(code): Path<String>,
    Query(seen): Query<Seen>,
) -> Result<Html<String>, PageError> {
    let code = RequestCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let context = &visit.site.context;
    let actor = visit.actor()?;
    let record = records::request(context, actor, &code).await?;
    let charge = charge::of(context, actor, record.request.id).await?;
    let source = inbox::desk::source_of(context, actor, record.request.id).await?;
    let words = visit.words;
    let request = &record.request.value;
    let too_low = if request.is_open() {
        sheets::offer_too_low(context, request).await?
    } else {
        None
    };
    let introduced = |worker: &str| record.introductions.iter().any(|one| one.worker == worker);
    let asked = record.proposals.into_iter().map(|line| {
        let state = line.standing(context.today());
        let proposal = &line.proposal.value;
        let next = next_act(proposal, state);
        Asked {
            id: line.proposal.id,
            next: if next == "issue" && introduced(line.worker.as_str()) {
                "nothing"
            } else {
                next
            },
            worker: line.worker.to_string(),
            name: line.worker_name,
            state: state.code(),
            on: words.date(proposal.answered_on.unwrap_or(proposal.proposed_on)),
        }
    });
    let page = Page {
        t: words,
        frame: visit.frame().with_notice(seen.notice(words)),
        live_in: request.arrangement == Arrangement::LiveIn,
        mine: charge
            .as_ref()
            .is_some_and(|(id, _)| *id == actor.account_id),
        charge: charge.map(|(_, name)| name),
        offer_too_low: too_low.map(|why| sentences::why(words, &why)),
        sex_waits: request.worker_sex_asked_by.is_some(),
        source,
        consent: record.consent.map(|word| family_word(words, &word)),
        history: history::lines(&visit, Form::Request, code.as_str()).await?,
        code: code.to_string(),
        family: record.family.value.full_name(),
        family_code: request.family.to_string(),
        status: request.status.code(),
        needed_by: request.needed_by.map(|day| words.date(day)),
        sections: vec![need(words, request), terms(words, request)],
        days: if request.arrangement == Arrangement::LiveIn {
            Vec::new()
        } else {
            week::days(words, &request.schedule, &WeekGrid::EMPTY)
        },
        asked: asked.collect(),
        introductions: record.introductions,
    };
    Ok(Html(page.render()?))
}

/// A second person's word that the request may state the worker's sex.
pub async fn confirm_sex(visit: Visit, Path(code): Path<String>) -> Result<Redirect, PageError> {
    let code = RequestCode::parse(&code).map_err(|_| PageError::NotFound)?;
    registering::confirm_sex(&visit.site.context, visit.actor()?, &code).await?;
    Ok(Redirect::to(&format!("/requests/{code}?saved=1")))
}

fn need(words: Words, request: &CareRequest) -> Section {
    Facts::of(words, "section-need")
        .fact("fact-comune", Some(request.comune.unique_name()))
        .fact(
            "fact-arrangement",
            Some(
                words
                    .code("arrangement", request.arrangement.code())
                    .into_owned(),
            ),
        )
        .fact("fact-schedule", Some(sheet_view::schedule(words, request)))
        .fact(
            "fact-coverage",
            Some(words.with(
                "coverage-percent",
                &[(
                    "percent",
                    &words.number(f64::from(request.min_coverage_permille) / 10.0),
                )],
            )),
        )
        .date("fact-start-date", Some(request.start_date))
        .date("fact-end-date", request.end_date)
        .fact(
            "fact-required-skills",
            Some(sentences::skills(words, request.required_skills).join(", ")),
        )
        .fact(
            "fact-preferred-skills",
            Some(sentences::skills(words, request.preferred_skills).join(", ")),
        )
        .fact(
            "fact-required-qualifications",
            Some(sentences::qualifications(words, request.required_qualifications).join(", ")),
        )
        .fact(
            "fact-required-languages",
            Some(sentences::languages(words, &request.required_languages).join(", ")),
        )
        .fact(
            "fact-self-sufficient",
            request.self_sufficient.map(|yes| {
                words
                    .code("yes-no", if yes { "yes" } else { "no" })
                    .into_owned()
            }),
        )
        .fact(
            "fact-worker-sex",
            request.worker_sex.map(|sex| {
                words.with(
                    "worker-sex-with-ground",
                    &[("sex", &words.code("sex", sex.code()))],
                )
            }),
        )
        .done()
}

fn terms(words: Words, request: &CareRequest) -> Section {
    Facts::of(words, "section-terms")
        .fact(
            "fact-max-pay-hour",
            request.max_pay_hour.map(|pay| sentences::euro(words, pay)),
        )
        .fact(
            "fact-max-pay-month",
            request.max_pay_month.map(|pay| sentences::euro(words, pay)),
        )
        .fact(
            "fact-ccnl-level",
            request.ccnl_level.map(|one| sentences::level(words, one)),
        )
        .yes_no("fact-public-contribution", request.public_contribution)
        .fact(
            "fact-covers",
            request.covers.as_ref().map(ToString::to_string),
        )
        .date("fact-opened-on", Some(request.opened_on))
        .done()
}
