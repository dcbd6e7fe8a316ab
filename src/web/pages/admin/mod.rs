//! What administrators look after.

pub mod mail;
