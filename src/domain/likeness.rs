//! Whether two records may be the same person: the reasons, never a verdict.
//! Tolerant of accents, of how foreign names are spelt, and of names in another
//! order. People decide. And how far a word that is looked for is from a name.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use strsim::osa_distance;

use super::contact::{EmailAddress, Phone};
use super::text::fold;

/// What is compared of somebody.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Traits {
    pub given_name: String,
    pub family_name: String,
    pub phone: Option<Phone>,
    pub email: Option<EmailAddress>,
    pub birth_date: Option<NaiveDate>,
}

/// Why two may be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    SameName,
    SimilarName,
    Phone,
    Email,
    BirthDate,
}

impl Reason {
    /// All.
    pub const ALL: [Self; 5] = [
        Self::SameName,
        Self::SimilarName,
        Self::Phone,
        Self::Email,
        Self::BirthDate,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::SameName => "same_name",
            Self::SimilarName => "similar_name",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::BirthDate => "birth_date",
        }
    }
}

/// How the words of a name sound, roughly: without vowels, with the letters that
/// are written for each other made one. Empty words are left out.
pub fn sounds(name: &str) -> Vec<String> {
    fold(name)
        .split(' ')
        .map(sound)
        .filter(|sound| !sound.is_empty())
        .collect()
}

/// How a folded word sounds.
pub fn sound(word: &str) -> String {
    let plain = one_letter_each(word);
    let mut heard = String::new();
    for letter in plain.chars().filter(|letter| !"aeiouyjh".contains(*letter)) {
        if !heard.ends_with(letter) {
            heard.push(letter);
        }
    }
    // A name of vowels alone sounds like itself.
    if heard.is_empty() { plain } else { heard }
}

/// With the letters that are written for each other made one.
fn one_letter_each(word: &str) -> String {
    let mut plain = word.to_owned();
    for (written, heard) in [
        ("sce", "se"),
        ("sci", "si"),
        ("shch", "s"),
        ("sch", "s"),
        ("tch", "c"),
        ("tsch", "c"),
        ("sh", "s"),
        ("ch", "c"),
        ("cz", "c"),
        ("ts", "s"),
        ("tz", "s"),
        ("ph", "f"),
        ("x", "ks"),
        ("q", "k"),
        ("gh", "g"),
        ("zh", "z"),
        ("th", "t"),
        ("kh", "h"),
        ("w", "v"),
        ("c", "k"),
        ("z", "s"),
        ("b", "v"),
    ] {
        plain = plain.replace(written, heard);
    }
    plain
}

/// The same with its vowels, each letter once where it stands twice.
fn spoken(word: &str) -> String {
    let mut heard = String::new();
    for letter in one_letter_each(word)
        .chars()
        .filter(|letter| *letter != 'h')
    {
        let letter = if "jy".contains(letter) { 'i' } else { letter };
        if !heard.ends_with(letter) {
            heard.push(letter);
        }
    }
    heard
}

/// Letters that a sound is made of, but for one of vowels alone.
const HEARD: &str = "dfgklmnprstv";

/// The sounds that a word may have been meant to have: its own, and those that differ
/// by one letter, or by two that changed places.
pub fn near_sounds(word: &str) -> BTreeSet<String> {
    let own = sound(word);
    let letters: Vec<char> = own.chars().collect();
    let mut near = BTreeSet::from([own]);
    if letters.iter().any(|letter| !HEARD.contains(*letter)) {
        return near;
    }
    for at in 0..=letters.len() {
        let (before, after) = letters.split_at(at);
        let with = |inserted: &[char], after: &[char]| -> String {
            before.iter().chain(inserted).chain(after).collect()
        };
        for letter in HEARD.chars() {
            near.insert(with(&[letter], after));
            if let [_, rest @ ..] = after {
                near.insert(with(&[letter], rest));
            }
        }
        if let [_, rest @ ..] = after {
            near.insert(with(&[], rest));
        }
        if let [one, other, rest @ ..] = after {
            near.insert(with(&[*other, *one], rest));
        }
    }
    // No sound has a letter twice in a row, and none is empty.
    near.retain(|sound| {
        let mut last = None;
        !sound.is_empty()
            && sound
                .chars()
                .all(|letter| last.replace(letter) != Some(letter))
    });
    near
}

/// Words of one person's names that are kept.
const MOST_WORDS: usize = 40;

/// The folded words of names, each once: also those of a name together, as `De Luca` is
/// written by many.
pub fn name_words(names: &[&str]) -> BTreeSet<String> {
    let mut words = BTreeSet::new();
    for name in names {
        let folded = fold(name);
        let parts: Vec<&str> = folded.split(' ').filter(|part| !part.is_empty()).collect();
        words.extend(parts.iter().map(|part| (*part).to_owned()));
        if parts.len() > 1 {
            words.insert(parts.concat());
        }
    }
    words.into_iter().take(MOST_WORDS).collect()
}

/// Whether a folded word is as long as names are, so that it may be a misspelt one, and no
/// number or code.
pub fn may_be_misspelt(word: &str) -> bool {
    (3..=30).contains(&word.len()) && word.chars().all(|letter| letter.is_ascii_alphabetic())
}

/// How far a folded word that is looked for is from a word of a name, or from its
/// beginning: letters apart as they are spoken. None where it is another name.
pub fn distance(sought: &str, word: &str) -> Option<usize> {
    if word.contains(sought) {
        return Some(0);
    }
    let (sought, word) = (spoken(sought), spoken(word));
    let most = match sought.len() {
        0..=2 => 0,
        3..=4 => 1,
        _ => 2,
    };
    let whole = osa_distance(&sought, &word);
    // Folded words are ASCII: they can be cut anywhere.
    let beginnings = (sought.len() - usize::from(!sought.is_empty())..=sought.len() + 1)
        .filter(|length| *length > 2 && *length < word.len())
        .map(|length| osa_distance(&sought, &word[..length]) + 1);
    beginnings
        .chain([whole])
        .min()
        .filter(|apart| *apart <= most)
}

/// How far all that is looked for is from the words of somebody's names. A word that can't be
/// misspelt must stand in their search column. None where one is of another name.
pub fn apart(sought: &[String], names: &BTreeSet<String>, folded: &str) -> Option<usize> {
    let mut sum = 0;
    for word in sought {
        sum += if may_be_misspelt(word) {
            names.iter().filter_map(|name| distance(word, name)).min()?
        } else {
            folded.contains(word.as_str()).then_some(0)?
        };
    }
    Some(sum)
}

/// What a column holds to be searched by sound: every word between spaces.
pub fn sound_column(given_name: &str, family_name: &str) -> String {
    let mut words = sounds(&format!("{given_name} {family_name}"));
    words.sort_unstable();
    words.dedup();
    format!(" {} ", words.join(" "))
}

/// The reasons to think that two are one; empty where there are not enough. A
/// date of birth alone says nothing.
pub fn reasons(one: &Traits, other: &Traits) -> Vec<Reason> {
    let mut found = Vec::new();
    let whole = |of: &Traits| {
        let mut words: Vec<String> = fold(&format!("{} {}", of.given_name, of.family_name))
            .split(' ')
            .map(str::to_owned)
            .collect();
        words.sort_unstable();
        words.join(" ")
    };
    let (mine, theirs) = (whole(one), whole(other));
    let shares = |one: &str, other: &str| {
        let (one, other) = (sounds(one), sounds(other));
        one.iter().any(|word| other.contains(word))
    };
    let straight =
        shares(&one.given_name, &other.given_name) && shares(&one.family_name, &other.family_name);
    let crossed =
        shares(&one.given_name, &other.family_name) && shares(&one.family_name, &other.given_name);
    if !mine.is_empty() && mine == theirs {
        found.push(Reason::SameName);
    } else if straight || crossed {
        found.push(Reason::SimilarName);
    }
    if let (Some(one), Some(other)) = (&one.phone, &other.phone)
        && tail(one) == tail(other)
    {
        found.push(Reason::Phone);
    }
    if let (Some(one), Some(other)) = (&one.email, &other.email)
        && one.key() == other.key()
    {
        found.push(Reason::Email);
    }
    let a_name_is_shared =
        shares(&one.family_name, &other.family_name) || shares(&one.given_name, &other.given_name);
    let same_day = one.birth_date.is_some() && one.birth_date == other.birth_date;
    if same_day && (a_name_is_shared || !found.is_empty()) {
        found.push(Reason::BirthDate);
    }
    found
}

/// The last digits of a number: with or without the country's prefix.
pub fn tail(phone: &Phone) -> String {
    let digits = phone.digits();
    let from = digits.len().saturating_sub(9);
    digits[from..].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somebody(given: &str, family: &str) -> Traits {
        Traits {
            given_name: given.to_owned(),
            family_name: family.to_owned(),
            ..Traits::default()
        }
    }

    #[test]
    fn names_are_alike_however_they_are_spelt() {
        for (one, other, reason) in [
            (
                ("Niccolò", "D'Amico"),
                ("NICCOLO", "Damico"),
                Reason::SameName,
            ),
            (
                ("Olena", "Kovalchuk"),
                ("Elena", "Kovalciuk"),
                Reason::SimilarName,
            ),
            (
                ("Yulia", "Shevchenko"),
                ("Iuliia", "Scevcenko"),
                Reason::SimilarName,
            ),
            (
                ("Mihaela", "Popescu"),
                ("Popescu", "Mihaela"),
                Reason::SameName,
            ),
            (
                ("Ana Maria", "Rusu"),
                ("Maria", "Russu"),
                Reason::SimilarName,
            ),
        ] {
            let found = reasons(&somebody(one.0, one.1), &somebody(other.0, other.1));
            assert_eq!(found, [reason], "{one:?} {other:?}");
        }
        for (one, other) in [
            (("Maria", "Rossi"), ("Maria", "Bianchi")),
            (("Maria", "Rossi"), ("Carla", "Rossi")),
            (("", ""), ("", "")),
        ] {
            let found = reasons(&somebody(one.0, one.1), &somebody(other.0, other.1));
            assert_eq!(found, [], "{one:?} {other:?}");
        }
    }

    #[test]
    fn a_misspelt_word_is_near_the_name_that_was_meant_and_no_other() {
        for (sought, name, apart) in [
            ("kovalenko", "kovalenko", Some(0)),
            ("oval", "kovalenko", Some(0)),
            ("covalenco", "kovalenko", Some(0)),
            ("kovaleno", "kovalenko", Some(1)),
            ("covaleno", "kovalenko", Some(1)),
            ("kolavenko", "kovalenko", Some(2)),
            ("covalen", "kovalenko", Some(1)),
            ("scevcenko", "shevchenko", Some(0)),
            ("iuliia", "yulia", Some(0)),
            ("popesku", "popescu", Some(0)),
            ("deluca", "deluca", Some(0)),
            ("rosi", "rossi", Some(0)),
            ("bianchi", "rossi", None),
            ("moro", "maria", None),
            ("ada", "elena", None),
        ] {
            assert_eq!(distance(sought, name), apart, "{sought} {name}");
            if apart.is_some() && !name.contains(sought) {
                let sound = sound(name);
                let near = near_sounds(sought);
                let begins = sound.starts_with(&super::sound(sought));
                assert!(near.contains(&sound) || begins, "{sought} {name}");
            }
        }
        let names = name_words(&["Maria Antonietta", "De Luca"]);
        assert!(names.contains("deluca") && names.contains("mariaantonietta"));
        let sought = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let of = |words: &[&str]| {
            let sought: Vec<String> = sought(words);
            apart(
                &sought,
                &names,
                "maria antonietta de luca w 12 393331234567",
            )
        };
        assert_eq!(of(&["antonieta", "delluca"]), Some(0));
        assert_eq!(of(&["antonieta", "1234567"]), Some(0));
        assert_eq!(of(&["antonieta", "7654321"]), None);
        assert_eq!(of(&["antonieta", "verdi"]), None);
    }

    #[test]
    fn a_number_an_address_or_a_birthday_with_a_name_are_reasons() {
        let mut one = somebody("Maria", "Rossi");
        let mut other = somebody("Carla", "Rossi");
        one.birth_date = NaiveDate::from_ymd_opt(1970, 4, 3);
        other.birth_date = one.birth_date;
        assert_eq!(reasons(&one, &other), [Reason::BirthDate]);
        assert_eq!(
            reasons(
                &one,
                &Traits {
                    family_name: "Verdi".to_owned(),
                    ..other.clone()
                }
            ),
            []
        );
        one.phone = Phone::parse("333 1234567").ok();
        other.phone = Phone::parse("+39 333-1234567").ok();
        one.email = EmailAddress::parse("a@example.org").ok();
        other.email = EmailAddress::parse("A@Example.org").ok();
        assert_eq!(
            reasons(&one, &other),
            [Reason::Phone, Reason::Email, Reason::BirthDate]
        );
    }
}
