//! A list taken away as it is seen: its search, its filters, all its pages, nobody
//! twice; and the record of who took it.

use dom::catalogue::{Language, Words};
use dom::domain::ids::WorkerCode;
use dom::domain::worker::WorkerStatus;
use dom::services::accounts::actor_named;
use dom::services::list_export::{Leaving, export};
use dom::services::lists::List;
use dom::storage;
use dom::storage::entity::audit_event;
use dom::storage::lists::ListFilter;
use dom::tabular::Format;
use sea_orm::{EntityTrait, QueryOrder};

use crate::support::browser::Page;
use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::{Site, email};

fn cast() -> Cast {
    let mut cast = Cast::on(today())
        .request("R-1", &[])
        .request("R-2", &[("status", "closed")]);
    for number in 0..60 {
        let status = if number % 2 == 0 {
            "active"
        } else {
            "withdrawn"
        };
        cast = cast.worker(
            &format!("W-{number}"),
            &[
                ("family_name", &format!("=Prova{number:02}")),
                ("status", status),
            ],
        );
    }
    cast.worker("W-90", &[("family_name", "Diversa")])
}

fn lines(page: &Page) -> Vec<String> {
    let text = page.text();
    let text = text.strip_prefix('\u{feff}').unwrap();
    text.lines().map(str::to_owned).collect()
}

#[test]
fn a_list_leaves_as_it_is_seen_with_all_its_pages_and_is_recorded() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let page = browser.get("/workers?status=active").await;
            let form = page.form("/workers/export");
            let file = browser.submit(&form, "Scarica l’elenco (CSV)").await;
            assert_eq!(file.status, 200, "{}", file.text());
            assert!(file.header("content-disposition").contains("workers-"));
            let active = lines(&file);
            assert!(
                active[0].starts_with("Codice,Cognome,Nome,"),
                "{}",
                active[0]
            );
            assert_eq!(active.len(), 1 + 31, "thirty and Diversa");
            let mut codes: Vec<_> = active[1..]
                .iter()
                .map(|line| line.split(',').next())
                .collect();
            codes.sort();
            codes.dedup();
            assert_eq!(codes.len(), 31, "nobody stands there twice");
            assert!(!file.text().contains(",=Prova"), "no cell is a formula");

            let search = page.form("/workers/search").fill("words", "diversa");
            let found = browser.submit(&search, "Cerca").await;
            let found = browser.follow(&found).await;
            let form = found.form("/workers/export");
            let file = browser.submit(&form, "Scarica l’elenco (CSV)").await;
            assert_eq!(lines(&file).len(), 2, "{}", file.text());

            let audit = audit_event::Entity::find()
                .order_by_asc(audit_event::Column::Id)
                .all(site.db().read())
                .await
                .unwrap();
            let told: Vec<_> = audit
                .iter()
                .filter(|row| row.action == "export.list.workers")
                .map(|row| row.detail.clone().unwrap_or_default())
                .collect();
            assert_eq!(told.len(), 2);
            assert!(
                told[0].contains("\"rows\":31") && told[0].contains("active"),
                "{told:?}"
            );
            assert!(told[1].contains("\"searched\":true") && !told[1].contains("diversa"));
        }
    });
}

#[test]
fn families_and_requests_leave_too_and_as_a_workbook() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let page = browser.get("/requests?status=open").await;
        let file = browser
            .submit(&page.form("/requests/export"), "Scarica l’elenco (CSV)")
            .await;
        assert_eq!(lines(&file).len(), 2, "{}", file.text());
        let page = browser.get("/families").await;
        let file = browser
            .submit(&page.form("/families/export"), "Scarica l’elenco (XLSX)")
            .await;
        assert!(file.bytes.starts_with(b"PK"), "a workbook");
        let rows = dom::tabular::read(std::io::Cursor::new(file.bytes)).unwrap();
        assert_eq!(rows.header()[0], "Codice");
        let page = browser.get("/sheets").await;
        assert!(page.form_is_missing("/sheets/export"), "nothing to take");
        let issued = browser
            .post("/requests/R-1/sheet", &[("worker", "W-90")])
            .await;
        assert_eq!(issued.status, 303, "{}", issued.main());
        let page = browser.get("/sheets").await;
        let file = browser
            .submit(&page.form("/sheets/export"), "Scarica l’elenco (CSV)")
            .await;
        let lines = lines(&file);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(lines[1].contains(",R-1,") && lines[1].starts_with("GR-"));
    });
}

#[test]
fn a_search_that_is_gone_does_not_become_the_whole_list() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let sent = [("s", "gone"), ("format", "csv")];
        let page = browser.post("/workers/export", &sent).await;
        assert_eq!(page.status, 422);
        assert!(
            page.main().contains("Questa ricerca non c’è più"),
            "{}",
            page.main()
        );
        let page = browser.post("/workers/export", &[("format", "pdf")]).await;
        assert_eq!(page.status, 422);
    });
}

#[test]
fn a_long_list_leaves_piece_by_piece_and_is_of_one_instant() {
    block_on(async {
        let mut cast = Cast::on(today());
        for number in 0..1_200 {
            cast = cast.worker(&format!("W-{number}"), &[]);
        }
        for site in Site::on_both(&cast).await {
            let operator = actor_named(&site.context, &email("operator"))
                .await
                .unwrap();
            let which = (ListFilter::default(), None);
            let words = Words::new(Language::It);
            let leaving = export(
                &site.context,
                &operator,
                words,
                List::Workers,
                which,
                Format::Csv,
            )
            .await
            .unwrap();
            let Leaving::Pieces(mut pieces) = leaving else {
                panic!("a CSV leaves in pieces");
            };
            let told = audit_event::Entity::find()
                .all(site.db().read())
                .await
                .unwrap();
            assert!(
                told.iter().any(|row| row.action == "export.list.workers"),
                "recorded before anything leaves"
            );
            let mut whole = Vec::new();
            let mut sizes = Vec::new();
            while let Some(piece) = pieces.next().await.unwrap() {
                if sizes.is_empty() {
                    // Somebody withdraws meanwhile: the file is of the instant before.
                    let write = site.db().write().await.unwrap();
                    let code = WorkerCode::parse("W-1199").unwrap();
                    let worker = storage::workers::find(&*write, &code).await.unwrap();
                    let mut worker = worker.unwrap();
                    worker.value.status = WorkerStatus::Withdrawn;
                    storage::workers::update(&*write, &worker).await.unwrap();
                    write.commit().await.unwrap();
                }
                sizes.push(piece.len());
                whole.extend(piece);
            }
            assert_eq!(sizes.len(), 3, "{sizes:?}");
            assert!(sizes.iter().all(|size| *size < 100_000), "{sizes:?}");
            let text = String::from_utf8(whole).unwrap();
            let mut lines: Vec<&str> = text.trim_start_matches('\u{feff}').lines().collect();
            assert!(lines.remove(0).starts_with("Codice,"));
            assert_eq!(lines.len(), 1_200);
            assert!(!text.contains("Fuori dal servizio"), "of one instant");
            lines.sort_unstable();
            lines.dedup();
            assert_eq!(lines.len(), 1_200, "nobody stands there twice");
        }
    });
}
