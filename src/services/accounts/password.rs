//! Passwords become hashes and are compared with them, at most two at a time and off the
//! threads that answer requests.

use std::num::NonZero;
use std::sync::{LazyLock, OnceLock};
use std::thread::available_parallelism;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;

use crate::domain::account::PASSWORD_LONGEST;
use crate::services::ServiceError;

// Argon2id with 19 MiB, two passes, one lane: what OWASP names as the least for
// interactive sign-in, told in the documentation.
fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// Each hash takes 19 MiB: a desk that signs in at once must not take ten times that of
/// a small machine. On one core a second at a time would end none of them sooner.
static HASHING: LazyLock<Semaphore> = LazyLock::new(|| {
    let cores = available_parallelism().map_or(1, NonZero::get);
    Semaphore::new(cores.min(2))
});

/// Hashes in turn.
async fn hashing<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
) -> Result<T, ServiceError> {
    // It is never closed; were it, hashing would go on without turns.
    let turn = HASHING.acquire().await.ok();
    let done = off_the_threads(work).await;
    drop(turn);
    done
}

pub(in crate::services) async fn hash_password(password: String) -> Result<String, ServiceError> {
    hashing(move || {
        let hash = hasher().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string())
            .map_err(|error| ServiceError::Broken(error.to_string()))
    })
    .await
}

/// Whether the password is right. Without a hash the same work is done against
/// one that nothing matches, so that an unknown address takes as long as a known one.
pub(in crate::services) async fn verify_password(
    password: String,
    hash: Option<String>,
) -> Result<bool, ServiceError> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    hashing(move || {
        let known = hash.is_some() && password.len() <= PASSWORD_LONGEST;
        let nobody = || {
            NOBODY
                .get_or_init(|| {
                    hasher()
                        .hash_password(b"nobody")
                        .map(|hash| hash.to_string())
                        .unwrap_or_default()
                })
                .clone()
        };
        let hash = hash.filter(|_| known).unwrap_or_else(nobody);
        let parsed =
            PasswordHash::new(&hash).map_err(|error| ServiceError::Broken(error.to_string()))?;
        let matches = hasher()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok();
        Ok(known && matches)
    })
    .await
}

/// Runs heavy work where it does not hold up requests.
pub(in crate::services) async fn off_the_threads<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
) -> Result<T, ServiceError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| ServiceError::Broken(error.to_string()))?
}
