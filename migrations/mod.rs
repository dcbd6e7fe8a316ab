//! The schema's truth: one concern a file, the same for both kinds of database,
//! each in a transaction, never edited once released.

use sea_orm_migration::prelude::*;

mod m20261124_000001_places;
mod m20261124_000002_accounts;
mod m20261124_000003_workers;
mod m20261124_000004_requests;
mod m20261124_000005_sheets;
mod m20261124_000006_policy;
mod m20261124_000007_answers;
mod m20261124_000008_accesses;
mod m20261124_000009_follow_up;
mod m20261124_000010_registering;
mod m20261124_000011_frozen_years;
mod m20261124_000012_likeness;
mod m20261124_000013_one_person;
mod m20261124_000014_care_recipients;
mod m20261124_000015_uploads;
mod m20261124_000017_jobs;
mod m20261124_000018_first_looks;
mod m20261124_000019_delivery;
mod m20261124_000020_read_log;
mod m20261124_000021_proposals;
mod m20261124_000022_notices;
mod m20261124_000026_words;
mod m20261124_000027_read_log_policy;
mod m20261124_000028_wave_rules;
mod m20261124_000030_private_links;
mod m20261124_000031_pool_changes;
mod m20261124_000032_started_on;
mod m20261129_000034_read_log_rules;
mod m20261129_000039_backups;
mod m20261129_000043_contracts;
mod m20261129_000044_factors;
mod m20261129_000045_name_words;
mod m20261129_000046_drafts_of_record;
mod m20261129_000047_public_requests;
mod m20261129_000049_restrictions;
mod m20261129_000050_erasures;
mod m20261129_000051_next_factor;
mod m20261129_000052_access_months;
mod m20261129_000053_policy_rows;
mod m20261129_000054_notice_versions;
mod m20261129_000055_own_ways;
mod m20261129_000056_asking_worker;
mod m20261129_000057_appointments;
mod m20261129_000058_notice_rounds;
mod m20261129_000059_proposal_ends;
mod m20261129_000060_identities;
mod m20261129_000061_local_rules;
mod m20261129_000063_session_limits;
mod m20261129_000064_minimum_rules;
mod m20261130_000071_pool_numbers;

/// Every migration, oldest first.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            checked(m20261124_000001_places::Migration),
            checked(m20261124_000002_accounts::Migration),
            checked(m20261124_000003_workers::Migration),
            checked(m20261124_000004_requests::Migration),
            checked(m20261124_000005_sheets::Migration),
            checked(m20261124_000006_policy::Migration),
            checked(m20261124_000007_answers::Migration),
            checked(m20261124_000008_accesses::Migration),
            checked(m20261124_000009_follow_up::Migration),
            checked(m20261124_000010_registering::Migration),
            checked(m20261124_000011_frozen_years::Migration),
            checked(m20261124_000012_likeness::Migration),
            checked(m20261124_000013_one_person::Migration),
            checked(m20261124_000014_care_recipients::Migration),
            checked(m20261124_000015_uploads::Migration),
            checked(m20261124_000017_jobs::Migration),
            checked(m20261124_000018_first_looks::Migration),
            checked(m20261124_000019_delivery::Migration),
            checked(m20261124_000020_read_log::Migration),
            checked(m20261124_000021_proposals::Migration),
            checked(m20261124_000022_notices::Migration),
            checked(m20261124_000026_words::Migration),
            checked(m20261124_000027_read_log_policy::Migration),
            checked(m20261124_000028_wave_rules::Migration),
            checked(m20261124_000030_private_links::Migration),
            checked(m20261124_000031_pool_changes::Migration),
            checked(m20261124_000032_started_on::Migration),
            checked(m20261129_000034_read_log_rules::Migration),
            checked(m20261129_000039_backups::Migration),
            checked(m20261129_000043_contracts::Migration),
            checked(m20261129_000044_factors::Migration),
            checked(m20261129_000045_name_words::Migration),
            checked(m20261129_000046_drafts_of_record::Migration),
            checked(m20261129_000047_public_requests::Migration),
            checked(m20261129_000049_restrictions::Migration),
            checked(m20261129_000050_erasures::Migration),
            checked(m20261129_000051_next_factor::Migration),
            checked(m20261129_000052_access_months::Migration),
            checked(m20261129_000053_policy_rows::Migration),
            checked(m20261129_000054_notice_versions::Migration),
            checked(m20261129_000055_own_ways::Migration),
            checked(m20261129_000056_asking_worker::Migration),
            checked(m20261129_000057_appointments::Migration),
            checked(m20261129_000058_notice_rounds::Migration),
            checked(m20261129_000059_proposal_ends::Migration),
            checked(m20261129_000060_identities::Migration),
            checked(m20261129_000061_local_rules::Migration),
            checked(m20261129_000063_session_limits::Migration),
            checked(m20261129_000064_minimum_rules::Migration),
            checked(m20261130_000071_pool_numbers::Migration),
        ]
    }
}

/// A migration in a transaction on both kinds of database. `SQLite` migrates with
/// foreign keys switched off (a rebuilt parent would take its children along),
/// so every reference is checked before the commit instead.
pub struct Checked(Box<dyn MigrationTrait>);

/// Wraps a migration; tests wrap theirs too.
pub fn checked(migration: impl MigrationTrait + 'static) -> Box<dyn MigrationTrait> {
    Box::new(Checked(Box::new(migration)))
}

impl MigrationName for Checked {
    fn name(&self) -> &str {
        self.0.name()
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Checked {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        self.0.up(manager).await?;
        let connection = manager.get_connection();
        if manager.get_database_backend() == sea_orm::DbBackend::Sqlite {
            let check = sea_orm::Statement::from_string(
                sea_orm::DbBackend::Sqlite,
                "PRAGMA foreign_key_check",
            );
            let broken = connection.query_all_raw(check).await?;
            if let Some(row) = broken.first() {
                let table: String = row.try_get("", "table")?;
                return Err(DbErr::Migration(format!(
                    "{} leaves {} broken references, the first in {table}",
                    self.name(),
                    broken.len()
                )));
            }
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// A foreign key of `from` (table, column) to `to` (table, column).
fn reference(
    from: (&'static str, &'static str),
    to: (&'static str, &'static str),
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(from.0, from.1)
        .to(to.0, to.1)
        .take()
}

/// Makes the codes of a table compare byte by byte: exports go out in that order.
async fn byte_by_byte(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    byte_by_byte_in(manager, table, "code").await
}

/// Makes a column compare byte by byte, whatever the language of the server.
/// `SQLite` does so anyway.
async fn byte_by_byte_in(
    manager: &SchemaManager<'_>,
    table: &str,
    column: &str,
) -> Result<(), DbErr> {
    if manager.get_database_backend() == sea_orm::DbBackend::Postgres {
        let alter = format!("ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar COLLATE \"C\"");
        manager.get_connection().execute_unprepared(&alter).await?;
    }
    Ok(())
}

/// An index named after its table and columns.
fn index(table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index
        .name(format!("ix_{table}_{}", columns.join("_")))
        .table(table);
    for column in columns {
        index.col(*column);
    }
    index
}
