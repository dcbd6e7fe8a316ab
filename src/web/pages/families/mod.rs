//! Pages of the section `families`.

pub mod list;
pub mod record;
