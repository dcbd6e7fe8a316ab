//! The weeks of this year beside those of the last: whole weeks only, all desks
//! together, with small numbers withheld as in what is published.

use chrono::{Datelike, NaiveDate};

use crate::catalogue::Words;
use crate::domain::access::figures::Dimension;
use crate::domain::account::{Actor, Role};
use crate::domain::publishing::withhold::{Row, Sums, Table, decide};
use crate::drawing::{Picture, months};
use crate::services::{Context, ServiceError};
use crate::storage;

/// The weeks of two years.
#[derive(Debug, Clone)]
pub struct Weeks {
    pub year: i32,
    /// Week 1 is the first seven days of January; as many as are over.
    pub now: Vec<Option<u64>>,
    /// All of the year before.
    pub before: Vec<Option<u64>>,
}

const THRESHOLD: u64 = 3;
const DAYS: u32 = 7;
const WEEKS: usize = 52;

/// For readers, and for administrators without a desk.
pub async fn weeks(context: &Context, actor: &Actor) -> Result<Weeks, ServiceError> {
    if !matches!(actor.role, Role::Reader | Role::Administrator) {
        return Err(ServiceError::Forbidden);
    }
    let today = context.today();
    let snapshot = context.db.snapshot().await?;
    let this = storage::accesses::counts(&snapshot, today.year(), None).await?;
    let last = storage::accesses::counts(&snapshot, today.year() - 1, None).await?;
    drop(snapshot);
    let over = usize::try_from(today.ordinal0() / DAYS)
        .unwrap_or(WEEKS)
        .min(WEEKS);
    Ok(Weeks {
        year: today.year(),
        now: told(by_week(
            &this
                .of(None, Dimension::Day)
                .into_iter()
                .collect::<Vec<_>>(),
            over,
        )),
        before: told(by_week(
            &last
                .of(None, Dimension::Day)
                .into_iter()
                .collect::<Vec<_>>(),
            WEEKS,
        )),
    })
}

/// The days after the last whole week (one or two in December) are in no week.
fn by_week(days: &[(&str, u64)], over: usize) -> Vec<u64> {
    let mut weeks = vec![0; over];
    for (day, count) in days {
        let day: Option<NaiveDate> = day.parse().ok();
        let week = day.and_then(|day| usize::try_from(day.ordinal0() / DAYS).ok());
        if let Some(week) = week.and_then(|week| weeks.get_mut(week)) {
            *week += *count;
        }
    }
    weeks
}

fn told(weeks: Vec<u64>) -> Vec<Option<u64>> {
    let row = |count: &u64| Row {
        group: 0,
        cells: vec![*count],
        withheld: Vec::new(),
    };
    let table = Table {
        sums: Sums::Whole,
        threshold: THRESHOLD,
        totals: Some(vec![weeks.iter().sum()]),
        rows: weeks.iter().map(row).collect(),
        groups: 1,
    };
    let shown = decide(&table);
    let told = weeks.into_iter().zip(shown.rows);
    told.map(|(count, shown)| shown[0].then_some(count))
        .collect()
}

impl Weeks {
    /// Week, this year's number and last year's; a week to come is a dash.
    pub fn rows(&self, words: Words) -> Vec<[String; 3]> {
        let write = |told: Option<u64>| match told {
            Some(number) => words.number(number),
            None => words.get("report-withheld").into_owned(),
        };
        let row = |(at, before): (usize, &Option<u64>)| {
            let now = self
                .now
                .get(at)
                .map_or_else(|| "–".to_owned(), |now| write(*now));
            [(at + 1).to_string(), now, write(*before)]
        };
        self.before.iter().enumerate().map(row).collect()
    }

    /// Drawn; the table of the same numbers stands beside it.
    pub fn picture(&self, words: Words) -> Picture {
        let names: Vec<String> = (1..=self.before.len())
            .map(|week| {
                if week % 4 == 1 {
                    week.to_string()
                } else {
                    String::new()
                }
            })
            .collect();
        let (year, before) = (self.year.to_string(), (self.year - 1).to_string());
        let sum = |weeks: &[Option<u64>]| weeks.iter().flatten().sum::<u64>();
        let over = self.now.len();
        let summary = words.with(
            "home-weeks-summary",
            &[
                ("weeks", &over),
                ("year", &year),
                ("now", &sum(&self.now)),
                ("last", &before),
                ("before", &sum(&self.before[..over])),
            ],
        );
        months(
            "weeks",
            (&words.get("home-weeks-title"), &summary),
            &names,
            (&self.now, &self.before),
            (&year, &before),
            |number| words.number(number),
        )
    }
}
