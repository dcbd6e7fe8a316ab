//! The keys that seal what a browser brings back: each is made when something is sealed with
//! it for the first time, and kept.

use super::{Context, ServiceError};
use crate::clock::random_bytes;
use crate::domain::carried::CarriedKey;
use crate::storage::{self, StorageError};

/// The key of this name of `storage::secrets`.
pub(super) async fn key(context: &Context, name: &str) -> Result<CarriedKey, ServiceError> {
    if let Some(key) = kept(context, name).await? {
        return Ok(key);
    }
    let fresh = CarriedKey::new(random_bytes(context.randomness.as_ref()));
    let write = context.db.write().await?;
    match storage::secrets::insert(&*write, name, &fresh.to_text()).await {
        Ok(()) => {
            write.commit().await?;
            Ok(fresh)
        }
        // Another copy of the program was faster.
        Err(StorageError::Conflict { .. }) => {
            drop(write);
            let key = kept(context, name).await?;
            key.ok_or_else(|| ServiceError::Broken(format!("no key {name}")))
        }
        Err(error) => Err(error.into()),
    }
}

async fn kept(context: &Context, name: &str) -> Result<Option<CarriedKey>, StorageError> {
    let text = storage::secrets::find(context.db.read(), name).await?;
    Ok(text.and_then(|text| CarriedKey::from_text(&text)))
}
