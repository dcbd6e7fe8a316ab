//! Every row of the table of words, which word a side has, what the desk's
//! finding changes, and what a hire rests on.

use chrono::NaiveDate;
use dom::domain::answer::Said::{self, Deciding, Elsewhere, Hired, No};
use dom::domain::answer::{Teller, Wave};
use dom::domain::outcome::Outcome::{
    Conflict, HiredConfirmed, HiredFamilyOnly, HiredWorkerOnly, NotHired, Unknown,
};
use dom::domain::outcome::{Evidence, Introduced, Outcome, Period, Standing, Told, outcome, word};

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// An answer with a result and nothing else.
pub fn told(side: Teller, wave: Wave, on: &str, result: impl Into<Option<Said>>) -> Told {
    Told {
        side,
        wave,
        answered_on: day(on),
        via: None,
        talked: None,
        met: None,
        result: result.into(),
        reason: None,
        document: None,
        started_on: None,
        notified_yes: false,
        fits: None,
        still_working: None,
        ended_on: None,
    }
}

pub fn period(today: &str) -> Period {
    Period {
        from: day("2026-01-01"),
        to: day("2026-12-31"),
        today: day(today),
    }
}

fn standing_of(
    told: &[Told],
    today: &str,
) -> (Option<Said>, Option<Said>, Outcome, Option<Evidence>) {
    let introduced = Introduced {
        issued_on: day("2026-01-01"),
        told: told.to_vec(),
        invited: Vec::new(),
    };
    let standing = Standing::of(&introduced, period(today));
    (
        word(&standing.family),
        word(&standing.worker),
        standing.outcome,
        standing.evidence(),
    )
}

#[test]
fn every_pair_of_words_has_its_outcome() {
    let words = [None, Some(Deciding), Some(Hired), Some(No), Some(Elsewhere)];
    // Rows: the family's word; columns: the worker's, in the same order.
    let table = [
        [Unknown, Unknown, HiredWorkerOnly, NotHired],
        [Unknown, Unknown, HiredWorkerOnly, NotHired],
        [HiredFamilyOnly, HiredFamilyOnly, HiredConfirmed, Conflict],
        [NotHired, NotHired, Conflict, NotHired],
        [NotHired, NotHired, Conflict, NotHired],
    ];
    for (family, row) in words.into_iter().zip(table) {
        for (worker, expected) in words.into_iter().zip(row) {
            let pair = (family, worker);
            assert_eq!(outcome(family, worker, None), expected, "{pair:?}");
            assert_eq!(
                outcome(family, worker, Some(Hired)),
                HiredConfirmed,
                "{pair:?}"
            );
            assert_eq!(outcome(family, worker, Some(No)), NotHired, "{pair:?}");
        }
    }
}

#[test]
fn a_hire_at_any_wave_is_the_word_and_else_the_latest_wave_is() {
    use Teller::Family;
    use Wave::{W1, W2, W3};
    let word = |told: &[Told]| standing_of(told, "2030-01-01").0;
    assert_eq!(word(&[]), None);
    // A later wave says no: the hire stands, and ended.
    let hired = told(Family, W1, "2026-01-16", Hired);
    let ended = told(Family, W3, "2026-07-01", No);
    assert_eq!(word(&[hired, ended]), Some(Hired));
    // The wave tells, not the day.
    let late = told(Family, W1, "2026-12-01", Deciding);
    let early = told(Family, W2, "2026-02-01", Elsewhere);
    assert_eq!(word(&[late, early]), Some(Elsewhere));
    // An answer to another question is no word, and replaces none.
    let other = told(Family, W2, "2026-05-01", None);
    assert_eq!(word(&[other]), None);
    assert_eq!(word(&[early, other]), Some(Elsewhere));
}

#[test]
fn within_a_wave_the_latest_counts_and_the_last_to_arrive_of_a_day() {
    use Teller::Worker;
    use Wave::W2;
    let word = |told: &[Told]| standing_of(told, "2026-06-01").1;
    let hired = told(Worker, W2, "2026-04-01", Hired);
    let corrected = told(Worker, W2, "2026-04-02", No);
    assert_eq!(word(&[hired, corrected]), Some(No));
    assert_eq!(
        word(&[corrected, hired]),
        Some(No),
        "the day tells before arrival"
    );
    let same_day = told(Worker, W2, "2026-04-02", Deciding);
    assert_eq!(word(&[corrected, same_day]), Some(Deciding));
    assert_eq!(word(&[same_day, corrected]), Some(No));
    let future = told(Worker, W2, "2026-06-02", Hired);
    assert_eq!(word(&[corrected, future]), Some(No), "not said yet");
}

#[test]
fn who_tells_whether_they_still_work_was_hired() {
    use Teller::Family;
    for still in [true, false] {
        let mut answer = told(Family, Wave::W3, "2026-05-01", None);
        answer.still_working = Some(still);
        let (family, _, outcome, evidence) = standing_of(&[answer], "2026-06-01");
        assert_eq!(family, Some(Hired));
        assert_eq!(outcome, HiredFamilyOnly);
        assert_eq!(evidence, Some(Evidence::OneWord));
    }
}

#[test]
fn the_latest_finding_of_the_desk_overrides_and_a_document_stays_seen() {
    use Teller::{Desk, Family, Worker};
    use Wave::{W1, W2};
    let both = [
        told(Family, W2, "2026-04-01", Hired),
        told(Worker, W2, "2026-04-01", No),
    ];
    let with = |more: &[Told]| {
        let all = [&both[..], more].concat();
        let (_, _, outcome, evidence) = standing_of(&all, "2026-12-01");
        (outcome, evidence)
    };
    assert_eq!(with(&[]), (Conflict, None));
    let found = told(Desk, W2, "2026-05-01", Hired);
    assert_eq!(with(&[found]), (HiredConfirmed, Some(Evidence::OneWord)));
    let lost = told(Desk, W1, "2026-05-02", No);
    assert_eq!(
        with(&[found, lost]),
        (NotHired, None),
        "the wave plays no part"
    );
    let mut seen = told(Desk, W1, "2026-04-20", Hired);
    seen.document = Some("pay_slip");
    let again = [seen, lost, told(Desk, W1, "2026-05-03", Hired)];
    assert_eq!(with(&again), (HiredConfirmed, Some(Evidence::Document)));
}

#[test]
fn both_words_are_more_than_one_and_a_document_more_than_both() {
    use Teller::{Desk, Family, Worker};
    let words = [
        told(Family, Wave::W2, "2026-04-01", Hired),
        told(Worker, Wave::W3, "2026-07-01", Hired),
    ];
    let evidence = |told: &[Told]| standing_of(told, "2026-12-01").3;
    assert_eq!(evidence(&words[..1]), Some(Evidence::OneWord));
    assert_eq!(evidence(&words), Some(Evidence::BothWords));
    let mut seen = told(Desk, Wave::W2, "2026-04-20", Hired);
    seen.document = Some("inps_receipt");
    assert_eq!(evidence(&[words[0], seen]), Some(Evidence::Document));
    assert!(Evidence::OneWord < Evidence::BothWords && Evidence::BothWords < Evidence::Document);
}
