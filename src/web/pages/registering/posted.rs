//! What stands in a form, by field: as a record shows it, as somebody typed it,
//! and how it is read as the columns of the formats. What was typed is never
//! changed, so that it comes back as it was.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::spec::{Ask, Column, Part};
use crate::catalogue::{Language as Screen, Words};
use crate::domain::contact::Phone;
use crate::domain::place::Comune;
use crate::domain::reading::{self, Fields};
use crate::domain::typed;
use crate::domain::week::WeekGrid;
use crate::services::sentences;
use crate::web::form::typed_day;

/// The level of the language in the same place of the list.
pub const LEVEL_SUFFIX: &str = "_level";

/// Names and values, in the order in which a form sends them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Posted(Vec<(String, String)>);

impl Posted {
    /// What a form sent.
    pub fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first value of a field.
    pub fn first(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    /// Whether a field was sent, empty or not.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(known, _)| known == name)
    }

    /// All values of a field.
    pub fn values<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }

    /// Puts values in place of what a field holds.
    pub fn set(&mut self, name: &str, values: &[String]) {
        self.0.retain(|(known, _)| known != name);
        let new = values.iter().map(|value| (name.to_owned(), value.clone()));
        self.0.extend(new);
    }

    /// The fields of a form, without what only one sending of it means.
    pub fn kept(&self, parts: &'static [Part]) -> Vec<(String, String)> {
        let names: Vec<&str> = parts
            .iter()
            .flat_map(|part| part.columns)
            .map(|column| column.name)
            .chain(["version", "was"])
            .collect();
        let is_kept = |name: &str| {
            let language = name.strip_suffix(LEVEL_SUFFIX);
            names.contains(&name) || language.is_some_and(|name| names.contains(&name))
        };
        self.0
            .iter()
            .filter(|(name, _)| is_kept(name))
            .cloned()
            .collect()
    }

    /// All of a column as one text, to be compared.
    pub fn whole(&self, column: &Column) -> String {
        let values = match column.ask {
            Ask::Languages => self.spoken(column.name),
            _ => self.values(column.name).map(tidied).collect(),
        };
        values.join("|")
    }

    /// `it:B1` of each language that was chosen.
    pub fn spoken(&self, name: &str) -> Vec<String> {
        let level = format!("{name}{LEVEL_SUFFIX}");
        self.values(name)
            .zip(self.values(&level).chain(std::iter::repeat("")))
            .filter(|(language, level)| !language.is_empty() || !level.is_empty())
            .map(|(language, level)| format!("{language}:{level}"))
            .collect()
    }

    /// Takes over the cells of a record, as the form shows them.
    pub fn take_over(&mut self, words: Words, column: &Column, cell: &str) {
        let values = shown(words, column.ask, cell);
        if column.ask == Ask::Languages {
            let pairs = values.iter().map(|item| item.split_once(':'));
            let pairs: Vec<(&str, &str)> = pairs.flatten().collect();
            let languages: Vec<String> = pairs.iter().map(|one| one.0.to_owned()).collect();
            let levels: Vec<String> = pairs.iter().map(|one| one.1.to_owned()).collect();
            self.set(column.name, &languages);
            self.set(&format!("{}{LEVEL_SUFFIX}", column.name), &levels);
        } else {
            self.set(column.name, &values);
        }
    }

    /// As the readers of the formats want it: every column that the form asks for.
    pub fn read(&self, parts: &'static [Part], today: NaiveDate) -> Cells {
        let columns = parts.iter().flat_map(|part| part.columns);
        Cells(
            columns
                .map(|column| (column.name, self.cell(column, today)))
                .collect(),
        )
    }

    /// Whether what was typed says, in its own way, what a record's cell holds.
    pub fn says(&self, column: &Column, cell: &str, today: NaiveDate) -> bool {
        let typed = self.cell(column, today);
        let typed = typed.trim();
        if typed.is_empty() || cell.is_empty() {
            return typed == cell;
        }
        let same_items = || {
            let sorted = |text: &str| {
                let mut items: Vec<String> = text.split('|').map(str::to_owned).collect();
                items.sort_unstable();
                items
            };
            sorted(typed) == sorted(cell)
        };
        match column.ask {
            Ask::Day(_) => reading::date(typed).is_ok_and(|day| day.to_string() == cell),
            Ask::Week => reading::week(typed).is_ok_and(|grid| grid.to_string() == cell),
            Ask::Amount => reading::money(typed).is_ok_and(|amount| amount.to_string() == cell),
            Ask::Comune => reading::comune(typed).is_ok_and(|one| one.istat() == cell),
            Ask::Comuni => reading::comuni(typed)
                .is_ok_and(|all| reading::comuni(cell).is_ok_and(|kept| kept == all)),
            Ask::Several(_) | Ask::Languages => same_items(),
            Ask::Line("tel") => Phone::parse(typed).is_ok_and(|one| one.as_str() == cell),
            _ => typed.split_whitespace().eq(cell.split_whitespace()),
        }
    }

    fn cell(&self, column: &Column, today: NaiveDate) -> String {
        let first = self.first(column.name);
        match column.ask {
            Ask::Day(ahead) => typed::date(first, today, ahead),
            Ask::Comune => typed::comune(first),
            Ask::Week => typed::week(first),
            Ask::Comuni => {
                let items = typed::list(first);
                let items: Vec<String> = items.split('|').map(typed::comune).collect();
                items.join("|")
            }
            Ask::PerCent => typed::permille(first),
            Ask::Languages => self.spoken(column.name).join("|"),
            Ask::Several(_) => self.values(column.name).collect::<Vec<_>>().join("|"),
            Ask::Amount => first.trim().trim_end_matches('€').trim().to_owned(),
            Ask::Line(_) | Ask::Short | Ask::One(_) | Ask::Yes | Ask::Text => first.to_owned(),
        }
    }
}

fn tidied(text: &str) -> String {
    text.replace("\r\n", "\n").trim().to_owned()
}

/// A cell of the formats as a form shows it.
fn shown(words: Words, ask: Ask, cell: &str) -> Vec<String> {
    if cell.is_empty() {
        return Vec::new();
    }
    let items = || cell.split('|').map(str::to_owned).collect();
    let name = |code: &str| Comune::by_istat(code).map(Comune::unique_name);
    match ask {
        Ask::Several(_) | Ask::Languages => items(),
        Ask::Day(_) => vec![
            NaiveDate::parse_from_str(cell, "%Y-%m-%d").map_or_else(|_| cell.to_owned(), typed_day),
        ],
        Ask::Amount if words.language() == Screen::It => vec![cell.replace('.', ",")],
        Ask::PerCent => vec![cell.parse::<f64>().map_or_else(
            |_| cell.to_owned(),
            |permille| words.number(permille / 10.0),
        )],
        Ask::Comune => vec![name(cell).unwrap_or_else(|| cell.to_owned())],
        Ask::Comuni => {
            let names: Vec<String> = cell.split('|').filter_map(name).collect();
            vec![names.join("\n")]
        }
        Ask::Week => vec![
            WeekGrid::parse(cell)
                .map_or_else(|_| cell.to_owned(), |grid| sentences::week(words, &grid)),
        ],
        Ask::Yes if cell == "no" => Vec::new(),
        _ => vec![cell.to_owned()],
    }
}

/// The columns of a form. One that it does not ask for is absent, and is kept.
#[derive(Debug, Clone, Default)]
pub struct Cells(BTreeMap<&'static str, String>);

impl Fields for Cells {
    fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }
}
