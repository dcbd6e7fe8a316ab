//! How often a page asks the database: never once more for one row more.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

const PAGES: [&str; 31] = [
    "/",
    "/workers",
    "/families",
    "/requests",
    "/sheets",
    "/workers/W-000000",
    "/families/F-1",
    "/requests/R-000000",
    "/requests/R-000000/match",
    "/requests/R-000000/sheet?worker=W-000000",
    "/?whose=all",
    "/workers/new",
    "/workers/W-000000/edit",
    "/workers/W-000000?fits=1",
    "/requests/R-000000/edit",
    "/workers/W-000000/diary",
    "/families/F-1/diary",
    "/families/F-1/edit",
    "/workers?page=2",
    "/workers/pairs",
    "/families/pairs",
    "/workers/W-000000/same",
    "/workers/W-000000/block",
    "/families/F-1/block",
    "/workers/W-000000/merge/W-000001",
    "/hand-over",
    "/calls",
    "/proposals?whose=all&show=all",
    "/proposals?whose=mine",
    "/requests/R-000000/propose?worker=W-000000&worker=W-000001",
    "/workers/W-000000/diffusion",
];

/// The statements of each page, over so many workers and requests.
async fn asked(people: usize) -> Vec<usize> {
    let mut cast = Cast::on(today());
    for n in 0..people {
        cast = cast
            .worker(&format!("W-{n:06}"), &[])
            .request(&format!("R-{n:06}"), &[]);
    }
    let mut site = Site::of(&cast).await;
    let statements = Arc::new(AtomicUsize::new(0));
    let counted = statements.clone();
    site.context.db = site.context.db.clone().watched(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    let mut browser = site.signed_in("operator").await;
    let mut all = Vec::new();
    for path in PAGES {
        let before = statements.load(Ordering::Relaxed);
        let page = browser.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        all.push(statements.load(Ordering::Relaxed) - before);
    }
    all
}

#[test]
fn a_page_of_many_asks_no_more_often_than_a_page_of_few() {
    block_on(async {
        let few = asked(2).await;
        let many = asked(24).await;
        assert_eq!(few, many, "{PAGES:?}");
        for (path, count) in PAGES.iter().zip(few) {
            assert!((1..=60).contains(&count), "{path} asks {count} times");
        }
    });
}

#[test]
fn who_fits_is_told_in_six_statements_however_many_there_are() {
    block_on(async {
        for people in [2, 60] {
            let mut cast = Cast::on(today()).request("R-1", &[]);
            for n in 0..people {
                cast = cast.worker(&format!("W-{n:06}"), &[]);
            }
            let mut site = Site::of(&cast).await;
            let statements = Arc::new(Mutex::new(Vec::new()));
            let seen = statements.clone();
            site.context.db = site.context.db.clone().watched(move |sql| {
                seen.lock().unwrap().push(sql.to_owned());
            });
            let mut browser = site.signed_in("operator").await;
            browser.get("/requests/R-1/match").await;
            statements.lock().unwrap().clear();
            let page = browser.get("/requests/R-1/match").await;
            assert_eq!(page.status, 200);
            let asked = statements.lock().unwrap().clone();
            assert!(
                (1..=6).contains(&asked.len()),
                "{} in {asked:#?}",
                asked.len()
            );
        }
    });
}
