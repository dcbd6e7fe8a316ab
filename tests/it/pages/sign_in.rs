//! Signing in, staying in, and being kept out.

use std::net::SocketAddr;
use std::time::Duration;

use crate::support::ledger::sha256;
use dom::services::accounts;

use crate::support::browser::{Browser, Page, percent};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::{PASSWORD, Site, email};

const HOUR: Duration = Duration::from_hours(1);

async fn try_in(browser: &mut Browser, name: &str, password: &str) -> Page {
    let email = format!("{name}@prova.example");
    browser
        .post("/sign-in", &[("email", &email), ("password", password)])
        .await
}

fn house(test: impl AsyncFnOnce(&Site)) {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        test(&site).await;
    });
}

#[test]
fn a_wrong_password_an_unknown_account_and_a_shut_one_look_the_same() {
    house(async |site| {
        accounts::disable(&site.context, &email("reader"))
            .await
            .unwrap();
        let mut seen = Vec::new();
        for (name, password) in [
            ("operator", "una frase sbagliata"),
            ("nessuno", PASSWORD),
            ("reader", PASSWORD),
        ] {
            let page = try_in(&mut site.browser(), name, password).await;
            assert_eq!(page.status, 422);
            assert!(page.title().starts_with("Errore:"));
            assert!(
                !page.text().contains(password),
                "a password never comes back"
            );
            assert!(
                page.text().contains(&format!("{name}@prova.example")),
                "what was typed is kept"
            );
            seen.push(page.texts(".dom-errors"));
        }
        assert_eq!(seen[0], seen[1]);
        assert_eq!(seen[1], seen[2]);
    });
}

#[test]
fn each_sign_in_has_a_session_of_its_own() {
    house(async |site| {
        let mut browser = site.browser();
        browser
            .cookies
            .insert("dom".to_owned(), "chosen-by-somebody-else".to_owned());
        assert_eq!(try_in(&mut browser, "operator", PASSWORD).await.status, 303);
        let first = browser.cookies["dom"].clone();
        assert_ne!(first, "chosen-by-somebody-else");
        try_in(&mut browser, "operator", PASSWORD).await;
        let second = browser.cookies["dom"].clone();
        assert_ne!(first, second);
        let mut old = site.browser();
        old.cookies.insert("dom".to_owned(), first.clone());
        assert_eq!(
            old.get("/workers").await.status,
            303,
            "the first session is over"
        );
        assert!(first.len() >= 43, "256 bits");
        let kept = site.everything().await;
        let hash = sha256(second.as_bytes());
        assert!(kept.contains(&hash), "the token is kept as its hash");
        assert!(!kept.contains(&second), "and nowhere else");
        assert!(!kept.contains(PASSWORD));
        let copy = browser.clone();
        assert_eq!(browser.post("/sign-out", &[]).await.status, 303);
        let mut copy = copy;
        assert_eq!(
            copy.get("/workers").await.status,
            303,
            "a copied cookie is dead"
        );
    });
}

#[test]
fn a_password_is_kept_as_a_hash_that_costs_what_the_documentation_says() {
    house(async |site| {
        let address = email("operator");
        let token = accounts::reset(&site.context, &address).await.unwrap();
        accounts::set_password(&site.context, &token, PASSWORD)
            .await
            .unwrap();
        let kept = site.everything().await;
        assert!(!kept.contains(PASSWORD));
        assert!(kept.contains("$argon2id$v=19$m=19456,t=2,p=1$"));
        site.signed_in("operator").await;
    });
}

#[test]
fn sessions_end_idle_at_last_and_with_the_account() {
    house(async |site| {
        let mut idle = site.signed_in("operator").await;
        site.clock.advance(HOUR * 2);
        assert_eq!(idle.get("/workers").await.status, 303);
        let mut busy = site.signed_in("operator").await;
        for _ in 0..11 {
            site.clock.advance(HOUR);
            assert_eq!(busy.get("/workers").await.status, 200);
        }
        site.clock.advance(HOUR);
        assert_eq!(
            busy.get("/workers").await.status,
            303,
            "twelve hours are the most"
        );
        let mut shut = site.signed_in("operator").await;
        accounts::disable(&site.context, &email("operator"))
            .await
            .unwrap();
        assert_eq!(shut.get("/workers").await.status, 303);
    });
}

#[test]
fn wrong_tries_make_an_account_wait_and_nobody_for_good() {
    house(async |site| {
        let mut browser = site.browser();
        for _ in 0..5 {
            assert_eq!(
                try_in(&mut browser, "operator", "una frase sbagliata")
                    .await
                    .status,
                422
            );
        }
        let waits = try_in(&mut browser, "operator", PASSWORD).await;
        assert_eq!(waits.status, 429, "even the right password waits");
        assert_eq!(waits.header("retry-after"), "30");
        let mut elsewhere = site.browser();
        elsewhere.address = SocketAddr::from(([192, 0, 2, 7], 4000));
        assert_eq!(
            try_in(&mut elsewhere, "administrator", PASSWORD)
                .await
                .status,
            303
        );
        site.clock.advance(HOUR);
        assert_eq!(try_in(&mut browser, "operator", PASSWORD).await.status, 303);
    });
}

#[test]
fn a_network_waits_after_twenty_wrong_tries() {
    house(async |site| {
        let mut browser = site.browser();
        for turn in 0..20 {
            let page = try_in(
                &mut browser,
                &format!("nessuno{turn}"),
                "una frase sbagliata",
            )
            .await;
            assert_eq!(page.status, 422, "{turn}");
        }
        assert_eq!(try_in(&mut browser, "operator", PASSWORD).await.status, 429);
        browser.address = SocketAddr::from(([192, 0, 2, 9], 4000));
        assert_eq!(try_in(&mut browser, "operator", PASSWORD).await.status, 303);
        browser
            .headers
            .push(("x-forwarded-for", "203.0.113.5".to_owned()));
        browser.address = SocketAddr::from(([127, 0, 0, 1], 4000));
        assert_eq!(
            try_in(&mut browser, "operator", PASSWORD).await.status,
            429,
            "a peer that is not trusted names no network"
        );
    });
}

#[test]
fn a_link_sets_a_password_once() {
    house(async |site| {
        let token = accounts::reset(&site.context, &email("operator"))
            .await
            .unwrap();
        let mut browser = site.browser();
        let before = site.everything().await;
        assert!(before.contains(&sha256(token.as_bytes())) && !before.contains(&token));
        for _ in 0..3 {
            site.browser().get(&format!("/password/{token}")).await;
        }
        let opened = browser.get(&format!("/password/{token}")).await;
        assert_eq!(
            (opened.status.as_u16(), opened.location()),
            (303, "/password"),
            "the token leaves the address"
        );
        let page = browser.get("/password").await;
        assert!(page.text().contains("operator@prova.example"));
        let short = browser
            .post("/password", &[("password", "corta"), ("again", "corta")])
            .await;
        assert_eq!(short.status, 422);
        assert!(short.texts("#password-error")[0].contains("12"));
        assert_eq!(site.everything().await, before, "opening acts on nothing");
        for common in [
            "passwordpassword",
            "123456789012",
            "sportello2026",
            "qwertyuiopas",
        ] {
            let fields = [("password", common), ("again", common)];
            let page = browser.post("/password", &fields).await;
            assert_eq!(page.status, 422, "{common}");
            let error = &page.texts("#password-error")[0];
            assert!(error.contains("facile da indovinare"), "{error}");
        }
        let differs = browser
            .post(
                "/password",
                &[
                    ("password", "la mia frase lunga"),
                    ("again", "un'altra frase"),
                ],
            )
            .await;
        assert_eq!(differs.status, 422);
        assert!(differs.texts("#again-error")[0].contains("non sono uguali"));
        let form = differs.form("/password");
        assert_eq!((form.value("password"), form.value("again")), ("", ""));
        let phrase = "pàssè e più 🐎 parole, tutte minuscole e con spazi, fino a settanta lettere";
        assert_eq!(
            browser
                .post("/password", &[("password", phrase), ("again", phrase)])
                .await
                .status,
            303
        );
        assert_eq!(
            try_in(&mut site.browser(), "operator", phrase).await.status,
            303
        );
        assert_eq!(
            try_in(&mut site.browser(), "operator", &phrase[..phrase.len() - 1])
                .await
                .status,
            422
        );
        let mut again = site.browser();
        again.get(&format!("/password/{token}")).await;
        assert!(again.get("/password").await.text().contains("non vale più"));
        let late = accounts::reset(&site.context, &email("reader"))
            .await
            .unwrap();
        site.clock.advance(HOUR * 48);
        let mut browser = site.browser();
        browser.get(&format!("/password/{late}")).await;
        assert!(
            browser
                .get("/password")
                .await
                .text()
                .contains("non vale più")
        );
    });
}

#[test]
fn two_who_open_the_same_link_set_one_password() {
    block_on(async {
        for site in Site::on_both(&Cast::on(today())).await {
            let token = accounts::reset(&site.context, &email("operator"))
                .await
                .unwrap();
            let mut tasks = tokio::task::JoinSet::new();
            for turn in 0..4 {
                let mut browser = site.browser();
                let token = token.clone();
                tasks.spawn(async move {
                    browser.get(&format!("/password/{token}")).await;
                    let phrase = format!("una frase diversa numero {turn}");
                    let fields = [("password", phrase.as_str()), ("again", &phrase)];
                    browser.post("/password", &fields).await.status.as_u16()
                });
            }
            let mut statuses = tasks.join_all().await;
            statuses.sort_unstable();
            assert_eq!(statuses, [303, 422, 422, 422]);
        }
    });
}

#[test]
fn fields_for_passwords_let_managers_and_pasting_work() {
    house(async |site| {
        let mut browser = site.browser();
        let page = browser.get("/sign-in").await;
        let token = accounts::reset(&site.context, &email("operator"))
            .await
            .unwrap();
        let opened = browser.get(&format!("/password/{token}")).await;
        let new = browser.follow(&opened).await;
        for (page, kind, count) in [
            (&page, "current-password", 1),
            (&page, "username", 1),
            (&new, "new-password", 2),
        ] {
            let found = page.texts(&format!("input[autocomplete={kind}]:not([onpaste])"));
            assert_eq!(found.len(), count, "{kind}");
            if kind != "username" {
                // Shown by a script; until then the button is not there.
                let shows = page.attributes("button[data-shows][hidden]", "data-shows");
                let fields = page.attributes("input[type=password]", "id");
                assert_eq!(shows, fields, "{kind}");
                assert!(page.text().contains("secret.js"), "{kind}");
            }
        }
    });
}

#[test]
fn nobody_is_made_to_change_a_password_by_the_calendar() {
    house(async |site| {
        site.clock.advance(HOUR * 24 * 400);
        let page = try_in(&mut site.browser(), "operator", PASSWORD).await;
        assert_eq!((page.status.as_u16(), page.location()), (303, "/"));
    });
}

#[test]
fn the_cookie_is_bound_to_the_host_behind_tls() {
    block_on(async {
        let site = Site::at(&Cast::on(today()), "https://dom.example").await;
        let page = try_in(&mut site.browser(), "operator", PASSWORD).await;
        let cookie = page.header("set-cookie");
        assert!(cookie.starts_with("__Host-dom="), "{cookie}");
        for part in ["HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(cookie.contains(part), "{part}: {cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        let page = site.browser().get("/password/abc").await;
        let cookie = page.header("set-cookie");
        let name = "__Host-dom-password-link=";
        assert!(cookie.starts_with(name), "{cookie}");
        let plain = Site::of(&Cast::on(today())).await;
        let page = try_in(&mut plain.browser(), "operator", PASSWORD).await;
        let cookie = page.header("set-cookie");
        assert!(
            cookie.starts_with("dom=") && !cookie.contains("Secure"),
            "{cookie}"
        );
        for part in ["HttpOnly", "SameSite=Lax", "Path=/"] {
            assert!(cookie.contains(part), "{part}: {cookie}");
        }
        assert_eq!(page.header("strict-transport-security"), "");
        let page = try_in(&mut site.browser(), "operator", PASSWORD).await;
        assert!(
            page.header("strict-transport-security")
                .contains("max-age=31536000")
        );
    });
}

#[test]
fn after_signing_in_nobody_is_led_elsewhere() {
    house(async |site| {
        for target in [
            "//evil.example",
            "/\\evil.example",
            "https:evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "%2f%2fevil.example",
            "/%0d%0aSet-Cookie:a=b\r\nx: y",
            " //evil.example",
            "/\t/evil.example",
            "\u{2044}/evil.example",
            "",
        ] {
            let asked = format!("/sign-in?next={}", percent(target));
            let mut signed_in = site.signed_in("reader").await;
            assert_eq!(signed_in.get(&asked).await.location(), "/", "{target}");
            let form = site.browser().get(&asked).await.form("/sign-in");
            assert_eq!(form.value("next"), "/", "{target}");
            let fields = [
                ("email", "operator@prova.example"),
                ("password", PASSWORD),
                ("next", target),
            ];
            let page = site.browser().post("/sign-in", &fields).await;
            assert_eq!(page.location(), "/", "{target}");
        }
        let fields = [
            ("email", "operator@prova.example"),
            ("password", PASSWORD),
            ("next", "/workers?page=2"),
        ];
        assert_eq!(
            site.browser().post("/sign-in", &fields).await.location(),
            "/workers?page=2"
        );
    });
}
