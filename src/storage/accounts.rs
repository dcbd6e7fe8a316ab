//! Accounts of the staff and their one-time links.

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, SelectThree, TopologyStar,
};

use super::Page;
use super::entity::{account, desk, partner, password_link};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::account::{Actor, Place, Role};
use crate::domain::contact::EmailAddress;
use crate::domain::ids::{DeskCode, PartnerCode};
use crate::domain::partner::Contract;

const TABLE: Cells = Cells("accounts");

/// An account and what its sign-in needs.
#[derive(Debug, Clone)]
pub struct Account {
    pub actor: Actor,
    pub password_hash: Option<String>,
    pub disabled: bool,
    /// Its partner's; of the others one that bounds nothing.
    pub contract: Contract,
}

impl Account {
    /// Whether its owner may come in on a day.
    pub fn may_enter(&self, today: NaiveDate) -> bool {
        !self.disabled && self.contract.holds(today)
    }

    /// Whether it is shut for good: by somebody, or since its partner's contract ended.
    pub fn is_over(&self, today: NaiveDate) -> bool {
        self.disabled || self.contract.is_over(today)
    }
}

/// Adds an account without a password; its key comes back.
pub async fn insert(
    db: &impl ConnectionTrait,
    email: &EmailAddress,
    name: &str,
    role: Role,
    place: &Place,
    now: DateTime<Utc>,
) -> Result<i64, StorageError> {
    let (desk_id, partner_id) = match place {
        Place::Nowhere => (None, None),
        Place::Desk(desk) => (Some(super::places::desk_id(db, desk).await?), None),
        Place::Partner(partner) => (None, Some(super::places::partner_id(db, partner).await?)),
    };
    let row = account::ActiveModel {
        email_key: Set(email.key()),
        email: Set(email.to_string()),
        name: Set(name.to_owned()),
        role: Set(role.code().to_owned()),
        desk_id: Set(desk_id),
        partner_id: Set(partner_id),
        password_hash: Set(None),
        created_at: Set(now),
        disabled_at: Set(None),
        ..Default::default()
    };
    Ok(account::Entity::insert(row).exec(db).await?.last_insert_id)
}

fn query() -> SelectThree<account::Entity, desk::Entity, partner::Entity, TopologyStar> {
    account::Entity::find()
        .find_also_related(desk::Entity)
        .find_also_related(partner::Entity)
}

/// The account that signs in with an address.
pub async fn find(
    db: &impl ConnectionTrait,
    email: &EmailAddress,
) -> Result<Option<Account>, StorageError> {
    query()
        .filter(account::Column::EmailKey.eq(email.key()))
        .one(db)
        .await?
        .map(read)
        .transpose()
}

/// The account of a key.
pub async fn get(db: &impl ConnectionTrait, id: i64) -> Result<Account, StorageError> {
    let row = query().filter(account::Column::Id.eq(id)).one(db).await?;
    read(row.ok_or_else(|| StorageError::Missing {
        table: "accounts",
        key: id.to_string(),
    })?)
}

/// The same, held against changes by others until the transaction ends: a password that is
/// taken away, an account that is shut.
pub async fn hold(db: &impl ConnectionTrait, id: i64) -> Result<Account, StorageError> {
    // Of its row alone: what hangs on it may not be there, and can't be held.
    let query = account::Entity::find()
        .select_only()
        .column(account::Column::Id)
        .filter(account::Column::Id.eq(id));
    let _: Option<i64> = query.lock_exclusive().into_tuple().one(db).await?;
    get(db, id).await
}

/// Every account, by address. There are few.
pub async fn list(db: &impl ConnectionTrait) -> Result<Vec<Account>, StorageError> {
    let mut rows = query().all(db).await?;
    // Here, since every server sorts texts in its own way.
    rows.sort_by(|(a, ..), (b, ..)| a.email_key.cmp(&b.email_key));
    rows.into_iter().map(read).collect()
}

/// A page of the accounts, by address.
pub async fn page(db: &impl ConnectionTrait, number: u64) -> Result<Page<Account>, StorageError> {
    let size = Page::<()>::SIZE;
    let total = account::Entity::find().count(db).await?;
    let number = Page::<()>::within(number, total);
    let rows = query()
        .order_by_asc(account::Column::EmailKey)
        .order_by_asc(account::Column::Id)
        .offset((number - 1) * size)
        .limit(size)
        .all(db)
        .await?;
    Ok(Page {
        rows: rows.into_iter().map(read).collect::<Result<_, _>>()?,
        number,
        total,
    })
}

/// Accounts of one partner that are looked at.
const MOST_OF_A_PARTNER: u64 = 200;

/// The accounts of a partner, by address.
pub async fn of_partner(
    db: &impl ConnectionTrait,
    code: &PartnerCode,
) -> Result<Vec<Account>, StorageError> {
    let rows = query()
        .filter(partner::Column::Code.eq(code.as_str()))
        .order_by_asc(account::Column::Id)
        .limit(MOST_OF_A_PARTNER)
        .all(db)
        .await?;
    rows.into_iter().map(read).collect()
}

/// Which of these accounts have a one-time link that still holds.
pub async fn invited(
    db: &impl ConnectionTrait,
    ids: &[i64],
    now: DateTime<Utc>,
) -> Result<HashSet<i64>, StorageError> {
    let found: Vec<i64> = password_link::Entity::find()
        .select_only()
        .column(password_link::Column::AccountId)
        .filter(password_link::Column::AccountId.is_in(ids.iter().copied()))
        .filter(password_link::Column::ExpiresAt.gt(now))
        .into_tuple()
        .all(db)
        .await?;
    Ok(found.into_iter().collect())
}

async fn set(
    db: &impl ConnectionTrait,
    id: i64,
    row: account::ActiveModel,
) -> Result<(), StorageError> {
    account::Entity::update_many()
        .set(row)
        .filter(account::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Sets a password's hash.
pub async fn set_password(
    db: &impl ConnectionTrait,
    id: i64,
    hash: &str,
) -> Result<(), StorageError> {
    let row = account::ActiveModel {
        password_hash: Set(Some(hash.to_owned())),
        ..Default::default()
    };
    set(db, id, row).await
}

/// Sets the address that an account signs in with; a conflict where another has it.
pub async fn set_email(
    db: &impl ConnectionTrait,
    id: i64,
    email: &EmailAddress,
) -> Result<(), StorageError> {
    let row = account::ActiveModel {
        email_key: Set(email.key()),
        email: Set(email.to_string()),
        ..Default::default()
    };
    set(db, id, row).await
}

/// Takes the password away and shuts the account, or only the first.
pub async fn shut(
    db: &impl ConnectionTrait,
    id: i64,
    disabled_at: Option<DateTime<Utc>>,
) -> Result<(), StorageError> {
    let row = account::ActiveModel {
        password_hash: Set(None),
        disabled_at: Set(disabled_at),
        ..Default::default()
    };
    set(db, id, row).await
}

/// Keeps the hash of a one-time link; earlier ones of the account die.
pub async fn put_link(
    db: &impl ConnectionTrait,
    id: i64,
    token_hash: &str,
    expires_at: DateTime<Utc>,
) -> Result<(), StorageError> {
    drop_links(db, id).await?;
    let row = password_link::ActiveModel {
        token_hash: Set(token_hash.to_owned()),
        account_id: Set(id),
        expires_at: Set(expires_at),
    };
    password_link::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// The account of a link that still holds.
pub async fn of_link(
    db: &impl ConnectionTrait,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<i64>, StorageError> {
    let row = password_link::Entity::find_by_id(token_hash.to_owned())
        .filter(password_link::Column::ExpiresAt.gt(now))
        .one(db)
        .await?;
    Ok(row.map(|row| row.account_id))
}

/// Ends every link of an account; how many there were.
pub async fn drop_links(db: &impl ConnectionTrait, id: i64) -> Result<u64, StorageError> {
    Ok(password_link::Entity::delete_many()
        .filter(password_link::Column::AccountId.eq(id))
        .exec(db)
        .await?
        .rows_affected)
}

type Row = (account::Model, Option<desk::Model>, Option<partner::Model>);

pub(super) fn read((row, desk, partner): Row) -> Result<Account, StorageError> {
    let contract = partner
        .as_ref()
        .map_or_else(Contract::default, |partner| Contract {
            from: partner.contract_from,
            until: partner.contract_until,
        });
    let desk = TABLE.optional("desk_id", desk, |desk| DeskCode::parse(&desk.code))?;
    let partner = TABLE.optional("partner_id", partner, |partner| {
        PartnerCode::parse(&partner.code)
    })?;
    let role = TABLE.read("role", Role::parse(&row.role))?;
    let actor = Actor {
        account_id: row.id,
        email: TABLE.read("email", EmailAddress::parse(&row.email))?,
        name: row.name,
        role,
        place: TABLE.read("desk_id", Place::of(role, desk, partner))?,
    };
    Ok(Account {
        actor,
        password_hash: row.password_hash,
        disabled: row.disabled_at.is_some(),
        contract,
    })
}
