//! The pages that a mail leads to: looking records nothing, one tap and one form
//! record an answer, and a link that opens nothing looks the same whatever is
//! wrong with it.

use std::time::Duration;

use dom::domain::answer::{Answer, Channel, Notified, Said, Teller};
use dom::domain::contact::EmailAddress;
use dom::domain::follow_up::Disposition;
use dom::domain::outcome::Period;
use dom::mail::transport::Caught;
use dom::services::outcomes;
use dom::storage;
use dom::storage::lists::At;
use dom::web::routes;

use crate::support::browser::{Browser, Page};
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, links, opened, page, start, tasks, told};
use crate::support::program::block_on;
use crate::support::site::Site;

const FAMILY: &str = "famiglia@prova.example";
const WORKER: &str = "prima@prova.example";

fn cast() -> Cast {
    let mut cast = Cast::on(start())
        .worker(
            "W-1",
            // Not in the pool: nobody asks about hours.
            &[
                ("email", WORKER),
                ("contact_language", "en"),
                ("consent_on", ""),
            ],
        )
        .worker("W-2", &[])
        .request("R-1", &[]);
    cast.families[0].email = EmailAddress::parse(FAMILY).ok();
    cast
}

/// The mail of a wave: of the first one on day 15, of the second on day 90.
async fn asked(names: usize, on: u64) -> (Followed, Caught, Caught) {
    over(Site::of(&cast()).await, names, on).await
}

async fn over(site: Site, names: usize, on: u64) -> (Followed, Caught, Caught) {
    let followed = Followed::over(site);
    for name in 1..=names {
        let (code, worker) = (format!("I-{name}"), format!("W-{name}"));
        followed
            .introduce(&code, "R-1", &worker, day(0), None)
            .await;
    }
    let mails = followed.live(day(on)).await;
    let of = |to: &str| mails.iter().find(|mail| mail.to == to).unwrap().clone();
    let (family, worker) = (of(FAMILY), of(WORKER));
    (followed, family, worker)
}

async fn answers(followed: &Followed) -> Vec<Answer> {
    let db = followed.context.db.read();
    let found = storage::answers::after(db, None, None, 100).await.unwrap();
    found.into_iter().map(|one| one.value).collect()
}

async fn tallied(followed: &Followed) -> u64 {
    let db = followed.context.db.read();
    let tally = storage::answers::other_notified(db, 2000, 2100)
        .await
        .unwrap();
    tally.no + tally.dont_know + tally.rather_not_say
}

fn link<'a>(links: &'a [String], ending: &str) -> &'a str {
    links.iter().find(|link| link.ends_with(ending)).unwrap()
}

#[test]
fn looking_records_nothing_however_it_is_done() {
    block_on(async {
        let (followed, family, _) = asked(1, 15).await;
        let before = followed.site.everything().await;
        let mut browser = followed.site.browser();
        for link in links(&family) {
            for method in ["GET", "HEAD"] {
                let led = browser.send(method, &link, Vec::new(), &[]).await;
                assert_eq!(led.status, 303, "{method} {link}");
                let page = browser.send(method, led.location(), Vec::new(), &[]);
                assert_eq!(page.await.status, 200, "{method} {link}");
            }
            let prefetch = [("purpose", "prefetch"), ("sec-purpose", "prefetch")];
            browser.send("GET", &link, Vec::new(), &prefetch).await;
            browser.send("OPTIONS", &link, Vec::new(), &[]).await;
        }
        assert_eq!(followed.site.everything().await, before);
    });
}

/// The full stop after an initial stands at the name's end, also where lines run from right
/// to left.
#[test]
fn in_arabic_a_name_keeps_its_own_direction() {
    block_on(async {
        let mut cast = Cast::on(start())
            .worker("W-1", &[("email", WORKER), ("contact_language", "ar")])
            .request("R-1", &[]);
        cast.families[0].email = EmailAddress::parse(FAMILY).ok();
        let (followed, family, worker) = over(Site::of(&cast).await, 1, 15).await;
        let mut browser = followed.site.browser();
        let (_, asked) = opened(&mut browser, &page(&worker)).await;
        let name = "\u{2068}Elsa P.\u{2069}";
        assert!(asked.heading().contains(name), "{}", asked.heading());
        assert!(worker.message.plain.contains(name));
        let (_, asked) = opened(&mut browser, &page(&family)).await;
        assert_eq!(asked.heading(), "Com’è andata con Zoe I.?");
    });
}

#[test]
fn one_tap_on_the_mail_and_one_on_the_page_are_an_answer() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, family, worker) = over(site, 1, 15).await;
            let mut browser = followed.site.browser();
            let (address, first) = opened(&mut browser, link(&links(&family), "a=no")).await;
            assert_eq!(first.heading(), "Com’è andata con Zoe I.?");
            let form = first.form(&address);
            assert_eq!(form.chosen("result"), Some("no"), "chosen beforehand");
            let done = browser.submit(&form, "Invia").await;
            let thanks = browser.follow(&done).await;
            assert!(thanks.main().contains("La risposta è registrata"));
            // What was sent is not there to be sent once more, unless somebody wants to.
            assert_eq!(thanks.texts("main > form").len(), 0);
            assert_eq!(thanks.texts("details summary"), ["Correggere la risposta"]);
            let (address, first) = opened(&mut browser, &page(&worker)).await;
            assert_eq!(first.heading(), "How did it go with Elsa P.?");
            let form = first.form(&address).choose("result", "deciding");
            browser.submit(&form, "Send").await;
            let answers = answers(&followed).await;
            assert_eq!(answers.len(), 2);
            assert_eq!(answers[0].side, Teller::Family);
            assert_eq!(answers[0].result, Some(Said::No));
            assert_eq!(answers[0].via, Some(Channel::Mail));
            assert_eq!(answers[1].result, Some(Said::Deciding));
            assert_eq!(followed.ended(Disposition::Complete).await, 2);
            assert!(
                followed.walk(16, 40).await.is_empty(),
                "no reminder after an answer"
            );
        }
    });
}

#[test]
fn a_hire_is_told_in_three_screens_and_keeps_only_a_yes_about_inps() {
    block_on(async {
        for (said, kept, counted) in [("yes", Some(Notified::Yes), 0), ("no", None, 1)] {
            let (followed, family, _) = asked(1, 90).await;
            let mut browser = followed.site.browser();
            let (address, first) = opened(&mut browser, &page(&family)).await;
            let form = first.form(&address).choose("result", "hired");
            let sent = browser.submit(&form, "Invia").await;
            let second = browser.follow(&sent).await;
            let form = second
                .form(&address)
                .fill("Da quale giorno?", "2026-03-01")
                .fill("hours_week", "25")
                .choose("live_in", "no")
                .choose("fits", "yes");
            let sent = browser.submit(&form, "Invia").await;
            let third = browser.follow(&sent).await;
            assert!(third.main().contains("Teniamo scritto solo un sì"));
            let form = third
                .form(&address)
                .choose("notified", said)
                .choose("still_working", "yes")
                .fill("without_desk", "agency")
                .fill("comment", "Grazie <b>mille</b>");
            let sent = browser.submit(&form, "Invia").await;
            assert!(sent.location().contains("thanks"), "{}", sent.location());
            // The same form once more changes nothing, also not the tally.
            browser.submit(&form, "Invia").await;
            let all = answers(&followed).await;
            assert_eq!(all.len(), 3, "a screen each, and no replay");
            let last = all.last().unwrap();
            assert_eq!(last.result, Some(Said::Hired));
            assert_eq!(last.started_on, Some("2026-03-01".parse().unwrap()));
            assert_eq!((last.hours_week, last.fits), (Some(25), Some(true)));
            assert_eq!(last.without_desk, Some("agency"));
            assert_eq!(last.notified, kept);
            assert_eq!(tallied(&followed).await, counted);
            let everything = followed.site.everything().await;
            assert!(everything.contains("Grazie <b>mille</b>"));
            let again = browser.get(&format!("{address}?step=last")).await;
            let shown = again.form(&address);
            assert_eq!(
                shown.chosen("notified"),
                kept.map(|_| "yes"),
                "what is not kept is not shown"
            );
        }
    });
}

#[test]
fn an_answer_can_be_corrected_until_the_link_dies() {
    block_on(async {
        let (followed, family, _) = asked(1, 15).await;
        let address = page(&family);
        let mut browser = followed.site.browser();
        let send = async |browser: &mut Browser, result: &str| {
            let (at, first) = opened(browser, &address).await;
            let form = first.form(&at).choose("result", result);
            browser.submit(&form, "Invia").await
        };
        send(&mut browser, "deciding").await;
        followed.live(day(40)).await;
        assert_eq!(followed.ended(Disposition::NoReply).await, 1, "the worker");
        send(&mut browser, "hired").await;
        assert_eq!(
            answers(&followed).await.last().unwrap().result,
            Some(Said::Hired)
        );
        followed.at(day(15 + 59), 12);
        let (at, last) = opened(&mut browser, &address).await;
        assert_eq!(last.status, 200);
        followed.at(day(15 + 60), 12);
        assert_eq!(browser.get(&address).await.status, 404);
        assert_eq!(browser.get(&at).await.status, 404, "nor where it had led");
        assert_eq!(
            followed.ended(Disposition::Complete).await,
            1,
            "what closed stays closed"
        );
    });
}

#[test]
fn what_cannot_be_is_told_beside_the_question_and_kept() {
    block_on(async {
        let (followed, family, _) = asked(1, 90).await;
        let mut browser = followed.site.browser();
        let (address, first) = opened(&mut browser, &page(&family)).await;
        let empty = first.form(&address);
        let refused = browser.submit(&empty, "Invia").await;
        assert_eq!(refused.status, 422);
        assert!(refused.errors()[0].contains("Scegli una risposta"));
        let form = refused.form(&address).choose("result", "hired");
        let sent = browser.submit(&form, "Invia").await;
        let job = browser.follow(&sent).await;
        let form = job.form(&address).fill("hours_week", "999");
        let refused = browser.submit(&form, "Invia").await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.form(&address).value("hours_week"), "999");
        let long = "à".repeat(5000);
        let last = browser.get(&format!("{address}?step=last")).await;
        let form = last.form(&address).fill("comment", &long);
        let refused = browser.submit(&form, "Invia").await;
        assert_eq!(refused.status, 422);
        assert!(refused.errors()[0].contains("troppo lungo"));
        assert_eq!(answers(&followed).await.len(), 1);
    });
}

#[test]
fn links_that_open_nothing_all_look_the_same_and_are_slowed_down() {
    block_on(async {
        let (followed, family, _) = asked(1, 15).await;
        let good = page(&family);
        let token = good.strip_prefix("/s/").unwrap();
        assert!(token.len() >= 32, "192 bits: {token}");
        assert!(
            !followed.site.everything().await.contains(token),
            "only a hash is kept"
        );
        let mut browser = followed.site.browser();
        let mut pages: Vec<Page> = Vec::new();
        for wrong in [
            "none",
            &token[1..],
            &token[..10],
            &format!("{token}{token}"),
            "%00",
            "è",
        ] {
            let path = format!("/s/{}", crate::support::browser::percent(wrong));
            pages.push(browser.get(&path).await);
            pages.push(browser.get(&format!("{path}?n=1&a=no")).await);
            pages.push(
                browser
                    .post(&path, &[("n", "1"), ("step", "first"), ("result", "no")])
                    .await,
            );
        }
        // The other addresses of a link, from networks that have not guessed yet.
        for (network, wrong) in (2..).zip(["none", &token[1..], &format!("{token}{token}")]) {
            let mut other = followed.site.browser();
            other.address = ([192, 0, 2, network], 4000).into();
            for ending in ["stop", "phone"] {
                pages.push(other.get(&format!("/s/{wrong}/{ending}")).await);
                pages.push(other.get(&format!("/survey/{wrong}/{ending}")).await);
                let one_click = [("List-Unsubscribe", "One-Click")];
                pages.push(
                    other
                        .post(&format!("/survey/{wrong}/{ending}"), &one_click)
                        .await,
                );
            }
            let one_click = [("List-Unsubscribe", "One-Click")];
            pages.push(other.post(&format!("/s/{wrong}/stop"), &one_click).await);
        }
        for page in &pages {
            assert_eq!(page.status, 404);
            assert_eq!(page.text(), pages[0].text());
        }
        for _ in 0..5 {
            browser.get("/s/none").await;
        }
        let waits = browser.get("/s/none").await;
        assert_eq!(waits.status, 429);
        assert_eq!(waits.text(), pages[0].text());
        assert_eq!(
            browser.get(&good).await.status,
            429,
            "guessing gains nothing meanwhile"
        );
        let mut elsewhere = followed.site.browser();
        elsewhere.address = ([192, 0, 2, 1], 4000).into();
        assert_eq!(
            elsewhere.get(&good).await.status,
            303,
            "another network is served"
        );
        followed.site.clock.advance(Duration::from_mins(16));
        assert_eq!(browser.get(&good).await.status, 303);
        assert!(answers(&followed).await.is_empty());
    });
}

#[test]
fn one_click_of_a_mail_program_stops_everything() {
    block_on(async {
        let (followed, family, worker) = asked(2, 15).await;
        let stop = family.message.stop.clone().unwrap();
        let stop = stop.strip_prefix("http://dom.example").unwrap();
        let mut browser = followed.site.browser();
        let (_, asks) = opened(&mut browser, stop).await;
        assert_eq!(asks.status, 200);
        assert_eq!(
            followed.ended(Disposition::Refusal).await,
            0,
            "looking stops nothing"
        );
        let foreign = [
            ("origin", "https://mail.example"),
            ("sec-fetch-site", "cross-site"),
        ];
        let body = b"List-Unsubscribe=One-Click".to_vec();
        let page_of_stop = browser.send("POST", stop, body, &foreign).await;
        assert_eq!(page_of_stop.status, 200, "RFC 8058: no redirect");
        assert!(page_of_stop.header("location").is_empty());
        assert!(
            page_of_stop
                .main()
                .contains("Fatto. Non partiranno altre domande.")
        );
        assert_eq!(followed.ended(Disposition::Refusal).await, 2);
        let seen = followed.walk(16, 100).await;
        for (_, mails) in &seen {
            assert!(mails.iter().all(|mail| mail.to == WORKER));
        }
        assert_eq!(
            followed.ended(Disposition::Refusal).await,
            4,
            "the second wave too"
        );
        assert_ne!(page(&worker), page(&family));
    });
}

#[test]
fn what_is_still_to_be_answered_stands_behind_a_private_link_too() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, family, _) = over(site, 1, 15).await;
            for (record, heading) in [
                ("/families/F-1", "Com’è andata con"),
                ("/workers/W-1", "How did it go with Elsa P.?"),
            ] {
                let link = super::links::given(&followed, record).await;
                let mut phone = followed.site.browser();
                let (mine, address) = super::links::open(&mut phone, &link).await;
                let action = format!("{address}/answers");
                let odd = phone.post(&action, &[("asked", "9999")]).await;
                assert_eq!(odd.status, 404);
                let buttons = mine.texts("form[action$='/answers'] button");
                assert_eq!(buttons.len(), 1, "{}", mine.main());
                let leads = phone.submit(&mine.form(&action), &buttons[0]).await;
                let (_, first) = opened(&mut phone, leads.location()).await;
                assert!(first.heading().starts_with(heading), "{}", first.heading());
            }
            assert!(answers(&followed).await.is_empty(), "looking is no answer");
            let stop = format!("{}/stop", page(&family));
            let mut browser = followed.site.browser();
            browser.send("POST", &stop, Vec::new(), &[]).await;
            let link = super::links::given(&followed, "/families/F-1").await;
            let (mine, address) = super::links::open(&mut browser, &link).await;
            assert!(mine.form_is_missing(&format!("{address}/answers")));
        }
    });
}

#[test]
fn who_wants_to_be_phoned_is_called_from_today() {
    block_on(async {
        let (followed, family, _) = asked(1, 15).await;
        let address = format!("{}/phone", page(&family));
        let mut browser = followed.site.browser();
        let (at, asks) = opened(&mut browser, &address).await;
        let sent = browser
            .submit(&asks.form(&at), "Vorrei una telefonata")
            .await;
        assert!(
            browser
                .follow(&sent)
                .await
                .main()
                .contains("Lo sportello telefonerà")
        );
        let db = followed.context.db.read();
        let calls = storage::invitations::calls(db, day(15), None, &At::page(1))
            .await
            .unwrap();
        assert_eq!(calls.rows.len(), 1);
        assert_eq!(calls.rows[0].side.code(), "family");
        // Kept in mind beside the list of calls, until the call was made.
        assert_eq!(tasks(&followed).await, [("call_wanted", "F-1".to_owned())]);
        let call = format!("/calls/{}", calls.rows[0].id);
        let mut operator = followed.site.signed_in("operator").await;
        let action = format!("{call}/answer");
        let form = operator.get(&call).await.form(&action);
        let form = form.choose("result", "deciding");
        let done = operator.submit(&form, "Registra le risposte").await;
        assert_eq!(done.status, 303, "{}", done.text());
        assert!(tasks(&followed).await.is_empty());
    });
}

#[test]
fn who_wants_to_be_phoned_stays_on_the_desks_list_whatever_was_said_or_is_over() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, family, worker) = over(site, 1, 15).await;
            let asks = async |mail: &Caught, send: &str| {
                let mut browser = followed.site.browser();
                let address = format!("{}/phone", page(mail));
                let (at, asks) = opened(&mut browser, &address).await;
                let sent = browser.submit(&asks.form(&at), send).await;
                assert_eq!(sent.status, 303, "{}", sent.text());
            };
            let to_call = async || {
                let mut operator = followed.site.signed_in("operator").await;
                let calls = operator.get("/calls?desks=all").await.rows().len();
                let list = operator.get("/to-call").await;
                let told = list.main().contains("chiede una telefonata");
                for action in list.attributes("form[action$='/done']", "action") {
                    assert_eq!(operator.post(&action, &[]).await.status, 303);
                }
                (calls, told)
            };
            let mut browser = followed.site.browser();
            let (at, first) = opened(&mut browser, &page(&family)).await;
            let form = first.form(&at).choose("result", "deciding");
            browser.submit(&form, "Invia").await;
            // Who has answered, and wants to say more.
            asks(&family, "Vorrei una telefonata").await;
            assert_eq!(to_call().await, (0, true));
            assert_eq!(to_call().await, (0, false), "it is done");
            // Who wants no more mail.
            let stop = format!("{}/stop", page(&family));
            browser.send("POST", &stop, Vec::new(), &[]).await;
            asks(&family, "Vorrei una telefonata").await;
            assert_eq!(to_call().await, (0, true));
            // Who is late: the wave is over, the link still works.
            followed.live(day(40)).await;
            asks(&worker, "Please phone me").await;
            assert_eq!(to_call().await, (0, true));
            assert_eq!(to_call().await, (0, false));
        }
    });
}

#[test]
fn who_says_that_a_job_is_over_tells_the_desk_with_one_tap_that_they_look_again() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, family, worker) = over(site, 1, 90).await;
            let tasks = async || {
                let whose = storage::waiting::Whose::Everybody;
                let open = storage::person_tasks::open(
                    followed.context.db.read(),
                    &whose,
                    dom::storage::waits::Cut::FIRST,
                );
                let open = open.await.unwrap().into_iter();
                open.map(|one| (one.kind.code(), one.code))
                    .collect::<Vec<_>>()
            };
            for (mail, button, send) in [
                (&family, "Cerchiamo di nuovo una persona", "Invia"),
                (&worker, "I am looking for work again", "Send"),
            ] {
                let mut browser = followed.site.browser();
                let (at, first) = opened(&mut browser, &page(mail)).await;
                let again = format!("{at}/again");
                assert!(first.form_is_missing(&again), "no job is over yet");
                // Nor can it be said otherwise.
                let leads = browser.get(&again).await;
                assert_eq!(
                    (leads.status.as_u16(), leads.location()),
                    (303, at.as_str())
                );
                let before = tasks().await;
                browser.post(&again, &[]).await;
                assert_eq!(tasks().await, before);
                let hired = first.form(&at).choose("result", "hired");
                let sent = browser.submit(&hired, send).await;
                browser.follow(&sent).await;
                let last = browser.get(&format!("{at}?n=1&step=last")).await;
                let over = last.form(&at).choose("still_working", "no");
                let sent = browser.submit(&over, send).await;
                let thanks = browser.follow(&sent).await;
                let told = browser.submit(&thanks.form(&again), button).await;
                let done = browser.follow(&told).await;
                assert_eq!(done.texts("[role=status]").len(), 1, "{}", done.main());
                browser.submit(&thanks.form(&again), button).await;
            }
            let mut told = tasks().await;
            told.retain(|(kind, _)| kind.ends_with("_again"));
            told.sort_unstable();
            let expected = [("looks_again", "W-1"), ("searches_again", "F-1")];
            assert_eq!(told, expected.map(|(kind, code)| (kind, code.to_owned())));
            let mut operator = followed.site.signed_in("operator").await;
            let list = operator.get("/to-call").await.main();
            assert!(list.contains("cerca di nuovo una persona"), "{list}");
        }
    });
}

#[test]
fn several_names_are_a_list_and_nobody_answers_for_another_link() {
    block_on(async {
        let (followed, family, worker) = asked(2, 15).await;
        let mut browser = followed.site.browser();
        let (_, list) = opened(&mut browser, &page(&family)).await;
        assert_eq!(list.heading(), "Com’è andata?");
        let (address, own) = opened(&mut browser, &page(&worker)).await;
        let own = own.form(&address);
        // The second name is the family's; the worker's link has one.
        let fields = [
            ("n", "2"),
            ("step", "first"),
            ("form", "0123456789abcdef"),
            ("result", "hired"),
            ("introduction", "I-2"),
            ("side", "family"),
        ];
        browser.post(&address, &fields).await;
        for answer in answers(&followed).await {
            assert_eq!(answer.side, Teller::Worker);
            assert_eq!(answer.introduction.as_str(), "I-1");
        }
        assert_eq!(own.chosen("result"), None);
    });
}

#[test]
fn the_token_leaves_the_address_at_once_and_two_people_on_one_telephone_stay_apart() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, family, worker) = over(site, 1, 15).await;
            let mut telephone = followed.site.browser();
            let of_family = page(&family);
            let token = of_family.strip_prefix("/s/").unwrap();
            let tapped = telephone.get(link(&links(&family), "a=no")).await;
            assert!(!tapped.location().contains(token), "{}", tapped.location());
            assert!(tapped.location().ends_with("a=no"), "the tap goes along");
            let cookie = tapped.header("set-cookie").to_owned();
            let (first, asks) = opened(&mut telephone, link(&links(&family), "a=no")).await;
            for word in [&format!("Path={first}"), "HttpOnly", "SameSite=Lax"] {
                assert!(cookie.contains(word), "{cookie}");
            }
            assert!(!asks.text().contains(token), "nor does the page hold it");
            // The worker uses the same telephone before the family has answered.
            let (second, other) = opened(&mut telephone, &page(&worker)).await;
            assert_ne!(first, second);
            telephone.submit(&asks.form(&first), "Invia").await;
            let theirs = other.form(&second).choose("result", "hired");
            telephone.submit(&theirs, "Send").await;
            let said: Vec<_> = answers(&followed).await;
            let said: Vec<_> = said.iter().map(|one| (one.side, one.result)).collect();
            let expected = [
                (Teller::Family, Some(Said::No)),
                (Teller::Worker, Some(Said::Hired)),
            ];
            assert_eq!(said, expected);
            // Somebody who reads the address in a history has nothing by it.
            let mut stranger = followed.site.browser();
            for _ in 0..30 {
                assert_eq!(stranger.get(&first).await.status, 404);
                let form = [("n", "1"), ("step", "first"), ("result", "hired")];
                assert_eq!(stranger.post(&first, &form).await.status, 404);
            }
            let name = cookie.split('=').next().unwrap();
            let wrong = page(&worker).replace("/s/", "");
            stranger.cookies.insert(name.to_owned(), wrong);
            assert_eq!(
                stranger.get(&first).await.status,
                404,
                "another one's token"
            );
            assert_eq!(answers(&followed).await.len(), 2, "nothing was recorded");
        }
    });
}

#[test]
fn an_old_page_still_open_and_a_browser_that_hides_where_it_is_can_answer() {
    block_on(async {
        let (followed, family, _) = asked(1, 15).await;
        let mut browser = followed.site.browser();
        // A form that names the link itself.
        let fields = "n=1&step=first&form=0123456789abcdef&result=deciding";
        let hidden = [
            ("origin", "null"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        let link = page(&family);
        let body = fields.as_bytes().to_vec();
        let done = browser.send("POST", &link, body, &hidden).await;
        assert_eq!(done.status, 303);
        let (at, _) = opened(&mut browser, &link).await;
        let body = fields.replace("deciding", "no").replace("0123", "3210");
        let done = browser.send("POST", &at, body.into_bytes(), &hidden).await;
        assert_eq!(done.status, 303);
        let said = answers(&followed).await;
        let said: Vec<_> = said.iter().map(|one| one.result).collect();
        assert_eq!(said, [Some(Said::Deciding), Some(Said::No)]);
    });
}

#[test]
fn who_answers_what_is_settled_or_withdrawn_is_heard_and_changes_no_finding() {
    block_on(async {
        let (followed, family, _) = asked(1, 15).await;
        let cells = [
            ("introduction", "I-1"),
            ("side", "desk"),
            ("wave", "w1"),
            ("answered_on", "2026-01-27"),
            ("result", "no"),
        ];
        told(&followed, &cells).await;
        let mut browser = followed.site.browser();
        let (at, first) = opened(&mut browser, &page(&family)).await;
        let form = first.form(&at).choose("result", "hired");
        assert_eq!(browser.submit(&form, "Invia").await.status, 303);
        let all = answers(&followed).await;
        assert_eq!(all.len(), 2, "kept beside the finding");
        let period = Period {
            from: start(),
            to: start(),
            today: day(15),
        };
        let report = outcomes::report(&followed.context, period).await.unwrap();
        assert_eq!(report.requests_by_state.filled, 0, "the desk's word holds");
        assert_eq!(report.requests_by_state.not_filled, 1);
        let stopped = "UPDATE requests SET status = 'withdrawn' WHERE code = 'R-1'";
        let db = followed.context.db.read();
        sea_orm::ConnectionTrait::execute_unprepared(db, stopped)
            .await
            .unwrap();
        let (at, first) = opened(&mut browser, &page(&family)).await;
        let form = first.form(&at).choose("result", "no");
        assert_eq!(browser.submit(&form, "Invia").await.status, 303);
        assert_eq!(answers(&followed).await.len(), 3, "no answer is lost");
    });
}

#[test]
fn who_answers_of_a_sheet_that_was_revoked_is_heard_and_goes_on_being_asked() {
    block_on(async {
        let mut cast = Cast::on(start())
            .worker("W-1", &[("email", WORKER)])
            .request("R-1", &[]);
        cast.families[0].email = EmailAddress::parse(FAMILY).ok();
        for site in Site::on_both(&cast).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            let form = "/requests/R-1/sheet";
            let chosen = operator.get(&format!("{form}?worker=W-1")).await;
            let issued = operator
                .submit(&chosen.form(form), "Emetti la scheda")
                .await;
            assert_eq!(issued.status, 303, "{}", issued.main());
            let asked = |mails: Vec<Caught>, to: &str| {
                let mut of = mails.into_iter().filter(|mail| mail.to == to);
                of.find(|mail| mail.message.stop.is_some())
            };
            let mail = asked(followed.live(day(15)).await, FAMILY).unwrap();
            let mut operator = followed.site.signed_in("operator").await;
            let revoke = "/sheets/GR-2026-0001/revoke";
            let revoked = operator.post(revoke, &[("reason", "error")]).await;
            assert_eq!(revoked.status, 303, "{}", revoked.main());
            // The sheet is over; what became of the introduction is asked all the same.
            let mut browser = followed.site.browser();
            let (at, first) = opened(&mut browser, &page(&mail)).await;
            let form = first.form(&at).choose("result", "hired");
            assert_eq!(browser.submit(&form, "Invia").await.status, 303);
            let said = answers(&followed).await;
            assert_eq!(said.len(), 1);
            assert_eq!(said[0].result, Some(Said::Hired));
            let period = Period {
                from: start(),
                to: start(),
                today: day(15),
            };
            let report = outcomes::report(&followed.context, period).await.unwrap();
            assert_eq!((report.requests, report.introductions), (1, 1));
            assert_eq!(report.requests_by_state.filled, 1);
            let again = asked(followed.live(day(90)).await, FAMILY);
            assert!(again.is_some(), "the second wave comes too");
        }
    });
}

#[test]
fn an_end_before_the_start_that_was_told_half_a_year_ago_is_told_beside_the_day() {
    block_on(async {
        let followed = Followed::of(&cast()).await;
        followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
        let cells = [
            ("introduction", "I-1"),
            ("side", "family"),
            ("wave", "w2"),
            ("answered_on", "2026-01-27"),
            ("result", "hired"),
            ("started_on", "2026-01-20"),
        ];
        told(&followed, &cells).await;
        let mails = followed.live(day(8 + 180)).await;
        let family = mails.iter().find(|mail| mail.to == FAMILY).unwrap();
        let mut browser = followed.site.browser();
        let (at, first) = opened(&mut browser, &page(family)).await;
        let form = first.form(&at).choose("still_working", "no");
        let ends = form.fill("ended_on", "2026-01-19");
        let refused = browser.submit(&ends, "Invia").await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.errors().len(), 1, "{:?}", refused.errors());
        assert_eq!(refused.form(&at).value("ended_on"), "2026-01-19");
        assert_eq!(answers(&followed).await.len(), 1, "nothing was recorded");
        let right = refused.form(&at).fill("ended_on", "2026-01-20");
        assert_eq!(browser.submit(&right, "Invia").await.status, 303);
        let last = answers(&followed).await.pop().unwrap();
        assert_eq!(last.ended_on, Some("2026-01-20".parse().unwrap()));
    });
}

#[test]
fn the_forms_that_come_from_anywhere_are_these_and_no_others() {
    let table = routes();
    let from_anywhere: Vec<_> = table
        .iter()
        .filter(|route| route.is_capability)
        .map(|route| (route.method, route.path))
        .collect();
    let expected = [
        "/s/{token}",
        "/s/{token}/stop",
        "/survey/{key}",
        "/survey/{key}/stop",
        "/survey/{key}/phone",
        "/survey/{key}/again",
        "/p/{token}",
    ];
    assert_eq!(from_anywhere, expected.map(|path| ("POST", path)));
}
