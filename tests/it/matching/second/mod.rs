//! A slow, obvious second implementation of the matching rules, written from
//! their text alone: strings, plain lists, nothing of the engine. Where the two
//! differ, one of them misread the text.

mod person;
mod tables;
mod teams;

use std::collections::BTreeMap;

use chrono::NaiveDate;
use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

pub use tables::{Tables, week};
pub use teams::{PlainTeam, counted};

use super::rows::{Row, World, cell};
use person::{Asked, Person, asked, day_of};

/// The answer as the text of its JSON, without the teams, and the teams.
pub struct PlainAnswer {
    pub json_without_teams: String,
    pub teams: Vec<PlainTeam>,
    /// Worker and score of each fit.
    pub fits: Vec<(String, i64)>,
}

fn sha(text: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(text.as_bytes()))
}

/// In the pool: active and authorised by today.
fn in_pool(row: &Row, today: NaiveDate) -> bool {
    matches!(cell(row, "status"), "" | "active")
        && day_of(cell(row, "consent_on")).is_some_and(|day| day <= today)
}

impl Asked<'_> {
    /// Bands of scores, in each the fair order; the band from 1 beside each.
    fn in_order<'p>(&self, people: &[&'p Person]) -> Vec<(usize, &'p Person)> {
        let mut left: Vec<&Person> = people.to_vec();
        left.sort_by_key(|person| -person.score());
        let mut order = Vec::new();
        let mut band = 0;
        while let Some(best) = left.first().map(|person| person.score()) {
            band += 1;
            let (mut inside, outside): (Vec<&Person>, Vec<&Person>) = left
                .into_iter()
                .partition(|person| best - person.score() <= 3000);
            inside.sort_by_key(|person| {
                let lot = sha(&format!("{}:{}", cell(self.row, "code"), person.code));
                (person.recent_requests, person.last, lot)
            });
            order.extend(inside.into_iter().map(|person| (band, person)));
            left = outside;
        }
        order
    }
}

pub const LIMITS: [&str; 12] = [
    "arrangement",
    "area",
    "skills",
    "qualification",
    "languages",
    "start",
    "permit",
    "hours",
    "pay",
    "accreditation",
    "worker_sex",
    "coverage",
];

/// None where the request is refused.
pub fn answer(tables: &Tables, world: &World, row: &Row) -> Option<PlainAnswer> {
    let asked = asked(tables, world, row)?;
    let code = cell(row, "code");
    let pool: Vec<&Row> = world
        .workers
        .iter()
        .filter(|row| in_pool(row, asked.today))
        .collect();
    let mut introduced: BTreeMap<String, NaiveDate> = BTreeMap::new();
    for one in &world.introductions {
        let day = day_of(cell(one, "issued_on")).unwrap();
        let worker = cell(one, "worker");
        let known = pool.iter().any(|row| cell(row, "code") == worker);
        if cell(one, "request") == code && day <= asked.today && known {
            let latest = introduced.entry(worker.to_owned()).or_insert(day);
            *latest = day.max(*latest);
        }
    }
    let people: Vec<Person> = pool
        .iter()
        .filter(|row| !introduced.contains_key(cell(row, "code")))
        .map(|row| asked.person(row))
        .collect();
    let fits: Vec<&Person> = people
        .iter()
        .filter(|person| person.failed.is_empty())
        .collect();
    let near: Vec<&Person> = people
        .iter()
        .filter(|person| matches!(person.failed[..], [(_, Some(_))]))
        .collect();
    let counted = people.iter().filter(|person| match person.failed[..] {
        [(criterion, None)] => matches!(criterion, "arrangement" | "worker_sex"),
        [(_, Some(_))] => true,
        _ => false,
    });
    let mut limits: BTreeMap<&str, usize> = BTreeMap::new();
    for person in counted {
        *limits.entry(person.failed[0].0).or_default() += 1;
    }
    let fits = asked.in_order(&fits);
    let mut near = asked.in_order(&near);
    near.truncate(10);
    let mut listed: Vec<(NaiveDate, String)> = introduced
        .into_iter()
        .map(|(worker, day)| (day, worker))
        .collect();
    listed.sort();
    let introduced: Vec<String> = listed
        .into_iter()
        .map(|(day, worker)| format!("{{\"worker\":\"{worker}\",\"issued_on\":\"{day}\"}}"))
        .collect();
    let limits: Vec<String> = LIMITS
        .iter()
        .map(|criterion| format!("\"{criterion}\":{}", limits.get(criterion).unwrap_or(&0)))
        .collect();
    let json_without_teams = format!(
        "{{\"request\":\"{code}\",\"today\":\"{}\",\"pool\":{},\"introduced\":[{}],\"fits\":[{}],\"near_misses\":[{}],\"limits\":{{{}}},\"teams\":[]}}",
        asked.today,
        pool.len(),
        introduced.join(","),
        fits.iter()
            .map(|(band, person)| fit_json(*band, person))
            .collect::<Vec<_>>()
            .join(","),
        near.iter()
            .map(|(_, person)| near_json(person))
            .collect::<Vec<_>>()
            .join(","),
        limits.join(","),
    );
    Some(PlainAnswer {
        json_without_teams,
        teams: teams::teams(&asked, &people),
        fits: fits
            .iter()
            .map(|(_, person)| (person.code.clone(), person.score()))
            .collect(),
    })
}

fn components_json(points: &[i64; 6]) -> String {
    let names = [
        "coverage",
        "preferred_skills",
        "distance",
        "italian",
        "experience",
        "freshness",
    ];
    let parts: Vec<String> = names
        .iter()
        .zip(points)
        .map(|(name, points)| format!("\"{name}\":{points}"))
        .collect();
    format!("{{{}}}", parts.join(","))
}

fn fit_json(band: usize, person: &Person) -> String {
    let last = person
        .last
        .map_or("null".to_owned(), |day| format!("\"{day}\""));
    format!(
        "{{\"worker\":\"{}\",\"score\":{},\"band\":{band},\"components\":{},\"distance_m\":{},\"covered_slots\":{},\"requests_introduced_90d\":{},\"last_introduced_on\":{last}}}",
        person.code,
        person.score(),
        components_json(&person.points),
        person.metres,
        person.usable,
        person.recent_requests,
    )
}

fn near_json(person: &Person) -> String {
    let (criterion, shortfall) = &person.failed[0];
    format!(
        "{{\"worker\":\"{}\",\"score\":{},\"criterion\":\"{criterion}\",\"shortfall\":{}}}",
        person.code,
        person.score(),
        shortfall.as_ref().unwrap(),
    )
}

/// The JSON of the open requests a worker fits.
pub fn reverse(tables: &Tables, world: &World, worker: &Row) -> String {
    let today: NaiveDate = world.today.parse().unwrap();
    let code = cell(worker, "code");
    let mut found: Vec<(i64, String, String)> = Vec::new();
    for row in &world.requests {
        let request = cell(row, "code");
        let introduced = world.introductions.iter().any(|one| {
            cell(one, "worker") == code
                && cell(one, "request") == request
                && day_of(cell(one, "issued_on")).unwrap() <= today
        });
        let Some(asked) = asked(tables, world, row) else {
            continue;
        };
        if introduced || !in_pool(worker, today) {
            continue;
        }
        let person = asked.person(worker);
        if person.failed.is_empty() {
            let json = format!(
                "{{\"request\":\"{request}\",\"score\":{},\"components\":{},\"distance_m\":{},\"covered_slots\":{}}}",
                person.score(),
                components_json(&person.points),
                person.metres,
                person.usable,
            );
            found.push((-person.score(), request.to_owned(), json));
        }
    }
    found.sort();
    let requests: Vec<String> = found.into_iter().map(|one| one.2).collect();
    format!(
        "{{\"worker\":\"{code}\",\"today\":\"{today}\",\"requests\":[{}]}}",
        requests.join(",")
    )
}
