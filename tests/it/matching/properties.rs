//! What holds whatever the people: the order things came in never matters, more
//! overlap never lowers a score, nothing protected is looked at.

use std::collections::BTreeMap;
use std::path::Path;

use dom::domain::week::WeekGrid;
use dom::matching::{
    Answer, Components, Criterion, Fit, ListedBy, PoolWorker, Ranked, Search, Team, Weights,
    WeightsError, answer, answer_by, explain,
};

use super::dice::Dice;
use super::random;
use super::rows::{Row, World, cell, need, pool_worker};

fn shuffle<T>(dice: &mut Dice, items: &mut [T]) {
    for i in (1..items.len()).rev() {
        items.swap(i, dice.below(i + 1));
    }
}

fn answers(world: &World) -> Vec<Answer> {
    let pool = world.pool();
    let needs = world.requests.iter().filter_map(|row| need(row).ok());
    needs
        .map(|need| answer(&pool, &need, world.today(), &world.weights(), None))
        .collect()
}

fn json(world: &World) -> String {
    serde_json::to_string(&answers(world)).unwrap()
}

#[test]
fn the_order_of_people_lists_and_introductions_never_matters() {
    for seed in 0..300 {
        let world = random::world(seed);
        let mut dice = Dice::new(seed);
        let mut shuffled = world.clone();
        shuffle(&mut dice, &mut shuffled.workers);
        shuffle(&mut dice, &mut shuffled.introductions);
        for row in shuffled.workers.iter_mut().chain(&mut shuffled.requests) {
            for (column, separator) in [
                ("skills", "|"),
                ("languages", "|"),
                ("qualifications", "|"),
                ("arrangements", "|"),
                ("extra_comuni", "|"),
                ("required_skills", "|"),
                ("preferred_skills", "|"),
                ("required_languages", "|"),
                ("availability", "; "),
                ("schedule", "; "),
            ] {
                let mut items: Vec<&str> = cell(row, column).split(separator).collect();
                shuffle(&mut dice, &mut items);
                let items = items.join(separator);
                row.insert(column.to_owned(), items);
            }
        }
        assert_eq!(json(&world), json(&shuffled), "seed {seed}");
    }
}

#[test]
fn more_overlap_never_lowers_a_score() {
    let mut raised = 0;
    for seed in 0..300 {
        let world = random::world(seed);
        let mut dice = Dice::new(seed);
        let mut freer = world.clone();
        for row in &mut freer.workers {
            let before = WeekGrid::parse(cell(row, "availability")).unwrap();
            let more = WeekGrid::from_slots((0..40).map(|_| dice.below(336)));
            row.insert("availability".to_owned(), before.or(&more).to_string());
        }
        let (before, after) = (world.pool(), freer.pool());
        for need in world.requests.iter().filter_map(|row| need(row).ok()) {
            for row in &world.workers {
                let points = |pool| {
                    let weights = world.weights();
                    explain(pool, cell(row, "code"), &need, world.today(), &weights)
                        .map(|explanation| explanation.components.sum())
                };
                let (before, after) = (points(&before), points(&after));
                assert!(after >= before, "seed {seed}: {before:?} became {after:?}");
                raised += u32::from(after > before);
            }
        }
    }
    assert!(raised > 1_000, "only {raised} scores were raised");
}

#[test]
fn the_sex_of_a_worker_changes_nothing_where_no_ground_is_stated() {
    let mut requests = 0;
    for seed in 0..500 {
        let mut world = random::world(seed);
        world
            .requests
            .retain(|row| cell(row, "worker_sex").is_empty());
        requests += world.requests.len();
        let before = json(&world);
        for row in &mut world.workers {
            let other = if cell(row, "sex") == "f" { "m" } else { "f" };
            row.insert("sex".to_owned(), other.to_owned());
        }
        assert_eq!(before, json(&world), "seed {seed}");
    }
    assert!(requests >= 1_000, "only {requests} requests");
}

/// Names every field: one more, and this no longer compiles until somebody has
/// thought about whether matching may know it.
#[test]
fn a_pool_worker_holds_nothing_protected() {
    let world = random::world(1);
    let worker = world.workers.iter().find_map(pool_worker).unwrap();
    let PoolWorker {
        code: _,
        authorised_on: _,
        comune: _,
        max_km: _,
        extra_comuni: _,
        relocates: _,
        arrangements: _,
        availability: _,
        available_from: _,
        confirmed_on: _,
        skills: _,
        qualifications: _,
        languages: _,
        experience_years: _,
        min_pay_hour: _,
        min_pay_month: _,
        permit_type: _,
        permit_until: _,
        renewal_receipt: _,
        work_right_confirmed: _,
        max_hours_week: _,
        accreditation: _,
        sex: _,
    } = worker;
}

#[test]
fn the_source_of_matching_names_no_protected_column() {
    const PROTECTED: [&str; 18] = [
        "given_name",
        "family_name",
        "name_own_script",
        "birth_date",
        "birth",
        "age",
        "citizenship",
        "nationality",
        "country",
        "Country",
        "religion",
        "ethnic",
        "marital",
        "pregnancy",
        "health",
        "phone",
        "email",
        "address",
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/matching");
    let mut files = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let source = std::fs::read_to_string(&path).unwrap();
        files += 1;
        let code = source
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            let word = |c: char| c.is_alphanumeric() || c == '_';
            for identifier in line.split(|c| !word(c)) {
                assert!(
                    !PROTECTED.contains(&identifier),
                    "{} names {identifier}: {line}",
                    path.display()
                );
            }
        }
    }
    assert!(files >= 12, "only {files} files were looked at");
}

#[test]
fn weights_that_do_not_sum_to_100_are_refused() {
    let mut parts = *Weights::default().parts();
    assert_eq!(Weights::new(parts), Ok(Weights::default()));
    parts.freshness = 6;
    assert_eq!(Weights::new(parts), Err(WeightsError(101)));
    let overflow = Components {
        coverage: u32::MAX,
        preferred_skills: 101,
        ..Components::default()
    };
    assert!(Weights::new(overflow).is_err());
}

/// How many fail each criterion, by the explanation of everybody who takes part.
fn failing_one_by_one(world: &World, search: &Search, whole: &Answer) -> BTreeMap<Criterion, u32> {
    let mut counts = BTreeMap::new();
    for row in &world.workers {
        let code = cell(row, "code");
        if whole.introduced.iter().any(|one| one.worker == code) {
            continue;
        }
        let told = explain(search.pool, code, search.need, search.today, search.weights);
        let criteria = told.into_iter().flat_map(|told| told.criteria);
        for (criterion, _) in criteria.filter(|(_, shortfall)| shortfall.is_some()) {
            *counts.entry(criterion).or_default() += 1;
        }
    }
    counts
}

/// Each list by itself, at the cost of what is asked.
#[test]
fn a_list_asked_for_alone_is_the_one_of_the_whole_answer() {
    let (mut fits, mut near, mut teams) = (0, 0, 0);
    for seed in 0..400 {
        let world = random::world(seed);
        let (pool, weights) = (world.pool(), world.weights());
        for need in world.requests.iter().filter_map(|row| need(row).ok()) {
            let whole = answer(&pool, &need, world.today(), &weights, None);
            let search = Search {
                pool: &pool,
                need: &need,
                today: world.today(),
                weights: &weights,
            };
            assert_eq!(search.count_fits(), whole.fits_in_all, "seed {seed}");
            for most in [1, 3, usize::MAX] {
                let first = search.first_fits(most);
                let of_whole = (whole.fits.iter()).map(|fit| Ranked {
                    worker: &fit.worker,
                    score: fit.score,
                    band: fit.band,
                });
                let of_whole: Vec<Ranked> = of_whole.take(most).collect();
                assert_eq!(first, of_whole, "seed {seed}");
            }
            let first = search.first_near_misses(10);
            let of_whole = (whole.near_misses.iter()).map(|miss| Ranked {
                worker: &miss.worker,
                score: miss.score,
                band: miss.band,
            });
            assert_eq!(first, of_whole.collect::<Vec<_>>(), "seed {seed}");
            let of_whole = whole.teams.iter().map(|team| team.workers.clone());
            assert_eq!(
                search.first_teams(),
                of_whole.collect::<Vec<_>>(),
                "seed {seed}"
            );
            assert!(!whole.teams_cut_short);
            let json = |teams: &[Team]| serde_json::to_string(teams).unwrap();
            assert_eq!(json(&search.teams()), json(&whole.teams), "seed {seed}");
            let tally = search.tally();
            assert_eq!((tally.pool, &tally.limits), (whole.pool, &whole.limits));
            let mut of_whole: Vec<&str> = whole.fits.iter().map(|fit| &*fit.worker).collect();
            of_whole.sort_unstable();
            let mut tallied = tally.fits;
            tallied.sort_unstable();
            assert_eq!(tallied, of_whole, "seed {seed}");
            assert_eq!(
                search.held_back().into_iter().collect::<BTreeMap<_, _>>(),
                failing_one_by_one(&world, &search, &whole),
                "seed {seed}"
            );
            fits += whole.fits.len();
            near += whole.near_misses.len();
            teams += whole.teams.len();
        }
    }
    assert!(
        fits > 500 && near > 500 && teams > 100,
        "{fits} {near} {teams}"
    );
}

/// The workers of many random worlds in one, so that most need no look when only the
/// first are asked for.
fn crowd(seeds: std::ops::Range<u64>) -> World {
    let mut crowd = random::world(seeds.start);
    crowd.workers.clear();
    crowd.introductions.clear();
    for seed in seeds {
        let world = random::world(seed);
        for row in world.workers {
            let code = format!("{}-{seed}", cell(&row, "code"));
            crowd.workers.push(with(&row, "code", &code));
        }
        for row in world.introductions {
            let worker = format!("{}-{seed}", cell(&row, "worker"));
            crowd.introductions.push(with(&row, "worker", &worker));
        }
        if seed % 8 == 0 {
            crowd.requests.extend(world.requests);
        }
    }
    crowd
}

fn with(row: &Row, column: &str, cell: &str) -> Row {
    let mut row = row.clone();
    row.insert(column.to_owned(), cell.to_owned());
    row
}

/// Whoever can no longer be among the first is passed over; nobody else is.
#[test]
fn the_first_of_many_are_the_first_of_the_whole_list() {
    let mut shortened = 0;
    for start in (0..240).step_by(40) {
        let world = crowd(start..start + 40);
        let (pool, weights) = (world.pool(), world.weights());
        for need in world.requests.iter().filter_map(|row| need(row).ok()) {
            let search = Search {
                pool: &pool,
                need: &need,
                today: world.today(),
                weights: &weights,
            };
            let (fits, near) = (
                search.first_fits(usize::MAX),
                search.first_near_misses(usize::MAX),
            );
            let whole = answer(&pool, &need, world.today(), &weights, Some(4));
            let listed = |worker: &str| fits.iter().position(|one| one.worker == worker);
            for (at, fit) in whole.fits.iter().enumerate() {
                assert_eq!(listed(&fit.worker), Some(at), "crowd {start}");
            }
            assert_eq!(whole.fits.len(), fits.len().min(4));
            assert_eq!(whole.fits_in_all as usize, fits.len());
            let ten: Vec<&str> = near.iter().take(10).map(|one| one.worker).collect();
            let of_whole = whole.near_misses.iter().map(|miss| &*miss.worker);
            assert_eq!(ten, of_whole.collect::<Vec<_>>(), "crowd {start}");
            for most in [0, 1, 2, 5, 10, 20] {
                let first = &fits[..most.min(fits.len())];
                assert_eq!(search.first_fits(most), first, "crowd {start}, {most}");
                let first = &near[..most.min(near.len())];
                let ours = search.first_near_misses(most);
                assert_eq!(ours, first, "crowd {start}, {most}");
            }
            let every: Vec<&str> = fits.iter().step_by(3).map(|one| one.worker).collect();
            let backwards = every.iter().rev().copied();
            assert_eq!(search.in_turn(backwards), every, "crowd {start}");
            let of_whole = |fits: &[Fit]| -> Vec<String> {
                fits.iter().map(|fit| fit.worker.clone()).collect()
            };
            let mut all = answer(&pool, &need, world.today(), &weights, None).fits;
            all.sort_by_key(|fit| fit.distance_m);
            all.truncate(3);
            let nearest = answer_by(
                ListedBy::Near,
                &pool,
                &need,
                world.today(),
                &weights,
                Some(3),
            );
            assert_eq!(of_whole(&nearest.fits), of_whole(&all), "crowd {start}");
            let mut by_band = search.fits_by_band();
            assert!(by_band.is_sorted_by_key(|one| one.band));
            let mut sorted = fits.clone();
            by_band.sort_unstable_by_key(|one| one.worker);
            sorted.sort_unstable_by_key(|one| one.worker);
            assert_eq!(by_band, sorted, "crowd {start}");
            let many = |list: &[Ranked]| {
                let first = list.get(9);
                first.is_some_and(|tenth| list.iter().any(|one| one.band > tenth.band))
            };
            shortened += usize::from(many(&fits)) + usize::from(many(&near));
        }
    }
    assert!(shortened > 50, "only {shortened} lists are long");
}

#[test]
fn a_limit_bounds_the_fits_and_nothing_else() {
    let mut bounded = 0;
    for seed in 0..200 {
        let world = random::world(seed);
        let pool = world.pool();
        for need in world.requests.iter().filter_map(|row| need(row).ok()) {
            let weights = world.weights();
            let all = answer(&pool, &need, world.today(), &weights, None);
            let two = answer(&pool, &need, world.today(), &weights, Some(2));
            let mut expected = all.clone();
            expected.fits.truncate(2);
            let text = |answer: &Answer| serde_json::to_string(answer).unwrap();
            assert_eq!(text(&two), text(&expected), "seed {seed}");
            assert_eq!(two.fits_in_all as usize, all.fits.len());
            bounded += u32::from(all.fits.len() > 2);
        }
    }
    assert!(
        bounded > 50,
        "only {bounded} answers had more than two fits"
    );
}
