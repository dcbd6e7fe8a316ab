//! A pool that was changed one worker and one introduction at a time answers as
//! one that was made of the outcome, and so does the same laid out anew.

use dom::domain::place::{Comune, distance_m};
use dom::matching::{Introduction, Pool, Search, Weights, answer, explain};

use super::dice::Dice;
use super::people::{request, worker};
use super::random;
use super::rows::{Row, World, cell, date, need, pool_worker};

fn json(pool: &Pool, world: &World) -> String {
    let needs = world.requests.iter().filter_map(|row| need(row).ok());
    let (today, weights) = (world.today(), world.weights());
    let answers = needs.map(|need| {
        let search = Search {
            pool,
            need: &need,
            today,
            weights: &weights,
        };
        let answer = answer(pool, &need, today, &weights, None);
        (answer, search.held_back())
    });
    serde_json::to_string(&answers.collect::<Vec<_>>()).unwrap()
}

fn introduction(row: &Row) -> Introduction {
    Introduction {
        worker: cell(row, "worker").to_owned(),
        request: cell(row, "request").to_owned(),
        issued_on: date(cell(row, "issued_on")),
    }
}

/// Makes some rows of one world those of another, in the pool and in the world.
fn change(dice: &mut Dice, pool: &mut Pool, world: &mut World, other: &World) {
    for row in &other.introductions {
        if dice.chance(30) {
            pool.introduce(introduction(row));
            world.introductions.push(row.clone());
        }
    }
    for row in &other.workers {
        let code = cell(row, "code");
        if dice.chance(60) {
            match pool_worker(row) {
                Some(worker) => pool.upsert(worker),
                None => pool.remove(code),
            }
            world.workers.retain(|one| cell(one, "code") != code);
            world.workers.push(row.clone());
        } else if dice.chance(30) {
            pool.remove(code);
            world.workers.retain(|one| cell(one, "code") != code);
        }
    }
    for row in world.introductions.clone() {
        let (worker, request) = (cell(&row, "worker"), cell(&row, "request"));
        if dice.chance(20) {
            pool.forget_introduction(worker, request);
            (world.introductions)
                .retain(|one| cell(one, "worker") != worker || cell(one, "request") != request);
        }
        if dice.chance(5) {
            pool.introduce(introduction(&row));
            world.introductions.push(row.clone());
        }
    }
}

#[test]
fn a_changed_pool_answers_as_one_made_of_the_outcome() {
    let (mut people, mut fits) = (0, 0);
    for seed in 0..400 {
        let mut dice = Dice::new(seed);
        let mut world = random::world(seed);
        let mut pool = world.pool();
        for round in 1..4 {
            let other = random::world(seed + 1_000 * round);
            change(&mut dice, &mut pool, &mut world, &other);
            let fresh = world.pool();
            let expected = json(&fresh, &world);
            assert_eq!(json(&pool, &world), expected, "seed {seed}, round {round}");
            assert_eq!(pool.len(), fresh.len(), "seed {seed}, round {round}");
            let anew = pool.rebuilt();
            assert_eq!(json(&anew, &world), expected, "seed {seed}, laid out anew");
            if dice.chance(30) {
                pool = anew;
            }
            people += fresh.len();
            fits += expected.matches("\"band\"").count();
        }
    }
    assert!(
        people > 5_000 && fits > 1_000,
        "{people} people, {fits} fits"
    );
}

#[test]
fn an_introduction_of_somebody_outside_counts_from_the_day_they_enter() {
    let row = worker("W-1", &[]);
    let asked = need(&request(&[])).unwrap();
    let introduced = |pool: &Pool| {
        let weights = Weights::default();
        let answer = answer(pool, &asked, World::default().today(), &weights, None);
        answer.introduced.len()
    };
    let known = Introduction {
        worker: "W-1".to_owned(),
        request: "R-000001".to_owned(),
        issued_on: date("2026-11-01"),
    };
    let mut pool = Pool::new(Vec::new(), vec![known]);
    assert_eq!(introduced(&pool), 0);
    pool.upsert(pool_worker(&row).unwrap());
    assert_eq!(introduced(&pool), 1);
    assert_eq!(introduced(&pool.rebuilt()), 1);
    pool.remove("W-1");
    assert_eq!(introduced(&pool), 0);
    pool.upsert(pool_worker(&row).unwrap());
    pool.forget_introduction("W-1", "R-000001");
    assert_eq!(introduced(&pool), 0);
    assert_eq!(introduced(&pool.rebuilt()), 0);
}

#[test]
fn of_a_hundred_people_whose_introductions_are_looked_for_each_has_their_own() {
    let code = |i: u32| format!("W-{i:03}");
    let people = (0..100).map(|i| pool_worker(&worker(&code(i), &[])).unwrap());
    // Between the first and the last stand blocks of rows with none.
    let known = [0, 97].map(|i| Introduction {
        worker: code(i),
        request: "R-000009".to_owned(),
        issued_on: date("2026-11-01"),
    });
    let pool = Pool::new(people.collect(), known.to_vec());
    let asked = need(&request(&[])).unwrap();
    let weights = Weights::default();
    let answer = answer(&pool, &asked, World::default().today(), &weights, None);
    assert_eq!(answer.fits.len(), 100);
    let introduced = answer.fits.iter();
    let introduced = introduced.filter(|fit| fit.requests_introduced_90d == 1);
    let mut introduced: Vec<&str> = introduced.map(|fit| fit.worker.as_str()).collect();
    introduced.sort_unstable();
    assert_eq!(introduced, ["W-000", "W-097"]);
}

#[test]
fn a_thousand_changes_ask_for_a_new_layout() {
    let mut pool = Pool::default();
    for i in 0..1_000 {
        let code = format!("W-{i}");
        pool.upsert(pool_worker(&worker(&code, &[])).unwrap());
    }
    assert!(!pool.needs_rebuild());
    pool.upsert(pool_worker(&worker("W-more", &[])).unwrap());
    assert!(pool.needs_rebuild());
    let anew = pool.rebuilt();
    assert!(!anew.needs_rebuild());
    assert_eq!((anew.len(), pool.len()), (1_001, 1_001));
}

#[test]
fn every_distance_is_the_one_of_the_table_to_the_metre() {
    let people = Comune::all().map(|comune| {
        let code = format!("W-{}", comune.istat());
        let mut one = pool_worker(&worker(&code, &[])).unwrap();
        one.comune = comune;
        one
    });
    let pool = Pool::new(people.collect(), Vec::new());
    let today = World::default().today();
    for to in Comune::all().step_by(1_300) {
        let need = need(&request(&[("comune", to.istat())])).unwrap();
        for from in Comune::all() {
            let code = format!("W-{}", from.istat());
            let explained = explain(&pool, &code, &need, today, &Weights::default()).unwrap();
            assert_eq!(
                explained.distance_m,
                distance_m(from, to),
                "{from:?} {to:?}"
            );
        }
    }
}
