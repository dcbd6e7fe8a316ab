//! Pairs among many who could each do a part: the engine's search by kinds against
//! trying all pairs, on the same people, with the same five pairs at the end.

use dom::domain::contract::Arrangement;
use dom::domain::permit::PermitType;
use dom::domain::place::Comune;
use dom::domain::week::WeekGrid;
use dom::matching::{Need, NeedFields, Pool, Search, Weights};

use crate::dice::Dice;
use crate::market::{Market, market};
use crate::plain::{Asked, people};
use crate::{median, micros};

const SCHEDULES: [&str; 5] = [
    "Mon-Fri 08:00-13:00; Mon-Fri 16:00-19:00",
    "Mon-Sat 08:00-13:00",
    "Mon-Fri 08:00-10:00; Mon-Fri 12:00-14:00; Mon-Fri 17:00-19:00",
    "Mon,Wed,Fri 08:00-18:00",
    "Mon-Sun 08:00-12:00",
];

/// People of one town who are free in a morning, an afternoon or some days.
fn part_timers(size: usize) -> Market {
    let mut dice = Dice::new(11);
    let mut market = market(size, 1, 5);
    let town = Comune::by_istat("053011").expect("Grosseto is in the table");
    for one in &mut market.workers {
        one.comune = town;
        one.max_km = Some(10);
        one.arrangements = [Arrangement::Hourly].into_iter().collect();
        one.permit_type = PermitType::by_code("eu_citizen");
        one.available_from = None;
        one.max_hours_week = None;
        one.min_pay_hour = None;
        let mut slots = Vec::new();
        for _ in 0..dice.between(1, 3) {
            let days = dice.between(1, 127);
            let start = [14, 16, 18, 24, 28, 32][dice.below(6)];
            let end = start + [4, 6, 8, 10, 12][dice.below(5)];
            let days = (0..7).filter(|day| days >> day & 1 == 1 || start < 20);
            slots.extend(days.flat_map(|day| (start..end).map(move |slot| day * 48 + slot)));
        }
        one.availability = WeekGrid::from_slots(slots);
    }
    market.needs = (SCHEDULES.iter().enumerate())
        .map(|(i, schedule)| {
            Need::new(NeedFields {
                request: format!("R-{i:06}"),
                comune: town,
                arrangement: Arrangement::Hourly,
                schedule: WeekGrid::parse(schedule).expect("a week"),
                min_coverage_permille: 1000,
                required_skills: [].into_iter().collect(),
                required_qualifications: [].into_iter().collect(),
                required_languages: [].into_iter().collect(),
                public_contribution: false,
                worker_sex: None,
                worker_sex_ground: false,
                ..market.needs[0].fields().clone()
            })
            .expect("an ordinary request")
        })
        .collect();
    market
}

/// Candidates, ours and all pairs, each the median over the requests in µs.
pub fn pairs(size: usize) -> (usize, f64, f64) {
    let market = part_timers(size);
    let pool = Pool::new(market.workers.clone(), market.introductions.clone());
    let weights = Weights::default();
    let people = people(&market);
    let (mut ours, mut naive, mut candidates) = (Vec::new(), Vec::new(), 0);
    for need in &market.needs {
        let search = Search {
            pool: &pool,
            need,
            today: market.today,
            weights: &weights,
        };
        let asked = Asked::new(need, market.today);
        let members = asked.for_teams(&people);
        candidates = members.len().max(candidates);
        let mut listed = Vec::new();
        naive.push(micros(|| listed = asked.pairs(&people, &members)));
        assert!(!listed.is_empty(), "no pair for {need:?}");
        let mut best = f64::MAX;
        for _ in 0..3 {
            let mut teams = Vec::new();
            best = best.min(micros(|| teams = search.first_teams()));
            assert_eq!(teams, listed, "pairs of {}", need.request());
        }
        ours.push(best);
    }
    println!("# {size}: pairs of up to {candidates}, ours {ours:.0?} µs, all pairs {naive:.0?} µs");
    (candidates, median(&ours), median(&naive))
}
