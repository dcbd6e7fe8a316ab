//! The lists of what waits, whole: how long they are, whose they are, a search in each,
//! and that they go along when somebody hands their work over.

use dom::domain::ids::{RequestCode, WorkerCode};
use dom::domain::proposal::{Proposal, Via};
use dom::services::accounts::actor_named;
use dom::services::waiting::lists::List;
use dom::storage;
use sea_orm::ConnectionTrait;

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::followed::{Followed, day, start, told};
use crate::support::program::block_on;
use crate::support::site::{Site, email};

/// More than the home page shows of a list.
const MANY: usize = 12;

fn workers(mut cast: Cast) -> Cast {
    for number in 1..=MANY {
        let name = format!(
            "Provata{}",
            char::from(b'A' + u8::try_from(number).unwrap())
        );
        cast = cast.worker(&format!("W-{number}"), &[("family_name", &name)]);
    }
    cast
}

/// The way from the home page to the whole of the list of this heading.
fn whole(home: &Page, count: usize, heading: &str) -> String {
    let links = home.links();
    let called = format!("Tutte: {count}: {heading}");
    let found = links.iter().find(|(text, _)| *text == called);
    let (_, target) = found.unwrap_or_else(|| panic!("{called}: {links:?}"));
    target.clone()
}

/// Where the lines of a list lead.
fn lines(page: &Page, start: &str) -> usize {
    let links = page.links().into_iter();
    links
        .filter(|(_, target)| target.starts_with(start))
        .count()
}

async fn search(browser: &mut Browser, page: &Page, list: &str, words: &str) -> Page {
    let form = page.form(&format!("/waiting/{list}/search"));
    let found = browser.submit(&form.fill("words", words), "Cerca").await;
    assert!(!found.location().contains(words), "no name in an address");
    browser.follow(&found).await
}

async fn propose(site: &Site, request: &str, worker: &str, proposal: &Proposal) {
    let by = actor_named(&site.context, &email("operator"))
        .await
        .unwrap();
    let write = site.db().write().await.unwrap();
    let request = RequestCode::parse(request).unwrap();
    let request = storage::requests::find(&*write, &request).await.unwrap();
    let worker = WorkerCode::parse(worker).unwrap();
    let worker = storage::workers::find(&*write, &worker).await.unwrap();
    let (request, worker) = (request.unwrap().id, worker.unwrap().id);
    storage::proposals::insert(&*write, request, worker, by.account_id, proposal)
        .await
        .unwrap();
    write.commit().await.unwrap();
}

#[test]
fn proposals_are_listed_whole_searched_and_handed_over() {
    block_on(async {
        let cast = workers(Cast::on(today()))
            .request("R-1", &[])
            .request("R-2", &[("status", "closed")])
            .request("R-3", &[("status", "closed")]);
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            for request in ["R-1", "R-2", "R-3"] {
                browser
                    .post(&format!("/requests/{request}/charge"), &[])
                    .await;
            }
            for number in 1..=MANY {
                let waits = Proposal::new(today(), None);
                propose(&site, "R-1", &format!("W-{number}"), &waits).await;
            }
            let mut no = Proposal::new(today(), None);
            no.decline(Via::Phone, today(), today(), "distance")
                .unwrap();
            propose(&site, "R-2", "W-1", &no).await;

            let home = browser.get("/?whose=mine").await;
            let target = whole(&home, MANY, "Proposte senza risposta");
            assert_eq!(target, "/waiting/proposals?whose=mine");
            let page = browser.get(&target).await;
            assert_eq!(lines(&page, "/proposals/"), MANY);
            let found = search(&mut browser, &page, "proposals", "provatac").await;
            assert_eq!(lines(&found, "/proposals/"), 1, "{}", found.main());
            assert_eq!(
                found.form("/waiting/proposals/search").value("words"),
                "provatac"
            );
            let none = search(&mut browser, &found, "proposals", "nessuna").await;
            assert_eq!(lines(&none, "/proposals/"), 0);
            assert!(none.main().contains("nessuno con queste parole"));
            let alike = search(&mut browser, &none, "proposals", "provattad").await;
            assert_eq!(lines(&alike, "/proposals/"), 1, "{}", alike.main());
            assert!(alike.main().contains("in modo simile: provatad."));
            let by_request = search(&mut browser, &none, "proposals", "r-1").await;
            assert_eq!(lines(&by_request, "/proposals/"), MANY);

            let mut other = site.signed_in("administrator").await;
            let page = other.get("/waiting/proposals?whose=mine").await;
            assert_eq!(lines(&page, "/proposals/"), 0, "nothing is theirs yet");
            let form = browser.get("/hand-over").await.form("/hand-over");
            let form = form.fill("to", "administrator");
            let page = browser.submit(&form, "Passa tutte le richieste").await;
            let page = browser.follow(&page).await;
            assert_eq!(
                page.notice(),
                "2 richieste sono passate. Con loro sono passate 13 proposte da seguire.",
                "the one that is closed and has a no to be looked at goes too"
            );
            let page = other.get("/waiting/proposals?whose=mine").await;
            assert_eq!(lines(&page, "/proposals/"), MANY);
            let page = other.get("/waiting/to-review?whose=mine").await;
            assert_eq!(lines(&page, "/proposals/"), 1);
            let main = browser.get("/requests/R-3").await.main();
            assert!(main.contains("In carico a operator."), "what is over stays");
        }
    });
}

/// The codes that a page of workers shows.
fn codes(page: &Page) -> Vec<String> {
    let links = page.links().into_iter();
    links
        .filter_map(|(_, target)| {
            let code = target.strip_prefix("/workers/")?.strip_suffix("/edit")?;
            Some(code.to_owned())
        })
        .collect()
}

#[test]
fn a_list_is_turned_by_its_lines_whatever_leaves_it_meanwhile() {
    const ALL: usize = 60;
    block_on(async {
        let mut cast = Cast::on(today());
        for number in 0..ALL {
            // Of some it is not known, of others the day is the same.
            let day = ["", "2026-01-02", "2026-01-03"][number % 3];
            cast = cast.worker(&format!("W-{number:03}"), &[("confirmed_on", day)]);
        }
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            let mut page = browser.get("/waiting/unconfirmed?whose=all").await;
            let mut pages = vec![codes(&page)];
            for _ in 0..2 {
                page = browser.click(&page, "Pagina successiva").await;
                pages.push(codes(&page));
            }
            let told: Vec<String> = (0..3)
                .flat_map(|rest| (0..ALL).filter(move |number| number % 3 == rest))
                .map(|number| format!("W-{number:03}"))
                .collect();
            assert_eq!(pages.concat(), told, "never first, then the longest ago");
            for before in pages.iter().take(2).rev() {
                page = browser.click(&page, "Pagina precedente").await;
                assert_eq!(codes(&page), *before);
            }

            // Whoever is no longer looking for work leaves the list: nobody is passed over.
            let gone = [&pages[0][0], &pages[0][24]].map(|code| format!("'{code}'"));
            let placed = format!(
                "UPDATE workers SET status = 'placed' WHERE code IN ({})",
                gone.join(", ")
            );
            let write = site.db().write().await.unwrap();
            write.execute_unprepared(&placed).await.unwrap();
            write.commit().await.unwrap();
            page = browser.click(&page, "Pagina successiva").await;
            assert_eq!(codes(&page), pages[1]);
        }
    });
}

#[test]
fn calls_and_contradictions_are_listed_whole_searched_and_handed_over() {
    block_on(async {
        let cast = workers(Cast::on(start()).request("R-1", &[]));
        for site in Site::on_both(&cast).await {
            let followed = Followed::over(site);
            for worker in 1..=MANY {
                let (code, worker) = (format!("I-{worker}"), format!("W-{worker}"));
                followed
                    .introduce(&code, "R-1", &worker, day(0), None)
                    .await;
            }
            followed.live(day(15)).await;
            for number in 1..=MANY {
                let code = format!("I-{number}");
                for (side, result, started) in
                    [("family", "hired", "2026-01-20"), ("worker", "no", "")]
                {
                    let cells = [
                        ("introduction", code.as_str()),
                        ("side", side),
                        ("wave", "w1"),
                        ("answered_on", "2026-01-26"),
                        ("result", result),
                        ("started_on", started),
                    ];
                    told(&followed, &cells).await;
                }
            }
            let mut browser = followed.site.signed_in("operator").await;
            let home = browser.get("/?whose=all").await;
            for (count, list, heading, start) in [
                (2 * MANY, "calls", "Telefonate da fare", "/calls/"),
                (
                    MANY,
                    "conflicts",
                    "Risposte che non vanno d’accordo",
                    "/introductions/",
                ),
            ] {
                let page = browser.get(&whole(&home, count, heading)).await;
                assert_eq!(lines(&page, start), count);
                let found = search(&mut browser, &page, list, "provatac").await;
                assert_eq!(lines(&found, start), count / MANY, "{}", found.main());
                let mine = browser.get(&format!("/waiting/{list}?whose=mine")).await;
                assert_eq!(lines(&mine, start), 0, "nobody is in charge");
            }
            browser.post("/requests/R-1/charge", &[]).await;
            let form = browser.get("/hand-over").await.form("/hand-over");
            let form = form.fill("to", "administrator");
            let page = browser.submit(&form, "Passa tutte le richieste").await;
            let page = browser.follow(&page).await;
            assert_eq!(
                page.notice(),
                "Una richiesta è passata. Sono passate 24 telefonate da fare. \
                 Sono passate 12 contraddizioni da chiarire."
            );
            let mut other = followed.site.signed_in("administrator").await;
            let page = other.get("/waiting/calls?whose=mine").await;
            assert_eq!(lines(&page, "/calls/"), 2 * MANY);
            let page = other.get("/waiting/conflicts?whose=mine").await;
            assert_eq!(lines(&page, "/introductions/"), MANY);
        }
    });
}

#[test]
fn every_list_opens_for_everybody_s_work_and_with_words() {
    block_on(async {
        let cast = workers(Cast::on(today())).request("R-1", &[]);
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            for list in List::ALL {
                for whose in ["mine", "desk", "all"] {
                    let path = format!("/waiting/{}?whose={whose}", list.code());
                    let page = browser.get(&path).await;
                    assert_eq!(page.status, 200, "{path}");
                    let found = search(&mut browser, &page, list.code(), "provata w-1").await;
                    assert_eq!(found.status, 200, "{path} with words");
                }
            }
            let page = browser
                .post("/waiting/nothing/search", &[("words", "a")])
                .await;
            assert_eq!(page.status, 404);
        }
    });
}
