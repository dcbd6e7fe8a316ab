//! A family asks by itself, page by page, without an account and without scripts; a desk
//! looks; and what can go wrong on the way.

use std::net::SocketAddr;
use std::time::Duration;

use dom::catalogue::{Language, Words};
use dom::domain::carried::Carried;
use dom::domain::contract::CcnlLevel;
use dom::domain::notice::Notice;
use dom::domain::public_request::LOOKED_WITHIN;
use dom::jobs::run_due;
use dom::services::follow_up::bounce::{self, Bounce};
use dom::services::inbox::{ask, join};
use dom::services::registering::Form;
use dom::services::rights::By;
use dom::services::rights::export::export;
use dom::storage;
use sea_orm::ConnectionTrait as _;

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::followed::{Followed, links};
use crate::support::program::block_on;
use crate::support::site::Site;

const MAIL: &str = "fulvia@prova.example";

async fn both() -> [Followed; 2] {
    Site::on_both(&Cast::on(today())).await.map(Followed::over)
}

async fn one() -> Followed {
    Followed::of(&Cast::on(today())).await
}

/// The form of a page, whichever it is.
fn action(page: &Page) -> String {
    let found = page.attributes("form#registering", "action");
    let found = found.first().cloned();
    found.unwrap_or_else(|| panic!("no form: {} {}", page.status, page.main()))
}

async fn press(browser: &mut Browser, page: &Page, button: &str) -> Page {
    browser.submit(&page.form(&action(page)), button).await
}

/// Answers a page: radio buttons and boxes by what they send, fields by their names.
async fn answer(browser: &mut Browser, page: &Page, fields: &[(&str, &str)]) -> Page {
    let mut form = page.form(&action(page));
    for (name, value) in fields {
        form = match *name {
            "relation" | "contact_by" | "arrangement" => form.choose(name, value),
            "required_skills" => form.tick(value),
            _ => form.fill(name, value),
        };
    }
    browser.submit(&form, "Avanti").await
}

/// From the beginning to the page after the notice.
async fn begun(browser: &mut Browser) -> Page {
    let start = browser.get("/ask").await;
    let notice = browser.submit(&start.form("/ask/notice"), "Inizia").await;
    assert_eq!(notice.heading(), "Che cosa succede ai dati");
    press(browser, &notice, "Ho letto, vado avanti").await
}

/// All pages, up to the one that shows everything.
async fn filled(browser: &mut Browser, by: &str, contact: &[(&str, &str)]) -> Page {
    let mut page = begun(browser).await;
    let mut way = vec![("contact_by", by)];
    way.extend(contact.iter().copied());
    let steps: [&[(&str, &str)]; 11] = [
        &[("relation", "child")],
        &[("recipient_name", "Nonna Ada")],
        &[("given_name", "Fulvia"), ("family_name", "Immaginata")],
        &way,
        &[("comune", "grosseto")],
        &[("required_skills", "cooking_italian")],
        &[("words", "Terzo piano.")],
        &[("arrangement", "hourly")],
        &[("schedule", "lun-ven 08:00-12:00")],
        &[("start_date", "1/3/2099")],
        &[],
    ];
    for fields in steps {
        page = answer(browser, &page, fields).await;
        assert_eq!(page.status, 200, "{fields:?}: {}", page.main());
    }
    assert_eq!(page.heading(), "Guardare le risposte prima di inviare");
    page
}

async fn by_phone(browser: &mut Browser, number: &str) -> Page {
    filled(browser, "phone", &[("phone", number)]).await
}

fn number(page: &Page) -> String {
    assert_eq!(page.heading(), "La richiesta è arrivata", "{}", page.main());
    let said = page.main();
    let at = said.find("D-").expect("a number");
    said[at..].chars().take(8).collect()
}

fn from(followed: &Followed, last: u8) -> Browser {
    let mut browser = followed.site.browser();
    browser.address = SocketAddr::from(([192, 0, 2, last], 4000));
    browser
}

async fn requests(followed: &Followed) -> usize {
    let db = followed.context.db.read();
    storage::requests::after(db, None, None, 50)
        .await
        .unwrap()
        .len()
}

#[test]
fn a_family_asks_by_mail_confirms_and_a_desk_accepts() {
    block_on(async {
        for followed in both().await {
            let mut phone = followed.site.browser();
            let mut operator = followed.site.signed_in("operator").await;
            let service = phone.get("/service").await;
            let start = phone
                .click(&service, "Chiedere aiuto per la famiglia")
                .await;
            assert_eq!(start.status, 200);
            let check = filled(&mut phone, "email", &[("email", MAIL)]).await;
            let said = check.main();
            let hours = "Sono 20 ore alla settimana.";
            for told in [
                "Fulvia",
                "Nonna Ada",
                "grosseto",
                "Terzo piano.",
                "lun-ven",
                hours,
            ] {
                assert!(said.contains(told), "{told}: {said}");
            }
            // One person can do that: there is nothing to talk of.
            assert!(!said.contains("si può inviare lo stesso"), "{said}");
            assert!(!check.text().contains("registering.js"));
            // Until the last button nothing is stored.
            assert!(followed.site.rows("public_requests").await.is_empty());
            // A change comes back to the page that shows everything.
            let place = press(&mut phone, &check, "Cambia Comune dove si lavora").await;
            assert_eq!(place.heading(), "Dove");
            let check = answer(&mut phone, &place, &[("comune", "Scarlino")]).await;
            assert!(check.main().contains("Scarlino"), "{}", check.main());
            let done = press(&mut phone, &check, "Invia la richiesta").await;
            let number = number(&done);
            assert!(done.main().contains("0566 59009"), "the desk of its zone");
            // The same page sent again, or twice at once, is the same request.
            let again = press(&mut phone, &check, "Invia la richiesta").await;
            assert_eq!(self::number(&again), number);
            let mut others = tokio::task::JoinSet::new();
            for _ in 0..4 {
                let (mut one, check) = (phone.clone(), check.clone());
                others.spawn(async move { press(&mut one, &check, "Invia la richiesta").await });
            }
            while let Some(page) = others.join_next().await {
                assert_eq!(self::number(&page.unwrap()), number);
            }
            assert_eq!(followed.site.rows("public_requests").await.len(), 1);
            // No desk sees it yet.
            let address = format!("/inbox/{number}");
            assert_eq!(operator.get(&address).await.status, 404);
            let mails = followed.mail_now().await;
            assert_eq!((mails.len(), mails[0].to.as_str()), (1, MAIL));
            assert!(!mails[0].message.subject.contains("Fulvia"));
            let link = links(&mails[0]).remove(0);
            // Whatever looks at the link confirms nothing.
            for method in ["GET", "HEAD", "GET"] {
                let mut scanner = followed.site.browser();
                let led = scanner.send(method, &link, Vec::new(), &[]).await;
                assert_eq!((led.status.as_u16(), led.location()), (303, "/ask/confirm"));
                scanner.get("/ask/confirm").await;
            }
            assert_eq!(operator.get(&address).await.status, 404);
            let led = phone.get(&link).await;
            let page = phone.follow(&led).await;
            let sent = phone
                .submit(&page.form("/ask/confirm"), "Confermo la richiesta")
                .await;
            let confirmed = phone.follow(&sent).await;
            assert_eq!(confirmed.heading(), "La richiesta è confermata");
            accepts(&followed, &mut operator, &number).await;
        }
    });
}

/// The desk looks, a colleague is slower, and the request is there with its source.
async fn accepts(followed: &Followed, operator: &mut Browser, number: &str) {
    let home = operator.get("/?whose=all").await;
    let line = home
        .links()
        .into_iter()
        .find(|(text, _)| text.contains(number));
    let (text, address) = line.expect("a line of the home page");
    assert!(
        text.contains("Fulvia Immaginata") && text.contains("Scarlino"),
        "{text}"
    );
    let own = operator.get("/waiting/inbox?whose=desk").await;
    assert!(!own.main().contains(number), "it is the other desk's");
    let record = operator.get(&address).await;
    for told in ["Terzo piano.", "Nonna Ada", "Cucina", "letta sullo schermo"] {
        assert!(record.main().contains(told), "{told}: {}", record.main());
    }
    let reads = followed.site.rows("reads").await.join("");
    assert!(
        reads.contains(number) || reads.contains("/inbox/{number}"),
        "{reads}"
    );
    let mut colleague = followed.site.signed_in("administrator").await;
    let theirs = colleague.get(&address).await;
    let accept = format!("{address}/accept");
    let done = operator
        .submit(&record.form(&accept), "Accetta la richiesta")
        .await;
    let request = operator.follow(&done).await;
    assert_eq!(request.status, 200);
    assert!(
        request
            .main()
            .contains(&format!("Chiesta dalla famiglia: {number}"))
    );
    assert!(request.main().contains("Fulvia Immaginata"));
    let diary = done.location().split('?').next().unwrap().to_owned() + "/diary";
    assert!(operator.get(&diary).await.main().contains("Terzo piano."));
    let refuse = format!("{address}/refuse");
    let form = theirs.form(&refuse).fill("reason", "duplicate");
    let reads = followed.site.rows("reads").await.len();
    let late = colleague.submit(&form, "Rifiuta la richiesta").await;
    assert_eq!(late.status, 409, "{}", late.main());
    assert_eq!(
        followed.site.rows("reads").await.len(),
        reads + 1,
        "a page that comes too late shows a person too"
    );
    assert_eq!(requests(followed).await, 1);
    let now = operator.get(&address).await;
    assert!(now.main().contains("accettata") && now.form_is_missing(&accept));
    let list = operator.get("/inbox?done=yes").await;
    assert_eq!(list.rows().len(), 1);
    // By a link of its own the family sees how far it is.
    followed.site.clock.advance(Duration::from_mins(3));
    let mails = followed.mail_now().await;
    assert_eq!((mails.len(), mails[0].to.as_str()), (1, MAIL));
    let mut phone = followed.site.browser();
    let led = phone.get(&links(&mails[0])[0]).await;
    let mine = phone.follow(&led).await;
    assert!(mine.main().contains("Stiamo cercando"), "{}", mine.main());
}

#[test]
fn a_family_that_wants_a_call_waits_at_once_is_asked_back_and_refused() {
    block_on(async {
        for followed in both().await {
            let mut phone = followed.site.browser();
            let check = by_phone(&mut phone, "0564 300001").await;
            let number = number(&press(&mut phone, &check, "Invia la richiesta").await);
            assert!(followed.mail_now().await.is_empty());
            let mut operator = followed.site.signed_in("operator").await;
            let home = operator.get("/?whose=desk").await;
            let called = format!("{number}: chiamare Fulvia Immaginata, +390564300001");
            assert!(home.main().contains(&called), "{}", home.main());
            let address = format!("/inbox/{number}");
            let record = operator.get(&address).await;
            // The same number is a family's that is there.
            assert!(
                record.main().contains("F-1 Elsa Provolini"),
                "{}",
                record.main()
            );
            let back = format!("{address}/ask-back");
            let empty = operator.submit(&record.form(&back), "Chiedi ancora").await;
            assert_eq!((empty.status.as_u16(), empty.errors().len()), (422, 1));
            // Something else is something that is said.
            let form = record.form(&back).tick("other");
            let bare = operator.submit(&form, "Chiedi ancora").await;
            assert_eq!((bare.status.as_u16(), bare.errors().len()), (422, 1));
            let form = bare.form(&back).tick("hours").fill("words", "Che piano?");
            let asked = operator.submit(&form, "Chiedi ancora").await;
            let record = operator.follow(&asked).await;
            let told = record.main();
            let missing = "Manca ancora: in quali ore; un’altra cosa";
            assert!(
                told.contains("Che piano?") && told.contains(missing),
                "{told}"
            );
            let record = copied_and_read(&followed, &mut operator, &address).await;
            phone.get(&link_in(&record)).await;
            let refuse = format!("{address}/refuse");
            let none = operator
                .submit(&record.form(&refuse), "Rifiuta la richiesta")
                .await;
            assert_eq!(none.status, 422);
            let form = record.form(&refuse).fill("reason", "unlawful_wish");
            let refused = operator.submit(&form, "Rifiuta la richiesta").await;
            let record = operator.follow(&refused).await;
            assert!(record.main().contains("Condizione non ammessa"));
            let text = record.texts("textarea[readonly]").join("");
            assert!(
                text.contains("Ci dispiace") && text.contains("0564 28246"),
                "{text}"
            );
            let why = phone.get("/ask/confirm").await;
            assert!(why.main().contains("Ci dispiace"), "{}", why.main());
            assert_eq!(requests(&followed).await, 0);
            // After a month nobody knows any more who it was.
            followed.site.clock.advance(Duration::from_hours(31 * 24));
            run_due(&followed.context).await.unwrap();
            let rows = followed.site.rows("public_requests").await.join("");
            let events = followed.site.rows("public_request_events").await.join("");
            for gone in ["Fulvia", "Ada", "300001", "piano"] {
                assert!(
                    !rows.contains(gone) && !events.contains(gone),
                    "{gone}: {rows}"
                );
            }
            assert!(rows.contains("unlawful_wish"));
            assert_eq!(phone.get("/ask/confirm").await.status, 404);
        }
    });
}

/// The path in a text that an operator copies.
fn link_in(page: &Page) -> String {
    let text = page.texts("textarea[readonly]").join(" ");
    let mut words = text.split_whitespace();
    let link = words.find_map(|word| word.strip_prefix("http://dom.example"));
    link.unwrap_or_else(|| panic!("no link: {text}")).to_owned()
}

/// A text says what is missing, and its page what the desk adds; the next text has another
/// link. The page from which the last one was copied.
async fn copied_and_read(followed: &Followed, operator: &mut Browser, address: &str) -> Page {
    let text = format!("{address}/text");
    let record = operator.get(address).await;
    let first = operator
        .submit(&record.form(&text), "Prepara il testo")
        .await;
    let shown = first.texts("textarea[readonly]").join("");
    assert!(shown.contains("in quali ore; un’altra cosa"), "{shown}");
    assert!(
        !shown.contains("piano") && !shown.contains("Fulvia"),
        "{shown}"
    );
    let mut phone = followed.site.browser();
    let led = phone.get(&link_in(&first)).await;
    assert_eq!(led.location(), "/ask/confirm");
    let page = phone.follow(&led).await;
    assert_eq!(page.heading(), "La richiesta allo sportello");
    for told in [
        "in quali ore",
        "Che piano?",
        "0564 28246",
        "si dice il numero",
    ] {
        assert!(page.main().contains(told), "{told}: {}", page.main());
    }
    assert!(!page.main().contains("Fulvia"), "{}", page.main());
    let again = operator.get(address).await;
    assert!(!again.text().contains("/ask/confirm/"), "shown once");
    let second = operator
        .submit(&again.form(&text), "Prepara il testo")
        .await;
    let led = phone.get(&link_in(&first)).await;
    assert_eq!(phone.follow(&led).await.status, 404);
    let led = phone.get(&link_in(&second)).await;
    assert_eq!(phone.follow(&led).await.status, 200);
    second
}

/// A family asks by mail and confirms; its number, and the link by which it did.
async fn confirmed(
    followed: &Followed,
    phone: &mut Browser,
    contact: &[(&str, &str)],
) -> (String, String) {
    let check = filled(phone, "email", contact).await;
    let number = number(&press(phone, &check, "Invia la richiesta").await);
    let link = links(&followed.mail_now().await[0]).remove(0);
    let led = phone.get(&link).await;
    let page = phone.follow(&led).await;
    let sent = phone
        .submit(&page.form("/ask/confirm"), "Confermo la richiesta")
        .await;
    phone.follow(&sent).await;
    (number, link)
}

#[test]
fn a_mail_says_what_is_missing_and_why_not_and_nothing_that_the_desk_wrote() {
    block_on(async {
        for followed in both().await {
            let mut phone = followed.site.browser();
            let (number, before) = confirmed(&followed, &mut phone, &[("email", MAIL)]).await;
            let mut operator = followed.site.signed_in("operator").await;
            let address = format!("/inbox/{number}");
            let back = format!("{address}/ask-back");
            let mut record = operator.get(&address).await;
            for (code, words) in [("hours", "Anche la domenica?"), ("start", "Già in marzo?")] {
                let form = record.form(&back).tick(code).fill("words", words);
                let asked = operator.submit(&form, "Chiedi ancora").await;
                record = operator.follow(&asked).await;
            }
            let text = format!("{address}/text");
            assert!(record.form_is_missing(&text), "a mail tells them");
            followed.site.clock.advance(Duration::from_mins(3));
            let mails = followed.mail_now().await;
            assert_eq!(mails.len(), 1, "what was asked anew is asked once");
            let said = &mails[0].message.plain;
            assert_eq!(mails[0].message.subject, "Risposta dallo sportello");
            for told in [
                number.as_str(),
                "da quale giorno",
                "si telefona",
                "0564 28246",
            ] {
                assert!(said.contains(told), "{told}: {said}");
            }
            for kept in ["marzo", "domenica", "in quali ore", "Fulvia", "Ada"] {
                assert!(!said.contains(kept), "{kept}: {said}");
            }
            // The link of before is over, this one leads to what the desk wrote.
            let led = phone.get(&before).await;
            assert_eq!(phone.follow(&led).await.status, 404);
            let led = phone.get(&links(&mails[0])[0]).await;
            let page = phone.follow(&led).await;
            for told in ["da quale giorno", "Già in marzo?"] {
                assert!(page.main().contains(told), "{told}: {}", page.main());
            }
            assert!(!page.main().contains("domenica"), "{}", page.main());
            let refuse = format!("{address}/refuse");
            let form = record.form(&refuse).fill("reason", "outside_area");
            operator.submit(&form, "Rifiuta la richiesta").await;
            followed.site.clock.advance(Duration::from_mins(3));
            let mails = followed.mail_now().await;
            assert_eq!(mails.len(), 1);
            let page = phone.get("/ask/confirm").await;
            let why = "Lo sportello non lavora in quel comune.";
            for told in [&mails[0].message.plain, &page.main()] {
                let told = told.to_lowercase();
                assert!(told.contains("ci dispiace: la richiesta"), "{told}");
                assert!(told.contains(&why.to_lowercase()), "{told}");
                assert!(told.contains("per sapere di più"), "{told}");
            }
            assert!(!page.main().contains("marzo"), "{}", page.main());
        }
    });
}

#[test]
fn whoever_is_asked_back_and_refused_at_once_gets_one_mail() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let (number, _) = confirmed(&followed, &mut phone, &[("email", MAIL)]).await;
        let mut operator = followed.site.signed_in("operator").await;
        let address = format!("/inbox/{number}");
        let (back, refuse) = (format!("{address}/ask-back"), format!("{address}/refuse"));
        let form = operator.get(&address).await.form(&back).tick("hours");
        let asked = operator.submit(&form, "Chiedi ancora").await;
        let record = operator.follow(&asked).await;
        let form = record.form(&refuse).fill("reason", "outside_area");
        operator.submit(&form, "Rifiuta la richiesta").await;
        followed.site.clock.advance(Duration::from_mins(3));
        let mails = followed.mail_now().await;
        assert_eq!(mails.len(), 1);
        let said = mails[0].message.plain.to_lowercase();
        assert!(said.contains("non lavora in quel comune"), "{said}");
    });
}

#[test]
fn what_a_mail_could_not_say_is_said_by_phone() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let contact = [("email", MAIL), ("phone", "0564 300080")];
        let (number, _) = confirmed(&followed, &mut phone, &contact).await;
        let mut operator = followed.site.signed_in("operator").await;
        let address = format!("/inbox/{number}");
        let (back, text) = (format!("{address}/ask-back"), format!("{address}/text"));
        let record = operator.get(&address).await;
        let form = record.form(&back).tick("tasks");
        operator.submit(&form, "Chiedi ancora").await;
        followed.site.clock.advance(Duration::from_mins(3));
        let mails = followed.mail_now().await;
        assert!(operator.get(&address).await.form_is_missing(&text));
        let id = &mails[0].message.message_id;
        let report = format!("Status: 5.1.1\n\nMessage-ID: <{id}>\n");
        let came = bounce::take(&followed.site.context, &report).await.unwrap();
        assert_eq!(came, Bounce::Returned);
        let record = operator.get(&address).await;
        assert!(record.main().contains("da chiamare"), "{}", record.main());
        let made = operator
            .submit(&record.form(&text), "Prepara il testo")
            .await;
        let copied = made.texts("textarea[readonly]").join("");
        assert!(copied.contains("che cosa c’è da fare"), "{copied}");
        // What was asked before there were codes is the same thing on all pages.
        let older = "UPDATE public_requests SET reason = NULL";
        let db = followed.context.db.read();
        db.execute_unprepared(older).await.unwrap();
        let record = operator.get(&address).await;
        let told = "Manca ancora: un’altra cosa";
        assert!(record.main().contains(told), "{}", record.main());
    });
}

#[test]
fn a_worker_is_told_in_the_own_language_what_is_missing() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let notice = phone.get("/register?language=it").await;
        let begin = Words::new(Language::It).get("links-join-begin");
        let page = phone.submit(&notice.form("/register"), &begin).await;
        let check = phone.join(page, "Olena", "0564 300079").await;
        let check = phone.submit(&check.form("/register"), "العربية").await;
        let words = Words::new(Language::Ar);
        let send = words.get("links-join-send");
        phone.submit(&check.form("/register"), &send).await;
        let mut operator = followed.site.signed_in("operator").await;
        let (address, back) = ("/inbox/D-000001", "/inbox/D-000001/ask-back");
        let record = operator.get(address).await;
        let asked = record.attributes("input[name=missing]", "value");
        assert_eq!(asked, ["name", "contact", "comune", "other"]);
        let hours = [("version", "1"), ("missing", "hours")];
        assert_eq!(operator.post(back, &hours).await.status, 422);
        let form = record.form(back).tick("comune").tick("contact");
        let asked = operator.submit(&form, "Chiedi ancora").await;
        let record = operator.follow(&asked).await;
        let form = record.form("/inbox/D-000001/text");
        let record = operator.submit(&form, "Prepara il testo").await;
        assert_eq!(record.attributes("textarea[readonly]", "lang"), ["ar"]);
        let text = record.texts("textarea[readonly]").join("");
        let comune = words.code("links-missing", "comune");
        assert!(text.contains(&*comune) && !text.contains('⟦'), "{text}");
        // In their own marks; what is Latin in it keeps its place.
        let both = format!("{}؛ {comune}", words.code("links-missing", "contact"));
        assert!(text.contains(&both), "{text}");
        assert!(text.contains("\u{2068}0564 28246\u{2069}"), "{text}");
        let led = phone.get(&link_in(&record)).await;
        let page = phone.follow(&led).await;
        assert_eq!(page.attributes("html", "lang"), ["ar"]);
        assert!(page.main().contains(&*comune), "{}", page.main());
        assert!(!page.text().contains('⟦'), "{}", page.main());
        let form = record.form("/inbox/D-000001/refuse");
        let form = form.fill("reason", "outside_area");
        let refused = operator.submit(&form, "Rifiuta la richiesta").await;
        let record = operator.follow(&refused).await;
        let text = record.texts("textarea[readonly]").join("");
        let why = words.code("links-refused", "outside_area");
        assert!(text.contains(&*why), "{text}");
        let page = phone.get("/ask/confirm").await;
        assert!(page.main().contains(&*why), "{}", page.main());
    });
}

#[test]
fn the_family_that_is_there_gets_the_request() {
    block_on(async {
        let followed = one().await;
        publish(&followed, "family").await;
        let mut phone = followed.site.browser();
        let check = by_phone(&mut phone, "0564 300001").await;
        let number = number(&press(&mut phone, &check, "Invia la richiesta").await);
        let mut operator = followed.site.signed_in("operator").await;
        let address = format!("/inbox/{number}");
        let record = operator.get(&address).await;
        let form = record.form(&format!("{address}/accept"));
        let form = form.choose("family", "F-1");
        let done = operator.submit(&form, "Accetta la richiesta").await;
        let given = followed.site.rows("notices_given").await;
        assert!(given.len() == 1 && given[0].contains("screen"), "{given:?}");
        let request = operator.follow(&done).await;
        assert!(
            request.main().contains("Elsa Provolini"),
            "{}",
            request.main()
        );
        assert_eq!(followed.site.rows("families").await.len(), 1);
        // Erased meanwhile, it gets nothing any more.
        let check = by_phone(&mut phone, "0564 300099").await;
        let number = self::number(&press(&mut phone, &check, "Invia la richiesta").await);
        let rights = "/families/F-1/rights";
        let erase = "/families/F-1/rights/erase";
        let form = operator.get(rights).await.form(erase);
        let sure = operator.submit(&form, "Guarda che cosa succede").await;
        let form = sure.form(erase).fill("typed", "F-1");
        operator.submit(&form, "Cancella per sempre").await;
        let before = requests(&followed).await;
        let accept = format!("/inbox/{number}/accept");
        let gone = [("version", "1"), ("family", "F-1")];
        let gone = operator.post(&accept, &gone).await;
        assert_eq!(gone.status, 410, "{}", gone.main());
        assert_eq!(requests(&followed).await, before);
    });
}

#[test]
fn a_session_left_open_at_a_desk_is_told_of_and_its_menu_is_away() {
    block_on(async {
        let followed = one().await;
        let told = "Qui è aperto l’accesso di";
        let mut operator = followed.site.signed_in("operator").await;
        let start = operator.get("/ask").await;
        assert!(start.main().contains(told), "{}", start.main());
        let notice = operator.submit(&start.form("/ask/notice"), "Inizia").await;
        for page in [start, notice] {
            assert!(page.texts(".dom-nav").is_empty(), "{}", page.main());
            assert!(!page.form_is_missing("/sign-out"));
        }
        let nobody = followed.site.browser().get("/ask").await;
        assert!(!nobody.main().contains(told), "{}", nobody.main());
    });
}

#[test]
fn of_two_people_on_one_telephone_each_confirms_their_own() {
    block_on(async {
        for followed in both().await {
            let mut phone = followed.site.browser();
            let mut open = Vec::new();
            for mail in ["ada@prova.example", "bea@prova.example"] {
                let check = filled(&mut phone, "email", &[("email", mail)]).await;
                let done = press(&mut phone, &check, "Invia la richiesta").await;
                // A switch of language would lead away from the number.
                let others = done.texts("button[name='language']");
                assert!(others.is_empty(), "{others:?}");
                let link = links(&followed.mail_now().await[0]).remove(0);
                let led = phone.get(&link).await;
                open.push((number(&done), phone.follow(&led).await));
            }
            for (number, page) in open {
                let sent = phone
                    .submit(&page.form("/ask/confirm"), "Confermo la richiesta")
                    .await;
                let confirmed = phone.follow(&sent).await;
                assert_eq!(confirmed.heading(), "La richiesta è confermata");
                let said = confirmed.main();
                assert!(said.contains(&number), "{number}: {said}");
                let kept = storage::inbox::find(followed.context.db.read(), &number).await;
                let kept = kept.unwrap().unwrap();
                assert!(kept.confirmed_at.is_some(), "{number}");
            }
        }
    });
}

#[test]
fn what_nobody_confirms_vanishes_and_its_link_opens_nothing() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let check = filled(&mut phone, "email", &[("email", MAIL)]).await;
        press(&mut phone, &check, "Invia la richiesta").await;
        let mut mails = followed.mail_now().await;
        for _ in 0..2 {
            let check = filled(&mut phone, "email", &[("email", "Fulvia@prova.example")]).await;
            number(&press(&mut phone, &check, "Invia la richiesta").await);
            mails.extend(followed.mail_now().await);
        }
        assert_eq!(
            mails.len(),
            2,
            "the third looks the same and writes to nobody"
        );
        let link = links(&mails[0]).remove(0);
        followed.site.clock.advance(Duration::from_hours(71));
        run_due(&followed.context).await.unwrap();
        assert_eq!(followed.site.rows("public_requests").await.len(), 3);
        followed.site.clock.advance(Duration::from_hours(2));
        let led = phone.get(&link).await;
        assert_eq!(
            phone.follow(&led).await.status,
            404,
            "over before the job runs"
        );
        let done = run_due(&followed.context).await.unwrap();
        assert_eq!(done.inbox.vanished, 3);
        assert!(followed.site.rows("public_requests").await.is_empty());
        assert!(followed.site.rows("public_request_events").await.is_empty());
        let kept = followed.site.rows("outbox").await.join("").to_lowercase();
        assert!(!kept.contains(MAIL), "{kept}");
        let gone = phone.get("/ask/confirm").await;
        let never = followed.site.browser().get("/ask/confirm").await;
        assert_eq!((gone.status, gone.main()), (never.status, never.main()));
    });
}

#[test]
fn a_forbidden_wish_is_told_kindly_and_nothing_of_it_goes_on() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let check = by_phone(&mut phone, "0564 300009").await;
        let words = press(&mut phone, &check, "Cambia Altre cose da sapere").await;
        let wish = [("words", "Solo italiana, max 50 anni e senza figli.")];
        let refused = answer(&mut phone, &words, &wish).await;
        assert_eq!(refused.status, 422);
        let said = refused.main();
        for told in [
            "D.Lgs. 286/1998",
            "D.Lgs. 216/2003",
            "Se ha figli",
            "quanta esperienza",
        ] {
            assert!(said.contains(told), "{told}: {said}");
        }
        let form = refused.form("/ask/words");
        assert!(form.value("words").contains("max 50 anni"), "to be mended");
        // Neither back nor the other language carries it on.
        let back = press(&mut phone, &refused, "Indietro").await;
        assert_eq!(back.heading(), "Guardare le risposte prima di inviare");
        let again = press(&mut phone, &back, "Cambia Altre cose da sapere").await;
        assert_eq!(again.form("/ask/words").value("words").trim(), "");
        let english = press(&mut phone, &refused, "English").await;
        assert!(
            english.main().contains("This may not be asked"),
            "{}",
            english.main()
        );
        let mended = answer(&mut phone, &refused, &[("words", "C’è un cane.")]).await;
        let done = press(&mut phone, &mended, "Invia la richiesta").await;
        number(&done);
        let rows = followed.site.rows("public_requests").await.join("");
        assert!(
            rows.contains("cane") && !rows.contains("italiana"),
            "{rows}"
        );
    });
}

#[test]
fn pages_refuse_what_is_missing_and_keep_what_was_typed() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let page = begun(&mut phone).await;
        let page = press(&mut phone, &page, "Avanti").await;
        assert_eq!((page.status.as_u16(), page.errors().len()), (422, 1));
        assert!(page.title().starts_with("Errore:"), "{}", page.title());
        let page = answer(&mut phone, &page, &[("relation", "self")]).await;
        let typed = [("given_name", "Фулвия"), ("family_name", "Immaginata")];
        let page = answer(&mut phone, &page, &typed).await;
        assert_eq!(page.form("/ask/name").value("given_name"), "Фулвия");
        let page = answer(&mut phone, &page, &[("given_name", "Fulvia")]).await;
        let page = answer(&mut phone, &page, &[("contact_by", "email")]).await;
        assert_eq!((page.status.as_u16(), page.errors().len()), (422, 1));
        let page = answer(&mut phone, &page, &[("email", MAIL)]).await;
        let page = answer(&mut phone, &page, &[("comune", "Atlantide")]).await;
        assert_eq!(page.status, 422);
        // Back and forth loses nothing, in either language.
        let page = press(&mut phone, &page, "Indietro").await;
        assert_eq!(page.form("/ask/contact").value("email"), MAIL);
        let page = press(&mut phone, &page, "English").await;
        assert_eq!(page.heading(), "How to answer");
        assert_eq!(page.form("/ask/contact").value("email"), MAIL);
        // Who lives in keeps no hours.
        let page = press(&mut phone, &page, "Continue").await;
        let mut form = page.form("/ask/place").fill("comune", "Follonica");
        for (path, ticked) in [
            ("/ask/tasks", Some("laundry")),
            ("/ask/words", None),
            ("/ask/arrangement", Some("live_in")),
            ("/ask/start", None),
            ("/ask/needed", None),
        ] {
            let page = phone.submit(&form, "Continue").await;
            form = page.form(path);
            if let Some(ticked) = ticked {
                form = form.tick(ticked);
            }
            if path == "/ask/start" {
                form = form.fill("start_date", "1/3/2099");
            }
        }
        let odd = followed.site.browser().get("/ask/nothing").await;
        assert_eq!(odd.status, 404);
    });
}

#[test]
fn hours_are_typed_as_people_speak_and_days_that_are_over_are_not_asked_for() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let check = by_phone(&mut phone, "0564 300011").await;
        let week = press(&mut phone, &check, "Cambia Orario").await;
        let wrong = answer(&mut phone, &week, &[("schedule", "la mattina")]).await;
        assert_eq!(wrong.status, 422);
        let hours = "dal lunedì al venerdì, dalle 8.30 alle 13.30";
        let check = answer(&mut phone, &wrong, &[("schedule", hours)]).await;
        assert!(check.main().contains("Sono 25 ore"), "{}", check.main());
        let contact = press(&mut phone, &check, "Cambia Telefono").await;
        let wrong = answer(&mut phone, &contact, &[("phone", "12")]).await;
        assert_eq!(wrong.status, 422);
        let check = answer(&mut phone, &wrong, &[("phone", "0564 300011")]).await;
        for (column, field) in [("Inizio", "start_date"), ("Serve entro il", "needed_by")] {
            let page = press(&mut phone, &check, &format!("Cambia {column}")).await;
            let wrong = answer(&mut phone, &page, &[(field, "1/3/2020")]).await;
            assert_eq!(wrong.errors().len(), 1, "{:?}", wrong.errors());
            assert!(wrong.errors()[0].contains("già passato"));
        }
    });
}

#[test]
fn whoever_asks_for_themselves_is_asked_no_other_name() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let check = by_phone(&mut phone, "0564 300012").await;
        assert!(check.main().contains("Nonna Ada"), "{}", check.main());
        let whom = "Cambia Chi scrive, per la persona da aiutare, è";
        let whom = press(&mut phone, &check, whom).await;
        let check = answer(&mut phone, &whom, &[("relation", "self")]).await;
        assert!(!check.main().contains("Ada"), "{}", check.main());
        number(&press(&mut phone, &check, "Invia la richiesta").await);
        let rows = followed.site.rows("public_requests").await.join("");
        assert!(
            !rows.contains("Ada"),
            "what no page shows is not sent: {rows}"
        );
        // Each page asks one thing, and says where it stands.
        let page = begun(&mut phone).await;
        assert!(page.main().contains("pagina 2 di 13"), "{}", page.main());
        let page = answer(&mut phone, &page, &[("relation", "self")]).await;
        assert_eq!(page.heading(), "Chi chiede");
        assert!(page.main().contains("pagina 3 di 12"), "{}", page.main());
    });
}

#[test]
fn the_doors_speak_the_browsers_language_and_lead_on() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let wanted = [("accept-language", "ar,en;q=0.5")];
        let page = phone.send("GET", "/register", Vec::new(), &wanted).await;
        assert_eq!(page.attributes("html", "lang"), ["ar"]);
        let foot = page.attributes("footer a", "href");
        let own = ["/privacy?language=ar", "/accessibility?language=ar"];
        assert_eq!(foot, own);
        let back = page.attributes("main a[href^='/service']", "href");
        assert_eq!(back, ["/service?language=ar"]);
        // A page that can't be read says so in the language that it was in.
        let sent = [("carried", "nothing"), ("language", "uk"), ("go", "send")];
        let over = phone.post("/register", &sent).await;
        assert_eq!(over.status, 422);
        assert_eq!(over.attributes("html", "lang"), ["uk"]);
        let again = over.attributes("main a.btn-primary", "href");
        assert_eq!(again, ["/register?language=uk"]);
        let sign_in = phone.get("/sign-in").await;
        let leads = sign_in.attributes("main a", "href");
        assert!(leads.contains(&"/service".to_owned()), "{leads:?}");
        let service = phone.get("/service").await;
        assert_eq!(service.attributes("main a[hreflang]", "href").len(), 8);
    });
}

#[test]
fn answers_that_were_changed_open_nothing_and_old_ones_ask_for_the_notice_again() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let check = by_phone(&mut phone, "0564 300008").await;
        let form = check.form("/ask/check");
        let sealed = form.value("carried").to_owned();
        assert!(
            !sealed.contains("Fulvia") && sealed.len() < 4000,
            "{}",
            sealed.len()
        );
        let first = if sealed.starts_with('A') { 'B' } else { 'A' };
        let changed = format!("{first}{}", &sealed[1..]);
        for wrong in [changed.as_str(), "nothing", &sealed[1..]] {
            let page = phone
                .submit(&form.clone().fill("carried", wrong), "Invia la richiesta")
                .await;
            assert_eq!(page.status, 422);
            assert_eq!(page.heading(), "Le risposte non si leggono più");
            assert!(page.main().contains("0564 28246"));
        }
        followed.site.clock.advance(Duration::from_hours(25));
        let notice = phone.submit(&form, "Invia la richiesta").await;
        assert_eq!(notice.heading(), "Che cosa succede ai dati");
        assert!(
            notice.main().contains("È passato un giorno"),
            "{}",
            notice.main()
        );
        assert!(followed.site.rows("public_requests").await.is_empty());
        let check = press(&mut phone, &notice, "Ho letto, vado avanti").await;
        assert!(check.main().contains("Fulvia"), "nothing is lost");
        number(&press(&mut phone, &check, "Invia la richiesta").await);
        followed.site.clock.advance(Duration::from_hours(24 * 8));
        let over = phone.submit(&form, "Invia la richiesta").await;
        assert_eq!(over.status, 422);
        // Nobody sends what has not shown the notice.
        let empty = phone
            .post("/ask/check", &[("carried", ""), ("go", "next")])
            .await;
        assert_eq!(empty.heading(), "Che cosa succede ai dati");
        assert_eq!(phone.post("/ask/check", &[]).await.location(), "/ask");
    });
}

#[test]
fn a_worker_leaves_a_number_in_any_language_and_is_registered_at_the_desk() {
    block_on(async {
        for followed in both().await {
            let mut phone = followed.site.browser();
            publish(&followed, "worker").await;
            let (words, page) = in_every_language(&mut phone).await;
            assert!(followed.site.rows("public_requests").await.is_empty());
            let send = words.get("links-join-send");
            let check = joining_page_by_page(&mut phone, words, page).await;
            assert!(followed.site.rows("public_requests").await.is_empty());
            let form = check.form("/register");
            let done = phone.submit(&form, &send).await;
            assert_eq!(done.heading(), words.get("links-join-done"));
            assert!(done.main().contains("D-000001"), "{}", done.main());
            let again = phone.submit(&form, &send).await;
            assert!(again.main().contains("D-000001"), "sent twice, kept once");
            assert_eq!(followed.site.rows("public_requests").await.len(), 1);
            let mut operator = followed.site.signed_in("operator").await;
            let home = operator.get("/?whose=all").await;
            let line = "D-000001: chiamare Olena Vyhadana, +390564300077, Follonica, cerca lavoro";
            assert!(home.main().contains(line), "{}", home.main());
            let record = operator.get("/inbox/D-000001").await;
            let begin = record.form("/inbox/D-000001/begin");
            let opened = operator.submit(&begin, "Apri il modulo").await;
            let filled = operator.follow(&opened).await.form("/workers/new");
            for (field, value) in [
                ("given_name", "Olena"),
                ("phone", "+390564300077"),
                ("comune", "Follonica"),
                ("contact_language", "ar"),
            ] {
                assert_eq!(filled.value(field), value, "{field}");
            }
            let late = operator.submit(&begin, "Apri il modulo").await;
            assert_eq!(late.status, 409);
            one_form_alone(&followed, &mut operator, opened.location()).await;
            assert!(followed.site.rows("workers").await.is_empty());
            let record = operator.get("/inbox/D-000001").await;
            assert!(record.main().contains("da guardare"), "a form may be left");
            // Saving the form decides, and says which notice was read.
            let filled = filled.fill("Sesso sul documento", "f");
            let filled = filled.fill("Data di nascita", "3/4/70");
            let filled = filled.tick("hourly").tick("elderly_care");
            let filled = filled.fill("availability", "lun-ven 8:00-13:00");
            let filled = filled
                .fill("permit_type", "eu_citizen")
                .fill("max_km", "20");
            let saved = operator.submit(&filled, "Salva").await;
            assert_eq!(
                saved.location(),
                "/workers/W-000001?saved=1",
                "{}",
                saved.main()
            );
            let record = operator.get("/inbox/D-000001").await;
            assert!(record.main().contains("accettata"), "{}", record.main());
            let leads = record
                .links()
                .into_iter()
                .any(|(_, to)| to == "/workers/W-000001");
            assert!(leads, "{}", record.main());
            let given = followed.site.rows("notices_given").await;
            assert!(given.len() == 1 && given[0].contains("screen"), "{given:?}");
            there_already(&followed, &mut operator).await;
            erased_with_what_was_asked(&followed, &mut operator).await;
        }
    });
}

/// From the page for whom it is to the one that shows everything: each asks one thing, refuses
/// what can't be, and is found as it was left, backwards too.
async fn joining_page_by_page(phone: &mut Browser, words: Words, page: Page) -> Page {
    let (on, back) = (words.get("links-join-on"), words.get("links-join-back"));
    let told = |page: &Page, key: &'static str, (number, of): (i64, i64)| {
        assert_eq!(page.heading(), words.get(key), "{}", page.main());
        let place = words.with("links-join-place", &[("number", &number), ("of", &of)]);
        assert!(page.main().contains(&place), "{place}: {}", page.main());
    };
    told(&page, "links-join-for", (1, 6));
    let none = phone.say(&page, &[], &on).await;
    assert_eq!((none.status.as_u16(), none.errors().len()), (422, 1));
    let name = phone.say(&none, &[("relation", "self")], &on).await;
    // Who writes for themselves names nobody else.
    told(&name, "links-data-name", (2, 5));
    let refused = phone.say(&name, &[("given_name", "Olena")], &on).await;
    assert_eq!((refused.status.as_u16(), refused.errors().len()), (422, 1));
    assert!(refused.title().starts_with(&*words.get("links-error")));
    assert_eq!(refused.form("/register").value("given_name"), "Olena");
    let family_name = [("family_name", "Vyhadana")];
    let contact = phone.say(&refused, &family_name, &on).await;
    told(&contact, "ask-contact-by", (3, 5));
    let name = phone.say(&contact, &[], &back).await;
    assert_eq!(name.form("/register").value("family_name"), "Vyhadana");
    let whom = phone.say(&name, &[], &back).await;
    assert_eq!(whom.form("/register").chosen("relation"), Some("self"));
    let notice = phone.say(&whom, &[], &back).await;
    let whom = phone
        .say(&notice, &[], &words.get("links-join-begin"))
        .await;
    let name = phone.say(&whom, &[], &on).await;
    assert_eq!(name.form("/register").value("given_name"), "Olena");
    let contact = phone.say(&name, &[], &on).await;
    let none = phone.say(&contact, &[("phone", "0564 300077")], &on).await;
    assert_eq!((none.status.as_u16(), none.errors().len()), (422, 1));
    for (by, at) in [("email", ("email", "olena")), ("phone", ("phone", "12"))] {
        let page = phone.say(&contact, &[("contact_by", by), at], &on).await;
        assert_eq!(
            (page.status.as_u16(), page.errors().len()),
            (422, 1),
            "{by}"
        );
    }
    let by_phone = [("contact_by", "phone"), ("phone", "0564 300077")];
    let place = phone.say(&contact, &by_phone, &on).await;
    told(&place, "links-join-where", (4, 5));
    // Another language loses nothing, and is the one of what follows.
    let follonica = [("comune", "follonica")];
    let ukrainian = phone.say(&place, &follonica, "українська").await;
    assert_eq!(ukrainian.attributes("html", "lang"), ["uk"]);
    assert_eq!(ukrainian.form("/register").value("comune"), "follonica");
    let place = phone.say(&ukrainian, &[], "العربية").await;
    let check = phone.say(&place, &[], &on).await;
    told(&check, "links-join-check", (5, 5));
    for said in ["Olena", "Vyhadana", "0564 300077", "Follonica"] {
        assert!(check.main().contains(said), "{said}: {}", check.main());
    }
    // A change comes back to the page that shows everything.
    let change = format!(
        "{} {}",
        words.get("links-join-change"),
        words.get("fact-phone")
    );
    let number = phone.say(&check, &[], &change).await;
    assert_eq!(number.form("/register").value("phone"), "0564 300077");
    let check = phone.say(&number, &[("phone", "0564 300076")], &on).await;
    told(&check, "links-join-check", (5, 5));
    let number = phone.say(&check, &[], &change).await;
    let check = phone.say(&number, &[("phone", "0564 300077")], &back).await;
    told(&check, "links-join-check", (5, 5));
    check
}

/// The first two pages in each language; the last of them.
async fn in_every_language(phone: &mut Browser) -> (Words, Page) {
    let mut last = None;
    for language in Language::WRITTEN {
        let words = Words::new(language);
        let address = format!("/register?language={}", language.tag());
        let notice = phone.get(&address).await;
        let begin = words.get("links-join-begin");
        let page = phone.submit(&notice.form("/register"), &begin).await;
        assert_eq!(page.heading(), words.get("links-join-for"));
        for page in [&notice, &page] {
            let direction = format!("dir=\"{}\"", language.direction());
            assert!(page.text().contains(&direction), "{}", language.tag());
            assert!(
                !page.text().contains('⟦'),
                "{}: {}",
                language.tag(),
                page.main()
            );
        }
        last = Some((words, page));
    }
    last.expect("the last language")
}

const OLENA: [(&str, &str); 2] = [("given_name", "Olena"), ("family_name", "Vyhadana")];

/// From the door to the page that shows everything, in a language.
async fn joining(phone: &mut Browser, words: Words, pages: &[&[(&str, &str)]]) -> Page {
    let address = format!("/register?language={}", words.tag());
    let notice = phone.get(&address).await;
    let begin = words.get("links-join-begin");
    let mut page = phone.say(&notice, &[], &begin).await;
    for fields in pages {
        page = phone.say(&page, fields, &words.get("links-join-on")).await;
        assert_eq!(page.status, 200, "{fields:?}: {}", page.main());
    }
    page
}

/// Opens the link of the only mail and presses the button behind it.
async fn confirms(followed: &Followed, phone: &mut Browser, words: Words) -> Page {
    let mails = followed.mail_now().await;
    assert_eq!(mails.len(), 1);
    let subject = words.get("ask-mail-confirm-subject");
    assert_eq!(mails[0].message.subject, subject);
    let said = &mails[0].message.plain;
    assert!(!said.contains('⟦') && !said.contains("Olena"), "{said}");
    let led = phone.get(&links(&mails[0])[0]).await;
    let page = phone.follow(&led).await;
    assert_eq!(page.attributes("html", "lang"), [words.tag()]);
    let confirm = words.get("ask-confirm-do");
    let sent = phone.submit(&page.form("/ask/confirm"), &confirm).await;
    phone.follow(&sent).await
}

/// What the form of registration begins with.
async fn begins_with(operator: &mut Browser, fields: &[(&str, &str)]) {
    let record = operator.get("/inbox/D-000001").await;
    let begin = record.form("/inbox/D-000001/begin");
    let opened = operator.submit(&begin, "Apri il modulo").await;
    let filled = operator.follow(&opened).await.form("/workers/new");
    for (field, value) in fields {
        assert_eq!(filled.value(field), *value, "{field}");
    }
}

#[test]
fn a_worker_answered_by_mail_confirms_first_and_hears_in_the_own_language() {
    block_on(async {
        for followed in both().await {
            let words = Words::new(Language::Uk);
            let mut phone = followed.site.browser();
            let contact = [("contact_by", "email"), ("email", MAIL)];
            let pages: [&[(&str, &str)]; 4] = [
                &[("relation", "self")],
                &OLENA,
                &contact,
                &[("comune", "Grosseto")],
            ];
            let check = joining(&mut phone, words, &pages).await;
            let whom = words.code("relation", "self");
            for told in [MAIL, &*whom, &*words.code("contact-by", "email")] {
                assert!(check.main().contains(told), "{told}: {}", check.main());
            }
            let send = words.get("links-join-send");
            let done = phone.say(&check, &[], &send).await;
            let look = words.with("ask-next-look", &[("days", &LOOKED_WITHIN)]);
            for told in ["D-000001", look.as_str(), &*words.get("links-join-then")] {
                assert!(done.main().contains(told), "{told}: {}", done.main());
            }
            // No desk sees it yet, and nobody takes a half-hour of one.
            assert!(done.attributes("input[name=begin]", "value").is_empty());
            let mut operator = followed.site.signed_in("operator").await;
            let address = "/inbox/D-000001";
            assert_eq!(operator.get(address).await.status, 404);
            let home = operator.get("/?whose=all").await;
            assert!(!home.main().contains("Olena"), "{}", home.main());
            let confirmed = confirms(&followed, &mut phone, words).await;
            assert_eq!(confirmed.heading(), words.get("ask-confirmed-title"));
            let form = done.form("/register/appointment");
            let stands = phone
                .submit(&form, &words.get("links-join-confirmed"))
                .await;
            assert!(stands.main().contains(&look), "{}", stands.main());
            assert!(stands.form_is_missing("/register/appointment"));
            let home = operator.get("/?whose=all").await;
            let line = "D-000001: Olena Vyhadana, Grosseto, cerca lavoro";
            assert!(home.main().contains(line), "{}", home.main());
            let record = operator.get(address).await;
            for told in ["la persona stessa", MAIL, "confermato il"] {
                assert!(record.main().contains(told), "{told}: {}", record.main());
            }
            let own = [
                ("given_name", "Olena"),
                ("email", MAIL),
                ("contact_by", "email"),
                ("contact_language", "uk"),
            ];
            begins_with(&mut operator, &own).await;
            // What is missing, and a no, come by mail in the same language.
            let record = operator.get(address).await;
            let form = record.form("/inbox/D-000001/ask-back").tick("comune");
            operator.submit(&form, "Chiedi ancora").await;
            followed.site.clock.advance(Duration::from_mins(3));
            let back = followed.mail_now().await;
            let record = operator.get(address).await;
            let form = record.form("/inbox/D-000001/refuse");
            let form = form.fill("reason", "outside_area");
            operator.submit(&form, "Rifiuta la richiesta").await;
            followed.site.clock.advance(Duration::from_mins(3));
            let no = followed.mail_now().await;
            for (mails, list, code) in [
                (back, "links-missing", "comune"),
                (no, "links-refused", "outside_area"),
            ] {
                assert_eq!((mails.len(), mails[0].to.as_str()), (1, MAIL), "{code}");
                let said = &mails[0].message.plain;
                assert!(said.contains(&*words.code(list, code)), "{said}");
            }
        }
    });
}

#[test]
fn whoever_files_for_another_is_named_and_leaves_the_worker_nothing_of_the_own() {
    block_on(async {
        let followed = Followed::of(&Cast::on(today()).worker("W-1", &[])).await;
        publish(&followed, "worker").await;
        let words = Words::new(Language::It);
        let mut phone = followed.site.browser();
        let contact = [
            ("contact_by", "email"),
            ("email", "oksana@prova.example"),
            ("phone", "0564 300095"),
        ];
        let pages: [&[(&str, &str)]; 5] = [
            &[("relation", "child")],
            &[("filer_name", "Oksana Inventata")],
            &OLENA,
            &contact,
            &[("comune", "Grosseto")],
        ];
        let check = joining(&mut phone, words, &pages).await;
        for told in ["figlia o figlio", "Oksana Inventata", "pagina 6 di 6"] {
            assert!(check.main().contains(told), "{told}: {}", check.main());
        }
        // Who writes for themselves names nobody else; who then does not is asked the name.
        let change = "Cambia Chi scrive, per chi cerca lavoro, è";
        let whom = phone.say(&check, &[], change).await;
        let own = phone.say(&whom, &[("relation", "self")], "Avanti").await;
        assert!(!own.main().contains("Oksana"), "{}", own.main());
        let whom = phone.say(&own, &[], change).await;
        let check = phone.say(&whom, &[("relation", "child")], "Avanti").await;
        assert!(
            check.main().contains("Oksana Inventata"),
            "{}",
            check.main()
        );
        phone.say(&check, &[], "Invia").await;
        confirms(&followed, &mut phone, words).await;
        let mut operator = followed.site.signed_in("operator").await;
        let record = operator.get("/inbox/D-000001").await;
        for told in [
            "Olena",
            "figlia o figlio",
            "Oksana Inventata",
            "oksana@prova.example",
            "confermato il",
        ] {
            assert!(record.main().contains(told), "{told}: {}", record.main());
        }
        let nothing = [("given_name", "Olena"), ("phone", ""), ("email", "")];
        begins_with(&mut operator, &nothing).await;
        // Nobody but the daughter has read the notice.
        let record = operator.get("/inbox/D-000001").await;
        let form = record.form("/inbox/D-000001/begin").fill("worker", "W-1");
        operator
            .submit(&form, "È già registrata o registrato")
            .await;
        let rows = followed.site.rows("public_requests").await.join("");
        assert!(rows.contains("accepted"), "{rows}");
        assert!(followed.site.rows("notices_given").await.is_empty());
        // What is held of the mother is given to her without what is of her daughter.
        let held = export(&followed.context, By::CommandLine, Form::Worker, "W-1");
        let held = held.await.unwrap().to_json().to_string();
        assert!(held.contains("D-000001"), "{held}");
        for other in ["Oksana", "oksana", "300095"] {
            assert!(!held.contains(other), "{other}: {held}");
        }
    });
}

#[test]
fn a_workers_address_that_nobody_confirms_is_written_to_twice_and_forgotten() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let said = [
            ("relation", "self"),
            OLENA[0],
            OLENA[1],
            ("contact_by", "email"),
            ("email", MAIL),
            ("comune", "Grosseto"),
        ];
        let (mut shown, mut mails) = (Vec::new(), 0);
        for turn in 1..=3 {
            let carried = join::begin(&followed.context, Language::Ro);
            let carried = sealed(&followed, carried, &said).await;
            let sent = [
                ("carried", carried.as_str()),
                ("step", "check"),
                ("go", "send"),
            ];
            let page = phone.post("/register", &sent).await;
            assert_eq!(page.status, 200, "{}", page.main());
            shown.push(page.main().replace(&format!("D-{turn:06}"), "D-"));
            mails += followed.mail_now().await.len();
        }
        assert_eq!(mails, 2, "the third looks the same and writes to nobody");
        assert!(shown.iter().all(|one| *one == shown[0]), "{shown:#?}");
        let mut operator = followed.site.signed_in("operator").await;
        let inbox = operator.get("/inbox").await;
        assert!(!inbox.main().contains("Olena"), "{}", inbox.main());
        followed.site.clock.advance(Duration::from_hours(73));
        let done = run_due(&followed.context).await.unwrap();
        assert_eq!(done.inbox.vanished, 3);
        assert!(followed.site.rows("public_requests").await.is_empty());
        let kept = followed.site.rows("outbox").await.join("");
        assert!(!kept.contains(MAIL), "{kept}");
    });
}

/// Erased, nothing of what she asked is left either.
async fn erased_with_what_was_asked(followed: &Followed, operator: &mut Browser) {
    let (rights, erase) = ("/workers/W-000001/rights", "/workers/W-000001/rights/erase");
    let form = operator.get(rights).await.form(erase);
    let sure = operator.submit(&form, "Guarda che cosa succede").await;
    let form = sure.form(erase).fill("typed", "W-000001");
    operator.submit(&form, "Cancella per sempre").await;
    let left = followed.site.rows("public_requests").await;
    assert!(left.is_empty(), "{left:?}");
}

/// A colleague sees who is at the form and begins no second one; whoever began finds it again.
async fn one_form_alone(followed: &Followed, operator: &mut Browser, opened: &str) {
    let (address, action) = ("/inbox/D-000001", "/inbox/D-000001/begin");
    let mut colleague = followed.site.signed_in("administrator").await;
    let theirs = colleague.get(address).await;
    let told = theirs.main();
    assert!(told.contains("Il modulo l’ha aperto"), "{told}");
    assert!(!told.contains("Apri il modulo"), "{told}");
    let form = theirs.form(action);
    let version = [("version", form.value("version"))];
    let second = colleague.post(action, &version).await;
    assert_eq!(second.status, 409);
    let begin = operator.get(address).await.form(action);
    let again = operator.submit(&begin, "Apri il modulo").await;
    assert_eq!(again.location(), opened, "the same form");
    assert_eq!(followed.site.rows("drafts").await.len(), 1);
}

/// Publishes a notice that holds from today on.
async fn publish(followed: &Followed, kind: &str) {
    let mut browser = followed.site.signed_in("administrator").await;
    let page = browser.get(&format!("/admin/notices?kind={kind}")).await;
    let form = page.form("/admin/notices").fill("text_it", "Parole nuove.");
    let done = browser.submit(&form, "Pubblica").await;
    assert_eq!(done.status, 303, "{}", done.main());
}

/// Somebody who is registered asks again, from another number.
async fn there_already(followed: &Followed, operator: &mut Browser) {
    let mut phone = followed.site.browser();
    let notice = phone.get("/register?language=it").await;
    assert!(notice.main().contains("Parole nuove."), "{}", notice.main());
    let words = Words::new(Language::It);
    let begin = words.get("links-join-begin");
    let page = phone.submit(&notice.form("/register"), &begin).await;
    let check = phone.join(page, "Olena", "0564 300078").await;
    let form = check.form("/register");
    phone.submit(&form, &words.get("links-join-send")).await;
    let address = "/inbox/D-000002";
    let action = "/inbox/D-000002/begin";
    let button = "È già registrata o registrato";
    let mut page = operator.get(address).await;
    for (typed, problem) in [
        ("", "Scrivere o scegliere qualcosa."),
        ("W-9", "nessuna persona che cerca lavoro ha il codice W-9"),
    ] {
        let form = page.form(action).fill("worker", typed);
        page = operator.submit(&form, button).await;
        let errors = page.errors();
        assert_eq!((page.status.as_u16(), errors.len()), (422, 1), "{errors:?}");
        assert!(errors[0].ends_with(problem), "{errors:?}");
        assert_eq!(page.form(action).value("worker"), typed);
    }
    let form = page.form(action).fill("worker", "W-000001");
    let done = operator.submit(&form, button).await;
    let record = operator.follow(&done).await;
    assert!(record.main().contains("accettata"), "{}", record.main());
    let given = followed.site.rows("notices_given").await;
    assert_eq!(given.len(), 1, "told once");
}

/// What the pages of a form carry once the notice was read and all of this was answered.
async fn sealed(followed: &Followed, mut carried: Carried, answers: &[(&str, &str)]) -> String {
    carried.notice = Some((Notice::latest().version().to_owned(), carried.begun_at));
    for (name, value) in answers {
        carried.set(name, std::iter::once(*value));
    }
    ask::seal(&followed.context, &carried).await.unwrap()
}

/// All that a family has to answer.
fn asking<'a>(relation: &'a str, phone: &'a str) -> [(&'static str, &'a str); 9] {
    [
        ("relation", relation),
        ("given_name", "Fulvia"),
        ("family_name", "Immaginata"),
        ("contact_by", "phone"),
        ("phone", phone),
        ("comune", "Grosseto"),
        ("required_skills", "laundry"),
        ("arrangement", "live_in"),
        ("start_date", "1/3/2099"),
    ]
}

/// Sends a form whose pages were filled in by a script.
async fn scripted(followed: &Followed, browser: &mut Browser, phone: &str) -> Page {
    let carried = ask::begin(&followed.context, Language::It);
    let sealed = sealed(followed, carried, &asking("self", phone)).await;
    let fields = [("carried", sealed.as_str()), ("go", "next")];
    browser.post("/ask/check", &fields).await
}

const JOINING: [(&str, &str); 4] = [
    ("given_name", "Olena"),
    ("family_name", "Vyhadana"),
    ("phone", "0564 300090"),
    ("comune", "Grosseto"),
];

#[test]
fn a_workers_pages_that_stay_open_while_the_program_is_replaced_lose_and_send_nothing() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let (address, words) = ("/register", Words::new(Language::It));
        let begun = || join::begin(&followed.context, Language::It);
        // The page before asked for all at once, and named no step.
        let empty = sealed(&followed, begun(), &[]).await;
        let mut typed = vec![("carried", empty.as_str())];
        typed.extend(JOINING);
        let check = phone.post(address, &typed).await;
        assert_eq!(check.heading(), words.get("links-join-check"));
        for (_, said) in JOINING {
            assert!(check.main().contains(said), "{said}: {}", check.main());
        }
        let short = [
            typed[0],
            JOINING[0],
            JOINING[1],
            ("phone", "12"),
            JOINING[3],
        ];
        let refused = phone.post(address, &short).await;
        assert_eq!((refused.status.as_u16(), refused.errors().len()), (422, 1));
        assert_eq!(refused.form(address).value("phone"), "12");
        // The one that showed it had a way back and one on.
        let whole = sealed(&followed, begun(), &JOINING).await;
        let button = |go| [("carried", whole.as_str()), ("go", go)];
        let name = phone.post(address, &button("change")).await;
        assert_eq!(name.form(address).value("given_name"), "Olena");
        // What no page offers sends nothing.
        for odd in [("go", ""), ("go", "yes"), ("change", "nothing")] {
            let sent = [("carried", whole.as_str()), ("step", "check"), odd];
            let page = phone.post(address, &sent).await;
            assert_eq!(page.heading(), words.get("links-join-check"), "{odd:?}");
        }
        assert!(followed.site.rows("public_requests").await.is_empty());
        let done = phone.post(address, &button("send")).await;
        assert!(done.main().contains("D-000001"), "{}", done.main());
    });
}

#[test]
fn a_familys_pages_that_stay_open_while_the_program_is_replaced_lose_and_send_nothing() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let carried = ask::begin(&followed.context, Language::It);
        let whole = sealed(&followed, carried, &asking("child", "0564 300091")).await;
        // The pages before asked more at once.
        let mut sent = vec![
            ("carried", whole.as_str()),
            ("relation", "child"),
            ("recipient_name", "Nonna Ada"),
            ("go", "next"),
        ];
        let next = phone.post("/ask/for", &sent).await;
        let form = next.form("/ask/recipient");
        assert_eq!(form.value("recipient_name"), "Nonna Ada");
        sent.push(("to", "check"));
        let check = phone.post("/ask/for", &sent).await;
        assert!(check.main().contains("Nonna Ada"), "{}", check.main());
        let whole = check.form("/ask/check").value("carried").to_owned();
        let sent = [
            ("carried", whole.as_str()),
            ("start_date", "2/3/2099"),
            ("needed_by", "9/3/2099"),
            ("to", "check"),
            ("go", "next"),
        ];
        let check = phone.post("/ask/start", &sent).await;
        for told in ["Nonna Ada", "2/3/2099", "9/3/2099"] {
            assert!(check.main().contains(told), "{told}: {}", check.main());
        }
        // What no page offers sends nothing.
        let whole = check.form("/ask/check").value("carried").to_owned();
        for odd in [("go", ""), ("go", "yes"), ("change", "nothing")] {
            let page = phone
                .post("/ask/check", &[("carried", whole.as_str()), odd])
                .await;
            assert_eq!(
                page.heading(),
                "Guardare le risposte prima di inviare",
                "{odd:?}"
            );
        }
        assert!(followed.site.rows("public_requests").await.is_empty());
        number(&press(&mut phone, &check, "Invia la richiesta").await);
    });
}

#[test]
fn a_worker_reads_a_notice_again_that_changed_or_is_of_yesterday_and_what_was_sent_is_known() {
    block_on(async {
        let followed = one().await;
        let mut phone = followed.site.browser();
        let (address, words) = ("/register", Words::new(Language::It));
        let [begin, send, reread] =
            ["links-join-begin", "links-join-send", "links-join-reread"].map(|key| words.get(key));
        let notice = phone.get("/register?language=it").await;
        assert!(!notice.main().contains(&*reread), "{}", notice.main());
        publish(&followed, "worker").await;
        let changed = phone.submit(&notice.form(address), &begin).await;
        for told in ["Parole nuove.", &*reread] {
            assert!(changed.main().contains(told), "{told}: {}", changed.main());
        }
        let page = phone.submit(&changed.form(address), &begin).await;
        let check = phone.join(page, "Olena", "0564 300092").await.form(address);
        followed.site.clock.advance(Duration::from_hours(25));
        let old = phone.submit(&check, &send).await;
        assert_eq!(old.heading(), words.get("links-join-title"));
        assert!(old.main().contains(&*reread), "{}", old.main());
        let ukrainian = phone.submit(&old.form(address), "українська").await;
        let other = Words::new(Language::Uk).get("links-join-reread");
        assert!(ukrainian.main().contains(&*other), "{}", ukrainian.main());
        assert!(followed.site.rows("public_requests").await.is_empty());
        let again = phone.submit(&old.form(address), &begin).await;
        assert!(again.main().contains("Vyhadana"), "nothing is lost");
        let check = again.form(address);
        let done = phone.submit(&check, &send).await;
        assert!(done.main().contains("D-000001"), "{}", done.main());
        // A day later it is not said that nothing was sent.
        followed.site.clock.advance(Duration::from_hours(25));
        let carried = check.value("carried").to_owned();
        let time = [("carried", carried.as_str()), ("begin", "")];
        let chosen = phone.post("/register/appointment", &time).await;
        for page in [chosen, phone.submit(&check, &send).await] {
            assert!(page.main().contains("D-000001"), "{}", page.main());
        }
        assert_eq!(followed.site.rows("public_requests").await.len(), 1);
        followed.site.clock.advance(Duration::from_hours(24 * 7));
        let over = phone.post("/register/appointment", &time).await;
        assert_eq!(over.status, 422);
        let phoning = words.get("links-near-none");
        assert!(over.main().contains(&*phoning), "{}", over.main());
        let nothing = words.get("links-join-broken");
        assert!(!over.main().contains(&*nothing), "{}", over.main());
    });
}

#[test]
fn a_burst_waits_and_people_elsewhere_do_not() {
    block_on(async {
        let followed = one().await;
        let mut script = from(&followed, 66);
        let mut waits = Vec::new();
        for turn in 0..200 {
            let page = scripted(&followed, &mut script, &format!("0564 31{turn:04}")).await;
            if page.status == 429 {
                waits.push((turn, page));
            }
        }
        assert_eq!(waits.len(), 200 - 12);
        let (first, page) = &waits[0];
        assert_eq!((*first, page.header("retry-after")), (12, "30"));
        assert!(page.main().contains("0564 28246"), "{}", page.main());
        let mut other = from(&followed, 7);
        number(&scripted(&followed, &mut other, "0564 320001").await);
        // The page that waits carries the answers, and sends them later.
        followed.site.clock.advance(Duration::from_secs(31));
        let form = page.form("/ask/check");
        number(&script.submit(&form, "Invia di nuovo").await);
        // One number is not to be called from a hundred networks.
        let mut sent = 0;
        for turn in 100..110 {
            let page = scripted(&followed, &mut from(&followed, turn), "0564 330001").await;
            sent += u32::from(page.status == 200);
        }
        assert_eq!(sent, 4);
    });
}

#[test]
fn whoever_asks_learns_nothing_of_who_is_there() {
    block_on(async {
        let followed = one().await;
        // The number of the family of the cast, of its worker, and of nobody.
        let mut said = Vec::new();
        for phone in ["0564 300001", "0564 300002", "0564 340001"] {
            let mut script = followed.site.browser();
            let page = scripted(&followed, &mut script, phone).await;
            let number = number(&page);
            said.push(page.main().replace(&number, "D-"));
        }
        assert_eq!(said[0], said[2]);
        assert_eq!(said[1], said[2]);
        let mut operator = followed.site.signed_in("operator").await;
        let seen = operator.get("/inbox/D-000001").await;
        assert!(seen.main().contains("F-1 Elsa"), "the desk sees it");
    });
}

const LONG: (&str, &str) = ("hourly", "lun-dom 08:00-20:00");
const REST: (&str, &str) = (
    "hourly",
    "lun 06:00-07:00; lun 15:00-16:00; lun 22:00-23:00; mar 05:00-06:00",
);
const NIGHT: (&str, &str) = ("night", "lun-ven 19:00-08:00");
const LIVES_IN: (&str, &str) = ("live_in", "");

/// In a language, of an arrangement and its hours: what is said among other things.
const TOLD: [(Language, (&str, &str), &[&str]); 8] = [
    (
        Language::It,
        LONG,
        &[
            "Sono 84 ore alla settimana.",
            "Una persona sola non basta: ne servono almeno 3.",
            "Una persona sola può lavorare al massimo 40 ore alla settimana. Qui le ore sono 84.",
            "Una persona deve avere ogni settimana 24 ore libere di seguito. Qui sono al massimo 12.",
            "ogni giorno: una persona sola può lavorare al massimo 8 ore al giorno. Qui le ore sono 12.",
        ],
    ),
    (
        Language::En,
        LONG,
        &[
            "These are 84 hours a week.",
            "One person is not enough: at least 3 are needed.",
            "One person alone may work 40 hours a week at most. Here it would be 84.",
            "Every day: one person alone may work 8 hours a day at most. Here it would be 12.",
        ],
    ),
    (
        Language::It,
        REST,
        &[
            "lunedì: una persona deve riposare 11 ore di seguito. Qui le ore di riposo sono al massimo 8.",
        ],
    ),
    (
        Language::En,
        REST,
        &[
            "Monday: a person must rest for 11 hours on end. Here the longest rest would be 8 hours.",
        ],
    ),
    (
        Language::It,
        NIGHT,
        &["Il lavoro di notte va dalle 20:00 alle 08:00. Qui le ore fuori da questo tempo sono 5."],
    ),
    (
        Language::En,
        NIGHT,
        &["Work at night goes from 20:00 to 08:00. Here the hours outside that time are 5."],
    ),
    (
        Language::It,
        LIVES_IN,
        &[
            "Chi vive in casa lavora al massimo 54 ore alla settimana.",
            "Ogni settimana ha almeno 36 ore libere.",
            "Per avere qualcuno giorno e notte una persona sola non basta.",
        ],
    ),
    (
        Language::En,
        LIVES_IN,
        &[
            "Somebody who lives in works 54 hours a week at most.",
            "To have somebody there day and night, one person is not enough.",
        ],
    ),
];

/// What is said of some hours before they are sent, and where the figures come from.
async fn advice(
    followed: &Followed,
    language: Language,
    (arrangement, schedule): (&str, &str),
) -> Vec<String> {
    let mut carried = ask::begin(&followed.context, language);
    for (name, value) in [
        ("arrangement", arrangement),
        ("schedule", schedule),
        ("required_skills", "laundry"),
        ("start_date", "1/3/2099"),
    ] {
        carried.set(name, std::iter::once(value));
    }
    let sealed = ask::seal(&followed.context, &carried).await.unwrap();
    let fields = [("carried", sealed.as_str()), ("go", language.tag())];
    let page = followed.site.browser().post("/ask/check", &fields).await;
    assert_eq!(page.status, 200, "{}", page.main());
    page.texts("form section li")
}

/// What keeps a sentence from being plain to a family.
fn not_plain(sentence: &str) -> Option<String> {
    let words: Vec<&str> = sentence
        .split(|c: char| c.is_whitespace() || c == '’')
        .map(|word| word.trim_matches(|c: char| ".,:;()".contains(c)))
        .collect();
    let is_code = |word: &str| {
        let level = word.len() > 1 && CcnlLevel::by_code(word).is_some();
        let mixed =
            word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic);
        let law = [
            "art", "articolo", "article", "comma", "CCNL", "D.Lgs", "livello", "level",
        ];
        let shouted = word.len() > 1 && word.chars().all(char::is_uppercase);
        level || mixed || shouted || word.contains(['_', '⟦', '§']) || law.contains(&word)
    };
    if let Some(code) = words.iter().find(|word| is_code(word)) {
        return Some(format!("{code}: {sentence}"));
    }
    let mut parts = sentence.split(". ");
    let long = parts.find(|part| part.split_whitespace().count() > 20);
    long.map(|part| format!("long: {part}"))
}

#[test]
fn the_advice_on_hours_is_plain_to_families_in_both_languages() {
    block_on(async {
        let followed = one().await;
        for (language, asked, told) in TOLD {
            let said = advice(&followed, language, asked).await;
            for sentence in told {
                assert!(
                    said.iter().any(|one| one == sentence),
                    "{sentence}: {said:#?}"
                );
            }
            // A limit has a source and a day, in words too.
            let source = said.last().expect("a source");
            assert!(source.contains("2020"), "{source}");
            let hard: Vec<String> = said.iter().filter_map(|one| not_plain(one)).collect();
            assert!(hard.is_empty(), "{hard:#?}");
        }
        let seen = not_plain("Limiti: CCNL art. 14").zip(not_plain("Livello CS"));
        assert!(seen.is_some(), "what is not plain is seen");
    });
}
