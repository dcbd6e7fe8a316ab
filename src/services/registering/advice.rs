//! What is said of a request while it is still being typed: the agreement's view
//! of it, and who would fit it. Reads, and writes nothing.

use crate::domain::account::Actor;
use crate::domain::advice::{Advice, Wish, advise};
use crate::domain::contract::{Arrangement, CcnlLevel, LiveInHours};
use crate::domain::ids::RequestCode;
use crate::domain::reading::{self, Fields};
use crate::domain::request::CareRequest;
use crate::domain::skill::{QualificationSet, SkillSet};
use crate::domain::week::WeekGrid;
use crate::matching::Need;
use crate::services::matching::{Ground, need_of};
use crate::services::{Context, ServiceError, error::require_desk};
use crate::storage;

/// What the agreement says; none before a form of work is chosen, or while the
/// hours can't be read. What else can't be read yet counts as not stated.
pub fn of_request(context: &Context, fields: &(dyn Fields + Sync)) -> Option<Advice> {
    let stated = |column: &str| {
        let text = fields.get(column).map(str::trim);
        text.filter(|text| !text.is_empty())
    };
    let today = context.today();
    let arrangement = reading::arrangement(stated("arrangement")?).ok()?;
    let hours = stated("live_in_hours").and_then(|hours| hours.parse().ok());
    let start = stated("start_date").and_then(|day| reading::date(day).ok());
    let schedule = match stated("schedule") {
        Some(text) => reading::week(text).ok()?,
        None => WeekGrid::EMPTY,
    };
    let needs_hours = arrangement != Arrangement::LiveIn;
    if needs_hours && schedule.is_empty() {
        return None;
    }
    let skills = |column| stated(column).and_then(|text| reading::skills(text).ok());
    let qualifications = stated("required_qualifications");
    let amount = |column| stated(column).and_then(|text| reading::money(text).ok());
    Some(advise(&Wish {
        arrangement,
        schedule,
        live_in_hours: hours.and_then(LiveInHours::from_hours).unwrap_or_default(),
        covers_rest: stated("covers").is_some(),
        self_sufficient: stated("self_sufficient").and_then(|text| reading::yes_no(text).ok()),
        skills: skills("required_skills").unwrap_or(SkillSet::EMPTY),
        qualifications: qualifications
            .and_then(|text| reading::qualifications(text).ok())
            .unwrap_or(QualificationSet::EMPTY),
        level: stated("ccnl_level").and_then(CcnlLevel::by_code),
        max_pay_hour: amount("max_pay_hour"),
        max_pay_month: amount("max_pay_month"),
        day: start.unwrap_or(today).max(today),
    }))
}

/// How many fit what was typed, and how many fitted what is saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fitting {
    pub now: usize,
    /// None for a new request.
    pub before: Option<usize>,
}

/// Matches what was typed without saving it; none while it can't be matched. A
/// worker's sex counts only as far as a second person confirmed it already.
pub async fn fitting(
    context: &Context,
    actor: &Actor,
    fields: &(dyn Fields + Sync),
    over: Option<&RequestCode>,
) -> Result<Option<Fitting>, ServiceError> {
    require_desk(actor)?;
    let today = context.today();
    let saved = match over {
        Some(code) => storage::requests::find(context.db.read(), code).await?,
        None => None,
    };
    let saved = saved.map(|saved| saved.value);
    let Ok(read) = CareRequest::read(fields, saved.as_ref(), today) else {
        return Ok(None);
    };
    let typed = read.value;
    let confirmed = saved.as_ref().and_then(|saved| saved.worker_sex);
    let Some(need) = need_of(&typed)
        .ok()
        .filter(|_| typed.worker_sex.is_none() || typed.worker_sex == confirmed)
    else {
        return Ok(None);
    };
    let ground = Ground::now(context, today).await?;
    let count = |need: &Need| ground.search(need).count_fits() as usize;
    let before = saved.and_then(|saved| need_of(&saved).ok());
    Ok(Some(Fitting {
        now: count(&need),
        before: before.as_ref().map(count),
    }))
}
