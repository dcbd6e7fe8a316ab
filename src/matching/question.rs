//! A need made ready for one scan of the pool: dates as numbers, levels as
//! ranks, what is asked of the small facts as one mask. Lives for one answer.

use std::cell::OnceCell;

use chrono::NaiveDate;

use super::columns::{Day, Flags, NO_CAP, ShortDay, day_number, short_day};
use super::key::Key;
use super::need::Need;
use super::pool::Pool;
use super::score::Weights;
use super::warnings::WorkRules;
use super::zones::Ground;
use crate::domain::contract::{self, Arrangement};
use crate::domain::language::Language;
use crate::domain::money::Cents;
use crate::domain::person::Accreditation;
use crate::domain::week::WeekGrid;

pub(super) struct Question<'a> {
    pub pool: &'a Pool,
    pub need: &'a Need,
    pub weights: &'a Weights,
    pub today: Day,
    pub short_today: ShortDay,
    /// The contract's weekly limit for this kind of work, in half-hours.
    weekly_limit: u32,
    pub needed: u32,
    pub target: u32,
    /// Required languages with the rank of their level.
    pub languages: Vec<(Language, u8)>,
    /// Whether one of them is another than Italian.
    pub asks_other_languages: bool,
    pub asked: Asked,
    /// Of the day of the work, once somebody is explained.
    pub rules: OnceCell<WorkRules>,
}

/// What a scan compares with everybody in reach.
#[derive(Clone, Copy)]
pub(super) struct Asked {
    /// The later of the start and today.
    pub day: Day,
    /// See [`Key::asked`].
    pub key: u64,
    /// Rank of the Italian asked for, 0 where none is.
    pub italian: u16,
    pub skills: u64,
    pub preferred_skills: u64,
    pub qualifications: u16,
    pub week: [u64; 6],
    pub arrangement: u16,
    /// The place of the accreditation in the flags, and what has to stand there.
    pub accreditation: (u16, u16),
    pub sex: (u16, u16),
    /// The least cap, in half-hours; more than any where the contract forbids it anyway.
    pub least_cap: u32,
    pub pay_hour: PayLimit,
    pub pay_month: PayLimit,
    /// Whether the minimum by the hour is compared only of who states none by the month.
    pub month_first: bool,
}

/// What a minimum wage is compared with.
#[derive(Debug, Clone, Copy)]
pub(super) struct PayLimit(u32);

impl PayLimit {
    /// Nothing is compared.
    const NONE: Self = Self(u32::MAX);

    fn new(offer: Option<Cents>) -> Self {
        // One more on both sides, so that a minimum that is not stated comes to 0.
        offer.map_or(Self::NONE, |offer| Self(offer.cents().saturating_add(1)))
    }

    #[inline]
    pub fn fails(self, least: u32) -> bool {
        least.wrapping_add(1) > self.0
    }

    /// Cents, of a minimum that fails.
    pub fn short(self, least: u32) -> u32 {
        least + 1 - self.0
    }
}

impl Asked {
    fn new(need: &Need, day: Day, weekly_limit: u32) -> Self {
        let fields = need.fields();
        let italian = fields.required_languages.level(Language::italian());
        let (by_hour, by_month) = match fields.arrangement {
            Arrangement::Hourly => (fields.max_pay_hour, None),
            Arrangement::LiveIn => (None, fields.max_pay_month),
            Arrangement::Night => (fields.max_pay_hour, fields.max_pay_month),
        };
        let target = need.target();
        let accredited = (Accreditation::Yes as u16) << Flags::ACCREDITATION;
        let italian = italian.map_or(0, |level| u16::from(level.rank()));
        let skills = fields.required_skills.bits();
        Self {
            day,
            key: Key::asked(
                skills,
                fields.arrangement,
                fields.public_contribution,
                italian,
            ),
            italian,
            skills,
            preferred_skills: fields.preferred_skills.bits(),
            qualifications: fields.required_qualifications.bits(),
            week: *fields.schedule.words(),
            arrangement: Flags::accepting(fields.arrangement),
            accreditation: if fields.public_contribution {
                (3 << Flags::ACCREDITATION, accredited)
            } else {
                (0, 0)
            },
            sex: (fields.worker_sex)
                .map_or((0, 0), |sex| (3 << Flags::SEX, (sex as u16) << Flags::SEX)),
            least_cap: if target <= weekly_limit {
                target
            } else {
                u32::MAX
            },
            pay_hour: PayLimit::new(by_hour),
            pay_month: PayLimit::new(by_month),
            month_first: by_month.is_some(),
        }
    }
}

impl<'a> Question<'a> {
    pub fn new(pool: &'a Pool, need: &'a Need, today: NaiveDate, weights: &'a Weights) -> Self {
        let fields = need.fields();
        let day = need.day(today);
        let weekly_limit = match fields.arrangement {
            Arrangement::Hourly => contract::limit(day, "hourly", "max_hours_week")
                .and_then(contract::Limit::half_hours),
            Arrangement::LiveIn | Arrangement::Night => None,
        };
        let weekly_limit = weekly_limit.unwrap_or(NO_CAP);
        let today = day_number(today);
        let asked = Asked::new(need, day_number(day), weekly_limit);
        let languages: Vec<(Language, u8)> = (fields.required_languages.iter())
            .map(|(language, level)| (language, level.rank()))
            .collect();
        Self {
            pool,
            need,
            weights,
            today,
            short_today: short_day(today),
            weekly_limit,
            needed: need.needed(),
            target: need.target(),
            asks_other_languages: languages.len() > usize::from(asked.italian > 0),
            languages,
            asked,
            rules: OnceCell::new(),
        }
    }

    /// In the pool on this day.
    pub fn authorised(&self, i: usize) -> bool {
        self.pool.hot(i).authorised_on <= self.short_today
    }

    pub fn is(&self, arrangement: Arrangement) -> bool {
        self.need.fields().arrangement == arrangement
    }

    /// Between the worker's comune and the request's.
    pub fn ground(&self, i: usize) -> Ground {
        self.pool.ground(i, self.need.fields().comune)
    }

    /// The needed half-hours the worker is free in.
    pub fn free(&self, i: usize) -> WeekGrid {
        (self.need.fields().schedule).and(&self.pool.week(i).grid())
    }

    /// How many of the needed half-hours the worker is free in.
    pub fn covered(&self, i: usize) -> u32 {
        self.free(i).count()
    }

    /// The most half-hours a week; [`NO_CAP`] where nothing limits them.
    pub fn cap(&self, i: usize) -> u32 {
        let cap = self.pool.hot(i).cap;
        let own = if cap == u16::MAX {
            NO_CAP
        } else {
            u32::from(cap)
        };
        own.min(self.weekly_limit)
    }

    /// What the worker can do of the need within their cap, in half-hours.
    pub fn usable(&self, i: usize) -> u32 {
        self.covered(i).min(self.cap(i))
    }
}
