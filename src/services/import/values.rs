//! What people write in a cell of their own spreadsheet for a code of the formats: its
//! label in any language of the screens, in any capitals; a comune in any capitals; a desk
//! by its name; a short date.
//! Only for files whose columns somebody said; the formats' own files hold codes.

use std::collections::HashMap;
use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::catalogue::{Language as Screen, Words};
use crate::domain::contact::ContactBy;
use crate::domain::contract::Arrangement;
use crate::domain::country::Country;
use crate::domain::family::Relation;
use crate::domain::language::{Language, Level};
use crate::domain::permit::PermitType;
use crate::domain::person::{Accreditation, Sex};
use crate::domain::reason::{Reason, ReasonList, reasons};
use crate::domain::request::RequestStatus;
use crate::domain::skill::{Qualification, Skill};
use crate::domain::text::fold;
use crate::domain::typed;
use crate::domain::worker::WorkerStatus;
use crate::services::sentences;
use crate::storage::places::Desk;

/// Codes by their folded labels, and whether a cell may hold several.
struct List {
    several: bool,
    codes: HashMap<String, String>,
}

const YES_OR_NO: [&str; 6] = [
    "relocates",
    "renewal_receipt",
    "work_right_confirmed",
    "share_without_asking",
    "public_contribution",
    "self_sufficient",
];

const DAYS: [&str; 13] = [
    "available_from",
    "confirmed_on",
    "permit_until",
    "paused_until",
    "registered_on",
    "consent_on",
    "start_date",
    "end_date",
    "needed_by",
    "opened_on",
    "closed_on",
    "excluded_on",
    "issued_on",
];

/// For how many years to come two figures of a year may stand.
const AHEAD: i32 = 20;

/// What people write beside the words of the screens.
const EVERYDAY: &[(&str, &[(&str, &str)])] = &[
    (
        "sex",
        &[
            ("femmina", "f"),
            ("donna", "f"),
            ("maschio", "m"),
            ("uomo", "m"),
        ],
    ),
    (
        "contact_by",
        &[
            ("telefono", "phone"),
            ("e-mail", "email"),
            ("mail", "email"),
            ("sportello", "desk"),
        ],
    ),
    ("accreditation", &[("sì", "yes"), ("no", "none")]),
    ("citizenship", &[("rumena", "RO"), ("rumeno", "RO")]),
    ("status", &[("attiva", "active"), ("attivo", "active")]),
];

/// What depends on the place and the day: the desks by their folded names, and today.
pub(super) struct Own {
    desks: HashMap<String, String>,
    today: NaiveDate,
}

impl Own {
    pub fn new(desks: impl Iterator<Item = Desk>, today: NaiveDate) -> Self {
        let named = desks.flat_map(|desk| {
            let code = desk.code.to_string();
            [(fold(&desk.name), code.clone()), (fold(&code), code)]
        });
        Self {
            desks: named.collect(),
            today,
        }
    }
}

/// The cell of the formats that a cell means; none where it is that already, or
/// nothing is known of it.
pub(super) fn meant(column: &str, text: &str, own: &Own) -> Option<String> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let said = match column {
        "desk" => own.desks.get(&fold(text))?.clone(),
        "birth_date" => typed::date(text, own.today, 0),
        _ if DAYS.contains(&column) => typed::date(text, own.today, AHEAD),
        "comune" => typed::comune(text),
        "languages" | "required_languages" => joined(text, spoken)?,
        "extra_comuni" => joined(text, |item| Some(typed::comune(item)))?,
        _ => {
            let list = lists().get(column)?;
            if list.several {
                joined(text, |item| list.codes.get(&fold(item)).cloned())?
            } else {
                list.codes.get(&fold(text))?.clone()
            }
        }
    };
    (said != text).then_some(said)
}

/// Each item as a code; nothing where one of them is none.
fn joined(text: &str, code: impl Fn(&str) -> Option<String>) -> Option<String> {
    let items = text.split(['|', ',', ';', '\n']).map(str::trim);
    let codes: Option<Vec<String>> = items.filter(|item| !item.is_empty()).map(code).collect();
    codes.map(|codes| codes.join("|"))
}

/// A language with its level, as people write it: `italiano B1`, `Italiano (b1)`.
fn spoken(item: &str) -> Option<String> {
    let is_mark = |c: char| c.is_whitespace() || "():-".contains(c);
    let (name, level) = item.trim_end_matches(is_mark).rsplit_once(is_mark)?;
    let level = Level::parse(&level.to_uppercase())?;
    let name = fold(name.trim_matches(is_mark));
    let code = lists().get("contact_language")?.codes.get(&name)?;
    Some(format!("{code}:{level}"))
}

fn lists() -> &'static HashMap<&'static str, List> {
    static LISTS: OnceLock<HashMap<&'static str, List>> = OnceLock::new();
    LISTS.get_or_init(|| {
        let mut all = HashMap::new();
        let mut add = |columns: &[&'static str], several: bool, pairs: &Pairs| {
            for column in columns {
                let codes = pairs.iter().cloned().collect();
                all.insert(*column, List { several, codes });
            }
        };
        let arrangements = coded("arrangement", &Arrangement::ALL.map(Arrangement::code));
        let sexes = coded("sex", &Sex::ALL.map(Sex::code));
        add(&["sex"], false, &with_everyday("sex", sexes));
        add(&["arrangement"], false, &arrangements);
        add(&["arrangements"], true, &arrangements);
        add(&YES_OR_NO, false, &coded("yes-no", &["yes", "no"]));
        let by = ContactBy::ALL.map(ContactBy::code);
        let by = with_everyday("contact_by", coded("contact-by", &by));
        add(&["contact_by"], false, &by);
        let accreditation = Accreditation::ALL.map(Accreditation::code);
        let accreditation = coded("accreditation", &accreditation);
        let accreditation = with_everyday("accreditation", accreditation);
        add(&["accreditation"], false, &accreditation);
        let relations = Relation::ALL.map(Relation::code);
        add(&["relation"], false, &coded("relation", &relations));
        let mut states = coded("worker-status", &WorkerStatus::ALL.map(WorkerStatus::code));
        states.extend(coded(
            "request-status",
            &RequestStatus::ALL.map(RequestStatus::code),
        ));
        add(&["status"], false, &with_everyday("status", states));
        for (column, list) in [
            ("pause_reason", ReasonList::Pause),
            ("close_reason", ReasonList::Close),
        ] {
            let all = called(reasons(list).iter(), Reason::code, |words, one| {
                sentences::reason(words, list, one.code())
            });
            add(&[column], false, &all);
        }
        let skills = called(Skill::all(), Skill::code, |words, one| {
            sentences::skill(words, one).into_owned()
        });
        add(
            &["skills", "required_skills", "preferred_skills"],
            true,
            &skills,
        );
        let titles = called(Qualification::all(), Qualification::code, |words, one| {
            sentences::qualification(words, one).into_owned()
        });
        add(
            &["qualifications", "required_qualifications"],
            true,
            &titles,
        );
        let permits = called(PermitType::all(), PermitType::code, sentences::permit);
        add(&["permit_type"], false, &permits);
        // Names come last: where a word is both, the country is meant.
        let mut countries = with_everyday("citizenship", citizenships());
        countries.extend(called(Country::all(), Country::alpha2, |words, one| {
            sentences::country(words, one).to_owned()
        }));
        add(&["citizenship"], false, &countries);
        let languages = called(Language::all(), Language::code, |words, one| {
            sentences::language(words, one).into_owned()
        });
        add(&["contact_language"], false, &languages);
        all
    })
}

/// Folded words and the code that each means.
type Pairs = Vec<(String, String)>;

/// The pairs and what people say besides; where both know a word, the screens' counts.
fn with_everyday(column: &str, pairs: Pairs) -> Pairs {
    let more = EVERYDAY.iter().filter(|(of, _)| *of == column);
    let more = more.flat_map(|(_, words)| words.iter());
    let more = more.map(|(word, code)| (fold(word), (*code).to_owned()));
    more.chain(pairs).collect()
}

/// Citizenships as an Italian says them: `ucraina`, of a man `ucraino`.
fn citizenships() -> Pairs {
    let mut pairs = Vec::new();
    for country in Country::all() {
        let hers = fold(country.citizenship_it());
        if hers.is_empty() {
            continue;
        }
        if let Some(stem) = hers.strip_suffix('a') {
            pairs.push((format!("{stem}o"), country.alpha2().to_owned()));
        }
        pairs.push((hers, country.alpha2().to_owned()));
    }
    pairs
}

fn coded(list: &str, codes: &[&'static str]) -> Pairs {
    let mut pairs = Vec::new();
    for code in codes {
        pairs.push((fold(code), (*code).to_owned()));
        for language in Screen::ALL {
            let label = Words::new(language).code(list, code);
            pairs.push((fold(&label), (*code).to_owned()));
        }
    }
    pairs
}

fn called<T: Copy>(
    all: impl Iterator<Item = T>,
    code: impl Fn(T) -> &'static str,
    label: impl Fn(Words, T) -> String,
) -> Pairs {
    let mut pairs = Vec::new();
    for one in all {
        pairs.push((fold(code(one)), code(one).to_owned()));
        for language in Screen::ALL {
            let label = label(Words::new(language), one);
            pairs.push((fold(&label), code(one).to_owned()));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> Own {
        Own {
            desks: [("sportello di grosseto", "grosseto")]
                .map(|(name, code)| (name.to_owned(), code.to_owned()))
                .into(),
            today: NaiveDate::from_ymd_opt(2026, 11, 24).expect("a day"),
        }
    }

    #[test]
    fn cells_mean_codes_by_their_labels() {
        let own = own();
        for (column, text, said) in [
            ("sex", "F", Some("f")),
            ("sex", "Femminile", Some("f")),
            ("arrangements", "A ore, Convivenza", Some("hourly|live_in")),
            ("arrangement", "notte", Some("night")),
            ("share_without_asking", "Sì", Some("yes")),
            ("citizenship", "Ucraina", Some("UA")),
            ("comune", "GROSSETO", Some("Grosseto")),
            ("skills", "elderly_care", None),
            ("skills", "ricamo", None),
            ("given_name", "Sì", None),
            ("arrangements", "", None),
            (
                "languages",
                "italiano B1; Ucraino (c2)",
                Some("it:B1|uk:C2"),
            ),
            ("languages", "inglese: A2", Some("en:A2")),
            ("required_languages", "it:B1", None),
            ("languages", "italiano", None),
            ("languages", "klingon B1", None),
            ("sex", "Femmina", Some("f")),
            ("citizenship", "rumena", Some("RO")),
            ("citizenship", "Romeno", Some("RO")),
            ("citizenship", "albanese", Some("AL")),
            ("contact_by", "Telefono", Some("phone")),
            ("accreditation", "no", Some("none")),
            ("pause_reason", "Non risponde", Some("no_answer")),
            ("close_reason", "Il bisogno è finito", Some("need_ended")),
            ("desk", "Sportello di Grosseto", Some("grosseto")),
            ("desk", "Siena", None),
            ("birth_date", "3/4/76", Some("3/4/1976")),
            ("birth_date", "3.4.30", Some("3/4/1930")),
            ("permit_until", "3-4-30", Some("3/4/2030")),
            ("permit_until", "2030-04-03", None),
            ("permit_until", "mai", None),
        ] {
            assert_eq!(
                meant(column, text, &own).as_deref(),
                said,
                "{column} {text}"
            );
        }
    }

    #[test]
    fn no_word_of_a_citizenship_means_two_countries() {
        let mut of: HashMap<String, String> = HashMap::new();
        for (word, code) in citizenships() {
            let known = of.insert(word.clone(), code.clone());
            assert!(known.is_none_or(|known| known == code), "{word}");
        }
        assert!(of.len() > 190, "{}", of.len());
    }
}
