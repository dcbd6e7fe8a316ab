//! What a worker may learn of where their sheet went: to whom, when, what of them it
//! told, and why. Nothing of the family beyond its name and comune, nobody of the
//! desk by name. Who may ask is for the page that leads here.

use chrono::{DateTime, Utc};

use super::{Context, ServiceError};
use crate::domain::delivery::Purpose;
use crate::domain::ids::WorkerCode;
use crate::storage::disclosures::How;
use crate::storage::{self, Page};

/// One time that a worker's sheet was shown or handed to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Given {
    pub at: DateTime<Utc>,
    pub sheet: String,
    /// Given name and family name.
    pub family: String,
    /// Where the family is.
    pub comune: String,
    /// The name of the desk that issued it.
    pub desk: String,
    pub how: How,
    pub purpose: Purpose,
    /// Codes of what it told, as the catalogue's `disclosed-field`.
    pub fields: Vec<String>,
}

/// A page of them, the latest first.
pub async fn of_worker(
    context: &Context,
    worker: &WorkerCode,
    number: u64,
) -> Result<Page<Given>, ServiceError> {
    let db = context.db.read();
    let worker = super::proposals::find_worker(db, worker).await?;
    let page = storage::disclosures::page_given(db, worker.id, number).await?;
    let given = page.rows.into_iter().map(|line| Given {
        at: line.at,
        sheet: line.sheet_number,
        family: line.family,
        comune: line.comune.name().to_owned(),
        desk: line.desk,
        how: line.how,
        purpose: line.purpose,
        fields: (line.fields.split('|'))
            .filter(|field| !field.is_empty())
            .map(str::to_owned)
            .collect(),
    });
    Ok(Page {
        rows: given.collect(),
        number: page.number,
        total: page.total,
    })
}
