//! Accounts are opened, entered for the first time by a link that works once, and shut.

use super::{hash_of, hash_password, new_token};
use crate::domain::account::{self, Actor, PASSWORD_LINK_LIFE, Place, Role};
use crate::domain::contact::EmailAddress;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::services::error::check_printed;
use crate::services::{Context, ServiceError, identities};
use crate::storage;
use crate::storage::accounts::Account;

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
pub(in crate::services) async fn add_by(
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

/// Takes the password and the link to an identity away, and gives a new one-time link; every
/// session ends.
pub async fn reset(context: &Context, email: &EmailAddress) -> Result<String, ServiceError> {
    reset_by(context, None, email).await
}

/// The same by somebody.
pub(in crate::services) async fn reset_by(
    context: &Context,
    by: Option<i64>,
    email: &EmailAddress,
) -> Result<String, ServiceError> {
    let write = context.db.write().await?;
    let account = known(&*write, email).await?;
    let id = account.actor.account_id;
    storage::accounts::shut(&*write, id, None).await?;
    storage::identities::remove(&*write, id).await?;
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
pub(in crate::services) async fn disable_by(
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
    if !identities::is_local(context, &*write, account.actor.role).await? {
        return Err(ServiceError::Refused(Why::new("refused-local-off")));
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
