//! When the desks of the demo give appointments, and two people who come.

use chrono::{Datelike, TimeDelta};

use crate::domain::account::Actor;
use crate::services::appointments::hours::{self, TypedHours};
use crate::services::appointments::person::{self, Of, TypedChoice};
use crate::services::{Context, ServiceError};

/// Desk and hours.
const HOURS: [(&str, &str); 2] = [
    ("follonica", "Tue 09:00-12:00; Thu 15:00-17:00"),
    ("grosseto", "Mon-Fri 09:00-12:00; Wed 15:00-17:00"),
];

/// Who comes, and what for.
const COMING: [(Of, &str, &str); 2] = [
    (Of::Worker, "W-000001", "renewal"),
    (Of::Asking, "D-000004", "registration"),
];

/// Days until the desk of Grosseto is closed for one.
const CLOSED_IN: i64 = 20;

pub(super) async fn fill(context: &Context, operator: &Actor) -> Result<(), ServiceError> {
    let today = context.today();
    let from = today.to_string();
    for (desk, week) in HOURS {
        let typed = TypedHours {
            week,
            minutes: "30",
            from: &from,
        };
        hours::set(context, operator, desk, typed).await?;
    }
    // Nobody comes at weekends anyway: then it is the Monday.
    let ahead = today + TimeDelta::days(CLOSED_IN);
    let on = i64::from(ahead.weekday().number_from_monday());
    let closed = ahead + TimeDelta::days(if on > 5 { 8 - on } else { 0 });
    let closed = closed.to_string();
    hours::close(context, operator, "grosseto", (&closed, "")).await?;
    for (of, code, comes_for) in COMING {
        let seen = person::see(context, operator, (of, code), None, None).await?;
        let first = seen.offer.days.last().and_then(|day| day.first());
        let Some(begin) = first.map(|begin| begin.text()) else {
            continue;
        };
        let choice = TypedChoice {
            desk: seen.desk.code.as_str(),
            begin: &begin,
            comes_for,
        };
        person::choose(context, operator, (of, code), choice).await?;
    }
    Ok(())
}
