//! Files that a desk hands in by its browser: kept, their columns said, tried, seen,
//! confirmed, loaded in the background (`work`), reported (`outcome`). Only the desk
//! that handed a file in and administrators with a desk see it. Answers and
//! accesses do not come this way: what they tell must not lie about as a file.

mod guess;
pub mod outcome;
pub mod work;

use std::collections::HashMap;
use std::io::{Cursor, Read, Seek};

use super::error::require_desk;
use super::import::{ImportError, Mapping};
use super::tables::Kind;
use super::{Context, ServiceError};
use crate::domain::account::{Actor, Role};
use crate::domain::forbidden::Forbidden;
use crate::domain::invalid::Why;
use crate::domain::text::{fold, tidy};
use crate::domain::upload::{MOST_AT_A_DESK, MOST_ROWS, UploadState};
use crate::storage::uploads::NewUpload;
use crate::storage::{self, StorageError};
use crate::tabular::{self, FileError, Limits, Sheet};

pub use crate::storage::uploads::Upload;

/// What comes in by the browser, in the order in which it must be loaded.
pub const KINDS: [Kind; 5] = [
    Kind::Workers,
    Kind::Families,
    Kind::Requests,
    Kind::Introductions,
    Kind::Accompaniments,
];

/// First values of a column that are shown beside it.
const SAMPLE: usize = 3;
const SAMPLE_CHARS: usize = 40;
const NAME_CHARS: usize = 120;

/// Why a file was not kept.
#[derive(Debug, thiserror::Error)]
pub enum HandInError {
    #[error(transparent)]
    File(#[from] FileError),
    #[error(transparent)]
    Service(#[from] ServiceError),
}

impl From<StorageError> for HandInError {
    fn from(error: StorageError) -> Self {
        Self::Service(error.into())
    }
}

/// A file as it is handed in.
pub struct File {
    pub kind: Kind,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Columns without which no new row can be taken.
pub fn required(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Workers => &[
            "given_name",
            "family_name",
            "sex",
            "comune",
            "arrangements",
            "desk",
        ],
        Kind::Families => &["given_name", "family_name", "comune", "desk"],
        Kind::Requests => &["family", "comune", "arrangement", "start_date"],
        Kind::Introductions => &["request", "worker", "issued_on"],
        Kind::Accompaniments => &["code", "desk", "kind", "opened_on"],
        Kind::Answers | Kind::Accesses => &[],
    }
}

/// Opens a file within what a browser may hand in.
pub(super) fn sheet_of(file: impl Read + Seek + Send + 'static) -> Result<Sheet, FileError> {
    let limits = Limits {
        rows: MOST_ROWS,
        ..Limits::default()
    };
    tabular::read_with(file, limits)
}

pub(super) fn kind_of(upload: &Upload) -> Result<Kind, StorageError> {
    Kind::parse(&upload.kind).map_err(|_| StorageError::CorruptRow {
        table: "uploads",
        column: "kind",
    })
}

/// What a kept file's columns stand for.
pub(super) fn mapping_of(upload: &Upload) -> Option<Mapping> {
    let kind = Kind::parse(&upload.kind).ok()?;
    let said = upload.columns.as_ref()?;
    let column = |name: &String| kind.columns().iter().find(|known| *known == name).copied();
    Some(Mapping {
        columns: said.iter().map(column).collect(),
        filled: if kind.columns().contains(&"desk") {
            vec![("desk", upload.desk.to_string())]
        } else {
            Vec::new()
        },
    })
}

/// Keeps a file; its key comes back. Where every header is known it is tried at once.
pub async fn hand_in(
    context: &Context,
    actor: &Actor,
    file: File,
    labels: impl Fn(&str) -> Vec<String>,
) -> Result<i64, HandInError> {
    require_desk(actor)?;
    let desk = actor.desk().ok_or(ServiceError::Forbidden)?.clone();
    let db = context.db.read();
    if storage::uploads::count_unloaded(db, &desk).await? >= MOST_AT_A_DESK {
        return Err(ServiceError::Refused(Why::new("refused-too-many-uploads")).into());
    }
    let mut sheet = sheet_of(Cursor::new(file.bytes.clone()))?;
    let header = sheet.header().to_vec();
    let folded: Vec<String> = header.iter().map(|name| fold(name)).collect();
    let known = storage::uploads::known_headers(db, &desk, file.kind.code(), &folded).await?;
    let guess = guess::guess(file.kind, &header, &known, labels);
    let said = guess.is_certain.then(|| {
        let columns = guess.columns.iter();
        columns
            .map(|one| one.unwrap_or_default().to_owned())
            .collect()
    });
    let new = NewUpload {
        account_id: actor.account_id,
        desk,
        kind: file.kind.code().to_owned(),
        file_name: tidy(&file.name).chars().take(NAME_CHARS).collect(),
        state: if said.is_some() {
            UploadState::ToCheck
        } else {
            UploadState::Columns
        },
        sample: sample(&mut sheet)?,
        header,
        columns: said,
        bytes: file.bytes,
        at: context.now(),
    };
    let write = context.db.write().await?;
    let id = storage::uploads::insert(&*write, new).await?;
    write.commit().await?;
    context.work_waits();
    Ok(id)
}

/// The first values of each column.
fn sample(sheet: &mut Sheet) -> Result<Vec<Vec<String>>, FileError> {
    let mut columns = vec![Vec::new(); sheet.header().len()];
    for row in sheet.rows()?.take(SAMPLE).flatten() {
        for (column, cell) in columns.iter_mut().zip(&row.cells) {
            let shown: String = cell.trimmed().chars().take(SAMPLE_CHARS).collect();
            if !shown.is_empty() {
                column.push(shown);
            }
        }
    }
    Ok(columns)
}

/// A file of the actor's desk; an administrator with a desk sees all.
pub async fn open(context: &Context, actor: &Actor, id: i64) -> Result<Upload, ServiceError> {
    require_desk(actor)?;
    let found = storage::uploads::find(context.db.read(), id).await?;
    found
        .filter(|upload| actor.role == Role::Administrator || actor.desk() == Some(&upload.desk))
        .ok_or_else(|| ServiceError::not_found("upload", &id))
}

/// The latest files of the actor's desk.
pub async fn list(context: &Context, actor: &Actor) -> Result<Vec<Upload>, ServiceError> {
    require_desk(actor)?;
    let desk = actor.desk().ok_or(ServiceError::Forbidden)?;
    Ok(storage::uploads::of_desk(context.db.read(), desk, MOST_AT_A_DESK).await?)
}

/// What is guessed of a file's headers, or what was said of them.
pub async fn guessed(
    context: &Context,
    upload: &Upload,
    labels: impl Fn(&str) -> Vec<String>,
) -> Result<Vec<String>, ServiceError> {
    if let Some(said) = &upload.columns {
        return Ok(said.clone());
    }
    let folded: Vec<String> = upload.header.iter().map(|name| fold(name)).collect();
    let (db, kind) = (context.db.read(), kind_of(upload)?);
    let known = storage::uploads::known_headers(db, &upload.desk, kind.code(), &folded).await?;
    let guess = guess::guess(kind, &upload.header, &known, labels);
    let columns = guess.columns.into_iter();
    Ok(columns
        .map(|one| one.unwrap_or_default().to_owned())
        .collect())
}

/// What a header smells of that no file may tell: such a column is never read.
pub fn forbidden(upload: &Upload, header: &str) -> Option<&'static Forbidden> {
    let kind = Kind::parse(&upload.kind).ok()?;
    if kind.columns().contains(&header) {
        return None;
    }
    Forbidden::smelled(kind.code(), header)
}

/// What is wrong with what somebody said of the columns: places, and why.
pub type Misled = Vec<(usize, Why)>;

/// Says what the columns are, and keeps it for the next file. The file is tried
/// next. Nothing happens to a file that is being loaded.
pub async fn say_columns(
    context: &Context,
    actor: &Actor,
    upload: &Upload,
    said: &[String],
) -> Result<Result<(), Misled>, ServiceError> {
    require_desk(actor)?;
    let kind = kind_of(upload)?;
    let wrong = misled(kind, upload, said);
    if !wrong.is_empty() {
        return Ok(Err(wrong));
    }
    let mut headers: HashMap<String, String> = HashMap::new();
    for (header, column) in upload.header.iter().zip(said) {
        // A column's own name needs no memory.
        if !kind.columns().contains(&header.as_str()) {
            headers.insert(fold(header), column.clone());
        }
    }
    let headers: Vec<(String, String)> = headers.into_iter().collect();
    let now = context.now();
    let write = context.db.write().await?;
    if storage::uploads::set_columns(&*write, upload.id, said, now).await? {
        storage::uploads::keep_headers(&*write, &upload.desk, kind.code(), &headers).await?;
    }
    write.commit().await?;
    context.work_waits();
    Ok(Ok(()))
}

fn misled(kind: Kind, upload: &Upload, said: &[String]) -> Misled {
    let mut wrong = Vec::new();
    if said.iter().all(String::is_empty) {
        wrong.push((0, Why::new("problem-no-column-read")));
    }
    for (place, column) in said.iter().enumerate().filter(|(_, one)| !one.is_empty()) {
        let header = upload.header.get(place).map_or("", String::as_str);
        if !kind.columns().contains(&column.as_str()) {
            wrong.push((place, Why::new("problem-no-such-column")));
        } else if forbidden(upload, header).is_some() {
            wrong.push((place, Why::new("problem-header-forbidden")));
        } else if let Some(first) = said[..place].iter().position(|one| one == column) {
            let why = Why::new("problem-column-twice").with("header", &upload.header[first]);
            wrong.push((place, why));
        }
    }
    wrong
}

/// Says that a file is to be loaded. Said twice, it is loaded once.
pub async fn confirm(
    context: &Context,
    actor: &Actor,
    upload: &Upload,
    keep_good: bool,
    leave_likely: bool,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let now = context.now();
    let write = context.db.write().await?;
    storage::uploads::confirm(&*write, upload.id, keep_good, leave_likely, now).await?;
    write.commit().await?;
    context.work_waits();
    Ok(())
}

/// Throws a file away, with all that was said of it.
pub async fn discard(
    context: &Context,
    actor: &Actor,
    upload: &Upload,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    storage::uploads::discard(&*write, upload.id).await?;
    Ok(write.commit().await?)
}

/// Whether a file that could not be opened is the file's fault; the words for it.
pub fn why_not(words: crate::catalogue::Words, error: FileError) -> String {
    super::import::sentences::error(words, &ImportError::File(error)).unwrap_or_default()
}
