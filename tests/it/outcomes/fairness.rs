//! The look at fairness: how far groups came of people who fitted as well as each other.

use chrono::Datelike as _;
use sea_orm::ConnectionTrait as _;
use serde_json::{Value, json};

use crate::support::cast::{Cast, today};
use crate::support::program::Program;

const FITTED: &str = "INSERT INTO first_fits (request_id, worker_id) \
     SELECT requests.id, workers.id FROM requests, workers";
/// Ten women and seven men.
const NAMED: &str = "INSERT INTO introductions (code, request_id, worker_id, issued_on, loaded_on) \
     SELECT 'I-' || workers.code, requests.id, workers.id, requests.opened_on, requests.opened_on \
     FROM requests, workers WHERE workers.code < 'W-010' OR workers.code > 'W-022'";

#[test]
fn how_far_each_group_came_is_told_beside_the_highest() {
    for program in Program::on_both() {
        let mut cast = Cast::on(today()).request("R-1", &[]);
        for n in 0..30 {
            let sex = if n < 15 { "f" } else { "m" };
            let own = [
                ("sex", sex),
                ("citizenship", "PE"),
                ("birth_date", "1980-01-01"),
            ];
            cast = cast.worker(&format!("W-{n:03}"), &own);
        }
        program.store(&cast);
        program.with_db(async |db| {
            let write = db.write().await.unwrap();
            for statement in [FITTED, NAMED] {
                write.execute_unprepared(statement).await.unwrap();
            }
            write.commit().await.unwrap();
        });
        let year = today().year().to_string();
        let asked = ["report", "fairness", "--year", &year];
        let told = program.ok(&[&asked[..], &["--json"]].concat());
        let told: Value = serde_json::from_str(&told).unwrap();
        assert_eq!(told["people"], 30);
        let [women, men] = [&told["by_sex"][0], &told["by_sex"][1]];
        assert_eq!(women["people"], 15);
        assert_eq!(women["reached"], json!([10, 10, 0, 0]));
        assert_eq!(men["reached"], json!([7, 7, 0, 0]));
        assert_eq!(men["per_mille"], json!([467, 467, 0, 0]));
        assert_eq!(men["of_highest"], json!([700, 700, null, null]));
        assert_eq!(told["by_citizenship"][0]["group"], "PE");
        let text = program.ok(&asked);
        assert!(text.contains("su una scheda: 7 (46,7%)"), "{text}");
        assert!(
            text.contains("70,0%") && text.contains("quattro quinti"),
            "{text}"
        );
        let before = (today().year() - 1).to_string();
        let none = program.ok(&["report", "fairness", "--year", &before]);
        assert!(none.contains("troppo poche"), "{none}");
    }
}
