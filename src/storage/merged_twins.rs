//! What hangs on two records of one person where one row may stand for both:
//! limits of diffusion, first fits and what is told after a sheet. A row that has
//! to go is kept for the undoing. Everything else that hangs on them: `merges`.

use chrono::NaiveDate;
use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use super::diffusion::Named;
use super::entity::{diffusion_limit, first_fit, sheet_notice};
use super::error::StorageError;
use super::merges::People;
use super::rows::CHUNK;
use crate::domain::diffusion::Ground;

/// What was done, so that it can be undone.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Twins {
    /// Limits that went to the other, and what they named before.
    limits: Vec<(i64, String)>,
    /// Limits that were said of both, and went.
    limits_gone: Vec<GoneLimit>,
    /// Requests whose first fit went to the other.
    fits: Vec<i64>,
    /// Requests that both fitted first.
    fits_gone: Vec<i64>,
    notices: Vec<i64>,
}

/// A limit as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct GoneLimit {
    id: i64,
    worker_id: i64,
    named: String,
    family_id: Option<i64>,
    comune: Option<String>,
    partner_id: Option<i64>,
    ground: String,
    since: NaiveDate,
    account_id: Option<i64>,
    proposal_id: Option<i64>,
}

impl From<diffusion_limit::Model> for GoneLimit {
    fn from(row: diffusion_limit::Model) -> Self {
        Self {
            id: row.id,
            worker_id: row.worker_id,
            named: row.named,
            family_id: row.family_id,
            comune: row.comune,
            partner_id: row.partner_id,
            ground: row.ground,
            since: row.since,
            account_id: row.account_id,
            proposal_id: row.proposal_id,
        }
    }
}

/// Moves them from one record to the other.
pub async fn move_all(
    db: &impl ConnectionTrait,
    people: People,
    from: i64,
    to: i64,
) -> Result<Twins, StorageError> {
    let mut twins = Twins::default();
    move_limits(db, people, (from, to), &mut twins).await?;
    if people == People::Workers {
        move_fits(db, (from, to), &mut twins).await?;
    }
    let column = notice_owner(people);
    let rows = sheet_notice::Entity::find()
        .filter(column.eq(from))
        .all(db)
        .await?;
    twins.notices = rows.into_iter().map(|row| row.id).collect();
    give_notices(db, people, &twins.notices, to).await?;
    Ok(twins)
}

/// Moves back what [`move_all`] moved.
pub async fn move_back(
    db: &impl ConnectionTrait,
    people: People,
    twins: &Twins,
    (from, to): (i64, i64),
) -> Result<(), StorageError> {
    for (id, named) in &twins.limits {
        give_limit(db, people, *id, from, named).await?;
    }
    for gone in &twins.limits_gone {
        let row = diffusion_limit::ActiveModel {
            id: Set(gone.id),
            worker_id: Set(gone.worker_id),
            named: Set(gone.named.clone()),
            family_id: Set(gone.family_id),
            comune: Set(gone.comune.clone()),
            partner_id: Set(gone.partner_id),
            ground: Set(gone.ground.clone()),
            since: Set(gone.since),
            account_id: Set(gone.account_id),
            proposal_id: Set(gone.proposal_id),
        };
        diffusion_limit::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
    }
    give_fits(db, &twins.fits, to, from).await?;
    for requests in twins.fits_gone.chunks(CHUNK) {
        let rows = requests.iter().map(|request| first_fit::ActiveModel {
            request_id: Set(*request),
            worker_id: Set(from),
        });
        first_fit::Entity::insert_many(rows)
            .exec_without_returning(db)
            .await?;
    }
    give_notices(db, people, &twins.notices, from).await
}

fn limit_owner(people: People) -> diffusion_limit::Column {
    match people {
        People::Workers => diffusion_limit::Column::WorkerId,
        People::Families => diffusion_limit::Column::FamilyId,
    }
}

fn notice_owner(people: People) -> sheet_notice::Column {
    match people {
        People::Workers => sheet_notice::Column::WorkerId,
        People::Families => sheet_notice::Column::FamilyId,
    }
}

async fn move_limits(
    db: &impl ConnectionTrait,
    people: People,
    (from, to): (i64, i64),
    twins: &mut Twins,
) -> Result<(), StorageError> {
    let column = limit_owner(people);
    let rows = diffusion_limit::Entity::find()
        .filter(column.is_in([from, to]))
        .all(db)
        .await?;
    let owner = |row: &diffusion_limit::Model| match people {
        People::Workers => row.worker_id,
        People::Families => row.family_id.unwrap_or_default(),
    };
    let (theirs, others): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| owner(row) == from);
    for row in theirs {
        let twin = others.iter().find(|other| match people {
            People::Workers => other.named == row.named,
            People::Families => other.worker_id == row.worker_id,
        });
        let is_wish = |row: &diffusion_limit::Model| row.ground == Ground::Wish.code();
        // A wish outlives a no.
        let goes = twin.map(|twin| {
            if is_wish(&row) && !is_wish(twin) {
                twin
            } else {
                &row
            }
        });
        if let Some(goes) = goes {
            twins.limits_gone.push(goes.clone().into());
            diffusion_limit::Entity::delete_by_id(goes.id)
                .exec(db)
                .await?;
        }
        if goes.is_none_or(|goes| goes.id != row.id) {
            let named = match people {
                People::Workers => row.named.clone(),
                People::Families => Named::Family(to).text(),
            };
            give_limit(db, people, row.id, to, &named).await?;
            twins.limits.push((row.id, row.named));
        }
    }
    Ok(())
}

async fn give_limit(
    db: &impl ConnectionTrait,
    people: People,
    id: i64,
    owner: i64,
    named: &str,
) -> Result<(), StorageError> {
    let column = limit_owner(people);
    diffusion_limit::Entity::update_many()
        .col_expr(column, Expr::value(owner))
        .col_expr(diffusion_limit::Column::Named, Expr::value(named))
        .filter(diffusion_limit::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

async fn move_fits(
    db: &impl ConnectionTrait,
    (from, to): (i64, i64),
    twins: &mut Twins,
) -> Result<(), StorageError> {
    use first_fit::Column;
    let rows = first_fit::Entity::find()
        .filter(Column::WorkerId.is_in([from, to]))
        .all(db)
        .await?;
    let of = |worker: i64| -> Vec<i64> {
        let rows = rows.iter().filter(|row| row.worker_id == worker);
        rows.map(|row| row.request_id).collect()
    };
    let others = of(to);
    (twins.fits_gone, twins.fits) = (of(from).into_iter()).partition(|one| others.contains(one));
    for requests in twins.fits_gone.chunks(CHUNK) {
        first_fit::Entity::delete_many()
            .filter(Column::WorkerId.eq(from))
            .filter(Column::RequestId.is_in(requests.iter().copied()))
            .exec(db)
            .await?;
    }
    give_fits(db, &twins.fits, from, to).await
}

async fn give_fits(
    db: &impl ConnectionTrait,
    requests: &[i64],
    from: i64,
    to: i64,
) -> Result<(), StorageError> {
    use first_fit::Column;
    for requests in requests.chunks(CHUNK) {
        first_fit::Entity::update_many()
            .col_expr(Column::WorkerId, Expr::value(to))
            .filter(Column::WorkerId.eq(from))
            .filter(Column::RequestId.is_in(requests.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(())
}

async fn give_notices(
    db: &impl ConnectionTrait,
    people: People,
    ids: &[i64],
    owner: i64,
) -> Result<(), StorageError> {
    let column = notice_owner(people);
    for ids in ids.chunks(CHUNK) {
        sheet_notice::Entity::update_many()
            .col_expr(column, Expr::value(owner))
            .filter(sheet_notice::Column::Id.is_in(ids.iter().copied()))
            .exec(db)
            .await?;
    }
    Ok(())
}
