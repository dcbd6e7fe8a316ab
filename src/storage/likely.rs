//! Who is there already and may be the same person: candidates by number,
//! address and the sound of their names. Whether they are alike is
//! `domain::likeness`'s to say. Never read by matching.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::entity::{family, worker, worker_statistic};
use super::error::StorageError;
use crate::domain::contact::{EmailAddress, Phone};
use crate::domain::likeness::{Traits, sound_column, sounds, tail};
use crate::domain::place::Comune;
use crate::domain::text::fold;

/// Candidates that one look reads at the most.
const MOST: u64 = 200;
/// The same of a look for many people at once.
const MOST_AT_ONCE: u64 = 2_000;

/// Somebody who is there.
#[derive(Debug, Clone)]
pub struct Candidate {
    pub code: String,
    pub comune: Option<Comune>,
    pub traits: Traits,
}

/// Workers who may be this person.
pub async fn workers(
    db: &impl ConnectionTrait,
    sought: &Traits,
) -> Result<Vec<Candidate>, StorageError> {
    let sound = Expr::col((worker::Entity, worker::Column::Sound));
    let folded = Expr::col((worker::Entity, worker::Column::Folded));
    let Some(mut condition) = alike(sought, &sound, &folded) else {
        return Ok(Vec::new());
    };
    if let Some(day) = sought.birth_date {
        let names = any_word(
            &sound,
            &format!("{} {}", sought.given_name, sought.family_name),
        );
        let born = worker_statistic::Column::BirthDate.eq(day);
        condition = condition.add(Condition::all().add(born).add(names));
    }
    let rows = worker::Entity::find()
        .find_also_related(worker_statistic::Entity)
        .filter(condition)
        .order_by_asc(worker::Column::Code)
        .limit(MOST)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(row, statistic)| worker_candidate(row, statistic))
        .collect())
}

pub(super) fn worker_candidate(
    row: worker::Model,
    statistic: Option<worker_statistic::Model>,
) -> Candidate {
    Candidate {
        comune: Comune::by_istat(&row.comune),
        traits: Traits {
            given_name: row.given_name,
            family_name: row.family_name,
            phone: row.phone.map(Phone::from_stored),
            email: row.email.and_then(|text| EmailAddress::parse(&text).ok()),
            birth_date: statistic.and_then(|row| row.birth_date),
        },
        code: row.code,
    }
}

/// Families that may be this one.
pub async fn families(
    db: &impl ConnectionTrait,
    sought: &Traits,
) -> Result<Vec<Candidate>, StorageError> {
    let sound = Expr::col((family::Entity, family::Column::Sound));
    let folded = Expr::col((family::Entity, family::Column::Folded));
    let Some(condition) = alike(sought, &sound, &folded) else {
        return Ok(Vec::new());
    };
    let rows = family::Entity::find()
        .filter(condition)
        .order_by_asc(family::Column::Code)
        .limit(MOST)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(family_candidate).collect())
}

pub(super) fn family_candidate(row: family::Model) -> Candidate {
    Candidate {
        comune: Comune::by_istat(&row.comune),
        traits: Traits {
            given_name: row.given_name,
            family_name: row.family_name,
            phone: row.phone.map(Phone::from_stored),
            email: row.email.and_then(|text| EmailAddress::parse(&text).ok()),
            birth_date: None,
        },
        code: row.code,
    }
}

/// Workers who may be any of these people: the same number, the same address, or
/// names that sound alike as a whole. For up to [`super::rows::CHUNK`] people.
pub async fn workers_like(
    db: &impl ConnectionTrait,
    sought: &[Traits],
) -> Result<Vec<Candidate>, StorageError> {
    let columns = (
        worker::Column::Sound,
        worker::Column::Phone,
        worker::Column::Email,
    );
    let Some(condition) = any_of(sought, columns) else {
        return Ok(Vec::new());
    };
    let rows = worker::Entity::find()
        .find_also_related(worker_statistic::Entity)
        .filter(condition)
        .order_by_asc(worker::Column::Code)
        .limit(MOST_AT_ONCE)
        .all(db)
        .await?;
    Ok(rows
        .into_iter()
        .map(|(row, statistic)| worker_candidate(row, statistic))
        .collect())
}

/// The same of families.
pub async fn families_like(
    db: &impl ConnectionTrait,
    sought: &[Traits],
) -> Result<Vec<Candidate>, StorageError> {
    let columns = (
        family::Column::Sound,
        family::Column::Phone,
        family::Column::Email,
    );
    let Some(condition) = any_of(sought, columns) else {
        return Ok(Vec::new());
    };
    let rows = family::Entity::find()
        .filter(condition)
        .order_by_asc(family::Column::Code)
        .limit(MOST_AT_ONCE)
        .all(db)
        .await?;
    Ok(rows.into_iter().map(family_candidate).collect())
}

fn any_of<C: ColumnTrait>(
    sought: &[Traits],
    (sound, phone, email): (C, C, C),
) -> Option<Condition> {
    let named = sought.iter().filter(|one| !one.family_name.is_empty());
    let names: Vec<String> = named
        .map(|one| sound_column(&one.given_name, &one.family_name))
        .collect();
    let phones = sought.iter().filter_map(|one| one.phone.as_ref());
    let phones: Vec<String> = phones.map(ToString::to_string).collect();
    let emails = sought.iter().filter_map(|one| one.email.as_ref());
    let emails: Vec<String> = emails.map(ToString::to_string).collect();
    let mut any = Condition::any();
    for (column, values) in [(sound, names), (phone, phones), (email, emails)] {
        if !values.is_empty() {
            any = any.add(column.is_in(values));
        }
    }
    (!any.is_empty()).then_some(any)
}

/// The same number or address, or a word of each name by its sound. None where
/// nothing can be sought yet. What is sought holds no wildcard.
fn alike(
    sought: &Traits,
    sound: &sea_orm::sea_query::SimpleExpr,
    folded: &sea_orm::sea_query::SimpleExpr,
) -> Option<Condition> {
    let mut any = Condition::any();
    if !sounds(&sought.given_name).is_empty() && !sounds(&sought.family_name).is_empty() {
        any = any.add(
            Condition::all()
                .add(any_word(sound, &sought.given_name))
                .add(any_word(sound, &sought.family_name)),
        );
    }
    // A short number is a part of many.
    if let Some(digits) = sought
        .phone
        .as_ref()
        .map(tail)
        .filter(|digits| digits.len() > 5)
    {
        any = any.add(folded.clone().like(format!("%{digits}%")));
    }
    if let Some(email) = &sought.email {
        any = any.add(folded.clone().like(format!("%{}%", fold(email.as_str()))));
    }
    (!any.is_empty()).then_some(any)
}

fn any_word(sound: &sea_orm::sea_query::SimpleExpr, name: &str) -> Condition {
    let words = sounds(name).into_iter();
    words.fold(Condition::any(), |any, word| {
        any.add(sound.clone().like(format!("% {word} %")))
    })
}

/// Gives up to `limit` rows of each table that have none yet the sound of their
/// names. How many got it.
pub async fn fill_sounds(db: &impl ConnectionTrait, limit: u64) -> Result<u64, StorageError> {
    let mut filled = 0;
    let rows = worker::Entity::find().filter(worker::Column::Sound.eq(""));
    for row in rows.limit(limit).all(db).await? {
        let sound = sound_column(&row.given_name, &row.family_name);
        worker::Entity::update_many()
            .col_expr(worker::Column::Sound, Expr::value(sound))
            .filter(worker::Column::Id.eq(row.id))
            .exec(db)
            .await?;
        filled += 1;
    }
    let rows = family::Entity::find().filter(family::Column::Sound.eq(""));
    for row in rows.limit(limit).all(db).await? {
        let sound = sound_column(&row.given_name, &row.family_name);
        family::Entity::update_many()
            .col_expr(family::Column::Sound, Expr::value(sound))
            .filter(family::Column::Id.eq(row.id))
            .exec(db)
            .await?;
        filled += 1;
    }
    Ok(filled)
}
