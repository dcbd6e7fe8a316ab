//! What stands out in the log of the last days, for whoever looks after privacy.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Europe::Rome;
use serde_json::Value;

use super::account_name;
use crate::domain::account::Actor;
use crate::domain::read_log::{PersonKey, from_text};
use crate::domain::setting::Numbers;
use crate::domain::unusual::{Export, Opening, Unusual, unusual};
use crate::services::error::require_administrator;
use crate::services::{Context, ServiceError};
use crate::storage;

/// Days that are looked through.
pub const LOOKED_BACK: i64 = 7;

/// Something that stands out, with the name of whoever did it and the key of the account.
pub struct Noticed {
    pub account: Option<i64>,
    pub name: String,
    pub what: Unusual,
}

fn in_rome(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Rome).naive_local()
}

/// What stands out, the latest first, and the numbers that say what does.
pub async fn noticed(
    context: &Context,
    actor: &Actor,
) -> Result<(Vec<Noticed>, Numbers), ServiceError> {
    require_administrator(actor)?;
    let db = context.db.read();
    let numbers = storage::policy::numbers(db).await?;
    let since = context.now() - TimeDelta::days(LOOKED_BACK);
    let key = storage::secrets::find(db, storage::secrets::READ_LOG).await?;
    let key = key.and_then(|text| PersonKey::from_text(&text));
    let digest = |name: &str| key.as_ref().map_or(name.to_owned(), |key| key.digest(name));
    let mut openings = Vec::new();
    for segment in storage::reads::segments_since(db, since).await? {
        let entries = from_text(segment.entries.as_deref().unwrap_or_default());
        openings.extend(entries.into_iter().filter_map(|entry| {
            Some(Opening {
                who: entry.who,
                at: in_rome(entry.at.parse().ok()?),
                of: entry.of?,
            })
        }));
    }
    // What is not sealed yet is told by names: the same person must be the same.
    for read in storage::reads::open_since(db, since).await? {
        if let Some(record) = &read.record {
            openings.push(Opening {
                who: digest(&account_name(read.account_id)),
                at: in_rome(read.at),
                of: digest(record),
            });
        }
    }
    let exports = storage::audit::exports_since(db, since).await?;
    let exports: Vec<Export> = exports
        .into_iter()
        .map(|(at, account, detail)| Export {
            who: digest(&account_name(account)),
            at: in_rome(at),
            rows: rows_of(&detail),
        })
        .collect();
    let accounts: HashMap<String, (i64, String)> = storage::accounts::list(db)
        .await?
        .into_iter()
        .map(|one| (one.actor.account_id, one.actor.name))
        .map(|(id, name)| (digest(&account_name(id)), (id, name)))
        .collect();
    let found = unusual(&openings, &exports, &numbers).into_iter();
    let noticed = found.map(|what| {
        let known = accounts.get(&what.who);
        Noticed {
            account: known.map(|known| known.0),
            name: known.map(|known| known.1.clone()).unwrap_or_default(),
            what,
        }
    });
    Ok((noticed.collect(), numbers))
}

/// How many rows an export says that it took.
fn rows_of(detail: &str) -> u64 {
    let said: Value = serde_json::from_str(detail).unwrap_or_default();
    said["rows"].as_u64().unwrap_or_default()
}
