//! The twelve hard criteria and by how much each is failed. Each looks at one
//! fact of the worker and one of the request; none can look at anything
//! protected, because the pool does not hold it. A scan asks how many are failed of
//! thousands, without a branch; which they are, a bit each, of few.

use serde::{Serialize, Serializer};

use super::columns::{Day, Flags, Hot, NO_DAY, NO_PAY, Title};
use super::key::Key;
use super::question::{Asked, Question};
use super::zones::Ground;
use crate::domain::contract::Arrangement;
use crate::domain::language::Language;
use crate::domain::permit::PermitType;
use crate::domain::person::{Accreditation, Sex};
use crate::domain::skill::SkillSet;
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

/// The criteria a worker fails, a bit each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Failures(u16);

impl Failures {
    /// What the members of a team may fail: together they make up for it.
    const MENDED_BY_A_TEAM: u16 = 1 << Criterion::Hours as u16 | 1 << Criterion::Coverage as u16;

    /// How many there could be.
    pub const SETS: usize = 1 << Criterion::ALL.len();

    /// A number below [`Self::SETS`].
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// The reverse of [`Self::number`].
    pub fn numbered(number: usize) -> Self {
        Self(u16::try_from(number).expect("twelve bits"))
    }

    pub fn has(self, criterion: Criterion) -> bool {
        self.0 >> criterion as u16 & 1 == 1
    }

    #[inline]
    pub fn none(self) -> bool {
        self.0 == 0
    }

    /// The criterion, where exactly one is failed.
    pub fn only(self) -> Option<Criterion> {
        let one = self.0.is_power_of_two();
        one.then(|| Criterion::ALL[self.0.trailing_zeros() as usize])
    }

    /// Fails something, but nothing that a team could not make up for.
    pub fn mended_by_a_team(self) -> bool {
        !self.none() && self.0 & !Self::MENDED_BY_A_TEAM == 0
    }
}

/// Takes down what a worker fails.
pub(super) trait Notes {
    /// With one criterion more.
    #[must_use]
    fn with(self, criterion: Criterion, fails: bool) -> Self;
}

impl Notes for Failures {
    #[inline]
    fn with(self, criterion: Criterion, fails: bool) -> Self {
        Self(self.0 | u16::from(fails) << criterion as u16)
    }
}

/// How many criteria a worker fails, by what may come of it, and which it is where it is
/// one: cheaper to find than which they all are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Failing(u16);

impl Failing {
    pub const NONE: Self = Self(0);

    const A_TEAM_MENDS: u16 = 1 << 4;
    const NEVER_NEARLY: u16 = 1 << 6;
    /// Below, how many are failed; from here the sum of their places in [`Criterion::ALL`].
    const PLACES: u32 = 8;
    const COUNTS: u16 = (1 << Self::PLACES) - 1;

    /// Eight criteria count one, languages two where Italian and
    /// another are below, which is no near miss. Of the others there are two each: no count
    /// runs into the next.
    const fn weight(criterion: Criterion) -> u16 {
        let count = match criterion {
            Criterion::Hours | Criterion::Coverage => Self::A_TEAM_MENDS,
            Criterion::Arrangement | Criterion::WorkerSex => Self::NEVER_NEARLY,
            _ => 1,
        };
        count | (criterion as u16) << Self::PLACES
    }

    #[inline]
    pub fn none(self) -> bool {
        self.0 == 0
    }

    const fn counts(self) -> u16 {
        self.0 & Self::COUNTS
    }

    /// The criterion, where exactly one is failed.
    #[inline]
    pub fn only(self) -> Option<Criterion> {
        let one = matches!(self.counts(), 1 | Self::A_TEAM_MENDS | Self::NEVER_NEARLY);
        one.then(|| Criterion::ALL[usize::from(self.0 >> Self::PLACES)])
    }

    /// At most one, and that one can be failed narrowly.
    #[allow(
        clippy::needless_bitwise_bool,
        reason = "a branch costs more than the second comparison"
    )]
    #[inline]
    pub fn maybe_near(self) -> bool {
        (self.counts() <= 1) | (self.counts() == Self::A_TEAM_MENDS)
    }

    /// Nothing that a team could not make up for.
    #[inline]
    pub fn none_but_mended(self) -> bool {
        self.counts() & !(3 * Self::A_TEAM_MENDS) == 0
    }

    /// At most one, or nothing that a team could not make up for.
    #[allow(
        clippy::needless_bitwise_bool,
        reason = "a branch costs more than the second comparison"
    )]
    #[inline]
    pub fn one_or_mended(self) -> bool {
        (self.counts() == 1) | (self.counts() == Self::NEVER_NEARLY) | self.none_but_mended()
    }
}

impl Notes for Failing {
    #[inline]
    fn with(self, criterion: Criterion, fails: bool) -> Self {
        Self(self.0 + u16::from(fails) * Self::weight(criterion))
    }
}

impl Asked {
    /// What of a key and of what is read with it fails: all but area, qualification,
    /// languages other than Italian, and coverage.
    #[allow(
        clippy::needless_bitwise_bool,
        reason = "a branch costs more than the second comparison"
    )]
    #[inline]
    pub fn first<N: Notes>(&self, key: Key, hot: &Hot, noted: N) -> N {
        let flags = hot.flags.0;
        let late = (flags & Flags::TITLE_STANDING == 0) & (hot.permit_until < self.day);
        let stands = |(place, wanted): (u16, u16)| flags & place == wanted;
        noted
            .with(Criterion::Arrangement, flags & self.arrangement == 0)
            .with(Criterion::Skills, self.skills & !key.skills() != 0)
            .with(Criterion::Languages, hot.flags.italian() < self.italian)
            .with(Criterion::Start, hot.available_from > self.day)
            .with(
                Criterion::Permit,
                (flags & Flags::TITLE_REFUSED != 0) | late,
            )
            .with(Criterion::Hours, u32::from(hot.cap) < self.least_cap)
            .with(
                Criterion::Pay,
                self.by_month_short(hot) | self.by_hour_short(hot),
            )
            .with(Criterion::Accreditation, !stands(self.accreditation))
            .with(Criterion::WorkerSex, !stands(self.sex))
    }

    #[inline]
    fn by_month_short(&self, hot: &Hot) -> bool {
        self.pay_month.fails(hot.min_pay_month)
    }

    #[allow(
        clippy::needless_bitwise_bool,
        reason = "a branch costs more than the second comparison"
    )]
    #[inline]
    fn by_hour_short(&self, hot: &Hot) -> bool {
        let by_month = self.month_first & (hot.min_pay_month != NO_PAY);
        self.pay_hour.fails(hot.min_pay_hour) & !by_month
    }
}

impl Question<'_> {
    /// See [`Asked::first`].
    #[inline]
    pub fn first<N: Notes>(&self, i: usize, noted: N) -> N {
        let (key, hot) = self.pool.row(i);
        self.asked.first(key, hot, noted)
    }

    /// All that the worker fails.
    pub fn failures(&self, i: usize) -> Failures {
        self.failures_from(i, self.ground(i))
    }

    /// The same where it is known what lies between.
    fn failures_from(&self, i: usize, ground: Ground) -> Failures {
        let first = self.first(i, Failures::default());
        self.asked_last(i, first)
            .with(Criterion::Area, !self.reaches_over(i, ground))
    }

    /// What fails of the rest, area and Italian apart.
    #[inline]
    pub fn asked_last<N: Notes>(&self, i: usize, noted: N) -> N {
        let week = self.pool.week(i);
        let asked = self.asked.qualifications;
        let unqualified = asked != 0 && asked & week.qualifications() == 0;
        let coverage = if self.is(Arrangement::LiveIn) {
            false
        } else if self.target == self.needed {
            let missing = (self.asked.week.iter().zip(week.0)).map(|(needed, free)| needed & !free);
            missing.fold(0, |all, one| all | one) != 0
        } else {
            self.covered(i) < self.target
        };
        noted
            .with(Criterion::Qualification, unqualified)
            .with(
                Criterion::Languages,
                self.asks_other_languages && self.below_in_another(i),
            )
            .with(Criterion::Coverage, coverage)
    }

    /// Each criterion in their order, with none where it passes.
    pub fn every_shortfall(&self, i: usize, ground: Ground) -> Vec<(Criterion, Option<Shortfall>)> {
        let failures = self.failures_from(i, ground);
        let of = |criterion| {
            failures
                .has(criterion)
                .then(|| self.shortfall(criterion, i))
        };
        Criterion::ALL
            .into_iter()
            .map(|criterion| (criterion, of(criterion)))
            .collect()
    }

    /// All that the worker fails, in the order of the criteria, and by how much.
    pub fn failing(&self, i: usize) -> Vec<(Criterion, Shortfall)> {
        let every = self.every_shortfall(i, self.ground(i)).into_iter();
        every
            .filter_map(|(criterion, shortfall)| Some((criterion, shortfall?)))
            .collect()
    }

    /// By how much a criterion is failed that is failed.
    pub fn shortfall(&self, criterion: Criterion, i: usize) -> Shortfall {
        let need = self.need.fields();
        let hot = self.pool.hot(i);
        match criterion {
            Criterion::Arrangement => Shortfall::Arrangement(need.arrangement),
            Criterion::Area if self.ground(i).sea => Shortfall::Sea(true),
            Criterion::Area => {
                let reach_m = u32::from(hot.reach_km) * 1000;
                Shortfall::Metres(self.ground(i).distance_m - reach_m)
            }
            Criterion::Skills => {
                let held = SkillSet::from_bits(self.pool.key(i).skills());
                let missing = need.required_skills.minus(held);
                Shortfall::Missing(missing.codes().collect())
            }
            Criterion::Qualification => {
                Shortfall::Missing(need.required_qualifications.codes().collect())
            }
            Criterion::Languages => Shortfall::Missing(self.below_level(i).collect()),
            Criterion::Start => Shortfall::Days(days(self.asked.day, hot.available_from)),
            Criterion::Permit => match hot.flags.title() {
                Title::Dated if hot.permit_until == NO_DAY => Shortfall::NoDate(true),
                Title::Dated => Shortfall::Days(days(hot.permit_until, self.asked.day)),
                Title::Refused | Title::Standing => {
                    let permit = self.pool.week(i).permit_type();
                    Shortfall::Title(permit.map(PermitType::code))
                }
            },
            Criterion::Hours => Shortfall::HalfHours(self.target - self.cap(i)),
            Criterion::Pay => Shortfall::Cents(if self.asked.by_month_short(hot) {
                self.asked.pay_month.short(hot.min_pay_month)
            } else {
                self.asked.pay_hour.short(hot.min_pay_hour)
            }),
            Criterion::Accreditation => Shortfall::State(hot.flags.accreditation()),
            Criterion::WorkerSex => Shortfall::Sex(
                need.worker_sex
                    .expect("only a sex that is asked for is failed"),
            ),
            Criterion::Coverage => Shortfall::Uncovered(need.schedule.minus(&self.free(i))),
        }
    }

    pub fn reaches(&self, i: usize) -> bool {
        self.reaches_over(i, self.ground(i))
    }

    fn reaches_over(&self, i: usize, ground: Ground) -> bool {
        let hot = self.pool.hot(i);
        self.goes_anywhere(hot)
            || ground.within(hot.reach_km)
            || self.pool.named(i, self.need.fields().comune)
    }

    /// Would move for this work.
    pub fn goes_anywhere(&self, hot: &Hot) -> bool {
        self.is(Arrangement::LiveIn) && hot.flags.relocates()
    }

    /// Codes of the required languages the worker speaks less well than asked.
    pub fn below_level(&self, i: usize) -> impl Iterator<Item = &'static str> {
        self.languages
            .iter()
            .filter(move |(language, rank)| self.pool.language_rank(i, *language) < *rank)
            .map(|(language, _)| language.code())
    }

    /// Whether a language other than Italian is spoken less well than asked.
    fn below_in_another(&self, i: usize) -> bool {
        let mut others = (self.languages.iter()).filter(|(one, _)| *one != Language::italian());
        others.any(|(language, rank)| self.pool.language_rank(i, *language) < *rank)
    }
}

fn days(from: Day, to: Day) -> u32 {
    to.abs_diff(from)
}
