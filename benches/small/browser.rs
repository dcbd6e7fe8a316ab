//! Somebody who asks over one connection that stays open, as browsers do.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(30);

pub struct Browser {
    address: String,
    connection: Option<BufReader<TcpStream>>,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub fn new(address: &str) -> Self {
        Self {
            address: address.to_owned(),
            connection: None,
            cookies: BTreeMap::new(),
        }
    }

    pub fn sign_in(&mut self, email: &str, password: &str) {
        let status = self.post("/sign-in", &[("email", email), ("password", password)]);
        assert_eq!(status, 303, "{email} signs in");
    }

    /// Chooses the password by the link that an account is given.
    pub fn choose(&mut self, link: &str, password: &str) {
        assert_eq!(self.get(link), 303, "{link}");
        let twice = [("password", password), ("again", password)];
        assert_eq!(self.post("/password", &twice), 303, "a password is chosen");
    }

    /// The status; what was said is read to its end and thrown away.
    pub fn get(&mut self, path: &str) -> u16 {
        self.send("GET", path, "")
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> u16 {
        let field = |(name, value): &(&str, &str)| format!("{name}={}", encoded(value));
        let body: Vec<String> = fields.iter().map(field).collect();
        self.send("POST", path, &body.join("&"))
    }

    fn send(&mut self, method: &str, path: &str, body: &str) -> u16 {
        let cookies = self.cookies.iter();
        let cookies: Vec<String> = cookies
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncookie: {}\r\naccept-language: it\r\n\
             accept-encoding: gzip, br\r\nsec-fetch-site: same-origin\r\n\
             content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            cookies.join("; "),
            body.len()
        );
        let mut connection = self.connection.take().unwrap_or_else(|| {
            let stream = TcpStream::connect(&self.address).expect("it listens");
            stream.set_nodelay(true).expect("a socket");
            stream.set_read_timeout(Some(PATIENCE)).expect("a socket");
            BufReader::new(stream)
        });
        connection
            .get_mut()
            .write_all(request.as_bytes())
            .expect("it reads");
        let (status, closes) = self.answer(&mut connection);
        if !closes {
            self.connection = Some(connection);
        }
        status
    }

    fn answer(&mut self, from: &mut BufReader<TcpStream>) -> (u16, bool) {
        let first = line(from);
        let status = first.split(' ').nth(1).and_then(|code| code.parse().ok());
        let (mut length, mut chunked, mut closes) = (0, false, false);
        loop {
            let head = line(from);
            let Some((name, value)) = head.split_once(": ") else {
                break;
            };
            match (name.to_ascii_lowercase().as_str(), value) {
                ("content-length", value) => length = value.parse().expect("a length"),
                ("transfer-encoding", "chunked") => chunked = true,
                ("connection", "close") => closes = true,
                ("set-cookie", value) => {
                    let cookie = value.split(';').next().unwrap_or_default();
                    let (name, value) = cookie.split_once('=').expect("a cookie");
                    self.cookies.insert(name.to_owned(), value.to_owned());
                }
                _ => {}
            }
        }
        if chunked {
            loop {
                let size = line(from);
                let size = u64::from_str_radix(&size, 16).expect("a chunk");
                skip(from, size);
                line(from);
                if size == 0 {
                    break;
                }
            }
        } else {
            skip(from, length);
        }
        (status.expect("a status"), closes)
    }
}

fn encoded(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

fn line(from: &mut impl BufRead) -> String {
    let mut line = String::new();
    from.read_line(&mut line).expect("an answer in time");
    line.trim_end().to_owned()
}

fn skip(from: &mut impl Read, bytes: u64) {
    let read = std::io::copy(&mut from.take(bytes), &mut std::io::sink());
    assert_eq!(read.expect("an answer in time"), bytes);
}
