//! What the owner of an account does with it: sees and ends the sessions, gives the password
//! once more, changes it and the address. A change ends every other session, and is made only
//! while the session that asks still holds.

use chrono::{DateTime, Utc};

use super::accounts::{self, Fresh, SignInError, Tries, hash_of, hash_password};
use super::{Context, ServiceError, identities};
use crate::domain::account::{self, Actor, session_holds};
use crate::domain::contact::EmailAddress;
use crate::domain::factor::Stage;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::storage::{self, StorageError};

/// Characters of a session's hash that name it to its owner.
const ID_LENGTH: usize = 16;
/// Names all but the one that asks.
const OTHERS: &str = "others";

/// A session as its owner sees it.
pub struct OwnSession {
    pub id: String,
    pub began_at: DateTime<Utc>,
    pub last_seen_at: DateTime<Utc>,
    pub device: Option<String>,
    /// It is the one that asks.
    pub is_this: bool,
}

fn id_of(hash: &str) -> String {
    hash.chars().take(ID_LENGTH).collect()
}

/// The actor's sessions that hold, the last begun first.
pub async fn sessions(
    context: &Context,
    actor: &Actor,
    token: &str,
) -> Result<Vec<OwnSession>, ServiceError> {
    let (now, this) = (context.now(), hash_of(token));
    let all = storage::sessions::of(context.db.read(), actor.account_id).await?;
    let holding = all.into_iter().filter(|(_, one)| {
        let between = (one.began_at, one.last_seen_at);
        one.stage != Stage::Code && session_holds(one.limits, between, now)
    });
    let own = holding.map(|(hash, one)| OwnSession {
        id: id_of(&hash),
        is_this: hash == this,
        began_at: one.began_at,
        last_seen_at: one.last_seen_at,
        device: one.device,
    });
    Ok(own.collect())
}

/// Ends one of the actor's own sessions by its id, or all but the one that asks.
pub async fn end_session(
    context: &Context,
    actor: &Actor,
    token: &str,
    id: &str,
) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    let account_id = actor.account_id;
    if id == OTHERS {
        storage::sessions::delete_others(&*write, account_id, &hash_of(token)).await?;
    } else {
        let own = storage::sessions::of(&*write, account_id).await?;
        let found = own.into_iter().find(|(hash, _)| id_of(hash) == id);
        let (hash, _) = found.ok_or_else(|| ServiceError::not_found("session", id))?;
        storage::sessions::delete(&*write, &hash).await?;
    }
    let (now, by) = (context.now(), Some(account_id));
    storage::audit::insert(&*write, now, by, "session.ended", None, None).await?;
    Ok(write.commit().await?)
}

/// Whether the actor signs in in two steps.
pub async fn has_factor(context: &Context, actor: &Actor) -> Result<bool, ServiceError> {
    let factor = storage::factors::find(context.db.read(), actor.account_id).await?;
    Ok(factor.is_some_and(|factor| factor.is_confirmed))
}

/// The password, and the code where there is one, once more: the session is fresh again.
pub async fn confirm(
    context: &Context,
    actor: &Actor,
    token: &str,
    (password, code): (&str, &str),
    network: &str,
) -> Result<(), SignInError> {
    if !identities::is_local(context, context.db.read(), actor.role).await? {
        return Err(SignInError::ByProvider);
    }
    let code = has_factor(context, actor).await?.then_some(code);
    // A right password at the door takes back the tries of the address, not those of a code.
    let tries = match code {
        Some(_) => Tries::of_code(actor, network),
        None => Tries::of_password(Some(&actor.email), network),
    };
    accounts::check(context, actor, (password, code), &tries).await?;
    let write = context.db.write().await?;
    storage::sessions::refresh(&*write, &hash_of(token), context.now()).await?;
    write.commit().await?;
    Ok(())
}

/// Sets a new password; the one of now must be given too.
pub async fn change_password(
    context: &Context,
    actor: &Actor,
    (current, new): (&str, &str),
    network: &str,
    fresh: &Fresh,
) -> Result<(), SignInError> {
    account::check_new_password(new).map_err(|why| {
        ServiceError::Invalid(Invalid(vec![Problem {
            field: "new",
            value: String::new(),
            why,
        }]))
    })?;
    if !identities::is_local(context, context.db.read(), actor.role).await? {
        return Err(SignInError::ByProvider);
    }
    let tries = Tries::of_password(Some(&actor.email), network);
    let given = accounts::check(context, actor, (current, None), &tries).await?;
    let hash = hash_password(new.to_owned()).await?;
    let (id, now) = (actor.account_id, context.now());
    let write = context.db.write().await?;
    // Somebody else may have set another meanwhile.
    if fresh.holds(context, &write, actor).await?.password_hash != given {
        return Err(SignInError::Wrong);
    }
    storage::accounts::set_password(&*write, id, &hash).await?;
    storage::accounts::drop_links(&*write, id).await?;
    fresh.end_others(&write, actor).await?;
    let by = Some(id);
    storage::audit::insert(&*write, now, by, "account.password_changed", None, None).await?;
    write.commit().await?;
    Ok(())
}

/// Sets the address that the actor signs in with from now on.
pub async fn change_email(
    context: &Context,
    actor: &Actor,
    typed: &str,
    fresh: &Fresh,
) -> Result<(), ServiceError> {
    let problem = |why| {
        ServiceError::Invalid(Invalid(vec![Problem {
            field: "email",
            value: typed.to_owned(),
            why,
        }]))
    };
    let email = match typed.trim() {
        "" => Err(Why::new("problem-required")),
        text => EmailAddress::parse(text),
    };
    let email = email.map_err(problem)?;
    let (id, now) = (actor.account_id, context.now());
    let taken = || problem(Why::new("refused-account-exists").with("email", &email));
    let write = context.db.write().await?;
    fresh.holds(context, &write, actor).await?;
    let there = storage::accounts::find(&*write, &email).await?;
    if there.is_some_and(|other| other.actor.account_id != id) {
        return Err(taken());
    }
    match storage::accounts::set_email(&*write, id, &email).await {
        Err(StorageError::Conflict { .. }) => return Err(taken()),
        done => done?,
    }
    fresh.end_others(&write, actor).await?;
    let by = Some(id);
    storage::audit::insert(&*write, now, by, "account.email_changed", None, None).await?;
    Ok(write.commit().await?)
}
