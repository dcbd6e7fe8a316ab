//! The general access log. Nothing here joins an entry to an account, a worker,
//! a family or an instant: keys are random, and `SQLite` keeps the rows in the
//! order of their keys (`WITHOUT ROWID`), never of their arrival.

use sea_orm_migration::{
    prelude::*,
    schema::{
        big_integer, big_pk_auto, boolean, boolean_null, date, date_null, integer, string,
        string_null, string_uniq,
    },
};
use serde::Deserialize;

use super::{byte_by_byte, index, reference};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        accesses(manager).await?;
        counts(manager).await?;
        accompaniments(manager).await?;
        vocabulary(manager).await?;
        secrets(manager).await
    }
}

/// A table whose rows lie in the order of their keys where the database can.
fn by_key(manager: &SchemaManager<'_>, mut table: TableCreateStatement) -> TableCreateStatement {
    if manager.get_database_backend() == sea_orm::DbBackend::Sqlite {
        table.extra("WITHOUT ROWID");
    }
    table
}

async fn accesses(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("accesses")
        .col(string("id").primary_key())
        .col(date("day"))
        .col(big_integer("desk_id"))
        .col(string("channel"))
        .col(boolean("first_access"))
        .col(string_null("sex"))
        .col(string_null("age_band"))
        .col(string_null("citizenship"))
        .col(string_null("comune"))
        .col(string_null("permit_type"))
        .col(string_null("referred_by"))
        .col(string("reason"))
        .col(string("activation"))
        .col(string("accompaniment"))
        .col(boolean_null("mediation"))
        .col(string_null("ref_hash").unique_key())
        .foreign_key(&mut reference(("accesses", "desk_id"), ("desks", "id")))
        .take();
    manager.create_table(by_key(manager, table)).await?;
    manager.create_index(index("accesses", &["day"])).await?;
    let table = Table::create()
        .table("access_receipts")
        .col(string("id").primary_key())
        .take();
    manager.create_table(by_key(manager, table)).await
}

async fn counts(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    let table = Table::create()
        .table("access_counts")
        .col(integer("year"))
        .col(big_integer("desk_id"))
        .col(string("dimension"))
        .col(string("value"))
        .col(big_integer("count"))
        .primary_key(
            Index::create()
                .col("year")
                .col("desk_id")
                .col("dimension")
                .col("value"),
        )
        .foreign_key(&mut reference(
            ("access_counts", "desk_id"),
            ("desks", "id"),
        ))
        .take();
    manager.create_table(by_key(manager, table)).await
}

async fn accompaniments(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("accompaniments")
                .col(big_pk_auto("id"))
                .col(string_uniq("code"))
                .col(big_integer("desk_id"))
                .col(string("kind"))
                .col(date("opened_on"))
                .col(date_null("closed_on"))
                .col(integer("version"))
                .foreign_key(&mut reference(
                    ("accompaniments", "desk_id"),
                    ("desks", "id"),
                ))
                .take(),
        )
        .await?;
    byte_by_byte(manager, "accompaniments").await?;
    manager
        .create_index(index("accompaniments", &["opened_on"]))
        .await?;
    manager
        .create_index(index("accompaniments", &["closed_on"]))
        .await
}

async fn vocabulary(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("vocabulary_terms")
                .col(string("field"))
                .col(string("code"))
                .col(string("label_it"))
                .col(string("label_en"))
                .col(integer("position"))
                .col(date_null("retired_on"))
                .col(string_null("merged_into"))
                .primary_key(Index::create().col("field").col("code"))
                .take(),
        )
        .await?;
    byte_by_byte(manager, "vocabulary_terms").await?;
    manager
        .create_table(
            Table::create()
                .table("vocabulary_labels")
                .col(string("field"))
                .col(string("label"))
                .col(string("term"))
                .primary_key(Index::create().col("field").col("label"))
                .take(),
        )
        .await?;
    let mut insert = Query::insert()
        .into_table("vocabulary_terms")
        .columns(["field", "code", "label_it", "label_en", "position"])
        .to_owned();
    let english = english();
    for term in table::<Term>(include_str!("../data/access_log_vocabulary.csv")) {
        let same = |one: &&English| one.field == term.field && one.code == term.code;
        let label_en = english
            .iter()
            .find(same)
            .map_or(&term.label_it, |one| &one.label_en);
        insert.values_panic([
            Expr::val(term.field.as_str()),
            Expr::val(term.code.as_str()),
            Expr::val(term.label_it.as_str()),
            Expr::val(label_en.as_str()),
            Expr::val(term.sort),
        ]);
    }
    manager.execute(insert).await
}

/// What the program must remember that no dump of the log may tell.
async fn secrets(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table("secrets")
                .col(string("name").primary_key())
                .col(string("value"))
                .take(),
        )
        .await
}

#[derive(Deserialize)]
struct Term {
    field: String,
    code: String,
    label_it: String,
    sort: i32,
}

#[derive(Deserialize)]
struct English {
    field: String,
    code: String,
    label_en: String,
}

fn english() -> Vec<English> {
    table(include_str!("../data/access_log_labels_en.csv"))
}

fn table<Row: serde::de::DeserializeOwned>(text: &str) -> Vec<Row> {
    csv::Reader::from_reader(text.as_bytes())
        .into_deserialize()
        .collect::<Result<_, _>>()
        .expect("the embedded table parses")
}
