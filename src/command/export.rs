//! `dom export`: records go out in the form that `dom import` reads.

use std::io::{BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ValueEnum;

use super::out::Long;
use crate::catalogue::Words;
use crate::pending::Pending;
use crate::services::Context;
use crate::services::export::{self, Wanted};
use crate::services::read_log::{self, Opened};
use crate::services::tables::Kind;
use crate::tabular;

/// What to write, and where to.
#[derive(clap::Args)]
pub struct Args {
    /// workers, families, requests, introductions, answers, accesses or accompaniments
    #[arg(value_name = "KIND", value_parser = super::import::kind)]
    kind: Kind,
    /// Only what is of this year: requests, introductions, answers, accesses or accompaniments
    #[arg(long, value_name = "YEAR", value_parser = clap::value_parser!(i32).range(1900..=2100))]
    year: Option<i32>,
    #[arg(long, value_enum, default_value_t = Format::Csv)]
    format: Format,
    /// Written whole or not at all; otherwise to standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    Csv,
    Xlsx,
}

impl Args {
    /// What the grammar of the command line can't say: only some kinds have years.
    pub fn check(&self, words: Words) -> Result<(), String> {
        if self.year.is_some() && !self.kind.has_years() {
            Err(words.with("export-no-years", &[("kind", &self.kind.code())]))
        } else {
            Ok(())
        }
    }
}

/// Does it.
pub async fn run(context: &Context, args: Args) -> anyhow::Result<ExitCode> {
    let wanted = Wanted {
        kind: args.kind,
        year: args.year,
        format: match args.format {
            Format::Csv => tabular::Format::Csv,
            Format::Xlsx => tabular::Format::Xlsx,
        },
        by: None,
    };
    let opened = Opened {
        what: "dom export".to_owned(),
        record: None,
        list: Some(args.kind.code().to_owned()),
    };
    read_log::note_command(context, None, opened).await?;
    if let Some(place) = &args.out {
        let pending = Pending::begin(place)?;
        let (pending, _) = export::run(&context.db, context.now(), wanted, pending).await?;
        pending.finish()?;
    } else {
        let out = BufWriter::new(Long);
        let (mut out, _) = export::run(&context.db, context.now(), wanted, out).await?;
        out.flush()?;
    }
    Ok(ExitCode::SUCCESS)
}
