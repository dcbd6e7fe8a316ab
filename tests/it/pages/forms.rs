//! Forms against forgery, and static files.

use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

#[test]
fn a_form_of_another_site_is_refused_and_changes_nothing() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let issued = browser
            .post("/requests/R-1/sheet", &[("worker", "W-1")])
            .await;
        let sheet = issued.location().split('?').next().unwrap().to_owned();
        let before = site.everything().await;
        let foreign: [&[(&str, &str)]; 6] = [
            &[("sec-fetch-site", "cross-site")],
            &[("sec-fetch-site", "same-site")],
            &[
                ("sec-fetch-site", "cross-site"),
                ("origin", "http://dom.example"),
            ],
            &[("origin", "https://evil.example")],
            &[("origin", "http://dom.example.evil.example")],
            &[("origin", "null")],
        ];
        for headers in foreign {
            for (path, body) in [
                ("/sign-out".to_owned(), ""),
                (
                    "/sign-in".to_owned(),
                    "email=a@b.example&password=una+frase",
                ),
                ("/language".to_owned(), "language=en"),
                (
                    "/password".to_owned(),
                    "password=una+frase+lunga&again=una+frase+lunga",
                ),
                ("/workers/search".to_owned(), "words=anna"),
                ("/requests/R-1/sheet".to_owned(), "worker=W-1"),
                (format!("{sheet}/print"), ""),
                (format!("{sheet}/revoke"), "reason=error"),
            ] {
                let page = browser
                    .send("POST", &path, body.as_bytes().to_vec(), headers)
                    .await;
                assert_eq!(page.status, 403, "{path} {headers:?}");
                assert!(page.header("set-cookie").is_empty(), "{path} {headers:?}");
            }
        }
        assert_eq!(site.everything().await, before, "nothing changed");
        let own = [("origin", "http://dom.example")];
        let own = browser.send("POST", "/sign-out", Vec::new(), &own).await;
        assert_eq!(own.status, 303);
        assert_eq!(browser.get("/workers").await.status, 303, "signed out");
    });
}

#[test]
fn fields_that_no_form_has_are_not_read() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let fields = [
            ("worker", "W-1"),
            ("role", "administrator"),
            ("desk_id", "2"),
            ("number", "GR-2026-9999"),
            ("issued_by", "1"),
            ("version", "9"),
        ];
        let issued = browser.post("/requests/R-1/sheet", &fields).await;
        let year = today().format("%Y");
        assert_eq!(
            issued.location(),
            format!("/sheets/GR-{year}-0001?issued=1"),
            "{}",
            issued.text()
        );
        assert!(browser.get("/").await.main().contains("sportello"));
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
        // By its own words, before it is read.
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/x-www-form-urlencoded"),
            ("content-length", "9000000"),
        ];
        let page = browser
            .send("POST", "/workers/search", b"words=x".to_vec(), &headers)
            .await;
        assert_eq!(page.status, 413);
    });
}
