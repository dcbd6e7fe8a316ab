//! Every route as every role and as nobody: what the table says is what happens.

use std::collections::BTreeSet;

use dom::web::{Route, routes};

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::{EVERYBODY, Site};

fn cast() -> Cast {
    Cast::on(today())
        .worker("W-1", &[])
        .worker("W-2", &[])
        .family("F-2", &[])
        .request("R-1", &[])
}

/// The address of a route with records of the cast.
fn address(route: &Route) -> String {
    route
        .path
        .replace("/workers/{code}/merge/{other}", "/workers/W-1/merge/W-2")
        .replace("/families/{code}/merge/{other}", "/families/F-1/merge/F-2")
        .replace("{merge}", "1")
        .replace("/workers/{code}", "/workers/W-1")
        .replace("/families/{code}", "/families/F-1")
        .replace("/requests/{code}", "/requests/R-1")
        .replace(
            "/vocabularies/{field}/{code}",
            "/vocabularies/reason/housing",
        )
        .replace("{field}", "reason")
        .replace("{number}", "GR-2026-0001")
        .replace("{format}", "csv")
        .replace("{file}", "catalogue.jsonld")
        .replace("{mail}", "1")
        .replace("{call}", "1")
        .replace("{upload}", "1")
        .replace("{list}", "stalled")
        .replace("{paper}", "authorisation")
        .replace("{language}", "it")
        .replace("{code}", "NONE")
        .replace("{token}", "none")
        .replace("{key}", "none")
        .replace("{step}", "name")
        .replace("{task}", "1")
        .replace("{link}", "none")
        .replace("{id}", "none")
}

async fn call(browser: &mut Browser, route: &Route) -> Page {
    if route.method == "GET" {
        browser.get(&address(route)).await
    } else {
        browser.post(&address(route), &[]).await
    }
}

#[test]
fn every_route_can_be_called_here() {
    for route in routes() {
        let address = address(&route);
        assert!(!address.contains(['{', '}']), "{address} needs a record");
        for sample in &route.samples {
            assert!(!sample.contains(['{', '}']), "{sample} is no address");
        }
    }
}

/// Whether the table lets somebody in; a deskless administrator opens no records.
fn lets_in(route: &Route, name: &str) -> bool {
    match name {
        "deskless" => route.roles.contains(&"reader") || route.roles == ["administrator"],
        name => route.roles.contains(&name),
    }
}

#[test]
fn every_route_lets_in_exactly_whom_the_table_names() {
    block_on(async {
        let site = Site::of(&cast()).await;
        for name in EVERYBODY {
            let signed_in = site.signed_in(name).await;
            for route in routes() {
                // Signing out would end the walk.
                if route.path == "/sign-out" {
                    continue;
                }
                // Without the cookies that the page before may have set.
                let mut browser = signed_in.clone();
                let page = call(&mut browser, &route).await;
                let what = format!("{} {} as {name}: {}", route.method, route.path, page.status);
                if lets_in(&route, name) {
                    assert_ne!(page.status, 403, "{what}");
                    assert!(page.status.as_u16() < 500, "{what}");
                    let done = route.method == "POST" && page.status.is_success();
                    assert!(!done, "an empty form does nothing: {what}");
                } else {
                    assert_eq!(page.status, 403, "{what}");
                }
            }
        }
    });
}

#[test]
fn nobody_is_led_to_the_sign_in() {
    block_on(async {
        let site = Site::of(&cast()).await;
        for route in routes() {
            let page = call(&mut site.browser(), &route).await;
            let what = format!("{} {}: {}", route.method, route.path, page.status);
            if route.roles.contains(&"nobody") {
                assert!(page.status.as_u16() < 500, "{what}");
                let away = page.location().starts_with("/sign-in?");
                assert!(!away, "{what}");
            } else {
                assert_eq!(page.status, 303, "{what}");
                assert!(page.location().starts_with("/sign-in?next="), "{what}");
            }
        }
    });
}

#[test]
fn the_table_is_whole() {
    let routes = routes();
    let mut seen = BTreeSet::new();
    for route in &routes {
        assert!(
            seen.insert((route.method, route.path)),
            "{} twice",
            route.path
        );
        assert!(!route.roles.is_empty(), "{}", route.path);
        if route.method == "GET" {
            assert!(!route.samples.is_empty(), "{} has no sample", route.path);
        }
    }
    assert!(routes.len() >= 25, "{}", routes.len());
}

#[test]
fn what_is_not_there_says_so_to_everybody() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut operator = site.signed_in("operator").await;
        for name in EVERYBODY {
            let mut somebody = site.signed_in(name).await;
            for path in ["/no-such-page", "/workers/", "//evil.example", "/v"] {
                let page = somebody.get(path).await;
                assert_eq!(page.status, 404, "{path} as {name}");
                assert_eq!(page.heading(), "Pagina non trovata", "{path} as {name}");
            }
        }
        let page = site.browser().get("/no-such-page").await;
        assert_eq!(page.status, 404);
        assert_eq!(page.heading(), "Pagina non trovata");
        for path in [
            "/no-such-page",
            "/workers/W-9",
            "/families/F-9",
            "/requests/R-9",
            "/requests/R-9/match",
            "/sheets/GR-1999-0001",
            "/v/AAAA",
            "/.git/config",
            "/.env",
            "/assets/no.css",
            "/workers/..%2f..%2fetc",
        ] {
            for browser in [&mut site.browser(), &mut operator] {
                let page = browser.get(path).await;
                let led_away = page.location().starts_with("/sign-in?");
                assert!(page.status == 404 || led_away, "{path}: {}", page.status);
            }
            assert_eq!(operator.get(path).await.status, 404, "{path}");
        }
        let same = [("sec-fetch-site", "same-origin")];
        for route in routes() {
            let path = address(&route);
            for method in ["PUT", "DELETE", "PATCH"] {
                let page = operator.send(method, &path, Vec::new(), &same).await;
                assert_eq!(page.status, 405, "{method} {path}");
                let allowed = page.header("allow");
                assert!(allowed.contains(route.method), "{method} {path}: {allowed}");
                assert_eq!(page.heading(), "Richiesta non prevista", "{path}");
            }
        }
    });
}

#[test]
fn following_links_changes_nothing() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("administrator").await;
        let before = site.everything().await;
        assert!(before.len() > 500, "there is something to change");
        for route in routes().iter().filter(|route| route.method == "GET") {
            let page = call(&mut browser, route).await;
            assert!(page.status.as_u16() < 500, "{}", route.path);
        }
        browser
            .get("/requests/R-1/sheet?worker=W-1&worker=W-2")
            .await;
        assert_eq!(site.everything().await, before);
    });
}
