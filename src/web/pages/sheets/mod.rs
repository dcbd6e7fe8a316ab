//! Pages of the section `sheets`.

pub mod delivery;
pub mod issue;
pub mod list;
pub mod notices;
pub mod record;
pub mod tasks;
