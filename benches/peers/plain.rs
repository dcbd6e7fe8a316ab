//! The plain way: a list of structs, every rule in the order of its table, no
//! layout, no index. Distances are worked out once a comune and request. Also the
//! fair order of what any peer found, and teams by trying all pairs.

use std::cell::Cell;
use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, NaiveDate};
use dom::domain::contract::{self, Arrangement, Arrangements};
use dom::domain::language::{Language, Languages};
use dom::domain::money::Cents;
use dom::domain::permit::{Allows, PermitType};
use dom::domain::person::{Accreditation, Sex};
use dom::domain::place::{Comune, distance_m};
use dom::domain::skill::{QualificationSet, SkillSet};
use dom::domain::week::WeekGrid;
use dom::matching::Need;
use sha2::{Digest, Sha256};

use crate::market::Market;

pub const BAND: u32 = 3_000;

/// A worker made ready once, with what was done since the pool's beginning.
#[derive(Clone)]
pub struct Person {
    pub aside: Box<Aside>,
    pub authorised_on: i32,
    pub comune: Comune,
    pub reach_m: u32,
    pub relocates: bool,
    pub arrangements: Arrangements,
    pub week: WeekGrid,
    pub available_from: i32,
    pub confirmed_on: Option<i32>,
    pub skills: SkillSet,
    pub qualifications: QualificationSet,
    pub italian: u32,
    pub experience: u32,
    pub min_pay_hour: Option<u32>,
    pub min_pay_month: Option<u32>,
    /// Whether the title allows the work, and whether its end is asked for.
    pub allowed: bool,
    pub dated: bool,
    pub permit_until: Option<i32>,
    pub cap: Option<u32>,
    pub accreditation: Accreditation,
    pub sex: Sex,
    /// Requests in 90 days, and the latest day.
    pub past: (u32, Option<i32>),
}

/// What is seldom read, so that the rest is close together.
#[derive(Clone)]
pub struct Aside {
    pub code: String,
    pub extra_comuni: Vec<Comune>,
    pub languages: Languages,
}

pub fn day(date: NaiveDate) -> i32 {
    date.num_days_from_ce()
}

pub fn people(market: &Market) -> Vec<Person> {
    let today = day(market.today);
    let mut requests: HashMap<&str, BTreeSet<&str>> = HashMap::new();
    let mut last: HashMap<&str, i32> = HashMap::new();
    for one in &market.introductions {
        let on = day(one.issued_on);
        if today - 90 < on {
            requests
                .entry(&one.worker)
                .or_default()
                .insert(&one.request);
        }
        let latest = last.entry(&one.worker).or_insert(on);
        *latest = on.max(*latest);
    }
    let of = |permit: Option<PermitType>, confirmed: bool| match permit.map(PermitType::allows) {
        Some(Allows::Yes) => true,
        Some(Allows::Limited | Allows::Depends) => confirmed,
        Some(Allows::No) | None => false,
    };
    let people = market.workers.iter().map(|one| Person {
        aside: Box::new(Aside {
            code: one.code.clone(),
            extra_comuni: one.extra_comuni.clone(),
            languages: one.languages.clone(),
        }),
        authorised_on: day(one.authorised_on),
        comune: one.comune,
        reach_m: one.max_km.unwrap_or(0) * 1000,
        relocates: one.relocates,
        arrangements: one.arrangements,
        week: one.availability,
        available_from: one.available_from.map_or(i32::MIN, day),
        confirmed_on: one.confirmed_on.map(day),
        skills: one.skills.closed(),
        qualifications: one.qualifications.closed(),
        italian: (one.languages.level(Language::italian())).map_or(0, |l| u32::from(l.rank())),
        experience: one.experience_years.unwrap_or(0).min(10),
        min_pay_hour: one.min_pay_hour.map(Cents::cents),
        min_pay_month: one.min_pay_month.map(Cents::cents),
        allowed: of(one.permit_type, one.work_right_confirmed),
        dated: one.permit_type.is_some_and(PermitType::needs_expiry) && !one.renewal_receipt,
        permit_until: one.permit_until.map(day),
        cap: [
            one.max_hours_week,
            one.permit_type.and_then(PermitType::max_hours_week),
        ]
        .into_iter()
        .flatten()
        .min()
        .map(|hours| hours * 2),
        accreditation: one.accreditation,
        sex: one.sex,
        past: (
            requests
                .get(one.code.as_str())
                .map_or(0, |set| u32::try_from(set.len()).unwrap()),
            last.get(one.code.as_str()).copied(),
        ),
    });
    people.collect()
}

/// A request made ready.
pub struct Asked<'a> {
    pub need: &'a Need,
    pub today: i32,
    pub day: i32,
    pub target: u32,
    pub needed: u32,
    pub weekly_limit: u32,
    pub italian: u32,
    distances: Vec<Cell<Option<(u32, bool)>>>,
}

/// How a rule was met: wholly, nearly, or not at all.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Met {
    Yes,
    Nearly,
    No,
}

fn met(passes: bool, nearly: impl FnOnce() -> bool) -> Met {
    if passes {
        Met::Yes
    } else if nearly() {
        Met::Nearly
    } else {
        Met::No
    }
}

impl<'a> Asked<'a> {
    pub fn new(need: &'a Need, today: NaiveDate) -> Self {
        let fields = need.fields();
        let limit = match fields.arrangement {
            Arrangement::Hourly => contract::limit(need.day(today), "hourly", "max_hours_week")
                .and_then(contract::Limit::half_hours),
            _ => None,
        };
        let italian = fields.required_languages.level(Language::italian());
        Self {
            need,
            today: day(today),
            day: day(need.day(today)),
            target: need.target(),
            needed: need.needed(),
            weekly_limit: limit.unwrap_or(u32::MAX),
            italian: italian.map_or(0, |level| u32::from(level.rank())),
            distances: vec![Cell::new(None); Comune::count()],
        }
    }

    fn ground(&self, from: Comune) -> (u32, bool) {
        let cell = &self.distances[from.index()];
        cell.get().unwrap_or_else(|| {
            let to = self.need.fields().comune;
            let ground = (distance_m(from, to), from.landmass() != to.landmass());
            cell.set(Some(ground));
            ground
        })
    }

    fn cap(&self, one: &Person) -> u32 {
        one.cap.unwrap_or(u32::MAX).min(self.weekly_limit)
    }

    fn covered(&self, one: &Person) -> u32 {
        self.need.fields().schedule.and(&one.week).count()
    }

    /// The rules in the order of their table, each worked out when it is come to.
    fn rule(&self, rule: usize, one: &Person) -> Met {
        let need = self.need.fields();
        let live_in = need.arrangement == Arrangement::LiveIn;
        match rule {
            0 => met(one.arrangements.contains(need.arrangement), || false),
            1 => {
                let (metres, sea) = self.ground(one.comune);
                let passes = one.comune == need.comune
                    || (live_in && one.relocates)
                    || (!sea && metres <= one.reach_m)
                    || one.aside.extra_comuni.contains(&need.comune);
                met(passes, || !sea && metres <= one.reach_m + 20_000)
            }
            2 => {
                let missing = need.required_skills.minus(one.skills);
                met(missing.is_empty(), || missing.len() == 1)
            }
            3 => {
                let asked = need.required_qualifications;
                met(
                    asked.is_empty() || !asked.and(one.qualifications).is_empty(),
                    || true,
                )
            }
            4 => {
                let below = need.required_languages.iter();
                let below = below.filter(|(l, level)| one.aside.languages.level(*l) < Some(*level));
                let below = below.count();
                met(below == 0, || below == 1)
            }
            5 => met(one.available_from <= self.day, || {
                one.available_from - self.day <= 60
            }),
            6 => {
                let until = one.permit_until;
                let lasts = !one.dated || until.is_some_and(|until| until >= self.day);
                met(one.allowed && lasts, || {
                    one.allowed && until.is_some_and(|until| self.day - until <= 60)
                })
            }
            7 => met(self.target <= self.cap(one), || {
                self.target - self.cap(one) <= 20
            }),
            8 => {
                let above = |least: Option<u32>, offer: Option<Cents>| {
                    least
                        .zip(offer)
                        .is_some_and(|(least, offer)| least > offer.cents())
                };
                let by_month = one.min_pay_month.is_some() && need.max_pay_month.is_some();
                let above = if live_in || (need.arrangement == Arrangement::Night && by_month) {
                    above(one.min_pay_month, need.max_pay_month)
                } else {
                    above(one.min_pay_hour, need.max_pay_hour)
                };
                met(!above, || true)
            }
            9 => {
                let passes = !need.public_contribution || one.accreditation == Accreditation::Yes;
                met(passes, || one.accreditation == Accreditation::Pending)
            }
            10 => met(need.worker_sex.is_none_or(|sex| sex == one.sex), || false),
            _ => {
                let covered = if live_in { 0 } else { self.covered(one) };
                met(live_in || covered >= self.target, || {
                    2 * covered >= self.needed
                })
            }
        }
    }

    pub fn score(&self, one: &Person) -> u32 {
        let need = self.need.fields();
        let live_in = need.arrangement == Arrangement::LiveIn;
        let coverage = if live_in {
            1000
        } else {
            self.covered(one).min(self.cap(one)) * 1000 / self.needed
        };
        let preferred = need.preferred_skills;
        let skills = if preferred.is_empty() {
            1000
        } else {
            preferred.and(one.skills).len() * 1000 / preferred.len()
        };
        let distance = if live_in && one.relocates {
            1000
        } else {
            1000 - self.ground(one.comune).0.min(40_000) * 1000 / 40_000
        };
        let italian = (one.italian.min(self.italian) * 1000)
            .checked_div(self.italian)
            .unwrap_or(1000);
        let freshness = match one.confirmed_on.map(|on| self.today - on) {
            None => 0,
            Some(..=30) => 1000,
            Some(days) => 180_u32.saturating_sub(days.unsigned_abs()) * 1000 / 150,
        };
        40 * coverage
            + 20 * skills
            + 15 * distance
            + 10 * italian
            + 1000 * one.experience
            + 5 * freshness
    }

    /// Number and score of all who fit.
    pub fn fits(&self, people: &[Person]) -> Vec<(usize, u32)> {
        let fits = |one: &Person| {
            one.authorised_on <= self.today && (0..12).all(|rule| self.rule(rule, one) == Met::Yes)
        };
        let found = people.iter().enumerate().filter(|(_, one)| fits(one));
        found.map(|(i, one)| (i, self.score(one))).collect()
    }

    /// Number and score of all who nearly fit.
    pub fn near_misses(&self, people: &[Person]) -> Vec<(usize, u32)> {
        let near = |one: &Person| {
            let mut nearly = 0;
            for rule in 0..12 {
                match self.rule(rule, one) {
                    Met::Yes => {}
                    Met::Nearly => nearly += 1,
                    Met::No => return false,
                }
                if nearly > 1 {
                    return false;
                }
            }
            nearly == 1 && one.authorised_on <= self.today
        };
        let found = people.iter().enumerate().filter(|(_, one)| near(one));
        found.map(|(i, one)| (i, self.score(one))).collect()
    }

    /// Whoever fails only what a team makes up for, and can do two hours.
    pub fn for_teams(&self, people: &[Person]) -> Vec<usize> {
        let joins = |one: &Person| {
            let fails = |rule| self.rule(rule, one) != Met::Yes;
            one.authorised_on <= self.today
                && !(0..12).any(|rule| rule != 7 && rule != 11 && fails(rule))
                && (fails(7) || fails(11))
                && self.covered(one).min(self.cap(one)) >= 4
        };
        (0..people.len()).filter(|i| joins(&people[*i])).collect()
    }

    /// The five first pairs, by trying all pairs there are.
    pub fn pairs(&self, people: &[Person], members: &[usize]) -> Vec<Vec<String>> {
        struct Pair {
            score: u32,
            introduced: u32,
            members: [usize; 2],
        }
        let schedule = &self.need.fields().schedule;
        let free: Vec<WeekGrid> = members
            .iter()
            .map(|i| schedule.and(&people[*i].week))
            .collect();
        let caps: Vec<u32> = members.iter().map(|i| self.cap(&people[*i])).collect();
        let scores: Vec<u32> = members.iter().map(|i| self.score(&people[*i])).collect();
        let mut pairs = Vec::new();
        for a in 0..members.len() {
            for b in a + 1..members.len() {
                let reach = free[a].or(&free[b]).count();
                let reach = reach.min(free[a].count().saturating_add(caps[b]));
                let reach = reach.min(free[b].count().saturating_add(caps[a]));
                if reach.min(caps[a].saturating_add(caps[b])) >= self.target {
                    pairs.push(Pair {
                        score: scores[a] + scores[b],
                        introduced: people[members[a]].past.0 + people[members[b]].past.0,
                        members: [a, b],
                    });
                }
            }
        }
        pairs.sort_unstable_by_key(|pair| std::cmp::Reverse(pair.score));
        let mut times = vec![0; members.len()];
        let mut listed = Vec::new();
        let mut rest = pairs.as_mut_slice();
        while let Some(best) = rest.first().map(|pair| pair.score) {
            let length = rest.partition_point(|pair| best - pair.score <= 2 * BAND);
            let (band, others) = rest.split_at_mut(length);
            // The lot only where introductions do not decide.
            band.sort_unstable_by_key(|pair| pair.introduced);
            for alike in band.chunk_by_mut(|a, b| a.introduced == b.introduced) {
                let codes = |pair: &Pair| {
                    let mut codes = pair
                        .members
                        .map(|at| people[members[at]].aside.code.as_str());
                    codes.sort_unstable();
                    codes
                };
                alike.sort_by_cached_key(|pair| lot(self.need.request(), &codes(pair).join("+")));
                for pair in alike.iter() {
                    if pair.members.iter().all(|at| times[*at] < 2) {
                        pair.members.iter().for_each(|at| times[*at] += 1);
                        listed.push(codes(pair).map(str::to_owned).to_vec());
                    }
                    if listed.len() == 5 {
                        return listed;
                    }
                }
            }
            rest = others;
        }
        listed
    }
}

pub fn lot(request: &str, who: &str) -> [u8; 32] {
    Sha256::digest(format!("{request}:{who}")).into()
}

/// Somebody a peer found: number, score, and what decides inside a band.
#[derive(Clone, Copy)]
pub struct Found {
    pub number: usize,
    pub score: u32,
    pub past: (u32, Option<i32>),
}

/// The first of them in fair order, by their codes.
pub fn fair_order(
    request: &str,
    people: &[Person],
    mut found: Vec<Found>,
    most: usize,
) -> Vec<(String, u32)> {
    found.sort_unstable_by_key(|one| std::cmp::Reverse(one.score));
    let mut order = Vec::new();
    let mut rest = found.as_mut_slice();
    while let Some(best) = rest
        .first()
        .map(|one| one.score)
        .filter(|_| order.len() < most)
    {
        let length = rest.partition_point(|one| best - one.score <= BAND);
        let (band, others) = rest.split_at_mut(length);
        band.sort_by_cached_key(|one| (one.past, lot(request, &people[one.number].aside.code)));
        order.extend(
            band.iter()
                .map(|one| (people[one.number].aside.code.clone(), one.score)),
        );
        rest = others;
    }
    order.truncate(most);
    order
}
