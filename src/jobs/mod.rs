//! What is due without anybody asking. Each run says what it did, and takes the
//! time from the context's clock, so that a test can walk through half a year.

use chrono::TimeDelta;

use crate::domain::account::FORGOTTEN_AFTER;
use crate::domain::setting::Setting;
use crate::services::appointments::remind::run as remind_who_comes;
use crate::services::backups::schedule::{self, Copied};
use crate::services::delivery::tasks::remind;
use crate::services::follow_up::delivery::Delivered;
use crate::services::follow_up::waves::Run;
use crate::services::follow_up::{delivery, waves};
use crate::services::inbox::{self, Tidied};
use crate::services::keeping::{self, Kept};
use crate::services::proposals::clearing::{self, Cleared};
use crate::services::read_log::{self, Sealed};
use crate::services::registering::wake::wake;
use crate::services::retention::{self, Purged};
use crate::services::uploads::work::{self, Worked};
use crate::services::{
    Context, ServiceError, accesses, factors, first_looks, identities, informing, live_pool,
    merging,
};
use crate::storage::rows::CHUNK;
use crate::storage::{self, StorageError};

/// A search kept longer than this is of no use to anybody.
const SEARCH_LIFE: TimeDelta = TimeDelta::hours(24);

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Done {
    pub sessions_ended: u64,
    pub searches_dropped: u64,
    pub tries_forgotten: u64,
    /// Whether the access log was tidied, as once every night.
    pub log_tidied: bool,
    pub drafts_dropped: u64,
    /// Mails whose words and tokens were removed.
    pub mails_forgotten: u64,
    /// What was kept for long enough.
    pub purged: Purged,
    pub follow_up: Run,
    pub mail: Delivered,
    pub sounds_filled: u64,
    pub pauses_ended: u64,
    /// Merges that can't be undone any more.
    pub merges_settled: u64,
    /// Requests that the program matched for the first time.
    pub first_looks: u64,
    /// Old requests of which it is not kept any more who fitted.
    pub fits_forgotten: u64,
    pub files: Worked,
    /// Sheets that end soon, told to the desks.
    pub sheets_reminded: u64,
    pub reads: Sealed,
    /// Revisions of what matching reads that no program misses any more.
    pub revisions_forgotten: u64,
    pub proposals: Cleared,
    pub pool: Kept,
    /// Mails that tell somebody that they come to a desk tomorrow.
    pub appointments_near: u64,
    pub copies: Copied,
    /// What families asked by themselves: never confirmed, or refused long ago.
    pub inbox: Tidied,
    /// Mails of new notices that were queued.
    pub notices: u64,
}

/// A form that was sent is remembered for so long: replays come at once.
const FORM_LIFE: TimeDelta = TimeDelta::days(7);

/// Does everything that is due now.
pub async fn run_due(context: &Context) -> Result<Done, ServiceError> {
    let done = run_quick(context).await?;
    Ok(Done {
        copies: copy_due(context).await?,
        ..done
    })
}

/// The same without the copy of the database: of a large one it takes minutes, in which
/// mail would wait.
pub async fn run_quick(context: &Context) -> Result<Done, ServiceError> {
    let now = context.now();
    let write = context.db.write().await?;
    let sessions_ended = storage::sessions::delete_over(&*write, now).await?
        + identities::follow_rules(context, &write).await?;
    let searches_dropped = storage::searches::delete_older(&*write, now - SEARCH_LIFE).await?;
    let tries_forgotten = storage::throttles::delete_older(&*write, now - FORGOTTEN_AFTER).await?;
    factors::follow_rules(&*write, context.today()).await?;
    storage::mailings::forget_forms(&*write, context.today() - FORM_LIFE).await?;
    let sounds_filled = storage::likely::fill_sounds(&*write, CHUNK as u64).await?;
    write.commit().await?;
    let mut troubles = Troubles::default();
    let log_tidied = troubles.past(accesses::tidy_nightly(context).await)?;
    let notices = troubles.past(informing::round::run(context).await)?;
    let done = Done {
        sessions_ended,
        searches_dropped,
        tries_forgotten,
        log_tidied,
        follow_up: troubles.past(waves::run(context).await)?,
        proposals: troubles.past(clearing::run(context).await)?,
        pool: troubles.past(keeping::run(context).await)?,
        appointments_near: troubles.past(remind_who_comes(context).await)?,
        mail: troubles.past(deliver_due(context).await)?,
        sounds_filled,
        pauses_ended: troubles.past(wake(context).await)?,
        merges_settled: troubles.past(merging::forget(context).await)?,
        first_looks: troubles.past(first_looks::look(context).await)?,
        fits_forgotten: troubles.past(first_looks::forget(context).await)?,
        files: troubles.past(work_on_files(context).await)?,
        sheets_reminded: troubles.past(remind(context).await)?,
        reads: troubles.past(read_log::seal(context).await)?,
        revisions_forgotten: troubles.past(live_pool::forget(context).await)?,
        inbox: troubles.past(inbox::tidy(context).await)?,
        notices,
        ..Done::default()
    };
    // Last, and by itself: what can't be taken away holds nothing else up.
    let purged = retention::purge(context).await.unwrap_or_else(|error| {
        tracing::error!(%error, "what is kept too long could not be taken away");
        Purged::default()
    });
    if let Some(error) = troubles.first {
        return Err(error);
    }
    Ok(Done {
        drafts_dropped: purged.of(Setting::Drafts),
        mails_forgotten: purged.of(Setting::MailWords),
        purged,
        ..done
    })
}

/// What did not work of a run: it is told at its end, and keeps nothing else from being done,
/// unless there is no database.
#[derive(Default)]
struct Troubles {
    first: Option<ServiceError>,
}

impl Troubles {
    /// What a step did: nothing, where it failed.
    fn past<T: Default>(&mut self, step: Result<T, ServiceError>) -> Result<T, ServiceError> {
        match step {
            Err(error) if !matches!(error, ServiceError::Storage(StorageError::Unavailable(_))) => {
                tracing::error!(%error, "a step of the jobs failed");
                self.first = self.first.take().or(Some(error));
                Ok(T::default())
            }
            done => done,
        }
    }
}

/// Delivers the mail that is due now: what is looked at more often than the rest.
pub async fn deliver_due(context: &Context) -> Result<Delivered, ServiceError> {
    delivery::deliver(context).await
}

/// Tries and loads the files that desks handed in: looked at as often as the mail.
pub async fn work_on_files(context: &Context) -> Result<Worked, ServiceError> {
    work::work(context).await
}

/// Copies the database where that is due or somebody asks for it.
pub async fn copy_due(context: &Context) -> Result<Copied, ServiceError> {
    // What an erasure could not write down beside the copies is tried again.
    if let Err(error) = crate::services::rights::list::keep(context).await {
        tracing::warn!(%error, "the list of erasures beside the copies could not be written");
    }
    schedule::run(context).await
}

/// What is done once, when the program starts.
pub async fn at_start(context: &Context) -> Result<(), ServiceError> {
    schedule::take_up_again(context).await?;
    work::take_up_again(context).await
}
