//! What a form begins with: defaults, a family's request, the request that covers
//! the rest days of another one, what a refused proposal suggests.

use super::form::Begun;
use super::posted::Posted;
use super::spec;
use crate::services::proposals::revision;
use crate::services::registering::{self, Form};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{key, typed_day};

/// What a new form begins with.
pub(super) async fn fresh(visit: &Visit, form: Form, begun: &Begun) -> Result<Posted, PageError> {
    let mut posted = Posted::default();
    let mut put = |name: &str, value: String| posted.set(name, &[value]);
    let today = typed_day(visit.site.context.today());
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

/// Fills in what a no suggests of the worker's own data. Nothing is saved by it.
pub(super) async fn suggested(
    visit: &Visit,
    worker: &str,
    proposal: &str,
    posted: &mut Posted,
) -> Result<(), PageError> {
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let changes = revision::suggested(context, actor, worker, key(proposal)?).await?;
    for (name, cell) in changes {
        if let Some(column) = spec::column(spec::WORKER, name) {
            posted.take_over(visit.words, column, &cell);
        }
    }
    Ok(())
}
