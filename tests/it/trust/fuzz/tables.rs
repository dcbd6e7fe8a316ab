//! Files of tables: each row by each reader of records, then the whole file through the
//! import, tried over each kind of database.

use std::collections::BTreeSet;
use std::io::Cursor;
use std::sync::Arc;

use dom::clock::{ManualClock, SystemRandomness};
use dom::domain::access::vocabulary::Vocabulary;
use dom::domain::access::{Access, Known, RefKey};
use dom::domain::accompaniment::Accompaniment;
use dom::domain::answer::Answer;
use dom::domain::family::Family;
use dom::domain::introduction::Introduction;
use dom::domain::invalid::Invalid;
use dom::domain::reading::{Fields, Parsed};
use dom::domain::request::CareRequest;
use dom::domain::worker::Worker;
use dom::services::Context;
use dom::services::import::{self, ImportError, Options};
use dom::services::tables::Kind;
use dom::storage;
use dom::tabular::{self, ReadError, Row};

use super::Target;
use super::texts::kind_of;
use crate::support::cast::{Cast, desks, today};
use crate::support::db::{self, TestDb};
use crate::tabular::xlsx::package;

/// Rows of a file that are read by hand; the import reads them all.
const ROWS: usize = 6;

/// Cells under their headers.
struct Cells<'a> {
    columns: Vec<&'a str>,
    cells: Vec<&'a str>,
}

impl Fields for Cells<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        let place = self.columns.iter().position(|known| *known == column)?;
        self.cells.get(place).copied()
    }
}

/// What a reader makes of a row. What it takes goes out as cells that it takes again.
fn through<T>(
    columns: &[&str],
    row: &Cells,
    read: impl Fn(&dyn Fields) -> Result<Parsed<T>, Invalid>,
    cells: impl Fn(&T) -> Vec<String>,
) -> String {
    let parsed = match read(row) {
        Ok(parsed) => parsed,
        Err(Invalid(problems)) => {
            let first = problems.first().expect("a problem");
            return format!("{} {}", first.field, first.why.key);
        }
    };
    let told = cells(&parsed.value);
    let again = Cells {
        columns: columns.to_vec(),
        cells: told.iter().map(String::as_str).collect(),
    };
    match read(&again) {
        Ok(again) => assert_eq!(cells(&again.value), told),
        Err(error) => panic!("what goes out is not taken again: {told:?}: {error:?}"),
    }
    "good".to_owned()
}

/// What both kinds of files are tried on.
struct Tables {
    both: [Context; 2],
    vocabulary: Vocabulary,
    seen: BTreeSet<String>,
    _dbs: [TestDb; 2],
}

impl Tables {
    async fn begin() -> Self {
        let dbs = [db::sqlite().await, db::postgres().await];
        let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
        for one in &dbs {
            cast.store(&one.db).await;
        }
        let context = |db: &TestDb| {
            let noon = today().and_hms_opt(12, 0, 0).unwrap().and_utc();
            let clock = Arc::new(ManualClock::at(noon));
            let url = "http://dom.example".to_owned();
            Context::new(db.db.clone(), clock, Arc::new(SystemRandomness), url)
        };
        Self {
            both: [context(&dbs[0]), context(&dbs[1])],
            vocabulary: storage::vocabulary::load(dbs[0].db.read()).await.unwrap(),
            seen: BTreeSet::new(),
            _dbs: dbs,
        }
    }

    fn row(&self, header: &[String], row: &Row) -> Vec<String> {
        let fields = Cells {
            columns: header.iter().map(String::as_str).collect(),
            cells: row.cells.iter().map(tabular::Cell::text).collect(),
        };
        let (fields, today, desks) = (&fields, today(), desks());
        let known = Known {
            today,
            desks: &desks,
            vocabulary: &self.vocabulary,
            key: &RefKey::new([7; 32]),
        };
        let has = |column: &str| header.iter().any(|known| known == column);
        let mut outcomes = Vec::new();
        if has("arrangements") {
            let read = |fields: &dyn Fields| Worker::read(fields, None, today, &desks);
            outcomes.push(through(&Worker::COLUMNS, fields, read, Worker::cells));
        }
        if has("given_name") {
            let read = |fields: &dyn Fields| Family::read(fields, None, &desks, &[]);
            outcomes.push(through(&Family::COLUMNS, fields, read, Family::cells));
        }
        if has("arrangement") {
            let read = |fields: &dyn Fields| CareRequest::read(fields, None, today);
            outcomes.push(through(
                &CareRequest::COLUMNS,
                fields,
                read,
                CareRequest::cells,
            ));
        }
        if has("issued_on") {
            let read = |fields: &dyn Fields| Introduction::read(fields, None);
            let cells = Introduction::cells;
            outcomes.push(through(&Introduction::COLUMNS, fields, read, cells));
        }
        if has("wave") {
            outcomes.push(through(
                &Answer::COLUMNS,
                fields,
                Answer::read,
                Answer::cells,
            ));
        }
        if has("channel") {
            let read = |fields: &dyn Fields| Access::read(fields, None, known);
            outcomes.push(through(&Access::COLUMNS, fields, read, Access::cells));
        }
        if has("opened_on") {
            let read = |fields: &dyn Fields| Accompaniment::read(fields, None, &desks);
            let cells = Accompaniment::cells;
            outcomes.push(through(&Accompaniment::COLUMNS, fields, read, cells));
        }
        outcomes
    }

    async fn look(&mut self, bytes: Vec<u8>) -> String {
        let mut sheet = match tabular::read(Cursor::new(bytes.clone())) {
            Ok(sheet) => sheet,
            Err(error) => return kind_of(&error),
        };
        let header = sheet.header().to_vec();
        let mut outcomes = BTreeSet::new();
        let mut rows = match sheet.rows() {
            Ok(rows) => rows,
            Err(error) => return kind_of(&error),
        };
        for (at, row) in rows.by_ref().enumerate() {
            match row {
                Ok(row) if at < ROWS => outcomes.extend(self.row(&header, &row)),
                Ok(row) => assert_eq!(row.cells.len(), header.len()),
                Err(ReadError::Row(error)) => {
                    outcomes.extend(error.problems.iter().map(kind_of));
                }
                Err(ReadError::File(error)) => {
                    outcomes.insert(kind_of(&error));
                }
            }
        }
        assert!(rows.next().is_none(), "what is over is over");
        let outcome = format!("{outcomes:?}");
        if self.seen.insert(outcome.clone()) {
            self.import(&bytes, &header).await;
        }
        outcome
    }

    /// Tries the whole file, as every kind that most of its columns are of.
    async fn import(&self, bytes: &[u8], header: &[String]) {
        for kind in Kind::ALL {
            let of_kind = header
                .iter()
                .filter(|one| kind.columns().contains(&one.as_str()));
            if of_kind.count() * 2 <= header.len() {
                continue;
            }
            let mut said = Vec::new();
            for context in &self.both {
                let mut sheet = tabular::read(Cursor::new(bytes.to_vec())).expect("it was read");
                let options = Options {
                    dry_run: true,
                    keep_good: true,
                    ..Options::default()
                };
                match import::run(context, kind, &mut sheet, options).await {
                    Ok(report) => said.push(format!("{report:?}")),
                    Err(error @ (ImportError::File(_) | ImportError::Columns(_))) => {
                        said.push(format!("{error:?}"));
                    }
                    Err(error) => panic!("{kind:?}: {error:?}"),
                }
            }
            assert_eq!(said[0], said[1], "{kind:?}: not alike");
        }
    }
}

pub struct Csv(Tables);

impl Target for Csv {
    const NAME: &'static str = "csv";
    const CHANGES: usize = 150;
    const WORDS: &'static [&'static str] = &[
        ",",
        ";",
        "\n",
        "\r\n",
        "\"",
        "|",
        "yes",
        "no",
        "hourly",
        "live_in",
        "night",
        "Grosseto",
        "053011",
        "Mon-Fri 08:00-13:00",
        "2026-11-23",
        "23/11/2026",
        "+390564200001",
        "it:B1",
        "elderly_care",
        "W-1",
        "R-1",
        "F-1",
        "grosseto",
        "w1",
        "family",
        "hired",
        "front_desk",
    ];

    async fn begin() -> Self {
        Self(Tables::begin().await)
    }

    fn made(&self) -> Vec<Vec<u8>> {
        Vec::new()
    }

    async fn read(&mut self, input: &[u8]) -> String {
        self.0.look(input.to_vec()).await
    }
}

/// Parts of a workbook, in the order in which the corpus has them.
const PARTS: [&str; 4] = [
    "xl/worksheets/sheet1.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
    "xl/workbook.xml",
];
/// Between the parts.
const EDGE: &[u8] = b"\n====\n";

pub struct Xlsx(Tables);

/// The workbook of an input: parts that are packed, or a packed file as it is.
fn workbook(input: &[u8]) -> Vec<u8> {
    if input.starts_with(b"PK") {
        return input.to_vec();
    }
    let mut rest = input;
    let mut parts = Vec::new();
    for name in PARTS {
        let edge = rest.windows(EDGE.len()).position(|piece| piece == EDGE);
        let (part, after) = match edge {
            Some(at) => (&rest[..at], &rest[at + EDGE.len()..]),
            None => (rest, &[][..]),
        };
        if !part.is_empty() {
            parts.push((name, part));
        }
        rest = after;
    }
    package(&parts)
}

impl Target for Xlsx {
    const NAME: &'static str = "xlsx";
    const CHANGES: usize = 150;
    const WORDS: &'static [&'static str] = &[
        "<row r=\"2\">",
        "</row>",
        "<c r=\"A2\">",
        "<c r=\"B2\" t=\"s\">",
        " t=\"inlineStr\"",
        " t=\"str\"",
        " t=\"b\"",
        " t=\"e\"",
        " t=\"d\"",
        " s=\"1\"",
        "</c>",
        "<v>",
        "</v>",
        "<v>0</v>",
        "<v>45000.5</v>",
        "<v>1e308</v>",
        "<v>-1</v>",
        "<is><t>",
        "</t></is>",
        "<f>1+1</f>",
        "#N/A",
        "XFD1048576",
        "\n====\n",
        "<!DOCTYPE x>",
        "<si><t>",
        "&#0;",
        "&amp;",
        "_x0000_",
    ];

    async fn begin() -> Self {
        Self(Tables::begin().await)
    }

    fn made(&self) -> Vec<Vec<u8>> {
        let sheet = super::kept(Self::NAME).swap_remove(0);
        vec![workbook(&sheet)]
    }

    async fn read(&mut self, input: &[u8]) -> String {
        self.0.look(workbook(input)).await
    }
}
