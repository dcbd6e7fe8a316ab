//! Who answered of those who were asked: the response rates of AAPOR over the
//! invitations of waves that are over. What came later counts for what became of
//! an introduction, never here.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::super::answer::Wave;
use super::super::follow_up::{Asked, Disposition, TRIES};
use super::rate::half_up;

/// What the figures read of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invited {
    pub side: Asked,
    pub wave: Wave,
    /// The first day on which the wave is over.
    pub closes_on: NaiveDate,
    /// `None`: nobody is to phone.
    pub phone_from: Option<NaiveDate>,
    pub tries: u32,
    /// `None`: not ended yet, or nobody has written it down.
    pub disposition: Option<Disposition>,
}

impl Invited {
    fn is_over(&self, today: NaiveDate) -> bool {
        self.closes_on <= today
    }

    /// Whether the desk may still phone.
    pub(super) fn can_be_called(&self, today: NaiveDate) -> bool {
        let begun = self.phone_from.is_some_and(|day| day <= today);
        begun && !self.is_over(today) && self.disposition.is_none() && self.tries < TRIES
    }
}

/// Response rates; `None` where there are no invitations, as in loaded history.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Response {
    pub family: Option<ResponseRates>,
    pub worker: Option<ResponseRates>,
}

/// RR1 and RR2 of AAPOR's standard definitions, in per mille.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ResponseRates {
    pub rr1: u32,
    pub rr2: u32,
}

/// How the invitations of one side and wave ended.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Endings {
    /// Without those that should never have been asked.
    pub eligible: u32,
    pub complete: u32,
    pub partial: u32,
    pub not_eligible: u32,
}

impl Endings {
    fn add(&mut self, disposition: Option<Disposition>) {
        if disposition == Some(Disposition::NotEligible) {
            self.not_eligible += 1;
            return;
        }
        self.eligible += 1;
        self.complete += u32::from(disposition == Some(Disposition::Complete));
        self.partial += u32::from(disposition == Some(Disposition::Partial));
    }

    /// Of both.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            eligible: self.eligible + other.eligible,
            complete: self.complete + other.complete,
            partial: self.partial + other.partial,
            not_eligible: self.not_eligible + other.not_eligible,
        }
    }

    /// Nothing over nothing.
    pub fn rates(self) -> Option<ResponseRates> {
        Some(ResponseRates {
            rr1: half_up(self.complete, self.eligible)?,
            rr2: half_up(self.complete + self.partial, self.eligible)?,
        })
    }
}

/// Invitations of waves that are over, by side and wave.
#[derive(Debug, Default)]
pub(super) struct Invitations(BTreeMap<(Asked, Wave), Endings>);

impl Invitations {
    pub fn add(&mut self, invited: &Invited, today: NaiveDate) {
        if invited.is_over(today) {
            let endings = self.0.entry((invited.side, invited.wave)).or_default();
            endings.add(invited.disposition);
        }
    }

    pub fn response(&self) -> Response {
        let of = |side: Asked| {
            let of_side = self.0.iter().filter(|((one, _), _)| *one == side);
            let all = of_side.fold(Endings::default(), |sum, (_, one)| sum.and(*one));
            all.rates()
        };
        Response {
            family: of(Asked::Family),
            worker: of(Asked::Worker),
        }
    }

    pub fn by_wave(&self) -> Vec<(Asked, Wave, Endings)> {
        let one = |((side, wave), endings): (&(Asked, Wave), &Endings)| (*side, *wave, *endings);
        self.0.iter().map(one).collect()
    }
}
