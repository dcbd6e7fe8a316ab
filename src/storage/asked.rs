//! Proposals with their request and worker by name: one, a page of a list, and
//! those that something overtook.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SimpleExpr};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait, RelationTrait, Select,
};

use super::entity::{family, introduction, proposal, request, worker};
use super::error::StorageError;
use super::lists::{At, Order, Terms, page_by_key, place_by_key};
use super::mailings::Person;
use super::merges::People;
use super::proposals::stored;
use super::restrictions::restricted;
use super::rows::Cells;
use super::waiting::{Whose, whose_requests};
use super::waits::{Cut, Key, Of, says};
use super::{Page, Stored};
use crate::domain::ids::{FamilyCode, RequestCode, WorkerCode};
use crate::domain::proposal::{self as rules, Over, Proposal, ProposalState};
use crate::domain::request::RequestStatus;
use crate::domain::worker::WorkerStatus;

const TABLE: Cells = Cells("proposals");

/// A proposal, and whom it is about.
#[derive(Debug, Clone)]
pub struct Asked {
    pub proposal: Stored<Proposal>,
    pub request_id: i64,
    pub request: RequestCode,
    pub family_id: i64,
    pub family: FamilyCode,
    pub family_name: String,
    pub worker_id: i64,
    pub worker: WorkerCode,
    pub worker_name: String,
    /// The account that asked.
    pub by_id: i64,
    /// What ended it, although nobody wrote that down yet.
    pub overtaken: Option<Over>,
}

impl Asked {
    /// The state on a day: what a closed request or a worker who is away overtook is
    /// over, whether or not anybody noticed.
    pub fn standing(&self, today: NaiveDate) -> ProposalState {
        match self.proposal.value.state_on(today) {
            ProposalState::Proposed | ProposalState::Accepted if self.overtaken.is_some() => {
                ProposalState::Cancelled
            }
            state => state,
        }
    }
}

/// Which proposals a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// Without a word.
    Waiting,
    /// Said yes, and no sheet names them to that family yet.
    ToIssue,
    /// The desk has to phone.
    ToPhone,
    /// A no that tells something of the worker's own data.
    ToReview,
    All,
}

impl Show {
    /// All, in the order of the page.
    pub const ALL: [Self; 5] = [
        Self::Waiting,
        Self::ToIssue,
        Self::ToPhone,
        Self::ToReview,
        Self::All,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::ToIssue => "to_issue",
            Self::ToPhone => "to_phone",
            Self::ToReview => "to_review",
            Self::All => "all",
        }
    }

    fn condition(self) -> Condition {
        use proposal::Column;
        let state = |state: ProposalState| Column::State.eq(state.code());
        let all = Condition::all();
        match self {
            Self::Waiting => all
                .add(state(ProposalState::Proposed))
                .add(Column::WorkerId.not_in_subquery(away())),
            Self::ToIssue => all
                .add(state(ProposalState::Accepted))
                .add(Column::WorkerId.not_in_subquery(away()))
                .add(introduced().not()),
            Self::ToPhone => all.add(Column::PhoneFor.is_not_null()),
            Self::ToReview => all
                .add(state(ProposalState::Declined))
                .add(Column::ReviewedOn.is_null())
                .add(Column::DeclineReason.is_in(rules::telling())),
            Self::All => all,
        }
    }
}

/// Whether a sheet named the worker for the request.
fn introduced() -> SimpleExpr {
    let of = |mine: introduction::Column, theirs: proposal::Column| {
        Expr::col((introduction::Entity, mine)).equals((proposal::Entity, theirs))
    };
    Expr::exists(
        Query::select()
            .expr(Expr::val(1))
            .from(introduction::Entity)
            .and_where(of(
                introduction::Column::RequestId,
                proposal::Column::RequestId,
            ))
            .and_where(of(
                introduction::Column::WorkerId,
                proposal::Column::WorkerId,
            ))
            .take(),
    )
}

/// The keys of workers who look for nothing now, or may not be named, or of whom nothing
/// may be used.
fn away() -> sea_orm::sea_query::SelectStatement {
    worker::Entity::find()
        .select_only()
        .column(worker::Column::Id)
        .filter(
            Condition::any()
                .add(worker::Column::Status.ne(WorkerStatus::Active.code()))
                .add(worker::Column::ConsentOn.is_null())
                .add(worker::Column::Code.in_subquery(restricted(People::Workers).into_query())),
        )
        .into_query()
}

/// The keys of requests that are open.
fn open_requests(whose: &Whose) -> sea_orm::sea_query::SelectStatement {
    let all = request::Entity::find()
        .select_only()
        .column(request::Column::Id)
        .filter(request::Column::Status.eq(RequestStatus::Open.code()));
    narrowed(all, whose)
}

fn requests(whose: &Whose) -> sea_orm::sea_query::SelectStatement {
    let all = request::Entity::find()
        .select_only()
        .column(request::Column::Id);
    narrowed(all, whose)
}

fn narrowed(
    all: sea_orm::Select<request::Entity>,
    whose: &Whose,
) -> sea_orm::sea_query::SelectStatement {
    if *whose == Whose::Everybody {
        return all.into_query();
    }
    all.join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(whose_requests(whose))
        .into_query()
}

/// What a list shows, in no order.
pub(super) fn waiting(whose: &Whose, show: Show, words: &[String]) -> Select<proposal::Entity> {
    let of = match show {
        // What a closed request leaves is not asked and not issued.
        Show::Waiting | Show::ToIssue => Some(open_requests(whose)),
        _ if *whose == Whose::Everybody => None,
        _ => Some(requests(whose)),
    };
    let about = [
        (Expr::col(proposal::Column::WorkerId), Of::Worker),
        (Expr::col(proposal::Column::RequestId), Of::Request),
    ];
    let query = proposal::Entity::find()
        .filter(show.condition())
        .filter(says(words, &about));
    match of {
        Some(of) => query.filter(proposal::Column::RequestId.in_subquery(of)),
        None => query,
    }
}

/// What waits longest first.
const ORDER: Order<proposal::Column> = Order {
    by: [proposal::Column::ProposedOn, proposal::Column::Id],
    descending: false,
};
/// The newest first.
const ORDER_OF_ALL: Order<proposal::Column, 1> = Order {
    by: [proposal::Column::Id],
    descending: true,
};

/// A page of a list.
pub async fn page(
    db: &impl ConnectionTrait,
    whose: &Whose,
    show: Show,
    number: u64,
) -> Result<Page<Asked>, StorageError> {
    page_at(db, whose, show, &At::page(number)).await
}

/// The same, by the key of the proposal that it lies beside.
pub async fn page_at(
    db: &impl ConnectionTrait,
    whose: &Whose,
    show: Show,
    at: &At,
) -> Result<Page<Asked>, StorageError> {
    let all = waiting(whose, show, &[]);
    let page: Page<proposal::Model> = if show == Show::All {
        let row = at.key().map(|id| [id.into()]);
        page_by_key(db, all, &ORDER_OF_ALL, at, row, Ok).await?
    } else {
        let key = proposal::Column::Id;
        let row = place_by_key::<proposal::Entity, NaiveDate>(db, &ORDER, key, at).await?;
        page_by_key(db, all, &ORDER, at, row, Ok).await?
    };
    Ok(Page {
        rows: named(db, page.rows).await?,
        number: page.number,
        total: page.total,
    })
}

/// Some lines of a list, what waits longest first.
pub async fn lines(
    db: &impl ConnectionTrait,
    whose: &Whose,
    show: Show,
    cut: Cut<'_>,
) -> Result<Vec<Asked>, StorageError> {
    use proposal::Column as C;
    let order = Terms::columns([(C::ProposedOn, false), (C::Id, false)]);
    let all = waiting(whose, show, cut.words);
    let rows = cut.of(all, &order, &Key::Id(C::Id)).all(db).await?;
    named(db, cut.straight(rows)).await
}

/// One proposal.
pub async fn find(db: &impl ConnectionTrait, id: i64) -> Result<Option<Asked>, StorageError> {
    let rows = proposal::Entity::find_by_id(id).all(db).await?;
    Ok(named(db, rows).await?.pop())
}

/// The proposals of a request, the latest first.
pub async fn of_request(
    db: &impl ConnectionTrait,
    request_id: i64,
) -> Result<Vec<Asked>, StorageError> {
    let rows = proposal::Entity::find()
        .filter(proposal::Column::RequestId.eq(request_id))
        .order_by_desc(proposal::Column::Id)
        .all(db)
        .await?;
    named(db, rows).await
}

/// Whether a sheet named the worker of a proposal for its request.
pub async fn is_introduced(db: &impl ConnectionTrait, one: &Asked) -> Result<bool, StorageError> {
    let row: Option<i64> = introduction::Entity::find()
        .select_only()
        .column(introduction::Column::Id)
        .filter(introduction::Column::RequestId.eq(one.request_id))
        .filter(introduction::Column::WorkerId.eq(one.worker_id))
        .limit(1)
        .into_tuple()
        .one(db)
        .await?;
    Ok(row.is_some())
}

/// Proposals that wait, or were accepted, and led to no sheet.
fn unfinished() -> Select<proposal::Entity> {
    use proposal::Column;
    let states = [ProposalState::Proposed, ProposalState::Accepted];
    proposal::Entity::find()
        .filter(Column::State.is_in(states.map(ProposalState::code)))
        .filter(introduced().not())
}

/// Up to `limit` such proposals of a request, but those of one worker.
pub async fn unfinished_of(
    db: &impl ConnectionTrait,
    request_id: i64,
    but_worker: i64,
    limit: u64,
) -> Result<Vec<Asked>, StorageError> {
    let rows = unfinished()
        .filter(proposal::Column::RequestId.eq(request_id))
        .filter(proposal::Column::WorkerId.ne(but_worker))
        .order_by_asc(proposal::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    named(db, rows).await
}

/// Up to `limit` such proposals that somebody has to do with, on either side.
pub async fn unfinished_with(
    db: &impl ConnectionTrait,
    person: Person,
    limit: u64,
) -> Result<Vec<Asked>, StorageError> {
    let theirs = match person {
        Person::Worker(id) => proposal::Column::WorkerId.eq(id),
        Person::Family(id) => {
            let requests = request::Entity::find()
                .select_only()
                .column(request::Column::Id)
                .filter(request::Column::FamilyId.eq(id))
                .into_query();
            proposal::Column::RequestId.in_subquery(requests)
        }
    };
    let rows = unfinished()
        .filter(theirs)
        .order_by_asc(proposal::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    named(db, rows).await
}

/// Up to `limit` proposals that wait, or were accepted and led to no sheet, whose
/// request is over or whose worker is not looking any more; by key, after `after`.
pub async fn overtaken(
    db: &impl ConnectionTrait,
    after: i64,
    limit: u64,
) -> Result<Vec<Asked>, StorageError> {
    let over = request::Entity::find()
        .select_only()
        .column(request::Column::Id)
        .filter(
            request::Column::Status.is_in(
                [
                    RequestStatus::Filled,
                    RequestStatus::Closed,
                    RequestStatus::Withdrawn,
                ]
                .map(RequestStatus::code),
            ),
        )
        .into_query();
    let rows = unfinished()
        .filter(proposal::Column::Id.gt(after))
        .filter(
            Condition::any()
                .add(proposal::Column::RequestId.in_subquery(over))
                .add(proposal::Column::WorkerId.in_subquery(away())),
        )
        .order_by_asc(proposal::Column::Id)
        .limit(limit)
        .all(db)
        .await?;
    named(db, rows).await
}

type RequestRow = (i64, String, i64, String, String, String, String);
type WorkerRow = (i64, String, String, String, String, Option<NaiveDate>);

/// The first thing that ended a proposal whose request and worker are known, where no
/// sheet came of it.
fn overtaken_by(request: &RequestRow, worker: &WorkerRow, introduced: bool) -> Option<Over> {
    let lives = [RequestStatus::Open, RequestStatus::Paused];
    let is_over = !lives.iter().any(|status| status.code() == request.6);
    let is_away = worker.4 != WorkerStatus::Active.code() || worker.5.is_none();
    match (introduced, is_over, is_away) {
        (true, ..) | (_, false, false) => None,
        (_, true, _) => Some(Over::RequestOver),
        (_, false, true) => Some(Over::WorkerAway),
    }
}

/// Rows with their names: three statements, however many there are.
async fn named(
    db: &impl ConnectionTrait,
    rows: Vec<proposal::Model>,
) -> Result<Vec<Asked>, StorageError> {
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let requests: Vec<RequestRow> = request::Entity::find()
        .select_only()
        .columns([
            request::Column::Id,
            request::Column::Code,
            request::Column::FamilyId,
        ])
        .column_as(family::Column::Code, "family_code")
        .columns([family::Column::GivenName, family::Column::FamilyName])
        .column_as(request::Column::Status, "request_status")
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(request::Column::Id.is_in(rows.iter().map(|row| row.request_id)))
        .into_tuple()
        .all(db)
        .await?;
    let workers: Vec<WorkerRow> = worker::Entity::find()
        .select_only()
        .columns([worker::Column::Id, worker::Column::Code])
        .columns([worker::Column::GivenName, worker::Column::FamilyName])
        .columns([worker::Column::Status, worker::Column::ConsentOn])
        .filter(worker::Column::Id.is_in(rows.iter().map(|row| row.worker_id)))
        .into_tuple()
        .all(db)
        .await?;
    let introduced: Vec<(i64, i64)> = introduction::Entity::find()
        .select_only()
        .columns([
            introduction::Column::RequestId,
            introduction::Column::WorkerId,
        ])
        .filter(introduction::Column::RequestId.is_in(rows.iter().map(|row| row.request_id)))
        .filter(introduction::Column::WorkerId.is_in(rows.iter().map(|row| row.worker_id)))
        .into_tuple()
        .all(db)
        .await?;
    let introduced: HashSet<(i64, i64)> = introduced.into_iter().collect();
    let requests: HashMap<i64, RequestRow> = requests.into_iter().map(|row| (row.0, row)).collect();
    let workers: HashMap<i64, WorkerRow> = workers.into_iter().map(|row| (row.0, row)).collect();
    let asked = |row: proposal::Model| {
        let request = TABLE.some("request_id", requests.get(&row.request_id))?;
        let worker = TABLE.some("worker_id", workers.get(&row.worker_id))?;
        Ok(Asked {
            overtaken: overtaken_by(
                request,
                worker,
                introduced.contains(&(row.request_id, row.worker_id)),
            ),
            request_id: row.request_id,
            worker_id: row.worker_id,
            by_id: row.proposed_by_id,
            request: TABLE.read("request_id", RequestCode::parse(&request.1))?,
            family_id: request.2,
            family: TABLE.read("request_id", FamilyCode::parse(&request.3))?,
            family_name: format!("{} {}", request.4, request.5),
            worker: TABLE.read("worker_id", WorkerCode::parse(&worker.1))?,
            worker_name: format!("{} {}", worker.2, worker.3),
            proposal: stored(row)?,
        })
    };
    rows.into_iter().map(asked).collect()
}
