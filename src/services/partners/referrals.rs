//! What became of the families that a partner sent, as it may know: how far each request is,
//! whom the family was told of, and the numbers of a year. Another partner's is not there.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::domain::account::Actor;
use crate::domain::ids::{FamilyCode, IntroductionCode, RequestCode};
use crate::domain::outcome::Outcome;
use crate::domain::partner::{Consent, Progress, ReferralState};
use crate::services::error::require_partner;
use crate::services::follow_up::partners::outcome;
use crate::services::follow_up::{delivery, short_name};
use crate::services::{Context, ServiceError};
use crate::storage::lists::At;
use crate::storage::merges::People;
use crate::storage::referrals::SentRequest;
use crate::storage::rows::CHUNK;
use crate::storage::{self, Connection, Page};

/// A request as a partner's list shows it.
pub struct Line {
    pub code: RequestCode,
    pub family: String,
    pub opened_on: NaiveDate,
    pub state: ReferralState,
}

/// Somebody whom the family was told of.
pub struct Told {
    pub code: IntroductionCode,
    pub worker: String,
    pub issued_on: NaiveDate,
    pub outcome: Outcome,
}

/// One request with all that its partner may know.
pub struct Known {
    pub line: Line,
    pub told: Vec<Told>,
    /// The family's word, and who wrote it down.
    pub consent: Option<(Consent, String)>,
    /// Name and telephone of the desk.
    pub desk: (String, String),
    /// The family was erased: nobody asks anything for it any more.
    pub erased: bool,
}

/// How many of a year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Figures {
    /// Requests opened in the year.
    pub requests: u64,
    /// Of these, each in one state.
    pub received: u64,
    pub matching: u64,
    pub sheets_out: u64,
    pub outcome_known: u64,
    /// Of these, those with somebody hired.
    pub hired: u64,
    /// Workers whom their families were told of.
    pub introductions: u64,
}

/// The outcomes of each of up to [`CHUNK`] requests, by its key.
async fn outcomes(
    db: &impl Connection,
    requests: &[i64],
    today: NaiveDate,
) -> Result<HashMap<i64, Vec<Outcome>>, ServiceError> {
    let introduced = storage::referrals::introduced(db, requests).await?;
    let mut by_request: HashMap<i64, Vec<Outcome>> = HashMap::new();
    for piece in introduced.chunks(CHUNK) {
        let ids: Vec<i64> = piece.iter().map(|(_, id, _)| *id).collect();
        let mut told = storage::answers::told(db, &ids).await?;
        for (request, id, issued_on) in piece {
            let told = told.remove(id).unwrap_or_default();
            let outcome = outcome(*issued_on, told, today);
            by_request.entry(*request).or_default().push(outcome);
        }
    }
    Ok(by_request)
}

/// Each request with its outcomes and how far it is.
async fn states(
    db: &impl Connection,
    requests: Vec<SentRequest>,
    today: NaiveDate,
) -> Result<Vec<(SentRequest, Vec<Outcome>, ReferralState)>, ServiceError> {
    let ids: Vec<i64> = requests.iter().map(|one| one.id).collect();
    let mut outcomes = outcomes(db, &ids, today).await?;
    let asked = storage::referrals::asked_for(db, &ids).await?;
    let with_state = requests.into_iter().map(|one| {
        let outcomes = outcomes.remove(&one.id).unwrap_or_default();
        let state = ReferralState::of(Progress {
            status: one.status,
            in_hand: one.in_charge || asked.contains(&one.id),
            outcomes: &outcomes,
        });
        (one, outcomes, state)
    });
    Ok(with_state.collect())
}

fn line(one: SentRequest, state: ReferralState) -> Line {
    Line {
        family: format!("{} {}", one.family_name.0, one.family_name.1),
        code: one.code,
        opened_on: one.opened_on,
        state,
    }
}

/// A page of the actor's own, the newest first.
pub async fn page(context: &Context, actor: &Actor, at: &At) -> Result<Page<Line>, ServiceError> {
    let partner = require_partner(actor)?;
    let db = context.db.read();
    let page = storage::referrals::requests(db, partner, at).await?;
    let rows = states(db, page.rows, context.today()).await?.into_iter();
    Ok(Page {
        rows: rows.map(|(one, _, state)| line(one, state)).collect(),
        number: page.number,
        total: page.total,
    })
}

/// One of the actor's own, by its code.
pub async fn get(
    context: &Context,
    actor: &Actor,
    code: &RequestCode,
) -> Result<Known, ServiceError> {
    let partner = require_partner(actor)?;
    let (db, today) = (context.db.read(), context.today());
    let missing = || ServiceError::not_found("request", code);
    let found = storage::referrals::request(db, partner, code).await?;
    let one = found.ok_or_else(missing)?;
    let erased = storage::erasures::find(db, People::Families, one.family.as_str()).await?;
    let consent = storage::referrals::consent(db, one.id).await?;
    let desk = delivery::desk(db, one.desk_id).await?;
    let introductions = storage::referrals::of_request(db, partner, one.id).await?;
    let ids: Vec<i64> = introductions.iter().map(|one| one.id).collect();
    let mut answers = storage::answers::told(db, &ids).await?;
    let told = introductions.into_iter().map(|one| {
        let answers = answers.remove(&one.id).unwrap_or_default();
        Told {
            outcome: outcome(one.issued_on, answers, today),
            worker: short_name(&one.worker_name),
            code: one.code,
            issued_on: one.issued_on,
        }
    });
    let told = told.collect();
    let with_state = states(db, vec![one], today).await?.into_iter().next();
    let (one, _, state) = with_state.ok_or_else(missing)?;
    Ok(Known {
        line: line(one, state),
        told,
        consent: consent.filter(|_| erased.is_none()),
        desk,
        erased: erased.is_some(),
    })
}

/// Refuses what is of a family that was erased. It is named by the code of what was asked for:
/// a partner knows no family's.
pub(in crate::services) async fn check_living(
    db: &impl Connection,
    (what, code): (&'static str, &str),
    family: &FamilyCode,
) -> Result<(), ServiceError> {
    match storage::erasures::find(db, People::Families, family.as_str()).await? {
        Some(at) => Err(ServiceError::Erased {
            what,
            code: code.to_owned(),
            on: at.date_naive(),
        }),
        None => Ok(()),
    }
}

/// The name of the family of a request of the actor's own, for which it can file one more.
pub async fn family(
    context: &Context,
    actor: &Actor,
    code: &RequestCode,
) -> Result<String, ServiceError> {
    let (partner, db) = (require_partner(actor)?, context.db.read());
    let found = storage::referrals::request(db, partner, code).await?;
    let one = found.ok_or_else(|| ServiceError::not_found("request", code))?;
    check_living(db, ("request", code.as_str()), &one.family).await?;
    Ok(format!("{} {}", one.family_name.0, one.family_name.1))
}

/// The numbers of the requests opened in a year, as they stand today.
pub async fn year(context: &Context, actor: &Actor, year: i32) -> Result<Figures, ServiceError> {
    let partner = require_partner(actor)?;
    let (db, today) = (context.db.read(), context.today());
    let mut figures = Figures::default();
    let days = NaiveDate::from_ymd_opt(year, 1, 1).zip(NaiveDate::from_ymd_opt(year, 12, 31));
    let Some(days) = days else {
        return Ok(figures);
    };
    let mut after = 0;
    loop {
        let piece = storage::referrals::requests_between(db, partner, days, after).await?;
        let Some(last) = piece.last() else {
            return Ok(figures);
        };
        after = last.id;
        for (_, outcomes, state) in states(db, piece, today).await? {
            figures.add(&outcomes, state);
        }
    }
}

impl Figures {
    fn add(&mut self, outcomes: &[Outcome], state: ReferralState) {
        self.requests += 1;
        match state {
            ReferralState::Received => self.received += 1,
            ReferralState::Matching => self.matching += 1,
            ReferralState::SheetsOut => self.sheets_out += 1,
            ReferralState::OutcomeKnown => self.outcome_known += 1,
        }
        self.hired += u64::from(outcomes.iter().any(|one| one.is_hired()));
        self.introductions += u64::try_from(outcomes.len()).unwrap_or(u64::MAX);
    }
}
