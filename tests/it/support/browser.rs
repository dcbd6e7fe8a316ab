//! A browser without a screen: keeps cookies, reads pages, follows links, and
//! fills the forms it was given. It drives the real router in process.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use scraper::{ElementRef, Html, Selector};
use tower::ServiceExt as _;

use super::heard::{self, Sort};

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
    /// By which name it asks.
    pub host: String,
    /// Where a form led on to: what follows it stays on this site, since browsers go no further
    /// (`form-action`).
    led_by_form: Option<String>,
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
            host: "dom.example".to_owned(),
            led_by_form: None,
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

    /// Submits a form by the button that is called so.
    pub async fn submit(&mut self, form: &Form, button: &str) -> Page {
        let fields = form.sent_by(button);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        if form.posts {
            self.post(&form.action, &fields).await
        } else {
            self.get(&format!("{}?{}", form.action, encoded(&fields)))
                .await
        }
    }

    /// Posts fields and a file as a form of this very site does.
    pub async fn upload(
        &mut self,
        path: &str,
        fields: &[(&str, &str)],
        (name, file): (&str, &[u8]),
    ) -> Page {
        let part = |head: String| {
            format!("--edge\r\nContent-Disposition: form-data; name={head}\r\n\r\n").into_bytes()
        };
        let mut body = part(format!("\"file\"; filename=\"{name}\""));
        body.extend(file);
        for (field, value) in fields {
            body.extend(b"\r\n");
            body.extend(part(format!("\"{field}\"")));
            body.extend(value.bytes());
        }
        body.extend(b"\r\n--edge--\r\n");
        let kind = ("content-type", "multipart/form-data; boundary=edge");
        let same = ("sec-fetch-site", "same-origin");
        self.send("POST", path, body, &[same, kind]).await
    }

    /// Goes where a page leads on.
    pub async fn follow(&mut self, page: &Page) -> Page {
        assert_eq!(page.status, StatusCode::SEE_OTHER, "{}", page.text());
        self.get(page.location()).await
    }

    /// Follows the link that is called so.
    pub async fn click(&mut self, page: &Page, link: &str) -> Page {
        let target = page
            .links()
            .into_iter()
            .find(|(text, _)| text == link)
            .unwrap_or_else(|| panic!("no link {link}: {:?}", page.links()));
        self.get(&target.1).await
    }

    /// Answers the pages, in Italian, by which somebody asks to be registered, from the first
    /// question on; the one that shows everything.
    pub async fn join(&mut self, mut page: Page, given_name: &str, phone: &str) -> Page {
        let pages: [&[(&str, &str)]; 4] = [
            &[("relation", "self")],
            &[("given_name", given_name), ("family_name", "Vyhadana")],
            &[("contact_by", "phone"), ("phone", phone)],
            &[("comune", "Grosseto")],
        ];
        for fields in pages {
            page = self.say(&page, fields, "Avanti").await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.main());
        }
        page
    }

    /// Answers one of those pages: buttons by what they send, fields by their names.
    pub async fn say(&mut self, page: &Page, fields: &[(&str, &str)], button: &str) -> Page {
        let mut form = page.form("/register");
        for (name, value) in fields {
            form = match *name {
                "relation" | "contact_by" => form.choose(name, value),
                _ => form.fill(name, value),
            };
        }
        self.submit(&form, button).await
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
            .header(header::HOST, &self.host);
        let own = self.headers.iter().map(|(name, _)| *name);
        let mut set = own.chain(more.iter().map(|(name, _)| *name));
        if !set.any(|name| name == "accept-language") {
            request = request.header(header::ACCEPT_LANGUAGE, "it");
        }
        let of_a_kind = more.iter().any(|(name, _)| *name == "content-type");
        if method == "POST" && !of_a_kind {
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
        let page = Page {
            status: parts.status,
            headers: parts.headers,
            bytes: to_bytes(body, MOST).await.unwrap().to_vec(),
        };
        page.says_all(path);
        page.is_heard(path);
        self.goes_nowhere_else(method, path, &page);
        page
    }

    /// A form leads to no other site, however many redirects later.
    fn goes_nowhere_else(&mut self, method: &str, path: &str, page: &Page) {
        let is_led = method == "POST" || self.led_by_form.as_deref() == Some(path);
        self.led_by_form = None;
        let target = page.location();
        if is_led && !target.is_empty() {
            let stays = target.starts_with('/') && !target.starts_with("//");
            assert!(stays, "a form led by {path} to {target}");
            self.led_by_form = Some(target.to_owned());
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

/// Answers whose page says no more than that something failed, or is refused.
const FAILURES: [u16; 10] = [403, 404, 405, 410, 413, 421, 429, 500, 503, 504];

impl Page {
    /// The catalogue marks words that it lacks, or that have a hole: no page shows any.
    fn says_all(&self, path: &str) {
        if self.header("content-type").starts_with("text/html") {
            let text = self.text();
            let hole = text.split('⟦').nth(1);
            assert!(hole.is_none(), "{path}: {}", hole.unwrap_or_default());
        }
    }

    /// Keeps what others than the reader may see of it.
    fn is_heard(&self, path: &str) {
        if path == "/metrics" {
            heard::keep(Sort::Figures, &self.text());
        }
        if !self.location().is_empty() {
            heard::keep(Sort::Location, self.location());
        }
        if FAILURES.contains(&self.status.as_u16()) {
            let text = self.text();
            let main = text.split("<main").nth(1);
            let main = main.and_then(|rest| rest.split("</main>").next());
            heard::keep(Sort::Failure, main.unwrap_or(&text));
        }
    }

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

    pub fn heading(&self) -> String {
        self.texts("h1").join(" ")
    }

    /// What stands in the page itself, without what is around it.
    pub fn main(&self) -> String {
        self.texts("main").join(" ")
    }

    /// The form's problems, as they stand above it.
    pub fn errors(&self) -> Vec<String> {
        self.texts(".dom-errors li")
    }

    /// What is said to have been done.
    pub fn notice(&self) -> String {
        self.texts("main > [role=status].alert").join(" ")
    }

    /// The cells of the rows of the first table.
    pub fn rows(&self) -> Vec<Vec<String>> {
        let page = Html::parse_document(&self.text());
        let first = selector("table");
        let Some(table) = page.select(&first).next() else {
            return Vec::new();
        };
        table
            .select(&selector("tbody tr"))
            .map(|row| row.select(&selector("th, td")).map(words_of).collect())
            .collect()
    }

    /// Text and target of every link.
    pub fn links(&self) -> Vec<(String, String)> {
        let page = Html::parse_document(&self.text());
        page.select(&selector("a[href]"))
            .map(|link| (words_of(link), attribute(link, "href")))
            .collect()
    }

    /// The texts of everything that a selector finds.
    pub fn texts(&self, selected: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        page.select(&selector(selected)).map(words_of).collect()
    }

    /// An attribute of everything that a selector finds.
    pub fn attributes(&self, selected: &str, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let selected = selector(selected);
        let found = page.select(&selected);
        found.map(|one| attribute(one, name)).collect()
    }

    /// Whether no form leads to an address.
    pub fn form_is_missing(&self, action: &str) -> bool {
        self.texts(&format!("form[action='{action}']")).is_empty()
    }

    /// The form that leads to an address, as it came.
    pub fn form(&self, action: &str) -> Form {
        let page = Html::parse_document(&self.text());
        let form = page
            .select(&selector(&format!("form[action=\"{action}\"]")))
            .next()
            .unwrap_or_else(|| panic!("no form to {action}: {}", self.text()));
        let labels: BTreeMap<String, String> = page
            .select(&selector("label[for]"))
            .map(|label| (attribute(label, "for"), words_of(label)))
            .collect();
        Form {
            action: action.to_owned(),
            posts: attribute(form, "method") == "post",
            fields: form
                .select(&selector("input[name], select[name], textarea[name]"))
                .chain(page.select(&selector(&format!(
                    "input[name][form=\"{}\"]",
                    attribute(form, "id")
                ))))
                .map(|field| Field::of(field, &labels))
                .collect(),
            buttons: form
                .select(&selector("button"))
                .chain(page.select(&selector(&format!(
                    "button[form=\"{}\"]",
                    attribute(form, "id")
                ))))
                .map(|button| {
                    let sent = (attribute(button, "name"), attribute(button, "value"));
                    (
                        words_of(button),
                        Some(sent).filter(|sent| !sent.0.is_empty()),
                    )
                })
                .collect(),
        }
    }
}

/// A form being filled in.
#[derive(Debug, Clone)]
pub struct Form {
    action: String,
    posts: bool,
    fields: Vec<Field>,
    /// What each is called, and the field that it sends.
    buttons: Vec<(String, Option<(String, String)>)>,
}

#[derive(Debug, Clone)]
struct Field {
    name: String,
    label: String,
    value: String,
    /// Not ticked: it is not sent.
    on: bool,
    /// Code and text of what can be chosen.
    options: Option<Vec<(String, String)>>,
}

impl Field {
    fn of(element: ElementRef, labels: &BTreeMap<String, String>) -> Self {
        let label = labels.get(&attribute(element, "id"));
        let mut field = Self {
            name: attribute(element, "name"),
            label: label.cloned().unwrap_or_default(),
            value: attribute(element, "value"),
            on: !["checkbox", "radio"].contains(&attribute(element, "type").as_str())
                || element.attr("checked").is_some(),
            options: None,
        };
        if element.value().name() == "textarea" {
            field.value = element.text().collect::<String>();
        }
        if element.value().name() == "select" {
            let options: Vec<ElementRef> = element.select(&selector("option")).collect();
            let chosen = options.iter().find(|one| one.attr("selected").is_some());
            field.value = chosen
                .or(options.first())
                .map(|one| attribute(*one, "value"))
                .unwrap_or_default();
            field.options = Some(
                options
                    .into_iter()
                    .map(|one| (attribute(one, "value"), words_of(one)))
                    .collect(),
            );
        }
        field
    }

    fn is_called(&self, called: &str) -> bool {
        self.name == called || (!self.label.is_empty() && self.label == called)
    }
}

impl Form {
    /// What a field holds, by its label or name.
    pub fn value(&self, called: &str) -> &str {
        let field = self.fields.iter().find(|field| field.is_called(called));
        let field = field.unwrap_or_else(|| panic!("no field {called}: {self:?}"));
        &field.value
    }

    /// Types into a field, by its label or name; in a list, chooses the code or text.
    #[must_use]
    pub fn fill(mut self, called: &str, value: &str) -> Self {
        let place = self.fields.iter().position(|field| field.is_called(called));
        let place = place.unwrap_or_else(|| panic!("no field {called}: {self:?}"));
        let field = &mut self.fields[place];
        let code = match &field.options {
            None => value,
            Some(options) => options
                .iter()
                .find(|(code, text)| code == value || text == value)
                .map_or_else(
                    || panic!("{called} offers no {value}: {options:?}"),
                    |(code, _)| code.as_str(),
                ),
        };
        field.value = code.to_owned();
        self
    }

    /// Chooses one of several: the radio button of this name that sends this.
    #[must_use]
    pub fn choose(mut self, name: &str, value: &str) -> Self {
        let mut found = false;
        for field in self.fields.iter_mut().filter(|field| field.name == name) {
            field.on = field.value == value;
            found |= field.on;
        }
        assert!(found, "{name} offers no {value}: {self:?}");
        self
    }

    /// What is sent for a field as the form stands; nothing where no button is chosen.
    pub fn chosen(&self, name: &str) -> Option<&str> {
        let mut of_name = self.fields.iter().filter(|field| field.name == name);
        of_name
            .find(|field| field.on)
            .map(|field| field.value.as_str())
    }

    /// Ticks a box by what it sends, or by its label.
    #[must_use]
    pub fn tick(mut self, called: &str) -> Self {
        let place = self
            .fields
            .iter()
            .position(|field| !field.on && (field.value == called || field.is_called(called)));
        let place = place.unwrap_or_else(|| panic!("no box {called}: {self:?}"));
        self.fields[place].on = true;
        self
    }

    /// What the first button sends of the form as it stands.
    pub fn as_it_came(&self) -> Vec<(String, String)> {
        let first = self.buttons.first().map(|(text, _)| text.clone());
        first.map_or_else(Vec::new, |first| self.sent_by(&first))
    }

    fn sent_by(&self, button: &str) -> Vec<(String, String)> {
        let pressed = self.buttons.iter().find(|(text, _)| text == button);
        let pressed = pressed.unwrap_or_else(|| panic!("no button {button}: {self:?}"));
        self.fields
            .iter()
            .filter(|field| field.on)
            .map(|field| (field.name.clone(), field.value.clone()))
            .chain(pressed.1.clone())
            .collect()
    }
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

fn words_of(element: ElementRef) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn attribute(element: ElementRef, name: &str) -> String {
    element.attr(name).unwrap_or_default().to_owned()
}

/// Fields as a form sends them.
pub fn encoded(fields: &[(&str, &str)]) -> String {
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

/// For a value inside a query or a form.
pub fn percent(text: &str) -> String {
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
