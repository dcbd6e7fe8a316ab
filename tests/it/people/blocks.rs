//! Whoever is held back after a serious complaint is proposed to nobody, from the
//! first word on, until two people let them back.

use dom::domain::ids::RequestCode;
use dom::services::tables::Kind;
use dom::services::{ServiceError, matching, proposals};

use super::{actor, cast, code, exported, issue};
use crate::support::browser::{Browser, Page};
use crate::support::cast::today;
use crate::support::program::block_on;
use crate::support::site::Site;

const BLOCK: &str = "/workers/W-1/block";

async fn propose(browser: &mut Browser, address: &str, words: &str) -> Page {
    let review = (today() + chrono::TimeDelta::days(60)).format("%d/%m/%Y");
    let form = browser
        .get(address)
        .await
        .form(address)
        .fill("reason", "violence")
        .fill("review_on", &review.to_string())
        .fill("words", words);
    browser.submit(&form, "Proponi la sospensione").await
}

async fn say(browser: &mut Browser, address: &str, button: &str, words: Option<&str>) -> Page {
    let mut form = browser.get(address).await.form(address);
    if let Some(words) = words {
        form = form.fill("words", words);
    }
    browser.submit(&form, button).await
}

async fn pool(site: &Site) -> usize {
    let ground = matching::Ground::now(&site.context, today()).await;
    ground.unwrap().pool().len()
}

#[test]
fn a_worker_is_held_from_the_first_word_and_blocked_by_the_second() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let sheet = issue(&site, "R-1", "W-1").await;
            let mut one = site.signed_in("operator").await;
            let mut two = site.signed_in("administrator").await;
            assert_eq!(pool(&site).await, 3);
            assert_eq!(propose(&mut one, BLOCK, "").await.status, 303);
            assert_eq!(pool(&site).await, 2, "at once");
            let actor = actor(&site.context, "operator").await;
            let request = RequestCode::parse("R-2").unwrap();
            let workers = [code("W-1")];
            let asked = proposals::add(&site.context, &actor, &request, &workers, None).await;
            assert!(matches!(asked, Err(ServiceError::Refused(_))), "{asked:?}");
            let page = two.get("/requests/R-2/sheet?worker=W-1").await;
            assert!(!page.text().contains("violenza"), "nobody reads why");

            // Not by the same person, and not before they were heard.
            let page = one.get(BLOCK).await;
            assert!(
                page.main()
                    .contains("Serve la conferma di un’altra persona")
            );
            let form = two.get(BLOCK).await.form(BLOCK);
            let filled = form.clone().fill("words", "Nega.");
            let own = one.submit(&filled, "Conferma la sospensione").await;
            assert_eq!(own.status, 422);
            let unheard = two.submit(&form, "Conferma la sospensione").await;
            assert_eq!(unheard.status, 422);
            assert_eq!(unheard.errors(), ["Scrivere almeno una frase."]);
            let home = two.get("/?whose=all").await.main();
            assert!(home.contains("Elena Popescu: da confermare"), "{home}");
            let done = say(
                &mut two,
                BLOCK,
                "Conferma la sospensione",
                Some("Dice: non è vero."),
            );
            assert_eq!(done.await.status, 303);
            let page = one.get(BLOCK).await.main();
            assert!(
                page.contains("Sospesa") && page.contains("Dice: non è vero."),
                "{page}"
            );
            let verified = one.get(&format!("/v/{}", sheet.verification_code)).await;
            assert!(verified.main().contains("Revocata"), "{}", verified.main());
            assert!(!verified.text().to_lowercase().contains("violenza"));

            let main = one.get("/workers/W-1").await.main();
            assert!(main.contains("Famiglie da avvisare"), "{main}");

            // And back again, by two.
            let asked = say(
                &mut two,
                BLOCK,
                "Chiedi che finisca",
                Some("Accusa ritirata."),
            )
            .await;
            assert_eq!(asked.status, 303, "{}", asked.text());
            assert_eq!(pool(&site).await, 2, "still");
            let page = two.get(BLOCK).await;
            assert!(!page.text().contains("Conferma la fine"));
            assert_eq!(
                say(&mut one, BLOCK, "Conferma la fine", None).await.status,
                303
            );
            assert_eq!(pool(&site).await, 3);
            let main = one.get("/workers/W-1").await.main();
            assert!(main.contains("sospensione per tutela: finita"), "{main}");
        }
    });
}

#[test]
fn nothing_goes_out_for_a_family_that_is_held_back() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let sheet = issue(&site, "R-1", "W-2").await;
            let mut browser = site.signed_in("operator").await;
            let mut second = site.signed_in("administrator").await;
            let block = "/families/F-1/block";
            assert_eq!(propose(&mut browser, block, "").await.status, 303);
            let request = RequestCode::parse("R-1").unwrap();
            let context = &site.context;
            let answer = matching::answer(context, &request, today(), None).await;
            assert!(matches!(answer, Err(ServiceError::Refused(_))));
            let mut refused = Vec::new();
            matching::answer_all(context, today(), None, |code, answer| {
                if answer.is_err() {
                    refused.push(code.to_owned());
                }
                Ok::<_, ServiceError>(())
            })
            .await
            .unwrap();
            assert_eq!(refused, ["R-1"], "the other family's goes on");
            let open = matching::reverse(context, &code("W-1"), today())
                .await
                .unwrap();
            let open: Vec<_> = open.requests.iter().map(|one| &one.request).collect();
            assert_eq!(open, ["R-2"]);
            let page = browser.get("/requests/R-1/sheet?worker=W-3").await;
            let sent = browser
                .post("/requests/R-1/sheet", &[("worker", "W-3")])
                .await;
            assert!(page.status == 422 || sent.status == 422, "{}", sent.text());
            let done = say(
                &mut second,
                block,
                "Conferma la sospensione",
                Some("Dicono di no."),
            );
            assert_eq!(done.await.status, 303);
            let address = format!("/v/{}", sheet.verification_code);
            let verified = browser.get(&address).await.main();
            assert!(
                verified.contains("Revocata"),
                "what they hold holds no more"
            );
        }
    });
}

#[test]
fn no_file_carries_the_words_and_the_review_day_waits_at_home() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut one = site.signed_in("operator").await;
        let mut two = site.signed_in("administrator").await;
        propose(&mut one, BLOCK, "Parole sue e di nessun altro").await;
        say(&mut two, BLOCK, "Conferma la sospensione", None).await;
        for kind in Kind::ALL {
            assert!(!exported(&site, kind).await.contains("Parole sue"));
        }
        let home = one.get("/?whose=all").await.main();
        assert!(
            !home.contains("Elena Popescu: da riguardare"),
            "not yet: {home}"
        );
        let later = site.context.now() + chrono::TimeDelta::days(61);
        site.clock.set(later);
        let mut one = site.signed_in("operator").await;
        let home = one.get("/?whose=all").await.main();
        assert!(home.contains("Elena Popescu: da riguardare dal"), "{home}");
        let everything = site.everything().await;
        let audit = everything.split("audit_events").nth(1).unwrap();
        let audit = audit.split("authorisations").next().unwrap();
        assert!(!audit.contains("Parole sue"));
    });
}

#[test]
fn bad_input_is_told_beside_the_field_and_kept() {
    block_on(async {
        let site = Site::of(&cast()).await;
        let mut browser = site.signed_in("operator").await;
        let form = browser.get(BLOCK).await.form(BLOCK);
        let form = form.fill("review_on", "1/1/2020").fill("words", "Sentita.");
        let page = browser.submit(&form, "Proponi la sospensione").await;
        assert_eq!(page.status, 422);
        assert!(page.title().starts_with("Errore: "));
        assert_eq!(page.errors().len(), 2, "{:?}", page.errors());
        let form = page.form(BLOCK);
        assert_eq!(form.value("review_on"), "1/1/2020");
        assert!(form.value("words").contains("Sentita."));
    });
}

#[test]
fn a_block_goes_along_when_records_are_made_one() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let sheet = issue(&site, "R-1", "W-1").await;
            let mut browser = site.signed_in("operator").await;
            let block = "/workers/W-2/block";
            propose(&mut browser, block, "").await;
            let mut second = site.signed_in("administrator").await;
            let confirm = "Conferma la sospensione";
            say(&mut second, block, confirm, Some("Dice: non è vero.")).await;
            let verified = format!("/v/{}", sheet.verification_code);
            assert!(!browser.get(&verified).await.main().contains("Revocata"));
            let merge = "/workers/W-1/merge/W-2";
            let form = browser.get(merge).await.form(merge);
            browser.submit(&form, "Unisci le schede").await;
            assert_eq!(pool(&site).await, 1, "the one person is held back");
            let verified = browser.get(&verified).await.main();
            assert!(verified.contains("Revocata"), "{verified}");
        }
    });
}
