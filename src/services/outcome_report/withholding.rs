//! What is taken out of the tables for those who only read: numbers of few, the
//! rates made of them, and what they could be reckoned from. How many requests
//! there are, how many became a job for certain and how many at most is the one
//! sentence of the report, and is told; nothing else splits these into few. Every
//! form of the report is written from what is left, the JSON by [`IN_JSON`].

use super::parts::{Cell, Part};
use crate::domain::outcome::publish::{
    LEAST, is_small, is_small_of_health, told_of_chain, withheld, withheld_states,
};
use crate::domain::outcome::{Endings, Figures, Placement, States};

/// Where the JSON has the numbers of a table: the place, the table, and for each
/// number that may be withheld its name there, its row and its column.
type Place = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str, &'static str)],
);

pub(super) const IN_JSON: [Place; 16] = [
    (
        "",
        "requests",
        &[
            ("opened", "opened", "number"),
            ("without_sheet", "without_sheet", "number"),
            ("mature", "mature", "number"),
        ],
    ),
    (
        "/excluded",
        "requests",
        &[
            ("died", "died", "number"),
            ("residential_care", "residential_care", "number"),
            ("moved", "moved", "number"),
            ("duplicate", "duplicate", "number"),
        ],
    ),
    (
        "/answered",
        "answered",
        &[
            ("family", "answered_family", "number"),
            ("worker", "answered_worker", "number"),
            ("any", "answered_any", "number"),
            ("both", "answered_both", "number"),
        ],
    ),
    (
        "/response/family",
        "response",
        &[("rr1", "family", "rr1"), ("rr2", "family", "rr2")],
    ),
    (
        "/response/worker",
        "response",
        &[("rr1", "worker", "rr1"), ("rr2", "worker", "rr2")],
    ),
    (
        "/requests_by_state",
        "states",
        &[
            ("filled_elsewhere", "filled_elsewhere", "number"),
            ("not_filled", "not_filled", "number"),
            ("conflict", "conflict", "number"),
            ("unknown", "unknown", "number"),
        ],
    ),
    (
        "/placement",
        "placement",
        &[
            ("strict_lower", "strict_lower", "rate"),
            ("strict_upper", "strict_upper", "rate"),
            ("observed", "observed", "rate"),
            ("weighted", "weighted", "rate"),
            ("need_met_lower", "need_met_lower", "rate"),
            ("need_met_upper", "need_met_upper", "rate"),
        ],
    ),
    (
        "/placement/wilson",
        "placement",
        &[("0", "wilson_low", "rate"), ("1", "wilson_high", "rate")],
    ),
    (
        "/regular",
        "regular",
        &[
            ("hired", "hired", "number"),
            ("yes", "notified", "number"),
            ("lower", "notified", "rate"),
        ],
    ),
    (
        "/regular/tally",
        "regular",
        &[
            ("no", "tally_no", "number"),
            ("dont_know", "tally_dont_know", "number"),
            ("rather_not_say", "tally_rather_not_say", "number"),
        ],
    ),
    ("/retention", "retention", &[("n", "after_90", "hires")]),
    (
        "/retention/90",
        "retention",
        &[
            ("lower", "after_90", "lower"),
            ("upper", "after_90", "upper"),
            ("estimate", "after_90", "estimate"),
            ("at_risk", "after_90", "at_risk"),
        ],
    ),
    (
        "/retention/180",
        "retention",
        &[
            ("lower", "after_180", "lower"),
            ("upper", "after_180", "upper"),
            ("estimate", "after_180", "estimate"),
            ("at_risk", "after_180", "at_risk"),
        ],
    ),
    (
        "/days_to_hire",
        "time",
        &[
            ("q1", "to_hire", "q1"),
            ("median", "to_hire", "median"),
            ("q3", "to_hire", "q3"),
        ],
    ),
    (
        "/agreement",
        "agreement",
        &[
            ("both_hired", "both_hired", "number"),
            ("family_only", "family_only", "number"),
            ("worker_only", "worker_only", "number"),
            ("both_no", "both_no", "number"),
            ("agree", "agree", "rate"),
            ("kappa", "kappa", "rate"),
        ],
    ),
    (
        "/fit",
        "agreement",
        &[
            ("both_answered", "fit_both_answered", "number"),
            ("both_yes", "fit_both_yes", "number"),
        ],
    ),
];

/// The tables, to be crossed out in.
struct Tables<'a>(&'a mut [Part]);

impl Tables<'_> {
    fn cells(&mut self, table: &str, row: &str, columns: &[&str]) {
        let of_table = self.0.iter_mut().filter(|part| part.code == table);
        for part in of_table {
            let columns_of = part.columns.clone();
            for found in part.rows.iter_mut().filter(|one| one.code == row) {
                let named = columns_of.iter().zip(&mut found.cells);
                for (column, cell) in named {
                    if *cell != Cell::Nothing && (columns.is_empty() || columns.contains(column)) {
                        *cell = Cell::Withheld;
                    }
                }
            }
        }
    }

    /// Withholds whole rows.
    fn rows(&mut self, table: &str, rows: &[&str]) {
        for row in rows {
            self.cells(table, row, &[]);
        }
    }

    /// Withholds whole rows unless they are told.
    fn unless<const N: usize>(&mut self, told: [bool; N], table: &str, rows: [&str; N]) {
        for (row, told) in rows.into_iter().zip(told) {
            if !told {
                self.rows(table, &[row]);
            }
        }
    }
}

/// Takes out of the tables of a period what few stand behind.
pub(super) fn withhold(figures: &Figures, parts: &mut [Part]) {
    let mut tables = Tables(parts);
    placement(figures, &mut tables);
    funnel(figures, &mut tables);
    requests(figures, &mut tables);
    jobs(figures, &mut tables);
    answers(figures, &mut tables);
    response(figures, &mut tables);
    blocked(figures, &mut tables);
    groups(figures, &mut tables);
}

fn any_small(numbers: &[u32]) -> bool {
    numbers.iter().any(|number| is_small(*number))
}

/// Whether the mature requests of each of the three sorts are nobody, all, or differ
/// from all by enough: then their rates tell of nobody.
fn estimates_are_told(states: &States, placement: &Placement) -> bool {
    let all = states.in_three();
    let mut pairs = all.into_iter().zip(placement.made_of.mature);
    pairs.all(|(all, mature)| told_of_chain(all, [mature], 0)[0] || all == mature)
}

const ESTIMATES: [&str; 4] = ["observed", "wilson_low", "wilson_high", "weighted"];

fn placement(figures: &Figures, tables: &mut Tables<'_>) {
    let states = &figures.requests_by_state;
    let made_of = &figures.placement.made_of;
    let [filled, no, open] = states.in_three();
    if any_small(&[states.filled_elsewhere, states.not_filled]) {
        tables.rows("states", &["filled_elsewhere", "not_filled"]);
        tables.rows("placement", &["need_met_lower", "need_met_upper"]);
    }
    if any_small(&[states.conflict, states.unknown]) {
        tables.rows("states", &["conflict", "unknown"]);
    }
    let strict = [
        told_of_chain(filled, [made_of.surely_filled], 0)[0],
        told_of_chain(no, [made_of.surely_not_filled], 0)[0],
    ];
    tables.unless(strict, "placement", ["strict_lower", "strict_upper"]);
    let calls = told_of_chain(open, [figures.beside.open_calls], 0);
    tables.unless(calls, "placement", ["open_calls"]);
    if !estimates_are_told(states, &figures.placement) {
        tables.rows("placement", &ESTIMATES);
    }
}

fn funnel(figures: &Figures, tables: &mut Tables<'_>) {
    let (steps, hired) = (&figures.beside.steps, figures.requests_by_state.filled);
    let before = told_of_chain(figures.requests, [steps.talked, steps.met], hired);
    tables.unless(before, "funnel", ["talked", "met"]);
    let regular = told_of_chain(hired, [steps.regular], 0);
    tables.unless(regular, "funnel", ["notified"]);
    let together = told_of_chain(hired, [steps.together_90, steps.together_180], 0);
    tables.unless(together, "funnel", ["together_90", "together_180"]);
}

fn requests(figures: &Figures, tables: &mut Tables<'_>) {
    if is_small(figures.opened) {
        tables.rows("funnel", &["opened"]);
        tables.rows("requests", &["opened", "without_sheet"]);
    }
    let without = told_of_chain(figures.opened, [figures.without_sheet], 0);
    tables.unless(without, "requests", ["without_sheet"]);
    let mature = told_of_chain(figures.requests, [figures.mature], 0);
    tables.unless(mature, "requests", ["mature"]);
    let blocked = &figures.beside.blocked;
    if is_small(blocked.looked) {
        tables.rows("requests", &["looked", "nobody"]);
    }
    let nobody = told_of_chain(blocked.looked, [blocked.nobody], 0);
    tables.unless(nobody, "requests", ["nobody"]);
    let excluded = &figures.excluded;
    let told = [excluded.died, excluded.residential_care].map(|number| !is_small_of_health(number));
    tables.unless(told, "requests", ["died", "residential_care"]);
    let told = [excluded.moved, excluded.duplicate].map(|number| !is_small(number));
    tables.unless(told, "requests", ["moved", "duplicate"]);
}

/// What became of those hired.
fn jobs(figures: &Figures, tables: &mut Tables<'_>) {
    if figures.days_to_hire.of < LEAST {
        tables.rows("time", &["to_hire"]);
    }
    let (regular, retention) = (&figures.regular, &figures.retention);
    tables.unless([!is_small(regular.hired)], "regular", ["hired"]);
    let notified = told_of_chain(regular.hired, [regular.yes], 0);
    tables.unless(notified, "regular", ["notified"]);
    let tally = [
        regular.tally.no,
        regular.tally.dont_know,
        regular.tally.rather_not_say,
    ];
    let told = tally.map(|number| !is_small(u32::try_from(number).unwrap_or(u32::MAX)));
    let rows = ["tally_no", "tally_dont_know", "tally_rather_not_say"];
    tables.unless(told, "regular", rows);
    let n = retention.n;
    let is_told = n >= LEAST && told_of_chain(regular.hired, [n], 0)[0];
    if !is_told {
        tables.rows("retention", &["after_90", "after_180"]);
        return;
    }
    // Who is told to be together after 90 days, to have ended by then, and the same later.
    let distances = [&retention.after_90, &retention.after_180];
    let together = told_of_chain(n, distances.map(|one| one.together), 0);
    let not_ended = told_of_chain(n, distances.map(|one| n - one.ended), 0);
    let at_risk = told_of_chain(n, distances.map(|one| one.at_risk), 0);
    let rows = ["after_90", "after_180"];
    for (at, one) in distances.into_iter().enumerate() {
        // Who is together until the very day of the end counts on both sides.
        let between = n.saturating_sub(one.ended + one.together);
        let is_told = together[at] && not_ended[at] && at_risk[at] && !is_small(between);
        if !is_told {
            let columns = ["lower", "upper", "estimate", "at_risk"];
            tables.cells("retention", rows[at], &columns);
        }
    }
}

/// Who said what.
fn answers(figures: &Figures, tables: &mut Tables<'_>) {
    let answered = &figures.answered;
    let alone = [answered.family, answered.worker].map(|side| side - answered.both);
    let silent = figures.introductions - answered.any;
    if any_small(&[answered.both, alone[0], alone[1], silent]) {
        let rows = ["family", "worker", "any", "both"].map(|side| format!("answered_{side}"));
        tables.rows("answered", &rows.each_ref().map(String::as_str));
    }
    for (code, number) in &figures.beside.channels {
        if is_small(*number) {
            let code = if code.is_empty() { "not_stated" } else { code };
            tables.rows("channels", &[code]);
        }
    }
    let agreement = &figures.agreement;
    let pairs = [
        agreement.both_hired,
        agreement.family_only,
        agreement.worker_only,
        agreement.both_no,
    ];
    if any_small(&pairs) {
        let rows = ["both_hired", "family_only", "worker_only", "both_no"];
        tables.rows("agreement", &rows);
        tables.rows("agreement", &["agree", "kappa"]);
    }
    let fit = &figures.fit;
    if is_small(fit.both_answered) {
        tables.rows("agreement", &["fit_both_answered", "fit_both_yes"]);
    }
    let yes = told_of_chain(fit.both_answered, [fit.both_yes], 0);
    tables.unless(yes, "agreement", ["fit_both_yes"]);
    for (code, sides) in &figures.beside.reasons {
        if any_small(sides) {
            tables.cells("reasons", code, &["family", "worker"]);
        }
        if is_small(sides.iter().sum()) {
            tables.rows("reasons", &[code]);
        }
    }
}

/// The waves of a side add up to the side: all of them are told, or none.
fn response(figures: &Figures, tables: &mut Tables<'_>) {
    let few = |of: &Endings| {
        let silent = of.eligible - of.complete - of.partial;
        any_small(&[of.complete, of.partial, silent])
    };
    for side in ["family", "worker"] {
        let of_side = figures.beside.waves.iter();
        let of_side: Vec<_> = of_side.filter(|(one, ..)| one.code() == side).collect();
        let together = of_side
            .iter()
            .fold(Endings::default(), |sum, (.., one)| sum.and(*one));
        if few(&together) {
            tables.rows("response", &[side]);
        }
        if few(&together) || of_side.iter().any(|(.., one)| few(one)) {
            for (_, wave, _) in of_side {
                tables.rows("response", &[&format!("{side}-{}", wave.code())]);
            }
        }
    }
}

fn blocked(figures: &Figures, tables: &mut Tables<'_>) {
    let criteria = &figures.beside.blocked.criteria;
    let few_first = criteria.iter().any(|(_, _, first)| is_small(*first));
    for (code, kept_out, _) in criteria {
        if is_small(u32::try_from(*kept_out).unwrap_or(u32::MAX)) {
            tables.cells("blocked", code, &["kept_out"]);
        }
        if few_first {
            tables.cells("blocked", code, &["nobody_first"]);
        }
    }
    if let Some(exposure) = &figures.beside.exposure {
        if exposure.fitted < LEAST {
            tables.rows("exposure", &["fitted", "introduced_once", "gini"]);
        }
        let once = told_of_chain(exposure.fitted, [exposure.introduced], 0);
        tables.unless(once, "exposure", ["introduced_once"]);
    }
}

fn groups(figures: &Figures, tables: &mut Tables<'_>) {
    let of_all = estimates_are_told(&figures.requests_by_state, &figures.placement);
    let desks = figures.by_desk.iter();
    let desks = desks.map(|one| (one.desk.as_str(), &one.states, &one.placement));
    group("by_desk", &desks.collect::<Vec<_>>(), of_all, tables);
    let arrangements = figures.by_arrangement.iter();
    let arrangements =
        arrangements.map(|one| (one.arrangement.as_str(), &one.states, &one.placement));
    group(
        "by_arrangement",
        &arrangements.collect::<Vec<_>>(),
        of_all,
        tables,
    );
    let partners = figures.by_partner.iter();
    let partners = partners.map(|one| (one.partner.as_str(), &one.states, &one.placement));
    group("by_partner", &partners.collect::<Vec<_>>(), of_all, tables);
}

/// `of_all`: whether the estimates over all groups are told.
fn group(
    table: &str,
    groups: &[(&str, &States, &Placement)],
    of_all: bool,
    tables: &mut Tables<'_>,
) {
    let sizes: Vec<u32> = groups.iter().map(|(_, states, _)| states.all()).collect();
    let parts: Vec<[u32; 3]> = groups
        .iter()
        .map(|(_, states, _)| states.in_three())
        .collect();
    let none = withheld(&sizes);
    let became = withheld_states(&parts, &none);
    let mut told = groups.iter().zip(&became).filter(|(_, hidden)| !**hidden);
    // One estimate that is missing could be reckoned from the others and the whole.
    let estimates =
        of_all && told.all(|((_, states, placement), _)| estimates_are_told(states, placement));
    for (at, (code, ..)) in groups.iter().enumerate() {
        if none[at] {
            tables.rows(table, &[code]);
        } else if became[at] {
            tables.cells(
                table,
                code,
                &[
                    "filled",
                    "filled_at_most",
                    "lower",
                    "upper",
                    "observed",
                    "weighted",
                ],
            );
        } else if !estimates {
            tables.cells(table, code, &["observed", "weighted"]);
        }
    }
}
