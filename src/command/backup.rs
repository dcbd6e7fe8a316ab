//! `dom backup` and `dom restore`: the whole database in one file, and back.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::app;
use crate::clock::{Clock as _, SystemClock};
use crate::config::Config;
use crate::services::Context;
use crate::services::backups::{self, Manifest, policy, schedule};
use crate::services::rights::list;
use crate::storage::Db;

/// Where the copy goes.
#[derive(clap::Args)]
pub struct Backup {
    /// Written whole or not at all; must not be there yet. Without it: a copy as the
    /// program makes them by itself, into their folder
    #[arg(value_name = "FILE")]
    file: Option<PathBuf>,
    /// Print what the backup says of itself
    #[arg(long)]
    json: bool,
}

/// Where the copy is.
#[derive(clap::Args)]
pub struct Restore {
    /// What `dom backup` wrote
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Read the file to its end, and restore nothing
    #[arg(long)]
    check: bool,
    /// Print what the backup says of itself
    #[arg(long)]
    json: bool,
}

/// Copies the database of this configuration; nothing in it is changed, its schema
/// neither.
pub async fn backup(config: &Config, args: Backup) -> anyhow::Result<ExitCode> {
    let Some(file) = args.file else {
        return recorded(config, args.json).await;
    };
    config.prepare()?;
    let place = app::place(config);
    anyhow::ensure!(
        !crate::storage::copies::is_empty(&place).await?,
        "the database is empty: there is nothing to copy"
    );
    let db = Db::open(&place, 2).await?;
    let made = backups::make(&db, &place, &file, SystemClock.now()).await;
    db.close().await?;
    say("made", &made?, args.json)
}

/// Makes a copy as the program does by itself: it stands on the administrators' page, and
/// older ones go.
async fn recorded(config: &Config, json: bool) -> anyhow::Result<ExitCode> {
    let context = app::context(config).await?;
    let done = made_now(&context).await;
    context.db.close().await?;
    let file = done?;
    let manifest = backups::look(&file).await?;
    if !json {
        say!("{}", file.display());
    }
    say("made", &manifest, json)
}

async fn made_now(context: &Context) -> anyhow::Result<PathBuf> {
    policy::ask_for(context, None).await?;
    let done = schedule::run(context).await?;
    let last = crate::storage::backups::latest(context.db.read(), 1).await?;
    let last = last.into_iter().next();
    let said = last.as_ref().and_then(|run| run.detail.clone());
    anyhow::ensure!(done.failed == 0, said.unwrap_or_default());
    let folder = context.copies.as_ref().map(|copies| &copies.folder);
    let file = last.and_then(|run| Some(folder?.join(run.file?)));
    file.filter(|_| done.made == 1).ok_or_else(|| {
        anyhow::anyhow!("another program is making a copy: it will make this one next")
    })
}

/// Puts a copy into the empty database of this configuration.
pub async fn restore(config: &Config, args: Restore) -> anyhow::Result<ExitCode> {
    if args.check {
        return say("whole", &backups::look(&args.file).await?, args.json);
    }
    config.prepare()?;
    let place = app::place(config);
    let restored = backups::restore(&args.file, &place, &config.data_dir).await?;
    let done = say("restored", &restored, args.json)?;
    let beside = args.file.parent().filter(|path| *path != Path::new(""));
    let beside = beside.unwrap_or(Path::new("."));
    let lists = [config.backup_dir.as_path(), beside];
    // Without a list the copy stays as it was made, schema and all.
    if lists.iter().any(|folder| folder.join(list::FILE).exists()) {
        let (context, again) = app::context_beside(config, Some(beside)).await?;
        context.db.close().await?;
        if again > 0 && !args.json {
            say!("erased again, as the list beside the copies says: {again}");
        }
    }
    Ok(done)
}

fn say(done: &str, manifest: &Manifest, json: bool) -> anyhow::Result<ExitCode> {
    if json {
        say!("{}", serde_json::to_string(manifest)?);
    } else {
        let (tables, rows) = (manifest.rows.len(), manifest.total());
        say!(
            "{done}: {tables} tables, {rows} rows, {} bytes",
            manifest.bytes
        );
        say!(
            "made at {}, sha256 {}",
            manifest.made_at.to_rfc3339(),
            manifest.sha256
        );
    }
    Ok(ExitCode::SUCCESS)
}
