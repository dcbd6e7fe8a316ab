//! Appointments as the desks see to them: who comes on a day, when a desk gives any, and one
//! for somebody. How days and times stand on a page, there and behind private links, is here.

pub mod day;
pub mod hours;
pub mod person;

use chrono::{Datelike, NaiveDate};

use crate::catalogue::Words;
use crate::domain::appointment::Begin;
use crate::storage::appointments::Appointment;
use crate::storage::places::Desk;

/// A time that is free.
pub struct Time {
    /// Of its button.
    pub id: String,
    /// What the form sends.
    pub value: String,
    pub text: String,
}

/// A day with what is free, for `templates/parts/slots.html`.
pub struct FreeDay {
    pub name: String,
    pub times: Vec<Time>,
}

/// The day of the week, and the date.
pub fn day_in_words(words: Words, day: NaiveDate) -> String {
    let number = day.weekday().num_days_from_monday().to_string();
    let name = words.code("asked-day", number);
    format!("{name} {}", words.date(day))
}

/// The same with the time of the day.
pub fn when(words: Words, begin: Begin) -> String {
    format!("{}, {}", day_in_words(words, begin.day), begin.time())
}

/// Where a desk is: its name, its address and its comune.
pub fn place_of(desk: Desk) -> String {
    let comune = Some(desk.comune.name().to_owned());
    let parts = [Some(desk.name), desk.address, comune];
    let all: Vec<String> = parts.into_iter().flatten().collect();
    all.join(", ")
}

/// An appointment as whoever comes reads it.
pub struct OwnLine {
    pub when: String,
    pub place: String,
}

impl OwnLine {
    /// In words.
    pub fn of(words: Words, (one, desk): (Appointment, Desk)) -> Self {
        Self {
            when: when(words, one.begin),
            place: place_of(desk),
        }
    }
}

/// What is free, day by day.
pub fn free_days(words: Words, days: &[Vec<Begin>]) -> Vec<FreeDay> {
    let time = |begin: &Begin| Time {
        id: format!("at-{}-{}", begin.day, begin.half),
        value: begin.text(),
        text: begin.time(),
    };
    let days = days.iter().filter_map(|begins| {
        let first = begins.first()?;
        Some(FreeDay {
            name: day_in_words(words, first.day),
            times: begins.iter().map(time).collect(),
        })
    });
    days.collect()
}
