//! The identity provider that the configuration names, spoken to by `OpenID` Connect: the
//! code flow with PKCE. What it says of somebody is checked here to the last claim; whose
//! account that is, and what it opens, is not here. Its address, and where its documents
//! lead, come from the configuration alone.

mod wire;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreAuthPrompt, CoreAuthenticationFlow, CoreClient, CoreClientAuthMethod, CoreIdTokenClaims,
    CoreJwsSigningAlgorithm, CoreProviderMetadata, CoreTokenResponse,
};
use openidconnect::{
    AccessTokenHash, AuthType, AuthenticationContextClass, AuthorizationCode,
    ClaimsVerificationError, ClientId, ClientSecret, CsrfToken, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, IssuerUrl, Nonce, OAuth2TokenResponse as _, PkceCodeChallenge, PkceCodeVerifier,
    RedirectUrl, RequestTokenError, Scope, SignatureVerificationError, TokenResponse as _,
};
use tokio::sync::Mutex;
use tokio::time::timeout;
use tokio_rustls::rustls;
use url::Url;

use self::wire::Wire;
use crate::clock::Clock;
use crate::config::Oidc;
use crate::domain::account::CLOCKS_APART;

pub use self::wire::{Limits, WireError};

/// What the provider says of itself, its keys among it, is asked again after so long.
const KNOWN_FOR: TimeDelta = TimeDelta::hours(1);
/// Documents that can't be read again hold for so long: its keys are still its keys while it is
/// down for a moment.
const HOLDS_FOR: TimeDelta = TimeDelta::hours(24);
/// A key that is not known is asked for again after so long.
const KEYS_FOR: TimeDelta = TimeDelta::minutes(1);
/// A provider that did not answer is left alone for so long.
const LEFT_ALONE: TimeDelta = TimeDelta::seconds(10);
/// A token of a clock that is ahead of ours holds for so much longer.
const LEEWAY: TimeDelta = TimeDelta::minutes(1);
/// How tokens may be signed: by keys whose public half the provider shows, and by nothing that
/// both sides share.
const SIGNED_BY: [CoreJwsSigningAlgorithm; 9] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why the provider says nothing of somebody. For the log: no word of the provider's own
/// stands in it but the code of its refusal.
#[derive(Debug, thiserror::Error)]
pub enum OidcError {
    /// It is down, slow, or no provider at all.
    #[error("the identity provider can't be asked: {0}")]
    Down(String),
    /// It does not take the code: it was used, is too old, or was given to somebody else.
    #[error("the identity provider refuses the code: {0}")]
    Refused(String),
    /// What it says can't be believed.
    #[error("the identity provider's token is not sound: {0}")]
    Unsound(String),
}

/// What one way to the provider and back is known by.
#[derive(Debug, Clone)]
pub struct Asked {
    pub state: String,
    pub nonce: String,
    /// Of PKCE: 43 to 128 letters that are safe in an address.
    pub verifier: String,
    /// Where the provider leads back to.
    pub back: String,
    /// Somebody is to show anew who they are, however short ago they did.
    pub anew: bool,
    /// The address is asked for too, to be shown to its owner.
    pub address: bool,
}

/// What the provider says of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Whom it means, for good; known to this provider alone.
    pub subject: String,
    /// An address, where it was asked for and said.
    pub email: Option<String>,
    /// It took two factors, by what the configuration counts as that.
    pub has_factor: bool,
    /// When they showed who they are.
    pub at: Option<DateTime<Utc>>,
}

/// What is known of the provider, from its own documents.
#[derive(Default)]
struct Known {
    read: Option<(DateTime<Utc>, Arc<CoreProviderMetadata>)>,
    failed_at: Option<DateTime<Utc>>,
}

impl Known {
    /// The documents, where they were read at most so long ago.
    fn within(&self, longest: TimeDelta, now: DateTime<Utc>) -> Option<Arc<CoreProviderMetadata>> {
        let (at, metadata) = self.read.as_ref()?;
        ((now - *at).abs() < longest).then(|| metadata.clone())
    }
}

/// See the module's words.
pub struct Provider {
    issuer: IssuerUrl,
    client_id: ClientId,
    secret: Option<ClientSecret>,
    name: String,
    acr: Vec<String>,
    amr: Vec<String>,
    wire: Wire,
    /// For its documents and keys together.
    longest: Duration,
    known: Mutex<Known>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Provider({})", self.issuer.as_str())
    }
}

impl Provider {
    /// The one that the configuration names. Nothing is asked yet.
    pub fn new(config: &Oidc, limits: Limits) -> Result<Self, rustls::Error> {
        let (amr, acr): (Vec<&str>, Vec<&str>) = config
            .factors
            .iter()
            .map(String::as_str)
            .partition(|value| value.starts_with(AMR));
        let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
        Ok(Self {
            wire: Wire::new(config.issuer().url(), limits)?,
            longest: limits.answer * 3 / 2,
            issuer: config.issuer().clone(),
            client_id: ClientId::new(config.client_id.clone()),
            secret: config
                .secret()
                .map(|secret| ClientSecret::new(secret.to_owned())),
            name: config.name.clone(),
            acr: owned(acr),
            amr: owned(amr.into_iter().map(|value| &value[AMR.len()..]).collect()),
            known: Mutex::default(),
        })
    }

    /// What its button is called.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What identities of it are kept under.
    pub fn issuer(&self) -> &str {
        self.issuer.as_str()
    }

    /// Whether it answers as a provider does.
    pub async fn check(&self, clock: &dyn Clock) -> Result<(), OidcError> {
        self.metadata(clock, KNOWN_FOR).await.map(drop)
    }

    /// Where somebody goes to show who they are.
    pub async fn address(&self, asked: &Asked, clock: &dyn Clock) -> Result<Url, OidcError> {
        let metadata = self.metadata(clock, KNOWN_FOR).await?;
        let client = self.client(&metadata, &asked.back)?;
        let (state, nonce) = (asked.state.clone(), asked.nonce.clone());
        let verifier = PkceCodeVerifier::new(asked.verifier.clone());
        let mut request = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        for value in &self.acr {
            request =
                request.add_auth_context_value(AuthenticationContextClass::new(value.clone()));
        }
        if asked.address {
            request = request.add_scope(Scope::new("email".to_owned()));
        }
        if asked.anew {
            let prompt = CoreAuthPrompt::Login;
            request = request.set_max_age(Duration::ZERO).add_prompt(prompt);
        }
        Ok(request.url().0)
    }

    /// What the provider says of the somebody who came back with a code. However many requests
    /// that takes, whoever waits for the page is told in time.
    pub async fn told(
        &self,
        code: String,
        asked: &Asked,
        clock: &dyn Clock,
    ) -> Result<Told, OidcError> {
        let told = timeout(2 * self.longest, self.hear(code, asked, clock));
        told.await.unwrap_or_else(|_| Err(slow()))
    }

    async fn hear(
        &self,
        code: String,
        asked: &Asked,
        clock: &dyn Clock,
    ) -> Result<Told, OidcError> {
        let metadata = self.metadata(clock, KNOWN_FOR).await?;
        let client = self.client(&metadata, &asked.back)?;
        let answer = self.answer(&client, code, asked).await?;
        let now = clock.now();
        let claims = match claims(&client, &answer, asked, now) {
            // The provider may have a new key since.
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey
                | SignatureVerificationError::CryptoError(_),
            )) => {
                let anew = self.metadata(clock, KEYS_FOR).await?;
                claims(&self.client(&anew, &asked.back)?, &answer, asked, now)
            }
            checked => checked,
        };
        // What can't be believed is not told on.
        let claims = claims.map_err(|error| OidcError::Unsound(kind_of(&error).to_owned()))?;
        Ok(self.read(&claims))
    }

    fn read(&self, claims: &CoreIdTokenClaims) -> Told {
        let acr = claims.auth_context_ref().map(|value| value.as_str());
        let by_acr = acr.is_some_and(|value| self.acr.iter().any(|known| known == value));
        let amr = claims.auth_method_refs().map_or(&[][..], Vec::as_slice);
        let by_amr = amr.iter().any(|value| self.amr.contains(&**value));
        Told {
            subject: claims.subject().to_string(),
            email: claims.email().map(|email| email.to_string()),
            has_factor: by_acr || by_amr,
            at: claims.auth_time(),
        }
    }

    async fn answer(
        &self,
        client: &Client,
        code: String,
        asked: &Asked,
    ) -> Result<CoreTokenResponse, OidcError> {
        let down = |why: &dyn std::fmt::Display| OidcError::Down(why.to_string());
        let request = client
            .exchange_code(AuthorizationCode::new(code))
            .map_err(|error| down(&error))?
            .set_pkce_verifier(PkceCodeVerifier::new(asked.verifier.clone()));
        request
            .request_async(&self.wire)
            .await
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(said) => {
                    OidcError::Refused(said.error().to_string())
                }
                RequestTokenError::Request(error) => down(&error),
                RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
                    down(&"its answer to the code can't be read")
                }
            })
    }

    fn client(&self, metadata: &CoreProviderMetadata, back: &str) -> Result<Client, OidcError> {
        let back = RedirectUrl::new(back.to_owned());
        let back = back.map_err(|error| OidcError::Down(error.to_string()))?;
        let methods = metadata.token_endpoint_auth_methods_supported();
        let takes = |method| methods.is_none_or(|all| all.contains(&method));
        let to = metadata.authorization_endpoint().url();
        if to.scheme() != self.issuer.url().scheme() {
            let why = "its documents lead people to an address that is not guarded as its own";
            return Err(OidcError::Down(why.to_owned()));
        }
        let (id, secret) = (self.client_id.clone(), self.secret.clone());
        let client = CoreClient::from_provider_metadata(metadata.clone(), id, secret);
        let client = client.set_redirect_uri(back);
        if takes(CoreClientAuthMethod::ClientSecretBasic) {
            Ok(client)
        } else {
            Ok(client.set_auth_type(AuthType::RequestBody))
        }
    }

    /// Its documents and keys, read at most so long ago. Whoever asks meanwhile waits for the
    /// same reading.
    async fn metadata(
        &self,
        clock: &dyn Clock,
        longest: TimeDelta,
    ) -> Result<Arc<CoreProviderMetadata>, OidcError> {
        let mut known = self.known.lock().await;
        let now = clock.now();
        if let Some(metadata) = known.within(longest, now) {
            return Ok(metadata);
        }
        // Whoever misses a key is not helped by what is known.
        let held = known
            .within(HOLDS_FOR, now)
            .filter(|_| longest == KNOWN_FOR);
        if known
            .failed_at
            .is_some_and(|at| (now - at).abs() < LEFT_ALONE)
        {
            let down = || OidcError::Down("it did not answer a moment ago".to_owned());
            return held.ok_or_else(down);
        }
        let read = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.wire);
        let why = match timeout(self.longest, read).await {
            Ok(Ok(metadata)) => {
                let metadata = Arc::new(metadata);
                *known = Known {
                    read: Some((now, metadata.clone())),
                    failed_at: None,
                };
                return Ok(metadata);
            }
            Ok(Err(error)) => OidcError::Down(discovery(&error)),
            Err(_) => slow(),
        };
        // It is left alone from when that is known, not from when it was asked.
        known.failed_at = Some(clock.now());
        if held.is_some() {
            tracing::warn!(error = %why, "what the identity provider said before still holds");
        }
        held.ok_or(why)
    }
}

fn slow() -> OidcError {
    OidcError::Down("no answer in time".to_owned())
}

/// Begins what the configuration counts as two factors by the means that were used.
const AMR: &str = "amr:";

fn discovery(error: &openidconnect::DiscoveryError<WireError>) -> String {
    use openidconnect::DiscoveryError as E;
    match error {
        E::Request(error) => error.to_string(),
        E::Response(status, ..) => format!("it answers {}", status.as_u16()),
        E::Parse(_) => "its documents can't be read".to_owned(),
        E::Validation(_) => "its documents name another issuer".to_owned(),
        _ => "its documents can't be asked for".to_owned(),
    }
}

/// The claims of an answer, all of them checked.
fn claims(
    client: &Client,
    answer: &CoreTokenResponse,
    asked: &Asked,
    now: DateTime<Utc>,
) -> Result<CoreIdTokenClaims, ClaimsVerificationError> {
    let unsound = |why: &str| ClaimsVerificationError::Other(why.to_owned());
    let token = answer.id_token().ok_or_else(|| unsound("no token"))?;
    let near = move |at: DateTime<Utc>| {
        if (now - at).abs() < CLOCKS_APART {
            Ok(())
        } else {
            Err("issued at another time".to_owned())
        }
    };
    let verifier = client
        .id_token_verifier()
        .set_allowed_algs(SIGNED_BY)
        .set_time_fn(move || now - LEEWAY)
        .set_issue_time_verifier_fn(near);
    let claims = token.claims(&verifier, &Nonce::new(asked.nonce.clone()))?;
    if let Some(expected) = claims.access_token_hash() {
        let found = token.signing_alg().and_then(|algorithm| {
            let key = token.signing_key(&verifier)?;
            AccessTokenHash::from_token(answer.access_token(), algorithm, key)
                .map_err(|_| SignatureVerificationError::NoSignature)
        });
        let found = found.map_err(ClaimsVerificationError::SignatureVerification)?;
        if found != *expected {
            return Err(unsound("of another access token"));
        }
    }
    Ok(claims.clone())
}

/// What was wrong, in words of the program's own.
fn kind_of(error: &ClaimsVerificationError) -> &'static str {
    use ClaimsVerificationError as E;
    match error {
        E::Expired(_) => "expired, or issued at another time",
        E::InvalidAudience(_) => "for another client",
        E::InvalidAuthContext(_) | E::InvalidAuthTime(_) => "of another sign-in",
        E::InvalidIssuer(_) => "of another issuer",
        E::InvalidNonce(_) => "of another attempt",
        E::InvalidSubject(_) => "of another person",
        E::SignatureVerification(_) => "its signature does not hold",
        _ => "it can't be read",
    }
}
