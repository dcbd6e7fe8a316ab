//! The outcome report on the page, on paper and in its files: the same numbers
//! everywhere, the sentence first, and no small group for who reads from outside.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader as _, Xlsx, open_workbook_from_rs};
use chrono::{Datelike, NaiveDate};
use serde_json::Value;

use crate::pdf::reader::Printed;
use crate::support::browser::Browser;
use crate::support::cast::{Cast, today};
use crate::support::followed::{Followed, told};
use crate::support::program::block_on;
use crate::support::site::Site;

/// The year that is over.
fn last_year() -> i32 {
    today().year() - 1
}

fn day(month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(last_year(), month, day).unwrap()
}

/// Twelve requests of the last year, of which so many became a job, three nothing
/// is known of, and two are of live-in work.
async fn over(site: Site) -> Followed {
    let followed = Followed::over(site);
    for n in 1..=12_u32 {
        let (code, request) = (format!("I-{n}"), format!("R-{n}"));
        let issued = day(2, n);
        followed
            .introduce(&code, &request, "W-1", issued, Some(today()))
            .await;
        if n > 9 {
            continue;
        }
        let wave = ("wave", "w2");
        let on = (issued + chrono::Days::new(92)).to_string();
        let head = [("introduction", code.as_str()), wave, ("answered_on", &on)];
        let (result, more): (&str, &[(&str, &str)]) = match n {
            1..=4 => (
                "hired",
                &[
                    ("started_on", "START"),
                    ("notified", "yes"),
                    ("via", "phone"),
                ],
            ),
            5 => ("elsewhere", &[("met", "yes")]),
            _ => ("no", &[("reason", "pay"), ("talked", "yes")]),
        };
        let start = (issued + chrono::Days::new(20)).to_string();
        let mut cells: Vec<(&str, &str)> = head.to_vec();
        cells.extend([("side", "family"), ("result", result)]);
        for (column, cell) in more {
            cells.push((column, if *cell == "START" { &start } else { cell }));
        }
        told(&followed, &cells).await;
    }
    followed
}

fn cast() -> Cast {
    let mut cast = Cast::on(today()).worker("W-1", &[]);
    for n in 1..=12_u32 {
        let opened = day(1, n).to_string();
        let arrangement = if n > 10 { "live_in" } else { "hourly" };
        let more = [("opened_on", opened.as_str()), ("arrangement", arrangement)];
        let live_in = [
            ("opened_on", opened.as_str()),
            ("arrangement", "live_in"),
            ("schedule", ""),
        ];
        let changes = if n > 10 { &live_in[..] } else { &more[..] };
        cast = cast.request(&format!("R-{n}"), changes);
    }
    cast
}

/// (table, code, figure) → value of a CSV.
fn numbers(text: &str) -> BTreeMap<[String; 3], String> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize::<BTreeMap<String, String>>();
    let key = |row: &BTreeMap<String, String>| {
        ["table", "code", "figure"].map(|column| row[column].clone())
    };
    rows.map(Result::unwrap)
        .map(|row| (key(&row), row["value"].clone()))
        .collect()
}

#[test]
fn page_paper_workbook_csv_and_json_say_the_same() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = over(site).await;
            let mut operator = followed.site.signed_in("operator").await;
            let query = format!("?year={}", last_year());
            let (json, text) = Box::pin(same_everywhere(&mut operator, &query)).await;
            assert_eq!(json["requests"], 12);
            assert_eq!(json["placement"]["lower"], 333);
            assert_eq!(json["placement"]["upper"], 584);
            let sentence = "Delle 12 richieste che hanno ricevuto schede";
            assert!(text.contains(sentence), "{text}");
            assert!(text.find(sentence) < text.find("Fin dove arrivano"));
            for told in ["33,3%", "58,4%"] {
                assert!(text.contains(told), "{told}: {text}");
            }
        }
    });
}

/// Whether page, paper, workbook, CSV and JSON of a period say the same; the JSON and
/// the page's text.
pub async fn same_everywhere(operator: &mut Browser, query: &str) -> (Value, String) {
    let page = operator.get(&format!("/reports/outcomes{query}")).await;
    assert_eq!(page.status, 200, "{}", page.text());
    let file = |kind: &str| format!("/reports/outcomes/{kind}{query}");
    let json = operator.get(&file("json")).await.text();
    let json: Value = serde_json::from_str(&json).unwrap();
    let csv = numbers(&operator.get(&file("csv")).await.text());
    assert_eq!(csv, workbook(&operator.get(&file("xlsx")).await.bytes));
    let from_json = [
        ("/requests", ["requests", "requests", "number"]),
        ("/opened", ["funnel", "opened", "number"]),
        ("/requests_by_state/filled", ["states", "filled", "number"]),
        (
            "/requests_by_state/unknown",
            ["states", "unknown", "number"],
        ),
        ("/placement/lower", ["placement", "lower", "rate"]),
        ("/placement/upper", ["placement", "upper", "rate"]),
        (
            "/placement/strict_upper",
            ["placement", "strict_upper", "rate"],
        ),
        ("/placement/weighted", ["placement", "weighted", "rate"]),
        ("/placement/wilson/1", ["placement", "wilson_high", "rate"]),
        ("/regular/yes", ["regular", "notified", "number"]),
        ("/retention/n", ["retention", "after_90", "hires"]),
        (
            "/retention/90/estimate",
            ["retention", "after_90", "estimate"],
        ),
        ("/days_to_hire/median", ["time", "to_hire", "median"]),
        (
            "/answered/family",
            ["answered", "answered_family", "number"],
        ),
        (
            "/by_desk/0/placement/upper",
            ["by_desk", "grosseto", "upper"],
        ),
        ("/reasons/0/1", ["reasons", "pay", "number"]),
    ];
    for (place, key) in from_json {
        let number = json.pointer(place).unwrap_or_else(|| panic!("{place}"));
        let told = number.as_i64().map(|n| n.to_string()).unwrap_or_default();
        assert_eq!(csv[&key.map(str::to_owned)], told, "{place}");
    }
    // Every line of the page's first table is on paper.
    let pdf = operator.get(&file("pdf")).await.bytes;
    let printed = Printed::new("outcomes", &pdf);
    let paper: String = printed.words().split_whitespace().collect();
    for row in &page.rows() {
        let line: String = row.concat().split_whitespace().collect();
        assert!(paper.contains(&line), "{line} is not on paper: {paper}");
    }
    (json, page.main())
}

fn workbook(bytes: &[u8]) -> BTreeMap<[String; 3], String> {
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    let mut found = BTreeMap::new();
    for row in sheet.rows().skip(1) {
        let key = [3, 4, 6].map(|column: usize| row[column].to_string());
        found.insert(key, row[7].to_string());
    }
    found
}

#[test]
fn readers_get_whole_years_that_are_over_and_no_small_group() {
    block_on(async {
        let followed = over(Site::of(&cast()).await).await;
        let mut reader = followed.site.signed_in("reader").await;
        let page = reader.get("/reports/outcomes").await;
        assert_eq!(page.status, 200);
        assert!(
            page.main().contains("Delle 12 richieste"),
            "{}",
            page.main()
        );
        let json = reader.get("/reports/outcomes/json").await.text();
        let json: Value = serde_json::from_str(&json).unwrap();
        // Two live-in requests: withheld, and the hourly ones with them.
        for group in json["by_arrangement"].as_array().unwrap() {
            assert_eq!(group["withheld"], true, "{group}");
            assert_eq!(group.get("requests"), None);
        }
        assert_eq!(json["by_desk"][0]["requests"], 12);
        let csv = reader.get("/reports/outcomes/csv").await.text();
        let csv = numbers(&csv);
        let small = csv.iter().filter(|(key, _)| key[0] == "by_arrangement");
        assert!(small.clone().count() > 0);
        assert!(small.into_iter().all(|(_, value)| value.is_empty()));
        let this_year = today().year();
        for query in [
            format!("?year={this_year}"),
            format!("?from={}-02-01&to={}-02-05", last_year(), last_year()),
        ] {
            let json = reader.get(&format!("/reports/outcomes/json{query}")).await;
            let told = json.text();
            let same = serde_json::from_str::<Value>(&told).ok();
            let whole = same.is_some_and(|one| one["from"] == format!("{}-01-01", last_year()));
            assert!(json.status == 404 || whole, "{query}: {told}");
        }
        let few = last_year() - 1;
        let page = reader.get(&format!("/reports/outcomes?year={few}")).await;
        assert!(page.main().contains("troppo poche"), "{}", page.main());
    });
}

#[test]
fn a_period_that_cannot_be_is_told_beside_the_field_and_nothing_yet_is_said() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut operator = site.signed_in("operator").await;
        let page = operator
            .get("/reports/outcomes?from=tomorrow&to=2026-01-01")
            .await;
        assert_eq!(page.status, 422);
        assert_eq!(page.errors().len(), 1, "{:?}", page.errors());
        let page = operator
            .get("/reports/outcomes?from=2026-02-01&to=2026-01-01")
            .await;
        assert_eq!(page.status, 422);
        let page = operator.get("/reports/outcomes").await;
        assert!(page.main().contains("non c’è ancora nulla da contare"));
        let mut partner = site.signed_in("partner").await;
        assert_eq!(partner.get("/reports/outcomes").await.status, 403);
    });
}
