//! Closing a year of the access log: its numbers, what is published of them, the
//! definitions in force and the program's version are kept. An administrator
//! closes; later corrections show beside the closed figures, and are published
//! only where they tell of nobody.

use std::collections::BTreeMap;

use chrono::Datelike;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::access_report::{self, Closed, Report};
use super::accesses::YearOfLog;
use super::{Context, ServiceError};
use crate::catalogue::{Language, Words};
use crate::domain::account::{Actor, Role};
use crate::domain::invalid::Why;
use crate::domain::publishing::{self, TABLES, YearTables, correction};
use crate::storage;
use crate::storage::frozen_years::{Frozen, NewFrozen};

/// The closed years, the newest first.
pub async fn list(context: &Context) -> Result<Vec<Frozen>, ServiceError> {
    Ok(storage::frozen_years::list(context.db.read()).await?)
}

/// The report of a closed year as it was published, as a PDF; none where the year
/// is not closed or nothing of it can be told.
pub async fn pdf(context: &Context, year: i32) -> Result<Option<Vec<u8>>, ServiceError> {
    let kept = storage::frozen_years::pdf(context.db.read(), year).await?;
    Ok(kept.filter(|bytes| !bytes.is_empty()))
}

/// Closes a year that is over, or publishes what was corrected since. `owner`: whose
/// service it is, for the report's head.
pub async fn freeze(
    context: &Context,
    actor: &Actor,
    owner: &str,
    year: i32,
) -> Result<(), ServiceError> {
    if actor.role != Role::Administrator {
        return Err(ServiceError::Forbidden);
    }
    if year >= context.today().year() {
        return Err(ServiceError::Refused(Why::new("refused-year-goes-on")));
    }
    let snapshot = context.db.snapshot().await?;
    let vocabulary = storage::vocabulary::load(&snapshot).await?;
    let log = YearOfLog::load(&snapshot, year, None).await?;
    let kept = storage::frozen_years::list(&snapshot).await?;
    let desks = access_report::names(&snapshot).await?;
    drop(snapshot);
    let of = |year: i32| kept.iter().find(|one| one.year == year);
    let closed = of(year);
    if closed.is_none() && log.counts.total(None) == 0 {
        return Err(ServiceError::Refused(Why::new("refused-year-empty")));
    }
    let whole = access_report::tables(&log, &vocabulary, true);
    let whole = whole.expect("the whole of a year can always be told");
    let published = access_report::tables(&log, &vocabulary, false);
    if let Some(closed) = closed {
        check_correction(closed, &whole, published.as_ref())?;
    }
    let revision = closed.map_or(1, |closed| closed.revision + 1);
    let frozen_at = context.now();
    let report = Report {
        year,
        period: None,
        now: published.clone(),
        before: of(year - 1).and_then(|one| one.published.clone()),
        whole: false,
        vocabulary,
        desks,
        years: Vec::new(),
        opened: None,
        closed: Some(Closed {
            on: frozen_at,
            revision,
            program_version: env!("CARGO_PKG_VERSION").to_owned(),
            changes: Vec::new(),
        }),
    };
    let pdf = report.pdf(Words::new(Language::It), owner).await?;
    let pdf = pdf.unwrap_or_default();
    let frozen = NewFrozen {
        year,
        revision,
        frozen_at,
        frozen_by: actor.account_id,
        program_version: env!("CARGO_PKG_VERSION").to_owned(),
        definitions: definitions(),
        sha256: HEXLOWER.encode(&Sha256::digest(&pdf)),
        pdf,
        whole,
        published,
    };
    let write = context.db.write().await?;
    storage::frozen_years::insert(&*write, &frozen).await?;
    let detail = format!("revision {}", frozen.revision);
    storage::audit::insert(
        &*write,
        frozen.frozen_at,
        Some(actor.account_id),
        "year.frozen",
        Some(&year.to_string()),
        Some(&detail),
    )
    .await?;
    write.commit().await?;
    Ok(())
}

fn check_correction(
    closed: &Frozen,
    whole: &YearTables,
    published: Option<&YearTables>,
) -> Result<(), ServiceError> {
    if closed.whole == *whole {
        return Err(ServiceError::Refused(Why::new("refused-year-unchanged")));
    }
    let told = match (&closed.published, published) {
        (Some(before), Some(now)) => correction::can_be_told(before, now, publishing::LEAST_COLUMN),
        (before, now) => before.is_none() && now.is_none(),
    };
    if told {
        Ok(())
    } else {
        Err(ServiceError::Refused(Why::new("refused-change-too-small")))
    }
}

/// What each table counts and from which number on, in Italian, as JSON.
fn definitions() -> String {
    let words = Words::new(Language::It);
    let one = |listed: &publishing::Listed| {
        let text = words.code("report-definition", listed.code).into_owned();
        (listed.code, (text, listed.threshold))
    };
    let definitions: BTreeMap<_, _> = TABLES.iter().map(one).collect();
    serde_json::to_string(&definitions).expect("texts and numbers always serialise")
}
