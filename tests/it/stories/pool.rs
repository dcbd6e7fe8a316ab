//! Sixty days of a pool that is kept true by the program: who is asked, who is
//! paused for want of a word and comes back with a tap, and who hears of an end.

use std::collections::BTreeMap;

use dom::domain::ids::WorkerCode;
use dom::domain::worker::{Worker, WorkerStatus};
use dom::storage;

use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, page, start};
use crate::support::program::block_on;
use crate::support::site::Site;

fn address(code: &str) -> String {
    format!("{}@prova.example", code.to_lowercase())
}

fn cast() -> Cast {
    let confirmed = start().to_string();
    let with = |code: &'static str, more: &[(&'static str, &str)]| {
        let mut cells = vec![
            ("confirmed_on", confirmed.clone()),
            ("email", address(code)),
        ];
        cells.extend(
            more.iter()
                .map(|(column, cell)| (*column, (*cell).to_owned())),
        );
        (code, cells)
    };
    // The title of stay of the fourth ends on day 70, of the fifth too, but it is
    // being renewed.
    let until = day(70).to_string();
    let permit = [
        ("permit_type", "employment"),
        ("permit_until", until.as_str()),
    ];
    let renewing = [permit[0], permit[1], ("renewal_receipt", "yes")];
    let rows = [
        // Silent.
        with("W-1", &[("contact_language", "uk")]),
        // Answers.
        with("W-2", &[("contact_language", "ar")]),
        // Takes no mail.
        with("W-3", &[("email", "")]),
        with("W-4", &permit),
        with("W-5", &renewing),
        // Not to be asked: no authorisation, on a pause, at work.
        with("W-6", &[("consent_on", "")]),
        with("W-7", &[("status", "paused"), ("pause_reason", "travel")]),
        with("W-8", &[("status", "placed")]),
        // An old entry of a file: asked first, before anybody pauses them.
        with("W-9", &[("confirmed_on", "2025-06-01")]),
    ];
    rows.into_iter()
        .fold(Cast::on(start()), |cast, (code, cells)| {
            let cells: Vec<(&str, &str)> = cells.iter().map(|(c, v)| (*c, v.as_str())).collect();
            cast.worker(code, &cells)
        })
}

async fn worker(followed: &Followed, code: &str) -> Worker {
    let code = WorkerCode::parse(code).unwrap();
    let found = storage::workers::find(followed.context.db.read(), &code).await;
    found.unwrap().unwrap().value
}

/// The open tasks, as kind and person.
async fn tasks(followed: &Followed) -> Vec<(String, String)> {
    let whose = storage::waiting::Whose::Everybody;
    let open = storage::person_tasks::open(
        followed.context.db.read(),
        &whose,
        dom::storage::waits::Cut::FIRST,
    )
    .await;
    let open = open.unwrap().into_iter();
    let mut all: Vec<_> = open
        .map(|one| (one.kind.code().to_owned(), one.code))
        .collect();
    all.sort();
    all
}

/// Opens a mail's link and taps the first button.
async fn confirm(followed: &Followed, link: &str) {
    let mut phone = followed.site.browser();
    let leads = phone.get(link).await;
    let address = leads.location().to_owned();
    let mine = phone.follow(&leads).await;
    assert_eq!(mine.status, 200);
    let done = phone.post(&format!("{address}/confirm"), &[]).await;
    assert_eq!(done.status, 303);
}

#[test]
fn sixty_days_of_a_pool() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut seen: BTreeMap<u64, Vec<(String, String)>> = BTreeMap::new();
            let mut pause_link = String::new();
            for after in 0..=60 {
                for mail in followed.live(day(after)).await {
                    let link = mail.message.plain.contains("/l/").then(|| page(&mail));
                    if mail.to == address("W-2") && after == 30 {
                        confirm(&followed, &link.clone().unwrap()).await;
                    }
                    if mail.to == address("W-1") && after == 45 {
                        pause_link = link.clone().unwrap();
                    }
                    assert!(!mail.message.subject.contains("Zoe"), "nobody's name");
                    // What nobody has reviewed has the Italian beneath, once and without
                    // a second address.
                    let italian = mail.to != address("W-1") && mail.to != address("W-2");
                    let beneath = mail.message.html.contains("<div lang=\"it\"");
                    assert_eq!(beneath, !italian, "{}", mail.message.plain);
                    assert!(mail.message.plain.matches("/l/").count() <= 1);
                    let line = (mail.to.clone(), mail.message.subject.clone());
                    seen.entry(after).or_default().push(line);
                }
            }
            for mails in seen.values_mut() {
                mails.sort();
            }
            let line = |code: &str, subject: &str| (address(code), subject.to_owned());
            let ask = "Una domanda sugli orari";
            let paused = "Il nome è in pausa";
            let expected: BTreeMap<u64, Vec<(String, String)>> = [
                (0, vec![line("W-9", ask)]),
                (10, vec![line("W-4", "Un documento che scade")]),
                (15, vec![line("W-9", paused)]),
                (
                    30,
                    vec![
                        line("W-1", "Запитання про години"),
                        line("W-2", "سؤال عن ساعات العمل"),
                        line("W-4", ask),
                        line("W-5", ask),
                    ],
                ),
                (
                    45,
                    vec![
                        line("W-1", "Ім’я на паузі"),
                        line("W-4", paused),
                        line("W-5", paused),
                    ],
                ),
                (55, vec![line("W-4", "Un documento che scade")]),
                (60, vec![line("W-2", "سؤال عن ساعات العمل")]),
            ]
            .into();
            assert_eq!(seen, expected);
            let silent = worker(&followed, "W-1").await;
            assert_eq!(silent.status, WorkerStatus::Paused);
            assert_eq!(silent.pause_reason, Some("no_answer"));
            assert_eq!(worker(&followed, "W-2").await.status, WorkerStatus::Active);
            assert_eq!(worker(&followed, "W-6").await.status, WorkerStatus::Active);
            assert_eq!(worker(&followed, "W-7").await.pause_reason, Some("travel"));
            assert_eq!(worker(&followed, "W-8").await.status, WorkerStatus::Placed);
            // Who takes no mail is paused too, and called; the desk gives appointments.
            assert_eq!(worker(&followed, "W-3").await.status, WorkerStatus::Paused);
            let expected = [("permit_ends", "W-4"), ("tell_paused", "W-3")];
            assert_eq!(
                tasks(&followed).await,
                expected.map(|(kind, code)| (kind.to_owned(), code.to_owned()))
            );
            // Back with one tap of the mail that told of it.
            confirm(&followed, &pause_link).await;
            let back = worker(&followed, "W-1").await;
            assert_eq!(back.status, WorkerStatus::Active);
            assert_eq!(back.confirmed_on, Some(day(60)));
        }
    });
}

#[test]
fn an_old_database_is_not_asked_in_one_night_and_keeps_nobody_waiting_who_fell_silent_now() {
    block_on(async {
        let now = (start() - chrono::Days::new(30)).to_string();
        let mut cast = Cast::on(start());
        for number in 0..60 {
            let code = format!("W-{number:02}");
            cast = cast.worker(&code, &[("confirmed_on", "2025-06-01")]);
        }
        let cast = cast.worker("W-99", &[("confirmed_on", now.as_str())]);
        for site in Site::on_both(&cast).await {
            let followed = Followed::over(site);
            let mut asked = Vec::new();
            for after in 0..4 {
                // Every few minutes, and no more for it.
                let mut of_day = 0;
                for hour in [4, 5, 11] {
                    followed.at(day(after), hour);
                    let done = dom::jobs::run_due(&followed.context).await.unwrap();
                    of_day += done.pool.asked;
                }
                asked.push(of_day);
                if after == 0 {
                    let open = tasks(&followed).await;
                    let fresh = ("ask_availability".to_owned(), "W-99".to_owned());
                    assert!(open.contains(&fresh), "{open:?}");
                }
            }
            assert_eq!(asked, [26, 25, 10, 0]);
        }
    });
}

#[test]
fn a_word_by_telephone_counts_and_a_mail_that_waits_is_not_sent_after_it() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            followed.at(day(30), 4);
            dom::jobs::run_due(&followed.context).await.unwrap();
            let expected = ("ask_availability".to_owned(), "W-3".to_owned());
            assert!(tasks(&followed).await.contains(&expected));
            // Between the queue and the post the desk hears from W-1.
            let code = WorkerCode::parse("W-1").unwrap();
            let write = followed.context.db.write().await.unwrap();
            let mut found = storage::workers::find(&*write, &code)
                .await
                .unwrap()
                .unwrap();
            found.value.confirmed_on = Some(day(30));
            storage::workers::update(&*write, &found).await.unwrap();
            write.commit().await.unwrap();
            let mails = followed.live(day(30)).await;
            assert!(mails.iter().all(|mail| mail.to != address("W-1")));
            assert!(mails.iter().any(|mail| mail.to == address("W-2")));
        }
    });
}

#[test]
fn an_accreditation_is_told_of_sixty_and_fifteen_days_before_its_end() {
    block_on(async {
        for site in
            Site::on_both(&Cast::on(start()).worker("W-2", &[("email", "a@prova.example")])).await
        {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            for until in ["01/12/2026", "22/03/2026"] {
                let fields = [("do", "accreditation"), ("until", until)];
                let kept = operator.post("/workers/W-2/link", &fields).await;
                assert_eq!(kept.status, 303, "{}", kept.main());
            }
            let page = operator.get("/workers/W-2/link").await;
            assert_eq!(page.attributes("#until", "value"), ["22/03/2026"]);
            let told: Vec<u64> = followed
                .walk(1, 69)
                .await
                .into_iter()
                .filter(|(_, mails)| {
                    let of = |subject: &str| subject == "Un accreditamento che scade";
                    mails.iter().any(|mail| of(&mail.message.subject))
                })
                .map(|(after, _)| after)
                .collect();
            assert_eq!(told, [9, 54], "the 22nd of March is day 69");
            let expected = ("accreditation_ends".to_owned(), "W-2".to_owned());
            assert!(tasks(&followed).await.contains(&expected));
        }
    });
}

#[test]
fn a_mail_that_never_arrives_becomes_a_call() {
    block_on(async {
        use dom::domain::contact::EmailAddress;
        let followed = Followed::of(&cast()).await;
        let bad = EmailAddress::parse(&address("W-1")).unwrap();
        let write = followed.context.db.write().await.unwrap();
        let now = followed.context.now();
        storage::outbox::mark_address(&*write, &bad, "550", now)
            .await
            .unwrap();
        write.commit().await.unwrap();
        followed.live(day(30)).await;
        let expected = ("ask_availability".to_owned(), "W-1".to_owned());
        assert!(tasks(&followed).await.contains(&expected));
    });
}

#[test]
fn whoever_paused_after_being_asked_is_asked_again_before_silence_pauses_them() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mails = followed.live(day(30)).await;
            let mail = mails.iter().find(|mail| mail.to == address("W-1")).unwrap();
            let mut phone = followed.site.browser();
            let leads = phone.get(&page(mail)).await;
            let mine = leads.location().to_owned();
            let paused = phone
                .post(&format!("{mine}/pause"), &[("weeks", "2")])
                .await;
            assert_eq!(paused.status, 303);
            let mut to_them = Vec::new();
            for after in 31..=76 {
                let mails = followed.live(day(after)).await;
                let theirs = mails.iter().filter(|mail| mail.to == address("W-1"));
                to_them.extend(theirs.map(|mail| (after, mail.message.subject.clone())));
            }
            let line = |after: u64, subject: &str| (after, subject.to_owned());
            assert_eq!(
                to_them,
                [line(60, "Запитання про години"), line(75, "Ім’я на паузі")],
                "back on day 45, asked a month after the first time"
            );
            assert_eq!(
                worker(&followed, "W-1").await.pause_reason,
                Some("no_answer")
            );
        }
    });
}
