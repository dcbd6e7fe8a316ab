//! The configuration: read once at the start from flags, the environment and a
//! `.env` file, checked as a whole, and then only passed on. A section a file.
//! Nothing is touched while reading; [`Config::prepare`] makes the folder.
//! A secret is never shown: not in an error, not in `Debug`, not by
//! [`Config::describe`].

mod database;
mod directory;
mod error;
mod log;
mod mail;
mod secret;
mod server;
mod source;

use std::path::Path;

pub use database::Database;
pub use directory::Prepared;
pub use error::ConfigError;
pub use log::LogFilter;
pub use mail::{Mail, Smtp, Tls};
pub use secret::SecretUrl;
pub use server::{Network, Server};
pub use source::{Origin, Source};

/// A variable that the program knows. As a flag it is written
/// `--database-url`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    pub name: &'static str,
    /// Whether it may come from the file named by the variable with `_FILE`.
    pub is_secret: bool,
}

const fn plain(name: &'static str) -> Variable {
    let is_secret = false;
    Variable { name, is_secret }
}

const fn secret(name: &'static str) -> Variable {
    let is_secret = true;
    Variable { name, is_secret }
}

pub const DATABASE_URL: Variable = secret("DOM_DATABASE_URL");
pub const DATA_DIR: Variable = plain("DOM_DATA_DIR");
pub const BIND: Variable = plain("DOM_BIND");
pub const METRICS_BIND: Variable = plain("DOM_METRICS_BIND");
pub const PUBLIC_URL: Variable = plain("DOM_PUBLIC_URL");
pub const TRUSTED_PROXIES: Variable = plain("DOM_TRUSTED_PROXIES");
pub const SMTP_URL: Variable = secret("DOM_SMTP_URL");
pub const MAIL_FROM: Variable = plain("DOM_MAIL_FROM");
pub const LOG: Variable = plain("DOM_LOG");

/// All of them, in the order in which they are documented and described.
pub const VARIABLES: [Variable; 9] = [
    DATABASE_URL,
    DATA_DIR,
    BIND,
    METRICS_BIND,
    PUBLIC_URL,
    TRUSTED_PROXIES,
    SMTP_URL,
    MAIL_FROM,
    LOG,
];

impl Variable {
    /// `--database-url`
    pub fn flag(self) -> String {
        let short = self.name.trim_start_matches("DOM_");
        format!("--{}", short.to_ascii_lowercase().replace('_', "-"))
    }
}

#[derive(Clone, Debug)]
pub struct Config {
    database: Database,
    data_dir: directory::DataDir,
    server: Server,
    mail: Mail,
    log: LogFilter,
    origins: [Origin; VARIABLES.len()],
}

/// One setting as an administrator may see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Described {
    pub variable: &'static str,
    /// Passwords are masked; empty where nothing is set and nothing is needed.
    pub value: String,
    pub origin: Origin,
}

impl Config {
    /// All that is wrong is reported together.
    pub fn load(source: &Source) -> Result<Self, ConfigError> {
        let mut problems = Vec::new();
        let values = source.values(&mut problems);
        let data_dir = directory::DataDir::read(&values);
        let database = Database::read(&values, data_dir.path(), &mut problems);
        let server = Server::read(&values, &mut problems);
        let mail = Mail::read(&values, &mut problems);
        let log = LogFilter::read(&values, &mut problems);
        match (database, server, mail, log) {
            (Some(database), Some(server), Some(mail), Some(log)) if problems.is_empty() => {
                Ok(Self {
                    database,
                    data_dir,
                    server,
                    mail,
                    log,
                    origins: VARIABLES.map(|variable| values.origin(variable)),
                })
            }
            _ => Err(ConfigError::new(problems)),
        }
    }

    pub fn database(&self) -> &Database {
        &self.database
    }

    /// What the program may write.
    pub fn data_dir(&self) -> &Path {
        self.data_dir.path()
    }

    pub fn server(&self) -> &Server {
        &self.server
    }

    pub fn mail(&self) -> &Mail {
        &self.mail
    }

    pub fn log(&self) -> &LogFilter {
        &self.log
    }

    /// Makes the data folder where it is missing, for its owner alone, and
    /// finds out whether the program may write where it will have to. Called
    /// after everything else is known to be right.
    pub fn prepare(&self) -> Result<Prepared, ConfigError> {
        self.data_dir.prepare(&self.database)
    }

    /// Every setting, in the order of [`VARIABLES`].
    pub fn describe(&self) -> Vec<Described> {
        let smtp = self.mail.smtp().map(|smtp| smtp.url().to_string());
        let values = [
            self.database.to_string(),
            self.data_dir().display().to_string(),
            self.server.bind().to_string(),
            self.server
                .metrics_bind()
                .map_or_else(String::new, |bind| bind.to_string()),
            self.server.public_url(),
            self.server.trusted_proxies_text(),
            smtp.unwrap_or_default(),
            self.mail.from().to_string(),
            self.log.to_string(),
        ];
        let named = VARIABLES.iter().zip(values).zip(self.origins);
        named
            .map(|((variable, value), origin)| Described {
                variable: variable.name,
                value,
                origin,
            })
            .collect()
    }
}
