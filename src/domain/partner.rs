//! The organisations that send families: from when to when they may come in, how far a family
//! is that they sent, and its word that it may be sent.

use chrono::NaiveDate;

use super::answer::coded;
use super::invalid::{Invalid, Problem, Why, one_of};
use super::outcome::Outcome;
use super::reading::{Fields, Reading};
use super::request::RequestStatus;
use super::text::Line;
use super::typed;

/// Years that two figures may lie ahead.
const YEARS_AHEAD: i32 = 20;

/// From when to when a partner's people may come in, both days included. A day that is not
/// stated bounds nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Contract {
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
}

impl Contract {
    /// Whether they may come in on a day.
    pub fn holds(self, today: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= today) && !self.is_over(today)
    }

    /// Whether its last day is past.
    pub fn is_over(self, today: NaiveDate) -> bool {
        self.until.is_some_and(|until| until < today)
    }

    /// Reads the two days as somebody typed them; either may be empty.
    pub fn read(from: &str, until: &str, today: NaiveDate) -> Result<Self, Invalid> {
        let day = |field: &'static str, text: &str| match text.trim() {
            "" => Ok(None),
            typed => typed::day(typed, today, YEARS_AHEAD)
                .map(Some)
                .map_err(|why| Problem {
                    field,
                    value: text.to_owned(),
                    why,
                }),
        };
        match (day("from", from), day("until", until)) {
            (Ok(Some(first)), Ok(Some(last))) if last < first => Err(Invalid(vec![Problem {
                field: "until",
                value: until.to_owned(),
                why: Why::new("problem-end-before-start"),
            }])),
            (Ok(from), Ok(until)) => Ok(Self { from, until }),
            (from, until) => Err(Invalid(from.err().into_iter().chain(until.err()).collect())),
        }
    }
}

coded! {
    /// What kind of organisation sends.
    PartnerKind {
        PuntoInsieme = "punto_insieme",
        SocialServices = "social_services",
        Other = "other",
    }

    /// How far a family's request is, as its partner may know.
    ReferralState {
        /// Nobody has looked at it yet.
        Received = "received",
        /// Somebody is in charge of it, or workers were asked.
        Matching = "matching",
        /// Workers were named to the family.
        SheetsOut = "sheets_out",
        /// It is known what became of it.
        OutcomeKnown = "outcome_known",
    }

    /// How a family said that it may be sent.
    ConsentHow {
        Paper = "paper",
        Spoken = "spoken",
    }
}

/// What is known of a request that a partner sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress<'a> {
    pub status: RequestStatus,
    /// Somebody is in charge, or workers were asked.
    pub in_hand: bool,
    /// Of each introduction.
    pub outcomes: &'a [Outcome],
}

impl ReferralState {
    /// The furthest that is true.
    pub fn of(progress: Progress<'_>) -> Self {
        let open = matches!(progress.status, RequestStatus::Open | RequestStatus::Paused);
        let unknown = |one: &Outcome| matches!(one, Outcome::Unknown | Outcome::Conflict);
        if !open || progress.outcomes.iter().any(|one| !unknown(one)) {
            Self::OutcomeKnown
        } else if !progress.outcomes.is_empty() {
            Self::SheetsOut
        } else if progress.in_hand {
            Self::Matching
        } else {
            Self::Received
        }
    }
}

/// The family's word: whose, how, when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    pub by: Line,
    pub how: ConsentHow,
    pub on: NaiveDate,
}

impl Consent {
    /// Reads it from a form; none of the three may be missing, and it can't be given later
    /// than today.
    pub fn read(fields: &dyn Fields, today: NaiveDate) -> Result<Self, Invalid> {
        let mut r = Reading::new(fields);
        let by = r.required("consent_by", None, Line::parse);
        let how = r.required("consent_how", None, ConsentHow::parse);
        let on = r.required("consent_on", None, |text| {
            match typed::day(text, today, 1)? {
                day if day > today => Err(Why::new("problem-date-future")),
                day => Ok(day),
            }
        });
        let read = r.finish(|| {
            Some(Self {
                by: by?,
                how: how?,
                on: on?,
            })
        });
        read.map(|parsed| parsed.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_contract_holds_on_its_first_and_on_its_last_day() {
        let contract = Contract::read("1/1/26", "31-12-2026", day("2026-11-29")).unwrap();
        for (text, holds) in [
            ("2025-12-31", false),
            ("2026-01-01", true),
            ("2026-12-31", true),
            ("2027-01-01", false),
        ] {
            assert_eq!(contract.holds(day(text)), holds, "{text}");
        }
        assert!(Contract::default().holds(day("2026-06-01")));
        assert!(!Contract::default().is_over(day("2100-01-01")));
    }

    #[test]
    fn a_contract_that_ends_before_it_begins_is_refused() {
        let wrong = Contract::read("2/1/2026", "1/1/2026", day("2026-11-29")).unwrap_err();
        assert_eq!(wrong.0[0].field, "until");
        let both = Contract::read("soon", "never", day("2026-11-29")).unwrap_err();
        assert_eq!(both.0.len(), 2);
        assert_eq!(both.0[0].value, "soon");
    }

    #[test]
    fn a_state_is_the_furthest_that_is_true() {
        let of = |status, in_hand, outcomes: &[Outcome]| {
            ReferralState::of(Progress {
                status,
                in_hand,
                outcomes,
            })
        };
        let open = RequestStatus::Open;
        assert_eq!(of(open, false, &[]), ReferralState::Received);
        assert_eq!(of(open, true, &[]), ReferralState::Matching);
        let unknown = [Outcome::Unknown, Outcome::Conflict];
        assert_eq!(of(open, false, &unknown), ReferralState::SheetsOut);
        let hired = [Outcome::Unknown, Outcome::HiredFamilyOnly];
        assert_eq!(of(open, true, &hired), ReferralState::OutcomeKnown);
        let closed = RequestStatus::Closed;
        assert_eq!(of(closed, false, &[]), ReferralState::OutcomeKnown);
    }
}
