//! A worker asks to be registered: a name, a number, a comune. All else is asked in person;
//! the desk phones and gives an appointment.

use super::ask::{self, Ready, Sent, file, sent_before};
use super::{Context, ServiceError};
use crate::catalogue::Language;
use crate::domain::carried::Carried;
use crate::domain::public_request::{InboxKind, Joining};
use crate::domain::reading::Fields;

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
    let answers = [
        ("given_name", joining.given_name.to_string()),
        ("family_name", joining.family_name.to_string()),
        ("phone", joining.phone.to_string()),
        ("comune", joining.comune.istat().to_owned()),
        ("contact_language", carried.language.clone()),
        ("contact_by", "phone".to_owned()),
    ];
    let ready = Ready {
        kind: InboxKind::Worker,
        name: joining.full_name(),
        comune: joining.comune,
        by_phone: true,
        email: None,
        phone: Some(joining.phone),
        answers: answers.map(|(name, cell)| (name.to_owned(), cell)).into(),
        words: None,
    };
    file(context, carried, ready, network).await
}
