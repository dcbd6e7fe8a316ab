//! Random small worlds from a seed, made to meet every rule: midnight and
//! Sunday's wrap, caps, islands, empty cells, equal scores, introductions of
//! every age.

use super::dice::Dice;
use super::rows::{Row, World};

/// Mainland around Grosseto, islands, and the far north.
const COMUNI: [&str; 14] = [
    "053011",
    "053009",
    "053015",
    "053021",
    "Massa Marittima",
    "049012",
    "053016",
    "053012",
    "049013",
    "049014",
    "015146",
    "058091",
    "Castel del Piano",
    "082053",
];
const SKILLS: [&str; 12] = [
    "elderly_care",
    "dementia_care",
    "non_self_sufficient_care",
    "self_sufficient_support",
    "hoist_use",
    "transfers_bed_wheelchair",
    "house_cleaning",
    "bed_making",
    "newborn_care",
    "babysitting",
    "play_children",
    "dietary_cooking",
];
const QUALIFICATIONS: [&str; 6] = [
    "nurse",
    "oss",
    "adb",
    "family_assistant_course",
    "ccnl_trained_500h",
    "uni_11766",
];
const LANGUAGES: [&str; 10] = [
    "it:A1", "it:A2", "it:B1", "it:B2", "it:C1", "it:C2", "en:B1", "ar:C2", "uk:A2", "en:A1",
];
const PERMITS: [&str; 12] = [
    "italian_citizen",
    "eu_citizen",
    "eu_citizen",
    "long_term_eu",
    "employment",
    "family",
    "study",
    "seasonal",
    "asylum_seeker",
    "expired_no_receipt",
    "other",
    "unknown",
];
const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// How a world is set: what its people have in common.
#[derive(Clone, Copy)]
pub struct Setting {
    workers: (usize, usize),
    /// Percent of cells that stay at the easy value.
    easy: usize,
    /// Percent of introductions a worker and request.
    introduced: usize,
    /// Half-hours an interval starts at, on the coarse side where large.
    step: usize,
    /// Percent of workers who are free in a part of a need.
    parts: usize,
}

const SETTINGS: [Setting; 6] = [
    // Everybody could do it, so that bands, lots and teams are full.
    Setting {
        workers: (6, 24),
        easy: 96,
        introduced: 4,
        step: 4,
        parts: 50,
    },
    Setting {
        workers: (4, 16),
        easy: 90,
        introduced: 12,
        step: 1,
        parts: 50,
    },
    // Ordinary.
    Setting {
        workers: (5, 40),
        easy: 80,
        introduced: 5,
        step: 4,
        parts: 50,
    },
    // Nobody alone, several together.
    Setting {
        workers: (3, 12),
        easy: 98,
        introduced: 3,
        step: 4,
        parts: 95,
    },
    Setting {
        workers: (3, 10),
        easy: 96,
        introduced: 5,
        step: 1,
        parts: 85,
    },
    // Hardly anybody could.
    Setting {
        workers: (0, 20),
        easy: 50,
        introduced: 10,
        step: 2,
        parts: 50,
    },
];

fn time(slot: usize) -> String {
    format!("{:02}:{:02}", slot / 2, slot % 2 * 30)
}

/// `parts` intervals, long or short, over midnight now and then.
fn week(dice: &mut Dice, step: usize, parts: usize) -> String {
    let mut entries = Vec::new();
    for _ in 0..parts {
        let start = dice.below(48 / step) * step;
        let length = match dice.below(4) {
            0 => dice.between(1, 4),
            1 => step * dice.between(1, 3),
            _ => dice.between(2, 5) * 4,
        };
        let start = if dice.chance(75) {
            14 + start % 22
        } else {
            start
        };
        let end = start + length;
        let end = if end == 48 {
            "24:00".to_owned()
        } else {
            time(end % 48)
        };
        let first = dice.below(7);
        let days = match dice.below(4) {
            0 => DAYS[first].to_owned(),
            1 => format!("{},{}", DAYS[first], DAYS[dice.below(7)]),
            2 => format!("{}-{}", DAYS[first], DAYS[(first + 2) % 7]),
            _ => format!("{}-{}", DAYS[first], DAYS[dice.below(7)]),
        };
        if time(start) != end {
            entries.push(format!("{days} {}-{end}", time(start)));
        }
    }
    entries.join("; ")
}

/// Some of the need's intervals, whole, cut short or begun late, so that several
/// workers have something to share.
fn part_of(dice: &mut Dice, need: &str) -> String {
    let slot = |time: &str| {
        let (hour, minute) = time.split_once(':').unwrap();
        hour.parse::<usize>().unwrap() * 2 + minute.parse::<usize>().unwrap() / 30
    };
    let mut parts = Vec::new();
    for entry in need.split("; ").filter(|entry| !entry.is_empty()) {
        let (days, times) = entry.split_once(' ').unwrap();
        let (start, end) = times.split_once('-').unwrap();
        let (start, end) = (slot(start), slot(end));
        let end = if end < start { end + 48 } else { end };
        let cut = dice.between(start + 1, end) % 48;
        let days = if dice.chance(20) {
            let named: Vec<&str> = days.split([',', '-']).collect();
            named[dice.below(named.len())]
        } else {
            days
        };
        match dice.below(6) {
            0 => {}
            1 | 2 if cut != 0 && cut != end % 48 => {
                parts.push(format!("{days} {}-{}", time(start), time(cut)));
            }
            3 | 4 if cut != 0 && cut != end % 48 => {
                parts.push(format!("{days} {}-{}", time(cut), time(end % 48)));
            }
            _ => parts.push(format!("{days} {times}")),
        }
    }
    parts.join("; ")
}

fn row(cells: Vec<(&str, String)>) -> Row {
    let cells = cells
        .into_iter()
        .map(|(column, cell)| (column.to_owned(), cell));
    cells.filter(|(_, cell)| !cell.is_empty()).collect()
}

fn worker(dice: &mut Dice, set: Setting, i: usize, needs: &[String]) -> Row {
    let mut cells = reach(dice, set, i);
    cells.push(("availability", free(dice, set, needs)));
    cells.extend(profile(dice, set));
    row(cells)
}

/// Who, where and for what kind of work.
fn reach(dice: &mut Dice, set: Setting, i: usize) -> Vec<(&'static str, String)> {
    let hard = 100 - set.easy;
    let near_home = |dice: &mut Dice| {
        let comune = if dice.chance(hard) {
            dice.pick(&COMUNI)
        } else {
            dice.pick(&COMUNI[..3])
        };
        comune.to_owned()
    };
    let arrangements = if dice.chance(hard) {
        dice.pick(&["hourly", "night", "live_in", "live_in|night"])
            .to_owned()
    } else {
        dice.pick(&["hourly|night|live_in", "live_in|hourly|night|hourly"])
            .to_owned()
    };
    let max_km = if arrangements == "live_in" && dice.chance(50) {
        String::new()
    } else if dice.chance(4) {
        // Around what a key has room for, and beyond what a row has.
        dice.pick(&["250", "255", "256", "275", "300", "450", "70000"])
            .to_owned()
    } else if dice.chance(hard) {
        dice.between(0, 30).to_string()
    } else {
        dice.between(20, 60).to_string()
    };
    vec![
        ("code", format!("W-{:06}", (i * 7919) % 1000)),
        ("sex", dice.pick(&["f", "f", "m", "x"]).to_owned()),
        ("comune", near_home(dice)),
        ("max_km", max_km),
        (
            "extra_comuni",
            dice.maybe(hard, |dice| dice.list(&COMUNI, 3)),
        ),
        ("relocates", dice.pick(&["", "no", "yes"]).to_owned()),
        ("arrangements", arrangements),
    ]
}

/// Nothing, a part of a need, or any week.
fn free(dice: &mut Dice, set: Setting, needs: &[String]) -> String {
    match dice.below(10) {
        0 if set.parts == 50 => String::new(),
        _ if dice.chance(set.parts) => {
            let shared = set.parts > 50;
            let need = if shared { 0 } else { dice.below(needs.len()) };
            part_of(dice, &needs[need])
        }
        _ => {
            let parts = dice.between(1, 4);
            week(dice, set.step, parts)
        }
    }
}

/// What they can do, want and may.
fn profile(dice: &mut Dice, set: Setting) -> Vec<(&'static str, String)> {
    let hard = 100 - set.easy;
    vec![
        (
            "available_from",
            dice.maybe(30 + hard / 2, |dice| dice.day(40, 40 + hard)),
        ),
        ("confirmed_on", dice.maybe(70, |dice| dice.day(200, 5))),
        (
            "skills",
            if dice.chance(set.easy) {
                SKILLS[..9].join("|")
            } else {
                dice.list(&SKILLS, 6)
            },
        ),
        (
            "qualifications",
            dice.maybe(60, |dice| dice.list(&QUALIFICATIONS, 3)),
        ),
        (
            "languages",
            if dice.chance(set.easy) {
                "it:B1|en:B1|it:A2".to_owned()
            } else {
                dice.list(&LANGUAGES, 4)
            },
        ),
        (
            "experience_years",
            dice.maybe(60, |dice| dice.between(0, 15).to_string()),
        ),
        (
            "min_pay_hour",
            dice.maybe(40, |dice| {
                format!("{}.{:02}", dice.between(6, 10), dice.below(100))
            }),
        ),
        (
            "min_pay_month",
            dice.maybe(40, |dice| {
                format!("{}.{:02}", dice.between(800, 1300), dice.below(100))
            }),
        ),
        (
            "permit_type",
            if dice.chance(hard) {
                dice.pick(&PERMITS).to_owned()
            } else {
                "eu_citizen".to_owned()
            },
        ),
        ("permit_until", dice.maybe(60, |dice| dice.day(90, 90))),
        ("renewal_receipt", dice.pick(&["", "no", "yes"]).to_owned()),
        (
            "work_right_confirmed",
            dice.pick(&["", "no", "yes", "yes"]).to_owned(),
        ),
        (
            "max_hours_week",
            dice.maybe(45, |dice| {
                dice.between(0, 60).min(dice.between(1, 90)).to_string()
            }),
        ),
        (
            "accreditation",
            dice.pick(&["", "none", "pending", "yes", "yes"]).to_owned(),
        ),
        (
            "status",
            if dice.chance(6) {
                dice.pick(&["paused", "placed", "withdrawn"])
            } else {
                "active"
            }
            .to_owned(),
        ),
        ("consent_on", dice.maybe(95, |dice| dice.day(300, 3))),
    ]
}

fn request(dice: &mut Dice, set: Setting, i: usize, schedule: &str) -> Row {
    let hard = 100 - set.easy;
    let sex = if dice.chance(hard / 3) {
        dice.pick(&["f", "m"])
    } else {
        ""
    };
    let arrangement = dice.pick(&["hourly", "hourly", "hourly", "night", "live_in"]);
    row(vec![
        ("code", format!("R-{i:06}")),
        (
            "comune",
            if dice.chance(hard) {
                dice.pick(&COMUNI)
            } else {
                "053011"
            }
            .to_owned(),
        ),
        ("arrangement", arrangement.to_owned()),
        ("schedule", schedule.to_owned()),
        (
            "live_in_hours",
            dice.pick(&["", "54", "30", "30"]).to_owned(),
        ),
        (
            "min_coverage_permille",
            dice.maybe(60, |dice| {
                dice.pick(&["1", "333", "500", "667", "800", "900", "999"])
                    .to_owned()
            }),
        ),
        ("start_date", dice.day(30, 60)),
        (
            "required_skills",
            dice.maybe(50, |dice| dice.list(&SKILLS, 3)),
        ),
        (
            "preferred_skills",
            dice.maybe(50, |dice| dice.list(&SKILLS, 5)),
        ),
        (
            "required_qualifications",
            dice.maybe(hard, |dice| dice.list(&QUALIFICATIONS, 3)),
        ),
        (
            "required_languages",
            dice.maybe(50, |dice| dice.list(&LANGUAGES, 2)),
        ),
        (
            "max_pay_hour",
            dice.maybe(30, |dice| {
                format!("{},{}", dice.between(7, 11), dice.below(10))
            }),
        ),
        (
            "max_pay_month",
            dice.maybe(30, |dice| dice.between(900, 1400).to_string()),
        ),
        (
            "public_contribution",
            if dice.chance(hard) { "yes" } else { "" }.to_owned(),
        ),
        ("worker_sex", sex.to_owned()),
        (
            "worker_sex_ground",
            if sex.is_empty() || dice.chance(10) {
                ""
            } else {
                "personal_hygiene"
            }
            .to_owned(),
        ),
    ])
}

/// A world with up to 40 workers and three requests.
pub fn world(seed: u64) -> World {
    let mut dice = Dice::new(seed);
    let set = SETTINGS[dice.below(SETTINGS.len())];
    let needs: Vec<String> = (0..3)
        .map(|_| {
            let parts = dice.between(1, 3);
            week(&mut dice, set.step, parts)
        })
        .collect();
    let shared = set.parts > 50;
    let requests = needs.iter().enumerate().map(|(i, need)| {
        let need = if shared { &needs[0] } else { need };
        let empty = dice.chance(2);
        request(&mut dice, set, i + 1, if empty { "" } else { need })
    });
    let requests: Vec<Row> = requests.collect();
    let workers = dice.between(set.workers.0, set.workers.1);
    let workers: Vec<Row> = (1..=workers)
        .map(|i| worker(&mut dice, set, i, &needs))
        .collect();
    let mut introductions = Vec::new();
    for worker in &workers {
        for other in 1..=6 {
            while dice.chance(set.introduced) {
                introductions.push(row(vec![
                    ("request", format!("R-{other:06}")),
                    ("worker", worker["code"].clone()),
                    (
                        "issued_on",
                        if dice.chance(40) {
                            dice.day(2, 2)
                        } else {
                            dice.day(95, 3)
                        },
                    ),
                ]));
            }
        }
    }
    World {
        weights: weights(&mut dice),
        workers,
        requests,
        introductions,
        ..World::default()
    }
}

/// The usual ones, or any that sum to 100.
fn weights(dice: &mut Dice) -> [u32; 6] {
    if dice.chance(60) {
        return World::default().weights;
    }
    let mut weights = [0; 6];
    for _ in 0..100 {
        weights[dice.below(6)] += 1;
    }
    weights
}
