//! Rows to domain and back: the only place that knows the database. Plain
//! functions over a connection, domain in, domain out; a file an aggregate.

pub mod accesses;
pub mod accompaniments;
pub mod accounts;
pub mod answers;
pub mod appointments;
pub mod asked;
pub mod audit;
pub mod authorisations;
pub mod changes;
pub mod columns;
pub mod connect;
pub mod contacts;
pub mod copies;
pub mod counters;
pub mod diffusion;
pub mod disclosures;
pub mod drafts;
pub mod entity;
pub mod error;
pub mod factors;
pub mod fairness;
pub mod families;
pub mod first_looks;
pub mod frozen_years;
pub mod hand_over;
pub mod histories;
pub mod identities;
pub mod informing;
pub mod introductions;
pub mod invitations;
pub mod job_changes;
pub mod likely;
pub mod lists;
pub mod mailings;
pub mod migrator;
pub mod minimum_rules;
pub mod moving;
pub mod names;
pub mod notes;
pub mod notice_rounds;
pub mod notices;
pub mod outbox;
pub mod phone_tries;
pub mod places;
pub mod policy;
pub mod pool;
pub mod pool_changes;
pub mod proposal_words;
pub mod proposals;
pub mod read_log_rules;
pub mod reads;
pub mod referrals;
pub mod renewals;
pub mod requests;
pub mod retention;
pub mod rows;
pub mod saved_filters;
pub mod searches;
pub mod secrets;
pub mod sessions;
pub mod sheet_links;
pub mod sheet_tasks;
pub mod sheets;
pub mod stalled;
mod tasks;
pub mod throttles;
pub mod tours;
pub mod uploads;
pub mod vocabulary;
pub mod waiting;
pub mod waits;
pub mod wave_rules;
pub mod withdrawals;
pub mod workers;

// People and their records made one, kept apart, held back.
pub mod backups;
pub mod blocks;
pub mod merged_twins;
pub mod merges;
pub mod pairs;

// What a person asked of their data.
pub mod erasing;
pub mod erasures;
pub mod holdings;
pub mod restrictions;

// The doors: private links, what people said by them, what they were asked; what families
// ask by themselves.
pub mod inbox;
pub mod keeping;
pub mod link_codes;
pub mod person_mails;
pub mod person_tasks;
pub mod private_links;

pub use connect::{Db, Write};
pub use error::StorageError;
pub use sea_orm::ConnectionTrait as Connection;
/// What [`Db::snapshot`] begins: the database as it stood at one instant.
pub use sea_orm::DatabaseTransaction as Reading;

/// A record with its key and the version that a save must name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored<T> {
    pub id: i64,
    pub version: i32,
    pub value: T,
}

/// One page of a list, and how long the whole is.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub rows: Vec<T>,
    /// From 1.
    pub number: u64,
    pub total: u64,
}

impl<T> Page<T> {
    /// Rows a page.
    pub const SIZE: u64 = 25;

    /// The page asked for, or the last one where there are fewer.
    fn within(number: u64, total: u64) -> u64 {
        number.clamp(1, total.div_ceil(Self::SIZE).max(1))
    }

    /// Pages in all, at least 1.
    pub fn count(&self) -> u64 {
        self.total.div_ceil(Self::SIZE).max(1)
    }
}
