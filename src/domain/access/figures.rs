//! What the log adds up to: counts of each code by desk, and the yearly report
//! made of them. Counts say how many accesses state a value; what nobody stated
//! is in no dimension, so a dimension may add up to less than the total.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Serialize, Serializer};

use super::{Access, Channel, Residence};
use crate::domain::accompaniment::Kind;
use crate::domain::country::Country;
use crate::domain::ids::DeskCode;
use crate::domain::permit::PermitType;
use crate::domain::place::{Zone, zone_of, zones};
use crate::domain::reading::yes_or_no;

/// What accesses are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// `2024-03-05`.
    Day,
    /// `01` to `12`.
    Month,
    Channel,
    /// `yes`, `no`.
    FirstAccess,
    Sex,
    AgeBand,
    /// ISO 3166-1, two letters.
    Citizenship,
    /// ISTAT code, or `other`.
    Comune,
    PermitType,
    ReferredBy,
    Reason,
    /// An access may state several.
    Activation,
    Accompaniment,
    /// `yes`, `no`.
    Mediation,
}

impl Dimension {
    /// All.
    pub const ALL: [Self; 14] = [
        Self::Day,
        Self::Month,
        Self::Channel,
        Self::FirstAccess,
        Self::Sex,
        Self::AgeBand,
        Self::Citizenship,
        Self::Comune,
        Self::PermitType,
        Self::ReferredBy,
        Self::Reason,
        Self::Activation,
        Self::Accompaniment,
        Self::Mediation,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
            Self::Channel => "channel",
            Self::FirstAccess => "first_access",
            Self::Sex => "sex",
            Self::AgeBand => "age_band",
            Self::Citizenship => "citizenship",
            Self::Comune => "comune",
            Self::PermitType => "permit_type",
            Self::ReferredBy => "referred_by",
            Self::Reason => "reason",
            Self::Activation => "activation",
            Self::Accompaniment => "accompaniment",
            Self::Mediation => "mediation",
        }
    }

    /// Reads a code.
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Every value that an access adds one to.
pub fn cells(access: &Access) -> Vec<(Dimension, String)> {
    use Dimension as D;
    let mut cells = vec![
        (D::Day, access.date.to_string()),
        (D::Month, format!("{:02}", access.date.month())),
        (D::Channel, access.channel.code().to_owned()),
        (D::FirstAccess, yes_or_no(access.first_access)),
        (D::Reason, access.reason.clone()),
        (D::Accompaniment, access.accompaniment.code().to_owned()),
    ];
    let stated = [
        (D::Sex, access.sex.clone()),
        (D::AgeBand, access.age_band.clone()),
        (
            D::Citizenship,
            access
                .citizenship
                .map(|one| Country::alpha2(one).to_owned()),
        ),
        (
            D::Comune,
            access.comune.map(|one| Residence::code(one).to_owned()),
        ),
        (
            D::PermitType,
            access
                .permit_type
                .map(|one| PermitType::code(one).to_owned()),
        ),
        (D::ReferredBy, access.referred_by.clone()),
        (D::Mediation, access.mediation.map(yes_or_no)),
    ];
    let stated = stated.into_iter();
    cells.extend(stated.filter_map(|(dimension, value)| Some((dimension, value?))));
    let activation = access.activation.iter();
    cells.extend(activation.map(|code| (D::Activation, code.clone())));
    cells
}

type OfDesk = BTreeMap<Dimension, BTreeMap<String, u64>>;

/// How many accesses of each desk state each value.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts(BTreeMap<DeskCode, OfDesk>);

impl Counts {
    /// Counts one access.
    pub fn note(&mut self, access: &Access) {
        for (dimension, value) in cells(access) {
            self.add(&access.desk, dimension, &value, 1);
        }
    }

    /// Adds to one count.
    pub fn add(&mut self, desk: &DeskCode, dimension: Dimension, value: &str, more: u64) {
        let of_desk = self.0.entry(desk.clone()).or_default();
        let values = of_desk.entry(dimension).or_default();
        *values.entry(value.to_owned()).or_default() += more;
    }

    /// The desks that have any.
    pub fn desks(&self) -> impl Iterator<Item = &DeskCode> {
        self.0.keys()
    }

    /// All accesses of a desk, or of all desks.
    pub fn total(&self, desk: Option<&DeskCode>) -> u64 {
        self.of(desk, Dimension::Channel).values().sum()
    }

    /// The values of a dimension that occur, and how often; of a desk, or of all.
    pub fn of(&self, desk: Option<&DeskCode>, dimension: Dimension) -> BTreeMap<&str, u64> {
        let mut sums = BTreeMap::new();
        let desks = self.0.iter();
        for (_, of_desk) in desks.filter(|(code, _)| desk.is_none_or(|desk| desk == *code)) {
            for (value, count) in of_desk.get(&dimension).into_iter().flatten() {
                *sums.entry(value.as_str()).or_default() += *count;
            }
        }
        sums
    }

    /// How often one value occurs.
    pub fn one(&self, desk: Option<&DeskCode>, dimension: Dimension, value: &str) -> u64 {
        let desks = self.0.iter();
        desks
            .filter(|(code, _)| desk.is_none_or(|desk| desk == *code))
            .filter_map(|(_, of_desk)| of_desk.get(&dimension)?.get(value))
            .sum()
    }
}

/// Cases of one desk in one year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Cases {
    /// Open on 1 January, or opened in the year.
    pub total: u64,
    /// Of them, opened before.
    pub from_before: u64,
    /// Closed in the year.
    pub closed: u64,
    /// `total` − `closed`.
    pub carried_over: u64,
    /// Quick ones, opened in the year.
    pub quick: u64,
}

impl Cases {
    /// Counts one, where it was open in the year (first and last day) at all.
    pub fn note(
        &mut self,
        kind: Kind,
        (first, last): (NaiveDate, NaiveDate),
        opened: NaiveDate,
        closed: Option<NaiveDate>,
    ) {
        if opened > last || closed.is_some_and(|closed| closed < first) {
            return;
        }
        if kind == Kind::Quick {
            self.quick += u64::from(opened >= first);
            return;
        }
        self.total += 1;
        self.from_before += u64::from(opened < first);
        if closed.is_some_and(|closed| closed <= last) {
            self.closed += 1;
        } else {
            self.carried_over += 1;
        }
    }
}

/// What the matching of workers and families did in the year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct DomLine {
    /// Workers by the year of `registered_on`.
    pub workers_registered: u64,
    /// Families with an introduction issued in the year.
    pub families_with_sheets: u64,
}

/// What became of the year's matches, as far as it is known today: for those who
/// see records, not for the public.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct OutcomeLine {
    /// Sheets issued in the year.
    pub sheets: u64,
    /// Requests whose first sheet was issued in the year, and that count.
    pub requests: u64,
    /// Of them, known to have become a job.
    pub jobs: u64,
}

/// A code and how often it was stated.
pub type Ranked = (String, u64);

/// Of one desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeskFigures {
    #[serde(serialize_with = "code")]
    pub desk: DeskCode,
    pub total: u64,
    pub front_desk: u64,
    pub phone_email: u64,
    pub first_accesses: u64,
    pub italian_accesses: u64,
    pub prevailing_age_band: Option<String>,
    pub prevailing_sex: Option<String>,
    /// At most five.
    pub top_reasons: Vec<Ranked>,
    /// At most five, Italian not among them.
    pub top_citizenships: Vec<Ranked>,
    /// January first.
    pub by_month: [u64; 12],
    pub by_channel: ByChannel,
    pub accompaniments: Cases,
}

/// Accesses by how they came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ByChannel {
    pub front_desk: u64,
    pub telephone: u64,
    pub email: u64,
}

/// Accesses of people who live in one comune.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfComune {
    pub zone: &'static str,
    /// ISTAT code; `other`: every comune of no zone, and elsewhere.
    pub comune: String,
    pub accesses: u64,
}

/// The yearly report, in the form that `dom report access --json` prints.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct YearReport {
    pub year: i32,
    /// By code.
    pub desks: Vec<DeskFigures>,
    /// Most accesses first, then by code.
    pub by_comune: Vec<OfComune>,
    pub by_comune_total: u64,
    pub front_desk_total: u64,
    pub dom: DomLine,
}

/// How many values a list of the first ones has.
const FIRST: usize = 5;

impl YearReport {
    /// Of the desks named, from their counts of that year.
    pub fn of(
        year: i32,
        desks: &[DeskCode],
        counts: &Counts,
        cases: &BTreeMap<DeskCode, Cases>,
        dom: DomLine,
    ) -> Self {
        let figures = |desk: &DeskCode| {
            let cases = cases.get(desk).copied().unwrap_or_default();
            DeskFigures::of(desk, counts, cases)
        };
        let mut desks: Vec<_> = desks.iter().map(figures).collect();
        desks.sort_by(|a, b| a.desk.cmp(&b.desk));
        let by_comune = by_comune(counts, &desks);
        Self {
            year,
            by_comune_total: by_comune.iter().map(|row| row.accesses).sum(),
            front_desk_total: desks.iter().map(|desk| desk.front_desk).sum(),
            by_comune,
            desks,
            dom,
        }
    }
}

impl DeskFigures {
    fn of(desk: &DeskCode, counts: &Counts, cases: Cases) -> Self {
        let one = |dimension, value: &str| counts.one(Some(desk), dimension, value);
        let channel = |channel: Channel| one(Dimension::Channel, channel.code());
        let by_channel = ByChannel {
            front_desk: channel(Channel::FrontDesk),
            telephone: channel(Channel::Telephone),
            email: channel(Channel::Email),
        };
        let of = |dimension| counts.of(Some(desk), dimension);
        let mut citizenships = of(Dimension::Citizenship);
        let italian_accesses = citizenships.remove(ITALIAN).unwrap_or_default();
        let mut by_month = [0; 12];
        for (month, count) in (1..).zip(&mut by_month) {
            *count = one(Dimension::Month, &format!("{month:02}"));
        }
        Self {
            desk: desk.clone(),
            total: counts.total(Some(desk)),
            front_desk: by_channel.front_desk,
            phone_email: by_channel.telephone + by_channel.email,
            first_accesses: one(Dimension::FirstAccess, "yes"),
            italian_accesses,
            prevailing_age_band: prevailing(of(Dimension::AgeBand)),
            prevailing_sex: prevailing(of(Dimension::Sex)),
            top_reasons: first(of(Dimension::Reason)),
            top_citizenships: first(citizenships),
            by_month,
            by_channel,
            accompaniments: cases,
        }
    }
}

/// The code of Italian citizenship.
pub const ITALIAN: &str = "IT";
/// Stands in a list for what was not asked.
pub const UNKNOWN: &str = "unknown";

/// The most frequent stated value; the lower code where several are.
pub fn prevailing(mut counts: BTreeMap<&str, u64>) -> Option<String> {
    counts.remove(UNKNOWN);
    let first = ranked(counts).into_iter().next()?;
    Some(first.0)
}

/// By count, the highest first, then by code; values that nobody stated left out.
pub fn ranked(counts: BTreeMap<&str, u64>) -> Vec<Ranked> {
    let mut ranked: Vec<Ranked> = counts
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(code, count)| (code.to_owned(), count))
        .collect();
    // Stable: codes came ascending.
    ranked.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    ranked
}

fn first(counts: BTreeMap<&str, u64>) -> Vec<Ranked> {
    let mut first = ranked(counts);
    first.truncate(FIRST);
    first
}

/// Every comune of a zone, and one row for all others.
fn by_comune(counts: &Counts, desks: &[DeskFigures]) -> Vec<OfComune> {
    let of_zones = zones().iter().flat_map(Zone::comuni);
    let mut rows: Vec<OfComune> = of_zones
        .map(|comune| OfComune {
            zone: zone_of(*comune).id(),
            comune: comune.istat().to_owned(),
            accesses: 0,
        })
        .collect();
    let mut elsewhere = 0;
    for desk in desks {
        for (code, count) in counts.of(Some(&desk.desk), Dimension::Comune) {
            match rows.iter_mut().find(|row| row.comune == code) {
                Some(row) => row.accesses += count,
                None => elsewhere += count,
            }
        }
    }
    rows.push(OfComune {
        zone: Zone::OTHER,
        comune: Residence::OTHER.to_owned(),
        accesses: elsewhere,
    });
    rows.sort_by(|a, b| {
        b.accesses
            .cmp(&a.accesses)
            .then_with(|| a.comune.cmp(&b.comune))
    });
    rows
}

fn code<S: Serializer>(desk: &DeskCode, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(desk.as_str())
}
