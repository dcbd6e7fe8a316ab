//! A sheet's ways out of the desk: behind a link and a code, through a partner,
//! on paper; and that each of them is written down, or shut, when it must be.

use std::time::Duration;

use axum::http::StatusCode;
use dom::domain::contact::EmailAddress;
use dom::domain::ids::{FamilyCode, PartnerCode, RequestCode};
use dom::domain::request::RequestStatus;
use dom::jobs::{deliver_due, run_due};
use dom::mail::transport::Caught;
use dom::services::follow_up::bounce::{Bounce, take};
use dom::services::tables::Kind;
use dom::storage;
use dom::storage::entity::{disclosure, outbox_mail, sheet_document, sheet_link, sheet_task};
use dom::web::routes;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use super::links::{code as said_code, given, open};
use crate::people::load;
use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::followed::{Followed, links};
use crate::support::program::block_on;
use crate::support::site::Site;
use crate::support::smtp::{Script, Smtp};

const FAMILY: &str = "famiglia@prova.example";
const MINUTE: Duration = Duration::from_mins(1);

fn cast() -> Cast {
    let mut cast = Cast::on(today())
        .worker("W-1", &[])
        .worker("W-2", &[])
        .request("R-1", &[]);
    cast.families[0].email = EmailAddress::parse(FAMILY).ok();
    cast
}

fn number() -> String {
    format!("GR-{}-0001", today().format("%Y"))
}

/// Issues a sheet of both workers.
async fn issued(operator: &mut Browser) -> Page {
    let fields = [("worker", "W-1"), ("worker", "W-2")];
    let done = operator.post("/requests/R-1/sheet", &fields).await;
    assert_eq!(done.status, 303, "{}", done.text());
    operator.follow(&done).await
}

/// Sends the link; the code that the operator sees comes back.
async fn sent(operator: &mut Browser) -> String {
    let sheet = operator.get(&format!("/sheets/{}", number())).await;
    let form = sheet.form(&format!("/sheets/{}/send", number()));
    let shown = operator.submit(&form, "Invia il collegamento").await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    code_on(&shown)
}

fn code_on(page: &Page) -> String {
    page.texts("#code")[0].replace(' ', "")
}

/// One that is not the code.
fn other_than(code: &str) -> String {
    let first = if code.starts_with('1') { '2' } else { '1' };
    format!("{first}{}", &code[1..])
}

/// A site with a sheet whose link went to the family: the code and the link.
async fn delivered(site: Site) -> (Followed, Browser, String, String) {
    let followed = Followed::over(site);
    let mut operator = followed.site.signed_in("operator").await;
    issued(&mut operator).await;
    let code = sent(&mut operator).await;
    let mail = went(&followed).await.remove(0);
    let link = links(&mail)[0].clone();
    (followed, operator, code, link)
}

/// The mail with a link to a sheet that goes once the minute is over.
async fn went(followed: &Followed) -> Vec<Caught> {
    followed.site.clock.advance(MINUTE);
    deliver_due(&followed.context).await.unwrap();
    let mut caught = followed.caught();
    caught.retain(|mail| mail.message.plain.contains("/f/"));
    caught
}

/// Opens a link as a browser does: the token is gone from the address.
async fn opened(family: &mut Browser, link: &str) -> Page {
    let moved = family.get(link).await;
    assert_eq!(moved.location(), "/f", "the token leaves the address");
    family.get("/f").await
}

async fn disclosures(site: &Site) -> Vec<(String, i64)> {
    let rows = disclosure::Entity::find()
        .order_by_asc(disclosure::Column::Id)
        .all(site.db().read())
        .await
        .unwrap();
    rows.into_iter()
        .map(|row| (row.how, row.worker_id))
        .collect()
}

async fn count(site: &Site) -> u64 {
    let rows = disclosure::Entity::find().count(site.db().read());
    rows.await.unwrap()
}

/// What is to be done, but for who is told by telephone: these workers take no mail.
async fn tasks(site: &Site) -> Vec<(String, bool)> {
    let rows = sheet_task::Entity::find()
        .filter(sheet_task::Column::Kind.ne("tell_people"))
        .order_by_asc(sheet_task::Column::Id)
        .all(site.db().read())
        .await
        .unwrap();
    rows.into_iter()
        .map(|row| (row.kind, row.done_at.is_some()))
        .collect()
}

#[test]
fn a_family_opens_its_sheet_with_the_code_told_by_telephone() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let site = &followed.site;
            let mut operator = site.signed_in("operator").await;
            issued(&mut operator).await;
            let code = sent(&mut operator).await;
            deliver_due(&followed.context).await.unwrap();
            assert!(followed.caught().is_empty(), "a minute to take it back");

            let mail = went(&followed).await.remove(0);
            assert_eq!(mail.to, FAMILY);
            let written = String::from_utf8_lossy(&mail.written).into_owned();
            for hidden in ["Inventata", "Zoe", "Provolini", "%PDF", &code, &number()] {
                assert!(!written.contains(hidden), "the mail tells {hidden}");
            }

            let mut family = site.browser();
            let asked = opened(&mut family, &links(&mail)[0]).await;
            assert!(!asked.text().contains("Inventata"), "nobody is named yet");
            assert!(asked.main().contains("0564 28246"), "{}", asked.main());
            let early = family.post("/f/sheet", &[]).await;
            assert_eq!(early.status, 404, "no sheet without the code");
            // Another family's link, in the same browser: each page is of its own.
            family.get("/f/another-family").await;
            let form = asked.form("/f").fill("code", &other_than(&code));
            let wrong = family.submit(&form, "Apri").await;
            assert_eq!(wrong.status, 422);
            assert!(wrong.errors()[0].contains("Restano 4 tentativi"));
            let form = wrong.form("/f").fill("Codice", &code);
            let right = family.submit(&form, "Apri").await;
            let open = family.follow(&right).await;
            let before = count(site).await;
            let sheet = family
                .submit(&open.form("/f/sheet"), "Scarica la scheda (PDF)")
                .await;
            assert!(sheet.bytes.starts_with(b"%PDF"), "{}", sheet.text());
            assert_eq!(sheet.header("cache-control"), "no-store");
            let print = format!("/sheets/{}/print", number());
            assert_eq!(
                operator.post(&print, &[("purpose", "request")]).await.bytes,
                sheet.bytes
            );
            assert_eq!(count(site).await, before + 4, "one a worker, twice");

            let told: Vec<String> = disclosures(site).await.into_iter().map(|d| d.0).collect();
            let kinds = ["issued", "mailed", "opened", "printed"];
            let twice: Vec<&str> = kinds.into_iter().flat_map(|one| [one, one]).collect();
            assert_eq!(told, twice);
            let worker = operator.get("/workers/W-1/disclosures").await;
            let rows = worker.rows();
            let row = rows
                .iter()
                .find(|row| row[1] == "scheda aperta con il codice");
            let row = row.unwrap();
            assert_eq!(row[2], number());
            assert_eq!(
                (row[3].as_str(), row[4].as_str()),
                ("Elsa Provolini", "Elsa Provolini")
            );
            assert!(
                row[5].contains("richiesta") && row[6].contains("telefono"),
                "{row:?}"
            );
            followed.site.clock.advance(MINUTE * 31);
            let over = family
                .submit(&open.form("/f/sheet"), "Scarica la scheda (PDF)")
                .await;
            assert_eq!(over.status, 404, "open for half an hour");
        }
    });
}

#[test]
fn looking_at_a_link_changes_nothing() {
    block_on(async {
        let (followed, _, _, link) = delivered(Site::of(&cast()).await).await;
        let before = followed.site.everything().await;
        let mut family = followed.site.browser();
        for method in ["GET", "HEAD", "OPTIONS"] {
            family.send(method, &link, Vec::new(), &[]).await;
            family.send(method, "/f", Vec::new(), &[]).await;
        }
        assert_eq!(followed.site.everything().await, before);
        let rows = sheet_link::Entity::find().all(followed.site.db().read());
        let row = rows.await.unwrap().remove(0);
        let token = link.rsplit('/').next().unwrap();
        assert!(!row.token_hash.contains(token), "only hashes are kept");
        assert!(row.code_hash.starts_with("$argon2id$"));
        let mails = outbox_mail::Entity::find().all(followed.site.db().read());
        assert_eq!(mails.await.unwrap()[0].token, None, "gone with the mail");
    });
}

#[test]
fn five_wrong_codes_lock_the_link_and_the_desk_is_told() {
    block_on(async {
        let (followed, mut operator, code, link) = delivered(Site::of(&cast()).await).await;
        let site = &followed.site;
        let mut family = site.browser();
        opened(&mut family, &link).await;
        for typed in ["", "12345", "abcdef"] {
            let page = family.post("/f", &[("code", typed)]).await;
            assert!(page.errors()[0].contains("sei cifre"), "no try: {typed}");
        }
        let wrong = other_than(&code);
        for left in [
            "4 tentativi",
            "3 tentativi",
            "2 tentativi",
            "un tentativo",
            "finiti",
        ] {
            let page = family.post("/f", &[("code", &wrong)]).await;
            assert_eq!(page.status, 422);
            assert!(
                page.errors()[0].contains(left),
                "{left}: {:?}",
                page.errors()
            );
        }
        let right = family.post("/f", &[("code", &code)]).await;
        assert_eq!(right.status, 422, "the right code comes too late");
        assert!(right.main().contains("bloccato"), "{}", right.main());
        assert_eq!(tasks(site).await, [("code_locked".to_owned(), false)]);
        let home = operator.get("/").await;
        assert!(
            home.main().contains("cinque codici sbagliati"),
            "{}",
            home.main()
        );

        let sheet = operator.get(&format!("/sheets/{}", number())).await;
        let renew = sheet.form(&format!("/sheets/{}/code", number()));
        let shown = operator.submit(&renew, "Fai un codice nuovo").await;
        assert_eq!(tasks(site).await, [("code_locked".to_owned(), true)]);
        let anew = family.post("/f", &[("code", &code_on(&shown))]).await;
        assert_eq!(anew.status, 303, "{}", anew.text());
    });
}

#[test]
fn many_codes_at_once_are_five_tries() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, _, code, link) = delivered(site).await;
            let mut family = followed.site.browser();
            opened(&mut family, &link).await;
            let mut tasks = tokio::task::JoinSet::new();
            for _ in 0..12 {
                let (mut one, wrong) = (family.clone(), other_than(&code));
                tasks.spawn(async move { one.post("/f", &[("code", &wrong)]).await.status });
            }
            while let Some(status) = tasks.join_next().await {
                assert_eq!(status.unwrap(), StatusCode::UNPROCESSABLE_ENTITY);
            }
            let rows = sheet_link::Entity::find().all(followed.site.db().read());
            let row = rows.await.unwrap().remove(0);
            assert_eq!((row.tries, row.locked_at.is_some()), (5, true));
        }
    });
}

#[test]
fn a_mail_taken_back_within_the_minute_never_goes() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            issued(&mut operator).await;
            let code = sent(&mut operator).await;
            let address = format!("/sheets/{}", number());
            let send = format!("{address}/send");
            let twice = operator.post(&send, &[]).await;
            assert_eq!(twice.status, 200, "whoever clicks twice has a code");
            assert_ne!(code_on(&twice), code);
            let mut other = followed.site.signed_in("administrator").await;
            let theirs = other.post(&send, &[]).await;
            assert_eq!(theirs.status, 422, "one link at a time");
            let page = operator.get(&address).await;
            assert!(page.main().contains("La mail parte entro un minuto"));
            let undo = page.form(&format!("{address}/shut"));
            let done = operator.submit(&undo, "Annulla l’invio").await;
            let page = operator.follow(&done).await;
            assert!(page.notice().contains("chiuso"));
            assert!(went(&followed).await.is_empty());
            let told = disclosures(&followed.site).await;
            assert!(told.iter().all(|(how, _)| how == "issued"), "{told:?}");
            sent(&mut operator).await;
            assert_eq!(went(&followed).await.len(), 1, "and another may be sent");
            let late = operator.post(&send, &[]).await;
            assert_eq!(late.status, 422, "that one went");
        }
    });
}

#[test]
fn a_link_ends_with_its_sheet_and_the_desk_is_reminded_before() {
    block_on(async {
        for (site, status) in Site::on_both(&cast())
            .await
            .into_iter()
            .zip([RequestStatus::Open, RequestStatus::Paused])
        {
            let (followed, _, code, link) = delivered(site).await;
            let site = &followed.site;
            let day = Duration::from_hours(24);
            let write = site.db().write().await.unwrap();
            let request = RequestCode::parse("R-1").unwrap();
            let found = storage::requests::find(&*write, &request).await.unwrap();
            let mut request = found.unwrap();
            request.value.status = status;
            storage::requests::update(&*write, &request).await.unwrap();
            write.commit().await.unwrap();
            site.clock.advance(day * 24);
            run_due(&followed.context).await.unwrap();
            let reminded = |tasks: Vec<(String, bool)>| {
                tasks.iter().filter(|(kind, _)| kind == "ends_soon").count()
            };
            assert_eq!(reminded(tasks(site).await), 0, "day 24");
            site.clock.advance(day);
            for _ in 0..2 {
                run_due(&followed.context).await.unwrap();
                assert_eq!(reminded(tasks(site).await), 1, "day 25, once");
            }
            let mut operator = site.signed_in("operator").await;
            assert!(
                operator
                    .get("/")
                    .await
                    .main()
                    .contains("scade fra pochi giorni")
            );
            let mut family = site.browser();
            site.clock.advance(day * 5);
            assert_eq!(opened(&mut family, &link).await.status, 200, "day 30");
            site.clock.advance(day);
            let over = opened(&mut family, &link).await;
            assert_eq!(over.status, 404);
            let code = family.post("/f", &[("code", &code)]).await;
            assert_eq!(code.status, 404);
            let wrong = opened(&mut site.browser(), "/f/wrongwrong").await;
            assert_eq!(wrong.main(), over.main(), "all dead links look the same");
        }
    });
}

#[test]
fn links_are_guessed_by_nobody() {
    block_on(async {
        let (followed, _, _, link) = delivered(Site::of(&cast()).await).await;
        let mut guesser = followed.site.browser();
        let mut seen = Vec::new();
        for guess in 0..30 {
            seen.push(
                opened(&mut guesser, &format!("/f/guess{guess}"))
                    .await
                    .status,
            );
        }
        assert_eq!(seen[0], 404);
        assert_eq!(seen[29], 429, "the network waits");
        let waits = opened(&mut guesser, &link).await;
        assert_eq!(waits.status, 429, "also for a right one");
        assert_eq!(waits.header("retry-after"), "60");
        let mut elsewhere = followed.site.browser();
        elsewhere.address = ([192, 0, 2, 7], 4000).into();
        assert_eq!(opened(&mut elsewhere, &link).await.status, 200);
    });
}

#[test]
fn a_revocation_keeps_the_mail_from_going_and_lists_who_is_to_be_told() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let site = &followed.site;
            let mut operator = site.signed_in("operator").await;
            issued(&mut operator).await;
            sent(&mut operator).await;
            let address = format!("/sheets/{}", number());
            let revoke = format!("{address}/revoke");
            let done = operator.post(&revoke, &[("reason", "error")]).await;
            assert_eq!(done.status, 303);
            assert!(went(&followed).await.is_empty(), "the mail does not go");
            assert_eq!(tasks(site).await, [("tell_family".to_owned(), false)]);
            let page = operator.follow(&done).await;
            assert!(
                page.main().contains("Dire a Elsa Provolini"),
                "{}",
                page.main()
            );
            let list = operator.get("/tasks").await;
            assert!(
                list.main().contains("+39 0564 300001") || list.main().contains("+390564300001")
            );
            assert_eq!(operator.post("/tasks/2/done", &[]).await.status, 303);
            let told = operator.get("/tasks").await;
            assert!(!told.main().contains("Elsa"), "{}", told.main());
        }
    });
}

/// Brings every sheet back in force, however that came about.
async fn holds_again(site: &Site) {
    let write = site.db().write().await.unwrap();
    let holds = "UPDATE sheets SET revoked_at = NULL, revoke_reason = NULL";
    write.execute_unprepared(holds).await.unwrap();
    write.commit().await.unwrap();
}

#[test]
fn a_wish_against_whoever_has_the_sheet_revokes_it_and_the_desk_is_told() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            issued(&mut site.signed_in("operator").await).await;
            site.clock.advance(Duration::from_hours(20 * 24));
            let mut operator = site.signed_in("operator").await;
            let stalled = "/waiting/stalled?whose=all";
            assert!(!operator.get(stalled).await.main().contains("R-1"));
            let wishes = "/workers/W-1/diffusion";
            let fields = [("kind", "family"), ("whom", "f-1")];
            let done = operator.post(wishes, &fields).await;
            assert_eq!(done.status, 303, "{}", done.main());
            let told = operator.follow(&done).await.main();
            assert!(told.contains("Famiglie da avvisare"), "{told}");
            assert!(told.contains("Elsa Provolini"), "{told}");
            assert_eq!(tasks(&site).await, [("tell_family".to_owned(), false)]);
            let address = format!("/sheets/{}", number());
            let sheet = operator.get(&address).await;
            assert!(sheet.main().contains("Revocata"), "{}", sheet.main());
            assert!(sheet.main().contains("Limite chiesto"), "{}", sheet.main());
            let links = sheet.links();
            let again = links
                .iter()
                .find(|(text, _)| text == "Prepara la scheda corretta");
            assert_eq!(again.unwrap().1, "/requests/R-1/sheet?worker=W-2");
            let print = format!("{address}/print");
            let copy = [("purpose", "copy")];
            assert_eq!(operator.post(&print, &copy).await.status, 422);
            let list = operator.get(stalled).await.main();
            assert!(list.contains("R-1"), "the family waits again: {list}");

            // However it came to be in force: the bytes go nowhere.
            holds_again(&site).await;
            let refused = operator.post(&print, &copy).await;
            assert_eq!(refused.status, 422);
            let main = refused.main();
            assert!(main.contains("non si può più dare"), "{main}");

            // A request that is elsewhere now, by form or by file, is looked at again.
            let open = "/requests/R-1/edit";
            let form = operator.get(open).await.form(open);
            let form = form.fill("comune", "Follonica");
            let saved = operator.submit(&form, "Salva").await;
            assert_eq!(saved.status, 303, "{}", saved.main());
            let sheet = operator.get(&address).await;
            assert!(sheet.main().contains("Revocata"), "{}", sheet.main());
            holds_again(&site).await;
            let file = "code,comune\nR-1,053011\n";
            let report = load(&site, Kind::Requests, file).await.unwrap();
            assert_eq!(report.updated, 1, "{report:?}");
            let sheet = operator.get(&address).await;
            assert!(sheet.main().contains("Revocata"), "{}", sheet.main());
            holds_again(&site).await;
            let fields = [("kind", "comune"), ("whom", "GROSSETO")];
            let done = operator.post("/workers/W-2/diffusion", &fields).await;
            assert_eq!(done.status, 303, "{}", done.main());
            let sheet = operator.get(&address).await;
            assert!(sheet.main().contains("Revocata"), "{}", sheet.main());
        }
    });
}

#[test]
fn what_was_done_can_be_undone_and_tells_by_whom() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut operator = site.signed_in("operator").await;
        issued(&mut operator).await;
        let revoke = format!("/sheets/{}/revoke", number());
        operator.post(&revoke, &[("reason", "error")]).await;
        for (path, done) in [
            ("done", true),
            ("done", true),
            ("undone", false),
            ("done", true),
        ] {
            let page = operator.post(&format!("/tasks/2/{path}"), &[]).await;
            assert_eq!(page.status, 303);
            assert_eq!(tasks(&site).await[0].1, done);
        }
        let page = operator.get("/tasks?done=yes").await;
        assert!(page.main().contains("da operator"), "{}", page.main());
        assert_eq!(operator.post("/tasks/99/done", &[]).await.status, 404);
    });
}

#[test]
fn a_mail_that_the_server_refuses_for_good_is_a_task() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut operator = site.signed_in("operator").await;
            issued(&mut operator).await;
            sent(&mut operator).await;
            site.clock.advance(MINUTE);
            let smtp = Smtp::start(Script::Everybody("550 5.1.1 no such user"));
            let context = site.context.clone().with_post(smtp.post());
            assert_eq!(deliver_due(&context).await.unwrap().failed, 1);
            assert_eq!(tasks(&site).await, [("mail_failed".to_owned(), false)]);
            let told = disclosures(&site).await;
            assert!(told.iter().all(|(how, _)| how == "issued"), "{told:?}");
            let address = format!("/sheets/{}", number());
            let page = operator.get(&address).await;
            assert!(
                page.main().contains("La mail non è arrivata"),
                "{}",
                page.main()
            );
            operator.post(&format!("{address}/shut"), &[]).await;
            assert_eq!(tasks(&site).await, [("mail_failed".to_owned(), true)]);
            let again = operator.post(&format!("{address}/send"), &[]).await;
            assert_eq!(again.status, 422, "that address takes no mail");
            assert!(
                again.main().contains("le mail non arrivano"),
                "{}",
                again.main()
            );
        }
    });
}

/// A report that a mail came back, as some servers spell it.
fn report(mail: &Caught, status: &str) -> String {
    format!(
        "Final-Recipient: rfc822; {}\nstatus: {status}\n\nMessage-ID: <{}>\n",
        mail.to, mail.message.message_id
    )
}

#[test]
fn a_link_that_came_back_is_a_task_and_its_address_takes_no_more_mail() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let site = &followed.site;
            let mut operator = site.signed_in("operator").await;
            issued(&mut operator).await;
            sent(&mut operator).await;
            let mail = went(&followed).await.remove(0);
            let delay = take(&followed.site.context, &report(&mail, "4.4.1")).await;
            assert_eq!(delay.unwrap(), Bounce::Delayed);
            assert!(tasks(site).await.is_empty());
            for _ in 0..2 {
                let back = take(&followed.site.context, &report(&mail, "5.1.1")).await;
                assert_eq!(back.unwrap(), Bounce::Returned);
                assert_eq!(tasks(site).await, [("mail_failed".to_owned(), false)]);
            }
            let home = operator.get("/").await.main();
            assert!(home.contains("non è arrivata"), "{home}");
            let address = format!("/sheets/{}", number());
            operator.post(&format!("{address}/shut"), &[]).await;
            let again = operator.post(&format!("{address}/send"), &[]).await;
            assert!(again.main().contains("le mail non arrivano"));
        }
    });
}

#[test]
fn a_report_that_names_another_mailbox_marks_neither() {
    block_on(async {
        let followed = Followed::over(Site::of(&cast()).await);
        let mut operator = followed.site.signed_in("operator").await;
        issued(&mut operator).await;
        sent(&mut operator).await;
        let mut mail = went(&followed).await.remove(0);
        // The family's mailbox hands its mail on to one that is full.
        let own = std::mem::replace(&mut mail.to, "piena@altrove.example".to_owned());
        let back = take(&followed.site.context, &report(&mail, "5.2.2")).await;
        assert_eq!(back.unwrap(), Bounce::Returned);
        assert_eq!(
            tasks(&followed.site).await,
            [("mail_failed".to_owned(), false)],
            "the desk phones"
        );
        for address in [own, mail.to] {
            let address = EmailAddress::parse(&address).unwrap();
            let marked = storage::outbox::marked(followed.site.db().read(), &[&address]).await;
            assert!(marked.unwrap().is_empty(), "{address}");
        }
    });
}

#[test]
fn whoever_no_mail_tells_of_a_sheet_is_a_task_until_the_desk_has_phoned() {
    block_on(async {
        let mut cast = cast();
        cast.workers[0].email = EmailAddress::parse("zoe@prova.example").ok();
        for site in Site::on_both(&cast).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            let own = [("worker", "W-1")];
            operator.post("/requests/R-1/sheet", &own).await;
            let waits = "qualcuno non riceve mail";
            let home = operator.get("/").await.main();
            assert!(!home.contains(waits), "both are written to: {home}");
            followed.site.clock.advance(MINUTE * 3);
            deliver_due(&followed.context).await.unwrap();
            let mails = followed.caught();
            let told = mails.iter().find(|mail| mail.to == FAMILY).unwrap();
            take(&followed.site.context, &report(told, "5.1.1"))
                .await
                .unwrap();
            let home = operator.get("/").await;
            assert!(home.main().contains(waits), "{}", home.main());
            let notices = format!("/sheets/{}/notices", number());
            let leads = home.links().iter().any(|(_, target)| *target == notices);
            assert!(leads, "where whom to phone and what to say stands");
            assert_eq!(operator.post("/tasks/1/done", &[]).await.status, 303);
            assert!(!operator.get("/").await.main().contains(waits));

            // The other worker has no address at all.
            let own = [("worker", "W-2")];
            operator.post("/requests/R-1/sheet", &own).await;
            assert!(operator.get("/").await.main().contains(waits));
        }
    });
}

/// Says that the family was sent by the partner of the tests.
async fn referred(site: &Site) {
    let write = site.db().write().await.unwrap();
    let code = FamilyCode::parse("F-1").unwrap();
    let found = storage::families::find(&*write, &code).await.unwrap();
    let mut family = found.unwrap();
    family.value.referred_by = PartnerCode::parse("pi").ok();
    storage::families::update(&*write, &family).await.unwrap();
    write.commit().await.unwrap();
}

#[test]
fn a_partner_opens_the_sheets_of_its_own_families_and_sees_no_other() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut operator = site.signed_in("operator").await;
            issued(&mut operator).await;
            let mut partner = site.signed_in("partner").await;
            let address = format!("/partner/sheets/{}", number());
            let open = format!("{address}/open");
            let unknown = partner.get("/partner/sheets/GR-1999-0001").await;
            assert!(partner.get("/partner/sheets").await.rows().is_empty());
            for foreign in [partner.get(&address).await, partner.post(&open, &[]).await] {
                assert_eq!(foreign.status, 404);
                assert_eq!(foreign.main(), unknown.main(), "as if there were none");
            }
            let before = count(&site).await;
            referred(&site).await;
            let listed = partner.get("/partner/sheets").await;
            assert_eq!(listed.rows().len(), 1);
            assert!(!listed.text().contains("Inventata"));
            let page = partner.get(&address).await;
            assert!(!page.text().contains("Inventata"), "not opened yet");
            assert_eq!(count(&site).await, before, "looking discloses nobody");
            let sheet = partner
                .submit(&page.form(&open), "Apri la scheda (PDF)")
                .await;
            assert!(sheet.bytes.starts_with(b"%PDF"));
            assert_eq!(count(&site).await, before + 2);
            let worker = operator.get("/workers/W-2").await;
            assert!(worker.main().contains("scheda aperta dall’ente"));
            let revoke = format!("/sheets/{}/revoke", number());
            operator.post(&revoke, &[("reason", "error")]).await;
            let kinds: Vec<String> = tasks(&site).await.into_iter().map(|task| task.0).collect();
            assert_eq!(kinds, ["tell_family", "tell_partner"]);
            let to_do = operator.get("/tasks").await.texts(".dom-tasks li > span");
            let whom = to_do.iter().find(|one| one.contains("Punto di prova"));
            let whom = whom.unwrap_or_else(|| panic!("{to_do:?}"));
            assert!(!whom.contains("+39"), "the family's telephone: {whom}");
            let over = operator.get("/tasks?done=yes").await.main();
            assert!(over.contains("non serve più"), "{over}");
            assert!(!over.contains("da operator"), "nobody did it: {over}");
            assert_eq!(partner.post(&open, &[]).await.status, 422);
            let wish = [("kind", "comune"), ("whom", "Grosseto")];
            operator.post("/workers/W-2/diffusion", &wish).await;
            holds_again(&site).await;
            let refused = partner.post(&open, &[]).await;
            assert_eq!(refused.status, 422);
            let main = refused.main();
            assert!(main.contains("telefonare allo sportello"), "{main}");
        }
    });
}

/// A route's address with a sheet that is there and a private link that is open.
fn address_of(path: &str, mine: &str) -> String {
    let mut address = path
        .replace("/workers/{code}", "/workers/W-1")
        .replace("/families/{code}", "/families/F-1")
        .replace("/requests/{code}", "/requests/R-1")
        .replace("/mine/{link}", mine)
        .replace("{number}", &number())
        .replace("{format}", "pdf");
    // What leads to no sheet whatever it says; any other name is to be thought of.
    for (name, text) in [
        ("call", "1"),
        ("code", "1"),
        ("field", "comune"),
        ("file", "site.css"),
        ("id", "1"),
        ("key", "none"),
        ("language", "it"),
        ("list", "reasons"),
        ("mail", "1"),
        ("merge", "1"),
        ("other", "W-2"),
        ("paper", "worker"),
        ("step", "name"),
        ("task", "1"),
        ("token", "none"),
        ("upload", "1"),
    ] {
        address = address.replace(&format!("{{{name}}}"), text);
    }
    assert!(!address.contains('{'), "what is {address}?");
    address
}

/// Every route, called by whoever it lets in, with a sheet that is there and a link
/// that is open: what comes back as a sheet has its rows.
#[test]
fn no_route_returns_a_sheet_without_a_row() {
    block_on(async {
        let (followed, operator, code, link) = delivered(Site::of(&cast()).await).await;
        let site = &followed.site;
        referred(site).await;
        let mut family = site.browser();
        opened(&mut family, &link).await;
        family.post("/f", &[("code", &code)]).await;
        let private = given(&followed, "/families/F-1").await;
        let (_, mine) = open(&mut family, &private).await;
        let told = said_code(&followed, "/families/F-1").await;
        let typed = family
            .post(&format!("{mine}/code"), &[("code", &told)])
            .await;
        assert_eq!(typed.status, 303, "{}", typed.main());
        let mut administrator = site.signed_in("administrator").await;
        administrator.cookies.extend(family.cookies.clone());
        let mut operator = operator;
        operator.cookies.extend(family.cookies.clone());
        let partner = site.signed_in("partner").await;
        let mut sheets = Vec::new();
        let stored = sheet_document::Entity::find().one(site.db().read()).await;
        let document = stored.unwrap().unwrap().pdf;
        for route in routes() {
            // What shuts the link or the sheet comes in no test before this one is through.
            if [
                "/sign-out",
                "/sheets/{number}/revoke",
                "/sheets/{number}/shut",
                "/sheets/{number}/code",
                "/mine/{link}/leave",
            ]
            .contains(&route.path)
            {
                continue;
            }
            let address = address_of(route.path, &mine);
            for mut browser in [
                family.clone(),
                operator.clone(),
                administrator.clone(),
                partner.clone(),
            ] {
                let before = count(site).await;
                let page = if route.method == "GET" {
                    browser.get(&address).await
                } else {
                    let fields = [("number", number()), ("purpose", "copy".to_owned())];
                    let fields = fields.each_ref().map(|(name, text)| (*name, text.as_str()));
                    browser.post(&address, &fields).await
                };
                // Under whatever name: these are the bytes.
                let is_sheet = page
                    .bytes
                    .windows(document.len())
                    .any(|part| part == document);
                let rows = count(site).await - before;
                if is_sheet {
                    assert_eq!(rows, 2, "{} {address}", route.method);
                    sheets.push(route.path);
                } else {
                    assert_eq!(rows, 0, "{} {address}", route.method);
                }
            }
        }
        sheets.dedup();
        sheets.sort_unstable();
        sheets.dedup();
        assert_eq!(
            sheets,
            [
                "/f/sheet",
                "/mine/{link}/sheet",
                "/partner/sheets/{number}/open",
                "/sheets/{number}/print"
            ],
            "these and no others"
        );
    });
}
