//! The pages: form, view, get and post of one address each. Templates stand at
//! the same path under `templates/pages`.

pub mod about;
pub mod accesses;
pub mod account;
pub mod admin;
pub mod appointments;
pub mod asked;
pub mod desk;
pub mod families;
pub mod follow_up;
pub mod home;
pub mod imports;
pub mod inbox;
pub mod link;
pub mod matching;
pub mod narrowing;
pub mod open_data;
pub mod paper;
pub mod partner;
pub mod people;
pub mod private;
pub mod proposals;
pub mod public;
pub mod registering;
pub mod reports;
pub mod requests;
pub mod sheets;
pub mod survey;
pub mod vocabularies;
pub mod waiting;
pub mod waits;
pub mod workers;
