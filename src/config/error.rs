//! What an administrator reads on the terminal when the configuration is wrong:
//! one line, in English, because a broken configuration can't choose a
//! language. All the words stand here; no secret passes through them.

use std::fmt;
use std::io::ErrorKind;
use std::path::PathBuf;

use super::VARIABLES;

/// Everything that is wrong at once; `Display` is one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError(Vec<Problem>);

impl ConfigError {
    pub(super) fn new(problems: Vec<Problem>) -> Self {
        Self(problems)
    }

    /// Each problem as a line of its own.
    pub fn lines(&self) -> impl Iterator<Item = String> + '_ {
        self.0.iter().map(ToString::to_string)
    }
}

impl std::error::Error for ConfigError {}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.lines().collect::<Vec<_>>().join("; "))
    }
}

/// `place` is the variable, the flag, or the variable "in .env".
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Problem {
    Unknown {
        place: String,
    },
    Bad {
        place: String,
        /// `None`: it might be a secret and is not shown.
        value: Option<String>,
        expected: Expected,
    },
    Twice {
        name: String,
    },
    ValueAndFile {
        place: String,
    },
    Unreadable {
        place: String,
        path: Option<String>,
        why: ErrorKind,
    },
    NotText {
        place: String,
    },
    DotenvLine {
        line: Option<usize>,
    },
    SenderMissing {
        place: String,
    },
    /// One means nothing without another.
    OtherMissing {
        place: String,
        other: &'static str,
    },
    Folder {
        path: PathBuf,
        fault: Fault,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Expected {
    DatabaseUrl,
    SqlitePath,
    PostgresUrl,
    Address,
    PublicUrl,
    Networks,
    Seconds,
    SmtpUrl,
    SmtpTls,
    Sender,
    MailAddress,
    SecurePage,
    Day,
    LogFilter,
    Issuer,
    ClientId,
    ProviderName,
    Factors,
}

/// What is wrong with a folder that the program needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    NoParent,
    NoFolder,
    NotAFolder,
    IsAFolder,
    ReadOnly,
    Denied(ErrorKind),
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::DatabaseUrl => "sqlite://PATH or postgres://USER:PASSWORD@HOST/NAME",
            Self::SqlitePath => "sqlite://PATH, without anything after the path",
            Self::PostgresUrl => "postgres://USER:PASSWORD@HOST/NAME",
            Self::Address => "an address with a port, such as 127.0.0.1:8080",
            Self::PublicUrl => "https://HOST or http://HOST, without a path",
            Self::Networks => {
                "addresses or networks between commas, such as 10.0.0.1,192.168.0.0/16"
            }
            Self::Seconds => "whole seconds from 0 to 60",
            Self::SmtpUrl => {
                "smtp://USER:PASSWORD@HOST:587?tls=required or smtps://USER:PASSWORD@HOST"
            }
            Self::SmtpTls => "tls=required or tls=opportunistic and nothing else after the ?",
            Self::Sender => "an e-mail address, such as DOM <dom@example.org>",
            Self::MailAddress => "an e-mail address, such as accessibility@example.org",
            Self::SecurePage => "the address of a page, such as https://HOST/PAGE",
            Self::Day => "a day, such as 2026-09-23",
            Self::LogFilter => "a filter such as info or info,dom=debug",
            Self::Issuer => "https://HOST with or without a path, or http://127.0.0.1:PORT",
            Self::ClientId => "a word without spaces",
            Self::ProviderName => "a line of 60 letters at most",
            Self::Factors => {
                "values of acr between commas, and of amr after amr:, such as urn:example:mfa,amr:otp"
            }
        })
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown { place } => {
                let known: Vec<_> = VARIABLES.iter().map(|variable| variable.name).collect();
                write!(f, "{place} is unknown; known are {}", known.join(", "))
            }
            Self::Bad {
                place,
                value: Some(value),
                expected,
            } => write!(f, "{place} is \"{value}\", expected is {expected}"),
            Self::Bad {
                place, expected, ..
            } => write!(f, "{place} (not shown) is wrong, expected is {expected}"),
            Self::Twice { name } => write!(f, "{name} stands twice in .env"),
            Self::ValueAndFile { place } => {
                write!(
                    f,
                    "{place} is set as a value and as a file, expected is one of them"
                )
            }
            Self::Unreadable {
                place,
                path: Some(path),
                why,
            } => write!(f, "{place} names {path}, which can't be read: {why}"),
            Self::Unreadable { place, why, .. } => write!(f, "{place} can't be read: {why}"),
            Self::NotText { place } => write!(f, "{place} is not UTF-8"),
            Self::DotenvLine { line: Some(line) } => {
                write!(
                    f,
                    "line {line} of .env can't be read, expected is NAME='value'"
                )
            }
            Self::DotenvLine { line: None } => write!(f, ".env can't be read"),
            Self::SenderMissing { place } => {
                write!(
                    f,
                    "{place} is set but DOM_MAIL_FROM is not, expected is {}",
                    Expected::Sender
                )
            }
            Self::OtherMissing { place, other } => {
                write!(f, "{place} is set but {other} is not")
            }
            Self::Folder { path, fault } => {
                let path = path.display();
                match fault {
                    Fault::NoParent => write!(
                        f,
                        "{path} can't be made: the folder it should stand in is missing"
                    ),
                    Fault::NoFolder => {
                        write!(f, "{path} is missing: make this folder, or set another")
                    }
                    Fault::NotAFolder => write!(f, "{path} is no folder"),
                    Fault::IsAFolder => {
                        write!(f, "{path} is a folder, expected is the database's file")
                    }
                    Fault::ReadOnly => write!(
                        f,
                        "{path} may not be written to by its owner: chmod u+rwx {path}"
                    ),
                    Fault::Denied(why) => write!(f, "{path} can't be written to: {why}"),
                }
            }
        }
    }
}
