//! For how long what is kept. One list tells all of it: what administrators decide
//! (`domain::setting`), what the program fixes, and what has rules of its own. A try tells
//! what would go by a day, the job of the night takes it away in pieces and writes down how
//! much, never what.

pub mod people;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Utc};
use chrono_tz::Europe::Rome;

use super::error::require_administrator;
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::setting::Setting;
use crate::storage;
use crate::storage::merges::People;
use crate::storage::retention::{self, Before, Purge};
use crate::storage::rows::CHUNK;

/// What goes by itself when its time is over.
pub const PURGED: [Setting; 8] = [
    Setting::MailWords,
    Setting::Drafts,
    Setting::Notes,
    Setting::Comments,
    Setting::DoneTasks,
    Setting::Askings,
    Setting::Appointments,
    Setting::Changes,
];

/// What the program fixes: a code, and how long in words of the catalogue.
pub const FIXED: [&str; 8] = [
    "searches", "sessions", "receipts", "uploads", "merges", "askings", "fits", "accesses",
];

/// A kind of thing that is kept for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Category {
    pub setting: Setting,
    /// In its unit.
    pub kept: u32,
    /// What is dated before this day is over.
    pub before: NaiveDate,
    /// How much of it there is.
    pub over: u64,
}

/// What a day finds over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Try {
    pub on: NaiveDate,
    pub categories: Vec<Category>,
}

/// All that is told of it.
pub struct Overview {
    pub tried: Try,
    /// What went lately, the last day first.
    pub purges: Vec<Purge>,
}

/// The list, as a day finds it; today where none is named.
pub async fn overview(
    context: &Context,
    actor: &Actor,
    on: Option<NaiveDate>,
) -> Result<Overview, ServiceError> {
    require_administrator(actor)?;
    Ok(Overview {
        tried: attempt(context, on.unwrap_or_else(|| context.today())).await?,
        purges: retention::purges(context.db.read()).await?,
    })
}

/// What would go on a day, by the rules that hold then. Nothing is written.
pub async fn attempt(context: &Context, on: NaiveDate) -> Result<Try, ServiceError> {
    let db = context.db.read();
    let numbers = storage::policy::numbers(db).await?;
    let mut categories = Vec::new();
    for setting in Setting::RETENTION {
        let kept = numbers.on(setting, on);
        let before = setting.cut(kept, on);
        let cut = beginning(before);
        categories.push(Category {
            setting,
            kept,
            before,
            over: match setting {
                Setting::Workers => people::over(context, People::Workers, cut).await?,
                Setting::Families => people::over(context, People::Families, cut).await?,
                _ => retention::over(db, setting, cut).await?,
            },
        });
    }
    Ok(Try { on, categories })
}

/// The beginning of a day on the desks' calendar.
fn beginning(day: NaiveDate) -> Before {
    let midnight = day.and_time(NaiveTime::MIN);
    let at = midnight.and_local_timezone(Rome).earliest();
    Before {
        day,
        at: at.map_or_else(|| midnight.and_utc(), |at| at.with_timezone(&Utc)),
    }
}

/// What a night took away.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Purged {
    counts: [u64; PURGED.len()],
    /// Of whom nothing was heard.
    pub people: people::Done,
}

impl Purged {
    /// How much of a kind.
    pub fn of(&self, setting: Setting) -> u64 {
        let place = PURGED.iter().position(|one| *one == setting);
        place.map_or(0, |place| self.counts[place])
    }
}

/// Pieces of one kind that a run takes away: what is left waits for the next.
const MOST_PIECES: u32 = 40;
/// A run that takes longer than this is not waited for.
const TURN: TimeDelta = TimeDelta::minutes(30);

/// Takes away what is over, once a day: pieces in transactions of their own, each with the
/// line that tells how much went. Copies of the program take turns.
pub async fn purge(context: &Context) -> Result<Purged, ServiceError> {
    const NIGHT: &str = "purged";
    const TURNS: &str = "purging";
    let (today, now) = (context.today(), context.now());
    let night = i64::from(today.num_days_from_ce());
    if storage::counters::last(context.db.read(), NIGHT).await? >= night {
        return Ok(Purged::default());
    }
    let (from, until) = (now.timestamp_millis(), (now + TURN).timestamp_millis());
    let write = context.db.write().await?;
    let taken = storage::counters::take_turn(&*write, TURNS, from, until).await?;
    write.commit().await?;
    if !taken {
        return Ok(Purged::default());
    }
    let done = by_turn(context, today).await;
    let write = context.db.write().await?;
    // Whoever is killed before, or has more to do, goes on where it was.
    if let Ok((_, true)) = &done {
        storage::counters::raise(&*write, NIGHT, night).await?;
    }
    storage::counters::end_turn(&*write, TURNS, until).await?;
    write.commit().await?;
    done.map(|(purged, _)| purged)
}

/// What went, and whether that was all.
async fn by_turn(context: &Context, today: NaiveDate) -> Result<(Purged, bool), ServiceError> {
    let numbers = storage::policy::numbers(context.db.read()).await?;
    let (mut purged, mut all) = (Purged::default(), true);
    for (place, setting) in PURGED.into_iter().enumerate() {
        let before = beginning(setting.cut(numbers.on(setting, today), today));
        let mut is_done = false;
        for _ in 0..MOST_PIECES {
            let write = context.db.write().await?;
            let most = CHUNK as u64;
            let dropped = retention::drop_some(&*write, setting, before, most).await?;
            if dropped == 0 {
                is_done = true;
                break;
            }
            retention::note(&*write, today, setting.code(), dropped).await?;
            write.commit().await?;
            purged.counts[place] += dropped;
        }
        all &= is_done;
    }
    purged.people = people::run(context, &numbers).await?;
    Ok((purged, all))
}
