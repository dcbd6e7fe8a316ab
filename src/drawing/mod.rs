//! Charts and the map as SVG: numbers and labels in, a picture out that pages
//! show and papers print. Told apart by pattern and shade, so that it reads in
//! grey; attributes only, since the pages' policy forbids styles. Labels come
//! localised; no number is drawn that was not given. Each picture stands beside
//! its table, which says the same to whoever can't see it.

mod bars;
mod map;
mod months;
mod paper;
mod spans;
mod square;
mod steps;

pub use bars::{Bar, bars};
pub use map::{CLASSES, MapWords, class_of, map};
pub use months::months;
pub use paper::Picture;
pub use spans::{Span, SpanWords, spans};
pub use square::square;
pub use steps::{Step, steps};
