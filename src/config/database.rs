//! Which database: a file beside the program, or a `PostgreSQL` server.

use std::fmt;
use std::path::{Path, PathBuf};

use super::DATABASE_URL;
use super::error::{Expected, Problem};
use super::secret::SecretUrl;
use super::source::{Given, Values};

const SQLITE: &str = "sqlite://";
const DEFAULT_FILE: &str = "dom.sqlite";

/// Shown without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Database {
    /// Made when absent; the folder it stands in is not.
    Sqlite {
        path: PathBuf,
    },
    Postgres {
        url: SecretUrl,
    },
}

impl Database {
    pub(super) fn read(
        values: &Values,
        data_dir: &Path,
        problems: &mut Vec<Problem>,
    ) -> Option<Self> {
        let Some(given) = values.get(DATABASE_URL) else {
            let path = data_dir.join(DEFAULT_FILE);
            return Some(Self::Sqlite { path });
        };
        match Self::parse(&given.text) {
            Ok(database) => Some(database),
            Err(expected) => {
                problems.push(bad(given, expected));
                None
            }
        }
    }

    /// Also what `dom move` is told to move from and to.
    pub fn from_url(name: &str, text: &str) -> Result<Self, super::ConfigError> {
        Self::parse(text).map_err(|expected| {
            let value = shown(text);
            let place = name.to_owned();
            super::ConfigError::new(vec![Problem::Bad {
                place,
                value,
                expected,
            }])
        })
    }

    fn parse(text: &str) -> Result<Self, Expected> {
        if let Some(path) = text.strip_prefix(SQLITE) {
            if path.is_empty() || path.ends_with('/') || path.contains(['?', '#', '\0']) {
                return Err(Expected::SqlitePath);
            }
            return Ok(Self::Sqlite { path: path.into() });
        }
        let url = SecretUrl::parse(text).ok_or(Expected::DatabaseUrl)?;
        match url.url().scheme() {
            "postgres" | "postgresql" if url.is_showable() => {
                let names_host =
                    url.url().has_host() || url.url().query_pairs().any(|(key, _)| key == "host");
                let names_database = url.url().path().len() > 1;
                if names_host && names_database {
                    Ok(Self::Postgres { url })
                } else {
                    Err(Expected::PostgresUrl)
                }
            }
            "sqlite" => Err(Expected::SqlitePath),
            _ => Err(Expected::DatabaseUrl),
        }
    }
}

fn shown(text: &str) -> Option<String> {
    if text.starts_with("sqlite:") {
        return Some(text.to_owned());
    }
    SecretUrl::parse(text)
        .filter(SecretUrl::is_showable)
        .map(|url| url.to_string())
}

pub(super) fn bad(given: &Given, expected: Expected) -> Problem {
    Problem::Bad {
        place: given.place.clone(),
        value: shown(&given.text),
        expected,
    }
}

impl fmt::Display for Database {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite { path } => write!(f, "{SQLITE}{}", path.display()),
            Self::Postgres { url } => url.fmt(f),
        }
    }
}
