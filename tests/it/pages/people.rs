//! Lists, searches and records.

use crate::support::browser::Browser;
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
fn a_name_is_text_wherever_it_stands() {
    block_on(async {
        let site = Site::of(&many()).await;
        let mut browser = site.signed_in("operator").await;
        for path in [
            "/workers?page=3",
            "/workers/W-100001",
            "/requests/R-1/match?all=1",
        ] {
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
            .request("R-1", &[("status", "closed")]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let worker = browser.get("/workers/W-1").await.texts("main").join(" ");
        assert!(
            worker.contains("Ora non si può proporre") && worker.contains("non indicato"),
            "{worker}"
        );
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
