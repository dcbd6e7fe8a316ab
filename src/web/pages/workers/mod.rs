//! Pages of the section `workers`.

pub mod diffusion;
pub mod disclosures;
pub mod list;
pub mod record;
