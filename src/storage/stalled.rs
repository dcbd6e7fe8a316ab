//! Sheets that nobody said a word about: neither side, nor the desk.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Query};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, QueryTrait,
    RelationTrait, Select,
};

use super::entity::{answer, family, introduction, request, sheet};
use super::error::StorageError;
use super::lists::Terms;
use super::waiting::{Whose, whose_requests};
use super::waits::{Cut, Key, Of, says};
use crate::domain::request::RequestStatus;

/// A sheet without a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SilentSheet {
    pub number: String,
    pub request: String,
    pub family_name: String,
    pub issued_on: NaiveDate,
}

/// The sheets issued on `until` or before, in force, of open requests, on none of
/// whose introductions anybody answered; in no order.
pub(super) fn silent(whose: &Whose, until: NaiveDate, words: &[String]) -> Select<sheet::Entity> {
    let answered = Query::select()
        .expr(Expr::val(1))
        .from(introduction::Entity)
        .inner_join(
            answer::Entity,
            Expr::col((answer::Entity, answer::Column::IntroductionId))
                .equals((introduction::Entity, introduction::Column::Id)),
        )
        .and_where(
            Expr::col((introduction::Entity, introduction::Column::SheetId))
                .equals((sheet::Entity, sheet::Column::Id)),
        )
        .take();
    let mut open = request::Entity::find()
        .select_only()
        .column(request::Column::Id)
        .filter(request::Column::Status.eq(RequestStatus::Open.code()));
    if *whose != Whose::Everybody {
        open = open
            .join(JoinType::InnerJoin, request::Relation::Family.def())
            .filter(whose_requests(whose));
    }
    let about = Expr::col((sheet::Entity, sheet::Column::RequestId));
    sheet::Entity::find()
        .join(JoinType::InnerJoin, sheet::Relation::Request.def())
        .join(JoinType::InnerJoin, request::Relation::Family.def())
        .filter(sheet::Column::IssuedOn.lte(until))
        .filter(sheet::Column::RevokedAt.is_null())
        .filter(sheet::Column::RequestId.in_subquery(open.into_query()))
        .filter(Expr::exists(answered).not())
        .filter(says(words, &[(about, Of::Request)]))
}

/// Some of those sheets, the oldest first.
pub async fn silent_sheets(
    db: &impl ConnectionTrait,
    whose: &Whose,
    until: NaiveDate,
    cut: Cut<'_>,
) -> Result<Vec<SilentSheet>, StorageError> {
    use sheet::Column as C;
    let all = silent(whose, until, cut.words);
    let order = Terms::columns([(C::IssuedOn, false), (C::Id, false)]);
    let rows: Vec<(String, String, String, String, NaiveDate)> = cut
        .of(all, &order, &Key::Code(C::Number))
        .select_only()
        .column(sheet::Column::Number)
        .column_as(request::Column::Code, "request_code")
        .column(family::Column::GivenName)
        .column(family::Column::FamilyName)
        .column(sheet::Column::IssuedOn)
        .into_tuple()
        .all(db)
        .await?;
    Ok(cut
        .straight(rows)
        .into_iter()
        .map(|(number, request, given, family, issued_on)| SilentSheet {
            number,
            request,
            family_name: format!("{given} {family}"),
            issued_on,
        })
        .collect())
}
