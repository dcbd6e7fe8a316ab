//! What every page stands on. Built once, by `app`.

use std::net::IpAddr;

use chrono::NaiveDate;

use super::metrics::Metrics;
use crate::services::Context;

/// Whom people tell that a page can't be used, and the declaration of accessibility, as far
/// as somebody set them.
#[derive(Clone, Debug, Default)]
pub struct Accessibility {
    /// An e-mail address.
    pub feedback: Option<String>,
    /// The address of the declaration.
    pub statement: Option<String>,
    pub reviewed_on: Option<NaiveDate>,
}

/// See the module's words. Cheap to clone.
#[derive(Clone)]
pub struct Site {
    pub context: Context,
    /// Whose service this is, as the pages' head and foot name it.
    pub owner: String,
    pub accessibility: Accessibility,
    /// Whether the people are made up: every page says so.
    pub demo: bool,
    /// What is counted of the answers.
    pub metrics: Metrics,
    /// Peers whose word about the client's address is believed.
    pub trusted_proxies: std::sync::Arc<dyn Fn(IpAddr) -> bool + Send + Sync>,
}

impl Site {
    /// Whether the site is reached by TLS: cookies are then bound to the host.
    pub fn is_secure(&self) -> bool {
        self.context.public_url.starts_with("https://")
    }
}
