//! How the words are written: the glossary's terms, the marks of print, sentences
//! that people can read. Readability is Gulpease (Lucisano and Piemontese, 1988):
//! 89 + (300 · sentences − 10 · letters) / words; from 60 up, people who left school
//! at fourteen read it without help.

use std::collections::BTreeSet;

use dom::catalogue::Language;

use super::words::messages;

/// Messages with fewer words are labels: the formula says nothing of them.
const SHORTEST_TEXT: usize = 6;
const LEAST_OVER_ALL: f64 = 60.0;
const LEAST_FOR_ONE: f64 = 40.0;

#[derive(Clone, Copy, Debug, Default)]
struct Measure {
    letters: u32,
    words: u32,
    sentences: u32,
}

impl Measure {
    /// Of a message's text. What stands between braces is a variable, one word
    /// long; each form of a plural is a text of its own.
    fn of(text: &str) -> Self {
        let mut measure = Self::default();
        for word in text.split(|c: char| c.is_whitespace() || c == '’' || c == '/') {
            let letters = word.chars().filter(|c| c.is_alphanumeric()).count();
            if letters > 0 {
                measure.words += 1;
                measure.letters += u32::try_from(letters).expect("a word is short");
            }
            if word.ends_with(['.', ';', '!', '?']) {
                measure.sentences += 1;
            }
        }
        if !text.trim_end().ends_with(['.', ';', '!', '?']) {
            measure.sentences += 1;
        }
        measure
    }

    fn and(self, other: Self) -> Self {
        Self {
            letters: self.letters + other.letters,
            words: self.words + other.words,
            sentences: self.sentences + other.sentences,
        }
    }

    fn gulpease(self) -> f64 {
        let (letters, sentences) = (f64::from(self.letters), f64::from(self.sentences));
        89.0 + (300.0 * sentences - 10.0 * letters) / f64::from(self.words)
    }
}

/// The texts of a message: one, or one a form of the plural.
fn forms(text: &str) -> Vec<String> {
    let plain = |line: &str| line.replace("{ $", "").replace(" }", "");
    let forms: Vec<_> = text
        .lines()
        .filter_map(|line| line.trim_start_matches('*').strip_prefix('['))
        .filter_map(|line| line.split_once(']'))
        .map(|(_, form)| plain(form))
        .collect();
    if forms.is_empty() {
        vec![plain(text)]
    } else {
        forms
    }
}

/// Codes' own words come from the laws' tables; what a page says is ours.
fn is_ours(key: &str) -> bool {
    !key.starts_with("permit-") && !key.starts_with("coded-")
}

#[test]
fn italian_reads_easily() {
    let mut all = Measure::default();
    let mut hard = Vec::new();
    for (key, message) in messages(Language::It) {
        for form in forms(&message.text) {
            let measure = Measure::of(&form);
            if form.split_whitespace().count() < SHORTEST_TEXT || !is_ours(&key) {
                continue;
            }
            all = all.and(measure);
            if measure.gulpease() < LEAST_FOR_ONE {
                hard.push(format!("{:.0} {key}: {}", measure.gulpease(), form.trim()));
            }
        }
    }
    hard.sort();
    assert!(hard.is_empty(), "hard to read:\n{}", hard.join("\n"));
    assert!(all.gulpease() >= LEAST_OVER_ALL, "{:.1}", all.gulpease());
}

/// The areas that families and workers read.
const PUBLIC: [&str; 5] = ["links", "asked", "survey", "about", "ask"];

/// The keys of an area.
fn keys_of(area: &str) -> BTreeSet<&'static str> {
    let sources = Language::It.sources().iter();
    sources
        .filter(|(name, _)| *name == area)
        .flat_map(|(_, text)| text.lines())
        .filter(|line| !line.starts_with([' ', '#', '}', '*', '[']))
        .filter_map(|line| line.split_once(" = "))
        .map(|(key, _)| key.trim())
        .collect()
}

#[test]
fn what_families_and_workers_read_is_easy_text_by_text() {
    let messages = messages(Language::It);
    let mut hard = Vec::new();
    let mut measured = 0;
    for key in PUBLIC.into_iter().flat_map(keys_of) {
        for form in forms(&messages[key].text) {
            let measure = Measure::of(&form);
            if form.split_whitespace().count() < SHORTEST_TEXT || !is_ours(key) {
                continue;
            }
            measured += 1;
            if measure.gulpease() < LEAST_OVER_ALL {
                hard.push(format!("{:.0} {key}: {}", measure.gulpease(), form.trim()));
            }
        }
    }
    assert!(measured > 150, "{measured}");
    assert!(hard.is_empty(), "hard to read:\n{}", hard.join("\n"));
    // A notice is a text as a whole: its lists are long, and between plain sentences.
    let notices = keys_of("paper").into_iter();
    let notices = notices.filter(|key| key.starts_with("notice-"));
    let whole = notices.map(|key| Measure::of(&messages[key].text));
    let whole = whole.fold(Measure::default(), Measure::and);
    assert!(
        whole.gulpease() >= LEAST_OVER_ALL,
        "{:.1}",
        whole.gulpease()
    );
}

#[test]
fn the_measure_is_the_formula() {
    let measure = Measure::of("La casa è bella. Il cane dorme.");
    assert_eq!(
        (measure.words, measure.letters, measure.sentences),
        (7, 23, 2)
    );
    let expected = 89.0 + (600.0 - 230.0) / 7.0;
    assert!((measure.gulpease() - expected).abs() < 1e-9);
    assert_eq!(
        forms("{ $count ->\n[one] Una\n*[other] { $count } schede\n}"),
        [" Una", " count schede"]
    );
}

#[test]
fn no_word_is_one_that_the_house_does_not_use() {
    for language in Language::ALL {
        for (key, message) in messages(language) {
            let text = message.text.to_lowercase();
            for unwanted in [
                "badant",
                "caregiver",
                "caregiving",
                "extracomunitar",
                "clandestin",
            ] {
                assert!(!text.contains(unwanted), "{key} says {unwanted}");
            }
            let straight = ['\'', '"', '`'];
            assert!(!text.contains(straight), "{key} has a straight mark");
            assert!(!text.contains("..."), "{key} has three full stops");
            let doubled = text.lines().any(|line| line.trim().contains("  "));
            assert!(!doubled, "{key} has two spaces side by side");
        }
    }
}

#[test]
fn italian_speaks_to_nobody_by_a_pronoun() {
    for (key, message) in messages(Language::It) {
        let text = message.text.to_lowercase();
        let mut words = text.split(|c: char| !c.is_alphabetic());
        let found = words.find(|word| ["lei", "voi", "vostro", "vostra"].contains(word));
        assert!(found.is_none(), "{key}: {found:?}");
    }
}

#[test]
fn what_refuses_is_a_whole_sentence() {
    let families = [
        "refused-",
        "obstacle-",
        "failure-text-",
        "reason-",
        "warning-",
        "error-stale",
    ];
    let fragments = ["warning-phone", "warning-comune-ceased"];
    for language in Language::ALL {
        for (key, message) in messages(language) {
            if !families.iter().any(|family| key.starts_with(family))
                || fragments.contains(&key.as_str())
            {
                continue;
            }
            for form in forms(&message.text) {
                let form = form.trim();
                assert!(form.ends_with(['.', '?']), "{key}: {form}");
            }
        }
    }
}
