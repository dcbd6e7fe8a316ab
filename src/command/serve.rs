//! `dom serve` and `dom demo`.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use data_encoding::HEXLOWER;

use crate::app;
use crate::clock::{SystemClock, SystemRandomness, random_bytes};
use crate::config::{Config, Database};
use crate::services::{Context, demo};
use crate::storage::Db;
use crate::storage::connect::Place;
use crate::storage::migrator::migrate;

/// Migrates if needed and serves until SIGTERM.
pub async fn serve(config: &Config) -> anyhow::Result<ExitCode> {
    let stop = app::Stop::listen(config.stop_delay)?;
    let mut context = app::context(config).await?;
    let listening = app::listen(config).await?;
    let address = listening.address;
    context.public_url = config.public_url_at(address);
    tracing::info!(%address, database = kind(config), "listening");
    app::run(listening, app::site(config, context, false), stop).await?;
    Ok(ExitCode::SUCCESS)
}

fn kind(config: &Config) -> &'static str {
    match config.database {
        Database::Sqlite { .. } => "sqlite",
        Database::Postgres { .. } => "postgres",
    }
}

/// Serves a throw-away database of made-up people; it goes when the program ends.
pub async fn demo(config: &Config) -> anyhow::Result<ExitCode> {
    let stop = app::Stop::listen(Duration::ZERO)?;
    let listening = app::listen(config).await?;
    let name = format!(
        "dom-demo-{}",
        HEXLOWER.encode(&random_bytes::<8>(&SystemRandomness))
    );
    let folder = Folder(std::env::temp_dir().join(name));
    std::fs::create_dir(&folder.0)
        .with_context(|| format!("cannot make {}", folder.0.display()))?;
    let place = Place::Sqlite(folder.0.join("demo.sqlite"));
    migrate(&place).await?;
    let db = Db::open(&place, 8).await?;
    let url = config.public_url_at(listening.address);
    let context = Context::new(
        db,
        Arc::new(SystemClock),
        Arc::new(SystemRandomness),
        url.clone(),
    );
    let filled = demo::fill(&context, demo::SEED).await?;
    say!("DOM: dati di prova, persone inventate / demo data, made-up people");
    say!("{url}");
    for account in &filled.accounts {
        say!(
            "{:14} {:32} {}",
            account.role,
            account.email,
            account.password
        );
    }
    say!("Nei dati di prova basta la password / in the demo the password is enough");
    app::run(listening, app::site(config, context, true), stop).await?;
    drop(folder);
    Ok(ExitCode::SUCCESS)
}

/// A folder that goes when the program ends, however it does.
struct Folder(std::path::PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.0) {
            aside!("dom: {} is left behind: {error}", self.0.display());
        }
    }
}
