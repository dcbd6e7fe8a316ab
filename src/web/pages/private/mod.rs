//! The pages behind a private link, in the reader's language. What a browser keeps
//! of a link is a cookie under the link's own path, so that two people can use one
//! telephone; a link that opens nothing looks the same whatever is wrong with it.

pub mod answers;
pub mod appointment;
pub mod code;
pub mod correct;
pub mod family;
pub mod mine;
pub mod open;
pub mod told;
pub mod week;
pub mod withdraw;

use axum::response::Response;
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::Cookie;

use super::survey::gone;
use crate::catalogue::{Language, Words};
use crate::services::links::appointment as appointments;
use crate::services::links::opened::{Here, Kept, here};
use crate::services::links::questions;
use crate::storage::mailings::Person;
use crate::web::error::PageError;
use crate::web::extract::{Visit, cookie_under};
use crate::web::pages::appointments::OwnLine;
use crate::web::state::Site;

/// What stands around every page here.
pub struct Around {
    /// Where the link's pages are.
    pub address: String,
    pub desk: String,
    pub phone: String,
    /// The other languages: tag and own name.
    pub languages: Vec<(&'static str, &'static str)>,
}

/// A field that is wrong, and why.
pub type Wrong = (String, String);

fn around(here: &Here) -> Around {
    let all: &[Language] = match here.person {
        Person::Worker(_) => &Language::WRITTEN,
        Person::Family(_) => &Language::ALL,
    };
    let others = all.iter().filter(|one| **one != here.language);
    Around {
        address: format!("/mine/{}", here.address),
        desk: here.desk_name.clone(),
        phone: here.desk_phone.clone(),
        languages: others.copied().map(Language::named).collect(),
    }
}

/// What stands on everybody's first page: when they come to the desk, and what they may still
/// answer.
pub struct Ahead {
    own: Vec<OwnLine>,
    /// Mailing, and the button's words.
    asked: Vec<(i64, String)>,
}

async fn ahead(visit: &Visit, here: &Here) -> Result<Ahead, PageError> {
    let (context, words) = (&visit.site.context, words_of(here));
    let own = appointments::own(context, here).await?.into_iter();
    let asked = questions::open(context, here).await?.into_iter();
    Ok(Ahead {
        own: own.map(|one| OwnLine::of(words, one)).collect(),
        asked: asked
            .map(|(mailing, day)| {
                let date = words.date(day);
                (mailing, words.with("links-survey-do", &[("date", &date)]))
            })
            .collect(),
    })
}

/// What of a link an address may hold: sixteen hexadecimal digits.
fn is_address(text: &str) -> bool {
    text.len() == 16
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

/// The names of the two cookies of a link.
fn names_of(site: &Site, address: &str) -> [String; 2] {
    let secure = if site.is_secure() { "__Secure-" } else { "" };
    ["mine", "names"].map(|what| format!("{secure}dom-{what}-{address}"))
}

/// A cookie that scripts can't read, other sites can't send, and other links'
/// pages don't get.
fn cookie(site: &Site, address: &str, name: String, value: String) -> Cookie<'static> {
    cookie_under(site, name, format!("/mine/{address}"), value)
}

/// What the browser keeps of a link.
fn kept(site: &Site, jar: &CookieJar, address: &str) -> Kept {
    let value = |name: &str| {
        jar.get(name)
            .map(|cookie| cookie.value().to_owned())
            .unwrap_or_default()
    };
    if !is_address(address) {
        return Kept::default();
    }
    let [visit, names] = names_of(site, address);
    Kept {
        visit: value(&visit),
        names: value(&names),
    }
}

/// Who is here, or the page of links that open nothing.
async fn enter(visit: &Visit, jar: &CookieJar, address: &str) -> Result<(Here, Kept), Response> {
    let kept = kept(&visit.site, jar, address);
    match here(&visit.site.context, address, &kept).await {
        Ok(here) => Ok((here, kept)),
        Err(closed) => Err(gone(visit, closed)),
    }
}

fn words_of(here: &Here) -> Words {
    Words::new(here.language)
}
