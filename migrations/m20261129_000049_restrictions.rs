//! People who asked that what is known of them be kept and not used, or of whom that
//! must be so for a while. Matching reads who they are, so a change of it is a change of
//! the pool, as with those held back: see the migration of the pool's changes.

use sea_orm::DbBackend;
use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer_null, big_pk_auto, string, timestamp_with_time_zone,
        timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// No worker where it is a family.
const NAMED: &str = "SELECT CASE {row}.kind WHEN 'worker' THEN {row}.record ELSE '' END AS worker, \
                     '' AS request";

/// An event, and the rows that it has.
const EVENTS: [(&str, &[&str]); 3] = [
    ("INSERT", &["NEW"]),
    ("UPDATE", &["OLD", "NEW"]),
    ("DELETE", &["OLD"]),
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager
            .create_table(
                Table::create()
                    .table("restrictions")
                    .col(big_pk_auto("id"))
                    .col(string("kind"))
                    .col(string("record"))
                    .col(string("reason"))
                    .col(timestamp_with_time_zone("at"))
                    // None where the command line did it.
                    .col(big_integer_null("account_id"))
                    .col(timestamp_with_time_zone_null("ended_at"))
                    .col(big_integer_null("ended_by"))
                    .foreign_key(&mut reference(
                        ("restrictions", "account_id"),
                        ("accounts", "id"),
                    ))
                    .take(),
            )
            .await?;
        manager
            .create_index(index("restrictions", &["kind", "record"]))
            .await?;
        for (event, rows) in EVENTS {
            for statement in match manager.get_database_backend() {
                DbBackend::Postgres => postgres(event, rows),
                _ => vec![sqlite(event, rows)],
            } {
                let connection = manager.get_connection();
                connection.execute_unprepared(&statement).await?;
            }
        }
        Ok(())
    }
}

fn head(event: &str) -> String {
    format!("CREATE TRIGGER pool_restrictions_{event} AFTER {event} ON restrictions FOR EACH ROW")
}

fn sqlite(event: &str, rows: &[&str]) -> String {
    let noted: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                " INSERT INTO pool_changes (batch, worker, request) \
                 SELECT c.last, n.worker, n.request FROM counters c, ({}) n \
                 WHERE c.name = 'pool' ON CONFLICT DO NOTHING;",
                NAMED.replace("{row}", row)
            )
        })
        .collect();
    format!(
        "{} BEGIN UPDATE counters SET last = last + 1 WHERE name = 'pool'; \
         INSERT INTO pool_revisions (batch, revision) \
         SELECT last, last FROM counters WHERE name = 'pool';{} END",
        head(event),
        noted.concat()
    )
}

fn postgres(event: &str, rows: &[&str]) -> Vec<String> {
    let noted: Vec<String> = rows
        .iter()
        .map(|row| {
            format!(
                "PERFORM pool_note(n.worker, n.request) FROM ({}) n; ",
                NAMED.replace("{row}", row)
            )
        })
        .collect();
    let name = format!("pool_restrictions_{event}");
    vec![
        format!(
            "CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN {} RETURN NULL; END $$",
            noted.concat()
        ),
        format!("{} EXECUTE FUNCTION {name}()", head(event)),
    ]
}
