//! The forms by which a partner files a family and its request, or one more request of a family
//! that it sent: fewer questions than the desk asks, and the family's word. They show nothing
//! that is there already.

use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form as Sent;

use super::posted::Posted;
use super::questions::{self, Group, World};
use super::refused;
use super::spec::{self, Ask, Choice, Part, ask};
use crate::catalogue::Words;
use crate::domain::ids::RequestCode;
use crate::domain::invalid::Problem;
use crate::services::partners::{filing, referrals};
use crate::services::{Context, ServiceError, drafts, places, sentences};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, typed_day};
use crate::web::frame::Frame;

/// What a partner is asked of a family that it sends.
const PARTS: &[Part] = &[CONTACT, NEED, CONSENT];
/// Of one that it sent before.
const AGAIN: &[Part] = &[NEED, CONSENT];

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
    action: String,
    title: String,
    text: String,
    draft: String,
    problems: Vec<Shown>,
    groups: Vec<Group>,
    comuni: Vec<String>,
    days: String,
    short_days: String,
}

/// Which of the forms.
struct Asked {
    parts: &'static [Part],
    action: String,
    title: String,
    text: String,
}

impl Asked {
    /// Of a family that is sent.
    fn first(words: Words) -> Self {
        Self {
            parts: PARTS,
            action: "/partner/referrals/new".to_owned(),
            title: words.get("referral-file").into_owned(),
            text: words.get("referral-file-text").into_owned(),
        }
    }

    /// Of the family of a request of the partner's own.
    async fn another(visit: &Visit, code: &RequestCode) -> Result<Self, PageError> {
        let words = visit.words;
        let family = referrals::family(&visit.site.context, visit.actor()?, code).await?;
        Ok(Self {
            parts: AGAIN,
            action: format!("/partner/referrals/{code}/another"),
            title: words.get("referral-another").into_owned(),
            text: words.with("referral-another-text", &[("name", &family)]),
        })
    }
}

async fn page(
    visit: &Visit,
    asked: Asked,
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
        notices: &[],
    };
    let problems = refused::in_words(words, asked.parts, problems);
    let all_days = |name: &dyn Fn(usize) -> String| (0..7).map(name).collect::<Vec<_>>().join("|");
    let page = Page {
        t: words,
        frame: visit.frame().refused_if(!problems.is_empty()),
        groups: questions::groups(&world, asked.parts, posted, &problems),
        action: asked.action,
        title: asked.title,
        text: asked.text,
        draft,
        comuni: questions::comuni_near(desks.first()),
        days: all_days(&|day| sentences::day(words, day)),
        short_days: all_days(&|day| words.code("weekday-short", day.to_string()).into_owned()),
        problems,
    };
    Ok(Html(page.render()?))
}

async fn empty(visit: &Visit, asked: Asked) -> Result<Html<String>, PageError> {
    let context = &visit.site.context;
    let mut posted = Posted::default();
    posted.set("contact_language", &["it".to_owned()]);
    posted.set("live_in_hours", &["54".to_owned()]);
    posted.set("consent_on", &[typed_day(context.today())]);
    page(visit, asked, drafts::new_id(context), &posted, &[]).await
}

/// The empty form for a family.
pub async fn get(visit: Visit) -> Result<Html<String>, PageError> {
    let asked = Asked::first(visit.words);
    empty(&visit, asked).await
}

fn code_of(text: &str) -> Result<RequestCode, PageError> {
    RequestCode::parse(text).map_err(|_| PageError::NotFound)
}

/// The empty form for one more request.
pub async fn another(visit: Visit, Path(code): Path<String>) -> Result<Html<String>, PageError> {
    let asked = Asked::another(&visit, &code_of(&code)?).await?;
    empty(&visit, asked).await
}

/// The id of a form that was sent.
fn draft_of(context: &Context, posted: &Posted) -> String {
    let sent = posted.first("draft");
    if drafts::is_id(sent) {
        sent.to_owned()
    } else {
        drafts::new_id(context)
    }
}

async fn answer(
    visit: &Visit,
    asked: Asked,
    draft: String,
    posted: &Posted,
    filed: Result<RequestCode, ServiceError>,
) -> Result<Response, PageError> {
    match filed {
        Ok(code) => {
            let target = format!("/partner/referrals/{code}?done=filed");
            Ok(Redirect::to(&target).into_response())
        }
        Err(ServiceError::Invalid(invalid)) => {
            let page = page(visit, asked, draft, posted, &invalid.0).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// Files what was typed of a family.
pub async fn post(
    visit: Visit,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let posted = Posted::new(pairs);
    let (draft, asked) = (draft_of(context, &posted), Asked::first(visit.words));
    let cells = posted.read(asked.parts, context.today());
    let filed = filing::file(context, actor, &draft, &cells).await;
    answer(&visit, asked, draft, &posted, filed).await
}

/// Files what was typed of one more request.
pub async fn post_another(
    visit: Visit,
    Path(code): Path<String>,
    Sent(pairs): Sent<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let (context, actor, code) = (&visit.site.context, visit.actor()?, code_of(&code)?);
    let posted = Posted::new(pairs);
    let asked = Asked::another(&visit, &code).await?;
    let draft = draft_of(context, &posted);
    let cells = posted.read(asked.parts, context.today());
    let filed = filing::file_another(context, actor, &code, &draft, &cells).await;
    answer(&visit, asked, draft, &posted, filed).await
}
