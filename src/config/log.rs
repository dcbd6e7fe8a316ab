//! What is logged.

use std::fmt;

use tracing_subscriber::EnvFilter;

use super::LOG;
use super::error::{Expected, Problem};
use super::server::parsed;
use super::source::Values;

const DEFAULT: &str = "info";

/// A filter that `tracing` can read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFilter(String);

impl LogFilter {
    pub(super) fn read(values: &Values, problems: &mut Vec<Problem>) -> Option<Self> {
        let before = problems.len();
        let given = parsed(values, LOG, Expected::LogFilter, readable, problems);
        let text = given.unwrap_or_else(|| DEFAULT.to_owned());
        (problems.len() == before).then_some(Self(text))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// A fresh filter; the library's is not cloned.
    pub fn filter(&self) -> EnvFilter {
        EnvFilter::try_new(&self.0).expect("the filter was read once already")
    }
}

fn readable(text: &str) -> Option<String> {
    EnvFilter::try_new(text).ok()?;
    Some(text.to_owned())
}

impl fmt::Display for LogFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
