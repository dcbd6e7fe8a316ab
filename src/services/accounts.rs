//! Accounts, passwords and sessions of the staff. Tokens leave once, in clear;
//! what is kept is their hash. Wrong tries are counted before the password is
//! looked at, so that a hundred at the same time count as a hundred.

use std::sync::OnceLock;
use std::time::Duration;

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::{DateTime, Utc};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use super::error::check_printed;
use super::{Context, ServiceError, factors};
use crate::clock::random_bytes;
use crate::domain::account::{
    self, Actor, FREE_TRIES_ACCOUNT, FREE_TRIES_HERE, FREE_TRIES_NETWORK, PASSWORD_LINK_LIFE,
    PASSWORD_LONGEST, Place, Role, Throttle,
};
use crate::domain::contact::EmailAddress;
use crate::domain::factor::{CODE_WAITS, FRESH_FOR, Stage};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::storage::accounts::Account;
use crate::storage::sessions::Session;
use crate::storage::{self, StorageError};

/// A session's last use is written down at most this often.
const TOUCH_SECONDS: i64 = 60;
/// And a page waits for that at most so long.
const TOUCH_PATIENCE: Duration = Duration::from_secs(1);

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Wrong address or password, or no such account: never told apart.
    #[error("wrong address or password")]
    Wrong,
    /// Too many wrong tries.
    #[error("too many tries, wait {seconds} seconds")]
    Wait { seconds: u64 },
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

/// Adds an account; what comes back opens the page that sets its password, once.
pub async fn add(
    context: &Context,
    email: &EmailAddress,
    name: &str,
    role: Role,
    place: &Place,
) -> Result<String, ServiceError> {
    add_by(context, None, (email, name), role, place).await
}

/// The same by somebody. Address and name of the new one.
pub(super) async fn add_by(
    context: &Context,
    by: Option<i64>,
    (email, name): (&EmailAddress, &str),
    role: Role,
    place: &Place,
) -> Result<String, ServiceError> {
    check_printed(name)?;
    let write = context.db.write().await?;
    if storage::accounts::find(&*write, email).await?.is_some() {
        return Err(ServiceError::Refused(
            Why::new("refused-account-exists").with("email", email),
        ));
    }
    let id = storage::accounts::insert(&*write, email, name, role, place, context.now()).await?;
    let token = link(context, &write, id).await?;
    storage::audit::insert(
        &*write,
        context.now(),
        by,
        "account.added",
        Some(&id.to_string()),
        Some(role.code()),
    )
    .await?;
    write.commit().await?;
    Ok(token)
}

/// Takes the password away and gives a new one-time link; every session ends.
pub async fn reset(context: &Context, email: &EmailAddress) -> Result<String, ServiceError> {
    reset_by(context, None, email).await
}

/// The same by somebody.
pub(super) async fn reset_by(
    context: &Context,
    by: Option<i64>,
    email: &EmailAddress,
) -> Result<String, ServiceError> {
    let write = context.db.write().await?;
    let account = known(&*write, email).await?;
    let id = account.actor.account_id;
    storage::accounts::shut(&*write, id, None).await?;
    storage::sessions::delete_of(&*write, id).await?;
    let token = link(context, &write, id).await?;
    storage::audit::insert(
        &*write,
        context.now(),
        by,
        "account.reset",
        Some(&id.to_string()),
        None,
    )
    .await?;
    write.commit().await?;
    Ok(token)
}

/// Shuts an account; every session ends.
pub async fn disable(context: &Context, email: &EmailAddress) -> Result<(), ServiceError> {
    disable_by(context, None, email).await
}

/// The same by somebody.
pub(super) async fn disable_by(
    context: &Context,
    by: Option<i64>,
    email: &EmailAddress,
) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    let account = known(&*write, email).await?;
    let id = account.actor.account_id;
    storage::accounts::shut(&*write, id, Some(context.now())).await?;
    storage::accounts::drop_links(&*write, id).await?;
    storage::sessions::delete_of(&*write, id).await?;
    storage::audit::insert(
        &*write,
        context.now(),
        by,
        "account.disabled",
        Some(&id.to_string()),
        None,
    )
    .await?;
    write.commit().await?;
    Ok(())
}

async fn known(
    db: &impl storage::Connection,
    email: &EmailAddress,
) -> Result<Account, ServiceError> {
    storage::accounts::find(db, email)
        .await?
        .ok_or_else(|| ServiceError::not_found("account", email))
}

async fn link(context: &Context, write: &storage::Write, id: i64) -> Result<String, ServiceError> {
    let token = new_token(context);
    storage::accounts::put_link(
        &**write,
        id,
        &hash_of(&token),
        context.now() + PASSWORD_LINK_LIFE,
    )
    .await?;
    Ok(token)
}

/// The account in whose name a command acts.
pub async fn actor_named(context: &Context, email: &EmailAddress) -> Result<Actor, ServiceError> {
    let account = known(context.db.read(), email).await?;
    if account.may_enter(context.today()) {
        Ok(account.actor)
    } else {
        Err(ServiceError::Forbidden)
    }
}

/// The address of the account that a link belongs to, while it holds.
pub async fn account_of_link(
    context: &Context,
    token: &str,
) -> Result<Option<Actor>, ServiceError> {
    let Some(id) =
        storage::accounts::of_link(context.db.read(), &hash_of(token), context.now()).await?
    else {
        return Ok(None);
    };
    let account = storage::accounts::get(context.db.read(), id).await?;
    Ok((!account.is_over(context.today())).then_some(account.actor))
}

/// Sets a password by a one-time link, which dies; every session ends.
pub async fn set_password(
    context: &Context,
    token: &str,
    password: &str,
) -> Result<(), ServiceError> {
    account::check_new_password(password).map_err(|why| {
        ServiceError::Invalid(Invalid(vec![Problem {
            field: "password",
            value: String::new(),
            why,
        }]))
    })?;
    let hash = hash_password(password.to_owned()).await?;
    let write = context.db.write().await?;
    let dead = || ServiceError::Refused(Why::new("refused-link-dead"));
    let id = storage::accounts::of_link(&*write, &hash_of(token), context.now()).await?;
    let id = id.ok_or_else(dead)?;
    // Of two at the same time the second finds no link to drop any more.
    let was_used = storage::accounts::drop_links(&*write, id).await? == 0;
    let account = storage::accounts::get(&*write, id).await?;
    if was_used || account.is_over(context.today()) {
        return Err(dead());
    }
    storage::accounts::set_password(&*write, id, &hash).await?;
    storage::sessions::delete_of(&*write, id).await?;
    storage::audit::insert(
        &*write,
        context.now(),
        Some(id),
        "account.password_set",
        None,
        None,
    )
    .await?;
    write.commit().await?;
    Ok(())
}

/// A session that just began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    pub token: String,
    pub stage: Stage,
}

/// Signs somebody in, or as far as the password goes. `network`: where they come from, for the
/// throttle alone; `device`: roughly what on, empty where that is not known.
pub async fn sign_in(
    context: &Context,
    email: &str,
    password: &str,
    network: &str,
    device: &str,
) -> Result<Begun, SignInError> {
    let now = context.now();
    let email = EmailAddress::parse(email).ok();
    let account_name = email.as_ref().map_or_else(String::new, EmailAddress::key);
    let tries = Tries::of(&account_name, network);
    let before = tries.count(context).await?;

    let account = match &email {
        Some(email) => storage::accounts::find(context.db.read(), email).await?,
        None => None,
    };
    let hash = account
        .as_ref()
        .filter(|account| account.may_enter(context.today()))
        .and_then(|account| account.password_hash.clone());
    let right = verify_password(password.to_owned(), hash).await?;
    let Some(account) = account.filter(|_| right) else {
        let write = context.db.write().await?;
        storage::audit::insert(&*write, now, None, "sign_in.failed", None, None).await?;
        write.commit().await?;
        return Err(SignInError::Wrong);
    };

    let write = context.db.write().await?;
    tries.take_back(&write, &before, now).await?;
    let id = account.actor.account_id;
    let stage = factors::stage(&*write, &account.actor, context.today()).await?;
    let token = begin_session(context, &write, id, stage, device).await?;
    let action = match stage {
        Stage::Code => "sign_in.password_right",
        Stage::Whole | Stage::Enrol => "sign_in.done",
    };
    storage::audit::insert(&*write, now, Some(id), action, None, None).await?;
    write.commit().await?;
    Ok(Begun { token, stage })
}

/// Begins a session; its token comes back.
pub(super) async fn begin_session(
    context: &Context,
    write: &storage::Write,
    account_id: i64,
    stage: Stage,
    device: &str,
) -> Result<String, StorageError> {
    let token = new_token(context);
    let on = Some(device).filter(|device| !device.is_empty());
    let (hash, now) = (hash_of(&token), context.now());
    storage::sessions::insert(&**write, &hash, account_id, now, (stage, on)).await?;
    Ok(token)
}

/// What the wrong tries of a sign-in are counted by. Transactions hold the keys
/// in this order.
pub(super) struct Tries {
    /// The account from this network, and the account from everywhere.
    account: [(String, u32); 2],
    network: (String, u32),
}

impl Tries {
    pub(super) fn of(account: &str, network: &str) -> Self {
        Self {
            account: [
                (
                    hash_of(&format!("here:{network}:{account}")),
                    FREE_TRIES_HERE,
                ),
                (hash_of(&format!("account:{account}")), FREE_TRIES_ACCOUNT),
            ],
            network: (hash_of(&format!("network:{network}")), FREE_TRIES_NETWORK),
        }
    }

    /// Counts a try as if it were wrong, or says how long to wait. What was known of
    /// the network before comes back.
    pub(super) async fn count(&self, context: &Context) -> Result<Throttle, SignInError> {
        let now = context.now();
        let write = context.db.write().await?;
        let mut network = Throttle::new(now);
        let mut wait = None;
        for (key, free) in self.account.iter().chain([&self.network]) {
            let known = storage::throttles::hold(&*write, key, now).await?.on(now);
            wait = wait.max(known.seconds_to_wait(now));
            let counted = known.after_failure(*free, now);
            storage::throttles::put(&*write, key, &counted).await?;
            network = known;
        }
        // Not committed: whoever waits is not counted.
        if let Some(seconds) = wait {
            return Err(SignInError::Wait { seconds });
        }
        write.commit().await?;
        Ok(network)
    }

    /// The try was right: the account begins anew, and the network has one less.
    pub(super) async fn take_back(
        &self,
        write: &storage::Write,
        network_before: &Throttle,
        now: DateTime<Utc>,
    ) -> Result<(), StorageError> {
        for (key, _) in &self.account {
            storage::throttles::delete(&**write, key).await?;
        }
        let (key, free) = &self.network;
        let known = storage::throttles::hold(&**write, key, now).await?;
        let known = known.taken_back(*network_before, *free);
        if known.failures == 0 {
            storage::throttles::delete(&**write, key).await
        } else {
            storage::throttles::put(&**write, key, &known).await
        }
    }
}

/// That the owner of a session gave the password in the last minutes. Who has it may change
/// what the account is entered by.
#[derive(Debug, Clone)]
pub struct Fresh(());

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
        account::session_holds(session.began_at, session.last_seen_at, now)
            && account.may_enter(context.today())
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
    Ok(Some(SignedIn {
        actor: account.actor,
        stage: session.stage,
        fresh: session
            .fresh_at
            .filter(|at| is_fresh(*at))
            .map(|_| Fresh(())),
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

/// Whether the password is an account's, and the code where it has a second factor; tries are
/// counted as those of a sign-in are.
pub(super) async fn check(
    context: &Context,
    actor: &Actor,
    (password, code): (&str, Option<&str>),
    network: &str,
) -> Result<(), SignInError> {
    let id = actor.account_id;
    // A right password at the door takes back the tries of the address, not those of a code.
    let counted = match code {
        Some(_) => format!("factor:{id}"),
        None => actor.email.key(),
    };
    let tries = Tries::of(&counted, network);
    let before = tries.count(context).await?;
    let account = storage::accounts::get(context.db.read(), id).await?;
    let hash = account.password_hash.filter(|_| !account.disabled);
    let right = verify_password(password.to_owned(), hash).await?;
    let write = context.db.write().await?;
    let right = match code {
        Some(code) if right => factors::takes(context, &write, id, code).await?,
        _ => right,
    };
    let now = context.now();
    if right {
        tries.take_back(&write, &before, now).await?;
    } else {
        storage::audit::insert(&*write, now, Some(id), "sign_in.failed", None, None).await?;
    }
    write.commit().await?;
    if right {
        Ok(())
    } else {
        Err(SignInError::Wrong)
    }
}

/// Ends the session of a token.
pub async fn sign_out(context: &Context, token: &str) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    storage::sessions::delete(&*write, &hash_of(token)).await?;
    write.commit().await?;
    Ok(())
}

// Argon2id with 19 MiB, two passes, one lane: what OWASP names as the least for
// interactive sign-in, told in the documentation.
fn hasher() -> Argon2<'static> {
    Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
}

/// Each hash takes 19 MiB: a desk that signs in at once must not take ten times that of
/// a small machine.
static HASHING: Semaphore = Semaphore::const_new(2);

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

pub(super) async fn hash_password(password: String) -> Result<String, ServiceError> {
    hashing(move || {
        let hash = hasher().hash_password(password.as_bytes());
        hash.map(|hash| hash.to_string())
            .map_err(|error| ServiceError::Broken(error.to_string()))
    })
    .await
}

/// Whether the password is right. Without a hash the same work is done against
/// one that nothing matches, so that an unknown address takes as long as a known one.
pub(super) async fn verify_password(
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
pub(super) async fn off_the_threads<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ServiceError> + Send + 'static,
) -> Result<T, ServiceError> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| ServiceError::Broken(error.to_string()))?
}
