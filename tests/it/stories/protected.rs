//! Who somebody is changes nothing: whatever is written into a worker's
//! protected fields, every request is answered the same to the last byte.

use chrono::NaiveDate;
use dom::domain::country::Country;
use dom::domain::person::Sex;
use dom::domain::text::{Line, Name};
use dom::domain::worker::Worker;
use dom::services::{Context, ServiceError, matching};
use dom::storage::{self, Db};

use crate::matching::dice::{Dice, TODAY};
use crate::matching::random;
use crate::matching::rows::{Row, cell};
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

/// A row's cells, and emptiness where the cast would have something of its own.
fn changes(row: &Row) -> Vec<(&str, &str)> {
    let own = [
        "confirmed_on",
        "permit_type",
        "consent_on",
        "share_without_asking",
    ];
    let mut cells: Vec<(&str, &str)> = own.into_iter().map(|column| (column, "")).collect();
    let given = row.iter().filter(|(column, _)| *column != "code");
    cells.extend(given.map(|(column, cell)| (column.as_str(), cell.as_str())));
    cells
}

/// Every answer, and for some workers what they fit, as text.
async fn answers(context: &Context) -> Vec<String> {
    let mut all = Vec::with_capacity(REQUESTS);
    matching::answer_all(context, today(), None, |code, answer| {
        all.push(match answer {
            Ok(answer) => serde_json::to_string(&answer).unwrap(),
            Err(why) => format!("{code} {}", why.key),
        });
        Ok::<_, ServiceError>(())
    })
    .await
    .unwrap();
    for worker in (0..WORKERS).step_by(30) {
        let code = format!("W-{worker:06}");
        let code = dom::domain::ids::WorkerCode::parse(&code).unwrap();
        let fits = matching::reverse(context, &code, today()).await.unwrap();
        all.push(serde_json::to_string(&fits).unwrap());
    }
    all
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
    let (with_sex, without): (Vec<_>, Vec<_>) = cast
        .requests
        .iter()
        .partition(|request| request.worker_sex.is_some());
    assert!(with_sex.len() > 10, "some requests state a ground");
    let asks_for_sex: Vec<bool> = cast
        .requests
        .iter()
        .map(|request| request.worker_sex.is_some())
        .collect();
    program.store(&cast);
    program.with_context(async |context| {
        let before = answers(context).await;
        let fits = before.iter().filter(|text| !text.contains("\"fits\":[]"));
        let teams = before.iter().filter(|text| text.contains("\"teams\":[{"));
        println!(
            "{} answers, {} with fits, {} with teams, {} of requests without a ground",
            before.len(),
            fits.count(),
            teams.count(),
            without.len()
        );
        let mut dice = Dice::new(2012);
        change_all(&context.db, |worker| somebody_else(worker, &mut dice)).await;
        let after = answers(context).await;
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before, after);
        }
        assert_eq!(before.len(), after.len());

        change_all(&context.db, |worker| worker.sex = other_sex(worker.sex)).await;
        let after = answers(context).await;
        let mut differ = 0;
        for (n, asks) in asks_for_sex.iter().enumerate() {
            if *asks {
                differ += usize::from(before[n] != after[n]);
            } else {
                assert_eq!(before[n], after[n]);
            }
        }
        assert!(differ > 0, "where the ground is stated the sex does count");

        // The same test sees a field that may count.
        change_all(&context.db, |worker| worker.experience_years = Some(9)).await;
        let after = answers(context).await;
        let differ = before.iter().zip(&after).filter(|(a, b)| a != b).count();
        assert!(differ > REQUESTS / 4, "{differ} answers changed");
    });
}
