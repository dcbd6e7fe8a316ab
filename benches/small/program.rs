//! The built program, held to one core, and what the system says of it.

use std::io::{BufRead as _, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::browser::Browser;

/// Ticks of the processor's time in `/proc`, a second, on every Linux of today.
const TICKS: u32 = 100;
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder that goes when it is dropped.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir(&path).expect("a folder of its own");
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn data(&self) -> PathBuf {
        self.0.join("data")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub struct Program {
    child: Child,
    address: String,
}

fn command(folder: &Folder, program: &str) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("DOM_DATA_DIR", folder.data())
        .current_dir(folder.path())
        .stdin(Stdio::null());
    command
}

/// Runs a command of the program to its end.
pub fn run(folder: &Folder, args: &[&str]) -> String {
    let ran = command(folder, env!("CARGO_BIN_EXE_dom"))
        .args(args)
        .output()
        .expect("the program runs");
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{args:?}: {said}");
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

impl Program {
    pub fn start(folder: &Folder) -> Self {
        // Free a moment ago; whoever takes it meanwhile ends the run with an error.
        let free = TcpListener::bind("127.0.0.1:0").and_then(|one| one.local_addr());
        let address = free.expect("a port").to_string();
        let mut child = command(folder, "taskset")
            .args(["-c", "0", env!("CARGO_BIN_EXE_dom"), "serve"])
            .env("DOM_BIND", &address)
            .env("DOM_LOG", "warn")
            // as in docs/dom.service
            .env("MIMALLOC_PURGE_DELAY", "10")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("taskset is there");
        let said = child.stderr.take().expect("it is piped");
        std::thread::spawn(move || {
            for line in BufReader::new(said).lines().map_while(Result::ok) {
                eprintln!("{line}");
            }
        });
        Self { child, address }
    }

    pub fn address(&self) -> &str {
        &self.address
    }

    /// Asks without a pause until the answer is 200.
    pub fn until_answered(&self, path: &str) {
        let begun = Instant::now();
        while begun.elapsed() < PATIENCE {
            if TcpStream::connect(&self.address).is_ok()
                && Browser::new(&self.address).get(path) == 200
            {
                return;
            }
            std::thread::sleep(Duration::from_micros(500));
        }
        panic!("{path} was not answered within {PATIENCE:?}");
    }

    /// Of `/proc/PID/status`, in kilobytes.
    pub fn memory(&self, name: &str) -> u64 {
        let status = self.proc("status");
        let line = status.lines().find(|line| line.starts_with(name));
        let number = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
        number.expect("the system counts it")
    }

    /// The processor's time so far.
    pub fn processor(&self) -> Duration {
        let stat = self.proc("stat");
        let (_, after) = stat.rsplit_once(')').expect("a name in brackets");
        let fields: Vec<&str> = after.split_whitespace().collect();
        let ticks: u32 = fields[11..13]
            .iter()
            .map(|ticks| ticks.parse::<u32>().expect("a number"))
            .sum();
        Duration::from_secs(1) * ticks / TICKS
    }

    fn proc(&self, file: &str) -> String {
        // taskset becomes the program: the process is the same.
        let path = format!("/proc/{}/{file}", self.child.id());
        std::fs::read_to_string(path).expect("it runs")
    }

    pub fn stop(mut self) {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(asked.expect("kill is there").success());
        let ended = self.child.wait().expect("it ends");
        assert!(ended.success(), "{ended}");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
