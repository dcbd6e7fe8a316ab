//! `dom mail`: whether mail works, and mail that came back.

use std::io::Read as _;
use std::process::ExitCode;

use clap::Subcommand;

use crate::domain::contact::EmailAddress;
use crate::domain::mail::MailState;
use crate::jobs;
use crate::services::Context;
use crate::services::follow_up::bounce::{self, Bounce};
use crate::services::follow_up::outbox::queue_test;
use crate::storage;

/// The largest report that is read.
const LARGEST: u64 = 4 << 20;

/// What to do with mail.
#[derive(Subcommand)]
pub enum Args {
    /// Sends a mail that says only that mail works
    Test {
        #[arg(value_parser = super::email)]
        address: EmailAddress,
    },
    /// Takes a mail that came back, from standard input
    Bounce,
}

/// Does it.
pub async fn run(context: &Context, args: Args) -> anyhow::Result<ExitCode> {
    match args {
        Args::Test { address } => test(context, address).await,
        Args::Bounce => {
            let mut bytes = Vec::new();
            std::io::stdin().take(LARGEST).read_to_end(&mut bytes)?;
            let report = String::from_utf8_lossy(&bytes);
            match bounce::take(context, &report).await? {
                Bounce::Returned => say!("returned"),
                Bounce::Delayed => say!("delayed"),
                Bounce::Unknown => anyhow::bail!("no mail of this program is quoted in it"),
            }
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn test(context: &Context, address: EmailAddress) -> anyhow::Result<ExitCode> {
    let id = queue_test(context, address).await?;
    jobs::deliver_due(context).await?;
    let mail = storage::outbox::find_by_message_id(context.db.read(), &id).await?;
    let state = mail.as_ref().map(|mail| mail.state);
    let taken = state.filter(|state| matches!(state, MailState::Sent | MailState::Kept));
    let Some(state) = taken else {
        let trouble = mail.and_then(|mail| mail.trouble).unwrap_or_default();
        anyhow::bail!("the mail was not taken: {trouble}")
    };
    say!("{}", state.code());
    Ok(ExitCode::SUCCESS)
}
