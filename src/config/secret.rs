//! An address that may hold a password. It leaves in clear only by
//! [`SecretUrl::expose`].

use std::fmt;

use url::Url;

/// Shown without its password and without what may hide one.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretUrl(Url);

impl SecretUrl {
    pub(super) fn parse(text: &str) -> Option<Self> {
        Url::parse(text).ok().map(Self)
    }

    /// With the password, as the driver needs it.
    pub fn expose(&self) -> &str {
        self.0.as_str()
    }

    pub(super) fn url(&self) -> &Url {
        &self.0
    }

    /// Whether it can be told from a bare secret, and shown with its parts
    /// masked.
    pub(super) fn is_showable(&self) -> bool {
        !self.0.cannot_be_a_base()
    }
}

impl fmt::Display for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = &self.0;
        write!(f, "{}://", url.scheme())?;
        if !url.username().is_empty() || url.password().is_some() {
            write!(f, "{}", url.username())?;
            if url.password().is_some() {
                f.write_str(":***")?;
            }
            f.write_str("@")?;
        }
        f.write_str(url.host_str().unwrap_or_default())?;
        if let Some(port) = url.port() {
            write!(f, ":{port}")?;
        }
        // a slash in a password moves its end into the path
        let path = url.path();
        f.write_str(if path.contains('@') { "/***" } else { path })?;
        for (at, (key, value)) in url.query_pairs().enumerate() {
            let sign = if at == 0 { '?' } else { '&' };
            let is_plain = matches!(key.as_ref(), "tls" | "sslmode" | "host" | "user" | "port");
            let value = if is_plain { value.as_ref() } else { "***" };
            write!(f, "{sign}{key}={value}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for SecretUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SecretUrl({self})")
    }
}
