//! Lists of twenty thousand people: any part of a name in less than a second, in
//! the list's own order, without sorting the list. What is measured here is a
//! whole page with its count, in a program that is not optimised.

use std::sync::{Arc, Mutex};

use chrono::TimeDelta;
use dom::clock::{Clock, SystemClock};
use dom::domain::likeness::near_sounds;
use dom::domain::text::search_words;
use dom::domain::worker::Worker;
use dom::storage::entity::{family, worker};
use dom::storage::lists::{At, ListFilter, Turn};
use dom::storage::{self, Db};
use sea_orm::{ConnectionTrait, DbBackend, IdenStatic, Iterable, Statement};

use super::{add_families, add_workers, on_both};
use crate::support::people::{family as a_family, name, worker as a_worker};

on_both!(
    a_misspelt_name_is_found_among_twenty_thousand_by_the_index_of_sounds,
    any_part_of_a_name_is_found_among_twenty_thousand_in_less_than_a_second,
    a_page_far_down_the_list_reads_none_of_the_rows_before_it,
);

const PEOPLE: u32 = 20_000;

/// A table of people, filled by the database from its one row.
async fn fill(db: &Db, table: &str, columns: &[&str]) {
    // As `search_column` and `sort_name` fold them; one in 2,857 is Niccolò.
    let given = "CASE WHEN i % 2857 = 7 THEN 'niccolo' ELSE 'nome' || (i % 97) END";
    let family = "'cognome' || (i % 3001)";
    let value = |column: &&str| match *column {
        "code" => "'N-' || i".to_owned(),
        "folded" => format!("{given} || ' ' || {family} || ' n ' || i || ' 39333' || i"),
        "sort_name" => format!("{family} || ' ' || {given}"),
        other => format!("t.{other}"),
    };
    let values: Vec<String> = columns.iter().map(value).collect();
    let sql = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {PEOPLE}) \
         INSERT INTO {table} ({}) SELECT {} FROM n, {table} t",
        columns.join(", "),
        values.join(", ")
    );
    db.read().execute_unprepared(&sql).await.unwrap();
    db.read().execute_unprepared("ANALYZE").await.unwrap();
}

fn columns<C: Iterable + IdenStatic>() -> Vec<&'static str> {
    let all = C::iter().map(|column| column.as_str());
    all.filter(|column| *column != "id").collect()
}

/// How the database would do what it was asked, with these words and this page.
async fn plan(db: &Db, sql: &str, table: &str, pattern: &str, page: (u64, u64)) -> String {
    let mut literals = vec![erased_kind(table)];
    if !pattern.is_empty() {
        literals.push(format!("'{pattern}'"));
    }
    literals.extend([page.0.to_string(), page.1.to_string()]);
    plan_with(db, sql, &literals).await
}

/// How the list of erased people, which every list asks first, calls those of a table.
fn erased_kind(table: &str) -> String {
    let kind = if table == "workers" {
        "worker"
    } else {
        "family"
    };
    format!("'{kind}'")
}

/// The same with these values, in the order of the statement.
async fn plan_with(db: &Db, sql: &str, literals: &[String]) -> String {
    let is_postgres = db.read().get_database_backend() == DbBackend::Postgres;
    let mut text = sql.to_owned();
    for (at, literal) in literals.iter().enumerate() {
        text = if is_postgres {
            text.replacen(&format!("${}", at + 1), literal, 1)
        } else {
            text.replacen('?', literal, 1)
        };
    }
    let explain = if is_postgres {
        "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF)"
    } else {
        "EXPLAIN QUERY PLAN"
    };
    let statement = Statement::from_string(
        db.read().get_database_backend(),
        format!("{explain} {text}"),
    );
    let column = if is_postgres { "QUERY PLAN" } else { "detail" };
    let rows = db.read().query_all_raw(statement).await.unwrap();
    let line = |row: &sea_orm::QueryResult| row.try_get::<String>("", column).unwrap();
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// The rows that a sort of this plan was given, at the most.
fn sorted_rows(plan: &str) -> u64 {
    let sorts = plan.lines().filter(|line| line.contains("Sort  ("));
    let rows = sorts.filter_map(|line| {
        let after = line.split("rows=").nth(1)?;
        after.split(' ').next()?.parse().ok()
    });
    rows.max().unwrap_or(0)
}

/// As many people as [`fill`] makes, of 4,096 family names that sound different, with the
/// words of their names.
async fn fill_names(db: &Db) {
    // Consonants that are heard as they are written, and never one twice in a row.
    let groups = ["dfgk", "lmnp", "rstv", "dfgk", "lmnp", "rstv"];
    let letter = |at: usize| {
        let of = 4_usize.pow(u32::try_from(at).unwrap());
        format!("substr('{}', 1 + (i / {of}) % 4, 1)", groups[at])
    };
    let letters: Vec<String> = (0..groups.len()).map(letter).collect();
    let (word, sound) = (letters.join(" || 'a' || "), letters.join(" || "));
    let value = |column: &&str| match *column {
        "code" => "'N-' || i".to_owned(),
        "given_name" => "'Maria'".to_owned(),
        "family_name" => word.clone(),
        "folded" => format!("'maria ' || {word} || ' n ' || i"),
        "sort_name" => format!("{word} || ' maria'"),
        other => format!("t.{other}"),
    };
    let columns = columns::<worker::Column>();
    let values: Vec<String> = columns.iter().map(value).collect();
    let numbers = format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {PEOPLE})"
    );
    let code = "JOIN workers w ON w.code = 'N-' || i";
    for sql in [
        format!(
            "{numbers} INSERT INTO workers ({}) SELECT {} FROM n, workers t",
            columns.join(", "),
            values.join(", ")
        ),
        format!("{numbers} INSERT INTO worker_names SELECT w.id, {word}, {sound} FROM n {code}"),
        format!("{numbers} INSERT INTO worker_names SELECT w.id, 'maria', 'mr' FROM n {code}"),
        "ANALYZE".to_owned(),
    ] {
        db.read().execute_unprepared(&sql).await.unwrap();
    }
}

async fn a_misspelt_name_is_found_among_twenty_thousand_by_the_index_of_sounds(db: &Db) {
    let kovalenko = Worker {
        family_name: name("Kovalenko"),
        ..a_worker("W-1")
    };
    add_workers(db, &[kovalenko]).await;
    fill_names(db).await;
    let said = Arc::new(Mutex::new(Vec::<String>::new()));
    let heard = said.clone();
    let watched = db
        .clone()
        .watched(move |sql| heard.lock().unwrap().push(sql.to_owned()));
    let found = async |typed: &str| {
        said.lock().unwrap().clear();
        let filter = ListFilter {
            words: search_words(typed),
            ..ListFilter::default()
        };
        let begun = SystemClock.now();
        let found = storage::workers::spelt_alike(watched.read(), &filter).await;
        let took = SystemClock.now() - begun;
        assert!(took < TimeDelta::seconds(1), "{typed}: {took}");
        let codes: Vec<String> = found.unwrap().into_iter().map(|one| one.code).collect();
        codes
    };
    // Nobody beside everybody, everybody, and one name of thousands: its bearers first.
    assert_eq!(found("zucchero marria").await, [""; 0]);
    assert_eq!(found("marria").await.len(), 20);
    let mut nearest = found("dallarradalar marria").await;
    nearest.truncate(4);
    nearest.sort_unstable();
    assert_eq!(nearest, ["N-12288", "N-16384", "N-4096", "N-8192"]);
    for typed in ["kovaleno", "covalenco"] {
        assert_eq!(found(typed).await, ["W-1"], "{typed}");
        let statements = said.lock().unwrap().clone();
        let quoted = |text: &String| format!("'{text}'");
        let sounds: Vec<String> = near_sounds(typed).iter().map(quoted).collect();
        let begins = match typed {
            "kovaleno" => ["'kvln'", "'kvlo'"],
            _ => ["'kvlnk'", "'kvlnl'"],
        };
        let known = [&sounds[..], &begins.map(str::to_owned)[..]].concat();
        let called = ["'kvlnk'", "'kovalenko'", "500"].map(str::to_owned);
        let of_names = statements.iter().filter(|sql| sql.contains("worker_names"));
        let of_names: Vec<_> = of_names.collect();
        assert_eq!(of_names.len(), 2, "{statements:?}");
        for (sql, literals) in of_names.into_iter().zip([&known[..], &called[..]]) {
            let plan = plan_with(db, sql, literals).await;
            assert!(!plan.contains("SCAN"), "{typed}: {plan}");
            assert!(!plan.contains("Seq Scan"), "{typed}: {plan}");
            assert!(
                plan.contains("ix_worker_names_sound_word"),
                "{typed}: {plan}"
            );
        }
    }
}

async fn any_part_of_a_name_is_found_among_twenty_thousand_in_less_than_a_second(db: &Db) {
    add_workers(db, &[a_worker("W-1")]).await;
    add_families(db, &[a_family("F-1")]).await;
    fill(db, "workers", &columns::<worker::Column>()).await;
    fill(db, "families", &columns::<family::Column>()).await;
    let said = Arc::new(Mutex::new(Vec::<String>::new()));
    let heard = said.clone();
    let watched = db
        .clone()
        .watched(move |sql| heard.lock().unwrap().push(sql.to_owned()));
    // In the middle of a name, with an accent; nobody; everybody; far down the list.
    let asked = [
        ("ICCOLÒ", 1, 7),
        ("ognome123 ", 1, 0),
        ("nessuno si chiama così", 1, 0),
        ("cognome", 1, 20_000),
        ("cognome", 800, 20_000),
        ("", 1, 20_001),
        ("", 801, 20_001),
    ];
    for (typed, number, found) in asked {
        let filter = ListFilter {
            words: search_words(typed),
            ..ListFilter::default()
        };
        for table in ["workers", "families"] {
            said.lock().unwrap().clear();
            let begun = SystemClock.now();
            let (total, rows) = if table == "workers" {
                let page = storage::workers::page(watched.read(), &filter, number).await;
                let page = page.unwrap();
                (page.total, page.rows.len())
            } else {
                let page = storage::families::page(watched.read(), &filter, number).await;
                let page = page.unwrap();
                (page.total, page.rows.len())
            };
            let took = SystemClock.now() - begun;
            assert!(took < TimeDelta::seconds(1), "{table} {typed}: {took}");
            if found > 0 {
                assert_eq!(total, found, "{table} {typed}");
            }
            assert!(
                rows as u64 == 25.min(total) || number > 1,
                "{table} {typed}"
            );
            // Of several words each has a pattern; one is explained.
            if filter.words.len() > 1 {
                continue;
            }
            let pattern = filter.words.first().map(|word| format!("%{word}%"));
            let pattern = pattern.unwrap_or_default();
            let from = format!("FROM \"{table}\"");
            let statements = said.lock().unwrap().clone();
            for sql in statements.iter().filter(|sql| sql.contains(&from)) {
                let plan = plan(db, sql, table, &pattern, (25, (number - 1) * 25)).await;
                // SQLite walks the index of the list, which holds what is searched.
                assert!(!plan.contains("TEMP B-TREE"), "{table} {typed}: {plan}");
                // Counting them all, it may walk any index.
                let by_index =
                    plan.contains("_sort_name_code_folded") || plan.contains("COVERING INDEX");
                assert!(!plan.starts_with("SCAN") || by_index, "{typed}: {plan}");
                // PostgreSQL may rather read all rows where few match, and sort those
                // few; the whole list it never sorts.
                assert!(sorted_rows(&plan) <= 100, "{table} {typed}: {plan}");
            }
        }
    }
}

async fn a_page_far_down_the_list_reads_none_of_the_rows_before_it(db: &Db) {
    add_workers(db, &[a_worker("W-1")]).await;
    add_families(db, &[a_family("F-1")]).await;
    fill(db, "workers", &columns::<worker::Column>()).await;
    fill(db, "families", &columns::<family::Column>()).await;
    let said = Arc::new(Mutex::new(Vec::<String>::new()));
    let heard = said.clone();
    let watched = db
        .clone()
        .watched(move |sql| heard.lock().unwrap().push(sql.to_owned()));
    let filter = ListFilter::default();
    for turn in [Turn::After, Turn::Before] {
        for (table, code) in [("workers", "N-10503"), ("families", "N-10503")] {
            said.lock().unwrap().clear();
            let at = At {
                page: 700,
                turn: Some(turn(code.to_owned())),
            };
            let rows = if table == "workers" {
                let page = storage::workers::page_at(watched.read(), &filter, &at).await;
                page.unwrap().rows.len()
            } else {
                let page = storage::families::page_at(watched.read(), &filter, &at).await;
                page.unwrap().rows.len()
            };
            assert_eq!(rows, 25, "{table}");
            let statements = said.lock().unwrap().clone();
            assert!(statements.iter().all(|sql| !sql.contains("OFFSET")));
            let from = format!("FROM \"{table}\"");
            let mut of_table = statements.iter().filter(|sql| sql.contains(&from));
            let sql = of_table.find(|sql| sql.contains("ORDER BY"));
            let sql = sql.expect("a list has an order");
            let literals = [
                erased_kind(table),
                "'cognome1500 nome27'".to_owned(),
                format!("'{code}'"),
                "25".to_owned(),
            ];
            let plan = plan_with(db, sql, &literals).await;
            if db.read().get_database_backend() == DbBackend::Postgres {
                assert!(plan.contains("Index Cond: (ROW("), "{table}: {plan}");
            } else {
                assert!(plan.contains("SEARCH"), "{table}: {plan}");
                assert!(plan.contains("(sort_name,code)"), "{table}: {plan}");
            }
            assert!(!plan.contains("TEMP B-TREE"), "{table}: {plan}");
            assert!(sorted_rows(&plan) <= 100, "{table}: {plan}");
        }
    }
}
