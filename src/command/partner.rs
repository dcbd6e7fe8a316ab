//! `dom partner`: the organisations that send families.

use std::process::ExitCode;

use chrono::NaiveDate;
use clap::Subcommand;
use serde_json::{Value, json};

use crate::domain::ids::PartnerCode;
use crate::domain::partner::Contract;
use crate::services::{Context, ServiceError, partners, places};
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
        /// The first day on which its people may come in
        #[arg(long, value_parser = super::day)]
        from: Option<NaiveDate>,
        /// The last one: access ends by itself the day after
        #[arg(long, value_parser = super::day)]
        until: Option<NaiveDate>,
        /// What was added as one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Says from when to when a partner's people may come in; a day that is left out bounds nothing
    Contract {
        #[arg(value_parser = super::partner_code)]
        code: PartnerCode,
        #[arg(long, value_parser = super::day)]
        from: Option<NaiveDate>,
        #[arg(long, value_parser = super::day)]
        until: Option<NaiveDate>,
    },
    /// Lists partners
    List {
        #[arg(long)]
        json: bool,
    },
}

fn document(one: &Partner) -> Value {
    json!({
        "code": one.code.as_str(), "name": one.name, "kind": one.kind,
        "contract_from": one.contract.from.map(|day| day.to_string()),
        "contract_until": one.contract.until.map(|day| day.to_string()),
    })
}

/// Does it.
pub async fn run(context: &Context, args: Args) -> anyhow::Result<ExitCode> {
    match args {
        Args::Add {
            code,
            name,
            kind,
            from,
            until,
            json,
        } => {
            let partner = Partner {
                code,
                name,
                kind,
                contract: contract(context, from, until)?,
            };
            places::add_partner(context, &partner).await?;
            if json {
                say!("{}", document(&partner));
            }
        }
        Args::Contract { code, from, until } => {
            partners::write_contract(context, None, &code, contract(context, from, until)?).await?;
        }
        Args::List { json } => {
            let all = places::partners(context).await?;
            if json {
                say!("{}", all.iter().map(document).collect::<Value>());
            } else {
                for partner in all {
                    let until = partner
                        .contract
                        .until
                        .map_or_else(String::new, |day| day.to_string());
                    say!(
                        "{:24} {:16} {until:10} {}",
                        partner.code,
                        partner.kind,
                        partner.name
                    );
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn contract(
    context: &Context,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
) -> Result<Contract, ServiceError> {
    let text = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    Contract::read(&text(from), &text(until), context.today()).map_err(ServiceError::Invalid)
}
