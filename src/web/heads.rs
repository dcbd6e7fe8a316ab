//! The heads of requests on their way in. Whoever stands before the program and the program
//! itself must read the same requests from the same bytes: where two readers may differ (a line
//! that ends without its CR, a length that is said twice or in two ways) the line is spoilt, so
//! that hyper refuses the request and ends the connection. Bodies are not looked at, and nothing
//! is kept of either.

use std::mem::take;

/// Longer than the name and any number of the header that says a length.
const LONGEST: usize = 64;

/// Where the next byte belongs.
#[derive(Debug, Default)]
enum At {
    #[default]
    Head,
    /// So many bytes are left of a body.
    Body(usize),
    /// No request is read from here any more, or from the one that ends the connection.
    Last,
}

/// What is known of the request whose head is being read.
#[derive(Debug, Default)]
pub struct Heads {
    at: At,
    /// How the line begins.
    line: Vec<u8>,
    is_longer: bool,
    last: u8,
    has_begun: bool,
    length: Option<usize>,
    is_in_pieces: bool,
}

impl Heads {
    /// Looks at what came, in the order in which it came.
    pub fn pass(&mut self, bytes: &mut [u8]) {
        let mut next = 0;
        while next < bytes.len() {
            match self.at {
                At::Last => return,
                At::Body(left) => {
                    let here = left.min(bytes.len() - next);
                    next += here;
                    self.at = if here == left {
                        At::Head
                    } else {
                        At::Body(left - here)
                    };
                }
                At::Head => {
                    let byte = &mut bytes[next];
                    next += 1;
                    if *byte != b'\n' {
                        self.add(*byte);
                    } else if !self.can_end() {
                        // No head may hold this.
                        *byte = 0;
                        self.at = At::Last;
                    }
                }
            }
        }
    }

    fn add(&mut self, byte: u8) {
        self.last = byte;
        if self.line.len() < LONGEST {
            self.line.push(byte);
        } else {
            self.is_longer = true;
        }
    }

    /// Whether everybody reads the line that ends here, and its head, in the same way.
    fn can_end(&mut self) -> bool {
        let (line, is_longer) = (take(&mut self.line), take(&mut self.is_longer));
        if take(&mut self.last) != b'\r' {
            return false;
        }
        if line == b"\r" {
            return !self.has_begun || self.begins_body();
        }
        self.has_begun = true;
        let Some(colon) = line.iter().position(|byte| *byte == b':') else {
            return true;
        };
        let (name, value) = line.split_at(colon);
        if name.eq_ignore_ascii_case(b"transfer-encoding") {
            self.is_in_pieces = true;
        } else if name.eq_ignore_ascii_case(b"content-length") {
            let value = str::from_utf8(&value[1..]).map(str::trim);
            let length = value.ok().and_then(|value| value.parse().ok());
            let is_first = self.length.is_none();
            self.length = length;
            return is_first && !is_longer && length.is_some();
        }
        true
    }

    fn begins_body(&mut self) -> bool {
        let (length, is_in_pieces) = (self.length.take(), take(&mut self.is_in_pieces));
        self.has_begun = false;
        self.at = match length {
            // Where its last piece ends only hyper knows: its answer ends the connection.
            _ if is_in_pieces => At::Last,
            None | Some(0) => At::Head,
            Some(length) => At::Body(length),
        };
        length.is_none() || !is_in_pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What hyper is given, however the bytes come.
    fn passed(text: &str) -> String {
        let mut whole = text.as_bytes().to_vec();
        Heads::default().pass(&mut whole);
        let mut heads = Heads::default();
        let mut single = text.as_bytes().to_vec();
        for byte in single.chunks_mut(1) {
            heads.pass(byte);
        }
        assert_eq!(whole, single);
        String::from_utf8(whole).unwrap()
    }

    #[test]
    fn requests_that_everybody_reads_alike_pass_one_after_the_other() {
        for text in [
            "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\n\r\n",
            "\r\nPOST / HTTP/1.1\r\ncontent-length:  3 \r\n\r\na\n:GET / HTTP/1.1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\nPOST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n\n\r\n0\r\n\r\n",
        ] {
            assert_eq!(passed(text), text);
        }
        let long = format!("GET / HTTP/1.1\r\nCookie: {}\r\n\r\n", "a".repeat(500));
        assert_eq!(passed(&long), long);
    }

    #[test]
    fn what_two_could_read_in_two_ways_is_spoilt_where_it_begins_to_differ() {
        for (text, expected) in [
            ("GET / HTTP/1.1\nHost: a\n\n", "GET / HTTP/1.1\0Host: a\n\n"),
            (
                "GET / HTTP/1.1\r\nX: a\nY: b\r\n\r\n",
                "GET / HTTP/1.1\r\nX: a\0Y: b\r\n\r\n",
            ),
            (
                "GET / HTTP/1.1\r\nX: a\r\n\nb",
                "GET / HTTP/1.1\r\nX: a\r\n\0b",
            ),
            (
                "POST / HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 1\r\n\r\na",
                "POST / HTTP/1.1\r\nContent-Length: 1\r\ncontent-length: 1\r\0\r\na",
            ),
            (
                "POST / HTTP/1.1\r\nContent-Length: 1, 1\r\n\r\na",
                "POST / HTTP/1.1\r\nContent-Length: 1, 1\r\0\r\na",
            ),
            (
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\u{0}0\r\n\r\n",
            ),
            (
                "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n\nGET / HTTP/1.1\n\n",
                "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\n\nGET / HTTP/1.1\0\n",
            ),
        ] {
            assert_eq!(passed(text), expected, "{text:?}");
        }
    }
}
