//! The closed lists of the access log.

use sea_orm::sea_query::OnConflict;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
};

use super::entity::{vocabulary_label, vocabulary_term};
use super::error::StorageError;
use super::rows::{Cells, number_cell};
use crate::domain::access::vocabulary::{Field, Term, Vocabulary};
use crate::domain::text::fold;

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

/// Adds a term; a conflict where its code was ever there.
pub async fn insert(db: &impl ConnectionTrait, term: &Term) -> Result<(), StorageError> {
    vocabulary_term::Entity::insert(to_row(term))
        .exec_without_returning(db)
        .await?;
    Ok(())
}

/// Saves a term over what is there.
pub async fn update(db: &impl ConnectionTrait, term: &Term) -> Result<(), StorageError> {
    vocabulary_term::Entity::update_many()
        .set(to_row(term))
        .filter(vocabulary_term::Column::Field.eq(term.field.code()))
        .filter(vocabulary_term::Column::Code.eq(term.code.as_str()))
        .exec(db)
        .await?;
    Ok(())
}

/// Remembers that a label stands for a code; the last word counts.
pub async fn keep_label(
    db: &impl ConnectionTrait,
    field: Field,
    label: &str,
    code: &str,
) -> Result<(), StorageError> {
    use vocabulary_label::Column as C;
    let row = vocabulary_label::ActiveModel {
        field: Set(field.code().to_owned()),
        label: Set(fold(label)),
        term: Set(code.to_owned()),
    };
    let over = OnConflict::columns([C::Field, C::Label])
        .update_column(C::Term)
        .to_owned();
    vocabulary_label::Entity::insert(row)
        .on_conflict(over)
        .exec_without_returning(db)
        .await?;
    Ok(())
}

fn to_row(term: &Term) -> vocabulary_term::ActiveModel {
    vocabulary_term::ActiveModel {
        field: Set(term.field.code().to_owned()),
        code: Set(term.code.clone()),
        label_it: Set(term.label_it.clone()),
        label_en: Set(term.label_en.clone()),
        position: Set(number_cell(term.position)),
        retired_on: Set(term.retired_on),
        merged_into: Set(term.merged_into.clone()),
    }
}
