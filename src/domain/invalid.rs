//! What is wrong with what somebody typed: every problem of a form or a row,
//! not the first. Holds message keys and arguments, never words: those live in
//! the catalogues.

use std::fmt;

/// A reason, as a key of the catalogue (`problem-…`) with its arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The message's key.
    pub key: &'static str,
    /// Name and value of each variable of the message.
    pub args: Vec<(&'static str, String)>,
}

impl Why {
    /// A reason without variables.
    pub fn new(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }

    /// The same with one more variable.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl fmt::Display) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// One problem: where, what was typed, why it won't do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The column or form field, a code of the formats.
    pub field: &'static str,
    /// What was typed, as it was.
    pub value: String,
    /// The reason.
    pub why: Why,
}

/// At least one problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid(pub Vec<Problem>);

/// Reads one of a closed list of codes; the reason names the list.
pub fn one_of<T: Copy>(text: &str, all: &[T], code: impl Fn(T) -> &'static str) -> Result<T, Why> {
    all.iter()
        .copied()
        .find(|item| code(*item) == text)
        .ok_or_else(|| {
            let codes: Vec<_> = all.iter().map(|item| code(*item)).collect();
            Why::new("problem-one-of").with("codes", codes.join(", "))
        })
}
