//! Who may be one person: of a record, and pair by pair through all of them.
//! Reasons are told, people decide; a pair that was settled does not come again.

use super::{code_of, people_of};
use crate::domain::account::Actor;
use crate::domain::likeness::{Reason, reasons};
use crate::domain::place::Comune;
use crate::domain::text::search_words;
use crate::services::error::require_desk;
use crate::services::registering::Form;
use crate::services::registering::kept::Kept;
use crate::services::registering::likely::{Likely, among};
use crate::services::registering::save::get;
use crate::services::tables::{Families, Workers};
use crate::services::{Context, ServiceError};
use crate::storage::families::FamilyLine;
use crate::storage::likely::Candidate;
use crate::storage::lists::{FEW, ListFilter};
use crate::storage::merges::People;
use crate::storage::workers::WorkerLine;
use crate::storage::{self, Page};

/// People that a search for the same one shows.
const MOST_FOUND: usize = 10;

/// One of a pair.
#[derive(Debug, Clone)]
pub struct Settled {
    pub code: String,
    pub name: String,
    pub comune: Option<Comune>,
    pub phone: Option<String>,
}

impl Settled {
    fn of(one: Candidate) -> Self {
        Self {
            name: format!("{} {}", one.traits.given_name, one.traits.family_name),
            comune: one.comune,
            phone: one.traits.phone.map(|phone| phone.to_string()),
            code: one.code,
        }
    }
}

/// Two who may be one.
#[derive(Debug, Clone)]
pub struct Pair {
    /// The record that was there first.
    pub one: Settled,
    pub other: Settled,
    pub reasons: Vec<Reason>,
}

/// A page of the likely pairs, the latest records first.
pub async fn pairs(
    context: &Context,
    actor: &Actor,
    form: Form,
    number: u64,
) -> Result<Page<Pair>, ServiceError> {
    require_desk(actor)?;
    let (db, people) = (context.db.read(), people_of(form)?);
    let total = storage::pairs::count(db, people).await?;
    let size = Page::<Pair>::SIZE;
    let number = number.clamp(1, total.div_ceil(size).max(1));
    let found = storage::pairs::page(db, people, (number - 1) * size, size).await?;
    let pair = |(one, other): (Candidate, Candidate)| Pair {
        reasons: reasons(&one.traits, &other.traits),
        one: Settled::of(one),
        other: Settled::of(other),
    };
    Ok(Page {
        rows: found.into_iter().map(pair).collect(),
        number,
        total,
    })
}

/// How many pairs wait, up to [`storage::pairs::MOST`].
pub async fn count_pairs(
    context: &Context,
    actor: &Actor,
    form: Form,
) -> Result<u64, ServiceError> {
    require_desk(actor)?;
    Ok(storage::pairs::count(context.db.read(), people_of(form)?).await?)
}

/// Writes down that two records are two people's.
pub async fn different(
    context: &Context,
    actor: &Actor,
    form: Form,
    codes: [&str; 2],
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let people = people_of(form)?;
    let write = context.db.write().await?;
    match people {
        People::Workers => drop(super::both::<Workers>(&*write, codes).await?),
        People::Families => drop(super::both::<Families>(&*write, codes).await?),
    }
    let (now, by) = (context.now(), actor.account_id);
    storage::pairs::say_different(&*write, people, codes, now, by).await?;
    let detail = serde_json::json!({ "other": codes[1] }).to_string();
    let action = format!("{}.different", people.kind());
    let (by, object) = (Some(by), Some(codes[0]));
    storage::audit::insert(&*write, now, by, &action, object, Some(&detail)).await?;
    Ok(write.commit().await?)
}

/// Who may be the same as somebody: those who are alike, or, where words or a
/// code were typed, those whom they find.
pub async fn same(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
    words: &str,
) -> Result<(String, Vec<Likely>), ServiceError> {
    require_desk(actor)?;
    match people_of(form)? {
        People::Workers => same_as::<Workers>(context, form, code, words).await,
        People::Families => same_as::<Families>(context, form, code, words).await,
    }
}

async fn same_as<T: Kept>(
    context: &Context,
    form: Form,
    code: &str,
    words: &str,
) -> Result<(String, Vec<Likely>), ServiceError> {
    let db = context.db.read();
    let record = get::<T>(db, code).await?;
    let title = T::title(&record.value);
    let own = code_of::<T>(&record);
    let words = search_words(words);
    if words.is_empty() {
        let Some(sought) = T::traits(&record.value) else {
            return Ok((title, Vec::new()));
        };
        return Ok((title, among::<T>(db, &sought, Some(&own)).await?));
    }
    let filter = ListFilter {
        words,
        ..ListFilter::default()
    };
    let line = |code: String, given: &str, family: &str, comune: Comune| Likely {
        code,
        name: format!("{given} {family}"),
        comune: Some(comune),
        reasons: Vec::new(),
    };
    let (found, alike): (Vec<Likely>, Vec<Likely>) = if form == Form::Worker {
        let of = |one: WorkerLine| line(one.code, &one.given_name, &one.family_name, one.comune);
        let page = storage::workers::page(db, &filter, 1).await?;
        let alike = if page.total < FEW {
            storage::workers::spelt_alike(db, &filter).await?
        } else {
            Vec::new()
        };
        let found = page.rows.into_iter().map(of).collect();
        (found, alike.into_iter().map(of).collect())
    } else {
        let of = |one: FamilyLine| line(one.code, &one.given_name, &one.family_name, one.comune);
        let page = storage::families::page(db, &filter, 1).await?;
        let alike = if page.total < FEW {
            storage::families::spelt_alike(db, &filter).await?
        } else {
            Vec::new()
        };
        let found = page.rows.into_iter().map(of).collect();
        (found, alike.into_iter().map(of).collect())
    };
    let alike = alike.into_iter().map(|one| Likely {
        reasons: vec![Reason::SimilarName],
        ..one
    });
    let found = found.into_iter().chain(alike);
    let others = found.filter(|one| one.code != own);
    Ok((title, others.take(MOST_FOUND).collect()))
}
