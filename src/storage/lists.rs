//! What the lists of workers, families and requests share: the filter, which
//! holds nothing protected, and cutting into pages. Long lists are turned by key:
//! the page behind a row costs the same wherever that row stands.

use sea_orm::sea_query::{Expr, ExprTrait};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, PaginatorTrait, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select, TryGetable, Value,
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

/// A search that finds fewer than these as typed offers people spelt alike besides.
pub const FEW: u64 = 5;

/// People spelt alike that a search offers at the most.
pub(super) const MOST_ALIKE: usize = 20;

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

    /// The key of the row, where rows have no code.
    pub(super) fn key(&self) -> Option<i64> {
        self.turn.as_ref()?.code().parse().ok()
    }
}

/// How a list that is turned by key stands: by `N` values of a row, of which the last tells
/// all rows apart.
pub(super) trait Standing<E: EntityTrait, const N: usize> {
    /// The query in this order, or the other way round.
    fn of(&self, query: Select<E>, backwards: bool) -> Select<E>;

    /// Those beyond a row that has these values.
    fn beyond(&self, row: [Value; N], backwards: bool) -> Expr;
}

/// Columns that go the same way, with an index over them.
pub(super) struct Order<C, const N: usize = 2> {
    pub by: [C; N],
    pub descending: bool,
}

fn way(descending: bool, backwards: bool) -> sea_orm::Order {
    if descending == backwards {
        sea_orm::Order::Asc
    } else {
        sea_orm::Order::Desc
    }
}

impl<E: EntityTrait, const N: usize> Standing<E, N> for Order<E::Column, N> {
    fn of(&self, query: Select<E>, backwards: bool) -> Select<E> {
        let way = way(self.descending, backwards);
        let columns = self.by.into_iter();
        columns.fold(query, |query, column| query.order_by(column, way.clone()))
    }

    fn beyond(&self, row: [Value; N], backwards: bool) -> Expr {
        let own = Expr::tuple(self.by.map(|column| Expr::col(column.as_column_ref())));
        let row = Expr::tuple(row.map(Expr::val));
        if self.descending == backwards {
            own.gt(row)
        } else {
            own.lt(row)
        }
    }
}

/// Expressions that are never null, each with whether it goes down.
pub(super) struct Terms<const N: usize>(pub [(Expr, bool); N]);

impl<const N: usize> Terms<N> {
    /// Columns of a table, none of them ever null.
    pub fn columns<C: ColumnTrait>(columns: [(C, bool); N]) -> Self {
        Self(columns.map(|(column, descending)| (Expr::col(column.as_column_ref()), descending)))
    }

    /// Those beyond the one that `row` says, as it stands now, whether or not it is still in
    /// the list; none where there is no such row.
    pub fn beyond_row<E: EntityTrait>(&self, row: &Expr, backwards: bool) -> Expr {
        let held = self.0.each_ref().map(|(term, _)| {
            let of_row = E::find().select_only().expr(term.clone());
            let of_row = of_row.filter(row.clone()).into_query();
            Expr::SubQuery(None, Box::new(of_row.into()))
        });
        self.further(held, backwards)
    }

    fn further(&self, row: [Expr; N], backwards: bool) -> Expr {
        let mut beyond: Option<Expr> = None;
        for ((term, descending), value) in self.0.iter().zip(row).rev() {
            let further = if *descending == backwards {
                term.clone().gt(value.clone())
            } else {
                term.clone().lt(value.clone())
            };
            // Level by this one, the next decides.
            beyond = Some(match beyond {
                None => further,
                Some(next) => further.or(term.clone().eq(value).and(next)),
            });
        }
        beyond.unwrap_or_else(|| Expr::val(false).eq(true))
    }
}

impl<E: EntityTrait, const N: usize> Standing<E, N> for Terms<N> {
    fn of(&self, query: Select<E>, backwards: bool) -> Select<E> {
        self.0.iter().fold(query, |query, (term, descending)| {
            query.order_by(term.clone(), way(*descending, backwards))
        })
    }

    fn beyond(&self, row: [Value; N], backwards: bool) -> Expr {
        self.further(row.map(Expr::val), backwards)
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
    place_among::<E, A, B>(db, E::find(), order, code, at).await
}

/// The same among the rows of a query alone: a code of another row names none.
pub(super) async fn place_among<E, A, B>(
    db: &impl ConnectionTrait,
    query: Select<E>,
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
    let row: Option<(A, B)> = query
        .select_only()
        .columns(order.by)
        .filter(code.eq(turn.code()))
        .into_tuple()
        .one(db)
        .await?;
    Ok(row.map(|(first, second)| [first.into(), second.into()]))
}

/// The same by the key of the row, where rows have no code.
pub(super) async fn place_by_key<E, A>(
    db: &impl ConnectionTrait,
    order: &Order<E::Column>,
    key: E::Column,
    at: &At,
) -> Result<Option<[Value; 2]>, StorageError>
where
    E: EntityTrait,
    A: TryGetable + Into<Value> + Send,
{
    let Some(id) = at.key() else {
        return Ok(None);
    };
    let row: Option<(A, i64)> = E::find()
        .select_only()
        .columns(order.by)
        .filter(key.eq(id))
        .into_tuple()
        .one(db)
        .await?;
    Ok(row.map(|(first, second)| [first.into(), second.into()]))
}

/// One page of a query without an order, by key. `row` says of the code that `at` names
/// what the order goes by; none where no such row is left. A page is then found by its
/// number, and so is one that lies beside no row; one beyond the last is the last.
pub(super) async fn page_by_key<E, M, T, const N: usize>(
    db: &impl ConnectionTrait,
    query: Select<E>,
    order: &impl Standing<E, N>,
    at: &At,
    row: Option<[Value; N]>,
    line: impl Fn(M) -> Result<T, StorageError>,
) -> Result<Page<T>, StorageError>
where
    E: EntityTrait,
    E::Model: Send + Sync,
    M: FromQueryResult + Sized + Send + Sync,
{
    let size = Page::<T>::SIZE;
    let total = query.clone().count(db).await?;
    let number = Page::<T>::within(at.page, total);
    let last = Page::<T>::within(u64::MAX, total);
    let mut rows: Vec<M> = Vec::new();
    // The first begins where the list begins, whatever came to stand before a row.
    if let (Some(turn), Some(row)) = (&at.turn, row)
        && number == at.page
        && number > 1
    {
        let backwards = matches!(turn, Turn::Before(_));
        let beyond = query.clone().filter(order.beyond(row, backwards));
        let beside = order.of(beyond, backwards).limit(size);
        rows = beside.into_model().all(db).await?;
        if backwards {
            rows.reverse();
        }
    }
    if rows.is_empty() && number == last && number > 1 {
        let rest = total - (last - 1) * size;
        let from_the_end = order.of(query.clone(), true).limit(rest);
        rows = from_the_end.into_model().all(db).await?;
        rows.reverse();
    } else if rows.is_empty() {
        let skipped = Some((number - 1) * size).filter(|skipped| *skipped > 0);
        let page = order.of(query, false).offset(skipped).limit(size);
        rows = page.into_model().all(db).await?;
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
