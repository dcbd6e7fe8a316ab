//! A worker chosen for a request, before anything is disclosed. The states and
//! how one becomes another; an answered or expired proposal never changes again.

use chrono::{NaiveDate, TimeDelta};

use super::invalid::{Why, one_of};

/// A proposal waits this many days for a word.
pub const PROPOSAL_DAYS: i64 = 3;

/// Where a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProposalState {
    Proposed,
    Accepted,
    Declined,
    Expired,
}

impl ProposalState {
    /// All.
    pub const ALL: [Self; 4] = [
        Self::Proposed,
        Self::Accepted,
        Self::Declined,
        Self::Expired,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Expired => "expired",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}

/// How the worker's word came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Via {
    Phone,
    Desk,
}

impl Via {
    /// All, in the order of the formats.
    pub const ALL: [Self; 2] = [Self::Phone, Self::Desk];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Desk => "desk",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}

/// Why a word can't be recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProposalError {
    #[error("the proposal is not waiting for an answer")]
    NotWaiting,
    #[error("the answer would be before the proposal")]
    BeforeProposed,
    #[error("the answer would be in the future")]
    InTheFuture,
}

/// A worker asked for a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    pub state: ProposalState,
    pub proposed_on: NaiveDate,
    pub skipped_reason: Option<&'static str>,
    pub answered_on: Option<NaiveDate>,
    pub via: Option<Via>,
    pub decline_reason: Option<&'static str>,
}

impl Proposal {
    /// Asked today.
    pub fn new(today: NaiveDate, skipped_reason: Option<&'static str>) -> Self {
        Self {
            state: ProposalState::Proposed,
            proposed_on: today,
            skipped_reason,
            answered_on: None,
            via: None,
            decline_reason: None,
        }
    }

    /// The last day on which a word counts.
    pub fn expires_on(&self) -> NaiveDate {
        self.proposed_on + TimeDelta::days(PROPOSAL_DAYS)
    }

    /// The state on a day: one that waited too long has expired, whether or not
    /// anybody noticed.
    pub fn state_on(&self, today: NaiveDate) -> ProposalState {
        if self.state == ProposalState::Proposed && today > self.expires_on() {
            ProposalState::Expired
        } else {
            self.state
        }
    }

    /// The worker said yes on `day`.
    pub fn accept(
        &mut self,
        via: Via,
        day: NaiveDate,
        today: NaiveDate,
    ) -> Result<(), ProposalError> {
        self.answer(ProposalState::Accepted, via, day, today)
    }

    /// The worker said no on `day`.
    pub fn decline(
        &mut self,
        via: Via,
        day: NaiveDate,
        today: NaiveDate,
        reason: &'static str,
    ) -> Result<(), ProposalError> {
        self.answer(ProposalState::Declined, via, day, today)?;
        self.decline_reason = Some(reason);
        Ok(())
    }

    fn answer(
        &mut self,
        state: ProposalState,
        via: Via,
        day: NaiveDate,
        today: NaiveDate,
    ) -> Result<(), ProposalError> {
        if self.state_on(day) != ProposalState::Proposed {
            return Err(ProposalError::NotWaiting);
        }
        if day < self.proposed_on {
            return Err(ProposalError::BeforeProposed);
        }
        if day > today {
            return Err(ProposalError::InTheFuture);
        }
        self.state = state;
        self.answered_on = Some(day);
        self.via = Some(via);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(n: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, n).unwrap()
    }

    #[test]
    fn a_word_counts_until_the_third_day_and_only_once() {
        let mut proposal = Proposal::new(day(20), None);
        assert_eq!(proposal.state_on(day(23)), ProposalState::Proposed);
        assert_eq!(proposal.state_on(day(24)), ProposalState::Expired);
        assert_eq!(
            proposal.clone().accept(Via::Phone, day(24), day(24)),
            Err(ProposalError::NotWaiting)
        );
        assert_eq!(
            proposal.clone().accept(Via::Phone, day(19), day(24)),
            Err(ProposalError::BeforeProposed)
        );
        assert_eq!(
            proposal.clone().accept(Via::Phone, day(22), day(21)),
            Err(ProposalError::InTheFuture)
        );
        proposal.accept(Via::Phone, day(22), day(24)).unwrap();
        assert_eq!(
            proposal.decline(Via::Phone, day(22), day(24), "pay"),
            Err(ProposalError::NotWaiting)
        );
        assert_eq!(proposal.state_on(day(30)), ProposalState::Accepted);
    }
}
