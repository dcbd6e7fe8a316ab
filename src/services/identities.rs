//! Signing in by the identity provider that the configuration names. An account is found by
//! the identity that its owner linked, from within or by an invitation, never by an address.
//! A way there and back is known by a sealed cookie, comes back once, and by itself changes
//! nothing but who is signed in: what it found is linked by a form.

use chrono::{DateTime, Utc};
use data_encoding::BASE64URL_NOPAD;

use super::accounts::{Begun, Fresh, SignInError, Tries, Way, begin_session, hash_of};
use super::error::require_administrator;
use super::{Context, ServiceError, dated, factors, sealing};
use crate::clock::random_bytes;
use crate::domain::account::{Actor, Role};
use crate::domain::carried::{CarriedKey, LOT};
use crate::domain::factor::{FRESH_FOR, Stage};
use crate::domain::identity::{
    self, ANEW_SLACK, Away, Found, Kept, LONGEST_NEXT, LOT_BYTES, LocalRule, Purpose,
};
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::oidc::{Asked, OidcError, Provider, Told};
use crate::storage::identities::Identity;
use crate::storage::policy::Written;
use crate::storage::{self, Connection, StorageError, Write};

/// Where the provider leads back to.
pub const BACK: &str = "/sign-in/provider/back";

/// Why a way to the provider led nowhere.
#[derive(Debug, thiserror::Error)]
pub enum Lost {
    #[error("no identity provider is configured")]
    NoProvider,
    /// It was not begun here, is over, or came back before.
    #[error("not a way that began here")]
    Foreign,
    /// The provider, or its user, said no.
    #[error("declined at the provider")]
    Declined,
    /// What came back can't be believed.
    #[error("the provider's word does not hold")]
    Refused,
    /// No account that is open is linked to it.
    #[error("nobody's identity")]
    Unknown,
    /// It does not say that its user showed who they are a moment ago, in as many steps as
    /// when they came in.
    #[error("not shown anew")]
    NotAnew,
    #[error("the provider does not answer")]
    Down,
    /// Too many returns that let nobody in.
    #[error("too many tries, wait {seconds} seconds")]
    Wait { seconds: u64 },
    #[error(transparent)]
    Failed(#[from] ServiceError),
}

impl From<StorageError> for Lost {
    fn from(error: StorageError) -> Self {
        Self::Failed(error.into())
    }
}

impl From<OidcError> for Lost {
    fn from(error: OidcError) -> Self {
        tracing::warn!(%error, "nobody was let in by the identity provider");
        match error {
            OidcError::Down(_) => Self::Down,
            OidcError::Refused(_) | OidcError::Unsound(_) => Self::Refused,
        }
    }
}

/// Where somebody goes, and what their cookie keeps meanwhile.
pub struct Going {
    pub address: String,
    pub sealed: String,
}

/// What somebody came back with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Return<'a> {
    pub state: &'a str,
    pub code: &'a str,
    /// Empty where the provider said yes.
    pub error: &'a str,
    /// The issuer, where it says so (RFC 9207).
    pub iss: &'a str,
}

/// What a way was good for.
pub enum Came {
    /// Somebody is in, or as far as that goes.
    In { begun: Begun, next: String },
    /// The session is fresh again.
    Fresh { next: String },
    /// The code of here is still to come, with this cookie.
    Code { sealed: String, next: String },
    /// An identity for one's own account, to be linked by a form with this cookie.
    Link { sealed: String },
    /// The same for the account of an invitation.
    Invited { sealed: String },
}

/// The name of the provider's button, where there is a provider.
pub fn button(context: &Context) -> Option<String> {
    let provider = context.provider.as_deref()?;
    Some(provider.name().to_owned())
}

/// What a way there and back is sealed as.
const SEALED_AS: &str = "identity";

/// The key of the cookies.
async fn key(context: &Context) -> Result<CarriedKey, ServiceError> {
    sealing::key(context, storage::secrets::IDENTITIES).await
}

async fn seal(context: &Context, kept: &Kept) -> Result<String, ServiceError> {
    let lot = random_bytes::<LOT>(context.randomness.as_ref());
    Ok(key(context).await?.lock(SEALED_AS, kept, lot))
}

async fn open(context: &Context, sealed: &str) -> Result<Option<Kept>, ServiceError> {
    if sealed.is_empty() {
        return Ok(None);
    }
    Ok(key(context).await?.unlock(SEALED_AS, sealed))
}

async fn found(
    context: &Context,
    sealed: &str,
    purpose: &Purpose,
) -> Result<Option<Found>, ServiceError> {
    let kept = open(context, sealed).await?;
    Ok(kept.and_then(|kept| kept.found(purpose, context.now())))
}

fn asked(context: &Context, away: &Away) -> Asked {
    Asked {
        state: away.state.clone(),
        nonce: away.nonce.clone(),
        verifier: away.verifier.clone(),
        back: format!("{}{BACK}", context.public_url),
        // On a shared machine the provider may still know a colleague.
        anew: !matches!(away.purpose, Purpose::SignIn),
        address: matches!(away.purpose, Purpose::Link { .. } | Purpose::Invited { .. }),
    }
}

/// The digest that an identity is kept by. Some providers mean people by their tax code, which
/// is soon guessed: without the key of here nobody finds whose it is.
async fn digest(
    context: &Context,
    provider: &Provider,
    subject: &str,
) -> Result<String, ServiceError> {
    let text = format!("identity:{}\n{subject}", provider.issuer());
    Ok(key(context).await?.digest(&text))
}

async fn begin(context: &Context, purpose: Purpose, next: &str) -> Result<Going, Lost> {
    let provider = context.provider.as_deref().ok_or(Lost::NoProvider)?;
    let now = context.now();
    let lot = || BASE64URL_NOPAD.encode(&random_bytes::<LOT_BYTES>(context.randomness.as_ref()));
    let next = Some(next).filter(|next| next.len() <= LONGEST_NEXT);
    let next = next.unwrap_or("/");
    let away = Away {
        state: lot(),
        nonce: lot(),
        verifier: lot(),
        purpose,
        next: next.to_owned(),
        since: now,
    };
    let (asked, clock) = (asked(context, &away), context.clock.as_ref());
    let address = provider.address(&asked, clock).await?;
    Ok(Going {
        address: address.into(),
        sealed: seal(context, &Kept::Away(away)).await?,
    })
}

/// Sends somebody to the provider, to come in. `next`: where to go afterwards, on this site.
pub async fn sign_in(context: &Context, next: &str) -> Result<Going, Lost> {
    begin(context, Purpose::SignIn, next).await
}

/// Sends the actor there, to show anew who they are. `token`: of the session.
pub async fn confirm(
    context: &Context,
    actor: &Actor,
    token: &str,
    next: &str,
) -> Result<Going, Lost> {
    begin(context, confirming(actor, token), next).await
}

/// Sends the actor there, to find what is to be linked to their account.
pub async fn look(context: &Context, actor: &Actor) -> Result<Going, Lost> {
    let account = actor.account_id;
    begin(context, Purpose::Link { account }, "/").await
}

/// Sends the owner of an invitation there, to find what is to be linked to its account.
pub async fn look_invited(context: &Context, link: &str) -> Result<Going, Lost> {
    begin(context, invited(link), "/").await
}

fn confirming(actor: &Actor, token: &str) -> Purpose {
    Purpose::Confirm {
        account: actor.account_id,
        session: hash_of(token),
    }
}

fn invited(link: &str) -> Purpose {
    Purpose::Invited {
        link: hash_of(link),
    }
}

/// Takes somebody back. `sealed`: what their cookie kept; `network` and `device` as at the
/// door.
pub async fn come_back(
    context: &Context,
    sealed: &str,
    back: Return<'_>,
    network: &str,
    device: &str,
) -> Result<Came, Lost> {
    let provider = context.provider.as_deref().ok_or(Lost::NoProvider)?;
    let now = context.now();
    let kept = open(context, sealed).await?;
    // Any page can lead a browser here: what did not begin here counts against nobody.
    let away = kept
        .and_then(|kept| kept.away(back.state, now))
        .ok_or(Lost::Foreign)?;
    if let Some(seconds) = context.wrong_returns.seconds_to_wait(network, now) {
        return Err(Lost::Wait { seconds });
    }
    let told = heard(context, provider, &away, back).await;
    let came = match told {
        Ok(told) => settled(context, provider, (away, &told), device).await,
        Err(lost) => Err(lost),
    };
    if let Err(Lost::Refused | Lost::Unknown | Lost::NotAnew) = &came {
        context.wrong_returns.count(network, now);
        let write = context.db.write().await?;
        let detail = Some("provider");
        storage::audit::insert(&*write, now, None, "sign_in.failed", None, detail).await?;
        write.commit().await?;
    }
    came
}

/// What the provider says of who came back, once.
async fn heard(
    context: &Context,
    provider: &Provider,
    away: &Away,
    back: Return<'_>,
) -> Result<Told, Lost> {
    if !back.iss.is_empty() && back.iss != provider.issuer() {
        return Err(Lost::Foreign);
    }
    let write = context.db.write().await?;
    let name = hash_of(&format!("provider:{}", away.state));
    let is_first = storage::mailings::spend_form(&*write, &name, context.today()).await?;
    write.commit().await?;
    if !is_first {
        return Err(Lost::Foreign);
    }
    if !back.error.is_empty() {
        return Err(Lost::Declined);
    }
    if back.code.is_empty() {
        return Err(Lost::Foreign);
    }
    let (asked, clock) = (asked(context, away), context.clock.as_ref());
    Ok(provider.told(back.code.to_owned(), &asked, clock).await?)
}

async fn settled(
    context: &Context,
    provider: &Provider,
    (away, told): (Away, &Told),
    device: &str,
) -> Result<Came, Lost> {
    let identity = digest(context, provider, &told.subject).await?;
    let found = |purpose: &Purpose| {
        Kept::Found(Found {
            identity: identity.clone(),
            called: told.email.clone().unwrap_or_default(),
            purpose: purpose.clone(),
            at: context.now(),
        })
    };
    match &away.purpose {
        Purpose::SignIn => {
            let begun = come_in(context, &identity, told, device).await?;
            let next = away.next;
            Ok(Came::In { begun, next })
        }
        Purpose::Confirm { account, session } => {
            let needs_code =
                shown_anew(context, (*account, session), &identity, told, away.since).await?;
            if needs_code {
                let sealed = seal(context, &found(&away.purpose)).await?;
                let next = away.next;
                return Ok(Came::Code { sealed, next });
            }
            Ok(Came::Fresh { next: away.next })
        }
        Purpose::Link { .. } | Purpose::Invited { .. } if !is_anew(told, away.since) => {
            Err(Lost::NotAnew)
        }
        Purpose::Link { .. } => Ok(Came::Link {
            sealed: seal(context, &found(&away.purpose)).await?,
        }),
        Purpose::Invited { .. } => Ok(Came::Invited {
            sealed: seal(context, &found(&away.purpose)).await?,
        }),
    }
}

/// Whether somebody showed who they are since they were sent to the provider.
fn is_anew(told: &Told, since: DateTime<Utc>) -> bool {
    told.at.is_some_and(|at| at >= since - ANEW_SLACK)
}

/// Whether an account is linked to an identity by now.
async fn is_linked(
    db: &impl Connection,
    account_id: i64,
    identity: &str,
) -> Result<bool, StorageError> {
    let own = storage::identities::of(db, account_id).await?;
    Ok(own.is_some_and(|own| own.digest == identity))
}

async fn come_in(
    context: &Context,
    identity: &str,
    told: &Told,
    device: &str,
) -> Result<Begun, Lost> {
    let (now, today) = (context.now(), context.today());
    let write = context.db.write().await?;
    let linked = storage::identities::find(&*write, identity).await?;
    let id = linked.ok_or(Lost::Unknown)?.account_id;
    let account = storage::accounts::hold(&*write, id).await?;
    // Its owner may have taken the link away meanwhile.
    if !account.may_enter(today) || !is_linked(&*write, id, identity).await? {
        return Err(Lost::Unknown);
    }
    let own = factors::stage(&*write, &account.actor, today).await?;
    let stage = if told.has_factor { Stage::Whole } else { own };
    let way = Way::Provider;
    let token = begin_session(context, &write, id, (stage, way), device).await?;
    // The provider may know its user since the morning, and its clock may be ahead.
    let shown = told
        .at
        .filter(|at| *at <= now + ANEW_SLACK && now - *at < FRESH_FOR)
        .map(|at| at.min(now));
    let outside = (told.has_factor, shown);
    storage::sessions::begun_outside(&*write, &hash_of(&token), outside).await?;
    let action = match stage {
        Stage::Code => "sign_in.provider_right",
        Stage::Whole | Stage::Enrol => "sign_in.done",
    };
    let (by, detail) = (Some(id), Some("provider"));
    storage::audit::insert(&*write, now, by, action, None, detail).await?;
    write.commit().await?;
    Ok(Begun { token, stage })
}

/// Makes a session fresh whose owner showed anew who they are; whether the code of here is
/// needed first.
async fn shown_anew(
    context: &Context,
    (account_id, session): (i64, &str),
    identity: &str,
    told: &Told,
    since: DateTime<Utc>,
) -> Result<bool, Lost> {
    let (now, today) = (context.now(), context.today());
    let write = context.db.write().await?;
    let account = storage::accounts::hold(&*write, account_id).await?;
    let held = storage::sessions::find(&*write, session).await?;
    let held = held.filter(|(_, owner)| owner.actor.account_id == account_id);
    let stage = held.map(|(session, _)| session.stage);
    let stage = stage.filter(|stage| *stage != Stage::Code && account.may_enter(today));
    let (Some(stage), true) = (stage, is_linked(&*write, account_id, identity).await?) else {
        return Err(Lost::Unknown);
    };
    if !is_anew(told, since) {
        return Err(Lost::NotAnew);
    }
    if !told.has_factor {
        let own = storage::factors::find(&*write, account_id).await?;
        if own.is_some_and(|factor| factor.is_confirmed) {
            return Ok(true);
        }
        let role = account.actor.role;
        if stage == Stage::Whole && factors::is_required(&*write, role, today).await? {
            return Err(Lost::NotAnew);
        }
    }
    storage::sessions::refresh(&*write, session, now).await?;
    write.commit().await?;
    Ok(false)
}

/// Whether the actor came back from the provider and the code of here is still to come.
pub async fn waits_for_code(
    context: &Context,
    actor: &Actor,
    token: &str,
    sealed: &str,
) -> Result<bool, ServiceError> {
    let found = found(context, sealed, &confirming(actor, token)).await?;
    Ok(found.is_some())
}

/// Takes that code: the session is fresh again.
pub async fn give_code(
    context: &Context,
    actor: &Actor,
    (token, sealed): (&str, &str),
    code: &str,
    network: &str,
) -> Result<(), SignInError> {
    let found = found(context, sealed, &confirming(actor, token)).await?;
    let found = found.ok_or(SignInError::Wrong)?;
    let (id, now) = (actor.account_id, context.now());
    let tries = Tries::of_code(actor, network);
    let before = tries.count(context).await?;
    let write = context.db.write().await?;
    let account = storage::accounts::hold(&*write, id).await?;
    let holds = account.may_enter(context.today())
        && is_linked(&*write, id, &found.identity).await?
        && factors::takes(context, &write, id, code).await?;
    if holds {
        tries.take_back(&write, &before, now).await?;
        storage::sessions::refresh(&*write, &hash_of(token), now).await?;
    } else {
        storage::audit::insert(&*write, now, Some(id), "factor.failed", None, None).await?;
    }
    write.commit().await?;
    if holds {
        Ok(())
    } else {
        Err(SignInError::Wrong)
    }
}

/// How the actor's own account stands to the provider.
pub struct Own {
    pub provider: String,
    pub linked_at: Option<DateTime<Utc>>,
    /// There is another way in.
    pub may_unlink: bool,
    /// What came back from the provider, to be linked: how its owner knows it, empty where the
    /// provider does not say.
    pub found: Option<String>,
}

/// See [`Own`]; nothing without a provider. `sealed`: what a cookie kept.
pub async fn own(
    context: &Context,
    actor: &Actor,
    sealed: &str,
) -> Result<Option<Own>, ServiceError> {
    let Some(provider) = context.provider.as_deref() else {
        return Ok(None);
    };
    let (db, account) = (context.db.read(), actor.account_id);
    let linked = storage::identities::of(db, account).await?;
    let linked = linked.filter(|linked| linked.issuer == provider.issuer());
    let has_password = storage::accounts::get(db, account)
        .await?
        .password_hash
        .is_some();
    let found = found(context, sealed, &Purpose::Link { account }).await?;
    Ok(Some(Own {
        provider: provider.name().to_owned(),
        linked_at: linked.map(|linked| linked.linked_at),
        may_unlink: has_password && stays_local(context, db, actor.role).await?,
        found: found.map(|found| found.called),
    }))
}

async fn put(
    context: &Context,
    write: &Write,
    account_id: i64,
    found: Found,
) -> Result<(), ServiceError> {
    let none = || ServiceError::Refused(Why::new("refused-identity-old"));
    let taken = || ServiceError::Refused(Why::new("refused-identity-taken"));
    let provider = context.provider.as_deref().ok_or_else(none)?;
    let (db, now) = (&**write, context.now());
    let there = storage::identities::find(db, &found.identity).await?;
    if there.is_some_and(|other| other.account_id != account_id) {
        return Err(taken());
    }
    let identity = Identity {
        account_id,
        digest: found.identity,
        issuer: provider.issuer().to_owned(),
        linked_at: now,
    };
    match storage::identities::put(db, &identity).await {
        Err(StorageError::Conflict { .. }) => return Err(taken()),
        done => done?,
    }
    let by = Some(account_id);
    Ok(storage::audit::insert(db, now, by, "identity.linked", None, None).await?)
}

/// Links what was found to the actor's account, in place of what it was linked to; every other
/// session ends.
pub async fn link(
    context: &Context,
    actor: &Actor,
    sealed: &str,
    fresh: &Fresh,
) -> Result<(), ServiceError> {
    let account = actor.account_id;
    let found = found(context, sealed, &Purpose::Link { account }).await?;
    let found = found.ok_or_else(|| ServiceError::Refused(Why::new("refused-identity-old")))?;
    let write = context.db.write().await?;
    fresh.holds(context, &write, actor).await?;
    put(context, &write, account, found).await?;
    fresh.end_others(&write, actor).await?;
    Ok(write.commit().await?)
}

/// What was found for the account of an invitation, as its owner knows it; empty where the
/// provider does not say.
pub async fn found_invited(
    context: &Context,
    link: &str,
    sealed: &str,
) -> Result<Option<String>, ServiceError> {
    let found = found(context, sealed, &invited(link)).await?;
    Ok(found.map(|found| found.called))
}

/// Links what was found to the account of an invitation, which is used up; every session ends.
pub async fn link_invited(context: &Context, link: &str, sealed: &str) -> Result<(), ServiceError> {
    let found = found(context, sealed, &invited(link)).await?;
    let found = found.ok_or_else(|| ServiceError::Refused(Why::new("refused-identity-old")))?;
    let dead = || ServiceError::Refused(Why::new("refused-link-dead"));
    let write = context.db.write().await?;
    let id = storage::accounts::of_link(&*write, &hash_of(link), context.now()).await?;
    let id = id.ok_or_else(dead)?;
    // Of two at the same time the second finds no link to drop any more.
    let was_used = storage::accounts::drop_links(&*write, id).await? == 0;
    let account = storage::accounts::hold(&*write, id).await?;
    if was_used || account.is_over(context.today()) {
        return Err(dead());
    }
    put(context, &write, id, found).await?;
    storage::sessions::delete_of(&*write, id).await?;
    Ok(write.commit().await?)
}

/// Takes the link of the actor's own account away, where there is another way in; every other
/// session ends.
pub async fn unlink(context: &Context, actor: &Actor, fresh: &Fresh) -> Result<(), ServiceError> {
    let (id, now) = (actor.account_id, context.now());
    let write = context.db.write().await?;
    let account = fresh.holds(context, &write, actor).await?;
    if account.password_hash.is_none() || !stays_local(context, &*write, actor.role).await? {
        return Err(ServiceError::Refused(Why::new("refused-identity-only")));
    }
    if storage::identities::remove(&*write, id).await? {
        fresh.end_others(&write, actor).await?;
        storage::audit::insert(&*write, now, Some(id), "identity.removed", None, None).await?;
    }
    Ok(write.commit().await?)
}

/// Whether a role may sign in by a password of here. Without a provider there is no other way.
pub(super) async fn is_local(
    context: &Context,
    db: &impl Connection,
    role: Role,
) -> Result<bool, StorageError> {
    if context.provider.is_none() {
        return Ok(true);
    }
    let rules = storage::identities::rules(db).await?;
    let rules: Vec<LocalRule> = rules.into_iter().map(|written| written.rule).collect();
    Ok(identity::is_local(&rules, role, context.today()))
}

/// Whether a role may sign in by a password of here, and no row that is written turns that off
/// later: who unlinks on the day before must not stand outside on the day.
async fn stays_local(
    context: &Context,
    db: &impl Connection,
    role: Role,
) -> Result<bool, StorageError> {
    let rules = storage::identities::rules(db).await?;
    let rules: Vec<LocalRule> = rules.into_iter().map(|written| written.rule).collect();
    Ok(context.provider.is_none() || identity::stays_local(&rules, role, context.today()))
}

/// Whether the actor may sign in by a password of here.
pub async fn has_local(context: &Context, actor: &Actor) -> Result<bool, ServiceError> {
    Ok(is_local(context, context.db.read(), actor.role).await?)
}

/// How a role's accounts stand to the provider.
pub struct Count {
    pub role: Role,
    /// Accounts that are not shut.
    pub accounts: i64,
    /// Those of them that are linked to an identity.
    pub linked: i64,
    /// Sessions that a password began: they end when it is turned off.
    pub local_sessions: i64,
}

/// Which roles sign in how, and how that came.
pub struct Rules {
    /// Roles that sign in by the provider alone.
    pub without: Vec<Role>,
    /// Of each role that has accounts.
    pub counts: Vec<Count>,
    /// The last first.
    pub history: Vec<Written<LocalRule>>,
}

/// What holds today, with its history.
pub async fn rules(context: &Context, actor: &Actor) -> Result<Rules, ServiceError> {
    require_administrator(actor)?;
    let db = context.db.read();
    let history = storage::identities::rules(db).await?;
    let rules: Vec<LocalRule> = history.iter().map(|written| written.rule).collect();
    let today = context.today();
    let issuer = context.provider.as_deref().map_or("", Provider::issuer);
    let linked = storage::identities::counts(db, Some(issuer), today).await?;
    let sessions = storage::sessions::count_local(db).await?;
    let of = |all: &[(Role, i64)], role: Role| {
        let found = all.iter().find(|(known, _)| *known == role);
        found.map_or(0, |(_, count)| *count)
    };
    let all = storage::identities::counts(db, None, today).await?;
    let mut counts: Vec<Count> = all
        .into_iter()
        .map(|(role, accounts)| Count {
            role,
            accounts,
            linked: of(&linked, role),
            local_sessions: of(&sessions, role),
        })
        .collect();
    counts.sort_by_key(|count| count.role);
    let roles = Role::ALL.into_iter();
    Ok(Rules {
        without: roles
            .filter(|role| !identity::is_local(&rules, *role, today))
            .collect(),
        counts,
        history,
    })
}

/// Writes a row, as it was typed: the role, the word, and the day from which it holds. Sessions
/// that a password began end with a row that turns it off from today on. Nobody shuts themselves
/// out: whoever does it to their own role is in by the provider.
pub async fn set_rule(
    context: &Context,
    actor: &Actor,
    (role, local, from): (&str, &str, &str),
    fresh: &Fresh,
) -> Result<(), ServiceError> {
    require_administrator(actor)?;
    let problem = |field: &'static str, value: &str, key: &'static str| Problem {
        field,
        value: value.to_owned(),
        why: Why::new(key),
    };
    let of_role = Role::parse(role).map_err(|_| problem("role", role, "problem-factor-role"));
    let word = match local {
        "on" => Ok(true),
        "off" if context.provider.is_some() => Ok(false),
        "off" => Err(problem("local", local, "problem-local-no-provider")),
        other => Err(problem("local", other, "problem-local-choice")),
    };
    let first = dated::first_day(from, context.today());
    let rule = match (of_role, word, first) {
        (Ok(role), Ok(local), Ok(valid_from)) => LocalRule {
            valid_from,
            role,
            local,
        },
        (role, word, from) => {
            let problems = role.err().into_iter().chain(word.err()).chain(from.err());
            return Err(ServiceError::Invalid(Invalid(problems.collect())));
        }
    };
    let write = context.db.write().await?;
    fresh.holds(context, &write, actor).await?;
    if !rule.local && rule.role == actor.role {
        let issuer = context.provider.as_deref().map_or("", Provider::issuer);
        let own = storage::identities::of(&*write, actor.account_id).await?;
        if own.is_none_or(|own| own.issuer != issuer) {
            let unlinked = problem("local", local, "problem-local-unlinked");
            return Err(ServiceError::Invalid(Invalid(vec![unlinked])));
        }
        if fresh.way(&write).await? == Way::Password {
            let by_password = problem("local", local, "problem-local-by-password");
            return Err(ServiceError::Invalid(Invalid(vec![by_password])));
        }
    }
    put_rule(context, &write, rule, Some(actor.account_id)).await?;
    Ok(write.commit().await?)
}

async fn put_rule(
    context: &Context,
    write: &Write,
    rule: LocalRule,
    by: Option<i64>,
) -> Result<(), StorageError> {
    let (db, now) = (&**write, context.now());
    storage::identities::insert_rule(db, rule, by, now).await?;
    follow_rules(context, write).await?;
    let action = if rule.local {
        "policy.local_on"
    } else {
        "policy.local_off"
    };
    let (day, role) = (rule.valid_from.to_string(), rule.role.code());
    storage::audit::insert(db, now, by, action, Some(&day), Some(role)).await
}

/// Ends the sessions that a password began of each role whose password is off today: those that
/// were open when the row was written, and when its day came. How many.
pub async fn follow_rules(context: &Context, write: &Write) -> Result<u64, StorageError> {
    if context.provider.is_none() {
        return Ok(0);
    }
    let rules = storage::identities::rules(&**write).await?;
    let rules: Vec<LocalRule> = rules.into_iter().map(|written| written.rule).collect();
    let (roles, today) = (Role::ALL.into_iter(), context.today());
    let mut ended = 0;
    for role in roles.filter(|role| !identity::is_local(&rules, *role, today)) {
        ended += storage::sessions::delete_local(&**write, role).await?;
    }
    Ok(ended)
}

/// Lets a role sign in by passwords again, from today on: done by whoever keeps the machine
/// when the provider is gone.
pub async fn allow_local(context: &Context, role: Role) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    let rule = LocalRule {
        valid_from: context.today(),
        role,
        local: true,
    };
    put_rule(context, &write, rule, None).await?;
    Ok(write.commit().await?)
}
