//! One integration binary: the product from outside, and the house's own rules.

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
