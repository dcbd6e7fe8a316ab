//! The pages that a mail leads to: looking records nothing, one tap and one form
//! record an answer, and a link that opens nothing looks the same whatever is
//! wrong with it.

use std::time::Duration;

use dom::domain::answer::{Answer, Channel, Notified, Said, Teller};
use dom::domain::contact::EmailAddress;
use dom::domain::follow_up::Disposition;
use dom::mail::transport::Caught;
use dom::storage;
use dom::web::routes;

use crate::support::browser::{Browser, Page};
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, links, page, start};
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
                let page = browser.send(method, &link, Vec::new(), &[]).await;
                assert_eq!(page.status, 200, "{method} {link}");
            }
            let prefetch = [("purpose", "prefetch"), ("sec-purpose", "prefetch")];
            browser.send("GET", &link, Vec::new(), &prefetch).await;
            browser.send("OPTIONS", &link, Vec::new(), &[]).await;
        }
        assert_eq!(followed.site.everything().await, before);
    });
}

#[test]
fn one_tap_on_the_mail_and_one_on_the_page_are_an_answer() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, family, worker) = over(site, 1, 15).await;
            let mut browser = followed.site.browser();
            let opened = browser.get(link(&links(&family), "a=no")).await;
            assert_eq!(opened.heading(), "Com’è andata con Zoe I.?");
            let form = opened.form(&page(&family));
            assert_eq!(form.chosen("result"), Some("no"), "chosen beforehand");
            let done = browser.submit(&form, "Invia").await;
            let thanks = browser.follow(&done).await;
            assert!(thanks.main().contains("La risposta è registrata"));
            let opened = browser.get(&page(&worker)).await;
            assert_eq!(opened.heading(), "How did it go with Elsa P.?");
            let form = opened.form(&page(&worker)).choose("result", "deciding");
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
            let address = page(&family);
            let first = browser.get(&address).await;
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
            let opened = browser.get(&address).await;
            let form = opened.form(&address).choose("result", result);
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
        assert_eq!(browser.get(&address).await.status, 200);
        followed.at(day(15 + 60), 12);
        assert_eq!(browser.get(&address).await.status, 404);
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
        let address = page(&family);
        let mut browser = followed.site.browser();
        let empty = browser.get(&address).await.form(&address);
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
            200,
            "another network is served"
        );
        followed.site.clock.advance(Duration::from_mins(16));
        assert_eq!(browser.get(&good).await.status, 200);
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
        assert_eq!(browser.get(stop).await.status, 200);
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
        assert_eq!(page_of_stop.status, 303);
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
fn who_wants_to_be_phoned_is_called_from_today() {
    block_on(async {
        let (followed, family, _) = asked(1, 15).await;
        let address = format!("{}/phone", page(&family));
        let mut browser = followed.site.browser();
        let opened = browser.get(&address).await;
        let sent = browser
            .submit(&opened.form(&address), "Vorrei una telefonata")
            .await;
        assert!(
            browser
                .follow(&sent)
                .await
                .main()
                .contains("Lo sportello telefonerà")
        );
        let db = followed.context.db.read();
        let calls = storage::invitations::calls(db, day(15), None, 1)
            .await
            .unwrap();
        assert_eq!(calls.rows.len(), 1);
        assert_eq!(calls.rows[0].side.code(), "family");
    });
}

#[test]
fn several_names_are_a_list_and_nobody_answers_for_another_link() {
    block_on(async {
        let (followed, family, worker) = asked(2, 15).await;
        let mut browser = followed.site.browser();
        let list = browser.get(&page(&family)).await;
        assert_eq!(list.heading(), "Com’è andata?");
        let address = page(&worker);
        let own = browser.get(&address).await.form(&address);
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
        "/s/{token}/phone",
        "/p/{token}",
    ];
    assert_eq!(from_anywhere, expected.map(|path| ("POST", path)));
}
