//! Which tables and columns a database has, as it says itself.

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use super::error::StorageError;
use crate::domain::processing::Schema;

/// The migrator's own table.
const OF_MIGRATIONS: &str = "seaql_migrations";

/// Every table with its columns.
pub async fn all(db: &impl ConnectionTrait) -> Result<Schema, StorageError> {
    let kind = db.get_database_backend();
    let sql = match kind {
        DbBackend::Sqlite => {
            "SELECT m.name AS owner, c.name AS part FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        }
        _ => {
            "SELECT table_name::text AS owner, column_name::text AS part \
             FROM information_schema.columns WHERE table_schema = current_schema()"
        }
    };
    let mut schema = Schema::new();
    for row in db.query_all_raw(Statement::from_string(kind, sql)).await? {
        let owner: String = row.try_get("", "owner")?;
        let part: String = row.try_get("", "part")?;
        if owner != OF_MIGRATIONS {
            schema.entry(owner).or_default().insert(part);
        }
    }
    Ok(schema)
}
