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
use super::{Exposure, History, Period, RequestState, Response};

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
    pub blocked: Blocked,
    /// None of a period of which it is not kept any more who fitted.
    pub exposure: Option<Exposure>,
}

/// What kept workers out of the requests that were opened in the period, as they
/// stood when the program first matched them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blocked {
    pub looked: u32,
    /// Requests that nobody fitted.
    pub nobody: u32,
    /// Criterion, how many workers it alone kept out, and for how many of the
    /// requests that nobody fitted it is the first that did so.
    pub criteria: Vec<(String, u64, u32)>,
}

impl Blocked {
    /// `looks`: how many fitted a request, and how many each criterion alone kept
    /// out; `order`: the codes of the criteria.
    pub fn of(looks: &[(u32, BTreeMap<String, u32>)], order: &[&str]) -> Self {
        let out = |look: &(u32, BTreeMap<String, u32>), code: &str| {
            look.1.get(code).copied().unwrap_or_default()
        };
        let nobody: Vec<_> = looks.iter().filter(|(fits, _)| *fits == 0).collect();
        let first = |look: &(u32, BTreeMap<String, u32>)| {
            order.iter().find(|code| out(look, code) > 0).copied()
        };
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let criterion = |code: &&str| {
            let kept = looks.iter().map(|look| u64::from(out(look, code))).sum();
            let firsts = nobody.iter().filter(|look| first(look) == Some(*code));
            ((*code).to_owned(), kept, count(firsts.count()))
        };
        Self {
            looked: count(looks.len()),
            nobody: count(nobody.len()),
            criteria: order.iter().map(criterion).collect(),
        }
    }
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
            blocked: Blocked::default(),
            exposure: None,
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
