//! The reports: figures of the log, never records.

pub mod accesses;
pub mod outcomes;
pub mod period;
