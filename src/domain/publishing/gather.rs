//! From the log's counts to the numbers of the tables: each table gets its whole
//! vocabulary, so that what nobody said stands there as a zero, and a row for
//! those who said nothing where its rows add up.

use std::collections::BTreeMap;

use super::list::{NOT_STATED, TABLES};
use super::year::{DeskTotal, Numbers, TableRow};
use crate::domain::access::figures::{Cases, Counts, Dimension, DomLine, OutcomeLine};
use crate::domain::access::vocabulary::{Field, Vocabulary};
use crate::domain::country::Country;
use crate::domain::ids::DeskCode;
use crate::domain::permit::PermitType;
use crate::domain::place::{Comune, Zone, zone_of, zones};

/// For whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Those who keep the log.
    Desk,
    /// Of the cases only those that begin and end in the year: how many were open
    /// on a day ties one year to the next.
    Outside,
}

/// What is gathered.
#[derive(Debug, Clone, Copy)]
pub struct Gathered<'a> {
    pub year: i32,
    pub desks: &'a [DeskCode],
    pub counts: &'a Counts,
    pub cases: &'a BTreeMap<DeskCode, Cases>,
    pub dom: DomLine,
    /// For those who keep the log, where it was asked for.
    pub outcomes: Option<OutcomeLine>,
    pub vocabulary: &'a Vocabulary,
}

/// The rows that outsiders are told of the cases.
const OUTSIDE: [&str; 3] = ["opened", "closed", "quick"];

impl Gathered<'_> {
    /// The numbers of all tables.
    pub fn numbers(&self, audience: Audience) -> Numbers {
        let tables = TABLES.iter().map(|listed| {
            let rows = match listed.code {
                "accompaniments" => self.cases(audience),
                "dom" => self.dom_line(),
                code => {
                    let dimension = Dimension::by_code(code).expect("the list names dimensions");
                    self.dimension(dimension)
                }
            };
            (listed.code.to_owned(), rows)
        });
        let total = |desk: &DeskCode| DeskTotal {
            code: desk.to_string(),
            accesses: self.counts.total(Some(desk)),
        };
        Numbers {
            year: self.year,
            desks: self.desks.iter().map(total).collect(),
            tables: tables.collect(),
        }
    }

    fn dimension(&self, dimension: Dimension) -> Vec<TableRow> {
        let mut rows: Vec<TableRow> = self
            .codes(dimension)
            .into_iter()
            .map(|(code, group)| self.row(code, group))
            .collect();
        let mut stated = vec![0; self.desks.len()];
        for (desk, code) in self.desks.iter().enumerate() {
            for (value, count) in self.counts.of(Some(code), dimension) {
                stated[desk] += count;
                let value = place(dimension, value);
                let at = rows
                    .iter()
                    .position(|row| row.code == value)
                    .unwrap_or_else(|| {
                        rows.push(self.row(value.to_owned(), String::new()));
                        rows.len() - 1
                    });
                rows[at].cells[desk] += count;
            }
        }
        let adds_up = dimension != Dimension::Activation;
        if adds_up && is_optional(dimension) {
            let group = if dimension == Dimension::Comune {
                NOT_STATED
            } else {
                ""
            };
            let mut silent = self.row(NOT_STATED.to_owned(), group.to_owned());
            for (desk, code) in self.desks.iter().enumerate() {
                silent.cells[desk] = self.counts.total(Some(code)).saturating_sub(stated[desk]);
            }
            rows.push(silent);
        }
        rows
    }

    fn row(&self, code: String, group: String) -> TableRow {
        TableRow {
            code,
            group,
            cells: vec![0; self.desks.len()],
        }
    }

    /// The vocabulary of a dimension, in its order, each code with its group.
    fn codes(&self, dimension: Dimension) -> Vec<(String, String)> {
        let flat = |codes: Vec<String>| {
            codes
                .into_iter()
                .map(|code| (code, String::new()))
                .collect()
        };
        let terms = |field| {
            self.vocabulary
                .of(field)
                .map(|term| term.code.clone())
                .collect()
        };
        match dimension {
            Dimension::Day => Vec::new(),
            Dimension::Month => flat((1..=12).map(|month| format!("{month:02}")).collect()),
            Dimension::FirstAccess | Dimension::Mediation => {
                flat(vec!["yes".to_owned(), "no".to_owned()])
            }
            Dimension::Citizenship => {
                flat(Country::all().map(|one| one.alpha2().to_owned()).collect())
            }
            Dimension::PermitType => {
                flat(PermitType::all().map(|one| one.code().to_owned()).collect())
            }
            Dimension::Comune => {
                let of_zone = |zone: &'static Zone| {
                    let comuni = zone.comuni().iter();
                    comuni.map(|one| (one.istat().to_owned(), zone.id().to_owned()))
                };
                let elsewhere = (Zone::OTHER_COMUNE.to_owned(), Zone::OTHER.to_owned());
                zones()
                    .iter()
                    .flat_map(of_zone)
                    .chain([elsewhere])
                    .collect()
            }
            Dimension::Channel => flat(terms(Field::Channel)),
            Dimension::Sex => flat(terms(Field::Sex)),
            Dimension::AgeBand => flat(terms(Field::AgeBand)),
            Dimension::ReferredBy => flat(terms(Field::ReferredBy)),
            Dimension::Reason => flat(terms(Field::Reason)),
            Dimension::Activation => flat(terms(Field::Activation)),
            Dimension::Accompaniment => flat(terms(Field::Accompaniment)),
        }
    }

    fn cases(&self, audience: Audience) -> Vec<TableRow> {
        let of = |code: &str, number: fn(&Cases) -> u64| {
            let cells = self
                .desks
                .iter()
                .map(|desk| self.cases.get(desk).map_or(0, number));
            TableRow {
                code: code.to_owned(),
                group: String::new(),
                cells: cells.collect(),
            }
        };
        let mut rows = vec![
            of("total", |cases| cases.total),
            of("from_before", |cases| cases.from_before),
            of("opened", |cases| cases.total - cases.from_before),
            of("closed", |cases| cases.closed),
            of("carried_over", |cases| cases.carried_over),
            of("quick", |cases| cases.quick),
        ];
        if audience == Audience::Outside {
            rows.retain(|row| OUTSIDE.contains(&row.code.as_str()));
        }
        rows
    }

    fn dom_line(&self) -> Vec<TableRow> {
        let row = |code: &str, count| TableRow {
            code: code.to_owned(),
            group: String::new(),
            cells: vec![count],
        };
        let mut rows = vec![
            row("workers_registered", self.dom.workers_registered),
            row("families_with_sheets", self.dom.families_with_sheets),
        ];
        if let Some(outcomes) = self.outcomes {
            rows.extend([
                row("sheets", outcomes.sheets),
                row("requests_with_sheets", outcomes.requests),
                row("jobs", outcomes.jobs),
            ]);
        }
        rows
    }
}

/// Where a value of the log is counted in the table: comuni of no zone in one row.
fn place(dimension: Dimension, value: &str) -> &str {
    let elsewhere = || Comune::by_istat(value).is_none_or(|one| zone_of(one).id() == Zone::OTHER);
    if dimension == Dimension::Comune && elsewhere() {
        return Zone::OTHER_COMUNE;
    }
    value
}

/// Whether an entry may leave it out.
fn is_optional(dimension: Dimension) -> bool {
    use Dimension as D;
    !matches!(
        dimension,
        D::Day | D::Month | D::Channel | D::FirstAccess | D::Reason | D::Accompaniment
    )
}
