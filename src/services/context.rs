//! What every use case stands on: the database, the clock, randomness, and where
//! the site is reached. Built once, by `app`.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use tokio::sync::Mutex;

use crate::clock::{Clock, Randomness};
use crate::mail::Post;
use crate::storage::Db;

/// See the module's words. Cheap to clone.
#[derive(Clone)]
pub struct Context {
    pub db: Db,
    pub clock: Arc<dyn Clock>,
    pub randomness: Arc<dyn Randomness>,
    /// What links and square codes begin with, without a slash at the end.
    pub public_url: String,
    /// Where mail goes; kept in the database unless somebody says otherwise.
    pub post: Post,
    /// Wrong links of the follow-up, by network.
    pub(super) wrong_links: Arc<super::follow_up::survey::WrongLinks>,
    /// Wrong codes and links of sheets, by network.
    pub(super) wrong_codes: Arc<super::follow_up::survey::WrongLinks>,
    /// Who opened what, not written down yet.
    pub(super) unwritten: Arc<super::read_log::Unwritten>,
    /// One sheet is printed at a time: its number must still be free when it is done.
    pub(super) press: Arc<Mutex<()>>,
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
            post: Post::kept(),
            wrong_links: Arc::default(),
            wrong_codes: Arc::default(),
            unwritten: Arc::default(),
            press: Arc::default(),
        }
    }

    /// The same with somewhere for mail to go.
    #[must_use]
    pub fn with_post(mut self, post: Post) -> Self {
        self.post = post;
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
}
