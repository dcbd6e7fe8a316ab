//! What administrators look after.

pub mod factors;
pub mod kept;
pub mod mail;
pub mod partners;
mod policy;
pub mod reads;
pub mod waves;
