//! Wrong tries, counted where several try at once, on both kinds of database.

use std::net::SocketAddr;
use std::time::Duration;

use axum::http::StatusCode;
use dom::storage::entity::throttle;
use sea_orm::EntityTrait;

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::{PASSWORD, Site};

const WRONG: &str = "una frase sbagliata";
const HOUR: Duration = Duration::from_hours(1);

async fn try_in(browser: &mut Browser, name: &str, password: &str) -> Page {
    let email = format!("{name}@prova.example");
    browser
        .post("/sign-in", &[("email", &email), ("password", password)])
        .await
}

fn from(site: &Site, last: u8) -> Browser {
    let mut browser = site.browser();
    browser.address = SocketAddr::from(([192, 0, 2, last], 4000));
    browser
}

/// The most wrong tries that any key has.
async fn most_failures(site: &Site) -> i32 {
    let rows = throttle::Entity::find().all(site.db().read()).await;
    let failures = rows.unwrap().into_iter().map(|row| row.failures);
    failures.max().unwrap_or_default()
}

#[test]
fn tries_at_the_same_time_all_count() {
    block_on(async {
        for site in Site::on_both(&Cast::on(today())).await {
            let mut tasks = tokio::task::JoinSet::new();
            for turn in 0..20 {
                let mut browser = site.browser();
                let name = format!("nessuno{turn}");
                tasks.spawn(async move { try_in(&mut browser, &name, WRONG).await.status });
            }
            while let Some(status) = tasks.join_next().await {
                assert_eq!(status.unwrap(), StatusCode::UNPROCESSABLE_ENTITY);
            }
            assert_eq!(most_failures(&site).await, 20, "each of the twenty");
            let next = try_in(&mut site.browser(), "operator", PASSWORD).await;
            assert_eq!(next.status, 429, "the network waits");
        }
    });
}

#[test]
fn the_owner_gets_in_from_elsewhere_while_somebody_guesses() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut guesser = from(&site, 66);
        for _ in 0..5 {
            assert_eq!(try_in(&mut guesser, "operator", WRONG).await.status, 422);
        }
        let waits = try_in(&mut guesser, "operator", WRONG).await;
        assert_eq!(waits.status, 429);
        assert!(waits.errors()[0].contains("Riprovare fra un minuto"));
        let owner = try_in(&mut from(&site, 7), "operator", PASSWORD).await;
        assert_eq!(owner.status, 303, "the owner sits elsewhere");
        let again = try_in(&mut guesser, "operator", WRONG).await;
        assert_eq!(again.status, 429, "and the guesser gained nothing by it");
    });
}

#[test]
fn guesses_from_many_networks_are_slowed_down_too() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        for turn in 0..100_u8 {
            let page = try_in(&mut from(&site, turn), "operator", WRONG).await;
            assert_eq!(page.status, 422, "{turn}");
        }
        let page = try_in(&mut from(&site, 200), "operator", WRONG).await;
        assert_eq!(page.status, 429);
        assert!(
            try_in(&mut from(&site, 201), "reader", PASSWORD)
                .await
                .status
                == 303
        );
        site.clock.advance(Duration::from_mins(15));
        let owner = try_in(&mut from(&site, 202), "operator", PASSWORD).await;
        assert_eq!(owner.status, 303, "never for good");
    });
}

#[test]
fn a_right_password_takes_back_its_own_try_alone() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        // Somebody who has an account signs in again and again, and guesses others'
        // passwords in the meantime.
        let mut wrong = 0;
        for turn in 0..40 {
            let (mut own, mut guess) = (site.browser(), site.browser());
            let name = format!("nessuno{turn}");
            let (_, guessed) = tokio::join!(
                try_in(&mut own, "partner", PASSWORD),
                try_in(&mut guess, &name, WRONG)
            );
            wrong += u32::from(guessed.status == 422);
        }
        for turn in 40..60 {
            let name = format!("nessuno{turn}");
            let guessed = try_in(&mut site.browser(), &name, WRONG).await;
            wrong += u32::from(guessed.status == 422);
        }
        assert_eq!(wrong, 20, "no guess is forgotten");
    });
}

#[test]
fn a_clock_that_goes_back_locks_nobody_out() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let noon = dom::clock::Clock::now(site.clock.as_ref());
        site.clock.advance(HOUR * 24 * 400);
        let mut browser = site.browser();
        for _ in 0..6 {
            try_in(&mut browser, "operator", WRONG).await;
        }
        assert_eq!(try_in(&mut browser, "operator", PASSWORD).await.status, 429);
        site.clock.set(noon);
        let page = try_in(&mut browser, "operator", PASSWORD).await;
        assert_eq!(page.status, 303, "{:?}", page.errors());
        assert_eq!(browser.get("/").await.status, 200);
        site.clock.set(noon - HOUR);
        assert_eq!(
            browser.get("/").await.status,
            303,
            "a session of the future has ended"
        );
    });
}

#[test]
fn only_a_trusted_proxy_says_where_somebody_comes_from() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let proxy = |site: &Site, forwarded: &str| {
            let mut browser = site.browser_behind(|peer| peer.is_loopback());
            let header = ("x-forwarded-for", forwarded.to_owned());
            browser.headers.push(header);
            browser
        };
        for turn in 0..20 {
            // The client's own words stand before what the proxy adds.
            let forwarded = format!("10.0.0.{turn}, 203.0.113.5");
            let mut browser = proxy(&site, &forwarded);
            let name = format!("nessuno{turn}");
            assert_eq!(
                try_in(&mut browser, &name, WRONG).await.status,
                422,
                "{turn}"
            );
        }
        let mut waits = proxy(&site, "198.51.100.1, 203.0.113.5");
        assert_eq!(try_in(&mut waits, "operator", PASSWORD).await.status, 429);
        let mut other = proxy(&site, "203.0.113.5, 203.0.113.6");
        assert_eq!(try_in(&mut other, "operator", PASSWORD).await.status, 303);
        for unreadable in ["198.51.100.1, unknown", "198.51.100.2, ", "_hidden"] {
            let mut browser = proxy(&site, unreadable);
            try_in(&mut browser, "reader", WRONG).await;
        }
        let rows = throttle::Entity::find()
            .all(site.db().read())
            .await
            .unwrap();
        let twice = rows.iter().filter(|row| row.failures == 3).count();
        assert!(
            twice >= 2,
            "what can't be read is the proxy's own network: {rows:?}"
        );
    });
}
