//! Two or three workers who together cover what none of them covers alone:
//! which teams exist and in what order they are shown. Who then works which
//! half-hour is `assign`. Pairs first; triples only where no pair exists.

use std::collections::{BTreeMap, BinaryHeap};
use std::ops::Range;

use serde::Serialize;

use super::assign::{self, Assignment};
use super::explain::Explanation;
use super::order::{BAND, lot};
use super::question::Question;
use super::scan::Scored;
use crate::domain::contract::Arrangement;
use crate::domain::week::WeekGrid;

/// Two hours: less than this nobody travels for.
const LEAST_SLOTS: u32 = 4;
const LISTED: usize = 5;
/// Teams of a band held at once.
const WINDOW: usize = 1024;
/// How many listed teams one worker may stand in.
const MOST_LISTINGS: usize = 2;

/// A team of an answer.
#[derive(Debug, Clone, Serialize)]
pub struct Team {
    /// Codes, ascending.
    pub workers: Vec<String>,
    /// Half-hours they cover together.
    pub covered_slots: u32,
    pub crumbs: u32,
    pub handovers: u32,
    /// Who works when.
    pub assignment: BTreeMap<String, WeekGrid>,
    #[serde(skip)]
    pub score: u32,
    /// From 1.
    #[serde(skip)]
    pub band: u32,
    #[serde(skip)]
    pub requests_introduced_90d: u32,
    /// What the team can be in law; the program chooses none.
    #[serde(skip)]
    pub legal_forms: Vec<LegalForm>,
    /// One a member, in the order of `workers`; warnings are of the work given to
    /// them.
    #[serde(skip)]
    pub explanations: Vec<Explanation>,
}

/// The forms a team's work can take, for the operator to explain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LegalForm {
    /// Two workers share one contract (*lavoro ripartito*).
    JobSharing,
    /// A contract of their own for each.
    SeparateContracts,
    /// Cover of a live-in worker's rest days.
    RestDayCover,
}

impl LegalForm {
    pub fn code(self) -> &'static str {
        match self {
            Self::JobSharing => "job_sharing",
            Self::SeparateContracts => "separate_contracts",
            Self::RestDayCover => "rest_day_cover",
        }
    }
}

/// One who may stand in teams.
struct Member {
    worker: usize,
    score: u32,
    requests_introduced_90d: u32,
    free: WeekGrid,
    /// Their own half-hours within their cap. As a cap this says the same as the
    /// cap itself, because nobody works where they are not free.
    usable: u32,
}

/// Whether somebody who fails only what a team makes up for may stand in one.
pub(super) fn can_join(question: &Question, i: usize) -> bool {
    !question.is(Arrangement::LiveIn) && question.usable(i) >= LEAST_SLOTS
}

/// The teams to show, in order.
pub(super) fn teams(question: &Question, candidates: &[Scored]) -> Vec<Team> {
    let mut members: Vec<Member> = candidates
        .iter()
        .map(|one| Member {
            worker: one.worker,
            score: one.score,
            requests_introduced_90d: (question.pool)
                .past(one.worker, question.today)
                .requests_introduced_90d,
            free: question.free(one.worker),
            usable: question.usable(one.worker),
        })
        .collect();
    members.sort_unstable_by(|a, b| b.score.cmp(&a.score).then(a.worker.cmp(&b.worker)));
    let listing = Listing { question, members };
    let pairs = listing.of_size(2);
    if pairs.is_empty() {
        listing.of_size(3)
    } else {
        pairs
    }
}

/// A team before it is worked out: its turn in its band, score and members.
type Drawn = (Turn, u32, Vec<usize>);

/// Fewer introductions first, then the lot.
type Turn = (u32, [u8; 32]);

struct Listing<'a> {
    question: &'a Question<'a>,
    /// By score, best first.
    members: Vec<Member>,
}

/// Where a listing stands.
struct Listed {
    teams: Vec<Team>,
    /// In how many listed teams each member stands.
    times: Vec<usize>,
}

impl Listed {
    fn may_stand(&self, chosen: &[usize]) -> bool {
        chosen.iter().all(|at| self.times[*at] < MOST_LISTINGS)
    }
}

impl Listing<'_> {
    fn of_size(&self, size: usize) -> Vec<Team> {
        let width = BAND * u32::try_from(size).expect("teams are small");
        let mut listed = Listed {
            teams: Vec::new(),
            times: vec![0; self.members.len()],
        };
        let mut ceiling = u32::MAX;
        for band in 1.. {
            let Some(best) = self.best_below(size, ceiling) else {
                break;
            };
            let floor = best.saturating_sub(width);
            self.list_band(size, floor..ceiling, band, &mut listed);
            if listed.teams.len() == LISTED {
                break;
            }
            ceiling = floor;
        }
        listed.teams
    }

    /// A window of teams at a time: a band may hold millions, and five are shown.
    fn list_band(&self, size: usize, scores: Range<u32>, band: u32, listed: &mut Listed) {
        let mut after = None;
        loop {
            let window = self.window(size, scores.clone(), after, listed);
            let last = window.len() < WINDOW;
            for (turn, score, chosen) in window {
                after = Some(turn);
                if !listed.may_stand(&chosen) {
                    continue;
                }
                for at in &chosen {
                    listed.times[*at] += 1;
                }
                listed.teams.push(self.team(&chosen, score, band));
                if listed.teams.len() == LISTED {
                    return;
                }
            }
            if last {
                return;
            }
        }
    }

    /// The teams next in turn of those that may still be listed.
    fn window(
        &self,
        size: usize,
        scores: Range<u32>,
        after: Option<Turn>,
        listed: &Listed,
    ) -> Vec<Drawn> {
        let mut window: BinaryHeap<Drawn> = BinaryHeap::new();
        let floor = scores.start;
        self.search(size, scores, &mut |chosen, score| {
            let introduced = self.introduced(chosen);
            let full = window.len() == WINDOW;
            let too_late = full && window.peek().is_some_and(|last| last.0.0 < introduced);
            if too_late || !listed.may_stand(chosen) {
                return floor;
            }
            let who = self.codes(chosen).join("+");
            let turn = (introduced, lot(self.question.need.request(), &who));
            let sooner = !full || window.peek().is_some_and(|last| turn < last.0);
            if sooner && after.is_none_or(|after| turn > after) {
                window.push((turn, score, chosen.to_vec()));
                if full {
                    window.pop();
                }
            }
            floor
        });
        window.into_sorted_vec()
    }

    fn best_below(&self, size: usize, ceiling: u32) -> Option<u32> {
        let mut best = None;
        self.search(size, 0..ceiling, &mut |_, score| {
            best = Some(score);
            score + 1
        });
        best
    }

    /// Shows `found` every team with such a score; it gives back the least score
    /// of interest from then on.
    fn search(&self, size: usize, scores: Range<u32>, found: &mut dyn FnMut(&[usize], u32) -> u32) {
        let mut most_usable_from = vec![0; self.members.len() + 1];
        for (at, member) in self.members.iter().enumerate().rev() {
            most_usable_from[at] = member.usable.max(most_usable_from[at + 1]);
        }
        Search {
            listing: self,
            most_usable_from,
            size,
            floor: scores.start,
            ceiling: scores.end,
            chosen: Vec::with_capacity(size),
            found,
        }
        .extend(0, 0, 0);
    }

    fn introduced(&self, chosen: &[usize]) -> u32 {
        let of = |at: &usize| self.members[*at].requests_introduced_90d;
        chosen.iter().map(of).sum()
    }

    /// The workers of a team, in the order of their codes.
    fn workers(&self, chosen: &[usize]) -> Vec<usize> {
        let mut workers: Vec<usize> = chosen.iter().map(|at| self.members[*at].worker).collect();
        workers.sort_unstable_by_key(|i| self.question.pool.code(*i));
        workers
    }

    fn codes(&self, chosen: &[usize]) -> Vec<&str> {
        let workers = self.workers(chosen).into_iter();
        workers.map(|i| self.question.pool.code(i)).collect()
    }

    fn team(&self, chosen: &[usize], score: u32, band: u32) -> Team {
        let question = self.question;
        let workers = self.workers(chosen);
        let parts: Vec<(WeekGrid, u32)> = workers
            .iter()
            .map(|i| (question.free(*i), question.usable(*i)))
            .collect();
        let Assignment {
            grids,
            crumbs,
            handovers,
        } = assign::assign(&question.need.fields().schedule, &parts);
        let codes = workers.iter().map(|i| question.pool.code(*i).to_owned());
        Team {
            workers: codes.clone().collect(),
            explanations: (workers.iter().zip(&grids))
                .map(|(i, work)| question.explanation_of(*i, work))
                .collect(),
            covered_slots: grids.iter().map(WeekGrid::count).sum(),
            crumbs,
            handovers,
            assignment: codes.zip(grids).collect(),
            score,
            band,
            requests_introduced_90d: self.introduced(chosen),
            legal_forms: self.legal_forms(chosen.len()),
        }
    }

    fn legal_forms(&self, size: usize) -> Vec<LegalForm> {
        let covers_rest = self.question.need.fields().covers_rest;
        let mut forms = Vec::new();
        forms.extend((size == 2).then_some(LegalForm::JobSharing));
        forms.push(LegalForm::SeparateContracts);
        forms.extend(covers_rest.then_some(LegalForm::RestDayCover));
        forms
    }
}

struct Search<'a, 'f> {
    listing: &'a Listing<'a>,
    /// The most that one member from here on can do.
    most_usable_from: Vec<u32>,
    size: usize,
    floor: u32,
    ceiling: u32,
    chosen: Vec<usize>,
    found: &'f mut dyn FnMut(&[usize], u32) -> u32,
}

impl Search<'_, '_> {
    fn extend(&mut self, from: usize, score: u32, usable: u32) {
        let members = &self.listing.members;
        let target = self.listing.question.target;
        let left = u32::try_from(self.size - self.chosen.len()).expect("teams are small");
        if left == 0 {
            if self.reach() >= target {
                self.floor = (self.found)(&self.chosen, score);
            }
            return;
        }
        let from = if left == 1 {
            from.max(members.partition_point(|m| score + m.score >= self.ceiling))
        } else {
            from
        };
        for (at, member) in members.iter().enumerate().skip(from) {
            if score + left * member.score < self.floor {
                break;
            }
            let usable = usable + member.usable;
            if usable + (left - 1) * self.most_usable_from[at + 1] < target {
                continue;
            }
            self.chosen.push(at);
            self.extend(at + 1, score + member.score, usable);
            self.chosen.pop();
        }
    }

    /// What the chosen can cover together within their caps.
    fn reach(&self) -> u32 {
        let members: Vec<(WeekGrid, u32)> = self
            .chosen
            .iter()
            .map(|at| &self.listing.members[*at])
            .map(|member| (member.free, member.usable))
            .collect();
        assign::reach(&members)
    }
}
