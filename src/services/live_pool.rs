//! The workers who may be matched, kept in memory and true. The database is the
//! truth, this a snapshot of it: read when it is first asked for, and brought up to
//! what is committed before every answer. No answer is older than its question.

use std::collections::{BTreeSet, HashSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use super::{Context, ServiceError};
use crate::domain::setting::Numbers;
use crate::matching::{Introduction, Pool, PoolWorker};
use crate::storage::introductions::Seen;
use crate::storage::merges::People;
use crate::storage::policy::WeightRows;
use crate::storage::pool_changes::{Changes, Since};
use crate::storage::{self, Connection, Db, StorageError};

/// Changes that are kept for programs that have not seen them.
const KEPT: u64 = 20_000;
/// Revisions that one transaction forgets.
const AT_ONCE: u32 = 5_000;

/// What matching reads, as it stood at a revision of the database.
#[derive(Clone)]
pub struct Standing {
    pub revision: i64,
    /// Everybody who may be matched on some day; the day of an answer decides.
    pub pool: Pool,
    pub others: Arc<Others>,
}

/// What else matching reads, and what is short.
pub struct Others {
    pub weights: WeightRows,
    pub numbers: Numbers,
    /// Codes of the families that nobody works for now.
    pub held_families: HashSet<String>,
}

impl Others {
    async fn read(db: &impl Connection) -> Result<Arc<Self>, StorageError> {
        Ok(Arc::new(Self {
            weights: storage::policy::weight_rows(db).await?,
            numbers: storage::policy::numbers(db).await?,
            held_families: storage::blocks::all_held(db, People::Families).await?,
        }))
    }
}

/// See the module's words.
#[derive(Default)]
pub struct LivePool {
    standing: Mutex<Option<Arc<Standing>>>,
    // Whoever brings it up to date; the others wait for that.
    turn: tokio::sync::Mutex<()>,
    rebuilding: AtomicBool,
}

impl LivePool {
    /// What is committed now, or later than that.
    pub async fn now(self: &Arc<Self>, db: &Db) -> Result<Arc<Standing>, StorageError> {
        loop {
            let wanted = match self.known() {
                // Only the number is kept meanwhile: a change copies what somebody holds.
                Some(known) => match storage::pool_changes::since(db.read(), known).await? {
                    Since::Nothing => Some(known),
                    Since::Changed(Changes { revision, .. }) | Since::TooMuch { revision } => {
                        Some(revision)
                    }
                },
                None => None,
            };
            if let Some(standing) = self.reached(wanted) {
                return Ok(standing);
            }
            let _turn = self.turn.lock().await;
            match (wanted, self.known()) {
                // Somebody else read it, but perhaps before it was asked for.
                (None, Some(_)) => {}
                (Some(wanted), Some(known)) if known >= wanted => {}
                (_, known) => return self.catch_up(db, known).await,
            }
        }
    }

    fn slot(&self) -> MutexGuard<'_, Option<Arc<Standing>>> {
        self.standing.lock().expect("no holder of this lock panics")
    }

    fn known(&self) -> Option<i64> {
        self.slot().as_ref().map(|standing| standing.revision)
    }

    fn reached(&self, wanted: Option<i64>) -> Option<Arc<Standing>> {
        let wanted = wanted?;
        let slot = self.slot();
        let standing = slot.as_ref().filter(|one| one.revision >= wanted);
        standing.cloned()
    }

    fn put(&self, standing: Standing) -> Arc<Standing> {
        let standing = Arc::new(standing);
        *self.slot() = Some(standing.clone());
        standing
    }

    /// Brings the snapshot up to one instant of the database. Whose turn it is calls this.
    async fn catch_up(
        self: &Arc<Self>,
        db: &Db,
        known: Option<i64>,
    ) -> Result<Arc<Standing>, StorageError> {
        let standing = match News::read(db, known).await? {
            News::All(standing) => *standing,
            News::Some(some) => {
                // Out of the slot while it changes: what failed half-way is never
                // asked, and readers that come meanwhile wait for their turn.
                let taken = self.slot().take().map(Arc::unwrap_or_clone);
                let Some(mut standing) = taken else {
                    return Ok(self.put(read(&db.snapshot().await?).await?));
                };
                some.put_into(&mut standing);
                standing
            }
        };
        let standing = self.put(standing);
        if standing.pool.needs_rebuild() {
            self.rebuild(db, &standing);
        }
        Ok(standing)
    }

    /// Lays the pool out anew beside those who go on asking the old one.
    fn rebuild(self: &Arc<Self>, db: &Db, old: &Arc<Standing>) {
        if self.rebuilding.swap(true, Ordering::Relaxed) {
            return;
        }
        let (live, db, old) = (self.clone(), db.clone(), old.clone());
        tokio::spawn(async move {
            let laid_out = tokio::task::spawn_blocking(move || Standing {
                pool: old.pool.rebuilt(),
                revision: old.revision,
                others: old.others.clone(),
            });
            if let Ok(mut standing) = laid_out.await {
                let _turn = live.turn.lock().await;
                match News::read(&db, Some(standing.revision)).await {
                    Ok(News::Some(some)) => {
                        some.put_into(&mut standing);
                        live.put(standing);
                    }
                    Ok(News::All(standing)) => drop(live.put(*standing)),
                    Err(error) => tracing::warn!(%error, "the pool was not laid out anew"),
                }
            }
            live.rebuilding.store(false, Ordering::Relaxed);
        });
    }
}

/// Reads the pool where that was not done.
pub async fn warm(context: &Context) -> Result<(), ServiceError> {
    context.live_pool.now(&context.db).await?;
    Ok(())
}

/// How many revisions are committed that this program's snapshot has not taken up yet; none
/// where it holds none.
pub async fn behind(context: &Context) -> Result<Option<u64>, ServiceError> {
    let Some(known) = context.live_pool.known() else {
        return Ok(None);
    };
    let committed = storage::pool_changes::revision(context.db.read()).await?;
    // Taken up between the two looks: not behind.
    Ok(Some(u64::try_from(committed - known).unwrap_or_default()))
}

/// Forgets what every program that runs has seen long ago; how many revisions.
pub async fn forget(context: &Context) -> Result<u64, ServiceError> {
    let mut forgotten = 0;
    loop {
        let write = context.db.write().await?;
        let done = storage::pool_changes::forget(&*write, KEPT, AT_ONCE).await?;
        write.commit().await?;
        forgotten += done;
        if done < u64::from(AT_ONCE) {
            return Ok(forgotten);
        }
    }
}

/// What has to be put into a snapshot.
enum News {
    All(Box<Standing>),
    Some(Changed),
}

impl News {
    /// All of one instant of the database.
    async fn read(db: &Db, known: Option<i64>) -> Result<Self, StorageError> {
        let db = db.snapshot().await?;
        let Some(known) = known else {
            return Ok(Self::All(Box::new(read(&db).await?)));
        };
        Ok(match storage::pool_changes::since(&db, known).await? {
            Since::Nothing => Self::Some(Changed {
                revision: known,
                ..Changed::default()
            }),
            Since::Changed(changes) => Self::Some(Changed::read(&db, changes).await?),
            Since::TooMuch { .. } => Self::All(Box::new(read(&db).await?)),
        })
    }
}

/// Everything, as it stands.
async fn read(db: &impl Connection) -> Result<Standing, StorageError> {
    let revision = storage::pool_changes::revision(db).await?;
    let others = Others::read(db).await?;
    let workers = storage::pool::load(db).await?;
    let introductions = storage::introductions::seen(db).await?;
    let introductions = introductions.into_iter().map(introduction).collect();
    let pool = tokio::task::spawn_blocking(|| Pool::new(workers, introductions));
    Ok(Standing {
        revision,
        pool: pool.await.expect("building a pool does not panic"),
        others,
    })
}

/// What changed, as it stands now: the changes between don't matter.
#[derive(Default)]
struct Changed {
    revision: i64,
    workers: Vec<PoolWorker>,
    /// Codes of those who may not be matched any more, or never could.
    gone: BTreeSet<String>,
    /// Worker and request of introductions that are no more what they were.
    forgotten: BTreeSet<(String, String)>,
    introductions: Vec<Introduction>,
    others: Option<Arc<Others>>,
}

impl Changed {
    async fn read(db: &impl Connection, changes: Changes) -> Result<Self, StorageError> {
        let mut gone = changes.workers;
        let codes: Vec<String> = gone.iter().cloned().collect();
        let workers = storage::pool::of(db, &codes).await?;
        let introduced = changes.introductions.iter().map(|(worker, _)| worker);
        let concerned: BTreeSet<&String> = codes.iter().chain(introduced).collect();
        let concerned: Vec<&String> = concerned.into_iter().collect();
        let seen = storage::introductions::seen_by(db, &concerned).await?;
        for worker in &workers {
            gone.remove(&worker.code);
        }
        Ok(Self {
            revision: changes.revision,
            workers,
            gone,
            forgotten: changes.introductions,
            introductions: seen.into_iter().map(introduction).collect(),
            others: if changes.others {
                Some(Others::read(db).await?)
            } else {
                None
            },
        })
    }

    fn put_into(self, standing: &mut Standing) {
        let pool = &mut standing.pool;
        // Of those who are in it the others are known.
        let (forgotten, introductions) = (&self.forgotten, self.introductions);
        let news = |one: &Introduction| {
            let pair = (one.worker.clone(), one.request.clone());
            forgotten.contains(&pair) || !pool.contains(&one.worker)
        };
        let news: Vec<Introduction> = introductions.into_iter().filter(news).collect();
        for (worker, request) in &self.forgotten {
            pool.forget_introduction(worker, request);
        }
        for worker in self.workers {
            pool.upsert(worker);
        }
        for worker in &self.gone {
            pool.remove(worker);
        }
        for introduction in news {
            pool.introduce(introduction);
        }
        if let Some(others) = self.others {
            standing.others = others;
        }
        standing.revision = self.revision;
    }
}

fn introduction((request, worker, issued_on): Seen) -> Introduction {
    Introduction {
        worker,
        request,
        issued_on,
    }
}
