//! What a family may not ask of a worker, known in its own words by the phrases of
//! `data/forbidden_wishes.csv`: traits on which the law lets nobody choose, and illnesses,
//! which nobody needs to tell. Which law, and how each is called, is `forbidden`'s. Many of the
//! words are innocent where they are said of the family itself (`mia madre è italiana`), so a
//! phrase tells who is wanted, by words that stand for one another (`data/wish_words.csv`), and
//! what is innocently said is taken out first.

use std::collections::HashMap;
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

#[derive(Debug, Deserialize)]
struct Set {
    name: String,
    words: String,
}

/// Words that stand for one another in a phrase, by name.
fn sets() -> &'static HashMap<String, Vec<String>> {
    static SETS: OnceLock<HashMap<String, Vec<String>>> = OnceLock::new();
    SETS.get_or_init(|| {
        let text = include_str!("../../data/wish_words.csv");
        let sets = reference::table::<Set>("wish_words.csv", text).into_iter();
        let words = |cell: &str| reference::list(cell).map(str::to_owned).collect();
        sets.map(|set| (set.name, words(&set.words))).collect()
    })
}

/// The code of what is innocently said.
const INNOCENT: &str = "";
/// Stands where something innocent was said; no word is written so.
const SAID: &str = ".";

/// The codes of everything that is looked for, in the order of the table.
pub fn codes() -> impl Iterator<Item = &'static str> {
    let codes = rows().iter().map(|row| row.code.as_str());
    codes.filter(|code| *code != INNOCENT)
}

/// The phrases of a code that count on a day.
fn phrases(code: &str, today: NaiveDate) -> impl Iterator<Item = &'static str> {
    let rows = rows().iter();
    let rows = rows.filter(move |row| row.code == code && row.valid_from <= today);
    rows.flat_map(|row| reference::list(&row.terms))
}

/// Every trait that a text asks for, each once, in the order of the table of traits. An
/// elision is read both ways: `dev’essere` and `dev essere`.
pub fn found(text: &str, today: NaiveDate) -> Vec<&'static Forbidden> {
    let readings = [text.to_owned(), text.replace(['\'', '’', '`'], " ")];
    let readings = readings.map(|one| without_innocent(&apart(&fold(&one)), today));
    let readings = readings
        .each_ref()
        .map(|one| one.split(' ').collect::<Vec<_>>());
    let told = |code: &str| {
        phrases(code, today).any(|term| readings.iter().any(|words| place(term, words).is_some()))
    };
    Forbidden::all()
        .iter()
        .filter(|one| told(one.code()))
        .collect()
}

/// A text without what is innocently said in it.
fn without_innocent(folded: &str, today: NaiveDate) -> String {
    let mut words: Vec<&str> = folded.split(' ').collect();
    for term in phrases(INNOCENT, today) {
        while let Some((from, to)) = place(term, &words).filter(|(from, to)| from < to) {
            drop(words.splice(from..to, [SAID]));
        }
    }
    words.join(" ")
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

/// Where a phrase stands first among some words: its first word, and the one behind its last.
fn place(term: &str, words: &[&str]) -> Option<(usize, usize)> {
    let term: Vec<&str> = term.split(' ').collect();
    (0..words.len()).find_map(|from| end(&term, words, from).map(|to| (from, to)))
}

/// Behind what a phrase ends that begins at a word. Its words stand side by side; `^` and `$`
/// are the two ends of the text, and what ends in `?` may be missing.
fn end(term: &[&str], words: &[&str], at: usize) -> Option<usize> {
    let Some((wanted, rest)) = term.split_first() else {
        return Some(at);
    };
    let is_end = match *wanted {
        "^" => Some(at == 0),
        "$" => Some(at == words.len()),
        _ => None,
    };
    if let Some(is_end) = is_end {
        return is_end.then(|| end(rest, words, at)).flatten();
    }
    let may_lack = wanted.ends_with('?');
    let wanted = wanted.trim_end_matches('?');
    let there = words.get(at).is_some_and(|word| is(word, wanted));
    let with = there.then(|| end(rest, words, at + 1)).flatten();
    with.or_else(|| may_lack.then(|| end(rest, words, at)).flatten())
}

/// `*` ends a stem, `#` is a number of years, `~` is any word, `@` one of a set.
fn is(word: &str, wanted: &str) -> bool {
    if let Some(name) = wanted.strip_prefix('@') {
        let set = sets().get(name);
        return set.is_some_and(|set| set.iter().any(|one| is(word, one)));
    }
    match wanted {
        "~" => true,
        "#" => is_of_an_adult(word),
        _ => match wanted.strip_suffix('*') {
            Some(stem) => word.starts_with(stem),
            None => word == wanted,
        },
    }
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
            ("solo badanti italiane", "citizenship"),
            ("La persona dev’essere italiana.", "citizenship"),
            ("cerchiamo una peruviana", "citizenship"),
            ("escluse le marocchine", "citizenship"),
            ("solo dell'Unione Europea", "citizenship"),
            ("che non venga dall’Africa", "citizenship"),
            ("europea", "citizenship"),
            ("must be Italian", "citizenship"),
            ("signora max 50", "age"),
            ("di mezza età", "age"),
            ("una quarantenne", "age"),
            ("aged 30 to 45", "age"),
            ("meglio una donna", "sex"),
            ("must be female", "sex"),
            ("carnagione chiara", "origin"),
            ("credente", "religion"),
            ("con figli già grandi", "children"),
            ("senza carichi di famiglia", "family_state"),
            ("che non rimanga incinta", "pregnancy"),
            ("senza mal di schiena", "health"),
            ("ha l’alzhaimer", "health"),
            ("magra", "looks"),
            ("mandare una foto", "looks"),
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
            "Mia madre è italiana e parla solo italiano.",
            "Mio padre è straniero, la nonna è di origine tedesca.",
            "Prima avevamo una signora ucraina, la badante rumena torna a casa per un mese.",
            "Vicino c’è la parrocchia cattolica; mio marito è cattolico.",
            "Ci sono foto di famiglia da riordinare.",
            "Ha tre figli grandi, mia figlia è incinta, mio padre è vedovo.",
            "Preferisce la signora Giovanna. Cristiana risponde dopo le 18.",
            "Non oltre i 20 minuti a piedi, sotto i portici, massimo 20 ore.",
            "In casa vive solo una donna di 84 anni.",
            "Uomo di 85 anni, solo.",
            "Mio padre non russa e mangia solo cucina italiana.",
            "She speaks only Italian; two children aged 4 and 7.",
        ] {
            assert!(codes(text).is_empty(), "{text}: {:?}", codes(text));
        }
    }

    #[test]
    fn every_phrase_is_written_as_it_is_looked_for() {
        let known: Vec<&str> = Forbidden::all().iter().map(Forbidden::code).collect();
        for row in rows() {
            let code = row.code.as_str();
            assert!(code == INNOCENT || known.contains(&code), "{code}");
            for word in reference::list(&row.terms).flat_map(|term| term.split(' ')) {
                is_written_well(word.trim_end_matches('?'));
            }
        }
        for word in sets().values().flatten() {
            assert!(!word.contains(['@', '#', '~', '^', '$', ' ']), "{word}");
            is_written_well(word);
        }
        let all: Vec<&str> = rows().iter().map(|row| row.terms.as_str()).collect();
        let all = all.join("|");
        for name in sets().keys() {
            assert!(
                all.contains(&format!("@{name}")),
                "{name} is asked for nowhere"
            );
        }
    }

    fn is_written_well(word: &str) {
        match word.strip_prefix('@') {
            Some(name) => assert!(sets().contains_key(name), "{word}"),
            None if ["^", "$", "~", "#"].contains(&word) => {}
            None => {
                let plain = word.replace('*', "");
                assert_eq!(fold(&plain), plain, "{word}");
            }
        }
    }

    #[test]
    fn a_phrase_counts_from_its_day_on() {
        let before = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        assert!(found("solo italiana", before).is_empty());
    }
}
