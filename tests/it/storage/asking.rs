//! Asking: proposals by list, with what overtook them; every word that was written down; where
//! a sheet must not go; who is told of one; and sheets that nobody said a word about.

use chrono::TimeDelta;
use dom::domain::diffusion::Ground;
use dom::domain::place::Comune;
use dom::domain::proposal::{Over, PhoneFor, Proposal, ProposalState, Via};
use dom::domain::request::RequestStatus;
use dom::domain::worker::WorkerStatus;
use dom::storage::asked::{self, Show};
use dom::storage::diffusion::{self, Named, NewLimit, Recipient};
use dom::storage::mailings::Person;
use dom::storage::notices::{self, Notice};
use dom::storage::waiting::Whose;
use dom::storage::waits::Cut;
use dom::storage::{self, Db, proposal_words, stalled};

use super::sheets::{a_sheet, people};
use super::{add_account, committed, family_of, noon, on_both, request_of, worker_of};
use crate::support::people::{day, introduction};

on_both!(
    a_list_shows_what_waits_and_not_what_was_overtaken,
    every_word_stays_the_latest_first,
    a_limit_is_kept_once_and_a_wish_comes_before_a_no,
    notices_are_kept_in_their_order_and_known_by_their_mail,
    a_sheet_is_silent_until_somebody_says_a_word,
);

async fn asked_for(db: &Db, request: &str, worker: &str, by: i64, new: &Proposal) -> i64 {
    let (request, worker) = (request_of(db, request).await, worker_of(db, worker).await);
    committed(db, async |write| {
        storage::proposals::insert(&**write, request.id, worker.id, by, new)
            .await
            .unwrap()
    })
    .await
}

async fn listed(db: &Db, show: Show) -> Vec<i64> {
    let page = asked::page(db.read(), &Whose::Everybody, show, 1).await;
    let rows = page.unwrap().rows.into_iter();
    rows.map(|one| one.proposal.id).collect()
}

async fn a_list_shows_what_waits_and_not_what_was_overtaken(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    let today = day("2026-11-23");
    let waits = Proposal::new(today, None);
    let mut yes = waits.clone();
    yes.accept(Via::Phone, today, today).unwrap();
    yes.phone_for = Some(PhoneFor::Asked);
    let first = asked_for(db, "R-1", "W-1", by, &waits).await;
    let second = asked_for(db, "R-2", "W-2", by, &yes).await;
    assert_eq!(listed(db, Show::Waiting).await, [first]);
    assert_eq!(listed(db, Show::ToIssue).await, [second]);
    assert_eq!(listed(db, Show::ToPhone).await, [second]);
    assert_eq!(listed(db, Show::All).await, [second, first]);
    let mut worker = worker_of(db, "W-1").await;
    worker.value.status = WorkerStatus::Paused;
    let mut request = request_of(db, "R-2").await;
    request.value.status = RequestStatus::Closed;
    committed(db, async |write| {
        storage::workers::update(&**write, &worker).await.unwrap();
        storage::requests::update(&**write, &request).await.unwrap();
    })
    .await;
    assert!(listed(db, Show::Waiting).await.is_empty());
    assert!(listed(db, Show::ToIssue).await.is_empty());
    for (id, over) in [(first, Over::WorkerAway), (second, Over::RequestOver)] {
        let one = asked::find(db.read(), id).await.unwrap().unwrap();
        assert_eq!(one.overtaken, Some(over));
        assert_eq!(one.standing(today), ProposalState::Cancelled);
    }
    let overtaken = asked::overtaken(db.read(), 0, 10).await.unwrap();
    assert_eq!(overtaken.len(), 2);
}

async fn every_word_stays_the_latest_first(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    let today = day("2026-11-23");
    let mut said = Proposal::new(today, None);
    let id = asked_for(db, "R-1", "W-1", by, &said).await;
    committed(db, async |write| {
        let nothing = proposal_words::insert(&**write, id, &said, noon(), Some(by));
        nothing.await.unwrap();
        said.decline(Via::Phone, today, today, "pay").unwrap();
        let no = proposal_words::insert(&**write, id, &said, noon(), Some(by));
        no.await.unwrap();
        said.say(dom::domain::proposal::Word::Yes, Via::Link, today)
            .unwrap();
        let yes = proposal_words::insert(&**write, id, &said, noon(), None);
        yes.await.unwrap();
    })
    .await;
    let words = proposal_words::of_proposal(db.read(), id).await.unwrap();
    let told: Vec<_> = words
        .iter()
        .map(|word| (word.state, word.reason, word.via, word.by.as_deref()))
        .collect();
    assert_eq!(
        told,
        [
            (ProposalState::Accepted, None, Via::Link, None),
            (
                ProposalState::Declined,
                Some("pay"),
                Via::Phone,
                Some("Ada Prova")
            ),
        ]
    );
    assert_eq!((words[0].at, words[0].said_on), (noon(), today));
}

async fn a_limit_is_kept_once_and_a_wish_comes_before_a_no(db: &Db) {
    people(db).await;
    let (family, worker) = (family_of(db, "F-1").await, worker_of(db, "W-1").await);
    let limit = |named: Named, ground: Ground| NewLimit {
        worker_id: worker.id,
        named,
        ground,
        since: day("2026-11-23"),
        account_id: None,
        proposal_id: None,
    };
    let grosseto = Comune::by_istat("053011").unwrap();
    let to = Recipient {
        family_id: family.id,
        comuni: vec![grosseto],
        partner_id: None,
    };
    committed(db, async |write| {
        let no = limit(Named::Family(family.id), Ground::Declined);
        assert!(diffusion::insert(&**write, &no).await.unwrap());
        let wish = limit(Named::Comune(grosseto), Ground::Wish);
        assert!(diffusion::insert(&**write, &wish).await.unwrap());
        assert!(!diffusion::insert(&**write, &wish).await.unwrap(), "once");
    })
    .await;
    let left_out = diffusion::left_out(db.read(), &to).await.unwrap();
    assert_eq!(left_out.len(), 1, "once a worker");
    assert_eq!(left_out[0].ground, Ground::Wish);
    let lines = diffusion::of_worker(db.read(), worker.id).await.unwrap();
    assert_eq!(lines.len(), 2);
    committed(db, async |write| {
        diffusion::lift_declined(&**write, worker.id, family.id)
            .await
            .unwrap();
        let wish = lines.iter().find(|line| line.ground == Ground::Wish);
        let of_other = worker.id + 1;
        let gone = diffusion::delete(&**write, of_other, wish.unwrap().id).await;
        assert!(!gone.unwrap(), "another worker's stays");
    })
    .await;
    let lines = diffusion::of_worker(db.read(), worker.id).await.unwrap();
    assert_eq!(lines.len(), 1, "the no is lifted");
    committed(db, async |write| {
        let no = limit(Named::Family(family.id), Ground::Declined);
        assert!(diffusion::insert(&**write, &no).await.unwrap());
        let wish = limit(Named::Family(family.id), Ground::Wish);
        for there in [true, false] {
            let made = diffusion::make_wish(&**write, &wish).await;
            assert_eq!(made.unwrap(), there, "a no becomes a wish, once");
        }
        diffusion::lift_declined(&**write, worker.id, family.id)
            .await
            .unwrap();
    })
    .await;
    let lines = diffusion::of_worker(db.read(), worker.id).await.unwrap();
    assert_eq!(lines.len(), 2, "a wish goes with no yes");
}

async fn notices_are_kept_in_their_order_and_known_by_their_mail(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    let sheet = a_sheet(db, "GR-2026-0001", by).await;
    let (family, worker) = (family_of(db, "F-1").await, worker_of(db, "W-1").await);
    let notice = |person, message_id: Option<&str>| Notice {
        sheet_id: sheet,
        person,
        call_by: day("2026-11-30"),
        by_mail: message_id.is_some(),
        message_id: message_id.map(str::to_owned),
    };
    let all = [
        notice(Person::Family(family.id), Some("one@dom.example")),
        notice(Person::Worker(worker.id), None),
    ];
    committed(db, async |write| {
        notices::insert_many(&**write, &all).await.unwrap();
    })
    .await;
    assert_eq!(notices::of_sheet(db.read(), sheet).await.unwrap(), all);
    let found = notices::of_mail(db.read(), "one@dom.example").await;
    assert_eq!(found.unwrap().as_ref(), Some(&all[0]));
    committed(db, async |write| {
        for (mail, known) in [("one@dom.example", true), ("none@dom.example", false)] {
            let done = notices::without_mail(&**write, mail).await;
            assert_eq!(done.unwrap(), known, "{mail}");
        }
    })
    .await;
    let now = notices::of_sheet(db.read(), sheet).await.unwrap();
    assert!(!now[0].by_mail, "told otherwise");
    let told = notices::told(db.read(), sheet).await.unwrap().unwrap();
    assert_eq!((told.number.as_str(), told.workers), ("GR-2026-0001", 0));
}

async fn a_sheet_is_silent_until_somebody_says_a_word(db: &Db) {
    people(db).await;
    let by = add_account(db, "ada@prova.example").await;
    let sheet = a_sheet(db, "GR-2026-0001", by).await;
    committed(db, async |write| {
        let one = introduction("I-1", "R-1", "W-1", "2026-11-23");
        storage::introductions::insert_many(&**write, &[one], None, Some(sheet))
            .await
            .unwrap();
    })
    .await;
    let issued = day("2026-11-23");
    let silent = async |until| {
        let found = stalled::silent_sheets(db.read(), &Whose::Everybody, until, Cut::FIRST).await;
        found.unwrap().len()
    };
    assert_eq!(silent(issued).await, 1);
    assert_eq!(silent(issued - TimeDelta::days(1)).await, 0, "too young");
    let mut request = request_of(db, "R-1").await;
    request.value.status = RequestStatus::Filled;
    committed(db, async |write| {
        storage::requests::update(&**write, &request).await.unwrap();
    })
    .await;
    assert_eq!(silent(issued).await, 0, "nobody waits for a word any more");
}
