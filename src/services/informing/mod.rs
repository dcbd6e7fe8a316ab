//! Notices about data: an administrator publishes one (`publish`), whoever it is for is told
//! by mail (`letter`) or by hand, and what is in force is shown and printed (`words`). Who
//! is still to be told is worked out of who was, never kept.

pub mod letter;
pub mod publish;
pub mod round;
pub mod words;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::Rome;

use super::error::{require_administrator, require_desk};
use super::follow_up::new_message_id;
use super::proposals::letters::Letterbox;
use super::waiting::{Scope, whose as whose_of};
use super::{Context, ServiceError};
use crate::clock::random_bytes;
use crate::domain::account::Actor;
use crate::domain::follow_up::send_at;
use crate::domain::ids::DeskCode;
use crate::domain::informing::{NoticeKind, ToldHow, Version};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::mail::MailKind;
use crate::domain::notice::Notice as Own;
use crate::domain::typed;
use crate::storage::informing::{Given, NewGiven, Published, ToTell};
use crate::storage::mailings::Person;
use crate::storage::notice_rounds;
use crate::storage::outbox::NewMail;
use crate::storage::rows::CHUNK;
use crate::storage::waiting::Whose;
use crate::storage::waits::{self, Wait};
use crate::storage::{self, Connection, Page, StorageError, Write};

/// What was published, and how many are still to be told of what is in force.
pub struct Overview {
    pub to_tell: Vec<(Version, u64)>,
    /// The last first.
    pub history: Vec<Published>,
}

/// All of it.
pub async fn overview(context: &Context, actor: &Actor) -> Result<Overview, ServiceError> {
    require_administrator(actor)?;
    let db = context.db.read();
    Ok(Overview {
        to_tell: totals(db, &Whose::Everybody, context.today()).await?,
        history: storage::informing::published(db).await?,
    })
}

/// The notices in force, each with how many are to be told of it.
async fn totals(
    db: &impl Connection,
    whose: &Whose,
    today: NaiveDate,
) -> Result<Vec<(Version, u64)>, ServiceError> {
    let versions = storage::informing::in_force(db, today).await?;
    let waits: Vec<Wait> = versions.iter().copied().map(Wait::Inform).collect();
    let totals = waits::totals(db, whose, &waits, today, &[]).await?;
    Ok(versions.into_iter().zip(totals).collect())
}

/// Who is to be told of a notice.
pub struct List {
    /// The notices in force, each with how many are to be told of it.
    pub versions: Vec<(Version, u64)>,
    /// The one whose people are shown.
    pub version: Version,
    /// Of them, with an address, and who want to be written to.
    pub by_mail: u64,
    /// Whether the program is still queuing mails of it to them.
    pub is_going: bool,
    /// Whether that, or what waits to go, can be stopped from here.
    pub may_stop: bool,
    /// Each with whether a mail reaches them.
    pub page: Page<(ToTell, bool)>,
}

/// A page of those who are to be told of the notice of a kind; of the first that is in
/// force, where none is named. Nothing where none was published.
pub async fn list(
    context: &Context,
    actor: &Actor,
    (scope, kind): (Scope, Option<NoticeKind>),
    number: u64,
) -> Result<Option<List>, ServiceError> {
    require_desk(actor)?;
    let (db, whose) = (context.db.read(), whose_of(actor, scope)?);
    let versions = totals(db, &whose, context.today()).await?;
    let shown = if let Some(kind) = kind {
        versions.iter().find(|(one, _)| one.kind == kind)
    } else {
        let waiting = versions.iter().find(|(_, total)| *total > 0);
        waiting.or(versions.first())
    };
    let Some((version, _)) = shown.copied() else {
        return Ok(None);
    };
    let page = storage::informing::page(db, &whose, version, number).await?;
    let people: Vec<Person> = page.rows.iter().map(|one| one.person).collect();
    let letterbox = Letterbox::open(db, &people).await?;
    let by_hand = !version.kind.takes_mail();
    let rows = page.rows.into_iter().map(|one| {
        let reached = !by_hand && letterbox.takes_mail(one.person);
        (one, reached)
    });
    let desk = desk_of(&whose);
    let going = notice_rounds::going(db, version.id, desk).await?;
    let is_elsewhere = desk.is_some() && going.wide;
    let waits = notice_rounds::waiting(db, version.id, desk).await? > 0;
    Ok(Some(List {
        by_mail: storage::informing::count_by_mail(db, &whose, version).await?,
        is_going: going.own || going.wide,
        may_stop: !is_elsewhere && (going.own || waits),
        page: Page {
            rows: rows.collect(),
            number: page.number,
            total: page.total,
        },
        version,
        versions,
    }))
}

/// The desk of whose people a round is; nothing where it is of all.
fn desk_of(whose: &Whose) -> Option<&DeskCode> {
    match whose {
        Whose::Everybody => None,
        Whose::Desk(code) | Whose::Mine(_, code) => Some(code),
    }
}

/// The notice of a key, as it stood on the page: refused where another took its place since.
async fn version_of(
    db: &impl Connection,
    version: &str,
    today: NaiveDate,
) -> Result<Version, ServiceError> {
    let Ok(id) = version.parse::<i64>() else {
        return Err(ServiceError::not_found("notice", version));
    };
    let versions = storage::informing::in_force(db, today).await?;
    let found = versions.into_iter().find(|one| one.id == id);
    found.ok_or_else(|| ServiceError::Refused(Why::new("refused-notice-over")))
}

fn problem(field: &'static str, value: &str, why: Why) -> Problem {
    Problem {
        field,
        value: value.to_owned(),
        why,
    }
}

/// How and when people were told, as it is typed.
#[derive(Debug, Clone, Copy)]
pub struct TypedTold<'a> {
    /// Codes of their records.
    pub who: &'a [String],
    pub how: &'a str,
    pub on: &'a str,
}

/// Writes down that people were told by hand; how many. Whoever was told meanwhile is not
/// written down twice.
pub async fn told_by_hand(
    context: &Context,
    actor: &Actor,
    version: &str,
    typed: TypedTold<'_>,
) -> Result<u64, ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let version = version_of(&*write, version, context.today()).await?;
    let (how, on) = read_told(context, version, typed).map_err(ServiceError::Invalid)?;
    let still = storage::informing::still_among(&*write, version, typed.who).await?;
    let given = still.iter().map(|one| NewGiven {
        version_id: version.id,
        person: one.person,
        how,
        on,
        account_id: actor.account_id,
        message_id: None,
    });
    let given: Vec<NewGiven> = given.collect();
    storage::informing::insert_given(&*write, &given).await?;
    let (by, of) = (actor.account_id, (version, how));
    note(context, &write, by, of, given.len()).await?;
    write.commit().await?;
    Ok(given.len() as u64)
}

fn read_told(
    context: &Context,
    version: Version,
    typed: TypedTold<'_>,
) -> Result<(ToldHow, NaiveDate), Invalid> {
    let mut problems = Vec::new();
    // A page has no more than these.
    if typed.who.is_empty() || typed.who.len() > CHUNK {
        problems.push(problem("who", "", Why::new("problem-nobody-chosen")));
    }
    let how = ToldHow::parse(typed.how).ok();
    let how = how.filter(|how| ToldHow::BY_HAND.contains(how));
    if how.is_none() {
        problems.push(problem("how", typed.how, Why::new("problem-told-how")));
    }
    let on = typed::day(typed.on, context.today(), 0).and_then(|day| {
        if day > context.today() {
            Err(Why::new("problem-date-future"))
        } else if day < version.published_on {
            Err(Why::new("problem-told-before"))
        } else {
            Ok(day)
        }
    });
    match (how, on) {
        (Some(how), Ok(on)) if problems.is_empty() => Ok((how, on)),
        (_, on) => {
            problems.extend(on.err().map(|why| problem("on", typed.on, why)));
            Err(Invalid(problems))
        }
    }
}

/// Writes down that somebody who asked by themselves had read a notice on the screen: one that
/// was published, and that is of them. Of those that the program comes with the asking itself
/// keeps which it was.
pub(in crate::services) async fn read_on_screen(
    write: &Write,
    actor: &Actor,
    person: Person,
    (code, at): (&str, DateTime<Utc>),
) -> Result<(), StorageError> {
    let Ok(day) = code.parse::<NaiveDate>() else {
        return Ok(());
    };
    let kind = match person {
        Person::Worker(_) => NoticeKind::Worker,
        Person::Family(_) => NoticeKind::Family,
    };
    let on = at.with_timezone(&Rome).date_naive();
    let version = storage::informing::of_day(&**write, kind, day).await?;
    // One of the program's own may begin on the same day as one published after it was read.
    let Some(version) = version.filter(|one| one.published_on <= on) else {
        return Ok(());
    };
    if storage::informing::is_told(&**write, version.id, person).await? {
        return Ok(());
    }
    let given = NewGiven {
        version_id: version.id,
        person,
        how: ToldHow::Screen,
        on,
        account_id: actor.account_id,
        message_id: None,
    };
    storage::informing::insert_given(&**write, &[given]).await
}

/// Whether a notice of a kind has this name: one of the program's, or one published that holds
/// or held.
pub(in crate::services) async fn is_known(
    context: &Context,
    kind: NoticeKind,
    code: &str,
) -> Result<bool, StorageError> {
    if Own::by_version(code).is_some() {
        return Ok(true);
    }
    match code.parse::<NaiveDate>() {
        Ok(day) if day <= context.today() => {
            storage::informing::begins_on(context.db.read(), kind, day).await
        }
        _ => Ok(false),
    }
}

async fn note(
    context: &Context,
    write: &Write,
    account_id: i64,
    (version, how): (Version, ToldHow),
    count: usize,
) -> Result<(), ServiceError> {
    if count == 0 {
        return Ok(());
    }
    let detail = format!("{}/{count}", how.code());
    let object = format!("{}/{}", version.kind.code(), version.code());
    let (now, by) = (context.now(), Some(account_id));
    let (action, object) = ("notice.told", Some(object.as_str()));
    Ok(storage::audit::insert(&**write, now, by, action, object, Some(&detail)).await?)
}

/// Has everybody of a scope who is to be told and takes mail written to; how many mails wait
/// already. Of many these are the first: the others the program queues by itself (`round`).
/// `count`: how many addresses there are, typed once more by whoever saw the number.
pub async fn tell_by_mail(
    context: &Context,
    actor: &Actor,
    (scope, version): (Scope, &str),
    count: &str,
) -> Result<u64, ServiceError> {
    require_desk(actor)?;
    let (db, whose) = (context.db.read(), whose_of(actor, scope)?);
    let version = version_of(db, version, context.today()).await?;
    let there = storage::informing::count_by_mail(db, &whose, version).await?;
    if count.trim().parse::<u64>() != Ok(there) || there == 0 {
        let why = Why::new("problem-count-again").with("count", there);
        return Err(ServiceError::Invalid(Invalid(vec![problem(
            "count", count, why,
        )])));
    }
    let desk = desk_of(&whose);
    let write = context.db.write().await?;
    notice_rounds::hold_version(&*write, version.id).await?;
    let going = notice_rounds::going(&*write, version.id, desk).await?;
    if going.own || going.wide {
        return Err(ServiceError::Refused(Why::new("refused-notice-going")));
    }
    let by = (actor.account_id, context.now());
    let id = notice_rounds::insert(&*write, version.id, desk, by).await?;
    let begun = notice_rounds::hold(&*write, id).await?;
    let begun = begun.ok_or_else(|| ServiceError::not_found("notice", &id))?;
    let queued = round::advance(context, &write, begun).await?;
    write.commit().await?;
    Ok(queued)
}

/// Stops what the program prepares for a scope, and keeps what waits from going; how many mails.
/// Whoever would have got one is on the list again.
pub async fn stop(
    context: &Context,
    actor: &Actor,
    (scope, version): (Scope, &str),
) -> Result<u64, ServiceError> {
    require_desk(actor)?;
    let whose = whose_of(actor, scope)?;
    let (desk, now) = (desk_of(&whose), context.now());
    let write = context.db.write().await?;
    let version = version_of(&*write, version, context.today()).await?;
    let going = notice_rounds::going(&*write, version.id, desk).await?;
    if desk.is_some() && going.wide {
        return Err(ServiceError::Refused(Why::new("refused-notice-wide")));
    }
    let stopped = notice_rounds::stop(&*write, version.id, desk, now).await?;
    let (by, count) = (Some(actor.account_id), stopped.to_string());
    let object = format!("{}/{}", version.kind.code(), version.code());
    let (action, object) = ("notice.stopped", Some(object.as_str()));
    storage::audit::insert(&*write, now, by, action, object, Some(&count)).await?;
    write.commit().await?;
    Ok(stopped)
}

/// Queues a mail to each of some people who take mail.
async fn queue(
    context: &Context,
    write: &Write,
    account_id: i64,
    version: Version,
    people: &[Person],
) -> Result<Vec<NewGiven>, ServiceError> {
    let letterbox = Letterbox::open(&**write, people).await?;
    let (now, today) = (context.now(), context.today());
    let mut given = Vec::new();
    for person in people.iter().filter(|one| letterbox.takes_mail(**one)) {
        let (side, id) = match person {
            Person::Worker(id) => ("worker", id),
            Person::Family(id) => ("family", id),
        };
        let message_id = new_message_id(context);
        let lot = u16::from_le_bytes(random_bytes(context.randomness.as_ref()));
        let kind = MailKind::NewNotice;
        let mail = NewMail {
            kind,
            // On another day somebody whose mail came back may be written to again.
            dedup_key: format!("{}:{}:{side}:{id}:{today}", kind.code(), version.id),
            message_id: message_id.clone(),
            mailing_id: None,
            recipient: None,
            token: None,
            send_at: send_at(today, now, lot),
        };
        if storage::outbox::queue(&**write, &mail, now).await? {
            storage::person_mails::insert(&**write, &message_id, *person).await?;
            given.push(NewGiven {
                version_id: version.id,
                person: *person,
                how: ToldHow::Mail,
                on: today,
                account_id,
                message_id: Some(message_id),
            });
        }
    }
    Ok(given)
}

/// Names of the notices for who looks for work that hold or held, the newest first.
pub async fn worker_versions(context: &Context) -> Result<Vec<String>, ServiceError> {
    let (db, kind) = (context.db.read(), NoticeKind::Worker);
    Ok(storage::informing::codes(db, kind, context.today()).await?)
}

/// What somebody was told, the last first.
pub async fn of_person(
    context: &Context,
    actor: &Actor,
    person: Person,
) -> Result<Vec<Given>, ServiceError> {
    require_desk(actor)?;
    Ok(storage::informing::of_person(context.db.read(), person).await?)
}
