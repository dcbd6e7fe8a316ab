//! The success criteria that a public body's pages are held against, from
//! `data/wcag_criteria.csv`: how far the tests of the program prove each, and what a person
//! has to try. Nothing here says that a page conforms: whoever signs does.

use std::sync::LazyLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::reference;

/// What the table calls the tests, and where each stands.
pub const TESTS: [(&str, &str); 11] = [
    (
        "axe",
        "tests/browser/pages.test.js::${role} finds every page sound",
    ),
    (
        "html",
        "tests/browser/pages.test.js::every page is valid HTML",
    ),
    (
        "narrow",
        "tests/browser/pages.test.js::${role} finds every page sound",
    ),
    (
        "titles",
        "tests/browser/pages.test.js::${role} finds every page sound",
    ),
    (
        "focus",
        "tests/browser/pages.test.js::every stop of the Tab key is seen",
    ),
    (
        "keyboard",
        "tests/browser/people.test.js::a worker, a family and its request are registered by the keyboard alone",
    ),
    (
        "language",
        "tests/browser/links.test.js::a worker's pages in every language, on a small screen",
    ),
    (
        "errors",
        "tests/it/pages/registering.rs::bad_input_comes_back_whole_with_its_messages",
    ),
    (
        "refusals",
        "tests/browser/refusals.test.js::every form that is refused says so to everybody, and every stale save",
    ),
    (
        "before",
        "tests/it/pages/ask.rs::a_family_asks_by_mail_confirms_and_a_desk_accepts",
    ),
    (
        "session",
        "tests/it/pages/registering.rs::what_could_not_be_saved_is_found_again_after_the_session",
    ),
];

/// What is known of a criterion before anybody tries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// Tests prove a part of it.
    Tested,
    /// Only a person can tell.
    Person,
    /// It is not met, on purpose.
    Gap,
    /// The pages have nothing of the kind.
    Absent,
}

impl Known {
    /// All.
    pub const ALL: [Self; 4] = [Self::Tested, Self::Person, Self::Gap, Self::Absent];

    /// The code, as the table writes it.
    pub fn code(self) -> &'static str {
        match self {
            Self::Tested => "tested",
            Self::Person => "person",
            Self::Gap => "gap",
            Self::Absent => "absent",
        }
    }
}

/// One criterion of level A or AA.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Criterion {
    /// Of WCAG 2.1, such as `1.4.10`.
    #[serde(rename = "criterion")]
    pub number: String,
    /// `A` or `AA`.
    pub level: String,
    /// The day of the recommendation that brought it.
    pub since: NaiveDate,
    #[serde(rename = "state")]
    pub known: Known,
    tests: String,
    /// In our own words, and so is what is to be tried.
    pub name_it: String,
    pub name_en: String,
    pub try_it: String,
    pub try_en: String,
}

impl Criterion {
    /// Every one, in their order.
    pub fn all() -> &'static [Self] {
        static ROWS: LazyLock<Vec<Criterion>> = LazyLock::new(|| {
            let text = include_str!("../../data/wcag_criteria.csv");
            reference::table("wcag_criteria.csv", text)
        });
        &ROWS
    }

    /// As chapter 9 of EN 301 549 numbers it.
    pub fn clause(&self) -> String {
        format!("9.{}", self.number)
    }

    /// Codes of [`TESTS`].
    pub fn tests(&self) -> impl Iterator<Item = &str> {
        reference::list(&self.tests)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_criterion_stands_once_and_what_is_tested_names_its_tests() {
        let all = Criterion::all();
        let numbers: BTreeSet<&str> = all.iter().map(|one| one.number.as_str()).collect();
        let of = |level: &str| all.iter().filter(|one| one.level == level).count();
        assert_eq!(
            (all.len(), numbers.len(), of("A"), of("AA")),
            (50, 50, 30, 20)
        );
        let first = all.iter().map(|one| one.since).min();
        let newer = all.iter().filter(|one| Some(one.since) != first);
        assert_eq!(newer.count(), 12, "what WCAG 2.1 added to 2.0");
        for one in all {
            let tests: Vec<&str> = one.tests().collect();
            let known = |code: &&str| TESTS.iter().any(|(known, _)| known == code);
            assert!(tests.iter().all(known), "{}", one.number);
            let is_tested = one.known == Known::Tested;
            assert_eq!(is_tested, !tests.is_empty(), "{}", one.number);
            for words in [&one.name_it, &one.name_en, &one.try_it, &one.try_en] {
                assert!(words.len() > 4, "{}", one.number);
            }
        }
        for (code, _) in TESTS {
            let named = all.iter().any(|one| one.tests().any(|test| test == code));
            assert!(named, "{code} proves something");
        }
    }
}
