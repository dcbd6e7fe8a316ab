//! The program over the market in a database of its own: how long it takes until it
//! answers, and what its match page costs beside reading one row. CPU is that of all
//! threads of this process, as the kernel counts it.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{Request, header};
use chrono::{NaiveTime, TimeZone, Utc};
use dom::catalogue::{Language, Words};
use dom::clock::{ManualClock, SystemRandomness};
use dom::domain::account::{Place as Desk, Role};
use dom::domain::contact::EmailAddress;
use dom::domain::family::Family;
use dom::domain::ids::{DeskCode, FamilyCode, RequestCode, WorkerCode};
use dom::domain::reading::Fields;
use dom::domain::request::CareRequest;
use dom::domain::worker::Worker;
use dom::matching::{ListedBy, Need, PoolWorker};
use dom::services::{Context, accounts, live_pool, matching};
use dom::storage::connect::Place;
use dom::storage::entity::worker;
use dom::storage::migrator::migrate;
use dom::storage::{self, Db};
use dom::web::frame::Frame;
use dom::web::metrics::Metrics;
use dom::web::pages::matching::answer::drawn_page;
use dom::web::{Accessibility, Site, router};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::market::{Market, market};
use crate::rounded;

/// Fits that the page lists.
const SHOWN: usize = 20;
/// Rows that a transaction adds.
const PIECE: usize = 500;
const PASSWORD: &str = "una frase inventata per prova";
const ADDRESS: &str = "operatrice@prova.example";

/// Column and cell.
struct Row(HashMap<&'static str, String>);

impl Fields for Row {
    fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }
}

fn row(cells: &[(&'static str, &str)]) -> Row {
    let cells = cells.iter();
    Row(cells
        .map(|(column, cell)| (*column, (*cell).to_owned()))
        .collect())
}

/// What this process has used of the processors, in µs.
fn cpu_us() -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").expect("Linux tells of threads");
    let used = threads.filter_map(|thread| {
        let said = std::fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        said.split(' ').next()?.parse::<f64>().ok()
    });
    used.sum::<f64>() / 1e3
}

/// Resident memory of this process, in MB.
fn resident_mb() -> f64 {
    let said = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    let pages = said.split(' ').nth(1).and_then(|word| word.parse().ok());
    pages.unwrap_or(0.0) * 4096.0 / 1e6
}

/// A market in a database of its own.
struct Kept {
    context: Context,
    requests: Vec<RequestCode>,
}

impl Kept {
    async fn new(market: &Market, file: &Path) -> Self {
        let place = Place::Sqlite(file.to_path_buf());
        migrate(&place).await.expect("a schema");
        let db = Db::open(&place, 2).await.expect("a database");
        fill_workers(&db, market).await;
        let requests = fill_requests(&db, market).await;
        let noon = market.today.and_time(NaiveTime::MIN) + chrono::TimeDelta::hours(12);
        let clock = ManualClock::at(Utc.from_utc_datetime(&noon));
        let context = Context::new(
            db,
            Arc::new(clock),
            Arc::new(SystemRandomness),
            "http://dom.example".to_owned(),
        );
        Self { context, requests }
    }
}

fn desk() -> DeskCode {
    DeskCode::parse("grosseto").expect("a desk of every database")
}

async fn fill_workers(db: &Db, market: &Market) {
    let of_all = row(&[
        ("code", "W-000001"),
        ("given_name", "Zoe"),
        ("family_name", "Inventata"),
        ("sex", "f"),
        ("phone", "+390564200001"),
        ("comune", "053011"),
        ("max_km", "20"),
        ("arrangements", "hourly"),
        ("availability", "Mon-Fri 07:00-20:00"),
        ("share_without_asking", "yes"),
        ("registered_on", "2026-01-01"),
        ("consent_on", "2026-01-01"),
        ("desk", "grosseto"),
    ]);
    let of_all = Worker::read(&of_all, None, market.today, &[desk()]);
    let of_all = of_all.expect("a worker of the formats").value;
    for piece in market.workers.chunks(PIECE) {
        let rows: Vec<Worker> = piece.iter().map(|one| stated(one, &of_all)).collect();
        let write = db.write().await.expect("a turn");
        let added = storage::workers::insert_many(&*write, &rows).await;
        added.expect("workers are kept");
        write.commit().await.expect("they stand");
    }
}

fn stated(one: &PoolWorker, of_all: &Worker) -> Worker {
    let one = one.clone();
    Worker {
        code: Some(WorkerCode::parse(&one.code).expect("a code")),
        sex: one.sex,
        comune: one.comune,
        max_km: one.max_km,
        extra_comuni: one.extra_comuni,
        relocates: one.relocates,
        arrangements: one.arrangements,
        availability: one.availability,
        available_from: one.available_from,
        confirmed_on: one.confirmed_on,
        skills: one.skills,
        qualifications: one.qualifications,
        languages: one.languages,
        experience_years: one.experience_years,
        min_pay_hour: one.min_pay_hour,
        min_pay_month: one.min_pay_month,
        permit_type: one.permit_type,
        permit_until: one.permit_until,
        renewal_receipt: one.renewal_receipt,
        work_right_confirmed: one.work_right_confirmed,
        max_hours_week: one.max_hours_week,
        accreditation: one.accreditation,
        consent_on: Some(one.authorised_on),
        ..of_all.clone()
    }
}

async fn fill_requests(db: &Db, market: &Market) -> Vec<RequestCode> {
    let family = row(&[
        ("code", "F-000001"),
        ("given_name", "Elsa"),
        ("family_name", "Provolini"),
        ("phone", "+390564300001"),
        ("comune", "053011"),
        ("desk", "grosseto"),
    ]);
    let family = Family::read(&family, None, &[desk()], &[]).expect("a family of the formats");
    let today = market.today.to_string();
    let of_all = row(&[
        ("code", "R-000001"),
        ("family", "F-000001"),
        ("comune", "053011"),
        ("arrangement", "hourly"),
        ("schedule", "Mon-Fri 08:00-12:00"),
        ("start_date", &today),
        ("opened_on", &today),
    ]);
    let of_all = CareRequest::read(&of_all, None, market.today).expect("a request of the formats");
    let requests: Vec<CareRequest> = (market.needs.iter())
        .map(|need| asked(need, &of_all.value))
        .collect();
    let write = db.write().await.expect("a turn");
    let added = storage::families::insert_many(&*write, &[family.value]).await;
    added.expect("a family is kept");
    for piece in requests.chunks(PIECE) {
        let added = storage::requests::insert_many(&*write, piece).await;
        added.expect("requests are kept");
    }
    write.commit().await.expect("they stand");
    requests.into_iter().filter_map(|one| one.code).collect()
}

fn asked(need: &Need, of_all: &CareRequest) -> CareRequest {
    let fields = need.fields().clone();
    CareRequest {
        code: Some(RequestCode::parse(&fields.request).expect("a code")),
        family: FamilyCode::parse("F-000001").expect("a code"),
        comune: fields.comune,
        arrangement: fields.arrangement,
        schedule: fields.schedule,
        min_coverage_permille: fields.min_coverage_permille,
        start_date: fields.start_date,
        required_skills: fields.required_skills,
        preferred_skills: fields.preferred_skills,
        required_qualifications: fields.required_qualifications,
        required_languages: fields.required_languages,
        max_pay_hour: fields.max_pay_hour,
        max_pay_month: fields.max_pay_month,
        public_contribution: fields.public_contribution,
        worker_sex: fields.worker_sex,
        ..of_all.clone()
    }
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

/// A start over so many workers, and what the page costs then.
pub fn measure(size: usize, folder: &Path) -> (Value, Value) {
    let market = market(size, 100, 7);
    let file = folder.join(format!("site-{size}.sqlite"));
    runtime().block_on(async {
        let kept = Kept::new(&market, &file).await;
        drop(market);
        let start = start(&kept.context).await;
        let page = page(&kept).await;
        kept.context.db.clone().close().await.expect("it closes");
        (start, page)
    })
}

/// Reading the rows that the pool is made of, against being ready to answer. There
/// are no introductions yet.
async fn start(context: &Context) -> Value {
    let mut reads = Vec::new();
    let mut ready = Vec::new();
    let mut grew = 0.0;
    for _ in 0..3 {
        let began = Instant::now();
        let rows = storage::pool::load(context.db.read()).await;
        std::hint::black_box(rows.expect("rows").len());
        reads.push(began.elapsed().as_secs_f64() * 1e3);
        // Nothing is known yet to a context of its own.
        let cold = Context::new(
            context.db.clone(),
            context.clock.clone(),
            context.randomness.clone(),
            context.public_url.clone(),
        );
        let before = resident_mb();
        let began = Instant::now();
        live_pool::warm(&cold).await.expect("a pool");
        ready.push(began.elapsed().as_secs_f64() * 1e3);
        grew = resident_mb() - before;
    }
    let (reads, ready) = (crate::median(&reads), crate::median(&ready));
    json!({
        "rows_ms": rounded(reads),
        "ready_ms": rounded(ready),
        "over_rows": rounded(ready / reads),
        "resident_mb": rounded(grew),
    })
}

/// The CPU of one of some runs, in µs: the least of three.
async fn cpu_of<F: Future<Output = ()>>(times: u32, mut work: impl FnMut(usize) -> F) -> f64 {
    let mut least = f64::MAX;
    for _ in 0..3 {
        let began = cpu_us();
        for i in 0..times {
            work(i as usize).await;
        }
        least = least.min((cpu_us() - began) / f64::from(times));
    }
    least
}

async fn page(kept: &Kept) -> Value {
    let Kept { context, requests } = kept;
    let today = context.today();
    let row = cpu_of(2_000, |i| async move {
        let code = format!("W-{:07}", i % 100);
        let found = worker::Entity::find().filter(worker::Column::Code.eq(code));
        let found = found.one(context.db.read()).await.expect("an answer");
        assert!(found.is_some());
    })
    .await;
    let mut all = Vec::new();
    for code in requests {
        all.push(matching::ask(context, code, today).await.expect("asked"));
    }
    let asked = |i: usize| &all[i % all.len()];
    let first = cpu_of(1_000, |i| async move {
        std::hint::black_box(asked(i).search().first_fits(SHOWN).len());
    });
    let first = first.await;
    let whole = cpu_of(1_000, |i| async move {
        let (answer, held_back) = asked(i).whole(Some(SHOWN), ListedBy::Rules);
        std::hint::black_box((answer.fits.len(), held_back.len()));
    });
    let whole = whole.await;
    let template = template(kept).await;
    let http = http(kept).await;
    json!({
        "row_us": rounded(row),
        "first_fits_us": rounded(first),
        "whole_answer_us": rounded(whole),
        "template_us": rounded(template),
        "engine_and_template_over_row": rounded((first + template) / row),
        "whole_answer_and_template_over_row": rounded((whole + template) / row),
        "page_us": rounded(http),
    })
}

/// Drawing pages that are answered already.
async fn template(kept: &Kept) -> f64 {
    let Kept { context, requests } = kept;
    let today = context.today();
    let mut shown = Vec::new();
    for code in requests {
        let answer = matching::shown(context, code, today, Some(SHOWN)).await;
        shown.push(answer.expect("an answer"));
    }
    let words = Words::new(Language::It);
    let shown = &shown;
    cpu_of(1_000, |i| async move {
        let (matched, people) = &shown[i % shown.len()];
        let frame = Frame {
            owner: "Sportello di prova".to_owned(),
            user: None,
            words,
            navigation: Vec::new(),
            footer: Vec::new(),
            demo: false,
            refused: false,
            notice: None,
            back: String::new(),
            languages: Vec::new(),
            asked: None,
        };
        let page = drawn_page(words, frame, matched, people, (today, 30)).expect("a page");
        std::hint::black_box(page.len());
    })
    .await
}

/// Pages through all layers, as somebody who has signed in gets them.
async fn http(kept: &Kept) -> f64 {
    let Kept { context, requests } = kept;
    let address = EmailAddress::parse(ADDRESS).expect("an address");
    let office = Desk::Desk(desk());
    let token = accounts::add(context, &address, "prova", Role::Operator, &office);
    let token = token.await.expect("an account");
    let set = accounts::set_password(context, &token, PASSWORD).await;
    set.expect("a password");
    let router = router(Site {
        context: context.clone(),
        owner: "Sportello di prova".to_owned(),
        demo: false,
        metrics: Metrics::default(),
        trusted_proxies: Arc::new(|_| false),
        accessibility: Accessibility::default(),
    });
    let cookie = sign_in(&router).await;
    let (router, cookie) = (&router, &cookie);
    cpu_of(100, |i| async move {
        let path = format!("/requests/{}/match", requests[i % requests.len()]);
        let request = Request::get(path).header(header::COOKIE, cookie);
        let (status, bytes) = send(router, request, Body::empty()).await;
        assert!(status == 200 && bytes > 1_000, "{status}, {bytes} bytes");
    })
    .await
}

async fn send(router: &Router, request: axum::http::request::Builder, body: Body) -> (u16, usize) {
    let (parts, bytes) = answered(router, request, body).await;
    (parts.status.as_u16(), bytes)
}

async fn answered(
    router: &Router,
    request: axum::http::request::Builder,
    body: Body,
) -> (axum::http::response::Parts, usize) {
    let request = request.header(header::HOST, "dom.example");
    let request = request.header(header::ACCEPT_LANGUAGE, "it");
    let mut request = request.body(body).expect("a request");
    let peer = SocketAddr::from(([127, 0, 0, 1], 4000));
    request.extensions_mut().insert(ConnectInfo(peer));
    let answer = router.clone().oneshot(request).await;
    let (parts, body) = answer.expect("an answer").into_parts();
    let bytes = to_bytes(body, usize::MAX).await.expect("a body");
    (parts, bytes.len())
}

async fn sign_in(router: &Router) -> String {
    let form = format!(
        "email={}&password={}",
        ADDRESS.replace('@', "%40"),
        PASSWORD.replace(' ', "+")
    );
    let request = Request::post("/sign-in")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    let (parts, _) = answered(router, request, Body::from(form)).await;
    assert_eq!(parts.status, 303, "somebody signs in");
    let cookies = parts.headers.get_all(header::SET_COOKIE).iter();
    let pairs = cookies.filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
    pairs.collect::<Vec<_>>().join("; ")
}
