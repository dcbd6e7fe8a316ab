//! Pages of the section `workers`.

pub mod diffusion;
pub mod list;
pub mod record;
