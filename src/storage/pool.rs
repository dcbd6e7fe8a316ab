//! What matching reads of workers: the columns it needs and no other. No name,
//! no birth date, no citizenship is even selected.

use sea_orm::sea_query::{ExprTrait, SelectStatement, SimpleExpr};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QueryResult, QuerySelect,
    QueryTrait, TryGetable,
};

use super::blocks::held;
use super::entity::worker;
use super::error::StorageError;
use super::merges::People;
use super::rows::{CHUNK, Cells};
use crate::domain::language::Languages;
use crate::domain::permit::PermitType;
use crate::domain::person::{Accreditation, Sex};
use crate::domain::place::Comune;
use crate::domain::reading;
use crate::domain::worker::WorkerStatus;
use crate::matching::PoolWorker;

const TABLE: Cells = Cells("workers");

/// Rows that are in memory as rows at a time.
const PIECE: u64 = 5_000;

/// What [`read`] reads, in this order; the key first.
const COLUMNS: [worker::Column; 23] = {
    use worker::Column as C;
    [
        C::Code,
        C::ConsentOn,
        C::Comune,
        C::MaxKm,
        C::ExtraComuni,
        C::Relocates,
        C::Arrangements,
        C::Availability,
        C::AvailableFrom,
        C::ConfirmedOn,
        C::Skills,
        C::Qualifications,
        C::Languages,
        C::ExperienceYears,
        C::MinPayHour,
        C::MinPayMonth,
        C::PermitType,
        C::PermitUntil,
        C::RenewalReceipt,
        C::WorkRightConfirmed,
        C::MaxHoursWeek,
        C::Accreditation,
        C::Sex,
    ]
};

/// Who may be matched, some from a later day on: active, not held back, with an
/// authorisation. The day of the answer decides the rest.
pub(super) fn in_pool() -> SimpleExpr {
    worker::Column::Status
        .eq(WorkerStatus::Active.code())
        .and(worker::Column::ConsentOn.is_not_null())
        .and(worker::Column::Code.not_in_subquery(held(People::Workers)))
}

fn query() -> sea_orm::Select<worker::Entity> {
    worker::Entity::find()
        .select_only()
        .columns(COLUMNS)
        .filter(in_pool())
}

/// Everybody who may be matched, by code.
pub async fn load(db: &impl ConnectionTrait) -> Result<Vec<PoolWorker>, StorageError> {
    let mut all: Vec<PoolWorker> = Vec::new();
    let mut last: i64 = 0;
    // By the key: in the order of codes SQLite, which goes by the status, would sort everybody
    // anew for each piece.
    loop {
        let piece = query()
            .column(worker::Column::Id)
            .filter(worker::Column::Id.gt(last))
            .order_by_asc(worker::Column::Id)
            .limit(PIECE);
        let rows = rows(db, &piece.into_query()).await?;
        let Some(end) = rows.last() else {
            break;
        };
        last = end.try_get_by_index(COLUMNS.len())?;
        for row in &rows {
            all.push(read(row)?);
        }
    }
    all.sort_unstable_by(|a, b| a.code.cmp(&b.code));
    Ok(all)
}

/// Those of some workers who may be matched.
pub async fn of(
    db: &impl ConnectionTrait,
    codes: &[String],
) -> Result<Vec<PoolWorker>, StorageError> {
    let mut all = Vec::with_capacity(codes.len());
    for piece in codes.chunks(CHUNK) {
        let piece = query()
            .filter(worker::Column::Code.is_in(piece))
            .order_by_asc(worker::Column::Code);
        for row in &rows(db, &piece.into_query()).await? {
            all.push(read(row)?);
        }
    }
    Ok(all)
}

async fn rows(
    db: &impl ConnectionTrait,
    query: &SelectStatement,
) -> Result<Vec<QueryResult>, StorageError> {
    Ok(db.query_all(query).await?)
}

/// The cells of a row from left to right: by name each would be looked up, in every
/// row.
struct Row<'a> {
    row: &'a QueryResult,
    next: usize,
}

impl Row<'_> {
    fn next<T: TryGetable>(&mut self) -> Result<T, StorageError> {
        let cell = self.row.try_get_by_index(self.next)?;
        self.next += 1;
        Ok(cell)
    }

    fn text(&mut self) -> Result<String, StorageError> {
        self.next()
    }

    fn number(&mut self, column: &'static str) -> Result<Option<u32>, StorageError> {
        let cell: Option<i32> = self.next()?;
        cell.map(|cell| TABLE.number(column, cell)).transpose()
    }
}

/// The cells in the order of [`COLUMNS`].
fn read(row: &QueryResult) -> Result<PoolWorker, StorageError> {
    let mut row = Row { row, next: 0 };
    let t = TABLE;
    Ok(PoolWorker {
        code: row.text()?,
        authorised_on: t.some("consent_on", row.next()?)?,
        comune: t.some("comune", Comune::by_istat(&row.text()?))?,
        max_km: row.number("max_km")?,
        extra_comuni: t.read("extra_comuni", reading::comuni(&row.text()?))?,
        relocates: row.next()?,
        arrangements: t.read("arrangements", reading::arrangements(&row.text()?))?,
        availability: t.week("availability", &row.next::<Vec<u8>>()?)?,
        available_from: row.next()?,
        confirmed_on: row.next()?,
        skills: t.read("skills", reading::skills(&row.text()?))?,
        qualifications: t.read("qualifications", reading::qualifications(&row.text()?))?,
        languages: t.read("languages", Languages::parse(&row.text()?))?,
        experience_years: row.number("experience_years")?,
        min_pay_hour: t.money("min_pay_hour", row.next()?)?,
        min_pay_month: t.money("min_pay_month", row.next()?)?,
        permit_type: t.optional("permit_type", row.next()?, |code: String| {
            PermitType::by_code(&code).ok_or(())
        })?,
        permit_until: row.next()?,
        renewal_receipt: row.next()?,
        work_right_confirmed: row.next()?,
        max_hours_week: row.number("max_hours_week")?,
        accreditation: t.some("accreditation", Accreditation::parse(&row.text()?))?,
        sex: t.some("sex", Sex::parse(&row.text()?))?,
    })
}
