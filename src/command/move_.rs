//! `dom move`: the whole database to one of the other kind.

use std::process::ExitCode;

use crate::app;
use crate::config::Database;
use crate::storage::moving;

/// From where to where.
#[derive(clap::Args)]
pub struct Args {
    /// The database that is there: `sqlite://PATH` or `postgres://…`
    #[arg(long, value_name = "URL")]
    from: String,
    /// An empty one of the other kind, or one that a move was interrupted in
    #[arg(long, value_name = "URL")]
    to: String,
    /// What was carried, table by table, as one JSON document
    #[arg(long)]
    json: bool,
}

/// Does it. Nobody may write to either meanwhile.
pub async fn run(args: &Args) -> anyhow::Result<ExitCode> {
    let from = app::place_of(&Database::from_url("--from", &args.from)?);
    let to = app::place_of(&Database::from_url("--to", &args.to)?);
    if let crate::storage::connect::Place::Sqlite(path) = &from {
        anyhow::ensure!(path.exists(), "{} is not there", path.display());
    }
    let carried = moving::carry(&from, &to, |one| {
        if !args.json {
            say!("{:32} {:>9} {}", one.table, one.rows, one.sha256);
        }
    })
    .await?;
    let rows: u64 = carried.iter().map(|one| one.rows).sum();
    if args.json {
        let tables = carried.iter().map(|one| {
            serde_json::json!({
                "table": one.table, "rows": one.rows, "sha256": one.sha256,
            })
        });
        let tables: serde_json::Value = tables.collect();
        say!("{}", serde_json::json!({ "tables": tables, "rows": rows }));
    } else {
        say!("moved: {} tables, {rows} rows", carried.len());
    }
    Ok(ExitCode::SUCCESS)
}
