//! Single rules of the engine, each by a person or two.

use dom::domain::week::WeekGrid;
use dom::matching::{Criterion, Refusal, Shortfall, Warning, Weights, explain, reverse};

use super::dice::TODAY;
use super::people::{asked, request, worker};
use super::rows::{World, date, need};

fn warnings(worker_cells: &[(&str, &str)], request_cells: &[(&str, &str)]) -> Vec<Warning> {
    let answer = asked(vec![worker("W-1", worker_cells)], &request(request_cells));
    answer.fits[0].explanation.warnings.clone()
}

#[test]
fn an_empty_pool_is_answered_with_nothing() {
    let answer = asked(Vec::new(), &request(&[]));
    assert_eq!(
        serde_json::to_string(&answer).unwrap(),
        "{\"request\":\"R-000001\",\"today\":\"2026-11-23\",\"pool\":0,\"introduced\":[],\"fits\":[],\
         \"near_misses\":[],\"limits\":{\"arrangement\":0,\"area\":0,\"skills\":0,\"qualification\":0,\
         \"languages\":0,\"start\":0,\"permit\":0,\"hours\":0,\"pay\":0,\"accreditation\":0,\
         \"worker_sex\":0,\"coverage\":0},\"teams\":[]}"
    );
}

#[test]
fn an_answer_reads_to_the_letter() {
    let fit = worker(
        "W-1",
        &[("confirmed_on", "2026-11-01"), ("experience_years", "3")],
    );
    let first = worker("W-2", &[("availability", "Mon-Fri 08:00-11:00")]);
    let second = worker("W-3", &[("availability", "Mon-Fri 11:00-12:00")]);
    let answer = asked(vec![second, first, fit], &request(&[]));
    let text = serde_json::to_string(&answer).unwrap();
    let lists = text.split_once("\"fits\":").unwrap().1;
    assert_eq!(
        lists,
        "[{\"worker\":\"W-1\",\"score\":93000,\"band\":1,\"components\":{\"coverage\":40000,\
         \"preferred_skills\":20000,\"distance\":15000,\"italian\":10000,\"experience\":3000,\
         \"freshness\":5000},\"distance_m\":0,\"covered_slots\":40,\"requests_introduced_90d\":0,\
         \"last_introduced_on\":null}],\
         \"near_misses\":[{\"worker\":\"W-2\",\"score\":75000,\"criterion\":\"coverage\",\
         \"shortfall\":{\"uncovered\":\"Mon-Fri 11:00-12:00\"}}],\
         \"limits\":{\"arrangement\":0,\"area\":0,\"skills\":0,\"qualification\":0,\"languages\":0,\
         \"start\":0,\"permit\":0,\"hours\":0,\"pay\":0,\"accreditation\":0,\"worker_sex\":0,\
         \"coverage\":1},\
         \"teams\":[{\"workers\":[\"W-2\",\"W-3\"],\"covered_slots\":40,\"crumbs\":5,\"handovers\":5,\
         \"assignment\":{\"W-2\":\"Mon-Fri 08:00-11:00\",\"W-3\":\"Mon-Fri 11:00-12:00\"}}]}"
    );
}

#[test]
fn a_request_without_a_slot_or_with_a_sex_without_its_ground_is_refused() {
    assert_eq!(
        need(&request(&[("schedule", "-")])).err(),
        Some(Refusal::EmptySchedule)
    );
    let live_in = request(&[("arrangement", "live_in"), ("schedule", "")]);
    assert!(need(&live_in).is_ok());
    let groundless = request(&[("worker_sex", "f")]);
    assert_eq!(need(&groundless).err(), Some(Refusal::SexWithoutGround));
    let grounded = request(&[
        ("worker_sex", "m"),
        ("worker_sex_ground", "personal_hygiene"),
    ]);
    let answer = asked(vec![worker("W-1", &[])], &grounded);
    assert_eq!(answer.limits.of(Criterion::WorkerSex), 1);
    assert!(answer.near_misses.is_empty());
    let nothing = request(&[("min_coverage_permille", "0")]);
    assert_eq!(need(&nothing).err(), Some(Refusal::CoverageOutOfRange));
}

#[test]
fn an_authorisation_of_tomorrow_keeps_a_worker_out_of_the_pool_today() {
    let tomorrow = || vec![worker("W-1", &[("consent_on", "2026-11-24")])];
    assert_eq!(asked(tomorrow(), &request(&[])).pool, 0);
    let pool = World {
        workers: tomorrow(),
        ..World::default()
    }
    .pool();
    let need = need(&request(&[])).unwrap();
    let weights = Weights::default();
    assert_eq!(
        explain(&pool, "W-1", &need, date("2026-11-23"), &weights),
        None
    );
    assert!(explain(&pool, "W-1", &need, date("2026-11-24"), &weights).is_some());
    let reverse = |day| {
        reverse(&pool, "W-1", [&need], date(day), &weights)
            .requests
            .len()
    };
    assert_eq!((reverse("2026-11-23"), reverse("2026-11-24")), (0, 1));
}

#[test]
fn an_explanation_names_every_failure_and_by_how_much() {
    let far = worker(
        "W-1",
        &[
            ("comune", "Isola del Giglio"),
            ("permit_type", "employment"),
            ("available_from", "2027-03-01"),
            ("min_pay_hour", "9.50"),
            ("availability", "Mon-Fri 09:00-12:00"),
            ("arrangements", "night"),
        ],
    );
    let world = World {
        workers: vec![far],
        ..World::default()
    };
    let need = need(&request(&[
        ("max_pay_hour", "9"),
        ("required_skills", "ironing|elderly_care"),
        ("required_languages", "it:B1"),
        ("required_qualifications", "oss|adb"),
        ("public_contribution", "yes"),
    ]))
    .unwrap();
    let today = date(TODAY);
    let said = explain(&world.pool(), "W-1", &need, today, &Weights::default()).unwrap();
    assert_eq!(said.usable(), 30);
    let failed: Vec<(Criterion, Shortfall)> = said
        .criteria
        .into_iter()
        .filter_map(|(criterion, shortfall)| Some((criterion, shortfall?)))
        .collect();
    let hourly = dom::domain::contract::Arrangement::Hourly;
    let none = dom::domain::person::Accreditation::None;
    assert_eq!(
        failed,
        [
            (Criterion::Arrangement, Shortfall::Arrangement(hourly)),
            (Criterion::Area, Shortfall::Sea(true)),
            (
                Criterion::Skills,
                Shortfall::Missing(vec!["elderly_care", "ironing"])
            ),
            (
                Criterion::Qualification,
                Shortfall::Missing(vec!["adb", "oss"])
            ),
            (Criterion::Languages, Shortfall::Missing(vec!["it"])),
            (Criterion::Start, Shortfall::Days(90)),
            (Criterion::Permit, Shortfall::NoDate(true)),
            (Criterion::Pay, Shortfall::Cents(50)),
            (Criterion::Accreditation, Shortfall::State(none)),
            (
                Criterion::Coverage,
                Shortfall::Uncovered(WeekGrid::parse("Mon-Fri 08:00-09:00").unwrap())
            ),
        ]
    );
    assert_eq!(said.covered.to_string(), "Mon-Fri 09:00-12:00");
    assert_eq!(said.uncovered.to_string(), "Mon-Fri 08:00-09:00");
    assert_eq!(said.cap_half_hours, Some(80));
}

#[test]
fn ordinary_mornings_warn_of_nothing() {
    assert_eq!(warnings(&[], &[]), []);
}

#[test]
fn a_day_over_eight_hours_warns_for_hourly_work_only() {
    let long = [("schedule", "Tue 08:00-12:00; Tue 13:00-17:30")];
    let warning = Warning::LongDay {
        day: 1,
        half_hours: 17,
    };
    assert_eq!(warnings(&[], &long), [warning]);
    assert_eq!(warnings(&[], &[("schedule", "Tue 09:00-17:00")]), []);
    let night = [("schedule", "Tue 11:00-20:00"), ("arrangement", "night")];
    assert_eq!(warnings(&[], &night), []);
}

#[test]
fn less_than_eleven_hours_between_two_days_work_warn_also_over_sunday() {
    let short = [("schedule", "Sun 15:00-22:00; Mon 08:00-10:00")];
    let warning = Warning::ShortRest {
        after_day: 6,
        half_hours: 20,
    };
    assert_eq!(warnings(&[], &short), [warning]);
    let enough = [("schedule", "Sun 15:00-21:00; Mon 08:00-10:00")];
    assert_eq!(warnings(&[], &enough), []);
    let nights = [
        ("schedule", "Mon-Thu 20:00-08:00"),
        ("arrangement", "night"),
    ];
    assert_eq!(warnings(&[], &nights), []);
}

#[test]
fn seven_days_and_seven_nights_warn() {
    assert_eq!(
        warnings(&[], &[("schedule", "Mon-Sun 09:00-11:00")]),
        [Warning::NoFreeDay]
    );
    let nights = [
        ("schedule", "Mon-Sun 21:00-07:00"),
        ("arrangement", "night"),
    ];
    assert_eq!(
        warnings(&[], &nights),
        [Warning::NoFreeDay, Warning::ManyNights { nights: 7 }]
    );
    let six = [
        ("schedule", "Mon-Sat 22:00-24:00"),
        ("arrangement", "night"),
    ];
    assert_eq!(warnings(&[], &six), []);
}

#[test]
fn a_permit_that_ends_within_sixty_days_of_the_day_warns() {
    let until = |day| [("permit_type", "employment"), ("permit_until", day)];
    let warning = |day| Warning::PermitEnds { on: date(day) };
    assert_eq!(warnings(&until("2026-12-01"), &[]), [warning("2026-12-01")]);
    assert_eq!(warnings(&until("2027-01-30"), &[]), [warning("2027-01-30")]);
    assert_eq!(warnings(&until("2027-01-31"), &[]), []);
    assert_eq!(warnings(&[("permit_until", "2026-12-02")], &[]), []);
}

#[test]
fn who_is_left_out_is_counted_in_the_pool_and_takes_part_in_nothing() {
    let workers = || {
        vec![
            worker("W-1", &[]),
            worker("W-2", &[("min_pay_hour", "12.00")]),
            worker("W-3", &[("availability", "Mon-Wed 08:00-12:00")]),
            worker("W-4", &[("availability", "Thu-Fri 08:00-12:00")]),
            worker("W-5", &[("consent_on", "2027-01-01")]),
        ]
    };
    let need_now = || need(&request(&[("max_pay_hour", "9.50")])).unwrap();
    let world = World {
        workers: workers(),
        ..World::default()
    };
    let pool = world.pool();
    let codes = |all: &[&str]| {
        all.iter()
            .map(|code| (*code).to_owned())
            .collect::<Vec<_>>()
    };
    let all = codes(&["W-1", "W-2", "W-3", "W-5", "W-9"]);
    let answered = |need: &dom::matching::Need| {
        dom::matching::answer(&pool, need, world.today(), &Weights::default(), None)
    };
    let before = answered(&need_now());
    assert_eq!((before.fits.len(), before.teams.len()), (1, 1));
    let after = answered(&need_now().leaving_out(all.clone()));
    assert_eq!(after.pool, before.pool);
    assert!(after.fits.is_empty() && after.teams.is_empty());
    assert!(after.near_misses.iter().all(|miss| miss.worker == "W-4"));
    assert_eq!(
        after.left_out,
        codes(&["W-1", "W-2", "W-3"]),
        "those of the pool"
    );
    let json = serde_json::to_string(&after).unwrap();
    assert!(!json.contains("left_out"), "the formats do not know it");
    let needs = [need_now().leaving_out(all)];
    let back = reverse(&pool, "W-1", &needs, world.today(), &Weights::default());
    assert!(back.requests.is_empty());
}
