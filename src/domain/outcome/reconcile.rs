//! What both sides and the desk said of one introduction, made one outcome; and
//! of the outcomes of a request, one state.

use chrono::{NaiveDate, TimeDelta};

use super::super::answer::{Said, Teller, Wave};
use super::super::request::Exclusion;
use super::{EXCLUSION_DAYS, History, Introduced, Period, Told};

/// What became of an introduction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    HiredConfirmed,
    HiredFamilyOnly,
    HiredWorkerOnly,
    /// One says hired, the other no.
    Conflict,
    NotHired,
    Unknown,
}

impl Outcome {
    pub fn is_hired(self) -> bool {
        matches!(
            self,
            Self::HiredConfirmed | Self::HiredFamilyOnly | Self::HiredWorkerOnly
        )
    }
}

/// What a hire rests on, the weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// One side or the desk says so.
    OneWord,
    /// Both sides say so.
    BothWords,
    /// The desk saw a document.
    Document,
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequestState {
    Filled,
    /// A need met, but not by the desk.
    FilledElsewhere,
    NotFilled,
    Conflict,
    Unknown,
}

/// Of each wave the answer of one side that counts.
pub type WaveAnswers<'a> = [Option<&'a Told>; 4];

/// A side's word: hired if any wave says so, else what its latest wave says.
pub fn word(waves: &WaveAnswers) -> Option<Said> {
    let mut said = waves.iter().flatten().filter_map(|told| told.said());
    if said.clone().any(|said| said == Said::Hired) {
        return Some(Said::Hired);
    }
    said.next_back()
}

/// The table of the two words, and the desk's finding over it.
pub fn outcome(family: Option<Said>, worker: Option<Said>, desk: Option<Said>) -> Outcome {
    match desk {
        Some(Said::Hired) => return Outcome::HiredConfirmed,
        Some(Said::No) => return Outcome::NotHired,
        // The desk finds nothing else.
        Some(Said::Deciding | Said::Elsewhere) | None => {}
    }
    match (decided(family), decided(worker)) {
        (Some(true), Some(true)) => Outcome::HiredConfirmed,
        (Some(true), None) => Outcome::HiredFamilyOnly,
        (None, Some(true)) => Outcome::HiredWorkerOnly,
        (Some(true), Some(false)) | (Some(false), Some(true)) => Outcome::Conflict,
        (Some(false), _) | (_, Some(false)) => Outcome::NotHired,
        (None, None) => Outcome::Unknown,
    }
}

/// Hired or no; still deciding is as good as nothing said.
pub(super) fn decided(word: Option<Said>) -> Option<bool> {
    match word? {
        Said::Hired => Some(true),
        Said::No | Said::Elsewhere => Some(false),
        Said::Deciding => None,
    }
}

/// One introduction as it stands.
#[derive(Debug)]
pub struct Standing<'a> {
    /// What is known, in the order of the answers.
    told: Vec<&'a Told>,
    pub family: WaveAnswers<'a>,
    pub worker: WaveAnswers<'a>,
    pub desk: Option<Said>,
    pub outcome: Outcome,
}

impl<'a> Standing<'a> {
    /// Reads what is known of an introduction.
    pub fn of(introduced: &'a Introduced, period: Period) -> Self {
        let known = |told: &&Told| period.knows(told.answered_on);
        let mut told: Vec<&Told> = introduced.told.iter().filter(known).collect();
        // Stable: of one day the order of arrival stays.
        told.sort_by_key(|told| told.answered_on);
        let family = wave_answers(&told, Teller::Family);
        let worker = wave_answers(&told, Teller::Worker);
        let desk = told
            .iter()
            .rev()
            .filter(|told| told.side == Teller::Desk)
            .find_map(|told| told.said());
        let outcome = outcome(word(&family), word(&worker), desk);
        Self {
            told,
            family,
            worker,
            desk,
            outcome,
        }
    }

    pub(super) fn told_by(&self, side: Teller) -> impl DoubleEndedIterator<Item = &'a Told> {
        self.told
            .iter()
            .copied()
            .filter(move |told| told.side == side)
    }

    /// What a hire rests on.
    pub fn evidence(&self) -> Option<Evidence> {
        if !self.outcome.is_hired() {
            return None;
        }
        let both_hired = [&self.family, &self.worker]
            .into_iter()
            .all(|waves| word(waves) == Some(Said::Hired));
        // What was seen stays seen, also under a later finding.
        let seen = self.desk_saw(|_| true);
        Some(match (seen, both_hired) {
            (true, _) => Evidence::Document,
            (false, true) => Evidence::BothWords,
            (false, false) => Evidence::OneWord,
        })
    }

    /// Whether anybody told such a thing.
    pub(super) fn is_told(&self, is_such: impl Fn(&Told) -> bool) -> bool {
        self.told.iter().any(|told| is_such(told))
    }

    /// Whether a `hired` of the desk carries such a document.
    pub(super) fn desk_saw(&self, is_such: impl Fn(&str) -> bool) -> bool {
        self.told_by(Teller::Desk)
            .filter(|told| told.said() == Some(Said::Hired))
            .any(|told| told.document.is_some_and(&is_such))
    }

    /// Not hired by a no of both sides or of the desk.
    pub(super) fn is_surely_not_hired(&self) -> bool {
        let both_no = [&self.family, &self.worker]
            .into_iter()
            .all(|waves| decided(word(waves)) == Some(false));
        self.outcome == Outcome::NotHired && (self.desk == Some(Said::No) || both_no)
    }

    /// The latest value that a side stated.
    pub(super) fn stated<T>(&self, side: Teller, what: impl Fn(&Told) -> Option<T>) -> Option<T> {
        self.told_by(side).rev().find_map(what)
    }

    /// The reason of the answer that makes a side's word a no.
    pub(super) fn reason_for_no(waves: &WaveAnswers) -> Option<&'static str> {
        if word(waves) != Some(Said::No) {
            return None;
        }
        waves.iter().flatten().next_back()?.reason
    }
}

fn wave_answers<'a>(told: &[&'a Told], side: Teller) -> WaveAnswers<'a> {
    let mut waves = WaveAnswers::default();
    for told in told {
        if told.side == side && told.said().is_some() {
            let place = match told.wave {
                Wave::W1 => 0,
                Wave::W2 => 1,
                Wave::W3 => 2,
                Wave::W4 => 3,
            };
            waves[place] = Some(told);
        }
    }
    waves
}

/// A request that has a sheet, as it stands.
pub(super) struct RequestStanding<'a> {
    pub first_sheet: NaiveDate,
    pub introductions: Vec<Standing<'a>>,
    /// Why it counts in no figure.
    pub excluded: Option<Exclusion>,
    pub state: RequestState,
}

impl<'a> RequestStanding<'a> {
    /// `None` where no sheet is known of.
    pub fn of(history: &'a History, period: Period) -> Option<Self> {
        let known = || {
            history
                .introductions
                .iter()
                .filter(|one| period.knows(one.issued_on))
        };
        let first_sheet = known().map(|one| one.issued_on).min()?;
        let introductions: Vec<Standing> = known().map(|one| Standing::of(one, period)).collect();
        let end = history
            .exclusion
            .filter(|end| end.on.is_none_or(|day| period.knows(day)));
        let in_time = end.filter(|end| {
            end.on
                .is_none_or(|day| day <= first_sheet + TimeDelta::days(EXCLUSION_DAYS))
        });
        let is_hired = introductions.iter().any(|one| one.outcome.is_hired());
        let excluded = in_time.filter(|_| !is_hired).map(|end| end.why);
        let state = state(&introductions, end.is_some());
        Some(Self {
            first_sheet,
            introductions,
            excluded,
            state,
        })
    }
}

fn state(introductions: &[Standing], need_ended: bool) -> RequestState {
    let any = |is_such: &dyn Fn(&Standing) -> bool| introductions.iter().any(is_such);
    if any(&|one| one.outcome.is_hired()) {
        RequestState::Filled
    } else if any(&|one| one.outcome == Outcome::Conflict) {
        RequestState::Conflict
    } else if any(&|one| word(&one.family) == Some(Said::Elsewhere)) {
        RequestState::FilledElsewhere
    } else if need_ended || !any(&|one| one.outcome != Outcome::NotHired) {
        RequestState::NotFilled
    } else {
        RequestState::Unknown
    }
}
