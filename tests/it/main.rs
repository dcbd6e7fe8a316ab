//! One integration binary: the product from outside, and the house's own rules.

// A page's future holds those of all that it asks, and a test's holds the page's.
#![recursion_limit = "256"]

mod accesses;
mod catalogue;
mod command;
mod floors;
mod jobs;
mod live;
mod matching;
mod outcomes;
mod pages;
mod pdf;
mod people;
mod publishing;
mod reference;
mod several;
mod storage;
mod stories;
mod support;
mod tabular;
mod trust;
