//! A desk whose truth is known: families that hire or don't, both sides asked wave
//! by wave, any share of them silent. At every date the truth must lie between the
//! bounds; between the strict ones even where one side of each pair lies.
//!
//! `OUTCOMES_TEST_RUNS`: how many desks are simulated (`scripts/sweep outcomes`).

use dom::domain::outcome::{Ledger, OtherNotified, Period, Placement};

use super::random::histories;
use super::second::{Answer, Day, Introduction, Request, World, date};
use crate::matching::dice::Dice;

/// What becomes of a request, and when it is decided.
#[derive(Clone, Copy, PartialEq)]
enum Truth {
    /// The place of the introduction among the request's.
    Hires(usize),
    Elsewhere,
    Nobody,
}

struct Simulated {
    world: World,
    truths: Vec<Truth>,
    decided: Vec<Day>,
}

fn between(dice: &mut Dice, first: Day, last: Day) -> Day {
    let span = usize::try_from(last - first + 1).unwrap();
    first + Day::try_from(dice.below(span)).unwrap()
}

/// What a side honestly says on a day.
fn honest(truth: Truth, decided: Day, at: usize, side: &str, on: Day) -> &'static str {
    if on < decided {
        return "deciding";
    }
    match truth {
        Truth::Hires(place) if place == at => "hired",
        Truth::Elsewhere if side == "family" => "elsewhere",
        _ => "no",
    }
}

/// `silence`: how many of a hundred say nothing; `lies`: whether one side of each
/// introduction says anything at all.
fn simulate(seed: u64, silence: usize, lies: bool) -> Simulated {
    let mut dice = Dice::new(seed);
    let mut simulated = Simulated {
        world: World::default(),
        truths: Vec::new(),
        decided: Vec::new(),
    };
    for r in 0..=dice.below(30) {
        let opened = between(&mut dice, 0, 300);
        let sheet = opened + between(&mut dice, 0, 20);
        let count = dice.below(3) + 1;
        let truth = match dice.below(4) {
            0 | 1 => Truth::Hires(dice.below(count)),
            2 => Truth::Elsewhere,
            _ => Truth::Nobody,
        };
        let decided = sheet + between(&mut dice, 1, 120);
        // An end of the need that everybody knows of, where nobody was hired.
        let ended = truth == Truth::Nobody && dice.chance(30);
        simulated.world.requests.push(Request {
            desk: ["grosseto", "follonica"][dice.below(2)],
            partner: "self",
            arrangement: ["hourly", "live_in", "night"][dice.below(3)],
            opened,
            excluded: if ended { "moved" } else { "" },
            excluded_on: ended.then(|| sheet + between(&mut dice, 0, 60)),
        });
        for at in 0..count {
            let i = simulated.world.introductions.len();
            simulated.world.introductions.push(Introduction {
                request: r,
                issued: sheet,
            });
            let liar = ["family", "worker"][dice.below(2)];
            for side in ["family", "worker"] {
                for (wave, days) in [(1, 15), (2, 90), (3, 180)] {
                    if dice.chance(silence) {
                        continue;
                    }
                    let on = sheet + days + between(&mut dice, 0, 20);
                    let said = if lies && side == liar {
                        ["hired", "no", "deciding", ""][dice.below(4)]
                    } else {
                        honest(truth, decided, at, side, on)
                    };
                    // Rather not say is no answer to this question.
                    let said = if dice.chance(5) { "" } else { said };
                    simulated
                        .world
                        .answers
                        .push(answer(i, side, wave, on, said));
                }
            }
        }
        simulated.truths.push(truth);
        simulated.decided.push(decided);
    }
    simulated
}

fn answer(
    introduction: usize,
    side: &'static str,
    wave: u8,
    on: Day,
    result: &'static str,
) -> Answer {
    Answer {
        introduction,
        side,
        wave,
        on,
        result,
        reason: "",
        document: "",
        started: None,
        ended: None,
        notified: "",
        fits: "",
        still: "",
    }
}

impl Simulated {
    /// The placement at a date; the requests that became a job by then, and those
    /// that ever will, of the requests that count.
    fn at(&self, today: Day) -> (u32, Placement, [u32; 2]) {
        let period = Period {
            from: date(0),
            to: date(800),
            today: date(today),
        };
        let mut all = Ledger::new(period);
        let (mut by_now, mut ever) = (0, 0);
        let told = histories(&self.world);
        for (r, history) in told.iter().enumerate() {
            all.add(history);
            let mut alone = Ledger::new(period);
            alone.add(history);
            let counts = alone.figures(OtherNotified::default()).requests;
            if counts > 0 && matches!(self.truths[r], Truth::Hires(_)) {
                ever += 1;
                by_now += u32::from(self.decided[r] <= today);
            }
        }
        let figures = all.figures(OtherNotified::default());
        (figures.requests, figures.placement, [by_now, ever])
    }
}

fn holds(bounds: (Option<u32>, Option<u32>), truth: u32, n: u32) -> bool {
    match bounds {
        (Some(lower), Some(upper)) => lower * n <= 1000 * truth && 1000 * truth <= upper * n,
        _ => n == 0,
    }
}

fn runs() -> u64 {
    let told = std::env::var("OUTCOMES_TEST_RUNS").ok();
    told.and_then(|text| text.parse().ok()).unwrap_or(400)
}

#[test]
fn with_honest_answers_the_truth_lies_between_the_bounds_at_every_date() {
    let mut dates = 0;
    for seed in 0..runs() {
        let silence = [0, 20, 50, 80, 95, 100][usize::try_from(seed % 6).unwrap()];
        let simulated = simulate(seed, silence, false);
        for today in (0..620).step_by(31) {
            let (n, placement, truths) = simulated.at(today);
            for truth in truths {
                let bounds = (placement.lower, placement.upper);
                let what = format!("seed {seed}, silent {silence}, day {today}: {truth} of {n}");
                assert!(holds(bounds, truth, n), "{what} not in {bounds:?}");
                let strict = (placement.strict_lower, placement.strict_upper);
                assert!(holds(strict, truth, n), "{what} not in {strict:?}");
            }
            dates += u32::from(n > 0);
        }
    }
    println!("the truth lay between the bounds at all of {dates} dates");
    assert!(dates > 1000);
}

#[test]
fn where_one_side_of_each_pair_lies_the_strict_bounds_still_hold() {
    for seed in 0..runs() / 2 {
        let simulated = simulate(!seed, [0, 30, 70][usize::try_from(seed % 3).unwrap()], true);
        for today in (0..620).step_by(62) {
            let (n, placement, [_, ever]) = simulated.at(today);
            let strict = (placement.strict_lower, placement.strict_upper);
            assert!(
                holds(strict, ever, n),
                "seed {seed}, day {today}: {strict:?}"
            );
        }
    }
}

#[test]
fn a_liar_can_lead_the_plain_bounds_astray_so_the_strict_ones_are_needed() {
    let astray = (0..200).any(|seed| {
        let simulated = simulate(!seed, 30, true);
        let (n, placement, [_, ever]) = simulated.at(600);
        !holds((placement.lower, placement.upper), ever, n)
    });
    assert!(astray);
}
