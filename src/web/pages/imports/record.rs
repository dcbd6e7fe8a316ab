//! One file: what its columns are, what it would do, whether it is loaded, what
//! came of it. Each step is the same address, so that going back shows where the
//! file stands and never a form that is over.

use askama::Template;
use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::{label, labels, moment};
use crate::catalogue::Words;
use crate::domain::upload::UploadState;
use crate::services::ServiceError;
use crate::services::sentences::why;
use crate::services::tables::Kind;
use crate::services::uploads::outcome::{Line, Outcome};
use crate::services::uploads::{self, Upload};
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Shown, key};
use crate::web::frame::Frame;

/// Problems, doubts and likenesses that the page shows; the report has more.
const SHOWN: usize = 100;

/// A column of the file.
struct Column {
    id: String,
    header: String,
    /// Its first values.
    sample: String,
    /// What it stands for; empty where it is not read.
    chosen: String,
    /// Why it can stand for nothing.
    forbidden: String,
    error: String,
}

/// What somebody is asked to say of the columns.
struct Columns {
    asked: Vec<Column>,
    options: Vec<(String, String)>,
    /// Whether what is said was said before, and can be left.
    said: bool,
}

/// A problem or a doubt.
struct Told {
    row: u32,
    column: String,
    value: String,
    why: String,
}

/// Somebody who may be there already.
struct Alike {
    row: u32,
    name: String,
    href: String,
    there: String,
    reasons: String,
}

/// What was found in the file.
struct Found {
    counts: String,
    left_out: u64,
    missing: String,
    problems: Vec<Told>,
    more_problems: u64,
    doubts: Vec<Told>,
    more_doubts: u64,
    likely: Vec<Alike>,
    more_likely: usize,
    rejected: u64,
    /// Rows that would be written.
    good: u64,
}

#[derive(Template)]
#[template(path = "pages/imports/record.html")]
struct Page {
    t: Words,
    frame: Frame,
    id: i64,
    problems: Vec<Shown>,
    facts: String,
    columns: Option<Columns>,
    /// While the program reads: how far it is.
    waits: Option<String>,
    loads: bool,
    found: Option<Found>,
    loaded: bool,
    failed: String,
}

/// What the address may say.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    columns: Option<String>,
}

async fn opened(visit: &Visit, id: &str) -> Result<Upload, PageError> {
    Ok(uploads::open(&visit.site.context, visit.actor()?, key(id)?).await?)
}

/// The file as it stands.
pub async fn get(
    visit: Visit,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Html<String>, PageError> {
    let upload = opened(&visit, &id).await?;
    let changes = asked.columns.is_some() && upload.state == UploadState::Checked;
    let columns = if changes || upload.state == UploadState::Columns {
        let kind = kind(&upload)?;
        let said = uploads::guessed(&visit.site.context, &upload, labels(kind)).await?;
        Some((said, Vec::new()))
    } else {
        None
    };
    page(&visit, &upload, columns)
}

/// Takes what somebody said of the columns.
pub async fn columns(
    visit: Visit,
    Path(id): Path<String>,
    Form(fields): Form<Vec<(String, String)>>,
) -> Result<Response, PageError> {
    let upload = opened(&visit, &id).await?;
    if fields.is_empty() {
        return Err(PageError::refused("failure-text-refused"));
    }
    let said: Vec<String> = (0..upload.header.len())
        .map(|place| {
            let name = field(place);
            let sent = fields.iter().find(|(field, _)| *field == name);
            sent.map_or(String::new(), |(_, value)| value.clone())
        })
        .collect();
    let (context, actor) = (&visit.site.context, visit.actor()?);
    match uploads::say_columns(context, actor, &upload, &said).await? {
        Ok(()) => Ok(Redirect::to(&format!("/imports/{id}")).into_response()),
        Err(misled) => {
            let problems = misled.into_iter().map(|(place, wrong)| Shown {
                field: field(place),
                message: why(visit.words, &wrong),
            });
            let page = page(&visit, &upload, Some((said, problems.collect())))?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// What is sent with the word to load.
#[derive(Debug, Default, Deserialize)]
pub struct Word {
    #[serde(default, rename = "do")]
    which: String,
    #[serde(default)]
    leave_likely: String,
}

/// Says that the file is to be loaded.
pub async fn load(
    visit: Visit,
    Path(id): Path<String>,
    Form(word): Form<Word>,
) -> Result<Redirect, PageError> {
    let upload = opened(&visit, &id).await?;
    let keep_good = match word.which.as_str() {
        "all" => false,
        "good" => true,
        _ => return Err(PageError::refused("failure-text-refused")),
    };
    let (context, actor) = (&visit.site.context, visit.actor()?);
    let leave_likely = word.leave_likely == "yes";
    uploads::confirm(context, actor, &upload, keep_good, leave_likely).await?;
    Ok(Redirect::to(&format!("/imports/{id}")))
}

/// Throws the file away.
pub async fn discard(visit: Visit, Path(id): Path<String>) -> Result<Redirect, PageError> {
    let upload = opened(&visit, &id).await?;
    uploads::discard(&visit.site.context, visit.actor()?, &upload).await?;
    Ok(Redirect::to("/imports?done=discarded"))
}

fn field(place: usize) -> String {
    format!("column-{}", place + 1)
}

pub(super) fn kind(upload: &Upload) -> Result<Kind, PageError> {
    let unknown = |_| ServiceError::not_found("upload", &upload.id);
    Ok(Kind::parse(&upload.kind).map_err(unknown)?)
}

fn page(
    visit: &Visit,
    upload: &Upload,
    said: Option<(Vec<String>, Vec<Shown>)>,
) -> Result<Html<String>, PageError> {
    let words = visit.words;
    let kind = kind(upload)?;
    let outcome = upload.outcome.as_deref().and_then(Outcome::read);
    let shows = matches!(upload.state, UploadState::Checked | UploadState::Loaded);
    let (columns, problems) = match said {
        Some((said, problems)) => {
            let columns = columns_of(words, kind, upload, &said, &problems);
            (Some(columns), problems)
        }
        None => (None, Vec::new()),
    };
    let refused = !problems.is_empty() || upload.state == UploadState::Refused;
    let failed = outcome.as_ref().and_then(|outcome| outcome.failed.as_ref());
    let facts = words.with(
        "import-facts",
        &[
            ("file", &upload.file_name),
            ("kind", &words.code("import-kind", kind.code()).into_owned()),
            ("by", &upload.by),
            ("when", &moment(words, upload.made_at)),
        ],
    );
    let page = Page {
        frame: visit.frame().refused_if(refused),
        id: upload.id,
        problems,
        facts,
        waits: upload.state.is_due().then(|| waits(visit, upload)),
        loads: upload.state == UploadState::ToLoad,
        loaded: upload.state == UploadState::Loaded,
        failed: failed.map_or(String::new(), |failed| failed.text(words).to_owned()),
        found: outcome
            .as_ref()
            .filter(|_| shows && columns.is_none())
            .map(|outcome| found(words, kind, upload, outcome)),
        columns,
        t: words,
    };
    Ok(Html(page.render()?))
}

/// How far the program is with a file.
fn waits(visit: &Visit, upload: &Upload) -> String {
    let words = visit.words;
    match visit.site.context.rows_so_far(upload.id) {
        Some(rows) => words.with("import-waits-rows", &[("rows", &rows)]),
        None if upload.claimed_at.is_some() => words.get("import-waits-working").into_owned(),
        None => words.get("import-waits-turn").into_owned(),
    }
}

fn columns_of(
    words: Words,
    kind: Kind,
    upload: &Upload,
    said: &[String],
    problems: &[Shown],
) -> Columns {
    let columns = upload.header.iter().enumerate().map(|(place, header)| {
        let id = field(place);
        let forbidden = uploads::forbidden(upload, header);
        Column {
            header: header.clone(),
            sample: upload
                .sample
                .get(place)
                .map_or(String::new(), |values| values.join(" · ")),
            chosen: said.get(place).cloned().unwrap_or_default(),
            forbidden: forbidden.map_or(String::new(), |what| {
                words.code("forbidden", what.code()).into_owned()
            }),
            error: crate::web::form::error_of(problems, &id),
            id,
        }
    });
    let none = (String::new(), words.get("import-column-none").into_owned());
    let each = kind.columns().iter();
    let each = each.map(|column| ((*column).to_owned(), label(words, kind, column)));
    Columns {
        asked: columns.collect(),
        options: std::iter::once(none).chain(each).collect(),
        said: upload.columns.is_some(),
    }
}

fn found(words: Words, kind: Kind, upload: &Upload, outcome: &Outcome) -> Found {
    let told = |line: &Line| Told {
        row: line.row,
        column: line.column.clone(),
        value: line.value.clone(),
        why: line.why.text(words).to_owned(),
    };
    let beyond = |lines: &[Line], more: u64| {
        let unseen = lines.len().saturating_sub(SHOWN);
        more + u64::try_from(unseen).unwrap_or(u64::MAX)
    };
    let likely = outcome.likely.iter().take(SHOWN).map(|one| Alike {
        row: one.row,
        name: one.name.clone(),
        href: format!("/{}/{}", kind.code(), one.code),
        there: one.there.clone(),
        reasons: (one.reasons.iter())
            .map(|reason| words.code("likeness", reason).into_owned())
            .collect::<Vec<_>>()
            .join(", "),
    });
    let counts = if outcome.written {
        "import-counts"
    } else {
        "import-would"
    };
    let counts = words.with(
        counts,
        &[
            ("read", &outcome.read),
            ("added", &outcome.added),
            ("updated", &outcome.updated),
            ("unchanged", &outcome.unchanged),
            ("rejected", &outcome.rejected),
        ],
    );
    Found {
        counts,
        left_out: outcome.left_out,
        missing: missing(words, kind, upload),
        problems: outcome.problems.iter().take(SHOWN).map(told).collect(),
        more_problems: beyond(&outcome.problems, outcome.more_problems),
        doubts: outcome.doubts.iter().take(SHOWN).map(told).collect(),
        more_doubts: beyond(&outcome.doubts, outcome.more_doubts),
        likely: likely.collect(),
        more_likely: outcome.likely.len().saturating_sub(SHOWN),
        rejected: outcome.rejected,
        good: outcome.added + outcome.updated,
    }
}

/// Columns that new rows need and that the file lacks; the desk is filled in.
fn missing(words: Words, kind: Kind, upload: &Upload) -> String {
    let said = upload.columns.as_deref().unwrap_or_default();
    let lacks = |column: &&&str| **column != "desk" && !said.iter().any(|one| one == **column);
    let names: Vec<String> = (uploads::required(kind).iter())
        .filter(lacks)
        .map(|column| label(words, kind, column))
        .collect();
    names.join(", ")
}
