//! Pages of the section `requests`.

pub mod list;
pub mod record;
