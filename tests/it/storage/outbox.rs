//! How the mail stands is asked at every scrape: of a table that grows for good, from
//! its index alone.

use std::sync::{Arc, Mutex};

use dom::clock::{Clock as _, SystemClock};
use dom::domain::mail::MailState;
use dom::storage::{Connection as _, Db, outbox};
use sea_orm::{DbBackend, Statement};

use super::on_both;

on_both!(what_waits_is_counted_from_the_index_alone_among_two_hundred_thousand);

/// Of a thousand mails two are not done with.
async fn fill(db: &Db, mails: u32) {
    let numbers = match db.read().get_database_backend() {
        DbBackend::Sqlite => format!(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {mails}) SELECT"
        ),
        _ => format!("WITH n AS (SELECT generate_series(1, {mails}) AS i) SELECT"),
    };
    let rows = format!(
        "INSERT INTO outbox (kind, dedup_key, message_id, state, queued_at, send_at, attempts) \
         {numbers} 'test', 'd' || i, 'm' || i, \
         CASE i % 1000 WHEN 0 THEN 'queued' WHEN 1 THEN 'failed' ELSE 'sent' END, \
         '2026-01-01 00:00:00+00:00', '2026-01-02 00:00:00+00:00', 0 FROM n"
    );
    let write = db.write().await.unwrap();
    write.execute_unprepared(&rows).await.unwrap();
    write.commit().await.unwrap();
    let tidy = match db.read().get_database_backend() {
        DbBackend::Sqlite => "ANALYZE",
        // What an index alone may answer is known after it.
        _ => "VACUUM ANALYZE outbox",
    };
    db.read().execute_unprepared(tidy).await.unwrap();
}

async fn what_waits_is_counted_from_the_index_alone_among_two_hundred_thousand(db: &Db) {
    fill(db, 200_000).await;
    let said = Arc::new(Mutex::new(Vec::<String>::new()));
    let heard = said.clone();
    let watched = db
        .clone()
        .watched(move |sql| heard.lock().unwrap().push(sql.to_owned()));
    let begun = SystemClock.now();
    let waits = outbox::waiting(watched.read()).await.unwrap();
    let took = SystemClock.now() - begun;
    let expected = [
        (MailState::Queued, 200),
        (MailState::Sending, 0),
        (MailState::Failed, 200),
    ];
    assert_eq!(waits.by_state, expected);
    let due = waits.next_at.unwrap().to_rfc3339();
    assert_eq!(due, "2026-01-02T00:00:00+00:00");
    let statements = said.lock().unwrap().clone();
    let [sql] = statements.as_slice() else {
        panic!("one statement: {statements:?}");
    };
    let kind = db.read().get_database_backend();
    let (explain, column) = match kind {
        DbBackend::Sqlite => ("EXPLAIN QUERY PLAN", "detail"),
        _ => ("EXPLAIN (ANALYZE, TIMING OFF)", "QUERY PLAN"),
    };
    let states = outbox::NOT_DONE_WITH.map(|state| sea_orm::Value::from(state.code()));
    let sql = format!("{explain} {sql}");
    let plan = Statement::from_sql_and_values(kind, sql, states);
    let rows = db.read().query_all_raw(plan).await.unwrap();
    let lines = rows.iter().map(|row| row.try_get("", column).unwrap());
    let plan = lines.collect::<Vec<String>>().join("\n");
    println!("{} among 200,000: {took}\n{plan}", db.kind());
    let from_the_index = match kind {
        DbBackend::Sqlite => "SEARCH outbox USING COVERING INDEX ix_outbox_state_send_at",
        // Which of the two indexes by state, and whether alone, hangs on what the server
        // knows of the pages by then.
        _ => " using ix_outbox_state_",
    };
    assert!(plan.contains(from_the_index), "{plan}");
    assert!(!plan.contains("Seq Scan"), "{plan}");
}
