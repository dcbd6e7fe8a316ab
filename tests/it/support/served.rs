//! The program as it serves, asked over the network by somebody signed in.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::Duration;

use axum::http::{HeaderMap, StatusCode};
use dom::clock::Stopwatch;

use super::browser::{Page, encoded};
use super::heard::{self, Sort};
use super::program::Program;

/// Longer than any page takes, even of a program that was stopped for a while.
const LIMIT: Duration = Duration::from_mins(1);

/// See the module's words; dropped, it is killed.
pub struct Served {
    child: Child,
    address: String,
}

/// Whom a program knows by a cookie.
#[derive(Clone)]
pub struct Session {
    cookie: String,
}

impl Session {
    /// As a browser sends it.
    pub fn cookie(&self) -> &str {
        &self.cookie
    }

    /// Whom no program knows.
    pub fn of_nobody() -> Self {
        Self {
            cookie: "dom-language=it".to_owned(),
        }
    }
}

impl Served {
    pub fn start(program: &Program) -> Self {
        Self::by(program.command(&["serve"]))
    }

    /// The same by a command that serves.
    pub fn by(mut command: Command) -> Self {
        command
            .env("DOM_BIND", "127.0.0.1:0")
            .env("DOM_LOG", "info,dom=debug")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut log = BufReader::new(child.stderr.take().unwrap());
        let mut until = |message: &str| loop {
            let mut line = String::new();
            assert_ne!(log.read_line(&mut line).unwrap(), 0, "it ended");
            heard::keep(Sort::Log, &line);
            let said: serde_json::Value = serde_json::from_str(&line).unwrap_or_default();
            if said["message"] == message {
                break said["address"].as_str().unwrap_or_default().to_owned();
            }
        };
        let address = until("listening");
        // What is due at the start is done: nothing changes by itself for ten minutes.
        until("jobs");
        // Somebody must read on, or the program waits to be heard.
        let of_test = thread::current().name().unwrap_or_default().to_owned();
        let reader = thread::Builder::new().name(of_test);
        let read_on = move || {
            for line in log.lines().map_while(Result::ok) {
                heard::keep(Sort::Log, &line);
            }
        };
        reader.spawn(read_on).unwrap();
        Self { child, address }
    }

    /// Where it listens.
    pub fn address(&self) -> &str {
        &self.address
    }

    pub fn get(&self, path: &str, session: &Session) -> Page {
        self.send(&format!(
            "GET {path} HTTP/1.0\r\nhost: {}\r\ncookie: {}\r\naccept-language: it\r\n\r\n",
            self.address, session.cookie
        ))
    }

    /// Posts fields as a form of this very site does.
    pub fn post(&self, path: &str, fields: &[(&str, &str)], session: &Session) -> Page {
        let body = encoded(fields);
        self.send(&format!(
            "POST {path} HTTP/1.0\r\nhost: {}\r\ncookie: {}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            session.cookie,
            body.len()
        ))
    }

    /// Signs in; every program over the same database knows the session.
    pub fn sign_in(&self, email: &str, password: &str) -> Session {
        let body = encoded(&[("email", email), ("password", password)]);
        let page = self.send(&format!(
            "POST /sign-in HTTP/1.0\r\nhost: {}\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ));
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        let cookie = page.headers["set-cookie"].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        Session { cookie }
    }

    /// Holds the process still, or lets it go on.
    pub fn signal(&self, signal: &str) {
        let pid = self.child.id().to_string();
        let done = Command::new("kill").args([signal, &pid]).status();
        assert!(done.unwrap().success());
    }

    /// How it ended, where it does so in time.
    pub fn ended_within(&mut self, limit: Duration) -> Option<ExitStatus> {
        let watch = Stopwatch::start();
        while watch.elapsed() < limit {
            if let Some(status) = self.child.try_wait().unwrap() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(20));
        }
        None
    }

    /// Bytes of memory that it has at this moment.
    pub fn memory(&self) -> u64 {
        let status = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(status).unwrap();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kilobytes = line.unwrap().trim().trim_end_matches(" kB");
        kilobytes.parse::<u64>().unwrap() * 1024
    }

    fn send(&self, request: &str) -> Page {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(LIMIT)).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        page(&bytes).unwrap_or_else(|| panic!("{request}: {}", String::from_utf8_lossy(&bytes)))
    }
}

/// What a server sent until it hung up; none where the head has no end.
pub fn page(bytes: &[u8]) -> Option<Page> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let status = lines.next().unwrap().split(' ').nth(1).unwrap();
    let mut headers = HeaderMap::new();
    for line in lines {
        let (name, value) = line.split_once(": ").unwrap();
        let name: axum::http::HeaderName = name.parse().unwrap();
        headers.append(name, value.parse().unwrap());
    }
    Some(Page {
        status: status.parse().unwrap(),
        headers,
        bytes: bytes[end + 4..].to_vec(),
    })
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended by itself; a panic here would hide the first one.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
