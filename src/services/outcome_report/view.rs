//! The report as it is read: the sentence, then sections of lines in the reader's
//! language. Where a rate stands on fewer than ten, only counts are shown.

use super::parts::{Cell, Part, Row};
use super::{Report, pictures};
use crate::catalogue::Words;
use crate::domain::outcome::Figures;
use crate::drawing::Picture;

/// Below so many, percentages would tell more than is known.
pub const FEWEST: u32 = 10;

/// Everything a page or a paper shows.
#[derive(Debug, Clone)]
pub struct View {
    pub sentence: String,
    pub period: String,
    /// How what is withheld is chosen; empty where nothing is.
    pub withholding: String,
    /// Empty where there is nothing to tell.
    pub sections: Vec<Section>,
}

/// One table.
#[derive(Debug, Clone)]
pub struct Section {
    pub code: &'static str,
    pub title: String,
    pub definition: String,
    /// What heads the first column.
    pub row: String,
    pub columns: Vec<String>,
    pub lines: Vec<Line>,
    pub picture: Option<Picture>,
}

/// A row.
#[derive(Debug, Clone)]
pub struct Line {
    pub label: String,
    pub cells: Vec<String>,
}

/// The one sentence of the whole report. `weighted`: the best estimate, where it is
/// told.
pub fn sentence(words: Words, figures: &Figures, weighted: Option<u32>) -> String {
    let (requests, states) = (&figures.requests, &figures.requests_by_state);
    if *requests == 0 {
        return words.get("outcomes-nothing").into_owned();
    }
    if *requests < FEWEST {
        return words.with(
            "outcomes-sentence-counts",
            &[
                ("requests", requests),
                ("lower", &states.filled),
                ("upper", &states.filled_at_most()),
            ],
        );
    }
    let rates = &figures.placement;
    let [lower, upper] = [rates.lower, rates.upper].map(|rate| rate_of(words, rate));
    match weighted {
        Some(weighted) => words.with(
            "outcomes-sentence",
            &[
                ("requests", requests),
                ("lower", &lower),
                ("upper", &upper),
                ("weighted", &words.per_cent(weighted)),
            ],
        ),
        None => words.with(
            "outcomes-sentence-without-estimate",
            &[("requests", requests), ("lower", &lower), ("upper", &upper)],
        ),
    }
}

fn rate_of(words: Words, rate: Option<u32>) -> String {
    match rate {
        Some(rate) => words.per_cent(rate),
        None => words.get("outcomes-no-rate").into_owned(),
    }
}

/// A cell in the reader's language.
pub fn write(words: Words, cell: Cell) -> String {
    let nothing = || words.get("outcomes-no-rate").into_owned();
    match cell {
        Cell::Count(number) => words.number(number),
        Cell::Days(Some(days)) => words.number(days),
        Cell::Rate(_, of) | Cell::Kappa(_, of) if of < FEWEST => {
            words.get("outcomes-too-few").into_owned()
        }
        Cell::Rate(Some(rate), _) => words.per_cent(rate),
        Cell::Kappa(Some(kappa), _) => {
            let kappa = i32::try_from(kappa).unwrap_or_default();
            words.number(f64::from(kappa) / 1000.0)
        }
        Cell::Days(None) | Cell::Rate(None, _) | Cell::Kappa(None, _) => nothing(),
        Cell::Withheld => words.get("report-withheld").into_owned(),
        Cell::Nothing => "–".to_owned(),
    }
}

impl Report {
    /// The report in words.
    pub fn view(&self, words: Words) -> View {
        let figures = &self.figures;
        let told = !self.is_too_small();
        let withholding = if self.whole {
            String::new()
        } else {
            words.get("outcomes-withholding").into_owned()
        };
        let parts = if told && figures.requests + figures.opened > 0 {
            self.parts()
        } else {
            Vec::new()
        };
        let placement = parts.iter().find(|part| part.code == "placement");
        let weighted = placement.and_then(|part| part.rate("weighted", "rate"));
        let period = words.with(
            "outcomes-period",
            &[
                ("from", &words.date(figures.from)),
                ("to", &words.date(figures.to)),
                ("today", &words.date(figures.today)),
            ],
        );
        let (weights_from, waves) = self.rules;
        let rules = weights_from.map_or_else(String::new, |from| {
            let date = words.date(from);
            words.with("outcomes-rules", &[("date", &date), ("waves", &waves)])
        });
        let since = self.waves_from.map_or_else(String::new, |from| {
            words.with("outcomes-waves-since", &[("date", &words.date(from))])
        });
        let rules = format!("{rules} {since}");
        View {
            sentence: if told {
                sentence(words, figures, weighted)
            } else {
                words.get("outcomes-too-small").into_owned()
            },
            period: format!("{period} {}", rules.trim()).trim_end().to_owned(),
            withholding,
            sections: parts
                .into_iter()
                .filter(|part| !part.rows.is_empty())
                .map(|part| self.section(words, &part))
                .collect(),
        }
    }

    fn section(&self, words: Words, part: &Part) -> Section {
        let column = |code: &&str| words.code("outcome-column", code).into_owned();
        Section {
            code: part.code,
            title: words.code("outcome-part", part.code).into_owned(),
            definition: words.code("outcome-definition", part.code).into_owned(),
            row: words.code("outcome-row", row_kind(part)).into_owned(),
            columns: part.columns.iter().map(column).collect(),
            lines: part
                .rows
                .iter()
                .map(|row| Line {
                    label: self.label(words, part, row),
                    cells: row.cells.iter().map(|cell| write(words, *cell)).collect(),
                })
                .collect(),
            picture: pictures::of(self, words, part),
        }
    }

    /// What a row is called.
    pub fn label(&self, words: Words, part: &Part, row: &Row) -> String {
        let code = row.code.as_str();
        let named = |list: &[(String, String)]| {
            let found = list.iter().find(|(one, _)| one == code);
            found.map_or_else(|| code.to_owned(), |(_, name)| name.clone())
        };
        match part.code {
            "by_desk" => named(&self.desks),
            "by_partner" if code == "self" => words.get("outcomes-by-itself").into_owned(),
            "by_partner" => named(&self.partners),
            "by_arrangement" => words.code("arrangement", code).into_owned(),
            "reasons" => words
                .code("coded", format!("answer_no-{code}"))
                .into_owned(),
            "blocked" => words.code("criterion", code).into_owned(),
            "channels" => words.code("outcome-channel", code).into_owned(),
            "response" => match code.split_once('-') {
                Some((side, wave)) => words.with(
                    "outcomes-side-wave",
                    &[
                        ("side", &words.code("outcome-column", side)),
                        ("wave", &words.code("calls-wave", wave)),
                    ],
                ),
                None => words.code("outcome-column", code).into_owned(),
            },
            _ => words.code("outcome-figure", code).into_owned(),
        }
    }
}

/// What the rows of a part are.
fn row_kind(part: &Part) -> &'static str {
    match part.code {
        "by_desk" => "desk",
        "by_arrangement" => "arrangement",
        "by_partner" => "partner",
        "reasons" => "reason",
        "blocked" => "criterion",
        "channels" => "channel",
        "response" => "side",
        _ => "figure",
    }
}
