//! Partners: who of them comes in and for how long, what they file with a family's word, how
//! far it is, the numbers of a year; and that another partner's is not there, wherever one asks.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::{Days, NaiveDate, TimeZone as _, Utc};
use dom::domain::account::{Place, Role};
use dom::domain::ids::PartnerCode;
use dom::domain::partner::Contract;
use dom::services::{accounts, partners, places};
use dom::storage::places::Partner;
use dom::web::routes;
use sea_orm::ConnectionTrait as _;

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::followed::Followed;
use crate::support::program::block_on;
use crate::support::site::{PASSWORD, Site, email};

fn cast() -> Cast {
    Cast::on(today())
        .worker("W-1", &[])
        .worker("W-2", &[])
        .request("R-1", &[])
}

fn code(text: &str) -> PartnerCode {
    PartnerCode::parse(text).unwrap()
}

async fn until(site: &Site, last: NaiveDate) {
    let contract = Contract {
        from: None,
        until: Some(last),
    };
    partners::write_contract(&site.context, None, &code("pi"), contract)
        .await
        .unwrap();
}

/// Says that the family of the cast was sent by the partner of the tests.
async fn sent(site: &Site) {
    let sent = "UPDATE families SET referred_by_id = (SELECT id FROM partners WHERE code = 'pi')";
    site.db().read().execute_unprepared(sent).await.unwrap();
}

/// A sheet for the cast's request; its number.
async fn issued(site: &Site) -> String {
    let mut operator = site.signed_in("operator").await;
    let page = operator
        .post("/requests/R-1/sheet", &[("worker", "W-1")])
        .await;
    assert_eq!(page.status, 303, "{}", page.main());
    let to = page.location().split('?').next().unwrap();
    to.trim_start_matches("/sheets/").to_owned()
}

async fn try_in(browser: &mut Browser, address: &str) -> Page {
    let fields = [("email", address), ("password", PASSWORD)];
    browser.post("/sign-in", &fields).await
}

#[test]
fn access_ends_by_itself_the_day_after_the_contract() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            sent(&site).await;
            let number = issued(&site).await;
            let last = today() + Days::new(1);
            until(&site, last).await;
            let open = format!("/partner/sheets/{number}/open");
            let evening = last.and_hms_opt(21, 30, 0).unwrap();
            site.clock.set(Utc.from_utc_datetime(&evening));
            // The last day is still one, to its last hour.
            let mut partner = site.signed_in("partner").await;
            let referrals = partner.get("/partner/referrals").await;
            assert_eq!(referrals.status, 200);
            assert_eq!(
                referrals.attributes(".dom-nav [aria-current=page]", "href"),
                ["/partner/referrals"],
                "one place is where the page is"
            );
            assert!(partner.post(&open, &[]).await.bytes.starts_with(b"%PDF"));
            // Past midnight at the desk, with a session that would go on.
            for _ in 0..2 {
                site.clock.advance(Duration::from_hours(1));
                partner.get("/partner").await;
            }
            for path in ["/", "/partner", "/partner/referrals", "/partner/sheets"] {
                let page = partner.get(path).await;
                assert_eq!(page.status, 303, "{path}");
                assert!(page.location().starts_with("/sign-in"), "{path}");
            }
            let page = partner.post(&open, &[]).await;
            assert!(page.location().starts_with("/sign-in"), "no sheet leaves");
            let mut again = site.browser();
            let refused = try_in(&mut again, "partner@prova.example").await;
            assert_eq!(refused.status, 422);
            let unknown = try_in(&mut site.browser(), "nessuno@prova.example").await;
            assert_eq!(refused.errors(), unknown.errors(), "no more is said");
            let named = accounts::actor_named(&site.context, &email("partner")).await;
            assert!(named.is_err(), "nor does a command act in its name");
            // A longer contract lets them in again.
            until(&site, last + Days::new(30)).await;
            let mut partner = site.signed_in("partner").await;
            assert_eq!(partner.get("/partner/referrals").await.status, 200);
        }
    });
}

#[test]
fn a_contract_that_has_not_begun_lets_nobody_in() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let contract = Contract {
            from: Some(today() + Days::new(2)),
            until: None,
        };
        partners::write_contract(&site.context, None, &code("pi"), contract)
            .await
            .unwrap();
        let mut early = site.browser();
        assert_eq!(
            try_in(&mut early, "partner@prova.example").await.status,
            422
        );
        site.clock.advance(Duration::from_hours(48));
        assert_eq!(
            try_in(&mut early, "partner@prova.example").await.status,
            303
        );
    });
}

#[test]
fn somebody_is_invited_by_a_link_that_works_once() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut administrator = site.signed_in("administrator").await;
        let list = administrator.get("/admin/partners").await;
        let form = list
            .form("/admin/partners")
            .fill("name", "Servizio di prova")
            .fill("code", "ss")
            .fill("kind", "social_services")
            .fill("until", "1/1/2020");
        let wrong = administrator.submit(&form, "Aggiungi l’ente").await;
        assert_eq!(wrong.status, 422, "it would end before it begins");
        assert_eq!(wrong.form("/admin/partners").value("until"), "1/1/2020");
        let added = administrator
            .submit(&form.fill("until", ""), "Aggiungi l’ente")
            .await;
        let page = administrator.follow(&added).await;
        assert!(page.notice().contains("registrato"), "{}", page.main());
        let invite = "/admin/partners/ss/invite";
        let form = page.form(invite).fill("name", "Ada Prova");
        let nowhere = administrator.submit(&form, "Crea l’accesso").await;
        assert_eq!(nowhere.status, 422);
        assert_eq!(
            nowhere.form(invite).value("name"),
            "Ada Prova",
            "it is kept"
        );
        let taken = form.clone().fill("email", "operator@prova.example");
        let taken = administrator.submit(&taken, "Crea l’accesso").await;
        assert_eq!(taken.status, 422, "that address has an account");
        let shown = administrator
            .submit(&form.fill("email", "ada@prova.example"), "Crea l’accesso")
            .await;
        assert_eq!(shown.status, 200, "{}", shown.main());
        let link = shown.attributes("input#link", "value").remove(0);
        let path = link.trim_start_matches("http://dom.example").to_owned();
        let later = administrator.get("/admin/partners/ss").await;
        assert!(!later.text().contains(&path), "it is shown once");
        assert!(later.main().contains("invito mandato"), "{}", later.main());

        let mut ada = site.browser();
        let led = ada.get(&path).await;
        let form = ada.follow(&led).await.form("/password");
        let form = form.fill("password", PASSWORD).fill("again", PASSWORD);
        let set = ada.submit(&form, "Salva la password").await;
        assert_eq!(set.location(), "/sign-in");
        assert_eq!(try_in(&mut ada, "ada@prova.example").await.status, 303);
        assert_eq!(ada.get("/partner/referrals").await.status, 200);
        // Whoever finds the link afterwards meets the page of dead links.
        let mut other = site.browser();
        let led = other.get(&path).await;
        let dead = other.follow(&led).await;
        assert!(dead.main().contains("non vale più"), "{}", dead.main());
        assert!(dead.form_is_missing("/password"));
        let fields = [("password", PASSWORD), ("again", PASSWORD)];
        assert_eq!(other.post("/password", &fields).await.status, 422);
        assert_eq!(ada.get("/partner/referrals").await.status, 200, "Ada stays");

        let page = administrator.get("/admin/partners/ss").await;
        assert!(page.main().contains("accesso attivo"), "{}", page.main());
        let shut = page.attributes("form[action$='/shut']", "action").remove(0);
        // An account of another partner is not there under this one.
        let foreign = shut.replace("/ss/", "/pi/");
        assert_eq!(administrator.post(&foreign, &[]).await.status, 404);
        assert_eq!(administrator.post(&shut, &[]).await.status, 303);
        assert_eq!(
            ada.get("/partner/referrals").await.status,
            303,
            "she is out"
        );
    });
}

/// The form of a referral as a partner fills it.
async fn filled(partner: &mut Browser) -> crate::support::browser::Form {
    let page = partner.get("/partner/referrals/new").await;
    page.form("/partner/referrals/new")
        .fill("given_name", "Rosa")
        .fill("family_name", "Finta")
        .fill("phone", "0564 300009")
        .fill("desk", "follonica")
        .fill("comune", "Follonica")
        .fill("arrangement", "hourly")
        .fill("schedule", "lun-ven 8:00-12:00")
        .fill("start_date", "1/6/2027")
        .fill("consent_by", "Rosa Finta")
        .fill("consent_how", "spoken")
}

async fn state(partner: &mut Browser, address: &str) -> String {
    let page = partner.get(address).await;
    assert_eq!(page.status, 200, "{address}");
    page.texts("dd .dom-tag").remove(0)
}

#[test]
fn a_partner_files_a_family_with_its_word_and_follows_how_far_it_is() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut partner = site.signed_in("partner").await;
            let form = filled(&mut partner).await;
            let silent = form.clone().fill("consent_by", "").fill("consent_how", "");
            let refused = partner.submit(&silent, "Invia la segnalazione").await;
            assert_eq!(refused.status, 422);
            assert_eq!(refused.texts("#consent_by-error").len(), 1);
            assert_eq!(refused.texts("#consent_how-error").len(), 1);
            let kept = refused.form("/partner/referrals/new");
            assert_eq!(kept.value("given_name"), "Rosa");
            assert_eq!(kept.value("schedule"), "lun-ven 8:00-12:00");
            let ahead = form.clone().fill("consent_on", "1/1/2099");
            let ahead = partner.submit(&ahead, "Invia la segnalazione").await;
            assert_eq!(ahead.texts("#consent_on-error").len(), 1, "not yet given");
            assert_eq!(site.rows("families").await.len(), 1);

            let filed = partner.submit(&form, "Invia la segnalazione").await;
            let again = partner.submit(&form, "Invia la segnalazione").await;
            assert_eq!(filed.location(), again.location(), "filed once");
            assert_eq!(site.rows("families").await.len(), 2);
            let page = partner.follow(&filed).await;
            let text = page.main();
            assert!(text.contains("Rosa Finta, a voce"), "{text}");
            assert!(text.contains("Sportello di Follonica"), "{text}");
            let address = filed.location().split('?').next().unwrap().to_owned();
            assert_eq!(state(&mut partner, &address).await, "ricevuta");
            let request = address.rsplit('/').next().unwrap().to_owned();

            // The desk sees who sent it, and nobody is in charge yet.
            let mut desk = site.operator_of("follonica", "otello").await;
            let home = desk.get("/").await;
            assert!(home.text().contains(&request), "it waits to be looked at");
            let family = desk.get("/families/F-000001").await;
            let facts = family.texts("dd");
            let by_whom = |fact: &String| ["pi", "Punto di prova"].contains(&fact.as_str());
            assert!(facts.iter().any(by_whom), "{facts:?}");
            let sent = desk.get(&format!("/requests/{request}")).await.main();
            assert!(sent.contains("Rosa Finta, a voce"), "its word: {sent}");
            let charge = format!("/requests/{request}/charge");
            assert_eq!(desk.post(&charge, &[]).await.status, 303);
            assert_eq!(state(&mut partner, &address).await, "in ricerca");

            // Later the same family needs somebody else: it is sent once more, with its word.
            let page = partner.get(&address).await;
            let page = partner
                .click(&page, "Un’altra richiesta di questa famiglia")
                .await;
            assert!(page.main().contains("Rosa Finta"), "{}", page.main());
            let another = format!("{address}/another");
            let form = page
                .form(&another)
                .fill("comune", "Follonica")
                .fill("arrangement", "hourly")
                .fill("schedule", "sab 8:00-12:00")
                .fill("start_date", "1/9/2027")
                .fill("consent_by", "Rosa Finta");
            let refused = partner.submit(&form, "Invia la segnalazione").await;
            assert_eq!(refused.status, 422);
            assert_eq!(refused.errors().len(), 1, "{:?}", refused.errors());
            let form = refused.form(&another).fill("consent_how", "paper");
            assert_eq!(form.value("schedule"), "sab 8:00-12:00", "it is kept");
            let filed = partner.submit(&form, "Invia la segnalazione").await;
            let again = partner.submit(&form, "Invia la segnalazione").await;
            assert_eq!(filed.location(), again.location(), "filed once");
            let page = partner.follow(&filed).await;
            assert!(
                page.main().contains("Rosa Finta, su carta"),
                "{}",
                page.main()
            );
            assert_eq!(site.rows("families").await.len(), 2, "the same family");
            assert_eq!(site.rows("requests").await.len(), 3);
            assert_eq!(site.rows("referrals").await.len(), 2);
            assert_eq!(partner.get("/partner/referrals").await.rows().len(), 2);
        }
    });
}

/// Sends what the sign-in's page kept, once somebody is in again; where that led.
async fn sent_after_all(browser: &mut Browser, late: &Page, who: &str, form: &str) -> Page {
    assert_eq!(late.status, 401, "{}", late.main());
    assert!(late.main().contains("non è perso"), "{}", late.main());
    let sign_in = late.form("/sign-in").fill("email", who);
    let back = browser
        .submit(&sign_in.fill("password", PASSWORD), "Accedi")
        .await;
    assert_eq!(back.status, 200, "{}", back.main());
    let sent = browser.submit(&back.form(form), "Invia").await;
    assert_eq!(sent.status, 303, "{:?}", sent.errors());
    browser.follow(&sent).await
}

#[test]
fn what_was_typed_when_a_session_ended_is_sent_after_the_sign_in() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut partner = site.signed_in("partner").await;
        let mut operator = site.signed_in("operator").await;
        let form = filled(&mut partner).await;
        site.clock.advance(Duration::from_hours(9));
        let before = site.everything().await;
        let late = partner.submit(&form, "Invia la segnalazione").await;
        assert_eq!(site.everything().await, before, "nothing is kept of nobody");
        let new = "/partner/referrals/new";
        let filed = sent_after_all(&mut partner, &late, "partner@prova.example", new).await;
        let text = filed.main();
        assert!(text.contains("Rosa Finta, a voce"), "{text}");
        let diary = "/workers/W-1/diary";
        let day = today().format("%d/%m/%Y").to_string();
        let note = [("on", day.as_str()), ("words", "Richiama di martedì.")];
        let late = operator.post(diary, &note).await;
        let kept = sent_after_all(&mut operator, &late, "operator@prova.example", diary).await;
        assert!(
            kept.main().contains("Richiama di martedì."),
            "{}",
            kept.main()
        );
    });
}

/// Erases somebody as an operator does: `who` is `workers/CODE` or `families/CODE`.
async fn erased(operator: &mut Browser, who: &str) {
    let rights = format!("/{who}/rights");
    let (erase, code) = (format!("{rights}/erase"), who.rsplit('/').next().unwrap());
    let form = operator.get(&rights).await.form(&erase);
    let sure = operator.submit(&form, "Guarda che cosa succede").await;
    let form = sure.form(&erase).fill("typed", code);
    let done = operator.submit(&form, "Cancella per sempre").await;
    assert_eq!(done.status, 200, "{}", done.main());
}

#[test]
fn for_a_family_that_was_erased_nothing_more_is_sent_or_said() {
    block_on(async {
        let site = Site::of(&cast()).await;
        sent(&site).await;
        issued(&site).await;
        let (mut partner, mut operator) = (
            site.signed_in("partner").await,
            site.signed_in("operator").await,
        );
        let (address, another) = ("/partner/referrals/R-1", "/partner/referrals/R-1/another");
        erased(&mut operator, "workers/W-1").await;
        let page = partner.get(address).await;
        assert!(
            page.main().contains("Persona cancellata"),
            "no initial of it"
        );
        let (_, told) = page
            .links()
            .into_iter()
            .find(|(_, to)| to.starts_with("/partner/I-"))
            .unwrap();
        let said = partner.get(&told).await.form(&told);
        let said = said.choose("result", "no");
        let form = partner
            .get(another)
            .await
            .form(another)
            .fill("comune", "Grosseto")
            .fill("arrangement", "hourly")
            .fill("schedule", "sab 8:00-12:00")
            .fill("start_date", "1/9/2027")
            .fill("consent_by", "Rosa Finta")
            .fill("consent_how", "spoken");
        erased(&mut operator, "families/F-1").await;
        let before = site.rows("answers").await.len();
        for (form, button) in [
            (&form, "Invia la segnalazione"),
            (&said, "Registra le risposte"),
        ] {
            let page = partner.submit(form, button).await;
            assert_eq!(page.status, 410, "{}", page.main());
            assert!(
                !page.text().contains("F-1"),
                "a partner knows no family's code"
            );
        }
        assert_eq!(site.rows("requests").await.len(), 1);
        assert_eq!(site.rows("answers").await.len(), before);
        for gone in [another, told.as_str()] {
            assert_eq!(partner.get(gone).await.status, 410, "{gone}");
        }
        let page = partner.get(address).await;
        assert_eq!(
            page.status, 200,
            "how far it came is the partner's own figure"
        );
        assert!(!page.links().iter().any(|(_, to)| to == another));
    });
}

#[test]
fn a_field_that_no_form_of_a_partner_has_changes_nothing() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut partner = site.signed_in("partner").await;
        let draft = partner.get("/partner/referrals/new").await;
        let draft = draft
            .form("/partner/referrals/new")
            .value("draft")
            .to_owned();
        let fields = [
            ("draft", draft.as_str()),
            ("given_name", "Rosa"),
            ("family_name", "Finta"),
            ("phone", "0564 300009"),
            ("desk", "grosseto"),
            ("comune", "Grosseto"),
            ("arrangement", "hourly"),
            ("schedule", "lun-ven 8:00-12:00"),
            ("start_date", "1/6/2027"),
            ("consent_by", "Rosa Finta"),
            ("consent_how", "paper"),
            ("consent_on", "1/1/2026"),
            // These are none of its own.
            ("code", "F-1"),
            ("family", "F-1"),
            ("referred_by", "self"),
            ("status", "closed"),
            ("worker_sex", "f"),
            ("worker_sex_ground", "personal_hygiene"),
            ("in_charge_id", "1"),
        ];
        let filed = partner.post("/partner/referrals/new", &fields).await;
        assert_eq!(filed.status, 303, "{:?}", filed.errors());
        let db = site.db().read();
        let request = filed
            .location()
            .split(['/', '?'])
            .nth(3)
            .unwrap()
            .to_owned();
        let request = dom::domain::ids::RequestCode::parse(&request).unwrap();
        let stored = dom::storage::requests::find(db, &request).await.unwrap();
        let stored = stored.unwrap();
        assert!(stored.value.is_open() && stored.value.worker_sex.is_none());
        assert_ne!(stored.value.family.as_str(), "F-1");
        let charge = dom::storage::requests::in_charge(db, stored.id).await;
        assert_eq!(charge.unwrap(), None);
        let family = dom::storage::families::find(db, &stored.value.family).await;
        let family = family.unwrap().unwrap().value;
        assert_eq!(family.referred_by, Some(code("pi")));
        assert_eq!(family.consent_on.unwrap().to_string(), "2026-01-01");
    });
}

#[test]
fn a_state_goes_on_with_a_sheet_and_with_an_answer_and_the_year_counts_it() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            sent(&site).await;
            let mut partner = site.signed_in("partner").await;
            let address = "/partner/referrals/R-1";
            assert_eq!(state(&mut partner, address).await, "ricevuta");
            issued(&site).await;
            assert_eq!(state(&mut partner, address).await, "schede consegnate");
            let page = partner.get(address).await;
            assert!(page.main().contains("Zoe I."), "{}", page.main());
            assert!(!page.text().contains("Inventata"), "no family name");
            let (_, to) = page
                .links()
                .into_iter()
                .find(|(_, to)| to.starts_with("/partner/I-"))
                .unwrap();
            let form = partner.get(&to).await.form(&to).choose("result", "hired");
            partner.submit(&form, "Registra le risposte").await;
            assert_eq!(state(&mut partner, address).await, "esito noto");
            let year = partner.get("/partner/year").await;
            let counts: Vec<String> = year.rows().into_iter().map(|row| row[1].clone()).collect();
            assert_eq!(counts, ["1", "0", "0", "0", "1", "1", "1"]);
            let before = partner.get("/partner/year?year=2001").await;
            assert!(before.rows().iter().all(|row| row[1] == "0"));
            assert_eq!(partner.get("/partner/year?year=x").await.status, 200);
        }
    });
}

#[test]
fn a_partner_is_told_of_news_by_a_mail_without_names() {
    block_on(async {
        let followed = Followed::over(Site::of(&cast()).await);
        let site = &followed.site;
        sent(site).await;
        // Somebody who never took the account up, and somebody who is out.
        let place = Place::Partner(code("pi"));
        for name in ["mai", "fuori"] {
            accounts::add(&site.context, &email(name), name, Role::Partner, &place)
                .await
                .unwrap();
        }
        accounts::disable(&site.context, &email("fuori"))
            .await
            .unwrap();
        issued(site).await;
        site.clock.advance(Duration::from_mins(3));
        let mails = followed.mail_now().await;
        let news: Vec<_> = mails
            .iter()
            .filter(|mail| mail.message.subject.contains("segnalazione"))
            .collect();
        assert_eq!(news.len(), 1, "one person takes part");
        assert_eq!(news[0].to, "partner@prova.example");
        let text = format!("{} {}", news[0].message.plain, news[0].message.html);
        assert!(text.contains("http://dom.example/partner/referrals"));
        for word in ["Provolini", "Elsa", "Zoe", "Inventata", "R-1", "F-1"] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    });
}

#[test]
fn no_mail_goes_to_a_partner_whom_it_would_tell_nothing() {
    block_on(async {
        let followed = Followed::over(Site::of(&cast()).await);
        let site = &followed.site;
        sent(site).await;
        for what in ["its contract is over", "revoked at once", "another's"] {
            let number = issued(site).await;
            match what {
                "its contract is over" => until(site, today() - Days::new(1)).await,
                "revoked at once" => revoked(site, &number).await,
                _ => filed_by_another(site).await,
            }
            site.clock.advance(Duration::from_mins(3));
            let mails = followed.mail_now().await;
            let to: Vec<&str> = mails.iter().map(|mail| mail.to.as_str()).collect();
            assert!(!to.contains(&"partner@prova.example"), "{what}: {to:?}");
            if what == "its contract is over" {
                until(site, today() + Days::new(1)).await;
                revoked(site, &number).await;
            }
        }
    });
}

async fn revoked(site: &Site, number: &str) {
    let mut operator = site.signed_in("operator").await;
    let address = format!("/sheets/{number}/revoke");
    let done = operator.post(&address, &[("reason", "error")]).await;
    assert_eq!(done.status, 303, "{}", done.main());
}

/// Says that another partner filed the cast's request, for a family that both sent.
async fn filed_by_another(site: &Site) {
    stranger(site).await;
    let filed = "INSERT INTO referrals
            (request_id, partner_id, account_id, consent_by, consent_how, consent_on, filed_at)
        SELECT r.id, p.id, a.id, 'Elsa', 'spoken', '2026-01-01', '2026-01-01 12:00:00+00:00'
        FROM requests r, partners p, accounts a
        WHERE p.code = 'altro' AND a.name = 'altra'";
    site.db().read().execute_unprepared(filed).await.unwrap();
}

#[test]
fn a_wish_about_a_partner_is_about_the_one_that_sees_the_sheet() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            sent(&site).await;
            filed_by_another(&site).await;
            let mut operator = site.signed_in("operator").await;
            let address = "/workers/W-1/diffusion";
            for (partner, is_left_out) in [("pi", false), ("altro", true)] {
                let form = operator.get(address).await.form(address);
                let form = form.fill("kind", "partner").fill("partner", partner);
                let added = operator.submit(&form, "Aggiungi").await;
                assert_eq!(added.status, 303, "{partner}");
                let matched = operator.get("/requests/R-1/match").await.main();
                let found = matched.contains("lasciata fuori per suo desiderio");
                assert_eq!(found, is_left_out, "{partner}");
            }
            let own = [("worker", "W-1")];
            let refused = operator.post("/requests/R-1/sheet", &own).await;
            assert_eq!(refused.status, 422, "nor does a sheet go there");
        }
    });
}

/// Somebody of another partner.
async fn stranger(site: &Site) -> Browser {
    let partner = Partner {
        code: code("altro"),
        name: "Un altro ente".to_owned(),
        kind: "other".to_owned(),
        contract: Contract::default(),
    };
    places::add_partner(&site.context, &partner).await.unwrap();
    let place = Place::Partner(code("altro"));
    let address = email("altra");
    site.open_account(&address, "altra", Role::Partner, &place)
        .await;
    site.signed_in("altra").await
}

/// What partners may call besides what everybody may; a new route must be named here, and is
/// looked at below.
const OF_PARTNERS: [&str; 13] = [
    "GET /partner",
    "GET /partner/referrals",
    "GET /partner/referrals/new",
    "GET /partner/referrals/{code}",
    "GET /partner/referrals/{code}/another",
    "GET /partner/sheets",
    "GET /partner/sheets/{number}",
    "GET /partner/year",
    "GET /partner/{code}",
    "POST /partner/referrals/new",
    "POST /partner/referrals/{code}/another",
    "POST /partner/sheets/{number}/open",
    "POST /partner/{code}",
];

#[test]
fn another_partners_record_is_the_same_as_none_on_every_route() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            sent(&site).await;
            let number = issued(&site).await;
            let mut owner = site.signed_in("partner").await;
            let mut other = stranger(&site).await;
            let mut called = BTreeSet::new();
            for route in routes() {
                if route.roles != ["partner"] {
                    continue;
                }
                let what = format!("{} {}", route.method, route.path);
                called.insert(what.clone());
                let with = |request: &str, introduction: &str, number: &str| {
                    route
                        .path
                        .replace("/referrals/{code}", &format!("/referrals/{request}"))
                        .replace("{number}", number)
                        .replace("{code}", introduction)
                };
                let theirs = with("R-1", "I-000001", &number);
                if theirs == route.path {
                    if route.method == "GET" {
                        let page = other.get(&theirs).await;
                        assert_eq!(page.status, 200, "{what}");
                        for word in ["Provolini", "Zoe", "R-1", "I-000001", &number] {
                            assert!(!page.text().contains(word), "{what} tells {word}");
                        }
                        let counted = page.rows().iter().all(|row| row[1] == "0");
                        assert!(page.rows().is_empty() || counted, "{what}");
                    }
                    continue;
                }
                let none = with("R-404", "I-000404", "GR-1999-0404");
                let fields = [("form", "a form that has a long name"), ("result", "hired")];
                let mut answers = Vec::new();
                for address in [&theirs, &none] {
                    let page = if route.method == "GET" {
                        other.get(address).await
                    } else {
                        other.post(address, &fields).await
                    };
                    assert_eq!(page.status, 404, "{what}: {address}");
                    let mut text = page.main();
                    for name in [
                        "R-404",
                        "R-1",
                        "I-000404",
                        "I-000001",
                        "GR-1999-0404",
                        &number,
                    ] {
                        text = text.replace(name, "");
                    }
                    answers.push(text);
                }
                assert_eq!(answers[0], answers[1], "{what}");
                // For whom it is, it is there.
                let own = if route.method == "GET" {
                    owner.get(&theirs).await.status
                } else {
                    owner.post(&theirs, &fields).await.status
                };
                assert_ne!(own, 404, "{what}");
            }
            let known: BTreeSet<String> = OF_PARTNERS.map(str::to_owned).into();
            assert_eq!(called, known);
        }
    });
}
