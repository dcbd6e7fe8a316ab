//! Random histories: rows dated in the future, ends of need, conflicts, somebody
//! found elsewhere, answers given anew on the same day, findings of the desk.

use chrono::NaiveDate;
use dom::domain::answer::{Notified, Said, Teller, Wave};
use dom::domain::contract::Arrangement;
use dom::domain::follow_up::{Asked, Disposition};
use dom::domain::ids::{DeskCode, PartnerCode};
use dom::domain::outcome::{EndOfNeed, History, Introduced, Invited, OtherNotified, Told};
use dom::domain::reason::{Reason, ReasonList, find};
use dom::domain::request::Exclusion;

use super::second::{Answer, Day, Introduction, Invitation, Request, World, date};
use crate::matching::dice::Dice;

const DESKS: [&str; 2] = ["grosseto", "follonica"];
const PARTNERS: [&str; 3] = ["self", "pi_grosseto", "ss_follonica"];
const ARRANGEMENTS: [&str; 3] = ["hourly", "live_in", "night"];
const EXCLUSIONS: [&str; 4] = ["died", "residential_care", "moved", "duplicate"];
const REASONS: [&str; 5] = ["", "pay", "hours", "distance", "other"];

fn pick(dice: &mut Dice, from: &[&'static str]) -> &'static str {
    from[dice.below(from.len())]
}

fn day(dice: &mut Dice, first: Day, last: Day) -> Day {
    let span = usize::try_from(last - first).unwrap();
    first + Day::try_from(dice.below(span + 1)).unwrap()
}

/// A world of up to `most` requests.
pub fn world(seed: u64, most: usize) -> World {
    let mut dice = Dice::new(seed);
    let mut world = World::default();
    for r in 0..dice.below(most + 1) {
        let opened = day(&mut dice, -40, 420);
        let is_excluded = dice.chance(30);
        let exclusions = if is_excluded { &EXCLUSIONS[..] } else { &[""] };
        world.requests.push(Request {
            desk: pick(&mut dice, &DESKS),
            partner: pick(&mut dice, &PARTNERS),
            arrangement: pick(&mut dice, &ARRANGEMENTS),
            opened,
            excluded: pick(&mut dice, exclusions),
            // Sometimes there is a day without a reason, which means nothing.
            excluded_on: dice.chance(60).then(|| opened + day(&mut dice, -5, 60)),
        });
        let introductions = dice.below(4);
        // Most sheets of a request go out around one day, so that edges meet.
        let around = opened + day(&mut dice, -3, 30);
        for _ in 0..introductions {
            world.introductions.push(Introduction {
                request: r,
                issued: around + [0, 0, 1, 7, 90][dice.below(5)],
            });
        }
    }
    for i in 0..world.introductions.len() {
        // What both have in common, so that words often agree.
        let hired = dice.chance(50);
        for _ in 0..dice.below(8) {
            let answer = answer(&mut dice, i, world.introductions[i].issued, hired);
            world.answers.push(answer);
        }
    }
    // Answers arrive in any order.
    for last in (1..world.answers.len()).rev() {
        world.answers.swap(last, dice.below(last + 1));
    }
    invite(&mut dice, &mut world);
    world
}

/// Some are asked at some waves, and it ends in every way.
fn invite(dice: &mut Dice, world: &mut World) {
    for i in 0..world.introductions.len() {
        for side in ["family", "worker"] {
            for wave in 1..=3 {
                if dice.chance(60) {
                    let asked = [15, 90, 180][usize::from(wave) - 1];
                    let answered = ["complete", "complete", "partial"];
                    let other = ["refusal", "no_reply", "not_eligible", "died", ""];
                    let list = if dice.chance(50) {
                        &answered[..]
                    } else {
                        &other[..]
                    };
                    world.invitations.push(Invitation {
                        introduction: i,
                        side,
                        wave,
                        closes: world.introductions[i].issued + asked + 21,
                        disposition: pick(dice, list),
                    });
                }
            }
        }
    }
}

fn answer(dice: &mut Dice, introduction: usize, issued: Day, hired: bool) -> Answer {
    let side = pick(dice, &["family", "family", "worker", "worker", "desk"]);
    let wave = u8::try_from(dice.between(1, 4)).unwrap();
    let asked = issued + [15, 90, 180, 365][usize::from(wave) - 1];
    let likely = if hired { "hired" } else { "no" };
    let result = match side {
        "family" => pick(
            dice,
            &["", likely, likely, "hired", "no", "deciding", "elsewhere"],
        ),
        "worker" => pick(dice, &["", likely, likely, "hired", "no", "deciding"]),
        _ => pick(dice, &["", likely, "hired", "no"]),
    };
    let of_hire = result.is_empty() || result == "hired";
    let started = dice.chance(50).then(|| issued + day(dice, -5, 60));
    let ended = dice.chance(15).then(|| {
        // Within one row never before the start.
        started.unwrap_or(issued) + day(dice, 0, 250)
    });
    Answer {
        introduction,
        side,
        wave,
        on: asked + [0, 0, 3, 3, 10, 40][dice.below(6)] - [0, 0, 0, 30][dice.below(4)],
        result,
        reason: pick(dice, &REASONS),
        document: if side == "desk" && result == "hired" {
            pick(dice, &["", "inps_receipt", "pay_slip"])
        } else {
            ""
        },
        started,
        ended,
        notified: pick(dice, &["", "", "yes", "no", "dont_know", "rather_not_say"]),
        fits: pick(dice, &["", "yes", "yes", "no"]),
        still: if of_hire && side != "desk" {
            pick(dice, &["", "yes", "yes", "no"])
        } else if of_hire {
            pick(dice, &["", "", "", "yes"])
        } else {
            ""
        },
    }
}

/// The world as the product's figures read it.
pub fn histories(world: &World) -> Vec<History> {
    let history = |(r, request): (usize, &Request)| History {
        desk: DeskCode::parse(request.desk).unwrap(),
        partner: (request.partner != "self").then(|| PartnerCode::parse(request.partner).unwrap()),
        arrangement: Arrangement::parse(request.arrangement).unwrap(),
        opened_on: date(request.opened),
        exclusion: Exclusion::parse(request.excluded)
            .ok()
            .map(|why| EndOfNeed {
                why,
                on: request.excluded_on.map(date),
            }),
        introductions: world
            .introductions
            .iter()
            .enumerate()
            .filter(|(_, one)| one.request == r)
            .map(|(i, one)| Introduced {
                issued_on: date(one.issued),
                told: told(world, i),
                invited: invited(world, i),
            })
            .collect(),
    };
    world.requests.iter().enumerate().map(history).collect()
}

fn told(world: &World, i: usize) -> Vec<Told> {
    let all = world.answers.iter().filter(|one| one.introduction == i);
    let yes_no = |text: &str| (!text.is_empty()).then_some(text == "yes");
    all.map(|one| Told {
        side: Teller::parse(one.side).unwrap(),
        wave: Wave::parse(&format!("w{}", one.wave)).unwrap(),
        answered_on: date(one.on),
        via: None,
        talked: None,
        met: None,
        result: Said::parse(one.result).ok(),
        reason: find(ReasonList::AnswerNo, one.reason).map(Reason::code),
        document: find(ReasonList::Document, one.document).map(Reason::code),
        started_on: one.started.map(date),
        notified_yes: one.notified == Notified::Yes.code(),
        fits: yes_no(one.fits),
        still_working: yes_no(one.still),
        ended_on: one.ended.map(date),
    })
    .collect()
}

fn invited(world: &World, i: usize) -> Vec<Invited> {
    let all = world.invitations.iter().filter(|one| one.introduction == i);
    all.map(|one| Invited {
        side: Asked::parse(one.side).unwrap(),
        wave: Wave::parse(&format!("w{}", one.wave)).unwrap(),
        closes_on: date(one.closes),
        phone_from: None,
        tries: 0,
        disposition: Disposition::parse(one.disposition).ok(),
    })
    .collect()
}

/// What was not kept of the calendar years from one day to another.
pub fn tally(world: &World, from: NaiveDate, to: NaiveDate) -> OtherNotified {
    use chrono::Datelike;
    let mut tally = OtherNotified::default();
    let years = from.year()..=to.year();
    for one in &world.answers {
        if years.contains(&date(one.on).year()) {
            match one.notified {
                "no" => tally.no += 1,
                "dont_know" => tally.dont_know += 1,
                "rather_not_say" => tally.rather_not_say += 1,
                _ => {}
            }
        }
    }
    tally
}
