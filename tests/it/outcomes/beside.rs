//! What a page shows beside the figures: what kept workers out when a request was
//! first matched, and whether the same people are always named.

use dom::domain::outcome::Period;
use dom::services::outcome_report;
use dom::storage;

use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, start};
use crate::support::program::block_on;
use crate::support::site::Site;

/// Two who fit the first request; a live-in one that nobody fits, since nobody does
/// live-in work.
fn cast() -> Cast {
    let hourly = [("arrangements", "hourly")];
    let live_in = [("arrangement", "live_in"), ("schedule", "")];
    Cast::on(start())
        .worker("W-1", &hourly)
        .worker("W-2", &hourly)
        .request("R-1", &[])
        .request("R-2", &live_in)
}

#[test]
fn a_request_is_matched_once_and_the_report_tells_how_it_stood() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            followed.live(day(0)).await;
            // What changes afterwards changes nothing of the first look.
            let write = followed.context.db.write().await.unwrap();
            let missing = storage::first_looks::missing(&*write, 10).await.unwrap();
            assert!(missing.is_empty(), "each is looked at once");
            write.commit().await.unwrap();
            followed.introduce("I-1", "R-1", "W-1", day(1), None).await;
            followed.introduce("I-2", "R-1", "W-1", day(2), None).await;
            followed.live(day(3)).await;
            let period = Period {
                from: start(),
                to: start(),
                today: day(3),
            };
            let report = outcome_report::everything(&followed.context, period);
            let beside = report.await.unwrap().figures.beside;
            assert_eq!((beside.blocked.looked, beside.blocked.nobody), (2, 1));
            let by_arrangement = &beside.blocked.criteria[0];
            assert_eq!(by_arrangement, &("arrangement".to_owned(), 2, 1));
            let exposure = beside.exposure;
            assert_eq!((exposure.fitted, exposure.introduced), (2, 1));
            assert_eq!(exposure.gini, Some(500), "one of two has all");
        }
    });
}
