//! `dom import`: a file of people, requests, introductions, answers, accesses or accompaniments becomes records.

use std::path::PathBuf;
use std::process::ExitCode;

use serde::Serialize;

use crate::catalogue::Words;
use crate::services::import::{self, ImportError, Options, Report, sentences};
use crate::services::tables::Kind;
use crate::services::{Context, sentences::why};
use crate::tabular::{self, Limits};

/// What to load, and how.
#[derive(clap::Args)]
pub struct Args {
    /// workers, families, requests, introductions, answers, accesses or accompaniments
    #[arg(value_name = "KIND", value_parser = kind)]
    kind: Kind,
    /// CSV or XLSX, with the columns of the formats
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Say what would happen and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write the good rows although others are rejected
    #[arg(long)]
    keep_good: bool,
    #[arg(long)]
    json: bool,
}

pub(super) fn kind(text: &str) -> Result<Kind, String> {
    super::usage(Kind::parse(text))
}

/// Does it.
pub async fn run(context: &Context, words: Words, args: Args) -> anyhow::Result<ExitCode> {
    let report = match load(context, &args).await {
        Ok(report) => report,
        Err(error) => {
            return Err(match sentences::error(words, &error) {
                Some(text) => anyhow::anyhow!("{}: {text}", args.file.display()),
                None => error.into(),
            });
        }
    };
    for warning in &report.warnings {
        aside!("{}", sentences::row(words, warning));
    }
    if args.json {
        say!("{}", serde_json::to_string(&Document::of(words, &report))?);
    } else {
        print(words, &args, &report);
    }
    if report.rejected.is_empty() {
        return Ok(ExitCode::SUCCESS);
    }
    let rows = report.rejected_rows();
    let verdict = match (args.dry_run, args.keep_good) {
        (false, true) => words.count("import-rejected-others-written", rows),
        (false, false) => words.count("import-rejected-nothing-written", rows),
        (true, _) => words.count("import-rejected-dry-run", rows),
    };
    aside!("dom: {verdict}");
    Ok(ExitCode::FAILURE)
}

async fn load(context: &Context, args: &Args) -> Result<Report, ImportError> {
    let mut sheet = tabular::open_with(&args.file, Limits::at_the_machine())?;
    let options = Options {
        dry_run: args.dry_run,
        keep_good: args.keep_good,
        ..Options::default()
    };
    import::run(context, args.kind, &mut sheet, options).await
}

fn print(words: Words, args: &Args, report: &Report) {
    for problem in &report.rejected {
        say!("{}", sentences::row(words, problem));
    }
    let counts = words.with(
        "import-counts",
        &[
            ("read", &report.read),
            ("added", &report.added),
            ("updated", &report.updated),
            ("unchanged", &report.unchanged),
            ("rejected", &report.rejected_rows()),
        ],
    );
    say!("{counts}");
    if args.dry_run {
        say!("{}", words.get("import-dry-run"));
    }
}

/// The JSON of the formats, its keys in their order.
#[derive(Serialize)]
struct Document<'a> {
    read: u64,
    added: u64,
    updated: u64,
    unchanged: u64,
    rejected: Vec<Rejected<'a>>,
}

#[derive(Serialize)]
struct Rejected<'a> {
    row: u32,
    column: &'a str,
    value: &'a str,
    why: String,
}

impl<'a> Document<'a> {
    fn of(words: Words, report: &'a Report) -> Self {
        let rejected = report.rejected.iter().map(|problem| Rejected {
            row: problem.row,
            column: &problem.column,
            value: &problem.value,
            why: why(words, &problem.why),
        });
        Self {
            read: report.read,
            added: report.added,
            updated: report.updated,
            unchanged: report.unchanged,
            rejected: rejected.collect(),
        }
    }
}
