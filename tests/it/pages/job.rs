//! A job begins and ends: the pool follows by one click, and another takes it back.

use std::time::Duration;

use chrono::NaiveDate;
use dom::domain::ids::{RequestCode, WorkerCode};
use dom::domain::mail::{MailKind, MailState};
use dom::domain::proposal::Proposal;
use dom::domain::request::RequestStatus;
use dom::domain::worker::WorkerStatus;
use dom::storage;

use crate::support::browser::Browser;
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, start, told};
use crate::support::program::block_on;
use crate::support::site::Site;

const JOB: &str = "/introductions/I-1/job";

fn cast() -> Cast {
    Cast::on(start())
        .worker("W-1", &[])
        .worker("W-2", &[("contact_language", "uk")])
        .worker("W-3", &[("email", "terza@prova.example")])
        .request("R-1", &[])
}

/// The worker was introduced and one side says hired.
async fn hired(site: Site) -> (Followed, Browser) {
    let followed = Followed::over(site);
    followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
    told(
        &followed,
        &[
            ("introduction", "I-1"),
            ("side", "family"),
            ("wave", "w1"),
            ("answered_on", "2026-01-27"),
            ("result", "hired"),
        ],
    )
    .await;
    followed.at(day(16), 12);
    let browser = followed.site.signed_in("operator").await;
    (followed, browser)
}

/// The worker's hours and state, and the request's.
async fn pool(followed: &Followed) -> (String, WorkerStatus, RequestStatus) {
    let db = followed.context.db.read();
    let worker = WorkerCode::parse("W-1").unwrap();
    let request = RequestCode::parse("R-1").unwrap();
    let worker = storage::workers::find(db, &worker).await.unwrap().unwrap();
    let request = storage::requests::find(db, &request).await.unwrap();
    (
        worker.value.availability.to_string(),
        worker.value.status,
        request.unwrap().value.status,
    )
}

const ALL_DAY: &str = "Mon-Fri 07:00-20:00";
const REST: &str = "Mon-Fri 07:00-08:00; Mon-Fri 12:00-20:00";

#[test]
fn a_begin_takes_the_hours_off_and_an_undo_gives_them_back() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, mut browser) = hired(site).await;
            let home = browser.get("/").await;
            let waits = home.links().into_iter().any(|(_, href)| href == JOB);
            assert!(waits, "a task waits: {}", home.main());
            let page = browser.get(JOB).await;
            let hours = "Togli queste ore dalla disponibilità: lun-ven 08:00-12:00";
            assert!(page.main().contains(hours), "{}", page.main());
            let begin = [("worker", "hours")];
            let done = browser.post("/introductions/I-1/begin", &begin).await;
            let page = browser.follow(&done).await;
            assert!(page.notice().contains("L’inizio è segnato"));
            let (active, filled) = (WorkerStatus::Active, RequestStatus::Filled);
            assert_eq!(pool(&followed).await, (REST.to_owned(), active, filled));
            let home = browser.get("/").await;
            assert!(!home.links().into_iter().any(|(_, href)| href == JOB));
            let again = browser.post("/introductions/I-1/begin", &begin).await;
            assert_eq!(again.status, 422, "once");
            let undo = page.form("/introductions/I-1/job/1/undo");
            let done = browser.submit(&undo, "Annulla").await;
            browser.follow(&done).await;
            let before = (ALL_DAY.to_owned(), active, RequestStatus::Open);
            assert_eq!(pool(&followed).await, before);
            let twice = browser.submit(&undo, "Annulla").await;
            assert_eq!(twice.status, 422, "nothing is undone twice");
            assert_eq!(pool(&followed).await, before);
            let history = browser.get("/workers/W-1").await;
            assert!(
                history.main().contains("lun-ven 12:00-20:00"),
                "{}",
                history.main()
            );
        }
    });
}

/// The worker confirmed the hours on a day.
async fn confirmed(followed: &Followed, on: NaiveDate) {
    let write = followed.context.db.write().await.unwrap();
    let code = WorkerCode::parse("W-1").unwrap();
    let found = storage::workers::find(&*write, &code).await.unwrap();
    let mut worker = found.unwrap();
    worker.value.confirmed_on = Some(on);
    storage::workers::update(&*write, &worker).await.unwrap();
    write.commit().await.unwrap();
}

#[test]
fn a_begin_waits_until_the_desk_says_what_follows_also_when_the_request_is_over() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, mut browser) = hired(site).await;
            browser.post("/requests/R-1/charge", &[]).await;
            let write = followed.context.db.write().await.unwrap();
            let code = RequestCode::parse("R-1").unwrap();
            let request = storage::requests::find(&*write, &code).await.unwrap();
            let mut request = request.unwrap();
            request.value.status = RequestStatus::Filled;
            request.value.close_reason = Some("filled");
            storage::requests::update(&*write, &request).await.unwrap();
            write.commit().await.unwrap();
            followed.at(day(200), 12);
            let waits = async |name: &str| {
                let mut browser = followed.site.signed_in(name).await;
                let home = browser.get("/?whose=mine").await;
                home.links().into_iter().any(|(_, href)| href == JOB)
            };
            assert!(waits("operator").await, "the hours are asked about");
            confirmed(&followed, day(199)).await;
            assert!(!waits("operator").await, "they said them since");
            confirmed(&followed, day(0)).await;
            let mut browser = followed.site.signed_in("operator").await;
            let form = browser.get("/hand-over").await.form("/hand-over");
            let form = form.fill("to", "administrator");
            let went = browser.submit(&form, "Passa tutte le richieste").await;
            browser.follow(&went).await;
            assert!(waits("administrator").await, "it goes along");
            let cells = [
                ("introduction", "I-1"),
                ("side", "family"),
                ("wave", "w1"),
                ("answered_on", "2026-01-28"),
                ("result", "no"),
            ];
            told(&followed, &cells).await;
            assert!(!waits("administrator").await, "they say that they erred");
            for (side, wave, on, result) in [
                ("desk", "w1", "2026-01-29", "no"),
                ("worker", "w2", "2026-01-30", "hired"),
            ] {
                let cells = [
                    ("introduction", "I-1"),
                    ("side", side),
                    ("wave", wave),
                    ("answered_on", on),
                    ("result", result),
                ];
                told(&followed, &cells).await;
            }
            assert!(
                !waits("administrator").await,
                "the desk's finding overrides"
            );
        }
    });
}

#[test]
fn an_undone_begin_leaves_whoever_was_paused_paused() {
    block_on(async {
        let paused = [("status", "paused"), ("pause_reason", "own_wish")];
        let cast = Cast::on(start())
            .worker("W-1", &paused)
            .request("R-1", &paused);
        let (followed, mut browser) = hired(Site::of(&cast).await).await;
        let before = pool(&followed).await;
        let begin = [("worker", "placed")];
        let done = browser.post("/introductions/I-1/begin", &begin).await;
        let page = browser.follow(&done).await;
        assert_ne!(pool(&followed).await, before);
        let undo = page.form("/introductions/I-1/job/1/undo");
        browser.submit(&undo, "Annulla").await;
        assert_eq!(pool(&followed).await, before);
    });
}

#[test]
fn an_end_gives_the_hours_back_and_may_open_the_request_again() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, mut browser) = hired(site).await;
            let begin = [("worker", "hours")];
            browser.post("/introductions/I-1/begin", &begin).await;
            told(
                &followed,
                &[
                    ("introduction", "I-1"),
                    ("side", "worker"),
                    ("wave", "w2"),
                    ("answered_on", "2026-01-28"),
                    ("result", "hired"),
                    ("still_working", "no"),
                ],
            )
            .await;
            let home = browser.get("/").await;
            assert!(home.main().contains("Lavori finiti"), "{}", home.main());
            let end = [("worker", "back"), ("request", "reopen")];
            let done = browser.post("/introductions/I-1/end", &end).await;
            let page = browser.follow(&done).await;
            assert!(page.notice().contains("La fine è segnata"));
            let before = (
                ALL_DAY.to_owned(),
                WorkerStatus::Active,
                RequestStatus::Open,
            );
            assert_eq!(pool(&followed).await, before);
            let undo = page.form("/introductions/I-1/job/2/undo");
            browser.submit(&undo, "Annulla").await;
            let (active, filled) = (WorkerStatus::Active, RequestStatus::Filled);
            assert_eq!(pool(&followed).await, (REST.to_owned(), active, filled));
        }
    });
}

#[test]
fn a_placed_worker_looks_no_more_and_the_others_are_told_with_the_same_click() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            others_are_told(site).await;
        }
    });
}

/// The mails about a job that is gone: how many are in each state.
async fn over(followed: &Followed) -> Vec<MailState> {
    let db = followed.context.db.read();
    let page = storage::outbox::page(db, None, 1).await.unwrap();
    let of_kind = page
        .rows
        .iter()
        .filter(|mail| mail.kind == MailKind::ProposalOver);
    of_kind.map(|mail| mail.state).collect()
}

async fn others_are_told(site: Site) {
    let (followed, mut browser) = hired(site).await;
    let write = followed.context.db.write().await.unwrap();
    let request = RequestCode::parse("R-1").unwrap();
    let request = storage::requests::find(&*write, &request).await.unwrap();
    let request = request.unwrap().id;
    // The one who is hired was asked as well.
    for code in ["W-1", "W-2", "W-3"] {
        let worker = WorkerCode::parse(code).unwrap();
        let worker = storage::workers::find(&*write, &worker).await.unwrap();
        let asked = Proposal::new(day(15), None);
        storage::proposals::insert(&*write, request, worker.unwrap().id, 1, &asked)
            .await
            .unwrap();
    }
    write.commit().await.unwrap();
    let page = browser.get(JOB).await;
    assert!(!page.main().contains("Lo dice una mail"), "it still waits");
    let begin = [("worker", "placed")];
    let done = browser.post("/introductions/I-1/begin", &begin).await;
    // At once, without a job in between.
    assert_eq!(over(&followed).await, [MailState::Queued]);
    let page = browser.follow(&done).await;
    assert!(page.main().contains("вже зайняте"), "{}", page.main());
    assert!(page.main().contains("Lo dice una mail"), "{}", page.main());
    let placed = (
        ALL_DAY.to_owned(),
        WorkerStatus::Placed,
        RequestStatus::Filled,
    );
    assert_eq!(pool(&followed).await, placed);
    let tasks = browser.get("/proposals?whose=all&show=all").await;
    let listed = tasks.main();
    assert_eq!(listed.matches("annullata").count(), 2, "{listed}");
    assert!(
        listed.contains("in attesa di risposta"),
        "not the hired one's"
    );
    let undo = page.form("/introductions/I-1/job/1/undo");
    browser.submit(&undo, "Annulla").await;
    let before = (
        ALL_DAY.to_owned(),
        WorkerStatus::Active,
        RequestStatus::Open,
    );
    assert_eq!(pool(&followed).await, before);
    // Taken back within two minutes: nobody is told that it is gone.
    followed.site.clock.advance(Duration::from_mins(3));
    assert!(followed.mail_now().await.is_empty());
    assert_eq!(over(&followed).await, [MailState::Cancelled]);
    let wrong = browser
        .post("/introductions/I-1/begin", &[("worker", "gone")])
        .await;
    assert_eq!(wrong.status, 422);
}

#[test]
fn who_is_told_by_mail_gets_it_once_and_who_is_hired_does_not() {
    block_on(async {
        let (followed, mut browser) = hired(Site::of(&cast()).await).await;
        let write = followed.context.db.write().await.unwrap();
        let request = RequestCode::parse("R-1").unwrap();
        let request = storage::requests::find(&*write, &request).await.unwrap();
        let worker = WorkerCode::parse("W-3").unwrap();
        let worker = storage::workers::find(&*write, &worker).await.unwrap();
        let asked = Proposal::new(day(15), None);
        storage::proposals::insert(&*write, request.unwrap().id, worker.unwrap().id, 1, &asked)
            .await
            .unwrap();
        write.commit().await.unwrap();
        let begin = [("worker", "left")];
        browser.post("/introductions/I-1/begin", &begin).await;
        assert!(followed.mail_now().await.is_empty(), "it waits two minutes");
        followed.site.clock.advance(Duration::from_mins(3));
        let mails = followed.mail_now().await;
        let to: Vec<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, ["terza@prova.example"]);
        let later = followed.walk(17, 19).await;
        let again = later.iter().flat_map(|(_, mails)| mails);
        assert_eq!(again.filter(|mail| mail.to == to[0]).count(), 0);
    });
}
