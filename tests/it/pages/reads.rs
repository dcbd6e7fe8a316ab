//! The log of who opened what: every page with persons is in it, whoever opens it;
//! it is sealed by the minute, and what is changed in it afterwards is found.

use std::time::Duration;

use dom::domain::read_log::{Fault, from_text};
use dom::jobs::run_due;
use dom::services::Context;
use dom::services::read_log::{Checked, verify};
use dom::storage::entity::{read, read_segment};
use dom::web::routes;
use sea_orm::{ConnectionTrait, EntityTrait, PaginatorTrait, QueryOrder};

use crate::support::browser::Page;
use crate::support::cast::{Cast, today};
use crate::support::program::{Program, block_on};
use crate::support::site::{Site, email};

fn cast() -> Cast {
    Cast::on(today())
        .worker("W-1", &[])
        .worker("W-2", &[])
        .request("R-1", &[])
}

const MINUTE: Duration = Duration::from_mins(1);

/// What is not sealed yet: route, record, list.
async fn open(site: &Site) -> Vec<(String, Option<String>, Option<String>)> {
    let rows = read::Entity::find()
        .order_by_asc(read::Column::Running)
        .all(site.db().read())
        .await
        .unwrap();
    rows.into_iter()
        .map(|row| (row.what, row.record, row.list))
        .collect()
}

async fn segments(context: &Context) -> Vec<read_segment::Model> {
    read_segment::Entity::find()
        .order_by_asc(read_segment::Column::Number)
        .all(context.db.read())
        .await
        .unwrap()
}

async fn run(context: &Context, statement: &str) {
    let write = context.db.write().await.unwrap();
    write.execute_unprepared(statement).await.unwrap();
    write.commit().await.unwrap();
}

async fn fault(context: &Context) -> Option<(i64, Fault)> {
    let checked = verify(context).await.unwrap();
    checked.broken.map(|broken| (broken.number, broken.fault))
}

#[test]
fn whoever_opens_a_record_or_a_list_is_written_down() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut operator = site.signed_in("operator").await;
            operator.get("/workers/W-1").await;
            let form = operator.get("/workers").await;
            let form = form.form("/workers/search").fill("words", "inventata");
            let found = operator.submit(&form, "Cerca").await;
            operator.follow(&found).await;
            operator.get("/workers/W-9").await;
            operator.get("/vocabularies").await;
            operator.get("/accesses").await;
            let rows = open(&site).await;
            assert_eq!(rows.len(), 3, "{rows:?}");
            let record = Some("W-1".to_owned());
            assert_eq!(rows[0], ("GET /workers/{code}".to_owned(), record, None));
            assert_eq!(rows[1], ("GET /workers".to_owned(), None, None));
            let list = rows[2].2.as_ref().unwrap();
            assert!(
                list.starts_with("s="),
                "which search, never its words: {list}"
            );
            assert!(!list.contains("inventata"));

            let mut administrator = site.signed_in("administrator").await;
            administrator.get("/families/F-1").await;
            let page = administrator.get("/admin/reads").await;
            assert!(page.main().contains("F-1"), "administrators too");
            let again = administrator.get("/admin/reads").await;
            assert!(
                again.main().contains("GET /admin/reads"),
                "and that they looked"
            );
            for name in ["operator", "partner", "reader"] {
                let page = site.signed_in(name).await.get("/admin/reads").await;
                assert_eq!(page.status, 403, "{name}");
            }
        }
    });
}

#[test]
fn every_route_that_shows_persons_says_so() {
    for route in routes() {
        let of_persons = [
            "/workers",
            "/families",
            "/requests",
            "/sheets",
            "/partner",
            "/tasks",
        ];
        let shows = of_persons.iter().any(|start| route.path.starts_with(start));
        if shows {
            assert!(route.shows_persons, "{}", route.path);
        }
        if route.roles.contains(&"nobody") {
            assert!(!route.shows_persons, "{}", route.path);
        }
    }
}

#[test]
fn the_log_is_turned_by_key_there_and_back() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut operator = site.signed_in("operator").await;
            for _ in 0..25 {
                operator.get("/workers/W-1").await;
                site.clock.advance(MINUTE);
            }
            run_due(&site.context).await.unwrap();
            assert_eq!(segments(&site.context).await.len(), 25);
            let mut administrator = site.signed_in("administrator").await;
            let mut pages = vec![administrator.get("/admin/reads?record=W-1").await];
            for _ in 0..2 {
                let last = pages.last().unwrap();
                let next = administrator.click(last, "Pagina successiva").await;
                pages.push(next);
            }
            let moments = |page: &Page| -> Vec<String> {
                page.rows().into_iter().map(|row| row[0].clone()).collect()
            };
            let shown: Vec<Vec<String>> = pages.iter().map(moments).collect();
            let lengths: Vec<usize> = shown.iter().map(Vec::len).collect();
            assert_eq!(lengths, [10, 10, 5]);
            let mut all: Vec<&String> = shown.iter().flatten().collect();
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), 25, "no minute stands on two pages");
            let back = administrator.click(&pages[2], "Pagina precedente").await;
            assert_eq!(moments(&back), shown[1]);
            let first = administrator.click(&back, "Pagina precedente").await;
            assert_eq!(moments(&first), shown[0]);
            for wrong in ["x", "1-2", "-1-1-1", "99999999999999999999-1-a"] {
                let page = format!("/admin/reads?record=W-1&page=2&after={wrong}");
                let page = administrator.get(&page).await;
                assert_eq!(
                    (page.status.as_u16(), page.rows().len()),
                    (200, 10),
                    "{wrong}"
                );
            }
        }
    });
}

#[test]
fn closed_minutes_are_sealed_with_digests_and_the_page_knows_the_codes() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut operator = site.signed_in("operator").await;
            operator.get("/workers/W-1").await;
            run_due(&site.context).await.unwrap();
            assert_eq!(segments(&site.context).await.len(), 0, "the minute is open");
            site.clock.advance(MINUTE);
            operator.get("/workers/W-2").await;
            site.clock.advance(MINUTE);
            let done = run_due(&site.context).await.unwrap();
            assert_eq!((done.reads.segments, done.reads.entries), (2, 2));
            assert!(open(&site).await.is_empty(), "sealed, and nowhere else");
            let sealed = segments(&site.context).await;
            assert_eq!(sealed[1].before, sealed[0].seal);
            let text = sealed[0].entries.as_ref().unwrap();
            assert!(
                !text.contains("W-1") && !text.contains("operator"),
                "{text}"
            );
            assert_eq!(from_text(text)[0].what, "GET /workers/{code}");

            let mut administrator = site.signed_in("administrator").await;
            let page = administrator.get("/admin/reads?record=W-2").await;
            let rows = page.rows();
            assert_eq!(rows.len(), 1, "{rows:?}");
            assert_eq!(
                rows[0][1..5],
                ["operator", "grosseto", "GET /workers/{code}", "W-2"]
            );
            let nobody = administrator.get("/admin/reads?record=W-3").await;
            assert!(nobody.rows().is_empty());
            let checked = verify(&site.context).await.unwrap();
            let page = administrator.get("/admin/reads").await;
            assert!(page.main().contains(&checked.head), "the head is published");
            let expected = Checked {
                head: checked.head.clone(),
                segments: 2,
                entries: 2,
                open: 2,
                broken: None,
            };
            assert_eq!(checked, expected);
        }
    });
}

#[test]
fn old_entries_are_dropped_and_their_seals_stay() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut operator = site.signed_in("operator").await;
            operator.get("/workers/W-1").await;
            site.clock.advance(MINUTE);
            operator.get("/workers/W-2").await;
            site.clock.advance(MINUTE * 2);
            run_due(&site.context).await.unwrap();
            site.clock.advance(Duration::from_hours(24 * 400));
            let wipe = "UPDATE read_segments SET entries = NULL WHERE number = 2";
            run(&site.context, wipe).await;
            let early = Some((2, Fault::Entries));
            assert_eq!(fault(&site.context).await, early, "no rule dropped it");
            site.clock.advance(Duration::from_hours(24 * 329));
            assert_eq!(run_due(&site.context).await.unwrap().reads.dropped, 0);
            site.clock.advance(Duration::from_hours(24 * 2));
            assert_eq!(run_due(&site.context).await.unwrap().reads.dropped, 1);
            assert_eq!(segments(&site.context).await[0].entries, None);
            assert_eq!(fault(&site.context).await, None);
        }
    });
}

#[test]
fn pages_are_shown_while_others_write_and_the_entry_is_not_lost() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut operator = site.signed_in("operator").await;
        let long = site.db().write().await.unwrap();
        let page = operator.get("/workers/W-1").await;
        assert_eq!(page.status, 200);
        assert!(open(&site).await.is_empty(), "others write");
        long.commit().await.unwrap();
        operator.get("/workers/W-2").await;
        let records: Vec<_> = open(&site)
            .await
            .into_iter()
            .filter_map(|row| row.1)
            .collect();
        assert_eq!(records, ["W-1", "W-2"]);
    });
}

#[test]
fn many_who_open_at_once_are_all_written_down() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let operator = site.signed_in("operator").await;
            let mut pages = tokio::task::JoinSet::new();
            for _ in 0..30 {
                let mut one = operator.clone();
                pages.spawn(async move { one.get("/workers/W-1").await.status });
            }
            while let Some(status) = pages.join_next().await {
                assert_eq!(status.unwrap(), 200);
            }
            // Whoever did not wait any longer is written down with the next.
            operator.clone().get("/workers/W-2").await;
            assert_eq!(open(&site).await.len(), 31);
        }
    });
}

#[test]
fn two_that_seal_at_once_seal_each_entry_once() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut operator = site.signed_in("operator").await;
            for _ in 0..5 {
                operator.get("/workers/W-1").await;
                site.clock.advance(MINUTE);
            }
            let (a, b) = (site.context.clone(), site.context.clone());
            let seal = |context: Context| async move {
                dom::services::read_log::seal(&context)
                    .await
                    .unwrap()
                    .entries
            };
            let (a, b) = tokio::join!(tokio::spawn(seal(a)), tokio::spawn(seal(b)));
            assert_eq!(a.unwrap() + b.unwrap(), 5);
            assert_eq!(fault(&site.context).await, None);
        }
    });
}

#[test]
fn whatever_is_changed_by_hand_is_named_by_its_segment() {
    block_on(async {
        for (change, expected) in [
            (
                "UPDATE read_segments SET entries = replace(entries, 'grosseto', 'follonica') WHERE number = 2",
                (2, Fault::Entries),
            ),
            (
                "UPDATE read_segments SET count = 7 WHERE number = 3",
                (3, Fault::Seal),
            ),
            (
                "DELETE FROM read_segments WHERE number = 2",
                (2, Fault::Missing),
            ),
            (
                "DELETE FROM read_segments WHERE number = 4",
                (4, Fault::Missing),
            ),
            (
                "DELETE FROM read_segments WHERE number > 2",
                (3, Fault::Missing),
            ),
            (
                "UPDATE read_segments SET entries = NULL WHERE number = 2",
                (2, Fault::Entries),
            ),
            (
                "UPDATE read_segments SET seal = before WHERE number = 1",
                (1, Fault::Seal),
            ),
        ] {
            for site in Site::on_both(&cast()).await {
                let mut operator = site.signed_in("operator").await;
                for _ in 0..4 {
                    operator.get("/workers/W-1").await;
                    site.clock.advance(MINUTE);
                }
                run_due(&site.context).await.unwrap();
                assert_eq!(fault(&site.context).await, None);
                run(&site.context, change).await;
                assert_eq!(fault(&site.context).await, Some(expected), "{change}");
            }
        }
    });
}

#[test]
fn commands_that_show_persons_are_written_down_too() {
    for program in Program::on_both() {
        program.store(&cast());
        program.operator("ada@prova.example", "grosseto");
        program.ok(&["export", "workers"]);
        program.ok(&["match", "R-1"]);
        let ada = ["--as", "ada@prova.example", "--out", "one.pdf"];
        let issue = [&["sheet", "issue", "R-1", "W-1"], &ada[..]].concat();
        let number = program.ok(&issue);
        program.ok(&[&["sheet", "print", number.trim()], &ada[..]].concat());
        program.with_context(async |context| {
            let rows = read::Entity::find()
                .order_by_asc(read::Column::Running)
                .all(context.db.read())
                .await
                .unwrap();
            let told: Vec<(&str, Option<&str>, Option<&str>, bool)> = rows
                .iter()
                .map(|row| {
                    let (record, list) = (row.record.as_deref(), row.list.as_deref());
                    (row.what.as_str(), record, list, row.account_id == 0)
                })
                .collect();
            assert_eq!(
                told,
                [
                    ("dom export", None, Some("workers"), true),
                    ("dom match", Some("R-1"), None, true),
                    ("dom sheet issue", Some("R-1"), None, false),
                    ("dom sheet print", Some(number.trim()), None, false),
                ]
            );
        });
    }
}

#[test]
fn how_long_entries_are_kept_is_policy() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let policy =
                "INSERT INTO read_log_rules (valid_from, kept_days) VALUES ('2020-01-01', 30)";
            run(&site.context, policy).await;
            let mut operator = site.signed_in("operator").await;
            operator.get("/workers/W-1").await;
            site.clock.advance(MINUTE * 2);
            run_due(&site.context).await.unwrap();
            site.clock.advance(Duration::from_hours(24 * 29));
            assert_eq!(run_due(&site.context).await.unwrap().reads.dropped, 0);
            site.clock.advance(Duration::from_hours(24 * 2));
            assert_eq!(run_due(&site.context).await.unwrap().reads.dropped, 1);
            let page = site
                .signed_in("administrator")
                .await
                .get("/admin/reads")
                .await;
            assert!(page.main().contains("Dopo 30 giorni"), "{}", page.main());
        }
    });
}

#[test]
fn administrators_set_how_long_entries_are_kept_and_no_shorter_than_half_a_year() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut operator = site.signed_in("operator").await;
            operator.get("/workers/W-1").await;
            assert_eq!(operator.get("/admin/reads/kept").await.status, 403);
            let typed = [("days", "200"), ("from", "01/01/2040")];
            let refused = operator.post("/admin/reads/kept", &typed).await;
            assert_eq!(refused.status, 403);
            site.clock.advance(MINUTE * 2);
            run_due(&site.context).await.unwrap();

            let mut administrator = site.signed_in("administrator").await;
            let log = administrator.get("/admin/reads").await;
            let page = administrator
                .click(&log, "Per quanto tempo si conserva il registro")
                .await;
            let form = page.form("/admin/reads/kept");
            assert_eq!(form.value("days"), "730");
            for (days, from, told) in [
                ("182", None, "un numero intero fra"),
                ("0", None, "un numero intero fra"),
                ("4000", None, "un numero intero fra"),
                (
                    "200",
                    Some("01/01/2020"),
                    "Il giorno non può essere passato",
                ),
            ] {
                let mut form = form.clone().fill("days", days);
                if let Some(from) = from {
                    form = form.fill("from", from);
                }
                let refused = administrator.submit(&form, "Registra").await;
                assert_eq!(refused.status, 422, "{days} {from:?}");
                let errors = refused.errors().join(" ");
                assert!(errors.contains(told), "{days} {from:?}: {errors}");
                assert_eq!(refused.form("/admin/reads/kept").value("days"), days);
            }
            let form = form.fill("days", "200");
            let done = administrator.submit(&form, "Registra").await;
            let saved = administrator.follow(&done).await;
            assert!(saved.notice().contains("registrata"), "{}", saved.main());
            assert!(
                saved.main().contains("conservano 200 giorni"),
                "{}",
                saved.main()
            );
            let rows = saved.rows();
            assert_eq!(rows.len(), 2, "the new row and the first: {rows:?}");

            // A later word overrides it, also for a day that is still to come.
            site.clock.advance(Duration::from_hours(24 * 199));
            assert_eq!(run_due(&site.context).await.unwrap().reads.dropped, 0);
            site.clock.advance(Duration::from_hours(24 * 2));
            assert!(run_due(&site.context).await.unwrap().reads.dropped > 0);
            assert_eq!(fault(&site.context).await, None, "the chain is whole");
        }
    });
}

#[test]
fn the_command_names_the_first_broken_segment() {
    for program in Program::on_both() {
        program.store(&cast());
        let whole = program.ok(&["audit", "verify"]);
        assert!(whole.starts_with("0 segments"), "{whole}");
        program.with_context(async |context| {
            let read = |running: i64| dom::storage::reads::Read {
                instance: "prova".to_owned(),
                running,
                at: context.now() - chrono::TimeDelta::minutes(10 - running),
                account_id: 1,
                desk: Some("grosseto".to_owned()),
                what: "GET /workers/{code}".to_owned(),
                record: Some("W-1".to_owned()),
                list: None,
            };
            let write = context.db.write().await.unwrap();
            let all: Vec<_> = (1..=5).map(read).collect();
            dom::storage::reads::append(&*write, &all).await.unwrap();
            write.commit().await.unwrap();
            dom::services::read_log::seal(context).await.unwrap();
        });
        let whole = program.ok(&["audit", "verify"]);
        assert!(
            whole.starts_with("5 segments with 5 entries are whole"),
            "{whole}"
        );
        let head = whole.lines().last().unwrap().strip_prefix("head ").unwrap();
        assert_eq!(head.len(), 64, "what is written down elsewhere: {head}");
        program.with_context(async |context| {
            let rows = read_segment::Entity::find().count(context.db.read());
            assert_eq!(rows.await.unwrap(), 5);
            run(
                context,
                "UPDATE read_segments SET entries = '' WHERE number = 3",
            )
            .await;
        });
        let line = program.refused(&["audit", "verify"]);
        assert!(line.contains("broken at segment 3 of prova"), "{line}");
        let told = program.run(&["audit", "verify", "--json"]);
        let told: serde_json::Value = serde_json::from_str(&told.out).unwrap();
        assert_eq!(told["broken"]["segment"], 3);
        assert_eq!(told["broken"]["fault"], "entries");
        program.with_context(async |context| {
            run(context, "DELETE FROM read_segments WHERE number = 3").await;
        });
        let line = program.refused(&["audit", "verify"]);
        assert!(
            line.contains("broken at segment 3 of prova: it is gone"),
            "{line}"
        );
        assert!(line.contains("the next that is there is 4"), "{line}");
        program.with_context(async |context| {
            run(context, "DELETE FROM read_segments WHERE number > 2").await;
        });
        let line = program.refused(&["audit", "verify"]);
        assert!(line.contains("broken at segment 3 of prova"), "{line}");
        assert!(line.contains("all after it are gone"), "{line}");
    }
}

#[test]
fn what_is_out_of_the_ordinary_is_shown_to_administrators() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let unusual = async || {
                let mut administrator = site.signed_in("administrator").await;
                let page = administrator.get("/admin/reads/unusual").await;
                assert_eq!(page.status, 200);
                let rows = page.rows().into_iter();
                rows.map(|row| row[1..].to_vec()).collect::<Vec<_>>()
            };
            assert!(unusual().await.is_empty());
            let address = email("operator");
            let operator = dom::services::accounts::actor_named(&site.context, &address).await;
            let account_id = operator.unwrap().account_id;
            let noon = site.context.now();
            let read = |running: i64, hours: i64| dom::storage::reads::Read {
                instance: "prova".to_owned(),
                running,
                at: noon - chrono::TimeDelta::hours(hours),
                account_id,
                desk: Some("grosseto".to_owned()),
                what: "GET /workers/{code}".to_owned(),
                record: Some(format!("W-{running}")),
                list: None,
            };
            // Forty-one in an hour, one in the night before, forty in an hour of yesterday.
            let mut reads: Vec<_> = (100..140).map(|running| read(running, 24)).collect();
            reads.push(read(200, 13));
            reads.extend((300..341).map(|running| read(running, 2)));
            let write = site.db().write().await.unwrap();
            dom::storage::reads::append(&*write, &reads).await.unwrap();
            let detail = Some("{\"rows\":501}");
            let (by, action) = (Some(account_id), "export.list.workers");
            dom::storage::audit::insert(&*write, noon, by, action, None, detail)
                .await
                .unwrap();
            write.commit().await.unwrap();
            let expected = [
                ["operator", "Un elenco uscito, di 501 righe"],
                ["operator", "41 schede in un’ora"],
                ["operator", "Una scheda di notte"],
            ];
            assert_eq!(unusual().await, expected, "as it waits to be sealed");
            run_due(&site.context).await.unwrap();
            assert_eq!(unusual().await, expected, "and sealed");
            let mut reader = site.signed_in("operator").await;
            assert_eq!(reader.get("/admin/reads/unusual").await.status, 403);
            site.clock.advance(Duration::from_hours(24 * 8));
            assert!(unusual().await.is_empty(), "after a week nobody asks");
        }
    });
}
