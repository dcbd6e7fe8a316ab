//! A death, a withdrawal and a stop take what waits in the mail along, in the very
//! transaction in which they become known: nothing is left to a check at the door.

use dom::domain::contact::EmailAddress;
use dom::domain::follow_up::Disposition;
use dom::domain::mail::MailState;
use dom::jobs::run_due;
use dom::storage;

use crate::support::browser::Browser;
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, page, start};
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
        let (followed, _) = waiting(Site::of(&cast()).await).await;
        followed.at(day(27), 12);
        let mut browser = followed.site.signed_in("operator").await;
        let list = browser.get("/calls").await;
        let call = list
            .links()
            .into_iter()
            .find(|(text, _)| text.starts_with("Elsa"))
            .unwrap()
            .1;
        let tried = [("disposition", "died")];
        let done = browser.post(&format!("{call}/try"), &tried).await;
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(followed.ended(Disposition::Died).await, 1);
        let later = followed.walk(28, 120).await;
        let to_family = later.iter().flat_map(|(_, mails)| mails);
        assert_eq!(to_family.filter(|mail| mail.to == FAMILY).count(), 0);
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
