//! The built program, run as a person would run it: in a folder of its own, with
//! an empty environment but for what is given, for a bounded time.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use dom::services::Context;
use dom::storage::Db;
use dom::storage::connect::Place;
use dom::storage::migrator::migrate;

use super::cast::Cast;
use super::heard::{self, Sort};
use super::{db, server};

/// Longer than anything here takes, even beside a compiler.
const LIMIT: Duration = Duration::from_mins(2);

/// What `dom export` writes.
pub const EXPORTED: [&str; 6] = [
    "workers",
    "families",
    "requests",
    "introductions",
    "answers",
    "accesses",
];

/// A folder that goes with the test.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static MADE: AtomicU32 = AtomicU32::new(0);
        let name = format!(
            "dom-test-{}-{}",
            std::process::id(),
            MADE.fetch_add(1, Ordering::Relaxed)
        );
        let path = std::env::temp_dir().join(name);
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The program over an empty database of its own.
pub struct Program {
    folder: Folder,
    url: Option<server::Url>,
}

/// What a run left: its exit code and what it said.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Program {
    pub fn on_sqlite() -> Self {
        Self {
            folder: Folder::new(),
            url: None,
        }
    }

    pub fn on_postgres() -> Self {
        Self {
            folder: Folder::new(),
            url: Some(server::empty_database()),
        }
    }

    /// Over a database of a server of the test's own.
    pub fn on_server(server: &str) -> Self {
        Self {
            folder: Folder::new(),
            url: Some(server::empty_database_on(server)),
        }
    }

    /// One of each kind of database.
    pub fn on_both() -> [Self; 2] {
        [Self::on_sqlite(), Self::on_postgres()]
    }

    /// Where it runs: files without a folder land here.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn data(&self) -> PathBuf {
        self.path().join("data")
    }

    pub fn place(&self) -> Place {
        match &self.url {
            Some(url) => Place::Postgres(url.to_string()),
            None => Place::Sqlite(self.data().join("dom.sqlite")),
        }
    }

    /// The command with its environment, for tests that change it.
    pub fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dom"));
        command
            .args(args)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("TMPDIR", self.path())
            .env("DOM_DATA_DIR", self.data())
            .current_dir(self.path());
        if let Some(url) = &self.url {
            command.env("DOM_DATABASE_URL", url.to_string());
        }
        command
    }

    pub fn start(&self, args: &[&str]) -> Running {
        Running::start(self.command(args))
    }

    pub fn run(&self, args: &[&str]) -> Ran {
        self.start(args).end()
    }

    /// Runs what must succeed; what it printed comes back.
    pub fn ok(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(0), "{args:?}: {ran:?}");
        ran.out
    }

    /// Every table that leaves as a file, in the order of [`EXPORTED`].
    pub fn exports(&self) -> Vec<String> {
        EXPORTED.map(|kind| self.ok(&["export", kind])).to_vec()
    }

    /// Runs what must fail with one line; the line comes back.
    pub fn refused(&self, args: &[&str]) -> String {
        self.run(args).one_line(&format!("{args:?}"))
    }

    /// Runs what must be wrong usage.
    pub fn wrong_usage(&self, args: &[&str]) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, Some(2), "{args:?}: {ran:?}");
        assert_eq!(ran.out, "", "{args:?}");
        assert_ne!(ran.err, "", "{args:?}");
        ran.err
    }

    /// The same database, opened by the test, with the schema up to date.
    pub async fn open(&self) -> Db {
        std::fs::create_dir_all(self.data()).unwrap();
        private(&self.data());
        if let Place::Sqlite(path) = self.place()
            && !path.exists()
        {
            db::copy_sqlite(&path).await;
        }
        migrate(&self.place()).await.unwrap();
        Db::open(&self.place(), 4).await.unwrap()
    }

    /// Does something in the same database and lets it go again.
    pub fn with_db<T>(&self, work: impl AsyncFnOnce(&Db) -> T) -> T {
        block_on(async {
            let db = self.open().await;
            let done = work(&db).await;
            db.close().await.unwrap();
            done
        })
    }

    /// Puts people and requests there.
    pub fn store(&self, cast: &Cast) {
        self.with_db(async |db| cast.store(db).await);
    }

    /// Use cases over the same database, on the machine's clock.
    pub fn with_context<T>(&self, work: impl AsyncFnOnce(&Context) -> T) -> T {
        self.with_db(async |db| {
            let context = Context::new(
                db.clone(),
                std::sync::Arc::new(dom::clock::SystemClock),
                std::sync::Arc::new(dom::clock::SystemRandomness),
                "http://127.0.0.1:8080".to_owned(),
            );
            work(&context).await
        })
    }

    /// An account; its one-time link comes back.
    pub fn account(&self, email: &str, role: &str, more: &[&str]) -> String {
        let mut args = vec!["user", "add", email, "--role", role];
        args.extend(more);
        self.ok(&args)
    }

    /// An operator of a desk.
    pub fn operator(&self, email: &str, desk: &str) {
        self.account(email, "operator", &["--desk", desk]);
    }
}

fn private(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o700)).unwrap();
}

pub fn block_on<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Runtime::new().unwrap().block_on(work)
}

impl Ran {
    /// Asserts a failure that says one line and nothing else; the line comes back.
    pub fn one_line(self, what: &str) -> String {
        assert_eq!(self.code, Some(1), "{what}: {self:?}");
        assert_eq!(self.out, "", "{what}: {}", self.err);
        let line = self.err.strip_suffix('\n').unwrap_or(&self.err);
        assert!(
            line.starts_with("dom: ") && !line.contains('\n'),
            "{what}: {}",
            self.err
        );
        assert!(!line.contains('⟦'), "{what}: a word is missing: {line}");
        line.to_owned()
    }
}

/// A run that has not ended yet.
pub struct Running {
    child: Child,
    out: Receiver<Vec<u8>>,
    err: Receiver<Vec<u8>>,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let out = collect(child.stdout.take().unwrap());
        let err = collect(child.stderr.take().unwrap());
        Self { child, out, err }
    }

    /// Waits for its end.
    pub fn end(self) -> Ran {
        self.end_within(LIMIT)
            .unwrap_or_else(|| panic!("the program did not end in {LIMIT:?}"))
    }

    /// Waits for its end, and kills it where that takes longer.
    pub fn end_within(mut self, limit: Duration) -> Option<Ran> {
        // Both pipes are shut when the program ends, however it does.
        let Ok(out) = self.out.recv_timeout(limit) else {
            self.child.kill().unwrap();
            self.child.wait().unwrap();
            return None;
        };
        let err = self.err.recv_timeout(LIMIT).unwrap();
        let code = self.child.wait().unwrap().code();
        Some(Ran {
            code,
            out: String::from_utf8(out).unwrap(),
            err: String::from_utf8(err).unwrap(),
        })
    }
}

fn collect(mut pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (send, receive) = channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        pipe.read_to_end(&mut bytes).unwrap();
        for line in String::from_utf8_lossy(&bytes).lines() {
            if line.starts_with("{\"timestamp\"") {
                heard::keep(Sort::Log, line);
            }
        }
        let _ = send.send(bytes);
    });
    receive
}
