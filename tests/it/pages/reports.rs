//! The yearly report on the page, in its files and among the open data: the same
//! numbers everywhere, no small one outside, and a closed year that stays.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataType as _, Reader as _, Xlsx, open_workbook_from_rs};
use chrono::Datelike;
use serde_json::Value;

use crate::matching::dice::Dice;
use crate::pdf::reader::Printed;
use crate::publishing::solver::{Copied, CopiedRow};
use crate::support::browser::Browser;
use crate::support::cast::{Cast, today};
use crate::support::log;
use crate::support::program::block_on;
use crate::support::site::Site;

fn last_year() -> i32 {
    today().year() - 1
}

async fn site(seed: u64, sizes: (usize, usize)) -> Site {
    let site = Site::of(&Cast::on(today())).await;
    let mut dice = Dice::new(seed);
    for year in [last_year() - 1, last_year()] {
        let accesses = log::year(&mut dice, year, sizes);
        log::store(site.db(), accesses).await;
    }
    site
}

async fn close(site: &Site, year: i32) {
    let mut administrator = site.signed_in("administrator").await;
    let year = year.to_string();
    let page = administrator
        .post("/reports/accesses/close", &[("year", &year)])
        .await;
    assert_eq!(page.status, 303, "{}", page.text());
}

/// Rows of a CSV by column.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

/// (year, desk, table, code) → number of a file.
fn numbers(rows: &[BTreeMap<String, String>]) -> BTreeMap<[String; 4], String> {
    let key = |row: &BTreeMap<String, String>| {
        ["year", "desk", "table", "code"].map(|column| row[column].clone())
    };
    rows.iter()
        .map(|row| (key(row), row["accesses"].clone()))
        .collect()
}

#[test]
fn page_workbook_csv_and_json_say_the_same() {
    block_on(async {
        let site = site(1, (230, 40)).await;
        let year = last_year();
        for name in ["operator", "reader"] {
            let mut somebody = site.signed_in(name).await;
            let page = somebody
                .get(&format!("/reports/accesses?year={year}"))
                .await;
            assert_eq!(page.status, 200);
            let file = |kind: &str| format!("/reports/accesses/{kind}?year={year}");
            let csv = somebody.get(&file("csv")).await.text();
            let csv = numbers(&rows(&csv));
            let xlsx = somebody.get(&file("xlsx")).await.bytes;
            let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(xlsx)).unwrap();
            let sheet = book.worksheet_range_at(0).unwrap().unwrap();
            let mut from_xlsx = BTreeMap::new();
            for row in sheet.rows().skip(1) {
                let key = [0, 1, 2, 4].map(|column: usize| row[column].to_string());
                from_xlsx.insert(key, row[6].to_string());
                assert!(!row[6].is_string(), "a number is a number");
            }
            assert_eq!(csv, from_xlsx, "{name}");
            let json = somebody.get(&file("json")).await.text();
            let json: Value = serde_json::from_str(&json).unwrap();
            let totals = &json["this_year"]["totals"];
            let together = totals.as_array().unwrap().last().unwrap().to_string();
            let key = [&year.to_string(), "all", "total", "total"].map(str::to_owned);
            assert_eq!(csv[&key], together);
            assert_eq!(together, "270");
            assert!(page.text().contains("270"), "{name}");
            for table in json["this_year"]["tables"].as_array().unwrap() {
                for row in table["rows"].as_array().unwrap() {
                    let code = row["code"].as_str().unwrap();
                    let value = row["values"].as_array().unwrap().last().unwrap();
                    let told = value.as_u64().map(|n| n.to_string()).unwrap_or_default();
                    let table = table["code"].as_str().unwrap();
                    let key = [&year.to_string(), "all", table, code].map(str::to_owned);
                    assert_eq!(csv[&key], told, "{name}: {table} {code}");
                }
            }
        }
    });
}

#[test]
fn readers_get_what_is_published_and_nothing_of_a_year_that_goes_on() {
    block_on(async {
        let site = site(2, (150, 25)).await;
        log::store(site.db(), vec![log::access(today().year(), 0)]).await;
        close(&site, last_year()).await;
        let mut reader = site.signed_in("reader").await;
        let year = last_year();
        let file = format!("/reports/accesses/json?year={year}");
        let json: Value = serde_json::from_str(&reader.get(&file).await.text()).unwrap();
        let open = format!("/open-data/accesses-{year}.json");
        let published: Value =
            serde_json::from_str(&site.browser().get(&open).await.text()).unwrap();
        assert_eq!(json["this_year"], published);
        assert_eq!(json["whole"], false);
        for year in [today().year(), today().year() + 1] {
            let page = reader.get(&format!("/reports/accesses?year={year}")).await;
            assert_eq!(page.status, 404);
        }
        let mut operator = site.signed_in("operator").await;
        let page = operator
            .get(&format!("/reports/accesses?year={}", today().year()))
            .await;
        assert_eq!(page.status, 200);
    });
}

/// What an outsider copies down of the file of a year, table by table.
fn copied(text: &str) -> BTreeMap<String, Copied> {
    let rows = rows(text);
    let mut desks: Vec<String> = Vec::new();
    for row in rows.iter().filter(|row| row["table"] == "total") {
        desks.push(row["desk"].clone());
    }
    let number = |row: &BTreeMap<String, String>| row["accesses"].parse::<u64>().ok();
    let total = |desk: &String| {
        let found = rows
            .iter()
            .find(|row| row["table"] == "total" && row["desk"] == *desk);
        number(found.unwrap()).unwrap()
    };
    let totals: Vec<u64> = desks.iter().map(total).collect();
    let mut tables: BTreeMap<String, Copied> = BTreeMap::new();
    for row in rows.iter().filter(|row| row["table"] != "total") {
        let is_zone = row["table"] == "zone";
        let name = if is_zone { "comune" } else { &row["table"] };
        let listed = dom::domain::publishing::table(name).unwrap();
        let table = tables.entry(name.to_owned()).or_insert_with(|| Copied {
            adds_up: listed.sums == dom::domain::publishing::withhold::Sums::Whole,
            totals: listed.of_accesses.then(|| totals.clone()),
            // as many as matter: what is not listed is all alike
            unlisted: if listed.open { 6 } else { 0 },
            ..Copied::default()
        });
        let at = desks.iter().position(|desk| *desk == row["desk"]).unwrap();
        let blank = vec![None; desks.len()];
        if is_zone {
            let sum = table.groups.entry(row["code"].clone()).or_insert(blank);
            sum[at] = number(row);
            continue;
        }
        let found = table.rows.iter().position(|one| one.code == row["code"]);
        let found = found.unwrap_or_else(|| {
            table.rows.push(CopiedRow {
                code: row["code"].clone(),
                group: row["group"].clone(),
                values: blank,
            });
            table.rows.len() - 1
        });
        if listed.together_only {
            table.rows[found].values.fill(number(row));
        } else {
            table.rows[found].values[at] = number(row);
        }
    }
    tables
}

#[test]
fn what_the_routes_serve_leaves_every_withheld_number_in_doubt() {
    block_on(async {
        let (mut solved, mut told) = (0, 0);
        for (seed, sizes) in [(3, (60, 9)), (4, (180, 30)), (5, (40, 40)), (6, (400, 4))] {
            let site = site(seed, sizes).await;
            for year in [last_year() - 1, last_year()] {
                close(&site, year).await;
                let file = format!("/open-data/accesses-{year}.csv");
                let page = site.browser().get(&file).await;
                assert_eq!(page.status, 200);
                for (name, table) in copied(&page.text()) {
                    let threshold = dom::domain::publishing::table(&name).unwrap().threshold;
                    for row in &table.rows {
                        for value in row.values.iter().flatten() {
                            told += 1;
                            assert!(*value == 0 || *value >= threshold, "{name} {}", row.code);
                        }
                    }
                    for doubt in table.doubts() {
                        // a code that is not listed may be nobody for certain
                        if doubt.code.is_none() && doubt.most < 0.5 {
                            continue;
                        }
                        solved += 1;
                        #[allow(clippy::cast_precision_loss, reason = "thresholds are small")]
                        let least = threshold as f64 - 1e-6;
                        assert!(doubt.width() >= least, "{seed} {year} {name} {doubt:?}");
                    }
                }
            }
        }
        println!("{told} numbers served, {solved} withheld ones solved for");
        assert!(solved > 200 && told > 500);
    });
}

async fn total(browser: &mut Browser, year: i32) -> Value {
    let file = format!("/open-data/accesses-{year}.json");
    let json: Value = serde_json::from_str(&browser.get(&file).await.text()).unwrap();
    json["totals"].as_array().unwrap().last().unwrap().clone()
}

#[test]
fn a_closed_year_stays_and_corrections_show_where_they_may() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let year = last_year();
        let many = (0..40).map(|_| log::access(year, 3)).collect();
        log::store(site.db(), many).await;
        close(&site, year).await;
        let mut outside = site.browser();
        assert_eq!(total(&mut outside, year).await, 40);
        let mut administrator = site.signed_in("administrator").await;
        let again = [("year", year.to_string())];
        let again: Vec<(&str, &str)> = again.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let page = administrator.post("/reports/accesses/close", &again).await;
        assert_eq!(page.status, 422, "nothing changed");

        log::store(site.db(), vec![log::access(year, 4)]).await;
        let mut operator = site.signed_in("operator").await;
        let page = operator
            .get(&format!("/reports/accesses?year={year}"))
            .await;
        let text = page.text();
        assert!(text.contains("Correzioni dopo la chiusura"), "{text}");
        assert!(text.contains("40") && text.contains("41"));
        assert_eq!(total(&mut outside, year).await, 40);
        let page = administrator.post("/reports/accesses/close", &again).await;
        assert_eq!(page.status, 422, "one more is somebody");
        assert_eq!(total(&mut outside, year).await, 40);

        let more = (0..9).map(|_| log::access(year, 5)).collect();
        log::store(site.db(), more).await;
        let page = administrator.post("/reports/accesses/close", &again).await;
        assert_eq!(page.status, 303, "{}", page.text());
        assert_eq!(total(&mut outside, year).await, 50);
    });
}

#[test]
fn only_an_administrator_closes_and_only_what_is_over() {
    block_on(async {
        let site = site(7, (30, 10)).await;
        for name in ["operator", "reader", "partner"] {
            let mut somebody = site.signed_in(name).await;
            let year = last_year().to_string();
            let page = somebody
                .post("/reports/accesses/close", &[("year", &year)])
                .await;
            assert_eq!(page.status, 403, "{name}");
        }
        let mut administrator = site.signed_in("administrator").await;
        for year in [
            today().year().to_string(),
            "1999".to_owned(),
            "x".to_owned(),
            String::new(),
        ] {
            let page = administrator
                .post("/reports/accesses/close", &[("year", &year)])
                .await;
            assert_eq!(page.status, 422, "{year}");
        }
        let page = site
            .browser()
            .get(&format!("/open-data/{}", last_year()))
            .await;
        assert_eq!(page.status, 404);
    });
}

#[test]
fn the_catalogue_names_every_file_and_each_is_there() {
    block_on(async {
        let site = site(8, (50, 20)).await;
        close(&site, last_year()).await;
        let mut outside = site.browser();
        assert_eq!(outside.get("/open-data").await.status, 200);
        let page = outside.get("/open-data/catalogue.jsonld").await;
        let catalogue: Value = serde_json::from_str(&page.text()).unwrap();
        let datasets = catalogue["dcat:dataset"].as_array().unwrap();
        assert_eq!(datasets.len(), 1);
        for needed in [
            "dct:title",
            "dct:description",
            "dct:identifier",
            "dcat:theme",
            "dct:modified",
            "dct:accrualPeriodicity",
            "dct:publisher",
            "dct:rightsHolder",
            "dct:license",
        ] {
            assert!(!datasets[0][needed].is_null(), "{needed}");
        }
        for file in datasets[0]["dcat:distribution"].as_array().unwrap() {
            for link in ["dcat:accessURL", "dcat:downloadURL"] {
                let url = file[link]["@id"].as_str().unwrap();
                let path = url.strip_prefix("http://dom.example").unwrap();
                let page = outside.get(path).await;
                assert_eq!(page.status, 200, "{path}");
                let is_file = link == "dcat:downloadURL";
                let is_kept = page
                    .header("content-disposition")
                    .starts_with("attachment;");
                assert_eq!(is_kept, is_file, "{path}");
            }
        }
        for missing in [
            "accesses-1999.csv",
            "accesses-x.csv",
            "accesses-2024.exe",
            "nothing",
        ] {
            assert_eq!(
                outside.get(&format!("/open-data/{missing}")).await.status,
                404
            );
        }
    });
}

#[test]
fn a_reader_sees_the_weeks_of_two_years_and_no_small_number() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let year = today().year();
        let mut accesses: Vec<_> = (0..20).map(|_| log::access(year - 1, 2)).collect();
        accesses.extend([log::access(year - 1, 9), log::access(year - 1, 9)]);
        accesses.extend((0..11).map(|_| log::access(year - 1, 20)));
        log::store(site.db(), accesses).await;
        let mut reader = site.signed_in("reader").await;
        let page = reader.get("/").await;
        assert_eq!(page.status, 200);
        let rows = page.rows();
        let last: Vec<&str> = rows.iter().map(|row| row[2].as_str()).collect();
        assert_eq!(last.len(), 52, "{rows:?}");
        assert_eq!(last[0], "20");
        assert_eq!(last[1], "n.p.", "two are too few");
        assert_eq!(last[2], "n.p.", "or the two could be worked out");
        let operator = site.signed_in("operator").await.get("/").await;
        assert!(!operator.text().contains("per settimana"));
    });
}

#[test]
fn the_paper_is_tagged_and_says_what_the_file_says() {
    block_on(async {
        let site = site(9, (230, 40)).await;
        let mut reader = site.signed_in("reader").await;
        let year = last_year();
        let pdf = format!("/reports/accesses/pdf?year={year}");
        let bytes = reader.get(&pdf).await.bytes;
        assert_eq!(bytes, reader.get(&pdf).await.bytes, "the same bytes again");
        let paper = Printed::new("access-report", &bytes);
        assert_eq!(paper.info("Tagged").as_deref(), Some("yes"));
        let title = format!("Relazione annuale degli accessi {year}");
        assert_eq!(paper.info("Title"), Some(title));
        let pictures = paper.alternatives();
        assert_eq!(pictures.len(), 7, "{pictures:?}");
        for named in ["per mese", "per zona e comune", "per cittadinanza"] {
            let there = pictures.iter().any(|text| text.contains(named));
            assert!(there, "{named}: {pictures:?}");
        }
        let words = paper.tagged_words();
        let csv = format!("/reports/accesses/csv?year={year}");
        let csv = reader.get(&csv).await.text();
        for row in rows(&csv) {
            if row["year"] == year.to_string() && row["desk"] == "all" && row["withheld"] == "no" {
                let said = format!("{} {}", row["label"], row["accesses"]);
                assert!(words.contains(&row["accesses"]), "{said}");
            }
        }
        assert!(
            words.contains("n.p."),
            "small numbers are withheld on paper too"
        );
    });
}

#[test]
fn any_period_desk_and_value_is_counted_for_the_desks_alone() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let year = last_year();
        let mut all: Vec<_> = (0..7).map(|day| log::access(year, 31 + day)).collect();
        all.push(log::access(year, 200));
        all.extend((0..3).map(|day| log::access(year - 1, 31 + day)));
        let mut other = log::access(year, 33);
        other.reason = "housing".to_owned();
        all.push(other);
        log::store(site.db(), all).await;
        let mut operator = site.signed_in("operator").await;
        let ask = |more: &str| format!("/reports/period?from=01/02/{year}&to=28/02/{year}{more}");
        let totals = |rows: Vec<Vec<String>>| rows.into_iter().next().unwrap();
        let page = operator.get(&ask("")).await;
        assert_eq!(page.status, 200);
        let first = totals(page.rows());
        let [now, before, difference] = &first[first.len() - 3..] else {
            panic!("{first:?}");
        };
        assert_eq!([now.as_str(), before, difference], ["8", "3", "+5"]);
        let page = operator
            .get(&ask("&desk=grosseto&only=reason:housing"))
            .await;
        let first = totals(page.rows());
        assert_eq!(first[1..], ["1", "0", "+1"], "{first:?}");
        for value in ["citizenship:ZW", "comune:053023", "permit_type:eu_citizen"] {
            let page = operator.get(&ask(&format!("&only={value}"))).await;
            assert_eq!(page.status, 200, "{value}");
            let first = totals(page.rows());
            assert!(
                first.ends_with(&["0".to_owned(), "0".to_owned(), "0".to_owned()]),
                "{value}: {first:?}"
            );
        }
        let page = operator.get("/reports/period").await;
        assert_eq!(page.status, 200);
        for (bad, field) in [
            ("from=x&to=28/02/2024", "from"),
            ("from=01/03/2024&to=01/02/2024", "to"),
            ("from=01/03/2024&to=01/04/2024&desk=nowhere", "desk"),
            ("from=01/03/2024&to=01/04/2024&only=citizenship:QQ", "only"),
        ] {
            let page = operator.get(&format!("/reports/period?{bad}")).await;
            assert_eq!(page.status, 422, "{bad}");
            let html = String::from_utf8_lossy(&page.bytes).into_owned();
            assert!(html.contains(&format!("href=\"#{field}\"")), "{bad}");
        }
        let mut reader = site.signed_in("reader").await;
        assert_eq!(reader.get("/reports/period").await.status, 403);
    });
}
