//! Who misses by one criterion alone, and not by much. Words and order are
//! elsewhere: here is only the line between "nearly" and "no".

use super::columns::{NO_DAY, Title};
use super::criteria::{Criterion, Failures};
use super::question::Question;
use crate::domain::person::Accreditation;

/// How many near misses an answer lists.
pub(super) const LISTED: usize = 10;

pub(super) const MOST_KM: u16 = 20;
const MOST_METRES: u32 = MOST_KM as u32 * 1000;
const MOST_DAYS: i64 = 60;
const MOST_HALF_HOURS: u32 = 20;

impl Question<'_> {
    /// The criterion by which the worker nearly fits.
    pub fn near_miss(&self, i: usize, failures: Failures) -> Option<Criterion> {
        let criterion = failures.only()?;
        self.nearly(i, criterion).then_some(criterion)
    }

    /// Whether the worker lives not much further away than they would go.
    pub fn nearly_reaches(&self, i: usize) -> bool {
        let ground = self.ground(i);
        let reach_m = u32::from(self.pool.hot(i).reach_km) * 1000;
        !ground.sea && ground.distance_m <= reach_m + MOST_METRES
    }

    /// Whether a criterion that is failed is failed narrowly.
    pub fn nearly(&self, i: usize, criterion: Criterion) -> bool {
        let hot = self.pool.hot(i);
        match criterion {
            Criterion::Arrangement | Criterion::WorkerSex => false,
            // Of those out of reach only who nearly reaches is looked at.
            Criterion::Area | Criterion::Qualification | Criterion::Pay => true,
            Criterion::Skills => (self.asked.skills & !self.pool.key(i).skills()).is_power_of_two(),
            Criterion::Languages => self.below_level(i).count() == 1,
            Criterion::Start => {
                i64::from(hot.available_from) - i64::from(self.asked.day) <= MOST_DAYS
            }
            Criterion::Permit => {
                hot.flags.title() == Title::Dated
                    && hot.permit_until != NO_DAY
                    && i64::from(self.asked.day) - i64::from(hot.permit_until) <= MOST_DAYS
            }
            Criterion::Hours => self.target - self.cap(i) <= MOST_HALF_HOURS,
            Criterion::Accreditation => hot.flags.accreditation() == Accreditation::Pending,
            Criterion::Coverage => 2 * self.covered(i) >= self.needed,
        }
    }
}
