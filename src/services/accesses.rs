//! The access log's use cases: the yearly report, entries made at a desk, and the
//! nightly clean-up. Nothing here leaves a record of who entered what.

use std::collections::{BTreeMap, HashMap};

use chrono::{Datelike, NaiveDate};

use super::error::require_desk;
use super::{Context, ServiceError, outcomes};
use crate::domain::access::figures::{Cases, Counts, DomLine, OutcomeLine, YearReport};
use crate::domain::access::page::PageMemory;
use crate::domain::access::vocabulary::Vocabulary;
use crate::domain::access::{Access, Began, Known, RefKey};
use crate::domain::accompaniment::{Accompaniment, Kind};
use crate::domain::account::Actor;
use crate::domain::ids::{AccompanimentCode, DeskCode};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::outcome::Period;
use crate::domain::reading::Fields;
use crate::storage::lists::At;
use crate::storage::rows::days_of_year;
use crate::storage::{self, Connection, Page, StorageError, Stored, Write};

/// What a year's report is made of, read at one instant.
#[derive(Debug, Clone)]
pub struct YearOfLog {
    pub year: i32,
    /// The desks that it tells of, by code.
    pub desks: Vec<DeskCode>,
    pub counts: Counts,
    pub cases: BTreeMap<DeskCode, Cases>,
    pub dom: DomLine,
    /// Where it was asked for.
    pub outcomes: Option<OutcomeLine>,
}

impl YearOfLog {
    /// Of all desks or one: six statements, whatever the number of accesses.
    pub async fn load(
        db: &impl Connection,
        year: i32,
        desk: Option<&DeskCode>,
    ) -> Result<Self, ServiceError> {
        let days = days_of_year(year);
        let desks = storage::places::desks(db).await?.into_iter();
        let mut desks: Vec<_> = desks.map(|(_, one)| one.code).collect();
        if let Some(desk) = desk {
            desks.retain(|one| one == desk);
            if desks.is_empty() {
                return Err(ServiceError::NotFound {
                    what: "desk",
                    code: desk.to_string(),
                });
            }
        }
        Ok(Self {
            year,
            desks,
            counts: storage::accesses::counts(db, year, desk).await?,
            cases: storage::accompaniments::cases(db, year, desk).await?,
            dom: DomLine {
                workers_registered: storage::workers::registered_between(db, days, desk).await?,
                families_with_sheets: storage::families::introduced_between(db, days, desk).await?,
            },
            outcomes: None,
        })
    }

    /// The same with what became of the year's matches, as known today.
    pub async fn with_outcomes(
        mut self,
        db: &impl Connection,
        today: NaiveDate,
        desk: Option<&DeskCode>,
    ) -> Result<Self, ServiceError> {
        let (from, to) = days_of_year(self.year);
        let figures = outcomes::figures(db, Period { from, to, today }).await?;
        let states = match desk {
            None => Some(&figures.requests_by_state),
            Some(desk) => {
                let mut groups = figures.by_desk.iter();
                let of_desk = groups.find(|group| group.desk == desk.as_str());
                of_desk.map(|group| &group.states)
            }
        };
        self.outcomes = Some(OutcomeLine {
            sheets: storage::introductions::sheets_between(db, (from, to), desk).await?,
            requests: states.map_or(0, |states| states.all().into()),
            jobs: states.map_or(0, |states| states.filled.into()),
        });
        Ok(self)
    }

    /// The report.
    pub fn report(&self) -> YearReport {
        YearReport::of(self.year, &self.desks, &self.counts, &self.cases, self.dom)
    }
}

/// The yearly report and that of the year before, both of the same instant.
pub async fn report(
    context: &Context,
    year: i32,
    desk: Option<&DeskCode>,
) -> Result<[YearOfLog; 2], ServiceError> {
    let snapshot = context.db.snapshot().await?;
    let this = YearOfLog::load(&snapshot, year, desk).await?;
    let before = YearOfLog::load(&snapshot, year - 1, desk).await?;
    Ok([this, before])
}

/// What the entry screen stands on.
pub struct Screen {
    pub desk: DeskCode,
    pub vocabulary: Vocabulary,
    /// The page's own entries of today, the last one first.
    pub own: Vec<(u32, Access)>,
    /// Entries dated today at this desk, whoever made them.
    pub today: u64,
}

/// Reads it: the same number of statements however long the list is.
pub async fn screen(
    context: &Context,
    actor: &Actor,
    memory: Option<&PageMemory>,
) -> Result<Screen, ServiceError> {
    let desk = desk_of(actor)?;
    let db = context.db.read();
    let mut own = Vec::new();
    if let Some(memory) = memory {
        let keys: Vec<_> = memory.latest().map(|n| (n, memory.entry(n))).collect();
        let wanted: Vec<_> = keys.iter().map(|(_, key)| key.clone()).collect();
        let found = storage::accesses::find_many(db, &wanted).await?;
        let mut found: HashMap<_, _> = found.into_iter().collect();
        for (number, key) in keys {
            own.extend(found.remove(&key).map(|access| (number, access)));
        }
    }
    Ok(Screen {
        vocabulary: storage::vocabulary::load(db).await?,
        today: storage::accesses::on_day(db, &desk, context.today()).await?,
        desk,
        own,
    })
}

/// Reads what was typed at the actor's desk.
pub fn read(
    context: &Context,
    actor: &Actor,
    vocabulary: &Vocabulary,
    fields: &dyn Fields,
) -> Result<Access, ServiceError> {
    let desk = desk_of(actor)?;
    let known = Known {
        today: context.today(),
        desks: &[desk],
        vocabulary,
        // The screen has no references.
        key: &RefKey::new([0; 32]),
    };
    Access::read(fields, None, known)
        .map(|parsed| parsed.value)
        .map_err(ServiceError::Invalid)
}

/// What is to be entered, and by which page.
pub struct Entering<'a> {
    pub access: &'a Access,
    /// How many contacts of the same kind.
    pub count: u32,
    /// The page's random key for this entry: a second one with it changes nothing.
    pub receipt: &'a str,
    /// The page's own entry that this one stands for.
    pub replaces: Option<u32>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// As many as were asked, with the numbers of the cases that they opened.
    New(Vec<String>),
    /// The same entry was there before.
    Already,
}

/// Enters contacts in one transaction with their counts and cases, and remembers
/// them in the page's memory.
pub async fn enter(
    context: &Context,
    actor: &Actor,
    memory: &mut PageMemory,
    entering: &Entering<'_>,
) -> Result<Entered, ServiceError> {
    if desk_of(actor)? != entering.access.desk {
        return Err(ServiceError::Forbidden);
    }
    // Another tab with the same memory may have drawn the same numbers: the next
    // ones are free, sooner or later.
    for _ in 0..TRIES {
        let mut drawn = memory.clone();
        match try_enter(context, &mut drawn, entering).await {
            Err(ServiceError::Storage(StorageError::Conflict { .. })) => {
                memory.draw();
            }
            Ok(entered) => {
                *memory = drawn;
                return Ok(entered);
            }
            Err(error) => return Err(error),
        }
    }
    Err(ServiceError::Stale)
}

const TRIES: u32 = 200;

async fn try_enter(
    context: &Context,
    memory: &mut PageMemory,
    entering: &Entering<'_>,
) -> Result<Entered, ServiceError> {
    let write = context.db.write().await?;
    if !storage::accesses::take_receipt(&*write, entering.receipt).await? {
        return Ok(Entered::Already);
    }
    let mut entries = Vec::new();
    let mut numbers = Vec::new();
    if let Some(number) = entering.replaces {
        take_back(&write, memory, number).await?;
        numbers.push(number);
    } else {
        numbers.extend((0..entering.count).map(|_| memory.draw()));
    }
    for number in &numbers {
        entries.push((memory.entry(*number), entering.access.clone()));
    }
    storage::accesses::insert_many(&*write, &entries).await?;
    let cases = open_cases(&write, memory, entering.access, &numbers).await?;
    write.commit().await?;
    Ok(Entered::New(cases))
}

/// Takes one of the page's entries back, with the case that it opened; the entry,
/// where it was still there.
pub async fn undo(
    context: &Context,
    actor: &Actor,
    memory: &mut PageMemory,
    number: u32,
) -> Result<Option<Access>, ServiceError> {
    desk_of(actor)?;
    let write = context.db.write().await?;
    let access = take_back(&write, memory, number).await?;
    write.commit().await?;
    Ok(access)
}

async fn take_back(
    write: &Write,
    memory: &mut PageMemory,
    number: u32,
) -> Result<Option<Access>, ServiceError> {
    let gone = storage::accesses::remove_many(&**write, &[memory.entry(number)]).await?;
    if let Some(case) = memory.take_case(number) {
        let code = case_code(case);
        storage::accompaniments::remove_untouched(&**write, &code).await?;
    }
    Ok(gone.into_iter().next().map(|(_, access)| access))
}

async fn open_cases(
    write: &Write,
    memory: &mut PageMemory,
    access: &Access,
    numbers: &[u32],
) -> Result<Vec<String>, ServiceError> {
    let kind = match access.accompaniment {
        Began::Nothing => return Ok(Vec::new()),
        Began::Quick => Kind::Quick,
        Began::Opened => Kind::Case,
    };
    let count = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
    let counter = storage::accompaniments::COUNTER;
    let first = storage::counters::draw(&**write, counter, count).await?;
    let mut opened = Vec::with_capacity(numbers.len());
    for (case, entry) in (first..).zip(numbers) {
        memory.note_case(*entry, case);
        opened.push(Accompaniment {
            code: Some(case_code(case)),
            desk: access.desk.clone(),
            kind,
            opened_on: access.date,
            closed_on: (kind == Kind::Quick).then_some(access.date),
        });
    }
    storage::accompaniments::insert_many(&**write, &opened).await?;
    let codes = opened.iter().filter_map(|one| one.code.as_ref());
    Ok(codes.map(ToString::to_string).collect())
}

fn case_code(number: i64) -> AccompanimentCode {
    AccompanimentCode::parse(&format!("A-{number:06}"))
        .expect("a letter, a hyphen and digits are a code")
}

/// A page of the desk's cases, open ones first.
pub async fn cases(
    context: &Context,
    actor: &Actor,
    at: &At,
) -> Result<Page<Stored<Accompaniment>>, ServiceError> {
    let desk = desk_of(actor)?;
    Ok(storage::accompaniments::list(context.db.read(), Some(&desk), at).await?)
}

/// Closes a case of the actor's desk on a day, or opens it again (`None`).
pub async fn close_case(
    context: &Context,
    actor: &Actor,
    code: &AccompanimentCode,
    closed_on: Option<NaiveDate>,
) -> Result<(), ServiceError> {
    let desk = desk_of(actor)?;
    let write = context.db.write().await?;
    let found = storage::accompaniments::find_many(&*write, std::slice::from_ref(code)).await?;
    let mut case = found
        .into_iter()
        .find(|case| case.value.desk == desk)
        .ok_or_else(|| ServiceError::not_found("accompaniment", code))?;
    if let Some(day) = closed_on {
        let wrong = if day < case.value.opened_on {
            Some("problem-end-before-start")
        } else if day > context.today() {
            Some("problem-date-future")
        } else {
            None
        };
        if let Some(key) = wrong {
            let problem = Problem {
                field: "closed_on",
                value: day.to_string(),
                why: Why::new(key),
            };
            return Err(ServiceError::Invalid(Invalid(vec![problem])));
        }
    }
    case.value.closed_on = closed_on;
    storage::accompaniments::update_many(&*write, &[case]).await?;
    write.commit().await?;
    Ok(())
}

fn desk_of(actor: &Actor) -> Result<DeskCode, ServiceError> {
    require_desk(actor)?;
    actor.desk().cloned().ok_or(ServiceError::Forbidden)
}

/// Tidies the log on the first call of a day: forgets which pages sent what, and
/// takes from the rows that came the order in which they did. Whether it was this call.
pub async fn tidy_nightly(context: &Context) -> Result<bool, ServiceError> {
    const TIDIED: &str = "accesses-tidied";
    let today = i64::from(context.today().num_days_from_ce());
    if storage::counters::last(context.db.read(), TIDIED).await? >= today {
        sweep(context).await?;
        return Ok(false);
    }
    let write = context.db.write().await?;
    storage::counters::raise(&*write, TIDIED, today).await?;
    storage::accesses::clear_receipts(&*write).await?;
    if storage::accesses::shuffle(&*write).await? {
        storage::counters::raise(&*write, LAID_ANEW, today).await?;
    }
    write.commit().await?;
    context.db.fold_journal().await?;
    sweep(context).await?;
    Ok(true)
}

/// The day on which rows were laid anew last, and the one up to which is swept.
const LAID_ANEW: &str = "accesses-laid";
const SWEPT: &str = "accesses-swept";

/// Takes away how rows lay before; again where that failed, or the program was killed.
async fn sweep(context: &Context) -> Result<(), ServiceError> {
    let db = context.db.read();
    let laid = storage::counters::last(db, LAID_ANEW).await?;
    if storage::counters::last(db, SWEPT).await? >= laid {
        return Ok(());
    }
    storage::accesses::sweep(&context.db).await?;
    let write = context.db.write().await?;
    storage::counters::raise(&*write, SWEPT, laid).await?;
    Ok(write.commit().await?)
}
