//! The tables that come in and go out as files: their columns, how a row is
//! read and kept, and which other records a row may name. What happens with a
//! whole file is `import`'s and `export`'s.

mod accesses;
mod answers;

use std::collections::HashSet;
use std::future::Future;
use std::hash::Hash;
use std::sync::Arc;

use chrono::NaiveDate;

pub(super) use accesses::Accesses;
pub(super) use accompaniments::Accompaniments;
pub(super) use answers::Answers;

use super::Context;
use crate::clock::{Randomness, random_bytes};
use crate::domain::access::RefKey;
use crate::domain::access::vocabulary::Vocabulary;
use crate::domain::contract::Arrangement;
use crate::domain::family::Family;
use crate::domain::ids::{
    DeskCode, FamilyCode, IntroductionCode, PartnerCode, RequestCode, WorkerCode,
};
use crate::domain::introduction::Introduction;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::likeness::Traits;
use crate::domain::reading::{Fields, Parsed};
use crate::domain::request::{CareRequest, RequestStatus};
use crate::domain::text::Name;
use crate::domain::worker::Worker;
use crate::storage::likely::Candidate;
use crate::storage::merges::People;
use crate::storage::{self, Connection, StorageError, Stored};

/// Which table a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Workers,
    Families,
    Requests,
    Introductions,
    Answers,
    Accesses,
    Accompaniments,
}

impl Kind {
    /// All, in the order in which they must be loaded.
    pub const ALL: [Self; 7] = [
        Self::Workers,
        Self::Families,
        Self::Requests,
        Self::Introductions,
        Self::Answers,
        Self::Accesses,
        Self::Accompaniments,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Workers => "workers",
            Self::Families => "families",
            Self::Requests => "requests",
            Self::Introductions => "introductions",
            Self::Answers => "answers",
            Self::Accesses => "accesses",
            Self::Accompaniments => "accompaniments",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        crate::domain::invalid::one_of(text, &Self::ALL, Self::code)
    }

    /// The columns of the formats, in their order.
    pub fn columns(self) -> &'static [&'static str] {
        match self {
            Self::Workers => Workers::COLUMNS,
            Self::Families => Families::COLUMNS,
            Self::Requests => Requests::COLUMNS,
            Self::Introductions => Introductions::COLUMNS,
            Self::Answers => Answers::COLUMNS,
            Self::Accesses => Accesses::COLUMNS,
            Self::Accompaniments => Accompaniments::COLUMNS,
        }
    }

    /// Whether its rows belong to a year.
    pub fn has_years(self) -> bool {
        matches!(
            self,
            Self::Requests
                | Self::Introductions
                | Self::Answers
                | Self::Accesses
                | Self::Accompaniments
        )
    }

    /// Whether the record of what was done may tell of it: of the access log,
    /// never.
    pub fn is_audited(self) -> bool {
        self != Self::Accesses
    }

    /// The column by which a row names its record.
    pub fn key(self) -> &'static str {
        match self {
            Self::Accesses => Accesses::KEY,
            _ => "code",
        }
    }
}

/// What reading a row needs to know besides the row.
pub(super) struct World {
    pub today: NaiveDate,
    pub desks: Vec<DeskCode>,
    pub partners: Vec<PartnerCode>,
    /// What accesses need besides; nothing for other tables.
    pub log: Option<Log>,
    /// Only rows of this desk, and of this year, may come in.
    pub only_desk: Option<DeskCode>,
    pub only_year: Option<i32>,
    pub randomness: Arc<dyn Randomness>,
}

impl World {
    pub async fn load(context: &Context) -> Result<Self, StorageError> {
        let db = context.db.read();
        let desks = storage::places::desks(db).await?;
        let partners = storage::places::partners(db).await?;
        Ok(Self {
            today: context.today(),
            log: None,
            only_desk: None,
            only_year: None,
            randomness: context.randomness.clone(),
            desks: desks.into_iter().map(|(_, desk)| desk.code).collect(),
            partners: partners
                .into_iter()
                .map(|(_, partner)| partner.code)
                .collect(),
        })
    }
}

/// What reading an access needs to know.
pub(super) struct Log {
    pub vocabulary: Vocabulary,
    pub refs: RefKey,
    /// Whether `refs` is a new one that nobody keeps yet.
    refs_are_new: bool,
}

impl Log {
    pub async fn load(context: &Context) -> Result<Self, StorageError> {
        let db = context.db.read();
        let kept = storage::secrets::find(db, storage::secrets::ACCESS_REFS).await?;
        let kept = kept.and_then(|text| RefKey::from_text(&text));
        let refs_are_new = kept.is_none();
        let fresh = || RefKey::new(random_bytes(&*context.randomness));
        Ok(Self {
            vocabulary: storage::vocabulary::load(db).await?,
            refs: kept.unwrap_or_else(fresh),
            refs_are_new,
        })
    }

    /// Keeps the key of references, where it is a new one.
    pub async fn keep_refs(&self, db: &impl Connection) -> Result<(), StorageError> {
        if self.refs_are_new {
            let name = storage::secrets::ACCESS_REFS;
            storage::secrets::insert(db, name, &self.refs.to_text()).await?;
        }
        Ok(())
    }
}

/// How the program makes the codes of a table.
#[derive(Debug, Clone, Copy)]
pub(super) struct Codes {
    /// Stands before them.
    pub letter: char,
    /// Numbers them.
    pub counter: &'static str,
}

impl Codes {
    fn text(self, number: i64) -> String {
        format!("{}-{number:06}", self.letter)
    }

    /// The number of a code that the program could have made.
    fn number_of(self, text: &str) -> Option<i64> {
        let digits = text.strip_prefix(self.letter)?.strip_prefix('-')?;
        // Longer ones will never be drawn, and must not use the counter up.
        if digits.len() > 12 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let number = digits.parse().ok()?;
        (self.text(number) == text).then_some(number)
    }
}

/// One of the tables; the implementations differ only in what the formats say.
pub(super) trait Table {
    type Record: Clone + PartialEq + Send + Sync;
    /// [`NoCode`] where records are never changed, only added.
    type Code: Clone + Eq + Hash + Send + Sync;
    /// Where a walk over all records stands.
    type Cursor: Send + Sync;

    const COLUMNS: &'static [&'static str];
    /// Columns in which an empty cell keeps what is there.
    const DEFAULTED: &'static [&'static str];
    /// The column by which a row names its record.
    const KEY: &'static str = "code";
    /// Columns that do not tell one record from another.
    const NOT_COMPARED: &'static [&'static str] = &["code"];
    /// Whether an absent column stands for an empty one: nothing is kept there
    /// nor left to the program.
    const ABSENT_IS_EMPTY: bool = false;
    /// Columns of names that stand on a sheet.
    const PRINTED_NAMES: &'static [&'static str] = &[];
    /// How the program makes codes; `None` where records have none.
    const CODES: Option<Codes>;

    fn parse_code(text: &str) -> Option<Self::Code>;
    /// The code of a record that a row names by `text`.
    fn named(text: &str, _world: &World) -> Option<Self::Code> {
        Self::parse_code(text)
    }
    fn code_text(code: &Self::Code) -> &str;
    fn code(record: &Self::Record) -> Option<&Self::Code>;
    fn set_code(record: &mut Self::Record, code: Self::Code);
    fn cursor(stored: &Stored<Self::Record>) -> Option<Self::Cursor>;
    fn cells(record: &Self::Record) -> Vec<String>;
    fn read(
        fields: &dyn Fields,
        before: Option<&Self::Record>,
        world: &World,
    ) -> Result<Parsed<Self::Record>, Invalid>;

    /// Reads what somebody enters, by form or file: as [`Self::read`], and a name that is
    /// new or changed must come out of a sheet as it went in.
    fn read_entered(
        fields: &dyn Fields,
        before: Option<&Self::Record>,
        world: &World,
    ) -> Result<Parsed<Self::Record>, Invalid> {
        let read = Self::read(fields, before, world);
        let apart = |column: &'static str| {
            let text = fields.get(column)?.trim();
            let name = Name::parse(text).ok()?;
            let why = name.check_marks().err()?;
            let is_kept = |before: &Self::Record| {
                let mut cells = Self::COLUMNS.iter().zip(Self::cells(before));
                cells.any(|(one, cell)| *one == column && cell == name.as_str())
            };
            (!before.is_some_and(is_kept)).then(|| Problem {
                field: column,
                value: text.to_owned(),
                why,
            })
        };
        let names = Self::PRINTED_NAMES.iter().copied();
        let problems: Vec<Problem> = names.filter_map(apart).collect();
        if problems.is_empty() {
            return read;
        }
        let mut invalid = read.err().unwrap_or_else(|| Invalid(Vec::new()));
        invalid.0.extend(problems);
        Err(invalid)
    }

    /// The cells that go out in a file.
    fn cells_of_file(record: &Self::Record) -> Vec<String> {
        Self::cells(record)
    }

    /// Reads a row of a file: as [`Self::read_entered`], but that nothing goes which no
    /// file may tell.
    fn read_of_file(
        fields: &dyn Fields,
        before: Option<&Self::Record>,
        world: &World,
    ) -> Result<Parsed<Self::Record>, Invalid> {
        Self::read_entered(fields, before, world)
    }

    fn find_many(
        db: &impl Connection,
        codes: &[Self::Code],
    ) -> impl Future<Output = Result<Vec<Stored<Self::Record>>, StorageError>> + Send;
    fn after(
        db: &impl Connection,
        after: Option<&Self::Cursor>,
        year: Option<i32>,
        limit: u64,
    ) -> impl Future<Output = Result<Vec<Stored<Self::Record>>, StorageError>> + Send;
    fn insert_many(
        db: &impl Connection,
        new: &[Self::Record],
        world: &World,
    ) -> impl Future<Output = Result<(), StorageError>> + Send;
    fn update_many(
        db: &impl Connection,
        saved: &[Stored<Self::Record>],
    ) -> impl Future<Output = Result<(), StorageError>> + Send;

    /// Whether, with this change, the authorisation ends on which sheets may name somebody.
    fn ends_authorisation(_now: &Self::Record, _before: &Self::Record) -> bool {
        false
    }

    /// Of each record what it names that does not exist, in other tables.
    fn dangling(
        _db: &impl Connection,
        records: &[&Self::Record],
    ) -> impl Future<Output = Result<Vec<Vec<Problem>>, StorageError>> + Send {
        let none = records.iter().map(|_| Vec::new()).collect();
        async move { Ok(none) }
    }

    /// Which of the codes name a record that no file may change.
    fn fixed_among(
        _db: &impl Connection,
        _codes: &[Self::Code],
    ) -> impl Future<Output = Result<Vec<String>, StorageError>> + Send {
        async { Ok(Vec::new()) }
    }

    /// The column and the code by which a record names another of its own
    /// table, which may stand anywhere in the file.
    fn sibling(_record: &Self::Record) -> Option<(&'static str, &Self::Code)> {
        None
    }

    /// Whether other records of the table may name this one.
    fn may_be_named(_record: &Self::Record) -> bool {
        false
    }

    /// Which of the codes may be named by other records.
    fn nameable_among(
        _db: &impl Connection,
        _codes: &[Self::Code],
    ) -> impl Future<Output = Result<Vec<String>, StorageError>> + Send {
        async { Ok(Vec::new()) }
    }

    /// What tells a person from others; nothing for tables that hold no people.
    fn traits(_record: &Self::Record) -> Option<Traits> {
        None
    }

    /// Who is there already and may be one of these people.
    fn likely_among(
        _db: &impl Connection,
        _sought: &[Traits],
    ) -> impl Future<Output = Result<Vec<Candidate>, StorageError>> + Send {
        async { Ok(Vec::new()) }
    }

    /// A counter besides the table's own, and the number that a record has of it.
    fn number_elsewhere(_record: &Self::Record) -> Option<(String, i64)> {
        None
    }

    /// The code that the program makes of a number.
    fn made_code(codes: Codes, number: i64) -> Self::Code {
        Self::parse_code(&codes.text(number)).expect("a letter, a hyphen and digits are a code")
    }

    /// The counter of a record's code and its number, where the program could
    /// have made it.
    fn number(record: &Self::Record) -> Option<(String, i64)> {
        let codes = Self::CODES?;
        let number = codes.number_of(Self::code_text(Self::code(record)?))?;
        Some((codes.counter.to_owned(), number))
    }
}

macro_rules! common {
    ($record:ty, $code:ty, $letter:literal, $counter:expr, $defaulted:expr) => {
        type Record = $record;
        type Code = $code;
        type Cursor = $code;

        const COLUMNS: &'static [&'static str] = &<$record>::COLUMNS;
        const DEFAULTED: &'static [&'static str] = &$defaulted;
        const CODES: Option<Codes> = Some(Codes {
            letter: $letter,
            counter: $counter,
        });

        fn parse_code(text: &str) -> Option<Self::Code> {
            <$code>::parse(text).ok()
        }

        fn code_text(code: &Self::Code) -> &str {
            code.as_str()
        }

        fn code(record: &Self::Record) -> Option<&Self::Code> {
            record.code.as_ref()
        }

        fn set_code(record: &mut Self::Record, code: Self::Code) {
            record.code = Some(code);
        }

        fn cursor(stored: &Stored<Self::Record>) -> Option<Self::Cursor> {
            stored.value.code.clone()
        }

        fn cells(record: &Self::Record) -> Vec<String> {
            record.cells()
        }
    };
}

// Under the macro, which it uses.
mod accompaniments;

// The last word only where a year narrows what is read.
macro_rules! stored_in {
    ($file:ident) => {
        stored_in!($file, _year,);
    };
    ($file:ident, $year:ident, $($given:ident)?) => {
        async fn find_many(
            db: &impl Connection,
            codes: &[Self::Code],
        ) -> Result<Vec<Stored<Self::Record>>, StorageError> {
            storage::$file::find_many(db, codes).await
        }

        async fn after(
            db: &impl Connection,
            after: Option<&Self::Code>,
            $year: Option<i32>,
            limit: u64,
        ) -> Result<Vec<Stored<Self::Record>>, StorageError> {
            storage::$file::after(db, after, $($given,)? limit).await
        }

        async fn insert_many(
            db: &impl Connection,
            new: &[Self::Record],
            _world: &World,
        ) -> Result<(), StorageError> {
            storage::$file::insert_many(db, new).await
        }

        async fn update_many(
            db: &impl Connection,
            saved: &[Stored<Self::Record>],
        ) -> Result<(), StorageError> {
            storage::$file::update_many(db, saved).await
        }
    };
}

pub(super) struct Workers;

impl Table for Workers {
    common!(
        Worker,
        WorkerCode,
        'W',
        "worker",
        ["contact_language", "status", "registered_on"]
    );
    stored_in!(workers);

    const PRINTED_NAMES: &'static [&'static str] = &["given_name", "family_name"];

    fn read(
        fields: &dyn Fields,
        before: Option<&Worker>,
        world: &World,
    ) -> Result<Parsed<Worker>, Invalid> {
        Worker::read(fields, before, world.today, &world.desks)
    }

    fn ends_authorisation(now: &Worker, before: &Worker) -> bool {
        now.ended_authorisation_of(before)
    }

    async fn dangling(
        db: &impl Connection,
        records: &[&Worker],
    ) -> Result<Vec<Vec<Problem>>, StorageError> {
        gone::<Self>(db, People::Workers, records).await
    }

    fn traits(record: &Worker) -> Option<Traits> {
        Some(Traits {
            given_name: record.given_name.to_string(),
            family_name: record.family_name.to_string(),
            phone: record.phone.clone(),
            email: record.email.clone(),
            birth_date: record.birth_date,
        })
    }

    async fn likely_among(
        db: &impl Connection,
        sought: &[Traits],
    ) -> Result<Vec<Candidate>, StorageError> {
        storage::likely::workers_like(db, sought).await
    }
}

pub(super) struct Families;

impl Table for Families {
    common!(
        Family,
        FamilyCode,
        'F',
        "family",
        ["contact_language", "referred_by"]
    );
    stored_in!(families);

    const PRINTED_NAMES: &'static [&'static str] = &["given_name", "family_name"];

    fn read(
        fields: &dyn Fields,
        before: Option<&Family>,
        world: &World,
    ) -> Result<Parsed<Family>, Invalid> {
        Family::read(fields, before, &world.desks, &world.partners)
    }

    async fn dangling(
        db: &impl Connection,
        records: &[&Family],
    ) -> Result<Vec<Vec<Problem>>, StorageError> {
        gone::<Self>(db, People::Families, records).await
    }

    fn traits(record: &Family) -> Option<Traits> {
        Some(Traits {
            given_name: record.given_name.to_string(),
            family_name: record.family_name.to_string(),
            phone: record.phone.clone(),
            email: record.email.clone(),
            birth_date: None,
        })
    }

    async fn likely_among(
        db: &impl Connection,
        sought: &[Traits],
    ) -> Result<Vec<Candidate>, StorageError> {
        storage::likely::families_like(db, sought).await
    }
}

pub(super) struct Requests;

impl Table for Requests {
    common!(
        CareRequest,
        RequestCode,
        'R',
        "request",
        [
            "live_in_hours",
            "min_coverage_permille",
            "status",
            "opened_on"
        ]
    );
    stored_in!(requests, year, year);

    fn read(
        fields: &dyn Fields,
        before: Option<&CareRequest>,
        world: &World,
    ) -> Result<Parsed<CareRequest>, Invalid> {
        CareRequest::read(fields, before, world.today)
    }

    // A sex that waits for a second person's word is in no file: read into another
    // database it would count as confirmed.
    fn cells_of_file(record: &CareRequest) -> Vec<String> {
        if record.worker_sex_asked_by.is_none() {
            return record.cells();
        }
        CareRequest {
            worker_sex: None,
            ..record.clone()
        }
        .cells()
    }

    // Nor does such a file take it away where it waits.
    fn read_of_file(
        fields: &dyn Fields,
        before: Option<&CareRequest>,
        world: &World,
    ) -> Result<Parsed<CareRequest>, Invalid> {
        let mut read = Self::read(fields, before, world)?;
        let waits = before.filter(|before| before.worker_sex_asked_by.is_some());
        if let (Some(before), None) = (waits, read.value.worker_sex) {
            read.value.worker_sex = before.worker_sex;
            read.value.worker_sex_asked_by = before.worker_sex_asked_by;
        }
        Ok(read)
    }

    async fn dangling(
        db: &impl Connection,
        records: &[&CareRequest],
    ) -> Result<Vec<Vec<Problem>>, StorageError> {
        let codes: Vec<_> = records.iter().map(|one| one.family.clone()).collect();
        let families = found(storage::families::codes_among(db, &codes).await?);
        let went = codes.iter().map(FamilyCode::as_str);
        let went = Went::load(db, People::Families, unknown(&families, went)).await?;
        let named: Vec<&str> = codes.iter().map(FamilyCode::as_str).collect();
        let erased = storage::erasures::among(db, People::Families, &named).await?;
        let of = |one: &&CareRequest| {
            let code = one.family.as_str();
            let waits = matches!(one.status, RequestStatus::Open | RequestStatus::Paused);
            let back = (waits && erased.contains(code)).then(|| erased_problem("family", code));
            let went = went.problem("family", code).or(back);
            went.or_else(|| missing(&families, "family", code, "families"))
        };
        Ok(records
            .iter()
            .map(|one| of(one).into_iter().collect())
            .collect())
    }

    fn sibling(record: &CareRequest) -> Option<(&'static str, &RequestCode)> {
        record.covers.as_ref().map(|code| ("covers", code))
    }

    fn may_be_named(record: &CareRequest) -> bool {
        record.arrangement == Arrangement::LiveIn
    }

    async fn nameable_among(
        db: &impl Connection,
        codes: &[RequestCode],
    ) -> Result<Vec<String>, StorageError> {
        storage::requests::live_in_among(db, codes).await
    }
}

pub(super) struct Introductions;

impl Table for Introductions {
    common!(Introduction, IntroductionCode, 'I', "introduction", []);

    fn read(
        fields: &dyn Fields,
        before: Option<&Introduction>,
        _world: &World,
    ) -> Result<Parsed<Introduction>, Invalid> {
        Introduction::read(fields, before)
    }

    async fn find_many(
        db: &impl Connection,
        codes: &[IntroductionCode],
    ) -> Result<Vec<Stored<Introduction>>, StorageError> {
        storage::introductions::find_many(db, codes).await
    }

    async fn after(
        db: &impl Connection,
        after: Option<&IntroductionCode>,
        year: Option<i32>,
        limit: u64,
    ) -> Result<Vec<Stored<Introduction>>, StorageError> {
        storage::introductions::after(db, after, year, limit).await
    }

    async fn insert_many(
        db: &impl Connection,
        new: &[Introduction],
        world: &World,
    ) -> Result<(), StorageError> {
        storage::introductions::insert_many(db, new, Some(world.today), None).await
    }

    async fn update_many(
        db: &impl Connection,
        saved: &[Stored<Introduction>],
    ) -> Result<(), StorageError> {
        storage::introductions::update_loaded(db, saved).await
    }

    async fn dangling(
        db: &impl Connection,
        records: &[&Introduction],
    ) -> Result<Vec<Vec<Problem>>, StorageError> {
        let codes: Vec<_> = records.iter().map(|one| one.request.clone()).collect();
        let requests = found(storage::requests::codes_among(db, &codes).await?);
        let codes: Vec<_> = records.iter().map(|one| one.worker.clone()).collect();
        let workers = found(storage::workers::codes_among(db, &codes).await?);
        let went = codes.iter().map(WorkerCode::as_str);
        let went = Went::load(db, People::Workers, unknown(&workers, went)).await?;
        let of = |one: &&Introduction| {
            let request = missing(&requests, "request", one.request.as_str(), "requests");
            let code = one.worker.as_str();
            let worker = went.problem("worker", code);
            let worker = worker.or_else(|| missing(&workers, "worker", code, "workers"));
            request.into_iter().chain(worker).collect()
        };
        Ok(records.iter().map(of).collect())
    }

    async fn fixed_among(
        db: &impl Connection,
        codes: &[IntroductionCode],
    ) -> Result<Vec<String>, StorageError> {
        storage::introductions::made_by_sheets_among(db, codes).await
    }

    fn number_elsewhere(record: &Introduction) -> Option<(String, i64)> {
        let (prefix, year, running) = record.sheet_number.as_ref()?.parts()?;
        Some((storage::counters::sheets(prefix, year), i64::from(running)))
    }
}

/// The problem of each record whose own code went into another's, or is of somebody who was
/// erased: what an erasure left is taken back as it is, and as nothing else.
async fn gone<T: Table>(
    db: &impl Connection,
    people: People,
    records: &[&T::Record],
) -> Result<Vec<Vec<Problem>>, StorageError> {
    let codes = records.iter().map(|one| T::code(one));
    let codes: Vec<&str> = codes.map(|code| code.map_or("", T::code_text)).collect();
    let went = Went::load(db, people, codes.clone()).await?;
    let erased = storage::erasures::among(db, people, &codes).await?;
    let left = if erased.is_empty() {
        Vec::new()
    } else {
        let theirs: Vec<T::Code> = erased
            .iter()
            .filter_map(|code| T::parse_code(code))
            .collect();
        T::find_many(db, &theirs).await?
    };
    let of = |(code, record): (&str, &&T::Record)| {
        let is_left = left.iter().any(|one| one.value == **record);
        let brings_back = erased.contains(code) && !is_left;
        let back = brings_back.then(|| erased_problem("code", code));
        went.problem("code", code).or(back).into_iter().collect()
    };
    Ok(codes.into_iter().zip(records).map(of).collect())
}

/// Nothing brings back somebody who was erased.
fn erased_problem(field: &'static str, code: &str) -> Problem {
    Problem {
        field,
        value: code.to_owned(),
        why: Why::new("problem-erased").with("code", code),
    }
}

/// Codes whose records went into others, and where each leads.
struct Went(Vec<(String, String)>);

impl Went {
    async fn load(
        db: &impl Connection,
        people: People,
        codes: Vec<&str>,
    ) -> Result<Self, StorageError> {
        if codes.iter().all(|code| code.is_empty()) {
            return Ok(Self(Vec::new()));
        }
        let went = storage::merges::leads_to_many(db, people, &codes).await?;
        Ok(Self(went))
    }

    fn problem(&self, field: &'static str, code: &str) -> Option<Problem> {
        let (_, now) = self.0.iter().find(|(gone, _)| gone == code)?;
        Some(Problem {
            field,
            value: code.to_owned(),
            why: Why::new("problem-merged")
                .with("code", code)
                .with("now", now),
        })
    }
}

fn unknown<'a>(there: &HashSet<String>, codes: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    codes.filter(|code| !there.contains(*code)).collect()
}

fn found(codes: Vec<String>) -> HashSet<String> {
    codes.into_iter().collect()
}

fn missing(
    there: &HashSet<String>,
    field: &'static str,
    code: &str,
    table: &'static str,
) -> Option<Problem> {
    (!there.contains(code)).then(|| Problem {
        field,
        value: code.to_owned(),
        why: Why::new("problem-unknown-code")
            .with("code", code)
            .with("table", table),
    })
}
