//! Workers as rows of numbers: 8 bytes that a scan reads of everybody in reach, 24 that
//! it reads of those who may be among them, 48 of the few who are left, and the code
//! aside. Who stands where
//! is the pool's affair. Invariant: a row says the same as the [`PoolWorker`] it
//! was made of, as far as matching can tell.

use std::collections::HashMap;

use chrono::{Datelike, NaiveDate};

use super::key::Key;
use super::pool::PoolWorker;
use crate::domain::contract::{Arrangement, Arrangements};
use crate::domain::language::{Language, Languages, Level};
use crate::domain::money::Cents;
use crate::domain::permit::{Allows, PermitType};
use crate::domain::person::{Accreditation, Sex};
use crate::domain::place::Comune;
use crate::domain::skill::{QualificationSet, SkillSet};
use crate::domain::week::WeekGrid;

/// A day as a column holds it.
pub(super) type Day = i32;

/// What a column says where nothing was stated.
pub(super) const NO_DAY: Day = i32::MIN;
pub(super) const NO_PAY: u32 = u32::MAX;
pub(super) const NO_CAP: u32 = u32::MAX;

/// A day in two bytes, 0 where none is stated. Days before 1950 or after 2129
/// stand at the ends: used only where a day is compared with today.
pub(super) type ShortDay = u16;

/// 31 December 1949.
const SHORT_DAYS_BEGIN: Day = 711_857;

pub(super) fn short_day(day: Day) -> ShortDay {
    let since = day.saturating_sub(SHORT_DAYS_BEGIN);
    ShortDay::try_from(since.clamp(1, Day::from(ShortDay::MAX))).expect("clamped to two bytes")
}

pub(super) fn long_day(day: ShortDay) -> Option<NaiveDate> {
    (day > 0).then(|| date_of(SHORT_DAYS_BEGIN + Day::from(day)))
}

pub(super) fn day_number(date: NaiveDate) -> Day {
    date.num_days_from_ce()
}

pub(super) fn date_of(day: Day) -> NaiveDate {
    NaiveDate::from_num_days_from_ce_opt(day).expect("columns hold only days that were dates")
}

pub(super) fn number(i: usize) -> u32 {
    u32::try_from(i).expect("a pool holds fewer than 2^32 of anything")
}

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

/// Small facts in one number, each at its place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flags(pub u16);

impl Flags {
    /// From here one bit an arrangement.
    pub const ARRANGEMENTS: u16 = 0;
    pub const RELOCATES: u16 = 1 << 3;
    pub const TITLE_REFUSED: u16 = 1 << 4;
    pub const TITLE_STANDING: u16 = 1 << 5;
    pub const ACCREDITATION: u16 = 6;
    pub const SEX: u16 = 8;
    /// Rank of the level, 0 for none.
    pub const ITALIAN: u16 = 10;
    pub const INTRODUCED: u16 = 1 << 13;
    /// Years of experience, roughly: see [`Self::YEARS`].
    pub const EXPERIENCE: u16 = 14;

    /// The most years that each rough number stands for.
    pub const YEARS: [u32; 4] = [1, 4, 7, 10];

    fn of(worker: &PoolWorker) -> Self {
        let mut bits = 0;
        for one in worker.arrangements.iter() {
            bits |= Self::accepting(one);
        }
        bits |= u16::from(worker.relocates) * Self::RELOCATES;
        bits |= match title_of(worker) {
            Title::Refused => Self::TITLE_REFUSED,
            Title::Standing => Self::TITLE_STANDING,
            Title::Dated => 0,
        };
        bits |= (worker.accreditation as u16) << Self::ACCREDITATION;
        bits |= (worker.sex as u16) << Self::SEX;
        let italian = worker.languages.level(Language::italian());
        bits |= u16::from(italian.map_or(0, Level::rank)) << Self::ITALIAN;
        let years = worker.experience_years.unwrap_or(0).min(10);
        let rough = (0..3).filter(|at| Self::YEARS[usize::from(*at)] < years);
        bits |= rough.fold(0, |_, at| at + 1) << Self::EXPERIENCE;
        Self(bits)
    }

    pub fn accepting(one: Arrangement) -> u16 {
        1 << (Self::ARRANGEMENTS + one as u16)
    }

    pub fn accepts(self, one: Arrangement) -> bool {
        self.0 & Self::accepting(one) != 0
    }

    pub fn relocates(self) -> bool {
        self.0 & Self::RELOCATES != 0
    }

    pub fn title(self) -> Title {
        if self.0 & Self::TITLE_REFUSED != 0 {
            Title::Refused
        } else if self.0 & Self::TITLE_STANDING != 0 {
            Title::Standing
        } else {
            Title::Dated
        }
    }

    pub fn accreditation(self) -> Accreditation {
        Accreditation::ALL[usize::from(self.0 >> Self::ACCREDITATION & 3)]
    }

    pub fn sex(self) -> Sex {
        Sex::ALL[usize::from(self.0 >> Self::SEX & 3)]
    }

    pub fn italian(self) -> u16 {
        self.0 >> Self::ITALIAN & 7
    }

    /// A place in [`Self::YEARS`].
    pub fn rough_experience(self) -> usize {
        usize::from(self.0 >> Self::EXPERIENCE)
    }
}

/// What decides about most of those who are left.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hot {
    pub min_pay_hour: u32,
    pub min_pay_month: u32,
    pub available_from: Day,
    pub permit_until: Day,
    pub authorised_on: ShortDay,
    pub reach_km: u16,
    /// Half-hours a week by wish and by title of stay; [`u16::MAX`] for none.
    pub cap: u16,
    pub flags: Flags,
}

impl Hot {
    fn of(worker: &PoolWorker) -> Self {
        let day = |date: Option<NaiveDate>| date.map_or(NO_DAY, day_number);
        let pay = |amount: Option<Cents>| amount.map_or(NO_PAY, Cents::cents);
        Self {
            min_pay_hour: pay(worker.min_pay_hour),
            min_pay_month: pay(worker.min_pay_month),
            available_from: day(worker.available_from),
            permit_until: day(worker.permit_until),
            authorised_on: short_day(day_number(worker.authorised_on)),
            // More than goes round the earth is no more than that.
            reach_km: u16::try_from(worker.max_km.unwrap_or(0)).unwrap_or(u16::MAX),
            cap: cap_of(worker).map_or(u16::MAX, |half_hours| {
                u16::try_from(half_hours).unwrap_or(u16::MAX - 1)
            }),
            flags: Flags::of(worker),
        }
    }
}

/// The week, and what only those who passed the rest are asked for, in the 48 bits
/// that a week of 336 half-hours leaves of six words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Week(pub [u64; 6]);

impl Week {
    const LAST: usize = 5;
    const QUALIFICATIONS: u32 = 16;
    const CONFIRMED_ON: u32 = 32;
    const EXPERIENCE: u32 = 48;
    const PERMIT: u32 = 52;

    fn of(worker: &PoolWorker) -> Self {
        let mut words = *worker.availability.words();
        let qualifications = u64::from(worker.qualifications.closed().bits());
        words[Self::LAST] |= qualifications << Self::QUALIFICATIONS;
        let confirmed_on = worker.confirmed_on.map_or(0, |d| short_day(day_number(d)));
        words[Self::LAST] |= u64::from(confirmed_on) << Self::CONFIRMED_ON;
        let years = worker.experience_years.unwrap_or(0).min(10);
        words[Self::LAST] |= u64::from(years) << Self::EXPERIENCE;
        let permit = worker
            .permit_type
            .map_or(0, |one| 1 + u64::from(one.index()));
        words[Self::LAST] |= permit << Self::PERMIT;
        Self(words)
    }

    fn spare(&self, from: u32, bits: u32) -> u16 {
        let part = self.0[Self::LAST] >> from & ((1 << bits) - 1);
        u16::try_from(part).expect("at most 16 bits are cut out")
    }

    pub fn grid(&self) -> WeekGrid {
        WeekGrid::from_words(self.0)
    }

    /// With all that they imply.
    pub fn qualifications(&self) -> u16 {
        self.spare(Self::QUALIFICATIONS, 16)
    }

    pub fn confirmed_on(&self) -> ShortDay {
        self.spare(Self::CONFIRMED_ON, 16)
    }

    /// Years, at most 10.
    pub fn experience(&self) -> u16 {
        self.spare(Self::EXPERIENCE, 4)
    }

    pub fn permit_type(&self) -> Option<PermitType> {
        let index = self.spare(Self::PERMIT, 12).checked_sub(1)?;
        PermitType::at(u8::try_from(index).ok()?)
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

/// Half-hours a week.
fn cap_of(worker: &PoolWorker) -> Option<u32> {
    let of_title = worker.permit_type.and_then(PermitType::max_hours_week);
    let hours = [worker.max_hours_week, of_title].into_iter().flatten();
    hours.min().map(|hours| hours.saturating_mul(2))
}

/// Texts one behind the other.
#[derive(Debug, Clone, Default)]
pub(super) struct Texts {
    text: String,
    ends: Vec<u32>,
}

impl Texts {
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(number(self.text.len()));
    }

    fn start(&self, i: usize) -> u32 {
        i.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    pub fn get(&self, i: usize) -> &str {
        &self.text[self.start(i) as usize..self.ends[i] as usize]
    }

    fn remove(&mut self, i: usize) {
        let (start, end) = (self.start(i), self.ends.remove(i));
        self.text.drain(start as usize..end as usize);
        for later in &mut self.ends[i..] {
            *later -= end - start;
        }
    }

    pub fn len(&self) -> usize {
        self.ends.len()
    }

    pub fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.ends.shrink_to_fit();
    }

    pub fn bytes(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>()
    }
}

/// The languages of many people, of whom most speak the same few.
#[derive(Debug, Clone, Default)]
struct Spoken {
    of_worker: Vec<u32>,
    /// Each language with the rank of its level.
    sets: Vec<Box<[(Language, u8)]>>,
    known: HashMap<Box<[(Language, u8)]>, u32>,
}

impl Spoken {
    fn push(&mut self, languages: &Languages) {
        let set: Box<[(Language, u8)]> = (languages
            .iter()
            .map(|(language, level)| (language, level.rank())))
        .collect();
        let next = number(self.sets.len());
        let id = *self.known.entry(set).or_insert_with_key(|set| {
            self.sets.push(set.clone());
            next
        });
        self.of_worker.push(id);
    }

    fn get(&self, i: usize) -> &[(Language, u8)] {
        &self.sets[self.of_worker[i] as usize]
    }

    fn bytes(&self) -> usize {
        let of_sets = self.sets.iter().map(|set| 48 + 2 * size_of_val(&**set));
        self.of_worker.capacity() * size_of::<u32>() + of_sets.sum::<usize>()
    }
}

/// Rows of workers, a worker being a number.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    pub keys: Vec<Key>,
    pub hot: Vec<Hot>,
    pub week: Vec<Week>,
    codes: Texts,
    spoken: Spoken,
}

impl Columns {
    pub fn with_room(workers: usize) -> Self {
        let mut columns = Self::default();
        columns.keys.reserve_exact(workers);
        columns.hot.reserve_exact(workers);
        columns.week.reserve_exact(workers);
        columns.codes.ends.reserve_exact(workers);
        columns.spoken.of_worker.reserve_exact(workers);
        columns
    }

    pub fn push(&mut self, worker: &PoolWorker) {
        let hot = Hot::of(worker);
        self.keys.push(Key::of(worker, &hot));
        self.hot.push(hot);
        self.week.push(Week::of(worker));
        self.codes.push(&worker.code);
        self.spoken.push(&worker.languages);
    }

    pub fn remove(&mut self, i: usize) {
        self.keys.remove(i);
        self.hot.remove(i);
        self.week.remove(i);
        self.codes.remove(i);
        self.spoken.of_worker.remove(i);
    }

    /// After the last push of many.
    pub fn shrink(&mut self) {
        self.codes.shrink();
        self.spoken.known = HashMap::new();
    }

    pub fn len(&self) -> usize {
        self.hot.len()
    }

    pub fn code(&self, i: usize) -> &str {
        self.codes.get(i)
    }

    /// Rank of the worker's level, 0 for none.
    pub fn language_rank(&self, i: usize, language: Language) -> u8 {
        let mut known = self.spoken.get(i).iter();
        known
            .find(|(one, _)| *one == language)
            .map_or(0, |(_, rank)| *rank)
    }

    /// A worker of whom matching can tell no difference to the one pushed, but for
    /// where they live and would go, which is the pool's to say.
    pub fn worker(&self, i: usize, comune: Comune, extra_comuni: Vec<Comune>) -> PoolWorker {
        let (hot, week) = (&self.hot[i], &self.week[i]);
        let date = |day: Day| (day != NO_DAY).then(|| date_of(day));
        let pay = |cents: u32| Cents::new(cents).filter(|_| cents != NO_PAY);
        let level = |rank: u8| Level::ALL[usize::from(rank) - 1];
        let arrangements = Arrangement::ALL.into_iter();
        PoolWorker {
            code: self.code(i).to_owned(),
            authorised_on: long_day(hot.authorised_on).expect("everybody's day is stated"),
            comune,
            max_km: Some(u32::from(hot.reach_km)),
            extra_comuni,
            relocates: hot.flags.relocates(),
            arrangements: arrangements
                .filter(|one| hot.flags.accepts(*one))
                .collect::<Arrangements>(),
            availability: week.grid(),
            available_from: date(hot.available_from),
            confirmed_on: long_day(week.confirmed_on()),
            skills: SkillSet::from_bits(self.keys[i].skills()),
            qualifications: QualificationSet::from_bits(week.qualifications()),
            languages: (self.spoken.get(i).iter())
                .map(|(language, rank)| (*language, level(*rank)))
                .collect(),
            experience_years: Some(u32::from(week.experience())),
            min_pay_hour: pay(hot.min_pay_hour),
            min_pay_month: pay(hot.min_pay_month),
            permit_type: week.permit_type(),
            permit_until: date(hot.permit_until),
            renewal_receipt: hot.flags.title() == Title::Standing,
            work_right_confirmed: hot.flags.title() != Title::Refused,
            max_hours_week: (hot.cap != u16::MAX).then(|| u32::from(hot.cap).div_ceil(2)),
            accreditation: hot.flags.accreditation(),
            sex: hot.flags.sex(),
        }
    }

    pub fn bytes(&self) -> usize {
        self.keys.capacity() * size_of::<Key>()
            + self.hot.capacity() * size_of::<Hot>()
            + self.week.capacity() * size_of::<Week>()
            + self.codes.bytes()
            + self.spoken.bytes()
    }
}
