//! Where the two sides contradict each other, and what the desk found: its word
//! stands beside theirs and overrides them, with a note and, where one was seen,
//! the kind of a document.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::account::Actor;
use crate::domain::answer::{Answer, Channel, Said, Teller, Wave};
use crate::domain::follow_up::LONGEST_COMMENT;
use crate::domain::ids::IntroductionCode;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::outcome::{Introduced, Outcome, Period, Standing, Told};
use crate::domain::reading::Fields;
use crate::services::error::require_desk;
use crate::services::{Context, ServiceError};
use crate::storage::invitations::Candidate;
use crate::storage::mailings::Person;
use crate::storage::phone_tries::Note;
use crate::storage::rows::CHUNK;
use crate::storage::{self, Connection};

/// Contradictions that are shown at most: the newest.
const MOST: usize = 500;

/// An introduction and who it brought together.
pub struct Pair {
    pub code: IntroductionCode,
    pub request_id: i64,
    pub family: String,
    pub worker: String,
}

async fn pairs(db: &impl Connection, candidates: &[Candidate]) -> Result<Vec<Pair>, ServiceError> {
    let mut people: Vec<Person> = Vec::new();
    for one in candidates {
        people.extend([Person::Family(one.family_id), Person::Worker(one.worker_id)]);
    }
    let contacts = storage::contacts::of(db, &people).await?;
    let name = |person| {
        let contact = contacts.get(&person);
        contact.map(|one| one.name.clone()).unwrap_or_default()
    };
    Ok(candidates
        .iter()
        .map(|one| Pair {
            code: one.code.clone(),
            request_id: one.request_id,
            family: name(Person::Family(one.family_id)),
            worker: name(Person::Worker(one.worker_id)),
        })
        .collect())
}

/// Whom an introduction brought together.
pub(super) async fn pair(db: &impl Connection, one: &Candidate) -> Result<Pair, ServiceError> {
    let pair = pairs(db, std::slice::from_ref(one)).await?.pop();
    pair.ok_or_else(|| ServiceError::not_found("introduction", &one.code))
}

/// Introductions in conflict, the newest first.
pub async fn conflicts(context: &Context, actor: &Actor) -> Result<Vec<Pair>, ServiceError> {
    require_desk(actor)?;
    let (db, today, size) = (context.db.read(), context.today(), CHUNK as u64);
    let (mut found, mut before) = (Vec::new(), None);
    // Newer ones that a later answer settled hide none that stands.
    while found.len() < MOST {
        let batch = storage::invitations::may_conflict(db, today, before, size).await?;
        let Some(last) = batch.last() else { break };
        before = Some(last.id);
        let ids: Vec<i64> = batch.iter().map(|one| one.id).collect();
        let mut told = storage::answers::told(db, &ids).await?;
        let is_last = batch.len() < CHUNK;
        found.extend(batch.into_iter().filter(|one| {
            let told = told.remove(&one.id).unwrap_or_default();
            is_conflict(one, told, today)
        }));
        if is_last {
            break;
        }
    }
    if found.is_empty() {
        return Ok(Vec::new());
    }
    found.truncate(MOST);
    pairs(db, &found).await
}

fn is_conflict(one: &Candidate, told: Vec<Told>, today: NaiveDate) -> bool {
    let introduced = Introduced {
        issued_on: one.issued_on,
        told,
        invited: Vec::new(),
    };
    let period = Period {
        from: one.issued_on,
        to: one.issued_on,
        today,
    };
    Standing::of(&introduced, period).outcome == Outcome::Conflict
}

/// An introduction with all that was said of it.
pub struct Record {
    pub pair: Pair,
    pub answers: Vec<Answer>,
    pub notes: Vec<Note>,
}

/// The introduction of a code.
pub(super) async fn find(
    db: &impl Connection,
    code: &IntroductionCode,
) -> Result<Candidate, ServiceError> {
    storage::invitations::introduction(db, code)
        .await?
        .ok_or_else(|| ServiceError::not_found("introduction", code))
}

/// What was said of an introduction.
pub async fn get(
    context: &Context,
    actor: &Actor,
    code: &IntroductionCode,
) -> Result<Record, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let one = find(db, code).await?;
    let answers = storage::answers::of_introduction(db, one.id).await?;
    let notes = storage::phone_tries::notes(db, one.id).await?;
    Ok(Record {
        pair: pair(db, &one).await?,
        answers,
        notes,
    })
}

/// What an operator found, as it was typed.
#[derive(Debug, Default)]
pub struct Finding {
    pub result: String,
    pub document: String,
    pub note: String,
}

struct Row(BTreeMap<&'static str, String>);

impl Fields for Row {
    fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }
}

/// What is wrong with a finding; a note is asked for where it settles a contradiction.
fn problems(finding: &Finding, settles: bool) -> Vec<Problem> {
    let note = finding.note.trim();
    let mut problems = Vec::new();
    let mut problem = |field: &'static str, key: &'static str| {
        problems.push(Problem {
            field,
            value: String::new(),
            why: Why::new(key),
        });
    };
    let is_hired = finding.result == Said::Hired.code();
    if !is_hired && finding.result != Said::No.code() {
        problem("result", "problem-finding-result");
    } else if !is_hired && !finding.document.is_empty() {
        problem("document", "problem-finding-document");
    }
    if note.is_empty() && settles {
        problem("note", "problem-finding-note-missing");
    } else if note.chars().count() > LONGEST_COMMENT {
        problem("note", "problem-finding-note");
    }
    problems
}

/// Writes down what was found. It overrides what both sides said; where they contradict each
/// other, with a note.
pub async fn settle(
    context: &Context,
    actor: &Actor,
    code: &IntroductionCode,
    finding: &Finding,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let (now, today) = (context.now(), context.today());
    let write = context.db.write().await?;
    let one = find(&*write, code).await?;
    let told = storage::answers::told(&*write, &[one.id]).await?;
    let told = told.into_values().next().unwrap_or_default();
    let problems = problems(finding, is_conflict(&one, told, today));
    if !problems.is_empty() {
        return Err(ServiceError::Invalid(Invalid(problems)));
    }
    let said = storage::answers::of_introduction(&*write, one.id).await?;
    let wave = said.iter().map(|answer| answer.wave).max();
    let wave = wave.unwrap_or(Wave::W2);
    let cells = [
        ("introduction", code.to_string()),
        ("side", Teller::Desk.code().to_owned()),
        ("wave", wave.code().to_owned()),
        ("answered_on", today.to_string()),
        ("via", Channel::Desk.code().to_owned()),
        ("result", finding.result.clone()),
        ("document", finding.document.clone()),
    ];
    let answer = Answer::read(&Row(cells.into())).map_err(ServiceError::Invalid)?;
    storage::answers::insert_many(&*write, &[answer.value]).await?;
    let by = Some(actor.account_id);
    let note = Note {
        side: Teller::Desk,
        wave,
        written_on: today,
        text: finding.note.trim().to_owned(),
    };
    if !note.text.is_empty() {
        storage::phone_tries::insert_note(&*write, one.id, by, &note).await?;
    }
    let (action, result) = ("answer.found", Some(finding.result.as_str()));
    storage::audit::insert(&*write, now, by, action, Some(code.as_str()), result).await?;
    Ok(write.commit().await?)
}
