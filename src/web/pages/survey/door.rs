//! From the link of a mail to the pages behind it: the token leaves the address at
//! once and stays in a cookie that only the page's own address gets to see. Two
//! people on one telephone have an address and a cookie each. Nothing is recorded.

use axum::extract::{Path, RawQuery};
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;
use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

use super::gone;
use crate::services::follow_up::survey::{Closed, Opened, open};
use crate::web::extract::{Visit, cookie_under};

/// Where somebody stands: the token, and the address that the pages go by.
pub struct Door {
    pub token: String,
    pub address: String,
}

/// What the pages behind a token are called: it opens nothing by itself, and the
/// token can't be told from it.
pub(in crate::web::pages) fn key_of(token: &str) -> String {
    let hash = Sha256::digest(format!("address of {token}"));
    BASE64URL_NOPAD.encode(&hash[..12])
}

fn cookie_name(key: &str) -> String {
    format!("dom-survey-{key}")
}

impl Door {
    /// Of a link itself: mail programs and forms that were opened before send there.
    pub fn of_link(token: String) -> Self {
        let address = format!("/s/{token}");
        Self { token, address }
    }

    /// Of the address without the token; no token where this browser has none for it.
    pub fn of_key(jar: &CookieJar, key: &str) -> Self {
        let kept = jar.get(&cookie_name(key)).map(Cookie::value);
        let token = kept.filter(|token| key_of(token) == key).unwrap_or("");
        Self {
            token: token.to_owned(),
            address: format!("/survey/{key}"),
        }
    }

    /// Opens it. A browser without the cookie has tried no token: that is no guess.
    pub async fn open(&self, visit: &Visit) -> Result<Opened, Closed> {
        if self.token.is_empty() {
            return Err(Closed::Gone);
        }
        open(&visit.site.context, &self.token, &visit.network).await
    }
}

/// Takes the token out of the address of a link; what else the address says goes along.
async fn enter(visit: Visit, jar: CookieJar, token: String, ending: &str, query: &str) -> Response {
    let door = Door::of_link(token);
    if let Err(closed) = door.open(&visit).await {
        return gone(&visit, closed);
    }
    let key = key_of(&door.token);
    let address = format!("/survey/{key}");
    let kept = cookie_under(&visit.site, cookie_name(&key), address.clone(), door.token);
    let mark = if query.is_empty() { "" } else { "?" };
    let to = format!("{address}{ending}{mark}{query}");
    (jar.add(kept), Redirect::to(&to)).into_response()
}

/// The link of a mail.
pub async fn page(
    visit: Visit,
    jar: CookieJar,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
) -> Response {
    enter(visit, jar, token, "", &query.unwrap_or_default()).await
}

/// The link to stop.
pub async fn stop(visit: Visit, jar: CookieJar, Path(token): Path<String>) -> Response {
    enter(visit, jar, token, "/stop", "").await
}

/// The link to be phoned.
pub async fn phone(visit: Visit, jar: CookieJar, Path(token): Path<String>) -> Response {
    enter(visit, jar, token, "/phone", "").await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_holds_nothing_of_its_token_and_no_two_are_alike() {
        let (one, other) = (key_of("eins"), key_of("zwei"));
        assert_ne!(one, other);
        assert_eq!(one.len(), 16);
        let kept = data_encoding::HEXLOWER.encode(&Sha256::digest("eins"));
        assert!(!kept.starts_with(&one), "nor of the hash that is kept");
    }
}
