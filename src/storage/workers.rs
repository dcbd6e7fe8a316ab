//! Workers. What statistics alone may read is joined where a whole record is
//! asked for; [`super::pool`] never does.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, SelectThree, TopologyStar,
};

use super::entity::{desk, worker, worker_statistic};
use super::erasures;
use super::error::StorageError;
use super::lists::{At, ListFilter, MOST_ALIKE, Order, lines_of, page_by_key, place_of};
use super::merges::People;
use super::names;
use super::places::{self, Names};
use super::rows::{Cells, has_all_words, number_cell, sort_name, week_cell};
use super::{Page, Stored};
use crate::domain::contact::{ContactBy, EmailAddress, Phone, search_column};
use crate::domain::contract::Arrangement;
use crate::domain::country::Country;
use crate::domain::ids::{DeskCode, WorkerCode};
use crate::domain::language::{Language, Languages};
use crate::domain::likeness::sound_column;
use crate::domain::permit::PermitType;
use crate::domain::person::{Accreditation, Sex};
use crate::domain::place::Comune;
use crate::domain::reading::{self, joined};
use crate::domain::reason::ReasonList;
use crate::domain::text::{Line, Name};
use crate::domain::worker::{Worker, WorkerStatus};

const TABLE: Cells = Cells("workers");

/// By name.
const ORDER: Order<worker::Column> = Order {
    by: [worker::Column::SortName, worker::Column::Code],
    descending: false,
};

/// The worker of a code.
pub async fn find(
    db: &impl ConnectionTrait,
    code: &WorkerCode,
) -> Result<Option<Stored<Worker>>, StorageError> {
    Ok(find_many(db, std::slice::from_ref(code))
        .await?
        .into_iter()
        .next())
}

/// The worker of a key.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<Stored<Worker>>, StorageError> {
    let row = query().filter(worker::Column::Id.eq(id)).one(db).await?;
    row.map(stored).transpose()
}

/// The workers of up to [`super::rows::CHUNK`] codes that exist, by code.
pub async fn find_many(
    db: &impl ConnectionTrait,
    codes: &[WorkerCode],
) -> Result<Vec<Stored<Worker>>, StorageError> {
    let rows = query()
        .filter(worker::Column::Code.is_in(codes.iter().map(WorkerCode::as_str)))
        .order_by_asc(worker::Column::Code)
        .all(db)
        .await?;
    rows.into_iter().map(stored).collect()
}

/// Up to `limit` workers whose code comes after `after`, by code: an export's next piece.
pub async fn after(
    db: &impl ConnectionTrait,
    after: Option<&WorkerCode>,
    limit: u64,
) -> Result<Vec<Stored<Worker>>, StorageError> {
    let mut query = query().order_by_asc(worker::Column::Code).limit(limit);
    if let Some(after) = after {
        query = query.filter(worker::Column::Code.gt(after.as_str()));
    }
    query.all(db).await?.into_iter().map(stored).collect()
}

type Row = (
    worker::Model,
    Option<worker_statistic::Model>,
    Option<desk::Model>,
);

fn query() -> SelectThree<worker::Entity, worker_statistic::Entity, desk::Entity, TopologyStar> {
    worker::Entity::find()
        .find_also_related(worker_statistic::Entity)
        .find_also_related(desk::Entity)
}

/// Adds workers, each with its code.
pub async fn insert_many(db: &impl ConnectionTrait, new: &[Worker]) -> Result<(), StorageError> {
    if new.is_empty() {
        return Ok(());
    }
    let names = Names::load(db).await?;
    let rows = new
        .iter()
        .map(|one| to_row(one, &names))
        .collect::<Result<Vec<_>, _>>()?;
    worker::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    let codes = new
        .iter()
        .filter_map(|one| one.code.as_ref())
        .map(WorkerCode::as_str);
    let ids: Vec<(i64, String)> = worker::Entity::find()
        .select_only()
        .column(worker::Column::Id)
        .column(worker::Column::Code)
        .filter(worker::Column::Code.is_in(codes))
        .into_tuple()
        .all(db)
        .await?;
    let ids: std::collections::HashMap<String, i64> =
        ids.into_iter().map(|(id, code)| (code, id)).collect();
    let statistics = new
        .iter()
        .map(|one| {
            let code = one
                .code
                .as_ref()
                .map(WorkerCode::as_str)
                .unwrap_or_default();
            let id = ids.get(code).ok_or_else(|| StorageError::Missing {
                table: "workers",
                key: code.to_owned(),
            })?;
            Ok(statistic_row(*id, one))
        })
        .collect::<Result<Vec<_>, StorageError>>()?;
    worker_statistic::Entity::insert_many(statistics)
        .exec_without_returning(db)
        .await?;
    let id_of = |one: &Worker| {
        let code = one.code.as_ref().map(WorkerCode::as_str)?;
        ids.get(code).copied()
    };
    let named: Vec<_> = new
        .iter()
        .filter_map(|one| Some((id_of(one)?, names_of(one))))
        .collect();
    names::insert(db, People::Workers, &named).await
}

/// All names of somebody.
fn names_of(worker: &Worker) -> Vec<&str> {
    let own_script = worker.name_own_script.as_ref().map(Line::as_str);
    let mut names = vec![worker.given_name.as_str(), worker.family_name.as_str()];
    names.extend(own_script);
    names
}

/// Saves a worker over the version that was read.
pub async fn update(db: &impl ConnectionTrait, saved: &Stored<Worker>) -> Result<(), StorageError> {
    update_many(db, std::slice::from_ref(saved)).await
}

/// Saves workers, each over the version that was read; one that changed since ends it.
pub async fn update_many(
    db: &impl ConnectionTrait,
    saved: &[Stored<Worker>],
) -> Result<(), StorageError> {
    if saved.is_empty() {
        return Ok(());
    }
    let names = Names::load(db).await?;
    for one in saved {
        let mut row = to_row(&one.value, &names)?;
        row.version = Set(one.version + 1);
        let done = worker::Entity::update_many()
            .set(row)
            .filter(worker::Column::Id.eq(one.id))
            .filter(worker::Column::Version.eq(one.version))
            .exec(db)
            .await?;
        if done.rows_affected == 0 {
            return Err(StorageError::Stale { table: "workers" });
        }
        let statistic = statistic_row(one.id, &one.value);
        worker_statistic::Entity::update_many()
            .set(statistic)
            .filter(worker_statistic::Column::WorkerId.eq(one.id))
            .exec(db)
            .await?;
    }
    let named: Vec<_> = saved
        .iter()
        .map(|one| (one.id, names_of(&one.value)))
        .collect();
    names::replace(db, People::Workers, &named).await
}

/// Holds workers against changes by others until the transaction ends. A writer
/// of `SQLite` is alone anyway.
pub async fn lock(db: &impl ConnectionTrait, ids: &[i64]) -> Result<(), StorageError> {
    let query = worker::Entity::find()
        .select_only()
        .column(worker::Column::Id)
        .filter(worker::Column::Id.is_in(ids.iter().copied()));
    let _: Vec<i64> = query
        .order_by_asc(worker::Column::Id)
        .lock_exclusive()
        .into_tuple()
        .all(db)
        .await?;
    Ok(())
}

/// Which of some workers have withdrawn.
pub async fn withdrawn_among(
    db: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<Vec<i64>, StorageError> {
    Ok(worker::Entity::find()
        .select_only()
        .column(worker::Column::Id)
        .filter(worker::Column::Id.is_in(ids.iter().copied()))
        .filter(worker::Column::Status.eq(WorkerStatus::Withdrawn.code()))
        .into_tuple()
        .all(db)
        .await?)
}

/// Up to `limit` whose pause was to last until a day before `today`.
pub async fn paused_until(
    db: &impl ConnectionTrait,
    today: chrono::NaiveDate,
    limit: u64,
) -> Result<Vec<Stored<Worker>>, StorageError> {
    let rows = query()
        .filter(worker::Column::Status.eq(WorkerStatus::Paused.code()))
        .filter(worker::Column::PausedUntil.lt(today))
        .order_by_asc(worker::Column::Code)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(stored).collect()
}

/// Which of up to [`super::rows::CHUNK`] codes exist.
pub async fn codes_among(
    db: &impl ConnectionTrait,
    codes: &[WorkerCode],
) -> Result<Vec<String>, StorageError> {
    Ok(worker::Entity::find()
        .select_only()
        .column(worker::Column::Code)
        .filter(worker::Column::Code.is_in(codes.iter().map(WorkerCode::as_str)))
        .into_tuple()
        .all(db)
        .await?)
}

/// What a list shows of a worker.
#[derive(Debug, Clone)]
pub struct WorkerLine {
    pub code: String,
    pub given_name: String,
    pub family_name: String,
    pub comune: Comune,
    pub arrangements: String,
    pub status: WorkerStatus,
    pub desk: String,
    pub confirmed_on: Option<chrono::NaiveDate>,
}

/// A page of the list, by family name, as [`sort_name`] has it.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
    number: u64,
) -> Result<Page<WorkerLine>, StorageError> {
    page_at(db, filter, &At::page(number)).await
}

/// The same, by the row that it lies beside.
pub async fn page_at(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
    at: &At,
) -> Result<Page<WorkerLine>, StorageError> {
    let names = Names::load(db).await?;
    let code = worker::Column::Code;
    let row = place_of::<worker::Entity, String, String>(db, &ORDER, code, at).await?;
    page_by_key(db, listed(filter, &names)?, &ORDER, at, row, |row| {
        list_line(row, &names)
    })
    .await
}

/// Up to `most` lines of the same list, from a place on.
pub async fn lines(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
    from: u64,
    most: u64,
) -> Result<Vec<WorkerLine>, StorageError> {
    let names = Names::load(db).await?;
    let query = listed(filter, &names)?
        .order_by_asc(worker::Column::SortName)
        .order_by_asc(worker::Column::Code);
    lines_of(db, query, from, most, |row| list_line(row, &names)).await
}

/// Those whom the search of a list may have meant, had their names been spelt otherwise; the
/// nearest first. Nobody whom the list itself shows.
pub async fn spelt_alike(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
) -> Result<Vec<WorkerLine>, StorageError> {
    let meant = names::meant(db, People::Workers, &filter.words).await?;
    if meant.ids.is_empty() {
        return Ok(Vec::new());
    }
    let places = Names::load(db).await?;
    let narrowed = ListFilter {
        words: Vec::new(),
        ..filter.clone()
    };
    let rows = listed(&narrowed, &places)?
        .filter(worker::Column::Id.is_in(meant.ids.iter().copied()))
        .all(db)
        .await?;
    let rows = names::nearest_first(&meant, rows, MOST_ALIKE, |row: &worker::Model| {
        let mut names = vec![row.given_name.as_str(), row.family_name.as_str()];
        names.extend(row.name_own_script.as_deref());
        (names, row.folded.as_str(), row.sort_name.as_str())
    });
    rows.into_iter()
        .map(|row| list_line(row, &places))
        .collect()
}

fn listed(filter: &ListFilter, names: &Names) -> Result<Select<worker::Entity>, StorageError> {
    let mut condition = erasures::living(People::Workers);
    if let Some(status) = &filter.status {
        condition = condition.add(worker::Column::Status.eq(status.as_str()));
    }
    if let Some(arrangement) = &filter.arrangement {
        // Only a code that exists: a wildcard would be read as one.
        let known = Arrangement::parse(arrangement).map(|one| {
            let code = format!("%{}%", one.code());
            Expr::col(worker::Column::Arrangements).like(code)
        });
        condition = condition.add(known.unwrap_or_else(|| Expr::val(false).eq(true)));
    }
    if !filter.words.is_empty() {
        condition = condition.add(has_all_words(
            &Expr::col(worker::Column::Folded),
            &filter.words,
        ));
    }
    if let Some(desk) = &filter.desk {
        condition = condition.add(worker::Column::DeskId.eq(names.desk_id(desk)?));
    }
    Ok(worker::Entity::find().filter(condition))
}

fn list_line(row: worker::Model, names: &Names) -> Result<WorkerLine, StorageError> {
    Ok(WorkerLine {
        comune: TABLE.some("comune", Comune::by_istat(&row.comune))?,
        status: TABLE.read("status", WorkerStatus::parse(&row.status))?,
        desk: TABLE.some("desk_id", names.desk(row.desk_id))?.to_string(),
        code: row.code,
        given_name: row.given_name,
        family_name: row.family_name,
        arrangements: row.arrangements,
        confirmed_on: row.confirmed_on,
    })
}

/// How many there are in a state.
pub async fn count(db: &impl ConnectionTrait, status: WorkerStatus) -> Result<u64, StorageError> {
    Ok(worker::Entity::find()
        .filter(worker::Column::Status.eq(status.code()))
        .count(db)
        .await?)
}

/// How many were registered between two days, of all desks or one.
pub async fn registered_between(
    db: &impl ConnectionTrait,
    (first, last): (NaiveDate, NaiveDate),
    desk: Option<&DeskCode>,
) -> Result<u64, StorageError> {
    let mut query =
        worker::Entity::find().filter(worker::Column::RegisteredOn.between(first, last));
    if let Some(desk) = desk {
        query = query.filter(worker::Column::DeskId.eq(places::desk_id(db, desk).await?));
    }
    Ok(query.count(db).await?)
}

fn to_row(worker: &Worker, names: &Names) -> Result<worker::ActiveModel, StorageError> {
    let code = worker
        .code
        .as_ref()
        .map(WorkerCode::as_str)
        .unwrap_or_default();
    let own_script = worker
        .name_own_script
        .as_ref()
        .map(Line::as_str)
        .unwrap_or_default();
    let folded = search_column(
        &[
            worker.given_name.as_str(),
            worker.family_name.as_str(),
            own_script,
        ],
        code,
        worker.phone.as_ref(),
        worker.email.as_ref(),
    );
    Ok(worker::ActiveModel {
        code: Set(code.to_owned()),
        given_name: Set(worker.given_name.to_string()),
        family_name: Set(worker.family_name.to_string()),
        name_own_script: Set(worker.name_own_script.as_ref().map(ToString::to_string)),
        folded: Set(folded),
        sort_name: Set(sort_name(&worker.family_name, &worker.given_name)),
        sound: Set(sound_column(
            worker.given_name.as_str(),
            worker.family_name.as_str(),
        )),
        sex: Set(worker.sex.code().to_owned()),
        phone: Set(worker.phone.as_ref().map(ToString::to_string)),
        email: Set(worker.email.as_ref().map(ToString::to_string)),
        contact_language: Set(worker.contact_language.code().to_owned()),
        contact_by: Set(worker.contact_by.map(|by| by.code().to_owned())),
        comune: Set(worker.comune.istat().to_owned()),
        max_km: Set(worker.max_km.map(number_cell)),
        extra_comuni: Set(joined(
            worker.extra_comuni.iter().copied().map(Comune::istat),
        )),
        relocates: Set(worker.relocates),
        arrangements: Set(joined(worker.arrangements.iter().map(Arrangement::code))),
        availability: Set(week_cell(&worker.availability)),
        available_from: Set(worker.available_from),
        confirmed_on: Set(worker.confirmed_on),
        skills: Set(joined(worker.skills.codes())),
        qualifications: Set(joined(worker.qualifications.codes())),
        languages: Set(worker.languages.to_string()),
        experience_years: Set(worker.experience_years.map(number_cell)),
        min_pay_hour: Set(worker.min_pay_hour.map(|pay| number_cell(pay.cents()))),
        min_pay_month: Set(worker.min_pay_month.map(|pay| number_cell(pay.cents()))),
        permit_type: Set(worker.permit_type.map(|permit| permit.code().to_owned())),
        permit_until: Set(worker.permit_until),
        renewal_receipt: Set(worker.renewal_receipt),
        work_right_confirmed: Set(worker.work_right_confirmed),
        max_hours_week: Set(worker.max_hours_week.map(number_cell)),
        accreditation: Set(worker.accreditation.code().to_owned()),
        share_without_asking: Set(worker.share_without_asking),
        status: Set(worker.status.code().to_owned()),
        paused_until: Set(worker.paused_until),
        pause_reason: Set(worker.pause_reason.map(str::to_owned)),
        registered_on: Set(worker.registered_on),
        consent_on: Set(worker.consent_on),
        desk_id: Set(names.desk_id(&worker.desk)?),
        version: Set(1),
        ..Default::default()
    })
}

fn statistic_row(id: i64, worker: &Worker) -> worker_statistic::ActiveModel {
    worker_statistic::ActiveModel {
        worker_id: Set(id),
        birth_date: Set(worker.birth_date),
        citizenship: Set(worker
            .citizenship
            .map(|country| country.alpha2().to_owned())),
    }
}

fn stored((row, statistic, desk): Row) -> Result<Stored<Worker>, StorageError> {
    let desk = TABLE.optional("desk_id", desk, |desk| DeskCode::parse(&desk.code))?;
    let (birth_date, citizenship) =
        statistic.map_or((None, None), |row| (row.birth_date, row.citizenship));
    let value = Worker {
        code: Some(TABLE.read("code", WorkerCode::parse(&row.code))?),
        given_name: TABLE.read("given_name", Name::parse(&row.given_name))?,
        family_name: TABLE.read("family_name", Name::parse(&row.family_name))?,
        name_own_script: TABLE.optional("name_own_script", row.name_own_script, |text| {
            Line::parse(&text)
        })?,
        sex: TABLE.some("sex", Sex::parse(&row.sex))?,
        birth_date,
        citizenship: TABLE.optional("citizenship", citizenship, |code| {
            Country::by_alpha2(&code).ok_or(())
        })?,
        phone: row.phone.map(Phone::from_stored),
        email: TABLE.optional("email", row.email, |text| EmailAddress::parse(&text))?,
        contact_language: TABLE
            .some("contact_language", Language::by_code(&row.contact_language))?,
        contact_by: TABLE.optional("contact_by", row.contact_by, |text| ContactBy::parse(&text))?,
        comune: TABLE.some("comune", Comune::by_istat(&row.comune))?,
        max_km: row
            .max_km
            .map(|km| TABLE.number("max_km", km))
            .transpose()?,
        extra_comuni: TABLE.read("extra_comuni", reading::comuni(&row.extra_comuni))?,
        relocates: row.relocates,
        arrangements: TABLE.read("arrangements", reading::arrangements(&row.arrangements))?,
        availability: TABLE.week("availability", &row.availability)?,
        available_from: row.available_from,
        confirmed_on: row.confirmed_on,
        skills: TABLE.read("skills", reading::skills(&row.skills))?,
        qualifications: TABLE.read(
            "qualifications",
            reading::qualifications(&row.qualifications),
        )?,
        languages: TABLE.read("languages", Languages::parse(&row.languages))?,
        experience_years: row
            .experience_years
            .map(|years| TABLE.number("experience_years", years))
            .transpose()?,
        min_pay_hour: TABLE.money("min_pay_hour", row.min_pay_hour)?,
        min_pay_month: TABLE.money("min_pay_month", row.min_pay_month)?,
        permit_type: TABLE.optional("permit_type", row.permit_type, |code| {
            PermitType::by_code(&code).ok_or(())
        })?,
        permit_until: row.permit_until,
        renewal_receipt: row.renewal_receipt,
        work_right_confirmed: row.work_right_confirmed,
        max_hours_week: row
            .max_hours_week
            .map(|hours| TABLE.number("max_hours_week", hours))
            .transpose()?,
        accreditation: TABLE.some("accreditation", Accreditation::parse(&row.accreditation))?,
        share_without_asking: row.share_without_asking,
        status: TABLE.read("status", WorkerStatus::parse(&row.status))?,
        paused_until: row.paused_until,
        pause_reason: TABLE.optional("pause_reason", row.pause_reason, |code| {
            reading::reason(ReasonList::Pause, &code)
        })?,
        registered_on: row.registered_on,
        consent_on: row.consent_on,
        desk: TABLE.some("desk_id", desk)?,
    };
    Ok(Stored {
        id: row.id,
        version: row.version,
        value,
    })
}
