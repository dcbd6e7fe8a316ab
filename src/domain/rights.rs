//! What a person can ask of what is known of them, besides having it put right: that it
//! is kept and not used, and that it is gone. Why a restriction stands, as codes, and
//! what an erasure does to a column.

use super::answer::coded;
use super::invalid::{Why, one_of};
use super::text::fold;

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

/// Letters by which a word is taken for a name, however it goes on.
const HEAD: usize = 3;
/// Digits that tell somebody's number.
const LEAST_DIGITS: usize = 4;

/// Whether words that somebody typed may tell of a person: of one of their names (folded, as
/// they are looked for), or of a code, a telephone or an address of theirs. Rather once too
/// often than not.
pub fn tells_of(words: &str, names: &[String], known: &[&str]) -> bool {
    let head = |word: &str| word.chars().take(HEAD).collect::<String>();
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let folded = fold(words);
    let mut typed = folded.split(' ').filter(|word| !word.is_empty());
    if typed.any(|word| names.iter().any(|name| head(name) == head(word))) {
        return true;
    }
    let (lower, number) = (words.to_lowercase(), digits(words));
    known.iter().any(|one| {
        let one = one.to_lowercase();
        lower.contains(&one) || number.len() >= LEAST_DIGITS && digits(&one).contains(&number)
    })
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

    #[test]
    fn a_search_tells_of_whom_it_was_for_and_of_nobody_else() {
        let names = ["olena".to_owned(), "popesku".to_owned()];
        let known = ["W-2", "+390564200002", "olena@prova.example"];
        for words in ["Oléna", "popescu", "0564 200002", "w-2", "OLENA@prova"] {
            assert!(tells_of(words, &names, &known), "{words}");
        }
        for words in ["", "Zita", "0564 200003", "12", "grosseto"] {
            assert!(!tells_of(words, &names, &known), "{words}");
        }
    }
}
