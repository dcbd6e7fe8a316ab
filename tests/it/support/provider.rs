//! A small identity provider on this machine. It knows one person, believes whatever a test
//! tells it about them, signs by a key of its own, and can be made to lie, to be slow, or to
//! lead elsewhere.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use dom::clock::{Clock as _, ManualClock};
use dom::config::{Config, Source};
use dom::oidc::{Limits, Provider};
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;
use url::Url;

use super::site::Site;

pub const CLIENT: &str = "dom";
const SECRET: &str = "un segreto di prova";
pub const NAME: &str = "Comune di prova";
/// What it says where somebody showed two factors.
pub const TWO: &str = "urn:prova:due";
const BACK: &str = "http://dom.example/sign-in/provider/back";

/// How it signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Signs {
    #[default]
    Rightly,
    /// By a key that it does not show.
    Foreign,
    Nothing,
}

/// How it behaves.
#[derive(Debug, Clone, Default)]
pub struct Manner {
    /// Claims that stand in place of the right ones; `null` leaves one out.
    pub claims: BTreeMap<&'static str, Value>,
    pub signs: Signs,
    /// It takes a code as often as somebody sends it.
    pub lax: bool,
    /// It never answers.
    pub silent: bool,
    /// It answers everything by an error, with these words.
    pub broken: Option<&'static str>,
    /// Its documents name this place for codes, or it leads there when it is asked for them.
    pub token_elsewhere: Option<String>,
    pub leads_elsewhere: Option<String>,
}

/// Somebody at its door.
struct Visit {
    nonce: String,
    challenge: String,
}

struct Inner {
    issuer: String,
    clock: Arc<ManualClock>,
    /// The key that it shows, and one that it does not.
    keys: Mutex<[EcdsaKeyPair; 2]>,
    manner: Mutex<Manner>,
    codes: Mutex<BTreeMap<String, Visit>>,
    used: Mutex<BTreeSet<String>>,
    /// What it was asked for.
    asked: Mutex<Vec<&'static str>>,
}

/// See the module's words. It lives as long as the test's runtime.
#[derive(Clone)]
pub struct LocalProvider(Arc<Inner>);

fn key() -> EcdsaKeyPair {
    let (kind, random) = (&ECDSA_P256_SHA256_FIXED_SIGNING, SystemRandom::new());
    let bytes = EcdsaKeyPair::generate_pkcs8(kind, &random).unwrap();
    EcdsaKeyPair::from_pkcs8(kind, bytes.as_ref(), &random).unwrap()
}

impl LocalProvider {
    /// Serves, and the site's staff may sign in by it.
    pub async fn beside(site: &mut Site) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let provider = Self(Arc::new(Inner {
            issuer,
            clock: site.clock.clone(),
            keys: Mutex::new([key(), key()]),
            manner: Mutex::default(),
            codes: Mutex::default(),
            used: Mutex::default(),
            asked: Mutex::default(),
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        provider.is_known_anew(site);
        provider
    }

    /// The site forgets what it knows of the provider.
    pub fn is_known_anew(&self, site: &mut Site) {
        site.context.provider = Some(Arc::new(self.as_configured()));
    }

    fn as_configured(&self) -> Provider {
        let of = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let source = Source {
            env: [
                of("DOM_OIDC_ISSUER", &self.0.issuer),
                of("DOM_OIDC_CLIENT_ID", CLIENT),
                of("DOM_OIDC_CLIENT_SECRET", SECRET),
                of("DOM_OIDC_NAME", NAME),
                of("DOM_OIDC_FACTOR", &format!("{TWO},amr:otp")),
            ]
            .into(),
            ..Source::default()
        };
        let config = Config::load(&source).unwrap().oidc.unwrap();
        let limits = Limits {
            connect: Duration::from_secs(5),
            answer: Duration::from_millis(500),
        };
        Provider::new(&config, limits).unwrap()
    }

    /// Changes how it behaves from now on.
    pub fn behaves(&self, manner: Manner) {
        *self.0.manner.lock().unwrap() = manner;
    }

    /// It says this of its person, and everything else as it is.
    pub fn says(&self, claims: &[(&'static str, Value)]) {
        self.behaves(Manner {
            claims: claims.iter().cloned().collect(),
            ..Manner::default()
        });
    }

    /// It signs by another key from now on, and shows that one.
    pub fn changes_its_key(&self) {
        self.0.keys.lock().unwrap()[0] = key();
    }

    /// What it was asked for since the last time.
    pub fn asked(&self) -> Vec<&'static str> {
        std::mem::take(&mut *self.0.asked.lock().unwrap())
    }

    pub fn issuer(&self) -> &str {
        &self.0.issuer
    }

    /// The parts of the address that somebody was sent to.
    pub fn parts(&self, address: &str) -> BTreeMap<String, String> {
        let url = Url::parse(address).unwrap_or_else(|_| panic!("no address: {address}"));
        assert!(address.starts_with(&format!("{}/authorize?", self.0.issuer)));
        url.query_pairs().into_owned().collect()
    }

    /// Its person says yes: the address that they are sent back to, on the site.
    pub fn approves(&self, address: &str) -> String {
        let parts = self.parts(address);
        for (name, value) in [
            ("client_id", CLIENT),
            ("redirect_uri", BACK),
            ("response_type", "code"),
            ("code_challenge_method", "S256"),
        ] {
            assert_eq!(parts[name], value, "{name}");
        }
        let scopes: Vec<&str> = parts["scope"].split(' ').collect();
        assert!(scopes.contains(&"openid"), "{scopes:?}");
        let mut codes = self.0.codes.lock().unwrap();
        let code = format!("code-{}", codes.len() + 1);
        codes.insert(
            code.clone(),
            Visit {
                nonce: parts["nonce"].clone(),
                challenge: parts["code_challenge"].clone(),
            },
        );
        let state = &parts["state"];
        format!("/sign-in/provider/back?code={code}&state={state}")
    }

    fn asks(&self, what: &'static str) -> Manner {
        self.0.asked.lock().unwrap().push(what);
        self.0.manner.lock().unwrap().clone()
    }

    fn signed(&self, claims: &Value, manner: &Manner) -> String {
        let algorithm = match manner.signs {
            Signs::Nothing => "none",
            Signs::Rightly | Signs::Foreign => "ES256",
        };
        let head = json!({"alg": algorithm, "typ": "JWT"});
        let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let text = format!("{}.{}", part(&head), part(claims));
        if manner.signs == Signs::Nothing {
            return format!("{text}.");
        }
        let keys = self.0.keys.lock().unwrap();
        let key = &keys[usize::from(manner.signs == Signs::Foreign)];
        let signature = key.sign(&SystemRandom::new(), text.as_bytes()).unwrap();
        format!("{text}.{}", BASE64URL_NOPAD.encode(signature.as_ref()))
    }
}

/// What it does before it looks at a request.
async fn first(manner: &Manner) -> Option<Response> {
    if manner.silent {
        std::future::pending::<()>().await;
    }
    let broken = manner.broken?;
    Some((StatusCode::INTERNAL_SERVER_ERROR, broken).into_response())
}

async fn metadata(State(provider): State<LocalProvider>) -> Response {
    let manner = provider.asks("metadata");
    if let Some(broken) = first(&manner).await {
        return broken;
    }
    if let Some(elsewhere) = &manner.leads_elsewhere {
        return Redirect::temporary(elsewhere).into_response();
    }
    let issuer = provider.issuer();
    let token = manner.token_elsewhere.clone();
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": token.unwrap_or_else(|| format!("{issuer}/token")),
        "jwks_uri": format!("{issuer}/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    }))
    .into_response()
}

async fn keys(State(provider): State<LocalProvider>) -> Response {
    provider.asks("keys");
    let keys = provider.0.keys.lock().unwrap();
    let public = keys[0].public_key().as_ref();
    let part = |bytes: &[u8]| BASE64URL_NOPAD.encode(bytes);
    Json(json!({"keys": [{
        "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256",
        "x": part(&public[1..33]), "y": part(&public[33..]),
    }]}))
    .into_response()
}

async fn token(
    State(provider): State<LocalProvider>,
    headers: HeaderMap,
    Form(sent): Form<BTreeMap<String, String>>,
) -> Response {
    let manner = provider.asks("token");
    if let Some(broken) = first(&manner).await {
        return broken;
    }
    // RFC 6749, 2.3.1: both are written as forms are before they are joined.
    let known =
        |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>();
    let pair = format!("{}:{}", known(CLIENT), known(SECRET));
    let expected = format!("Basic {}", BASE64.encode(pair.as_bytes()));
    assert_eq!(headers[header::AUTHORIZATION], expected.as_str());
    assert_eq!(sent["redirect_uri"], BACK);
    let refused = || {
        let why = json!({"error": "invalid_grant"});
        (StatusCode::BAD_REQUEST, Json(why)).into_response()
    };
    let codes = provider.0.codes.lock().unwrap();
    let Some(visit) = codes.get(&sent["code"]) else {
        return refused();
    };
    let challenge = BASE64URL_NOPAD.encode(&Sha256::digest(sent["code_verifier"].as_bytes()));
    let is_first = provider.0.used.lock().unwrap().insert(sent["code"].clone());
    if challenge != visit.challenge || !(is_first || manner.lax) {
        return refused();
    }
    let now = provider.0.clock.now().timestamp();
    let mut claims = json!({
        "iss": provider.issuer(), "sub": "persona-1", "aud": CLIENT, "nonce": visit.nonce,
        "iat": now, "exp": now + 300, "auth_time": now, "email": "operator@prova.example",
    });
    for (name, value) in &manner.claims {
        let all = claims.as_object_mut().unwrap();
        if value.is_null() {
            all.remove(*name);
        } else {
            all.insert((*name).to_owned(), value.clone());
        }
    }
    Json(json!({
        "access_token": "non serve", "token_type": "Bearer", "expires_in": 300,
        "id_token": provider.signed(&claims, &manner),
    }))
    .into_response()
}
