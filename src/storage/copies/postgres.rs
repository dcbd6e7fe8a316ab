//! Copies of a server's database, by the server's own tools of the same major
//! version: an older one can't read it, a newer one writes what an older can't read.
//! The address is given to them by the environment, never on the command line, where
//! everybody on the machine could read the password.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdout, Command, Stdio};

use percent_encoding::percent_decode_str;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use url::Url;

use super::{CopyError, Held, held};
use crate::storage::connect::{Db, Place};
use crate::storage::error::StorageError;

const DUMP: &str = "pg_dump";
const RESTORE: &str = "pg_restore";

pub(super) async fn make(db: &Db, url: &str, to: &Path) -> Result<Held, CopyError> {
    let mut dump = tool(DUMP, major(db).await?, url)?;
    // What is counted and what is copied are one instant.
    let instant = db.snapshot().await?;
    let sql = "SELECT pg_export_snapshot() AS instant";
    let row = instant
        .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await
        .map_err(StorageError::from)?;
    let name: String = row
        .ok_or_else(|| CopyError::Damaged("the server exported no snapshot".to_owned()))?
        .try_get("", "instant")
        .map_err(StorageError::from)?;
    dump.args(["--format=custom", "--no-owner", "--no-privileges"])
        .arg(format!("--snapshot={name}"))
        .arg("--file")
        .arg(to);
    run(DUMP, dump).await?;
    let held = held(&instant).await?;
    instant.commit().await.map_err(StorageError::from)?;
    Ok(held)
}

/// Reads the copy's list of contents and every block of it.
pub(super) async fn check(copy: &Path) -> Result<(), CopyError> {
    let mut restore = Command::new(newest(RESTORE)?);
    restore.args(["--file", "/dev/null"]).arg(copy);
    run(RESTORE, restore).await.map(|_| ())
}

pub(super) async fn put_back(copy: &Path, url: &str, place: &Place) -> Result<Held, CopyError> {
    let db = Db::open(place, 1).await?;
    let done = restore(&db, copy, url).await;
    db.close().await?;
    done
}

async fn restore(db: &Db, copy: &Path, url: &str) -> Result<Held, CopyError> {
    let mut restore = tool(RESTORE, major(db).await?, url)?;
    let database = environment(url)?.remove("PGDATABASE").unwrap_or_default();
    restore
        .args(["--exit-on-error", "--single-transaction"])
        .args(["--no-owner", "--no-privileges", "--dbname"])
        .arg(database)
        .arg(copy);
    run(RESTORE, restore).await?;
    Ok(held(db.read()).await?)
}

async fn major(db: &Db) -> Result<u32, StorageError> {
    let sql = "SELECT current_setting('server_version_num')::int / 10000 AS major";
    let row = db
        .read()
        .query_one_raw(Statement::from_string(DbBackend::Postgres, sql))
        .await?;
    let major: Option<i32> = row.map(|row| row.try_get("", "major")).transpose()?;
    Ok(major.unwrap_or_default().unsigned_abs())
}

fn tool(name: &'static str, server: u32, url: &str) -> Result<Command, CopyError> {
    let mut command = Command::new(of_version(name, server, candidates(name))?);
    command.envs(environment(url)?);
    Ok(command)
}

fn of_version(
    name: &'static str,
    server: u32,
    candidates: Vec<PathBuf>,
) -> Result<PathBuf, CopyError> {
    let mut found = Vec::new();
    for candidate in candidates {
        match version(&candidate) {
            Some(major) if major == server => return Ok(candidate),
            Some(major) => found.push(major.to_string()),
            None => {}
        }
    }
    let found = if found.is_empty() {
        "none at all".to_owned()
    } else {
        format!("only {}", found.join(", "))
    };
    Err(CopyError::Tool {
        tool: name,
        server,
        found,
    })
}

/// Whether a copy of this server could be made.
pub(super) async fn is_ready(db: &Db) -> Result<(), CopyError> {
    of_version(DUMP, major(db).await?, candidates(DUMP)).map(|_| ())
}

/// Any will do that reads what the copy's own wrote.
fn newest(name: &'static str) -> Result<PathBuf, CopyError> {
    let known = candidates(name)
        .into_iter()
        .filter_map(|path| Some((version(&path)?, path)));
    let newest = known.max_by_key(|(major, _)| *major);
    newest.map(|(_, path)| path).ok_or(CopyError::Tool {
        tool: name,
        server: 0,
        found: "none at all".to_owned(),
    })
}

/// On the path, and where Debian keeps one a version.
fn candidates(name: &str) -> Vec<PathBuf> {
    let mut all = vec![PathBuf::from(name)];
    if let Ok(versions) = std::fs::read_dir("/usr/lib/postgresql") {
        let tools = versions.flatten().map(|folder| folder.path().join("bin"));
        all.extend(tools.map(|bin| bin.join(name)));
    }
    all
}

fn version(tool: &Path) -> Option<u32> {
    let said = Command::new(tool).arg("--version").output().ok()?;
    let said = String::from_utf8(said.stdout).ok()?;
    // `pg_dump (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)`
    let number = said.split_once("(PostgreSQL) ")?.1;
    let digits: String = number.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

async fn run(tool: &'static str, mut command: Command) -> Result<String, CopyError> {
    command
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut working = Working(Some(command.spawn()?));
    let (out, err) = working.said();
    let (out, err) = tokio::try_join!(read(out), read(err))?;
    // It has shut both: there is nothing left to wait for.
    if working.ended().await? {
        Ok(out)
    } else {
        Err(CopyError::Refused { tool, said: err })
    }
}

/// A tool at work. Whoever no longer waits for it ends it.
struct Working(Option<Child>);

impl Working {
    /// Its answer and its complaints, to be read.
    fn said(&mut self) -> (ChildStdout, ChildStderr) {
        let child = self.0.as_mut().expect("it is taken when it has ended");
        let piped = "both were piped before it began";
        (
            child.stdout.take().expect(piped),
            child.stderr.take().expect(piped),
        )
    }

    /// Whether it did what it was to do.
    async fn ended(mut self) -> std::io::Result<bool> {
        let Some(mut child) = self.0.take() else {
            return Ok(false);
        };
        let ended = tokio::task::spawn_blocking(move || child.wait()).await;
        let ended = ended.map_err(|error| std::io::Error::other(error.to_string()))?;
        Ok(ended?.success())
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            // One that is gone already can't be ended; one that hangs in the disk is waited
            // for by nobody who answers pages.
            let _ = child.kill();
            std::thread::spawn(move || child.wait());
        }
    }
}

/// What a tool says, to the end, in one line.
async fn read(mut from: impl Read + Send + 'static) -> std::io::Result<String> {
    let reading = move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).trim().replace('\n', "; "))
    };
    tokio::task::spawn_blocking(reading)
        .await
        .map_err(|error| std::io::Error::other(error.to_string()))?
}

/// The parts of an address as the tools read them from their environment.
fn environment(url: &str) -> Result<BTreeMap<&'static str, String>, CopyError> {
    let address = || CopyError::Address("PostgreSQL's tools");
    let url = Url::parse(url).map_err(|_| address())?;
    let decoded = |text: &str| {
        let text = percent_decode_str(text).decode_utf8();
        text.map(std::borrow::Cow::into_owned)
            .map_err(|_| address())
    };
    let mut parts = BTreeMap::new();
    if let Some(host) = url.host_str().filter(|host| !host.is_empty()) {
        parts.insert("PGHOST", decoded(host)?);
    }
    if let Some(port) = url.port() {
        parts.insert("PGPORT", port.to_string());
    }
    if !url.username().is_empty() {
        parts.insert("PGUSER", decoded(url.username())?);
    }
    if let Some(password) = url.password() {
        parts.insert("PGPASSWORD", decoded(password)?);
    }
    let database = url.path().trim_start_matches('/');
    if !database.is_empty() {
        parts.insert("PGDATABASE", decoded(database)?);
    }
    for (name, value) in url.query_pairs() {
        let known = match &*name {
            "host" => "PGHOST",
            "hostaddr" => "PGHOSTADDR",
            "port" => "PGPORT",
            "user" => "PGUSER",
            "password" => "PGPASSWORD",
            "dbname" => "PGDATABASE",
            "sslmode" | "ssl-mode" => "PGSSLMODE",
            "sslrootcert" | "ssl-root-cert" | "ssl-ca" => "PGSSLROOTCERT",
            "sslcert" | "ssl-cert" => "PGSSLCERT",
            "sslkey" | "ssl-key" => "PGSSLKEY",
            "options" => "PGOPTIONS",
            // Settings of the program's own pool.
            _ => continue,
        };
        parts.insert(known, value.into_owned());
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A tool that says of itself that it has this version.
    fn fake(folder: &Path, version: &str) -> PathBuf {
        let path = folder.join(format!("pg_dump-{version}"));
        let script = format!("#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.4 (made up)'\n");
        std::fs::write(&path, script).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o700)).unwrap();
        path
    }

    #[test]
    fn a_tool_of_another_version_is_refused_with_what_to_install() {
        let folder = std::env::temp_dir().join(format!("dom-tools-{}", std::process::id()));
        std::fs::create_dir(&folder).unwrap();
        let (old, new) = (fake(&folder, "13"), fake(&folder, "16"));
        let missing = folder.join("none");
        let chosen = |server| {
            of_version(
                DUMP,
                server,
                vec![missing.clone(), old.clone(), new.clone()],
            )
        };
        let fits = chosen(16);
        let refused = chosen(15).unwrap_err().to_string();
        let nothing = of_version(DUMP, 15, vec![missing.clone()])
            .unwrap_err()
            .to_string();
        std::fs::remove_dir_all(&folder).unwrap();
        assert_eq!(fits.unwrap(), new);
        let expected = "the server is PostgreSQL 15, and no pg_dump of that version was found \
                        (only 13, 16): install postgresql-client-15";
        assert_eq!(refused, expected);
        assert!(nothing.contains("none at all"), "{nothing}");
    }
}
