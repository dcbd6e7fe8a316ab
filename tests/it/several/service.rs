//! Two programs are one service: begun at once over an empty database, they share
//! sessions, records, numbers and throttles, and believe the proxy alone.

use std::collections::BTreeSet;
use std::thread;

use sea_orm::{ConnectionTrait as _, Statement};

use super::client::Client;
use super::town::{ADA, BEA, FIRST, Instance, SECOND, Town};
use crate::support::cast::today;
use crate::support::ledger;
use crate::support::site::PASSWORD;

const WRONG: &str = "una frase che non è quella";
/// Sheets that both programs issue at the same time.
const SHEETS: usize = 8;
/// Wrong tries before somebody waits: of an account from one network, of a network.
const FREE_HERE: usize = 5;
const FREE_NETWORK: usize = 20;

/// Both begin at the same moment over a database with nothing in it.
fn opened() -> (Town, [Instance; 2]) {
    let mut town = Town::empty();
    let mut instances = [town.begin(FIRST), town.begin(SECOND)];
    for one in &mut instances {
        one.is_ready(&town.client(99));
    }
    town.settle();
    town.open_proxy();
    (town, instances)
}

#[test]
fn two_programs_that_begin_at_once_are_one_service() {
    let (town, instances) = opened();
    migrated_once(&town);

    let operator = town.operator();
    let [here, there] = instances.each_ref().map(|one| operator.asking(one.address));
    for client in [&here, &there] {
        assert_eq!(client.get("/workers").unwrap().status, 200);
    }
    seen_on_both(&here, &there);
    let issued = issued_on_both(&here, &there);
    let books = town.program.with_db(async |db| ledger::read(db, 1).await);
    let known: BTreeSet<String> = books.into_iter().map(|entry| entry.number).collect();
    assert_eq!(known, issued);

    // Who signs out at one of them is out at the other.
    assert_eq!(here.post("/sign-out", &[]).unwrap().status, 303);
    let gone = there.get("/workers").unwrap();
    assert!(gone.location().starts_with("/sign-in"), "{}", gone.status);

    let mut refused = 0;
    let stranger = town.client(70);
    for turn in 0..=FREE_HERE {
        let one = stranger.asking(instances[turn % 2].address);
        refused += usize::from(one.try_in(BEA, WRONG).unwrap().status == 422);
    }
    assert_eq!(refused, FREE_HERE, "the tries at both count together");
    for one in &instances {
        let page = stranger.asking(one.address).try_in(BEA, PASSWORD).unwrap();
        assert_eq!(page.status, 429);
    }
    println!(
        "two programs began at once; {SHEETS} sheets of both without a gap; {refused} wrong \
         tries at both, then both let the account wait"
    );
}

/// Whoever came first migrated, the other found it done.
fn migrated_once(town: &Town) {
    let applied = town.program.with_db(async |db| {
        let ask = "SELECT count(*) AS n, count(DISTINCT version) AS v FROM seaql_migrations";
        let kind = db.read().get_database_backend();
        let row = db.read().query_one_raw(Statement::from_string(kind, ask));
        let row = row.await.unwrap().unwrap();
        let all: i64 = row.try_get("", "n").unwrap();
        let different: i64 = row.try_get("", "v").unwrap();
        let pending = dom::storage::migrator::pending(db).await.unwrap();
        (all, different, pending.len())
    });
    assert!(applied.0 > 10, "{applied:?}");
    assert_eq!((applied.0, 0), (applied.1, applied.2));
}

fn seen_on_both(here: &Client, there: &Client) {
    let on = today().format("%d/%m/%Y").to_string();
    let note = |words| [("on", on.as_str()), ("words", words)];
    let path = "/workers/W-1/diary";
    for (one, other, words) in [(here, there, "Da qui."), (there, here, "Da là.")] {
        assert_eq!(one.post(path, &note(words)).unwrap().status, 303);
        let seen = other.get(path).unwrap().main();
        assert!(seen.contains(words), "{seen}");
    }
}

fn issued_on_both(here: &Client, there: &Client) -> BTreeSet<String> {
    thread::scope(|scope| {
        let issuing: Vec<_> = (0..SHEETS)
            .map(|turn| {
                let client = if turn % 2 == 0 { here } else { there };
                scope.spawn(move || {
                    let worker = format!("W-{turn}");
                    let page = client.post("/requests/R-0/sheet", &[("worker", &worker)]);
                    let page = page.unwrap();
                    assert_eq!(page.status, 303, "{}", page.main());
                    let number = page.location().trim_start_matches("/sheets/");
                    number.split('?').next().unwrap().to_owned()
                })
            })
            .collect();
        issuing.into_iter().map(|one| one.join().unwrap()).collect()
    })
}

#[test]
fn only_the_proxy_is_believed_about_where_somebody_comes_from() {
    let (town, instances) = opened();
    // Guesses by way of the proxy, each under another name of its own making.
    let mut guessing = town.client(60);
    for turn in 0..FREE_NETWORK {
        guessing.forwarded = Some(format!("203.0.113.{turn}, 198.51.100.{turn}"));
        let email = format!("nessuno{turn}@prova.example");
        assert_eq!(guessing.try_in(&email, WRONG).unwrap().status, 422);
    }
    assert_eq!(guessing.try_in(ADA, PASSWORD).unwrap().status, 429);
    // The proxy tells the others apart, though all come by it.
    let other = town.client(61);
    assert_eq!(other.try_in(ADA, PASSWORD).unwrap().status, 303);

    // Past the proxy: whoever claims to be somebody else makes only themselves wait.
    let mut past = town.client(62).asking(instances[0].address);
    past.forwarded = Some(town.address(61).to_string());
    for turn in 0..FREE_NETWORK {
        let email = format!("nessuno{turn}@prova.example");
        assert_eq!(past.try_in(&email, WRONG).unwrap().status, 422);
    }
    assert_eq!(past.try_in(ADA, PASSWORD).unwrap().status, 429);
    assert_eq!(other.try_in(ADA, PASSWORD).unwrap().status, 303);
}
