//! What the program says of itself to other programs: that it works, and figures.

use std::sync::{Arc, Mutex};

use axum::http::StatusCode;
use dom::services::live_pool;
use dom::storage::Connection as _;
use dom::web::metrics::{self, Metrics};

use crate::support::browser::Browser;
use crate::support::db::weights;
use crate::support::site::Site;

#[tokio::test]
async fn a_service_that_works_says_so_check_by_check() {
    let site = Site::empty().await;
    let mut browser = site.browser();
    assert_eq!(browser.get("/health").await.text(), "ok");
    let page = browser.get("/status").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.text(), r#"{"status":"pass"}"#);
    let page = browser.get("/ready").await;
    assert_eq!(page.status, StatusCode::OK);
    let said: serde_json::Value = serde_json::from_slice(&page.bytes).unwrap();
    let expected = serde_json::json!({
        "status": "pass",
        "checks": { "database": "pass", "schema": "pass", "disk": "pass", "serving": "pass" },
    });
    assert_eq!(said, expected);
}

#[tokio::test]
async fn without_a_database_the_process_lives_and_says_that_it_cannot_work() {
    let site = Site::empty().await;
    let mut browser = site.browser();
    site.db().clone().close().await.unwrap();
    assert_eq!(browser.get("/health").await.status, StatusCode::OK);
    for path in ["/ready", "/status"] {
        let page = browser.get(path).await;
        assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE, "{path}");
        assert_eq!(page.headers["content-type"], "application/problem+json");
        assert_eq!(page.headers["retry-after"], "30");
        let said: serde_json::Value = serde_json::from_slice(&page.bytes).unwrap();
        assert_eq!(said["status"], 503);
        assert_eq!(said["title"], "Service Unavailable");
        let checks = &said["checks"];
        if path == "/ready" {
            assert_eq!(checks["database"], "fail");
            assert_eq!(checks["disk"], "pass");
        } else {
            assert!(checks.is_null(), "the public is told no more than it needs");
        }
    }
}

#[tokio::test]
async fn a_disk_that_cannot_be_asked_is_told_and_so_is_a_schema_of_the_future() {
    let mut site = Site::empty().await;
    site.context.folder = Some("/nowhere/at/all".into());
    let page = site.browser().get("/ready").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    let said: serde_json::Value = serde_json::from_slice(&page.bytes).unwrap();
    assert_eq!(said["checks"]["disk"], "fail");
    assert_eq!(said["checks"]["schema"], "pass");
    site.context.folder = None;
    let future =
        "INSERT INTO seaql_migrations (version, applied_at) VALUES ('m20990101_000001_later', 0)";
    let write = site.db().write().await.unwrap();
    write.execute_unprepared(future).await.unwrap();
    write.commit().await.unwrap();
    let page = site.browser().get("/ready").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    let said: serde_json::Value = serde_json::from_slice(&page.bytes).unwrap();
    assert_eq!(said["checks"]["schema"], "fail");
}

/// It is asked every few seconds, by each of many that share out requests.
#[tokio::test]
async fn whether_it_is_ready_is_one_statement() {
    let mut site = Site::empty().await;
    let said = Arc::new(Mutex::new(Vec::<String>::new()));
    let heard = said.clone();
    let db = site.context.db.clone();
    site.context.db = db.watched(move |sql| heard.lock().unwrap().push(sql.to_owned()));
    for _ in 0..3 {
        assert_eq!(site.browser().get("/ready").await.status, StatusCode::OK);
    }
    let statements = said.lock().unwrap().clone();
    assert_eq!(statements.len(), 3, "{statements:?}");
}

#[tokio::test]
async fn a_program_that_was_told_to_stop_answers_and_says_that_it_leaves() {
    let site = Site::empty().await;
    let mut browser = site.browser();
    site.context.leave();
    let page = browser.get("/ready").await;
    assert_eq!(page.status, StatusCode::SERVICE_UNAVAILABLE);
    let said: serde_json::Value = serde_json::from_slice(&page.bytes).unwrap();
    assert_eq!(said["checks"]["serving"], "fail");
    assert_eq!(said["checks"]["database"], "pass");
    assert_eq!(browser.get("/sign-in").await.status, StatusCode::OK);
    site.context.until_leaving().await;
}

#[tokio::test]
async fn figures_name_routes_and_states_and_nobody() {
    let site = Site::empty().await;
    let counted = Metrics::default();
    let mut browser = Browser::new(dom::web::router(dom::web::Site {
        context: site.context.clone(),
        owner: "Sportello di prova".to_owned(),
        demo: false,
        metrics: counted.clone(),
        trusted_proxies: std::sync::Arc::new(|_| false),
        accessibility: dom::web::Accessibility::default(),
    }));
    browser.get("/workers/W-424242").await;
    browser.get("/health").await;
    browser.get("/no/such/canary").await;
    counted.went_well("mail", &site.context);
    let mut scraper = Browser::new(metrics::router(counted, site.context.clone()));
    let page = scraper.get("/metrics").await;
    assert_eq!(page.status, StatusCode::OK);
    let text = page.text();
    assert!(text.ends_with("# EOF\n"), "{text}");
    for line in [
        r#"dom_requests_total{method="GET",route="/workers/{code}",status="303"} 1"#,
        r#"dom_requests_total{method="GET",route="/health",status="200"} 1"#,
        r#"dom_requests_total{method="GET",route="unmatched",status="404"} 1"#,
        r#"dom_request_duration_seconds_count{route="/health"} 1"#,
        r#"dom_mails{state="queued"} 0"#,
        r#"dom_check{check="database"} 1"#,
        "dom_oldest_due_mail_age_seconds 0.0",
    ] {
        assert!(text.lines().any(|known| known == line), "{line}\n{text}");
    }
    assert!(text.contains(r#"dom_job_last_success_seconds{job="mail"} "#));
    assert!(text.contains("dom_build_info{version="));
    for secret in ["424242", "canary"] {
        assert!(!text.contains(secret), "{secret}");
    }
    assert_eq!(scraper.get("/").await.status, StatusCode::NOT_FOUND);
    assert!(!text.contains("dom_snapshot_behind{"), "nobody matched yet");
    live_pool::warm(&site.context).await.unwrap();
    let behind = r#"dom_snapshot_behind{database="sqlite"} "#;
    let text = scraper.get("/metrics").await.text();
    assert!(text.contains(&format!("{behind}0\n")), "{text}");
    let write = site.db().write().await.unwrap();
    let row = weights("2026-01-01", "50, 20, 15, 5, 5, 5");
    write.execute_unprepared(&row).await.unwrap();
    write.commit().await.unwrap();
    let text = scraper.get("/metrics").await.text();
    let line = text.lines().find_map(|line| line.strip_prefix(behind));
    assert!(line.unwrap().parse::<u32>().unwrap() > 0, "{text}");
}

#[tokio::test]
async fn whoever_finds_a_hole_learns_whom_to_tell() {
    let site = Site::empty().await;
    let page = site.browser().get("/.well-known/security.txt").await;
    assert_eq!(page.status, StatusCode::OK);
    assert_eq!(page.headers["content-type"], "text/plain; charset=utf-8");
    let text = page.text();
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        line.unwrap_or_else(|| panic!("{name}: {text}")).to_owned()
    };
    assert_eq!(field("Contact: "), "mailto:dom@localhost");
    assert!(field("Canonical: ").ends_with("/.well-known/security.txt"));
    let expires = chrono::DateTime::parse_from_rfc3339(&field("Expires: ")).unwrap();
    let left = expires.to_utc() - site.context.now();
    assert!(left > chrono::TimeDelta::days(30) && left < chrono::TimeDelta::days(365));
}
