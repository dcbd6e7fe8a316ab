//! The named profile sheet: one document for one request, a cover for the family,
//! then one page a worker.
//! Its view holds all that a sheet may tell; what it must not tell (citizenship,
//! permit, birth date, address, health) has no field. Laid out in
//! `templates/sheet`.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use typst::foundations::{Dict, IntoValue};

use super::week::{Drawing, Week, WeekWords};
use super::{PdfError, fonts, press, qr};

/// A sheet as it is printed. Every text is localised and fit for one line of
/// text; it is printed literally.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetView {
    /// The language of the words, as a tag: `it`, `ar`, `pt-BR`.
    pub language: String,
    /// Whether that language is written from right to left.
    pub right_to_left: bool,
    pub words: SheetWords,
    /// `GR-2026-0014`.
    pub number: String,
    /// What is typed to verify the sheet.
    pub verification_code: String,
    /// The whole address that the square code leads to.
    pub verification_url: String,
    /// To whom the sheet is given.
    pub recipient: String,
    pub request: RequestView,
    pub issuer: IssuerView,
    pub cover: CoverView,
    /// The day of issue: also the date inside the PDF.
    #[serde(skip)]
    pub issued_on: NaiveDate,
    /// The day of issue in words.
    pub date: String,
    /// The last day of validity in words.
    pub valid_until: String,
    /// One page each, in this order; at least one.
    #[serde(skip)]
    pub workers: Vec<WorkerView>,
    /// The same in a language that the family reads better; its pages follow.
    #[serde(skip)]
    pub second: Option<Box<SheetView>>,
}

/// The first page, for the family.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CoverView {
    /// How to reach the desk, in sentences.
    pub desk: String,
    /// What the law asks of whoever hires, each with its source and date.
    pub duties: Vec<String>,
}

/// What was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RequestView {
    pub comune: String,
    pub arrangement: String,
    /// The hours in words.
    pub schedule: String,
    /// The first day in words.
    pub start: String,
    /// The hours as slots; `None` where the request names none (living in).
    #[serde(skip)]
    pub need: Option<Week>,
}

/// Who hands the sheet over, and where they are reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct IssuerView {
    pub desk: String,
    pub operator: String,
    pub phone: String,
    /// Where the desk is.
    pub address: String,
}

/// What the sheet tells of one worker.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkerView {
    pub given_name: String,
    pub family_name: String,
    /// Only those that the worker agreed to disclose.
    pub phones: Vec<String>,
    pub comune: String,
    /// Each with its level: `italiano (B1)`.
    pub languages: Vec<String>,
    pub skills: Vec<String>,
    pub experience: Vec<String>,
    pub qualifications: Vec<String>,
    pub accreditation: Option<String>,
    /// When the worker is free.
    #[serde(skip)]
    pub availability: Week,
    /// Whole sentences.
    pub reasons: Vec<String>,
}

/// The labels of the sheet, localised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SheetWords {
    /// The kind of document; the number follows it.
    pub title: String,
    pub recipient: String,
    pub request: String,
    pub schedule: String,
    pub start: String,
    pub issuer: String,
    pub date: String,
    pub valid_until: String,
    /// Before the verification code.
    pub verification_code: String,
    /// Before the address where the sheet can be verified.
    pub verification: String,
    /// The square code for those who cannot see it; the address follows it.
    pub square_code: String,
    pub phone: String,
    /// Heading of the reasons.
    pub reasons: String,
    /// Heading of the facts about the worker.
    pub profile: String,
    pub comune: String,
    pub languages: String,
    pub skills: String,
    pub experience: String,
    pub qualifications: String,
    pub accreditation: String,
    /// Heading of the week.
    pub availability: String,
    /// Instead of a fact that nobody stated.
    pub not_stated: String,
    /// With `{page}` and `{pages}` in the places of the two numbers.
    pub page: String,
    /// Headings of the cover.
    pub cover_fits: String,
    pub cover_desk: String,
    pub cover_duties: String,
    pub week: WeekWords,
}

/// A worker as the template takes it.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    worker: &'a WorkerView,
    week: Drawing,
}

#[derive(Serialize)]
struct Inputs<'a> {
    #[serde(flatten)]
    sheet: &'a SheetView,
    year: i32,
    month: u32,
    day: u32,
    pages: Vec<Page<'a>>,
    second: Option<Box<Inputs<'a>>>,
}

impl<'a> Inputs<'a> {
    fn of(sheet: &'a SheetView) -> Self {
        let need = sheet.request.need.as_ref();
        let page = |worker: &'a WorkerView| Page {
            worker,
            week: Drawing::of(need, &worker.availability, &sheet.words.week),
        };
        Self {
            sheet,
            year: sheet.issued_on.year(),
            month: sheet.issued_on.month(),
            day: sheet.issued_on.day(),
            pages: sheet.workers.iter().map(page).collect(),
            second: sheet
                .second
                .as_deref()
                .map(|second| Box::new(Self::of(second))),
        }
    }
}

/// Prints a sheet: PDF/UA-1 and PDF/A-2a, A4. The same view gives the same
/// bytes, in any order and on any machine. Takes some hundredths of a second of
/// one core: keep it out of transactions and off the async threads.
pub fn render(sheet: &SheetView) -> Result<Vec<u8>, PdfError> {
    if sheet.workers.is_empty() {
        return Err(PdfError::NoWorker);
    }
    let inputs = Inputs::of(sheet);
    let mut values = serde_json::to_value(inputs).expect("texts and numbers always serialise");
    let mut second = values.get_mut("second").map(Value::take);
    can_print(&mut values, sheet.right_to_left)?;
    if let (Some(values), Some(sheet)) = (&mut second, &sheet.second) {
        can_print(values, sheet.right_to_left)?;
    }
    values["second"] = second.unwrap_or(Value::Null);
    let mut inputs = Dict::deserialize(values).expect("typst knows every kind of JSON value");
    let square = qr::square(&sheet.verification_url)?;
    inputs.insert("square".into(), square.into_value());
    let identifier = format!("{} {}", sheet.number, sheet.verification_code);
    press::print("sheet/sheet.typ", inputs, identifier)
}

fn can_print(values: &mut Value, right_to_left: bool) -> Result<(), PdfError> {
    for_each_text(values, &mut |text| {
        if !right_to_left {
            fonts::drop_idle_isolates(text);
        }
        fonts::can_print(text).map_err(|character| PdfError::MissingGlyph { character })
    })
}

fn for_each_text<E>(
    values: &mut Value,
    visit: &mut impl FnMut(&mut String) -> Result<(), E>,
) -> Result<(), E> {
    match values {
        Value::String(text) => visit(text),
        Value::Array(items) => items
            .iter_mut()
            .try_for_each(|item| for_each_text(item, visit)),
        Value::Object(fields) => fields
            .values_mut()
            .try_for_each(|field| for_each_text(field, visit)),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}
