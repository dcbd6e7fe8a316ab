//! A request's page: the need, whose it is, who was asked and who was introduced.

use askama::Template;
use axum::extract::Path;
use axum::response::Html;

use crate::catalogue::{Language, Words};
use crate::domain::contract::{Arrangement, CcnlLevel};
use crate::domain::ids::RequestCode;
use crate::domain::request::CareRequest;
use crate::domain::week::WeekGrid;
use crate::services::{records, sentences, sheet_view};
use crate::storage::introductions::IntroductionLine;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::facts::{Facts, Section};
use crate::web::frame::Frame;
use crate::web::week::{self, Day};

/// Who was asked, and what they said.
pub struct Asked {
    pub worker: String,
    pub name: String,
    pub state: &'static str,
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
}

/// The page.
pub async fn get(visit: Visit, Path(code): Path<String>) -> Result<Html<String>, PageError> {
    let code = RequestCode::parse(&code).map_err(|_| PageError::NotFound)?;
    let context = &visit.site.context;
    let record = records::request(context, visit.actor()?, &code).await?;
    let words = visit.words;
    let request = &record.request.value;
    let asked = record.proposals.into_iter().map(|line| {
        let proposal = line.proposal.value;
        Asked {
            worker: line.worker,
            name: line.worker_name,
            state: proposal.state_on(context.today()).code(),
            on: words.date(proposal.answered_on.unwrap_or(proposal.proposed_on)),
        }
    });
    let page = Page {
        t: words,
        frame: visit.frame(),
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
            request.ccnl_level.map(|one| level(words, one)),
        )
        .yes_no("fact-public-contribution", request.public_contribution)
        .fact(
            "fact-covers",
            request.covers.as_ref().map(ToString::to_string),
        )
        .date("fact-opened-on", Some(request.opened_on))
        .done()
}

fn level(words: Words, level: CcnlLevel) -> String {
    let title = match words.language() {
        Language::En => level.gloss_en(),
        _ => level.title_it(),
    };
    format!("{} – {title}", level.code())
}
