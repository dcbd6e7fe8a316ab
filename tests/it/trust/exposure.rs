//! Every address that anybody finds, asked by everybody: who is let in is who the table of
//! routes names, and what is told is what `docs/fields.csv` allows, in pages, files and
//! PDFs; beside it what every answer bears, what no address and no log holds.

use std::collections::{BTreeMap, BTreeSet};

use dom::web::{Route, routes};
use serde_json::Value;

use super::world::{PLANTED, World, targets, told};
use crate::pdf::reader::Printed;
use crate::support::browser::Page;
use crate::support::heard::Log;
use crate::support::program::block_on;
use crate::support::site::PASSWORD;
use crate::support::table::route_of;

const FIELDS: &str = include_str!("../../../docs/fields.csv");
/// What `scripts/test heard` looks for in what the whole suite left.
const CANARIES: &str = include_str!("../../canaries.txt");

/// What may show where: `who` may read a field on these routes; `*`: on all that they
/// may open.
struct Allowed(BTreeMap<(String, String), Vec<String>>);

impl Allowed {
    fn read() -> Self {
        let lines = FIELDS.lines().skip(1).filter(|line| !line.is_empty());
        Self(
            lines
                .map(|line| {
                    let cells: Vec<&str> = line.split(',').collect();
                    assert_eq!(cells.len(), 3, "{line}");
                    let known = PLANTED.iter().any(|(field, _)| *field == cells[0]);
                    assert!(known, "no such field is planted: {line}");
                    let routes = cells[2].split('|').map(str::to_owned).collect();
                    ((cells[0].to_owned(), cells[1].to_owned()), routes)
                })
                .collect(),
        )
    }

    fn holds(&self, field: &str, who: &str, route: &str) -> bool {
        let routes = self.0.get(&(field.to_owned(), who.to_owned()));
        routes.is_some_and(|routes| routes.iter().any(|one| one == "*" || one == route))
    }
}

/// Files that leave by a button, with the fields that it sends.
fn files(world: &World) -> Vec<(String, Vec<(&'static str, &'static str)>)> {
    let sheet = &world.crowd.sheet;
    let copy = vec![("purpose", "copy")];
    let mut files = vec![
        (format!("/sheets/{sheet}/print"), copy),
        (format!("/partner/sheets/{sheet}/open"), Vec::new()),
    ];
    for list in ["workers", "families", "requests", "sheets"] {
        files.push((format!("/{list}/export"), vec![("format", "csv")]));
    }
    files
}

/// What an answer lacks that every answer must bear.
fn lacks(route: &str, page: &Page) -> Vec<String> {
    let mut lacks = Vec::new();
    let mut must = |name: &str, part: &str| {
        if !page.header(name).contains(part) {
            lacks.push(format!("{name}: {:?} without {part}", page.header(name)));
        }
    };
    must("x-content-type-options", "nosniff");
    must("referrer-policy", "no-referrer");
    for part in [
        "frame-ancestors 'none'",
        "object-src 'none'",
        "base-uri 'none'",
    ] {
        must("content-security-policy", part);
    }
    must("cache-control", "no-store");
    let kind = page.header("content-type").to_owned();
    if kind.starts_with("text/") && !page.bytes.is_empty() {
        must("content-type", "charset=utf-8");
    }
    // What is read as a page or by a program that asks how one is.
    let probes = [
        "/health",
        "/ready",
        "/status",
        "/.well-known/security.txt",
        "/open-data/{file}",
    ];
    let shown = kind.starts_with("text/html") || probes.iter().any(|probe| route.ends_with(probe));
    if page.status == 200 && !shown {
        // Blank papers open beside the page that offers them.
        let is_blank = route == "GET /paper/{paper}/{language}";
        let how = if is_blank { "inline" } else { "attachment" };
        must("content-disposition", how);
    }
    lacks
}

/// What the walk found.
#[derive(Default)]
struct Findings {
    wrong: Vec<String>,
    seen: BTreeSet<(&'static str, &'static str, String)>,
    asked: usize,
}

impl Findings {
    fn look(&mut self, who: &'static str, method: &str, address: &str, page: &Page) {
        self.asked += 1;
        let route = route_of(method, address).map(|path| format!("{method} {path}"));
        let route = route.unwrap_or_default();
        let what = format!("{who}, {method} {address} ({})", page.status);
        if page.status.as_u16() >= 500 {
            self.wrong.push(format!("{what}: it fails"));
        }
        for lack in lacks(&route, page) {
            self.wrong.push(format!("{what}: {lack}"));
        }
        let text = if page.bytes.starts_with(b"%PDF") {
            Printed::new("trust-exposure", &page.bytes).words()
        } else {
            page.text()
        };
        for field in told(&text) {
            self.seen.insert((who, field, route.clone()));
        }
        let is_page = page.header("content-type").starts_with("text/html");
        let mut all = if is_page { targets(&text) } else { Vec::new() };
        all.push(page.location().to_owned());
        for target in all {
            let to_somebody = target.starts_with("tel:") || target.starts_with("mailto:");
            let names = told(&target);
            if !to_somebody && !names.is_empty() {
                self.wrong
                    .push(format!("{what}: an address tells {names:?}"));
            }
        }
    }
}

/// Whether the table of routes lets somebody in.
fn lets_in(route: &Route, who: &str) -> bool {
    let role = match who {
        "other_partner" => "partner",
        "worker" | "family" => "nobody",
        "deskless" => {
            return route.roles.contains(&"reader") || route.roles == ["administrator"];
        }
        own => own,
    };
    route.roles.contains(&role)
}

/// Routes that told an account of a person, and of which no record is kept.
fn unwritten(all: &[Route], found: &Findings) -> Vec<String> {
    let noted: BTreeSet<String> = all
        .iter()
        .filter(|route| route.shows_persons)
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let by_link = ["nobody", "worker", "family"];
    found
        .seen
        .iter()
        .filter(|(who, _, route)| !by_link.contains(who) && !noted.contains(route))
        // The anonymous log counts countries, and tells of nobody's.
        .filter(|(_, field, route)| {
            let counts = ["GET /accesses", "GET /reports/period"].contains(&route.as_str());
            !counts || *field != "worker_citizenship"
        })
        .map(|(who, field, route)| {
            format!("{route} tells {who} {field}, and nobody writes it down")
        })
        .collect()
}

fn check_access(
    all: &[Route],
    who: &str,
    method: &str,
    address: &str,
    page: &Page,
) -> Option<String> {
    let path = route_of(method, address)?;
    let route = all
        .iter()
        .find(|route| route.method == method && route.path == path)?;
    let signed_in = !["nobody", "worker", "family"].contains(&who);
    let away = page.status == 303 && page.location().starts_with("/sign-in?next=");
    let refused = page.status == 403 || away;
    let wrong = match (lets_in(route, who), signed_in) {
        (true, _) => refused,
        (false, true) => page.status != 403,
        (false, false) => !away,
    };
    wrong.then(|| {
        format!(
            "{who}, {method} {address}: {} {}",
            page.status,
            page.location()
        )
    })
}

#[test]
fn whatever_is_planted_is_looked_for_after_the_suite() {
    fn looked_for(mark: &str) -> bool {
        CANARIES.lines().any(|canary| mark.contains(canary))
    }
    for (_, marks) in PLANTED {
        for mark in marks {
            assert!(looked_for(mark), "{mark}");
        }
    }
    assert!(looked_for(PASSWORD));
    // An empty line would be found everywhere.
    assert!(
        CANARIES.lines().all(|canary| canary.len() > 4),
        "{CANARIES}"
    );
}

#[test]
fn everybody_who_asks_is_told_what_the_table_allows_and_no_more() {
    block_on(async {
        let log = Log::default();
        let world = World::new().await;
        let guard = log.begin();
        let addresses = world.addresses().await;
        assert!(addresses.len() > 100, "{} addresses", addresses.len());
        let all = routes();
        let mut found = Findings::default();
        let mut wrong = Vec::new();
        let everybody: Vec<&'static str> = world.people.iter().map(|(who, _)| *who).collect();
        for who in everybody.iter().copied() {
            let mut browser = world.browser(who);
            let before = world.site().everything().await;
            for address in &addresses {
                let page = browser.get(address).await;
                found.look(who, "GET", address, &page);
                wrong.extend(check_access(&all, who, "GET", address, &page));
            }
            let after = world.site().everything().await;
            if before != after {
                wrong.push(format!("{who} changed something by looking"));
            }
        }
        for who in everybody {
            let mut browser = world.browser(who);
            for (address, fields) in files(&world) {
                let page = browser.post(&address, &fields).await;
                found.look(who, "POST", &address, &page);
                wrong.extend(check_access(&all, who, "POST", &address, &page));
            }
        }
        drop(guard);
        println!("{} answers to {} addresses", found.asked, addresses.len());
        wrong.append(&mut found.wrong);
        let allowed = Allowed::read();
        for (who, field, route) in &found.seen {
            if !allowed.holds(field, who, route) {
                wrong.push(format!("{field},{who},{route}"));
            }
        }
        wrong.extend(unwritten(&all, &found));
        for ((field, who), routes) in &allowed.0 {
            for route in routes.iter().filter(|route| *route != "*") {
                let shown = found
                    .seen
                    .iter()
                    .any(|(w, f, r)| w == who && f == field && r == route);
                if !shown {
                    wrong.push(format!(
                        "{field} is allowed to {who} on {route}, and not shown"
                    ));
                }
            }
        }
        wrong.extend(logged(&world, &log.text()));
        assert!(
            wrong.is_empty(),
            "{} findings:\n{}",
            wrong.len(),
            wrong.join("\n")
        );
    });
}

/// What is wrong with the lines that the program wrote meanwhile.
fn logged(world: &World, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut secrets = vec![PASSWORD.to_owned(), world.crowd.survey.replace("/s/", "")];
    secrets.extend(
        world
            .crowd
            .doors
            .iter()
            .map(|door| door.0.replace("/l/", "")),
    );
    for (_, browser) in &world.people {
        secrets.extend(
            browser
                .cookies
                .values()
                .filter(|value| value.len() > 20)
                .cloned(),
        );
    }
    let mut requests = 0;
    for line in text.lines() {
        let Ok(said) = serde_json::from_str::<Value>(line) else {
            wrong.push(format!("no line of JSON: {line}"));
            continue;
        };
        let at = said["timestamp"].as_str().unwrap_or_default();
        if !at.ends_with('Z') {
            wrong.push(format!("no instant of UTC: {line}"));
        }
        if said["message"] == "request" {
            requests += 1;
            let id = said["request_id"].as_str().unwrap_or_default();
            if id.len() < 16 {
                wrong.push(format!("a request without its id: {line}"));
            }
        }
        let names = told(line);
        if !names.is_empty() || secrets.iter().any(|secret| line.contains(secret)) {
            wrong.push(format!("a line tells {names:?} or a secret: {line}"));
        }
    }
    if requests < 500 {
        wrong.push(format!("{requests} requests were logged"));
    }
    wrong
}
