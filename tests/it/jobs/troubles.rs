//! What can go wrong while people are asked, one fault at a time, and what holds
//! after each: every due mail arrived at least once, a copy bears the Message-ID of
//! the first, no token is valid for two people, no answer is lost. The counts are
//! printed.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use chrono::{Days, NaiveDate, TimeDelta};
use dom::domain::contact::EmailAddress;
use dom::domain::mail::MailState;
use dom::jobs::{deliver_due, run_due};
use dom::mail::Post;
use dom::services::Context;
use dom::services::follow_up::outbox;
use dom::storage;
use dom::storage::entity::read_segment;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait};

use crate::people::actor;
use crate::support::cast::{Cast, today};
use crate::support::followed::{Followed, opened};
use crate::support::program::block_on;
use crate::support::site::Site;
use crate::support::smtp::{Script, Smtp, post};

const FAMILY: &str = "famiglia@prova.example";
const WORKER: &str = "prima@prova.example";

/// A fault: its name, the day of the wave, and what the server does at first.
struct Fault {
    name: &'static str,
    wave: &'static str,
    script: Option<Script>,
}

fn fault(name: &'static str, script: Script) -> Fault {
    Fault {
        name,
        wave: "2026-01-27",
        script: Some(script),
    }
}

fn faults() -> Vec<Fault> {
    let on = |name, wave| Fault {
        name,
        wave,
        script: Some(Script::Take),
    };
    vec![
        Fault {
            name: "server down",
            wave: "2026-01-27",
            script: None,
        },
        fault("refusing", Script::Greet("554 go away")),
        fault("busy", Script::Greet("421 busy")),
        fault("tarpit", Script::Tarpit),
        fault("4xx", Script::Everybody("450 greylisted")),
        fault("4xx after the mail", Script::Mail("452 full")),
        fault("5xx", Script::Everybody("550 nobody")),
        fault("5xx after the mail", Script::Mail("554 no")),
        fault(
            "one of two recipients refused",
            Script::Recipient(FAMILY.to_owned(), "550 nobody"),
        ),
        fault("cut after the mail", Script::CutAfterMail),
        fault("two processes", Script::Take),
        fault("clock back an hour", Script::Take),
        on("a day of 23 hours", "2026-03-29"),
        on("a day of 25 hours", "2026-10-25"),
        on("a leap day", "2028-02-29"),
    ]
}

fn cast(wave: NaiveDate) -> Cast {
    let mut cast = Cast::on(wave - Days::new(15))
        .worker("W-1", &[("email", WORKER)])
        .request("R-1", &[]);
    cast.families[0].email = EmailAddress::parse(FAMILY).ok();
    cast
}

/// A server at which nobody listens.
fn nobody() -> Post {
    let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let url = format!("smtp://{}", port.local_addr().unwrap());
    drop(port);
    post(&url)
}

/// The morning of the wave, with the fault.
async fn morning(followed: &Followed, context: &Context, fault: &Fault, wave: NaiveDate) {
    followed.at(wave, 4);
    run_due(context).await.unwrap();
    followed.at(wave, 11);
    match fault.name {
        "two processes" => {
            let other = context.clone();
            let (a, b) = tokio::join!(run_due(context), run_due(&other));
            assert_eq!(a.unwrap().mail.sent + b.unwrap().mail.sent, 2);
        }
        "clock back an hour" => {
            // Taken by a process that is no more, from whose clock it is an hour ago.
            let write = context.db.write().await.unwrap();
            storage::outbox::take(&*write, context.now(), 8)
                .await
                .unwrap();
            write.commit().await.unwrap();
            let now = context.now() - TimeDelta::hours(1);
            followed.site.clock.set(now);
            run_due(context).await.unwrap();
        }
        _ => {
            run_due(context).await.unwrap();
        }
    }
}

/// The server is well again: hours go by, and an administrator sends again what was
/// given up. How many mails that were.
async fn afterwards(followed: &Followed, context: &Context) -> usize {
    let administrator = actor(context, "administrator").await;
    let mut again = 0;
    for _ in 0..12 {
        followed.site.clock.advance(Duration::from_hours(1));
        let db = context.db.read();
        let failed = storage::outbox::page(db, Some(MailState::Failed), 1).await;
        for mail in failed.unwrap().rows {
            outbox::retry(context, &administrator, mail.id)
                .await
                .unwrap();
            again += 1;
        }
        deliver_due(context).await.unwrap();
    }
    again
}

async fn survives(site: Site, fault: &Fault) -> String {
    let wave: NaiveDate = fault.wave.parse().unwrap();
    let followed = Followed::over(site);
    let issued = wave - Days::new(15);
    followed.introduce("I-1", "R-1", "W-1", issued, None).await;
    let smtp = Smtp::start(fault.script.clone().unwrap_or(Script::Take));
    let well = followed.context.clone().with_post(smtp.post());
    let context = match fault.script {
        Some(_) => well.clone(),
        None => well.clone().with_post(nobody()),
    };
    Box::pin(morning(&followed, &context, fault, wave)).await;
    let before = smtp.inbox().len();
    smtp.now(Script::Take);
    let again = afterwards(&followed, &well).await;
    let inbox = smtp.inbox();
    let mut of = BTreeMap::<&str, (BTreeSet<String>, BTreeSet<String>)>::new();
    for mail in &inbox {
        let (ids, tokens) = of.entry(&mail.to).or_default();
        ids.insert(mail.message_id());
        tokens.insert(mail.token().unwrap());
    }
    let to: Vec<&str> = of.keys().copied().collect();
    assert_eq!(to, [FAMILY, WORKER], "{}: each arrived", fault.name);
    let mut all = BTreeSet::new();
    for (to, (ids, tokens)) in &of {
        assert_eq!(ids.len(), 1, "{}: {to} knows a copy", fault.name);
        assert_eq!(tokens.len(), 1, "{}: {to} has one link", fault.name);
        all.extend(tokens.iter().cloned());
    }
    assert_eq!(all.len(), 2, "{}: nobody has another's link", fault.name);
    let mut browser = followed.site.browser();
    for (_, tokens) in of.values() {
        let link = format!("/s/{}", tokens.first().unwrap());
        let (at, first) = opened(&mut browser, &link).await;
        let form = first.form(&at).choose("result", "hired");
        assert_eq!(browser.submit(&form, "Invia").await.status, 303);
    }
    let db = followed.context.db.read();
    let answers = storage::answers::after(db, None, None, 100).await.unwrap();
    let sides: BTreeSet<_> = answers.iter().map(|one| one.value.side).collect();
    assert_eq!((answers.len(), sides.len()), (2, 2), "{}", fault.name);
    format!(
        "{}: 2 mails due, {before} had arrived with the fault, {} in all, {} copies, {again} sent again by hand, 2 links for 2 people, 2 answers of 2",
        fault.name,
        inbox.len(),
        inbox.len() - of.len()
    )
}

#[test]
fn after_each_fault_mails_have_arrived_links_are_one_persons_and_answers_are_kept() {
    block_on(async {
        for fault in faults() {
            let wave = fault.wave.parse().unwrap();
            for site in Site::on_both(&cast(wave)).await {
                println!("{}", Box::pin(survives(site, &fault)).await);
            }
        }
    });
}

#[test]
fn what_fails_of_a_run_is_told_and_keeps_nothing_else_from_being_done() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
        for site in Site::on_both(&cast).await {
            let mut operator = site.signed_in("operator").await;
            operator.get("/workers/W-1").await;
            site.clock.advance(Duration::from_mins(2));
            // Nothing says any more how much counts how much, so no request can be looked at.
            let broken = "DELETE FROM weight_rows";
            site.db().read().execute_unprepared(broken).await.unwrap();
            assert!(run_due(&site.context).await.is_err(), "it is told");
            let sealed = read_segment::Entity::find().count(site.db().read());
            assert_eq!(sealed.await.unwrap(), 1, "the log is sealed all the same");
        }
    });
}
