//! For how long what is kept: administrators say so, a try tells what would go, the night
//! takes it away and tells how much, and nothing of anybody's name.

use std::time::Duration;

use dom::domain::ids::{RequestCode, WorkerCode};
use dom::domain::setting::Setting;
use dom::jobs::run_due;
use dom::services::{accounts, proposals};
use sea_orm::ConnectionTrait as _;

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::{Site, email};

const DAY: Duration = Duration::from_hours(24);

async fn set(browser: &mut Browser, address: &str, setting: &str, value: &str) -> Page {
    let page = browser.get(address).await;
    let form = page.form(address).fill("setting", setting);
    browser.submit(&form.fill("value", value), "Registra").await
}

/// Fills every kind of thing that goes by itself with more than one piece of one, dated so
/// long ago.
async fn fill(site: &Site, days: i64) {
    let day = today() - chrono::TimeDelta::days(days);
    let at = format!("{day} 12:00:00+00:00");
    let write = site.db().write().await.unwrap();
    let account = "(SELECT min(id) FROM accounts)";
    let mut statements = vec![
        format!(
            "INSERT INTO record_changes (kind, record, version, at, action, fields) \
             VALUES ('worker', 'W-1', 1, '{at}', 'changed', '[]')"
        ),
        format!(
            "INSERT INTO person_tasks (worker_id, kind, made_on, words, done_at) \
             VALUES ((SELECT min(id) FROM workers), 'correction', '{day}', 'Parole di Zoe', '{at}')"
        ),
        format!(
            "INSERT INTO outbox (kind, dedup_key, message_id, recipient, state, queued_at, send_at, \
             attempts, finished_at) VALUES ('test', 'a{days}', 'a{days}', 'zoe@prova.example', 'sent', \
             '{at}', '{at}', 1, '{at}')"
        ),
        format!(
            "INSERT INTO drafts (id, account_id, form, fields, kept_at) \
             VALUES ('draft{days}', {account}, 'worker', '[]', '{at}')"
        ),
    ];
    statements.push(format!(
        "INSERT INTO public_requests (number, form_hash, kind, state, desk_id, filed_at, name, \
         folded, comune, by_phone, language, notice_version, notice_at, answers, version) \
         VALUES ('D-{days:06}', 'f{days}', 'worker', 'waiting', (SELECT min(id) FROM desks), '{at}', \
         'Zoe', 'zoe', '053011', TRUE, 'it', '2026-11-24', '{at}', '[]', 1)"
    ));
    let desk = "(SELECT min(id) FROM desks)";
    statements.push(format!(
        "INSERT INTO appointments (desk_id, day, half, minutes, purpose, state, worker_id, made_at) \
         VALUES ({desk}, '{day}', 18, 30, 'renewal', 'booked', (SELECT min(id) FROM workers), '{at}')"
    ));
    statements.push(format!(
        "INSERT INTO appointment_slots (appointment_id, desk_id, day, half) \
         VALUES ((SELECT max(id) FROM appointments), {desk}, '{day}', 18)"
    ));
    // More than one transaction takes away.
    let note = format!("('worker', 'W-1', '{day}', 'Nota su Zoe', {account}, '{at}')");
    let notes = vec![note; 510].join(", ");
    statements.push(format!(
        "INSERT INTO contact_notes (kind, record, on_day, words, account_id, written_at) VALUES {notes}"
    ));
    for statement in statements {
        write.execute_unprepared(&statement).await.unwrap();
    }
    write.commit().await.unwrap();
}

#[test]
fn what_is_kept_too_long_goes_at_night_in_pieces_and_only_how_much_is_told() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]);
        for site in Site::on_both(&cast).await {
            run_due(&site.context).await.unwrap();
            fill(&site, 4000).await;
            fill(&site, 20).await;
            let mut operator = site.signed_in("operator").await;
            assert_eq!(operator.get("/admin/retention").await.status, 403);
            let mut browser = site.signed_in("administrator").await;
            let page = browser.get("/admin/retention").await;
            let over = |page: &Page, name: &str| {
                let rows = page.rows();
                let row = rows.iter().find(|row| row[0] == name);
                row.unwrap_or_else(|| panic!("{name}: {rows:?}"))[3].clone()
            };
            assert_eq!(over(&page, "Note del diario"), "510");
            assert_eq!(over(&page, "Moduli non finiti"), "1");
            assert!(!page.main().contains("Zoe"), "counts alone");
            assert!(page.main().contains("Finora niente"), "{}", page.main());

            // A day to come, and one that is none.
            let later = (today() + chrono::TimeDelta::days(800)).to_string();
            let later = browser.get(&format!("/admin/retention?on={later}")).await;
            assert_eq!(over(&later, "Note del diario"), "1.020");
            let wrong = browser.get("/admin/retention?on=ieri").await;
            assert_eq!(wrong.status, 422);
            assert_eq!(wrong.attributes("#on", "value"), ["ieri"]);

            // Too short, too long, of another page; then a shorter time from tomorrow on.
            let rules = "/admin/retention/rules";
            for (setting, value, field) in [
                ("drafts", "0", "value"),
                ("notes", "500", "value"),
                ("drafts", "presto", "value"),
            ] {
                let refused = set(&mut browser, rules, setting, value).await;
                assert_eq!(refused.status, 422, "{setting} {value}");
                assert_eq!(refused.texts(&format!("#{field}-error")).len(), 1);
                assert_eq!(refused.form(rules).value("value"), value);
            }
            let fields = [("setting", "ask"), ("value", "20"), ("from", "01/01/2040")];
            assert_eq!(browser.post(rules, &fields).await.status, 422);
            let tomorrow = today().succ_opt().unwrap();
            let form = browser.get(rules).await.form(rules);
            let form = form.fill("setting", "drafts").fill("value", "7");
            let form = form.fill("from", &tomorrow.format("%d/%m/%Y").to_string());
            let done = browser.submit(&form, "Registra").await;
            let saved = browser.follow(&done).await;
            assert!(saved.rows()[0][1].contains("Moduli non finiti: 7 giorni"));

            // Nothing goes twice a day; the night takes what is over by its own rules.
            assert_eq!(
                run_due(&site.context)
                    .await
                    .unwrap()
                    .purged
                    .of(Setting::Notes),
                0
            );
            site.clock.advance(DAY);
            let done = run_due(&site.context).await.unwrap();
            assert_eq!(done.purged.of(Setting::Notes), 510);
            assert_eq!(done.purged.of(Setting::DoneTasks), 1);
            assert_eq!(done.purged.of(Setting::Changes), 1);
            assert_eq!(done.purged.of(Setting::Askings), 1);
            assert_eq!(done.purged.of(Setting::Appointments), 1);
            assert_eq!([done.mails_forgotten, done.drafts_dropped], [1, 2]);
            for (table, left) in [
                ("contact_notes", 510),
                ("record_changes", 1),
                ("person_tasks", 1),
                ("drafts", 0),
                ("public_requests", 1),
                ("appointments", 1),
                ("appointment_slots", 1),
                ("outbox", 2),
            ] {
                assert_eq!(site.rows(table).await.len(), left, "{table}");
            }
            let mut browser = site.signed_in("administrator").await;
            let page = browser.get("/admin/retention").await;
            let told = page.texts("table:last-of-type tbody tr").join("\n");
            assert!(told.contains("Note del diario 510"), "{told}");
            assert!(!site.rows("purges").await.join("").contains("Zoe"));
        }
    });
}

#[test]
fn thresholds_move_what_waits_and_silence_never_pauses_before_it_is_asked() {
    block_on(async {
        let opened = (today() - chrono::TimeDelta::days(10)).to_string();
        let cast = Cast::on(today())
            .request("R-1", &[("opened_on", &opened)])
            .worker("W-1", &[]);
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("administrator").await;
            let home = browser.get("/").await;
            let stalled = "Richieste aperte da 10 giorni o più senza una scheda";
            assert!(!home.main().contains(stalled));
            let done = set(&mut browser, "/admin/thresholds", "stalled", "10").await;
            assert_eq!(done.status, 303, "{}", done.main());
            let home = browser.get("/").await;
            assert!(home.main().contains(stalled), "{}", home.main());
            let list = browser.get("/waiting/stalled?whose=all").await;
            assert_eq!(list.heading(), stalled);
            // Fewer wrong tries make an account wait sooner.
            let done = set(&mut browser, "/admin/thresholds", "tries_here", "3").await;
            assert_eq!(done.status, 303, "{}", done.main());
            let mut stranger = site.browser();
            let mut answers = Vec::new();
            for _ in 0..4 {
                let fields = [("email", "reader@prova.example"), ("password", "sbagliata")];
                answers.push(stranger.post("/sign-in", &fields).await.status.as_u16());
            }
            assert_eq!(answers, [422, 422, 422, 429]);
            let day = today().format("%d/%m/%Y").to_string();
            for (setting, value) in [("pause", "36"), ("ask", "39"), ("drafts", "5")] {
                let fields = [
                    ("setting", setting),
                    ("value", value),
                    ("from", day.as_str()),
                ];
                let refused = browser.post("/admin/thresholds", &fields).await;
                assert_eq!(refused.status, 422, "{setting}");
            }

            // A proposal keeps the number of the day on which it was made.
            for days in [1, 7] {
                let days = days.to_string();
                let done = set(&mut browser, "/admin/thresholds", "proposals", &days).await;
                assert_eq!(done.status, 303, "{}", done.main());
                if days == "1" {
                    let address = email("operator");
                    let operator = accounts::actor_named(&site.context, &address);
                    let operator = operator.await.unwrap();
                    let request = RequestCode::parse("R-1").unwrap();
                    let worker = [WorkerCode::parse("W-1").unwrap()];
                    let asked =
                        proposals::add(&site.context, &operator, &request, &worker, None).await;
                    asked.unwrap();
                }
            }
            let rows = site.rows("proposals").await;
            let tomorrow = today() + chrono::TimeDelta::days(1);
            let last = format!("\"expires_on\":\"{tomorrow}");
            assert!(rows[0].contains(&last), "{rows:?}");
            site.clock.advance(DAY * 2);
            let done = run_due(&site.context).await.unwrap();
            assert_eq!(done.proposals.expired, 1, "as was policy when it was made");
        }
    });
}

#[test]
fn whoever_is_silent_for_years_is_asked_first_and_stays_by_a_word_of_theirs_or_of_the_desk() {
    block_on(async {
        let silent = [
            ("registered_on", "2020-01-01"),
            ("confirmed_on", "2020-01-01"),
            ("status", "paused"),
        ];
        let by_mail = [&silent[..], &[("email", "zoe@prova.example")]].concat();
        let cast = Cast::on(today())
            .request("R-1", &[("opened_on", "2020-01-01")])
            .worker("W-1", &by_mail)
            .worker("W-2", &silent)
            .worker("W-3", &[]);
        for site in Site::on_both(&cast).await {
            let run = async |statement: &str| {
                let write = site.db().write().await.unwrap();
                write.execute_unprepared(statement).await.unwrap();
                write.commit().await.unwrap();
            };
            run("UPDATE requests SET status = 'closed'").await;
            let mut browser = site.signed_in("administrator").await;
            let page = browser.get("/admin/retention").await;
            let rows = page.rows();
            let workers = rows
                .iter()
                .find(|row| row[0].starts_with("Chi cerca lavoro"));
            assert_eq!(workers.unwrap()[3], "2", "{rows:?}");
            assert_eq!(browser.get("/to-renew").await.texts("fieldset li").len(), 0);

            let done = run_due(&site.context).await.unwrap().purged.people;
            assert_eq!(
                [done.asked, done.erased],
                [3, 0],
                "asked, and nobody goes at once"
            );
            let home = browser.get("/").await;
            assert!(
                home.main().contains("2 persone che cercano lavoro"),
                "{}",
                home.main()
            );
            let list = browser.get("/to-renew?kind=worker&whose=all").await;
            assert_eq!(list.texts("fieldset li").len(), 2);
            let families = browser.get("/to-renew?kind=family&whose=all").await;
            assert_eq!(families.texts("fieldset li").len(), 1);
            let form = list.form("/to-renew/keep");
            let nobody = browser.submit(&form, "Conserva ancora").await;
            assert_eq!(nobody.status, 422);
            let kept = browser.submit(&form.tick("W-2"), "Conserva ancora").await;
            let left = browser.follow(&kept).await;
            assert!(left.notice().contains("una persona"), "{}", left.main());
            assert_eq!(left.texts("fieldset li").len(), 1);

            site.clock.advance(DAY / 2);
            run_due(&site.context).await.unwrap();
            let mails = site.rows("outbox").await;
            let asks = mails.iter().filter(|one| one.contains("ask_to_keep"));
            let asks: Vec<&String> = asks.collect();
            assert_eq!(asks.len(), 1, "{mails:?}");
            assert!(asks[0].contains("http://dom.example/l/"), "{}", asks[0]);
            // A tap on the link confirms.
            run(&format!(
                "UPDATE workers SET confirmed_on = '{}' WHERE code = 'W-1'",
                today()
            ))
            .await;
            site.clock.advance(DAY * 62);
            run_due(&site.context).await.unwrap();
            let workers = site.rows("workers").await.join("\n");
            assert_eq!(workers.matches("Inventata").count(), 3, "{workers}");
            let mut browser = site.signed_in("operator").await;
            let list = browser.get("/to-renew?kind=worker&whose=all").await;
            assert_eq!(list.texts("fieldset li").len(), 0, "{}", list.main());
        }
    });
}
