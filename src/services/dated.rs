//! Policy as dated rows: from which day a new one may hold.

use chrono::{NaiveDate, TimeDelta};

use crate::domain::invalid::{Problem, Why};
use crate::domain::reading;

/// Days ahead for which a row may be written.
const FARTHEST_DAYS: i64 = 366;

/// The day from which a row holds, as it was typed under `from`: what held until yesterday
/// can't be changed any more.
pub(super) fn first_day(typed: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let last = today + TimeDelta::days(FARTHEST_DAYS);
    let why = match reading::date(typed.trim()) {
        Ok(day) if (today..=last).contains(&day) => return Ok(day),
        Ok(_) => Why::new("problem-policy-day"),
        Err(why) => why,
    };
    Err(Problem {
        field: "from",
        value: typed.to_owned(),
        why,
    })
}
