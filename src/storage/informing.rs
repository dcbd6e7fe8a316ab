//! Published notices about data, and who was told of which. Rows are only added; that a mail
//! did not arrive takes its row away, so that its person is on the list again.

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Rome;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select,
};

use super::Page;
use super::entity::{
    account, authorisation, family, notice_given, notice_text, notice_version, request, worker,
};
use super::error::StorageError;
use super::mailings::Person;
use super::rows::Cells;
use super::waiting::{Whose, of_desk};
use crate::domain::contact::ContactBy;
use crate::domain::family::Relation;
use crate::domain::informing::{NoticeKind, NoticeText, ToldHow, Version, joined, paragraphs};
use crate::domain::request::RequestStatus;
use crate::domain::worker::WorkerStatus;

const TABLE: Cells = Cells("notice_versions");

/// Versions that a page shows.
const MOST: u64 = 200;

/// Publishes a notice; its key.
pub async fn publish(
    db: &impl ConnectionTrait,
    (kind, valid_from): (NoticeKind, NaiveDate),
    texts: &[NoticeText],
    account_id: i64,
    now: DateTime<Utc>,
) -> Result<i64, StorageError> {
    let row = notice_version::ActiveModel {
        kind: Set(kind.code().to_owned()),
        valid_from: Set(valid_from),
        account_id: Set(account_id),
        at: Set(now),
        ..Default::default()
    };
    let added = notice_version::Entity::insert(row).exec(db).await?;
    let version_id = added.last_insert_id;
    let rows = texts.iter().map(|text| notice_text::ActiveModel {
        version_id: Set(version_id),
        language: Set(text.language.clone()),
        words: Set(joined(&text.paragraphs)),
        is_reviewed: Set(text.is_reviewed),
        ..Default::default()
    });
    notice_text::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(version_id)
}

fn version(row: &notice_version::Model) -> Result<Version, StorageError> {
    Ok(Version {
        id: row.id,
        kind: TABLE.read("kind", NoticeKind::parse(&row.kind))?,
        valid_from: row.valid_from,
        published_on: row.at.with_timezone(&Rome).date_naive(),
    })
}

/// The version of each kind that is in force on a day, where one was published.
pub async fn in_force(
    db: &impl ConnectionTrait,
    today: NaiveDate,
) -> Result<Vec<Version>, StorageError> {
    let rows = notice_version::Entity::find()
        .filter(notice_version::Column::ValidFrom.lte(today))
        .order_by_asc(notice_version::Column::ValidFrom)
        .all(db)
        .await?;
    let mut last: Vec<Version> = Vec::new();
    for row in &rows {
        let one = version(row)?;
        last.retain(|before| before.kind != one.kind);
        last.push(one);
    }
    last.sort_unstable_by_key(|one| one.kind);
    Ok(last)
}

/// Names of the versions of a kind that hold or held, the newest first.
pub async fn codes(
    db: &impl ConnectionTrait,
    kind: NoticeKind,
    today: NaiveDate,
) -> Result<Vec<String>, StorageError> {
    let days: Vec<NaiveDate> = notice_version::Entity::find()
        .select_only()
        .column(notice_version::Column::ValidFrom)
        .filter(notice_version::Column::Kind.eq(kind.code()))
        .filter(notice_version::Column::ValidFrom.lte(today))
        .order_by_desc(notice_version::Column::ValidFrom)
        .limit(MOST)
        .into_tuple()
        .all(db)
        .await?;
    Ok(days.iter().map(ToString::to_string).collect())
}

/// Whether there is a version of a kind that begins on a day.
pub async fn begins_on(
    db: &impl ConnectionTrait,
    kind: NoticeKind,
    day: NaiveDate,
) -> Result<bool, StorageError> {
    let count = notice_version::Entity::find()
        .filter(notice_version::Column::Kind.eq(kind.code()))
        .filter(notice_version::Column::ValidFrom.eq(day))
        .count(db)
        .await?;
    Ok(count > 0)
}

/// The version of a kind that begins on a day.
pub async fn of_day(
    db: &impl ConnectionTrait,
    kind: NoticeKind,
    day: NaiveDate,
) -> Result<Option<Version>, StorageError> {
    let row = notice_version::Entity::find()
        .filter(notice_version::Column::Kind.eq(kind.code()))
        .filter(notice_version::Column::ValidFrom.eq(day))
        .one(db)
        .await?;
    row.as_ref().map(version).transpose()
}

/// Whether somebody was told of a version.
pub async fn is_told(
    db: &impl ConnectionTrait,
    version_id: i64,
    person: Person,
) -> Result<bool, StorageError> {
    let theirs = match person {
        Person::Worker(id) => notice_given::Column::WorkerId.eq(id),
        Person::Family(id) => notice_given::Column::FamilyId.eq(id),
    };
    let count = notice_given::Entity::find()
        .filter(notice_given::Column::VersionId.eq(version_id))
        .filter(theirs)
        .count(db)
        .await?;
    Ok(count > 0)
}

/// What a version says, in every language that it is written in.
pub async fn texts(
    db: &impl ConnectionTrait,
    version_id: i64,
) -> Result<Vec<NoticeText>, StorageError> {
    let rows = notice_text::Entity::find()
        .filter(notice_text::Column::VersionId.eq(version_id))
        .order_by_asc(notice_text::Column::Id)
        .all(db)
        .await?;
    let text = |row: notice_text::Model| NoticeText {
        language: row.language,
        paragraphs: paragraphs(&row.words),
        is_reviewed: row.is_reviewed,
    };
    Ok(rows.into_iter().map(text).collect())
}

/// A version as its history shows it.
#[derive(Debug, Clone)]
pub struct Published {
    pub version: Version,
    pub by: String,
    pub at: DateTime<Utc>,
    /// Tag of each language, and whether somebody has read it.
    pub languages: Vec<(String, bool)>,
}

/// All that was published, the last first.
pub async fn published(db: &impl ConnectionTrait) -> Result<Vec<Published>, StorageError> {
    let rows = notice_version::Entity::find()
        .find_also_related(account::Entity)
        .order_by_desc(notice_version::Column::Id)
        .limit(MOST)
        .all(db)
        .await?;
    let ids: Vec<i64> = rows.iter().map(|(row, _)| row.id).collect();
    let written: Vec<(i64, String, bool)> = notice_text::Entity::find()
        .select_only()
        .column(notice_text::Column::VersionId)
        .column(notice_text::Column::Language)
        .column(notice_text::Column::IsReviewed)
        .filter(notice_text::Column::VersionId.is_in(ids))
        .order_by_asc(notice_text::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let mut published = Vec::with_capacity(rows.len());
    for (row, account) in rows {
        let own = written.iter().filter(|(id, ..)| *id == row.id);
        published.push(Published {
            version: version(&row)?,
            by: account.map(|account| account.name).unwrap_or_default(),
            at: row.at,
            languages: own
                .map(|(_, language, is_reviewed)| (language.clone(), *is_reviewed))
                .collect(),
        });
    }
    Ok(published)
}

/// Somebody was told.
#[derive(Debug, Clone)]
pub struct NewGiven {
    pub version_id: i64,
    pub person: Person,
    pub how: ToldHow,
    pub on: NaiveDate,
    pub account_id: i64,
    pub message_id: Option<String>,
}

/// Writes down who was told.
pub async fn insert_given(
    db: &impl ConnectionTrait,
    given: &[NewGiven],
) -> Result<(), StorageError> {
    if given.is_empty() {
        return Ok(());
    }
    let rows = given.iter().map(|one| {
        let (family_id, worker_id) = one.person.keys();
        notice_given::ActiveModel {
            version_id: Set(one.version_id),
            worker_id: Set(worker_id),
            family_id: Set(family_id),
            how: Set(one.how.code().to_owned()),
            given_on: Set(one.on),
            account_id: Set(one.account_id),
            message_id: Set(one.message_id.clone()),
            ..Default::default()
        }
    });
    notice_given::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// A mail did not arrive: its person was not told.
pub async fn not_given_by(db: &impl ConnectionTrait, message_id: &str) -> Result<(), StorageError> {
    notice_given::Entity::delete_many()
        .filter(notice_given::Column::MessageId.eq(message_id))
        .exec(db)
        .await?;
    Ok(())
}

/// The version that a mail tells of.
pub async fn told_by(
    db: &impl ConnectionTrait,
    message_id: &str,
) -> Result<Option<Version>, StorageError> {
    let row = notice_given::Entity::find()
        .find_also_related(notice_version::Entity)
        .filter(notice_given::Column::MessageId.eq(message_id))
        .one(db)
        .await?;
    let found = row.and_then(|(_, of)| of);
    found.map(|of| version(&of)).transpose()
}

/// What somebody was told, how, when and by whom.
#[derive(Debug, Clone)]
pub struct Given {
    pub version: Version,
    pub how: ToldHow,
    pub on: NaiveDate,
    pub by: String,
}

/// What one person was told, the last first.
pub async fn of_person(
    db: &impl ConnectionTrait,
    person: Person,
) -> Result<Vec<Given>, StorageError> {
    let theirs = match person {
        Person::Worker(id) => notice_given::Column::WorkerId.eq(id),
        Person::Family(id) => notice_given::Column::FamilyId.eq(id),
    };
    let rows = notice_given::Entity::find()
        .find_also(notice_given::Entity, notice_version::Entity)
        .find_also(notice_given::Entity, account::Entity)
        .filter(theirs)
        .order_by_desc(notice_given::Column::Id)
        .limit(MOST)
        .all(db)
        .await?;
    let cells = Cells("notices_given");
    let mut given = Vec::with_capacity(rows.len());
    for (row, of, account) in rows {
        given.push(Given {
            version: version(&cells.some("version_id", of)?)?,
            how: cells.read("how", ToldHow::parse(&row.how))?,
            on: row.given_on,
            by: account.map(|account| account.name).unwrap_or_default(),
        });
    }
    Ok(given)
}

/// Whether a row of people was told of a version; `key` is its key, `of` the column that
/// holds it.
fn was_told(version: Version, key: SimpleExpr, of: notice_given::Column) -> SimpleExpr {
    let column = |one| Expr::col((notice_given::Entity, one));
    let given = Query::select()
        .expr(Expr::val(1))
        .from(notice_given::Entity)
        .and_where(column(of).eq(key))
        .and_where(column(notice_given::Column::VersionId).eq(version.id))
        .to_owned();
    Expr::exists(given)
}

/// The workers who are to be told of a version.
pub(super) fn workers_to_tell(whose: &Whose, version: Version) -> Select<worker::Entity> {
    let key = || Expr::col((worker::Entity, worker::Column::Id));
    let column = |one| Expr::col((authorisation::Entity, one));
    // Whoever signed for this version had it in their hands.
    let signed = Query::select()
        .expr(Expr::val(1))
        .from(authorisation::Entity)
        .and_where(column(authorisation::Column::WorkerId).eq(key()))
        .and_where(column(authorisation::Column::NoticeVersion).eq(version.code()))
        .to_owned();
    let mut query = worker::Entity::find()
        .filter(worker::Column::Status.ne(WorkerStatus::Withdrawn.code()))
        .filter(was_told(version, key(), notice_given::Column::WorkerId).not())
        .filter(Expr::exists(signed).not());
    if let Whose::Mine(_, code) | Whose::Desk(code) = whose {
        query = query.filter(worker::Column::DeskId.in_subquery(of_desk(code)));
    }
    query
}

/// The families through which somebody is to be told of a version: those for whom the desk
/// works now.
pub(super) fn families_to_tell(whose: &Whose, version: Version) -> Select<family::Entity> {
    let key = || Expr::col((family::Entity, family::Column::Id));
    let going = [RequestStatus::Open.code(), RequestStatus::Paused.code()];
    let asks = Query::select()
        .expr(Expr::val(1))
        .from(request::Entity)
        .and_where(Expr::col((request::Entity, request::Column::FamilyId)).eq(key()))
        .and_where(Expr::col((request::Entity, request::Column::Status)).is_in(going))
        .to_owned();
    let mut query = family::Entity::find()
        .filter(Expr::exists(asks))
        .filter(was_told(version, key(), notice_given::Column::FamilyId).not());
    match version.kind {
        NoticeKind::CareRecipient => {
            // Where nobody said so, it may be somebody else.
            let is_other = family::Column::Relation.is_null();
            let is_other = is_other.or(family::Column::Relation.ne(Relation::Oneself.code()));
            query = query.filter(is_other);
        }
        NoticeKind::Contact => query = query.filter(family::Column::GuardianName.is_not_null()),
        NoticeKind::Worker | NoticeKind::Family => {}
    }
    if let Whose::Mine(_, code) | Whose::Desk(code) = whose {
        query = query.filter(family::Column::DeskId.in_subquery(of_desk(code)));
    }
    query
}

/// Somebody who is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToTell {
    pub person: Person,
    pub code: String,
    pub name: String,
    pub phone: Option<String>,
}

type Row = (i64, String, String, String, Option<String>);

/// How those who are to be told are read from their table.
struct Side<E: EntityTrait> {
    /// The fields of [`Row`].
    columns: [E::Column; 5],
    /// By which a list goes, and then by the key.
    sort: E::Column,
    person: fn(i64) -> Person,
}

const WORKERS: Side<worker::Entity> = {
    use worker::Column as C;
    Side {
        columns: [C::Id, C::Code, C::GivenName, C::FamilyName, C::Phone],
        sort: C::SortName,
        person: Person::Worker,
    }
};

const FAMILIES: Side<family::Entity> = {
    use family::Column as C;
    Side {
        columns: [C::Id, C::Code, C::GivenName, C::FamilyName, C::Phone],
        sort: C::SortName,
        person: Person::Family,
    }
};

impl<E> Side<E>
where
    E: EntityTrait,
    E::Model: Send + Sync,
{
    async fn read(
        &self,
        db: &impl ConnectionTrait,
        query: Select<E>,
    ) -> Result<Vec<ToTell>, StorageError> {
        let query = query.select_only().columns(self.columns);
        let rows: Vec<Row> = query.into_tuple().all(db).await?;
        let to_tell = |(id, code, given, surname, phone): Row| ToTell {
            person: (self.person)(id),
            code,
            name: format!("{given} {surname}"),
            phone,
        };
        Ok(rows.into_iter().map(to_tell).collect())
    }

    async fn page(
        &self,
        db: &impl ConnectionTrait,
        query: Select<E>,
        number: u64,
    ) -> Result<Page<ToTell>, StorageError> {
        let size = Page::<()>::SIZE;
        let total = query.clone().count(db).await?;
        let number = Page::<()>::within(number, total);
        let [id, ..] = self.columns;
        let query = query.order_by_asc(self.sort).order_by_asc(id);
        let query = query.offset((number - 1) * size).limit(size);
        let rows = self.read(db, query).await?;
        Ok(Page {
            rows,
            number,
            total,
        })
    }

    async fn among(
        &self,
        db: &impl ConnectionTrait,
        query: Select<E>,
        codes: &[String],
    ) -> Result<Vec<ToTell>, StorageError> {
        let [id, code, ..] = self.columns;
        let query = query.filter(code.is_in(codes.iter().cloned()));
        self.read(db, query.order_by_asc(id)).await
    }

    async fn keys_after(
        &self,
        db: &impl ConnectionTrait,
        query: Select<E>,
        after: i64,
        most: u64,
    ) -> Result<Vec<Person>, StorageError> {
        let [id, ..] = self.columns;
        let query = query.select_only().column(id).filter(id.gt(after));
        let query = query.order_by_asc(id).limit(most);
        let ids: Vec<i64> = query.into_tuple().all(db).await?;
        Ok(ids.into_iter().map(self.person).collect())
    }
}

/// A page of those who are to be told of a version, by name.
pub async fn page(
    db: &impl ConnectionTrait,
    whose: &Whose,
    version: Version,
    number: u64,
) -> Result<Page<ToTell>, StorageError> {
    if version.kind == NoticeKind::Worker {
        let query = workers_to_tell(whose, version);
        WORKERS.page(db, query, number).await
    } else {
        let query = families_to_tell(whose, version);
        FAMILIES.page(db, query, number).await
    }
}

/// Which of some codes are still to be told of a version.
pub async fn still_among(
    db: &impl ConnectionTrait,
    version: Version,
    codes: &[String],
) -> Result<Vec<ToTell>, StorageError> {
    let everybody = Whose::Everybody;
    if version.kind == NoticeKind::Worker {
        let query = workers_to_tell(&everybody, version);
        WORKERS.among(db, query, codes).await
    } else {
        let query = families_to_tell(&everybody, version);
        FAMILIES.among(db, query, codes).await
    }
}

/// Those with an address who want to be written to, or have not said.
fn workers_by_mail(whose: &Whose, version: Version) -> Select<worker::Entity> {
    let wanted = worker::Column::ContactBy.is_null();
    let wanted = wanted.or(worker::Column::ContactBy.eq(ContactBy::Email.code()));
    workers_to_tell(whose, version)
        .filter(worker::Column::Email.is_not_null())
        .filter(wanted)
}

fn families_by_mail(whose: &Whose, version: Version) -> Select<family::Entity> {
    let wanted = family::Column::ContactBy.is_null();
    let wanted = wanted.or(family::Column::ContactBy.eq(ContactBy::Email.code()));
    families_to_tell(whose, version)
        .filter(family::Column::Email.is_not_null())
        .filter(wanted)
}

/// How many of those who are to be told have an address and want to be written to.
pub async fn count_by_mail(
    db: &impl ConnectionTrait,
    whose: &Whose,
    version: Version,
) -> Result<u64, StorageError> {
    Ok(match version.kind {
        NoticeKind::Worker => workers_by_mail(whose, version).count(db).await?,
        NoticeKind::Family => families_by_mail(whose, version).count(db).await?,
        NoticeKind::CareRecipient | NoticeKind::Contact => 0,
    })
}

/// Up to `most` of them, whose keys come after `after`, by key.
pub async fn by_mail_after(
    db: &impl ConnectionTrait,
    whose: &Whose,
    version: Version,
    (after, most): (i64, u64),
) -> Result<Vec<Person>, StorageError> {
    match version.kind {
        NoticeKind::Worker => {
            let query = workers_by_mail(whose, version);
            WORKERS.keys_after(db, query, after, most).await
        }
        NoticeKind::Family => {
            let query = families_by_mail(whose, version);
            FAMILIES.keys_after(db, query, after, most).await
        }
        NoticeKind::CareRecipient | NoticeKind::Contact => Ok(Vec::new()),
    }
}
