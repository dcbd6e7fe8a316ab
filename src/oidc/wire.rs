//! One request to the provider, on a connection of its own: with limits of time and size, to
//! the issuer's own server and to no other whatever its documents name, and following no
//! redirect. What it answers is for the program alone.

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Bytes;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use openidconnect::http::{HeaderValue, Response, Uri, header};
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{self, ClientConfig, RootCertStore};
use url::{Host, Origin, Url};

/// The largest answer in bytes; a provider's documents have a tenth of it.
const LARGEST: usize = 256 * 1024;

/// How long the provider is waited for.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// For a connection.
    pub connect: Duration,
    /// For the whole of one request.
    pub answer: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(4),
            answer: Duration::from_secs(8),
        }
    }
}

/// Why there is no answer. Nothing of what the other side said stands in it.
#[derive(Debug, thiserror::Error)]
pub enum WireError {
    #[error("its documents name another server")]
    Elsewhere,
    #[error("no connection: {0}")]
    Unreachable(#[from] std::io::Error),
    #[error("no answer in time")]
    Slow,
    #[error("no answer that can be read")]
    Broken,
}

/// The way to one server.
pub(super) struct Wire {
    origin: Origin,
    host: String,
    port: u16,
    /// What requests name the server by.
    named: String,
    tls: Option<TlsConnector>,
    limits: Limits,
}

impl Wire {
    /// To the server of an address: `https`, or `http` on this very machine.
    pub(super) fn new(issuer: &Url, limits: Limits) -> Result<Self, rustls::Error> {
        let host = match issuer.host() {
            Some(Host::Ipv4(address)) => address.to_string(),
            Some(Host::Ipv6(address)) => address.to_string(),
            Some(Host::Domain(name)) => name.to_owned(),
            None => String::new(),
        };
        let named = issuer.host_str().unwrap_or_default();
        let named = match issuer.port() {
            Some(port) => format!("{named}:{port}"),
            None => named.to_owned(),
        };
        let tls = (issuer.scheme() == "https").then(connector).transpose()?;
        Ok(Self {
            origin: issuer.origin(),
            host,
            port: issuer.port_or_known_default().unwrap_or_default(),
            named,
            tls,
            limits,
        })
    }

    /// Sends a request and reads the whole answer.
    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, WireError> {
        let target = Url::parse(&request.uri().to_string());
        if target.is_ok_and(|target| target.origin() == self.origin) {
            let answer = timeout(self.limits.answer, self.exchange(request));
            answer.await.map_err(|_| WireError::Slow)?
        } else {
            Err(WireError::Elsewhere)
        }
    }

    async fn exchange(&self, mut request: HttpRequest) -> Result<HttpResponse, WireError> {
        let host = HeaderValue::from_str(&self.named).map_err(|_| WireError::Broken)?;
        request.headers_mut().insert(header::HOST, host);
        let path = request.uri().path_and_query().cloned();
        *request.uri_mut() = path.map_or_else(Uri::default, Uri::from);
        let connect = TcpStream::connect((self.host.as_str(), self.port));
        let stream = timeout(self.limits.connect, connect).await;
        let stream = stream.map_err(|_| WireError::Slow)??;
        match &self.tls {
            None => converse(stream, request).await,
            Some(tls) => {
                let name = ServerName::try_from(self.host.clone());
                let name = name.map_err(|_| WireError::Broken)?;
                converse(tls.connect(name, stream).await?, request).await
            }
        }
    }
}

impl<'c> AsyncHttpClient<'c> for Wire {
    type Error = WireError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, WireError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}

/// Trusts whom the machine trusts, as the way to the mail server does.
fn connector() -> Result<TlsConnector, rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

async fn converse(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    request: HttpRequest,
) -> Result<HttpResponse, WireError> {
    let broken = |_| WireError::Broken;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream))
        .await
        .map_err(broken)?;
    // It ends with this exchange, however that ends.
    let mut driver = JoinSet::new();
    driver.spawn(connection);
    let request = request.map(|body| Full::new(Bytes::from(body)));
    let answer = sender.send_request(request).await.map_err(broken)?;
    let (head, body) = answer.into_parts();
    let body = Limited::new(body, LARGEST).collect().await;
    let body = body.map_err(|_| WireError::Broken)?.to_bytes().to_vec();
    Ok(Response::from_parts(head, body))
}
