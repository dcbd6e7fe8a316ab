//! One worker on one issued sheet: made when a sheet is issued or loaded from
//! the desk's history, never undone.

use chrono::NaiveDate;

use super::ids::{IntroductionCode, RequestCode, SheetNumber, WorkerCode};
use super::invalid::Invalid;
use super::reading::{Fields, Parsed, Reading, cell, date};

/// One worker named to one family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Introduction {
    /// `None` until the program makes one.
    pub code: Option<IntroductionCode>,
    pub request: RequestCode,
    pub worker: WorkerCode,
    pub sheet_number: Option<SheetNumber>,
    pub issued_on: NaiveDate,
}

impl Introduction {
    /// The columns of the formats, in their order.
    pub const COLUMNS: [&'static str; 5] =
        ["code", "request", "worker", "sheet_number", "issued_on"];

    /// The cells of [`Self::COLUMNS`], as an export writes them.
    pub fn cells(&self) -> Vec<String> {
        vec![
            cell(self.code.as_ref()),
            self.request.to_string(),
            self.worker.to_string(),
            cell(self.sheet_number.as_ref()),
            self.issued_on.to_string(),
        ]
    }

    /// Reads the columns. `before`: the record that the code names already.
    pub fn read(fields: &dyn Fields, before: Option<&Self>) -> Result<Parsed<Self>, Invalid> {
        let mut r = Reading::new(fields);
        let code = r.optional(
            "code",
            before.map(|b| b.code.clone()),
            IntroductionCode::parse,
        );
        let request = r.required(
            "request",
            before.map(|b| b.request.clone()),
            RequestCode::parse,
        );
        let worker = r.required(
            "worker",
            before.map(|b| b.worker.clone()),
            WorkerCode::parse,
        );
        let sheet_number = r.optional(
            "sheet_number",
            before.map(|b| b.sheet_number.clone()),
            SheetNumber::from_paper,
        );
        let issued_on = r.required("issued_on", before.map(|b| b.issued_on), date);
        r.finish(|| {
            Some(Self {
                code,
                request: request?,
                worker: worker?,
                sheet_number,
                issued_on: issued_on?,
            })
        })
    }
}
