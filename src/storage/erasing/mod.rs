//! What an erasure does to the rows of a person: the columns that tell of them are
//! emptied, rows that are nothing without them go, and what figures and proofs need stays
//! under their code. Each step says how many rows it changed, so that a try that is not
//! committed tells what an erasure would do. What each column's fate is, and why, says
//! `services::rights::columns`; a test holds this room to it.

mod mail;
mod people;
mod records;
mod staying;
mod typed;

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, SelectStatement, SimpleExpr};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

use super::entity::{authorisation, disclosure, introduction, invitation, merge, request, sheet};
use super::error::StorageError;
use super::mailings::Person;
use super::merges::People;
use crate::domain::contact::EmailAddress;
use crate::domain::rights::Staying;

/// What becomes of rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// They go.
    Removed,
    /// They stay without what told of the person.
    Emptied,
    /// They stay as they are, and why.
    Stays(Staying),
}

/// What becomes of the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Effect {
    pub table: &'static str,
    pub done: Done,
    pub rows: u64,
}

/// Whose rows.
pub struct Subject<'a> {
    pub person: Person,
    /// The record's code, and those of records that went into it.
    pub codes: &'a [String],
    /// What tells of the person wherever it was typed: telephone and address.
    pub traits: &'a [String],
    pub email: Option<&'a EmailAddress>,
    /// Of the desk, which takes the place of the person's.
    pub comune: &'a str,
    /// Keys of the files handed in that tell of them.
    pub uploads: &'a [i64],
}

impl Subject<'_> {
    fn people(&self) -> People {
        match self.person {
            Person::Worker(_) => People::Workers,
            Person::Family(_) => People::Families,
        }
    }

    fn codes(&self) -> impl Iterator<Item = &str> {
        self.codes.iter().map(String::as_str)
    }
}

/// The work on one person's rows.
struct Work<'a, C> {
    db: &'a C,
    of: &'a Subject<'a>,
    at: DateTime<Utc>,
    effects: Vec<Effect>,
    /// Of a family.
    requests: Vec<i64>,
    request_codes: Vec<String>,
    introductions: Vec<i64>,
    sheets: Vec<i64>,
    /// What nobody else is reached by: telephone and address.
    alone: Vec<String>,
}

/// Empties and removes; what it did, with the most telling tables first. Links, open
/// sheets and proposals are ended before.
pub async fn erase<C: ConnectionTrait>(
    db: &C,
    of: &Subject<'_>,
    at: DateTime<Utc>,
) -> Result<Vec<Effect>, StorageError> {
    let mut work = Work {
        db,
        of,
        at,
        effects: Vec::new(),
        requests: Vec::new(),
        request_codes: Vec::new(),
        introductions: Vec::new(),
        sheets: Vec::new(),
        alone: Vec::new(),
    };
    work.find().await?;
    match of.person {
        Person::Worker(id) => work.worker(id).await?,
        Person::Family(id) => work.family(id).await?,
    }
    work.alone().await?;
    work.records().await?;
    work.doors().await?;
    work.mail().await?;
    work.papers().await?;
    work.typed().await?;
    work.named().await?;
    work.staying().await?;
    Ok(work.effects)
}

/// The codes of the records that went into a record, however long ago.
pub async fn merged_into(
    db: &impl ConnectionTrait,
    people: People,
    code: &str,
) -> Result<Vec<String>, StorageError> {
    Ok(merge::Entity::find()
        .select_only()
        .column(merge::Column::Gone)
        .filter(merge::Column::Kind.eq(people.kind()))
        .filter(merge::Column::LeadsTo.eq(code))
        .filter(merge::Column::UndoneAt.is_null())
        .into_tuple()
        .all(db)
        .await?)
}

/// The folders in which papers with a worker's signature are: somebody has to take them
/// out by hand.
pub async fn folders(
    db: &impl ConnectionTrait,
    person: Person,
) -> Result<Vec<String>, StorageError> {
    let Person::Worker(id) = person else {
        return Ok(Vec::new());
    };
    let folders: Vec<Option<String>> = authorisation::Entity::find()
        .select_only()
        .column(authorisation::Column::Folder)
        .filter(authorisation::Column::WorkerId.eq(id))
        .into_tuple()
        .all(db)
        .await?;
    let mut folders: Vec<String> = folders.into_iter().flatten().collect();
    folders.sort_unstable();
    folders.dedup();
    Ok(folders)
}

/// Ends what is still asked about somebody's introductions, of either side.
pub async fn end_questions(
    db: &impl ConnectionTrait,
    person: Person,
    disposition: &str,
    today: chrono::NaiveDate,
) -> Result<(), StorageError> {
    let theirs = introductions_of(person);
    invitation::Entity::update_many()
        .col_expr(invitation::Column::Disposition, Expr::val(disposition))
        .col_expr(invitation::Column::SettledOn, Expr::val(today))
        .filter(invitation::Column::Disposition.is_null())
        .filter(invitation::Column::IntroductionId.in_subquery(theirs))
        .exec(db)
        .await?;
    Ok(())
}

fn introductions_of(person: Person) -> SelectStatement {
    let query = introduction::Entity::find()
        .select_only()
        .column(introduction::Column::Id);
    match person {
        Person::Worker(id) => query.filter(introduction::Column::WorkerId.eq(id)),
        Person::Family(id) => {
            let requests = request::Entity::find()
                .select_only()
                .column(request::Column::Id)
                .filter(request::Column::FamilyId.eq(id))
                .into_query();
            query.filter(introduction::Column::RequestId.in_subquery(requests))
        }
    }
    .into_query()
}

/// A cell that is emptied.
fn nothing() -> SimpleExpr {
    Expr::val(None::<String>)
}

impl<C: ConnectionTrait> Work<'_, C> {
    fn did(&mut self, table: &'static str, done: Done, rows: u64) {
        if rows == 0 {
            return;
        }
        let known = self.effects.iter_mut();
        let mut same = known.filter(|one| one.table == table && one.done == done);
        match same.next() {
            Some(one) => one.rows += rows,
            None => self.effects.push(Effect { table, done, rows }),
        }
    }

    async fn find(&mut self) -> Result<(), StorageError> {
        if let Person::Family(id) = self.of.person {
            let rows: Vec<(i64, String)> = request::Entity::find()
                .select_only()
                .columns([request::Column::Id, request::Column::Code])
                .filter(request::Column::FamilyId.eq(id))
                .into_tuple()
                .all(self.db)
                .await?;
            (self.requests, self.request_codes) = rows.into_iter().unzip();
        }
        let theirs = introductions_of(self.of.person);
        self.introductions = introduction::Entity::find()
            .select_only()
            .column(introduction::Column::Id)
            .filter(introduction::Column::Id.in_subquery(theirs))
            .into_tuple()
            .all(self.db)
            .await?;
        let sheets: Vec<i64> = match self.of.person {
            // Also a sheet whose introduction belongs to the one in its place by now.
            Person::Worker(id) => {
                disclosure::Entity::find()
                    .select_only()
                    .column(disclosure::Column::SheetId)
                    .filter(disclosure::Column::WorkerId.eq(id))
                    .distinct()
                    .into_tuple()
                    .all(self.db)
                    .await?
            }
            Person::Family(_) => {
                sheet::Entity::find()
                    .select_only()
                    .column(sheet::Column::Id)
                    .filter(sheet::Column::RequestId.is_in(self.requests.iter().copied()))
                    .into_tuple()
                    .all(self.db)
                    .await?
            }
        };
        self.sheets = sheets;
        Ok(())
    }
}
