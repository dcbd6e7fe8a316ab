//! What every use case stands on: the database, the clock, randomness, and where
//! the site is reached. Built once, by `app`.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use tokio::sync::{Mutex, Notify, watch};

use crate::clock::{Clock, Randomness};
use crate::mail::Post;
use crate::oidc::Provider;
use crate::services::backups::schedule::Copies;
use crate::services::import::Progress;
use crate::storage::Db;

/// See the module's words. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub randomness: Arc<dyn Randomness>,
    /// What links and square codes begin with, without a slash at the end.
    pub public_url: String,
    /// What the program writes to, where it is a folder of this machine.
    pub folder: Option<PathBuf>,
    /// What the program copies by itself, and where to; nothing where it makes no copies.
    pub copies: Option<Arc<Copies>>,
    /// Where mail goes; kept in the database unless somebody says otherwise.
    pub post: Post,
    /// The identity provider that the staff may sign in by, where there is one.
    pub provider: Option<Arc<Provider>>,
    /// Wrong links of the follow-up, by network.
    pub(super) wrong_links: Arc<super::follow_up::survey::WrongLinks>,
    /// Wrong codes and links of sheets, by network.
    pub(super) wrong_codes: Arc<super::follow_up::survey::WrongLinks>,
    /// Returns from the identity provider that let nobody in, by network.
    pub(super) wrong_returns: Arc<super::follow_up::survey::WrongLinks>,
    /// Who may be matched.
    pub(super) live_pool: Arc<super::live_pool::LivePool>,
    /// Who opened what, not written down yet.
    pub(super) unwritten: Arc<super::read_log::Unwritten>,
    /// One sheet is printed at a time: its number must still be free when it is done.
    pub(super) press: Arc<Mutex<()>>,
    /// How far this program is with the files that it reads.
    loading: Arc<std::sync::Mutex<HashMap<i64, Progress>>>,
    work: Arc<Notify>,
    leaving: Arc<watch::Sender<bool>>,
    copy: Arc<Notify>,
}

impl Context {
    /// Puts the parts together.
    pub fn new(
        db: Db,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
        public_url: String,
    ) -> Self {
        Self {
            db,
            clock,
            randomness,
            public_url,
            folder: None,
            copies: None,
            post: Post::kept(),
            provider: None,
            wrong_links: Arc::default(),
            wrong_codes: Arc::default(),
            wrong_returns: Arc::default(),
            live_pool: Arc::default(),
            unwritten: Arc::default(),
            press: Arc::default(),
            loading: Arc::default(),
            work: Arc::default(),
            leaving: Arc::default(),
            copy: Arc::default(),
        }
    }

    /// The same with a folder whose disk must have room.
    #[must_use]
    pub fn with_folder(mut self, folder: PathBuf) -> Self {
        self.folder = Some(folder);
        self
    }

    /// The same with copies that the program makes by itself.
    #[must_use]
    pub fn with_copies(mut self, copies: Copies) -> Self {
        self.copies = Some(Arc::new(copies));
        self
    }

    /// The same with somewhere for mail to go.
    #[must_use]
    pub fn with_post(mut self, post: Post) -> Self {
        self.post = post;
        self
    }

    /// The same with an identity provider.
    #[must_use]
    pub fn with_provider(mut self, provider: Option<Arc<Provider>>) -> Self {
        self.provider = provider;
        self
    }

    /// The instant.
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// The day on the desks' calendar.
    pub fn today(&self) -> NaiveDate {
        self.clock.today()
    }

    /// Notes that a file is being read, or that it no longer is.
    pub(super) fn loading(&self, upload: i64, progress: Option<Progress>) {
        let mut loading = self.loading.lock().expect("no holder of this lock panics");
        match progress {
            Some(progress) => loading.insert(upload, progress),
            None => loading.remove(&upload),
        };
    }

    /// The rows of a file that this program has looked at so far; none where it reads none.
    pub fn rows_so_far(&self, upload: i64) -> Option<u64> {
        let loading = self.loading.lock().expect("no holder of this lock panics");
        loading.get(&upload).map(Progress::rows)
    }

    /// Says that there is work which need not wait for its hour.
    pub(super) fn work_waits(&self) {
        self.work.notify_one();
    }

    /// Says that somebody wants a copy now.
    pub(super) fn copy_waits(&self) {
        self.copy.notify_one();
    }

    /// Waits for that.
    pub async fn until_a_copy_waits(&self) {
        self.copy.notified().await;
    }

    /// Waits for such work.
    pub async fn until_work_waits(&self) {
        self.work.notified().await;
    }

    /// The program was told to stop: what is begun is ended, nothing more is taken up.
    pub fn leave(&self) {
        self.leaving.send_replace(true);
    }

    /// Whether the program was told to stop.
    pub fn is_leaving(&self) -> bool {
        *self.leaving.borrow()
    }

    /// Waits until the program is told to stop.
    pub async fn until_leaving(&self) {
        // The sender lives as long as this does.
        let _ = self.leaving.subscribe().wait_for(|leaving| *leaving).await;
    }
}
