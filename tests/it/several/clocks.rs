//! A program whose machine's clock is five minutes off, beside one whose clock is
//! right: what both say of sessions, tries, leases and numbers.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use dom::clock::{Clock, SystemClock, SystemRandomness};
use dom::domain::contact::EmailAddress;
use dom::jobs;
use dom::services::Context;
use dom::services::follow_up::delivery::Delivered;
use dom::services::follow_up::outbox::queue_test;
use dom::storage::{self, Db};
use dom::web::connections::{self, Limits};
use dom::web::metrics::Metrics;
use dom::web::{Accessibility, Site, router};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::load::Load;
use super::town::{BEA, FIRST, PROXY, SECOND, Town};
use crate::support::site::PASSWORD;

const WRONG: &str = "una frase che non è quella";
const OFF: i64 = 5;

/// A machine's clock that is wrong.
struct Wrong(TimeDelta);

impl Clock for Wrong {
    fn now(&self) -> DateTime<Utc> {
        SystemClock.now() + self.0
    }
}

/// A program in the test's process: its clock is given to it.
struct Here {
    context: Context,
    runtime: Runtime,
}

impl Here {
    fn start(town: &Town, off: TimeDelta) -> Self {
        let runtime = Runtime::new().unwrap();
        let proxy = town.address(PROXY);
        let place = town.program.place();
        let address = SocketAddr::from((town.address(SECOND), 8080));
        let (context, listener) = runtime.block_on(async {
            let db = Db::open(&place, 8).await.unwrap();
            let context = Context::new(
                db,
                Arc::new(Wrong(off)),
                Arc::new(SystemRandomness),
                format!("http://{proxy}:8080"),
            );
            (context, TcpListener::bind(address).await.unwrap())
        });
        let site = Site {
            context: context.clone(),
            owner: "Sportello di prova".to_owned(),
            accessibility: Accessibility::default(),
            demo: false,
            metrics: Metrics::default(),
            trusted_proxies: Arc::new(move |peer: IpAddr| peer == proxy),
        };
        let never = std::future::pending();
        runtime.spawn(connections::serve(
            listener,
            router(site),
            Limits::default(),
            never,
        ));
        Self { context, runtime }
    }

    fn end(self) {
        let Self { context, runtime } = self;
        runtime.block_on(async {
            context.db.close().await.unwrap();
        });
        runtime.shutdown_timeout(Duration::from_secs(10));
    }
}

#[test]
fn a_clock_that_is_five_minutes_fast_troubles_nobody() {
    beside_a_clock_that_is_off(TimeDelta::minutes(OFF));
}

#[test]
fn a_clock_that_is_five_minutes_slow_troubles_nobody() {
    beside_a_clock_that_is_off(TimeDelta::minutes(-OFF));
}

fn beside_a_clock_that_is_off(off: TimeDelta) {
    let mut town = Town::empty();
    town.settle();
    let right = town.start(FIRST);
    let here = Here::start(&town, off);
    town.open_proxy();

    // A session of either holds at the other.
    let person = town.client(50);
    for (at, other) in [(FIRST, SECOND), (SECOND, FIRST)] {
        let client = person.asking(town.address(at)).signed_in(BEA, PASSWORD);
        let page = client.asking(town.address(other)).get("/workers").unwrap();
        assert_eq!(page.status, 200);
    }
    let tally = Load::on(&town).during(|| {
        for _ in 0..3 {
            here.runtime.block_on(jobs::run_due(&here.context)).unwrap();
            thread::sleep(Duration::from_secs(1));
        }
    });
    tally.is_flawless();
    tally.holds(&format!("a clock {off} off"), &town);
    let whole = town.program.ok(&["audit", "verify"]);
    assert!(whole.contains("are whole"), "{whole}");

    guesses_are_counted(&town);
    // It would take the mails itself.
    drop(right);
    held_mail_is_left_alone(&town, &here);
    here.end();
}

/// What one has taken the other does not send meanwhile.
fn held_mail_is_left_alone(town: &Town, here: &Here) {
    let place = town.program.place();
    here.runtime.block_on(async {
        let db = Db::open(&place, 2).await.unwrap();
        let mut right = here.context.clone();
        right.clock = Arc::new(SystemClock);
        // Both find it due, whichever is behind.
        let mut earlier = here.context.clone();
        earlier.clock = Arc::new(Wrong(TimeDelta::minutes(-2 * OFF)));
        // What the sheets brought about goes first.
        for one in [&right, &here.context] {
            jobs::deliver_due(one).await.unwrap();
        }
        for (holds, looks) in [(&right, &here.context), (&here.context, &right)] {
            let to = EmailAddress::parse("m1@prova.example").unwrap();
            queue_test(&earlier, to).await.unwrap();
            let write = db.write().await.unwrap();
            let taken = storage::outbox::take(&*write, holds.now(), 1).await;
            write.commit().await.unwrap();
            assert_eq!(taken.unwrap().len(), 1);
            let done = jobs::deliver_due(looks).await.unwrap();
            assert_eq!(done, Delivered::default(), "it was on its way");
        }
        db.close().await.unwrap();
    });
}

/// Whoever guesses at both in turn comes to wait at both.
fn guesses_are_counted(town: &Town) {
    let guessing = town.client(71);
    let mut looked_at = 0;
    for turn in 0..20 {
        let house = if turn % 2 == 0 { FIRST } else { SECOND };
        let one = guessing.asking(town.address(house));
        looked_at += usize::from(one.try_in(BEA, WRONG).unwrap().status == 422);
    }
    // Five are free. A wait that the slow clock's program begins is over for the fast
    // one; what that one says then holds for both.
    assert!((5..=7).contains(&looked_at), "{looked_at}");
    for house in [FIRST, SECOND] {
        let one = guessing.asking(town.address(house));
        assert_eq!(one.try_in(BEA, PASSWORD).unwrap().status, 429);
    }
    println!("{looked_at} of 20 guesses were looked at");
}
