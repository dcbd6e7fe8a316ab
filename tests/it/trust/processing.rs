//! Of every column of the database it is written down what it is for and how long it is
//! kept, and the record that is printed says what holds here.

use std::collections::BTreeSet;

use dom::domain::processing::{DATA, PURPOSES, Processing, gone, undescribed};
use dom::storage::columns;
use serde_json::Value;

use crate::support::db;
use crate::support::program::{Program, Running};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_column_has_a_purpose_and_a_time() {
    for test in [db::sqlite().await, db::postgres().await] {
        let schema = columns::all(test.db.read()).await.unwrap();
        assert!(schema.len() > 60, "{} tables", schema.len());
        let rows = Processing::all();
        let nobody: Vec<String> = undescribed(&schema, rows);
        assert!(
            nobody.is_empty(),
            "data/privacy.csv says of nobody what these are for and how long they are kept: {nobody:?}"
        );
        let gone = gone(&schema, rows);
        assert!(gone.is_empty(), "no such column any more: {gone:?}");
        test.close().await;
    }
}

#[test]
fn the_register_is_printed_from_what_is_there() {
    let program = Program::on_sqlite();
    let told = program.ok(&["privacy", "register", "--json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let purposes = told["purposes"].as_array().unwrap();
    let processing = |purpose: &Value| purpose["processing"].as_array().unwrap().clone();
    let rows: Vec<Value> = purposes.iter().flat_map(processing).collect();
    assert_eq!(
        rows.len(),
        Processing::all().len(),
        "every row is under a purpose"
    );
    let columns: BTreeSet<String> = rows
        .iter()
        .flat_map(|row| {
            let table = row["table"].as_str().unwrap().to_owned();
            let columns = row["columns"].as_array().unwrap().clone();
            columns
                .into_iter()
                .map(move |column| format!("{table}.{}", column.as_str().unwrap()))
        })
        .collect();
    assert!(columns.contains("workers.phone") && columns.contains("reads.record"));
    assert_eq!(told["undescribed"], Value::Array(Vec::new()));
    let measures = &told["measures"];
    assert_eq!(measures["site_encrypted"], false);
    assert_eq!(measures["mail_leaves"], false);
    assert_eq!(measures["reads_kept_days"], 730);
    assert_eq!(measures["second_factor"][0], "administrator");
    let mail = rows.iter().find(|row| row["retention"] == "mail").unwrap();
    assert_eq!(mail["kept"]["days"], 30);

    // What is configured is what is said.
    let mut command = program.command(&["privacy", "register"]);
    command.env("DOM_PUBLIC_URL", "https://dom.example");
    let page = Running::start(command).end().out;
    assert!(page.starts_with("# Registro dei trattamenti"), "{page}");
    assert!(
        page.contains("- Il sito si apre solo cifrato: sì"),
        "{page}"
    );
    assert!(
        page.contains("(730 giorni)") && page.contains("2016 n. 679"),
        "{page}"
    );
    assert!(!page.contains('⟦'), "{page}");

    // A column that somebody added without a word about it is named, and the command fails.
    program.with_db(async |db| {
        use sea_orm::ConnectionTrait as _;
        let more = "ALTER TABLE workers ADD COLUMN shoe_size varchar";
        db.read().execute_unprepared(more).await.unwrap();
    });
    let ran = program.run(&["privacy", "register", "--json"]);
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert!(ran.err.contains("workers.shoe_size"), "{}", ran.err);
}

#[test]
fn no_column_is_for_a_picture_or_a_price() {
    let unwanted = [
        "photo",
        "picture",
        "image",
        "avatar",
        "portrait",
        "price",
        "fee",
        "charge_eur",
        "religion",
        "ethnic",
        "marital",
        "pregnan",
        "tax_code",
        "document_number",
    ];
    for row in Processing::all() {
        for column in row.columns() {
            let found = unwanted.iter().find(|word| column.contains(**word));
            assert!(found.is_none(), "{}.{column}", row.table);
        }
    }
}

#[test]
fn the_draft_of_the_assessment_speaks_of_everything_that_is_done() {
    let draft = include_str!("../../../docs/dpia.md");
    let words = dom::catalogue::Words::default();
    let mut silent = Vec::new();
    for purpose in PURPOSES {
        let name = words.code("register-purpose", purpose);
        if !draft.contains(&*name) {
            silent.push(name.into_owned());
        }
    }
    // Kinds of data about people; the others describe the program.
    let of_program = ["policy", "technical", "statistics"];
    for data in DATA.iter().filter(|data| !of_program.contains(data)) {
        let name = words.code("register-data", data);
        if !draft.contains(&*name) {
            silent.push(name.into_owned());
        }
    }
    assert!(
        silent.is_empty(),
        "docs/dpia.md does not speak of: {silent:#?}"
    );
}
