//! The follow-up as operators work at it: whom to phone, a call on one screen,
//! contradictions, and what the desk found.

pub mod call;
pub mod conflicts;
pub mod finding;
pub mod job;
pub mod list;
