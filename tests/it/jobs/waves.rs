//! Half a year of follow-up with a clock that a test moves: who is asked, when,
//! how often, and who is not.

use chrono::{Days, TimeDelta};
use dom::catalogue::{Language, Words};
use dom::domain::follow_up::Disposition;
use dom::domain::mail::MailState;
use dom::jobs::run_due;
use dom::mail::transport::Caught;
use dom::services::tables::Kind;
use dom::storage;
use dom::storage::lists::At;
use sea_orm::ConnectionTrait as _;

use crate::people::load;
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, links, start, told};
use crate::support::program::block_on;
use crate::support::site::Site;
use crate::support::smtp::{Script, Smtp};

const FAMILY: &str = "famiglia@prova.example";
const FIRST: &str = "prima@prova.example";
const SECOND: &str = "seconda@prova.example";

/// Whoever may not be named is not asked about hours: here the follow-up alone writes.
const UNASKED: (&str, &str) = ("consent_on", "");

/// One family, two workers, one request.
fn cast() -> Cast {
    let mut cast = Cast::on(start())
        .worker("W-1", &[("email", FIRST), UNASKED])
        .worker(
            "W-2",
            &[("email", SECOND), ("contact_language", "en"), UNASKED],
        )
        .request("R-1", &[])
        .request("R-2", &[]);
    cast.families[0].email = dom::domain::contact::EmailAddress::parse(FAMILY).ok();
    cast
}

async fn followed() -> Followed {
    let followed = Followed::of(&cast()).await;
    followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
    followed.introduce("I-2", "R-1", "W-2", day(0), None).await;
    followed
}

fn days_of(seen: &[(u64, Vec<Caught>)], to: &str) -> Vec<u64> {
    seen.iter()
        .filter(|(_, mails)| mails.iter().any(|mail| mail.to == to))
        .map(|(day, _)| *day)
        .collect()
}

async fn sql(followed: &Followed, statement: &str) {
    let db = followed.context.db.read();
    db.execute_unprepared(statement).await.unwrap();
}

#[test]
fn half_a_year_of_silence_is_two_waves_with_two_reminders_each() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
            followed.introduce("I-2", "R-1", "W-2", day(0), None).await;
            let seen = followed.walk(0, 215).await;
            for to in [FAMILY, FIRST, SECOND] {
                assert_eq!(days_of(&seen, to), [15, 19, 24, 90, 94, 99], "{to}");
            }
            let mails: Vec<&Caught> = seen.iter().flat_map(|(_, mails)| mails).collect();
            assert_eq!(mails.len(), 18, "one mail a person and time");
            let invitations = followed.invitations().await;
            assert_eq!(invitations.len(), 8);
            assert_eq!(followed.ended(Disposition::NoReply).await, 8);
            let mut ids: Vec<_> = mails.iter().map(|mail| &mail.message.message_id).collect();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), 18);
        }
    });
}

#[test]
fn a_mail_asks_about_every_name_and_names_nobody_in_its_subject() {
    block_on(async {
        let followed = followed().await;
        let seen = followed.walk(15, 15).await;
        let mails = &seen[0].1;
        let family = mails.iter().find(|mail| mail.to == FAMILY).unwrap();
        let text = &family.message.plain;
        assert!(text.contains("Zoe I."), "{text}");
        let of = |language: Language| {
            let words = Words::new(language);
            words.with("survey-mail-of", &[("date", &words.date(day(0)))])
        };
        assert_eq!(text.matches(&of(Language::It)).count(), 2, "{text}");
        assert!(!text.contains("Inventata"), "no family name: {text}");
        assert!(!family.message.subject.contains("Zoe"));
        assert_eq!(links(family).len(), 2 * 4 + 2, "{text}");
        let second = mails.iter().find(|mail| mail.to == SECOND).unwrap();
        assert!(second.message.plain.starts_with("Good morning"));
        assert!(
            second
                .message
                .html
                .contains("<html lang=\"en\" dir=\"ltr\">")
        );
        assert!(second.message.plain.contains("Elsa P."));
        assert!(second.message.plain.contains(&of(Language::En)));
        assert!(second.message.stop.as_ref().unwrap().ends_with("/stop"));
    });
}

#[test]
fn a_week_of_sheets_is_one_mail_to_the_family() {
    block_on(async {
        let followed = Followed::of(&cast()).await;
        followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
        followed.introduce("I-2", "R-1", "W-2", day(5), None).await;
        let seen = followed.walk(0, 23).await;
        assert_eq!(days_of(&seen, FAMILY)[0], 20, "with the last of the week");
        assert_eq!(days_of(&seen, FIRST)[0], 15);
        assert_eq!(days_of(&seen, SECOND)[0], 20);
        let family = seen.iter().find(|(day, _)| *day == 20).unwrap();
        let mail = family.1.iter().find(|mail| mail.to == FAMILY).unwrap();
        assert_eq!(links(mail).len(), 2 * 4 + 2);
    });
}

#[test]
fn a_worker_gets_one_mail_a_day() {
    block_on(async {
        let followed = Followed::of(&cast()).await;
        followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
        followed.introduce("I-2", "R-2", "W-1", day(0), None).await;
        followed.introduce("I-3", "R-2", "W-1", day(75), None).await;
        let seen = followed.walk(0, 90).await;
        for (_, mails) in &seen {
            let of_worker = mails.iter().filter(|mail| mail.to == FIRST).count();
            assert!(of_worker <= 1);
        }
        // Day 90 is the second wave of two and the first wave of the third.
        let last = seen.iter().find(|(day, _)| *day == 90).unwrap();
        let mail = last.1.iter().find(|mail| mail.to == FIRST).unwrap();
        assert_eq!(links(mail).len(), 3 * 3 + 2);
    });
}

#[test]
fn nobody_gets_two_mails_a_day_also_where_reminders_meet_a_first_mail() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
            followed.introduce("I-2", "R-2", "W-1", day(4), None).await;
            followed.introduce("I-3", "R-1", "W-1", day(9), None).await;
            let seen = followed.walk(14, 36).await;
            for to in [FAMILY, FIRST] {
                for (day, mails) in &seen {
                    let theirs = mails.iter().filter(|mail| mail.to == to).count();
                    assert!(theirs <= 1, "{to} has {theirs} on day {day}");
                }
                // Three first mails and two reminders of each: one that meets another
                // waits for tomorrow.
                let days = [15, 19, 20, 23, 24, 25, 28, 29, 33];
                assert_eq!(days_of(&seen, to), days, "{to}");
            }
        }
    });
}

#[test]
fn reminders_count_from_the_day_on_which_the_first_mail_went() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let smtp = Smtp::start(Script::Everybody("451 later"));
            let followed = Followed::over(site);
            let context = followed.context.clone().with_post(smtp.post());
            followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
            let mut went = Vec::new();
            for after in 15..=35 {
                if after == 19 {
                    smtp.now(Script::Take);
                }
                for hour in [4, 11, 22] {
                    followed.at(day(after), hour);
                    run_due(&context).await.unwrap();
                }
                let all = smtp.inbox();
                let new = all.iter().skip(went.len()).map(|mail| mail.to.clone());
                went.extend(new.map(|to| (to, after)));
            }
            for to in [FAMILY, FIRST] {
                let days = went.iter().filter(|(one, _)| one == to);
                let days: Vec<u64> = days.map(|(_, day)| *day).collect();
                assert_eq!(days, [19, 23, 28], "{to}");
            }
        }
    });
}

#[test]
fn who_has_answered_by_then_is_not_asked_and_counts_as_answering() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
            followed.introduce("I-2", "R-1", "W-2", day(0), None).await;
            let said = |introduction, side, result| {
                [
                    ("introduction", introduction),
                    ("side", side),
                    ("wave", "w1"),
                    ("answered_on", "2026-01-22"),
                    ("result", result),
                ]
            };
            // Ten days after the sheet, before anybody was asked.
            told(&followed, &said("I-1", "family", "no")).await;
            told(&followed, &said("I-1", "worker", "no")).await;
            let first = followed.live(day(15)).await;
            let mut to: Vec<&str> = first.iter().map(|mail| mail.to.as_str()).collect();
            to.sort_unstable();
            assert_eq!(to, [FAMILY, SECOND]);
            let family = first.iter().find(|mail| mail.to == FAMILY).unwrap();
            let left = &family.message.plain;
            assert!(left.contains("Zoe I."), "of the other it is asked: {left}");
            assert_eq!(links(family).len(), 4 + 2, "{left}");
            assert_eq!(followed.ended(Disposition::Complete).await, 2);
            // A file that comes while it is asked ends the asking.
            let file = "introduction,side,wave,answered_on,result\n\
                        I-2,family,w1,2026-01-28,deciding\n\
                        I-2,worker,w1,2026-01-28,\n";
            followed.at(day(16), 12);
            load(&followed.site, Kind::Answers, file).await.unwrap();
            assert_eq!(followed.ended(Disposition::Complete).await, 3);
            assert_eq!(followed.ended(Disposition::Partial).await, 1);
            assert!(followed.walk(17, 60).await.is_empty(), "no reminder");
            assert_eq!(followed.ended(Disposition::NoReply).await, 0);
            let db = followed.context.db.read();
            let calls = storage::invitations::calls(db, day(30), None, &At::page(1)).await;
            assert!(calls.unwrap().rows.is_empty(), "nor a call");
        }
    });
}

#[test]
fn a_file_that_comes_late_counts_by_the_days_of_its_answers() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
            followed.introduce("I-2", "R-1", "W-2", day(0), None).await;
            followed.live(day(15)).await;
            let [last, over] = [day(35), day(36)].map(|day| day.to_string());
            let cells = [
                ("introduction", "I-2"),
                ("side", "worker"),
                ("wave", "w1"),
                ("answered_on", last.as_str()),
                ("result", "no"),
            ];
            // Stored before its day.
            told(&followed, &cells).await;
            followed.live(day(37)).await;
            assert_eq!(followed.ended(Disposition::Complete).await, 1);
            assert_eq!(followed.ended(Disposition::NoReply).await, 3);
            let head = "introduction,side,wave,answered_on,talked,result\n";
            let file = format!(
                "{head}I-1,family,w1,{last},,no\nI-1,worker,w1,{over},,no\nI-2,family,w1,{last},yes,\n"
            );
            followed.at(day(38), 12);
            load(&followed.site, Kind::Answers, &file).await.unwrap();
            assert_eq!(followed.ended(Disposition::Complete).await, 2);
            assert_eq!(followed.ended(Disposition::Partial).await, 1);
            let after = followed.ended(Disposition::NoReply).await;
            assert_eq!(after, 1, "the wave was over when the worker said no");
            let file = format!("{head}I-2,family,w1,{last},,deciding\n");
            load(&followed.site, Kind::Answers, &file).await.unwrap();
            assert_eq!(followed.ended(Disposition::Complete).await, 3);
        }
    });
}

#[test]
fn an_answer_that_comes_while_the_mail_waits_keeps_it_from_going() {
    block_on(async {
        let followed = followed().await;
        followed.at(day(15), 4);
        run_due(&followed.context).await.unwrap();
        let cells = [
            ("introduction", "I-1"),
            ("side", "worker"),
            ("wave", "w1"),
            ("answered_on", "2026-01-27"),
            ("result", "no"),
        ];
        told(&followed, &cells).await;
        let mails = followed.live(day(15)).await;
        let mut to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
        to.sort_unstable();
        assert_eq!(to, [FAMILY, SECOND]);
    });
}

#[test]
fn a_hire_is_followed_half_a_year_after_its_start() {
    block_on(async {
        let followed = followed().await;
        followed.walk(0, 15).await;
        let started = day(20).to_string();
        let answered = day(30).to_string();
        let cells = [
            ("introduction", "I-1"),
            ("side", "family"),
            ("wave", "w1"),
            ("answered_on", &answered),
            ("result", "hired"),
            ("started_on", &started),
        ];
        followed.walk(16, 29).await;
        told(&followed, &cells).await;
        let seen = followed.walk(30, 205).await;
        assert_eq!(days_of(&seen, FIRST), [90, 94, 99, 200, 204]);
        let waves: Vec<_> = followed.invitations().await;
        let third = waves.iter().filter(|one| one.2 == "w3").count();
        assert_eq!(
            third, 2,
            "both sides of the hire, not the other introduction"
        );
    });
}

#[test]
fn nothing_goes_to_who_stopped_died_was_excluded_or_withdrew() {
    block_on(async {
        for (statement, gone) in [
            (
                "UPDATE requests SET excluded = 'died', excluded_on = '2026-01-26' WHERE code = 'R-1'",
                vec![FAMILY, FIRST, SECOND],
            ),
            (
                "UPDATE requests SET excluded = 'moved' WHERE code = 'R-1'",
                vec![FAMILY, FIRST, SECOND],
            ),
            (
                "UPDATE requests SET status = 'withdrawn' WHERE code = 'R-1'",
                vec![FAMILY, FIRST, SECOND],
            ),
            (
                "UPDATE workers SET status = 'withdrawn' WHERE code = 'W-1'",
                vec![FIRST],
            ),
            (
                "INSERT INTO survey_stops (family_id, at) SELECT id, '2026-01-26T00:00:00+00:00' FROM families",
                vec![FAMILY],
            ),
            ("UPDATE families SET email = NULL", vec![FAMILY]),
        ] {
            let followed = followed().await;
            followed.at(day(15), 4);
            // Queued before it was known, looked at once more before it goes.
            run_due(&followed.context).await.unwrap();
            sql(&followed, statement).await;
            let seen = followed.walk(15, 40).await;
            for to in [FAMILY, FIRST, SECOND] {
                let got = days_of(&seen, to);
                assert_eq!(
                    got.is_empty(),
                    gone.contains(&to),
                    "{statement}: {to} {got:?}"
                );
            }
            let page =
                storage::outbox::page(followed.context.db.read(), Some(MailState::Cancelled), 1);
            assert_eq!(page.await.unwrap().total, gone.len() as u64, "{statement}");
        }
    });
}

#[test]
fn loaded_history_is_asked_only_after_the_day_it_was_loaded() {
    block_on(async {
        let followed = Followed::of(&cast()).await;
        let loaded = Some(day(100));
        followed
            .introduce("I-1", "R-1", "W-1", day(0), loaded)
            .await;
        followed
            .introduce("I-2", "R-1", "W-2", day(30), loaded)
            .await;
        let seen = followed.walk(100, 125).await;
        assert!(
            days_of(&seen, FIRST).is_empty(),
            "its second wave was on day 90"
        );
        assert_eq!(
            days_of(&seen, SECOND),
            [120, 124],
            "the first was on day 45"
        );
        assert_eq!(followed.invitations().await.len(), 2);
    });
}

#[test]
fn after_an_outage_what_is_open_is_caught_up_one_mail_a_person_over_hours() {
    block_on(async {
        let mut cast = Cast::on(start()).request("R-1", &[]);
        for number in 0..40 {
            let email = format!("p{number}@prova.example");
            cast = cast.worker(&format!("W-{number:02}"), &[("email", &email), UNASKED]);
        }
        let followed = Followed::of(&cast).await;
        for number in 0..40 {
            let code = format!("I-{number}");
            // Some waves are over when the program is back on day 36.
            let on = if number < 10 { day(0) } else { day(10) };
            followed
                .introduce(&code, "R-1", &format!("W-{number:02}"), on, None)
                .await;
        }
        followed.at(day(36), 8);
        run_due(&followed.context).await.unwrap();
        let db = followed.context.db.read();
        let page = storage::outbox::page(db, None, 1).await.unwrap();
        assert_eq!(
            page.total, 30,
            "one a worker whose wave is open; the family has no address"
        );
        let now = followed.context.now();
        let waits: Vec<TimeDelta> = page.rows.iter().map(|mail| mail.send_at - now).collect();
        let spread = *waits.iter().max().unwrap() - *waits.iter().min().unwrap();
        assert!(spread > TimeDelta::hours(3), "{waits:?}");
        assert!(waits.iter().all(|wait| *wait <= TimeDelta::hours(8)));
        let seen = followed.walk(37, 37).await;
        let to: std::collections::BTreeSet<_> = seen[0].1.iter().map(|mail| &mail.to).collect();
        assert_eq!(to.len(), seen[0].1.len());
    });
}

#[test]
fn who_has_no_address_is_phoned_at_once_and_others_from_the_twelfth_day() {
    block_on(async {
        let mut cast = cast();
        cast.families[0].email = None;
        let followed = Followed::of(&cast).await;
        followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
        let calls = async |after: u64| {
            followed.live(day(after)).await;
            let db = followed.context.db.read();
            let page = storage::invitations::calls(db, day(after), None, &At::page(1)).await;
            let rows = page.unwrap().rows;
            rows.into_iter()
                .map(|item| item.side.code())
                .collect::<Vec<_>>()
        };
        assert_eq!(calls(14).await, Vec::<&str>::new());
        assert_eq!(calls(15).await, ["family"]);
        assert_eq!(calls(26).await, ["family"]);
        assert_eq!(calls(27).await, ["family", "worker"]);
        assert_eq!(calls(35).await, ["family", "worker"]);
        assert_eq!(calls(36).await, Vec::<&str>::new(), "the wave is over");
    });
}

#[test]
fn a_refused_address_becomes_a_call_and_gets_no_reminder() {
    block_on(async {
        let smtp = crate::support::smtp::Smtp::start(crate::support::smtp::Script::Recipient(
            FIRST.to_owned(),
            "550 nobody",
        ));
        let followed = followed().await;
        let context = followed.context.clone().with_post(smtp.post());
        followed.at(day(15), 4);
        run_due(&context).await.unwrap();
        followed.at(day(15), 11);
        assert_eq!(run_due(&context).await.unwrap().mail.failed, 1);
        let calls =
            storage::invitations::calls(context.db.read(), day(15), None, &At::page(1)).await;
        let calls = calls.unwrap().rows;
        assert_eq!(calls.len(), 1);
        assert_eq!(calls[0].worker_code, "W-1");
        followed.at(day(19), 4);
        assert_eq!(run_due(&context).await.unwrap().follow_up.reminded, 2);
        followed.at(day(36), 4);
        run_due(&context).await.unwrap();
        assert_eq!(followed.ended(Disposition::Undeliverable).await, 1);
    });
}

#[test]
fn days_without_an_hour_and_a_leap_day_lose_and_double_nothing() {
    block_on(async {
        // 29 March 2026 has 23 hours in Rome, 25 October has 25; 2028 has a 29 February.
        for first in ["2026-03-29", "2026-10-25", "2028-02-29"] {
            let wave: chrono::NaiveDate = first.parse().unwrap();
            let issued = wave - Days::new(15);
            // Of whoever was silent for two years the program asks something else.
            let mut cast = cast();
            for worker in &mut cast.workers {
                worker.confirmed_on = Some(issued);
            }
            let followed = Followed::of(&cast).await;
            followed.introduce("I-1", "R-1", "W-1", issued, None).await;
            let mut mails = 0;
            for after in 0..3 {
                let today = wave - Days::new(1) + Days::new(after);
                mails += followed.live(today).await.len();
                assert_eq!(mails, if after == 0 { 0 } else { 2 }, "{first}");
            }
            // And the clock goes back an hour.
            followed.at(wave + Days::new(1), 10);
            run_due(&followed.context).await.unwrap();
            assert!(followed.live(wave + Days::new(1)).await.is_empty());
        }
    });
}

#[test]
fn a_mail_that_came_back_becomes_a_call_and_a_delay_does_not() {
    use dom::services::follow_up::bounce::{Bounce, take};
    block_on(async {
        let followed = followed().await;
        let mails = followed.live(day(15)).await;
        let mail = mails.iter().find(|mail| mail.to == FIRST).unwrap();
        let report = |status: &str| {
            let id = &mail.message.message_id;
            format!("Final-Recipient: rfc822; x\nStatus: {status}\n\nMessage-ID: <{id}>\n")
        };
        let context = &followed.context;
        assert_eq!(
            take(context, "Status: 5.1.1").await.unwrap(),
            Bounce::Unknown
        );
        assert_eq!(
            take(context, &report("4.4.1")).await.unwrap(),
            Bounce::Delayed
        );
        let calls = async || {
            let calls =
                storage::invitations::calls(context.db.read(), day(15), None, &At::page(1)).await;
            calls.unwrap().rows
        };
        assert!(calls().await.is_empty());
        assert_eq!(
            take(context, &report("5.1.1")).await.unwrap(),
            Bounce::Returned
        );
        assert_eq!(calls().await.len(), 1);
        let seen = followed.walk(16, 30).await;
        assert!(
            days_of(&seen, FIRST).is_empty(),
            "no reminder to a dead address"
        );
    });
}
