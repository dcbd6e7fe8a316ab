//! The composition root: builds everything once from the configuration, runs
//! the site and the jobs, and stops gracefully.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::net::TcpListener;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::MissedTickBehavior;

use crate::catalogue::Words;
use crate::clock::{SystemClock, SystemRandomness};
use crate::config::{Config, Database};
use crate::mail::smtp::{Limits, Server};
use crate::mail::{Post, Transport};
use crate::services::Context;
use crate::storage::Db;
use crate::storage::connect::Place;
use crate::storage::migrator::migrate;
use crate::web::{Site, router};

/// Connections to the database: readers beside the one writer.
const CONNECTIONS: u32 = 8;
/// Open requests get this long to end.
const DRAIN: Duration = Duration::from_secs(10);
/// Between two looks at the mail that is due.
const MAIL_EVERY: Duration = Duration::from_secs(15);
/// Of so many looks one is at everything that is due.
const JOBS_EVERY: u32 = 40;

/// Which database the configuration names.
pub fn place(config: &Config) -> Place {
    match &config.database {
        Database::Sqlite { path } => Place::Sqlite(path.clone()),
        Database::Postgres { url } => Place::Postgres(url.expose().to_owned()),
    }
}

/// The ground that use cases stand on, with the schema up to date.
pub async fn context(config: &Config) -> anyhow::Result<Context> {
    if config.prepare()?.open_to_others {
        tracing::warn!("others on this machine can look into the data folder; chmod 700 closes it");
    }
    let place = place(config);
    migrate(&place).await?;
    let db = Db::open(&place, CONNECTIONS).await?;
    Ok(Context::new(
        db,
        Arc::new(SystemClock),
        Arc::new(SystemRandomness),
        config.public_url.clone(),
    )
    .with_post(post(config)?))
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

/// The site over a context.
pub fn site(config: &Config, context: Context, demo: bool) -> Site {
    let trusted = config.trusted_proxies.clone();
    Site {
        context,
        owner: Words::default().get("service-owner").into_owned(),
        demo,
        trusted_proxies: Arc::new(move |address| trusted.contains(address)),
    }
}

/// Listens where the configuration says. The address may differ from it where
/// it leaves the port to the system.
pub async fn listen(config: &Config) -> anyhow::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(config.bind)
        .await
        .with_context(|| format!("cannot listen on {}", config.bind))?;
    let address = listener.local_addr()?;
    Ok((listener, address))
}

/// Serves until SIGTERM or SIGINT, then lets open requests end.
pub async fn run(listener: TcpListener, site: Site, stop: Stop) -> anyhow::Result<()> {
    let context = site.context.clone();
    crate::jobs::at_start(&context).await?;
    let jobs = tokio::spawn(jobs(context.clone()));
    let warm = tokio::spawn(warm(context.clone()));
    let files = tokio::spawn(files(context.clone()));
    let (told, stopping) = tokio::sync::oneshot::channel();
    let service = router(site).into_make_service_with_connect_info::<SocketAddr>();
    let server = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.heard().await;
        // Nobody waits any more where the server has failed.
        let _ = told.send(());
    });
    let drained = async {
        let _ = stopping.await;
        tokio::time::sleep(DRAIN).await;
    };
    tokio::select! {
        done = async { server.await } => done?,
        () = drained => tracing::warn!("requests were still open when the time to drain was over"),
    }
    jobs.abort();
    warm.abort();
    files.abort();
    Ok(context.db.close().await?)
}

/// Reads who may be matched before somebody waits for it.
async fn warm(context: Context) {
    if let Err(error) = crate::services::live_pool::warm(&context).await {
        tracing::warn!(%error, "the pool will be read when it is asked for");
    }
}

async fn jobs(context: Context) {
    let mut ticks = tokio::time::interval(MAIL_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    for turn in (0..JOBS_EVERY).cycle() {
        ticks.tick().await;
        let done = if turn == 0 {
            crate::jobs::run_due(&context).await.map(|done| done.mail)
        } else {
            crate::jobs::deliver_due(&context).await
        };
        match done {
            Ok(mail) => tracing::debug!(?mail, "jobs"),
            Err(error) => tracing::error!(%error, "a job failed"),
        }
    }
}

/// Reads the files that desks handed in, as soon as one says so. What another copy
/// of the program left is found by looking.
async fn files(context: Context) {
    let mut ticks = tokio::time::interval(MAIL_EVERY);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        tokio::select! {
            _ = ticks.tick() => {}
            () = context.until_work_waits() => {}
        }
        if let Err(error) = crate::jobs::work_on_files(&context).await {
            tracing::error!(%error, "a file could not be read to its end");
        }
    }
}

/// SIGTERM and SIGINT, heard from the moment this is made: a program that is
/// told to stop while it starts still tidies up.
pub struct Stop {
    terminate: Signal,
    interrupt: Signal,
}

impl Stop {
    /// Begins to listen.
    pub fn listen() -> anyhow::Result<Self> {
        let heard = |kind| signal(kind).context("signals cannot be heard");
        Ok(Self {
            terminate: heard(SignalKind::terminate())?,
            interrupt: heard(SignalKind::interrupt())?,
        })
    }

    async fn heard(mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}
