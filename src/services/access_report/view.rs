//! The report as it is read: sections of lines, each number beside that of the
//! year before and the difference, in the reader's language. Differences are made
//! of told numbers only.

use chrono_tz::Europe::Rome;

use super::{Report, labels, notes, pictures};
use crate::catalogue::Words;
use crate::domain::publishing::correction::Change;
use crate::domain::publishing::{NOT_STATED, ToldRow, ToldTable, YearTables};
use crate::drawing::Picture;

/// Everything a page or a paper shows.
#[derive(Debug, Clone)]
pub struct View {
    pub year: String,
    pub year_before: String,
    /// A desk each and all together, as they head the columns.
    pub columns: Vec<String>,
    pub first: Section,
    pub summaries: Vec<Summary>,
    pub sections: Vec<Section>,
    /// What does not add up, with the numbers.
    pub notes: Vec<String>,
    /// How what is withheld is chosen; empty where nothing is.
    pub withholding: String,
    pub attribution: &'static str,
    /// That the year was closed and when, in a sentence; empty where it is open.
    pub closed: String,
    /// What changed since: whose number, what it was, what it is.
    pub changes: Vec<[String; 3]>,
}

/// One table.
#[derive(Debug, Clone)]
pub struct Section {
    pub code: String,
    pub title: String,
    pub definition: String,
    pub headings: Vec<Heading>,
    pub lines: Vec<Line>,
    pub pictures: Vec<Picture>,
}

/// The heading of three columns: this year, the year before, the difference.
#[derive(Debug, Clone)]
pub struct Heading {
    pub label: String,
}

/// A row.
#[derive(Debug, Clone)]
pub struct Line {
    pub label: String,
    /// Whether it is the sum of the lines under it.
    pub is_group: bool,
    pub cells: Vec<Cell>,
}

/// Three numbers as texts.
#[derive(Debug, Clone, Default)]
pub struct Cell {
    /// The column and the year, for who reads one number alone.
    pub now: String,
    pub before: String,
    pub difference: String,
}

/// What comes first in a column.
#[derive(Debug, Clone)]
pub struct Summary {
    pub column: String,
    pub age_band: String,
    pub sex: String,
    pub reasons: Vec<(String, String)>,
    pub citizenships: Vec<(String, String)>,
}

const FIRST: usize = 5;
const UNKNOWN: &str = "unknown";
const ITALIAN: &str = "IT";

impl Report {
    /// The report in words.
    pub fn view(&self, words: Words) -> Option<View> {
        let now = self.now.as_ref()?;
        let [year, year_before] = self.years_in(words);
        let reading = Reading {
            report: self,
            now,
            words,
        };
        let withholding = if self.whole {
            String::new()
        } else {
            words.get("report-withholding").into_owned()
        };
        Some(View {
            year: year.clone(),
            year_before: year_before.clone(),
            columns: (0..=now.columns.len())
                .filter(|at| reading.shows(*at))
                .map(|at| reading.column(at))
                .collect(),
            first: reading.first(),
            summaries: reading.summaries(),
            sections: now
                .tables
                .iter()
                .map(|table| reading.section(table))
                .collect(),
            notes: notes::notes(now, self.opened, words),
            withholding,
            attribution: crate::domain::reference::BOUNDARIES,
            closed: self.closed_in(words),
            changes: reading.changes(),
        })
    }
}

impl Report {
    /// What this time and the one before it are called.
    pub(super) fn years_in(&self, words: Words) -> [String; 2] {
        match self.period {
            Some(_) => ["period-this", "period-before"].map(|key| words.get(key).into_owned()),
            None => [self.year, self.year - 1].map(|year| year.to_string()),
        }
    }

    fn closed_in(&self, words: Words) -> String {
        let Some(closed) = &self.closed else {
            return String::new();
        };
        let day = words.date(closed.on.with_timezone(&Rome).date_naive());
        let (revision, version) = (closed.revision, &closed.program_version);
        words.with(
            "report-closed",
            &[
                ("date", &day),
                ("revision", &revision),
                ("version", version),
            ],
        )
    }
}

pub(super) struct Reading<'a> {
    pub report: &'a Report,
    pub now: &'a YearTables,
    pub words: Words,
}

/// What is known of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Number {
    Told(u64),
    Withheld,
    /// There is no such year or column.
    Absent,
}

impl From<Option<u64>> for Number {
    fn from(value: Option<u64>) -> Self {
        value.map_or(Self::Withheld, Self::Told)
    }
}

impl Reading<'_> {
    fn changes(&self) -> Vec<[String; 3]> {
        let words = self.words;
        let changes = self.report.closed.iter().flat_map(|closed| &closed.changes);
        let label = |change: &Change| {
            let column = self.column(change.column);
            if change.table.is_empty() {
                return format!("{}, {column}", words.get("report-total"));
            }
            let table = words.code("report-table", &change.table);
            let is_group = self
                .now
                .table(&change.table)
                .is_some_and(|table| table.groups.iter().any(|group| group.code == change.code));
            let row = if is_group {
                labels::group(words, &change.code)
            } else {
                labels::row(words, &self.report.vocabulary, &change.table, &change.code)
            };
            format!("{table}: {row}, {column}")
        };
        let write = |value: Option<u64>| words.number(value.unwrap_or_default());
        changes
            .map(|change| [label(change), write(change.was), write(change.is)])
            .collect()
    }

    /// With one column only, together says it all.
    fn shows(&self, column: usize) -> bool {
        self.now.columns.len() != 1 || column == 1
    }

    pub(super) fn column(&self, at: usize) -> String {
        let Some(column) = self.now.columns.get(at) else {
            return if self.now.columns.len() == 1 {
                self.names(&self.now.columns[0].desks)
            } else {
                self.words.get("report-together").into_owned()
            };
        };
        self.names(&column.desks)
    }

    fn names(&self, desks: &[String]) -> String {
        let name = |code: &String| {
            let found = self.report.desks.iter().find(|(known, _)| known == code);
            found.map_or_else(|| code.clone(), |(_, name)| name.clone())
        };
        desks.iter().map(name).collect::<Vec<_>>().join(", ")
    }

    /// Where a column stood the year before.
    fn column_before(&self, at: usize) -> Option<usize> {
        let before = self.report.before.as_ref()?;
        match self.now.columns.get(at) {
            Some(column) => before.columns.iter().position(|one| one == column),
            None => Some(before.columns.len()),
        }
    }

    pub(super) fn write(&self, number: Number) -> String {
        match number {
            Number::Told(value) => self.words.number(value),
            Number::Withheld => self.words.get("report-withheld").into_owned(),
            Number::Absent => "–".to_owned(),
        }
    }

    fn cell(&self, now: Number, before: Number) -> Cell {
        let difference = match (now, before) {
            (Number::Told(now), Number::Told(before)) => {
                let change = i64::try_from(now).unwrap_or_default()
                    - i64::try_from(before).unwrap_or_default();
                let sign = if change > 0 { "+" } else { "" };
                format!("{sign}{}", self.words.number(change))
            }
            (Number::Absent, _) | (_, Number::Absent) => self.write(Number::Absent),
            _ => self.write(Number::Withheld),
        };
        Cell {
            now: self.write(now),
            before: self.write(before),
            difference,
        }
    }

    fn headings(&self) -> Vec<Heading> {
        let columns = (0..=self.now.columns.len()).filter(|at| self.shows(*at));
        columns
            .map(|at| Heading {
                label: self.column(at),
            })
            .collect()
    }

    /// The number of the year before that belongs to a column of this one.
    pub(super) fn before(&self, table: &str, code: &str, group: bool, at: usize) -> Number {
        let Some(before) = self.report.before.as_ref() else {
            return Number::Absent;
        };
        let Some(column) = self.column_before(at) else {
            return Number::Absent;
        };
        let Some(table) = before.table(table) else {
            return Number::Absent;
        };
        let rows = if group { &table.groups } else { &table.rows };
        let row = rows.iter().find(|row| row.code == code);
        match row {
            Some(row) if row.values.len() == 1 => row.values[0].into(),
            Some(row) => row.values.get(column).copied().flatten().into(),
            None if self.report.whole => Number::Told(0),
            None => Number::Withheld,
        }
    }

    /// Totals and what is asked first, in the shape of a table.
    fn first(&self) -> Section {
        let words = self.words;
        let last = self.now.columns.len();
        let columns: Vec<usize> = (0..=last).filter(|at| self.shows(*at)).collect();
        let then = |at: usize| self.report.before.as_ref().zip(self.column_before(at));
        let line = |label: &str, of: &dyn Fn(&YearTables, usize) -> Number| Line {
            label: words.get(label).into_owned(),
            is_group: false,
            cells: columns
                .iter()
                .map(|at| {
                    let before = then(*at).map_or(Number::Absent, |(year, at)| of(year, at));
                    self.cell(of(self.now, *at), before)
                })
                .collect(),
        };
        let one = |year: &YearTables, table: &str, code: &str, at: usize| -> Number {
            year.table(table).map_or(Number::Absent, |found| {
                let listed = found.rows.iter().any(|row| row.code == code);
                if listed || !self.report.whole {
                    found.one(code, at).into()
                } else {
                    Number::Told(0)
                }
            })
        };
        let phone_email = |year: &YearTables, at: usize| {
            let of = |code| one(year, "channel", code, at);
            match (of("telephone"), of("email"), of("front_desk")) {
                (Number::Told(one), Number::Told(other), _) => Number::Told(one + other),
                (_, _, Number::Told(front)) => Number::Told(year.totals[at] - front),
                _ => Number::Withheld,
            }
        };
        let lines = vec![
            line("report-total", &|year, at| Number::Told(year.totals[at])),
            line("report-front-desk", &|year, at| {
                one(year, "channel", "front_desk", at)
            }),
            line("report-phone-email", &phone_email),
            line("report-first-accesses", &|year, at| {
                one(year, "first_access", "yes", at)
            }),
            line("report-italian", &|year, at| {
                one(year, "citizenship", ITALIAN, at)
            }),
        ];
        Section {
            code: "totals".to_owned(),
            title: words.code("report-table", "totals").into_owned(),
            definition: words.code("report-definition", "totals").into_owned(),
            headings: self.headings(),
            lines,
            pictures: Vec::new(),
        }
    }

    fn section(&self, table: &ToldTable) -> Section {
        let words = self.words;
        let mut lines = Vec::new();
        for group in &table.groups {
            let members: Vec<&ToldRow> = table
                .rows
                .iter()
                .filter(|row| row.group == group.code)
                .collect();
            let label = labels::group(words, &group.code);
            lines.push(self.line(table, group, label, true));
            if members.len() > 1 {
                lines.extend(members.into_iter().map(|row| self.row(table, row)));
            }
        }
        if table.groups.is_empty() {
            lines.extend(
                Self::in_order(table)
                    .into_iter()
                    .map(|row| self.row(table, row)),
            );
        }
        let together_only = table.rows.first().is_some_and(|row| row.values.len() == 1);
        let headings = if together_only {
            let last = self.now.columns.len();
            vec![Heading {
                label: self.column(last),
            }]
        } else {
            self.headings()
        };
        Section {
            code: table.code.clone(),
            title: words.code("report-table", &table.code).into_owned(),
            definition: words.code("report-definition", &table.code).into_owned(),
            headings,
            lines,
            pictures: pictures::of(self, table),
        }
    }

    /// Long lists by the told number, the largest first and what is withheld last;
    /// the others in the order of their vocabulary.
    pub(super) fn in_order(table: &ToldTable) -> Vec<&ToldRow> {
        let mut rows: Vec<&ToldRow> = table.rows.iter().collect();
        if [
            "citizenship",
            "permit_type",
            "reason",
            "activation",
            "referred_by",
        ]
        .contains(&table.code.as_str())
        {
            rows.sort_by_key(|row| {
                let told = row.values.last().copied().flatten();
                (row.code == NOT_STATED, std::cmp::Reverse(told))
            });
        }
        rows
    }

    fn row(&self, table: &ToldTable, row: &ToldRow) -> Line {
        let label = labels::row(self.words, &self.report.vocabulary, &table.code, &row.code);
        self.line(table, row, label, false)
    }

    fn line(&self, table: &ToldTable, row: &ToldRow, label: String, is_group: bool) -> Line {
        let together_only = row.values.len() == 1;
        let columns = 0..=self.now.columns.len();
        let cells = columns
            .filter(|at| {
                if together_only {
                    *at == self.now.columns.len()
                } else {
                    self.shows(*at)
                }
            })
            .map(|at| {
                let now = row.values[if together_only { 0 } else { at }].into();
                self.cell(now, self.before(&table.code, &row.code, is_group, at))
            })
            .collect();
        Line {
            label,
            is_group,
            cells,
        }
    }

    fn summaries(&self) -> Vec<Summary> {
        let columns = (0..=self.now.columns.len()).filter(|at| self.shows(*at));
        columns.map(|at| self.summary(at)).collect()
    }

    fn summary(&self, at: usize) -> Summary {
        let ranked = |code: &str, leave: &[&str]| -> Vec<(String, u64)> {
            let Some(table) = self.now.table(code) else {
                return Vec::new();
            };
            let told = table
                .told(at)
                .filter(|(row, count)| *count > 0 && !leave.contains(row));
            let mut told: Vec<(&str, u64)> = told.collect();
            told.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
            let label = |row: &str| labels::row(self.words, &self.report.vocabulary, code, row);
            told.into_iter()
                .take(FIRST)
                .map(|(row, count)| (label(row), count))
                .collect()
        };
        let written = |list: Vec<(String, u64)>| -> Vec<(String, String)> {
            let one = |(label, count)| (label, self.words.number(count));
            list.into_iter().map(one).collect()
        };
        let prevailing = |code: &str| {
            let first = ranked(code, &[UNKNOWN, NOT_STATED]).into_iter().next();
            first.map_or_else(
                || self.words.get("accesses-nothing").into_owned(),
                |(label, _)| label,
            )
        };
        Summary {
            column: self.column(at),
            age_band: prevailing("age_band"),
            sex: prevailing("sex"),
            reasons: written(ranked("reason", &[])),
            citizenships: written(ranked("citizenship", &[ITALIAN, NOT_STATED])),
        }
    }
}
