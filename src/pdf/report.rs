//! The yearly report of the access log as a document: headings, the pictures with
//! their texts, the tables. Its view holds what the page shows, no number more.
//! Laid out in `templates/report`.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize as _, Serialize};
use serde_json::Value;
use typst::foundations::Dict;

use super::{PdfError, fonts, press};

/// The report as it is printed. Every text is localised.
#[derive(Debug, Clone, Serialize)]
pub struct ReportView {
    /// `it`, `en`.
    pub language: String,
    pub owner: String,
    pub title: String,
    /// With which program it was made, in a sentence.
    pub made: String,
    pub closed: String,
    pub withholding: String,
    pub attribution: String,
    pub words: ReportWords,
    pub first: SectionView,
    pub summaries: Vec<SummaryView>,
    pub notes: Vec<String>,
    pub sections: Vec<SectionView>,
    /// The day inside the PDF.
    #[serde(skip)]
    pub on: NaiveDate,
}

/// The labels of the report.
#[derive(Debug, Clone, Serialize)]
pub struct ReportWords {
    /// With `{page}` and `{pages}` in the places of the two numbers.
    pub page: String,
    pub year: String,
    pub year_before: String,
    pub difference: String,
    pub first_values: String,
    pub notes: String,
    pub age_band: String,
    pub sex: String,
    pub reasons: String,
    pub citizenships: String,
}

/// A table with its pictures.
#[derive(Debug, Clone, Serialize)]
pub struct SectionView {
    pub code: String,
    pub title: String,
    pub definition: String,
    /// What heads the first column.
    pub row: String,
    /// One for three columns: the year, the year before, the difference.
    pub headings: Vec<String>,
    pub lines: Vec<LineView>,
    pub pictures: Vec<PictureView>,
}

/// A row.
#[derive(Debug, Clone, Serialize)]
pub struct LineView {
    pub label: String,
    pub is_group: bool,
    pub cells: Vec<[String; 3]>,
}

/// A picture.
#[derive(Debug, Clone, Serialize)]
pub struct PictureView {
    pub svg: String,
    pub title: String,
    pub summary: String,
}

/// What comes first in a column.
#[derive(Debug, Clone, Serialize)]
pub struct SummaryView {
    pub column: String,
    pub age_band: String,
    pub sex: String,
    pub reasons: String,
    pub citizenships: String,
}

#[derive(Serialize)]
struct Inputs<'a> {
    #[serde(flatten)]
    report: &'a ReportView,
    year: i32,
    month: u32,
    day: u32,
}

/// Prints a report: PDF/UA-1 and PDF/A-2a, A4. The same view gives the same bytes.
/// Takes up to a second of one core: keep it off the async threads.
pub fn render(report: &ReportView) -> Result<Vec<u8>, PdfError> {
    let inputs = Inputs {
        report,
        year: report.on.year(),
        month: report.on.month(),
        day: report.on.day(),
    };
    let values = serde_json::to_value(inputs).expect("texts and numbers always serialise");
    check(&values)?;
    let inputs = Dict::deserialize(values).expect("typst knows every kind of JSON value");
    press::print("report/accesses.typ", inputs, report.title.clone())
}

pub(super) fn check(values: &Value) -> Result<(), PdfError> {
    match values {
        Value::String(text) => {
            fonts::can_print(text).map_err(|character| PdfError::MissingGlyph { character })
        }
        Value::Array(items) => items.iter().try_for_each(check),
        Value::Object(fields) => fields.values().try_for_each(check),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}
