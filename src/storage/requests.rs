//! Requests. Every record comes with the code of its family.

use sea_orm::sea_query::{Expr, ExprTrait, Func};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, RelationTrait, Select,
};

use super::diffusion::Recipient;
use super::entity::{account, family, referral, request};
use super::error::StorageError;
use super::lists::{At, ListFilter, MOST_ALIKE, Terms, page_by_key};
use super::merges::People;
use super::names;
use super::places::Names;
use super::rows::{Cells, days_of_year, has_all_words, number_cell, week_cell};
use super::{Page, Stored};
use crate::domain::contract::{Arrangement, CcnlLevel, LiveInHours};
use crate::domain::ids::{FamilyCode, RequestCode};
use crate::domain::language::Languages;
use crate::domain::person::Sex;
use crate::domain::place::Comune;
use crate::domain::reading::{self, joined};
use crate::domain::reason::ReasonList;
use crate::domain::request::{CareRequest, Exclusion, RequestStatus, SEX_GROUND};

const TABLE: Cells = Cells("requests");

/// The request of a code.
pub async fn find(
    db: &impl ConnectionTrait,
    code: &RequestCode,
) -> Result<Option<Stored<CareRequest>>, StorageError> {
    Ok(find_many(db, std::slice::from_ref(code))
        .await?
        .into_iter()
        .next())
}

/// The request of a code, and to whom sheets for it would go.
pub async fn find_with_recipient(
    db: &impl ConnectionTrait,
    code: &RequestCode,
) -> Result<Option<(Stored<CareRequest>, Recipient)>, StorageError> {
    let row = request::Entity::find()
        .find_also_related(family::Entity)
        .find_also_related(referral::Entity)
        .filter(request::Column::Code.eq(code.as_str()))
        .one(db)
        .await?;
    let Some((request, family, filed)) = row else {
        return Ok(None);
    };
    let home = TABLE.some("family_id", family.as_ref())?;
    let places = (request.comune.as_str(), home.comune.as_str());
    let partner = filed.map_or(home.referred_by_id, |filed| Some(filed.partner_id));
    let recipient = Recipient::read(home.id, places, partner)?;
    Ok(Some((stored((request, family))?, recipient)))
}

/// The request of a key.
pub async fn by_id(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<Stored<CareRequest>>, StorageError> {
    let row = request::Entity::find_by_id(id)
        .find_also_related(family::Entity)
        .one(db)
        .await?;
    row.map(stored).transpose()
}

/// The requests of up to [`super::rows::CHUNK`] codes that exist, by code.
pub async fn find_many(
    db: &impl ConnectionTrait,
    codes: &[RequestCode],
) -> Result<Vec<Stored<CareRequest>>, StorageError> {
    let rows = request::Entity::find()
        .find_also_related(family::Entity)
        .filter(request::Column::Code.is_in(codes.iter().map(RequestCode::as_str)))
        .order_by_asc(request::Column::Code)
        .all(db)
        .await?;
    rows.into_iter().map(stored).collect()
}

/// Up to `limit` requests whose code comes after `after`, by code; where `year` is given,
/// those opened in it.
pub async fn after(
    db: &impl ConnectionTrait,
    after: Option<&RequestCode>,
    year: Option<i32>,
    limit: u64,
) -> Result<Vec<Stored<CareRequest>>, StorageError> {
    let mut query = request::Entity::find()
        .find_also_related(family::Entity)
        .order_by_asc(request::Column::Code)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(request::Column::Code.gt(after.as_str()));
    }
    if let Some(year) = year {
        let (first, last) = days_of_year(year);
        query = query.filter(request::Column::OpenedOn.between(first, last));
    }
    query.all(db).await?.into_iter().map(stored).collect()
}

/// Up to `limit` open requests whose code comes after `after`, by code.
pub async fn open_after(
    db: &impl ConnectionTrait,
    after: Option<&RequestCode>,
    limit: u64,
) -> Result<Vec<Stored<CareRequest>>, StorageError> {
    let mut query = request::Entity::find()
        .find_also_related(family::Entity)
        .filter(request::Column::Status.eq(RequestStatus::Open.code()))
        .order_by_asc(request::Column::Code)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(request::Column::Code.gt(after.as_str()));
    }
    query.all(db).await?.into_iter().map(stored).collect()
}

/// The open requests that were opened last.
pub async fn newest_open(
    db: &impl ConnectionTrait,
    limit: u64,
) -> Result<Vec<Stored<CareRequest>>, StorageError> {
    let rows = request::Entity::find()
        .find_also_related(family::Entity)
        .filter(request::Column::Status.eq(RequestStatus::Open.code()))
        .order_by_desc(request::Column::OpenedOn)
        .order_by_desc(request::Column::Code)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(stored).collect()
}

/// The requests of one family, the newest first, at most a page of them.
pub async fn of_family(
    db: &impl ConnectionTrait,
    family_id: i64,
) -> Result<Vec<Stored<CareRequest>>, StorageError> {
    let rows = request::Entity::find()
        .find_also_related(family::Entity)
        .filter(request::Column::FamilyId.eq(family_id))
        .order_by_desc(request::Column::OpenedOn)
        .order_by_desc(request::Column::Code)
        .limit(Page::<()>::SIZE)
        .all(db)
        .await?;
    rows.into_iter().map(stored).collect()
}

/// All requests of one family, the oldest first.
pub async fn all_of_family(
    db: &impl ConnectionTrait,
    family_id: i64,
) -> Result<Vec<Stored<CareRequest>>, StorageError> {
    let rows = request::Entity::find()
        .find_also_related(family::Entity)
        .filter(request::Column::FamilyId.eq(family_id))
        .order_by_asc(request::Column::Id)
        .all(db)
        .await?;
    rows.into_iter().map(stored).collect()
}

/// The live-in requests among some codes: those that another one may cover.
pub async fn live_in_among(
    db: &impl ConnectionTrait,
    codes: &[RequestCode],
) -> Result<Vec<String>, StorageError> {
    Ok(request::Entity::find()
        .select_only()
        .column(request::Column::Code)
        .filter(request::Column::Code.is_in(codes.iter().map(RequestCode::as_str)))
        .filter(request::Column::Arrangement.eq(Arrangement::LiveIn.code()))
        .into_tuple()
        .all(db)
        .await?)
}

/// Adds requests, each with its code.
pub async fn insert_many(
    db: &impl ConnectionTrait,
    new: &[CareRequest],
) -> Result<(), StorageError> {
    if new.is_empty() {
        return Ok(());
    }
    let families = family_ids(db, new.iter().map(|one| &one.family)).await?;
    let rows = new
        .iter()
        .map(|one| to_row(one, &families))
        .collect::<Result<Vec<_>, _>>()?;
    request::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Saves a request over the version that was read.
pub async fn update(
    db: &impl ConnectionTrait,
    saved: &Stored<CareRequest>,
) -> Result<(), StorageError> {
    update_many(db, std::slice::from_ref(saved)).await
}

/// Saves up to [`super::rows::CHUNK`] requests, each over the version that was
/// read; one that changed since ends it.
pub async fn update_many(
    db: &impl ConnectionTrait,
    saved: &[Stored<CareRequest>],
) -> Result<(), StorageError> {
    if saved.is_empty() {
        return Ok(());
    }
    let families = family_ids(db, saved.iter().map(|one| &one.value.family)).await?;
    for one in saved {
        let mut row = to_row(&one.value, &families)?;
        row.version = Set(one.version + 1);
        let done = request::Entity::update_many()
            .set(row)
            .filter(request::Column::Id.eq(one.id))
            .filter(request::Column::Version.eq(one.version))
            .exec(db)
            .await?;
        if done.rows_affected == 0 {
            return Err(StorageError::Stale { table: "requests" });
        }
    }
    Ok(())
}

/// Up to `limit` whose pause was to last until a day before `today`.
pub async fn paused_until(
    db: &impl ConnectionTrait,
    today: chrono::NaiveDate,
    limit: u64,
) -> Result<Vec<Stored<CareRequest>>, StorageError> {
    let rows = request::Entity::find()
        .find_also_related(family::Entity)
        .filter(request::Column::Status.eq(RequestStatus::Paused.code()))
        .filter(request::Column::PausedUntil.lt(today))
        .order_by_asc(request::Column::Code)
        .limit(limit)
        .all(db)
        .await?;
    rows.into_iter().map(stored).collect()
}

/// Which of up to [`super::rows::CHUNK`] codes exist.
pub async fn codes_among(
    db: &impl ConnectionTrait,
    codes: &[RequestCode],
) -> Result<Vec<String>, StorageError> {
    Ok(request::Entity::find()
        .select_only()
        .column(request::Column::Code)
        .filter(request::Column::Code.is_in(codes.iter().map(RequestCode::as_str)))
        .into_tuple()
        .all(db)
        .await?)
}

/// Puts a request into somebody's charge; the record itself stays as it is.
pub async fn set_in_charge(
    db: &impl ConnectionTrait,
    id: i64,
    account_id: i64,
) -> Result<(), StorageError> {
    request::Entity::update_many()
        .set(request::ActiveModel {
            in_charge_id: Set(Some(account_id)),
            ..Default::default()
        })
        .filter(request::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Who is in charge of a request: key and name.
pub async fn in_charge(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<(i64, String)>, StorageError> {
    Ok(account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .column(account::Column::Name)
        .filter(
            account::Column::Id.in_subquery(
                sea_orm::QuerySelect::query(
                    &mut request::Entity::find()
                        .select_only()
                        .column(request::Column::InChargeId)
                        .filter(request::Column::Id.eq(id)),
                )
                .take(),
            ),
        )
        .into_tuple()
        .one(db)
        .await?)
}

async fn family_ids(
    db: &impl ConnectionTrait,
    codes: impl Iterator<Item = &FamilyCode>,
) -> Result<std::collections::HashMap<String, i64>, StorageError> {
    let rows: Vec<(String, i64)> = family::Entity::find()
        .select_only()
        .column(family::Column::Code)
        .column(family::Column::Id)
        .filter(family::Column::Code.is_in(codes.map(FamilyCode::as_str)))
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Holds a request against changes by others until the transaction ends.
pub async fn lock(db: &impl ConnectionTrait, id: i64) -> Result<(), StorageError> {
    let query = request::Entity::find()
        .select_only()
        .column(request::Column::Id)
        .filter(request::Column::Id.eq(id));
    let _: Option<i64> = query.lock_exclusive().into_tuple().one(db).await?;
    Ok(())
}

/// Holds the requests of a family, or those that a worker has proposals for, by key.
pub async fn lock_with(
    db: &impl ConnectionTrait,
    person: super::mailings::Person,
) -> Result<(), StorageError> {
    use super::entity::proposal;
    use super::mailings::Person;
    use sea_orm::QueryTrait as _;
    let theirs = match person {
        Person::Family(id) => request::Column::FamilyId.eq(id),
        Person::Worker(id) => {
            let asked = proposal::Entity::find()
                .select_only()
                .column(proposal::Column::RequestId)
                .filter(proposal::Column::WorkerId.eq(id))
                .into_query();
            request::Column::Id.in_subquery(asked)
        }
    };
    let query = request::Entity::find()
        .select_only()
        .column(request::Column::Id)
        .filter(theirs)
        .order_by_asc(request::Column::Id)
        .lock_exclusive();
    let _: Vec<i64> = query.into_tuple().all(db).await?;
    Ok(())
}

/// What a list shows of a request.
#[derive(Debug, Clone)]
pub struct RequestLine {
    pub code: String,
    pub family_code: String,
    pub family_name: String,
    pub comune: Comune,
    pub arrangement: Arrangement,
    pub start_date: chrono::NaiveDate,
    pub needed_by: Option<chrono::NaiveDate>,
    pub opened_on: chrono::NaiveDate,
    pub status: RequestStatus,
}

/// Stands for the day of a request that says none.
const NO_DAY: chrono::NaiveDate = chrono::NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");

/// Open ones first, of these the urgent, then the newest.
fn urgency() -> Terms<4> {
    use request::Column as C;
    let column = |column: C| Expr::col((request::Entity, column));
    let needed_by = Func::coalesce([column(C::NeededBy), Expr::val(NO_DAY)]);
    Terms([
        (column(C::Status).eq(RequestStatus::Open.code()), true),
        (Expr::expr(needed_by), false),
        (column(C::OpenedOn), true),
        (column(C::Code), false),
    ])
}

/// Where the request stands that a page lies beside.
async fn place(
    db: &impl ConnectionTrait,
    at: &At,
) -> Result<Option<[sea_orm::Value; 4]>, StorageError> {
    let Some(turn) = &at.turn else {
        return Ok(None);
    };
    let row = request::Entity::find()
        .filter(request::Column::Code.eq(turn.code()))
        .one(db)
        .await?;
    Ok(row.map(|row| {
        [
            (row.status == RequestStatus::Open.code()).into(),
            row.needed_by.unwrap_or(NO_DAY).into(),
            row.opened_on.into(),
            row.code.into(),
        ]
    }))
}

/// A page of the list: urgent ones first, then the newest.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
    number: u64,
) -> Result<Page<RequestLine>, StorageError> {
    page_at(db, filter, &At::page(number)).await
}

/// The same, by the row that it lies beside.
pub async fn page_at(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
    at: &At,
) -> Result<Page<RequestLine>, StorageError> {
    let (query, row) = (listed(db, filter).await?, place(db, at).await?);
    let page: Page<request::Model> = page_by_key(db, query, &urgency(), at, row, Ok).await?;
    Ok(Page {
        rows: with_families(db, page.rows).await?,
        number: page.number,
        total: page.total,
    })
}

async fn with_families(
    db: &impl ConnectionTrait,
    rows: Vec<request::Model>,
) -> Result<Vec<RequestLine>, StorageError> {
    let ids = rows.iter().map(|row| row.family_id);
    let families = family::Entity::find()
        .filter(family::Column::Id.is_in(ids))
        .all(db)
        .await?;
    let families: std::collections::HashMap<i64, family::Model> =
        families.into_iter().map(|one| (one.id, one)).collect();
    let lines = rows.into_iter().map(|row| {
        let family = families.get(&row.family_id).cloned();
        line((row, family))
    });
    lines.collect()
}

/// Up to `most` lines of the same list, from a place on.
pub async fn lines(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
    from: u64,
    most: u64,
) -> Result<Vec<RequestLine>, StorageError> {
    let query = listed(db, filter).await?;
    lines_of_query(db, query, from, most).await
}

/// Requests of the families that the search of a list may have meant, had their names been
/// spelt otherwise; the nearest first. None that the list itself shows.
pub async fn spelt_alike(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
) -> Result<Vec<RequestLine>, StorageError> {
    let meant = names::meant(db, People::Families, &filter.words).await?;
    if meant.ids.is_empty() {
        return Ok(Vec::new());
    }
    let narrowed = ListFilter {
        words: Vec::new(),
        ..filter.clone()
    };
    let rows = listed(db, &narrowed)
        .await?
        .filter(family::Column::Id.is_in(meant.ids.iter().copied()))
        .select_also(family::Entity)
        .all(db)
        .await?;
    let whole = |(row, family): (request::Model, Option<family::Model>)| Some((row, family?));
    let rows: Vec<(request::Model, family::Model)> = rows.into_iter().filter_map(whole).collect();
    let rows = names::nearest_first(
        &meant,
        rows,
        MOST_ALIKE,
        |one: &(request::Model, family::Model)| {
            let (row, family) = one;
            let names = vec![family.given_name.as_str(), family.family_name.as_str()];
            (names, family.folded.as_str(), row.code.as_str())
        },
    );
    let lines = rows
        .into_iter()
        .map(|(row, family)| line((row, Some(family))));
    lines.collect()
}

async fn listed(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
) -> Result<Select<request::Entity>, StorageError> {
    let names = Names::load(db).await?;
    let mut condition = Condition::all();
    if let Some(status) = &filter.status {
        condition = condition.add(request::Column::Status.eq(status.as_str()));
    }
    if let Some(arrangement) = &filter.arrangement {
        condition = condition.add(request::Column::Arrangement.eq(arrangement.as_str()));
    }
    if let Some(desk) = &filter.desk {
        condition = condition.add(family::Column::DeskId.eq(names.desk_id(desk)?));
    }
    if !filter.words.is_empty() {
        let family_words = has_all_words(
            &Expr::col((family::Entity, family::Column::Folded)),
            &filter.words,
        );
        let code = Func::lower(Expr::col((request::Entity, request::Column::Code)));
        let code = Expr::expr(code).like(format!("%{}%", filter.words.join("-").replace(' ', "-")));
        condition = condition.add(family_words.or(code));
    }
    Ok(request::Entity::find()
        .join(
            sea_orm::JoinType::InnerJoin,
            request::Relation::Family.def(),
        )
        .filter(condition))
}

async fn lines_of_query(
    db: &impl ConnectionTrait,
    query: Select<request::Entity>,
    from: u64,
    most: u64,
) -> Result<Vec<RequestLine>, StorageError> {
    let rows = query
        .select_also(family::Entity)
        .order_by(
            request::Column::Status.eq(RequestStatus::Open.code()),
            sea_orm::Order::Desc,
        )
        .order_by_with_nulls(
            request::Column::NeededBy,
            sea_orm::Order::Asc,
            sea_orm::sea_query::NullOrdering::Last,
        )
        .order_by_desc(request::Column::OpenedOn)
        .order_by_asc(request::Column::Code)
        .offset(from)
        .limit(most)
        .all(db)
        .await?;
    rows.into_iter().map(line).collect()
}

/// How many there are in a state.
pub async fn count(db: &impl ConnectionTrait, status: RequestStatus) -> Result<u64, StorageError> {
    Ok(request::Entity::find()
        .filter(request::Column::Status.eq(status.code()))
        .count(db)
        .await?)
}

pub(super) fn line(
    (row, family): (request::Model, Option<family::Model>),
) -> Result<RequestLine, StorageError> {
    let family = TABLE.some("family_id", family)?;
    Ok(RequestLine {
        comune: TABLE.some("comune", Comune::by_istat(&row.comune))?,
        arrangement: TABLE.some("arrangement", Arrangement::parse(&row.arrangement))?,
        status: TABLE.read("status", RequestStatus::parse(&row.status))?,
        family_name: format!("{} {}", family.given_name, family.family_name),
        family_code: family.code,
        code: row.code,
        start_date: row.start_date,
        needed_by: row.needed_by,
        opened_on: row.opened_on,
    })
}

fn to_row(
    request: &CareRequest,
    families: &std::collections::HashMap<String, i64>,
) -> Result<request::ActiveModel, StorageError> {
    let family = request.family.as_str();
    let family_id = families.get(family).ok_or_else(|| StorageError::Missing {
        table: "families",
        key: family.to_owned(),
    })?;
    Ok(request::ActiveModel {
        code: Set(request
            .code
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default()),
        family_id: Set(*family_id),
        comune: Set(request.comune.istat().to_owned()),
        arrangement: Set(request.arrangement.code().to_owned()),
        schedule: Set(week_cell(&request.schedule)),
        live_in_hours: Set(number_cell(request.live_in_hours.hours())),
        covers: Set(request.covers.as_ref().map(ToString::to_string)),
        min_coverage_permille: Set(number_cell(request.min_coverage_permille)),
        start_date: Set(request.start_date),
        end_date: Set(request.end_date),
        needed_by: Set(request.needed_by),
        required_skills: Set(joined(request.required_skills.codes())),
        preferred_skills: Set(joined(request.preferred_skills.codes())),
        required_qualifications: Set(joined(request.required_qualifications.codes())),
        required_languages: Set(request.required_languages.to_string()),
        max_pay_hour: Set(request.max_pay_hour.map(|pay| number_cell(pay.cents()))),
        max_pay_month: Set(request.max_pay_month.map(|pay| number_cell(pay.cents()))),
        ccnl_level: Set(request.ccnl_level.map(|level| level.code().to_owned())),
        public_contribution: Set(request.public_contribution),
        self_sufficient: Set(request.self_sufficient),
        worker_sex: Set(request.worker_sex.map(|sex| sex.code().to_owned())),
        worker_sex_ground: Set(request.worker_sex.map(|_| SEX_GROUND.to_owned())),
        worker_sex_asked_by: Set(request.worker_sex_asked_by),
        status: Set(request.status.code().to_owned()),
        paused_until: Set(request.paused_until),
        pause_reason: Set(request.pause_reason.map(str::to_owned)),
        close_reason: Set(request.close_reason.map(str::to_owned)),
        opened_on: Set(request.opened_on),
        excluded: Set(request.excluded.map(|why| why.code().to_owned())),
        excluded_on: Set(request.excluded_on),
        version: Set(1),
        ..Default::default()
    })
}

pub(super) fn stored(
    (row, family): (request::Model, Option<family::Model>),
) -> Result<Stored<CareRequest>, StorageError> {
    let family = TABLE.some("family_id", family)?;
    let hours = TABLE.number("live_in_hours", row.live_in_hours)?;
    let value = CareRequest {
        code: Some(TABLE.read("code", RequestCode::parse(&row.code))?),
        family: TABLE.read("family_id", FamilyCode::parse(&family.code))?,
        comune: TABLE.some("comune", Comune::by_istat(&row.comune))?,
        arrangement: TABLE.some("arrangement", Arrangement::parse(&row.arrangement))?,
        schedule: TABLE.week("schedule", &row.schedule)?,
        live_in_hours: TABLE.some("live_in_hours", LiveInHours::from_hours(hours))?,
        covers: TABLE.optional("covers", row.covers, |code| RequestCode::parse(&code))?,
        min_coverage_permille: TABLE.number("min_coverage_permille", row.min_coverage_permille)?,
        start_date: row.start_date,
        end_date: row.end_date,
        needed_by: row.needed_by,
        required_skills: TABLE.read("required_skills", reading::skills(&row.required_skills))?,
        preferred_skills: TABLE.read("preferred_skills", reading::skills(&row.preferred_skills))?,
        required_qualifications: TABLE.read(
            "required_qualifications",
            reading::qualifications(&row.required_qualifications),
        )?,
        required_languages: TABLE.read(
            "required_languages",
            Languages::parse(&row.required_languages),
        )?,
        max_pay_hour: TABLE.money("max_pay_hour", row.max_pay_hour)?,
        max_pay_month: TABLE.money("max_pay_month", row.max_pay_month)?,
        ccnl_level: TABLE.optional("ccnl_level", row.ccnl_level, |code| {
            CcnlLevel::by_code(&code).ok_or(())
        })?,
        public_contribution: row.public_contribution,
        self_sufficient: row.self_sufficient,
        worker_sex: TABLE.optional("worker_sex", row.worker_sex, |code| {
            Sex::parse(&code).ok_or(())
        })?,
        worker_sex_asked_by: row.worker_sex_asked_by,
        status: TABLE.read("status", RequestStatus::parse(&row.status))?,
        paused_until: row.paused_until,
        pause_reason: TABLE.optional("pause_reason", row.pause_reason, |code| {
            reading::reason(ReasonList::Pause, &code)
        })?,
        close_reason: TABLE.optional("close_reason", row.close_reason, |code| {
            reading::reason(ReasonList::Close, &code)
        })?,
        opened_on: row.opened_on,
        excluded: TABLE.optional("excluded", row.excluded, |code| Exclusion::parse(&code))?,
        excluded_on: row.excluded_on,
    };
    Ok(Stored {
        id: row.id,
        version: row.version,
        value,
    })
}
