//! The lists of what waits, whole: how long each is, told by one statement, and
//! which of their lines a search leaves.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr, UnionType};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, JoinType, QueryFilter, QuerySelect,
    QueryTrait, RelationTrait, Select,
};

use super::entity::{
    block, family, introduction, invitation, person_task, proposal, public_request, request, sheet,
    sheet_task, worker,
};
use super::error::StorageError;
use super::lists::{At, Standing, Terms, Turn};
use super::merges::People;
use super::retention::Before;
use super::waiting::{MOST, RequestWait, Whose, WorkerWait, waiting_requests, waiting_workers};
use super::{
    Page, asked, blocks, inbox, informing, invitations, job_changes, person_tasks, renewals,
    sheet_tasks, stalled,
};
use crate::domain::informing::{NoticeKind, Version};
use crate::domain::job::JobEvent;

/// How many are counted of those who are to be told of a notice: where it is as many, there may
/// be more.
pub const COUNTED: u64 = 1_000;

/// Which lines of a list: those of which all these folded words are said, from a
/// place on.
#[derive(Debug, Clone, Copy)]
pub struct Cut<'a> {
    pub words: &'a [String],
    pub from: u64,
    pub most: u64,
    /// The row that they lie beside: then the place counts for nothing.
    pub turn: Option<&'a Turn>,
}

/// What tells the rows of a list apart, as an address names it.
pub(super) enum Key<C> {
    Code(C),
    Id(C),
}

impl<C: ColumnTrait> Key<C> {
    fn is(&self, turn: &Turn) -> Expr {
        match self {
            Self::Code(column) => ColumnTrait::eq(column, turn.code()),
            // What is no number is nobody's.
            Self::Id(column) => ColumnTrait::eq(column, turn.code().parse().unwrap_or(-1_i64)),
        }
    }
}

impl Cut<'static> {
    /// What the home page shows.
    pub const FIRST: Self = Self {
        words: &[],
        from: 0,
        most: MOST,
        turn: None,
    };
}

impl<'a> Cut<'a> {
    /// The lines of a page, and its number: the last one where there are fewer.
    pub fn of_page(words: &'a [String], at: &'a At, total: u64) -> (Self, u64) {
        let number = Page::<()>::within(at.page, total);
        let size = Page::<()>::SIZE;
        // The first begins where the list begins, whatever came to stand before a row.
        let beside = number == at.page && number > 1;
        let cut = Self {
            words,
            from: (number - 1) * size,
            most: size,
            turn: at.turn.as_ref().filter(|_| beside),
        };
        (cut, number)
    }

    /// The lines of a query in this order; those before a row the other way round.
    pub(super) fn of<E: EntityTrait, const N: usize>(
        &self,
        query: Select<E>,
        order: &Terms<N>,
        key: &Key<E::Column>,
    ) -> Select<E> {
        let Some(turn) = self.turn else {
            let all = Standing::<E, N>::of(order, query, false);
            return all.offset(self.from).limit(self.most);
        };
        let backwards = matches!(turn, Turn::Before(_));
        let beyond = query.filter(order.beyond_row::<E>(&key.is(turn), backwards));
        Standing::<E, N>::of(order, beyond, backwards).limit(self.most)
    }

    /// The same by its place: the row that it lies beside is gone.
    #[must_use]
    pub fn by_number(self) -> Self {
        Self { turn: None, ..self }
    }

    /// What was read so, as it stands in the list.
    pub(super) fn straight<T>(&self, mut lines: Vec<T>) -> Vec<T> {
        if matches!(self.turn, Some(Turn::Before(_))) {
            lines.reverse();
        }
        lines
    }
}

/// Of whom a column holds the key.
#[derive(Debug, Clone, Copy)]
pub(super) enum Of {
    Worker,
    Family,
    Request,
}

impl Of {
    /// The keys of those of whom a word is said: in names, numbers and codes.
    fn saying(self, word: &str) -> SelectStatement {
        let contains = |column: SimpleExpr| column.like(format!("%{word}%"));
        // A code is folded to words with a space; as typed it has a dash.
        let in_code = |column: SimpleExpr| {
            let code = Expr::expr(Func::lower(column));
            code.like(format!("%{}%", word.replace(' ', "-")))
        };
        match self {
            Self::Worker => worker::Entity::find()
                .select_only()
                .column(worker::Column::Id)
                .filter(contains(Expr::col((
                    worker::Entity,
                    worker::Column::Folded,
                ))))
                .into_query(),
            Self::Family => family::Entity::find()
                .select_only()
                .column(family::Column::Id)
                .filter(contains(Expr::col((
                    family::Entity,
                    family::Column::Folded,
                ))))
                .into_query(),
            Self::Request => request::Entity::find()
                .select_only()
                .column(request::Column::Id)
                .join(JoinType::InnerJoin, request::Relation::Family.def())
                .filter(
                    Condition::any()
                        .add(contains(Expr::col((
                            family::Entity,
                            family::Column::Folded,
                        ))))
                        .add(in_code(Expr::col((request::Entity, request::Column::Code)))),
                )
                .into_query(),
        }
    }
}

/// Each word is said of somebody, or of the request, that a row is about.
pub(super) fn says(words: &[String], about: &[(SimpleExpr, Of)]) -> Condition {
    let said = |word: &String| {
        about.iter().fold(Condition::any(), |any, (key, of)| {
            any.add(key.clone().in_subquery(of.saying(word)))
        })
    };
    words
        .iter()
        .fold(Condition::all(), |all, word| all.add(said(word)))
}

/// Why somebody or something waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    Request(RequestWait),
    Worker(WorkerWait),
    Proposal(asked::Show),
    /// A call of the follow-up.
    Call,
    /// What was said of a job since a day.
    Job(JobEvent, NaiveDate),
    /// A sheet of this day or before that nobody said a word about.
    Silent(NaiveDate),
    Block(People),
    SheetTask,
    PersonTask,
    /// Somebody is to be told of a new notice.
    Inform(Version),
    /// Somebody was asked whether their data stay, and said nothing.
    Renew(People, Before),
    /// What a family asked by itself.
    Inbox,
}

fn counted<E: EntityTrait>(query: Select<E>, key: E::Column, place: i32) -> SelectStatement {
    query
        .select_only()
        .expr_as(Expr::val(place), "place")
        .expr_as(Expr::col((E::default(), key)).count(), "total")
        .into_query()
}

/// The same of a list that may be as long as all people together: no more than
/// [`COUNTED`] are counted.
fn counted_up_to<E: EntityTrait>(query: Select<E>, key: E::Column, place: i32) -> SelectStatement {
    let first = query.select_only().column(key).limit(COUNTED).into_query();
    Query::select()
        .expr_as(Expr::val(place), "place")
        .expr_as(Expr::val(1).count(), "total")
        .from_subquery(first, "first_ones")
        .take()
}

impl Wait {
    fn counted(
        self,
        whose: &Whose,
        today: NaiveDate,
        words: &[String],
        place: i32,
    ) -> SelectStatement {
        match self {
            Self::Request(wait) => counted(
                waiting_requests(whose, wait, today, words),
                request::Column::Id,
                place,
            ),
            Self::Worker(wait) => counted(
                waiting_workers(whose, wait, today, words).0,
                worker::Column::Id,
                place,
            ),
            Self::Proposal(show) => counted(
                asked::waiting(whose, show, words),
                proposal::Column::Id,
                place,
            ),
            Self::Call => counted(
                invitations::waiting(whose, today, words),
                invitation::Column::Id,
                place,
            ),
            Self::Job(event, since) => counted(
                job_changes::told_of(whose, event, since, words),
                introduction::Column::Id,
                place,
            ),
            Self::Silent(until) => counted(
                stalled::silent(whose, until, words),
                sheet::Column::Id,
                place,
            ),
            Self::Block(people) => counted(
                blocks::due(people, whose, today, words),
                block::Column::Id,
                place,
            ),
            Self::SheetTask => counted(
                sheet_tasks::to_do(whose, words),
                sheet_task::Column::Id,
                place,
            ),
            Self::PersonTask => counted(
                person_tasks::to_do(whose, words),
                person_task::Column::Id,
                place,
            ),
            Self::Renew(People::Workers, before) => counted(
                renewals::workers_asked(whose, before),
                worker::Column::Id,
                place,
            ),
            Self::Renew(People::Families, before) => counted(
                renewals::families_asked(whose, before),
                family::Column::Id,
                place,
            ),
            Self::Inform(version) if version.kind == NoticeKind::Worker => counted_up_to(
                informing::workers_to_tell(whose, version),
                worker::Column::Id,
                place,
            ),
            Self::Inform(version) => counted_up_to(
                informing::families_to_tell(whose, version),
                family::Column::Id,
                place,
            ),
            Self::Inbox => counted(
                inbox::to_do(whose, words),
                public_request::Column::Id,
                place,
            ),
        }
    }
}

/// How long the lists are, all told by one statement.
pub async fn totals(
    db: &impl ConnectionTrait,
    whose: &Whose,
    waits: &[Wait],
    today: NaiveDate,
    words: &[String],
) -> Result<Vec<u64>, StorageError> {
    let each = waits.iter().enumerate().map(|(place, wait)| {
        let place = i32::try_from(place).unwrap_or(i32::MAX);
        wait.counted(whose, today, words, place)
    });
    let all = each.reduce(|mut all, one| {
        all.union(UnionType::All, one);
        all
    });
    let mut totals = vec![0; waits.len()];
    if let Some(all) = all {
        for row in db.query_all(&all).await? {
            let place: i32 = row.try_get("", "place")?;
            let total: i64 = row.try_get("", "total")?;
            let place = usize::try_from(place).unwrap_or(usize::MAX);
            if let Some(known) = totals.get_mut(place) {
                *known = u64::try_from(total).unwrap_or_default();
            }
        }
    }
    Ok(totals)
}
