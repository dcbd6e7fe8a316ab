//! The command line and what it stands on, from outside.

mod backups;
mod config;
mod disclosing;
mod doctor;
mod examples;
mod guides;
mod imports;
mod match_;
mod moving;
mod output;
mod places;
mod readers;
mod readings;
mod sheets;
mod upgrades;
mod users;
