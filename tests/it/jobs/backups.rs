//! Copies that the program makes by itself: when they are due, by one of several
//! programs, as many as are kept; what goes wrong takes no good one away and is told.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use dom::clock::SystemRandomness;
use dom::domain::backup::{BackupState, BackupTrouble, LONGEST};
use dom::jobs;
use dom::services::Context;
use dom::services::backups;
use dom::services::backups::schedule::{Copied, Copies};
use dom::storage;
use dom::storage::backups::Run;
use dom::web::metrics::{self, Metrics};
use sea_orm::ConnectionTrait as _;

use crate::stories::disk_full::short_of_room;
use crate::support::browser::Browser;
use crate::support::cast::{Cast, today};
use crate::support::program::{Program, block_on};
use crate::support::site::Site;

const MADE: Copied = Copied {
    made: 1,
    failed: 0,
    dropped: 0,
};
const FAILED: Copied = Copied {
    made: 0,
    failed: 1,
    dropped: 0,
};
const NOTHING: Copied = Copied {
    made: 0,
    failed: 0,
    dropped: 0,
};

fn cast() -> Cast {
    Cast::on(today()).worker("W-1", &[]).request("R-1", &[])
}

/// The same site where the program makes copies.
fn copying(mut site: Site) -> Site {
    let copies = Copies {
        place: site.program.place(),
        folder: site.program.path().join("backups"),
        longest: LONGEST,
    };
    site.context = site.context.clone().with_copies(copies);
    site
}

async fn sites() -> [Site; 2] {
    Site::on_both(&cast()).await.map(copying)
}

fn folder(site: &Site) -> PathBuf {
    site.context.copies.as_ref().unwrap().folder.clone()
}

fn files(site: &Site) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder(site)) else {
        return Vec::new();
    };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

async fn copy(site: &Site) -> Copied {
    jobs::copy_due(&site.context).await.unwrap()
}

async fn rows(context: &Context) -> Vec<Run> {
    storage::backups::latest(context.db.read(), 50)
        .await
        .unwrap()
}

/// Writes a rule as an administrator does, and the page that comes of it.
async fn rule(site: &Site, every: &str, alarm: &str, kept: &str) {
    let mut browser = site.signed_in("administrator").await;
    let page = browser.get("/admin/backups/rules").await;
    let form = page
        .form("/admin/backups/rules")
        .fill("every_hours", every)
        .fill("alarm_hours", alarm)
        .fill("kept", kept);
    let done = browser.submit(&form, "Registra").await;
    assert_eq!(done.status, 303, "{}", done.main());
    let saved = browser.follow(&done).await;
    assert!(saved.notice().contains("registrata"), "{}", saved.main());
}

async fn scraped(site: &Site) -> String {
    let router = metrics::router(Metrics::default(), site.context.clone());
    Browser::new(router).get("/metrics").await.text()
}

#[test]
fn copies_are_made_when_they_are_due_and_the_oldest_go() {
    block_on(async {
        for site in sites().await {
            rule(&site, "24", "48", "2").await;
            let done = jobs::run_due(&site.context).await.unwrap();
            assert_eq!(done.copies, MADE);
            assert_eq!(copy(&site).await, NOTHING, "not due again");
            site.clock.advance(Duration::from_hours(23));
            assert_eq!(copy(&site).await, NOTHING);
            site.clock.advance(Duration::from_hours(1));
            assert_eq!(copy(&site).await, MADE);
            let before = files(&site);
            assert_eq!(before.len(), 2);
            fs::write(folder(&site).join("of-somebody.txt"), "mine").unwrap();
            site.clock.advance(Duration::from_hours(24));
            let done = copy(&site).await;
            assert_eq!((done.made, done.dropped), (1, 1));
            let after = files(&site);
            assert_eq!(after.len(), 3, "{after:?}");
            assert!(!after.contains(&before[0]), "the oldest went");
            assert!(after.contains(&"of-somebody.txt".to_owned()));
            let mode = |path: PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode(folder(&site)), 0o700);
            for name in after
                .iter()
                .filter(|name| Path::new(name).extension().is_some_and(|end| end == "zip"))
            {
                let file = folder(&site).join(name);
                assert_eq!(mode(file.clone()), 0o600);
                let manifest = backups::look(&file).await.unwrap();
                assert_eq!(manifest.rows["workers"], 1);
            }
        }
    });
}

#[test]
fn a_copy_that_fails_takes_no_good_one_away_and_sounds_an_alarm() {
    block_on(async {
        for site in sites().await {
            rule(&site, "24", "48", "1").await;
            assert_eq!(copy(&site).await, MADE);
            let good = files(&site);
            site.clock.advance(Duration::from_hours(24));
            // Something stands under the very name of the next one.
            let name = site.context.now().format("dom-%Y%m%dT%H%M%S%3fZ.zip");
            fs::write(folder(&site).join(name.to_string()), "half a copy").unwrap();
            assert_eq!(copy(&site).await, FAILED);
            assert!(files(&site).contains(&good[0]), "the good one stays");
            assert_eq!(copy(&site).await, NOTHING, "not again at once");
            let mut administrator = site.signed_in("administrator").await;
            let home = administrator.get("/").await;
            assert!(home.main().contains("L’ultima copia buona ha 24 ore."));
            site.clock.advance(Duration::from_hours(25));
            let mut administrator = site.signed_in("administrator").await;
            for path in ["/", "/admin/backups"] {
                let page = administrator.get(path).await;
                let alarms = page.texts("[role=alert]");
                assert_eq!(alarms.len(), 1, "{path}: {}", page.main());
                assert!(alarms[0].contains("troppo vecchia"), "{alarms:?}");
            }
            let page = administrator.get("/admin/backups").await;
            assert!(page.main().contains("non riuscita"), "{}", page.main());
            let mut operator = site.signed_in("operator").await;
            let home = operator.get("/").await;
            assert!(home.texts("[role=alert]").is_empty(), "not an operator's");
            let said = operator.get("/status").await;
            assert_eq!(said.status, 200, "late copies send nobody away");
            let said: serde_json::Value = serde_json::from_slice(&said.bytes).unwrap();
            let expected = serde_json::json!({
                "status": "warn",
                "backup": { "status": "warn", "age_hours": 49 },
            });
            assert_eq!(said, expected);
            let text = scraped(&site).await;
            let kind = site.context.db.kind();
            let line = format!("dom_backup_age_seconds{{database=\"{kind}\"}} 176400.0");
            assert!(text.contains(&line), "{text}");
            let line = format!("dom_backup_late{{database=\"{kind}\"}} 1");
            assert!(text.contains(&line), "{text}");
            // The next one that goes well ends it, and takes the older one's place.
            let done = copy(&site).await;
            assert_eq!((done.made, done.dropped), (1, 1));
            assert!(!files(&site).contains(&good[0]));
            let text = scraped(&site).await;
            let line = format!("dom_backup_late{{database=\"{kind}\"}} 0");
            assert!(text.contains(&line), "{text}");
        }
    });
}

#[test]
fn before_the_first_copy_was_tried_nobody_is_alarmed_and_afterwards_everybody_is() {
    block_on(async {
        let site = copying(Site::of(&cast()).await);
        let mut administrator = site.signed_in("administrator").await;
        let said = administrator.get("/status").await;
        assert_eq!(said.text(), r#"{"status":"pass"}"#);
        let home = administrator.get("/").await;
        assert!(home.texts("[role=alert]").is_empty(), "{}", home.main());
        fs::create_dir_all(folder(&site)).unwrap();
        let name = site.context.now().format("dom-%Y%m%dT%H%M%S%3fZ.zip");
        fs::write(folder(&site).join(name.to_string()), "in the way").unwrap();
        assert_eq!(copy(&site).await, FAILED);
        let home = administrator.get("/").await;
        assert_eq!(home.texts("[role=alert]").len(), 1, "{}", home.main());
        let said = administrator.get("/status").await.text();
        assert!(said.contains(r#""status":"warn""#), "{said}");
    });
}

#[test]
fn a_copy_that_was_cut_afterwards_counts_as_none() {
    block_on(async {
        let site = copying(Site::of(&cast()).await);
        rule(&site, "24", "48", "2").await;
        assert_eq!(copy(&site).await, MADE);
        site.clock.advance(Duration::from_hours(24));
        assert_eq!(copy(&site).await, MADE);
        let last = folder(&site).join(files(&site).pop().unwrap());
        let whole = fs::read(&last).unwrap();
        fs::write(&last, &whole[..whole.len() / 2]).unwrap();
        let mut administrator = site.signed_in("administrator").await;
        let page = administrator.get("/admin/backups").await;
        assert!(page.main().contains("non usarlo"), "{}", page.main());
        assert!(page.main().contains("buona ha 24 ore"), "{}", page.main());
        // The alarm goes by the file, and so does what is due. Only good ones count as kept:
        // the half one takes no good one's place.
        site.clock.advance(Duration::from_mins(1));
        assert_eq!(copy(&site).await, MADE);
        assert_eq!(files(&site).len(), 3);
    });
}

#[test]
fn of_several_programs_one_makes_the_copy_and_a_killed_one_holds_up_nothing_for_good() {
    block_on(async {
        let site = copying(Site::over(Program::on_postgres(), &cast(), "http://dom.example").await);
        let other = site.context.clone().with_copies(Copies {
            place: site.program.place(),
            folder: site.program.path().join("other"),
            longest: LONGEST,
        });
        let (one, two) = tokio::join!(jobs::copy_due(&site.context), jobs::copy_due(&other));
        assert_eq!(one.unwrap().made + two.unwrap().made, 1);
        // A program takes the turn and is killed.
        site.clock.advance(Duration::from_hours(24));
        let (now, db) = (site.context.now(), &site.context.db);
        let write = db.write().await.unwrap();
        let until = (now + TimeDelta::hours(2)).timestamp_millis();
        let name = storage::backups::TURN;
        let taken = storage::counters::take_turn(&*write, name, now.timestamp_millis(), until);
        assert!(taken.await.unwrap());
        let id = storage::backups::insert(&*write, BackupState::Running, None, now);
        let id = id.await.unwrap();
        write.commit().await.unwrap();
        // Another program's clock is five minutes ahead, and may not take it either.
        site.clock.advance(Duration::from_mins(5));
        assert_eq!(copy(&site).await, NOTHING, "somebody is at it");
        jobs::at_start(&site.context).await.unwrap();
        assert_eq!(copy(&site).await, NOTHING, "the turn is another program's");
        site.clock.advance(Duration::from_hours(2));
        assert_eq!(copy(&site).await, MADE);
        let runs = rows(&site.context).await;
        let killed = runs.iter().find(|run| run.id == id).unwrap();
        assert_eq!(killed.trouble, Some(BackupTrouble::Interrupted));
    });
}

#[test]
fn a_copy_that_hangs_or_is_stopped_is_given_up_and_keeps_no_turn() {
    block_on(async {
        let mut site =
            copying(Site::over(Program::on_postgres(), &cast(), "http://dom.example").await);
        let copies = site.context.copies.clone().unwrap();
        // The server's tool waits for whoever has a table for themselves.
        let alone = site.context.db.write().await.unwrap();
        let lock = "LOCK TABLE audit_events IN ACCESS EXCLUSIVE MODE";
        alone.execute_unprepared(lock).await.unwrap();
        let given_up = async |context: &Context, trouble| {
            let runs = rows(context).await;
            assert_eq!(runs[0].trouble, Some(trouble));
            let turn = storage::counters::last(context.db.read(), storage::backups::TURN);
            assert_eq!(turn.await.unwrap(), 0, "others may");
        };
        let brief = Copies {
            longest: Duration::from_secs(1),
            ..(*copies).clone()
        };
        let hurried = site.context.clone().with_copies(brief);
        assert_eq!(jobs::copy_due(&hurried).await.unwrap(), FAILED);
        given_up(&site.context, BackupTrouble::TooLong).await;
        assert!(files(&site).is_empty(), "{:?}", files(&site));
        site.clock.advance(Duration::from_hours(1));
        let stop = async {
            while rows(&site.context).await[0].state != BackupState::Running {}
            site.context.leave();
        };
        let (done, ()) = tokio::join!(jobs::copy_due(&site.context), stop);
        assert_eq!(done.unwrap(), FAILED);
        given_up(&site.context, BackupTrouble::Interrupted).await;
        assert!(files(&site).is_empty(), "{:?}", files(&site));
        drop(alone);
        site.clock.advance(Duration::from_hours(1));
        let (db, clock) = (site.context.db.clone(), site.clock.clone());
        let url = site.context.public_url.clone();
        let next = Context::new(db, clock, Arc::new(SystemRandomness), url);
        site.context = next.with_copies((*copies).clone());
        assert_eq!(copy(&site).await, MADE);
    });
}

#[test]
fn what_a_killed_program_left_is_swept_at_the_next_copy() {
    block_on(async {
        let site = copying(Site::of(&cast()).await);
        let (now, db) = (site.context.now(), &site.context.db);
        let write = db.write().await.unwrap();
        let until = (now + TimeDelta::hours(2)).timestamp_millis();
        let name = storage::backups::TURN;
        let taken = storage::counters::take_turn(&*write, name, now.timestamp_millis(), until);
        assert!(taken.await.unwrap());
        let [half, whole] = ["dom-20260101T000000000Z.zip", "dom-20260102T000000000Z.zip"];
        for file in [half, whole] {
            let id = storage::backups::insert(&*write, BackupState::Running, None, now);
            let id = id.await.unwrap();
            let begun = storage::backups::begin(&*write, id, file, now - TimeDelta::hours(30));
            begun.await.unwrap();
        }
        write.commit().await.unwrap();
        let left = folder(&site).join(format!(".{half}.7.part.7.work"));
        fs::create_dir_all(&left).unwrap();
        fs::write(left.join("dom.sqlite"), "half").unwrap();
        fs::write(folder(&site).join(format!(".{half}.7.part")), "half").unwrap();
        // It has its name: the program was killed before it could say so.
        fs::write(folder(&site).join(whole), "whole").unwrap();
        // Another database's program is at one of its own here.
        let others = ".dom-20260103T000000000Z.zip.8.part";
        fs::write(folder(&site).join(others), "half").unwrap();
        assert_eq!(copy(&site).await, NOTHING, "the turn is taken");
        // The only program of its file begins anew.
        jobs::at_start(&site.context).await.unwrap();
        assert_eq!(copy(&site).await, MADE);
        let there = files(&site);
        assert_eq!(there.len(), 3, "{there:?}");
        assert_eq!(there[0], others);
        assert_eq!(there[1], whole);
        let runs = rows(&site.context).await;
        let states: Vec<BackupState> = runs.iter().map(|run| run.state).collect();
        let expected = [BackupState::Made, BackupState::Made, BackupState::Failed];
        assert_eq!(states, expected, "{runs:?}");
    });
}

#[test]
fn somebody_asks_for_one_now() {
    block_on(async {
        for site in sites().await {
            rule(&site, "0", "48", "3").await;
            assert_eq!(copy(&site).await, NOTHING, "the rule wants none");
            let mut operator = site.signed_in("operator").await;
            for path in ["/admin/backups", "/admin/backups/rules"] {
                assert_eq!(operator.get(path).await.status, 403);
            }
            assert_eq!(operator.post("/admin/backups/make", &[]).await.status, 403);
            let mut administrator = site.signed_in("deskless").await;
            let home = administrator.get("/").await;
            assert!(home.main().contains("non fa copie"), "{}", home.main());
            let page = administrator.get("/admin/backups").await;
            let form = page.form("/admin/backups/make");
            let done = administrator.submit(&form, "Fai una copia adesso").await;
            let page = administrator.follow(&done).await;
            assert!(page.notice().contains("chiesta"), "{}", page.main());
            assert!(page.form_is_missing("/admin/backups/make"), "not twice");
            // Sent again, it is still one.
            administrator.post("/admin/backups/make", &[]).await;
            assert_eq!(copy(&site).await, MADE);
            assert_eq!(copy(&site).await, NOTHING);
            let page = administrator.get("/admin/backups").await;
            let shown = page.rows();
            assert_eq!(shown.len(), 1, "{shown:?}");
            let row = shown[0].join(" ");
            for sign in ["meno di un’ora", "riuscita", "kB", "dom-", "deskless"] {
                assert!(row.contains(sign), "{sign}: {row}");
            }
            // It is whoever asked's: it neither counts among those that are kept nor goes.
            let asked = files(&site);
            rule(&site, "24", "48", "1").await;
            for dropped in [0, 1] {
                site.clock.advance(Duration::from_hours(24));
                let done = copy(&site).await;
                assert_eq!((done.made, done.dropped), (1, dropped));
            }
            assert_eq!(files(&site).len(), 2);
            assert_eq!(files(&site)[0], asked[0]);
        }
    });
}

#[test]
fn a_rule_that_is_typed_wrongly_is_told_beside_its_fields() {
    block_on(async {
        let site = copying(Site::of(&cast()).await);
        let mut browser = site.signed_in("administrator").await;
        let page = browser.get("/admin/backups/rules").await;
        assert!(page.main().contains("dall’inizio"), "{}", page.main());
        let form = page.form("/admin/backups/rules");
        for (field, value) in [
            ("every_hours", "169"),
            ("every_hours", "spesso"),
            ("alarm_hours", "23"),
            ("alarm_hours", "721"),
            ("kept", "0"),
            ("from", "01/01/2020"),
        ] {
            let wrong = form.clone().fill(field, value);
            let refused = browser.submit(&wrong, "Registra").await;
            assert_eq!(refused.status, 422, "{field} {value}");
            assert_eq!(refused.errors().len(), 1, "{field}: {:?}", refused.errors());
            let again = refused.form("/admin/backups/rules");
            assert_eq!(again.value(field), value);
        }
    });
}

#[test]
fn where_the_program_makes_no_copies_nobody_is_alarmed() {
    block_on(async {
        let site = Site::of(&cast()).await;
        assert_eq!(copy(&site).await, NOTHING);
        let mut administrator = site.signed_in("administrator").await;
        let page = administrator.get("/admin/backups").await;
        assert!(page.main().contains("non fa copie"), "{}", page.main());
        let refused = administrator.post("/admin/backups/make", &[]).await;
        assert_eq!(refused.status, 422, "{}", refused.main());
        let home = administrator.get("/").await;
        assert!(home.texts("[role=alert]").is_empty());
        assert_eq!(
            administrator.get("/status").await.text(),
            r#"{"status":"pass"}"#
        );
        assert!(!scraped(&site).await.contains("dom_backup_late{"));
    });
}

#[test]
fn on_a_full_disk_the_good_copy_stays_and_the_next_one_goes_well() {
    let program = Program::on_sqlite();
    program.store(&cast());
    let told = program.ok(&["backup"]);
    let good = PathBuf::from(told.lines().next().unwrap());
    let before = fs::read(program.path().join(&good)).unwrap();
    // Room for the journal, not for the copy.
    let ran = short_of_room(&program, 200, &["backup"]).end();
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert_eq!(ran.err.lines().count(), 1, "{ran:?}");
    assert_eq!(fs::read(program.path().join(&good)).unwrap(), before);
    let kept = fs::read_dir(program.data().join("backups"))
        .unwrap()
        .count();
    assert_eq!(kept, 1, "nothing is left of the other");
    program.with_context(async |context| {
        let runs = rows(context).await;
        let states: Vec<BackupState> = runs.iter().map(|run| run.state).collect();
        assert_eq!(states, [BackupState::Failed, BackupState::Made]);
        assert!(runs[0].detail.is_some(), "{:?}", runs[0]);
    });
    program.ok(&["backup"]);
}
