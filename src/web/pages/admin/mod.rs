//! What administrators look after.

pub mod mail;
pub mod reads;
pub mod waves;
