//! `dom report`: the figures, as one JSON document or in words.

mod access;
mod fairness;
mod outcomes;

use std::process::ExitCode;

use clap::Subcommand;

use crate::catalogue::Words;
use crate::services::Context;

/// Which figures.
#[derive(Subcommand)]
pub enum Args {
    /// The yearly report of the access log
    Access(access::Args),
    /// Did matches become jobs
    Outcomes(outcomes::Args),
    /// Whether some who fitted as well as others came less far: a hint to look closer
    Fairness(fairness::Args),
}

/// Does it.
pub async fn run(context: &Context, words: Words, args: Args) -> anyhow::Result<ExitCode> {
    match args {
        Args::Access(args) => access::run(context, words, &args).await,
        Args::Outcomes(args) => outcomes::run(context, words, &args).await,
        Args::Fairness(args) => fairness::run(context, words, &args).await,
    }
}
