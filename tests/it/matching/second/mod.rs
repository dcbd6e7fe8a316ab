//! A slow, obvious second implementation of the matching rules, written from
//! their text alone: strings, plain lists, nothing of the engine. Where the two
//! differ, one of them misread the text.

mod tables;
mod teams;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use sha2::{Digest, Sha256};

pub use tables::{Tables, week};
pub use teams::{PlainTeam, counted};

use super::rows::{Row, World, cell, items};
use tables::week_text;

/// The answer as the text of its JSON, without the teams, and the teams.
pub struct PlainAnswer {
    pub json_without_teams: String,
    pub teams: Vec<PlainTeam>,
    /// Worker and score of each fit.
    pub fits: Vec<(String, i64)>,
}

/// What was worked out about one worker for one request.
struct Person {
    code: String,
    /// Failed criteria, each with the shortfall's JSON where it is near.
    failed: Vec<(&'static str, Option<String>)>,
    /// Needed half-hours the worker is free in, one yes or no a slot.
    free: Vec<bool>,
    cap: Option<i64>,
    usable: i64,
    points: [i64; 6],
    metres: i64,
    recent_requests: i64,
    last: Option<NaiveDate>,
}

impl Person {
    fn score(&self) -> i64 {
        self.points.iter().sum()
    }

    fn failed_codes(&self) -> Vec<&'static str> {
        self.failed.iter().map(|failure| failure.0).collect()
    }
}

struct Asked<'a> {
    tables: &'a Tables,
    world: &'a World,
    row: &'a Row,
    today: NaiveDate,
    day: NaiveDate,
    arrangement: &'a str,
    need: Vec<bool>,
    n: i64,
    t: i64,
}

fn day_of(text: &str) -> Option<NaiveDate> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

fn number(text: &str) -> Option<i64> {
    (!text.is_empty()).then(|| text.parse().unwrap())
}

fn cents(text: &str) -> Option<i64> {
    let text = text.replace(',', ".");
    let (euro, rest) = text.split_once('.').unwrap_or((&text, ""));
    let cents = format!("{rest}00");
    (!text.is_empty())
        .then(|| euro.parse::<i64>().unwrap() * 100 + cents[..2].parse::<i64>().unwrap())
}

fn rank(level: &str) -> i64 {
    let levels = ["A1", "A2", "B1", "B2", "C1", "C2"];
    levels
        .iter()
        .zip(1..)
        .find(|(one, _)| **one == level)
        .unwrap()
        .1
}

/// Language to the rank of its highest level.
fn spoken(list: &str) -> BTreeMap<String, i64> {
    let mut known: BTreeMap<String, i64> = BTreeMap::new();
    for item in items(list) {
        let (code, level) = item.split_once(':').unwrap();
        let best = known.entry(code.to_owned()).or_insert(0);
        *best = (*best).max(rank(level));
    }
    known
}

fn sha(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn quoted(codes: impl IntoIterator<Item = String>) -> String {
    let codes: Vec<String> = codes
        .into_iter()
        .map(|code| format!("\"{code}\""))
        .collect();
    codes.join(",")
}

/// In the pool: active and authorised by today.
fn in_pool(row: &Row, today: NaiveDate) -> bool {
    matches!(cell(row, "status"), "" | "active")
        && day_of(cell(row, "consent_on")).is_some_and(|day| day <= today)
}

/// None where the request is refused.
fn asked<'a>(tables: &'a Tables, world: &'a World, row: &'a Row) -> Option<Asked<'a>> {
    let today: NaiveDate = world.today.parse().unwrap();
    let arrangement = cell(row, "arrangement");
    let live_in = arrangement == "live_in";
    let need = if live_in {
        vec![false; 336]
    } else {
        week(cell(row, "schedule"))
    };
    let n = count(&need);
    if !live_in && n == 0 {
        return None;
    }
    if !cell(row, "worker_sex").is_empty() && cell(row, "worker_sex_ground") != "personal_hygiene" {
        return None;
    }
    let share = number(cell(row, "min_coverage_permille")).unwrap_or(1000);
    let t = if live_in {
        2 * number(cell(row, "live_in_hours")).unwrap_or(54)
    } else {
        (n * share + 999) / 1000
    };
    let start = day_of(cell(row, "start_date")).unwrap();
    Some(Asked {
        tables,
        world,
        row,
        today,
        day: start.max(today),
        arrangement,
        need,
        n,
        t,
    })
}

fn count(grid: &[bool]) -> i64 {
    i64::try_from(grid.iter().filter(|slot| **slot).count()).unwrap()
}

impl Asked<'_> {
    fn person(&self, worker: &Row) -> Person {
        let available = week(cell(worker, "availability"));
        let free: Vec<bool> = (0..336).map(|s| self.need[s] && available[s]).collect();
        let cap = self.cap(worker);
        let covered = count(&free);
        let usable = cap.map_or(covered, |cap| covered.min(cap));
        let code = cell(worker, "code").to_owned();
        let home = self.tables.comune(cell(worker, "comune"));
        let metres = self.tables.metres(&home, &self.place());
        let introductions: Vec<(String, NaiveDate)> = self
            .world
            .introductions
            .iter()
            .filter(|row| cell(row, "worker") == code)
            .map(|row| {
                (
                    cell(row, "request").to_owned(),
                    day_of(cell(row, "issued_on")).unwrap(),
                )
            })
            .filter(|(_, day)| *day <= self.today)
            .collect();
        let since = self.today - Days::new(90);
        let recent: BTreeSet<&String> = introductions
            .iter()
            .filter(|(_, day)| *day > since)
            .map(|(request, _)| request)
            .collect();
        Person {
            failed: self.failures(worker, &free, cap, metres),
            points: self.points(worker, usable, metres),
            recent_requests: i64::try_from(recent.len()).unwrap(),
            last: introductions.iter().map(|(_, day)| *day).max(),
            code,
            free,
            cap,
            usable,
            metres,
        }
    }

    fn place(&self) -> String {
        self.tables.comune(cell(self.row, "comune"))
    }

    fn cap(&self, worker: &Row) -> Option<i64> {
        let mut caps = Vec::new();
        caps.extend(number(cell(worker, "max_hours_week")).map(|hours| hours * 2));
        if let Some(permit) = self.tables.permits.get(cell(worker, "permit_type")) {
            caps.extend(number(cell(permit, "max_hours_week")).map(|hours| hours * 2));
        }
        if self.arrangement == "hourly" {
            caps.extend(self.tables.hourly_limit(self.day));
        }
        caps.into_iter().min()
    }

    fn failures(
        &self,
        worker: &Row,
        free: &[bool],
        cap: Option<i64>,
        metres: i64,
    ) -> Vec<(&'static str, Option<String>)> {
        let mut failed: Vec<(&'static str, Option<String>)> = Vec::new();
        let days = |from: NaiveDate, to: NaiveDate| {
            let days = (to - from).num_days();
            (days <= 60).then(|| format!("{{\"days\":{days}}}"))
        };
        if !items(cell(worker, "arrangements")).any(|one| one == self.arrangement) {
            failed.push(("arrangement", None));
        }
        self.area(worker, metres, &mut failed);
        let held = Tables::closed(&self.tables.skills, cell(worker, "skills"));
        let required: BTreeSet<String> = items(cell(self.row, "required_skills"))
            .map(str::to_owned)
            .collect();
        let missing: Vec<String> = required.difference(&held).cloned().collect();
        if !missing.is_empty() {
            let near = missing.len() == 1;
            failed.push((
                "skills",
                near.then(|| format!("{{\"missing\":[{}]}}", quoted(missing))),
            ));
        }
        let papers = Tables::closed(&self.tables.qualifications, cell(worker, "qualifications"));
        let named: BTreeSet<String> = items(cell(self.row, "required_qualifications"))
            .map(str::to_owned)
            .collect();
        if !named.is_empty() && named.is_disjoint(&papers) {
            failed.push((
                "qualification",
                Some(format!("{{\"missing\":[{}]}}", quoted(named))),
            ));
        }
        let speaks = spoken(cell(worker, "languages"));
        let below: Vec<String> = spoken(cell(self.row, "required_languages"))
            .into_iter()
            .filter(|(code, rank)| speaks.get(code).unwrap_or(&0) < rank)
            .map(|(code, _)| code)
            .collect();
        if !below.is_empty() {
            let near = below.len() == 1;
            failed.push((
                "languages",
                near.then(|| format!("{{\"missing\":[{}]}}", quoted(below))),
            ));
        }
        if let Some(from) = day_of(cell(worker, "available_from"))
            && from > self.day
        {
            failed.push(("start", days(self.day, from)));
        }
        self.permit(worker, &mut failed, days);
        if let Some(cap) = cap
            && self.t > cap
        {
            let over = self.t - cap;
            failed.push((
                "hours",
                (over <= 20).then(|| format!("{{\"half_hours\":{over}}}")),
            ));
        }
        self.pay(worker, &mut failed);
        let accreditation = cell(worker, "accreditation");
        if cell(self.row, "public_contribution") == "yes" && accreditation != "yes" {
            let near = accreditation == "pending";
            failed.push((
                "accreditation",
                near.then(|| "{\"state\":\"pending\"}".to_owned()),
            ));
        }
        let sex = cell(self.row, "worker_sex");
        if !sex.is_empty() && sex != cell(worker, "sex") {
            failed.push(("worker_sex", None));
        }
        let covered = count(free);
        if self.arrangement != "live_in" && covered < self.t {
            let uncovered: Vec<bool> = (0..336).map(|s| self.need[s] && !free[s]).collect();
            let near = 2 * covered >= self.n;
            failed.push((
                "coverage",
                near.then(|| format!("{{\"uncovered\":\"{}\"}}", week_text(&uncovered))),
            ));
        }
        failed
    }

    fn area(&self, worker: &Row, metres: i64, failed: &mut Vec<(&'static str, Option<String>)>) {
        let home = self.tables.comune(cell(worker, "comune"));
        let place = self.place();
        let reach = number(cell(worker, "max_km")).unwrap_or(0) * 1000;
        let dry = self.tables.landmass(&home) == self.tables.landmass(&place);
        let extra =
            items(cell(worker, "extra_comuni")).any(|text| self.tables.comune(text) == place);
        let relocates = self.arrangement == "live_in" && cell(worker, "relocates") == "yes";
        if home == place || extra || (dry && metres <= reach) || relocates {
            return;
        }
        let over = metres - reach;
        let near = dry && over <= 20_000;
        failed.push(("area", near.then(|| format!("{{\"metres\":{over}}}"))));
    }

    fn permit(
        &self,
        worker: &Row,
        failed: &mut Vec<(&'static str, Option<String>)>,
        days: impl Fn(NaiveDate, NaiveDate) -> Option<String>,
    ) {
        let Some(permit) = self.tables.permits.get(cell(worker, "permit_type")) else {
            failed.push(("permit", None));
            return;
        };
        let confirmed = cell(worker, "work_right_confirmed") == "yes";
        let allowed = match cell(permit, "allows_domestic_work") {
            "yes" => true,
            "limited" | "depends" => confirmed,
            _ => false,
        };
        if !allowed {
            failed.push(("permit", None));
        } else if cell(permit, "needs_expiry") == "yes" && cell(worker, "renewal_receipt") != "yes"
        {
            match day_of(cell(worker, "permit_until")) {
                None => failed.push(("permit", None)),
                Some(until) if until < self.day => failed.push(("permit", days(until, self.day))),
                Some(_) => {}
            }
        }
    }

    fn pay(&self, worker: &Row, failed: &mut Vec<(&'static str, Option<String>)>) {
        let by_month = (
            cents(cell(worker, "min_pay_month")),
            cents(cell(self.row, "max_pay_month")),
        );
        let by_hour = (
            cents(cell(worker, "min_pay_hour")),
            cents(cell(self.row, "max_pay_hour")),
        );
        let unit = match self.arrangement {
            "hourly" => by_hour,
            "live_in" => by_month,
            _ if by_month.0.is_some() && by_month.1.is_some() => by_month,
            _ => by_hour,
        };
        if let (Some(least), Some(offer)) = unit
            && least > offer
        {
            failed.push(("pay", Some(format!("{{\"cents\":{}}}", least - offer))));
        }
    }

    fn points(&self, worker: &Row, usable: i64, metres: i64) -> [i64; 6] {
        let live_in = self.arrangement == "live_in";
        let coverage = if live_in {
            1000
        } else {
            usable * 1000 / self.n
        };
        let held = Tables::closed(&self.tables.skills, cell(worker, "skills"));
        let wished: BTreeSet<String> = items(cell(self.row, "preferred_skills"))
            .map(str::to_owned)
            .collect();
        let preferred = if wished.is_empty() {
            1000
        } else {
            let both = i64::try_from(wished.intersection(&held).count()).unwrap();
            both * 1000 / i64::try_from(wished.len()).unwrap()
        };
        let distance = if live_in && cell(worker, "relocates") == "yes" {
            1000
        } else {
            1000 - metres.min(40_000) * 1000 / 40_000
        };
        let italian = match spoken(cell(self.row, "required_languages")).get("it") {
            None => 1000,
            Some(required) => {
                let speaks = spoken(cell(worker, "languages"));
                speaks.get("it").unwrap_or(&0).min(required) * 1000 / required
            }
        };
        let experience = number(cell(worker, "experience_years"))
            .unwrap_or(0)
            .min(10)
            * 100;
        let freshness = day_of(cell(worker, "confirmed_on")).map_or(0, |confirmed| {
            let days = (self.today - confirmed).num_days();
            match days {
                ..=30 => 1000,
                180.. => 0,
                _ => (180 - days) * 1000 / 150,
            }
        });
        [
            40 * coverage,
            20 * preferred,
            15 * distance,
            10 * italian,
            10 * experience,
            5 * freshness,
        ]
    }

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
