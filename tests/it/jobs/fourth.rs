//! The fourth wave is policy: off until an administrator writes a dated row, and
//! asked from that day on.

use dom::domain::answer::Wave;

use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, links, start, told};
use crate::support::program::block_on;
use crate::support::site::Site;

const FAMILY: &str = "famiglia@prova.example";

fn cast() -> Cast {
    let mut cast = Cast::on(start())
        .worker("W-1", &[("email", "prima@prova.example")])
        .request("R-1", &[]);
    cast.families[0].email = dom::domain::contact::EmailAddress::parse(FAMILY).ok();
    cast
}

/// A job that began on the twentieth day: its fourth wave falls on day 385.
async fn hired(site: Site) -> Followed {
    let followed = Followed::over(site);
    followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
    let (started, answered) = (day(20).to_string(), day(30).to_string());
    let cells = [
        ("introduction", "I-1"),
        ("side", "family"),
        ("wave", "w1"),
        ("answered_on", &answered),
        ("result", "hired"),
        ("started_on", &started),
    ];
    told(&followed, &cells).await;
    followed
}

async fn fourth(followed: &Followed) -> usize {
    let all = followed.invitations().await;
    all.iter().filter(|one| one.2 == Wave::W4.code()).count()
}

#[test]
fn the_fourth_wave_is_off_until_an_administrator_switches_it_on() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = hired(site).await;
            followed.live(day(385)).await;
            assert_eq!(fourth(&followed).await, 0, "off");
            let mut operator = followed.site.signed_in("operator").await;
            assert_eq!(operator.get("/admin/waves").await.status, 403);
            let mut browser = followed.site.signed_in("administrator").await;
            let asks = browser.get("/admin/waves").await;
            assert!(asks.main().contains("dall’inizio"), "{}", asks.main());
            let form = asks.form("/admin/waves");
            let refused = browser.submit(&form, "Registra").await;
            assert_eq!(refused.status, 422, "a choice is missing");
            let form = form.fill("fourth_wave", "on");
            let past = form.clone().fill("from", "01/01/2026");
            let refused = browser.submit(&past, "Registra").await;
            assert_eq!(refused.status, 422, "{}", refused.main());
            assert_eq!(refused.form("/admin/waves").value("from"), "01/01/2026");
            let done = browser.submit(&form, "Registra").await;
            let saved = browser.follow(&done).await;
            assert!(saved.notice().contains("registrata"), "{}", saved.main());
            let dated = dom::catalogue::Words::new(dom::catalogue::Language::It).date(day(385));
            assert!(saved.main().contains(&dated), "{}", saved.main());
            let mails = followed.live(day(385)).await;
            assert_eq!(fourth(&followed).await, 2, "both sides");
            let family = mails.iter().find(|mail| mail.to == FAMILY).unwrap();
            let text = &family.message.plain;
            assert!(text.contains("Zoe I."), "{text}");
            assert!(links(family).iter().any(|link| link.ends_with("a=yes")));
        }
    });
}

#[test]
fn what_was_off_on_its_day_is_not_asked_afterwards_and_off_ends_it() {
    block_on(async {
        let followed = hired(Site::of(&cast()).await).await;
        followed.at(day(390), 8);
        let mut browser = followed.site.signed_in("administrator").await;
        let set = async |browser: &mut crate::support::browser::Browser, word: &str| {
            let asks = browser.get("/admin/waves").await;
            let form = asks.form("/admin/waves").fill("fourth_wave", word);
            let done = browser.submit(&form, "Registra").await;
            assert_eq!(done.status, 303, "{}", done.text());
        };
        set(&mut browser, "on").await;
        followed.live(day(390)).await;
        assert_eq!(fourth(&followed).await, 0, "its day was five days before");
        followed.introduce("I-2", "R-1", "W-1", day(40), None).await;
        let answered = day(60).to_string();
        let cells = [
            ("introduction", "I-2"),
            ("side", "worker"),
            ("wave", "w1"),
            ("answered_on", &answered),
            ("result", "hired"),
        ];
        told(&followed, &cells).await;
        followed.at(day(404), 8);
        let mut browser = followed.site.signed_in("administrator").await;
        set(&mut browser, "off").await;
        followed.live(day(405)).await;
        assert_eq!(fourth(&followed).await, 0, "off again before its day");
    });
}
