//! The engine from outside: single rules, the worked examples, a second
//! implementation held against it over random pools, and the properties that
//! never break.

mod agreement;
mod answers;
mod changes;
pub mod dice;
mod examples;
mod pairs;
mod people;
mod properties;
pub mod random;
pub mod rows;
pub mod second;
mod teams;
