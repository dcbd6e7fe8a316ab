//! Files that desks hand in, and what their headers stand for. Which step follows
//! which is said in every statement, so that of two who press the same button
//! one finds nothing to do.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::entity::{account, desk, known_header, upload, upload_file};
use super::error::StorageError;
use super::places;
use super::rows::Cells;
use crate::domain::ids::DeskCode;
use crate::domain::upload::UploadState;

const TABLE: Cells = Cells("uploads");

/// A file to be kept.
#[derive(Debug, Clone)]
pub struct NewUpload {
    pub account_id: i64,
    pub desk: DeskCode,
    pub kind: String,
    pub file_name: String,
    pub state: UploadState,
    pub header: Vec<String>,
    /// For each column its first values.
    pub sample: Vec<Vec<String>>,
    /// For each column what it stands for, empty where it is not read; none while nobody said.
    pub columns: Option<Vec<String>>,
    pub bytes: Vec<u8>,
    pub at: DateTime<Utc>,
}

/// A file as it stands, without its bytes.
#[derive(Debug, Clone)]
pub struct Upload {
    pub id: i64,
    pub account_id: i64,
    /// Who handed it in.
    pub by: String,
    pub desk: DeskCode,
    pub kind: String,
    pub file_name: String,
    pub state: UploadState,
    pub header: Vec<String>,
    pub sample: Vec<Vec<String>>,
    pub columns: Option<Vec<String>>,
    pub keep_good: bool,
    pub leave_likely: bool,
    pub claimed_at: Option<DateTime<Utc>>,
    /// What was found, as its service wrote it.
    pub outcome: Option<String>,
    pub made_at: DateTime<Utc>,
    pub changed_at: DateTime<Utc>,
}

/// Keeps a file. Its key comes back.
pub async fn insert(db: &impl ConnectionTrait, new: NewUpload) -> Result<i64, StorageError> {
    let row = upload::ActiveModel {
        account_id: Set(new.account_id),
        desk_id: Set(places::desk_id(db, &new.desk).await?),
        kind: Set(new.kind),
        file_name: Set(new.file_name),
        state: Set(new.state.code().to_owned()),
        header: Set(json(&new.header)),
        sample: Set(json(&new.sample)),
        columns: Set(new.columns.as_ref().map(json)),
        keep_good: Set(false),
        leave_likely: Set(false),
        made_at: Set(new.at),
        changed_at: Set(new.at),
        ..Default::default()
    };
    let id = upload::Entity::insert(row).exec(db).await?.last_insert_id;
    let file = upload_file::ActiveModel {
        upload_id: Set(id),
        bytes: Set(new.bytes),
    };
    upload_file::Entity::insert(file)
        .exec_without_returning(db)
        .await?;
    Ok(id)
}

/// A file by its key.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Upload>, StorageError> {
    let row = upload::Entity::find_by_id(id)
        .find_also_related(account::Entity)
        .one(db)
        .await?;
    let Some((row, account)) = row else {
        return Ok(None);
    };
    let desk = desk::Entity::find_by_id(row.desk_id).one(db).await?;
    let desk = TABLE.some("desk_id", desk)?;
    read(row, account.map(|one| one.name), &desk.code).map(Some)
}

/// The latest files of a desk.
pub async fn of_desk(
    db: &impl ConnectionTrait,
    desk: &DeskCode,
    limit: u64,
) -> Result<Vec<Upload>, StorageError> {
    let rows = upload::Entity::find()
        .find_also_related(account::Entity)
        .filter(upload::Column::DeskId.eq(places::desk_id(db, desk).await?))
        .order_by_desc(upload::Column::MadeAt)
        .order_by_desc(upload::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, account)| read(row, account.map(|one| one.name), desk.as_str()))
        .collect()
}

/// How many files of a desk are not loaded.
pub async fn count_unloaded(
    db: &impl ConnectionTrait,
    desk: &DeskCode,
) -> Result<u64, StorageError> {
    Ok(upload::Entity::find()
        .filter(upload::Column::DeskId.eq(places::desk_id(db, desk).await?))
        .filter(upload::Column::State.ne(UploadState::Loaded.code()))
        .count(db)
        .await?)
}

/// Keys of the files of some kinds whose bytes are kept.
pub async fn with_bytes(
    db: &impl ConnectionTrait,
    kinds: &[&str],
) -> Result<Vec<i64>, StorageError> {
    let kept = upload_file::Entity::find()
        .select_only()
        .column(upload_file::Column::UploadId)
        .into_query();
    Ok(upload::Entity::find()
        .select_only()
        .column(upload::Column::Id)
        .filter(upload::Column::Kind.is_in(kinds.iter().copied()))
        .filter(upload::Column::Id.in_subquery(kept))
        .order_by_asc(upload::Column::Id)
        .into_tuple()
        .all(db)
        .await?)
}

/// The bytes, while they are kept.
pub async fn bytes(db: &impl ConnectionTrait, id: i64) -> Result<Option<Vec<u8>>, StorageError> {
    let row = upload_file::Entity::find_by_id(id).one(db).await?;
    Ok(row.map(|row| row.bytes))
}

fn in_state(id: i64, from: &[UploadState]) -> Condition {
    Condition::all()
        .add(upload::Column::Id.eq(id))
        .add(upload::Column::State.is_in(from.iter().map(|state| state.code())))
}

/// Says what the columns are; the file is to be tried. Whether it was there to
/// be said of.
pub async fn set_columns(
    db: &impl ConnectionTrait,
    id: i64,
    columns: &[String],
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let done = upload::Entity::update_many()
        .set(upload::ActiveModel {
            columns: Set(Some(json(columns))),
            state: Set(UploadState::ToCheck.code().to_owned()),
            claim: Set(None),
            claimed_at: Set(None),
            outcome: Set(None),
            changed_at: Set(now),
            ..Default::default()
        })
        .filter(in_state(id, &[UploadState::Columns, UploadState::Checked]))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Says that a tried file is to be loaded. Whether it was this word that did it.
pub async fn confirm(
    db: &impl ConnectionTrait,
    id: i64,
    keep_good: bool,
    leave_likely: bool,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let done = upload::Entity::update_many()
        .set(upload::ActiveModel {
            state: Set(UploadState::ToLoad.code().to_owned()),
            keep_good: Set(keep_good),
            leave_likely: Set(leave_likely),
            claim: Set(None),
            claimed_at: Set(None),
            changed_at: Set(now),
            ..Default::default()
        })
        .filter(in_state(id, &[UploadState::Checked]))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Takes the first file that is due and that nobody works on since `stale`.
pub async fn claim(
    db: &impl ConnectionTrait,
    claim: &str,
    stale: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<Option<i64>, StorageError> {
    let due = || {
        let states = UploadState::ALL.into_iter().filter(|state| state.is_due());
        Condition::all()
            .add(upload::Column::State.is_in(states.map(UploadState::code)))
            .add(
                Condition::any()
                    .add(upload::Column::Claim.is_null())
                    .add(upload::Column::ClaimedAt.lt(stale)),
            )
    };
    let first: Option<i64> = upload::Entity::find()
        .select_only()
        .column(upload::Column::Id)
        .filter(due())
        .order_by_asc(upload::Column::Id)
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    let Some(id) = first else { return Ok(None) };
    let done = upload::Entity::update_many()
        .set(upload::ActiveModel {
            claim: Set(Some(claim.to_owned())),
            claimed_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(due())
        .filter(upload::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok((done.rows_affected == 1).then_some(id))
}

/// Forgets who works on what: a program that is alone knows at its start that nobody does.
pub async fn drop_claims(db: &impl ConnectionTrait) -> Result<u64, StorageError> {
    Ok(upload::Entity::update_many()
        .set(upload::ActiveModel {
            claim: Set(None),
            claimed_at: Set(None),
            ..Default::default()
        })
        .filter(upload::Column::Claim.is_not_null())
        .exec(db)
        .await?
        .rows_affected)
}

/// Ends the work on a file, in the name of a claim. Whether the claim still held:
/// where it does not, what was done must not last.
pub async fn settle(
    db: &impl ConnectionTrait,
    id: i64,
    claim: &str,
    state: UploadState,
    outcome: &str,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let mut row = upload::ActiveModel {
        state: Set(state.code().to_owned()),
        claim: Set(None),
        claimed_at: Set(None),
        outcome: Set(Some(outcome.to_owned())),
        changed_at: Set(now),
        ..Default::default()
    };
    let over = !matches!(state, UploadState::Checked | UploadState::Columns);
    if over {
        row.sample = Set("[]".to_owned());
    }
    let done = upload::Entity::update_many()
        .set(row)
        .filter(upload::Column::Id.eq(id))
        .filter(upload::Column::Claim.eq(claim))
        .exec(db)
        .await?;
    if done.rows_affected == 0 {
        return Ok(false);
    }
    if over {
        upload_file::Entity::delete_by_id(id).exec(db).await?;
    }
    Ok(true)
}

/// Throws a file away that nothing is being done with.
pub async fn discard(db: &impl ConnectionTrait, id: i64) -> Result<bool, StorageError> {
    let idle = Condition::all()
        .add(upload::Column::Id.eq(id))
        .add(upload::Column::Claim.is_null())
        .add(upload::Column::State.ne(UploadState::ToLoad.code()));
    let found = upload::Entity::find()
        .filter(idle.clone())
        .lock_exclusive()
        .one(db)
        .await?;
    if found.is_none() {
        return Ok(false);
    }
    upload_file::Entity::delete_by_id(id).exec(db).await?;
    let done = upload::Entity::delete_many().filter(idle).exec(db).await?;
    Ok(done.rows_affected == 1)
}

/// Forgets files that nobody loaded since `unloaded`, and what was said of those
/// that were loaded before `loaded`.
pub async fn forget(
    db: &impl ConnectionTrait,
    unloaded: DateTime<Utc>,
    loaded: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let is_loaded = upload::Column::State.eq(UploadState::Loaded.code());
    let old = Condition::any()
        .add(
            Condition::all()
                .add(upload::Column::State.ne(UploadState::Loaded.code()))
                .add(upload::Column::ChangedAt.lt(unloaded)),
        )
        .add(
            Condition::all()
                .add(is_loaded)
                .add(upload::Column::ChangedAt.lt(loaded)),
        );
    let ids: Vec<i64> = upload::Entity::find()
        .select_only()
        .column(upload::Column::Id)
        .filter(old)
        .limit(super::rows::CHUNK as u64)
        .into_tuple()
        .all(db)
        .await?;
    if ids.is_empty() {
        return Ok(0);
    }
    upload_file::Entity::delete_many()
        .filter(upload_file::Column::UploadId.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    Ok(upload::Entity::delete_many()
        .filter(upload::Column::Id.is_in(ids))
        .exec(db)
        .await?
        .rows_affected)
}

/// What the folded headers of a desk's files of this kind stand for.
pub async fn known_headers(
    db: &impl ConnectionTrait,
    desk: &DeskCode,
    kind: &str,
    headers: &[String],
) -> Result<HashMap<String, String>, StorageError> {
    let rows = known_header::Entity::find()
        .filter(known_header::Column::DeskId.eq(places::desk_id(db, desk).await?))
        .filter(known_header::Column::Kind.eq(kind))
        .filter(known_header::Column::Header.is_in(headers))
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.header, row.stands_for))
        .collect())
}

/// Keeps what folded headers stand for, in place of what was kept before.
pub async fn keep_headers(
    db: &impl ConnectionTrait,
    desk: &DeskCode,
    kind: &str,
    headers: &[(String, String)],
) -> Result<(), StorageError> {
    if headers.is_empty() {
        return Ok(());
    }
    let desk_id = places::desk_id(db, desk).await?;
    let rows = headers
        .iter()
        .map(|(header, stands_for)| known_header::ActiveModel {
            desk_id: Set(desk_id),
            kind: Set(kind.to_owned()),
            header: Set(header.clone()),
            stands_for: Set(stands_for.clone()),
        });
    known_header::Entity::insert_many(rows)
        .on_conflict(
            OnConflict::columns([
                known_header::Column::DeskId,
                known_header::Column::Kind,
                known_header::Column::Header,
            ])
            .update_column(known_header::Column::StandsFor)
            .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(())
}

fn json<T: serde::Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value).expect("texts in lists are JSON")
}

fn read(row: upload::Model, by: Option<String>, desk: &str) -> Result<Upload, StorageError> {
    Ok(Upload {
        state: TABLE.read("state", UploadState::parse(&row.state))?,
        desk: TABLE.read("desk_id", DeskCode::parse(desk))?,
        header: TABLE.read("header", serde_json::from_str(&row.header))?,
        sample: TABLE.read("sample", serde_json::from_str(&row.sample))?,
        columns: TABLE.optional("columns", row.columns, |text| serde_json::from_str(&text))?,
        id: row.id,
        account_id: row.account_id,
        by: by.unwrap_or_default(),
        kind: row.kind,
        file_name: row.file_name,
        keep_good: row.keep_good,
        leave_likely: row.leave_likely,
        claimed_at: row.claimed_at,
        outcome: row.outcome,
        made_at: row.made_at,
        changed_at: row.changed_at,
    })
}
