//! Slow, silent and greedy clients: whoever asks for something is answered all the
//! same, and a stop comes to an end.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::ConnectInfo;
use axum::routing::{get, post};
use dom::clock::Stopwatch;
use dom::web::connections::{LeftOpen, Limits, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

/// Short, so that a test waits a moment where a client would wait long.
const LIMITS: Limits = Limits {
    connections: 20,
    head: Duration::from_millis(400),
    head_bytes: 16 * 1024,
    grace: Duration::from_millis(50),
    silence: Duration::from_millis(900),
    newcomers: Duration::from_millis(300),
    drain: Duration::from_millis(500),
};
/// Far beyond every limit, on a busy machine too.
const LONG: Duration = Duration::from_secs(20);
/// More than the buffers of both ends hold.
const MUCH: usize = 32 << 20;

struct Server {
    address: SocketAddr,
    stop: oneshot::Sender<()>,
    ended: JoinHandle<LeftOpen>,
}

impl Server {
    async fn start() -> Self {
        Self::within(LIMITS).await
    }

    async fn within(limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let router = Router::new()
            .route("/health", get(async || "ok"))
            .route(
                "/peer",
                get(async |ConnectInfo(peer): ConnectInfo<SocketAddr>| peer.to_string()),
            )
            .route("/much", get(async || vec![0_u8; MUCH]))
            .route("/form", post(async |body: Bytes| body.len().to_string()))
            .route(
                "/later",
                get(async || {
                    tokio::time::sleep(Duration::from_millis(200)).await;
                    "later"
                }),
            );
        let (stop, stopped) = oneshot::channel::<()>();
        let ended = tokio::spawn(serve(listener, router, limits, async move {
            let _ = stopped.await;
        }));
        Self {
            address,
            stop,
            ended,
        }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    async fn get(&self, path: &str) -> String {
        let mut stream = self.connect().await;
        ask(&mut stream, path).await;
        all(&mut stream).await
    }

    async fn stop(self) -> LeftOpen {
        self.stop.send(()).unwrap();
        timeout(LONG, self.ended).await.unwrap().unwrap()
    }
}

async fn ask(stream: &mut TcpStream, path: &str) {
    let head = format!("GET {path} HTTP/1.1\r\nHost: prova\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).await.unwrap();
}

/// Everything until the server hangs up, politely or not.
async fn all(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = timeout(LONG, stream.read_to_end(&mut bytes))
        .await
        .expect("the server hangs up");
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_request_knows_where_it_comes_from() {
    let server = Server::start().await;
    let mut stream = server.connect().await;
    let mine = stream.local_addr().unwrap().to_string();
    ask(&mut stream, "/peer").await;
    let answer = all(&mut stream).await;
    assert!(answer.ends_with(&mine), "{answer}");
    assert_eq!(server.stop().await, LeftOpen(0));
}

#[tokio::test]
async fn whoever_sends_a_head_too_slowly_is_hung_up_on() {
    let server = Server::start().await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /health HTT").await.unwrap();
    let answer = all(&mut stream).await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

#[tokio::test]
async fn whoever_says_nothing_is_hung_up_on_too() {
    let server = Server::start().await;
    let mut stream = server.connect().await;
    assert_eq!(all(&mut stream).await, "");
    // After an answer as before the first.
    let mut stream = server.connect().await;
    stream
        .write_all(b"GET /health HTTP/1.1\r\nHost: prova\r\n\r\n")
        .await
        .unwrap();
    assert!(all(&mut stream).await.ends_with("ok"));
}

#[tokio::test]
async fn a_head_without_an_end_is_refused() {
    let server = Server::start().await;
    let mut stream = server.connect().await;
    let head = format!("GET / HTTP/1.1\r\nX: {}", "x".repeat(64 * 1024));
    // The server may hang up before it has read everything.
    let _ = stream.write_all(head.as_bytes()).await;
    let answer = all(&mut stream).await;
    assert!(!answer.contains("200 OK"), "{answer}");
}

#[tokio::test]
async fn whoever_is_ambiguous_about_a_length_is_never_read_as_two() {
    let server = Server::start().await;
    for head in [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5, 6",
        "Content-Length: +5",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding : chunked",
        "Content-Length: 40\nTransfer-Encoding: chunked",
    ] {
        let mut stream = server.connect().await;
        let request = format!(
            "POST /health HTTP/1.1\r\nHost: prova\r\n{head}\r\n\r\n0\r\n\r\n\
             GET /peer HTTP/1.1\r\nHost: prova\r\n\r\n"
        );
        // The server may hang up before it has read everything.
        let _ = stream.write_all(request.as_bytes()).await;
        let answer = all(&mut stream).await;
        assert!(!answer.contains("127.0.0.1:"), "{head}: {answer}");
        assert!(answer.matches("HTTP/1.1 ").count() <= 1, "{head}: {answer}");
    }
}

#[tokio::test]
async fn a_line_that_ends_without_its_cr_is_refused_and_ends_the_connection() {
    let server = Server::start().await;
    for (request, statuses) in [
        ("GET /health HTTP/1.1\nHost: prova\n\n", &["400"][..]),
        (
            "GET /health HTTP/1.1\r\nHost: prova\nX: a\r\n\r\n",
            &["400"],
        ),
        ("GET /health HTTP/1.1\r\nHost: prova\r\n\n", &["400"]),
        // A body may hold what it likes; the head behind it may not.
        (
            "POST /form HTTP/1.1\r\nHost: prova\r\nContent-Length: 3\r\n\r\n\n\n\n\
             GET /health HTTP/1.1\nHost: prova\n\n",
            &["200", "400"],
        ),
        (
            "POST /form HTTP/1.1\r\nHost: prova\r\nTransfer-Encoding: chunked\r\n\r\n\
             1\r\na\r\n0\r\n\r\nGET /peer HTTP/1.1\nHost: prova\n\n",
            &["200"],
        ),
    ] {
        let mut stream = server.connect().await;
        let more = format!("{request}GET /peer HTTP/1.1\r\nHost: prova\r\n\r\n");
        // The server may hang up before it has read everything.
        let _ = stream.write_all(more.as_bytes()).await;
        let answer = all(&mut stream).await;
        let found: Vec<&str> = answer
            .split("HTTP/1.1 ")
            .skip(1)
            .map(|answer| &answer[..3])
            .collect();
        assert_eq!(found, statuses, "{request:?}: {answer}");
        assert!(!answer.contains("127.0.0.1:"), "{request:?}: {answer}");
    }
}

#[tokio::test]
async fn what_an_answer_did_not_need_is_read_and_the_connection_goes_on() {
    let server = Server::start().await;
    let mut stream = server.connect().await;
    let head = "POST /health HTTP/1.1\r\nHost: prova\r\nContent-Length: 3\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    let mut status = [0; 12];
    stream.read_exact(&mut status).await.unwrap();
    assert_eq!(&status, b"HTTP/1.1 405");
    // It was answered by its head alone.
    stream.write_all(b"abc").await.unwrap();
    ask(&mut stream, "/health").await;
    let answer = all(&mut stream).await;
    assert!(answer.ends_with("ok"), "{answer}");
}

#[tokio::test]
async fn silent_sockets_give_way_to_whoever_asks() {
    let server = Server::start().await;
    let mut silent = Vec::new();
    for _ in 0..10 * LIMITS.connections {
        silent.push(server.connect().await);
    }
    let watch = Stopwatch::start();
    for _ in 0..5 {
        assert!(server.get("/health").await.ends_with("ok"));
    }
    // Nobody waited for the silent ones to be given up.
    println!(
        "5 answers beside {} silent sockets: {:?}",
        silent.len(),
        watch.elapsed()
    );
    assert!(watch.elapsed() < Duration::from_secs(5));
}

/// Sends a form's head and its first byte.
async fn begin_form(stream: &mut TcpStream) {
    let head = "POST /form HTTP/1.1\r\nHost: prova\r\nContent-Length: 8\r\n\
                Connection: close\r\n\r\na";
    stream.write_all(head.as_bytes()).await.unwrap();
}

#[tokio::test]
async fn slow_bodies_give_way_to_whoever_asks_and_are_taken_where_there_is_room() {
    let server = Server::start().await;
    let mut slow = Vec::new();
    for _ in 0..3 * LIMITS.connections {
        let mut stream = server.connect().await;
        begin_form(&mut stream).await;
        slow.push(stream);
    }
    let watch = Stopwatch::start();
    for _ in 0..5 {
        // A byte now and then makes nobody quick.
        for stream in &mut slow {
            let _ = stream.write_all(b"a").await;
        }
        assert!(server.get("/health").await.ends_with("ok"));
    }
    assert!(watch.elapsed() < Duration::from_secs(5));
    drop(slow);
    let mut alone = server.connect().await;
    begin_form(&mut alone).await;
    tokio::time::sleep(LIMITS.grace * 2).await;
    alone.write_all(b"aaaaaaa").await.unwrap();
    let answer = all(&mut alone).await;
    assert!(answer.ends_with("\r\n\r\n8"), "{answer}");
}

#[tokio::test]
async fn whoever_is_being_served_is_not_what_gives_way() {
    // Requests may be read late on a busy machine.
    let grace = LONG;
    let server = Server::within(Limits { grace, ..LIMITS }).await;
    let mut asking = Vec::new();
    for _ in 0..LIMITS.connections + 5 {
        let mut stream = server.connect().await;
        ask(&mut stream, "/later").await;
        asking.push(stream);
    }
    for mut stream in asking {
        let answer = all(&mut stream).await;
        assert!(answer.ends_with("later"), "{answer}");
    }
}

#[tokio::test]
async fn whoever_does_not_read_the_answer_is_hung_up_on() {
    let server = Server::start().await;
    let mut stream = server.connect().await;
    ask(&mut stream, "/much").await;
    tokio::time::sleep(LIMITS.silence * 3).await;
    let mut bytes = Vec::new();
    let _ = timeout(LONG, stream.read_to_end(&mut bytes)).await.unwrap();
    assert!(bytes.len() < MUCH, "{} bytes", bytes.len());
}

/// Connects and asks until nobody listens any more; how often it was answered.
async fn asks_until_the_end(address: SocketAddr) -> usize {
    let mut answered = 0;
    while let Ok(mut stream) = TcpStream::connect(address).await {
        ask(&mut stream, "/health").await;
        let answer = all(&mut stream).await;
        assert!(
            answer.ends_with("ok"),
            "connected and not answered: {answer}"
        );
        answered += 1;
    }
    answered
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_got_a_connection_is_answered_in_the_very_moment_of_a_stop() {
    let mut rounds = JoinSet::new();
    for _ in 0..12 {
        rounds.spawn(async {
            // On a busy machine a client may be slow to ask.
            let (newcomers, drain) = (LONG, LONG);
            let server = Server::within(Limits {
                newcomers,
                drain,
                ..LIMITS
            });
            let server = server.await;
            let mut clients = JoinSet::new();
            for _ in 0..6 {
                clients.spawn(asks_until_the_end(server.address));
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
            assert_eq!(server.stop().await, LeftOpen(0));
            let answered: usize = clients.join_all().await.into_iter().sum();
            answered
        });
    }
    let answered: usize = rounds.join_all().await.into_iter().sum();
    assert!(answered > 100, "{answered}");
    println!("12 stops, {answered} answers, nobody cut off");
}

#[tokio::test]
async fn a_stop_lets_open_requests_end_and_waits_for_no_half_one() {
    let server = Server::start().await;
    let mut half = server.connect().await;
    half.write_all(b"GET /health HTT").await.unwrap();
    let mut whole = server.connect().await;
    ask(&mut whole, "/later").await;
    // Both have been read.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let watch = Stopwatch::start();
    let ended = tokio::spawn(server.stop());
    assert!(all(&mut whole).await.ends_with("later"));
    ended.await.unwrap();
    assert!(watch.elapsed() < LONG);
}
