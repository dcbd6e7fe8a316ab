//! The site from outside: the real router, driven by a browser without a screen.

mod accesses;
mod failures;
mod forms;
mod headers;
mod matching;
mod people;
mod registering;
mod reports;
mod roles;
mod sheets;
mod sign_in;
mod statements;
mod throttles;
