//! Pages of the section `workers`.

pub mod list;
pub mod record;
