//! The words of the product: complete in each language, used, and well formed.
//! Also the layout and the parts, rendered as a page would.

mod layout;
mod words;
