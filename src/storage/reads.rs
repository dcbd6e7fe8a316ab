//! The log of who opened what: appended by requests, sealed by a job. Nothing here
//! changes a segment but the dropping of entries that are too old.

use chrono::{DateTime, NaiveDateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, Order, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select, Value,
};

use super::Page;
use super::entity::{read, read_name, read_segment};
use super::error::StorageError;
use super::lists::{At, Turn};
use crate::domain::read_log::Segment;

/// Segments of a page: each holds up to
/// [`crate::domain::read_log::MOST_ENTRIES`] entries.
pub const PAGE: u64 = 10;

/// An entry that is not sealed yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    pub instance: String,
    pub running: i64,
    pub at: DateTime<Utc>,
    pub account_id: i64,
    pub desk: Option<String>,
    pub what: String,
    /// The record's code.
    pub record: Option<String>,
    pub list: Option<String>,
}

/// Appends entries; those that are there already stay as they are.
pub async fn append(db: &impl ConnectionTrait, reads: &[Read]) -> Result<(), StorageError> {
    let rows = reads.iter().cloned().map(|one| read::ActiveModel {
        instance: Set(one.instance),
        running: Set(one.running),
        at: Set(one.at),
        account_id: Set(one.account_id),
        desk: Set(one.desk),
        what: Set(one.what),
        record: Set(one.record),
        list: Set(one.list),
    });
    let key = [read::Column::Instance, read::Column::Running];
    read::Entity::insert_many(rows)
        .on_conflict(OnConflict::columns(key).do_nothing().to_owned())
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Up to `most` entries of before `before`, by instance, then as they came.
pub async fn before(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
    most: u64,
) -> Result<Vec<Read>, StorageError> {
    let rows = read::Entity::find()
        .filter(read::Column::At.lt(before))
        .order_by_asc(read::Column::Instance)
        .order_by_asc(read::Column::At)
        .order_by_asc(read::Column::Running)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(entry).collect())
}

/// The latest entries that are not sealed, at most `most`, the latest first.
pub async fn latest(db: &impl ConnectionTrait, most: u64) -> Result<Vec<Read>, StorageError> {
    let rows = read::Entity::find()
        .order_by_desc(read::Column::At)
        .order_by_desc(read::Column::Running)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(entry).collect())
}

/// The entries since an instant that are not sealed yet.
pub async fn open_since(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<Read>, StorageError> {
    let rows = read::Entity::find()
        .filter(read::Column::At.gte(since))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(entry).collect())
}

/// The segments since an instant that still have their entries.
pub async fn segments_since(
    db: &impl ConnectionTrait,
    since: DateTime<Utc>,
) -> Result<Vec<Segment>, StorageError> {
    let rows = read_segment::Entity::find()
        .filter(read_segment::Column::Minute.gte(since.naive_utc()))
        .filter(read_segment::Column::Entries.is_not_null())
        .all(db)
        .await?;
    Ok(rows.into_iter().map(segment).collect())
}

/// How many entries are not sealed yet.
pub async fn count_open(db: &impl ConnectionTrait) -> Result<u64, StorageError> {
    Ok(read::Entity::find().count(db).await?)
}

/// Takes away entries of an instance that are sealed.
pub async fn delete(
    db: &impl ConnectionTrait,
    instance: &str,
    running: &[i64],
) -> Result<(), StorageError> {
    read::Entity::delete_many()
        .filter(read::Column::Instance.eq(instance))
        .filter(read::Column::Running.is_in(running.iter().copied()))
        .exec(db)
        .await?;
    Ok(())
}

/// The last segment of an instance.
pub async fn last_segment(
    db: &impl ConnectionTrait,
    instance: &str,
) -> Result<Option<Segment>, StorageError> {
    let row = read_segment::Entity::find()
        .filter(read_segment::Column::Instance.eq(instance))
        .order_by_desc(read_segment::Column::Number)
        .one(db)
        .await?;
    Ok(row.map(segment))
}

/// The seals of up to [`super::rows::CHUNK`] segments, each by instance and number.
pub async fn seals_of(
    db: &impl ConnectionTrait,
    of: &[(String, i64)],
) -> Result<Vec<(String, i64, String)>, StorageError> {
    use read_segment::Column;
    if of.is_empty() {
        return Ok(Vec::new());
    }
    let one = |(instance, number): &(String, i64)| {
        Condition::all()
            .add(Column::Instance.eq(instance.as_str()))
            .add(Column::Number.eq(*number))
    };
    let any = of.iter().map(one).fold(Condition::any(), Condition::add);
    Ok(read_segment::Entity::find()
        .select_only()
        .columns([Column::Instance, Column::Number, Column::Seal])
        .filter(any)
        .into_tuple()
        .all(db)
        .await?)
}

/// Keeps a segment.
pub async fn insert_segment(db: &impl ConnectionTrait, one: &Segment) -> Result<(), StorageError> {
    let row = read_segment::ActiveModel {
        instance: Set(one.instance.clone()),
        number: Set(one.number),
        minute: Set(one.minute),
        count: Set(one.count),
        entries: Set(one.entries.clone()),
        digest: Set(one.digest.clone()),
        before: Set(one.before.clone()),
        seal: Set(one.seal.clone()),
    };
    read_segment::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Up to `most` segments after one, by instance and number.
pub async fn segments_after(
    db: &impl ConnectionTrait,
    after: Option<(&str, i64)>,
    most: u64,
) -> Result<Vec<Segment>, StorageError> {
    use read_segment::Column;
    let mut query = read_segment::Entity::find();
    if let Some((instance, number)) = after {
        let same = Condition::all()
            .add(Column::Instance.eq(instance))
            .add(Column::Number.gt(number));
        let further = Condition::any()
            .add(Column::Instance.gt(instance))
            .add(same);
        query = query.filter(further);
    }
    let rows = query
        .order_by_asc(Column::Instance)
        .order_by_asc(Column::Number)
        .limit(most)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(segment).collect())
}

/// What stands for a segment where the log is turned by key.
pub fn turn_code(segment: &Segment) -> String {
    let minute = segment.minute.and_utc().timestamp();
    format!("{minute}-{}-{}", segment.number, segment.instance)
}

/// Minute, instance and number of a segment that is called so.
fn place_of(code: &str) -> Option<[Value; 3]> {
    let mut parts = code.splitn(3, '-');
    let minute = parts.next()?.parse().ok()?;
    let minute = DateTime::from_timestamp(minute, 0)?.naive_utc();
    let number: i64 = parts.next()?.parse().ok()?;
    Some([minute.into(), parts.next()?.into(), number.into()])
}

/// A page of the segments that still have their entries, the latest first; each of
/// `holding` stands somewhere in the entries. Beside a segment that `at` names it is
/// found by key.
pub async fn page(
    db: &impl ConnectionTrait,
    holding: &[String],
    at: &At,
) -> Result<Page<Segment>, StorageError> {
    use read_segment::Column;
    const ORDER: [Column; 3] = [Column::Minute, Column::Instance, Column::Number];
    let mut of = Condition::all().add(Column::Entries.is_not_null());
    for digest in holding {
        of = of.add(Column::Entries.contains(digest));
    }
    let of = read_segment::Entity::find().filter(of);
    let total = of.clone().count(db).await?;
    let number = at.page.clamp(1, Ord::max(total.div_ceil(PAGE), 1));
    let turn = at.turn.as_ref().filter(|_| number == at.page && number > 1);
    let place = turn.and_then(|turn| Some((turn, place_of(turn.code())?)));
    let ordered = |query: Select<read_segment::Entity>, order: &Order| {
        ORDER
            .into_iter()
            .fold(query, |query, column| query.order_by(column, order.clone()))
    };
    let mut rows = Vec::new();
    if let Some((turn, place)) = place {
        let own = Expr::tuple(ORDER.map(Expr::col));
        let place = Expr::tuple(place.map(Expr::val));
        let (beyond, order) = match turn {
            Turn::After(_) => (own.lt(place), Order::Desc),
            Turn::Before(_) => (own.gt(place), Order::Asc),
        };
        let query = ordered(of.clone().filter(beyond), &order);
        rows = query.limit(PAGE).all(db).await?;
        if matches!(turn, Turn::Before(_)) {
            rows.reverse();
        }
    }
    if rows.is_empty() {
        let skipped = Some((number - 1) * PAGE).filter(|skipped| *skipped > 0);
        let query = ordered(of, &Order::Desc).offset(skipped).limit(PAGE);
        rows = query.all(db).await?;
    }
    Ok(Page {
        rows: rows.into_iter().map(segment).collect(),
        number,
        total,
    })
}

/// Drops the entries of segments of before `before`; their seals stay.
pub async fn drop_entries(
    db: &impl ConnectionTrait,
    before: NaiveDateTime,
) -> Result<u64, StorageError> {
    use read_segment::Column;
    let done = read_segment::Entity::update_many()
        .col_expr(Column::Entries, Expr::val(None::<String>))
        .filter(Column::Minute.lt(before))
        .filter(Column::Entries.is_not_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Keeps what digests stand for.
pub async fn name(
    db: &impl ConnectionTrait,
    names: &[(String, String)],
) -> Result<(), StorageError> {
    if names.is_empty() {
        return Ok(());
    }
    let rows = names.iter().map(|(digest, name)| read_name::ActiveModel {
        digest: Set(digest.clone()),
        name: Set(name.clone()),
    });
    let once = OnConflict::column(read_name::Column::Digest)
        .do_nothing()
        .to_owned();
    read_name::Entity::insert_many(rows)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// What up to [`super::rows::CHUNK`] digests stand for, where it is known.
pub async fn names(
    db: &impl ConnectionTrait,
    digests: &[String],
) -> Result<Vec<(String, String)>, StorageError> {
    let rows = read_name::Entity::find()
        .filter(read_name::Column::Digest.is_in(digests.iter().cloned()))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| (row.digest, row.name)).collect())
}

fn entry(row: read::Model) -> Read {
    Read {
        instance: row.instance,
        running: row.running,
        at: row.at,
        account_id: row.account_id,
        desk: row.desk,
        what: row.what,
        record: row.record,
        list: row.list,
    }
}

fn segment(row: read_segment::Model) -> Segment {
    Segment {
        instance: row.instance,
        number: row.number,
        minute: row.minute,
        count: row.count,
        entries: row.entries,
        digest: row.digest,
        before: row.before,
        seal: row.seal,
    }
}
