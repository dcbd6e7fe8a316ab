//! Who misses by one criterion alone, and not by much. Words and order are
//! elsewhere: here is only the line between "nearly" and "no".

use super::criteria::{Criterion, Failures, Shortfall};
use super::question::Question;
use crate::domain::person::Accreditation;

/// How many near misses an answer lists.
pub(super) const LISTED: usize = 10;

const MOST_METRES: u32 = 20_000;
const MOST_DAYS: u32 = 60;
const MOST_HALF_HOURS: u32 = 20;

impl Question<'_> {
    /// The criterion by which the worker nearly fits.
    pub fn near_miss(&self, i: usize, failures: Failures) -> Option<Criterion> {
        let criterion = failures.only()?;
        let shortfall = self.shortfall(criterion, i)?;
        let near = match (criterion, shortfall) {
            (Criterion::Qualification | Criterion::Pay, _) => true,
            (Criterion::Coverage, _) => 2 * self.covered(i) >= self.needed,
            (_, Shortfall::Metres(metres)) => metres <= MOST_METRES,
            (_, Shortfall::Missing(codes)) => codes.len() == 1,
            (_, Shortfall::Days(days)) => days <= MOST_DAYS,
            (_, Shortfall::HalfHours(half_hours)) => half_hours <= MOST_HALF_HOURS,
            (_, Shortfall::State(state)) => state == Accreditation::Pending,
            _ => false,
        };
        near.then_some(criterion)
    }
}
