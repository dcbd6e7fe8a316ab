//! Accounts, passwords and sessions of the staff. Tokens leave once, in clear; what is kept is
//! their hash. Argon2 works before a transaction; inside it, with the account's row held, what it
//! worked on is looked at once more.

mod opening;
mod password;
mod session;
mod sign_in;
mod tries;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

use super::{Context, ServiceError};
use crate::clock::random_bytes;
use crate::storage::StorageError;

pub use opening::{account_of_link, actor_named, add, disable, reset, set_password};
pub(super) use opening::{add_by, disable_by, reset_by};
pub(super) use password::{hash_password, off_the_threads, verify_password};
pub use session::{Fresh, SignedIn, actor_of_session, sign_out, signed_in, waiting_for_code};
pub use sign_in::{Begun, sign_in};
pub(super) use sign_in::{Way, begin_session, check};
pub(super) use tries::Tries;

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Wrong address or password, or no such account: never told apart.
    #[error("wrong address or password")]
    Wrong,
    /// Too many wrong tries.
    #[error("too many tries, wait {seconds} seconds")]
    Wait { seconds: u64 },
    /// The password is right, and the account's role signs in by the identity provider alone.
    #[error("this role signs in by the identity provider")]
    ByProvider,
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

impl From<StorageError> for SignInError {
    fn from(error: StorageError) -> Self {
        Self::Failed(error.into())
    }
}

/// A token of 256 random bits.
fn new_token(context: &Context) -> String {
    BASE64URL_NOPAD.encode(&random_bytes::<32>(context.randomness.as_ref()))
}

pub(super) fn hash_of(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token))
}
