//! The day before, whoever comes to a desk is reminded by mail, in their language and with a
//! link to move it; of whom no mail reaches, the desk's list says so. Once, whatever happens
//! in between: moved, it is another appointment; cancelled, nothing is written.

use std::collections::HashSet;

use chrono::{DateTime, NaiveTime, Utc};
use chrono_tz::Europe::Rome;

use super::now_here;
use crate::catalogue::Words;
use crate::domain::follow_up::Disposition;
use crate::domain::mail::MailKind;
use crate::mail::letter::Letter;
use crate::services::proposals::letters::Letterbox;
use crate::services::{Context, ServiceError, links};
use crate::storage::appointments::{Appointment, Whom};
use crate::storage::mailings::Person;
use crate::storage::merges::People;
use crate::storage::rows::CHUNK;
use crate::storage::{self, Connection};

/// Reminds a piece of those who come tomorrow; how many mails wait. Whoever chose it today
/// knows.
pub async fn run(context: &Context) -> Result<u64, ServiceError> {
    let today = context.today();
    let Some(tomorrow) = today.succ_opt() else {
        return Ok(0);
    };
    let midnight = today.and_time(NaiveTime::MIN);
    let midnight: DateTime<Utc> = midnight
        .and_local_timezone(Rome)
        .earliest()
        .map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc));
    let most = CHUNK as u64;
    let db = context.db.read();
    let due = storage::appointments::to_remind(db, tomorrow, midnight, most).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let write = context.db.write().await?;
    let due = storage::appointments::to_remind(&*write, tomorrow, midnight, most).await?;
    let people: Vec<Person> = due.iter().filter_map(person_of).collect();
    let letterbox = Letterbox::open(&*write, &people).await?;
    let alone = left_alone(&*write, &people).await?;
    let mut queued = 0;
    for one in &due {
        // Another program may have been faster.
        if !storage::appointments::remind(&*write, one.id, context.now()).await? {
            continue;
        }
        let written = |person: &Person| letterbox.takes_mail(*person) && !alone.contains(person);
        if let Some(person) = person_of(one).filter(written) {
            let kind = MailKind::AppointmentNear;
            let mail = (kind, format!("{}:{}", kind.code(), one.id));
            links::queue_mail(context, &*write, person, mail, true).await?;
            queued += 1;
        }
    }
    write.commit().await?;
    Ok(queued)
}

/// To whom of some people no mail goes by itself, though it would arrive: somebody died in
/// the family, the worker has withdrawn, so that a link opens nothing, or they are held back.
/// The desk calls them, where there is something to say. Whoever only wants to be asked
/// nothing more is reminded all the same.
pub(super) async fn left_alone(
    db: &impl Connection,
    people: &[Person],
) -> Result<HashSet<Person>, ServiceError> {
    let stopped = storage::mailings::stopped(db, people).await?.into_iter();
    let died = stopped.filter(|(_, how)| *how == Disposition::Died);
    let mut alone: HashSet<Person> = died.map(|(person, _)| person).collect();
    let contacts = storage::contacts::of(db, people).await?;
    let (mut workers, mut families, mut ids) = (Vec::new(), Vec::new(), Vec::new());
    for contact in contacts.values() {
        match contact.person {
            Person::Worker(id) => {
                ids.push(id);
                workers.push(contact);
            }
            Person::Family(_) => families.push(contact),
        }
    }
    let gone = storage::workers::withdrawn_among(db, &ids).await?;
    alone.extend(gone.into_iter().map(Person::Worker));
    for (kind, theirs) in [(People::Workers, workers), (People::Families, families)] {
        let codes: Vec<&str> = theirs.iter().map(|one| one.code.as_str()).collect();
        let held = storage::blocks::held_among(db, kind, codes).await?;
        let theirs = theirs.iter().filter(|one| held.contains(&one.code));
        alone.extend(theirs.map(|one| one.person));
    }
    Ok(alone)
}

fn person_of(one: &Appointment) -> Option<Person> {
    match one.whom {
        Whom::Person(person) => Some(person),
        Whom::Asking(_) => None,
    }
}

/// The messages that the mail is made of.
pub(in crate::services) const KEYS: [&str; 6] = [
    "links-near-subject",
    "links-near-intro",
    "links-near-when",
    "links-near-where",
    "links-near-open",
    "links-near-how",
];

/// The mail, as long as they still come.
pub(in crate::services) async fn letter(
    context: &Context,
    db: &impl Connection,
    words: Words,
    person: Person,
    link: Option<String>,
) -> Result<Option<Letter>, ServiceError> {
    // What became known since the mail was queued counts.
    if left_alone(db, &[person]).await?.contains(&person) {
        return Ok(None);
    }
    let now = now_here(context);
    let mut ahead =
        storage::appointments::of_whom(db, Whom::Person(person), context.today()).await?;
    ahead.retain(|one| one.begin.at() > now && one.reminded_at.is_some());
    let (Some(next), Some(link)) = (ahead.into_iter().next(), link) else {
        return Ok(None);
    };
    let desks = storage::places::desks(db).await?;
    let desk = desks.into_iter().find(|(id, _)| *id == next.desk_id);
    let place = desk.map(|(_, desk)| {
        let parts = [Some(desk.name), desk.address];
        let comune = Some(desk.comune.name().to_owned());
        let all = parts.into_iter().chain([comune]).flatten();
        all.collect::<Vec<String>>().join(", ")
    });
    let [subject, intro, when, at, open, how] = KEYS.map(|key| words.get(key).into_owned());
    let moment = words.moment(next.begin.at());
    Ok(Some(Letter {
        words,
        subject,
        intro,
        facts: vec![(when, moment), (at, place.unwrap_or_default())],
        action: Some((open, link)),
        closing: how,
        signature: String::new(),
        beneath: Vec::new(),
    }))
}
