//! One search of the pool: who in reach fits, nearly fits, or may stand in a
//! team. The cheapest and most decisive comes first, and nobody is looked at whose
//! reach ends before the request. Invariant: it finds what looking at everybody
//! would find.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::columns::number;
use super::criteria::{Criterion, Failing, Notes};
use super::key::Key;
use super::limits::Limits;
use super::muster;
use super::near_miss;
use super::order::BAND;
use super::question::Question;
use super::score::Ceiling;
use super::zones::{Nearby, Ring};
use crate::domain::contract::Arrangement;
use crate::domain::place::Comune;

/// Who lives so near is looked at first: they score best, and then most of the
/// others need no look.
const NEIGHBOURHOOD_KM: u16 = 8;
/// Comuni that a list of them has room for at once.
const SOME: usize = 128;

/// What a search is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    Fits,
    CountOfFits,
    NearMisses,
    Teams,
    /// All of these, and what limits the search.
    Everything,
}

impl Wanted {
    /// Whether somebody who fails this at least is looked at further.
    fn keeps(self, failing: Failing) -> bool {
        match self {
            Self::Fits | Self::CountOfFits => failing.none(),
            Self::NearMisses => failing.maybe_near(),
            Self::Teams => failing.none_but_mended(),
            Self::Everything => failing.one_or_mended(),
        }
    }

    /// Whether somebody is kept who fails one of the criteria that a key tells of.
    fn keeps_some_who_fail(self) -> bool {
        match self {
            Self::Fits | Self::CountOfFits | Self::Teams => false,
            Self::NearMisses | Self::Everything => true,
        }
    }

    /// How far beyond their reach people are looked at.
    fn slack_km(self) -> u16 {
        match self {
            Self::Fits | Self::CountOfFits | Self::Teams => 0,
            Self::NearMisses | Self::Everything => near_miss::MOST_KM,
        }
    }
}

/// How many of each list are shown.
#[derive(Debug, Clone, Copy)]
pub(super) struct Most {
    pub fits: usize,
    pub near_misses: usize,
}

/// A worker and their score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scored {
    pub worker: usize,
    pub score: u32,
}

/// A list that is searched for its first.
#[derive(Debug, Default)]
pub(super) struct Best {
    most: usize,
    kept: Vec<Scored>,
    highest: BinaryHeap<Reverse<u32>>,
    /// Nobody with less can be shown: whoever is shown stands in a band that begins
    /// at the last of the highest scores or above.
    floor: u32,
    count: u32,
}

impl Best {
    fn new(most: usize) -> Self {
        Self {
            most,
            floor: if most == 0 { u32::MAX } else { 0 },
            ..Self::default()
        }
    }

    /// Counts somebody who belongs, and keeps them if they may be shown; `ceiling` is
    /// no less than their score.
    fn offer(&mut self, ceiling: u32, scored: impl FnOnce() -> Scored) {
        self.count += 1;
        if ceiling < self.floor {
            return;
        }
        let one = scored();
        if one.score < self.floor {
            return;
        }
        self.kept.push(one);
        if self.most == usize::MAX {
            return;
        }
        self.highest.push(Reverse(one.score));
        if self.highest.len() > self.most {
            self.highest.pop();
        }
        if self.highest.len() == self.most {
            let last = self.highest.peek().map_or(0, |last| last.0);
            self.floor = last.saturating_sub(BAND);
        }
    }

    /// Those who may be shown.
    pub fn best(self) -> Vec<Scored> {
        let Self {
            mut kept, floor, ..
        } = self;
        kept.retain(|one| one.score >= floor);
        kept
    }

    /// Of all who were found. A search for the first of one list does not find all.
    pub fn count(&self) -> u32 {
        self.count
    }
}

/// What a search found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub fits: Best,
    pub near_misses: Best,
    pub for_teams: Vec<Scored>,
    /// Only where everything was wanted.
    pub limits: Limits,
}

/// Looks through the pool; those `aside` take no part, and are ascending.
pub(super) fn scan(question: &Question, wanted: Wanted, most: Most, aside: &[usize]) -> Found {
    let mut scan = Scan {
        question,
        aside,
        to: question.need.fields().comune,
        named: (question.pool).who_named(question.need.fields().comune),
        wanted,
        ceiling: Ceiling::new(
            question.weights,
            question.asked.preferred_skills,
            question.asked.italian,
        ),
        floor: 0,
        homes: Vec::with_capacity(SOME),
        passing: [Passing::NOBODY; PASSING],
        passed: 0,
        line: [Waiting::NOBODY; LINE],
        waiting: 0,
        found: Found {
            fits: Best::new(most.fits),
            near_misses: Best::new(most.near_misses),
            ..Found::default()
        },
    };
    match wanted {
        Wanted::Fits => scan.nearest_first(|failing| Wanted::Fits.keeps(failing)),
        Wanted::NearMisses => scan.nearest_first(|failing| Wanted::NearMisses.keeps(failing)),
        Wanted::CountOfFits => scan.everywhere(|failing| Wanted::CountOfFits.keeps(failing)),
        Wanted::Teams => scan.everywhere(|failing| Wanted::Teams.keeps(failing)),
        Wanted::Everything => scan.everywhere(|failing| Wanted::Everything.keeps(failing)),
    }
    scan.found
}

struct Scan<'a> {
    question: &'a Question<'a>,
    aside: &'a [usize],
    to: Comune,
    /// Rows of the base who named it, ascending.
    named: &'a [(Comune, u32)],
    wanted: Wanted,
    ceiling: Ceiling,
    /// Whoever cannot score so much is passed over.
    floor: u32,
    /// Where those who passed live.
    homes: Vec<Home>,
    /// Those whose key passed, as many as passed.
    passing: [Passing; PASSING],
    passed: usize,
    /// Those who passed what is asked first, as many as are waiting.
    line: [Waiting; LINE],
    waiting: usize,
    found: Found,
}

/// How many are looked at closer together: what is read of each is far apart, and the
/// machine reads for all at once.
const PASSING: usize = 128;
const LINE: usize = 2 * PASSING;
/// Rows looked at before it is asked whether many passed.
const CHUNK: usize = 32;

/// A comune of a search.
#[derive(Debug, Clone, Copy)]
struct Home {
    away: Away,
    /// The reach that gets to the request.
    least_km: u16,
    /// The reach that nearly does.
    nearly_km: u16,
}

/// Somebody of the base whose key passed.
#[derive(Debug, Clone, Copy)]
struct Passing {
    worker: u32,
    /// A place among the homes.
    home: u32,
}

impl Passing {
    const NOBODY: Self = Self { worker: 0, home: 0 };
}

/// Somebody who passed what is asked first.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    worker: u32,
    away: Away,
    failing: Failing,
    /// Whether they live out of reach.
    beyond: bool,
}

impl Waiting {
    const NOBODY: Self = Self {
        worker: 0,
        away: Away {
            distance_m: 0,
            ceiling: 0,
        },
        failing: Failing::NONE,
        beyond: false,
    };
}

/// How far away somebody lives, and the ceiling of everybody who does.
#[derive(Debug, Clone, Copy)]
struct Away {
    distance_m: u32,
    ceiling: u32,
}

// `keeps` is always [`Wanted::keeps`], known when this is compiled.
impl Scan<'_> {
    /// For all there are of a list.
    fn everywhere(&mut self, keeps: impl Fn(Failing) -> bool + Copy) {
        self.at_home(&Ring::everywhere(self.wanted.slack_km()), keeps);
        self.anywhere(keeps);
        self.end(keeps);
    }

    /// For the first of one list.
    fn nearest_first(&mut self, keeps: impl Fn(Failing) -> bool + Copy) {
        let [near, far] = Ring::everywhere(self.wanted.slack_km()).cut(NEIGHBOURHOOD_KM);
        self.at_home(&near, keeps);
        self.anywhere(keeps);
        self.end(keeps);
        let furthest = self.ceiling.furthest_km(self.floor);
        self.at_home(&furthest.map_or(far, |km| far.within(km)), keeps);
        self.end(keeps);
    }

    /// Those who are found by where they live.
    fn at_home(&mut self, ring: &Ring, keeps: impl Fn(Failing) -> bool + Copy) {
        let question = self.question;
        let pool = question.pool;
        let live_in = question.is(Arrangement::LiveIn);
        let slack_m = u32::from(self.wanted.slack_km()) * 1000;
        let km = |metres: u32| u16::try_from(metres.div_ceil(1000)).unwrap_or(u16::MAX);
        let nearly = |distance_m: u32| km(distance_m.saturating_sub(slack_m));
        let mut nearby: Vec<Nearby> = Vec::with_capacity(SOME);
        let mut refusing: Vec<Nearby> = Vec::new();
        for (kind, region) in pool.regions() {
            if live_in && kind.relocates {
                continue;
            }
            if live_in || kind.local {
                region.near(self.to, ring, |one| nearby.push(one));
            } else if self.wanted == Wanted::Everything {
                // They do not accept this work: one failure more is one too many.
                region.near(self.to, &ring.without_slack(), |one| refusing.push(one));
            }
        }
        // One row of each comune first: the machine reads them all at once.
        nearby.retain(|one| pool.key(one.rows.start).may_go(nearly(one.distance_m)));
        // The nearest first, where all are looked at: most of the others need no score then.
        let close = |one: &&Nearby| one.distance_m <= u32::from(NEIGHBOURHOOD_KM) * 1000;
        let near = nearby.iter().filter(close);
        for one in near.chain(nearby.iter().filter(|one| !close(one))) {
            let (distance_m, rows) = (one.distance_m, one.rows.clone());
            let away = self.away(distance_m);
            if away.ceiling + self.ceiling.of_half_row() >= self.floor {
                let home = Home {
                    away,
                    least_km: km(distance_m),
                    nearly_km: nearly(distance_m),
                };
                self.rows(rows, home, keeps);
            }
        }
        let accepting = Key::accepting(question.need.fields().arrangement);
        let but_this = question.asked.key & !accepting;
        for Nearby { distance_m, rows } in refusing {
            let home = Home {
                away: self.away(distance_m),
                least_km: km(distance_m),
                nearly_km: km(distance_m),
            };
            self.homes.push(home);
            self.keys(rows, home.least_km, but_this, false, keeps);
        }
    }

    /// Those of whom where they live says nothing.
    fn anywhere(&mut self, keeps: impl Fn(Failing) -> bool + Copy) {
        let question = self.question;
        if question.is(Arrangement::LiveIn) {
            for (_, region) in (question.pool.regions()).filter(|(kind, _)| kind.relocates) {
                let home = Home {
                    away: self.away(0),
                    least_km: 0,
                    nearly_km: 0,
                };
                self.rows(region.rows(), home, keeps);
            }
        }
        // Of these reach says nothing, because they named the comune.
        for (_, row) in self.named {
            let row = *row as usize;
            let hot = question.pool.hot(row);
            let found = question.goes_anywhere(hot) || question.ground(row).within(hot.reach_km);
            if !found {
                self.one(row, false, keeps);
            }
        }
        for i in question.pool.newcomers() {
            let beyond = !question.reaches(i);
            if !beyond || question.nearly_reaches(i) {
                self.one(i, beyond, keeps);
            }
        }
    }

    fn away(&self, distance_m: u32) -> Away {
        Away {
            distance_m,
            ceiling: self.ceiling.at(distance_m),
        }
    }

    /// Looks at the keys of rows of the base whose reaches are long enough, or nearly.
    fn rows(&mut self, rows: Range<usize>, home: Home, keeps: impl Fn(Failing) -> bool + Copy) {
        let asked = self.question.asked.key;
        let all_but_one = self.wanted.keeps_some_who_fail();
        self.homes.push(home);
        let end = rows.end;
        let rest = self.keys(rows, home.least_km, asked, all_but_one, keeps);
        if home.nearly_km < home.least_km {
            // They fail one already.
            self.keys(rest..end, home.nearly_km, asked, false, keeps);
        }
    }

    /// Lets those pass who go so far and have what is asked, or all of it but one; gives
    /// back the first row that does not go so far. They live where the last of the homes is.
    fn keys(
        &mut self,
        rows: Range<usize>,
        least_km: u16,
        asked: u64,
        all_but_one: bool,
        keeps: impl Fn(Failing) -> bool + Copy,
    ) -> usize {
        let end = rows.end;
        let mut at = Passing {
            worker: number(rows.start),
            home: number(self.homes.len() - 1),
        };
        for chunk in self.question.pool.keys(rows).chunks(CHUNK) {
            if self.passed > PASSING - CHUNK {
                self.look(keeps);
            }
            let mut passed = self.passed;
            for key in chunk {
                // The longest reach comes first.
                if !key.may_go(least_km) {
                    self.passed = passed;
                    return at.worker as usize;
                }
                // Who does not pass is overwritten: no branch that is hard to foresee.
                self.passing[passed] = at;
                passed += usize::from(key.has(asked, all_but_one));
                at.worker += 1;
            }
            self.passed = passed;
        }
        end
    }

    /// At everybody whose key passed.
    #[allow(
        clippy::needless_bitwise_bool,
        reason = "a branch costs more than the second comparison"
    )]
    fn look(&mut self, keeps: impl Fn(Failing) -> bool + Copy) {
        self.make_room(self.passed, keeps);
        let question = self.question;
        let mut waiting = self.waiting;
        for Passing { worker, home } in &self.passing[..self.passed] {
            let Home {
                away,
                least_km,
                nearly_km,
            } = self.homes[*home as usize];
            let i = *worker as usize;
            let (key, hot) = question.pool.row(i);
            let beyond = hot.reach_km < least_km;
            let failing = Failing::NONE.with(Criterion::Area, beyond);
            let failing = question.asked.first(key, hot, failing);
            self.line[waiting] = Waiting {
                worker: *worker,
                away,
                failing,
                beyond,
            };
            waiting += usize::from(keeps(failing) & (hot.reach_km >= nearly_km));
        }
        self.waiting = waiting;
        self.passed = 0;
    }

    fn one(&mut self, i: usize, beyond: bool, keeps: impl Fn(Failing) -> bool + Copy) {
        let failing = Failing::NONE.with(Criterion::Area, beyond);
        let failing = self.question.first(i, failing);
        if keeps(failing) {
            self.make_room(1, keeps);
            let away = Away {
                distance_m: self.question.ground(i).distance_m,
                // Who would move scores as if they lived here.
                ..self.away(0)
            };
            self.line[self.waiting] = Waiting {
                worker: number(i),
                away,
                failing,
                beyond,
            };
            self.waiting += 1;
        }
    }

    fn make_room(&mut self, rows: usize, keeps: impl Fn(Failing) -> bool + Copy) {
        if self.waiting + rows > LINE {
            self.look_closer(keeps);
        }
    }

    /// At everybody who passed or waits.
    fn end(&mut self, keeps: impl Fn(Failing) -> bool + Copy) {
        self.look(keeps);
        self.look_closer(keeps);
    }

    /// At everybody who waits.
    fn look_closer(&mut self, keeps: impl Fn(Failing) -> bool + Copy) {
        let question = self.question;
        let (preferred, floor) = (question.asked.preferred_skills, self.floor);
        let mut length = 0;
        for at in 0..self.waiting {
            let mut one = self.line[at];
            let i = one.worker as usize;
            let (key, hot) = question.pool.row(i);
            one.away.ceiling = self.ceiling.of(key, hot, preferred, one.away.ceiling);
            self.line[length] = one;
            length += usize::from(one.away.ceiling >= floor);
        }
        let able = length;
        length = 0;
        for at in 0..able {
            let mut one = self.line[at];
            one.failing = question.asked_last(one.worker as usize, one.failing);
            self.line[length] = one;
            length += usize::from(keeps(one.failing));
        }
        for at in 0..length {
            self.meet(self.line[at]);
        }
        self.waiting = 0;
    }

    /// Somebody who fails no more than is looked for.
    fn meet(&mut self, one: Waiting) {
        let question = self.question;
        let i = one.worker as usize;
        if one.away.ceiling < self.floor
            || !question.authorised(i)
            || question.pool.is_gone(i)
            || self.aside.binary_search(&i).is_ok()
            // Found by their list instead.
            || (one.beyond && self.named.binary_search_by_key(&one.worker, |row| row.1).is_ok())
        {
            return;
        }
        let ceiling = one.away.ceiling;
        let scored = || Scored {
            worker: i,
            score: question.score_at(i, one.away.distance_m),
        };
        let all = self.wanted == Wanted::Everything;
        if one.failing.none() {
            self.found.fits.offer(ceiling, scored);
            if self.wanted == Wanted::Fits {
                self.floor = self.found.fits.floor;
            }
            return;
        }
        if (all || self.wanted == Wanted::NearMisses)
            && let Some(criterion) = one.failing.only()
        {
            if question.nearly(i, criterion) {
                self.found.limits.count(criterion);
                self.found.near_misses.offer(ceiling, scored);
                if !all {
                    self.floor = self.found.near_misses.floor;
                }
            } else if matches!(criterion, Criterion::Arrangement | Criterion::WorkerSex) {
                self.found.limits.count(criterion);
            }
        }
        let for_teams = all || self.wanted == Wanted::Teams;
        if for_teams && one.failing.none_but_mended() && muster::can_join(question, i) {
            self.found.for_teams.push(scored());
        }
    }
}
