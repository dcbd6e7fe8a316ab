//! What is kept for a time: how much of it is over, and taking it away, a piece at a time.
//! Counts only. Figures of closed years are kept apart and stand on none of it.

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::entity::{
    answer_note, appointment, contact_note, draft, outbox_mail, person_task, public_request, purge,
    record_change,
};
use super::error::StorageError;
use super::rows::Cells;
use super::{appointments, drafts, inbox};
use crate::domain::public_request::InboxState;
use crate::domain::setting::Setting;

/// Lines of the report that a page shows.
const MOST: u64 = 100;

/// What lies before it is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before {
    pub day: NaiveDate,
    /// The beginning of the day.
    pub at: DateTime<Utc>,
}

fn mails(before: Before) -> Select<outbox_mail::Entity> {
    use outbox_mail::Column as C;
    let holds = Condition::any()
        .add(C::Token.is_not_null())
        .add(C::Plain.is_not_null())
        .add(C::Recipient.is_not_null());
    outbox_mail::Entity::find()
        .filter(C::FinishedAt.lt(before.at))
        .filter(holds)
}

fn open_drafts(before: Before) -> Select<draft::Entity> {
    draft::Entity::find().filter(draft::Column::KeptAt.lt(before.at))
}

fn notes(before: Before) -> Select<contact_note::Entity> {
    contact_note::Entity::find().filter(contact_note::Column::WrittenAt.lt(before.at))
}

fn comments(before: Before) -> Select<answer_note::Entity> {
    answer_note::Entity::find().filter(answer_note::Column::WrittenOn.lt(before.day))
}

fn done_tasks(before: Before) -> Select<person_task::Entity> {
    person_task::Entity::find().filter(person_task::Column::DoneAt.lt(before.at))
}

fn changes(before: Before) -> Select<record_change::Entity> {
    record_change::Entity::find().filter(record_change::Column::At.lt(before.at))
}

fn askings(before: Before) -> Select<public_request::Entity> {
    use public_request::Column as C;
    public_request::Entity::find()
        .filter(C::State.is_in(InboxState::OPEN.map(InboxState::code)))
        .filter(C::FiledAt.lt(before.at))
}

/// How much is over; nothing of what is not rows of its own.
pub async fn over(
    db: &impl ConnectionTrait,
    setting: Setting,
    before: Before,
) -> Result<u64, StorageError> {
    Ok(match setting {
        Setting::MailWords => mails(before).count(db).await?,
        Setting::Drafts => open_drafts(before).count(db).await?,
        Setting::Notes => notes(before).count(db).await?,
        Setting::Comments => comments(before).count(db).await?,
        Setting::DoneTasks => done_tasks(before).count(db).await?,
        Setting::Askings => askings(before).count(db).await?,
        Setting::Appointments => appointments::over(before.day).count(db).await?,
        Setting::Changes => changes(before).count(db).await?,
        _ => 0,
    })
}

async fn keys<E: EntityTrait>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    key: E::Column,
    most: u64,
) -> Result<Vec<i64>, StorageError> {
    Ok(query
        .select_only()
        .column(key)
        .order_by_asc(key)
        .limit(most)
        .into_tuple()
        .all(db)
        .await?)
}

macro_rules! drop_rows {
    ($db:ident, $query:expr, $entity:ident, $most:ident) => {{
        let keys = keys($db, $query, $entity::Column::Id, $most).await?;
        $entity::Entity::delete_many()
            .filter($entity::Column::Id.is_in(keys))
            .exec($db)
            .await?
            .rows_affected
    }};
}

/// Takes up to `most` of what is over away; how much went.
pub async fn drop_some(
    db: &impl ConnectionTrait,
    setting: Setting,
    before: Before,
    most: u64,
) -> Result<u64, StorageError> {
    Ok(match setting {
        Setting::MailWords => {
            let keys = keys(db, mails(before), outbox_mail::Column::Id, most).await?;
            forget(db, keys).await?
        }
        Setting::Drafts => drafts::delete_older(db, before.at).await?,
        Setting::Notes => drop_rows!(db, notes(before), contact_note, most),
        Setting::Comments => drop_rows!(db, comments(before), answer_note, most),
        Setting::DoneTasks => drop_rows!(db, done_tasks(before), person_task, most),
        Setting::Askings => {
            let keys = keys(db, askings(before), public_request::Column::Id, most).await?;
            inbox::drop_whole(db, keys).await?
        }
        Setting::Appointments => {
            let query = appointments::over(before.day);
            let keys = keys(db, query, appointment::Column::Id, most).await?;
            appointments::drop_some(db, keys).await?
        }
        Setting::Changes => drop_rows!(db, changes(before), record_change, most),
        _ => 0,
    })
}

/// Takes words, address and token of some mails away.
async fn forget(db: &impl ConnectionTrait, keys: Vec<i64>) -> Result<u64, StorageError> {
    use outbox_mail::Column as C;
    let nothing = || Expr::val(None::<String>);
    let done = outbox_mail::Entity::update_many()
        .col_expr(C::Token, nothing())
        .col_expr(C::Recipient, nothing())
        .col_expr(C::Subject, nothing())
        .col_expr(C::Plain, nothing())
        .col_expr(C::Html, nothing())
        .filter(C::Id.is_in(keys))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// Adds to what went of a category on a day.
pub async fn note(
    db: &impl ConnectionTrait,
    day: NaiveDate,
    category: &str,
    dropped: u64,
) -> Result<(), StorageError> {
    use purge::Column as C;
    let row = purge::ActiveModel {
        day: Set(day),
        category: Set(category.to_owned()),
        dropped: Set(i64::try_from(dropped).unwrap_or(i64::MAX)),
        ..Default::default()
    };
    let before = Expr::col((purge::Entity, C::Dropped));
    let mut add = OnConflict::columns([C::Day, C::Category]);
    add.value(C::Dropped, before.add(Expr::col(("excluded", C::Dropped))));
    purge::Entity::insert(row)
        .on_conflict(add)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// What went of a category on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purge {
    pub day: NaiveDate,
    pub setting: Setting,
    pub dropped: u64,
}

/// What went lately, the last day first.
pub async fn purges(db: &impl ConnectionTrait) -> Result<Vec<Purge>, StorageError> {
    let table = Cells("purges");
    let rows = purge::Entity::find()
        .order_by_desc(purge::Column::Day)
        .order_by_asc(purge::Column::Category)
        .limit(MOST)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Purge {
                day: row.day,
                setting: table.read("category", Setting::parse(&row.category))?,
                dropped: table.read("dropped", u64::try_from(row.dropped))?,
            })
        })
        .collect()
}
