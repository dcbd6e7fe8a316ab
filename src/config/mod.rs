//! The configuration: read once at the start from flags, the environment and a
//! `.env` file, checked as a whole, and then only passed on. A section a file.
//! Nothing is touched while reading; [`Config::prepare`] makes the folder.
//! A secret is never shown: not in an error, not in `Debug`, not by
//! [`Config::describe`].

mod accessibility;
mod database;
mod directory;
mod error;
mod log;
mod mail;
mod oidc;
mod secret;
mod server;
mod source;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use lettre::message::Mailbox;

pub use accessibility::Accessibility;
pub use database::Database;
pub use directory::Prepared;
pub use error::ConfigError;
pub use mail::{Smtp, Tls};
pub use oidc::Oidc;
pub use secret::SecretUrl;
pub use server::Proxies;
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
pub const BACKUP_DIR: Variable = plain("DOM_BACKUP_DIR");
pub const BIND: Variable = plain("DOM_BIND");
pub const METRICS_BIND: Variable = plain("DOM_METRICS_BIND");
pub const PUBLIC_URL: Variable = plain("DOM_PUBLIC_URL");
pub const TRUSTED_PROXIES: Variable = plain("DOM_TRUSTED_PROXIES");
pub const STOP_DELAY: Variable = plain("DOM_STOP_DELAY");
pub const SMTP_URL: Variable = secret("DOM_SMTP_URL");
pub const MAIL_FROM: Variable = plain("DOM_MAIL_FROM");
pub const FEEDBACK: Variable = plain("DOM_FEEDBACK");
pub const ACCESSIBILITY_STATEMENT: Variable = plain("DOM_ACCESSIBILITY_STATEMENT");
pub const ACCESSIBILITY_REVIEWED: Variable = plain("DOM_ACCESSIBILITY_REVIEWED");
pub const OIDC_ISSUER: Variable = plain("DOM_OIDC_ISSUER");
pub const OIDC_CLIENT_ID: Variable = plain("DOM_OIDC_CLIENT_ID");
pub const OIDC_CLIENT_SECRET: Variable = secret("DOM_OIDC_CLIENT_SECRET");
pub const OIDC_NAME: Variable = plain("DOM_OIDC_NAME");
pub const OIDC_FACTOR: Variable = plain("DOM_OIDC_FACTOR");
pub const LOG: Variable = plain("DOM_LOG");

/// All of them, in the order in which they are documented and described.
pub const VARIABLES: [Variable; 19] = [
    DATABASE_URL,
    DATA_DIR,
    BACKUP_DIR,
    BIND,
    METRICS_BIND,
    PUBLIC_URL,
    TRUSTED_PROXIES,
    STOP_DELAY,
    SMTP_URL,
    MAIL_FROM,
    FEEDBACK,
    ACCESSIBILITY_STATEMENT,
    ACCESSIBILITY_REVIEWED,
    OIDC_ISSUER,
    OIDC_CLIENT_ID,
    OIDC_CLIENT_SECRET,
    OIDC_NAME,
    OIDC_FACTOR,
    LOG,
];

impl Variable {
    /// `--database-url`
    pub fn flag(self) -> String {
        let short = self.name.trim_start_matches("DOM_");
        format!("--{}", short.to_ascii_lowercase().replace('_', "-"))
    }
}

/// Right as a whole, once loaded.
#[derive(Clone, Debug)]
pub struct Config {
    pub database: Database,
    /// What the program may write.
    pub data_dir: PathBuf,
    /// Where copies of the database go that the program makes by itself.
    pub backup_dir: PathBuf,
    pub bind: SocketAddr,
    /// `None`: no metrics listener.
    pub metrics_bind: Option<SocketAddr>,
    /// What links begin with: scheme, host and port, no slash at the end.
    pub public_url: String,
    /// Whose word about a client's address is believed.
    pub trusted_proxies: Proxies,
    /// For how long the program goes on answering after it was told to stop, so that
    /// whoever asks `/ready` learns of it.
    pub stop_delay: Duration,
    /// `None`: mail is kept in the database.
    pub smtp: Option<Smtp>,
    pub mail_from: Mailbox,
    pub accessibility: Accessibility,
    /// `None`: the staff signs in by the passwords of here alone.
    pub oidc: Option<Oidc>,
    /// A filter that `tracing` can read.
    pub log: String,
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
        let data_dir = directory::read(&values);
        let database = Database::read(&values, &data_dir, &mut problems);
        let server = server::Server::read(&values, &mut problems);
        let mail = mail::Mail::read(&values, &mut problems);
        let accessibility = Accessibility::read(&values, &mut problems);
        let oidc = Oidc::read(&values, &mut problems);
        let log = log::read(&values, &mut problems);
        match (database, server, mail, accessibility, log) {
            (Some(database), Some(server), Some(mail), Some(accessibility), Some(log))
                if problems.is_empty() =>
            {
                Ok(Self {
                    database,
                    backup_dir: directory::read_backups(&values, &data_dir),
                    data_dir,
                    bind: server.bind,
                    metrics_bind: server.metrics_bind,
                    public_url: server.public_url,
                    trusted_proxies: server.trusted_proxies,
                    stop_delay: server.stop_delay,
                    smtp: mail.smtp,
                    mail_from: mail.from,
                    accessibility,
                    oidc,
                    log,
                    origins: VARIABLES.map(|variable| values.origin(variable)),
                })
            }
            _ => Err(ConfigError::new(problems)),
        }
    }

    /// [`Config::public_url`] where the port was left to the system, which
    /// gave the listener this address.
    pub fn public_url_at(&self, bound: SocketAddr) -> String {
        if self.origin(PUBLIC_URL) == Origin::Default {
            server::reachable(bound)
        } else {
            self.public_url.clone()
        }
    }

    /// Makes the data folder where it is missing, for its owner alone, and
    /// finds out whether the program may write where it will have to. Called
    /// after everything else is known to be right.
    pub fn prepare(&self) -> Result<Prepared, ConfigError> {
        directory::prepare(&self.data_dir, &self.database)
    }

    /// Who set a variable of [`VARIABLES`].
    pub fn origin(&self, variable: Variable) -> Origin {
        let mut named = VARIABLES.iter().zip(self.origins);
        named
            .find(|(other, _)| **other == variable)
            .map_or(Origin::Default, |(_, origin)| origin)
    }

    /// Every setting, in the order of [`VARIABLES`].
    pub fn settings(&self) -> Vec<Described> {
        let of_oidc = |text: &dyn Fn(&Oidc) -> String| {
            let oidc = self.oidc.as_ref();
            oidc.map_or_else(String::new, text)
        };
        let values = [
            self.database.to_string(),
            self.data_dir.display().to_string(),
            self.backup_dir.display().to_string(),
            self.bind.to_string(),
            self.metrics_bind
                .map_or_else(String::new, |bind| bind.to_string()),
            self.public_url.clone(),
            self.trusted_proxies.to_string(),
            self.stop_delay.as_secs().to_string(),
            self.smtp
                .as_ref()
                .map_or_else(String::new, ToString::to_string),
            self.mail_from.to_string(),
            (self.accessibility.feedback.as_ref()).map_or_else(String::new, ToString::to_string),
            self.accessibility.statement.clone().unwrap_or_default(),
            (self.accessibility.reviewed_on).map_or_else(String::new, |day| day.to_string()),
            of_oidc(&|oidc| oidc.issuer().as_str().to_owned()),
            of_oidc(&|oidc| oidc.client_id.clone()),
            of_oidc(&|oidc| oidc.secret_shown().to_owned()),
            of_oidc(&|oidc| oidc.name.clone()),
            of_oidc(&|oidc| oidc.factors.join(",")),
            self.log.clone(),
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

    /// The same as lines: `DOM_BIND=127.0.0.1:8080 (default)`.
    pub fn describe(&self) -> String {
        let lines = self.settings().into_iter().map(|setting| {
            let (value, origin) = (setting.value, setting.origin);
            format!("{}={value} ({origin})", setting.variable)
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}
