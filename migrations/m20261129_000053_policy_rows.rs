//! Policy as dated rows: the weights with who wrote them and when, so that a row can be
//! overridden on its own day; numbers by name; and what became of what was kept too long.
//! `weight_rows` is rebuilt, and so are its triggers.

use sea_orm::DbBackend;
use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_integer_null, big_pk_auto, date, integer, string,
        timestamp_with_time_zone, timestamp_with_time_zone_null,
    },
};

use super::{index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        weights(manager).await?;
        numbers(manager).await?;
        purges(manager).await
    }
}

async fn weights(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const NEW: &str = "weight_rows_dated";
    manager
        .create_table(
            Table::create()
                .table(NEW)
                .col(big_pk_auto("id"))
                .col(date("valid_from"))
                .col(integer("coverage"))
                .col(integer("preferred_skills"))
                .col(integer("distance"))
                .col(integer("italian"))
                .col(integer("experience"))
                .col(integer("freshness"))
                .col(big_integer_null("account_id"))
                // Neither for the row that the program came with.
                .col(timestamp_with_time_zone_null("at"))
                .foreign_key(&mut reference((NEW, "account_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    let columns =
        "valid_from, coverage, preferred_skills, distance, italian, experience, freshness";
    let mut statements = vec![
        format!(
            "INSERT INTO {NEW} ({columns}) SELECT {columns} FROM weight_rows ORDER BY valid_from"
        ),
        "DROP TABLE weight_rows".to_owned(),
        format!("ALTER TABLE {NEW} RENAME TO weight_rows"),
    ];
    let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
    for event in ["INSERT", "UPDATE", "DELETE"] {
        let name = format!("pool_weight_rows_{event}");
        let head = format!("CREATE TRIGGER {name} AFTER {event} ON weight_rows FOR EACH ROW");
        // The functions outlived the table on PostgreSQL.
        statements.push(if is_postgres {
            format!("{head} EXECUTE FUNCTION {name}()")
        } else {
            format!(
                "{head} BEGIN \
                 UPDATE counters SET last = last + 1 WHERE name = 'pool'; \
                 INSERT INTO pool_revisions (batch, revision) \
                 SELECT last, last FROM counters WHERE name = 'pool'; \
                 INSERT INTO pool_changes (batch, worker, request) \
                 SELECT last, '', '' FROM counters WHERE name = 'pool' ON CONFLICT DO NOTHING; \
                 END"
            )
        });
    }
    for statement in statements {
        let connection = manager.get_connection();
        connection.execute_unprepared(&statement).await?;
    }
    Ok(())
}

async fn numbers(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "number_rules";
    manager
        .create_table(
            Table::create()
                .table(TABLE)
                .col(big_pk_auto("id"))
                .col(string("name"))
                .col(date("valid_from"))
                .col(integer("value"))
                .col(big_integer("account_id"))
                .col(timestamp_with_time_zone("at"))
                .foreign_key(&mut reference((TABLE, "account_id"), ("accounts", "id")))
                .take(),
        )
        .await
}

async fn purges(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    const TABLE: &str = "purges";
    const WORDS: &str = "renewals";
    manager
        .create_table(
            Table::create()
                .table(TABLE)
                .col(big_pk_auto("id"))
                .col(date("day"))
                .col(string("category"))
                .col(big_integer("dropped"))
                .take(),
        )
        .await?;
    let mut once = index(TABLE, &["day", "category"]);
    manager.create_index(once.unique().take()).await?;
    // Whether somebody of whom nothing was heard is kept: who was asked, who said so.
    manager
        .create_table(
            Table::create()
                .table(WORDS)
                .col(big_pk_auto("id"))
                .col(big_integer_null("worker_id"))
                .col(big_integer_null("family_id"))
                .col(string("word"))
                .col(date("made_on"))
                .col(big_integer_null("account_id"))
                .foreign_key(&mut reference((WORDS, "worker_id"), ("workers", "id")))
                .foreign_key(&mut reference((WORDS, "family_id"), ("families", "id")))
                .foreign_key(&mut reference((WORDS, "account_id"), ("accounts", "id")))
                .take(),
        )
        .await?;
    manager.create_index(index(WORDS, &["worker_id"])).await?;
    manager.create_index(index(WORDS, &["family_id"])).await
}
