//! What the program counts of itself, for Prometheus: requests by route, how long
//! they took, the database's connections, mail that waits, when jobs last went well.
//! Never a person, an address or a code: labels are patterns and words of ours.

use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::services::backups::policy;
use crate::services::{Context, condition, live_pool};

/// Upper ends in seconds: a page is a few thousandths, a sheet a few hundredths.
const BUCKETS: [f64; 11] = [
    0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0,
];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfRoute {
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct InState {
    state: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfJob {
    job: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfCheck {
    check: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfDatabase {
    database: &'static str,
}

type Seconds = Gauge<f64, AtomicU64>;

/// See the module's words. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Metrics(Arc<Parts>);

#[derive(Debug)]
struct Parts {
    registry: Registry,
    answered: Family<Answered, Counter>,
    took: Family<OfRoute, Histogram, fn() -> Histogram>,
    connections: Family<InState, Gauge>,
    mails: Family<InState, Gauge>,
    oldest_mail: Seconds,
    last_success: Family<OfJob, Seconds>,
    works: Family<OfCheck, Gauge>,
    backup_age: Family<OfDatabase, Seconds>,
    backup_late: Family<OfDatabase, Gauge>,
    snapshot_behind: Family<OfDatabase, Gauge>,
}

impl Default for Metrics {
    fn default() -> Self {
        let histogram: fn() -> Histogram = || Histogram::new(BUCKETS);
        let mut registry = Registry::with_prefix("dom");
        let mut parts = Parts {
            registry: Registry::default(),
            answered: Family::default(),
            took: Family::new_with_constructor(histogram),
            connections: Family::default(),
            mails: Family::default(),
            oldest_mail: Gauge::default(),
            last_success: Family::default(),
            works: Family::default(),
            backup_age: Family::default(),
            backup_late: Family::default(),
            snapshot_behind: Family::default(),
        };
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program", build);
        let requests = "Requests answered";
        registry.register("requests", requests, parts.answered.clone());
        let took = "From the request's head to the answer's";
        registry.register_with_unit("request_duration", took, Unit::Seconds, parts.took.clone());
        let connections = "Connections to the database";
        registry.register(
            "database_connections",
            connections,
            parts.connections.clone(),
        );
        let mails = "Mails that are not done with, by state";
        registry.register("mails", mails, parts.mails.clone());
        let oldest = "For how long the oldest mail is overdue";
        let gauge = parts.oldest_mail.clone();
        registry.register_with_unit("oldest_due_mail_age", oldest, Unit::Seconds, gauge);
        let success = "When the job last went well, since 1970";
        let gauge = parts.last_success.clone();
        registry.register_with_unit("job_last_success", success, Unit::Seconds, gauge);
        let works = "1: as it should be, 0: it keeps the service from its work";
        registry.register("check", works, parts.works.clone());
        let age = "Of the last good copy of the database; absent where there is none";
        let gauge = parts.backup_age.clone();
        registry.register_with_unit("backup_age", age, Unit::Seconds, gauge);
        let late = "1: the last good copy is older than the rule allows";
        registry.register("backup_late", late, parts.backup_late.clone());
        let behind = "Changes that the workers held in memory lack; absent where none are held";
        registry.register("snapshot_behind", behind, parts.snapshot_behind.clone());
        parts.registry = registry;
        Self(Arc::new(parts))
    }
}

impl Metrics {
    /// A request was answered; `route` is the pattern of the table.
    pub fn answered(&self, method: &str, route: &str, status: StatusCode, took: Duration) {
        // Clients may make up methods; each would be a line of its own.
        let known = ["GET", "HEAD", "POST", "OPTIONS"];
        let method = known.into_iter().find(|known| *known == method);
        let answered = Answered {
            method: method.unwrap_or("other"),
            route: route.to_owned(),
            status: status.as_u16(),
        };
        self.0.answered.get_or_create(&answered).inc();
        let of = OfRoute {
            route: route.to_owned(),
        };
        self.0.took.get_or_create(&of).observe(took.as_secs_f64());
    }

    /// A job ended without an error now.
    pub fn went_well(&self, job: &'static str, context: &Context) {
        let gauge = self.0.last_success.get_or_create(&OfJob { job });
        gauge.set(seconds(context.now().timestamp_millis()));
    }

    async fn text(&self, context: &Context) -> Result<String, std::fmt::Error> {
        let parts = &self.0;
        let held = context.db.connections();
        for (state, count) in [("open", held.open), ("idle", held.idle)] {
            let gauge = parts.connections.get_or_create(&InState { state });
            gauge.set(i64::from(count));
        }
        let troubles = condition::look(context).await;
        for check in condition::Trouble::ALL {
            let works = i64::from(!troubles.contains(&check));
            let of = OfCheck {
                check: check.code(),
            };
            parts.works.get_or_create(&of).set(works);
        }
        match condition::queue(context).await {
            Ok(queue) => {
                for (state, count) in queue.by_state {
                    let gauge = parts.mails.get_or_create(&InState {
                        state: state.code(),
                    });
                    gauge.set(i64::try_from(count).unwrap_or(i64::MAX));
                }
                let overdue = queue.overdue.num_milliseconds();
                parts.oldest_mail.set(seconds(overdue));
            }
            // Told by the check above; old figures would look like new ones.
            Err(_) => parts.mails.clear(),
        }
        self.backups(context).await;
        self.snapshot(context).await;
        let mut text = String::new();
        encode(&mut text, &parts.registry)?;
        Ok(text)
    }
}

impl Metrics {
    /// Old figures would look like new ones where there are none.
    async fn backups(&self, context: &Context) {
        let parts = &self.0;
        parts.backup_age.clear();
        parts.backup_late.clear();
        let Ok(Some(standing)) = policy::standing(context).await else {
            return;
        };
        let database = context.db.kind();
        let of = OfDatabase { database };
        if let Some(age) = standing.age {
            let gauge = parts.backup_age.get_or_create(&of);
            gauge.set(seconds(age.num_milliseconds()));
        }
        let gauge = parts.backup_late.get_or_create(&of);
        gauge.set(i64::from(standing.is_late));
    }

    async fn snapshot(&self, context: &Context) {
        let behind = &self.0.snapshot_behind;
        behind.clear();
        if let Ok(Some(changes)) = live_pool::behind(context).await {
            let database = context.db.kind();
            let gauge = behind.get_or_create(&OfDatabase { database });
            gauge.set(i64::try_from(changes).unwrap_or(i64::MAX));
        }
    }
}

// Seconds since 1970 lose nothing in 53 bits.
#[allow(clippy::cast_precision_loss)]
fn seconds(milliseconds: i64) -> f64 {
    milliseconds as f64 / 1000.0
}

/// What the listener of metrics answers.
pub fn router(metrics: Metrics, context: Context) -> Router {
    Router::new()
        .route("/metrics", get(scrape))
        .with_state((metrics, context))
}

async fn scrape(State((metrics, context)): State<(Metrics, Context)>) -> Response {
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    match metrics.text(&context).await {
        Ok(text) => ([(header::CONTENT_TYPE, kind)], text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
