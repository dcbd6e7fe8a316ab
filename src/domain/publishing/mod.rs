//! What of the access log may be published: a fixed list of tables, and of each
//! the numbers that can be told. Small numbers are withheld, and enough others
//! that nothing published, put together, tells them. Pure; where the numbers come
//! from, and how they are shown, is not known here.
//!
//! Nothing else is published: no filter, no cross of two tables, and what a page
//! derives (differences between years, the first five, shares, charts, the map) is
//! made from the published numbers alone, so that it tells nothing new.

pub mod correction;
mod gather;
mod list;
mod network;
pub mod withhold;
mod year;

pub use gather::{Audience, Gathered};
pub use list::{LEAST_COLUMN, Listed, NOT_STATED, TABLES, table};
pub use year::{Column, DeskTotal, Numbers, Rule, TableRow, ToldRow, ToldTable, YearTables};
