//! What everybody must be able to do: every form of the site stands on a page, to be
//! sent without scripts; and what people paste, type twice or send again does no harm.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use dom::services::demo;
use dom::web::{self, Site as WebSite, routes};

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;
use crate::support::table::route_of;

/// Addresses that take what no page's form sends, and why.
const WITHOUT_A_FORM: [(&str, &str); 68] = [
    ("/sign-in/code", "only after the password"),
    (
        "/account/sessions/end",
        "only where there is another session",
    ),
    ("/account/factor/confirm", "only after a beginning"),
    ("/account/factor/codes", "only where it is on"),
    ("/account/factor/remove", "only where it is on"),
    ("/account/identity/link", "only after the provider"),
    ("/account/identity/unlink", "only where one is linked"),
    ("/sign-in/invited", "the link is given by the administrator"),
    ("/partner/referrals/new", "a partner's page"),
    ("/partner/referrals/{code}/another", "a partner's page"),
    ("/partner/{code}", "a partner's page"),
    ("/partner/sheets/{number}/open", "a partner's page"),
    ("/introductions/{code}/job/{id}/undo", "only after a change"),
    ("/workers/{code}/unmerge/{merge}", "only after a merge"),
    ("/families/{code}/unmerge/{merge}", "only after a merge"),
    ("/sheets/{number}/code", "only after a link was sent"),
    ("/sheets/{number}/shut", "only after a link was sent"),
    ("/tasks/{task}/done", "only for a task"),
    ("/tasks/{task}/undone", "only for a task that is done"),
    ("/f", "the link is in a mail"),
    ("/f/sheet", "the link is in a mail"),
    ("/ask/confirm", "the link is in a mail"),
    ("/p/{token}", "the link is in a mail"),
    ("/proposals/{id}/phoned", "only for one who is to be phoned"),
    (
        "/proposals/{id}/review",
        "only after a no that suggests something",
    ),
    ("/drafts/{id}/discard", "only where a draft is kept"),
    ("/drafts/{id}/restore", "only where one was thrown away"),
    (
        "/requests/{code}/confirm-sex",
        "only for a sex that somebody else asked",
    ),
    (
        "/workers/{code}/diary/{id}/erase",
        "only for one's own note",
    ),
    (
        "/families/{code}/diary/{id}/erase",
        "only for one's own note",
    ),
    (
        "/requests/{code}/diary/{id}/erase",
        "only for one's own note",
    ),
    ("/accesses/undo", "only after an entry"),
    (
        "/drafts",
        "scripts keep what is typed; without them a button of the form does",
    ),
    ("/survey/{key}", "the link in a mail leads there"),
    ("/survey/{key}/stop", "the link in a mail leads there"),
    ("/survey/{key}/phone", "the link in a mail leads there"),
    ("/survey/{key}/again", "only where a job is said to be over"),
    ("/s/{token}", "the link is in a mail"),
    ("/s/{token}/stop", "the link is in a mail"),
    ("/s/{token}/phone", "the link is in a mail"),
    ("/password", "the link is given by the administrator"),
    ("/sign-in", "who is signed in does not see it"),
    ("/admin/mail/{mail}/retry", "only for a mail that failed"),
    ("/admin/mail/{mail}/cancel", "only for a mail that waits"),
    ("/mine/{link}/again", "the link is given by the desk"),
    ("/mine/{link}/answers", "only where somebody was asked"),
    ("/admin/backups/make", "only where the program makes copies"),
    ("/mine/{link}/confirm", "the link is given by the desk"),
    ("/mine/{link}/pause", "the link is given by the desk"),
    ("/mine/{link}/language", "the link is given by the desk"),
    ("/mine/{link}/leave", "the link is given by the desk"),
    ("/mine/{link}/week", "the link is given by the desk"),
    ("/mine/{link}/withdraw", "the link is given by the desk"),
    ("/mine/{link}/correct", "the link is given by the desk"),
    ("/mine/{link}/code", "the link is given by the desk"),
    ("/mine/{link}/call", "the link is given by the desk"),
    ("/mine/{link}/sheet", "the link is given by the desk"),
    ("/mine/{link}/request", "the link is given by the desk"),
    ("/mine/{link}/appointment", "the link is given by the desk"),
    (
        "/mine/{link}/appointment/off",
        "the link is given by the desk",
    ),
    ("/register/appointment", "only after the form was sent"),
    ("/to-call/{task}/done", "only for a task"),
    ("/to-inform/told", "only after a notice was published"),
    ("/to-renew/keep", "only after a long silence"),
    ("/filters/{id}/remove", "only for a filter of one's own"),
    ("/to-inform/mail", "only after a notice was published"),
    ("/to-inform/stop", "only after a notice was published"),
    ("/to-call/{task}/undone", "only for a task that is done"),
];

/// Pages that one walk looks at.
const MOST_PAGES: usize = 350;

/// Forms of a page: where each leads.
fn actions(page: &Page) -> Vec<String> {
    page.attributes("form[method=post]", "action")
        .into_iter()
        .chain(page.attributes("button[formaction]", "formaction"))
        .collect()
}

/// Follows every link from the home page; the routes of the forms on the way.
async fn walk(browser: &mut Browser, more: &[&str]) -> BTreeSet<&'static str> {
    let mut seen = BTreeSet::new();
    // Of addresses that differ by a code alone a few are enough.
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    let mut next: VecDeque<String> = more.iter().map(|one| (*one).to_owned()).collect();
    next.push_front("/".to_owned());
    let mut forms = BTreeSet::new();
    while let Some(address) = next.pop_front() {
        if seen.len() > MOST_PAGES || !seen.insert(address.clone()) {
            continue;
        }
        let page = browser.get(&address).await;
        if page.status != 200 || !page.header("content-type").starts_with("text/html") {
            continue;
        }
        forms.extend(
            actions(&page)
                .iter()
                .filter_map(|action| route_of("POST", action)),
        );
        for (_, target) in page.links() {
            if !target.starts_with('/') || target.starts_with("/assets") {
                continue;
            }
            // A page has the same forms in every language.
            if target.contains("?language=") {
                continue;
            }
            let target = target.split('#').next().unwrap_or_default().to_owned();
            let shape: String = target.chars().filter(|c| !c.is_ascii_digit()).collect();
            let count = alike.entry(shape).or_default();
            *count += 1;
            if *count <= 4 {
                next.push_back(target);
            }
        }
    }
    forms
}

#[test]
fn every_form_of_the_site_stands_on_a_page_that_links_lead_to() {
    block_on(async {
        let site = Site::empty().await;
        let demo = demo::fill(&site.context, demo::SEED).await.unwrap();
        let mut found = BTreeSet::new();
        for role in ["administrator", "operator"] {
            let account = demo.accounts.iter().find(|one| one.role == role).unwrap();
            let mut browser = Browser::new(web::router(WebSite {
                context: site.context.clone(),
                owner: "Sportello di prova".to_owned(),
                demo: true,
                metrics: web::metrics::Metrics::default(),
                trusted_proxies: Arc::new(|_| false),
                accessibility: web::Accessibility::default(),
            }));
            let fields = [
                ("email", account.email.as_str()),
                ("password", account.password.as_str()),
            ];
            assert_eq!(browser.post("/sign-in", &fields).await.status, 303);
            let samples: Vec<&str> = routes()
                .iter()
                .filter(|route| route.method == "GET")
                .flat_map(|route| route.samples.clone())
                .chain(["/reports/accesses?year=2025"])
                .collect();
            found.extend(walk(&mut browser, &samples).await);
        }
        let excused: BTreeSet<&str> = WITHOUT_A_FORM.iter().map(|(path, _)| *path).collect();
        let lost: Vec<&str> = routes()
            .iter()
            .filter(|route| route.method == "POST")
            .map(|route| route.path)
            .filter(|path| !found.contains(path) && !excused.contains(path))
            .collect();
        assert!(lost.is_empty(), "no form leads to {lost:?}");
    });
}

/// Texts that people paste.
fn pasted() -> [(String, &'static str); 3] {
    [
        ("A".repeat(10_000), "overlong"),
        ("Anna\u{0}Rossi".to_owned(), "a character of no text"),
        ("Anna\r\nRossi".to_owned(), "two lines"),
    ]
}

#[test]
fn pasted_text_comes_back_with_its_message_and_harms_nothing() {
    block_on(async {
        let site = Site::of(&Cast::on(today()).request("R-1", &[])).await;
        let mut browser = site.signed_in("operator").await;
        for (address, field) in [
            ("/workers/new", "family_name"),
            ("/families/new", "family_name"),
            ("/families/new", "address"),
            ("/requests/new?family=F-1", "comune"),
            ("/requests/R-1/edit", "comune"),
        ] {
            let action = address.split('?').next().unwrap();
            for (text, what) in pasted() {
                let page = browser.get(address).await;
                let form = page.form(action).fill(field, &text);
                let page = browser.submit(&form, "Salva").await;
                assert_eq!(page.status, 422, "{address} {field}: {what}");
                assert!(page.title().starts_with("Errore: "), "{address} {what}");
                assert!(!page.errors().is_empty(), "{address} {field}: {what}");
                let told = page.texts(&format!("[id='{field}-error']"));
                assert_eq!(told.len(), 1, "{address} {field}: {what}");
                let kept = page.form(action).value(field).to_owned();
                let plain = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
                assert_eq!(
                    plain(&kept),
                    plain(&text),
                    "{address} {field}: {what} is kept"
                );
            }
        }
    });
}

#[test]
fn a_character_that_one_database_cannot_keep_breaks_no_form_of_the_desk() {
    const APART: [&str; 2] = ["/sign-out", "/language"];
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
        let mut answers = Vec::new();
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            let all = routes();
            let samples = all.iter().filter(|route| route.method == "GET");
            let samples = samples.flat_map(|route| route.samples.clone());
            let own = [
                "/workers/W-1/edit",
                "/families/F-1/edit",
                "/requests/R-1/edit",
            ];
            let (mut sent, mut seen) = (Vec::new(), BTreeSet::new());
            for address in samples.chain(own).chain(["/requests/new?family=F-1"]) {
                let page = browser.get(address).await;
                for action in page.attributes("form[method=post]:not([enctype])", "action") {
                    if APART.contains(&action.as_str()) || !seen.insert(action.clone()) {
                        continue;
                    }
                    let form = page.form(&action).as_it_came();
                    for place in 0..form.len() {
                        let mut fields = form.clone();
                        fields[place].1.push('\0');
                        let fields: Vec<(&str, &str)> = fields
                            .iter()
                            .map(|(name, value)| (name.as_str(), value.as_str()))
                            .collect();
                        let status = browser.post(&action, &fields).await.status;
                        let name = form[place].0.clone();
                        assert!(!status.is_server_error(), "{action} {name}: {status}");
                        sent.push((action.clone(), name, status));
                    }
                }
            }
            assert!(seen.len() > 20, "{seen:?}");
            answers.push(sent);
        }
        assert_eq!(answers[0], answers[1], "both databases refuse the same");
    });
}

#[test]
fn days_and_numbers_are_taken_as_people_type_them() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("operator").await;
        let before = families(&site).await;
        let family = browser.get("/families/new").await.form("/families/new");
        let family = family
            .fill("given_name", "\u{202e}Lu\u{200b}isa")
            .fill("family_name", "Inventata")
            .fill("phone", "0564 55.51-234")
            .fill("comune", "grosseto");
        let saved = browser.submit(&family, "Salva").await;
        assert_eq!(saved.status, 303, "{:?}", saved.errors());
        // The same form once more, as after Back: the same family.
        let again = browser.submit(&family, "Salva").await;
        assert_eq!(again.location(), saved.location());
        assert_eq!(families(&site).await, before + 1);
        let page = browser.get("/families/F-000001").await;
        assert!(
            page.heading().contains("Luisa"),
            "nothing unseen stays in a name"
        );
        let address = "/requests/new?family=F-000001";
        for (typed, stored) in [
            ("3/4/27", "2027-04-03"),
            ("03-04-2027", "2027-04-03"),
            ("3.4.27", "2027-04-03"),
        ] {
            let form = browser.get(address).await.form("/requests/new");
            let form = form
                .fill("comune", "Grosseto")
                .fill("arrangement", "hourly")
                .fill("schedule", "lun-ven 8:00-12:00")
                .fill("start_date", typed);
            let saved = browser.submit(&form, "Salva").await;
            assert_eq!(saved.status, 303, "{typed}: {:?}", saved.errors());
            let twice = browser.submit(&form, "Salva").await;
            assert_eq!(twice.location(), saved.location(), "{typed}");
            let code = saved
                .location()
                .split(['/', '?'])
                .nth(2)
                .unwrap()
                .to_owned();
            let code = dom::domain::ids::RequestCode::parse(&code).unwrap();
            let request = dom::storage::requests::find(site.db().read(), &code).await;
            let request = request.unwrap().unwrap().value;
            assert_eq!(request.start_date.to_string(), stored, "{typed}");
        }
    });
}

async fn families(site: &Site) -> u64 {
    dom::storage::families::count(site.db().read())
        .await
        .unwrap()
}
