//! Where the site listens, what it is called from outside, and whose word
//! about a client's address is believed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use url::Url;

use super::error::{Expected, Problem};
use super::source::Values;
use super::{BIND, METRICS_BIND, PUBLIC_URL, TRUSTED_PROXIES, Variable};

const DEFAULT_BIND: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Server {
    bind: SocketAddr,
    metrics_bind: Option<SocketAddr>,
    public_url: Option<String>,
    trusted_proxies: Vec<Network>,
}

impl Server {
    pub(super) fn read(values: &Values, problems: &mut Vec<Problem>) -> Option<Self> {
        let before = problems.len();
        let bind = parsed(
            values,
            BIND,
            Expected::Address,
            |text| text.parse().ok(),
            problems,
        );
        let metrics_bind = parsed(
            values,
            METRICS_BIND,
            Expected::Address,
            |text| text.parse().ok(),
            problems,
        );
        let public_url = parsed(
            values,
            PUBLIC_URL,
            Expected::PublicUrl,
            public_url,
            problems,
        );
        let trusted_proxies = parsed(
            values,
            TRUSTED_PROXIES,
            Expected::Networks,
            networks,
            problems,
        );
        (problems.len() == before).then(|| Self {
            bind: bind.unwrap_or(DEFAULT_BIND),
            metrics_bind,
            public_url,
            trusted_proxies: trusted_proxies.unwrap_or_default(),
        })
    }

    pub fn bind(&self) -> SocketAddr {
        self.bind
    }

    pub fn metrics_bind(&self) -> Option<SocketAddr> {
        self.metrics_bind
    }

    /// What links begin with: scheme, host and port, no slash at the end.
    pub fn public_url(&self) -> String {
        self.public_url_at(self.bind)
    }

    /// The same when the listener got its port from the system.
    pub fn public_url_at(&self, bound: SocketAddr) -> String {
        if let Some(url) = &self.public_url {
            return url.clone();
        }
        let reachable = match bound.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        format!("http://{}", SocketAddr::new(reachable, bound.port()))
    }

    pub fn trusted_proxies(&self) -> &[Network] {
        &self.trusted_proxies
    }

    /// Whether what this peer says about a client's address is believed.
    pub fn trusts(&self, peer: IpAddr) -> bool {
        self.trusted_proxies
            .iter()
            .any(|network| network.contains(peer))
    }

    pub(super) fn trusted_proxies_text(&self) -> String {
        let texts: Vec<_> = self
            .trusted_proxies
            .iter()
            .map(Network::to_string)
            .collect();
        texts.join(",")
    }
}

/// `None` when not given, and when wrong: then there is a problem more.
pub(super) fn parsed<T>(
    values: &Values,
    variable: Variable,
    expected: Expected,
    parse: impl Fn(&str) -> Option<T>,
    problems: &mut Vec<Problem>,
) -> Option<T> {
    let given = values.get(variable)?;
    let value = parse(&given.text);
    if value.is_none() {
        problems.push(Problem::Bad {
            place: given.place.clone(),
            value: Some(given.text.clone()),
            expected,
        });
    }
    value
}

fn public_url(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    let is_bare = url.path() == "/"
        && url.query().is_none()
        && url.fragment().is_none()
        && url.username().is_empty()
        && url.password().is_none();
    (is_web && is_bare && url.has_host()).then(|| url.origin().ascii_serialization())
}

/// Addresses that share their first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    prefix: u32,
}

impl Network {
    fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address: IpAddr = address.parse().ok()?;
        let longest = if address.is_ipv4() { 32 } else { 128 };
        let prefix = prefix.map_or(Some(longest), |prefix| prefix.parse().ok())?;
        (prefix <= longest).then_some(Self { address, prefix })
    }

    pub fn contains(&self, peer: IpAddr) -> bool {
        // a socket for both families shows IPv4 peers as IPv6
        match (self.address, peer.to_canonical()) {
            (IpAddr::V4(network), IpAddr::V4(peer)) => {
                let differing = network.to_bits() ^ peer.to_bits();
                differing.leading_zeros() >= self.prefix
            }
            (IpAddr::V6(network), IpAddr::V6(peer)) => {
                let differing = network.to_bits() ^ peer.to_bits();
                differing.leading_zeros() >= self.prefix
            }
            _ => false,
        }
    }
}

impl std::fmt::Display for Network {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let longest = if self.address.is_ipv4() { 32 } else { 128 };
        if self.prefix == longest {
            write!(f, "{}", self.address)
        } else {
            write!(f, "{}/{}", self.address, self.prefix)
        }
    }
}

fn networks(text: &str) -> Option<Vec<Network>> {
    let parts = text.split(',').map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(Network::parse)
        .collect()
}
