//! What is protected changes nothing: over a thousand random requests, a pool of
//! stored workers is answered the same after every name, birth date and
//! citizenship, and every sex that no ground asks for, has become another.

use dom::clock::SeededRandomness;
use dom::domain::country::Country;
use dom::domain::ids::{RequestCode, WorkerCode};
use dom::domain::person::Sex;
use dom::domain::text::{Line, Name};
use dom::services::matching::{Ground, need_of};
use dom::services::{Context, matching};
use dom::storage;

use crate::support::cast::{Cast, today};
use crate::support::program::Program;

const WORKERS: u64 = 300;
const REQUESTS: u64 = 1000;

struct Dice(SeededRandomness);

impl Dice {
    fn one<'a>(&self, of: &[&'a str]) -> &'a str {
        let at = usize::try_from(self.0.below(of.len() as u64)).unwrap();
        of[at]
    }
}

const COMUNI: [&str; 8] = [
    "053011", "053009", "053015", "053016", "053002", "053021", "049012", "053013",
];
const WEEKS: [&str; 7] = [
    "Mon-Fri 08:00-13:00",
    "Mon-Sat 07:00-20:00",
    "Mon,Wed,Fri 14:00-18:00",
    "Sat-Mon 20:00-08:00",
    "Mon-Sun 00:00-24:00",
    "Tue-Thu 09:00-12:30",
    "Sun 22:00-02:00",
];
const SKILLS: [&str; 6] = [
    "",
    "elderly_care",
    "personal_hygiene|dressing",
    "cooking_italian",
    "house_cleaning|laundry",
    "night_assistance",
];

fn cast(dice: &Dice) -> Cast {
    let mut cast = Cast::on(today());
    for n in 0..WORKERS {
        let km = dice.0.below(60).to_string();
        let years = dice.0.below(15).to_string();
        cast = cast.worker(
            &format!("W-{n:04}"),
            &[
                ("comune", dice.one(&COMUNI)),
                ("max_km", &km),
                ("availability", dice.one(&WEEKS)),
                ("skills", dice.one(&SKILLS)),
                ("experience_years", &years),
                (
                    "languages",
                    dice.one(&["", "it:A1", "it:B1|uk:C2", "it:C2"]),
                ),
                ("sex", dice.one(&["f", "m", "x"])),
                ("birth_date", dice.one(&["", "1965-03-01", "1999-12-31"])),
                ("citizenship", dice.one(&["", "IT", "UA", "SN"])),
                (
                    "permit_type",
                    dice.one(&[
                        "eu_citizen",
                        "italian_citizen",
                        "asylum_seeker",
                        "job_seeking",
                    ]),
                ),
                ("permit_until", dice.one(&["", "2030-01-01"])),
                ("min_pay_hour", dice.one(&["", "7.00", "9.50"])),
            ],
        );
    }
    for n in 0..REQUESTS {
        let arrangement = dice.one(&["hourly", "hourly", "night", "live_in"]);
        cast = cast.request(
            &format!("R-{n:04}"),
            &[
                ("comune", dice.one(&COMUNI)),
                ("arrangement", arrangement),
                ("schedule", dice.one(&WEEKS)),
                ("min_coverage_permille", dice.one(&["1000", "800", "500"])),
                ("required_skills", dice.one(&SKILLS)),
                ("preferred_skills", dice.one(&SKILLS)),
                ("required_languages", dice.one(&["", "it:A2", "it:B2"])),
                ("max_pay_hour", dice.one(&["", "8.00", "10.00"])),
            ],
        );
    }
    cast
}

/// The answer to every open request, as JSON.
async fn answers(context: &Context) -> Vec<String> {
    let mut all = Vec::new();
    matching::answer_all(context, today(), None, |code, answer| {
        all.push(format!(
            "{code} {}",
            serde_json::to_string(&answer.unwrap()).unwrap()
        ));
        Ok::<_, dom::services::ServiceError>(())
    })
    .await
    .unwrap();
    all
}

async fn make_everybody_somebody_else(context: &Context) {
    let write = context.db.write().await.unwrap();
    let mut last: Option<WorkerCode> = None;
    let mut changed = 0;
    loop {
        let piece = storage::workers::after(&*write, last.as_ref(), 100)
            .await
            .unwrap();
        let Some(end) = piece.last() else { break };
        last.clone_from(&end.value.code);
        for mut one in piece {
            one.value.given_name = Name::parse("Fatoumata").unwrap();
            one.value.family_name =
                Name::parse(&format!("Zzyzx {}", "abc".repeat(1 + changed % 3))).unwrap();
            one.value.name_own_script = Some(Line::parse("فاطمة").unwrap());
            one.value.birth_date = one
                .value
                .birth_date
                .is_none()
                .then_some(today() - chrono::TimeDelta::days(9000));
            one.value.citizenship = if one.value.citizenship.is_some() {
                None
            } else {
                Country::by_alpha2("MA")
            };
            one.value.sex = match one.value.sex {
                Sex::Female => Sex::Male,
                Sex::Male => Sex::Unspecified,
                Sex::Unspecified => Sex::Female,
            };
            storage::workers::update(&*write, &one).await.unwrap();
            changed += 1;
        }
    }
    write.commit().await.unwrap();
    assert_eq!(changed as u64, WORKERS);
}

#[test]
fn protected_data_changes_no_result_no_order_and_no_presence() {
    let program = Program::on_sqlite();
    let dice = Dice(SeededRandomness::new(2026));
    program.store(&cast(&dice));
    program.with_context(async |context| {
        let before = answers(context).await;
        assert_eq!(before.len() as u64, REQUESTS);
        let with_fits = before
            .iter()
            .filter(|answer| !answer.contains("\"fits\":[]"))
            .count();
        assert!(with_fits > 300, "the requests are answered: {with_fits}");
        make_everybody_somebody_else(context).await;
        let after = answers(context).await;
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(before, after);
        }
    });
}

#[test]
fn a_sex_is_read_only_for_a_request_with_its_ground() {
    let program = Program::on_sqlite();
    let cast = Cast::on(today())
        .worker("W-1", &[("sex", "f")])
        .worker("W-2", &[("sex", "m")])
        .request("R-1", &[])
        .request(
            "R-2",
            &[
                ("worker_sex", "f"),
                ("worker_sex_ground", "personal_hygiene"),
            ],
        );
    program.store(&cast);
    program.with_context(async |context| {
        let ground = Ground::load(context, today()).await.unwrap();
        let mut fits = Vec::new();
        for code in ["R-1", "R-2"] {
            let code = RequestCode::parse(code).unwrap();
            let matched = matching::answer(context, &code, today(), None)
                .await
                .unwrap();
            need_of(&matched.request.value).unwrap();
            fits.push(matched.answer.fits.len());
        }
        assert_eq!(fits, [2, 1]);
        assert_eq!(ground.today, today());
    });
}
