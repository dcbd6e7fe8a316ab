//! The workers who may be matched, laid out for scanning, a worker being a
//! number: by kind of work and home, in each the longest reach first. What
//! changes later stands apart in a short list until the pool is laid out anew, so
//! that a copy of a pool is cheap. The order that anything came in never matters.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use super::columns::{Columns, Day, Flags, Hot, ShortDay, Week, date_of, number, short_day};
use super::introductions::{Introductions, Settled, Since};
use super::key::Key;
use super::zones::{Ground, Region, ground, rank};
use crate::domain::contract::{Arrangement, Arrangements};
use crate::domain::language::{Language, Languages};
use crate::domain::money::Cents;
use crate::domain::permit::PermitType;
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// Code of the worker; those of nobody in the pool are kept for when they enter.
    pub worker: String,
    /// Code of the request.
    pub request: String,
    pub issued_on: NaiveDate,
}

/// Changes that are looked through one by one before a pool should be laid out anew.
const MOST_CHANGES: usize = 1_000;

/// See the module's words.
#[derive(Debug, Clone, Default)]
pub struct Pool {
    base: Arc<Base>,
    /// Workers of the base who are no longer true, ascending, each with the first
    /// day of their authorisation.
    gone: Vec<(u32, ShortDay)>,
    /// Those who came since; their numbers begin where the base's end.
    new: Columns,
    newcomers: Vec<Newcomer>,
    since: Since,
}

/// What the columns leave out of somebody who came since.
#[derive(Debug, Clone)]
struct Newcomer {
    home: Comune,
    extra_comuni: Vec<Comune>,
    /// Their row in the base, where they had one.
    before: Option<u32>,
}

/// What does not change until the pool is laid out anew.
#[derive(Debug, Default)]
struct Base {
    columns: Columns,
    /// One a [`Kind`].
    regions: [Region; 4],
    /// The workers by their codes.
    by_code: Vec<u32>,
    /// Comuni that people named beyond their reach, each with who did; ascending.
    extra: Vec<(Comune, u32)>,
    /// First days of authorisations, ascending, with how many have begun by then.
    authorised: Vec<(ShortDay, u32)>,
    introductions: Settled,
}

/// What decides which requests can reach a worker at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Kind {
    /// Accepts work done from one's own home: hourly or night.
    pub local: bool,
    pub relocates: bool,
}

impl Kind {
    fn of(arrangements: Arrangements, relocates: bool) -> usize {
        let local =
            arrangements.contains(Arrangement::Hourly) || arrangements.contains(Arrangement::Night);
        usize::from(relocates) * 2 + usize::from(!local)
    }

    fn at(index: usize) -> Self {
        Self {
            local: index & 1 == 0,
            relocates: index >= 2,
        }
    }
}

impl Base {
    fn new(workers: &[PoolWorker], introductions: Vec<Introduction>) -> Self {
        let order = layout(workers);
        let mut base = Self {
            columns: Columns::with_room(workers.len()),
            ..Self::default()
        };
        let mut homes: Vec<Comune> = Vec::with_capacity(workers.len());
        let mut kinds = [0; 4];
        for (row, i) in order.into_iter().enumerate() {
            let worker = &workers[i as usize];
            base.columns.push(worker);
            homes.push(worker.comune);
            kinds[Kind::of(worker.arrangements, worker.relocates)] += 1;
            let extra = worker.extra_comuni.iter();
            base.extra
                .extend(extra.map(|comune| (*comune, number(row))));
        }
        base.columns.shrink();
        let mut start = 0;
        for (kind, count) in kinds.into_iter().enumerate() {
            let comuni = &homes[start..start + count];
            base.regions[kind] = Region::new(start, comuni, &base.columns.hot);
            start += count;
        }
        base.extra.sort_unstable();
        base.extra.dedup();
        base.extra.shrink_to_fit();
        base.by_code = by_code(&base.columns);
        base.authorised = begun(&base.columns.hot);
        let settled = Settled::new(introductions, |code| base.find(code));
        for (row, hot) in base.columns.hot.iter_mut().enumerate() {
            if !settled.of_worker(row).is_empty() {
                hot.flags.0 |= Flags::INTRODUCED;
            }
        }
        base.introductions = settled;
        base
    }

    fn find(&self, code: &str) -> Option<usize> {
        let found = self
            .by_code
            .binary_search_by(|row| self.columns.code(*row as usize).cmp(code));
        found.ok().map(|at| self.by_code[at] as usize)
    }

    fn home(&self, row: usize) -> Comune {
        let regions = self.regions.iter();
        let mut regions = regions.filter(|region| region.rows().contains(&row));
        let region = regions.next().expect("every row is in a region");
        region.home(row)
    }

    /// The workers who named this comune, ascending.
    fn extra(&self, comune: Comune) -> &[(Comune, u32)] {
        let from = self.extra.partition_point(|one| one.0 < comune);
        let length = self.extra[from..].partition_point(|one| one.0 == comune);
        &self.extra[from..from + length]
    }

    fn bytes(&self) -> usize {
        self.columns.bytes()
            + self.regions.iter().map(Region::bytes).sum::<usize>()
            + self.by_code.capacity() * size_of::<u32>()
            + self.extra.capacity() * size_of::<(Comune, u32)>()
            + self.authorised.capacity() * size_of::<(ShortDay, u32)>()
            + self.introductions.bytes()
    }
}

/// The places of workers in the order they are laid out in.
fn layout(workers: &[PoolWorker]) -> Vec<u32> {
    let mut keyed: Vec<(u64, u32)> = (workers.iter().zip(0..))
        .map(|(worker, i)| {
            let kind = Kind::of(worker.arrangements, worker.relocates) as u64;
            let reach = worker.max_km.unwrap_or(0);
            let home = u64::from(rank(worker.comune));
            (kind << 48 | home << 32 | u64::from(u32::MAX - reach), i)
        })
        .collect();
    keyed.sort_unstable_by(|a, b| {
        let code = |i: u32| &workers[i as usize].code;
        a.0.cmp(&b.0).then_with(|| code(a.1).cmp(code(b.1)))
    });
    keyed.into_iter().map(|(_, i)| i).collect()
}

fn by_code(columns: &Columns) -> Vec<u32> {
    let start = |row: u32| {
        let mut bytes = [0; 16];
        let code = columns.code(row as usize).as_bytes();
        let length = code.len().min(16);
        bytes[..length].copy_from_slice(&code[..length]);
        u128::from_be_bytes(bytes)
    };
    let mut keyed: Vec<(u128, u32)> = (0..number(columns.len()))
        .map(|row| (start(row), row))
        .collect();
    keyed.sort_unstable_by(|a, b| {
        let code = |row: u32| columns.code(row as usize);
        a.0.cmp(&b.0).then_with(|| code(a.1).cmp(code(b.1)))
    });
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// See [`Base::authorised`].
fn begun(hot: &[Hot]) -> Vec<(ShortDay, u32)> {
    let mut days: Vec<ShortDay> = hot.iter().map(|hot| hot.authorised_on).collect();
    days.sort_unstable();
    let mut begun: Vec<(ShortDay, u32)> = Vec::new();
    for same in days.chunk_by(|a, b| a == b) {
        let before = begun.last().map_or(0, |last| last.1);
        begun.push((same[0], before + number(same.len())));
    }
    begun.shrink_to_fit();
    begun
}

impl Pool {
    /// Lays workers out. The order of neither list matters.
    #[expect(clippy::needless_pass_by_value, reason = "a pool is made of them")]
    pub fn new(workers: Vec<PoolWorker>, introductions: Vec<Introduction>) -> Self {
        Self {
            base: Arc::new(Base::new(&workers, introductions)),
            ..Self::default()
        }
    }

    /// Puts a worker in, in the place of whoever had the code before. Their
    /// introductions, known before or since, stay theirs.
    pub fn upsert(&mut self, worker: PoolWorker) {
        self.remove(&worker.code);
        self.new.push(&worker);
        self.newcomers.push(Newcomer {
            home: worker.comune,
            extra_comuni: worker.extra_comuni,
            before: self.base.find(&worker.code).map(number),
        });
    }

    /// Takes out the worker with this code, where there is one. Their introductions
    /// are kept for the day they come back.
    pub fn remove(&mut self, code: &str) {
        if let Some(at) = self.find_new(code) {
            self.new.remove(at);
            self.newcomers.remove(at);
        }
        if let Some(row) = self.base.find(code) {
            let row = number(row);
            if let Err(at) = self.gone.binary_search_by_key(&row, |one| one.0) {
                let authorised_on = self.base.columns.hot[row as usize].authorised_on;
                self.gone.insert(at, (row, authorised_on));
            }
        }
    }

    /// Whether somebody with this code is in it, authorised yet or not.
    pub fn contains(&self, code: &str) -> bool {
        self.find(code).is_some()
    }

    /// Adds an introduction; the worker may enter the pool later, or never. The same
    /// one twice counts once.
    pub fn introduce(&mut self, introduction: Introduction) {
        self.since.add(introduction);
    }

    /// Takes back every introduction of this worker for this request.
    pub fn forget_introduction(&mut self, worker: &str, request: &str) {
        self.since.forget(worker, request);
    }

    /// Whether so much has changed since it was laid out that [`Self::rebuilt`] pays.
    pub fn needs_rebuild(&self) -> bool {
        self.gone.len().max(self.new.len()).max(self.since.len()) > MOST_CHANGES
    }

    /// The same people and introductions, laid out anew.
    #[must_use]
    pub fn rebuilt(&self) -> Self {
        let mut extra: HashMap<u32, Vec<Comune>> = HashMap::new();
        for (comune, row) in &self.base.extra {
            extra.entry(*row).or_default().push(*comune);
        }
        for (at, one) in self.newcomers().zip(&self.newcomers) {
            extra.insert(number(at), one.extra_comuni.clone());
        }
        let worker = |i: usize| {
            let (columns, at) = self.place(i);
            let extra_comuni = extra.remove(&number(i)).unwrap_or_default();
            columns.worker(at, self.home(i), extra_comuni)
        };
        let workers = self.all().map(worker).collect();
        let code = |row: usize| self.base.columns.code(row);
        Self::new(workers, self.introductions().all(code))
    }

    /// What it holds in memory, in bytes.
    pub fn bytes(&self) -> usize {
        self.base.bytes()
            + self.gone.capacity() * size_of::<(u32, ShortDay)>()
            + self.new.bytes()
            + self.newcomers.capacity() * size_of::<Newcomer>()
            + self.since.bytes()
    }

    /// Everybody in the pool, authorised yet or not.
    pub fn len(&self) -> usize {
        self.base.columns.len() - self.gone.len() + self.new.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of everybody in the pool.
    pub(super) fn all(&self) -> impl Iterator<Item = usize> {
        let end = self.base.columns.len() + self.new.len();
        (0..end).filter(|i| !self.is_gone(*i))
    }

    /// How many are in the pool on a day.
    pub(super) fn authorised(&self, today: Day) -> u32 {
        let today = short_day(today);
        let begun = &self.base.authorised;
        let before = begun.partition_point(|(day, _)| *day <= today);
        let of_base = before.checked_sub(1).map_or(0, |last| begun[last].1);
        let gone = self.gone.iter().filter(|(_, day)| *day <= today);
        let new = self.new.hot.iter().filter(|hot| hot.authorised_on <= today);
        of_base + number(new.count()) - number(gone.count())
    }

    /// Whether a row of the base no longer counts.
    pub(super) fn is_gone(&self, i: usize) -> bool {
        !self.gone.is_empty()
            && (self.gone)
                .binary_search_by_key(&i, |one| one.0 as usize)
                .is_ok()
    }

    /// Rows of the base that no longer count, ascending.
    pub(super) fn gone(&self) -> impl Iterator<Item = usize> {
        self.gone.iter().map(|one| one.0 as usize)
    }

    /// The rows of the base, by what can reach them.
    pub(super) fn regions(&self) -> impl Iterator<Item = (Kind, &Region)> {
        let regions = self.base.regions.iter().enumerate();
        regions.map(|(kind, region)| (Kind::at(kind), region))
    }

    /// What a scan reads of all rows of the base.
    pub(super) fn keys(&self, rows: Range<usize>) -> &[Key] {
        &self.base.columns.keys[rows]
    }

    /// The numbers of those who came since the base was laid out.
    pub(super) fn newcomers(&self) -> Range<usize> {
        let start = self.base.columns.len();
        start..start + self.new.len()
    }

    /// Rows of the base who named this comune, ascending.
    pub(super) fn who_named(&self, comune: Comune) -> &[(Comune, u32)] {
        self.base.extra(comune)
    }

    fn place(&self, i: usize) -> (&Columns, usize) {
        match i.checked_sub(self.base.columns.len()) {
            None => (&self.base.columns, i),
            Some(at) => (&self.new, at),
        }
    }

    pub(super) fn key(&self, i: usize) -> Key {
        let (columns, at) = self.place(i);
        columns.keys[at]
    }

    pub(super) fn row(&self, i: usize) -> (Key, &Hot) {
        let (columns, at) = self.place(i);
        (columns.keys[at], &columns.hot[at])
    }

    pub(super) fn hot(&self, i: usize) -> &Hot {
        let (columns, at) = self.place(i);
        &columns.hot[at]
    }

    pub(super) fn week(&self, i: usize) -> &Week {
        let (columns, at) = self.place(i);
        &columns.week[at]
    }

    pub(super) fn code(&self, i: usize) -> &str {
        let (columns, at) = self.place(i);
        columns.code(at)
    }

    /// Rank of the worker's level, 0 for none.
    pub(super) fn language_rank(&self, i: usize, language: Language) -> u8 {
        let (columns, at) = self.place(i);
        columns.language_rank(at, language)
    }

    fn home(&self, i: usize) -> Comune {
        match i.checked_sub(self.base.columns.len()) {
            None => self.base.home(i),
            Some(at) => self.newcomers[at].home,
        }
    }

    /// Between the worker's comune and this one.
    pub(super) fn ground(&self, i: usize, to: Comune) -> Ground {
        ground(self.home(i), to)
    }

    /// Whether the worker named this comune beyond their reach.
    pub(super) fn named(&self, i: usize, comune: Comune) -> bool {
        match i.checked_sub(self.base.columns.len()) {
            None => self.base.extra.binary_search(&(comune, number(i))).is_ok(),
            Some(at) => self.newcomers[at].extra_comuni.contains(&comune),
        }
    }

    fn find_new(&self, code: &str) -> Option<usize> {
        (0..self.new.len()).find(|at| self.new.code(*at) == code)
    }

    pub(super) fn find(&self, code: &str) -> Option<usize> {
        let new = self.find_new(code).map(|at| self.base.columns.len() + at);
        new.or_else(|| self.base.find(code).filter(|row| !self.is_gone(*row)))
    }

    fn introductions(&self) -> Introductions<'_> {
        Introductions {
            settled: &self.base.introductions,
            since: &self.since,
        }
    }

    /// Workers introduced for this request on or before the day, each with the
    /// latest such day, in ascending order of their codes.
    pub(super) fn introduced_for(&self, request: &str, today: Day) -> Vec<(usize, Day)> {
        let code = |row: usize| self.base.columns.code(row);
        let newcomers = self.newcomers.iter().enumerate();
        let newcomers = newcomers.filter(|(_, one)| one.before.is_none());
        let newcomers = newcomers.map(|(at, _)| self.new.code(at));
        let mut rows = self.introductions().of_request(request, code, newcomers);
        rows.retain(|(_, day)| *day <= today);
        rows.sort_unstable_by(|a, b| a.0.cmp(b.0).then(b.1.cmp(&a.1)));
        rows.dedup_by_key(|row| row.0);
        let found = rows.into_iter();
        let found = found.filter_map(|(code, day)| Some((self.find(code)?, day)));
        found.collect()
    }

    /// How often and when the worker was introduced.
    pub(super) fn past(&self, i: usize, today: Day) -> Past {
        let newcomer = i.checked_sub(self.base.columns.len());
        if newcomer.is_none()
            && self.since.len() == 0
            && self.hot(i).flags.0 & Flags::INTRODUCED == 0
        {
            return Past::default();
        }
        let recent = |day: Day| today - 90 < day && day <= today;
        if newcomer.is_none() && self.since.len() == 0 {
            // Nothing came since: numbers alone say it.
            let rows = self.base.introductions.of_worker(i);
            let requests = rows.chunk_by(|a, b| a.request == b.request);
            let requests = requests.filter(|one| one.iter().any(|row| recent(row.day)));
            return Past::of(requests.count(), rows.iter().map(|row| row.day), today);
        }
        let code = self.code(i);
        let known = match newcomer {
            None => Some(i),
            Some(at) => self.newcomers[at].before.map(|row| row as usize),
        };
        let all = self.introductions().of_worker(code, known);
        let requests = all.chunk_by(|a, b| a.0 == b.0);
        let requests = requests.filter(|one| one.iter().any(|(_, day)| recent(*day)));
        Past::of(requests.count(), all.iter().map(|(_, day)| *day), today)
    }
}

/// A worker's introductions as they stand on a day; fewer and older ones come first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Past {
    /// Requests they were introduced for in the last 90 days.
    pub requests_introduced_90d: u32,
    /// The latest of any age; none, never introduced, comes before any date.
    pub last_introduced_on: Option<NaiveDate>,
}

impl Past {
    fn of(requests: usize, days: impl Iterator<Item = Day>, today: Day) -> Self {
        Self {
            requests_introduced_90d: number(requests),
            last_introduced_on: days.filter(|day| *day <= today).max().map(date_of),
        }
    }
}
