//! The site over a database of made-up people, with a clock that a test moves
//! and one account a role.

use std::sync::{Arc, OnceLock};

use argon2::password_hash::PasswordHasher as _;
use argon2::{Algorithm, Argon2, Params, Version};
use chrono::{TimeZone, Utc};
use dom::clock::{ManualClock, SystemRandomness};
use dom::domain::account::{Place, Role};
use dom::domain::contact::EmailAddress;
use dom::domain::ids::{DeskCode, PartnerCode};
use dom::domain::partner::Contract;
use dom::services::{Context, accounts, factors, places};
use dom::storage::places::Partner;
use dom::storage::{self, Db};
use dom::web::{self, Accessibility, Site as WebSite};
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};

use super::browser::Browser;
use super::cast::{Cast, today};
use super::program::{Program, block_on};
use super::{heard, live};

/// A passphrase that every account of the tests has.
pub const PASSWORD: &str = "una frase inventata per prova";

/// Who can be somebody here, by the name of the account.
pub const EVERYBODY: [&str; 5] = ["administrator", "deskless", "operator", "partner", "reader"];

/// See the module's words.
pub struct Site {
    pub context: Context,
    pub clock: Arc<ManualClock>,
    /// The folder and the database go with it.
    pub program: Program,
}

impl Drop for Site {
    /// Whatever the test wrote, the pool that was read at its beginning knows of.
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        let (mut context, place) = (self.context.clone(), self.program.place());
        // The test's own connections belong to its runtime, which may end now.
        let told = std::thread::spawn(move || {
            block_on(async {
                if let Ok(db) = Db::open(&place, 2).await {
                    context.db = db.clone();
                    live::is_true(&context).await;
                    db.close().await.unwrap();
                }
            });
        });
        told.join()
            .expect("the pool in memory is not what the database says");
    }
}

impl Site {
    /// With these people, at noon of the cast's day.
    pub async fn of(cast: &Cast) -> Self {
        Self::at(cast, "http://dom.example").await
    }

    pub async fn at(cast: &Cast, url: &str) -> Self {
        Self::over(Program::on_sqlite(), cast, url).await
    }

    /// One over each kind of database.
    pub async fn on_both(cast: &Cast) -> [Self; 2] {
        let [sqlite, postgres] = Program::on_both();
        let url = "http://dom.example";
        [
            Self::over(sqlite, cast, url).await,
            Self::over(postgres, cast, url).await,
        ]
    }

    pub async fn over(program: Program, cast: &Cast, url: &str) -> Self {
        let db = program.open().await;
        cast.store(&db).await;
        let noon = cast.today.and_hms_opt(12, 0, 0).unwrap();
        let clock = Arc::new(ManualClock::at(Utc.from_utc_datetime(&noon)));
        let context = Context::new(
            db,
            clock.clone(),
            Arc::new(SystemRandomness),
            url.to_owned(),
        );
        let site = Self {
            context,
            clock,
            program,
        };
        site.open_accounts().await;
        live::is_true(&site.context).await;
        site
    }

    /// Over a database that holds nothing yet, not even accounts.
    pub async fn empty() -> Self {
        let program = Program::on_sqlite();
        let db = program.open().await;
        let noon = today().and_hms_opt(12, 0, 0).unwrap();
        let clock = Arc::new(ManualClock::at(Utc.from_utc_datetime(&noon)));
        let context = Context::new(
            db,
            clock.clone(),
            Arc::new(SystemRandomness),
            "http://dom.example".to_owned(),
        );
        Self {
            context,
            clock,
            program,
        }
    }

    async fn open_accounts(&self) {
        let partner = Partner {
            code: PartnerCode::parse("pi").unwrap(),
            name: "Punto di prova".to_owned(),
            kind: "punto_insieme".to_owned(),
            contract: Contract::default(),
        };
        places::add_partner(&self.context, &partner).await.unwrap();
        // The tests' people sign in by their password alone, but where a test is about more.
        factors::require(&self.context, Role::Administrator, false)
            .await
            .unwrap();
        let desk = || DeskCode::parse("grosseto").ok();
        for name in EVERYBODY {
            let (role, desk, partner) = match name {
                "administrator" => (Role::Administrator, desk(), None),
                "deskless" => (Role::Administrator, None, None),
                "operator" => (Role::Operator, desk(), None),
                "partner" => (Role::Partner, None, PartnerCode::parse("pi").ok()),
                _ => (Role::Reader, None, None),
            };
            let email = email(name);
            let place = Place::of(role, desk, partner).unwrap();
            self.open_account(&email, name, role, &place).await;
        }
    }

    /// An account that signs in with [`PASSWORD`].
    pub async fn open_account(&self, email: &EmailAddress, name: &str, role: Role, place: &Place) {
        accounts::add(&self.context, email, name, role, place)
            .await
            .unwrap();
        let write = self.db().write().await.unwrap();
        let known = storage::accounts::find(&*write, email).await.unwrap();
        let id = known.unwrap().actor.account_id;
        storage::accounts::drop_links(&*write, id).await.unwrap();
        storage::accounts::set_password(&*write, id, cheap_hash())
            .await
            .unwrap();
        write.commit().await.unwrap();
    }

    /// One more operator, of another desk.
    pub async fn operator_of(&self, desk: &str, name: &str) -> Browser {
        let place = Place::Desk(DeskCode::parse(desk).unwrap());
        let address = email(name);
        self.open_account(&address, name, Role::Operator, &place)
            .await;
        self.signed_in(name).await
    }

    pub fn browser(&self) -> Browser {
        self.browser_behind(|_| false)
    }

    /// Where the word of these peers about the client's address is believed.
    pub fn browser_behind(
        &self,
        trusted: impl Fn(std::net::IpAddr) -> bool + Send + Sync + 'static,
    ) -> Browser {
        heard::listen();
        Browser::new(web::router(WebSite {
            trusted_proxies: Arc::new(trusted),
            ..self.web(Accessibility::default())
        }))
    }

    /// Where a request may take so long.
    pub fn browser_within(&self, longest: std::time::Duration) -> Browser {
        Browser::new(web::router_within(
            self.web(Accessibility::default()),
            longest,
        ))
    }

    /// Where the body has set whom to tell that a page can't be used.
    pub fn browser_told(&self, accessibility: Accessibility) -> Browser {
        Browser::new(web::router(self.web(accessibility)))
    }

    fn web(&self, accessibility: Accessibility) -> WebSite {
        WebSite {
            context: self.context.clone(),
            owner: "Sportello di prova".to_owned(),
            accessibility,
            demo: false,
            metrics: web::metrics::Metrics::default(),
            trusted_proxies: Arc::new(|_| false),
        }
    }

    /// The database, to be asked directly.
    pub fn db(&self) -> &Db {
        &self.context.db
    }

    /// Everything in the tables of an `SQLite` database but when sessions were
    /// last used.
    pub async fn everything(&self) -> String {
        let db = self.db().read();
        let ask = |sql: String| db.query_all_raw(Statement::from_string(DbBackend::Sqlite, sql));
        let tables = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name";
        let mut all = Vec::new();
        for table in ask(tables.to_owned()).await.unwrap() {
            let name: String = table.try_get("", "name").unwrap();
            // Who opened what is written by opening it.
            if name == "reads" {
                continue;
            }
            let columns = ask(format!(
                "SELECT group_concat('quote(' || name || ')', ' || ') AS c
                 FROM pragma_table_info('{name}') WHERE name <> 'last_seen_at'"
            ));
            let columns: String = columns.await.unwrap()[0].try_get("", "c").unwrap();
            let rows = ask(format!(
                "SELECT group_concat({columns}, char(10)) AS t FROM (SELECT * FROM {name} ORDER BY 1)"
            ));
            let rows: Option<String> = rows.await.unwrap()[0].try_get("", "t").unwrap();
            all.extend([name, rows.unwrap_or_default()]);
        }
        all.join("\n")
    }

    /// The rows of a table as texts, without the versions of records.
    pub async fn rows(&self, table: &str) -> Vec<String> {
        let db = self.db().read();
        let kind = db.get_database_backend();
        let rows = db
            .query_all_raw(Statement::from_string(
                kind,
                format!("SELECT * FROM {table}"),
            ))
            .await
            .unwrap();
        let told = |row: sea_orm::QueryResult| {
            use sea_orm::FromQueryResult as _;
            let mut value = sea_orm::JsonValue::from_query_result(&row, "").unwrap();
            if let Some(cells) = value.as_object_mut() {
                cells.remove("version");
            }
            value.to_string()
        };
        rows.into_iter().map(told).collect()
    }

    /// A browser that somebody has signed in with.
    pub async fn signed_in(&self, name: &str) -> Browser {
        let mut browser = self.browser();
        let email = email(name);
        let fields = [("email", email.as_str()), ("password", PASSWORD)];
        let page = browser.post("/sign-in", &fields).await;
        assert_eq!(page.status, 303, "{name}: {}", page.text());
        browser
    }
}

/// [`PASSWORD`], hashed with the least work that there is: a hash says itself how it was
/// made, and hundreds of tests sign in. How much work the program takes is a test of its own.
fn cheap_hash() -> &'static str {
    static HASH: OnceLock<String> = OnceLock::new();
    HASH.get_or_init(|| {
        let least = Params::new(Params::MIN_M_COST, 1, 1, None).unwrap();
        let hasher = Argon2::new(Algorithm::Argon2id, Version::V0x13, least);
        let hash = hasher.hash_password(PASSWORD.as_bytes()).unwrap();
        hash.to_string()
    })
}

pub fn email(name: &str) -> EmailAddress {
    EmailAddress::parse(&format!("{name}@prova.example")).unwrap()
}
