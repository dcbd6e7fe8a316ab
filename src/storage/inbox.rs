//! What families and workers ask by themselves: rows of `public_requests` and what happened to each.
//! Whoever decides names the version that was looked at, so that of two only one does.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::{Expr, ExprTrait, Func, LockType, Query, SimpleExpr};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, Select,
};

use super::Page;
use super::entity::{
    account, desk, draft, outbox_mail, public_request, public_request_event, request,
};
use super::error::StorageError;
use super::lists::{Terms, page_of};
use super::rows::{CHUNK, Cells, has_all_words};
use super::waiting::{Whose, of_desk};
use super::waits::{Cut, Key};
use crate::domain::contact::{EmailAddress, Phone, search_column};
use crate::domain::ids::DeskCode;
use crate::domain::mail::MailKind;
use crate::domain::place::Comune;
use crate::domain::public_request::{InboxEvent, InboxKind, InboxState};

const TABLE: Cells = Cells("public_requests");
/// Others of the same contact that a page shows.
const MOST_ALIKE: u64 = 5;
/// Lines of a history that a page shows.
const MOST_EVENTS: u64 = 50;
/// Rows that one run of the jobs forgets.
const MOST_FORGOTTEN: u64 = 500;

/// Something new.
#[derive(Debug, Clone)]
pub struct NewPublicRequest {
    pub kind: InboxKind,
    pub number: String,
    pub form_hash: String,
    /// Of the link that confirms the address; none where the desk phones.
    pub token_hash: Option<String>,
    pub state: InboxState,
    pub desk_id: i64,
    pub filed_at: DateTime<Utc>,
    pub name: String,
    pub comune: Comune,
    pub email: Option<EmailAddress>,
    pub phone: Option<Phone>,
    pub by_phone: bool,
    /// The tag of the language it was written in.
    pub language: String,
    pub notice: (String, DateTime<Utc>),
    /// Columns and cells of the formats.
    pub answers: Vec<(String, String)>,
    pub words: Option<String>,
}

/// All that is known of one.
#[derive(Debug, Clone)]
pub struct PublicRequest {
    pub id: i64,
    pub version: i32,
    pub kind: InboxKind,
    pub number: String,
    pub state: InboxState,
    pub desk_id: i64,
    pub desk: DeskCode,
    pub filed_at: DateTime<Utc>,
    pub name: String,
    pub comune: Comune,
    pub email: Option<EmailAddress>,
    pub phone: Option<Phone>,
    pub by_phone: bool,
    pub language: String,
    pub notice: (String, DateTime<Utc>),
    pub answers: Vec<(String, String)>,
    pub words: Option<String>,
    pub confirmed_at: Option<DateTime<Utc>>,
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was refused, or what is missing.
    pub reason: Option<String>,
    /// The code of the request that it became.
    pub request: Option<String>,
    /// The worker whom it became, or who was there already.
    pub worker_id: Option<i64>,
}

impl PublicRequest {
    /// Whether a mail tells them of what a desk decides.
    pub fn takes_mail(&self) -> bool {
        self.email.is_some() && !self.by_phone
    }
}

/// A line of a list.
#[derive(Debug, Clone)]
pub struct InboxLine {
    pub kind: InboxKind,
    pub number: String,
    pub name: String,
    pub comune: Comune,
    pub state: InboxState,
    pub filed_at: DateTime<Utc>,
    /// Who asked wants to be phoned.
    pub by_phone: bool,
    pub phone: Option<String>,
}

/// A line of a history.
#[derive(Debug, Clone)]
pub struct EventLine {
    pub at: DateTime<Utc>,
    pub by: Option<String>,
    pub action: InboxEvent,
    pub words: Option<String>,
}

/// What a decision changes.
#[derive(Debug, Clone)]
pub struct Decision {
    pub state: InboxState,
    pub decided_at: Option<DateTime<Utc>>,
    /// Why it was refused, or what is missing.
    pub reason: Option<String>,
    /// Of a link in the place of the one before; none leaves that one.
    pub token_hash: Option<String>,
    /// What it became: a request, or a worker.
    pub request_id: Option<i64>,
    pub worker_id: Option<i64>,
}

/// Adds one; its key comes back.
pub async fn insert(
    db: &impl ConnectionTrait,
    new: &NewPublicRequest,
) -> Result<i64, StorageError> {
    let folded = search_column(
        &[&new.name],
        &new.number,
        new.phone.as_ref(),
        new.email.as_ref(),
    );
    let row = public_request::ActiveModel {
        kind: Set(new.kind.code().to_owned()),
        number: Set(new.number.clone()),
        form_hash: Set(new.form_hash.clone()),
        token_hash: Set(new.token_hash.clone()),
        state: Set(new.state.code().to_owned()),
        desk_id: Set(new.desk_id),
        filed_at: Set(new.filed_at),
        name: Set(new.name.clone()),
        folded: Set(folded),
        comune: Set(new.comune.istat().to_owned()),
        email: Set(new.email.as_ref().map(ToString::to_string)),
        phone: Set(new.phone.as_ref().map(ToString::to_string)),
        by_phone: Set(new.by_phone),
        language: Set(new.language.clone()),
        notice_version: Set(new.notice.0.clone()),
        notice_at: Set(new.notice.1),
        answers: Set(serde_json::to_string(&new.answers).unwrap_or_default()),
        words: Set(new.words.clone()),
        confirmed_at: Set(None),
        decided_at: Set(None),
        reason: Set(None),
        request_id: Set(None),
        worker_id: Set(None),
        draft: Set(None),
        version: Set(1),
        ..Default::default()
    };
    Ok(public_request::Entity::insert(row)
        .exec(db)
        .await?
        .last_insert_id)
}

/// The one that a form became.
pub async fn of_form(
    db: &impl ConnectionTrait,
    form_hash: &str,
) -> Result<Option<PublicRequest>, StorageError> {
    one(db, public_request::Column::FormHash.eq(form_hash)).await
}

/// The one that a link confirms.
pub async fn of_token(
    db: &impl ConnectionTrait,
    token_hash: &str,
) -> Result<Option<PublicRequest>, StorageError> {
    one(db, public_request::Column::TokenHash.eq(token_hash)).await
}

/// The one of a number.
pub async fn find(
    db: &impl ConnectionTrait,
    number: &str,
) -> Result<Option<PublicRequest>, StorageError> {
    one(db, public_request::Column::Number.eq(number)).await
}

/// The number of the one that a request comes from.
pub async fn number_of_request(
    db: &impl ConnectionTrait,
    request_id: i64,
) -> Result<Option<String>, StorageError> {
    Ok(public_request::Entity::find()
        .select_only()
        .column(public_request::Column::Number)
        .filter(public_request::Column::RequestId.eq(request_id))
        .into_tuple()
        .one(db)
        .await?)
}

async fn one(
    db: &impl ConnectionTrait,
    which: SimpleExpr,
) -> Result<Option<PublicRequest>, StorageError> {
    let row = public_request::Entity::find()
        .find_also(public_request::Entity, desk::Entity)
        .find_also(public_request::Entity, request::Entity)
        .filter(which)
        .one(db)
        .await?;
    row.map(read).transpose()
}

/// How many that nobody confirmed since a moment name an address, in whatever capitals.
pub async fn unconfirmed_of(
    db: &impl ConnectionTrait,
    email: &EmailAddress,
    since: DateTime<Utc>,
) -> Result<u64, StorageError> {
    use public_request::Column;
    let address = Func::lower(Expr::col((public_request::Entity, Column::Email)));
    Ok(public_request::Entity::find()
        .filter(Expr::expr(address).eq(email.key()))
        .filter(Column::State.eq(InboxState::Unconfirmed.code()))
        .filter(Column::FiledAt.gt(since))
        .count(db)
        .await?)
}

/// What the mail that confirms an address is known by in the outbox.
pub fn confirm_key(number: &str) -> String {
    format!("{}:{number}", MailKind::AskConfirm.code())
}

/// The same of the mail that tells what a desk said over a version.
pub fn news_key(number: &str, version: i32) -> String {
    format!("{}:{number}:{version}", MailKind::AskNews.code())
}

/// Confirms the address; whether it was still to be confirmed.
pub async fn confirm(
    db: &impl ConnectionTrait,
    id: i64,
    at: DateTime<Utc>,
) -> Result<bool, StorageError> {
    open(db, id, Some(at)).await
}

/// The mail did not arrive: the desk phones instead. Whether it was still to be confirmed.
pub async fn phone_instead(db: &impl ConnectionTrait, id: i64) -> Result<bool, StorageError> {
    open(db, id, None).await
}

/// The mail about what a desk said did not arrive: from now on it is told by phone. Whether it
/// was still to be told by mail.
pub async fn phone_about(db: &impl ConnectionTrait, id: i64) -> Result<bool, StorageError> {
    use public_request::Column;
    let told = [InboxState::AskedBack, InboxState::Refused].map(InboxState::code);
    let done = public_request::Entity::update_many()
        .col_expr(Column::ByPhone, Expr::val(true))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::State.is_in(told))
        .filter(Column::ByPhone.eq(false))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

async fn open(
    db: &impl ConnectionTrait,
    id: i64,
    confirmed_at: Option<DateTime<Utc>>,
) -> Result<bool, StorageError> {
    use public_request::Column;
    let done = public_request::Entity::update_many()
        .col_expr(Column::State, Expr::val(InboxState::Waiting.code()))
        .col_expr(Column::ConfirmedAt, Expr::val(confirmed_at))
        .col_expr(Column::ByPhone, Expr::val(confirmed_at.is_none()))
        .col_expr(Column::Version, Expr::col(Column::Version).add(1))
        .filter(Column::Id.eq(id))
        .filter(Column::State.eq(InboxState::Unconfirmed.code()))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Writes what a desk decided over the version that it looked at.
pub async fn decide(
    db: &impl ConnectionTrait,
    (id, version): (i64, i32),
    decision: &Decision,
) -> Result<(), StorageError> {
    use public_request::Column;
    let mut update = public_request::Entity::update_many();
    if let Some(hash) = &decision.token_hash {
        update = update.col_expr(Column::TokenHash, Expr::val(hash.as_str()));
    }
    let done = update
        .col_expr(Column::State, Expr::val(decision.state.code()))
        .col_expr(Column::DecidedAt, Expr::val(decision.decided_at))
        .col_expr(Column::Reason, Expr::val(decision.reason.clone()))
        .col_expr(Column::RequestId, Expr::val(decision.request_id))
        .col_expr(Column::WorkerId, Expr::val(decision.worker_id))
        .col_expr(Column::Version, Expr::val(version + 1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .filter(Column::State.is_in(InboxState::OPEN.map(InboxState::code)))
        .exec(db)
        .await?;
    if done.rows_affected == 0 {
        return Err(StorageError::Stale {
            table: "public_requests",
        });
    }
    Ok(())
}

/// Gives it a link in the place of the one before, over the version that was looked at.
pub async fn give_link(
    db: &impl ConnectionTrait,
    (id, version): (i64, i32),
    token_hash: &str,
) -> Result<(), StorageError> {
    use public_request::Column;
    let done = public_request::Entity::update_many()
        .col_expr(Column::TokenHash, Expr::val(token_hash))
        .col_expr(Column::Version, Expr::val(version + 1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .exec(db)
        .await?;
    if done.rows_affected == 0 {
        return Err(StorageError::Stale {
            table: "public_requests",
        });
    }
    Ok(())
}

/// A form that somebody begins with what was asked, and has neither saved nor thrown away.
#[derive(Debug, Clone)]
pub struct Begun {
    pub draft: String,
    pub account_id: i64,
    pub by: String,
    pub kept_at: DateTime<Utc>,
}

/// The form that was begun with one, where there is one still.
pub async fn begun(db: &impl ConnectionTrait, id: i64) -> Result<Option<Begun>, StorageError> {
    use public_request::Column;
    let of_it = Query::select()
        .column(Column::Draft)
        .from(public_request::Entity)
        .and_where(Column::Id.eq(id))
        .and_where(Column::Draft.is_not_null())
        .take();
    let found = draft::Entity::find()
        .find_also_related(account::Entity)
        .filter(draft::Column::Id.in_subquery(of_it))
        .filter(draft::Column::Made.is_null())
        .filter(draft::Column::ThrownAt.is_null())
        .one(db)
        .await?;
    Ok(found.map(|(draft, account)| Begun {
        draft: draft.id,
        account_id: draft.account_id,
        kept_at: draft.kept_at,
        by: account.map(|one| one.name).unwrap_or_default(),
    }))
}

/// Notes the draft of the form that was begun with it, over the version that was looked at.
pub async fn begin(
    db: &impl ConnectionTrait,
    (id, version): (i64, i32),
    draft: &str,
) -> Result<(), StorageError> {
    use public_request::Column;
    let done = public_request::Entity::update_many()
        .col_expr(Column::Draft, Expr::val(draft))
        .col_expr(Column::Version, Expr::val(version + 1))
        .filter(Column::Id.eq(id))
        .filter(Column::Version.eq(version))
        .filter(Column::State.is_in(InboxState::OPEN.map(InboxState::code)))
        .exec(db)
        .await?;
    if done.rows_affected == 0 {
        return Err(StorageError::Stale {
            table: "public_requests",
        });
    }
    Ok(())
}

/// The one with which a draft was begun, held against decisions by others until the
/// transaction ends.
pub async fn of_draft(
    db: &impl ConnectionTrait,
    draft: &str,
) -> Result<Option<PublicRequest>, StorageError> {
    let held: Option<i64> = public_request::Entity::find()
        .select_only()
        .column(public_request::Column::Id)
        .filter(public_request::Column::Draft.eq(draft))
        .lock(LockType::NoKeyUpdate)
        .into_tuple()
        .one(db)
        .await?;
    match held {
        Some(id) => one(db, public_request::Column::Id.eq(id)).await,
        None => Ok(None),
    }
}

/// Holds one until the transaction ends; whether a desk may still decide about it.
pub async fn lock(db: &impl ConnectionTrait, id: i64) -> Result<bool, StorageError> {
    let query = public_request::Entity::find_by_id(id)
        .select_only()
        .column(public_request::Column::State)
        .lock(LockType::NoKeyUpdate);
    let state: Option<String> = query.into_tuple().one(db).await?;
    let state = state.as_deref();
    Ok(InboxState::OPEN
        .iter()
        .any(|open| state == Some(open.code())))
}

/// What is shown of some by key: number, name and telephone.
pub async fn named(
    db: &impl ConnectionTrait,
    ids: &[i64],
) -> Result<Vec<(i64, String, String, Option<String>)>, StorageError> {
    use public_request::Column as C;
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    Ok(public_request::Entity::find()
        .select_only()
        .columns([C::Id, C::Number, C::Name, C::Phone])
        .filter(C::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?)
}

/// Notes whom one of which somebody has decided already is of.
pub async fn set_worker(
    db: &impl ConnectionTrait,
    id: i64,
    worker_id: i64,
) -> Result<(), StorageError> {
    public_request::Entity::update_many()
        .col_expr(public_request::Column::WorkerId, Expr::val(Some(worker_id)))
        .filter(public_request::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Adds a line to the history.
pub async fn note(
    db: &impl ConnectionTrait,
    id: i64,
    action: InboxEvent,
    (by, words): (Option<i64>, Option<&str>),
    at: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = public_request_event::ActiveModel {
        public_request_id: Set(id),
        at: Set(at),
        account_id: Set(by),
        action: Set(action.code().to_owned()),
        words: Set(words.map(str::to_owned)),
        ..Default::default()
    };
    public_request_event::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The history, the newest first.
pub async fn events(db: &impl ConnectionTrait, id: i64) -> Result<Vec<EventLine>, StorageError> {
    let rows = public_request_event::Entity::find()
        .find_also_related(account::Entity)
        .filter(public_request_event::Column::PublicRequestId.eq(id))
        .order_by_desc(public_request_event::Column::Id)
        .limit(MOST_EVENTS)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(row, account)| {
            Ok(EventLine {
                at: row.at,
                by: account.map(|account| account.name),
                action: Cells("public_request_events")
                    .read("action", InboxEvent::parse(&row.action))?,
                words: row.words,
            })
        })
        .collect()
}

/// Others with the same number or address that nobody has decided about yet.
pub async fn alike(
    db: &impl ConnectionTrait,
    of: &PublicRequest,
) -> Result<Vec<InboxLine>, StorageError> {
    let mut same = Condition::any();
    if let Some(email) = &of.email {
        same = same.add(public_request::Column::Email.eq(email.as_str()));
    }
    if let Some(phone) = &of.phone {
        same = same.add(public_request::Column::Phone.eq(phone.as_str()));
    }
    if same.is_empty() {
        return Ok(Vec::new());
    }
    let rows = public_request::Entity::find()
        .filter(same)
        .filter(public_request::Column::Id.ne(of.id))
        .filter(in_states(&InboxState::OPEN))
        .order_by_asc(public_request::Column::Id)
        .limit(MOST_ALIKE)
        .all(db)
        .await?;
    rows.into_iter().map(line).collect()
}

/// What a desk wrote when it asked back the last time.
pub async fn asked_back_with(
    db: &impl ConnectionTrait,
    id: i64,
) -> Result<Option<String>, StorageError> {
    use public_request_event::Column;
    let words = public_request_event::Entity::find()
        .select_only()
        .column(Column::Words)
        .filter(Column::PublicRequestId.eq(id))
        .filter(Column::Action.eq(InboxEvent::AskedBack.code()))
        .order_by_desc(Column::Id)
        .into_tuple::<Option<String>>()
        .one(db)
        .await?;
    Ok(words.flatten())
}

fn in_states(states: &[InboxState]) -> SimpleExpr {
    public_request::Column::State.is_in(states.iter().map(|state| state.code()))
}

/// Those that wait for somebody's word, in no order.
pub(super) fn to_do(whose: &Whose, words: &[String]) -> Select<public_request::Entity> {
    let folded = Expr::col((public_request::Entity, public_request::Column::Folded));
    let mut query = public_request::Entity::find()
        .filter(in_states(&InboxState::OPEN))
        .filter(has_all_words(&folded, words));
    // Nobody is in charge of it yet: who is of the desk looks.
    if let Whose::Mine(_, code) | Whose::Desk(code) = whose {
        query = query.filter(public_request::Column::DeskId.in_subquery(of_desk(code)));
    }
    query
}

/// The first of those, the oldest first.
pub async fn waiting(
    db: &impl ConnectionTrait,
    whose: &Whose,
    cut: Cut<'_>,
) -> Result<Vec<InboxLine>, StorageError> {
    use public_request::Column as C;
    let order = Terms::columns([(C::FiledAt, false), (C::Id, false)]);
    let all = to_do(whose, cut.words);
    let rows = cut.of(all, &order, &Key::Code(C::Number)).all(db).await?;
    cut.straight(rows).into_iter().map(line).collect()
}

/// A page of all desks'; `decided`: of those that are decided, the latest first.
pub async fn page(
    db: &impl ConnectionTrait,
    decided: bool,
    number: u64,
) -> Result<Page<InboxLine>, StorageError> {
    let query = if decided {
        public_request::Entity::find()
            .filter(in_states(&InboxState::DECIDED))
            .order_by_desc(public_request::Column::DecidedAt)
            .order_by_desc(public_request::Column::Id)
    } else {
        to_do(&Whose::Everybody, &[])
            .order_by_asc(public_request::Column::FiledAt)
            .order_by_asc(public_request::Column::Id)
    };
    page_of(db, query, number, line).await
}

/// Drops what nobody confirmed since before `before`, with its history and the address of its
/// mail; how many.
pub async fn drop_unconfirmed(
    db: &impl ConnectionTrait,
    before: DateTime<Utc>,
) -> Result<u64, StorageError> {
    let ids = ids(
        db,
        Condition::all()
            .add(public_request::Column::State.eq(InboxState::Unconfirmed.code()))
            .add(public_request::Column::FiledAt.lte(before)),
    )
    .await?;
    drop_whole(db, ids).await
}

/// Drops some with their histories and the addresses of their mails; how many.
pub(super) async fn drop_whole(
    db: &impl ConnectionTrait,
    ids: Vec<i64>,
) -> Result<u64, StorageError> {
    if ids.is_empty() {
        return Ok(0);
    }
    drop_addresses(db, &ids).await?;
    super::appointments::drop_of_askings(db, &ids).await?;
    public_request_event::Entity::delete_many()
        .filter(public_request_event::Column::PublicRequestId.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    let done = public_request::Entity::delete_many()
        .filter(public_request::Column::Id.is_in(ids))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

/// The mails about some know no more whom they went to, and open nothing.
async fn drop_addresses(db: &impl ConnectionTrait, ids: &[i64]) -> Result<(), StorageError> {
    use public_request::Column;
    let rows: Vec<(String, i32)> = public_request::Entity::find()
        .select_only()
        .columns([Column::Number, Column::Version])
        .filter(Column::Id.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    let mut keys = Vec::new();
    for (number, version) in &rows {
        keys.push(confirm_key(number));
        keys.extend((1..=*version).map(|version| news_key(number, version)));
    }
    for keys in keys.chunks(CHUNK) {
        outbox_mail::Entity::update_many()
            .col_expr(outbox_mail::Column::Recipient, Expr::val(None::<String>))
            .col_expr(outbox_mail::Column::Token, Expr::val(None::<String>))
            .filter(outbox_mail::Column::DedupKey.is_in(keys.iter().map(String::as_str)))
            .exec(db)
            .await?;
    }
    Ok(())
}

/// Forgets who asked what was decided so before `before`, also in its mails, and the link that
/// told them; number, reason and days stay.
pub async fn forget(
    db: &impl ConnectionTrait,
    decided: InboxState,
    before: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<u64, StorageError> {
    use public_request::Column;
    let ids = ids(
        db,
        Condition::all()
            .add(Column::State.eq(decided.code()))
            .add(Column::DecidedAt.lte(before))
            .add(Column::Answers.ne("[]")),
    )
    .await?;
    if ids.is_empty() {
        return Ok(0);
    }
    drop_addresses(db, &ids).await?;
    for id in &ids {
        note(db, *id, InboxEvent::Forgotten, (None, None), now).await?;
    }
    public_request_event::Entity::update_many()
        .col_expr(
            public_request_event::Column::Words,
            Expr::val(None::<String>),
        )
        .filter(public_request_event::Column::PublicRequestId.is_in(ids.iter().copied()))
        .exec(db)
        .await?;
    let done = public_request::Entity::update_many()
        .col_expr(Column::TokenHash, Expr::val(None::<String>))
        .col_expr(Column::Answers, Expr::val("[]"))
        .col_expr(Column::Name, Expr::val(""))
        .col_expr(Column::Folded, Expr::val(""))
        .col_expr(Column::Email, Expr::val(None::<String>))
        .col_expr(Column::Phone, Expr::val(None::<String>))
        .col_expr(Column::Words, Expr::val(None::<String>))
        .col_expr(Column::Draft, Expr::val(None::<String>))
        .filter(Column::Id.is_in(ids))
        .exec(db)
        .await?;
    Ok(done.rows_affected)
}

async fn ids(db: &impl ConnectionTrait, which: Condition) -> Result<Vec<i64>, StorageError> {
    Ok(public_request::Entity::find()
        .select_only()
        .column(public_request::Column::Id)
        .filter(which)
        .order_by_asc(public_request::Column::Id)
        .limit(MOST_FORGOTTEN)
        .into_tuple()
        .all(db)
        .await?)
}

fn line(row: public_request::Model) -> Result<InboxLine, StorageError> {
    Ok(InboxLine {
        kind: TABLE.read("kind", InboxKind::parse(&row.kind))?,
        comune: TABLE.some("comune", Comune::by_istat(&row.comune))?,
        state: TABLE.read("state", InboxState::parse(&row.state))?,
        number: row.number,
        name: row.name,
        filed_at: row.filed_at,
        by_phone: row.by_phone,
        phone: row.phone,
    })
}

fn read(
    (row, desk, request): (
        public_request::Model,
        Option<desk::Model>,
        Option<request::Model>,
    ),
) -> Result<PublicRequest, StorageError> {
    let desk = TABLE.some("desk_id", desk)?;
    Ok(PublicRequest {
        id: row.id,
        version: row.version,
        kind: TABLE.read("kind", InboxKind::parse(&row.kind))?,
        state: TABLE.read("state", InboxState::parse(&row.state))?,
        desk_id: row.desk_id,
        desk: TABLE.read("desk_id", DeskCode::parse(&desk.code))?,
        filed_at: row.filed_at,
        comune: TABLE.some("comune", Comune::by_istat(&row.comune))?,
        email: TABLE.optional("email", row.email, |text| EmailAddress::parse(&text))?,
        phone: row.phone.map(Phone::from_stored),
        by_phone: row.by_phone,
        language: row.language,
        notice: (row.notice_version, row.notice_at),
        answers: TABLE.read("answers", serde_json::from_str(&row.answers))?,
        words: row.words,
        confirmed_at: row.confirmed_at,
        decided_at: row.decided_at,
        reason: row.reason,
        request: request.map(|request| request.code),
        worker_id: row.worker_id,
        number: row.number,
        name: row.name,
    })
}
