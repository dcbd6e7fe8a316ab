//! What a person can ask of what is known of them, besides having it put right: that it
//! is kept and not used, and that it is gone. Why a restriction stands, as codes, and
//! what an erasure does to a column.

use super::answer::coded;
use super::invalid::{Why, one_of};

coded! {
    /// Why what is known of somebody is kept and not used.
    RestrictionReason {
        /// They ask it, and give no other reason.
        OwnRequest = "own_request",
        /// They say that it is not right, and that is being looked at.
        Contested = "contested",
        /// It should not have been collected, and they want it kept rather than erased.
        Unlawful = "unlawful",
        /// The desk needs it no more, and they do, for a claim of theirs.
        LegalClaim = "legal_claim",
        /// They objected, and that is being looked at.
        Objection = "objection",
    }
}

/// How a record is called whose person was erased: given name and family name.
pub const ERASED_NAME: [&str; 2] = ["Persona", "cancellata"];

/// What an erasure does to a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Emptied, or its row goes.
    Erased,
    /// It stays, and why.
    Kept(Staying),
    /// It tells nothing of a person whom the desks serve.
    NotPersonal,
}

/// Why something stays although its person was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Staying {
    /// Keys, codes and versions, by which rows find each other: nothing leads from them
    /// to a person any more.
    Pseudonym,
    /// Figures of the years are made of it, without a name.
    Figures,
    /// That something was disclosed, agreed or done, when and by which desk: what the
    /// desks have to be able to prove.
    Proof,
    /// It is the other side's, who was not erased.
    Others,
    /// Goes by itself within days or weeks.
    Shortly,
}

impl Staying {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Pseudonym,
        Self::Figures,
        Self::Proof,
        Self::Others,
        Self::Shortly,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pseudonym => "pseudonym",
            Self::Figures => "figures",
            Self::Proof => "proof",
            Self::Others => "others",
            Self::Shortly => "shortly",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::text::Name;

    #[test]
    fn an_erased_record_has_a_name_that_a_record_can_have() {
        for name in ERASED_NAME {
            assert_eq!(Name::parse(name).unwrap().as_str(), name);
        }
    }
}
