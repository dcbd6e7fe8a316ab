//! The table of accompaniments.

use super::{Codes, Table, World};
use crate::domain::accompaniment::Accompaniment;
use crate::domain::ids::AccompanimentCode;
use crate::domain::invalid::Invalid;
use crate::domain::reading::{Fields, Parsed};
use crate::storage::{self, Connection, StorageError, Stored};

pub struct Accompaniments;

impl Table for Accompaniments {
    common!(
        Accompaniment,
        AccompanimentCode,
        'A',
        storage::accompaniments::COUNTER,
        []
    );

    fn read(
        fields: &dyn Fields,
        before: Option<&Accompaniment>,
        world: &World,
    ) -> Result<Parsed<Accompaniment>, Invalid> {
        Accompaniment::read(fields, before, &world.desks)
    }

    async fn find_many(
        db: &impl Connection,
        codes: &[AccompanimentCode],
    ) -> Result<Vec<Stored<Accompaniment>>, StorageError> {
        storage::accompaniments::find_many(db, codes).await
    }

    async fn after(
        db: &impl Connection,
        after: Option<&AccompanimentCode>,
        year: Option<i32>,
        limit: u64,
    ) -> Result<Vec<Stored<Accompaniment>>, StorageError> {
        storage::accompaniments::after(db, after, year, limit).await
    }

    async fn insert_many(
        db: &impl Connection,
        new: &[Accompaniment],
        _world: &World,
    ) -> Result<(), StorageError> {
        storage::accompaniments::insert_many(db, new).await
    }

    async fn update_many(
        db: &impl Connection,
        saved: &[Stored<Accompaniment>],
    ) -> Result<(), StorageError> {
        storage::accompaniments::update_many(db, saved).await
    }
}
