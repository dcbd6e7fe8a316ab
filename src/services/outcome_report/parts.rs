//! The tables of the report, as codes and numbers: every form of the report is
//! written from this list and from nothing else.

use super::Report;
use super::withholding::withhold;
use crate::domain::outcome::{
    Endings, Figures, Placement, Quartiles, ResponseRates, Retained, States, half_up,
};

/// One table. The codes of parts, rows and columns have their words in the
/// catalogue, but for rows that are named otherwise.
#[derive(Debug, Clone)]
pub struct Part {
    pub code: &'static str,
    pub columns: Vec<&'static str>,
    pub rows: Vec<Row>,
}

impl Part {
    /// The cell of a row and a column, by their codes.
    pub fn cell(&self, row: &str, column: &str) -> Option<Cell> {
        let row = self.rows.iter().find(|one| one.code == row)?;
        let mut named = self.columns.iter().zip(&row.cells);
        named
            .find(|(code, _)| **code == column)
            .map(|(_, cell)| *cell)
    }

    /// The rate in a cell; none where it is withheld.
    pub fn rate(&self, row: &str, column: &str) -> Option<u32> {
        match self.cell(row, column)? {
            Cell::Rate(rate, _) => rate,
            _ => None,
        }
    }

    /// The number in a cell; none where it is withheld.
    pub fn number(&self, row: &str, column: &str) -> Option<u64> {
        match self.cell(row, column)? {
            Cell::Count(number) => Some(number),
            _ => None,
        }
    }
}

/// A row: one cell a column.
#[derive(Debug, Clone)]
pub struct Row {
    pub code: String,
    pub cells: Vec<Cell>,
}

/// A number and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    Count(u64),
    /// In per mille, and over how many.
    Rate(Option<u32>, u32),
    Days(Option<i64>),
    /// In per mille, and over how many.
    Kappa(Option<i64>, u32),
    Withheld,
    /// There is no such number.
    Nothing,
}

/// All parts, in their order.
pub const PART_CODES: [&str; 17] = [
    "funnel",
    "placement",
    "states",
    "requests",
    "time",
    "retention",
    "regular",
    "answered",
    "response",
    "channels",
    "agreement",
    "reasons",
    "blocked",
    "exposure",
    "by_desk",
    "by_arrangement",
    "by_partner",
];

/// All columns.
pub const COLUMN_CODES: [&str; 23] = [
    "number",
    "share",
    "rate",
    "q1",
    "median",
    "q3",
    "hires",
    "lower",
    "upper",
    "estimate",
    "at_risk",
    "asked",
    "rr1",
    "rr2",
    "family",
    "worker",
    "requests",
    "filled",
    "filled_at_most",
    "observed",
    "weighted",
    "kept_out",
    "nobody_first",
];

/// The rows that have a word of their own.
pub const FIGURE_CODES: [&str; 57] = [
    "opened",
    "sheets",
    "talked",
    "met",
    "hired",
    "notified",
    "together_90",
    "together_180",
    "lower",
    "upper",
    "strict_lower",
    "strict_upper",
    "observed",
    "wilson_low",
    "wilson_high",
    "weighted",
    "borrowed_cells",
    "need_met_lower",
    "need_met_upper",
    "open_calls",
    "filled",
    "filled_elsewhere",
    "not_filled",
    "conflict",
    "unknown",
    "without_sheet",
    "requests",
    "mature",
    "died",
    "residential_care",
    "moved",
    "duplicate",
    "to_first_sheet",
    "to_hire",
    "after_90",
    "after_180",
    "tally_no",
    "tally_dont_know",
    "tally_rather_not_say",
    "introductions",
    "answered_family",
    "answered_worker",
    "answered_any",
    "answered_both",
    "both_hired",
    "family_only",
    "worker_only",
    "both_no",
    "agree",
    "kappa",
    "fit_both_answered",
    "fit_both_yes",
    "looked",
    "nobody",
    "fitted",
    "introduced_once",
    "gini",
];

fn count(number: impl Into<u64>) -> Cell {
    Cell::Count(number.into())
}

fn row<const N: usize>(code: impl Into<String>, cells: [Cell; N]) -> Row {
    Row {
        code: code.into(),
        cells: cells.into(),
    }
}

fn part<const N: usize>(code: &'static str, columns: [&'static str; N], rows: Vec<Row>) -> Part {
    Part {
        code,
        columns: columns.into(),
        rows,
    }
}

impl Report {
    /// The tables, in the order of [`PART_CODES`], without what is not to be told.
    pub fn parts(&self) -> Vec<Part> {
        let mut parts = parts(&self.figures);
        if !self.whole {
            withhold(&self.figures, &mut parts);
        }
        parts
    }
}

fn parts(figures: &Figures) -> Vec<Part> {
    let desks = figures.by_desk.iter();
    let arrangements = figures.by_arrangement.iter();
    let partners = figures.by_partner.iter();
    vec![
        funnel(figures),
        placement(figures),
        states(figures),
        requests(figures),
        time(figures),
        retention(figures),
        regular(figures),
        answered(figures),
        response(figures),
        channels(figures),
        agreement(figures),
        reasons(figures),
        blocked(figures),
        exposure(figures),
        groups(
            "by_desk",
            desks.map(|one| (one.desk.as_str(), &one.states, &one.placement)),
        ),
        groups(
            "by_arrangement",
            arrangements.map(|one| (one.arrangement.as_str(), &one.states, &one.placement)),
        ),
        groups(
            "by_partner",
            partners.map(|one| (one.partner.as_str(), &one.states, &one.placement)),
        ),
    ]
}

fn groups<'a>(
    code: &'static str,
    groups: impl Iterator<Item = (&'a str, &'a States, &'a Placement)>,
) -> Part {
    let one = |(code, states, rates): (&str, &States, &Placement)| {
        let n = states.all();
        row(
            code,
            [
                count(n),
                count(states.filled),
                count(states.filled_at_most()),
                Cell::Rate(rates.lower, n),
                Cell::Rate(rates.upper, n),
                Cell::Rate(rates.observed, n),
                Cell::Rate(rates.weighted, n),
            ],
        )
    };
    let columns = [
        "requests",
        "filled",
        "filled_at_most",
        "lower",
        "upper",
        "observed",
        "weighted",
    ];
    part(code, columns, groups.map(one).collect())
}

fn funnel(figures: &Figures) -> Part {
    let n = figures.requests;
    let steps = &figures.beside.steps;
    let share = |part: u32| Cell::Rate(half_up(part, n), n);
    let step = |code: &str, part: u32| row(code, [count(part), share(part)]);
    let rows = vec![
        row("opened", [count(figures.opened), Cell::Nothing]),
        row("sheets", [count(n), Cell::Nothing]),
        step("talked", steps.talked),
        step("met", steps.met),
        step("hired", steps.hired),
        step("notified", steps.regular),
        step("together_90", steps.together_90),
        step("together_180", steps.together_180),
    ];
    part("funnel", ["number", "share"], rows)
}

fn placement(figures: &Figures) -> Part {
    let (n, rates) = (figures.requests, &figures.placement);
    let states = &figures.requests_by_state;
    let met = states.filled + states.filled_elsewhere;
    let met_at_most = met + states.conflict + states.unknown;
    let both = |code: &str, number: u32, rate| row(code, [count(number), Cell::Rate(rate, n)]);
    let rate = |code: &str, rate| row(code, [Cell::Nothing, Cell::Rate(rate, n)]);
    let number = |code: &str, number: u32| row(code, [count(number), Cell::Nothing]);
    let rows = vec![
        both("lower", states.filled, rates.lower),
        both("upper", states.filled_at_most(), rates.upper),
        rate("strict_lower", rates.strict_lower),
        rate("strict_upper", rates.strict_upper),
        both("need_met_lower", met, rates.need_met_lower),
        both("need_met_upper", met_at_most, rates.need_met_upper),
        rate("observed", rates.observed),
        rate("wilson_low", rates.wilson[0]),
        rate("wilson_high", rates.wilson[1]),
        rate("weighted", rates.weighted),
        number("borrowed_cells", rates.borrowed_cells),
        number("open_calls", figures.beside.open_calls),
    ];
    part("placement", ["number", "rate"], rows)
}

fn states(figures: &Figures) -> Part {
    let states = &figures.requests_by_state;
    let rows = [
        ("filled", states.filled),
        ("filled_elsewhere", states.filled_elsewhere),
        ("not_filled", states.not_filled),
        ("conflict", states.conflict),
        ("unknown", states.unknown),
    ];
    part("states", ["number"], numbers(rows))
}

fn numbers<const N: usize>(rows: [(&str, u32); N]) -> Vec<Row> {
    let one = |(code, number): (&str, u32)| row(code, [count(number)]);
    rows.into_iter().map(one).collect()
}

fn requests(figures: &Figures) -> Part {
    let excluded = &figures.excluded;
    let rows = [
        ("opened", figures.opened),
        ("without_sheet", figures.without_sheet),
        ("requests", figures.requests),
        ("mature", figures.mature),
        ("looked", figures.beside.blocked.looked),
        ("nobody", figures.beside.blocked.nobody),
        ("died", excluded.died),
        ("residential_care", excluded.residential_care),
        ("moved", excluded.moved),
        ("duplicate", excluded.duplicate),
    ];
    part("requests", ["number"], numbers(rows))
}

fn time(figures: &Figures) -> Part {
    let of = |code: &str, quartiles: &Quartiles| {
        let Quartiles { q1, median, q3, .. } = *quartiles;
        row(code, [q1, median, q3].map(Cell::Days))
    };
    let rows = vec![
        of("to_first_sheet", &figures.days_to_first_sheet),
        of("to_hire", &figures.days_to_hire),
    ];
    part("time", ["q1", "median", "q3"], rows)
}

fn retention(figures: &Figures) -> Part {
    let n = figures.retention.n;
    let of = |code: &str, retained: &Retained| {
        let Retained {
            lower,
            upper,
            estimate,
            at_risk,
            ..
        } = *retained;
        let [lower, upper, estimate] = [lower, upper, estimate].map(|rate| Cell::Rate(rate, n));
        row(code, [count(n), lower, upper, estimate, count(at_risk)])
    };
    let rows = vec![
        of("after_90", &figures.retention.after_90),
        of("after_180", &figures.retention.after_180),
    ];
    let columns = ["hires", "lower", "upper", "estimate", "at_risk"];
    part("retention", columns, rows)
}

fn regular(figures: &Figures) -> Part {
    let (regular, tally) = (&figures.regular, &figures.regular.tally);
    let tallied = |code: &str, number: u64| row(code, [count(number), Cell::Nothing]);
    let rows = vec![
        row("hired", [count(regular.hired), Cell::Nothing]),
        row(
            "notified",
            [count(regular.yes), Cell::Rate(regular.lower, regular.hired)],
        ),
        tallied("tally_no", tally.no),
        tallied("tally_dont_know", tally.dont_know),
        tallied("tally_rather_not_say", tally.rather_not_say),
    ];
    part("regular", ["number", "rate"], rows)
}

fn answered(figures: &Figures) -> Part {
    let answered = &figures.answered;
    let rows = [
        ("introductions", figures.introductions),
        ("answered_family", answered.family),
        ("answered_worker", answered.worker),
        ("answered_any", answered.any),
        ("answered_both", answered.both),
    ];
    part("answered", ["number"], numbers(rows))
}

/// Both sides, then each wave of each: `family`, `family-w1`.
fn response(figures: &Figures) -> Part {
    let waves = &figures.beside.waves;
    let line = |code: String, asked: u32, rates: Option<&ResponseRates>| {
        let rate = |of: fn(&ResponseRates) -> u32| Cell::Rate(rates.map(of), asked);
        row(
            code,
            [count(asked), rate(|one| one.rr1), rate(|one| one.rr2)],
        )
    };
    let mut rows = Vec::new();
    let sides = [
        ("family", figures.response.family.as_ref()),
        ("worker", figures.response.worker.as_ref()),
    ];
    for (code, rates) in sides {
        let of_side = || waves.iter().filter(|(side, ..)| side.code() == code);
        let asked = of_side().map(|(.., endings)| endings.eligible).sum();
        rows.push(line(code.to_owned(), asked, rates));
        for (side, wave, endings) in of_side() {
            let Endings { eligible, .. } = *endings;
            let code = format!("{}-{}", side.code(), wave.code());
            rows.push(line(code, eligible, endings.rates().as_ref()));
        }
    }
    part("response", ["asked", "rr1", "rr2"], rows)
}

fn channels(figures: &Figures) -> Part {
    let one = |(code, number): &(&str, u32)| {
        let code = if code.is_empty() { "not_stated" } else { code };
        row(code, [count(*number)])
    };
    let rows = figures.beside.channels.iter().map(one).collect();
    part("channels", ["number"], rows)
}

fn agreement(figures: &Figures) -> Part {
    let agreement = &figures.agreement;
    let pairs =
        agreement.both_hired + agreement.family_only + agreement.worker_only + agreement.both_no;
    let number = |code: &str, number: u32| row(code, [count(number), Cell::Nothing]);
    let rows = vec![
        number("both_hired", agreement.both_hired),
        number("family_only", agreement.family_only),
        number("worker_only", agreement.worker_only),
        number("both_no", agreement.both_no),
        row("agree", [Cell::Nothing, Cell::Rate(agreement.agree, pairs)]),
        row(
            "kappa",
            [Cell::Nothing, Cell::Kappa(agreement.kappa, pairs)],
        ),
        number("fit_both_answered", figures.fit.both_answered),
        number("fit_both_yes", figures.fit.both_yes),
    ];
    part("agreement", ["number", "rate"], rows)
}

fn reasons(figures: &Figures) -> Part {
    let one = |(code, [family, worker]): &(&'static str, [u32; 2])| {
        row(
            *code,
            [count(*family), count(*worker), count(family + worker)],
        )
    };
    let rows = figures.beside.reasons.iter().map(one).collect();
    part("reasons", ["family", "worker", "number"], rows)
}

/// The criteria that kept somebody out, in their order.
fn blocked(figures: &Figures) -> Part {
    let criteria = figures.beside.blocked.criteria.iter();
    let one = |(code, kept_out, first): &(String, u64, u32)| {
        row(code.as_str(), [count(*kept_out), count(*first)])
    };
    let rows = criteria.filter(|(_, kept_out, _)| *kept_out > 0).map(one);
    part("blocked", ["kept_out", "nobody_first"], rows.collect())
}

fn exposure(figures: &Figures) -> Part {
    let Some(exposure) = &figures.beside.exposure else {
        let unknown = |code: &str| row(code, [Cell::Nothing, Cell::Nothing]);
        let rows = ["fitted", "introduced_once", "gini"].map(unknown);
        return part("exposure", ["number", "rate"], rows.into());
    };
    let of = exposure.fitted;
    let once = half_up(exposure.introduced, of);
    let gini = exposure.gini.map(i64::from);
    let rows = vec![
        row("fitted", [count(of), Cell::Nothing]),
        row(
            "introduced_once",
            [count(exposure.introduced), Cell::Rate(once, of)],
        ),
        row("gini", [Cell::Nothing, Cell::Kappa(gini, of)]),
    ];
    part("exposure", ["number", "rate"], rows)
}
