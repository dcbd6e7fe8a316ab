//! Filters that are kept under a name. An owner sees their own; others those that are
//! shared with their desk or with all, as long as the owner's account is open.

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait,
};

use super::entity::{account, desk, saved_filter};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::ids::DeskCode;
use crate::domain::saved_filter::{FilterName, Shared};

const TABLE: Cells = Cells("saved_filters");

/// Filters that a page shows at the most.
const MOST_SHOWN: u64 = 200;

/// What a filter narrows a list by: codes, of which each may be missing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Narrowed {
    pub status: Option<String>,
    pub arrangement: Option<String>,
    pub desk: Option<String>,
}

/// A filter as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedFilter {
    pub id: i64,
    /// The code of a list.
    pub list: String,
    pub name: String,
    pub narrowed: Narrowed,
    pub shared: Shared,
    /// Its owner's name.
    pub by: String,
    pub is_own: bool,
}

/// Keeps a filter; a conflict where its owner has one of this name for this list.
pub async fn insert(
    db: &impl ConnectionTrait,
    account_id: i64,
    (list, name): (&str, &FilterName),
    narrowed: &Narrowed,
    shared: Shared,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = saved_filter::ActiveModel {
        account_id: Set(account_id),
        list: Set(list.to_owned()),
        name: Set(name.as_str().to_owned()),
        status: Set(narrowed.status.clone()),
        arrangement: Set(narrowed.arrangement.clone()),
        at_desk: Set(narrowed.desk.clone()),
        shared: Set(shared.code().to_owned()),
        made_at: Set(now),
        ..Default::default()
    };
    saved_filter::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// How many filters of a list an account keeps.
pub async fn count(
    db: &impl ConnectionTrait,
    account_id: i64,
    list: &str,
) -> Result<u64, StorageError> {
    Ok(saved_filter::Entity::find()
        .filter(saved_filter::Column::AccountId.eq(account_id))
        .filter(saved_filter::Column::List.eq(list))
        .count(db)
        .await?)
}

/// Those that an account of a desk sees, of one list or of all, by list and name.
pub async fn seen_by(
    db: &impl ConnectionTrait,
    (account_id, at): (i64, Option<&DeskCode>),
    list: Option<&str>,
) -> Result<Vec<SavedFilter>, StorageError> {
    use saved_filter::Column as C;
    let mut shared = Condition::any().add(C::Shared.eq(Shared::All.code()));
    if let Some(at) = at {
        let own_desk = desk::Entity::find()
            .select_only()
            .column(desk::Column::Id)
            .filter(desk::Column::Code.eq(at.as_str()))
            .into_query();
        shared = shared.add(
            Condition::all()
                .add(C::Shared.eq(Shared::Desk.code()))
                .add(account::Column::DeskId.in_subquery(own_desk)),
        );
    }
    let of_others = Condition::all()
        .add(account::Column::DisabledAt.is_null())
        .add(shared);
    let mut query = saved_filter::Entity::find()
        .find_also_related(account::Entity)
        .filter(
            Condition::any()
                .add(C::AccountId.eq(account_id))
                .add(of_others),
        );
    if let Some(list) = list {
        query = query.filter(C::List.eq(list));
    }
    let rows = query
        .order_by_asc(C::List)
        .order_by_asc(C::Name)
        .order_by_asc(C::Id)
        .limit(MOST_SHOWN)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, owner)| {
            Ok(SavedFilter {
                id: row.id,
                is_own: row.account_id == account_id,
                shared: TABLE.read("shared", Shared::parse(&row.shared))?,
                by: owner.map(|owner| owner.name).unwrap_or_default(),
                list: row.list,
                name: row.name,
                narrowed: Narrowed {
                    status: row.status,
                    arrangement: row.arrangement,
                    desk: row.at_desk,
                },
            })
        })
        .collect()
}

/// Takes an account's own filter away. Whether there was one.
pub async fn delete(
    db: &impl ConnectionTrait,
    account_id: i64,
    id: i64,
) -> Result<bool, StorageError> {
    let done = saved_filter::Entity::delete_many()
        .filter(saved_filter::Column::Id.eq(id))
        .filter(saved_filter::Column::AccountId.eq(account_id))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}
