//! The match page: fits with their reasons, and beneath them why not the others.

use crate::support::browser::Page;
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

const MATCH: &str = "/requests/R-1/match";

async fn matched(cast: Cast) -> Page {
    let site = Site::of(&cast).await;
    let page = site.signed_in("operator").await.get(MATCH).await;
    assert_eq!(page.status, 200, "{}", page.text());
    assert!(!page.text().contains('⟦'), "a word is missing");
    page
}

#[test]
fn fits_come_first_and_what_is_folded_says_how_much_there_is() {
    block_on(async {
        let in_five_days = (today() + chrono::TimeDelta::days(5)).to_string();
        let page = matched(
            Cast::on(today())
                .worker("W-1", &[("experience_years", "3")])
                .worker("W-2", &[("available_from", &in_five_days)])
                .worker("W-3", &[("availability", "Mon-Fri 08:00-11:30")])
                .worker("W-4", &[("status", "paused")])
                .worker("W-5", &[("consent_on", "")])
                .request("R-1", &[]),
        )
        .await;
        let cards = page.texts("form .dom-card");
        assert_eq!(cards.len(), 1, "{cards:?}");
        for part in [
            "Inventatab",
            "Copre tutte le 20 ore",
            "3 anni di esperienza",
            "fascia 1",
        ] {
            assert!(cards[0].contains(part), "{part}: {}", cards[0]);
        }
        assert_eq!(
            page.texts("[role=status]"),
            ["Persone idonee: 1. Persone che cercano lavoro: 3."]
        );
        let folds = page.texts("details > summary");
        assert!(
            folds.contains(&"2 persone quasi idonee".to_owned()),
            "{folds:?}"
        );
        assert!(page.texts("details[open]").is_empty(), "they are folded");
        let near = page.texts("details > table tbody tr").join(" ");
        for part in ["Inventatac", "Inventatad", "Inizio", "Orario"] {
            assert!(near.contains(part), "{part}: {near}");
        }
        for nobody in ["Inventatae", "Inventataf"] {
            assert!(!page.text().contains(nobody), "{nobody} is not in the pool");
        }
    });
}

#[test]
fn nobody_is_said_to_cover_more_hours_than_they_may_work() {
    block_on(async {
        let page = matched(
            Cast::on(today())
                .worker("W-1", &[("max_hours_week", "12")])
                .request("R-1", &[("min_coverage_permille", "500")]),
        )
        .await;
        let reasons = page.texts(".dom-reasons li");
        assert_eq!(
            reasons[0], "Copre 12 delle 20 ore richieste alla settimana.",
            "free in all of them: {reasons:?}"
        );
    });
}

#[test]
fn where_nobody_fits_teams_are_offered() {
    block_on(async {
        let soon = (today() + chrono::TimeDelta::days(10)).to_string();
        let page = matched(
            Cast::on(today())
                .worker(
                    "W-1",
                    &[
                        ("availability", "Mon-Fri 08:00-12:00"),
                        ("permit_type", "employment"),
                        ("permit_until", &soon),
                    ],
                )
                .worker("W-2", &[("availability", "Mon-Fri 14:00-18:00")])
                .request(
                    "R-1",
                    &[("schedule", "Mon-Fri 08:00-12:00; Mon-Fri 14:00-18:00")],
                ),
        )
        .await;
        assert!(
            page.texts("h2")
                .contains(&"Nessuna persona idonea".to_owned())
        );
        assert!(
            page.texts("button")
                .iter()
                .all(|text| !text.contains("Prepara"))
        );
        let folds = page.texts("details > summary");
        assert!(folds.contains(&"Una squadra".to_owned()), "{folds:?}");
        let main = page.main();
        assert!(main.contains("Insieme coprono 40 ore"), "{main}");
        // Warnings stand beside whoever can be chosen: here in a team, and nearly fitting.
        let near = page.texts("details > table tbody tr").join(" ");
        let team = page.texts("form .dom-card").join(" ");
        for place in [near, team] {
            let told = place.matches("Il titolo di soggiorno finisce il").count();
            assert_eq!(told, 1, "of W-1 alone: {place}");
        }
        let bands = page.texts("details > table tbody .dom-tag");
        assert_eq!(bands, ["fascia 1", "fascia 1"]);
    });
}

#[test]
fn a_request_that_nobody_could_ever_serve_says_so() {
    block_on(async {
        let page = matched(Cast::on(today()).request("R-1", &[])).await;
        assert!(
            page.texts("h2")
                .contains(&"Nessuna persona idonea".to_owned())
        );
        let folds = page.texts("details > summary");
        for words in [
            "Nessuna persona quasi idonea",
            "Nessuna squadra",
            "Nessun abbinamento finora",
        ] {
            assert!(folds.contains(&words.to_owned()), "{words}: {folds:?}");
        }
        assert!(page.texts("details[open]").is_empty(), "nothing to count");
        let main = page.main();
        assert!(!main.contains("Conviene rivedere"), "no wish costs anybody");
    });
}

#[test]
fn where_nothing_is_near_the_page_counts_every_criterion_and_leads_to_the_request() {
    block_on(async {
        let in_five_days = (today() + chrono::TimeDelta::days(5)).to_string();
        let page = matched(
            Cast::on(today())
                .worker(
                    "W-1",
                    &[
                        ("available_from", &in_five_days),
                        ("availability", "Mon 08:00-09:00"),
                    ],
                )
                .worker("W-2", &[("availability", "Mon 08:00-09:00")])
                .worker("W-3", &[("status", "paused")])
                .request("R-1", &[]),
        )
        .await;
        let main = page.main();
        assert!(main.contains("Conviene rivedere la richiesta"), "{main}");
        assert!(main.contains("più persone: Orario, Inizio."), "{main}");
        assert!(!main.contains("Qui sotto si vede"), "{main}");
        let held = page.texts("details[open] dt, details[open] dd");
        assert_eq!(held, ["Orario", "2", "Inizio", "1"], "W-3 is not looked at");
        let links = page.attributes("main a.btn", "href");
        assert_eq!(links, ["/requests/R-1/edit"]);
        let trail = page.attributes(".breadcrumb a", "href");
        assert_eq!(trail, ["/", "/requests", "/requests/R-1"]);
    });
}

#[test]
fn a_workers_page_shows_the_nearest_requests_that_they_do_not_fit_and_all_that_fails() {
    block_on(async {
        let in_five_days = (today() + chrono::TimeDelta::days(5)).to_string();
        let late = ("available_from", in_five_days.as_str());
        let cast = Cast::on(today())
            .worker("W-1", &[late])
            .worker("W-2", &[late, ("status", "paused")])
            .worker("W-3", &[])
            .request("R-1", &[("schedule", "Sun 08:00-12:00")])
            .request("R-2", &[])
            .request("R-3", &[("status", "closed")]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let page = browser.get("/workers/W-1?fits=1").await;
        let lines = page.texts("#missed > li");
        assert_eq!(lines.len(), 2, "only open ones: {lines:?}");
        assert!(lines[0].contains("R-2") && !lines[0].contains("Orario"));
        for part in ["R-1", "Inizio: ", "5 giorni", "Orario: "] {
            assert!(lines[1].contains(part), "{part}: {}", lines[1]);
        }
        let leads = page.attributes("#missed > li > a", "href");
        assert_eq!(leads, ["/requests/R-2/match", "/requests/R-1/match"]);
        // Who is proposed to nobody is told why above.
        let paused = browser.get("/workers/W-2?fits=1").await;
        assert!(paused.texts("#missed").is_empty());
        let fitting = browser.get("/workers/W-3?fits=1").await;
        let lines = fitting.texts("#missed > li");
        assert_eq!(lines.len(), 1, "R-2 fits: {lines:?}");
        assert!(lines[0].contains("R-1") && !lines[0].contains("Inizio"));
    });
}

#[test]
fn going_on_without_choosing_anybody_says_so_and_stays() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        for way in ["propose", "sheet?order=near"] {
            let page = browser.get(&format!("/requests/R-1/{way}")).await;
            assert_eq!(page.status, 422, "{way}");
            assert_eq!(page.texts("form .dom-card").len(), 1, "{way}");
            let told = page.texts(".dom-errors a, #chosen");
            assert_eq!(told.len(), 2, "above and beside: {told:?}");
            assert!(told[0].contains("Non è stata scelta nessuna persona"));
            assert_eq!(told[0], told[1]);
            assert!(page.title().starts_with("Errore"), "{}", page.title());
        }
        let nowhere = browser.get("/requests/R-404/propose").await;
        assert_eq!(nowhere.status, 404);
    });
}

#[test]
fn a_closed_request_shows_who_fits_and_offers_no_choice() {
    block_on(async {
        for status in ["closed", "paused", "filled", "withdrawn"] {
            let cast = Cast::on(today())
                .worker("W-1", &[])
                .request("R-1", &[("status", status)]);
            let site = Site::of(&cast).await;
            let mut browser = site.signed_in("operator").await;
            let page = browser.get(MATCH).await;
            assert_eq!(page.texts("form .dom-card").len(), 1, "{status}");
            assert!(page.texts("input[type=checkbox]").is_empty(), "{status}");
            assert!(page.main().contains("non è aperta"), "{status}");
            let chosen = browser.get("/requests/R-1/sheet?worker=W-1").await;
            assert_eq!(chosen.status, 422, "{status}");
            assert!(chosen.main().contains("non è aperta"), "{status}");
            let ordered = browser
                .post("/requests/R-1/sheet", &[("worker", "W-1")])
                .await;
            assert_eq!(ordered.status, 422, "{status}");
        }
    });
}

#[test]
fn whoever_was_introduced_is_named_apart_and_not_offered_again() {
    block_on(async {
        let cast = Cast::on(today())
            .worker("W-1", &[])
            .worker("W-2", &[])
            .request("R-1", &[]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let match_page = browser.get(MATCH).await;
        let form = match_page.form("/requests/R-1/propose").tick("W-1");
        let look = browser.submit(&form, "Chiedi se va bene").await;
        let form = browser
            .click(&look, "Prepara la scheda con chi non va chiesto")
            .await;
        assert_eq!(form.heading(), "Scheda per la richiesta R-1");
        let form = form.form("/requests/R-1/sheet");
        let issued = browser.submit(&form, "Emetti la scheda").await;
        let sheet = browser.follow(&issued).await;
        assert!(sheet.notice().contains("è emessa"), "{}", sheet.text());
        let page = browser.get(MATCH).await;
        assert_eq!(page.texts("form .dom-card").len(), 1);
        let folds = page.texts("details > summary");
        assert!(
            folds.contains(&"Un abbinamento già fatto per questa richiesta".to_owned()),
            "{folds:?}"
        );
    });
}

#[test]
fn long_answers_show_twenty_and_all_when_asked() {
    block_on(async {
        let mut cast = Cast::on(today()).request("R-1", &[]);
        for n in 0..31 {
            cast = cast.worker(&format!("W-{n:06}"), &[]);
        }
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let page = browser.get(MATCH).await;
        assert_eq!(page.texts("form .dom-card").len(), 20);
        let all = browser
            .click(&page, "Mostra tutte le 31 persone idonee")
            .await;
        assert_eq!(all.texts("form .dom-card").len(), 31);
    });
}

#[test]
fn the_list_is_seen_in_another_order_and_nothing_else_goes_by_it() {
    block_on(async {
        let long_ago = (today() - chrono::TimeDelta::days(170)).to_string();
        let cast = Cast::on(today())
            .worker("W-1", &[("confirmed_on", &long_ago)])
            .worker("W-2", &[("comune", "053009"), ("max_km", "60")])
            .request("R-1", &[])
            .request(
                "R-2",
                &[
                    ("arrangement", "live_in"),
                    ("schedule", ""),
                    ("comune", "053011"),
                ],
            );
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let first = |page: &Page| page.texts("form .dom-card")[0].clone();
        let rules = browser.get(MATCH).await;
        assert!(first(&rules).contains("W-1"), "{}", first(&rules));
        assert_eq!(rules.texts("[aria-current=true]"), ["Ordine delle regole"]);
        let near = browser.click(&rules, "Prima chi abita più vicino").await;
        assert!(first(&near).contains("W-1"), "{}", first(&near));
        let lately = browser
            .click(&near, "Prima chi ha confermato da poco")
            .await;
        assert_eq!(
            lately.texts("[aria-current=true]"),
            ["Prima chi ha confermato da poco"]
        );
        assert!(lately.main().contains("È solo un altro modo di guardare"));
        assert!(first(&lately).contains("W-2"), "{}", first(&lately));
        assert!(first(&lately).contains("fascia 2"), "the band stays");
        // Chosen from top to bottom there, they come on as the rules order them.
        let propose = "/requests/R-1/propose";
        let both = lately.form(propose).tick("W-2").tick("W-1");
        for (button, form) in [
            ("Chiedi se va bene", propose),
            (
                "Prepara la scheda con le persone scelte",
                "/requests/R-1/sheet",
            ),
        ] {
            let sent: Vec<(String, String)> = both.as_it_came();
            let query: Vec<String> = sent
                .iter()
                .map(|(name, value)| format!("{name}={value}"))
                .collect();
            let page = browser.get(&format!("{form}?{}", query.join("&"))).await;
            assert_eq!(page.status, 200, "{button}: {}", page.main());
            let lines = page.attributes("input[type=hidden][name=worker]", "value");
            assert_eq!(lines, ["W-1", "W-2"], "{button}");
            assert!(lately.texts("button").contains(&button.to_owned()));
        }
        // And who goes past a better band says why, whichever order showed them first.
        let alone = browser
            .get("/requests/R-1/propose?order=confirmed&worker=W-2")
            .await;
        assert_eq!(alone.attributes("select#skipped", "name"), ["skipped"]);
        // Where no hours are asked for, nobody is listed by them; what is no order is none.
        let other = browser.get("/requests/R-2/match?order=name").await;
        let offered = other.texts("main nav a");
        assert!(offered.contains(&"Prima chi aspetta da più tempo".to_owned()));
        assert!(!offered.contains(&"Prima chi copre più ore".to_owned()));
        assert_eq!(other.texts("[aria-current=true]"), ["Ordine delle regole"]);
    });
}
