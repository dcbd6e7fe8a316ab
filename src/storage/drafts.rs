//! What somebody typed into a form and has not saved yet. Only the account that
//! typed it can open it again. A draft that became a record stays for a while,
//! so that the same form sent twice makes one record; one that was thrown away stays as
//! long as any other and can be brought back.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, RelationTrait, Select,
};

use super::entity::{account, draft, public_request};
use super::error::StorageError;

/// Drafts that a list shows at the most.
pub const MOST_SHOWN: u64 = 20;

/// See the module's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub id: String,
    /// `worker`, `family` or `request`.
    pub form: String,
    /// The record that is being changed; none for a new one.
    pub record: Option<String>,
    /// Names and values as the form sent them.
    pub fields: Vec<(String, String)>,
    /// The record that it became.
    pub made: Option<String>,
    pub kept_at: DateTime<Utc>,
}

/// Keeps a draft, in place of what was kept under its id, thrown away or not. One of
/// another account, or one that became a record already, is left as it is.
pub async fn keep(
    db: &impl ConnectionTrait,
    account_id: i64,
    draft: &Draft,
) -> Result<(), StorageError> {
    let row = draft::ActiveModel {
        id: Set(draft.id.clone()),
        account_id: Set(account_id),
        form: Set(draft.form.clone()),
        record: Set(draft.record.clone()),
        fields: Set(serde_json::to_string(&draft.fields).unwrap_or_default()),
        made: Set(None),
        kept_at: Set(draft.kept_at),
        thrown_at: Set(None),
    };
    draft::Entity::insert(row.clone())
        .on_conflict(
            OnConflict::column(draft::Column::Id)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    draft::Entity::update_many()
        .set(draft::ActiveModel {
            fields: row.fields,
            kept_at: row.kept_at,
            thrown_at: Set(None),
            ..Default::default()
        })
        .filter(draft::Column::Id.eq(draft.id.as_str()))
        .filter(draft::Column::AccountId.eq(account_id))
        .filter(draft::Column::Made.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// An account's draft, unless it was thrown away. Held against others until the
/// transaction ends, where there is one.
pub async fn find(
    db: &impl ConnectionTrait,
    account_id: i64,
    id: &str,
    hold: bool,
) -> Result<Option<Draft>, StorageError> {
    let mut query = draft::Entity::find_by_id(id.to_owned())
        .filter(draft::Column::AccountId.eq(account_id))
        .filter(draft::Column::ThrownAt.is_null());
    if hold {
        query = query.lock_exclusive();
    }
    query.one(db).await?.map(read).transpose()
}

/// Whether an unfinished draft of a form is somebody else's than this account's.
pub async fn is_of_another(
    db: &impl ConnectionTrait,
    (account_id, form): (i64, &str),
    id: &str,
) -> Result<bool, StorageError> {
    let found = draft::Entity::find_by_id(id.to_owned())
        .select_only()
        .column(draft::Column::Id)
        .filter(draft::Column::AccountId.ne(account_id))
        .filter(draft::Column::Form.eq(form))
        .filter(draft::Column::Made.is_null())
        .filter(draft::Column::ThrownAt.is_null())
        .into_tuple::<String>()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// Notes the record that a draft became; what was typed is in the record now.
pub async fn made(db: &impl ConnectionTrait, id: &str, code: &str) -> Result<(), StorageError> {
    draft::Entity::update_many()
        .set(draft::ActiveModel {
            made: Set(Some(code.to_owned())),
            fields: Set("[]".to_owned()),
            ..Default::default()
        })
        .filter(draft::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// An account's unfinished drafts, the latest first: those that are kept, and those that
/// were thrown away.
pub async fn unfinished(
    db: &impl ConnectionTrait,
    account_id: i64,
) -> Result<(Vec<Draft>, Vec<Draft>), StorageError> {
    let of = draft::Entity::find()
        .filter(draft::Column::AccountId.eq(account_id))
        .filter(draft::Column::Made.is_null());
    let thrown = of.clone().filter(draft::Column::ThrownAt.is_not_null());
    let kept = of.filter(draft::Column::ThrownAt.is_null());
    Ok((latest(db, kept).await?, latest(db, thrown).await?))
}

async fn latest(
    db: &impl ConnectionTrait,
    query: Select<draft::Entity>,
) -> Result<Vec<Draft>, StorageError> {
    let rows = query
        .order_by_desc(draft::Column::KeptAt)
        .order_by_asc(draft::Column::Id)
        .limit(MOST_SHOWN)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Other accounts that typed into the form of a record since a moment and have not saved:
/// whose, and when they last did. The latest first.
pub async fn of_others(
    db: &impl ConnectionTrait,
    account_id: i64,
    (form, record): (&str, &str),
    since: DateTime<Utc>,
) -> Result<Vec<(String, DateTime<Utc>)>, StorageError> {
    Ok(draft::Entity::find()
        .select_only()
        .column(account::Column::Name)
        .column(draft::Column::KeptAt)
        .join(JoinType::InnerJoin, draft::Relation::Account.def())
        .filter(draft::Column::Form.eq(form))
        .filter(draft::Column::Record.eq(record))
        .filter(draft::Column::AccountId.ne(account_id))
        .filter(draft::Column::Made.is_null())
        .filter(draft::Column::ThrownAt.is_null())
        .filter(draft::Column::KeptAt.gt(since))
        .order_by_desc(draft::Column::KeptAt)
        .order_by_asc(draft::Column::Id)
        .limit(MOST_SHOWN)
        .into_tuple()
        .all(db)
        .await?)
}

/// Gives all of an account's unfinished drafts to another. How many went.
pub async fn hand_over(db: &impl ConnectionTrait, from: i64, to: i64) -> Result<u64, StorageError> {
    let done = draft::Entity::update_many()
        .set(draft::ActiveModel {
            account_id: Set(to),
            ..Default::default()
        })
        .filter(draft::Column::AccountId.eq(from))
        .filter(draft::Column::Made.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Throws an account's draft away, or brings it back: where `thrown_at` is none. Whether
/// there was one to do it with.
pub async fn throw(
    db: &impl ConnectionTrait,
    account_id: i64,
    id: &str,
    thrown_at: Option<DateTime<Utc>>,
) -> Result<bool, StorageError> {
    let was_thrown = if thrown_at.is_some() {
        draft::Column::ThrownAt.is_null()
    } else {
        draft::Column::ThrownAt.is_not_null()
    };
    let done = draft::Entity::update_many()
        .set(draft::ActiveModel {
            thrown_at: Set(thrown_at),
            ..Default::default()
        })
        .filter(draft::Column::Id.eq(id))
        .filter(draft::Column::AccountId.eq(account_id))
        .filter(draft::Column::Made.is_null())
        .filter(was_thrown)
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Takes an account's draft away for good.
pub async fn delete(
    db: &impl ConnectionTrait,
    account_id: i64,
    id: &str,
) -> Result<(), StorageError> {
    draft::Entity::delete_many()
        .filter(draft::Column::Id.eq(id))
        .filter(draft::Column::AccountId.eq(account_id))
        .filter(draft::Column::Made.is_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Takes away for good what was thrown away of the form begun with what somebody asked.
pub async fn delete_thrown(
    db: &impl ConnectionTrait,
    public_request_id: i64,
) -> Result<(), StorageError> {
    let begun = Query::select()
        .column(public_request::Column::Draft)
        .from(public_request::Entity)
        .and_where(public_request::Column::Id.eq(public_request_id))
        .and_where(public_request::Column::Draft.is_not_null())
        .take();
    draft::Entity::delete_many()
        .filter(draft::Column::Id.in_subquery(begun))
        .filter(draft::Column::ThrownAt.is_not_null())
        .exec(db)
        .await?;
    Ok(())
}

/// Drops drafts that nobody touched since `before`.
pub async fn delete_older(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<u64, StorageError> {
    Ok(draft::Entity::delete_many()
        .filter(draft::Column::KeptAt.lt(before))
        .exec(db)
        .await?
        .rows_affected)
}

fn read(row: draft::Model) -> Result<Draft, StorageError> {
    let corrupt = || StorageError::CorruptRow {
        table: "drafts",
        column: "fields",
    };
    Ok(Draft {
        fields: serde_json::from_str(&row.fields).map_err(|_| corrupt())?,
        id: row.id,
        form: row.form,
        record: row.record,
        made: row.made,
        kept_at: row.kept_at,
    })
}
