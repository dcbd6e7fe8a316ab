//! The closed lists of the access log.

use sea_orm::{ConnectionTrait, EntityTrait, QueryOrder};

use super::entity::{vocabulary_label, vocabulary_term};
use super::error::StorageError;
use super::rows::Cells;
use crate::domain::access::vocabulary::{Field, Term, Vocabulary};

/// All lists: two statements.
pub async fn load(db: &impl ConnectionTrait) -> Result<Vocabulary, StorageError> {
    let cells = Cells("vocabulary_terms");
    let mut terms = Vec::new();
    for row in vocabulary_term::Entity::find().all(db).await? {
        terms.push(Term {
            field: cells.some("field", Field::by_code(&row.field))?,
            code: row.code,
            label_it: row.label_it,
            label_en: row.label_en,
            position: cells.number("position", row.position)?,
            retired_on: row.retired_on,
            merged_into: row.merged_into,
        });
    }
    let cells = Cells("vocabulary_labels");
    let rows = vocabulary_label::Entity::find()
        .order_by_asc(vocabulary_label::Column::Label)
        .all(db)
        .await?;
    let mut former = Vec::with_capacity(rows.len());
    for row in rows {
        let field = cells.some("field", Field::by_code(&row.field))?;
        former.push((field, row.label, row.term));
    }
    Ok(Vocabulary::new(terms, former))
}
