//! Every form that anybody finds, sent with fields that it has not, with each of its own
//! twice, and with text that looks like something else: nothing of it is stored, run or
//! looked up.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;

use dom::domain::processing::Schema;
use dom::storage::columns;

use super::world::World;
use crate::support::browser::{Browser, Page, encoded};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;
use crate::support::table::route_of;

/// Stands in no record, and no record may ever say so.
const MARK: &str = "987654321";
/// Tables that keep what was typed for whoever typed it.
const AS_TYPED: [&str; 2] = ["drafts", "searches"];
/// Ends the walk.
const LEAVING: [&str; 3] = ["/sign-out", "/account/sessions/end", "/mine/{link}/leave"];

/// A form as it stands on a page.
struct Found {
    who: &'static str,
    page: String,
    action: String,
}

/// One form of each route and set of fields.
async fn forms(world: &World) -> Vec<Found> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for who in ["administrator", "partner", "worker", "family"] {
        for (address, page) in world.found_by(who).await {
            for action in page.attributes("form[method=post]:not([enctype])", "action") {
                let Some(route) = route_of("POST", &action) else {
                    continue;
                };
                let names: Vec<String> = page
                    .form(&action)
                    .as_it_came()
                    .into_iter()
                    .map(|(name, _)| name)
                    .collect();
                if !LEAVING.contains(&route) && seen.insert((route, names)) {
                    found.push(Found {
                        who,
                        page: address.clone(),
                        action,
                    });
                }
            }
        }
    }
    found
}

/// The fields of a form, each of its own once more, and every column that there is.
fn tampered(form: &[(String, String)], schema: &Schema) -> Vec<(String, String)> {
    let own: BTreeSet<&str> = form.iter().map(|(name, _)| name.as_str()).collect();
    let columns: BTreeSet<&str> = schema.values().flatten().map(String::as_str).collect();
    let more = own
        .iter()
        .chain(columns.iter().filter(|name| !own.contains(*name)));
    let more = more.map(|name| ((*name).to_owned(), MARK.to_owned()));
    form.iter().cloned().chain(more).collect()
}

async fn post(browser: &mut Browser, action: &str, fields: &[(String, String)]) -> Page {
    let fields: Vec<(&str, &str)> = fields
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    browser.post(action, &fields).await
}

/// The rows of every table but those that keep what was typed.
async fn stored(site: &Site, schema: &Schema) -> BTreeMap<String, Vec<String>> {
    let mut all = BTreeMap::new();
    for table in schema.keys() {
        if !AS_TYPED.contains(&table.as_str()) {
            all.insert(table.clone(), site.rows(table).await);
        }
    }
    all
}

#[test]
fn no_form_takes_a_field_that_it_has_not_nor_a_second_value() {
    block_on(async {
        let world = World::new().await;
        let site = world.site();
        let schema = columns::all(site.db().read()).await.unwrap();
        // Who is who; that somebody is shut out is what one of the forms is for.
        let who = async || {
            let accounts = dom::storage::accounts::list(site.db().read()).await;
            let accounts = accounts.unwrap().into_iter().map(|one| one.actor);
            accounts
                .map(|actor| format!("{actor:?}"))
                .collect::<Vec<_>>()
        };
        let accounts = who().await;
        let mut done = 0;
        let mut routes = BTreeSet::new();
        let mut wrong = Vec::new();
        for form in forms(&world).await {
            let mut browser = world.browser(form.who);
            // As it stands by now: what was sent before may have changed it.
            let page = browser.get(&form.page).await;
            if page.form_is_missing(&form.action) {
                continue;
            }
            let fields = page.form(&form.action).as_it_came();
            let sent = post(&mut browser, &form.action, &tampered(&fields, &schema)).await;
            let status = sent.status.as_u16();
            if status >= 500 {
                wrong.push(format!("{} as {}: {status}", form.action, form.who));
            }
            done += usize::from(status == 303);
            routes.extend(route_of("POST", &form.action));
        }
        println!("{} forms, {done} of them done", routes.len());
        assert!(routes.len() > 50, "{}", routes.len());
        assert!(done > 10, "{done} forms were taken: the others say nothing");
        for (table, rows) in stored(site, &schema).await {
            for row in rows.iter().filter(|row| row.contains(MARK)) {
                wrong.push(format!("{table}: {row}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
        assert_eq!(who().await, accounts, "nobody is anybody else");
    });
}

#[test]
fn text_that_looks_like_something_else_is_text_and_nothing_is_looked_up() {
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let url = format!("http://{}/x", listener.local_addr().unwrap());
        let text =
            format!("{{{{7*7}}}} {{% raw %}} #read(\"/etc/passwd\") $ x $ = Titolo <b>{url}</b>");
        let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
        let site = Site::of(&cast).await;
        let mut operator = site.signed_in("operator").await;
        for (address, field, shows) in [
            ("/workers/W-1/diary", "words", "/workers/W-1/diary"),
            ("/families/F-1/edit", "address", "/families/F-1"),
            ("/families/F-1/edit", "recipient_name", "/families/F-1"),
        ] {
            let form = operator.get(address).await.form(address).fill(field, &text);
            let sent = post(&mut operator, address, &form.as_it_came()).await;
            assert_eq!(sent.status, 303, "{address}: {:?}", sent.errors());
            let page = operator.get(shows).await;
            assert!(page.main().contains(&text), "{address}: {}", page.main());
            assert!(page.texts("main b").is_empty(), "{address}");
        }
        let mut administrator = site.signed_in("administrator").await;
        let label = [
            ("code", "strana"),
            ("label_it", &*text),
            ("label_en", &*url),
        ];
        let added = administrator.post("/vocabularies/reason", &label).await;
        assert_eq!(added.status, 303, "{:?}", added.errors());
        let page = administrator.get("/vocabularies/reason").await;
        assert!(page.main().contains(&text), "{}", page.main());
        assert!(listener.accept().is_err(), "somebody was asked at {url}");
    });
}

#[test]
fn what_is_written_twice_as_code_means_what_it_says() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut operator = site.signed_in("operator").await;
        // Decoded once, as it was written; an overlong slash is no slash.
        for (typed, kept) in [
            ("Via%2520Roma+1", "Via%20Roma 1"),
            ("Via+Pap%C3%A0+1", "Via Papà 1"),
            ("Via+Papa%CC%80+2", "Via Papà 2"),
            ("Via+%E2%80%AERoma%E2%80%8B+3", "Via Roma 3"),
        ] {
            let form = operator
                .get("/families/F-1/edit")
                .await
                .form("/families/F-1/edit");
            let fields = form.fill("address", "").as_it_came();
            let fields: Vec<(&str, &str)> = fields
                .iter()
                .filter(|(name, _)| name != "address")
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            let body = format!("{}&address={typed}", encoded(&fields));
            let same = [("sec-fetch-site", "same-origin")];
            let sent = operator
                .send("POST", "/families/F-1/edit", body.into_bytes(), &same)
                .await;
            assert_eq!(sent.status, 303, "{typed}: {:?}", sent.errors());
            let page = operator.get("/families/F-1").await;
            assert!(page.main().contains(kept), "{typed}: {}", page.main());
        }
    });
}
