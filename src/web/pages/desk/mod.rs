//! Pages of the desk's own work: the contact diary, handing over, filters under a name,
//! and the tour.

pub mod diary;
pub mod filters;
pub mod hand_over;
pub mod tour;
