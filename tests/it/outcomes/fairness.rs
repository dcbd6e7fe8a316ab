//! The look at fairness: how far groups came of people who fitted as well as each other.

use chrono::{Datelike as _, NaiveDate};
use dom::domain::outcome::fairness::{Candidate, Fairness, Group, Step};
use dom::domain::outcome::publish::LEAST;
use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::matching::dice::Dice;
use crate::support::cast::{Cast, today};
use crate::support::program::Program;

const FITTED: &str = "INSERT INTO first_fits (request_id, worker_id) \
     SELECT requests.id, workers.id FROM requests, workers";
/// Ten women and seven men.
const NAMED: &str = "INSERT INTO introductions (code, request_id, worker_id, issued_on, loaded_on) \
     SELECT 'I-' || workers.code, requests.id, workers.id, requests.opened_on, requests.opened_on \
     FROM requests, workers WHERE workers.code < 'W-010' OR workers.code > 'W-022'";

#[test]
fn how_far_each_group_came_is_told_beside_the_highest() {
    for program in Program::on_both() {
        let mut cast = Cast::on(today()).request("R-1", &[]);
        for n in 0..30 {
            let sex = if n < 15 { "f" } else { "m" };
            let own = [
                ("sex", sex),
                ("citizenship", "PE"),
                ("birth_date", "1980-01-01"),
            ];
            cast = cast.worker(&format!("W-{n:03}"), &own);
        }
        program.store(&cast);
        program.with_db(async |db| {
            let write = db.write().await.unwrap();
            for statement in [FITTED, NAMED] {
                write.execute_unprepared(statement).await.unwrap();
            }
            write.commit().await.unwrap();
        });
        let year = today().year().to_string();
        let asked = ["report", "fairness", "--year", &year];
        let told = program.ok(&[&asked[..], &["--json"]].concat());
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["people"], 30);
        let [women, men] = [&told["by_sex"][0], &told["by_sex"][1]];
        assert_eq!(women["people"], 15);
        assert_eq!(women["reached"], json!([10, 10, 0, 0]));
        assert_eq!(men["reached"], json!([7, 7, 0, 0]));
        assert_eq!(men["per_mille"], json!([467, 467, 0, 0]));
        assert_eq!(men["of_highest"], json!([700, 700, null, null]));
        assert_eq!(told["by_citizenship"][0]["group"], "PE");
        let text = program.ok(&asked);
        assert!(text.contains("su una scheda: 7 (46,7%)"), "{text}");
        assert!(
            text.contains("70,0%") && text.contains("quattro quinti"),
            "{text}"
        );
        let before = (today().year() - 1).to_string();
        let none = program.ok(&["report", "fairness", "--year", &before]);
        assert!(none.contains("troppo poche"), "{none}");
    }
}

const YEAR: i32 = 2026;
const WORLDS: u64 = 50;

/// Everybody of a small year: of some sexes and citizenships there is almost nobody, and few
/// come far.
fn candidates(dice: &mut Dice) -> Vec<Candidate> {
    const SIZES: [usize; 8] = [5, 7, 9, 12, 20, 35, 60, 120];
    const STEPS: [usize; 8] = [0, 0, 0, 1, 2, 2, 3, 4];
    let (size, nobody) = (SIZES[dice.below(SIZES.len())], dice.below(5));
    let one = |_| {
        let born = YEAR - 75 + i32::try_from(dice.below(55)).unwrap();
        let furthest = STEPS[dice.below(STEPS.len())];
        let step = if furthest == nobody { 0 } else { furthest };
        Candidate {
            sex: dice.pick(&["f", "f", "f", "f", "m", "m", "x"]).to_owned(),
            birth_date: (!dice.chance(10)).then(|| NaiveDate::from_ymd_opt(born, 3, 1).unwrap()),
            citizenship: (!dice.chance(10))
                .then(|| dice.pick(&["RO", "RO", "UA", "PE", "AL", "MD"]).to_owned()),
            step: Step::ALL[step],
        }
    };
    (0..size).map(one).collect()
}

/// The people of each column that is told, which an outsider may know.
fn totals(look: &Fairness, all: &[Candidate]) -> Vec<u32> {
    let mut totals = vec![0; look.steps.len()];
    for one in all {
        let told = |step: &&Step| look.steps.contains(&step.code());
        let came = Step::ALL.iter().filter(|step| **step <= one.step);
        totals[came.filter(told).count() - 1] += 1;
    }
    totals
}

/// How many of a group came so far: everybody, then each step after the first.
fn numbers(group: &Group) -> Vec<Option<u32>> {
    [&[group.people][..], &group.reached].concat()
}

/// Between how few and how many of a group may have come so far, by all that is told.
fn doubt(groups: &[Group], totals: &[u32], asked: (usize, usize)) -> f64 {
    let ends = [
        OptimizationDirection::Minimize,
        OptimizationDirection::Maximize,
    ];
    let [least, most] = ends.map(|direction| {
        let mut problem = Problem::new(direction);
        let mut cells: Vec<Vec<Variable>> = Vec::new();
        for at in 0..groups.len() {
            let of_column = |(column, total): (usize, &u32)| {
                let is_asked = at == asked.0 && column >= asked.1;
                let weight = if is_asked { 1.0 } else { 0.0 };
                problem.add_var(weight, (0.0, f64::from(*total)))
            };
            cells.push(totals.iter().enumerate().map(of_column).collect());
        }
        let mut equal = |terms: Vec<Variable>, value: u32| {
            let terms: Vec<(Variable, f64)> = terms.into_iter().map(|term| (term, 1.0)).collect();
            problem.add_constraint(terms, ComparisonOp::Eq, f64::from(value));
        };
        for (group, cells) in groups.iter().zip(&cells) {
            for (from, value) in numbers(group).into_iter().enumerate() {
                if let Some(value) = value {
                    equal(cells[from..].to_vec(), value);
                }
            }
        }
        for (column, total) in totals.iter().enumerate() {
            equal(cells.iter().map(|cells| cells[column]).collect(), *total);
        }
        match problem.solve().expect("the truth is a solution") {
            SolveOutcome::Solution(solution) => solution.objective(),
            SolveOutcome::Interrupted(_) => panic!("nothing limits the solver"),
        }
    });
    most - least
}

#[test]
fn of_random_years_every_withheld_number_stays_in_doubt() {
    let (mut told, mut withheld) = (0, 0);
    for seed in 0..WORLDS {
        let all = candidates(&mut Dice::new(seed));
        let look = Fairness::of(YEAR, &all);
        let totals = totals(&look, &all);
        for groups in [&look.by_sex, &look.by_age, &look.by_citizenship] {
            for (at, group) in groups.iter().enumerate() {
                for (from, number) in numbers(group).into_iter().enumerate() {
                    if let Some(number) = number {
                        told += 1;
                        assert!(number == 0 || number >= LEAST, "{seed}: {group:?}");
                        continue;
                    }
                    withheld += 1;
                    let doubt = doubt(groups, &totals, (at, from));
                    let least = f64::from(LEAST) - 1e-6;
                    assert!(doubt >= least, "{seed}: {doubt} from {from}: {group:?}");
                    // What is made of it is withheld too.
                    let rates = [&group.per_mille, &group.of_highest];
                    assert!(
                        from == 0 || rates.iter().all(|rates| rates[from - 1].is_none()),
                        "{seed}: {group:?}"
                    );
                }
            }
        }
    }
    assert!(told > 200 && withheld > 200, "{told} told, {withheld} not");
}
