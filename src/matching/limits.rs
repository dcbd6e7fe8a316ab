//! What limits a search: for each criterion, how many workers it alone keeps
//! out. It tells a family which wish costs them most.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::criteria::Criterion;

/// A count a criterion.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits([u32; 12]);

impl Limits {
    pub(super) fn count(&mut self, criterion: Criterion) {
        self.0[criterion as usize] += 1;
    }

    /// Near misses by this criterion (all of them); for `arrangement` and
    /// `worker_sex`, how many fail it alone.
    pub fn of(&self, criterion: Criterion) -> u32 {
        self.0[criterion as usize]
    }

    /// In the order in which answers list the criteria.
    pub fn iter(&self) -> impl Iterator<Item = (Criterion, u32)> {
        Criterion::ALL.into_iter().map(|one| (one, self.of(one)))
    }
}

impl Serialize for Limits {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(Some(self.0.len()))?;
        for (criterion, count) in self.iter() {
            map.serialize_entry(criterion.code(), &count)?;
        }
        map.end()
    }
}
