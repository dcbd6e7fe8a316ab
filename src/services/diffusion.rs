//! Where workers' sheets must not go: what a worker asked for, written down and
//! taken back by the desk, and whom it leaves out of a search.

use std::collections::HashMap;

use super::error::require_desk;
use super::registering::save::note;
use super::sheets::disclosed::is_unwished;
use super::sheets::end::{Apart, end_all};
use super::{Context, ServiceError, proposals};
use crate::domain::account::Actor;
use crate::domain::diffusion::Ground;
use crate::domain::ids::{FamilyCode, PartnerCode, RequestCode, WorkerCode};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::place::Comune;
use crate::domain::request::CareRequest;
use crate::domain::worker::Worker;
use crate::domain::{reading, typed};
use crate::storage::changes::Change;
use crate::storage::diffusion::{LeftOut, LimitLine, MOST, Named, NewLimit};
use crate::storage::withdrawals::{SCOPE_LIMITED, ToTell};
use crate::storage::{self, Connection, StorageError, Stored, Write};

/// What somebody typed: whom the sheet is to be kept from.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    /// A code of `domain::diffusion::Limit::KINDS`.
    pub kind: &'a str,
    /// The family's code, the comune's name or code, or the partner's code.
    pub whom: &'a str,
}

/// A worker and where their sheet must not go.
pub struct Limited {
    pub worker: Stored<Worker>,
    pub limits: Vec<LimitLine>,
    /// Who has a sheet that was revoked for this worker, and was not told yet.
    pub to_tell: Vec<ToTell>,
    /// To choose from: code and name.
    pub partners: Vec<(PartnerCode, String)>,
}

/// Whose sheets must not go to the family of a request.
pub(super) async fn left_out(
    db: &impl Connection,
    request: &RequestCode,
) -> Result<Vec<LeftOut>, ServiceError> {
    let to = storage::diffusion::recipients(db, &[request.as_str()]).await?;
    match to.first() {
        Some((_, to)) => Ok(storage::diffusion::left_out(db, to).await?),
        None => Ok(Vec::new()),
    }
}

/// Revokes the sheets in force that went where this worker does not want to be: whoever has
/// one is told that it holds no more, and not why.
pub(super) fn end_unwished<'a>(
    context: &'a Context,
    write: &'a Write,
    by: i64,
    worker_id: i64,
) -> Apart<'a> {
    Box::pin(async move {
        let unwished = unwished_of(context, write, worker_id).await?;
        end_in_order(context, write, Some(by), unwished).await
    })
}

/// The same of the sheets of a family that moved, or whose request did, that somebody else
/// sends now, or that was made one with another.
pub(super) fn end_unwished_of_family<'a>(
    context: &'a Context,
    write: &'a Write,
    by: i64,
    family_id: i64,
) -> Apart<'a> {
    Box::pin(async move {
        let db = &**write;
        let today = context.today();
        let mut unwished = Vec::new();
        for (id, number) in storage::withdrawals::in_force_of_family(db, family_id, today).await? {
            let sheet = storage::sheets::get(db, id).await?;
            if is_unwished(write, &sheet).await? {
                unwished.push((id, number));
            }
        }
        end_in_order(context, write, Some(by), unwished).await
    })
}

/// The same of every sheet: a file may have moved many families and requests.
pub(super) fn end_all_unwished<'a>(
    context: &'a Context,
    write: &'a Write,
    by: Option<i64>,
) -> Apart<'a> {
    Box::pin(async move {
        let mut unwished = Vec::new();
        for worker_id in storage::diffusion::wishing(&**write).await? {
            unwished.extend(unwished_of(context, write, worker_id).await?);
        }
        end_in_order(context, write, by, unwished).await
    })
}

/// The sheets in force with this worker that went where they do not want to be.
async fn unwished_of(
    context: &Context,
    write: &Write,
    worker_id: i64,
) -> Result<Vec<(i64, String)>, StorageError> {
    let db = &**write;
    let sheets = storage::withdrawals::in_force_for(db, worker_id, context.today()).await?;
    let mut unwished = Vec::new();
    if sheets.is_empty() {
        return Ok(unwished);
    }
    let requests: Vec<&str> = sheets.iter().map(|(.., code)| code.as_str()).collect();
    for (request, to) in storage::diffusion::recipients(db, &requests).await? {
        if storage::diffusion::is_unwished(db, &to, &[worker_id]).await? {
            let theirs = sheets.iter().filter(|(.., code)| *code == request);
            unwished.extend(theirs.map(|(id, number, _)| (*id, number.clone())));
        }
    }
    Ok(unwished)
}

/// Ends each once, always in the order of their keys: two wishes at once wait for one
/// another, and never each for the other.
async fn end_in_order(
    context: &Context,
    write: &Write,
    by: Option<i64>,
    mut sheets: Vec<(i64, String)>,
) -> Result<(), StorageError> {
    sheets.sort_unstable();
    sheets.dedup();
    end_all(context, write, by, &sheets, SCOPE_LIMITED).await
}

/// Every limit there is, by what it names: for searches over all requests.
pub(super) struct Limits {
    families: HashMap<i64, Vec<String>>,
    comuni: HashMap<Comune, Vec<String>>,
    partners: HashMap<i64, Vec<String>>,
}

impl Limits {
    pub(super) async fn load(context: &Context) -> Result<Self, ServiceError> {
        let mut limits = Self {
            families: HashMap::new(),
            comuni: HashMap::new(),
            partners: HashMap::new(),
        };
        for kept in storage::diffusion::all(context.db.read()).await? {
            let workers = match kept.named {
                Named::Family(id) => limits.families.entry(id).or_default(),
                Named::Comune(comune) => limits.comuni.entry(comune).or_default(),
                Named::Partner(id) => limits.partners.entry(id).or_default(),
            };
            workers.push(kept.worker);
        }
        Ok(limits)
    }

    /// Whose sheets must not go to the families of these requests, by the
    /// request's code; one statement, and none where nobody has a limit.
    pub(super) async fn of(
        &self,
        context: &Context,
        requests: &[Stored<CareRequest>],
    ) -> Result<HashMap<String, Vec<String>>, ServiceError> {
        if self.families.is_empty() && self.comuni.is_empty() && self.partners.is_empty() {
            return Ok(HashMap::new());
        }
        let codes = requests.iter().filter_map(|one| one.value.code.as_ref());
        let codes: Vec<&str> = codes.map(RequestCode::as_str).collect();
        let recipients = storage::diffusion::recipients(context.db.read(), &codes).await?;
        Ok(recipients
            .into_iter()
            .map(|(request, to)| {
                let families = self.families.get(&to.family_id).into_iter().flatten();
                let comuni = (to.comuni.iter()).filter_map(|comune| self.comuni.get(comune));
                let partner = to.partner_id.and_then(|id| self.partners.get(&id));
                let mut workers: Vec<String> = families
                    .chain(comuni.flatten())
                    .chain(partner.into_iter().flatten())
                    .cloned()
                    .collect();
                workers.sort_unstable();
                workers.dedup();
                (request, workers)
            })
            .collect())
    }
}

/// A worker's limits.
pub async fn get(
    context: &Context,
    actor: &Actor,
    code: &WorkerCode,
) -> Result<Limited, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let worker = proposals::find_worker(db, code).await?;
    let limits = storage::diffusion::of_worker(db, worker.id).await?;
    let to_tell = storage::withdrawals::to_tell(db, worker.id, context.today()).await?;
    let partners = storage::places::partners(db).await?;
    Ok(Limited {
        worker,
        limits,
        to_tell,
        partners: partners
            .into_iter()
            .map(|(_, partner)| (partner.code, partner.name))
            .collect(),
    })
}

/// Writes down what a worker asked for.
pub async fn add(
    context: &Context,
    actor: &Actor,
    code: &WorkerCode,
    wish: Wish<'_>,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let worker = proposals::find_worker(&*write, code).await?;
    storage::workers::lock(&*write, &[worker.id]).await?;
    let named = named(&*write, wish).await?;
    let there = storage::diffusion::of_worker(&*write, worker.id).await?;
    if there.len() as u64 >= MOST {
        return Err(wrong("whom", wish.whom, Why::new("refused-limits-many")));
    }
    let new = NewLimit {
        worker_id: worker.id,
        named,
        ground: Ground::Wish,
        since: context.today(),
        account_id: Some(actor.account_id),
        proposal_id: None,
    };
    // A no to the same would go with the next yes: from now on it is a wish.
    let kept = storage::diffusion::insert(&*write, &new).await?
        || storage::diffusion::make_wish(&*write, &new).await?;
    if !kept {
        return Err(wrong("whom", wish.whom, Why::new("refused-limit-there")));
    }
    end_unwished(context, &write, actor.account_id, worker.id).await?;
    tell(context, &write, actor, &worker, "limit_added").await?;
    Ok(write.commit().await?)
}

/// Takes a limit back.
pub async fn lift(
    context: &Context,
    actor: &Actor,
    code: &WorkerCode,
    id: i64,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let worker = proposals::find_worker(&*write, code).await?;
    if !storage::diffusion::delete(&*write, worker.id, id).await? {
        return Err(ServiceError::not_found("limit", &id));
    }
    tell(context, &write, actor, &worker, "limit_lifted").await?;
    Ok(write.commit().await?)
}

async fn tell(
    context: &Context,
    write: &Write,
    actor: &Actor,
    worker: &Stored<Worker>,
    action: &'static str,
) -> Result<(), ServiceError> {
    let code = worker.value.code.as_ref().map(WorkerCode::as_str);
    let change = Change {
        kind: "worker",
        record: code.unwrap_or_default(),
        version: worker.version,
        action,
        fields: Vec::new(),
    };
    Ok(note(write, context, Some(actor), &change).await?)
}

fn wrong(field: &'static str, value: &str, why: Why) -> ServiceError {
    ServiceError::Invalid(Invalid(vec![Problem {
        field,
        value: value.to_owned(),
        why,
    }]))
}

async fn named(db: &impl Connection, wish: Wish<'_>) -> Result<Named, ServiceError> {
    let whom = wish.whom.trim();
    let unknown = || wrong("whom", whom, Why::new("problem-not-found"));
    match wish.kind {
        "family" => {
            // A code as it is written; else in capitals, as the program's own are.
            for code in [whom.to_owned(), whom.to_uppercase()] {
                let code = FamilyCode::parse(&code).map_err(|_| unknown())?;
                if let Some(family) = storage::families::find(db, &code).await? {
                    return Ok(Named::Family(family.id));
                }
            }
            Err(unknown())
        }
        "comune" => reading::comune(&typed::comune(whom))
            .map(Named::Comune)
            .map_err(|why| wrong("whom", whom, why)),
        "partner" => {
            let code = PartnerCode::parse(whom).map_err(|_| unknown())?;
            let partners = storage::places::partners(db).await?;
            partners
                .into_iter()
                .find(|(_, partner)| partner.code == code)
                .map(|(id, _)| Named::Partner(id))
                .ok_or_else(unknown)
        }
        other => Err(wrong("kind", other, Why::new("problem-limit-kind"))),
    }
}
