//! What waits today: of what one is in charge of, of one's desk, or of all. Whose it
//! is and since when something waits stands here; the lists in `lists`.

pub mod lists;

use chrono::{NaiveDate, TimeDelta};

use super::ServiceError;
use crate::domain::account::Actor;
use crate::storage::waiting::Whose;

/// What was said of a job this long ago is not looked at any more: whoever is asked a
/// year after its start has been asked by then.
const JOB_DAYS: i64 = 400;

/// What was said of a job since this day is looked at.
pub(super) fn jobs_since(today: NaiveDate) -> NaiveDate {
    today - TimeDelta::days(JOB_DAYS)
}

/// Whose work is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Mine,
    Desk,
    All,
}

impl Scope {
    /// All, from the narrowest.
    pub const ALL: [Self; 3] = [Self::Mine, Self::Desk, Self::All];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Desk => "desk",
            Self::All => "all",
        }
    }
}

/// Whose work a scope is, for this account.
pub(super) fn whose(actor: &Actor, scope: Scope) -> Result<Whose, ServiceError> {
    let desk = actor.desk().ok_or(ServiceError::Forbidden)?.clone();
    Ok(match scope {
        Scope::Mine => Whose::Mine(actor.account_id, desk),
        Scope::Desk => Whose::Desk(desk),
        Scope::All => Whose::Everybody,
    })
}
