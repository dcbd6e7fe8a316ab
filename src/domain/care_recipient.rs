//! For whom a family asks: often not the one who asks. How the person is called,
//! and who decides with or for them. Never their health: what they need is said
//! as the skills of a request.

use super::answer::coded;
use super::contact::Phone;
use super::invalid::{Why, one_of};
use super::reading::cell;
use super::text::Line;

coded! {
    /// Who decides with or for the person, as Italian law knows it.
    Guardianship {
        /// The person decides alone.
        None = "none",
        /// Amministratore di sostegno (Codice civile, art. 404).
        SupportAdministrator = "support_administrator",
        /// Tutore (Codice civile, art. 414 and 424).
        Guardian = "guardian",
        /// Curatore (Codice civile, art. 415 and 424).
        Curator = "curator",
        /// Procuratore: somebody whom the person named (Codice civile, art. 1387).
        Attorney = "attorney",
    }
}

/// The one who is cared for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CareRecipient {
    pub name: Option<Line>,
    /// `None`: nobody asked yet.
    pub guardianship: Option<Guardianship>,
    pub guardian_name: Option<Line>,
    pub guardian_phone: Option<Phone>,
}

impl CareRecipient {
    /// The columns, which only the desks' own forms know.
    pub const COLUMNS: [&'static str; 4] = [
        "recipient_name",
        "guardianship",
        "guardian_name",
        "guardian_phone",
    ];

    /// Their cells.
    pub fn cells(&self) -> Vec<String> {
        vec![
            cell(self.name.as_ref()),
            cell(self.guardianship.map(Guardianship::code)),
            cell(self.guardian_name.as_ref()),
            cell(self.guardian_phone.as_ref()),
        ]
    }

    /// Whether somebody else decides, and nobody knows who.
    pub fn lacks_guardian(&self) -> bool {
        let other = self
            .guardianship
            .is_some_and(|one| one != Guardianship::None);
        other && self.guardian_name.is_none()
    }
}
