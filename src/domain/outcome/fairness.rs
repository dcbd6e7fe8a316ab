//! Whether some people are named less often than others who fitted as well: by sex, age
//! and citizenship, how far those came in a year who fitted a request. A hint to look
//! closer, for people; nothing that matches reads it. Small groups, and what they could be
//! reckoned from, are withheld.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::publish::LEAST;
use super::rate::half_up;
use crate::domain::publishing::withhold::{Row, Sums, Table, decide};

/// How far somebody came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// They fitted a request.
    Fitted,
    /// They were asked about one.
    Asked,
    /// They stood on a sheet.
    Named,
    /// Somebody says that both met.
    Met,
    /// Somebody says that it became a job.
    Hired,
}

impl Step {
    /// All, in their order.
    pub const ALL: [Self; 5] = [
        Self::Fitted,
        Self::Asked,
        Self::Named,
        Self::Met,
        Self::Hired,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fitted => "fitted",
            Self::Asked => "asked",
            Self::Named => "named",
            Self::Met => "met",
            Self::Hired => "hired",
        }
    }
}

/// Somebody who fitted a request of the year, without a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// A code as records have it.
    pub sex: String,
    pub birth_date: Option<NaiveDate>,
    /// Two capital letters.
    pub citizenship: Option<String>,
    /// The furthest.
    pub step: Step,
}

/// The look at one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fairness {
    pub year: i32,
    /// Who fitted a request; nothing where they are too few to tell of.
    pub people: Option<u32>,
    /// Codes of the steps that are told; of so few that they can't be told apart the
    /// step before stands for both.
    pub steps: Vec<&'static str>,
    pub by_sex: Vec<Group>,
    pub by_age: Vec<Group>,
    pub by_citizenship: Vec<Group>,
}

/// One group; a number that is withheld is nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    pub group: String,
    pub people: Option<u32>,
    /// Of each step after the first: how many came so far, or further.
    pub reached: Vec<Option<u32>>,
    /// The same of a thousand of the group.
    pub per_mille: Vec<Option<u32>>,
    /// The rate of a thousand of the highest rate of any group: under 800 is less than
    /// four fifths.
    pub of_highest: Vec<Option<u32>>,
}

/// Who states nothing of it.
pub const NOT_STATED: &str = "not_stated";
/// Citizenships of so few that none of them is told.
pub const OTHERS: &str = "others";

/// Age at the year's end.
fn band(birth: Option<NaiveDate>, year: i32) -> &'static str {
    match birth.map(|day| year - day.year()) {
        None => NOT_STATED,
        Some(..=30) => "to_30",
        Some(31..=40) => "31_40",
        Some(41..=50) => "41_50",
        Some(51..=60) => "51_60",
        Some(_) => "over_60",
    }
}

/// The first steps of the columns that are told: none of them has only a few people.
fn columns(candidates: &[Candidate]) -> Vec<usize> {
    // Each with how many it has, the last column first.
    let mut starts: Vec<(usize, usize)> = Vec::new();
    let mut waiting = 0;
    for at in (0..Step::ALL.len()).rev() {
        let own = candidates.iter().filter(|one| one.step == Step::ALL[at]);
        waiting += own.count();
        if waiting == 0 || waiting >= LEAST as usize {
            starts.push((at, waiting));
            waiting = 0;
        }
    }
    if waiting > 0 {
        // Those who came least far are few: they stand with the next who are anybody.
        while starts.pop().is_some_and(|(_, people)| people == 0) {}
        starts.push((0, waiting));
    }
    starts.into_iter().rev().map(|(at, _)| at).collect()
}

impl Fairness {
    /// Of everybody who fitted.
    pub fn of(year: i32, candidates: &[Candidate]) -> Self {
        let count = u32::try_from(candidates.len()).unwrap_or(u32::MAX);
        if count < LEAST {
            return Self {
                year,
                people: None,
                steps: Vec::new(),
                by_sex: Vec::new(),
                by_age: Vec::new(),
                by_citizenship: Vec::new(),
            };
        }
        let starts = columns(candidates);
        let citizens = |one: &Candidate| {
            let stated = one.citizenship.clone();
            stated.unwrap_or_else(|| NOT_STATED.to_owned())
        };
        let mut citizenships = BTreeMap::<String, u32>::new();
        for one in candidates {
            *citizenships.entry(citizens(one)).or_default() += 1;
        }
        let or_others = |one: &Candidate| {
            let own = citizens(one);
            let many = own == NOT_STATED || citizenships[&own] >= LEAST;
            if many { own } else { OTHERS.to_owned() }
        };
        Self {
            year,
            people: Some(count),
            steps: starts.iter().map(|at| Step::ALL[*at].code()).collect(),
            by_sex: groups(candidates, &starts, |one| one.sex.clone()),
            by_age: groups(candidates, &starts, |one| {
                band(one.birth_date, year).to_owned()
            }),
            by_citizenship: groups(candidates, &starts, or_others),
        }
    }
}

fn groups(
    candidates: &[Candidate],
    starts: &[usize],
    group: impl Fn(&Candidate) -> String,
) -> Vec<Group> {
    let mut rows = BTreeMap::<String, Vec<u64>>::new();
    for one in candidates {
        let place = Step::ALL.iter().position(|step| *step == one.step);
        let place = place.unwrap_or_default();
        let column = starts.iter().rposition(|start| *start <= place);
        let cells = rows
            .entry(group(one))
            .or_insert_with(|| vec![0; starts.len()]);
        cells[column.unwrap_or_default()] += 1;
    }
    let totals = (0..starts.len()).map(|at| rows.values().map(|cells| cells[at]).sum::<u64>());
    let table = Table {
        sums: Sums::Whole,
        threshold: u64::from(LEAST),
        totals: Some(totals.collect()),
        rows: rows
            .values()
            .map(|cells| Row {
                group: 0,
                cells: cells.clone(),
                withheld: Vec::new(),
            })
            .collect(),
        groups: 1,
    };
    let shown = decide(&table);
    let mut groups: Vec<Group> = rows
        .into_iter()
        .zip(&shown.rows)
        .map(|((group, cells), shown)| told(group, &cells, shown))
        .collect();
    for step in 0..starts.len().saturating_sub(1) {
        let highest = groups.iter().filter_map(|one| one.per_mille[step]).max();
        for one in &mut groups {
            let of_highest = one.per_mille[step].zip(highest);
            one.of_highest
                .push(of_highest.and_then(|(rate, highest)| half_up(rate, highest)));
        }
    }
    groups
}

/// `shown`: each cell, then the sum of all.
fn told(group: String, cells: &[u64], shown: &[bool]) -> Group {
    let number = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    let people = shown[cells.len()].then(|| number(cells.iter().sum()));
    let reached = (1..cells.len()).map(|from| {
        let are_shown = |some: &[bool]| some.iter().all(|shown| *shown);
        // Who came so far is also everybody but those who did not: what can be reckoned so
        // from numbers that are told anyway is told.
        let all =
            are_shown(&shown[from..cells.len()]) || (people.is_some() && are_shown(&shown[..from]));
        all.then(|| number(cells[from..].iter().sum()))
    });
    let reached: Vec<Option<u32>> = reached.collect();
    let rate = |part: Option<u32>| part.zip(people).and_then(|(part, all)| half_up(part, all));
    Group {
        group,
        people,
        per_mille: reached.iter().copied().map(rate).collect(),
        reached,
        of_highest: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(sex: &str, step: Step, many: usize) -> Vec<Candidate> {
        let one = Candidate {
            sex: sex.to_owned(),
            birth_date: NaiveDate::from_ymd_opt(1980, 12, 31),
            citizenship: Some("PE".to_owned()),
            step,
        };
        vec![one; many]
    }

    #[test]
    fn rates_are_told_beside_the_highest() {
        let all = [
            people("f", Step::Fitted, 10),
            people("f", Step::Named, 20),
            people("f", Step::Hired, 10),
            people("m", Step::Fitted, 20),
            people("m", Step::Named, 10),
            people("m", Step::Hired, 10),
        ]
        .concat();
        let told = Fairness::of(2026, &all);
        assert_eq!(told.people, Some(80));
        assert_eq!(told.steps, ["fitted", "asked", "named", "met", "hired"]);
        let [women, men] = &told.by_sex[..] else {
            panic!("{told:?}")
        };
        assert_eq!((women.people, men.people), (Some(40), Some(40)));
        assert_eq!(women.per_mille, [750, 750, 250, 250].map(Some));
        assert_eq!(men.per_mille, [500, 500, 250, 250].map(Some));
        assert_eq!(women.of_highest, [1000; 4].map(Some));
        assert_eq!(men.of_highest, [667, 667, 1000, 1000].map(Some));
        assert_eq!(told.by_age.len(), 1);
        assert_eq!(told.by_age[0].group, "41_50", "46 at the year's end");
        assert_eq!(told.by_citizenship[0].group, "PE");
    }

    #[test]
    fn few_are_told_of_nowhere_and_cannot_be_reckoned() {
        assert_eq!(
            Fairness::of(2026, &people("f", Step::Named, 4)).people,
            None
        );
        let all = [
            people("f", Step::Fitted, 30),
            people("f", Step::Named, 28),
            people("m", Step::Fitted, 9),
            people("m", Step::Named, 2),
            people("x", Step::Fitted, 3),
            people("f", Step::Hired, 3),
        ]
        .concat();
        let told = Fairness::of(2026, &all);
        // Three that were hired stand with those who were named.
        assert_eq!(told.steps, ["fitted", "asked", "named"]);
        let [_, men, others] = &told.by_sex[..] else {
            panic!("{told:?}")
        };
        assert_eq!(men.reached, [None, None], "two were named");
        assert_eq!(others.people, None, "there are three");
        // What the others leave of the whole is no small number either.
        let known: u32 = told.by_sex.iter().filter_map(|one| one.people).sum();
        let hidden = told.people.unwrap() - known;
        assert!(hidden == 0 || hidden >= LEAST, "{told:?}");
    }

    #[test]
    fn a_step_that_nobody_stopped_at_hides_no_few_beside_it() {
        let all = [
            people("f", Step::Fitted, 2),
            people("f", Step::Named, 5),
            people("f", Step::Hired, 6),
        ];
        let told = Fairness::of(2026, &all.concat());
        // The two stand with the five; between them nobody was asked and no more.
        assert_eq!(told.steps, ["fitted", "met", "hired"]);
        assert_eq!(told.by_sex[0].people, Some(13));
        assert_eq!(told.by_sex[0].reached, [6, 6].map(Some));
    }

    #[test]
    fn what_can_be_reckoned_of_a_group_anyway_is_told() {
        let all = [
            people("f", Step::Named, 1),
            people("f", Step::Hired, 2),
            people("m", Step::Named, 4),
            people("m", Step::Hired, 2),
            people("x", Step::Named, 2),
            people("x", Step::Hired, 1),
        ];
        let told = Fairness::of(2026, &all.concat());
        assert_eq!(told.steps, ["fitted", "asked", "named", "met", "hired"]);
        let men = &told.by_sex[1];
        // Nobody only fitted, so that all six were asked, and named.
        assert_eq!(men.people, Some(6));
        assert_eq!(men.reached, [Some(6), Some(6), None, None]);
    }

    #[test]
    fn citizenships_of_few_stand_together() {
        let mut all = people("f", Step::Named, 20);
        for (at, code) in ["AL", "MA", "RO", "UA", "GE", "MD"].iter().enumerate() {
            all[at].citizenship = Some((*code).to_owned());
        }
        all[6].citizenship = None;
        let told = Fairness::of(2026, &all);
        let names: Vec<&str> = (told.by_citizenship.iter())
            .map(|one| one.group.as_str())
            .collect();
        assert_eq!(names, ["PE", NOT_STATED, OTHERS]);
    }
}
