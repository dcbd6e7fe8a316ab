//! A worker asks to be registered, or somebody for them: who it is, a comune, and how to answer.
//! An address is confirmed by its link before a desk sees anything; whoever leaves a number
//! chooses at once when to come, or the desk phones and says when. All else is asked in person.

use chrono::TimeDelta;

use super::ask::{self, Ready, Receipt, Sent, file, hash_of_form, receipt, sent_before};
use super::{Context, ServiceError};
use crate::catalogue::Language;
use crate::domain::appointment::{Begin, ComesFor, MOST_A_DAY};
use crate::domain::carried::Carried;
use crate::domain::public_request::{InboxKind, Joining};
use crate::domain::reading::Fields;
use crate::services::appointments::{By, Offer, Wish, ahead_at, book, offer};
use crate::services::links::appointment::Choice;
use crate::storage;
use crate::storage::appointments::{Appointment, Whom};
use crate::storage::places::Desk;

/// A worker's form that begins.
pub fn begin(context: &Context, language: Language) -> Carried {
    Carried {
        kind: InboxKind::Worker.code().to_owned(),
        ..ask::begin(context, language)
    }
}

/// Sends the form. `fields`: [`Joining::COLUMNS`].
pub async fn send(
    context: &Context,
    carried: &Carried,
    fields: &(dyn Fields + Sync),
    network: &str,
) -> Result<Sent, ServiceError> {
    if let Some(before) = sent_before(context, carried).await? {
        return Ok(before);
    }
    let joining = Joining::read(fields).map_err(ServiceError::Invalid)?.value;
    let said = joining.cells().into_iter();
    let mut answers: Vec<(String, String)> = said
        .map(|(column, cell)| (column.to_owned(), cell))
        .collect();
    answers.push(("contact_language".to_owned(), carried.language.clone()));
    let ready = Ready {
        kind: InboxKind::Worker,
        name: joining.full_name(),
        comune: joining.comune,
        by_phone: joining.by_phone(),
        email: joining.email,
        phone: joining.phone,
        answers,
        words: None,
    };
    file(context, carried, ready, network).await
}

/// What stands on the page once the form is sent.
pub struct Next {
    pub receipt: Receipt,
    /// When they come, and to which desk.
    pub own: Option<(Appointment, Desk)>,
    pub offer: Offer,
}

/// What the sender of a form may choose now; none where it was not sent.
pub async fn next(context: &Context, carried: &Carried) -> Result<Option<Next>, ServiceError> {
    let db = context.db.read();
    let Some(asked) = storage::inbox::of_form(db, &hash_of_form(carried)).await? else {
        return Ok(None);
    };
    let (own, offer) = if asked.state.is_open() {
        let desks = storage::places::desks(db).await?;
        let own = ahead_at(context, db, Whom::Asking(asked.id), &desks).await?;
        let offer = offer(context, db, asked.desk_id, By::Asked, None).await?;
        (own.into_iter().next(), offer)
    } else {
        (None, Offer::default())
    };
    Ok(Some(Next {
        receipt: receipt(context, &asked).await?,
        own,
        offer,
    }))
}

/// The sender of a form chooses when to come.
pub async fn appoint(
    context: &Context,
    carried: &Carried,
    begin: &str,
) -> Result<Choice, ServiceError> {
    let Some(begin) = Begin::parse(begin) else {
        return Ok(Choice::Nothing);
    };
    let write = context.db.write().await?;
    let asked = storage::inbox::of_form(&*write, &hash_of_form(carried)).await?;
    let asked = asked.filter(|one| one.kind == InboxKind::Worker && one.state.is_open());
    let Some(asked) = asked else {
        return Ok(Choice::Taken);
    };
    let whom = Whom::Asking(asked.id);
    let since = context.now() - TimeDelta::days(1);
    if storage::appointments::count_since(&*write, whom, since).await? >= MOST_A_DAY {
        return Ok(Choice::Enough);
    }
    let wish = Wish {
        whom,
        code: &asked.number,
        desk_id: asked.desk_id,
        begin,
        comes_for: ComesFor::Registration,
        by: By::Asked,
    };
    if !book(context, &write, wish).await? {
        return Ok(Choice::Taken);
    }
    write.commit().await?;
    Ok(Choice::Kept)
}
