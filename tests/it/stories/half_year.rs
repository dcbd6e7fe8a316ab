//! Half a year from outside: people come from a file, an operator matches them and
//! issues sheets, days pass through the jobs, mails go through a server that has a
//! bad day, both sides answer on the pages, the silent are phoned, a conflict is
//! settled, jobs begin and one ends; and in the end every form of the report says
//! the same, and what really happened.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use dom::config::Tls;
use dom::domain::follow_up::Disposition;
use dom::domain::ids::WorkerCode;
use dom::domain::worker::WorkerStatus;
use dom::jobs::run_due;
use dom::mail::smtp::{Limits, Server};
use dom::mail::{Post, Transport};
use dom::storage;
use dom::storage::entity::introduction;
use sea_orm::{EntityTrait, QueryOrder};
use serde_json::Value;

use crate::pages::outcomes::same_everywhere;
use crate::support::browser::{Browser, Page};
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, opened, start};
use crate::support::program::{Program, block_on};
use crate::support::site::Site;
use crate::support::smtp::{Received, Script, Smtp};

/// What each pair lives through; its place is its number.
const STORIES: [&str; 6] = [
    "hired and together",
    "the family says hired, the worker no",
    "no, and the worker has no address",
    "silent",
    "somebody found elsewhere",
    "hired, and it ends",
];
const LAST_DAY: u64 = 225;

fn of_family(n: usize) -> String {
    format!("famiglia{n}@prova.example")
}

fn of_worker(n: usize) -> String {
    format!("lavoratrice{n}@prova.example")
}

/// Loads the spreadsheets of a desk, as it would.
fn load(program: &Program) {
    let names = ["Una", "Due", "Tre", "Quattro", "Cinque", "Sei"];
    let (mut workers, mut families, mut requests) = (
        "code,given_name,family_name,sex,phone,email,comune,max_km,arrangements,availability,\
         confirmed_on,permit_type,share_without_asking,registered_on,consent_on,desk\n"
            .to_owned(),
        "code,given_name,family_name,phone,email,comune,desk\n".to_owned(),
        "code,family,comune,arrangement,schedule,start_date,opened_on\n".to_owned(),
    );
    for (n, name) in (1..).zip(names) {
        let email = if n == 3 { String::new() } else { of_worker(n) };
        let _ = writeln!(
            workers,
            "W-{n},Zoe,Inventata{name},f,+3905642000{n:02},{email},053011,20,hourly,\
             Mon-Fri 07:00-20:00,2026-01-10,eu_citizen,yes,2026-01-02,2026-01-02,grosseto"
        );
        let _ = writeln!(
            families,
            "F-{n}0,Elsa,Provolini{name},+3905643000{n:02},{},053011,grosseto",
            of_family(n)
        );
        let _ = writeln!(
            requests,
            "R-{n},F-{n}0,053011,hourly,Mon-Fri 08:00-12:00,2026-02-01,2026-01-10"
        );
    }
    for (kind, text) in [
        ("workers", workers),
        ("families", families),
        ("requests", requests),
    ] {
        let file = program.path().join(kind);
        std::fs::write(&file, text).unwrap();
        program.ok(&["import", kind, &file.display().to_string()]);
    }
}

/// An operator looks who fits and issues a sheet for each request; the codes of the
/// introductions, in the order of the pairs.
async fn issue(followed: &Followed) -> Vec<String> {
    let mut operator = followed.site.signed_in("operator").await;
    for n in 1..=STORIES.len() {
        let matched = operator.get(&format!("/requests/R-{n}/match")).await;
        let fits = matched.texts("form .dom-card").len();
        assert!(fits >= STORIES.len(), "{fits}: {}", matched.main());
        let form = format!("/requests/R-{n}/sheet");
        let chosen = operator.get(&format!("{form}?worker=W-{n}")).await;
        let issued = operator
            .submit(&chosen.form(&form), "Emetti la scheda")
            .await;
        assert_eq!(issued.status, 303, "{}", issued.text());
        assert!(operator.follow(&issued).await.main().contains("è emessa"));
    }
    let rows = introduction::Entity::find().order_by_asc(introduction::Column::Id);
    let rows = rows.all(followed.context.db.read()).await.unwrap();
    rows.into_iter().map(|row| row.code).collect()
}

/// What somebody chooses on the screens of a survey: a screen each.
type Said = &'static [&'static [(&'static str, &'static str)]];

/// What is answered to a mail of a day: by the pair, the side and the day of the wave.
fn says(n: usize, side: &str, wave: u64) -> Option<Said> {
    Some(match (n, side, wave) {
        (1 | 6, _, 15) | (2, "family", 15) => &[&[("result", "hired")]],
        (2, "worker", 15) | (3, "family", 15) => &[&[("result", "no"), ("reason", "pay")]],
        (5, "family", 15) => &[&[("result", "elsewhere")]],
        (5, "worker", 15) => &[&[("result", "no"), ("reason", "not_available")]],
        (1, _, 90) => &[
            &[("result", "hired"), ("contact", "met")],
            &[
                ("started_on", "2026-02-02"),
                ("hours_week", "20"),
                ("live_in", "no"),
                ("fits", "yes"),
            ],
            &[("notified", "yes"), ("still_working", "yes")],
        ],
        (6, _, 90) => &[
            &[("result", "hired")],
            &[("started_on", "2026-02-02"), ("fits", "yes")],
            &[("notified", "no"), ("still_working", "yes")],
        ],
        (1, _, 201) => &[&[("still_working", "yes")]],
        (6, "family", 201) => &[&[
            ("still_working", "no"),
            ("ended_on", "2026-06-11"),
            ("end_reason", "other"),
        ]],
        _ => return None,
    })
}

async fn answer(followed: &Followed, mail: &Received, said: Said) {
    let mut telephone = followed.site.browser();
    let link = format!("/s/{}", mail.token().unwrap());
    let (at, mut screen) = opened(&mut telephone, &link).await;
    for (turn, chosen) in said.iter().enumerate() {
        let mut form = screen.form(&at);
        for (question, answer) in *chosen {
            let is_list = screen.texts(&format!("input[type=radio][name={question}]"));
            form = if is_list.is_empty() {
                form.fill(question, answer)
            } else {
                form.choose(question, answer)
            };
        }
        let sent = telephone.submit(&form, "Invia").await;
        assert_eq!(sent.status, 303, "{} {turn}: {}", mail.to, sent.main());
        screen = telephone.follow(&sent).await;
    }
    assert!(
        screen.main().contains("La risposta è registrata"),
        "{}",
        screen.main()
    );
}

/// Who a mail goes to: the number of the pair, and the side.
fn whose(mail: &Received) -> (usize, &'static str) {
    let number = |prefix: &str| {
        let rest = mail.to.strip_prefix(prefix)?;
        rest.strip_suffix("@prova.example")?.parse().ok()
    };
    match (number("famiglia"), number("lavoratrice")) {
        (Some(n), _) => (n, "family"),
        (_, Some(n)) => (n, "worker"),
        _ => panic!("a mail to {}", mail.to),
    }
}

/// The call to somebody, from the list of calls.
async fn call(operator: &mut Browser, name: &str) -> (String, Page) {
    let list = operator.get("/calls").await;
    let links = list.links();
    let found = links.into_iter().find(|(text, _)| text.starts_with(name));
    let (_, path) = found.unwrap_or_else(|| panic!("no call to {name}: {}", list.main()));
    let page = operator.get(&path).await;
    (path, page)
}

/// What the desk does on a day, after the morning's mail.
async fn desk(followed: &Followed, codes: &[String], after: u64) {
    let mut operator = followed.site.signed_in("operator").await;
    match after {
        16 => {
            // The worker without an address is phoned.
            let (path, page) = call(&mut operator, "Zoe InventataTre").await;
            let form = page.form(&format!("{path}/answer"));
            let form = form.choose("result", "no").fill("reason", "pay");
            let done = operator.submit(&form, "Registra le risposte").await;
            assert_eq!(done.status, 303, "{}", done.main());
            // Both histories side by side, and what the desk saw.
            let conflicts = operator.get("/conflicts").await;
            let finding = operator.click(&conflicts, &codes[1]).await;
            let form = finding.form(&format!("/introductions/{}/finding", codes[1]));
            let form = form
                .fill("result", "hired")
                .fill("document", "inps_receipt")
                .fill("note", "Ricevuta vista allo sportello");
            let done = operator.submit(&form, "Registra").await;
            assert_eq!(done.status, 303, "{}", done.main());
            let left = operator.get("/conflicts").await;
            assert!(left.main().contains("Niente da chiarire"));
        }
        17 => {
            for n in [1, 6] {
                let path = format!("/introductions/{}/job", codes[n - 1]);
                let home = operator.get("/").await;
                assert!(home.links().iter().any(|(_, href)| *href == path));
                let begin = path.replace("/job", "/begin");
                let done = operator.post(&begin, &[("worker", "placed")]).await;
                assert_eq!(done.status, 303, "{}", done.main());
            }
        }
        // The silent family is tried three times.
        28..=30 => {
            let (path, page) = call(&mut operator, "Elsa ProvoliniQuattro").await;
            let form = page.form(&format!("{path}/try"));
            let form = form.fill("disposition", "non_contact");
            let done = operator.submit(&form, "Registra il tentativo").await;
            assert_eq!(done.status, 303, "{}", done.main());
        }
        202 => {
            let path = format!("/introductions/{}/end", codes[5]);
            let end = [("worker", "back"), ("request", "reopen")];
            let done = operator.post(&path, &end).await;
            assert_eq!(done.status, 303, "{}", done.main());
        }
        _ => {}
    }
}

/// Lets the days go by; how many survey mails went to whom.
async fn walk(followed: &Followed, smtp: &Smtp, codes: &[String]) -> BTreeMap<String, usize> {
    let mut read = 0;
    let mut mails = BTreeMap::new();
    for after in 1..=LAST_DAY {
        // On the day of the first wave the server is down until noon.
        if after == 15 {
            smtp.now(Script::Greet("421 busy"));
        }
        for hour in [4, 11] {
            followed.at(day(after), hour);
            run_due(&followed.context).await.unwrap();
        }
        if after == 15 {
            assert!(smtp.inbox().iter().all(|mail| mail.token().is_none()));
            smtp.now(Script::Take);
            followed.at(day(after), 15);
            run_due(&followed.context).await.unwrap();
        }
        for mail in smtp.inbox().into_iter().skip(read) {
            read += 1;
            if mail.token().is_none() {
                continue;
            }
            *mails.entry(mail.to.clone()).or_default() += 1;
            let (n, side) = whose(&mail);
            if let Some(said) = says(n, side, after) {
                Box::pin(answer(followed, &mail, said)).await;
            }
        }
        if [16, 17, 28, 29, 30, 202].contains(&after) {
            Box::pin(desk(followed, codes, after)).await;
        }
    }
    mails
}

async fn half_a_year(program: Program) {
    load(&program);
    let site = Site::over(program, &Cast::on(start()), "http://dom.example").await;
    let mut followed = Followed::over(site);
    let smtp = Smtp::start(Script::Take);
    let server = Server::new(&smtp.url(), Tls::None, Limits::default()).unwrap();
    followed.context = followed.context.with_post(Post {
        from: "DOM <dom@dom.example>".parse().unwrap(),
        transport: Transport::Server(Box::new(server)),
    });
    let codes = Box::pin(issue(&followed)).await;
    assert_eq!(codes.len(), STORIES.len());
    let mails = Box::pin(walk(&followed, &smtp, &codes)).await;

    // Who answers at once gets no reminder, who never does two a wave; where both say
    // no there is no second wave, and where nobody knows of a job no third.
    let expected: BTreeMap<String, usize> = [
        (of_family(1), 3),
        (of_worker(1), 3),
        (of_family(2), 1 + 3 + 3),
        (of_worker(2), 1 + 3 + 3),
        (of_family(3), 1),
        (of_family(4), 3 + 3),
        (of_worker(4), 3 + 3),
        (of_family(5), 1),
        (of_worker(5), 1),
        (of_family(6), 3),
        (of_worker(6), 2 + 3),
    ]
    .into();
    assert_eq!(mails, expected);
    assert_eq!(followed.ended(Disposition::NonContact).await, 1);
    let db = followed.context.db.read();
    let worker = |n: usize| WorkerCode::parse(&format!("W-{n}")).unwrap();
    let status = async |n| {
        let found = storage::workers::find(db, &worker(n)).await.unwrap();
        found.unwrap().value.status
    };
    assert_eq!(status(1).await, WorkerStatus::Placed, "still at work");
    assert_ne!(status(6).await, WorkerStatus::Placed, "looks again");

    let mut operator = followed.site.signed_in("operator").await;
    let (from, to) = (start(), day(10));
    let query = format!("?from={from}&to={to}");
    let (json, text) = Box::pin(same_everywhere(&mut operator, &query)).await;
    told_what_happened(&json);
    assert!(
        text.contains("Richieste che hanno ricevuto schede: 6"),
        "{text}"
    );
    // The command line tells the same, digit by digit.
    let today = day(LAST_DAY).to_string();
    let (from, to) = (from.to_string(), to.to_string());
    let line = ["report", "outcomes", "--from", &from, "--to", &to];
    let more = ["--today", &today, "--json"];
    let printed = followed.site.program.ok(&[&line[..], &more[..]].concat());
    assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), json);
}

/// The figures of what the six lived through.
fn told_what_happened(json: &Value) {
    for (place, number) in [
        ("/requests", 6),
        ("/mature", 6),
        ("/introductions", 6),
        ("/requests_by_state/filled", 3),
        ("/requests_by_state/filled_elsewhere", 1),
        ("/requests_by_state/not_filled", 1),
        ("/requests_by_state/conflict", 0),
        ("/requests_by_state/unknown", 1),
        ("/placement/lower", 500),
        ("/placement/upper", 667),
        ("/placement/observed", 600),
        ("/answered/family", 5),
        ("/answered/worker", 5),
        ("/regular/hired", 3),
        ("/regular/yes", 2),
        ("/regular/tally/no", 2),
        ("/retention/n", 2),
        ("/retention/90/lower", 1000),
        ("/retention/180/lower", 500),
        ("/retention/180/upper", 500),
        ("/agreement/both_hired", 2),
        ("/agreement/family_only", 1),
        ("/agreement/both_no", 2),
        ("/fit/both_yes", 2),
        ("/days_to_first_sheet/median", 2),
        ("/days_to_hire/median", 23),
    ] {
        let found = json.pointer(place).and_then(Value::as_i64);
        assert_eq!(found, Some(number), "{place}: {json}");
    }
    assert_eq!(json["reasons"][0][0], "pay");
    assert_eq!(json["reasons"][0][1], 3);
}

#[test]
fn half_a_year_from_a_file_to_the_report() {
    for program in Program::on_both() {
        block_on(half_a_year(program));
    }
}
