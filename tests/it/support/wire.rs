//! A wire to a server of `PostgreSQL` that delays, and that can be cut in whatever is on it.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

/// See the module's words. It lives until the test's process ends.
pub struct Wire {
    pub port: u16,
    delay: Arc<AtomicU64>,
    open: Arc<Mutex<Vec<Pair>>>,
}

/// Both ends of a connection.
struct Pair {
    client: TcpStream,
    server: UnixStream,
}

impl Pair {
    fn cut(&self) {
        // Either may have gone by itself.
        let _ = self.client.shutdown(Shutdown::Both);
        let _ = self.server.shutdown(Shutdown::Both);
    }

    fn again(&self) -> Self {
        Self {
            client: self.client.try_clone().unwrap(),
            server: self.server.try_clone().unwrap(),
        }
    }
}

/// Carries what comes from one end to the other, until either is gone.
fn carry(mut from: impl Read, mut to: impl Write, delay: &AtomicU64, pair: &Pair) {
    let mut bytes = [0; 8192];
    while let Ok(length @ 1..) = from.read(&mut bytes) {
        thread::sleep(Duration::from_millis(delay.load(Ordering::Relaxed)));
        if to.write_all(&bytes[..length]).is_err() {
            break;
        }
    }
    pair.cut();
}

impl Wire {
    /// To the socket of a server.
    pub fn to(socket: PathBuf) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let delay = Arc::new(AtomicU64::new(0));
        let open = Arc::new(Mutex::new(Vec::new()));
        let (slow, all) = (delay.clone(), open.clone());
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                // Whoever asks while the server is away is hung up on.
                let Ok(server) = UnixStream::connect(&socket) else {
                    continue;
                };
                let pair = Pair { client, server };
                for there in [true, false] {
                    let (ends, pair, delay) = (pair.again(), pair.again(), slow.clone());
                    thread::spawn(move || {
                        if there {
                            carry(ends.client, ends.server, &delay, &pair);
                        } else {
                            carry(ends.server, ends.client, &delay, &pair);
                        }
                    });
                }
                all.lock().unwrap().push(pair);
            }
        });
        Self { port, delay, open }
    }

    /// Whatever comes is carried so much later.
    pub fn delays(&self, by: Duration) {
        let by = u64::try_from(by.as_millis()).unwrap();
        self.delay.store(by, Ordering::Relaxed);
    }

    /// Cuts everything that is open.
    pub fn cut(&self) {
        for pair in self.open.lock().unwrap().drain(..) {
            pair.cut();
        }
    }
}
