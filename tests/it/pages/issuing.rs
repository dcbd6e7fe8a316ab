//! What goes out together with a sheet, and what must still hold when it does: the mail
//! with its link, the terms that a worker said yes to, the word itself, the part of one
//! of a team; and one introduction for a worker and a request, however often it is put right.

use std::time::Duration;

use chrono::{NaiveDate, TimeDelta};
use dom::catalogue::{Language as Written, Words};
use dom::domain::contact::EmailAddress;
use dom::domain::delivery::Purpose;
use dom::domain::ids::{FamilyCode, RequestCode, WorkerCode};
use dom::domain::language::Language as Spoken;
use dom::domain::proposal::ProposalState;
use dom::domain::worker::WorkerStatus;
use dom::jobs::deliver_due;
use dom::services::given;
use dom::storage;
use dom::storage::disclosures::How;
use dom::storage::entity::{introduction, invitation, outbox_mail, proposal, sheet, sheet_link};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

use crate::pdf::reader::Printed;
use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::followed::{Followed, day, links, page, start};
use crate::support::program::block_on;
use crate::support::site::Site;
use crate::support::smtp::{Script, Smtp};

const FAMILY: &str = "famiglia@prova.example";
const MAIL: &str = "prima@prova.example";
const FORM: &str = "/requests/R-1/sheet";

/// One who must be asked and has an address, and a family with one.
fn cast() -> Cast {
    let cells = [("email", MAIL), ("share_without_asking", "no")];
    let offer = [("max_pay_hour", "9.50")];
    let mut cast = Cast::on(start())
        .worker("W-1", &cells)
        .request("R-1", &offer);
    cast.families[0].email = EmailAddress::parse(FAMILY).ok();
    cast
}

/// The same with somebody who needs no asking.
fn spared() -> Cast {
    let mut cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
    cast.families[0].email = EmailAddress::parse(FAMILY).ok();
    cast
}

async fn mails(site: &Site, kind: &str) -> Vec<outbox_mail::Model> {
    outbox_mail::Entity::find()
        .filter(outbox_mail::Column::Kind.eq(kind))
        .all(site.db().read())
        .await
        .unwrap()
}

async fn issue_by_mail(operator: &mut Browser) -> Page {
    let form = operator.get(&format!("{FORM}?worker=W-1")).await.form(FORM);
    let form = form.fill("way", "mail");
    operator.submit(&form, "Emetti la scheda").await
}

#[test]
fn a_sheet_is_issued_together_with_the_mail_that_brings_it() {
    block_on(async {
        for site in Site::on_both(&spared()).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            let told = issue_by_mail(&mut operator).await;
            assert_eq!(told.status, 200, "{}", told.main());
            assert!(told.text().contains("è emessa"), "{}", told.text());
            let code = told.texts("#code")[0].replace(' ', "");
            assert_eq!(code.len(), 6);
            followed.site.clock.advance(Duration::from_secs(59));
            assert!(followed.mail_now().await.is_empty(), "a minute to undo it");
            followed.site.clock.advance(Duration::from_secs(1));
            let mail = followed.mail_now().await.remove(0);
            assert_eq!(mail.to, FAMILY);
            let told = &mail.message.plain;
            assert!(!told.contains("Inventata"), "it names nobody");
            let call_by = followed.context.today() + TimeDelta::days(7);
            let call_by = Words::new(Written::It).date(call_by);
            let who_calls =
                format!("Chi telefona: la famiglia, a ogni persona, entro il {call_by}");
            assert!(told.contains(&who_calls), "{told}");
            let mut family = followed.site.browser();
            family.get(&links(&mail)[0]).await;
            assert_eq!(family.post("/f", &[("code", &code)]).await.status, 303);
            let pdf = family.post("/f/sheet", &[]).await;
            assert!(pdf.bytes.starts_with(b"%PDF"));
            // That mail told it all: the family gets no other.
            followed.site.clock.advance(Duration::from_mins(5));
            let later = followed.mail_now().await;
            assert!(later.is_empty(), "{later:?}");
            // The same form once more, as after Back: no second sheet, no second mail.
            let again = operator
                .post(FORM, &[("worker", "W-1"), ("way", "mail")])
                .await;
            assert_eq!(again.status, 422);
            assert_eq!(mails(&followed.site, "sheet").await.len(), 1);
        }
    });
}

#[test]
fn the_mail_of_a_new_sheet_is_taken_back_within_the_minute() {
    block_on(async {
        let followed = Followed::of(&spared()).await;
        let mut operator = followed.site.signed_in("operator").await;
        let told = issue_by_mail(&mut operator).await;
        let number = format!("GR-{}-0001", today().format("%Y"));
        let form = told.form(&format!("/sheets/{number}/shut"));
        let shut = operator.submit(&form, "Annulla l’invio").await;
        assert_eq!(shut.status, 303);
        followed.site.clock.advance(Duration::from_secs(90));
        let went = followed.mail_now().await;
        assert!(went.is_empty(), "{went:?}");
        let mail = mails(&followed.site, "sheet").await.remove(0);
        assert_eq!((mail.state.as_str(), mail.token), ("cancelled", None));
        // Nobody wrote to the family, so the desk is told to phone it.
        let told = operator.get(&format!("/sheets/{number}/notices")).await;
        let family = told.texts(".dom-card:has(h2)").remove(0);
        assert!(family.contains("Elsa Provolini"), "{family}");
        assert!(family.contains("da avvisare"), "{family}");
    });
}

#[test]
fn a_mail_that_follows_the_paper_soon_takes_the_place_of_the_one_about_it() {
    block_on(async {
        for site in Site::on_both(&spared()).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            let issued = operator.post(FORM, &[("worker", "W-1")]).await;
            let sheet = issued.location().replace("?issued=1", "");
            assert_eq!(
                operator.post(&format!("{sheet}/send"), &[]).await.status,
                200
            );
            followed.site.clock.advance(Duration::from_mins(5));
            let went = followed.mail_now().await;
            let to_family: Vec<&str> = went
                .iter()
                .filter(|mail| mail.to == FAMILY)
                .map(|mail| mail.message.plain.as_str())
                .collect();
            assert_eq!(to_family.len(), 1, "{to_family:?}");
            assert!(to_family[0].contains("/f/"), "{to_family:?}");
        }
    });
}

#[test]
fn the_mail_with_the_link_is_in_the_familys_language_and_in_italian() {
    block_on(async {
        let mut cast = spared();
        cast.families[0].contact_language = Spoken::by_code("ar").unwrap();
        let followed = Followed::of(&cast).await;
        let mut operator = followed.site.signed_in("operator").await;
        issue_by_mail(&mut operator).await;
        followed.site.clock.advance(Duration::from_mins(1));
        let mail = followed.mail_now().await.remove(0);
        let arabic = Words::new(Written::Ar);
        assert_eq!(mail.message.subject, arabic.get("link-mail-subject"));
        let text = &mail.message.plain;
        for words in [arabic, Words::new(Written::It)] {
            for key in ["link-mail-text", "link-mail-call", "link-mail-code"] {
                assert!(text.contains(&*words.get(key)), "{key}: {text}");
            }
        }
        assert_eq!(links(&mail).len(), 1, "one address: {text}");

        // The page, too, where the telephone asks for none of the languages of the screens.
        let write = followed.context.db.write().await.unwrap();
        let code = FamilyCode::parse("F-1").unwrap();
        let mut family = storage::families::find(&*write, &code)
            .await
            .unwrap()
            .unwrap();
        family.value.contact_language = Spoken::by_code("en").unwrap();
        storage::families::update(&*write, &family).await.unwrap();
        write.commit().await.unwrap();
        for (asked, shown) in [("fr", "lang=\"en\""), ("it", "lang=\"it\"")] {
            let mut reader = followed.site.browser();
            reader.headers.push(("accept-language", asked.to_owned()));
            reader.get(&links(&mail)[0]).await;
            let page = reader.get("/f").await.text();
            assert!(page.contains(shown), "{asked}: {page}");
        }
    });
}

#[test]
fn a_family_without_an_address_gets_no_mail_and_no_sheet_is_lost_over_it() {
    block_on(async {
        for site in Site::on_both(&Cast::on(today()).worker("W-1", &[]).request("R-1", &[])).await {
            let mut operator = site.signed_in("operator").await;
            let form = operator.get(&format!("{FORM}?worker=W-1")).await;
            assert!(form.texts("#way").is_empty(), "paper is the only way");
            let fields = [("worker", "W-1"), ("way", "mail")];
            let refused = operator.post(FORM, &fields).await;
            assert_eq!(refused.status, 422);
            let told = refused.errors().join(" ");
            assert!(told.contains("manca l’indirizzo"), "{told}");
            let sheets = sheet::Entity::find().count(site.db().read());
            assert_eq!(sheets.await.unwrap(), 0);
            let links = sheet_link::Entity::find().count(site.db().read());
            assert_eq!(links.await.unwrap(), 0);
        }
    });
}

#[test]
fn a_mail_server_that_is_down_stops_no_sheet_and_loses_no_mail() {
    block_on(async {
        for site in Site::on_both(&spared()).await {
            let mut operator = site.signed_in("operator").await;
            let told = issue_by_mail(&mut operator).await;
            assert_eq!(told.status, 200, "{}", told.main());
            site.clock.advance(Duration::from_mins(1));
            let down = Smtp::start(Script::Everybody("421 4.3.2 not now"));
            let context = site.context.clone().with_post(down.post());
            deliver_due(&context).await.unwrap();
            let waits = mails(&site, "sheet").await.remove(0);
            assert_eq!((waits.state.as_str(), waits.attempts), ("queued", 1));
            let rows = storage::disclosures::of_sheet(site.db().read(), 1).await;
            let how: Vec<String> = rows.unwrap().into_iter().map(|row| row.how).collect();
            assert_eq!(how, ["issued"], "nothing was mailed yet");
            site.clock.advance(Duration::from_hours(1));
            let followed = Followed::over(site);
            let went = followed.mail_now().await;
            assert_eq!(went.iter().filter(|mail| mail.to == FAMILY).count(), 1);
            let sent = mails(&followed.site, "sheet").await.remove(0);
            assert_eq!(sent.message_id, waits.message_id, "the same mail");
        }
    });
}

/// Asked by mail; the address of the answer.
async fn asked(followed: &Followed, operator: &mut Browser) -> String {
    let done = operator
        .post("/requests/R-1/propose", &[("worker", "W-1")])
        .await;
    assert_eq!(done.status, 303, "{}", done.main());
    page(&followed.mail_now().await.remove(0))
}

async fn says_yes(followed: &Followed, address: &str) {
    let mut worker = followed.site.browser();
    let form = worker.get(address).await.form(address);
    let sent = worker.submit(&form.choose("answer", "yes"), "Invia").await;
    assert_eq!(sent.status, 303, "{}", sent.main());
}

/// The family offers another pay.
async fn offer(followed: &Followed, pay: &str) {
    let write = followed.context.db.write().await.unwrap();
    let code = RequestCode::parse("R-1").unwrap();
    let found = storage::requests::find(&*write, &code).await.unwrap();
    let mut found = found.unwrap();
    found.value.max_pay_hour = dom::domain::money::Cents::parse(pay).ok();
    storage::requests::update(&*write, &found).await.unwrap();
    write.commit().await.unwrap();
}

async fn proposals(followed: &Followed) -> Vec<proposal::Model> {
    proposal::Entity::find()
        .order_by_asc(proposal::Column::Id)
        .all(followed.context.db.read())
        .await
        .unwrap()
}

#[test]
fn a_yes_to_terms_that_changed_lets_no_sheet_out_until_the_worker_is_asked_again() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            let address = asked(&followed, &mut operator).await;
            says_yes(&followed, &address).await;
            offer(&followed, "8.00").await;
            let form = operator.get(&format!("{FORM}?worker=W-1")).await;
            assert!(form.main().contains("condizioni che poi sono cambiate"));
            let refused = operator.submit(&form.form(FORM), "Emetti la scheda").await;
            assert_eq!(refused.status, 422);
            let told = refused.errors().join(" ");
            assert!(told.contains("Le condizioni sono cambiate"), "{told}");
            let record = operator.get("/proposals/1").await;
            assert!(record.main().contains("Chiedere di nuovo"));
            // Asked again, and a yes to the terms of today.
            let address = asked(&followed, &mut operator).await;
            says_yes(&followed, &address).await;
            let form = operator.get(&format!("{FORM}?worker=W-1")).await.form(FORM);
            let issued = operator.submit(&form, "Emetti la scheda").await;
            assert_eq!(issued.status, 303, "{}", issued.main());
            assert_eq!(proposals(&followed).await.len(), 2);
        }
    });
}

#[test]
fn a_new_yes_on_the_telephone_is_a_yes_to_the_terms_of_today() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            let address = asked(&followed, &mut operator).await;
            says_yes(&followed, &address).await;
            offer(&followed, "8.00").await;
            let form = operator.get(&format!("{FORM}?worker=W-1")).await.form(FORM);
            let issued = operator.submit(&form.tick("W-1"), "Emetti la scheda").await;
            assert_eq!(issued.status, 303, "{}", issued.main());
            let rows = proposals(&followed).await;
            let told = rows.last().unwrap().told.as_deref().unwrap();
            assert!(told.contains("8.00"), "{told}");
            assert!(rows[0].told.as_deref().unwrap().contains("9.50"));
        }
    });
}

#[test]
fn a_word_written_down_wrong_is_corrected_and_both_stay_until_a_sheet_stands_on_it() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            asked(&followed, &mut operator).await;
            let record = operator.get("/proposals/1").await;
            let form = record.form("/proposals/1/answer");
            let form = form.fill("word", "no").fill("reason", "pay");
            assert_eq!(operator.submit(&form, "Segna").await.status, 303);
            let matched = operator.get("/requests/R-1/match").await;
            assert!(matched.texts("form .dom-card").is_empty(), "not again here");
            let record = operator.get("/proposals/1").await;
            assert!(record.main().contains("Correggi la risposta"));
            let form = record.form("/proposals/1/answer").fill("word", "yes");
            assert_eq!(operator.submit(&form, "Segna").await.status, 303);
            let record = operator.get("/proposals/1").await;
            let history = record.main();
            assert!(history.contains("Ciò che è stato scritto"), "{history}");
            assert!(history.contains("(Compenso)"), "{history}");
            let matched = operator.get("/requests/R-1/match").await;
            assert_eq!(matched.texts("form .dom-card").len(), 1, "the no is gone");
            let form = operator.get(&format!("{FORM}?worker=W-1")).await.form(FORM);
            let issued = operator.submit(&form, "Emetti la scheda").await;
            assert_eq!(issued.status, 303, "{}", issued.main());
            let record = operator.get("/proposals/1").await;
            assert!(!record.main().contains("Correggi la risposta"));
            let day = start().format("%d/%m/%Y").to_string();
            let fields = [
                ("word", "no"),
                ("reason", "pay"),
                ("via", "phone"),
                ("day", day.as_str()),
            ];
            let late = operator.post("/proposals/1/answer", &fields).await;
            assert_eq!(late.status, 422);
            let told = late.errors().join(" ");
            assert!(told.contains("Prima revocare la scheda"), "{told}");
        }
    });
}

#[test]
fn each_of_a_team_is_asked_for_their_own_hours() {
    block_on(async {
        let free = |days: &'static str| {
            [
                ("share_without_asking", "no"),
                ("availability", days),
                ("email", MAIL),
            ]
        };
        let cast = Cast::on(start())
            .worker("W-2", &free("Mon-Wed 08:00-12:00"))
            .worker("W-3", &free("Thu-Fri 08:00-12:00"))
            .request("R-1", &[("max_pay_hour", "9.50")]);
        for site in Site::on_both(&cast).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            let look = operator
                .get("/requests/R-1/propose?worker=W-2&worker=W-3")
                .await;
            assert!(look.main().contains("Solo queste ore: lun-mer 08:00-12:00"));
            let form = look.form("/requests/R-1/propose");
            let done = operator.submit(&form, "Chiedi a 2 persone").await;
            assert_eq!(done.status, 303, "{}", done.main());
            let told: Vec<String> = followed
                .mail_now()
                .await
                .into_iter()
                .map(|mail| mail.message.plain)
                .collect();
            for (mine, others) in [("lun-mer 08:00", "ven 08:00"), ("gio,ven 08:00", "lun-mer")] {
                let mine = mine.replace(',', ", ");
                let letter = told.iter().find(|text| text.contains(&mine));
                let letter = letter.unwrap_or_else(|| panic!("{mine}: {told:?}"));
                assert!(!letter.contains(others), "{letter}");
                assert!(letter.contains("una parte delle ore"), "{letter}");
            }
            let record = operator.get("/proposals/1").await;
            assert!(record.main().contains("lun-mer 08:00-12:00"));
            assert!(!record.main().contains("Le condizioni sono cambiate"));
        }
    });
}

#[test]
fn what_overtook_a_proposal_shows_at_once() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            asked(&followed, &mut operator).await;
            assert_eq!(operator.get("/proposals").await.rows().len(), 1);
            let write = followed.context.db.write().await.unwrap();
            let code = WorkerCode::parse("W-1").unwrap();
            let found = storage::workers::find(&*write, &code).await.unwrap();
            let mut found = found.unwrap();
            found.value.status = WorkerStatus::Placed;
            storage::workers::update(&*write, &found).await.unwrap();
            write.commit().await.unwrap();
            // No job ran meanwhile.
            assert!(operator.get("/proposals").await.rows().is_empty());
            let record = operator.get("/proposals/1").await;
            assert!(record.form_is_missing("/proposals/1/answer"));
            let request = operator.get("/requests/R-1").await;
            let line = request.texts("li:has(a[href='/proposals/1'])").join(" ");
            assert!(line.contains("annullata"), "{line}");
            assert!(line.contains("Apri"), "{line}");
            let one = storage::asked::find(followed.context.db.read(), 1).await;
            let one = one.unwrap().unwrap();
            assert_eq!(one.proposal.value.state, ProposalState::Proposed);
            assert_eq!(one.standing(start()), ProposalState::Cancelled);
        }
    });
}

#[test]
fn a_sheet_put_right_makes_no_second_introduction_and_nobody_is_asked_twice() {
    block_on(async {
        let mut cast = Cast::on(start())
            .worker("W-1", &[("email", MAIL)])
            .worker("W-2", &[])
            .request("R-1", &[]);
        cast.families[0].email = EmailAddress::parse(FAMILY).ok();
        for site in Site::on_both(&cast).await {
            let followed = Followed::over(site);
            let mut operator = followed.site.signed_in("operator").await;
            let both = [("worker", "W-1"), ("worker", "W-2")];
            let first = operator.post(FORM, &both).await;
            let first = first.location().replace("?issued=1", "");
            let revoked = operator
                .post(&format!("{first}/revoke"), &[("reason", "error")])
                .await;
            assert_eq!(revoked.status, 303);
            followed.at(day(2), 10);
            let mut operator = followed.site.signed_in("operator").await;
            let second = operator.post(FORM, &[("worker", "W-1")]).await;
            assert_eq!(second.status, 303, "{}", second.main());
            let db = followed.context.db.read();
            let rows = introduction::Entity::find()
                .order_by_asc(introduction::Column::Id)
                .all(db)
                .await
                .unwrap();
            let known: Vec<(Option<&str>, NaiveDate)> = rows
                .iter()
                .map(|row| (row.sheet_number.as_deref(), row.issued_on))
                .collect();
            assert_eq!(
                known,
                [
                    (Some("GR-2026-0002"), start()),
                    (Some("GR-2026-0001"), start())
                ]
            );
            // The first sheet still tells whom it named.
            let page = operator.get(&first).await;
            assert_eq!(page.texts("dd a[href^='/workers/']").len(), 2);
            followed.walk(15, 16).await;
            let invited = invitation::Entity::find()
                .filter(invitation::Column::Side.eq("family"))
                .count(db);
            assert_eq!(invited.await.unwrap(), 2, "one a worker");
            let period = dom::domain::outcome::Period {
                from: start(),
                to: start(),
                today: day(20),
            };
            let figures = dom::services::outcomes::report(&followed.context, period).await;
            assert_eq!(figures.unwrap().introductions, 2);
        }
    });
}

#[test]
fn a_worker_may_learn_to_whom_their_sheet_went_and_nothing_else() {
    block_on(async {
        for site in Site::on_both(&spared()).await {
            let mut operator = site.signed_in("operator").await;
            let issued = operator.post(FORM, &[("worker", "W-1")]).await;
            let sheet = issued.location().replace("?issued=1", "");
            operator
                .post(&format!("{sheet}/print"), &[("purpose", "copy")])
                .await;
            let code = WorkerCode::parse("W-1").unwrap();
            let given = given::of_worker(&site.context, &code, 1).await.unwrap();
            assert_eq!((given.total, given.rows.len()), (2, 2));
            let last = &given.rows[0];
            assert_eq!((last.how, last.purpose), (How::Printed, Purpose::Copy));
            assert_eq!(last.family, "Elsa Provolini");
            assert_eq!(last.comune, "Grosseto");
            assert_eq!(last.desk, "Sportello di Grosseto");
            assert!(last.fields.contains(&"phone".to_owned()));
            let nobody = WorkerCode::parse("W-9").unwrap();
            assert!(given::of_worker(&site.context, &nobody, 1).await.is_err());
        }
    });
}

#[test]
fn a_family_gets_the_sheet_in_the_language_that_it_reads_too() {
    block_on(async {
        for tag in ["en", "fr", "es", "ro", "sq", "uk", "ar", "pt"] {
            let mut cast = Cast::on(today())
                .worker(
                    "W-1",
                    &[("skills", "dementia_care"), ("languages", "it:B1")],
                )
                .request("R-1", &[("required_skills", "dementia_care")]);
            cast.families[0].contact_language = Spoken::by_code(tag).unwrap();
            let site = Site::of(&cast).await;
            let mut operator = site.signed_in("operator").await;
            let issued = operator.post(FORM, &[("worker", "W-1")]).await;
            assert_eq!(issued.status, 303, "{tag}: {}", issued.main());
            let sheet = issued.location().replace("?issued=1", "");
            let pdf = operator
                .post(&format!("{sheet}/print"), &[("purpose", "request")])
                .await;
            let printed = Printed::new(&format!("a_sheet_for_who_reads_{tag}"), &pdf.bytes);
            if tag == "pt" {
                assert_eq!(printed.pages(), 2, "Italian alone");
                continue;
            }
            assert_eq!(printed.pages(), 4, "{tag}");
            let raw = printed.unpacked();
            assert!(raw.contains("/Lang (it)"), "{tag}");
            assert!(raw.contains(&format!("/Lang ({tag})")), "{tag}");
            // The tool turns Arabic around in the tree, not in the text.
            let read = if tag == "ar" {
                printed.words()
            } else {
                printed.tagged_words()
            };
            assert!(!read.contains('⟦'), "{tag}: {read}");
            let own = Words::new(Written::written_to(cast.families[0].contact_language));
            for word in [own.get("sheet-profile"), own.get("sheet-cover-duties")] {
                let first = word.split_whitespace().next().unwrap();
                assert!(read.contains(first), "{tag} {word}: {read}");
            }
            printed.check_syntax();
        }
    });
}

#[test]
fn a_name_that_no_sheet_can_print_is_refused_by_the_forms() {
    block_on(async {
        let site = Site::of(&spared()).await;
        let mut operator = site.signed_in("operator").await;
        for form in ["/workers/new", "/families/new"] {
            for (name, told) in [
                ("Anna ☎", "non si può stampare"),
                ("Ẹ̀kọ́", "non si può stampare"),
                ("Anna 王", "lettere latine"),
            ] {
                let typed = [("given_name", name), ("family_name", "Prova")];
                let refused = operator.post(form, &typed).await;
                assert_eq!(refused.status, 422, "{form} {name}");
                let errors = refused.errors().join(" ");
                assert!(errors.contains(told), "{form} {name}: {errors}");
            }
        }
    });
}

#[test]
fn a_name_that_looks_like_markup_is_printed_as_it_stands() {
    block_on(async {
        let names = [
            ("given_name", "= Title $x$"),
            ("family_name", "#read(\"/etc/passwd\")"),
        ];
        let cast = Cast::on(today()).worker("W-1", &names).request("R-1", &[]);
        let site = Site::of(&cast).await;
        let mut operator = site.signed_in("operator").await;
        let issued = operator.post(FORM, &[("worker", "W-1")]).await;
        assert_eq!(issued.status, 303, "{}", issued.main());
        let sheet = issued.location().replace("?issued=1", "");
        let pdf = operator
            .post(&format!("{sheet}/print"), &[("purpose", "request")])
            .await;
        let printed = Printed::new("a_name_like_markup", &pdf.bytes);
        // A line may break after a slash.
        let text = printed.tagged_words().replace(' ', "");
        assert!(text.contains("=Title$x$#read(\"/etc/passwd\")"), "{text}");
        printed.check_fonts();
    });
}
