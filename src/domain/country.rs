//! Countries and the Italian word for their citizenship, from
//! `data/countries.csv`. For statistics and forms only: no search, sort or match
//! may read a citizenship.

use std::fmt;
use std::sync::OnceLock;

use serde::Deserialize;

use super::reference;

/// One row of `data/countries.csv`, by its place in the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Country(u16);

#[derive(Deserialize)]
struct Row {
    alpha2: String,
    name_it: String,
    name_en: String,
    citizenship_it: String,
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let text = include_str!("../../data/countries.csv");
        let mut rows: Vec<Row> = reference::table("countries.csv", text);
        rows.sort_by(|a, b| a.alpha2.cmp(&b.alpha2));
        rows
    })
}

impl Country {
    /// Every country, its codes ascending.
    pub fn all() -> impl Iterator<Item = Self> {
        (0u16..).map(Self).take(rows().len())
    }

    /// By two capital letters, `IT`.
    pub fn by_alpha2(code: &str) -> Option<Self> {
        let i = rows()
            .binary_search_by(|row| row.alpha2.as_str().cmp(code))
            .ok()?;
        Some(Self(u16::try_from(i).expect("the table is short")))
    }

    fn row(self) -> &'static Row {
        &rows()[usize::from(self.0)]
    }

    pub fn alpha2(self) -> &'static str {
        &self.row().alpha2
    }

    pub fn name_it(self) -> &'static str {
        &self.row().name_it
    }

    pub fn name_en(self) -> &'static str {
        &self.row().name_en
    }

    /// Feminine, to agree with "cittadinanza"; empty for dependent territories.
    pub fn citizenship_it(self) -> &'static str {
        &self.row().citizenship_it
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.alpha2())
    }
}
