//! Opens waves, reminds, and closes them: what `jobs` does of the follow-up every
//! few minutes. A batch is one transaction; copies of the program take turns. Who
//! was invited once is never invited again, so a run that is cut is taken up by
//! the next.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Rome;
use sha2::{Digest, Sha256};

use super::{new_link, new_message_id};
use crate::clock::random_bytes;
use crate::domain::answer::Wave;
use crate::domain::contact::ContactBy;
use crate::domain::follow_up::{
    self as rules, Asked, Disposition, Followed, LINK_DAYS, NeedState, PHONE_FROM, REMINDER_DAYS,
};
use crate::domain::mail::MailKind;
use crate::domain::outcome::Told;
use crate::domain::wave_policy::WavePolicy;
use crate::services::{Context, ServiceError};
use crate::storage::invitations::{Candidate, Item, NewInvitation};
use crate::storage::mailings::{Contact, Mailing, Person};
use crate::storage::outbox::NewMail;
use crate::storage::rows::CHUNK;
use crate::storage::{self, StorageError, Write};

/// The turn of the copies of the program.
const TURN: &str = "follow_up";

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Run {
    pub invited: u64,
    pub reminded: u64,
    pub closed: u64,
}

/// Everything of the follow-up that is due today but the delivery of mail.
pub async fn run(context: &Context) -> Result<Run, ServiceError> {
    Ok(Run {
        closed: close(context).await?,
        invited: open(context).await?,
        reminded: remind(context).await?,
    })
}

/// One side of one introduction that is due.
struct Due<'a> {
    candidate: &'a Candidate,
    side: Asked,
    person: Person,
    opens_on: NaiveDate,
    /// When the person is asked: a family waits for the last of a week's sheets.
    asked_on: NaiveDate,
    /// What came of it where they said it before anybody asked.
    answered: Option<Disposition>,
}

async fn open(context: &Context) -> Result<u64, ServiceError> {
    let today = context.today();
    let (limit, db) = (CHUNK as u64, context.db.read());
    let policy = storage::wave_rules::policy(db).await?;
    let mut invited = 0;
    for wave in policy.waves(today) {
        let of_wave = (wave, today);
        let mut last = None;
        loop {
            let batch = storage::invitations::candidates(db, wave, today, last, limit).await?;
            let Some(end) = batch.last() else { break };
            last = Some((end.issued_on, end.id));
            invited += invite(context, &policy, of_wave, &batch).await?;
        }
        if !wave.is_of_a_hire() {
            continue;
        }
        let mut last = 0;
        loop {
            let batch =
                storage::invitations::candidates_by_start(db, wave, today, last, limit).await?;
            let Some(end) = batch.last() else { break };
            last = end.id;
            invited += invite(context, &policy, of_wave, &batch).await?;
        }
    }
    Ok(invited)
}

/// Invites whoever of a batch is due.
async fn invite(
    context: &Context,
    policy: &WavePolicy,
    (wave, today): (Wave, NaiveDate),
    batch: &[Candidate],
) -> Result<u64, ServiceError> {
    let write = context.db.write().await?;
    storage::counters::draw(&*write, TURN, 1).await?;
    let mut due = due(&write, wave, today, batch).await?;
    due.retain(|one| policy.asks(wave, one.opens_on));
    if due.is_empty() {
        return Ok(0);
    }
    let mut desk = Reception::open(context, &write, today, &due).await?;
    let mut new = Vec::with_capacity(due.len());
    for one in &due {
        let stopped = desk.stopped.get(&one.person).copied();
        let ended = followed(one.candidate, Vec::new()).ended(one.side, stopped);
        let settled = one.answered.or(ended);
        let Some((mailing_id, by_mail)) = desk.mailing(one, settled.is_some()).await? else {
            continue;
        };
        let phone_from = if by_mail {
            one.opens_on + TimeDelta::days(PHONE_FROM)
        } else {
            today
        };
        new.push(NewInvitation {
            introduction_id: one.candidate.id,
            side: one.side,
            wave,
            mailing_id,
            opens_on: one.opens_on,
            closes_on: rules::closes_on(one.opens_on),
            phone_from: settled.is_none().then_some(phone_from),
            drawn: rules::is_drawn(Sha256::digest(one.candidate.code.as_str())[0]),
            settled: settled.map(|disposition| (disposition, today)),
        });
    }
    storage::invitations::insert_many(&*write, &new).await?;
    write.commit().await?;
    Ok(new.len() as u64)
}

fn followed(candidate: &Candidate, told: Vec<Told>) -> Followed {
    Followed {
        issued_on: candidate.issued_on,
        loaded_on: candidate.loaded_on,
        request: candidate.request,
        worker_withdrawn: candidate.worker_withdrawn,
        told,
    }
}

/// Which sides of a batch are due today.
async fn due<'a>(
    write: &Write,
    wave: Wave,
    today: NaiveDate,
    batch: &'a [Candidate],
) -> Result<Vec<Due<'a>>, ServiceError> {
    let ids: Vec<i64> = batch.iter().map(|one| one.id).collect();
    let mut told = storage::answers::told(&**write, &ids).await?;
    let invited: HashSet<(i64, Asked)> = storage::invitations::existing(&**write, wave, &ids)
        .await?
        .into_iter()
        .collect();
    let requests: Vec<i64> = batch.iter().map(|one| one.request_id).collect();
    let together = if wave.is_of_a_hire() {
        HashMap::new()
    } else {
        asked_together(write, wave, &requests).await?
    };
    let mut due = Vec::new();
    for candidate in batch {
        // Who took the request back, or needs nobody any more, is not asked.
        if candidate.request != NeedState::Lives {
            continue;
        }
        let said = told.remove(&candidate.id).unwrap_or_default();
        let followed = followed(candidate, said);
        let Some(opens_on) = followed.day_of(wave, today) else {
            continue;
        };
        let is_open = |day: NaiveDate| day <= today && today < rules::closes_on(opens_on);
        for side in Asked::ALL.iter().copied() {
            let (person, day) = match side {
                Asked::Worker => (Person::Worker(candidate.worker_id), opens_on),
                Asked::Family => {
                    let day = together.get(&candidate.id).copied();
                    (Person::Family(candidate.family_id), day.unwrap_or(opens_on))
                }
            };
            if is_open(day) && !invited.contains(&(candidate.id, side)) {
                let told = &followed.told;
                let closes_on = rules::closes_on(opens_on);
                due.push(Due {
                    candidate,
                    side,
                    person,
                    opens_on,
                    asked_on: day,
                    answered: rules::answered_in_time(told, side, wave, closes_on, today),
                });
            }
        }
    }
    about_people_who_may_be_asked(write, due).await
}

/// But for whom nobody may ask now, and for what is about somebody who was erased.
async fn about_people_who_may_be_asked<'a>(
    write: &Write,
    mut due: Vec<Due<'a>>,
) -> Result<Vec<Due<'a>>, ServiceError> {
    if due.is_empty() {
        return Ok(due);
    }
    let sides = |one: &Due<'_>| {
        [
            Person::Worker(one.candidate.worker_id),
            Person::Family(one.candidate.family_id),
        ]
    };
    let people: HashSet<Person> = due.iter().flat_map(sides).collect();
    let people: Vec<Person> = people.into_iter().collect();
    let restricted = storage::restrictions::among(&**write, &people).await?;
    let erased = storage::erasures::people_among(&**write, &people).await?;
    due.retain(|one| {
        let gone = sides(one).iter().any(|person| erased.contains(person));
        !gone && !restricted.contains(&one.person)
    });
    Ok(due)
}

/// On which day a family is asked about each introduction of some requests.
async fn asked_together(
    write: &Write,
    wave: Wave,
    requests: &[i64],
) -> Result<HashMap<i64, NaiveDate>, ServiceError> {
    let mut by_request = HashMap::<i64, Vec<(i64, NaiveDate)>>::new();
    for (request, id, day) in storage::invitations::issued(&**write, requests).await? {
        let due = day + TimeDelta::days(wave.days());
        by_request.entry(request).or_default().push((id, due));
    }
    let mut asked = HashMap::new();
    for introductions in by_request.into_values() {
        let days: Vec<NaiveDate> = introductions.iter().map(|(_, day)| *day).collect();
        let together = rules::together(&days);
        asked.extend(introductions.iter().map(|(id, _)| *id).zip(together));
    }
    Ok(asked)
}

/// Puts what is due into mailings: one mail a person and day.
struct Reception<'a> {
    context: &'a Context,
    write: &'a Write,
    today: NaiveDate,
    contacts: HashMap<Person, Contact>,
    unreachable: HashSet<Person>,
    /// Who is not asked any more, and why.
    stopped: HashMap<Person, Disposition>,
    /// Whom a mail waits for, or reached today already.
    written_to: HashSet<Person>,
    /// Mailings of today, whether they go by mail, and whether they take more.
    mailings: HashMap<Person, (i64, bool, bool)>,
}

impl<'a> Reception<'a> {
    async fn open(
        context: &'a Context,
        write: &'a Write,
        today: NaiveDate,
        due: &[Due<'_>],
    ) -> Result<Self, ServiceError> {
        let mut people: Vec<Person> = due.iter().map(|one| one.person).collect();
        people.sort_unstable();
        people.dedup();
        let contacts = storage::contacts::of(&**write, &people).await?;
        let addresses: Vec<_> = contacts
            .values()
            .filter_map(|one| one.email.as_ref())
            .collect();
        let marked = storage::outbox::marked(&**write, &addresses).await?;
        let unreachable = contacts
            .values()
            .filter(|one| {
                one.email
                    .as_ref()
                    .is_none_or(|email| marked.contains(&email))
            })
            .map(|one| one.person)
            .collect();
        let mut mailings = storage::mailings::of_day(&**write, &people, today).await?;
        // Of two the one by mail counts: the other only writes down what was said already.
        mailings.sort_by_key(|(one, _)| one.by_mail);
        Ok(Self {
            context,
            write,
            today,
            stopped: storage::mailings::stopped(&**write, &people).await?,
            unreachable,
            contacts,
            written_to: written_to(write, &people, today).await?,
            mailings: mailings
                .into_iter()
                .map(|(one, takes_more)| (one.person, (one.id, one.by_mail, takes_more)))
                .collect(),
        })
    }

    /// The mailing that takes it, and whether it goes by mail; `None`: the mail of the
    /// day has gone or another one waits, so this waits for tomorrow. `silent`: nobody is
    /// to be written to.
    async fn mailing(
        &mut self,
        due: &Due<'_>,
        silent: bool,
    ) -> Result<Option<(i64, bool)>, ServiceError> {
        let wants_mail = self.contacts.get(&due.person).is_some_and(|contact| {
            matches!(contact.by, None | Some(ContactBy::Email))
                && !self.unreachable.contains(&due.person)
        });
        let by_mail = wants_mail && !silent;
        if let Some((id, goes, takes_more)) = self.mailings.get(&due.person)
            && (*goes || !by_mail)
        {
            return Ok((*takes_more || !by_mail).then_some((*id, *goes)));
        }
        if by_mail && self.written_to.contains(&due.person) {
            return Ok(None);
        }
        let id = storage::mailings::insert(
            &**self.write,
            due.person,
            self.today,
            rules::closes_on(self.today),
            rules::link_until(self.today),
            by_mail,
        )
        .await?;
        if by_mail {
            let key = format!("survey:{id}");
            queue(
                self.context,
                self.write,
                MailKind::Survey,
                key,
                id,
                due.asked_on,
            )
            .await?;
        }
        self.mailings.insert(due.person, (id, by_mail, true));
        Ok(Some((id, by_mail)))
    }
}

/// Whom of some people a mail of the follow-up waits for, or reached today already: they
/// get no other one today.
async fn written_to(
    write: &Write,
    people: &[Person],
    today: NaiveDate,
) -> Result<HashSet<Person>, StorageError> {
    let opened_from = today - TimeDelta::days(LINK_DAYS);
    storage::mailings::written_to(&**write, people, beginning(today), opened_from).await
}

fn in_rome(moment: DateTime<Utc>) -> NaiveDate {
    moment.with_timezone(&Rome).date_naive()
}

/// The first moment of a day in Rome.
fn beginning(day: NaiveDate) -> DateTime<Utc> {
    let midnight = day.and_time(NaiveTime::MIN);
    let there = midnight.and_local_timezone(Rome).earliest();
    there.map_or_else(|| midnight.and_utc(), |moment| moment.with_timezone(&Utc))
}

/// Queues a mail with a link of its own, to go on `day` or, where that is past,
/// within hours.
async fn queue(
    context: &Context,
    write: &Write,
    kind: MailKind,
    dedup_key: String,
    mailing_id: i64,
    day: NaiveDate,
) -> Result<(), ServiceError> {
    let now = context.now();
    let lot = u16::from_le_bytes(random_bytes(context.randomness.as_ref()));
    let mail = NewMail {
        kind,
        dedup_key,
        message_id: new_message_id(context),
        mailing_id: Some(mailing_id),
        recipient: None,
        token: Some(new_link(context, &**write, mailing_id).await?),
        send_at: rules::send_at(day, now, lot),
    };
    storage::outbox::queue(&**write, &mail, now).await?;
    Ok(())
}

/// What ends an invitation without an answer, as things stand.
pub(super) fn ended(item: &Item) -> Option<Disposition> {
    followed(&item.introduction, Vec::new()).ended(item.side, None)
}

/// What the answers that arrived after the one with the key `since` make of invitations,
/// as a file may tell of many: also of those whose wave is over, where they were given
/// before.
pub(in crate::services) async fn settle_answered(
    context: &Context,
    write: &Write,
    since: i64,
) -> Result<(), StorageError> {
    let today = context.today();
    let mut last = 0;
    loop {
        let batch =
            storage::invitations::answered(&**write, since, today, last, CHUNK as u64).await?;
        let Some(end) = batch.last() else {
            return Ok(());
        };
        last = end.id;
        let ids: Vec<i64> = batch.iter().map(|one| one.introduction.id).collect();
        let told = storage::answers::told(&**write, &ids).await?;
        for disposition in [Disposition::Complete, Disposition::Partial] {
            let those = batch
                .iter()
                .filter(|item| in_time(item, &told, today) == Some(disposition));
            let ids: Vec<i64> = those.map(|item| item.id).collect();
            if !ids.is_empty() {
                storage::invitations::settle(&**write, &ids, disposition, today).await?;
            }
        }
    }
}

/// What answers make of an invitation. `told`: by the keys of introductions.
fn in_time(item: &Item, told: &HashMap<i64, Vec<Told>>, today: NaiveDate) -> Option<Disposition> {
    let told = told.get(&item.introduction.id)?;
    rules::answered_in_time(told, item.side, item.wave, item.closes_on, today)
}

async fn remind(context: &Context) -> Result<u64, ServiceError> {
    let today = context.today();
    let newest = today - TimeDelta::days(REMINDER_DAYS[0]);
    let days = (rules::oldest_open(today), newest);
    let (mut last, mut reminded) = (0, 0);
    loop {
        let write = context.db.write().await?;
        storage::counters::draw(&*write, TURN, 1).await?;
        let batch = storage::mailings::unanswered(&*write, days, today, last, CHUNK as u64).await?;
        let Some(end) = batch.last() else { break };
        last = end.mailing.id;
        let people: Vec<Person> = batch.iter().map(|one| one.mailing.person).collect();
        let mut written_to = written_to(&write, &people, today).await?;
        for one in &batch {
            // A first mail that never went is not recalled.
            let Some(first_on) = one.first_went_at.map(in_rome) else {
                continue;
            };
            let Some(number) = rules::reminder(first_on, today) else {
                continue;
            };
            let kind = [MailKind::FirstReminder, MailKind::LastReminder][number];
            // The last reminder is the last.
            let done = one.kinds.contains(&kind) || one.kinds.contains(&MailKind::LastReminder);
            let Mailing { id, person, .. } = one.mailing;
            // Another mail of today keeps this one until tomorrow.
            if done || !written_to.insert(person) {
                continue;
            }
            let key = format!("{}:{id}", kind.code());
            queue(context, &write, kind, key, id, today).await?;
            reminded += 1;
        }
        write.commit().await?;
    }
    Ok(reminded)
}

async fn close(context: &Context) -> Result<u64, ServiceError> {
    let today = context.today();
    let mut closed = 0;
    loop {
        let write = context.db.write().await?;
        storage::counters::draw(&*write, TURN, 1).await?;
        let batch = storage::invitations::to_close(&*write, today, CHUNK as u64).await?;
        if batch.is_empty() {
            break;
        }
        closed += batch.len() as u64;
        for (disposition, ids) in endings(&write, &batch, today).await? {
            storage::invitations::settle(&*write, &ids, disposition, today).await?;
        }
        write.commit().await?;
    }
    Ok(closed)
}

/// How each invitation of a batch ends.
async fn endings(
    write: &Write,
    batch: &[Item],
    today: NaiveDate,
) -> Result<Vec<(Disposition, Vec<i64>)>, ServiceError> {
    let ids: Vec<i64> = batch.iter().map(|one| one.id).collect();
    let introductions: Vec<i64> = batch.iter().map(|one| one.introduction.id).collect();
    let mailings: Vec<i64> = batch.iter().map(|one| one.mailing_id).collect();
    let tries = storage::phone_tries::last_of(&**write, &ids).await?;
    let returned = storage::outbox::undeliverable(&**write, &mailings).await?;
    // A file can tell of a day that was still to come.
    let told = storage::answers::told(&**write, &introductions).await?;
    let mut endings: Vec<(Disposition, Vec<i64>)> = Vec::new();
    for one in batch {
        let disposition = rules::closing(
            ended(one),
            in_time(one, &told, today),
            tries.get(&one.id).copied(),
            returned.contains(&one.mailing_id),
        );
        match endings.iter_mut().find(|(other, _)| *other == disposition) {
            Some((_, ids)) => ids.push(one.id),
            None => endings.push((disposition, vec![one.id])),
        }
    }
    Ok(endings)
}
