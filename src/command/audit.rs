//! `dom audit`: whether the log of who opened what is whole.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use crate::domain::read_log::Fault;
use crate::services::Context;
use crate::services::read_log::{self, Broken, Checked};

/// What to do with the log.
#[derive(Subcommand)]
pub enum Args {
    /// Checks every sealed segment and names the first that is broken
    Verify {
        /// One JSON document
        #[arg(long)]
        json: bool,
    },
}

/// Does it.
pub async fn run(context: &Context, args: &Args) -> anyhow::Result<ExitCode> {
    let Args::Verify { json } = args;
    let checked = read_log::verify(context).await?;
    if let Some(broken) = &checked.broken {
        if *json {
            say!("{}", document(&checked));
            return Ok(ExitCode::FAILURE);
        }
        anyhow::bail!("{}", told(broken));
    }
    if *json {
        say!("{}", document(&checked));
    } else {
        say!(
            "{} segments with {} entries are whole, {} entries wait to be sealed",
            checked.segments,
            checked.entries,
            checked.open
        );
        say!("head {}", checked.head);
    }
    Ok(ExitCode::SUCCESS)
}

fn told(broken: &Broken) -> String {
    let what = match broken.fault {
        Fault::Missing => "it stands where none can stand",
        Fault::Chain => "it does not follow the segment before it",
        Fault::Entries => "its entries are not those that were sealed, or gone before their time",
        Fault::Seal => "its seal is not the one that it was given",
    };
    match (broken.minute, broken.next) {
        (Some(minute), _) => format!(
            "the read log is broken at segment {} of {} ({}): {what}",
            broken.number,
            broken.instance,
            minute.format("%Y-%m-%d %H:%M UTC")
        ),
        (None, Some(next)) => format!(
            "the read log is broken at segment {} of {}: it is gone, the next that is there is {next}",
            broken.number, broken.instance
        ),
        (None, None) => format!(
            "the read log is broken at segment {} of {}: it and all after it are gone",
            broken.number, broken.instance
        ),
    }
}

fn document(checked: &Checked) -> serde_json::Value {
    let broken = checked.broken.as_ref().map(|broken| {
        json!({
            "instance": broken.instance,
            "segment": broken.number,
            "minute": broken.minute.map(|minute| minute.to_rfc3339()),
            "fault": broken.fault.code(),
            "next": broken.next,
        })
    });
    json!({
        "segments": checked.segments,
        "entries": checked.entries,
        "open": checked.open,
        "head": checked.head,
        "broken": broken,
    })
}
