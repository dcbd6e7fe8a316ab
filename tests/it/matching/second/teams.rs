//! Teams the obvious way: every pair, every triple, every assignment of a pair
//! that could still be the best.

use std::collections::BTreeMap;

use super::person::{Asked, Person, count};
use super::{cell, sha};

pub struct PlainTeam {
    pub workers: Vec<String>,
    /// Needed half-hours each is free in, and their cap, in the order of `workers`.
    pub free: Vec<Vec<bool>>,
    pub caps: Vec<Option<i64>>,
    pub reach: i64,
    /// Fewest crumbs and then handovers, for pairs.
    pub best: Option<(i64, i64)>,
}

pub fn teams(asked: &Asked, people: &[Person]) -> Vec<PlainTeam> {
    if asked.arrangement == "live_in" {
        return Vec::new();
    }
    let candidates: Vec<&Person> = people
        .iter()
        .filter(|person| {
            let failed = person.failed_codes();
            !failed.is_empty()
                && failed
                    .iter()
                    .all(|code| matches!(*code, "coverage" | "hours"))
                && count(&person.free) >= 4
                && person.cap.is_none_or(|cap| cap >= 4)
        })
        .collect();
    let mut found: Vec<Vec<&Person>> = Vec::new();
    for (i, a) in candidates.iter().enumerate() {
        for b in &candidates[i + 1..] {
            found.push(vec![a, b]);
        }
    }
    found.retain(|team| reach(team) >= asked.t);
    if found.is_empty() {
        for (i, a) in candidates.iter().enumerate() {
            for (j, b) in candidates.iter().enumerate().skip(i + 1) {
                found.extend(candidates[j + 1..].iter().map(|c| vec![*a, *b, *c]));
            }
        }
        found.retain(|team| reach(team) >= asked.t);
    }
    shown(asked, found)
}

/// The definition, word for word.
fn reach(members: &[&Person]) -> i64 {
    let mut least = i64::MAX;
    for subset in 0..1u32 << members.len() {
        let (inside, outside): (Vec<_>, Vec<_>) = members
            .iter()
            .zip(0..)
            .partition(|(_, bit)| subset >> bit & 1 == 1);
        let caps: Option<i64> = inside.iter().map(|(person, _)| person.cap).sum();
        let slots: Vec<bool> = (0..336)
            .map(|s| outside.iter().any(|(person, _)| person.free[s]))
            .collect();
        if let Some(caps) = caps {
            least = least.min(caps + count(&slots));
        }
    }
    least
}

fn shown(asked: &Asked, mut teams: Vec<Vec<&Person>>) -> Vec<PlainTeam> {
    for team in &mut teams {
        team.sort_by(|a, b| a.code.cmp(&b.code));
    }
    let score = |team: &[&Person]| team.iter().map(|person| person.score()).sum::<i64>();
    teams.sort_by_key(|team| -score(team));
    let mut order: Vec<Vec<&Person>> = Vec::new();
    while let Some(best) = teams.first().map(|team| score(team)) {
        let width = 3000 * i64::try_from(teams[0].len()).unwrap();
        let (mut inside, outside): (Vec<_>, Vec<_>) = teams
            .into_iter()
            .partition(|team| best - score(team) <= width);
        inside.sort_by_key(|team| {
            let codes: Vec<&str> = team.iter().map(|person| person.code.as_str()).collect();
            let recent: i64 = team.iter().map(|person| person.recent_requests).sum();
            (
                recent,
                sha(&format!("{}:{}", cell(asked.row, "code"), codes.join("+"))),
            )
        });
        order.extend(inside);
        teams = outside;
    }
    let mut listings: BTreeMap<&str, usize> = BTreeMap::new();
    let mut listed = Vec::new();
    for team in order {
        if listed.len() == 5 {
            break;
        }
        let full = |person: &&Person| listings.get(person.code.as_str()) == Some(&2);
        if team.iter().any(full) {
            continue;
        }
        for person in &team {
            *listings.entry(&person.code).or_default() += 1;
        }
        listed.push(plain(asked, &team));
    }
    listed
}

fn plain(asked: &Asked, team: &[&Person]) -> PlainTeam {
    let reach = reach(team);
    PlainTeam {
        workers: team.iter().map(|person| person.code.clone()).collect(),
        free: team.iter().map(|person| person.free.clone()).collect(),
        caps: team.iter().map(|person| person.cap).collect(),
        reach,
        best: (team.len() == 2).then(|| best_of_pair(&asked.need, team[0], team[1], reach)),
    }
}

/// Who had the slot before, since when, and how many each has so far.
type Walk = (Option<usize>, usize, [i64; 2]);

/// Walks over the week, keeping for each way of standing the best so far.
fn best_of_pair(need: &[bool], a: &Person, b: &Person, reach: i64) -> (i64, i64) {
    let members = [a, b];
    let mut walks: BTreeMap<Walk, (i64, i64)> = BTreeMap::from([((None, 0, [0, 0]), (0, 0))]);
    for slot in 0..336 {
        if !need[slot] && (slot == 0 || !need[slot - 1]) {
            continue;
        }
        let later = (slot + 1..336).filter(|s| a.free[*s] || b.free[*s]).count();
        let later = i64::try_from(later).unwrap();
        let mut next: BTreeMap<Walk, (i64, i64)> = BTreeMap::new();
        for ((owner, since, given), (crumbs, handovers)) in walks {
            for choice in [None, Some(0), Some(1)] {
                let mut given = given;
                if let Some(member) = choice {
                    given[member] += 1;
                    let person: &Person = members[member];
                    if !person.free[slot] || person.cap.is_some_and(|cap| given[member] > cap) {
                        continue;
                    }
                }
                if given[0] + given[1] + later < reach {
                    continue;
                }
                let (mut crumbs, mut handovers, mut since) = (crumbs, handovers, since);
                if choice != owner {
                    if owner.is_some() {
                        crumbs += i64::from(is_crumb(need, since, slot));
                        handovers += i64::from(choice.is_some());
                    }
                    since = if choice.is_some() { slot } else { 0 };
                }
                let best = next
                    .entry((choice, since, given))
                    .or_insert((crumbs, handovers));
                *best = (crumbs, handovers).min(*best);
            }
        }
        walks = next;
    }
    let ends = walks
        .into_iter()
        .filter(|((_, _, given), _)| given[0] + given[1] == reach);
    let costs = ends.map(|((owner, since, _), (crumbs, handovers))| {
        (
            crumbs + i64::from(owner.is_some() && is_crumb(need, since, 336)),
            handovers,
        )
    });
    costs.min().unwrap()
}

/// Shorter than two hours and not a whole run of what is needed.
fn is_crumb(need: &[bool], from: usize, to: usize) -> bool {
    let whole = (from == 0 || !need[from - 1]) && (to == 336 || !need[to]);
    to - from < 4 && !whole
}

/// Crumbs and handovers of an assignment; `owner` names who works each slot.
pub fn counted(need: &[bool], owner: &[Option<usize>]) -> (i64, i64) {
    let (mut crumbs, mut handovers) = (0, 0);
    let mut from = 0;
    while from < 336 {
        let mut to = from + 1;
        while to < 336 && owner[to] == owner[from] {
            to += 1;
        }
        if owner[from].is_some() {
            crumbs += i64::from(is_crumb(need, from, to));
            handovers += i64::from(to < 336 && owner[to].is_some());
        }
        from = to;
    }
    (crumbs, handovers)
}
