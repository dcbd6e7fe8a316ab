//! People of whom nothing was heard for long: who is asked whether their data stay, who said
//! so, and whose time is over. Silence is worked out, never kept: no confirmation, no sheet
//! or proposal, no request, no answer or question, no note, nothing that the desk has to do,
//! no change by somebody, and no word that they stay.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use super::Page;
use super::entity::{
    answer, block, contact_note, erasure, family, introduction, invitation, person_task, proposal,
    record_change, renewal, request, restriction, worker,
};
use super::error::StorageError;
use super::mailings::Person;
use super::merges::People;
use super::retention::Before;
use super::waiting::{Whose, of_desk};
use crate::domain::request::RequestStatus;
use crate::domain::setting::KeepWord;
use crate::domain::worker::WorkerStatus;

/// Adds a word about some people.
pub async fn insert_many(
    db: &impl ConnectionTrait,
    people: &[Person],
    word: KeepWord,
    (on, by): (NaiveDate, Option<i64>),
) -> Result<(), StorageError> {
    if people.is_empty() {
        return Ok(());
    }
    let rows = people.iter().map(|person| {
        let (family_id, worker_id) = person.keys();
        renewal::ActiveModel {
            worker_id: Set(worker_id),
            family_id: Set(family_id),
            word: Set(word.code().to_owned()),
            made_on: Set(on),
            account_id: Set(by),
            ..Default::default()
        }
    });
    renewal::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// A mail that asked somebody did not go, or came back: they were not asked.
pub async fn not_asked(db: &impl ConnectionTrait, person: Person) -> Result<(), StorageError> {
    renewal::Entity::delete_many()
        .filter(of_person(person))
        .filter(renewal::Column::Word.eq(KeepWord::Asked.code()))
        .exec(db)
        .await?;
    Ok(())
}

/// When somebody was asked last.
pub async fn asked_on(
    db: &impl ConnectionTrait,
    person: Person,
) -> Result<Option<NaiveDate>, StorageError> {
    let row = renewal::Entity::find()
        .filter(of_person(person))
        .filter(renewal::Column::Word.eq(KeepWord::Asked.code()))
        .order_by_desc(renewal::Column::MadeOn)
        .one(db)
        .await?;
    Ok(row.map(|row| row.made_on))
}

fn of_person(person: Person) -> SimpleExpr {
    match person {
        Person::Worker(id) => renewal::Column::WorkerId.eq(id),
        Person::Family(id) => renewal::Column::FamilyId.eq(id),
    }
}

/// The column of words that holds somebody's key, and that key in the row.
fn keys(people: People) -> (renewal::Column, SimpleExpr) {
    match people {
        People::Workers => (
            renewal::Column::WorkerId,
            Expr::col((worker::Entity, worker::Column::Id)),
        ),
        People::Families => (
            renewal::Column::FamilyId,
            Expr::col((family::Entity, family::Column::Id)),
        ),
    }
}

/// Whether there is such a word about the person of the row.
fn said(people: People, word: KeepWord, such_that: SimpleExpr) -> SimpleExpr {
    let column = |one| Expr::col((renewal::Entity, one));
    let (of, key) = keys(people);
    let query = Query::select()
        .expr(Expr::val(1))
        .from(renewal::Entity)
        .and_where(column(of).eq(key))
        .and_where(column(renewal::Column::Word).eq(word.code()))
        .and_where(such_that)
        .to_owned();
    Expr::exists(query)
}

fn made_on() -> SimpleExpr {
    Expr::col((renewal::Entity, renewal::Column::MadeOn))
}

fn code(people: People) -> SimpleExpr {
    match people {
        People::Workers => Expr::col((worker::Entity, worker::Column::Code)),
        People::Families => Expr::col((family::Entity, family::Column::Code)),
    }
}

/// The record was changed since, by somebody: pauses begin and end by themselves.
fn touched(people: People, before: Before) -> SelectStatement {
    let column = |one| Expr::col((record_change::Entity, one));
    let alone = [WorkerStatus::Paused.code(), WorkerStatus::Active.code()];
    let by_somebody = column(record_change::Column::AccountId)
        .is_not_null()
        .or(column(record_change::Column::Action).is_not_in(alone));
    Query::select()
        .expr(Expr::val(1))
        .from(record_change::Entity)
        .and_where(column(record_change::Column::Kind).eq(people.kind()))
        .and_where(column(record_change::Column::Record).eq(code(people)))
        .and_where(by_somebody)
        .and_where(column(record_change::Column::At).gte(before.at))
        .to_owned()
}

/// A note was written about them since.
fn noted(people: People, before: Before) -> SelectStatement {
    let column = |one| Expr::col((contact_note::Entity, one));
    Query::select()
        .expr(Expr::val(1))
        .from(contact_note::Entity)
        .and_where(column(contact_note::Column::Kind).eq(people.kind()))
        .and_where(column(contact_note::Column::Record).eq(code(people)))
        .and_where(column(contact_note::Column::WrittenAt).gte(before.at))
        .to_owned()
}

/// Somebody at the desk still has something to do about them.
fn waits(people: People) -> SelectStatement {
    let column = |one| Expr::col((person_task::Entity, one));
    let of = match people {
        People::Workers => person_task::Column::WorkerId,
        People::Families => person_task::Column::FamilyId,
    };
    Query::select()
        .expr(Expr::val(1))
        .from(person_task::Entity)
        .and_where(column(of).eq(keys(people).1))
        .and_where(column(person_task::Column::DoneAt).is_null())
        .to_owned()
}

/// The introductions of the row's person.
fn introduced(people: People) -> SelectStatement {
    let column = |one| Expr::col((introduction::Entity, one));
    let mut query = Query::select();
    query
        .column((introduction::Entity, introduction::Column::Id))
        .from(introduction::Entity);
    match people {
        People::Workers => {
            query.and_where(column(introduction::Column::WorkerId).eq(keys(people).1));
        }
        People::Families => {
            let requests = Query::select()
                .column((request::Entity, request::Column::Id))
                .from(request::Entity)
                .and_where(
                    Expr::col((request::Entity, request::Column::FamilyId)).eq(keys(people).1),
                )
                .to_owned();
            query.and_where(column(introduction::Column::RequestId).in_subquery(requests));
        }
    }
    query
}

/// Somebody said since what became of an introduction of theirs, or was asked.
fn answered(people: People, before: Before) -> SimpleExpr {
    let said = Query::select()
        .expr(Expr::val(1))
        .from(answer::Entity)
        .and_where(
            Expr::col((answer::Entity, answer::Column::IntroductionId))
                .in_subquery(introduced(people)),
        )
        .and_where(Expr::col((answer::Entity, answer::Column::AnsweredOn)).gte(before.day))
        .to_owned();
    let asked = Query::select()
        .expr(Expr::val(1))
        .from(invitation::Entity)
        .and_where(
            Expr::col((invitation::Entity, invitation::Column::IntroductionId))
                .in_subquery(introduced(people)),
        )
        .and_where(Expr::col((invitation::Entity, invitation::Column::OpensOn)).gte(before.day))
        .to_owned();
    Expr::exists(said).or(Expr::exists(asked))
}

/// Whoever is held back, or was within the time, stays.
fn held(people: People) -> SelectStatement {
    let column = |one| Expr::col((block::Entity, one));
    Query::select()
        .expr(Expr::val(1))
        .from(block::Entity)
        .and_where(column(block::Column::Kind).eq(people.kind()))
        .and_where(column(block::Column::Record).eq(code(people)))
        .and_where(column(block::Column::EndedAt).is_null())
        .to_owned()
}

/// Whose data are gone already.
fn erased(people: People) -> SelectStatement {
    let column = |one| Expr::col((erasure::Entity, one));
    Query::select()
        .expr(Expr::val(1))
        .from(erasure::Entity)
        .and_where(column(erasure::Column::Kind).eq(people.kind()))
        .and_where(column(erasure::Column::Record).eq(code(people)))
        .to_owned()
}

/// Whoever asked that their data be kept and not used.
fn restricted(people: People) -> SelectStatement {
    let column = |one| Expr::col((restriction::Entity, one));
    Query::select()
        .expr(Expr::val(1))
        .from(restriction::Entity)
        .and_where(column(restriction::Column::Kind).eq(people.kind()))
        .and_where(column(restriction::Column::Record).eq(code(people)))
        .and_where(column(restriction::Column::EndedAt).is_null())
        .to_owned()
}

/// What is common to both kinds of people.
fn silent(people: People, before: Before) -> SimpleExpr {
    let stays = said(people, KeepWord::Kept, made_on().gte(before.day));
    let gone = said(people, KeepWord::Erased, Expr::val(1).eq(1));
    (Expr::exists(touched(people, before)).not())
        .and(Expr::exists(noted(people, before)).not())
        .and(Expr::exists(waits(people)).not())
        .and(answered(people, before).not())
        .and(Expr::exists(held(people)).not())
        .and(Expr::exists(erased(people)).not())
        .and(Expr::exists(restricted(people)).not())
        .and(stays.not())
        .and(gone.not())
}

fn workers(whose: &Whose, before: Before) -> Select<worker::Entity> {
    let column = |one| Expr::col((introduction::Entity, one));
    let named = Query::select()
        .expr(Expr::val(1))
        .from(introduction::Entity)
        .and_where(
            column(introduction::Column::WorkerId)
                .eq(Expr::col((worker::Entity, worker::Column::Id))),
        )
        .and_where(column(introduction::Column::IssuedOn).gte(before.day))
        .to_owned();
    let proposed = Query::select()
        .expr(Expr::val(1))
        .from(proposal::Entity)
        .and_where(
            Expr::col((proposal::Entity, proposal::Column::WorkerId))
                .eq(Expr::col((worker::Entity, worker::Column::Id))),
        )
        .and_where(Expr::col((proposal::Entity, proposal::Column::ProposedOn)).gte(before.day))
        .to_owned();
    let confirmed = worker::Column::ConfirmedOn.is_null();
    let confirmed = confirmed.or(worker::Column::ConfirmedOn.lt(before.day));
    let mut query = worker::Entity::find()
        .filter(worker::Column::RegisteredOn.lt(before.day))
        .filter(confirmed)
        .filter(Expr::exists(named).not())
        .filter(Expr::exists(proposed).not())
        .filter(silent(People::Workers, before));
    if let Whose::Mine(_, code) | Whose::Desk(code) = whose {
        query = query.filter(worker::Column::DeskId.in_subquery(of_desk(code)));
    }
    query
}

fn families(whose: &Whose, before: Before) -> Select<family::Entity> {
    let column = |one| Expr::col((request::Entity, one));
    let asked = |such_that: SimpleExpr| {
        let key = Expr::col((family::Entity, family::Column::Id));
        let query = Query::select()
            .expr(Expr::val(1))
            .from(request::Entity)
            .and_where(column(request::Column::FamilyId).eq(key))
            .and_where(such_that)
            .to_owned();
        Expr::exists(query)
    };
    let going = [RequestStatus::Open.code(), RequestStatus::Paused.code()];
    let going = column(request::Column::Status).is_in(going);
    let named = Query::select()
        .expr(Expr::val(1))
        .from(introduction::Entity)
        .and_where(
            Expr::col((introduction::Entity, introduction::Column::RequestId))
                .eq(column(request::Column::Id)),
        )
        .and_where(
            Expr::col((introduction::Entity, introduction::Column::IssuedOn)).gte(before.day),
        )
        .to_owned();
    let lately = column(request::Column::OpenedOn)
        .gte(before.day)
        .or(going)
        .or(Expr::exists(named));
    // Of a family that never asked it is not known since when it is here.
    let mut query = family::Entity::find()
        .filter(asked(Expr::val(1).eq(1)))
        .filter(asked(lately).not())
        .filter(silent(People::Families, before));
    if let Whose::Mine(_, code) | Whose::Desk(code) = whose {
        query = query.filter(family::Column::DeskId.in_subquery(of_desk(code)));
    }
    query
}

/// Those of them who were asked within the time: few, whoever else there is.
fn asked_since(people: People, before: Before) -> SelectStatement {
    let mut query = Query::select();
    query
        .column((renewal::Entity, keys(people).0))
        .from(renewal::Entity)
        .and_where(Expr::col((renewal::Entity, renewal::Column::Word)).eq(KeepWord::Asked.code()))
        .and_where(made_on().gte(before.day))
        .and_where(Expr::col((renewal::Entity, keys(people).0)).is_not_null());
    query
}

/// Workers who were asked and said nothing.
pub(super) fn workers_asked(whose: &Whose, before: Before) -> Select<worker::Entity> {
    let asked = asked_since(People::Workers, before);
    workers(whose, before).filter(worker::Column::Id.in_subquery(asked))
}

/// Families that were asked and said nothing.
pub(super) fn families_asked(whose: &Whose, before: Before) -> Select<family::Entity> {
    let asked = asked_since(People::Families, before);
    families(whose, before).filter(family::Column::Id.in_subquery(asked))
}

/// Key and code of somebody.
pub type Who = (i64, String);

/// Which of those who are silent.
#[derive(Debug, Clone, Copy)]
pub enum Which {
    All,
    /// Nobody asked them since.
    ToAsk,
    /// They were asked on this day or before.
    ToErase(NaiveDate),
}

impl Which {
    fn narrows(self, people: People, before: Before) -> SimpleExpr {
        let since = made_on().gte(before.day);
        match self {
            Self::All => Expr::val(1).eq(1),
            Self::ToAsk => said(people, KeepWord::Asked, since).not(),
            Self::ToErase(by) => said(people, KeepWord::Asked, since.and(made_on().lte(by))),
        }
    }
}

/// Up to `most` of them whose keys come after `after`, by key.
pub async fn some(
    db: &impl ConnectionTrait,
    people: People,
    (before, which): (Before, Which),
    (after, most): (i64, u64),
) -> Result<Vec<Who>, StorageError> {
    let (everybody, narrowed) = (Whose::Everybody, which.narrows(people, before));
    Ok(match people {
        People::Workers => {
            workers(&everybody, before)
                .select_only()
                .columns([worker::Column::Id, worker::Column::Code])
                .filter(narrowed)
                .filter(worker::Column::Id.gt(after))
                .order_by_asc(worker::Column::Id)
                .limit(most)
                .into_tuple()
                .all(db)
                .await?
        }
        People::Families => {
            families(&everybody, before)
                .select_only()
                .columns([family::Column::Id, family::Column::Code])
                .filter(narrowed)
                .filter(family::Column::Id.gt(after))
                .order_by_asc(family::Column::Id)
                .limit(most)
                .into_tuple()
                .all(db)
                .await?
        }
    })
}

/// How many there are.
pub async fn count(
    db: &impl ConnectionTrait,
    people: People,
    (before, which): (Before, Which),
) -> Result<u64, StorageError> {
    let (everybody, narrowed) = (Whose::Everybody, which.narrows(people, before));
    Ok(match people {
        People::Workers => {
            let query = workers(&everybody, before).filter(narrowed);
            query.count(db).await?
        }
        People::Families => {
            let query = families(&everybody, before).filter(narrowed);
            query.count(db).await?
        }
    })
}

/// How many were asked on a day.
pub async fn asked_of_day(
    db: &impl ConnectionTrait,
    people: People,
    day: NaiveDate,
) -> Result<u64, StorageError> {
    let theirs = match people {
        People::Workers => renewal::Column::WorkerId.is_not_null(),
        People::Families => renewal::Column::FamilyId.is_not_null(),
    };
    Ok(renewal::Entity::find()
        .filter(theirs)
        .filter(renewal::Column::Word.eq(KeepWord::Asked.code()))
        .filter(renewal::Column::MadeOn.eq(day))
        .count(db)
        .await?)
}

/// Somebody whose time comes to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silent {
    pub id: i64,
    pub code: String,
    pub name: String,
    pub phone: Option<String>,
    /// When they were asked last.
    pub asked_on: Option<NaiveDate>,
}

type Row = (i64, String, String, String, Option<String>);

/// A page of those who were asked and said nothing, by code.
pub async fn page(
    db: &impl ConnectionTrait,
    whose: &Whose,
    people: People,
    before: Before,
    number: u64,
) -> Result<Page<Silent>, StorageError> {
    let size = Page::<()>::SIZE;
    macro_rules! page_of {
        ($entity:ident, $query:expr) => {{
            use $entity::Column as C;
            let query = $query;
            let total = query.clone().count(db).await?;
            let number = Page::<()>::within(number, total);
            let rows = query
                .select_only()
                .columns([C::Id, C::Code, C::GivenName, C::FamilyName, C::Phone])
                .order_by_asc(C::Code)
                .offset((number - 1) * size)
                .limit(size);
            (number, total, rows.into_tuple().all(db).await?)
        }};
    }
    let (number, total, rows): (u64, u64, Vec<Row>) = match people {
        People::Workers => page_of!(worker, workers_asked(whose, before)),
        People::Families => page_of!(family, families_asked(whose, before)),
    };
    let ids: Vec<i64> = rows.iter().map(|row| row.0).collect();
    let of = keys(people).0;
    let asked: Vec<(Option<i64>, NaiveDate)> = renewal::Entity::find()
        .select_only()
        .columns([of, renewal::Column::MadeOn])
        .filter(of.is_in(ids))
        .filter(renewal::Column::Word.eq(KeepWord::Asked.code()))
        .filter(renewal::Column::MadeOn.gte(before.day))
        .order_by_asc(renewal::Column::MadeOn)
        .into_tuple()
        .all(db)
        .await?;
    let silent = |(id, code, given, surname, phone): Row| {
        let mut theirs = asked.iter().rev().filter(|(of, _)| *of == Some(id));
        Silent {
            id,
            code,
            name: format!("{given} {surname}"),
            phone,
            asked_on: theirs.next().map(|(_, on)| *on),
        }
    };
    Ok(Page {
        rows: rows.into_iter().map(silent).collect(),
        number,
        total,
    })
}

/// Which of some codes are still silent: their keys.
pub async fn still_among(
    db: &impl ConnectionTrait,
    people: People,
    before: Before,
    codes: &[String],
) -> Result<Vec<Who>, StorageError> {
    let everybody = Whose::Everybody;
    Ok(match people {
        People::Workers => {
            workers(&everybody, before)
                .select_only()
                .columns([worker::Column::Id, worker::Column::Code])
                .filter(worker::Column::Code.is_in(codes.iter().cloned()))
                .order_by_asc(worker::Column::Id)
                .into_tuple()
                .all(db)
                .await?
        }
        People::Families => {
            families(&everybody, before)
                .select_only()
                .columns([family::Column::Id, family::Column::Code])
                .filter(family::Column::Code.is_in(codes.iter().cloned()))
                .order_by_asc(family::Column::Id)
                .into_tuple()
                .all(db)
                .await?
        }
    })
}
