//! What was asked on the public pages, and what is left of it in the outbox once it is dropped or
//! forgotten.

use chrono::{DateTime, TimeDelta, Utc};
use dom::domain::contact::EmailAddress;
use dom::domain::mail::MailKind;
use dom::domain::place::Comune;
use dom::domain::public_request::{InboxKind, InboxState};
use dom::domain::setting::Setting;
use dom::storage::entity::outbox_mail;
use dom::storage::inbox::{self, Decision, NewPublicRequest};
use dom::storage::outbox::{self, NewMail};
use dom::storage::retention::{self, Before};
use dom::storage::{self, Db};
use sea_orm::EntityTrait;

use super::{committed, noon, on_both};

on_both!(
    what_is_dropped_leaves_its_address_in_no_mail,
    what_is_forgotten_is_opened_by_no_link,
);

fn decision(state: InboxState, reason: &str) -> Decision {
    Decision {
        state,
        decided_at: (state == InboxState::Refused).then(noon),
        reason: Some(reason.to_owned()),
        token_hash: None,
        request_id: None,
        worker_id: None,
    }
}

/// One that was asked back so often, with a mail each time; its key.
async fn asked(db: &Db, number: &str, filed_at: DateTime<Utc>, times: i32) -> i64 {
    let desks = storage::places::desks(db.read()).await.unwrap();
    let email = EmailAddress::parse("zoe@prova.example").unwrap();
    let new = NewPublicRequest {
        kind: InboxKind::Family,
        number: number.to_owned(),
        form_hash: format!("form of {number}"),
        token_hash: Some(format!("link of {number}")),
        state: InboxState::Waiting,
        desk_id: desks[0].0,
        filed_at,
        name: "Zoe Prova".to_owned(),
        comune: Comune::by_istat("053011").unwrap(),
        email: Some(email.clone()),
        phone: None,
        by_phone: false,
        language: "it".to_owned(),
        notice: ("1".to_owned(), filed_at),
        answers: vec![("given_name".to_owned(), "Zoe".to_owned())],
        words: None,
    };
    committed(db, async |write| {
        let id = inbox::insert(&**write, &new).await.unwrap();
        let mut keys = vec![(MailKind::AskConfirm, inbox::confirm_key(number))];
        for version in 1..=times {
            let back = decision(InboxState::AskedBack, "hours");
            let told = inbox::decide(&**write, (id, version), &back).await;
            told.unwrap();
            keys.push((MailKind::AskNews, inbox::news_key(number, version)));
        }
        for (kind, dedup_key) in keys {
            let mail = NewMail {
                kind,
                message_id: format!("{dedup_key}@prova.example"),
                dedup_key,
                mailing_id: None,
                recipient: Some(email.clone()),
                token: Some("token".to_owned()),
                send_at: noon(),
            };
            assert!(outbox::queue(&**write, &mail, noon()).await.unwrap());
        }
        id
    })
    .await
}

/// Keys of the mails that know an address or open something.
async fn knowing(db: &Db) -> Vec<String> {
    let rows = outbox_mail::Entity::find().all(db.read()).await.unwrap();
    let knows = |row: &outbox_mail::Model| row.recipient.is_some() || row.token.is_some();
    let mut keys: Vec<String> = rows
        .into_iter()
        .filter(knows)
        .map(|row| row.dedup_key)
        .collect();
    keys.sort_unstable();
    keys
}

async fn what_is_dropped_leaves_its_address_in_no_mail(db: &Db) {
    let later = noon() + TimeDelta::days(1);
    asked(db, "D-000001", noon(), 2).await;
    asked(db, "D-0000010", later, 1).await;
    let before = Before {
        day: later.date_naive(),
        at: noon() + TimeDelta::hours(1),
    };
    let dropped = committed(db, async |write| {
        let dropped = retention::drop_some(&**write, Setting::Askings, before, 10).await;
        dropped.unwrap()
    })
    .await;
    assert_eq!(dropped, 1);
    let left = ["ask_confirm:D-0000010", "ask_news:D-0000010:1"];
    assert_eq!(knowing(db).await, left);
}

async fn what_is_forgotten_is_opened_by_no_link(db: &Db) {
    let id = asked(db, "D-000001", noon(), 1).await;
    let link = "link of D-000001";
    committed(db, async |write| {
        let no = decision(InboxState::Refused, "duplicate");
        inbox::decide(&**write, (id, 2), &no).await.unwrap();
    })
    .await;
    let opened = inbox::of_token(db.read(), link).await.unwrap();
    assert!(opened.is_some());
    committed(db, async |write| {
        let gone = inbox::forget(&**write, InboxState::Refused, noon(), noon()).await;
        assert_eq!(gone.unwrap(), 1);
    })
    .await;
    let opened = inbox::of_token(db.read(), link).await.unwrap();
    assert!(opened.is_none());
    assert!(knowing(db).await.is_empty());
    let left = inbox::find(db.read(), "D-000001").await.unwrap().unwrap();
    assert_eq!(left.reason.as_deref(), Some("duplicate"));
    assert!(left.name.is_empty() && left.email.is_none());
}
