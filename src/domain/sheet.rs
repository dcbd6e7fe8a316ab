//! The named profile sheet: how long it holds, how many workers it names, and
//! what makes a worker nameable on it.

use chrono::{NaiveDate, TimeDelta};

use super::worker::{Worker, WorkerStatus};

/// The fields of a worker that a sheet discloses, for the record of disclosures.
pub const DISCLOSED: &str = "given_name|family_name|phone|comune|languages|skills|experience_years|qualifications|accreditation|availability";

/// A sheet names at most this many workers.
pub const MOST_WORKERS: usize = 8;

/// Reasons of a revocation after which whoever may still be named may stand on another
/// sheet for the same request: the sheet was wrong, or it fell because of one of those on
/// it, who is perhaps not the only one.
pub const NAMED_AGAIN: [&str; 5] = [
    "error",
    "withdrawn",
    "authorisation_withdrawn",
    "safeguarding",
    "scope_limited",
];

/// The last day on which a sheet issued on `day` is valid, where sheets are for so many days.
pub fn valid_until(day: NaiveDate, days: i64) -> NaiveDate {
    day + TimeDelta::days(days)
}

/// What a verification tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SheetState {
    Genuine,
    /// Genuine and valid, and something that it says of a worker was put right since.
    Superseded,
    Expired,
    Revoked,
}

impl SheetState {
    /// The same where what the sheet says was put right since: that matters only while it
    /// is valid.
    #[must_use]
    pub fn superseded_if(self, changed: bool) -> Self {
        match self {
            Self::Genuine if changed => Self::Superseded,
            other => other,
        }
    }

    /// The state on a day.
    pub fn on(today: NaiveDate, valid_until: NaiveDate, revoked: bool) -> Self {
        if revoked {
            Self::Revoked
        } else if today > valid_until {
            Self::Expired
        } else {
            Self::Genuine
        }
    }

    /// The code, also of the catalogue's message.
    pub fn code(self) -> &'static str {
        match self {
            Self::Genuine => "genuine",
            Self::Superseded => "superseded",
            Self::Expired => "expired",
            Self::Revoked => "revoked",
        }
    }
}

/// Why a worker can't be named on a sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Obstacle {
    Inactive,
    NoAuthorisation,
    NotAsked,
    Declined,
    /// They said yes to other terms.
    TermsChanged,
    AlreadyIntroduced,
    Permit,
    Accreditation,
    Duplicate,
    /// Nobody outside reads why.
    HeldBack,
    /// The worker asked that their sheet does not go there.
    LeftOut,
}

impl Obstacle {
    /// The key of the catalogue's message.
    pub fn key(self) -> &'static str {
        match self {
            Self::Inactive => "obstacle-inactive",
            Self::NoAuthorisation => "obstacle-no-authorisation",
            Self::NotAsked => "obstacle-not-asked",
            Self::Declined => "obstacle-declined",
            Self::TermsChanged => "obstacle-terms-changed",
            Self::AlreadyIntroduced => "obstacle-already-introduced",
            Self::Permit => "obstacle-permit",
            Self::Accreditation => "obstacle-accreditation",
            Self::Duplicate => "obstacle-duplicate",
            Self::HeldBack => "obstacle-held-back",
            Self::LeftOut => "obstacle-left-out",
        }
    }
}

/// What hinders from naming the worker, apart from having been asked.
pub fn obstacle_of(worker: &Worker, today: NaiveDate) -> Option<Obstacle> {
    if worker.status != WorkerStatus::Active {
        Some(Obstacle::Inactive)
    } else if worker.may_be_named(today) {
        None
    } else {
        Some(Obstacle::NoAuthorisation)
    }
}
