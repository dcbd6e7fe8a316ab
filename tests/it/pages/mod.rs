//! The site from outside: the real router, driven by a browser without a screen.

mod accesses;
mod calls;
mod exports;
mod failures;
mod forms;
mod headers;
mod imports;
mod matching;
mod paper;
mod people;
mod reach;
mod registering;
mod reports;
mod roles;
mod sheets;
mod sign_in;
mod statements;
mod survey;
mod throttles;
