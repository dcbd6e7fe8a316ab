//! What the three lists share: the search, the filters, where the reader is.

use axum::body::Body;
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use futures_util::stream;
use serde::Deserialize;

use crate::domain::ids::DeskCode;
use crate::services::ServiceError;
use crate::services::list_export::{Leaving, Pieces, export};
use crate::services::lists::{self, List};
use crate::services::places;
use crate::services::saved_filters::{self, Narrowed, SavedFilter};
use crate::storage::Page;
use crate::storage::lists::{At, ListFilter};
use crate::tabular::Format;
use crate::web::error::PageError;
use crate::web::extract::Visit;
use crate::web::form::{Paging, page_number, percent_encoded, place_in_list};
use crate::web::pages::desk::filters::address;

/// The query of a list's address. `s` is a kept search, never its words.
#[derive(Debug, Default, Deserialize)]
pub struct Narrowing {
    s: Option<String>,
    status: Option<String>,
    arrangement: Option<String>,
    desk: Option<String>,
    page: Option<String>,
    after: Option<String>,
    before: Option<String>,
}

/// The same with the kind of file that a list is taken away as.
#[derive(Debug, Default, Deserialize)]
pub struct Taken {
    #[serde(default)]
    format: String,
    s: Option<String>,
    status: Option<String>,
    arrangement: Option<String>,
    desk: Option<String>,
}

impl Taken {
    /// The list as it is seen, as a file.
    pub async fn file(
        self,
        visit: &Visit,
        list: List,
        statuses: &[&str],
        arrangements: &[&str],
    ) -> Result<Response, PageError> {
        let (format, kind) = match self.format.as_str() {
            "csv" => (Format::Csv, "text/csv; charset=utf-8"),
            "xlsx" => (
                Format::Xlsx,
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ),
            _ => return Err(PageError::refused("failure-text-refused")),
        };
        let narrowing = Narrowing {
            s: self.s,
            status: self.status,
            arrangement: self.arrangement,
            desk: self.desk,
            ..Narrowing::default()
        };
        let had_search = narrowing.s.is_some();
        let seen = Searched::of(visit, list, narrowing, statuses, arrangements).await?;
        // A search that is no longer kept must not become the whole list.
        if had_search && seen.words().is_none() {
            return Err(PageError::refused("refused-search-gone"));
        }
        let (context, actor) = (&visit.site.context, visit.actor()?);
        let which = (seen.filter(), seen.words());
        let leaving = export(context, actor, visit.words, list, which, format).await?;
        let name = format!(
            "attachment; filename=\"{}-{}.{}\"",
            list.code(),
            context.today(),
            self.format
        );
        let headers = [
            (header::CONTENT_TYPE, kind.to_owned()),
            (header::CONTENT_DISPOSITION, name),
        ];
        let body = match leaving {
            Leaving::Whole(bytes) => Body::from(bytes),
            Leaving::Pieces(pieces) => Body::from_stream(stream::try_unfold(pieces, next)),
        };
        Ok((headers, body).into_response())
    }
}

/// The next piece of a file. One that fails breaks the answer off, so that no browser
/// takes half a list for a whole one.
async fn next(mut pieces: Box<Pieces>) -> Result<Option<(Vec<u8>, Box<Pieces>)>, ServiceError> {
    match pieces.next().await {
        Ok(bytes) => Ok(bytes.map(|bytes| (bytes, pieces))),
        Err(error) => {
            tracing::warn!(%error, "a list broke off on its way out");
            Err(error)
        }
    }
}

/// A search as it is posted, with the filters that stay.
#[derive(Debug, Deserialize)]
pub struct Typed {
    #[serde(default)]
    words: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    arrangement: String,
    #[serde(default)]
    desk: String,
}

impl Typed {
    /// Keeps the words and leads to the result; filters stand in the address.
    pub async fn search(&self, visit: &Visit, list: List) -> Result<Redirect, PageError> {
        let mut query = Vec::new();
        if !self.words.trim().is_empty() {
            let id = lists::search(
                &visit.site.context,
                visit.actor()?,
                list.code(),
                &self.words,
            )
            .await?;
            query.push(format!("s={id}"));
        }
        for (name, value) in [
            ("status", &self.status),
            ("arrangement", &self.arrangement),
            ("desk", &self.desk),
        ] {
            if !value.is_empty() {
                query.push(format!("{name}={}", percent_encoded(value)));
            }
        }
        let target = if query.is_empty() {
            format!("/{}", list.code())
        } else {
            format!("/{}?{}", list.code(), query.join("&"))
        };
        Ok(Redirect::to(&target))
    }
}

/// A filter that is kept under a name.
pub struct SavedLink {
    pub href: String,
    pub name: String,
    /// Whose it is; empty for one's own.
    pub by: String,
    /// Whether the list is narrowed so now.
    pub current: bool,
}

/// The narrowing of a list with what its form offers.
pub struct Searched {
    search: Option<String>,
    /// What was searched for; empty for nothing.
    pub typed: String,
    pub status: String,
    pub arrangement: String,
    pub desk: String,
    pub statuses: Vec<(String, String)>,
    pub arrangements: Vec<(String, String)>,
    pub desks: Vec<(String, String)>,
    pub saved: Vec<SavedLink>,
    /// Where what narrows the list is kept under a name; empty where nothing does, or it is.
    pub save_href: String,
    at: At,
}

impl Searched {
    /// Reads the query; a filter that is no code of its list is left out.
    pub async fn of(
        visit: &Visit,
        list: List,
        narrowing: Narrowing,
        statuses: &[&str],
        arrangements: &[&str],
    ) -> Result<Self, PageError> {
        let context = &visit.site.context;
        let words = visit.words;
        let typed = match &narrowing.s {
            Some(id) => lists::words_of(context, visit.actor()?, list.code(), id).await?,
            None => None,
        };
        let desks = places::desks(context).await?;
        let known = |value: Option<String>, codes: &[&str]| {
            value
                .filter(|value| codes.contains(&value.as_str()))
                .unwrap_or_default()
        };
        let desk_codes: Vec<&str> = desks.iter().map(|desk| desk.code.as_str()).collect();
        let options = |list: &str, codes: &[&str]| {
            let all = (String::new(), words.get("filter-all").into_owned());
            let each = codes
                .iter()
                .map(|code| ((*code).to_owned(), words.code(list, code).into_owned()));
            std::iter::once(all).chain(each).collect::<Vec<_>>()
        };
        let status_list = format!(
            "{}-status",
            if list == List::Requests {
                "request"
            } else {
                "worker"
            }
        );
        let mut desk_options = vec![(String::new(), words.get("filter-all").into_owned())];
        desk_options.extend(
            desks
                .iter()
                .map(|desk| (desk.code.to_string(), desk.name.clone())),
        );
        let seen = saved_filters::seen(context, visit.actor()?, Some(list)).await?;
        let searched = Self {
            status: known(narrowing.status, statuses),
            arrangement: known(narrowing.arrangement, arrangements),
            desk: known(narrowing.desk, &desk_codes),
            saved: Vec::new(),
            save_href: String::new(),
            statuses: options(&status_list, statuses),
            arrangements: options("arrangement", arrangements),
            desks: desk_options,
            at: place_in_list(
                page_number(narrowing.page),
                narrowing.after,
                narrowing.before,
            ),
            search: narrowing.s.filter(|_| typed.is_some()),
            typed: typed.unwrap_or_default(),
        };
        Ok(searched.with_saved(list, seen))
    }

    /// The same with the filters under a name.
    fn with_saved(mut self, list: List, seen: Vec<SavedFilter>) -> Self {
        let stated = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
        let now = Narrowed {
            status: stated(&self.status),
            arrangement: stated(&self.arrangement),
            desk: stated(&self.desk),
        };
        let is_new = now != Narrowed::default() && seen.iter().all(|one| one.narrowed != now);
        if is_new {
            let filter = address("filters/new", &now);
            self.save_href = format!("{filter}&list={}", list.code());
        }
        self.saved = seen
            .into_iter()
            .map(|one| SavedLink {
                href: address(&one.list, &one.narrowed),
                by: if one.is_own { String::new() } else { one.by },
                current: one.narrowed == now && self.typed.is_empty(),
                name: one.name,
            })
            .collect();
        self
    }

    /// The filter for storage.
    pub fn filter(&self) -> ListFilter {
        let stated = |value: &String| Some(value.clone()).filter(|value| !value.is_empty());
        ListFilter {
            words: Vec::new(),
            status: stated(&self.status),
            arrangement: stated(&self.arrangement),
            desk: DeskCode::parse(&self.desk).ok(),
        }
    }

    /// What a form sends that takes the list away as it is seen.
    pub fn kept(&self) -> Vec<(&'static str, &str)> {
        [
            ("s", self.search.as_deref().unwrap_or_default()),
            ("status", &self.status),
            ("arrangement", &self.arrangement),
            ("desk", &self.desk),
        ]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .collect()
    }

    /// The words searched for.
    pub fn words(&self) -> Option<&str> {
        Some(self.typed.as_str()).filter(|words| !words.is_empty())
    }

    /// The page asked for, from 1.
    pub fn page(&self) -> u64 {
        self.at.page
    }

    /// The same, with the row that it lies beside.
    pub fn at(&self) -> &At {
        &self.at
    }

    /// Whether anything narrows the list.
    pub fn narrows(&self) -> bool {
        [&self.typed, &self.status, &self.arrangement, &self.desk]
            .iter()
            .any(|value| !value.is_empty())
    }

    /// Whether a filter does.
    pub fn filters(&self) -> bool {
        [&self.status, &self.arrangement, &self.desk]
            .iter()
            .any(|value| !value.is_empty())
    }

    /// Where the reader is in the list.
    pub fn paging<T>(&self, page: &Page<T>, path: &str) -> Paging {
        let query = [
            ("s", self.search.as_deref()),
            ("status", Some(self.status.as_str())),
            ("arrangement", Some(self.arrangement.as_str())),
            ("desk", Some(self.desk.as_str())),
        ];
        Paging::of(page, path, &query)
    }
}
