//! The links by which families open their sheets: hashes of token and code, how
//! often a code was wrong, and until when whoever typed the right one may take
//! the sheet. Tries are counted by the database, so that of many at once each
//! counts.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::entity::sheet_link;
use super::error::StorageError;
use super::rows::{Cells, number_cell};
use crate::domain::delivery::{Link, MOST_TRIES};

const TABLE: Cells = Cells("sheet_links");

/// A link to be kept.
#[derive(Debug, Clone)]
pub struct NewLink {
    pub sheet_id: i64,
    pub token_hash: String,
    pub code_hash: String,
    pub made_at: DateTime<Utc>,
    pub made_by: i64,
    pub send_at: DateTime<Utc>,
    pub ends_on: NaiveDate,
}

/// A link as it is kept.
#[derive(Debug, Clone)]
pub struct StoredLink {
    pub id: i64,
    pub sheet_id: i64,
    pub code_hash: String,
    pub made_by: i64,
    pub open_hash: Option<String>,
    pub open_until: Option<DateTime<Utc>>,
    pub link: Link,
}

/// What the mail of a link is known by in the outbox.
pub fn mail_key(link_id: i64) -> String {
    format!("sheet:{link_id}")
}

/// The link that a mail with this key brings.
pub async fn of_mail(
    db: &impl ConnectionTrait,
    key: &str,
) -> Result<Option<StoredLink>, StorageError> {
    let id = key.strip_prefix("sheet:").map(str::parse::<i64>);
    let Some(Ok(id)) = id else {
        return Ok(None);
    };
    let row = sheet_link::Entity::find_by_id(id).one(db).await?;
    row.map(read).transpose()
}

/// Keeps a link; its key comes back.
pub async fn insert(db: &impl ConnectionTrait, new: &NewLink) -> Result<i64, StorageError> {
    let row = sheet_link::ActiveModel {
        sheet_id: Set(new.sheet_id),
        token_hash: Set(new.token_hash.clone()),
        code_hash: Set(new.code_hash.clone()),
        tries: Set(0),
        made_at: Set(new.made_at),
        made_by_id: Set(new.made_by),
        send_at: Set(new.send_at),
        ends_on: Set(new.ends_on),
        locked_at: Set(None),
        cancelled_at: Set(None),
        open_hash: Set(None),
        open_until: Set(None),
        ..Default::default()
    };
    Ok(sheet_link::Entity::insert(row)
        .exec(db)
        .await?
        .last_insert_id)
}

/// The link of a token.
pub async fn of_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<StoredLink>, StorageError> {
    let row = sheet_link::Entity::find()
        .filter(sheet_link::Column::TokenHash.eq(token_hash))
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// The link of a sheet that was not taken back, where there is one.
pub async fn of_sheet(
    db: &impl ConnectionTrait,
    sheet_id: i64,
) -> Result<Option<StoredLink>, StorageError> {
    let row = sheet_link::Entity::find()
        .filter(sheet_link::Column::SheetId.eq(sheet_id))
        .filter(sheet_link::Column::CancelledAt.is_null())
        .order_by_desc(sheet_link::Column::Id)
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// Counts a try; none where the link takes none any more.
pub async fn count_try(db: &impl ConnectionTrait, id: i64) -> Result<Option<u32>, StorageError> {
    use sheet_link::Column;
    let rows = sheet_link::Entity::update_many()
        .col_expr(Column::Tries, Expr::col(Column::Tries).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::Tries.lt(number_cell(MOST_TRIES)))
        .filter(Column::LockedAt.is_null())
        .filter(Column::CancelledAt.is_null())
        .exec_with_returning(db)
        .await?;
    let row = rows.into_iter().next();
    row.map(|row| TABLE.number("tries", row.tries)).transpose()
}

/// No code opens the link any more, until it gets a new one.
pub async fn lock(
    db: &impl ConnectionTrait,
    id: i64,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    use sheet_link::Column;
    sheet_link::Entity::update_many()
        .col_expr(Column::LockedAt, Expr::val(now))
        .filter(Column::Id.eq(id))
        .filter(Column::LockedAt.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Gives a link a new code. The old one opens nothing any more, nor does who
/// typed it.
pub async fn set_code(
    db: &impl ConnectionTrait,
    id: i64,
    code_hash: &str,
) -> Result<(), StorageError> {
    let row = sheet_link::ActiveModel {
        code_hash: Set(code_hash.to_owned()),
        tries: Set(0),
        locked_at: Set(None),
        open_hash: Set(None),
        open_until: Set(None),
        ..Default::default()
    };
    sheet_link::Entity::update_many()
        .set(row)
        .filter(sheet_link::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// The right code was typed. `code_hash`: the one it was compared with; whether it
/// is still the link's.
pub async fn opened(
    db: &impl ConnectionTrait,
    id: i64,
    code_hash: &str,
    open_hash: &str,
    until: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let row = sheet_link::ActiveModel {
        tries: Set(0),
        open_hash: Set(Some(open_hash.to_owned())),
        open_until: Set(Some(until)),
        ..Default::default()
    };
    let done = sheet_link::Entity::update_many()
        .set(row)
        .filter(sheet_link::Column::Id.eq(id))
        .filter(sheet_link::Column::CodeHash.eq(code_hash))
        .filter(sheet_link::Column::LockedAt.is_null())
        .filter(sheet_link::Column::CancelledAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Shuts every link of a sheet; the keys of those that were open come back.
pub async fn cancel_of_sheet(
    db: &impl ConnectionTrait,
    sheet_id: i64,
    now: DateTime<Utc>,
) -> Result<Vec<i64>, StorageError> {
    use sheet_link::Column;
    let rows = sheet_link::Entity::update_many()
        .col_expr(Column::CancelledAt, Expr::val(now))
        .filter(Column::SheetId.eq(sheet_id))
        .filter(Column::CancelledAt.is_null())
        .exec_with_returning(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

fn read(row: sheet_link::Model) -> Result<StoredLink, StorageError> {
    Ok(StoredLink {
        id: row.id,
        sheet_id: row.sheet_id,
        code_hash: row.code_hash,
        made_by: row.made_by_id,
        open_hash: row.open_hash,
        open_until: row.open_until,
        link: Link {
            ends_on: row.ends_on,
            tries: TABLE.number("tries", row.tries)?,
            locked: row.locked_at.is_some(),
            cancelled: row.cancelled_at.is_some(),
            send_at: row.send_at,
        },
    })
}

/// The link whose mail is known by this.
pub(super) fn link_of(key: &str) -> Option<i64> {
    key.strip_prefix("sheet:")?.parse().ok()
}
