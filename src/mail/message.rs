//! A mail as it is written: a plain and an HTML part, one address, a Message-ID
//! that somebody else fixed, and the headers that keep robots from answering and
//! let a person stop it with one tap (RFC 3834, RFC 8058).

use std::time::{Duration, UNIX_EPOCH};

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};

use super::MailError;
use crate::domain::contact::EmailAddress;

/// The words of a mail, before it is said to whom it goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Says nothing of anybody.
    pub subject: String,
    pub plain: String,
    pub html: String,
}

impl Rendered {
    /// The mail to one address, with the Message-ID that it was queued with.
    pub fn to(self, to: EmailAddress, message_id: &str) -> Message {
        let Self {
            subject,
            plain,
            html,
        } = self;
        Message {
            to,
            message_id: message_id.to_owned(),
            subject,
            plain,
            html,
            stop: None,
        }
    }
}

/// What a mail says, to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub to: EmailAddress,
    /// Without the angle brackets.
    pub message_id: String,
    /// Says nothing of anybody.
    pub subject: String,
    pub plain: String,
    pub html: String,
    /// The address whose bare POST stops further mail.
    pub stop: Option<String>,
}

/// A mail in the form in which it travels.
pub struct Written {
    pub to: Address,
    pub bytes: Vec<u8>,
}

impl Message {
    /// Writes the mail. `now` is its date.
    pub fn written(&self, from: &Mailbox, now: DateTime<Utc>) -> Result<Written, MailError> {
        let made = |error: &dyn std::fmt::Display| MailError::Made(error.to_string());
        let to: Address = self.to.as_str().parse().map_err(|error| made(&error))?;
        let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
        let mut builder = lettre::Message::builder()
            .from(from.clone())
            .to(Mailbox::new(None, to.clone()))
            .message_id(Some(format!("<{}>", self.message_id)))
            .date(UNIX_EPOCH + Duration::from_secs(seconds))
            .subject(self.subject.as_str())
            .raw_header(raw("Auto-Submitted", "auto-generated"));
        if let Some(stop) = &self.stop {
            builder = builder
                .raw_header(raw("List-Unsubscribe", &format!("<{stop}>")))
                .raw_header(raw("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
        }
        let parts = MultiPart::alternative_plain_html(self.plain.clone(), self.html.clone());
        let mail = builder.multipart(parts).map_err(|error| made(&error))?;
        Ok(Written {
            to,
            bytes: mail.formatted(),
        })
    }
}

fn raw(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    fn message() -> Message {
        Message {
            to: EmailAddress::parse("elsa@prova.example").unwrap(),
            message_id: "abc@dom.example".to_owned(),
            subject: "Com’è andata?".to_owned(),
            plain: "Buongiorno".to_owned(),
            html: "<p>Buongiorno</p>".to_owned(),
            stop: Some("https://dom.example/s/TOKEN/stop".to_owned()),
        }
    }

    fn text(message: &Message) -> String {
        let from = "DOM <dom@dom.example>".parse().unwrap();
        let now = Utc.with_ymd_and_hms(2026, 11, 23, 12, 0, 0).unwrap();
        let written = message.written(&from, now).unwrap();
        String::from_utf8(written.bytes).unwrap()
    }

    #[test]
    fn a_mail_bears_what_robots_and_people_need() {
        let text = text(&message());
        for line in [
            "Message-ID: <abc@dom.example>",
            "Auto-Submitted: auto-generated",
            "List-Unsubscribe: <https://dom.example/s/TOKEN/stop>",
            "List-Unsubscribe-Post: List-Unsubscribe=One-Click",
            "To: elsa@prova.example",
        ] {
            assert!(text.contains(&format!("{line}\r\n")), "{line}: {text}");
        }
        assert_eq!(text.matches("\r\nContent-Type: ").count(), 3, "{text}");
        assert!(text.contains("multipart/alternative"));
        assert!(text.contains("Mon, 23 Nov 2026 12:00:00 +0000"));
    }

    #[test]
    fn nothing_breaks_out_of_a_header() {
        let mut hostile = message();
        hostile.subject = "a\r\nBcc: all@prova.example".to_owned();
        let text = text(&hostile);
        let head = text.split("\r\n\r\n").next().unwrap();
        assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
    }
}
