//! Who works here: accounts are opened by a link that works once, and shut in the middle of a
//! form; desks are added, and how they are reached is changed; a mail is tried.

use dom::jobs::deliver_due;

use crate::support::cast::{Cast, today};
use crate::support::program::block_on;
use crate::support::site::{PASSWORD, Site};

const ACCOUNTS: &str = "/admin/accounts";

#[test]
fn an_account_is_opened_by_a_link_and_shut_in_the_middle_of_a_form() {
    block_on(async {
        let site = Site::of(&Cast::on(today()).worker("W-1", &[])).await;
        let mut operator = site.signed_in("operator").await;
        assert_eq!(operator.get(ACCOUNTS).await.status, 403);
        let mut administrator = site.signed_in("administrator").await;
        let page = administrator.get(ACCOUNTS).await;
        assert!(page.main().contains("questo accesso"), "{}", page.main());
        let form = page.form(ACCOUNTS).fill("name", "Ada Prova");
        for (changes, told) in [
            (&[("email", ""), ("desk", "grosseto")][..], "Ada Prova"),
            (
                &[("email", "operator@prova.example"), ("desk", "grosseto")],
                "Ada Prova",
            ),
            (
                &[("email", "ada@prova.example")],
                "bisogno di uno sportello",
            ),
            (
                &[
                    ("email", "ada@prova.example"),
                    ("role", "reader"),
                    ("desk", "grosseto"),
                ],
                "non ha uno sportello",
            ),
        ] {
            let form = changes
                .iter()
                .fold(form.clone(), |form, (field, value)| form.fill(field, value));
            let wrong = administrator.submit(&form, "Crea l’accesso").await;
            assert_eq!(wrong.status, 422, "{changes:?}");
            assert_eq!(wrong.errors().len(), 1, "{:?}", wrong.errors());
            assert_eq!(
                wrong.form(ACCOUNTS).value("name"),
                "Ada Prova",
                "it is kept"
            );
            assert!(wrong.text().contains(told), "{:?}", wrong.errors());
        }
        let fields = [
            ("name", "Ada Prova"),
            ("email", "ada@prova.example"),
            ("role", "partner"),
        ];
        let partner = administrator.post(ACCOUNTS, &fields).await;
        assert_eq!(
            partner.status, 422,
            "a partner's people are invited beside it"
        );
        let form = form
            .fill("email", "ada@prova.example")
            .fill("desk", "follonica");
        let shown = administrator.submit(&form, "Crea l’accesso").await;
        assert_eq!(shown.status, 200, "{}", shown.main());
        let link = shown.attributes("input#link", "value").remove(0);
        let path = link.trim_start_matches("http://dom.example").to_owned();
        let later = administrator.get(ACCOUNTS).await;
        assert!(!later.text().contains(&path), "it is shown once");
        let row = later.rows().into_iter().find(|row| row[0] == "Ada Prova");
        let row = row.unwrap();
        assert_eq!(row[2], "sportello", "{row:?}");
        assert_eq!(row[4], "invito mandato", "{row:?}");

        let mut ada = site.browser();
        let led = ada.get(&path).await;
        let form = ada.follow(&led).await.form("/password");
        let form = form.fill("password", PASSWORD).fill("again", PASSWORD);
        let set = ada.submit(&form, "Salva la password").await;
        assert_eq!(set.location(), "/sign-in");
        let signing = [("email", "ada@prova.example"), ("password", PASSWORD)];
        assert_eq!(ada.post("/sign-in", &signing).await.status, 303);
        let edit = "/workers/W-1/edit";
        let open = ada.get(edit).await.form(edit).fill("max_km", "55");

        let all = site.rows("accounts").await;
        let id = |of: &str| -> i64 {
            let row = all.iter().find(|row| row.contains(of)).unwrap();
            let row: serde_json::Value = serde_json::from_str(row).unwrap();
            row["id"].as_i64().unwrap()
        };
        let own = format!("{ACCOUNTS}/{}/shut", id("administrator@"));
        let refused = administrator.post(&own, &[]).await;
        assert_ne!(refused.status, 303, "nobody shuts their own");
        let nobody = administrator.post("/admin/accounts/9999/link", &[]).await;
        assert_eq!(nobody.status, 404);
        let shut = format!("{ACCOUNTS}/{}/shut", id("ada@"));
        assert_eq!(administrator.post(&shut, &[]).await.status, 303);
        let saved = ada.submit(&open, "Salva").await;
        let told = saved.main();
        assert!(told.contains("La sessione è finita"), "{told}");
        assert!(!site.rows("workers").await[0].contains("\"max_km\":55"));
        let again = format!("{ACCOUNTS}/{}/link", id("ada@"));
        let shown = administrator.post(&again, &[]).await;
        assert_eq!(shown.attributes("input#link", "value").len(), 1);
        let told = site.rows("audit_events").await.join("\n");
        for action in ["account.added", "account.disabled", "account.reset"] {
            assert!(told.contains(action), "{action}: {told}");
        }
    });
}

#[test]
fn a_desk_is_added_and_how_it_is_reached_is_changed() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("administrator").await;
        let desks = "/admin/desks";
        let page = browser.get(desks).await;
        let form = page
            .form(desks)
            .fill("name", "Sportello di prova")
            .fill("code", "grosseto")
            .fill("sheet_prefix", "gr")
            .fill("comune", "Nessundove");
        let wrong = browser.submit(&form, "Aggiungi lo sportello").await;
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.errors().len(), 2, "{:?}", wrong.errors());
        assert_eq!(wrong.form(desks).value("comune"), "Nessundove");
        let form = form.fill("sheet_prefix", "PR").fill("comune", "follonica");
        let taken = browser.submit(&form, "Aggiungi lo sportello").await;
        assert_eq!(taken.status, 422, "the code is another one's");
        let done = browser
            .submit(&form.fill("code", "prova"), "Aggiungi lo sportello")
            .await;
        let list = browser.follow(&done).await;
        assert!(list.notice().contains("registrato"), "{}", list.main());
        let one = browser.click(&list, "Sportello di prova").await;
        let action = "/admin/desks/prova";
        let form = one.form(action).fill("phone", "0564 000000");
        let unnamed = browser
            .submit(&form.clone().fill("name", ""), "Registra")
            .await;
        assert_eq!(unnamed.status, 422);
        assert_eq!(browser.submit(&form, "Registra").await.status, 303);
        let service = site.browser().get("/service").await;
        assert!(service.main().contains("0564 000000"), "{}", service.main());
        assert_eq!(browser.get("/admin/desks/nessuno").await.status, 404);
    });
}

#[test]
fn an_administrator_tries_whether_mail_works() {
    block_on(async {
        let site = Site::of(&Cast::on(today())).await;
        let mut browser = site.signed_in("administrator").await;
        let (mails, test) = ("/admin/mail", "/admin/mail/test");
        let form = browser.get(mails).await.form(test);
        let form = form.fill("address", "nessuno");
        let wrong = browser.submit(&form, "Invia la prova").await;
        assert_eq!(wrong.status, 422);
        assert_eq!(wrong.form(test).value("address"), "nessuno");
        assert_eq!(site.rows("outbox").await.len(), 0);
        let form = form.fill("address", "prova@prova.example");
        let queued = browser.submit(&form, "Invia la prova").await;
        let mail = browser.follow(&queued).await;
        assert!(mail.notice().contains("in attesa"), "{}", mail.main());
        let waiting = browser.get("/admin/mail/1").await.main();
        assert!(waiting.contains("quando la mail parte"), "{waiting}");
        deliver_due(&site.context).await.unwrap();
        let states = site.rows("outbox").await;
        assert_eq!(states.len(), 1);
        assert!(states[0].contains("\"kept\""), "{states:?}");
    });
}
