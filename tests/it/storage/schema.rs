//! The entities say what the migrations made: names, kinds, nulls, keys and
//! uniqueness of every column, on both kinds of database.

use std::collections::BTreeSet;

use dom::storage::entity as e;
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait, Schema, Statement,
};

use super::two_of_each;
use crate::support::program::{Program, block_on};

/// Every entity, in the order in which tables refer to each other.
async fn create_from_entities(db: &DatabaseConnection) {
    async fn create(db: &DatabaseConnection, entity: impl EntityTrait) {
        let statement = Schema::new(db.get_database_backend()).create_table_from_entity(entity);
        db.execute(&statement).await.unwrap();
    }
    create(db, e::desk::Entity).await;
    create(db, e::partner::Entity).await;
    create(db, e::account::Entity).await;
    create(db, e::password_link::Entity).await;
    create(db, e::session::Entity).await;
    create(db, e::throttle::Entity).await;
    create(db, e::search::Entity).await;
    create(db, e::audit_event::Entity).await;
    create(db, e::worker::Entity).await;
    create(db, e::worker_statistic::Entity).await;
    create(db, e::family::Entity).await;
    create(db, e::request::Entity).await;
    create(db, e::proposal::Entity).await;
    create(db, e::counter::Entity).await;
    create(db, e::sheet::Entity).await;
    create(db, e::sheet_document::Entity).await;
    create(db, e::introduction::Entity).await;
    create(db, e::answer::Entity).await;
    create(db, e::answer_tally::Entity).await;
    create(db, e::disclosure::Entity).await;
    create(db, e::weight_row::Entity).await;
}

/// One text a column and a unique rule.
async fn described(db: &DatabaseConnection) -> BTreeSet<String> {
    let statements: &[&str] = match db.get_database_backend() {
        DbBackend::Postgres => &[
            "SELECT c.table_name || '.' || c.column_name || ' ' || c.data_type || ' ' || c.is_nullable AS text \
             FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name <> 'seaql_migrations'",
            "SELECT t.table_name || ' ' || t.constraint_type || ' ' || string_agg(k.column_name, ',' ORDER BY k.column_name) AS text \
             FROM information_schema.table_constraints t \
             JOIN information_schema.key_column_usage k ON k.constraint_name = t.constraint_name AND k.table_name = t.table_name \
             WHERE t.table_schema = 'public' AND t.table_name <> 'seaql_migrations' \
             GROUP BY t.table_name, t.constraint_type, t.constraint_name",
        ],
        _ => &[
            "SELECT m.name || '.' || c.name || ' ' || lower(c.type) || ' ' || c.\"notnull\" || ' ' || c.pk AS text \
             FROM sqlite_master m, pragma_table_info(m.name) c \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'seaql_migrations'",
            "SELECT m.name || ' unique ' || (SELECT group_concat(name) FROM pragma_index_info(i.name)) AS text \
             FROM sqlite_master m, pragma_index_list(m.name) i \
             WHERE m.type = 'table' AND i.\"unique\" = 1 AND m.name <> 'seaql_migrations'",
            "SELECT m.name || ' ' || f.\"from\" || ' -> ' || f.\"table\" || '.' || f.\"to\" AS text \
             FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
        ],
    };
    let mut described = BTreeSet::new();
    for statement in statements {
        let rows = db
            .query_all_raw(Statement::from_string(
                db.get_database_backend(),
                *statement,
            ))
            .await
            .unwrap();
        for row in rows {
            described.insert(row.try_get::<String>("", "text").unwrap());
        }
    }
    described
}

fn address(program: &Program) -> String {
    match program.place() {
        dom::storage::connect::Place::Sqlite(path) => {
            format!("sqlite://{}?mode=rwc", path.display())
        }
        dom::storage::connect::Place::Postgres(url) => url,
    }
}

#[test]
fn the_entities_are_what_the_migrations_made() {
    for [migrated, made] in two_of_each() {
        let truth = migrated.with_db(async |db| described(db.read()).await);
        std::fs::create_dir_all(made.data()).unwrap();
        let told = block_on(async {
            let db = Database::connect(address(&made)).await.unwrap();
            create_from_entities(&db).await;
            described(&db).await
        });
        assert!(truth.len() > 150, "the schema has columns: {}", truth.len());
        let only_migrated: Vec<_> = truth.difference(&told).collect();
        let only_entities: Vec<_> = told.difference(&truth).collect();
        assert!(
            only_migrated.is_empty() && only_entities.is_empty(),
            "only in the migrations: {only_migrated:#?}\nonly in the entities: {only_entities:#?}"
        );
    }
}

#[test]
fn codes_compare_byte_by_byte_whatever_the_server_speaks() {
    Program::on_postgres().with_db(async |db| {
        let statement = "SELECT table_name || ' ' || coalesce(collation_name, 'none') AS text \
            FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'code' ORDER BY 1";
        let rows = db
            .read()
            .query_all_raw(Statement::from_string(DbBackend::Postgres, statement))
            .await
            .unwrap();
        let found: Vec<String> = rows.iter().map(|row| row.try_get("", "text").unwrap()).collect();
        let expected = ["desks", "families", "introductions", "partners", "requests", "workers"];
        assert_eq!(found, expected.map(|table| format!("{table} C")));
    });
}
