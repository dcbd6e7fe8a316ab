//! `dom routes`: the table of routes as JSON, for documentation and for the
//! browser's walk through every page.

use std::process::ExitCode;

/// What to print.
#[derive(clap::Args)]
pub struct Args {
    /// One JSON document
    #[arg(long)]
    json: bool,
}

/// Prints the table.
pub fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let routes = crate::web::routes();
    if args.json {
        say!("{}", serde_json::to_string(&routes)?);
    } else {
        for route in routes {
            say!(
                "{:4} {:32} {}",
                route.method,
                route.path,
                route.roles.join(" ")
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}
