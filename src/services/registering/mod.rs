//! Registering at the desk: a form becomes a worker, a family or a request by the
//! very readers that read a file's row. Every save names the version that was
//! read, leaves a line in the record's history, and happens once however often
//! the form is sent.

pub mod advice;
pub(super) mod kept;
pub mod likely;
pub(super) mod save;
pub mod wake;

use self::kept::Kept;
use self::likely::Likely;
use self::save::{get, save_as};
use super::error::require_desk;
use super::rights::check_living;
use super::tables::{Families, Kind, Requests, Workers};
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::ids::RequestCode;
use crate::domain::invalid::Why;
use crate::domain::reading::Fields;
use crate::domain::worker::Worker;
use crate::storage::authorisations::Recorded;
use crate::storage::changes::ChangeLine;
use crate::storage::{self, Stored};

/// Which record a form makes or changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Worker,
    Family,
    Request,
}

impl Form {
    /// All.
    pub const ALL: [Self; 3] = [Self::Worker, Self::Family, Self::Request];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Worker => "worker",
            Self::Family => "family",
            Self::Request => "request",
        }
    }

    /// Reads a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.code() == code)
    }

    /// The columns of the record.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Worker => Kind::Workers.columns(),
            Self::Family => Kind::Families.columns(),
            Self::Request => Kind::Requests.columns(),
        }
    }
}

/// A record as a form shows it.
#[derive(Debug, Clone)]
pub struct Opened {
    pub code: String,
    /// How the page calls it.
    pub title: String,
    pub version: i32,
    /// The cells of the formats, by column.
    pub cells: Vec<(&'static str, String)>,
}

impl Opened {
    /// The cell of a column.
    pub fn cell(&self, column: &str) -> &str {
        self.cells
            .iter()
            .find(|(name, _)| *name == column)
            .map_or("", |(_, cell)| cell)
    }
}

/// What is to be saved.
#[derive(Clone, Copy)]
pub struct Order<'a> {
    pub form: Form,
    /// Code and version of the record that was read; none for a new one.
    pub over: Option<(&'a str, i32)>,
    /// The draft's id: the same one is saved once.
    pub draft: &'a str,
    /// Somebody looked at who may be the same, and this one is another.
    pub another: bool,
    pub fields: &'a (dyn Fields + Sync),
}

/// What came of it.
#[derive(Debug, Clone)]
pub enum Saved {
    /// The record has what was typed.
    Done { code: String },
    /// The record changed since it was read, and is this now; nothing was written.
    Stale(Opened),
    /// These may be the same person; nothing was written.
    Likely(Vec<Likely>),
}

/// Saves a form. [`ServiceError::Invalid`] names every problem.
pub async fn save(
    context: &Context,
    actor: &Actor,
    order: Order<'_>,
) -> Result<Saved, ServiceError> {
    require_desk(actor)?;
    if order.form == Form::Request {
        // A family that was erased asks for nobody any more.
        let family = order.fields.get("family").unwrap_or_default();
        check_family_living(context, family).await?;
    }
    match order.form {
        Form::Worker => save_as::<Workers>(context, actor, order).await,
        Form::Family => save_as::<Families>(context, actor, order).await,
        Form::Request => save_as::<Requests>(context, actor, order).await,
    }
}

async fn check_family_living(context: &Context, family: &str) -> Result<(), ServiceError> {
    check_living(context.db.read(), "family", family).await
}

/// The record of a code, for its form.
pub async fn open(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
) -> Result<Opened, ServiceError> {
    require_desk(actor)?;
    match form {
        Form::Worker => open_as::<Workers>(context, code).await,
        Form::Family => open_as::<Families>(context, code).await,
        Form::Request => open_as::<Requests>(context, code).await,
    }
}

async fn open_as<T: Kept>(context: &Context, code: &str) -> Result<Opened, ServiceError> {
    Ok(opened::<T>(&get::<T>(context.db.read(), code).await?))
}

pub(super) fn opened<T: Kept>(stored: &Stored<T::Record>) -> Opened {
    let code = T::code(&stored.value).map(T::code_text);
    Opened {
        code: code.unwrap_or_default().to_owned(),
        title: T::title(&stored.value),
        version: stored.version,
        cells: T::all_columns().zip(T::all_cells(&stored.value)).collect(),
    }
}

/// The authorisation of a worker that was recorded last.
pub async fn authorisation(
    context: &Context,
    actor: &Actor,
    worker: &Stored<Worker>,
) -> Result<Option<Recorded>, ServiceError> {
    require_desk(actor)?;
    Ok(storage::authorisations::latest(context.db.read(), worker.id).await?)
}

/// What happened to a record and to those that went into it, the newest first.
pub async fn history(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
) -> Result<Vec<ChangeLine>, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    let merges = match super::merging::people_of(form) {
        Ok(people) => storage::merges::into(db, people, code).await?,
        Err(_) => Vec::new(),
    };
    let gone = merges.iter().map(|one| one.gone.as_str());
    let codes: Vec<&str> = std::iter::once(code).chain(gone).collect();
    Ok(storage::changes::of(db, form.code(), &codes).await?)
}

/// A second person's word that a request may state the worker's sex.
pub async fn confirm_sex(
    context: &Context,
    actor: &Actor,
    code: &RequestCode,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let found = storage::requests::find(&*write, code).await?;
    let mut request = found.ok_or_else(|| ServiceError::not_found("request", code))?;
    match request.value.worker_sex_asked_by {
        None => return Ok(()),
        Some(by) if by == actor.account_id => {
            return Err(ServiceError::Refused(Why::new("refused-sex-own-word")));
        }
        Some(_) => request.value.worker_sex_asked_by = None,
    }
    storage::requests::update(&*write, &request).await?;
    save::note(
        &write,
        context,
        Some(actor),
        &storage::changes::Change {
            kind: Form::Request.code(),
            record: code.as_str(),
            version: request.version + 1,
            action: "sex_confirmed",
            fields: Vec::new(),
        },
    )
    .await?;
    Ok(write.commit().await?)
}
