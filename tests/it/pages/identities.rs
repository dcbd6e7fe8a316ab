//! Signing in by an identity provider: linking an identity, coming in by it, and everything
//! that may come back wrongly; roles without passwords, and the way back.

use std::net::TcpListener;
use std::time::Duration;

use dom::clock::Clock as _;
use dom::domain::account::{Place, Role};
use dom::domain::factor::{self, Secret};
use dom::domain::identity::LocalRule;
use dom::jobs::run_due;
use dom::services::{accounts, factors, identities};
use dom::storage;
use serde_json::{Value, json};

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::provider::{LocalProvider, Manner, NAME, Signs, TWO};
use crate::support::site::{PASSWORD, Site, email};

const MINUTE: Duration = Duration::from_mins(1);
const LINKED: &str = "/account/identity?done=linked";

/// To the provider and back, its person saying yes.
async fn there_and_back(provider: &LocalProvider, browser: &mut Browser, path: &str) -> Page {
    let led = browser.get(path).await;
    assert_eq!(led.status, 303, "{path}: {}", led.main());
    let back = provider.approves(led.location());
    browser.get(&back).await
}

/// Links the identity that the provider tells of to the account of a browser.
async fn link(provider: &LocalProvider, browser: &mut Browser) {
    let came = there_and_back(provider, browser, "/account/identity/begin").await;
    let page = browser.follow(&came).await;
    let form = page.form("/account/identity/link");
    let done = browser.submit(&form, "Collega questa identità").await;
    assert_eq!(done.location(), LINKED, "{}", done.main());
}

async fn password(browser: &mut Browser, name: &str, password: &str) -> Page {
    let address = format!("{name}@prova.example");
    let fields = [("email", address.as_str()), ("password", password)];
    browser.post("/sign-in", &fields).await
}

fn actions(rows: &[String]) -> Vec<String> {
    let action = |row: &String| {
        let row: Value = serde_json::from_str(row).unwrap();
        row["action"].as_str().unwrap().to_owned()
    };
    rows.iter().map(action).collect()
}

#[test]
fn an_identity_is_linked_by_its_owner_and_lets_in_from_then_on() {
    block_on(async {
        for mut site in Site::on_both(&Cast::on(today())).await {
            let provider = LocalProvider::beside(&mut site).await;
            // The same address alone opens nothing.
            let mut stranger = site.browser();
            let page = there_and_back(&provider, &mut stranger, "/sign-in/provider").await;
            assert_eq!(page.status, 422, "{}", page.main());
            assert!(
                page.main().contains("Nessun accesso aperto"),
                "{}",
                page.main()
            );
            assert_eq!(provider.asked(), ["metadata", "keys", "token"]);

            let mut browser = site.signed_in("operator").await;
            let mut other = site.signed_in("operator").await;
            let own = browser.get("/account").await;
            let own = browser.click(&own, "Servizio di identità").await;
            assert!(own.main().contains("Qui non è collegata"), "{}", own.main());
            let begun = browser.click(&own, "Cerca la propria identità").await;
            let asked = provider.parts(begun.location());
            assert_eq!(asked["scope"], "openid email");
            let back = provider.approves(begun.location());
            let came = browser.get(&back).await;
            let found = browser.follow(&came).await;
            let told = "Comune di prova ha riconosciuto operator@prova.example";
            assert!(found.main().contains(told), "{}", found.main());
            assert!(
                site.rows("account_identities").await.is_empty(),
                "looking links nothing"
            );
            let form = found.form("/account/identity/link");
            let foreign = [("sec-fetch-site", "cross-site")];
            let sent = browser
                .send("POST", "/account/identity/link", Vec::new(), &foreign)
                .await;
            assert_eq!(sent.status, 403, "another site links nothing");
            let done = browser.submit(&form, "Collega questa identità").await;
            let page = browser.follow(&done).await;
            assert!(
                page.notice().contains("L’identità è collegata"),
                "{}",
                page.main()
            );
            assert_eq!(other.get("/workers").await.status, 303, "others end");
            let again = browser.submit(&form, "Collega questa identità").await;
            assert_eq!(again.status, 422, "what was found works once");
            let kept = site.rows("account_identities").await.join("");
            assert!(
                !kept.contains("persona-1") && !kept.contains("email"),
                "{kept}"
            );

            let mut next = site.browser();
            let door = next.get("/sign-in?next=/families").await;
            let led = next.click(&door, &format!("Entra con {NAME}")).await;
            assert_eq!(
                provider.parts(led.location())["scope"],
                "openid",
                "no address"
            );
            let half = next.cookies["dom-provider"].clone();
            assert!(!half.contains("families"), "sealed");
            let page = next.get(&provider.approves(led.location())).await;
            assert_eq!((page.status.as_u16(), page.location()), (303, "/families"));
            assert!(!next.cookies.contains_key("dom-provider"), "it is over");
            assert_eq!(next.get("/workers").await.status, 200);
            let page = password(&mut site.browser(), "operator", PASSWORD).await;
            assert_eq!(page.status, 303, "the password holds too");

            // Nobody else has it, and its owner takes it away.
            let mut reader = site.signed_in("reader").await;
            let came = there_and_back(&provider, &mut reader, "/account/identity/begin").await;
            let form = reader.follow(&came).await.form("/account/identity/link");
            let taken = reader.submit(&form, "Collega questa identità").await;
            assert_eq!(taken.status, 422);
            assert!(taken.main().contains("già collegata"), "{}", taken.main());
            let own = browser.get("/account/identity").await;
            let form = own.form("/account/identity/unlink");
            let gone = browser.submit(&form, "Togli l’identità").await;
            assert_eq!(gone.location(), "/account/identity?done=removed");
            assert_eq!(next.get("/workers").await.status, 303);
            let page = there_and_back(&provider, &mut next, "/sign-in/provider").await;
            assert_eq!(page.status, 422);
            let done = actions(&site.rows("audit_events").await);
            for action in ["identity.linked", "identity.removed", "sign_in.failed"] {
                assert!(done.iter().any(|one| one == action), "{action}: {done:?}");
            }
        }
    });
}

/// What follows a form stays here: the browser of the tests sees to that, as browsers do.
async fn to_the_end(browser: &mut Browser, mut page: Page) -> Page {
    while page.status == 303 {
        page = browser.follow(&page).await;
    }
    page
}

#[test]
fn the_way_to_link_follows_no_form_asks_anew_and_the_last_way_in_stays() {
    block_on(async {
        let mut site = Site::of(&Cast::on(today())).await;
        let provider = LocalProvider::beside(&mut site).await;
        let mut browser = site.signed_in("administrator").await;
        // A session that is not fresh any more, and one that is over.
        for (minutes, action, button) in [
            (11, "/account/confirm", "Continua"),
            (200, "/sign-in", "Accedi"),
        ] {
            site.clock.advance(MINUTE * minutes);
            let led = browser.get("/account/identity/begin").await;
            let asked = browser.follow(&led).await;
            let mut form = asked.form(action).fill("password", PASSWORD);
            if action == "/sign-in" {
                form = form.fill("email", "administrator@prova.example");
            }
            let sent = browser.submit(&form, button).await;
            let page = to_the_end(&mut browser, sent).await;
            let led = browser.click(&page, "Cerca la propria identità").await;
            let asked = provider.parts(led.location());
            assert_eq!(asked["prompt"], "login", "a colleague may still be in");
        }
        let led = browser.get("/sign-in/provider?next=/families").await;
        assert_eq!(led.location(), "/families", "who is in stays in");

        let morning = json!(site.clock.now().timestamp() - 3600);
        provider.says(&[("auth_time", morning)]);
        let begins = "/account/identity/begin";
        let page = there_and_back(&provider, &mut browser, begins).await;
        assert_eq!(page.status, 422, "whoever was in there since the morning");
        provider.says(&[("email", Value::Null)]);
        let came = there_and_back(&provider, &mut browser, begins).await;
        let found = browser.follow(&came).await;
        let told = found.main();
        assert!(told.contains("non dice con quale indirizzo"), "{told}");
        assert!(!told.contains("persona-1"), "{told}");
        provider.behaves(Manner::default());
        link(&provider, &mut browser).await;

        // From tomorrow on it is the only way in: who says so came in by it, and it can't be
        // taken away today.
        let own = browser.get("/account/identity").await;
        let unlink = own.form("/account/identity/unlink");
        let tomorrow = today().succ_opt().unwrap().format("%d/%m/%Y").to_string();
        let page = browser.get("/admin/sign-in").await;
        let form = page.form("/admin/sign-in").fill("local", "off");
        let form = form.fill("role", "administrator").fill("from", &tomorrow);
        let refused = browser.submit(&form, "Registra").await;
        assert_eq!(refused.status, 422);
        let told = refused.main();
        assert!(told.contains("Prima si prova il servizio"), "{told}");
        let mut by_provider = site.browser();
        there_and_back(&provider, &mut by_provider, "/sign-in/provider").await;
        let done = by_provider.submit(&form, "Registra").await;
        assert_eq!(done.status, 303, "{}", done.main());
        let refused = browser.submit(&unlink, "Togli l’identità").await;
        assert_eq!(refused.status, 422, "{}", refused.main());
        let page = browser.get("/account/identity").await;
        assert!(page.form_is_missing("/account/identity/unlink"));

        // When the day comes the sessions that a password began end with the first jobs.
        for step in 1..=5 {
            site.clock.advance(MINUTE * 100);
            if step == 3 || step == 5 {
                run_due(&site.context).await.unwrap();
            }
            if step < 5 {
                assert_eq!(browser.get("/account").await.status, 200, "{step}");
                assert_eq!(by_provider.get("/account").await.status, 200);
            }
        }
        assert_eq!(browser.get("/account").await.status, 303);
        assert_eq!(by_provider.get("/account").await.status, 200);
    });
}

/// A browser on a way, and the address that it would come back to.
async fn away(provider: &LocalProvider, site: &Site, network: u8) -> (Browser, String) {
    let mut browser = site.browser();
    browser.address = ([10, 0, 0, network], 4000).into();
    let led = browser.get("/sign-in/provider").await;
    let back = provider.approves(led.location());
    (browser, back)
}

/// What was tried, and what came of it.
type Wrong = Vec<(&'static str, Page)>;

fn lets_nobody_in(wrong: &[(&str, Page)]) {
    for (what, page) in wrong {
        assert_eq!(page.status, 422, "{what}: {}", page.main());
        assert!(page.title().starts_with("Errore:"), "{what}");
        let set = page.headers.get_all("set-cookie").iter();
        let mut set = set.map(|cookie| cookie.to_str().unwrap());
        assert!(set.all(|cookie| !cookie.starts_with("dom=")), "{what}");
    }
}

/// A way that is not the one that was begun here.
async fn wrong_ways(site: &Site, provider: &LocalProvider) -> Wrong {
    let mut wrong = Vec::new();
    let (_, back) = away(provider, site, 1).await;
    let (mut other, _) = away(provider, site, 1).await;
    wrong.push(("a foreign state", other.get(&back).await));
    wrong.push(("no cookie", site.browser().get(&back).await));
    let (mut late, back) = away(provider, site, 2).await;
    site.clock.advance(MINUTE * 10);
    wrong.push(("ten minutes later", late.get(&back).await));
    let (mut browser, back) = away(provider, site, 3).await;
    let nothing = back.replace("code=", "other=");
    wrong.push(("no code", browser.get(&nothing).await));
    let (mut browser, back) = away(provider, site, 4).await;
    let page = browser.get(&format!("{back}&iss=http://127.0.0.1:1")).await;
    wrong.push(("of another issuer", page));
    let (mut browser, back) = away(provider, site, 5).await;
    let error = back.replace("code=", "error=access_denied&other=");
    wrong.push(("declined", browser.get(&error).await));
    wrong
}

/// The code in the address that somebody is led back to.
fn code_of(back: &str) -> &str {
    back.split(['=', '&']).nth(1).unwrap()
}

/// A code used before, at a provider that cares and at one that does not.
async fn used_codes(site: &Site, provider: &LocalProvider) -> Wrong {
    let mut wrong = Vec::new();
    let (mut browser, used) = away(provider, site, 6).await;
    let mut copy = browser.clone();
    assert_eq!(browser.get(&used).await.status, 303, "at first");
    wrong.push(("come back twice", copy.get(&used).await));
    let (mut browser, own) = away(provider, site, 6).await;
    let stolen = own.replace(code_of(&own), code_of(&used));
    wrong.push(("with a way of one’s own", browser.get(&stolen).await));
    provider.behaves(Manner {
        lax: true,
        ..Manner::default()
    });
    let (mut browser, used) = away(provider, site, 7).await;
    let mut copy = browser.clone();
    assert_eq!(browser.get(&used).await.status, 303, "at first");
    wrong.push(("twice where nobody cares", copy.get(&used).await));
    wrong
}

/// A token that is not of this way, of this provider, or of this moment.
async fn wrong_tokens(site: &Site, provider: &LocalProvider) -> Wrong {
    let lie = |name: &'static str, value: Value| Manner {
        claims: [(name, value)].into(),
        ..Manner::default()
    };
    let signed = |signs| Manner {
        signs,
        ..Manner::default()
    };
    let now = site.clock.now().timestamp();
    let manners = [
        ("a wrong nonce", lie("nonce", json!("altro"))),
        ("no nonce", lie("nonce", Value::Null)),
        (
            "a wrong issuer",
            lie("iss", json!("https://altrove.example")),
        ),
        ("for another client", lie("aud", json!("altro"))),
        ("expired", lie("exp", json!(now - 120))),
        ("issued long ago", lie("iat", json!(now - 1200))),
        ("another person", lie("sub", json!("persona-2"))),
        ("a key that nobody shows", signed(Signs::Foreign)),
        ("no signature", signed(Signs::Nothing)),
    ];
    let mut wrong = Vec::new();
    for (network, (what, manner)) in (10..).zip(manners) {
        provider.behaves(manner);
        let (mut browser, back) = away(provider, site, network).await;
        wrong.push((what, browser.get(&back).await));
    }
    wrong
}

#[test]
fn what_comes_back_wrongly_lets_nobody_in() {
    block_on(async {
        let mut site = Site::of(&Cast::on(today())).await;
        let provider = LocalProvider::beside(&mut site).await;
        link(&provider, &mut site.signed_in("operator").await).await;
        lets_nobody_in(&wrong_ways(&site, &provider).await);
        lets_nobody_in(&used_codes(&site, &provider).await);
        lets_nobody_in(&wrong_tokens(&site, &provider).await);

        // A key that changed is asked for again, and a right way is still right.
        site.clock.advance(MINUTE * 2);
        provider.behaves(Manner::default());
        provider.changes_its_key();
        let (mut browser, back) = away(&provider, &site, 30).await;
        provider.asked();
        assert_eq!(browser.get(&back).await.status, 303);
        assert_eq!(provider.asked(), ["token", "metadata", "keys"]);
        assert_eq!(browser.get("/workers").await.status, 200);

        // What any page can send a browser to locks nobody out, and nothing is written of it.
        let before = site.rows("audit_events").await.len();
        for turn in 0..50 {
            let (mut browser, back) = away(&provider, &site, 31).await;
            if turn % 2 == 0 {
                browser.cookies.clear();
            }
            let foreign = back.replace("state=", "state=x");
            assert_eq!(browser.get(&foreign).await.status, 422);
        }
        assert_eq!(site.rows("audit_events").await.len(), before);
        let (mut browser, back) = away(&provider, &site, 31).await;
        assert_eq!(browser.get(&back).await.status, 303);

        // Who comes back from a way that began here, and is nobody again and again, waits.
        provider.says(&[("sub", json!("persona-2"))]);
        for _ in 0..20 {
            let (mut browser, back) = away(&provider, &site, 31).await;
            assert_eq!(browser.get(&back).await.status, 422);
        }
        provider.behaves(Manner::default());
        let (mut browser, back) = away(&provider, &site, 31).await;
        let waits = browser.get(&back).await;
        assert_eq!(
            (waits.status.as_u16(), waits.header("retry-after")),
            (429, "30")
        );
        let (mut browser, back) = away(&provider, &site, 32).await;
        assert_eq!(
            browser.get(&back).await.status,
            303,
            "from elsewhere nobody waits"
        );
    });
}

#[test]
fn a_provider_that_is_down_slow_or_leads_elsewhere_is_told_and_followed_nowhere() {
    const INSIDE: &str = "parole di un altro servizio";
    block_on(async {
        let mut site = Site::of(&Cast::on(today())).await;
        let provider = LocalProvider::beside(&mut site).await;
        link(&provider, &mut site.signed_in("operator").await).await;
        let inside = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        inside.set_nonblocking(true).unwrap();
        let elsewhere = format!("http://{}/token", inside.local_addr().unwrap());

        // Known before, and gone when the code is to be changed.
        let (mut browser, back) = away(&provider, &site, 1).await;
        provider.behaves(Manner {
            broken: Some(INSIDE),
            ..Manner::default()
        });
        let mut pages = vec![("broken at the code", browser.get(&back).await)];
        site.clock.advance(MINUTE * 61);
        away(&provider, &site, 1).await;
        let asked = provider.asked();
        assert_eq!(asked.last(), Some(&"metadata"), "what it said still holds");
        let (mut browser, back) = away(&provider, &site, 1).await;
        let silent = Manner {
            silent: true,
            ..Manner::default()
        };
        provider.behaves(silent.clone());
        pages.push(("silent at the code", browser.get(&back).await));

        // Never known.
        let manners = [
            (
                "broken",
                Manner {
                    broken: Some(INSIDE),
                    ..Manner::default()
                },
            ),
            ("silent", silent),
            (
                "leads elsewhere",
                Manner {
                    leads_elsewhere: Some(elsewhere.clone()),
                    ..Manner::default()
                },
            ),
        ];
        for (what, manner) in manners {
            let is_silent = manner.silent;
            provider.behaves(manner);
            provider.is_known_anew(&mut site);
            provider.asked();
            let mut first = site.browser();
            let hangs = async {
                if is_silent {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                    site.clock.advance(Duration::from_secs(11));
                }
            };
            let (page, ()) = tokio::join!(first.get("/sign-in/provider"), hangs);
            pages.push((what, page));
            pages.push((what, site.browser().get("/sign-in/provider").await));
            assert_eq!(
                provider.asked(),
                ["metadata"],
                "{what}: it is left alone for a while"
            );
        }
        provider.behaves(Manner {
            token_elsewhere: Some(elsewhere),
            ..Manner::default()
        });
        provider.is_known_anew(&mut site);
        let (mut browser, back) = away(&provider, &site, 1).await;
        pages.push(("codes elsewhere", browser.get(&back).await));
        for (what, page) in &pages {
            assert_eq!(page.status, 503, "{what}: {}", page.main());
            assert!(
                page.main().contains("non risponde"),
                "{what}: {}",
                page.main()
            );
            assert!(!page.text().contains(INSIDE), "{what}");
        }
        let came = inside.accept().map(|_| ()).map_err(|error| error.kind());
        assert_eq!(
            came,
            Err(std::io::ErrorKind::WouldBlock),
            "nobody was asked"
        );
        let page = password(&mut site.browser(), "operator", PASSWORD).await;
        assert_eq!(page.status, 303, "the password still lets in");

        // Shut while its owner is away.
        provider.behaves(Manner::default());
        provider.is_known_anew(&mut site);
        let (mut browser, back) = away(&provider, &site, 2).await;
        accounts::disable(&site.context, &email("operator"))
            .await
            .unwrap();
        let page = browser.get(&back).await;
        assert_eq!(page.status, 422, "{}", page.main());
        assert!(
            page.main().contains("Nessun accesso aperto"),
            "as if nobody had it"
        );
    });
}

#[test]
fn the_second_factor_is_the_providers_as_configured_or_ours() {
    block_on(async {
        let mut site = Site::of(&Cast::on(today())).await;
        let provider = LocalProvider::beside(&mut site).await;
        let mut first = site.signed_in("operator").await;
        link(&provider, &mut first).await;
        factors::require(&site.context, Role::Operator, true)
            .await
            .unwrap();
        let mut browser = site.browser();
        let led = browser.get("/sign-in/provider").await;
        assert_eq!(provider.parts(led.location())["acr_values"], TWO);
        browser.get(&provider.approves(led.location())).await;
        let page = browser.get("/workers").await;
        assert_eq!(
            page.location(),
            "/account/factor",
            "one factor is not enough"
        );
        for said in [("acr", json!(TWO)), ("amr", json!(["pwd", "otp"]))] {
            provider.says(&[said]);
            let mut browser = site.browser();
            there_and_back(&provider, &mut browser, "/sign-in/provider").await;
            assert_eq!(browser.get("/workers").await.status, 200);
            // The rules that the jobs bring to open sessions leave it as it is.
            let write = site.db().write().await.unwrap();
            factors::follow_rules(&*write, today()).await.unwrap();
            write.commit().await.unwrap();
            assert_eq!(browser.get("/workers").await.status, 200);
        }
        for said in [
            ("acr", json!("urn:prova:uno")),
            ("amr", json!(["pwd", TWO])),
        ] {
            provider.says(&[said]);
            let mut browser = site.browser();
            there_and_back(&provider, &mut browser, "/sign-in/provider").await;
            assert_eq!(browser.get("/workers").await.status, 303);
        }

        // Who has one of ours gives its code where the provider took none.
        let id = accounts::actor_named(&site.context, &email("operator"))
            .await
            .unwrap()
            .account_id;
        let secret = Secret::new([7; factor::SECRET_BYTES]);
        let now = site.clock.now();
        let write = site.db().write().await.unwrap();
        storage::factors::put(&*write, id, &secret, now)
            .await
            .unwrap();
        storage::factors::take_step(&*write, id, 1, Some(now))
            .await
            .unwrap();
        write.commit().await.unwrap();
        let code = |site: &Site| secret.code_at(factor::step(site.clock.now()));
        provider.behaves(Manner::default());
        let mut browser = site.browser();
        let page =
            there_and_back(&provider, &mut browser, "/sign-in/provider?next=/families").await;
        assert_eq!(page.location(), "/sign-in/code?next=/families");
        assert_eq!(browser.get("/workers").await.status, 303);
        let asked = browser.follow(&page).await;
        let form = asked.form("/sign-in/code").fill("code", &code(&site));
        let done = browser.submit(&form, "Accedi").await;
        assert_eq!((done.status.as_u16(), done.location()), (303, "/families"));

        // And gives it again where it is to be fresh.
        site.clock.advance(MINUTE * 11);
        let led = browser.get("/account/change").await;
        let page = browser.follow(&led).await;
        let led = browser.click(&page, &format!("Entra con {NAME}")).await;
        let asked = provider.parts(led.location());
        assert_eq!(
            (asked["max_age"].as_str(), asked["prompt"].as_str()),
            ("0", "login")
        );
        let came = browser.get(&provider.approves(led.location())).await;
        assert_eq!(came.location(), "/account/confirm?next=/account/change");
        let page = browser.follow(&came).await;
        let form = page.form("/account/confirm");
        let wrong = form.clone().fill("code", "000000");
        let wrong = browser.submit(&wrong, "Continua").await;
        assert_eq!(wrong.status, 422);
        let form = wrong.form("/account/confirm").fill("code", &code(&site));
        let done = browser.submit(&form, "Continua").await;
        assert_eq!(done.location(), "/account/change", "{}", done.main());
        assert_eq!(browser.get("/account/change").await.status, 200);
    });
}

#[test]
fn who_must_set_up_a_second_factor_links_the_provider_that_takes_it() {
    block_on(async {
        let mut site = Site::of(&Cast::on(today())).await;
        let provider = LocalProvider::beside(&mut site).await;
        factors::require(&site.context, Role::Operator, true)
            .await
            .unwrap();
        let mut browser = site.signed_in("operator").await;
        let must = browser.get("/account/factor").await;
        let leads = format!("Se il secondo passo lo chiede {NAME}, qui si collega");
        let links = must.links();
        let found = links.iter().find(|(text, _)| text.starts_with(&leads));
        let (_, target) = found.expect("the way to the provider");
        let page = browser.get(target).await;
        assert_eq!(page.status, 200, "{}", page.main());
        link(&provider, &mut browser).await;
        let led = browser.get("/workers").await;
        assert_eq!(led.location(), "/account/factor", "a link is no factor");
        let page = browser.get("/account/identity").await;
        assert!(page.form_is_missing("/account/identity/unlink"));
        let taken = browser.post("/account/identity/unlink", &[]).await;
        assert_eq!(taken.location(), "/account/factor", "nor taken away yet");
        provider.says(&[("acr", json!(TWO))]);
        let led = browser.click(&page, &format!("Entra con {NAME}")).await;
        browser.get(&provider.approves(led.location())).await;
        assert_eq!(browser.get("/workers").await.status, 200);
    });
}

/// An administrator turns the password of the desks off, and not their own.
async fn turned_off(site: &Site) {
    let mut boss = site.signed_in("administrator").await;
    let page = boss.get("/admin/sign-in").await;
    let form = page.form("/admin/sign-in").fill("local", "off");
    let own = form.clone().fill("role", "administrator");
    let refused = boss.submit(&own, "Registra").await;
    assert_eq!(refused.status, 422, "nobody shuts themselves out");
    let told = refused.main();
    assert!(told.contains("così si resta fuori"), "{told}");
    // Who is in by the password is counted beforehand, and out at once.
    let mut inside = site.signed_in("operator").await;
    let page = boss.get("/admin/sign-in").await;
    let rows = page.rows();
    let of_role = rows.iter().find(|row| row[0] == "sportello").unwrap();
    assert_eq!(of_role[1..], ["1", "0", "1"], "{rows:?}");
    assert!(page.main().contains("dentro con la password esce subito"));
    let done = boss
        .submit(&form.fill("role", "operator"), "Registra")
        .await;
    let told = boss.follow(&done).await.main();
    assert!(told.contains("spenta per: sportello"), "{told}");
    assert_eq!(inside.get("/workers").await.status, 303);

    // A right password says so, a wrong one says what it always says.
    let mut operator = site.browser();
    let wrong = password(&mut operator, "operator", "una frase sbagliata").await;
    let told = wrong.main();
    assert!(told.contains("non sono giusti"), "{told}");
    let right = password(&mut operator, "operator", PASSWORD).await;
    assert_eq!(right.status, 422);
    let told = right.main();
    assert!(told.contains("per questo ruolo è spenta"), "{told}");
    assert_eq!(operator.get("/workers").await.status, 303);
}

/// An invitation leads to the provider, and no password is set.
async fn invited(site: &Site, provider: &LocalProvider) -> Browser {
    let address = email("operator");
    let token = accounts::reset(&site.context, &address).await.unwrap();
    let mut browser = site.browser();
    browser.get(&format!("/password/{token}")).await;
    let page = browser.get("/password").await;
    assert!(page.form_is_missing("/password"), "{}", page.main());
    let set = accounts::set_password(&site.context, &token, PASSWORD).await;
    assert!(set.is_err(), "nor is one set by hand");
    let came = there_and_back(provider, &mut browser, "/sign-in/invited").await;
    let form = browser.follow(&came).await.form("/sign-in/invited");
    let mut thief = site.browser();
    let found = browser.cookies["dom-provider"].clone();
    thief.cookies.insert("dom-provider".to_owned(), found);
    let stolen = thief.submit(&form, "Collega questa identità").await;
    assert_eq!(
        stolen.status, 422,
        "without the invitation it links nothing"
    );
    let done = browser.submit(&form, "Collega questa identità").await;
    assert_eq!(done.location(), "/sign-in", "{}", done.main());
    let dead = accounts::account_of_link(&site.context, &token).await;
    assert!(dead.unwrap().is_none(), "the invitation is used up");
    there_and_back(provider, &mut browser, "/sign-in/provider").await;
    assert_eq!(browser.get("/workers").await.status, 200);
    let page = browser.get("/account/identity").await;
    let is_only = page.form_is_missing("/account/identity/unlink");
    assert!(is_only, "the only way in");
    browser
}

/// What the provider says is fresh when it asked anew.
async fn fresh_again(site: &Site, provider: &LocalProvider, browser: &mut Browser) {
    site.clock.advance(MINUTE * 11);
    let led = browser.get("/account/change").await;
    let page = browser.follow(&led).await;
    let is_without = page.form_is_missing("/account/confirm");
    assert!(is_without, "no password is asked for: {}", page.main());
    let begins = "/account/confirm/provider?next=/account/change";
    let morning = json!(site.clock.now().timestamp() - 3600);
    for said in [
        ("auth_time", morning.clone()),
        ("auth_time", Value::Null),
        ("sub", json!("persona-2")),
    ] {
        provider.says(std::slice::from_ref(&said));
        let page = there_and_back(provider, browser, begins).await;
        assert_eq!(page.status, 422, "{said:?}: {}", page.main());
    }
    provider.behaves(Manner::default());
    let page = there_and_back(provider, browser, begins).await;
    assert_eq!(page.location(), "/account/change");
    assert_eq!(browser.get("/account/change").await.status, 200);

    // Nor is a sign-in fresh for which it asked nothing.
    provider.says(&[("auth_time", morning)]);
    let mut other = site.browser();
    there_and_back(provider, &mut other, "/sign-in/provider").await;
    assert_eq!(other.get("/workers").await.status, 200);
    let led = other.get("/account/change").await;
    assert!(led.location().starts_with("/account/confirm"));
}

#[test]
fn a_role_without_passwords_signs_in_by_the_provider_and_there_is_a_way_back() {
    block_on(async {
        for mut site in Site::on_both(&Cast::on(today())).await {
            let provider = LocalProvider::beside(&mut site).await;
            turned_off(&site).await;
            let mut browser = invited(&site, &provider).await;
            fresh_again(&site, &provider, &mut browser).await;
            let mut boss = site.signed_in("administrator").await;
            let mut linked = boss.get("/admin/accounts").await.rows();
            linked.retain(|row| row[4].contains("identità collegata"));
            let names: Vec<&str> = linked.iter().map(|row| row[0].as_str()).collect();
            assert_eq!(names, ["operator"]);

            // The provider is gone: whoever keeps the machine opens the door again.
            let (context, address) = (&site.context, email("operator"));
            identities::allow_local(context, Role::Operator)
                .await
                .unwrap();
            let token = accounts::reset(context, &address).await.unwrap();
            let left = site.rows("account_identities").await;
            assert!(left.is_empty(), "a reset takes every way in");
            accounts::set_password(context, &token, PASSWORD)
                .await
                .unwrap();
            let page = password(&mut site.browser(), "operator", PASSWORD).await;
            assert_eq!(page.status, 303);
            let rules = site.rows("local_rules").await;
            assert_eq!(rules.len(), 2, "{rules:?}");
        }
    });
}

#[test]
fn what_was_typed_waits_while_somebody_is_at_the_provider() {
    block_on(async {
        let mut site = Site::of(&Cast::on(today())).await;
        let provider = LocalProvider::beside(&mut site).await;
        let mut browser = site.signed_in("administrator").await;
        link(&provider, &mut browser).await;
        // A form of a session that is over.
        let form = browser.get("/families/new").await.form("/families/new");
        let form = form.fill("family_name", "Inventata");
        site.clock.advance(MINUTE * 200);
        let ended = browser.submit(&form, "Salva").await;
        let here = "form[action='/sign-in'] input[name=by]";
        assert_eq!(ended.attributes(here, "value"), ["provider"]);
        let typed = ended.form("/sign-in").value("typed").to_owned();
        let waiting = [
            ("by", "provider"),
            ("next", "/families/new"),
            ("typed", typed.as_str()),
        ];
        let early = browser.post("/sign-in", &waiting).await;
        assert_eq!(early.status, 422, "{}", early.main());
        assert!(early.main().contains("non è ancora entrato nessuno"));
        there_and_back(&provider, &mut browser, "/sign-in/provider").await;
        let led = browser.post("/sign-in", &waiting).await;
        let page = browser.follow(&led).await;
        assert_eq!(page.form("/families/new").value("family_name"), "Inventata");

        // A form that asks who it is first.
        let page = browser.get("/admin/factors").await;
        let form = page
            .form("/admin/factors")
            .fill("role", "reader")
            .fill("required", "on");
        site.clock.advance(MINUTE * 11);
        let asked = browser.submit(&form, "Registra").await;
        assert_eq!(asked.status, 401);
        let typed = asked.form("/account/confirm").value("typed").to_owned();
        let waiting = [
            ("by", "elsewhere"),
            ("next", "/admin/factors"),
            ("sent", "yes"),
            ("typed", typed.as_str()),
        ];
        let early = browser.post("/account/confirm", &waiting).await;
        assert_eq!(early.status, 422, "{}", early.main());
        let begins = "/account/confirm/provider?next=/account";
        there_and_back(&provider, &mut browser, begins).await;
        let ready = browser.post("/account/confirm", &waiting).await;
        let done = browser.submit(&ready.form("/admin/factors"), "Invia").await;
        assert_eq!(done.location(), "/admin/factors?done=1");
    });
}

#[test]
fn without_a_provider_nothing_speaks_of_one() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut boss = site.signed_in("administrator").await;
        let page = boss.get("/admin/sign-in").await;
        assert!(
            page.main().contains("Nessun servizio di identità"),
            "{}",
            page.main()
        );
        let form = page
            .form("/admin/sign-in")
            .fill("role", "reader")
            .fill("local", "off");
        let refused = boss.submit(&form, "Registra").await;
        assert_eq!(refused.status, 422, "{}", refused.main());
        let door = site.browser().get("/sign-in").await;
        assert!(door.attributes("a[href*=provider]", "href").is_empty());
        for (path, led) in [
            ("/sign-in/provider", "/sign-in"),
            ("/sign-in/provider/back?code=1&state=2", "/sign-in"),
            ("/sign-in/invited", "/password"),
            ("/account/identity", "/account"),
            ("/account/identity/begin", "/account"),
            ("/account/confirm/provider", "/account"),
        ] {
            assert_eq!(boss.get(path).await.location(), led, "{path}");
        }
        // Nor does a rule from when there was one shut anybody out.
        let rule = LocalRule {
            valid_from: today(),
            role: Role::Reader,
            local: false,
        };
        let write = site.db().write().await.unwrap();
        let now = site.clock.now();
        storage::identities::insert_rule(&*write, rule, None, now)
            .await
            .unwrap();
        write.commit().await.unwrap();
        let place = Place::Nowhere;
        site.open_account(&email("nuovo"), "nuovo", Role::Reader, &place)
            .await;
        site.signed_in("nuovo").await;
    });
}
