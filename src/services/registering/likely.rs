//! Who may be there already, with the reasons: while a form is typed, and once
//! more when it is saved.

use super::Form;
use super::kept::Kept;
use crate::domain::account::Actor;
use crate::domain::contact::{EmailAddress, Phone};
use crate::domain::likeness::{Reason, Traits, reasons};
use crate::domain::place::Comune;
use crate::domain::reading::{self, Fields};
use crate::services::tables::{Families, Workers};
use crate::services::{Context, ServiceError, error::require_desk};
use crate::storage::{Connection, StorageError};

/// People that one look shows.
const MOST_SHOWN: usize = 5;

/// Somebody who may be the same.
#[derive(Debug, Clone)]
pub struct Likely {
    pub code: String,
    pub name: String,
    pub comune: Option<Comune>,
    pub reasons: Vec<Reason>,
}

/// Who may be there already, by what was typed so far.
pub async fn while_typing(
    context: &Context,
    actor: &Actor,
    form: Form,
    fields: &(dyn Fields + Sync),
    but: Option<&str>,
) -> Result<Vec<Likely>, ServiceError> {
    require_desk(actor)?;
    let stated = |column: &str| {
        let text = fields.get(column).map(str::trim);
        text.filter(|text| !text.is_empty())
    };
    let sought = Traits {
        given_name: stated("given_name").unwrap_or_default().to_owned(),
        family_name: stated("family_name").unwrap_or_default().to_owned(),
        phone: stated("phone").and_then(|text| Phone::parse(text).ok()),
        email: stated("email").and_then(|text| EmailAddress::parse(text).ok()),
        birth_date: stated("birth_date").and_then(|text| reading::date(text).ok()),
    };
    let db = context.db.read();
    Ok(match form {
        Form::Worker => among::<Workers>(db, &sought, but).await?,
        Form::Family => among::<Families>(db, &sought, but).await?,
        Form::Request => Vec::new(),
    })
}

/// Those who are alike, the most reasons first.
pub(in crate::services) async fn among<T: Kept>(
    db: &impl Connection,
    sought: &Traits,
    but: Option<&str>,
) -> Result<Vec<Likely>, StorageError> {
    let candidates = T::candidates(db, sought).await?;
    let mut likely: Vec<Likely> = candidates
        .into_iter()
        .filter(|one| Some(one.code.as_str()) != but)
        .map(|one| Likely {
            reasons: reasons(sought, &one.traits),
            name: format!("{} {}", one.traits.given_name, one.traits.family_name),
            comune: one.comune,
            code: one.code,
        })
        .filter(|one| !one.reasons.is_empty())
        .collect();
    likely.sort_by(|a, b| (b.reasons.len().cmp(&a.reasons.len())).then(a.code.cmp(&b.code)));
    likely.truncate(MOST_SHOWN);
    Ok(likely)
}
