//! A market to match in: people and requests drawn over the real comuni by
//! population, by the real rules. The same seed gives the same market.

use chrono::{Days, NaiveDate};
use dom::domain::contract::{Arrangement, Arrangements, LiveInHours};
use dom::domain::language::{Language, Languages, Level};
use dom::domain::money::Cents;
use dom::domain::permit::PermitType;
use dom::domain::person::{Accreditation, Sex};
use dom::domain::place::Comune;
use dom::domain::skill::{Qualification, Skill, SkillSet};
use dom::domain::week::WeekGrid;
use dom::matching::{Introduction, Need, NeedFields, PoolWorker};

use crate::dice::{Dice, TODAY};

pub struct Market {
    pub today: NaiveDate,
    pub workers: Vec<PoolWorker>,
    pub introductions: Vec<Introduction>,
    pub needs: Vec<Need>,
}

/// Of those whose mother tongue is another.
pub const TONGUES: [&str; 9] = ["uk", "ro", "es", "ar", "sq", "ru", "pl", "en", "fr"];

const WEEKS: [(&str, usize); 9] = [
    ("Mon-Fri 08:00-13:00", 20),
    ("Mon-Fri 08:00-20:00", 16),
    ("Mon-Sat 08:00-14:00", 12),
    ("Mon-Fri 14:00-20:00", 16),
    ("Mon-Sun 07:00-21:00", 8),
    ("Mon-Sun 20:00-08:00", 10),
    ("Mon-Fri 08:30-12:30; Mon-Fri 16:00-19:00", 8),
    ("Mon,Wed,Fri 08:00-18:00", 6),
    ("Mon-Sun 00:00-24:00", 4),
];

const ASKED: [(&str, usize); 8] = [
    ("Mon-Fri 08:00-12:00", 24),
    ("Mon,Wed,Fri 09:00-12:00", 18),
    ("Mon-Sat 08:00-13:00", 12),
    ("Mon-Fri 15:00-19:00", 14),
    ("Tue,Thu 09:00-13:00", 12),
    ("Mon-Fri 08:30-12:30; Mon-Fri 16:00-18:00", 8),
    ("Mon-Fri 09:00-11:00; Mon-Fri 17:00-19:00", 6),
    ("Sat-Sun 09:00-13:00", 6),
];

const ASKED_NIGHTS: [(&str, usize); 3] = [
    ("Mon-Fri 21:00-07:00", 50),
    ("Mon-Sun 21:00-07:00", 20),
    ("Fri-Sun 20:00-08:00", 30),
];

fn weighed<T: Copy>(dice: &mut Dice, choices: &[(T, usize)]) -> T {
    let mut at = dice.below(choices.iter().map(|one| one.1).sum());
    for (choice, weight) in choices {
        if at < *weight {
            return *choice;
        }
        at -= weight;
    }
    unreachable!("the weights were summed")
}

/// Comuni by their population.
struct Map {
    upto: Vec<(u64, Comune)>,
}

impl Map {
    fn new() -> Self {
        let mut rows = csv::Reader::from_reader(&include_bytes!("../../data/comuni.csv")[..]);
        let mut sum = 0;
        let upto = rows.deserialize().map(|row| {
            let row: std::collections::HashMap<String, String> = row.unwrap();
            sum += row["population"].parse().unwrap_or(1_000);
            (sum, Comune::by_istat(&row["istat_code"]).unwrap())
        });
        Self {
            upto: upto.collect(),
        }
    }

    fn draw(&self, dice: &mut Dice) -> Comune {
        let at = dice.roll() % self.upto.last().unwrap().0;
        self.upto[self.upto.partition_point(|one| one.0 <= at)].1
    }
}

fn day(dice: &mut Dice, back: usize, forth: usize) -> NaiveDate {
    let today: NaiveDate = TODAY.parse().unwrap();
    today + Days::new(forth as u64) - Days::new(dice.below(back + forth + 1) as u64)
}

fn cents(dice: &mut Dice, least: usize, most: usize) -> Option<Cents> {
    Cents::new(u32::try_from(dice.between(least, most) / 10 * 10).unwrap())
}

fn skills(dice: &mut Dice, least: usize, most: usize) -> SkillSet {
    let all: Vec<Skill> = Skill::all().collect();
    // Some skills are far commoner than others.
    let one = |dice: &mut Dice| all[dice.below(all.len()).min(dice.below(all.len()))];
    (0..dice.between(least, most)).map(|_| one(dice)).collect()
}

fn languages(dice: &mut Dice) -> Languages {
    let italian = weighed(
        dice,
        &[
            (None, 4),
            (Some(Level::A1), 8),
            (Some(Level::A2), 20),
            (Some(Level::B1), 26),
            (Some(Level::B2), 18),
            (Some(Level::C1), 8),
            (Some(Level::C2), 16),
        ],
    );
    let mut languages = Languages::default();
    if let Some(level) = italian {
        languages.insert(Language::italian(), level);
    }
    if italian != Some(Level::C2) {
        let tongue = dice.pick(&TONGUES);
        languages.insert(Language::by_code(tongue).unwrap(), Level::C2);
    }
    if dice.chance(15) {
        languages.insert(Language::by_code("en").unwrap(), Level::B1);
    }
    languages
}

fn week(dice: &mut Dice) -> WeekGrid {
    if dice.chance(80) {
        WeekGrid::parse(weighed(dice, &WEEKS)).unwrap()
    } else {
        let from = dice.between(14, 30);
        let to = from + dice.between(4, 16);
        let days = dice.between(1, 127);
        let days = (0..7).filter(|day| days >> day & 1 == 1);
        WeekGrid::from_slots(days.flat_map(|day| (from..to).map(move |slot| day * 48 + slot)))
    }
}

fn worker(dice: &mut Dice, map: &Map, i: usize) -> PoolWorker {
    use Arrangement::{Hourly, LiveIn, Night};
    let kinds: [(&[Arrangement], usize); 6] = [
        (&[Hourly], 40),
        (&[Hourly, Night], 15),
        (&[LiveIn], 20),
        (&[Hourly, LiveIn], 12),
        (&[Hourly, LiveIn, Night], 8),
        (&[Night], 5),
    ];
    let accepted = weighed(dice, &kinds);
    let arrangements: Arrangements = accepted.iter().copied().collect();
    let lives_in = arrangements.contains(LiveIn);
    let only_lives_in = accepted == [LiveIn];
    let max_km = if only_lives_in {
        weighed(dice, &[(40, 30), (80, 30), (150, 20), (300, 20)])
    } else {
        weighed(
            dice,
            &[
                (5, 15),
                (10, 25),
                (15, 20),
                (20, 15),
                (30, 12),
                (50, 9),
                (80, 4),
            ],
        )
    };
    let languages = languages(dice);
    let permit = weighed(
        dice,
        &[
            ("italian_citizen", 18),
            ("eu_citizen", 27),
            ("long_term_eu", 22),
            ("employment", 20),
            ("family", 8),
            ("study", 2),
            ("asylum_seeker", 2),
            ("unknown", 1),
        ],
    );
    let week = week(dice);
    PoolWorker {
        code: format!("W-{i:07}"),
        authorised_on: day(dice, 900, 0),
        comune: map.draw(dice),
        max_km: Some(max_km),
        extra_comuni: if dice.chance(3) {
            vec![map.draw(dice)]
        } else {
            Vec::new()
        },
        relocates: lives_in && dice.chance(12),
        arrangements,
        availability: if only_lives_in { WeekGrid::EMPTY } else { week },
        available_from: dice.chance(20).then(|| day(dice, 30, 60)),
        confirmed_on: dice.chance(80).then(|| day(dice, 250, 0)),
        skills: skills(dice, 8, 30),
        qualifications: if dice.chance(30) {
            let all: Vec<Qualification> = Qualification::all().collect();
            [all[dice.below(all.len())]].into_iter().collect()
        } else {
            [].into_iter().collect()
        },
        languages,
        experience_years: dice
            .chance(70)
            .then(|| u32::try_from(dice.below(20)).unwrap()),
        min_pay_hour: if dice.chance(60) {
            cents(dice, 700, 1_250)
        } else {
            None
        },
        min_pay_month: if dice.chance(50) {
            cents(dice, 90_000, 150_000)
        } else {
            None
        },
        permit_type: PermitType::by_code(permit),
        permit_until: dice.chance(80).then(|| day(dice, 60, 900)),
        renewal_receipt: dice.chance(10),
        work_right_confirmed: dice.chance(50),
        max_hours_week: dice
            .chance(25)
            .then(|| u32::try_from(dice.between(8, 40)).unwrap()),
        accreditation: weighed(
            dice,
            &[
                (Accreditation::None, 75),
                (Accreditation::Pending, 8),
                (Accreditation::Yes, 17),
            ],
        ),
        sex: weighed(
            dice,
            &[(Sex::Female, 84), (Sex::Male, 15), (Sex::Unspecified, 1)],
        ),
    }
}

fn need(dice: &mut Dice, map: &Map, i: usize) -> Need {
    let arrangement = weighed(
        dice,
        &[
            (Arrangement::Hourly, 65),
            (Arrangement::LiveIn, 20),
            (Arrangement::Night, 15),
        ],
    );
    let schedule = match arrangement {
        Arrangement::Hourly => weighed(dice, &ASKED),
        Arrangement::Night => weighed(dice, &ASKED_NIGHTS),
        Arrangement::LiveIn => "",
    };
    let mut required_languages = Languages::default();
    let level = weighed(
        dice,
        &[(None, 20), (Some(Level::A2), 45), (Some(Level::B1), 35)],
    );
    if let Some(level) = level {
        required_languages.insert(Language::italian(), level);
    }
    if dice.chance(3) {
        let tongue = dice.pick(&TONGUES);
        required_languages.insert(Language::by_code(tongue).unwrap(), Level::B1);
    }
    let sex = dice.chance(4).then_some(Sex::Female);
    Need::new(NeedFields {
        request: format!("R-{i:06}"),
        comune: map.draw(dice),
        arrangement,
        schedule: WeekGrid::parse(schedule).unwrap(),
        live_in_hours: LiveInHours::default(),
        covers_rest: false,
        min_coverage_permille: weighed(dice, &[(1000, 70), (900, 15), (750, 15)]),
        start_date: day(dice, 10, 30),
        required_skills: skills(dice, 1, 3),
        preferred_skills: skills(dice, 0, 4),
        required_qualifications: if dice.chance(6) {
            Qualification::all().take(4).collect()
        } else {
            [].into_iter().collect()
        },
        required_languages,
        max_pay_hour: if dice.chance(90) {
            cents(dice, 850, 1_300)
        } else {
            None
        },
        max_pay_month: if dice.chance(90) {
            cents(dice, 100_000, 160_000)
        } else {
            None
        },
        public_contribution: dice.chance(5),
        worker_sex: sex,
        worker_sex_ground: sex.is_some(),
    })
    .unwrap()
}

/// So many workers, and requests to match them with.
pub fn market(workers: usize, needs: usize, seed: u64) -> Market {
    let map = Map::new();
    let mut dice = Dice::new(seed);
    let people: Vec<PoolWorker> = (0..workers).map(|i| worker(&mut dice, &map, i)).collect();
    let mut introductions = Vec::new();
    for one in &people {
        if dice.chance(20) {
            for _ in 0..dice.between(1, 3) {
                introductions.push(Introduction {
                    worker: one.code.clone(),
                    request: format!("R-{:06}", 100_000 + dice.below(workers / 8 + 1)),
                    issued_on: day(&mut dice, 400, 0),
                });
            }
        }
    }
    Market {
        today: TODAY.parse().unwrap(),
        workers: people,
        introductions,
        needs: (0..needs).map(|i| need(&mut dice, &map, i)).collect(),
    }
}
