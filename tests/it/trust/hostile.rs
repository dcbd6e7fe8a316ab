//! What people put into addresses, headers and searches who want more than they may have:
//! none of it is taken for more than text, and none of it opens anything.

use std::collections::BTreeSet;
use std::time::Duration;

use dom::clock::Stopwatch;
use dom::services::accounts;
use dom::web::routes;
use scraper::{Html, Selector};

use super::world::World;
use crate::support::browser::{Browser, Page, percent};
use crate::support::cast::{Cast, today};
use crate::support::heard::Log;
use crate::support::program::block_on;
use crate::support::site::{Site, email};
use crate::support::table::route_of;

const SOON: Duration = Duration::from_secs(5);

fn texts() -> [String; 3] {
    [
        format!(
            "' OR 1=1 --%_ (((zq+)+)+$ ../{{{{7*7}}}} {}",
            "*".repeat(50)
        ),
        "\u{0}\u{202e}\u{200b}".to_owned(),
        "x".repeat(10_000),
    ]
}

/// The parameters that a page's links and forms put into addresses, with the address.
fn parameters(page: &Page) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (_, target) in page.links() {
        if let Some((path, query)) = target.split_once('?') {
            let names = query.split('&').filter_map(|pair| pair.split('=').next());
            found.extend(names.map(|name| (path.to_owned(), name.to_owned())));
        }
    }
    let html = Html::parse_document(&page.text());
    let forms = Selector::parse("form[method=get], form:not([method])").unwrap();
    let fields = Selector::parse("input[name], select[name]").unwrap();
    for form in html.select(&forms) {
        let path = form.attr("action").unwrap_or_default();
        for field in form.select(&fields) {
            let name = field.attr("name").unwrap_or_default();
            found.push((path.to_owned(), name.to_owned()));
        }
    }
    found.retain(|(path, name)| path.starts_with('/') && !name.is_empty());
    found
}

#[test]
fn every_parameter_takes_any_text_and_every_search_finds_nobody_by_it() {
    block_on(async {
        let world = World::new().await;
        let mut asked = BTreeSet::new();
        let mut addresses = Vec::new();
        for page in world.found_by("administrator").await.values() {
            for (path, name) in parameters(page) {
                if asked.insert((route_of("GET", &path), name.clone())) {
                    addresses.push((path, name));
                }
            }
        }
        assert!(addresses.len() > 20, "{addresses:?}");
        let mut browser = world.browser("administrator");
        let mut wrong = Vec::new();
        for (path, name) in &addresses {
            for text in texts() {
                let address = format!("{path}?{}={}", percent(name), percent(&text));
                let watch = Stopwatch::start();
                let page = browser.get(&address).await;
                let took = watch.elapsed();
                if page.status.as_u16() >= 500 || took > SOON {
                    wrong.push(format!(
                        "{path}?{name}={text:.20}: {} {took:?}",
                        page.status
                    ));
                }
            }
        }
        for route in routes() {
            if !route.path.ends_with("/search") {
                continue;
            }
            let path = route.path.replace("{list}", "stalled");
            for text in texts().into_iter().chain(["%".to_owned(), "_".to_owned()]) {
                let watch = Stopwatch::start();
                let led = browser.post(&path, &[("words", &text)]).await;
                let page = browser.follow(&led).await;
                let rows = page.rows().len();
                if page.status != 200 || rows > 0 || watch.elapsed() > SOON {
                    wrong.push(format!("{path} {text:.20}: {} {rows} rows", page.status));
                }
            }
        }
        println!("{} parameters", addresses.len());
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    });
}

fn cast() -> Cast {
    Cast::on(today()).worker("W-1", &[]).request("R-1", &[])
}

/// An address as it might slip past who looks at it.
fn written_otherwise(path: &str) -> [String; 10] {
    let first = path.as_bytes()[1];
    [
        format!("/{path}"),
        format!("{path}/"),
        format!("/.{path}"),
        format!("/%{first:02X}{}", &path[2..]),
        format!("{path}%2f"),
        format!("{path}%00"),
        format!("{path}/."),
        format!("{path};x=y"),
        format!("/assets/..{path}"),
        path.to_uppercase(),
    ]
}

#[test]
fn no_other_way_to_write_an_address_opens_it() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut strangers = [site.browser(), site.signed_in("reader").await];
        let mut operator = site.signed_in("operator").await;
        for path in [
            "/workers",
            "/workers/W-1",
            "/admin/reads",
            "/accesses",
            "/partner",
        ] {
            for address in written_otherwise(path) {
                for browser in &mut strangers {
                    let page = browser.get(&address).await;
                    let status = page.status.as_u16();
                    assert!(
                        [303, 403, 404, 400].contains(&status),
                        "{address}: {status}"
                    );
                    assert!(!page.text().contains("Inventata"), "{address}");
                }
                let page = operator.get(&address).await;
                assert!(page.status.as_u16() < 500, "{address}: {}", page.status);
            }
        }
        // What many programs leave lying about.
        for path in [
            "/.git/config",
            "/.git/HEAD",
            "/.env",
            "/.well-known/",
            "/assets/",
            "/assets/../Cargo.toml",
            "/debug",
            "/debug/pprof",
            "/metrics",
            "/server-status",
            "/openapi.json",
            "/swagger-ui",
            // Nobody comes in by way of another service.
            "/oidc/callback",
            "/oauth2/callback",
            "/saml/acs",
            "/dom.sqlite",
            "/data/dom.sqlite",
            "/admin",
        ] {
            assert_eq!(operator.get(path).await.status, 404, "{path}");
        }
        for method in ["TRACE", "CONNECT", "PROPFIND"] {
            let page = operator.send(method, "/workers", Vec::new(), &[]).await;
            let status = page.status.as_u16();
            assert!([403, 404, 405].contains(&status), "{method}: {status}");
            assert!(!page.text().contains("Inventata"), "{method}");
        }
    });
}

/// Headers by which a proxy would say who somebody is and what was asked.
const CLAIMED: [(&str, &str); 12] = [
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-proto", "https"),
    ("x-forwarded-for", "10.0.0.1"),
    ("x-forwarded-user", "operator"),
    ("forwarded", "for=10.0.0.1;host=evil.example;proto=https"),
    ("x-real-ip", "10.0.0.1"),
    ("x-user", "operator@prova.example"),
    ("remote-user", "operator@prova.example"),
    ("x-original-url", "/workers"),
    ("x-rewrite-url", "/workers"),
    ("x-http-method-override", "DELETE"),
    ("authorization", "Basic b3BlcmF0b3I6b3BlcmF0b3I="),
];

#[test]
fn no_header_says_who_somebody_is_nor_what_the_site_is_called() {
    block_on(async {
        let site = Site::of(&cast()).await;
        for path in [
            "/",
            "/workers",
            "/sign-in",
            "/admin/reads",
            "/service",
            "/status",
        ] {
            let plain = site.browser().get(path).await;
            for header in CLAIMED {
                let page = site
                    .browser()
                    .send("GET", path, Vec::new(), &[header])
                    .await;
                assert_eq!(page.status, plain.status, "{path} {header:?}");
                assert_eq!(page.location(), plain.location(), "{path} {header:?}");
                assert_eq!(page.text(), plain.text(), "{path} {header:?}");
            }
        }
        // A link that is given leads to the site, whatever the request was called.
        let mut operator = site.signed_in("operator").await;
        let same = ("sec-fetch-site", "same-origin");
        for header in [
            ("x-forwarded-host", "evil.example"),
            ("forwarded", "host=evil.example"),
            ("origin", "http://dom.example"),
        ] {
            let sent = operator
                .send(
                    "POST",
                    "/workers/W-1/link",
                    b"do=text".to_vec(),
                    &[same, header],
                )
                .await;
            let text = sent.texts("textarea").join(" ");
            assert!(text.contains("http://dom.example/l/"), "{}", sent.main());
            assert!(!sent.text().contains("evil"), "{header:?}");
        }
    });
}

/// Asks under a name.
async fn named(browser: &mut Browser, host: &str, path: &str) -> Page {
    browser.host = host.to_owned();
    browser.get(path).await
}

#[test]
fn under_another_name_the_site_shows_the_way_to_its_own() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut operator = site.signed_in("operator").await;
        for host in [
            "evil.example",
            "dom.example.evil.example",
            "evil.example:80",
            "dom",
        ] {
            for path in ["/", "/workers/W-1", "/sign-in"] {
                let page = named(&mut operator, host, path).await;
                assert_eq!(page.status, 421, "{host} {path}");
                assert!(
                    page.main().contains("http://dom.example"),
                    "{}",
                    page.main()
                );
                assert!(!page.text().contains("Inventata"), "{host} {path}");
                assert!(!page.text().contains("evil"), "{host} {path}");
            }
            let sent = operator.post("/workers/search", &[("words", "zoe")]).await;
            assert_eq!(sent.status, 421, "{host}");
            assert_eq!(named(&mut operator, host, "/health").await.status, 200);
            // Nor beside its own, nor in the address itself.
            operator.host = "dom.example".to_owned();
            let second = operator
                .send("GET", "/sign-in", Vec::new(), &[("host", host)])
                .await;
            assert_eq!(second.status, 421, "{host}");
            let whole = format!("http://{host}/sign-in");
            assert_eq!(operator.get(&whole).await.status, 421, "{host}");
        }
        for host in [
            "dom.example",
            "DOM.example:443",
            "dom.example.",
            "127.0.0.1:8080",
            "[::1]",
        ] {
            let page = named(&mut operator, host, "/workers/W-1").await;
            assert_eq!(page.status, 200, "{host}");
        }
        // Where nobody gave the site a name it has every one.
        let nameless = Site::at(&cast(), "http://127.0.0.1:8080").await;
        let mut operator = nameless.signed_in("operator").await;
        let page = named(&mut operator, "pc-sportello", "/workers/W-1").await;
        assert_eq!(page.status, 200);
    });
}

#[test]
fn an_id_that_somebody_made_up_for_a_request_is_not_taken() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let proxys = "0123456789abcdef0123456789abcdef";
        for (given, taken) in [
            (proxys, true),
            ("Zoe Inventata", false),
            ("short", false),
            ("zoe-inventata-di-grosseto", false),
        ] {
            let header = ("x-request-id", given);
            let page = site
                .browser()
                .send("GET", "/health", Vec::new(), &[header])
                .await;
            assert_eq!(page.header("x-request-id") == given, taken, "{given}");
            assert!(page.header("x-request-id").len() >= 16, "{given}");
        }
    });
}

#[test]
fn a_cookie_of_before_opens_nothing_on_any_route() {
    block_on(async {
        let site = Site::of(&cast()).await;
        for who in ["administrator", "partner"] {
            let mut own = site.signed_in(who).await;
            let mut copied = own.clone();
            assert_eq!(own.post("/sign-out", &[]).await.status, 303);
            for route in routes() {
                if route.roles.contains(&"nobody") {
                    continue;
                }
                let parts = route.path.split('/');
                let parts = parts.map(|part| if part.starts_with('{') { "1" } else { part });
                let address = parts.collect::<Vec<_>>().join("/");
                let page = if route.method == "GET" {
                    copied.get(&address).await
                } else {
                    copied.post(&address, &[]).await
                };
                let away = page.location().starts_with("/sign-in");
                assert!(away, "{} {address}: {}", route.method, page.status);
            }
        }
    });
}

#[test]
fn tokens_are_long_and_have_nothing_in_common() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut tokens = BTreeSet::new();
        for _ in 0..150 {
            let token = accounts::reset(&site.context, &email("operator")).await;
            let token = token.unwrap();
            // 256 bits take 43 characters of base64; a UUID is shorter.
            assert!(token.len() >= 43, "{token}");
            tokens.insert(token);
        }
        assert_eq!(tokens.len(), 150, "none twice");
        let shortest = tokens.iter().map(String::len).min().unwrap();
        for at in 0..shortest - 1 {
            let letters: BTreeSet<u8> = tokens.iter().map(|token| token.as_bytes()[at]).collect();
            assert!(
                letters.len() > 20,
                "at {at} there are only {}",
                letters.len()
            );
        }
    });
}

#[test]
fn the_name_of_a_file_is_only_a_name() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let table = "given_name,family_name,sex,phone,comune,max_km,arrangements,desk\n\
                     Finta,Del Foglio,f,333 5550179,Groseto,molti,hourly,grosseto\n";
        let long = format!("{}.csv", "n".repeat(300));
        for name in [
            "../../etc/passwd",
            "con",
            "قائمة.csv",
            "<b>x</b>.csv",
            "a;b=c.html",
            &long,
        ] {
            let kind = [("kind", "workers")];
            let sent = browser
                .upload("/imports", &kind, (name, table.as_bytes()))
                .await;
            assert_eq!(sent.status, 303, "{name:.20}: {:?}", sent.errors());
            let address = sent.location().to_owned();
            dom::jobs::work_on_files(&site.context).await.unwrap();
            let page = browser.get(&address).await;
            let start: String = name.chars().take(20).collect();
            assert!(page.main().contains(&start), "{name:.20}: {}", page.main());
            assert!(page.texts("main b").is_empty(), "{name:.20}");
            let report = browser.get(&format!("{address}/report")).await;
            let told = report.header("content-disposition");
            assert!(
                told.starts_with("attachment; filename=\"dom-import-"),
                "{told}"
            );
            assert_eq!(report.header("content-type"), "text/csv; charset=utf-8");
        }
    });
}

#[test]
fn each_event_of_security_leaves_one_line_and_what_leaves_one_row() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let log = Log::default();
        let guard = log.begin();
        let mut operator = site.signed_in("operator").await;
        let mut reader = site.signed_in("reader").await;
        assert_eq!(reader.get("/workers").await.status, 403);
        let cross = [("sec-fetch-site", "cross-site")];
        let forged = operator
            .send("POST", "/workers/search", Vec::new(), &cross)
            .await;
        assert_eq!(forged.status, 403);
        let mut guesser = site.browser();
        guesser.address = std::net::SocketAddr::from(([192, 0, 2, 66], 4000));
        for _ in 0..6 {
            let fields = [
                ("email", "operator@prova.example"),
                ("password", "una frase sbagliata"),
            ];
            guesser.post("/sign-in", &fields).await;
        }
        named(&mut site.browser(), "evil.example", "/").await;
        drop(guard);
        let text = log.text();
        let count = |event: &str| {
            let field = format!("\"security\":\"{event}\"");
            text.lines().filter(|line| line.contains(&field)).count()
        };
        assert_eq!(count("signed_in"), 2, "{text}");
        assert_eq!(count("refused"), 2, "{text}");
        assert_eq!(count("sign_in_failed"), 5, "{text}");
        assert_eq!(count("throttled"), 1, "{text}");
        assert_eq!(count("foreign_host"), 1, "{text}");
        let by_whom = text.lines().filter(|line| line.contains("\"account\":"));
        assert_eq!(by_whom.count(), 2, "the two that were refused: {text}");

        // What leaves, and what is issued, leaves a row each.
        let rows = async |action: &str| {
            let rows = site.rows("audit_events").await;
            rows.iter().filter(|row| row.contains(action)).count()
        };
        assert_eq!(
            operator
                .post("/workers/export", &[("format", "csv")])
                .await
                .status,
            200
        );
        assert_eq!(rows("export.list.workers").await, 1);
        let issued = operator
            .post("/requests/R-1/sheet", &[("worker", "W-1")])
            .await;
        assert_eq!(issued.status, 303, "{}", issued.main());
        assert_eq!(rows("sheet.issue").await, 1);
    });
}
