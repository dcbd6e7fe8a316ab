//! Where mail goes: to a server, into the memory of a test, or nowhere, in which
//! case it is kept in the database and read there.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, Utc};
use lettre::message::Mailbox;

use super::message::{Message, Written};
use super::smtp::Server;
use crate::domain::mail::Refusal;

/// A mail that a test caught.
#[derive(Debug, Clone)]
pub struct Caught {
    pub to: String,
    pub message: Message,
    pub written: Vec<u8>,
}

/// See the module's words.
#[derive(Clone)]
pub enum Transport {
    Server(Box<Server>),
    Memory(Arc<Mutex<Vec<Caught>>>),
    /// There is no server.
    Kept,
}

/// Who mails come from, and where they go.
#[derive(Clone)]
pub struct Post {
    pub from: Mailbox,
    pub transport: Transport,
}

impl Post {
    /// Mail that is only kept.
    pub fn kept() -> Self {
        let from = "DOM <dom@localhost>".parse();
        Self {
            from: from.expect("this is an address"),
            transport: Transport::Kept,
        }
    }

    /// What comes after the at-sign of a Message-ID.
    pub fn domain(&self) -> &str {
        self.from.email.domain()
    }

    /// Whether mail leaves the program.
    pub fn leaves(&self) -> bool {
        !matches!(self.transport, Transport::Kept)
    }

    /// Hands over one mail.
    pub async fn send(&self, message: &Message, now: DateTime<Utc>) -> Result<(), Refusal> {
        // What can't be written now can't be later; the address is not to blame, and
        // an operator sees why.
        let written = message
            .written(&self.from, now)
            .map_err(|error| Refusal::Later(error.to_string()))?;
        let Written { to, bytes } = written;
        match &self.transport {
            Transport::Server(server) => server.send(&self.from.email, &to, &bytes).await,
            Transport::Memory(caught) => {
                let mut caught = caught.lock().expect("no holder of this lock panics");
                caught.push(Caught {
                    to: to.to_string(),
                    message: message.clone(),
                    written: bytes,
                });
                Ok(())
            }
            Transport::Kept => Ok(()),
        }
    }
}
