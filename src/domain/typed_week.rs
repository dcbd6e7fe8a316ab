//! The hours of a week as people type them: `lunedì-venerdì 8-13`, `lun e mer dalle 9 alle
//! 12.30`, `tutti i giorni 8-12, 15-18`. Whether the times are ones that a week has is judged
//! by [`WeekGrid`]; files are read by that alone.

use deunicode::deunicode;

use super::week::WeekGrid;

const WRITTEN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
/// What each day is called.
const NAMES: [&[&str]; 7] = [
    &["lun", "lunedi", "mon", "monday"],
    &["mar", "martedi", "tue", "tuesday"],
    &["mer", "mercoledi", "wed", "wednesday"],
    &["gio", "giovedi", "thu", "thursday"],
    &["ven", "venerdi", "fri", "friday"],
    &["sab", "sabato", "sat", "saturday"],
    &["dom", "domenica", "sun", "sunday"],
];
const ALL_DAYS: [&str; 3] = ["tutti", "ogni", "every"];
const UNTIL: [&str; 7] = ["a", "al", "alle", "fino", "to", "till", "until"];
const AND: [&str; 3] = ["e", "ed", "and"];
/// Words that change nothing.
const EMPTY: [&str; 12] = [
    "dal", "dalla", "dalle", "da", "ore", "i", "il", "la", "giorno", "giorni", "day", "from",
];

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    /// Monday 0.
    Day(usize),
    EveryDay,
    /// As the formats write it.
    Time(String),
    Until,
    And,
    Nothing,
}

/// The week that a text means; none where it can't be told, or a time is none.
pub fn week(text: &str) -> Option<WeekGrid> {
    let tokens = tokens(text)?;
    let mut reader = Reader { left: &tokens };
    let mut entries = Vec::new();
    reader.skip_and();
    while !reader.left.is_empty() {
        let days = reader.days()?;
        let times = reader.times()?.into_iter();
        entries.extend(times.map(|times| format!("{days} {times}")));
    }
    let written = entries.join("; ");
    WeekGrid::parse(&written)
        .ok()
        .filter(|_| !entries.is_empty())
}

/// The hours of one day, Monday 0, of a text that names no day; an empty one has none.
pub fn day(day: usize, text: &str) -> Option<WeekGrid> {
    let tokens = tokens(text)?;
    let mut reader = Reader { left: &tokens };
    reader.skip_and();
    if reader.left.is_empty() {
        return Some(WeekGrid::EMPTY);
    }
    let times = reader.times().filter(|_| reader.left.is_empty())?;
    let entries = times
        .iter()
        .map(|times| format!("{} {times}", WRITTEN[day]))
        .collect::<Vec<_>>();
    WeekGrid::parse(&entries.join("; ")).ok()
}

struct Reader<'a> {
    left: &'a [Token],
}

impl Reader<'_> {
    fn take(&mut self, token: &Token) -> bool {
        let is_next = self.left.first() == Some(token);
        if is_next {
            self.left = &self.left[1..];
        }
        is_next
    }

    fn skip_and(&mut self) {
        while self.take(&Token::And) {}
    }

    fn day(&mut self) -> Option<usize> {
        let Some(Token::Day(day)) = self.left.first() else {
            return None;
        };
        self.left = &self.left[1..];
        Some(*day)
    }

    fn time(&mut self) -> Option<String> {
        let Some(Token::Time(time)) = self.left.first() else {
            return None;
        };
        self.left = &self.left[1..];
        Some(time.clone())
    }

    fn days(&mut self) -> Option<String> {
        if self.take(&Token::EveryDay) {
            self.skip_and();
            return Some("Mon-Sun".to_owned());
        }
        let mut days = Vec::new();
        while let Some(first) = self.day() {
            let mut item = WRITTEN[first].to_owned();
            if self.take(&Token::Until) {
                item = format!("{item}-{}", WRITTEN[self.day()?]);
            }
            days.push(item);
            self.skip_and();
        }
        (!days.is_empty()).then(|| days.join(","))
    }

    fn times(&mut self) -> Option<Vec<String>> {
        let mut times = Vec::new();
        while let Some(from) = self.time() {
            if !self.take(&Token::Until) {
                return None;
            }
            times.push(format!("{from}-{}", self.time()?));
            self.skip_and();
        }
        (!times.is_empty()).then_some(times)
    }
}

/// None where there is a word or a sign that is not known.
fn tokens(text: &str) -> Option<Vec<Token>> {
    let plain = deunicode(text).to_lowercase();
    let mut tokens: Vec<Token> = Vec::new();
    let mut rest = plain.as_str();
    while let Some(first) = rest.chars().next() {
        let belongs = |c: char| {
            if first.is_ascii_digit() {
                c.is_ascii_digit() || c == ':' || c == '.'
            } else {
                first.is_ascii_alphabetic() && c.is_ascii_alphabetic()
            }
        };
        let end = rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
        let (piece, after) = rest.split_at(end.max(first.len_utf8()));
        rest = after;
        let token = match first {
            '-' => Token::Until,
            ',' | ';' | '/' | '+' | '&' | '\n' => Token::And,
            '0'..='9' => Token::Time(time(piece)?),
            'a'..='z' => word(piece)?,
            ':' | '.' => Token::Nothing,
            _ if first.is_whitespace() => Token::Nothing,
            _ => return None,
        };
        // `fino alle`, and a dash that is written twice, are one.
        let is_again = token == Token::Until && tokens.last() == Some(&token);
        if token != Token::Nothing && !is_again {
            tokens.push(token);
        }
    }
    Some(tokens)
}

/// What a word says; none where it is not known.
fn word(piece: &str) -> Option<Token> {
    if let Some(day) = NAMES.iter().position(|names| names.contains(&piece)) {
        return Some(Token::Day(day));
    }
    let is_of = |words: &[&str]| words.contains(&piece);
    if is_of(&ALL_DAYS) {
        Some(Token::EveryDay)
    } else if is_of(&UNTIL) {
        Some(Token::Until)
    } else if is_of(&AND) {
        Some(Token::And)
    } else {
        is_of(&EMPTY).then_some(Token::Nothing)
    }
}

/// `8`, `8.30` or `08:30` as the formats write it.
fn time(piece: &str) -> Option<String> {
    let piece = piece.trim_end_matches([':', '.']);
    let (hour, minute) = piece.split_once([':', '.']).unwrap_or((piece, "00"));
    let is_right = hour.len() <= 2
        && minute.len() == 2
        && [hour, minute]
            .iter()
            .all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    is_right.then(|| format!("{hour:0>2}:{minute}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_week_is_understood_as_people_type_it() {
        for (typed, meant) in [
            ("lun-ven 8-13", "Mon-Fri 08:00-13:00"),
            ("lun-ven 08:00 – 13:00", "Mon-Fri 08:00-13:00"),
            ("lun-ven: 8.00-13.30", "Mon-Fri 08:00-13:30"),
            ("Lunedì-Venerdì 8:00-13:00", "Mon-Fri 08:00-13:00"),
            (
                "dal lunedì al venerdì dalle 8 alle 13",
                "Mon-Fri 08:00-13:00",
            ),
            ("lun, mer e ven ore 9-12", "Mon,Wed,Fri 09:00-12:00"),
            ("sab. e dom. 9-12", "Sat,Sun 09:00-12:00"),
            (
                "tutti i giorni 8-12, 15-18",
                "Mon-Sun 08:00-12:00; Mon-Sun 15:00-18:00",
            ),
            ("lun 9-12\r\nmar 14-16", "Mon 09:00-12:00; Tue 14:00-16:00"),
            ("ogni giorno 20 fino alle 24", "Mon-Sun 20:00-24:00"),
            ("Monday to Friday, 9 to 12", "Mon-Fri 09:00-12:00"),
            ("lun 22-6", "Mon 22:00-24:00; Tue 00:00-06:00"),
        ] {
            let read = week(typed).map(|grid| grid.to_string());
            assert_eq!(read.as_deref(), Some(meant), "{typed}");
        }
    }

    #[test]
    fn what_could_mean_two_things_is_not_guessed() {
        for typed in [
            "",
            "e",
            "tutte le mattine",
            "lun-ven mattina",
            "9-12 lun",
            "lun-ven 8",
            "lun-ven 8,30-13",
            "lun-ven 8:15-13",
            "lun-ven 8-25",
            "lun-ven 800-1300",
            "tre giorni 9-12",
            "ogni lunedì 9-12",
            "lun-ven 8-13 circa",
            "lun- 8-13",
        ] {
            assert_eq!(week(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_days_line_names_no_other_day() {
        let of = |typed: &str| day(1, typed).map(|grid| grid.to_string());
        assert_eq!(
            of("14-20, 8-12").as_deref(),
            Some("Tue 08:00-12:00; Tue 14:00-20:00")
        );
        assert_eq!(
            of("8.30 - 12 e 15-18").as_deref(),
            Some("Tue 08:30-12:00; Tue 15:00-18:00")
        );
        assert_eq!(
            of("08:00-13:00، 15:00-18:30").as_deref(),
            Some("Tue 08:00-13:00; Tue 15:00-18:30")
        );
        assert_eq!(of(" ").as_deref(), Some(""));
        for wrong in ["otto", "lun 8-12", "08:00", "8-12 lun", "ogni 8-12"] {
            assert_eq!(of(wrong), None, "{wrong}");
        }
    }
}
