//! Numbers that must not repeat: running numbers of sheets, and the codes that
//! the program makes. A number drawn in a transaction that is not committed is
//! drawn again by the next: there are no gaps.

use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::entity::counter;
use super::error::StorageError;

/// The counter of a desk's sheets in a year.
pub fn sheets(prefix: &str, year: i32) -> String {
    format!("sheet:{prefix}:{year}")
}

/// The turn to print for that counter, among copies of the program.
pub fn press(prefix: &str, year: i32) -> String {
    format!("press:{prefix}:{year}")
}

/// Draws the next `count` numbers; the first of them is returned.
pub async fn draw(db: &impl ConnectionTrait, name: &str, count: u32) -> Result<i64, StorageError> {
    raise(db, name, 0).await?;
    let drawn = counter::Entity::update_many()
        .col_expr(
            counter::Column::Last,
            Expr::col(counter::Column::Last).add(i64::from(count)),
        )
        .filter(counter::Column::Name.eq(name))
        .exec_with_returning(db)
        .await?;
    let row = drawn.into_iter().next().ok_or_else(|| missing(name))?;
    Ok(row.last - i64::from(count) + 1)
}

/// The last number drawn or loaded; 0 where there is none.
pub async fn last(db: &impl ConnectionTrait, name: &str) -> Result<i64, StorageError> {
    let row = counter::Entity::find_by_id(name.to_owned()).one(db).await?;
    Ok(row.map_or(0, |row| row.last))
}

/// The counters whose names begin so, and the last number of each.
pub async fn all_of(
    db: &impl ConnectionTrait,
    beginning: &str,
) -> Result<Vec<(String, i64)>, StorageError> {
    let rows = counter::Entity::find()
        .filter(counter::Column::Name.starts_with(beginning))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.name, row.last)).collect())
}

/// Makes sure that what is drawn from now on lies above `least`.
pub async fn raise(db: &impl ConnectionTrait, name: &str, least: i64) -> Result<(), StorageError> {
    let row = counter::ActiveModel {
        name: Set(name.to_owned()),
        last: Set(least),
    };
    counter::Entity::insert(row)
        .on_conflict(
            OnConflict::column(counter::Column::Name)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    counter::Entity::update_many()
        .col_expr(counter::Column::Last, Expr::val(least))
        .filter(counter::Column::Name.eq(name))
        .filter(counter::Column::Last.lt(least))
        .exec(db)
        .await?;
    Ok(())
}

/// Takes a turn that nobody has at `now`, until `until`; both in milliseconds
/// since 1970. Whether it was taken.
pub async fn take_turn(
    db: &impl ConnectionTrait,
    name: &str,
    now: i64,
    until: i64,
) -> Result<bool, StorageError> {
    raise(db, name, 0).await?;
    let taken = counter::Entity::update_many()
        .col_expr(counter::Column::Last, Expr::val(until))
        .filter(counter::Column::Name.eq(name))
        .filter(counter::Column::Last.lte(now))
        .exec(db)
        .await?;
    Ok(taken.rows_affected == 1)
}

/// Keeps a turn that was taken until `until` for longer; whether it was still one's own.
pub async fn keep_turn(
    db: &impl ConnectionTrait,
    name: &str,
    until: i64,
    longer: i64,
) -> Result<bool, StorageError> {
    let kept = counter::Entity::update_many()
        .col_expr(counter::Column::Last, Expr::val(longer))
        .filter(counter::Column::Name.eq(name))
        .filter(counter::Column::Last.eq(until))
        .exec(db)
        .await?;
    Ok(kept.rows_affected == 1)
}

/// Gives back a turn that was taken until `until`; one that ran out and is
/// somebody else's by now stays theirs.
pub async fn end_turn(
    db: &impl ConnectionTrait,
    name: &str,
    until: i64,
) -> Result<(), StorageError> {
    counter::Entity::update_many()
        .col_expr(counter::Column::Last, Expr::val(0_i64))
        .filter(counter::Column::Name.eq(name))
        .filter(counter::Column::Last.eq(until))
        .exec(db)
        .await?;
    Ok(())
}

fn missing(name: &str) -> StorageError {
    StorageError::Missing {
        table: "counters",
        key: name.to_owned(),
    }
}
