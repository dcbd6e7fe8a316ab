//! Sheets per second, warm, on one core, with the share of time in typst; the first
//! after start apart; and from click to PDF over the wire, as a browser has it: the form
//! that issues is posted, then the one that prints, up to the last byte; and fifty issues
//! at the same moment, each with its own wait, over `SQLite` and, where
//! `BENCH_POSTGRES_URL` names a server, over `PostgreSQL`. Made-up people.
//!
//!   scripts/bench sheet [SHEETS]      100 unless told

#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark measures the machine's time"
)]

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use dom::catalogue::Words;
use dom::clock::{Clock, SystemClock, SystemRandomness};
use dom::domain::account::{Actor, Place as Desk, Role};
use dom::domain::contact::EmailAddress;
use dom::domain::family::Family;
use dom::domain::ids::{DeskCode, RequestCode, WorkerCode};
use dom::domain::reading::Fields;
use dom::domain::request::CareRequest;
use dom::domain::worker::Worker;
use dom::services::sheets::{Order, Way, issue};
use dom::services::{Context, accounts};
use dom::storage::connect::Place;
use dom::storage::migrator::migrate;
use dom::storage::{self, Db};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

const PASSWORD: &str = "una frase inventata per prova";
/// Forms that are posted over the wire.
const CLICKS: usize = 20;

struct Row(Vec<(&'static str, String)>);

impl Fields for Row {
    fn get(&self, column: &str) -> Option<&str> {
        let found = self.0.iter().find(|(name, _)| *name == column);
        found.map(|(_, value)| value.as_str())
    }
}

fn row(cells: &[(&'static str, &str)]) -> Row {
    Row(cells
        .iter()
        .map(|(name, value)| (*name, (*value).to_owned()))
        .collect())
}

fn main() {
    let sheets = std::env::args().find_map(|text| text.parse().ok());
    let sheets: usize = sheets.unwrap_or(100);
    // One core: the current thread works, and what it hands out runs while it waits.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(1)
        .build()
        .expect("a runtime");
    runtime.block_on(measure(sheets));
    fifty::measure();
}

/// A place of the benchmark's own with made-up people, and who issues there.
async fn desk(place: &Place, workers: usize) -> (Context, Actor) {
    migrate(place).await.expect("a schema");
    let db = Db::open(place, 8).await.expect("a database");
    people(&db, workers).await;
    let context = Context::new(
        db,
        Arc::new(SystemClock),
        Arc::new(SystemRandomness),
        "http://127.0.0.1:8080".to_owned(),
    );
    let email = EmailAddress::parse("ada@prova.example").expect("an address");
    let office = Desk::Desk(DeskCode::parse("grosseto").expect("a desk"));
    let token = accounts::add(&context, &email, "Ada Prova", Role::Operator, &office)
        .await
        .expect("an account");
    accounts::set_password(&context, &token, PASSWORD)
        .await
        .expect("a passphrase");
    let actor = accounts::actor_named(&context, &email)
        .await
        .expect("an operator");
    (context, actor)
}

/// The sheet of one worker for the only request.
fn order(number: usize) -> Order {
    Order {
        request: RequestCode::parse("R-1").expect("a code"),
        workers: vec![WorkerCode::parse(&format!("W-{number}")).expect("a code")],
        asked: Vec::new(),
        skipped: None,
        way: Way::Paper,
    }
}

async fn measure(sheets: usize) {
    let folder = std::env::temp_dir().join(format!("dom-bench-sheet-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let place = Place::Sqlite(folder.join("dom.sqlite"));
    let (context, actor) = desk(&place, sheets + CLICKS + 1).await;

    let mut times = Vec::with_capacity(sheets);
    let mut bytes = 0;
    let mut first = Duration::ZERO;
    for number in 0..=sheets {
        let order = order(number);
        let began = Instant::now();
        let issued = issue(&context, &actor, Words::default(), &order)
            .await
            .expect("a sheet");
        let took = began.elapsed();
        bytes = issued.pdf.len();
        if number == 0 {
            first = took;
        } else {
            times.push(took);
        }
    }
    let mut clicks = click(&context, sheets + 1).await;
    let printed = typst(sheets);
    context.db.close().await.expect("an end");
    std::fs::remove_dir_all(&folder).expect("the folder goes");
    report(first, &mut times, printed, bytes);
    report_clicks(&mut clicks);
}

/// What typst alone takes for as many sheets that differ.
fn typst(sheets: usize) -> Duration {
    let mut view = view();
    let began = Instant::now();
    for number in 0..sheets {
        view.number = format!("GR-2026-{number:04}");
        view.workers[0].family_name = format!("Inventata{}", letters(number));
        dom::pdf::sheet::render(&view).expect("a sheet");
    }
    began.elapsed()
}

fn report(first: Duration, times: &mut [Duration], printed: Duration, bytes: usize) {
    times.sort();
    let all: Duration = times.iter().sum();
    let count = u32::try_from(times.len()).expect("few sheets");
    let each = all / count;
    let one = printed / count;
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!("first after start: {:.1} ms", ms(first));
    println!(
        "warm, one core: {:.1} sheets a second; {:.1} ms each, median {:.1}, 95th of 100 {:.1}, longest {:.1}",
        1.0 / each.as_secs_f64(),
        ms(each),
        ms(times[times.len() / 2]),
        ms(times[times.len() * 95 / 100]),
        ms(times[times.len() - 1])
    );
    println!(
        "typst alone: {:.1} ms each, {:.0} in 100 of the time; {bytes} bytes",
        ms(one),
        100.0 * one.as_secs_f64() / each.as_secs_f64()
    );
}

/// Posts the form that issues and then the one that prints, for workers from `from` on: how
/// long each pair took, from the first byte sent to the last one read.
async fn click(context: &Context, from: usize) -> Vec<Duration> {
    let site = dom::web::Site {
        context: context.clone(),
        owner: "Sportello di prova".to_owned(),
        demo: false,
        metrics: dom::web::metrics::Metrics::default(),
        trusted_proxies: Arc::new(|_| false),
        accessibility: dom::web::Accessibility::default(),
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let service = dom::web::router(site).into_make_service_with_connect_info::<SocketAddr>();
    let server = tokio::spawn(async move { axum::serve(listener, service).await });
    let signed = post(
        address,
        "/sign-in",
        "",
        &format!(
            "email=ada%40prova.example&password={}",
            PASSWORD.replace(' ', "+")
        ),
    )
    .await;
    let cookie = header(&signed, "set-cookie");
    let cookie = cookie.split(';').next().unwrap_or_default();
    let mut clicks = Vec::with_capacity(CLICKS);
    for number in from..from + CLICKS {
        let began = Instant::now();
        let form = format!("worker=W-{number}&way=paper");
        let issued = post(address, "/requests/R-1/sheet", cookie, &form).await;
        let sheet = header(&issued, "location").replace("?issued=1", "");
        let pdf = post(
            address,
            &format!("{sheet}/print"),
            cookie,
            "purpose=request",
        )
        .await;
        clicks.push(began.elapsed());
        assert!(
            pdf.windows(5).any(|part| part == b"%PDF-"),
            "{}",
            String::from_utf8_lossy(&pdf)
        );
    }
    server.abort();
    clicks
}

/// One request on a connection of its own; head and body of the answer.
async fn post(address: SocketAddr, path: &str, cookie: &str, form: &str) -> Vec<u8> {
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncookie: {cookie}\r\n\
         sec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded\r\n\
         content-length: {}\r\n\r\n{form}",
        form.len()
    );
    let mut stream = TcpStream::connect(address).await.expect("a connection");
    let sent = stream.write_all(head.as_bytes()).await;
    sent.expect("a request goes out");
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer).await;
    read.expect("an answer comes back");
    answer
}

fn header(answer: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(answer);
    let lines = text.lines().take_while(|line| !line.is_empty());
    let found = lines
        .filter_map(|line| line.split_once(": "))
        .find(|(key, _)| key.eq_ignore_ascii_case(name));
    let (_, value) = found.unwrap_or_else(|| panic!("no {name} in {text}"));
    value.to_owned()
}

fn report_clicks(clicks: &mut [Duration]) {
    clicks.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "from click to the last byte of the PDF over HTTP: median {:.1} ms, longest {:.1} of {}",
        ms(clicks[clicks.len() / 2]),
        ms(clicks[clicks.len() - 1]),
        clicks.len()
    );
}

/// A number in letters, since names hold no digits.
fn letters(number: usize) -> String {
    number
        .to_string()
        .bytes()
        .map(|digit| char::from(b'a' + digit - b'0'))
        .collect()
}

async fn people(db: &Db, workers: usize) {
    let today = SystemClock.today();
    let day = today.to_string();
    let desks = [DeskCode::parse("grosseto").expect("a desk")];
    let family = row(&[
        ("code", "F-1"),
        ("given_name", "Elsa"),
        ("family_name", "Provolini"),
        ("phone", "+390564300001"),
        ("comune", "053011"),
        ("desk", "grosseto"),
    ]);
    let family = Family::read(&family, None, &desks, &[]).expect("a family");
    let request = row(&[
        ("code", "R-1"),
        ("family", "F-1"),
        ("comune", "053011"),
        ("arrangement", "hourly"),
        ("schedule", "Mon-Fri 08:00-12:00"),
        ("start_date", &day),
        ("opened_on", &day),
    ]);
    let request = CareRequest::read(&request, None, today).expect("a request");
    let people: Vec<Worker> = (0..workers)
        .map(|number| {
            let (code, name) = (
                format!("W-{number}"),
                format!("Inventata{}", letters(number)),
            );
            let worker = row(&[
                ("code", &code),
                ("given_name", "Zoe"),
                ("family_name", &name),
                ("sex", "f"),
                ("phone", "+390564200001"),
                ("comune", "053011"),
                ("max_km", "20"),
                ("arrangements", "hourly|night|live_in"),
                ("availability", "Mon-Fri 07:00-20:00"),
                ("confirmed_on", &day),
                ("permit_type", "eu_citizen"),
                ("languages", "it:B1|ro:C2"),
                ("share_without_asking", "yes"),
                ("registered_on", "2026-01-01"),
                ("consent_on", "2026-01-01"),
                ("desk", "grosseto"),
            ]);
            let read = Worker::read(&worker, None, today, &desks);
            read.expect("a worker").value
        })
        .collect();
    let write = db.write().await.expect("a transaction");
    storage::families::insert_many(&*write, &[family.value])
        .await
        .expect("a family");
    storage::requests::insert_many(&*write, &[request.value])
        .await
        .expect("a request");
    for some in people.chunks(storage::rows::CHUNK) {
        storage::workers::insert_many(&*write, some)
            .await
            .expect("workers");
    }
    write.commit().await.expect("a commit");
}

#[path = "sheet/fifty.rs"]
mod fifty;
#[path = "../tests/it/pdf/sample.rs"]
mod sample;

fn view() -> dom::pdf::sheet::SheetView {
    sample::sheet(1)
}
