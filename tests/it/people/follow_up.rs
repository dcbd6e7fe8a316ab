//! One person is asked by one mail a day, also where two records of theirs were
//! made one between the asking and the mail.

use dom::jobs::run_due;
use dom::services::merging::{self, Decision};
use dom::services::registering::Form;
use dom::storage;

use super::{actor, code};
use crate::support::cast::Cast;
use crate::support::followed::{Followed, day, start};
use crate::support::program::block_on;
use crate::support::site::Site;

const ONE: &str = "una@prova.example";
const OTHER: &str = "altra@prova.example";

#[test]
fn two_mails_of_one_morning_to_one_person_become_one() {
    block_on(async {
        let cast = Cast::on(start())
            .worker("W-1", &[("email", ONE)])
            .worker("W-2", &[("email", OTHER), ("phone", "+390564200002")])
            .request("R-1", &[])
            .request("R-2", &[]);
        for site in Site::on_both(&cast).await {
            let followed = Followed::over(site);
            followed.introduce("I-1", "R-1", "W-1", day(0), None).await;
            followed.introduce("I-2", "R-2", "W-2", day(0), None).await;
            followed.walk(0, 14).await;
            // At dawn both are asked; the mails go later in the morning.
            followed.at(day(15), 4);
            run_due(&followed.context).await.unwrap();
            let operator = actor(&followed.context, "operator").await;
            let decision = Decision {
                keep: 0,
                versions: [1, 1],
                taken: Vec::new(),
            };
            let codes = ["W-1", "W-2"];
            merging::merge(&followed.context, &operator, Form::Worker, codes, &decision)
                .await
                .unwrap();
            let mails = followed.live(day(15)).await;
            let to: Vec<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
            assert_eq!(to, [ONE], "one mail, to the address that stayed");
            let invitations = followed.invitations().await;
            let open = invitations
                .iter()
                .filter(|(_, side, _, ended)| side == "worker" && ended.is_none());
            assert_eq!(open.count(), 2, "both introductions are asked about");

            // Back again, nothing was lost: each is asked about theirs.
            merging::undo(&followed.context, &operator, Form::Worker, "W-1", 1)
                .await
                .unwrap();
            let db = followed.context.db.read();
            let back = storage::workers::find(db, &code("W-2")).await.unwrap();
            assert_eq!(back.unwrap().value.email.unwrap().as_str(), OTHER);
            let invitations = followed.invitations().await;
            assert_eq!(
                invitations.iter().filter(|one| one.1 == "worker").count(),
                2
            );
        }
    });
}
