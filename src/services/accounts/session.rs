//! Who a session belongs to, how far it is, and what its owner may do with it.

use std::time::Duration;

use chrono::{DateTime, Utc};

use super::{Way, hash_of};
use crate::domain::account::{self, Actor};
use crate::domain::factor::{CODE_WAITS, FRESH_FOR, Stage};
use crate::services::{Context, ServiceError};
use crate::storage::accounts::Account;
use crate::storage::sessions::Session;
use crate::storage::{self, StorageError, Write};

/// A session's last use is written down at most this often.
const TOUCH_SECONDS: i64 = 60;
/// And a page waits for that at most so long.
const TOUCH_PATIENCE: Duration = Duration::from_secs(1);

/// That the owner of a session gave the password, and the code where there is one, in the last
/// minutes. Who has it may change what accounts are entered by, and policy.
#[derive(Clone)]
pub struct Fresh {
    /// The hash of the session's token.
    session: String,
}

impl std::fmt::Debug for Fresh {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Fresh(…)")
    }
}

impl Fresh {
    /// The actor's account as it is by now, its row held, in the transaction that acts on it:
    /// the session may have been ended since it was looked at.
    pub(in crate::services) async fn holds(
        &self,
        context: &Context,
        write: &Write,
        actor: &Actor,
    ) -> Result<Account, ServiceError> {
        let account = storage::accounts::hold(&**write, actor.account_id).await?;
        let found = storage::sessions::find(&**write, &self.session).await?;
        let is_own = found.is_some_and(|(session, owner)| {
            owner.actor.account_id == actor.account_id && session.stage != Stage::Code
        });
        if is_own && account.may_enter(context.today()) {
            Ok(account)
        } else {
            Err(ServiceError::Forbidden)
        }
    }

    /// What the session came by.
    pub(in crate::services) async fn way(&self, write: &Write) -> Result<Way, StorageError> {
        Way::of(write, &self.session).await
    }

    /// Ends every session of the account but this one.
    pub(in crate::services) async fn end_others(
        &self,
        write: &Write,
        actor: &Actor,
    ) -> Result<(), StorageError> {
        storage::sessions::delete_others(&**write, actor.account_id, &self.session).await
    }
}

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    pub actor: Actor,
    /// [`Stage::Whole`] or [`Stage::Enrol`].
    pub stage: Stage,
    pub fresh: Option<Fresh>,
}

/// The session of a token and its account, while both hold.
async fn held(context: &Context, hash: &str) -> Result<Option<(Session, Account)>, ServiceError> {
    let now = context.now();
    let found = storage::sessions::find(context.db.read(), hash).await?;
    Ok(found.filter(|(session, account)| {
        let between = (session.began_at, session.last_seen_at);
        account::session_holds(session.limits, between, now) && account.may_enter(context.today())
    }))
}

/// Who a session's token belongs to, where nothing is left to be given.
pub async fn actor_of_session(
    context: &Context,
    token: &str,
) -> Result<Option<Actor>, ServiceError> {
    let found = signed_in(context, token).await?;
    let whole = found.filter(|one| one.stage == Stage::Whole);
    Ok(whole.map(|one| one.actor))
}

/// The account of a session whose code is still to come.
pub async fn waiting_for_code(
    context: &Context,
    token: &str,
) -> Result<Option<Account>, ServiceError> {
    let now = context.now();
    let found = held(context, &hash_of(token)).await?;
    let waits = found.filter(|(session, _)| {
        session.stage == Stage::Code && (now - session.began_at) < CODE_WAITS
    });
    Ok(waits.map(|(_, account)| account))
}

/// Who a session's token belongs to, while it holds.
pub async fn signed_in(context: &Context, token: &str) -> Result<Option<SignedIn>, ServiceError> {
    let now = context.now();
    let hash = hash_of(token);
    let found = held(context, &hash).await?;
    let Some((session, account)) = found.filter(|(one, _)| one.stage != Stage::Code) else {
        return Ok(None);
    };
    if (now - session.last_seen_at).num_seconds() >= TOUCH_SECONDS {
        touch(context, &hash).await;
    }
    // A clock that went back makes nothing fresh.
    let is_fresh = |at: DateTime<Utc>| at <= now && now - at < FRESH_FOR;
    let fresh = session.fresh_at.filter(|at| is_fresh(*at));
    Ok(Some(SignedIn {
        actor: account.actor,
        stage: session.stage,
        fresh: fresh.map(|_| Fresh { session: hash }),
    }))
}

/// Notes that a session was used. Pages can be read while somebody else writes for
/// long, as an import does: then it is noted the next time.
async fn touch(context: &Context, hash: &str) {
    let noted = tokio::time::timeout(TOUCH_PATIENCE, async {
        let write = context.db.write().await?;
        storage::sessions::touch(&*write, hash, context.now()).await?;
        write.commit().await
    });
    match noted.await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(%error, "a session's use is not noted"),
        Err(_) => tracing::warn!("a session's use is not noted: others write"),
    }
}

/// Ends the session of a token.
pub async fn sign_out(context: &Context, token: &str) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    storage::sessions::delete(&*write, &hash_of(token)).await?;
    write.commit().await?;
    Ok(())
}
