//! From the match to the sheet, and what hinders it.

use std::time::Duration;

use dom::domain::ids::WorkerCode;
use dom::domain::worker::WorkerStatus;
use dom::storage;

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

/// One who needs no asking, one who does.
fn cast() -> Cast {
    Cast::on(today())
        .worker("W-1", &[])
        .worker("W-2", &[("share_without_asking", "no")])
        .request("R-1", &[])
}

const FORM: &str = "/requests/R-1/sheet";

async fn chosen(browser: &mut Browser, workers: &[&str]) -> Page {
    let query: Vec<String> = workers
        .iter()
        .map(|code| format!("worker={code}"))
        .collect();
    browser.get(&format!("{FORM}?{}", query.join("&"))).await
}

/// Submits the form as it stands, with some fields filled and some boxes ticked.
async fn submit(
    browser: &mut Browser,
    page: &Page,
    ticked: &[&str],
    filled: &[(&str, &str)],
) -> Page {
    let mut form = page.form(FORM);
    for code in ticked {
        form = form.tick(code);
    }
    for (name, value) in filled {
        form = form.fill(name, value);
    }
    browser.submit(&form, "Emetti la scheda").await
}

/// Nobody prints without saying what for.
async fn refuses_to_print_for_nothing(browser: &mut Browser, print: &str) {
    for purpose in ["", "zzz", "hand_over"] {
        let refused = browser.post(print, &[("purpose", purpose)]).await;
        assert_eq!(refused.status, 422, "{purpose}");
        assert!(refused.main().contains("per che cosa si stampa"));
    }
}

#[test]
fn an_operator_chooses_asks_issues_prints_and_revokes() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let matched = browser.get("/requests/R-1/match").await;
        assert_eq!(matched.texts("form .dom-card").len(), 2);
        assert!(
            matched
                .texts(".dom-reasons li")
                .iter()
                .any(|reason| reason.contains("Copre tutte le 20 ore"))
        );
        let form = chosen(&mut browser, &["W-1", "W-2"]).await;
        let phones = form.attributes("main a[href^='tel:']", "href");
        assert_eq!(phones.len(), 1, "of whom is to be asked: {phones:?}");
        let person = form.attributes("legend a", "href");
        assert_eq!(person, ["/workers/W-1", "/workers/W-2"]);
        let day = today().format("%-d/%-m/%y").to_string();
        let issued = submit(&mut browser, &form, &["W-2"], &[("asked-on-W-2", &day)]).await;
        assert_eq!(issued.status, 303, "{}", issued.text());
        let year = today().format("%Y");
        assert_eq!(
            issued.location(),
            format!("/sheets/GR-{year}-0001?issued=1")
        );
        let sheet = browser.get(issued.location()).await;
        assert!(sheet.texts("[role=status]")[0].contains("è emessa"));

        let number = format!("GR-{year}-0001");
        let print = format!("/sheets/{number}/print");
        refuses_to_print_for_nothing(&mut browser, &print).await;
        let pdf = browser
            .post(
                &format!("/sheets/{number}/print"),
                &[("purpose", "request")],
            )
            .await;
        assert!(pdf.bytes.starts_with(b"%PDF"));
        assert_eq!(
            pdf.header("content-disposition"),
            format!("attachment; filename=\"{number}.pdf\"")
        );
        assert_eq!(
            browser
                .post(
                    &format!("/sheets/{number}/print"),
                    &[("purpose", "request")]
                )
                .await
                .bytes,
            pdf.bytes,
            "the same bytes again"
        );
        let worker = browser.get("/workers/W-2").await.texts("main").join(" ");
        assert_eq!(worker.matches("scheda stampata").count(), 2, "{worker}");
        assert_eq!(worker.matches("scheda emessa").count(), 1);

        let code = sheet.texts("a[href^='/v/']")[0].clone();
        let verified = site.browser().get(&format!("/v/{code}")).await;
        let shown = verified.texts("main").join(" ");
        assert!(
            shown.contains("Autentica e valida") && shown.contains(&number),
            "{shown}"
        );
        assert!(
            !shown.contains("Provolini") && !shown.contains("W-1") && !shown.contains("R-1"),
            "nothing else: {shown}"
        );
        site.clock.advance(Duration::from_hours(31 * 24));
        assert!(
            site.browser()
                .get(&format!("/v/{code}"))
                .await
                .text()
                .contains("scaduta")
        );

        let mut browser = site.signed_in("operator").await;
        let no_reason = browser.post(&format!("/sheets/{number}/revoke"), &[]).await;
        assert_eq!(no_reason.status, 422);
        let revoked = browser
            .post(&format!("/sheets/{number}/revoke"), &[("reason", "error")])
            .await;
        assert_eq!(revoked.status, 303);
        assert!(
            site.browser()
                .get(&format!("/v/{code}"))
                .await
                .text()
                .contains("Revocata")
        );
        assert_eq!(
            browser
                .post(
                    &format!("/sheets/{number}/print"),
                    &[("purpose", "request")]
                )
                .await
                .status,
            422
        );
    });
}

#[test]
fn who_was_not_asked_is_named_beside_the_tick_and_nothing_is_lost() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = chosen(&mut browser, &["W-1", "W-2"]).await;
        let refused = submit(&mut browser, &form, &[], &[("asked-on-W-2", "1/2/2026")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.title().starts_with("Errore:"));
        assert!(refused.texts("#asked-W-2-error")[0].contains("non ha ancora detto sì"));
        assert_eq!(
            refused.form(FORM).value("asked-on-W-2"),
            "1/2/2026",
            "the date typed is kept"
        );
        for (typed, reason) in [
            ("31/02/2026", "non esiste"),
            ("domani", "23/11/2026"),
            ("1/1/2099", "futuro"),
        ] {
            let refused = submit(&mut browser, &form, &["W-2"], &[("asked-on-W-2", typed)]).await;
            assert_eq!(refused.status, 422, "{typed}");
            assert!(
                refused.texts(".dom-errors")[0].contains(reason),
                "{typed}: {}",
                refused.texts(".dom-errors")[0]
            );
            let beside = refused.texts("#asked-on-W-2-error");
            assert!(beside[0].contains("Il giorno: "), "{beside:?}");
        }
        assert!(
            browser
                .get("/sheets")
                .await
                .texts("h2")
                .contains(&"Nessuna scheda".to_owned())
        );
    });
}

#[test]
fn passing_over_a_better_band_asks_for_a_reason() {
    block_on(async {
        let cast = Cast::on(today())
            .worker("W-1", &[("experience_years", "10")])
            .worker(
                "W-2",
                &[
                    ("confirmed_on", ""),
                    ("comune", "053015"),
                    ("share_without_asking", "no"),
                ],
            )
            .request("R-1", &[]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let form = chosen(&mut browser, &["W-2"]).await;
        let refused = submit(&mut browser, &form, &["W-2"], &[]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.texts("#skipped-error")[0].contains("fascia migliore"));
        let issued = submit(&mut browser, &form, &["W-2"], &[("skipped", "unreachable")]).await;
        assert_eq!(issued.status, 303, "{:?}", issued.texts(".dom-errors"));
    });
}

#[test]
fn the_same_form_twice_makes_one_sheet() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = chosen(&mut browser, &["W-1"]).await;
        assert_eq!(submit(&mut browser, &form, &[], &[]).await.status, 303);
        let again = submit(&mut browser, &form, &[], &[]).await;
        assert_eq!(again.status, 422);
        assert!(again.texts(".dom-errors")[0].contains("C’è già un abbinamento"));
        assert_eq!(browser.get("/sheets").await.texts("tbody tr").len(), 1);
    });
}

#[test]
fn a_worker_who_withdrew_in_between_is_not_named() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = chosen(&mut browser, &["W-1"]).await;
        let code = WorkerCode::parse("W-1").unwrap();
        let mut worker = storage::workers::find(site.context.db.read(), &code)
            .await
            .unwrap()
            .unwrap();
        worker.value.status = WorkerStatus::Withdrawn;
        let write = site.context.db.write().await.unwrap();
        storage::workers::update(&*write, &worker).await.unwrap();
        write.commit().await.unwrap();
        let refused = submit(&mut browser, &form, &[], &[]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("ora non cerca lavoro"));
        assert_eq!(browser.get("/sheets").await.texts("tbody tr").len(), 0);
    });
}

#[test]
fn an_offer_below_the_dated_minimum_lets_no_sheet_out() {
    block_on(async {
        let cast = Cast::on(today())
            .worker("W-1", &[])
            .request("R-1", &[("ccnl_level", "CS"), ("max_pay_hour", "1.00")]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let form = chosen(&mut browser, &["W-1"]).await;
        let refused = submit(&mut browser, &form, &[], &[]).await;
        assert_eq!(refused.status, 422);
        assert!(
            refused.main().contains("L’offerta di 1,00 €"),
            "in the page's own numbers"
        );
        // It is told before anybody is chosen or asked.
        for address in [
            "/requests/R-1",
            "/requests/R-1/match",
            "/requests/R-1/propose?worker=W-1",
        ] {
            let page = browser.get(address).await;
            assert!(page.main().contains("è sotto il minimo"), "{address}");
        }
    });
}

#[test]
fn the_same_form_sent_at_once_makes_one_sheet() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let browser = site.signed_in("operator").await;
        let mut tasks = tokio::task::JoinSet::new();
        for _ in 0..4 {
            let mut browser = browser.clone();
            tasks.spawn(async move {
                let page = browser.post(FORM, &[("worker", "W-1")]).await;
                (page.status.as_u16(), page.errors().join(" "))
            });
        }
        let mut outcomes = tasks.join_all().await;
        outcomes.sort();
        assert_eq!(outcomes[0].0, 303, "{outcomes:?}");
        for (status, error) in &outcomes[1..] {
            assert_eq!(*status, 422, "{error}");
            assert!(error.contains("già un abbinamento"), "{error}");
        }
        let mut browser = browser.clone();
        assert_eq!(browser.get("/sheets").await.rows().len(), 1);
    });
}

#[test]
fn a_sheet_names_one_to_eight_each_once() {
    block_on(async {
        let mut cast = Cast::on(today()).request("R-1", &[]);
        for n in 1..=9 {
            cast = cast.worker(&format!("W-{n}"), &[]);
        }
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let nine: Vec<String> = (1..=9).map(|n| format!("W-{n}")).collect();
        let nine: Vec<&str> = nine.iter().map(String::as_str).collect();
        let fields: Vec<(&str, &str)> = nine.iter().map(|code| ("worker", *code)).collect();
        for page in [
            chosen(&mut browser, &nine).await,
            browser.post(FORM, &fields).await,
            browser.post(FORM, &[]).await,
        ] {
            assert_eq!(page.status, 422);
            assert!(
                page.main().contains("da una a 8 persone"),
                "{}",
                page.main()
            );
        }
        let twice = browser
            .post(FORM, &[("worker", "W-1"), ("worker", "W-1")])
            .await;
        assert_eq!(twice.status, 422);
        assert!(twice.main().contains("due volte"), "{}", twice.main());
        assert_eq!(chosen(&mut browser, &[]).await.status, 422, "nobody");
        assert_eq!(chosen(&mut browser, &["W-77"]).await.status, 404);
        let form = chosen(&mut browser, &nine[..8]).await;
        let issued = submit(&mut browser, &form, &[], &[]).await;
        let sheet = browser.follow(&issued).await;
        assert_eq!(sheet.texts("dd a[href^='/workers/']").len(), 8);
    });
}

#[test]
fn a_sheet_page_shows_names_as_text_and_tells_the_browser_nothing_else() {
    block_on(async {
        let name = "<img src=x onerror=1>\"'&";
        let mut cast = Cast::on(today())
            .worker("W-1", &[("given_name", name)])
            .request("R-1", &[]);
        let given = dom::domain::text::Name::parse(name).unwrap();
        cast.families[0].given_name = given;
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let form = chosen(&mut browser, &["W-1"]).await;
        let issued = submit(&mut browser, &form, &[], &[]).await;
        let sheet = browser.follow(&issued).await;
        let number = sheet.heading().replace("Scheda ", "");
        let request = browser.get("/requests/R-1").await;
        let family = browser.get("/families/F-1").await;
        let list = browser.get("/families").await;
        let worker = browser.get("/workers/W-1").await;
        assert!(family.title().contains(name), "{}", family.title());
        for page in [&form, &sheet, &request, &family, &list, &worker] {
            assert!(page.main().contains(name), "{}", page.main());
            assert!(page.texts("main img").is_empty());
        }
        let used = "Pesi del punteggio dal 01/01/2012: Orario coperto 40, ";
        assert!(sheet.main().contains(used), "{}", sheet.main());
        let pdf = browser
            .post(
                &format!("/sheets/{number}/print"),
                &[("purpose", "request")],
            )
            .await;
        assert!(pdf.bytes.starts_with(b"%PDF"));
    });
}

#[test]
fn a_revoked_sheet_stays_revoked_and_keeps_its_reason() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = chosen(&mut browser, &["W-1"]).await;
        let issued = submit(&mut browser, &form, &[], &[]).await;
        let sheet = browser.follow(&issued).await;
        let number = sheet.heading().replace("Scheda ", "");
        let address = format!("/sheets/{number}/revoke");
        for reason in ["", "no_such_reason", "<b>"] {
            let page = browser.post(&address, &[("reason", reason)]).await;
            assert_eq!(page.status, 422, "{reason}");
            assert!(page.main().contains("Scegliere il motivo"), "{reason}");
        }
        let revoke = sheet.form(&address).fill("reason", "error");
        assert_eq!(browser.submit(&revoke, "Revoca").await.status, 303);
        let again = browser
            .submit(&revoke.fill("reason", "error"), "Revoca")
            .await;
        assert_eq!(again.status, 422);
        assert!(again.main().contains("è revocata"), "{}", again.main());
        let page = browser.get(&format!("/sheets/{number}")).await;
        assert!(
            page.texts("form[action*=print]").is_empty(),
            "nothing to print"
        );
        assert!(page.texts(".dom-tag")[0].contains("Revocata"));
    });
}

#[test]
fn a_verification_knows_no_near_codes() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = chosen(&mut browser, &["W-1"]).await;
        let issued = submit(&mut browser, &form, &[], &[]).await;
        let sheet = browser.follow(&issued).await;
        let code = sheet.texts("a[href^='/v/']")[0].clone();
        assert_eq!(code.len(), 16, "80 random bits");
        let mut stranger = site.browser();
        for (path, status) in [
            (format!("/v/{code}"), 200),
            (format!("/v/{}", code.to_lowercase()), 200),
            (format!("/v/{}", &code[..15]), 404),
            (format!("/v/{code}A"), 404),
            (
                format!("/v/{}", sheet.heading().replace("Scheda ", "")),
                404,
            ),
            ("/v/%27%20OR%201=1".to_owned(), 404),
            ("/v/%00".to_owned(), 404),
        ] {
            let page = stranger.get(&path).await;
            assert_eq!(page.status.as_u16(), status, "{path}");
            for word in ["Inventata", "Provolini", "W-1", "R-1", "operator"] {
                assert!(!page.main().contains(word), "{path} tells {word}");
            }
        }
    });
}

#[test]
fn a_verification_is_slowed_down_where_somebody_guesses() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = chosen(&mut browser, &["W-1"]).await;
        let issued = submit(&mut browser, &form, &[], &[]).await;
        let sheet = browser.follow(&issued).await;
        let right = format!("/v/{}", sheet.texts("a[href^='/v/']")[0]);
        let mut guesser = site.browser();
        let first = guesser.get("/v/AAAAAAAAAAAAAAAA").await;
        let other = guesser.get("/v/GR-2026-0001").await;
        assert_eq!((first.status.as_u16(), other.status.as_u16()), (404, 404));
        assert_eq!(
            first.main(),
            other.main(),
            "all unknown codes look the same"
        );
        for guess in 0..30 {
            guesser.get(&format!("/v/GUESS{guess}")).await;
        }
        let waits = guesser.get("/v/AAAAAAAAAAAAAAAA").await;
        assert_eq!(waits.status, 429);
        assert_eq!(waits.header("retry-after"), "60");
        let also = guesser.get(&right).await;
        assert_eq!(also.status, 429, "nothing is looked up while it waits");
        assert_eq!(also.main(), waits.main());
        let mut elsewhere = site.browser();
        elsewhere.address = ([192, 0, 2, 9], 4000).into();
        assert_eq!(elsewhere.get(&right).await.status, 200);
        site.clock.advance(Duration::from_hours(2));
        assert_eq!(guesser.get(&right).await.status, 200, "never for good");
    });
}

#[test]
fn a_sheet_that_was_wrong_is_issued_again_and_one_that_was_right_is_not() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = chosen(&mut browser, &["W-1"]).await;
        let issued = submit(&mut browser, &form, &[], &[]).await;
        let first = issued.location().replace("?issued=1", "");
        let revoke = format!("{first}/revoke");
        browser.post(&revoke, &[("reason", "error")]).await;
        let page = browser.get(&first).await;
        let form = browser.click(&page, "Prepara la scheda corretta").await;
        let issued = submit(&mut browser, &form, &[], &[]).await;
        assert_eq!(issued.status, 303, "{}", issued.text());
        let second = issued.location().replace("?issued=1", "");
        assert_ne!(second, first, "a number of its own");
        let revoke = format!("{second}/revoke");
        browser.post(&revoke, &[("reason", "placed")]).await;
        let page = browser.get(&second).await;
        assert!(!page.main().contains("Prepara la scheda corretta"));
        let third = browser.post(FORM, &[("worker", "W-1")]).await;
        assert_eq!(third.status, 422);
        assert!(
            third.main().contains("C’è già un abbinamento"),
            "{}",
            third.main()
        );
    });
}
