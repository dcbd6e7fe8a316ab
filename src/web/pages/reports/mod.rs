//! The reports: figures of the log, never records.

pub mod accesses;
