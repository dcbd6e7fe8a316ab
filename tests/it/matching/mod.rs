//! The engine from outside: the worked examples, a second implementation held
//! against it over random pools, and the properties that never break.

mod agreement;
mod examples;
mod random;
mod rows;
mod second;
