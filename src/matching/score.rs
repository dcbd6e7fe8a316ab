//! The score: six components per mille, weighted by a policy that sums to 100.
//! Whole numbers throughout, division rounding toward zero. Who is put before
//! whom at an equal score is `order`.

use serde::Serialize;
use thiserror::Error;

use super::pool::NO_DAY;
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
        let (weights, per_mille) = (self.weights.parts(), self.per_mille(i));
        Components {
            coverage: weights.coverage * per_mille.coverage,
            preferred_skills: weights.preferred_skills * per_mille.preferred_skills,
            distance: weights.distance * per_mille.distance,
            italian: weights.italian * per_mille.italian,
            experience: weights.experience * per_mille.experience,
            freshness: weights.freshness * per_mille.freshness,
        }
    }

    /// 0 to 100,000.
    pub fn score(&self, i: usize) -> u32 {
        self.points(i).sum()
    }

    fn per_mille(&self, i: usize) -> Components {
        let asked = self.need.fields().preferred_skills;
        let live_in = self.is(Arrangement::LiveIn);
        Components {
            coverage: if live_in {
                1000
            } else {
                self.usable(i) * 1000 / self.needed
            },
            preferred_skills: if asked.is_empty() {
                1000
            } else {
                asked.and(self.pool.skills[i]).len() * 1000 / asked.len()
            },
            distance: if live_in && self.pool.relocates[i] {
                1000
            } else {
                1000 - self.ground(i).distance_m.min(40_000) * 1000 / 40_000
            },
            italian: self.italian_per_mille(i),
            experience: u32::from(self.pool.experience[i]) * 100,
            freshness: self.freshness_per_mille(i),
        }
    }

    /// Speaking better than the work asks earns nothing: it would put origin in
    /// by the back door.
    fn italian_per_mille(&self, i: usize) -> u32 {
        let required = u32::from(self.italian);
        let spoken = u32::from(self.pool.italian[i]);
        (spoken.min(required) * 1000)
            .checked_div(required)
            .unwrap_or(1000)
    }

    fn freshness_per_mille(&self, i: usize) -> u32 {
        let confirmed_on = self.pool.confirmed_on[i];
        if confirmed_on == NO_DAY {
            return 0;
        }
        match u32::try_from(self.today - confirmed_on) {
            // A confirmation dated after today is as fresh as can be.
            Err(_) | Ok(0..=30) => 1000,
            Ok(days) => 180_u32.saturating_sub(days) * 1000 / 150,
        }
    }
}
