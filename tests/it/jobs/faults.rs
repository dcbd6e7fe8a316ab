//! A server that misbehaves in every way at once, and two real processes on one
//! outbox that are killed in the middle: every mail arrives at least once, and a
//! copy is known by its Message-ID. The counts are printed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use dom::clock::{Clock as _, ManualClock, SystemClock, SystemRandomness};
use dom::domain::contact::EmailAddress;
use dom::domain::mail::{MailKind, MailState};
use dom::jobs::deliver_due;
use dom::services::Context;
use dom::storage::{self, outbox::NewMail};

use crate::support::program::{Program, Running, block_on};
use crate::support::smtp::{Script, Smtp};

const MAILS: usize = 60;

/// Two of seven take the mail; one of them never says so.
const TROUBLE: &[Script] = &[
    Script::Take,
    Script::CutAfterMail,
    Script::Greet("421 busy"),
    Script::Everybody("450 greylisted"),
    Script::Mail("452 full"),
    Script::Sender("451 wait"),
    Script::Take,
];

async fn queue(context: &Context) {
    let write = context.db.write().await.unwrap();
    for mail in 0..MAILS {
        let new = NewMail {
            kind: MailKind::Test,
            dedup_key: format!("fault-{mail}"),
            message_id: format!("fault-{mail}@dom.example"),
            mailing_id: None,
            recipient: EmailAddress::parse(&format!("p{mail}@prova.example")).ok(),
            token: None,
            send_at: context.now() - TimeDelta::minutes(1),
        };
        storage::outbox::queue(&*write, &new, context.now())
            .await
            .unwrap();
    }
    write.commit().await.unwrap();
}

fn serve(program: &Program, smtp: &Smtp) -> Running {
    let mut command = program.command(&["serve"]);
    command
        .env("DOM_BIND", "127.0.0.1:0")
        .env("DOM_SMTP_URL", smtp.url())
        .env("DOM_MAIL_FROM", "dom@dom.example");
    Running::start(command)
}

#[test]
fn whatever_the_server_does_and_whoever_is_killed_every_mail_arrives() {
    for program in Program::on_both() {
        let smtp = Smtp::start(Script::Each(TROUBLE));
        program.with_context(async |context| queue(context).await);
        // Two at once, killed one after the other while mail is on its way.
        let (first, second) = (serve(&program, &smtp), serve(&program, &smtp));
        for _ in 0..6 {
            smtp.wait();
        }
        assert!(first.end_within(Duration::ZERO).is_none(), "it was killed");
        smtp.wait();
        assert!(second.end_within(Duration::ZERO).is_none(), "it was killed");
        let before = smtp.inbox().len();
        let rounds = block_on(finish(&program, &smtp));
        let inbox = smtp.inbox();
        let mut ids = BTreeMap::<String, BTreeSet<String>>::new();
        for mail in &inbox {
            let of = ids.entry(mail.to.clone()).or_default();
            of.insert(mail.message_id());
        }
        println!(
            "{MAILS} mails: {before} arrived until both processes were killed, {} in all, {} of them copies, after {rounds} more rounds",
            inbox.len(),
            inbox.len() - ids.len()
        );
        assert_eq!(ids.len(), MAILS, "each arrived at least once");
        for (to, ids) in ids {
            assert_eq!(ids.len(), 1, "{to} knows a copy by its Message-ID");
        }
    }
}

/// Goes on, an hour a round, until nothing waits; after a day the server is well
/// again. How many rounds it took.
async fn finish(program: &Program, smtp: &Smtp) -> u32 {
    let clock = Arc::new(ManualClock::at(SystemClock.now()));
    let context = Context::new(
        program.open().await,
        clock.clone(),
        Arc::new(SystemRandomness),
        "http://dom.example".to_owned(),
    )
    .with_post(smtp.post());
    for round in 1..=60 {
        if round == 24 {
            smtp.now(Script::Take);
        }
        clock.advance(Duration::from_hours(1));
        deliver_due(&context).await.unwrap();
        let db = context.db.read();
        let mut waiting = 0;
        for state in [MailState::Queued, MailState::Sending, MailState::Failed] {
            let page = storage::outbox::page(db, Some(state), 1).await.unwrap();
            waiting += page.total;
        }
        if waiting == 0 {
            context.db.close().await.unwrap();
            return round;
        }
    }
    panic!("some mail still waits");
}
