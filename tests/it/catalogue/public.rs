//! The pages that everybody may read, workers before all: every word of them stands in eight
//! languages, and no language is Italian by oversight.

use std::collections::{BTreeMap, BTreeSet};

use dom::catalogue::{Language, Value, Words};

use super::words::{Message, files_under, messages};

/// The templates of those pages, with what stands around them and in them.
const READ: [&str; 21] = [
    "layout.html",
    "survey.html",
    "pages/about/accessibility.html",
    "pages/about/cookies.html",
    "pages/about/privacy.html",
    "pages/about/service.html",
    "pages/link/gone.html",
    "pages/private/left.html",
    "pages/public/failure.html",
    "pages/public/sources.html",
    "pages/public/verify.html",
    "pages/register/begin.html",
    "pages/register/check.html",
    "pages/register/done.html",
    "pages/register/form.html",
    "pages/survey/gone.html",
    "parts/beside.html",
    "parts/desks.html",
    "parts/exit.html",
    "parts/languages.html",
    "parts/slots.html",
];

/// What their handlers ask for: keys, and beginnings of keys.
const ASKED: [&str; 16] = [
    "nav-service",
    "nav-privacy",
    "nav-cookies",
    "nav-accessibility",
    "nav-open-data",
    "nav-sources",
    "failure-heading-",
    "failure-text-",
    "failure-foreign-",
    "failure-stopped-",
    "error-stale",
    "notice-title-",
    "notice-version-of",
    "duty-",
    "weekday-",
    "about-access-reviewed",
];

/// Messages that are the Italian's own words in another language too.
const SAME: [(&str, &str); 2] = [
    // The product's name.
    ("", "service-name"),
    ("es", "notice-version-of"),
];

/// The keys that the pages need.
fn needed(italian: &BTreeMap<String, Message>) -> BTreeSet<&String> {
    let mut needed = BTreeSet::new();
    let mut found = 0;
    for (path, text) in files_under("templates", "html") {
        if !READ.iter().any(|one| path.ends_with(&format!("/{one}"))) {
            continue;
        }
        found += 1;
        // What only accounts see is in the languages of the screens.
        let text = text.replace("frame.words.get(\"", "frame.words.get(\"of the screens: ");
        let literals: BTreeSet<&str> = text.split('"').collect();
        let lists: Vec<String> = text
            .split("t.code(\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(|list| format!("{list}-"))
            .collect();
        needed.extend(italian.keys().filter(|key| {
            literals.contains(key.as_str()) || lists.iter().any(|list| key.starts_with(list))
        }));
    }
    assert_eq!(found, READ.len(), "a page of the list is not there");
    let asked = |key: &&String| ASKED.iter().any(|one| key.starts_with(one));
    needed.extend(italian.keys().filter(asked));
    needed
}

#[test]
fn every_word_of_a_page_that_workers_read_stands_in_eight_languages() {
    let italian = messages(Language::It);
    let needed = needed(&italian);
    for one in ["about-worker-rights", "verify-state-revoked", "links-exit"] {
        assert!(needed.contains(&one.to_owned()), "{one}");
    }
    assert!(!needed.contains(&"sign-out".to_owned()));
    assert!(needed.len() > 120, "{}", needed.len());
    for language in Language::WRITTEN {
        let (there, tag) = (messages(language), language.tag());
        for key in &needed {
            let message = there.get(*key);
            let message = message.unwrap_or_else(|| panic!("{key} in {tag}"));
            assert_eq!(message.variables, italian[*key].variables, "{key} in {tag}");
            let values = message.variables.iter();
            let values: Vec<(&str, &dyn Value)> = values
                .map(|name| (name.as_str(), &"x" as &dyn Value))
                .collect();
            let text = Words::new(language).with(key, &values);
            assert!(!text.contains('⟦') && !text.is_empty(), "{tag}: {text}");
        }
    }
}

#[test]
fn no_public_page_is_italian_by_oversight() {
    let italian = messages(Language::It);
    for language in Language::WRITTEN {
        let source = language
            .sources()
            .iter()
            .find(|(area, _)| *area == "public");
        let Some((_, source)) = source else {
            assert!(Language::ALL.contains(&language), "{}", language.tag());
            continue;
        };
        for (key, message) in messages(language) {
            if !source.contains(&format!("\n{key} = ")) {
                continue;
            }
            let tag = language.tag();
            let of_italian = italian.get(&key);
            let of_italian = of_italian.unwrap_or_else(|| panic!("{key} in {tag} alone"));
            let is_allowed = ["", tag]
                .iter()
                .any(|one| SAME.contains(&(*one, key.as_str())));
            assert_eq!(
                message.text == of_italian.text,
                is_allowed,
                "{key} in {tag}"
            );
        }
    }
}

#[test]
fn the_italian_stands_beside_what_no_speaker_has_reviewed() {
    let italian = Words::new(Language::It);
    assert_eq!(italian.beside("about-never"), None);
    let beside = Words::new(Language::Ar).beside("about-never");
    assert_eq!(beside, Some(italian.get("about-never")));
}
