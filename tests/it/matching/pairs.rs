//! The assignment of a pair against every assignment there is, on needs small
//! enough to try them all.

use dom::domain::week::WeekGrid;
use dom::matching::{Weights, answer};

use super::dice::{Dice, TODAY};
use super::rows::{Row, World, need};
use super::second::counted;

struct Small {
    slots: Vec<usize>,
    free: [Vec<usize>; 2],
    hours: [Option<usize>; 2],
}

/// A few runs of needed half-hours and two people free in parts of them.
fn small(dice: &mut Dice) -> Small {
    let mut slots = Vec::new();
    let mut at = dice.below(300);
    while slots.len() < 8 {
        let run = dice.between(1, 9 - slots.len());
        slots.extend(at..at + run);
        at += run + dice.between(1, 2);
    }
    let share = dice.between(55, 95);
    let mut free = || -> Vec<usize> {
        let free = slots.iter().copied();
        free.filter(|_| dice.chance(share)).collect()
    };
    let free = [free(), free()];
    let mut hours = || dice.chance(60).then(|| dice.between(2, 4));
    let hours = [hours(), hours()];
    Small { slots, free, hours }
}

fn cells(pairs: &[(&str, String)]) -> Row {
    let pairs = pairs.iter();
    pairs
        .map(|(column, cell)| ((*column).to_owned(), cell.clone()))
        .collect()
}

impl Small {
    fn cap(&self, member: usize) -> usize {
        self.hours[member].map_or(usize::MAX, |hours| hours * 2)
    }

    /// Every way to give each slot to nobody, the first or the second.
    fn every(&self) -> impl Iterator<Item = Vec<Option<usize>>> {
        let n = u32::try_from(self.slots.len()).unwrap();
        (0..3usize.pow(n)).filter_map(|mut code| {
            let mut owner = vec![None; 336];
            let mut given = [0, 0];
            for slot in &self.slots {
                let choice = code % 3;
                code /= 3;
                if choice == 2 {
                    continue;
                }
                given[choice] += 1;
                if !self.free[choice].contains(slot) || given[choice] > self.cap(choice) {
                    return None;
                }
                owner[*slot] = Some(choice);
            }
            Some(owner)
        })
    }

    /// The most half-hours, and with them the fewest crumbs, then handovers.
    fn best(&self, needed: &[bool]) -> (usize, (i64, i64)) {
        let given = |owner: &[Option<usize>]| owner.iter().flatten().count();
        let ranked = self.every().map(|owner| {
            let cost = counted(needed, &owner);
            (std::cmp::Reverse(given(&owner)), cost)
        });
        let (reach, cost) = ranked.min().unwrap();
        (reach.0, cost)
    }

    fn world(&self, reach: usize) -> World {
        let grid = |slots: &[usize]| WeekGrid::from_slots(slots.iter().copied()).to_string();
        let worker = |member: usize| {
            cells(&[
                ("code", format!("W-{member}")),
                ("sex", "x".to_owned()),
                ("comune", "053011".to_owned()),
                ("max_km", "10".to_owned()),
                ("arrangements", "night".to_owned()),
                ("availability", grid(&self.free[member])),
                ("permit_type", "eu_citizen".to_owned()),
                ("consent_on", TODAY.to_owned()),
                (
                    "max_hours_week",
                    self.hours[member].map_or(String::new(), |hours| hours.to_string()),
                ),
            ])
        };
        World {
            workers: vec![worker(0), worker(1)],
            requests: vec![cells(&[
                ("code", "R-1".to_owned()),
                ("comune", "053011".to_owned()),
                ("arrangement", "night".to_owned()),
                ("schedule", grid(&self.slots)),
                // The share whose target is exactly what the two reach.
                (
                    "min_coverage_permille",
                    (reach * 1000 / self.slots.len()).to_string(),
                ),
                ("start_date", TODAY.to_owned()),
            ])],
            ..World::default()
        }
    }
}

#[test]
fn no_assignment_of_a_pair_has_fewer_crumbs_or_handovers() {
    let mut dice = Dice::new(2026);
    let (mut pairs, mut crumbs, mut handovers) = (0, 0, 0);
    for round in 0..150 {
        let small = small(&mut dice);
        let mut needed = vec![false; 336];
        for slot in &small.slots {
            needed[*slot] = true;
        }
        let (reach, best) = small.best(&needed);
        let world = small.world(reach);
        let need = need(&world.requests[0]).unwrap();
        assert_eq!(need.target() as usize, reach);
        let today = world.today();
        let answer = answer(&world.pool(), &need, today, &Weights::default(), None);
        let Some(team) = answer.teams.first() else {
            continue;
        };
        assert_eq!(team.covered_slots as usize, reach, "round {round}");
        let said = (i64::from(team.crumbs), i64::from(team.handovers));
        assert_eq!(said, best, "round {round}: {:?}", team.assignment);
        pairs += 1;
        crumbs += team.crumbs;
        handovers += team.handovers;
    }
    assert!(
        pairs > 60 && crumbs > 20 && handovers > 20,
        "{pairs} {crumbs} {handovers}"
    );
}
