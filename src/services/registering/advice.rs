//! What is said of a request while it is still being typed: the agreement's view
//! of it, and who would fit it. Reads, and writes nothing.

use std::cmp::Reverse;

use crate::domain::account::Actor;
use crate::domain::advice::{Advice, Wish, advise};
use crate::domain::contract::{Arrangement, CcnlLevel, LiveInHours};
use crate::domain::ids::RequestCode;
use crate::domain::invalid::Why;
use crate::domain::reading::{self, Fields};
use crate::domain::request::CareRequest;
use crate::domain::skill::{QualificationSet, SkillSet};
use crate::domain::week::{SLOTS, SLOTS_A_DAY, WeekGrid};
use crate::matching::Need;
use crate::services::matching::{Ground, SEX_WAITS, need_of};
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

/// Why the row that the offer stands beside counts as wrong, where an administrator says so.
pub async fn why_wrong(context: &Context, advice: &Advice) -> Result<Option<String>, ServiceError> {
    match advice.offer.row() {
        Some(row) => {
            let (db, today) = (context.db.read(), context.today());
            Ok(storage::minimum_rules::why_wrong(db, row, today).await?)
        }
        None => Ok(None),
    }
}

/// How many fit what was typed, and how many fitted what is saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitting {
    pub now: usize,
    /// None for a new request.
    pub before: Option<usize>,
    /// Where few fit: what would find the most besides, the best first.
    pub eased: Vec<Eased>,
}

/// What came of searching for what was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Searched {
    Found(Fitting),
    /// Nothing is missing, but it may not be searched for yet.
    Refused(Why),
    /// It can't be read as a request yet.
    Unread,
}

/// From so many on nobody is told how to find more.
const ENOUGH: usize = 20;
/// Smaller wishes that are told.
const MOST_TOLD: usize = 3;
const DAYS: usize = 7;

/// Half an hour less of the schedule, by which more would fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Eased {
    /// 0 for Monday; none for every day that has hours.
    pub day: Option<usize>,
    pub by: By,
    /// How many more would fit.
    pub more: usize,
}

/// Where the half an hour goes, and the time that is left there: in half-hours from
/// midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Beginning(usize),
    Ending(usize),
}

/// The schedules that ask half an hour less: at the beginning or the end of a day's work,
/// of one day or of all.
fn eased(schedule: &WeekGrid) -> Vec<(Option<usize>, By, WeekGrid)> {
    let (mut begins, mut ends) = (Vec::new(), Vec::new());
    for day in 0..DAYS {
        let (runs, midnight) = (schedule.day_runs(day), day * SLOTS_A_DAY);
        let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
            continue;
        };
        // Work that goes on through midnight neither begins nor ends there, and what is
        // half an hour long would be gone.
        let (begin, end) = (midnight + first.0, midnight + last.1 - 1);
        if first.1 - first.0 > 1 && !schedule.contains((begin + SLOTS - 1) % SLOTS) {
            begins.push((day, By::Beginning(first.0 + 1), begin));
        }
        if last.1 - last.0 > 1 && !schedule.contains((end + 1) % SLOTS) {
            ends.push((day, By::Ending(last.1 - 1), end));
        }
    }
    let without = |slots: &[usize]| schedule.minus(&WeekGrid::from_slots(slots.iter().copied()));
    let mut all = Vec::new();
    for edges in [&begins, &ends] {
        if let [(_, by, _), _, ..] = edges[..] {
            let slots: Vec<usize> = edges.iter().map(|(_, _, slot)| *slot).collect();
            all.push((None, by, without(&slots)));
        }
    }
    let single = begins.iter().chain(&ends);
    all.extend(single.map(|(day, by, slot)| (Some(*day), *by, without(&[*slot]))));
    all
}

/// Matches what was typed without saving it. A worker's sex counts only as far as a second
/// person confirmed it already.
pub async fn fitting(
    context: &Context,
    actor: &Actor,
    fields: &(dyn Fields + Sync),
    over: Option<&RequestCode>,
) -> Result<Searched, ServiceError> {
    require_desk(actor)?;
    let today = context.today();
    let saved = match over {
        Some(code) => storage::requests::find(context.db.read(), code).await?,
        None => None,
    };
    let saved = saved.map(|saved| saved.value);
    let Ok(read) = CareRequest::read(fields, saved.as_ref(), today) else {
        return Ok(Searched::Unread);
    };
    let typed = read.value;
    let confirmed = saved.as_ref().and_then(|saved| saved.worker_sex);
    let need = match need_of(&typed) {
        Ok(_) if typed.worker_sex.is_some() && typed.worker_sex != confirmed => {
            return Ok(Searched::Refused(Why::new(SEX_WAITS)));
        }
        Ok(need) => need,
        Err(why) if why.key == SEX_WAITS => return Ok(Searched::Refused(why)),
        Err(_) => return Ok(Searched::Unread),
    };
    let ground = Ground::now(context, today).await?;
    let count = |need: &Need| ground.search(need).count_fits() as usize;
    let before = saved.and_then(|saved| need_of(&saved).ok());
    let now = count(&need);
    let mut more = Vec::new();
    if now < ENOUGH && typed.arrangement != Arrangement::LiveIn {
        for (day, by, schedule) in eased(&typed.schedule) {
            let smaller = CareRequest {
                schedule,
                ..typed.clone()
            };
            let fit = need_of(&smaller).map_or(0, |need| count(&need));
            let more_fit = fit.saturating_sub(now);
            more.extend((more_fit > 0).then_some(Eased {
                day,
                by,
                more: more_fit,
            }));
        }
    }
    // Where they find as many, that of one day comes before that of all.
    more.sort_by_key(|one| (Reverse(one.more), one.day.is_none()));
    more.truncate(MOST_TOLD);
    Ok(Searched::Found(Fitting {
        now,
        before: before.as_ref().map(count),
        eased: more,
    }))
}
