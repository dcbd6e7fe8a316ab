//! Whole records and their cells: what a record writes, it reads back to itself;
//! and what a row does not state, it leaves alone.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dom::clock::SeededRandomness;
use dom::domain::contract::CcnlLevel;
use dom::domain::country::Country;
use dom::domain::family::Family;
use dom::domain::ids::{DeskCode, PartnerCode};
use dom::domain::invalid::Invalid;
use dom::domain::language::Language;
use dom::domain::permit::PermitType;
use dom::domain::place::Comune;
use dom::domain::reading::{Fields, Parsed};
use dom::domain::reason::{ReasonList, reasons};
use dom::domain::request::CareRequest;
use dom::domain::skill::{Qualification, Skill};
use dom::domain::worker::Worker;

const ROUNDS: usize = 1_000;

struct Row(BTreeMap<&'static str, String>);

impl Fields for Row {
    fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }
}

impl Row {
    fn of(columns: &[&'static str], cells: Vec<String>) -> Self {
        assert_eq!(columns.len(), cells.len());
        Self(columns.iter().copied().zip(cells).collect())
    }

    fn only_code(&self) -> Self {
        Self(BTreeMap::from([("code", self.0["code"].clone())]))
    }
}

struct Dice(SeededRandomness);

impl Dice {
    fn below(&self, bound: usize) -> usize {
        usize::try_from(self.0.below(u64::try_from(bound).unwrap())).unwrap()
    }

    fn one<'a>(&self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }

    /// Nothing, in half of the cases.
    fn maybe(&self, cell: impl FnOnce() -> String) -> String {
        if self.below(2) == 0 {
            String::new()
        } else {
            cell()
        }
    }

    fn some_of(&self, of: &[&str]) -> String {
        let chosen = of.iter().filter(|_| self.below(4) == 0);
        chosen.copied().collect::<Vec<_>>().join("|")
    }

    fn date(&self) -> String {
        let first = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap();
        let days = u64::try_from(self.below(12_000)).unwrap();
        (first + chrono::Days::new(days)).to_string()
    }

    fn name(&self) -> String {
        let pieces = [
            "Anna",
            "D'Amico",
            "=cmd()",
            "Nguyễn",
            "-Bea",
            "O\u{2019}Neill",
            "x|y",
        ];
        format!("{} {}", self.one(&pieces), self.one(&pieces))
    }

    fn comune(&self) -> String {
        let all = Comune::count();
        Comune::all()
            .nth(self.below(all))
            .unwrap()
            .istat()
            .to_owned()
    }

    fn money(&self) -> String {
        format!("{}.{:02}", self.below(2_000), self.below(100))
    }

    fn week(&self) -> String {
        let days = ["Mon-Fri", "Sat", "Sun,Wed", "Fri-Mon", "lun"];
        let times = ["08:00-13:00", "20:00-08:00", "00:00-24:00", "13:30-14:00"];
        let entries = 1 + self.below(4);
        (0..entries)
            .map(|_| format!("{} {}", self.one(&days), self.one(&times)))
            .collect::<Vec<_>>()
            .join("; ")
    }

    fn languages(&self) -> String {
        let codes: Vec<&str> = Language::all().map(Language::code).collect();
        let mut items = BTreeMap::new();
        for _ in 0..self.below(4) {
            items.insert(self.one(&codes), self.one(&["A1", "B2", "C2"]));
        }
        let items = items.iter().map(|(code, level)| format!("{code}:{level}"));
        items.collect::<Vec<_>>().join("|")
    }

    fn yes_no(&self) -> String {
        self.one(&["", "yes", "no", "sì"]).to_owned()
    }

    fn phone(&self) -> String {
        self.one(&["0564 28246", "+40 722 123 456", "12", "333.1234567"])
            .to_owned()
    }

    fn reason(&self, list: ReasonList) -> String {
        let codes: Vec<&str> = reasons(list)
            .iter()
            .map(dom::domain::reason::Reason::code)
            .collect();
        self.maybe(|| self.one(&codes).to_owned())
    }
}

fn desks() -> Vec<DeskCode> {
    ["grosseto", "follonica"]
        .map(|code| DeskCode::parse(code).unwrap())
        .to_vec()
}

fn partners() -> Vec<PartnerCode> {
    vec![PartnerCode::parse("pi_grosseto").unwrap()]
}

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
}

fn worker_row(dice: &Dice) -> Row {
    let skills: Vec<&str> = Skill::all().map(Skill::code).collect();
    let qualifications: Vec<&str> = Qualification::all().map(Qualification::code).collect();
    let countries: Vec<&str> = Country::all().map(Country::alpha2).collect();
    let permits: Vec<&str> = PermitType::all().map(PermitType::code).collect();
    let languages: Vec<&str> = Language::all().map(Language::code).collect();
    let cells = Worker::COLUMNS.map(|column| match column {
        "code" => format!("W-{}", dice.below(1_000_000)),
        "given_name" | "family_name" => dice.name(),
        "name_own_script" => dice.maybe(|| "Олена 'ʼ فاطمة".to_owned()),
        "sex" => dice.one(&["f", "m", "x"]).to_owned(),
        "citizenship" => dice.maybe(|| dice.one(&countries).to_owned()),
        "phone" => dice.phone(),
        "email" => dice.maybe(|| "Anna.Prova@example.org".to_owned()),
        "contact_language" => dice.maybe(|| dice.one(&languages).to_owned()),
        "contact_by" => dice.one(&["", "email", "phone", "desk"]).to_owned(),
        "comune" => dice.comune(),
        "max_km" => dice.below(100).to_string(),
        "extra_comuni" => dice.maybe(|| format!("{}|{}", dice.comune(), dice.comune())),
        "arrangements" => dice
            .one(&["hourly", "live_in|night", "night|hourly|live_in"])
            .to_owned(),
        "availability" => dice.maybe(|| dice.week()),
        "skills" => dice.some_of(&skills),
        "qualifications" => dice.some_of(&qualifications),
        "languages" => dice.languages(),
        "experience_years" | "max_hours_week" => dice.maybe(|| dice.below(60).to_string()),
        "min_pay_hour" | "min_pay_month" => dice.maybe(|| dice.money()),
        "permit_type" => dice.maybe(|| dice.one(&permits).to_owned()),
        "accreditation" => dice.one(&["", "none", "pending", "yes"]).to_owned(),
        "status" => dice
            .one(&["", "active", "paused", "placed", "withdrawn"])
            .to_owned(),
        "pause_reason" => dice.reason(ReasonList::Pause),
        "desk" => dice.one(&["grosseto", "follonica"]).to_owned(),
        "relocates" | "renewal_receipt" | "work_right_confirmed" | "share_without_asking" => {
            dice.yes_no()
        }
        "birth_date" | "available_from" | "confirmed_on" | "permit_until" | "paused_until"
        | "registered_on" | "consent_on" => dice.maybe(|| dice.date()),
        other => panic!("{other} is not thought of"),
    });
    Row::of(&Worker::COLUMNS, cells.to_vec())
}

fn family_row(dice: &Dice) -> Row {
    let languages: Vec<&str> = Language::all().map(Language::code).collect();
    let cells = Family::COLUMNS.map(|column| match column {
        "code" => format!("F-{}", dice.below(1_000_000)),
        "given_name" | "family_name" => dice.name(),
        "relation" => dice.one(&["", "self", "child", "guardian"]).to_owned(),
        "phone" => dice.maybe(|| dice.phone()),
        "email" => dice.maybe(|| "elsa@example.org".to_owned()),
        "contact_language" => dice.maybe(|| dice.one(&languages).to_owned()),
        "contact_by" => dice.one(&["", "email", "phone", "desk"]).to_owned(),
        "comune" => dice.comune(),
        "address" => dice.maybe(|| "Via di Prova 1; \"int. 2\"".to_owned()),
        "referred_by" => dice.one(&["", "self", "pi_grosseto"]).to_owned(),
        "consent_on" => dice.maybe(|| dice.date()),
        "desk" => dice.one(&["grosseto", "follonica"]).to_owned(),
        other => panic!("{other} is not thought of"),
    });
    Row::of(&Family::COLUMNS, cells.to_vec())
}

fn request_row(dice: &Dice) -> Row {
    let skills: Vec<&str> = Skill::all().map(Skill::code).collect();
    let qualifications: Vec<&str> = Qualification::all().map(Qualification::code).collect();
    let levels: Vec<&str> = CcnlLevel::all().map(CcnlLevel::code).collect();
    let sex = dice.one(&["", "f", "m", "x"]);
    let cells = CareRequest::COLUMNS.map(|column| match column {
        "code" => format!("R-{}", dice.below(1_000_000)),
        "family" => format!("F-{}", dice.below(100)),
        "comune" => dice.comune(),
        "arrangement" => dice.one(&["hourly", "live_in", "night"]).to_owned(),
        "schedule" => dice.week(),
        "live_in_hours" => dice.one(&["", "54", "30"]).to_owned(),
        "covers" => dice.maybe(|| "R-7".to_owned()),
        "min_coverage_permille" => dice.maybe(|| (1 + dice.below(1_000)).to_string()),
        "start_date" => "2024-01-01".to_owned(),
        "end_date" => dice.maybe(|| "2027-03-31".to_owned()),
        "required_skills" | "preferred_skills" => dice.some_of(&skills),
        "required_qualifications" => dice.some_of(&qualifications),
        "required_languages" => dice.languages(),
        "max_pay_hour" | "max_pay_month" => dice.maybe(|| dice.money()),
        "ccnl_level" => dice.maybe(|| dice.one(&levels).to_owned()),
        "public_contribution" | "self_sufficient" => dice.yes_no(),
        "worker_sex" => sex.to_owned(),
        "worker_sex_ground" if sex.is_empty() => String::new(),
        "worker_sex_ground" => "personal_hygiene".to_owned(),
        "status" => dice
            .one(&["", "open", "paused", "filled", "closed", "withdrawn"])
            .to_owned(),
        "pause_reason" => dice.reason(ReasonList::Pause),
        "close_reason" => dice.reason(ReasonList::Close),
        "excluded" => dice.one(&["", "died", "moved", "duplicate"]).to_owned(),
        "needed_by" | "paused_until" | "opened_on" | "excluded_on" => dice.maybe(|| dice.date()),
        other => panic!("{other} is not thought of"),
    });
    Row::of(&CareRequest::COLUMNS, cells.to_vec())
}

/// Reads random rows; each record reads back to itself from its own cells, over
/// nothing, over itself, and from a row that states its code alone.
fn holds<T: Clone + PartialEq + std::fmt::Debug>(
    seed: u64,
    columns: &[&'static str],
    row: impl Fn(&Dice) -> Row,
    cells: impl Fn(&T) -> Vec<String>,
    read: impl Fn(&Row, Option<&T>) -> Result<Parsed<T>, Invalid>,
) {
    let dice = Dice(SeededRandomness::new(seed));
    for _ in 0..ROUNDS {
        let first = read(&row(&dice), None).unwrap().value;
        let out = Row::of(columns, cells(&first));
        for before in [None, Some(&first)] {
            assert_eq!(read(&out, before).unwrap().value, first);
        }
        let kept = read(&out.only_code(), Some(&first)).unwrap();
        assert_eq!(kept.value, first, "an absent column keeps");
        assert_eq!(kept.warnings, [], "what is not stated is not doubted");
        // A full row leaves nothing of what was there before.
        let other = read(&row(&dice), None).unwrap().value;
        let over = read(&out, Some(&other)).unwrap().value;
        assert_eq!(over, first);
    }
}

#[test]
fn a_worker_reads_back_from_its_own_cells() {
    holds(
        11,
        &Worker::COLUMNS,
        worker_row,
        Worker::cells,
        |row, before| Worker::read(row, before, today(), &desks()),
    );
}

#[test]
fn a_family_reads_back_from_its_own_cells() {
    holds(
        12,
        &Family::COLUMNS,
        family_row,
        Family::cells,
        |row, before| Family::read(row, before, &desks(), &partners()),
    );
}

#[test]
fn a_request_reads_back_from_its_own_cells() {
    holds(
        13,
        &CareRequest::COLUMNS,
        request_row,
        CareRequest::cells,
        |row, before| CareRequest::read(row, before, today()),
    );
}
