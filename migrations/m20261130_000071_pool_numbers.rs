//! Numbers of policy stand beside the pool too: a change of one of them moves its revision, as
//! a row of weights does.

use sea_orm::DbBackend;
use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let is_postgres = manager.get_database_backend() == DbBackend::Postgres;
        for event in ["INSERT", "UPDATE", "DELETE"] {
            let head = format!(
                "CREATE TRIGGER pool_number_rules_{event} AFTER {event} ON number_rules FOR EACH ROW"
            );
            // What a row of weights moves is no one's in particular: its function serves here.
            let trigger = if is_postgres {
                format!("{head} EXECUTE FUNCTION pool_weight_rows_{event}()")
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
            };
            connection.execute_unprepared(&trigger).await?;
        }
        Ok(())
    }
}
