//! What a database that is moved into lacks for the time of the move: references,
//! triggers, and the rows that the migrations put there. A table of its own says what
//! to put back, and which tables are done.

use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};

use super::{Carried, Db, MoveError, OWN, tables};
use crate::storage::error::StorageError;

/// Stands as long as the move is not over.
pub(super) const TABLE: &str = "dom_move";

const MAKE: &str = "CREATE TABLE dom_move (what text NOT NULL, name text NOT NULL, \
    detail text NOT NULL, rows bigint NOT NULL, PRIMARY KEY (what, name))";

/// Marks an empty place as one that is moved into, before anything else is there.
pub(super) async fn begin(target: &Db) -> Result<(), StorageError> {
    let write = target.write().await?;
    write.execute_unprepared(MAKE).await?;
    write.commit().await
}

/// Whether the schema is there and [`take_away`] is done.
pub(super) async fn is_ready(target: &Db) -> Result<bool, StorageError> {
    let sql = "SELECT 1 AS is_ready FROM dom_move WHERE what = 'ready'";
    Ok(!asked(target.read(), sql).await?.is_empty())
}

/// Takes references, triggers and rows away, and notes how to put the first two back.
pub(super) async fn take_away(target: &Db) -> Result<(), MoveError> {
    let kind = target.read().get_database_backend();
    let write = target.write().await?;
    let mut away = Vec::new();
    if kind == DbBackend::Postgres {
        let references = "SELECT conname::text AS name, conrelid::regclass::text AS of, \
            'ALTER TABLE ' || conrelid::regclass || ' ADD CONSTRAINT ' || quote_ident(conname) || ' ' \
            || pg_get_constraintdef(oid) AS back \
            FROM pg_constraint \
            WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY 2, 1";
        for row in asked(&*write, references).await? {
            let (name, of): (String, String) = (row.try_get("", "name")?, row.try_get("", "of")?);
            let drop = format!("ALTER TABLE {of} DROP CONSTRAINT \"{name}\"");
            away.push((format!("{of}.{name}"), row.try_get("", "back")?, drop));
        }
        for name in tables(&*write).await? {
            let switch = |to: &str| format!("ALTER TABLE \"{name}\" {to} TRIGGER USER");
            away.push((name.clone(), switch("ENABLE"), switch("DISABLE")));
        }
    } else {
        let triggers = "SELECT name, sql AS back FROM sqlite_master WHERE type = 'trigger'";
        for row in asked(&*write, triggers).await? {
            let name: String = row.try_get("", "name")?;
            let drop = format!("DROP TRIGGER \"{name}\"");
            away.push((name, row.try_get("", "back")?, drop));
        }
    }
    for (name, back, drop) in away {
        note(&*write, "back", &name, &back, 0).await?;
        write.execute_unprepared(&drop).await?;
    }
    for name in tables(&*write).await? {
        if ![OWN, TABLE].contains(&name.as_str()) {
            let empty = format!("DELETE FROM \"{name}\"");
            write.execute_unprepared(&empty).await?;
        }
    }
    note(&*write, "ready", "", "", 0).await?;
    write.commit().await?;
    Ok(())
}

/// Puts everything back, with counters that go on where those of the source stand.
pub(super) async fn put_back(source: &Db, target: &Db) -> Result<(), MoveError> {
    let counters = counters(source).await?;
    let kind = target.read().get_database_backend();
    let write = target.write().await?;
    for (table, column, last) in counters {
        // The names are the schema's own.
        let set = if kind == DbBackend::Postgres {
            format!("SELECT setval(pg_get_serial_sequence('\"{table}\"', '{column}'), {last})")
        } else {
            format!(
                "INSERT OR REPLACE INTO sqlite_sequence (rowid, name, seq) \
                 SELECT (SELECT rowid FROM sqlite_sequence WHERE name = '{table}'), '{table}', {last}"
            )
        };
        write.execute_unprepared(&set).await?;
    }
    let backs = "SELECT detail FROM dom_move WHERE what = 'back' ORDER BY name";
    for row in asked(&*write, backs).await? {
        let back: String = row.try_get("", "detail")?;
        write.execute_unprepared(&back).await?;
    }
    if kind == DbBackend::Sqlite
        && let Some(row) = asked(&*write, "PRAGMA foreign_key_check").await?.first()
    {
        return Err(MoveError::Reference(row.try_get_by_index(0)?));
    }
    write.execute_unprepared("DROP TABLE dom_move").await?;
    write.commit().await?;
    Ok(())
}

/// Table, column and the last number given, of every key that counts by itself.
async fn counters(source: &Db) -> Result<Vec<(String, String, i64)>, MoveError> {
    let db = source.read();
    let sql = if db.get_database_backend() == DbBackend::Postgres {
        "SELECT c.table_name::text AS of, c.column_name::text AS name, s.last_value AS last \
            FROM information_schema.columns c JOIN pg_sequences s ON s.schemaname = c.table_schema \
            AND pg_get_serial_sequence(quote_ident(c.table_name), c.column_name) \
                = quote_ident(s.schemaname) || '.' || quote_ident(s.sequencename) \
            WHERE c.table_schema = current_schema() AND s.last_value IS NOT NULL ORDER BY 1"
    } else {
        "SELECT s.name AS of, t.name AS name, s.seq AS last \
            FROM sqlite_sequence s, pragma_table_info(s.name) t WHERE t.pk = 1 AND s.seq > 0 ORDER BY 1"
    };
    let rows = asked(db, sql).await?;
    let counter = |row: &QueryResult| -> Result<_, StorageError> {
        Ok((
            row.try_get("", "of")?,
            row.try_get("", "name")?,
            row.try_get("", "last")?,
        ))
    };
    Ok(rows.iter().map(counter).collect::<Result<_, _>>()?)
}

/// What was noted of a table that is done.
pub(super) async fn done(target: &Db, table: &str) -> Result<Option<Carried>, StorageError> {
    let db = target.read();
    let kind = db.get_database_backend();
    let mark = match kind {
        DbBackend::Postgres => "$1",
        _ => "?",
    };
    let sql = format!("SELECT detail, rows FROM dom_move WHERE what = 'done' AND name = {mark}");
    let noted = Statement::from_sql_and_values(kind, sql, [table.into()]);
    let Some(row) = db.query_one_raw(noted).await? else {
        return Ok(None);
    };
    let rows: i64 = row.try_get("", "rows")?;
    Ok(Some(Carried {
        table: table.to_owned(),
        rows: rows.unsigned_abs(),
        sha256: row.try_get("", "detail")?,
    }))
}

pub(super) async fn note_done(
    db: &impl ConnectionTrait,
    carried: &Carried,
) -> Result<(), StorageError> {
    let rows = i64::try_from(carried.rows).unwrap_or(i64::MAX);
    note(db, "done", &carried.table, &carried.sha256, rows).await
}

async fn note(
    db: &impl ConnectionTrait,
    what: &str,
    name: &str,
    detail: &str,
    rows: i64,
) -> Result<(), StorageError> {
    let kind = db.get_database_backend();
    let marks = match kind {
        DbBackend::Postgres => "$1, $2, $3, $4",
        _ => "?, ?, ?, ?",
    };
    let sql = format!("INSERT INTO dom_move (what, name, detail, rows) VALUES ({marks})");
    let values = [what.into(), name.into(), detail.into(), rows.into()];
    let statement = Statement::from_sql_and_values(kind, sql, values);
    db.execute_raw(statement).await?;
    Ok(())
}

async fn asked(db: &impl ConnectionTrait, sql: &str) -> Result<Vec<QueryResult>, StorageError> {
    let kind = db.get_database_backend();
    Ok(db.query_all_raw(Statement::from_string(kind, sql)).await?)
}
