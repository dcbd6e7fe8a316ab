//! Pages of the section `vocabularies`: the lists of the access log.

use std::collections::HashMap;

use crate::domain::access::vocabulary::Field;
use crate::domain::reading::Fields;
use crate::web::error::PageError;

pub mod list;
pub mod term;
pub mod terms;

/// A posted form, by field.
struct Typed(HashMap<String, String>);

impl Typed {
    fn of(fields: Vec<(String, String)>) -> Self {
        Self(fields.into_iter().collect())
    }

    fn text(&self, name: &str) -> String {
        self.0.get(name).cloned().unwrap_or_default()
    }
}

impl Fields for Typed {
    fn get(&self, column: &str) -> Option<&str> {
        self.0.get(column).map(String::as_str)
    }
}

fn field_of(code: &str) -> Result<Field, PageError> {
    Field::by_code(code).ok_or(PageError::NotFound)
}
