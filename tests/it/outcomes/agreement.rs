//! The second computation over random histories: by the domain alone over
//! thousands, and from files through the whole program on both databases.

use std::fmt::Write as _;

use dom::domain::outcome::{Ledger, Period};
use serde_json::Value;

use super::random::{histories, tally, world};
use super::second::{Day, Second, World, date};
use crate::matching::dice::Dice;
use crate::support::program::Program;

fn figures(world: &World, from: Day, to: Day, today: Day) -> Value {
    let period = Period {
        from: date(from),
        to: date(to),
        today: date(today),
    };
    let mut ledger = Ledger::new(period);
    for history in histories(world) {
        ledger.add(&history);
    }
    serde_json::to_value(ledger.figures(tally(world, period.from, period.to))).unwrap()
}

#[test]
fn two_computations_agree_over_thousands_of_histories() {
    let mut seen = Seen::default();
    for seed in 0..4000 {
        let world = world(seed, if seed % 50 == 0 { 25 } else { 8 });
        let mut dice = Dice::new(!seed);
        let from = [0, 0, -40, 100][dice.below(4)];
        let to = from + [364, 364, 30, 0, 800][dice.below(5)];
        let today = Day::try_from(dice.below(900)).unwrap() - 50;
        let second = Second {
            world: &world,
            from,
            to,
            today,
        };
        let (product, other) = (figures(&world, from, to, today), second.report());
        assert_eq!(product, other, "seed {seed}: {world:#?}");
        seen.note(&product);
    }
    seen.assert_that_everything_happened();
}

#[test]
fn the_order_in_which_requests_come_never_matters() {
    for seed in 0..200 {
        let world = world(seed, 20);
        let period = Period {
            from: date(0),
            to: date(364),
            today: date(500),
        };
        let figures = |reversed: bool| {
            let mut all = histories(&world);
            if reversed {
                all.reverse();
                for one in &mut all {
                    one.introductions.reverse();
                }
            }
            let mut ledger = Ledger::new(period);
            for one in &all {
                ledger.add(one);
            }
            ledger.figures(tally(&world, period.from, period.to))
        };
        assert_eq!(figures(false), figures(true), "seed {seed}");
    }
}

/// That the worlds are not dull: how many reports had a number there.
#[derive(Default)]
struct Seen(std::collections::BTreeMap<&'static str, u32>);

impl Seen {
    const PLACES: [&'static str; 22] = [
        "/without_sheet",
        "/excluded/died",
        "/excluded/duplicate",
        "/response/family/rr1",
        "/response/worker/rr2",
        "/requests_by_state/filled",
        "/requests_by_state/filled_elsewhere",
        "/requests_by_state/not_filled",
        "/requests_by_state/conflict",
        "/requests_by_state/unknown",
        "/placement/strict_lower",
        "/placement/weighted",
        "/placement/borrowed_cells",
        "/regular/lower",
        "/regular/tally/no",
        "/retention/90/estimate",
        "/retention/180/estimate",
        "/retention/180/at_risk",
        "/days_to_hire/q3",
        "/agreement/kappa",
        "/fit/both_yes",
        "/reasons/0/1",
    ];

    fn note(&mut self, report: &Value) {
        for place in Self::PLACES {
            let number = report.pointer(place).and_then(Value::as_i64);
            *self.0.entry(place).or_default() += u32::from(number.is_some_and(|n| n != 0));
        }
    }

    fn assert_that_everything_happened(&self) {
        for (place, count) in &self.0 {
            assert!(*count >= 80, "{place} only {count} times");
        }
    }
}

/// The world as files.
fn files(world: &World) -> [(&'static str, String); 5] {
    let optional = |day: Option<Day>| day.map_or(String::new(), |day| date(day).to_string());
    let mut families =
        "code,given_name,family_name,contact_by,comune,referred_by,desk\n".to_owned();
    let mut requests =
        "code,family,comune,arrangement,schedule,start_date,opened_on,excluded,excluded_on\n"
            .to_owned();
    for (r, one) in world.requests.iter().enumerate() {
        writeln!(
            families,
            "F-{r},Elsa,Provolini,desk,053011,{},{}",
            one.partner, one.desk
        )
        .unwrap();
        writeln!(
            requests,
            "R-{r},F-{r},053011,{},Mon 08:00-09:00,2026-12-01,{},{},{}",
            one.arrangement,
            date(one.opened),
            one.excluded,
            optional(one.excluded_on)
        )
        .unwrap();
    }
    let workers = "code,given_name,family_name,sex,contact_by,comune,max_km,arrangements,desk\n\
                   W-1,Zoe,Inventata,f,desk,053011,20,hourly,grosseto\n";
    let mut introductions = "code,request,worker,issued_on\n".to_owned();
    for (i, one) in world.introductions.iter().enumerate() {
        writeln!(
            introductions,
            "I-{i},R-{},W-1,{}",
            one.request,
            date(one.issued)
        )
        .unwrap();
    }
    let mut answers = "introduction,side,wave,answered_on,result,reason,document,started_on,\
                       notified,fits,still_working,ended_on\n"
        .to_owned();
    for one in &world.answers {
        writeln!(
            answers,
            "I-{},{},w{},{},{},{},{},{},{},{},{},{}",
            one.introduction,
            one.side,
            one.wave,
            date(one.on),
            one.result,
            one.reason,
            one.document,
            optional(one.started),
            one.notified,
            one.fits,
            one.still,
            optional(one.ended)
        )
        .unwrap();
    }
    [
        ("workers", workers.to_owned()),
        ("families", families),
        ("requests", requests),
        ("introductions", introductions),
        ("answers", answers),
    ]
}

#[test]
fn files_give_the_same_figures_through_the_program_on_both_databases() {
    // More requests than one statement reads.
    for (seed, most) in [(1, 40), (2, 1200)] {
        let mut world = (seed..1000)
            .map(|seed| world(seed, most))
            .find(|world| world.requests.len() > most / 2)
            .unwrap();
        // Loaded history has none.
        world.invitations.clear();
        for program in Program::on_both() {
            super::examples::partners(&program);
            for (kind, text) in files(&world) {
                let file = program.path().join(kind).display().to_string();
                std::fs::write(&file, text).unwrap();
                program.ok(&["import", kind, &file]);
            }
            for (from, to, today) in [(0, 364, 250), (0, 364, 800), (-40, 100, 150)] {
                let [first, last, day] = [from, to, today].map(|day| date(day).to_string());
                let printed = program.ok(&[
                    "report", "outcomes", "--from", &first, "--to", &last, "--today", &day,
                    "--json",
                ]);
                let printed: Value = serde_json::from_str(&printed).unwrap();
                // The second computation is slow: a large world is for the storage.
                let expected = if most > 100 {
                    figures(&world, from, to, today)
                } else {
                    let world = &world;
                    Second {
                        world,
                        from,
                        to,
                        today,
                    }
                    .report()
                };
                assert_eq!(printed, expected, "{first} {last} {day}");
            }
        }
    }
}
