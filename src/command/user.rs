//! `dom user`: accounts. A new one gets a link that sets its password once.

use std::process::ExitCode;

use clap::Subcommand;

use crate::catalogue::Words;
use crate::domain::account::{Place, PlaceError, Role};
use crate::domain::contact::EmailAddress;
use crate::domain::ids::{DeskCode, PartnerCode};
use crate::services::{Context, accounts, factors, identities, places};
use crate::storage;
use crate::storage::accounts::Account;

/// What to do with accounts.
#[derive(Subcommand)]
pub enum Args {
    /// Adds an account and prints its one-time link
    Add {
        #[arg(value_parser = super::email)]
        email: EmailAddress,
        /// administrator, operator, partner or reader
        #[arg(long, value_parser = super::role)]
        role: Role,
        #[arg(long, value_parser = super::desk_code, conflicts_with = "partner")]
        desk: Option<DeskCode>,
        #[arg(long, value_parser = super::partner_code)]
        partner: Option<PartnerCode>,
        /// How the person is called on screen and on sheets
        #[arg(long, value_parser = super::line)]
        name: Option<String>,
        /// The address and its link as one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Lists accounts
    List {
        #[arg(long)]
        json: bool,
    },
    /// Shuts an account and ends its sessions
    Disable {
        #[arg(value_parser = super::email)]
        email: EmailAddress,
    },
    /// Takes password and linked identity away and prints a new one-time link
    Reset {
        #[arg(value_parser = super::email)]
        email: EmailAddress,
        /// The address and its link as one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Takes the second factor away from who lost it and the recovery codes
    ResetFactor {
        #[arg(value_parser = super::email)]
        email: EmailAddress,
    },
    /// Lets a role sign in by passwords again, from today on
    AllowPassword {
        /// administrator, operator, partner or reader
        #[arg(value_parser = super::role)]
        role: Role,
    },
}

impl Args {
    /// What the grammar of the command line can't say: each role has its place.
    pub fn check(&self) -> Result<(), PlaceError> {
        match self {
            Self::Add {
                role,
                desk,
                partner,
                ..
            } => Place::of(*role, desk.clone(), partner.clone()).map(drop),
            Self::List { .. }
            | Self::Disable { .. }
            | Self::Reset { .. }
            | Self::ResetFactor { .. }
            | Self::AllowPassword { .. } => Ok(()),
        }
    }
}

/// Does it.
pub async fn run(context: &Context, words: Words, args: Args) -> anyhow::Result<ExitCode> {
    match args {
        Args::Add {
            email,
            role,
            desk,
            partner,
            name,
            json,
        } => {
            let place = Place::of(role, desk, partner)?;
            match &place {
                Place::Desk(desk) => drop(places::desk(context, desk).await?),
                Place::Partner(partner) => drop(places::partner(context, partner).await?),
                Place::Nowhere => {}
            }
            let own = email
                .as_str()
                .split('@')
                .next()
                .unwrap_or_default()
                .to_owned();
            let token = accounts::add(
                context,
                &email,
                name.as_deref().unwrap_or(&own),
                role,
                &place,
            )
            .await?;
            print_link(context, words, &email, &token, json);
        }
        Args::List { json } => list(context, json).await?,
        Args::Disable { email } => accounts::disable(context, &email).await?,
        Args::AllowPassword { role } => identities::allow_local(context, role).await?,
        Args::ResetFactor { email } => factors::reset(context, &email).await?,
        Args::Reset { email, json } => {
            let token = accounts::reset(context, &email).await?;
            print_link(context, words, &email, &token, json);
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn print_link(context: &Context, words: Words, email: &EmailAddress, token: &str, json: bool) {
    let link = format!("{}/password/{token}", context.public_url);
    if json {
        say!(
            "{}",
            serde_json::json!({ "email": email.as_str(), "link": link })
        );
    } else {
        aside!("{}", words.get("command-link"));
        say!("{link}");
    }
}

async fn list(context: &Context, json: bool) -> anyhow::Result<()> {
    let all = storage::accounts::list(context.db.read()).await?;
    let linked = storage::identities::linked(context.db.read()).await?;
    let linked = |account: &Account| linked.contains(&account.actor.account_id);
    let place = |place: &Place| match place {
        Place::Nowhere => String::new(),
        Place::Desk(desk) => desk.to_string(),
        Place::Partner(partner) => partner.to_string(),
    };
    if json {
        let all = all.iter().map(|account| {
            serde_json::json!({
                "email": account.actor.email.as_str(), "name": account.actor.name, "role": account.actor.role.code(),
                "place": place(&account.actor.place), "disabled": account.disabled, "has_password": account.password_hash.is_some(),
                "has_identity": linked(account),
            })
        });
        say!("{}", all.collect::<serde_json::Value>());
        return Ok(());
    }
    for account in all {
        let state = match (account.disabled, linked(&account)) {
            (true, _) => "disabled",
            (false, true) => "identity",
            (false, false) => "",
        };
        say!(
            "{:36} {:14} {:20} {state}",
            account.actor.email,
            account.actor.role.code(),
            place(&account.actor.place)
        );
    }
    Ok(())
}
