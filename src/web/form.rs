//! What forms share: problems beside their fields, queries of lists, and targets
//! that stay on this site.

use std::collections::HashMap;
use std::fmt::Write as _;

use chrono::NaiveDate;

use super::error::PageError;
use crate::catalogue::Words;
use crate::domain::invalid::Problem;
use crate::domain::reading::Fields;
use crate::services::sentences;
use crate::storage::lists::{At, Turn};

/// A problem as a page shows it: the field's id and the words.
#[derive(Debug, Clone)]
pub struct Shown {
    pub field: String,
    pub message: String,
}

/// A day as people type it, in any language of the screens.
pub fn typed_day(day: NaiveDate) -> String {
    day.format("%d/%m/%Y").to_string()
}

/// The page of a list that an address names; what is no number is the first.
pub fn page_number(text: Option<String>) -> u64 {
    text.and_then(|text| text.parse().ok()).unwrap_or(1)
}

/// The key that an address names.
pub fn key(text: &str) -> Result<i64, PageError> {
    text.parse().map_err(|_| PageError::NotFound)
}

/// A posted form whose fields are sent once; of one that is sent twice the first counts,
/// as everywhere.
#[derive(Debug, Default, Clone)]
pub struct Typed(HashMap<String, String>);

impl Typed {
    /// What was sent.
    pub fn of(fields: impl IntoIterator<Item = (String, String)>) -> Self {
        Self(first_sent(fields))
    }

    /// The same with one more value.
    #[must_use]
    pub fn with(mut self, name: &str, value: String) -> Self {
        self.0.insert(name.to_owned(), value);
        self
    }

    /// The same, and another's values where nothing was sent.
    #[must_use]
    pub fn or(mut self, other: Self) -> Self {
        for (name, value) in other.0 {
            self.0.entry(name).or_insert(value);
        }
        self
    }

    /// What stands in a field; empty where it was not sent.
    pub fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }
}

impl Fields for Typed {
    fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }
}

/// What was sent of a person's answers: of a field that is sent twice the first counts.
pub fn first_sent(fields: impl IntoIterator<Item = (String, String)>) -> HashMap<String, String> {
    let mut sent = HashMap::new();
    for (name, value) in fields {
        sent.entry(name).or_insert(value);
    }
    sent
}

/// Problems in words.
pub fn shown(words: Words, problems: &[Problem]) -> Vec<Shown> {
    problems
        .iter()
        .map(|problem| Shown {
            field: problem.field.to_owned(),
            message: sentences::why(words, &problem.why),
        })
        .collect()
}

/// The words of the first problem of a field; empty where there is none.
pub fn error_of(problems: &[Shown], field: &str) -> String {
    problems
        .iter()
        .find(|problem| problem.field == field)
        .map(|problem| problem.message.clone())
        .unwrap_or_default()
}

/// For a value inside a query.
pub fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// Addresses that lead to another site at once, and the page that links to each. Browsers hold
/// whatever follows a form to this site (`form-action`), so no form may lead to one of them.
const WAYS_OUT: [(&str, &str); 4] = [
    ("/sign-in/provider", "/"),
    ("/sign-in/invited", "/password"),
    ("/account/confirm/provider", "/account"),
    ("/account/identity/begin", "/account/identity"),
];

/// A target on this site, or the home page; in place of a way to another site the page that
/// links to it. Browsers read a backslash as a slash, so two of either kind would lead elsewhere.
pub fn local_target(target: &str) -> &str {
    let bytes = target.as_bytes();
    let leads_away = matches!(bytes.get(1), Some(b'/' | b'\\'));
    let plain = bytes.iter().all(|byte| (0x21..0x7F).contains(byte));
    if bytes.first() != Some(&b'/') || leads_away || !plain {
        return "/";
    }
    let path = target.split(['?', '#']).next().unwrap_or_default();
    // No page is called so, and who stands between may read it as a way out.
    let lower = path.to_ascii_lowercase();
    if ["//", "\\", "%2f", "%5c"]
        .iter()
        .any(|odd| lower.contains(odd))
    {
        return "/";
    }
    let way = WAYS_OUT.iter().find(|(way, _)| *way == path);
    way.map_or(target, |&(_, page)| page)
}

/// Where a list is: the page, how many there are, and the address that
/// `page=2` is added to.
#[derive(Debug, Clone)]
pub struct Paging {
    pub first: String,
    pub page: u64,
    pub pages: u64,
    pub total: u64,
    /// What the addresses of the page before and of the next end with: the row that
    /// they lie beside, where the list is turned by key.
    pub ends: (String, String),
}

impl Paging {
    /// For the list at `path`, narrowed by `query` (values that are not stated are left out).
    pub fn of<T>(
        page: &crate::storage::Page<T>,
        path: &str,
        query: &[(&str, Option<&str>)],
    ) -> Self {
        let mut first = format!("{path}?");
        for (name, value) in query {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                let _ = write!(first, "{name}={}&", percent_encoded(value));
            }
        }
        Self {
            first,
            page: page.number,
            pages: page.count(),
            total: page.total,
            ends: (String::new(), String::new()),
        }
    }

    /// Turned by the codes of the page's first and last row.
    #[must_use]
    pub fn by_key<T>(mut self, rows: &[T], code: impl Fn(&T) -> &str) -> Self {
        if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
            self.ends = turning(code(first), code(last));
        }
        self
    }

    /// The same by their keys, where rows have no code.
    #[must_use]
    pub fn by_id<T>(self, rows: &[T], id: impl Fn(&T) -> i64) -> Self {
        self.by_text(rows, |row| id(row).to_string())
    }

    /// The same by something that is written out first.
    #[must_use]
    pub fn by_text<T>(mut self, rows: &[T], text: impl Fn(&T) -> String) -> Self {
        if let (Some(first), Some(last)) = (rows.first(), rows.last()) {
            self.ends = turning(&text(first), &text(last));
        }
        self
    }
}

/// See [`Paging::ends`].
pub fn turning(first: &str, last: &str) -> (String, String) {
    (
        format!("&before={}", percent_encoded(first)),
        format!("&after={}", percent_encoded(last)),
    )
}

/// Where an address says that the reader is in a list that is turned by key.
pub fn place_in_list(page: u64, after: Option<String>, before: Option<String>) -> At {
    let is_code = |code: &String| {
        (code.bytes()).all(|byte| byte.is_ascii_alphanumeric() || b"-_./".contains(&byte))
    };
    let after = after.filter(is_code).map(Turn::After);
    At {
        page,
        turn: after.or(before.filter(is_code).map(Turn::Before)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_never_lead_away() {
        for away in [
            "//evil.example",
            "/\\evil.example",
            "https:evil",
            "https://evil.example",
            "",
            "/a\nb",
            "javascript:alert(1)",
            "\\/evil",
            "/\tevil",
            "/..//evil",
            "/./\\evil",
            "/%2Fevil",
            "/%5cevil",
        ] {
            assert_eq!(local_target(away), "/", "{away}");
        }
        assert_eq!(local_target("/workers?page=2"), "/workers?page=2");
        assert_eq!(local_target("/workers?a=//b"), "/workers?a=//b");
        assert_eq!(local_target("/sign-in/provider?next=/a"), "/");
        assert_eq!(local_target("/account/identity/begin"), "/account/identity");
    }
}
