//! A list as it is seen, as a file: its search and its filters, all its pages, the
//! columns that the page shows and no others. Bounded, and a CSV leaves piece by piece;
//! who took which list away, and how many rows it had, is recorded before anything
//! leaves.

use std::time::Duration;

use chrono::NaiveDate;
use tokio::sync::{Semaphore, SemaphorePermit};

use super::error::require_desk;
use super::lists::{List, narrowed};
use super::{Context, ServiceError};
use crate::catalogue::Words;
use crate::clock::Stopwatch;
use crate::domain::account::Actor;
use crate::domain::invalid::Why;
use crate::domain::sheet::SheetState;
use crate::storage::families::FamilyLine;
use crate::storage::lists::ListFilter;
use crate::storage::requests::RequestLine;
use crate::storage::rows::CHUNK;
use crate::storage::sheets::SheetLine;
use crate::storage::workers::WorkerLine;
use crate::storage::{self, Connection, Reading, StorageError};
use crate::tabular::{Format, WriteError, Writer};

/// Rows of one file; whoever wants more is after the whole, which `dom export` gives.
pub const MOST_ROWS: usize = 20_000;
/// So many leave at once: each keeps a connection to the database until it has left.
static AT_ONCE: Semaphore = Semaphore::const_new(2);
/// In which the turn of another has to come.
const PATIENCE: Duration = Duration::from_secs(5);
/// In which a file has to be taken.
const LONGEST: Duration = Duration::from_mins(2);

/// The lines of a file as they are read: all of one instant, so that nobody stands in
/// it twice or slips between two pieces.
struct Source {
    db: Reading,
    words: Words,
    today: NaiveDate,
    list: List,
    filter: ListFilter,
    read: u64,
    _turn: SemaphorePermit<'static>,
}

/// A CSV on its way, a piece at a time: however long it is, one piece is held.
pub struct Pieces {
    source: Source,
    /// Of the next row; the header is row 1.
    row: u32,
    /// Since the first piece was asked for: whoever takes a file as slowly as this
    /// must not keep a connection to the database.
    begun: Option<Stopwatch>,
    over: bool,
}

/// What leaves.
pub enum Leaving {
    /// A workbook, of whose file nothing can be written before its end. While it is made, a row
    /// of these lists takes some 1,500 bytes: at [`MOST_ROWS`] thirty megabytes, and two are made
    /// at once at the most. Packed it is one.
    Whole(Vec<u8>),
    Pieces(Box<Pieces>),
}

/// The list's file. Who takes it is recorded before anything leaves.
pub async fn export(
    context: &Context,
    actor: &Actor,
    words: Words,
    list: List,
    (filter, typed): (ListFilter, Option<&str>),
    format: Format,
) -> Result<Leaving, ServiceError> {
    require_desk(actor)?;
    let detail = serde_json::json!({
        "status": filter.status,
        "arrangement": filter.arrangement,
        "desk": filter.desk.as_ref().map(ToString::to_string),
        "searched": typed.is_some(),
    });
    let turn = tokio::time::timeout(PATIENCE, AT_ONCE.acquire()).await;
    let Ok(Ok(turn)) = turn else {
        return Err(ServiceError::Refused(Why::new("refused-export-busy")));
    };
    let mut source = Source {
        db: context.db.snapshot().await?,
        words,
        today: context.today(),
        list,
        filter: narrowed(filter, typed),
        read: 0,
        _turn: turn,
    };
    let rows = source.rows().await?;
    if rows > MOST_ROWS {
        let why = Why::new("refused-export-too-many").with("most", MOST_ROWS);
        return Err(ServiceError::Refused(why));
    }
    let leaving = match format {
        Format::Csv => Leaving::Pieces(Box::new(Pieces {
            source,
            row: 1,
            begun: None,
            over: false,
        })),
        Format::Xlsx => {
            let mut file = begun(words, list, format, Vec::new()).map_err(broken)?;
            loop {
                let lines = source.next().await?;
                if lines.is_empty() {
                    break;
                }
                for line in &lines {
                    file.row(line).map_err(broken)?;
                }
            }
            let packed = tokio::task::spawn_blocking(move || file.finish()).await;
            let packed = packed.map_err(|error| ServiceError::Broken(error.to_string()))?;
            Leaving::Whole(packed.map_err(broken)?)
        }
    };
    record(context, actor, list, detail, rows).await?;
    Ok(leaving)
}

impl Source {
    /// How many lines there are.
    async fn rows(&self) -> Result<usize, StorageError> {
        let (db, filter) = (&self.db, &self.filter);
        let total = match self.list {
            List::Workers => storage::workers::page(db, filter, 1).await?.total,
            List::Families => storage::families::page(db, filter, 1).await?.total,
            List::Requests => storage::requests::page(db, filter, 1).await?.total,
            List::Sheets => storage::sheets::page(db, 1).await?.total,
        };
        Ok(usize::try_from(total).unwrap_or(usize::MAX))
    }

    /// The next lines; none after the last.
    async fn next(&mut self) -> Result<Vec<Vec<String>>, StorageError> {
        let from = self.read;
        let lines = piece(
            &self.db,
            (self.words, self.today),
            self.list,
            &self.filter,
            from,
        )
        .await?;
        self.read += u64::try_from(lines.len()).unwrap_or_default();
        Ok(lines)
    }
}

impl Pieces {
    /// The next bytes; none after the last. The first have the header.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, ServiceError> {
        if self.over {
            return Ok(None);
        }
        let begun_at = self.begun.get_or_insert_with(Stopwatch::start);
        if begun_at.elapsed() > LONGEST {
            let told = "a list was taken away too slowly".to_owned();
            return Err(ServiceError::Broken(told));
        }
        let lines = self.source.next().await?;
        self.over = lines.len() < CHUNK;
        let list = self.source.list;
        let mut file = if self.row == 1 {
            self.row += 1;
            // A mark that spreadsheets read the letters of a CSV by.
            let mark = "\u{feff}".as_bytes().to_vec();
            begun(self.source.words, list, Format::Csv, mark).map_err(broken)?
        } else {
            Writer::more_of_csv(header(list).len(), self.row, Vec::new())
        };
        for line in &lines {
            file.row(line).map_err(broken)?;
            self.row += 1;
        }
        let bytes = file.finish().map_err(broken)?;
        Ok(Some(bytes).filter(|bytes| !bytes.is_empty()))
    }
}

#[allow(clippy::needless_pass_by_value, reason = "as `map_err` gives it")]
fn broken(error: WriteError) -> ServiceError {
    ServiceError::Broken(error.to_string())
}

const PIECE: u64 = CHUNK as u64;

/// The next lines, from a place on.
async fn piece(
    db: &impl Connection,
    (words, today): (Words, NaiveDate),
    list: List,
    filter: &ListFilter,
    from: u64,
) -> Result<Vec<Vec<String>>, StorageError> {
    Ok(match list {
        List::Workers => {
            let lines = storage::workers::lines(db, filter, from, PIECE).await?;
            lines.iter().map(|one| worker(words, one)).collect()
        }
        List::Families => {
            let lines = storage::families::lines(db, filter, from, PIECE).await?;
            lines.iter().map(|one| family(words, one)).collect()
        }
        List::Requests => {
            let lines = storage::requests::lines(db, filter, from, PIECE).await?;
            lines.iter().map(|one| request(words, one)).collect()
        }
        List::Sheets => {
            let lines = storage::sheets::lines(db, from, PIECE).await?;
            lines.iter().map(|one| sheet(words, today, one)).collect()
        }
    })
}

/// A file with its header.
fn begun(
    words: Words,
    list: List,
    format: Format,
    out: Vec<u8>,
) -> Result<Writer<Vec<u8>>, WriteError> {
    let header: Vec<_> = header(list).iter().map(|key| words.get(key)).collect();
    let header: Vec<&str> = header.iter().map(AsRef::as_ref).collect();
    Writer::new(format, &header, out)
}

async fn record(
    context: &Context,
    actor: &Actor,
    list: List,
    mut detail: serde_json::Value,
    rows: usize,
) -> Result<(), ServiceError> {
    detail["rows"] = rows.into();
    let (action, by) = (format!("export.list.{}", list.code()), actor.account_id);
    let detail = detail.to_string();
    let write = context.db.write().await?;
    storage::audit::insert(
        &*write,
        context.now(),
        Some(by),
        &action,
        None,
        Some(&detail),
    )
    .await?;
    Ok(write.commit().await?)
}

fn header(list: List) -> &'static [&'static str] {
    match list {
        List::Workers => &[
            "column-code",
            "fact-family-name",
            "fact-given-name",
            "column-comune",
            "column-arrangements",
            "column-confirmed",
            "column-status",
        ],
        List::Families => &[
            "column-code",
            "fact-family-name",
            "fact-given-name",
            "column-comune",
            "column-referred-by",
            "column-desk",
        ],
        List::Requests => &[
            "column-request",
            "column-family",
            "column-comune",
            "column-arrangement",
            "column-start",
            "fact-needed-by",
            "column-status",
        ],
        List::Sheets => &[
            "column-sheet",
            "column-request",
            "column-issued",
            "column-valid-until",
            "column-status",
        ],
    }
}

fn worker(words: Words, one: &WorkerLine) -> Vec<String> {
    let arrangements = one.arrangements.split('|').filter(|code| !code.is_empty());
    let arrangements: Vec<_> = arrangements
        .map(|code| words.code("arrangement", code))
        .collect();
    vec![
        one.code.clone(),
        one.family_name.clone(),
        one.given_name.clone(),
        one.comune.name().to_owned(),
        arrangements.join(", "),
        one.confirmed_on
            .map_or(String::new(), |day| words.date(day)),
        words.code("worker-status", one.status.code()).into_owned(),
    ]
}

fn family(words: Words, one: &FamilyLine) -> Vec<String> {
    let by_itself = || words.get("referred-by-self").into_owned();
    vec![
        one.code.clone(),
        one.family_name.clone(),
        one.given_name.clone(),
        one.comune.name().to_owned(),
        one.referred_by.clone().unwrap_or_else(by_itself),
        one.desk.clone(),
    ]
}

fn request(words: Words, one: &RequestLine) -> Vec<String> {
    vec![
        one.code.clone(),
        one.family_name.clone(),
        one.comune.name().to_owned(),
        words
            .code("arrangement", one.arrangement.code())
            .into_owned(),
        words.date(one.start_date),
        one.needed_by.map_or(String::new(), |day| words.date(day)),
        words.code("request-status", one.status.code()).into_owned(),
    ]
}

fn sheet(words: Words, today: NaiveDate, one: &SheetLine) -> Vec<String> {
    let state = SheetState::on(today, one.valid_until, one.revoked);
    let state = state.superseded_if(one.superseded);
    vec![
        one.number.clone(),
        one.request.clone(),
        words.date(one.issued_on),
        words.date(one.valid_until),
        words.code("verify-state", state.code()).into_owned(),
    ]
}
