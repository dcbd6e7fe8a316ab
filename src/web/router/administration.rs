//! The door of administrators: policy, partners, mail, copies, and who opened what.

use super::Table;
use crate::domain::account::Access::Administrator;
use crate::web::pages::admin::numbers::Numbers;
use crate::web::pages::{admin, vocabularies};

/// All of it.
pub(super) fn door(table: Table) -> Table {
    let table = partners(reads(waves_and_mail(vocabularies(table))));
    policy(table)
}

/// What administrators decide by dated rows.
fn policy(table: Table) -> Table {
    table
        .get("/admin/policy", Administrator, &[], admin::policies::get)
        .get("/admin/weights", Administrator, &[], admin::weights::get)
        .post("/admin/weights", Administrator, admin::weights::post)
        .get("/admin/minimums", Administrator, &[], admin::minimums::get)
        .post("/admin/minimums", Administrator, admin::minimums::post)
        .get(
            "/admin/notices",
            Administrator,
            &["/admin/notices", "/admin/notices?kind=contact"],
            admin::notices::get,
        )
        .post("/admin/notices", Administrator, admin::notices::post)
        .get(
            "/admin/retention",
            Administrator,
            &["/admin/retention", "/admin/retention?on=2030-01-01"],
            admin::retention::get,
        )
        .get(
            "/admin/retention/rules",
            Administrator,
            &[],
            |visit, from| admin::numbers::get(Numbers::Kept, visit, from),
        )
        .post("/admin/retention/rules", Administrator, |visit, sent| {
            admin::numbers::post(Numbers::Kept, visit, sent)
        })
        .get("/admin/thresholds", Administrator, &[], |visit, from| {
            admin::numbers::get(Numbers::Thresholds, visit, from)
        })
        .post("/admin/thresholds", Administrator, |visit, sent| {
            admin::numbers::post(Numbers::Thresholds, visit, sent)
        })
}

/// Who looks after partners.
fn partners(table: Table) -> Table {
    table
        .get("/admin/accounts", Administrator, &[], admin::accounts::get)
        .post("/admin/accounts", Administrator, admin::accounts::add)
        .post(
            "/admin/accounts/{id}/link",
            Administrator,
            admin::accounts::again,
        )
        .post(
            "/admin/accounts/{id}/shut",
            Administrator,
            admin::accounts::shut,
        )
        .get("/admin/desks", Administrator, &[], admin::desks::list)
        .post("/admin/desks", Administrator, admin::desks::add)
        .get(
            "/admin/desks/{code}",
            Administrator,
            &["/admin/desks/grosseto"],
            admin::desks::get,
        )
        .post("/admin/desks/{code}", Administrator, admin::desks::post)
        .get("/admin/partners", Administrator, &[], admin::partners::list)
        .post("/admin/partners", Administrator, admin::partners::add)
        .get(
            "/admin/partners/{code}",
            Administrator,
            &["/admin/partners/pi_grosseto"],
            admin::partners::get,
        )
        .post(
            "/admin/partners/{code}/contract",
            Administrator,
            admin::partners::contract,
        )
        .post(
            "/admin/partners/{code}/invite",
            Administrator,
            admin::partners::invite,
        )
        .post(
            "/admin/partners/{code}/people/{id}/link",
            Administrator,
            admin::partners::again,
        )
        .post(
            "/admin/partners/{code}/people/{id}/shut",
            Administrator,
            admin::partners::shut,
        )
}

/// Who opened what.
fn reads(table: Table) -> Table {
    table
        .get("/admin/reads", Administrator, &[], admin::reads::get)
        .get("/admin/reads/kept", Administrator, &[], admin::kept::get)
        .post("/admin/reads/kept", Administrator, admin::kept::post)
        .get(
            "/admin/reads/unusual",
            Administrator,
            &[],
            admin::unusual::get,
        )
}

/// What an administrator sets and sees of the follow-up, and of copies.
fn waves_and_mail(table: Table) -> Table {
    table
        .get("/admin/waves", Administrator, &[], admin::waves::get)
        .post("/admin/waves", Administrator, admin::waves::post)
        .get(
            "/admin/mail",
            Administrator,
            &["/admin/mail", "/admin/mail?state=kept"],
            admin::mail::list,
        )
        .get(
            "/admin/mail/{mail}",
            Administrator,
            &["/admin/mail/1"],
            admin::mail::get,
        )
        .post("/admin/mail/test", Administrator, admin::mail::test)
        .post(
            "/admin/mail/{mail}/retry",
            Administrator,
            admin::mail::retry,
        )
        .post(
            "/admin/mail/{mail}/cancel",
            Administrator,
            admin::mail::cancel,
        )
        .get("/admin/backups", Administrator, &[], admin::backups::get)
        .post("/admin/backups/make", Administrator, admin::backups::make)
        .get(
            "/admin/backups/rules",
            Administrator,
            &[],
            admin::backup_rules::get,
        )
        .post(
            "/admin/backups/rules",
            Administrator,
            admin::backup_rules::post,
        )
}

/// The lists of the access log.
fn vocabularies(table: Table) -> Table {
    table
        .get("/vocabularies", Administrator, &[], vocabularies::list::get)
        .get(
            "/vocabularies/{field}",
            Administrator,
            &["/vocabularies/reason", "/vocabularies/channel?done=saved"],
            vocabularies::terms::get,
        )
        .post(
            "/vocabularies/{field}",
            Administrator,
            vocabularies::terms::add,
        )
        .post(
            "/vocabularies/{field}/labels",
            Administrator,
            vocabularies::terms::label,
        )
        .get(
            "/vocabularies/{field}/{code}",
            Administrator,
            &["/vocabularies/reason/housing"],
            vocabularies::term::get,
        )
        .post(
            "/vocabularies/{field}/{code}",
            Administrator,
            vocabularies::term::post,
        )
}
