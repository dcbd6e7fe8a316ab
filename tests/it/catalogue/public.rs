//! The pages that everybody may read, workers before all: every word of them stands in eight
//! languages, and no language is Italian by oversight.

use std::collections::{BTreeMap, BTreeSet};

use dom::catalogue::{Language, Value, Words};

use super::words::{Message, files_under, messages};

/// Of the pages in the frame of what is opened from a mail, those that families read: in the two
/// languages of the screens.
const OF_FAMILIES: [&str; 3] = [
    "pages/link/link.html",
    "pages/private/family.html",
    "pages/private/sheets.html",
];

/// What their handlers ask for: keys, and beginnings of keys.
const ASKED: [&str; 24] = [
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
    "ask-contact-",
    "ask-phone-hint",
    "ask-next-confirm",
    "ask-next-look",
    "ask-mail-confirm-",
    "contact-by-",
    "not-stated",
    "relation-",
];

/// Messages that are the Italian's own words in another language too.
const SAME: [(&str, &str); 2] = [
    // The product's name.
    ("", "service-name"),
    ("es", "notice-version-of"),
];

/// The templates, by their names.
fn templates() -> BTreeMap<String, String> {
    let files = files_under("templates", "html").into_iter();
    let named = files.filter_map(|(path, text)| {
        let (_, name) = path.split_once("/templates/")?;
        Some((name.to_owned(), text))
    });
    named.collect()
}

/// The templates of the pages that workers read: what is opened from a mail, and what a handler
/// fills in the reader's language.
fn read(templates: &BTreeMap<String, String>) -> BTreeSet<String> {
    let of_a_mail = |text: &str| text.starts_with("{% extends \"survey.html\" %}");
    let opened = templates.iter().filter(|(_, text)| of_a_mail(text));
    let opened = opened.map(|(name, _)| name.clone());
    let mut read: BTreeSet<String> = opened
        .filter(|name| !OF_FAMILIES.contains(&name.as_str()))
        .collect();
    for (_, code) in files_under("src/web", "rs") {
        let drawn = code.split("#[template(path = \"").skip(1);
        let drawn: Vec<(&str, &str)> = drawn
            .filter_map(|rest| {
                let (template, rest) = rest.split_once('"')?;
                let named = rest.split("struct ").nth(1)?;
                Some((template, named.split([' ', '<']).next()?))
            })
            .collect();
        let is_of_reader =
            |code: &&str| code.contains("visit.reader") || code.contains("frame_of_reader()");
        for function in code.split("\n}\n").filter(is_of_reader) {
            for (template, named) in &drawn {
                if function.contains(&format!("= {named} {{")) {
                    read.insert((*template).to_owned());
                }
            }
        }
    }
    read
}

/// A template with what it stands in, and with what it calls of its parts.
fn whole(templates: &BTreeMap<String, String>, name: &str) -> String {
    let own = &templates[name];
    let mut text = own.clone();
    for tag in own.split("{% extends \"").skip(1) {
        let (around, _) = tag.split_once('"').expect("a template");
        text += &whole(templates, around);
    }
    for tag in own.split("{% import \"").skip(1) {
        let tag = tag.split(" %}").next().unwrap_or_default();
        let (part, called) = tag.split_once("\" as ").expect("a name of its own");
        for drawn in templates[part].split("{% macro ").skip(1) {
            let (drawn, _) = drawn.split_once("endmacro").expect("the end of a part");
            let named = drawn.split('(').next().unwrap_or_default();
            if own.contains(&format!("call {called}::{named}(")) {
                let is_alone = !drawn.contains("{% call ");
                assert!(is_alone, "{part} calls another part");
                text += drawn;
            }
        }
    }
    text
}

/// The keys that the pages need.
fn needed(italian: &BTreeMap<String, Message>) -> BTreeSet<&String> {
    let templates = templates();
    let read = read(&templates);
    for there in [
        "pages/about/service.html",
        "pages/ask/told.html",
        "pages/private/mine.html",
        "pages/public/failure.html",
        "pages/register/check.html",
        "pages/survey/gone.html",
    ] {
        assert!(read.contains(there), "{there}: {read:?}");
    }
    for elsewhere in ["pages/about/check.html", "pages/ask/step.html"] {
        assert!(!read.contains(elsewhere), "{elsewhere}");
    }
    let mut needed = BTreeSet::new();
    for name in &read {
        // What only accounts see is in the languages of the screens.
        let text = whole(&templates, name);
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
    let asked = |key: &&String| ASKED.iter().any(|one| key.starts_with(one));
    needed.extend(italian.keys().filter(asked));
    needed
}

#[test]
fn every_word_of_a_page_that_workers_read_stands_in_eight_languages() {
    let italian = messages(Language::It);
    let needed = needed(&italian);
    for one in [
        "about-worker-rights",
        "verify-state-revoked",
        "links-exit",
        "links-filed-words",
        "links-near-do",
    ] {
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
