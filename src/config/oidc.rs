//! The identity provider that the staff may sign in by. Only an issuer that stands here is
//! ever asked.

use std::fmt;

use openidconnect::IssuerUrl;
use url::{Host, Url};

use super::error::{Expected, Problem};
use super::server::parsed;
use super::source::Values;
use super::{OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_FACTOR, OIDC_ISSUER, OIDC_NAME, Variable};

/// Letters of the button's name.
const LONGEST_NAME: usize = 60;

/// Shown without its secret.
#[derive(Clone, PartialEq, Eq)]
pub struct Oidc {
    issuer: IssuerUrl,
    pub client_id: String,
    secret: Option<String>,
    /// What its button is called.
    pub name: String,
    /// What its tokens say where somebody showed two factors: values of `acr`, and those of
    /// `amr` after `amr:`.
    pub factors: Vec<String>,
}

impl Oidc {
    /// `None`: without one, and where there is a problem more.
    pub(super) fn read(values: &Values, problems: &mut Vec<Problem>) -> Option<Self> {
        let issuer = parsed(values, OIDC_ISSUER, Expected::Issuer, issuer, problems);
        let client_id = parsed(values, OIDC_CLIENT_ID, Expected::ClientId, word, problems);
        let name = parsed(values, OIDC_NAME, Expected::ProviderName, name, problems);
        let factors = parsed(values, OIDC_FACTOR, Expected::Factors, factors, problems);
        let needs = |given: Variable, other: Variable, problems: &mut Vec<Problem>| {
            if let (Some(given), None) = (values.get(given), values.get(other)) {
                problems.push(Problem::OtherMissing {
                    place: given.place.clone(),
                    other: other.name,
                });
            }
        };
        needs(OIDC_ISSUER, OIDC_CLIENT_ID, problems);
        for variable in [OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_NAME, OIDC_FACTOR] {
            needs(variable, OIDC_ISSUER, problems);
        }
        let (issuer, client_id) = (issuer?, client_id?);
        let host = issuer.url().host_str().unwrap_or_default().to_owned();
        Some(Self {
            issuer,
            client_id,
            secret: values
                .get(OIDC_CLIENT_SECRET)
                .map(|given| given.text.clone()),
            name: name.unwrap_or(host),
            factors: factors.unwrap_or_default(),
        })
    }

    /// As its documents and tokens must state it, to the letter.
    pub fn issuer(&self) -> &IssuerUrl {
        &self.issuer
    }

    /// What the provider knows the program by, besides the client's name.
    pub fn secret(&self) -> Option<&str> {
        self.secret.as_deref()
    }

    /// The same with a secret masked.
    pub(super) fn secret_shown(&self) -> &'static str {
        self.secret.as_ref().map_or("", |_| "***")
    }
}

impl fmt::Debug for Oidc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Oidc({}, {})", self.issuer.as_str(), self.client_id)
    }
}

/// Encrypted, or on this very machine: what it says lets people in.
fn issuer(text: &str) -> Option<IssuerUrl> {
    let issuer = IssuerUrl::new(text.to_owned()).ok()?;
    let url: &Url = issuer.url();
    let is_here = match url.host()? {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => name == "localhost",
    };
    let is_safe = url.scheme() == "https" || (url.scheme() == "http" && is_here);
    let is_bare = url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    (is_safe && is_bare).then_some(issuer)
}

fn word(text: &str) -> Option<String> {
    let is_word = text.bytes().all(|byte| byte.is_ascii_graphic());
    is_word.then(|| text.to_owned())
}

fn name(text: &str) -> Option<String> {
    let fits = text.chars().count() <= LONGEST_NAME && !text.chars().any(char::is_control);
    fits.then(|| text.to_owned())
}

fn factors(text: &str) -> Option<Vec<String>> {
    text.split(',')
        .map(str::trim)
        .map(|value| word(value).filter(|value| !matches!(value.as_str(), "" | "amr:")))
        .collect()
}
