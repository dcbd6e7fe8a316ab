//! What administrators look after.

pub mod backup_rules;
pub mod backups;
pub mod factors;
pub mod kept;
pub mod mail;
pub mod partners;
mod policy;
pub mod reads;
pub mod waves;
