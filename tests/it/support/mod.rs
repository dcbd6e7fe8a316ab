//! What tests stand on: databases, people, the built program.

pub mod browser;
pub mod cast;
pub mod db;
pub mod ledger;
pub mod log;
pub mod people;
pub mod program;
pub mod server;
pub mod site;
pub mod smtp;
