//! A family as a desk knows one: who asks, how to reach them, who sent them.

use chrono::NaiveDate;

use super::care_recipient::{CareRecipient, Guardianship};
use super::contact::{ContactBy, EmailAddress, Phone};
use super::ids::{DeskCode, FamilyCode, PartnerCode};
use super::invalid::{Invalid, Why, one_of};
use super::language::Language;
use super::place::Comune;
use super::reading::{self, Fields, Parsed, Reading, cell, date};
use super::text::{Line, Name};

/// What the asking person is to the one who is cared for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    Oneself,
    Child,
    Spouse,
    Relative,
    Guardian,
    Other,
}

impl Relation {
    /// All, in the order of the formats.
    pub const ALL: [Self; 6] = [
        Self::Oneself,
        Self::Child,
        Self::Spouse,
        Self::Relative,
        Self::Guardian,
        Self::Other,
    ];

    /// Those of whoever files for somebody who looks for work.
    pub const OF_WORKERS: [Self; 5] = [
        Self::Oneself,
        Self::Child,
        Self::Spouse,
        Self::Relative,
        Self::Other,
    ];

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Oneself => "self",
            Self::Child => "child",
            Self::Spouse => "spouse",
            Self::Relative => "relative",
            Self::Guardian => "guardian",
            Self::Other => "other",
        }
    }

    /// Reads a code.
    pub fn parse(text: &str) -> Result<Self, Why> {
        one_of(text, &Self::ALL, Self::code)
    }
}

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// `None` until the program makes one.
    pub code: Option<FamilyCode>,
    pub given_name: Name,
    pub family_name: Name,
    pub relation: Option<Relation>,
    pub phone: Option<Phone>,
    pub email: Option<EmailAddress>,
    pub contact_language: Language,
    pub contact_by: Option<ContactBy>,
    pub comune: Comune,
    pub address: Option<Line>,
    /// `None`: came by itself.
    pub referred_by: Option<PartnerCode>,
    pub consent_on: Option<NaiveDate>,
    pub desk: DeskCode,
    /// For whom. Not in the files.
    pub recipient: CareRecipient,
}

impl Family {
    /// The columns of the formats, in their order.
    pub const COLUMNS: [&'static str; 13] = [
        "code",
        "given_name",
        "family_name",
        "relation",
        "phone",
        "email",
        "contact_language",
        "contact_by",
        "comune",
        "address",
        "referred_by",
        "consent_on",
        "desk",
    ];

    /// The columns that only the desks' own forms know.
    pub const DESK_COLUMNS: [&'static str; 4] = CareRecipient::COLUMNS;

    /// Their cells.
    pub fn desk_cells(&self) -> Vec<String> {
        self.recipient.cells()
    }

    /// Both names.
    pub fn full_name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }

    /// The cells of [`Self::COLUMNS`], as an export writes them.
    pub fn cells(&self) -> Vec<String> {
        vec![
            cell(self.code.as_ref()),
            self.given_name.to_string(),
            self.family_name.to_string(),
            cell(self.relation.map(Relation::code)),
            cell(self.phone.as_ref()),
            cell(self.email.as_ref()),
            self.contact_language.code().to_owned(),
            cell(self.contact_by.map(ContactBy::code)),
            self.comune.istat().to_owned(),
            cell(self.address.as_ref()),
            self.referred_by
                .as_ref()
                .map_or("self", PartnerCode::as_str)
                .to_owned(),
            cell(self.consent_on),
            self.desk.to_string(),
        ]
    }

    /// Reads the columns. `before`: the record that the code names already.
    pub fn read(
        fields: &dyn Fields,
        before: Option<&Self>,
        desks: &[DeskCode],
        partners: &[PartnerCode],
    ) -> Result<Parsed<Self>, Invalid> {
        let mut r = Reading::new(fields);
        let code = r.optional("code", before.map(|b| b.code.clone()), FamilyCode::parse);
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
        let relation = r.optional("relation", before.map(|b| b.relation), Relation::parse);
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
        let address = r.optional("address", before.map(|b| b.address.clone()), Line::parse);
        let referred_by = r.or_default(
            "referred_by",
            before.map(|b| b.referred_by.clone()),
            None,
            |text| reading::referrer(partners, text),
        );
        let consent_on = r.optional("consent_on", before.map(|b| b.consent_on), date);
        let desk = r.required("desk", before.map(|b| b.desk.clone()), |text| {
            reading::desk(desks, text)
        });
        let recipient = recipient(&mut r, before.map(|b| &b.recipient));
        r.finish(|| {
            Some(Self {
                code,
                given_name: given_name?,
                family_name: family_name?,
                relation,
                phone,
                email,
                contact_language,
                contact_by,
                comune: comune?,
                address,
                referred_by,
                consent_on,
                desk: desk?,
                recipient,
            })
        })
    }
}

fn recipient(r: &mut Reading<'_>, before: Option<&CareRecipient>) -> CareRecipient {
    CareRecipient {
        name: r.optional(
            "recipient_name",
            before.map(|b| b.name.clone()),
            Line::parse,
        ),
        guardianship: r.optional(
            "guardianship",
            before.map(|b| b.guardianship),
            Guardianship::parse,
        ),
        guardian_name: r.optional(
            "guardian_name",
            before.map(|b| b.guardian_name.clone()),
            Line::parse,
        ),
        guardian_phone: r.phone("guardian_phone", before.map(|b| b.guardian_phone.clone())),
    }
}
