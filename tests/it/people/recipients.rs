//! For whom a family asks: recorded by the desks, in no file, and never a reason
//! to forget what a file brings.

use dom::domain::care_recipient::Guardianship;
use dom::services::tables::Kind;
use dom::storage;

use super::{cast, family, load};
use crate::support::program::block_on;
use crate::support::site::Site;

#[test]
fn a_desk_records_for_whom_and_who_decides() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let mut browser = site.signed_in("operator").await;
            let edit = "/families/F-1/edit";
            let form = browser.get(edit).await.form(edit);
            let form = form
                .fill("relation", "child")
                .fill("recipient_name", "Ines Provolini")
                .fill("guardianship", "support_administrator");
            let page = browser.submit(&form, "Salva").await;
            assert_eq!(page.status, 422);
            let errors = page.errors().join(" ");
            assert!(errors.contains("Nome di chi decide"), "{errors}");
            let form = page
                .form(edit)
                .fill("guardian_name", "Avv. Dino Prova")
                .fill("guardian_phone", "0564 300009");
            let saved = browser.submit(&form, "Salva").await;
            assert_eq!(saved.status, 303, "{}", saved.text());
            let main = browser.follow(&saved).await.main();
            assert!(main.contains("Amministratore di sostegno"), "{main}");
            assert!(main.contains("Ines Provolini"), "{main}");
            assert!(
                main.contains("Nome di chi decide: prima"),
                "in the history: {main}"
            );

            // A file knows nothing of it and takes nothing away.
            let file = "code,given_name,family_name,comune,desk\nF-1,Elsa,Nuova,053011,grosseto\n";
            let report = load(&site, Kind::Families, file).await.unwrap();
            assert_eq!(report.updated, 1, "{report:?}");
            let stored = storage::families::find(site.db().read(), &family("F-1")).await;
            let stored = stored.unwrap().unwrap().value;
            assert_eq!(stored.family_name.as_str(), "Nuova");
            assert_eq!(
                stored.recipient.guardianship,
                Some(Guardianship::SupportAdministrator)
            );
            let file = "code,given_name,family_name,comune,desk,guardianship\n";
            let refused = load(&site, Kind::Families, file).await;
            assert!(refused.is_err(), "no column of the formats");
        }
    });
}

#[test]
fn a_family_form_tells_everything_that_is_wrong_at_once() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = browser.get("/families/new").await.form("/families/new");
        let page = browser.submit(&form, "Salva").await;
        assert_eq!(page.status, 422);
        let errors = page.errors().join(" ");
        assert!(errors.contains("Nome: scrivere"), "{errors}");
        assert!(errors.contains("serve un telefono o un’e-mail"), "{errors}");
    });
}
