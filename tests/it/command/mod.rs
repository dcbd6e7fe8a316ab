//! The command line and what it stands on, from outside.

mod config;
mod examples;
mod imports;
mod verbs;
