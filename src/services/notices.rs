//! After a sheet both sides are told who calls whom, and by when: by mail, or by a
//! text that the operator copies. Names and numbers stand on the sheet alone.

use chrono::TimeDelta;

use super::error::require_desk;
use super::follow_up::{delivery, new_message_id};
use super::proposals::letters::Letterbox;
use super::sheets::Way;
use super::{Context, ServiceError};
use crate::catalogue::{Language, Words};
use crate::domain::account::Actor;
use crate::domain::delivery::TaskKind;
use crate::domain::ids::SheetNumber;
use crate::domain::mail::MailKind;
use crate::domain::setting::Setting;
use crate::mail::Message;
use crate::mail::letter::Letter;
use crate::storage::mailings::Person;
use crate::storage::notices::{Notice, Told};
use crate::storage::outbox::{NewMail, Taken};
use crate::storage::{self, StorageError, Write};

/// A mail waits so long, so that a sheet revoked at once is not told of.
pub(super) const GRACE: TimeDelta = TimeDelta::minutes(2);

/// What the family's own mail is known by in the outbox.
pub(super) fn family_key(sheet_id: i64, family_id: i64) -> String {
    key(MailKind::SheetToFamily, sheet_id, family_id)
}

fn key(kind: MailKind, sheet_id: i64, whom: i64) -> String {
    format!("{}:{sheet_id}:{whom}", kind.code())
}

/// Tells both sides of a sheet, and the partner that sent the family, in the transaction that issues it. Where the sheet goes
/// by mail, that mail tells the family too.
pub(super) async fn tell(
    context: &Context,
    write: &Write,
    sheet_id: i64,
    family_id: i64,
    workers: &[i64],
    way: Way,
) -> Result<(), ServiceError> {
    let (now, today) = (context.now(), context.today());
    let numbers = storage::policy::numbers(&**write).await?;
    let days = numbers.days(Setting::Calls, today);
    // Nobody is phoned by a sheet that is over.
    let days = days.min(numbers.days(Setting::Sheets, today));
    let call_by = today + TimeDelta::days(days);
    let mut people = vec![Person::Family(family_id)];
    people.extend(workers.iter().map(|id| Person::Worker(*id)));
    let letterbox = Letterbox::open(&**write, &people).await?;
    let mut notices = Vec::with_capacity(people.len());
    let mut untold = false;
    for person in people {
        let comes_along = way == Way::Mail && person == Person::Family(family_id);
        let by_mail = letterbox.takes_mail(person) && !comes_along;
        untold |= !by_mail && !comes_along;
        let message_id = by_mail.then(|| new_message_id(context));
        if let Some(message_id) = &message_id {
            let (kind, whom) = match person {
                Person::Family(id) => (MailKind::SheetToFamily, id),
                Person::Worker(id) => (MailKind::SheetToWorker, id),
            };
            let mail = NewMail {
                kind,
                dedup_key: key(kind, sheet_id, whom),
                message_id: message_id.clone(),
                mailing_id: None,
                recipient: None,
                token: None,
                send_at: now + GRACE,
            };
            storage::outbox::queue(&**write, &mail, now).await?;
        }
        notices.push(Notice {
            sheet_id,
            person,
            call_by,
            by_mail,
            message_id,
        });
    }
    super::partners::news::sheet_is_out(context, write, sheet_id).await?;
    storage::notices::insert_many(&**write, &notices).await?;
    if untold {
        by_telephone(context, write, sheet_id).await?;
    }
    Ok(())
}

/// Somebody is told of a sheet by no mail: the desk phones.
pub(super) async fn by_telephone(
    context: &Context,
    write: &Write,
    sheet_id: i64,
) -> Result<(), StorageError> {
    let (kind, today) = (TaskKind::TellPeople, context.today());
    storage::sheet_tasks::put(&**write, sheet_id, kind, today).await
}

/// A mail about a sheet will not arrive: where the sheet still holds, its person is told by
/// telephone. `has_task`: the desk sees to the mail itself.
pub(super) async fn undelivered(
    context: &Context,
    write: &Write,
    mail: &Taken,
    has_task: bool,
) -> Result<(), ServiceError> {
    let of_sheets = [
        MailKind::Sheet,
        MailKind::SheetToFamily,
        MailKind::SheetToWorker,
    ];
    if !of_sheets.contains(&mail.kind) {
        return Ok(());
    }
    let Some(notice) = storage::notices::of_mail(&**write, &mail.message_id).await? else {
        return Ok(());
    };
    storage::notices::without_mail(&**write, &mail.message_id).await?;
    let told = storage::notices::told(&**write, notice.sheet_id).await?;
    let holds = told.is_some_and(|told| told.revoked_at.is_none() && !told.is_over);
    if holds && !has_task {
        by_telephone(context, write, notice.sheet_id).await?;
    }
    Ok(())
}

/// What one person is told.
pub struct Telling {
    pub name: String,
    pub phone: String,
    pub is_family: bool,
    pub by_mail: bool,
    /// In their language.
    pub text: String,
    pub language: Language,
}

/// What is told of a sheet, and to whom; nothing of one that was revoked.
pub async fn of_sheet(
    context: &Context,
    actor: &Actor,
    number: &SheetNumber,
) -> Result<Vec<Telling>, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let sheet = storage::sheets::find(db, number)
        .await?
        .ok_or_else(|| ServiceError::not_found("sheet", number))?;
    if sheet.revoked_at.is_some() {
        return Ok(Vec::new());
    }
    let notices = storage::notices::of_sheet(db, sheet.id).await?;
    let Some(told) = storage::notices::told(db, sheet.id).await? else {
        return Ok(Vec::new());
    };
    let people: Vec<Person> = notices.iter().map(|notice| notice.person).collect();
    let mut contacts = storage::contacts::of(db, &people).await?;
    let telling = |notice: &Notice| {
        let contact = contacts.remove(&notice.person)?;
        let language = Language::written_to(contact.language);
        Some(Telling {
            name: contact.name,
            phone: contact.phone.unwrap_or_default(),
            is_family: matches!(notice.person, Person::Family(_)),
            by_mail: notice.by_mail,
            text: to_copy(Words::new(language), notice, &told),
            language,
        })
    };
    Ok(notices.iter().filter_map(telling).collect())
}

/// The same with a greeting, as a letter has one above it.
fn to_copy(words: Words, notice: &Notice, told: &Told) -> String {
    let greeting = words.get("survey-mail-greeting");
    format!("{greeting} {}", text(words, notice, told))
}

fn text(words: Words, notice: &Notice, told: &Told) -> String {
    let day = words.date(notice.call_by);
    match notice.person {
        Person::Family(_) => words.with(
            "asked-names-text",
            &[
                ("number", &told.number),
                ("count", &words.number(told.workers)),
                ("date", &day),
            ],
        ),
        Person::Worker(_) => words.with(
            "asked-given-text",
            &[("comune", &told.comune.name()), ("date", &day)],
        ),
    }
}

/// A mail about a sheet as it stands now; none where it was revoked.
pub(super) async fn message(
    context: &Context,
    mail: &Taken,
) -> Result<Option<Message>, ServiceError> {
    let db = context.db.snapshot().await?;
    let Some(notice) = storage::notices::of_mail(&db, &mail.message_id).await? else {
        return Ok(None);
    };
    let told = storage::notices::told(&db, notice.sheet_id).await?;
    let Some(told) = told.filter(|told| told.revoked_at.is_none()) else {
        return Ok(None);
    };
    let person = notice.person;
    if !Letterbox::open(&db, &[person]).await?.takes_mail(person) {
        return Ok(None);
    }
    let contact = storage::contacts::of(&db, &[person]).await?.remove(&person);
    let Some((contact, to)) = contact.and_then(|one| Some((one.clone(), one.email?))) else {
        return Ok(None);
    };
    let words = Words::new(Language::written_to(contact.language));
    let subject = match person {
        Person::Family(_) => words.get("asked-names-subject"),
        Person::Worker(_) => words.get("asked-given-subject"),
    };
    let letter = Letter {
        words,
        subject: subject.into_owned(),
        intro: text(words, &notice, &told),
        facts: Vec::new(),
        action: None,
        closing: words.get("asked-closing").into_owned(),
        signature: String::new(),
        beneath: Vec::new(),
    };
    let desk = delivery::desk(&db, contact.desk_id).await?;
    let rendered = letter.signed(&desk).render()?;
    Ok(Some(rendered.to(to, &mail.message_id)))
}
