//! How often a page asks the database: never once more for one row more.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use dom::web::routes;

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::crowd::Crowd;
use crate::support::program::block_on;
use crate::support::site::Site;
use crate::support::table::route_of;

/// What the desk opens. The last address of a list is one whose own rows grow.
const DESK: [&str; 90] = [
    "/",
    "/?whose=all",
    "/?whose=mine",
    "/workers",
    "/workers?page=2",
    "/workers?status=active",
    "/filters",
    "/filters/new?list=workers&status=active",
    "/workers/W-000000",
    "/workers/W-000000?fits=1",
    "/workers/new",
    "/workers/W-000000/edit",
    "/workers/W-000000/standing",
    "/workers/W-000000/diary",
    "/workers/W-000000/diffusion",
    "/workers/W-000000/disclosures",
    "/workers/W-000000/link",
    "/workers/W-000000/appointment",
    "/workers/W-000000/same",
    "/workers/W-000000/block",
    "/workers/W-000000/rights",
    "/workers/W-000000/merge/W-000001",
    "/workers/pairs",
    "/families",
    "/families/F-1",
    "/families/new",
    "/families/F-1/edit",
    "/families/F-1/diary",
    "/families/F-1/link",
    "/families/F-1/appointment",
    "/families/F-1/same",
    "/families/F-1/block",
    "/families/F-1/rights",
    "/families/F-1/merge/F-000002",
    "/families/pairs",
    "/requests",
    "/requests/R-000000",
    "/requests/new",
    "/requests/new?family=F-1",
    "/requests/R-000000/edit",
    "/requests/R-000000/standing",
    "/requests/R-000000/diary",
    "/requests/R-000000/match",
    "/requests/R-000000/match?all=1",
    "/requests/R-000000/match?order=near",
    "/requests/R-000000/match?order=confirmed&all=1",
    "/requests/R-000000/sheet?worker=W-000000&worker=W-000001",
    "/requests/R-000000/propose?worker=W-000000&worker=W-000001",
    "/sheets",
    "/tasks",
    "/tasks?done=yes",
    "/to-call",
    "/to-call?done=yes",
    "/to-inform?whose=all",
    "/to-renew?whose=all",
    "/hand-over",
    "/proposals?whose=all&show=all",
    "/proposals?whose=mine",
    "/proposals/1",
    "/calls?desks=all",
    "/calls/{call}",
    "/conflicts",
    "/introductions/I-900000/finding",
    "/introductions/I-900000/job",
    "/waiting/unconfirmed?whose=all",
    "/waiting/stalled?whose=all",
    "/waiting/proposals?whose=all",
    "/waiting/to-issue?whose=mine",
    "/waiting/calls?whose=all",
    "/waiting/conflicts?whose=all",
    "/waiting/jobs-begun?whose=all",
    "/waiting/silent?whose=all",
    "/waiting/blocks?whose=all",
    "/waiting/to-call?whose=all",
    "/waiting/sheet-tasks?whose=all",
    "/waiting/inbox?whose=all",
    "/inbox",
    "/inbox?done=yes",
    "/inbox/D-000001",
    "/inbox/D-000001/appointment",
    "/appointments",
    "/appointments/hours",
    "/imports",
    "/imports/1",
    "/imports/1?columns=change",
    "/accesses",
    "/accompaniments",
    "/account",
    "/reports/period",
    "/reports/accesses/json",
];

/// What administrators open besides.
const ADMINISTRATORS: [&str; 29] = [
    "/reports/accesses",
    "/reports/outcomes",
    "/reports/outcomes/json",
    "/open-data",
    "/vocabularies",
    "/vocabularies/reason",
    "/vocabularies/reason/housing",
    "/admin/factors",
    "/admin/accounts",
    "/admin/desks",
    "/admin/desks/grosseto",
    "/admin/sign-in",
    "/admin/partners",
    "/admin/partners/pi",
    "/admin/waves",
    "/admin/weights",
    "/admin/minimums",
    "/admin/notices",
    "/admin/retention",
    "/admin/retention/rules",
    "/admin/thresholds",
    "/admin/mail",
    "/admin/mail?state=kept",
    "/admin/mail/1",
    "/admin/reads",
    "/admin/reads/kept",
    "/admin/reads/unusual",
    "/admin/backups",
    "/admin/backups/rules",
];

/// Pages that show no rows of the database, and files, which are written as they
/// are read.
const WITHOUT_ROWS: [(&str, &str); 46] = [
    ("/health", "nothing is listed"),
    ("/ready", "nothing is listed"),
    ("/status", "nothing is listed"),
    ("/.well-known/security.txt", "nothing is listed"),
    ("/sources", "tables of the program"),
    ("/service", "words"),
    ("/privacy", "words"),
    ("/cookies", "words"),
    ("/accessibility", "words"),
    ("/accessibility/check", "a table of the program"),
    ("/ask", "words"),
    ("/register", "words"),
    ("/ask/{step}", "a form"),
    ("/ask/confirm/{token}", "leads on"),
    ("/sign-in", "a form"),
    ("/sign-in/code", "a form"),
    ("/sign-in/provider", "leads on"),
    ("/sign-in/provider/back", "leads on"),
    ("/sign-in/invited", "leads on"),
    ("/account/confirm/provider", "leads on"),
    ("/account/identity", "a form"),
    ("/account/identity/begin", "leads on"),
    ("/account/confirm", "a form"),
    ("/account/change", "forms"),
    ("/account/factor", "a form"),
    ("/partner/referrals/new", "a form"),
    ("/password", "a form"),
    ("/password/{token}", "leads on"),
    ("/accesses/import", "a form"),
    ("/admin/policy", "names of pages"),
    ("/paper", "papers of the program"),
    ("/paper/{paper}/{language}", "a blank"),
    ("/imports/{upload}/report", "a file"),
    ("/tour", "words"),
    ("/open-data/{file}", "a file"),
    ("/v/{code}", "one sheet"),
    ("/f", "one sheet, without its people"),
    ("/f/{token}", "leads on"),
    ("/l/{token}", "leads on"),
    ("/p/{token}", "one offer"),
    ("/s/{token}", "leads on"),
    ("/s/{token}/stop", "leads on"),
    ("/s/{token}/phone", "leads on"),
    ("/survey/{key}/stop", "a form"),
    ("/survey/{key}/again", "a form"),
    ("/survey/{key}/phone", "a form"),
];

/// The statements of pages as somebody opens them.
struct Count {
    statements: Arc<AtomicUsize>,
    /// Address and count. Addresses that hold a secret are told without it.
    pages: Vec<(String, usize)>,
    routes: BTreeSet<&'static str>,
}

impl Count {
    async fn open(&mut self, browser: &mut Browser, address: &str, told: &str) -> Page {
        let before = self.statements.load(Ordering::Relaxed);
        let page = browser.get(address).await;
        assert_eq!(page.status, 200, "{address}: {}", page.main());
        let asked = self.statements.load(Ordering::Relaxed) - before;
        self.pages.push((told.to_owned(), asked));
        let route = route_of("GET", address);
        self.routes
            .insert(route.unwrap_or_else(|| panic!("no route is {address}")));
        page
    }

    /// Everything behind somebody's private link.
    async fn door(&mut self, browser: &mut Browser, (link, code): &(String, String), whose: &str) {
        let mine = browser.get(link).await.location().to_owned();
        let ways: &[&str] = if whose == "worker" {
            &[
                "",
                "/week",
                "/withdraw",
                "/correct",
                "/code",
                "/appointment",
            ]
        } else {
            &["", "/code", "/appointment"]
        };
        for way in ways {
            let told = format!("{whose}: /mine{way}");
            self.open(browser, &format!("{mine}{way}"), &told).await;
        }
        let sent = browser
            .post(&format!("{mine}/code"), &[("code", code)])
            .await;
        let told = format!("{whose}: /mine/told");
        self.open(browser, sent.location(), &told).await;
    }
}

/// What each page asks, with so many rows of everything.
async fn asked(size: usize) -> Count {
    let mut crowd = Crowd::of(size).await;
    let statements = Arc::new(AtomicUsize::new(0));
    let counted = statements.clone();
    let site = &mut crowd.followed.site;
    site.context.db = site.context.db.clone().watched(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    let mut count = Count {
        statements,
        pages: Vec::new(),
        routes: BTreeSet::new(),
    };
    let mut operator = site.signed_in("operator").await;
    let mut calls: Vec<String> = Vec::new();
    for address in DESK {
        let call = calls.first().cloned().unwrap_or_default();
        let opened = address.replace("/calls/{call}", &call);
        let page = count.open(&mut operator, &opened, address).await;
        if address.starts_with("/calls?") {
            let links = page.links().into_iter().map(|(_, target)| target);
            calls = links.filter(|to| to.starts_with("/calls/")).collect();
        }
    }
    for way in ["", "/notices"] {
        let told = format!("/sheets/NUMBER{way}");
        let address = format!("/sheets/{}{way}", crowd.sheet);
        count.open(&mut operator, &address, &told).await;
    }
    let mut administrator = site.signed_in("administrator").await;
    for address in ADMINISTRATORS {
        count.open(&mut administrator, address, address).await;
    }
    let mut partner = site.signed_in("partner").await;
    for address in [
        "/partner",
        "/partner/sheets",
        "/partner/referrals",
        "/partner/referrals/R-000000",
        "/partner/referrals/R-000000/another",
        "/partner/year",
    ] {
        count.open(&mut partner, address, address).await;
    }
    // Of an introduction that nobody has answered for yet.
    let links = partner.get("/partner").await.links();
    let own = links.iter().flat_map(|(text, to)| [text, to]);
    let own = own.into_iter().find(|to| to.starts_with("/partner/I-"));
    let own = own.expect("the partner has somebody to tell of");
    count.open(&mut partner, own, "/partner/CODE").await;
    let address = format!("/partner/sheets/{}", crowd.sheet);
    count
        .open(&mut partner, &address, "/partner/sheets/NUMBER")
        .await;
    for (door, whose) in crowd.doors.iter().zip(["worker", "family"]) {
        count.door(&mut site.browser(), door, whose).await;
    }
    // Of what families asked: one that a desk refused, and what another is told.
    let refused = format!("/inbox/D-{:06}", size + 1);
    let page = count.open(&mut operator, &refused, "/inbox/REFUSED").await;
    assert_eq!(page.texts("textarea[readonly]").len(), 1);
    let form = operator.get("/inbox/D-000001").await;
    let form = form.form("/inbox/D-000001/text");
    let text = operator.submit(&form, "Prepara il testo").await;
    let text = text.texts("textarea[readonly]").join(" ");
    let mut words = text.split_whitespace();
    let link = words.find_map(|word| word.strip_prefix("http://dom.example"));
    let mut told = site.browser();
    told.get(link.expect("a link")).await;
    let page = count.open(&mut told, "/ask/confirm", "/ask/confirm").await;
    assert!(page.main().contains("Quando?"), "{}", page.main());
    let mut family = site.browser();
    let led = family.get(&crowd.survey).await.location().to_owned();
    count.open(&mut family, &led, "/survey").await;
    count
}

#[test]
fn a_page_of_many_asks_no_more_often_than_a_page_of_few() {
    block_on(async {
        let few = Box::pin(asked(3)).await.pages;
        let many = Box::pin(asked(24)).await.pages;
        let grown: Vec<_> = few
            .iter()
            .zip(&many)
            .filter(|(few, many)| few != many)
            .collect();
        assert!(grown.is_empty(), "{grown:#?}");
        for (address, count) in few {
            assert!((1..=60).contains(&count), "{address} asks {count} times");
        }
    });
}

#[test]
fn every_page_of_the_table_is_counted_or_has_no_rows() {
    block_on(async {
        let counted = Box::pin(asked(3)).await.routes;
        let named: BTreeSet<&str> = WITHOUT_ROWS.iter().map(|(path, _)| *path).collect();
        let pages: BTreeSet<&str> = routes()
            .iter()
            .filter(|route| route.method == "GET")
            .map(|route| route.path)
            .collect();
        let twice: Vec<_> = counted.intersection(&named).collect();
        assert!(
            twice.is_empty(),
            "counted, and said to have no rows: {twice:?}"
        );
        let forgotten: Vec<_> = pages
            .iter()
            .filter(|path| !counted.contains(*path) && !named.contains(*path))
            .collect();
        assert!(forgotten.is_empty(), "not counted: {forgotten:?}");
        let gone: Vec<_> = named.difference(&pages).collect();
        assert!(gone.is_empty(), "no route of the table: {gone:?}");
    });
}

#[test]
fn who_fits_is_told_in_six_statements_however_many_there_are() {
    block_on(async {
        for people in [2, 60] {
            let mut cast = Cast::on(today()).request("R-1", &[]);
            for n in 0..people {
                cast = cast.worker(&format!("W-{n:06}"), &[]);
            }
            let mut site = Site::of(&cast).await;
            let statements = Arc::new(Mutex::new(Vec::new()));
            let seen = statements.clone();
            site.context.db = site.context.db.clone().watched(move |sql| {
                seen.lock().unwrap().push(sql.to_owned());
            });
            let mut browser = site.signed_in("operator").await;
            browser.get("/requests/R-1/match").await;
            statements.lock().unwrap().clear();
            let page = browser.get("/requests/R-1/match").await;
            assert_eq!(page.status, 200);
            let asked = statements.lock().unwrap().clone();
            assert!(
                (1..=6).contains(&asked.len()),
                "{} in {asked:#?}",
                asked.len()
            );
        }
    });
}
