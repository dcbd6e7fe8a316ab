//! Copies that the program makes by itself: the rows that say how often, only added,
//! and what became of each copy. The copies themselves are no rows.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::entity::{account, backup_rule, backup_run};
use super::error::StorageError;
use super::policy::{self, Written};
use super::rows::{Cells, number_cell};
use crate::domain::backup::{BackupRule, BackupState, BackupTrouble};

const RULES: Cells = Cells("backup_rules");
const RUNS: Cells = Cells("backup_runs");

/// The turn among copies of the program.
pub const TURN: &str = "backup";
/// Copies that are remembered: the most that are kept, and as many that went wrong.
pub const REMEMBERED: u64 = 800;

/// A copy, as it went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub id: i64,
    pub state: BackupState,
    /// Its instant; of one that waits, when it was asked for.
    pub began_at: DateTime<Utc>,
    pub ended_at: Option<DateTime<Utc>>,
    /// Its name in the folder of copies, from its beginning on.
    pub file: Option<String>,
    /// Of the file.
    pub bytes: Option<u64>,
    pub trouble: Option<BackupTrouble>,
    /// What the program or a tool said, in English.
    pub detail: Option<String>,
    /// Who asked for it; nobody did where it was due.
    pub by: Option<String>,
}

fn rule(row: &backup_rule::Model) -> Result<BackupRule, StorageError> {
    Ok(BackupRule {
        valid_from: row.valid_from,
        every_hours: RULES.number("every_hours", row.every_hours)?,
        alarm_hours: RULES.number("alarm_hours", row.alarm_hours)?,
        kept: RULES.number("kept", row.kept)?,
    })
}

/// The rules, the one written last first.
pub async fn rules(db: &impl ConnectionTrait) -> Result<Vec<Written<BackupRule>>, StorageError> {
    let id = backup_rule::Column::Id;
    policy::newest::<backup_rule::Entity, _>(db, id, |row| Ok((rule(&row)?, row.at))).await
}

/// What holds on a day: of the rows that hold the one written last counts.
pub async fn rule_on(
    db: &impl ConnectionTrait,
    today: NaiveDate,
) -> Result<BackupRule, StorageError> {
    let row = backup_rule::Entity::find()
        .filter(backup_rule::Column::ValidFrom.lte(today))
        .order_by_desc(backup_rule::Column::Id)
        .one(db)
        .await?;
    let row = row.ok_or_else(|| StorageError::Missing {
        table: "backup_rules",
        key: today.to_string(),
    })?;
    rule(&row)
}

/// Adds a rule.
pub async fn insert_rule(
    db: &impl ConnectionTrait,
    rule: BackupRule,
    account_id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = backup_rule::ActiveModel {
        valid_from: Set(rule.valid_from),
        every_hours: Set(number_cell(rule.every_hours)),
        alarm_hours: Set(number_cell(rule.alarm_hours)),
        kept: Set(number_cell(rule.kept)),
        account_id: Set(Some(account_id)),
        at: Set(Some(now)),
        ..Default::default()
    };
    backup_rule::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The latest copies, the last first, at most `most`.
pub async fn latest(db: &impl ConnectionTrait, most: u64) -> Result<Vec<Run>, StorageError> {
    of(db, backup_run::Entity::find(), most).await
}

/// The same of those in a state.
pub async fn latest_in(
    db: &impl ConnectionTrait,
    state: BackupState,
    most: u64,
) -> Result<Vec<Run>, StorageError> {
    let query = backup_run::Entity::find().filter(backup_run::Column::State.eq(state.code()));
    of(db, query, most).await
}

async fn of(
    db: &impl ConnectionTrait,
    query: Select<backup_run::Entity>,
    most: u64,
) -> Result<Vec<Run>, StorageError> {
    let rows = query
        .find_also_related(account::Entity)
        .order_by_desc(backup_run::Column::Id)
        .limit(most)
        .all(db)
        .await?;
    let runs = rows.into_iter().map(|(row, account)| {
        Ok(Run {
            id: row.id,
            state: RUNS.read("state", BackupState::parse(&row.state))?,
            began_at: row.began_at,
            ended_at: row.ended_at,
            file: row.file,
            bytes: RUNS.optional("bytes", row.bytes, u64::try_from)?,
            trouble: RUNS.optional("trouble", row.trouble, |code| BackupTrouble::parse(&code))?,
            detail: row.detail,
            by: account.map(|account| account.name),
        })
    });
    runs.collect()
}

/// Puts a copy down that is to be made.
pub async fn insert(
    db: &impl ConnectionTrait,
    state: BackupState,
    account_id: Option<i64>,
    now: DateTime<Utc>,
) -> Result<i64, StorageError> {
    let row = backup_run::ActiveModel {
        state: Set(state.code().to_owned()),
        began_at: Set(now),
        account_id: Set(account_id),
        ..Default::default()
    };
    let done = backup_run::Entity::insert(row).exec(db).await?;
    Ok(done.last_insert_id)
}

/// One begins, under a name.
pub async fn begin(
    db: &impl ConnectionTrait,
    id: i64,
    file: &str,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    backup_run::Entity::update_many()
        .set(backup_run::ActiveModel {
            state: Set(BackupState::Running.code().to_owned()),
            began_at: Set(now),
            file: Set(Some(file.to_owned())),
            ..Default::default()
        })
        .filter(backup_run::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Those that run are over without an end: for whoever has the turn.
pub async fn interrupt(db: &impl ConnectionTrait, now: DateTime<Utc>) -> Result<(), StorageError> {
    backup_run::Entity::update_many()
        .set(backup_run::ActiveModel {
            state: Set(BackupState::Failed.code().to_owned()),
            trouble: Set(Some(BackupTrouble::Interrupted.code().to_owned())),
            ended_at: Set(Some(now)),
            ..Default::default()
        })
        .filter(backup_run::Column::State.eq(BackupState::Running.code()))
        .exec(db)
        .await?;
    Ok(())
}

/// One is whole.
pub async fn made(
    db: &impl ConnectionTrait,
    id: i64,
    bytes: u64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let done = backup_run::ActiveModel {
        state: Set(BackupState::Made.code().to_owned()),
        bytes: Set(Some(i64::try_from(bytes).unwrap_or(i64::MAX))),
        // A program that started meanwhile may have taken it for interrupted.
        trouble: Set(None),
        detail: Set(None),
        ended_at: Set(Some(now)),
        ..Default::default()
    };
    settle(db, id, done).await
}

/// One was not made.
pub async fn failed(
    db: &impl ConnectionTrait,
    id: i64,
    trouble: BackupTrouble,
    detail: &str,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let done = backup_run::ActiveModel {
        state: Set(BackupState::Failed.code().to_owned()),
        trouble: Set(Some(trouble.code().to_owned())),
        detail: Set(Some(detail.to_owned())),
        ended_at: Set(Some(now)),
        ..Default::default()
    };
    settle(db, id, done).await
}

async fn settle(
    db: &impl ConnectionTrait,
    id: i64,
    done: backup_run::ActiveModel,
) -> Result<(), StorageError> {
    backup_run::Entity::update_many()
        .set(done)
        .filter(backup_run::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The files of those that were made are no longer this database's to take away: it was put
/// back somewhere, and may not be the only one that remembers them.
pub async fn disown(db: &impl ConnectionTrait) -> Result<(), StorageError> {
    backup_run::Entity::update_many()
        .set(backup_run::ActiveModel {
            file: Set(None),
            ..Default::default()
        })
        .filter(backup_run::Column::File.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Forgets all but the latest [`REMEMBERED`], and no copy that is still there.
pub async fn forget(db: &impl ConnectionTrait) -> Result<(), StorageError> {
    let last: Option<i64> = backup_run::Entity::find()
        .select_only()
        .column_as(backup_run::Column::Id.max(), "last")
        .into_tuple::<Option<i64>>()
        .one(db)
        .await?
        .flatten();
    let before = last.unwrap_or_default() - i64::try_from(REMEMBERED).unwrap_or(i64::MAX);
    backup_run::Entity::delete_many()
        .filter(backup_run::Column::Id.lte(before))
        .filter(backup_run::Column::State.ne(BackupState::Made.code()))
        .exec(db)
        .await?;
    Ok(())
}
