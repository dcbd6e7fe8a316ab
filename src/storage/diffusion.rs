//! Where workers' sheets must not go: rows to limits and back.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::entity::{diffusion_limit, family, partner, worker};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::diffusion::{Ground, Limit};
use crate::domain::ids::{FamilyCode, PartnerCode};
use crate::domain::place::Comune;

const TABLE: Cells = Cells("diffusion_limits");

/// The most limits of one worker: a list that is longer is a status.
pub const MOST: u64 = 100;

/// A limit to be kept, by keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    Family(i64),
    Comune(Comune),
    Partner(i64),
}

impl Named {
    /// One text for each.
    pub(super) fn text(&self) -> String {
        match self {
            Self::Family(id) => format!("family:{id}"),
            Self::Comune(comune) => format!("comune:{}", comune.istat()),
            Self::Partner(id) => format!("partner:{id}"),
        }
    }
}

/// A limit to be added.
#[derive(Debug, Clone)]
pub struct NewLimit {
    pub worker_id: i64,
    pub named: Named,
    pub ground: Ground,
    pub since: NaiveDate,
    /// Who wrote it down; none where the worker's own answer made it.
    pub account_id: Option<i64>,
    pub proposal_id: Option<i64>,
}

/// A limit of a worker.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LimitLine {
    pub id: i64,
    pub limit: Limit,
    /// The name of the family or the partner.
    pub name: String,
    pub ground: Ground,
    pub since: NaiveDate,
}

/// To whom a sheet for a request would go.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Recipient {
    pub family_id: i64,
    /// Where the family lives and where the work is.
    pub comuni: Vec<Comune>,
    /// That sees the request's sheets: the one that filed it, else the one that sent the
    /// family.
    pub partner_id: Option<i64>,
}

impl Recipient {
    /// Of a family's request, by the cells of both rows.
    pub(super) fn read(
        family_id: i64,
        (work, home): (&str, &str),
        partner_id: Option<i64>,
    ) -> Result<Self, StorageError> {
        let place = |istat: &str| TABLE.some("comune", Comune::by_istat(istat));
        let mut comuni = vec![place(work)?, place(home)?];
        comuni.dedup();
        Ok(Self {
            family_id,
            comuni,
            partner_id,
        })
    }
}

/// Adds a limit; whether the worker had not named it already.
pub async fn insert(db: &impl ConnectionTrait, new: &NewLimit) -> Result<bool, StorageError> {
    use diffusion_limit::Column;
    let (family_id, comune, partner_id) = match &new.named {
        Named::Family(id) => (Some(*id), None, None),
        Named::Comune(comune) => (None, Some(comune.istat().to_owned()), None),
        Named::Partner(id) => (None, None, Some(*id)),
    };
    let row = diffusion_limit::ActiveModel {
        worker_id: Set(new.worker_id),
        named: Set(new.named.text()),
        family_id: Set(family_id),
        comune: Set(comune),
        partner_id: Set(partner_id),
        ground: Set(new.ground.code().to_owned()),
        since: Set(new.since),
        account_id: Set(new.account_id),
        proposal_id: Set(new.proposal_id),
        ..Default::default()
    };
    let once = OnConflict::columns([Column::WorkerId, Column::Named])
        .do_nothing()
        .to_owned();
    let added = diffusion_limit::Entity::insert(row)
        .on_conflict(once)
        .exec_without_returning(db)
        .await?;
    Ok(added > 0)
}

/// Makes a wish of the no that named the same; whether there was one.
pub async fn make_wish(db: &impl ConnectionTrait, new: &NewLimit) -> Result<bool, StorageError> {
    use diffusion_limit::Column;
    let done = diffusion_limit::Entity::update_many()
        .set(diffusion_limit::ActiveModel {
            ground: Set(Ground::Wish.code().to_owned()),
            since: Set(new.since),
            account_id: Set(new.account_id),
            proposal_id: Set(None),
            ..Default::default()
        })
        .filter(Column::WorkerId.eq(new.worker_id))
        .filter(Column::Named.eq(new.named.text()))
        .filter(Column::Ground.eq(Ground::Declined.code()))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Takes a limit of a worker away; whether there was one.
pub async fn delete(
    db: &impl ConnectionTrait,
    worker_id: i64,
    id: i64,
) -> Result<bool, StorageError> {
    let done = diffusion_limit::Entity::delete_many()
        .filter(diffusion_limit::Column::Id.eq(id))
        .filter(diffusion_limit::Column::WorkerId.eq(worker_id))
        .exec(db)
        .await?;
    Ok(done.rows_affected > 0)
}

/// Takes back what a no to this family made: the worker said yes to it since.
pub async fn lift_declined(
    db: &impl ConnectionTrait,
    worker_id: i64,
    family_id: i64,
) -> Result<(), StorageError> {
    diffusion_limit::Entity::delete_many()
        .filter(diffusion_limit::Column::WorkerId.eq(worker_id))
        .filter(diffusion_limit::Column::FamilyId.eq(family_id))
        .filter(diffusion_limit::Column::Ground.eq(Ground::Declined.code()))
        .exec(db)
        .await?;
    Ok(())
}

/// The limits of a worker, the latest first.
pub async fn of_worker(
    db: &impl ConnectionTrait,
    worker_id: i64,
) -> Result<Vec<LimitLine>, StorageError> {
    let rows = diffusion_limit::Entity::find()
        .filter(diffusion_limit::Column::WorkerId.eq(worker_id))
        .order_by_desc(diffusion_limit::Column::Id)
        .limit(MOST)
        .all(db)
        .await?;
    let families = rows.iter().filter_map(|row| row.family_id);
    let families = family::Entity::find()
        .filter(family::Column::Id.is_in(families))
        .all(db)
        .await?;
    let partners = rows.iter().filter_map(|row| row.partner_id);
    let partners = partner::Entity::find()
        .filter(partner::Column::Id.is_in(partners))
        .all(db)
        .await?;
    let line = |row: diffusion_limit::Model| {
        let (limit, name) = if let Some(id) = row.family_id {
            let found = families.iter().find(|family| family.id == id);
            let found = TABLE.some("family_id", found)?;
            let code = TABLE.read("family_id", FamilyCode::parse(&found.code))?;
            let name = format!("{} {}", found.given_name, found.family_name);
            (Limit::Family(code), name)
        } else if let Some(id) = row.partner_id {
            let found = partners.iter().find(|partner| partner.id == id);
            let found = TABLE.some("partner_id", found)?;
            let code = TABLE.read("partner_id", PartnerCode::parse(&found.code))?;
            (Limit::Partner(code), found.name.clone())
        } else {
            let istat = TABLE.some("comune", row.comune.as_deref())?;
            let comune = TABLE.some("comune", Comune::by_istat(istat))?;
            (Limit::Comune(comune), comune.unique_name())
        };
        Ok(LimitLine {
            id: row.id,
            limit,
            name,
            ground: TABLE.read("ground", Ground::parse(&row.ground))?,
            since: row.since,
        })
    };
    rows.into_iter().map(line).collect()
}

/// Somebody whose sheet must not go to a recipient, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub worker_id: i64,
    pub worker: String,
    pub ground: Ground,
}

/// Whose sheets must not go to this recipient; once a worker, by code. A wish
/// comes before a no.
pub async fn left_out(
    db: &impl ConnectionTrait,
    to: &Recipient,
) -> Result<Vec<LeftOut>, StorageError> {
    use diffusion_limit::Column;
    let rows: Vec<(i64, String, String)> = diffusion_limit::Entity::find()
        .select_only()
        .column(Column::WorkerId)
        .column(worker::Column::Code)
        .column(Column::Ground)
        .join(
            sea_orm::JoinType::InnerJoin,
            sea_orm::RelationTrait::def(&diffusion_limit::Relation::Worker),
        )
        .filter(names(to))
        .order_by_asc(worker::Column::Code)
        .order_by_desc(Column::Ground)
        .into_tuple()
        .all(db)
        .await?;
    let mut left_out: Vec<LeftOut> = Vec::with_capacity(rows.len());
    for (worker_id, worker, ground) in rows {
        if left_out
            .last()
            .is_none_or(|last| last.worker_id != worker_id)
        {
            left_out.push(LeftOut {
                worker_id,
                worker,
                ground: TABLE.read("ground", Ground::parse(&ground))?,
            });
        }
    }
    Ok(left_out)
}

/// Whether one of these workers wished that their sheet does not go to this recipient.
pub async fn is_unwished(
    db: &impl ConnectionTrait,
    to: &Recipient,
    workers: &[i64],
) -> Result<bool, StorageError> {
    use diffusion_limit::Column;
    let wish = diffusion_limit::Entity::find()
        .filter(names(to))
        .filter(Column::WorkerId.is_in(workers.iter().copied()))
        .filter(Column::Ground.eq(Ground::Wish.code()))
        .one(db)
        .await?;
    Ok(wish.is_some())
}

/// Every worker who wished that their sheet does not go somewhere.
pub async fn wishing(db: &impl ConnectionTrait) -> Result<Vec<i64>, StorageError> {
    use diffusion_limit::Column;
    Ok(diffusion_limit::Entity::find()
        .select_only()
        .column(Column::WorkerId)
        .distinct()
        .filter(Column::Ground.eq(Ground::Wish.code()))
        .order_by_asc(Column::WorkerId)
        .into_tuple()
        .all(db)
        .await?)
}

/// The limits that keep sheets from a recipient.
fn names(to: &Recipient) -> Condition {
    use diffusion_limit::Column;
    let mut named = Condition::any()
        .add(Column::FamilyId.eq(to.family_id))
        .add(Column::Comune.is_in(to.comuni.iter().map(|comune| comune.istat())));
    if let Some(partner) = to.partner_id {
        named = named.add(Column::PartnerId.eq(partner));
    }
    named
}

/// A limit as matching of many requests reads it: whose, and what it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    pub worker: String,
    pub named: Named,
}

/// Every limit there is: as many as workers named, a few at the most.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<Kept>, StorageError> {
    use diffusion_limit::Column;
    type Row = (String, Option<i64>, Option<String>, Option<i64>);
    let rows: Vec<Row> = diffusion_limit::Entity::find()
        .select_only()
        .column(worker::Column::Code)
        .columns([Column::FamilyId, Column::Comune, Column::PartnerId])
        .join(
            sea_orm::JoinType::InnerJoin,
            sea_orm::RelationTrait::def(&diffusion_limit::Relation::Worker),
        )
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(worker, family, comune, partner)| {
            let named = if let Some(id) = family {
                Named::Family(id)
            } else if let Some(id) = partner {
                Named::Partner(id)
            } else {
                let istat = TABLE.some("comune", comune.as_deref())?;
                Named::Comune(TABLE.some("comune", Comune::by_istat(istat))?)
            };
            Ok(Kept { worker, named })
        })
        .collect()
}

/// To whom sheets for these requests would go, by the request's code: its comune
/// and its family's, and the partner that sees its sheets.
pub async fn recipients(
    db: &impl ConnectionTrait,
    requests: &[&str],
) -> Result<Vec<(String, Recipient)>, StorageError> {
    use super::entity::{referral, request};
    type Row = (String, String, i64, String, Option<i64>);
    let filed_by = Expr::col((referral::Entity, referral::Column::PartnerId));
    let sent_by = Expr::col((family::Entity, family::Column::ReferredById));
    let partner = filed_by.if_null(sent_by);
    let rows: Vec<Row> = request::Entity::find()
        .select_only()
        .columns([request::Column::Code, request::Column::Comune])
        .column(request::Column::FamilyId)
        .column_as(family::Column::Comune, "family_comune")
        .expr_as(partner, "partner_id")
        .join(
            sea_orm::JoinType::InnerJoin,
            sea_orm::RelationTrait::def(&request::Relation::Family),
        )
        .join(
            sea_orm::JoinType::LeftJoin,
            sea_orm::RelationTrait::def(&referral::Relation::Request).rev(),
        )
        .filter(request::Column::Code.is_in(requests.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    rows.into_iter()
        .map(|(request, work, family_id, home, partner_id)| {
            let recipient = Recipient::read(family_id, (&work, &home), partner_id)?;
            Ok((request, recipient))
        })
        .collect()
}
