//! The pool kept true, by the program itself: availability is asked after so many days
//! without a word, longer silence pauses and is told (how long is policy), and ends of titles of stay and
//! accreditations are told of twice (how long before is policy), to the worker and to the desk.
//! By mail in the worker's language, or the desk telephones. Everything once for
//! what it is about, whatever happens in between.

use std::collections::HashSet;

use chrono::NaiveDate;

use super::proposals::letters::Letterbox;
use super::registering::save::{changed, note};
use super::tables::Workers;
use super::{Context, ServiceError, links};
use crate::domain::ids::WorkerCode;
use crate::domain::keeping::{PoolWord, Reminding, Silence, late_today};
use crate::domain::mail::MailKind;
use crate::domain::private_link::PersonTask;
use crate::domain::worker::WorkerStatus;
use crate::storage::changes::Change;
use crate::storage::mailings::Person;
use crate::storage::merges::People;
use crate::storage::rows::CHUNK;
use crate::storage::{self, Connection, Write, keeping};

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Kept {
    pub asked: u64,
    pub paused: u64,
    /// Told of the end of a title of stay, or of an accreditation.
    pub reminded: u64,
}

/// How something is told: the mail, whether it brings a link, and what the desk does
/// where there is no mail.
struct Telling {
    word: PoolWord,
    mail: MailKind,
    with_link: bool,
    task: PersonTask,
    /// The desk has something to do in any case.
    desk_too: bool,
}

const ASK: Telling = Telling {
    word: PoolWord::Ask,
    mail: MailKind::AskAvailability,
    with_link: true,
    task: PersonTask::AskAvailability,
    desk_too: false,
};
const PAUSED: Telling = Telling {
    word: PoolWord::Paused,
    mail: MailKind::PausedForSilence,
    with_link: true,
    task: PersonTask::TellPaused,
    desk_too: false,
};

fn permit(word: PoolWord) -> Telling {
    Telling {
        word,
        mail: MailKind::PermitEnds,
        // An appointment is chosen by it.
        with_link: true,
        task: PersonTask::PermitEnds,
        desk_too: true,
    }
}

fn accreditation(word: PoolWord) -> Telling {
    Telling {
        word,
        mail: MailKind::AccreditationEnds,
        with_link: true,
        task: PersonTask::AccreditationEnds,
        desk_too: true,
    }
}

/// Does what is due, a piece of each.
pub async fn run(context: &Context) -> Result<Kept, ServiceError> {
    let numbers = storage::policy::numbers(context.db.read()).await?;
    let silence = Silence::on(&numbers, context.today());
    let reminding = Reminding::on(&numbers, context.today());
    // Whoever is paused now is not asked in the same run.
    let paused = pause(context, silence).await?;
    Ok(Kept {
        asked: ask(context, silence).await?,
        paused,
        reminded: remind(context, reminding).await?,
    })
}

/// Key, code and day that something is about.
type Due = Vec<(i64, String, NaiveDate)>;

type Span = (NaiveDate, NaiveDate);

/// Whom a run looks for.
#[derive(Clone, Copy)]
enum Looked {
    ToAsk(Silence),
    /// Those silent for long: a part a day.
    ToAskLate(Silence),
    ToPause(Silence),
    Permits(Span, PoolWord),
    Accreditations(Span, PoolWord),
}

impl Looked {
    /// A piece of those who are due, but those held back: nobody writes to them by
    /// itself.
    async fn due(self, db: &impl Connection, today: NaiveDate) -> Result<Due, ServiceError> {
        let most = CHUNK as u64;
        let mut due = match self {
            Self::ToAsk(silence) => {
                let late = silence.late_since(today);
                let first = late.succ_opt().unwrap_or(late);
                keeping::to_ask(db, (first, silence.asked_since(today)), most).await?
            }
            Self::ToAskLate(silence) => {
                let days = (silence.late_since(today), silence.asked_since(today));
                keeping::to_ask_late(db, days, most).await?
            }
            Self::ToPause(silence) => {
                let (since, asked_by) = (silence.paused_since(today), silence.answered_by(today));
                keeping::to_pause(db, since, asked_by, most).await?
            }
            Self::Permits(span, word) => keeping::permits_ending(db, span, word, most).await?,
            Self::Accreditations(span, word) => {
                keeping::accreditations_ending(db, span, word, most).await?
            }
        };
        let codes = due.iter().map(|(_, code, _)| code.as_str());
        let held = storage::blocks::held_among(db, People::Workers, codes).await?;
        due.retain(|(_, code, _)| !held.contains(code));
        if let Self::ToAskLate(silence) = self
            && !due.is_empty()
        {
            let days = (silence.late_since(today), silence.asked_since(today));
            let (waiting, asked) = keeping::late(db, days, today).await?;
            due.truncate(usize::try_from(late_today(waiting, asked)).unwrap_or(usize::MAX));
        }
        Ok(due)
    }

    /// Holds the workers who are due, in a transaction that is begun for nobody
    /// else's sake. Another program may have been faster: who is due is asked once
    /// more when they are held.
    async fn held(self, context: &Context) -> Result<Option<(Write, Due)>, ServiceError> {
        let today = context.today();
        let due = self.due(context.db.read(), today).await?;
        if due.is_empty() {
            return Ok(None);
        }
        let ids: Vec<i64> = due.iter().map(|(id, ..)| *id).collect();
        let write = context.db.write().await?;
        storage::workers::lock(&*write, &ids).await?;
        let mut still = self.due(&*write, today).await?;
        let ids: HashSet<i64> = ids.into_iter().collect();
        still.retain(|(id, ..)| ids.contains(id));
        Ok(Some((write, still)))
    }
}

async fn ask(context: &Context, silence: Silence) -> Result<u64, ServiceError> {
    let fresh = tell_all(context, Looked::ToAsk(silence), &ASK).await?;
    Ok(fresh + tell_all(context, Looked::ToAskLate(silence), &ASK).await?)
}

async fn pause(context: &Context, silence: Silence) -> Result<u64, ServiceError> {
    let Some((write, due)) = Looked::ToPause(silence).held(context).await? else {
        return Ok(0);
    };
    let codes = due.iter().map(|(_, code, _)| WorkerCode::parse(code));
    let codes: Vec<WorkerCode> = codes.filter_map(Result::ok).collect();
    let (now, over) = (context.now(), [PersonTask::AskAvailability]);
    for mut worker in storage::workers::find_many(&*write, &codes).await? {
        let before = worker.value.clone();
        worker.value.status = WorkerStatus::Paused;
        worker.value.paused_until = None;
        worker.value.pause_reason = Some("no_answer");
        storage::workers::update(&*write, &worker).await?;
        let change = Change {
            kind: "worker",
            record: before.code.as_ref().map_or("", WorkerCode::as_str),
            version: worker.version + 1,
            action: worker.value.status.code(),
            fields: changed::<Workers>(&before, &worker.value),
        };
        note(&write, context, None, &change).await?;
        let person = Person::Worker(worker.id);
        storage::person_tasks::settle(&*write, person, &over, now, None).await?;
    }
    let paused = tell(context, &write, &PAUSED, &due).await?;
    write.commit().await?;
    Ok(paused)
}

/// Reminds of ends: of those that are near first, so that nobody hears of both.
async fn remind(context: &Context, reminding: Reminding) -> Result<u64, ServiceError> {
    let today = context.today();
    let day = |days| today + chrono::TimeDelta::days(days);
    let near = (today, day(reminding.near));
    let far = (day(reminding.near + 1), day(reminding.far));
    let mut reminded = 0;
    for (span, word) in [(near, PoolWord::PermitNear), (far, PoolWord::PermitFar)] {
        let looked = Looked::Permits(span, word);
        reminded += tell_all(context, looked, &permit(word)).await?;
    }
    let words = [
        (near, PoolWord::AccreditationNear),
        (far, PoolWord::AccreditationFar),
    ];
    for (span, word) in words {
        let looked = Looked::Accreditations(span, word);
        reminded += tell_all(context, looked, &accreditation(word)).await?;
    }
    Ok(reminded)
}

/// Tells a piece of those who are due; how many.
async fn tell_all(
    context: &Context,
    looked: Looked,
    telling: &Telling,
) -> Result<u64, ServiceError> {
    let Some((write, due)) = looked.held(context).await? else {
        return Ok(0);
    };
    let told = tell(context, &write, telling, &due).await?;
    write.commit().await?;
    Ok(told)
}

/// Tells some workers, and writes down that they were told; how many.
async fn tell(
    context: &Context,
    write: &Write,
    telling: &Telling,
    due: &Due,
) -> Result<u64, ServiceError> {
    let people: Vec<Person> = due.iter().map(|(id, ..)| Person::Worker(*id)).collect();
    if people.is_empty() {
        return Ok(0);
    }
    let letterbox = Letterbox::open(&**write, &people).await?;
    let today = context.today();
    for ((id, _, about), person) in due.iter().zip(&people) {
        let by_mail = letterbox.takes_mail(*person);
        if by_mail {
            let key = format!("{}:{id}:{about}:{today}", telling.word.code());
            let mail = (telling.mail, key);
            links::queue_mail(context, &**write, *person, mail, telling.with_link).await?;
        }
        if telling.desk_too || !by_mail {
            let kind = telling.task;
            storage::person_tasks::put(&**write, *person, kind, today, None).await?;
        }
    }
    let about: Vec<(i64, NaiveDate)> = due.iter().map(|(id, _, about)| (*id, *about)).collect();
    keeping::insert_many(&**write, telling.word, &about, today).await?;
    Ok(due.len() as u64)
}
