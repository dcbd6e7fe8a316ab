//! Every word that the code asks for exists, in every language, with the same
//! variables; none lies unused; and English is not Italian by oversight.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use dom::catalogue::{Language, Value, Words};

/// Keys whose English may equal the Italian, one a line, with the reason.
const SAME: &str = include_str!("same_in_english.txt");

/// (path from the root, text) of every file below a folder with this ending.
pub fn files_under(folder: &str, ending: &str) -> Vec<(String, String)> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(folder).expect("a folder of the package") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.extension().is_some_and(|e| e == ending) {
                let text = fs::read_to_string(&path).expect("UTF-8");
                found.push((path.display().to_string(), text));
            }
        }
    }
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    walk(&root, ending, &mut found);
    assert!(!found.is_empty(), "no .{ending} under {folder}");
    found
}

pub fn code() -> Vec<(String, String)> {
    let mut files = files_under("src", "rs");
    files.extend(files_under("templates", "html"));
    files.retain(|(path, _)| !path.ends_with("catalogue.rs"));
    files
}

/// What one message says, and the variables in it.
#[derive(Debug, Default)]
pub struct Message {
    pub text: String,
    pub variables: BTreeSet<String>,
}

/// Messages by key. A key of this house has no attributes and no terms, so the
/// first column tells all.
pub fn messages(language: Language) -> BTreeMap<String, Message> {
    let mut messages = BTreeMap::<String, Message>::new();
    for (area, source) in language.sources() {
        let mut current: Option<String> = None;
        for line in source.lines() {
            let indented = line.starts_with([' ', '}', '*', '[', '.']);
            if !indented && (line.trim().is_empty() || line.starts_with('#')) {
                continue;
            }
            let text = if indented {
                line
            } else {
                let (key, text) = line
                    .split_once('=')
                    .unwrap_or_else(|| panic!("{area}: {line}"));
                let key = key.trim().to_owned();
                assert!(
                    messages.insert(key.clone(), Message::default()).is_none(),
                    "{key} stands twice in {}",
                    language.tag()
                );
                current = Some(key);
                text
            };
            let message = current
                .as_ref()
                .and_then(|key| messages.get_mut(key))
                .unwrap_or_else(|| panic!("{area}: {line} belongs to no key"));
            message.text.push_str(text.trim());
            message.text.push('\n');
            for after in text.split('$').skip(1) {
                let name = after
                    .chars()
                    .take_while(|c| c.is_ascii_alphanumeric() || *c == '_')
                    .collect();
                message.variables.insert(name);
            }
        }
    }
    messages
}

/// (method, literal) of each `t.method("literal"` and `words.method("literal"`,
/// however the line is broken.
pub fn asked(text: &str) -> Vec<(&str, &str)> {
    let mut asked = Vec::new();
    for method in ["get", "with", "count", "code"] {
        for (at, _) in text.match_indices(method) {
            let Some(before) = text[..at].trim_end().strip_suffix('.') else {
                continue;
            };
            let receiver = before
                .trim_end()
                .rsplit(|c: char| !c.is_alphanumeric() && c != '_')
                .next();
            if !matches!(receiver, Some("t" | "words")) {
                continue;
            }
            let Some(argument) = text[at + method.len()..].strip_prefix('(') else {
                continue;
            };
            let Some(literal) = argument.trim_start().strip_prefix('"') else {
                continue;
            };
            if let Some((literal, _)) = literal.split_once('"') {
                asked.push((method, literal));
            }
        }
    }
    asked
}

#[test]
fn every_word_asked_for_stands_in_every_catalogue() {
    let mut missing = Vec::new();
    for language in Language::ALL {
        let messages = messages(language);
        for (path, text) in code() {
            for (method, key) in asked(&text) {
                let there = if method == "code" {
                    let prefix = format!("{key}-");
                    messages.keys().any(|have| have.starts_with(&prefix))
                } else {
                    messages.contains_key(key)
                };
                if !there {
                    missing.push(format!("{path}: {key} ({})", language.tag()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "missing words:\n{}", missing.join("\n"));
}

/// Literals that are keys wherever they stand: reasons on their way through the
/// domain, labels of facts.
const FAMILIES_OF_KEYS: [&str; 9] = [
    "problem-",
    "refused-",
    "obstacle-",
    "warning-",
    "reason-",
    "short-",
    "fact-",
    "section-",
    "nav-",
];

#[test]
fn every_key_that_travels_as_a_literal_stands_in_the_catalogue() {
    let messages = messages(Language::It);
    let mut missing = Vec::new();
    for (path, text) in code() {
        for literal in text.split('"').skip(1).step_by(2) {
            let is_key = FAMILIES_OF_KEYS
                .iter()
                .any(|family| literal.starts_with(family))
                && literal.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
            if is_key && !messages.contains_key(literal) {
                missing.push(format!("{path}: {literal}"));
            }
        }
    }
    assert!(missing.is_empty(), "missing words:\n{}", missing.join("\n"));
}

#[test]
fn the_search_for_words_finds_them_however_they_are_written() {
    let found = asked(
        "t.get(\"a\") self.words\n  .with(\n \"b\", &[]) words.count(\"c\", n) t.code(\"d\", x) map.get(\"no\") t.get(key)",
    );
    let expected = [("get", "a"), ("with", "b"), ("count", "c"), ("code", "d")];
    assert_eq!(found, expected);
}

#[test]
fn no_word_lies_unused() {
    let code = code();
    let prefixes: BTreeSet<String> = code
        .iter()
        .flat_map(|(_, text)| asked(text))
        .filter(|(method, _)| *method == "code")
        .map(|(_, list)| format!("{list}-"))
        .collect();
    let unused: Vec<String> = messages(Language::It)
        .into_keys()
        .filter(|key| !prefixes.iter().any(|prefix| key.starts_with(prefix)))
        .filter(|key| {
            // A key may also reach the catalogue through a match or a constant.
            let literal = format!("\"{key}\"");
            !code.iter().any(|(_, text)| text.contains(&literal))
        })
        .collect();
    assert!(unused.is_empty(), "unused words:\n{}", unused.join("\n"));
}

#[test]
fn the_languages_have_the_same_keys_and_variables() {
    let italian = messages(Language::It);
    let english = messages(Language::En);
    let keys = |m: &BTreeMap<String, Message>| m.keys().cloned().collect::<BTreeSet<_>>();
    let only_one: Vec<_> = keys(&italian)
        .symmetric_difference(&keys(&english))
        .cloned()
        .collect();
    assert!(only_one.is_empty(), "in one language only: {only_one:?}");
    for (key, message) in &italian {
        assert_eq!(
            message.variables, english[key].variables,
            "variables of {key}"
        );
    }
}

#[test]
fn english_differs_from_italian_outside_the_list() {
    let allowed: BTreeSet<&str> = SAME
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(|key| !key.is_empty())
        .collect();
    let english = messages(Language::En);
    let same: BTreeSet<String> = messages(Language::It)
        .into_iter()
        .filter(|(key, message)| message.text == english[key].text)
        .map(|(key, _)| key)
        .collect();
    let same: BTreeSet<&str> = same.iter().map(String::as_str).collect();
    let unwanted: Vec<_> = same.difference(&allowed).collect();
    assert!(unwanted.is_empty(), "still Italian: {unwanted:?}");
    let stale: Vec<_> = allowed.difference(&same).collect();
    assert!(
        stale.is_empty(),
        "no longer the same, take off the list: {stale:?}"
    );
}

#[test]
fn every_message_can_be_written_with_its_variables() {
    for language in Language::ALL {
        let words = Words::new(language);
        for (key, message) in messages(language) {
            // A number serves everywhere: it is written as text, and it chooses
            // the plural.
            for number in [0_i64, 1, 2, 21] {
                let values: Vec<(&str, &dyn Value)> = message
                    .variables
                    .iter()
                    .map(|name| (name.as_str(), &number as &dyn Value))
                    .collect();
                let text = words.with(&key, &values);
                assert!(!text.contains('⟦') && !text.is_empty(), "{key}: {text}");
                assert!(!text.contains(['{', '}']), "{key}: {text}");
            }
        }
    }
}

#[test]
fn a_missing_word_shows_its_key_and_does_not_stop_the_page() {
    let words = Words::new(Language::It);
    assert_eq!(words.get("no-such-key"), "⟦no-such-key⟧");
    assert!(words.get("paging-where").starts_with("⟦paging-where"));
    assert!(words.has("paging-where") && !words.has("no-such-key"));
}

#[test]
fn messages_take_texts_and_numbers_and_choose_the_plural() {
    let it = Words::new(Language::It);
    let en = Words::new(Language::En);
    assert_eq!(
        it.with("paging-where", &[("page", &2), ("pages", &1200_u64)]),
        "Pagina 2 di 1.200"
    );
    assert_eq!(
        en.with("paging-where", &[("page", &"2"), ("pages", &"1200")]),
        "Page 2 of 1200",
        "a text stays as it is"
    );
    assert_eq!(
        it.count("errors-heading", 1),
        "C’è un problema da correggere"
    );
    assert_eq!(
        it.count("errors-heading", 3_usize),
        "Ci sono 3 problemi da correggere"
    );
    assert_eq!(
        en.count("errors-heading", 0),
        "There are 0 problems to mend"
    );
}

#[test]
fn dates_numbers_and_money_are_written_as_the_language_does() {
    let it = Words::new(Language::It);
    let en = Words::new(Language::En);
    let day = NaiveDate::from_ymd_opt(2026, 11, 3).expect("a day");
    assert_eq!(it.date(day), "03/11/2026");
    assert_eq!(en.date(day), "3 November 2026");
    for (language, date) in [
        (Language::Fr, "03/11/2026"),
        (Language::Es, "03/11/2026"),
        (Language::Ro, "03.11.2026"),
        (Language::Sq, "03.11.2026"),
        (Language::Uk, "03.11.2026"),
        (Language::Ar, "03/11/2026"),
    ] {
        assert_eq!(Words::new(language).date(day), date, "{}", language.tag());
    }
    let moment = day.and_hms_opt(9, 5, 59).expect("a time");
    assert_eq!(it.moment(moment), "03/11/2026 09:05");
    for (number, italian, english) in [
        (0, "0", "0"),
        (999, "999", "999"),
        (-1000, "-1.000", "-1,000"),
        (1_234_567, "1.234.567", "1,234,567"),
    ] {
        assert_eq!(it.number(number), italian);
        assert_eq!(en.number(number), english);
    }
    for (number, italian) in [
        (1234.5, "1.234,5"),
        (0.5, "0,5"),
        (-0.25, "-0,25"),
        (1.001, "1,001"),
        (0.0001, "0,0001"),
        (-1234.567, "-1.234,567"),
        (0.1 + 0.2, "0,30000000000000004"),
        (1e15 + 0.5, "1.000.000.000.000.000,5"),
    ] {
        assert_eq!(it.number(number), italian);
    }
    for (language, number) in [
        (Language::Fr, "1\u{a0}234,5"),
        (Language::Es, "1.234,5"),
        (Language::Ro, "1.234,5"),
        (Language::Sq, "1\u{a0}234,5"),
        (Language::Uk, "1\u{a0}234,5"),
        (Language::Ar, "1,234.5"),
    ] {
        assert_eq!(Words::new(language).number(1234.5), number);
    }
    assert_eq!(it.euro(950), "9,50\u{a0}€");
    assert_eq!(it.euro(105_000), "1.050,00\u{a0}€");
    assert_eq!(en.euro(-7), "-€0.07");
    assert_eq!(it.per_cent(771), "77,1%");
    assert_eq!(it.per_cent(1000), "100,0%");
    assert_eq!(en.per_cent(5), "0.5%");
}

#[test]
fn the_language_is_the_chosen_one_else_the_most_wanted_else_italian() {
    let (wanted, english) = (Language::wanted, Some(Language::En));
    assert_eq!(wanted(Some("en"), Some("it")), english);
    assert_eq!(wanted(Some("xx"), Some("en-GB,it;q=0.5")), english);
    assert_eq!(wanted(None, Some("de, it;q=0.4, en;q=0.8")), english);
    assert_eq!(wanted(None, Some("en;q=0")), None);
    assert_eq!(wanted(None, Some("de,fr;q=nonsense")), None);
    assert_eq!(wanted(None, None), None);
    let of_reader = Language::of_reader;
    assert_eq!(of_reader("uk-UA,uk;q=0.9,en;q=0.5"), Some(Language::Uk));
    assert_eq!(of_reader("de"), None);
    let read = Language::read;
    assert_eq!(read(Some("ro"), Some("uk")), Language::Ro);
    assert_eq!(read(Some("de"), Some("de,sq;q=0.4")), Language::Sq);
    assert_eq!(read(None, None), Language::It);
}

#[test]
fn people_are_asked_the_same_in_eight_languages() {
    let own = |language: Language| -> BTreeMap<String, Message> {
        let all = messages(language).into_iter();
        all.filter(|(key, _)| {
            ["survey-", "asked-", "links-"]
                .iter()
                .any(|area| key.starts_with(area))
        })
        .collect()
    };
    let italian = own(Language::It);
    assert!(italian.len() > 100, "{}", italian.len());
    assert_eq!(Language::WRITTEN.len(), 8);
    for language in Language::WRITTEN {
        let other = own(language);
        let keys = |of: &BTreeMap<String, Message>| of.keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&italian), keys(&other), "{}", language.tag());
        for (key, message) in &italian {
            let (tag, there) = (language.tag(), &other[key]);
            assert_eq!(message.variables, there.variables, "{key} in {tag}");
            assert!(!there.text.trim().is_empty(), "{key} in {tag}");
        }
    }
    for (code, direction) in [("ar", "rtl"), ("uk", "ltr"), ("pt", "ltr")] {
        let spoken = dom::domain::language::Language::by_code(code).unwrap();
        let written = Language::written_to(spoken);
        assert_eq!(written.direction(), direction, "{code}");
        assert_eq!(
            written.tag() == code,
            code != "pt",
            "Portuguese reads Italian"
        );
    }
}

#[test]
fn what_a_speaker_has_reviewed_is_a_message_of_that_language() {
    let reviewed = include_str!("../../../templates/catalogues/reviewed.txt");
    for line in reviewed.lines().filter(|line| !line.starts_with('#')) {
        let (tag, key) = line.split_once(' ').expect("a language and a key");
        let language = Language::WRITTEN.into_iter().find(|one| one.tag() == tag);
        let language = language.unwrap_or_else(|| panic!("{tag} is written"));
        assert!(language != Language::It, "Italian needs no line: {line}");
        assert!(Words::new(language).has(key), "{line}");
        assert!(Words::new(language).is_reviewed(key), "{line}");
    }
    assert!(Words::new(Language::It).is_reviewed("links-ask-intro"));
    assert!(!Words::new(Language::Ar).is_reviewed("no-such-key"));
}
