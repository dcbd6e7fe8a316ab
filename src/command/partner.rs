//! `dom partner`: the organisations that send families.

use std::process::ExitCode;

use clap::Subcommand;

use crate::domain::ids::PartnerCode;
use crate::services::{Context, places};
use crate::storage::places::Partner;

/// What to do with partners.
#[derive(Subcommand)]
pub enum Args {
    /// Adds a partner
    Add {
        #[arg(value_parser = super::partner_code)]
        code: PartnerCode,
        #[arg(long, value_parser = super::line)]
        name: String,
        #[arg(long, value_parser = ["punto_insieme", "social_services", "other"])]
        kind: String,
    },
    /// Lists partners
    List {
        #[arg(long)]
        json: bool,
    },
}

/// Does it.
pub async fn run(context: &Context, args: Args) -> anyhow::Result<ExitCode> {
    match args {
        Args::Add { code, name, kind } => {
            places::add_partner(context, &Partner { code, name, kind }).await?;
        }
        Args::List { json } => {
            let all = places::partners(context).await?;
            if json {
                let all = all.iter().map(|one| serde_json::json!({ "code": one.code.as_str(), "name": one.name, "kind": one.kind }));
                println!("{}", all.collect::<serde_json::Value>());
            } else {
                for partner in all {
                    println!("{:24} {:16} {}", partner.code, partner.kind, partner.name);
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
