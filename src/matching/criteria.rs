//! The twelve hard criteria and by how much each is failed. Each looks at one
//! fact of the worker and one of the request; none can look at anything
//! protected, because the pool does not hold it.

use serde::{Serialize, Serializer};

use super::pool::{Day, NO_DAY, NO_PAY, Title};
use super::question::Question;
use crate::domain::contract::Arrangement;
use crate::domain::money::Cents;
use crate::domain::person::{Accreditation, Sex};
use crate::domain::week::WeekGrid;

/// What has to hold for a worker to fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    Arrangement,
    Area,
    Skills,
    Qualification,
    Languages,
    Start,
    Permit,
    Hours,
    Pay,
    Accreditation,
    WorkerSex,
    Coverage,
}

impl Criterion {
    /// In the order in which answers list them.
    pub const ALL: [Self; 12] = [
        Self::Arrangement,
        Self::Area,
        Self::Skills,
        Self::Qualification,
        Self::Languages,
        Self::Start,
        Self::Permit,
        Self::Hours,
        Self::Pay,
        Self::Accreditation,
        Self::WorkerSex,
        Self::Coverage,
    ];

    /// The cheapest and most decisive first.
    const SCAN_ORDER: [Self; 12] = [
        Self::Arrangement,
        Self::Skills,
        Self::Area,
        Self::Coverage,
        Self::Start,
        Self::Permit,
        Self::Pay,
        Self::Hours,
        Self::Qualification,
        Self::Accreditation,
        Self::WorkerSex,
        Self::Languages,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Self::Arrangement => "arrangement",
            Self::Area => "area",
            Self::Skills => "skills",
            Self::Qualification => "qualification",
            Self::Languages => "languages",
            Self::Start => "start",
            Self::Permit => "permit",
            Self::Hours => "hours",
            Self::Pay => "pay",
            Self::Accreditation => "accreditation",
            Self::WorkerSex => "worker_sex",
            Self::Coverage => "coverage",
        }
    }
}

/// By how much a criterion is failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shortfall {
    /// `arrangement`: the one that is asked for and not accepted.
    #[serde(serialize_with = "arrangement_code")]
    Arrangement(Arrangement),
    /// `area`: over the worker's reach.
    Metres(u32),
    /// `area`: the sea lies between; always true.
    Sea(bool),
    /// `skills`, `qualification`, `languages`: codes, ascending.
    Missing(Vec<&'static str>),
    /// `start`, `permit`: too late, or short.
    Days(u32),
    /// `permit`: the code of the title that does not allow the work, none where
    /// no title is stated.
    Title(Option<&'static str>),
    /// `permit`: the end of the title is not known; always true.
    NoDate(bool),
    /// `hours`: over the worker's cap.
    HalfHours(u32),
    /// `pay`: short of the worker's minimum.
    Cents(u32),
    /// `accreditation`: how it stands.
    #[serde(serialize_with = "accreditation_code")]
    State(Accreditation),
    /// `worker_sex`: the one that is asked for.
    #[serde(serialize_with = "sex_code")]
    Sex(Sex),
    /// `coverage`: needed half-hours the worker is not free in.
    Uncovered(WeekGrid),
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
fn arrangement_code<S: Serializer>(one: &Arrangement, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(one.code())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
fn accreditation_code<S: Serializer>(one: &Accreditation, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(one.code())
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands references")]
fn sex_code<S: Serializer>(one: &Sex, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(one.code())
}

/// The criteria a worker fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Failures(u16);

impl Failures {
    /// What the members of a team may fail: together they make up for it.
    const MENDED_BY_A_TEAM: u16 = 1 << Criterion::Hours as u16 | 1 << Criterion::Coverage as u16;

    fn insert(&mut self, criterion: Criterion) {
        self.0 |= 1 << criterion as u16;
    }

    pub fn none(self) -> bool {
        self.0 == 0
    }

    /// The criterion, where exactly one is failed.
    pub fn only(self) -> Option<Criterion> {
        let of = |criterion: &Criterion| self.0 == 1 << *criterion as u16;
        Criterion::ALL.into_iter().find(of)
    }

    /// Fails something, but nothing that a team could not make up for.
    pub fn mended_by_a_team(self) -> bool {
        !self.none() && self.0 & !Self::MENDED_BY_A_TEAM == 0
    }

    fn beyond_interest(self) -> bool {
        self.0.count_ones() > 1 && !self.mended_by_a_team()
    }
}

impl Question<'_> {
    /// What the worker fails. Stops looking once they can be neither a fit, nor a
    /// near miss, nor in a team: then not every failure is named.
    pub fn sieve(&self, i: usize) -> Failures {
        let mut failures = Failures::default();
        for criterion in Criterion::SCAN_ORDER {
            if self.fails(criterion, i) {
                failures.insert(criterion);
                if failures.beyond_interest() {
                    break;
                }
            }
        }
        failures
    }

    pub fn fails(&self, criterion: Criterion, i: usize) -> bool {
        let need = self.need.fields();
        let pool = self.pool;
        match criterion {
            Criterion::Arrangement => !pool.arrangements[i].contains(need.arrangement),
            Criterion::Area => !self.reaches(i),
            Criterion::Skills => !need.required_skills.minus(pool.skills[i]).is_empty(),
            Criterion::Qualification => {
                let asked = need.required_qualifications;
                !asked.is_empty() && asked.and(pool.qualifications[i]).is_empty()
            }
            Criterion::Languages => self.below_level(i).next().is_some(),
            Criterion::Start => pool.available_from[i] > self.day,
            Criterion::Permit => match pool.title[i] {
                Title::Refused => true,
                Title::Standing => false,
                Title::Dated => pool.permit_until[i] < self.day,
            },
            Criterion::Hours => self.target > self.cap(i),
            Criterion::Pay => self.cents_short(i) > 0,
            Criterion::Accreditation => {
                need.public_contribution && pool.accreditation[i] != Accreditation::Yes
            }
            Criterion::WorkerSex => need.worker_sex.is_some_and(|sex| sex != pool.sex[i]),
            Criterion::Coverage => {
                need.arrangement != Arrangement::LiveIn && self.covered(i) < self.target
            }
        }
    }

    /// None where the criterion passes.
    pub fn shortfall(&self, criterion: Criterion, i: usize) -> Option<Shortfall> {
        if !self.fails(criterion, i) {
            return None;
        }
        let need = self.need.fields();
        let pool = self.pool;
        Some(match criterion {
            Criterion::Arrangement => Shortfall::Arrangement(need.arrangement),
            Criterion::Area if self.ground(i).sea => Shortfall::Sea(true),
            Criterion::Area => Shortfall::Metres(self.ground(i).distance_m - pool.reach_m[i]),
            Criterion::Skills => {
                let missing = need.required_skills.minus(pool.skills[i]);
                Shortfall::Missing(missing.codes().collect())
            }
            Criterion::Qualification => {
                Shortfall::Missing(need.required_qualifications.codes().collect())
            }
            Criterion::Languages => Shortfall::Missing(self.below_level(i).collect()),
            Criterion::Start => Shortfall::Days(days(self.day, pool.available_from[i])),
            Criterion::Permit => match pool.title[i] {
                Title::Dated if pool.permit_until[i] == NO_DAY => Shortfall::NoDate(true),
                Title::Dated => Shortfall::Days(days(pool.permit_until[i], self.day)),
                Title::Refused | Title::Standing => Shortfall::Title(pool.title_code(i)),
            },
            Criterion::Hours => Shortfall::HalfHours(self.target - self.cap(i)),
            Criterion::Pay => Shortfall::Cents(self.cents_short(i)),
            Criterion::Accreditation => Shortfall::State(pool.accreditation[i]),
            Criterion::WorkerSex => Shortfall::Sex(need.worker_sex?),
            Criterion::Coverage => Shortfall::Uncovered(need.schedule.minus(&self.free(i))),
        })
    }

    fn reaches(&self, i: usize) -> bool {
        let (pool, need) = (self.pool, self.need.fields());
        pool.comune[i] == need.comune
            || (need.arrangement == Arrangement::LiveIn && pool.relocates[i])
            || {
                let ground = self.ground(i);
                !ground.sea && ground.distance_m <= pool.reach_m[i]
            }
            || pool.extra_comuni(i).contains(&need.comune)
    }

    /// Codes of the required languages the worker speaks less well than asked.
    fn below_level(&self, i: usize) -> impl Iterator<Item = &'static str> {
        self.languages
            .iter()
            .filter(move |(language, rank)| self.pool.language_rank(i, *language) < *rank)
            .map(|(language, _)| language.code())
    }

    /// 0 where the pay passes.
    fn cents_short(&self, i: usize) -> u32 {
        let need = self.need.fields();
        let short = |least: u32, offer: Option<u32>| match offer {
            Some(offer) if least != NO_PAY => least.saturating_sub(offer),
            _ => 0,
        };
        let (by_hour, by_month) = (self.pool.min_pay_hour[i], self.pool.min_pay_month[i]);
        let offered_hour = need.max_pay_hour.map(Cents::cents);
        let offered_month = need.max_pay_month.map(Cents::cents);
        match need.arrangement {
            Arrangement::LiveIn => short(by_month, offered_month),
            Arrangement::Night if by_month != NO_PAY && offered_month.is_some() => {
                short(by_month, offered_month)
            }
            Arrangement::Hourly | Arrangement::Night => short(by_hour, offered_hour),
        }
    }
}

fn days(from: Day, to: Day) -> u32 {
    to.abs_diff(from)
}
