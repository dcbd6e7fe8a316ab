//! The demo: made-up people on the real comuni of the zones, a year and a half
//! of their history relative to today, three years of the access log, and one
//! account a role. Nobody in it
//! exists: addresses end in example.org, and the site shows that it is a demo.
//! The same seed on the same day makes the same people.

mod asking;
mod cast;
mod coming;
mod dice;
mod files;
mod inbox;
mod log;

use chrono::{NaiveDate, TimeDelta};

use self::cast::{Cast, Row};
use super::follow_up::{delivery, waves};
use super::policy::numbers;
use super::proposals::Word;
use super::sheets::{self, Order};
use super::{Context, ServiceError, accounts, factors, first_looks, matching, proposals};
use crate::catalogue::{Language, Words};
use crate::domain::account::{Actor, Place, Role};
use crate::domain::contact::EmailAddress;
use crate::domain::ids::{DeskCode, PartnerCode, RequestCode, SheetNumber, WorkerCode};
use crate::domain::invalid::Why;
use crate::domain::offer::Offer;
use crate::domain::partner::Contract;
use crate::domain::proposal::{Proposal, Via};
use crate::domain::reading;
use crate::domain::reason::ReasonList;
use crate::domain::setting::Setting;
use crate::storage::places::Partner;
use crate::storage::rows::CHUNK;
use crate::storage::{self, Write};

/// The people that `dom demo` shows.
pub const SEED: u64 = 2012;

const PARTNER: &str = "pi_grosseto";

/// The requests that the demo issues a sheet for, and how many workers on it.
/// The first ones are asked beforehand, the others while the sheet is made.
const SHEETS: [(&str, usize); 3] = [("R-000003", 1), ("R-000007", 2), ("R-000014", 2)];

/// Introductions of so many days are asked about as if the demo had run since.
const ASKED_DAYS: i64 = 111;

/// How to sign in as somebody.
#[derive(Debug, Clone)]
pub struct SignIn {
    pub role: &'static str,
    pub email: String,
    pub password: String,
}

/// What a demo was filled with.
#[derive(Debug, Clone)]
pub struct Demo {
    /// One or two a role; the passphrases are this demo's own.
    pub accounts: Vec<SignIn>,
    /// Issued today by the operator of Grosseto: the first numbers of the year.
    pub sheets: Vec<SheetNumber>,
}

/// Fills an empty, migrated database. Refuses one that holds a worker.
pub async fn fill(context: &Context, seed: u64) -> Result<Demo, ServiceError> {
    let cast = people(context, seed).await?;
    let accounts = staff(context).await?;
    let operator = actor(context, "operatrice@example.org").await?;
    let colleague = actor(context, "operatore.follonica@example.org").await?;
    asked(context, &cast, &[&operator, &colleague]).await?;
    let mut sheets = Vec::new();
    for (at, (request, size)) in SHEETS.into_iter().enumerate() {
        let request = RequestCode::parse(request).map_err(ServiceError::Refused)?;
        sheets.push(issue(context, &operator, &request, size, at == 0).await?);
    }
    looked(context, &cast).await?;
    files::hand_in(context, &operator).await?;
    asking::today(context, &operator).await?;
    asking::wish(context, &operator).await?;
    inbox::fill(context, &operator).await?;
    coming::fill(context, &operator).await?;
    mail(context).await?;
    Ok(Demo { accounts, sheets })
}

/// Every request is matched once, also those that are over by now.
async fn looked(context: &Context, cast: &Cast) -> Result<(), ServiceError> {
    let codes = cast.requests.iter().filter_map(|one| one.code.clone());
    let codes: Vec<RequestCode> = codes.collect();
    for piece in codes.chunks(CHUNK) {
        let requests = storage::requests::find_many(context.db.read(), piece).await?;
        first_looks::look_at(context, &requests).await?;
    }
    Ok(())
}

/// The follow-up's mail of today, to be read at once.
async fn mail(context: &Context) -> Result<(), ServiceError> {
    waves::run(context).await?;
    let write = context.db.write().await?;
    storage::outbox::send_now(&*write, context.now()).await?;
    write.commit().await?;
    delivery::deliver(context).await?;
    Ok(())
}

/// Workers, families, requests and what paper tells of the past.
async fn people(context: &Context, seed: u64) -> Result<Cast, ServiceError> {
    let today = context.today();
    let partner = PartnerCode::parse(PARTNER).map_err(ServiceError::Refused)?;
    let grosseto = DeskCode::parse("grosseto").map_err(ServiceError::Refused)?;
    let write = context.db.write().await?;
    if !storage::workers::after(&*write, None, 1).await?.is_empty() {
        return Err(ServiceError::Refused(Why::new("refused-demo-not-empty")));
    }
    let desks: Vec<_> = storage::places::desks(&*write).await?;
    let desks: Vec<_> = desks.into_iter().map(|(_, desk)| desk).collect();
    let cast =
        Cast::new(seed, today, &desks, &partner, &grosseto).map_err(ServiceError::Invalid)?;
    storage::places::add_partner(
        &*write,
        &Partner {
            code: partner,
            name: "Punto Insieme Grosseto".to_owned(),
            kind: "punto_insieme".to_owned(),
            contract: Contract::default(),
        },
    )
    .await?;
    storage::workers::insert_many(&*write, &cast.workers).await?;
    storage::families::insert_many(&*write, &cast.families).await?;
    storage::requests::insert_many(&*write, &cast.requests).await?;
    // The last months are as if the program had been here: what was asked of them
    // stands in the mail. What is older was on paper.
    let (recent, paper): (Vec<_>, Vec<_>) = cast
        .introductions
        .iter()
        .cloned()
        .partition(|one| (today - one.issued_on).num_days() < ASKED_DAYS);
    storage::introductions::insert_many(&*write, &paper, Some(today), None).await?;
    storage::introductions::insert_many(&*write, &recent, None, None).await?;
    storage::answers::insert_many(&*write, &cast.answers).await?;
    counted(&write, &cast).await?;
    log::fill(&write, seed, today).await?;
    write.commit().await?;
    Ok(cast)
}

/// What the program numbers from now on begins above what is there.
async fn counted(write: &Write, cast: &Cast) -> Result<(), ServiceError> {
    for (name, count) in [
        ("worker", cast.workers.len()),
        ("family", cast.families.len()),
        ("request", cast.requests.len()),
        ("introduction", cast.introductions.len()),
    ] {
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        storage::counters::raise(&**write, name, count).await?;
    }
    let numbers = (cast.introductions.iter()).filter_map(|one| one.sheet_number.as_ref());
    for (prefix, year, running) in numbers.filter_map(SheetNumber::parts) {
        let counter = storage::counters::sheets(prefix, year);
        storage::counters::raise(&**write, &counter, i64::from(running)).await?;
    }
    Ok(())
}

/// The accounts, with their passphrases set.
async fn staff(context: &Context) -> Result<Vec<SignIn>, ServiceError> {
    let desk = |code| Ok(Place::Desk(DeskCode::parse(code)?));
    let places = || -> Result<_, Why> {
        Ok([
            (
                Role::Administrator,
                "amministratrice",
                "Anna Esempio",
                desk("grosseto")?,
            ),
            (
                Role::Operator,
                "operatrice",
                "Olivia Prova",
                desk("grosseto")?,
            ),
            (
                Role::Operator,
                "operatore.follonica",
                "Otello Prova",
                desk("follonica")?,
            ),
            (
                Role::Partner,
                "ente",
                "Enea Esempio",
                Place::Partner(PartnerCode::parse(PARTNER)?),
            ),
            (Role::Reader, "lettrice", "Livia Finta", Place::Nowhere),
        ])
    };
    // Whoever tries the demo has no application for codes at hand.
    factors::require(context, Role::Administrator, false).await?;
    let mut accounts = Vec::new();
    for (role, local, name, place) in places().map_err(ServiceError::Refused)? {
        let email = address(&format!("{local}@example.org"))?;
        let password = dice::passphrase(context.randomness.as_ref());
        let token = accounts::add(context, &email, name, role, &place).await?;
        accounts::set_password(context, &token, &password).await?;
        accounts.push(SignIn {
            role: role.code(),
            email: email.to_string(),
            password,
        });
    }
    Ok(accounts)
}

fn address(text: &str) -> Result<EmailAddress, ServiceError> {
    EmailAddress::parse(text).map_err(ServiceError::Refused)
}

async fn actor(context: &Context, email: &str) -> Result<Actor, ServiceError> {
    accounts::actor_named(context, &address(email)?).await
}

/// The proposals of the last weeks, each by the operator of the family's desk.
async fn asked(context: &Context, cast: &Cast, operators: &[&Actor]) -> Result<(), ServiceError> {
    let today = context.today();
    let write = context.db.write().await?;
    for row in &cast.proposals {
        let request = RequestCode::parse(row.text("request")).map_err(ServiceError::Refused)?;
        let worker = WorkerCode::parse(row.text("worker")).map_err(ServiceError::Refused)?;
        let desk = cast.desk_of(&request);
        let operator = operators.iter().find(|one| one.desk() == desk);
        let operator = operator.ok_or(ServiceError::Forbidden)?;
        let request = proposals::find_request(&*write, &request).await?;
        let worker = proposals::find_worker(&*write, &worker).await?;
        let proposal = proposal(row, today)?;
        let told = Offer::of(&request.value).line();
        let proposal = proposal.telling(told);
        let by = operator.account_id;
        let id = storage::proposals::insert(&*write, request.id, worker.id, by, &proposal).await?;
        if let Some(reason) = proposal.decline_reason {
            proposals::answering::declined(context, &write, id, reason).await?;
        }
    }
    Ok(write.commit().await?)
}

fn proposal(row: &Row, today: NaiveDate) -> Result<Proposal, ServiceError> {
    let coded = |list, column| match row.text(column) {
        "" => Ok(None),
        code => reading::reason(list, code).map(Some),
    };
    let skipped =
        coded(ReasonList::BandSkipped, "skipped_reason").map_err(ServiceError::Refused)?;
    let reason = coded(ReasonList::ProposalDeclined, "reason").map_err(ServiceError::Refused)?;
    let mut proposal = Proposal::new(row.date("proposed_on").unwrap_or(today), skipped);
    if let Some(day) = row.date("answered_on") {
        let via = Via::parse(row.text("via")).map_err(ServiceError::Refused)?;
        let said = match reason {
            Some(reason) => proposal.decline(via, day, today, reason),
            None => proposal.accept(via, day, today),
        };
        said.map_err(|error| ServiceError::Broken(error.to_string()))?;
    }
    Ok(proposal)
}

/// Issues a sheet on the best `size` fits.
async fn issue(
    context: &Context,
    operator: &Actor,
    request: &RequestCode,
    size: usize,
    beforehand: bool,
) -> Result<SheetNumber, ServiceError> {
    let today = context.today();
    let asked = matching::ask(context, request, today).await?;
    let best = asked.search().first_fits(size);
    let codes = best.iter().map(|fit| WorkerCode::parse(fit.worker));
    let codes: Vec<WorkerCode> = codes
        .collect::<Result<_, _>>()
        .map_err(ServiceError::Refused)?;
    let people = storage::workers::find_many(context.db.read(), &codes).await?;
    let fresh_days = numbers::days(context, Setting::Fresh).await?;
    let mut order = Order {
        request: request.clone(),
        workers: Vec::new(),
        asked: Vec::new(),
        skipped: None,
        way: sheets::Way::Paper,
    };
    for code in codes {
        let mut of_code = people.iter();
        let worker = of_code.find(|worker| worker.value.code.as_ref() == Some(&code));
        let spared = worker.is_some_and(|worker| worker.value.needs_no_asking(fresh_days, today));
        if !spared && !beforehand {
            order.asked.push((code.clone(), today - TimeDelta::days(1)));
        }
        order.workers.push(code);
    }
    if beforehand {
        proposals::add(context, operator, request, &order.workers, None).await?;
        for code in &order.workers {
            let (word, via) = (Word::Yes, Via::Phone);
            proposals::answer(context, operator, request, code, word, via, today).await?;
        }
    }
    let words = Words::new(Language::It);
    Ok(sheets::issue(context, operator, words, &order)
        .await?
        .number)
}
