//! Pages of the section `vocabularies`: the lists of the access log.

use crate::domain::access::vocabulary::Field;
use crate::web::error::PageError;

pub mod list;
pub mod term;
pub mod terms;

fn field_of(code: &str) -> Result<Field, PageError> {
    Field::by_code(code).ok_or(PageError::NotFound)
}
