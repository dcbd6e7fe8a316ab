//! The site from outside: the real router, driven by a browser without a screen.

mod forms;
mod people;
mod roles;
mod sheets;
mod sign_in;
