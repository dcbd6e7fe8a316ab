//! What administrators look after.

pub mod backup_rules;
pub mod backups;
pub mod kept;
pub mod mail;
pub mod reads;
pub mod waves;

use chrono::NaiveDate;
use chrono_tz::Europe::Rome;

use crate::catalogue::Words;
use crate::storage::policy::Written;

/// A row of a policy as its history shows it.
pub struct PolicyLine {
    from: String,
    /// What it says.
    what: String,
    /// Empty where the program came with it.
    by: String,
    at: String,
}

impl PolicyLine {
    fn of<R>(words: Words, written: Written<R>, valid_from: NaiveDate, what: String) -> Self {
        Self {
            from: words.date(valid_from),
            what,
            by: written.by.unwrap_or_default(),
            at: written.at.map_or_else(String::new, |at| {
                words.moment(at.with_timezone(&Rome).naive_local())
            }),
        }
    }
}
