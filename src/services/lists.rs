//! The lists of workers, families, requests and sheets, and searches in them.
//! The words of a search are posted and kept for its account; the address of
//! the result holds only the search's own id.

use chrono::TimeDelta;

use super::error::require_desk;
use super::{Context, ServiceError};
use crate::clock::new_token;
use crate::domain::account::Actor;
use crate::domain::request::RequestStatus;
use crate::domain::text::{search_words, tidy};
use crate::domain::worker::WorkerStatus;
use crate::storage::families::FamilyLine;
use crate::storage::lists::{At, FEW, ListFilter};
use crate::storage::requests::RequestLine;
use crate::storage::sheets::SheetLine;
use crate::storage::workers::WorkerLine;
use crate::storage::{self, Page};

/// A kept search lasts this long.
const SEARCH_LIFE: TimeDelta = TimeDelta::hours(12);
const LONGEST_SEARCH: usize = 200;
const IN_NO_FOLDED_TEXT: &str = "#";

/// A list that leaves as a file; all but the one of sheets can be searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    Workers,
    Families,
    Requests,
    Sheets,
}

impl List {
    /// Those that can be narrowed.
    pub const NARROWED: [Self; 3] = [Self::Workers, Self::Families, Self::Requests];

    /// The list of a code that can be narrowed.
    pub fn narrowed(code: &str) -> Option<Self> {
        let mut all = Self::NARROWED.into_iter();
        all.find(|list| list.code() == code)
    }

    /// The code, also of its address.
    pub fn code(self) -> &'static str {
        match self {
            Self::Workers => "workers",
            Self::Families => "families",
            Self::Requests => "requests",
            Self::Sheets => "sheets",
        }
    }
}

/// What searches in the lists of what waits are kept under.
pub const WAITING: &str = "waiting";

/// Keeps the words of a search in a list of this code; its id comes back. Those of
/// yesterday go.
pub async fn search(
    context: &Context,
    actor: &Actor,
    list: &str,
    words: &str,
) -> Result<String, ServiceError> {
    require_desk(actor)?;
    let visible: String = words.chars().filter(|c| !c.is_control()).collect();
    let mut words: String = tidy(&visible).chars().take(LONGEST_SEARCH).collect();
    if words.is_empty() {
        IN_NO_FOLDED_TEXT.clone_into(&mut words);
    }
    let id = new_token(context.randomness.as_ref());
    let now = context.now();
    let write = context.db.write().await?;
    storage::searches::delete_older(&*write, now - SEARCH_LIFE).await?;
    storage::searches::insert(&*write, &id, actor.account_id, list, &words, now).await?;
    write.commit().await?;
    Ok(id)
}

/// The words of a search of this account; none where it is not known any more.
pub async fn words_of(
    context: &Context,
    actor: &Actor,
    list: &str,
    id: &str,
) -> Result<Option<String>, ServiceError> {
    require_desk(actor)?;
    // Whatever else stands in an address, databases need not be asked of it.
    let is_id = |byte: u8| byte.is_ascii_alphanumeric() || b"-_".contains(&byte);
    if !id.bytes().all(is_id) {
        return Ok(None);
    }
    Ok(storage::searches::find(context.db.read(), id, actor.account_id, list).await?)
}

/// The words of a search as columns hold them.
pub(super) fn folded(words: Option<&str>) -> Vec<String> {
    let folded = words.map(search_words).unwrap_or_default();
    // A search without a letter or digit finds nobody, rather than everybody.
    if words.is_some_and(|words| !words.is_empty()) && folded.is_empty() {
        return vec![IN_NO_FOLDED_TEXT.to_owned()];
    }
    folded
}

pub(super) fn narrowed(mut filter: ListFilter, words: Option<&str>) -> ListFilter {
    filter.words = folded(words);
    filter
}

/// A page of a list, and whom its search may have meant besides: only where it finds few.
pub struct Found<T> {
    pub page: Page<T>,
    pub spelt_alike: Vec<T>,
}

/// A page of the workers.
pub async fn workers(
    context: &Context,
    actor: &Actor,
    filter: ListFilter,
    words: Option<&str>,
    at: &At,
) -> Result<Found<WorkerLine>, ServiceError> {
    require_desk(actor)?;
    let (db, filter) = (context.db.read(), narrowed(filter, words));
    let page = storage::workers::page_at(db, &filter, at).await?;
    let spelt_alike = if page.total < FEW {
        storage::workers::spelt_alike(db, &filter).await?
    } else {
        Vec::new()
    };
    Ok(Found { page, spelt_alike })
}

/// A page of the families.
pub async fn families(
    context: &Context,
    actor: &Actor,
    filter: ListFilter,
    words: Option<&str>,
    at: &At,
) -> Result<Found<FamilyLine>, ServiceError> {
    require_desk(actor)?;
    let (db, filter) = (context.db.read(), narrowed(filter, words));
    let page = storage::families::page_at(db, &filter, at).await?;
    let spelt_alike = if page.total < FEW {
        storage::families::spelt_alike(db, &filter).await?
    } else {
        Vec::new()
    };
    Ok(Found { page, spelt_alike })
}

/// A page of the requests.
pub async fn requests(
    context: &Context,
    actor: &Actor,
    filter: ListFilter,
    words: Option<&str>,
    at: &At,
) -> Result<Found<RequestLine>, ServiceError> {
    require_desk(actor)?;
    let (db, filter) = (context.db.read(), narrowed(filter, words));
    let page = storage::requests::page_at(db, &filter, at).await?;
    let spelt_alike = if page.total < FEW {
        storage::requests::spelt_alike(db, &filter).await?
    } else {
        Vec::new()
    };
    Ok(Found { page, spelt_alike })
}

/// A page of the sheets.
pub async fn sheets(
    context: &Context,
    actor: &Actor,
    at: &At,
) -> Result<Page<SheetLine>, ServiceError> {
    require_desk(actor)?;
    Ok(storage::sheets::page_at(context.db.read(), at).await?)
}

/// What there is, for the home page.
#[derive(Debug, Clone, Copy)]
pub struct Counts {
    pub open_requests: u64,
    pub active_workers: u64,
    pub families: u64,
    pub sheets: u64,
}

/// Counts what there is.
pub async fn counts(context: &Context, actor: &Actor) -> Result<Counts, ServiceError> {
    require_desk(actor)?;
    let db = context.db.read();
    Ok(Counts {
        open_requests: storage::requests::count(db, RequestStatus::Open).await?,
        active_workers: storage::workers::count(db, WorkerStatus::Active).await?,
        families: storage::families::count(db).await?,
        sheets: storage::sheets::count(db).await?,
    })
}
