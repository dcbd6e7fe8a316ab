//! Families.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, RelationTrait, Select,
};

use super::entity::{family, introduction, request};
use super::erasures;
use super::error::StorageError;
use super::lists::{At, ListFilter, MOST_ALIKE, Order, lines_of, page_by_key, place_of};
use super::merges::People;
use super::names;
use super::places::{self, Names};
use super::rows::{Cells, has_all_words, sort_name};
use super::{Page, Stored};
use crate::domain::care_recipient::{CareRecipient, Guardianship};
use crate::domain::contact::{ContactBy, EmailAddress, Phone, search_column};
use crate::domain::family::{Family, Relation};
use crate::domain::ids::{DeskCode, FamilyCode};
use crate::domain::language::Language;
use crate::domain::likeness::sound_column;
use crate::domain::place::Comune;
use crate::domain::text::{Line, Name};

const TABLE: Cells = Cells("families");

/// By name.
const ORDER: Order<family::Column> = Order {
    by: [family::Column::SortName, family::Column::Code],
    descending: false,
};

/// The family of a code.
pub async fn find(
    db: &impl ConnectionTrait,
    code: &FamilyCode,
) -> Result<Option<Stored<Family>>, StorageError> {
    Ok(find_many(db, std::slice::from_ref(code))
        .await?
        .into_iter()
        .next())
}

/// The families of up to [`super::rows::CHUNK`] codes that exist, by code.
pub async fn find_many(
    db: &impl ConnectionTrait,
    codes: &[FamilyCode],
) -> Result<Vec<Stored<Family>>, StorageError> {
    let rows = family::Entity::find()
        .filter(family::Column::Code.is_in(codes.iter().map(FamilyCode::as_str)))
        .order_by_asc(family::Column::Code)
        .all(db)
        .await?;
    read_all(db, rows).await
}

/// Up to `limit` families whose code comes after `after`, by code.
pub async fn after(
    db: &impl ConnectionTrait,
    after: Option<&FamilyCode>,
    limit: u64,
) -> Result<Vec<Stored<Family>>, StorageError> {
    let mut query = family::Entity::find()
        .order_by_asc(family::Column::Code)
        .limit(limit);
    if let Some(after) = after {
        query = query.filter(family::Column::Code.gt(after.as_str()));
    }
    read_all(db, query.all(db).await?).await
}

async fn read_all(
    db: &impl ConnectionTrait,
    rows: Vec<family::Model>,
) -> Result<Vec<Stored<Family>>, StorageError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let names = Names::load(db).await?;
    rows.into_iter().map(|row| stored(row, &names)).collect()
}

/// The family of a key.
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Stored<Family>, StorageError> {
    let row = family::Entity::find_by_id(id).one(db).await?;
    let found = read_all(db, row.into_iter().collect()).await?;
    found
        .into_iter()
        .next()
        .ok_or_else(|| StorageError::Missing {
            table: "families",
            key: id.to_string(),
        })
}

/// Keeps a family from being changed or held back by others until the transaction ends;
/// several may keep it so at the same time.
pub async fn keep_as_is(db: &impl ConnectionTrait, id: i64) -> Result<(), StorageError> {
    let query = family::Entity::find()
        .select_only()
        .column(family::Column::Id)
        .filter(family::Column::Id.eq(id));
    let _: Option<i64> = query.lock_shared().into_tuple().one(db).await?;
    Ok(())
}

/// Adds families, each with its code.
pub async fn insert_many(db: &impl ConnectionTrait, new: &[Family]) -> Result<(), StorageError> {
    if new.is_empty() {
        return Ok(());
    }
    let names = Names::load(db).await?;
    let rows = new
        .iter()
        .map(|one| to_row(one, &names))
        .collect::<Result<Vec<_>, _>>()?;
    family::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    let codes = new
        .iter()
        .filter_map(|one| one.code.as_ref())
        .map(FamilyCode::as_str);
    let ids: Vec<(i64, String)> = family::Entity::find()
        .select_only()
        .column(family::Column::Id)
        .column(family::Column::Code)
        .filter(family::Column::Code.is_in(codes))
        .into_tuple()
        .all(db)
        .await?;
    let ids: std::collections::HashMap<String, i64> =
        ids.into_iter().map(|(id, code)| (code, id)).collect();
    let id_of = |one: &Family| {
        let code = one.code.as_ref().map(FamilyCode::as_str)?;
        ids.get(code).copied()
    };
    let named: Vec<_> = new
        .iter()
        .filter_map(|one| Some((id_of(one)?, names_of(one))))
        .collect();
    names::insert(db, People::Families, &named).await
}

/// All names of somebody.
fn names_of(family: &Family) -> Vec<&str> {
    vec![family.given_name.as_str(), family.family_name.as_str()]
}

/// Saves a family over the version that was read.
pub async fn update(db: &impl ConnectionTrait, saved: &Stored<Family>) -> Result<(), StorageError> {
    update_many(db, std::slice::from_ref(saved)).await
}

/// Saves families, each over the version that was read; one that changed since ends it.
pub async fn update_many(
    db: &impl ConnectionTrait,
    saved: &[Stored<Family>],
) -> Result<(), StorageError> {
    if saved.is_empty() {
        return Ok(());
    }
    let names = Names::load(db).await?;
    for one in saved {
        let mut row = to_row(&one.value, &names)?;
        row.version = Set(one.version + 1);
        let done = family::Entity::update_many()
            .set(row)
            .filter(family::Column::Id.eq(one.id))
            .filter(family::Column::Version.eq(one.version))
            .exec(db)
            .await?;
        if done.rows_affected == 0 {
            return Err(StorageError::Stale { table: "families" });
        }
    }
    let named: Vec<_> = saved
        .iter()
        .map(|one| (one.id, names_of(&one.value)))
        .collect();
    names::replace(db, People::Families, &named).await
}

/// Which of up to [`super::rows::CHUNK`] codes exist.
pub async fn codes_among(
    db: &impl ConnectionTrait,
    codes: &[FamilyCode],
) -> Result<Vec<String>, StorageError> {
    Ok(family::Entity::find()
        .select_only()
        .column(family::Column::Code)
        .filter(family::Column::Code.is_in(codes.iter().map(FamilyCode::as_str)))
        .into_tuple()
        .all(db)
        .await?)
}

/// What a list shows of a family.
#[derive(Debug, Clone)]
pub struct FamilyLine {
    pub code: String,
    pub given_name: String,
    pub family_name: String,
    pub comune: Comune,
    pub desk: String,
    /// `None`: came by itself.
    pub referred_by: Option<String>,
}

/// A page of the list, by family name, as [`sort_name`] has it.
pub async fn page(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
    number: u64,
) -> Result<Page<FamilyLine>, StorageError> {
    page_at(db, filter, &At::page(number)).await
}

/// The same, by the row that it lies beside.
pub async fn page_at(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
    at: &At,
) -> Result<Page<FamilyLine>, StorageError> {
    let names = Names::load(db).await?;
    let code = family::Column::Code;
    let row = place_of::<family::Entity, String, String>(db, &ORDER, code, at).await?;
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
) -> Result<Vec<FamilyLine>, StorageError> {
    let names = Names::load(db).await?;
    let query = listed(filter, &names)?
        .order_by_asc(family::Column::SortName)
        .order_by_asc(family::Column::Code);
    lines_of(db, query, from, most, |row| list_line(row, &names)).await
}

/// Those whom the search of a list may have meant, had their names been spelt otherwise; the
/// nearest first. Nobody whom the list itself shows.
pub async fn spelt_alike(
    db: &impl ConnectionTrait,
    filter: &ListFilter,
) -> Result<Vec<FamilyLine>, StorageError> {
    let meant = names::meant(db, People::Families, &filter.words).await?;
    if meant.ids.is_empty() {
        return Ok(Vec::new());
    }
    let places = Names::load(db).await?;
    let narrowed = ListFilter {
        words: Vec::new(),
        ..filter.clone()
    };
    let rows = listed(&narrowed, &places)?
        .filter(family::Column::Id.is_in(meant.ids.iter().copied()))
        .all(db)
        .await?;
    let rows = names::nearest_first(&meant, rows, MOST_ALIKE, |row: &family::Model| {
        let names = vec![row.given_name.as_str(), row.family_name.as_str()];
        (names, row.folded.as_str(), row.sort_name.as_str())
    });
    rows.into_iter()
        .map(|row| list_line(row, &places))
        .collect()
}

fn listed(filter: &ListFilter, names: &Names) -> Result<Select<family::Entity>, StorageError> {
    let mut condition = erasures::living(People::Families);
    if !filter.words.is_empty() {
        condition = condition.add(has_all_words(
            &Expr::col(family::Column::Folded),
            &filter.words,
        ));
    }
    if let Some(desk) = &filter.desk {
        condition = condition.add(family::Column::DeskId.eq(names.desk_id(desk)?));
    }
    Ok(family::Entity::find().filter(condition))
}

fn list_line(row: family::Model, names: &Names) -> Result<FamilyLine, StorageError> {
    let referred_by = row
        .referred_by_id
        .map(|id| TABLE.some("referred_by_id", names.partner(id)))
        .transpose()?;
    Ok(FamilyLine {
        comune: TABLE.some("comune", Comune::by_istat(&row.comune))?,
        desk: TABLE.some("desk_id", names.desk(row.desk_id))?.to_string(),
        referred_by: referred_by.map(|code| code.to_string()),
        code: row.code,
        given_name: row.given_name,
        family_name: row.family_name,
    })
}

/// How many there are.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64, StorageError> {
    Ok(family::Entity::find().count(db).await?)
}

/// How many families got a sheet between two days, of all desks or one.
pub async fn introduced_between(
    db: &impl ConnectionTrait,
    (first, last): (NaiveDate, NaiveDate),
    desk: Option<&DeskCode>,
) -> Result<u64, StorageError> {
    use sea_orm::JoinType::InnerJoin;
    let mut query = introduction::Entity::find()
        .join(InnerJoin, introduction::Relation::Request.def())
        .filter(introduction::Column::IssuedOn.between(first, last));
    if let Some(desk) = desk {
        query = query
            .join(InnerJoin, request::Relation::Family.def())
            .filter(family::Column::DeskId.eq(places::desk_id(db, desk).await?));
    }
    let count = Expr::col((request::Entity, request::Column::FamilyId)).count_distinct();
    let count: Option<i64> = query
        .select_only()
        .column_as(count, "families")
        .into_tuple()
        .one(db)
        .await?;
    Cells("introductions").read("issued_on", u64::try_from(count.unwrap_or_default()))
}

fn to_row(family: &Family, names: &Names) -> Result<family::ActiveModel, StorageError> {
    let code = family
        .code
        .as_ref()
        .map(FamilyCode::as_str)
        .unwrap_or_default();
    let folded = search_column(
        &[family.given_name.as_str(), family.family_name.as_str()],
        code,
        family.phone.as_ref(),
        family.email.as_ref(),
    );
    let recipient = &family.recipient;
    Ok(family::ActiveModel {
        code: Set(code.to_owned()),
        given_name: Set(family.given_name.to_string()),
        family_name: Set(family.family_name.to_string()),
        folded: Set(folded),
        sort_name: Set(sort_name(&family.family_name, &family.given_name)),
        sound: Set(sound_column(
            family.given_name.as_str(),
            family.family_name.as_str(),
        )),
        relation: Set(family.relation.map(|relation| relation.code().to_owned())),
        phone: Set(family.phone.as_ref().map(ToString::to_string)),
        email: Set(family.email.as_ref().map(ToString::to_string)),
        contact_language: Set(family.contact_language.code().to_owned()),
        contact_by: Set(family.contact_by.map(|by| by.code().to_owned())),
        comune: Set(family.comune.istat().to_owned()),
        address: Set(family.address.as_ref().map(ToString::to_string)),
        referred_by_id: Set(family
            .referred_by
            .as_ref()
            .map(|partner| names.partner_id(partner))
            .transpose()?),
        consent_on: Set(family.consent_on),
        desk_id: Set(names.desk_id(&family.desk)?),
        recipient_name: Set(recipient.name.as_ref().map(ToString::to_string)),
        guardianship: Set(recipient.guardianship.map(|one| one.code().to_owned())),
        guardian_name: Set(recipient.guardian_name.as_ref().map(ToString::to_string)),
        guardian_phone: Set(recipient.guardian_phone.as_ref().map(ToString::to_string)),
        version: Set(1),
        ..Default::default()
    })
}

fn stored(row: family::Model, names: &Names) -> Result<Stored<Family>, StorageError> {
    let value = Family {
        code: Some(TABLE.read("code", FamilyCode::parse(&row.code))?),
        given_name: TABLE.read("given_name", Name::parse(&row.given_name))?,
        family_name: TABLE.read("family_name", Name::parse(&row.family_name))?,
        relation: TABLE.optional("relation", row.relation, |text| Relation::parse(&text))?,
        phone: row.phone.map(Phone::from_stored),
        email: TABLE.optional("email", row.email, |text| EmailAddress::parse(&text))?,
        contact_language: TABLE
            .some("contact_language", Language::by_code(&row.contact_language))?,
        contact_by: TABLE.optional("contact_by", row.contact_by, |text| ContactBy::parse(&text))?,
        comune: TABLE.some("comune", Comune::by_istat(&row.comune))?,
        address: TABLE.optional("address", row.address, |text| Line::parse(&text))?,
        referred_by: row
            .referred_by_id
            .map(|id| TABLE.some("referred_by_id", names.partner(id)))
            .transpose()?,
        consent_on: row.consent_on,
        desk: TABLE.some("desk_id", names.desk(row.desk_id))?,
        recipient: CareRecipient {
            name: TABLE.optional("recipient_name", row.recipient_name, |text| {
                Line::parse(&text)
            })?,
            guardianship: TABLE.optional("guardianship", row.guardianship, |text| {
                Guardianship::parse(&text)
            })?,
            guardian_name: TABLE.optional("guardian_name", row.guardian_name, |text| {
                Line::parse(&text)
            })?,
            guardian_phone: row.guardian_phone.map(Phone::from_stored),
        },
    };
    Ok(Stored {
        id: row.id,
        version: row.version,
        value,
    })
}
