//! Did matches become jobs: the worked examples, every row of the table of
//! words, and a second, slow computation of all figures held against the product.

mod agreement;
mod beside;
mod bounds;
mod examples;
mod fairness;
mod files;
mod published;
mod random;
mod response;
mod second;
mod simulation;
mod table;
mod tally;
