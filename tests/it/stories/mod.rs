//! Whole journeys through the product, and what the demo shows of it.

mod demo;
mod races;
