//! What the desks have to do about people: whom to call, and why. Of a kind there
//! is one open task a person; what somebody wrote is each a task of its own.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
};

use super::Page;
use super::entity::{account, family, person_task, worker};
use super::error::StorageError;
use super::lists::{At, Terms};
use super::mailings::Person;
use super::rows::Cells;
use super::tasks::Done;
use super::waiting::{Whose, of_desk};
use super::waits::{Cut, Key, Of, says};
use crate::domain::private_link::PersonTask;

const TABLE: Cells = Cells("person_tasks");

const DONE: Done<person_task::Entity> = Done {
    id: person_task::Column::Id,
    at: person_task::Column::DoneAt,
    by: person_task::Column::DoneById,
};

/// A task with what is said of it.
#[derive(Debug, Clone)]
pub struct TaskLine {
    pub id: i64,
    pub person: Person,
    pub kind: PersonTask,
    /// The person's.
    pub code: String,
    pub name: String,
    pub phone: Option<String>,
    pub made_on: NaiveDate,
    /// What they wrote.
    pub words: Option<String>,
    pub done_at: Option<DateTime<Utc>>,
    pub done_by: Option<String>,
}

/// Adds a task; its key comes back. Without words one that is open stays the only
/// one of its kind.
pub async fn put(
    db: &impl ConnectionTrait,
    person: Person,
    kind: PersonTask,
    today: NaiveDate,
    words: Option<&str>,
) -> Result<i64, StorageError> {
    if words.is_none() {
        let open = person_task::Entity::find()
            .filter(of(person))
            .filter(person_task::Column::Kind.eq(kind.code()))
            .filter(person_task::Column::DoneAt.is_null())
            .one(db)
            .await?;
        if let Some(open) = open {
            return Ok(open.id);
        }
    }
    let (family_id, worker_id) = person.keys();
    let row = person_task::ActiveModel {
        family_id: Set(family_id),
        worker_id: Set(worker_id),
        kind: Set(kind.code().to_owned()),
        made_on: Set(today),
        words: Set(words.map(str::to_owned)),
        done_at: Set(None),
        done_by_id: Set(None),
        ..Default::default()
    };
    Ok(person_task::Entity::insert(row)
        .exec(db)
        .await?
        .last_insert_id)
}

/// How many tasks of a kind a person made since a day.
pub async fn count_since(
    db: &impl ConnectionTrait,
    person: Person,
    kind: PersonTask,
    since: NaiveDate,
) -> Result<u64, StorageError> {
    Ok(person_task::Entity::find()
        .filter(of(person))
        .filter(person_task::Column::Kind.eq(kind.code()))
        .filter(person_task::Column::MadeOn.gte(since))
        .count(db)
        .await?)
}

/// The open task of a kind: its key and day.
pub async fn open_of(
    db: &impl ConnectionTrait,
    person: Person,
    kind: PersonTask,
) -> Result<Option<(i64, NaiveDate)>, StorageError> {
    let row = person_task::Entity::find()
        .filter(of(person))
        .filter(person_task::Column::Kind.eq(kind.code()))
        .filter(person_task::Column::DoneAt.is_null())
        .order_by_desc(person_task::Column::Id)
        .one(db)
        .await?;
    Ok(row.map(|row| (row.id, row.made_on)))
}

/// Closes the open tasks of some kinds: what they were about is over.
pub async fn settle(
    db: &impl ConnectionTrait,
    person: Person,
    kinds: &[PersonTask],
    at: DateTime<Utc>,
    by: Option<i64>,
) -> Result<(), StorageError> {
    let kinds = kinds.iter().map(|kind| kind.code());
    let about = Condition::all()
        .add(of(person))
        .add(person_task::Column::Kind.is_in(kinds));
    DONE.settle(db, about, at, by).await
}

/// Closes or opens a task; whether it stood the other way.
pub async fn set_done(
    db: &impl ConnectionTrait,
    id: i64,
    done: Option<(DateTime<Utc>, i64)>,
) -> Result<bool, StorageError> {
    DONE.set(db, id, done).await
}

/// One task.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<TaskLine>, StorageError> {
    let one = person_task::Entity::find().filter(person_task::Column::Id.eq(id));
    Ok(lines(db, one).await?.into_iter().next())
}

/// The first tasks that are not done, the oldest first.
pub async fn open(
    db: &impl ConnectionTrait,
    whose: &Whose,
    cut: Cut<'_>,
) -> Result<Vec<TaskLine>, StorageError> {
    in_order(db, false, to_do(whose, cut.words), cut).await
}

/// Some of what is open, the oldest first; or of what is `done`, the latest first.
async fn in_order(
    db: &impl ConnectionTrait,
    done: bool,
    all: Select<person_task::Entity>,
    cut: Cut<'_>,
) -> Result<Vec<TaskLine>, StorageError> {
    use person_task::Column as C;
    let (since, key) = ((C::MadeOn, false), Key::Id(C::Id));
    let tasks = if done {
        let order = Terms::columns([(C::DoneAt, true), since, (C::Id, false)]);
        cut.of(all, &order, &key)
    } else {
        cut.of(all, &Terms::columns([since, (C::Id, false)]), &key)
    };
    Ok(cut.straight(lines(db, tasks).await?))
}

/// Those, in no order.
pub(super) fn to_do(whose: &Whose, words: &[String]) -> Select<person_task::Entity> {
    person_task::Entity::find().filter(open_at(whose, words))
}

/// A page of them, by the key of the task that it lies beside; `done`: of those that are
/// done, the latest first.
pub async fn page(
    db: &impl ConnectionTrait,
    done: bool,
    at: &At,
) -> Result<Page<TaskLine>, StorageError> {
    let all = if done {
        person_task::Entity::find().filter(person_task::Column::DoneAt.is_not_null())
    } else {
        to_do(&Whose::Everybody, &[])
    };
    let total = all.clone().count(db).await?;
    let (cut, number) = Cut::of_page(&[], at, total);
    let mut rows = in_order(db, done, all.clone(), cut).await?;
    if rows.is_empty() && total > 0 {
        rows = in_order(db, done, all, cut.by_number()).await?;
    }
    Ok(Page {
        rows,
        number,
        total,
    })
}

fn of(person: Person) -> SimpleExpr {
    match person {
        Person::Family(id) => person_task::Column::FamilyId.eq(id),
        Person::Worker(id) => person_task::Column::WorkerId.eq(id),
    }
}

fn open_at(whose: &Whose, words: &[String]) -> Condition {
    let key = |column| Expr::col((person_task::Entity, column));
    let about = [
        (key(person_task::Column::WorkerId), Of::Worker),
        (key(person_task::Column::FamilyId), Of::Family),
    ];
    let open = Condition::all()
        .add(person_task::Column::DoneAt.is_null())
        .add(says(words, &about));
    match whose {
        Whose::Everybody => open,
        // Nobody is in charge of a person: who is of the desk calls.
        Whose::Mine(_, code) | Whose::Desk(code) => {
            let workers = worker::Entity::find()
                .select_only()
                .column(worker::Column::Id)
                .filter(worker::Column::DeskId.in_subquery(of_desk(code)))
                .into_query();
            let families = family::Entity::find()
                .select_only()
                .column(family::Column::Id)
                .filter(family::Column::DeskId.in_subquery(of_desk(code)))
                .into_query();
            open.add(
                Condition::any()
                    .add(person_task::Column::WorkerId.in_subquery(workers))
                    .add(person_task::Column::FamilyId.in_subquery(families)),
            )
        }
    }
}

async fn lines(
    db: &impl ConnectionTrait,
    tasks: Select<person_task::Entity>,
) -> Result<Vec<TaskLine>, StorageError> {
    let rows = tasks
        .find_also(person_task::Entity, worker::Entity)
        .find_also(person_task::Entity, family::Entity)
        .find_also(person_task::Entity, account::Entity)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, worker, family, account)| {
            let worker = worker.map(|one| (one.code, one.given_name, one.family_name, one.phone));
            let family = family.map(|one| (one.code, one.given_name, one.family_name, one.phone));
            let person = TABLE.some("worker_id", Person::of(row.family_id, row.worker_id))?;
            let (code, given, surname, phone) = TABLE.some("worker_id", worker.or(family))?;
            Ok(TaskLine {
                id: row.id,
                person,
                kind: TABLE.read("kind", PersonTask::parse(&row.kind))?,
                code,
                name: format!("{given} {surname}"),
                phone,
                made_on: row.made_on,
                words: row.words,
                done_at: row.done_at,
                done_by: account.map(|account| account.name),
            })
        })
        .collect()
}
