//! The engine and the second implementation over random worlds: the same JSON,
//! the same teams, the same best for pairs, and assignments that hold.

use dom::domain::week::WeekGrid;
use dom::matching::{Answer, Team, answer, reverse};

use super::random;
use super::rows::{World, cell, need};
use super::second::{self, PlainTeam, Tables, week};

/// How many worlds; `MATCHING_TEST_POOLS` asks for more.
fn worlds() -> u64 {
    let asked = std::env::var("MATCHING_TEST_POOLS").ok();
    asked.map_or(2_000, |text| text.parse().unwrap())
}

#[derive(Default)]
struct Seen {
    answers: u32,
    refused: u32,
    fits: usize,
    several_bands: u32,
    near_misses: usize,
    pairs: usize,
    triples: usize,
    crumbs: u32,
    handovers: u32,
    introduced: usize,
}

#[test]
fn the_second_implementation_agrees_over_random_pools() {
    let tables = Tables::load();
    let mut seen = Seen::default();
    for seed in 0..worlds() {
        let world = random::world(seed);
        agree(&tables, &world, seed, &mut seen);
        agree_the_other_way_round(&tables, &world, seed);
    }
    println!(
        "{} pools: {} answers, {} refused, {} fits, {} with several bands, {} near misses, \
         {} introduced, {} pairs ({} crumbs, {} handovers), {} triples",
        worlds(),
        seen.answers,
        seen.refused,
        seen.fits,
        seen.several_bands,
        seen.near_misses,
        seen.introduced,
        seen.pairs,
        seen.crumbs,
        seen.handovers,
        seen.triples,
    );
    let met = [
        seen.refused > 0,
        seen.fits > 0,
        seen.several_bands > 0,
        seen.near_misses > 0,
        seen.introduced > 0,
        seen.pairs > 0,
        seen.triples > 0,
        seen.crumbs > 0,
        seen.handovers > 0,
    ];
    assert!(
        met.iter().all(|met| *met),
        "the worlds miss a rule: {met:?}"
    );
}

fn agree(tables: &Tables, world: &World, seed: u64, seen: &mut Seen) {
    let pool = world.pool();
    for row in &world.requests {
        let at = || format!("seed {seed}, {}", cell(row, "code"));
        let theirs = second::answer(tables, world, row);
        let Ok(need) = need(row) else {
            assert!(theirs.is_none(), "{}: only the engine refuses", at());
            seen.refused += 1;
            continue;
        };
        let theirs = theirs.unwrap_or_else(|| panic!("{}: the engine should refuse", at()));
        let ours = answer(&pool, &need, world.today(), &world.weights(), None);
        assert_eq!(ours.fits.len(), theirs.fits.len(), "{}", at());
        let without_teams = Answer {
            teams: Vec::new(),
            ..ours.clone()
        };
        let json = serde_json::to_string(&without_teams).unwrap();
        assert_eq!(json, theirs.json_without_teams, "{}", at());
        let workers = |teams: Vec<&[String]>| format!("{teams:?}");
        assert_eq!(
            workers(ours.teams.iter().map(|team| &team.workers[..]).collect()),
            workers(theirs.teams.iter().map(|team| &team.workers[..]).collect()),
            "{}",
            at()
        );
        for (team, plain) in ours.teams.iter().zip(&theirs.teams) {
            holds(&week(cell(row, "schedule")), team, plain, &at());
            seen.pairs += usize::from(team.workers.len() == 2);
            seen.triples += usize::from(team.workers.len() == 3);
            seen.crumbs += team.crumbs;
            seen.handovers += team.handovers;
        }
        seen.answers += 1;
        seen.fits += ours.fits.len();
        seen.near_misses += ours.near_misses.len();
        seen.introduced += ours.introduced.len();
        seen.several_bands += u32::from(ours.fits.iter().any(|fit| fit.band > 1));
    }
}

/// Every slot needed, free and given once; caps kept; the count the reach; the
/// crumbs and handovers as they are, and for pairs the fewest.
pub fn holds(need: &[bool], team: &Team, plain: &PlainTeam, at: &str) {
    assert_eq!(
        team.assignment.keys().collect::<Vec<_>>(),
        plain.workers.iter().collect::<Vec<_>>()
    );
    let grids: Vec<&WeekGrid> = team.assignment.values().collect();
    let mut owner: Vec<Option<usize>> = vec![None; 336];
    for (member, grid) in grids.iter().enumerate() {
        for slot in grid.slots() {
            assert!(
                need[slot] && plain.free[member][slot],
                "{at}: {slot} is not free"
            );
            assert_eq!(owner[slot], None, "{at}: {slot} is given twice");
            owner[slot] = Some(member);
        }
        let within = plain.caps[member].is_none_or(|cap| i64::from(grid.count()) <= cap);
        assert!(within, "{at}: a cap is passed");
    }
    let given: u32 = grids.iter().map(|grid| grid.count()).sum();
    assert_eq!(i64::from(given), plain.reach, "{at}");
    assert_eq!(team.covered_slots, given, "{at}");
    let counted = second::counted(need, &owner);
    let said = (i64::from(team.crumbs), i64::from(team.handovers));
    assert_eq!(said, counted, "{at}: {:?}", team.assignment);
    if let Some(best) = plain.best {
        assert_eq!(said, best, "{at}: {:?} is not the best", team.assignment);
    }
}

fn agree_the_other_way_round(tables: &Tables, world: &World, seed: u64) {
    let pool = world.pool();
    let needs: Vec<_> = world
        .requests
        .iter()
        .filter_map(|row| need(row).ok())
        .collect();
    for row in world.workers.iter().take(3) {
        let code = cell(row, "code");
        let ours = reverse(&pool, code, &needs, world.today(), &world.weights());
        let ours = serde_json::to_string(&ours).unwrap();
        assert_eq!(
            ours,
            second::reverse(tables, world, row),
            "seed {seed}, {code}"
        );
    }
}
