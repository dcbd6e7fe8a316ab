//! The site over a database of made-up people, with a clock that a test moves
//! and one account a role.

use std::sync::Arc;

use chrono::{TimeZone, Utc};
use dom::clock::{ManualClock, SystemRandomness};
use dom::domain::account::{Place, Role};
use dom::domain::contact::EmailAddress;
use dom::domain::ids::{DeskCode, PartnerCode};
use dom::services::{Context, accounts, places};
use dom::storage::places::Partner;
use dom::web::{self, Site as WebSite};

use super::browser::Browser;
use super::cast::Cast;
use super::program::Program;

/// A passphrase that every account of the tests has.
pub const PASSWORD: &str = "una frase inventata per prova";

/// Who can be somebody here, by the name of the account.
pub const EVERYBODY: [&str; 5] = ["administrator", "deskless", "operator", "partner", "reader"];

/// See the module's words.
pub struct Site {
    pub context: Context,
    pub clock: Arc<ManualClock>,
    /// The folder and the database go with it.
    _program: Program,
}

impl Site {
    /// With these people, at noon of the cast's day.
    pub async fn of(cast: &Cast) -> Self {
        Self::at(cast, "http://dom.example").await
    }

    pub async fn at(cast: &Cast, url: &str) -> Self {
        let program = Program::on_sqlite();
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
            _program: program,
        };
        site.open_accounts().await;
        site
    }

    async fn open_accounts(&self) {
        let partner = Partner {
            code: PartnerCode::parse("pi").unwrap(),
            name: "Punto di prova".to_owned(),
            kind: "punto_insieme".to_owned(),
        };
        places::add_partner(&self.context, &partner).await.unwrap();
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
            let token = accounts::add(&self.context, &email, name, role, &place)
                .await
                .unwrap();
            accounts::set_password(&self.context, &token, PASSWORD)
                .await
                .unwrap();
        }
    }

    pub fn browser(&self) -> Browser {
        Browser::new(web::router(WebSite {
            context: self.context.clone(),
            owner: "Sportello di prova".to_owned(),
            demo: false,
            trusted_proxies: Arc::new(|_| false),
        }))
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

pub fn email(name: &str) -> EmailAddress {
    EmailAddress::parse(&format!("{name}@prova.example")).unwrap()
}
