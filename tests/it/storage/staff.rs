//! The staff: accounts, one-time links, sessions, throttles, searches, and the
//! record of what was done.

use chrono::TimeDelta;
use dom::domain::account::{Place, Role, SessionLimits, Throttle};
use dom::domain::contact::EmailAddress;
use dom::domain::factor::Stage;
use dom::domain::ids::PartnerCode;
use dom::domain::partner::Contract;
use dom::storage::entity::audit_event;
use dom::storage::places::Partner;
use dom::storage::sessions::NewSession;
use dom::storage::{self, Db, StorageError, accounts, audit, searches, sessions, throttles};
use sea_orm::{EntityTrait, QueryOrder};

use super::{add_account, committed, noon, on_both};
use crate::support::people::desk;

on_both!(
    an_account_comes_back_with_its_role_and_place,
    an_account_is_found_however_its_address_is_written,
    a_password_is_set_and_taken_away,
    a_one_time_link_holds_until_it_ends_or_the_next_one_comes,
    a_session_lives_while_it_is_used,
    sessions_end_when_old_when_idle_and_with_their_account,
    an_instant_with_a_fraction_is_neither_before_nor_after_itself,
    wrong_tries_are_kept_replaced_and_forgotten,
    a_search_belongs_to_its_account_and_its_list,
    what_was_done_is_written_down_as_it_was,
);

fn email(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

async fn an_account_comes_back_with_its_role_and_place(db: &Db) {
    let pi = PartnerCode::parse("pi").unwrap();
    let partner = Partner {
        code: pi.clone(),
        name: "Punto di prova".to_owned(),
        kind: "punto_insieme".to_owned(),
        contract: Contract::default(),
    };
    let all = [
        ("a@prova.example", Role::Administrator, Place::Nowhere),
        (
            "b@prova.example",
            Role::Administrator,
            Place::Desk(desk("follonica")),
        ),
        (
            "c@prova.example",
            Role::Operator,
            Place::Desk(desk("grosseto")),
        ),
        ("d@prova.example", Role::Partner, Place::Partner(pi)),
        ("e@prova.example", Role::Reader, Place::Nowhere),
    ];
    committed(db, async |write| {
        storage::places::add_partner(&**write, &partner)
            .await
            .unwrap();
        for (address, role, place) in &all {
            accounts::insert(&**write, &email(address), "Ada Prova", *role, place, noon())
                .await
                .unwrap();
        }
    })
    .await;
    let listed = accounts::list(db.read()).await.unwrap();
    assert_eq!(listed.len(), all.len());
    for (account, (address, role, place)) in listed.iter().zip(&all) {
        let actor = &account.actor;
        assert_eq!(
            (
                actor.email.as_str(),
                actor.role,
                &actor.place,
                actor.name.as_str()
            ),
            (*address, *role, place, "Ada Prova")
        );
        assert_eq!((account.disabled, &account.password_hash), (false, &None));
        let same = accounts::get(db.read(), actor.account_id).await.unwrap();
        assert_eq!(&same.actor, actor);
    }
    let missing = accounts::get(db.read(), 9_999).await;
    assert!(
        matches!(
            missing,
            Err(StorageError::Missing {
                table: "accounts",
                ..
            })
        ),
        "{missing:?}"
    );
    let write = db.write().await.unwrap();
    let nowhere = Place::Desk(desk("siena"));
    let refused = accounts::insert(
        &*write,
        &email("f@prova.example"),
        "F",
        Role::Operator,
        &nowhere,
        noon(),
    )
    .await;
    assert!(
        matches!(refused, Err(StorageError::Missing { table: "desks", .. })),
        "{refused:?}"
    );
}

async fn an_account_is_found_however_its_address_is_written(db: &Db) {
    let id = add_account(db, "Ada@Prova.example").await;
    let found = accounts::find(db.read(), &email("aDA@prova.EXAMPLE"))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        (found.actor.account_id, found.actor.email.as_str()),
        (id, "Ada@Prova.example")
    );
    let none = accounts::find(db.read(), &email("ad_@prova.example")).await;
    assert!(none.unwrap().is_none());
    let write = db.write().await.unwrap();
    let place = Place::Desk(desk("grosseto"));
    let (other, name) = (email("ADA@prova.example"), "Another");
    let again = accounts::insert(&*write, &other, name, Role::Operator, &place, noon()).await;
    assert!(
        matches!(again, Err(StorageError::Conflict { .. })),
        "{again:?}"
    );
}

async fn a_password_is_set_and_taken_away(db: &Db) {
    let (ada, bea) = (
        add_account(db, "ada@prova.example").await,
        add_account(db, "bea@prova.example").await,
    );
    committed(db, async |write| {
        accounts::set_password(&**write, ada, "hash").await.unwrap();
        accounts::set_password(&**write, bea, "other")
            .await
            .unwrap();
    })
    .await;
    let known = async |id| {
        let account = accounts::get(db.read(), id).await.unwrap();
        (account.password_hash, account.disabled)
    };
    assert_eq!(known(ada).await, (Some("hash".to_owned()), false));
    committed(db, async |write| {
        accounts::shut(&**write, ada, None).await.unwrap();
    })
    .await;
    assert_eq!(known(ada).await, (None, false));
    committed(db, async |write| {
        accounts::shut(&**write, ada, Some(noon())).await.unwrap();
    })
    .await;
    assert_eq!(known(ada).await, (None, true));
    assert_eq!(known(bea).await, (Some("other".to_owned()), false));
}

async fn a_one_time_link_holds_until_it_ends_or_the_next_one_comes(db: &Db) {
    let (ada, bea) = (
        add_account(db, "ada@prova.example").await,
        add_account(db, "bea@prova.example").await,
    );
    let later = noon() + TimeDelta::hours(1);
    let put = async |id, hash: &str| {
        committed(db, async |write| {
            accounts::put_link(&**write, id, hash, later).await.unwrap();
        })
        .await;
    };
    put(ada, "first").await;
    put(bea, "hers").await;
    put(ada, "second").await;
    let of = async |hash: &str, now| accounts::of_link(db.read(), hash, now).await.unwrap();
    assert_eq!(of("first", noon()).await, None, "the new one ends it");
    assert_eq!(of("second", noon()).await, Some(ada));
    assert_eq!(of("hers", noon()).await, Some(bea));
    let moment = TimeDelta::microseconds(1);
    assert_eq!(of("second", later - moment).await, Some(ada));
    assert_eq!(of("second", later).await, None, "it ended");
    assert_eq!(of("SECOND", noon()).await, None);
    committed(db, async |write| {
        accounts::drop_links(&**write, ada).await.unwrap();
    })
    .await;
    assert_eq!(of("second", noon()).await, None);
    assert_eq!(of("hers", noon()).await, Some(bea));
}

/// A session that a password begins.
fn new(idle_hours: u32, longest_hours: u32) -> NewSession<'static> {
    NewSession {
        stage: Stage::Whole,
        device: None,
        by_provider: false,
        limits: SessionLimits {
            idle_minutes: idle_hours * 60,
            longest_hours,
        },
    }
}

async fn a_session_lives_while_it_is_used(db: &Db) {
    let id = add_account(db, "ada@prova.example").await;
    let later = noon() + TimeDelta::minutes(7);
    committed(db, async |write| {
        sessions::insert(&**write, "token", id, noon(), new(2, 12))
            .await
            .unwrap();
        sessions::insert(&**write, "other", id, noon(), new(2, 12))
            .await
            .unwrap();
        sessions::touch(&**write, "token", later).await.unwrap();
    })
    .await;
    let of = async |token: &str| sessions::find(db.read(), token).await.unwrap();
    let (used, account) = of("token").await.unwrap();
    assert_eq!(
        (account.actor.account_id, used.began_at, used.last_seen_at),
        (id, noon(), later)
    );
    assert_eq!(account.actor.email.as_str(), "ada@prova.example");
    assert_eq!(of("other").await.unwrap().0.last_seen_at, noon());
    committed(db, async |write| {
        sessions::delete(&**write, "token").await.unwrap();
        sessions::delete(&**write, "unknown").await.unwrap();
    })
    .await;
    assert!(of("token").await.is_none());
    assert!(of("other").await.is_some());
}

async fn sessions_end_when_old_when_idle_and_with_their_account(db: &Db) {
    let (ada, bea) = (
        add_account(db, "ada@prova.example").await,
        add_account(db, "bea@prova.example").await,
    );
    let hours = TimeDelta::hours;
    committed(db, async |write| {
        for (token, account, began, seen, new) in [
            ("old", ada, 0, 9, new(4, 9)),
            ("idle", ada, 5, 5, new(4, 9)),
            ("sooner", ada, 5, 8, new(1, 9)),
            ("fresh", ada, 5, 9, new(4, 9)),
            ("hers", bea, 5, 9, new(4, 9)),
        ] {
            let begins = noon() + hours(began);
            sessions::insert(&**write, token, account, begins, new)
                .await
                .unwrap();
            sessions::touch(&**write, token, noon() + hours(seen))
                .await
                .unwrap();
        }
        let dropped = sessions::delete_over(&**write, noon() + hours(9))
            .await
            .unwrap();
        assert_eq!(dropped, 3, "each by its own limits");
    })
    .await;
    let lives = async |token: &str| sessions::find(db.read(), token).await.unwrap().is_some();
    assert!(!lives("old").await && !lives("idle").await && !lives("sooner").await);
    assert!(lives("fresh").await && lives("hers").await);
    let role = sessions::find(db.read(), "hers").await.unwrap().unwrap();
    let role = role.1.actor.role;
    committed(db, async |write| {
        sessions::delete_of(&**write, ada).await.unwrap();
        let by_provider = NewSession {
            by_provider: true,
            ..new(4, 9)
        };
        sessions::insert(&**write, "provider", ada, noon(), by_provider)
            .await
            .unwrap();
        let counted = sessions::count_local(&**write).await.unwrap();
        assert_eq!(counted, [(role, 1)]);
    })
    .await;
    assert!(!lives("fresh").await && lives("hers").await);
    committed(db, async |write| {
        let ended = sessions::delete_local(&**write, role).await.unwrap();
        assert_eq!(ended, 1);
    })
    .await;
    assert!(!lives("hers").await && lives("provider").await);
}

// `SQLite` keeps instants as texts: with and without a fraction of a second they
// must still stand in the order of time.
async fn an_instant_with_a_fraction_is_neither_before_nor_after_itself(db: &Db) {
    let id = add_account(db, "ada@prova.example").await;
    let fractions = [0, 1, 250_000, 250_001, 500_000, 999_999, 1_000_000];
    let instants = fractions.map(|micros| noon() + TimeDelta::microseconds(micros));
    for (i, limit) in instants.iter().enumerate() {
        let dropped = committed(db, async |write| {
            for (n, instant) in instants.iter().enumerate() {
                searches::insert(&**write, &format!("s{n}"), id, "workers", "x", *instant)
                    .await
                    .unwrap();
            }
            let dropped = searches::delete_older(&**write, *limit).await.unwrap();
            searches::delete_older(&**write, noon() + TimeDelta::hours(1))
                .await
                .unwrap();
            dropped
        });
        assert_eq!(dropped.await, i as u64, "before {limit}");
    }
}

async fn wrong_tries_are_kept_replaced_and_forgotten(db: &Db) {
    let first = Throttle {
        failures: 3,
        last_failure: noon(),
        wait_until: None,
    };
    let second = Throttle {
        failures: u32::MAX,
        last_failure: noon() + TimeDelta::seconds(5),
        wait_until: Some(noon() + TimeDelta::minutes(15)),
    };
    let put = async |key: &str, throttle: &Throttle| {
        committed(db, async |write| {
            throttles::put(&**write, key, throttle).await.unwrap();
        })
        .await;
    };
    let of = async |key: &str| throttles::find(db.read(), key).await.unwrap();
    put("key", &first).await;
    put("other", &first).await;
    assert_eq!(of("key").await, Some(first));
    put("key", &second).await;
    let kept = of("key").await.unwrap();
    // As many as a column holds: far beyond what anybody lives to try.
    assert_eq!(kept.failures, i32::MAX.unsigned_abs());
    assert_eq!(
        (kept.last_failure, kept.wait_until),
        (second.last_failure, second.wait_until)
    );
    put("key", &first).await;
    assert_eq!(of("key").await, Some(first), "a wait ends too");
    committed(db, async |write| {
        throttles::delete(&**write, "key").await.unwrap();
    })
    .await;
    assert_eq!(of("key").await, None);
    assert_eq!(of("other").await, Some(first));
}

async fn a_search_belongs_to_its_account_and_its_list(db: &Db) {
    let (ada, bea) = (
        add_account(db, "ada@prova.example").await,
        add_account(db, "bea@prova.example").await,
    );
    committed(db, async |write| {
        searches::insert(&**write, "id", ada, "workers", "anna è", noon())
            .await
            .unwrap();
    })
    .await;
    let of = async |id: &str, account, list: &str| {
        searches::find(db.read(), id, account, list).await.unwrap()
    };
    assert_eq!(of("id", ada, "workers").await.as_deref(), Some("anna è"));
    assert_eq!(of("id", bea, "workers").await, None);
    assert_eq!(of("id", ada, "families").await, None);
    assert_eq!(of("ID", ada, "workers").await, None);
    committed(db, async |write| {
        searches::delete_older(&**write, noon()).await.unwrap();
    })
    .await;
    assert!(of("id", ada, "workers").await.is_some());
}

async fn what_was_done_is_written_down_as_it_was(db: &Db) {
    let by = add_account(db, "ada@prova.example").await;
    committed(db, async |write| {
        audit::insert(
            &**write,
            noon(),
            Some(by),
            "sheet.issued",
            Some("GR-2026-0001"),
            Some("{}"),
        )
        .await
        .unwrap();
        audit::insert(&**write, noon(), None, "migrated", None, None)
            .await
            .unwrap();
    })
    .await;
    let dropped = db.write().await.unwrap();
    audit::insert(&*dropped, noon(), None, "undone", None, None)
        .await
        .unwrap();
    drop(dropped);
    let rows = audit_event::Entity::find()
        .order_by_asc(audit_event::Column::Id)
        .all(db.read())
        .await
        .unwrap();
    let rows: Vec<_> = rows
        .iter()
        .map(|row| {
            (
                (row.at, row.account_id),
                (
                    row.action.as_str(),
                    row.object.as_deref(),
                    row.detail.as_deref(),
                ),
            )
        })
        .collect();
    assert_eq!(
        rows,
        [
            (
                (noon(), Some(by)),
                ("sheet.issued", Some("GR-2026-0001"), Some("{}"))
            ),
            ((noon(), None), ("migrated", None, None))
        ]
    );
}
