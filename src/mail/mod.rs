//! Mail as the outside sees it: what a message says, how it is handed to a
//! server, and whether there is one. Which mail is due, and what follows when it
//! is refused, is not decided here.

pub mod letter;
pub mod message;
pub mod smtp;
pub mod survey;
pub mod transport;

use std::time::Duration;

use lettre::{AsyncSmtpTransport, Tokio1Executor};

use crate::catalogue::{Value, Words};

pub use message::{Message, Rendered};
pub use transport::{Post, Transport};

const PATIENCE: Duration = Duration::from_secs(10);

/// Why the mail server can't be used.
#[derive(Debug, thiserror::Error)]
pub enum MailError {
    #[error("the mail server did not accept the connection: {0}")]
    Smtp(#[from] lettre::transport::smtp::Error),
    #[error("the mail server did not answer in time")]
    Silent,
    #[error("the mail server refused the greeting")]
    Refused,
    #[error("the address of the mail server cannot be used")]
    Address,
    /// Something of a message that no mail can bear.
    #[error("a mail cannot be made: {0}")]
    Made(String),
}

/// Who a mail is from: a desk's name and telephone, as far as they are known.
pub fn signature(words: Words, desk: &(String, String)) -> String {
    let (name, phone) = desk;
    if phone.is_empty() {
        return words.get("survey-mail-sign").into_owned();
    }
    let parts: [(&str, &dyn Value); 2] = [("desk", name), ("phone", phone)];
    words.with("survey-mail-desk", &parts)
}

/// Connects, greets and leaves, as a mail would.
pub async fn check(url: &str) -> Result<(), MailError> {
    let transport: AsyncSmtpTransport<Tokio1Executor> =
        AsyncSmtpTransport::<Tokio1Executor>::from_url(url)?
            .timeout(Some(PATIENCE))
            .build();
    let test = tokio::time::timeout(PATIENCE, transport.test_connection());
    if test.await.map_err(|_| MailError::Silent)?? {
        Ok(())
    } else {
        Err(MailError::Refused)
    }
}
