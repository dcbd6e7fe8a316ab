//! Private links: given by the desk, opened by a worker or a family, replaced and
//! ended; what can be done by them, what needs the code, and what goes wrong.

use dom::catalogue::{Language, Words};
use dom::domain::contact::EmailAddress;
use dom::domain::ids::{FamilyCode, RequestCode, WorkerCode};
use dom::domain::private_link::PersonTask;
use dom::domain::request::RequestStatus;
use dom::domain::worker::{Worker, WorkerStatus};
use dom::storage;
use dom::storage::entity::introduction;
use dom::storage::mailings::Person;
use sea_orm::{EntityTrait, PaginatorTrait};

use crate::support::browser::{Browser, Page};
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, page, start};
use crate::support::program::block_on;
use crate::support::site::Site;

const MAIL: &str = "zoe@prova.example";

fn cast() -> Cast {
    let mut cast = Cast::on(start())
        .worker("W-1", &[("email", MAIL), ("confirmed_on", "2026-01-02")])
        .worker("W-2", &[("contact_language", "ar")])
        .request("R-1", &[]);
    cast.families[0].email = EmailAddress::parse("famiglia@prova.example").ok();
    cast
}

async fn both() -> [Followed; 2] {
    Site::on_both(&cast()).await.map(Followed::over)
}

async fn one() -> Followed {
    Followed::of(&cast()).await
}

/// The operator's page of somebody's links, after a button.
async fn press(operator: &mut Browser, record: &str, button: &str) -> Page {
    let address = format!("{record}/link");
    let form = operator.get(&address).await.form(&address);
    operator.submit(&form, button).await
}

/// A link by a text to copy, as its path.
pub(super) async fn given(followed: &Followed, record: &str) -> String {
    let mut operator = followed.site.signed_in("operator").await;
    let answered = press(
        &mut operator,
        record,
        "Prepara un testo con un collegamento nuovo",
    )
    .await;
    assert_eq!(answered.status, 200, "{}", answered.main());
    let text = answered.texts("textarea").join(" ");
    let at = text.find("http://dom.example").expect("a link");
    let link = text[at..].trim_start_matches("http://dom.example");
    link.split_whitespace().next().unwrap().to_owned()
}

/// Opens a link; the first page, and where it is.
pub(super) async fn open(browser: &mut Browser, link: &str) -> (Page, String) {
    let leads = browser.get(link).await;
    let address = leads.location().to_owned();
    assert!(address.starts_with("/mine/"), "{} {address}", leads.status);
    (browser.follow(&leads).await, address)
}

async fn worker(followed: &Followed, code: &str) -> Worker {
    let code = WorkerCode::parse(code).unwrap();
    let found = storage::workers::find(followed.context.db.read(), &code).await;
    found.unwrap().unwrap().value
}

async fn tap(browser: &mut Browser, from: &Page, action: &str, button: &str) -> Page {
    let sent = browser.submit(&from.form(action), button).await;
    browser.follow(&sent).await
}

/// A code as the desk tells it.
pub(super) async fn code(followed: &Followed, record: &str) -> String {
    let mut operator = followed.site.signed_in("operator").await;
    let address = format!("{record}/link");
    let page = operator.post(&address, &[("do", "code")]).await;
    let said = page.texts("[role=status] strong").join(" ");
    said.chars().filter(char::is_ascii_digit).collect()
}

#[test]
fn a_worker_confirms_with_one_tap_and_the_token_leaves_the_address() {
    block_on(async {
        for followed in both().await {
            let mut operator = followed.site.signed_in("operator").await;
            let sent = press(
                &mut operator,
                "/workers/W-1",
                "Manda un collegamento nuovo per mail",
            )
            .await;
            assert_eq!(sent.status, 303);
            followed
                .site
                .clock
                .advance(std::time::Duration::from_mins(2));
            let mails = followed.mail_now().await;
            assert_eq!(mails.len(), 1);
            assert_eq!(mails[0].to, MAIL);
            let link = page(&mails[0]);
            // 128 bits, in six of which each letter holds.
            assert_eq!(link.trim_start_matches("/l/").len(), 22, "{link}");
            let hashes = followed.site.rows("private_links").await.join("");
            assert!(!hashes.contains(link.trim_start_matches("/l/")));
            let mut phone = followed.site.browser();
            let (mine, address) = open(&mut phone, &link).await;
            assert!(!address.contains(link.trim_start_matches("/l/")));
            assert!(mine.heading().contains("Zoe"));
            assert!(!mine.text().contains("Inventata"), "no family name");
            assert!(mine.main().contains("02/01/2026"), "{}", mine.main());
            let confirm = format!("{address}/confirm");
            let done = tap(&mut phone, &mine, &confirm, "Sì, è ancora giusto").await;
            assert!(done.main().contains("Gli orari sono confermati"));
            assert_eq!(worker(&followed, "W-1").await.confirmed_on, Some(start()));
            let record = operator.get("/workers/W-1").await;
            assert!(record.main().contains("12/01/2026"));
        }
    });
}

#[test]
fn a_link_that_came_back_is_a_call_and_only_the_address_that_bounced_is_marked() {
    use dom::services::follow_up::bounce::{Bounce, take};
    block_on(async {
        for followed in both().await {
            let mut operator = followed.site.signed_in("operator").await;
            let by_mail = "Manda un collegamento nuovo per mail";
            for record in ["/workers/W-1", "/families/F-1"] {
                press(&mut operator, record, by_mail).await;
            }
            let wait = std::time::Duration::from_mins(2);
            followed.site.clock.advance(wait);
            let mails = followed.mail_now().await;
            assert_eq!(mails.len(), 2);
            // The family has another address by the time its mail comes back.
            let write = followed.context.db.write().await.unwrap();
            let code = FamilyCode::parse("F-1").unwrap();
            let found = storage::families::find(&*write, &code).await.unwrap();
            let mut family = found.unwrap();
            family.value.email = EmailAddress::parse("nuova@prova.example").ok();
            storage::families::update(&*write, &family).await.unwrap();
            write.commit().await.unwrap();
            for mail in &mails {
                let report = format!(
                    "Final-Recipient: rfc822;{}\r\nSTATUS: 5.1.1\r\n\r\nMessage-ID: <{}>\r\n",
                    mail.to, mail.message.message_id
                );
                let back = take(&followed.site.context, &report).await;
                assert_eq!(back.unwrap(), Bounce::Returned);
            }
            let list = operator.get("/to-call").await.main();
            for name in ["Zoe Inventata", "Elsa Provolini"] {
                let told = format!("La mail con il collegamento non è arrivata a {name}");
                assert!(list.contains(&told), "{told}: {list}");
            }
            let marked = async |address: &str| {
                let address = EmailAddress::parse(address).unwrap();
                let found = storage::outbox::marked(followed.context.db.read(), &[&address]).await;
                !found.unwrap().is_empty()
            };
            assert!(marked(MAIL).await, "it takes no mail");
            assert!(
                !marked("nuova@prova.example").await,
                "nothing is known of it"
            );
        }
    });
}

#[test]
fn opening_a_link_writes_nothing_however_it_is_opened() {
    block_on(async {
        let followed = one().await;
        let link = given(&followed, "/workers/W-1").await;
        let before = followed.site.everything().await;
        let mut scanner = followed.site.browser();
        for method in ["GET", "HEAD", "GET"] {
            let page = scanner.send(method, &link, Vec::new(), &[]).await;
            assert_eq!(page.status, 303, "{method}");
        }
        let (_, address) = open(&mut scanner, &link).await;
        for path in ["", "/week", "/withdraw", "/correct", "/code", "/told"] {
            let page = scanner.get(&format!("{address}{path}")).await;
            assert!(page.status.as_u16() < 400, "{path}");
        }
        assert_eq!(before, followed.site.everything().await);
        let mut owner = followed.site.browser();
        open(&mut owner, &link).await;
    });
}

#[test]
fn hours_are_typed_by_day_kept_when_wrong_and_never_written_over_others() {
    block_on(async {
        for followed in both().await {
            let link = given(&followed, "/workers/W-1").await;
            let mut phone = followed.site.browser();
            let (_, address) = open(&mut phone, &link).await;
            let week = format!("{address}/week");
            let form = phone.get(&week).await.form(&week);
            assert_eq!(form.value("day0"), "07:00-20:00");
            let wrong = form
                .clone()
                .fill("day1", "dalle otto")
                .fill("day5", "9:00-12:00");
            let back = phone.submit(&wrong, "Salva gli orari").await;
            assert_eq!(back.status, 422);
            assert!(back.title().starts_with("Errore:"), "{}", back.title());
            assert_eq!(back.errors().len(), 1, "{:?}", back.errors());
            assert_eq!(back.form(&week).value("day1"), "dalle otto");
            let right = (0..7).fold(form.clone(), |form, day| {
                form.fill(&format!("day{day}"), "")
            });
            let right = right
                .fill("day0", "08:00-13:00, 15:00-18:00")
                .fill("day6", "22:00-06:00");
            let sent = phone.submit(&right, "Salva gli orari").await;
            assert_eq!(sent.status, 303, "{}", sent.main());
            let now = worker(&followed, "W-1").await.availability.to_string();
            assert_eq!(
                now,
                "Mon 00:00-06:00; Mon 08:00-13:00; Mon 15:00-18:00; Sun 22:00-24:00"
            );
            // An older tab tells that the hours changed, and keeps what was typed.
            let stale = form.fill("day2", "08:00-09:00");
            let back = phone.submit(&stale, "Salva gli orari").await;
            assert_eq!(back.status, 422);
            assert!(back.main().contains("Intanto gli orari sono cambiati"));
            assert_eq!(worker(&followed, "W-1").await.availability.to_string(), now);
        }
    });
}

#[test]
fn a_pause_ends_by_itself_and_a_tap_ends_it_sooner() {
    block_on(async {
        for followed in both().await {
            let link = given(&followed, "/workers/W-1").await;
            let mut phone = followed.site.browser();
            let (mine, address) = open(&mut phone, &link).await;
            let pause = format!("{address}/pause");
            let paused = tap(&mut phone, &mine, &pause, "Pausa di 2 settimane").await;
            assert!(paused.main().contains("In pausa fino al 26/01/2026"));
            let now = worker(&followed, "W-1").await;
            assert_eq!(now.status, WorkerStatus::Paused);
            assert_eq!(now.pause_reason, Some("own_wish"));
            let back = tap(
                &mut phone,
                &paused,
                &format!("{address}/confirm"),
                "Torno in elenco",
            )
            .await;
            assert!(back.main().contains("il nome è in elenco"));
            assert_eq!(worker(&followed, "W-1").await.status, WorkerStatus::Active);
            let odd = phone.post(&pause, &[("weeks", "9000")]).await;
            assert_eq!(odd.status, 422);
            assert_eq!(worker(&followed, "W-1").await.status, WorkerStatus::Active);
        }
    });
}

#[test]
fn the_text_to_copy_asks_what_the_desk_has_to_ask() {
    block_on(async {
        let followed = one().await;
        let code = WorkerCode::parse("W-2").unwrap();
        let found = storage::workers::find(followed.context.db.read(), &code).await;
        let person = Person::Worker(found.unwrap().unwrap().id);
        let mut operator = followed.site.signed_in("operator").await;
        for (task, asked) in [
            (None, "هذا هو الرابط الخاص"),
            (Some(PersonTask::AskAvailability), "هل الساعات التي كتبناها"),
            (Some(PersonTask::TellPaused), "الاسم متوقف مؤقتا"),
        ] {
            if let Some(task) = task {
                let write = followed.context.db.write().await.unwrap();
                let put = storage::person_tasks::put(&*write, person, task, start(), None).await;
                put.unwrap();
                write.commit().await.unwrap();
            }
            let button = "Prepara un testo con un collegamento nuovo";
            let made = press(&mut operator, "/workers/W-2", button).await;
            let text = made.texts("textarea").join(" ");
            assert!(text.contains(asked) && text.contains("/l/"), "{text}");
        }
    });
}

#[test]
fn withdrawing_pauses_at_once_with_a_receipt_and_a_task_to_call() {
    block_on(async {
        for followed in both().await {
            let link = given(&followed, "/workers/W-1").await;
            let mut phone = followed.site.browser();
            let (mine, address) = open(&mut phone, &link).await;
            let asked = phone.click(&mine, "Non voglio più essere in elenco").await;
            let action = format!("{address}/withdraw");
            let done = tap(&mut phone, &asked, &action, "Togli il mio nome").await;
            assert!(done.main().contains("Ricevuta n."), "{}", done.main());
            let again = phone.post(&action, &[]).await;
            assert_eq!(again.status, 303);
            let now = worker(&followed, "W-1").await;
            assert_eq!((now.status, now.paused_until), (WorkerStatus::Paused, None));
            // The end of a pause would bring back who withdrew.
            let pause = format!("{address}/pause");
            let paused = phone.post(&pause, &[("weeks", "2")]).await;
            assert!(phone.follow(&paused).await.form_is_missing(&pause));
            assert_eq!(worker(&followed, "W-1").await.paused_until, None);
            let mut operator = followed.site.signed_in("operator").await;
            let home = operator.get("/").await;
            assert!(home.main().contains("non vuole più essere in elenco"));
            let list = operator.get("/to-call").await;
            assert!(list.main().contains("Una persona"), "{}", list.main());
            assert!(list.main().contains("+390564200001"));
            let after = tap(&mut operator, &list, "/to-call/1/done", &button(&list)).await;
            assert!(after.main().contains("Nessuno da chiamare"));
            let done = operator.get("/to-call?done=yes").await;
            assert!(done.main().contains("operator"));
        }
    });
}

#[test]
fn withdrawing_by_link_revokes_the_sheets_and_a_slip_is_mended_by_a_new_one() {
    block_on(async {
        for followed in both().await {
            let mut operator = followed.site.signed_in("operator").await;
            let form = [("worker", "W-1"), ("worker", "W-2")];
            let issued = operator.post("/requests/R-1/sheet", &form).await;
            let sheet = issued.location().replace("?issued=1", "");
            let link = given(&followed, "/workers/W-1").await;
            let mut phone = followed.site.browser();
            let (_, address) = open(&mut phone, &link).await;
            let done = phone.post(&format!("{address}/withdraw"), &[]).await;
            assert_eq!(done.status, 303);

            let page = operator.get(&sheet).await;
            assert!(page.texts(".dom-tag")[0].contains("Revocata"));
            assert!(page.main().contains("Ritiro"), "{}", page.main());
            let tasks = operator.get("/tasks").await;
            assert!(tasks.main().contains("Elsa Provolini"), "{}", tasks.main());
            let code = page.texts("dd a[href^='/v/']").remove(0);
            let known = followed.site.browser().get(&format!("/v/{code}")).await;
            assert!(known.main().contains("Revocata"), "{}", known.main());

            // The other one is free for a sheet in its place, without asking once more.
            let again = operator.click(&page, "Prepara la scheda corretta").await;
            let named = again.texts("form").join(" ");
            assert!(!named.contains("W-1"), "{named}");
            let issued = operator
                .post("/requests/R-1/sheet", &[("worker", "W-2")])
                .await;
            assert_eq!(issued.status, 303, "{}", issued.main());
            let refused = operator
                .post("/requests/R-1/sheet", &[("worker", "W-1")])
                .await;
            assert_eq!(refused.status, 422);

            // It was a slip: back in the list, and on a sheet again.
            let back = phone.post(&format!("{address}/confirm"), &[]).await;
            assert_eq!(back.status, 303, "{}", back.main());
            let issued = operator
                .post("/requests/R-1/sheet", &[("worker", "W-1")])
                .await;
            assert_eq!(issued.status, 303, "{}", issued.main());
            let known = introduction::Entity::find()
                .count(followed.context.db.read())
                .await;
            assert_eq!(known.unwrap(), 2, "one a worker");
        }
    });
}

/// The first button of the list, as it is called.
fn button(list: &Page) -> String {
    list.texts(".dom-tasks button").remove(0)
}

#[test]
fn a_correction_reaches_the_desk_and_nothing_reaches_it_without_end() {
    block_on(async {
        for followed in both().await {
            let link = given(&followed, "/workers/W-1").await;
            let mut phone = followed.site.browser();
            let (_, address) = open(&mut phone, &link).await;
            let action = format!("{address}/correct");
            let empty = phone.post(&action, &[("words", "  ")]).await;
            assert_eq!((empty.status.as_u16(), empty.errors().len()), (422, 1));
            for number in 1..=5 {
                let words = format!("Il telefono è un altro, {number} <b>");
                let sent = phone.post(&action, &[("words", &words)]).await;
                assert_eq!(sent.status, 303, "{number}");
            }
            let enough = phone.post(&action, &[("words", "ancora")]).await;
            assert_eq!(enough.status, 422);
            assert!(enough.main().contains("meglio telefonare"));
            let mut operator = followed.site.signed_in("operator").await;
            let list = operator.get("/to-call").await;
            assert_eq!(list.texts("q").len(), 5);
            assert!(list.text().contains("&#60;b&#62;"), "words stay words");
        }
    });
}

#[test]
fn the_language_is_chosen_by_the_reader_and_kept() {
    block_on(async {
        for followed in both().await {
            let link = given(&followed, "/workers/W-2").await;
            let mut phone = followed.site.browser();
            let (mine, address) = open(&mut phone, &link).await;
            assert!(mine.text().contains("lang=\"ar\" dir=\"rtl\""));
            for language in Language::WRITTEN {
                let chosen = phone
                    .post(
                        &format!("{address}/language"),
                        &[("language", language.tag())],
                    )
                    .await;
                let page = phone.follow(&chosen).await;
                let words = Words::new(language);
                let said = words.get("links-done-language");
                assert!(page.main().contains(said.as_ref()), "{}", language.tag());
                for path in ["", "/week", "/withdraw", "/correct", "/code"] {
                    let page = phone.get(&format!("{address}{path}")).await;
                    let whole = page.text();
                    assert!(!whole.contains('⟦'), "{path} in {}", language.tag());
                    assert!(whole.contains(&format!("lang=\"{}\"", language.tag())));
                }
                let spoken = worker(&followed, "W-2").await.contact_language;
                assert_eq!(spoken.code(), language.tag());
            }
        }
    });
}

#[test]
fn who_was_given_the_sheet_is_seen_with_the_code_alone() {
    block_on(async {
        for followed in both().await {
            let mut operator = followed.site.signed_in("operator").await;
            let issue = operator.get("/requests/R-1/sheet?worker=W-1").await;
            let form = issue.form("/requests/R-1/sheet");
            let issued = operator.submit(&form, "Emetti la scheda").await;
            assert_eq!(issued.status, 303, "{}", issued.main());
            let link = given(&followed, "/workers/W-1").await;
            let mut phone = followed.site.browser();
            let (mine, address) = open(&mut phone, &link).await;
            assert!(!mine.text().contains("Provolini"));
            let asks = phone.get(&format!("{address}/told")).await;
            assert_eq!(asks.location(), format!("{address}/code"));
            let none = phone
                .post(&format!("{address}/code"), &[("code", "123456")])
                .await;
            assert_eq!(none.status, 422, "there is no code yet");
            let called = phone.post(&format!("{address}/call"), &[]).await;
            assert_eq!(called.status, 303);
            assert!(
                operator
                    .get("/to-call")
                    .await
                    .main()
                    .contains("chiede il codice")
            );
            let code = code(&followed, "/workers/W-1").await;
            assert_eq!(code.len(), 6);
            let list = operator.get("/to-call").await;
            assert!(!list.main().contains("chiede il codice"), "told by now");
            let wrong = phone
                .post(&format!("{address}/code"), &[("code", "00")])
                .await;
            assert_eq!(wrong.status, 422);
            let right = phone
                .post(&format!("{address}/code"), &[("code", &code)])
                .await;
            assert_eq!(
                right.location(),
                format!("{address}/told"),
                "{}",
                right.main()
            );
            let told = phone.follow(&right).await;
            assert!(told.main().contains("Elsa Provolini"), "{}", told.main());
            assert!(told.main().contains("per la richiesta della famiglia"));
            assert!(told.main().contains("cognome"), "which fields");
            let number = issued.location().replace("?issued=1", "");
            let number = number.replace("/sheets/", "");
            for part in [number.as_str(), "Da quale sportello"] {
                assert!(told.main().contains(part), "{}", told.main());
            }
            assert!(told.main().contains("+390564200001"), "their own data");
            // A little later the names are closed again.
            followed
                .site
                .clock
                .advance(std::time::Duration::from_mins(31));
            let closed = phone.get(&format!("{address}/told")).await;
            assert_eq!(closed.location(), format!("{address}/code"));
        }
    });
}

#[test]
fn five_wrong_codes_end_the_code_and_tell_the_desk() {
    block_on(async {
        for followed in both().await {
            let link = given(&followed, "/workers/W-1").await;
            let code = code(&followed, "/workers/W-1").await;
            let wrong = if code == "111111" { "222222" } else { "111111" };
            let mut phone = followed.site.browser();
            let (_, address) = open(&mut phone, &link).await;
            let action = format!("{address}/code");
            for left in [4, 3, 2, 1] {
                let page = phone.post(&action, &[("code", wrong)]).await;
                assert!(page.main().contains(&format!("rimasti: {left}")), "{left}");
            }
            phone.post(&action, &[("code", wrong)]).await;
            let late = phone.post(&action, &[("code", &code)]).await;
            assert_eq!(late.status, 422, "the right one comes too late");
            let mut operator = followed.site.signed_in("operator").await;
            let home = operator.get("/").await;
            assert!(home.main().contains("ha sbagliato troppe volte il codice"));
        }
    });
}

#[test]
fn a_new_link_takes_the_place_of_the_old_and_an_ended_one_opens_nothing() {
    block_on(async {
        for followed in both().await {
            let first = given(&followed, "/workers/W-1").await;
            let mut old = followed.site.browser();
            let (_, address) = open(&mut old, &first).await;
            let second = given(&followed, "/workers/W-1").await;
            assert_eq!(
                old.get(&address).await.status,
                404,
                "the cookie is of the old one"
            );
            assert_eq!(
                old.post(&format!("{address}/withdraw"), &[]).await.status,
                404
            );
            assert_eq!(old.get(&first).await.status, 404);
            let mut fresh = followed.site.browser();
            let (_, address) = open(&mut fresh, &second).await;
            let mut operator = followed.site.signed_in("operator").await;
            let ended = press(&mut operator, "/workers/W-1", "Chiudi tutti i collegamenti").await;
            assert!(
                operator
                    .follow(&ended)
                    .await
                    .main()
                    .contains("Nessun collegamento funziona")
            );
            for path in [
                second.as_str(),
                &address,
                "/l/none",
                "/mine/0123456789abcdef",
                "/mine/x",
            ] {
                let page = fresh.get(path).await;
                assert_eq!(page.status, 404, "{path}");
                assert_eq!(page.heading(), "Questo indirizzo non funziona", "{path}");
            }
            let page = fresh.get("/mine/x").await;
            let desks = fresh.click(&page, "Numeri e orari degli sportelli").await;
            assert!(desks.main().contains("0564 28246"), "{}", desks.main());
            assert_eq!(worker(&followed, "W-1").await.status, WorkerStatus::Active);
            // A year later a link ends by itself.
            let third = given(&followed, "/workers/W-1").await;
            followed.at(day(366), 12);
            assert_eq!(fresh.get(&third).await.status, 404);
        }
    });
}

#[test]
fn two_people_use_one_telephone_and_a_closed_page_needs_the_link_again() {
    block_on(async {
        let followed = one().await;
        let links = [
            given(&followed, "/workers/W-1").await,
            given(&followed, "/workers/W-2").await,
        ];
        let mut phone = followed.site.browser();
        let (_, first) = open(&mut phone, &links[0]).await;
        let opened = phone.get(&links[1]).await;
        assert!(
            opened
                .header("set-cookie")
                .contains(&format!("Path={}", opened.location()))
        );
        assert!(opened.header("set-cookie").contains("HttpOnly"));
        let second = opened.location().to_owned();
        phone
            .post(&format!("{second}/pause"), &[("weeks", "2")])
            .await;
        assert_eq!(worker(&followed, "W-1").await.status, WorkerStatus::Active);
        assert_eq!(worker(&followed, "W-2").await.status, WorkerStatus::Paused);
        let mine = phone.get(&first).await;
        let left = phone
            .submit(
                &mine.form(&format!("{first}/leave")),
                "Chiudi su questo telefono",
            )
            .await;
        assert_eq!(left.heading(), "Chiuso");
        assert_eq!(phone.get(&first).await.status, 404);
        assert_eq!(phone.get(&second).await.status, 200, "the other one stays");
        // What another link's cookie says does not count here.
        let value = phone.cookies.iter().next().unwrap().1.clone();
        let name = format!("dom-mine-{}", first.trim_start_matches("/mine/"));
        phone.cookies.insert(name, value);
        assert_eq!(phone.get(&first).await.status, 404);
        followed
            .site
            .clock
            .advance(std::time::Duration::from_hours(2));
        assert_eq!(phone.get(&second).await.status, 404, "a visit has an end");
        open(&mut phone, &links[1]).await;
    });
}

#[test]
fn a_form_of_another_site_does_nothing() {
    block_on(async {
        let followed = one().await;
        let link = given(&followed, "/workers/W-1").await;
        let mut phone = followed.site.browser();
        let (_, address) = open(&mut phone, &link).await;
        let foreign = ("sec-fetch-site", "cross-site");
        let path = format!("{address}/withdraw");
        let page = phone.send("POST", &path, Vec::new(), &[foreign]).await;
        assert_eq!(page.status, 403);
        assert_eq!(worker(&followed, "W-1").await.status, WorkerStatus::Active);
    });
}

#[test]
fn who_has_withdrawn_at_the_desk_has_no_page_any_more() {
    block_on(async {
        let followed = one().await;
        let link = given(&followed, "/workers/W-1").await;
        let mut phone = followed.site.browser();
        let (_, address) = open(&mut phone, &link).await;
        let code = WorkerCode::parse("W-1").unwrap();
        let write = followed.context.db.write().await.unwrap();
        let found = storage::workers::find(&*write, &code).await.unwrap();
        let mut worker = found.unwrap();
        worker.value.status = WorkerStatus::Withdrawn;
        storage::workers::update(&*write, &worker).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(phone.get(&address).await.status, 404);
        assert_eq!(
            phone.post(&format!("{address}/confirm"), &[]).await.status,
            404
        );
    });
}

async fn request(followed: &Followed) -> dom::domain::request::CareRequest {
    let code = RequestCode::parse("R-1").unwrap();
    let found = storage::requests::find(followed.context.db.read(), &code).await;
    found.unwrap().unwrap().value
}

#[test]
fn a_family_sees_where_its_request_stands_pauses_goes_on_and_says_it_found_somebody() {
    block_on(async {
        for followed in both().await {
            let link = given(&followed, "/families/F-1").await;
            let mut phone = followed.site.browser();
            let (mine, address) = open(&mut phone, &link).await;
            assert!(mine.main().contains("Stiamo cercando."), "{}", mine.main());
            assert!(!mine.text().contains("Provolini"));
            let action = format!("{address}/request");
            let paused = tap(&mut phone, &mine, &action, "Pausa di un mese R-1").await;
            assert!(paused.main().contains("In pausa fino al 11/02/2026"));
            let on = tap(&mut phone, &paused, &action, "Riprendere la ricerca R-1").await;
            assert_eq!(request(&followed).await.status, RequestStatus::Open);
            let found = tap(&mut phone, &on, &action, "Abbiamo trovato una persona R-1").await;
            assert!(found.main().contains("Ricevuta n."), "{}", found.main());
            let now = request(&followed).await;
            assert_eq!(
                (now.status, now.paused_until),
                (RequestStatus::Paused, None)
            );
            let mut operator = followed.site.signed_in("operator").await;
            let home = operator.get("/").await;
            assert!(
                home.main()
                    .contains("Elsa Provolini ha trovato una persona")
            );
            for (request, act) in [("R-1", "close"), ("R-9", "pause"), ("", "")] {
                let fields = [("request", request), ("act", act)];
                let odd = phone.post(&action, &fields).await;
                assert!(odd.status.is_client_error(), "{request} {act}");
            }
        }
    });
}

#[test]
fn a_family_has_no_hand_in_another_familys_request_nor_in_a_workers_matters() {
    block_on(async {
        let site = Site::of(&cast().family("F-2", &[])).await;
        let followed = Followed::over(site);
        let link = given(&followed, "/families/F-2").await;
        let mut phone = followed.site.browser();
        let (mine, address) = open(&mut phone, &link).await;
        assert!(mine.main().contains("Non c’è nessuna richiesta"));
        let before = followed.site.everything().await;
        let fields = [("request", "R-1"), ("act", "pause")];
        let page = phone.post(&format!("{address}/request"), &fields).await;
        assert_eq!(page.status, 404);
        for path in ["confirm", "withdraw", "pause", "week"] {
            let fields = [("weeks", "2"), ("days", "7")];
            let page = phone.post(&format!("{address}/{path}"), &fields).await;
            assert_eq!(page.status, 404, "{path}");
        }
        assert_eq!(before, followed.site.everything().await);
    });
}

#[test]
fn a_family_opens_its_sheets_with_the_code_and_the_worker_sees_it() {
    block_on(async {
        for followed in both().await {
            let mut operator = followed.site.signed_in("operator").await;
            let issue = operator.get("/requests/R-1/sheet?worker=W-1").await;
            let form = issue.form("/requests/R-1/sheet");
            operator.submit(&form, "Emetti la scheda").await;
            let link = given(&followed, "/families/F-1").await;
            let mut phone = followed.site.browser();
            let (mine, address) = open(&mut phone, &link).await;
            assert!(mine.main().contains("Schede pronte: 1"), "{}", mine.main());
            let state = "C’è una scheda con dei nomi: ora la famiglia telefona.";
            assert!(mine.main().contains(state), "{}", mine.main());
            let number = [("number", "GR-2026-0001")];
            let closed = phone.post(&format!("{address}/sheet"), &number).await;
            assert_eq!(closed.location(), format!("{address}/code"));
            let code = code(&followed, "/families/F-1").await;
            let right = phone
                .post(&format!("{address}/code"), &[("code", &code)])
                .await;
            let sheets = phone.follow(&right).await;
            let form = sheets.form(&format!("{address}/sheet"));
            let taken = phone.submit(&form, "Apri la scheda GR-2026-0001").await;
            assert_eq!(taken.status, 200);
            assert!(taken.bytes.starts_with(b"%PDF"));
            let told = operator.get("/workers/W-1/disclosures").await;
            assert!(told.main().contains("scheda aperta con il codice"));
        }
    });
}

#[test]
fn the_desk_hears_what_is_wrong_and_a_merge_takes_links_along() {
    block_on(async {
        for followed in both().await {
            let mut operator = followed.site.signed_in("operator").await;
            let page = operator.get("/workers/W-2/link").await;
            assert!(page.main().contains("Nessun indirizzo che riceve la posta"));
            let refused = operator.post("/workers/W-2/link", &[("do", "mail")]).await;
            assert_eq!(refused.status, 422);
            let wrong = [("do", "accreditation"), ("until", "presto")];
            let wrong = operator.post("/workers/W-2/link", &wrong).await;
            assert_eq!((wrong.status.as_u16(), wrong.errors().len()), (422, 1));
            let link = given(&followed, "/workers/W-2").await;
            let merge = operator.get("/workers/W-1/merge/W-2").await;
            let form = merge.form("/workers/W-1/merge/W-2");
            let texts = merge.texts("form[action=\"/workers/W-1/merge/W-2\"] button");
            let merged = operator.submit(&form, texts.last().unwrap()).await;
            assert_eq!(merged.status, 303, "{}", merged.main());
            let mut phone = followed.site.browser();
            let (_, address) = open(&mut phone, &link).await;
            phone
                .post(&format!("{address}/pause"), &[("weeks", "2")])
                .await;
            let left = if merged.location().contains("W-2") {
                "W-2"
            } else {
                "W-1"
            };
            assert_eq!(worker(&followed, left).await.status, WorkerStatus::Paused);
        }
    });
}
