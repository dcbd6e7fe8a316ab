//! Fifty issues for one request at the same moment: how long each had to wait, from the
//! call to its sheet, on two threads.

use std::sync::Arc;
use std::time::{Duration, Instant};

use dom::catalogue::Words;
use dom::services::sheets::issue;
use dom::storage::connect::{PATIENCE, Place};
use sea_orm::ConnectionTrait as _;
use tokio::task::JoinSet;

const MANY: usize = 50;

pub fn measure() {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let folder = std::env::temp_dir().join(format!("dom-bench-fifty-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        report("SQLite", &Place::Sqlite(folder.join("dom.sqlite"))).await;
        std::fs::remove_dir_all(&folder).expect("the folder goes");
        let Ok(server) = std::env::var("BENCH_POSTGRES_URL") else {
            return println!("PostgreSQL: no BENCH_POSTGRES_URL, not measured");
        };
        let name = format!("dom_bench_fifty_{}", std::process::id());
        let admin = sea_orm::Database::connect(&server).await.expect("a server");
        let made = format!("CREATE DATABASE {name}");
        let made = admin.execute_unprepared(&made);
        made.await.expect("a database");
        let url = server.replacen("/postgres?", &format!("/{name}?"), 1);
        report("PostgreSQL", &Place::Postgres(url)).await;
        let gone = format!("DROP DATABASE {name}");
        let gone = admin.execute_unprepared(&gone);
        gone.await.expect("it goes");
    });
}

async fn report(name: &str, place: &Place) {
    let (context, actor) = super::desk(place, MANY).await;
    let actor = Arc::new(actor);
    let began = Instant::now();
    let mut tasks = JoinSet::new();
    for number in 0..MANY {
        let (context, actor) = (context.clone(), actor.clone());
        tasks.spawn(async move {
            let began = Instant::now();
            let issued = issue(&context, &actor, Words::default(), &super::order(number)).await;
            issued.expect("a sheet");
            began.elapsed()
        });
    }
    let mut waits: Vec<Duration> = Vec::with_capacity(MANY);
    while let Some(done) = tasks.join_next().await {
        waits.push(done.expect("it ends"));
    }
    let all = began.elapsed();
    context.db.close().await.expect("an end");
    waits.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    println!(
        "{name}: {MANY} at the same moment in {:.0} ms; first {:.1} ms, median {:.1}, last {:.1}; \
         a writer's patience is {:.0} ms",
        ms(all),
        ms(waits[0]),
        ms(waits[MANY / 2]),
        ms(waits[MANY - 1]),
        ms(PATIENCE)
    );
}
