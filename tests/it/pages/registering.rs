//! Registering at the desk: the forms of workers, families and requests, with
//! scripts off, as the router gives them.

use std::sync::Arc;

use dom::clock::SystemRandomness;
use dom::domain::ids::{RequestCode, WorkerCode};
use dom::domain::worker::WorkerStatus;
use dom::services::Context;
use dom::storage;

use crate::support::browser::{Browser, Form, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

/// A worker's form with what it asks for at the least, and some more.
fn filled(form: Form) -> Form {
    form.fill("Nome", "  Ada Maria ")
        .fill("Cognome", "D'Inventata")
        .fill("Sesso sul documento", "f")
        .fill("Data di nascita", "3/4/70")
        .fill("Telefono", "333 12.34.567")
        .fill("comune", "Grosseto")
        .tick("hourly")
        .fill("availability", "lun-ven 8:00-13:00; sab 9:00 - 12:00")
        .fill("max_km", "20")
        .fill("extra_comuni", "Follonica\r\nScarlino")
        .fill("min_pay_hour", "8,50")
        .tick("elderly_care")
        .fill("permit_type", "eu_citizen")
}

async fn new_worker(browser: &mut Browser) -> Form {
    let page = browser.get("/workers/new").await;
    assert_eq!(page.status, 200, "{}", page.text());
    page.form("/workers/new")
}

/// A field of a form that came back.
fn value(page: &Page, action: &str, field: &str) -> String {
    page.form(action).value(field).to_owned()
}

async fn worker(site: &Site, code: &str) -> Option<storage::Stored<dom::domain::worker::Worker>> {
    let code = WorkerCode::parse(code).unwrap();
    storage::workers::find(site.db().read(), &code)
        .await
        .unwrap()
}

#[test]
fn a_worker_is_registered_and_the_requests_that_fit_are_shown() {
    block_on(async {
        for site in Site::on_both(&Cast::on(today()).request("R-1", &[])).await {
            let mut browser = site.signed_in("operator").await;
            let form = filled(new_worker(&mut browser).await)
                .fill("consent_on", &today().format("%d-%m-%y").to_string())
                .fill("notice_version", "2026-11-24")
                .fill("consent_how", "paper")
                .fill("consent_folder", "12");
            let saved = browser.submit(&form, "Salva").await;
            assert_eq!(
                saved.location(),
                "/workers/W-000001?saved=1",
                "{}",
                saved.text()
            );
            let page = browser.follow(&saved).await;
            assert_eq!(page.heading(), "Ada Maria D'Inventata");
            assert_eq!(page.notice(), "Salvato.");
            let main = page.main();
            assert!(main.contains("Una richiesta aperta adatta"), "{main}");
            assert!(main.contains("Informativa del 24/11/2026, su carta, firmato. Registrata da operator. Il foglio firmato è nella cartella 12."), "{main}");
            assert!(main.contains("operator: registrazione"), "{main}");
            let stored = worker(&site, "W-000001").await.unwrap().value;
            assert_eq!(stored.given_name.as_str(), "Ada Maria");
            assert_eq!(stored.birth_date.unwrap().to_string(), "1970-04-03");
            assert_eq!(stored.phone.unwrap().as_str(), "+393331234567");
            assert_eq!(
                stored.availability.to_string(),
                "Mon-Fri 08:00-13:00; Sat 09:00-12:00"
            );
            assert_eq!(stored.extra_comuni.len(), 2);
            assert_eq!(stored.min_pay_hour.unwrap().cents(), 850);
            assert_eq!(stored.consent_on, Some(today()));
            assert_eq!(stored.desk.as_str(), "grosseto");
        }
    });
}

#[test]
fn a_form_sent_twice_makes_one_worker() {
    block_on(async {
        for site in Site::on_both(&Cast::on(today())).await {
            let mut browser = site.signed_in("operator").await;
            let form = filled(new_worker(&mut browser).await);
            let mut other = browser.clone();
            let (one, two) =
                tokio::join!(browser.submit(&form, "Salva"), other.submit(&form, "Salva"));
            let third = browser.submit(&form, "Salva").await;
            for page in [one, two, third] {
                assert_eq!(
                    page.location(),
                    "/workers/W-000001?saved=1",
                    "{}",
                    page.text()
                );
            }
            assert!(worker(&site, "W-000002").await.is_none());
            // Back, and on with the same form: what is new is not lost.
            let changed = form.fill("given_name", "Adele");
            let page = browser.submit(&changed, "Salva").await;
            assert_eq!(page.status, 409);
            let main = page.main();
            assert!(main.contains("sono già stati salvati da qui"), "{main}");
            // A date or a number in other figures is no difference.
            assert_eq!(page.texts("fieldset.dom-card-near > legend"), ["Nome"]);
            let again = page.form("/workers/W-000001/edit");
            assert_eq!(again.value("given_name"), "Adele");
            let saved = browser.submit(&again, "Salva").await;
            assert_eq!(saved.location(), "/workers/W-000001?saved=1");
            let stored = worker(&site, "W-000001").await.unwrap().value;
            assert_eq!(stored.given_name.as_str(), "Adele");
        }
    });
}

#[test]
fn bad_input_comes_back_whole_with_its_messages() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("operator").await;
        let form = new_worker(&mut browser).await;
        let empty = browser.submit(&form, "Salva").await;
        assert_eq!(empty.status, 422);
        assert!(empty.title().starts_with("Errore: "), "{}", empty.title());
        for message in [
            "Nome: scrivere o scegliere qualcosa.",
            "Forme di lavoro accettate: scrivere o scegliere qualcosa.",
            "Telefono: serve un telefono o un’e-mail, oppure il contatto allo sportello.",
        ] {
            assert!(
                empty.errors().contains(&message.to_owned()),
                "{:?}",
                empty.errors()
            );
        }
        let typed = [
            ("given_name", "Ада"),
            ("family_name", "123"),
            ("birth_date", "31/4/70"),
            ("phone", "non ce l'ha"),
            ("email", "ada@"),
            ("comune", "Groseto"),
            ("availability", "lun 8:10-9:00"),
            ("max_km", "tanti"),
            ("extra_comuni", "Follonica\nAtlantide"),
            ("min_pay_hour", "1.200,00"),
            ("permit_until", "domani"),
        ];
        let mut form = empty.form("/workers/new").tick("night");
        for (field, text) in typed {
            form = form.fill(field, text);
        }
        let page = browser.submit(&form, "Salva").await;
        assert_eq!(page.status, 422);
        for (field, text) in typed {
            assert_eq!(value(&page, "/workers/new", field), text, "{field}");
            let beside = page.texts(&format!("[id='{field}-error']"));
            assert_eq!(beside.len(), 1, "a message beside {field}");
        }
        // The summary goes down the page as the questions do.
        let text = page.text();
        let targets = page.attributes(".dom-errors li a", "href");
        let at = |target: &String| text.find(&format!("id=\"{}\"", target.replace('#', "")));
        let places: Vec<usize> = targets.iter().filter_map(at).collect();
        assert!(places.len() >= typed.len(), "{targets:?}");
        assert!(places.is_sorted(), "{targets:?}");
        assert!(
            page.texts("[name=arrangements][checked]").len() == 1,
            "ticks are kept"
        );
        assert!(worker(&site, "W-000001").await.is_none());
    });
}

#[test]
fn what_could_not_be_saved_is_found_again_after_the_session() {
    block_on(async {
        let mut site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("operator").await;
        let form = filled(new_worker(&mut browser).await).fill("birth_date", "mai");
        assert_eq!(browser.submit(&form, "Salva").await.status, 422);
        let kept = new_worker(&mut browser).await.fill("given_name", "Bea");
        let kept = browser
            .submit(&kept, "Metti da parte e continua dopo")
            .await;
        let page = browser.follow(&kept).await;
        assert!(
            page.notice().starts_with("Messo da parte."),
            "{}",
            page.notice()
        );
        browser.post("/sign-out", &[]).await;

        // A program that begins anew knows of it too.
        let (db, clock) = (site.program.open().await, site.clock.clone());
        let url = site.context.public_url.clone();
        site.context = Context::new(db, clock, Arc::new(SystemRandomness), url);
        let mut later = site.signed_in("operator").await;
        let home = later.get("/").await;
        let drafts = home.texts(".dom-drafts > li > a");
        assert_eq!(drafts.len(), 2, "{}", home.main());
        let named = |text: &String| text.starts_with("Nuova persona, Bea, ultima modifica ");
        assert!(drafts.iter().any(named), "{drafts:?}");
        let targets: Vec<String> = home
            .links()
            .into_iter()
            .map(|(_, target)| target)
            .filter(|target| target.starts_with("/workers/new?draft="))
            .collect();
        let mut names = Vec::new();
        for target in &targets {
            let page = later.get(target).await;
            names.push(value(&page, "/workers/new", "given_name"));
        }
        names.sort();
        assert_eq!(names, ["  Ada Maria ", "Bea"], "as it was typed");

        let folds = home.texts("details > summary").join(" ");
        assert!(folds.contains("Moduli messi da parte (2)"), "{folds}");
        let main = home.main();
        let place = |text: &str| main.find(text).unwrap();
        assert!(
            place("Ora non aspetta nulla") < place("Moduli messi da parte"),
            "what waits comes first: {main}"
        );
        let mut other = site.signed_in("administrator").await;
        let theirs = other.get(&targets[0]).await;
        assert_eq!(theirs.status, 422, "somebody else's");
        let said = "è di una collega o di un collega";
        assert!(theirs.main().contains(said), "{}", theirs.main());
        assert!(!theirs.text().contains("Bea"), "and no more than that");
        assert!(!other.get("/").await.text().contains("dom-drafts"));
        let id = targets[0].rsplit('=').next().unwrap();
        let discard = format!("/drafts/{id}/discard");
        other.post(&discard, &[]).await;
        assert_eq!(
            later.get(&targets[0]).await.status,
            200,
            "not theirs to throw away"
        );
        later.post(&discard, &[]).await;
        assert_eq!(later.get(&targets[0]).await.status, 404);
        // Thrown away by mistake, it comes back as it was; by nobody else.
        let home = later.get("/").await;
        assert_eq!(home.texts(".dom-drafts > li > a").len(), 1);
        let folds = home.texts("details > summary").join(" ");
        assert!(folds.contains("Un modulo buttato via"), "{folds}");
        let restore = format!("/drafts/{id}/restore");
        assert!(!home.form_is_missing(&restore));
        assert_eq!(other.post(&restore, &[]).await.status, 404);
        assert_eq!(later.post(&restore, &[]).await.status, 303);
        assert_eq!(later.get(&targets[0]).await.status, 200);
        let home = later.get("/").await;
        assert_eq!(home.texts(".dom-drafts > li > a").len(), 2);
        assert_eq!(later.post(&restore, &[]).await.status, 404, "it is back");
    });
}

#[test]
fn the_script_keeps_what_is_typed_and_stays_out_of_what_was_saved() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("operator").await;
        let form = filled(new_worker(&mut browser).await);
        let draft = form.value("draft").to_owned();
        let sent = [
            ("draft", draft.as_str()),
            ("form", "worker"),
            ("given_name", "Ad"),
        ];
        assert_eq!(browser.post("/drafts", &sent).await.status, 204);
        let page = browser.get(&format!("/workers/new?draft={draft}")).await;
        assert_eq!(value(&page, "/workers/new", "given_name"), "Ad");
        // What a page sent earlier and arrives later takes no later one's place; what
        // another page of the same draft sends does.
        for (turn, name, stands) in [
            ("1.5:2", "Ada", "Ada"),
            ("1.5:1", "A", "Ada"),
            ("2.5:1", "Ad", "Ad"),
        ] {
            let typed = [("given_name", name), ("turn", turn)];
            let sent = [&sent[..2], &typed].concat();
            assert_eq!(browser.post("/drafts", &sent).await.status, 204);
            let page = browser.get(&format!("/workers/new?draft={draft}")).await;
            assert_eq!(value(&page, "/workers/new", "given_name"), stands);
        }
        let saved = browser.submit(&form, "Salva").await;
        assert_eq!(saved.location(), "/workers/W-000001?saved=1");
        assert_eq!(browser.post("/drafts", &sent).await.status, 204, "too late");
        assert!(!browser.get("/").await.text().contains("dom-drafts"));
        let page = browser.get(&format!("/workers/new?draft={draft}")).await;
        assert_eq!(page.location(), "/workers/W-000001");
        for bad in [
            &[][..],
            &[("draft", "x"), ("form", "worker")],
            &[("draft", &draft), ("form", "x")],
        ] {
            assert_eq!(browser.post("/drafts", bad).await.status, 404);
        }
    });
}

#[test]
fn every_question_of_the_forms_has_its_help_beside_it() {
    // Their labels say all there is to say.
    let plain = ["family_name", "email", "worker_sex_ground"];
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("operator").await;
        let mut asked = 0;
        for path in ["/workers/new", "/families/new", "/requests/new"] {
            let page = browser.get(path).await;
            let hints = page.attributes("#registering .dom-hint", "id");
            for question in [
                "section.dom-part > .dom-field > .form-control",
                "section.dom-part > fieldset.dom-field",
                "section.dom-part > .dom-tick > input",
            ] {
                for id in page.attributes(question, "id") {
                    asked += 1;
                    let has_help = hints.contains(&format!("{id}-hint"));
                    assert_ne!(has_help, plain.contains(&id.as_str()), "{path} {id}");
                }
            }
        }
        assert!(asked > 60, "{asked} questions");
    });
}

#[test]
fn who_is_second_sees_both_versions_field_by_field() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[("family_name", "Prima")]);
        for site in Site::on_both(&cast).await {
            let mut first = site.signed_in("operator").await;
            let mut second = site.signed_in("administrator").await;
            let open = "/workers/W-1/edit";
            let one = first.get(open).await.form(open);
            let sent = [
                ("draft", one.value("draft")),
                ("form", "worker"),
                ("record", "W-1"),
                ("max_km", "3"),
            ];
            assert_eq!(first.post("/drafts", &sent).await.status, 204);
            let told = "operator sta cambiando questa scheda";
            assert!(!first.get(open).await.main().contains(told), "oneself");
            let page = second.get(open).await;
            assert!(page.main().contains(told), "{}", page.main());
            let two = page.form(open);
            let one = one
                .fill("family_name", "Seconda")
                .fill("max_km", "30")
                .fill("experience_years", "4");
            let saved = first.submit(&one, "Salva").await;
            assert_eq!(saved.location(), "/workers/W-1?saved=1", "{}", saved.text());
            assert!(!second.get(open).await.main().contains(told), "saved");
            let two = two
                .fill("family_name", "Terza")
                .fill("max_km", "40")
                .fill("min_pay_hour", "9");
            let page = second.submit(&two, "Salva").await;
            assert_eq!(page.status, 409);
            assert!(page.title().starts_with("Errore: "));
            let main = page.main();
            assert!(main.contains("Ha salvato operator"), "{main}");
            assert!(
                main.contains("già ripresi qui: Anni di esperienza."),
                "{main}"
            );
            let asked = page.texts("fieldset.dom-card-near > legend");
            assert_eq!(asked, ["Cognome", "Chilometri al massimo"]);
            let form = page.form(open);
            assert_eq!(form.value("family_name"), "Terza", "one's own text stays");
            assert_eq!(form.value("experience_years"), "4", "the other's is taken");
            let form = form.choose("choose-max_km", "theirs");
            let saved = second.submit(&form, "Salva").await;
            assert_eq!(saved.location(), "/workers/W-1?saved=1", "{}", saved.text());
            let stored = worker(&site, "W-1").await.unwrap();
            assert_eq!(stored.version, 3);
            let stored = stored.value;
            assert_eq!(stored.family_name.as_str(), "Terza");
            assert_eq!(stored.max_km, Some(30));
            assert_eq!(stored.experience_years, Some(4));
            assert_eq!(stored.min_pay_hour.unwrap().cents(), 900);
            let page = second.get("/workers/W-1").await.main();
            assert!(
                page.contains("Cognome: prima «Seconda», poi «Terza»"),
                "{page}"
            );
            // The same form once more changes nothing, and says so by going on.
            let again = second.submit(&form, "Salva").await;
            assert_eq!(again.location(), "/workers/W-1?saved=1");
            assert_eq!(worker(&site, "W-1").await.unwrap().version, 3);
        }
    });
}

#[test]
fn a_change_is_taken_back_by_a_form_that_is_filled_as_it_was() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[("family_name", "Prima")]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let open = "/workers/W-1/edit";
        let form = browser.get(open).await.form(open);
        let form = form.fill("family_name", "Seconda").fill("max_km", "40");
        browser.submit(&form, "Salva").await;
        let later = browser.get(open).await.form(open);
        let later = later.fill("experience_years", "4");
        browser.submit(&later, "Salva").await;

        let page = browser.get("/workers/W-1").await;
        let links = page.links();
        let back: Vec<&String> = links
            .iter()
            .filter(|(text, _)| text.starts_with("Rimetti com’era prima"))
            .map(|(_, target)| target)
            .collect();
        assert_eq!(
            back,
            [&format!("{open}?before=3"), &format!("{open}?before=2")]
        );
        let page = browser.get(back[1]).await;
        assert!(page.notice().contains("com’era prima del cambio"));
        let form = page.form(open);
        assert_eq!(form.value("family_name"), "Prima");
        assert_eq!(form.value("max_km"), "20");
        assert_eq!(form.value("experience_years"), "4", "another change stays");
        assert_eq!(worker(&site, "W-1").await.unwrap().version, 3, "only shown");
        let saved = browser.submit(&form, "Salva").await;
        assert_eq!(saved.location(), "/workers/W-1?saved=1", "{}", saved.text());
        let stored = worker(&site, "W-1").await.unwrap().value;
        assert_eq!(stored.family_name.as_str(), "Prima");
        assert_eq!(
            (stored.max_km, stored.experience_years),
            (Some(20), Some(4))
        );
        for before in ["1", "99", "x", ""] {
            let page = browser.get(&format!("{open}?before={before}")).await;
            assert_eq!(page.status, 404, "{before}");
        }
    });
}

#[test]
fn two_tabs_with_two_people_save_each_their_own() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]).worker("W-2", &[]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let one = browser
            .get("/workers/W-1/edit")
            .await
            .form("/workers/W-1/edit");
        let two = browser
            .get("/workers/W-2/edit")
            .await
            .form("/workers/W-2/edit");
        browser
            .submit(&two.fill("given_name", "Due"), "Salva")
            .await;
        browser
            .submit(&one.fill("given_name", "Uno"), "Salva")
            .await;
        for (code, name) in [("W-1", "Uno"), ("W-2", "Due")] {
            let stored = worker(&site, code).await.unwrap();
            assert_eq!(stored.value.given_name.as_str(), name);
            assert_eq!(stored.version, 2);
        }
    });
}

#[test]
fn a_new_authorisation_says_which_notice_and_how_and_one_taken_back_ends() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[("consent_on", "")]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let open = "/workers/W-1/edit";
        let form = browser
            .get(open)
            .await
            .form(open)
            .fill("consent_on", "1/3/26");
        let page = browser.submit(&form, "Salva").await;
        assert_eq!(page.status, 422);
        assert!(
            page.errors()
                .iter()
                .any(|one| one.starts_with("Versione dell’informativa"))
        );
        let form = page
            .form(open)
            .fill("notice_version", "earlier")
            .fill("consent_how", "paper");
        let page = browser.submit(&form, "Salva").await;
        assert!(
            page.errors()[0].starts_with("Cartella del foglio firmato"),
            "{:?}",
            page.errors()
        );
        let form = page.form(open).fill("consent_how", "screen");
        let saved = browser.submit(&form, "Salva").await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let stored = worker(&site, "W-1").await.unwrap();
        let latest = || storage::authorisations::latest(site.db().read(), stored.id);
        let recorded = latest().await.unwrap().unwrap();
        assert_eq!(
            (recorded.authorisation.how.as_str(), recorded.withdrawn_on),
            ("screen", None)
        );
        // An edit of something else asks for nothing again.
        let form = browser.get(open).await.form(open).fill("max_km", "5");
        assert_eq!(browser.submit(&form, "Salva").await.status, 303);
        let form = browser.get(open).await.form(open).fill("consent_on", "");
        assert_eq!(browser.submit(&form, "Salva").await.status, 303);
        assert_eq!(latest().await.unwrap().unwrap().withdrawn_on, Some(today()));
    });
}

#[test]
fn what_can_not_be_is_refused_and_what_is_doubtful_is_told_at_entry() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("operator").await;
        let open = "/workers/new";
        let form = filled(new_worker(&mut browser).await)
            .fill(
                "birth_date",
                &(today() - chrono::TimeDelta::days(4_000)).to_string(),
            )
            .fill("phone", "12")
            .fill("registered_on", "1/1/2099")
            .fill("confirmed_on", "1/1/2099")
            .fill("consent_on", "1/1/2099")
            .fill("notice_version", "2026-11-24")
            .fill("consent_how", "screen")
            .fill("Lingua 1", "it")
            .fill("Livello 1", "A2")
            .fill("Lingua 2", "it")
            .fill("Livello 2", "B1");
        let page = browser.submit(&form, "Salva").await;
        assert_eq!(page.status, 422);
        let errors = page.errors().join("\n");
        assert_eq!(
            errors.matches("il giorno è nel futuro").count(),
            3,
            "{errors}"
        );
        assert!(errors.contains("due volte con livelli diversi"), "{errors}");
        // Nobody signed the notice of the program before it was there.
        let form = page
            .form(open)
            .fill("registered_on", "23/11/2026")
            .fill("confirmed_on", "23/11/2026")
            .fill("consent_on", "23/11/26")
            .fill("Lingua 2", "en");
        let page = browser.submit(&form, "Salva").await;
        let errors = page.errors();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains("successivo alla firma"), "{errors:?}");
        let form = page.form(open).fill("notice_version", "earlier");
        let saved = browser.submit(&form, "Salva").await;
        assert_eq!(saved.status, 303, "{}", saved.main());
        let main = browser.follow(&saved).await.main();
        assert!(main.contains("telefono 12 non si riconosce"), "{main}");
        assert!(main.contains("meno di 16 anni fa"), "{main}");
    });
}

#[test]
fn a_part_of_the_schedule_is_never_turned_into_all_of_it_and_what_was_lies_behind() {
    block_on(async {
        let site = Site::of(&Cast::on(today()).request("R-1", &[])).await;
        let mut browser = site.signed_in("operator").await;
        let open = "/requests/R-1/edit";
        for typed in ["0", "1000", "12,55", "-1"] {
            let form = browser.get(open).await.form(open);
            let form = form.fill("min_coverage_permille", typed);
            let page = browser.submit(&form, "Salva").await;
            assert_eq!(page.status, 422, "{typed}");
            let errors = page.errors();
            assert_eq!(errors.len(), 1, "{typed}: {errors:?}");
            assert!(errors[0].ends_with("va da 0,1 a 100, con un decimale al massimo."));
            assert_eq!(value(&page, open, "min_coverage_permille"), typed);
        }
        let form = browser.get(open).await.form(open);
        let form = form
            .fill("min_coverage_permille", "33,3")
            .fill("opened_on", "1/1/2099");
        let page = browser.submit(&form, "Salva").await;
        assert_eq!(page.status, 422);
        let errors = page.errors();
        assert_eq!(errors.len(), 1, "{errors:?}");
        assert!(errors[0].contains("il giorno è nel futuro"), "{errors:?}");
        let day = today().format("%d/%m/%Y").to_string();
        let form = page.form(open).fill("opened_on", &day);
        assert_eq!(browser.submit(&form, "Salva").await.status, 303);
        let code = RequestCode::parse("R-1").unwrap();
        let stored = storage::requests::find(site.db().read(), &code).await;
        assert_eq!(stored.unwrap().unwrap().value.min_coverage_permille, 333);

        let open = "/families/F-1/edit";
        let form = browser.get(open).await.form(open);
        let form = form.fill("consent_on", "1/1/2099");
        let page = browser.submit(&form, "Salva").await;
        assert_eq!(page.status, 422);
        let errors = page.errors().join("\n");
        assert!(errors.contains("il giorno è nel futuro"), "{errors}");
    });
}

#[test]
fn a_family_and_its_request_are_registered_and_the_rest_days_get_theirs() {
    block_on(async {
        for site in Site::on_both(&Cast::on(today())).await {
            let mut browser = site.signed_in("operator").await;
            let form = browser.get("/families/new").await.form("/families/new");
            let form = form
                .fill("Nome", "Ugo")
                .fill("Cognome", "Provetti")
                .fill("comune", "Follonica");
            let page = browser.submit(&form, "Salva").await;
            assert_eq!(page.errors().len(), 1, "a desk must be able to reach them");
            let form = page.form("/families/new").fill("phone", "0564 300200");
            let saved = browser.submit(&form, "Salva").await;
            assert_eq!(saved.location(), "/families/F-000001?saved=1");
            let page = browser.follow(&saved).await;
            let page = browser.click(&page, "Nuova richiesta").await;
            let form = page.form("/requests/new");
            assert_eq!(form.value("family"), "F-000001");
            assert_eq!(form.value("comune"), "Follonica");
            let form = form
                .fill("arrangement", "live_in")
                .fill("start_date", "1/12/26")
                .fill("self_sufficient", "no")
                .fill("required_languages", "it")
                .fill("required_languages_level", "A2");
            let saved = browser.submit(&form, "Salva").await;
            assert_eq!(
                saved.location(),
                "/requests/R-000001?saved=1",
                "{}",
                saved.text()
            );
            let page = browser.follow(&saved).await;
            let page = browser.click(&page, "Apri la richiesta per i riposi").await;
            let form = page.form("/requests/new");
            assert_eq!(form.value("covers"), "R-000001");
            assert_eq!(form.value("required_languages"), "it");
            let form = form.fill("schedule", "dom mattina");
            let page = browser.submit(&form, "Salva").await;
            assert!(
                page.errors()[0].starts_with("Orario: "),
                "{:?}",
                page.errors()
            );
            let form = page.form("/requests/new").fill("schedule", "domenica 9-13");
            let saved = browser.submit(&form, "Salva").await;
            assert_eq!(saved.location(), "/requests/R-000002?saved=1");
            let code = RequestCode::parse("R-000002").unwrap();
            let stored = storage::requests::find(site.db().read(), &code)
                .await
                .unwrap()
                .unwrap();
            assert_eq!(stored.value.covers.unwrap().as_str(), "R-000001");
            assert_eq!(stored.value.min_coverage_permille, 1000);
            let charge = storage::requests::in_charge(site.db().read(), stored.id)
                .await
                .unwrap();
            assert_eq!(charge.unwrap().1, "operator");
        }
    });
}

#[test]
fn the_workers_sex_waits_for_a_second_person() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            let open = "/requests/R-1/edit";
            let form = browser.get(open).await.form(open).fill("worker_sex", "f");
            let page = browser.submit(&form, "Salva").await;
            assert_eq!(
                page.errors(),
                ["Sesso richiesto: il sesso si può chiedere solo con il suo motivo."]
            );
            let form = page
                .form(open)
                .fill("worker_sex_ground", "personal_hygiene");
            assert_eq!(browser.submit(&form, "Salva").await.status, 303);
            let refused = browser.get("/requests/R-1/match").await;
            assert_eq!(refused.status, 422);
            assert!(
                refused
                    .main()
                    .contains("una seconda persona dello sportello deve confermarlo")
            );
            let own = browser.post("/requests/R-1/confirm-sex", &[]).await;
            assert_eq!(own.status, 422, "nobody confirms their own word");
            let mut second = site.signed_in("administrator").await;
            let page = second.get("/requests/R-1").await;
            let form = page.form("/requests/R-1/confirm-sex");
            let done = second
                .submit(&form, "Confermo: serve per l’igiene personale")
                .await;
            let page = second.follow(&done).await;
            assert!(
                page.main().contains("conferma del sesso richiesto"),
                "{}",
                page.main()
            );
            assert_eq!(browser.get("/requests/R-1/match").await.status, 200);
            // An edit of something else leaves the confirmation as it is.
            let form = browser
                .get(open)
                .await
                .form(open)
                .fill("max_pay_hour", "12");
            assert_eq!(browser.submit(&form, "Salva").await.status, 303);
            assert_eq!(browser.get("/requests/R-1/match").await.status, 200);
        }
    });
}

#[test]
fn a_form_sent_after_the_session_ended_comes_back_after_the_sign_in() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let open = "/workers/W-1/edit";
        let form = browser.get(open).await.form(open);
        let form = form
            .fill("given_name", "Ada & \"B\" <i>")
            .tick("elderly_care");
        site.clock.advance(std::time::Duration::from_hours(9));
        let before = site.everything().await;
        let page = browser.submit(&form, "Salva").await;
        assert_eq!(page.status, 401);
        assert!(page.main().contains("non è perso"), "{}", page.main());
        assert_eq!(site.everything().await, before, "nothing is kept of nobody");
        let sign_in = page
            .form("/sign-in")
            .fill("email", "operator@prova.example");
        let wrong = browser
            .submit(&sign_in.fill("password", "sbagliata davvero"), "Accedi")
            .await;
        let sign_in = wrong
            .form("/sign-in")
            .fill("password", crate::support::site::PASSWORD);
        let back = browser.submit(&sign_in, "Accedi").await;
        let page = browser.follow(&back).await;
        assert_eq!(value(&page, open, "given_name"), "Ada & \"B\" <i>");
        assert_eq!(page.texts("[id=skills-elderly_care][checked]").len(), 1);
        let saved = browser
            .submit(&page.form(open).fill("given_name", "Ada"), "Salva")
            .await;
        assert_eq!(saved.location(), "/workers/W-1?saved=1", "{}", saved.text());
        // Whoever works at no desk gets in, and nothing is kept in their name.
        let mut reader = site.browser();
        let page = reader.submit(&form, "Salva").await;
        let sign_in = page.form("/sign-in").fill("email", "reader@prova.example");
        let sign_in = sign_in.fill("password", crate::support::site::PASSWORD);
        let there = reader.submit(&sign_in, "Accedi").await;
        assert_eq!(there.location(), open);
        assert_eq!(reader.follow(&there).await.status, 403);
    });
}

#[test]
fn a_request_is_advised_on_while_it_is_typed_and_nothing_is_saved() {
    block_on(async {
        let cast = Cast::on(today())
            .worker("W-1", &[("availability", "Mon-Fri 08:30-20:00")])
            .worker("W-2", &[])
            .worker(
                "W-3",
                &[(
                    "availability",
                    "Mon-Fri 08:30-20:00; Mon,Wed-Fri 07:00-08:30",
                )],
            )
            .request("R-1", &[]);
        let site = Site::of(&cast).await;
        let mut browser = site.signed_in("operator").await;
        let page = browser.get("/requests/new?family=F-1").await;
        assert!(
            page.main()
                .contains("Qui compare che cosa dice il contratto.")
        );
        let form = page
            .form("/requests/new")
            .fill("arrangement", "hourly")
            .fill("schedule", "lun-dom 8:00-20:00")
            .fill("self_sufficient", "no")
            .fill("ccnl_level", "CS")
            .fill("max_pay_hour", "1,00")
            .fill("start_date", &today().format("%d/%m/%Y").to_string());
        let before = site.everything().await;
        let page = browser.submit(&form, "Calcola e cerca chi è idoneo").await;
        assert_eq!(page.status, 200);
        let aside = page.texts("aside.dom-aside").join(" ");
        for told in [
            "84 alla settimana",
            "almeno 3",
            "CS – ",
            "Una persona sola farebbe 84 ore alla settimana. Il limite è 40.",
            "lunedì: una persona sola farebbe 12 ore. Il limite è 8.",
            "è sotto il minimo di",
            "Nessuna persona idonea con questi dati.",
            "Tabella C dal",
        ] {
            assert!(aside.contains(told), "{told}: {aside}");
        }
        assert_eq!(
            value(&page, "/requests/new", "schedule"),
            "lun-dom 8:00-20:00"
        );
        let open = "/requests/R-1/edit";
        let form = browser
            .get(open)
            .await
            .form(open)
            .fill("schedule", "lun-ven 8:30-12:00");
        let page = browser.submit(&form, "Calcola e cerca chi è idoneo").await;
        let aside = page.texts("aside.dom-aside").join(" ");
        assert!(
            aside.contains("3 persone idonee con questi dati. Con i dati salvati: 1."),
            "{aside}"
        );
        // What would find more is said, the change that finds the most first.
        let form = page.form(open).fill("schedule", "lun-ven 8:00-12:00");
        let page = browser.submit(&form, "Calcola e cerca chi è idoneo").await;
        assert_eq!(
            page.texts("aside.dom-aside > ul li"),
            [
                "Se ogni giorno cominciasse mezz’ora dopo: 2 in più.",
                "Se martedì cominciasse alle 8:30: 1 in più.",
            ]
        );
        // A sex that nobody confirmed finds nobody, not even here.
        let form = page
            .form(open)
            .fill("worker_sex", "f")
            .fill("worker_sex_ground", "personal_hygiene");
        let page = browser.submit(&form, "Calcola e cerca chi è idoneo").await;
        assert!(
            page.texts("aside.dom-aside")
                .join(" ")
                .contains("una seconda persona dello sportello deve confermarlo")
        );
        assert_eq!(site.everything().await, before);
    });
}

#[test]
fn whoever_may_be_there_already_is_shown_with_the_reasons() {
    block_on(async {
        let cast = Cast::on(today())
            .worker(
                "W-1",
                &[
                    ("given_name", "Olena"),
                    ("family_name", "Kovalchuk"),
                    ("phone", "+39 333 1234567"),
                    ("birth_date", "1970-04-03"),
                ],
            )
            .worker("W-2", &[("email", "ada@example.org"), ("phone", "")]);
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            let alike = |page: &Page| page.texts("aside.dom-aside li");
            let form = new_worker(&mut browser).await;
            let form = form
                .fill("given_name", "Elena")
                .fill("family_name", "Kovalciùk");
            let page = browser.submit(&form, "Cerca chi c’è già").await;
            assert_eq!(page.status, 200);
            assert_eq!(
                alike(&page),
                ["Olena Kovalchuk, Grosseto (W-1): nome simile"]
            );
            // Who follows one and comes back finds everything as it was typed.
            let form = page.form("/workers/new").fill("birth_date", "mai");
            let there = browser.submit(&form, "Olena Kovalchuk").await;
            let there = browser.follow(&there).await;
            assert_eq!(there.heading(), "Olena Kovalchuk");
            let page = browser.click(&there, "Torna al modulo").await;
            let back = page.form("/workers/new");
            assert_eq!(back.value("given_name"), "Elena");
            assert_eq!(back.value("birth_date"), "mai");
            let nobody = [("do", "see-W-404")];
            assert_eq!(browser.post("/workers/new", &nobody).await.status, 404);
            let mut other = site.signed_in("administrator").await;
            let address = format!("/workers/W-1?draft={}", back.value("draft"));
            let others = other.get(&address).await;
            assert!(!others.text().contains("Torna al modulo"));
            let page = browser
                .submit(&back.fill("birth_date", ""), "Cerca chi c’è già")
                .await;
            let form = page
                .form("/workers/new")
                .fill("given_name", "Ada")
                .fill("family_name", "Rossi");
            let form = form
                .fill("email", "ADA@example.org")
                .fill("phone", "333.123.45.67");
            let page = browser.submit(&form, "Cerca chi c’è già").await;
            let found = alike(&page);
            assert_eq!(found.len(), 2, "{found:?}");
            assert!(found[0].ends_with("stesso telefono") && found[1].ends_with("stessa e-mail"));
            let form = filled(page.form("/workers/new"))
                .fill("given_name", "Helena")
                .fill("family_name", "Covalciuc")
                .fill("birth_date", "3/4/1970")
                .fill("email", "");
            let page = browser.submit(&form, "Salva").await;
            assert_eq!(page.status, 422, "{}", page.location());
            assert!(page.errors()[0].starts_with("Forse questa persona c’è già."));
            assert!(
                alike(&page)[0].ends_with("nome simile, stesso telefono, stessa data di nascita")
            );
            let form = page.form("/workers/new").tick("another");
            let saved = browser.submit(&form, "Salva").await;
            assert_eq!(
                saved.location(),
                "/workers/W-000001?saved=1",
                "{}",
                saved.text()
            );
            let again = browser.submit(&form, "Salva").await;
            assert_eq!(again.location(), "/workers/W-000001?saved=1");
            // An edit names the others and stands in nobody's way.
            let open = "/workers/W-000001/edit";
            let page = browser.get(open).await;
            assert_eq!(alike(&page).len(), 1);
            let saved = browser
                .submit(&page.form(open).fill("max_km", "9"), "Salva")
                .await;
            assert_eq!(saved.status, 303);
        }
    });
}

#[test]
fn a_pause_has_a_reason_and_an_end_and_wakes_by_itself() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            for (open, record) in [
                ("/workers/W-1/standing", "/workers/W-1"),
                ("/requests/R-1/standing", "/requests/R-1"),
            ] {
                let form = browser.get(open).await.form(open).fill("status", "paused");
                let page = browser.submit(&form, "Salva").await;
                assert_eq!(page.status, 422);
                assert_eq!(page.errors().len(), 2, "{:?}", page.errors());
                let today = today().format("%d/%m/%y").to_string();
                let form = page.form(open).fill("paused_until", &today);
                let form = form.fill("pause_reason", "own_wish");
                let page = browser.submit(&form, "Salva").await;
                assert_eq!(
                    page.errors(),
                    ["In pausa fino al: la pausa deve finire dopo oggi"]
                );
                let until =
                    (crate::support::cast::today() + chrono::TimeDelta::days(3)).to_string();
                let form = page.form(open).fill("paused_until", &until);
                let saved = browser.submit(&form, "Salva").await;
                assert_eq!(
                    saved.location(),
                    format!("{record}?saved=1"),
                    "{}",
                    saved.text()
                );
                let main = browser.follow(&saved).await.main();
                assert!(main.contains("operator: messa in pausa"), "{main}");
            }
            let done = dom::jobs::run_due(&site.context).await.unwrap();
            assert_eq!(done.pauses_ended, 0, "not yet");
            site.clock.advance(std::time::Duration::from_hours(72));
            let done = dom::jobs::run_due(&site.context).await.unwrap();
            assert_eq!(done.pauses_ended, 0, "its last day is a day of the pause");
            let stored = worker(&site, "W-1").await.unwrap().value;
            assert_eq!(stored.status, WorkerStatus::Paused);
            site.clock.advance(std::time::Duration::from_hours(24));
            let done = dom::jobs::run_due(&site.context).await.unwrap();
            assert_eq!(done.pauses_ended, 2);
            let mut browser = site.signed_in("operator").await;
            let main = browser.get("/workers/W-1").await.main();
            assert!(
                main.contains("il programma: di nuovo in cerca di lavoro"),
                "{main}"
            );
            let main = browser.get("/requests/R-1").await.main();
            assert!(main.contains("il programma: riaperta"), "{main}");
            let stored = worker(&site, "W-1").await.unwrap().value;
            assert_eq!((stored.paused_until, stored.pause_reason), (None, None));
        }
    });
}

#[test]
fn a_request_is_closed_with_a_reason_and_opened_again() {
    block_on(async {
        let site = Site::of(&Cast::on(today()).request("R-1", &[])).await;
        let mut browser = site.signed_in("operator").await;
        let open = "/requests/R-1/standing";
        let form = browser.get(open).await.form(open).fill("status", "closed");
        let page = browser.submit(&form, "Salva").await;
        assert_eq!(
            page.errors(),
            ["Motivo della chiusura: scrivere o scegliere qualcosa."]
        );
        let form = page
            .form(open)
            .fill("close_reason", "need_ended")
            .fill("excluded", "died");
        let page = browser.submit(&form, "Salva").await;
        assert_eq!(
            page.errors(),
            ["Tolta dal conto il: scrivere o scegliere qualcosa."]
        );
        let form = page.form(open).fill("excluded_on", "1/10/26");
        assert_eq!(browser.submit(&form, "Salva").await.status, 303);
        let again = browser.submit(&form, "Salva").await;
        assert_eq!(again.status, 303, "sent twice");
        let main = browser.get("/requests/R-1").await.main();
        assert!(
            main.contains("Motivo della chiusura: prima «non indicato», poi «Il bisogno è finito»"),
            "{main}"
        );
        let form = browser.get(open).await.form(open).fill("status", "open");
        assert_eq!(browser.submit(&form, "Salva").await.status, 303);
        let code = RequestCode::parse("R-1").unwrap();
        let stored = storage::requests::find(site.db().read(), &code)
            .await
            .unwrap()
            .unwrap();
        assert!(stored.value.is_open());
        assert_eq!(stored.value.close_reason, None);
    });
}

#[test]
fn the_diary_takes_notes_and_gives_them_back() {
    block_on(async {
        let cast = Cast::on(today()).worker("W-1", &[]).request("R-1", &[]);
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            for open in [
                "/workers/W-1/diary",
                "/families/F-1/diary",
                "/requests/R-1/diary",
            ] {
                let page = browser.get(open).await;
                let form = page.form(open).fill("on", "domani").fill("words", "  ");
                let page = browser.submit(&form, "Scrivi la nota").await;
                assert_eq!(page.status, 422);
                assert_eq!(page.errors().len(), 2, "{:?}", page.errors());
                assert_eq!(value(&page, open, "on"), "domani");
                let form = page
                    .form(open)
                    .fill("on", &today().format("%d.%m.%y").to_string())
                    .fill("words", "Chiamata.\nVuole il giovedì <b>");
                browser.submit(&form, "Scrivi la nota").await;
                let page = browser.submit(&form, "Scrivi la nota").await;
                let page = browser.follow(&page).await;
                let main = page.main();
                let notes = main.matches("Vuole il giovedì <b>").count();
                assert_eq!(notes, 1, "sent twice it is one note: {main}");
                let found = browser
                    .post("/workers/search", &[("words", "giovedì")])
                    .await;
                let found = browser.get(found.location()).await;
                assert!(found.texts("tbody tr").is_empty(), "never searched");
                let erase = page.texts("main form button");
                assert_eq!(erase.len(), 2, "{erase:?}");
                let id = page
                    .text()
                    .split(&format!("{open}/"))
                    .nth(1)
                    .unwrap()
                    .to_owned();
                let id = id.split('/').next().unwrap();
                browser.post(&format!("{open}/{id}/erase"), &[]).await;
                let page = browser.get(open).await;
                assert!(page.main().contains("Nota cancellata."));
                assert!(!page.main().contains("giovedì"));
            }
            let page = browser.post("/workers/W-1/diary/99/erase", &[]).await;
            assert_eq!(page.status, 404);
        }
    });
}

#[test]
fn a_request_is_taken_and_all_of_somebodys_are_handed_over() {
    block_on(async {
        let cast = Cast::on(today())
            .request("R-1", &[])
            .request("R-2", &[])
            .request("R-3", &[("status", "closed")]);
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            let page = browser.get("/requests/R-1").await;
            assert!(page.main().contains("Non è in carico a nessuno."));
            for path in [
                "/requests/R-1/charge",
                "/requests/R-2/charge",
                "/requests/R-3/charge",
            ] {
                let page = browser.post(path, &[]).await;
                let page = browser.follow(&page).await;
                assert!(
                    page.main().contains("In carico a operator."),
                    "{}",
                    page.main()
                );
            }
            let form = browser.get("/hand-over").await.form("/hand-over");
            let page = browser.submit(&form, "Passa tutte le richieste").await;
            assert_eq!(page.errors(), ["Scegliere una persona dello sportello."]);
            let form = page.form("/hand-over").fill("to", "operator");
            let page = browser.submit(&form, "Passa tutte le richieste").await;
            assert_eq!(page.errors(), ["Scegliere due persone diverse."]);
            let form = page.form("/hand-over").fill("to", "administrator");
            let page = browser.submit(&form, "Passa tutte le richieste").await;
            let page = browser.follow(&page).await;
            assert_eq!(page.notice(), "2 richieste sono passate.");
            let links: Vec<_> = page.links().into_iter().map(|(text, _)| text).collect();
            assert!(links.contains(&"R-2".to_owned()), "what went: {links:?}");
            let main = browser.get("/requests/R-2").await.main();
            assert!(main.contains("In carico a administrator."), "{main}");
            let main = browser.get("/requests/R-3").await.main();
            assert!(
                main.contains("In carico a operator."),
                "what is over stays: {main}"
            );
        }
    });
}

#[test]
fn the_home_page_shows_what_waits_and_leads_to_it() {
    block_on(async {
        let day = |days: i64| (today() + chrono::TimeDelta::days(days)).to_string();
        let cast = Cast::on(today())
            .request("R-1", &[("needed_by", &day(5))])
            .request("R-2", &[("opened_on", &day(-14))])
            .request("R-3", &[("status", "paused")])
            .request("R-4", &[("opened_on", &day(-13))])
            .worker(
                "W-1",
                &[("permit_type", "family"), ("permit_until", &day(60))],
            )
            .worker(
                "W-2",
                &[("permit_type", "family"), ("permit_until", &day(61))],
            )
            .worker("W-3", &[("confirmed_on", &day(-31))])
            .worker("W-4", &[("confirmed_on", "")])
            .worker("W-5", &[("status", "paused"), ("desk", "follonica")]);
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            let waits = |page: &Page| {
                let links = page.links().into_iter().map(|(_, target)| target);
                let there = ["/match", "/edit", "/standing"];
                links
                    .filter(|target| there.iter().any(|end| target.ends_with(end)))
                    .collect::<Vec<_>>()
            };
            let page = browser.get("/?whose=all").await;
            assert_eq!(
                waits(&page),
                [
                    "/requests/R-1/match",
                    "/requests/R-4/match",
                    "/requests/R-2/match",
                    "/workers/W-1/edit",
                    "/workers/W-4/edit",
                    "/workers/W-3/edit",
                    "/requests/R-3/standing",
                    "/workers/W-5/standing",
                ]
            );
            for target in waits(&page) {
                assert_eq!(browser.get(&target).await.status, 200, "{target}");
            }
            let page = browser.get("/").await;
            assert!(
                !waits(&page).contains(&"/workers/W-5/standing".to_owned()),
                "another desk's"
            );
            let page = browser.get("/?whose=mine").await;
            assert!(
                !waits(&page)
                    .iter()
                    .any(|target| target.starts_with("/requests/"))
            );
            browser.post("/requests/R-1/charge", &[]).await;
            let page = browser.get("/?whose=mine").await;
            assert_eq!(waits(&page)[0], "/requests/R-1/match");
        }
    });
}

#[test]
fn who_withdraws_is_on_no_valid_sheet_and_the_holders_are_named() {
    block_on(async {
        let cast = Cast::on(today())
            .worker("W-1", &[])
            .worker("W-2", &[])
            .request("R-1", &[])
            .request("R-2", &[]);
        for site in Site::on_both(&cast).await {
            let mut browser = site.signed_in("operator").await;
            for (path, worker) in [
                ("/requests/R-1/sheet", "W-1"),
                ("/requests/R-2/sheet", "W-2"),
            ] {
                let issued = browser.post(path, &[("worker", worker)]).await;
                assert_eq!(issued.status, 303, "{}", issued.text());
            }
            let open = "/workers/W-1/standing";
            let form = browser
                .get(open)
                .await
                .form(open)
                .fill("status", "withdrawn");
            let saved = browser.submit(&form, "Salva").await;
            let main = browser.follow(&saved).await.main();
            assert!(main.contains("Famiglie da avvisare"), "{main}");
            assert!(main.contains("Elsa Provolini, +390564300001"), "{main}");
            let year = today().format("%Y");
            let revoked = browser.get(&format!("/sheets/GR-{year}-0001")).await;
            assert_eq!(
                revoked.texts(".dom-tag-wrong").len(),
                1,
                "{}",
                revoked.main()
            );
            let kept = browser.get(&format!("/sheets/GR-{year}-0002")).await;
            assert!(kept.texts(".dom-tag-wrong").is_empty(), "another person's");
            // The authorisation taken back alone does the same.
            let open = "/workers/W-2/edit";
            let form = browser.get(open).await.form(open).fill("consent_on", "");
            let saved = browser.submit(&form, "Salva").await;
            assert!(
                browser
                    .follow(&saved)
                    .await
                    .main()
                    .contains("Famiglie da avvisare")
            );
        }
    });
}
