//! The composition root: builds everything once from the configuration, runs
//! the site and the jobs, and stops gracefully.

use std::future::pending;
use std::net::SocketAddr;
use std::num::NonZero;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, sleep, timeout};

use crate::catalogue::Words;
use crate::clock::{Clock as _, SystemClock, SystemRandomness};
use crate::config::{Config, Database};
use crate::domain::backup::LONGEST;
use crate::mail::smtp::{Limits, Server};
use crate::mail::{Post, Transport};
use crate::oidc::{self, Provider};
use crate::services::Context;
use crate::services::backups::schedule::Copies;
use crate::services::backups::{self, BackupError};
use crate::services::rights;
use crate::storage::connect::Place;
use crate::storage::copies::CopyError;
use crate::storage::{Db, migrator};
use crate::web::connections::{self, LeftOpen, Limits as Connections};
use crate::web::metrics::Metrics;
use crate::web::{Accessibility, Site, metrics, router};

/// Connections to the database: readers beside the one writer.
const CONNECTIONS: u32 = 8;
/// Between two looks at the mail that is due.
const MAIL_EVERY: Duration = Duration::from_secs(15);
/// Between two looks at whether a copy of the database is due.
const COPIES_EVERY: Duration = Duration::from_mins(1);
/// Of so many looks one is at everything that is due.
const JOBS_EVERY: u32 = 40;
/// Work that was begun when the last connection has ended may take so long: a mail that
/// is on its way would else go twice.
const LAST_WORK: Duration = Duration::from_secs(3);

/// Which database the configuration names.
pub fn place(config: &Config) -> Place {
    place_of(&config.database)
}

/// Where a database that was named is.
pub fn place_of(database: &Database) -> Place {
    match database {
        Database::Sqlite { path } => Place::Sqlite(path.clone()),
        Database::Postgres { url } => Place::Postgres(url.expose().to_owned()),
    }
}

/// `SQLite` reads on this machine's own cores, and each connection keeps pages and statements
/// of its own: on one core half as many answer as fast, in less memory.
fn readers(place: &Place) -> u32 {
    let cores = available_parallelism().map_or(1, NonZero::get);
    match place {
        Place::Sqlite(_) if cores == 1 => CONNECTIONS / 2,
        _ => CONNECTIONS,
    }
}

/// Brings the schema up to date; an older database is copied into the data folder
/// before.
pub async fn migrate(config: &Config) -> anyhow::Result<()> {
    if config.prepare()?.open_to_others {
        tracing::warn!("others on this machine can look into the data folder; chmod 700 closes it");
    }
    let place = place(config);
    let before = async |migration: String| copied_before(config, &place, migration).await;
    migrator::migrate_after(&place, before).await
}

async fn copied_before(config: &Config, place: &Place, migration: String) -> anyhow::Result<()> {
    let file = config.data_dir.join(format!("before-{migration}.zip"));
    match backed_up(place, &file).await {
        Ok(()) => {
            tracing::info!(file = %file.display(), "the database was copied before its schema changes");
        }
        // The first copy is the one to go back to.
        Err(BackupError::Exists(_)) => {}
        // Its changes are one transaction each: nothing is left half-way.
        Err(BackupError::Copy(error @ CopyError::Tool { .. })) => {
            tracing::warn!(%error, "no copy was made before the schema changes");
        }
        Err(error) => {
            return Err(error).context("no copy could be made before the schema changes");
        }
    }
    Ok(())
}

async fn backed_up(place: &Place, file: &Path) -> Result<(), BackupError> {
    let db = Db::open(place, 2).await?;
    let made = backups::make(&db, place, file, SystemClock.now()).await;
    db.close().await?;
    made.map(|_| ())
}

/// The ground that use cases stand on, with the schema up to date.
pub async fn context(config: &Config) -> anyhow::Result<Context> {
    let (context, _) = context_beside(config, None).await?;
    Ok(context)
}

/// The same where a copy was just put back from a folder: a list of erasures may lie there.
/// How many people the copy had brought back who were erased.
pub async fn context_beside(
    config: &Config,
    beside: Option<&Path>,
) -> anyhow::Result<(Context, u64)> {
    migrate(config).await?;
    let there = place(config);
    let db = Db::open(&there, readers(&there)).await?;
    let context = Context::new(
        db,
        Arc::new(SystemClock),
        Arc::new(SystemRandomness),
        config.public_url.clone(),
    )
    .with_folder(config.data_dir.clone())
    .with_copies(Copies {
        place: place(config),
        folder: config.backup_dir.clone(),
        longest: LONGEST,
    })
    .with_post(post(config)?)
    .with_provider(provider(config)?);
    let again = rights::list::apply_again(&context, beside).await?;
    Ok((context, again))
}

/// Who mails come from, and the server they go to, where there is one.
pub fn post(config: &Config) -> anyhow::Result<Post> {
    let transport = match &config.smtp {
        Some(smtp) => {
            let server = Server::new(smtp.url(), smtp.tls(), Limits::default())?;
            Transport::Server(Box::new(server))
        }
        None => Transport::Kept,
    };
    Ok(Post {
        from: config.mail_from.clone(),
        transport,
    })
}

/// The identity provider, where there is one. It is asked for nothing yet.
pub fn provider(config: &Config) -> anyhow::Result<Option<Arc<Provider>>> {
    let limits = oidc::Limits::default();
    let named = config.oidc.as_ref();
    let provider = named.map(|named| Provider::new(named, limits));
    Ok(provider.transpose()?.map(Arc::new))
}

/// The site over a context.
pub fn site(config: &Config, context: Context, demo: bool) -> Site {
    let trusted = config.trusted_proxies.clone();
    Site {
        context,
        owner: Words::default().get("service-owner").into_owned(),
        accessibility: Accessibility {
            feedback: (config.accessibility.feedback.as_ref()).map(ToString::to_string),
            statement: config.accessibility.statement.clone(),
            reviewed_on: config.accessibility.reviewed_on,
        },
        demo,
        metrics: Metrics::default(),
        trusted_proxies: Arc::new(move |address| trusted.contains(address)),
    }
}

/// Where the program listens.
pub struct Listening {
    site: TcpListener,
    metrics: Option<TcpListener>,
    /// The address may differ from the configured one where that leaves the port to
    /// the system.
    pub address: SocketAddr,
}

/// Listens where the configuration says.
pub async fn listen(config: &Config) -> anyhow::Result<Listening> {
    let site = bound(config.bind).await?;
    let metrics = match config.metrics_bind {
        Some(address) => Some(bound(address).await?),
        None => None,
    };
    if let Some(metrics) = &metrics {
        tracing::info!(address = %metrics.local_addr()?, "metrics");
    }
    let address = site.local_addr()?;
    Ok(Listening {
        site,
        metrics,
        address,
    })
}

async fn bound(address: SocketAddr) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address)
        .await
        .with_context(|| format!("cannot listen on {address}"))
}

/// Serves until SIGTERM or SIGINT, then lets open requests end.
pub async fn run(listening: Listening, site: Site, stop: Stop) -> anyhow::Result<()> {
    let context = site.context.clone();
    let counted = site.metrics.clone();
    crate::jobs::at_start(&context).await?;
    let mut work = JoinSet::new();
    work.spawn(jobs(context.clone(), counted.clone()));
    work.spawn(files(context.clone(), counted.clone()));
    work.spawn(copies(context.clone(), counted.clone()));
    let mut beside = JoinSet::new();
    beside.spawn(warm(context.clone()));
    if let Some(listener) = listening.metrics {
        let router = metrics::router(counted, context.clone());
        beside.spawn(async move {
            // Whoever reads them is no person: nothing is worth waiting for.
            connections::serve(listener, router, Connections::FEW, pending()).await;
        });
    }
    let limits = Connections::default();
    let stopped = stop.heard(context.clone());
    let left = connections::serve(listening.site, router(site), limits, stopped).await;
    if left != LeftOpen(0) {
        tracing::warn!(
            left = left.0,
            "connections were open when the time to drain was over"
        );
    }
    let ended = async { while work.join_next().await.is_some() {} };
    if timeout(LAST_WORK, ended).await.is_err() {
        tracing::warn!("a job was not done when the time to stop was over");
    }
    work.shutdown().await;
    beside.shutdown().await;
    Ok(context.db.close().await?)
}

/// Reads who may be matched before somebody waits for it.
async fn warm(context: Context) {
    if let Err(error) = crate::services::live_pool::warm(&context).await {
        tracing::warn!(%error, "the pool will be read when it is asked for");
    }
}

async fn jobs(context: Context, counted: Metrics) {
    let mut ticks = tokio::time::interval(MAIL_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for turn in (0..JOBS_EVERY).cycle() {
        tokio::select! {
            biased;
            () = context.until_leaving() => return,
            _ = ticks.tick() => {}
        }
        let (job, done) = if turn == 0 {
            let done = crate::jobs::run_quick(&context).await;
            ("everything", done.map(|done| done.mail))
        } else {
            ("mail", crate::jobs::deliver_due(&context).await)
        };
        match done {
            Ok(mail) => {
                counted.went_well(job, &context);
                tracing::debug!(?mail, "jobs");
            }
            Err(error) => tracing::error!(%error, "a job failed"),
        }
    }
}

/// Reads the files that desks handed in, as soon as one says so. What another copy
/// of the program left is found by looking.
async fn files(context: Context, counted: Metrics) {
    let mut ticks = tokio::time::interval(MAIL_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = context.until_leaving() => return,
            _ = ticks.tick() => {}
            () = context.until_work_waits() => {}
        }
        match crate::jobs::work_on_files(&context).await {
            Ok(_) => counted.went_well("files", &context),
            Err(error) => tracing::error!(%error, "a file could not be read to its end"),
        }
    }
}

/// Copies the database, whenever that is due or somebody asks for it. Not at once: who
/// starts the program waits for its first page.
async fn copies(context: Context, counted: Metrics) {
    let mut ticks = tokio::time::interval(COPIES_EVERY);
    ticks.reset();
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            biased;
            () = context.until_leaving() => return,
            _ = ticks.tick() => {}
            () = context.until_a_copy_waits() => {}
        }
        match crate::jobs::copy_due(&context).await {
            Ok(done) if done.failed == 0 => counted.went_well("copies", &context),
            // Told where it happened, and by the age of the last one.
            Ok(_) => {}
            Err(error) => tracing::error!(%error, "the copies could not be looked at"),
        }
    }
}

/// SIGTERM and SIGINT, heard from the moment this is made: a program that is
/// told to stop while it starts still tidies up.
pub struct Stop {
    terminate: Signal,
    interrupt: Signal,
    delay: Duration,
}

impl Stop {
    /// Begins to listen. `delay`: between the word and the stop.
    pub fn listen(delay: Duration) -> anyhow::Result<Self> {
        let heard = |kind| signal(kind).context("signals cannot be heard");
        Ok(Self {
            terminate: heard(SignalKind::terminate())?,
            interrupt: heard(SignalKind::interrupt())?,
            delay,
        })
    }

    /// Passes the word on at once, and ends after the delay; who says it twice does not
    /// want to wait.
    async fn heard(mut self, context: Context) {
        self.word().await;
        context.leave();
        let delay = sleep(self.delay);
        tokio::select! {
            () = delay => {}
            () = self.word() => {}
        }
    }

    async fn word(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
