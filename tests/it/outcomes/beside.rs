//! What a page shows beside the figures: what kept workers out when a request was
//! first matched, and whether the same people are always named.

use chrono::Datelike as _;
use dom::domain::outcome::Period;
use dom::services::outcome_report::{self, Cell};
use dom::services::outcomes;
use dom::storage;

use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, start, told};
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
            let exposure = beside.exposure.unwrap();
            assert_eq!((exposure.fitted, exposure.introduced), (2, 1));
            assert_eq!(exposure.gini, Some(500), "one of two has all");
        }
    });
}

#[test]
fn who_fitted_is_forgotten_with_the_years_that_are_told_of() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            followed.live(day(0)).await;
            let of_that_year = Period {
                from: start(),
                to: start(),
                today: day(3),
            };
            let years = |number| start().with_year(start().year() + number).unwrap();
            followed.at(years(6), 12);
            let done = dom::jobs::run_due(&followed.context).await.unwrap();
            assert_eq!(done.fits_forgotten, 0, "six years are told of");
            followed.at(years(7), 12);
            let done = dom::jobs::run_due(&followed.context).await.unwrap();
            assert_eq!(done.fits_forgotten, 1, "of the one that somebody fitted");
            let report = outcome_report::everything(&followed.context, of_that_year);
            let report = report.await.unwrap();
            let parts = report.parts();
            let exposure = parts.iter().find(|part| part.code == "exposure").unwrap();
            let fitted = exposure.cell("fitted", "number");
            assert_eq!(
                fitted,
                Some(Cell::Nothing),
                "the table says that it is not known"
            );
            let beside = report.figures.beside;
            assert_eq!(beside.exposure, None, "not known, which is not nobody");
            assert_eq!(beside.blocked.looked, 2, "how many fitted stays");
        }
    });
}

#[test]
fn a_pair_introduced_twice_is_two_introductions_of_one_request() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            // The sheet was corrected: the same two, on a second one.
            followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
            followed.introduce("I-2", "R-1", "W-1", day(2), None).await;
            let period = |today| Period {
                from: start(),
                to: start(),
                today,
            };
            let cells = [
                ("introduction", "I-2"),
                ("side", "family"),
                ("wave", "w1"),
                ("answered_on", "2026-01-30"),
                ("result", "no"),
            ];
            told(&followed, &cells).await;
            let report = async |today| {
                let report = outcomes::report(&followed.context, period(today));
                report.await.unwrap()
            };
            let before = report(day(30)).await;
            assert_eq!((before.requests, before.introductions), (1, 2));
            assert_eq!(
                before.requests_by_state.unknown, 1,
                "of the first nothing is said"
            );
            let cells = [
                ("introduction", "I-1"),
                ("side", "worker"),
                ("wave", "w1"),
                ("answered_on", "2026-02-01"),
                ("result", "hired"),
            ];
            told(&followed, &cells).await;
            let after = report(day(30)).await;
            assert_eq!(after.requests_by_state.filled, 1, "one job, counted once");
            assert_eq!((after.answered.any, after.regular.hired), (2, 1));
            assert_eq!(after.days_to_first_sheet.median, Some(0), "the first sheet");
        }
    });
}

#[test]
fn a_request_that_was_opened_while_there_was_no_worker_had_nobody() {
    block_on(async {
        let alone = Cast::on(start()).request("R-1", &[]);
        for site in Site::on_both(&alone).await {
            let followed = Followed::over(site);
            followed.live(day(0)).await;
            let period = Period {
                from: start(),
                to: start(),
                today: day(0),
            };
            let report = outcome_report::everything(&followed.context, period);
            let blocked = report.await.unwrap().figures.beside.blocked;
            assert_eq!((blocked.looked, blocked.nobody), (1, 1));
        }
    });
}
