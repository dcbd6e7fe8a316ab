//! Desks and partners.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::entity::{account, desk, partner};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::ids::{DeskCode, PartnerCode};
use crate::domain::partner::Contract;
use crate::domain::place::Comune;

/// A public desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Desk {
    pub code: DeskCode,
    pub name: String,
    pub sheet_prefix: String,
    pub comune: Comune,
    pub address: Option<String>,
    pub phone: Option<String>,
}

/// An organisation that sends families.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Partner {
    pub code: PartnerCode,
    pub name: String,
    pub kind: String,
    pub contract: Contract,
}

/// Every desk with its key, by code. There are few.
pub async fn desks(db: &impl ConnectionTrait) -> Result<Vec<(i64, Desk)>, StorageError> {
    let rows = desk::Entity::find()
        .order_by_asc(desk::Column::Code)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id, desk_of(row)?)))
        .collect()
}

/// Adds a desk.
pub async fn add_desk(db: &impl ConnectionTrait, new: &Desk) -> Result<(), StorageError> {
    let row = desk::ActiveModel {
        code: Set(new.code.to_string()),
        name: Set(new.name.clone()),
        sheet_prefix: Set(new.sheet_prefix.clone()),
        comune: Set(new.comune.istat().to_owned()),
        address: Set(new.address.clone()),
        phone: Set(new.phone.clone()),
        ..Default::default()
    };
    desk::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Keeps how a desk is called and reached.
pub async fn change_desk(
    db: &impl ConnectionTrait,
    id: i64,
    desk: &Desk,
) -> Result<(), StorageError> {
    let row = desk::ActiveModel {
        name: Set(desk.name.clone()),
        address: Set(desk.address.clone()),
        phone: Set(desk.phone.clone()),
        ..Default::default()
    };
    desk::Entity::update_many()
        .set(row)
        .filter(desk::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Every partner with its key, by code.
pub async fn partners(db: &impl ConnectionTrait) -> Result<Vec<(i64, Partner)>, StorageError> {
    let rows = partner::Entity::find()
        .order_by_asc(partner::Column::Code)
        .all(db)
        .await?;
    rows.into_iter()
        .map(|row| Ok((row.id, partner_of(row)?)))
        .collect()
}

/// Adds a partner.
pub async fn add_partner(db: &impl ConnectionTrait, new: &Partner) -> Result<(), StorageError> {
    let row = partner::ActiveModel {
        code: Set(new.code.to_string()),
        name: Set(new.name.clone()),
        kind: Set(new.kind.clone()),
        contract_from: Set(new.contract.from),
        contract_until: Set(new.contract.until),
        ..Default::default()
    };
    partner::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// One partner with its key.
pub async fn find_partner(
    db: &impl ConnectionTrait,
    code: &PartnerCode,
) -> Result<Option<(i64, Partner)>, StorageError> {
    let row = partner::Entity::find()
        .filter(partner::Column::Code.eq(code.as_str()))
        .one(db)
        .await?;
    row.map(|row| Ok((row.id, partner_of(row)?))).transpose()
}

/// Writes from when to when a partner's people may come in.
pub async fn set_contract(
    db: &impl ConnectionTrait,
    id: i64,
    contract: Contract,
) -> Result<(), StorageError> {
    let row = partner::ActiveModel {
        contract_from: Set(contract.from),
        contract_until: Set(contract.until),
        ..Default::default()
    };
    partner::Entity::update_many()
        .set(row)
        .filter(partner::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// How many accounts that are not shut each partner has, by its key.
pub async fn people_of_partners(
    db: &impl ConnectionTrait,
) -> Result<HashMap<i64, i64>, StorageError> {
    let counted: Vec<(i64, i64)> = account::Entity::find()
        .select_only()
        .column(account::Column::PartnerId)
        .column_as(account::Column::Id.count(), "people")
        .filter(account::Column::PartnerId.is_not_null())
        .filter(account::Column::DisabledAt.is_null())
        .group_by(account::Column::PartnerId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(counted.into_iter().collect())
}

/// The key of a desk.
pub(super) async fn desk_id(
    db: &impl ConnectionTrait,
    code: &DeskCode,
) -> Result<i64, StorageError> {
    let row = desk::Entity::find()
        .filter(desk::Column::Code.eq(code.as_str()))
        .one(db)
        .await?;
    row.map(|row| row.id).ok_or_else(|| StorageError::Missing {
        table: "desks",
        key: code.to_string(),
    })
}

/// The key of a partner.
pub(super) async fn partner_id(
    db: &impl ConnectionTrait,
    code: &PartnerCode,
) -> Result<i64, StorageError> {
    let row = partner::Entity::find()
        .filter(partner::Column::Code.eq(code.as_str()))
        .one(db)
        .await?;
    row.map(|row| row.id).ok_or_else(|| StorageError::Missing {
        table: "partners",
        key: code.to_string(),
    })
}

/// Codes of the desks by key, and back, for rows that name them: one statement
/// whatever the number of rows.
pub(super) struct Desks(Vec<(i64, DeskCode)>);

impl Desks {
    /// Reads the list.
    pub(super) async fn load(db: &impl ConnectionTrait) -> Result<Self, StorageError> {
        let desks = desks(db).await?.into_iter();
        Ok(Self(desks.map(|(id, desk)| (id, desk.code)).collect()))
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (i64, DeskCode)> {
        self.0.iter().cloned()
    }

    pub(super) fn code(&self, id: i64) -> Option<DeskCode> {
        let found = self.0.iter().find(|(key, _)| *key == id);
        found.map(|(_, code)| code.clone())
    }

    pub(super) fn id(&self, code: &DeskCode) -> Result<i64, StorageError> {
        let found = self.0.iter().find(|(_, desk)| desk == code);
        found
            .map(|(id, _)| *id)
            .ok_or_else(|| StorageError::Missing {
                table: "desks",
                key: code.to_string(),
            })
    }
}

/// The same of desks and partners: two statements.
pub(super) struct Names {
    desks: Desks,
    partners: Vec<(i64, PartnerCode)>,
}

impl Names {
    /// Reads both lists.
    pub(super) async fn load(db: &impl ConnectionTrait) -> Result<Self, StorageError> {
        Ok(Self {
            desks: Desks::load(db).await?,
            partners: partners(db)
                .await?
                .into_iter()
                .map(|(id, partner)| (id, partner.code))
                .collect(),
        })
    }

    pub(super) fn desks(&self) -> impl Iterator<Item = (i64, DeskCode)> {
        self.desks.all()
    }

    pub(super) fn partners(&self) -> impl Iterator<Item = (i64, PartnerCode)> {
        self.partners.iter().cloned()
    }

    pub(super) fn desk(&self, id: i64) -> Option<DeskCode> {
        self.desks.code(id)
    }

    pub(super) fn desk_id(&self, code: &DeskCode) -> Result<i64, StorageError> {
        self.desks.id(code)
    }

    pub(super) fn partner(&self, id: i64) -> Option<PartnerCode> {
        self.partners
            .iter()
            .find(|(key, _)| *key == id)
            .map(|(_, code)| code.clone())
    }

    pub(super) fn partner_id(&self, code: &PartnerCode) -> Result<i64, StorageError> {
        let found = self.partners.iter().find(|(_, partner)| partner == code);
        found
            .map(|(id, _)| *id)
            .ok_or_else(|| StorageError::Missing {
                table: "partners",
                key: code.to_string(),
            })
    }
}

fn desk_of(row: desk::Model) -> Result<Desk, StorageError> {
    let cells = Cells("desks");
    Ok(Desk {
        code: cells.read("code", DeskCode::parse(&row.code))?,
        name: row.name,
        sheet_prefix: row.sheet_prefix,
        comune: cells.some("comune", Comune::by_istat(&row.comune))?,
        address: row.address,
        phone: row.phone,
    })
}

fn partner_of(row: partner::Model) -> Result<Partner, StorageError> {
    Ok(Partner {
        code: Cells("partners").read("code", PartnerCode::parse(&row.code))?,
        name: row.name,
        kind: row.kind,
        contract: Contract {
            from: row.contract_from,
            until: row.contract_until,
        },
    })
}
