//! What administrators look after.

pub mod accounts;
pub mod backup_rules;
pub mod backups;
pub mod desks;
pub mod factors;
pub mod kept;
pub mod local;
pub mod mail;
pub mod minimums;
pub mod notices;
pub mod numbers;
pub mod partners;
pub mod policies;
mod policy;
pub mod reads;
pub mod retention;
pub mod unusual;
pub mod waves;
pub mod weights;
