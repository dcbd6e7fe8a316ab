//! A worker chosen for a request, before anything is disclosed. The states and
//! how one becomes another: what was said can be corrected until the proposal's
//! last day; one that expired takes only a word that had been said by then, and one
//! that was cancelled never changes again.

use chrono::{NaiveDate, TimeDelta};

use super::invalid::{Why, one_of};
use super::offer::Offer;
use super::request::CareRequest;
use super::week::WeekGrid;

/// A proposal of before that was policy waits this many days for a word.
pub const PROPOSAL_DAYS: i64 = 3;

/// Where a proposal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProposalState {
    Proposed,
    Accepted,
    Declined,
    Expired,
    /// Taken back, or overtaken: see [`Over`].
    Cancelled,
}

impl ProposalState {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::Proposed,
        Self::Accepted,
        Self::Declined,
        Self::Expired,
        Self::Cancelled,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Proposed => "proposed",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Cancelled => "cancelled",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}

/// What a worker said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    Yes,
    /// With its coded reason.
    No(&'static str),
}

impl Word {
    fn state(self) -> ProposalState {
        match self {
            Self::Yes => ProposalState::Accepted,
            Self::No(_) => ProposalState::Declined,
        }
    }

    fn reason(self) -> Option<&'static str> {
        match self {
            Self::Yes => None,
            Self::No(reason) => Some(reason),
        }
    }
}

/// Why a proposal is no longer asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Over {
    /// The operator took it back.
    Undone,
    /// The request is filled, closed or withdrawn.
    RequestOver,
    /// The worker looks for nothing now, or may not be named any more.
    WorkerAway,
}

impl Over {
    /// All.
    pub const ALL: [Self; 3] = [Self::Undone, Self::RequestOver, Self::WorkerAway];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Undone => "undone",
            Self::RequestOver => "request_over",
            Self::WorkerAway => "worker_away",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}

/// Why the desk has to phone the worker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PhoneFor {
    /// They asked to be phoned.
    Asked,
    /// The mail did not arrive.
    Undelivered,
    /// They have to be told that it is over.
    Over,
}

impl PhoneFor {
    /// All.
    pub const ALL: [Self; 3] = [Self::Asked, Self::Undelivered, Self::Over];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Undelivered => "undelivered",
            Self::Over => "over",
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
    /// By the worker's own link.
    Link,
}

impl Via {
    /// All.
    pub const ALL: [Self; 3] = [Self::Phone, Self::Desk, Self::Link];
    /// Those that an operator types, in the order of the formats.
    pub const TYPED: [Self; 2] = [Self::Phone, Self::Desk];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Desk => "desk",
            Self::Link => "link",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }

    /// Reads a code that an operator may type.
    pub fn parse_typed(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::TYPED, Self::code)
    }
}

/// The reasons of a no that tell something of the worker's own data. Which of it
/// changes, the operator and the worker decide.
const TELLING: [&str; 7] = [
    "hours",
    "pay",
    "distance",
    "tasks",
    "live_in",
    "found_work",
    "temporarily_away",
];

/// Whether a no with this reason asks for a look at the worker's data.
pub fn is_telling(reason: &str) -> bool {
    TELLING.contains(&reason)
}

/// The reasons of [`is_telling`].
pub fn telling() -> impl Iterator<Item = &'static str> {
    TELLING.into_iter()
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
    /// The last day on which a word counts, as it was policy on the day of the asking.
    pub expires_on: NaiveDate,
    pub skipped_reason: Option<&'static str>,
    pub answered_on: Option<NaiveDate>,
    pub via: Option<Via>,
    pub decline_reason: Option<&'static str>,
    /// What was told, as [`super::offer::Offer::line`] writes it: at the asking, and
    /// again at a yes by link. None where an operator told it by word of mouth.
    pub told: Option<String>,
    pub cancelled: Option<Over>,
    pub phone_for: Option<PhoneFor>,
    /// When somebody looked at the worker's data after a no.
    pub reviewed_on: Option<NaiveDate>,
    /// Of the hours, those that somebody of a team is asked for; none: all of them.
    pub part: Option<WeekGrid>,
}

impl Proposal {
    /// Asked today.
    pub fn new(today: NaiveDate, skipped_reason: Option<&'static str>) -> Self {
        Self {
            state: ProposalState::Proposed,
            proposed_on: today,
            expires_on: today + TimeDelta::days(PROPOSAL_DAYS),
            skipped_reason,
            answered_on: None,
            via: None,
            decline_reason: None,
            told: None,
            cancelled: None,
            phone_for: None,
            reviewed_on: None,
            part: None,
        }
    }

    /// The same that waits for so many days.
    #[must_use]
    pub fn waiting(mut self, days: i64) -> Self {
        self.expires_on = self.proposed_on + TimeDelta::days(days);
        self
    }

    /// The same with what the worker is told.
    #[must_use]
    pub fn telling(mut self, line: String) -> Self {
        self.told = Some(line);
        self
    }

    /// The same for a part of the hours.
    #[must_use]
    pub fn for_part(mut self, part: Option<WeekGrid>) -> Self {
        self.part = part;
        self
    }

    /// What is offered to this worker by a request as it stands.
    pub fn offer(&self, request: &CareRequest) -> Offer {
        Offer::of(request).for_part(self.part)
    }

    /// Whether what was told still is what is offered. What nobody wrote down holds.
    pub fn holds_for(&self, request: &CareRequest) -> bool {
        let told = self.told.as_deref();
        told.is_none_or(|told| told == self.offer(request).line())
    }

    /// The state on a day: one that waited too long has expired, whether or not
    /// anybody noticed.
    pub fn state_on(&self, today: NaiveDate) -> ProposalState {
        if self.state == ProposalState::Proposed && today > self.expires_on {
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

    /// Whether a word can still be said, or what was said corrected.
    pub fn is_open_on(&self, today: NaiveDate) -> bool {
        let answerable = [
            ProposalState::Proposed,
            ProposalState::Accepted,
            ProposalState::Declined,
        ];
        today <= self.expires_on && answerable.contains(&self.state)
    }

    /// Records a word, or corrects the one before; whether anything changed.
    pub fn say(&mut self, word: Word, via: Via, today: NaiveDate) -> Result<bool, ProposalError> {
        if !self.is_open_on(today) {
            return Err(ProposalError::NotWaiting);
        }
        if self.state == word.state() && self.decline_reason == word.reason() {
            return Ok(false);
        }
        self.state = word.state();
        self.decline_reason = word.reason();
        self.answered_on = Some(today);
        self.via = Some(via);
        self.phone_for = None;
        self.reviewed_on = None;
        Ok(true)
    }

    /// What was written down was not what the worker said on `day`: the other word in
    /// its place. Until when that can be is its caller's to know.
    pub fn correct(
        &mut self,
        word: Word,
        via: Via,
        day: NaiveDate,
        today: NaiveDate,
    ) -> Result<(), ProposalError> {
        if !matches!(
            self.state,
            ProposalState::Accepted | ProposalState::Declined
        ) || day > self.expires_on
        {
            return Err(ProposalError::NotWaiting);
        }
        in_time(self.proposed_on, day, today)?;
        self.state = word.state();
        self.decline_reason = word.reason();
        self.answered_on = Some(day);
        self.via = Some(via);
        self.phone_for = None;
        self.reviewed_on = None;
        Ok(())
    }

    /// Nobody said a word in time; whether that is new.
    pub fn expire(&mut self, today: NaiveDate) -> bool {
        let new = self.state == ProposalState::Proposed && today > self.expires_on;
        if new {
            self.state = ProposalState::Expired;
        }
        new
    }

    /// Ends a proposal that nobody answered; by a request that is over or a worker
    /// who is away, also one that was accepted.
    pub fn cancel(&mut self, over: Over, today: NaiveDate) -> Result<(), ProposalError> {
        let accepted = self.state == ProposalState::Accepted && over != Over::Undone;
        if self.state_on(today) != ProposalState::Proposed && !accepted {
            return Err(ProposalError::NotWaiting);
        }
        self.state = ProposalState::Cancelled;
        self.cancelled = Some(over);
        self.phone_for = None;
        Ok(())
    }

    /// Whether a no waits for somebody to look at the worker's data.
    pub fn is_to_review(&self) -> bool {
        self.reviewed_on.is_none() && self.decline_reason.is_some_and(is_telling)
    }

    fn answer(
        &mut self,
        state: ProposalState,
        via: Via,
        day: NaiveDate,
        today: NaiveDate,
    ) -> Result<(), ProposalError> {
        // What was said in time counts whenever it is typed: that somebody noted meanwhile
        // that nobody had said anything changes nothing.
        let was_waited_for = matches!(self.state, ProposalState::Proposed | ProposalState::Expired);
        if !was_waited_for || day > self.expires_on {
            return Err(ProposalError::NotWaiting);
        }
        in_time(self.proposed_on, day, today)?;
        self.state = state;
        self.answered_on = Some(day);
        self.via = Some(via);
        self.phone_for = None;
        Ok(())
    }
}

fn in_time(asked: NaiveDate, day: NaiveDate, today: NaiveDate) -> Result<(), ProposalError> {
    if day < asked {
        Err(ProposalError::BeforeProposed)
    } else if day > today {
        Err(ProposalError::InTheFuture)
    } else {
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

    #[test]
    fn a_proposal_waits_as_long_as_was_policy_when_it_was_made() {
        let proposal = Proposal::new(day(20), None).waiting(1);
        assert_eq!(proposal.state_on(day(21)), ProposalState::Proposed);
        assert_eq!(proposal.state_on(day(22)), ProposalState::Expired);
    }

    #[test]
    fn what_was_said_by_link_is_corrected_until_the_last_day() {
        let mut proposal = Proposal::new(day(20), None);
        assert_eq!(proposal.say(Word::Yes, Via::Link, day(21)), Ok(true));
        assert_eq!(proposal.say(Word::Yes, Via::Link, day(22)), Ok(false));
        assert_eq!(
            proposal.answered_on,
            Some(day(21)),
            "a replay changes nothing"
        );
        assert_eq!(proposal.say(Word::No("pay"), Via::Link, day(23)), Ok(true));
        assert_eq!(proposal.decline_reason, Some("pay"));
        assert!(proposal.is_to_review());
        assert_eq!(
            proposal.say(Word::Yes, Via::Link, day(24)),
            Err(ProposalError::NotWaiting)
        );
    }

    #[test]
    fn only_an_unanswered_proposal_is_undone_but_a_closed_request_ends_a_yes() {
        let mut waiting = Proposal::new(day(20), None);
        let mut accepted = waiting.clone();
        accepted.say(Word::Yes, Via::Link, day(20)).unwrap();
        assert_eq!(
            accepted.cancel(Over::Undone, day(20)),
            Err(ProposalError::NotWaiting)
        );
        accepted.cancel(Over::RequestOver, day(20)).unwrap();
        waiting.cancel(Over::Undone, day(20)).unwrap();
        assert_eq!(waiting.state_on(day(30)), ProposalState::Cancelled);
        assert!(!waiting.is_open_on(day(20)));
        assert!(!waiting.expire(day(30)));
    }

    #[test]
    fn a_word_that_was_mistyped_is_corrected_and_nothing_else_is() {
        let mut proposal = Proposal::new(day(20), None);
        let correct =
            |proposal: &mut Proposal, word, on| proposal.correct(word, Via::Desk, day(on), day(28));
        let waiting = Err(ProposalError::NotWaiting);
        assert_eq!(correct(&mut proposal, Word::Yes, 21), waiting);
        proposal.accept(Via::Phone, day(21), day(21)).unwrap();
        assert_eq!(correct(&mut proposal, Word::No("pay"), 24), waiting);
        let before = Err(ProposalError::BeforeProposed);
        assert_eq!(correct(&mut proposal, Word::No("pay"), 19), before);
        assert_eq!(correct(&mut proposal, Word::No("pay"), 22), Ok(()));
        assert_eq!(
            (proposal.state, proposal.decline_reason, proposal.via),
            (ProposalState::Declined, Some("pay"), Some(Via::Desk))
        );
        assert_eq!(correct(&mut proposal, Word::Yes, 22), Ok(()));
        assert_eq!(proposal.decline_reason, None);
        proposal.cancel(Over::RequestOver, day(22)).unwrap();
        assert_eq!(correct(&mut proposal, Word::Yes, 22), waiting);
    }

    #[test]
    fn who_says_nothing_expires_once() {
        let mut proposal = Proposal::new(day(20), None);
        assert!(!proposal.expire(day(23)));
        assert!(proposal.expire(day(24)));
        assert!(!proposal.expire(day(25)));
        assert!(!proposal.is_open_on(day(23)), "an expired one stays so");
        let late = proposal.accept(Via::Phone, day(24), day(25));
        assert_eq!(late, Err(ProposalError::NotWaiting));
        // The desk types on the fifth day what it was told on the third.
        proposal.accept(Via::Phone, day(23), day(25)).unwrap();
        assert_eq!(proposal.state_on(day(30)), ProposalState::Accepted);
    }
}
