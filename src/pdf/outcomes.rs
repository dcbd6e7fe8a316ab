//! The outcome report as a document: the sentence, then tables with their pictures
//! and definitions. Laid out in `templates/report/outcomes.typ`.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize as _, Serialize};
use typst::foundations::Dict;

use super::report::{PictureView, check};
use super::{PdfError, press};

/// The report as it is printed. Every text is localised.
#[derive(Debug, Clone, Serialize)]
pub struct OutcomesView {
    /// `it`, `en`.
    pub language: String,
    pub owner: String,
    pub title: String,
    /// With which program it was made, in a sentence.
    pub made: String,
    /// With `{page}` and `{pages}` in the places of the two numbers.
    pub page: String,
    pub sentence: String,
    pub period: String,
    pub withholding: String,
    pub parts: Vec<PartView>,
    /// The day inside the PDF.
    #[serde(skip)]
    pub on: NaiveDate,
}

/// A table.
#[derive(Debug, Clone, Serialize)]
pub struct PartView {
    pub title: String,
    pub definition: String,
    pub row: String,
    pub columns: Vec<String>,
    pub lines: Vec<LineView>,
    pub picture: Option<PictureView>,
}

/// A row: one cell a column.
#[derive(Debug, Clone, Serialize)]
pub struct LineView {
    pub label: String,
    pub cells: Vec<String>,
}

#[derive(Serialize)]
struct Inputs<'a> {
    #[serde(flatten)]
    report: &'a OutcomesView,
    year: i32,
    month: u32,
    day: u32,
}

/// Prints a report: PDF/UA-1 and PDF/A-2a, A4. The same view gives the same bytes.
/// Takes up to a second of one core: keep it off the async threads.
pub fn render(report: &OutcomesView) -> Result<Vec<u8>, PdfError> {
    let inputs = Inputs {
        report,
        year: report.on.year(),
        month: report.on.month(),
        day: report.on.day(),
    };
    let values = serde_json::to_value(inputs).expect("texts and numbers always serialise");
    check(&values)?;
    let inputs = Dict::deserialize(values).expect("typst knows every kind of JSON value");
    press::print("report/outcomes.typ", inputs, report.title.clone())
}
