//! Mail: for now only whether the server can be reached. What is sent, and from
//! which queue, comes with the first mail.

use std::time::Duration;

use lettre::{AsyncSmtpTransport, Tokio1Executor};

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
