//! What a person asks of their data: all of it without anybody else's, that nothing is done
//! with it, that it is gone and stays gone.

use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};

use dom::domain::contact::EmailAddress;
use dom::domain::ids::RequestCode;
use dom::domain::outcome::Period;
use dom::domain::rights::Fate;
use dom::jobs::run_due;
use dom::services::registering::Form;
use dom::services::rights::{By, columns, erase as erasing};
use dom::services::tables::Kind;
use dom::services::{ServiceError, matching, outcomes, proposals, uploads};
use dom::storage::Db;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use super::{actor, cast, code, exported, figures, issue, load};
use crate::support::browser::Browser;
use crate::support::cast::{Cast, today};
use crate::support::program::{Program, block_on};
use crate::support::site::Site;

const W: &str = "/workers/W-2/rights";
const F: &str = "/families/F-1/rights";

/// What the cast's second worker is known by.
const OF_HER: [&str; 4] = [
    "Olena",
    "Popesku",
    "olena@prova.example",
    "Vuole solo mattine",
];

async fn texts(db: &Db, sql: &str) -> Vec<String> {
    let kind = db.read().get_database_backend();
    let rows = db.read().query_all_raw(Statement::from_string(kind, sql));
    let read = |row: &sea_orm::QueryResult| row.try_get("", "text").unwrap();
    rows.await.unwrap().iter().map(read).collect()
}

/// Every cell of every table as text, with the name of its table.
async fn everything(db: &Db) -> Vec<String> {
    let tables = match db.read().get_database_backend() {
        DbBackend::Postgres => {
            "SELECT table_name::text AS text FROM information_schema.tables \
             WHERE table_schema = 'public'"
        }
        _ => "SELECT name AS text FROM sqlite_master WHERE type = 'table'",
    };
    let mut all = Vec::new();
    for table in texts(db, tables).await {
        let rows = if db.read().get_database_backend() == DbBackend::Postgres {
            format!("SELECT t::text AS text FROM {table} t")
        } else {
            let columns = format!(
                "SELECT group_concat('quote(\"' || name || '\")', ' || ') AS text \
                 FROM pragma_table_info('{table}')"
            );
            let columns = texts(db, &columns).await.concat();
            format!("SELECT {columns} AS text FROM {table}")
        };
        for row in texts(db, &rows).await {
            all.push(format!("{table}: {row}"));
        }
    }
    all
}

/// Tables that an erasure changes and that tell of nobody whom it is about.
const BESIDE: [&str; 11] = [
    "counters",
    "erasures",
    "pool_changes",
    "pool_revisions",
    "read_names",
    "read_segments",
    "reads",
    "record_changes",
    "sessions",
    "spent_forms",
    "sqlite_sequence",
];

/// The tables of which rows came, went or changed.
fn changed(before: &[String], after: &[String]) -> BTreeSet<String> {
    let [before, after] = [before, after].map(|rows| rows.iter().collect::<BTreeSet<_>>());
    let rows = before.symmetric_difference(&after);
    rows.map(|row| row.split_once(": ").unwrap().0.to_owned())
        .collect()
}

/// Hands a file of workers in.
async fn hand_in(site: &Site, text: &str) {
    let file = uploads::File {
        kind: Kind::Workers,
        name: "elenco.csv".to_owned(),
        bytes: text.as_bytes().to_vec(),
    };
    let operator = actor(&site.context, "operator").await;
    let kept = uploads::hand_in(&site.context, &operator, file, |_| Vec::new()).await;
    kept.unwrap();
}

async fn pool(site: &Site) -> usize {
    let ground = matching::Ground::now(&site.context, today()).await;
    ground.unwrap().pool().len()
}

/// Asks for the look at an erasure, then erases.
async fn erase(browser: &mut Browser, address: &str, typed: &str) -> crate::support::browser::Page {
    let action = format!("{address}/erase");
    let form = browser.get(address).await.form(&action);
    let page = browser.submit(&form, "Guarda che cosa succede").await;
    assert_eq!(page.status, 200, "{}", page.text());
    let form = page.form(&action).fill("typed", typed);
    browser.submit(&form, "Cancella per sempre").await
}

#[test]
fn a_restriction_stops_in_the_same_moment_what_is_under_way() {
    block_on(async {
        let mut cast = cast();
        cast.workers[1].email = EmailAddress::parse("olena@prova.example").ok();
        for site in Site::on_both(&cast).await {
            let sheet = issue(&site, "R-1", "W-2").await;
            let context = &site.context;
            let operator = actor(context, "operator").await;
            let request = RequestCode::parse("R-2").unwrap();
            let asked = [code("W-2"), code("W-3")];
            proposals::add(context, &operator, &request, &asked, None)
                .await
                .unwrap();
            let mut browser = site.signed_in("operator").await;
            assert_eq!(pool(&site).await, 3);
            let restrict = format!("{W}/restrict");
            let form = browser.get(W).await.form(&restrict);
            let unsaid = browser.submit(&form, "Limita l’uso dei dati").await;
            assert_eq!(unsaid.status, 422);
            assert_eq!(unsaid.errors(), ["Scegliere un motivo dell’elenco."]);
            let form = form.fill("reason", "contested");
            let done = browser.submit(&form, "Limita l’uso dei dati").await;
            assert_eq!(done.status, 303, "{}", done.text());
            assert_eq!(pool(&site).await, 2, "at once");

            let page = browser.get("/workers/W-2").await.main();
            assert!(page.contains("Uso dei dati limitato dal"), "{page}");
            assert!(page.contains("da operator: la persona dice"), "{page}");
            let address = format!("/v/{}", sheet.verification_code);
            assert!(browser.get(&address).await.main().contains("Revocata"));
            let waiting = "SELECT state AS text FROM proposals ORDER BY id";
            assert_eq!(
                texts(site.db(), waiting).await,
                ["cancelled", "proposed"],
                "hers, and nobody else's"
            );
            let mails = "SELECT DISTINCT o.state AS text FROM outbox o JOIN proposal_mails m \
                         ON m.message_id = o.message_id JOIN proposals p ON p.id = m.proposal_id \
                         WHERE p.state = 'cancelled'";
            assert_eq!(texts(site.db(), mails).await, ["cancelled"]);
            let tasks = browser.get("/to-call").await.main();
            assert!(
                tasks.contains("L’uso dei dati di Olena Popesku è limitato"),
                "{tasks}"
            );
            let again = proposals::add(context, &operator, &request, &asked[..1], None).await;
            assert!(matches!(again, Err(ServiceError::Refused(_))), "{again:?}");
            let form = browser.get(W).await.form(&restrict);
            let lifted = browser.submit(&form, "Togli la limitazione").await;
            assert_eq!(lifted.status, 303);
            assert_eq!(pool(&site).await, 3);
            let page = browser.get("/workers/W-2").await.main();
            assert!(!page.contains("Uso dei dati limitato"), "{page}");
            assert!(page.contains("limitazione tolta"), "{page}");

            // A family: nothing goes out for it, and who was asked is phoned.
            let form = browser
                .get("/families/F-2/rights")
                .await
                .form("/families/F-2/rights/restrict")
                .fill("reason", "own_request");
            let done = browser.submit(&form, "Limita l’uso dei dati").await;
            assert_eq!(done.status, 303);
            let answer = matching::answer(context, &request, today(), None).await;
            assert!(matches!(answer, Err(ServiceError::Refused(_))));
            let phone = "SELECT state || ' ' || coalesce(phone_for, '') AS text FROM proposals \
                         ORDER BY id DESC LIMIT 1";
            assert_eq!(texts(site.db(), phone).await, ["cancelled over"]);

            // Whoever needs their data for a claim keeps them, whoever asks to erase.
            let claims = "/workers/W-3/rights";
            let restrict = format!("{claims}/restrict");
            let form = browser.get(claims).await.form(&restrict);
            let form = form.fill("reason", "legal_claim");
            let done = browser.submit(&form, "Limita l’uso dei dati").await;
            assert_eq!(done.status, 303);
            for by in [By::Account(&operator), By::CommandLine] {
                let refused = erasing::erase(context, by, Form::Worker, "W-3").await;
                assert!(
                    matches!(&refused, Err(ServiceError::Refused(why)) if why.key == "refused-legal-claim"),
                    "{refused:?}"
                );
            }
            assert_eq!(browser.get("/workers/W-3").await.status, 200);
        }
    });
}

#[test]
fn a_withdrawal_stops_in_the_same_second_what_is_under_way_and_the_mail_that_waits() {
    block_on(async {
        let mut cast = cast();
        for (worker, email) in cast.workers.iter_mut().skip(1).zip(["olena", "zita"]) {
            worker.email = EmailAddress::parse(&format!("{email}@prova.example")).ok();
        }
        for site in Site::on_both(&cast).await {
            let context = &site.context;
            let operator = actor(context, "operator").await;
            let request = RequestCode::parse("R-2").unwrap();
            let asked = [code("W-2"), code("W-3")];
            let asked = proposals::add(context, &operator, &request, &asked, None);
            asked.await.unwrap();
            let mut browser = site.signed_in("operator").await;
            let mut administrator = site.signed_in("administrator").await;
            let notices = "/admin/notices";
            let form = administrator.get(notices).await.form(notices);
            let form = form.fill("text_it", "Un testo nuovo.");
            let published = administrator.submit(&form, "Pubblica").await;
            assert_eq!(published.status, 303, "{:?}", published.errors());
            let list = browser.get("/to-inform?kind=worker&whose=all").await;
            let form = list.form("/to-inform/mail").fill("count", "2");
            let told = browser.submit(&form, "Invia le mail").await;
            assert_eq!(told.status, 303, "{:?}", told.errors());
            let waiting = async || {
                let all = "SELECT state || ' ' || kind AS text FROM outbox ORDER BY id";
                texts(site.db(), all).await
            };
            assert_eq!(
                waiting()
                    .await
                    .iter()
                    .filter(|one| one.starts_with("queued"))
                    .count(),
                4
            );
            assert_eq!(pool(&site).await, 3);

            // The desk writes the withdrawal of one down, the other takes the authorisation back.
            let standing = "/workers/W-2/standing";
            let form = browser.get(standing).await.form(standing);
            let saved = browser
                .submit(&form.fill("status", "withdrawn"), "Salva")
                .await;
            assert_eq!(saved.status, 303, "{:?}", saved.errors());
            assert_eq!(pool(&site).await, 2);
            let states = "SELECT state AS text FROM proposals ORDER BY id";
            assert_eq!(texts(site.db(), states).await, ["cancelled", "proposed"]);
            let edit = "/workers/W-3/edit";
            let form = browser.get(edit).await.form(edit);
            let saved = browser.submit(&form.fill("consent_on", ""), "Salva").await;
            assert_eq!(saved.status, 303, "{:?}", saved.errors());
            assert_eq!(pool(&site).await, 1);
            assert_eq!(texts(site.db(), states).await, ["cancelled", "cancelled"]);
            let mails = waiting().await;
            let proposals = mails.iter().filter(|one| one.ends_with(" proposal"));
            assert!(
                proposals.clone().all(|one| one.starts_with("cancelled")),
                "{mails:?}"
            );
            assert_eq!(proposals.count(), 2);
            let mut notices = mails.iter().filter(|one| one.ends_with(" new_notice"));
            assert_eq!(notices.clone().count(), 2);
            assert!(notices.any(|one| one.starts_with("cancelled")), "{mails:?}");
            assert_eq!(
                site.rows("notices_given").await.len(),
                1,
                "nobody was told by it"
            );

            site.clock.advance(std::time::Duration::from_hours(48));
            run_due(context).await.unwrap();
            let sent = "SELECT kind AS text FROM outbox WHERE state IN ('kept', 'sent')";
            assert_eq!(
                texts(site.db(), sent).await,
                ["new_notice"],
                "hers who looks on"
            );
        }
    });
}

#[test]
fn an_erasure_leaves_nothing_of_a_worker_and_every_figure_as_it_was() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let sheet = issue(&site, "R-1", "W-2").await;
            let mut browser = site.signed_in("operator").await;
            let mut late = site.signed_in("administrator").await;
            let day = today().format("%d/%m/%Y").to_string();
            let note = [("on", day.as_str()), ("words", "Vuole solo mattine")];
            let noted = browser.post("/workers/W-2/diary", &note).await;
            assert_eq!(noted.status, 303, "{:?}", noted.errors());
            for words in ["olena", "inventata"] {
                browser.post("/workers/search", &[("words", words)]).await;
            }
            let header = "given_name,family_name,phone\n";
            hand_in(&site, &format!("{header}Olena,Popesku,\n")).await;
            hand_in(&site, &format!("{header}Zita,Altra,0564299998\n")).await;
            // Somebody has her open in a form when she is erased.
            let edit = "/workers/W-2/edit";
            let open = late
                .get(edit)
                .await
                .form(edit)
                .fill("phone", "+390564299999");
            let before = figures(&site).await;
            let files = exported(&site, Kind::Workers).await;
            assert!(
                everything(site.db())
                    .await
                    .iter()
                    .any(|row| row.contains("Popesku"))
            );

            let wrong = erase(&mut browser, W, "W-3").await;
            assert_eq!(wrong.status, 422);
            assert_eq!(wrong.errors(), ["Per cancellare bisogna scrivere W-2."]);
            let page = browser.get("/workers/W-2").await;
            assert_eq!(page.status, 200, "a look erases nobody");
            let looked = erasing::look_ahead(&site.context, By::CommandLine, Form::Worker, "W-2");
            let looked = looked.await.unwrap();
            let told = looked.effects.iter().map(|effect| effect.table.to_owned());
            let mut told: BTreeSet<String> = told.chain(BESIDE.map(str::to_owned)).collect();
            // What is said to stop takes its mails with it: those to the family too.
            if !looked.stopped.sheets.is_empty() || looked.stopped.mails > 0 {
                told.insert("outbox".to_owned());
            }
            let all = everything(site.db()).await;
            let done = erase(&mut browser, W, "W-2").await;
            assert_eq!(done.status, 200, "{}", done.text());
            let changed = changed(&all, &everything(site.db()).await);
            let untold: Vec<_> = changed.difference(&told).collect();
            assert!(untold.is_empty(), "the look did not tell of {untold:?}");
            assert!(changed.len() > 8, "{changed:?}");
            for (table, other) in [("searches", "inventata"), ("uploads", "Zita")] {
                let left = site.rows(table).await;
                assert_eq!(left.len(), 1, "{table}: {left:?}");
                assert!(left[0].contains(other), "{table}: {left:?}");
            }
            assert!(
                done.main().contains(sheet.number.as_str()),
                "{}",
                done.main()
            );

            for row in everything(site.db()).await {
                for word in OF_HER {
                    assert!(
                        !row.to_lowercase().contains(&word.to_lowercase()),
                        "{word} stays in {row}"
                    );
                }
            }
            assert_eq!(figures(&site).await, before);
            for address in ["/workers/W-2", W, edit, "/workers/W-2/link"] {
                assert_eq!(browser.get(address).await.status, 410, "{address}");
            }
            let saved = late.submit(&open, "Salva").await;
            assert_eq!(saved.status, 410, "{}", saved.text());
            assert!(!browser.get("/workers").await.main().contains("W-2"));
            let tasks = browser.get("/tasks").await.main();
            assert!(
                tasks.contains(sheet.number.as_str()),
                "the holder is told: {tasks}"
            );
            let address = format!("/v/{}", sheet.verification_code);
            assert!(browser.get(&address).await.main().contains("Revocata"));

            // Nothing brings her back; what is left goes out and comes in unchanged.
            let report = load(&site, Kind::Workers, &files).await.unwrap();
            let rejected: Vec<_> = report.rejected.iter().map(|one| &*one.value).collect();
            assert_eq!(rejected, ["W-2"], "{report:?}");
            let left = exported(&site, Kind::Workers).await;
            let report = load(&site, Kind::Workers, &left).await.unwrap();
            assert_eq!(
                (report.unchanged, report.rejected.len()),
                (3, 0),
                "{report:?}"
            );
        }
    });
}

#[test]
fn an_erased_family_takes_the_one_it_asked_for_with_it() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            issue(&site, "R-1", "W-3").await;
            let mut browser = site.signed_in("operator").await;
            let edit = "/families/F-1/edit";
            let form = browser
                .get(edit)
                .await
                .form(edit)
                .fill("recipient_name", "Nonna Ermelinda")
                .fill("address", "Via delle Camelie 7");
            let saved = browser.submit(&form, "Salva").await;
            assert_eq!(saved.status, 303, "{:?}", saved.errors());
            let before = figures(&site).await;
            let done = erase(&mut browser, F, "F-1").await;
            assert_eq!(done.status, 200, "{}", done.text());
            for row in everything(site.db()).await {
                for word in ["Provolini", "Ermelinda", "Camelie", "0564300001"] {
                    // The other family of the cast has the same name.
                    let other = row.contains("F-2") || row.starts_with("family_names");
                    assert!(other || !row.contains(word), "{word} stays in {row}");
                }
            }
            assert_eq!(figures(&site).await, before);
            let state = "SELECT status AS text FROM requests WHERE code = 'R-1'";
            assert_eq!(texts(site.db(), state).await, ["withdrawn"]);
            let new = "/requests/new?family=F-1";
            let page = browser.get(new).await;
            assert!(page.status == 410 || page.status == 200, "{}", page.status);
            let sent = [("family", "F-1"), ("comune", "Grosseto")];
            let sent = browser.post("/requests/new", &sent).await;
            assert_eq!(sent.status, 410, "nobody is asked for by them any more");
        }
    });
}

/// The page and the JSON of a file.
fn unpacked(bytes: &[u8], code: &str) -> [String; 2] {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes.to_vec())).unwrap();
    ["html", "json"].map(|ending| {
        let mut text = String::new();
        let mut file = zip.by_name(&format!("{code}.{ending}")).unwrap();
        file.read_to_string(&mut text).unwrap();
        text
    })
}

#[test]
fn the_file_holds_all_of_one_person_and_nobody_else() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let sheet = issue(&site, "R-1", "W-2").await;
            let mut browser = site.signed_in("operator").await;
            let day = today().format("%d/%m/%Y").to_string();
            for (path, words) in [
                (
                    "/workers/W-2/diary",
                    "Piace alla signora provolini, 0564 300001.",
                ),
                (
                    "/families/F-1/diary",
                    "Parla con Olena e con Marta, la figlia.",
                ),
            ] {
                let note = [("on", day.as_str()), ("words", words)];
                assert_eq!(browser.post(path, &note).await.status, 303);
            }
            let edit = "/families/F-1/edit";
            let form = browser.get(edit).await.form(edit);
            let form = form
                .fill("recipient_name", "Nonna Ermelinda")
                .fill("guardianship", "guardian")
                .fill("guardian_name", "Tuta Avvocata")
                .fill("guardian_phone", "0564 777001");
            let saved = browser.submit(&form, "Salva").await;
            assert_eq!(saved.status, 303, "{:?}", saved.errors());
            let address = format!("{W}/export");
            let page = browser.post(&address, &[("do", "export")]).await;
            assert_eq!(page.status, 200);
            assert_eq!(page.header("content-type"), "application/zip");
            let [html, json] = unpacked(&page.bytes, "W-2");
            for word in ["Olena", "olena@prova.example", sheet.number.as_str()] {
                assert!(html.contains(word) && json.contains(word), "{word}");
            }
            assert!(html.contains("una famiglia di Grosseto"), "{html}");
            for other in [
                "Provolini",
                "provolini",
                "300001",
                "0564300001",
                "Elsa",
                "operator@prova",
                "⟦",
            ] {
                assert!(!html.contains(other) && !json.contains(other), "{other}");
            }
            assert!(html.contains("Piace alla signora […], […]."), "{html}");
            assert!(
                !html.contains("<script") && !html.contains("http"),
                "{html}"
            );
            let json: serde_json::Value = serde_json::from_str(&json).unwrap();
            assert_eq!(json["record"]["given_name"], "Olena");
            assert_eq!(json["disclosures"][0]["how"], "issued");
            let taken = "SELECT action AS text FROM audit_events WHERE object = 'W-2' \
                         AND action = 'worker.exported'";
            assert_eq!(texts(site.db(), taken).await.len(), 1);
            let opened = "SELECT what AS text FROM reads WHERE record = 'W-2' \
                          AND what LIKE 'POST%export'";
            assert_eq!(texts(site.db(), opened).await.len(), 1);

            let (address, take) = ("/families/F-1/rights/export", [("do", "export")]);
            let page = browser.post(address, &take).await;
            let [html, json] = unpacked(&page.bytes, "F-1");
            assert!(json.contains("Provolini") && json.contains("R-1"), "{json}");
            for other in [
                "Popesku",
                "olena",
                "Olena",
                "Marta",
                "Ermelinda",
                "Avvocata",
                "777001",
                "⟦",
            ] {
                assert!(!html.contains(other) && !json.contains(other), "{other}");
            }
            assert!(
                json.contains("Parla con […] e con […], la figlia."),
                "{json}"
            );
            assert!(json.contains("W-2"), "the other side is a code: {json}");
        }
    });
}

#[test]
fn the_page_of_a_file_is_in_words_and_says_nothing_that_nobody_said() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let operator = actor(&site.context, "operator").await;
            let request = RequestCode::parse("R-2").unwrap();
            let asked = [code("W-3")];
            proposals::add(&site.context, &operator, &request, &asked, None)
                .await
                .unwrap();
            issue(&site, "R-1", "W-2").await;
            let introduced = "SELECT code AS text FROM introductions";
            let introduced = texts(site.db(), introduced).await.remove(0);
            let (header, day) = (
                "introduction,side,wave,answered_on,via,result,reason",
                today(),
            );
            let answers = format!("{header}\n{introduced},family,w1,{day},partner,no,hours\n");
            load(&site, Kind::Answers, &answers).await.unwrap();

            let (address, take) = ("/families/F-1/rights/export", [("do", "export")]);
            let page = browser.post(address, &take).await;
            let [html, json] = unpacked(&page.bytes, "F-1");
            assert!(html.contains("Da un ente"), "{html}");
            for code in [">partner<", ">hours<"] {
                assert!(!html.contains(code), "{code}: {html}");
            }
            let json: serde_json::Value = serde_json::from_str(&json).unwrap();
            let told = &json["answers"][0]["notified_yes"];
            assert!(told.is_null(), "nobody said no: {told}");

            let page = browser.post("/workers/W-3/rights/export", &take).await;
            let [html, _] = unpacked(&page.bytes, "W-3");
            assert!(html.contains("Dove: Grosseto"), "what was told: {html}");
            for code in ["053011", "hourly"] {
                assert!(!html.contains(code), "{code}: {html}");
            }
        }
    });
}

#[test]
fn a_correction_supersedes_the_sheets_that_are_out() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let sheet = issue(&site, "R-1", "W-2").await;
        let sent =
            "UPDATE families SET referred_by_id = (SELECT id FROM partners WHERE code = 'pi')";
        site.db().read().execute_unprepared(sent).await.unwrap();
        let (page, public) = (
            format!("/sheets/{}", sheet.number),
            format!("/v/{}", sheet.verification_code),
        );
        let mut browser = site.signed_in("operator").await;
        assert!(
            browser
                .get(&public)
                .await
                .main()
                .contains("Autentica e valida")
        );
        site.clock.advance(std::time::Duration::from_mins(5));
        let edit = "/workers/W-2/edit";
        let open = browser.get(edit).await.form(edit);
        let saved = browser
            .submit(&open.fill("email", "altra@prova.example"), "Salva")
            .await;
        assert_eq!(saved.status, 303, "{:?}", saved.errors());
        let main = browser.get(&public).await.main();
        assert!(
            main.contains("Autentica e valida"),
            "no sheet says an address"
        );
        let text = exported(&site, Kind::Workers).await;
        let other = text.replace("Popesku", "Popescu");
        load(&site, Kind::Workers, &other).await.unwrap();
        let mut partner = site.signed_in("partner").await;
        let handed_over = format!("/partner{page}");
        for address in [public.as_str(), page.as_str(), "/sheets"] {
            let main = browser.get(address).await.main();
            assert!(main.contains("Autentica ma superata"), "{address}: {main}");
        }
        for address in ["/partner/sheets", handed_over.as_str()] {
            let main = partner.get(address).await.main();
            assert!(main.contains("Autentica ma superata"), "{address}: {main}");
        }
    });
}

#[test]
fn a_correction_by_a_command_is_a_forms_own_and_names_who_made_it() {
    const ADA: &str = "ada@prova.example";
    let program = Program::on_sqlite();
    program.store(&Cast::on(today()).worker("W-1", &[]));
    program.operator(ADA, "grosseto");
    let words = ["person", "correct", "W-1", "--as", ADA];
    let correct = |cells: &[&'static str]| [&words[..], cells].concat();
    program.wrong_usage(&["person", "correct", "W-1", "phone=+390564299999"]);
    program.wrong_usage(&correct(&["phone"]));
    for cell in ["status=withdrawn", "consent_on=", "shoe=40", "phone=presto"] {
        program.refused(&correct(&[cell]));
    }
    let told = program.refused(&correct(&["phone=presto", "given_name="]));
    for column in ["phone: ", "given_name: "] {
        assert!(told.contains(column), "{column} in {told}");
    }
    let before = program.ok(&["export", "workers"]);
    program.ok(&correct(&["phone=+390564299999", "max_km=35"]));
    let after = program.ok(&["export", "workers"]);
    assert_eq!(
        after,
        before
            .replace("+390564200001", "+390564299999")
            .replace(",20,", ",35,"),
        "the rest stays"
    );
    let history = "SELECT fields || ' ' || email AS text FROM record_changes \
                   JOIN accounts ON accounts.id = record_changes.account_id";
    let history = program.with_db(async |db| texts(db, history).await);
    assert_eq!(history.len(), 1, "{history:?}");
    let told = &history[0];
    assert!(
        told.contains("+390564200001") && told.contains(ADA),
        "{told}"
    );
}

/// The same line of a list, of a day long ago.
fn of_last_year(line: &str) -> String {
    let mut line: serde_json::Value = serde_json::from_str(line).unwrap();
    line["at"] = "2025-01-02T12:00:00Z".into();
    format!("{line}\n")
}

#[test]
fn an_older_copy_brings_nobody_back() {
    for (program, empty) in Program::on_both().into_iter().zip(Program::on_both()) {
        let cast = Cast::on(today())
            .request("R-1", &[])
            .worker("W-1", &[("given_name", "Olena")])
            .worker("W-2", &[("given_name", "Zita")])
            .worker("W-3", &[("given_name", "Irma")]);
        program.store(&cast);
        program.ok(&["export", "workers"]);
        program.operator("ada@prova.example", "grosseto");
        let asked = ["proposal", "add", "R-1", "W-1", "--as", "ada@prova.example"];
        program.ok(&asked);
        program.ok(&["backup", "yesterday.zip"]);
        let told = program.ok(&["person", "erase", "W-1", "--dry-run"]);
        assert!(told.contains("workers"), "{told}");
        assert!(told.contains("Una proposta aperta finisce."), "{told}");
        assert!(program.ok(&["export", "workers"]).contains("Olena"));
        let unasked = program.run(&["person", "erase", "W-1"]);
        assert_eq!(unasked.code, Some(1), "nobody said yes: {unasked:?}");
        // Two programs at once leave one list.
        std::thread::scope(|scope| {
            for code in ["W-1", "W-3"] {
                let program = &program;
                scope.spawn(move || program.ok(&["person", "erase", code, "--yes"]));
            }
        });
        let again = program.refused(&["person", "export", "W-1", "--out", "x.zip"]);
        assert!(again.contains("cancellati"), "{again}");
        let list = program.data().join("backups").join("erasures.jsonl");
        let list = std::fs::read_to_string(list).unwrap();
        assert!(list.contains("W-1") && !list.contains("Olena"), "{list}");
        assert!(list.contains("W-3"), "{list}");
        let list: String = list.lines().map(of_last_year).collect();

        // The folder of the copies is there, the database is yesterday's.
        let folder = empty.data().join("backups");
        std::fs::create_dir_all(&folder).unwrap();
        let foreign =
            r#"{"installation":"x","kind":"worker","code":"W-2","at":"2026-01-01T00:00:00Z"}"#;
        let list = format!("{list}{foreign}\n");
        std::fs::write(folder.join("erasures.jsonl"), list).unwrap();
        let copy = program.path().join("yesterday.zip");
        let told = empty.ok(&["restore", copy.to_str().unwrap()]);
        assert!(told.contains("erased again"), "{told}");
        let gone = empty.refused(&["person", "export", "W-1", "--out", "x.zip"]);
        assert!(gone.contains("02/01/2025"), "since then: {gone}");
        let files = empty.ok(&["export", "workers"]);
        assert!(
            !files.contains("Olena") && files.contains("Zita"),
            "{files}"
        );
    }
}

#[test]
fn it_is_said_of_every_column_what_an_erasure_does_to_it() {
    block_on(async {
        let site = Site::empty().await;
        let there = "SELECT m.name || '.' || c.name AS text FROM sqlite_master m, \
                     pragma_table_info(m.name) c WHERE m.type = 'table' \
                     AND m.name NOT LIKE 'sqlite%' AND m.name <> 'seaql_migrations'";
        let there: BTreeSet<String> = texts(site.db(), there).await.into_iter().collect();
        let said = columns::all().map(|(table, column, _)| format!("{table}.{column}"));
        let all: Vec<String> = said.collect();
        let said: BTreeSet<String> = all.iter().cloned().collect();
        assert_eq!(all.len(), said.len(), "a column stands twice");
        let unsaid: Vec<_> = there.difference(&said).collect();
        let gone: Vec<_> = said.difference(&there).collect();
        assert!(
            unsaid.is_empty() && gone.is_empty(),
            "nobody said what becomes of {unsaid:?}; there are no {gone:?}"
        );
        let erased = columns::all().filter(|(.., fate)| *fate == Fate::Erased);
        assert!(erased.count() > 100);
    });
}

#[test]
fn what_somebody_answered_is_a_figure_of_nobody_once_their_time_is_over() {
    const DAY: std::time::Duration = std::time::Duration::from_hours(24);
    const COMMENT: &str = "INSERT INTO answer_notes (introduction_id, side, wave, written_on, note) \
         SELECT id, 'worker', 'w1', '2020-03-01', 'Parole di Zoe' FROM introductions";
    block_on(async {
        let silent = [
            ("registered_on", "2020-01-01"),
            ("confirmed_on", "2020-01-01"),
            ("status", "paused"),
        ];
        let cast = Cast::on(today())
            .request("R-1", &[("opened_on", "2020-01-01")])
            .worker("W-1", &silent);
        for site in Site::on_both(&cast).await {
            let introduced = "code,request,worker,issued_on\nI-1,R-1,W-1,2020-02-01\n";
            let told = "introduction,side,wave,answered_on,via,result,started_on\n\
                        I-1,worker,w1,2020-03-01,phone,hired,2020-02-10\n";
            load(&site, Kind::Introductions, introduced).await.unwrap();
            let report = load(&site, Kind::Answers, told).await.unwrap();
            assert_eq!(report.added, 1, "{report:?}");
            let write = site.db().write().await.unwrap();
            for statement in [COMMENT, "UPDATE requests SET status = 'closed'"] {
                write.execute_unprepared(statement).await.unwrap();
            }
            write.commit().await.unwrap();
            let figures = async || {
                let period = Period {
                    from: "2020-01-01".parse().unwrap(),
                    to: today(),
                    today: today(),
                };
                let report = outcomes::report(&site.context, period).await.unwrap();
                serde_json::to_string(&report).unwrap()
            };
            let before = figures().await;
            // Nobody says a word although they were asked.
            run_due(&site.context).await.unwrap();
            site.clock.advance(DAY * 62);
            let done = run_due(&site.context).await.unwrap().purged.people;
            assert!(done.erased >= 1, "{done:?}");
            for row in everything(site.db()).await {
                for word in ["Inventata", "Parole di Zoe"] {
                    assert!(!row.contains(word), "{word} stays in {row}");
                }
            }
            let answers = exported(&site, Kind::Answers).await;
            assert!(
                answers.contains("I-1,worker,w1,2020-03-01,phone"),
                "{answers}"
            );
            assert_eq!(figures().await, before, "the figures count it as before");
            let mut browser = site.signed_in("operator").await;
            assert_eq!(browser.get("/workers/W-1").await.status, 410);
        }
    });
}
