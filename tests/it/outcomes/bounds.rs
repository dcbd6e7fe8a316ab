//! The edges of the figures, one request at a time: who counts, from which day
//! on, and what a number is over nothing.

use dom::domain::answer::Said::{Elsewhere, Hired, No};
use dom::domain::answer::{Teller, Wave};
use dom::domain::contract::Arrangement;
use dom::domain::ids::{DeskCode, PartnerCode};
use dom::domain::outcome::{
    EndOfNeed, Figures, History, Introduced, Ledger, OtherNotified, Placement, Quartiles, Retained,
    Told,
};
use dom::domain::request::Exclusion;

use super::table::{day, period, told};

/// Opened on 1 March 2026, one sheet on the 10th with these answers.
fn request(told: &[Told]) -> History {
    History {
        desk: DeskCode::parse("grosseto").unwrap(),
        partner: None,
        arrangement: Arrangement::Hourly,
        opened_on: day("2026-03-01"),
        exclusion: None,
        introductions: vec![Introduced {
            issued_on: day("2026-03-10"),
            told: told.to_vec(),
            invited: Vec::new(),
        }],
    }
}

fn ended(mut history: History, why: Exclusion, on: Option<&str>) -> History {
    history.exclusion = Some(EndOfNeed {
        why,
        on: on.map(day),
    });
    history
}

fn figures(all: &[History], today: &str) -> Figures {
    let mut ledger = Ledger::new(period(today));
    for one in all {
        ledger.add(one);
    }
    ledger.figures(OtherNotified::default())
}

fn states(figures: &Figures) -> [u32; 5] {
    let s = &figures.requests_by_state;
    [
        s.filled,
        s.filled_elsewhere,
        s.not_filled,
        s.conflict,
        s.unknown,
    ]
}

#[test]
fn a_rate_over_nothing_is_null_and_never_0() {
    let figures = figures(&[], "2026-12-31");
    assert_eq!(figures.placement, Placement::default());
    assert_eq!(figures.placement.lower, None);
    assert_eq!(figures.regular.lower, None);
    assert_eq!(figures.retention.after_90, Retained::default());
    assert_eq!(figures.days_to_hire, Quartiles::default());
    assert_eq!(
        (figures.agreement.agree, figures.agreement.kappa),
        (None, None)
    );
    assert!(figures.by_desk.is_empty() && figures.reasons.is_empty());
    assert_eq!(figures.response.family, None);
}

#[test]
fn a_request_is_old_enough_on_the_hundred_and_eleventh_day() {
    let all = [request(&[told(
        Teller::Family,
        Wave::W1,
        "2026-03-25",
        Hired,
    )])];
    let before = figures(&all, "2026-06-28");
    assert_eq!((before.requests, before.mature), (1, 0));
    assert_eq!(
        (before.placement.observed, before.placement.weighted),
        (None, None)
    );
    assert_eq!(before.placement.wilson, [None, None]);
    assert_eq!(before.placement.lower, Some(1000));
    let after = figures(&all, "2026-06-29");
    assert_eq!(after.mature, 1);
    assert_eq!(after.placement.weighted, Some(1000));
}

#[test]
fn what_is_dated_after_today_is_not_there_yet() {
    let all = [request(&[told(
        Teller::Family,
        Wave::W1,
        "2026-03-25",
        Hired,
    )])];
    let at = |today| {
        let f = figures(&all, today);
        (f.opened, f.without_sheet, f.requests, f.answered.any)
    };
    assert_eq!(at("2026-02-28"), (0, 0, 0, 0));
    assert_eq!(at("2026-03-01"), (1, 1, 0, 0));
    assert_eq!(at("2026-03-10"), (1, 0, 1, 0));
    assert_eq!(at("2026-03-25"), (1, 0, 1, 1));
    // A sheet older than its request comes into being with it.
    let mut early = request(&[]);
    early.introductions[0].issued_on = day("2026-02-01");
    assert_eq!(figures(&[early], "2026-02-15").requests, 0);
}

#[test]
fn the_first_sheet_puts_a_request_into_a_period_and_later_ones_count_with_it() {
    let mut history = request(&[]);
    for issued_on in ["2027-02-01", "2027-04-01"] {
        history.introductions.push(Introduced {
            issued_on: day(issued_on),
            told: Vec::new(),
            invited: Vec::new(),
        });
    }
    let figures = |history: &History| figures(std::slice::from_ref(history), "2027-03-01");
    assert_eq!(
        (figures(&history).requests, figures(&history).introductions),
        (1, 2)
    );
    history.introductions[0].issued_on = day("2025-12-31");
    assert_eq!(
        (figures(&history).requests, figures(&history).opened),
        (0, 1)
    );
}

#[test]
fn an_end_of_the_need_takes_a_request_out_only_when_recorded_in_time() {
    let died = Exclusion::Died;
    let silent = || request(&[]);
    let at = |history: History, today| {
        let f = figures(&[history], today);
        (f.excluded.died, f.requests, states(&f))
    };
    let out = (1, 0, [0; 5]);
    let unknown = (0, 1, [0, 0, 0, 0, 1]);
    let not_filled = (0, 1, [0, 0, 1, 0, 0]);
    let late = "2026-12-31";
    assert_eq!(at(ended(silent(), died, None), late), out);
    assert_eq!(
        at(ended(silent(), died, Some("2026-03-25")), late),
        out,
        "15 days"
    );
    assert_eq!(
        at(ended(silent(), died, Some("2026-03-26")), late),
        not_filled,
        "16 days"
    );
    assert_eq!(
        at(ended(silent(), died, Some("2026-03-26")), "2026-03-25"),
        unknown
    );
    // A hire keeps it in, whenever the end was recorded.
    let hired = || request(&[told(Teller::Worker, Wave::W2, "2026-06-01", Hired)]);
    let filled = (0, 1, [1, 0, 0, 0, 0]);
    assert_eq!(at(ended(hired(), died, None), late), filled);
    assert_eq!(at(ended(hired(), died, Some("2026-07-01")), late), filled);
    // Before the hire is known it is out.
    assert_eq!(at(ended(hired(), died, None), "2026-05-31"), out);
    let elsewhere = request(&[told(Teller::Family, Wave::W2, "2026-06-01", Elsewhere)]);
    let met_elsewhere = (0, 1, [0, 1, 0, 0, 0]);
    assert_eq!(
        at(ended(elsewhere, died, Some("2026-07-01")), late),
        met_elsewhere
    );
}

#[test]
fn each_reason_for_taking_out_is_counted_beside() {
    let all = Exclusion::ALL.map(|why| ended(request(&[]), why, None));
    let excluded = figures(&all, "2026-12-31").excluded;
    let counts = [
        excluded.died,
        excluded.residential_care,
        excluded.moved,
        excluded.duplicate,
    ];
    assert_eq!(counts, [1; 4]);
}

#[test]
fn filled_comes_before_conflict_and_conflict_before_elsewhere() {
    use Teller::{Family, Worker};
    let introduced = |told: &[Told]| Introduced {
        issued_on: day("2026-03-10"),
        told: told.to_vec(),
        invited: Vec::new(),
    };
    let hired = introduced(&[told(Family, Wave::W2, "2026-06-01", Hired)]);
    let torn = introduced(&[
        told(Family, Wave::W2, "2026-06-01", Elsewhere),
        told(Worker, Wave::W2, "2026-06-01", Hired),
    ]);
    let elsewhere = introduced(&[told(Family, Wave::W2, "2026-06-01", Elsewhere)]);
    let no = introduced(&[told(Worker, Wave::W2, "2026-06-01", No)]);
    let silent = introduced(&[]);
    let of = |introductions: &[&Introduced]| {
        let mut history = request(&[]);
        history.introductions = introductions.iter().copied().cloned().collect();
        states(&figures(&[history], "2026-12-31"))
    };
    assert_eq!(of(&[&silent, &elsewhere, &torn, &hired]), [1, 0, 0, 0, 0]);
    assert_eq!(of(&[&silent, &elsewhere, &torn]), [0, 0, 0, 1, 0]);
    assert_eq!(of(&[&silent, &elsewhere, &no]), [0, 1, 0, 0, 0]);
    assert_eq!(of(&[&no, &no]), [0, 0, 1, 0, 0]);
    assert_eq!(of(&[&no, &silent]), [0, 0, 0, 0, 1]);
}

#[test]
fn a_cell_in_which_nothing_is_known_borrows_the_rate_of_all() {
    let hired = || request(&[told(Teller::Family, Wave::W2, "2026-06-01", Hired)]);
    let no = || request(&[told(Teller::Family, Wave::W2, "2026-06-01", No)]);
    let night = || History {
        arrangement: Arrangement::Night,
        partner: Some(PartnerCode::parse("pi_grosseto").unwrap()),
        ..request(&[])
    };
    let all = [hired(), no(), no(), night(), night()];
    let figures = figures(&all, "2026-12-31");
    assert_eq!(figures.placement.observed, Some(333));
    assert_eq!(figures.placement.weighted, Some(333));
    assert_eq!(figures.placement.borrowed_cells, 1);
    let [own, sent] = &figures.by_partner[..] else {
        panic!("{:?}", figures.by_partner);
    };
    assert_eq!(
        (sent.partner.as_str(), own.partner.as_str()),
        ("self", "pi_grosseto")
    );
    // A group has nothing but its own cells to borrow from.
    assert_eq!(
        (own.placement.weighted, own.placement.borrowed_cells),
        (None, 0)
    );
    assert_eq!(sent.placement.weighted, Some(333));
}

#[test]
fn the_time_of_a_job_is_read_as_the_design_has_it() {
    use Teller::{Family, Worker};
    let started = |mut one: Told, start: &str| {
        one.started_on = Some(day(start));
        one
    };
    let still = |mut one: Told, yes| {
        one.still_working = Some(yes);
        one
    };
    let retained = |told: &[Told], today: &str| {
        let retention = figures(&[request(told)], today).retention;
        let [a, b] = [retention.after_90, retention.after_180];
        [(a.lower, a.upper, a.at_risk), (b.lower, b.upper, b.at_risk)]
    };
    let (none, all) = (Some(0), Some(1000));
    // Day 0 is 1 April.
    let hired = started(told(Family, Wave::W1, "2026-03-25", Hired), "2026-04-01");
    let day_100 = still(told(Family, Wave::W2, "2026-07-10", None), true);
    assert_eq!(
        retained(&[hired, day_100], "2026-12-31"),
        [(all, all, 1), (none, all, 0)]
    );
    // Over on day 200, as the worker says; last together on day 100: day 150.
    let day_200 = still(told(Worker, Wave::W3, "2026-10-18", None), false);
    assert_eq!(
        retained(&[hired, day_100, day_200], "2026-12-31"),
        [(all, all, 1), (none, all, 0)]
    );
    // A no at a later wave than a hired, before anybody was seen together.
    let no = told(Family, Wave::W2, "2026-06-20", No);
    assert_eq!(
        retained(&[hired, no], "2026-12-31"),
        [(none, none, 0), (none, none, 0)]
    );
    // The family's word on the start wins over the worker's, and the future is not stated.
    let other = started(told(Worker, Wave::W2, "2026-07-01", Hired), "2026-01-01");
    let future = started(told(Family, Wave::W3, "2026-08-01", Hired), "2027-04-01");
    assert_eq!(
        figures(&[request(&[hired, other, future])], "2026-12-31")
            .days_to_hire
            .median,
        Some(31)
    );
}
