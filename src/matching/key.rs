//! Eight bytes of a worker by which a search passes over most people in reach. Invariant:
//! whoever is passed over fails what the rest of the row would fail too.

use super::columns::{Flags, Hot, Title};
use super::pool::PoolWorker;
use crate::domain::contract::Arrangement;
use crate::domain::person::Accreditation;

/// What somebody can do, with enough of the rest that most people are passed over by one
/// comparison: a bit for each thing that can be asked for, and how far they go.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key(u64);

impl Key {
    /// One bit a skill, from the lowest.
    const SKILLS: u64 = (1 << Self::ARRANGEMENTS) - 1;
    /// From here one bit an arrangement.
    const ARRANGEMENTS: u32 = 48;
    /// The title of stay allows the work, today or until some day.
    const TITLE: u64 = 1 << 51;
    const ACCREDITED: u64 = 1 << 52;
    /// From here one bit a level, from A2 to B2, for each that is reached.
    const ITALIAN: u32 = 53;
    /// From here kilometres.
    const REACH: u32 = 56;
    /// Stands for as far and any further.
    const FAR_KM: u16 = 255;

    pub fn of(worker: &PoolWorker, hot: &Hot) -> Self {
        let skills = worker.skills.closed().bits();
        let accepted = u64::from(hot.flags.0 >> Flags::ARRANGEMENTS & 7) << Self::ARRANGEMENTS;
        let title = u64::from(hot.flags.title() != Title::Refused) * Self::TITLE;
        let accredited = hot.flags.accreditation() == Accreditation::Yes;
        let accredited = u64::from(accredited) * Self::ACCREDITED;
        let reached = (2..=hot.flags.italian()).map(Self::speaking);
        let italian = reached.fold(0, |all, one| all | one);
        let reach = u64::from(hot.reach_km.min(Self::FAR_KM)) << Self::REACH;
        Self(skills | accepted | title | accredited | italian | reach)
    }

    /// With all that they imply.
    pub fn skills(self) -> u64 {
        self.0 & Self::SKILLS
    }

    /// Whether they may go so far: what a key has no room for stands in the rest of the row.
    #[inline]
    pub fn may_go(self, km: u16) -> bool {
        self.0 >> Self::REACH >= u64::from(km.min(Self::FAR_KM))
    }

    /// Whether at most so many of the bits that are asked for are missing: none, or one.
    #[inline]
    pub fn has(self, asked: u64, all_but_one: bool) -> bool {
        let missing = asked & !self.0;
        if all_but_one {
            missing & missing.wrapping_sub(1) == 0
        } else {
            missing == 0
        }
    }

    /// Bits that whoever fits has; without one of them a criterion fails, and no two of
    /// them belong to the same one but those of skills.
    pub fn asked(skills: u64, arrangement: Arrangement, accredited: bool, italian: u16) -> u64 {
        skills
            | Self::accepting(arrangement)
            | Self::TITLE
            | (u64::from(accredited) * Self::ACCREDITED)
            | Self::speaking(italian)
    }

    pub fn accepting(one: Arrangement) -> u64 {
        1 << (Self::ARRANGEMENTS + one as u32)
    }

    /// The bit of this rank of a level, or of the highest that has one; none for the lowest.
    fn speaking(rank: u16) -> u64 {
        match rank {
            0 | 1 => 0,
            rank => 1 << (Self::ITALIAN + u32::from(rank.min(4)) - 2),
        }
    }
}
