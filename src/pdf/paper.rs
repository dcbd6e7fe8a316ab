//! Blank forms, notices and authorisations to be filled in and signed by hand. Every
//! text comes in Italian and, where somebody wants it, in a second language beneath.
//! No data of anybody is in it. Laid out in `templates/paper`.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize as _, Serialize};
use serde_json::Value;
use typst::foundations::Dict;

use super::{PdfError, fonts, press};

/// The same in both languages; `other` is empty where there is no second.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Pair {
    pub own: String,
    pub other: String,
}

/// What is written into a question by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Space {
    /// One line.
    Line,
    /// Two lines.
    Area,
    /// Boxes to cross.
    Boxes,
    /// The days of a week with their hours.
    Week,
    /// Nothing.
    None,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct QuestionView {
    pub label: Pair,
    pub hint: Pair,
    pub space: Space,
    pub boxes: Vec<Pair>,
}

/// What belongs together: questions, or paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PartView {
    /// Empty: no heading.
    pub heading: Pair,
    pub paragraphs: Vec<Pair>,
    pub questions: Vec<QuestionView>,
}

/// A paper. Every text is localised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PaperView {
    /// The language of `own`: `it`.
    pub language: String,
    /// That of `other`; empty: none.
    pub second: String,
    pub second_right_to_left: bool,
    pub owner: String,
    pub title: Pair,
    pub intro: Pair,
    pub parts: Vec<PartView>,
    /// What is written at the end by hand: day, name, signature.
    pub signing: Vec<Pair>,
    /// Which version it is.
    pub version: String,
    /// With `{page}` and `{pages}` in the places of the two numbers.
    pub page: String,
    /// The days of the week, Monday first, and what heads their hours.
    pub days: Vec<Pair>,
    pub day_heading: Pair,
    pub from: Pair,
    pub until: Pair,
    /// The day inside the PDF.
    #[serde(skip)]
    pub on: NaiveDate,
}

#[derive(Serialize)]
struct Inputs<'a> {
    #[serde(flatten)]
    paper: &'a PaperView,
    year: i32,
    month: u32,
    day: u32,
}

/// Prints a paper: PDF/UA-1 and PDF/A-2a, A4, black on white. The same view gives
/// the same bytes. Takes a few tenths of a second of one core: keep it off the async threads.
pub fn render(paper: &PaperView) -> Result<Vec<u8>, PdfError> {
    let inputs = Inputs {
        paper,
        year: paper.on.year(),
        month: paper.on.month(),
        day: paper.on.day(),
    };
    let mut values = serde_json::to_value(inputs).expect("texts and numbers always serialise");
    check(&mut values)?;
    let inputs = Dict::deserialize(values).expect("typst knows every kind of JSON value");
    let name = format!("{} {} {}", paper.title.own, paper.second, paper.version);
    press::print("paper/blank.typ", inputs, name)
}

fn check(values: &mut Value) -> Result<(), PdfError> {
    match values {
        Value::String(text) => {
            fonts::drop_idle_isolates(text);
            fonts::can_print(text).map_err(|character| PdfError::MissingGlyph { character })
        }
        Value::Array(items) => items.iter_mut().try_for_each(check),
        Value::Object(fields) => fields.values_mut().try_for_each(check),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}
