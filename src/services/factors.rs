//! The second factor: an account sets it up, gives its code when it signs in, and gets in by
//! a recovery code when the application is lost. Which roles must have one is policy. Setting
//! up, moving to another telephone and taking away need a sign-in of the last minutes, by the
//! code that holds.

use chrono::NaiveDate;

use super::accounts::{self, Fresh, SignInError, Tries, Way, hash_of};
use super::error::require_administrator;
use super::{Context, ServiceError, dated};
use crate::clock::random_bytes;
use crate::domain::account::{Actor, Role};
use crate::domain::contact::EmailAddress;
use crate::domain::factor::{
    self, FactorRule, RECOVERY_BYTES, RECOVERY_CODES, SECRET_BYTES, Secret, Stage,
};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::storage::policy::Written;
use crate::storage::{self, Connection, StorageError, Write};

/// How an account's factor stands.
pub struct State {
    pub is_on: bool,
    /// Begun and not confirmed: what an application must be told. Where the factor is on, it is
    /// to take its place.
    pub waiting: Option<Secret>,
    pub codes_left: u64,
    /// Its role must have one.
    pub is_required: bool,
}

pub(super) async fn is_required(
    db: &impl Connection,
    role: Role,
    today: NaiveDate,
) -> Result<bool, StorageError> {
    let rules = storage::factors::rules(db).await?;
    let rules: Vec<FactorRule> = rules.into_iter().map(|written| written.rule).collect();
    Ok(factor::is_required(&rules, role, today))
}

/// How far the session is of somebody who gave the right password.
pub(super) async fn stage(
    db: &impl Connection,
    actor: &Actor,
    today: NaiveDate,
) -> Result<Stage, StorageError> {
    let factor = storage::factors::find(db, actor.account_id).await?;
    if factor.as_ref().is_some_and(|factor| factor.is_confirmed) {
        return Ok(Stage::Code);
    }
    // What somebody else may have begun, and seen, is confirmed by nobody later; one that is on
    // forgets it when its code was given.
    if factor.is_some() {
        storage::factors::remove(db, actor.account_id).await?;
    }
    if is_required(db, actor.role, today).await? {
        Ok(Stage::Enrol)
    } else {
        Ok(Stage::Whole)
    }
}

/// How the actor's own stands.
pub async fn state(context: &Context, actor: &Actor) -> Result<State, ServiceError> {
    let (db, id) = (context.db.read(), actor.account_id);
    let factor = storage::factors::find(db, id).await?;
    let is_on = factor.as_ref().is_some_and(|factor| factor.is_confirmed);
    Ok(State {
        is_on,
        waiting: factor.and_then(|factor| {
            if is_on {
                factor.next
            } else {
                Some(factor.secret)
            }
        }),
        codes_left: storage::factors::codes_left(db, id).await?,
        is_required: is_required(db, actor.role, context.today()).await?,
    })
}

/// Makes a secret that is still to be confirmed. One that is on holds until then.
pub async fn begin(context: &Context, actor: &Actor, fresh: &Fresh) -> Result<(), ServiceError> {
    let (id, now) = (actor.account_id, context.now());
    let secret = Secret::new(random_bytes::<SECRET_BYTES>(context.randomness.as_ref()));
    let write = context.db.write().await?;
    fresh.holds(context, &write, actor).await?;
    let factor = storage::factors::find(&*write, id).await?;
    let action = if factor.is_some_and(|factor| factor.is_confirmed) {
        storage::factors::put_next(&*write, id, Some(&secret)).await?;
        "factor.move_begun"
    } else {
        storage::factors::put(&*write, id, &secret, now).await?;
        "factor.begun"
    };
    storage::audit::insert(&*write, now, Some(id), action, None, None).await?;
    Ok(write.commit().await?)
}

fn wrong(typed: &str) -> ServiceError {
    ServiceError::Invalid(Invalid(vec![Problem {
        field: "code",
        value: typed.to_owned(),
        why: Why::new("problem-factor-code"),
    }]))
}

/// What confirming gives: shown once.
pub struct Confirmed {
    pub codes: Vec<String>,
    /// The session's new token; every other session has ended.
    pub token: String,
}

/// Turns the factor on by a first code, or moves it to where that code is from; the session
/// begins anew and is whole, and recovery codes are new.
pub async fn confirm(
    context: &Context,
    actor: &Actor,
    typed: &str,
    device: &str,
    fresh: &Fresh,
) -> Result<Confirmed, ServiceError> {
    let (id, now, code) = (actor.account_id, context.now(), factor::tidied(typed));
    let none = || ServiceError::Refused(Why::new("refused-factor-none"));
    let write = context.db.write().await?;
    fresh.holds(context, &write, actor).await?;
    let factor = storage::factors::find(&*write, id)
        .await?
        .ok_or_else(none)?;
    let (taken, action) = if factor.is_confirmed {
        let next = factor.next.ok_or_else(none)?;
        let step = next.step_of(&code, now, None).ok_or_else(|| wrong(typed))?;
        let taken = storage::factors::take_next(&*write, id, &next, step, now).await?;
        (taken, "factor.moved")
    } else {
        let step = factor.secret.step_of(&code, now, factor.last_step);
        let step = step.ok_or_else(|| wrong(typed))?;
        let taken = storage::factors::take_step(&*write, id, step, Some(now)).await?;
        (taken, "factor.on")
    };
    if !taken {
        return Err(wrong(typed));
    }
    let codes = put_codes(context, &write, id).await?;
    let whole = (Stage::Whole, fresh.way(&write).await?);
    storage::sessions::delete_of(&*write, id).await?;
    let token = accounts::begin_session(context, &write, id, whole, device).await?;
    storage::audit::insert(&*write, now, Some(id), action, None, None).await?;
    write.commit().await?;
    Ok(Confirmed { codes, token })
}

async fn put_codes(
    context: &Context,
    write: &Write,
    account_id: i64,
) -> Result<Vec<String>, StorageError> {
    let code =
        || factor::recovery_code(random_bytes::<RECOVERY_BYTES>(context.randomness.as_ref()));
    let codes: Vec<String> = std::iter::repeat_with(code).take(RECOVERY_CODES).collect();
    let hashes = codes.iter().map(|code| code_hash(account_id, code));
    let hashes: Vec<String> = hashes.collect();
    storage::factors::put_codes(&**write, account_id, &hashes).await?;
    Ok(codes)
}

/// Of two accounts with the same code the hashes differ.
fn code_hash(account_id: i64, code: &str) -> String {
    hash_of(&format!("recovery:{account_id}:{}", factor::tidied(code)))
}

/// New recovery codes in place of those before.
pub async fn new_codes(
    context: &Context,
    actor: &Actor,
    fresh: &Fresh,
) -> Result<Vec<String>, ServiceError> {
    let (id, now) = (actor.account_id, context.now());
    let write = context.db.write().await?;
    fresh.holds(context, &write, actor).await?;
    let factor = storage::factors::find(&*write, id).await?;
    if !factor.is_some_and(|factor| factor.is_confirmed) {
        return Err(ServiceError::Refused(Why::new("refused-factor-none")));
    }
    let codes = put_codes(context, &write, id).await?;
    storage::audit::insert(&*write, now, Some(id), "factor.codes", None, None).await?;
    write.commit().await?;
    Ok(codes)
}

/// Takes the actor's own factor away, and ends every other session; not where its role must
/// have one.
pub async fn remove(context: &Context, actor: &Actor, fresh: &Fresh) -> Result<(), ServiceError> {
    let (id, now) = (actor.account_id, context.now());
    let write = context.db.write().await?;
    fresh.holds(context, &write, actor).await?;
    if is_required(&*write, actor.role, context.today()).await? {
        return Err(ServiceError::Refused(Why::new("refused-factor-required")));
    }
    if storage::factors::remove(&*write, id).await? {
        fresh.end_others(&write, actor).await?;
        storage::audit::insert(&*write, now, Some(id), "factor.off", None, None).await?;
    }
    Ok(write.commit().await?)
}

/// Takes somebody's factor away who lost both the application and the recovery codes: done by
/// whoever keeps the machine, once it is known who asks. Every session of theirs ends.
pub async fn reset(context: &Context, email: &EmailAddress) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    let account = storage::accounts::find(&*write, email).await?;
    let account = account.ok_or_else(|| ServiceError::not_found("account", email))?;
    let id = account.actor.account_id;
    storage::factors::remove(&*write, id).await?;
    storage::sessions::delete_of(&*write, id).await?;
    let (now, object) = (context.now(), id.to_string());
    storage::audit::insert(&*write, now, None, "factor.reset", Some(&object), None).await?;
    Ok(write.commit().await?)
}

/// Whether what was typed is the account's code now, or a recovery code of its own: it is
/// used up with that.
pub(super) async fn takes(
    context: &Context,
    write: &Write,
    account_id: i64,
    typed: &str,
) -> Result<bool, StorageError> {
    let (db, now, typed) = (&**write, context.now(), factor::tidied(typed));
    if factor::is_code(&typed) {
        let factor = storage::factors::find(db, account_id).await?;
        let step = factor
            .filter(|factor| factor.is_confirmed)
            .and_then(|factor| factor.secret.step_of(&typed, now, factor.last_step));
        return match step {
            Some(step) => storage::factors::take_step(db, account_id, step, None).await,
            None => Ok(false),
        };
    }
    let hash = code_hash(account_id, &typed);
    let used = storage::factors::use_code(db, account_id, &hash, now).await?;
    if used {
        let by = Some(account_id);
        storage::audit::insert(db, now, by, "factor.recovery_used", None, None).await?;
    }
    Ok(used)
}

/// The second step of a sign-in: `pending` is the token that the first one gave. The token of
/// the whole session comes back.
pub async fn give(
    context: &Context,
    pending: &str,
    typed: &str,
    device: &str,
    network: &str,
) -> Result<String, SignInError> {
    let Some(account) = accounts::waiting_for_code(context, pending).await? else {
        return Err(SignInError::Wrong);
    };
    let id = account.actor.account_id;
    let tries = Tries::of_code(&account.actor, network);
    let before = tries.count(context).await?;
    let now = context.now();
    let write = context.db.write().await?;
    let account = storage::accounts::hold(&*write, id).await?;
    if !account.may_enter(context.today()) {
        return Err(SignInError::Wrong);
    }
    if !takes(context, &write, id, typed).await? {
        storage::audit::insert(&*write, now, Some(id), "factor.failed", None, None).await?;
        write.commit().await?;
        return Err(SignInError::Wrong);
    }
    tries.take_back(&write, &before, now).await?;
    let whole = (Stage::Whole, Way::of(&write, &hash_of(pending)).await?);
    // A reset, or the same form once more, may have been faster.
    if !storage::sessions::delete(&*write, &hash_of(pending)).await? {
        return Err(SignInError::Wrong);
    }
    storage::factors::put_next(&*write, id, None).await?;
    let token = accounts::begin_session(context, &write, id, whole, device).await?;
    storage::audit::insert(&*write, now, Some(id), "sign_in.done", None, None).await?;
    write.commit().await?;
    Ok(token)
}

/// Which roles must have a factor, and how that came.
pub struct Rules {
    pub required: Vec<Role>,
    /// The last first.
    pub history: Vec<Written<FactorRule>>,
}

/// What holds today, with its history.
pub async fn rules(context: &Context, actor: &Actor) -> Result<Rules, ServiceError> {
    require_administrator(actor)?;
    let history = storage::factors::rules(context.db.read()).await?;
    let rules: Vec<FactorRule> = history.iter().map(|written| written.rule).collect();
    let today = context.today();
    let required = Role::ALL.into_iter();
    Ok(Rules {
        required: required
            .filter(|role| factor::is_required(&rules, *role, today))
            .collect(),
        history,
    })
}

/// Writes a row, as it was typed: the role, the word, and the day from which it holds.
pub async fn set_rule(
    context: &Context,
    actor: &Actor,
    (role, required, from): (&str, &str, &str),
    fresh: &Fresh,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let problem = |field: &'static str, value: &str, why: Why| Problem {
        field,
        value: value.to_owned(),
        why,
    };
    let of_role =
        Role::parse(role).map_err(|_| problem("role", role, Why::new("problem-factor-role")));
    let word = match required {
        "on" => Ok(true),
        "off" => Ok(false),
        other => Err(problem(
            "required",
            other,
            Why::new("problem-factor-choice"),
        )),
    };
    let first = dated::first_day(from, context.today());
    let rule = match (of_role, word, first) {
        (Ok(role), Ok(required), Ok(valid_from)) => FactorRule {
            valid_from,
            role,
            required,
        },
        (role, word, from) => {
            let problems = role.err().into_iter().chain(word.err()).chain(from.err());
            return Err(ServiceError::Invalid(Invalid(problems.collect())));
        }
    };
    let write = context.db.write().await?;
    fresh.holds(context, &write, actor).await?;
    put_rule(context, &write, rule, Some(actor.account_id)).await?;
    Ok(write.commit().await?)
}

/// Writes a row. Sessions that are open follow it at once where it holds today.
pub(super) async fn put_rule(
    context: &Context,
    write: &Write,
    rule: FactorRule,
    by: Option<i64>,
) -> Result<(), StorageError> {
    let (db, now, today) = (&**write, context.now(), context.today());
    storage::factors::insert_rule(db, rule, by, now).await?;
    if rule.valid_from <= today {
        restage(db, rule.role, rule.required).await?;
    }
    let action = if rule.required {
        "policy.factor_required"
    } else {
        "policy.factor_not_required"
    };
    let (day, role) = (rule.valid_from.to_string(), rule.role.code());
    storage::audit::insert(db, now, by, action, Some(&day), Some(role)).await
}

async fn restage(db: &impl Connection, role: Role, required: bool) -> Result<(), StorageError> {
    let between = if required {
        (Stage::Whole, Stage::Enrol)
    } else {
        (Stage::Enrol, Stage::Whole)
    };
    storage::factors::restage(db, role, between).await
}

/// Lets open sessions follow the rules whose day has come since they began: whoever does so
/// often finds nothing to change.
pub async fn follow_rules(db: &impl Connection, today: NaiveDate) -> Result<(), StorageError> {
    let rules = storage::factors::rules(db).await?;
    let rules: Vec<FactorRule> = rules.into_iter().map(|written| written.rule).collect();
    let ruled = |role: &Role| rules.iter().any(|rule| rule.role == *role);
    for role in Role::ALL.into_iter().filter(ruled) {
        restage(db, role, factor::is_required(&rules, role, today)).await?;
    }
    Ok(())
}

/// The same by whoever keeps the machine, from today on.
pub async fn require(context: &Context, role: Role, required: bool) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    let rule = FactorRule {
        valid_from: context.today(),
        role,
        required,
    };
    put_rule(context, &write, rule, None).await?;
    Ok(write.commit().await?)
}
