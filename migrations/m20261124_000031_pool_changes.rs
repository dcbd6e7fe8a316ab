//! What changed of what matching reads, in the order in which it was committed.
//! Triggers write it, so that no way of changing a row can forget to. Every
//! transaction that changes something is a batch, and gets the next revision:
//! on `PostgreSQL` at its very end, when the counter is taken for as long as the
//! commit lasts; writers of `SQLite` take turns anyway, and each of their rows is a
//! batch. A migration that rebuilds one of these tables makes its triggers anew.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, big_integer_null, big_pk_auto, string},
};

use sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// A table that matching reads: whose rows changed is what `named` selects, a
/// worker and a request, of the row `{row}`.
struct Source {
    table: &'static str,
    named: &'static str,
    /// When an event counts; always, where nothing is said.
    counts: Option<&'static str>,
    events: &'static [&'static str],
}

const ALL: &[&str] = &["INSERT", "UPDATE", "DELETE"];

const SOURCES: [Source; 5] = [
    Source {
        table: "workers",
        named: "SELECT {row}.code AS worker, '' AS request",
        counts: None,
        events: ALL,
    },
    Source {
        table: "introductions",
        named: "SELECT w.code AS worker, r.code AS request FROM workers w, requests r \
                WHERE w.id = {row}.worker_id AND r.id = {row}.request_id",
        counts: None,
        events: ALL,
    },
    // No worker where a family is held back, or where the weights change.
    Source {
        table: "blocks",
        named: "SELECT CASE {row}.kind WHEN 'worker' THEN {row}.record ELSE '' END AS worker, \
                '' AS request",
        counts: None,
        events: ALL,
    },
    Source {
        table: "weight_rows",
        named: "SELECT '' AS worker, '' AS request",
        counts: None,
        events: ALL,
    },
    // An introduction is known by the code of its request.
    Source {
        table: "requests",
        named: "SELECT w.code AS worker, {row}.code AS request \
                FROM workers w, introductions i WHERE w.id = i.worker_id AND i.request_id = {row}.id",
        counts: Some("OLD.code <> NEW.code"),
        events: &["UPDATE"],
    },
];

impl Source {
    /// The rows that an event has: as they were, as they are.
    fn rows(event: &str) -> &'static [&'static str] {
        match event {
            "INSERT" => &["NEW"],
            "DELETE" => &["OLD"],
            _ => &["OLD", "NEW"],
        }
    }

    fn named(&self, row: &str) -> String {
        self.named.replace("{row}", row)
    }

    /// The beginning of a trigger up to its body.
    fn head(&self, event: &str) -> String {
        let counts = self
            .counts
            .map_or_else(String::new, |counts| format!(" WHEN ({counts})"));
        format!(
            "CREATE TRIGGER pool_{table}_{event} AFTER {event} ON {table} FOR EACH ROW{counts}",
            table = self.table,
        )
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("pool_revisions")
                    .col(big_pk_auto("batch"))
                    // None until the batch is committed.
                    .col(big_integer_null("revision").unique_key())
                    .take(),
            )
            .await?;
        manager
            .create_table(
                Table::create()
                    .table("pool_changes")
                    .col(big_integer("batch"))
                    .col(string("worker"))
                    // Where an introduction changed.
                    .col(string("request"))
                    .primary_key(Index::create().col("batch").col("worker").col("request"))
                    .take(),
            )
            .await?;
        let counter = Query::insert()
            .into_table("counters")
            .columns(["name", "last"])
            .values_panic([Expr::val("pool"), Expr::val(0_i64)])
            .take();
        manager.execute(counter).await?;
        let statements = match manager.get_database_backend() {
            DbBackend::Postgres => postgres(),
            _ => sqlite(),
        };
        for statement in statements {
            let connection = manager.get_connection();
            connection.execute_unprepared(&statement).await?;
        }
        Ok(())
    }
}

/// Each row that changes takes the next revision.
fn sqlite() -> Vec<String> {
    let mut statements = Vec::new();
    for source in &SOURCES {
        for event in source.events {
            let noted = Source::rows(event).iter().map(|row| {
                format!(
                    " INSERT INTO pool_changes (batch, worker, request) \
                     SELECT c.last, n.worker, n.request FROM counters c, ({}) n \
                     WHERE c.name = 'pool' ON CONFLICT DO NOTHING;",
                    source.named(row)
                )
            });
            let noted: Vec<String> = noted.collect();
            let body = format!(
                "UPDATE counters SET last = last + 1 WHERE name = 'pool'; \
                 INSERT INTO pool_revisions (batch, revision) \
                 SELECT last, last FROM counters WHERE name = 'pool';{}",
                noted.concat()
            );
            statements.push(format!("{} BEGIN {body} END", source.head(event)));
        }
    }
    statements
}

/// The first change of a transaction opens a batch, known to the rest of it by a
/// setting that ends with it, and its deferred trigger numbers the batch.
fn postgres() -> Vec<String> {
    let mut statements = vec![
        "CREATE FUNCTION pool_note(worker text, request text) RETURNS void LANGUAGE plpgsql AS $$
         DECLARE
             this bigint := nullif(current_setting('dom.pool_batch', true), '')::bigint;
         BEGIN
             IF this IS NULL THEN
                 INSERT INTO pool_revisions DEFAULT VALUES RETURNING batch INTO this;
                 PERFORM set_config('dom.pool_batch', this::text, true);
             END IF;
             INSERT INTO pool_changes VALUES (this, worker, request) ON CONFLICT DO NOTHING;
         END $$"
            .to_owned(),
        "CREATE FUNCTION pool_number() RETURNS trigger LANGUAGE plpgsql AS $$
         DECLARE
             next bigint;
         BEGIN
             UPDATE counters SET last = last + 1 WHERE name = 'pool' RETURNING last INTO next;
             UPDATE pool_revisions SET revision = next WHERE batch = NEW.batch;
             RETURN NULL;
         END $$"
            .to_owned(),
        "CREATE CONSTRAINT TRIGGER pool_number AFTER INSERT ON pool_revisions
         DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION pool_number()"
            .to_owned(),
    ];
    for source in &SOURCES {
        for event in source.events {
            let name = format!("pool_{}_{event}", source.table);
            let noted = Source::rows(event).iter().map(|row| {
                format!(
                    "PERFORM pool_note(n.worker, n.request) FROM ({}) n; ",
                    source.named(row)
                )
            });
            let noted: Vec<String> = noted.collect();
            let body = noted.concat();
            statements.push(format!(
                "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS \
                 $$ BEGIN {body} RETURN NULL; END $$"
            ));
            let head = source.head(event);
            statements.push(format!("{head} EXECUTE FUNCTION {name}()"));
        }
    }
    statements
}
