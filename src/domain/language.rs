//! Languages and how well they are spoken (A1 to C2 of the European framework).
//! A language's number is its rank among the codes; it is never stored.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::Deserialize;
use thiserror::Error;

use super::reference;

/// One language of `data/languages.csv`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(u8);

#[derive(Deserialize)]
struct Row {
    iso639_1: String,
    name_it: String,
    name_en: String,
    endonym: String,
    direction: String,
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let text = include_str!("../../data/languages.csv");
        let mut rows: Vec<Row> = reference::table("languages.csv", text);
        rows.sort_by(|a, b| a.iso639_1.cmp(&b.iso639_1));
        rows
    })
}

impl Language {
    /// Every language, its codes ascending.
    pub fn all() -> impl Iterator<Item = Self> {
        (0u8..).map(Self).take(rows().len())
    }

    /// By its two letters, `it`.
    pub fn by_code(code: &str) -> Option<Self> {
        let i = rows()
            .binary_search_by(|row| row.iso639_1.as_str().cmp(code))
            .ok()?;
        Some(Self(u8::try_from(i).expect("the table is short")))
    }

    pub fn italian() -> Self {
        static ITALIAN: OnceLock<Language> = OnceLock::new();
        *ITALIAN.get_or_init(|| Self::by_code("it").expect("the table has Italian"))
    }

    fn row(self) -> &'static Row {
        &rows()[usize::from(self.0)]
    }

    /// Two letters of ISO 639-1.
    pub fn code(self) -> &'static str {
        &self.row().iso639_1
    }

    pub fn name_it(self) -> &'static str {
        &self.row().name_it
    }

    pub fn name_en(self) -> &'static str {
        &self.row().name_en
    }

    /// Its own name for itself.
    pub fn endonym(self) -> &'static str {
        &self.row().endonym
    }

    pub fn right_to_left(self) -> bool {
        self.row().direction == "rtl"
    }

    /// Its rank among the codes; for columns, never stored.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// A level of the European framework; more is greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    A1 = 1,
    A2,
    B1,
    B2,
    C1,
    C2,
}

impl Level {
    pub const ALL: [Self; 6] = [Self::A1, Self::A2, Self::B1, Self::B2, Self::C1, Self::C2];

    pub fn code(self) -> &'static str {
        match self {
            Self::A1 => "A1",
            Self::A2 => "A2",
            Self::B1 => "B1",
            Self::B2 => "B2",
            Self::C1 => "C1",
            Self::C2 => "C2",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// 1 for A1 up to 6 for C2.
    pub fn rank(self) -> u8 {
        self as u8
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// Why a text is no language with its level; each carries the piece at fault.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LanguageError {
    #[error("{0:?} is not of the form \"it:B1\"")]
    Malformed(String),
    #[error("unknown language {0:?}")]
    UnknownLanguage(String),
    #[error("unknown level {0:?}")]
    UnknownLevel(String),
}

/// Languages with a level each; one named twice counts at its highest level.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Languages(BTreeMap<Language, Level>);

impl Languages {
    /// Reads one `it:B1`.
    pub fn parse_item(text: &str) -> Result<(Language, Level), LanguageError> {
        let text = text.trim();
        let (code, level) = text
            .split_once(':')
            .ok_or_else(|| LanguageError::Malformed(text.to_owned()))?;
        let (code, level) = (code.trim(), level.trim());
        let language = Language::by_code(code)
            .ok_or_else(|| LanguageError::UnknownLanguage(code.to_owned()))?;
        let level =
            Level::parse(level).ok_or_else(|| LanguageError::UnknownLevel(level.to_owned()))?;
        Ok((language, level))
    }

    /// Reads `it:B1|en:C1`; nothing is no language.
    pub fn parse(text: &str) -> Result<Self, LanguageError> {
        reference::list(text).map(Self::parse_item).collect()
    }

    /// Keeps the higher level where the language is known already.
    pub fn insert(&mut self, language: Language, level: Level) {
        let known = self.0.entry(language).or_insert(level);
        *known = level.max(*known);
    }

    pub fn level(&self, language: Language) -> Option<Level> {
        self.0.get(&language).copied()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The languages with their levels, codes ascending.
    pub fn iter(&self) -> impl Iterator<Item = (Language, Level)> {
        self.0.iter().map(|(language, level)| (*language, *level))
    }
}

impl FromIterator<(Language, Level)> for Languages {
    fn from_iter<I: IntoIterator<Item = (Language, Level)>>(items: I) -> Self {
        let mut languages = Self::default();
        for (language, level) in items {
            languages.insert(language, level);
        }
        languages
    }
}

/// `en:C1|it:B1`, as the files write it.
impl fmt::Display for Languages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, (language, level)) in self.iter().enumerate() {
            let separator = if i == 0 { "" } else { "|" };
            write!(f, "{separator}{}:{level}", language.code())?;
        }
        Ok(())
    }
}
