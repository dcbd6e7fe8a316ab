//! Two records made one: nothing is lost, nothing is said otherwise, and what
//! reads people meets one.

use dom::services::merging::{self, Decision};
use dom::services::registering::Form;
use dom::services::tables::Kind;
use dom::services::{ServiceError, matching};
use dom::storage;

use super::{actor, cast, code, exported, family, figures, issue, load};
use crate::support::cast::today;
use crate::support::program::block_on;
use crate::support::site::Site;

const MERGE: &str = "/workers/W-1/merge/W-2";

#[test]
fn two_records_of_one_person_become_one() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let sheet = issue(&site, "R-1", "W-2").await;
            let note = [("on", "1/6/26"), ("words", "Vuole il martedì.")];
            browser.post("/workers/W-2/diary", &note).await;
            let before = figures(&site).await;

            let page = browser.get("/workers/W-1/same").await;
            let main = page.main();
            assert!(main.contains("Olena Popesku"), "{main}");
            assert!(main.contains("nome simile, stesso telefono"), "{main}");
            let page = browser.get(MERGE).await;
            let rows = page.rows();
            let row = |what: &str| rows.iter().find(|row| row[0] == what).unwrap().clone();
            assert_eq!(row("Schede nominative")[1..], ["0", "1"], "{rows:?}");
            assert_eq!(row("Abbinamenti")[1..], ["0", "1"]);
            assert_eq!(row("Note del diario")[1..], ["0", "1"]);
            let form = page.form(MERGE);
            assert_eq!(form.chosen("keep"), Some("0"), "the older code");
            assert_eq!(form.chosen("field-email"), Some("1"), "the filled one");
            assert_eq!(form.chosen("field-registered_on"), Some("1"), "the earlier");
            let form = form.choose("field-given_name", "0");
            let done = browser.submit(&form, "Unisci le schede").await;
            assert_eq!(
                done.location(),
                "/workers/W-1?done=merged",
                "{}",
                done.text()
            );

            let page = browser.follow(&done).await;
            assert_eq!(page.notice(), "Le due schede sono diventate una.");
            let main = page.main();
            assert!(main.contains("W-2, unita da operator"), "{main}");
            assert!(main.contains("unione con un’altra scheda"), "{main}");
            assert!(main.contains(sheet.number.as_str()), "{main}");
            let kept = storage::workers::find(site.db().read(), &code("W-1")).await;
            let kept = kept.unwrap().unwrap().value;
            assert_eq!(kept.full_name(), "Elena Popescu");
            assert_eq!(kept.email.unwrap().as_str(), "olena@prova.example");
            assert_eq!(kept.registered_on.to_string(), "2025-06-01");
            assert_eq!(kept.birth_date.unwrap().to_string(), "1970-04-03");
            let diary = browser.get("/workers/W-1/diary").await.main();
            assert!(diary.contains("Vuole il martedì."), "{diary}");

            // The other code leads on, whatever is asked of it.
            for path in ["", "/edit", "/diary", "/same", "/block", "?fits=1"] {
                let gone = browser.get(&format!("/workers/W-2{path}")).await;
                assert_eq!(gone.location(), "/workers/W-1?merged=W-2", "{path}");
            }
            let gone = browser.get("/workers/W-2").await;
            let page = browser.follow(&gone).await;
            assert_eq!(page.notice(), "La scheda W-2 è stata unita a questa.");

            // What is out stays as it is.
            assert_eq!(figures(&site).await, before, "no figure moved");
            let verified = browser
                .get(&format!("/v/{}", sheet.verification_code))
                .await;
            assert!(verified.text().contains(sheet.number.as_str()));
            let again = format!("/sheets/{}/print", sheet.number);
            let again = browser.post(&again, &[("purpose", "request")]).await;
            assert_eq!(again.bytes, sheet.pdf, "the same bytes");
        }
    });
}

#[test]
fn nobody_meets_a_record_that_went() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let form = browser.get(MERGE).await.form(MERGE);
            browser.submit(&form, "Unisci le schede").await;
            let ground = matching::Ground::now(&site.context, today()).await.unwrap();
            assert_eq!(ground.pool().len(), 2);
            let list = browser.get("/workers").await.texts("tbody td:nth-child(2)");
            assert_eq!(list.len(), 2, "{list:?}");
            assert!(!list.contains(&"W-2".to_owned()));
            let pairs = browser.get("/workers/pairs").await.main();
            assert!(pairs.contains("Nessuna coppia da guardare."), "{pairs}");
            let file = exported(&site, Kind::Workers).await;
            assert!(file.contains("W-1,") && !file.contains("W-2"), "{file}");
        }
    });
}

#[test]
fn a_sheet_goes_out_for_the_one_who_stayed_and_not_again() {
    block_on(async {
        let site = Site::of(&cast()).await;
        issue(&site, "R-1", "W-2").await;
        let mut browser = site.signed_in("operator").await;
        let form = browser.get(MERGE).await.form(MERGE);
        browser.submit(&form, "Unisci le schede").await;
        let page = browser.get("/requests/R-1/match").await;
        assert!(!page.texts("form .dom-card").join(" ").contains("Popesc"));
        issue(&site, "R-2", "W-1").await;
    });
}

#[test]
fn families_with_all_they_asked_for_become_one() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            issue(&site, "R-2", "W-3").await;
            let before = figures(&site).await;
            let merge = "/families/F-1/merge/F-2";
            let page = browser.get(merge).await;
            let form = page.form(merge).choose("keep", "1");
            let done = browser.submit(&form, "Unisci le schede").await;
            assert_eq!(
                done.location(),
                "/families/F-2?done=merged",
                "{}",
                done.text()
            );
            let main = browser.follow(&done).await.main();
            assert!(main.contains("R-1") && main.contains("R-2"), "{main}");
            let links = browser.get("/requests/R-1").await.links();
            assert!(
                links.iter().any(|(_, href)| href == "/families/F-2"),
                "{links:?}"
            );
            assert_eq!(figures(&site).await, before);
            let db = site.db().read();
            assert!(
                storage::families::find(db, &family("F-1"))
                    .await
                    .unwrap()
                    .is_none()
            );
        }
    });
}

#[test]
fn a_record_that_changed_meanwhile_is_shown_again_before_it_is_merged() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let mut other = site.signed_in("administrator").await;
            let form = browser.get(MERGE).await.form(MERGE).choose("keep", "1");
            let edit = other.get("/workers/W-2/edit").await;
            let edit = edit.form("/workers/W-2/edit").fill("max_km", "35");
            let saved = other.submit(&edit, "Salva").await;
            assert_eq!(saved.status, 303, "{}", saved.text());
            let page = browser.submit(&form, "Unisci le schede").await;
            assert_eq!(page.status, 409);
            assert!(page.title().starts_with("Errore: "));
            let form = page.form(MERGE);
            assert_eq!(form.chosen("keep"), Some("1"), "what was chosen stays");
            assert!(page.main().contains("35"), "and what is new is shown");
            let done = browser.submit(&form, "Unisci le schede").await;
            assert_eq!(done.location(), "/workers/W-2?done=merged");
        }
    });
}

#[test]
fn of_two_who_merge_at_once_one_does() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let one = actor(&site.context, "operator").await;
            let two = actor(&site.context, "administrator").await;
            let decision = Decision {
                keep: 0,
                versions: [1, 1],
                taken: Vec::new(),
            };
            let codes = ["W-1", "W-2"];
            let context = &site.context;
            let (a, b) = tokio::join!(
                merging::merge(context, &one, Form::Worker, codes, &decision),
                merging::merge(context, &two, Form::Worker, codes, &decision),
            );
            assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
            let lost = a.and(b).unwrap_err();
            let told = matches!(lost, ServiceError::Merged { .. } | ServiceError::Stale);
            assert!(told, "{lost:?}");
        }
    });
}

#[test]
fn pairs_are_gone_through_one_by_one() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let page = browser.get("/workers/pairs").await;
            assert!(
                page.main().contains("Una coppia da guardare."),
                "{}",
                page.main()
            );
            // Whoever comes back goes on with the first pair, without looking for it.
            let back = browser.get("/workers/pairs?page=1&done=different").await;
            let first = back.attributes("a[autofocus]", "href");
            assert_eq!(first, [format!("{MERGE}?pairs=1")]);
            let page = browser.get(&format!("{MERGE}?pairs=1")).await;
            let done = browser.submit(&page.form(MERGE), "Unisci le schede").await;
            assert_eq!(done.location(), "/workers/pairs?page=1&done=merged");

            let page = browser.get("/families/pairs").await;
            let different = page.form("/families/pairs");
            let done = browser
                .submit(&different, "Sono due persone F-1 – F-2")
                .await;
            assert_eq!(done.location(), "/families/pairs?page=1&done=different");
            let page = browser.follow(&done).await;
            assert!(page.main().contains("Nessuna coppia da guardare."));
        }
    });
}

#[test]
fn a_file_that_names_a_record_that_went_is_told_its_new_code() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = browser.get(MERGE).await.form(MERGE);
        browser.submit(&form, "Unisci le schede").await;
        let file = "code,request,worker,issued_on\nI-9,R-1,W-2,2026-01-10\n";
        let report = load(&site, Kind::Introductions, file).await.unwrap();
        assert_eq!(report.rejected.len(), 1, "{report:?}");
        assert_eq!(report.rejected[0].why.key, "problem-merged");
    });
}

#[test]
fn what_was_being_typed_into_a_record_that_went_meets_the_one_that_stayed() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let mut other = site.signed_in("administrator").await;
            let edit = "/workers/W-2/edit";
            let form = other.get(edit).await.form(edit).fill("max_km", "44");
            let merge = browser.get(MERGE).await.form(MERGE);
            browser.submit(&merge, "Unisci le schede").await;
            let page = other.submit(&form, "Salva").await;
            assert!(
                page.location().starts_with("/workers/W-1/edit?draft="),
                "{}",
                page.location()
            );
            let page = other.follow(&page).await;
            let edit = "/workers/W-1/edit";
            assert_eq!(
                page.form(edit).value("max_km"),
                "44",
                "nothing typed is lost"
            );
            let page = other.submit(&page.form(edit), "Salva").await;
            assert_eq!(page.status, 409, "both are shown first");
            let saved = other.submit(&page.form(edit), "Salva").await;
            assert_eq!(saved.location(), "/workers/W-1?saved=1", "{}", saved.text());
            let kept = storage::workers::find(site.db().read(), &code("W-1")).await;
            let kept = kept.unwrap().unwrap().value;
            assert_eq!(kept.max_km, Some(44));
            assert_eq!(
                kept.registered_on.to_string(),
                "2025-06-01",
                "as it was merged"
            );
        }
    });
}

#[test]
fn a_sex_that_waits_for_a_second_word_goes_out_in_no_file_and_stays_where_it_waits() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let edit = "/requests/R-1/edit";
            let form = browser.get(edit).await.form(edit);
            let form = form
                .fill("worker_sex", "f")
                .fill("worker_sex_ground", "personal_hygiene");
            let saved = browser.submit(&form, "Salva").await;
            assert_eq!(saved.status, 303, "{}", saved.text());
            let file = exported(&site, Kind::Requests).await;
            assert!(!file.contains("personal_hygiene"), "{file}");
            let report = load(&site, Kind::Requests, &file).await.unwrap();
            assert_eq!((report.read, report.unchanged), (2, 2), "{report:?}");
            let mut other = site.signed_in("administrator").await;
            other.post("/requests/R-1/confirm-sex", &[]).await;
            let file = exported(&site, Kind::Requests).await;
            assert!(
                file.contains("personal_hygiene"),
                "once it is confirmed: {file}"
            );
        }
    });
}
