//! What every answer bears, of every kind, and what no page holds.

use scraper::{Html, Selector};

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::{PASSWORD, Site, email};
use dom::services::accounts;
use dom::web::routes;

fn cast() -> Cast {
    Cast::on(today())
        .worker("W-1", &[])
        .worker("W-2", &[("share_without_asking", "no")])
        .worker("W-3", &[("comune", "053015"), ("max_km", "1")])
        .request("R-1", &[("needed_by", "2026-12-31")])
}

/// Every page there is, and one answer of every kind.
async fn answers(site: &Site, browser: &mut Browser) -> Vec<(String, Page)> {
    let mut all = Vec::new();
    let issued = browser
        .post("/requests/R-1/sheet", &[("worker", "W-1")])
        .await;
    let number = issued.location().to_owned();
    let number = number
        .trim_start_matches("/sheets/")
        .split('?')
        .next()
        .unwrap()
        .to_owned();
    all.push(("issued".to_owned(), issued));
    for route in routes().iter().filter(|route| route.method == "GET") {
        let path = route
            .path
            .replace("/workers/{code}", "/workers/W-1")
            .replace("/families/{code}", "/families/F-1")
            .replace("/requests/{code}", "/requests/R-1")
            .replace("{number}", &number)
            .replace("{code}", "NONE")
            .replace("{token}", "none");
        all.push((path.clone(), browser.get(&path).await));
    }
    for path in [
        "/requests/R-1/sheet?worker=W-2&worker=W-3",
        "/workers?status=paused",
        "/no-such-page",
        "/assets/dom.css",
        "/assets/icon.svg",
        "/assets/none",
        "/workers?page=1&page=2",
    ] {
        all.push((path.to_owned(), browser.get(path).await));
    }
    let code = browser
        .get(&format!("/sheets/{number}"))
        .await
        .texts("a[href^='/v/']")[0]
        .clone();
    all.push((
        "genuine".to_owned(),
        browser.get(&format!("/v/{code}")).await,
    ));
    for (path, fields) in [
        (format!("/sheets/{number}/print"), &[][..]),
        (format!("/sheets/{number}/revoke"), &[]),
        (
            "/requests/R-1/sheet".to_owned(),
            &[("worker", "W-2"), ("asked", "W-2")],
        ),
        ("/workers/search".to_owned(), &[("words", "nessuna")]),
        ("/sheets/GR-1999-0001/print".to_owned(), &[]),
    ] {
        all.push((path.clone(), browser.post(&path, fields).await));
    }
    let put = browser
        .send("PUT", "/", Vec::new(), &[("sec-fetch-site", "none")])
        .await;
    all.push(("PUT".to_owned(), put));
    let forged = browser
        .send(
            "POST",
            "/sign-out",
            Vec::new(),
            &[("sec-fetch-site", "cross-site")],
        )
        .await;
    all.push(("forged".to_owned(), forged));
    let mut reader = site.signed_in("reader").await;
    all.push(("forbidden".to_owned(), reader.get("/workers").await));
    let mut stranger = site.browser();
    all.push(("nobody".to_owned(), stranger.get("/workers").await));
    all.push(("signing in".to_owned(), stranger.get("/sign-in").await));
    all.push(("refused".to_owned(), stranger.post("/sign-in", &[]).await));
    all.push(("out".to_owned(), reader.post("/sign-out", &[]).await));
    all
}

#[test]
fn every_answer_bears_the_headers_that_keep_it_safe() {
    block_on(async {
        let site = Site::at(&cast(), "https://dom.example").await;
        let mut browser = site.signed_in("administrator").await;
        let answers = answers(&site, &mut browser).await;
        let statuses: std::collections::BTreeSet<u16> = answers
            .iter()
            .map(|(_, page)| page.status.as_u16())
            .collect();
        for kind in [200, 303, 400, 403, 404, 405, 422] {
            assert!(statuses.contains(&kind), "{kind} is among {statuses:?}");
        }
        for (what, page) in &answers {
            let policy = page.header("content-security-policy");
            for part in [
                "default-src 'none'",
                "script-src 'self'",
                "frame-ancestors 'none'",
                "base-uri 'none'",
                "form-action 'self'",
                "object-src 'none'",
            ] {
                assert!(policy.contains(part), "{what}: {part}");
            }
            assert!(!policy.contains("unsafe"), "{what}: {policy}");
            assert_eq!(page.header("x-content-type-options"), "nosniff", "{what}");
            assert_eq!(page.header("referrer-policy"), "no-referrer", "{what}");
            assert_eq!(page.header("access-control-allow-origin"), "", "{what}");
            assert!(
                page.header("strict-transport-security")
                    .starts_with("max-age=31536000; includeSubDomains"),
                "{what}"
            );
            let file = what.starts_with("/assets/") && page.status == 200;
            if file {
                assert!(page.header("cache-control").contains("immutable"), "{what}");
            } else {
                assert_eq!(page.header("cache-control"), "no-store", "{what}");
            }
            let kind = page.header("content-type");
            let is_pdf = page.bytes.starts_with(b"%PDF");
            let whole = page.bytes.is_empty() || is_pdf || kind.contains("charset=utf-8");
            assert!(whole, "{what}: {kind}");
            assert_eq!(is_pdf, kind == "application/pdf", "{what}");
        }
        let out = &answers.last().unwrap().1;
        assert_eq!(out.header("clear-site-data"), "\"cache\"");
    });
}

#[test]
fn a_request_of_another_origin_learns_nothing() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        for origin in ["https://evil.example", "null"] {
            for method in ["GET", "OPTIONS"] {
                let page = browser
                    .send(method, "/workers", Vec::new(), &[("origin", origin)])
                    .await;
                for name in page.headers.keys() {
                    assert!(!name.as_str().starts_with("access-control"), "{name}");
                }
            }
        }
    });
}

#[test]
fn no_page_holds_a_script_or_a_style_of_its_own() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("administrator").await;
        let any = Selector::parse("*").unwrap();
        let mut pages = 0;
        for (what, answer) in answers(&site, &mut browser).await {
            if !answer.header("content-type").starts_with("text/html") {
                continue;
            }
            pages += 1;
            for element in Html::parse_document(&answer.text()).select(&any) {
                let name = element.value().name();
                assert_ne!(name, "style", "{what}");
                assert!(name != "script" || element.attr("src").is_some(), "{what}");
                for (attribute, value) in element.value().attrs() {
                    let acts = attribute.starts_with("on") || attribute == "style";
                    assert!(!acts, "{what}: {name} has {attribute}");
                    let address = ["href", "src", "action"].contains(&attribute);
                    if address {
                        let local = value.starts_with(['/', '#']) && !value.starts_with("//");
                        // The quick way out leads to a page that says nothing.
                        let exit = name == "a" && value == "https://it.wikipedia.org/";
                        let known = value.starts_with("mailto:") || value.starts_with("tel:");
                        let known = known || exit;
                        assert!(local || known, "{what}: {value}");
                    }
                }
            }
        }
        assert!(pages >= 25, "{pages} pages were looked at");
    });
}

#[test]
fn no_secret_stands_in_a_page_or_an_address() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("administrator").await;
        let session = browser.cookies["dom"].clone();
        let link = accounts::reset(&site.context, &email("partner"))
            .await
            .unwrap();
        let mut secrets = vec![session, link.clone(), PASSWORD.to_owned()];
        let mut all = answers(&site, &mut browser).await;
        let mut visitor = site.browser();
        all.push((
            "link".to_owned(),
            visitor.get(&format!("/password/{link}")).await,
        ));
        all.push(("link form".to_owned(), visitor.get("/password").await));
        let typed = "una frase nuova e non vista";
        secrets.push(typed.to_owned());
        for again in ["altra frase", typed] {
            let fields = [("password", typed), ("again", again)];
            all.push((again.to_owned(), visitor.post("/password", &fields).await));
        }
        let fields = [("email", "nessuno@prova.example"), ("password", typed)];
        all.push(("wrong".to_owned(), visitor.post("/sign-in", &fields).await));
        for (what, page) in &all {
            for secret in &secrets {
                assert!(!page.text().contains(secret), "{what} tells {secret}");
                for (name, value) in &page.headers {
                    let told = value.to_str().unwrap().contains(secret);
                    assert!(!told || name == "set-cookie", "{what}: {name}");
                }
            }
        }
    });
}
