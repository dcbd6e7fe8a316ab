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

/// Submits the form as it stands, with some fields more or changed.
async fn submit(browser: &mut Browser, page: &Page, changes: &[(&str, &str)]) -> Page {
    let mut fields = page.form(FORM);
    for (name, value) in changes {
        fields.retain(|(known, _)| known != name);
        fields.push(((*name).to_owned(), (*value).to_owned()));
    }
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post(FORM, &fields).await
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
        let issued = submit(&mut browser, &form, &[("asked", "W-2")]).await;
        assert_eq!(issued.status, 303, "{}", issued.text());
        let year = today().format("%Y");
        assert_eq!(
            issued.location(),
            format!("/sheets/GR-{year}-0001?issued=1")
        );
        let sheet = browser.get(issued.location()).await;
        assert!(sheet.texts("[role=status]")[0].contains("è emessa"));

        let number = format!("GR-{year}-0001");
        let pdf = browser.post(&format!("/sheets/{number}/print"), &[]).await;
        assert!(pdf.bytes.starts_with(b"%PDF"));
        assert_eq!(
            pdf.header("content-disposition"),
            format!("attachment; filename=\"{number}.pdf\"")
        );
        assert_eq!(
            browser
                .post(&format!("/sheets/{number}/print"), &[])
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
                .post(&format!("/sheets/{number}/print"), &[])
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
        let refused = submit(&mut browser, &form, &[("asked-on-W-2", "1/2/2026")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.title().starts_with("Errore:"));
        assert!(refused.texts("#asked-W-2-error")[0].contains("non ha ancora detto sì"));
        assert!(
            refused
                .form(FORM)
                .contains(&("asked-on-W-2".to_owned(), "1/2/2026".to_owned())),
            "the date typed is kept"
        );
        for (typed, reason) in [
            ("31/02/2026", "non esiste"),
            ("domani", "23/11/2026"),
            ("1/1/2099", "futuro"),
        ] {
            let refused = submit(
                &mut browser,
                &form,
                &[("asked", "W-2"), ("asked-on-W-2", typed)],
            )
            .await;
            assert_eq!(refused.status, 422, "{typed}");
            assert!(
                refused.texts(".dom-errors")[0].contains(reason),
                "{typed}: {}",
                refused.texts(".dom-errors")[0]
            );
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
        let refused = submit(&mut browser, &form, &[("asked", "W-2")]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.texts("#skipped-error")[0].contains("fascia migliore"));
        let issued = submit(
            &mut browser,
            &form,
            &[("asked", "W-2"), ("skipped", "unreachable")],
        )
        .await;
        assert_eq!(issued.status, 303, "{:?}", issued.texts(".dom-errors"));
    });
}

#[test]
fn the_same_form_twice_makes_one_sheet() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = chosen(&mut browser, &["W-1"]).await;
        assert_eq!(submit(&mut browser, &form, &[]).await.status, 303);
        let again = submit(&mut browser, &form, &[]).await;
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
        let refused = submit(&mut browser, &form, &[]).await;
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
        let refused = submit(&mut browser, &form, &[]).await;
        assert_eq!(refused.status, 422);
        assert!(refused.text().contains("sotto il minimo"));
    });
}
