//! The site from outside: the real router, driven by a browser without a screen.

mod accesses;
mod calls;
mod failures;
mod forms;
mod headers;
mod matching;
mod people;
mod proposals;
mod registering;
mod reports;
mod roles;
mod sheets;
mod sign_in;
mod statements;
mod survey;
mod throttles;
