//! A list as it is seen, as a file: its search and its filters, all its pages, the
//! columns that the page shows and no others. Bounded; who took which list away, and
//! how many rows it had, is recorded before anything leaves.

use chrono::NaiveDate;

use super::error::require_desk;
use super::lists::{List, narrowed};
use super::{Context, ServiceError};
use crate::catalogue::Words;
use crate::domain::account::Actor;
use crate::domain::invalid::Why;
use crate::domain::sheet::SheetState;
use crate::storage::families::FamilyLine;
use crate::storage::lists::ListFilter;
use crate::storage::requests::RequestLine;
use crate::storage::rows::CHUNK;
use crate::storage::sheets::SheetLine;
use crate::storage::workers::WorkerLine;
use crate::storage::{self, Connection, StorageError};
use crate::tabular::{Format, WriteError, Writer};

/// Rows of one file; whoever wants more is after the whole, which `dom export` gives.
pub const MOST_ROWS: usize = 20_000;

/// The file's bytes.
pub async fn export(
    context: &Context,
    actor: &Actor,
    words: Words,
    list: List,
    (filter, typed): (ListFilter, Option<&str>),
    format: Format,
) -> Result<Vec<u8>, ServiceError> {
    require_desk(actor)?;
    let detail = serde_json::json!({
        "status": filter.status,
        "arrangement": filter.arrangement,
        "desk": filter.desk.as_ref().map(ToString::to_string),
        "searched": typed.is_some(),
    });
    let filter = narrowed(filter, typed);
    // One instant, so that nobody stands in the file twice or slips between two pieces.
    let db = context.db.snapshot().await?;
    // The file grows with the rows; of the rows themselves one piece is held at a time.
    let mut file = begun(words, list, format).map_err(broken)?;
    let mut count = 0;
    loop {
        let from = u64::try_from(count).expect("rows are bounded");
        let lines = piece(&db, (words, context.today()), list, &filter, from).await?;
        if lines.is_empty() {
            break;
        }
        count += lines.len();
        if count > MOST_ROWS {
            let why = Why::new("refused-export-too-many").with("most", MOST_ROWS);
            return Err(ServiceError::Refused(why));
        }
        for line in &lines {
            file.row(line).map_err(broken)?;
        }
    }
    drop(db);
    let bytes = file.finish().map_err(broken)?;
    record(context, actor, list, detail, count).await?;
    Ok(bytes)
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
fn begun(words: Words, list: List, format: Format) -> Result<Writer<Vec<u8>>, WriteError> {
    let header: Vec<_> = header(list).iter().map(|key| words.get(key)).collect();
    let header: Vec<&str> = header.iter().map(AsRef::as_ref).collect();
    // A mark that spreadsheets read the letters of a CSV by.
    let out = match format {
        Format::Csv => "\u{feff}".as_bytes().to_vec(),
        Format::Xlsx => Vec::new(),
    };
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
    vec![
        one.number.clone(),
        one.request.clone(),
        words.date(one.issued_on),
        words.date(one.valid_until),
        words.code("verify-state", state.code()).into_owned(),
    ]
}
