//! What the words of the service mean. Pure: no async, no input or output, no
//! clock. Everything here is right once built: raw text becomes these types or
//! a list of what is wrong with it.

pub mod access;
pub mod accompaniment;
pub mod account;
pub mod advice;
pub mod answer;
pub mod contact;
pub mod contract;
pub mod country;
pub mod diffusion;
pub mod family;
pub mod follow_up;
pub mod forbidden;
pub mod ids;
pub mod introduction;
pub mod invalid;
pub mod language;
pub mod likeness;
pub mod mail;
pub mod money;
pub mod offer;
pub mod outcome;
pub mod permit;
pub mod person;
pub mod place;
pub mod proposal;
pub mod publishing;
pub mod reading;
pub mod reason;
pub mod reference;
pub mod request;
pub mod sheet;
pub mod skill;
pub mod survey;
pub mod text;
pub mod typed;
pub mod week;
pub mod worker;
