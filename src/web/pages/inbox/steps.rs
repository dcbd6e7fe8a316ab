//! The pages on which a worker asks to be registered, in their order.

use crate::catalogue::Words;

/// A page of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Notice,
    Name,
    Phone,
    Place,
    Check,
}

impl Step {
    /// Those that are counted: the notice stands before them.
    pub(super) const WAY: [Self; 4] = [Self::Name, Self::Phone, Self::Place, Self::Check];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::Name => "name",
            Self::Phone => "phone",
            Self::Place => "place",
            Self::Check => "check",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut all = std::iter::once(Self::Notice).chain(Self::WAY);
        all.find(|step| step.code() == text)
    }

    /// The columns that it asks; nothing on the first and the last.
    pub(super) fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Notice | Self::Check => &[],
            Self::Name => &["given_name", "family_name"],
            Self::Phone => &["phone"],
            Self::Place => &["comune"],
        }
    }

    /// The one that asks a column.
    pub(super) fn of(column: &str) -> Self {
        let mut all = Self::WAY.into_iter();
        all.find(|step| step.columns().contains(&column))
            .unwrap_or(Self::Name)
    }

    pub(super) fn heading(self) -> &'static str {
        match self {
            Self::Notice => "links-join-title",
            Self::Name => "links-data-name",
            Self::Phone => "links-join-phone",
            Self::Place => "links-join-where",
            Self::Check => "links-join-check",
        }
    }

    /// From 1.
    fn number(self) -> usize {
        let at = Self::WAY.iter().position(|step| *step == self);
        at.map_or(0, |at| at + 1)
    }

    pub(super) fn next(self) -> Self {
        let next = Self::WAY.get(self.number());
        next.copied().unwrap_or(Self::Check)
    }

    pub(super) fn before(self) -> Self {
        let before = self.number().checked_sub(2);
        before.map_or(Self::Notice, |at| Self::WAY[at])
    }
}

/// Which page of how many.
pub(super) fn place_in_words(words: Words, step: Step) -> String {
    words.with(
        "links-join-place",
        &[("number", &step.number()), ("of", &Step::WAY.len())],
    )
}
