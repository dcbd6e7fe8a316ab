//! Pages of the section `matching`.

pub mod answer;
