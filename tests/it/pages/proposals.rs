//! Asking workers: what they are told, the answer by link, by text and by phone,
//! and what follows from it.

use std::time::Duration;

use chrono::NaiveDate;
use dom::catalogue::{Language, Words};
use dom::domain::account::Actor;
use dom::domain::contact::EmailAddress;
use dom::domain::ids::{FamilyCode, PartnerCode, RequestCode, WorkerCode};
use dom::domain::offer::Offer;
use dom::domain::proposal::ProposalState;
use dom::domain::request::RequestStatus;
use dom::domain::worker::WorkerStatus;
use dom::jobs::run_due;
use dom::mail::transport::Caught;
use dom::services::proposals::asking;
use dom::services::proposals::link::{Said, Sent, open, send};
use dom::services::proposals::{Word, told};
use dom::services::{ServiceError, accounts};
use dom::storage;

use crate::support::browser::{Browser, Page};
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, page, start};
use crate::support::program::block_on;
use crate::support::site::{Site, email};

const MAIL: &str = "prima@prova.example";

fn reached(code: &str, language: &str) -> Vec<(&'static str, String)> {
    vec![
        ("email", format!("{}@prova.example", code.to_lowercase())),
        ("contact_language", language.to_owned()),
        ("share_without_asking", "no".to_owned()),
    ]
}

/// One worker with an address who has to be asked, and a request for a person
/// with dementia.
fn cast() -> Cast {
    with(&[("email", MAIL)])
}

fn with(more: &[(&str, &str)]) -> Cast {
    let mut cells = vec![("share_without_asking", "no"), ("skills", "dementia_care")];
    cells.extend(more);
    let family = |cast: Cast| {
        let mut cast = cast;
        cast.families[0].email = EmailAddress::parse("famiglia@prova.example").ok();
        cast
    };
    family(Cast::on(start()).worker("W-1", &cells).request(
        "R-1",
        &[
            ("required_skills", "dementia_care"),
            ("max_pay_hour", "9.50"),
        ],
    ))
}

async fn followed(cast: &Cast) -> (Followed, Browser) {
    let followed = Followed::of(cast).await;
    let browser = followed.site.signed_in("operator").await;
    (followed, browser)
}

/// From the match page to the proposal of one worker.
async fn ask(browser: &mut Browser, worker: &str) -> Page {
    let matched = browser.get("/requests/R-1/match").await;
    let form = matched.form("/requests/R-1/propose").tick(worker);
    let look = browser.submit(&form, "Chiedi se va bene").await;
    let form = look.form("/requests/R-1/propose");
    browser.submit(&form, "Chiedi a una persona").await
}

/// Asked, and the mail that went.
async fn asked(followed: &Followed, browser: &mut Browser) -> Caught {
    let done = ask(browser, "W-1").await;
    assert_eq!(done.status, 303, "{}", done.main());
    // The same click twice asks once.
    let again = browser
        .post("/requests/R-1/propose", &[("worker", "W-1")])
        .await;
    assert_eq!(again.location(), done.location(), "{}", again.main());
    let mut mails = followed.mail_now().await;
    assert_eq!(mails.len(), 1);
    mails.remove(0)
}

async fn state(followed: &Followed, id: i64) -> ProposalState {
    let db = followed.context.db.read();
    let found = storage::asked::find(db, id).await.unwrap().unwrap();
    found.proposal.value.state_on(followed.context.today())
}

async fn operator(followed: &Followed) -> Actor {
    accounts::actor_named(&followed.context, &email("operator"))
        .await
        .unwrap()
}

fn request() -> RequestCode {
    RequestCode::parse("R-1").unwrap()
}

fn worker(code: &str) -> WorkerCode {
    WorkerCode::parse(code).unwrap()
}

#[test]
fn a_worker_is_asked_by_mail_says_yes_by_link_and_is_named_on_a_sheet() {
    block_on(async {
        for site in Site::on_both(&with(&[("email", MAIL), ("contact_language", "ar")])).await {
            let followed = Followed::over(site);
            let mut browser = followed.site.signed_in("operator").await;
            let mail = asked(&followed, &mut browser).await;
            assert_eq!(mail.to, MAIL);
            assert_eq!(mail.message.subject, "عرض عمل من المكتب");
            let mut worker = followed.site.browser();
            let address = page(&mail);
            assert!(address.starts_with("/p/"), "{address}");
            let opened = worker.get(&address).await;
            assert!(opened.text().contains("dir=\"rtl\""));
            let form = opened.form(&address).choose("answer", "yes");
            let sent = worker.submit(&form, "إرسال").await;
            let thanks = worker.follow(&sent).await;
            assert!(thanks.main().contains("الجواب نعم"), "{}", thanks.main());
            assert_eq!(state(&followed, 1).await, ProposalState::Accepted);
            let record = browser.get("/requests/R-1").await;
            assert!(record.main().contains("ha detto sì"));
            let home = browser.get("/").await;
            assert!(home.main().contains("schede da emettere"));
            let issue = browser.get("/requests/R-1/sheet?worker=W-1").await;
            let form = issue.form("/requests/R-1/sheet");
            let issued = browser.submit(&form, "Emetti la scheda").await;
            assert_eq!(issued.status, 303, "{}", issued.main());
            let gone = worker.get(&address).await;
            assert_eq!(gone.status, 404, "after the sheet nothing is corrected");
        }
    });
}

#[test]
fn looking_at_a_proposal_records_nothing_however_it_is_done() {
    block_on(async {
        let (followed, mut browser) = followed(&cast()).await;
        let mail = asked(&followed, &mut browser).await;
        let before = followed.site.everything().await;
        let mut worker = followed.site.browser();
        let address = page(&mail);
        for method in ["GET", "HEAD"] {
            let page = worker.send(method, &address, Vec::new(), &[]).await;
            assert_eq!(page.status, 200, "{method}");
        }
        let prefetch = [("purpose", "prefetch"), ("sec-purpose", "prefetch")];
        worker.send("GET", &address, Vec::new(), &prefetch).await;
        let tricky = format!("{address}?answer=yes&thanks=1");
        worker.get(&tricky).await;
        worker.send("OPTIONS", &address, Vec::new(), &[]).await;
        assert_eq!(followed.site.everything().await, before);
    });
}

#[test]
fn what_is_told_says_nothing_of_the_family_nor_of_anybodys_health() {
    block_on(async {
        for language in Language::WRITTEN {
            let cast = with(&[("email", MAIL), ("contact_language", language.tag())]);
            let (followed, mut browser) = followed(&cast).await;
            let mail = asked(&followed, &mut browser).await;
            let opened = followed.site.browser().get(&page(&mail)).await;
            let words = Words::new(language);
            let facts = told::facts(words, &Offer::of(&cast.requests[0]));
            for text in [&mail.message.plain, &opened.main()] {
                for (label, fact) in &facts {
                    let fact = fact.split_whitespace().collect::<Vec<_>>().join(" ");
                    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                    assert!(text.contains(&fact), "{label}: {fact} in {text}");
                }
                for never in [
                    "Elsa",
                    "Provolini",
                    "F-1",
                    "demenza",
                    "dementia",
                    "Alzheimer",
                ] {
                    assert!(!text.contains(never), "{never} in {}", language.tag());
                }
            }
            for personal in ["Zoe", "Inventata", "Grosseto", "9,50"] {
                assert!(!mail.message.subject.contains(personal));
            }
            assert!(facts.iter().any(|(_, text)| text.contains("Grosseto")));
            assert!(facts.iter().any(|(_, text)| text.contains('9')));
        }
    });
}

#[test]
fn every_link_that_opens_nothing_is_the_same_page_and_guessing_waits() {
    block_on(async {
        let cast = cast().worker(
            "W-2",
            &[("share_without_asking", "no"), ("email", "w2@x.example")],
        );
        let (followed, mut browser) = followed(&cast).await;
        let first = asked(&followed, &mut browser).await;
        let good = page(&first);
        ask(&mut browser, "W-2").await;
        let second = page(&followed.mail_now().await[0]);
        browser.post("/proposals/2/undo", &[]).await;
        let cut = &good[..good.len() - 3];
        let mut stranger = followed.site.browser();
        let mut pages = Vec::new();
        for path in [cut, "/p/none", &second, "/p/%2e%2e"] {
            pages.push(stranger.get(path).await);
            pages.push(stranger.post(path, &[("answer", "yes")]).await);
        }
        followed.at(day(4), 9);
        pages.push(stranger.get(&good).await);
        pages.push(stranger.post(&good, &[("answer", "yes")]).await);
        for page in &pages {
            assert_eq!(page.status, 404);
            assert_eq!(page.text(), pages[0].text());
        }
        for _ in 0..25 {
            stranger.get("/p/none").await;
        }
        let waits = stranger.get("/p/none").await;
        assert_eq!(waits.status, 429);
        assert_eq!(waits.header("retry-after"), "60");
        assert_eq!(waits.text(), pages[0].text());
        assert_eq!(state(&followed, 1).await, ProposalState::Expired);
    });
}

#[test]
fn a_no_needs_a_reason_feeds_the_limit_and_can_be_corrected() {
    block_on(async {
        let (followed, mut browser) = followed(&cast()).await;
        let address = page(&asked(&followed, &mut browser).await);
        let mut worker = followed.site.browser();
        let form = worker.get(&address).await.form(&address);
        let empty = worker.submit(&form, "Invia").await;
        assert_eq!(empty.status, 422);
        assert!(
            empty
                .errors()
                .iter()
                .any(|one| one.contains("Scegli una risposta"))
        );
        let bare = worker
            .submit(&form.clone().choose("answer", "no"), "Invia")
            .await;
        assert_eq!(bare.status, 422);
        assert_eq!(bare.form(&address).chosen("answer"), Some("no"), "kept");
        let no = form.choose("answer", "no").fill("reason", "pay");
        let sent = worker.submit(&no, "Invia").await;
        assert!(
            worker
                .follow(&sent)
                .await
                .main()
                .contains("La risposta è no")
        );
        let matched = browser.get("/requests/R-1/match").await;
        assert!(matched.main().contains("ha detto no a questa famiglia"));
        assert!(
            matched.texts("form .dom-card").is_empty(),
            "not proposed again"
        );
        let look = browser.get("/requests/R-1/propose?worker=W-1").await;
        assert!(look.main().contains("ha detto no a questa famiglia"));
        let home = browser.get("/").await;
        assert!(home.main().contains("Dati da rivedere dopo un no"));
        let record = browser.get("/proposals/1").await;
        assert!(record.main().contains("Ha detto no per la paga"));
        let edit = browser.click(&record, "Apri i suoi dati").await;
        assert_eq!(edit.form("/workers/W-1/edit").value("min_pay_hour"), "9,51");
        let unchanged = browser.get("/workers/W-1").await;
        assert!(
            !unchanged.main().contains("9,51"),
            "nothing changes by itself"
        );
        let again = worker.get(&address).await;
        let yes = again.form(&address).choose("answer", "yes");
        worker.submit(&yes, "Invia").await;
        assert_eq!(state(&followed, 1).await, ProposalState::Accepted);
        let matched = browser.get("/requests/R-1/match").await;
        assert_eq!(matched.texts("form .dom-card").len(), 1, "back again");
    });
}

#[test]
fn a_suggestion_is_dismissed_and_does_not_come_back() {
    block_on(async {
        let (followed, mut browser) = followed(&cast()).await;
        ask(&mut browser, "W-1").await;
        let record = browser.get("/proposals/1").await;
        let form = record.form("/proposals/1/answer").fill("word", "no");
        let refused = browser.submit(&form, "Segna").await;
        assert_eq!(refused.status, 422);
        assert!(refused.main().contains("Scegliere il motivo"));
        let form = refused.form("/proposals/1/answer").fill("reason", "hours");
        browser.submit(&form, "Segna").await;
        assert_eq!(state(&followed, 1).await, ProposalState::Declined);
        let record = browser.get("/proposals/1").await;
        let done = browser
            .submit(&record.form("/proposals/1/review"), "Non serve")
            .await;
        assert_eq!(done.status, 303);
        let home = browser.get("/").await;
        assert!(!home.main().contains("Dati da rivedere"));
    });
}

#[test]
fn the_operator_copies_a_text_whose_link_is_another_one() {
    block_on(async {
        let cast = with(&[("contact_language", "ar")]);
        let (followed, mut browser) = followed(&cast).await;
        ask(&mut browser, "W-1").await;
        assert!(followed.mail_now().await.is_empty(), "no address, no mail");
        let record = browser.get("/proposals/1").await;
        let page = browser
            .submit(&record.form("/proposals/1/text"), "Prepara il testo")
            .await;
        let text = page.texts("textarea").remove(0);
        assert!(text.contains("عرض عمل"), "{text}");
        let link = text.split_whitespace().last().unwrap();
        let address = link.strip_prefix("http://dom.example").unwrap();
        let mut worker = followed.site.browser();
        let form = worker.get(address).await.form(address);
        worker
            .submit(&form.choose("answer", "phone"), "إرسال")
            .await;
        let home = browser.get("/").await;
        assert!(home.main().contains("persone da chiamare"));
        let record = browser.get("/proposals/1").await;
        assert!(record.main().contains("Ha chiesto una telefonata"));
        browser
            .submit(&record.form("/proposals/1/phoned"), "Chiamata fatta")
            .await;
        let home = browser.get("/").await;
        assert!(!home.main().contains("persone da chiamare"));
    });
}

#[test]
fn somebody_of_a_better_band_who_is_passed_over_needs_one_reason_once() {
    block_on(async {
        let cast = cast().worker(
            "W-2",
            &[("skills", "dementia_care"), ("experience_years", "10")],
        );
        let (_followed, mut browser) = followed(&cast).await;
        let look = browser.get("/requests/R-1/propose?worker=W-1").await;
        let form = look.form("/requests/R-1/propose");
        let refused = browser.submit(&form, "Chiedi a una persona").await;
        assert_eq!(refused.status, 422);
        assert!(!refused.errors().is_empty());
        let form = refused.form("/requests/R-1/propose");
        let form = form.fill("skipped", "worker_wish");
        assert_eq!(
            browser.submit(&form, "Chiedi a una persona").await.status,
            303
        );
        let record = browser.get("/proposals/1").await;
        let form = record.form("/proposals/1/answer").fill("word", "yes");
        let form = form.fill("day", "12/1/26");
        assert_eq!(browser.submit(&form, "Segna").await.status, 303);
        let sheet = browser.get("/requests/R-1/sheet?worker=W-1").await;
        assert!(!sheet.main().contains("fascia migliore"), "asked once");
        let both = browser.get("/requests/R-1/propose?worker=W-2").await;
        assert!(!both.main().contains("Perché non è stata scelta"));
    });
}

#[test]
fn who_neither_fits_nor_nearly_nor_with_others_is_not_proposed() {
    block_on(async {
        let cast = cast()
            .worker(
                "W-2",
                &[
                    ("share_without_asking", "no"),
                    ("skills", "dementia_care"),
                    ("permit_type", "employment"),
                ],
            )
            .worker(
                "W-3",
                &[("skills", "dementia_care"), ("arrangements", "live_in")],
            );
        let (followed, mut browser) = followed(&cast).await;
        let look = browser
            .get("/requests/R-1/propose?worker=W-2&worker=W-3")
            .await;
        let main = look.main();
        assert_eq!(
            main.matches("non è fra le persone idonee").count(),
            2,
            "{main}"
        );
        assert!(main.contains("non si conosce la scadenza"), "{main}");
        assert!(main.contains("Forma di lavoro: "), "{main}");
        assert!(!main.contains("Prepara la scheda con chi non va chiesto"));
        let chosen = [("worker", "W-2"), ("worker", "W-3")];
        let refused = browser.post("/requests/R-1/propose", &chosen).await;
        assert_eq!(refused.status, 422);
        let (actor, alone) = (operator(&followed).await, [worker("W-2")]);
        let added = asking::add(&followed.context, &actor, &request(), &alone, None).await;
        assert!(
            matches!(&added, Err(ServiceError::Refused(why)) if why.key == "refused-out-of-reach"),
            "{added:?}"
        );
        // Beside them the one who fits is asked.
        let chosen = [("worker", "W-1"), ("worker", "W-2")];
        let done = browser.post("/requests/R-1/propose", &chosen).await;
        assert_eq!(done.status, 303, "{}", done.main());
        assert_eq!(followed.site.rows("proposals").await.len(), 1);
    });
}

#[test]
fn who_needs_no_asking_is_not_asked() {
    block_on(async {
        let cast = Cast::on(start()).worker("W-1", &[]).request("R-1", &[]);
        let (_followed, mut browser) = followed(&cast).await;
        let look = browser.get("/requests/R-1/propose?worker=W-1").await;
        assert!(look.main().contains("non occorre chiedere"));
        let sheet = browser
            .click(&look, "Prepara la scheda con chi non va chiesto")
            .await;
        assert_eq!(sheet.status, 200);
        let refused = browser
            .post("/requests/R-1/propose", &[("worker", "W-1")])
            .await;
        assert_eq!(refused.status, 422);
    });
}

#[test]
fn the_mail_of_a_proposal_that_is_over_never_goes() {
    block_on(async {
        let (followed, mut browser) = followed(&cast()).await;
        ask(&mut browser, "W-1").await;
        let undone = browser.post("/proposals/1/undo", &[]).await;
        assert_eq!(undone.status, 303);
        assert!(followed.mail_now().await.is_empty());
        assert_eq!(state(&followed, 1).await, ProposalState::Cancelled);
        let twice = browser.post("/proposals/1/undo", &[]).await;
        assert_eq!(twice.status, 422);
        // Who withdrew meanwhile is not written either.
        ask(&mut browser, "W-1").await;
        change_worker(&followed, |worker| worker.status = WorkerStatus::Withdrawn).await;
        assert!(followed.mail_now().await.is_empty());
    });
}

async fn change_worker(followed: &Followed, change: impl FnOnce(&mut dom::domain::worker::Worker)) {
    let write = followed.context.db.write().await.unwrap();
    let code = worker("W-1");
    let mut found = storage::workers::find(&*write, &code)
        .await
        .unwrap()
        .unwrap();
    change(&mut found.value);
    storage::workers::update(&*write, &found).await.unwrap();
    write.commit().await.unwrap();
}

async fn close_request(followed: &Followed) {
    let write = followed.context.db.write().await.unwrap();
    let mut found = storage::requests::find(&*write, &request())
        .await
        .unwrap()
        .unwrap();
    found.value.status = RequestStatus::Filled;
    storage::requests::update(&*write, &found).await.unwrap();
    write.commit().await.unwrap();
}

#[test]
fn who_says_nothing_for_three_days_has_expired_and_is_asked_again() {
    block_on(async {
        let (followed, mut browser) = followed(&cast()).await;
        asked(&followed, &mut browser).await;
        followed.at(day(3), 20);
        assert_eq!(
            run_due(&followed.context).await.unwrap().proposals.expired,
            0
        );
        followed.at(day(4), 4);
        let mut browser = followed.site.signed_in("operator").await;
        assert_eq!(
            run_due(&followed.context).await.unwrap().proposals.expired,
            1
        );
        assert_eq!(
            run_due(&followed.context).await.unwrap().proposals.expired,
            0
        );
        let record = browser.get("/proposals/1").await;
        let look = browser.click(&record, "Chiedi di nuovo").await;
        let form = look.form("/requests/R-1/propose");
        assert_eq!(
            browser.submit(&form, "Chiedi a una persona").await.status,
            303
        );
        assert_eq!(state(&followed, 2).await, ProposalState::Proposed);
    });
}

#[test]
fn a_request_that_closes_tells_those_who_were_asked() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut browser = followed.site.signed_in("operator").await;
            let address = page(&asked(&followed, &mut browser).await);
            let mut worker = followed.site.browser();
            let form = worker.get(&address).await.form(&address);
            worker.submit(&form.choose("answer", "yes"), "Invia").await;
            close_request(&followed).await;
            assert_eq!(worker.get(&address).await.status, 404);
            let done = run_due(&followed.context).await.unwrap();
            assert_eq!(
                done.proposals.cancelled, 1,
                "a yes that led to no sheet too"
            );
            followed.site.clock.advance(Duration::from_mins(3));
            let mails = followed.mail_now().await;
            assert_eq!(mails.len(), 1);
            assert_eq!(mails[0].message.subject, "Una proposta che non vale più");
            assert_eq!(
                run_due(&followed.context)
                    .await
                    .unwrap()
                    .proposals
                    .cancelled,
                0
            );
            let mut browser = followed.site.signed_in("operator").await;
            let record = browser.get("/proposals/1").await;
            let main = record.main();
            assert!(main.contains("la richiesta è chiusa"), "{main}");
        }
    });
}

#[test]
fn a_worker_who_withdraws_is_not_waited_for() {
    block_on(async {
        let (followed, mut browser) = followed(&cast()).await;
        asked(&followed, &mut browser).await;
        change_worker(&followed, |worker| worker.consent_on = None).await;
        let done = run_due(&followed.context).await.unwrap();
        assert_eq!(done.proposals.cancelled, 1);
        assert_eq!(state(&followed, 1).await, ProposalState::Cancelled);
        assert!(followed.mail_now().await.is_empty());
    });
}

#[test]
fn two_operators_who_propose_at_once_make_one_proposal() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let actor = operator(&followed).await;
            let mut tasks = tokio::task::JoinSet::new();
            for _ in 0..8 {
                let (context, actor) = (followed.context.clone(), actor.clone());
                tasks.spawn(async move {
                    asking::add(&context, &actor, &request(), &[worker("W-1")], None).await
                });
            }
            let all = tasks.join_all().await;
            let made = all.iter().filter(|one| one.is_ok()).count();
            assert_eq!(made, 1);
            for refused in all.iter().filter_map(|one| one.as_ref().err()) {
                assert!(
                    matches!(refused, ServiceError::Refused(why)
                    if why.key == "refused-already-proposed"),
                    "{refused:?}"
                );
            }
            assert_eq!(followed.mail_now().await.len(), 1);
        }
    });
}

#[test]
fn of_an_answer_and_an_undo_at_once_one_holds_and_the_other_is_told() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut browser = followed.site.signed_in("operator").await;
            let address = page(&asked(&followed, &mut browser).await);
            let token = address.strip_prefix("/p/").unwrap().to_owned();
            let context = followed.context.clone();
            let opened = open(&context, &token, "here").await;
            let opened = opened.unwrap_or_else(|_| panic!("it opens"));
            let name = opened.offer_name();
            let yes =
                tokio::spawn(
                    async move { send(&context, &opened, Said::Word(Word::Yes), &name).await },
                );
            let (context, actor) = (followed.context.clone(), operator(&followed).await);
            let undone = tokio::spawn(async move {
                dom::services::proposals::answering::undo(&context, &actor, 1).await
            });
            let (yes, undone) = (yes.await.unwrap(), undone.await.unwrap());
            match state(&followed, 1).await {
                ProposalState::Accepted => {
                    assert!(matches!(yes, Ok(Sent::Recorded)) && undone.is_err());
                }
                ProposalState::Cancelled => {
                    assert!(matches!(yes, Ok(Sent::Gone)) && undone.is_ok());
                }
                other => panic!("{other:?}"),
            }
        }
    });
}

#[test]
fn nobody_says_yes_to_terms_that_changed_meanwhile() {
    block_on(async {
        let (followed, mut browser) = followed(&cast()).await;
        let address = page(&asked(&followed, &mut browser).await);
        let mut worker = followed.site.browser();
        let form = worker.get(&address).await.form(&address);
        let write = followed.context.db.write().await.unwrap();
        let found = storage::requests::find(&*write, &request()).await.unwrap();
        let mut found = found.unwrap();
        found.value.start_date = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        storage::requests::update(&*write, &found).await.unwrap();
        write.commit().await.unwrap();
        let refused = worker.submit(&form.choose("answer", "yes"), "Invia").await;
        assert_eq!(refused.status, 422);
        assert!(refused.main().contains("Le condizioni sono cambiate"));
        assert!(refused.main().contains("01/03/2026"));
        assert_eq!(state(&followed, 1).await, ProposalState::Proposed);
        let form = refused.form(&address).choose("answer", "yes");
        assert_eq!(worker.submit(&form, "Invia").await.status, 303);
    });
}

#[test]
fn a_mail_that_does_not_arrive_becomes_a_call() {
    block_on(async {
        let (followed, mut browser) = followed(&cast()).await;
        let mail = asked(&followed, &mut browser).await;
        let report = format!(
            "Final-Recipient: x\nStatus: 5.1.1\nMessage-ID: <{}>\n",
            mail.message.message_id
        );
        dom::services::follow_up::bounce::take(&followed.site.context, &report)
            .await
            .unwrap();
        let record = browser.get("/proposals/1").await;
        assert!(record.main().contains("La mail non è arrivata"));
        let list = browser.get("/proposals?show=to_phone").await;
        assert_eq!(list.rows().len(), 1);
    });
}

#[test]
fn a_workers_wish_leaves_them_out_and_no_sheet_goes_there() {
    block_on(async {
        let cast = Cast::on(start()).worker("W-1", &[]).request("R-1", &[]);
        for site in Site::on_both(&cast).await {
            let followed = Followed::over(site);
            let write = followed.context.db.write().await.unwrap();
            let code = FamilyCode::parse("F-1").unwrap();
            let family = storage::families::find(&*write, &code).await.unwrap();
            let mut family = family.unwrap();
            family.value.referred_by = PartnerCode::parse("pi").ok();
            storage::families::update(&*write, &family).await.unwrap();
            write.commit().await.unwrap();
            for (kind, field, whom, named) in [
                ("family", "whom", "F-1", "Elsa Provolini"),
                ("comune", "whom", "Grosseto", "Grosseto"),
                ("partner", "partner", "pi", "Punto di prova"),
            ] {
                keeps_away(&followed, kind, field, whom, named).await;
            }
        }
    });
}

async fn keeps_away(followed: &Followed, kind: &str, field: &str, whom: &str, named: &str) {
    let mut browser = followed.site.signed_in("operator").await;
    let limits = browser.get("/workers/W-1/diffusion").await;
    let form = limits.form("/workers/W-1/diffusion").fill("kind", kind);
    if field == "whom" {
        let unknown = form.clone().fill("whom", "Nessuno");
        let refused = browser.submit(&unknown, "Aggiungi").await;
        assert_eq!(refused.status, 422);
        let kept = refused.form("/workers/W-1/diffusion");
        assert_eq!(kept.value("whom"), "Nessuno");
    }
    // Chosen before the wish was known: the sheet looks once more.
    let issue = browser.get("/requests/R-1/sheet?worker=W-1").await;
    let form = form.fill(field, whom);
    assert_eq!(
        browser.submit(&form, "Aggiungi").await.status,
        303,
        "{kind}"
    );
    let matched = browser.get("/requests/R-1/match").await;
    assert!(matched.main().contains("lasciata fuori per suo desiderio"));
    assert!(matched.texts("form .dom-card").is_empty(), "{kind}");
    let form = issue.form("/requests/R-1/sheet");
    let refused = browser.submit(&form, "Emetti la scheda").await;
    assert_eq!(refused.status, 422, "{}", refused.main());
    assert!(refused.main().contains("non vuole che la scheda vada qui"));
    let (actor, chosen) = (operator(followed).await, [worker("W-1")]);
    let asked = asking::add(&followed.context, &actor, &request(), &chosen, None).await;
    assert!(asked.is_err(), "not by name either");
    let history = browser.get("/workers/W-1").await;
    assert!(history.main().contains("nuovo limite alla scheda"));
    let limits = browser.get("/workers/W-1/diffusion").await;
    let lift = limits.texts("form[action$='/lift'] button");
    assert_eq!(lift, [format!("Togli {named}")]);
    let links = limits.text();
    let action = links
        .split("action=\"")
        .find(|rest| rest.contains("/lift\""));
    let action = action.unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(browser.post(&action, &[]).await.status, 303);
    let matched = browser.get("/requests/R-1/match").await;
    assert_eq!(matched.texts("form .dom-card").len(), 1, "{kind}");
}

#[test]
fn after_the_sheet_both_sides_are_told_who_calls_whom_and_by_when() {
    block_on(async {
        let mut cast = with(&[("email", MAIL), ("share_without_asking", "yes")]);
        cast.families[0].email = EmailAddress::parse("famiglia@prova.example").ok();
        let (followed, mut browser) = followed(&cast).await;
        let issue = browser.get("/requests/R-1/sheet?worker=W-1").await;
        let form = issue.form("/requests/R-1/sheet");
        let issued = browser.submit(&form, "Emetti la scheda").await;
        let number = issued.location().replace("?issued=1", "");
        assert!(followed.mail_now().await.is_empty(), "a moment to revoke");
        followed.at(start(), 13);
        let mails = followed.mail_now().await;
        let to = |who: &str| mails.iter().find(|mail| mail.to == who).unwrap();
        let family = to("famiglia@prova.example");
        assert!(
            family.message.plain.contains("19/01/2026"),
            "{}",
            family.message.plain
        );
        assert!(!family.message.plain.contains("Zoe"), "no name in a mail");
        let worker = to(MAIL);
        assert!(worker.message.plain.contains("una famiglia a Grosseto"));
        assert!(!worker.message.plain.contains("Provolini"));
        let told = browser.get(&format!("{number}/notices")).await;
        let copied = told.texts("textarea");
        assert_eq!(copied.len(), 2);
        let greeted = |text: &String| text.trim_start().starts_with("Buongiorno, la scheda");
        assert!(copied.iter().any(greeted), "{copied:?}");
        let revoke = [("reason", "wrong_data")];
        let revoked = browser.post(&format!("{number}/revoke"), &revoke).await;
        let told = browser.get(&format!("{number}/notices")).await;
        if revoked.status == 303 {
            assert!(told.texts("textarea").is_empty());
        }
    });
}

#[test]
fn a_revoked_sheet_is_told_to_nobody() {
    block_on(async {
        let cast = with(&[("email", MAIL), ("share_without_asking", "yes")]);
        let (followed, mut browser) = followed(&cast).await;
        let issue = browser.get("/requests/R-1/sheet?worker=W-1").await;
        let form = issue.form("/requests/R-1/sheet");
        browser.submit(&form, "Emetti la scheda").await;
        let write = followed.context.db.write().await.unwrap();
        let now = followed.context.now();
        storage::sheets::revoke(&*write, 1, now, "withdrawn")
            .await
            .unwrap();
        write.commit().await.unwrap();
        followed.at(start(), 13);
        assert!(followed.mail_now().await.is_empty());
    });
}

#[test]
fn a_sheet_without_a_word_for_fifteen_days_stands_on_the_home_page() {
    block_on(async {
        let cast = with(&[("share_without_asking", "yes")]);
        for site in Site::on_both(&cast).await {
            let followed = Followed::over(site);
            let mut browser = followed.site.signed_in("operator").await;
            let issue = browser.get("/requests/R-1/sheet?worker=W-1").await;
            let form = issue.form("/requests/R-1/sheet");
            browser.submit(&form, "Emetti la scheda").await;
            for (after, there) in [(14, false), (15, true)] {
                followed.at(day(after), 9);
                let mut browser = followed.site.signed_in("operator").await;
                for whose in ["all", "desk"] {
                    let home = browser.get(&format!("/?whose={whose}")).await;
                    let found = home.main().contains("Schede senza una parola");
                    assert_eq!(found, there, "day {after}, {whose}");
                }
            }
        }
    });
}

#[test]
fn near_misses_and_teams_can_be_asked_too() {
    block_on(async {
        let cast = Cast::on(start())
            .worker(
                "W-1",
                &[("share_without_asking", "no"), ("min_pay_hour", "12.00")],
            )
            .worker(
                "W-2",
                &[
                    ("share_without_asking", "no"),
                    ("availability", "Mon-Wed 08:00-12:00"),
                ],
            )
            .worker(
                "W-3",
                &[
                    ("share_without_asking", "no"),
                    ("availability", "Thu-Fri 08:00-12:00"),
                ],
            )
            .request("R-1", &[("max_pay_hour", "9.50")]);
        let (followed, mut browser) = followed(&cast).await;
        let matched = browser.get("/requests/R-1/match").await;
        let form = matched.form("/requests/R-1/propose");
        let form = form.tick("W-1").tick("W-2").tick("W-3");
        let look = browser.submit(&form, "Chiedi alle persone scelte").await;
        let form = look.form("/requests/R-1/propose");
        let done = browser.submit(&form, "Chiedi a 3 persone").await;
        assert_eq!(done.status, 303, "{}", done.main());
        for id in 1..=3 {
            assert_eq!(state(&followed, id).await, ProposalState::Proposed);
        }
    });
}

#[test]
fn addresses_of_several_workers_lead_to_their_own_proposals() {
    block_on(async {
        let mut cast = Cast::on(start()).request("R-1", &[]);
        for code in ["W-1", "W-2"] {
            let cells = reached(code, "it");
            let cells: Vec<(&str, &str)> = cells
                .iter()
                .map(|(name, cell)| (*name, cell.as_str()))
                .collect();
            cast = cast.worker(code, &cells);
        }
        let (followed, mut browser) = followed(&cast).await;
        let look = browser
            .get("/requests/R-1/propose?worker=W-1&worker=W-2")
            .await;
        let form = look.form("/requests/R-1/propose");
        browser.submit(&form, "Chiedi a 2 persone").await;
        let mails = followed.mail_now().await;
        let second = mails
            .iter()
            .find(|mail| mail.to == "w-2@prova.example")
            .unwrap();
        let address = page(second);
        let mut worker = followed.site.browser();
        let form = worker.get(&address).await.form(&address);
        worker.submit(&form.choose("answer", "yes"), "Invia").await;
        assert_eq!(state(&followed, 1).await, ProposalState::Proposed);
        assert_eq!(state(&followed, 2).await, ProposalState::Accepted);
    });
}
