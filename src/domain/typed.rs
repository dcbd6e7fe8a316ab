//! How people write in a form what the formats write in a file: short dates,
//! one comune a line, a part of a hundred. Nothing is judged here: what can't be
//! understood goes on as it was typed, and the reader of the column says why not.

use std::collections::HashMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};

use super::invalid::Why;
use super::place::Comune;
use super::reading;
use super::text::fold;
use super::typed_week;
use super::week::WeekGrid;

/// A date such as `3/4/26`, `03-04-2026` or `3.4.2026`, as the formats write it.
/// Two figures of a year mean the latest year that is not more than `ahead`
/// years after today.
pub fn date(text: &str, today: NaiveDate, ahead: i32) -> String {
    let text = text.trim();
    let pieces: Vec<&str> = text.split(['/', '-', '.', ' ']).collect();
    let figures = |piece: &str, most: usize| {
        (1..=most).contains(&piece.len()) && piece.bytes().all(|b| b.is_ascii_digit())
    };
    let [day, month, year] = pieces[..] else {
        return text.to_owned();
    };
    if !figures(day, 2) || !figures(month, 2) || !figures(year, 4) {
        return text.to_owned();
    }
    if year.len() == 2 {
        let short: i32 = year.parse().expect("two figures");
        let latest = today.year() + ahead;
        let full = latest - (latest - short).rem_euclid(100);
        return format!("{day}/{month}/{full}");
    }
    format!("{day}/{month}/{year}")
}

/// The day that somebody typed into a form, read as [`date`] understands it.
pub fn day(text: &str, today: NaiveDate, ahead: i32) -> Result<NaiveDate, Why> {
    reading::date(&date(text, today, ahead))
}

/// A comune in whatever capitals and with whatever accents, by its own name, where no
/// other is called so.
pub fn comune(text: &str) -> String {
    static FOLDED: OnceLock<HashMap<String, Vec<Comune>>> = OnceLock::new();
    let text = text.trim();
    if Comune::parse(text).is_ok() {
        return text.to_owned();
    }
    let by_name = FOLDED.get_or_init(|| {
        let mut by_name: HashMap<String, Vec<Comune>> = HashMap::new();
        for one in Comune::all() {
            by_name.entry(fold(one.name())).or_default().push(one);
        }
        by_name
    });
    match by_name.get(&fold(text)).map(Vec::as_slice) {
        Some([one]) => one.unique_name(),
        _ => text.to_owned(),
    }
}

/// The hours of a week, such as `lunedì-venerdì 8-13`, as the formats write them.
pub fn week(text: &str) -> String {
    if WeekGrid::parse(text).is_ok() {
        return text.to_owned();
    }
    typed_week::week(text).map_or_else(|| text.to_owned(), |grid| grid.to_string())
}

/// Several items, one a line or with commas or semicolons between, as a list.
pub fn list(text: &str) -> String {
    let items = text.split(['\n', '\r', ',', ';', '|']).map(str::trim);
    items
        .filter(|item| !item.is_empty())
        .collect::<Vec<_>>()
        .join("|")
}

/// A per cent, with one decimal at the most, as the formats' per mille. A number is always
/// turned, however large: nobody's thousand per cent is the formats' thousand.
pub fn permille(text: &str) -> String {
    let plain = text.trim().trim_end_matches('%').trim();
    let (whole, tenths) = plain.split_once([',', '.']).unwrap_or((plain, "0"));
    let figures = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !figures(whole) || !figures(tenths) || tenths.len() > 1 {
        return text.trim().to_owned();
    }
    let joined = format!("{whole}{tenths}");
    match joined.trim_start_matches('0') {
        "" => "0".to_owned(),
        turned => turned.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comune_is_known_in_any_capitals_where_it_is_the_only_one() {
        for (typed, meant) in [
            ("grosseto", "Grosseto"),
            (" CASTIGLIONE DELLA PESCAIA ", "Castiglione della Pescaia"),
            ("Grosseto", "Grosseto"),
            ("castro", "castro"),
            ("atlantide", "atlantide"),
        ] {
            assert_eq!(comune(typed), meant, "{typed}");
        }
    }

    #[test]
    fn dates_are_understood_as_people_write_them() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day");
        for (typed, read) in [
            ("3/4/26", "3/4/2026"),
            ("03-04-2026", "03/04/2026"),
            ("3.4.26", "3/4/2026"),
            (" 3 4 26 ", "3/4/2026"),
            ("1/1/46", "1/1/2046"),
            ("1/1/47", "1/1/1947"),
            ("2026-04-03", "2026-04-03"),
            ("ieri", "ieri"),
            ("3/4", "3/4"),
            ("3/4/20260", "3/4/20260"),
            ("", ""),
        ] {
            assert_eq!(date(typed, today, 20), read, "{typed}");
        }
        assert_eq!(date("2/3/70", today, 0), "2/3/1970", "nobody is born ahead");
        assert_eq!(date("2/3/26", today, 0), "2/3/2026");
        assert_eq!(date("2/3/27", today, 0), "2/3/1927");
        assert_eq!(day("24-11-26", today, 0), Ok(today));
        assert!(day("31/2/26", today, 0).is_err());
    }

    #[test]
    fn a_week_that_can_not_be_understood_goes_on_as_it_was_typed() {
        assert_eq!(week("lun-ven 8-13"), "Mon-Fri 08:00-13:00");
        assert_eq!(week("lun-ven 08:00-13:00"), "lun-ven 08:00-13:00");
        assert_eq!(week("sempre"), "sempre");
        assert_eq!(week("-"), "-");
    }

    #[test]
    fn lists_and_parts_are_understood() {
        assert_eq!(
            list("Grosseto\r\n Follonica ,;Scarlino"),
            "Grosseto|Follonica|Scarlino"
        );
        assert_eq!(permille(" 80 % "), "800");
        assert_eq!(permille("12,5"), "125");
        assert_eq!(permille("0,1"), "1");
        assert_eq!(permille("00,0"), "0", "nothing of it is not all of it");
        assert_eq!(permille("1000"), "10000", "ten times all of it is too much");
        assert_eq!(permille("0100"), "1000");
        assert_eq!(permille(""), "", "nothing was stated");
        assert_eq!(permille("12,55"), "12,55");
        assert_eq!(permille("tutto"), "tutto");
    }
}
