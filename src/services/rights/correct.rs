//! Putting right what is held of a person, a column at a time: what a form does that is saved
//! with other answers, and the same history. Where somebody stands, and what they signed, is
//! no mistake of writing: that has its own pages.

use super::people_of;
use crate::domain::account::Actor;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::reading::Fields;
use crate::services::registering::{self, Form, Opened, Order, Saved};
use crate::services::{Context, ServiceError};

/// Columns that nobody corrects.
const OTHERS: [&str; 7] = [
    "code",
    "share_without_asking",
    "work_right_confirmed",
    "status",
    "paused_until",
    "pause_reason",
    "consent_on",
];

/// A record's cells, some of them anew.
struct Corrected<'a> {
    opened: &'a Opened,
    cells: &'a [(String, String)],
}

impl Fields for Corrected<'_> {
    fn get(&self, column: &str) -> Option<&str> {
        let anew = self.cells.iter().find(|(name, _)| name == column);
        let known = self.opened.cells.iter().find(|(name, _)| *name == column);
        let anew = anew.map(|(_, cell)| cell.as_str());
        anew.or(known.map(|(_, cell)| cell.as_str()))
    }
}

/// Corrects a person's cells, as column and text; the rest stays. [`ServiceError::Invalid`]
/// names every problem.
pub async fn correct(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
    cells: &[(String, String)],
) -> Result<(), ServiceError> {
    people_of(form)?;
    let opened = registering::open(context, actor, form, code).await?;
    let is_known = |column: &str| {
        let mut all = opened.cells.iter();
        !OTHERS.contains(&column) && all.any(|(name, _)| *name == column)
    };
    let unknown = cells
        .iter()
        .filter(|(column, _)| !is_known(column.as_str()));
    let problems: Vec<Problem> = unknown
        .map(|(column, _)| Problem {
            field: "column",
            value: column.clone(),
            why: Why::new("problem-correct-column").with("column", column),
        })
        .collect();
    if !problems.is_empty() {
        return Err(ServiceError::Invalid(Invalid(problems)));
    }
    let fields = Corrected {
        opened: &opened,
        cells,
    };
    let order = Order {
        form,
        over: Some((code, opened.version)),
        draft: "",
        another: false,
        fields: &fields,
    };
    match registering::save(context, actor, order).await? {
        Saved::Done { .. } => Ok(()),
        // Who is there already is looked for where a record is new.
        Saved::Stale(_) | Saved::Likely(_) => Err(ServiceError::Stale),
    }
}
