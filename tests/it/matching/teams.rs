//! Teams: what they can be in law, and that neither a big week nor a big band
//! breaks them.

use dom::domain::week::WeekGrid;
use dom::matching::{LegalForm, Weights, answer};
use sha2::{Digest, Sha256};

use super::dice::Dice;
use super::people::{asked, request, worker};
use super::rows::{Row, World, need};

#[test]
fn a_team_says_which_legal_forms_it_can_take() {
    let part = |code, grid| worker(code, &[("availability", grid)]);
    let two = vec![
        part("W-1", "Mon-Fri 08:00-10:00"),
        part("W-2", "Mon-Fri 10:00-12:00"),
    ];
    let answer = asked(two, &request(&[("covers", "R-000009")]));
    let forms = &answer.teams[0].legal_forms;
    let all = [
        LegalForm::JobSharing,
        LegalForm::SeparateContracts,
        LegalForm::RestDayCover,
    ];
    assert_eq!(forms[..], all);
    let three = vec![
        part("W-1", "Mon-Fri 08:00-09:00"),
        part("W-2", "Mon-Fri 09:00-10:00"),
        part("W-3", "Mon-Fri 10:00-12:00"),
    ];
    let answer = asked(three, &request(&[]));
    assert_eq!(answer.teams[0].legal_forms, [LegalForm::SeparateContracts]);
    assert_eq!(answer.teams[0].explanations.len(), 3);
}

#[test]
fn a_big_pair_and_a_big_triple_are_assigned_in_time() {
    let nights = [
        ("schedule", "Mon-Sun 20:00-08:00"),
        ("arrangement", "night"),
    ];
    let free = |code, hours| worker(code, &[("max_hours_week", hours)]);
    let answer = asked(
        vec![free("W-1", "40"), free("W-2", "44")],
        &request(&nights),
    );
    let team = &answer.teams[0];
    assert_eq!((team.covered_slots, team.crumbs), (168, 0));
    let share = [nights[0], nights[1], ("min_coverage_permille", "800")];
    let three = vec![free("W-1", "25"), free("W-2", "23"), free("W-3", "21")];
    let team = &asked(three, &request(&share)).teams[0];
    assert_eq!(team.covered_slots, 138);
}

/// More teams in one band than the engine holds at once, all of the first ones
/// but one with the same worker, who may stand in two only.
#[test]
fn a_band_of_thousands_of_teams_is_listed_in_turn() {
    let seek = |code: &str, grid| worker(code, &[("availability", grid)]);
    let introduced = |code: &str, request: &str| {
        let cells = [
            ("worker", code),
            ("request", request),
            ("issued_on", "2026-11-20"),
        ];
        let cells = cells.map(|(column, cell)| (column.to_owned(), cell.to_owned()));
        Row::from(cells)
    };
    let mut world = World::default();
    world.workers.push(seek("W-A", "Mon 08:00-12:00"));
    world.workers.push(seek("W-C", "Mon 08:00-12:00"));
    world
        .workers
        .push(seek("W-X", "Mon 08:00-10:00; Mon 14:00-16:00"));
    world.workers.push(seek("W-Y", "Mon 10:00-14:00"));
    world.introductions.push(introduced("W-C", "R-7"));
    world.introductions.push(introduced("W-C", "R-8"));
    for i in 1000..2100 {
        let code = format!("W-{i}");
        world.workers.push(seek(&code, "Mon 12:00-16:00"));
        world.introductions.push(introduced(&code, "R-9"));
    }
    let need = need(&request(&[("schedule", "Mon 08:00-16:00")])).unwrap();
    let listed = answer(
        &world.pool(),
        &need,
        world.today(),
        &Weights::default(),
        None,
    )
    .teams;
    let mut expected = vec![vec!["W-X".to_owned(), "W-Y".to_owned()]];
    for first in ["W-A", "W-C"] {
        // Capitals come after digits: the other code is written first.
        let mut teams: Vec<Vec<String>> = (1000..2100)
            .map(|i| vec![format!("W-{i}"), first.to_owned()])
            .collect();
        teams.sort_by_cached_key(|team| Sha256::digest(format!("R-000001:{}", team.join("+"))));
        expected.extend(teams.into_iter().take(2));
    }
    let workers: Vec<Vec<String>> = listed.into_iter().map(|team| team.workers).collect();
    assert_eq!(workers, expected);
}

/// Hundreds of people who could each do another part, and no three of whom can do
/// all of it: more triples than are worth trying.
#[test]
fn a_search_that_is_given_up_says_so() {
    let mut dice = Dice::new(3);
    let needed = WeekGrid::parse("Mon-Sun 08:00-20:00").unwrap();
    let seek = |i: usize| {
        let free = needed.slots().filter(|_| dice.chance(45));
        let free = WeekGrid::from_slots(free).to_string();
        worker(&format!("W-{i}"), &[("availability", &free)])
    };
    let people: Vec<Row> = (0..650).map(seek).collect();
    let schedule = request(&[("schedule", "Mon-Sun 08:00-20:00")]);
    let few = asked(people[..60].to_vec(), &schedule);
    assert!(!few.teams_cut_short && few.teams.is_empty());
    assert!(asked(people, &schedule).teams_cut_short);
}
