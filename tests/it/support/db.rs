//! Databases of their own for tests that need no program: copies of a template
//! that is migrated once, and gone with the test.

use std::path::Path;
use std::sync::{Arc, Weak};

use dom::storage::Db;
use dom::storage::connect::Place;
use dom::storage::migrator::migrate;
use tokio::sync::{Mutex, OnceCell};

use super::program::Folder;
use super::server::{self, Url};

/// Connections of a test's pool.
pub const CONNECTIONS: u32 = 4;

/// Adds a row of weights: its day, and the six, with commas between.
pub fn weights(from: &str, six: &str) -> String {
    format!(
        "INSERT INTO weight_rows \
         (valid_from, coverage, preferred_skills, distance, italian, experience, freshness) \
         VALUES ('{from}', {six})"
    )
}

/// An open database and what goes with it.
pub struct TestDb {
    pub db: Db,
    pub place: Place,
    _kept: Kept,
}

enum Kept {
    Folder { _folder: Folder },
    Database { _url: Url, _template: Arc<Url> },
}

impl TestDb {
    /// Closes what is open; dropping it does the rest.
    pub async fn close(self) {
        self.db.close().await.unwrap();
    }
}

/// A migrated `SQLite` file.
pub async fn sqlite() -> TestDb {
    let folder = Folder::new();
    let path = folder.path().join("dom.sqlite");
    copy_sqlite(&path).await;
    let place = Place::Sqlite(path);
    TestDb {
        db: Db::open(&place, CONNECTIONS).await.unwrap(),
        place,
        _kept: Kept::Folder { _folder: folder },
    }
}

/// Writes a migrated `SQLite` file where none is yet.
pub async fn copy_sqlite(path: &Path) {
    static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let template = TEMPLATE.get_or_init(async || {
        let folder = Folder::new();
        let path = folder.path().join("template.sqlite");
        migrate(&Place::Sqlite(path.clone())).await.unwrap();
        // Whoever closes it last leaves everything in the one file.
        assert!(!path.with_extension("sqlite-wal").exists());
        std::fs::read(&path).unwrap()
    });
    std::fs::write(path, template.await).unwrap();
}

/// A migrated `PostgreSQL` database.
pub async fn postgres() -> TestDb {
    // The template goes with the last of its copies; the next one makes it anew.
    static TEMPLATE: Mutex<Weak<Url>> = Mutex::const_new(Weak::new());
    let mut known = TEMPLATE.lock().await;
    let template = if let Some(template) = known.upgrade() {
        template
    } else {
        let template = Arc::new(server::empty_database());
        migrate(&Place::Postgres(template.to_string()))
            .await
            .unwrap();
        *known = Arc::downgrade(&template);
        template
    };
    drop(known);
    let url = server::copy_of(&template);
    let place = Place::Postgres(url.to_string());
    TestDb {
        db: Db::open(&place, CONNECTIONS).await.unwrap(),
        place,
        _kept: Kept::Database {
            _url: url,
            _template: template,
        },
    }
}
