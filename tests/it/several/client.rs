//! Somebody who asks over the network, from an address of their own.

use std::io::{self, Read as _, Write as _};
use std::net::{Ipv4Addr, SocketAddr, SocketAddrV4, TcpStream};
use std::time::Duration;

use socket2::{Domain, Socket, Type};

use crate::support::browser::{Page, encoded};
use crate::support::served;

/// Longer than any page takes.
const LIMIT: Duration = Duration::from_mins(1);
const PORT: u16 = 8080;

/// See the module's words.
#[derive(Clone)]
pub struct Client {
    from: Ipv4Addr,
    to: SocketAddr,
    /// As the program gave it; empty for a stranger.
    pub cookie: String,
    /// What it claims to have been forwarded for.
    pub forwarded: Option<String>,
}

impl Client {
    /// `to`: the proxy, or one of the programs.
    pub fn new(from: Ipv4Addr, to: Ipv4Addr) -> Self {
        Self {
            from,
            to: SocketAddrV4::new(to, PORT).into(),
            cookie: String::new(),
            forwarded: None,
        }
    }

    /// The same, asking somebody else.
    pub fn asking(&self, to: Ipv4Addr) -> Self {
        Self {
            to: SocketAddrV4::new(to, PORT).into(),
            ..self.clone()
        }
    }

    pub fn get(&self, path: &str) -> io::Result<Page> {
        self.send("GET", path, "")
    }

    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> io::Result<Page> {
        self.send("POST", path, &encoded(fields))
    }

    /// Tries to sign in.
    pub fn try_in(&self, email: &str, password: &str) -> io::Result<Page> {
        self.post("/sign-in", &[("email", email), ("password", password)])
    }

    /// Signs in for good.
    pub fn signed_in(mut self, email: &str, password: &str) -> Self {
        let page = self.try_in(email, password).unwrap();
        assert_eq!(page.status, 303, "{}", page.text());
        let cookie = page.header("set-cookie");
        cookie
            .split(';')
            .next()
            .unwrap()
            .clone_into(&mut self.cookie);
        self
    }

    fn send(&self, method: &str, path: &str, body: &str) -> io::Result<Page> {
        let mut head = vec![
            format!("{method} {path} HTTP/1.0"),
            format!("host: {}", self.to),
            "accept-language: it".to_owned(),
        ];
        if !self.cookie.is_empty() {
            head.push(format!("cookie: {}", self.cookie));
        }
        if let Some(forwarded) = &self.forwarded {
            head.push(format!("x-forwarded-for: {forwarded}"));
        }
        if method == "POST" {
            // By the host that it was asked under a form is known as the site's own.
            head.push(format!("origin: http://{}", self.to));
            head.push("content-type: application/x-www-form-urlencoded".to_owned());
            head.push(format!("content-length: {}", body.len()));
        }
        let request = format!("{}\r\n\r\n{body}", head.join("\r\n"));
        let mut stream = self.connect()?;
        stream.write_all(request.as_bytes())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        whole(&bytes).ok_or_else(|| {
            let text = String::from_utf8_lossy(&bytes);
            io::Error::other(format!("{method} {path}: half an answer: {text}"))
        })
    }

    fn connect(&self) -> io::Result<TcpStream> {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None)?;
        socket.bind(&SocketAddr::from((self.from, 0)).into())?;
        socket.connect_timeout(&self.to.into(), LIMIT)?;
        let stream = TcpStream::from(socket);
        stream.set_read_timeout(Some(LIMIT))?;
        Ok(stream)
    }
}

/// An answer that was not cut: as long as it says, and a page to its end.
fn whole(bytes: &[u8]) -> Option<Page> {
    let page = served::page(bytes)?;
    let length: Option<usize> = page.header("content-length").parse().ok();
    let is_long_enough = length.is_none_or(|length| length == page.bytes.len());
    let is_page = page.header("content-type").starts_with("text/html");
    let ends = !is_page || page.text().trim_end().ends_with("</html>");
    (is_long_enough && ends).then_some(page)
}
