//! Under load one program is stopped and started, or killed, and the database is
//! restarted: who notices, and what became of what was begun.

use std::collections::BTreeSet;
use std::thread;
use std::time::Duration;

use dom::clock::Stopwatch;
use dom::domain::contact::EmailAddress;
use dom::services::follow_up::outbox::queue_test;
use dom::storage::entity::outbox_mail;
use sea_orm::{ColumnTrait, ConnectionTrait as _, EntityTrait, PaginatorTrait, QueryFilter};

use super::load::{Load, WRITERS, lasts};
use super::town::{FIRST, Instance, SECOND, Town, until};
use crate::support::smtp::{Script, Smtp};

/// Mails that become due before every stop.
const MAILS: usize = 10;
/// People work for so long before and after anything happens.
const AWHILE: Duration = Duration::from_secs(2);

fn queue(town: &Town, first: usize, many: usize) {
    town.program.with_context(async |context| {
        for n in first..first + many {
            let to = EmailAddress::parse(&format!("m{n}@prova.example")).unwrap();
            queue_test(context, to).await.unwrap();
        }
    });
}

fn in_state(town: &Town, state: &str) -> usize {
    let count = town.program.with_db(async |db| {
        outbox_mail::Entity::find()
            .filter(outbox_mail::Column::Kind.eq("test"))
            .filter(outbox_mail::Column::State.eq(state))
            .count(db.read())
            .await
            .unwrap()
    });
    usize::try_from(count).unwrap()
}

/// The tests' own mails, each once; the desks' own go as well.
fn arrived(smtp: &Smtp) -> Vec<String> {
    let mails = smtp.inbox().into_iter().map(|mail| mail.to);
    mails.filter(|to| to.starts_with('m')).collect()
}

fn once_each(smtp: &Smtp, many: usize) {
    let all = arrived(smtp);
    let different: BTreeSet<&String> = all.iter().collect();
    assert_eq!((all.len(), different.len()), (many, many), "{all:?}");
}

/// Two programs with their proxy, before people whose mail goes to `smtp`.
fn settled(mut town: Town, smtp: Option<&Smtp>) -> (Town, [Instance; 2]) {
    town.smtp = smtp.map(Smtp::url);
    town.settle();
    let mut instances = [town.begin(FIRST), town.begin(SECOND)];
    for one in &mut instances {
        one.is_ready(&town.client(99));
        // What is due at a start is done.
        until("the first jobs", || one.rounds() > 0);
    }
    town.open_proxy();
    (town, instances)
}

#[test]
fn a_restart_under_load_is_noticed_by_nobody() {
    let smtp = Smtp::start(Script::Take);
    let (town, mut instances) = settled(Town::empty(), Some(&smtp));
    let load = Load::on(&town);
    let (mut restarts, mut slowest) = (0, Duration::ZERO);
    let tally = load.during(|| {
        let watch = Stopwatch::start();
        while restarts < 2 || watch.elapsed() < lasts() {
            for (one, house) in instances.iter_mut().zip([FIRST, SECOND]) {
                thread::sleep(AWHILE / 2);
                queue(&town, restarts * MAILS, MAILS);
                let stopped = Stopwatch::start();
                leaves(&town, one);
                slowest = slowest.max(stopped.elapsed());
                *one = town.start(house);
                restarts += 1;
            }
        }
        thread::sleep(AWHILE / 2);
    });
    tally.is_flawless();
    tally.holds(&format!("{restarts} restarts"), &town);
    // Each was taken up by whichever program looked first.
    let mails = restarts * MAILS;
    until("all mail goes", || in_state(&town, "sent") == mails);
    once_each(&smtp, mails);
    println!("a stop took {slowest:.2?} at the most; {mails} mails went, each once");
}

/// It says that it leaves while it still answers, and ends in order.
fn leaves(town: &Town, one: &mut Instance) {
    let client = town.client(99).asking(one.address);
    one.signal("-TERM");
    until("a program says that it leaves", || {
        let page = client.get("/ready").expect("it still answers");
        page.status == 503
    });
    assert!(one.ended().success(), "{}", one.log());
    let log = one.log();
    assert!(!log.contains("were open when the time"), "{log}");
    assert!(!log.contains("was not done when the time"), "{log}");
}

#[test]
fn a_program_that_is_killed_leaves_its_work_to_the_other() {
    const HELD: usize = 5;
    let smtp = Smtp::start(Script::Take);
    let (town, [mut first, second]) = settled(Town::empty(), Some(&smtp));
    // One of them takes the mails, and waits for a server that says nothing.
    second.signal("-STOP");
    smtp.now(Script::Tarpit);
    queue(&town, 0, HELD);
    until("the mails are held", || in_state(&town, "sending") == HELD);
    until("the server lets them wait", || smtp.kept_waiting() == HELD);
    smtp.now(Script::Take);
    second.signal("-CONT");
    let load = Load::on(&town);
    let tally = load.during(|| {
        thread::sleep(AWHILE / 2);
        first.signal("-KILL");
        first.ended();
        // The other one looks, and finds them held.
        let rounds = second.rounds();
        until("another look", || second.rounds() > rounds);
        assert_eq!(arrived(&smtp), [""; 0], "what is held is left alone");
        assert_eq!(in_state(&town, "sending"), HELD);
        // Twenty minutes pass.
        town.program.with_db(async |db| {
            let pass = "UPDATE outbox SET leased_until = leased_until - interval '20 minutes' \
                        WHERE state = 'sending'";
            let write = db.write().await.unwrap();
            write.execute_unprepared(pass).await.unwrap();
            write.commit().await.unwrap();
        });
        until("the mails go", || in_state(&town, "sent") == HELD);
    });
    once_each(&smtp, HELD);
    // Reading goes on at the other one. A form that was on its way is not sent twice:
    // who sent it is asked to look whether it was saved.
    assert_eq!(tally.wrong, [""; 0]);
    assert!(tally.busy() <= WRITERS, "{:?}", tally.statuses);
    tally.holds("one of two killed", &town);
    println!("{HELD} mails were held by the dead; the other sent them, each once");

    // The survivor alone is a whole service, and so is the one that comes back.
    first = town.start(FIRST);
    let operator = town.operator();
    for one in [&first, &second] {
        let page = operator.asking(one.address).get("/workers").unwrap();
        assert_eq!(page.status, 200);
    }
}

#[test]
fn a_database_that_restarts_costs_a_moment_and_nothing_that_was_acknowledged() {
    let (town, mut instances) = settled(Town::with_server(), None);
    let server = town.server.as_ref().expect("a server of its own");
    let load = Load::on(&town);
    let mut restarts = 0;
    let tally = load.during(|| {
        let watch = Stopwatch::start();
        while restarts < 2 || watch.elapsed() < lasts() {
            // In order, and as a server dies.
            for mode in ["fast", "immediate"] {
                thread::sleep(AWHILE);
                server.restart(mode);
                for one in &mut instances {
                    one.is_ready(&town.client(99));
                }
                restarts += 1;
            }
        }
        thread::sleep(AWHILE);
    });
    // A page of the house and when to come back, at worst.
    assert_eq!(tally.wrong, [""; 0]);
    tally.holds(&format!("{restarts} restarts of the database"), &town);
    let operator = town.operator();
    for one in &instances {
        for _ in 0..10 {
            let page = operator.asking(one.address).get("/workers").unwrap();
            assert_eq!(page.status, 200);
        }
    }
}
