//! What a page shows beside the figures of the JSON: how far requests came, the
//! reasons for no of either side, how answers came, and what could still be found
//! out by telephone. Everything here is at least so much: what nobody told is not
//! counted.

use std::collections::BTreeMap;

use super::super::answer::Wave;
use super::super::answer::{Channel, Teller};
use super::super::follow_up::Asked;
use super::figures::is_regular;
use super::reconcile::{RequestStanding, Standing};
use super::response::{Endings, Invitations};
use super::retention::{Job, started_on};
use super::{History, Period, RequestState, Response};

/// See the module's words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    pub steps: Steps,
    /// Invitations of waves that are over.
    pub waves: Vec<(Asked, Wave, Endings)>,
    /// Reason, how often the family gave it, how often the worker; the most frequent
    /// first.
    pub reasons: Vec<(&'static str, [u32; 2])>,
    /// How the answers of the two sides came; the empty code: nobody stated it.
    pub channels: Vec<(&'static str, u32)>,
    /// Requests without an outcome of which somebody may still be phoned, and those
    /// in conflict.
    pub open_calls: u32,
}

/// Eligible requests that are known to have come so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Steps {
    pub talked: u32,
    pub met: u32,
    pub hired: u32,
    /// Hired, and INPS was told.
    pub regular: u32,
    pub together_90: u32,
    pub together_180: u32,
}

/// Takes requests in.
#[derive(Debug, Default)]
pub(super) struct BesideLedger {
    steps: Steps,
    invitations: Invitations,
    reasons: BTreeMap<&'static str, [u32; 2]>,
    channels: BTreeMap<&'static str, u32>,
    open_calls: u32,
}

impl BesideLedger {
    pub fn add(&mut self, history: &History, request: &RequestStanding, period: Period) {
        self.steps.add(&request.introductions, period);
        let known = history.introductions.iter();
        let known = known.filter(|one| period.knows(one.issued_on));
        let mut can_be_called = false;
        for invited in known.flat_map(|one| &one.invited) {
            self.invitations.add(invited, period.today);
            can_be_called |= invited.can_be_called(period.today);
        }
        let is_open = match request.state {
            RequestState::Conflict => true,
            RequestState::Unknown => can_be_called,
            _ => false,
        };
        self.open_calls += u32::from(is_open);
        for one in &request.introductions {
            for (at, waves) in [&one.family, &one.worker].into_iter().enumerate() {
                if let Some(reason) = Standing::reason_for_no(waves) {
                    self.reasons.entry(reason).or_default()[at] += 1;
                }
            }
            for told in [Teller::Family, Teller::Worker]
                .into_iter()
                .flat_map(|side| one.told_by(side))
            {
                let code = told.via.map_or("", Channel::code);
                *self.channels.entry(code).or_default() += 1;
            }
        }
    }

    pub fn response(&self) -> Response {
        self.invitations.response()
    }

    pub fn finish(self) -> Beside {
        let mut reasons: Vec<_> = self.reasons.into_iter().collect();
        // Stable: equal counts stay in the order of their codes.
        reasons.sort_by_key(|(_, [family, worker])| std::cmp::Reverse(family + worker));
        Beside {
            steps: self.steps,
            waves: self.invitations.by_wave(),
            reasons,
            channels: self.channels.into_iter().collect(),
            open_calls: self.open_calls,
        }
    }
}

impl Steps {
    fn add(&mut self, introductions: &[Standing], period: Period) {
        let any = |is_such: &dyn Fn(&Standing) -> bool| introductions.iter().any(is_such);
        let any_hired = |is_such: &dyn Fn(&Standing) -> bool| {
            any(&|one| one.outcome.is_hired() && is_such(one))
        };
        let hired = any_hired(&|_| true);
        let met = hired || any(&|one| one.is_told(|told| told.met == Some(true)));
        let talked = met || any(&|one| one.is_told(|told| told.talked == Some(true)));
        let together = |days: i64| {
            any_hired(&|one| {
                started_on(one, period)
                    .is_some_and(|start| Job::of(one, start, period).is_together_at(days))
            })
        };
        self.talked += u32::from(talked);
        self.met += u32::from(met);
        self.hired += u32::from(hired);
        self.regular += u32::from(any_hired(&is_regular));
        self.together_90 += u32::from(together(90));
        self.together_180 += u32::from(together(180));
    }
}
