//! The sheet of a family that reads another language: every word of it stands in the six
//! languages that have a catalogue of their own for it, with the same variables.

use std::collections::BTreeSet;

use dom::catalogue::{Language, Words};
use dom::domain::duty;
use dom::domain::skill::{Qualification, Skill};

use super::words::messages;

/// Those whose sheet lies in a file of its own.
fn others() -> impl Iterator<Item = Language> {
    let written = Language::WRITTEN.into_iter();
    written.filter(|language| !Language::ALL.contains(language))
}

#[test]
fn a_sheet_says_the_same_in_eight_languages() {
    let italian = messages(Language::It);
    let of_the_sheet: BTreeSet<&String> = italian
        .keys()
        .filter(|key| {
            [
                "reason-",
                "duty-",
                "weekday-",
                "sheet-week-",
                "sheet-cover-",
            ]
            .iter()
            .any(|start| key.starts_with(start))
        })
        .collect();
    assert!(of_the_sheet.len() > 30);
    for language in others() {
        let (there, tag) = (messages(language), language.tag());
        for key in &of_the_sheet {
            let message = there.get(*key);
            let message = message.unwrap_or_else(|| panic!("{key} in {tag}"));
            assert_eq!(message.variables, italian[*key].variables, "{key} in {tag}");
        }
        let source = language.sources().iter().find(|(area, _)| *area == "sheet");
        let (_, source) = source.unwrap_or_else(|| panic!("no sheet in {tag}"));
        for (key, message) in &there {
            let stands = source.contains(&format!("\n{key} = "));
            if let (true, Some(italian)) = (stands, italian.get(key)) {
                assert_eq!(message.variables, italian.variables, "{key} in {tag}");
            }
        }
    }
}

#[test]
fn what_somebody_can_do_has_a_name_in_eight_languages() {
    for language in others() {
        let words = Words::new(language);
        let skills = Skill::all().map(|one| format!("skill-{}", one.code()));
        let titles = Qualification::all().map(|one| format!("qualification-{}", one.code()));
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let duties = duty::in_force(today).into_iter();
        let duties = duties.map(|one| format!("duty-{}", one.code));
        for key in skills.chain(titles).chain(duties) {
            assert!(words.has(&key), "{key} in {}", language.tag());
        }
    }
}
