//! `dom proposal`: asks workers, or records what they said, in an operator's name.

use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Subcommand;

use crate::domain::contact::EmailAddress;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::domain::proposal::Via;
use crate::domain::reading;
use crate::domain::reason::ReasonList;
use crate::services::proposals::{self, Word};
use crate::services::{Context, accounts};

/// What to do with proposals.
#[derive(Subcommand)]
pub enum Args {
    /// Asks workers for a request
    Add {
        #[arg(value_parser = super::request_code)]
        request: RequestCode,
        #[arg(required = true, value_parser = super::worker_code)]
        workers: Vec<WorkerCode>,
        /// Why a better band was passed over
        #[arg(long, value_parser = skipped)]
        skipped: Option<&'static str>,
        #[command(flatten)]
        actor: Actor,
    },
    /// The worker said yes
    Accept {
        #[command(flatten)]
        word: Said,
    },
    /// The worker said no
    Decline {
        #[command(flatten)]
        word: Said,
        #[arg(long, value_parser = declined)]
        reason: &'static str,
    },
}

/// In whose name.
#[derive(clap::Args)]
pub struct Actor {
    /// The account in whose name this is done
    #[arg(long = "as", value_name = "EMAIL", value_parser = super::email)]
    pub email: EmailAddress,
}

/// What was said, how and when.
#[derive(clap::Args)]
pub struct Said {
    #[arg(value_parser = super::request_code)]
    request: RequestCode,
    #[arg(value_parser = super::worker_code)]
    worker: WorkerCode,
    /// phone or desk
    #[arg(long, value_parser = super::via)]
    via: Via,
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    on: NaiveDate,
    #[command(flatten)]
    actor: Actor,
}

fn skipped(text: &str) -> Result<&'static str, String> {
    super::usage(reading::reason(ReasonList::BandSkipped, text))
}

fn declined(text: &str) -> Result<&'static str, String> {
    super::usage(reading::reason(ReasonList::ProposalDeclined, text))
}

/// Does it.
pub async fn run(context: &Context, args: Args) -> anyhow::Result<ExitCode> {
    match args {
        Args::Add {
            request,
            workers,
            skipped,
            actor,
        } => {
            let actor = accounts::actor_named(context, &actor.email).await?;
            proposals::add(context, &actor, &request, &workers, skipped).await?;
        }
        Args::Accept { word } => answer(context, word, Word::Yes).await?,
        Args::Decline { word, reason } => answer(context, word, Word::No(reason)).await?,
    }
    Ok(ExitCode::SUCCESS)
}

async fn answer(context: &Context, said: Said, word: Word) -> anyhow::Result<()> {
    let actor = accounts::actor_named(context, &said.actor.email).await?;
    Ok(proposals::answer(
        context,
        &actor,
        &said.request,
        &said.worker,
        word,
        said.via,
        said.on,
    )
    .await?)
}
