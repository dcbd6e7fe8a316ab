//! A form that brings a file: read to its end, bounded by its route's layer. What
//! the file holds is not looked at here, and nothing of it is logged.

use std::collections::HashMap;

use axum::extract::Multipart;
use axum::extract::multipart::MultipartError;
use axum::http::{HeaderMap, StatusCode};

use super::error::PageError;
use super::layers::{LARGEST_FILE, declared};
use crate::catalogue::Words;

/// What was sent.
#[derive(Debug, Default)]
pub struct Sent {
    pub file: Vec<u8>,
    pub file_name: String,
    fields: HashMap<String, String>,
}

/// Why it could not be read.
#[derive(Debug)]
pub enum Unsent {
    /// More bytes than a page takes.
    TooLarge,
    Page(PageError),
}

impl From<MultipartError> for Unsent {
    fn from(error: MultipartError) -> Self {
        if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
            Self::TooLarge
        } else {
            Self::Page(PageError::refused("failure-text-refused"))
        }
    }
}

impl Sent {
    /// Reads the form; the file stands in the field `file`. What says itself that it is too
    /// large is not read.
    pub async fn of(headers: &HeaderMap, mut form: Multipart) -> Result<Self, Unsent> {
        if declared(headers).is_some_and(|length| length > LARGEST_FILE) {
            return Err(Unsent::TooLarge);
        }
        let mut sent = Self::default();
        while let Some(field) = form.next_field().await? {
            let Some(name) = field.name().map(str::to_owned) else {
                continue;
            };
            if name == "file" {
                sent.file_name = field.file_name().unwrap_or_default().to_owned();
                sent.file = field.bytes().await?.to_vec();
            } else {
                sent.fields.insert(name, field.text().await?);
            }
        }
        Ok(sent)
    }

    /// What stands in a field besides the file; empty where it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", |text| text.trim())
    }
}

/// That a file is larger than a page takes.
pub fn too_large(words: Words) -> String {
    words.with(
        "import-file-too-large",
        &[("megabytes", &(LARGEST_FILE >> 20))],
    )
}
