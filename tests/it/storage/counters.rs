//! Numbers without gap and without double, and turns among copies of the program.

use dom::storage::connect::Db;
use dom::storage::counters::{draw, end_turn, last, raise, take_turn};
use tokio::task::JoinSet;

use super::{committed, on_both};

on_both!(
    numbers_drawn_at_once_have_no_gap_and_no_double,
    several_numbers_are_drawn_in_one,
    a_counter_is_raised_and_never_lowered,
    counters_do_not_disturb_each_other,
    a_turn_is_taken_by_one_until_it_ends_or_runs_out,
);

async fn numbers_drawn_at_once_have_no_gap_and_no_double(db: &Db) {
    let mut tasks = JoinSet::new();
    for turn in 0..50 {
        let db = db.clone();
        tasks.spawn(async move {
            let write = db.write().await.unwrap();
            let drawn = draw(&*write, "sheet:XX:2026", 1).await.unwrap();
            // Every fifth changes its mind: its number goes to the next.
            if turn % 5 == 0 {
                return None;
            }
            write.commit().await.unwrap();
            Some(drawn)
        });
    }
    let mut drawn: Vec<i64> = tasks.join_all().await.into_iter().flatten().collect();
    drawn.sort_unstable();
    assert_eq!(drawn, (1..=40).collect::<Vec<i64>>());
    assert_eq!(last(db.read(), "sheet:XX:2026").await.unwrap(), 40);
}

async fn several_numbers_are_drawn_in_one(db: &Db) {
    let (first, next) = committed(db, async |write| {
        let first = draw(&**write, "worker", 500).await.unwrap();
        (first, draw(&**write, "worker", 3).await.unwrap())
    })
    .await;
    assert_eq!((first, next), (1, 501));
    assert_eq!(last(db.read(), "worker").await.unwrap(), 503);
    assert_eq!(last(db.read(), "nobody").await.unwrap(), 0);
}

async fn a_counter_is_raised_and_never_lowered(db: &Db) {
    committed(db, async |write| {
        raise(&**write, "worker", 99).await.unwrap();
        raise(&**write, "worker", 7).await.unwrap();
    })
    .await;
    assert_eq!(last(db.read(), "worker").await.unwrap(), 99);
    let drawn = committed(db, async |write| draw(&**write, "worker", 3).await.unwrap()).await;
    assert_eq!(drawn, 100);
}

async fn counters_do_not_disturb_each_other(db: &Db) {
    committed(db, async |write| {
        draw(&**write, "sheet:GR:2026", 2).await.unwrap();
        draw(&**write, "sheet:GR:2027", 5).await.unwrap();
    })
    .await;
    let drawn = committed(db, async |write| {
        draw(&**write, "sheet:GR:2026", 1).await.unwrap()
    });
    assert_eq!(drawn.await, 3);
}

async fn a_turn_is_taken_by_one_until_it_ends_or_runs_out(db: &Db) {
    let take = async |now, until| {
        committed(db, async |write| {
            take_turn(&**write, "press:GR:2026", now, until)
                .await
                .unwrap()
        })
        .await
    };
    let end = async |until| {
        committed(db, async |write| {
            end_turn(&**write, "press:GR:2026", until).await.unwrap();
        })
        .await;
    };
    assert!(take(1_000, 2_000).await);
    assert!(!take(1_500, 2_500).await, "somebody has it");
    end(9_999).await;
    assert!(!take(1_500, 2_500).await, "only its own taker ends it");
    assert!(take(2_000, 3_000).await, "it ran out");
    end(2_000).await;
    assert!(
        !take(2_500, 3_500).await,
        "the first taker has nothing to end"
    );
    end(3_000).await;
    assert!(take(2_500, 3_500).await, "it was given back");
}
