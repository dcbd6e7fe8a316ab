//! A notice is published, shown and printed, and whoever it concerns is told: by mail, by
//! hand, or by signing for it.

use std::time::Duration;

use dom::catalogue::{Language, Words};
use dom::jobs::{deliver_due, run_due};
use dom::services::follow_up::bounce::{self, Bounce};
use dom::services::follow_up::outbox;
use dom::services::informing::round;
use dom::services::{ServiceError, accounts};
use sea_orm::ConnectionTrait as _;

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::{Site, email};

const DAY: Duration = Duration::from_hours(24);

/// Two workers who take mail, one who is telephoned, one who withdrew; a family that asks for
/// a parent, and one without a request.
fn cast() -> Cast {
    let mut cast = Cast::on(today())
        .request("R-1", &[])
        .family("F-2", &[])
        .worker(
            "W-1",
            &[("email", "uno@prova.example"), ("contact_language", "ar")],
        )
        .worker("W-2", &[("email", "due@prova.example")])
        .worker("W-3", &[])
        .worker(
            "W-4",
            &[("email", "quattro@prova.example"), ("status", "withdrawn")],
        );
    cast.families[0].relation = dom::domain::family::Relation::parse("child").ok();
    cast
}

async fn publish(browser: &mut Browser, kind: &str, text: &str, from: Option<&str>) -> Page {
    let page = browser.get(&format!("/admin/notices?kind={kind}")).await;
    let form = page.form("/admin/notices").fill("text_it", text);
    let form = match from {
        Some(from) => form.fill("from", from),
        None => form,
    };
    browser.submit(&form, "Pubblica").await
}

async fn sql(site: &Site, statement: &str) {
    let write = site.db().write().await.unwrap();
    write.execute_unprepared(statement).await.unwrap();
    write.commit().await.unwrap();
}

async fn told(browser: &mut Browser, kind: &str, codes: &[&str]) -> Page {
    let page = browser
        .get(&format!("/to-inform?kind={kind}&whose=all"))
        .await;
    let form = codes
        .iter()
        .fold(page.form("/to-inform/told"), |form, code| form.tick(code));
    browser.submit(&form, "Segna come informate").await
}

#[test]
fn a_notice_that_is_published_takes_the_place_of_the_one_before_from_its_day_on() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let tomorrow = today().succ_opt().unwrap().format("%d/%m/%Y").to_string();
            let mut operator = site.signed_in("operator").await;
            assert_eq!(operator.get("/admin/notices").await.status, 403);
            let none = operator.get("/to-inform").await;
            assert!(none.main().contains("Nessuno da informare"));
            assert_eq!(
                operator
                    .post("/to-inform/mail", &[("kind", "worker")])
                    .await
                    .status,
                404
            );

            let mut browser = site.signed_in("administrator").await;
            let before = browser.get("/admin/notices").await;
            let own = Words::new(Language::It).get("notice-rights");
            let form = before.form("/admin/notices");
            assert!(form.value("text_it").contains(own.as_ref()), "what holds");
            for (field, value) in [
                ("text_it", " "),
                ("from", "01/01/2020"),
                ("text_fr", "Bonjour \u{1F984}"),
            ] {
                let form = form.clone().fill(field, value);
                let refused = browser.submit(&form, "Pubblica").await;
                assert_eq!(refused.status, 422, "{field}");
                assert_eq!(refused.errors().len(), 1, "{field}");
                let kept = refused.form("/admin/notices");
                assert_eq!(kept.value(field).trim(), value.trim());
            }
            let text = "Prima riga nuova.\n\nSeconda riga nuova.";
            let done = publish(&mut browser, "worker", text, Some(&tomorrow)).await;
            let saved = browser.follow(&done).await;
            assert!(saved.notice().contains("pubblicato"), "{}", saved.main());
            let twice = publish(&mut browser, "worker", text, Some(&tomorrow)).await;
            assert_eq!(twice.status, 422, "one a day");
            let mut reader = site.browser();
            let shown = reader.get("/privacy").await;
            assert!(!shown.main().contains("Seconda riga"), "not yet");
            assert!(
                operator
                    .get("/to-inform")
                    .await
                    .main()
                    .contains("Nessuno da")
            );

            site.clock.advance(DAY);
            let shown = reader.get("/privacy?language=ar").await;
            let page = shown.main();
            assert!(page.contains("Seconda riga nuova."), "{page}");
            assert!(page.contains(own.as_ref()), "families keep theirs");
            assert!(!page.contains(Words::new(Language::It).get("notice-worker-never").as_ref()));
            let mut operator = site.signed_in("operator").await;
            let home = operator.get("/").await;
            assert!(
                home.main().contains("Chi cerca lavoro: da informare 3"),
                "{}",
                home.main()
            );
            let form = operator.get("/workers/new").await;
            let choices = form.text();
            let version = today().succ_opt().unwrap().to_string();
            assert!(choices.contains(&format!("value=\"{version}\"")));
        }
    });
}

#[test]
fn whoever_is_to_be_told_is_told_by_mail_or_by_hand_and_no_more_on_the_list() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut administrator = site.signed_in("administrator").await;
            for kind in ["worker", "care_recipient", "contact"] {
                let done = publish(&mut administrator, kind, "Testo nuovo.", None).await;
                assert_eq!(done.status, 303, "{kind}: {}", done.main());
            }
            let mut browser = site.signed_in("operator").await;
            let list = browser.get("/to-inform?kind=worker&whose=all").await;
            assert_eq!(
                list.texts("fieldset li").len(),
                3,
                "who withdrew is not told"
            );
            let form = list.form("/to-inform/mail").fill("count", "3");
            let refused = browser.submit(&form, "Invia le mail").await;
            assert_eq!(refused.status, 422);
            assert!(refused.errors()[0].contains("Il numero è 2"));
            assert_eq!(site.rows("notices_given").await.len(), 0);
            let done = browser
                .submit(&form.fill("count", "2"), "Invia le mail")
                .await;
            let sent = browser.follow(&done).await;
            assert!(
                sent.notice().contains("2 mail sono pronte"),
                "{}",
                sent.main()
            );
            assert_eq!(sent.texts("fieldset li").len(), 1);

            // Stopped before they go, and begun anew.
            let form = sent.form("/to-inform/stop");
            let done = browser.submit(&form, "Ferma le mail").await;
            let list = browser.follow(&done).await;
            let notice = list.notice();
            assert!(notice.contains("2 mail sono state fermate"), "{notice}");
            assert_eq!(list.texts("fieldset li").len(), 3, "nobody was told");
            assert!(list.form_is_missing("/to-inform/stop"));
            let mails = site.rows("outbox").await.join("\n");
            assert!(!mails.contains("\"queued\""), "{mails}");
            sql(&site, "DELETE FROM outbox").await;
            let form = list.form("/to-inform/mail").fill("count", "2");
            let done = browser.submit(&form, "Invia le mail").await;
            assert!(done.location().ends_with("mails=2"), "{}", done.text());

            // Before it goes one of them withdraws: in that second the mail is for nobody.
            sql(
                &site,
                "UPDATE workers SET status = 'withdrawn' WHERE code = 'W-2'",
            )
            .await;
            site.clock.advance(Duration::from_hours(12));
            run_due(&site.context).await.unwrap();
            let mails = site.rows("outbox").await;
            let states: Vec<&String> = mails
                .iter()
                .filter(|one| one.contains("new_notice"))
                .collect();
            assert_eq!(states.len(), 2);
            let went = states.iter().filter(|one| one.contains("\"kept\"")).count();
            assert_eq!(went, 1, "{states:?}");
            let mail = states.iter().find(|one| one.contains("\"kept\"")).unwrap();
            assert!(mail.contains("/privacy?language=ar") && mail.contains("Per leggerlo"));
            assert!(!mail.contains("Inventata"), "nothing of anybody");
            assert_eq!(site.rows("notices_given").await.len(), 1);

            // By hand: nobody chosen, a day to come, and then right.
            let mut browser = site.signed_in("operator").await;
            let nobody = told(&mut browser, "worker", &[]).await;
            assert_eq!(nobody.status, 422);
            assert!(nobody.errors()[0].contains("Scegli almeno una persona"));
            let page = browser.get("/to-inform?kind=worker&whose=all").await;
            let form = page.form("/to-inform/told").tick("W-3");
            let future = form.clone().fill("on", "01/01/2090");
            let refused = browser.submit(&future, "Segna come informate").await;
            assert_eq!(refused.status, 422, "{}", refused.main());
            let kept = refused.form("/to-inform/told");
            assert_eq!(kept.value("on"), "01/01/2090");
            let done = browser.submit(&form, "Segna come informate").await;
            let all = browser.follow(&done).await;
            assert!(all.notice().contains("Una persona"), "{}", all.main());
            assert!(all.main().contains("Tutte informate"), "{}", all.main());
            let again = browser.submit(&form, "Segna come informate").await;
            assert!(again.location().ends_with("told=0"), "told once");
            let record = browser.get("/workers/W-3").await;
            assert!(record.main().contains("su carta il"), "{}", record.main());

            // Of families those for whom somebody works now, and who is another person.
            let done = told(&mut browser, "care_recipient", &["F-1"]).await;
            assert_eq!(done.status, 303, "{}", done.main());
            let record = browser.get("/families/F-1").await;
            assert!(record.main().contains("Persone assistite, testo del"));
            let contacts = browser.get("/to-inform?kind=contact&whose=all").await;
            assert!(
                contacts.main().contains("Tutte informate"),
                "nobody decides for F-1"
            );
            let told = site.rows("audit_events").await.join("\n");
            assert_eq!(told.matches("notice.told").count(), 4, "{told}");
            assert_eq!(told.matches("notice.stopped").count(), 1, "{told}");
        }
    });
}

/// A report that a mail came back.
async fn came_back(site: &Site, message_id: &str) {
    let report = format!("Status: 5.1.1\n\nMessage-ID: <{message_id}>\n");
    let taken = bounce::take(&site.context, &report).await.unwrap();
    assert_eq!(taken, Bounce::Returned);
}

#[test]
fn mails_to_many_are_queued_in_pieces_and_one_that_was_given_up_really_goes_again() {
    block_on(async {
        // One transaction takes 500.
        let cast = (1..=505).fold(Cast::on(today()), |cast, number| {
            let address = format!("persona{number}@prova.example");
            cast.worker(&format!("W-{number}"), &[("email", address.as_str())])
        });
        for site in Site::on_both(&cast).await {
            let context = &site.context;
            let mut administrator = site.signed_in("administrator").await;
            let done = publish(&mut administrator, "worker", "Testo nuovo.", None).await;
            assert_eq!(done.status, 303, "{}", done.main());
            let mut browser = site.signed_in("operator").await;
            let list = browser.get("/to-inform?kind=worker&whose=all").await;
            let form = list.form("/to-inform/mail").fill("count", "505");
            let done = browser.submit(&form, "Invia le mail").await;
            assert!(done.location().ends_with("mails=500"), "{}", done.text());
            let going = browser.follow(&done).await;
            assert!(going.form_is_missing("/to-inform/mail"));
            assert!(going.main().contains("si stanno ancora preparando"));
            let twice = browser
                .submit(&form.fill("count", "5"), "Invia le mail")
                .await;
            assert_ne!(twice.status, 303, "one round at a time");
            let own = browser.get("/to-inform?kind=worker&whose=desk").await;
            assert!(own.main().contains("si stanno ancora preparando"));
            assert!(own.form_is_missing("/to-inform/stop"), "it is of all desks");
            // Another desk has nothing to do with a round of one.
            let of_one =
                "UPDATE notice_rounds SET desk_id = (SELECT id FROM desks WHERE code = 'grosseto')";
            sql(&site, of_one).await;
            let mut elsewhere = site.operator_of("follonica", "altrove").await;
            let page = elsewhere.get("/to-inform?kind=worker&whose=desk").await;
            assert!(!page.main().contains("si stanno ancora preparando"));
            sql(&site, "UPDATE notice_rounds SET desk_id = NULL").await;
            assert_eq!(site.rows("notices_given").await.len(), 500);
            assert_eq!(round::run(context).await.unwrap(), 5);
            assert_eq!(round::run(context).await.unwrap(), 0);
            assert_eq!(site.rows("notices_given").await.len(), 505);

            let mail: serde_json::Value =
                serde_json::from_str(&site.rows("outbox").await[0]).unwrap();
            let (id, message_id) = (&mail["id"], mail["message_id"].as_str().unwrap());
            sql(&site, &format!("DELETE FROM outbox WHERE id <> {id}")).await;
            let id = id.as_i64().unwrap();
            came_back(&site, message_id).await;
            assert_eq!(
                site.rows("notices_given").await.len(),
                504,
                "nobody was told"
            );
            let address = email("administrator");
            let keeper = accounts::actor_named(context, &address).await.unwrap();
            outbox::retry(context, &keeper, id).await.unwrap();
            assert_eq!(site.rows("notices_given").await.len(), 505);
            deliver_due(context).await.unwrap();
            let mail = site.rows("outbox").await.remove(0);
            assert!(mail.contains("\"kept\""), "{mail}");

            // Told by hand meanwhile: it has nothing to say any more.
            came_back(&site, message_id).await;
            let list = browser.get("/to-inform?kind=worker&whose=all").await;
            let codes = list.texts("fieldset li a");
            let code = codes[0].split_whitespace().next().unwrap();
            let done = told(&mut browser, "worker", &[code]).await;
            assert_eq!(done.status, 303, "{}", done.main());
            let again = outbox::retry(context, &keeper, id).await;
            assert!(matches!(again, Err(ServiceError::Refused(_))), "{again:?}");
        }
    });
}
