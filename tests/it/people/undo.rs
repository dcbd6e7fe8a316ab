//! The way back from a merge: both records exactly as they were, within its time
//! but for what was changed since.

use chrono::TimeDelta;
use dom::domain::text::Name;
use dom::domain::worker::Worker;
use dom::services::merging::UNDO_LIFE;
use dom::services::tables::Kind;
use dom::storage;

use super::{cast, code, exported, figures, issue, load};
use crate::support::browser::{Browser, Page};
use crate::support::program::block_on;
use crate::support::site::Site;

const MERGE: &str = "/workers/W-1/merge/W-2";

async fn merge(browser: &mut Browser, address: &str, keep: &str) {
    let form = browser
        .get(address)
        .await
        .form(address)
        .choose("keep", keep);
    let done = browser.submit(&form, "Unisci le schede").await;
    assert_eq!(done.status, 303, "{}", done.text());
}

async fn undo(browser: &mut Browser, record: &str, merge: i64) -> Page {
    browser
        .post(&format!("{record}/unmerge/{merge}"), &[])
        .await
}

/// What the tables hold of people and of what hangs on them, without versions,
/// histories and the record of what was done.
async fn substance(site: &Site) -> Vec<String> {
    let tables = [
        "workers",
        "worker_statistics",
        "worker_names",
        "families",
        "family_names",
        "requests",
        "proposals",
        "introductions",
        "disclosures",
        "authorisations",
        "contact_notes",
        "blocks",
        "survey_stops",
        "mailings",
        "invitations",
    ];
    let mut all = Vec::new();
    for table in tables {
        let rows = site.rows(table).await;
        all.extend(rows.into_iter().map(|row| format!("{table}: {row}")));
    }
    all.sort_unstable();
    all
}

#[test]
fn undoing_brings_back_both_records_and_all_that_hung_on_them() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            issue(&site, "R-1", "W-2").await;
            let note = [("on", "1/6/26"), ("words", "Vuole il martedì.")];
            browser.post("/workers/W-2/diary", &note).await;
            browser.post("/families/F-2/diary", &note).await;
            let write = site.db().write().await.unwrap();
            for key in ["W-1", "W-2"] {
                let worker = storage::workers::find(&*write, &code(key)).await.unwrap();
                let person = storage::mailings::Person::Worker(worker.unwrap().id);
                storage::mailings::stop(
                    &*write,
                    person,
                    dom::domain::follow_up::Disposition::Refusal,
                    site.context.now(),
                )
                .await
                .unwrap();
            }
            write.commit().await.unwrap();
            let (before, told) = (substance(&site).await, figures(&site).await);
            for (address, keep, record) in [
                (MERGE, "0", "/workers/W-1"),
                (MERGE, "1", "/workers/W-2"),
                ("/families/F-1/merge/F-2", "0", "/families/F-1"),
                ("/families/F-1/merge/F-2", "1", "/families/F-2"),
            ] {
                merge(&mut browser, address, keep).await;
                assert_ne!(substance(&site).await, before, "{address}");
                let page = browser.get(record).await;
                let action = page
                    .attributes("form[action*=unmerge]", "action")
                    .pop()
                    .expect("it can be undone");
                let done = browser.post(&action, &[]).await;
                assert_eq!(
                    done.location(),
                    format!("{record}?done=unmerged"),
                    "{}",
                    done.text()
                );
                let after = substance(&site).await;
                let lost: Vec<_> = before.iter().filter(|one| !after.contains(one)).collect();
                let new: Vec<_> = after.iter().filter(|one| !before.contains(one)).collect();
                assert_eq!(
                    after, before,
                    "{address} {keep}\nlost {lost:#?}\nnew {new:#?}"
                );
                assert_eq!(figures(&site).await, told);
                let main = browser.get(record).await.main();
                assert!(main.contains("unione annullata"), "{main}");
            }
        }
    });
}

#[test]
fn what_was_entered_since_stays_even_where_the_merge_had_chosen() {
    block_on(async {
        let mut cast = cast();
        // A name from before marks were looked at goes through everything that follows.
        let stored = "\u{1EB8}\u{300}k\u{1ECD}\u{301}";
        cast.workers[0].given_name = Name::parse(stored).unwrap();
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            let file = exported(&site, Kind::Workers).await;
            let same = load(&site, Kind::Workers, &file).await.unwrap();
            assert!(same.rejected.is_empty(), "{:?}", same.rejected);
            let file = file.replace(stored, "\u{1ECC}\u{300}\u{1E63}un");
            let other = load(&site, Kind::Workers, &file).await.unwrap();
            assert_eq!(other.rejected.len(), 1, "{:?}", other.rejected);
            assert_eq!(other.rejected[0].column, "given_name");
            let edit = browser.get("/workers/W-3/edit").await;
            let edit = edit.form("/workers/W-3/edit");
            let edit = edit.fill("given_name", "\u{1ECC}\u{300}\u{1E63}un");
            assert_eq!(browser.submit(&edit, "Salva").await.status, 422);

            merge(&mut browser, MERGE, "0").await;
            // The merge did not touch the experience; it is kept.
            let edit = browser.get("/workers/W-1/edit").await;
            let edit = edit.form("/workers/W-1/edit").fill("experience_years", "7");
            let saved = browser.submit(&edit, "Salva").await;
            assert_eq!(saved.status, 303, "{}", saved.text());
            let done = undo(&mut browser, "/workers/W-1", 1).await;
            assert_eq!(done.status, 303, "{}", done.text());
            let one = storage::workers::find(site.db().read(), &code("W-1")).await;
            let one = one.unwrap().unwrap().value;
            assert_eq!(one.experience_years, Some(7));
            assert_eq!(one.email, None, "as it was");

            merge(&mut browser, MERGE, "0").await;
            let edit = browser.get("/workers/W-1/edit").await;
            let edit = edit
                .form("/workers/W-1/edit")
                .fill("email", "nuova@prova.example");
            browser.submit(&edit, "Salva").await;
            let done = undo(&mut browser, "/workers/W-1", 2).await;
            assert_eq!(done.status, 303, "{}", done.text());
            let told = browser.follow(&done).await.notice();
            assert!(told.contains("restano come sono adesso"), "{told}");
            let stored = |key| storage::workers::find(site.db().read(), key);
            let (one, two) = (code("W-1"), code("W-2"));
            let email = |found: storage::Stored<Worker>| found.value.email.unwrap();
            let one = email(stored(&one).await.unwrap().unwrap());
            let two = email(stored(&two).await.unwrap().unwrap());
            assert_eq!(one.as_str(), "nuova@prova.example");
            assert_eq!(two.as_str(), "olena@prova.example", "as it was");
        }
    });
}

#[test]
fn a_later_merge_is_undone_first() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            merge(&mut browser, MERGE, "0").await;
            merge(&mut browser, "/workers/W-3/merge/W-1", "0").await;
            let gone = browser.get("/workers/W-2").await;
            assert_eq!(gone.location(), "/workers/W-3?merged=W-2", "through both");
            let main = browser.get("/workers/W-3").await.main();
            assert!(
                main.contains("W-1, unita") && main.contains("W-2, unita"),
                "{main}"
            );
            let refused = undo(&mut browser, "/workers/W-3", 1).await;
            assert_eq!(refused.status, 422, "{}", refused.text());
            assert!(
                refused.main().contains("Annullare prima"),
                "{}",
                refused.main()
            );
            assert_eq!(undo(&mut browser, "/workers/W-3", 2).await.status, 303);
            let gone = browser.get("/workers/W-2").await;
            assert_eq!(gone.location(), "/workers/W-1?merged=W-2");
            assert_eq!(undo(&mut browser, "/workers/W-1", 1).await.status, 303);
            assert_eq!(browser.get("/workers/W-2").await.status, 200);
        }
    });
}

#[test]
fn after_thirty_days_it_is_too_late_and_how_it_was_is_forgotten() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            merge(&mut browser, MERGE, "0").await;
            site.clock
                .set(site.context.now() + UNDO_LIFE + TimeDelta::hours(1));
            let mut browser = site.signed_in("operator").await;
            let page = browser.get("/workers/W-1").await;
            assert!(page.main().contains("Non si può più annullare."));
            let refused = undo(&mut browser, "/workers/W-1", 1).await;
            assert_eq!(refused.status, 422);
            let done = dom::jobs::run_due(&site.context).await.unwrap();
            assert_eq!(done.merges_settled, 1);
            let kept = site.rows("merges").await;
            assert!(!kept[0].contains("olena@prova.example"), "{kept:?}");
            let gone = browser.get("/workers/W-2").await;
            assert_eq!(
                gone.location(),
                "/workers/W-1?merged=W-2",
                "it leads on for good"
            );
        }
    });
}
