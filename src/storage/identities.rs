//! Which identity of the provider an account is linked to, by its digest, and the rows that
//! say which roles may sign in by a password. Those are only added.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter,
    QuerySelect, QueryTrait,
};

use super::entity::{account, account_identity, local_rule, partner};
use super::error::StorageError;
use super::policy::{self, Written};
use super::rows::Cells;
use crate::domain::account::Role;
use crate::domain::identity::LocalRule;

/// What an account is linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub account_id: i64,
    /// The digest of whom the provider means.
    pub digest: String,
    pub issuer: String,
    pub linked_at: DateTime<Utc>,
}

fn stored(row: account_identity::Model) -> Identity {
    Identity {
        account_id: row.account_id,
        digest: row.identity,
        issuer: row.issuer,
        linked_at: row.linked_at,
    }
}

/// The one of an account.
pub async fn of(
    db: &impl ConnectionTrait,
    account_id: i64,
) -> Result<Option<Identity>, StorageError> {
    let row = account_identity::Entity::find_by_id(account_id)
        .one(db)
        .await?;
    Ok(row.map(stored))
}

/// The one of a digest.
pub async fn find(
    db: &impl ConnectionTrait,
    digest: &str,
) -> Result<Option<Identity>, StorageError> {
    let row = account_identity::Entity::find()
        .filter(account_identity::Column::Identity.eq(digest))
        .one(db)
        .await?;
    Ok(row.map(stored))
}

/// Links an account, in place of what it was linked to; a conflict where another account has
/// this identity.
pub async fn put(db: &impl ConnectionTrait, identity: &Identity) -> Result<(), StorageError> {
    remove(db, identity.account_id).await?;
    let row = account_identity::ActiveModel {
        account_id: Set(identity.account_id),
        identity: Set(identity.digest.clone()),
        issuer: Set(identity.issuer.clone()),
        linked_at: Set(identity.linked_at),
    };
    account_identity::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Takes the link of an account away; whether there was one.
pub async fn remove(db: &impl ConnectionTrait, account_id: i64) -> Result<bool, StorageError> {
    let done = account_identity::Entity::delete_by_id(account_id)
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// The accounts that are linked to an identity, of whichever issuer.
pub async fn linked(db: &impl ConnectionTrait) -> Result<HashSet<i64>, StorageError> {
    let ids: Vec<i64> = account_identity::Entity::find()
        .select_only()
        .column(account_identity::Column::AccountId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// Those of some accounts that are linked to an identity of this issuer.
pub async fn linked_among(
    db: &impl ConnectionTrait,
    ids: &[i64],
    issuer: &str,
) -> Result<HashSet<i64>, StorageError> {
    let ids: Vec<i64> = account_identity::Entity::find()
        .select_only()
        .column(account_identity::Column::AccountId)
        .filter(account_identity::Column::Issuer.eq(issuer))
        .filter(account_identity::Column::AccountId.is_in(ids.iter().copied()))
        .into_tuple()
        .all(db)
        .await?;
    Ok(ids.into_iter().collect())
}

/// How many accounts of each role are not shut, nor their partner's contract over; `linked`: of
/// those alone that are linked to an identity of this issuer. A role without any has no line.
pub async fn counts(
    db: &impl ConnectionTrait,
    linked: Option<&str>,
    today: NaiveDate,
) -> Result<Vec<(Role, i64)>, StorageError> {
    let over = partner::Entity::find()
        .select_only()
        .column(partner::Column::Id)
        .filter(partner::Column::ContractUntil.lt(today))
        .into_query();
    let is_open = Condition::any()
        .add(account::Column::PartnerId.is_null())
        .add(account::Column::PartnerId.not_in_subquery(over));
    let mut query = account::Entity::find()
        .select_only()
        .column(account::Column::Role)
        .column_as(account::Column::Id.count(), "accounts")
        .filter(account::Column::DisabledAt.is_null())
        .filter(is_open)
        .group_by(account::Column::Role);
    if let Some(issuer) = linked {
        let ids = account_identity::Entity::find()
            .select_only()
            .column(account_identity::Column::AccountId)
            .filter(account_identity::Column::Issuer.eq(issuer))
            .into_query();
        query = query.filter(account::Column::Id.in_subquery(ids));
    }
    let counts: Vec<(String, i64)> = query.into_tuple().all(db).await?;
    let table = Cells("accounts");
    counts
        .into_iter()
        .map(|(role, count)| Ok((table.read("role", Role::parse(&role))?, count)))
        .collect()
}

/// The rows, the one written last first.
pub async fn rules(db: &impl ConnectionTrait) -> Result<Vec<Written<LocalRule>>, StorageError> {
    let table = Cells("local_rules");
    let rule = |row: local_rule::Model| {
        let rule = LocalRule {
            valid_from: row.valid_from,
            role: table.read("role", Role::parse(&row.role))?,
            local: row.local,
        };
        Ok((rule, row.at))
    };
    policy::newest::<local_rule::Entity, _>(db, local_rule::Column::Id, rule).await
}

/// Adds a row; without an account whoever keeps the machine wrote it.
pub async fn insert_rule(
    db: &impl ConnectionTrait,
    rule: LocalRule,
    account_id: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = local_rule::ActiveModel {
        valid_from: Set(rule.valid_from),
        role: Set(rule.role.code().to_owned()),
        local: Set(rule.local),
        account_id: Set(account_id),
        at: Set(Some(now)),
        ..Default::default()
    };
    local_rule::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
