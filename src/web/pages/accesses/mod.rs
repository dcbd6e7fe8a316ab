//! Pages of the section `accesses`: the log, and the cases that it opens.

pub mod cases;
pub mod entry;
mod form;
pub mod import;
