//! Whether the service can do its work: the database answers, its schema is this
//! program's, the disk has room, nobody told it to stop. Nothing is changed by looking.

use std::ffi::CString;
use std::os::unix::ffi::OsStrExt as _;
use std::time::Duration;

use chrono::TimeDelta;

use super::{Context, ServiceError};
use crate::domain::mail::MailState;
use crate::storage::migrator::{self, Stand};
use crate::storage::outbox;

/// An answer that takes longer is none.
const PATIENCE: Duration = Duration::from_secs(2);
/// Below this a write may fail half-way through a day: a day of two desks with their
/// sheets is a tenth of it.
const LEAST_ROOM: u64 = 64 * 1024 * 1024;

/// Something that keeps the service from its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// The database does not answer.
    Database,
    /// The schema is older than the program, or newer.
    Schema,
    /// The disk is nearly full, or can't be asked.
    Disk,
    /// The program was told to stop: it answers, but what is new goes elsewhere.
    Leaving,
}

impl Trouble {
    pub const ALL: [Self; 4] = [Self::Database, Self::Schema, Self::Disk, Self::Leaving];

    /// For programs.
    pub fn code(self) -> &'static str {
        match self {
            Self::Database => "database",
            Self::Schema => "schema",
            Self::Disk => "disk",
            Self::Leaving => "serving",
        }
    }
}

/// Looks at everything; nothing found is a service that works.
pub async fn look(context: &Context) -> Vec<Trouble> {
    let mut found = Vec::new();
    match tokio::time::timeout(PATIENCE, migrator::stand(&context.db)).await {
        Ok(Ok(Stand::Current)) => {}
        Ok(Ok(_)) => found.push(Trouble::Schema),
        Ok(Err(error)) => {
            tracing::warn!(%error, "the database does not answer as it should");
            found.push(Trouble::Database);
        }
        Err(_) => found.push(Trouble::Database),
    }
    if let Some(folder) = &context.folder
        && !has_room(folder)
    {
        found.push(Trouble::Disk);
    }
    if context.is_leaving() {
        found.push(Trouble::Leaving);
    }
    found
}

/// How the mail stands.
#[derive(Debug, Clone)]
pub struct MailQueue {
    /// The states in which somebody still waits, with how many mails are in each.
    pub by_state: Vec<(MailState, u64)>,
    /// For how long the oldest mail that waits has been due; nothing where none is.
    pub overdue: TimeDelta,
}

/// Counts the mail that is not done with: what went stays for good, and grows.
pub async fn queue(context: &Context) -> Result<MailQueue, ServiceError> {
    let now = context.now();
    let waits = outbox::waiting(context.db.read()).await?;
    let due = waits.next_at.filter(|due| *due <= now);
    Ok(MailQueue {
        by_state: waits.by_state,
        overdue: due.map_or(TimeDelta::zero(), |due| now - due),
    })
}

/// Whether a folder's disk has room for what a day may bring.
pub fn has_room(folder: &std::path::Path) -> bool {
    room(folder).is_some_and(|room| room >= LEAST_ROOM)
}

/// Bytes that the program may still write to a folder's disk.
fn room(folder: &std::path::Path) -> Option<u64> {
    let folder = CString::new(folder.as_os_str().as_bytes()).ok()?;
    let disk = rustix::fs::statvfs(folder.as_c_str()).ok()?;
    Some(disk.f_bavail.saturating_mul(disk.f_frsize))
}
