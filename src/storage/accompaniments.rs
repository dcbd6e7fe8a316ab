//! Cases that the desks follow, and what they add up to in a year.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::entity::accompaniment;
use super::error::StorageError;
use super::lists::{At, Terms, page_by_key};
use super::places::{self, Desks};
use super::rows::{Cells, days_of_year};
use super::{Page, Stored};
use crate::domain::access::figures::Cases;
use crate::domain::accompaniment::{Accompaniment, Kind};
use crate::domain::ids::{AccompanimentCode, DeskCode};

const TABLE: Cells = Cells("accompaniments");

/// The counter of their codes.
pub const COUNTER: &str = "accompaniment";

/// Those of up to [`super::rows::CHUNK`] codes that exist, by code.
pub async fn find_many(
    db: &impl ConnectionTrait,
    codes: &[AccompanimentCode],
) -> Result<Vec<Stored<Accompaniment>>, StorageError> {
    let rows = accompaniment::Entity::find()
        .filter(accompaniment::Column::Code.is_in(codes.iter().map(AccompanimentCode::as_str)))
        .order_by_asc(accompaniment::Column::Code)
        .all(db)
        .await?;
    all_stored(db, rows).await
}

/// Up to `limit` whose code comes after `after`, by code; where `year` is given,
/// those opened in it.
pub async fn after(
    db: &impl ConnectionTrait,
    after: Option<&AccompanimentCode>,
    year: Option<i32>,
    limit: u64,
) -> Result<Vec<Stored<Accompaniment>>, StorageError> {
    let mut query = accompaniment::Entity::find()
        .order_by_asc(accompaniment::Column::Code)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(accompaniment::Column::Code.gt(after.as_str()));
    }
    if let Some(year) = year {
        let (first, last) = days_of_year(year);
        query = query.filter(accompaniment::Column::OpenedOn.between(first, last));
    }
    all_stored(db, query.all(db).await?).await
}

/// Open ones first, then the latest.
fn order() -> Terms<3> {
    use accompaniment::Column as C;
    let column = |column: C| Expr::col((accompaniment::Entity, column));
    Terms([
        (column(C::ClosedOn).is_null(), true),
        (column(C::OpenedOn), true),
        (column(C::Code), true),
    ])
}

/// A desk's cases, open ones first, then the latest, by the one that a page lies beside.
pub async fn list(
    db: &impl ConnectionTrait,
    desk: Option<&DeskCode>,
    at: &At,
) -> Result<Page<Stored<Accompaniment>>, StorageError> {
    use accompaniment::Column as C;
    let mut query = accompaniment::Entity::find().filter(C::Kind.eq(Kind::Case.code()));
    if let Some(desk) = desk {
        query = query.filter(C::DeskId.eq(places::desk_id(db, desk).await?));
    }
    let desks = Desks::load(db).await?;
    let beside = match &at.turn {
        Some(turn) => {
            let named = accompaniment::Entity::find().filter(C::Code.eq(turn.code()));
            named.one(db).await?
        }
        None => None,
    };
    let row = beside.map(|row| {
        [
            row.closed_on.is_none().into(),
            row.opened_on.into(),
            row.code.into(),
        ]
    });
    let line = |row: accompaniment::Model| stored(&desks, &row);
    page_by_key(db, query, &order(), at, row, line).await
}

/// Adds some, each with its code.
pub async fn insert_many(
    db: &impl ConnectionTrait,
    new: &[Accompaniment],
) -> Result<(), StorageError> {
    if new.is_empty() {
        return Ok(());
    }
    let desks = Desks::load(db).await?;
    let rows = new
        .iter()
        .map(|one| to_row(&desks, one))
        .collect::<Result<Vec<_>, _>>()?;
    accompaniment::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Saves changes, each over the version it was read with.
pub async fn update_many(
    db: &impl ConnectionTrait,
    saved: &[Stored<Accompaniment>],
) -> Result<(), StorageError> {
    if saved.is_empty() {
        return Ok(());
    }
    let desks = Desks::load(db).await?;
    for one in saved {
        let mut row = to_row(&desks, &one.value)?;
        row.version = Set(one.version + 1);
        let done = accompaniment::Entity::update_many()
            .set(row)
            .filter(accompaniment::Column::Id.eq(one.id))
            .filter(accompaniment::Column::Version.eq(one.version))
            .exec(db)
            .await?;
        if done.rows_affected != 1 {
            return Err(StorageError::Stale {
                table: "accompaniments",
            });
        }
    }
    Ok(())
}

/// Takes out one that nobody closed or changed since it was opened; whether there
/// was one.
pub async fn remove_untouched(
    db: &impl ConnectionTrait,
    code: &AccompanimentCode,
) -> Result<bool, StorageError> {
    let gone = accompaniment::Entity::delete_many()
        .filter(accompaniment::Column::Code.eq(code.as_str()))
        .filter(accompaniment::Column::Version.eq(1))
        .exec(db)
        .await?;
    Ok(gone.rows_affected == 1)
}

/// What the desks' cases add up to in a year; desks without any are left out.
pub async fn cases(
    db: &impl ConnectionTrait,
    year: i32,
    desk: Option<&DeskCode>,
) -> Result<BTreeMap<DeskCode, Cases>, StorageError> {
    use accompaniment::Column as C;
    let (first, last) = days_of_year(year);
    let still_open = Condition::any()
        .add(C::ClosedOn.is_null())
        .add(C::ClosedOn.gte(first));
    let mut query = accompaniment::Entity::find()
        .select_only()
        .columns([C::DeskId, C::Kind, C::OpenedOn, C::ClosedOn])
        .filter(C::OpenedOn.lte(last))
        .filter(still_open);
    if let Some(desk) = desk {
        query = query.filter(C::DeskId.eq(places::desk_id(db, desk).await?));
    }
    let rows: Vec<(i64, String, NaiveDate, Option<NaiveDate>)> = query.into_tuple().all(db).await?;
    let desks = Desks::load(db).await?;
    let mut cases = BTreeMap::<DeskCode, Cases>::new();
    for (desk_id, kind, opened, closed) in rows {
        let desk = TABLE.some("desk_id", desks.code(desk_id))?;
        let kind = TABLE.read("kind", Kind::parse(&kind))?;
        cases
            .entry(desk)
            .or_default()
            .note(kind, (first, last), opened, closed);
    }
    Ok(cases)
}

fn to_row(desks: &Desks, one: &Accompaniment) -> Result<accompaniment::ActiveModel, StorageError> {
    let code = one.code.as_ref().map(ToString::to_string);
    Ok(accompaniment::ActiveModel {
        code: Set(code.unwrap_or_default()),
        desk_id: Set(desks.id(&one.desk)?),
        kind: Set(one.kind.code().to_owned()),
        opened_on: Set(one.opened_on),
        closed_on: Set(one.closed_on),
        version: Set(1),
        ..Default::default()
    })
}

async fn all_stored(
    db: &impl ConnectionTrait,
    rows: Vec<accompaniment::Model>,
) -> Result<Vec<Stored<Accompaniment>>, StorageError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let desks = Desks::load(db).await?;
    rows.into_iter().map(|row| stored(&desks, &row)).collect()
}

fn stored(
    desks: &Desks,
    row: &accompaniment::Model,
) -> Result<Stored<Accompaniment>, StorageError> {
    Ok(Stored {
        id: row.id,
        version: row.version,
        value: Accompaniment {
            code: Some(TABLE.read("code", AccompanimentCode::parse(&row.code))?),
            desk: TABLE.some("desk_id", desks.code(row.desk_id))?,
            kind: TABLE.read("kind", Kind::parse(&row.kind))?,
            opened_on: row.opened_on,
            closed_on: row.closed_on,
        },
    })
}
