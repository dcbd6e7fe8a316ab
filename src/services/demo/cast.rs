//! The demo's tables become records, through the same reading as an import. In
//! the tables a date is a number of days from today, and an amount a share (per
//! mille) of the dated minimum of a level: no figure of pay is our own.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::dice::Dice;
use crate::domain::answer::Answer;
use crate::domain::contract::{self, Arrangement, CcnlLevel, LiveInHours, Minimum, Unit};
use crate::domain::family::Family;
use crate::domain::ids::{DeskCode, PartnerCode, RequestCode, SheetNumber};
use crate::domain::introduction::Introduction;
use crate::domain::invalid::Invalid;
use crate::domain::reading::Fields;
use crate::domain::reference;
use crate::domain::request::CareRequest;
use crate::domain::text::fold;
use crate::domain::worker::Worker;
use crate::storage::places::Desk;

const DATES: [&str; 16] = [
    "answered_on",
    "available_from",
    "confirmed_on",
    "consent_on",
    "end_date",
    "ended_on",
    "excluded_on",
    "issued_on",
    "needed_by",
    "opened_on",
    "paused_until",
    "permit_until",
    "proposed_on",
    "registered_on",
    "start_date",
    "started_on",
];

/// One row of a table, its dates in the calendar.
pub(super) struct Row(BTreeMap<String, String>);

impl Fields for Row {
    fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }
}

impl Row {
    /// The text of a column; nothing where the table has no such column.
    pub(super) fn text(&self, column: &str) -> &str {
        self.get(column).unwrap_or_default()
    }

    fn set(&mut self, column: &str, value: impl Into<String>) {
        self.0.insert(column.to_owned(), value.into());
    }

    pub(super) fn date(&self, column: &str) -> Option<NaiveDate> {
        self.text(column).parse().ok()
    }
}

fn rows(name: &str, text: &str, today: NaiveDate) -> Vec<Row> {
    let cells: Vec<BTreeMap<String, String>> = reference::table(name, text);
    let dated = |cells| {
        let mut row = Row(cells);
        for column in DATES {
            if let Ok(days) = row.text(column).parse() {
                row.set(column, (today + TimeDelta::days(days)).to_string());
            }
        }
        row
    };
    cells.into_iter().map(dated).collect()
}

/// Everybody and everything the demo begins with.
pub(super) struct Cast {
    pub workers: Vec<Worker>,
    pub families: Vec<Family>,
    pub requests: Vec<CareRequest>,
    pub introductions: Vec<Introduction>,
    pub proposals: Vec<Row>,
    /// In the order of their days.
    pub answers: Vec<Answer>,
}

impl Cast {
    /// Reads the tables. `numbered_here`: the desk whose sheets of this year the
    /// demo issues itself, so that none of them comes from paper.
    pub(super) fn new(
        seed: u64,
        today: NaiveDate,
        desks: &[Desk],
        partner: &PartnerCode,
        numbered_here: &DeskCode,
    ) -> Result<Self, Invalid> {
        let mut dice = Dice::new(seed);
        let codes: Vec<DeskCode> = desks.iter().map(|desk| desk.code.clone()).collect();
        let partners = std::slice::from_ref(partner);
        let mut cast = Self {
            workers: Vec::new(),
            families: Vec::new(),
            requests: Vec::new(),
            introductions: Vec::new(),
            proposals: rows("proposals.csv", include_str!("proposals.csv"), today),
            answers: Vec::new(),
        };
        for row in rows("answers.csv", include_str!("answers.csv"), today) {
            cast.answers.push(Answer::read(&row)?.value);
        }
        cast.answers.sort_by_key(|answer| answer.answered_on);
        let workers = rows("workers.csv", include_str!("workers.csv"), today);
        for (row, number) in workers.into_iter().zip(1..) {
            let row = worker(row, number, &mut dice, today);
            cast.workers
                .push(Worker::read(&row, None, today, &codes)?.value);
        }
        let families = rows("families.csv", include_str!("families.csv"), today);
        for (row, number) in families.into_iter().zip(1..) {
            let row = family(row, number, &mut dice);
            cast.families
                .push(Family::read(&row, None, &codes, partners)?.value);
        }
        let requests = rows("requests.csv", include_str!("requests.csv"), today);
        for (row, number) in requests.into_iter().zip(1..) {
            let row = request(row, number, today);
            cast.requests
                .push(CareRequest::read(&row, None, today)?.value);
        }
        cast.introductions = cast.history(today, desks, numbered_here)?;
        Ok(cast)
    }

    /// The desk of a request's family.
    pub(super) fn desk_of(&self, request: &RequestCode) -> Option<&DeskCode> {
        let request = self
            .requests
            .iter()
            .find(|one| one.code.as_ref() == Some(request))?;
        let family = (self.families.iter()).find(|one| one.code.as_ref() == Some(&request.family));
        family.map(|family| &family.desk)
    }

    /// The sheets of the past, numbered as their desks would have on paper.
    fn history(
        &self,
        today: NaiveDate,
        desks: &[Desk],
        numbered_here: &DeskCode,
    ) -> Result<Vec<Introduction>, Invalid> {
        let mut numbers = Numbers::default();
        let mut introductions = Vec::new();
        let table = rows(
            "introductions.csv",
            include_str!("introductions.csv"),
            today,
        );
        for (mut row, number) in table.into_iter().zip(1..) {
            row.set("code", format!("I-{number:06}"));
            let mut introduction = Introduction::read(&row, None)?.value;
            let desk = self.desk_of(&introduction.request);
            let desk = desks.iter().find(|one| Some(&one.code) == desk);
            let year = introduction.issued_on.year();
            introduction.sheet_number = desk
                .filter(|desk| year < today.year() || desk.code != *numbered_here)
                .map(|desk| numbers.of(&desk.sheet_prefix, &introduction));
            introductions.push(introduction);
        }
        Ok(introductions)
    }
}

/// One number a request and day, ascending within a desk's year.
#[derive(Default)]
struct Numbers {
    sheets: HashMap<(RequestCode, NaiveDate), SheetNumber>,
    last: HashMap<(String, i32), u32>,
}

impl Numbers {
    fn of(&mut self, prefix: &str, introduction: &Introduction) -> SheetNumber {
        let (day, request) = (introduction.issued_on, introduction.request.clone());
        let last = &mut self.last;
        let new = || {
            let running = last.entry((prefix.to_owned(), day.year())).or_default();
            *running += 1;
            SheetNumber::new(prefix, day.year(), *running)
        };
        self.sheets
            .entry((request, day))
            .or_insert_with(new)
            .clone()
    }
}

fn worker(mut row: Row, number: u32, dice: &mut Dice, today: NaiveDate) -> Row {
    if row.text("given_name").is_empty() {
        let (given, family) = dice.name(row.text("names"), row.text("sex"));
        row.set("given_name", given);
        row.set("family_name", family);
    } else {
        dice.keep(row.text("given_name"), row.text("family_name"));
    }
    let years = row.text("experience_years").parse().unwrap_or(0);
    row.set("birth_date", dice.birth_date(years, today).to_string());
    row.set("code", format!("W-{number:06}"));
    reachable(&mut row, number);
    for (column, arrangement) in [
        ("min_pay_hour", Arrangement::Hourly),
        ("min_pay_month", Arrangement::LiveIn),
    ] {
        let wish = row.text(column).split_once(' ').and_then(|(level, share)| {
            let level = CcnlLevel::by_code(level)?;
            let row = contract::minimum(today, level, arrangement, LiveInHours::Full, false)?;
            Some(share_of(row, share))
        });
        row.set(column, wish.unwrap_or_default());
    }
    row
}

fn family(mut row: Row, number: u32, dice: &mut Dice) -> Row {
    let (given, family) = dice.name("it_IT", dice.sex());
    row.set("given_name", given);
    row.set("family_name", family);
    row.set("code", format!("F-{number:06}"));
    row.set("address", format!("Via di Prova {number}"));
    reachable(&mut row, 1000 + number);
    row
}

/// No network in Italy gives out numbers that begin with 399.
fn reachable(row: &mut Row, number: u32) {
    row.set("phone", format!("+39 399 000 {number:04}"));
    if row.text("mail") == "yes" {
        let name = fold(&format!(
            "{} {}",
            row.text("given_name"),
            row.text("family_name")
        ));
        row.set("email", format!("{}@example.org", name.replace(' ', ".")));
    }
}

fn request(mut row: Row, number: u32, today: NaiveDate) -> Row {
    row.set("code", format!("R-{number:06}"));
    if let Some((column, offer)) = offer(&row, today) {
        row.set(column, offer);
    }
    row
}

/// What the family pays; it is measured by the minimum of the first day of work.
fn offer(row: &Row, today: NaiveDate) -> Option<(&'static str, String)> {
    let start = row.date("start_date")?;
    let over = matches!(row.text("status"), "filled" | "closed" | "withdrawn");
    let day = if over { start } else { start.max(today) };
    let hours = row.text("live_in_hours").parse().ok();
    let minimum = contract::minimum(
        day,
        CcnlLevel::by_code(row.text("ccnl_level"))?,
        Arrangement::parse(row.text("arrangement"))?,
        hours.and_then(LiveInHours::from_hours).unwrap_or_default(),
        !row.text("covers").is_empty(),
    )?;
    let column = match minimum.unit {
        Unit::Hour => "max_pay_hour",
        Unit::Month => "max_pay_month",
        Unit::Day => return None,
    };
    Some((column, share_of(minimum, row.text("offer"))))
}

/// So many thousandths of a minimum, rounded up to ten cents an hour or ten euro
/// a month, as people name a wage.
fn share_of(minimum: &Minimum, permille: &str) -> String {
    let permille: u64 = permille.parse().unwrap_or(1000);
    let step = if minimum.unit == Unit::Hour { 10 } else { 1000 };
    let cents = (u64::from(minimum.amount.cents()) * permille).div_ceil(1000);
    let cents = cents.div_ceil(step) * step;
    format!("{}.{:02}", cents / 100, cents % 100)
}
