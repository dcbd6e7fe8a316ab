//! A job is said to be over: whoever did not say it on a page of their own is asked by
//! mail whether they look again, and answers with one tap; or by telephone.

use dom::domain::contact::EmailAddress;
use dom::domain::follow_up::Disposition;
use dom::mail::transport::Caught;
use dom::services::follow_up::survey;
use dom::storage;

use super::links::open;
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, opened, page, start, told};
use crate::support::program::block_on;
use crate::support::site::Site;

const FAMILY: &str = "famiglia@prova.example";
const WORKER: &str = "prima@prova.example";

/// Two workers for one request; the second has no address.
fn cast() -> Cast {
    let mut cast = Cast::on(start())
        .worker(
            "W-1",
            &[
                ("email", WORKER),
                ("contact_language", "en"),
                // Not in the pool: nobody asks about hours.
                ("consent_on", ""),
            ],
        )
        .worker("W-2", &[("consent_on", "")])
        .request("R-1", &[]);
    cast.families[0].email = EmailAddress::parse(FAMILY).ok();
    cast
}

async fn asked(site: Site, worker: &str) -> (Followed, Vec<Caught>) {
    let followed = Followed::over(site);
    followed.introduce("I-1", "R-1", worker, day(0), None).await;
    let mails = followed.live(day(90)).await;
    (followed, mails)
}

fn to<'a>(mails: &'a [Caught], address: &str) -> &'a Caught {
    mails.iter().find(|mail| mail.to == address).unwrap()
}

/// Says by the link of a mail that they worked together and that it is over.
async fn over(followed: &Followed, mail: &Caught, send: &str) {
    let mut browser = followed.site.browser();
    let (at, first) = opened(&mut browser, &page(mail)).await;
    let hired = first.form(&at).choose("result", "hired");
    browser.submit(&hired, send).await;
    let last = browser.get(&format!("{at}?n=1&step=last")).await;
    let over = last.form(&at).choose("still_working", "no");
    let sent = browser.submit(&over, send).await;
    assert_eq!(sent.status, 303, "{}", sent.main());
}

/// The mails that ask whether somebody looks again, of today and tomorrow.
async fn asks(followed: &Followed) -> Vec<Caught> {
    let mut mails = followed.caught();
    mails.extend(followed.live(day(90)).await);
    mails.extend(followed.live(day(91)).await);
    mails.retain(|mail| mail.message.plain.contains("/l/"));
    mails
}

async fn tasks(followed: &Followed) -> Vec<(&'static str, String)> {
    let whose = storage::waiting::Whose::Everybody;
    let open = storage::person_tasks::open(
        followed.context.db.read(),
        &whose,
        dom::storage::waits::Cut::FIRST,
    );
    let open = open.await.unwrap().into_iter();
    let mut tasks: Vec<_> = open.map(|one| (one.kind.code(), one.code)).collect();
    tasks.retain(|(kind, _)| kind.ends_with("_again"));
    tasks
}

#[test]
fn the_other_side_is_asked_by_mail_once_and_answers_with_one_tap() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, mails) = asked(site, "W-1").await;
            over(&followed, to(&mails, FAMILY), "Invia").await;
            let asks_worker = asks(&followed).await;
            assert_eq!(asks_worker.len(), 1, "the family was asked on its page");
            let mail = &asks_worker[0];
            assert_eq!(mail.to, WORKER);
            assert_eq!(mail.message.subject, "A question from the desk");
            assert!(!mail.message.plain.contains("Provolini"), "nobody is named");
            over(&followed, to(&mails, FAMILY), "Invia").await;
            assert!(asks(&followed).await.is_empty(), "once for an introduction");

            let mut browser = followed.site.browser();
            let (mine, address) = open(&mut browser, &page(mail)).await;
            let tap = mine.form(&format!("{address}/again"));
            assert!(tasks(&followed).await.is_empty(), "opening records nothing");
            let button = "Yes, I am looking for another job";
            let sent = browser.submit(&tap, button).await;
            let after = browser.follow(&sent).await;
            assert_eq!(after.texts("[role=status]").len(), 1, "{}", after.main());
            assert!(after.form_is_missing(&format!("{address}/again")));
            browser.submit(&tap, button).await;
            let told = [("looks_again", "W-1".to_owned())];
            assert_eq!(
                tasks(&followed).await,
                told,
                "once, however often it is tapped"
            );
        }
    });
}

#[test]
fn a_family_is_asked_where_the_worker_says_it_and_sees_one_tap() {
    block_on(async {
        let (followed, mails) = asked(Site::of(&cast()).await, "W-1").await;
        over(&followed, to(&mails, WORKER), "Send").await;
        let asks = asks(&followed).await;
        assert_eq!(asks.len(), 1);
        assert_eq!(asks[0].to, FAMILY);
        let mut browser = followed.site.browser();
        let (mine, address) = open(&mut browser, &page(&asks[0])).await;
        let tap = mine.form(&format!("{address}/again"));
        browser.submit(&tap, "Sì, serve un’altra persona").await;
        assert_eq!(
            tasks(&followed).await,
            [("searches_again", "F-1".to_owned())]
        );
    });
}

#[test]
fn who_takes_no_mail_is_phoned_and_the_task_goes_with_the_tap() {
    block_on(async {
        let (followed, mails) = asked(Site::of(&cast()).await, "W-2").await;
        over(&followed, to(&mails, FAMILY), "Invia").await;
        assert!(asks(&followed).await.is_empty());
        assert_eq!(tasks(&followed).await, [("ask_again", "W-2".to_owned())]);
        let mut operator = followed.site.signed_in("operator").await;
        let list = operator.get("/to-call").await.main();
        assert!(
            list.contains("chiedere per telefono se cerca di nuovo"),
            "{list}"
        );
    });
}

#[test]
fn nobody_is_asked_who_wants_no_more_of_it() {
    block_on(async {
        let (followed, mails) = asked(Site::of(&cast()).await, "W-1").await;
        let token = page(to(&mails, WORKER));
        let token = token.rsplit('/').next().unwrap();
        let opened = survey::open(&followed.context, token, "127.0.0.1").await;
        survey::stop(&followed.context, &opened.ok().unwrap())
            .await
            .unwrap();
        assert!(followed.ended(Disposition::Refusal).await > 0);
        over(&followed, to(&mails, FAMILY), "Invia").await;
        assert!(asks(&followed).await.is_empty());
        assert!(tasks(&followed).await.is_empty());
    });
}

/// A job that began on the twentieth day; its half year is over on day 200.
async fn half_a_year_on(site: Site) -> (Followed, Vec<Caught>) {
    let followed = Followed::over(site);
    followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
    let (started, answered) = (day(20).to_string(), day(95).to_string());
    let cells = [
        ("introduction", "I-1"),
        ("side", "family"),
        ("wave", "w2"),
        ("answered_on", &answered),
        ("result", "hired"),
        ("started_on", &started),
    ];
    told(&followed, &cells).await;
    let mails = followed.live(day(200)).await;
    (followed, mails)
}

#[test]
fn who_says_that_somebody_died_ends_every_word_to_that_family() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let (followed, mails) = half_a_year_on(site).await;
            let says = async |mail: &Caught, send: &str| {
                let mut browser = followed.site.browser();
                let (at, first) = opened(&mut browser, &page(mail)).await;
                let form = first.form(&at).choose("still_working", "no");
                let form = form.fill("end_reason", "died");
                let sent = browser.submit(&form, send).await;
                assert_eq!(sent.status, 303, "{}", sent.main());
                let thanks = browser.follow(&sent).await;
                thanks.form_is_missing(&format!("{at}/again"))
            };
            // The worker says it; whether they look for work is asked of them alone.
            let nobody_asks = says(to(&mails, WORKER), "Send").await;
            assert!(!nobody_asks);
            assert_eq!(followed.ended(Disposition::Died).await, 1);
            // It was a slip: what only that answer had written is lifted with it.
            let mut browser = followed.site.browser();
            let (at, first) = opened(&mut browser, &page(to(&mails, WORKER))).await;
            let form = first.form(&at).choose("still_working", "yes");
            assert_eq!(browser.submit(&form, "Send").await.status, 303);
            assert_eq!(followed.ended(Disposition::Died).await, 0);
            assert!(followed.site.rows("survey_stops").await.is_empty());
            assert!(crate::support::followed::tasks(&followed).await.is_empty());
            assert!(!says(to(&mails, WORKER), "Send").await);
            assert_eq!(followed.ended(Disposition::Died).await, 1);
            let all = crate::support::followed::tasks(&followed).await;
            assert_eq!(all, [("death_told", "F-1".to_owned())]);
            let mut operator = followed.site.signed_in("operator").await;
            let list = operator.get("/to-call").await.main();
            assert!(list.contains("Segnarlo nella richiesta"), "{list}");
            // The family's own link is not taken away; it asks for nobody new either.
            assert!(says(to(&mails, FAMILY), "Invia").await);
            followed.caught();
            for (_, mails) in followed.walk(200, 225).await {
                assert!(mails.iter().all(|mail| mail.to != FAMILY));
            }
        }
    });
}
