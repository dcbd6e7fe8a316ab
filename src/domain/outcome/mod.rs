//! From answers to one outcome for each introduction, one state for each request,
//! and the figures over a period. Pure, and the only place where any of it is
//! decided. What is dated after `today` does not exist; the order in which
//! requests come never matters.

mod beside;
mod exposure;
pub mod fairness;
mod figures;
mod placement;
pub mod publish;
mod rate;
mod reconcile;
mod response;
mod retention;

use chrono::NaiveDate;

use super::answer::{Answer, Channel, Notified, Said, Teller, Wave};
use super::contract::Arrangement;
use super::ids::{DeskCode, PartnerCode};
use super::request::Exclusion;

pub use beside::{Beside, Blocked, Steps};
pub use exposure::{Exposure, fits_kept_from};
pub use figures::{
    Agreement, Answered, ByArrangement, ByDesk, ByPartner, Excluded, Figures, Fit, Ledger,
    OtherNotified, Regular, States,
};
pub use placement::Placement;
pub use rate::{Quartiles, half_up};
pub use reconcile::{Evidence, Outcome, RequestState, Standing, outcome, word};
pub use response::{Endings, Invited, Response, ResponseRates};
pub use retention::{Retained, Retention};

/// Days after the first sheet at which `w2` is closed: asked at 90, open for 21.
pub const MATURE_DAYS: i64 = 111;
/// An end of the need recorded later than this after the first sheet takes
/// nothing out: the desk learns of such ends mostly from those who don't answer.
pub const EXCLUSION_DAYS: i64 = 15;

/// Which requests are looked at, and from where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    pub from: NaiveDate,
    pub to: NaiveDate,
    /// The last day that is known of.
    pub today: NaiveDate,
}

impl Period {
    fn holds(self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    fn knows(self, day: NaiveDate) -> bool {
        day <= self.today
    }
}

/// A request with all that was said of it.
#[derive(Debug, Clone)]
pub struct History {
    /// The family's desk.
    pub desk: DeskCode,
    /// Who sent the family; `None`: it came by itself.
    pub partner: Option<PartnerCode>,
    pub arrangement: Arrangement,
    pub opened_on: NaiveDate,
    pub exclusion: Option<EndOfNeed>,
    pub introductions: Vec<Introduced>,
}

/// Why a request may count in no figure, and when that became known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EndOfNeed {
    pub why: Exclusion,
    /// `None`: known from the beginning.
    pub on: Option<NaiveDate>,
}

/// An introduction with all that was said of it.
#[derive(Debug, Clone)]
pub struct Introduced {
    pub issued_on: NaiveDate,
    /// In the order of arrival.
    pub told: Vec<Told>,
    /// Of both sides and all waves, in any order.
    pub invited: Vec<Invited>,
}

/// What the figures read of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    pub side: Teller,
    pub wave: Wave,
    pub answered_on: NaiveDate,
    pub via: Option<Channel>,
    pub talked: Option<bool>,
    pub met: Option<bool>,
    pub result: Option<Said>,
    pub reason: Option<&'static str>,
    pub document: Option<&'static str>,
    pub started_on: Option<NaiveDate>,
    /// Whether INPS was told, and it was said so.
    pub notified_yes: bool,
    pub fits: Option<bool>,
    pub still_working: Option<bool>,
    pub ended_on: Option<NaiveDate>,
}

impl Told {
    /// What it says of the result: who tells whether they still work was hired.
    pub fn said(&self) -> Option<Said> {
        self.result.or(self.still_working.map(|_| Said::Hired))
    }
}

impl From<&Answer> for Told {
    fn from(answer: &Answer) -> Self {
        Self {
            side: answer.side,
            wave: answer.wave,
            answered_on: answer.answered_on,
            via: answer.via,
            talked: answer.talked,
            met: answer.met,
            result: answer.result,
            reason: answer.reason,
            document: answer.document,
            started_on: answer.started_on,
            notified_yes: answer.notified == Some(Notified::Yes),
            fits: answer.fits,
            still_working: answer.still_working,
            ended_on: answer.ended_on,
        }
    }
}
