//! Pages of the section `sheets`.

pub mod delivery;
pub mod issue;
pub mod list;
pub mod record;
pub mod tasks;
