//! One worker and one request, criterion by criterion and point by point, in
//! the words of the rules.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::tables::{Tables, week, week_text};
use crate::matching::rows::{Row, World, cell, items};

/// What was worked out about one worker for one request.
pub struct Person {
    pub code: String,
    /// Failed criteria, each with the shortfall's JSON where it is near.
    pub failed: Vec<(&'static str, Option<String>)>,
    /// Needed half-hours the worker is free in, one yes or no a slot.
    pub free: Vec<bool>,
    pub cap: Option<i64>,
    pub usable: i64,
    pub points: [i64; 6],
    pub metres: i64,
    pub recent_requests: i64,
    pub last: Option<NaiveDate>,
}

impl Person {
    pub fn score(&self) -> i64 {
        self.points.iter().sum()
    }

    pub fn failed_codes(&self) -> Vec<&'static str> {
        self.failed.iter().map(|failure| failure.0).collect()
    }
}

pub struct Asked<'a> {
    pub tables: &'a Tables,
    pub world: &'a World,
    pub row: &'a Row,
    pub today: NaiveDate,
    pub day: NaiveDate,
    pub arrangement: &'a str,
    pub need: Vec<bool>,
    pub n: i64,
    pub t: i64,
}

pub fn day_of(text: &str) -> Option<NaiveDate> {
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

fn quoted(codes: impl IntoIterator<Item = String>) -> String {
    let codes: Vec<String> = codes
        .into_iter()
        .map(|code| format!("\"{code}\""))
        .collect();
    codes.join(",")
}

/// None where the request is refused.
pub fn asked<'a>(tables: &'a Tables, world: &'a World, row: &'a Row) -> Option<Asked<'a>> {
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

pub fn count(grid: &[bool]) -> i64 {
    i64::try_from(grid.iter().filter(|slot| **slot).count()).unwrap()
}

impl Asked<'_> {
    pub fn person(&self, worker: &Row) -> Person {
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
        let per_mille = [
            coverage, preferred, distance, italian, experience, freshness,
        ];
        std::array::from_fn(|i| i64::from(self.world.weights[i]) * per_mille[i])
    }
}
