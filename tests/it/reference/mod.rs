//! The embedded reference tables: every join between them holds, and their types
//! read what people type and refuse the rest by name.

mod contract;
mod labels;
mod money;
mod place;
mod records;
mod tables;
mod week;
