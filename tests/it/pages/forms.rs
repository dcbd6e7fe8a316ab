//! What holds for every answer: headers, forms against forgery, and that input
//! is never more than text.

use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

#[test]
fn a_form_of_another_site_is_refused_and_changes_nothing() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("operator").await;
        let foreign: [&[(&str, &str)]; 4] = [
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[("origin", "https://evil.example")],
            &[("origin", "null")],
        ];
        for headers in foreign {
            let page = browser.send("POST", "/sign-out", Vec::new(), headers).await;
            assert_eq!(page.status, 403, "{headers:?}");
        }
        assert_eq!(browser.get("/workers").await.status, 200, "still signed in");
        let own = browser
            .send(
                "POST",
                "/sign-out",
                Vec::new(),
                &[("origin", "http://dom.example")],
            )
            .await;
        assert_eq!(own.status, 303);
    });
}

#[test]
fn every_answer_bears_the_headers_that_keep_it_safe() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("reader").await;
        let mut pages = vec![browser.post("/sign-in", &[]).await];
        for path in [
            "/",
            "/workers",
            "/no-such-page",
            "/health",
            "/assets/dom.css",
            "/assets/none",
            "/sources",
        ] {
            pages.push(browser.get(path).await);
        }
        pages.push(
            browser
                .send("PUT", "/", Vec::new(), &[("sec-fetch-site", "none")])
                .await,
        );
        pages.push(
            browser
                .send("POST", "/", Vec::new(), &[("sec-fetch-site", "cross-site")])
                .await,
        );
        for page in pages {
            let policy = page.header("content-security-policy");
            for part in [
                "default-src 'none'",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "object-src 'none'",
            ] {
                assert!(policy.contains(part), "{}: {part}", page.status);
            }
            assert!(!policy.contains("unsafe"), "{policy}");
            assert_eq!(page.header("x-content-type-options"), "nosniff");
            assert_eq!(page.header("referrer-policy"), "no-referrer");
            assert!(!page.header("cache-control").is_empty());
            if !page.bytes.is_empty() {
                assert!(
                    page.header("content-type").contains("charset=utf-8"),
                    "{}",
                    page.status
                );
            }
        }
        assert_eq!(
            browser.get("/workers").await.header("cache-control"),
            "no-store"
        );
        assert!(
            browser
                .get("/assets/dom.css")
                .await
                .header("cache-control")
                .contains("immutable")
        );
    });
}

#[test]
fn a_static_file_is_sent_once() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.browser();
        let plain = browser.get("/assets/dom.css").await;
        let packed = browser
            .send(
                "GET",
                "/assets/dom.css",
                Vec::new(),
                &[("accept-encoding", "br, gzip")],
            )
            .await;
        assert_eq!(packed.header("content-encoding"), "br");
        assert!(packed.bytes.len() * 2 < plain.bytes.len());
        let known = browser
            .send(
                "GET",
                "/assets/dom.css",
                Vec::new(),
                &[("if-none-match", plain.header("etag"))],
            )
            .await;
        assert_eq!((known.status.as_u16(), known.bytes.len()), (304, 0));
    });
}

#[test]
fn a_form_that_is_too_large_is_refused() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("operator").await;
        let page = browser
            .post("/workers/search", &[("words", &"x".repeat(300 * 1024))])
            .await;
        assert_eq!(page.status, 413);
    });
}
