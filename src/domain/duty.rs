//! What the law and the agreement ask of a family that hires, as a sheet tells it:
//! dated rows with their sources, from `data/employer_duties.csv`. What they say is
//! in the catalogues; nothing here is advice.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::reference;

/// One duty, since a day.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Duty {
    /// Also of the catalogue's message.
    pub code: String,
    pub valid_from: NaiveDate,
    pub source: String,
    /// The day on which somebody looked the source up.
    pub checked_on: NaiveDate,
}

static DUTIES: LazyLock<Vec<Duty>> = LazyLock::new(|| {
    let text = include_str!("../../data/employer_duties.csv");
    reference::table("employer_duties.csv", text)
});

/// Every row, in the order of the table.
pub fn all() -> &'static [Duty] {
    &DUTIES
}

/// Of each duty the row that is in force on a day.
pub fn in_force(day: NaiveDate) -> Vec<&'static Duty> {
    let mut found: Vec<&'static Duty> = Vec::new();
    for duty in DUTIES.iter().filter(|duty| duty.valid_from <= day) {
        match found.iter_mut().find(|known| known.code == duty.code) {
            Some(known) if known.valid_from < duty.valid_from => *known = duty,
            Some(_) => {}
            None => found.push(duty),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_duty_has_a_source_and_is_told_from_its_day() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let codes =
            |day| -> Vec<&str> { in_force(day).iter().map(|one| one.code.as_str()).collect() };
        assert_eq!(codes(day(2026, 11, 24)), ["inps_notice", "written_letter"]);
        assert_eq!(codes(day(2020, 9, 30)), ["inps_notice"]);
        assert!(codes(day(2009, 1, 28)).is_empty());
        assert!(all().iter().all(|duty| duty.source.len() > 20));
    }
}
