//! A need made ready for one scan of the pool: dates as numbers, levels as
//! ranks, distances worked out once a comune. Lives for one answer.

use std::cell::Cell;

use chrono::NaiveDate;

use super::need::Need;
use super::pool::{Day, NO_CAP, Pool, day_number};
use super::score::Weights;
use crate::domain::contract::{self, Arrangement};
use crate::domain::language::{Language, Level};
use crate::domain::place::{Comune, distance_m};
use crate::domain::week::WeekGrid;

pub(super) struct Question<'a> {
    pub pool: &'a Pool,
    pub need: &'a Need,
    pub weights: &'a Weights,
    pub today: Day,
    /// The later of the start and today.
    pub day: Day,
    /// The contract's weekly limit for this kind of work, in half-hours.
    weekly_limit: u32,
    pub needed: u32,
    pub target: u32,
    /// Required languages with the rank of their level.
    pub languages: Vec<(Language, u8)>,
    /// Rank of the Italian asked for, 0 where none is.
    pub italian: u8,
    ground: Vec<Cell<Ground>>,
}

/// What lies between a comune and the request's.
#[derive(Clone, Copy)]
pub(super) struct Ground {
    pub distance_m: u32,
    pub sea: bool,
    known: bool,
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
        let italian = fields.required_languages.level(Language::italian());
        let unknown = Cell::new(Ground {
            distance_m: 0,
            sea: false,
            known: false,
        });
        Self {
            pool,
            need,
            weights,
            today: day_number(today),
            day: day_number(day),
            weekly_limit: weekly_limit.unwrap_or(NO_CAP),
            needed: need.needed(),
            target: need.target(),
            languages: (fields.required_languages.iter())
                .map(|(language, level)| (language, level.rank()))
                .collect(),
            italian: italian.map_or(0, Level::rank),
            ground: vec![unknown; Comune::count()],
        }
    }

    /// In the pool on this day.
    pub fn authorised(&self, i: usize) -> bool {
        self.pool.authorised_on[i] <= self.today
    }

    pub fn is(&self, arrangement: Arrangement) -> bool {
        self.need.fields().arrangement == arrangement
    }

    /// Between the worker's comune and the request's.
    pub fn ground(&self, i: usize) -> Ground {
        let (from, to) = (self.pool.comune[i], self.need.fields().comune);
        let cell = &self.ground[from.index()];
        if !cell.get().known {
            cell.set(Ground {
                distance_m: distance_m(from, to),
                sea: from.landmass() != to.landmass(),
                known: true,
            });
        }
        cell.get()
    }

    /// The needed half-hours the worker is free in.
    pub fn free(&self, i: usize) -> WeekGrid {
        self.need.fields().schedule.and(&self.pool.availability[i])
    }

    /// How many of the needed half-hours the worker is free in.
    pub fn covered(&self, i: usize) -> u32 {
        self.free(i).count()
    }

    /// The most half-hours a week; [`NO_CAP`] where nothing limits them.
    pub fn cap(&self, i: usize) -> u32 {
        self.pool.cap[i].min(self.weekly_limit)
    }

    /// What the worker can do of the need within their cap, in half-hours.
    pub fn usable(&self, i: usize) -> u32 {
        self.covered(i).min(self.cap(i))
    }
}
