//! A death, a withdrawal and a stop take what waits in the mail along, in the very
//! transaction in which they become known: nothing is left to a check at the door.

use std::time::Duration;

use dom::domain::contact::EmailAddress;
use dom::domain::follow_up::Disposition;
use dom::domain::mail::MailState;
use dom::jobs::run_due;
use dom::services::tables::Kind;
use dom::storage;

use crate::people::load;
use crate::support::browser::Browser;
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, page, start, tasks};
use crate::support::program::block_on;
use crate::support::site::Site;

const FAMILY: &str = "famiglia@prova.example";
const WORKER: &str = "prima@prova.example";

fn cast() -> Cast {
    let mut cast = Cast::on(start())
        .worker("W-1", &[("email", WORKER)])
        .request("R-1", &[]);
    cast.families[0].email = EmailAddress::parse(FAMILY).ok();
    cast
}

/// At dawn of the fifteenth day: a mail waits for each side.
async fn waiting(site: Site) -> (Followed, Browser) {
    let followed = Followed::over(site);
    followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
    followed.at(day(15), 4);
    run_due(&followed.context).await.unwrap();
    assert_eq!(states(&followed).await, [MailState::Queued; 2]);
    let browser = followed.site.signed_in("operator").await;
    (followed, browser)
}

async fn states(followed: &Followed) -> Vec<MailState> {
    let db = followed.context.db.read();
    let page = storage::outbox::page(db, None, 1).await.unwrap();
    let mut states: Vec<MailState> = page.rows.iter().map(|mail| mail.state).collect();
    states.sort_unstable();
    states
}

#[test]
fn a_death_takes_the_familys_mail_and_questions_along() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, mut browser) = waiting(site).await;
            let at = "/requests/R-1/standing";
            let form = browser.get(at).await.form(at);
            let form = form
                .fill("status", "closed")
                .fill("close_reason", "need_ended")
                .fill("excluded", "died")
                .fill("excluded_on", "2026-01-26");
            let buttons = browser.get(at).await.texts("main button");
            let done = browser.submit(&form, buttons.last().unwrap()).await;
            assert_eq!(done.status, 303, "{}", done.text());
            let (queued, cancelled) = (MailState::Queued, MailState::Cancelled);
            assert_eq!(states(&followed).await, [queued, cancelled]);
            assert_eq!(followed.ended(Disposition::Died).await, 1);
            let mails = followed.live(day(15)).await;
            assert!(mails.iter().all(|mail| mail.to != FAMILY));
            let later = followed.walk(16, 120).await;
            let to_family = later.iter().flat_map(|(_, mails)| mails);
            assert_eq!(to_family.filter(|mail| mail.to == FAMILY).count(), 0);
        }
    });
}

#[test]
fn a_withdrawal_takes_the_workers_mail_along() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, mut browser) = waiting(site).await;
            let at = "/workers/W-1/standing";
            let opened = browser.get(at).await;
            let form = opened.form(at).fill("status", "withdrawn");
            let buttons = opened.texts("main button");
            let done = browser.submit(&form, buttons.last().unwrap()).await;
            assert_eq!(done.status, 303, "{}", done.text());
            let (queued, cancelled) = (MailState::Queued, MailState::Cancelled);
            assert_eq!(states(&followed).await, [queued, cancelled]);
            assert_eq!(followed.ended(Disposition::Refusal).await, 1);
        }
    });
}

#[test]
fn a_stop_takes_the_reminder_that_waits_along() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
            let mails = followed.live(day(15)).await;
            let family = mails.iter().find(|mail| mail.to == FAMILY).unwrap();
            followed.at(day(19), 4);
            run_due(&followed.context).await.unwrap();
            let waiting = |states: &[MailState]| {
                let queued = states.iter().filter(|one| **one == MailState::Queued);
                queued.count()
            };
            assert_eq!(waiting(&states(&followed).await), 2);
            let stop = format!("{}/stop", page(family));
            let body = b"List-Unsubscribe=One-Click".to_vec();
            let mut browser = followed.site.browser();
            let done = browser.send("POST", &stop, body, &[]).await;
            assert!(done.status.as_u16() < 400, "{}", done.text());
            assert_eq!(waiting(&states(&followed).await), 1);
        }
    });
}

#[test]
fn a_try_that_learns_of_a_death_ends_all_questions_to_that_family() {
    block_on(async {
        // Also where it is the worker who tells it, who goes on being asked.
        for (name, ended) in [("Elsa", 1), ("Zoe", 2)] {
            let (followed, _) = waiting(Site::of(&cast()).await).await;
            followed.at(day(27), 12);
            let mut browser = followed.site.signed_in("operator").await;
            let list = browser.get("/calls").await;
            let call = list
                .links()
                .into_iter()
                .find(|(text, _)| text.starts_with(name))
                .unwrap()
                .1;
            let tried = [("disposition", "died")];
            let done = browser.post(&format!("{call}/try"), &tried).await;
            assert_eq!(done.status, 303, "{}", done.text());
            assert_eq!(followed.ended(Disposition::Died).await, ended, "{name}");
            let told = [("death_told", "F-1".to_owned())];
            assert_eq!(tasks(&followed).await, told);
            let later = followed.walk(88, 95).await;
            let to = |whom: &str| {
                let mails = later.iter().flat_map(|(_, mails)| mails);
                mails.filter(|mail| mail.to == whom).count()
            };
            assert_eq!(to(FAMILY), 0, "{name}");
            assert!(to(WORKER) > 0, "{name}");
        }
    });
}

/// An operator writes down that the person cared for has died.
async fn died(operator: &mut Browser) {
    let at = "/requests/R-1/standing";
    let opened = operator.get(at).await;
    let form = opened
        .form(at)
        .fill("status", "closed")
        .fill("close_reason", "need_ended")
        .fill("excluded", "died")
        .fill("excluded_on", "2026-01-12");
    let buttons = opened.texts("main button");
    let done = operator.submit(&form, buttons.last().unwrap()).await;
    assert_eq!(done.status, 303, "{}", done.text());
}

#[test]
fn a_death_takes_every_mail_to_that_family_along_whatever_it_is_about() {
    block_on(async {
        // The worker has no address: whatever waits is the family's.
        let mut cast = Cast::on(start()).worker("W-1", &[]).request("R-1", &[]);
        cast.families[0].email = EmailAddress::parse(FAMILY).ok();
        let sites = Site::on_both(&cast).await;
        // Still waiting, or on their way at that moment and not taken by the server.
        for (site, on_their_way) in sites.into_iter().zip([false, true]) {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            let sheet = "/requests/R-1/sheet";
            let form = operator.get(&format!("{sheet}?worker=W-1")).await;
            let form = form.form(sheet).fill("way", "mail");
            let issued = operator.submit(&form, "Emetti la scheda").await;
            assert_eq!(issued.status, 200, "{}", issued.main());
            let link = [("do", "mail")];
            let sent = operator.post("/families/F-1/link", &link).await;
            assert_eq!(sent.status, 303, "{}", sent.main());
            followed.site.clock.advance(Duration::from_mins(3));
            let queued = states(&followed).await;
            assert_eq!(queued, [MailState::Queued; 2], "the sheet's and the link's");
            if on_their_way {
                let write = followed.context.db.write().await.unwrap();
                let now = followed.context.now();
                let taken = storage::outbox::take(&*write, now, 8).await.unwrap();
                assert_eq!(taken.len(), 2);
                write.commit().await.unwrap();
            }
            died(&mut operator).await;
            if !on_their_way {
                assert_eq!(states(&followed).await, [MailState::Cancelled; 2]);
            }
            followed.site.clock.advance(Duration::from_mins(25));
            assert!(followed.mail_now().await.is_empty());
            assert_eq!(states(&followed).await, [MailState::Cancelled; 2]);
        }
    });
}

#[test]
fn a_file_that_tells_of_a_death_ends_all_questions_to_that_family_too() {
    block_on(async {
        let told = [
            (
                Kind::Requests,
                "code,excluded,excluded_on\nR-1,died,2026-01-26\n",
            ),
            (
                Kind::Answers,
                "introduction,side,wave,answered_on,still_working,end_reason\n\
                 I-1,worker,w3,2026-01-26,no,died\n",
            ),
        ];
        for (kind, file) in told {
            for site in Site::on_both(&cast().request("R-2", &[])).await {
                let (followed, _) = waiting(site).await;
                followed.introduce("I-2", "R-2", "W-1", day(8), None).await;
                load(&followed.site, kind, file).await.unwrap();
                assert_eq!(followed.ended(Disposition::Died).await, 1);
                let mails = followed.walk(15, 30).await;
                let mut mails = mails.iter().flat_map(|(_, mails)| mails);
                assert!(mails.all(|mail| mail.to != FAMILY));
                let ended = followed.ended(Disposition::Died).await;
                assert!(ended >= 2, "nor about their other request: {ended}");
            }
        }
    });
}

#[test]
fn what_a_family_would_be_asked_after_a_death_ends_as_a_death_and_after_a_stop_as_a_refusal() {
    block_on(async {
        for (how, expected) in [("died", Disposition::Died), ("stop", Disposition::Refusal)] {
            let cast = cast().request("R-2", &[]);
            for site in Site::on_both(&cast).await {
                let followed = Followed::over(site);
                followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
                let mails = followed.live(day(15)).await;
                let mut browser = followed.site.signed_in("operator").await;
                if how == "died" {
                    let at = "/requests/R-1/standing";
                    let opened = browser.get(at).await;
                    let form = opened
                        .form(at)
                        .fill("status", "closed")
                        .fill("close_reason", "need_ended")
                        .fill("excluded", "died")
                        .fill("excluded_on", "2026-01-26");
                    let buttons = opened.texts("main button");
                    browser.submit(&form, buttons.last().unwrap()).await;
                } else {
                    let family = mails.iter().find(|mail| mail.to == FAMILY).unwrap();
                    let stop = format!("{}/stop", page(family));
                    browser.send("POST", &stop, Vec::new(), &[]).await;
                }
                // Another request of theirs, whose first question comes afterwards.
                followed.introduce("I-2", "R-2", "W-1", day(5), None).await;
                let later = followed.walk(20, 42).await;
                let to_family = later.iter().flat_map(|(_, mails)| mails);
                assert_eq!(to_family.filter(|mail| mail.to == FAMILY).count(), 0);
                let ended: Vec<_> = followed
                    .invitations()
                    .await
                    .into_iter()
                    .filter(|(_, side, ..)| side == "family")
                    .map(|(.., ended)| ended.unwrap())
                    .collect();
                assert_eq!(ended, [expected.code(); 2], "{how}");
            }
        }
    });
}
