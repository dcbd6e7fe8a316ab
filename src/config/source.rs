//! Where settings come from, the stronger winning: flags, the environment, a
//! `.env` file. An empty one means "as if not set", and still hides a weaker.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::io::ErrorKind;

use super::error::{ConfigError, Problem};
use super::{VARIABLES, Variable};

const PREFIX: &str = "DOM_";
const FILE_SUFFIX: &str = "_FILE";

/// What was found, nothing of it judged yet.
#[derive(Clone, Default)]
pub struct Source {
    /// By the variable's name: `DOM_BIND` for `--bind`.
    pub flags: BTreeMap<String, String>,
    /// Only what begins with `DOM_` is looked at.
    pub env: BTreeMap<String, String>,
    /// The text of the `.env` file, where there is one.
    pub dotenv: Option<String>,
}

/// Who set a variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    Default,
    Dotenv,
    Environment,
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Default => "default",
            Self::Dotenv => ".env",
            Self::Environment => "environment",
            Self::Flag => "flag",
        })
    }
}

/// A variable's value, and how to call the place where it stands.
#[derive(Clone)]
pub(super) struct Given {
    pub text: String,
    pub place: String,
    origin: Origin,
}

/// The strongest value of every variable that has one.
pub(super) struct Values(BTreeMap<&'static str, Given>);

impl Values {
    /// Not given, or given as nothing: `None`.
    pub(super) fn get(&self, variable: Variable) -> Option<&Given> {
        let given = self.0.get(variable.name)?;
        (!given.text.is_empty()).then_some(given)
    }

    pub(super) fn origin(&self, variable: Variable) -> Origin {
        self.get(variable)
            .map_or(Origin::Default, |given| given.origin)
    }
}

impl Source {
    /// The process's own environment, and `.env` in the folder it runs in, where
    /// that can be looked into. The only reader of both.
    pub fn from_process(flags: BTreeMap<String, String>) -> Result<Self, ConfigError> {
        let mut problems = Vec::new();
        let mut env = BTreeMap::new();
        for (name, value) in std::env::vars_os() {
            let name = name.to_string_lossy().into_owned();
            if !name.starts_with(PREFIX) {
                continue;
            }
            match value.into_string() {
                Ok(value) => drop(env.insert(name, value)),
                Err(_) => problems.push(Problem::NotText { place: name }),
            }
        }
        let dotenv = match fs::read_to_string(".env") {
            Ok(text) => Some(text),
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) if error.kind() == ErrorKind::PermissionDenied && is_folder_shut() => None,
            Err(error) => {
                problems.push(Problem::Unreadable {
                    place: ".env".into(),
                    path: None,
                    why: error.kind(),
                });
                None
            }
        };
        if problems.is_empty() {
            Ok(Self { flags, env, dotenv })
        } else {
            Err(ConfigError::new(problems))
        }
    }

    pub(super) fn values(&self, problems: &mut Vec<Problem>) -> Values {
        let mut values = BTreeMap::new();
        let dotenv = self.dotenv_pairs(problems);
        // from the weakest: what comes later replaces what was there
        for (origin, pairs) in [
            (Origin::Dotenv, &dotenv),
            (Origin::Environment, &self.env),
            (Origin::Flag, &self.flags),
        ] {
            take(origin, pairs, &mut values, problems);
        }
        Values(values)
    }

    fn dotenv_pairs(&self, problems: &mut Vec<Problem>) -> BTreeMap<String, String> {
        let mut pairs = BTreeMap::new();
        let text = self.dotenv.as_deref().unwrap_or_default();
        let text = text.trim_start_matches('\u{feff}');
        for pair in dotenvy::from_read_iter(text.as_bytes()) {
            match pair {
                Ok((name, _)) if pairs.contains_key(&name) && name.starts_with(PREFIX) => {
                    problems.push(Problem::Twice { name });
                }
                Ok((name, value)) => drop(pairs.insert(name, value)),
                // the line itself may hold a password; what the error carries is
                // the line, or what follows its `=`
                Err(dotenvy::Error::LineParse(bad, _)) => {
                    let first = bad.lines().next().unwrap_or_default();
                    let line = text.lines().position(|line| line.contains(first));
                    problems.push(Problem::DotenvLine {
                        line: line.map(|at| at + 1),
                    });
                }
                Err(_) => problems.push(Problem::DotenvLine { line: None }),
            }
        }
        pairs
    }
}

/// Whether nothing of the folder that the program runs in can be looked at: root's own, from
/// where `runuser` starts it, holds no settings of its user.
fn is_folder_shut() -> bool {
    let looked = fs::symlink_metadata(".env");
    looked.is_err_and(|error| error.kind() == ErrorKind::PermissionDenied)
}

fn place(origin: Origin, name: &str) -> String {
    match origin {
        Origin::Dotenv => format!("{name} in .env"),
        _ => name.to_owned(),
    }
}

fn take(
    origin: Origin,
    pairs: &BTreeMap<String, String>,
    values: &mut BTreeMap<&'static str, Given>,
    problems: &mut Vec<Problem>,
) {
    for (name, text) in pairs.iter().filter(|(name, _)| name.starts_with(PREFIX)) {
        let known = VARIABLES.iter().find(|variable| variable.name == name);
        let of_file = name.strip_suffix(FILE_SUFFIX).and_then(|stem| {
            let mut secrets = VARIABLES.iter().filter(|variable| variable.is_secret);
            secrets.find(|variable| variable.name == stem)
        });
        let given = match (known, of_file) {
            (Some(variable), _) => {
                let place = match origin {
                    Origin::Flag => variable.flag(),
                    _ => place(origin, name),
                };
                let text = text.trim().to_owned();
                Some((
                    variable,
                    Given {
                        text,
                        place,
                        origin,
                    },
                ))
            }
            (None, Some(variable)) if pairs.contains_key(variable.name) => {
                problems.push(Problem::ValueAndFile {
                    place: place(origin, variable.name),
                });
                None
            }
            (None, Some(variable)) => {
                from_file(origin, name, text, problems).map(|given| (variable, given))
            }
            (None, None) => {
                problems.push(Problem::Unknown {
                    place: place(origin, name),
                });
                None
            }
        };
        if let Some((variable, given)) = given {
            values.insert(variable.name, given);
        }
    }
}

/// A secret that stands in a file, so that it shows in no list of processes.
fn from_file(origin: Origin, name: &str, path: &str, problems: &mut Vec<Problem>) -> Option<Given> {
    let place = place(origin, name);
    let path = path.trim();
    if path.is_empty() {
        return None;
    }
    match fs::read_to_string(path) {
        Ok(text) => Some(Given {
            text: text.trim().to_owned(),
            place,
            origin,
        }),
        Err(error) => {
            problems.push(Problem::Unreadable {
                place,
                path: Some(path.to_owned()),
                why: error.kind(),
            });
            None
        }
    }
}
