//! The form by which a partner files a family and its request: fewer questions than the desk
//! asks, and the family's word. It shows nothing that is there already.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;

use super::posted::Posted;
use super::questions::{self, Group, World};
use super::refused;
use super::spec::{self, Ask, Choice, Part, ask};
use crate::catalogue::Words;
use crate::domain::invalid::Problem;
use crate::services::partners::filing;
use crate::services::{ServiceError, drafts, places, sentences};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, typed_day};
use crate::web::frame::Frame;

/// What a partner is asked.
const PARTS: &[Part] = &[CONTACT, NEED, CONSENT];

const CONTACT: Part = Part {
    heading: "section-contact",
    columns: &[
        spec::GIVEN_NAME,
        spec::FAMILY_NAME,
        spec::RELATION,
        spec::PHONE,
        spec::EMAIL,
        spec::CONTACT_BY,
        spec::CONTACT_LANGUAGE,
        spec::DESK,
    ],
};

const NEED: Part = Part {
    heading: "section-need",
    columns: &[
        spec::WORK_COMUNE,
        spec::ARRANGEMENT,
        spec::SCHEDULE,
        spec::LIVE_IN_HOURS,
        spec::START_DATE,
        spec::NEEDED_BY,
        spec::SELF_SUFFICIENT,
        spec::REQUIRED_SKILLS,
    ],
};

const CONSENT: Part = Part {
    heading: "section-family-word",
    columns: &[
        ask(
            "consent_by",
            "fact-consent-by",
            "hint-consent-by",
            Ask::Line("text"),
        ),
        ask(
            "consent_how",
            "fact-family-consent-how",
            "",
            Ask::One(Choice::FamilyWord),
        ),
        ask(
            "consent_on",
            "fact-consent-on-day",
            "hint-date",
            Ask::Day(0),
        ),
    ],
};

#[derive(Template)]
#[template(path = "pages/partner/file.html")]
struct Page {
    t: Words,
    frame: Frame,
    draft: String,
    problems: Vec<Shown>,
    groups: Vec<Group>,
    comuni: Vec<String>,
    days: String,
    short_days: String,
}

async fn page(
    visit: &Visit,
    draft: String,
    posted: &Posted,
    problems: &[Problem],
) -> Result<Html<String>, PageError> {
    let (context, words) = (&visit.site.context, visit.words);
    let desks = places::desks(context).await?;
    let world = World {
        words,
        desks: &desks,
        partners: &[],
    };
    let problems = refused::in_words(words, PARTS, problems);
    let all_days = |name: &dyn Fn(usize) -> String| (0..7).map(name).collect::<Vec<_>>().join("|");
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        draft,
        groups: questions::groups(&world, PARTS, posted, &problems),
        comuni: questions::comuni_near(desks.first()),
        days: all_days(&|day| sentences::day(words, day)),
        short_days: all_days(&|day| words.code("weekday-short", day.to_string()).into_owned()),
        problems,
    };
    Ok(Html(page.render()?))
}

/// The empty form.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let context = &visit.site.context;
    let mut posted = Posted::default();
    posted.set("contact_language", &["it".to_owned()]);
    posted.set("live_in_hours", &["54".to_owned()]);
    posted.set("consent_on", &[typed_day(context.today())]);
    page(&visit, drafts::new_id(context), &posted, &[]).await
}

/// Files what was typed.
pub async fn post(
    visit: Visit,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let posted = Posted::new(pairs);
    let sent = posted.first("draft").to_owned();
    let draft = if drafts::is_id(&sent) {
        sent
    } else {
        drafts::new_id(context)
    };
    let cells = posted.read(PARTS, context.today());
    match filing::file(context, actor, &draft, &cells).await {
        Ok(code) => {
            let target = format!("/partner/referrals/{code}?done=filed");
            Ok(Redirect::to(&target).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let page = page(&visit, draft, &posted, &invalid.0).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
