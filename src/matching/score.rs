//! The score: six components per mille, weighted by a policy that sums to 100.
//! Whole numbers throughout, division rounding toward zero. Who is put before
//! whom at an equal score is `order`.

use serde::Serialize;
use thiserror::Error;

use super::columns::{Flags, Hot, ShortDay};
use super::key::Key;
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

/// What somebody can score at the most, as far as half a row tells.
pub(super) struct Ceiling {
    /// By how many of the preferred skills they have.
    skills: Vec<u32>,
    /// By the level they speak.
    italian: [u32; 8],
    /// By their rough experience.
    experience: [u32; 4],
    /// Of what the half row does not tell.
    rest: u32,
    /// Of a metre's weight.
    distance: u32,
}

impl Ceiling {
    pub fn new(weights: &Weights, preferred_skills: u64, italian: u16) -> Self {
        let weights = weights.parts();
        let asked = preferred_skills.count_ones();
        Self {
            skills: (0..=asked)
                .map(|held| weights.preferred_skills * skills_per_mille(held, asked))
                .collect(),
            italian: std::array::from_fn(|spoken| {
                let spoken = u32::try_from(spoken).expect("at most seven");
                weights.italian * italian_per_mille(spoken, u32::from(italian))
            }),
            experience: Flags::YEARS.map(|years| weights.experience * years * 100),
            rest: 1000 * (weights.coverage + weights.freshness),
            distance: weights.distance,
        }
    }

    /// Of everybody who lives so far away.
    pub fn at(&self, distance_m: u32) -> u32 {
        self.rest + self.distance * distance_per_mille(distance_m)
    }

    /// Of one of them, with the ceiling of them all.
    #[inline]
    pub fn of(&self, key: Key, hot: &Hot, preferred_skills: u64, of_all: u32) -> u32 {
        let held = (preferred_skills & key.skills()).count_ones();
        of_all
            + self.skills[held as usize]
            + self.italian[usize::from(hot.flags.italian())]
            + self.experience[hot.flags.rough_experience()]
    }

    /// The most of what it adds to the ceiling of everybody.
    pub fn of_half_row(&self) -> u32 {
        let skills = self.skills.last().copied().unwrap_or_default();
        skills + self.italian[7] + self.experience[3]
    }

    /// Kilometres beyond which nobody can score so much; none where some could at
    /// any distance.
    pub fn furthest_km(&self, score: u32) -> Option<u32> {
        let here = self.at(0) + self.of_half_row();
        let lost = here.saturating_sub(score) / self.distance.max(1);
        // A per mille of distance is 40 metres.
        (lost < 1000 && self.distance > 0).then(|| (lost + 1) * 40 / 1000 + 1)
    }
}

fn skills_per_mille(held: u32, asked: u32) -> u32 {
    (held * 1000).checked_div(asked).unwrap_or(1000)
}

fn distance_per_mille(distance_m: u32) -> u32 {
    1000 - distance_m.min(40_000) * 1000 / 40_000
}

/// Speaking better than the work asks earns nothing: it would put origin in
/// by the back door.
fn italian_per_mille(spoken: u32, required: u32) -> u32 {
    (spoken.min(required) * 1000)
        .checked_div(required)
        .unwrap_or(1000)
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

    pub fn points_at(&self, i: usize, distance_m: u32) -> Components {
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
        let (key, hot, week) = (self.pool.key(i), self.pool.hot(i), self.pool.week(i));
        Components {
            coverage: if self.is(Arrangement::LiveIn) {
                1000
            } else {
                self.usable(i) * 1000 / self.needed
            },
            preferred_skills: skills_per_mille(
                (asked & key.skills()).count_ones(),
                asked.count_ones(),
            ),
            distance: if self.goes_anywhere(hot) {
                1000
            } else {
                distance_per_mille(distance_m)
            },
            italian: italian_per_mille(
                u32::from(hot.flags.italian()),
                u32::from(self.asked.italian),
            ),
            experience: u32::from(week.experience()) * 100,
            freshness: self.freshness_per_mille(week.confirmed_on()),
        }
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
