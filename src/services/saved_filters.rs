//! Filters of the lists that somebody of a desk keeps under a name, for themself, for
//! their desk or for all. Only codes are kept: the words of a search may name a person.
//! Only the owner takes one away.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use super::error::require_desk;
use super::lists::List;
use super::{Context, ServiceError, places};
use crate::catalogue::Language;
use crate::domain::account::Actor;
use crate::domain::contract::Arrangement;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::likeness::name_words;
use crate::domain::place::Comune;
use crate::domain::request::RequestStatus;
use crate::domain::saved_filter::{FilterName, Shared};
use crate::domain::text::fold;
use crate::domain::worker::WorkerStatus;
use crate::storage::{self, StorageError};

pub use crate::storage::saved_filters::{Narrowed, SavedFilter};

/// Filters of one list that somebody keeps at the most.
const MOST: u64 = 20;
/// Shorter words are no names.
const SHORTEST_NAME: usize = 3;

/// Surnames of many, and said of time.
const MONTHS: [&str; 12] = [
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
];

/// The folded words that the screens themselves are written in, and the months: they make
/// nobody think of a person, also where somebody is called so.
static ORDINARY: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let lines = Language::It.sources().iter();
    let lines = lines.flat_map(|(_, text)| text.lines());
    let said = lines.map(|line| line.split_once(" = ").map_or(line, |(_, said)| said));
    let words = said.flat_map(|said| said.split(|letter: char| !letter.is_alphabetic()));
    words.chain(MONTHS).map(fold).collect()
});

/// The words of a filter's name that may be somebody's: neither ordinary nor places near a desk.
async fn that_may_name(context: &Context, name: &str) -> Result<BTreeSet<String>, ServiceError> {
    let mut words = name_words(&[name]);
    words.retain(|word| word.len() >= SHORTEST_NAME && !ORDINARY.contains(word));
    let desks = places::desks(context).await?;
    let provinces: HashSet<&str> = desks.iter().map(|one| one.comune.province()).collect();
    let places = Comune::all().filter(|one| provinces.contains(one.province()));
    let places: HashSet<String> = places.map(|one| fold(one.name())).collect();
    words.retain(|word| !places.contains(word));
    Ok(words)
}

/// A filter as it is typed.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    pub list: List,
    pub name: &'a str,
    pub shared: &'a str,
    pub status: &'a str,
    pub arrangement: &'a str,
    pub desk: &'a str,
}

/// The codes that a list can be narrowed by: statuses, arrangements.
pub fn codes(list: List) -> (Vec<&'static str>, Vec<&'static str>) {
    let arrangements = Arrangement::ALL.map(Arrangement::code).to_vec();
    match list {
        List::Workers => (
            WorkerStatus::ALL.map(WorkerStatus::code).to_vec(),
            arrangements,
        ),
        List::Requests => (
            RequestStatus::ALL.map(RequestStatus::code).to_vec(),
            arrangements,
        ),
        List::Families | List::Sheets => (Vec::new(), Vec::new()),
    }
}

/// What a list is narrowed by; what is no code of it is left out.
pub async fn narrowed(context: &Context, wanted: Wanted<'_>) -> Result<Narrowed, ServiceError> {
    let (statuses, arrangements) = codes(wanted.list);
    let desks = places::desks(context).await?;
    let known = |typed: &str, known: bool| known.then(|| typed.to_owned());
    Ok(Narrowed {
        status: known(wanted.status, statuses.contains(&wanted.status)),
        arrangement: known(
            wanted.arrangement,
            arrangements.contains(&wanted.arrangement),
        ),
        desk: known(
            wanted.desk,
            desks.iter().any(|desk| desk.code.as_str() == wanted.desk),
        ),
    })
}

/// Those that somebody sees, of one list or of all.
pub async fn seen(
    context: &Context,
    actor: &Actor,
    list: Option<List>,
) -> Result<Vec<SavedFilter>, ServiceError> {
    require_desk(actor)?;
    let who = (actor.account_id, actor.desk());
    let list = list.map(List::code);
    Ok(storage::saved_filters::seen_by(context.db.read(), who, list).await?)
}

/// Keeps a filter.
pub async fn save(
    context: &Context,
    actor: &Actor,
    wanted: Wanted<'_>,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let narrowed = narrowed(context, wanted).await?;
    let mut problems = Vec::new();
    let mut note = |field, value: &str, why| {
        problems.push(Problem {
            field,
            value: value.to_owned(),
            why,
        });
    };
    let name = FilterName::parse(wanted.name)
        .map_err(|why| note("name", wanted.name, why))
        .ok();
    let shared = Shared::parse(wanted.shared)
        .map_err(|why| note("shared", wanted.shared, why))
        .ok();
    if narrowed == Narrowed::default() {
        note("name", wanted.name, Why::new("problem-filter-empty"));
    }
    let (Some(name), Some(shared), true) = (name, shared, problems.is_empty()) else {
        return Err(ServiceError::Invalid(Invalid(problems)));
    };
    let on_name = |why| {
        let value = name.as_str().to_owned();
        let field = "name";
        ServiceError::Invalid(Invalid(vec![Problem { field, value, why }]))
    };
    let list = wanted.list.code();
    let words = that_may_name(context, name.as_str()).await?;
    let write = context.db.write().await?;
    if let Some(word) = storage::names::name_among(&*write, &words).await? {
        return Err(on_name(Why::new("problem-filter-names").with("word", word)));
    }
    if storage::saved_filters::count(&*write, actor.account_id, list).await? >= MOST {
        return Err(on_name(Why::new("problem-filter-many").with("most", MOST)));
    }
    let (owner, now) = (actor.account_id, context.now());
    let named = (list, &name);
    storage::saved_filters::insert(&*write, owner, named, &narrowed, shared, now)
        .await
        .map_err(|error| match error {
            StorageError::Conflict { .. } => on_name(Why::new("problem-filter-taken")),
            other => other.into(),
        })?;
    Ok(write.commit().await?)
}

/// Takes one's own away.
pub async fn remove(context: &Context, actor: &Actor, id: i64) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    if !storage::saved_filters::delete(&*write, actor.account_id, id).await? {
        return Err(ServiceError::not_found("filter", &id));
    }
    Ok(write.commit().await?)
}
