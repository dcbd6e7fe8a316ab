//! A follow-up in a test: people, introductions, a mailbox, and days that pass.

use std::sync::{Arc, Mutex};

use chrono::{Days, NaiveDate, TimeZone, Utc};
use dom::domain::answer::Answer;
use dom::domain::follow_up::Disposition;
use dom::domain::ids::{IntroductionCode, RequestCode, WorkerCode};
use dom::domain::introduction::Introduction;
use dom::jobs::{deliver_due, run_due};
use dom::mail::transport::Caught;
use dom::mail::{Post, Transport};
use dom::services::Context;
use dom::storage;
use dom::storage::entity::invitation;
use dom::storage::waiting::Whose;
use dom::storage::waits::Cut;
use sea_orm::{EntityTrait, QueryOrder};

use super::browser::{Browser, Page};
use super::cast::Cast;
use super::heard::{self, Sort};
use super::site::Site;

/// The first sheets.
pub fn start() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, 12).unwrap()
}

pub fn day(after: u64) -> NaiveDate {
    start() + Days::new(after)
}

/// See the module's words.
pub struct Followed {
    pub site: Site,
    pub context: Context,
    mailbox: Arc<Mutex<Vec<Caught>>>,
}

impl Followed {
    pub fn over(site: Site) -> Self {
        let mailbox = Arc::new(Mutex::new(Vec::new()));
        let context = site.context.clone().with_post(Post {
            from: "DOM <dom@dom.example>".parse().unwrap(),
            transport: Transport::Memory(mailbox.clone()),
        });
        Self {
            site,
            context,
            mailbox,
        }
    }

    pub async fn of(cast: &Cast) -> Self {
        Self::over(Site::of(cast).await)
    }

    /// Introduces a worker; `loaded` for one that a file told of.
    pub async fn introduce(
        &self,
        code: &str,
        request: &str,
        worker: &str,
        on: NaiveDate,
        loaded: Option<NaiveDate>,
    ) {
        let introduction = Introduction {
            code: IntroductionCode::parse(code).ok(),
            request: RequestCode::parse(request).unwrap(),
            worker: WorkerCode::parse(worker).unwrap(),
            sheet_number: None,
            issued_on: on,
        };
        let write = self.context.db.write().await.unwrap();
        storage::introductions::insert_many(&*write, &[introduction], loaded, None)
            .await
            .unwrap();
        write.commit().await.unwrap();
    }

    /// The clock of a day, at an hour of UTC.
    pub fn at(&self, day: NaiveDate, hour: u32) {
        let moment = day.and_hms_opt(hour, 0, 0).unwrap();
        self.site.clock.set(Utc.from_utc_datetime(&moment));
    }

    /// What goes on one day: the jobs run at dawn and after the morning's mail.
    pub async fn live(&self, day: NaiveDate) -> Vec<Caught> {
        for hour in [4, 11] {
            self.at(day, hour);
            run_due(&self.context).await.unwrap();
        }
        self.caught()
    }

    /// The mail that was caught since somebody looked last.
    pub fn caught(&self) -> Vec<Caught> {
        let caught = std::mem::take(&mut *self.mailbox.lock().unwrap());
        for mail in &caught {
            heard::keep(Sort::Subject, &mail.message.subject);
        }
        caught
    }

    /// The mail that is due at this moment.
    pub async fn mail_now(&self) -> Vec<Caught> {
        deliver_due(&self.context).await.unwrap();
        self.caught()
    }

    /// The days from one to another, with the mail of each that had any.
    pub async fn walk(&self, from: u64, to: u64) -> Vec<(u64, Vec<Caught>)> {
        let mut seen = Vec::new();
        for after in from..=to {
            let caught = self.live(day(after)).await;
            if !caught.is_empty() {
                seen.push((after, caught));
            }
        }
        seen
    }

    /// How every invitation stands: introduction, side, wave, disposition.
    pub async fn invitations(&self) -> Vec<(i64, String, String, Option<String>)> {
        let rows = invitation::Entity::find()
            .order_by_asc(invitation::Column::IntroductionId)
            .order_by_asc(invitation::Column::Wave)
            .order_by_asc(invitation::Column::Side)
            .all(self.context.db.read())
            .await
            .unwrap();
        rows.into_iter()
            .map(|row| (row.introduction_id, row.side, row.wave, row.disposition))
            .collect()
    }

    pub async fn ended(&self, disposition: Disposition) -> usize {
        let all = self.invitations().await;
        all.iter()
            .filter(|one| one.3.as_deref() == Some(disposition.code()))
            .count()
    }
}

/// The paths on this site that a mail leads to.
pub fn links(mail: &Caught) -> Vec<String> {
    mail.message
        .plain
        .split_whitespace()
        .filter_map(|word| word.strip_prefix("http://dom.example"))
        .map(str::to_owned)
        .collect()
}

/// The page that a mail leads to, without what is chosen beforehand.
pub fn page(mail: &Caught) -> String {
    let links = links(mail);
    links[0].split('?').next().unwrap().to_owned()
}

/// What the desk has to do about people: kind and code.
pub async fn tasks(followed: &Followed) -> Vec<(&'static str, String)> {
    let (db, whose) = (followed.context.db.read(), Whose::Everybody);
    let open = storage::person_tasks::open(db, &whose, Cut::FIRST).await;
    let open = open.unwrap().into_iter();
    open.map(|one| (one.kind.code(), one.code)).collect()
}

/// Opens a link of a mail: the address to which the token's leads, and the page there.
pub async fn opened(browser: &mut Browser, link: &str) -> (String, Page) {
    let led = browser.get(link).await;
    assert_eq!(led.status, 303, "{link}: {}", led.text());
    let to = led.location().split('?').next().unwrap().to_owned();
    let page = browser.follow(&led).await;
    (to, page)
}

/// An answer by the columns of the formats.
pub fn answer(cells: &[(&str, &str)]) -> Answer {
    struct Row<'a>(&'a [(&'a str, &'a str)]);
    impl dom::domain::reading::Fields for Row<'_> {
        fn get(&self, column: &str) -> Option<&str> {
            let found = self.0.iter().find(|(name, _)| *name == column);
            found.map(|(_, cell)| *cell)
        }
    }
    Answer::read(&Row(cells)).unwrap().value
}

/// Adds an answer: cells by the columns of the formats.
pub async fn told(followed: &Followed, cells: &[(&str, &str)]) {
    let write = followed.context.db.write().await.unwrap();
    storage::answers::insert_many(&*write, &[answer(cells)])
        .await
        .unwrap();
    write.commit().await.unwrap();
}
