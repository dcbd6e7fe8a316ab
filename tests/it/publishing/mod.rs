//! What is published, taken together as an outsider would, leaves every withheld
//! number in doubt by at least its threshold.

mod pictures;
pub mod solver;
mod withheld;
mod worlds;
