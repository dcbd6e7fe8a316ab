//! What people read about a file: its counts, its rows, and why it could not be
//! read at all. Keys are chosen here, words stand in the catalogue.

use super::super::sentences::why;
use super::{ColumnProblem, ImportError, RowProblem};
use crate::catalogue::Words;
use crate::tabular::{FileError, Limit};

/// `riga 2, comune «Groseto»: …`
pub fn row(words: Words, problem: &RowProblem) -> String {
    let number = problem.row.to_string();
    let why = why(words, &problem.why);
    if problem.column.is_empty() {
        return words.with("import-row", &[("row", &number), ("why", &why)]);
    }
    if problem.value.is_empty() {
        return words.with(
            "import-row-column",
            &[("row", &number), ("column", &problem.column), ("why", &why)],
        );
    }
    words.with(
        "import-row-value",
        &[
            ("row", &number),
            ("column", &problem.column),
            ("value", &problem.value),
            ("why", &why),
        ],
    )
}

/// Why a file was not read, in one line. Nothing for failures of the database,
/// which are not the file's.
pub fn error(words: Words, error: &ImportError) -> Option<String> {
    match error {
        ImportError::File(problem) => Some(file(words, problem)),
        ImportError::Columns(problems) => {
            let all: Vec<String> = problems.iter().map(|one| column(words, one)).collect();
            Some(all.join("; "))
        }
        ImportError::Changed => Some(words.get("import-changed").into_owned()),
        ImportError::Storage(_) => None,
    }
}

/// Why a header can't be taken.
pub fn column(words: Words, problem: &ColumnProblem) -> String {
    match problem {
        ColumnProblem::Unknown {
            column,
            kind,
            nearest,
        } => match nearest {
            Some(nearest) => words.with(
                "import-column-unknown-near",
                &[
                    ("column", column),
                    ("kind", &kind.code()),
                    ("near", nearest),
                ],
            ),
            None => words.with(
                "import-column-unknown",
                &[("column", column), ("kind", &kind.code())],
            ),
        },
        ColumnProblem::Forbidden { column, kind, what } => {
            let trait_name = words.code("forbidden", what.code());
            words.with(
                "import-column-forbidden",
                &[
                    ("column", column),
                    ("kind", &kind.code()),
                    ("trait", &trait_name),
                    ("source", &what.source()),
                ],
            )
        }
    }
}

/// Why a file can't be read.
pub fn file(words: Words, error: &FileError) -> String {
    match error {
        FileError::Unreadable(kind) => unreadable(words, *kind),
        FileError::Empty => words.get("import-file-empty").into_owned(),
        FileError::TooLarge(limit) => too_large(words, *limit),
        FileError::NotUtf8 { row } => {
            words.with("import-file-not-utf8", &[("row", &row.to_string())])
        }
        FileError::Utf16 => words.get("import-file-utf16").into_owned(),
        FileError::NotATable => words.get("import-file-no-table").into_owned(),
        FileError::OldOrProtected => words.get("import-file-old-or-protected").into_owned(),
        FileError::NotXlsx => words.get("import-file-no-xlsx").into_owned(),
        FileError::DocumentType => words.get("import-file-document-type").into_owned(),
        FileError::Damaged { row: Some(row) } if *row > 0 => {
            words.with("import-file-damaged-after", &[("row", &row.to_string())])
        }
        FileError::Damaged { .. } => words.get("import-file-damaged").into_owned(),
        FileError::ErrorValue { after_row, value } => words.with(
            "import-file-error-value",
            &[("row", &after_row.to_string()), ("value", value)],
        ),
        FileError::UnclosedQuote { row } => {
            words.with("import-file-unclosed-quote", &[("row", &row.to_string())])
        }
        FileError::UnnamedColumn { column } => words.with(
            "import-file-unnamed-column",
            &[("number", &column.to_string())],
        ),
        FileError::DuplicateColumn {
            name,
            first,
            second,
        } => words.with(
            "import-file-duplicate-column",
            &[
                ("name", name),
                ("first", &first.to_string()),
                ("second", &second.to_string()),
            ],
        ),
        FileError::TabSeparated => words.get("import-file-tabs").into_owned(),
    }
}

fn unreadable(words: Words, kind: std::io::ErrorKind) -> String {
    use std::io::ErrorKind;
    match kind {
        ErrorKind::NotFound => words.get("import-file-not-found").into_owned(),
        ErrorKind::PermissionDenied => words.get("import-file-no-right").into_owned(),
        ErrorKind::IsADirectory => words.get("import-file-folder").into_owned(),
        other => words.with("import-file-unreadable", &[("why", &other.to_string())]),
    }
}

fn too_large(words: Words, limit: Limit) -> String {
    let mebibytes = |bytes: u64| bytes >> 20;
    match limit {
        Limit::FileBytes(bytes) => {
            words.with("import-file-too-large", &[("megabytes", &mebibytes(bytes))])
        }
        Limit::UnpackedBytes(bytes) => words.with(
            "import-file-unpacks-too-large",
            &[("megabytes", &mebibytes(bytes))],
        ),
        Limit::Ratio(_) | Limit::Parts(_) | Limit::Tags(_) => {
            words.get("import-file-bomb").into_owned()
        }
        Limit::Rows(rows) => words.with("import-file-too-many-rows", &[("rows", &rows)]),
        Limit::Columns(columns) => {
            words.with("import-file-too-many-columns", &[("columns", &columns)])
        }
        Limit::RecordBytes { row, .. } => {
            words.with("import-file-row-too-long", &[("row", &row.to_string())])
        }
    }
}
