//! One mail to one address, step by step, each step with a limit of its own:
//! lettre limits only the connection. A refusal of the address or of the mail is
//! told apart from a server that is in trouble: only the first lasts.

use std::time::Duration;

use lettre::Address;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, DEFAULT_MECHANISMS};
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::ClientId;
use tokio::net::TcpStream;
use url::Url;

use super::MailError;
use crate::config::Tls;
use crate::domain::mail::Refusal;

/// What is waited for at the longest.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// To connect, and as long again to be greeted.
    pub connect: Duration,
    /// For each answer.
    pub step: Duration,
    /// For the answer to the mail itself.
    pub data: Duration,
    /// For all of it.
    pub whole: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(20),
            step: Duration::from_secs(30),
            data: Duration::from_mins(1),
            whole: Duration::from_mins(3),
        }
    }
}

/// A server.
#[derive(Clone)]
pub struct Server {
    host: String,
    port: u16,
    tls: Tls,
    parameters: Option<TlsParameters>,
    credentials: Option<Credentials>,
    limits: Limits,
}

impl Server {
    /// The server of a checked `smtp://` or `smtps://` address.
    pub fn new(url: &str, tls: Tls, limits: Limits) -> Result<Self, MailError> {
        let url = Url::parse(url).map_err(|_| MailError::Address)?;
        let host = url.host_str().ok_or(MailError::Address)?.to_owned();
        let port = url.port().unwrap_or(match tls {
            Tls::Wrapped => 465,
            Tls::Required => 587,
            Tls::None | Tls::Opportunistic => 25,
        });
        let parameters = match tls {
            Tls::None => None,
            _ => Some(TlsParameters::new(host.clone())?),
        };
        let decoded = |text: &str| {
            percent_decoded(text)
                .filter(|text| !text.contains(['\r', '\n', '\0']))
                .ok_or(MailError::Address)
        };
        let credentials = match url.password() {
            Some(password) => Some(Credentials::new(
                decoded(url.username())?,
                decoded(password)?,
            )),
            None => None,
        };
        Ok(Self {
            host: host.trim_matches(['[', ']']).to_owned(),
            port,
            tls,
            parameters,
            credentials,
            limits,
        })
    }

    /// Hands over one mail. What the server took it will deliver or return.
    pub async fn send(&self, from: &Address, to: &Address, mail: &[u8]) -> Result<(), Refusal> {
        let talk = self.talk(from, to, mail);
        match tokio::time::timeout(self.limits.whole, talk).await {
            Ok(done) => done,
            Err(_) => Err(Refusal::Later("the server took too long".to_owned())),
        }
    }

    async fn talk(&self, from: &Address, to: &Address, mail: &[u8]) -> Result<(), Refusal> {
        let mut server = self.connect().await?;
        let limits = self.limits;
        let sender = server.command(Mail::new(Some(from.clone()), Vec::new()));
        // Who refuses us as a sender says nothing about the address.
        within(limits.step, "MAIL", sender)
            .await
            .map_err(Trouble::later)?;
        let recipient = server.command(Rcpt::new(to.clone(), Vec::new()));
        within(limits.step, "RCPT", recipient)
            .await
            .map_err(Trouble::judged)?;
        within(limits.step, "DATA", server.command(Data))
            .await
            .map_err(Trouble::judged)?;
        within(limits.data, "message", server.message(mail))
            .await
            .map_err(Trouble::judged)?;
        // It is theirs now, however the goodbye goes.
        let _ = within(limits.step, "QUIT", server.quit()).await;
        Ok(())
    }

    async fn connect(&self) -> Result<AsyncSmtpConnection, Refusal> {
        let hello = ClientId::default();
        let limits = self.limits;
        let at_once = self.parameters.clone().filter(|_| self.tls == Tls::Wrapped);
        let greeted = if at_once.is_some() {
            let (address, limit) = ((self.host.as_str(), self.port), Some(limits.connect));
            let connect =
                AsyncSmtpConnection::connect_tokio1(address, limit, &hello, at_once, None);
            within(limits.connect, "connect", connect).await
        } else {
            let stream = Box::new(self.reach().await?);
            let greet = AsyncSmtpConnection::connect_with_transport(stream, &hello);
            within(limits.connect, "connect", greet).await
        };
        let mut server = greeted.map_err(Trouble::later)?;
        let upgrade = match self.tls {
            Tls::Required => true,
            Tls::Opportunistic => server.can_starttls(),
            Tls::None | Tls::Wrapped => false,
        };
        if let Some(parameters) = self.parameters.clone().filter(|_| upgrade) {
            // Without it nothing is sent: the error ends the try.
            within(limits.step, "STARTTLS", server.starttls(parameters, &hello))
                .await
                .map_err(Trouble::later)?;
        }
        if let Some(credentials) = &self.credentials {
            let auth = server.auth(DEFAULT_MECHANISMS, credentials);
            within(limits.step, "AUTH", auth)
                .await
                .map_err(Trouble::later)?;
        }
        Ok(server)
    }

    /// A mail ends with a small write of its own. Without `TCP_NODELAY` the system holds it
    /// back until the server acknowledges what came before, which takes it 40 ms where it
    /// has nothing to say yet. Only a connection that is encrypted from its first byte is
    /// opened by lettre, which knows no such setting.
    async fn reach(&self) -> Result<TcpStream, Refusal> {
        let connect = TcpStream::connect((self.host.as_str(), self.port));
        let stream = tokio::time::timeout(self.limits.connect, connect)
            .await
            .map_err(|_| Refusal::Later("connect: no answer in time".to_owned()))?;
        stream
            .and_then(|stream| stream.set_nodelay(true).map(|()| stream))
            .map_err(|_| Refusal::Later("connect: no connection".to_owned()))
    }
}

/// What went wrong at a step.
struct Trouble {
    said: String,
    is_permanent: bool,
}

impl Trouble {
    /// Of the server: the same may work later.
    fn later(self) -> Refusal {
        Refusal::Later(self.said)
    }

    /// Of the address or the mail: a permanent word is the last.
    fn judged(self) -> Refusal {
        if self.is_permanent {
            Refusal::Never(self.said)
        } else {
            Refusal::Later(self.said)
        }
    }
}

async fn within<T>(
    limit: Duration,
    step: &'static str,
    talk: impl Future<Output = Result<T, Error>>,
) -> Result<T, Trouble> {
    match tokio::time::timeout(limit, talk).await {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(error)) => Err(Trouble {
            // The code only: servers repeat addresses in what they say.
            said: error.status().map_or_else(
                || format!("{step}: no connection"),
                |code| format!("{step}: {code}"),
            ),
            is_permanent: error.is_permanent(),
        }),
        Err(_) => Err(Trouble {
            said: format!("{step}: no answer in time"),
            is_permanent: false,
        }),
    }
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let (digits, after) = after.split_at_checked(2)?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = after;
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_read_as_it_was_meant() {
        assert_eq!(percent_decoded("a%40b%25").as_deref(), Some("a@b%"));
        assert_eq!(percent_decoded("a%4"), None);
        assert_eq!(percent_decoded("a%zz"), None);
    }
}
