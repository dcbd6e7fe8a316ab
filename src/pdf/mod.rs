//! Values become PDF bytes: here are the documents, their fonts and the typst
//! machinery. No words for people (they arrive in the view structs, localised),
//! no file and no network access, no clock: the same input gives the same bytes.
//! What only a database row knows and a document must not tell has no field here.

pub mod fonts;
pub mod outcomes;
pub mod paper;
pub mod report;
pub mod sheet;
pub mod week;

mod error;
mod press;
mod qr;

pub use error::{Diagnostics, PdfError};
