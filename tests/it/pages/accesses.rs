//! The entry screen, cases, files and lists of the access log, as a desk and an
//! administrator use them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use dom::storage;
use dom::storage::entity::{access_receipt, accompaniment, audit_event, session};
use sea_orm::EntityTrait;

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

const FORM: &str = "/accesses";

async fn site() -> Site {
    Site::of(&Cast::on(today())).await
}

/// Fills the form as it stands and sends it.
async fn enter(browser: &mut Browser, filled: &[(&str, &str)]) -> Page {
    let page = browser.get(FORM).await;
    let mut form = page.form(FORM);
    for (name, value) in filled {
        form = form.fill(name, value);
    }
    browser.submit(&form, "Segna").await
}

async fn own(browser: &mut Browser) -> Vec<String> {
    let page = browser.get(FORM).await;
    page.texts(".dom-entry-own li > span:first-child")
}

async fn total(site: &Site) -> u64 {
    let year = chrono::Datelike::year(&today());
    let counts = storage::accesses::counts(site.context.db.read(), year, None).await;
    counts.unwrap().total(None)
}

#[test]
fn what_repeats_is_kept_and_what_was_entered_stands_beside_the_form() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let page = enter(
            &mut browser,
            &[("reason", "housing"), ("citizenship", "UA")],
        )
        .await;
        let page = browser.follow(&page).await;
        assert!(
            page.text().contains("è il primo di oggi"),
            "{}",
            page.text()
        );
        let page = enter(&mut browser, &[("channel", "email"), ("count", "3")]).await;
        let page = browser.follow(&page).await;
        assert!(page.text().contains("Oggi sono 4"), "{}", page.text());
        let form = page.form(FORM);
        assert_eq!(form.value("channel"), "email");
        assert_eq!(form.value("citizenship"), "UA");
        assert_eq!(form.value("count"), "", "how many is not kept");
        let told = page.texts("main .alert-info").join(" ");
        assert!(told.contains("riprende le risposte"), "{told}");
        let blank = browser.get("/accesses?blank=1").await;
        assert!(blank.texts("main .alert-info").is_empty());
        let form = blank.form(FORM);
        assert_eq!(form.value("citizenship"), "");
        assert_eq!(form.value("channel"), "front_desk");
        let own = own(&mut browser).await;
        assert_eq!(own.len(), 4);
        assert_eq!(own[0], "E-mail · Casa · Ucraina");
        assert_eq!(own[3], "Sportello (accesso diretto) · Casa · Ucraina");
        assert_eq!(total(&site).await, 4);
    });
}

#[test]
fn the_same_form_sent_again_is_the_same_contact() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let form = browser.get(FORM).await.form(FORM).fill("reason", "housing");
        browser.submit(&form, "Segna").await;
        let again = browser.submit(&form, "Segna").await;
        assert_eq!(again.location(), "/accesses?done=already");
        // A second tab, opened before, has the same memory and another key.
        let mut other = browser.clone();
        let second = other.get(FORM).await.form(FORM);
        let third = browser.get(FORM).await.form(FORM);
        other.submit(&second, "Segna").await;
        browser.submit(&third, "Segna").await;
        assert_eq!(total(&site).await, 3);
    });
}

#[test]
fn a_page_corrects_and_takes_back_its_own_entries_alone() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let mut stranger = site.signed_in("operator").await;
        enter(&mut browser, &[("reason", "housing")]).await;
        enter(&mut browser, &[("reason", "benefits")]).await;
        assert!(
            own(&mut stranger).await.is_empty(),
            "another page knows nothing of them"
        );
        let page = browser.get("/accesses?correct=1").await;
        let form = page.form(FORM).fill("reason", "legal_info");
        let page = browser.submit(&form, "Salva la correzione").await;
        assert_eq!(page.location(), "/accesses?done=corrected");
        let lines = own(&mut browser).await;
        assert!(lines[1].contains("Informazione legale"), "{lines:?}");
        assert!(lines[0].contains("Bonus"), "{lines:?}");
        let none = stranger.post("/accesses/undo", &[("number", "1")]).await;
        assert_eq!(none.location(), "/accesses?done=gone");
        assert_eq!(total(&site).await, 2);
        let done = browser.post("/accesses/undo", &[("number", "2")]).await;
        assert_eq!(done.location(), "/accesses?done=undone");
        let again = browser.post("/accesses/undo", &[("number", "2")]).await;
        assert_eq!(again.location(), "/accesses?done=gone");
        assert_eq!(total(&site).await, 1);
        // The next day nobody can any more.
        site.clock.advance(Duration::from_hours(13));
        let memory = browser.cookies["dom-accesses"].clone();
        let mut browser = site.signed_in("operator").await;
        browser.cookies.insert("dom-accesses".to_owned(), memory);
        let late = browser.post("/accesses/undo", &[("number", "1")]).await;
        assert_ne!(late.location(), "/accesses?done=undone");
        assert_eq!(total(&site).await, 1);
    });
}

#[test]
fn signing_out_leaves_nothing_to_correct_in_the_browser() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        enter(&mut browser, &[("reason", "housing")]).await;
        assert!(browser.cookies.contains_key("dom-accesses"));
        browser.post("/sign-out", &[]).await;
        assert!(!browser.cookies.contains_key("dom-accesses"));
    });
}

#[test]
fn what_is_wrong_comes_back_beside_its_field_and_nothing_is_written() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        for (name, value) in [
            ("date", "31/02/2026"),
            ("date", "2099-01-01"),
            ("date", "01/01/2001"),
            ("count", "0"),
            ("count", "100"),
            ("count", "molti"),
            ("other_comune", "Groseto"),
        ] {
            let page = enter(&mut browser, &[("reason", "housing"), (name, value)]).await;
            assert_eq!(page.status, 422, "{name} {value}");
            assert!(page.title().starts_with("Errore:"), "{}", page.title());
            assert_eq!(page.form(FORM).value(name), value);
            let leads = format!("href=\"#{name}\"");
            assert!(page.text().contains(&leads), "{name}");
            assert_eq!(page.texts(".dom-field-wrong").len(), 1, "{name}");
            assert_eq!(
                page.form(FORM).value("reason"),
                "housing",
                "what was chosen stays"
            );
        }
        let page = enter(&mut browser, &[]).await;
        assert_eq!(page.status, 422, "a reason is needed");
        let reply = browser
            .post(
                FORM,
                &[
                    ("channel", "fax"),
                    ("first_access", "no"),
                    ("reason", "housing"),
                ],
            )
            .await;
        assert_eq!(reply.status, 422);
        let reply = browser
            .post(
                FORM,
                &[
                    ("desk", "follonica"),
                    ("channel", "email"),
                    ("first_access", "no"),
                    ("reason", "housing"),
                ],
            )
            .await;
        assert_eq!(reply.status, 422, "another desk's");
        assert_eq!(total(&site).await, 0);
    });
}

#[test]
fn an_accompaniment_is_opened_closed_opened_again_and_goes_with_its_entry() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let page = enter(
            &mut browser,
            &[("reason", "housing"), ("accompaniment", "opened")],
        )
        .await;
        assert_eq!(page.location(), "/accesses?done=entered&case=A-000001");
        enter(&mut browser, &[("accompaniment", "opened")]).await;
        let list = browser.get("/accompaniments").await;
        let form = list
            .form("/accompaniments/A-000001/close")
            .fill("closed_on", "01/01/2020");
        let page = browser.submit(&form, "Chiudi A-000001").await;
        assert_eq!(page.status, 422, "closed before it was opened");
        let form = list.form("/accompaniments/A-000001/close");
        let page = browser.submit(&form, "Chiudi A-000001").await;
        let page = browser.follow(&page).await;
        assert!(page.text().contains("Accompagnamento chiuso"));
        let form = page.form("/accompaniments/A-000001/close");
        let page = browser.submit(&form, "Riapri A-000001").await;
        assert_eq!(page.location(), "/accompaniments?done=reopened");
        // One that was touched stays, one that was not goes with its entry.
        for number in ["1", "2"] {
            browser.post("/accesses/undo", &[("number", number)]).await;
        }
        let left = accompaniment::Entity::find()
            .all(site.context.db.read())
            .await
            .unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].code, "A-000001");
        let elsewhere = browser.post("/accompaniments/A-9/close", &[]).await;
        assert_eq!(elsewhere.status, 404);
    });
}

#[test]
fn nothing_that_is_kept_tells_who_entered_what_and_receipts_go_every_night() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        dom::jobs::run_due(&site.context).await.unwrap();
        let before = audit_event::Entity::find()
            .all(site.context.db.read())
            .await
            .unwrap()
            .len();
        enter(&mut browser, &[("reason", "housing")]).await;
        browser.post("/accesses/undo", &[("number", "1")]).await;
        enter(&mut browser, &[("reason", "housing")]).await;
        let db = site.context.db.read();
        let after = audit_event::Entity::find().all(db).await.unwrap().len();
        assert_eq!(before, after, "no row of audit");
        let memory = browser.cookies["dom-accesses"].clone();
        let key = memory.split('.').nth(1).unwrap();
        let sessions = session::Entity::find().all(db).await.unwrap();
        assert!(
            !format!("{sessions:?}").contains(key),
            "the page's key is the browser's alone"
        );
        assert_eq!(
            access_receipt::Entity::find().all(db).await.unwrap().len(),
            2
        );
        assert!(!dom::jobs::run_due(&site.context).await.unwrap().log_tidied);
        site.clock.advance(Duration::from_hours(12));
        assert!(dom::jobs::run_due(&site.context).await.unwrap().log_tidied);
        assert!(
            access_receipt::Entity::find()
                .all(db)
                .await
                .unwrap()
                .is_empty()
        );
        assert_eq!(total(&site).await, 1);
    });
}

async fn upload(browser: &mut Browser, text: &str, year: &str, what: &str) -> Page {
    let fields = [("year", year), ("do", what)];
    let file = ("log.csv", text.as_bytes());
    browser.upload("/accesses/import", &fields, file).await
}

const HEADER: &str = "date,desk,channel,first_access,reason";

#[test]
fn a_desk_tries_and_loads_its_own_file_and_no_other() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let good = format!(
            "{HEADER}\n2024-01-05,grosseto,email,no,housing\n2024-01-06,grosseto,email,no,housing\n"
        );
        let page = upload(&mut browser, &good, "2024", "try").await;
        assert_eq!(page.status, 200, "{}", page.text());
        assert!(page.text().contains("aggiunte 2"));
        let count = async || {
            let counts = storage::accesses::counts(site.context.db.read(), 2024, None).await;
            counts.unwrap().total(None)
        };
        assert_eq!(count().await, 0, "a try writes nothing");
        upload(&mut browser, &good, "", "load").await;
        let again = upload(&mut browser, &good, "", "load").await;
        assert!(again.text().contains("invariate 2"), "{}", again.text());
        assert_eq!(count().await, 2);
        for (text, year, why) in [
            (
                format!("{HEADER}\n2024-01-05,follonica,email,no,housing\n"),
                "",
                "è di un altro sportello",
            ),
            (good.clone(), "2023", "non è del 2023"),
            (
                "nome,date\nAnna,2024-01-01\n".to_owned(),
                "",
                "non è ammessa",
            ),
            (String::new(), "", "Scegliere un file"),
            (good.clone(), "ieri", "Scrivere un anno"),
        ] {
            let page = upload(&mut browser, &text, year, "load").await;
            assert_eq!(page.status, 422, "{why}");
            assert!(page.text().contains(why), "{why}: {}", page.text());
            assert!(page.title().starts_with("Errore:"));
        }
        assert_eq!(count().await, 2);
    });
}

#[test]
fn what_an_old_file_calls_things_is_said_once_and_then_read() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("administrator").await;
        let old = format!("{HEADER}\n2024-01-05,grosseto,email,no,Alloggi e affitti\n");
        let page = upload(&mut browser, &old, "", "try").await;
        assert_eq!(page.status, 422);
        assert!(page.text().contains("Alloggi e affitti"));
        let list = browser.get("/vocabularies/reason").await;
        let form = list
            .form("/vocabularies/reason/labels")
            .fill("label", "Alloggi e affitti");
        let page = browser.submit(&form.clone(), "Tieni a mente").await;
        assert_eq!(page.status, 422, "it must mean something");
        let page = browser
            .submit(&form.fill("label_code", "housing"), "Tieni a mente")
            .await;
        assert_eq!(page.location(), "/vocabularies/reason?done=label");
        let page = upload(&mut browser, &old, "", "load").await;
        assert_eq!(page.status, 200, "{}", page.text());
    });
}

#[test]
fn a_code_is_added_once_and_can_be_chosen_at_once() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("deskless").await;
        let mut operator = site.signed_in("operator").await;
        enter(&mut operator, &[("reason", "housing")]).await;
        let list = browser.get("/vocabularies/reason").await;
        let add = list.form("/vocabularies/reason");
        let new = |code: &str, label: &str| {
            add.clone()
                .fill("code", code)
                .fill("label_it", label)
                .fill("label_en", "Rooms")
        };
        for (code, label) in [
            ("housing", "Stanze"),
            ("Stanze!", "Stanze"),
            ("rooms", "casa"),
            ("", "Stanze"),
            ("rooms", ""),
        ] {
            let page = browser.submit(&new(code, label), "Aggiungi la voce").await;
            assert_eq!(page.status, 422, "{code} {label}");
        }
        let page = browser
            .submit(&new("rooms", "Stanze"), "Aggiungi la voce")
            .await;
        assert_eq!(page.location(), "/vocabularies/reason?done=added");
        enter(&mut operator, &[("reason", "rooms")]).await;
        let fixed = browser
            .post(
                "/vocabularies/channel",
                &[("code", "fax"), ("label_it", "Fax"), ("label_en", "Fax")],
            )
            .await;
        assert_eq!(fixed.status, 422);
        assert_eq!(told_of_lists(&site).await, 1);
    });
}

/// Rows of the record of what was done that tell of lists.
async fn told_of_lists(site: &Site) -> usize {
    let audit = audit_event::Entity::find()
        .all(site.context.db.read())
        .await
        .unwrap();
    audit
        .iter()
        .filter(|row| row.action.starts_with("vocabulary."))
        .count()
}

#[test]
fn a_code_is_renamed_retired_and_merged_and_the_past_stays() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("deskless").await;
        let mut operator = site.signed_in("operator").await;
        enter(&mut operator, &[("reason", "housing")]).await;
        let add = browser.get("/vocabularies/reason").await;
        let add = add.form("/vocabularies/reason").fill("code", "rooms");
        let add = add.fill("label_it", "Stanze").fill("label_en", "Rooms");
        browser.submit(&add, "Aggiungi la voce").await;
        enter(&mut operator, &[("reason", "rooms")]).await;

        let change = async |browser: &mut Browser, code: &str, filled: &[(&str, &str)]| {
            let address = format!("/vocabularies/reason/{code}");
            let mut form = browser.get(&address).await.form(&address);
            for (name, value) in filled {
                form = form.fill(name, value);
            }
            browser.submit(&form, "Salva").await
        };
        let page = change(&mut browser, "housing", &[("merged_into", "rooms")]).await;
        assert_eq!(page.status, 422, "a merge needs its day");
        let yesterday = today().pred_opt().unwrap().to_string();
        let page = change(
            &mut browser,
            "housing",
            &[
                ("label_it", "Abitazione"),
                ("retired_on", &yesterday),
                ("merged_into", "rooms"),
                ("position", "1"),
            ],
        )
        .await;
        assert_eq!(page.location(), "/vocabularies/reason?done=saved");
        let page = change(
            &mut browser,
            "rooms",
            &[("retired_on", &yesterday), ("merged_into", "housing")],
        )
        .await;
        assert_eq!(page.status, 422, "the two would pass into each other");

        // Nobody can choose it any more; what a file calls so counts for the other.
        let form = operator.get(FORM).await;
        let offered = form.texts("#reason option");
        assert!(offered.contains(&"Stanze".to_owned()), "{offered:?}");
        assert!(!offered.contains(&"Abitazione".to_owned()), "{offered:?}");
        let same = "date,desk,channel,first_access,reason\n";
        let text = format!(
            "{same}{},grosseto,email,no,Casa\n2024-01-05,grosseto,email,no,Casa\n",
            today()
        );
        let page = upload(&mut operator, &text, "", "load").await;
        assert_eq!(page.status, 200, "{}", page.text());
        let year = chrono::Datelike::year(&today());
        let counts = storage::accesses::counts(site.context.db.read(), year, None)
            .await
            .unwrap();
        let reasons = counts.of(None, dom::domain::access::figures::Dimension::Reason);
        assert_eq!(
            reasons.get("housing"),
            Some(&1),
            "the past says what it said"
        );
        assert_eq!(reasons.get("rooms"), Some(&2));
        let before = storage::accesses::counts(site.context.db.read(), 2024, None)
            .await
            .unwrap();
        assert_eq!(
            before.one(
                None,
                dom::domain::access::figures::Dimension::Reason,
                "housing"
            ),
            1
        );
        assert_eq!(told_of_lists(&site).await, 2);
    });
}

#[test]
fn the_screen_asks_no_more_often_however_much_was_entered() {
    block_on(async {
        let mut site = site().await;
        let statements = Arc::new(AtomicUsize::new(0));
        let counted = statements.clone();
        site.context.db = site.context.db.clone().watched(move |_| {
            counted.fetch_add(1, Ordering::Relaxed);
        });
        let mut browser = site.signed_in("operator").await;
        enter(&mut browser, &[("reason", "housing")]).await;
        let asks = async |browser: &mut Browser| {
            let before = statements.load(Ordering::Relaxed);
            browser.get(FORM).await;
            statements.load(Ordering::Relaxed) - before
        };
        let few = asks(&mut browser).await;
        enter(&mut browser, &[("count", "99")]).await;
        assert_eq!(asks(&mut browser).await, few);
        assert!(few <= 12, "{few}");
    });
}
