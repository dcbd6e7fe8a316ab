//! The same report over any period, desk and one value of the log, for those who
//! keep it and may read every entry. Counted from the entries themselves, piece by
//! piece; beside it stands the same period a year before. Cases and the DOM line are
//! yearly figures and not part of it.

use std::collections::BTreeMap;

use chrono::{Datelike, Months, NaiveDate};

use super::{Report, names};
use crate::domain::access::figures::{Counts, Dimension, DomLine, cells};
use crate::domain::access::vocabulary::Vocabulary;
use crate::domain::account::Actor;
use crate::domain::ids::DeskCode;
use crate::domain::publishing::{Audience, Gathered, YearTables};
use crate::services::error::require_desk;
use crate::services::{Context, ServiceError};
use crate::storage::{self, Connection};

/// What may be asked for.
pub const DIMENSIONS: [Dimension; 12] = [
    Dimension::Channel,
    Dimension::Reason,
    Dimension::Activation,
    Dimension::ReferredBy,
    Dimension::FirstAccess,
    Dimension::Mediation,
    Dimension::Sex,
    Dimension::AgeBand,
    Dimension::Accompaniment,
    Dimension::Comune,
    Dimension::Citizenship,
    Dimension::PermitType,
];

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub desk: Option<DeskCode>,
    pub only: Option<(Dimension, String)>,
}

/// Entries read at a time.
const PIECE: u64 = 2000;

/// Answers.
pub async fn period(
    context: &Context,
    actor: &Actor,
    question: &Question,
) -> Result<Report, ServiceError> {
    require_desk(actor)?;
    let snapshot = context.db.snapshot().await?;
    let vocabulary = storage::vocabulary::load(&snapshot).await?;
    let desks = names(&snapshot).await?;
    let (first, last) = (question.first, question.last);
    let year_ago = |day: NaiveDate| day.checked_sub_months(Months::new(12)).unwrap_or(day);
    let now = counted(&snapshot, (first, last), question).await?;
    let before = counted(&snapshot, (year_ago(first), year_ago(last)), question).await?;
    drop(snapshot);
    let wanted = |code: &String| {
        question
            .desk
            .as_ref()
            .is_none_or(|desk| desk.as_str() == code)
    };
    let codes: Vec<DeskCode> = desks
        .iter()
        .filter(|(code, _)| wanted(code))
        .filter_map(|(code, _)| DeskCode::parse(code).ok())
        .collect();
    let year = first.year();
    Ok(Report {
        year,
        period: Some((first, last)),
        now: Some(tables(year, &codes, &now, &vocabulary)),
        before: Some(tables(year - 1, &codes, &before, &vocabulary)),
        whole: true,
        vocabulary,
        desks,
        years: Vec::new(),
        closed: None,
        opened: None,
    })
}

async fn counted(
    db: &impl Connection,
    days: (NaiveDate, NaiveDate),
    question: &Question,
) -> Result<Counts, ServiceError> {
    let mut counts = Counts::default();
    let mut after = None;
    loop {
        let desk = question.desk.as_ref();
        let piece = storage::accesses::between(db, days, desk, after.as_ref(), PIECE).await?;
        for (_, access) in &piece {
            let wanted = question.only.as_ref();
            if wanted.is_none_or(|wanted| cells(access).contains(wanted)) {
                counts.note(access);
            }
        }
        let Some((last, _)) = piece.into_iter().last() else {
            return Ok(counts);
        };
        after = Some(last);
    }
}

fn tables(year: i32, desks: &[DeskCode], counts: &Counts, vocabulary: &Vocabulary) -> YearTables {
    let gathered = Gathered {
        year,
        desks,
        counts,
        cases: &BTreeMap::new(),
        dom: DomLine::default(),
        outcomes: None,
        vocabulary,
    };
    let mut numbers = gathered.numbers(Audience::Desk);
    numbers
        .tables
        .retain(|table, _| !["accompaniments", "dom"].contains(&table.as_str()));
    YearTables::whole(&numbers)
}
