//! Lists, searches and records.

use std::sync::{Arc, Mutex};

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

fn many() -> Cast {
    let mut cast = Cast::on(today()).request("R-1", &[]);
    for n in 0..60 {
        cast = cast.worker(&format!("W-{n:06}"), &[]);
    }
    cast.worker(
        "W-100000",
        &[
            ("given_name", "Niccolò"),
            ("family_name", "D'Amico"),
            ("phone", "333 123 45 67"),
            ("status", "paused"),
        ],
    )
    .worker(
        "W-100001",
        &[
            ("given_name", "<img src=x onerror=1>\"'&"),
            ("family_name", "{{7*7}} x"),
        ],
    )
}

async fn search(browser: &mut Browser, typed: &str) -> Vec<String> {
    let found = browser.post("/workers/search", &[("words", typed)]).await;
    assert_eq!(found.status, 303, "{typed}");
    let target = found.location().to_owned();
    assert!(
        typed.len() < 3 || !target.contains(typed),
        "no word stands in the address: {target}"
    );
    let page = browser.get(&target).await;
    assert_eq!(page.status, 200, "{typed}");
    page.texts("tbody th[scope=row]")
}

#[test]
fn people_are_found_by_part_of_a_name_a_phone_or_a_code() {
    block_on(async {
        let site = Site::of(&many()).await;
        let mut browser = site.signed_in("operator").await;
        for typed in ["nicco", "NICCOLÒ damico", "333 1234567", "w-100000"] {
            assert_eq!(
                search(&mut browser, typed).await,
                ["D'Amico Niccolò"],
                "{typed}"
            );
        }
        assert!(
            !search(&mut browser, "(((a+)+)+$").await.is_empty(),
            "an a is an a"
        );
        let ten_thousand = "x".repeat(10_000);
        for typed in [
            "impossibile",
            "' OR 1=1 --",
            "%",
            "_",
            "\u{0}",
            &ten_thousand,
        ] {
            assert!(search(&mut browser, typed).await.is_empty(), "{typed}");
        }
    });
}

#[test]
fn a_misspelt_name_offers_those_spelt_alike_before_an_empty_list() {
    block_on(async {
        let cast = many()
            .family("F-2", &[("given_name", "Gina"), ("family_name", "Cecchi")])
            .request("R-2", &[("family", "F-2")]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let found = async |browser: &mut Browser, list: &str, typed: &str| {
            let search = format!("/{list}/search");
            let led = browser.post(&search, &[("words", typed)]).await;
            browser.follow(&led).await
        };
        let page = found(&mut browser, "workers", "nicolo d'amicco").await;
        let headings = page.texts("main h2");
        assert_eq!(headings, ["Scritti in modo simile", "Nessuna persona"]);
        let folds = page.texts("form details > summary");
        assert_eq!(folds, ["Filtri"], "filters make room");
        assert_eq!(page.texts("tbody th[scope=row]"), ["D'Amico Niccolò"]);
        let page = found(&mut browser, "families", "checchi").await;
        assert_eq!(page.texts("tbody th[scope=row]"), ["Cecchi Gina"]);
        let page = found(&mut browser, "requests", "checchi").await;
        assert_eq!(page.texts("tbody th[scope=row]"), ["R-2"]);
        // Found as typed: nobody is offered a second time.
        let page = found(&mut browser, "workers", "niccolò").await;
        assert_eq!(page.texts("tbody th[scope=row]"), ["D'Amico Niccolò"]);
        assert!(!page.main().contains("Scritti in modo simile"));
        // Nor anybody beside a whole list.
        let page = browser.get("/families").await;
        assert!(!page.main().contains("Scritti in modo simile"));
        let same = "/workers/W-000000/same";
        let page = browser.post(same, &[("words", "nicolo")]).await;
        let main = page.main();
        assert!(
            main.contains("Niccolò D'Amico") && main.contains("nome simile"),
            "{main}"
        );
    });
}

#[test]
fn a_search_is_seen_by_its_account_alone() {
    block_on(async {
        let site = Site::of(&many()).await;
        let mut operator = site.signed_in("operator").await;
        let target = operator
            .post("/workers/search", &[("words", "nicco")])
            .await
            .location()
            .to_owned();
        let mut other = site.signed_in("administrator").await;
        let page = other.get(&target).await;
        assert!(!page.text().contains("nicco"), "neither the words");
        assert_eq!(page.texts("tbody tr").len(), 25, "nor the result");
    });
}

#[test]
fn long_lists_have_pages_and_filters() {
    block_on(async {
        let site = Site::of(&many()).await;
        let mut browser = site.signed_in("operator").await;
        let lengths = [
            ("/workers", 25),
            ("/workers?page=2", 25),
            ("/workers?page=3", 12),
            ("/workers?page=999", 12),
            ("/workers?page=abc", 25),
            ("/workers?page=0", 25),
        ];
        for (path, rows) in lengths {
            let page = browser.get(path).await;
            assert_eq!(page.texts("tbody tr").len(), rows, "{path}");
        }
        assert_eq!(
            browser
                .get("/workers?status=paused")
                .await
                .texts("tbody tr")
                .len(),
            1
        );
        let unknown = browser
            .get("/workers?status=%27%20OR%201&citizenship=UA")
            .await;
        assert_eq!(
            unknown.texts("tbody tr").len(),
            25,
            "what is no filter narrows nothing"
        );
        let empty = browser.get("/workers?desk=follonica").await;
        assert!(empty.texts("h2").contains(&"Nessuna persona".to_owned()));
    });
}

#[test]
fn the_links_of_a_list_lead_through_it_and_back_without_counting_rows_off() {
    block_on(async {
        let mut site = Site::of(&many()).await;
        let said = Arc::new(Mutex::new(Vec::<String>::new()));
        let heard = said.clone();
        site.context.db = site
            .context
            .db
            .clone()
            .watched(move |sql| heard.lock().unwrap().push(sql.to_owned()));
        let mut browser = site.signed_in("operator").await;
        let codes = |page: &Page| -> Vec<String> {
            let links = page.links().into_iter();
            let links = links.filter_map(|(_, to)| to.strip_prefix("/workers/").map(str::to_owned));
            links.filter(|code| code.starts_with("W-")).collect()
        };
        let mut pages = vec![browser.get("/workers").await];
        said.lock().unwrap().clear();
        for _ in 0..2 {
            let next = browser
                .click(pages.last().unwrap(), "Pagina successiva")
                .await;
            pages.push(next);
        }
        let mut seen: Vec<String> = pages.iter().flat_map(&codes).collect();
        assert_eq!(seen.len(), 62);
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 62, "nobody stands on two pages");
        let back = browser.click(&pages[2], "Pagina precedente").await;
        assert_eq!(codes(&back), codes(&pages[1]));
        let first = browser.click(&back, "Pagina precedente").await;
        assert_eq!(codes(&first), codes(&pages[0]));
        let said = said.lock().unwrap();
        assert!(said.iter().any(|sql| sql.contains("FROM \"workers\"")));
        let offsets: Vec<_> = said.iter().filter(|sql| sql.contains("OFFSET")).collect();
        assert!(offsets.is_empty(), "{offsets:?}");
    });
}

#[test]
fn a_name_is_text_wherever_it_stands() {
    block_on(async {
        let site = Site::of(&many()).await;
        let mut browser = site.signed_in("operator").await;
        for path in ["/workers", "/workers/W-100001", "/requests/R-1/match?all=1"] {
            let page = browser.get(path).await;
            let shown = page.texts("main").join(" ");
            assert!(
                page.text().contains("&lt;img") || page.text().contains("&#60;img"),
                "{path}"
            );
            assert!(shown.contains("<img src=x onerror=1>"), "{path}");
            assert!(shown.contains("{{7*7}}"), "{path}");
            assert!(page.texts("main img").is_empty(), "{path}");
        }
        assert!(
            browser
                .get("/workers/W-100001")
                .await
                .title()
                .contains("<img")
        );
    });
}

#[test]
fn a_record_tells_what_is_known_and_what_is_not() {
    block_on(async {
        let cast = Cast::on(today())
            .worker("W-1", &[("consent_on", "")])
            .worker(
                "W-2",
                &[
                    ("status", "paused"),
                    ("paused_until", "2099-01-31"),
                    ("arrangements", "live_in"),
                    ("availability", ""),
                ],
            )
            .request("R-1", &[("status", "closed")]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let worker = browser.get("/workers/W-1").await.texts("main").join(" ");
        assert!(
            worker.contains("Ora non si può proporre") && worker.contains("non indicato"),
            "{worker}"
        );
        assert!(worker.contains("manca l’autorizzazione"), "{worker}");
        assert!(!worker.contains("in pausa"), "{worker}");
        let paused = browser.get("/workers/W-2").await;
        let main = paused.main();
        assert!(
            main.contains("nessuna famiglia: in pausa fino al 31/01/2099."),
            "{main}"
        );
        assert!(main.contains("In convivenza: ore e riposi"), "{main}");
        assert!(paused.texts(".dom-week").is_empty(), "no empty grid");
        let rights = browser.get("/workers/W-2/rights").await;
        let seen = rights.attributes("main section a", "href");
        assert!(
            seen.contains(&"/workers/W-2/disclosures".to_owned()),
            "{seen:?}"
        );
        let family_rights = browser.get("/families/F-1/rights").await;
        assert!(!family_rights.main().contains("Chi ha visto i dati"));
        let family = browser.get("/families/F-1").await.texts("main").join(" ");
        assert!(
            family.contains("Elsa Provolini") && family.contains("R-1"),
            "{family}"
        );
        let closed = browser.get("/requests/R-1/match").await;
        assert!(
            closed
                .texts("button")
                .iter()
                .all(|text| !text.contains("Prepara")),
            "a closed request offers no choice"
        );
    });
}

#[test]
fn addresses_with_anything_in_them_narrow_nothing_and_break_nothing() {
    block_on(async {
        for site in Site::on_both(&many()).await {
            let mut browser = site.signed_in("operator").await;
            let long = "x".repeat(10_000);
            for value in [
                "%00",
                "%25",
                "_",
                "%27%20OR%201=1%20--",
                "%F0%9F%90%8E",
                &long,
            ] {
                for name in [
                    "s",
                    "status",
                    "arrangement",
                    "desk",
                    "page",
                    "order",
                    "after",
                    "before",
                    "page=2&after",
                ] {
                    for (list, rows) in [("workers", 25), ("families", 1), ("requests", 1)] {
                        let path = format!("/{list}?{name}={value}");
                        let page = browser.get(&path).await;
                        assert_eq!(page.status, 200, "{list} {name} {value:.20}");
                        let shown = page.texts("tbody tr").len();
                        assert_eq!(shown, rows, "{list} {name} {value:.20}");
                    }
                }
                let page = browser.get(&format!("/sheets?page={value}")).await;
                assert_eq!(page.status, 200, "{value:.20}");
            }
            for typed in ["\u{0}", "%", "_", "' OR 1=1 --", "\u{202E}", "\u{0}\u{1}"] {
                for list in ["workers", "families", "requests"] {
                    let path = format!("/{list}/search");
                    let found = browser.post(&path, &[("words", typed)]).await;
                    let page = browser.follow(&found).await;
                    assert_eq!(page.status, 200, "{list} {typed:?}");
                    assert!(
                        page.rows().is_empty(),
                        "{list} {typed:?}: {:?}",
                        page.rows()
                    );
                }
            }
        }
    });
}

#[test]
fn families_and_requests_are_searched_as_workers_are() {
    block_on(async {
        let site = Site::of(&many()).await;
        let mut browser = site.signed_in("operator").await;
        for (list, typed) in [
            ("families", "PROVOLÍNI els"),
            ("families", "0564 300 001"),
            ("families", "f-1"),
            ("requests", "provo"),
            ("requests", "R-1"),
        ] {
            let page = browser.get(&format!("/{list}")).await;
            let form = page.form(&format!("/{list}/search")).fill("words", typed);
            let found = browser.submit(&form, "Cerca").await;
            let page = browser.follow(&found).await;
            assert_eq!(page.rows().len(), 1, "{list} {typed}");
            let kept = page.form(&format!("/{list}/search"));
            assert_eq!(kept.value("words"), typed, "what was typed is kept");
            let none = kept.fill("words", "impossibile");
            let none = browser.submit(&none, "Cerca").await;
            let page = browser.follow(&none).await;
            assert!(page.rows().is_empty(), "{list}");
            assert!(page.main().contains("Nessuna"), "{list}: {}", page.main());
            let all = browser.click(&page, "Togli ricerca e filtri").await;
            assert_eq!(all.rows().len(), 1, "{list}");
        }
    });
}

#[test]
fn a_search_keeps_its_filters_through_the_pages() {
    block_on(async {
        let mut cast = many();
        for n in 0..30 {
            cast = cast.worker(&format!("W-2{n:05}"), &[("status", "paused")]);
        }
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let form = browser.get("/workers").await.form("/workers/search");
        let form = form.fill("words", "zoe").fill("status", "paused");
        let found = browser.submit(&form, "Cerca").await;
        let first = browser.follow(&found).await;
        assert_eq!(first.rows().len(), 25);
        let second = browser.click(&first, "Pagina successiva").await;
        assert_eq!(second.rows().len(), 5);
        let kept = second.form("/workers/search");
        assert_eq!(
            (kept.value("words"), kept.value("status")),
            ("zoe", "paused")
        );
        let back = browser.click(&second, "Pagina precedente").await;
        assert_eq!(back.rows(), first.rows());
        for page in [&first, &second] {
            assert!(
                page.links()
                    .iter()
                    .all(|(_, target)| !target.contains("zoe"))
            );
        }
    });
}

#[test]
fn a_desk_reads_nothing_in_empty_rooms_but_how_to_go_on() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("operator").await;
        for (path, heading) in [
            ("/workers", "Nessuna persona"),
            ("/requests", "Nessuna richiesta"),
            ("/sheets", "Nessuna scheda"),
            ("/families?desk=follonica", "Nessuna famiglia"),
        ] {
            let page = browser.get(path).await;
            assert_eq!(page.status, 200, "{path}");
            let headings = page.texts("h2");
            assert!(
                headings.contains(&heading.to_owned()),
                "{path}: {headings:?}"
            );
        }
    });
}

#[test]
fn records_are_closed_to_whoever_works_at_no_desk() {
    block_on(async {
        let site = Site::of(&many()).await;
        for name in ["deskless", "partner", "reader"] {
            let mut browser = site.signed_in(name).await;
            for path in [
                "/workers",
                "/workers/W-000001",
                "/workers/W-999999",
                "/families/F-1",
                "/requests/R-1",
                "/requests/R-1/match",
                "/requests/R-1/sheet?worker=W-000001",
                "/sheets",
            ] {
                let page = browser.get(path).await;
                assert_eq!(page.status, 403, "{path} as {name}");
                assert!(!page.text().contains("Inventata"), "{path} as {name}");
                assert!(!page.text().contains("Provolini"), "{path} as {name}");
            }
            let home = browser.get("/").await;
            assert_eq!(home.status, 200);
            assert!(home.links().iter().all(|(_, target)| target != "/workers"));
        }
    });
}

#[test]
fn the_home_page_shows_the_beginning_of_a_long_list_and_the_way_to_the_whole() {
    block_on(async {
        let mut cast = Cast::on(today());
        for number in 0..30 {
            cast = cast.worker(&format!("W-{number:02}"), &[("confirmed_on", "")]);
        }
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            let home = browser.get("/?whose=all").await;
            let lines = home
                .links()
                .into_iter()
                .filter(|(_, target)| target.ends_with("/edit"));
            assert_eq!(lines.count(), 10);
            let all = home
                .links()
                .into_iter()
                .find(|(text, _)| text.starts_with("Tutte: 30"));
            let (_, target) = all.unwrap_or_else(|| panic!("{:?}", home.links()));
            let page = browser.get(&target).await;
            assert!(page.heading().contains("Disponibilità non confermata"));
            let next = browser.click(&page, "Pagina successiva").await;
            let lines = next
                .links()
                .into_iter()
                .filter(|(_, target)| target.ends_with("/edit"));
            assert_eq!(lines.count(), 5, "{}", next.main());
            assert_eq!(browser.get("/waiting/nothing").await.status, 404);
        }
    });
}
