//! Policy as dated rows: from which day a new one may hold.

use chrono::{NaiveDate, TimeDelta};

use crate::domain::invalid::{Problem, Why};
use crate::domain::typed;

/// Days ahead for which a row may be written.
const FARTHEST_DAYS: i64 = 366;
/// The years of that, for two figures of one.
const AHEAD: i32 = 2;

/// The day from which a row holds, as it was typed under `from`: what held until yesterday
/// can't be changed any more.
pub(super) fn first_day(text: &str, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let last = today + TimeDelta::days(FARTHEST_DAYS);
    let why = match typed::day(text, today, AHEAD) {
        Ok(day) if (today..=last).contains(&day) => return Ok(day),
        Ok(_) => Why::new("problem-policy-day"),
        Err(why) => why,
    };
    Err(Problem {
        field: "from",
        value: text.to_owned(),
        why,
    })
}
