//! Many sheets at the same time: numbers without gap and without double, each
//! sheet whole, on both kinds of database, in one process and in several.

use std::collections::BTreeSet;
use std::sync::Arc;

use dom::catalogue::Words;
use dom::domain::account::Actor;
use dom::domain::contact::EmailAddress;
use dom::domain::ids::{RequestCode, WorkerCode};
use dom::services::sheets::{Issued, Order, issue};
use dom::services::{Context, accounts};
use tokio::task::JoinSet;

use crate::support::cast::{Cast, today};
use crate::support::ledger::{self, sha256};
use crate::support::program::Program;

/// How many sheets are issued at once.
const MANY: usize = 50;

fn order(request: &str, workers: &[&str]) -> Order {
    Order {
        request: RequestCode::parse(request).unwrap(),
        workers: workers
            .iter()
            .map(|code| WorkerCode::parse(code).unwrap())
            .collect(),
        asked: Vec::new(),
        skipped: None,
    }
}

async fn actor(context: &Context, email: &str) -> Actor {
    let email = EmailAddress::parse(email).unwrap();
    accounts::actor_named(context, &email).await.unwrap()
}

/// Ten requests, as many workers as sheets, an operator at each desk.
fn house(program: &Program) {
    let mut cast = Cast::on(today());
    for request in 0..10 {
        cast = cast.request(&format!("R-{request}"), &[]);
    }
    for worker in 0..MANY {
        cast = cast.worker(&format!("W-{worker}"), &[]);
    }
    program.store(&cast);
    program.operator("ada@prova.example", "grosseto");
    program.operator("bea@prova.example", "follonica");
}

async fn fifty_at_once(context: &Context) -> Vec<Issued> {
    let ada = Arc::new(actor(context, "ada@prova.example").await);
    let bea = Arc::new(actor(context, "bea@prova.example").await);
    let mut tasks = JoinSet::new();
    for sheet in 0..MANY {
        let context = context.clone();
        let actor = if sheet % 5 == 0 {
            bea.clone()
        } else {
            ada.clone()
        };
        tasks.spawn(async move {
            let order = order(&format!("R-{}", sheet % 10), &[&format!("W-{sheet}")]);
            issue(&context, &actor, Words::default(), &order).await
        });
    }
    let mut all = Vec::new();
    while let Some(done) = tasks.join_next().await {
        all.push(done.unwrap().unwrap());
    }
    all
}

fn fifty_parallel_issues(program: &Program) {
    house(program);
    program.with_context(async |context| {
        let issued = fifty_at_once(context).await;
        let books = ledger::read(&context.db, 1).await;
        assert_eq!(books.len(), MANY);
        let codes: BTreeSet<&str> = issued
            .iter()
            .map(|one| one.verification_code.as_str())
            .collect();
        assert_eq!(codes.len(), MANY);
        for one in &issued {
            assert_eq!(sha256(&one.pdf), one.sha256);
            let entry = books
                .iter()
                .find(|entry| entry.number == one.number.as_str())
                .unwrap();
            assert_eq!(entry.sha256, one.sha256);
        }
        let of_follonica = books.iter().filter(|entry| entry.number.starts_with("FO-"));
        assert_eq!(of_follonica.count(), MANY / 5);
    });
}

#[test]
fn fifty_parallel_issues_leave_no_gap_on_sqlite() {
    fifty_parallel_issues(&Program::on_sqlite());
}

#[test]
fn fifty_parallel_issues_leave_no_gap_on_postgres() {
    fifty_parallel_issues(&Program::on_postgres());
}
