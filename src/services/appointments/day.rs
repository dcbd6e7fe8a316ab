//! Who comes to a desk on a day: the list that is printed, with whom somebody has to call
//! because no mail reminds them.

use std::collections::HashMap;

use chrono::{NaiveDate, TimeDelta};

use super::desk_of;
use super::hours::chosen;
use super::remind::left_alone;
use crate::catalogue::Language;
use crate::domain::account::Actor;
use crate::services::error::require_desk;
use crate::services::proposals::letters::Letterbox;
use crate::services::{Context, ServiceError};
use crate::storage;
use crate::storage::appointments::{Appointment, Whom};
use crate::storage::mailings::Person;
use crate::storage::places::Desk;

/// Days before and after today of which the list may be read.
const SHOWN_DAYS: i64 = 3660;

/// Somebody who comes.
pub struct Coming {
    pub appointment: Appointment,
    pub name: String,
    pub phone: Option<String>,
    /// The code of the record, or the number of what was asked.
    pub code: String,
    /// The language in which they are written to, where there is a record.
    pub language: Option<Language>,
    /// Whether a mail reminds them.
    pub by_mail: bool,
}

/// See the module's words.
pub struct Day {
    pub desks: Vec<Desk>,
    pub desk: Desk,
    pub day: NaiveDate,
    pub is_closed: bool,
    pub coming: Vec<Coming>,
}

/// The list of a desk and a day; of the actor's own desk and of today where none is named.
pub async fn of(
    context: &Context,
    actor: &Actor,
    desk: Option<&str>,
    day: Option<NaiveDate>,
) -> Result<Day, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let today = context.today();
    // Not every date that can be typed is one for every database.
    let shown = TimeDelta::days(SHOWN_DAYS);
    let day = day.unwrap_or(today).clamp(today - shown, today + shown);
    let (id, desk) = desk_of(db, chosen(actor, desk)).await?;
    let appointments = storage::appointments::of_day(db, id, day).await?;
    let (mut people, mut askings) = (Vec::new(), Vec::new());
    for one in &appointments {
        match one.whom {
            Whom::Person(person) => people.push(person),
            Whom::Asking(id) => askings.push(id),
        }
    }
    let contacts = storage::contacts::of(db, &people).await?;
    let letterbox = Letterbox::open(db, &people).await?;
    let alone = left_alone(db, &people).await?;
    let named = storage::inbox::named(db, &askings).await?;
    let named: HashMap<i64, _> = named
        .into_iter()
        .map(|(id, number, name, phone)| (id, (number, name, phone)))
        .collect();
    let coming = appointments.into_iter().filter_map(|appointment| {
        Some(match appointment.whom {
            Whom::Person(person) => {
                let contact = contacts.get(&person)?;
                Coming {
                    name: contact.name.clone(),
                    phone: contact.phone.clone(),
                    code: contact.code.clone(),
                    language: Some(match person {
                        Person::Family(_) => Language::of_screens(contact.language),
                        Person::Worker(_) => Language::written_to(contact.language),
                    }),
                    // A day that has come without a reminder gets none any more.
                    by_mail: letterbox.takes_mail(person)
                        && !alone.contains(&person)
                        && (appointment.reminded_at.is_some() || day > today),
                    appointment,
                }
            }
            Whom::Asking(id) => {
                let (number, name, phone) = named.get(&id)?.clone();
                Coming {
                    appointment,
                    name,
                    phone,
                    code: number,
                    language: None,
                    by_mail: false,
                }
            }
        })
    });
    let closed = storage::appointments::calendar(db, id, (day, day)).await?;
    let desks = storage::places::desks(db).await?;
    Ok(Day {
        desks: desks.into_iter().map(|(_, one)| one).collect(),
        desk,
        day,
        is_closed: closed.closed.contains(&day),
        coming: coming.collect(),
    })
}
