//! Where the site listens, what it is called from outside, whose word about a
//! client's address is believed, and how it stops.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use url::Url;

use super::error::{Expected, Problem};
use super::source::Values;
use super::{BIND, METRICS_BIND, PUBLIC_URL, STOP_DELAY, TRUSTED_PROXIES, Variable};

/// Longer than any proxy takes to ask again.
const LONGEST_STOP_DELAY: u64 = 60;
const DEFAULT_BIND: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

pub(super) struct Server {
    pub bind: SocketAddr,
    pub metrics_bind: Option<SocketAddr>,
    pub public_url: String,
    pub trusted_proxies: Proxies,
    pub stop_delay: Duration,
}

impl Server {
    pub(super) fn read(values: &Values, problems: &mut Vec<Problem>) -> Option<Self> {
        let before = problems.len();
        let address = |variable, problems: &mut Vec<Problem>| {
            let parse = |text: &str| text.parse().ok();
            parsed(values, variable, Expected::Address, parse, problems)
        };
        let bind = address(BIND, problems).unwrap_or(DEFAULT_BIND);
        let metrics_bind = address(METRICS_BIND, problems);
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
            Proxies::parse,
            problems,
        );
        let stop_delay = parsed(values, STOP_DELAY, Expected::Seconds, seconds, problems);
        (problems.len() == before).then(|| Self {
            bind,
            metrics_bind,
            public_url: public_url.unwrap_or_else(|| reachable(bind)),
            trusted_proxies: trusted_proxies.unwrap_or_default(),
            stop_delay: stop_delay.unwrap_or_default(),
        })
    }
}

/// The address by which a listener is reached from this machine.
pub(super) fn reachable(bound: SocketAddr) -> String {
    let ip = match bound.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    format!("http://{}", SocketAddr::new(ip, bound.port()))
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

fn seconds(text: &str) -> Option<Duration> {
    let seconds: u64 = text.parse().ok()?;
    (seconds <= LONGEST_STOP_DELAY).then(|| Duration::from_secs(seconds))
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

/// Peers whose `X-Forwarded-*` is believed. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proxies(Arc<[Network]>);

impl Proxies {
    fn parse(text: &str) -> Option<Self> {
        let parts = text.split(',').map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(Network::parse)
            .collect::<Option<_>>()
            .map(Self)
    }

    pub fn contains(&self, peer: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(peer))
    }
}

impl fmt::Display for Proxies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let texts: Vec<_> = self.0.iter().map(Network::to_string).collect();
        f.write_str(&texts.join(","))
    }
}

/// Addresses that share their first bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Network {
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

    fn contains(&self, peer: IpAddr) -> bool {
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

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let longest = if self.address.is_ipv4() { 32 } else { 128 };
        if self.prefix == longest {
            write!(f, "{}", self.address)
        } else {
            write!(f, "{}/{}", self.address, self.prefix)
        }
    }
}
