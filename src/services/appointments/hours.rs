//! When a desk gives appointments: hours of the week from a day on, as dated rows, and days on
//! which it is closed. What is booked already stays booked: a day is closed once nobody comes
//! on it any more.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::desk_of;
use crate::domain::account::Actor;
use crate::domain::appointment::{CLOSED_AHEAD, CLOSED_SHOWN, DeskHours, LENGTHS, MOST_CLOSED};
use crate::domain::ids::DeskCode;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::{reading, typed};
use crate::services::error::require_desk;
use crate::services::{Context, ServiceError, dated};
use crate::storage;
use crate::storage::places::Desk;
use crate::storage::policy::Written;

/// What a desk's hours are, and how that came.
pub struct Hours {
    pub desks: Vec<Desk>,
    pub desk: Desk,
    pub now: Option<DeskHours>,
    /// The last first.
    pub history: Vec<Written<DeskHours>>,
    /// From today on, or from a later day.
    pub closed: Vec<NaiveDate>,
    /// The first closed day after those.
    pub more: Option<NaiveDate>,
}

/// The desk named, else the actor's own.
pub(super) fn chosen<'a>(actor: &'a Actor, code: Option<&'a str>) -> &'a str {
    let own = actor.desk().map_or("", DeskCode::as_str);
    code.filter(|code| !code.is_empty()).unwrap_or(own)
}

/// The hours of a desk; of the actor's own where none is named. `from`: the day from which
/// closed days are listed, where it is not today.
pub async fn of(
    context: &Context,
    actor: &Actor,
    desk: Option<&str>,
    from: Option<NaiveDate>,
) -> Result<Hours, ServiceError> {
    require_desk(actor)?;
    let (db, today) = (context.db.read(), context.today());
    let (id, desk) = desk_of(db, chosen(actor, desk)).await?;
    let history = storage::appointments::newest_hours(db, id).await?;
    let mut rules = history.iter().map(|written| written.rule);
    let now = rules.find(|rule| rule.valid_from <= today);
    let from = from.map_or(today, |day| day.max(today));
    let most = CLOSED_SHOWN as u64 + 1;
    let mut closed = storage::appointments::next_closed(db, id, from, most).await?;
    let more = closed.get(CLOSED_SHOWN).copied();
    closed.truncate(CLOSED_SHOWN);
    let desks = storage::places::desks(db).await?;
    Ok(Hours {
        desks: desks.into_iter().map(|(_, one)| one).collect(),
        desk,
        now,
        history,
        closed,
        more,
    })
}

/// A desk with when it gives appointments, as everybody may read it.
pub struct Open {
    pub desk: Desk,
    pub hours: Option<DeskHours>,
    /// Of the next two months.
    pub closed: Vec<NaiveDate>,
}

/// Every desk, by code.
pub async fn everywhere(context: &Context) -> Result<Vec<Open>, ServiceError> {
    let (db, today) = (context.db.read(), context.today());
    let hours = storage::appointments::hours_on(db, today).await?;
    let hours: HashMap<i64, DeskHours> = hours.into_iter().collect();
    let ahead = (today, today + CLOSED_AHEAD);
    let closed = storage::appointments::all_closed(db, ahead).await?;
    let desks = storage::places::desks(db).await?.into_iter();
    let open = desks.map(|(id, desk)| {
        let days = closed.iter().filter(|(of, _)| *of == id);
        Open {
            desk,
            hours: hours.get(&id).copied(),
            closed: days.map(|(_, day)| *day).collect(),
        }
    });
    Ok(open.collect())
}

/// Hours as they are typed.
#[derive(Debug, Clone, Copy)]
pub struct TypedHours<'a> {
    pub week: &'a str,
    pub minutes: &'a str,
    pub from: &'a str,
}

fn problem(field: &'static str, value: &str, why: Why) -> Problem {
    Problem {
        field,
        value: value.to_owned(),
        why,
    }
}

/// Writes the hours of a desk from a day on; none at all where it gives no appointments.
pub async fn set(
    context: &Context,
    actor: &Actor,
    desk: &str,
    typed: TypedHours<'_>,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let (now, by) = (context.now(), actor.account_id);
    let week = reading::week(&typed::week(typed.week.trim()));
    let week = week.map_err(|why| problem("week", typed.week, why));
    let minutes = typed.minutes.trim().parse::<u32>().ok();
    let minutes = minutes.filter(|one| LENGTHS.contains(one));
    let minutes = minutes.ok_or_else(|| {
        let codes = LENGTHS.map(|one| one.to_string()).join(", ");
        problem(
            "minutes",
            typed.minutes,
            Why::new("problem-one-of").with("codes", codes),
        )
    });
    let from = dated::first_day(typed.from, context.today());
    let rule = match (week, minutes, from) {
        (Ok(week), Ok(minutes), Ok(valid_from)) => DeskHours {
            valid_from,
            week,
            minutes,
        },
        (week, minutes, from) => {
            let problems = week.err().into_iter().chain(minutes.err());
            let problems = problems.chain(from.err()).collect();
            return Err(ServiceError::Invalid(Invalid(problems)));
        }
    };
    let write = context.db.write().await?;
    let (id, found) = desk_of(&*write, desk).await?;
    storage::appointments::lock_desk(&*write, id).await?;
    storage::appointments::insert_hours(&*write, id, &rule, by, now).await?;
    let (object, day) = (Some(found.code.as_str()), rule.valid_from.to_string());
    let action = "desk.hours";
    storage::audit::insert(&*write, now, Some(by), action, object, Some(&day)).await?;
    Ok(write.commit().await?)
}

/// Closes a desk from a day to another, both as they are typed; one day where the last is
/// empty.
pub async fn close(
    context: &Context,
    actor: &Actor,
    desk: &str,
    (first, last): (&str, &str),
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let today = context.today();
    let read =
        |field, text: &str| typed::day(text, today, 2).map_err(|why| problem(field, text, why));
    let begin = read("first", first).and_then(|day| {
        if day >= today {
            Ok(day)
        } else {
            let why = Why::new("problem-policy-day");
            Err(problem("first", first, why))
        }
    });
    let end = match (&begin, last.trim()) {
        (Ok(day), "") => Ok(*day),
        (Err(_), "") => Ok(today),
        _ => read("last", last),
    };
    let invalid = |problems| ServiceError::Invalid(Invalid(problems));
    let (begin, end) = match (begin, end) {
        (Ok(begin), Ok(end)) => (begin, end),
        (begin, end) => {
            let problems = begin.err().into_iter().chain(end.err());
            return Err(invalid(problems.collect()));
        }
    };
    if end < begin || (end - begin).num_days() >= MOST_CLOSED {
        let why = Why::new("problem-closed-days").with("most", MOST_CLOSED);
        return Err(invalid(vec![problem("last", last, why)]));
    }
    let write = context.db.write().await?;
    let (id, found) = desk_of(&*write, desk).await?;
    storage::appointments::lock_desk(&*write, id).await?;
    let booked = storage::appointments::count_between(&*write, id, (begin, end)).await?;
    if booked > 0 {
        let why = Why::new("problem-closed-booked").with("count", booked);
        return Err(invalid(vec![problem("first", first, why)]));
    }
    let days: Vec<NaiveDate> = begin.iter_days().take_while(|day| *day <= end).collect();
    let (now, by) = (context.now(), actor.account_id);
    storage::appointments::close(&*write, id, &days, by, now).await?;
    let (object, said) = (Some(found.code.as_str()), format!("{begin}/{end}"));
    let action = "desk.closed";
    storage::audit::insert(&*write, now, Some(by), action, object, Some(&said)).await?;
    Ok(write.commit().await?)
}

/// Opens a desk on a day that was closed.
pub async fn open(
    context: &Context,
    actor: &Actor,
    desk: &str,
    day: &str,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let parsed: NaiveDate = day
        .parse()
        .map_err(|_| ServiceError::not_found("desk", day))?;
    let write = context.db.write().await?;
    let (id, found) = desk_of(&*write, desk).await?;
    if storage::appointments::open(&*write, id, parsed).await? {
        let (now, by) = (context.now(), Some(actor.account_id));
        let (object, action) = (Some(found.code.as_str()), "desk.opened");
        storage::audit::insert(&*write, now, by, action, object, Some(day)).await?;
    }
    Ok(write.commit().await?)
}
