//! Two or three workers who together cover what none of them covers alone, as an
//! answer shows them. Which teams exist and in what order is `muster`; who then
//! works which half-hour is `assign`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::assign::{self, Assignment};
use super::explain::Explanation;
use super::muster::Mustered;
use super::question::Question;
use crate::domain::week::WeekGrid;

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

impl Question<'_> {
    /// A team with who works when.
    pub fn team(&self, mustered: &Mustered) -> Team {
        let workers = &mustered.workers;
        let parts: Vec<(WeekGrid, u32)> = workers
            .iter()
            .map(|i| (self.free(*i), self.usable(*i)))
            .collect();
        let Assignment {
            grids,
            crumbs,
            handovers,
        } = assign::assign(&self.need.fields().schedule, &parts);
        let codes = workers.iter().map(|i| self.pool.code(*i).to_owned());
        Team {
            workers: codes.clone().collect(),
            explanations: (workers.iter().zip(&grids))
                .map(|(i, work)| self.explanation_of(*i, work))
                .collect(),
            covered_slots: grids.iter().map(WeekGrid::count).sum(),
            crumbs,
            handovers,
            assignment: codes.zip(grids).collect(),
            score: mustered.score,
            band: mustered.band,
            requests_introduced_90d: mustered.requests_introduced_90d,
            legal_forms: self.legal_forms(workers.len()),
        }
    }

    fn legal_forms(&self, size: usize) -> Vec<LegalForm> {
        let covers_rest = self.need.fields().covers_rest;
        let mut forms = Vec::new();
        forms.extend((size == 2).then_some(LegalForm::JobSharing));
        forms.push(LegalForm::SeparateContracts);
        forms.extend(covers_rest.then_some(LegalForm::RestDayCover));
        forms
    }
}
