//! The mail server, and who mails come from. Without a server mail is kept in
//! the database and shown under `/admin/mail`.

use std::fmt;

use lettre::message::Mailbox;

use super::database::bad;
use super::error::{Expected, Problem};
use super::secret::SecretUrl;
use super::server::parsed;
use super::source::{Given, Values};
use super::{MAIL_FROM, SMTP_URL};

/// Stands under mail that is only kept.
const KEPT_FROM: &str = "DOM <dom@localhost>";

pub(super) struct Mail {
    pub smtp: Option<Smtp>,
    pub from: Mailbox,
}

/// Shown without its password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Smtp {
    url: SecretUrl,
    tls: Tls,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// In clear: for a server on the same machine.
    None,
    Opportunistic,
    Required,
    /// From the first byte (`smtps://`).
    Wrapped,
}

impl Mail {
    pub(super) fn read(values: &Values, problems: &mut Vec<Problem>) -> Option<Self> {
        let before = problems.len();
        let given = values.get(SMTP_URL);
        let smtp = given.and_then(|given| match Smtp::parse(given) {
            Ok(smtp) => Some(smtp),
            Err(expected) => {
                problems.push(bad(given, expected));
                None
            }
        });
        let from = parsed(
            values,
            MAIL_FROM,
            Expected::Sender,
            |text| text.parse().ok(),
            problems,
        );
        if let (Some(smtp), None) = (given, values.get(MAIL_FROM)) {
            let place = smtp.place.clone();
            problems.push(Problem::SenderMissing { place });
        }
        (problems.len() == before).then(|| Self {
            smtp,
            from: from
                .unwrap_or_else(|| KEPT_FROM.parse().expect("the sender above is an address")),
        })
    }
}

impl Smtp {
    fn parse(given: &Given) -> Result<Self, Expected> {
        let url = SecretUrl::parse(&given.text).ok_or(Expected::SmtpUrl)?;
        let parts = url.url();
        if !parts.has_host() || parts.path().len() > 1 || parts.fragment().is_some() {
            return Err(Expected::SmtpUrl);
        }
        // a name without a password would be left out when signing in
        if parts.username().is_empty() == parts.password().is_some() {
            return Err(Expected::SmtpUrl);
        }
        let query: Vec<_> = parts.query_pairs().collect();
        let tls = match (parts.scheme(), &query[..]) {
            ("smtp", []) => Tls::None,
            ("smtps", []) => Tls::Wrapped,
            ("smtp", [(key, value)]) if key == "tls" => match value.as_ref() {
                "required" => Tls::Required,
                "opportunistic" => Tls::Opportunistic,
                _ => return Err(Expected::SmtpTls),
            },
            ("smtp", _) => return Err(Expected::SmtpTls),
            _ => return Err(Expected::SmtpUrl),
        };
        Ok(Self { url, tls })
    }

    /// As lettre's `from_url` reads it, password included.
    pub fn url(&self) -> &str {
        self.url.expose()
    }

    pub fn tls(&self) -> Tls {
        self.tls
    }

    /// Whether name and password would travel in clear.
    pub fn exposes_password(&self) -> bool {
        let host = self.url.url().host_str().unwrap_or_default();
        let is_here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
        let has_password = self.url.url().password().is_some();
        has_password && !is_here && matches!(self.tls, Tls::None | Tls::Opportunistic)
    }
}

impl fmt::Display for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.url.fmt(f)
    }
}
