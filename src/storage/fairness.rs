//! Who fitted the requests of a year, and how far they came: read by figures alone, never
//! by matching.

use std::collections::HashSet;

use chrono::NaiveDate;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait,
};

use super::entity::{answer, first_fit, introduction, proposal, request, worker, worker_statistic};
use super::error::StorageError;
use super::rows::days_of_year;
use crate::domain::answer::Said;
use crate::domain::outcome::fairness::{Candidate, Step};

/// Worker, sex, date of birth, citizenship.
type Row = (i64, String, Option<NaiveDate>, Option<String>);

/// Everybody who fitted a request that was opened in the year, once, in no order.
pub async fn candidates(
    db: &impl ConnectionTrait,
    year: i32,
) -> Result<Vec<Candidate>, StorageError> {
    let (first, last) = days_of_year(year);
    let rows: Vec<Row> = first_fit::Entity::find()
        .select_only()
        .column(first_fit::Column::WorkerId)
        .column(worker::Column::Sex)
        .column(worker_statistic::Column::BirthDate)
        .column(worker_statistic::Column::Citizenship)
        .distinct()
        .join(JoinType::InnerJoin, first_fit::Relation::Request.def())
        .join(JoinType::InnerJoin, first_fit::Relation::Worker.def())
        .join(
            JoinType::LeftJoin,
            worker_statistic::Relation::Worker.def().rev(),
        )
        .filter(request::Column::OpenedOn.between(first, last))
        .into_tuple()
        .all(db)
        .await?;
    let asked: Vec<i64> = proposal::Entity::find()
        .select_only()
        .column(proposal::Column::WorkerId)
        .distinct()
        .join(JoinType::InnerJoin, proposal::Relation::Request.def())
        .filter(request::Column::OpenedOn.between(first, last))
        .into_tuple()
        .all(db)
        .await?;
    let named: Vec<i64> = introduction::Entity::find()
        .select_only()
        .column(introduction::Column::WorkerId)
        .distinct()
        .join(JoinType::InnerJoin, introduction::Relation::Request.def())
        .filter(request::Column::OpenedOn.between(first, last))
        .into_tuple()
        .all(db)
        .await?;
    let told = answer::Entity::find()
        .select_only()
        .column(introduction::Column::WorkerId)
        .distinct()
        .join(JoinType::InnerJoin, answer::Relation::Introduction.def())
        .join(JoinType::InnerJoin, introduction::Relation::Request.def())
        .filter(request::Column::OpenedOn.between(first, last));
    let met = told.clone().filter(answer::Column::Met.eq(true));
    let met: Vec<i64> = met.into_tuple().all(db).await?;
    let hired = told.filter(answer::Column::Result.eq(Said::Hired.code()));
    let hired: Vec<i64> = hired.into_tuple().all(db).await?;
    let steps = [
        (Step::Hired, set(hired)),
        (Step::Met, set(met)),
        (Step::Named, set(named)),
        (Step::Asked, set(asked)),
    ];
    let candidate = |(id, sex, birth_date, citizenship): Row| {
        let reached = steps.iter().find(|(_, people)| people.contains(&id));
        Candidate {
            sex,
            birth_date,
            citizenship,
            step: reached.map_or(Step::Fitted, |(step, _)| *step),
        }
    };
    Ok(rows.into_iter().map(candidate).collect())
}

fn set(ids: Vec<i64>) -> HashSet<i64> {
    ids.into_iter().collect()
}
