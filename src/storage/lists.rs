//! What the lists of workers, families and requests share: the filter, which
//! holds nothing protected, and cutting into pages.

use sea_orm::{ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QuerySelect, Select};

use super::Page;
use super::error::StorageError;
use crate::domain::ids::DeskCode;

/// What narrows a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// Folded words that must all occur.
    pub words: Vec<String>,
    pub status: Option<String>,
    pub arrangement: Option<String>,
    pub desk: Option<DeskCode>,
}

/// One page of a query. A page beyond the last one is the last one.
pub(super) async fn page_of<E, M, T>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    number: u64,
    line: impl Fn(M) -> Result<T, StorageError>,
) -> Result<Page<T>, StorageError>
where
    E: EntityTrait<Model = M>,
    M: FromQueryResult + Sized + Send + Sync,
{
    let pages = query.paginate(db, Page::<T>::SIZE);
    let counted = pages.num_items_and_pages().await?;
    let number = Page::<T>::within(number, counted.number_of_items);
    let rows = pages.fetch_page(number - 1).await?;
    Ok(Page {
        rows: rows.into_iter().map(line).collect::<Result<_, _>>()?,
        number,
        total: counted.number_of_items,
    })
}

/// Some lines of a query, from a place on.
pub(super) async fn lines_of<E, M, T>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    from: u64,
    most: u64,
    line: impl Fn(M) -> Result<T, StorageError>,
) -> Result<Vec<T>, StorageError>
where
    E: EntityTrait<Model = M>,
    M: FromQueryResult + Sized + Send + Sync,
{
    let rows = query.offset(from).limit(most).all(db).await?;
    rows.into_iter().map(line).collect()
}
