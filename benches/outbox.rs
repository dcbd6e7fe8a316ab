//! Mails a second from the outbox through a real SMTP server on the loopback, with
//! 1 to 16 connections, beside a bare loop of lettre that sends the same bytes to
//! the same server in the same run. Ours also takes each mail under a lease, looks
//! at it once more, makes it, and writes down how it went.
//!
//!     cargo bench --bench outbox -- 2000
//!
//! `BENCH_SMTP`: `host:port` of a server that takes everything; without it the
//! benchmark listens itself, a thread a connection. Over `SQLite`, and over
//! `PostgreSQL` where `BENCH_POSTGRES_URL` names a server.

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark measures the machine's time"
)]

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use dom::clock::{Clock as _, SystemClock, SystemRandomness};
use dom::config::Tls;
use dom::domain::contact::EmailAddress;
use dom::domain::mail::MailKind;
use dom::mail::smtp::{Limits, Server};
use dom::mail::{Post, Transport};
use dom::services::Context;
use dom::services::follow_up::delivery;
use dom::storage::connect::{Db, Place};
use dom::storage::migrator::migrate;
use dom::storage::outbox::{self, NewMail};
use lettre::message::MultiPart;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Message, Tokio1Executor};
use sea_orm::ConnectionTrait as _;
use tokio::task::JoinSet;

const LANES: [u64; 5] = [1, 2, 4, 8, 16];

/// What a server of our own has taken.
static TAKEN: AtomicU64 = AtomicU64::new(0);

fn main() {
    let mails: u64 = std::env::args()
        .find_map(|text| text.parse().ok())
        .unwrap_or(500);
    let address = std::env::var("BENCH_SMTP").unwrap_or_else(|_| listen());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    println!("database, connections, mails, ours mails/s, lettre mails/s, ours over lettre");
    runtime.block_on(async {
        for (name, place) in places().await {
            migrate(&place).await.expect("a schema");
            let db = Db::open(&place, 8).await.expect("a database");
            for lanes in LANES {
                let theirs = bare(&address, lanes, mails).await;
                let ours = ours(&db, &address, lanes, mails).await;
                println!(
                    "{name}, {lanes}, {mails}, {ours:.0}, {theirs:.0}, {:.2}",
                    ours / theirs
                );
            }
            db.close().await.expect("it closes");
            forget(&place).await;
        }
    });
    println!(
        "the server of the benchmark took {}",
        TAKEN.load(Ordering::Relaxed)
    );
}

async fn places() -> Vec<(&'static str, Place)> {
    let folder = std::env::temp_dir().join(format!("dom-bench-outbox-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let mut places = vec![("sqlite", Place::Sqlite(folder.join("dom.sqlite")))];
    if let Ok(server) = std::env::var("BENCH_POSTGRES_URL") {
        let name = format!("dom_bench_outbox_{}", std::process::id());
        let admin = sea_orm::Database::connect(&server).await.expect("a server");
        let made = format!("CREATE DATABASE {name}");
        admin.execute_unprepared(&made).await.expect("a database");
        let url = server.replacen("/postgres?", &format!("/{name}?"), 1);
        places.push(("postgres", Place::Postgres(url)));
    }
    places
}

async fn forget(place: &Place) {
    match place {
        Place::Sqlite(file) => {
            let folder = file.parent().expect("it lies in a folder");
            std::fs::remove_dir_all(folder).expect("the folder goes");
        }
        Place::Postgres(_) => {
            let server = std::env::var("BENCH_POSTGRES_URL").expect("it was there");
            let admin = sea_orm::Database::connect(&server).await.expect("a server");
            let gone = format!("DROP DATABASE dom_bench_outbox_{}", std::process::id());
            admin.execute_unprepared(&gone).await.expect("it goes");
        }
    }
}

/// Queues mails and delivers them; mails a second, without the queueing.
async fn ours(db: &Db, address: &str, lanes: u64, mails: u64) -> f64 {
    let url = format!("smtp://{address}");
    let server = Server::new(&url, Tls::None, Limits::default()).expect("an address");
    let post = Post {
        from: "DOM <dom@dom.example>".parse().expect("an address"),
        transport: Transport::Server(Box::new(server)),
    };
    let context = Context::new(
        db.clone(),
        Arc::new(SystemClock),
        Arc::new(SystemRandomness),
        "http://dom.example".to_owned(),
    )
    .with_post(post);
    let now = SystemClock.now();
    let write = db.write().await.expect("a turn");
    for mail in 0..mails {
        let id = format!("{lanes}-{mail}-{}", now.timestamp_micros());
        let new = NewMail {
            kind: MailKind::Test,
            dedup_key: id.clone(),
            message_id: format!("{id}@dom.example"),
            mailing_id: None,
            recipient: EmailAddress::parse(&format!("p{mail}@prova.example")).ok(),
            token: None,
            send_at: now,
        };
        outbox::queue(&*write, &new, now).await.expect("a row");
    }
    write.commit().await.expect("they stand");
    let began = Instant::now();
    let done = delivery::deliver_by(&context, lanes).await;
    let seconds = began.elapsed().as_secs_f64();
    assert_eq!(done.expect("they go").sent, mails);
    as_rate(mails, seconds)
}

/// The same mails by lettre alone, as many at a time.
async fn bare(address: &str, lanes: u64, mails: u64) -> f64 {
    let (host, port) = address.rsplit_once(':').expect("host:port");
    let transport = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(host)
        .port(port.parse().expect("a port"))
        .build();
    let began = Instant::now();
    let mut rest = 0..mails;
    loop {
        let mut on_their_way = JoinSet::new();
        for mail in rest.by_ref().take(usize::try_from(lanes).expect("few")) {
            let (transport, message) = (transport.clone(), message(mail));
            on_their_way.spawn(async move { transport.send(message).await });
        }
        if on_their_way.is_empty() {
            break;
        }
        while let Some(done) = on_their_way.join_next().await {
            done.expect("it ends").expect("it goes");
        }
    }
    as_rate(mails, began.elapsed().as_secs_f64())
}

fn message(mail: u64) -> Message {
    let text = "Questo è un messaggio di prova.";
    Message::builder()
        .from("DOM <dom@dom.example>".parse().expect("an address"))
        .to(format!("p{mail}@prova.example")
            .parse()
            .expect("an address"))
        .subject("Prova")
        .multipart(MultiPart::alternative_plain_html(
            text.to_owned(),
            format!("<!DOCTYPE html><html lang=\"it\"><body><p>{text}</p></body></html>"),
        ))
        .expect("a mail")
}

#[allow(clippy::cast_precision_loss, reason = "mails are counted in thousands")]
fn as_rate(mails: u64, seconds: f64) -> f64 {
    mails as f64 / seconds
}

/// Listens on a free port; its address.
fn listen() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let address = listener.local_addr().expect("its address").to_string();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || {
                // A client that goes away ends the talk, and that is all.
                let _ = talk(&stream);
            });
        }
    });
    address
}

fn talk(stream: &TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut reader = BufReader::new(stream);
    let mut out = stream;
    let mut say = move |line: &str| out.write_all(line.as_bytes());
    say("220 prova\r\n")?;
    let mut line = String::new();
    loop {
        line.clear();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "DATA" => {
                say("354 go on\r\n")?;
                loop {
                    line.clear();
                    if reader.read_line(&mut line)? == 0 {
                        return Ok(());
                    }
                    if line == ".\r\n" {
                        break;
                    }
                }
                TAKEN.fetch_add(1, Ordering::Relaxed);
                say("250 taken\r\n")?;
            }
            "QUIT" => return say("221 goodbye\r\n"),
            _ => say("250 prova\r\n")?,
        }
    }
}
