//! Who is held back after a serious complaint, and what each word of two people
//! does. A proposal holds at once: whoever may be in danger does not wait for a
//! second signature. It becomes a block by another account's word, once the
//! person was heard; and it ends by two people's word again.

use chrono::{NaiveDate, TimeDelta};

/// A block is looked at again after this many days at the latest.
pub const LONGEST_DAYS: i64 = 183;
/// Letters that the words have at the most.
pub const LONGEST_WORDS: usize = 2000;

/// How a block stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// One person proposed it. It holds already.
    Proposed,
    /// Two people said so.
    Confirmed,
    /// One person asked that it end. It holds still.
    LiftAsked,
}

/// What an account may say of it now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// The second yes.
    Confirm,
    /// The proposal goes: it was a mistake, or the second person does not see it so.
    Drop,
    /// The first word that it end.
    AskLift,
    /// The second.
    Lift,
    /// It stays, whoever asked that it end.
    Keep,
}

impl Standing {
    /// Where it stands by who has spoken.
    pub fn of(confirmed: bool, lift_asked: bool) -> Self {
        match (confirmed, lift_asked) {
            (false, _) => Self::Proposed,
            (true, false) => Self::Confirmed,
            (true, true) => Self::LiftAsked,
        }
    }

    /// Whether an account may say this. `spoke`: it said the word before, which
    /// a second one has to confirm.
    pub fn allows(self, word: Word, spoke: bool) -> bool {
        match (self, word) {
            (Self::Proposed, Word::Confirm) | (Self::LiftAsked, Word::Lift) => !spoke,
            (Self::Proposed, Word::Drop)
            | (Self::Confirmed, Word::AskLift)
            | (Self::LiftAsked, Word::Keep) => true,
            _ => false,
        }
    }
}

/// Whether a day is one on which a block may be looked at again.
pub fn is_review_day(day: NaiveDate, today: NaiveDate) -> bool {
    day > today && day <= today + TimeDelta::days(LONGEST_DAYS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_confirms_or_lifts_by_the_word_of_one_alone() {
        assert!(!Standing::Proposed.allows(Word::Confirm, true));
        assert!(Standing::Proposed.allows(Word::Confirm, false));
        assert!(!Standing::LiftAsked.allows(Word::Lift, true));
        assert!(Standing::LiftAsked.allows(Word::Lift, false));
        for spoke in [true, false] {
            assert!(!Standing::Confirmed.allows(Word::Lift, spoke));
            assert!(!Standing::Proposed.allows(Word::Lift, spoke));
            assert!(!Standing::Confirmed.allows(Word::Drop, spoke));
        }
    }
}
