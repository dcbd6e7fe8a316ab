//! The public form: what its pages carry, what is wrong with an answer, and the sending.
//! Until then nothing is stored. The same form sent twice is one; a network or an address
//! that sends many waits, and is told whom to phone.

use chrono::{DateTime, NaiveDate, Utc};
use data_encoding::HEXLOWER;

use super::{Context, ServiceError};
use crate::catalogue::Language;
use crate::clock::{new_token, random_bytes};
use crate::domain::carried::{Carried, CarriedKey, LOT, Opened};
use crate::domain::contact::{ContactBy, EmailAddress, Phone};
use crate::domain::family::Family;
use crate::domain::forbidden::Forbidden;
use crate::domain::ids::DeskCode;
use crate::domain::informing::NoticeKind;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::mail::MailKind;
use crate::domain::place::Comune;
use crate::domain::public_request::{
    CONFIRMED_WITHIN, FREE_OF_CONTACT, FREE_OF_NETWORK, InboxEvent, InboxKind, InboxState,
    LONGEST_WORDS, MAILS_TO_ONE, nearest, number, problems as of_the_form, vanishes_at,
};
use crate::domain::reading::Fields;
use crate::domain::request::CareRequest;
use crate::domain::text::lines;
use crate::domain::wish;
use crate::services::follow_up::{hash_of, new_message_id};
use crate::services::informing;
use crate::services::registering::kept::Kept as _;
use crate::services::sealing;
use crate::services::tables::{Families, Requests, Table as _, World};
use crate::storage::inbox::{NewPublicRequest, PublicRequest};
use crate::storage::outbox::NewMail;
use crate::storage::places::Desk;
use crate::storage::{self, StorageError, Write};

/// Numbers what the public asks.
const COUNTER: &str = "public_request";
/// Stands for the code of the family, which the program makes when a desk accepts.
const NOT_YET: &str = "F-0";

/// The columns that the form asks, but its own words.
pub const COLUMNS: [&str; 14] = [
    "relation",
    "given_name",
    "family_name",
    "recipient_name",
    "contact_by",
    "email",
    "phone",
    "contact_language",
    "comune",
    "required_skills",
    "arrangement",
    "schedule",
    "start_date",
    "needed_by",
];

/// A family's form that begins.
pub fn begin(context: &Context, language: Language) -> Carried {
    let form = random_bytes::<16>(context.randomness.as_ref());
    Carried {
        form: HEXLOWER.encode(&form),
        kind: InboxKind::Family.code().to_owned(),
        begun_at: context.now(),
        language: language.tag().to_owned(),
        notice: None,
        answers: Vec::new(),
    }
}

/// The key of what is carried.
async fn key(context: &Context) -> Result<CarriedKey, ServiceError> {
    sealing::key(context, storage::secrets::CARRIED).await
}

/// What a page of a form brings back.
pub async fn open(
    context: &Context,
    kind: InboxKind,
    sealed: &str,
) -> Result<Opened, ServiceError> {
    let key = key(context).await?;
    Ok(key.open(kind.code(), sealed, context.now()))
}

/// What the next page carries.
pub async fn seal(context: &Context, carried: &Carried) -> Result<String, ServiceError> {
    let lot = random_bytes::<LOT>(context.randomness.as_ref());
    Ok(key(context).await?.seal(carried, lot))
}

/// What a file's readers find in the form's columns.
struct Answers<'a> {
    fields: &'a (dyn Fields + Sync),
    desk: &'a str,
}

impl Fields for Answers<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        match column {
            "family" => Some(NOT_YET),
            "desk" => Some(self.desk),
            _ => self.fields.get(column),
        }
    }
}

/// What is wrong with the answers so far, column by column.
pub async fn problems(
    context: &Context,
    fields: &(dyn Fields + Sync),
) -> Result<Vec<Problem>, ServiceError> {
    let world = World::load(context).await?;
    Ok(read(fields, &world)
        .err()
        .map_or_else(Vec::new, |wrong| wrong.0))
}

fn read(fields: &(dyn Fields + Sync), world: &World) -> Result<Family, Invalid> {
    let desk = world.desks.first().map_or("", DeskCode::as_str);
    let answers = Answers { fields, desk };
    let mut problems = of_the_form(&answers);
    let mut gather = |more: Vec<Problem>| {
        for problem in more {
            // How to answer is asked for itself above.
            let is_new = !problems.iter().any(|one| one.field == problem.field);
            if is_new && problem.why.key != "problem-unreachable" {
                problems.push(problem);
            }
        }
    };
    gather(Families::problems_of_fields(&answers));
    let family = Families::read_entered(&answers, None, world);
    let request = Requests::read(&answers, None, world);
    let found = match (family, request) {
        (Ok(family), Ok(request)) => {
            let more = Requests::more_problems(&answers, &request.value, None, world.today);
            gather(more);
            gather(past(&request.value, world.today));
            Some(family.value)
        }
        (family, request) => {
            gather(family.err().map(|wrong| wrong.0).unwrap_or_default());
            gather(request.err().map(|wrong| wrong.0).unwrap_or_default());
            None
        }
    };
    match found {
        Some(family) if problems.is_empty() => Ok(family),
        _ => Err(Invalid(problems)),
    }
}

/// What is only asked for is still to come.
fn past(request: &CareRequest, today: NaiveDate) -> Vec<Problem> {
    let days = [
        ("start_date", Some(request.start_date)),
        ("needed_by", request.needed_by),
    ];
    let gone = days.into_iter().filter_map(|(field, day)| {
        let day = day.filter(|day| *day < today)?;
        Some(Problem {
            field,
            value: day.to_string(),
            why: Why::new("problem-past"),
        })
    });
    gone.collect()
}

/// What a family adds in its own words: the codes of what it may not ask, else the words as
/// they go on; none where it adds nothing.
pub fn words(context: &Context, typed: &str) -> Result<Option<String>, Wrong> {
    let words = lines(typed);
    if words.chars().count() > LONGEST_WORDS {
        return Err(Wrong::TooLong);
    }
    let found = wish::found(&words, context.today());
    if !found.is_empty() {
        return Err(Wrong::Forbidden(
            found.into_iter().map(Forbidden::code).collect(),
        ));
    }
    Ok(Some(words).filter(|words| !words.is_empty()))
}

/// Why words don't go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wrong {
    TooLong,
    /// Codes of traits on which nobody may choose.
    Forbidden(Vec<&'static str>),
}

/// What came of the sending.
pub enum Sent {
    Done(Receipt),
    /// Too many from this network, or with this address or number.
    Waits {
        seconds: u64,
    },
}

/// What is told to whoever sent it.
#[derive(Debug, Clone)]
pub struct Receipt {
    pub number: String,
    pub desk: Desk,
    /// The address is to be confirmed by this moment; none where the desk phones.
    pub confirm_by: Option<DateTime<Utc>>,
    pub by_phone: bool,
}

/// Sends a form. `fields`: its columns; `own`: its words, looked at already.
pub async fn send(
    context: &Context,
    carried: &Carried,
    fields: &(dyn Fields + Sync),
    own: Option<String>,
    network: &str,
) -> Result<Sent, ServiceError> {
    if let Some(before) = sent_before(context, carried).await? {
        return Ok(before);
    }
    let world = World::load(context).await?;
    let family = read(fields, &world).map_err(ServiceError::Invalid)?;
    let ready = Ready {
        kind: InboxKind::Family,
        name: family.full_name(),
        comune: family.comune,
        by_phone: family.contact_by != Some(ContactBy::Email),
        email: family.email,
        phone: family.phone,
        answers: cells(fields),
        words: own,
    };
    file(context, carried, ready, network).await
}

/// What is right, and is to be kept.
pub(super) struct Ready {
    pub kind: InboxKind,
    pub name: String,
    pub comune: Comune,
    pub by_phone: bool,
    pub email: Option<EmailAddress>,
    pub phone: Option<Phone>,
    pub answers: Vec<(String, String)>,
    pub words: Option<String>,
}

pub(super) fn hash_of_form(carried: &Carried) -> String {
    hash_of(&format!("form:{}", carried.form))
}

/// What a form became already.
pub(super) async fn sent_before(
    context: &Context,
    carried: &Carried,
) -> Result<Option<Sent>, ServiceError> {
    let db = context.db.read();
    match storage::inbox::of_form(db, &hash_of_form(carried)).await? {
        Some(before) => Ok(Some(Sent::Done(receipt(context, &before).await?))),
        None => Ok(None),
    }
}

/// Keeps it, for the desk of its comune.
pub(super) async fn file(
    context: &Context,
    carried: &Carried,
    ready: Ready,
    network: &str,
) -> Result<Sent, ServiceError> {
    let (notice, notice_at) = carried
        .notice
        .clone()
        .ok_or_else(|| ServiceError::Refused(Why::new("refused-no-notice")))?;
    let of_whom = match ready.kind {
        InboxKind::Family => NoticeKind::Family,
        InboxKind::Worker => NoticeKind::Worker,
    };
    if !informing::is_known(context, of_whom, &notice).await? {
        return Err(ServiceError::Refused(Why::new("refused-no-notice")));
    }
    let desks = storage::places::desks(context.db.read()).await?;
    let comuni: Vec<Comune> = desks.iter().map(|(_, desk)| desk.comune).collect();
    let at = nearest(ready.comune, &comuni)
        .ok_or_else(|| ServiceError::Broken("there is no desk".to_owned()))?;
    let token = new_token(context.randomness.as_ref());
    let token = (!ready.by_phone).then_some(token);
    let form_hash = hash_of_form(carried);
    let write = context.db.write().await?;
    let contact = (ready.email.as_ref(), ready.phone.as_ref());
    if let Some(seconds) = counted(&write, context, network, contact).await? {
        // Not committed: whoever waits is not counted.
        return Ok(Sent::Waits { seconds });
    }
    let silent = unanswered(context, &write, &ready).await?;
    // Of two at once the second waits for the counter, and finds what the first made.
    let running = storage::counters::draw(&*write, COUNTER, 1).await?;
    if let Some(before) = storage::inbox::of_form(&*write, &form_hash).await? {
        drop(write);
        return Ok(Sent::Done(receipt(context, &before).await?));
    }
    let new = NewPublicRequest {
        kind: ready.kind,
        number: number(running),
        form_hash,
        token_hash: token.as_deref().map(hash_of),
        state: if ready.by_phone {
            InboxState::Waiting
        } else {
            InboxState::Unconfirmed
        },
        desk_id: desks[at].0,
        filed_at: context.now(),
        name: ready.name,
        comune: ready.comune,
        email: ready.email,
        phone: ready.phone,
        by_phone: ready.by_phone,
        language: carried.language.clone(),
        notice: (notice, notice_at),
        answers: ready.answers,
        words: ready.words,
    };
    put(context, &write, &new, token.filter(|_| !silent)).await?;
    write.commit().await?;
    let sent = storage::inbox::find(context.db.read(), &new.number).await?;
    let sent = sent.ok_or_else(|| ServiceError::not_found("public_request", &new.number))?;
    Ok(Sent::Done(receipt(context, &sent).await?))
}

/// Whether an address was written to before and did not answer: whoever sits behind it may
/// have asked for nothing. On screen it looks the same.
async fn unanswered(context: &Context, write: &Write, ready: &Ready) -> Result<bool, StorageError> {
    let since = context.now() - CONFIRMED_WITHIN;
    match &ready.email {
        Some(email) if !ready.by_phone => {
            let before = storage::inbox::unconfirmed_of(&**write, email, since).await?;
            Ok(before >= MAILS_TO_ONE)
        }
        _ => Ok(false),
    }
}

async fn put(
    context: &Context,
    write: &Write,
    new: &NewPublicRequest,
    token: Option<String>,
) -> Result<(), ServiceError> {
    let now = context.now();
    let id = storage::inbox::insert(&**write, new).await?;
    let nobody = (None, None);
    storage::inbox::note(&**write, id, InboxEvent::Filed, nobody, now).await?;
    let object = Some(new.number.as_str());
    storage::audit::insert(&**write, now, None, "public_request.filed", object, None).await?;
    if let (Some(to), Some(token)) = (new.email.clone(), token) {
        let mail = NewMail {
            kind: MailKind::AskConfirm,
            dedup_key: storage::inbox::confirm_key(&new.number),
            message_id: new_message_id(context),
            mailing_id: None,
            recipient: Some(to),
            token: Some(token),
            send_at: now,
        };
        storage::outbox::queue(&**write, &mail, now).await?;
    }
    Ok(())
}

/// The columns as they are kept, for the reader that a desk's yes goes through.
fn cells(fields: &(dyn Fields + Sync)) -> Vec<(String, String)> {
    let stated = |column: &&'static str| {
        let cell = fields.get(column).map(str::trim).unwrap_or_default();
        (!cell.is_empty()).then(|| ((*column).to_owned(), cell.to_owned()))
    };
    COLUMNS.iter().filter_map(stated).collect()
}

/// Counts a sending, or says how long to wait.
async fn counted(
    write: &Write,
    context: &Context,
    network: &str,
    (email, phone): (Option<&EmailAddress>, Option<&Phone>),
) -> Result<Option<u64>, StorageError> {
    let now = context.now();
    let mut keys = vec![(hash_of(&format!("ask:{network}")), FREE_OF_NETWORK)];
    if let Some(email) = email {
        keys.push((hash_of(&format!("ask-to:{}", email.key())), FREE_OF_CONTACT));
    }
    if let Some(phone) = phone {
        keys.push((hash_of(&format!("ask-to:{phone}")), FREE_OF_CONTACT));
    }
    // Transactions hold the keys in one order.
    keys.sort();
    let mut wait = None;
    for (key, free) in &keys {
        let known = storage::throttles::hold(&**write, key, now).await?.on(now);
        wait = wait.max(known.seconds_to_wait(now));
        let counted = known.after_failure(*free, now);
        storage::throttles::put(&**write, key, &counted).await?;
    }
    Ok(wait)
}

pub(super) async fn receipt(
    context: &Context,
    sent: &PublicRequest,
) -> Result<Receipt, ServiceError> {
    let desk = crate::services::places::desk(context, &sent.desk).await?;
    Ok(Receipt {
        number: sent.number.clone(),
        desk,
        confirm_by: (sent.state == InboxState::Unconfirmed).then(|| vanishes_at(sent.filed_at)),
        by_phone: sent.by_phone,
    })
}
