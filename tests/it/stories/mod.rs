//! Whole journeys, and what must hold when many are made at once or cut short.

mod kills;
mod races;
