//! Joins between the tables, read here as they are, without the domain's types
//! where those would hide a gap.

use std::collections::{BTreeMap, BTreeSet};

use dom::domain::contract::{self, CcnlLevel};
use dom::domain::country::Country;
use dom::domain::language::{Language, LanguageError, Languages, Level};
use dom::domain::permit::{Allows, PermitType};
use dom::domain::place::{Comune, distance_m};
use dom::domain::reason::{self, ReasonList, Side};
use dom::domain::skill::{Qualification, QualificationSet, Skill, SkillSet};
use dom::domain::week::WeekGrid;

type Row = BTreeMap<String, String>;

fn read(text: &str) -> Vec<Row> {
    assert!(!text.starts_with('\u{feff}') && !text.contains('\r'));
    let rows = csv::Reader::from_reader(text.as_bytes()).into_deserialize();
    rows.collect::<Result<_, _>>().unwrap()
}

macro_rules! data {
    ($file:literal) => {
        read(include_str!(concat!("../../../data/", $file)))
    };
}

fn unique<'a>(rows: &'a [Row], column: &str) -> BTreeSet<&'a str> {
    let keys: BTreeSet<&str> = rows.iter().map(|row| row[column].as_str()).collect();
    assert_eq!(keys.len(), rows.len(), "{column} is not unique");
    keys
}

fn items(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('|').filter(|item| !item.is_empty())
}

#[test]
fn every_comune_of_the_companion_tables_exists() {
    let comuni = data!("comuni.csv");
    let codes = unique(&comuni, "istat_code");
    unique(&comuni, "belfiore_code");
    for row in data!("zones.csv") {
        let other = row["istat_code"].is_empty() && row["zone_id"] == "altri";
        assert!(other || Comune::by_istat(&row["istat_code"]).unwrap().name() == row["comune"]);
    }
    for row in data!("comuni_changes.csv") {
        let (old, new) = (
            row["old_istat_code"].as_str(),
            row["new_istat_code"].as_str(),
        );
        match row["change"].as_str() {
            "code_change" => assert!(codes.contains(new) && !codes.contains(old), "{row:?}"),
            "rename" => {
                assert_eq!(Comune::by_istat(new).unwrap().name(), row["name"]);
                assert!(row["note"].starts_with("già "), "{row:?}");
            }
            "ceased" => assert!(codes.contains(old) && new.is_empty(), "{row:?}"),
            "created" => assert!(old.is_empty() && new.is_empty(), "{row:?}"),
            other => panic!("an unknown change {other}"),
        }
    }
}

#[test]
fn our_distances_are_those_of_the_distance_table_to_a_tenth_of_a_kilometre() {
    let rows = data!("comuni_distance_grosseto.csv");
    assert_eq!(rows.len(), 3_470);
    for row in &rows {
        let comune = |column: &str| Comune::by_istat(&row[column]).unwrap();
        let metres = distance_m(comune("from_istat"), comune("to_istat"));
        let km = format!("{}.{}", metres / 1000, metres / 100 % 10);
        assert_eq!(km, row["km"], "{row:?}");
    }
}

#[test]
fn implied_skills_and_qualifications_exist_and_sets_close_over_them() {
    let skills = data!("skills.csv");
    let codes = unique(&skills, "code");
    assert!(
        skills
            .iter()
            .flat_map(|row| items(&row["implies"]))
            .all(|code| codes.contains(code))
    );
    assert_eq!(
        Skill::all().map(Skill::code).collect::<Vec<_>>(),
        codes.into_iter().collect::<Vec<_>>()
    );
    let qualifications = data!("qualifications.csv");
    let codes = unique(&qualifications, "code");
    assert!(
        qualifications
            .iter()
            .flat_map(|row| items(&row["implies"]))
            .all(|code| codes.contains(code))
    );

    let nurse: QualificationSet = Qualification::by_code("nurse").into_iter().collect();
    assert_eq!(
        nurse.closed().to_string(),
        "adb|ccnl_trained_500h|family_assistant_course|nurse|oss"
    );
    let newborn: SkillSet = Skill::by_code("newborn_care").into_iter().collect();
    assert_eq!(
        newborn.closed().to_string(),
        "babysitting|child_basic_needs|newborn_care|play_children"
    );
    assert_eq!(newborn.closed().closed(), newborn.closed());
    assert_eq!(SkillSet::from_bits(newborn.bits()), newborn);
    assert_eq!(SkillSet::from_bits(u64::MAX).len() as usize, skills.len());
}

#[test]
fn permit_types_say_one_of_four_things_and_their_caps_are_hours() {
    let rows = data!("permit_types.csv");
    unique(&rows, "code");
    assert_eq!(PermitType::all().count(), rows.len());
    for row in &rows {
        let permit = PermitType::by_code(&row["code"]).unwrap();
        let says = match permit.allows() {
            Allows::Yes => "yes",
            Allows::No => "no",
            Allows::Limited => "limited",
            Allows::Depends => "depends",
        };
        assert_eq!(says, row["allows_domestic_work"]);
        assert_eq!(permit.needs_expiry(), row["needs_expiry"] == "yes");
        let cap = permit
            .max_hours_week()
            .map_or(String::new(), |hours| hours.to_string());
        assert_eq!(cap, row["max_hours_week"]);
        assert!(!permit.label_it().is_empty() && !permit.source().is_empty());
    }
    assert_eq!(
        PermitType::by_code("study").unwrap().max_hours_week(),
        Some(20)
    );
    assert_eq!(PermitType::by_code("nothing"), None);
}

#[test]
fn minimum_pay_and_limits_join_the_contract_levels() {
    let levels = data!("ccnl_levels.csv");
    let codes = unique(&levels, "code");
    assert_eq!(CcnlLevel::all().count(), codes.len());
    let rows = data!("ccnl_minimums.csv");
    let mut keys = BTreeSet::new();
    for row in &rows {
        let (table, level) = (row["ccnl_table"].as_str(), row["level"].as_str());
        let known = if table == "D" {
            codes.contains(level) && codes.contains(format!("N_{level}").as_str())
        } else {
            (table == "F") == level.is_empty() && (level.is_empty() || codes.contains(level))
        };
        assert!(known, "{row:?}");
        assert!(!row["source"].is_empty(), "{row:?}");
        let key = (
            row["valid_from"].clone(),
            table.to_owned(),
            level.to_owned(),
            row["worker_type"].clone(),
        );
        assert!(keys.insert(key), "twice: {row:?}");
    }
    assert_eq!(contract::all_minimums().len(), rows.len());
    let compared = contract::all_minimums().iter();
    for row in compared.filter(|row| row.unit != contract::Unit::Day) {
        let found = contract::Minimum::by_code(&row.code());
        assert_eq!(found, Some(row), "one row, one code");
    }
    for limit in contract::limits() {
        let window = WeekGrid::parse(&format!("Mon {}", limit.value()));
        assert_eq!(limit.hours().is_none(), window.is_ok(), "{limit:?}");
        assert!(!limit.source().is_empty());
    }
}

#[test]
fn reasons_are_unique_in_their_list_and_every_list_is_known() {
    let rows = data!("reasons.csv");
    let mut seen = BTreeSet::new();
    for row in &rows {
        assert!(seen.insert((&row["list"], &row["code"])), "twice: {row:?}");
        let list = ReasonList::ALL
            .into_iter()
            .find(|list| list.code() == row["list"]);
        let reason = reason::find(list.unwrap(), &row["code"]).unwrap();
        assert_eq!(
            (reason.label_it(), reason.side().code()),
            (&row["label_it"][..], &row["side"][..])
        );
    }
    let of_lists: usize = ReasonList::ALL
        .iter()
        .map(|list| reason::reasons(*list).len())
        .sum();
    assert_eq!(of_lists, rows.len());
    assert_eq!(
        reason::find(ReasonList::Pause, "travel").unwrap().side(),
        Side::Worker
    );
    assert_eq!(reason::find(ReasonList::Pause, "died"), None);
}

#[test]
fn countries_and_languages_have_unique_codes_and_names() {
    let rows = data!("countries.csv");
    assert_eq!(Country::all().count(), unique(&rows, "alpha2").len());
    let italy = Country::by_alpha2("IT").unwrap();
    assert_eq!(
        (italy.name_it(), italy.citizenship_it()),
        ("Italia", "italiana")
    );
    assert_eq!(Country::by_alpha2("it"), None);
    let rows = data!("languages.csv");
    assert_eq!(Language::all().count(), unique(&rows, "iso639_1").len());
    assert!(Language::by_code("ar").unwrap().right_to_left());
    assert_eq!(Language::italian().name_en(), "Italian");
}

#[test]
fn languages_keep_the_highest_level_and_name_what_they_do_not_know() {
    let languages = Languages::parse("it:A2|en:C1|it:B1||it:A1").unwrap();
    assert_eq!(languages.to_string(), "en:C1|it:B1");
    assert_eq!(languages.level(Language::italian()), Some(Level::B1));
    let text = str::to_owned;
    for (typed, error) in [
        ("it", LanguageError::Malformed(text("it"))),
        ("xx:B1", LanguageError::UnknownLanguage(text("xx"))),
        ("it:B3", LanguageError::UnknownLevel(text("B3"))),
        ("it:", LanguageError::UnknownLevel(String::new())),
    ] {
        assert_eq!(Languages::parse(typed), Err(error), "{typed:?}");
    }
}

#[test]
fn the_access_vocabulary_has_a_code_once_in_each_field() {
    let mut seen = BTreeSet::new();
    for row in data!("access_log_vocabulary.csv") {
        let key = (row["field"].clone(), row["code"].clone());
        assert!(!row["label_it"].is_empty() && seen.insert(key), "{row:?}");
    }
}
