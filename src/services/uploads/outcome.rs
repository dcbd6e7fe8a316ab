//! What was found in a file, as it is kept beside it until somebody has read it: in
//! each language of the screens, since the reader is not known when it is written.
//! Bounded; what is beyond is counted.

use serde::{Deserialize, Serialize};

use crate::catalogue::{Language, Words};
use crate::services::import::{ImportError, Report, RowProblem, sentences};
use crate::services::sentences::why;

/// Lines that are kept, of problems and of doubts each.
const MOST_LINES: usize = 5_000;

/// A text by the language's tag.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts(Vec<(String, String)>);

impl Texts {
    fn of(text: impl Fn(Words) -> String) -> Self {
        let each = |language: Language| (language.tag().to_owned(), text(Words::new(language)));
        Self(Language::ALL.map(each).into())
    }

    /// In the reader's language.
    pub fn text(&self, words: Words) -> &str {
        let own = self.0.iter().find(|(tag, _)| tag == words.tag());
        own.or(self.0.first()).map_or("", |(_, text)| text.as_str())
    }
}

/// A problem or a doubt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    pub row: u32,
    /// As the file calls it; empty where the whole row is meant.
    pub column: String,
    pub value: String,
    pub why: Texts,
}

/// Somebody of the file who may be there already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alike {
    pub row: u32,
    pub name: String,
    pub code: String,
    pub there: String,
    /// Codes of `domain::likeness::Reason`.
    pub reasons: Vec<String>,
}

/// See the module's words.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub read: u64,
    pub added: u64,
    pub updated: u64,
    pub unchanged: u64,
    /// Rows, not problems.
    pub rejected: u64,
    pub left_out: u64,
    /// Whether it was loaded, not only tried.
    pub written: bool,
    pub problems: Vec<Line>,
    /// Problems that are not kept.
    pub more_problems: u64,
    pub doubts: Vec<Line>,
    pub more_doubts: u64,
    pub likely: Vec<Alike>,
    /// Why nothing could be read.
    pub failed: Option<Texts>,
}

impl Outcome {
    /// Of a report. `called`: what the file calls a column.
    pub fn of(report: &Report, called: impl Fn(&str) -> String) -> Self {
        let line = |problem: &RowProblem| Line {
            row: problem.row,
            column: called(&problem.column),
            value: problem.value.clone(),
            why: Texts::of(|words| why(words, &problem.why)),
        };
        let kept = |problems: &[RowProblem]| -> (Vec<Line>, u64) {
            let lines = problems.iter().take(MOST_LINES).map(line).collect();
            (lines, count(problems.len().saturating_sub(MOST_LINES)))
        };
        let (problems, more_problems) = kept(&report.rejected);
        let (doubts, more_doubts) = kept(&report.warnings);
        let likely = report.likely.iter().map(|one| Alike {
            row: one.row,
            name: one.name.clone(),
            code: one.code.clone(),
            there: one.there.clone(),
            reasons: (one.reasons.iter())
                .map(|reason| reason.code().to_owned())
                .collect(),
        });
        Self {
            read: report.read,
            added: report.added,
            updated: report.updated,
            unchanged: report.unchanged,
            rejected: count(report.rejected_rows()),
            left_out: report.left_out,
            written: report.written,
            problems,
            more_problems,
            doubts,
            more_doubts,
            likely: likely.collect(),
            failed: None,
        }
    }

    /// Of a file that could not be read; none where it is not the file's fault.
    pub fn failed(error: &ImportError) -> Option<Self> {
        sentences::error(Words::default(), error)?;
        let text = |words| sentences::error(words, error).unwrap_or_default();
        Some(Self {
            failed: Some(Texts::of(text)),
            ..Self::default()
        })
    }

    /// As it is kept.
    pub fn json(&self) -> String {
        serde_json::to_string(self).expect("texts and numbers are JSON")
    }

    /// Reads what was kept; nothing where it is not readable.
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}
