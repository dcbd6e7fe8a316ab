//! `dom desk`: the desks, each with the prefix of its sheets.

use std::process::ExitCode;

use clap::Subcommand;
use serde_json::{Value, json};

use crate::domain::ids::DeskCode;
use crate::domain::place::Comune;
use crate::services::{Context, places};
use crate::storage::places::Desk;

/// What to do with desks.
#[derive(Subcommand)]
pub enum Args {
    /// Adds a desk
    Add {
        #[arg(value_parser = super::desk_code)]
        code: DeskCode,
        #[arg(long, value_parser = super::line)]
        name: String,
        /// 1 to 6 capital letters
        #[arg(long, value_parser = prefix)]
        sheet_prefix: String,
        /// ISTAT code or name
        #[arg(long, value_parser = super::comune)]
        comune: Comune,
        #[arg(long)]
        address: Option<String>,
        #[arg(long)]
        phone: Option<String>,
        /// What was added as one JSON document
        #[arg(long)]
        json: bool,
    },
    /// Lists desks
    List {
        #[arg(long)]
        json: bool,
    },
}

fn prefix(text: &str) -> Result<String, String> {
    let good = (1..=6).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase());
    if good {
        Ok(text.to_owned())
    } else {
        Err("1 to 6 capital letters".to_owned())
    }
}

fn document(desk: &Desk) -> Value {
    json!({
        "code": desk.code.as_str(), "name": desk.name, "sheet_prefix": desk.sheet_prefix,
        "comune": desk.comune.istat(), "address": desk.address, "phone": desk.phone,
    })
}

/// Does it.
pub async fn run(context: &Context, args: Args) -> anyhow::Result<ExitCode> {
    match args {
        Args::Add {
            code,
            name,
            sheet_prefix,
            comune,
            address,
            phone,
            json,
        } => {
            let desk = Desk {
                code,
                name,
                sheet_prefix,
                comune,
                address,
                phone,
            };
            places::add_desk(context, &desk).await?;
            if json {
                say!("{}", document(&desk));
            }
        }
        Args::List { json } => {
            let all = places::desks(context).await?;
            if json {
                say!("{}", all.iter().map(document).collect::<Value>());
            } else {
                for desk in all {
                    say!(
                        "{:16} {:6} {:24} {}",
                        desk.code,
                        desk.sheet_prefix,
                        desk.comune.name(),
                        desk.name
                    );
                }
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}
