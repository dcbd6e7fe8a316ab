//! How far each part of a form is: to begin, under way, complete. Complete is a
//! part that holds what the work at the desk needs, more than what a record must
//! have to be saved. Nothing here stops anybody from saving.

use super::spec::Part;
use crate::domain::permit::PermitType;
use crate::domain::reading::Fields;

/// How far a part is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    ToBegin,
    UnderWay,
    Complete,
}

impl Progress {
    /// The code, also of the catalogue's message.
    pub fn code(self) -> &'static str {
        match self {
            Self::ToBegin => "to_begin",
            Self::UnderWay => "under_way",
            Self::Complete => "complete",
        }
    }
}

/// What a form holds before anybody touched it.
const PRESET: [&str; 9] = [
    "contact_language",
    "accreditation",
    "registered_on",
    "confirmed_on",
    "desk",
    "referred_by",
    "live_in_hours",
    "min_coverage_permille",
    "opened_on",
];

/// How far a part is. `wrong`: columns with a problem; `is_new`: nothing is stored
/// yet.
pub(super) fn of(part: &Part, cells: &dyn Fields, wrong: &[&str], is_new: bool) -> Progress {
    let filled = |column: &str| {
        cells
            .get(column)
            .is_some_and(|cell| !cell.trim().is_empty())
    };
    let mut columns = part.columns.iter().map(|column| column.name);
    let begun = columns
        .clone()
        .any(|column| !PRESET.contains(&column) && filled(column) && !is_no(cells, column));
    let is_wrong = columns.any(|column| wrong.contains(&column));
    match (begun, lacks(part.heading, cells, &filled, is_new)) {
        (false, _) if !is_wrong => Progress::ToBegin,
        (true, false) if !is_wrong => Progress::Complete,
        _ => Progress::UnderWay,
    }
}

/// A box that nobody ticked says no.
fn is_no(cells: &dyn Fields, column: &str) -> bool {
    cells.get(column) == Some("no")
}

/// Whether something is missing that the desk's work needs.
fn lacks(heading: &str, cells: &dyn Fields, filled: &dyn Fn(&str) -> bool, is_new: bool) -> bool {
    let all = |columns: &[&str]| columns.iter().all(|column| filled(column));
    let is = |column: &str, code: &str| cells.get(column) == Some(code);
    let reachable = || filled("phone") || filled("email") || is("contact_by", "desk");
    let has = match heading {
        "section-person" => {
            all(&["given_name", "family_name", "sex", "comune", "desk"]) && reachable()
        }
        "section-work" => {
            let lives_in_only = is("arrangements", "live_in");
            filled("arrangements") && (lives_in_only || all(&["availability", "max_km"]))
        }
        "section-capabilities" => all(&["skills", "languages"]),
        "section-permit" => {
            let permit = cells.get("permit_type").and_then(PermitType::by_code);
            permit.is_some_and(|permit| {
                (!permit.needs_expiry() || filled("permit_until"))
                    && (!permit.allows().needs_confirmation() || is("work_right_confirmed", "yes"))
            })
        }
        "section-authorisation" => {
            let how =
                filled("consent_how") && (!is("consent_how", "paper") || filled("consent_folder"));
            filled("consent_on") && (!is_new || filled("notice_version") && how)
        }
        "section-contact" => {
            all(&["given_name", "family_name", "relation", "comune", "desk"]) && reachable()
        }
        "section-recipient" => {
            let named = is("relation", "self") || filled("recipient_name");
            let decides = is("guardianship", "none") || filled("guardian_name");
            named && filled("guardianship") && decides
        }
        "section-need" => {
            let hours = is("arrangement", "live_in") || filled("schedule");
            hours
                && all(&[
                    "family",
                    "comune",
                    "arrangement",
                    "start_date",
                    "self_sufficient",
                ])
        }
        "section-tasks" => filled("required_skills"),
        "section-terms" => {
            filled("ccnl_level") && (filled("max_pay_hour") || filled("max_pay_month"))
        }
        "section-worker-sex" => all(&["worker_sex", "worker_sex_ground"]),
        _ => true,
    };
    !has
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::pages::registering::spec;

    struct Cells(Vec<(&'static str, &'static str)>);

    impl Fields for Cells {
        fn get(&self, column: &str) -> Option<&str> {
            let mut cells = self.0.iter();
            cells
                .find(|(name, _)| *name == column)
                .map(|(_, cell)| *cell)
        }
    }

    fn states(cells: &[(&'static str, &'static str)]) -> Vec<Progress> {
        let cells = Cells(cells.to_vec());
        let parts = spec::WORKER.iter();
        parts.map(|part| of(part, &cells, &[], true)).collect()
    }

    #[test]
    fn a_new_form_is_all_to_begin_and_a_part_is_complete_with_what_work_needs() {
        use Progress::{Complete, ToBegin, UnderWay};
        let preset = [
            ("desk", "grosseto"),
            ("accreditation", "none"),
            ("relocates", "no"),
        ];
        assert_eq!(states(&preset), [ToBegin; 5]);
        let mut cells = preset.to_vec();
        cells.extend([("given_name", "Ada"), ("permit_type", "eu_citizen")]);
        assert_eq!(
            states(&cells),
            [UnderWay, ToBegin, ToBegin, Complete, ToBegin]
        );
        cells.extend([("family_name", "Prova"), ("sex", "f"), ("comune", "053011")]);
        cells.extend([("phone", "333"), ("arrangements", "live_in")]);
        assert_eq!(
            states(&cells),
            [Complete, Complete, ToBegin, Complete, ToBegin]
        );
    }

    #[test]
    fn a_part_with_a_problem_is_never_complete() {
        let cells = Cells(vec![("permit_type", "eu_citizen")]);
        let part = spec::WORKER
            .iter()
            .find(|part| part.heading == "section-permit")
            .unwrap();
        let wrong = of(part, &cells, &["permit_until"], true);
        assert_eq!(wrong, Progress::UnderWay);
    }
}
