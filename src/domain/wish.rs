//! What a family may not ask of a worker, known in its own words by the phrases of
//! `data/forbidden_wishes.csv`: traits on which the law lets nobody choose, and illnesses,
//! which nobody needs to tell. Which law, and how each is called, is `forbidden`'s.

use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::forbidden::Forbidden;
use super::reference;
use super::text::fold;

/// Figures below are the age of a child, or of a dog.
const ADULT: u32 = 16;
/// Numbers that are written out begin so.
const TENS: [&str; 7] = [
    "venti", "trent", "quarant", "cinquant", "sessant", "settant", "ottant",
];

#[derive(Debug, Deserialize)]
struct Row {
    code: String,
    terms: String,
    valid_from: NaiveDate,
}

fn rows() -> &'static [Row] {
    static ROWS: OnceLock<Vec<Row>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let text = include_str!("../../data/forbidden_wishes.csv");
        reference::table("forbidden_wishes.csv", text)
    })
}

/// The codes of everything that is looked for, in the order of the table.
pub fn codes() -> impl Iterator<Item = &'static str> {
    rows().iter().map(|row| row.code.as_str())
}

/// Every trait that a text asks for, each once, in the order of the table of traits.
pub fn found(text: &str, today: NaiveDate) -> Vec<&'static Forbidden> {
    let folded = apart(&fold(text));
    let words: Vec<&str> = folded.split(' ').collect();
    let told = |code: &str| {
        let mut rows = rows().iter().filter(|row| row.code == code);
        rows.any(|row| {
            row.valid_from <= today && reference::list(&row.terms).any(|term| occurs(term, &words))
        })
    };
    Forbidden::all()
        .iter()
        .filter(|one| told(one.code()))
        .collect()
}

/// An elision is one word when it is folded: `cinquant’anni`.
fn apart(folded: &str) -> String {
    folded
        .replace("ventanni", "venti anni")
        .replace("trentanni", "trenta anni")
        .replace("antanni", "anta anni")
}

/// Whether a word is a number of years that a grown person has, in figures or written out.
fn is_of_an_adult(word: &str) -> bool {
    let written = TENS.iter().any(|tens| word.starts_with(tens));
    written || word.parse().is_ok_and(|years: u32| years >= ADULT)
}

/// The words of a phrase stand side by side; `*` ends a stem, `#` is a number of years.
fn occurs(term: &str, words: &[&str]) -> bool {
    let term: Vec<&str> = term.split(' ').collect();
    words.windows(term.len()).any(|window| {
        window
            .iter()
            .zip(&term)
            .all(|(word, wanted)| match wanted.strip_suffix('*') {
                _ if *wanted == "#" => is_of_an_adult(word),
                Some(stem) => word.starts_with(stem),
                None => word == wanted,
            })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(text: &str) -> Vec<&'static str> {
        let today = NaiveDate::from_ymd_opt(2026, 11, 29).unwrap();
        found(text, today)
            .into_iter()
            .map(Forbidden::code)
            .collect()
    }

    #[test]
    fn a_forbidden_wish_is_found_however_it_is_written() {
        for (text, code) in [
            ("Solo italiana, grazie", "citizenship"),
            ("SOLO  ITALIANE!", "citizenship"),
            ("niente stranieri", "citizenship"),
            ("non dell’Est", "citizenship"),
            ("max 50 anni", "age"),
            ("età massima: quaranta", "age"),
            ("tra i 30 e i 45 anni", "age"),
            ("non di colore", "origin"),
            ("una signora senza figli", "children"),
            ("nubile e libera", "family_state"),
            ("non musulmana", "religion"),
            ("madrelingua italiana", "language_group"),
            ("di bella presenza", "looks"),
            ("cerchiamo una donna", "sex"),
            ("mio padre ha l’Alzheimer e la demenza", "health"),
            ("no children please", "children"),
            ("cerchiamo una badante italiana", "citizenship"),
            ("vorrei un’italiana", "citizenship"),
            ("Deve essere italiana.", "citizenship"),
            ("niente rumene", "citizenship"),
            ("no cinesi", "citizenship"),
            ("italian only", "citizenship"),
            ("massimo cinquanta anni", "age"),
            ("non oltre i cinquant’anni", "age"),
            ("età 30-50", "age"),
            ("Preferibilmente giovane, max 50", "age"),
            ("no neri", "origin"),
            ("solo signore", "sex"),
            ("che non sia incinta", "pregnancy"),
            ("soffre di diabete", "health"),
        ] {
            assert_eq!(codes(text), [code], "{text}");
        }
        assert_eq!(codes("solo italiana, max 50 anni"), ["citizenship", "age"]);
    }

    #[test]
    fn what_may_be_asked_is_let_through() {
        for text in [
            "",
            "Mia madre Giovanna ama la cucina italiana.",
            "Che parli bene italiano e abbia due anni di esperienza.",
            "C’è un cane. I bambini hanno meno di 3 anni.",
            "Mia figlia Cristiana risponde al telefono dopo le 18.",
            "Serve aiuto per lavarsi e per la pelle secca.",
            "Accompagnare a messa la domenica.",
            "Al secondo piano senza ascensore, vicino al centro.",
            "Mia madre è una signora di 85 anni, mio padre ne ha quasi novanta.",
            "Massimo 20 ore alla settimana, al massimo 30 km da casa, ore max 20",
            "Che parli un italiano corretto: la cucina è italiana.",
            "C’è un cane giovane e un gatto nero.",
            "Due bambini di età tra 3 e 6 anni, la più giovane va all’asilo.",
            "Serve chi faccia da autista.",
            "La casa è in via Negri, sotto i portici.",
        ] {
            assert!(codes(text).is_empty(), "{text}: {:?}", codes(text));
        }
    }

    #[test]
    fn every_phrase_is_written_as_it_is_looked_for() {
        let known: Vec<&str> = Forbidden::all().iter().map(Forbidden::code).collect();
        for row in rows() {
            assert!(known.contains(&row.code.as_str()), "{}", row.code);
            for term in reference::list(&row.terms) {
                let plain = term.replace('*', "").replace('#', "30");
                assert_eq!(fold(&plain), plain, "{term}");
            }
        }
    }

    #[test]
    fn a_phrase_counts_from_its_day_on() {
        let before = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        assert!(found("solo italiana", before).is_empty());
    }
}
