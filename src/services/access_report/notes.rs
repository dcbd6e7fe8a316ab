//! What does not add up, said with the numbers: nobody has to find out alone.
//! Made of told numbers only.

use crate::catalogue::Words;
use crate::domain::publishing::{NOT_STATED, YearTables};

/// The sentences of a year, of all desks together. `opened`: cases as the accesses
/// tell them, and as they were opened.
pub(super) fn notes(year: &YearTables, opened: Option<(u64, u64)>, words: Words) -> Vec<String> {
    let last = year.columns.len();
    let all = year.totals[last];
    let of = |table: &str, code: &str| year.table(table).and_then(|table| table.one(code, last));
    let mut notes = Vec::new();
    let stated = of("comune", NOT_STATED).map(|silent| all - silent);
    if let (Some(comuni), Some(front_desk)) = (stated, of("channel", "front_desk"))
        && comuni != front_desk
    {
        let values: &[(&str, &dyn crate::catalogue::Value)] =
            &[("comuni", &comuni), ("front_desk", &front_desk)];
        notes.push(words.with("accesses-comuni-differ", values));
    }
    if let Some(activation) = year.table("activation") {
        let complete = !activation.withholds(last);
        let said: u64 = activation.told(last).map(|(_, count)| count).sum();
        if complete && said != all {
            notes.push(words.with("report-note-activation", &[("said", &said), ("all", &all)]));
        }
    }
    if let Some((said, cases)) = opened {
        notes.push(words.with("report-note-cases", &[("said", &said), ("cases", &cases)]));
    }
    let citizens = of("citizenship", "IT").zip(of("permit_type", "italian_citizen"));
    if let Some((citizens, titles)) = citizens
        && citizens != titles
    {
        notes.push(words.with(
            "report-note-italian",
            &[("citizens", &citizens), ("titles", &titles)],
        ));
    }
    let silent = [
        ("sex", "report-note-sex"),
        ("age_band", "report-note-age"),
        ("citizenship", "report-note-citizenship"),
    ];
    for (table, key) in silent {
        // a list may have no such row; one that is withheld leaves nothing to say
        let found = year.table(table);
        let has_unknown =
            found.is_some_and(|found| found.rows.iter().any(|row| row.code == "unknown"));
        let unknown = match of(table, "unknown") {
            None if has_unknown => continue,
            unknown => unknown.unwrap_or_default(),
        };
        let Some(silent) = of(table, NOT_STATED) else {
            continue;
        };
        if silent + unknown > 0 {
            notes.push(words.with(key, &[("silent", &(silent + unknown)), ("all", &all)]));
        }
    }
    notes
}
