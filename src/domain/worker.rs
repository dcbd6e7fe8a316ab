//! A worker as a desk knows one: reading the columns of the formats, the states,
//! what goes out again. No storage key, no matching.

use chrono::NaiveDate;

use super::contact::{ContactBy, EmailAddress, Phone};
use super::contract::{Arrangement, Arrangements};
use super::country::Country;
use super::ids::{DeskCode, WorkerCode};
use super::invalid::{Invalid, Why, one_of};
use super::language::{Language, Languages};
use super::money::Cents;
use super::permit::PermitType;
use super::person::{Accreditation, Sex};
use super::place::Comune;
use super::reading::{self, Fields, Parsed, Reading, cell, date, joined, whole, yes_no, yes_or_no};
use super::reason::ReasonList;
use super::skill::{QualificationSet, SkillSet};
use super::text::{Line, Name};
use super::week::WeekGrid;

/// A day of birth of fewer years ago is doubted at entry. Nothing else goes by it.
pub const BIRTH_DOUBTED: u32 = 16;

/// Where a worker stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WorkerStatus {
    Active,
    Paused,
    Placed,
    Withdrawn,
}

impl WorkerStatus {
    /// All, in the order of the formats.
    pub const ALL: [Self; 4] = [Self::Active, Self::Paused, Self::Placed, Self::Withdrawn];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Paused => "paused",
            Self::Placed => "placed",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}

/// Somebody who looks for domestic or care work.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "the columns of the format")]
pub struct Worker {
    /// `None` until the program makes one.
    pub code: Option<WorkerCode>,
    pub given_name: Name,
    pub family_name: Name,
    pub name_own_script: Option<Line>,
    pub sex: Sex,
    pub birth_date: Option<NaiveDate>,
    pub citizenship: Option<Country>,
    pub phone: Option<Phone>,
    pub email: Option<EmailAddress>,
    pub contact_language: Language,
    pub contact_by: Option<ContactBy>,
    pub comune: Comune,
    pub max_km: Option<u32>,
    pub extra_comuni: Vec<Comune>,
    pub relocates: bool,
    pub arrangements: Arrangements,
    pub availability: WeekGrid,
    pub available_from: Option<NaiveDate>,
    pub confirmed_on: Option<NaiveDate>,
    pub skills: SkillSet,
    pub qualifications: QualificationSet,
    pub languages: Languages,
    pub experience_years: Option<u32>,
    pub min_pay_hour: Option<Cents>,
    pub min_pay_month: Option<Cents>,
    pub permit_type: Option<PermitType>,
    pub permit_until: Option<NaiveDate>,
    pub renewal_receipt: bool,
    pub work_right_confirmed: bool,
    pub max_hours_week: Option<u32>,
    pub accreditation: Accreditation,
    pub share_without_asking: bool,
    pub status: WorkerStatus,
    pub paused_until: Option<NaiveDate>,
    pub pause_reason: Option<&'static str>,
    pub registered_on: NaiveDate,
    pub consent_on: Option<NaiveDate>,
    pub desk: DeskCode,
}

impl Worker {
    /// The columns of the formats, in their order.
    pub const COLUMNS: [&'static str; 38] = [
        "code",
        "given_name",
        "family_name",
        "name_own_script",
        "sex",
        "birth_date",
        "citizenship",
        "phone",
        "email",
        "contact_language",
        "contact_by",
        "comune",
        "max_km",
        "extra_comuni",
        "relocates",
        "arrangements",
        "availability",
        "available_from",
        "confirmed_on",
        "skills",
        "qualifications",
        "languages",
        "experience_years",
        "min_pay_hour",
        "min_pay_month",
        "permit_type",
        "permit_until",
        "renewal_receipt",
        "work_right_confirmed",
        "max_hours_week",
        "accreditation",
        "share_without_asking",
        "status",
        "paused_until",
        "pause_reason",
        "registered_on",
        "consent_on",
        "desk",
    ];

    /// Both names.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// Whether the authorisation that `before` stood on has ended: taken back, or another
    /// given in its place.
    pub fn ended_authorisation_of(&self, before: &Self) -> bool {
        before.consent_on.is_some() && before.consent_on != self.consent_on
    }

    /// Whether the authorisation to be named is in force.
    pub fn may_be_named(&self, today: NaiveDate) -> bool {
        self.consent_on.is_some_and(|day| day <= today)
    }

    /// Whether the year of birth may be written wrong.
    pub fn is_birth_doubtful(&self, today: NaiveDate) -> bool {
        let years = self.birth_date.and_then(|born| today.years_since(born));
        years.is_some_and(|years| years < BIRTH_DOUBTED)
    }

    /// Whether matching may see them at all.
    pub fn is_in_pool(&self, today: NaiveDate) -> bool {
        self.status == WorkerStatus::Active && self.may_be_named(today)
    }

    /// Whether a sheet may go out without asking first. `fresh_days`: for how long a confirmed
    /// availability counts.
    pub fn needs_no_asking(&self, fresh_days: i64, today: NaiveDate) -> bool {
        self.share_without_asking
            && self
                .confirmed_on
                .is_some_and(|day| day <= today && (today - day).num_days() <= fresh_days)
    }

    /// The cells of [`Self::COLUMNS`], as an export writes them.
    pub fn cells(&self) -> Vec<String> {
        vec![
            cell(self.code.as_ref()),
            self.given_name.to_string(),
            self.family_name.to_string(),
            cell(self.name_own_script.as_ref()),
            self.sex.to_string(),
            cell(self.birth_date),
            cell(self.citizenship.map(Country::alpha2)),
            cell(self.phone.as_ref()),
            cell(self.email.as_ref()),
            self.contact_language.code().to_owned(),
            cell(self.contact_by.map(ContactBy::code)),
            self.comune.istat().to_owned(),
            cell(self.max_km),
            joined(self.extra_comuni.iter().map(|comune| comune.istat())),
            yes_or_no(self.relocates),
            joined(self.arrangements.iter().map(Arrangement::code)),
            self.availability.to_string(),
            cell(self.available_from),
            cell(self.confirmed_on),
            joined(self.skills.codes()),
            joined(self.qualifications.codes()),
            self.languages.to_string(),
            cell(self.experience_years),
            cell(self.min_pay_hour),
            cell(self.min_pay_month),
            cell(self.permit_type.map(PermitType::code)),
            cell(self.permit_until),
            yes_or_no(self.renewal_receipt),
            yes_or_no(self.work_right_confirmed),
            cell(self.max_hours_week),
            self.accreditation.to_string(),
            yes_or_no(self.share_without_asking),
            self.status.code().to_owned(),
            cell(self.paused_until),
            cell(self.pause_reason),
            self.registered_on.to_string(),
            cell(self.consent_on),
            self.desk.to_string(),
        ]
    }

    /// Reads the columns. `before`: the record that the code names already.
    #[allow(
        clippy::too_many_lines,
        reason = "one line a column, read from top to bottom"
    )]
    pub fn read(
        fields: &dyn Fields,
        before: Option<&Self>,
        today: NaiveDate,
        desks: &[DeskCode],
    ) -> Result<Parsed<Self>, Invalid> {
        let mut r = Reading::new(fields);
        let code = r.optional("code", before.map(|b| b.code.clone()), WorkerCode::parse);
        let given_name = r.required(
            "given_name",
            before.map(|b| b.given_name.clone()),
            Name::parse,
        );
        let family_name = r.required(
            "family_name",
            before.map(|b| b.family_name.clone()),
            Name::parse,
        );
        let name_own_script = r.optional(
            "name_own_script",
            before.map(|b| b.name_own_script.clone()),
            Line::parse,
        );
        let sex = r.required("sex", before.map(|b| b.sex), |text| {
            one_of(text, &Sex::ALL, Sex::code)
        });
        let birth_date = r.optional("birth_date", before.map(|b| b.birth_date), |text| {
            birth(text, today)
        });
        let citizenship = r.optional("citizenship", before.map(|b| b.citizenship), |text| {
            reading::code_of(text, "countries", Country::by_alpha2)
        });
        let phone = r.phone("phone", before.map(|b| b.phone.clone()));
        let email = r.optional(
            "email",
            before.map(|b| b.email.clone()),
            EmailAddress::parse,
        );
        let contact_language = r.or_default(
            "contact_language",
            before.map(|b| b.contact_language),
            Language::italian(),
            reading::language,
        );
        let contact_by = r.optional("contact_by", before.map(|b| b.contact_by), ContactBy::parse);
        let comune = r.comune("comune", before.map(|b| b.comune));
        let max_km = r.optional("max_km", before.map(|b| b.max_km), |text| {
            whole(text, 0, 2000)
        });
        let extra_comuni = r.or_empty(
            "extra_comuni",
            before.map(|b| b.extra_comuni.clone()),
            Vec::new(),
            reading::comuni,
        );
        let relocates = r.or_empty("relocates", before.map(|b| b.relocates), false, yes_no);
        let arrangements = r.required(
            "arrangements",
            before.map(|b| b.arrangements),
            reading::arrangements,
        );
        let availability = r.or_empty(
            "availability",
            before.map(|b| b.availability),
            WeekGrid::EMPTY,
            reading::week,
        );
        let available_from = r.optional("available_from", before.map(|b| b.available_from), date);
        let confirmed_on = r.optional("confirmed_on", before.map(|b| b.confirmed_on), date);
        let skills = r.or_empty(
            "skills",
            before.map(|b| b.skills),
            SkillSet::EMPTY,
            reading::skills,
        );
        let qualifications = r.or_empty(
            "qualifications",
            before.map(|b| b.qualifications),
            QualificationSet::EMPTY,
            reading::qualifications,
        );
        let languages = r.or_empty(
            "languages",
            before.map(|b| b.languages.clone()),
            Languages::default(),
            reading::languages,
        );
        let experience_years = r.optional(
            "experience_years",
            before.map(|b| b.experience_years),
            |text| whole(text, 0, 80),
        );
        let min_pay_hour = r.optional(
            "min_pay_hour",
            before.map(|b| b.min_pay_hour),
            reading::money,
        );
        let min_pay_month = r.optional(
            "min_pay_month",
            before.map(|b| b.min_pay_month),
            reading::money,
        );
        let permit_type = r.optional("permit_type", before.map(|b| b.permit_type), |text| {
            reading::code_of(text, "permit_types", PermitType::by_code)
        });
        let permit_until = r.optional("permit_until", before.map(|b| b.permit_until), date);
        let renewal_receipt = r.or_empty(
            "renewal_receipt",
            before.map(|b| b.renewal_receipt),
            false,
            yes_no,
        );
        let work_right_confirmed = r.or_empty(
            "work_right_confirmed",
            before.map(|b| b.work_right_confirmed),
            false,
            yes_no,
        );
        let max_hours_week =
            r.optional("max_hours_week", before.map(|b| b.max_hours_week), |text| {
                whole(text, 0, 168)
            });
        let accreditation = r.or_empty(
            "accreditation",
            before.map(|b| b.accreditation),
            Accreditation::None,
            |text| one_of(text, &Accreditation::ALL, Accreditation::code),
        );
        let share_without_asking = r.or_empty(
            "share_without_asking",
            before.map(|b| b.share_without_asking),
            false,
            yes_no,
        );
        let status = r.or_default(
            "status",
            before.map(|b| b.status),
            WorkerStatus::Active,
            WorkerStatus::parse,
        );
        let paused_until = r.optional("paused_until", before.map(|b| b.paused_until), date);
        let pause_reason = r.optional("pause_reason", before.map(|b| b.pause_reason), |text| {
            reading::reason(ReasonList::Pause, text)
        });
        let registered_on = r.or_default(
            "registered_on",
            before.map(|b| b.registered_on),
            today,
            date,
        );
        let consent_on = r.optional("consent_on", before.map(|b| b.consent_on), date);
        let desk = r.required("desk", before.map(|b| b.desk.clone()), |text| {
            reading::desk(desks, text)
        });

        r.reachable(&phone, &email, contact_by);
        if arrangements.is_some_and(Arrangements::need_max_km) && max_km.is_none() {
            r.problem_unless_noted(&["max_km"], Why::new("problem-max-km"));
        }
        r.finish(|| {
            Some(Self {
                code,
                given_name: given_name?,
                family_name: family_name?,
                name_own_script,
                sex: sex?,
                birth_date,
                citizenship,
                phone,
                email,
                contact_language,
                contact_by,
                comune: comune?,
                max_km,
                extra_comuni,
                relocates,
                arrangements: arrangements?,
                availability,
                available_from,
                confirmed_on,
                skills,
                qualifications,
                languages,
                experience_years,
                min_pay_hour,
                min_pay_month,
                permit_type,
                permit_until,
                renewal_receipt,
                work_right_confirmed,
                max_hours_week,
                accreditation,
                share_without_asking,
                status,
                paused_until,
                pause_reason,
                registered_on,
                consent_on,
                desk: desk?,
            })
        })
    }
}

fn birth(text: &str, today: NaiveDate) -> Result<NaiveDate, Why> {
    let day = date(text)?;
    if day > today {
        return Err(Why::new("problem-birth-future"));
    }
    Ok(day)
}
