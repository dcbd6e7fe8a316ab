//! How things look when they go wrong: in words, in the layout, and without a
//! word of what happened inside.

use std::time::Duration;

use dom::catalogue::{Language, Words};

use crate::support::browser::Page;
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

/// A page of the house, in Italian, with a way on.
fn is_a_page_of_the_house(page: &Page, what: &str) {
    assert_eq!(
        page.header("content-type"),
        "text/html; charset=utf-8",
        "{what}: {}",
        page.text()
    );
    assert!(page.title().ends_with(" – DOM"), "{what}: {}", page.title());
    assert_eq!(page.texts("h1").len(), 1, "{what}");
    assert!(!page.main().contains('⟦'), "{what}: {}", page.main());
    for word in [
        "Failed",
        "deserialize",
        "Invalid",
        "missing",
        "sqlx",
        "DbErr",
    ] {
        assert!(!page.text().contains(word), "{what} says {word}");
    }
}

#[test]
fn what_cannot_be_read_is_refused_in_words() {
    block_on(async {
        let site = Site::of(&Cast::on(today()).worker("W-1", &[])).await;
        let mut browser = site.signed_in("operator").await;
        for path in [
            "/workers?page=1&page=2",
            "/workers?s=a&s=b",
            "/workers/%FF",
            "/sheets/%C3%28",
            "/v/%FF",
            "/requests/%00/match",
        ] {
            let page = browser.get(path).await;
            assert!(page.status.is_client_error(), "{path}: {}", page.status);
            is_a_page_of_the_house(&page, path);
        }
        let same = ("sec-fetch-site", "same-origin");
        let wrong_kind = [same, ("content-type", "text/plain")];
        for (path, body, headers) in [
            ("/language", "", &[same][..]),
            ("/language", "language=it&language=en", &[same]),
            ("/workers/search", "words=a&words=b", &[same]),
            ("/sheets/GR-2026-0001/revoke", "reason=a&reason=b", &[same]),
            ("/workers/search", "{\"words\":\"a\"}", &wrong_kind),
            ("/sign-in", "email=a", &wrong_kind),
        ] {
            let page = browser
                .send("POST", path, body.as_bytes().to_vec(), headers)
                .await;
            assert!(page.status.is_client_error(), "{path}: {}", page.status);
            is_a_page_of_the_house(&page, &format!("{path} {body}"));
        }
        let large = browser
            .post("/workers/search", &[("words", &"x".repeat(300 * 1024))])
            .await;
        assert_eq!(large.status, 413);
        is_a_page_of_the_house(&large, "a large form");
    });
}

#[test]
fn bytes_that_are_no_text_are_no_trouble() {
    block_on(async {
        let site = Site::of(&Cast::on(today()).worker("W-1", &[])).await;
        let mut browser = site.signed_in("operator").await;
        let same = [("sec-fetch-site", "same-origin")];
        for body in [
            &b"words=%FF%FE%00"[..],
            b"words=\xFF\xFE",
            b"%",
            b"&&&==",
            b"words",
        ] {
            let page = browser
                .send("POST", "/workers/search", body.to_vec(), &same)
                .await;
            assert!(page.status.as_u16() < 500, "{body:?}: {}", page.status);
        }
        let mut stranger = site.browser();
        stranger
            .cookies
            .insert("dom".to_owned(), "%00\"; dom=x;;=".to_owned());
        stranger
            .cookies
            .insert("dom-language".to_owned(), "../../en".to_owned());
        stranger
            .headers
            .push(("x-request-id", "<script>".to_owned()));
        let page = stranger.get("/sign-in").await;
        assert_eq!(page.status, 200);
        assert!(!page.text().contains("<script>"));
    });
}

#[test]
fn a_form_of_another_site_is_told_why() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let page = site
            .browser()
            .send("POST", "/sign-in", Vec::new(), &[("origin", "null")])
            .await;
        assert_eq!(page.status, 403);
        is_a_page_of_the_house(&page, "a form of another site");
        assert!(
            page.main().contains("non viene da questo sito"),
            "{}",
            page.main()
        );
    });
}

#[test]
fn whoever_reads_another_language_is_told_in_it_what_failed() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.browser();
        let told = |page: &Page, words: Words, status: u16, key: &str| {
            let (tag, text) = (words.tag(), words.get(key));
            assert_eq!(page.status, status, "{tag} {key}");
            assert_eq!(page.attributes("html", "lang"), [tag], "{key}");
            let main = page.main();
            assert!(main.contains(text.as_ref()), "{tag} {key}: {main}");
            let leads = page.attributes("main a", "href");
            assert_eq!(leads, ["/service"], "{tag} {key}");
        };
        for words in Language::WRITTEN.map(Words::new) {
            let wanted = ("accept-language", words.tag());
            let foreign = [wanted, ("origin", "null")];
            let page = browser
                .send("POST", "/register", Vec::new(), &foreign)
                .await;
            told(&page, words, 403, "failure-foreign-form");
            let own = [wanted, ("sec-fetch-site", "same-origin")];
            let page = browser.send("DELETE", "/service", Vec::new(), &own).await;
            told(&page, words, 405, "failure-text-no-such-method");
            let large = vec![b'x'; 300 * 1024];
            let page = browser.send("POST", "/register", large, &own).await;
            told(&page, words, 413, "failure-text-refused");
        }
        site.context.db.clone().close().await.unwrap();
        for words in Language::WRITTEN.map(Words::new) {
            let wanted = [("accept-language", words.tag())];
            let page = browser.send("GET", "/service", Vec::new(), &wanted).await;
            told(&page, words, 503, "failure-text-unavailable");
        }
    });
}

#[test]
fn a_database_out_of_reach_is_said_to_be_busy() {
    block_on(async {
        let site = Site::of(&Cast::on(today()).worker("W-1", &[])).await;
        let mut browser = site.signed_in("operator").await;
        site.context.db.clone().close().await.unwrap();
        for path in ["/workers", "/v/AAAA", "/sign-in"] {
            let page = browser.get(path).await;
            assert_eq!(page.status, 503, "{path}");
            assert_eq!(page.header("retry-after"), "5", "{path}");
            is_a_page_of_the_house(&page, path);
            assert!(page.main().contains("Non è stato salvato nulla"), "{path}");
        }
        assert_eq!(
            site.browser().get("/health").await.status,
            200,
            "the process lives"
        );
    });
}

#[test]
fn pages_are_read_while_somebody_else_writes_for_long() {
    block_on(async {
        let site = Site::of(&Cast::on(today()).worker("W-1", &[])).await;
        let mut browser = site.signed_in("operator").await;
        site.clock.advance(Duration::from_mins(5));
        let import = site.context.db.write().await.unwrap();
        let page = browser.get("/workers").await;
        assert_eq!(page.status, 200, "{}", page.text());
        drop(import);
        // What could not be noted then is noted the next time.
        assert_eq!(browser.get("/workers").await.status, 200);
        site.clock.advance(Duration::from_mins(118));
        assert_eq!(browser.get("/workers").await.status, 200);
    });
}

#[test]
fn what_takes_too_long_is_stopped_and_says_what_is_certain() {
    block_on(async {
        let site = Site::of(&Cast::on(today()).worker("W-1", &[])).await;
        let mut browser = site.browser_within(Duration::ZERO);
        browser.cookies = site.signed_in("operator").await.cookies;
        let looked = browser.get("/workers/W-1").await;
        assert_eq!(looked.status, 504);
        is_a_page_of_the_house(&looked, "a page that took too long");
        assert!(looked.main().contains("Non è stato salvato nulla"));
        let sent = browser.post("/workers/new", &[]).await;
        assert_eq!(sent.status, 504);
        is_a_page_of_the_house(&sent, "a form that took too long");
        let main = sent.main();
        assert!(main.contains("guardare se c’è"), "{main}");
        assert!(!main.contains("Non è stato salvato"), "{main}");
        assert!(!sent.header("content-security-policy").is_empty());
        let json = [("accept", "application/json")];
        let told = browser.send("GET", "/workers/W-1", Vec::new(), &json).await;
        assert_eq!(told.header("content-type"), "application/problem+json");
        assert!(told.text().contains("Nothing was saved"), "{}", told.text());
    });
}
