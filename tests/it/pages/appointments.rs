//! Appointments at the desk: its hours, chosen by a link, after a question from the public or
//! by the desk; twice by nobody; on a list; and told of the day before.

use std::time::Duration;

use dom::catalogue::{Language, Words};
use dom::domain::appointment::{Begin, ComesFor};
use dom::domain::contact::EmailAddress;
use dom::domain::ids::WorkerCode;
use dom::domain::public_request::InboxState;
use dom::jobs::run_due;
use dom::storage::appointments::{NewAppointment, Whom};
use dom::storage::inbox::Decision;
use dom::storage::mailings::Person;
use dom::storage::{self, StorageError};

use super::links::{given, open};
use crate::support::browser::{Browser, Page};
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, links, start, tasks};
use crate::support::program::block_on;
use crate::support::site::Site;

const MAIL: &str = "zoe@prova.example";
const HOURS: &str = "/appointments/hours";
const PERMIT: [(&str, &str); 3] = [
    ("email", "quattro@prova.example"),
    ("permit_type", "employment"),
    ("permit_until", "2026-02-20"),
];

fn cast() -> Cast {
    let mut cast = Cast::on(start())
        .worker("W-1", &[("email", MAIL), ("contact_language", "uk")])
        .worker("W-2", &[])
        .worker("W-3", &[("email", "tre@prova.example")])
        .worker("W-4", &PERMIT)
        .request("R-1", &[]);
    cast.families[0].email = EmailAddress::parse("famiglia@prova.example").ok();
    cast
}

/// The desk of Grosseto gives appointments in the morning of working days.
async fn opened(followed: &Followed) -> Browser {
    followed.at(day(0), 8);
    let mut operator = followed.site.signed_in("operator").await;
    let form = operator.get(HOURS).await.form(HOURS);
    let form = form.fill("week", "lun-ven 9:00-12:00");
    let done = operator.submit(&form, "Registra").await;
    assert_eq!(done.status, 303, "{}", done.main());
    operator
}

async fn book(operator: &mut Browser, record: &str, begin: &str, purpose: &str) -> Page {
    book_at(operator, "grosseto", record, begin, purpose).await
}

async fn book_at(
    operator: &mut Browser,
    desk: &str,
    record: &str,
    begin: &str,
    purpose: &str,
) -> Page {
    let fields = [
        ("do", "book"),
        ("desk", desk),
        ("begin", begin),
        ("purpose", purpose),
    ];
    operator
        .post(&format!("{record}/appointment"), &fields)
        .await
}

async fn list(operator: &mut Browser, day: &str) -> String {
    let page = operator.get(&format!("/appointments?day={day}")).await;
    assert_eq!(page.status, 200);
    page.main()
}

/// Writes down where a record stands.
async fn stands(operator: &mut Browser, record: &str, fields: &[(&str, &str)]) {
    let address = format!("{record}/standing");
    let page = operator.get(&address).await;
    let mut form = page.form(&address);
    for (name, value) in fields {
        form = form.fill(name, value);
    }
    let buttons = page.texts("main button");
    let done = operator.submit(&form, buttons.last().unwrap()).await;
    assert_eq!(done.status, 303, "{}", done.main());
}

/// A form is begun with what was asked, and thrown away.
async fn begun_and_thrown_away(operator: &mut Browser, asking: &str) {
    let begin = [("version", "1"), ("act", "begin")];
    let begun = operator.post(&format!("{asking}/begin"), &begin).await;
    assert_eq!(begun.status, 303, "{}", begun.main());
    let draft = begun.location().rsplit('=').next().unwrap().to_owned();
    let thrown = operator
        .post(&format!("/drafts/{draft}/discard"), &[])
        .await;
    assert_eq!(thrown.status, 303, "{}", thrown.main());
}

/// What a page says of what they have: when, and where.
fn own_of(page: &Page, words: Words) -> String {
    let when = words.get("links-near-when");
    let lines = page.texts("main p").into_iter();
    lines.filter(|line| line.contains(when.as_ref())).collect()
}

/// Another desk gives appointments at the same hours.
async fn opens(operator: &mut Browser, desk: &str) {
    let fields = [
        ("desk", desk),
        ("week", "lun-ven 9:00-12:00"),
        ("minutes", "30"),
        ("from", "12/01/2026"),
    ];
    let done = operator.post(HOURS, &fields).await;
    assert_eq!(done.status, 303, "{}", done.main());
}

/// At another desk it is there that they go.
async fn booked_elsewhere(operator: &mut Browser, phone: &mut Browser, address: &str) {
    opens(operator, "follonica").await;
    let (there, begin) = ("follonica", "2026-01-16/18");
    let made = book_at(operator, there, "/workers/W-1", begin, "renewal").await;
    assert_eq!(made.status, 303, "{}", made.main());
    let page = phone.get(address).await;
    let own = own_of(&page, Words::new(Language::Uk));
    assert!(own.contains("Follonica"), "{own}");
    assert!(!own.contains("Grosseto"), "{own}");
}

/// Who was to come for a renewal, and does not, is the desk's to think of again.
async fn a_renewal_called_off(followed: &Followed, operator: &mut Browser) {
    let record = "/workers/W-4";
    let made = book(operator, record, "2026-01-21/18", "renewal").await;
    assert_eq!(made.status, 303, "{}", made.main());
    assert!(tasks(followed).await.is_empty());
    let address = format!("{record}/appointment");
    let off = operator.post(&address, &[("do", "off")]).await;
    assert_eq!(off.status, 303, "{}", off.main());
    let again = [("permit_ends", "W-4".to_owned())];
    assert_eq!(tasks(followed).await, again);
}

/// A file that is read holds the desks of its people until it is through: nobody who books
/// waits for that. Of the other kind of database only one writes at a time.
async fn books_while_a_file_is_read(followed: &Followed, operator: &mut Browser) {
    let db = &followed.context.db;
    if db.has_one_program() {
        return;
    }
    let code = |text| WorkerCode::parse(text).unwrap();
    let known = storage::workers::find(db.read(), &code("W-3")).await;
    let mut worker = known.unwrap().unwrap().value;
    worker.code = Some(code("W-9"));
    let reading = db.write().await.unwrap();
    storage::workers::insert_many(&*reading, &[worker])
        .await
        .unwrap();
    let made = book(operator, "/workers/W-2", "2026-01-20/18", "registration");
    let made = tokio::time::timeout(Duration::from_secs(20), made).await;
    assert_eq!(made.expect("nobody waits").status, 303);
    drop(reading);
}

/// A desk refuses what was asked at the very moment in which they choose a time.
async fn refused_while_they_choose(followed: &Followed, phone: &mut Browser) {
    let db = &followed.context.db;
    if db.has_one_program() {
        return;
    }
    let action = "/register/appointment";
    let done = asked(followed, phone, "0564 300079").await;
    let form = done.form(action).choose("begin", "2026-01-14/20");
    let slots = followed.site.rows("appointment_slots").await;
    let found = storage::inbox::find(db.read(), "D-000003").await.unwrap();
    let found = found.unwrap();
    let refused = Decision {
        state: InboxState::Refused,
        decided_at: Some(followed.context.now()),
        reason: Some("duplicate".to_owned()),
        token_hash: None,
        request_id: None,
        worker_id: None,
    };
    let deciding = db.write().await.unwrap();
    storage::inbox::decide(&*deciding, (found.id, found.version), &refused)
        .await
        .unwrap();
    let mut late = phone.clone();
    let choosing = tokio::spawn(async move {
        let page = late.submit(&form, "Prendo questo appuntamento").await;
        page.status.as_u16()
    });
    // Time in which they read that it is open still, and wait.
    tokio::time::sleep(Duration::from_millis(300)).await;
    deciding.commit().await.unwrap();
    assert_eq!(choosing.await.unwrap(), 422);
    assert_eq!(followed.site.rows("appointment_slots").await, slots);
}

/// Whom nobody has called yet has at most half of a day, and not far ahead.
async fn leave_half_a_day_to_the_others(followed: &Followed, phone: &mut Browser) {
    let action = "/register/appointment";
    let chosen: [(&str, &str, u16); 5] = [
        ("0564 300081", "2026-01-13/18", 200),
        ("0564 300082", "2026-01-13/19", 200),
        ("0564 300083", "2026-01-13/20", 200),
        ("0564 300084", "2026-01-13/21", 422),
        ("0564 300085", "2026-01-27/18", 422),
    ];
    for (number, begin, expected) in chosen {
        let done = asked(followed, phone, number).await;
        let carried = done.form(action).value("carried").to_owned();
        let fields = [("carried", carried.as_str()), ("begin", begin)];
        let page = phone.post(action, &fields).await;
        assert_eq!(page.status, expected, "{begin}: {}", page.main());
        let offered = page.attributes("input[name=begin]", "value");
        assert!(!offered.is_empty());
        let left = expected == 200 && number != "0564 300083";
        let of_day = |one: &String| one.starts_with("2026-01-13");
        assert_eq!(offered.iter().any(of_day), left, "{begin}");
    }
}

/// The database itself refuses a half-hour that somebody has.
async fn refused_by_the_database(followed: &Followed, begin: &str) {
    let db = &followed.context.db;
    let code = WorkerCode::parse("W-3").unwrap();
    let worker = storage::workers::find(db.read(), &code).await.unwrap();
    let desks = storage::places::desks(db.read()).await.unwrap();
    let desk = desks
        .iter()
        .find(|(_, one)| one.code.as_str() == "grosseto");
    let new = NewAppointment {
        desk_id: desk.unwrap().0,
        begin: Begin::parse(begin).unwrap(),
        minutes: 60,
        comes_for: ComesFor::Renewal,
        whom: Whom::Person(Person::Worker(worker.unwrap().id)),
        made_at: followed.context.now(),
        made_by: None,
    };
    let write = db.write().await.unwrap();
    let done = storage::appointments::insert(&*write, &new).await;
    assert!(
        matches!(done, Err(StorageError::Conflict { .. })),
        "{done:?}"
    );
}

#[test]
fn a_worker_chooses_by_a_link_and_nobody_has_the_same_half_hour() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut operator = opened(&followed).await;
            let wrong = operator.get(HOURS).await.form(HOURS);
            let wrong = wrong.fill("week", "lun 9").fill("from", "01/01/2020");
            let refused = operator.submit(&wrong, "Registra").await;
            assert_eq!((refused.status.as_u16(), refused.errors().len()), (422, 2));
            assert_eq!(refused.form(HOURS).value("week"), "lun 9");
            for words in Language::WRITTEN.map(Words::new) {
                let address = format!("/service?language={}", words.tag());
                let said = followed.site.browser().get(&address).await.main();
                let open = words.get("about-open");
                for told in ["09:00–12:00", open.as_ref()] {
                    assert!(said.contains(told), "{told}: {said}");
                }
            }

            let link = given(&followed, "/workers/W-1").await;
            let mut phone = followed.site.browser();
            let (_, mine) = open(&mut phone, &link).await;
            let address = format!("{mine}/appointment");
            let words = Words::new(Language::Uk);
            let page = phone.get(&address).await;
            assert_eq!(page.heading(), words.get("links-near-title"));
            let form = page.form(&address);
            let take = words.get("links-near-do");
            let none = phone.submit(&form, &take).await;
            assert_eq!(none.status, 422);
            let begin = "2026-01-14/18";
            let form = form.choose("begin", begin).choose("purpose", "renewal");
            let kept = phone.submit(&form, &take).await;
            let done = format!("{mine}?done=appointment");
            assert_eq!(kept.location(), done, "{}", kept.main());
            let home = phone.follow(&kept).await;
            let said = own_of(&home, words);
            assert!(said.contains("09:00"), "the first page says when: {said}");

            // The desk is too late for it; of two at once one has the next.
            let late = book(&mut operator, "/workers/W-2", begin, "registration").await;
            assert_eq!(late.status, 422);
            assert!(late.main().contains("non è più libera"), "{}", late.main());
            let mut both = tokio::task::JoinSet::new();
            for record in ["/workers/W-2", "/workers/W-3"] {
                let mut one = operator.clone();
                both.spawn(async move {
                    let page = book(&mut one, record, "2026-01-14/19", "registration").await;
                    page.status.as_u16()
                });
            }
            let mut came = both.join_all().await;
            came.sort_unstable();
            assert_eq!(came, [303, 422]);
            refused_by_the_database(&followed, "2026-01-14/17").await;
            for wrong in ["2026-01-12/18", "2026-01-17/18", "2027-01-13/18", "ieri"] {
                let page = book(&mut operator, "/workers/W-1", wrong, "renewal").await;
                assert_eq!(page.status, 422, "{wrong}: over, closed, or too far");
            }

            // Moved, the half-hour is free again; a day on which somebody comes stays open.
            let moved = [("begin", "2026-01-15/18"), ("purpose", "renewal")];
            assert_eq!(phone.post(&address, &moved).await.status, 303);
            assert_eq!(followed.site.rows("appointment_slots").await.len(), 2);
            let coming = list(&mut operator, "2026-01-15").await;
            for told in [
                "09:00",
                "Zoe",
                "W-1",
                "+390564200001",
                "rinnovo",
                "per mail",
            ] {
                assert!(coming.contains(told), "{told}: {coming}");
            }
            let close = [("desk", "grosseto"), ("first", "15/01/2026"), ("last", "")];
            let closing = format!("{HOURS}/close");
            let refused = operator.post(&closing, &close).await;
            assert_eq!((refused.status.as_u16(), refused.errors().len()), (422, 1));
            let beside = refused.form(HOURS).value("week").to_owned();
            assert!(beside.contains("12"), "the other form stays: {beside}");
            let off = phone.post(&format!("{address}/off"), &[]).await;
            assert_eq!(off.location(), format!("{mine}?done=called_off"));
            assert_eq!(operator.post(&closing, &close).await.status, 303);
            let coming = list(&mut operator, "2026-01-15").await;
            assert!(
                coming.contains("Nessuno ha") && coming.contains("chiuso"),
                "{coming}"
            );
            let free = phone.get(&address).await;
            let free = free.attributes("input[name=begin]", "value");
            assert!(!free.is_empty());
            assert!(!free.iter().any(|one| one.starts_with("2026-01-15")));
            let closed = book(&mut operator, "/workers/W-1", "2026-01-15/18", "renewal").await;
            assert_eq!(closed.status, 422);
            let again = [("desk", "grosseto"), ("day", "2026-01-15")];
            let again = operator.post(&format!("{HOURS}/open"), &again).await;
            assert_eq!(again.status, 303);
            let made = book(&mut operator, "/workers/W-1", "2026-01-15/18", "renewal").await;
            assert_eq!(made.status, 303, "{}", made.main());

            booked_elsewhere(&mut operator, &mut phone, &address).await;
            books_while_a_file_is_read(&followed, &mut operator).await;
            a_renewal_called_off(&followed, &mut operator).await;
        }
    });
}

#[test]
fn whoever_comes_is_told_the_day_before_once_and_in_their_language() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut operator = opened(&followed).await;
            for (record, begin) in [
                ("/workers/W-1", "2026-01-14/18"),
                ("/workers/W-2", "2026-01-14/19"),
                ("/workers/W-3", "2026-01-14/20"),
                ("/workers/W-4", "2026-01-14/21"),
            ] {
                let made = book(&mut operator, record, begin, "registration").await;
                assert_eq!(made.status, 303, "{}", made.main());
            }
            let begin = "2026-01-14/22";
            let made = book(&mut operator, "/families/F-1", begin, "request").await;
            assert_eq!(made.status, 303, "{}", made.main());
            let gone = [("status", "withdrawn")];
            stands(&mut operator, "/workers/W-4", &gone).await;
            let died = [
                ("status", "closed"),
                ("close_reason", "need_ended"),
                ("excluded", "died"),
                ("excluded_on", "2026-01-12"),
            ];
            stands(&mut operator, "/requests/R-1", &died).await;
            let off = operator
                .post("/workers/W-3/appointment", &[("do", "off")])
                .await;
            assert_eq!(off.status, 303);
            let mut told = Vec::new();
            for after in 0..=3 {
                for mail in followed.live(day(after)).await {
                    told.push((after, mail));
                }
                run_due(&followed.context).await.unwrap();
            }
            assert_eq!(told.len(), 1, "{told:?}");
            let (after, mail) = &told[0];
            assert_eq!((*after, mail.to.as_str()), (1, MAIL));
            let words = Words::new(Language::Uk);
            assert_eq!(mail.message.subject, words.get("links-near-subject"));
            let italian = Words::new(Language::It).get("links-near-how");
            for part in ["09:00", "Via Arno 1/E", italian.as_ref()] {
                let plain = &mail.message.plain;
                assert!(plain.contains(part), "{part}: {plain}");
            }
            // By it they move it until they come.
            followed.at(day(1), 12);
            let mut phone = followed.site.browser();
            let (_, mine) = open(&mut phone, &links(mail)[0]).await;
            let page = phone.get(&format!("{mine}/appointment")).await;
            assert!(page.main().contains("09:00"), "{}", page.main());
            let mut operator = followed.site.signed_in("operator").await;
            let coming = list(&mut operator, "2026-01-14").await;
            for part in ["mandato per mail", "F-1", "da chiamare: nessuna mail"] {
                assert!(coming.contains(part), "{part}: {coming}");
            }
            assert!(!coming.contains("W-4"), "{coming}");
            assert_eq!(coming.matches("per mail").count(), 1, "{coming}");
        }
    });
}

/// Asks to be registered, up to the page after the form.
async fn asked(followed: &Followed, phone: &mut Browser, number: &str) -> Page {
    let words = Words::new(Language::It);
    let notice = phone.get("/register?language=it").await;
    let begin = words.get("links-join-begin");
    let page = phone.submit(&notice.form("/register"), &begin).await;
    let check = phone.join(page, "Olena", number).await;
    let form = check.form("/register");
    let done = phone.submit(&form, &words.get("links-join-send")).await;
    assert_eq!(done.heading(), words.get("links-join-done"));
    assert!(!followed.site.rows("public_requests").await.is_empty());
    done
}

#[test]
fn whoever_asked_to_be_registered_chooses_when_to_come() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut operator = opened(&followed).await;
            let mut phone = followed.site.browser();
            let done = asked(&followed, &mut phone, "0564 300077").await;
            let action = "/register/appointment";
            let take = "Prendo questo appuntamento";
            let none = phone.submit(&done.form(action), take).await;
            assert_eq!((none.status.as_u16(), none.errors().len()), (422, 1));
            let form = done.form(action).choose("begin", "2026-01-14/18");
            let chosen = phone.submit(&form, take).await;
            assert_eq!(chosen.status, 200);
            assert!(
                chosen.main().contains("14/01/2026, 09:00"),
                "{}",
                chosen.main()
            );
            let coming = list(&mut operator, "2026-01-14").await;
            assert!(
                coming.contains("D-000001") && coming.contains("+390564300077"),
                "{coming}"
            );
            // What the desk moved to another desk is told with that desk.
            opens(&mut operator, "follonica").await;
            let (there, begin) = ("follonica", "2026-01-15/18");
            let record = "/inbox/D-000001";
            let moved = book_at(&mut operator, there, record, begin, "registration").await;
            assert_eq!(moved.status, 303, "{}", moved.main());
            let again = phone.submit(&done.form(action), take).await;
            let own = own_of(&again, Words::new(Language::It));
            assert!(
                own.contains("Follonica") && !own.contains("Grosseto"),
                "{own}"
            );
            // A second one is refused, and gives the half-hour back.
            let done = asked(&followed, &mut phone, "0564 300078").await;
            let form = done.form(action).choose("begin", "2026-01-14/19");
            assert_eq!(phone.submit(&form, take).await.status, 200);
            begun_and_thrown_away(&mut operator, "/inbox/D-000002").await;
            assert_eq!(followed.site.rows("drafts").await.len(), 1);
            let refuse = [("version", "2"), ("reason", "duplicate")];
            let refused = operator.post("/inbox/D-000002/refuse", &refuse).await;
            assert_eq!(refused.status, 303, "{}", refused.main());
            assert_eq!(followed.site.rows("appointment_slots").await.len(), 1);
            assert!(followed.site.rows("drafts").await.is_empty());
            refused_while_they_choose(&followed, &mut phone).await;
            leave_half_a_day_to_the_others(&followed, &mut phone).await;

            // The desk moves the first one; once there is a record it is the record's.
            let begin = "2026-01-16/20";
            let moved = book(&mut operator, "/inbox/D-000001", begin, "registration").await;
            assert_eq!(moved.status, 303, "{}", moved.main());
            let there = [("version", "1"), ("act", "registered"), ("worker", "W-2")];
            let there = operator.post("/inbox/D-000001/begin", &there).await;
            assert_eq!(there.status, 303, "{}", there.main());
            let coming = list(&mut operator, "2026-01-16").await;
            assert!(
                coming.contains("W-2") && !coming.contains("D-000001"),
                "{coming}"
            );

            // Merged it goes along, erased it is gone, with what was asked.
            let merge = "/workers/W-3/merge/W-2";
            let form = operator.get(merge).await.form(merge).choose("keep", "0");
            let merged = operator.submit(&form, "Unisci le schede").await;
            assert_eq!(merged.status, 303, "{}", merged.main());
            let coming = list(&mut operator, "2026-01-16").await;
            let kept = if coming.contains("W-3") { "W-3" } else { "W-2" };
            let erase = format!("/workers/{kept}/rights/erase");
            let rights = format!("/workers/{kept}/rights");
            let form = operator.get(&rights).await.form(&erase);
            let sure = operator.submit(&form, "Guarda che cosa succede").await;
            let form = sure.form(&erase).fill("typed", kept);
            operator.submit(&form, "Cancella per sempre").await;
            let left = followed.site.rows("appointments").await.join("\n");
            assert!(!left.contains("2026-01-16"), "{left}");
            let asked = followed.site.rows("public_requests").await.join("\n");
            assert!(!asked.contains("D-000001"), "{asked}");
        }
    });
}

#[test]
fn closed_days_are_listed_in_pieces_and_everybody_reads_the_next_months_alone() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            opens(&mut operator, "grosseto").await;
            let close = format!("{HOURS}/close");
            for (first, last) in [(1, 40), (100, 129)] {
                let [first, last] = [first, last].map(|after| day(after).format("%d/%m/%Y"));
                let (first, last) = (first.to_string(), last.to_string());
                let days = [
                    ("desk", "grosseto"),
                    ("first", first.as_str()),
                    ("last", last.as_str()),
                ];
                let done = operator.post(&close, &days).await;
                assert_eq!(done.status, 303, "{}", done.main());
            }
            let more = "Altri giorni di chiusura";
            let closed = |page: &Page| page.attributes("form[action$='/open'] [name=day]", "value");
            let mut page = operator.get(&format!("{HOURS}?desk=grosseto")).await;
            let mut listed = Vec::new();
            for left in [31, 31, 8] {
                let days = closed(&page);
                assert_eq!(days.len(), left, "{days:?}");
                listed.extend(days);
                if left == 31 {
                    page = operator.click(&page, more).await;
                }
            }
            assert!(page.links().iter().all(|(text, _)| text != more));
            assert!(listed.is_sorted() && listed.len() == 70, "{listed:?}");
            // Another desk's, and an odd day, show no more.
            let other = operator.get(&format!("{HOURS}?desk=follonica")).await;
            assert!(closed(&other).is_empty());
            let odd = format!("{HOURS}?desk=grosseto&from=-9999-01-01");
            assert_eq!(closed(&operator.get(&odd).await).len(), 31);
            let service = followed.site.browser().get("/service").await.main();
            let said = |after: u64| service.contains(&day(after).format("%d/%m/%Y").to_string());
            assert!(said(40) && !said(100), "{service}");
        }
    });
}
