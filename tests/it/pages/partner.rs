//! A partner types what it learned of the families that it sent; another's is not
//! there.

use dom::domain::answer::{Answer, Channel, Said, Teller, Wave};
use dom::domain::follow_up::{Asked, Disposition};
use dom::storage;
use dom::storage::lists::At;
use sea_orm::ConnectionTrait as _;

use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, start, told};
use crate::support::program::block_on;
use crate::support::site::Site;

fn cast() -> Cast {
    Cast::on(start())
        .worker("W-1", &[])
        .worker("W-2", &[])
        .request("R-1", &[])
}

/// Two introductions of a family that the partner sent.
async fn sent(site: Site, on: u64) -> Followed {
    let followed = Followed::over(site);
    let sent = "UPDATE families SET referred_by_id = (SELECT id FROM partners WHERE code = 'pi')";
    let db = followed.context.db.read();
    db.execute_unprepared(sent).await.unwrap();
    for (code, worker) in [("I-1", "W-1"), ("I-2", "W-2")] {
        followed.introduce(code, "R-1", worker, day(0), None).await;
    }
    followed.live(day(on)).await;
    followed
}

async fn answers(followed: &Followed) -> Vec<Answer> {
    let db = followed.context.db.read();
    let found = storage::answers::after(db, None, None, 100).await.unwrap();
    found.into_iter().map(|one| one.value).collect()
}

#[test]
fn a_partner_answers_for_its_own_family_and_that_ends_the_asking() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = sent(site, 15).await;
            let mut partner = followed.site.signed_in("partner").await;
            let list = partner.get("/partner").await;
            assert_eq!(list.rows().len(), 2, "{}", list.main());
            let text = list.main();
            assert!(text.contains("Zoe I."), "{text}");
            assert!(!text.contains("Inventata"), "no family name: {text}");
            let page = partner.get("/partner/I-1").await;
            assert!(
                !page.main().contains("+39056420"),
                "no telephone of a worker"
            );
            let form = page.form("/partner/I-1").choose("result", "hired");
            let done = partner.submit(&form, "Registra le risposte").await;
            let after = partner.follow(&done).await;
            assert!(after.main().contains("Assunzione"), "{}", after.main());
            // The same form once more counts nothing.
            partner.submit(&form, "Registra le risposte").await;
            let told = answers(&followed).await;
            assert_eq!(told.len(), 1);
            assert_eq!(told[0].side, Teller::Family);
            assert_eq!(told[0].via, Some(Channel::Partner));
            assert_eq!(told[0].result, Some(Said::Hired));
            assert_eq!(followed.ended(Disposition::Complete).await, 1);
            let refused = partner
                .post("/partner/I-1", &[("form", "a form that has a long name")])
                .await;
            assert_eq!(refused.status, 422, "{}", refused.text());
        }
    });
}

#[test]
fn what_is_learned_before_anybody_asks_is_kept_too() {
    block_on(async {
        let followed = sent(Site::of(&cast()).await, 3).await;
        assert!(followed.invitations().await.is_empty());
        let mut partner = followed.site.signed_in("partner").await;
        let page = partner.get("/partner/I-2").await;
        let form = page.form("/partner/I-2").choose("result", "no");
        let done = partner.submit(&form, "Registra le risposte").await;
        assert_eq!(done.status, 303, "{}", done.text());
        assert_eq!(answers(&followed).await[0].result, Some(Said::No));
        // On the day of the wave the family is asked about the other one alone.
        followed.live(day(15)).await;
        assert_eq!(followed.ended(Disposition::Complete).await, 1);
        let db = followed.context.db.read();
        let calls = storage::invitations::calls(db, day(15), None, &At::page(1)).await;
        let calls = calls.unwrap().rows.into_iter();
        let family = calls.filter(|call| call.side == Asked::Family);
        let codes: Vec<String> = family
            .map(|call| call.introduction.code.to_string())
            .collect();
        assert_eq!(codes, ["I-1"]);
    });
}

#[test]
fn a_wave_of_a_hire_counts_from_the_start_for_a_partner_too() {
    block_on(async {
        let followed = sent(Site::of(&cast()).await, 15).await;
        let (started, answered) = (day(60).to_string(), day(65).to_string());
        let cells = [
            ("introduction", "I-1"),
            ("side", "family"),
            ("wave", "w1"),
            ("answered_on", &answered),
            ("result", "hired"),
            ("started_on", &started),
        ];
        told(&followed, &cells).await;
        // Half a year after the sheet is no half year of work.
        for (on, wave) in [(190, Wave::W2), (240, Wave::W3)] {
            followed.at(day(on), 12);
            let mut partner = followed.site.signed_in("partner").await;
            let page = partner.get("/partner/I-1").await;
            let form = page.form("/partner/I-1").choose("still_working", "yes");
            let done = partner.submit(&form, "Registra le risposte").await;
            assert_eq!(done.status, 303, "{}", done.text());
            assert_eq!(answers(&followed).await.last().unwrap().wave, wave);
        }
    });
}

#[test]
fn another_partners_is_the_same_as_nothing_at_all() {
    block_on(async {
        let followed = sent(Site::of(&cast()).await, 15).await;
        let alone = "UPDATE families SET referred_by_id = NULL";
        let db = followed.context.db.read();
        db.execute_unprepared(alone).await.unwrap();
        let mut partner = followed.site.signed_in("partner").await;
        assert!(
            partner
                .get("/partner")
                .await
                .main()
                .contains("nessun abbinamento")
        );
        let there = "/partner/I-1";
        let of_others = partner.get(there).await;
        let of_nobody = partner.get("/partner/I-404").await;
        assert_eq!(of_others.status, 404);
        assert_eq!(of_nobody.status, 404);
        assert_eq!(
            of_others.main().replace("I-1", ""),
            of_nobody.main().replace("I-404", "")
        );
        let typed = [("form", "a form that has a long name"), ("result", "hired")];
        assert_eq!(partner.post(there, &typed).await.status, 404);
        assert!(answers(&followed).await.is_empty());
        let mut operator = followed.site.signed_in("operator").await;
        assert_eq!(operator.get("/partner").await.status, 403);
    });
}
