//! All that is known of one person, for the person: their record as the formats write it,
//! and everything that hangs on it. Whoever takes it stands in the log of who opened what
//! and in the record of what was done, before anything leaves.

use std::io::{Cursor, Write as _};

use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{By, Subject, look};
use crate::domain::ids::FamilyCode;
use crate::domain::masked::{HIDDEN, Mask, words_of};
use crate::domain::place::Comune;
use crate::services::read_log::{self, Opened};
use crate::services::registering::Form;
use crate::services::registering::kept::Kept;
use crate::services::registering::save::get;
use crate::services::tables::{Families, Requests, Workers};
use crate::services::{Context, ServiceError};
use crate::storage::changes::Changed;
use crate::storage::holdings::Section;
use crate::storage::merges::People;
use crate::storage::{self, Connection};

/// Columns that name somebody else: whom care is for, who decides for them, and who asked for
/// them.
const OF_OTHERS: [&str; 4] = [
    "recipient_name",
    "guardian_name",
    "guardian_phone",
    FILED_BY,
];
/// Whoever filed what somebody else asks.
const FILED_BY: &str = "filer_name";
/// How that one is answered.
const CONTACT: [&str; 2] = ["email", "phone"];
/// Section and column where somebody wrote what they wanted.
const WRITTEN: [(&str, &str); 5] = [
    ("comments", "note"),
    ("holds", "words"),
    ("notes", "words"),
    ("public_requests", "words"),
    ("tasks", "words"),
];

/// Cells of a record by column.
pub type Cells = Vec<(&'static str, String)>;

/// All of it.
#[derive(Debug, Clone)]
pub struct Held {
    pub form: Form,
    pub code: String,
    pub name: String,
    pub at: DateTime<Utc>,
    /// Whose desk it is.
    pub desk: String,
    pub record: Cells,
    /// Of a family.
    pub requests: Vec<Cells>,
    pub sections: Vec<Section>,
}

impl Held {
    /// The same for programs.
    pub fn to_json(&self) -> Value {
        let object = |cells: &Cells| -> Value {
            let cells = cells
                .iter()
                .map(|(column, cell)| ((*column).to_owned(), Value::from(cell.as_str())));
            Value::Object(cells.collect())
        };
        let section = |section: &Section| -> Value {
            let rows = section.rows.iter().map(|row| {
                let cells = section.columns.iter().zip(row);
                let cells = cells.map(|(column, cell)| ((*column).to_owned(), cell.clone()));
                Value::Object(cells.collect::<Map<_, _>>())
            });
            Value::Array(rows.collect())
        };
        let sections = self.sections.iter();
        let sections = sections.map(|one| (one.name.to_owned(), section(one)));
        let mut all = json!({
            "made_at": self.at.format("%Y-%m-%dT%H:%M:%SZ").to_string(),
            "kind": self.form.code(),
            "code": self.code,
            "desk": self.desk,
            "record": object(&self.record),
        });
        if let Some(all) = all.as_object_mut() {
            if self.form == Form::Family {
                let requests = self.requests.iter().map(object).collect();
                all.insert("requests".to_owned(), requests);
            }
            all.extend(sections);
        }
        all
    }
}

/// Packs it: the page that people read, and the same for programs.
pub fn pack(held: &Held, page: &str) -> Result<Vec<u8>, ServiceError> {
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let name: String = held.code.chars().filter(|c| plain(*c)).collect();
    let json = serde_json::to_string_pretty(&held.to_json())
        .map_err(|error| ServiceError::Broken(error.to_string()))?;
    let files = [
        (format!("{name}.html"), page.as_bytes()),
        (format!("{name}.json"), json.as_bytes()),
    ];
    packed(&files).map_err(|error| ServiceError::Broken(error.to_string()))
}

fn packed(files: &[(String, &[u8])]) -> Result<Vec<u8>, zip::result::ZipError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .unix_permissions(0o600);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// Gathers it. Recorded before anything leaves.
pub async fn export(
    context: &Context,
    by: By<'_>,
    form: Form,
    code: &str,
) -> Result<Held, ServiceError> {
    let account = by.check()?;
    let subject = look(context.db.read(), form, code).await?;
    let kind = subject.people.kind();
    if let By::CommandLine = by {
        let opened = Opened {
            what: "dom person export".to_owned(),
            record: Some(subject.code.clone()),
            list: None,
        };
        read_log::note_command(context, None, opened).await?;
    }
    let write = context.db.write().await?;
    let action = format!("{kind}.exported");
    let (now, object) = (context.now(), Some(subject.code.as_str()));
    storage::audit::insert(&*write, now, account, &action, object, None).await?;
    write.commit().await?;
    let db = context.db.snapshot().await?;
    gather(context, &db, subject).await
}

async fn gather(
    context: &Context,
    db: &impl Connection,
    subject: Subject,
) -> Result<Held, ServiceError> {
    let (record, requests) = match subject.people {
        People::Workers => (cells::<Workers>(db, &subject.code).await?, Vec::new()),
        People::Families => (
            cells::<Families>(db, &subject.code).await?,
            requests(db, &subject.code).await?,
        ),
    };
    let mut codes = vec![subject.code.clone()];
    codes.extend(storage::erasing::merged_into(db, subject.people, &subject.code).await?);
    let desks = storage::places::desks(db).await?;
    let desk = desks.iter().find(|(_, desk)| desk.code == subject.desk);
    let mut sections = storage::holdings::of(db, subject.person, &codes).await?;
    let mask = mask(db, &subject, &record, &sections).await?;
    for section in &mut sections {
        without_others(section, &mask);
    }
    let record = record.into_iter();
    let record = record.map(|(column, cell)| (column, hidden(column, cell)));
    Ok(Held {
        form: subject.form,
        at: context.now(),
        desk: desk.map(|(_, desk)| desk.name.clone()).unwrap_or_default(),
        record: record.collect(),
        requests,
        sections,
        code: subject.code,
        name: subject.name,
    })
}

/// What of the words that people wrote is of others.
async fn mask(
    db: &impl Connection,
    subject: &Subject,
    record: &Cells,
    sections: &[Section],
) -> Result<Mask, ServiceError> {
    let cell = |column: &str| {
        let found = record.iter().find(|(of, _)| *of == column);
        found.map_or("", |(_, cell)| cell.as_str())
    };
    let comune = Comune::by_istat(cell("comune")).map_or("", Comune::name);
    let names = [&*subject.name, cell("name_own_script"), comune];
    let email = subject.email.as_ref().map(ToString::to_string);
    let mask = Mask::of(&names, subject.phone.as_deref(), email.as_deref());
    let mut close = storage::holdings::around(db, subject.person).await?;
    close.extend(OF_OTHERS.map(|column| cell(column).to_owned()));
    let said = sections.iter().flat_map(|section| {
        let columns = section.columns.iter().enumerate();
        let written =
            columns.filter(move |(_, column)| WRITTEN.contains(&(section.name, **column)));
        let cells =
            written.flat_map(move |(place, _)| section.rows.iter().map(move |row| &row[place]));
        cells.filter_map(Value::as_str)
    });
    let words: Vec<String> = words_of(said).into_iter().collect();
    let named = storage::names::among(db, &words).await?;
    Ok(mask.knowing(&close, named))
}

/// Hides whoever else stands in the cells of a section.
fn without_others(section: &mut Section, mask: &Mask) {
    let name = section.name;
    for row in &mut section.rows {
        let by_other = name == "public_requests" && is_filed_by_another(&section.columns, row);
        for (column, cell) in section.columns.iter().zip(row.iter_mut()) {
            let Some(text) = cell.as_str() else {
                continue;
            };
            let shown = match (name, *column) {
                ("history", "fields") => changes_without_others(text),
                ("public_requests", "answers") => answers_without_others(text, mask),
                ("public_requests", contact) if by_other && CONTACT.contains(&contact) => {
                    mask.hide(text)
                }
                ("referrals", "consent_by") if !mask.is_own(text) => HIDDEN.to_owned(),
                place if WRITTEN.contains(&place) => mask.hide(text),
                _ => continue,
            };
            *cell = Value::String(shown);
        }
    }
}

fn hidden(column: &str, text: String) -> String {
    if OF_OTHERS.contains(&column) && !text.is_empty() {
        HIDDEN.to_owned()
    } else {
        text
    }
}

// What can't be read is left out: it may be of anybody.
fn changes_without_others(text: &str) -> String {
    let changes: Vec<Changed> = serde_json::from_str(text).unwrap_or_default();
    let changes = changes.into_iter().map(|(column, before, now)| {
        let (before, now) = (hidden(&column, before), hidden(&column, now));
        (column, before, now)
    });
    json!(changes.collect::<Vec<Changed>>()).to_string()
}

fn answers_of(text: &str) -> Vec<(String, String)> {
    serde_json::from_str(text).unwrap_or_default()
}

fn names_another(answers: &[(String, String)]) -> bool {
    answers.iter().any(|(column, _)| column == FILED_BY)
}

/// Whether a row of what was asked is of somebody for whom another filed it.
fn is_filed_by_another(columns: &[&'static str], row: &[Value]) -> bool {
    let mut cells = columns.iter().zip(row);
    let answers = cells.find(|(column, _)| **column == "answers");
    let answers = answers.and_then(|(_, cell)| cell.as_str());
    answers.is_some_and(|text| names_another(&answers_of(text)))
}

fn answers_without_others(text: &str, mask: &Mask) -> String {
    let answers = answers_of(text);
    let by_other = names_another(&answers);
    let answers = answers.into_iter().map(|(column, answer)| {
        let answer = if by_other && CONTACT.contains(&column.as_str()) {
            mask.hide(&answer)
        } else {
            hidden(&column, answer)
        };
        (column, answer)
    });
    json!(answers.collect::<Vec<(String, String)>>()).to_string()
}

async fn cells<T: Kept>(db: &impl Connection, code: &str) -> Result<Cells, ServiceError> {
    let found = get::<T>(db, code).await?;
    Ok(written::<T>(&found.value))
}

/// The cells that say something.
fn written<T: Kept>(record: &T::Record) -> Cells {
    let cells = T::all_columns().zip(T::all_cells(record));
    cells.filter(|(_, cell)| !cell.is_empty()).collect()
}

async fn requests(db: &impl Connection, family: &str) -> Result<Vec<Cells>, ServiceError> {
    let code = FamilyCode::parse(family).map_err(ServiceError::Refused)?;
    let Some(found) = storage::families::find(db, &code).await? else {
        return Ok(Vec::new());
    };
    let requests = storage::requests::all_of_family(db, found.id).await?;
    let cells = requests.iter().map(|one| written::<Requests>(&one.value));
    Ok(cells.collect())
}
