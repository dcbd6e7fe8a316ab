//! The follow-up: who is asked what became of introductions, by mail and by
//! telephone, and what they say. When somebody is asked is `domain::follow_up`'s;
//! what the answers add up to is `outcomes`'.

pub mod bounce;
pub mod calls;
pub mod delivery;
pub(super) mod ended;
pub mod findings;
pub mod job;
pub mod outbox;
mod over;
pub mod partners;
pub mod policy;
mod record;
pub mod survey;
mod undelivered;
pub mod waves;

use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};

use super::{Context, ServiceError};
use crate::clock::random_bytes;
use crate::domain::rights::ERASED_NAME;
use crate::storage::{self, Connection};

/// A new link to a mailing; only its hash is kept, the token leaves once.
pub(super) async fn new_link(
    context: &Context,
    db: &impl Connection,
    mailing_id: i64,
) -> Result<String, ServiceError> {
    let token = BASE64URL_NOPAD.encode(&random_bytes::<24>(context.randomness.as_ref()));
    storage::mailings::insert_link(db, &hash_of(&token), mailing_id).await?;
    Ok(token)
}

pub(super) fn hash_of(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token))
}

/// A Message-ID that no other mail has.
pub(super) fn new_message_id(context: &Context) -> String {
    let random = random_bytes::<16>(context.randomness.as_ref());
    format!("{}@{}", HEXLOWER.encode(&random), context.post.domain())
}

/// The given name and the first letter of the family name: all that one side is
/// shown of the other. Of somebody who was erased the words that stand there instead.
pub(super) fn short_name(name: &(String, String)) -> String {
    if [name.0.as_str(), name.1.as_str()] == ERASED_NAME {
        return ERASED_NAME.join(" ");
    }
    let initial: String = name.1.chars().take(1).collect();
    format!("{} {initial}.", name.0)
}
