//! The entities say what the migrations made: names, kinds, nulls, keys and
//! uniqueness of every column, on both kinds of database.

use std::collections::BTreeSet;

use dom::storage::entity as e;
use sea_orm::{
    ConnectionTrait, Database, DatabaseConnection, DbBackend, EntityTrait, Schema, Statement,
};

use crate::support::db::{self, TestDb};
use crate::support::program::Folder;
use crate::support::server::empty_database;

async fn create(db: &DatabaseConnection, entity: impl EntityTrait) {
    let schema = Schema::new(db.get_database_backend());
    let indexes = schema.create_index_from_entity(entity);
    db.execute(&schema.create_table_from_entity(entity))
        .await
        .unwrap();
    // Rules over several columns are indexes.
    for index in indexes.iter().filter(|index| index.is_unique_key()) {
        db.execute(index).await.unwrap();
    }
}

/// Every entity, in the order in which tables refer to each other.
async fn create_from_entities(db: &DatabaseConnection) {
    create(db, e::desk::Entity).await;
    create(db, e::partner::Entity).await;
    create(db, e::account::Entity).await;
    create(db, e::password_link::Entity).await;
    create(db, e::session::Entity).await;
    create(db, e::account_factor::Entity).await;
    create(db, e::account_identity::Entity).await;
    create(db, e::recovery_code::Entity).await;
    create(db, e::factor_rule::Entity).await;
    create(db, e::local_rule::Entity).await;
    create(db, e::throttle::Entity).await;
    create(db, e::search::Entity).await;
    create(db, e::saved_filter::Entity).await;
    create(db, e::tour_done::Entity).await;
    create(db, e::audit_event::Entity).await;
    create(db, e::worker::Entity).await;
    create(db, e::worker_statistic::Entity).await;
    create(db, e::family::Entity).await;
    create(db, e::worker_name::Entity).await;
    create(db, e::family_name::Entity).await;
    create(db, e::request::Entity).await;
    create(db, e::referral::Entity).await;
    create(db, e::proposal::Entity).await;
    create(db, e::counter::Entity).await;
    create(db, e::sheet::Entity).await;
    create(db, e::sheet_document::Entity).await;
    create(db, e::introduction::Entity).await;
    create(db, e::answer::Entity).await;
    create(db, e::answer_tally::Entity).await;
    create(db, e::disclosure::Entity).await;
    create(db, e::sheet_link::Entity).await;
    create(db, e::sheet_task::Entity).await;
    create(db, e::read::Entity).await;
    create(db, e::read_segment::Entity).await;
    create(db, e::read_name::Entity).await;
    create(db, e::read_log_rule::Entity).await;
    create(db, e::mailing::Entity).await;
    create(db, e::invitation::Entity).await;
    create(db, e::survey_link::Entity).await;
    create(db, e::survey_stop::Entity).await;
    create(db, e::spent_form::Entity).await;
    create(db, e::phone_try::Entity).await;
    create(db, e::answer_note::Entity).await;
    create(db, e::job_change::Entity).await;
    create(db, e::first_look::Entity).await;
    create(db, e::first_fit::Entity).await;
    create(db, e::outbox_mail::Entity).await;
    create(db, e::address_mark::Entity).await;
    create(db, e::merge::Entity).await;
    create(db, e::different_people::Entity).await;
    create(db, e::block::Entity).await;
    create(db, e::restriction::Entity).await;
    create(db, e::erasure::Entity).await;
    create(db, e::weight_row::Entity).await;
    create(db, e::wave_rule::Entity).await;
    create(db, e::number_rule::Entity).await;
    create(db, e::minimum_rule::Entity).await;
    create(db, e::purge::Entity).await;
    create(db, e::renewal::Entity).await;
    create(db, e::notice_version::Entity).await;
    create(db, e::notice_text::Entity).await;
    create(db, e::notice_given::Entity).await;
    create(db, e::notice_round::Entity).await;
    create(db, e::backup_rule::Entity).await;
    create(db, e::backup_run::Entity).await;
    create(db, e::access::Entity).await;
    create(db, e::access_receipt::Entity).await;
    create(db, e::access_count::Entity).await;
    create(db, e::access_month::Entity).await;
    create(db, e::accompaniment::Entity).await;
    create(db, e::vocabulary_term::Entity).await;
    create(db, e::vocabulary_label::Entity).await;
    create(db, e::secret::Entity).await;
    create(db, e::frozen_year::Entity).await;
    create(db, e::draft::Entity).await;
    create(db, e::record_change::Entity).await;
    create(db, e::authorisation::Entity).await;
    create(db, e::contact_note::Entity).await;
    create(db, e::upload::Entity).await;
    create(db, e::upload_file::Entity).await;
    create(db, e::known_header::Entity).await;
    create(db, e::proposal_link::Entity).await;
    create(db, e::proposal_mail::Entity).await;
    create_what_hangs_on_them(db).await;
}

/// The entities that refer to those before them.
async fn create_what_hangs_on_them(db: &DatabaseConnection) {
    create(db, e::proposal_word::Entity).await;
    create(db, e::diffusion_limit::Entity).await;
    create(db, e::sheet_notice::Entity).await;
    create(db, e::private_link::Entity).await;
    create(db, e::link_code::Entity).await;
    create(db, e::person_task::Entity).await;
    create(db, e::person_mail::Entity).await;
    create(db, e::pool_word::Entity).await;
    create(db, e::pool_change::Entity).await;
    create(db, e::pool_revision::Entity).await;
    create(db, e::accreditation_end::Entity).await;
    create(db, e::public_request::Entity).await;
    create(db, e::public_request_event::Entity).await;
    create_appointments(db).await;
}

async fn create_appointments(db: &DatabaseConnection) {
    create(db, e::desk_hour::Entity).await;
    create(db, e::desk_closure::Entity).await;
    create(db, e::appointment::Entity).await;
    create(db, e::appointment_slot::Entity).await;
}

/// One text a column and a unique rule.
async fn described(db: &DatabaseConnection) -> BTreeSet<String> {
    let statements: &[&str] = match db.get_database_backend() {
        DbBackend::Postgres => &[
            "SELECT c.table_name || '.' || c.column_name || ' ' || c.data_type || ' ' || c.is_nullable AS text \
             FROM information_schema.columns c WHERE c.table_schema = 'public' AND c.table_name <> 'seaql_migrations'",
            "SELECT i.indrelid::regclass || ' ' || CASE WHEN i.indisprimary THEN 'key ' ELSE 'unique ' END \
             || array_to_string(ARRAY(SELECT pg_get_indexdef(i.indexrelid, n, true) FROM generate_series(1, i.indnatts) n), ',') AS text \
             FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid \
             WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace AND c.relname <> 'seaql_migrations'",
            "SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) AS text \
             FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace",
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

/// What the entities alone would make, in a database of each kind.
async fn told() -> [BTreeSet<String>; 2] {
    let (folder, url) = (Folder::new(), empty_database());
    let file = folder.path().join("made.sqlite");
    let mut told = Vec::new();
    for address in [
        format!("sqlite://{}?mode=rwc", file.display()),
        url.to_string(),
    ] {
        let db = Database::connect(address).await.unwrap();
        create_from_entities(&db).await;
        told.push(described(&db).await);
        db.close().await.unwrap();
    }
    told.try_into().unwrap()
}

async fn both() -> [TestDb; 2] {
    [db::sqlite().await, db::postgres().await]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_entities_are_what_the_migrations_made() {
    for (test, told) in both().await.into_iter().zip(told().await) {
        let truth = described(test.db.read()).await;
        assert!(truth.len() > 150, "the schema has columns: {}", truth.len());
        let only_migrated: Vec<_> = truth.difference(&told).collect();
        let only_entities: Vec<_> = told.difference(&truth).collect();
        assert!(
            only_migrated.is_empty() && only_entities.is_empty(),
            "only in the migrations: {only_migrated:#?}\nonly in the entities: {only_entities:#?}"
        );
        test.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_difference_of_any_kind_would_be_noticed() {
    for test in both().await {
        let mut before = described(test.db.read()).await;
        let mut changes = vec![
            "ALTER TABLE desks ADD COLUMN more varchar",
            "ALTER TABLE desks DROP COLUMN phone",
            "CREATE UNIQUE INDEX more ON partners (name)",
            "CREATE TABLE another (id integer PRIMARY KEY)",
        ];
        if test.db.read().get_database_backend() == DbBackend::Postgres {
            changes.extend([
                "ALTER TABLE desks ALTER COLUMN address SET NOT NULL",
                "ALTER TABLE partners ALTER COLUMN kind TYPE bigint USING 1",
                "ALTER TABLE workers DROP CONSTRAINT workers_code_key",
            ]);
        }
        for change in changes {
            test.db.read().execute_unprepared(change).await.unwrap();
            let after = described(test.db.read()).await;
            assert_ne!(before, after, "{change}");
            before = after;
        }
        test.close().await;
    }
}

#[test]
fn every_entity_is_compared() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    let listed = read("src/storage/entity/mod.rs");
    let here = read("tests/it/storage/schema.rs");
    for line in listed.lines() {
        let Some(entity) = line
            .strip_prefix("pub mod ")
            .and_then(|rest| rest.strip_suffix(';'))
        else {
            continue;
        };
        assert!(
            here.contains(&format!("e::{entity}::Entity)")),
            "{entity} stands in no list of tests/it/storage/schema.rs"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sorted_compares_byte_by_byte_whatever_the_server_speaks() {
    let test = db::postgres().await;
    let statement = "SELECT table_name || '.' || column_name || ' ' || coalesce(collation_name, 'none') AS text \
        FROM information_schema.columns WHERE table_schema = 'public' AND column_name IN ('code', 'sort_name')";
    let rows = test
        .db
        .read()
        .query_all_raw(Statement::from_string(DbBackend::Postgres, statement))
        .await
        .unwrap();
    let found: BTreeSet<String> = rows
        .iter()
        .map(|row| row.try_get("", "text").unwrap())
        .collect();
    let expected = [
        "accompaniments.code C",
        "desks.code C",
        "families.code C",
        "families.sort_name C",
        "introductions.code C",
        "partners.code C",
        "requests.code C",
        "vocabulary_terms.code C",
        "workers.code C",
        "workers.sort_name C",
    ];
    assert_eq!(found, expected.map(str::to_owned).into());
    test.close().await;
}
