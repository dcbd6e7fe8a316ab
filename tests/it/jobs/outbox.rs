//! The outbox against servers that are down, refuse, stall and hang up; and
//! against two processes, a kill and a clock that goes back.

use std::collections::BTreeSet;
use std::time::Duration;

use chrono::TimeDelta;
use dom::config::Tls;
use dom::domain::contact::EmailAddress;
use dom::domain::mail::{MailKind, MailState};
use dom::jobs::deliver_due;
use dom::services::Context;
use dom::services::follow_up::delivery::Delivered;
use dom::services::follow_up::outbox::queue_test;
use dom::storage;
use dom::storage::outbox::{MailLine, NewMail};

use crate::support::cast::{Cast, today};
use crate::support::program::{Program, block_on};
use crate::support::site::Site;
use crate::support::smtp::{Received, Script, Smtp, post, post_over};

const DAY: Duration = Duration::from_hours(24);

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

async fn queued(context: &Context, to: &[&str]) {
    for to in to {
        queue_test(context, address(to)).await.unwrap();
    }
}

async fn mails(context: &Context) -> Vec<MailLine> {
    let page = storage::outbox::page(context.db.read(), None, 1).await;
    let mut rows = page.unwrap().rows;
    rows.reverse();
    rows
}

async fn states(context: &Context) -> Vec<MailState> {
    mails(context).await.iter().map(|mail| mail.state).collect()
}

async fn marked(context: &Context, to: &str) -> bool {
    let to = address(to);
    let found = storage::outbox::marked(context.db.read(), &[&to]).await;
    !found.unwrap().is_empty()
}

/// Runs something over each kind of database, with a server of its own.
async fn on_both(script: Script, work: impl AsyncFn(&Site, &Context, &Smtp)) {
    for site in Site::on_both(&Cast::on(today())).await {
        let smtp = Smtp::start(script.clone());
        let context = site.context.clone().with_post(smtp.post());
        work(&site, &context, &smtp).await;
    }
}

#[test]
fn what_is_due_is_delivered_once() {
    block_on(on_both(Script::Take, async |_, context, smtp| {
        queued(context, &["a@prova.example", "b@prova.example"]).await;
        let done = deliver_due(context).await.unwrap();
        assert_eq!(done.sent, 2);
        assert_eq!(deliver_due(context).await.unwrap(), Delivered::default());
        let to: BTreeSet<_> = smtp.inbox().into_iter().map(|mail| mail.to).collect();
        assert_eq!(to.len(), 2);
        assert_eq!(smtp.inbox().len(), 2);
        assert!(
            smtp.inbox()[0]
                .text
                .contains("Auto-Submitted: auto-generated")
        );
    }));
}

#[test]
fn a_server_that_is_down_loses_nothing() {
    block_on(async {
        for site in Site::on_both(&Cast::on(today())).await {
            // Nobody listens on a port that was just given back.
            let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
            let url = format!("smtp://{}", port.local_addr().unwrap());
            drop(port);
            let down = site.context.clone().with_post(post(&url));
            queued(&down, &["a@prova.example"]).await;
            assert_eq!(deliver_due(&down).await.unwrap().postponed, 1);
            assert_eq!(deliver_due(&down).await.unwrap(), Delivered::default());
            let smtp = Smtp::start(Script::Take);
            let up = site.context.clone().with_post(smtp.post());
            site.clock.advance(Duration::from_mins(2));
            assert_eq!(deliver_due(&up).await.unwrap().sent, 1);
            assert_eq!(smtp.inbox().len(), 1);
        }
    });
}

#[test]
fn where_encryption_is_required_no_mail_leaves_without_it() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        // It takes mail and offers no encryption, as if somebody took the offer out.
        let smtp = Smtp::start(Script::Take);
        let post = post_over(&smtp.url(), Tls::Required);
        let context = site.context.clone().with_post(post);
        queued(&context, &["a@prova.example"]).await;
        assert_eq!(deliver_due(&context).await.unwrap().postponed, 1);
        assert!(smtp.inbox().is_empty());
        let trouble = mails(&context).await[0].trouble.clone();
        let trouble = trouble.unwrap_or_default().to_uppercase();
        assert!(trouble.contains("STARTTLS"), "{trouble}");
    });
}

#[test]
fn temporary_troubles_of_any_kind_are_tried_again_with_growing_pauses() {
    let scripts = [
        Script::Greet("421 busy"),
        Script::Greet("554 go away"),
        Script::Sender("451 wait"),
        Script::Sender("553 not you"),
        Script::Everybody("450 greylisted"),
        Script::Mail("452 full"),
        Script::Tarpit,
    ];
    for script in scripts {
        block_on(async {
            let site = Site::of(&Cast::on(today())).await;
            let smtp = Smtp::start(script.clone());
            let context = site.context.clone().with_post(smtp.post());
            queued(&context, &["a@prova.example"]).await;
            let mut pauses = Vec::new();
            for _ in 0..5 {
                let before = context.now();
                assert_eq!(deliver_due(&context).await.unwrap().postponed, 1);
                let next = mails(&context).await[0].send_at;
                pauses.push(next - before);
                site.clock.set(next);
            }
            assert!(pauses.is_sorted(), "{script:?}: {pauses:?}");
            assert!(!marked(&context, "a@prova.example").await, "{script:?}");
            smtp.now(Script::Take);
            assert_eq!(deliver_due(&context).await.unwrap().sent, 1, "{script:?}");
            assert_eq!(smtp.inbox().len(), 1);
        });
    }
}

#[test]
fn four_days_of_temporary_trouble_are_enough() {
    block_on(on_both(
        Script::Everybody("451 later"),
        async |site, context, _| {
            queued(context, &["a@prova.example"]).await;
            for _ in 0..40 {
                deliver_due(context).await.unwrap();
                site.clock.advance(Duration::from_hours(3));
            }
            let mail = &mails(context).await[0];
            assert_eq!(mail.state, MailState::Failed);
            assert!(mail.finished_at.unwrap() - mail.queued_at >= TimeDelta::days(4));
            assert!(!marked(context, "a@prova.example").await, "not its fault");
        },
    ));
}

#[test]
fn a_permanent_word_stops_and_marks_the_address() {
    for script in [Script::Everybody("550 nobody"), Script::Mail("554 no")] {
        block_on(on_both(script, async |site, context, smtp| {
            queued(context, &["a@prova.example"]).await;
            assert_eq!(deliver_due(context).await.unwrap().failed, 1);
            site.clock.advance(DAY);
            assert_eq!(deliver_due(context).await.unwrap(), Delivered::default());
            assert!(marked(context, "A@prova.example").await);
            assert!(smtp.inbox().is_empty());
        }));
    }
}

#[test]
fn of_two_recipients_the_refused_one_stands_in_nobodys_way() {
    let refused = Script::Recipient("a@prova.example".to_owned(), "550 nobody");
    block_on(on_both(refused, async |_, context, smtp| {
        queued(context, &["a@prova.example", "b@prova.example"]).await;
        let done = deliver_due(context).await.unwrap();
        assert_eq!((done.sent, done.failed), (1, 1));
        assert_eq!(smtp.inbox()[0].to, "b@prova.example");
        assert!(marked(context, "a@prova.example").await);
        assert!(!marked(context, "b@prova.example").await);
    }));
}

#[test]
fn a_copy_is_known_by_its_message_id() {
    block_on(on_both(
        Script::CutAfterMail,
        async |site, context, smtp| {
            queued(context, &["a@prova.example"]).await;
            assert_eq!(deliver_due(context).await.unwrap().postponed, 1);
            smtp.now(Script::Take);
            site.clock.advance(Duration::from_mins(2));
            assert_eq!(deliver_due(context).await.unwrap().sent, 1);
            let inbox = smtp.inbox();
            assert_eq!(inbox.len(), 2, "nobody can know whether the first counted");
            assert_eq!(inbox[0].message_id(), inbox[1].message_id());
        },
    ));
}

#[test]
fn a_mail_that_cannot_be_made_keeps_no_other_waiting() {
    block_on(on_both(Script::Take, async |_, context, smtp| {
        let poison = NewMail {
            kind: MailKind::Test,
            dedup_key: "poison".to_owned(),
            // No header can bear it.
            message_id: "poison\r\nBcc: all@prova.example".to_owned(),
            mailing_id: None,
            recipient: Some(address("a@prova.example")),
            token: None,
            send_at: context.now() - TimeDelta::days(1),
        };
        let write = context.db.write().await.unwrap();
        storage::outbox::queue(&*write, &poison, context.now())
            .await
            .unwrap();
        write.commit().await.unwrap();
        queued(context, &["b@prova.example"]).await;
        deliver_due(context).await.unwrap();
        let to: Vec<_> = smtp.inbox().into_iter().map(|mail| mail.to).collect();
        assert!(to.contains(&"b@prova.example".to_owned()), "{to:?}");
        for mail in smtp.inbox() {
            let head = mail.text.split("\r\n\r\n").next().unwrap().to_owned();
            assert!(!head.lines().any(|line| line.starts_with("Bcc")), "{head}");
        }
    }));
}

#[test]
fn two_processes_take_each_mail_once() {
    block_on(on_both(Script::Take, async |_, context, smtp| {
        for turn in 0..60 {
            queued(context, &[&format!("p{turn}@prova.example")]).await;
        }
        let other = context.clone();
        let (a, b) = tokio::join!(deliver_due(context), deliver_due(&other));
        assert_eq!(a.unwrap().sent + b.unwrap().sent, 60);
        let ids: BTreeSet<_> = smtp.inbox().iter().map(Received::message_id).collect();
        assert_eq!((ids.len(), smtp.inbox().len()), (60, 60));
    }));
}

#[test]
fn a_lease_ends_by_itself_and_a_clock_that_goes_back_ends_it_too() {
    block_on(on_both(Script::Take, async |site, context, smtp| {
        queued(context, &["a@prova.example"]).await;
        let write = context.db.write().await.unwrap();
        let taken = storage::outbox::take(&*write, context.now(), 8)
            .await
            .unwrap();
        assert_eq!(taken.len(), 1);
        write.commit().await.unwrap();
        // Whoever took it is gone.
        assert_eq!(deliver_due(context).await.unwrap(), Delivered::default());
        let noon = context.now();
        site.clock.set(noon - TimeDelta::hours(1));
        assert_eq!(deliver_due(context).await.unwrap().sent, 1);
        queued(context, &["b@prova.example"]).await;
        let write = context.db.write().await.unwrap();
        storage::outbox::take(&*write, context.now(), 8)
            .await
            .unwrap();
        write.commit().await.unwrap();
        // Another program's clock is ten minutes ahead, and handing a mail over takes three.
        site.clock.advance(Duration::from_mins(13));
        assert_eq!(deliver_due(context).await.unwrap(), Delivered::default());
        site.clock.advance(Duration::from_mins(8));
        assert_eq!(deliver_due(context).await.unwrap().sent, 1);
        assert_eq!(smtp.inbox().len(), 2);
    }));
}

#[test]
fn words_and_addresses_are_forgotten_after_thirty_days() {
    block_on(async {
        for site in Site::on_both(&Cast::on(today())).await {
            let context = &site.context;
            queued(context, &["a@prova.example"]).await;
            let done = dom::jobs::run_due(context).await.unwrap();
            assert_eq!(done.mail.kept, 1);
            assert!(mails(context).await[0].body.is_some());
            site.clock.advance(DAY * 29);
            assert_eq!(
                dom::jobs::run_due(context).await.unwrap().mails_forgotten,
                0
            );
            site.clock.advance(DAY * 2);
            assert_eq!(
                dom::jobs::run_due(context).await.unwrap().mails_forgotten,
                1
            );
            assert!(mails(context).await[0].body.is_none());
            assert_eq!(states(context).await, [MailState::Kept]);
        }
    });
}

#[test]
fn a_process_that_is_killed_with_a_mail_on_its_way_loses_nothing() {
    for program in Program::on_both() {
        let smtp = Smtp::start(Script::SilentAfterMail);
        program.with_context(async |context| queued(context, &["a@prova.example"]).await);
        let mut command = program.command(&["serve"]);
        command
            .env("DOM_BIND", "127.0.0.1:0")
            .env("DOM_SMTP_URL", smtp.url())
            .env("DOM_MAIL_FROM", "dom@dom.example");
        let running = crate::support::program::Running::start(command);
        smtp.wait();
        assert!(
            running.end_within(Duration::ZERO).is_none(),
            "it was killed"
        );
        smtp.now(Script::Take);
        block_on(async {
            let db = program.open().await;
            let later = dom::clock::Clock::now(&dom::clock::SystemClock) + TimeDelta::minutes(21);
            let context = Context::new(
                db,
                std::sync::Arc::new(dom::clock::ManualClock::at(later)),
                std::sync::Arc::new(dom::clock::SystemRandomness),
                "http://dom.example".to_owned(),
            )
            .with_post(smtp.post());
            assert_eq!(deliver_due(&context).await.unwrap().sent, 1);
            let inbox = smtp.inbox();
            assert_eq!(inbox.len(), 2);
            assert_eq!(inbox[0].message_id(), inbox[1].message_id());
            context.db.close().await.unwrap();
        });
    }
}

#[test]
fn the_command_line_tries_mail_and_takes_what_came_back() {
    let program = Program::on_sqlite();
    assert_eq!(program.ok(&["mail", "test", "a@prova.example"]), "kept\n");
    let smtp = Smtp::start(Script::Everybody("550 nobody"));
    let mut command = program.command(&["mail", "test", "b@prova.example"]);
    command
        .env("DOM_SMTP_URL", smtp.url())
        .env("DOM_MAIL_FROM", "dom@dom.example");
    let line = crate::support::program::Running::start(command)
        .end()
        .one_line("a refused test");
    assert!(line.contains("RCPT: 550"), "{line}");
    assert!(program.refused(&["mail", "bounce"]).contains("no mail"));
}
