//! What somebody does who opens a link: look, answer, correct, stop, ask to be
//! phoned. Looking writes nothing. Who has the link is who was asked: there is no
//! sign-in, and nothing is shown beyond a given name and an initial.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::{DateTime, NaiveDate, Utc};

use super::record::{self, NotRecorded};
use super::{hash_of, short_name};
use crate::catalogue::Language;
use crate::domain::account::{FREE_TRIES_NETWORK, Throttle};
use crate::domain::answer::{Answer, Channel, Wave};
use crate::domain::follow_up::{Asked, Disposition, NeedState};
use crate::domain::private_link::PersonTask;
use crate::domain::request::Exclusion;
use crate::domain::survey::{DIED, Question, Step, Wrong, questions};
use crate::services::{Context, ServiceError};
use crate::storage;
use crate::storage::invitations::Item;
use crate::storage::mailings::Mailing;

/// Networks that are remembered at the same time.
const MOST_NETWORKS: usize = 10_000;

/// Wrong links by network, in memory: a guess must not cost a write, and 192 bits
/// are guessed by nobody.
#[derive(Default)]
pub struct WrongLinks(Mutex<HashMap<String, Throttle>>);

impl WrongLinks {
    /// Whether a network waits.
    pub(in crate::services) fn waits(&self, network: &str, now: DateTime<Utc>) -> bool {
        self.seconds_to_wait(network, now).is_some()
    }

    /// How long it still waits.
    pub(in crate::services) fn seconds_to_wait(
        &self,
        network: &str,
        now: DateTime<Utc>,
    ) -> Option<u64> {
        let known = self.0.lock().expect("no holder of this lock panics");
        let throttle = known.get(network)?;
        throttle.on(now).seconds_to_wait(now)
    }

    pub(in crate::services) fn count(&self, network: &str, now: DateTime<Utc>) {
        let mut known = self.0.lock().expect("no holder of this lock panics");
        if known.len() >= MOST_NETWORKS {
            known.retain(|_, throttle| throttle.on(now).seconds_to_wait(now).is_some());
        }
        if known.len() >= MOST_NETWORKS {
            known.clear();
        }
        let before = known.remove(network).unwrap_or(Throttle::new(now));
        let after = before.after_failure(FREE_TRIES_NETWORK, now);
        known.insert(network.to_owned(), after);
    }
}

/// Why a link opens nothing. Pages tell nobody which of the first two it was.
pub enum Closed {
    /// Wrong, cut, or too old.
    Gone,
    /// Too many wrong links from this network.
    Waits,
    Failed(ServiceError),
}

impl<E: Into<ServiceError>> From<E> for Closed {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// What a link opens.
pub struct Opened {
    pub side: Asked,
    pub language: Language,
    pub desk_phone: String,
    /// The last day on which an answer can be corrected.
    pub until: NaiveDate,
    pub asked: Vec<Name>,
    mailing: Mailing,
}

/// One name that is asked about.
pub struct Name {
    pub name: String,
    pub wave: Wave,
    /// What was said so far.
    pub answer: Option<Answer>,
    item: Item,
}

impl Opened {
    /// Whether they said of a job that it is over, and may look again: nobody asks that
    /// of a family in which somebody died.
    pub fn has_ended(&self) -> bool {
        let mut said = self.asked.iter().filter_map(|name| name.answer.as_ref());
        let died = |answer: &Answer| answer.end_reason == Some(DIED);
        let bereaved = self.side == Asked::Family && said.clone().any(died);
        !bereaved && said.any(|answer| answer.still_working == Some(false))
    }
}

/// Opens a link.
pub async fn open(context: &Context, token: &str, network: &str) -> Result<Opened, Closed> {
    let now = context.now();
    if context.wrong_links.waits(network, now) {
        return Err(Closed::Waits);
    }
    let db = context.db.read();
    let found = storage::mailings::of_link(db, &hash_of(token), context.today()).await?;
    let Some(mailing) = found else {
        context.wrong_links.count(network, now);
        return Err(Closed::Gone);
    };
    let contacts = storage::contacts::of(db, &[mailing.person]).await?;
    let contact = contacts.into_values().next().ok_or(Closed::Gone)?;
    let items = storage::invitations::of_mailing(db, mailing.id).await?;
    let introductions: Vec<i64> = items.iter().map(|item| item.introduction.id).collect();
    let answers = storage::answers::of_introductions(db, &introductions).await?;
    let mut asked = Vec::new();
    for item in items {
        // Who lost somebody is not shown a question about them.
        if item.introduction.request == NeedState::Ended(Exclusion::Died) {
            return Err(Closed::Gone);
        }
        asked.push(Name {
            name: short_name(match item.side {
                Asked::Family => &item.worker_name,
                Asked::Worker => &item.family_name,
            }),
            wave: item.wave,
            answer: answers
                .get(&item.introduction.id)
                .and_then(|answers| record::last_among(answers, item.side, item.wave))
                .cloned(),
            item,
        });
    }
    let (_, desk_phone) = super::delivery::desk(db, contact.desk_id).await?;
    Ok(Opened {
        side: mailing.person.side(),
        language: Language::written_to(contact.language),
        desk_phone,
        until: mailing.link_until.pred_opt().unwrap_or(mailing.link_until),
        asked,
        mailing,
    })
}

/// What came of sending a form.
pub enum Sent {
    /// Recorded, or recorded before already; the screen that follows, if any.
    Recorded(Option<Step>),
    Wrong(Vec<(Question, Wrong)>),
}

/// Records a screen of one name, once: a form that comes a second time changes
/// nothing. `form`: what the page drew for this very form.
pub async fn send(
    context: &Context,
    opened: &Opened,
    number: usize,
    step: Step,
    form: &str,
    get: &(dyn Fn(Question) -> Option<String> + Sync),
) -> Result<Sent, ServiceError> {
    let Some(name) = opened.asked.get(number) else {
        return Err(ServiceError::not_found("introduction", &number));
    };
    let item = &name.item;
    let hired = |answer: Option<&Answer>| {
        answer.is_some_and(|answer| answer.result == Some(crate::domain::answer::Said::Hired))
    };
    let asked = questions(item.wave, item.side, step, hired(name.answer.as_ref()));
    // Every form has a name that the page drew for it.
    if form.len() < 16 {
        let first = asked.first().copied().unwrap_or(Question::Result);
        return Ok(Sent::Wrong(vec![(first, Wrong::Empty)]));
    }
    let write = context.db.write().await?;
    if !storage::mailings::spend_form(&*write, &hash_of(form), context.today()).await? {
        let after = name.answer.as_ref();
        let next = after
            .and_then(|answer| crate::domain::survey::next(item.wave, item.side, step, answer));
        return Ok(Sent::Recorded(next));
    }
    let recorded = record::record(context, &*write, item, Channel::Mail, None, &asked, get).await;
    match recorded {
        Ok(answer) => {
            write.commit().await?;
            let next = crate::domain::survey::next(item.wave, item.side, step, &answer);
            Ok(Sent::Recorded(next))
        }
        Err(NotRecorded::Wrong(wrong)) => Ok(Sent::Wrong(wrong)),
        Err(NotRecorded::Failed(error)) => Err(error),
    }
}

/// Nobody writes or phones this person any more.
pub async fn stop(context: &Context, opened: &Opened) -> Result<(), ServiceError> {
    let person = opened.mailing.person;
    let write = context.db.write().await?;
    super::ended::stop(context, &*write, person, Disposition::Refusal).await?;
    Ok(write.commit().await?)
}

/// The desk is told that this person, whose job is over, looks again.
pub async fn look_again(context: &Context, opened: &Opened) -> Result<(), ServiceError> {
    if !opened.has_ended() {
        return Ok(());
    }
    let write = context.db.write().await?;
    crate::services::links::again::tell(context, &*write, opened.mailing.person).await?;
    Ok(write.commit().await?)
}

/// The desk phones this person, from today on, and keeps that in mind until somebody did:
/// what is open is on the list of calls only until its wave closes, what was answered or
/// stopped not at all.
pub async fn phone_me(context: &Context, opened: &Opened) -> Result<(), ServiceError> {
    let (today, person) = (context.today(), opened.mailing.person);
    let write = context.db.write().await?;
    storage::invitations::phone_from(&*write, opened.mailing.id, today).await?;
    let kind = PersonTask::CallWanted;
    storage::person_tasks::put(&*write, person, kind, today, None).await?;
    Ok(write.commit().await?)
}
