//! The follow-up and the outcome report over many introductions: how long it takes
//! to find out who is due when a day's are and when nobody is, and to make the
//! report of a year. The plans of the statements are printed, to be looked at.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::{NaiveDate, TimeZone as _, Utc};
use dom::clock::{ManualClock, SystemRandomness};
use dom::domain::family::Family;
use dom::domain::ids::DeskCode;
use dom::domain::outcome::Period;
use dom::domain::reading::Fields;
use dom::domain::request::CareRequest;
use dom::domain::worker::Worker;
use dom::services::Context;
use dom::services::follow_up::waves;
use dom::services::outcome_report;
use dom::storage::connect::Place;
use dom::storage::entity::{family, request, worker};
use dom::storage::migrator::migrate;
use dom::storage::{self, Db};
use sea_orm::{ConnectionTrait, DbBackend, Iterable, Statement};

/// Introductions are spread over so many days up to today.
const DAYS: u64 = 1095;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day")
}

/// Measures one size over each kind of database that there is.
pub async fn measure(rows: u64) {
    let folder = std::env::temp_dir().join(format!("dom-bench-o-{}-{rows}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    for (kind, place) in places(&folder, rows).await {
        migrate(&place).await.expect("a schema");
        let db = Db::open(&place, 4).await.expect("a database");
        let began = Instant::now();
        fill(&db, rows).await;
        let filled = began.elapsed().as_secs_f64();
        one(kind, rows, &db, filled).await;
        plans(kind, &db).await;
        db.close().await.expect("it closes");
    }
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    drop_database(rows).await;
}

async fn places(folder: &Path, rows: u64) -> Vec<(&'static str, Place)> {
    let mut places = vec![("sqlite", Place::Sqlite(folder.join("dom.sqlite")))];
    if let Ok(server) = std::env::var("BENCH_POSTGRES_URL") {
        let name = name(rows);
        let admin = sea_orm::Database::connect(&server).await.expect("a server");
        let made = format!("CREATE DATABASE {name}");
        admin.execute_unprepared(&made).await.expect("a database");
        let url = server.replacen("/postgres?", &format!("/{name}?"), 1);
        places.push(("postgres", Place::Postgres(url)));
    }
    places
}

fn name(rows: u64) -> String {
    format!("dom_bench_outcomes_{}_{rows}", std::process::id())
}

async fn drop_database(rows: u64) {
    if let Ok(server) = std::env::var("BENCH_POSTGRES_URL") {
        let admin = sea_orm::Database::connect(&server).await.expect("a server");
        let gone = format!("DROP DATABASE {}", name(rows));
        admin.execute_unprepared(&gone).await.expect("it goes");
    }
}

async fn one(kind: &str, rows: u64, db: &Db, filled: f64) {
    let morning = today().and_hms_opt(4, 0, 0).expect("a time");
    let context = Context::new(
        db.clone(),
        Arc::new(ManualClock::at(Utc.from_utc_datetime(&morning))),
        Arc::new(SystemRandomness),
        "http://dom.example".to_owned(),
    );
    let began = Instant::now();
    let first = waves::run(&context).await.expect("a run");
    let caught_up = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let idle = waves::run(&context).await.expect("a run");
    let nobody = began.elapsed().as_secs_f64() * 1000.0;
    assert_eq!(idle.invited, 0, "nobody is invited twice");
    let period = Period {
        from: NaiveDate::from_ymd_opt(2025, 1, 1).expect("a day"),
        to: NaiveDate::from_ymd_opt(2025, 12, 31).expect("a day"),
        today: today(),
    };
    let began = Instant::now();
    let report = outcome_report::everything(&context, period).await;
    let made = began.elapsed().as_secs_f64();
    let figures = report.expect("a report").figures;
    println!(
        "{kind}: {rows} introductions (filled in {filled:.0} s): {} invited in {caught_up:.1} s, \
         a run with nobody due {nobody:.0} ms, the report of a year ({} requests, {} introductions) {made:.2} s",
        first.invited, figures.requests, figures.introductions
    );
}

struct Row(Vec<(&'static str, String)>);

impl Fields for Row {
    fn get(&self, column: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| *name == column);
        found.map(|(_, cell)| cell.as_str())
    }
}

fn row(cells: &[(&'static str, &str)]) -> Row {
    Row(cells
        .iter()
        .map(|(name, cell)| (*name, (*cell).to_owned()))
        .collect())
}

/// One of each by the domain's readers, then copies of them by arithmetic.
async fn fill(db: &Db, rows: u64) {
    let write = db.write().await.expect("a turn");
    templates(&*write).await;
    let backend = write.get_database_backend();
    let (families, workers, requests) = (rows / 4, rows / 10, rows / 2);
    let code = |prefix: &str| ("code", format!("'{prefix}-' || n"));
    let of_families = [code("F"), ("desk_id", "1 + n % 2".to_owned())];
    copy::<family::Column>(&*write, "families", families, &of_families).await;
    copy::<worker::Column>(&*write, "workers", workers, &[code("W")]).await;
    let opened = day(backend, &format!("(n * 7919) % {DAYS} + 10"));
    let of_requests = [
        code("R"),
        ("family_id", format!("2 + n % {families}")),
        ("opened_on", opened),
    ];
    copy::<request::Column>(&*write, "requests", requests, &of_requests).await;
    introduce(&*write, rows, requests, workers).await;
    write.commit().await.expect("they stand");
    let statistics = db.read().execute_unprepared("ANALYZE").await;
    statistics.expect("statistics");
}

async fn templates(write: &impl ConnectionTrait) {
    let desks: Vec<DeskCode> = ["grosseto", "follonica"]
        .into_iter()
        .map(|code| DeskCode::parse(code).expect("a code"))
        .collect();
    let person = [
        ("given_name", "Zoe"),
        ("family_name", "Inventata"),
        ("comune", "053011"),
        ("desk", "grosseto"),
        ("phone", "+390564200001"),
    ];
    let mut cells = person.to_vec();
    cells.push(("code", "F-0"));
    let family = Family::read(&row(&cells), None, &desks, &[]).expect("a family");
    let mut cells = person.to_vec();
    cells.extend([
        ("code", "W-0"),
        ("sex", "f"),
        ("max_km", "20"),
        ("arrangements", "hourly"),
        ("availability", "Mon-Fri 08:00-12:00"),
    ]);
    let worker = Worker::read(&row(&cells), None, today(), &desks).expect("a worker");
    let cells = [
        ("code", "R-0"),
        ("family", "F-0"),
        ("comune", "053011"),
        ("arrangement", "hourly"),
        ("schedule", "Mon-Fri 08:00-12:00"),
        ("start_date", "2026-12-01"),
        ("opened_on", "2023-01-01"),
        ("status", "closed"),
    ];
    let request = CareRequest::read(&row(&cells), None, today()).expect("a request");
    storage::families::insert_many(write, &[family.value])
        .await
        .expect("a row");
    storage::workers::insert_many(write, &[worker.value])
        .await
        .expect("a row");
    storage::requests::insert_many(write, &[request.value])
        .await
        .expect("a row");
}

/// Copies the first row of a table, each copy with what its number makes of some
/// columns.
async fn copy<C: Iterable + sea_orm::Iden>(
    write: &impl ConnectionTrait,
    table: &str,
    many: u64,
    changes: &[(&str, String)],
) {
    let names = C::iter().map(|column| column.unquoted().to_owned());
    let names: Vec<String> = names.filter(|name| name != "id").collect();
    let value = |column: &String| {
        let changed = changes.iter().find(|(name, _)| name == column);
        changed.map_or_else(|| format!("t.{column}"), |(_, value)| value.clone())
    };
    let values: Vec<String> = names.iter().map(value).collect();
    let copy = format!(
        "INSERT INTO {table} ({}) SELECT {} FROM {table} t, ({}) AS numbered WHERE t.id = 1",
        names.join(", "),
        values.join(", "),
        numbers(write.get_database_backend(), many)
    );
    write.execute_unprepared(&copy).await.expect("copies");
}

/// Two introductions a request, ten days after it was opened, and some answers.
async fn introduce(write: &impl ConnectionTrait, rows: u64, requests: u64, workers: u64) {
    let backend = write.get_database_backend();
    let introductions = format!(
        "INSERT INTO introductions (code, request_id, worker_id, issued_on) \
         SELECT 'I-' || n, 2 + n / 2 % {requests}, 2 + (n * 104729) % {workers}, {} FROM ({}) AS numbered",
        day(
            backend,
            &format!("((n / 2 % {requests} + 1) * 7919) % {DAYS}")
        ),
        numbers(backend, rows)
    );
    write
        .execute_unprepared(&introductions)
        .await
        .expect("introductions");
    let no = if backend == DbBackend::Postgres {
        "false"
    } else {
        "0"
    };
    for (side, part) in [("family", 2), ("worker", 3)] {
        let answers = format!(
            "INSERT INTO answers (introduction_id, side, wave, answered_on, result, notified_yes) \
             SELECT id, '{side}', 'w1', {}, CASE WHEN id % 5 = 0 THEN 'hired' ELSE 'no' END, {no} \
             FROM introductions WHERE id % {part} = 0",
            after(backend, "issued_on", 17)
        );
        write.execute_unprepared(&answers).await.expect("answers");
    }
}

fn numbers(backend: DbBackend, many: u64) -> String {
    if backend == DbBackend::Postgres {
        format!("SELECT n::bigint AS n FROM generate_series(1, {many}) n")
    } else {
        format!(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {many}) SELECT n FROM numbers"
        )
    }
}

/// So many days before today.
fn day(backend: DbBackend, days: &str) -> String {
    if backend == DbBackend::Postgres {
        format!("DATE '{}' - ({days})::int", today())
    } else {
        format!("date('{}', '-' || ({days}) || ' days')", today())
    }
}

fn after(backend: DbBackend, column: &str, days: u32) -> String {
    if backend == DbBackend::Postgres {
        format!("{column} + {days}")
    } else {
        format!("date({column}, '+{days} days')")
    }
}

/// How the heaviest questions are answered.
async fn plans(kind: &str, db: &Db) {
    const LACKS: &str = "NOT EXISTS (SELECT 1 FROM invitations v \
               WHERE v.introduction_id = i.id AND v.wave = 'w1' AND v.side = 'family')";
    const PEOPLE: &str = "SELECT i.id FROM introductions i JOIN requests r ON r.id = i.request_id \
               JOIN workers w ON w.id = i.worker_id";
    let due = format!(
        "{PEOPLE} WHERE i.issued_on BETWEEN '2026-10-19' AND '2026-11-08' AND ({LACKS}) \
         ORDER BY i.issued_on, i.id LIMIT 500"
    );
    let started = format!(
        "{PEOPLE} WHERE i.id > 0 AND ({LACKS}) AND i.id IN (SELECT introduction_id FROM answers \
         WHERE started_on BETWEEN '2026-05-07' AND '2026-05-27') ORDER BY i.id LIMIT 500"
    );
    let cohort = "SELECT request_id FROM introductions WHERE issued_on <= '2026-11-23' GROUP BY request_id \
                  HAVING min(issued_on) BETWEEN '2025-01-01' AND '2025-12-31'";
    for question in [due.as_str(), started.as_str(), cohort] {
        let postgres = kind == "postgres";
        let ask = if postgres {
            "EXPLAIN "
        } else {
            "EXPLAIN QUERY PLAN "
        };
        let backend = db.read().get_database_backend();
        let rows = db
            .read()
            .query_all_raw(Statement::from_string(backend, format!("{ask}{question}")))
            .await
            .expect("a plan");
        let column = if postgres { "QUERY PLAN" } else { "detail" };
        for row in rows {
            let line: String = row.try_get("", column).expect("a line");
            println!("  {kind}: {line}");
        }
    }
}
