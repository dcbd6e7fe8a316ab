//! `dom sheet`: issues, prints again or revokes a sheet, in an operator's name,
//! with the same checks and records as on screen.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context as _;
use clap::Subcommand;

use super::proposal::Actor;
use crate::catalogue::Words;
use crate::domain::delivery::Purpose;
use crate::domain::ids::{RequestCode, SheetNumber, WorkerCode};
use crate::domain::reading;
use crate::domain::reason::ReasonList;
use crate::pending::Pending;
use crate::services::read_log::{self, Opened};
use crate::services::sheets::{self, Issued, Order, Way};
use crate::services::{Context, accounts, sentences};

/// What to do with sheets.
#[derive(Subcommand)]
pub enum Args {
    /// Issues a sheet of 1 to 8 workers
    Issue {
        #[arg(value_parser = super::request_code)]
        request: RequestCode,
        #[arg(required = true, value_parser = super::worker_code)]
        workers: Vec<WorkerCode>,
        /// Also queues the mail that brings the family a link; its code is told after
        /// the number
        #[arg(long)]
        mail: bool,
        #[command(flatten)]
        actor: Actor,
        #[command(flatten)]
        target: Target,
    },
    /// Writes the same bytes again
    Print {
        #[arg(value_parser = super::sheet_number)]
        number: SheetNumber,
        #[command(flatten)]
        actor: Actor,
        #[command(flatten)]
        target: Target,
    },
    /// Revokes a sheet
    Revoke {
        #[arg(value_parser = super::sheet_number)]
        number: SheetNumber,
        #[arg(long, value_parser = reason)]
        reason: &'static str,
        #[command(flatten)]
        actor: Actor,
        /// Number, code and SHA-256 as one JSON document
        #[arg(long)]
        json: bool,
    },
}

/// Where the PDF goes, and how the number is told.
#[derive(clap::Args)]
pub struct Target {
    /// The PDF
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Number, code and SHA-256 as one JSON document
    #[arg(long)]
    json: bool,
}

fn reason(text: &str) -> Result<&'static str, String> {
    super::usage(reading::reason(ReasonList::Revoke, text))
}

impl Args {
    /// What the grammar of the command line can't say in words: a sheet names so
    /// many workers.
    pub fn check(&self, words: Words) -> Result<(), String> {
        match self {
            Self::Issue { workers, .. } => {
                sheets::check_number(workers).map_err(|why| sentences::why(words, &why))
            }
            Self::Print { .. } | Self::Revoke { .. } => Ok(()),
        }
    }
}

/// Does it.
pub async fn run(context: &Context, words: Words, args: Args) -> anyhow::Result<ExitCode> {
    match args {
        Args::Issue {
            request,
            workers,
            mail,
            actor,
            target,
        } => {
            let actor = accounts::actor_named(context, &actor.email).await?;
            let pending = Pending::begin(&target.out)?;
            let order = Order {
                request,
                workers,
                asked: Vec::new(),
                skipped: None,
                way: if mail { Way::Mail } else { Way::Paper },
            };
            let opened = opened("dom sheet issue", order.request.as_str());
            read_log::note_command(context, Some(&actor), opened).await?;
            let issued = sheets::issue(context, &actor, words, &order).await?;
            // The sheet is out already, whatever happens to the file.
            deliver(pending, &issued, target.json).with_context(|| {
                format!(
                    "{0} is issued: `dom sheet print {0}` writes it again",
                    issued.number
                )
            })?;
        }
        Args::Print {
            number,
            actor,
            target,
        } => {
            let actor = accounts::actor_named(context, &actor.email).await?;
            let pending = Pending::begin(&target.out)?;
            let opened = opened("dom sheet print", number.as_str());
            read_log::note_command(context, Some(&actor), opened).await?;
            let printed = sheets::print(context, &actor, &number, Purpose::Request).await?;
            deliver(pending, &printed, target.json)?;
        }
        Args::Revoke {
            number,
            reason,
            actor,
            json,
        } => {
            let actor = accounts::actor_named(context, &actor.email).await?;
            let sheet = sheets::revoke(context, &actor, &number, reason).await?;
            if json {
                say!(
                    "{}",
                    document(&sheet.number, &sheet.verification_code, &sheet.sha256)
                );
            } else {
                say!("{}", sheet.number);
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn opened(what: &str, record: &str) -> Opened {
    Opened {
        what: what.to_owned(),
        record: Some(record.to_owned()),
        list: None,
    }
}

fn document(number: &SheetNumber, code: &str, sha256: &str) -> serde_json::Value {
    serde_json::json!({ "number": number.as_str(), "code": code, "sha256": sha256 })
}

fn deliver(mut pending: Pending, issued: &Issued, json: bool) -> anyhow::Result<()> {
    pending.write_all(&issued.pdf)?;
    pending.finish()?;
    let told = issued.queued.as_ref();
    if json {
        let mut told_of = document(&issued.number, &issued.verification_code, &issued.sha256);
        if let Some(queued) = told {
            told_of["mail"] =
                serde_json::json!({ "to": queued.to.as_str(), "code": queued.code.as_str() });
        }
        say!("{told_of}");
    } else {
        say!("{}", issued.number);
        if let Some(queued) = told {
            say!("{}", queued.code.said());
        }
    }
    Ok(())
}
