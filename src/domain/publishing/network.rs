//! A table with its margins as a network: every number is the flow of an arc,
//! every sum the balance of a node. What can be worked out of a withheld number
//! is then how far its flow can go up and down while the published ones stand
//! still. Knows neither words nor thresholds. Invariant: the flows given are
//! balanced at every node, since they are true.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// A place in [`Network::arcs`].
pub type ArcId = usize;

/// What a reader knows of an arc's flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The number is published, and may still be withheld.
    Published,
    /// The number is withheld, or was never among the tables.
    Withheld,
    /// The number is published in any case.
    Fixed,
}

/// One number.
#[derive(Debug, Clone)]
pub struct Arc {
    pub from: usize,
    pub to: usize,
    pub value: u64,
    /// No number of the table can be above it, as everybody knows.
    pub most: u64,
    pub known: Known,
    /// What is lost when it is withheld, besides its size.
    pub weight: u64,
}

/// See the module's words.
#[derive(Debug, Clone, Default)]
pub struct Network {
    nodes: usize,
    pub arcs: Vec<Arc>,
    /// The arcs that touch a node.
    touching: Vec<Vec<ArcId>>,
}

/// One step of a way through the network.
#[derive(Debug, Clone, Copy)]
struct Step {
    arc: ArcId,
    forward: bool,
}

impl Network {
    pub fn node(&mut self) -> usize {
        self.nodes += 1;
        self.touching.push(Vec::new());
        self.nodes - 1
    }

    pub fn arc(&mut self, arc: Arc) -> ArcId {
        let id = self.arcs.len();
        self.touching[arc.from].push(id);
        self.touching[arc.to].push(id);
        self.arcs.push(arc);
        id
    }

    /// The width of what is possible for an arc, given all that is published;
    /// reckoned no further than `enough`.
    pub fn width(&self, of: ArcId, enough: u64) -> u64 {
        if self.arcs[of].known != Known::Withheld {
            return 0;
        }
        let mut up = Shift::new(self);
        up.push(of, true, enough, false);
        let missing = enough - up.moved;
        let mut down = Shift::new(self);
        down.push(of, false, missing, false);
        up.moved + down.moved
    }

    /// Withholds, at a low price, what has to be unknown besides `of` for its
    /// width to be `enough`. Gives whether it is.
    pub fn widen(&mut self, of: ArcId, enough: u64) -> bool {
        let mut down = Shift::new(self);
        down.push(of, false, enough, false);
        let missing = enough - down.moved;
        let mut up = Shift::new(self);
        up.push(of, true, missing, true);
        let withheld = up.crossed();
        let moved = up.moved;
        for arc in withheld {
            self.arcs[arc].known = Known::Withheld;
        }
        if moved >= missing {
            return true;
        }
        let mut down = Shift::new(self);
        down.push(of, false, enough - moved, true);
        let withheld = down.crossed();
        let moved = moved + down.moved;
        for arc in withheld {
            self.arcs[arc].known = Known::Withheld;
        }
        moved >= enough
    }
}

/// A change of the flows that keeps every balance: units are pushed around, and
/// what was pushed already is remembered.
struct Shift<'a> {
    network: &'a Network,
    change: Vec<i64>,
    moved: u64,
}

impl<'a> Shift<'a> {
    fn new(network: &'a Network) -> Self {
        Self {
            network,
            change: vec![0; network.arcs.len()],
            moved: 0,
        }
    }

    /// Published numbers that would have to be unknown for this change.
    fn crossed(&self) -> Vec<ArcId> {
        let arcs = self.network.arcs.iter().zip(&self.change).enumerate();
        arcs.filter(|(_, (arc, change))| **change != 0 && arc.known == Known::Published)
            .map(|(id, _)| id)
            .collect()
    }

    /// Room of an arc in one direction, after what was pushed.
    fn room(&self, step: Step) -> u64 {
        let arc = &self.network.arcs[step.arc];
        let now = i64::try_from(arc.value).unwrap_or(i64::MAX) + self.change[step.arc];
        let now = u64::try_from(now).unwrap_or_default();
        if step.forward {
            arc.most.saturating_sub(now)
        } else {
            now
        }
    }

    /// Pushes `of` up (or down) by as much as `units` allows. `through`: whether
    /// published numbers may move too.
    fn push(&mut self, of: ArcId, up: bool, units: u64, through: bool) {
        while self.moved < units {
            let first = Step {
                arc: of,
                forward: up,
            };
            let Some(way) = self.cheapest(first, through) else {
                return;
            };
            let steps = || way.iter().copied().chain([first]);
            let room = steps().map(|step| self.room(step)).min().unwrap_or(0);
            let units = room.min(units - self.moved);
            if units == 0 {
                return;
            }
            let signed = i64::try_from(units).expect("no more than a threshold");
            for step in steps() {
                self.change[step.arc] += if step.forward { signed } else { -signed };
            }
            self.moved += units;
        }
    }

    /// The cheapest way from the end of a step back to its start (Dijkstra; the
    /// lower arc on a tie, so that the same table gives the same answer).
    fn cheapest(&self, first: Step, through: bool) -> Option<Vec<Step>> {
        let arcs = &self.network.arcs;
        let (start, goal) = ends(&arcs[first.arc], !first.forward);
        let mut best: Vec<Option<u64>> = vec![None; self.network.nodes];
        let mut came: Vec<Option<(usize, Step)>> = vec![None; self.network.nodes];
        let mut queue = BinaryHeap::from([Reverse((0, start))]);
        best[start] = Some(0);
        while let Some(Reverse((price, node))) = queue.pop() {
            if node == goal {
                break;
            }
            if best[node].is_some_and(|known| known < price) {
                continue;
            }
            for &arc in &self.network.touching[node] {
                if arc == first.arc {
                    continue;
                }
                let step = Step {
                    arc,
                    forward: arcs[arc].from == node,
                };
                let Some(cost) = self.cost(arc, through) else {
                    continue;
                };
                if self.room(step) == 0 {
                    continue;
                }
                let (_, next) = ends(&arcs[arc], step.forward);
                let price = price + cost;
                if best[next].is_none_or(|known| price < known) {
                    best[next] = Some(price);
                    came[next] = Some((node, step));
                    queue.push(Reverse((price, next)));
                }
            }
        }
        best[goal]?;
        let mut way = Vec::new();
        let mut node = goal;
        while node != start {
            let (before, step) = came[node]?;
            way.push(step);
            node = before;
        }
        Some(way)
    }

    /// What it costs to move an arc; none where it can't move.
    fn cost(&self, arc: ArcId, through: bool) -> Option<u64> {
        let number = &self.network.arcs[arc];
        match number.known {
            Known::Withheld => Some(0),
            Known::Published if through && self.change[arc] != 0 => Some(0),
            // many numbers are dearer than one, a large one dearer than a small one
            Known::Published if through => Some(number.weight * (4 + number.value.isqrt())),
            Known::Published | Known::Fixed => None,
        }
    }
}

/// Where a step begins and where it leads.
fn ends(arc: &Arc, forward: bool) -> (usize, usize) {
    if forward {
        (arc.from, arc.to)
    } else {
        (arc.to, arc.from)
    }
}
