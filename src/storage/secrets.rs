//! Keys that the program makes for itself and keeps.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait};

use super::entity::secret;
use super::error::StorageError;

/// The key under which references of the access log are hashed.
pub const ACCESS_REFS: &str = "access-refs";

/// The key under which persons stand in the log of who opened what.
pub const READ_LOG: &str = "read-log";

/// The key that signs the cookies of private links.
pub const LINKS: &str = "private-links";

/// The key of what the public forms carry in their pages.
pub const CARRIED: &str = "carried-answers";

/// The key of what waits in a cookie while somebody is at the identity provider.
pub const IDENTITIES: &str = "identities";

/// Which installation this is: no secret, but kept for good, and so in every copy.
pub const INSTALLATION: &str = "installation";

/// The value, where there is one.
pub async fn find(db: &impl ConnectionTrait, name: &str) -> Result<Option<String>, StorageError> {
    let row = secret::Entity::find_by_id(name.to_owned()).one(db).await?;
    Ok(row.map(|row| row.value))
}

/// Keeps a new one; a conflict where there is one already.
pub async fn insert(
    db: &impl ConnectionTrait,
    name: &str,
    value: &str,
) -> Result<(), StorageError> {
    let row = secret::ActiveModel {
        name: Set(name.to_owned()),
        value: Set(value.to_owned()),
    };
    secret::Entity::insert(row)
        .exec_without_returning(db)
        .await?;
    Ok(())
}
