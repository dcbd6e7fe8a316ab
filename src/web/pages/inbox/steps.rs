//! The pages on which somebody asks to be registered: what each asks, and their order.

use crate::catalogue::Words;
use crate::domain::carried::Carried;
use crate::domain::family::Relation;
use crate::web::pages::registering::spec::{self, Ask, Column, Part};

const NAME: Part = Part {
    heading: "links-data-name",
    columns: &[spec::GIVEN_NAME, spec::FAMILY_NAME],
};
const PLACE: Part = Part {
    heading: "links-join-where",
    columns: &[spec::ask("comune", "fact-comune", "", Ask::Comune)],
};

/// All that is asked.
pub(super) const ALL: &[Part] = &[spec::FILED_FOR, spec::FILED_BY, NAME, spec::ANSWERED, PLACE];

/// A page of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    Notice,
    For,
    Filer,
    Name,
    Contact,
    Place,
    Check,
}

impl Step {
    /// Those that are counted: the notice stands before them.
    const ALL: [Self; 6] = [
        Self::For,
        Self::Filer,
        Self::Name,
        Self::Contact,
        Self::Place,
        Self::Check,
    ];

    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Notice => "notice",
            Self::For => "for",
            Self::Filer => "filer",
            Self::Name => "name",
            Self::Contact => "contact",
            Self::Place => "place",
            Self::Check => "check",
        }
    }

    pub(super) fn parse(text: &str) -> Option<Self> {
        let mut all = std::iter::once(Self::Notice).chain(Self::ALL);
        all.find(|step| step.code() == text)
    }

    /// What it asks; nothing on the first and the last.
    pub(super) fn parts(self) -> &'static [Part] {
        match self {
            Self::Notice | Self::Check => &[],
            Self::For => &[spec::FILED_FOR],
            Self::Filer => &[spec::FILED_BY],
            Self::Name => &[NAME],
            Self::Contact => &[spec::ANSWERED],
            Self::Place => &[PLACE],
        }
    }

    pub(super) fn columns(self) -> impl Iterator<Item = &'static Column> {
        self.parts().iter().flat_map(|part| part.columns)
    }

    pub(super) fn asks(self, name: &str) -> bool {
        spec::column(self.parts(), name).is_some()
    }

    pub(super) fn heading(self, carried: &Carried) -> &'static str {
        match self {
            Self::Notice => "links-join-title",
            Self::Name if !is_own(carried) => "links-join-who",
            Self::Place if !is_own(carried) => "links-join-where-other",
            Self::Check => "links-join-check",
            _ => self.parts()[0].heading,
        }
    }

    /// Those that these answers lead through: who writes for themselves names nobody else.
    pub(super) fn way(carried: &Carried) -> Vec<Self> {
        let all = Self::ALL.into_iter();
        all.filter(|step| *step != Self::Filer || !is_own(carried))
            .collect()
    }

    pub(super) fn next(self, carried: &Carried) -> Self {
        let way = Self::way(carried);
        let at = way.iter().position(|step| *step == self);
        at.and_then(|at| way.get(at + 1).copied())
            .unwrap_or(Self::Check)
    }

    pub(super) fn before(self, carried: &Carried) -> Self {
        let way = Self::way(carried);
        let at = way.iter().position(|step| *step == self);
        at.and_then(|at| way.get(at.checked_sub(1)?).copied())
            .unwrap_or(Self::Notice)
    }
}

pub(super) fn is_own(carried: &Carried) -> bool {
    carried.first("relation") == Relation::Oneself.code()
}

/// Which page of how many.
pub(super) fn place_in_words(words: Words, step: Step, carried: &Carried) -> String {
    let way = Step::way(carried);
    let at = way.iter().position(|one| *one == step).unwrap_or(0);
    words.with(
        "links-join-place",
        &[("number", &(at + 1)), ("of", &way.len())],
    )
}
