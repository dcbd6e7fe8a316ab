//! The yearly report of the access log beside `DuckDB` on the same rows in the same
//! run, over `SQLite` and `PostgreSQL`. Both sides' figures must be equal before a
//! time is printed. `scripts/bench report` brings what it needs.
//!
//!     cargo bench --bench report -- 10000 1000000 10000000
//!     cargo bench --bench report -- outcomes 1000000
//!
//! The second is of the follow-up and the outcome report (`report/outcomes.rs`).
//!
//! `BENCH_PYTHON`: a Python with the package duckdb. `BENCH_POSTGRES_URL`: a server
//! on which databases may be made; without it only `SQLite` is measured.

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark measures the machine's time"
)]

#[path = "report/outcomes.rs"]
mod outcomes;

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use dom::domain::access::figures::{Dimension, YearReport};
use dom::services::accesses::YearOfLog;
use dom::storage::Db;
use dom::storage::connect::Place;
use dom::storage::migrator::migrate;
use sea_orm::{ConnectionTrait, DbBackend, Statement};

const YEAR: i32 = 2024;
const RUNS: usize = 9;

/// Columns with what each row number makes of them: the same arithmetic on both
/// databases. `n` is the row's number, from 1.
const COLUMNS: [(&str, &str); 13] = [
    (
        "channel",
        "CASE (n * 7919) % 10 WHEN 0 THEN 'email' WHEN 1 THEN 'telephone' WHEN 2 THEN 'telephone' ELSE 'front_desk' END",
    ),
    ("first_access", "(n * 104729) % 3 = 0"),
    (
        "sex",
        "CASE (n * 1299709) % 9 WHEN 0 THEN NULL WHEN 1 THEN 'unknown' WHEN 2 THEN 'm' WHEN 3 THEN 'm' WHEN 4 THEN 'm' ELSE 'f' END",
    ),
    (
        "age_band",
        "CASE (n * 15485863) % 8 WHEN 0 THEN NULL WHEN 1 THEN '21_30' WHEN 2 THEN '31_40' WHEN 3 THEN '31_40' WHEN 4 THEN '41_50' WHEN 5 THEN '51_60' WHEN 6 THEN 'gt60' ELSE 'unknown' END",
    ),
    (
        "citizenship",
        "CASE (n * 32452843) % 12 WHEN 0 THEN NULL WHEN 1 THEN 'IT' WHEN 2 THEN 'AL' WHEN 3 THEN 'MA' WHEN 4 THEN 'UA' WHEN 5 THEN 'UA' WHEN 6 THEN 'RO' WHEN 7 THEN 'SN' WHEN 8 THEN 'PE' WHEN 9 THEN 'BD' WHEN 10 THEN 'PK' ELSE 'TN' END",
    ),
    (
        "comune",
        "CASE (n * 49979687) % 9 WHEN 0 THEN NULL WHEN 1 THEN '053009' WHEN 2 THEN '053010' WHEN 3 THEN '053015' WHEN 4 THEN 'other' WHEN 5 THEN '048017' ELSE '053011' END",
    ),
    (
        "permit_type",
        "CASE WHEN (n * 67867967) % 2 = 0 THEN NULL ELSE 'eu_citizen' END",
    ),
    (
        "referred_by",
        "CASE (n * 86028121) % 4 WHEN 0 THEN NULL WHEN 1 THEN 'school' ELSE 'none' END",
    ),
    (
        "reason",
        "CASE (n * 10619863) % 9 WHEN 0 THEN 'housing' WHEN 1 THEN 'benefits' WHEN 2 THEN 'legal_info' WHEN 3 THEN 'job_search' WHEN 4 THEN 'flow_decree' WHEN 5 THEN 'other' ELSE 'residence_permit' END",
    ),
    (
        "activation",
        "CASE WHEN (n * 2750159) % 3 = 0 THEN '' ELSE 'information' END",
    ),
    (
        "accompaniment",
        "CASE WHEN (n * 5800079) % 20 = 0 THEN 'opened' ELSE 'none' END",
    ),
    (
        "mediation",
        "CASE (n * 7368787) % 3 WHEN 0 THEN NULL WHEN 1 THEN (1 = 1) ELSE (1 = 0) END",
    ),
    (
        "desk_id",
        "CASE WHEN (n * 179424673) % 5 = 0 THEN 2 ELSE 1 END",
    ),
];

fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let sizes: Vec<u64> = std::env::args()
        .filter_map(|text| text.parse().ok())
        .collect();
    let sizes = if sizes.is_empty() {
        vec![10_000]
    } else {
        sizes
    };
    if std::env::args().any(|text| text == "outcomes") {
        for introductions in sizes {
            runtime.block_on(outcomes::measure(introductions));
        }
        return;
    }
    println!("rows, database, ours ms (median of {RUNS}), DuckDB ms, DuckDB over ours");
    for rows in sizes {
        runtime.block_on(measure(rows));
    }
}

async fn measure(rows: u64) {
    let folder = std::env::temp_dir().join(format!("dom-bench-{}-{rows}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut places = vec![("sqlite", Place::Sqlite(folder.join("dom.sqlite")))];
    let server = std::env::var("BENCH_POSTGRES_URL").ok();
    let name = format!("dom_bench_{}_{rows}", std::process::id());
    if let Some(server) = &server {
        let admin = sea_orm::Database::connect(server)
            .await
            .expect("the server answers");
        let made = format!("CREATE DATABASE {name}");
        admin.execute_unprepared(&made).await.expect("a database");
        places.push((
            "postgres",
            Place::Postgres(server.replacen("/postgres?", &format!("/{name}?"), 1)),
        ));
    }
    let mut peer = None;
    for (kind, place) in &places {
        migrate(place).await.expect("a schema");
        let db = Db::open(place, 2).await.expect("a database");
        fill(&db, rows).await;
        let ours = report(&db).await;
        if peer.is_none() {
            peer = Some(duckdb(&db, &folder).await);
        }
        let (theirs, duck_ms) = peer.as_ref().expect("it was just measured");
        assert_eq!(&figures(&ours), theirs, "both must count the same");
        let mut times = Vec::new();
        for _ in 0..RUNS {
            let began = Instant::now();
            std::hint::black_box(report(&db).await);
            times.push(began.elapsed().as_secs_f64() * 1000.0);
        }
        times.sort_by(f64::total_cmp);
        let ours_ms = times[RUNS / 2];
        println!(
            "{rows}, {kind}, {ours_ms:.2}, {duck_ms:.2}, {:.1}",
            duck_ms / ours_ms
        );
        db.close().await.expect("it closes");
    }
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    if let Some(server) = &server {
        let admin = sea_orm::Database::connect(server)
            .await
            .expect("the server answers");
        let gone = format!("DROP DATABASE {name}");
        admin.execute_unprepared(&gone).await.expect("it goes");
    }
}

async fn report(db: &Db) -> YearReport {
    let snapshot = db.snapshot().await.expect("a snapshot");
    let year = YearOfLog::load(&snapshot, YEAR, None)
        .await
        .expect("a year");
    year.report()
}

/// What both sides must agree on, as text.
fn figures(report: &YearReport) -> String {
    let mut lines = Vec::new();
    for desk in &report.desks {
        lines.push(format!(
            "{} {} {}",
            desk.desk, desk.total, desk.first_accesses
        ));
        for (month, count) in (1..).zip(desk.by_month) {
            lines.push(format!("{} {month:02} {count}", desk.desk));
        }
        for (code, count) in desk.top_reasons.iter().chain(&desk.top_citizenships) {
            lines.push(format!("{} {code} {count}", desk.desk));
        }
    }
    for row in report.by_comune.iter().filter(|row| row.accesses > 0) {
        lines.push(format!("{} {}", row.comune, row.accesses));
    }
    lines.sort();
    lines.join("\n")
}

/// Rows by arithmetic, and the counts that the program would have kept.
async fn fill(db: &Db, rows: u64) {
    let write = db.write().await.expect("a turn");
    let postgres = write.get_database_backend() == DbBackend::Postgres;
    let numbers = if postgres {
        format!("SELECT n::bigint AS n FROM generate_series(1, {rows}) n")
    } else {
        format!(
            "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < {rows}) SELECT n FROM numbers"
        )
    };
    let (id, day, year, month) = if postgres {
        (
            "md5(n::text)",
            "DATE '2023-01-01' + ((n * 6700417) % 1095)::int",
            "extract(year FROM day)::int",
            "to_char(day, 'MM')",
        )
    } else {
        (
            "printf('%016x', n * 2654435761 % 4294967296 * 65536 + n % 65536) || n",
            "date('2023-01-01', '+' || ((n * 6700417) % 1095) || ' days')",
            "CAST(strftime('%Y', day) AS INTEGER)",
            "strftime('%m', day)",
        )
    };
    let names: Vec<&str> = COLUMNS.iter().map(|(name, _)| *name).collect();
    let values: Vec<&str> = COLUMNS.iter().map(|(_, value)| *value).collect();
    let insert = format!(
        "INSERT INTO accesses (id, day, {}) SELECT {id}, {day}, {} FROM ({numbers}) AS numbered",
        names.join(", "),
        values.join(", ")
    );
    write.execute_unprepared(&insert).await.expect("rows");
    for dimension in Dimension::ALL {
        let column = dimension.code();
        let value = match dimension {
            Dimension::Day if postgres => "day::text".to_owned(),
            Dimension::Day => "day".to_owned(),
            Dimension::Month => month.to_owned(),
            Dimension::FirstAccess | Dimension::Mediation => {
                format!("CASE WHEN {column} THEN 'yes' ELSE 'no' END")
            }
            _ => column.to_owned(),
        };
        let stated = match dimension {
            Dimension::Day | Dimension::Month => "1 = 1".to_owned(),
            Dimension::Activation => "activation <> ''".to_owned(),
            _ => format!("{column} IS NOT NULL"),
        };
        let count = format!(
            "INSERT INTO access_counts (year, desk_id, dimension, value, count) \
             SELECT {year}, desk_id, '{column}', {value}, count(*) FROM accesses WHERE {stated} GROUP BY 1, 2, 4"
        );
        write.execute_unprepared(&count).await.expect("counts");
    }
    write.commit().await.expect("it stands");
}

/// `DuckDB`'s figures and time, one thread, as a child process over the same rows.
async fn duckdb(db: &Db, folder: &Path) -> (String, f64) {
    let file = folder.join("rows.csv");
    let mut out = csv::Writer::from_path(&file).expect("a file");
    out.write_record([
        "day",
        "desk",
        "channel",
        "first_access",
        "sex",
        "age_band",
        "citizenship",
        "comune",
        "reason",
    ])
    .expect("a header");
    let backend = db.read().get_database_backend();
    let mut last = String::new();
    loop {
        let page = format!(
            "SELECT a.id, CAST(a.day AS TEXT) AS day, d.code AS desk, channel, CASE WHEN first_access THEN 1 ELSE 0 END AS first_access, \
             sex, age_band, citizenship, a.comune AS comune, reason \
             FROM accesses a JOIN desks d ON d.id = a.desk_id WHERE a.id > '{last}' ORDER BY a.id LIMIT 50000"
        );
        let rows = db
            .read()
            .query_all_raw(Statement::from_string(backend, page))
            .await
            .expect("rows");
        let Some(end) = rows.last() else { break };
        last = end.try_get("", "id").expect("a key");
        for row in &rows {
            let text = |column| {
                row.try_get::<Option<String>>("", column)
                    .expect("text")
                    .unwrap_or_default()
            };
            let first: i32 = row.try_get("", "first_access").expect("a flag");
            out.write_record([
                text("day"),
                text("desk"),
                text("channel"),
                first.to_string(),
                text("sex"),
                text("age_band"),
                text("citizenship"),
                text("comune"),
                text("reason"),
            ])
            .expect("a row");
        }
    }
    out.flush().expect("it is written");
    let python = std::env::var("BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let script = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/benches/peers/report_duckdb.py"
    );
    let ran = Command::new(python)
        .args([
            script,
            file.to_str().expect("a path"),
            &YEAR.to_string(),
            &RUNS.to_string(),
        ])
        .output()
        .expect("Python with duckdb: see scripts/bench");
    assert!(
        ran.status.success(),
        "{}",
        String::from_utf8_lossy(&ran.stderr)
    );
    let text = String::from_utf8(ran.stdout).expect("text");
    let (time, figures) = text.split_once('\n').expect("a time, then figures");
    (figures.trim_end().to_owned(), time.parse().expect("a time"))
}
