//! The telephone: who is called next, a call on one screen, tries, a text to send,
//! and what the desk finds where both sides contradict each other.

use dom::domain::answer::{Answer, Channel, Said, Teller};
use dom::domain::follow_up::{Disposition, is_drawn};
use dom::domain::ids::{IntroductionCode, RequestCode, WorkerCode};
use dom::domain::introduction::Introduction;
use dom::storage;
use sha2::{Digest as _, Sha256};

use crate::support::browser::{Browser, Page};
use crate::support::cast::Cast;
use crate::support::followed::{Followed, answer, day, opened, start};
use crate::support::program::block_on;
use crate::support::site::Site;

/// Nobody has an address: everybody is phoned.
fn cast(workers: usize) -> Cast {
    let mut cast = Cast::on(start()).request("R-1", &[]);
    for worker in 1..=workers {
        cast = cast.worker(&format!("W-{worker}"), &[]);
    }
    cast
}

async fn asked(workers: usize, on: u64) -> (Followed, Browser) {
    let followed = Followed::over(Site::of(&cast(workers)).await);
    for worker in 1..=workers {
        let (code, worker) = (format!("I-{worker}"), format!("W-{worker}"));
        followed
            .introduce(&code, "R-1", &worker, day(0), None)
            .await;
    }
    followed.live(day(on)).await;
    let browser = followed.site.signed_in("operator").await;
    (followed, browser)
}

async fn answers(followed: &Followed) -> Vec<Answer> {
    let db = followed.context.db.read();
    let found = storage::answers::after(db, None, None, 100).await.unwrap();
    found.into_iter().map(|one| one.value).collect()
}

/// The path of the first call to somebody.
fn call_to(list: &Page, name: &str) -> String {
    let links = list.links();
    let found = links.into_iter().find(|(text, _)| text.starts_with(name));
    found
        .unwrap_or_else(|| panic!("no call to {name}: {}", list.main()))
        .1
}

#[test]
fn those_drawn_by_lot_are_called_first() {
    block_on(async {
        let (followed, mut browser) = asked(12, 15).await;
        let list = browser.get("/calls").await;
        let rows = list.rows();
        assert_eq!(rows.len(), 24, "both sides of twelve");
        let drawn: Vec<bool> = rows.iter().map(|row| row[0].contains("a sorte")).collect();
        assert!(drawn.is_sorted_by(|a, b| a >= b), "{drawn:?}");
        let by_code = (1..=12)
            .filter(|number| is_drawn(Sha256::digest(format!("I-{number}"))[0]))
            .count();
        assert!(by_code > 0 && by_code < 12, "the sample has both kinds");
        assert_eq!(drawn.iter().filter(|one| **one).count(), by_code * 2);
        followed.at(day(36), 12);
        let mut browser = followed.site.signed_in("operator").await;
        assert!(
            browser.get("/calls").await.rows().is_empty(),
            "the wave is over"
        );
    });
}

#[test]
fn a_call_asks_everything_on_one_screen_and_records_it() {
    block_on(async {
        let (followed, mut browser) = asked(1, 90).await;
        let list = browser.get("/calls?desks=all").await;
        let path = call_to(&list, "Elsa Provolini");
        let call = browser.get(&path).await;
        assert!(call.main().contains("+390564300001"));
        assert!(call.main().contains("Teniamo scritto solo un sì"));
        let action = format!("{path}/answer");
        let form = call
            .form(&action)
            .choose("result", "hired")
            .fill("started_on", "2026-02-01")
            .choose("notified", "dont_know")
            .fill("comment", "Chiamare la sera");
        let done = browser.submit(&form, "Registra le risposte").await;
        assert_eq!(
            browser.follow(&done).await.notice(),
            "Le risposte sono registrate."
        );
        browser.submit(&form, "Registra le risposte").await;
        let all = answers(&followed).await;
        assert_eq!(all.len(), 1, "a replay adds nothing");
        assert_eq!(all[0].via, Some(Channel::Phone));
        assert_eq!((all[0].result, all[0].notified), (Some(Said::Hired), None));
        let db = followed.context.db.read();
        let tally = storage::answers::other_notified(db, 2026, 2026)
            .await
            .unwrap();
        assert_eq!(tally.dont_know, 1);
        assert_eq!(followed.ended(Disposition::Complete).await, 1);
        let list = browser.get("/calls?desks=all").await;
        assert_eq!(list.rows().len(), 1, "only the worker is left");
        let refused = browser.post(&action, &[("form", "0123456789abcdef")]).await;
        assert_eq!(refused.status, 422);
    });
}

#[test]
fn three_tries_at_different_hours_are_all() {
    block_on(async {
        let (followed, mut browser) = asked(1, 15).await;
        let path = call_to(&browser.get("/calls").await, "Elsa");
        let tried = async |browser: &mut Browser, how: &str| {
            let call = browser.get(&path).await;
            let form = call.form(&format!("{path}/try")).fill("disposition", how);
            browser.submit(&form, "Registra il tentativo").await
        };
        assert_eq!(tried(&mut browser, "non_contact").await.status, 303);
        let soon = tried(&mut browser, "non_contact").await;
        assert_eq!(soon.status, 422, "not twice in an hour");
        for after in [16, 17] {
            followed.at(day(after), 15);
            let mut browser = followed.site.signed_in("operator").await;
            assert_eq!(tried(&mut browser, "non_contact").await.status, 303);
        }
        let mut browser = followed.site.signed_in("operator").await;
        assert_eq!(
            tried(&mut browser, "non_contact").await.status,
            422,
            "three are enough"
        );
        assert_eq!(browser.get("/calls").await.rows().len(), 1);
        followed.live(day(36)).await;
        assert_eq!(followed.ended(Disposition::NonContact).await, 1);
    });
}

#[test]
fn a_refusal_on_the_telephone_ends_the_question() {
    block_on(async {
        let (followed, mut browser) = asked(1, 15).await;
        let path = call_to(&browser.get("/calls").await, "Elsa");
        let call = browser.get(&path).await;
        let form = call
            .form(&format!("{path}/try"))
            .fill("disposition", "refusal");
        browser.submit(&form, "Registra il tentativo").await;
        assert_eq!(followed.ended(Disposition::Refusal).await, 1);
        assert_eq!(browser.get("/calls").await.rows().len(), 1);
    });
}

#[test]
fn a_text_to_send_holds_a_link_that_works() {
    block_on(async {
        let (followed, mut browser) = asked(1, 15).await;
        let path = call_to(&browser.get("/calls").await, "Elsa");
        let call = browser.get(&path).await;
        let form = call.form(&format!("{path}/text"));
        let page = browser.submit(&form, "Prepara il testo").await;
        let text = page.texts(".dom-mail").join(" ");
        assert!(text.contains("Zoe I."), "{text}");
        let link = text.split("http://dom.example").nth(1).unwrap().trim();
        // No common language on the telephone; by the link there is one after all.
        let tried = [("disposition", "language")];
        browser.post(&format!("{path}/try"), &tried).await;
        assert_eq!(followed.ended(Disposition::Language).await, 1);
        let mut phone = followed.site.browser();
        let (at, first) = opened(&mut phone, link).await;
        assert_eq!(first.heading(), "Com’è andata con Zoe I.?");
        phone
            .submit(&first.form(&at).choose("result", "no"), "Invia")
            .await;
        assert_eq!(answers(&followed).await[0].side, Teller::Family);
        assert_eq!(followed.ended(Disposition::Complete).await, 1);
        assert_eq!(followed.ended(Disposition::Language).await, 0);
    });
}

#[test]
fn what_the_desk_finds_settles_a_conflict() {
    block_on(async {
        let (followed, mut browser) = asked(1, 15).await;
        for (name, result, reason) in [("Elsa", "hired", ""), ("Zoe", "no", "pay")] {
            let path = call_to(&browser.get("/calls").await, name);
            let call = browser.get(&path).await;
            let form = call
                .form(&format!("{path}/answer"))
                .choose("result", result)
                .fill("reason", reason);
            browser.submit(&form, "Registra le risposte").await;
        }
        let conflicts = browser.get("/conflicts").await;
        let finding = browser.click(&conflicts, "I-1").await;
        let sides = finding.texts(".dom-sides > section");
        assert_eq!(sides.len(), 2, "both histories side by side");
        assert!(sides[0].starts_with("Famiglia"), "{sides:?}");
        assert!(sides[0].contains("Sì, si lavora insieme"), "{sides:?}");
        assert!(sides[1].contains("La paga"), "with the reason: {sides:?}");
        assert!(sides[1].contains("Al telefono"), "{sides:?}");
        let action = "/introductions/I-1/finding";
        let empty = browser.submit(&finding.form(action), "Registra").await;
        assert_eq!(empty.status, 422);
        let note = "Scrivere in una nota che cosa è stato chiarito, e come.";
        assert_eq!(empty.errors(), ["Scegli sì o no.", note]);
        let unsaid = finding.form(action).fill("result", "hired");
        let refused = browser.submit(&unsaid, "Registra").await;
        assert_eq!(refused.status, 422);
        assert_eq!(refused.errors(), [note]);
        assert_eq!(refused.form(action).value("result"), "hired");
        let wrong = finding
            .form(action)
            .fill("result", "no")
            .fill("document", "pay_slip");
        assert_eq!(browser.submit(&wrong, "Registra").await.status, 422);
        let form = finding
            .form(action)
            .fill("result", "hired")
            .fill("document", "inps_receipt")
            .fill("note", "Ricevuta vista allo sportello");
        let done = browser.submit(&form, "Registra").await;
        let settled = browser.follow(&done).await;
        assert!(settled.main().contains("Ricevuta vista allo sportello"));
        let sides = settled.texts(".dom-sides > section");
        assert!(sides[2].contains("Ricevuta INPS"), "{sides:?}");
        assert!(
            browser
                .get("/conflicts")
                .await
                .main()
                .contains("Niente da chiarire")
        );
        let last = answers(&followed).await.pop().unwrap();
        assert_eq!(
            (last.side, last.document),
            (Teller::Desk, Some("inps_receipt"))
        );
        // Where nothing contradicts any more, a finding needs no note.
        let form = settled.form(action).fill("result", "no");
        let again = browser.submit(&form, "Registra").await;
        assert_eq!(again.status, 303, "{}", again.main());
    });
}

#[test]
fn whoever_is_said_to_work_on_is_in_conflict_too_and_hundreds_that_were_settled_hide_nothing() {
    block_on(async {
        for site in Site::on_both(&cast(1)).await {
            let followed = Followed::over(site);
            let write = followed.context.db.write().await.unwrap();
            let mut answers = Vec::new();
            let codes: Vec<String> = (1..=502).map(|number| format!("I-{number}")).collect();
            for piece in codes.chunks(500) {
                let new = piece.iter().map(|code| Introduction {
                    code: IntroductionCode::parse(code).ok(),
                    request: RequestCode::parse("R-1").unwrap(),
                    worker: WorkerCode::parse("W-1").unwrap(),
                    sheet_number: None,
                    issued_on: day(0),
                });
                let new: Vec<Introduction> = new.collect();
                storage::introductions::insert_many(&*write, &new, None, None)
                    .await
                    .unwrap();
            }
            let (early, late) = (day(15).to_string(), day(200).to_string());
            let mut say = |code: &str, side: &str, wave: &str, (column, said): (&str, &str)| {
                let on: &str = if wave == "w1" { &early } else { &late };
                answers.push(answer(&[
                    ("introduction", code),
                    ("side", side),
                    ("wave", wave),
                    ("answered_on", on),
                    (column, said),
                ]));
            };
            // The oldest: the family says nothing of a result, but that it goes on.
            say("I-1", "family", "w3", ("still_working", "yes"));
            say("I-1", "worker", "w1", ("result", "no"));
            for code in &codes[1..] {
                say(code, "family", "w1", ("result", "hired"));
                say(code, "worker", "w1", ("result", "no"));
                say(code, "worker", "w3", ("result", "hired"));
            }
            for piece in answers.chunks(500) {
                storage::answers::insert_many(&*write, piece).await.unwrap();
            }
            write.commit().await.unwrap();
            followed.at(day(201), 12);
            let db = followed.context.db.read();
            let today = followed.context.today();
            let stand = storage::invitations::may_conflict(db, today, None, 10).await;
            let stand: Vec<String> = stand
                .unwrap()
                .into_iter()
                .map(|one| one.code.to_string())
                .collect();
            assert_eq!(stand, ["I-1"], "what later words settled is not even read");
            // Before those words, all of them did.
            let early = storage::invitations::may_conflict(db, day(16), None, 600).await;
            assert_eq!(early.unwrap().len(), 501);
            let mut operator = followed.site.signed_in("operator").await;
            let list = operator.get("/conflicts").await;
            let links = list.links();
            let conflicts: Vec<&str> = links
                .iter()
                .map(|(_, to)| to.as_str())
                .filter(|to| to.ends_with("/finding"))
                .collect();
            assert_eq!(conflicts, ["/introductions/I-1/finding"]);
        }
    });
}
