//! Made-up people for stories: rows of the formats' columns, read by the
//! domain itself and stored. Whoever is not described otherwise fits and may be
//! named without being asked.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use dom::clock::{Clock, SystemClock};
use dom::domain::family::Family;
use dom::domain::ids::DeskCode;
use dom::domain::reading::Fields;
use dom::domain::request::CareRequest;
use dom::domain::worker::Worker;
use dom::storage::{self, Db};

/// A row: column to cell.
struct Row(BTreeMap<String, String>);

impl Fields for Row {
    fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }
}

impl Row {
    fn new(cells: &[(&str, &str)], changes: &[(&str, &str)]) -> Self {
        let all = cells.iter().chain(changes);
        Self(
            all.map(|(column, cell)| ((*column).to_owned(), (*cell).to_owned()))
                .collect(),
        )
    }
}

/// The machine's day.
pub fn today() -> NaiveDate {
    SystemClock.today()
}

/// Who is there.
pub struct Cast {
    pub today: NaiveDate,
    pub families: Vec<Family>,
    pub requests: Vec<CareRequest>,
    pub workers: Vec<Worker>,
}

impl Cast {
    /// One family, `F-1`, of Grosseto.
    pub fn on(today: NaiveDate) -> Self {
        let row = Row::new(
            &[
                ("code", "F-1"),
                ("given_name", "Elsa"),
                ("family_name", "Provolini"),
                ("phone", "+390564300001"),
                ("comune", "053011"),
                ("desk", "grosseto"),
            ],
            &[],
        );
        let family = Family::read(&row, None, &desks(), &[]).unwrap().value;
        Self {
            today,
            families: vec![family],
            requests: Vec::new(),
            workers: Vec::new(),
        }
    }

    /// One more family.
    #[must_use]
    pub fn family(mut self, code: &str, changes: &[(&str, &str)]) -> Self {
        let row = Row::new(
            &[
                ("code", code),
                ("given_name", "Ugo"),
                ("family_name", "Inventato"),
                ("phone", "+390564300002"),
                ("comune", "053011"),
                ("desk", "grosseto"),
            ],
            changes,
        );
        let family = Family::read(&row, None, &desks(), &[]).unwrap().value;
        self.families.push(family);
        self
    }

    #[must_use]
    pub fn request(mut self, code: &str, changes: &[(&str, &str)]) -> Self {
        let today = self.today.to_string();
        let row = Row::new(
            &[
                ("code", code),
                ("family", "F-1"),
                ("comune", "053011"),
                ("arrangement", "hourly"),
                ("schedule", "Mon-Fri 08:00-12:00"),
                ("start_date", &today),
                ("opened_on", &today),
            ],
            changes,
        );
        let request = CareRequest::read(&row, None, self.today).unwrap().value;
        self.requests.push(request);
        self
    }

    #[must_use]
    pub fn worker(mut self, code: &str, changes: &[(&str, &str)]) -> Self {
        let today = self.today.to_string();
        // Every worker has a name of their own, so that a refusal by name tells.
        let family_name = format!("Inventata{}", letters(code));
        let row = Row::new(
            &[
                ("code", code),
                ("given_name", "Zoe"),
                ("family_name", &family_name),
                ("sex", "f"),
                ("phone", "+390564200001"),
                ("comune", "053011"),
                ("max_km", "20"),
                ("arrangements", "hourly|night|live_in"),
                ("availability", "Mon-Fri 07:00-20:00"),
                ("confirmed_on", &today),
                ("permit_type", "eu_citizen"),
                ("share_without_asking", "yes"),
                ("registered_on", "2026-01-01"),
                ("consent_on", "2026-01-01"),
                ("desk", "grosseto"),
            ],
            changes,
        );
        let worker = Worker::read(&row, None, self.today, &desks())
            .unwrap()
            .value;
        self.workers.push(worker);
        self
    }

    pub async fn store(&self, db: &Db) {
        let write = db.write().await.unwrap();
        storage::families::insert_many(&*write, &self.families)
            .await
            .unwrap();
        for piece in self.requests.chunks(storage::rows::CHUNK) {
            storage::requests::insert_many(&*write, piece)
                .await
                .unwrap();
        }
        for piece in self.workers.chunks(storage::rows::CHUNK) {
            storage::workers::insert_many(&*write, piece).await.unwrap();
        }
        write.commit().await.unwrap();
    }
}

/// The desks that a new database starts with.
pub fn desks() -> Vec<DeskCode> {
    ["grosseto", "follonica"]
        .into_iter()
        .map(|code| DeskCode::parse(code).unwrap())
        .collect()
}

/// A code in letters, since names hold no digits.
fn letters(code: &str) -> String {
    code.bytes()
        .filter(u8::is_ascii_digit)
        .map(|digit| char::from(b'a' + digit - b'0'))
        .collect()
}
