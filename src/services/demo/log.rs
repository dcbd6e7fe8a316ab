//! The demo's access log: three years of made-up contacts up to today, more at
//! the desk of Grosseto, fewer in August, and some cases. Shares are invented.

use chrono::{Datelike, Days, NaiveDate};

use super::super::ServiceError;
use crate::clock::{SeededRandomness, random_bytes};
use crate::domain::access::{Access, Began, Channel, EntryKey, Residence};
use crate::domain::accompaniment::{Accompaniment, Kind};
use crate::domain::country::Country;
use crate::domain::ids::{AccompanimentCode, DeskCode};
use crate::domain::place::Comune;
use crate::storage::rows::CHUNK;
use crate::storage::{self, Write};

/// Contacts of a whole year, both desks.
const A_YEAR: u64 = 720;
const CASES: i64 = 60;

/// Codes with the weight of each, out of the sum of all.
type Weighted<'a> = &'a [(u64, &'a str)];

const CHANNELS: Weighted = &[(70, "front_desk"), (22, "telephone"), (8, "email")];
const SEXES: Weighted = &[(48, "m"), (46, "f"), (6, "unknown")];
const AGES: Weighted = &[
    (2, "18_20"),
    (22, "21_30"),
    (33, "31_40"),
    (22, "41_50"),
    (12, "51_60"),
    (5, "gt60"),
    (4, "unknown"),
];
const CITIZENSHIPS: Weighted = &[
    (14, "IT"),
    (13, "AL"),
    (12, "MA"),
    (11, "UA"),
    (9, "RO"),
    (9, "BD"),
    (8, "PK"),
    (7, "SN"),
    (6, "PE"),
    (5, "TN"),
    (3, "MK"),
    (3, "PH"),
];
const COMUNI: Weighted = &[
    (45, "053011"),
    (18, "053009"),
    (6, "053010"),
    (5, "053015"),
    (5, "053021"),
    (4, "053018"),
    (4, "053006"),
    (4, "053024"),
    (3, "053008"),
    (3, "other"),
    (2, "053016"),
    (1, "053001"),
];
const REASONS: Weighted = &[
    (28, "residence_permit"),
    (12, "renewal_info"),
    (11, "italian_citizenship"),
    (9, "domestic_work"),
    (8, "family_reunification"),
    (7, "long_term_permit"),
    (6, "identity_tax_code"),
    (5, "flow_decree"),
    (4, "housing"),
    (4, "benefits"),
    (3, "italian_course"),
    (3, "general_info"),
];
const SENT_BY: Weighted = &[
    (50, "none"),
    (20, "already_known"),
    (14, "word_of_mouth"),
    (8, "comune"),
    (5, "questura"),
    (3, "school"),
];
const DONE: Weighted = &[
    (45, "information"),
    (25, "form_filling"),
    (15, "orientation"),
    (10, "appointment_booked"),
    (5, "online_filing"),
];

struct Chance<'a>(&'a SeededRandomness);

impl Chance<'_> {
    fn one<'a>(&self, of: Weighted<'a>) -> &'a str {
        let all: u64 = of.iter().map(|(weight, _)| weight).sum();
        let mut drawn = self.0.below(all);
        for (weight, code) in of {
            if drawn < *weight {
                return code;
            }
            drawn -= weight;
        }
        of[0].1
    }

    fn in_a(&self, hundred: u64) -> bool {
        self.0.below(100) < hundred
    }

    /// A working day of the year, in August one of three times only.
    fn day(&self, year: i32) -> Option<NaiveDate> {
        let first = NaiveDate::from_ymd_opt(year, 1, 1)?;
        let day = first.checked_add_days(Days::new(self.0.below(365)))?;
        let open = day.weekday().number_from_monday() <= 5;
        let busy = day.month() != 8 || self.in_a(33);
        (open && busy).then_some(day)
    }

    fn access(&self, date: NaiveDate, desk: DeskCode) -> Option<Access> {
        let channel = Channel::by_code(self.one(CHANNELS))?;
        let at_the_desk = channel == Channel::FrontDesk;
        let stated = |share| at_the_desk || self.in_a(share);
        let comune = self.one(COMUNI);
        Some(Access {
            reference: None,
            date,
            desk,
            channel,
            first_access: self.in_a(30),
            sex: Some(self.one(SEXES).to_owned()),
            age_band: stated(40).then(|| self.one(AGES).to_owned()),
            citizenship: stated(70).then(|| Country::by_alpha2(self.one(CITIZENSHIPS)))?,
            comune: stated(20)
                .then(|| Comune::by_istat(comune).map_or(Residence::Other, Residence::Comune)),
            permit_type: None,
            referred_by: stated(50).then(|| self.one(SENT_BY).to_owned()),
            reason: self.one(REASONS).to_owned(),
            activation: vec![self.one(DONE).to_owned()],
            accompaniment: Began::Nothing,
            mediation: Some(self.in_a(12)),
        })
    }
}

/// Adds it, up to and with `today`.
pub(super) async fn fill(write: &Write, seed: u64, today: NaiveDate) -> Result<(), ServiceError> {
    let random = SeededRandomness::new(seed);
    let chance = Chance(&random);
    let desks = storage::places::desks(&**write).await?;
    let of = |code: &str| desks.iter().find(|(_, desk)| desk.code.as_str() == code);
    let (Some((_, big)), Some((_, small))) = (of("grosseto"), of("follonica")) else {
        return Ok(());
    };
    let mut entries = Vec::new();
    for year in today.year() - 2..=today.year() {
        for _ in 0..A_YEAR * 7 / 5 {
            let desk = if chance.in_a(78) { big } else { small };
            let Some(day) = chance.day(year).filter(|day| *day <= today) else {
                continue;
            };
            let access = chance.access(day, desk.code.clone());
            let keyed = |access| (EntryKey::new(random_bytes(&random)), access);
            entries.extend(access.map(keyed));
        }
    }
    for chunk in entries.chunks(CHUNK) {
        storage::accesses::insert_many(&**write, chunk).await?;
    }
    let cases: Vec<_> = (1..=CASES)
        .filter_map(|number| case(&chance, number, today, &big.code))
        .collect();
    storage::accompaniments::insert_many(&**write, &cases).await?;
    let counter = storage::accompaniments::COUNTER;
    Ok(storage::counters::raise(&**write, counter, CASES).await?)
}

fn case(chance: &Chance, number: i64, today: NaiveDate, desk: &DeskCode) -> Option<Accompaniment> {
    let opened_on = today.checked_sub_days(Days::new(chance.0.below(900)))?;
    let kind = if chance.in_a(25) {
        Kind::Quick
    } else {
        Kind::Case
    };
    let lasted = if kind == Kind::Quick {
        0
    } else {
        20 + chance.0.below(300)
    };
    let closed_on = opened_on.checked_add_days(Days::new(lasted))?;
    Some(Accompaniment {
        code: Some(AccompanimentCode::parse(&format!("A-{number:06}")).ok()?),
        desk: desk.clone(),
        kind,
        opened_on,
        closed_on: Some(closed_on).filter(|day| *day <= today),
    })
}
