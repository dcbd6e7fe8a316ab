//! The door of partners: what they file and follow, and the sheets of their families.

use super::Table;
use crate::domain::account::Access::Partner;
use crate::web::pages::partner;
use crate::web::pages::registering::referral;

/// All of it.
pub(super) fn door(table: Table) -> Table {
    referrals(sheets(outcomes(table)))
}

/// What a partner files and follows.
fn referrals(table: Table) -> Table {
    table
        .get("/partner/referrals", Partner, &[], partner::referrals::list)
        .get("/partner/referrals/new", Partner, &[], referral::get)
        .post("/partner/referrals/new", Partner, referral::post)
        .get(
            "/partner/referrals/{code}",
            Partner,
            &["/partner/referrals/R-000007"],
            partner::referrals::get,
        )
        .get(
            "/partner/referrals/{code}/another",
            Partner,
            &["/partner/referrals/R-000007/another"],
            referral::another,
        )
        .post(
            "/partner/referrals/{code}/another",
            Partner,
            referral::post_another,
        )
        .get(
            "/partner/year",
            Partner,
            &["/partner/year", "/partner/year?year=2025"],
            partner::referrals::year,
        )
}

/// The sheets of a partner's families.
fn sheets(table: Table) -> Table {
    table
        .get("/partner/sheets", Partner, &[], partner::sheets::list)
        .get(
            "/partner/sheets/{number}",
            Partner,
            &["/partner/sheets/GR-2026-0002"],
            partner::sheets::get,
        )
        .post(
            "/partner/sheets/{number}/open",
            Partner,
            partner::sheets::open,
        )
}

/// What a partner knows of an outcome.
fn outcomes(table: Table) -> Table {
    table
        .get("/partner", Partner, &[], partner::list::get)
        .get(
            "/partner/{code}",
            Partner,
            &["/partner/I-000001"],
            partner::introduction::get,
        )
        .post("/partner/{code}", Partner, partner::introduction::post)
}
