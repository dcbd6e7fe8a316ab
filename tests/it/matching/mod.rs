//! The engine from outside: single rules, the worked examples, a second
//! implementation held against it over random pools, and the properties that
//! never break.

mod agreement;
mod answers;
mod dice;
mod examples;
mod pairs;
mod people;
mod properties;
mod random;
mod rows;
mod second;
mod teams;
