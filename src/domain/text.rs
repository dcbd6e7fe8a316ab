//! Names and short texts, and how they are folded for searching.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::invalid::Why;

const LONGEST_NAME: usize = 120;
const LONGEST_LINE: usize = 200;

/// Characters that show nothing and only reorder or join what stands around them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{00AD}')
}

/// NFC, without invisible characters, each run of white space one space.
pub fn tidy(text: &str) -> String {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).nfc().collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Several lines as somebody typed them, without the characters that show nothing, and without
/// those that turn the direction of what stands behind them: others read it in the midst of their
/// own words.
pub fn lines(typed: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let shows = |c: &char| *c == '\n' || !(c.is_control() || turns(*c));
    let shown: String = typed.chars().filter(shows).collect();
    shown.trim().to_owned()
}

fn is_latin(c: char) -> bool {
    matches!(c, 'A'..='Z' | 'a'..='z' | '\u{AA}' | '\u{BA}' | '\u{C0}'..='\u{24F}' | '\u{250}'..='\u{2BF}'
        | '\u{1E00}'..='\u{1EFF}' | '\u{2C60}'..='\u{2C7F}' | '\u{A720}'..='\u{A7FF}' | '\u{FB00}'..='\u{FB06}')
}

/// What the fonts of a sheet draw of what stands in a name; a test holds the two
/// together.
fn is_printed(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{A1}'..='\u{36F}' | '\u{1E00}'..='\u{1EFF}' | '\u{2010}'..='\u{2015}'
        | '\u{2018}'..='\u{201F}' | '\u{2C60}'..='\u{2C7F}' | '\u{A720}'..='\u{A7BF}' | '\u{FB00}'..='\u{FB06}')
}

/// The first mark that a sheet draws apart from its letter, so that whoever copies the text
/// gets both twice: above capitals and tall letters, below those that reach down, on one
/// another. Letters that Unicode knows with their mark are drawn as one. So it is with the
/// fonts of the sheet, by how they place marks.
pub fn mark_apart(text: &str) -> Option<char> {
    let mut letter = None;
    for c in text.nfc() {
        if !is_combining_mark(c) {
            letter = Some(c);
        } else if !letter.take().is_some_and(|letter| carries(letter, c)) {
            return Some(c);
        }
    }
    None
}

/// Whether a mark is drawn in one with the letter before it.
fn carries(letter: char, mark: char) -> bool {
    let is_below = |c: char| matches!(c, '\u{323}'..='\u{333}');
    let mut parts = std::iter::once(letter).nfd();
    let plain = parts.next().unwrap_or(letter);
    match mark {
        '\u{300}'..='\u{304}' | '\u{306}'..='\u{30C}' | '\u{30F}' | '\u{311}' => {
            // Dot, cedilla and ogonek are out of the way.
            let mut own = parts;
            "aceijmnopqrsuvwxyzɔɛəŋ".contains(plain)
                && own.all(|c| matches!(c, '\u{323}' | '\u{327}' | '\u{328}'))
        }
        _ if is_below(mark) => {
            plain.is_ascii_alphabetic() && !"JQgjpqy".contains(plain) && !parts.any(is_below)
        }
        _ => false,
    }
}

/// A given or family name in Latin letters, as on the document: 1 to 120
/// characters, at least one of them a letter, all of which a sheet can print.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(String);

impl Name {
    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, Why> {
        if text.chars().any(char::is_control) {
            return Err(Why::new("problem-control-characters"));
        }
        let text = tidy(text);
        if text.chars().count() > LONGEST_NAME {
            return Err(Why::new("problem-too-long").with("longest", LONGEST_NAME));
        }
        if text
            .chars()
            .any(|c| c.is_alphabetic() && !is_latin(c) && !is_modifier(c))
        {
            return Err(Why::new("problem-latin-letters"));
        }
        if let Some(c) = text.chars().find(|c| !is_printed(*c)) {
            return Err(Why::new("problem-not-printed").with("character", c));
        }
        if !text.chars().any(is_latin) {
            return Err(Why::new("problem-no-letter"));
        }
        Ok(Self(text))
    }

    /// Reads a name that somebody types or brings in a file: one that a sheet not only
    /// draws, but also gives back as it is when its text is copied.
    pub fn entered(text: &str) -> Result<Self, Why> {
        let name = Self::parse(text)?;
        name.check_marks()?;
        Ok(name)
    }

    /// What [`Self::entered`] asks besides. Names that are stored already are not asked it:
    /// a record from before must go on being saved.
    pub fn check_marks(&self) -> Result<(), Why> {
        match mark_apart(&self.0) {
            Some(mark) => Err(Why::new("problem-not-printed").with("character", mark)),
            None => Ok(()),
        }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

// The apostrophes of romanised names count as letters in Unicode.
fn is_modifier(c: char) -> bool {
    matches!(c, '\u{2B0}'..='\u{2FF}' | '\u{300}'..='\u{36F}')
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One line in any script: an address, a name in its own letters. 1 to 200 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Line(String);

impl Line {
    /// Reads a line.
    pub fn parse(text: &str) -> Result<Self, Why> {
        if text.chars().any(char::is_control) {
            return Err(Why::new("problem-control-characters"));
        }
        let text = tidy(text);
        if text.is_empty() {
            return Err(Why::new("problem-required"));
        }
        if text.chars().count() > LONGEST_LINE {
            return Err(Why::new("problem-too-long").with("longest", LONGEST_LINE));
        }
        Ok(Self(text))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lower case, without accents, other scripts spelled in Latin letters, and
/// nothing but letters, digits and single spaces: what the search columns hold.
pub fn fold(text: &str) -> String {
    let latin = deunicode::deunicode(&tidy(text)).to_lowercase();
    let mut folded = String::with_capacity(latin.len());
    for c in latin.chars() {
        if c.is_ascii_alphanumeric() {
            folded.push(c);
        } else if c != '\'' && c != '`' && !folded.is_empty() && !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The words to look for in a search column. Something that looks like a phone
/// number is one word of digits, whatever stands between them.
pub fn search_words(typed: &str) -> Vec<String> {
    let phone_like = |c: char| c.is_ascii_digit() || " +-./()".contains(c);
    if typed.chars().all(phone_like) && typed.chars().any(|c| c.is_ascii_digit()) {
        return vec![typed.chars().filter(char::is_ascii_digit).collect()];
    }
    // What stands together must be found together: `W-000123` is one word.
    typed
        .split_whitespace()
        .map(fold)
        .filter(|word| !word.is_empty())
        .take(8)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_as_people_write_them() {
        for good in [
            "A",
            "D'Amico",
            "Müller-Lüdenscheidt",
            "=cmd()",
            "<script>alert(1)</script>",
            "Nguyễn",
            "Mykhaĭlivna",
            "O\u{2019}Neill",
            &"x".repeat(100),
        ] {
            assert_eq!(Name::parse(good).expect(good).as_str(), good);
        }
        assert_eq!(
            Name::parse("  Anna \u{202E} Maria ").unwrap().as_str(),
            "Anna Maria"
        );
    }

    #[test]
    fn lines_are_kept_without_what_shows_nothing_or_turns_them() {
        let typed =
            " Piano terra.\u{7}\r\n\u{202E}Cane\u{202C}, \u{2066}di \u{641}\u{2069}.\r\n\u{202E} ";
        assert_eq!(lines(typed), "Piano terra.\nCane, di \u{641}.");
        assert_eq!(lines("\u{2067} \n"), "");
    }

    #[test]
    fn names_in_other_letters_are_asked_for_in_latin_ones() {
        for (bad, key) in [
            ("Олена", "problem-latin-letters"),
            ("فاطمة", "problem-latin-letters"),
            ("Anna 🐎", "problem-not-printed"),
            ("Anna ☎", "problem-not-printed"),
            ("123", "problem-no-letter"),
            ("a\nb", "problem-control-characters"),
            (&"x".repeat(121), "problem-too-long"),
        ] {
            assert_eq!(Name::parse(bad).unwrap_err().key, key, "{bad}");
        }
    }

    #[test]
    fn a_mark_that_is_drawn_apart_is_refused_where_a_name_is_typed() {
        for good in ["Nguyễn Thị", "Adébọ́lá", "ẹ̀kọ́", "Țurcanu", "K\u{332}aty"] {
            assert_eq!(mark_apart(good), None, "{good}");
            assert!(Name::entered(good).is_ok(), "{good}");
        }
        for (bad, mark) in [
            ("Ẹ̀kọ́", '\u{300}'),
            ("Hel\u{303}a", '\u{303}'),
            ("Zoe \u{301}", '\u{301}'),
            ("Jop\u{323}a", '\u{323}'),
            ("Ro\u{34F}sa", '\u{34F}'),
        ] {
            assert_eq!(mark_apart(bad), Some(mark), "{bad}");
            assert_eq!(Name::entered(bad).unwrap_err().key, "problem-not-printed");
        }
    }

    #[test]
    fn folding_forgets_accents_case_and_punctuation() {
        assert_eq!(fold("  D'Amicò-Rossi, JOSÉ "), "damico rossi jose");
        assert_eq!(fold("Олена"), "olena");
        assert_eq!(search_words("333 12.34"), ["3331234"]);
        assert_eq!(search_words("Rossi  ANNA %_"), ["rossi", "anna"]);
        assert_eq!(search_words("w-000123 D'Amico"), ["w 000123", "damico"]);
    }
}
