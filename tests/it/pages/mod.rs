//! The site from outside: the real router, driven by a browser without a screen.

mod accesses;
mod calls;
mod delivery;
mod exports;
mod failures;
mod forms;
mod headers;
mod imports;
mod job;
mod links;
mod matching;
mod outcomes;
mod paper;
mod partner;
mod people;
mod proposals;
mod reach;
mod reads;
mod registering;
mod reports;
mod roles;
mod sheets;
mod sign_in;
mod statements;
mod survey;
mod throttles;
