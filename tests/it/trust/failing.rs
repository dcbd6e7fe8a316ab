//! What fails inside: whoever asked is told a number and nothing else, and under that number
//! the log says why, without a word of what was typed.

use sea_orm::ConnectionTrait as _;
use serde_json::Value;

use crate::support::cast::{Cast, today};
use crate::support::heard::Log;
use crate::support::program::{Program, block_on};
use crate::support::site::Site;

/// A rule that nobody expects. The server says in its details which row broke it.
const RULE: &str =
    "ALTER TABLE contact_notes ADD CONSTRAINT unforeseen CHECK (words NOT LIKE '%Canarina%')";

#[test]
fn a_failure_is_a_number_to_whoever_asked_and_a_reason_without_words_in_the_log() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]);
        let site = Site::over(Program::on_postgres(), &cast, "http://dom.example").await;
        let write = site.db().write().await.unwrap();
        write.execute_unprepared(RULE).await.unwrap();
        write.commit().await.unwrap();
        let mut operator = site.signed_in("operator").await;
        let log = Log::default();
        let guard = log.begin();
        let day = today().format("%d/%m/%Y").to_string();
        let note = [("on", day.as_str()), ("words", "Dice Palmira Canarina.")];
        let page = operator.post("/workers/W-1/diary", &note).await;
        drop(guard);
        assert_eq!(page.status, 500, "{}", page.main());
        let number = page.header("x-request-id").to_owned();
        assert!(page.main().contains(&number), "{}", page.main());
        for inside in ["unforeseen", "contact_notes", "INSERT", "Canarina", "src/"] {
            assert!(!page.text().contains(inside), "the page says {inside}");
        }
        let text = log.text();
        assert!(!text.contains("Canarina"), "{text}");
        let said: Vec<Value> = text
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let failed: Vec<&Value> = said
            .iter()
            .filter(|line| line["message"] == "a page failed")
            .collect();
        assert_eq!(failed.len(), 1, "{text}");
        assert_eq!(failed[0]["span"]["request_id"], number.as_str(), "{text}");
        let why = failed[0]["error"].as_str().unwrap_or_default();
        assert!(why.contains("unforeseen"), "{why}");
        let asked = said.iter().find(|line| line["message"] == "request");
        assert_eq!(asked.unwrap()["request_id"], number.as_str());
    });
}
