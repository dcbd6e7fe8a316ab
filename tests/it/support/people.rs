//! Made-up records as values, to be varied field by field
//! (`Worker { sex: Sex::Male, ..worker("W-1") }`): as little stated as there can
//! be, everything stated, and something ordinary between the two. A field that
//! is added stops the compiler here, so that no test forgets it.

use chrono::NaiveDate;
use dom::domain::care_recipient::{CareRecipient, Guardianship};
use dom::domain::contact::{ContactBy, EmailAddress, Phone};
use dom::domain::contract::{Arrangement, Arrangements, CcnlLevel, LiveInHours};
use dom::domain::country::Country;
use dom::domain::family::{Family, Relation};
use dom::domain::ids::{
    DeskCode, FamilyCode, IntroductionCode, PartnerCode, RequestCode, SheetNumber, WorkerCode,
};
use dom::domain::introduction::Introduction;
use dom::domain::language::{Language, Languages};
use dom::domain::money::Cents;
use dom::domain::permit::PermitType;
use dom::domain::person::{Accreditation, Sex};
use dom::domain::place::Comune;
use dom::domain::reading;
use dom::domain::reason::ReasonList;
use dom::domain::request::{CareRequest, Exclusion, RequestStatus};
use dom::domain::skill::{QualificationSet, SkillSet};
use dom::domain::text::{Line, Name};
use dom::domain::week::WeekGrid;
use dom::domain::worker::{Worker, WorkerStatus};

/// A day, `2026-11-23`.
pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn name(text: &str) -> Name {
    Name::parse(text).unwrap()
}

pub fn desk(code: &str) -> DeskCode {
    DeskCode::parse(code).unwrap()
}

pub fn comune(istat: &str) -> Comune {
    Comune::by_istat(istat).unwrap()
}

/// Nothing stated but what must be.
pub fn bare_worker(code: &str) -> Worker {
    Worker {
        code: WorkerCode::parse(code).ok(),
        given_name: name("Zoe"),
        family_name: name("Inventata"),
        name_own_script: None,
        sex: Sex::Female,
        birth_date: None,
        citizenship: None,
        phone: None,
        email: None,
        contact_language: Language::italian(),
        contact_by: None,
        comune: comune("053011"),
        max_km: None,
        extra_comuni: Vec::new(),
        relocates: false,
        arrangements: Arrangements::from_iter([Arrangement::Hourly]),
        availability: WeekGrid::EMPTY,
        available_from: None,
        confirmed_on: None,
        skills: SkillSet::EMPTY,
        qualifications: QualificationSet::EMPTY,
        languages: Languages::default(),
        experience_years: None,
        min_pay_hour: None,
        min_pay_month: None,
        permit_type: None,
        permit_until: None,
        renewal_receipt: false,
        work_right_confirmed: false,
        max_hours_week: None,
        accreditation: Accreditation::None,
        share_without_asking: false,
        status: WorkerStatus::Active,
        paused_until: None,
        pause_reason: None,
        registered_on: day("2026-01-02"),
        consent_on: None,
        desk: desk("grosseto"),
    }
}

/// Somebody who may be matched since the second of January 2026.
pub fn worker(code: &str) -> Worker {
    Worker {
        phone: Phone::parse("+390564200001").ok(),
        max_km: Some(20),
        availability: WeekGrid::parse("Mon-Fri 08:00-13:00").unwrap(),
        permit_type: PermitType::by_code("eu_citizen"),
        consent_on: Some(day("2026-01-02")),
        ..bare_worker(code)
    }
}

/// Every field stated, none as in [`bare_worker`].
pub fn full_worker(code: &str) -> Worker {
    Worker {
        code: WorkerCode::parse(code).ok(),
        given_name: name("Olena-Marìa"),
        family_name: name("D'Kovalenkò"),
        name_own_script: Line::parse("Олена Коваленко").ok(),
        sex: Sex::Unspecified,
        birth_date: Some(day("1980-02-29")),
        citizenship: Country::by_alpha2("UA"),
        phone: Phone::parse("333 123 45 67").ok(),
        email: EmailAddress::parse("Olena@prova.example").ok(),
        contact_language: Language::by_code("uk").unwrap(),
        contact_by: Some(ContactBy::Phone),
        comune: comune("053009"),
        max_km: Some(0),
        extra_comuni: reading::comuni("053015|053011").unwrap(),
        relocates: true,
        arrangements: Arrangements::from_iter(Arrangement::ALL),
        availability: WeekGrid::parse("Mon-Fri 08:00-13:00; Sun 22:00-02:00").unwrap(),
        available_from: Some(day("2026-12-01")),
        confirmed_on: Some(day("2026-11-20")),
        skills: reading::skills("elderly_care|personal_hygiene").unwrap(),
        qualifications: reading::qualifications("oss|adb").unwrap(),
        languages: reading::languages("it:B1|uk:C2").unwrap(),
        experience_years: Some(0),
        min_pay_hour: Cents::new(821),
        min_pay_month: Some(Cents::MOST),
        permit_type: PermitType::by_code("employment"),
        permit_until: Some(day("2027-05-31")),
        renewal_receipt: true,
        work_right_confirmed: true,
        max_hours_week: Some(168),
        accreditation: Accreditation::Pending,
        share_without_asking: true,
        status: WorkerStatus::Paused,
        paused_until: Some(day("2027-01-07")),
        pause_reason: reading::reason(ReasonList::Pause, "travel").ok(),
        registered_on: day("2025-12-31"),
        consent_on: Some(day("2026-01-01")),
        desk: desk("follonica"),
    }
}

/// Nothing stated but what must be.
pub fn bare_family(code: &str) -> Family {
    Family {
        code: FamilyCode::parse(code).ok(),
        given_name: name("Elsa"),
        family_name: name("Provolini"),
        relation: None,
        phone: None,
        email: None,
        contact_language: Language::italian(),
        contact_by: None,
        comune: comune("053011"),
        address: None,
        referred_by: None,
        consent_on: None,
        desk: desk("grosseto"),
        recipient: CareRecipient::default(),
    }
}

/// Somebody who can be telephoned.
pub fn family(code: &str) -> Family {
    Family {
        phone: Phone::parse("+390564300001").ok(),
        ..bare_family(code)
    }
}

/// Every field stated, none as in [`bare_family`]. The partner has to exist.
pub fn full_family(code: &str, partner: &str) -> Family {
    Family {
        code: FamilyCode::parse(code).ok(),
        given_name: name("Ézio"),
        family_name: name("Dell'Òrto"),
        relation: Some(Relation::Guardian),
        phone: Phone::parse("0564 300002").ok(),
        email: EmailAddress::parse("Ezio@prova.example").ok(),
        contact_language: Language::by_code("en").unwrap(),
        contact_by: Some(ContactBy::Email),
        comune: comune("053009"),
        address: Line::parse("Via dell'Òrto 1/bis").ok(),
        referred_by: PartnerCode::parse(partner).ok(),
        consent_on: Some(day("2026-03-04")),
        desk: desk("follonica"),
        recipient: CareRecipient {
            name: Line::parse("Ines Dell'Òrto").ok(),
            guardianship: Some(Guardianship::SupportAdministrator),
            guardian_name: Line::parse("Avv. Dino Prova").ok(),
            guardian_phone: Phone::parse("0564 300009").ok(),
        },
    }
}

/// Nothing stated but what must be.
pub fn bare_request(code: &str, family: &str) -> CareRequest {
    CareRequest {
        code: RequestCode::parse(code).ok(),
        family: FamilyCode::parse(family).unwrap(),
        comune: comune("053011"),
        arrangement: Arrangement::Hourly,
        schedule: WeekGrid::EMPTY,
        live_in_hours: LiveInHours::Full,
        covers: None,
        min_coverage_permille: 1000,
        start_date: day("2026-12-01"),
        end_date: None,
        needed_by: None,
        required_skills: SkillSet::EMPTY,
        preferred_skills: SkillSet::EMPTY,
        required_qualifications: QualificationSet::EMPTY,
        required_languages: Languages::default(),
        max_pay_hour: None,
        max_pay_month: None,
        ccnl_level: None,
        public_contribution: false,
        self_sufficient: None,
        worker_sex: None,
        worker_sex_asked_by: None,
        status: RequestStatus::Open,
        paused_until: None,
        pause_reason: None,
        close_reason: None,
        opened_on: day("2026-11-01"),
        excluded: None,
        excluded_on: None,
    }
}

/// Weekday mornings.
pub fn request(code: &str, family: &str) -> CareRequest {
    CareRequest {
        schedule: WeekGrid::parse("Mon-Fri 08:00-12:00").unwrap(),
        ..bare_request(code, family)
    }
}

/// Every field stated, none as in [`bare_request`].
pub fn full_request(code: &str, family: &str) -> CareRequest {
    CareRequest {
        code: RequestCode::parse(code).ok(),
        family: FamilyCode::parse(family).unwrap(),
        comune: comune("053009"),
        arrangement: Arrangement::Night,
        schedule: WeekGrid::parse("Sat-Sun 21:00-07:00").unwrap(),
        live_in_hours: LiveInHours::Reduced,
        covers: RequestCode::parse("R-live-in").ok(),
        min_coverage_permille: 1,
        start_date: day("2027-01-01"),
        end_date: Some(day("2030-01-31")),
        needed_by: Some(day("2026-12-24")),
        required_skills: reading::skills("elderly_care").unwrap(),
        preferred_skills: reading::skills("cooking_italian").unwrap(),
        required_qualifications: reading::qualifications("oss|adb").unwrap(),
        required_languages: reading::languages("it:A2").unwrap(),
        max_pay_hour: Cents::new(0),
        max_pay_month: Some(Cents::MOST),
        ccnl_level: CcnlLevel::by_code("CS"),
        public_contribution: true,
        self_sufficient: Some(false),
        worker_sex: Some(Sex::Female),
        worker_sex_asked_by: None,
        status: RequestStatus::Closed,
        paused_until: Some(day("2027-02-01")),
        pause_reason: reading::reason(ReasonList::Pause, "hospital").ok(),
        close_reason: reading::reason(ReasonList::Close, "need_ended").ok(),
        opened_on: day("2026-10-31"),
        excluded: Some(Exclusion::ResidentialCare),
        excluded_on: Some(day("2027-03-01")),
    }
}

/// Without a sheet's number.
pub fn introduction(code: &str, request: &str, worker: &str, issued_on: &str) -> Introduction {
    Introduction {
        code: IntroductionCode::parse(code).ok(),
        request: RequestCode::parse(request).unwrap(),
        worker: WorkerCode::parse(worker).unwrap(),
        sheet_number: None,
        issued_on: day(issued_on),
    }
}

/// A sheet's number as paper has it.
pub fn number(text: &str) -> SheetNumber {
    SheetNumber::from_paper(text).unwrap()
}
