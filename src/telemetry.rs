//! Logs: JSON lines on standard error, or lines for people where it is a
//! terminal. Never a name, an address, a token or the query of a request. Lines that nobody
//! takes any more (a full disk, a reader that is gone) are lost, and nothing else is.

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Begins logging by a filter that the configuration has checked; whoever is `quiet` only warns,
/// unless the filter names them. Later calls in the same process change nothing.
pub fn begin(filter: &str, quiet: &str) {
    let filter = EnvFilter::try_new(format!("{quiet}=warn,{filter}"));
    let filter = filter.unwrap_or_else(|_| EnvFilter::new("info"));
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        // It would be told on standard error too, by a way that panics where that is shut.
        .log_internal_errors(false);
    // An error means that logging has begun already.
    let _ = if std::io::stderr().is_terminal() {
        builder.try_init()
    } else {
        builder.json().flatten_event(true).try_init()
    };
}
