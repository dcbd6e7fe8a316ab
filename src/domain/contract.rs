//! The collective agreement for domestic work: kinds of arrangement, levels,
//! dated minimum pay and dated limits. Every figure comes from a row with its
//! source and first day; none is a constant here. Not here: contributions and
//! total cost, which the service never reckons.

use std::fmt;
use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Deserialize;

use super::money::Cents;
use super::reference;
use super::text::Line;

/// How the work is arranged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Arrangement {
    Hourly,
    LiveIn,
    Night,
}

impl Arrangement {
    pub const ALL: [Self; 3] = [Self::Hourly, Self::LiveIn, Self::Night];

    /// `hourly`, `live_in` or `night`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Hourly => "hourly",
            Self::LiveIn => "live_in",
            Self::Night => "night",
        }
    }

    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

impl fmt::Display for Arrangement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// The arrangements somebody accepts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Arrangements(u8);

impl Arrangements {
    pub fn insert(&mut self, one: Arrangement) {
        self.0 |= 1 << one as u8;
    }

    pub fn contains(self, one: Arrangement) -> bool {
        self.0 >> one as u8 & 1 == 1
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Arrangement> {
        Arrangement::ALL
            .into_iter()
            .filter(move |one| self.contains(*one))
    }

    /// Hourly or night work is done from one's own home, so a reach in
    /// kilometres has to be stated.
    pub fn need_max_km(self) -> bool {
        self.contains(Arrangement::Hourly) || self.contains(Arrangement::Night)
    }
}

impl FromIterator<Arrangement> for Arrangements {
    fn from_iter<I: IntoIterator<Item = Arrangement>>(members: I) -> Self {
        let mut set = Self::default();
        for one in members {
            set.insert(one);
        }
        set
    }
}

/// The two contractual forms of living in, by their hours a week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum LiveInHours {
    #[default]
    Full,
    Reduced,
}

impl LiveInHours {
    /// 54 or 30, as a request states them.
    pub fn hours(self) -> u32 {
        match self {
            Self::Full => 54,
            Self::Reduced => 30,
        }
    }

    pub fn from_hours(hours: u32) -> Option<Self> {
        [Self::Full, Self::Reduced]
            .into_iter()
            .find(|form| form.hours() == hours)
    }
}

/// One level of `data/ccnl_levels.csv`, by its place in the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CcnlLevel(u8);

#[derive(Deserialize)]
struct LevelRow {
    code: String,
    title_it: String,
    description_it: String,
    gloss_en: String,
    source: String,
}

fn levels() -> &'static [LevelRow] {
    static ROWS: OnceLock<Vec<LevelRow>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let text = include_str!("../../data/ccnl_levels.csv");
        reference::table("ccnl_levels.csv", text)
    })
}

impl CcnlLevel {
    /// Every level, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        (0u8..).map(Self).take(levels().len())
    }

    pub fn by_code(code: &str) -> Option<Self> {
        Self::all().find(|level| level.code() == code)
    }

    fn row(self) -> &'static LevelRow {
        &levels()[usize::from(self.0)]
    }

    pub fn code(self) -> &'static str {
        &self.row().code
    }

    pub fn title_it(self) -> &'static str {
        &self.row().title_it
    }

    pub fn description_it(self) -> &'static str {
        &self.row().description_it
    }

    pub fn gloss_en(self) -> &'static str {
        &self.row().gloss_en
    }

    pub fn source(self) -> &'static str {
        &self.row().source
    }
}

impl fmt::Debug for CcnlLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// What an amount pays for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Hour,
    Month,
    Day,
}

/// A dated row of minimum pay.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Minimum {
    /// `A` to `G` of the agreement.
    pub table: &'static str,
    /// The level as the table names it: a night level without its `N_`.
    pub level: &'static str,
    pub unit: Unit,
    /// The minimum, the function allowance included.
    pub amount: Cents,
    /// The part of `amount` that is function allowance, where stated.
    pub allowance: Option<Cents>,
    pub valid_from: NaiveDate,
    pub source: &'static str,
    /// Empty where one source had to do.
    pub second_source: &'static str,
}

impl Minimum {
    /// What the row is known by: table, level and first day.
    pub fn code(&self) -> String {
        format!("{}-{}-{}", self.table, self.level, self.valid_from)
    }

    /// The row of a code.
    pub fn by_code(code: &str) -> Option<&'static Self> {
        minimums().iter().find(|row| row.code() == code)
    }
}

/// From a day on a row of the tables counts as wrong, or as right after all, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinimumRule {
    /// The row's code.
    pub minimum: String,
    pub is_wrong: bool,
    pub reason: Line,
    pub valid_from: NaiveDate,
}

#[derive(Deserialize)]
struct MinimumRow {
    valid_from: NaiveDate,
    ccnl_table: String,
    level: String,
    unit: Unit,
    amount_eur: String,
    function_allowance_eur: String,
    source: String,
    second_source: String,
}

fn minimums() -> &'static [Minimum] {
    static ROWS: OnceLock<Vec<MinimumRow>> = OnceLock::new();
    static MINIMUMS: OnceLock<Vec<Minimum>> = OnceLock::new();
    MINIMUMS.get_or_init(|| {
        let rows = ROWS.get_or_init(|| {
            let text = include_str!("../../data/ccnl_minimums.csv");
            reference::table("ccnl_minimums.csv", text)
        });
        rows.iter().map(MinimumRow::read).collect()
    })
}

impl MinimumRow {
    fn read(&'static self) -> Minimum {
        let amount = Cents::parse(&self.amount_eur).expect("table amounts are euro");
        let allowance = (!self.function_allowance_eur.is_empty()).then(|| {
            Cents::parse(&self.function_allowance_eur).expect("table allowances are euro")
        });
        let sum = amount.cents() + allowance.map_or(0, Cents::cents);
        Minimum {
            table: &self.ccnl_table,
            level: &self.level,
            unit: self.unit,
            amount: Cents::new(sum).expect("a minimum is below the absurd"),
            allowance,
            valid_from: self.valid_from,
            source: &self.source,
            second_source: &self.second_source,
        }
    }
}

/// Every row of the minimum pay tables, in the order of the file.
pub fn all_minimums() -> &'static [Minimum] {
    minimums()
}

/// The rows that offers are held against on a day or later: of each table and level the last
/// up to the day, and those to come; in the order of the file.
pub fn minimums_from(day: NaiveDate) -> Vec<&'static Minimum> {
    let follows = |row: &Minimum, later: &Minimum| {
        let same = (row.table, row.level) == (later.table, later.level);
        same && later.valid_from > row.valid_from && later.valid_from <= day
    };
    minimums()
        .iter()
        .filter(|row| row.unit != Unit::Day)
        .filter(|row| !minimums().iter().any(|later| follows(row, later)))
        .collect()
}

/// The minimum in force on the day for this kind of work: `live_in` by table A
/// or, in the reduced form, B; `hourly` by C, or G where it covers somebody's
/// rest days; `night` by D, or E for mere presence. None where no row says.
pub fn minimum(
    day: NaiveDate,
    level: CcnlLevel,
    arrangement: Arrangement,
    live_in_hours: LiveInHours,
    covers_rest: bool,
) -> Option<&'static Minimum> {
    let code = level.code();
    let (table, code) = match arrangement {
        Arrangement::LiveIn if live_in_hours == LiveInHours::Reduced => ("B", code),
        Arrangement::LiveIn => ("A", code),
        Arrangement::Hourly if covers_rest => ("G", code),
        Arrangement::Hourly => ("C", code),
        Arrangement::Night if code == "UNICO" => ("E", code),
        Arrangement::Night => ("D", code.strip_prefix("N_")?),
    };
    minimums()
        .iter()
        .filter(|row| row.table == table && row.level == code && row.valid_from <= day)
        .max_by_key(|row| row.valid_from)
}

/// A dated limit of the agreement, from `data/ccnl_limits.csv`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Limit {
    pub valid_from: NaiveDate,
    arrangement: String,
    #[serde(rename = "limit")]
    name: String,
    value: String,
    note_it: String,
    source: String,
}

impl Limit {
    /// `hourly`, `live_in`, `live_in_reduced`, `night_care`, `night_presence` or
    /// `any`.
    pub fn arrangement(&self) -> &str {
        &self.arrangement
    }

    /// `max_hours_week`, `max_hours_day`, `min_daily_rest_hours`,
    /// `min_weekly_rest_hours` or `window`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Hours, or a window such as `20:00-08:00`.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// None for a window.
    pub fn hours(&self) -> Option<u32> {
        self.value.parse().ok()
    }

    /// Half-hours; none for a window.
    pub fn half_hours(&self) -> Option<u32> {
        self.hours().map(|hours| hours * 2)
    }

    pub fn note_it(&self) -> &str {
        &self.note_it
    }

    pub fn source(&self) -> &str {
        &self.source
    }
}

/// Every limit, in the order of the file.
pub fn limits() -> &'static [Limit] {
    static ROWS: OnceLock<Vec<Limit>> = OnceLock::new();
    ROWS.get_or_init(|| {
        let text = include_str!("../../data/ccnl_limits.csv");
        reference::table("ccnl_limits.csv", text)
    })
}

/// The limit in force on the day; none where the table has no such row yet.
pub fn limit(day: NaiveDate, arrangement: &str, name: &str) -> Option<&'static Limit> {
    limits()
        .iter()
        .filter(|row| row.arrangement == arrangement && row.name == name)
        .filter(|row| row.valid_from <= day)
        .max_by_key(|row| row.valid_from)
}
