//! How raw fields, a file's row or a posted form, become values: what an absent
//! column and an empty cell mean, and one parser a kind of cell. Every problem is
//! gathered; nothing here knows which record is read.

use chrono::{Datelike, NaiveDate};

use super::contact::{ContactBy, EmailAddress, Phone};
use super::contract::{Arrangement, Arrangements};
use super::ids::{DeskCode, PartnerCode};
use super::invalid::{Invalid, Problem, Why};
use super::language::{Language, LanguageError, Languages};
use super::money::{Cents, MoneyError};
use super::place::{Comune, PlaceError};
use super::reason::{self, ReasonList};
use super::reference::list as list_items;
use super::skill::{Qualification, QualificationSet, Skill, SkillSet};
use super::week::{WeekError, WeekGrid};

/// Raw text by column: a row of a file or a posted form.
pub trait Fields {
    /// `None`: there is no such column; `Some("")`: the cell is empty.
    fn get(&self, column: &str) -> Option<&str>;
}

/// What came of reading: the value and what is doubtful in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<T> {
    /// The value.
    pub value: T,
    /// Doubts that do not stop anything.
    pub warnings: Vec<Problem>,
}

/// Reads fields one after the other and gathers every problem.
///
/// Each method takes what the record holds now (`kept`; `None` for a new one):
/// an absent column keeps it, so does an empty cell of a column with a default;
/// an empty cell of any other column clears it.
pub struct Reading<'a> {
    fields: &'a dyn Fields,
    problems: Vec<Problem>,
    warnings: Vec<Problem>,
}

impl<'a> Reading<'a> {
    /// Begins with `fields`.
    pub fn new(fields: &'a dyn Fields) -> Self {
        Self {
            fields,
            problems: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The trimmed text of a column.
    pub fn text(&self, column: &str) -> Option<&'a str> {
        self.fields.get(column).map(str::trim)
    }

    /// Notes a problem of `column`.
    pub fn problem(&mut self, column: &'static str, why: Why) {
        let value = self.text(column).unwrap_or_default().to_owned();
        self.problems.push(Problem {
            field: column,
            value,
            why,
        });
    }

    /// Notes a doubt about `column`.
    pub fn warning(&mut self, column: &'static str, why: Why) {
        let value = self.text(column).unwrap_or_default().to_owned();
        self.warnings.push(Problem {
            field: column,
            value,
            why,
        });
    }

    fn parsed<T>(
        &mut self,
        column: &'static str,
        text: &str,
        parse: impl FnOnce(&str) -> Result<T, Why>,
    ) -> Option<T> {
        match parse(text) {
            Ok(value) => Some(value),
            Err(why) => {
                self.problem(column, why);
                None
            }
        }
    }

    /// A column that must hold something. `None` only when a problem was noted.
    pub fn required<T>(
        &mut self,
        column: &'static str,
        kept: Option<T>,
        parse: impl FnOnce(&str) -> Result<T, Why>,
    ) -> Option<T> {
        match self.text(column) {
            None if kept.is_some() => kept,
            None | Some("") => {
                self.problem(column, Why::new("problem-required"));
                None
            }
            Some(text) => self.parsed(column, text, parse),
        }
    }

    /// A column that may be empty.
    pub fn optional<T>(
        &mut self,
        column: &'static str,
        kept: Option<Option<T>>,
        parse: impl FnOnce(&str) -> Result<T, Why>,
    ) -> Option<T> {
        match self.text(column) {
            None => kept.flatten(),
            Some("") => None,
            Some(text) => self.parsed(column, text, parse),
        }
    }

    /// A column that stands for `empty` when its cell is empty.
    pub fn or_empty<T>(
        &mut self,
        column: &'static str,
        kept: Option<T>,
        empty: T,
        parse: impl FnOnce(&str) -> Result<T, Why>,
    ) -> T {
        match self.text(column) {
            None => kept.unwrap_or(empty),
            Some("") => empty,
            Some(text) => self.parsed(column, text, parse).unwrap_or(empty),
        }
    }

    /// A column with a default for new records.
    pub fn or_default<T>(
        &mut self,
        column: &'static str,
        kept: Option<T>,
        default: T,
        parse: impl FnOnce(&str) -> Result<T, Why>,
    ) -> T {
        match self.text(column) {
            None | Some("") => kept.unwrap_or(default),
            Some(text) => self.parsed(column, text, parse).unwrap_or(default),
        }
    }

    /// A phone number; one that can't be read as such is kept, with a warning.
    pub fn phone(&mut self, column: &'static str, kept: Option<Option<Phone>>) -> Option<Phone> {
        let phone = self.optional(column, kept, Phone::parse);
        if phone.as_ref().is_some_and(Phone::is_doubtful) && self.is_stated(column) {
            self.warning(column, Why::new("warning-phone"));
        }
        phone
    }

    /// A comune; one that ended is accepted with a warning that names what became of it.
    pub fn comune(&mut self, column: &'static str, kept: Option<Comune>) -> Option<Comune> {
        let comune = self.required(column, kept, comune);
        if let Some(ceased) = comune
            .and_then(Comune::ceased)
            .filter(|_| self.is_stated(column))
        {
            self.warning(
                column,
                Why::new("warning-comune-ceased").with("note", ceased.note),
            );
        }
        comune
    }

    /// Notes a problem unless a phone or an e-mail was given, or the desk is the way.
    pub fn reachable(
        &mut self,
        phone: &Option<Phone>,
        email: &Option<EmailAddress>,
        by: Option<ContactBy>,
    ) {
        if phone.is_none() && email.is_none() && by != Some(ContactBy::Desk) {
            self.problem_unless_noted(
                &["phone", "email", "contact_by"],
                Why::new("problem-unreachable"),
            );
        }
    }

    /// Notes a problem of the first of `columns`, unless one of them has one already.
    pub fn problem_unless_noted(&mut self, columns: &[&'static str], why: Why) {
        if !self
            .problems
            .iter()
            .any(|problem| columns.contains(&problem.field))
        {
            self.problem(columns[0], why);
        }
    }

    fn is_stated(&self, column: &str) -> bool {
        self.text(column).is_some_and(|text| !text.is_empty())
    }

    /// The value, unless a problem was noted. `value` is asked only then.
    pub fn finish<T>(self, value: impl FnOnce() -> Option<T>) -> Result<Parsed<T>, Invalid> {
        if !self.problems.is_empty() {
            return Err(Invalid(self.problems));
        }
        let value = value().expect("a missing required value was noted as a problem");
        Ok(Parsed {
            value,
            warnings: self.warnings,
        })
    }
}

/// Reads `yes` or `no` (`sì`, `si` are read too).
pub fn yes_no(text: &str) -> Result<bool, Why> {
    match text.to_lowercase().as_str() {
        "yes" | "sì" | "si" => Ok(true),
        "no" => Ok(false),
        _ => Err(Why::new("problem-one-of").with("codes", "yes, no")),
    }
}

/// Reads a date, `2026-11-23` or `23/11/2026`, between 1900 and 2100.
pub fn date(text: &str) -> Result<NaiveDate, Why> {
    let part = |text: &str, longest: usize| -> Option<u32> {
        let digits =
            (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if digits { text.parse().ok() } else { None }
    };
    let pieces: Vec<&str> = text.split(['-', '/']).collect();
    let read = match pieces[..] {
        [year, month, day] if text.contains('-') && year.len() == 4 => {
            (part(year, 4), part(month, 2), part(day, 2))
        }
        [day, month, year] if text.contains('/') && year.len() == 4 => {
            (part(year, 4), part(month, 2), part(day, 2))
        }
        _ => (None, None, None),
    };
    let (Some(year), Some(month), Some(day)) = read else {
        return Err(Why::new("problem-date-form"));
    };
    let date = NaiveDate::from_ymd_opt(year.cast_signed(), month, day)
        .ok_or_else(|| Why::new("problem-no-such-date"))?;
    if !(1900..=2100).contains(&date.year()) {
        return Err(Why::new("problem-date-range"));
    }
    Ok(date)
}

/// Reads a whole number between `least` and `most`.
pub fn whole(text: &str, least: u32, most: u32) -> Result<u32, Why> {
    match text.parse::<u32>() {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => Err(Why::new("problem-whole-number")
            .with("least", least)
            .with("most", most)),
    }
}

/// Reads one code of a closed table.
pub fn code_of<T>(
    text: &str,
    table: &'static str,
    by_code: impl Fn(&str) -> Option<T>,
) -> Result<T, Why> {
    by_code(text).ok_or_else(|| {
        Why::new("problem-unknown-code")
            .with("code", text)
            .with("table", table)
    })
}

/// Reads a week grid.
pub fn week(text: &str) -> Result<WeekGrid, Why> {
    WeekGrid::parse(text).map_err(|error| match error {
        WeekError::UnknownDay(piece) => Why::new("problem-week-day").with("piece", piece),
        WeekError::NotHalfHour(piece) => Why::new("problem-week-half-hour").with("piece", piece),
        WeekError::EqualEnds(piece) => Why::new("problem-week-equal-ends").with("piece", piece),
        WeekError::BadTime(piece) => Why::new("problem-week-time").with("piece", piece),
        WeekError::Malformed(piece) => Why::new("problem-week-form").with("piece", piece),
    })
}

/// Reads an amount of euro.
pub fn money(text: &str) -> Result<Cents, Why> {
    Cents::parse(text).map_err(|error| match error {
        MoneyError::Negative(_) => Why::new("problem-money-negative"),
        MoneyError::Absurd(_) => Why::new("problem-money-absurd").with("most", Cents::MOST),
        MoneyError::TooFine(_) | MoneyError::Malformed(_) => Why::new("problem-money-form"),
    })
}

/// Reads a comune, without the warning about those that ended.
pub fn comune(text: &str) -> Result<Comune, Why> {
    Comune::parse(text)
        .map(|(comune, _)| comune)
        .map_err(|error| match error {
            PlaceError::Unknown(name) => Why::new("problem-comune-unknown").with("name", name),
            PlaceError::Ambiguous { name, candidates } => {
                let names: Vec<String> = candidates.into_iter().map(Comune::unique_name).collect();
                Why::new("problem-comune-ambiguous")
                    .with("name", name)
                    .with("candidates", names.join(", "))
            }
            PlaceError::Renamed { old, now } => Why::new("problem-comune-renamed")
                .with("old", old)
                .with("now", now.name())
                .with("code", now.istat()),
            PlaceError::NotYetCoded { name, since } => Why::new("problem-comune-not-coded")
                .with("name", name)
                .with("since", since),
        })
}

/// Reads a list of comuni, each once.
pub fn comuni(text: &str) -> Result<Vec<Comune>, Why> {
    let mut all = list_items(text)
        .map(comune)
        .collect::<Result<Vec<_>, _>>()?;
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// Reads a list of skills.
pub fn skills(text: &str) -> Result<SkillSet, Why> {
    list_items(text)
        .map(|code| code_of(code, "skills", Skill::by_code))
        .collect()
}

/// Reads a list of qualifications.
pub fn qualifications(text: &str) -> Result<QualificationSet, Why> {
    list_items(text)
        .map(|code| code_of(code, "qualifications", Qualification::by_code))
        .collect()
}

/// Reads `it:B1|en:C1`.
pub fn languages(text: &str) -> Result<Languages, Why> {
    Languages::parse(text).map_err(|error| match error {
        LanguageError::Malformed(piece) => Why::new("problem-language-form").with("piece", piece),
        LanguageError::UnknownLanguage(code) => Why::new("problem-unknown-code")
            .with("code", code)
            .with("table", "languages"),
        LanguageError::UnknownLevel(level) => {
            Why::new("problem-language-level").with("level", level)
        }
    })
}

/// Reads one language's code.
pub fn language(text: &str) -> Result<Language, Why> {
    code_of(text, "languages", Language::by_code)
}

/// Reads an arrangement.
pub fn arrangement(text: &str) -> Result<Arrangement, Why> {
    Arrangement::parse(text).ok_or_else(|| {
        let codes: Vec<_> = Arrangement::ALL.iter().map(|one| one.code()).collect();
        Why::new("problem-one-of").with("codes", codes.join(", "))
    })
}

/// Reads a list of arrangements, at least one.
pub fn arrangements(text: &str) -> Result<Arrangements, Why> {
    let all: Arrangements = list_items(text)
        .map(arrangement)
        .collect::<Result<_, _>>()?;
    if all.is_empty() {
        Err(Why::new("problem-required"))
    } else {
        Ok(all)
    }
}

/// Reads a coded reason of `list`.
pub fn reason(list: ReasonList, text: &str) -> Result<&'static str, Why> {
    code_of(text, list.code(), |code| {
        reason::find(list, code).map(reason::Reason::code)
    })
}

/// Reads the code of a desk that exists.
pub fn desk(known: &[DeskCode], text: &str) -> Result<DeskCode, Why> {
    code_of(text, "desks", |code| {
        known.iter().find(|desk| desk.as_str() == code).cloned()
    })
}

/// Reads the code of a partner that exists, or `self`.
pub fn referrer(known: &[PartnerCode], text: &str) -> Result<Option<PartnerCode>, Why> {
    if text == "self" {
        return Ok(None);
    }
    code_of(text, "partners", |code| {
        known
            .iter()
            .find(|partner| partner.as_str() == code)
            .cloned()
            .map(Some)
    })
}

/// The cell of something that may not be stated.
pub fn cell(value: Option<impl ToString>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

/// The cell of a list.
pub fn joined<'a>(items: impl Iterator<Item = &'a str>) -> String {
    items.collect::<Vec<_>>().join("|")
}

/// The cell of a yes or no.
pub fn yes_or_no(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_in_both_forms_and_must_exist() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        assert_eq!(date("2026-11-23"), Ok(day));
        assert_eq!(date("23/11/2026"), Ok(day));
        for (bad, key) in [
            ("2026-02-30", "problem-no-such-date"),
            ("31/04/2026", "problem-no-such-date"),
            ("23-11-2026", "problem-date-form"),
            ("2026/11/23", "problem-date-form"),
            ("ieri", "problem-date-form"),
            ("1850-01-01", "problem-date-range"),
            ("+026-01-01", "problem-date-form"),
        ] {
            assert_eq!(date(bad).unwrap_err().key, key, "{bad}");
        }
    }
}
