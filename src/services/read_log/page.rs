//! The log as administrators see it: what is sealed and what is not yet, with names where
//! somebody still knows them.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, Utc};

use super::account_name;
use super::verify::head_now;
use crate::domain::account::Actor;
use crate::domain::read_log::{Entry, PersonKey, Segment, from_text};
use crate::services::error::require_administrator;
use crate::services::{Context, ServiceError};
use crate::storage::lists::At;
use crate::storage::reads::{Read, turn_code};
use crate::storage::{self, Connection, Page, StorageError};

/// Entries that are not sealed yet, on the page.
const MOST_OPEN: u64 = 200;

/// What narrows the page.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// An account.
    pub account: Option<i64>,
    /// A record's code.
    pub record: Option<String>,
}

/// A line of the page.
#[derive(Debug, Clone)]
pub struct Line {
    pub at: DateTime<Utc>,
    /// The account's name.
    pub who: String,
    pub desk: String,
    pub what: String,
    /// The record's code, or its digest where nobody knows the code any more.
    pub of: String,
    pub sealed: bool,
}

/// What the page shows.
pub struct Shown {
    pub lines: Vec<Line>,
    pub number: u64,
    pub pages: u64,
    /// Segments in all.
    pub total: u64,
    /// What the first and the last segment of the page are called where it is turned.
    pub ends: Option<(String, String)>,
    /// Key and name of every account.
    pub accounts: Vec<(i64, String)>,
    /// See [`head`].
    pub head: String,
    pub kept_days: u32,
}

/// A page of the log, the latest first. Looking at it is an entry of it.
pub async fn page(
    context: &Context,
    actor: &Actor,
    filter: &Filter,
    at: &At,
) -> Result<Shown, ServiceError> {
    require_administrator(actor)?;
    let db = context.db.read();
    let accounts = storage::accounts::list(db).await?.into_iter();
    let accounts: Vec<(i64, String)> = accounts
        .map(|one| (one.actor.account_id, one.actor.name))
        .collect();
    let key = storage::secrets::find(db, storage::secrets::READ_LOG).await?;
    let key = key.and_then(|text| PersonKey::from_text(&text));
    let wanted = filter
        .account
        .map(account_name)
        .into_iter()
        .chain(filter.record.clone());
    let holding: Vec<String> = match &key {
        Some(key) => wanted.map(|name| key.digest(&name)).collect(),
        None => Vec::new(),
    };
    let page = storage::reads::page(db, &holding, at).await?;
    let mut lines = Vec::new();
    if page.number == 1 {
        let open = storage::reads::latest(db, MOST_OPEN).await?;
        lines.extend(
            open.into_iter()
                .filter(|one| passes(filter, one))
                .map(|one| Line {
                    at: one.at,
                    who: name_of(&accounts, &account_name(one.account_id)),
                    desk: one.desk.unwrap_or_default(),
                    what: one.what,
                    of: one.record.or(one.list).unwrap_or_default(),
                    sealed: false,
                }),
        );
    }
    lines.extend(sealed_lines(db, &accounts, &holding, &page).await?);
    Ok(Shown {
        head: head_now(db).await?,
        kept_days: storage::read_log_rules::kept_days(db, context.today()).await?,
        lines,
        number: page.number,
        pages: page.total.div_ceil(storage::reads::PAGE).max(1),
        total: page.total,
        ends: (page.rows.first().map(turn_code)).zip(page.rows.last().map(turn_code)),
        accounts,
    })
}

fn passes(filter: &Filter, read: &Read) -> bool {
    let account = filter.account.is_none_or(|id| id == read.account_id);
    let record = filter.record.is_none() || filter.record == read.record;
    account && record
}

fn name_of(accounts: &[(i64, String)], name: &str) -> String {
    let id = name.strip_prefix("account:").and_then(|id| id.parse().ok());
    let known = accounts.iter().find(|(known, _)| Some(*known) == id);
    known.map_or_else(|| name.to_owned(), |(_, name)| name.clone())
}

async fn sealed_lines(
    db: &impl Connection,
    accounts: &[(i64, String)],
    holding: &[String],
    page: &Page<Segment>,
) -> Result<Vec<Line>, StorageError> {
    let texts = page.rows.iter().filter_map(|one| one.entries.as_deref());
    let entries: Vec<Entry> = texts
        .flat_map(|text| from_text(text).into_iter().rev())
        .filter(|entry| {
            let holds = |digest: &String| entry.who == *digest || entry.of.as_ref() == Some(digest);
            holding.iter().all(holds)
        })
        .collect();
    let digests: BTreeSet<&String> = entries
        .iter()
        .flat_map(|entry| entry.of.iter().chain([&entry.who]))
        .collect();
    let digests: Vec<String> = digests.into_iter().cloned().collect();
    let mut known = HashMap::new();
    for some in digests.chunks(storage::rows::CHUNK) {
        known.extend(storage::reads::names(db, some).await?);
    }
    let name = |digest: &str| known.get(digest).cloned().unwrap_or(digest.to_owned());
    Ok(entries
        .into_iter()
        .map(|entry| Line {
            at: entry.at.parse().unwrap_or(DateTime::UNIX_EPOCH),
            who: name_of(accounts, &name(&entry.who)),
            desk: entry.desk.unwrap_or_default(),
            what: entry.what,
            of: entry
                .of
                .as_deref()
                .map(name)
                .or(entry.list)
                .unwrap_or_default(),
            sealed: true,
        })
        .collect())
}
