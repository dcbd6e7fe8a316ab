//! Whether two records may be the same person: the reasons, never a verdict.
//! Tolerant of accents, of how foreign names are spelt, and of names in another
//! order. People decide.

use chrono::NaiveDate;

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

fn sound(word: &str) -> String {
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
    let mut heard = String::new();
    for letter in plain.chars().filter(|letter| !"aeiouyjh".contains(*letter)) {
        if !heard.ends_with(letter) {
            heard.push(letter);
        }
    }
    // A name of vowels alone sounds like itself.
    if heard.is_empty() { plain } else { heard }
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
