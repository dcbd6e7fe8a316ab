//! Databases of their own on the `PostgreSQL` that `TEST_POSTGRES_URL` names.

use std::fmt;
use std::sync::atomic::{AtomicU32, Ordering};

use sea_orm::{ConnectionTrait, Database};

use super::program::block_on;

/// The address of a database that goes with the test.
pub struct Url {
    server: String,
    name: String,
}

/// A database with nothing in it.
pub fn empty_database() -> Url {
    made("")
}

/// A database with nothing in it, on a server that sorts as Italians do: what
/// many a real one does, and what the tests' own does not.
pub fn empty_italian_database() -> Url {
    made("TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'it-IT'")
}

/// A copy of a database that nobody is connected to.
pub fn copy_of(template: &Url) -> Url {
    made(&format!("TEMPLATE {}", template.name))
}

/// A database with nothing in it, on a server of the test's own.
pub fn empty_database_on(server: &str) -> Url {
    made_on(server.to_owned(), "")
}

fn made(with: &str) -> Url {
    let server = std::env::var("TEST_POSTGRES_URL")
        .expect("TEST_POSTGRES_URL names no PostgreSQL server: run scripts/test, which starts one");
    made_on(server, with)
}

fn made_on(server: String, with: &str) -> Url {
    static MADE: AtomicU32 = AtomicU32::new(0);
    let name = format!(
        "program_{}_{}",
        std::process::id(),
        MADE.fetch_add(1, Ordering::Relaxed)
    );
    ask(&server, &format!("CREATE DATABASE {name} {with}"));
    Url { server, name }
}

fn ask(server: &str, statement: &str) {
    // A test may run inside a runtime already, and blocking there is refused.
    std::thread::scope(|scope| {
        let asked = scope.spawn(|| {
            block_on(async {
                let connection = Database::connect(server).await.unwrap();
                connection.execute_unprepared(statement).await.unwrap();
                connection.close().await.unwrap();
            });
        });
        asked.join().unwrap();
    });
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (address, options) = match self.server.split_once('?') {
            Some((address, options)) => (address, Some(options)),
            None => (self.server.as_str(), None),
        };
        let (host, _) = address
            .rsplit_once('/')
            .expect("the address names a database");
        write!(f, "{host}/{}", self.name)?;
        match options {
            Some(options) => write!(f, "?{options}"),
            None => Ok(()),
        }
    }
}

impl Drop for Url {
    fn drop(&mut self) {
        ask(
            &self.server,
            &format!("DROP DATABASE {} WITH (FORCE)", self.name),
        );
    }
}
