//! Which teams exist and in what order they are shown: pairs first, triples only
//! where no pair exists. Whoever is free in the same needed half-hours, can do as
//! many and was introduced as often is alike, so that the search goes over kinds
//! of people and not over people.

use std::collections::{BinaryHeap, HashMap};
use std::ops::Range;

use foldhash::fast::FixedState;

use super::order::{BAND, lot};
use super::question::Question;
use super::scan::Scored;
use crate::domain::contract::Arrangement;
use crate::domain::week::WeekGrid;

/// Two hours: less than this nobody travels for.
const LEAST_SLOTS: u32 = 4;
const LISTED: usize = 5;
/// Teams of a band held at once.
const WINDOW: usize = 256;
/// How many listed teams one worker may stand in.
const MOST_LISTINGS: u8 = 2;
/// Steps of one search; a lot counts as many as it takes the time of.
const BUDGET: u64 = 30_000_000;
const STEPS_A_LOT: u64 = 20;

/// A team as it was found.
#[derive(Debug, Clone)]
pub(super) struct Mustered {
    /// In the order of their codes.
    pub workers: Vec<usize>,
    pub score: u32,
    /// From 1.
    pub band: u32,
    pub requests_introduced_90d: u32,
}

/// The teams to show, in order.
#[derive(Debug, Default)]
pub(super) struct Muster {
    pub listed: Vec<Mustered>,
    /// Whether the work was given up before all was looked through.
    pub cut_short: bool,
}

/// Whether somebody who fails only what a team makes up for may stand in one.
pub(super) fn can_join(question: &Question, i: usize) -> bool {
    !question.is(Arrangement::LiveIn) && question.usable(i) >= LEAST_SLOTS
}

/// The teams of these workers to show, in order.
pub(super) fn muster(question: &Question, candidates: &[Scored]) -> Muster {
    if candidates.len() < 2 {
        return Muster::default();
    }
    match question.needed {
        0..=64 => of_words::<1>(question, candidates),
        65..=128 => of_words::<2>(question, candidates),
        _ => of_words::<6>(question, candidates),
    }
}

/// `WORDS` hold a bit each needed half-hour.
fn of_words<const WORDS: usize>(question: &Question, candidates: &[Scored]) -> Muster {
    let mut listing = Listing::<WORDS>::new(question, candidates);
    listing.of_size(2);
    if listing.muster.listed.is_empty() && !listing.muster.cut_short {
        listing.of_size(3);
    }
    listing.muster
}

/// The needed half-hours one behind the other.
struct Squeeze {
    /// From, to past the last, and where the first of them comes to stand.
    runs: Vec<(usize, usize, usize)>,
}

impl Squeeze {
    fn new(need: &WeekGrid) -> Self {
        let mut at = 0;
        let mut runs = Vec::new();
        for (from, to) in need.runs() {
            // Cut where a word ends on either side.
            let mut from = from;
            while from < to {
                let step = (to - from).min(64 - from % 64).min(64 - at % 64);
                runs.push((from, from + step, at));
                from += step;
                at += step;
            }
        }
        Self { runs }
    }

    fn of<const WORDS: usize>(&self, week: &[u64; 6]) -> [u64; WORDS] {
        let mut squeezed = [0; WORDS];
        for (from, to, at) in &self.runs {
            let bits = week[from / 64] >> (from % 64) & (u64::MAX >> (64 - (to - from)));
            squeezed[at / 64] |= bits << (at % 64);
        }
        squeezed
    }
}

/// One who may stand in teams.
#[derive(Debug, Clone, Copy)]
struct Member {
    worker: usize,
    score: u32,
    /// In how many listed teams they stand.
    times: u8,
}

/// People who are alike in all but their score.
struct Kind<const WORDS: usize> {
    free: [u64; WORDS],
    /// Their own half-hours within their cap. As a cap this says the same as the
    /// cap itself, because nobody works where they are not free.
    usable: u32,
    introduced: u32,
    /// The best score of them.
    best: u32,
    /// Of the members, best first.
    members: Range<usize>,
}

struct Listing<'a, const WORDS: usize> {
    question: &'a Question<'a>,
    members: Vec<Member>,
    /// The best first.
    kinds: Vec<Kind<WORDS>>,
    /// The most that one of a kind from here on can do.
    most_usable_from: Vec<u32>,
    /// The half-hours that somebody of a kind from here on is free in.
    free_from: Vec<[u64; WORDS]>,
    steps: u64,
    muster: Muster,
}

/// A team before it is worked out: its lot, its score, and its members' places.
type Drawn = ([u8; 32], u32, [usize; 3]);

/// What makes people alike: the half-hours, how many of them, and introductions.
type Key<const WORDS: usize> = ([u64; WORDS], u32, u32);

/// Told of each team, by its members' places and score; gives back the least score
/// of interest from then on.
type Found<'f> = dyn FnMut(&[Member], &[usize], u32) -> u32 + 'f;

/// What is looked for among the teams of a size.
struct Sought {
    size: usize,
    /// Of the sum of scores.
    floor: u32,
    ceiling: u32,
    /// The sum of introductions; any where none.
    introduced: Option<u32>,
}

impl<'a, const WORDS: usize> Listing<'a, WORDS> {
    fn new(question: &'a Question<'a>, candidates: &[Scored]) -> Self {
        let squeeze = Squeeze::new(&question.need.fields().schedule);
        let mut alike: HashMap<Key<WORDS>, Vec<Member>, FixedState> = HashMap::default();
        for one in candidates {
            let week = question.pool.week(one.worker);
            let introduced = question.pool.past(one.worker, question.today);
            let key = (
                squeeze.of(&week.0),
                question.usable(one.worker),
                introduced.requests_introduced_90d,
            );
            alike.entry(key).or_default().push(Member {
                worker: one.worker,
                score: one.score,
                times: 0,
            });
        }
        let mut members = Vec::with_capacity(candidates.len());
        let mut kinds = Vec::with_capacity(alike.len());
        for ((free, usable, introduced), mut same) in alike {
            same.sort_unstable_by_key(|one| std::cmp::Reverse(one.score));
            kinds.push(Kind {
                free,
                usable,
                introduced,
                best: same[0].score,
                members: members.len()..members.len() + same.len(),
            });
            members.append(&mut same);
        }
        kinds.sort_unstable_by(|a, b| {
            let key = |kind: &Kind<WORDS>| (std::cmp::Reverse(kind.best), kind.free, kind.usable);
            key(a).cmp(&key(b)).then(a.introduced.cmp(&b.introduced))
        });
        let mut most_usable_from = vec![0; kinds.len() + 1];
        let mut free_from = vec![[0; WORDS]; kinds.len() + 1];
        for (at, kind) in kinds.iter().enumerate().rev() {
            most_usable_from[at] = kind.usable.max(most_usable_from[at + 1]);
            free_from[at] = union(kind.free, free_from[at + 1]);
        }
        Self {
            question,
            members,
            kinds,
            most_usable_from,
            free_from,
            steps: 0,
            muster: Muster::default(),
        }
    }

    /// Lists teams of a size, band by band.
    fn of_size(&mut self, size: usize) {
        let width = BAND * u32::try_from(size).expect("teams are small");
        let mut ceiling = u32::MAX;
        for band in 1.. {
            let Some(best) = self.best_below(size, ceiling) else {
                break;
            };
            let floor = best.saturating_sub(width);
            self.list_band(size, floor..ceiling, band);
            if self.muster.listed.len() == LISTED || floor == 0 {
                break;
            }
            ceiling = floor;
        }
    }

    fn best_below(&mut self, size: usize, ceiling: u32) -> Option<u32> {
        let mut best = None;
        let sought = Sought {
            size,
            floor: 0,
            ceiling,
            introduced: None,
        };
        self.search(sought, &mut |_, _, score| {
            best = Some(score);
            score + 1
        });
        best
    }

    /// Lists teams of a band, those with the fewest introductions first.
    fn list_band(&mut self, size: usize, scores: Range<u32>, band: u32) {
        let mut sums: Vec<u32> = self.kinds.iter().map(|kind| kind.introduced).collect();
        sums.sort_unstable();
        sums.dedup();
        let most = sums.last().map_or(0, |most| *most) * u32::try_from(size).unwrap_or(3);
        for introduced in 0..=most {
            self.list_turn(size, scores.clone(), band, introduced);
            if self.muster.listed.len() == LISTED {
                return;
            }
        }
    }

    /// Lists teams between whom only the lot decides. A window of them at a time:
    /// there may be millions, and five are shown.
    fn list_turn(&mut self, size: usize, scores: Range<u32>, band: u32, introduced: u32) {
        let mut after: Option<[u8; 32]> = None;
        loop {
            let window = self.window(size, scores.clone(), introduced, after);
            let last = window.len() < WINDOW;
            for (lot, score, places) in window {
                after = Some(lot);
                let places = &places[..size];
                if places
                    .iter()
                    .any(|at| self.members[*at].times == MOST_LISTINGS)
                {
                    continue;
                }
                for at in places {
                    self.members[*at].times += 1;
                }
                let workers = places.iter().map(|at| self.members[*at].worker);
                let mut workers: Vec<usize> = workers.collect();
                workers.sort_unstable_by_key(|i| self.question.pool.code(*i));
                self.muster.listed.push(Mustered {
                    workers,
                    score,
                    band,
                    requests_introduced_90d: introduced,
                });
                if self.muster.listed.len() == LISTED {
                    return;
                }
            }
            if last {
                return;
            }
        }
    }

    /// The teams whose lots come next, of those that may still be listed.
    fn window(
        &mut self,
        size: usize,
        scores: Range<u32>,
        introduced: u32,
        after: Option<[u8; 32]>,
    ) -> Vec<Drawn> {
        let mut window: BinaryHeap<Drawn> = BinaryHeap::new();
        let (pool, request) = (self.question.pool, self.question.need.request());
        let floor = scores.start;
        let sought = Sought {
            size,
            floor,
            ceiling: scores.end,
            introduced: Some(introduced),
        };
        self.search(sought, &mut |members, places, score| {
            if places.iter().any(|at| members[*at].times == MOST_LISTINGS) {
                return floor;
            }
            let mut codes = [""; 3];
            for (code, at) in codes.iter_mut().zip(places) {
                *code = pool.code(members[*at].worker);
            }
            codes[..size].sort_unstable();
            let lot = lot(request, &codes[..size]);
            let full = window.len() == WINDOW;
            let sooner = !full || window.peek().is_some_and(|last| lot < last.0);
            if sooner && after.is_none_or(|after| lot > after) {
                let mut kept = [0; 3];
                kept[..size].copy_from_slice(places);
                window.push((lot, score, kept));
                if full {
                    window.pop();
                }
            }
            floor
        });
        window.into_sorted_vec()
    }

    /// Shows `found` every team that is sought.
    fn search(&mut self, sought: Sought, found: &mut Found) {
        let mut search = Search {
            listing: self,
            sought,
            chosen: [0; 3],
            steps: self.steps,
            found,
        };
        search.extend(0, 0, Half::default());
        self.steps = search.steps;
        self.muster.cut_short |= self.steps >= BUDGET;
    }
}

/// The kinds chosen so far.
#[derive(Clone, Copy)]
struct Half<const WORDS: usize> {
    best: u32,
    usable: u32,
    introduced: u32,
    free: [u64; WORDS],
}

impl<const WORDS: usize> Default for Half<WORDS> {
    fn default() -> Self {
        Self {
            best: 0,
            usable: 0,
            introduced: 0,
            free: [0; WORDS],
        }
    }
}

struct Search<'s, 'a, 'f, const WORDS: usize> {
    listing: &'s Listing<'a, WORDS>,
    sought: Sought,
    chosen: [usize; 3],
    steps: u64,
    found: &'f mut Found<'f>,
}

fn union<const WORDS: usize>(a: [u64; WORDS], b: [u64; WORDS]) -> [u64; WORDS] {
    std::array::from_fn(|i| a[i] | b[i])
}

fn count<const WORDS: usize>(words: [u64; WORDS]) -> u32 {
    words.iter().map(|word| word.count_ones()).sum()
}

impl<const WORDS: usize> Search<'_, '_, '_, WORDS> {
    /// Chooses one kind more, from this one on; `depth` are chosen.
    fn extend(&mut self, depth: usize, from: usize, half: Half<WORDS>) {
        let listing = self.listing;
        let target = listing.question.target;
        let left = u32::try_from(self.sought.size - depth).expect("teams are small");
        if count(union(half.free, listing.free_from[from])) < target {
            return;
        }
        for (at, kind) in listing.kinds.iter().enumerate().skip(from) {
            if half.best + left * kind.best < self.sought.floor || self.steps >= BUDGET {
                break;
            }
            self.steps += 1;
            let usable = half.usable + kind.usable;
            let introduced = half.introduced + kind.introduced;
            if usable + (left - 1) * listing.most_usable_from[at] < target
                || self.sought.introduced.is_some_and(|sum| introduced > sum)
            {
                continue;
            }
            let next = Half {
                best: half.best + kind.best,
                usable,
                introduced,
                free: union(half.free, kind.free),
            };
            self.chosen[depth] = at;
            if left > 1 {
                self.extend(depth + 1, at, next);
            } else if self.sought.introduced.is_none_or(|sum| introduced == sum)
                && count(next.free) >= target
                && self.reach() >= target
            {
                self.people(0, [0; 3], 0);
            }
        }
    }

    /// What one of each chosen kind can cover together: of the cuts of `assign`
    /// those that neither all their caps nor all their half-hours decide.
    fn reach(&self) -> u32 {
        let size = self.sought.size;
        let kinds = &self.listing.kinds;
        if size == 2 {
            return u32::MAX;
        }
        let cut = |alone: usize| {
            let others = (0..size).filter(|one| *one != alone);
            let free = others.fold([0; WORDS], |free, one| {
                union(free, kinds[self.chosen[one]].free)
            });
            kinds[self.chosen[alone]].usable + count(free)
        };
        (0..size).map(cut).min().unwrap_or(0)
    }

    /// Every team with one member of each chosen kind.
    fn people(&mut self, depth: usize, mut places: [usize; 3], score: u32) {
        let listing = self.listing;
        let size = self.sought.size;
        let kind = &listing.kinds[self.chosen[depth]];
        let again = depth > 0 && self.chosen[depth] == self.chosen[depth - 1];
        let mut from = if again {
            places[depth - 1] + 1
        } else {
            kind.members.start
        };
        let later = self.chosen[depth + 1..size].iter();
        let best_later: u32 = later.map(|at| listing.kinds[*at].best).sum();
        let last = depth + 1 == size;
        if last {
            let members = &listing.members[from..kind.members.end];
            from += members.partition_point(|one| score + one.score >= self.sought.ceiling);
        }
        for at in from..kind.members.end {
            let score = score + listing.members[at].score;
            if score + best_later < self.sought.floor || self.steps >= BUDGET {
                break;
            }
            places[depth] = at;
            if last {
                self.steps += STEPS_A_LOT;
                self.sought.floor = (self.found)(&listing.members, &places[..size], score);
            } else {
                self.people(depth + 1, places, score);
            }
        }
    }
}
