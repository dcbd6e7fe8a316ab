//! Whole journeys through the product, what must hold when many are made at once
//! or cut short, and what the demo shows of it.

mod connections;
mod demo;
pub mod disk_full;
mod drill;
mod half_year;
mod kills;
mod meanwhile;
mod pool;
mod protected;
mod races;
