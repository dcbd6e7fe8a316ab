//! A desk's own file in the browser: its columns said once, what it would do seen,
//! confirmed, loaded once, reported; and what can go wrong on the way.

use dom::jobs;
use dom::storage;

use crate::support::browser::{Browser, Page};
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::Site;

fn cast() -> Cast {
    Cast::on(today()).worker(
        "W-1",
        &[
            ("given_name", "Olena"),
            ("family_name", "Kovalchuk"),
            ("phone", "+393335550101"),
        ],
    )
}

async fn site() -> Site {
    Site::of(&cast()).await
}

async fn hand_in(browser: &mut Browser, kind: &str, file: &[u8]) -> Page {
    browser
        .upload("/imports", &[("kind", kind)], ("elenco.csv", file))
        .await
}

/// What the program does meanwhile; then the page anew.
async fn worked(site: &Site, browser: &mut Browser, address: &str) -> Page {
    jobs::work_on_files(&site.context).await.unwrap();
    browser.get(address).await
}

async fn workers(site: &Site) -> u64 {
    let active = dom::domain::worker::WorkerStatus::Active;
    storage::workers::count(site.db().read(), active)
        .await
        .unwrap()
}

const OWN: &str = "Nome;Cognome;Sesso;Cell.;Residenza;Distanza massima;Tipo di lavoro;Religione;Note\n\
    Halyna;Shevchenko;Femminile;333 555 02 02;GROSSETO;20;A ore, notte;x;chiamare la sera\n\
    Olena;Kovalchuk;f;333 555 01 01;Grosseto;20;hourly;x;\n";

#[test]
fn a_desk_says_its_columns_once_sees_what_would_change_and_loads_it() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            journey(&site).await;
        }
    });
}

async fn journey(site: &Site) {
    let mut browser = site.signed_in("operator").await;
    let page = hand_in(&mut browser, "workers", OWN.as_bytes()).await;
    assert_eq!(page.status, 303, "{}", page.text());
    let address = page.location().to_owned();
    let page = browser.follow(&page).await;
    let form = page.form(&format!("{address}/columns"));
    let chosen: Vec<String> = (1..=9)
        .map(|at| form.value(&format!("column-{at}")).to_owned())
        .collect();
    assert_eq!(
        chosen,
        [
            "given_name",
            "family_name",
            "sex",
            "phone",
            "comune",
            "max_km",
            "arrangements",
            "",
            ""
        ]
    );
    assert!(page.main().contains("la religione non si raccoglie"));
    assert!(page.main().contains("Halyna"), "its first values are shown");
    let page = browser.submit(&form, "Leggi il file così").await;
    let page = browser.follow(&page).await;
    assert!(page.text().contains("http-equiv=\"refresh\""));
    assert!(page.main().contains("Aspetta il suo turno"));
    let page = worked(site, &mut browser, &address).await;
    assert!(page.main().contains("Nuove 2"), "{}", page.main());
    assert!(!page.text().contains("http-equiv=\"refresh\""));
    assert!(
        page.main().contains("Olena Kovalchuk") && page.main().contains("stesso telefono"),
        "{}",
        page.main()
    );
    assert_eq!(workers(site).await, 1, "a look writes nothing");
    let form = page.form(&format!("{address}/load"));
    let sent = browser.submit(&form, "Carica tutto").await;
    let again = browser.submit(&form, "Carica tutto").await;
    assert_eq!([sent.status, again.status], [303, 303]);
    let page = worked(site, &mut browser, &address).await;
    assert!(page.main().contains("Il file è stato caricato"));
    assert!(page.main().contains("aggiunte 1") && page.main().contains("Una riga lasciata fuori"));
    assert_eq!(workers(site).await, 2);
    // Back, and the button once more.
    browser.submit(&form, "Carica tutto").await;
    let page = worked(site, &mut browser, &address).await;
    assert!(page.main().contains("aggiunte 1"), "{}", page.main());
    assert_eq!(workers(site).await, 2);
    let bytes = storage::uploads::bytes(site.db().read(), 1).await.unwrap();
    assert_eq!(bytes, None, "the file is gone once it is loaded");

    // The same headers again: nobody is asked.
    let page = hand_in(&mut browser, "workers", OWN.as_bytes()).await;
    let page = worked(site, &mut browser, page.location()).await;
    assert!(page.main().contains("Il file va bene"), "{}", page.main());
}

#[test]
fn what_is_wrong_is_shown_by_row_column_and_value_and_the_rest_can_be_loaded() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let file = "given_name,family_name,sex,phone,comune,max_km,arrangements,desk\n\
            Buona,Riga,f,333 5550303,Grosseto,10,hourly,grosseto\n\
            Brutta,Riga,f,333 5550304,Groseto,molti,hourly,grosseto\n";
        let page = hand_in(&mut browser, "workers", file.as_bytes()).await;
        let address = page.location().to_owned();
        let page = worked(&site, &mut browser, &address).await;
        assert_eq!(page.status, 200);
        let rows = page.rows();
        assert_eq!(rows[0][..3], ["3", "comune", "Groseto"]);
        assert!(rows[0][3].contains("Forse Grosseto?"), "{rows:?}");
        assert_eq!(rows[1][..3], ["3", "max_km", "molti"]);
        let report = browser.get(&format!("{address}/report")).await;
        assert!(report.header("content-type").starts_with("text/csv"));
        assert!(
            report.text().contains("3,rifiutata,comune,Groseto,"),
            "{}",
            report.text()
        );
        let form = page.form(&format!("{address}/load"));
        browser.submit(&form, "Carica solo le righe giuste").await;
        let page = worked(&site, &mut browser, &address).await;
        assert!(page.main().contains("aggiunte 1"), "{}", page.main());
        assert_eq!(workers(&site).await, 2);
    });
}

#[test]
fn a_desks_own_words_its_name_and_short_dates_are_understood() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let file = "given_name,family_name,sex,birth_date,citizenship,phone,comune,max_km,arrangements,status,pause_reason,paused_until,desk\n\
            Halyna,Shevchenko,Femmina,3/4/76,ucraina,333 555 02 02,GROSSETO,20,a ore,in pausa,Non risponde,3/4/30,Sportello di Follonica\n";
        let page = hand_in(&mut browser, "workers", file.as_bytes()).await;
        let address = page.location().to_owned();
        let page = worked(&site, &mut browser, &address).await;
        let main = page.main();
        assert!(
            main.contains("Nuove 1") && main.contains("rifiutate 0"),
            "{main}"
        );
        let form = page.form(&format!("{address}/load"));
        assert_eq!(browser.submit(&form, "Carica tutto").await.status, 303);
        worked(&site, &mut browser, &address).await;
        let code = dom::domain::ids::WorkerCode::parse("W-000001").unwrap();
        let found = storage::workers::find(site.db().read(), &code).await;
        let cells = found.unwrap().unwrap().value.cells();
        for cell in ["1976-04-03", "UA", "no_answer", "2030-04-03", "follonica"] {
            assert!(cells.iter().any(|one| one == cell), "{cell}: {cells:?}");
        }
    });
}

#[test]
fn what_is_no_table_is_said_beside_the_field_and_kept_nowhere() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        for (file, why) in [
            (&b""[..], "Scegliere"),
            (&b"\n\n"[..], "Il file è vuoto"),
            (&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], "non è in UTF-8"),
            (&b"PK\x03\x04zip"[..], "Il file"),
            (&b"nome\xe8,cognome\nAnna,B\n"[..], "non è in UTF-8"),
            (&b"a\tb\tc\n1\t2\t3\n"[..], "tabulazioni"),
        ] {
            let page = hand_in(&mut browser, "workers", file).await;
            assert_eq!(page.status, 422, "{why}: {}", page.text());
            assert!(page.title().starts_with("Errore:"), "{}", page.title());
            assert!(
                page.errors().join(" ").contains(why),
                "{why}: {:?}",
                page.errors()
            );
            assert!(
                page.texts(".dom-field-wrong").join(" ").contains(why),
                "{why}"
            );
        }
        let page = hand_in(&mut browser, "answers", b"a,b\n1,2\n").await;
        assert_eq!(page.status, 422);
        let empty = browser.get("/imports").await;
        assert!(empty.main().contains("Nessun file in corso"));
    });
}

#[test]
fn a_file_that_says_that_it_is_too_large_is_refused_before_it_is_read() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let one_too_many = (32 * 1024 * 1024 + 1).to_string();
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("content-type", "multipart/form-data; boundary=edge"),
            ("content-length", one_too_many.as_str()),
        ];
        for path in ["/imports", "/accesses/import"] {
            let page = browser.send("POST", path, Vec::new(), &headers).await;
            assert_eq!(page.status, 413, "{path}: {}", page.main());
            let said = page.errors().join(" ");
            assert!(said.contains("32 MB"), "{path}: {said}");
        }
    });
}

#[test]
fn what_turns_out_wrong_further_down_is_said_and_nothing_is_written() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let header = "given_name,family_name,sex,phone,comune,max_km,arrangements,desk\n";
        let row = |at: usize| format!("Una,Persona,f,333 {at:07},Grosseto,10,hourly,grosseto\n");
        let rows: String = (0..20_001).map(row).collect();
        let many = format!("{header}{rows}").into_bytes();
        let mut wrong = format!("{header}{}", row(1)).into_bytes();
        wrong.extend(b"Jos\xe9,Persona,f,333 1112223,Grosseto,10,hourly,grosseto\n");
        for (file, why) in [
            (many, "più di 20.000 righe"),
            (wrong, "La riga 3 non è in UTF-8"),
        ] {
            let page = hand_in(&mut browser, "workers", &file).await;
            assert_eq!(page.status, 303, "{why}");
            let page = worked(&site, &mut browser, page.location()).await;
            assert!(page.main().contains(why), "{}", page.main());
            assert!(page.title().starts_with("Errore:"));
            assert_eq!(page.texts("form[action$=load]").len(), 0);
        }
        assert_eq!(workers(&site).await, 1);
    });
}

#[test]
fn only_the_desk_that_handed_a_file_in_and_administrators_see_it() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let page = hand_in(&mut browser, "workers", OWN.as_bytes()).await;
        let address = page.location().to_owned();
        let mut other = site.operator_of("follonica", "otello").await;
        for way in ["", "/report"] {
            assert_eq!(other.get(&format!("{address}{way}")).await.status, 404);
        }
        for (way, field) in [
            ("columns", ("column-1", "given_name")),
            ("load", ("do", "all")),
            ("discard", ("a", "b")),
        ] {
            let page = other.post(&format!("{address}/{way}"), &[field]).await;
            assert_eq!(page.status, 404, "{way}");
        }
        assert!(
            other
                .get("/imports")
                .await
                .main()
                .contains("Nessun file in corso")
        );
        let mut administrator = site.signed_in("administrator").await;
        assert_eq!(administrator.get(&address).await.status, 200);
        let page = browser.post(&format!("{address}/discard"), &[]).await;
        assert_eq!(page.status, 303);
        assert_eq!(browser.get(&address).await.status, 404);
    });
}

#[test]
fn columns_said_twice_or_forbidden_come_back_with_what_was_said() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let page = hand_in(&mut browser, "workers", OWN.as_bytes()).await;
        let action = format!("{}/columns", page.location());
        let sent = [
            ("column-1", "given_name"),
            ("column-2", "given_name"),
            ("column-8", "skills"),
        ];
        let page = browser.post(&action, &sent).await;
        assert_eq!(page.status, 422);
        assert!(page.title().starts_with("Errore:"));
        assert_eq!(page.errors().len(), 2, "{:?}", page.errors());
        assert_eq!(page.form(&action).value("column-1"), "given_name");
        let page = browser.post(&action, &[("column-1", "")]).await;
        assert!(
            page.errors()[0].contains("Nessuna colonna"),
            "{:?}",
            page.errors()
        );
    });
}

#[test]
fn a_file_nobody_loads_is_forgotten_after_a_day_and_a_report_after_seven() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let file = "given_name,family_name,sex,phone,comune,max_km,arrangements,desk\n\
            Buona,Riga,f,333 5550303,Grosseto,10,hourly,grosseto\n";
        let loaded = hand_in(&mut browser, "workers", file.as_bytes()).await;
        let loaded = loaded.location().to_owned();
        worked(&site, &mut browser, &loaded).await;
        browser
            .post(&format!("{loaded}/load"), &[("do", "all")])
            .await;
        let page = hand_in(&mut browser, "workers", OWN.as_bytes()).await;
        let left = page.location().to_owned();
        worked(&site, &mut browser, &loaded).await;
        site.clock.advance(std::time::Duration::from_hours(25));
        let mut browser = site.signed_in("operator").await;
        worked(&site, &mut browser, &left).await;
        assert_eq!(browser.get(&left).await.status, 404);
        assert_eq!(browser.get(&loaded).await.status, 200);
        site.clock.advance(std::time::Duration::from_hours(24 * 7));
        let mut browser = site.signed_in("operator").await;
        worked(&site, &mut browser, &loaded).await;
        assert_eq!(browser.get(&loaded).await.status, 404);
    });
}

#[test]
fn a_program_that_ends_in_the_middle_leaves_nothing_and_another_takes_the_file_up() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let file = "given_name,family_name,sex,phone,comune,max_km,arrangements,desk\n\
                Buona,Riga,f,333 5550303,Grosseto,10,hourly,grosseto\n";
            let page = hand_in(&mut browser, "workers", file.as_bytes()).await;
            let address = page.location().to_owned();
            worked(&site, &mut browser, &address).await;
            browser
                .post(&format!("{address}/load"), &[("do", "all")])
                .await;
            // A program takes it and is never heard of again.
            let now = site.context.now();
            let write = site.db().write().await.unwrap();
            let taken = storage::uploads::claim(&*write, "gone", now, now)
                .await
                .unwrap();
            write.commit().await.unwrap();
            assert!(taken.is_some());
            let page = worked(&site, &mut browser, &address).await;
            assert!(
                page.main().contains("Il programma è al lavoro"),
                "{}",
                page.main()
            );
            assert_eq!(workers(&site).await, 1);
            let gone = browser.post(&format!("{address}/discard"), &[]).await;
            assert_eq!(gone.status, 303, "what is worked on is not thrown away");
            assert_eq!(browser.get(&address).await.status, 200);
            if site.db().has_one_program() {
                jobs::at_start(&site.context).await.unwrap();
            } else {
                site.clock.advance(std::time::Duration::from_mins(6));
            }
            let page = worked(&site, &mut browser, &address).await;
            assert!(page.main().contains("aggiunte 1"), "{}", page.main());
            assert_eq!(workers(&site).await, 2);
            // The first one wakes up: its word holds no more.
            let write = site.db().write().await.unwrap();
            let state = dom::domain::upload::UploadState::Loaded;
            let settled =
                storage::uploads::settle(&*write, taken.unwrap(), "gone", state, "{}", now).await;
            assert!(!settled.unwrap());
        }
    });
}

#[test]
fn nothing_of_a_file_stands_in_the_record_but_its_counts() {
    block_on(async {
        let site = site().await;
        let mut browser = site.signed_in("operator").await;
        let file = "given_name,family_name,sex,phone,comune,max_km,arrangements,desk\n\
            Buona,Rigaunica,f,333 5550303,Grosseto,10,hourly,grosseto\n";
        let page = hand_in(&mut browser, "workers", file.as_bytes()).await;
        let address = page.location().to_owned();
        worked(&site, &mut browser, &address).await;
        browser
            .post(&format!("{address}/load"), &[("do", "all")])
            .await;
        worked(&site, &mut browser, &address).await;
        let everything = site.everything().await;
        assert!(everything.contains("import.workers"));
        assert_eq!(
            everything.matches("Rigaunica").count(),
            1,
            "the record alone has the name"
        );
    });
}
