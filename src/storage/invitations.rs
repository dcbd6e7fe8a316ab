//! Invitations: one introduction, one side, one wave, and how it ended. Which of
//! them are made, and when, is `domain::follow_up`'s to say.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult,
    JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait,
    Select,
};

use super::Page;
use super::entity::{answer, family, introduction, invitation, mailing, request, worker};
use super::error::StorageError;
use super::lists::{At, Terms, page_by_key};
use super::mailings::Person;
use super::merges::People;
use super::restrictions::restricted;
use super::rows::{Cells, number_cell};
use super::waiting::{Whose, whose_requests};
use super::waits::{Cut, Key, Of, says};
use crate::domain::answer::{Said, Teller, Wave};
use crate::domain::follow_up::{Asked, Disposition, NeedState, TRIES, oldest_open};
use crate::domain::ids::IntroductionCode;
use crate::domain::request::{Exclusion, RequestStatus};
use crate::domain::worker::WorkerStatus;

const TABLE: Cells = Cells("invitations");

/// An introduction that may be due.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub id: i64,
    pub code: IntroductionCode,
    pub request_id: i64,
    pub family_id: i64,
    pub worker_id: i64,
    pub issued_on: NaiveDate,
    pub loaded_on: Option<NaiveDate>,
    pub request: NeedState,
    pub worker_withdrawn: bool,
}

/// An invitation to be made.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    pub introduction_id: i64,
    pub side: Asked,
    pub wave: Wave,
    pub mailing_id: i64,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub phone_from: Option<NaiveDate>,
    pub drawn: bool,
    /// Where it ends before it begins, and the day.
    pub settled: Option<(Disposition, NaiveDate)>,
}

/// An invitation with what a page or a mail says of it.
#[derive(Debug, Clone)]
pub struct Item {
    pub id: i64,
    pub introduction: Candidate,
    pub side: Asked,
    pub wave: Wave,
    pub mailing_id: i64,
    pub opens_on: NaiveDate,
    pub closes_on: NaiveDate,
    pub phone_from: Option<NaiveDate>,
    pub disposition: Option<Disposition>,
    pub drawn: bool,
    pub tries: u32,
    pub last_try_at: Option<DateTime<Utc>>,
    pub worker_name: (String, String),
    pub family_name: (String, String),
    pub request_code: String,
    pub worker_code: String,
    pub family_code: String,
    pub desk_id: i64,
}

#[derive(Debug, FromQueryResult)]
struct CandidateRow {
    id: i64,
    code: String,
    request_id: i64,
    family_id: i64,
    worker_id: i64,
    issued_on: NaiveDate,
    loaded_on: Option<NaiveDate>,
    request_status: String,
    excluded: Option<String>,
    worker_status: String,
}

fn candidate(row: CandidateRow) -> Result<Candidate, StorageError> {
    let requests = Cells("requests");
    let excluded = requests.optional("excluded", row.excluded, |code| Exclusion::parse(&code))?;
    let status = requests.read("status", RequestStatus::parse(&row.request_status))?;
    let worker = Cells("workers").read("status", WorkerStatus::parse(&row.worker_status))?;
    Ok(Candidate {
        id: row.id,
        code: Cells("introductions").read("code", IntroductionCode::parse(&row.code))?,
        request_id: row.request_id,
        family_id: row.family_id,
        worker_id: row.worker_id,
        issued_on: row.issued_on,
        loaded_on: row.loaded_on,
        request: match (excluded, status) {
            (Some(why), _) => NeedState::Ended(why),
            (None, RequestStatus::Withdrawn) => NeedState::Withdrawn,
            (None, _) => NeedState::Lives,
        },
        worker_withdrawn: worker == WorkerStatus::Withdrawn,
    })
}

fn people<E: EntityTrait>(query: Select<E>) -> Select<E> {
    query
        .column_as(introduction::Column::Code, "code")
        .column_as(introduction::Column::RequestId, "request_id")
        .column_as(request::Column::FamilyId, "family_id")
        .column_as(introduction::Column::WorkerId, "worker_id")
        .column_as(introduction::Column::IssuedOn, "issued_on")
        .column_as(introduction::Column::LoadedOn, "loaded_on")
        .column_as(request::Column::Status, "request_status")
        .column_as(request::Column::Excluded, "excluded")
        .column_as(worker::Column::Status, "worker_status")
        .join(JoinType::InnerJoin, introduction::Relation::Request.def())
        .join(JoinType::InnerJoin, introduction::Relation::Worker.def())
}

fn invited(wave: Wave, side: Asked) -> SelectStatement {
    Query::select()
        .expr(Expr::val(1))
        .from(invitation::Entity)
        .and_where(
            Expr::col((invitation::Entity, invitation::Column::IntroductionId))
                .equals((introduction::Entity, introduction::Column::Id)),
        )
        .and_where(invitation::Column::Wave.eq(wave.code()))
        .and_where(invitation::Column::Side.eq(side.code()))
        .take()
}

/// Up to `limit` introductions, by day and key after `after`, whose wave may be open
/// today by the day of the sheet and that lack an invitation of a side: what of them
/// is due the domain decides.
pub async fn candidates(
    db: &impl ConnectionTrait,
    wave: Wave,
    today: NaiveDate,
    after: Option<(NaiveDate, i64)>,
    limit: u64,
) -> Result<Vec<Candidate>, StorageError> {
    use introduction::Column::{Id, IssuedOn};
    let (mut first, last) = days_of(wave, today);
    let mut query = lacking(wave);
    if let Some((day, id)) = after {
        first = std::cmp::max(first, day);
        query = query.filter(Condition::any().add(IssuedOn.gt(day)).add(Id.gt(id)));
    }
    // In the order of the index: neither is anything sorted, nor read beyond the last.
    let query = query
        .filter(IssuedOn.between(first, last))
        .order_by_asc(IssuedOn)
        .order_by_asc(Id)
        .limit(limit);
    let rows = query.into_model::<CandidateRow>().all(db).await?;
    rows.into_iter().map(candidate).collect()
}

/// The same by the day on which a job began, by key after `after`.
pub async fn candidates_by_start(
    db: &impl ConnectionTrait,
    wave: Wave,
    today: NaiveDate,
    after: i64,
    limit: u64,
) -> Result<Vec<Candidate>, StorageError> {
    let (first, last) = days_of(wave, today);
    let started = Query::select()
        .column(answer::Column::IntroductionId)
        .from(answer::Entity)
        .and_where(answer::Column::StartedOn.between(first, last))
        .take();
    let query = lacking(wave)
        .filter(introduction::Column::Id.gt(after))
        .filter(introduction::Column::Id.in_subquery(started))
        .order_by_asc(introduction::Column::Id)
        .limit(limit);
    let rows = query.into_model::<CandidateRow>().all(db).await?;
    rows.into_iter().map(candidate).collect()
}

/// The days from which a wave may be open today.
fn days_of(wave: Wave, today: NaiveDate) -> (NaiveDate, NaiveDate) {
    let days = chrono::TimeDelta::days(wave.days());
    (oldest_open(today) - days, today - days)
}

/// Introductions that lack an invitation of a side; of a wave of a hire those of which
/// somebody told of one.
fn lacking(wave: Wave) -> Select<introduction::Entity> {
    let query = introduction::Entity::find()
        .select_only()
        .column_as(introduction::Column::Id, "id");
    let query = people(query).filter(
        Condition::any()
            .add(Expr::exists(invited(wave, Asked::Family)).not())
            .add(Expr::exists(invited(wave, Asked::Worker)).not()),
    );
    if !wave.is_of_a_hire() {
        return query;
    }
    let of_row = Expr::col((answer::Entity, answer::Column::IntroductionId))
        .equals((introduction::Entity, introduction::Column::Id));
    let told = Condition::any()
        .add(answer::Column::Result.eq(Said::Hired.code()))
        .add(answer::Column::StillWorking.is_not_null());
    let hired = Query::select()
        .expr(Expr::val(1))
        .from(answer::Entity)
        .and_where(of_row)
        .cond_where(told)
        .take();
    query.filter(Expr::exists(hired))
}

/// When the introductions of some requests were issued: request, introduction, day.
pub async fn issued(
    db: &impl ConnectionTrait,
    requests: &[i64],
) -> Result<Vec<(i64, i64, NaiveDate)>, StorageError> {
    Ok(introduction::Entity::find()
        .select_only()
        .column(introduction::Column::RequestId)
        .column(introduction::Column::Id)
        .column(introduction::Column::IssuedOn)
        .filter(introduction::Column::RequestId.is_in(requests.iter().copied()))
        .into_tuple()
        .all(db)
        .await?)
}

/// Which sides of some introductions are invited to a wave already.
pub async fn existing(
    db: &impl ConnectionTrait,
    wave: Wave,
    introductions: &[i64],
) -> Result<Vec<(i64, Asked)>, StorageError> {
    let rows: Vec<(i64, String)> = invitation::Entity::find()
        .select_only()
        .column(invitation::Column::IntroductionId)
        .column(invitation::Column::Side)
        .filter(invitation::Column::Wave.eq(wave.code()))
        .filter(invitation::Column::IntroductionId.is_in(introductions.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(id, side)| Ok((id, TABLE.read("side", Asked::parse(&side))?)))
        .collect()
}

/// Adds invitations.
pub async fn insert_many(
    db: &impl ConnectionTrait,
    new: &[NewInvitation],
) -> Result<(), StorageError> {
    if new.is_empty() {
        return Ok(());
    }
    let rows = new.iter().map(|one| invitation::ActiveModel {
        introduction_id: Set(one.introduction_id),
        side: Set(one.side.code().to_owned()),
        wave: Set(one.wave.code().to_owned()),
        mailing_id: Set(one.mailing_id),
        opens_on: Set(one.opens_on),
        closes_on: Set(one.closes_on),
        phone_from: Set(one.phone_from),
        drawn: Set(one.drawn),
        disposition: Set(one
            .settled
            .map(|(disposition, _)| disposition.code().to_owned())),
        settled_on: Set(one.settled.map(|(_, day)| day)),
        tries: Set(0),
        last_try_at: Set(None),
        ..Default::default()
    });
    invitation::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

#[derive(Debug, FromQueryResult)]
struct ItemRow {
    invitation_id: i64,
    #[sea_orm(nested)]
    introduction: CandidateRow,
    side: String,
    wave: String,
    mailing_id: i64,
    opens_on: NaiveDate,
    closes_on: NaiveDate,
    phone_from: Option<NaiveDate>,
    disposition: Option<String>,
    drawn: bool,
    tries: i32,
    last_try_at: Option<DateTime<Utc>>,
    worker_given: String,
    worker_family: String,
    family_given: String,
    family_family: String,
    request_code: String,
    worker_code: String,
    family_code: String,
    desk_id: i64,
}

/// Up to `limit` invitations with what is said of them, by key.
pub async fn items(
    db: &impl ConnectionTrait,
    which: Condition,
    limit: u64,
) -> Result<Vec<Item>, StorageError> {
    let rows = item_query()
        .filter(which)
        .order_by_asc(invitation::Column::Id)
        .limit(limit)
        .into_model::<ItemRow>()
        .all(db)
        .await?;
    rows.into_iter().map(item).collect()
}

fn item_query() -> Select<invitation::Entity> {
    use invitation::Column as I;
    let query = invitation::Entity::find()
        .select_only()
        .column_as(I::Id, "invitation_id")
        .column_as(introduction::Column::Id, "id")
        .columns([I::Side, I::Wave, I::MailingId, I::OpensOn, I::ClosesOn])
        .columns([
            I::PhoneFrom,
            I::Disposition,
            I::Drawn,
            I::Tries,
            I::LastTryAt,
        ])
        .column_as(worker::Column::GivenName, "worker_given")
        .column_as(worker::Column::FamilyName, "worker_family")
        .column_as(family::Column::GivenName, "family_given")
        .column_as(family::Column::FamilyName, "family_family")
        .column_as(request::Column::Code, "request_code")
        .column_as(worker::Column::Code, "worker_code")
        .column_as(family::Column::Code, "family_code")
        .column_as(family::Column::DeskId, "desk_id")
        .join(
            JoinType::InnerJoin,
            invitation::Relation::Introduction.def(),
        );
    people(query).join(JoinType::InnerJoin, request::Relation::Family.def())
}

fn item(row: ItemRow) -> Result<Item, StorageError> {
    Ok(Item {
        id: row.invitation_id,
        introduction: candidate(row.introduction)?,
        side: TABLE.read("side", Asked::parse(&row.side))?,
        wave: TABLE.read("wave", Wave::parse(&row.wave))?,
        mailing_id: row.mailing_id,
        opens_on: row.opens_on,
        closes_on: row.closes_on,
        phone_from: row.phone_from,
        disposition: TABLE.optional("disposition", row.disposition, |code| {
            Disposition::parse(&code)
        })?,
        drawn: row.drawn,
        tries: TABLE.number("tries", row.tries)?,
        last_try_at: row.last_try_at,
        worker_name: (row.worker_given, row.worker_family),
        family_name: (row.family_given, row.family_family),
        request_code: row.request_code,
        worker_code: row.worker_code,
        family_code: row.family_code,
        desk_id: row.desk_id,
    })
}

/// Invitations of a mailing: few, since a person has few introductions a day.
pub async fn of_mailing(
    db: &impl ConnectionTrait,
    mailing_id: i64,
) -> Result<Vec<Item>, StorageError> {
    let which = Condition::all().add(invitation::Column::MailingId.eq(mailing_id));
    items(db, which, 100).await
}

/// One invitation.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Item>, StorageError> {
    let which = Condition::all().add(invitation::Column::Id.eq(id));
    Ok(items(db, which, 1).await?.pop())
}

/// The invitation of one introduction, side and wave.
pub async fn of(
    db: &impl ConnectionTrait,
    introduction_id: i64,
    side: Asked,
    wave: Wave,
) -> Result<Option<Item>, StorageError> {
    let which = Condition::all()
        .add(invitation::Column::IntroductionId.eq(introduction_id))
        .add(invitation::Column::Side.eq(side.code()))
        .add(invitation::Column::Wave.eq(wave.code()));
    Ok(items(db, which, 1).await?.pop())
}

/// Up to `limit` invitations whose wave is over and that nobody settled.
pub async fn to_close(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    limit: u64,
) -> Result<Vec<Item>, StorageError> {
    let which = Condition::all()
        .add(invitation::Column::Disposition.is_null())
        .add(invitation::Column::ClosesOn.lte(today));
    items(db, which, limit).await
}

/// Up to `limit` invitations with keys above `last` of which the side that is asked has
/// said something at that wave, by today and before it was over, in an answer with a key
/// above `since`; without those that no answer changes any more.
pub async fn answered(
    db: &impl ConnectionTrait,
    since: i64,
    today: NaiveDate,
    last: i64,
    limit: u64,
) -> Result<Vec<Item>, StorageError> {
    use answer::Column as A;
    use invitation::Column as I;
    let same =
        |said: A, asked: I| Expr::col((answer::Entity, said)).equals((invitation::Entity, asked));
    let said = Query::select()
        .expr(Expr::val(1))
        .from(answer::Entity)
        .and_where(same(A::IntroductionId, I::IntroductionId))
        .and_where(same(A::Side, I::Side))
        .and_where(same(A::Wave, I::Wave))
        .and_where(A::Id.gt(since))
        .and_where(A::AnsweredOn.lte(today))
        .and_where(
            Expr::col((answer::Entity, A::AnsweredOn))
                .lt(Expr::col((invitation::Entity, I::ClosesOn))),
        )
        .take();
    // Entered at what is new, whatever the number of invitations.
    let new = Query::select()
        .column(A::IntroductionId)
        .from(answer::Entity)
        .and_where(A::Id.gt(since))
        .take();
    let stays = |one: &&Disposition| **one == Disposition::Complete || !one.gives_way();
    let stays = Disposition::ALL.iter().filter(stays);
    let may_change = Condition::any()
        .add(I::Disposition.is_null())
        .add(I::Disposition.is_not_in(stays.map(|one| one.code())));
    let which = Condition::all()
        .add(I::Id.gt(last))
        .add(I::IntroductionId.in_subquery(new))
        .add(may_change)
        .add(Expr::exists(said));
    items(db, which, limit).await
}

/// Writes down how invitations ended.
pub async fn settle(
    db: &impl ConnectionTrait,
    ids: &[i64],
    disposition: Disposition,
    day: NaiveDate,
) -> Result<(), StorageError> {
    invitation::Entity::update_many()
        .col_expr(
            invitation::Column::Disposition,
            Expr::val(disposition.code()),
        )
        .col_expr(invitation::Column::SettledOn, Expr::val(day))
        .filter(invitation::Column::Id.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    Ok(())
}

/// Ends every invitation of a person that is still open.
pub async fn settle_person(
    db: &impl ConnectionTrait,
    person: Person,
    disposition: Disposition,
    day: NaiveDate,
) -> Result<(), StorageError> {
    settle_people(db, &[person], disposition, day).await
}

/// The same of up to [`super::rows::CHUNK`] people.
pub async fn settle_people(
    db: &impl ConnectionTrait,
    people: &[Person],
    disposition: Disposition,
    day: NaiveDate,
) -> Result<(), StorageError> {
    let mailings = Query::select()
        .column(mailing::Column::Id)
        .from(mailing::Entity)
        .cond_where(super::mailings::theirs(people))
        .take();
    invitation::Entity::update_many()
        .col_expr(
            invitation::Column::Disposition,
            Expr::val(disposition.code()),
        )
        .col_expr(invitation::Column::SettledOn, Expr::val(day))
        .filter(invitation::Column::Disposition.is_null())
        .filter(invitation::Column::MailingId.in_subquery(mailings))
        .exec(db)
        .await?;
    Ok(())
}

fn of_person(person: Person) -> SelectStatement {
    Query::select()
        .column(mailing::Column::Id)
        .from(mailing::Entity)
        .cond_where(super::mailings::theirs(&[person]))
        .take()
}

/// Opens again what of a person's had ended so.
pub async fn reopen(
    db: &impl ConnectionTrait,
    person: Person,
    ended: Disposition,
) -> Result<(), StorageError> {
    invitation::Entity::update_many()
        .set(invitation::ActiveModel {
            disposition: Set(None),
            settled_on: Set(None),
            ..Default::default()
        })
        .filter(invitation::Column::Disposition.eq(ended.code()))
        .filter(invitation::Column::MailingId.in_subquery(of_person(person)))
        .exec(db)
        .await?;
    Ok(())
}

/// Whether something of a person's ended so.
pub async fn has_ended(
    db: &impl ConnectionTrait,
    person: Person,
    ended: Disposition,
) -> Result<bool, StorageError> {
    let found = invitation::Entity::find()
        .filter(invitation::Column::Disposition.eq(ended.code()))
        .filter(invitation::Column::MailingId.in_subquery(of_person(person)))
        .count(db)
        .await?;
    Ok(found > 0)
}

/// The calls to be made today: invitations that are open, whose telephone days have
/// come, with tries left.
fn to_be_called(today: NaiveDate) -> Select<invitation::Entity> {
    let which = Condition::all()
        .add(invitation::Column::Disposition.is_null())
        .add(invitation::Column::ClosesOn.gt(today))
        .add(invitation::Column::PhoneFrom.lte(today))
        .add(invitation::Column::Tries.lt(number_cell(TRIES)))
        .add(request::Column::Excluded.is_null())
        .add(request::Column::Status.ne(RequestStatus::Withdrawn.code()))
        .add(
            Condition::any()
                .add(invitation::Column::Side.eq(Asked::Family.code()))
                .add(worker::Column::Status.ne(WorkerStatus::Withdrawn.code())),
        )
        // Whose data may not be used is not phoned either.
        .add(
            Condition::any()
                .add(invitation::Column::Side.eq(Asked::Family.code()))
                .add(
                    worker::Column::Code.not_in_subquery(restricted(People::Workers).into_query()),
                ),
        )
        .add(
            Condition::any()
                .add(invitation::Column::Side.eq(Asked::Worker.code()))
                .add(
                    family::Column::Code.not_in_subquery(restricted(People::Families).into_query()),
                ),
        );
    item_query().filter(which)
}

/// Somebody's calls, in no order: those about the requests they are in charge of.
pub(super) fn waiting(
    whose: &Whose,
    today: NaiveDate,
    words: &[String],
) -> Select<invitation::Entity> {
    let key = |column| Expr::col((introduction::Entity, column));
    let about = [
        (key(introduction::Column::WorkerId), Of::Worker),
        (key(introduction::Column::RequestId), Of::Request),
    ];
    to_be_called(today)
        .filter(whose_requests(whose))
        .filter(says(words, &about))
}

/// Some of those calls. Those drawn by lot first, then by the wave that closes first.
pub async fn calls_of(
    db: &impl ConnectionTrait,
    whose: &Whose,
    today: NaiveDate,
    cut: Cut<'_>,
) -> Result<Vec<Item>, StorageError> {
    let all = waiting(whose, today, cut.words);
    let rows = cut
        .of(all, &pressing(), &Key::Id(invitation::Column::Id))
        .into_model::<ItemRow>()
        .all(db)
        .await?;
    cut.straight(rows).into_iter().map(item).collect()
}

/// Those drawn by lot first, then by the wave that closes first.
fn pressing() -> Terms<3> {
    use invitation::Column as C;
    let column = |column: C| Expr::col((invitation::Entity, column));
    Terms([
        (column(C::Drawn), true),
        (column(C::ClosesOn), false),
        (column(C::Id), false),
    ])
}

/// A page of the calls of a desk, or of all, by the key of the call that it lies beside.
pub async fn calls(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    desk_id: Option<i64>,
    at: &At,
) -> Result<Page<Item>, StorageError> {
    let mut query = to_be_called(today);
    if let Some(desk_id) = desk_id {
        query = query.filter(family::Column::DeskId.eq(desk_id));
    }
    let beside = match at.key() {
        Some(id) => invitation::Entity::find_by_id(id).one(db).await?,
        None => None,
    };
    let row = beside.map(|row| [row.drawn.into(), row.closes_on.into(), row.id.into()]);
    page_by_key(db, query, &pressing(), at, row, item).await
}

/// The telephone is tried from this day on, where it was to be tried later.
pub async fn phone_from(
    db: &impl ConnectionTrait,
    mailing_id: i64,
    day: NaiveDate,
) -> Result<(), StorageError> {
    let later = Condition::any()
        .add(invitation::Column::PhoneFrom.is_null())
        .add(invitation::Column::PhoneFrom.gt(day));
    invitation::Entity::update_many()
        .col_expr(invitation::Column::PhoneFrom, Expr::val(day))
        .filter(invitation::Column::MailingId.eq(mailing_id))
        .filter(later)
        .exec(db)
        .await?;
    Ok(())
}

/// An answer says something of the result: who tells whether they still work was hired, as
/// `Told::said` has it.
fn states(of: &'static str) -> Condition {
    let its = |column: answer::Column| Expr::col((of, column));
    Condition::any()
        .add(its(answer::Column::Result).is_not_null())
        .add(its(answer::Column::StillWorking).is_not_null())
}

/// Later words of the same side about the same wave, or also about later ones.
fn overruling(later_waves: bool, today: NaiveDate) -> SelectStatement {
    use answer::Column as C;
    let later = |column: C| Expr::col(("later", column));
    let own = |column: C| Expr::col((answer::Entity, column));
    let same = |column: C| later(column).eq(own(column));
    let of_the_day = Condition::all()
        .add(same(C::AnsweredOn))
        .add(later(C::Id).gt(own(C::Id)));
    let since = Condition::any()
        .add(later(C::AnsweredOn).gt(own(C::AnsweredOn)))
        .add(of_the_day);
    let of_the_wave = Condition::all().add(same(C::Wave)).add(since);
    let mut overrules = Condition::any().add(of_the_wave);
    if later_waves {
        overrules = overrules.add(later(C::Wave).gt(own(C::Wave)));
    }
    Query::select()
        .expr(Expr::val(1))
        .from_as(answer::Entity, "later")
        .and_where(same(C::IntroductionId))
        .and_where(same(C::Side))
        .and_where(later(C::AnsweredOn).lte(today))
        .cond_where(states("later"))
        .cond_where(overrules)
        .take()
}

/// Introductions of which one side says hired and the other no, as their words stand by a
/// day, and the desk found nothing yet.
pub(super) fn contradicted(today: NaiveDate) -> Condition {
    use answer::Column as C;
    let said = |side: Teller, what: Condition| {
        Query::select()
            .column(C::IntroductionId)
            .from(answer::Entity)
            .and_where(C::Side.eq(side.code()))
            .and_where(C::AnsweredOn.lte(today))
            .cond_where(what)
            .take()
    };
    let one_of = |results: [Said; 2]| {
        let results = results.map(Said::code);
        Condition::all().add(C::Result.is_in(results))
    };
    let worded = || {
        let still = Condition::all()
            .add(C::Result.is_null())
            .add(C::StillWorking.is_not_null());
        Condition::any()
            .add(C::Result.eq(Said::Hired.code()))
            .add(still)
    };
    // A side's word is hired where any wave says so, else what its latest wave says.
    let hired = || {
        Condition::all()
            .add(worded())
            .add(Expr::exists(overruling(false, today)).not())
    };
    let no =
        || one_of([Said::No, Said::Elsewhere]).add(Expr::exists(overruling(true, today)).not());
    let id = || introduction::Column::Id;
    let both = |one: Teller, other: Teller| {
        Condition::all()
            .add(id().in_subquery(said(one, hired())))
            .add(id().in_subquery(said(other, no())))
            .add(id().not_in_subquery(said(other, hired())))
    };
    let found = Condition::any()
        .add(one_of([Said::Hired, Said::No]))
        .add(worded());
    let settled = said(Teller::Desk, found);
    let contradicting = Condition::any()
        .add(both(Teller::Family, Teller::Worker))
        .add(both(Teller::Worker, Teller::Family));
    Condition::all()
        .add(contradicting)
        .add(id().not_in_subquery(settled))
}

/// Up to `limit` of those, by key before `before`: whether they conflict the domain
/// decides. The newest first.
pub async fn may_conflict(
    db: &impl ConnectionTrait,
    today: NaiveDate,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<Candidate>, StorageError> {
    let mut query = introduction::Entity::find()
        .select_only()
        .column_as(introduction::Column::Id, "id");
    if let Some(before) = before {
        query = query.filter(introduction::Column::Id.lt(before));
    }
    let rows = people(query)
        .filter(contradicted(today))
        .order_by_desc(introduction::Column::Id)
        .limit(limit)
        .into_model::<CandidateRow>()
        .all(db)
        .await?;
    rows.into_iter().map(candidate).collect()
}

/// One introduction, by its code.
pub async fn introduction(
    db: &impl ConnectionTrait,
    code: &IntroductionCode,
) -> Result<Option<Candidate>, StorageError> {
    let query = introduction::Entity::find()
        .select_only()
        .column_as(introduction::Column::Id, "id");
    let row = people(query)
        .filter(introduction::Column::Code.eq(code.as_str()))
        .into_model::<CandidateRow>()
        .one(db)
        .await?;
    row.map(candidate).transpose()
}
