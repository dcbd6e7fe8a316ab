//! What is logged.

use tracing_subscriber::EnvFilter;

use super::LOG;
use super::error::{Expected, Problem};
use super::server::parsed;
use super::source::Values;

const DEFAULT: &str = "info";

/// A filter that `tracing` can read.
pub(super) fn read(values: &Values, problems: &mut Vec<Problem>) -> Option<String> {
    let before = problems.len();
    let given = parsed(values, LOG, Expected::LogFilter, readable, problems);
    let filter = given.unwrap_or_else(|| DEFAULT.to_owned());
    (problems.len() == before).then_some(filter)
}

fn readable(text: &str) -> Option<String> {
    EnvFilter::try_new(text).ok()?;
    Some(text.to_owned())
}
