//! The words of the names of workers and families, each with how it sounds: whoever is
//! looked for is also found where the name was spelt otherwise, by an index. Those of
//! the people who are there are filled in here.

use sea_orm_migration::{
    prelude::*,
    schema::{big_integer, string},
};

use super::{byte_by_byte_in, index, reference};
use crate::domain::likeness::{name_words, sound};

#[derive(DeriveMigrationName)]
pub struct Migration;

/// People read by one statement.
const PIECE: u64 = 200;

struct Names {
    table: &'static str,
    owner: &'static str,
    of: &'static str,
    columns: &'static [&'static str],
}

const ALL: [Names; 2] = [
    Names {
        table: "worker_names",
        owner: "worker_id",
        of: "workers",
        columns: &["given_name", "family_name", "name_own_script"],
    },
    Names {
        table: "family_names",
        owner: "family_id",
        of: "families",
        columns: &["given_name", "family_name"],
    },
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for names in &ALL {
            made(manager, names).await?;
            filled(manager, names).await?;
        }
        Ok(())
    }
}

async fn made(manager: &SchemaManager<'_>, names: &Names) -> Result<(), DbErr> {
    manager
        .create_table(
            Table::create()
                .table(names.table)
                .col(big_integer(names.owner))
                .col(string("word"))
                .col(string("sound"))
                .primary_key(Index::create().col(names.owner).col("word"))
                // They go, and get another key, with the record whose names they are.
                .foreign_key(
                    reference((names.table, names.owner), (names.of, "id"))
                        .on_delete(ForeignKeyAction::Cascade)
                        .on_update(ForeignKeyAction::Cascade),
                )
                .take(),
        )
        .await?;
    // The beginning of a sound is looked for by the index too.
    byte_by_byte_in(manager, names.table, "sound").await?;
    manager
        .create_index(index(names.table, &["sound", "word", names.owner]))
        .await
}

async fn filled(manager: &SchemaManager<'_>, names: &Names) -> Result<(), DbErr> {
    let db = manager.get_connection();
    let mut last = i64::MIN;
    loop {
        let people = Query::select()
            .column("id")
            .columns(names.columns.iter().copied())
            .from(names.of)
            .and_where(Expr::col("id").gt(last))
            .order_by("id", Order::Asc)
            .limit(PIECE)
            .to_owned();
        let people = db.query_all(&people).await?;
        if people.is_empty() {
            return Ok(());
        }
        let mut insert = Query::insert();
        insert
            .into_table(names.table)
            .columns([names.owner, "word", "sound"]);
        let mut any = false;
        for person in &people {
            last = person.try_get("", "id")?;
            let mut written = Vec::new();
            for column in names.columns {
                let name: Option<String> = person.try_get("", column)?;
                written.extend(name);
            }
            let written: Vec<&str> = written.iter().map(String::as_str).collect();
            for word in name_words(&written) {
                let heard = sound(&word);
                insert.values_panic([Expr::val(last), Expr::val(word), Expr::val(heard)]);
                any = true;
            }
        }
        if any {
            db.execute(&insert).await?;
        }
    }
}
