//! The general access log: one contact at a desk, without identity. An entry
//! holds a day and codes, no instant, no free text and nothing that could join
//! it to a person. What its codes mean is `vocabulary`'s; what they add up to,
//! `figures`'.

pub mod figures;
pub mod page;
pub mod vocabulary;

use std::fmt;

use chrono::{Datelike, NaiveDate};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::country::Country;
use super::ids::DeskCode;
use super::invalid::{Invalid, Why};
use super::permit::PermitType;
use super::place::Comune;
use super::reading::{self, Fields, Parsed, Reading, cell, yes_no, yes_or_no};
use super::reference;
use vocabulary::{Field, Vocabulary};

/// The desks exist since then.
const FIRST_YEAR: i32 = 2002;
const LONGEST_REF: usize = 200;

/// How a contact came about. The report's figures are made of these three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    FrontDesk,
    Telephone,
    Email,
}

impl Channel {
    /// All, in the order of the log's vocabulary.
    pub const ALL: [Self; 3] = [Self::FrontDesk, Self::Telephone, Self::Email];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::FrontDesk => "front_desk",
            Self::Telephone => "telephone",
            Self::Email => "email",
        }
    }

    /// Reads a code.
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Whether the contact began a case that the desk follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Began {
    #[default]
    Nothing,
    Quick,
    Opened,
}

impl Began {
    /// All, in the order of the log's vocabulary.
    pub const ALL: [Self; 3] = [Self::Nothing, Self::Quick, Self::Opened];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Nothing => "none",
            Self::Quick => "quick",
            Self::Opened => "opened",
        }
    }

    /// Reads a code.
    pub fn by_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }
}

/// Where somebody lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Residence {
    Comune(Comune),
    /// Elsewhere, abroad or without a fixed place.
    Other,
}

impl Residence {
    /// What stands for a place that is no comune.
    pub const OTHER: &'static str = "other";

    /// An ISTAT code, or `other`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Comune(comune) => comune.istat(),
            Self::Other => Self::OTHER,
        }
    }

    /// Reads what [`Self::code`] gives.
    pub fn by_code(code: &str) -> Option<Self> {
        if code == Self::OTHER {
            return Some(Self::Other);
        }
        Comune::by_istat(code).map(Self::Comune)
    }

    fn parse(text: &str) -> Result<Self, Why> {
        if text == Self::OTHER {
            return Ok(Self::Other);
        }
        reading::comune(text).map(Self::Comune)
    }
}

/// The key under which references of other programs are hashed.
#[derive(Clone, PartialEq, Eq)]
pub struct RefKey([u8; 32]);

impl RefKey {
    /// Wraps random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// As it is kept.
    pub fn to_text(&self) -> String {
        HEXLOWER.encode(&self.0)
    }

    /// Reads what [`Self::to_text`] gives.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = HEXLOWER.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The keyed hash of a reference; `None` where it is no reference: empty or
    /// longer than 200 characters.
    pub fn hash(&self, reference: &str) -> Option<RefHash> {
        let reference = reference.trim();
        if reference.is_empty() || reference.chars().count() > LONGEST_REF {
            return None;
        }
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("any length is a key");
        mac.update(reference.as_bytes());
        Some(RefHash(HEXLOWER.encode(&mac.finalize().into_bytes())))
    }
}

impl fmt::Debug for RefKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RefKey")
    }
}

/// What is kept of another program's reference: its keyed hash.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RefHash(String);

impl RefHash {
    /// As it is stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What an entry goes by: 128 random bits, so that no order can be read from it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntryKey(String);

impl EntryKey {
    /// Of random bytes.
    pub fn new(bytes: [u8; 16]) -> Self {
        Self(BASE64URL_NOPAD.encode(&bytes))
    }

    /// As it is stored.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// 22 letters, digits, `-` and `_`.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EntryKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One contact. Codes of the vocabulary are kept as they were on the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    pub reference: Option<RefHash>,
    pub date: NaiveDate,
    pub desk: DeskCode,
    pub channel: Channel,
    pub first_access: bool,
    pub sex: Option<String>,
    pub age_band: Option<String>,
    pub citizenship: Option<Country>,
    pub comune: Option<Residence>,
    pub permit_type: Option<PermitType>,
    pub referred_by: Option<String>,
    pub reason: String,
    /// Codes ascending, each once.
    pub activation: Vec<String>,
    pub accompaniment: Began,
    pub mediation: Option<bool>,
}

/// What reading an entry needs to know besides its cells.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    pub today: NaiveDate,
    pub desks: &'a [DeskCode],
    pub vocabulary: &'a Vocabulary,
    pub key: &'a RefKey,
}

impl Access {
    /// The columns of the formats, in their order.
    pub const COLUMNS: [&'static str; 15] = [
        "ref",
        "date",
        "desk",
        "channel",
        "first_access",
        "sex",
        "age_band",
        "citizenship",
        "comune",
        "permit_type",
        "referred_by",
        "reason",
        "activation",
        "accompaniment",
        "mediation",
    ];

    /// The cells of the formats; `ref` is always empty.
    pub fn cells(&self) -> Vec<String> {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        vec![
            String::new(),
            self.date.to_string(),
            self.desk.to_string(),
            self.channel.code().to_owned(),
            yes_or_no(self.first_access),
            text(&self.sex),
            text(&self.age_band),
            cell(self.citizenship.map(Country::alpha2)),
            cell(self.comune.map(Residence::code)),
            cell(self.permit_type.map(PermitType::code)),
            text(&self.referred_by),
            self.reason.clone(),
            self.activation.join("|"),
            self.accompaniment.code().to_owned(),
            cell(self.mediation.map(yes_or_no)),
        ]
    }

    /// Reads a row or a form, over the entry that is there.
    pub fn read(
        fields: &dyn Fields,
        before: Option<&Self>,
        known: Known<'_>,
    ) -> Result<Parsed<Self>, Invalid> {
        let mut read = Reading::new(fields);
        let kept = before.cloned();
        let kept = kept.as_ref();
        let reference = match read.text("ref") {
            None | Some("") => None,
            Some(text) => {
                let hash = known.key.hash(text);
                if hash.is_none() {
                    read.problem(
                        "ref",
                        Why::new("problem-too-long").with("longest", LONGEST_REF),
                    );
                }
                hash
            }
        };
        let date = read.required("date", kept.map(|one| one.date), |text| {
            day(text, known.today)
        });
        // Codes are judged by the day of the contact; without one, by today.
        let on = date.unwrap_or(known.today);
        let term = |field: Field| move |text: &str| known.vocabulary.read(field, text, on);
        let channel = read.required("channel", kept.map(|one| one.channel), |text| {
            let code = term(Field::Channel)(text)?;
            reading::code_of(&code, "channel", Channel::by_code)
        });
        let accompaniment = read.or_default(
            "accompaniment",
            kept.map(|one| one.accompaniment),
            Began::default(),
            |text| {
                let code = term(Field::Accompaniment)(text)?;
                reading::code_of(&code, "accompaniment", Began::by_code)
            },
        );
        let desk = read.required("desk", kept.map(|one| one.desk.clone()), |text| {
            reading::desk(known.desks, text)
        });
        let first_access = read.required("first_access", kept.map(|one| one.first_access), yes_no);
        let sex = read.optional("sex", kept.map(|one| one.sex.clone()), term(Field::Sex));
        let age_band = read.optional(
            "age_band",
            kept.map(|one| one.age_band.clone()),
            term(Field::AgeBand),
        );
        let citizenship = read.optional("citizenship", kept.map(|one| one.citizenship), country);
        let comune = read.optional("comune", kept.map(|one| one.comune), Residence::parse);
        warn_of_ceased(&mut read, comune, on);
        let permit_type = read.optional("permit_type", kept.map(|one| one.permit_type), |text| {
            reading::code_of(text, "permit_types", PermitType::by_code)
        });
        let referred_by = read.optional(
            "referred_by",
            kept.map(|one| one.referred_by.clone()),
            term(Field::ReferredBy),
        );
        let reason = read.required(
            "reason",
            kept.map(|one| one.reason.clone()),
            term(Field::Reason),
        );
        let activation = read.or_empty(
            "activation",
            kept.map(|one| one.activation.clone()),
            Vec::new(),
            |text| {
                let mut codes = reference::list(text)
                    .map(term(Field::Activation))
                    .collect::<Result<Vec<_>, _>>()?;
                codes.sort_unstable();
                codes.dedup();
                Ok(codes)
            },
        );
        let mediation = read.optional("mediation", kept.map(|one| one.mediation), yes_no);
        read.finish(|| {
            Some(Self {
                reference: reference.or_else(|| kept.and_then(|one| one.reference.clone())),
                date: date?,
                desk: desk?,
                channel: channel?,
                first_access: first_access?,
                sex,
                age_band,
                citizenship,
                comune,
                permit_type,
                referred_by,
                reason: reason?,
                activation,
                accompaniment,
                mediation,
            })
        })
    }
}

fn warn_of_ceased(read: &mut Reading<'_>, comune: Option<Residence>, on: NaiveDate) {
    let Some(Residence::Comune(comune)) = comune else {
        return;
    };
    if let Some(ceased) = comune.ceased().filter(|ceased| ceased.on < on) {
        let why = Why::new("warning-comune-ceased").with("note", ceased.note);
        read.warning("comune", why);
    }
}

/// A day on which a contact can have been: not before the desks, not to come.
fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, Why> {
    let day = reading::date(text)?;
    if day > today {
        return Err(Why::new("problem-access-future"));
    }
    if day.year() < FIRST_YEAR {
        return Err(Why::new("problem-access-before").with("year", FIRST_YEAR));
    }
    Ok(day)
}

fn country(text: &str) -> Result<Country, Why> {
    reading::code_of(text, "countries", Country::by_alpha2)
}
