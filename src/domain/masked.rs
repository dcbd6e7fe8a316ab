//! Words about a person that may tell of somebody else, as the person gets them: names,
//! numbers and addresses that are not theirs are hidden. Whose name is known elsewhere is the
//! caller's to say; whatever else is written as a name is hidden as well, rather once too
//! often than not.

use std::collections::HashSet;

use super::ids::SheetNumber;
use super::text::fold;

/// Stands where something was hidden.
pub const HIDDEN: &str = "[…]";

/// Digits that are somebody's number.
const LEAST_DIGITS: usize = 6;
/// Letters of a word that ends a sentence with its full stop; shorter ones may be short for
/// something, and a name follows.
const LEAST_LAST: usize = 5;
/// Digits of a record's code at most.
const LONGEST_CODE: usize = 8;
/// What records' codes begin with.
const RECORDS: [&str; 5] = ["A", "F", "I", "R", "W"];
/// Offices and words that are written in capitals, and are no names.
const OFFICES: [&str; 18] = [
    "ADI", "ASL", "AUSL", "CAF", "CCNL", "CIE", "INAIL", "INPS", "ISEE", "OSA", "OSS", "PEC",
    "RSA", "SMS", "SPID", "USL", "UVM", "COOP",
];
/// Words that begin a sentence before a name and are none.
const LITTLE: [&str; 45] = [
    "a", "al", "alla", "anche", "avv", "cerca", "chiama", "con", "conosce", "da", "dal", "dalla",
    "del", "della", "di", "domani", "dopo", "dott", "e", "gli", "ha", "i", "ieri", "il", "in",
    "la", "le", "lo", "ma", "nel", "nella", "non", "o", "oggi", "parla", "per", "poi", "sig",
    "signor", "signora", "su", "tra", "un", "una", "vuole",
];

/// What is the person's own, and what is known to be others'.
#[derive(Debug, Clone, Default)]
pub struct Mask {
    own: HashSet<String>,
    numbers: Vec<String>,
    emails: Vec<String>,
    close: HashSet<String>,
    named: HashSet<String>,
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// The folded words of texts, each once.
pub fn words_of<'a>(texts: impl IntoIterator<Item = &'a str>) -> HashSet<String> {
    let mut words = HashSet::new();
    for text in texts {
        let folded = fold(text);
        words.extend(folded.split(' ').map(str::to_owned));
    }
    words.remove("");
    words
}

impl Mask {
    /// Of a person: their names and places, their telephone, their address.
    pub fn of(names: &[&str], phone: Option<&str>, email: Option<&str>) -> Self {
        Self {
            own: words_of(names.iter().copied()),
            numbers: phone.map(digits).into_iter().collect(),
            emails: email.map(str::to_lowercase).into_iter().collect(),
            ..Self::default()
        }
    }

    /// `close`: names of those around them, hidden however they are written; `named`: folded
    /// words that are anybody's name, hidden where they begin with a capital.
    #[must_use]
    pub fn knowing(mut self, close: &[String], named: HashSet<String>) -> Self {
        self.close = words_of(close.iter().map(String::as_str));
        self.named = named;
        self
    }

    /// Whether a name is theirs.
    pub fn is_own(&self, name: &str) -> bool {
        let words = words_of([name]);
        !words.is_empty() && words.is_subset(&self.own)
    }

    /// The text without others.
    pub fn hide(&self, text: &str) -> String {
        let mut shown = String::with_capacity(text.len());
        let (mut begins, mut last) = (true, "");
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let (said, after) = rest.split_at(if first.is_alphanumeric() {
                self.next_word(rest).len()
            } else {
                first.len_utf8()
            });
            rest = after;
            if !first.is_alphanumeric() {
                let is_end = last.chars().count() >= LEAST_LAST && !is_digits(last);
                begins |= matches!(first, '\n' | '!' | '?') || first == '.' && is_end;
                shown.push(first);
                continue;
            }
            let others = self.is_others(said, begins, after);
            shown.push_str(if others { HIDDEN } else { said });
            (begins, last) = (false, said);
        }
        shown
    }

    /// What the text begins with that is judged as one: an address, a number in its groups, a
    /// code, a name with an apostrophe that is known, or a word.
    fn next_word<'a>(&self, text: &'a str) -> &'a str {
        let piece = text.split(char::is_whitespace).next().unwrap_or(text);
        if piece.contains('@') {
            return piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        }
        let word = run(text);
        if is_digits(word) {
            return number(text);
        }
        if let Some(code) = code(text) {
            return code;
        }
        // Whatever else stands before an apostrophe is a word of its own.
        let Some((mark, after)) = after_mark(&text[word.len()..]) else {
            return word;
        };
        let whole = &text[..word.len() + mark + run(after).len()];
        let folded = fold(whole);
        let is_known = [&self.own, &self.close, &self.named]
            .iter()
            .any(|names| names.contains(&folded));
        if is_known { whole } else { word }
    }

    fn is_others(&self, word: &str, begins: bool, after: &str) -> bool {
        if word.contains('@') {
            return !self.emails.contains(&word.to_lowercase());
        }
        if !word.chars().any(char::is_alphabetic) {
            let number = digits(word);
            let is_number = number.len() >= LEAST_DIGITS && !is_date(word);
            return is_number && !self.numbers.iter().any(|own| is_same_number(own, &number));
        }
        if code(word).is_some() {
            return false;
        }
        if digits(word).len() >= LEAST_DIGITS {
            return true;
        }
        let mut words = words_of([word]);
        words.retain(|one| !self.own.contains(one));
        if words.iter().any(|one| self.close.contains(one)) {
            return true;
        }
        let is_capital = word.chars().next().is_some_and(char::is_uppercase);
        if words.is_empty() || !is_capital {
            return false;
        }
        if words.iter().any(|one| self.named.contains(one)) {
            return true;
        }
        if is_initials(word) {
            return false;
        }
        // A sentence begins with any word, but two names begin with capitals both.
        let is_little = words.iter().all(|one| LITTLE.contains(&one.as_str()));
        !begins || !is_little && leads_to_a_name(after)
    }
}

/// The letters and digits that a text begins with.
fn run(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default()
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A number is often written in groups.
fn number(text: &str) -> &str {
    let between = |c: char| c != '\n' && c.is_whitespace() || "-./()".contains(c);
    let mut end = run(text).len();
    loop {
        let rest = &text[end..];
        let next = rest.trim_start_matches(between);
        let (gap, group) = (&rest[..rest.len() - next.len()], run(next));
        let is_over = is_date(&text[..end]) && gap.contains(char::is_whitespace);
        if is_over || gap.is_empty() || !is_digits(group) {
            return &text[..end];
        }
        end += gap.len() + group.len();
    }
}

/// The code of a record, or the number of a sheet, that a text begins with.
fn code(text: &str) -> Option<&str> {
    let letters = run(text);
    let rest = text[letters.len()..].strip_prefix('-')?;
    let number = run(rest);
    if !is_digits(number) || number.len() > LONGEST_CODE {
        return None;
    }
    let end = letters.len() + 1 + number.len();
    if RECORDS.contains(&letters) {
        return Some(&text[..end]);
    }
    let running = run(rest[number.len()..].strip_prefix('-')?);
    let whole = &text[..end + 1 + running.len()];
    let is_sheet = letters.bytes().all(|byte| byte.is_ascii_uppercase())
        && SheetNumber::from_paper(whole).is_ok_and(|number| number.parts().is_some())
        && running.len() < LEAST_DIGITS;
    is_sheet.then_some(whole)
}

/// The length of the apostrophe that a text begins with, and what follows it.
fn after_mark(text: &str) -> Option<(usize, &str)> {
    let mark = text.chars().next().filter(|c| "'’".contains(*c))?;
    Some((mark.len_utf8(), &text[mark.len_utf8()..]))
}

/// The same number, with or without what is dialled before it from abroad.
fn is_same_number(own: &str, number: &str) -> bool {
    let (short, long) = if own.len() < number.len() {
        (own, number)
    } else {
        (number, own)
    };
    short.len() >= LEAST_DIGITS && long.ends_with(short) && long.len() - short.len() <= 4
}

/// Whether the next word of the line is written as a name is.
fn leads_to_a_name(after: &str) -> bool {
    let next = after.trim_start_matches(|c: char| " '’-".contains(c));
    let word = run(next);
    word.chars().next().is_some_and(char::is_uppercase)
        && (word.chars().count() == 1 || !is_initials(word))
}

/// An office, a class of a few signs, or letters that nobody can be called by.
fn is_initials(word: &str) -> bool {
    let plain = |c: char| c.is_uppercase() || c.is_ascii_digit();
    let is_short = word.chars().count() <= 4;
    let is_spoken = word.chars().count() > 1 && !word.contains(|c: char| c.is_ascii_digit());
    let has_vowel = word.contains(['A', 'E', 'I', 'O', 'U', 'Y']) || !word.is_ascii();
    OFFICES.contains(&word) || is_short && word.chars().all(plain) && !(is_spoken && has_vowel)
}

fn is_date(word: &str) -> bool {
    let parts: Vec<usize> = word.split(['/', '-', '.']).map(str::len).collect();
    match parts[..] {
        [4, month, day] => month <= 2 && day <= 2,
        [day, month, year] => day <= 2 && month <= 2 && (year == 2 || year == 4),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mask() -> Mask {
        let own = ["Olena Popesku", "Grosseto"];
        let of = Mask::of(&own, Some("+390564200002"), Some("olena@prova.example"));
        of.knowing(&["Elsa Provolini".to_owned()], words_of(["Zita Rosa"]))
    }

    #[test]
    fn others_are_hidden_and_the_rest_stays_as_it_was_written() {
        for (said, shown) in [
            ("Vuole solo mattine.", "Vuole solo mattine."),
            ("Vive a Grosseto con Olena.", "Vive a Grosseto con Olena."),
            ("Parla con Marta, la figlia", "Parla con […], la figlia"),
            ("la signora provolini non vuole", "la signora […] non vuole"),
            ("Zita la conosce", "[…] la conosce"),
            ("Una casa rosa", "Una casa rosa"),
            ("al 333 12 34 567, di sera", "al […], di sera"),
            ("al 0564 200002 dalle 9", "al 0564 200002 dalle 9"),
            ("dal 12/11/2026 o 2026-12-01", "dal 12/11/2026 o 2026-12-01"),
            ("a marta@prova.example.", "a […]."),
            (
                "scrive da olena@prova.example",
                "scrive da olena@prova.example",
            ),
            ("con W-2 alla ASL", "con W-2 alla ASL"),
            ("\n  Domani.\nPoi Ugo", "\n  Domani.\nPoi […]"),
            ("Ha chiamato il sig. Bianchi", "Ha chiamato il sig. […]"),
            ("Lavora dal dott. Neri", "Lavora dal dott. […]"),
            ("Figlia: Marta; Ugo", "Figlia: […]; […]"),
            ("tel.3331234567", "tel.[…]"),
            ("cell:333-1234567", "cell:[…]"),
            ("cell3331234567", "[…]"),
            ("dell’Elsa, all'Elsa, l'elsa", "dell’[…], all'[…], l'[…]"),
            ("L'Ada non c'è", "L'[…] non c'è"),
            ("RSSMRT60A41E202X", "[…]"),
            ("IT60X0542811101000000123456", "[…]"),
            ("vive con UGO", "vive con […]"),
            ("Marta Verdi la conosce", "[…] […] la conosce"),
            ("Il Verdi, con la patente B", "Il […], con la patente B"),
            ("333 1234567 +39 0564 200002", "[…] +39 0564 200002"),
            ("dal 12/11/2026 - 13/11/2026", "dal 12/11/2026 - 13/11/2026"),
            (
                "foglio GR-2026-0014 di W-000123",
                "foglio GR-2026-0014 di W-000123",
            ),
            ("con GR-3331234567", "con GR-[…]"),
            ("inglese B2", "inglese B2"),
            ("", ""),
        ] {
            assert_eq!(mask().hide(said), shown);
        }
    }

    #[test]
    fn a_name_is_their_own_where_every_word_is() {
        assert!(mask().is_own("popesku Olena"));
        for other in ["Olena Provolini", "", "Marta"] {
            assert!(!mask().is_own(other), "{other}");
        }
    }
}
