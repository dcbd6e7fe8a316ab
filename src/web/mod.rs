//! The site: the table of routes, what stands around every page, and a page a
//! file. A handler holds no rule, no statement and no transaction.

pub mod assets;
pub mod connections;
pub mod error;
pub mod extract;
pub mod facts;
pub mod form;
pub mod frame;
mod heads;
pub mod layers;
pub mod metrics;
pub mod pages;
pub mod router;
pub mod several;
pub mod state;
pub mod upload;
pub mod week;

pub use router::{Route, router, router_within, routes};
pub use state::{Accessibility, Site};
