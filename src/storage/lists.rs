//! What the lists of workers, families and requests share: the filter, which
//! holds nothing protected, and cutting into pages. Long lists are turned by key:
//! the page behind a row costs the same wherever that row stands.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, Select, TryGetable, Value,
};

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

/// Where in a list: a page's number, from 1, and the row that it lies beside, where
/// one is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct At {
    pub page: u64,
    pub turn: Option<Turn>,
}

/// By the code of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// It begins behind this row.
    After(String),
    /// It ends before this row.
    Before(String),
}

impl Turn {
    /// The code of the row.
    pub fn code(&self) -> &str {
        match self {
            Self::After(code) | Self::Before(code) => code,
        }
    }
}

impl At {
    /// A page by its number alone.
    pub fn page(page: u64) -> Self {
        Self { page, turn: None }
    }
}

/// The order of a list that is turned by key: two columns, of which the second tells
/// all rows apart, and an index lies over both.
pub(super) struct Order<C> {
    pub by: [C; 2],
    pub descending: bool,
}

impl<C: ColumnTrait> Order<C> {
    fn of<E: EntityTrait<Column = C>>(&self, query: Select<E>, backwards: bool) -> Select<E> {
        let order = if self.descending == backwards {
            sea_orm::Order::Asc
        } else {
            sea_orm::Order::Desc
        };
        let [first, second] = self.by;
        query.order_by(first, order.clone()).order_by(second, order)
    }

    /// Those beyond a row.
    fn beyond(&self, row: [Value; 2], backwards: bool) -> Expr {
        let own = Expr::tuple(self.by.map(|column| Expr::col(column.as_column_ref())));
        let row = Expr::tuple(row.map(Expr::val));
        if self.descending == backwards {
            own.gt(row)
        } else {
            own.lt(row)
        }
    }
}

/// What the columns of the order hold, `A` and `B`, of the row that a page lies beside: the
/// one of a code. None where it lies beside none, or that row is gone.
pub(super) async fn place_of<E, A, B>(
    db: &impl ConnectionTrait,
    order: &Order<E::Column>,
    code: E::Column,
    at: &At,
) -> Result<Option<[Value; 2]>, StorageError>
where
    E: EntityTrait,
    A: TryGetable + Into<Value> + Send,
    B: TryGetable + Into<Value> + Send,
{
    let Some(turn) = &at.turn else {
        return Ok(None);
    };
    let row: Option<(A, B)> = E::find()
        .select_only()
        .columns(order.by)
        .filter(code.eq(turn.code()))
        .into_tuple()
        .one(db)
        .await?;
    Ok(row.map(|(first, second)| [first.into(), second.into()]))
}

/// One page of a query without an order, by key. `row` says of the code that `at` names
/// what the columns of the order hold; none where no such row is left. A page is then
/// found by its number, and so is one that lies beside no row; one beyond the last is
/// the last.
pub(super) async fn page_by_key<E, M, T>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    order: &Order<E::Column>,
    at: &At,
    row: Option<[Value; 2]>,
    line: impl Fn(M) -> Result<T, StorageError>,
) -> Result<Page<T>, StorageError>
where
    E: EntityTrait<Model = M>,
    M: FromQueryResult + Sized + Send + Sync,
{
    let size = Page::<T>::SIZE;
    let total = query.clone().count(db).await?;
    let number = Page::<T>::within(at.page, total);
    let last = Page::<T>::within(u64::MAX, total);
    let mut rows = Vec::new();
    // The first begins where the list begins, whatever came to stand before a row.
    if let (Some(turn), Some(row)) = (&at.turn, row)
        && number == at.page
        && number > 1
    {
        let backwards = matches!(turn, Turn::Before(_));
        let beyond = query.clone().filter(order.beyond(row, backwards));
        rows = order.of(beyond, backwards).limit(size).all(db).await?;
        if backwards {
            rows.reverse();
        }
    }
    if rows.is_empty() && number == last && number > 1 {
        let rest = total - (last - 1) * size;
        let from_the_end = order.of(query.clone(), true);
        rows = from_the_end.limit(rest).all(db).await?;
        rows.reverse();
    } else if rows.is_empty() {
        let skipped = Some((number - 1) * size).filter(|skipped| *skipped > 0);
        let page = order.of(query, false).offset(skipped).limit(size);
        rows = page.all(db).await?;
    }
    Ok(Page {
        rows: rows.into_iter().map(line).collect::<Result<_, _>>()?,
        number,
        total,
    })
}

/// One page of a query. A page beyond the last one is the last one.
pub(super) async fn page_of<E, M, T>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    number: u64,
    line: impl Fn(M) -> Result<T, StorageError>,
) -> Result<Page<T>, StorageError>
where
    E: EntityTrait,
    E::Model: Send + Sync,
    M: FromQueryResult + Sized + Send + Sync,
{
    let size = Page::<T>::SIZE;
    let total = query.clone().count(db).await?;
    let number = Page::<T>::within(number, total);
    let rows = query
        .offset((number - 1) * size)
        .limit(size)
        .into_model::<M>()
        .all(db)
        .await?;
    Ok(Page {
        rows: rows.into_iter().map(line).collect::<Result<_, _>>()?,
        number,
        total,
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
