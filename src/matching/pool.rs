//! The workers who may be matched, as columns laid out for scanning: one array a
//! fact, a worker being a number. Workers stand in ascending order of their
//! codes, so the order they came in never matters. Strings are kept aside for
//! the answer and never read by the scan.

use std::collections::HashMap;
use std::ops::Range;

use chrono::{Datelike, NaiveDate};

use crate::domain::contract::Arrangements;
use crate::domain::language::{Language, Languages, Level};
use crate::domain::money::Cents;
use crate::domain::permit::{Allows, PermitType};
use crate::domain::person::{Accreditation, Sex};
use crate::domain::place::Comune;
use crate::domain::skill::{QualificationSet, SkillSet};
use crate::domain::week::WeekGrid;

/// A worker as matching sees them. Only those with status `active`, not blocked
/// and with an authorisation stated belong here; nothing protected does.
#[derive(Debug, Clone)]
pub struct PoolWorker {
    /// Unique.
    pub code: String,
    /// First day of the authorisation to be named (`consent_on`); before it the
    /// worker is not in the pool.
    pub authorised_on: NaiveDate,
    pub comune: Comune,
    /// Kilometres; none counts as 0.
    pub max_km: Option<u32>,
    pub extra_comuni: Vec<Comune>,
    pub relocates: bool,
    pub arrangements: Arrangements,
    pub availability: WeekGrid,
    pub available_from: Option<NaiveDate>,
    pub confirmed_on: Option<NaiveDate>,
    /// As stated; the pool adds what they imply.
    pub skills: SkillSet,
    /// As stated; the pool adds what they imply.
    pub qualifications: QualificationSet,
    pub languages: Languages,
    pub experience_years: Option<u32>,
    pub min_pay_hour: Option<Cents>,
    pub min_pay_month: Option<Cents>,
    pub permit_type: Option<PermitType>,
    pub permit_until: Option<NaiveDate>,
    pub renewal_receipt: bool,
    pub work_right_confirmed: bool,
    pub max_hours_week: Option<u32>,
    pub accreditation: Accreditation,
    /// Read only for a request that states one with its ground.
    pub sex: Sex,
}

/// One worker on one issued sheet.
#[derive(Debug, Clone)]
pub struct Introduction {
    /// Code of the worker; those of nobody in the pool are kept for when they enter.
    pub worker: String,
    /// Code of the request.
    pub request: String,
    pub issued_on: NaiveDate,
}

/// A day as a column holds it.
pub(super) type Day = i32;

/// What a column says where nothing was stated.
pub(super) const NO_DAY: Day = i32::MIN;
pub(super) const NO_PAY: u32 = u32::MAX;
pub(super) const NO_CAP: u32 = u32::MAX;

/// How a worker's title of stay stands, apart from its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    /// None stated, or it does not allow this work.
    Refused,
    /// It allows the work and needs no date, or a receipt stands in for it.
    Standing,
    /// It allows the work until a date that has to be known.
    Dated,
}

/// See the module's words.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    codes: Vec<Box<str>>,
    by_code: HashMap<Box<str>, u32>,
    pub(super) authorised_on: Vec<Day>,
    pub(super) comune: Vec<Comune>,
    pub(super) reach_m: Vec<u32>,
    pub(super) relocates: Vec<bool>,
    pub(super) arrangements: Vec<Arrangements>,
    pub(super) availability: Vec<WeekGrid>,
    pub(super) available_from: Vec<Day>,
    pub(super) confirmed_on: Vec<Day>,
    pub(super) skills: Vec<SkillSet>,
    pub(super) qualifications: Vec<QualificationSet>,
    /// Rank of the level of Italian, 0 for none.
    pub(super) italian: Vec<u8>,
    /// Years, at most 10.
    pub(super) experience: Vec<u8>,
    pub(super) min_pay_hour: Vec<u32>,
    pub(super) min_pay_month: Vec<u32>,
    pub(super) title: Vec<Title>,
    permit_type: Vec<Option<PermitType>>,
    pub(super) permit_until: Vec<Day>,
    /// Half-hours a week by wish and by title of stay.
    pub(super) cap: Vec<u32>,
    pub(super) accreditation: Vec<Accreditation>,
    pub(super) sex: Vec<Sex>,
    extra_comuni: Ragged<Comune>,
    /// Language and rank of its level.
    languages: Ragged<(Language, u8)>,
    /// Request (as a number of this pool) and day of issue, ascending.
    introductions: Ragged<(u32, Day)>,
    /// Worker and day of issue of all introductions for a request.
    introduced: HashMap<Box<str>, Vec<(u32, Day)>>,
    /// What the columns were made of.
    source: (Vec<PoolWorker>, Vec<Introduction>),
}

/// Rows of unequal length in one array.
#[derive(Debug, Clone)]
struct Ragged<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Ragged<T> {
    fn default() -> Self {
        Self {
            starts: vec![0],
            items: Vec::new(),
        }
    }
}

impl<T> Ragged<T> {
    fn push_row(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.starts.push(number(self.items.len()));
    }

    fn row(&self, i: usize) -> &[T] {
        &self.items[self.starts[i] as usize..self.starts[i + 1] as usize]
    }
}

pub(super) fn number(i: usize) -> u32 {
    u32::try_from(i).expect("a pool holds fewer than 2^32 of anything")
}

pub(super) fn day_number(date: NaiveDate) -> Day {
    date.num_days_from_ce()
}

pub(super) fn date_of(day: Day) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day).expect("columns hold only days that were dates")
}

impl Pool {
    /// Builds the columns. The order of neither list matters.
    pub fn new(mut workers: Vec<PoolWorker>, introductions: Vec<Introduction>) -> Self {
        workers.sort_by(|a, b| a.code.cmp(&b.code));
        let mut pool = Self {
            source: (workers.clone(), introductions.clone()),
            ..Self::default()
        };
        for worker in workers {
            pool.push(worker);
        }
        pool.push_introductions(introductions);
        pool
    }

    /// Puts a worker in, in the place of whoever had the code before. Their
    /// introductions, known before or since, stay theirs.
    pub fn upsert(&mut self, worker: PoolWorker) {
        self.change(|workers, _| {
            workers.retain(|one| one.code != worker.code);
            workers.push(worker);
        });
    }

    /// Takes out the worker with this code, where there is one. Their introductions
    /// are kept for the day they come back.
    pub fn remove(&mut self, code: &str) {
        self.change(|workers, _| workers.retain(|one| one.code != code));
    }

    /// Adds an introduction; the worker may enter the pool later, or never. The same
    /// one twice counts once.
    pub fn introduce(&mut self, introduction: Introduction) {
        self.change(|_, introductions| introductions.push(introduction));
    }

    /// Takes back every introduction of this worker for this request.
    pub fn forget_introduction(&mut self, worker: &str, request: &str) {
        self.change(|_, introductions| {
            introductions.retain(|one| one.worker != worker || one.request != request);
        });
    }

    fn change(&mut self, change: impl FnOnce(&mut Vec<PoolWorker>, &mut Vec<Introduction>)) {
        let (mut workers, mut introductions) = std::mem::take(&mut self.source);
        change(&mut workers, &mut introductions);
        *self = Self::new(workers, introductions);
    }

    /// Whether so much has changed since it was built that [`Self::rebuilt`] pays.
    pub fn needs_rebuild(&self) -> bool {
        false
    }

    /// The same people and introductions, laid out anew.
    #[must_use]
    pub fn rebuilt(&self) -> Self {
        self.clone()
    }

    /// What it holds in memory, in bytes, its own spare room left out.
    pub fn bytes(&self) -> usize {
        self.len() * size_of::<PoolWorker>() + self.source.1.len() * size_of::<Introduction>()
    }

    fn push(&mut self, worker: PoolWorker) {
        let day = |date: Option<NaiveDate>| date.map_or(NO_DAY, day_number);
        let pay = |amount: Option<Cents>| amount.map_or(NO_PAY, Cents::cents);
        self.title.push(title_of(&worker));
        self.permit_type.push(worker.permit_type);
        self.cap.push(cap_of(&worker));
        self.authorised_on.push(day_number(worker.authorised_on));
        self.comune.push(worker.comune);
        self.reach_m
            .push(worker.max_km.unwrap_or(0).saturating_mul(1000));
        self.relocates.push(worker.relocates);
        self.arrangements.push(worker.arrangements);
        self.availability.push(worker.availability);
        self.available_from.push(day(worker.available_from));
        self.confirmed_on.push(day(worker.confirmed_on));
        self.skills.push(worker.skills.closed());
        self.qualifications.push(worker.qualifications.closed());
        let italian = worker.languages.level(Language::italian());
        self.italian.push(italian.map_or(0, Level::rank));
        let years = worker.experience_years.unwrap_or(0).min(10);
        self.experience
            .push(u8::try_from(years).expect("ten fits a byte"));
        self.min_pay_hour.push(pay(worker.min_pay_hour));
        self.min_pay_month.push(pay(worker.min_pay_month));
        self.permit_until.push(day(worker.permit_until));
        self.accreditation.push(worker.accreditation);
        self.sex.push(worker.sex);
        self.extra_comuni.push_row(worker.extra_comuni);
        self.languages
            .push_row(worker.languages.iter().map(|(l, level)| (l, level.rank())));
        let code = worker.code.into_boxed_str();
        self.by_code.insert(code.clone(), number(self.codes.len()));
        self.codes.push(code);
    }

    fn push_introductions(&mut self, introductions: Vec<Introduction>) {
        let mut requests: HashMap<Box<str>, u32> = HashMap::new();
        let mut of_workers: Vec<Vec<(u32, Day)>> = vec![Vec::new(); self.len()];
        for introduction in introductions {
            let Some(worker) = self.find(&introduction.worker) else {
                continue;
            };
            let day = day_number(introduction.issued_on);
            let request = introduction.request.into_boxed_str();
            let next = number(requests.len());
            let id = *requests.entry(request.clone()).or_insert(next);
            of_workers[worker].push((id, day));
            let rows = self.introduced.entry(request).or_default();
            rows.push((number(worker), day));
        }
        for mut row in of_workers {
            row.sort_unstable();
            self.introductions.push_row(row);
        }
    }

    /// Everybody in the columns, authorised yet or not.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    pub fn is_empty(&self) -> bool {
        self.codes.is_empty()
    }

    pub(super) fn all(&self) -> Range<usize> {
        0..self.len()
    }

    pub(super) fn code(&self, i: usize) -> &str {
        &self.codes[i]
    }

    pub(super) fn find(&self, code: &str) -> Option<usize> {
        self.by_code.get(code).map(|i| *i as usize)
    }

    pub(super) fn extra_comuni(&self, i: usize) -> &[Comune] {
        self.extra_comuni.row(i)
    }

    /// Rank of the worker's level, 0 for none.
    pub(super) fn language_rank(&self, i: usize, language: Language) -> u8 {
        let mut known = self.languages.row(i).iter();
        known
            .find(|(one, _)| *one == language)
            .map_or(0, |(_, rank)| *rank)
    }

    /// Workers introduced for this request on or before the day, each with the
    /// latest such day, in ascending order of the worker.
    pub(super) fn introduced_for(&self, request: &str, today: Day) -> Vec<(usize, Day)> {
        let rows = self.introduced.get(request).map_or(&[][..], Vec::as_slice);
        let mut rows: Vec<(usize, Day)> = rows
            .iter()
            .filter(|(_, day)| *day <= today)
            .map(|(worker, day)| (*worker as usize, *day))
            .collect();
        rows.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.cmp(&a.1)));
        rows.dedup_by_key(|row| row.0);
        rows
    }

    /// The code of the worker's title of stay.
    pub(super) fn title_code(&self, i: usize) -> Option<&'static str> {
        self.permit_type[i].map(PermitType::code)
    }

    /// The last day of the worker's title, where its type has one and it is known.
    pub(super) fn title_ends(&self, i: usize) -> Option<Day> {
        let dated = self.permit_type[i].is_some_and(PermitType::needs_expiry);
        let until = self.permit_until[i];
        (dated && until != NO_DAY).then_some(until)
    }

    /// How many requests the worker was introduced for in the last 90 days.
    pub(super) fn requests_introduced_90d(&self, i: usize, today: Day) -> u32 {
        let recent = |(_, day): &(u32, Day)| today - 90 < *day && *day <= today;
        let requests = self.introductions.row(i).chunk_by(|a, b| a.0 == b.0);
        number(requests.filter(|one| one.iter().any(recent)).count())
    }

    /// The latest introduction on or before the day, however old.
    pub(super) fn last_introduced_on(&self, i: usize, today: Day) -> Option<NaiveDate> {
        let days = self.introductions.row(i).iter().map(|(_, day)| *day);
        days.filter(|day| *day <= today).max().map(date_of)
    }
}

fn title_of(worker: &PoolWorker) -> Title {
    let Some(permit) = worker.permit_type else {
        return Title::Refused;
    };
    let allowed = match permit.allows() {
        Allows::Yes => true,
        Allows::No => false,
        Allows::Limited | Allows::Depends => worker.work_right_confirmed,
    };
    if !allowed {
        Title::Refused
    } else if permit.needs_expiry() && !worker.renewal_receipt {
        Title::Dated
    } else {
        Title::Standing
    }
}

fn cap_of(worker: &PoolWorker) -> u32 {
    let of_title = worker.permit_type.and_then(PermitType::max_hours_week);
    let hours = [worker.max_hours_week, of_title].into_iter().flatten();
    hours.min().map_or(NO_CAP, |hours| hours.saturating_mul(2))
}
