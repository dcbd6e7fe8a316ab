//! Records of people: two that are one person's, and people who are held back.

mod blocks;
mod follow_up;
mod merging;
mod recipients;
mod rights;
mod undo;

use dom::catalogue::{Language, Words};
use dom::domain::account::Actor;
use dom::domain::ids::{FamilyCode, RequestCode, WorkerCode};
use dom::domain::outcome::Period;
use dom::services::import::{self, ImportError, Options, Report};
use dom::services::sheets::{self, Issued, Order};
use dom::services::tables::Kind;
use dom::services::{Context, accounts, export, outcomes};
use dom::tabular::{self, Format};

use crate::support::cast::{Cast, today};
use crate::support::program::Folder;
use crate::support::site::{Site, email};

pub fn code(text: &str) -> WorkerCode {
    WorkerCode::parse(text).unwrap()
}

pub fn family(text: &str) -> FamilyCode {
    FamilyCode::parse(text).unwrap()
}

pub async fn actor(context: &Context, name: &str) -> Actor {
    accounts::actor_named(context, &email(name)).await.unwrap()
}

/// One woman registered twice, another one, and two families that are one.
pub fn cast() -> Cast {
    Cast::on(today())
        .worker(
            "W-1",
            &[
                ("given_name", "Elena"),
                ("family_name", "Popescu"),
                ("phone", "+393331234567"),
                ("skills", "elderly_care"),
            ],
        )
        .worker(
            "W-2",
            &[
                ("given_name", "Olena"),
                ("family_name", "Popesku"),
                ("phone", "333 1234567"),
                ("email", "olena@prova.example"),
                ("skills", "elderly_care|house_cleaning"),
                ("registered_on", "2025-06-01"),
                ("birth_date", "1970-04-03"),
            ],
        )
        .worker("W-3", &[("phone", "+390564200003")])
        .family(
            "F-2",
            &[("given_name", "Elsa"), ("family_name", "Provolini")],
        )
        .request("R-1", &[])
        .request("R-2", &[("family", "F-2")])
}

/// Issues a sheet of one worker.
pub async fn issue(site: &Site, request: &str, worker: &str) -> Issued {
    let actor = actor(&site.context, "operator").await;
    let order = Order {
        request: RequestCode::parse(request).unwrap(),
        workers: vec![code(worker)],
        asked: Vec::new(),
        skipped: None,
        way: sheets::Way::Paper,
    };
    sheets::issue(&site.context, &actor, Words::new(Language::It), &order)
        .await
        .unwrap()
}

/// The outcome figures of two years, as the command writes them.
pub async fn figures(site: &Site) -> String {
    let period = Period {
        from: "2025-01-01".parse().unwrap(),
        to: today(),
        today: today(),
    };
    let figures = outcomes::report(&site.context, period).await.unwrap();
    serde_json::to_string(&figures).unwrap()
}

/// Loads a file's text.
pub async fn load(site: &Site, kind: Kind, text: &str) -> Result<Report, ImportError> {
    let folder = Folder::new();
    let path = folder.path().join("file.csv");
    std::fs::write(&path, text).unwrap();
    let mut sheet = tabular::open(&path).unwrap();
    import::run(&site.context, kind, &mut sheet, Options::default()).await
}

/// A table as a file.
pub async fn exported(site: &Site, kind: Kind) -> String {
    let wanted = export::Wanted {
        kind,
        year: None,
        format: Format::Csv,
        by: None,
    };
    let run = export::run(site.db(), site.context.now(), wanted, Vec::new()).await;
    String::from_utf8(run.unwrap().0).unwrap()
}
