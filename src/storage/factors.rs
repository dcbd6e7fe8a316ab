//! The second factor of accounts: secrets, recovery codes by their hash, and the rows that
//! say which roles must have one. Rows are only added.

use chrono::{DateTime, Utc};
use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait,
    QueryFilter, QuerySelect, QueryTrait,
};

use super::entity::{account, account_factor, factor_rule, recovery_code, session};
use super::error::StorageError;
use super::policy::{self, Written};
use super::rows::Cells;
use crate::domain::account::Role;
use crate::domain::factor::{FactorRule, Secret, Stage};

const TABLE: Cells = Cells("account_factors");

/// The factor of an account.
#[derive(Debug, Clone)]
pub struct Factor {
    pub secret: Secret,
    /// Its owner has shown that an application has the secret.
    pub is_confirmed: bool,
    /// The step of the code that was taken last.
    pub last_step: Option<i64>,
    /// What takes its place once a first code of it was given.
    pub next: Option<Secret>,
}

/// The factor of an account, confirmed or not.
pub async fn find(
    db: &impl ConnectionTrait,
    account_id: i64,
) -> Result<Option<Factor>, StorageError> {
    let row = account_factor::Entity::find_by_id(account_id)
        .one(db)
        .await?;
    row.map(|row| {
        Ok(Factor {
            secret: TABLE.some("secret", Secret::from_text(&row.secret))?,
            is_confirmed: row.confirmed_at.is_some(),
            last_step: row.last_step,
            next: row
                .next_secret
                .map(|text| TABLE.some("next_secret", Secret::from_text(&text)))
                .transpose()?,
        })
    })
    .transpose()
}

/// Keeps a new secret that nobody has confirmed yet, in place of whatever there was.
pub async fn put(
    db: &impl ConnectionTrait,
    account_id: i64,
    secret: &Secret,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    remove(db, account_id).await?;
    let row = account_factor::ActiveModel {
        account_id: Set(account_id),
        secret: Set(secret.to_text()),
        made_at: Set(now),
        confirmed_at: Set(None),
        last_step: Set(None),
        next_secret: Set(None),
    };
    account_factor::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Keeps what is to take the place of a factor, or forgets it.
pub async fn put_next(
    db: &impl ConnectionTrait,
    account_id: i64,
    next: Option<&Secret>,
) -> Result<(), StorageError> {
    let row = account_factor::ActiveModel {
        next_secret: Set(next.map(Secret::to_text)),
        ..Default::default()
    };
    account_factor::Entity::update_many()
        .set(row)
        .filter(account_factor::Column::AccountId.eq(account_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Puts it in its place, by the code of a step; whether it still waited.
pub async fn take_next(
    db: &impl ConnectionTrait,
    account_id: i64,
    next: &Secret,
    step: i64,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let row = account_factor::ActiveModel {
        secret: Set(next.to_text()),
        made_at: Set(now),
        confirmed_at: Set(Some(now)),
        last_step: Set(Some(step)),
        next_secret: Set(None),
        ..Default::default()
    };
    let done = account_factor::Entity::update_many()
        .set(row)
        .filter(account_factor::Column::AccountId.eq(account_id))
        .filter(account_factor::Column::NextSecret.eq(next.to_text()))
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Notes that the code of a step was taken; whether it still could be: of two at the same
/// time one can't. `confirm`: it is the one that shows that an application has the secret.
pub async fn take_step(
    db: &impl ConnectionTrait,
    account_id: i64,
    step: i64,
    confirm: Option<DateTime<Utc>>,
) -> Result<bool, StorageError> {
    let mut row = account_factor::ActiveModel {
        last_step: Set(Some(step)),
        ..Default::default()
    };
    if confirm.is_some() {
        row.confirmed_at = Set(confirm);
    }
    let unused = Condition::any()
        .add(account_factor::Column::LastStep.is_null())
        .add(account_factor::Column::LastStep.lt(step));
    let done = account_factor::Entity::update_many()
        .set(row)
        .filter(account_factor::Column::AccountId.eq(account_id))
        .filter(unused)
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Takes an account's factor away, with its recovery codes; whether there was one.
pub async fn remove(db: &impl ConnectionTrait, account_id: i64) -> Result<bool, StorageError> {
    drop_codes(db, account_id).await?;
    let done = account_factor::Entity::delete_by_id(account_id)
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

async fn drop_codes(db: &impl ConnectionTrait, account_id: i64) -> Result<(), StorageError> {
    recovery_code::Entity::delete_many()
        .filter(recovery_code::Column::AccountId.eq(account_id))
        .exec(db)
        .await?;
    Ok(())
}

/// Keeps recovery codes by their hash, in place of those that there were.
pub async fn put_codes(
    db: &impl ConnectionTrait,
    account_id: i64,
    hashes: &[String],
) -> Result<(), StorageError> {
    drop_codes(db, account_id).await?;
    let rows = hashes.iter().map(|hash| recovery_code::ActiveModel {
        code_hash: Set(hash.clone()),
        account_id: Set(account_id),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Uses a recovery code; whether it was there and unused.
pub async fn use_code(
    db: &impl ConnectionTrait,
    account_id: i64,
    hash: &str,
    now: DateTime<Utc>,
) -> Result<bool, StorageError> {
    let done = recovery_code::Entity::update_many()
        .col_expr(recovery_code::Column::UsedAt, Expr::value(now))
        .filter(recovery_code::Column::CodeHash.eq(hash))
        .filter(recovery_code::Column::AccountId.eq(account_id))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(db)
        .await?;
    Ok(done.rows_affected == 1)
}

/// Recovery codes that an account has left.
pub async fn codes_left(db: &impl ConnectionTrait, account_id: i64) -> Result<u64, StorageError> {
    Ok(recovery_code::Entity::find()
        .filter(recovery_code::Column::AccountId.eq(account_id))
        .filter(recovery_code::Column::UsedAt.is_null())
        .count(db)
        .await?)
}

/// The rows, the one written last first.
pub async fn rules(db: &impl ConnectionTrait) -> Result<Vec<Written<FactorRule>>, StorageError> {
    let table = Cells("factor_rules");
    let rule = |row: factor_rule::Model| {
        let rule = FactorRule {
            valid_from: row.valid_from,
            role: table.read("role", Role::parse(&row.role))?,
            required: row.required,
        };
        Ok((rule, row.at))
    };
    policy::newest::<factor_rule::Entity, _>(db, factor_rule::Column::Id, rule).await
}

/// Adds a row; without an account whoever keeps the machine wrote it.
pub async fn insert_rule(
    db: &impl ConnectionTrait,
    rule: FactorRule,
    account_id: Option<i64>,
    now: DateTime<Utc>,
) -> Result<(), StorageError> {
    let row = factor_rule::ActiveModel {
        valid_from: Set(rule.valid_from),
        role: Set(rule.role.code().to_owned()),
        required: Set(rule.required),
        account_id: Set(account_id),
        at: Set(Some(now)),
        ..Default::default()
    };
    factor_rule::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Lets the sessions of a role's accounts that have no factor open nothing but the page where
/// one is set up, or the other way round. Those whose factor an identity provider took stay.
pub async fn restage(
    db: &impl ConnectionTrait,
    role: Role,
    (from, to): (Stage, Stage),
) -> Result<(), StorageError> {
    let confirmed = account_factor::Entity::find()
        .select_only()
        .column(account_factor::Column::AccountId)
        .filter(account_factor::Column::ConfirmedAt.is_not_null())
        .into_query();
    let of_role = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::Role.eq(role.code()))
        .filter(account::Column::Id.not_in_subquery(confirmed))
        .into_query();
    session::Entity::update_many()
        .col_expr(session::Column::Stage, Expr::value(to.code()))
        .filter(session::Column::Stage.eq(from.code()))
        .filter(session::Column::OutsideFactor.eq(false))
        .filter(session::Column::AccountId.in_subquery(of_role))
        .exec(db)
        .await?;
    Ok(())
}
