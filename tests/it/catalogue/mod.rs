//! The words of the product: complete in each language, used, well formed, plain.
//! Also the layout and the parts, rendered as a page would.

mod codes;
mod layout;
mod plain;
mod public;
mod sheet;
pub mod words;
