//! Tries and loads the files that are due, one after the other, by the one way in
//! which files become records (`services::import`). A program that ends in the
//! middle leaves nothing behind; another takes the file up once its word is stale.

use std::collections::BTreeSet;
use std::io::Cursor;

use data_encoding::HEXLOWER;

use super::outcome::Outcome;
use super::{kind_of, mapping_of, sheet_of};
use crate::clock::random_bytes;
use crate::domain::upload::{CLAIM_LIFE, REPORT_LIFE, UNLOADED_LIFE, UploadState};
use crate::services::import::{self, ImportError, Options, Progress, Report, Seal};
use crate::services::{Context, ServiceError};
use crate::storage::uploads::Upload;
use crate::storage::{self, StorageError, Write};

/// Files that one run takes.
const MOST: usize = 20;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Worked {
    pub checked: u64,
    pub loaded: u64,
    pub refused: u64,
    pub forgotten: u64,
}

/// Does what is due.
pub async fn work(context: &Context) -> Result<Worked, ServiceError> {
    let mut worked = Worked::default();
    for _ in 0..MOST {
        if context.is_leaving() {
            break;
        }
        let Some((upload, claim)) = next(context).await? else {
            break;
        };
        match one(context, &upload, &claim).await? {
            UploadState::Checked => worked.checked += 1,
            UploadState::Loaded => worked.loaded += 1,
            _ => worked.refused += 1,
        }
    }
    let now = context.now();
    let write = context.db.write().await?;
    worked.forgotten =
        storage::uploads::forget(&*write, now - UNLOADED_LIFE, now - REPORT_LIFE).await?;
    write.commit().await?;
    Ok(worked)
}

/// What a program does at its start that is the only one on its database: what
/// another left in the middle is due again at once.
pub async fn take_up_again(context: &Context) -> Result<(), ServiceError> {
    if context.db.has_one_program() {
        let write = context.db.write().await?;
        storage::uploads::drop_claims(&*write).await?;
        write.commit().await?;
    }
    Ok(())
}

async fn next(context: &Context) -> Result<Option<(Upload, String)>, ServiceError> {
    let now = context.now();
    let claim = HEXLOWER.encode(&random_bytes::<16>(context.randomness.as_ref()));
    let write = context.db.write().await?;
    let taken = storage::uploads::claim(&*write, &claim, now - CLAIM_LIFE, now).await?;
    write.commit().await?;
    let Some(id) = taken else { return Ok(None) };
    let upload = storage::uploads::find(context.db.read(), id).await?;
    Ok(upload.map(|upload| (upload, claim)))
}

async fn one(context: &Context, upload: &Upload, claim: &str) -> Result<UploadState, ServiceError> {
    let progress = Progress::default();
    context.loading(upload.id, Some(progress.clone()));
    let done = read(context, upload, claim, progress).await;
    context.loading(upload.id, None);
    let (state, outcome) = match done {
        // Its seal has settled it together with the records.
        Ok(report) if report.written => return Ok(UploadState::Loaded),
        Ok(report) => (UploadState::Checked, outcome_of(upload, &report)),
        Err(error) => match Outcome::failed(&error) {
            Some(outcome) => (UploadState::Refused, outcome),
            None => return Err(failure(error)),
        },
    };
    let write = context.db.write().await?;
    let (id, now) = (upload.id, context.now());
    storage::uploads::settle(&*write, id, claim, state, &outcome.json(), now).await?;
    write.commit().await?;
    Ok(state)
}

fn failure(error: ImportError) -> ServiceError {
    match error {
        ImportError::Storage(error) => error.into(),
        other => ServiceError::Broken(other.to_string()),
    }
}

async fn read(
    context: &Context,
    upload: &Upload,
    claim: &str,
    progress: Progress,
) -> Result<Report, ImportError> {
    let bytes = storage::uploads::bytes(context.db.read(), upload.id).await?;
    let mut sheet = sheet_of(Cursor::new(bytes.unwrap_or_default()))?;
    let loads = upload.state == UploadState::ToLoad;
    let before = upload.outcome.as_deref().and_then(Outcome::read);
    let likely = before.into_iter().flat_map(|outcome| outcome.likely);
    let options = Options {
        dry_run: !loads,
        // What is tried shows what the good rows would do.
        keep_good: !loads || upload.keep_good,
        by: Some(upload.account_id),
        mapping: mapping_of(upload),
        likely: !loads,
        leave_out: if loads && upload.leave_likely {
            likely.map(|one| one.row).collect()
        } else {
            BTreeSet::new()
        },
        progress,
        ..Options::default()
    };
    let seal = Settled {
        context,
        upload,
        claim,
    };
    import::run_sealed(context, kind_of(upload)?, &mut sheet, options, &seal).await
}

fn outcome_of(upload: &Upload, report: &Report) -> Outcome {
    let columns = upload.columns.as_deref().unwrap_or_default();
    Outcome::of(report, |column| {
        let place = columns.iter().position(|stands_for| stands_for == column);
        let own = place.and_then(|place| upload.header.get(place));
        own.cloned().unwrap_or_else(|| column.to_owned())
    })
}

/// The file is settled in the transaction that writes its records: both last, or
/// neither, and only in the name of the claim that still holds.
struct Settled<'a> {
    context: &'a Context,
    upload: &'a Upload,
    claim: &'a str,
}

impl Seal for Settled<'_> {
    async fn seal(&self, write: &Write, report: &Report) -> Result<bool, StorageError> {
        let outcome = outcome_of(self.upload, report).json();
        let (id, state) = (self.upload.id, UploadState::Loaded);
        let now = self.context.now();
        storage::uploads::settle(&**write, id, self.claim, state, &outcome, now).await
    }
}
