//! What families and workers asked by themselves, as the desk sees it, the page that confirms
//! an address, and the form by which workers ask. The families' is `registering::ask`.

pub mod confirm;
pub mod joined;
pub mod list;
pub mod record;
pub mod register;
mod steps;
