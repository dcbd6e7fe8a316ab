//! Who is visiting: the account behind the session, the language, the network.
//! Built once a request by [`super::super::layers::visit`].

use std::borrow::Cow;
use std::net::{IpAddr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, Method, header};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use super::super::error::PageError;
use super::super::frame::{Frame, Link, in_language};
use super::super::state::Site;
use crate::catalogue::{Language, Words};
use crate::domain::account::{Access, Actor};
use crate::domain::factor::Stage;
use crate::domain::language::Language as Spoken;
use crate::services;
use crate::services::accounts::{Fresh, SignedIn};

/// See the module's words.
#[derive(Clone)]
pub struct Visit {
    pub site: Site,
    pub actor: Option<Actor>,
    /// Who is signed in and must set up a second factor before anything else opens.
    enrolling: Option<Actor>,
    /// That the account's owner gave the password in the last minutes.
    pub fresh: Option<Fresh>,
    /// In a language of the screens.
    pub words: Words,
    /// Of the pages that workers read: in one of eight languages.
    pub reader: Words,
    /// Whether the visitor, or the browser, asked for the language of the screens.
    is_wanted: bool,
    has_session: bool,
    /// The language that the address names.
    asked: Option<Language>,
    /// What the browser keeps of a choice made before.
    chosen: Option<String>,
    /// Where the visitor comes from, for throttles alone.
    pub network: String,
    path: String,
}

impl Visit {
    /// Reads cookies and headers, and the session behind them.
    pub async fn of(site: Site, request: &Parts) -> Result<Self, PageError> {
        let mut visit = Self::of_nobody(site, request);
        let jar = CookieJar::from_headers(&request.headers);
        if let Some(token) = session_token(&visit.site, &jar) {
            let found = services::accounts::signed_in(&visit.site.context, &token).await?;
            if let Some(SignedIn {
                actor,
                stage,
                fresh,
            }) = found
            {
                visit.fresh = fresh;
                if stage == Stage::Whole {
                    visit.actor = Some(actor);
                } else {
                    visit.enrolling = Some(actor);
                }
            }
        }
        Ok(visit)
    }

    /// The same without looking for a session.
    pub fn of_nobody(site: Site, request: &Parts) -> Self {
        let jar = CookieJar::from_headers(&request.headers);
        let chosen = jar
            .get("dom-language")
            .map(|cookie| cookie.value().to_owned());
        let accepted = request
            .headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok());
        let peer = request
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|info| info.0.ip());
        let path = request
            .uri
            .path_and_query()
            .map_or("/", |target| target.as_str());
        let asked = request.uri.query().and_then(named_in);
        let names = [asked.map(Language::tag), chosen.as_deref()];
        let first = |reads: fn(&str) -> Option<Language>| {
            let mut names = names.iter().flatten().copied();
            names.find(|tag| reads(tag).is_some())
        };
        let wanted = Language::wanted(first(Language::from_tag), accepted);
        let of_reader = first(Language::from_written);
        let words = Words::new(wanted.unwrap_or_default());
        let has_session = session_token(&site, &jar).is_some();
        // Whoever works at a desk reads one language, unless the address names another.
        let reader = if has_session && asked.is_none() {
            words
        } else {
            Words::new(Language::read(of_reader, accepted))
        };
        Self {
            actor: None,
            enrolling: None,
            fresh: None,
            words,
            reader,
            is_wanted: wanted.is_some(),
            has_session,
            asked,
            network: network_of(&site, peer, &request.headers),
            path: path.to_owned(),
            chosen,
            site,
        }
    }

    /// The reader's words, where the screens are not in their language.
    pub fn foreign_reader(&self) -> Option<Words> {
        let is_foreign = !Language::ALL.contains(&self.reader.language());
        is_foreign.then_some(self.reader)
    }

    /// Whether the browser brings no session, of whatever state.
    pub fn is_strangers(&self) -> bool {
        !self.has_session
    }

    /// What keeps the language that the address of a page names, for whoever has no session:
    /// none where the browser keeps it already.
    pub fn choice_to_keep(&self, request: &Parts) -> Option<Cookie<'static>> {
        let tag = self.asked?.tag();
        let is_new = self.chosen.as_deref() != Some(tag);
        (request.method == Method::GET && self.is_strangers() && is_new)
            .then(|| cookie(&self.site, Some("dom-language"), tag.to_owned()))
    }

    /// This page's address without the language that it names, for whoever chooses another.
    fn back(&self) -> String {
        let Some((path, query)) = self.path.split_once('?') else {
            return self.path.clone();
        };
        let kept = query.split('&').filter(|part| !is_language(part));
        let kept: Vec<&str> = kept.collect();
        if kept.is_empty() {
            return path.to_owned();
        }
        format!("{path}?{}", kept.join("&"))
    }

    /// The words for somebody known to read `language`, where nothing else was asked for.
    pub fn words_for(&self, language: Spoken) -> Words {
        if self.is_wanted {
            self.words
        } else {
            Words::new(Language::of_screens(language))
        }
    }

    /// The account. Pages that the table opens to accounts only have one.
    pub fn actor(&self) -> Result<&Actor, PageError> {
        self.actor.as_ref().ok_or(PageError::Forbidden)
    }

    /// The account, also one that must still set up a second factor. Only the pages about
    /// one's own sign-in ask for it.
    pub fn account(&self) -> Result<&Actor, PageError> {
        let account = self.actor.as_ref().or(self.enrolling.as_ref());
        account.ok_or(PageError::Forbidden)
    }

    /// That the owner gave the password in the last minutes. Forms that the table says ask for
    /// it have it.
    pub fn fresh(&self) -> Result<&Fresh, PageError> {
        self.fresh.as_ref().ok_or(PageError::Forbidden)
    }

    /// Whether nothing opens before a second factor is set up.
    pub fn must_enrol(&self) -> bool {
        self.enrolling.is_some()
    }

    /// What stands around a page.
    pub fn frame(&self) -> Frame {
        self.frame_in(self.words, &Language::ALL)
    }

    /// What stands around a page that workers read, in the reader's language.
    pub fn frame_of_reader(&self) -> Frame {
        self.frame_in(self.reader, &Language::WRITTEN)
    }

    fn link(&self, words: Words, href: &str, label: &str) -> Link {
        Link {
            href: href.to_owned(),
            label: words.get(label).into_owned(),
            current: self.path == href || (href != "/" && self.path.starts_with(href)),
        }
    }

    /// What everybody may read of the service.
    fn footer(&self, words: Words) -> Vec<Link> {
        let asked = self.asked.map(Language::tag);
        let link = |path: &str, label: &str| Link {
            href: in_language(path, asked),
            ..self.link(words, path, label)
        };
        vec![
            link("/service", "nav-service"),
            link("/privacy", "nav-privacy"),
            link("/cookies", "nav-cookies"),
            link("/accessibility", "nav-accessibility"),
            link("/open-data", "nav-open-data"),
            link("/sources", "nav-sources"),
        ]
    }

    /// The same in one of some languages; the navigation of accounts is in those of the screens.
    fn frame_in(&self, words: Words, languages: &[Language]) -> Frame {
        let link = |href: &str, label: &str| self.link(self.words, href, label);
        let at_a_desk = self.actor.as_ref().is_some_and(Actor::works_at_a_desk);
        let mut navigation = Vec::new();
        if self.actor.is_some() {
            navigation.push(link("/", "nav-home"));
        }
        if at_a_desk {
            navigation.push(link("/workers", "nav-workers"));
            navigation.push(link("/families", "nav-families"));
            navigation.push(link("/requests", "nav-requests"));
            navigation.push(link("/proposals", "nav-proposals"));
            navigation.push(link("/sheets", "nav-sheets"));
            navigation.push(link("/accesses", "nav-accesses"));
            navigation.push(link("/calls", "nav-calls"));
        }
        if Access::Partner.allows(self.actor.as_ref()) {
            navigation.push(link("/partner/referrals", "nav-referrals"));
            navigation.push(link("/partner/sheets", "nav-sheets"));
        }
        if Access::Reports.allows(self.actor.as_ref()) {
            navigation.push(link("/reports/accesses", "nav-reports"));
            navigation.push(link("/reports/outcomes", "nav-outcomes"));
        }
        if Access::Partner.allows(self.actor.as_ref()) {
            navigation.push(link("/partner", "nav-partner"));
        }
        if Access::Administrator.allows(self.actor.as_ref()) {
            navigation.push(link("/vocabularies", "nav-vocabularies"));
            navigation.push(link("/admin/desks", "nav-desks"));
            navigation.push(link("/admin/accounts", "nav-accounts"));
            navigation.push(link("/admin/partners", "nav-partners"));
            navigation.push(link("/admin/factors", "nav-factors"));
            navigation.push(link("/admin/policy", "nav-policy"));
            navigation.push(link("/admin/waves", "nav-waves"));
            navigation.push(link("/admin/mail", "nav-mail"));
            navigation.push(link("/admin/reads", "nav-reads"));
            navigation.push(link("/admin/backups", "nav-backups"));
        }
        // One address may begin another: the page is at the longest.
        let here = navigation.iter().filter(|link| link.current);
        let here = here.map(|link| link.href.len()).max();
        for link in &mut navigation {
            link.current &= Some(link.href.len()) == here;
        }
        let mut footer = self.footer(words);
        if at_a_desk && words == self.words {
            footer.insert(0, link("/tour", "tour-title"));
        }
        let others = languages.iter().filter(|one| **one != words.language());
        Frame {
            owner: self.site.owner.clone(),
            user: self.account().ok().map(|actor| actor.name.clone()),
            words: self.words,
            navigation,
            footer,
            demo: self.site.demo,
            refused: false,
            notice: None,
            back: self.back(),
            languages: others.copied().map(Language::named).collect(),
            asked: self.asked.map(Language::tag),
        }
    }
}

/// Whether a part of a query names the language of the page.
fn is_language(part: &str) -> bool {
    part.starts_with("language=")
}

/// The language that a query names, of those in which people are asked.
fn named_in(query: &str) -> Option<Language> {
    let mut parts = query.split('&');
    let named = parts.find_map(|part| part.strip_prefix("language="))?;
    Language::from_written(named)
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = PageError;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, PageError> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or(PageError::NotFound)
    }
}

/// The name is bound to the host where TLS allows it.
fn session_cookie_name(site: &Site) -> &'static str {
    if site.is_secure() {
        "__Host-dom"
    } else {
        "dom"
    }
}

/// Roughly what somebody signs in on: a browser's name and a system's, as their makers write
/// them; empty where the browser does not say.
pub fn device_of(headers: &HeaderMap) -> String {
    let agent = headers.get(header::USER_AGENT);
    let agent = agent.and_then(|value| value.to_str().ok()).unwrap_or("");
    // Browsers also name those that they are like: the first of these that is there counts.
    let known = |all: &[(&str, &'static str)]| {
        let found = all.iter().find(|(sign, _)| agent.contains(sign));
        found.map(|(_, name)| *name)
    };
    let browser = known(&[
        ("Firefox/", "Firefox"),
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = known(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS", "macOS"),
        ("Linux", "Linux"),
    ]);
    let parts: Vec<&str> = browser.into_iter().chain(system).collect();
    parts.join(", ")
}

/// The session's token among the cookies.
pub fn session_token(site: &Site, jar: &CookieJar) -> Option<String> {
    jar.get(session_cookie_name(site))
        .map(|cookie| cookie.value().to_owned())
}

/// A cookie that scripts can't read and other sites can't send; browsers drop
/// it when they close. Without a name it is the session's.
pub fn cookie(site: &Site, name: Option<&'static str>, value: String) -> Cookie<'static> {
    let name = name.unwrap_or_else(|| session_cookie_name(site));
    cookie_under(site, name, "/", value)
}

/// The same, that only addresses under a path get.
pub fn cookie_under(
    site: &Site,
    name: impl Into<Cow<'static, str>>,
    path: impl Into<Cow<'static, str>>,
    value: String,
) -> Cookie<'static> {
    Cookie::build((name, value))
        .path(path)
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(site.is_secure())
        .build()
}

/// The peer's network, or the one a trusted proxy names: an address of IPv4, the
/// first half of one of IPv6, since that is what one subscriber holds. Proxies add
/// at the end, so the last hop that is no proxy is the client; what stands before
/// it, or before something that is no address, anybody may have written.
fn network_of(site: &Site, peer: Option<IpAddr>, headers: &HeaderMap) -> String {
    let Some(peer) = peer else {
        return "unknown".to_owned();
    };
    let mut client = peer;
    if (site.trusted_proxies)(peer) {
        let forwarded = headers
            .get_all("x-forwarded-for")
            .iter()
            .flat_map(|value| value.to_str().unwrap_or("unreadable").split(','));
        let hops: Vec<Option<IpAddr>> = forwarded.map(|hop| hop.trim().parse().ok()).collect();
        let readable = hops.into_iter().rev().map_while(|hop| hop);
        for hop in readable {
            client = hop;
            if !(site.trusted_proxies)(hop) {
                break;
            }
        }
    }
    match client.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let segments = address.segments();
            format!(
                "{:x}:{:x}:{:x}:{:x}::/64",
                segments[0], segments[1], segments[2], segments[3]
            )
        }
    }
}
