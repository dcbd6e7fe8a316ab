//! The outcome report: did matches become jobs. Reads everything at one instant;
//! the figures themselves are `domain::outcome`'s.

use chrono::{Datelike, NaiveDate};

use super::{Context, ServiceError};
use crate::domain::outcome::fairness::Fairness;
use crate::domain::outcome::{Blocked, Exposure, Figures, Ledger, Period};
use crate::matching::Criterion;
use crate::storage::{self, Connection, answers, first_looks, histories};

/// The figures of a period, for operators: nothing is withheld.
pub async fn report(context: &Context, period: Period) -> Result<Figures, ServiceError> {
    let snapshot = context.db.snapshot().await?;
    figures(&snapshot, period).await
}

/// The same of an instant that is read already.
pub async fn figures(db: &impl Connection, period: Period) -> Result<Figures, ServiceError> {
    let (first, last) = (period.from.year(), period.to.year());
    let tally = answers::other_notified(db, first, last).await?;
    let mut ledger = Ledger::new(period);
    histories::each(db, period, |history| ledger.add(history)).await?;
    Ok(ledger.figures(tally))
}

/// The same with what the screen shows beside it. `kept_from`: since when it is kept
/// who fitted requests.
pub async fn whole(
    db: &impl Connection,
    period: Period,
    kept_from: NaiveDate,
) -> Result<Figures, ServiceError> {
    let mut figures = figures(db, period).await?;
    let looks = first_looks::limits(db, period).await?;
    let order = Criterion::ALL.map(Criterion::code);
    figures.beside.blocked = Blocked::of(&looks, &order);
    if period.from >= kept_from {
        let introductions = first_looks::introductions(db, period).await?;
        figures.beside.exposure = Some(Exposure::of(introductions));
    }
    Ok(figures)
}

/// Whether some people who fitted requests of a year came less far than others. Small
/// groups are withheld from everybody.
pub async fn fairness(context: &Context, year: i32) -> Result<Fairness, ServiceError> {
    let snapshot = context.db.snapshot().await?;
    let all = storage::fairness::candidates(&snapshot, year).await?;
    Ok(Fairness::of(year, &all))
}
