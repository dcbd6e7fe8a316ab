//! One function a use case: authorise, decide by the domain, write everything in
//! one transaction. Pages, commands and the importer call the same functions.

pub mod accounts;
pub mod charge;
pub mod context;
pub mod demo;
pub mod diary;
pub mod drafts;
pub mod error;
pub mod export;
pub mod import;
pub mod lists;
pub mod matching;
pub mod outcomes;
pub mod places;
pub mod proposals;
pub mod records;
pub mod registering;
pub mod sentences;
pub mod sheet_view;
pub mod sheets;
pub mod tables;
pub mod waiting;

pub use context::Context;
pub use error::ServiceError;
