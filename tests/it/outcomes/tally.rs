//! Of the INPS question only a yes is kept with an introduction. The others are
//! counted by year and desk, and nothing leads back from there.

use dom::domain::answer::Notified;
use dom::storage::Db;
use dom::storage::entity::{answer, answer_tally, desk};
use sea_orm::{EntityTrait, Iterable, QueryOrder};

use super::files::{Desk, answers};
use crate::support::program::Program;

/// (year, desk, value, count), in order.
async fn tallies(db: &Db) -> Vec<(i32, String, String, i64)> {
    let rows = answer_tally::Entity::find()
        .find_also_related(desk::Entity)
        .order_by_asc(answer_tally::Column::Year)
        .order_by_asc(desk::Column::Code)
        .order_by_asc(answer_tally::Column::Value)
        .all(db.read())
        .await
        .unwrap();
    rows.into_iter()
        .map(|(row, desk)| (row.year, desk.unwrap().code, row.value, row.count))
        .collect()
}

#[test]
fn the_schema_has_no_room_for_anything_but_a_yes() {
    use sea_orm::{ColumnTrait, IdenStatic};
    let notified: Vec<_> = answer::Column::iter()
        .filter(|column| column.as_str().contains("notified"))
        .collect();
    assert_eq!(notified.len(), 1);
    assert_eq!(notified[0].as_str(), "notified_yes");
    assert_eq!(
        *notified[0].def().get_column_type(),
        sea_orm::sea_query::ColumnType::Boolean
    );
    assert!(!notified[0].def().is_null(), "null would be a third value");
    // Nothing that leads to an answer, to a person or to a day.
    let columns: Vec<_> = answer_tally::Column::iter()
        .map(|column| column.as_str().to_owned())
        .collect();
    assert_eq!(columns, ["year", "desk_id", "value", "count"]);
}

#[test]
fn rows_that_differ_only_in_what_is_forgotten_are_stored_alike() {
    for program in Program::on_both() {
        let desk = Desk::over(program);
        for value in ["no", "dont_know", "rather_not_say", ""] {
            let row = format!("I-1,family,w2,2026-06-01,hired,{value}");
            desk.report(&answers("result,notified", &[&row]), &[]);
        }
        // The first reading added the row; the others found it there, whatever
        // they said, and counted nothing.
        desk.0.with_db(async |db| {
            let rows = answer::Entity::find().all(db.read()).await.unwrap();
            assert_eq!(rows.len(), 1);
            assert!(!rows[0].notified_yes);
            let expected = (2026, "grosseto".to_owned(), "no".to_owned(), 1);
            assert_eq!(tallies(db).await, [expected]);
        });
        let out = desk.0.ok(&["export", "answers"]);
        assert!(out.contains("notified") && !out.contains(",no,"), "{out}");
    }
}

#[test]
fn the_tally_goes_by_the_answers_year_and_the_familys_desk() {
    for program in Program::on_both() {
        let desk = Desk::over(program);
        let rows = [
            "I-1,family,w1,2025-12-31,,no",
            "I-1,family,w2,2026-01-01,,no",
            "I-1,worker,w2,2026-01-01,,no",
            "I-1,desk,w2,2026-01-01,hired,dont_know",
            "I-2,family,w2,2026-01-01,,rather_not_say",
            "I-2,worker,w2,2026-01-01,,yes",
        ];
        desk.report(&answers("result,notified", &rows), &[]);
        // Added to what was there, and only for rows that are new.
        let more = [rows[0], rows[0], rows[4]];
        desk.report(&answers("result,notified", &more), &[]);
        let expected = [
            (2025, "grosseto", "no", 2),
            (2026, "follonica", "rather_not_say", 1),
            (2026, "grosseto", "dont_know", 1),
            (2026, "grosseto", "no", 2),
        ];
        let expected = expected
            .map(|(year, desk, value, count)| (year, desk.to_owned(), value.to_owned(), count));
        desk.0
            .with_db(async |db| assert_eq!(tallies(db).await, expected));
        let report = |from: &str, to: &str| {
            let args = ["report", "outcomes", "--from", from, "--to", to, "--json"];
            let report = desk.0.ok(&args);
            serde_json::from_str::<serde_json::Value>(&report).unwrap()["regular"]["tally"].clone()
        };
        assert_eq!(
            report("2025-12-31", "2026-01-01"),
            serde_json::json!({ "no": 4, "dont_know": 1, "rather_not_say": 1 })
        );
        assert_eq!(report("2025-06-01", "2025-06-30")["no"], 2);
    }
}

#[test]
fn a_trial_and_a_rejected_row_count_nothing() {
    let desk = Desk::over(Program::on_sqlite());
    let good = "I-1,family,w2,2026-01-01,hired,no";
    desk.report(&answers("result,notified", &[good]), &["--dry-run"]);
    desk.report(
        &answers("result,notified", &[good, "I-9,family,w2,2026-01-01,,no"]),
        &[],
    );
    desk.0
        .with_db(async |db| assert!(tallies(db).await.is_empty()));
    assert_eq!(Notified::ALL.len(), 4);
}
