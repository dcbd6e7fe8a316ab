//! National holidays, from `data/public_holidays.csv`: no desk receives anybody on them. The
//! patron's day of a comune, as any other closure, is written by its desk.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, TimeDelta};
use serde::Deserialize;

use super::reference;

/// A day of each year: `MM-DD`, or [`AFTER_EASTER`].
#[derive(Debug, Deserialize)]
struct Holiday {
    day: String,
    valid_from: NaiveDate,
}

/// The Monday after Easter.
const AFTER_EASTER: &str = "easter+1";

fn rows() -> &'static [Holiday] {
    static ROWS: OnceLock<Vec<Holiday>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let text = include_str!("../../data/public_holidays.csv");
        reference::table("public_holidays.csv", text)
    })
}

/// Whether a day is a national holiday.
pub fn is_holiday(day: NaiveDate) -> bool {
    let written = format!("{:02}-{:02}", day.month(), day.day());
    rows().iter().any(|row| {
        let is_it = if row.day == AFTER_EASTER {
            easter(day.year()).is_some_and(|easter| day == easter + TimeDelta::days(1))
        } else {
            row.day == written
        };
        is_it && row.valid_from <= day
    })
}

/// Easter Sunday by the rule of Gauss, with its two exceptions; its numbers hold from 1900 to
/// 2099, and of other years it says nothing.
fn easter(year: i32) -> Option<NaiveDate> {
    if !(1900..2100).contains(&year) {
        return None;
    }
    let moon = (19 * (year % 19) + 24) % 30;
    let sunday = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7;
    let is_a_week_early = sunday == 6 && (moon == 29 || (moon == 28 && year % 19 > 10));
    let days = moon + sunday - if is_a_week_early { 7 } else { 0 };
    let first = NaiveDate::from_ymd_opt(year, 3, 22)?;
    Some(first + TimeDelta::days(i64::from(days)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_holidays_of_a_year_are_the_ones_of_the_law() {
        let year: Vec<String> = day("2027-01-01")
            .iter_days()
            .take(365)
            .filter(|day| is_holiday(*day))
            .map(|day| day.to_string())
            .collect();
        let expected = [
            "2027-01-01",
            "2027-01-06",
            "2027-03-29",
            "2027-04-25",
            "2027-05-01",
            "2027-06-02",
            "2027-08-15",
            "2027-10-04",
            "2027-11-01",
            "2027-12-08",
            "2027-12-25",
            "2027-12-26",
        ];
        assert_eq!(year, expected);
        assert!(!is_holiday(day("2025-10-04")), "before the law");
    }

    #[test]
    fn easter_is_where_the_calendar_has_it() {
        for (year, expected) in [
            (1954, "1954-04-18"),
            (1981, "1981-04-19"),
            (2008, "2008-03-23"),
            (2024, "2024-03-31"),
            (2026, "2026-04-05"),
            (2038, "2038-04-25"),
            (2076, "2076-04-19"),
        ] {
            assert_eq!(easter(year), Some(day(expected)), "{year}");
        }
        assert_eq!(easter(2100), None);
    }
}
