//! Why a document could not be printed. Words for people live in the
//! catalogues; what is written here is for the log.

use std::fmt;

use typst::WorldExt;
use typst::diag::{Severity, SourceDiagnostic};

/// Why a document could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// A text holds a character that no embedded font can draw; see
    /// [`super::fonts::can_print`].
    #[error("no embedded font can draw {character:?}")]
    MissingGlyph { character: char },
    /// A sheet names at least one worker.
    #[error("a sheet without a worker")]
    NoWorker,
    /// The verification address is too long for a square code.
    #[error("the verification address does not fit a square code")]
    SquareCode(#[from] qrcode::types::QrError),
    /// The template refused the data: a fault of ours.
    #[error("the template did not compile")]
    Template(#[source] Diagnostics),
    /// The document breaks a rule of PDF/UA-1 or PDF/A-2a.
    #[error("the document breaks a rule of its standards")]
    Export(#[source] Diagnostics),
}

/// What typst said, one line a problem: `file:line: message (hint; hint)`.
///
/// The messages may quote the text they are about, so they can name a person:
/// they belong on a developer's screen, not in a log that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics(Vec<String>);

impl Diagnostics {
    pub(super) fn read(world: &dyn typst::World, diagnostics: &[SourceDiagnostic]) -> Self {
        Self(
            diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity == Severity::Error)
                .map(|diagnostic| line(world, diagnostic))
                .collect(),
        )
    }

    /// The problems, in the order typst found them.
    pub fn lines(&self) -> &[String] {
        &self.0
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Diagnostics {}

fn line(world: &dyn typst::World, diagnostic: &SourceDiagnostic) -> String {
    let place = diagnostic
        .span
        .id()
        .zip(world.range(diagnostic.span))
        .and_then(|(id, range)| {
            let source = world.source(id).ok()?;
            let line = source.lines().byte_to_line(range.start)?;
            Some(format!("{}:{}: ", id.vpath().get_without_slash(), line + 1))
        })
        .unwrap_or_default();
    let hints: Vec<&str> = diagnostic
        .hints
        .iter()
        .map(|hint| hint.v.as_str())
        .collect();
    if hints.is_empty() {
        format!("{place}{}", diagnostic.message)
    } else {
        format!("{place}{} ({})", diagnostic.message, hints.join("; "))
    }
}
