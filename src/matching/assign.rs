//! Who of a team works which half-hour. What a team reaches is the least cut of
//! caps and free half-hours; the assignment attains it with the fewest crumbs,
//! then the fewest handovers. Exact for pairs; for triples the best found within
//! a budget of work. Invariant: every half-hour to one member who is free then.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};

use foldhash::fast::FixedState;

use crate::domain::week::WeekGrid;

/// A piece shorter than two hours is a crumb, unless nobody could need more.
const WHOLE_PIECE: u8 = 4;
/// States looked at for a triple before the best so far is completed.
const BUDGET: usize = 20_000;
/// Above every possible number of handovers.
const CRUMB: u32 = 1_000;

/// The most half-hours that members can cover together, each given as the needed
/// half-hours they are free in and their cap.
pub(super) fn reach(members: &[(WeekGrid, u32)]) -> u32 {
    let cut = |capped: usize| {
        let (mut caps, mut free) = (0, WeekGrid::EMPTY);
        for (bit, (grid, cap)) in members.iter().enumerate() {
            if capped >> bit & 1 == 1 {
                caps += cap;
            } else {
                free = free.or(grid);
            }
        }
        caps + free.count()
    };
    (0..1 << members.len()).map(cut).min().unwrap_or(0)
}

pub(super) struct Assignment {
    /// One a member, in the order they were given.
    pub grids: Vec<WeekGrid>,
    pub crumbs: u32,
    pub handovers: u32,
}

/// Gives [`reach`] of the needed half-hours to the members (at most three).
pub(super) fn assign(need: &WeekGrid, members: &[(WeekGrid, u32)]) -> Assignment {
    let mut search = Search::new(need, members);
    let budget = if members.len() > 2 {
        BUDGET
    } else {
        usize::MAX
    };
    let (end, cost) = search.run(budget);
    Assignment {
        grids: search.grids(end),
        crumbs: cost / CRUMB,
        handovers: cost % CRUMB,
    }
}

/// A needed half-hour.
struct Slot {
    at: usize,
    /// One bit a member who is free then.
    free: u8,
    /// Needed half-hours before it in its run.
    before: u8,
    ends_run: bool,
}

/// Where a walk over the needed half-hours stands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct State {
    /// Slots decided.
    decided: u16,
    /// Half-hours given to each member.
    given: [u16; 3],
    /// The open piece: whose (the members' count where nobody's) and how long
    /// (at most [`WHOLE_PIECE`]).
    owner: u8,
    length: u8,
}

struct Search {
    slots: Vec<Slot>,
    caps: Vec<u16>,
    goal: u16,
    /// For each set of members and each slot, how many slots from there on
    /// somebody of the set is free in.
    free_from: Vec<Vec<u16>>,
    /// The best cost of each state seen, and where it came from.
    seen: HashMap<State, (u32, Option<State>), FixedState>,
}

fn small(n: u32) -> u16 {
    u16::try_from(n).expect("a week has 336 half-hours")
}

impl Search {
    fn new(need: &WeekGrid, members: &[(WeekGrid, u32)]) -> Self {
        let slots = slots_of(need, members);
        let free_from = (0..1u8 << members.len())
            .map(|set| {
                let mut counts = vec![0; slots.len() + 1];
                for (i, slot) in slots.iter().enumerate().rev() {
                    counts[i] = counts[i + 1] + u16::from(slot.free & set != 0);
                }
                counts
            })
            .collect();
        let cap = |(free, cap): &(WeekGrid, u32)| small(free.and(need).count().min(*cap));
        Self {
            caps: members.iter().map(cap).collect(),
            goal: small(reach(members)),
            slots,
            free_from,
            seen: HashMap::default(),
        }
    }

    /// Cheapest first, and among equals the furthest on.
    fn run(&mut self, budget: usize) -> (State, u32) {
        let nobody = self.nobody();
        let start = State {
            decided: 0,
            given: [0; 3],
            owner: nobody,
            length: 0,
        };
        let mut open = BinaryHeap::from([Reverse((0, Reverse(0), start))]);
        self.seen.insert(start, (0, None));
        let mut looked_at = 0;
        while let Some(Reverse((cost, _, state))) = open.pop() {
            if cost > self.seen[&state].0 {
                continue;
            }
            if usize::from(state.decided) == self.slots.len() {
                return (state, cost);
            }
            looked_at += 1;
            if looked_at > budget {
                return self.complete(state, cost);
            }
            for (next, extra) in self.steps(state) {
                let cost = cost + extra;
                if self.seen.get(&next).is_none_or(|(known, _)| cost < *known) {
                    self.seen.insert(next, (cost, Some(state)));
                    open.push(Reverse((cost, Reverse(next.decided), next)));
                }
            }
        }
        unreachable!("the reach of the members can be attained")
    }

    /// Goes on to the end by the cheapest step each time.
    fn complete(&mut self, mut state: State, mut cost: u32) -> (State, u32) {
        while usize::from(state.decided) < self.slots.len() {
            let (next, extra) = self
                .steps(state)
                .min_by_key(|(_, extra)| *extra)
                .expect("every state kept can be completed");
            cost += extra;
            self.seen.insert(next, (cost, Some(state)));
            state = next;
        }
        (state, cost)
    }

    /// The states one decision further from which the goal can be attained.
    fn steps(&self, state: State) -> impl Iterator<Item = (State, u32)> + use<> {
        let slot = &self.slots[usize::from(state.decided)];
        let nobody = self.nobody();
        let owners: [u8; 4] = [0, 1, 2, 3];
        let steps = owners.map(|owner| {
            let may = owner == nobody || (owner < nobody && slot.free >> owner & 1 == 1);
            let step = may.then(|| self.step(state, slot, owner));
            step.filter(|(next, _)| self.attainable(*next))
        });
        steps.into_iter().flatten()
    }

    fn step(&self, state: State, slot: &Slot, owner: u8) -> (State, u32) {
        let nobody = self.nobody();
        let mut cost = 0;
        let mut next = State {
            decided: state.decided + 1,
            owner,
            length: 0,
            ..state
        };
        if owner != nobody {
            next.given[usize::from(owner)] += 1;
            let so_far = if owner == state.owner {
                state.length
            } else {
                0
            };
            next.length = (so_far + 1).min(WHOLE_PIECE);
        }
        if owner != state.owner && state.owner != nobody {
            cost += if state.length < WHOLE_PIECE { CRUMB } else { 0 };
            cost += u32::from(owner != nobody);
        }
        if slot.ends_run {
            let whole_run = next.length == slot.before + 1;
            let crumb = owner != nobody && next.length < WHOLE_PIECE && !whole_run;
            cost += if crumb { CRUMB } else { 0 };
            next.owner = nobody;
            next.length = 0;
        }
        (next, cost)
    }

    fn attainable(&self, state: State) -> bool {
        let within = |(given, cap): (&u16, &u16)| given <= cap;
        if !state.given.iter().zip(&self.caps).all(within) {
            return false;
        }
        let given: u16 = state.given.iter().sum();
        let everybody = self.free_from.len() - 1;
        (0..=everybody).all(|capped| {
            let left = self.caps.iter().zip(state.given).enumerate();
            let caps: u16 = left
                .filter(|(bit, _)| capped >> bit & 1 == 1)
                .map(|(_, (cap, given))| cap - given)
                .sum();
            let cut = caps + self.free_from[everybody & !capped][usize::from(state.decided)];
            given + cut >= self.goal
        })
    }

    fn nobody(&self) -> u8 {
        u8::try_from(self.caps.len()).expect("teams are small")
    }

    /// Walks back from the end.
    fn grids(&self, end: State) -> Vec<WeekGrid> {
        let mut slots: Vec<Vec<usize>> = vec![Vec::new(); self.caps.len()];
        let mut state = end;
        while let Some(before) = self.seen[&state].1 {
            let slot = &self.slots[usize::from(before.decided)];
            for (member, slots) in slots.iter_mut().enumerate() {
                if state.given[member] > before.given[member] {
                    slots.push(slot.at);
                }
            }
            state = before;
        }
        slots.into_iter().map(WeekGrid::from_slots).collect()
    }
}

fn slots_of(need: &WeekGrid, members: &[(WeekGrid, u32)]) -> Vec<Slot> {
    let mut slots = Vec::new();
    for (first, end) in need.runs() {
        for at in first..end {
            let free = members.iter().enumerate();
            let free = free.filter(|(_, (grid, _))| grid.contains(at));
            slots.push(Slot {
                at,
                free: free.fold(0, |set, (bit, _)| set | 1 << bit),
                before: u8::try_from((at - first).min(usize::from(WHOLE_PIECE)))
                    .expect("four fits a byte"),
                ends_run: at + 1 == end,
            });
        }
    }
    slots
}
