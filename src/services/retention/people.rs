//! People of whom nothing was heard for long. Sixty days before their time is over they are
//! asked, by mail or by the desk's list; whoever says a word, or of whom the desk says so,
//! stays. Whoever says nothing is erased, by the one place that erases people.

use chrono::{NaiveDate, TimeDelta};

use super::beginning;
use crate::catalogue::{Language, Words};
use crate::domain::account::Actor;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::keeping::late_today;
use crate::domain::mail::MailKind;
use crate::domain::setting::{ASKED_BEFORE, KeepWord, Numbers, Setting};
use crate::domain::worker::WorkerStatus;
use crate::mail::Message;
use crate::mail::letter::Letter;
use crate::services::error::require_desk;
use crate::services::follow_up::delivery::desk;
use crate::services::proposals::letters::Letterbox;
use crate::services::rights;
use crate::services::waiting::{Scope, whose as whose_of};
use crate::services::{Context, ServiceError, links};
use crate::storage::mailings::Person;
use crate::storage::merges::People;
use crate::storage::outbox::Taken;
use crate::storage::renewals::{self, Silent, Which, Who};
use crate::storage::retention::Before;
use crate::storage::rows::CHUNK;
use crate::storage::{self, Connection, Page};

/// Pieces of people that a night goes through.
const MOST_PIECES: u32 = 4;
const BOTH: [People; 2] = [People::Workers, People::Families];

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    /// Asked whether their data stay.
    pub asked: u64,
    /// Whose data went.
    pub erased: u64,
}

/// How many are over on a day, asked or not.
pub(super) async fn over(
    context: &Context,
    people: People,
    before: Before,
) -> Result<u64, ServiceError> {
    Ok(renewals::count(context.db.read(), people, (before, Which::All)).await?)
}

fn setting(people: People) -> Setting {
    match people {
        People::Workers => Setting::Workers,
        People::Families => Setting::Families,
    }
}

fn person(people: People, id: i64) -> Person {
    match people {
        People::Workers => Person::Worker(id),
        People::Families => Person::Family(id),
    }
}

/// Whoever was heard of last before this is over on `day`.
pub(in crate::services) fn heard_before(
    numbers: &Numbers,
    people: People,
    day: NaiveDate,
) -> Before {
    let setting = setting(people);
    beginning(setting.cut(numbers.on(setting, day), day))
}

/// Asks who is to be asked, and erases whose time is over, a piece of each.
pub(super) async fn run(context: &Context, numbers: &Numbers) -> Result<Done, ServiceError> {
    let mut done = Done::default();
    for people in BOTH {
        done.asked += ask(context, numbers, people).await?;
        done.erased += erase(context, numbers, people).await?;
    }
    Ok(done)
}

/// Of many (an old database's first night) a part a day.
async fn ask(context: &Context, numbers: &Numbers, people: People) -> Result<u64, ServiceError> {
    let today = context.today();
    let before = heard_before(numbers, people, today + TimeDelta::days(ASKED_BEFORE));
    let which = (before, Which::ToAsk);
    let waiting = renewals::count(context.db.read(), people, which).await?;
    if waiting == 0 {
        return Ok(0);
    }
    let write = context.db.write().await?;
    let asked = renewals::asked_of_day(&*write, people, today).await?;
    let most = late_today(waiting, asked).min(CHUNK as u64);
    if most == 0 {
        return Ok(0);
    }
    let who = renewals::some(&*write, people, which, (0, most)).await?;
    let people: Vec<Person> = who.iter().map(|(id, _)| person(people, *id)).collect();
    let letterbox = Letterbox::open(&*write, &people).await?;
    for one in people.iter().filter(|one| letterbox.takes_mail(**one)) {
        let (side, id) = match one {
            Person::Worker(id) => ("worker", id),
            Person::Family(id) => ("family", id),
        };
        let kind = MailKind::AskToKeep;
        let key = format!("{}:{side}:{id}:{today}", kind.code());
        let with_link = has_link(&*write, *one).await?;
        links::queue_mail(context, &*write, *one, (kind, key), with_link).await?;
    }
    renewals::insert_many(&*write, &people, KeepWord::Asked, (today, None)).await?;
    write.commit().await?;
    Ok(people.len() as u64)
}

/// By a link of theirs workers say with a tap that they stay. Whoever withdrew for good has no
/// page any more: they are asked all the same, since they may have forgotten what is here,
/// and say so at the desk.
async fn has_link(db: &impl Connection, person: Person) -> Result<bool, ServiceError> {
    let Person::Worker(id) = person else {
        return Ok(false);
    };
    let worker = storage::workers::by_id(db, id).await?;
    Ok(worker.is_some_and(|one| one.value.status != WorkerStatus::Withdrawn))
}

async fn erase(context: &Context, numbers: &Numbers, people: People) -> Result<u64, ServiceError> {
    let today = context.today();
    let before = heard_before(numbers, people, today);
    let asked_by = today - TimeDelta::days(ASKED_BEFORE);
    let which = (before, Which::ToErase(asked_by));
    let (mut erased, mut after) = (0, 0);
    // Who can't be erased keeps nobody waiting who comes after.
    for _ in 0..MOST_PIECES {
        let piece = (after, CHUNK as u64);
        let over = renewals::some(context.db.read(), people, which, piece).await?;
        let Some((last, _)) = over.last() else {
            break;
        };
        after = *last;
        let codes: Vec<&str> = over.iter().map(|(_, code)| code.as_str()).collect();
        let files = rights::erase::files_of(context, people, &codes).await?;
        for ((id, code), files) in over.iter().zip(files) {
            if !erase_person(context, people, code, &files).await? {
                continue;
            }
            let write = context.db.write().await?;
            let gone = [person(people, *id)];
            let word = (today, None);
            renewals::insert_many(&*write, &gone, KeepWord::Erased, word).await?;
            let kind = setting(people).code();
            storage::retention::note(&*write, today, kind, 1).await?;
            write.commit().await?;
            erased += 1;
        }
    }
    Ok(erased)
}

/// The one place where retention erases a person; whether it did. Whoever can't be erased
/// keeps no other waiting, and is tried again the next night.
async fn erase_person(
    context: &Context,
    people: People,
    code: &str,
    files: &[i64],
) -> Result<bool, ServiceError> {
    rights::erase::by_itself(context, people, code, files)
        .await
        .or_else(|error| {
            tracing::error!(%error, code, "somebody whose time is over could not be erased");
            Ok(false)
        })
}

/// Somebody on the list.
pub struct Line {
    pub silent: Silent,
    /// The day on which they are erased, unless they or the desk say a word.
    pub erased_on: NaiveDate,
}

/// A page of those who were asked and said nothing.
pub async fn list(
    context: &Context,
    actor: &Actor,
    (scope, people): (Scope, People),
    number: u64,
) -> Result<Page<Line>, ServiceError> {
    require_desk(actor)?;
    let (db, whose) = (context.db.read(), whose_of(actor, scope)?);
    let numbers = storage::policy::numbers(db).await?;
    let today = context.today();
    let ahead = TimeDelta::days(ASKED_BEFORE);
    let before = heard_before(&numbers, people, today + ahead);
    let page = renewals::page(db, &whose, people, before, number).await?;
    let line = |silent: Silent| Line {
        erased_on: (silent.asked_on.unwrap_or(today) + ahead).max(today),
        silent,
    };
    Ok(Page {
        rows: page.rows.into_iter().map(line).collect(),
        number: page.number,
        total: page.total,
    })
}

/// Says of some people on the list that they stay; how many.
pub async fn keep(
    context: &Context,
    actor: &Actor,
    people: People,
    codes: &[String],
) -> Result<u64, ServiceError> {
    require_desk(actor)?;
    if codes.is_empty() || codes.len() > CHUNK {
        return Err(ServiceError::Invalid(Invalid(vec![Problem {
            field: "who",
            value: String::new(),
            why: Why::new("problem-nobody-chosen"),
        }])));
    }
    let (now, today) = (context.now(), context.today());
    let write = context.db.write().await?;
    let numbers = storage::policy::numbers(&*write).await?;
    let before = heard_before(&numbers, people, today + TimeDelta::days(ASKED_BEFORE));
    let still: Vec<Who> = renewals::still_among(&*write, people, before, codes).await?;
    let kept: Vec<Person> = still.iter().map(|(id, _)| person(people, *id)).collect();
    let by = Some(actor.account_id);
    renewals::insert_many(&*write, &kept, KeepWord::Kept, (today, by)).await?;
    for (_, code) in &still {
        let action = "person.kept";
        storage::audit::insert(&*write, now, by, action, Some(code), None).await?;
    }
    write.commit().await?;
    Ok(kept.len() as u64)
}

const KEYS: [&str; 4] = [
    "links-keep-subject",
    "links-keep-intro",
    "links-keep-open",
    "links-keep-how",
];

/// The mail that asks, as it stands when it goes; none where somebody said a word meanwhile.
pub(in crate::services) async fn message(
    context: &Context,
    mail: &Taken,
) -> Result<Option<Message>, ServiceError> {
    let db = context.db.snapshot().await?;
    let Some(person) = storage::person_mails::to(&db, &mail.message_id).await? else {
        return Ok(None);
    };
    let Some(asked_on) = renewals::asked_on(&db, person).await? else {
        return Ok(None);
    };
    let contact = storage::contacts::of(&db, &[person]).await?.remove(&person);
    let Some((contact, to)) = contact.and_then(|one| Some((one.clone(), one.email?))) else {
        return Ok(None);
    };
    let people = match person {
        Person::Worker(_) => People::Workers,
        Person::Family(_) => People::Families,
    };
    if !is_still_silent(context, &db, people, &contact.code).await?
        || !Letterbox::open(&db, &[person]).await?.takes_mail(person)
    {
        return Ok(None);
    }
    let words = Words::new(Language::written_to(contact.language));
    let link = mail.token.as_deref();
    let link = link.map(|token| links::address(context, token));
    let day = asked_on + TimeDelta::days(ASKED_BEFORE);
    let mut letter = written(words, day, link.clone());
    if !KEYS.iter().all(|key| words.is_reviewed(key)) {
        letter = letter.above(written(Words::new(Language::It), day, link));
    }
    let desk = desk(&db, contact.desk_id).await?;
    let rendered = letter.signed(&desk).render()?;
    Ok(Some(rendered.to(to, &mail.message_id)))
}

fn written(words: Words, day: NaiveDate, link: Option<String>) -> Letter {
    let [subject, intro, open, how] = KEYS;
    Letter {
        words,
        subject: words.get(subject).into_owned(),
        intro: words.with(intro, &[("date", &words.date(day))]),
        facts: Vec::new(),
        action: link.map(|link| (words.get(open).into_owned(), link)),
        closing: words.get(how).into_owned(),
        signature: String::new(),
        beneath: Vec::new(),
    }
}

async fn is_still_silent(
    context: &Context,
    db: &impl Connection,
    people: People,
    code: &str,
) -> Result<bool, ServiceError> {
    let numbers = storage::policy::numbers(db).await?;
    let day = context.today() + TimeDelta::days(ASKED_BEFORE);
    let before = heard_before(&numbers, people, day);
    let codes = [code.to_owned()];
    let still = renewals::still_among(db, people, before, &codes).await?;
    Ok(!still.is_empty())
}
