//! One program: its pool follows the database, and the day.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use dom::domain::ids::RequestCode;
use dom::services::{Context, matching};
use dom::storage;
use sea_orm::ConnectionTrait as _;

use crate::support::cast::{Cast, today};
use crate::support::db::weights;
use crate::support::live;
use crate::support::program::block_on;
use crate::support::site::Site;

async fn fits_on(context: &Context, day: chrono::NaiveDate) -> Vec<String> {
    let code = RequestCode::parse("R-1").unwrap();
    let matched = matching::answer(context, &code, day, None).await.unwrap();
    let fits = matched.answer.fits.into_iter();
    fits.map(|fit| fit.worker).collect()
}

async fn change(context: &Context, statement: &str) {
    let write = context.db.write().await.unwrap();
    write.execute_unprepared(statement).await.unwrap();
    write.commit().await.unwrap();
}

#[test]
fn an_authorisation_of_tomorrow_counts_from_tomorrow_on_without_a_change() {
    block_on(async {
        let tomorrow = today().succ_opt().unwrap();
        let from_tomorrow = [("consent_on", tomorrow.to_string())];
        let cells = from_tomorrow
            .each_ref()
            .map(|(column, cell)| (*column, cell.as_str()));
        let cast = Cast::on(today())
            .request("R-1", &[])
            .worker("W-1", &[])
            .worker("W-2", &cells);
        for site in Site::on_both(&cast).await {
            let on = async |day| fits_on(&site.context, day).await;
            assert_eq!(on(today()).await, ["W-1"]);
            assert_eq!(on(tomorrow).await.len(), 2);
            assert_eq!(on(today()).await, ["W-1"], "a day before is not forgotten");
        }
    });
}

#[test]
fn weights_of_a_day_count_from_that_day_on() {
    block_on(async {
        let cast = Cast::on(today())
            .request("R-1", &[])
            .worker("W-1", &[("max_km", "9")]);
        for site in Site::on_both(&cast).await {
            let score = async |day| {
                let code = RequestCode::parse("R-1").unwrap();
                let matched = matching::answer(&site.context, &code, day, None).await;
                matched.unwrap().answer.fits[0].score
            };
            let tomorrow = today().succ_opt().unwrap();
            let before = score(tomorrow).await;
            let weights = weights(&tomorrow.to_string(), "0, 0, 0, 0, 100, 0");
            change(&site.context, &weights).await;
            assert_eq!(score(today()).await, before);
            assert_eq!(score(tomorrow).await, 0, "nobody has any experience");
        }
    });
}

#[test]
fn a_record_that_goes_while_a_page_is_made_is_not_missed() {
    block_on(async {
        let cast = Cast::on(today())
            .request("R-1", &[])
            .worker("W-1", &[])
            .worker("W-2", &[]);
        let mut site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        // W-2 goes when the pool was asked, before the people of the answer are.
        let (place, gone) = (site.context.db.clone(), AtomicBool::new(false));
        let watched = site.context.db.clone().watched(move |sql| {
            let is_between = sql.contains("diffusion_limits");
            if is_between && !gone.swap(true, Ordering::Relaxed) {
                let db = place.clone();
                let delete = async move {
                    for table in ["worker_statistics", "workers"] {
                        let key = if table == "workers" { "id" } else { "worker_id" };
                        let delete = format!(
                            "DELETE FROM {table} WHERE {key} = (SELECT id FROM workers WHERE code = 'W-2')"
                        );
                        db.read().execute_unprepared(&delete).await.unwrap();
                    }
                };
                std::thread::spawn(|| block_on(delete)).join().unwrap();
            }
        });
        site.context.db = watched;
        let mut other = site.browser();
        other.cookies = std::mem::take(&mut browser.cookies);
        let page = other.get("/requests/R-1/match").await;
        assert_eq!(page.status, 200, "{}", page.text());
        let fits = page.attributes("input[id^='choose-']", "value");
        assert_eq!(fits, ["W-1"]);
    });
}

#[test]
fn a_page_says_on_what_state_it_stands_and_the_next_one_stands_on_the_next() {
    block_on(async {
        let cast = Cast::on(today()).request("R-1", &[]).worker("W-1", &[]);
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            let mut revision = async || -> i64 {
                let page = browser.get("/requests/R-1/match").await;
                let said = page.texts("#revision").join("");
                let (_, number) = said.rsplit_once(' ').unwrap();
                number.parse().unwrap()
            };
            let first = revision().await;
            assert_eq!(revision().await, first);
            change(&site.context, "UPDATE workers SET max_km = 21").await;
            assert_eq!(revision().await, first + 1);
            change(&site.context, "UPDATE requests SET status = 'open'").await;
            assert_eq!(revision().await, first + 1, "what matching does not read");
        }
    });
}

#[test]
fn whoever_is_further_behind_than_what_is_kept_reads_everything() {
    block_on(async {
        let cast = Cast::on(today()).request("R-1", &[]).worker("W-1", &[]);
        for site in Site::on_both(&cast).await {
            live::is_true(&site.context).await;
            let gone = "UPDATE workers SET status = 'withdrawn'";
            change(&site.context, gone).await;
            let write = site.context.db.write().await.unwrap();
            let forgotten = storage::pool_changes::forget(&*write, 0, 1_000)
                .await
                .unwrap();
            write.commit().await.unwrap();
            assert!(forgotten > 0);
            assert!(fits_on(&site.context, today()).await.is_empty());
        }
    });
}

#[test]
fn a_database_that_fails_for_a_while_leaves_the_pool_true() {
    block_on(async {
        let cast = Cast::on(today()).request("R-1", &[]).worker("W-1", &[]);
        let site = Site::of(&cast).await;
        assert_eq!(fits_on(&site.context, today()).await, ["W-1"]);
        let code = RequestCode::parse("R-1").unwrap();
        change(&site.context, "UPDATE workers SET comune = 'nowhere'").await;
        let broken = matching::answer(&site.context, &code, today(), None).await;
        assert!(broken.is_err(), "a corrupt row is no answer");
        change(
            &site.context,
            "UPDATE workers SET comune = '058091', max_km = 1",
        )
        .await;
        assert!(fits_on(&site.context, today()).await.is_empty());
        change(&site.context, "UPDATE workers SET comune = '053011'").await;
        assert_eq!(fits_on(&site.context, today()).await, ["W-1"]);
    });
}

#[test]
fn many_who_ask_at_once_read_it_once() {
    block_on(async {
        let cast = Cast::on(today()).request("R-1", &[]).worker("W-1", &[]);
        let site = Site::of(&cast).await;
        let loads = Arc::new(AtomicUsize::new(0));
        let counted = loads.clone();
        let db = site.context.db.clone().watched(move |sql| {
            if sql.contains("\"availability\"") && !sql.contains("\"given_name\"") {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        let anew = Context::new(
            db,
            site.context.clock.clone(),
            site.context.randomness.clone(),
            site.context.public_url.clone(),
        );
        let mut asking = tokio::task::JoinSet::new();
        for _ in 0..8 {
            let anew = anew.clone();
            asking.spawn(async move { fits_on(&anew, today()).await });
        }
        for fits in asking.join_all().await {
            assert_eq!(fits, ["W-1"]);
        }
        // A piece with a row, and one without.
        assert_eq!(loads.load(Ordering::Relaxed), 2);
    });
}

#[test]
fn a_worker_who_enters_again_brings_their_introductions() {
    block_on(async {
        let cast = Cast::on(today())
            .request("R-1", &[])
            .request("R-2", &[])
            .worker("W-1", &[])
            .worker("W-2", &[("status", "paused"), ("pause_reason", "travel")]);
        for site in Site::on_both(&cast).await {
            live::is_true(&site.context).await;
            let introduced =
                crate::support::people::introduction("I-1", "R-1", "W-2", &today().to_string());
            let write = site.context.db.write().await.unwrap();
            storage::introductions::insert_many(&*write, &[introduced], None, None)
                .await
                .unwrap();
            write.commit().await.unwrap();
            assert_eq!(fits_on(&site.context, today()).await, ["W-1"]);
            let back = "UPDATE workers SET status = 'active', pause_reason = NULL";
            change(&site.context, back).await;
            assert_eq!(fits_on(&site.context, today()).await, ["W-1"]);
            let code = RequestCode::parse("R-1").unwrap();
            let matched = matching::answer(&site.context, &code, today(), None).await;
            let introduced = matched.unwrap().answer.introduced;
            assert_eq!(introduced[0].worker, "W-2");
        }
    });
}
