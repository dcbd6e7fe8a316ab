//! What tests stand on: databases, people, the built program.

pub mod browser;
pub mod cast;
pub mod crowd;
pub mod db;
pub mod disk;
pub mod followed;
pub mod heard;
pub mod ledger;
pub mod live;
pub mod log;
pub mod people;
pub mod program;
pub mod provider;
pub mod served;
pub mod server;
pub mod site;
pub mod smtp;
pub mod table;
pub mod wire;
