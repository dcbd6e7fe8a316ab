//! What the codes of the report's tables are called.

use crate::catalogue::Words;
use crate::domain::access::vocabulary::{Field, Vocabulary};
use crate::domain::country::Country;
use crate::domain::permit::PermitType;
use crate::domain::place::{Comune, zones};
use crate::domain::publishing::NOT_STATED;
use crate::services::sentences;

/// A row of a table.
pub fn row(words: Words, vocabulary: &Vocabulary, table: &str, code: &str) -> String {
    if code == NOT_STATED {
        return words.get("report-not-stated").into_owned();
    }
    let known = match table {
        "month" => Some(words.code("month", code).into_owned()),
        "first_access" | "mediation" => Some(words.code("yes-no", code).into_owned()),
        "citizenship" => Country::by_alpha2(code).map(|country| country_name(words, country)),
        "permit_type" => {
            PermitType::by_code(code).map(|one| words.code("permit", one.code()).into_owned())
        }
        "comune" => Some(Comune::by_istat(code).map_or_else(
            || words.get("accesses-elsewhere").into_owned(),
            |one| one.name().to_owned(),
        )),
        "accompaniments" => Some(words.code("report-cases", code).into_owned()),
        "dom" => Some(words.code("report-dom", code).into_owned()),
        _ => Field::by_code(table).and_then(|field| term(words, vocabulary, field, code)),
    };
    known.unwrap_or_else(|| code.to_owned())
}

/// A group of rows.
pub fn group(words: Words, code: &str) -> String {
    let zone = zones().iter().find(|zone| zone.id() == code);
    zone.map_or_else(
        || words.get("report-not-stated").into_owned(),
        |zone| zone.name().to_owned(),
    )
}

fn term(words: Words, vocabulary: &Vocabulary, field: Field, code: &str) -> Option<String> {
    let term = vocabulary.term(field, code)?;
    Some(sentences::term(words, term).to_owned())
}

fn country_name(words: Words, country: Country) -> String {
    sentences::country(words, country).to_owned()
}
