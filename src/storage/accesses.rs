//! The access log and the counts kept beside it. Every write adjusts the counts
//! in the same transaction, so that they always equal what the rows add up to.
//! Keys are random; no statement here leaves a trace of when or by whom.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbBackend, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::connect::Db;
use super::entity::{access, access_count, access_month, access_receipt};
use super::error::StorageError;
use super::places::{self, Desks};
use super::rows::{Cells, days_of_year};
use crate::domain::access::figures::{Counts, Dimension, cells};
use crate::domain::access::{Access, Began, Channel, EntryKey, RefHash, Residence};
use crate::domain::country::Country;
use crate::domain::ids::DeskCode;
use crate::domain::permit::PermitType;
use crate::domain::reference;

const TABLE: Cells = Cells("accesses");
/// Counts that one statement writes.
const COUNTS: usize = 2_000;

/// An entry and its key.
pub type Entry = (EntryKey, Access);

/// Changes of the counts that one transaction makes, and the months that it touches.
#[derive(Default)]
struct Change {
    counts: BTreeMap<(i32, i64, &'static str, String), i64>,
    months: BTreeSet<(i64, String)>,
}

impl Change {
    fn note(&mut self, desk_id: i64, access: &Access, more: i64) {
        for (dimension, value) in cells(access) {
            let key = (access.date.year(), desk_id, dimension.code(), value);
            *self.counts.entry(key).or_default() += more;
        }
        let month = access.date.format("%Y-%m").to_string();
        self.months.insert((desk_id, month));
    }

    /// In the order of the keys, so that two writers never wait for each other
    /// crosswise.
    async fn write(self, db: &impl ConnectionTrait) -> Result<(), StorageError> {
        use access_count::Column as C;
        let takes_away = self.counts.values().any(|count| *count < 0);
        let changes = self.counts.into_iter().filter(|(_, count)| *count != 0);
        let rows: Vec<_> = changes
            .map(
                |((year, desk_id, dimension, value), count)| access_count::ActiveModel {
                    year: Set(year),
                    desk_id: Set(desk_id),
                    dimension: Set(dimension.to_owned()),
                    value: Set(value),
                    count: Set(count),
                },
            )
            .collect();
        let mut on_conflict = OnConflict::columns([C::Year, C::DeskId, C::Dimension, C::Value]);
        let before = Expr::col((access_count::Entity, C::Count));
        on_conflict.value(C::Count, before.add(Expr::col(("excluded", C::Count))));
        for rows in rows.chunks(COUNTS) {
            access_count::Entity::insert_many(rows.to_vec())
                .on_conflict(on_conflict.clone())
                .exec_without_returning(db)
                .await?;
        }
        if takes_away {
            access_count::Entity::delete_many()
                .filter(C::Count.eq(0))
                .exec(db)
                .await?;
        }
        // Last: who waits for another one's months must wait for its counts before.
        note_months(db, self.months).await
    }
}

/// Notes what is to be laid anew in the night.
async fn note_months(
    db: &impl ConnectionTrait,
    months: BTreeSet<(i64, String)>,
) -> Result<(), StorageError> {
    use access_month::Column as C;
    let rows: Vec<_> = months
        .into_iter()
        .map(|(desk_id, month)| access_month::ActiveModel {
            desk_id: Set(desk_id),
            month: Set(month),
        })
        .collect();
    let once = OnConflict::columns([C::DeskId, C::Month])
        .do_nothing()
        .to_owned();
    for rows in rows.chunks(COUNTS) {
        access_month::Entity::insert_many(rows.to_vec())
            .on_conflict(once.clone())
            .exec_without_returning(db)
            .await?;
    }
    Ok(())
}

/// Adds up to [`super::rows::CHUNK`] entries.
pub async fn insert_many(db: &impl ConnectionTrait, new: &[Entry]) -> Result<(), StorageError> {
    if new.is_empty() {
        return Ok(());
    }
    let desks = Desks::load(db).await?;
    let mut change = Change::default();
    let mut rows = Vec::with_capacity(new.len());
    for (key, access) in new {
        let desk_id = desks.id(&access.desk)?;
        change.note(desk_id, access, 1);
        rows.push(to_row(key, access, desk_id));
    }
    access::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    change.write(db).await
}

/// Takes out the entries that have these keys; those that were there.
pub async fn remove_many(
    db: &impl ConnectionTrait,
    keys: &[EntryKey],
) -> Result<Vec<Entry>, StorageError> {
    let entries = find_many(db, keys).await?;
    if entries.is_empty() {
        return Ok(entries);
    }
    let desks = Desks::load(db).await?;
    let mut change = Change::default();
    for (_, access) in &entries {
        change.note(desks.id(&access.desk)?, access, -1);
    }
    access::Entity::delete_many()
        .filter(access::Column::Id.is_in(entries.iter().map(|(key, _)| key.as_str())))
        .exec(db)
        .await?;
    change.write(db).await?;
    Ok(entries)
}

/// The entries of some keys that exist, in no order.
pub async fn find_many(
    db: &impl ConnectionTrait,
    keys: &[EntryKey],
) -> Result<Vec<Entry>, StorageError> {
    if keys.is_empty() {
        return Ok(Vec::new());
    }
    let rows = access::Entity::find()
        .filter(access::Column::Id.is_in(keys.iter().map(EntryKey::as_str)))
        .all(db)
        .await?;
    entries(db, rows).await
}

/// The entries of some references that exist, in no order.
pub async fn find_by_refs(
    db: &impl ConnectionTrait,
    refs: &[RefHash],
) -> Result<Vec<Entry>, StorageError> {
    let rows = access::Entity::find()
        .filter(access::Column::RefHash.is_in(refs.iter().map(RefHash::as_str)))
        .all(db)
        .await?;
    entries(db, rows).await
}

/// Entries of the days after `after`, whole days, by day and then by their
/// cells: about `limit`, more where one day has more.
pub async fn after(
    db: &impl ConnectionTrait,
    after: Option<&NaiveDate>,
    year: Option<i32>,
    limit: u64,
) -> Result<Vec<Access>, StorageError> {
    let mut query = access::Entity::find().order_by_asc(access::Column::Day);
    if let Some(after) = after {
        query = query.filter(access::Column::Day.gt(*after));
    }
    if let Some(year) = year {
        let (first, last) = days_of_year(year);
        query = query.filter(access::Column::Day.between(first, last));
    }
    let mut rows = query.clone().limit(limit + 1).all(db).await?;
    if u64::try_from(rows.len()).unwrap_or(u64::MAX) > limit {
        // The last day may be cut: it comes next time, or whole.
        let day = rows.last().map(|row| row.day);
        rows.retain(|row| Some(row.day) != day);
        if rows.is_empty() {
            rows = query.filter(access::Column::Day.eq(day)).all(db).await?;
        }
    }
    let mut accesses: Vec<(Vec<String>, Access)> = entries(db, rows)
        .await?
        .into_iter()
        .map(|(_, access)| (access.cells(), access))
        .collect();
    accesses.sort_by(|(a, _), (b, _)| a.cmp(b));
    Ok(accesses.into_iter().map(|(_, access)| access).collect())
}

/// Entries of some days, of all desks or one, by key; those after a key.
pub async fn between(
    db: &impl ConnectionTrait,
    (first, last): (NaiveDate, NaiveDate),
    desk: Option<&DeskCode>,
    after: Option<&EntryKey>,
    limit: u64,
) -> Result<Vec<Entry>, StorageError> {
    let mut query = access::Entity::find()
        .filter(access::Column::Day.between(first, last))
        .order_by_asc(access::Column::Id)
        .limit(limit);
    if let Some(desk) = desk {
        query = query.filter(access::Column::DeskId.eq(places::desk_id(db, desk).await?));
    }
    if let Some(after) = after {
        query = query.filter(access::Column::Id.gt(after.as_str()));
    }
    entries(db, query.all(db).await?).await
}

/// Notes a page's key for one entry; false where it was noted before.
pub async fn take_receipt(db: &impl ConnectionTrait, key: &str) -> Result<bool, StorageError> {
    let row = access_receipt::ActiveModel {
        id: Set(key.to_owned()),
    };
    let taken = access_receipt::Entity::insert(row)
        .on_conflict(
            OnConflict::column(access_receipt::Column::Id)
                .do_nothing()
                .to_owned(),
        )
        .exec_without_returning(db)
        .await?;
    Ok(taken > 0)
}

/// Forgets all of them.
pub async fn clear_receipts(db: &impl ConnectionTrait) -> Result<u64, StorageError> {
    let gone = access_receipt::Entity::delete_many().exec(db).await?;
    Ok(gone.rows_affected)
}

/// Lays the rows of every month that something came into, or was taken out of, since the last
/// time in the order of their keys, and writes all of them in one transaction, so that neither
/// their places nor their transactions tell when they came, nor which of them came late; the
/// counts of those years likewise. Months that nobody touched lie so already. `SQLite` keeps
/// rows in that order anyway. Whether some were laid anew.
pub async fn shuffle(db: &impl ConnectionTrait) -> Result<bool, StorageError> {
    if access_month::Entity::find().one(db).await?.is_none() {
        return Ok(false);
    }
    let lays = db.get_database_backend() == DbBackend::Postgres;
    if lays {
        for laid in ORDERED {
            db.execute_unprepared(&laid.anew()).await?;
        }
    }
    access_month::Entity::delete_many().exec(db).await?;
    Ok(lays)
}

/// Takes away what is left of how rows lay before they were laid anew; not in a transaction.
pub async fn sweep(db: &Db) -> Result<(), StorageError> {
    for laid in ORDERED {
        let sweep = format!("VACUUM {}", laid.table);
        db.read().execute_unprepared(&sweep).await?;
    }
    Ok(())
}

/// A table of the log, and how it is laid anew.
struct Laid {
    table: &'static str,
    /// Its key, which its rows are laid by.
    key: &'static [&'static str],
    /// What is laid together, as `p`, and which of the table's rows `t` are of it.
    parts: &'static str,
    of_part: &'static str,
}

impl Laid {
    /// Whoever logs an access waits meanwhile: what is copied and what is put back are the same.
    fn anew(&self) -> String {
        let Self {
            table,
            parts,
            of_part,
            ..
        } = self;
        let key = self.key.join(", ");
        let same: Vec<String> = self
            .key
            .iter()
            .map(|one| format!("t.{one} = l.{one}"))
            .collect();
        let same = same.join(" AND ");
        format!(
            "LOCK TABLE {table} IN EXCLUSIVE MODE; \
             CREATE TEMPORARY TABLE laid ON COMMIT DROP AS \
             SELECT t.* FROM {table} t JOIN (SELECT DISTINCT {parts} FROM access_months) p ON {of_part}; \
             DELETE FROM {table} t USING laid l WHERE {same}; \
             INSERT INTO {table} SELECT * FROM laid ORDER BY {key}; \
             DROP TABLE laid"
        )
    }
}

/// The log first, as whoever writes to it does.
const ORDERED: [Laid; 2] = [
    Laid {
        table: "accesses",
        key: &["id"],
        parts: "to_date(month, 'YYYY-MM') AS first",
        of_part: "t.day >= p.first AND t.day < (p.first + interval '1 month')::date",
    },
    Laid {
        table: "access_counts",
        key: &["year", "desk_id", "dimension", "value"],
        parts: "left(month, 4)::int AS year",
        of_part: "t.year = p.year",
    },
];

/// The counts of a year, of all desks or one: one statement, whatever the
/// number of accesses.
pub async fn counts(
    db: &impl ConnectionTrait,
    year: i32,
    desk: Option<&DeskCode>,
) -> Result<Counts, StorageError> {
    use access_count::Column as C;
    let cells = Cells("access_counts");
    let desks = Desks::load(db).await?;
    let mut query = access_count::Entity::find().filter(C::Year.eq(year));
    if let Some(desk) = desk {
        query = query.filter(C::DeskId.eq(desks.id(desk)?));
    }
    let mut counts = Counts::default();
    for row in query.all(db).await? {
        let desk = cells.some("desk_id", desks.code(row.desk_id))?;
        let dimension = cells.some("dimension", Dimension::by_code(&row.dimension))?;
        let count = cells.read("count", u64::try_from(row.count))?;
        counts.add(&desk, dimension, &row.value, count);
    }
    Ok(counts)
}

/// How many accesses one desk has on one day.
pub async fn on_day(
    db: &impl ConnectionTrait,
    desk: &DeskCode,
    day: NaiveDate,
) -> Result<u64, StorageError> {
    let desk_id = places::desk_id(db, desk).await?;
    let (dimension, value) = (Dimension::Day.code().to_owned(), day.to_string());
    let key = (day.year(), desk_id, dimension, value);
    let row = access_count::Entity::find_by_id(key).one(db).await?;
    Cells("access_counts").read("count", u64::try_from(row.map_or(0, |row| row.count)))
}

/// The years that have any accesses, earliest first.
pub async fn years(db: &impl ConnectionTrait) -> Result<Vec<i32>, StorageError> {
    Ok(access_count::Entity::find()
        .select_only()
        .column(access_count::Column::Year)
        .distinct()
        .order_by_asc(access_count::Column::Year)
        .into_tuple()
        .all(db)
        .await?)
}

async fn entries(
    db: &impl ConnectionTrait,
    rows: Vec<access::Model>,
) -> Result<Vec<Entry>, StorageError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let by_id: HashMap<i64, DeskCode> = Desks::load(db).await?.all().collect();
    rows.into_iter().map(|row| entry(&by_id, row)).collect()
}

fn to_row(key: &EntryKey, one: &Access, desk_id: i64) -> access::ActiveModel {
    access::ActiveModel {
        id: Set(key.to_string()),
        day: Set(one.date),
        desk_id: Set(desk_id),
        channel: Set(one.channel.code().to_owned()),
        first_access: Set(one.first_access),
        sex: Set(one.sex.clone()),
        age_band: Set(one.age_band.clone()),
        citizenship: Set(one.citizenship.map(|one| Country::alpha2(one).to_owned())),
        comune: Set(one.comune.map(|one| Residence::code(one).to_owned())),
        permit_type: Set(one.permit_type.map(|one| PermitType::code(one).to_owned())),
        referred_by: Set(one.referred_by.clone()),
        reason: Set(one.reason.clone()),
        activation: Set(one.activation.join("|")),
        accompaniment: Set(one.accompaniment.code().to_owned()),
        mediation: Set(one.mediation),
        ref_hash: Set(one.reference.as_ref().map(|hash| hash.as_str().to_owned())),
    }
}

fn entry(desks: &HashMap<i64, DeskCode>, row: access::Model) -> Result<Entry, StorageError> {
    let access = Access {
        reference: row.ref_hash.map(RefHash::from_stored),
        date: row.day,
        desk: TABLE.some("desk_id", desks.get(&row.desk_id).cloned())?,
        channel: TABLE.some("channel", Channel::by_code(&row.channel))?,
        first_access: row.first_access,
        sex: row.sex,
        age_band: row.age_band,
        citizenship: TABLE.optional("citizenship", row.citizenship, |code| {
            Country::by_alpha2(&code).ok_or(())
        })?,
        comune: TABLE.optional("comune", row.comune, |code| {
            Residence::by_code(&code).ok_or(())
        })?,
        permit_type: TABLE.optional("permit_type", row.permit_type, |code| {
            PermitType::by_code(&code).ok_or(())
        })?,
        referred_by: row.referred_by,
        reason: row.reason,
        activation: reference::list(&row.activation)
            .map(str::to_owned)
            .collect(),
        accompaniment: TABLE.some("accompaniment", Began::by_code(&row.accompaniment))?,
        mediation: row.mediation,
    };
    Ok((EntryKey::from_stored(row.id), access))
}
