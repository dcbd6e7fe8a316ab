//! What administrators decide by dated rows: seen before it is written, refused beside its
//! field, in force from its day on, and kept with who and when.

use std::time::Duration;

use chrono::TimeDelta;
use dom::domain::contract::{Arrangement, CcnlLevel, LiveInHours, minimum};
use dom::domain::ids::RequestCode;
use dom::jobs::run_due;
use dom::services::matching;
use sea_orm::ConnectionTrait as _;

use crate::support::browser::Browser;
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

const MINUTE: Duration = Duration::from_mins(1);

/// Whoever lives near and has no experience, and whoever has ten years and lives far.
fn near_and_experienced() -> Cast {
    Cast::on(today())
        .request("R-1", &[])
        .worker("W-1", &[])
        .worker(
            "W-2",
            &[
                ("comune", "053018"),
                ("max_km", "90"),
                ("experience_years", "10"),
            ],
        )
}

async fn first(site: &Site, day: chrono::NaiveDate) -> String {
    let code = RequestCode::parse("R-1").unwrap();
    let matched = matching::answer(&site.context, &code, day, None).await;
    matched.unwrap().answer.fits[0].worker.clone()
}

async fn refused(browser: &mut Browser, changes: &[(&str, &str)], told: &str) {
    let page = browser.get("/admin/weights").await;
    let form = page.form("/admin/weights");
    let form = changes
        .iter()
        .fold(form, |form, (field, value)| form.fill(field, value));
    for button in ["Registra", "Guarda l’effetto prima"] {
        let page = browser.submit(&form, button).await;
        assert_eq!(page.status, 422, "{changes:?}");
        let errors = page.errors().join(" ");
        assert!(errors.contains(told), "{changes:?}: {errors}");
        for (field, value) in changes {
            assert_eq!(page.form("/admin/weights").value(field), *value);
        }
    }
}

#[test]
fn weights_are_looked_at_then_written_and_the_row_written_last_counts() {
    block_on(async {
        for site in Site::on_both(&near_and_experienced()).await {
            let tomorrow = today().succ_opt().unwrap();
            let mut operator = site.signed_in("operator").await;
            assert_eq!(operator.get("/admin/weights").await.status, 403);
            assert_eq!(operator.get("/admin/policy").await.status, 403);
            let mut browser = site.signed_in("administrator").await;
            let index = browser.get("/admin/policy").await;
            let title = "Quanto conta ogni parte del punteggio";
            let page = browser.click(&index, title).await;
            assert_eq!(page.form("/admin/weights").value("coverage"), "40");
            refused(&mut browser, &[("coverage", "41")], "insieme fanno 101").await;
            refused(&mut browser, &[("coverage", "-5")], "un numero intero fra").await;
            refused(&mut browser, &[("distance", "")], "un numero intero fra").await;
            let past = [("from", "01/01/2020")];
            refused(&mut browser, &past, "Il giorno non può essere passato").await;

            // Looking shows what would change, and writes nothing.
            assert_eq!(first(&site, today()).await, "W-1");
            let form = page.form("/admin/weights");
            let form = form.fill("distance", "0").fill("experience", "25");
            let seen = browser.submit(&form, "Guarda l’effetto prima").await;
            assert_eq!(seen.status, 200, "{}", seen.main());
            assert_eq!(seen.rows(), [["R-1", "W-1, W-2", "W-2, W-1"]]);
            assert!(seen.main().contains("1 su 1"), "{}", seen.main());
            assert!(!seen.main().contains("Inventata"), "codes alone");
            assert_eq!(site.rows("weight_rows").await.len(), 1);

            // What was looked at is still in the form.
            let done = browser
                .submit(&seen.form("/admin/weights"), "Registra")
                .await;
            let saved = browser.follow(&done).await;
            assert!(saved.notice().contains("registrata"), "{}", saved.main());
            let rows = saved.rows();
            assert_eq!(rows.len(), 2, "{rows:?}");
            assert!(rows[0][1].contains("Esperienza 25"), "{rows:?}");
            assert!(!rows[0][2].contains("inizio") && !rows[0][3].is_empty());
            assert_eq!(rows[1][2], "dall’inizio");
            assert_eq!(first(&site, today()).await, "W-2", "without a restart");

            // For tomorrow, and then a later word for today: the last one counts on both.
            let form = saved.form("/admin/weights");
            let day = tomorrow.format("%d/%m/%Y").to_string();
            let back = form.fill("distance", "15").fill("experience", "10");
            let planned = back.clone().fill("from", &day);
            assert_eq!(browser.submit(&planned, "Registra").await.status, 303);
            assert_eq!(first(&site, today()).await, "W-2");
            assert_eq!(first(&site, tomorrow).await, "W-1");
            let last = saved.form("/admin/weights").fill("coverage", "35");
            let last = last.fill("experience", "30");
            assert_eq!(browser.submit(&last, "Registra").await.status, 303);
            assert_eq!(first(&site, tomorrow).await, "W-2");
            let told = site.rows("audit_events").await.join("\n");
            assert_eq!(told.matches("policy.weights").count(), 3, "{told}");
        }
    });
}

async fn set(browser: &mut Browser, setting: &str, value: &str) {
    let page = browser.get("/admin/thresholds").await;
    let form = page.form("/admin/thresholds").fill("setting", setting);
    let done = browser.submit(&form.fill("value", value), "Registra").await;
    assert_eq!(done.status, 303, "{setting}: {}", done.main());
}

fn in_days(days: i64) -> String {
    (today() + TimeDelta::days(days)).to_string()
}

#[test]
fn numbers_decide_whose_word_is_fresh_what_ends_soon_and_how_long_a_session_holds() {
    block_on(async {
        let (confirmed, ends) = (in_days(-10), in_days(80));
        let permit = [
            ("confirmed_on", confirmed.as_str()),
            ("permit_type", "employment"),
            ("permit_until", ends.as_str()),
        ];
        let cast = Cast::on(today()).request("R-1", &[]).worker("W-1", &permit);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("administrator").await;
        let mut before = site.signed_in("operator").await;
        let spared = "non occorre chiedere";
        let old = "Disponibilità non confermata da più di 7 giorni";
        let matched = before.get("/requests/R-1/match").await;
        assert!(matched.main().contains(spared), "{}", matched.main());
        assert!(!before.get("/?whose=all").await.main().contains(old));
        set(&mut browser, "fresh", "7").await;
        let matched = before.get("/requests/R-1/match").await;
        assert!(!matched.main().contains(spared), "{}", matched.main());
        let chosen = [("worker", "W-1")];
        let refused = before.post("/requests/R-1/sheet", &chosen).await;
        assert_eq!(refused.status, 422, "nobody asked the worker");
        let home = before.get("/?whose=all").await;
        assert!(home.main().contains(old), "{}", home.main());

        // An end in 80 days is told of once that is soon.
        assert_eq!(run_due(&site.context).await.unwrap().pool.reminded, 0);
        set(&mut browser, "remind_far", "90").await;
        assert_eq!(run_due(&site.context).await.unwrap().pool.reminded, 1);
        assert_eq!(run_due(&site.context).await.unwrap().pool.reminded, 0);
        let day = today().format("%d/%m/%Y").to_string();
        for (setting, value) in [("remind_far", "30"), ("remind_near", "31")] {
            let fields = [
                ("setting", setting),
                ("value", value),
                ("from", day.as_str()),
            ];
            let refused = browser.post("/admin/thresholds", &fields).await;
            assert_eq!(refused.status, 422, "they never meet: {setting}");
        }

        // A session keeps the numbers of the day on which it began.
        set(&mut browser, "session_idle", "10").await;
        set(&mut browser, "session_longest", "1").await;
        let mut idle = site.signed_in("operator").await;
        let mut used = site.signed_in("operator").await;
        for _ in 0..6 {
            site.clock.advance(MINUTE * 9);
            assert_eq!(used.get("/workers").await.status, 200);
        }
        assert_eq!(idle.get("/workers").await.status, 303, "nobody used it");
        site.clock.advance(MINUTE * 6);
        assert_eq!(used.get("/workers").await.status, 303, "an hour in all");
        assert_eq!(before.get("/workers").await.status, 200, "of before");
        assert_eq!(run_due(&site.context).await.unwrap().sessions_ended, 2);
        assert_eq!(before.get("/workers").await.status, 200);
    });
}

/// Writes a thousand rows about another minimum, more than the history shows.
async fn bury(site: &Site) {
    let level = CcnlLevel::by_code("BS").unwrap();
    let (hourly, full) = (Arrangement::Hourly, LiveInHours::Full);
    let other = minimum(today(), level, hourly, full, false).unwrap().code();
    let write = site.db().write().await.unwrap();
    for _ in 0..9 {
        let copy = format!(
            "INSERT INTO minimum_rules (minimum, is_wrong, reason, valid_from, account_id, at) \
             SELECT '{other}', is_wrong, 'Copia', valid_from, account_id, at FROM minimum_rules"
        );
        write.execute_unprepared(&copy).await.unwrap();
    }
    write.commit().await.unwrap();
}

#[test]
fn a_row_of_minimum_pay_that_is_marked_wrong_hinders_no_sheet_and_its_reason_is_kept() {
    block_on(async {
        let offer = [("ccnl_level", "CS"), ("max_pay_hour", "5.00")];
        let cast = Cast::on(today())
            .request("R-1", &offer)
            .worker("W-1", &[])
            .worker("W-2", &[]);
        let level = CcnlLevel::by_code("CS").unwrap();
        let (hourly, full) = (Arrangement::Hourly, LiveInHours::Full);
        let row = minimum(today(), level, hourly, full, false).unwrap().code();
        for site in Site::on_both(&cast).await {
            let mut operator = site.signed_in("operator").await;
            let issue = async |operator: &mut Browser, worker: &str| {
                let chosen = [("worker", worker)];
                operator.post("/requests/R-1/sheet", &chosen).await
            };
            let refused = issue(&mut operator, "W-1").await;
            assert_eq!(refused.status, 422);
            assert!(refused.main().contains("sotto il minimo"));
            assert_eq!(operator.get("/admin/minimums").await.status, 403);

            let mut browser = site.signed_in("administrator").await;
            let index = browser.get("/admin/policy").await;
            let page = browser.click(&index, "Minimi di paga sbagliati").await;
            let form = page.form("/admin/minimums");
            let empty = browser.submit(&form, "Registra").await;
            assert_eq!((empty.status.as_u16(), empty.errors().len()), (422, 3));
            let form = form
                .fill("minimum", &row)
                .fill("wrong", "on")
                .fill("reason", "La circolare di prova dice 4,90");
            let past = form.clone().fill("from", "01/01/2020");
            let past = browser.submit(&past, "Registra").await;
            assert_eq!(past.status, 422);
            assert_eq!(past.form("/admin/minimums").value("minimum"), row);
            let tomorrow = today().succ_opt().unwrap().format("%d/%m/%Y").to_string();
            let later = form.clone().fill("from", &tomorrow);
            assert_eq!(browser.submit(&later, "Registra").await.status, 303);
            let refused = issue(&mut operator, "W-1").await;
            assert_eq!(refused.status, 422, "from tomorrow on");

            let done = browser.submit(&form, "Registra").await;
            let saved = browser.follow(&done).await;
            assert!(saved.main().contains("dice 4,90"), "{}", saved.main());
            let typed = operator.get("/requests/R-1/edit").await.main();
            assert!(typed.contains("non si confronta nulla"), "{typed}");
            assert!(!typed.contains("nessuna scheda può uscire"), "{typed}");
            set(&mut browser, "calls", "3").await;
            let issued = issue(&mut operator, "W-1").await;
            assert_eq!(issued.status, 303, "{}", issued.main());
            let call_by = format!("\"call_by\":\"{}", in_days(3));
            let told = site.rows("sheet_notices").await.join("");
            assert_eq!(told.matches(&call_by).count(), 2, "both sides: {told}");
            let kept = site.rows("sheets").await.join("");
            assert!(kept.contains("La circolare di prova"), "with the sheet");
            bury(&site).await;
            let page = browser.get("/admin/minimums").await;
            assert!(page.main().contains("dice 4,90"), "{}", page.main());

            let right = form.fill("wrong", "off");
            assert_eq!(browser.submit(&right, "Registra").await.status, 303);
            let refused = issue(&mut operator, "W-2").await;
            assert_eq!(refused.status, 422, "compared again");
        }
    });
}
