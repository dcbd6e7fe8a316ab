//! The figures over a period, in the order and with the names of their JSON.
//! Requests are added one by one, in any order; nothing of a person is kept.

use std::collections::BTreeMap;

use chrono::{NaiveDate, TimeDelta};
use serde::Serialize;

use super::super::answer::{Said, Teller};
use super::super::request::Exclusion;
use super::beside::BesideLedger;
use super::placement::{Counted, Group};
use super::rate::{down, half_up, kappa};
use super::reconcile::{Evidence, RequestStanding, Standing, decided, word};
use super::retention::{Job, started_on};
use super::{
    Beside, History, MATURE_DAYS, Period, Placement, Quartiles, RequestState, Response, Retention,
};

pub use super::placement::States;

/// Did matches become jobs. Rates are per mille; `None` over nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Figures {
    pub from: NaiveDate,
    pub to: NaiveDate,
    pub today: NaiveDate,
    /// Requests opened in the period, and those of them that have no sheet.
    pub opened: u32,
    pub without_sheet: u32,
    /// Eligible requests whose first sheet was issued in the period: N.
    pub requests: u32,
    pub mature: u32,
    pub introductions: u32,
    pub excluded: Excluded,
    pub answered: Answered,
    pub response: Response,
    pub requests_by_state: States,
    pub placement: Placement,
    pub regular: Regular,
    pub retention: Retention,
    pub days_to_first_sheet: Quartiles,
    pub days_to_hire: Quartiles,
    pub agreement: Agreement,
    pub fit: Fit,
    /// Code and count, the most frequent first.
    pub reasons: Vec<(&'static str, u32)>,
    pub by_desk: Vec<ByDesk>,
    pub by_arrangement: Vec<ByArrangement>,
    pub by_partner: Vec<ByPartner>,
    /// For people.
    #[serde(skip)]
    pub beside: Beside,
}

/// Requests that count in no figure, by reason.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Excluded {
    pub died: u32,
    pub residential_care: u32,
    pub moved: u32,
    pub duplicate: u32,
}

/// Introductions with at least one answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Answered {
    pub family: u32,
    pub worker: u32,
    pub any: u32,
    pub both: u32,
}

/// Hires of which it is known that INPS was told.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Regular {
    pub hired: u32,
    pub yes: u32,
    pub lower: Option<u32>,
    pub tally: OtherNotified,
}

/// The other answers to that question, which belong to nobody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct OtherNotified {
    pub no: u64,
    pub dont_know: u64,
    pub rather_not_say: u64,
}

/// Introductions of which both sides said hired or no.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Agreement {
    pub both_hired: u32,
    pub family_only: u32,
    pub worker_only: u32,
    pub both_no: u32,
    pub agree: Option<u32>,
    /// Cohen's.
    pub kappa: Option<i64>,
}

/// Hires where both sides said whether it fits.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Fit {
    pub both_answered: u32,
    pub both_yes: u32,
}

macro_rules! groups {
    ($($(#[$doc:meta])* $name:ident { $field:ident })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        pub struct $name {
            pub $field: String,
            pub requests: u32,
            pub placement: Placement,
            /// For people, where there are too few for rates.
            #[serde(skip)]
            pub states: States,
        }

        impl $name {
            fn list(groups: &BTreeMap<String, Group>) -> Vec<Self> {
                let one = |($field, group): (&String, &Group)| Self {
                    $field: $field.clone(),
                    requests: group.requests,
                    placement: group.placement(),
                    states: group.states.clone(),
                };
                groups.iter().map(one).collect()
            }
        }
    )*};
}

groups! {
    /// The requests of one desk's families.
    ByDesk { desk }
    /// The requests of one arrangement.
    ByArrangement { arrangement }
    /// The requests of the families whom one partner sent; `self`: nobody did.
    ByPartner { partner }
}

/// Takes requests in and gives the figures out.
#[derive(Debug)]
pub struct Ledger {
    period: Period,
    opened: u32,
    without_sheet: u32,
    excluded: Excluded,
    all: Group,
    by_desk: BTreeMap<String, Group>,
    by_arrangement: BTreeMap<String, Group>,
    by_partner: BTreeMap<String, Group>,
    introductions: u32,
    answered: Answered,
    hired: u32,
    regular: u32,
    jobs: Vec<Job>,
    days_to_first_sheet: Vec<i64>,
    days_to_hire: Vec<i64>,
    agreement: Agreement,
    fit: Fit,
    reasons: BTreeMap<&'static str, u32>,
    beside: BesideLedger,
}

impl Ledger {
    pub fn new(period: Period) -> Self {
        Self {
            period,
            opened: 0,
            without_sheet: 0,
            excluded: Excluded::default(),
            all: Group::default(),
            by_desk: BTreeMap::new(),
            by_arrangement: BTreeMap::new(),
            by_partner: BTreeMap::new(),
            introductions: 0,
            answered: Answered::default(),
            hired: 0,
            regular: 0,
            jobs: Vec::new(),
            days_to_first_sheet: Vec::new(),
            days_to_hire: Vec::new(),
            agreement: Agreement::default(),
            fit: Fit::default(),
            reasons: BTreeMap::new(),
            beside: BesideLedger::default(),
        }
    }

    /// Takes in a request, whether or not the period concerns it.
    pub fn add(&mut self, history: &History) {
        if !self.period.knows(history.opened_on) {
            return;
        }
        let standing = RequestStanding::of(history, self.period);
        if self.period.holds(history.opened_on) {
            self.opened += 1;
            self.without_sheet += u32::from(standing.is_none());
        }
        let Some(standing) = standing.filter(|one| self.period.holds(one.first_sheet)) else {
            return;
        };
        match standing.excluded {
            Some(why) => *self.excluded.of(why) += 1,
            None => self.add_eligible(history, &standing),
        }
    }

    fn add_eligible(&mut self, history: &History, request: &RequestStanding) {
        let counted = Counted {
            state: request.state,
            is_mature: self.period.today >= request.first_sheet + TimeDelta::days(MATURE_DAYS),
            is_surely_filled: request
                .introductions
                .iter()
                .any(|one| one.evidence() >= Some(Evidence::BothWords)),
            is_surely_not_filled: request
                .introductions
                .iter()
                .all(Standing::is_surely_not_hired),
        };
        self.beside.add(history, request, self.period);
        let desk = history.desk.as_str();
        let arrangement = history.arrangement.code();
        let partner = history
            .partner
            .as_ref()
            .map_or("self", |code| code.as_str());
        self.all.add(counted, desk, arrangement);
        for (groups, code) in [
            (&mut self.by_desk, desk),
            (&mut self.by_arrangement, arrangement),
            (&mut self.by_partner, partner),
        ] {
            let group = groups.entry(code.to_owned()).or_default();
            group.add(counted, desk, arrangement);
        }
        let waited = (request.first_sheet - history.opened_on).num_days();
        self.days_to_first_sheet.push(waited);
        let mut first_start = None;
        for one in &request.introductions {
            let start = self.add_introduction(one);
            first_start = first_start.into_iter().chain(start).min();
        }
        if let Some(start) = first_start.filter(|_| request.state == RequestState::Filled) {
            self.days_to_hire
                .push((start - history.opened_on).num_days());
        }
    }

    /// Takes in an introduction; the start of its job comes back, where there is one.
    fn add_introduction(&mut self, one: &Standing) -> Option<NaiveDate> {
        self.introductions += 1;
        let has_said = |side| one.told_by(side).next().is_some();
        let (family, worker) = (has_said(Teller::Family), has_said(Teller::Worker));
        self.answered.family += u32::from(family);
        self.answered.worker += u32::from(worker);
        self.answered.any += u32::from(family || worker);
        self.answered.both += u32::from(family && worker);
        for waves in [&one.family, &one.worker] {
            if let Some(reason) = Standing::reason_for_no(waves) {
                *self.reasons.entry(reason).or_default() += 1;
            }
        }
        self.agreement.add(word(&one.family), word(&one.worker));
        if !one.outcome.is_hired() {
            return None;
        }
        self.hired += 1;
        self.regular += u32::from(is_regular(one));
        let fits = |side| one.stated(side, |told| told.fits);
        if let (Some(family), Some(worker)) = (fits(Teller::Family), fits(Teller::Worker)) {
            self.fit.both_answered += 1;
            self.fit.both_yes += u32::from(family && worker);
        }
        let start = started_on(one, self.period)?;
        self.jobs.push(Job::of(one, start, self.period));
        Some(start)
    }

    /// The figures; `tally` is of the calendar years of the period.
    pub fn figures(self, tally: OtherNotified) -> Figures {
        let mut reasons: Vec<_> = self.reasons.into_iter().collect();
        // Stable: equal counts stay in the order of their codes.
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Figures {
            from: self.period.from,
            to: self.period.to,
            today: self.period.today,
            opened: self.opened,
            without_sheet: self.without_sheet,
            requests: self.all.requests,
            mature: self.all.mature,
            introductions: self.introductions,
            excluded: self.excluded,
            answered: self.answered,
            response: self.beside.response(),
            requests_by_state: self.all.states.clone(),
            placement: self.all.placement(),
            regular: Regular {
                hired: self.hired,
                yes: self.regular,
                lower: down(self.regular, self.hired),
                tally,
            },
            retention: Retention::of(&self.jobs),
            days_to_first_sheet: Quartiles::of(self.days_to_first_sheet),
            days_to_hire: Quartiles::of(self.days_to_hire),
            agreement: self.agreement.rated(),
            fit: self.fit,
            reasons,
            by_desk: ByDesk::list(&self.by_desk),
            by_arrangement: ByArrangement::list(&self.by_arrangement),
            by_partner: ByPartner::list(&self.by_partner),
            beside: self.beside.finish(),
        }
    }
}

/// A side said that INPS was told, or the desk saw the receipt.
pub(super) fn is_regular(one: &Standing) -> bool {
    let said = |side| one.told_by(side).any(|told| told.notified_yes);
    said(Teller::Family)
        || said(Teller::Worker)
        || one.desk_saw(|document| document == "inps_receipt")
}

impl Excluded {
    fn of(&mut self, why: Exclusion) -> &mut u32 {
        match why {
            Exclusion::Died => &mut self.died,
            Exclusion::ResidentialCare => &mut self.residential_care,
            Exclusion::Moved => &mut self.moved,
            Exclusion::Duplicate => &mut self.duplicate,
        }
    }
}

impl Agreement {
    fn add(&mut self, family: Option<Said>, worker: Option<Said>) {
        let cell = match (decided(family), decided(worker)) {
            (Some(true), Some(true)) => &mut self.both_hired,
            (Some(true), Some(false)) => &mut self.family_only,
            (Some(false), Some(true)) => &mut self.worker_only,
            (Some(false), Some(false)) => &mut self.both_no,
            (None, _) | (_, None) => return,
        };
        *cell += 1;
    }

    fn rated(self) -> Self {
        let Self {
            both_hired: a,
            family_only: b,
            worker_only: c,
            both_no: d,
            ..
        } = self;
        Self {
            agree: half_up(a + d, a + b + c + d),
            kappa: kappa(a, b, c, d),
            ..self
        }
    }
}
