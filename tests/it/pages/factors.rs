//! Signing in in two steps: setting it up, codes that work once, recovery codes, who must; and
//! one's own sessions, password and address.

use std::time::Duration;

use dom::clock::Clock as _;
use dom::domain::account::{Place, Role};
use dom::domain::factor::{self, Secret};
use dom::services::accounts::SignInError;
use dom::services::{accounts, factors};
use dom::{jobs, storage};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::{Program, block_on};
use crate::support::site::{PASSWORD, Site, email};

const HALF_MINUTE: Duration = Duration::from_secs(30);
const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);

fn cast() -> Cast {
    Cast::on(today()).worker("W-1", &[])
}

/// The code of so many steps after the current one.
fn code(site: &Site, secret: &Secret, off: i64) -> String {
    secret.code_at(factor::step(site.clock.now()) + off)
}

async fn password(browser: &mut Browser, name: &str) -> Page {
    let address = format!("{name}@prova.example");
    let fields = [("email", address.as_str()), ("password", PASSWORD)];
    browser.post("/sign-in", &fields).await
}

/// Both steps.
async fn both(site: &Site, browser: &mut Browser, name: &str, given: &str) -> Page {
    let asked = password(browser, name).await;
    assert_eq!(asked.status, 200, "{}", asked.main());
    assert_eq!(asked.heading(), "Il codice dell’applicazione");
    assert_eq!(site.browser().get("/workers").await.status, 303);
    let form = asked.form("/sign-in/code").fill("code", given);
    browser.submit(&form, "Accedi").await
}

/// Sets the factor up as a page leads through it: the secret and the recovery codes.
async fn set_up(site: &Site, browser: &mut Browser) -> (Secret, Vec<String>) {
    let page = browser.get("/account/factor").await;
    let begun = browser
        .submit(&page.form("/account/factor/begin"), "Comincia")
        .await;
    let page = browser.follow(&begun).await;
    assert!(page.text().contains("<svg"), "a square code to point at");
    let text = page.texts("code#secret").remove(0).replace(' ', "");
    let secret = Secret::from_text(&text).expect("20 bytes in base32");
    let form = page.form("/account/factor/confirm");
    let wrong = form.clone().fill("code", "000000");
    let wrong = browser.submit(&wrong, "Attiva").await;
    assert_eq!(wrong.status, 422, "{}", wrong.main());
    assert_eq!(wrong.texts("#code-error").len(), 1);
    let form = form.fill("code", &code(site, &secret, 0));
    let shown = browser.submit(&form, "Attiva").await;
    assert_eq!(shown.status, 200, "{}", shown.main());
    let codes = shown.texts(".dom-codes code");
    assert_eq!(codes.len(), factor::RECOVERY_CODES);
    (secret, codes)
}

#[test]
fn who_sets_it_up_gives_a_code_from_then_on() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let other = site.signed_in("operator").await;
            let before = browser.cookies["dom"].clone();
            let (secret, codes) = set_up(&site, &mut browser).await;
            assert_ne!(browser.cookies["dom"], before, "the session begins anew");
            assert_eq!(browser.get("/workers").await.status, 200);
            let mut other = other;
            assert_eq!(other.get("/workers").await.status, 303, "others end");
            let again = browser.get("/account/factor").await;
            assert!(!again.text().contains(&secret.to_text()), "shown no more");
            assert!(!again.text().contains(&codes[0]), "nor are the codes");
            let kept = site.rows("recovery_codes").await.join("");
            assert!(!kept.contains(&codes[0]), "only their hashes are kept");

            site.clock.advance(MINUTE);
            let mut next = site.browser();
            let asked = password(&mut next, "operator").await;
            let half = next.cookies["dom"].clone();
            for path in ["/", "/workers", "/account", "/account/factor"] {
                let page = next.get(path).await;
                assert_eq!(page.status, 303, "{path} opens after the code alone");
                assert!(page.location().starts_with("/sign-in"), "{path}");
            }
            let form = asked.form("/sign-in/code");
            let form = form.fill("code", &code(&site, &secret, 0));
            let done = next.submit(&form, "Accedi").await;
            assert_eq!(done.status, 303, "{}", done.main());
            assert_ne!(next.cookies["dom"], half);
            assert_eq!(next.get("/workers").await.status, 200);
            let mut copy = site.browser();
            copy.cookies.insert("dom".to_owned(), half);
            assert_eq!(copy.get("/sign-in/code").await.location(), "/sign-in");
        }
    });
}

#[test]
fn a_code_works_once_and_within_a_step() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let (secret, _) = set_up(&site, &mut browser).await;
            // The code that turned it on is used up.
            let used = code(&site, &secret, 0);
            let refused = both(&site, &mut site.browser(), "operator", &used).await;
            assert_eq!(refused.status, 422);
            let empty = refused.form("/sign-in/code").value("code").is_empty();
            assert!(empty, "a code never comes back");
            site.clock.advance(MINUTE * 2);
            for (off, status) in [(2, 422), (-2, 422), (-1, 303), (1, 303)] {
                let given = code(&site, &secret, off);
                let page = both(&site, &mut site.browser(), "operator", &given).await;
                assert_eq!(page.status, status, "{off} steps away");
                if status == 303 {
                    let twice = both(&site, &mut site.browser(), "operator", &given).await;
                    assert_eq!(twice.status, 422, "the same once more");
                }
            }
            // What was taken was of the step ahead: those before it are dead too.
            let now = code(&site, &secret, 0);
            let page = both(&site, &mut site.browser(), "operator", &now).await;
            assert_eq!(page.status, 422);
            site.clock.advance(HALF_MINUTE * 2);
            let spaced = code(&site, &secret, 0);
            let spaced = format!("{} {}", &spaced[..3], &spaced[3..]);
            let page = both(&site, &mut site.browser(), "operator", &spaced).await;
            assert_eq!(page.status, 303, "spaces don't count");
        }
    });
}

#[test]
fn wrong_codes_make_the_account_wait() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let (secret, _) = set_up(&site, &mut browser).await;
        site.clock.advance(MINUTE);
        let mut guessing = site.browser();
        let asked = password(&mut guessing, "operator").await;
        let form = asked.form("/sign-in/code");
        for _ in 0..5 {
            let wrong = form.clone().fill("code", "123456");
            assert_eq!(guessing.submit(&wrong, "Accedi").await.status, 422);
        }
        let right = form.clone().fill("code", &code(&site, &secret, 0));
        let waits = guessing.submit(&right, "Accedi").await;
        assert_eq!(waits.status, 429, "even the right code waits");
        assert_eq!(waits.header("retry-after"), "30");
        // Nor does the password given anew let somebody guess on.
        let asked = password(&mut guessing, "operator").await;
        let form = asked.form("/sign-in/code").fill("code", "123456");
        assert_eq!(guessing.submit(&form, "Accedi").await.status, 429);
        site.clock.advance(HOUR);
        let late = guessing.submit(&form, "Accedi").await;
        assert_eq!(late.status, 303, "the password is ten minutes old");
        assert_eq!(late.location(), "/sign-in");
        let now = code(&site, &secret, 0);
        let page = both(&site, &mut site.browser(), "operator", &now).await;
        assert_eq!(page.status, 303, "and nobody is out for good");
    });
}

#[test]
fn a_recovery_code_lets_in_once() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let (_, codes) = set_up(&site, &mut browser).await;
            let typed = codes[3].to_lowercase().replace('-', " ");
            let mut lost = site.browser();
            let page = both(&site, &mut lost, "operator", &typed).await;
            assert_eq!(page.status, 303, "{}", page.main());
            let page = both(&site, &mut site.browser(), "operator", &codes[3]).await;
            assert_eq!(page.status, 422, "it is used up");
            let own = lost.get("/account/factor").await;
            assert!(own.main().contains("9 codici"), "{}", own.main());
            let new = lost
                .submit(
                    &own.form("/account/factor/codes"),
                    "Nuovi codici di riserva",
                )
                .await;
            assert_eq!(new.texts(".dom-codes code").len(), factor::RECOVERY_CODES);
            let page = both(&site, &mut site.browser(), "operator", &codes[4]).await;
            assert_eq!(page.status, 422, "those before are dead");
            // Another account's code is none.
            let mut reader = site.signed_in("reader").await;
            let (_, foreign) = set_up(&site, &mut reader).await;
            let page = both(&site, &mut site.browser(), "operator", &foreign[0]).await;
            assert_eq!(page.status, 422);
        }
    });
}

#[test]
fn the_first_administrator_gets_in_and_sets_it_up_before_anything_else() {
    block_on(async {
        let site = Site::empty().await;
        let (context, address) = (&site.context, email("prima"));
        let token = accounts::add(
            context,
            &address,
            "Prima",
            Role::Administrator,
            &Place::Nowhere,
        );
        let token = token.await.unwrap();
        accounts::set_password(context, &token, PASSWORD)
            .await
            .unwrap();
        let mut browser = site.browser();
        let page = password(&mut browser, "prima").await;
        assert_eq!(page.status, 303, "{}", page.main());
        for path in ["/", "/vocabularies", "/admin/factors", "/account"] {
            let led = browser.get(path).await;
            assert_eq!(led.location(), "/account/factor", "{path}");
        }
        let post = browser
            .post("/admin/factors", &[("role", "administrator")])
            .await;
        assert_eq!(
            post.location(),
            "/account/factor",
            "nor is the rule changed"
        );
        let page = browser.get("/account/factor").await;
        assert!(
            page.main().contains("Per questo ruolo serve"),
            "{}",
            page.main()
        );
        set_up(&site, &mut browser).await;
        assert_eq!(browser.get("/admin/factors").await.status, 200);
        let page = browser.get("/account/factor").await;
        assert!(page.form_is_missing("/account/factor/remove"));
        let refused = browser.post("/account/factor/remove", &[]).await;
        assert_eq!(refused.status, 422, "its role must have one");
    });
}

#[test]
fn a_rule_holds_at_once_for_who_is_signed_in() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut administrator = site.signed_in("administrator").await;
            let mut operator = site.signed_in("operator").await;
            assert_eq!(operator.get("/workers").await.status, 200);
            let page = administrator.get("/admin/factors").await;
            assert!(page.main().contains("Per nessun ruolo"), "{}", page.main());
            let empty = page.form("/admin/factors");
            let refused = administrator.submit(&empty, "Registra").await;
            assert_eq!(refused.status, 422);
            assert_eq!(refused.texts(".dom-error").len(), 2);
            let rule = empty.fill("role", "operator").fill("required", "on");
            let past = rule.clone().fill("from", "1/1/2020");
            let past = administrator.submit(&past, "Registra").await;
            assert_eq!(past.status, 422);
            assert_eq!(past.form("/admin/factors").value("from"), "1/1/2020");
            let done = administrator.submit(&rule, "Registra").await;
            let page = administrator.follow(&done).await;
            assert!(
                page.main().contains("Oggi serve a: sportello"),
                "{}",
                page.main()
            );
            let newest = page.rows().remove(0);
            assert_eq!(newest[1], "sportello: serve");
            assert_eq!(newest[2], "administrator");
            assert_eq!(operator.get("/workers").await.location(), "/account/factor");
            let off = rule.fill("required", "off");
            administrator.submit(&off, "Registra").await;
            assert_eq!(operator.get("/workers").await.status, 200);
            // What is to hold later changes nothing today.
            let later = page.form("/admin/factors");
            let later = later.fill("role", "operator").fill("required", "on");
            let day = (today() + chrono::Days::new(1))
                .format("%d/%m/%Y")
                .to_string();
            administrator
                .submit(&later.fill("from", &day), "Registra")
                .await;
            jobs::run_quick(&site.context).await.unwrap();
            assert_eq!(operator.get("/workers").await.status, 200);
            // A quarter of an hour before eleven, or before midnight where it is summer.
            site.clock.advance(MINUTE * (9 * 60 + 45));
            let mut operator = site.browser();
            assert_eq!(password(&mut operator, "operator").await.status, 303);
            assert_eq!(operator.get("/workers").await.status, 200);
            site.clock.advance(MINUTE * 90);
            jobs::run_quick(&site.context).await.unwrap();
            assert_eq!(operator.get("/workers").await.location(), "/account/factor");
            let mut operator = site.browser();
            assert_eq!(password(&mut operator, "operator").await.status, 303);
            assert_eq!(operator.get("/workers").await.location(), "/account/factor");
        }
    });
}

#[test]
fn a_new_password_skips_no_second_step_and_a_reset_by_hand_does() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        set_up(&site, &mut browser).await;
        let address = email("operator");
        let token = accounts::reset(&site.context, &address).await.unwrap();
        accounts::set_password(&site.context, &token, PASSWORD)
            .await
            .unwrap();
        let asked = password(&mut site.browser(), "operator").await;
        assert_eq!(asked.heading(), "Il codice dell’applicazione");
        factors::reset(&site.context, &address).await.unwrap();
        let mut browser = site.browser();
        assert_eq!(password(&mut browser, "operator").await.status, 303);
        assert_eq!(browser.get("/workers").await.status, 200);
    });
}

#[test]
fn what_was_typed_when_a_session_ended_survives_both_steps() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let (secret, _) = set_up(&site, &mut browser).await;
        let form = browser.get("/families/new").await.form("/families/new");
        let form = form.fill("family_name", "Inventata");
        site.clock.advance(HOUR * 3);
        let ended = browser.submit(&form, "Salva").await;
        let sign_in = ended.form("/sign-in");
        let sign_in = sign_in
            .fill("email", "operator@prova.example")
            .fill("password", PASSWORD);
        let asked = browser.submit(&sign_in, "Accedi").await;
        let form = asked.form("/sign-in/code");
        let form = form.fill("code", &code(&site, &secret, 0));
        let led = browser.submit(&form, "Accedi").await;
        let page = browser.follow(&led).await;
        let kept = page.form("/families/new");
        assert_eq!(kept.value("family_name"), "Inventata");
    });
}

#[test]
fn ones_own_sessions_are_seen_and_ended() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut here = site.browser();
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        here.headers.push(("user-agent", agent.to_owned()));
        password(&mut here, "operator").await;
        let mut there = site.signed_in("operator").await;
        let mut stranger = site.signed_in("reader").await;
        let page = here.get("/account").await;
        let rows = page.rows();
        assert_eq!(rows.len(), 2, "{}", page.main());
        assert!(page.main().contains("Firefox, Linux"), "{}", page.main());
        assert!(!page.text().contains(&here.cookies["dom"]), "no token");
        let ids = page.attributes("button[name=id]", "value");
        assert_eq!(ids.len(), 2, "the other one, and all others");
        let foreign = stranger
            .post("/account/sessions/end", &[("id", &ids[0])])
            .await;
        assert_eq!(foreign.status, 404);
        assert_eq!(there.get("/workers").await.status, 200);
        let done = here.post("/account/sessions/end", &[("id", &ids[0])]).await;
        assert!(here.follow(&done).await.notice().contains("chiuso"));
        assert_eq!(there.get("/workers").await.status, 303);
        let mut third = site.signed_in("operator").await;
        here.post("/account/sessions/end", &[("id", "others")])
            .await;
        assert_eq!(third.get("/workers").await.status, 303);
        assert_eq!(here.get("/workers").await.status, 200);
    });
}

#[test]
fn password_and_address_are_changed_after_a_fresh_sign_in_alone() {
    const NEW: &str = "un’altra frase inventata";
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let mut other = site.signed_in("operator").await;
            site.clock.advance(MINUTE * 11);
            for path in ["/account/change", "/account/factor"] {
                let led = browser.get(path).await;
                assert!(led.location().starts_with("/account/confirm"), "{path}");
            }
            for path in [
                "/account/password",
                "/account/email",
                "/account/factor/begin",
                "/account/factor/codes",
                "/account/factor/remove",
            ] {
                let fields = [("email", "nuova@prova.example"), ("new", NEW)];
                let led = browser.post(path, &fields).await;
                assert!(led.location().starts_with("/account/confirm"), "{path}");
            }
            let led = browser.get("/account/change").await;
            let page = browser.follow(&led).await;
            let form = page.form("/account/confirm");
            let wrong = form.clone().fill("password", "una frase sbagliata");
            assert_eq!(browser.submit(&wrong, "Continua").await.status, 422);
            let led = browser
                .submit(&form.fill("password", PASSWORD), "Continua")
                .await;
            assert_eq!(led.location(), "/account/change");
            let page = browser.follow(&led).await;
            let form = page.form("/account/password");
            let short = form.clone().fill("current", PASSWORD).fill("new", "breve");
            let short = browser
                .submit(&short.fill("again", "breve"), "Salva la password")
                .await;
            assert_eq!(short.status, 422);
            assert_eq!(short.texts("#new-error").len(), 1);
            let form = form.fill("new", NEW).fill("again", NEW);
            let without = browser.submit(&form, "Salva la password").await;
            assert_eq!(without.texts("#current-error").len(), 1, "not without it");
            let form = form.fill("current", PASSWORD);
            let done = browser.submit(&form, "Salva la password").await;
            assert_eq!(done.location(), "/account?done=password");
            assert_eq!(other.get("/workers").await.status, 303, "others end");
            assert_eq!(browser.get("/workers").await.status, 200);
            assert_eq!(password(&mut site.browser(), "operator").await.status, 422);

            let page = browser.get("/account/change").await;
            let form = page.form("/account/email");
            let taken = form.clone().fill("email", "READER@prova.example");
            let taken = browser.submit(&taken, "Salva l’indirizzo").await;
            assert_eq!(taken.status, 422);
            assert_eq!(
                taken.form("/account/email").value("email"),
                "READER@prova.example"
            );
            let form = form.fill("email", "nuova@prova.example");
            let done = browser.submit(&form, "Salva l’indirizzo").await;
            assert_eq!(done.location(), "/account?done=email");
            let fields = [("email", "nuova@prova.example"), ("password", NEW)];
            let page = site.browser().post("/sign-in", &fields).await;
            assert_eq!(page.status, 303, "{}", page.main());
        }
    });
}

/// The secret that a page tells an application.
fn told(page: &Page) -> Secret {
    let text = page.texts("code#secret").remove(0).replace(' ', "");
    Secret::from_text(&text).expect("20 bytes in base32")
}

#[test]
fn a_factor_is_moved_to_another_telephone_by_the_code_that_holds() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            factors::require(&site.context, Role::Operator, true)
                .await
                .unwrap();
            let mut browser = site.browser();
            assert_eq!(password(&mut browser, "operator").await.status, 303);
            let (old, _) = set_up(&site, &mut browser).await;
            site.clock.advance(MINUTE);
            let mut lost = site.browser();
            let page = both(&site, &mut lost, "operator", &code(&site, &old, 0)).await;
            assert_eq!(page.status, 303);
            let page = lost.get("/account/factor").await;
            assert!(page.form_is_missing("/account/factor/remove"), "required");
            let begin = page.form("/account/factor/begin");
            let begun = lost.submit(&begin, "Sposta su un altro telefono").await;
            let page = lost.follow(&begun).await;
            let new = told(&page);
            assert_ne!(new.to_text(), old.to_text());
            let form = page.form("/account/factor/confirm");
            site.clock.advance(MINUTE);
            let wrong = form.clone().fill("code", &code(&site, &old, 0));
            assert_eq!(lost.submit(&wrong, "Attiva").await.status, 422);
            let right = form.clone().fill("code", &code(&site, &new, 0));
            let shown = lost.submit(&right, "Attiva").await;
            let codes = shown.texts(".dom-codes code");
            assert_eq!(codes.len(), factor::RECOVERY_CODES, "{}", shown.main());
            assert_eq!(browser.get("/workers").await.status, 303, "others end");
            assert_eq!(lost.get("/workers").await.status, 200);
            site.clock.advance(MINUTE);
            let dead = code(&site, &old, 0);
            let page = both(&site, &mut site.browser(), "operator", &dead).await;
            assert_eq!(page.status, 422, "the old telephone opens nothing");
            // Whoever begins and goes away has moved nothing, and nobody goes on with it.
            let begin = lost.get("/account/factor").await;
            let begin = begin.form("/account/factor/begin");
            lost.submit(&begin, "Sposta su un altro telefono").await;
            let mut next = site.browser();
            let page = both(&site, &mut next, "operator", &code(&site, &new, 0)).await;
            assert_eq!(page.status, 303, "what holds goes on to hold");
            let page = next.get("/account/factor").await;
            assert!(page.form_is_missing("/account/factor/confirm"));
            let page = both(&site, &mut site.browser(), "operator", &codes[0]).await;
            assert_eq!(page.status, 303);
            // Where none is required it can be taken away, and no other session stays.
            factors::require(&site.context, Role::Operator, false)
                .await
                .unwrap();
            next.post("/account/factor/remove", &[]).await;
            assert_eq!(lost.get("/workers").await.status, 303);
            assert_eq!(next.get("/workers").await.status, 200);
        }
    });
}

#[test]
fn what_was_typed_before_a_factor_had_to_be_set_up_is_found_again() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = browser.get("/families/new").await.form("/families/new");
        let form = form.fill("family_name", "Inventata");
        factors::require(&site.context, Role::Operator, true)
            .await
            .unwrap();
        let led = browser.submit(&form, "Salva").await;
        let kept = browser.follow(&led).await;
        assert!(kept.main().contains("non è perso"), "{}", kept.main());
        let begin = kept.form("/account/factor/begin");
        let begun = browser.submit(&begin, "Comincia").await;
        let page = browser.follow(&begun).await;
        let given = code(&site, &told(&page), 0);
        let form = page.form("/account/factor/confirm").fill("code", &given);
        let on = browser.submit(&form, "Attiva").await;
        let page = browser.click(&on, "Torna al modulo").await;
        let kept = page.form("/families/new");
        assert_eq!(kept.value("family_name"), "Inventata");
        // The same where the session was over, and the password alone is given first.
        factors::reset(&site.context, &email("operator"))
            .await
            .unwrap();
        let ended = browser.submit(&kept, "Salva").await;
        let sign_in = ended
            .form("/sign-in")
            .fill("email", "operator@prova.example")
            .fill("password", PASSWORD);
        let led = browser.submit(&sign_in, "Accedi").await;
        assert!(led.location().starts_with("/account/factor?next="));
        set_up(&site, &mut browser).await;
        let (_, target) = led.location().split_once("next=").unwrap();
        let target = target.replace("%3F", "?").replace("%3D", "=");
        let page = browser.get(&target.replace("%26", "&")).await;
        let kept = page.form("/families/new");
        assert_eq!(kept.value("family_name"), "Inventata");
    });
}

#[test]
fn policy_and_others_accounts_change_after_a_fresh_sign_in_alone() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("administrator").await;
        let rule = browser.get("/admin/factors").await.form("/admin/factors");
        let rule = rule.fill("role", "reader").fill("required", "on");
        let partner = browser.get("/admin/partners/pi").await;
        let invite = partner
            .form("/admin/partners/pi/invite")
            .fill("name", "Ada Prova")
            .fill("email", "ada@prova.example");
        site.clock.advance(MINUTE * 11);
        let accounts = site.rows("accounts").await.len();
        for path in [
            "/admin/waves",
            "/admin/reads/kept",
            "/admin/backups/rules",
            "/admin/partners",
            "/admin/partners/pi/contract",
            "/admin/partners/pi/people/1/link",
            "/admin/partners/pi/people/1/shut",
        ] {
            let asked = browser.post(path, &[]).await;
            assert_eq!(asked.status, 401, "{path}");
            assert_eq!(asked.heading(), "Ancora una volta la password", "{path}");
        }
        let asked = browser.submit(&invite, "Crea l’accesso").await;
        let form = asked.form("/account/confirm");
        let wrong = form.fill("password", "una frase sbagliata");
        let refused = browser.submit(&wrong, "Continua").await;
        assert_eq!(refused.status, 422);
        assert_eq!(site.rows("accounts").await.len(), accounts);
        let form = refused.form("/account/confirm").fill("password", PASSWORD);
        let right = browser.submit(&form, "Continua").await;
        let kept = right.form("/admin/partners/pi/invite");
        assert_eq!(kept.value("name"), "Ada Prova");
        let done = browser.submit(&kept, "Invia").await;
        assert_eq!(done.attributes("input#link", "value").len(), 1);
        // It counts for ten minutes.
        assert_eq!(browser.submit(&rule, "Registra").await.status, 303);
    });
}

/// Waits until somebody waits for a row that another transaction has.
async fn until_somebody_waits(site: &Site) {
    let sql = "SELECT COUNT(*) AS n FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'";
    let waits = async || {
        let asked = Statement::from_string(DbBackend::Postgres, sql);
        let row = site.db().read().query_one_raw(asked).await.unwrap();
        row.unwrap().try_get::<i64>("", "n").unwrap() > 0
    };
    while !waits().await {}
}

/// Takes the password of the operator away, and lets that be seen once somebody waits for it.
async fn reset_meanwhile(site: &Site, id: i64) -> impl Future<Output = ()> {
    let write = site.db().write().await.unwrap();
    storage::accounts::shut(&*write, id, None).await.unwrap();
    storage::sessions::delete_of(&*write, id).await.unwrap();
    async move {
        until_somebody_waits(site).await;
        write.commit().await.unwrap();
    }
}

#[test]
fn what_was_looked_at_before_is_looked_at_again_where_it_counts() {
    const NEW: &str = "un’altra frase inventata";
    block_on(async {
        let site = Site::over(Program::on_postgres(), &cast(), "http://dom.example").await;
        let address = email("operator");
        let account = storage::accounts::find(site.db().read(), &address).await;
        let id = account.unwrap().unwrap().actor.account_id;
        let back = async || {
            let token = accounts::reset(&site.context, &address).await.unwrap();
            let done = accounts::set_password(&site.context, &token, PASSWORD);
            done.await.unwrap();
        };
        // A password that was right when it was compared.
        let reset = reset_meanwhile(&site, id).await;
        let sign_in = accounts::sign_in(&site.context, address.as_str(), PASSWORD, "here", "");
        let (signed, ()) = tokio::join!(sign_in, reset);
        assert!(matches!(signed, Err(SignInError::Wrong)), "{signed:?}");
        assert!(site.rows("sessions").await.is_empty());
        // A session that still held when it was found.
        back().await;
        let mut browser = site.signed_in("operator").await;
        let begin = browser.get("/account/factor").await;
        let begun = browser
            .submit(&begin.form("/account/factor/begin"), "Comincia")
            .await;
        let page = browser.follow(&begun).await;
        let given = code(&site, &told(&page), 0);
        let form = page.form("/account/factor/confirm").fill("code", &given);
        let reset = reset_meanwhile(&site, id).await;
        let (refused, ()) = tokio::join!(browser.submit(&form, "Attiva"), reset);
        assert_eq!(refused.status, 403, "{}", refused.main());
        assert!(site.rows("sessions").await.is_empty());
        assert!(site.rows("recovery_codes").await.is_empty());
        // And a password that is changed by the one before it.
        back().await;
        let mut browser = site.signed_in("operator").await;
        let page = browser.get("/account/change").await;
        let form = page
            .form("/account/password")
            .fill("current", PASSWORD)
            .fill("new", NEW)
            .fill("again", NEW);
        let reset = reset_meanwhile(&site, id).await;
        let (refused, ()) = tokio::join!(browser.submit(&form, "Salva la password"), reset);
        assert_eq!(refused.status, 422, "{}", refused.main());
        let account = storage::accounts::get(site.db().read(), id).await.unwrap();
        assert_eq!(
            account.password_hash, None,
            "what was taken away stays away"
        );
    });
}
