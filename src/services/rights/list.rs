//! The list of who was erased, kept beside the copies of the database: codes, never names.
//! An older copy brings people back; at the start after it whoever is on the list is
//! erased again. A code of which there is no record is noted all the same, and is never
//! given to anybody else.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

use super::erase;
use crate::clock::random_bytes;
use crate::pending::Pending;
use crate::services::registering::Form;
use crate::services::{Context, ServiceError};
use crate::storage::erasures::Erasure;
use crate::storage::merges::People;
use crate::storage::secrets::INSTALLATION;
use crate::storage::{self, Write};

/// Its name, in the folder of the copies.
pub const FILE: &str = "erasures.jsonl";

/// A line of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    /// Whose codes these are: other installations count from one too.
    installation: String,
    kind: String,
    code: String,
    at: DateTime<Utc>,
}

impl Line {
    fn of(installation: &str, row: Erasure) -> Self {
        Self {
            installation: installation.to_owned(),
            kind: row.kind,
            code: row.record,
            at: row.at,
        }
    }
}

/// Which installation this database is. A copy that is older than the first name takes the
/// one of the list that lies beside it, where that names one alone.
async fn installation(context: &Context, lines: &BTreeSet<Line>) -> Result<String, ServiceError> {
    let known = storage::secrets::find(context.db.read(), INSTALLATION).await?;
    if let Some(known) = known {
        return Ok(known);
    }
    let named: BTreeSet<&str> = lines.iter().map(|line| &*line.installation).collect();
    let mut named = named.into_iter();
    let name = match (named.next(), named.next()) {
        (Some(one), None) => one.to_owned(),
        _ => HEXLOWER.encode(&random_bytes::<16>(context.randomness.as_ref())),
    };
    let write = context.db.write().await?;
    // Two programs that start at once have one name.
    storage::counters::draw(&*write, INSTALLATION, 1).await?;
    let known = storage::secrets::find(&*write, INSTALLATION).await?;
    if let Some(known) = known {
        return Ok(known);
    }
    storage::secrets::insert(&*write, INSTALLATION, &name).await?;
    write.commit().await?;
    Ok(name)
}

/// Where it is; none where the program keeps no copies.
fn place(context: &Context) -> Option<PathBuf> {
    let copies = context.copies.as_ref()?;
    Some(copies.folder.join(FILE))
}

/// Erases again whoever is on the list and is back, and fills the list up with what the
/// database knows besides. `beside`: another folder that a list may lie in. How many were
/// erased again.
pub async fn apply_again(context: &Context, beside: Option<&Path>) -> Result<u64, ServiceError> {
    let Some(place) = place(context) else {
        return Ok(0);
    };
    let mut lines = read(&place)?;
    if let Some(folder) = beside {
        lines.extend(read(&folder.join(FILE))?);
    }
    let here = installation(context, &lines).await?;
    let foreign = lines
        .iter()
        .filter(|line| line.installation != here)
        .count();
    if foreign > 0 {
        tracing::warn!(
            lines = foreign,
            "the list of erasures beside the copies names people of another installation: they are left alone"
        );
    }
    let known: BTreeSet<(String, String)> = storage::erasures::all(context.db.read())
        .await?
        .into_iter()
        .map(|row| (row.kind, row.record))
        .collect();
    let mut again = 0;
    for line in lines.iter().filter(|line| line.installation == here) {
        if !known.contains(&(line.kind.clone(), line.code.clone())) {
            again += u64::from(one_again(context, line).await?);
        }
    }
    if again > 0 {
        tracing::warn!(
            people = again,
            "an older copy had brought people back who were erased: they are erased again"
        );
    }
    keep_beside(context, place, lines, &here).await?;
    Ok(again)
}

/// Whether there was somebody.
async fn one_again(context: &Context, line: &Line) -> Result<bool, ServiceError> {
    let (form, people) = match line.kind.as_str() {
        "worker" => (Form::Worker, People::Workers),
        "family" => (Form::Family, People::Families),
        other => {
            return Err(ServiceError::Broken(format!(
                "{FILE} knows no kind of record {other}"
            )));
        }
    };
    let there = match erase::again(context, form, &line.code, line.at).await {
        Ok(()) => true,
        Err(
            ServiceError::NotFound { .. }
            | ServiceError::Merged { .. }
            | ServiceError::Erased { .. },
        ) => false,
        Err(error) => return Err(error),
    };
    let write = context.db.write().await?;
    let codes = [line.code.as_str()];
    storage::erasures::insert_many(&*write, people, &codes, (None, line.at), true).await?;
    never_again(&write, line).await?;
    write.commit().await?;
    Ok(there)
}

/// An older copy counts from an older number on: a code that was somebody's is nobody
/// else's.
async fn never_again(write: &Write, line: &Line) -> Result<(), ServiceError> {
    let number = line.code.split_once('-').map(|(_, number)| number);
    if let Some(number) = number.and_then(|number| number.parse().ok()) {
        storage::counters::raise(&**write, &line.kind, number).await?;
    }
    Ok(())
}

/// Writes down what the database knows and the list does not.
pub async fn keep(context: &Context) -> Result<(), ServiceError> {
    let Some(place) = place(context) else {
        return Ok(());
    };
    let lines = read(&place)?;
    let here = installation(context, &lines).await?;
    keep_beside(context, place, lines, &here).await
}

async fn keep_beside(
    context: &Context,
    place: PathBuf,
    lines: BTreeSet<Line>,
    here: &str,
) -> Result<(), ServiceError> {
    let mut wanted = lines;
    let rows = storage::erasures::all(context.db.read()).await?;
    wanted.extend(rows.into_iter().map(|row| Line::of(here, row)));
    if wanted.is_empty() {
        return Ok(());
    }
    let added = tokio::task::spawn_blocking(move || add(&place, wanted)).await;
    added.map_err(|error| ServiceError::Broken(error.to_string()))?
}

/// Adds what is not there yet. Programs that write at once wait for each other: what one of
/// them added the other reads.
fn add(place: &Path, wanted: BTreeSet<Line>) -> Result<(), ServiceError> {
    // Let go with the file.
    let _turn = turn(place).map_err(|error| broken(place, &error))?;
    let key = |one: &Line| (one.installation.clone(), one.kind.clone(), one.code.clone());
    let mut all = read(place)?;
    let mut known: BTreeSet<_> = all.iter().map(key).collect();
    let there = all.len();
    for line in wanted {
        if known.insert(key(&line)) {
            all.insert(line);
        }
    }
    if all.len() == there {
        return Ok(());
    }
    write(place, &all).map_err(|error| broken(place, &error))
}

/// Waits until no other program writes the list.
fn turn(place: &Path) -> std::io::Result<File> {
    if let Some(folder) = place.parent() {
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let file = File::options()
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(place.with_extension("lock"))?;
    file.lock()?;
    Ok(file)
}

fn write(place: &Path, lines: &BTreeSet<Line>) -> std::io::Result<()> {
    let mut file = Pending::begin(place).map_err(std::io::Error::other)?;
    for line in lines {
        serde_json::to_writer(&mut file, line)?;
        file.write_all(b"\n")?;
    }
    file.finish().map_err(std::io::Error::other)
}

fn read(place: &Path) -> Result<BTreeSet<Line>, ServiceError> {
    let text = match std::fs::read_to_string(place) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        Err(error) => return Err(broken(place, &error)),
    };
    // What can't be read would bring somebody back unseen.
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .map(|line| serde_json::from_str(line).map_err(|error| broken(place, &error)))
        .collect()
}

fn broken(place: &Path, error: &dyn std::error::Error) -> ServiceError {
    ServiceError::Broken(format!("the list of erasures {}: {error}", place.display()))
}
