//! Pages of the desk's own work: the contact diary and handing over.

pub mod diary;
pub mod hand_over;
