//! Who answered of those who were asked: a follow-up walked day by day, and the
//! rates reckoned by hand. Loaded history has none.

use dom::domain::outcome::{Figures, Period, ResponseRates};
use dom::services::outcomes;

use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, opened, page, start};
use crate::support::program::block_on;
use crate::support::site::Site;

const FAMILY: &str = "famiglia@prova.example";

fn cast() -> Cast {
    let mut cast = Cast::on(start()).request("R-1", &[]);
    for (code, email) in [
        ("W-1", "prima@prova.example"),
        ("W-2", "seconda@prova.example"),
    ] {
        cast = cast.worker(code, &[("email", email)]);
    }
    cast.families[0].email = dom::domain::contact::EmailAddress::parse(FAMILY).ok();
    cast
}

async fn figures(followed: &Followed, after: u64) -> Figures {
    let period = Period {
        from: start(),
        to: start(),
        today: day(after),
    };
    outcomes::report(&followed.context, period).await.unwrap()
}

fn rates(rr1: u32, rr2: u32) -> ResponseRates {
    ResponseRates { rr1, rr2 }
}

#[test]
fn a_wave_counts_once_it_is_over_and_what_comes_later_never() {
    block_on(async {
        for site in Site::on_both(&cast()).await {
            let followed = Followed::over(site);
            followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
            followed.introduce("I-2", "R-1", "W-2", day(0), None).await;
            let seen = followed.walk(0, 15).await;
            let mails = &seen[0].1;
            let of = |to: &str| page(mails.iter().find(|mail| mail.to == to).unwrap());
            let mut browser = followed.site.browser();
            // The family says a result of one worker, and of the other only that they talked.
            let family = of(FAMILY);
            for (name, question, said) in [(1, "contact", "talked"), (2, "result", "no")] {
                let (at, asked) = opened(&mut browser, &format!("{family}?n={name}")).await;
                let form = asked.form(&at).choose(question, said);
                let done = browser.submit(&form, "Invia").await;
                assert_eq!(done.status, 303, "{}", done.text());
            }
            let first = of("prima@prova.example");
            followed.walk(16, 35).await;
            let open = figures(&followed, 35).await;
            assert_eq!((open.response.family, open.response.worker), (None, None));
            followed.walk(36, 40).await;
            // Two invitations a side: the family's are one complete and one partial.
            let closed = figures(&followed, 36).await;
            assert_eq!(closed.response.family, Some(rates(500, 1000)));
            assert_eq!(closed.response.worker, Some(rates(0, 0)));
            // After the close an answer counts for the state alone.
            let (at, asked) = opened(&mut browser, &first).await;
            let form = asked.form(&at).choose("result", "no");
            browser.submit(&form, "Invia").await;
            let late = figures(&followed, 41).await;
            assert_eq!(late.answered.worker, 1);
            assert_eq!(late.response.worker, Some(rates(0, 0)));
            assert_eq!(late.beside.channels, [("mail", 3)]);
        }
    });
}

#[test]
fn loaded_history_has_no_rates() {
    block_on(async {
        let followed = Followed::of(&cast()).await;
        let loaded = Some(day(120));
        followed
            .introduce("I-1", "R-1", "W-1", day(0), loaded)
            .await;
        followed.walk(121, 125).await;
        let figures = figures(&followed, 125).await;
        assert_eq!(figures.introductions, 1);
        assert_eq!(figures.response.family, None);
    });
}
