//! Signing in by the password, and giving it once more.

use super::{SignInError, Tries, hash_of, new_token, verify_password};
use crate::domain::account::{Actor, SessionLimits};
use crate::domain::contact::EmailAddress;
use crate::domain::factor::Stage;
use crate::domain::setting::Setting;
use crate::services::{Context, factors, identities};
use crate::storage::accounts::Account;
use crate::storage::sessions::NewSession;
use crate::storage::{self, StorageError, Write};

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
    let tries = Tries::of_password(email.as_ref(), network);
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
    let write = context.db.write().await?;
    let still = match account.filter(|_| right) {
        Some(account) => unchanged(context, &write, &account).await?,
        None => None,
    };
    let Some(account) = still else {
        storage::audit::insert(&*write, now, None, "sign_in.failed", None, None).await?;
        write.commit().await?;
        return Err(SignInError::Wrong);
    };
    let id = account.actor.account_id;
    if !identities::is_local(context, &*write, account.actor.role).await? {
        let by = Some(id);
        storage::audit::insert(&*write, now, by, "sign_in.failed", None, Some("local")).await?;
        write.commit().await?;
        return Err(SignInError::ByProvider);
    }
    tries.take_back(&write, &before, now).await?;
    let stage = factors::stage(&*write, &account.actor, context.today()).await?;
    let way = Way::Password;
    let token = begin_session(context, &write, id, (stage, way), device).await?;
    let action = match stage {
        Stage::Code => "sign_in.password_right",
        Stage::Whole | Stage::Enrol => "sign_in.done",
    };
    storage::audit::insert(&*write, now, Some(id), action, None, None).await?;
    write.commit().await?;
    Ok(Begun { token, stage })
}

/// The account as it is by now, its row held, where its owner may still come in by the password
/// that was compared: hashing takes long enough for somebody to shut it meanwhile.
async fn unchanged(
    context: &Context,
    write: &Write,
    compared: &Account,
) -> Result<Option<Account>, StorageError> {
    let account = storage::accounts::hold(&**write, compared.actor.account_id).await?;
    let same = account.password_hash == compared.password_hash;
    Ok(Some(account).filter(|now| same && now.may_enter(context.today())))
}

/// What somebody came in by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::services) enum Way {
    /// A password of here, or an invitation.
    Password,
    /// The identity provider.
    Provider,
}

impl Way {
    /// Of a session, by its token: one that takes its place came the same way.
    pub(in crate::services) async fn of(
        write: &Write,
        token_hash: &str,
    ) -> Result<Self, StorageError> {
        let found = storage::sessions::find(&**write, token_hash).await?;
        let by_provider = found.is_some_and(|(session, _)| session.by_provider);
        Ok(if by_provider {
            Self::Provider
        } else {
            Self::Password
        })
    }
}

/// Begins a session, which holds for as long as policy says today; its token comes back.
pub(in crate::services) async fn begin_session(
    context: &Context,
    write: &Write,
    account_id: i64,
    (stage, way): (Stage, Way),
    device: &str,
) -> Result<String, StorageError> {
    let token = new_token(context);
    let (hash, now, today) = (hash_of(&token), context.now(), context.today());
    let numbers = storage::policy::numbers(&**write).await?;
    let new = NewSession {
        stage,
        device: Some(device).filter(|device| !device.is_empty()),
        by_provider: way == Way::Provider,
        limits: SessionLimits {
            idle_minutes: numbers.on(Setting::SessionIdle, today),
            longest_hours: numbers.on(Setting::SessionLongest, today),
        },
    };
    storage::sessions::insert(&**write, &hash, account_id, now, new).await?;
    Ok(token)
}

/// Whether the password is an account's, and the code where one is given: by these tries. The
/// hash that the password has comes back, for whoever acts on it in a transaction of its own.
pub(in crate::services) async fn check(
    context: &Context,
    actor: &Actor,
    (password, code): (&str, Option<&str>),
    tries: &Tries,
) -> Result<Option<String>, SignInError> {
    let id = actor.account_id;
    let before = tries.count(context).await?;
    let account = storage::accounts::get(context.db.read(), id).await?;
    let may_enter = account.may_enter(context.today());
    let hash = account.password_hash.clone().filter(|_| may_enter);
    let right = verify_password(password.to_owned(), hash).await?;
    let write = context.db.write().await?;
    let right = right && unchanged(context, &write, &account).await?.is_some();
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
        Ok(account.password_hash)
    } else {
        Err(SignInError::Wrong)
    }
}
