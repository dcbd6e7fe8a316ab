//! People and requests as rows of text, the way the files hold them, and how
//! the engine is given them. The second implementation reads the same rows by
//! itself.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dom::domain::contract::{Arrangement, LiveInHours};
use dom::domain::language::Languages;
use dom::domain::money::Cents;
use dom::domain::permit::PermitType;
use dom::domain::person::{Accreditation, Sex};
use dom::domain::place::Comune;
use dom::domain::skill::{Qualification, Skill};
use dom::domain::week::WeekGrid;
use dom::matching::{
    Components, Introduction, Need, NeedFields, Pool, PoolWorker, Refusal, Weights,
};

use super::dice::TODAY;

/// Column to cell; a column that is not there is empty.
pub type Row = BTreeMap<String, String>;

/// A whole small world.
#[derive(Clone)]
pub struct World {
    pub today: String,
    /// In the order in which answers list the components.
    pub weights: [u32; 6],
    pub workers: Vec<Row>,
    pub requests: Vec<Row>,
    pub introductions: Vec<Row>,
}

pub fn cell<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).map_or("", String::as_str)
}

/// A row's cells as a cast takes them, and emptiness where the cast would have something of its own.
pub fn changes(row: &Row) -> Vec<(&str, &str)> {
    let own = [
        "confirmed_on",
        "permit_type",
        "consent_on",
        "share_without_asking",
    ];
    let mut cells: Vec<(&str, &str)> = own.into_iter().map(|column| (column, "")).collect();
    let given = row.iter().filter(|(column, _)| *column != "code");
    cells.extend(given.map(|(column, cell)| (column.as_str(), cell.as_str())));
    cells
}

pub fn read(text: &str) -> Vec<Row> {
    let rows = csv::Reader::from_reader(text.as_bytes()).into_deserialize();
    rows.collect::<Result<_, _>>().unwrap()
}

pub fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split('|').filter(|item| !item.is_empty())
}

fn some<T>(text: &str, parse: impl Fn(&str) -> T) -> Option<T> {
    (!text.is_empty()).then(|| parse(text))
}

pub fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn comune(text: &str) -> Comune {
    Comune::parse(text).unwrap().0
}

fn cents(text: &str) -> Cents {
    Cents::parse(text).unwrap()
}

pub fn pool_worker(row: &Row) -> Option<PoolWorker> {
    let cell = |column| cell(row, column);
    let number = |text: &str| text.parse::<u32>().unwrap();
    let active = matches!(cell("status"), "" | "active");
    let authorised_on = some(cell("consent_on"), date).filter(|_| active)?;
    Some(PoolWorker {
        code: cell("code").to_owned(),
        authorised_on,
        comune: comune(cell("comune")),
        max_km: some(cell("max_km"), number),
        extra_comuni: items(cell("extra_comuni")).map(comune).collect(),
        relocates: cell("relocates") == "yes",
        arrangements: items(cell("arrangements"))
            .map(|code| Arrangement::parse(code).unwrap())
            .collect(),
        availability: WeekGrid::parse(cell("availability")).unwrap(),
        available_from: some(cell("available_from"), date),
        confirmed_on: some(cell("confirmed_on"), date),
        skills: items(cell("skills"))
            .map(|code| Skill::by_code(code).unwrap())
            .collect(),
        qualifications: items(cell("qualifications"))
            .map(|code| Qualification::by_code(code).unwrap())
            .collect(),
        languages: Languages::parse(cell("languages")).unwrap(),
        experience_years: some(cell("experience_years"), number),
        min_pay_hour: some(cell("min_pay_hour"), cents),
        min_pay_month: some(cell("min_pay_month"), cents),
        permit_type: some(cell("permit_type"), |code| {
            PermitType::by_code(code).unwrap()
        }),
        permit_until: some(cell("permit_until"), date),
        renewal_receipt: cell("renewal_receipt") == "yes",
        work_right_confirmed: cell("work_right_confirmed") == "yes",
        max_hours_week: some(cell("max_hours_week"), number),
        accreditation: Accreditation::parse(cell("accreditation")).unwrap_or_default(),
        sex: Sex::parse(cell("sex")).unwrap(),
    })
}

pub fn need(row: &Row) -> Result<Need, Refusal> {
    let cell = |column| cell(row, column);
    let number = |text: &str| text.parse::<u32>().unwrap();
    let skills = |text| {
        items(text)
            .map(|code| Skill::by_code(code).unwrap())
            .collect()
    };
    Need::new(NeedFields {
        request: cell("code").to_owned(),
        comune: comune(cell("comune")),
        arrangement: Arrangement::parse(cell("arrangement")).unwrap(),
        schedule: WeekGrid::parse(cell("schedule")).unwrap(),
        live_in_hours: some(cell("live_in_hours"), |text| {
            LiveInHours::from_hours(number(text)).unwrap()
        })
        .unwrap_or_default(),
        covers_rest: !cell("covers").is_empty(),
        min_coverage_permille: some(cell("min_coverage_permille"), number).unwrap_or(1000),
        start_date: date(cell("start_date")),
        required_skills: skills(cell("required_skills")),
        preferred_skills: skills(cell("preferred_skills")),
        required_qualifications: items(cell("required_qualifications"))
            .map(|code| Qualification::by_code(code).unwrap())
            .collect(),
        required_languages: Languages::parse(cell("required_languages")).unwrap(),
        max_pay_hour: some(cell("max_pay_hour"), cents),
        max_pay_month: some(cell("max_pay_month"), cents),
        public_contribution: cell("public_contribution") == "yes",
        worker_sex: some(cell("worker_sex"), |code| Sex::parse(code).unwrap()),
        worker_sex_ground: cell("worker_sex_ground") == "personal_hygiene",
    })
}

impl Default for World {
    fn default() -> Self {
        Self {
            today: TODAY.to_owned(),
            weights: [40, 20, 15, 10, 10, 5],
            workers: Vec::new(),
            requests: Vec::new(),
            introductions: Vec::new(),
        }
    }
}

impl World {
    pub fn weights(&self) -> Weights {
        let [
            coverage,
            preferred_skills,
            distance,
            italian,
            experience,
            freshness,
        ] = self.weights;
        Weights::new(Components {
            coverage,
            preferred_skills,
            distance,
            italian,
            experience,
            freshness,
        })
        .unwrap()
    }

    pub fn pool(&self) -> Pool {
        let introductions = self.introductions.iter().map(|row| Introduction {
            worker: cell(row, "worker").to_owned(),
            request: cell(row, "request").to_owned(),
            issued_on: date(cell(row, "issued_on")),
        });
        let workers = self.workers.iter().filter_map(pool_worker);
        Pool::new(workers.collect(), introductions.collect())
    }

    pub fn today(&self) -> NaiveDate {
        date(&self.today)
    }
}
