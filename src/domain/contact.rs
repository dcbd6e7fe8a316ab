//! How somebody is reached: phone, e-mail, and which of them they prefer.

use std::fmt;

use validator::ValidateEmail;

use super::invalid::Why;
use super::text::{fold, tidy};

/// A phone number: E.164 where it can be read, else as it was typed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads a number; without a country prefix it is an Italian one.
    pub fn parse(text: &str) -> Result<Self, Why> {
        if text.chars().any(char::is_control) {
            return Err(Why::new("problem-control-characters"));
        }
        let text = tidy(text);
        if text.chars().count() > 40 {
            return Err(Why::new("problem-too-long").with("longest", 40));
        }
        if !text.chars().any(|c| c.is_ascii_digit()) {
            return Err(Why::new("problem-phone"));
        }
        let italian = phonenumber::country::Id::IT;
        match phonenumber::parse(Some(italian), &text) {
            Ok(number) if number.is_valid() => Ok(Self(
                number.format().mode(phonenumber::Mode::E164).to_string(),
            )),
            _ => Ok(Self(text)),
        }
    }

    /// Takes what storage kept.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// Whether it could not be read as a number that exists.
    pub fn is_doubtful(&self) -> bool {
        !(self.0.starts_with('+') && self.0[1..].bytes().all(|b| b.is_ascii_digit()))
    }

    /// The digits alone.
    pub fn digits(&self) -> String {
        self.0.chars().filter(char::is_ascii_digit).collect()
    }

    /// The number.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An e-mail address that can be one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

impl EmailAddress {
    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, Why> {
        let text = text.trim();
        if text.chars().any(char::is_control) || !text.validate_email() {
            return Err(Why::new("problem-email"));
        }
        Ok(Self(text.to_owned()))
    }

    /// Two addresses with the same key are the same account.
    pub fn key(&self) -> String {
        self.0.to_lowercase()
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How somebody wants to be reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactBy {
    Email,
    Phone,
    Desk,
}

impl ContactBy {
    /// All, in the order of the formats.
    pub const ALL: [Self; 3] = [Self::Email, Self::Phone, Self::Desk];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Desk => "desk",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        super::invalid::one_of(text, &Self::ALL, Self::code)
    }
}

/// What a search column holds of a person: names, code, phone digits, address.
pub fn search_column(
    names: &[&str],
    code: &str,
    phone: Option<&Phone>,
    email: Option<&EmailAddress>,
) -> String {
    let mut parts: Vec<String> = names.iter().map(|name| fold(name)).collect();
    parts.push(fold(code));
    parts.extend(phone.map(Phone::digits));
    parts.extend(email.map(|email| fold(email.as_str())));
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_become_e164_where_they_can_be_read() {
        assert_eq!(
            Phone::parse("0564 28 246").unwrap().as_str(),
            "+39056428246"
        );
        assert_eq!(
            Phone::parse("+40 722 123 456").unwrap().as_str(),
            "+40722123456"
        );
        let doubtful = Phone::parse("12").unwrap();
        assert!(doubtful.is_doubtful());
        assert_eq!(doubtful.as_str(), "12");
        assert_eq!(
            Phone::parse("non ce l'ha").unwrap_err().key,
            "problem-phone"
        );
    }

    #[test]
    fn addresses_that_are_none_are_refused() {
        assert!(EmailAddress::parse("anna@example.org").is_ok());
        for bad in [
            "anna",
            "anna@",
            "a b@example.org",
            "a@example.org\nBcc: b@example.org",
            "@example.org",
        ] {
            assert_eq!(
                EmailAddress::parse(bad).unwrap_err().key,
                "problem-email",
                "{bad}"
            );
        }
    }
}
