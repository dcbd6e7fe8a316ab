//! Two records side by side: field by field with what is proposed to stay, and
//! what hangs on each.

use super::{both, code_of, people_of};
use crate::domain::account::Actor;
use crate::services::error::require_desk;
use crate::services::registering::kept::Kept;
use crate::services::registering::{Form, Opened, opened};
use crate::services::tables::{Families, Workers};
use crate::services::{Context, ServiceError};
use crate::storage::merges::People;
use crate::storage::{self, Stored};

/// Columns that only make sense together: chosen as one. The first names them.
const TOGETHER: [(Form, &[&str]); 6] = [
    (Form::Worker, &["given_name", "family_name"]),
    (
        Form::Worker,
        &["availability", "available_from", "confirmed_on"],
    ),
    (
        Form::Worker,
        &[
            "permit_type",
            "permit_until",
            "renewal_receipt",
            "work_right_confirmed",
        ],
    ),
    (Form::Worker, &["status", "paused_until", "pause_reason"]),
    (Form::Family, &["given_name", "family_name", "relation"]),
    (
        Form::Family,
        &[
            "recipient_name",
            "guardianship",
            "guardian_name",
            "guardian_phone",
        ],
    ),
];

/// The columns that are chosen with this one, itself first.
pub(super) fn together(form: Form, first: &str) -> Vec<&str> {
    let whole = TOGETHER
        .iter()
        .find(|(of, columns)| *of == form && columns.first() == Some(&first));
    match whole {
        Some((_, columns)) => columns.to_vec(),
        None if TOGETHER
            .iter()
            .any(|(of, columns)| *of == form && columns.contains(&first)) =>
        {
            Vec::new()
        }
        None => vec![first],
    }
}

/// The columns that are chosen as one with this one, itself among them.
pub(super) fn group_of(form: Form, column: &str) -> Vec<&str> {
    let mut groups = TOGETHER.iter();
    let whole = groups.find(|(of, columns)| *of == form && columns.contains(&column));
    whole.map_or_else(|| vec![column], |(_, columns)| columns.to_vec())
}

/// One of the two.
#[derive(Debug, Clone)]
pub struct Side {
    pub opened: Opened,
    /// What hangs on it, and how many.
    pub hanging: Vec<(&'static str, u64)>,
}

/// What differs and is chosen as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The columns; the first names the field.
    pub columns: Vec<&'static str>,
    /// Whose cells are proposed: 0 or 1.
    pub proposed: usize,
}

/// Both of them.
#[derive(Debug, Clone)]
pub struct Compared {
    pub sides: [Side; 2],
    pub fields: Vec<Field>,
    /// Columns that say the same, not empty.
    pub alike: Vec<&'static str>,
    /// Which of the two is proposed to stay.
    pub keep: usize,
}

/// Puts two records side by side.
pub async fn compare(
    context: &Context,
    actor: &Actor,
    form: Form,
    codes: [&str; 2],
) -> Result<Compared, ServiceError> {
    require_desk(actor)?;
    match people_of(form)? {
        People::Workers => compare_as::<Workers>(context, form, codes).await,
        People::Families => compare_as::<Families>(context, form, codes).await,
    }
}

async fn compare_as<T: Kept>(
    context: &Context,
    form: Form,
    codes: [&str; 2],
) -> Result<Compared, ServiceError> {
    let (db, people) = (context.db.read(), people_of(form)?);
    let found = both::<T>(db, codes).await?;
    let texts = found.each_ref().map(code_of::<T>);
    let latest =
        storage::merges::latest_changes(db, people, [texts[0].as_str(), texts[1].as_str()]).await?;
    let side = async |stored: &Stored<T::Record>, code: &str| {
        let hanging = storage::merges::hanging(db, people, stored.id, code).await?;
        Ok::<_, ServiceError>(Side {
            opened: opened::<T>(stored),
            hanging,
        })
    };
    let sides = [
        side(&found[0], &texts[0]).await?,
        side(&found[1], &texts[1]).await?,
    ];
    // Whoever was written on last is newer; of two from files, the later code.
    let newer = match latest {
        [one, other] if one != other => usize::from(other > one),
        _ => usize::from(found[1].id > found[0].id),
    };
    let keep = usize::from(found[1].id < found[0].id);
    let (fields, alike) = fields(form, [&sides[0].opened, &sides[1].opened], newer);
    Ok(Compared {
        sides,
        fields,
        alike,
        keep,
    })
}

fn fields(form: Form, sides: [&Opened; 2], newer: usize) -> (Vec<Field>, Vec<&'static str>) {
    let columns: Vec<&'static str> = sides[0].cells.iter().map(|(name, _)| *name).collect();
    let (mut fields, mut alike) = (Vec::new(), Vec::new());
    for column in columns.iter().copied().filter(|column| *column != "code") {
        let whole: Vec<&'static str> = together(form, column);
        if whole.is_empty() {
            continue;
        }
        let differs = |column: &&&str| sides[0].cell(column) != sides[1].cell(column);
        if whole.iter().any(|one| differs(&one)) {
            let proposed = proposed(&whole, sides, newer);
            fields.push(Field {
                columns: whole,
                proposed,
            });
        } else if whole.iter().any(|one| !sides[0].cell(one).is_empty()) {
            alike.push(column);
        }
    }
    (fields, alike)
}

/// The filled one; of two filled ones the newer. A day of registration is the
/// earlier one; who withdrew stays withdrawn until somebody chooses otherwise.
fn proposed(columns: &[&str], sides: [&Opened; 2], newer: usize) -> usize {
    let first = columns[0];
    let [one, other] = sides.map(|side| side.cell(first));
    match first {
        "registered_on" => usize::from(other < one),
        "status" if one == "withdrawn" || other == "withdrawn" => usize::from(one != "withdrawn"),
        // Nobody is named on sheets without a word, because records met.
        "share_without_asking" => usize::from(one == "yes" && other != "yes"),
        _ => {
            let filled = sides.map(|side| {
                let cells = columns.iter().map(|column| side.cell(column));
                cells.filter(|cell| !cell.is_empty()).count()
            });
            match filled {
                [0, more] if more > 0 => 1,
                [more, 0] if more > 0 => 0,
                _ => newer,
            }
        }
    }
}
