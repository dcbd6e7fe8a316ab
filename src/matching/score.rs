//! The score: six components per mille, weighted by a policy that sums to 100.
//! Whole numbers throughout, division rounding toward zero. Who is put before
//! whom at an equal score is `order`.

use serde::Serialize;
use thiserror::Error;

use super::columns::{Flags, ShortDay};
use super::question::Question;
use crate::domain::contract::Arrangement;

/// One number for each component: weights, per mille or points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize)]
pub struct Components {
    pub coverage: u32,
    pub preferred_skills: u32,
    pub distance: u32,
    pub italian: u32,
    pub experience: u32,
    pub freshness: u32,
}

impl Components {
    pub fn sum(&self) -> u32 {
        self.in_order().into_iter().map(|(_, n)| n).sum()
    }

    /// With their codes, in the order in which answers list them.
    pub fn in_order(&self) -> [(&'static str, u32); 6] {
        [
            ("coverage", self.coverage),
            ("preferred_skills", self.preferred_skills),
            ("distance", self.distance),
            ("italian", self.italian),
            ("experience", self.experience),
            ("freshness", self.freshness),
        ]
    }
}

/// How much each component counts; the sum is 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(transparent)]
pub struct Weights(Components);

/// The weights sum to this instead of 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the weights sum to {0}, not to 100")]
pub struct WeightsError(pub u64);

impl Weights {
    pub fn new(weights: Components) -> Result<Self, WeightsError> {
        let parts = weights.in_order().into_iter();
        match parts.map(|(_, n)| u64::from(n)).sum() {
            100 => Ok(Self(weights)),
            other => Err(WeightsError(other)),
        }
    }

    pub fn parts(&self) -> &Components {
        &self.0
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self(Components {
            coverage: 40,
            preferred_skills: 20,
            distance: 15,
            italian: 10,
            experience: 10,
            freshness: 5,
        })
    }
}

impl Question<'_> {
    /// The points of each component: weight times per mille.
    pub fn points(&self, i: usize) -> Components {
        self.points_at(i, self.ground(i).distance_m)
    }

    /// 0 to 100,000; of a worker who lives so far away.
    pub fn score_at(&self, i: usize, distance_m: u32) -> u32 {
        self.points_at(i, distance_m).sum()
    }

    fn points_at(&self, i: usize, distance_m: u32) -> Components {
        let (weights, per_mille) = (self.weights.parts(), self.per_mille(i, distance_m));
        Components {
            coverage: weights.coverage * per_mille.coverage,
            preferred_skills: weights.preferred_skills * per_mille.preferred_skills,
            distance: weights.distance * per_mille.distance,
            italian: weights.italian * per_mille.italian,
            experience: weights.experience * per_mille.experience,
            freshness: weights.freshness * per_mille.freshness,
        }
    }

    fn per_mille(&self, i: usize, distance_m: u32) -> Components {
        let asked = self.asked.preferred_skills;
        let (hot, week) = (self.pool.hot(i), self.pool.week(i));
        Components {
            coverage: if self.is(Arrangement::LiveIn) {
                1000
            } else {
                self.usable(i) * 1000 / self.needed
            },
            preferred_skills: if asked == 0 {
                1000
            } else {
                (asked & hot.skills).count_ones() * 1000 / asked.count_ones()
            },
            distance: if self.goes_anywhere(hot) {
                1000
            } else {
                1000 - distance_m.min(40_000) * 1000 / 40_000
            },
            italian: self.italian_per_mille(hot.flags),
            experience: u32::from(week.experience()) * 100,
            freshness: self.freshness_per_mille(week.confirmed_on()),
        }
    }

    /// Speaking better than the work asks earns nothing: it would put origin in
    /// by the back door.
    fn italian_per_mille(&self, flags: Flags) -> u32 {
        let required = u32::from(self.italian);
        let spoken = u32::from(flags.italian());
        (spoken.min(required) * 1000)
            .checked_div(required)
            .unwrap_or(1000)
    }

    fn freshness_per_mille(&self, confirmed_on: ShortDay) -> u32 {
        if confirmed_on == 0 {
            return 0;
        }
        match self.short_today.checked_sub(confirmed_on).map(u32::from) {
            // A confirmation dated after today is as fresh as can be.
            None | Some(0..=30) => 1000,
            Some(days) => 180_u32.saturating_sub(days) * 1000 / 150,
        }
    }
}
