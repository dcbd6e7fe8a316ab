//! A browser without a screen: keeps cookies, reads pages, fills the forms it
//! was given. It drives the real router in process.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use scraper::{Html, Selector};
use tower::ServiceExt as _;

/// More than any page or sheet has.
const MOST: usize = 4 << 20;

/// See the module's words.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    pub cookies: BTreeMap<String, String>,
    /// Where it comes from.
    pub address: SocketAddr,
    /// Headers sent with everything.
    pub headers: Vec<(&'static str, String)>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self {
            router,
            cookies: BTreeMap::new(),
            address: SocketAddr::from(([127, 0, 0, 1], 4000)),
            headers: Vec::new(),
        }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.send("GET", path, Vec::new(), &[]).await
    }

    /// Posts fields as a form of this very site does.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let same = ("sec-fetch-site", "same-origin");
        self.send("POST", path, encoded(fields).into_bytes(), &[same])
            .await
    }

    /// Sends anything with further headers.
    pub async fn send(
        &mut self,
        method: &str,
        path: &str,
        body: Vec<u8>,
        more: &[(&str, &str)],
    ) -> Page {
        let mut request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "dom.example")
            .header(header::ACCEPT_LANGUAGE, "it");
        if method == "POST" {
            request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        }
        let own = self
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        for (name, value) in own.chain(more.iter().copied()) {
            request = request.header(name, value);
        }
        let cookies: Vec<String> = self
            .cookies
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect();
        if !cookies.is_empty() {
            request = request.header(header::COOKIE, cookies.join("; "));
        }
        let mut request = request.body(Body::from(body)).unwrap();
        request.extensions_mut().insert(ConnectInfo(self.address));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep(&parts.headers);
        Page {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, MOST).await.unwrap().to_vec(),
        }
    }

    fn keep(&mut self, headers: &HeaderMap) {
        for cookie in headers.get_all(header::SET_COOKIE) {
            let text = cookie.to_str().unwrap();
            let (name, rest) = text.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if rest.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

impl Page {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.map_or("", |value| value.to_str().unwrap())
    }

    pub fn location(&self) -> &str {
        self.header("location")
    }

    pub fn title(&self) -> String {
        self.texts("title").join(" ")
    }

    /// The texts of everything that a selector finds.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let selector = Selector::parse(selector).unwrap();
        page.select(&selector)
            .map(|element| {
                let text: String = element.text().collect();
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            })
            .collect()
    }

    /// The fields of the form that posts to an address, with what they hold.
    pub fn form(&self, action: &str) -> Vec<(String, String)> {
        let page = Html::parse_document(&self.text());
        let form = Selector::parse(&format!("form[action=\"{action}\"]")).unwrap();
        let form = page
            .select(&form)
            .next()
            .unwrap_or_else(|| panic!("no form to {action}"));
        let fields = Selector::parse("input[name]").unwrap();
        form.select(&fields)
            .filter(|field| {
                let kind = field.value().attr("type").unwrap_or("text");
                kind != "checkbox" || field.value().attr("checked").is_some()
            })
            .map(|field| {
                let attribute = |name| field.value().attr(name).unwrap_or_default().to_owned();
                (attribute("name"), attribute("value"))
            })
            .collect()
    }
}

fn encoded(fields: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in fields {
        if !text.is_empty() {
            text.push('&');
        }
        text.push_str(&percent(name));
        text.push('=');
        text.push_str(&percent(value));
    }
    text
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
