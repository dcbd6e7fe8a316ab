//! One function a use case: authorise, decide by the domain, write everything in
//! one transaction. Pages, commands and the importer call the same functions.

pub mod access_report;
pub mod accesses;
pub mod accounts;
pub mod backups;
pub mod charge;
pub mod condition;
pub mod context;
mod dated;
pub mod delivery;
pub mod demo;
pub mod diary;
pub mod diffusion;
pub mod drafts;
pub mod error;
pub mod export;
pub mod first_looks;
pub mod follow_up;
pub mod frozen_years;
pub mod given;
pub mod import;
pub mod keeping;
pub mod links;
pub mod list_export;
pub mod lists;
pub mod live_pool;
pub mod matching;
pub mod merging;
pub mod notices;
pub mod outcome_report;
pub mod outcomes;
pub mod places;
pub mod proposals;
pub mod read_log;
pub mod records;
pub mod registering;
pub mod safeguarding;
pub mod sentences;
pub mod sheet_view;
pub mod sheets;
pub mod tables;
pub mod uploads;
pub mod vocabularies;
pub mod waiting;

pub use context::Context;
pub use error::ServiceError;
