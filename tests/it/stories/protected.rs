//! Who somebody is changes nothing: whatever is written into a worker's
//! protected fields, every request is answered the same to the last byte.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use dom::domain::country::Country;
use dom::domain::ids::RequestCode;
use dom::domain::person::Sex;
use dom::domain::text::{Line, Name};
use dom::domain::worker::Worker;
use dom::services::{Context, ServiceError, matching};
use dom::storage::{self, Db};

use crate::matching::dice::{Dice, TODAY};
use crate::matching::random;
use crate::matching::rows::{cell, changes};
use crate::support::cast::Cast;
use crate::support::program::Program;

const WORKERS: usize = 300;
const REQUESTS: usize = 1000;

fn today() -> NaiveDate {
    TODAY.parse().unwrap()
}

/// Workers and requests of many random worlds in one.
fn crowd() -> Cast {
    let mut cast = Cast::on(today());
    for seed in 1.. {
        let world = random::world(seed);
        for row in world.workers {
            if cast.workers.len() < WORKERS {
                let code = format!("W-{:06}", cast.workers.len());
                cast = cast.worker(&code, &changes(&row));
            }
        }
        for row in world.requests {
            let stored = cell(&row, "worker_sex").is_empty()
                == cell(&row, "worker_sex_ground").is_empty()
                && !(cell(&row, "schedule").is_empty() && cell(&row, "arrangement") != "live_in");
            if stored && cast.requests.len() < REQUESTS {
                let code = format!("R-{:06}", cast.requests.len());
                cast = cast.request(&code, &changes(&row));
            }
        }
        if cast.workers.len() == WORKERS && cast.requests.len() == REQUESTS {
            break;
        }
    }
    cast
}

/// The text of every answer, by request.
async fn answers(context: &Context) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    matching::answer_all(context, today(), None, |code, answer| {
        let answer = answer.expect("what a request is refused for is not stored");
        all.insert(code.to_owned(), serde_json::to_string(&answer).unwrap());
        Ok::<_, ServiceError>(())
    })
    .await
    .unwrap();
    all
}

async fn alone(context: &Context, code: &RequestCode) -> String {
    let matched = matching::answer(context, code, today(), None).await;
    serde_json::to_string(&matched.unwrap().answer).unwrap()
}

/// For some workers, as they are now, what they fit agrees with the answers of
/// before, but for the requests where the sex counts. How many fits these were.
async fn reversed(context: &Context, cast: &Cast, before: &BTreeMap<String, String>) -> usize {
    let mut fits = 0;
    for worker in cast.workers.iter().step_by(30) {
        let code = worker.code.as_ref().unwrap();
        let answer = matching::reverse(context, code, today()).await.unwrap();
        let found: BTreeSet<&str> = answer
            .requests
            .iter()
            .map(|one| one.request.as_str())
            .collect();
        for request in &cast.requests {
            let request_code = request.code.as_ref().unwrap().as_str();
            let answer: serde_json::Value = serde_json::from_str(&before[request_code]).unwrap();
            let listed = answer["fits"].as_array().unwrap().iter();
            let fitted = listed.into_iter().any(|fit| fit["worker"] == code.as_str());
            if request.worker_sex.is_none() {
                assert_eq!(
                    fitted,
                    found.contains(request_code),
                    "{code} {request_code}"
                );
                fits += usize::from(fitted);
            }
        }
    }
    fits
}

async fn change_all(db: &Db, mut change: impl FnMut(&mut Worker)) {
    let write = db.write().await.unwrap();
    let all = storage::workers::after(&*write, None, WORKERS as u64).await;
    let all = all.unwrap();
    assert_eq!(all.len(), WORKERS);
    for mut worker in all {
        change(&mut worker.value);
        storage::workers::update(&*write, &worker).await.unwrap();
    }
    write.commit().await.unwrap();
}

/// Names, own script, birth and citizenship, all of them others than before.
fn somebody_else(worker: &mut Worker, dice: &mut Dice) {
    const NAMES: [&str; 6] = ["Aya", "Zlata", "Àlvise", "O'Neill", "Mbaye", "Xu"];
    const SCRIPTS: [&str; 4] = ["Олена", "فاطمة", "李娜", "Ελένη"];
    worker.given_name = Name::parse(dice.pick(&NAMES)).unwrap();
    worker.family_name = Name::parse(&format!("{} Altra", dice.pick(&NAMES))).unwrap();
    worker.name_own_script = dice
        .chance(50)
        .then(|| Line::parse(dice.pick(&SCRIPTS)).unwrap());
    let born = NaiveDate::from_ymd_opt(1940 + i32::try_from(dice.below(68)).unwrap(), 2, 3);
    worker.birth_date = born.filter(|_| dice.chance(90));
    let countries = ["IT", "UA", "MA", "PE", "CN", "RO"];
    worker.citizenship = dice
        .chance(90)
        .then(|| Country::by_alpha2(dice.pick(&countries)).unwrap());
}

fn other_sex(sex: Sex) -> Sex {
    match sex {
        Sex::Female => Sex::Male,
        Sex::Male => Sex::Unspecified,
        Sex::Unspecified => Sex::Female,
    }
}

#[test]
fn a_thousand_requests_are_answered_the_same_whoever_the_workers_are() {
    let program = Program::on_sqlite();
    let cast = crowd();
    program.store(&cast);
    let codes = |with_sex: bool| -> Vec<RequestCode> {
        let some = cast.requests.iter();
        some.filter(|request| request.worker_sex.is_some() == with_sex)
            .filter_map(|request| request.code.clone())
            .collect()
    };
    let (with_sex, without) = (codes(true), codes(false));
    assert_eq!(with_sex.len() + without.len(), REQUESTS);
    program.with_context(async |context| {
        let before = answers(context).await;
        let told = |sign: &str| before.values().filter(|text| text.contains(sign)).count();
        let (fits, teams) = (told("\"fits\":[{"), told("\"teams\":[{"));
        assert!(fits > REQUESTS / 3 && teams > REQUESTS / 3);
        let mut dice = Dice::new(2012);
        change_all(&context.db, |worker| {
            somebody_else(worker, &mut dice);
            worker.sex = other_sex(worker.sex);
        })
        .await;
        let after = answers(context).await;
        for code in &without {
            assert_eq!(before[code.as_str()], after[code.as_str()]);
        }
        let reversed = reversed(context, &cast, &before).await;
        let differ = |code: &&RequestCode| before[code.as_str()] != after[code.as_str()];
        let by_sex = with_sex.iter().filter(differ).count();
        assert!(by_sex > 0, "where the ground is stated the sex does count");

        // The sex as it was: who they are otherwise counts there no more than elsewhere.
        for _ in 0..2 {
            change_all(&context.db, |worker| worker.sex = other_sex(worker.sex)).await;
        }
        for code in &with_sex {
            assert_eq!(before[code.as_str()], alone(context, code).await);
        }

        // The same test sees a field that may count.
        change_all(&context.db, |worker| worker.experience_years = Some(9)).await;
        let mut by_years = 0;
        for code in &without[..40] {
            by_years += usize::from(before[code.as_str()] != alone(context, code).await);
        }
        assert!(by_years > 10, "{by_years} answers changed");
        println!(
            "{} without a ground and {} with one are the same ({fits} with fits, {teams} with teams, \
             {reversed} fits the other way round); {by_sex} differ by sex, {by_years} of 40 by years",
            without.len(),
            with_sex.len(),
        );
    });
}
