//! A `PostgreSQL` of the test's own, that it may stop.

use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::support::program::Folder;

/// See the module's words; dropped, it is stopped.
pub struct Server {
    folder: Folder,
    bin: PathBuf,
}

impl Server {
    pub fn start() -> Self {
        let server = Self {
            folder: Folder::new(),
            bin: newest(),
        };
        if is_root() {
            let folder = server.folder.path();
            run(Command::new("chown").arg("postgres").arg(folder));
        }
        let data = server.data();
        run(server.tool("initdb").args([
            "-D",
            data.as_str(),
            "-U",
            "postgres",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        ]));
        // The machine does not fail, only the server does.
        let options = format!(
            "-k {} -c listen_addresses='' -c fsync=off",
            server.folder.path().display()
        );
        let log = format!("{data}.log");
        run(server.tool("pg_ctl").args([
            "-s",
            "-w",
            "-t",
            "60",
            "-D",
            data.as_str(),
            "-l",
            log.as_str(),
            "-o",
            options.as_str(),
            "start",
        ]));
        server
    }

    pub fn url(&self) -> String {
        format!(
            "postgres:///postgres?host={}&user=postgres",
            self.folder.path().display()
        )
    }

    /// Where it listens.
    pub fn socket(&self) -> PathBuf {
        self.folder.path().join(".s.PGSQL.5432")
    }

    /// Stops it and starts it again. `mode`: `fast` ends every connection in order,
    /// `immediate` is how a server dies.
    pub fn restart(&self, mode: &str) {
        let data = self.data();
        let log = format!("{data}.log");
        run(self.tool("pg_ctl").args([
            "-s",
            "-w",
            "-t",
            "60",
            "-D",
            data.as_str(),
            "-l",
            log.as_str(),
            "-m",
            mode,
            "restart",
        ]));
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    /// The server refuses to be root's.
    fn tool(&self, name: &str) -> Command {
        let tool = self.bin.join(name);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(tool);
            command
        } else {
            Command::new(tool)
        };
        command.current_dir(self.folder.path());
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        // A panic here would hide the first one.
        let _ = self
            .tool("pg_ctl")
            .args(["-s", "-D", data.as_str(), "-m", "immediate", "stop"])
            .stdin(Stdio::null())
            .status();
    }
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

/// Where Debian puts the newest.
fn newest() -> PathBuf {
    let all = std::fs::read_dir("/usr/lib/postgresql");
    let all = all.expect("PostgreSQL is missing: run scripts/test, which installs it");
    let versions = all.filter_map(|entry| entry.unwrap().file_name().to_str()?.parse::<u32>().ok());
    let version = versions.max().expect("PostgreSQL has a version");
    PathBuf::from(format!("/usr/lib/postgresql/{version}/bin"))
}

fn run(command: &mut Command) {
    // What the server inherits it keeps open.
    let status = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    let status = status.unwrap();
    assert!(status.success(), "{command:?}: {status}");
}
