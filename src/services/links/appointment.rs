//! When somebody comes to the desk, as they choose it by their link: from tomorrow on, at the
//! desk where they are known. A new choice takes the place of the one before.

use chrono::{NaiveDate, TimeDelta};

use super::opened::{Here, Kept, here_in};
use super::{Context, ServiceError};
use crate::domain::appointment::{Begin, ComesFor, MOST_A_DAY};
use crate::services::appointments::{By, Offer, Wish, ahead_at, book, cancel, offer};
use crate::services::follow_up::survey::Closed;
use crate::storage::appointments::{Appointment, Whom};
use crate::storage::mailings::Person;
use crate::storage::places::Desk;
use crate::storage::{self, Connection};

/// What stands on the page.
pub struct Seen {
    /// The desk whose hours are offered.
    pub desk: Desk,
    /// What they have before them, each with the desk that it is at.
    pub own: Vec<(Appointment, Desk)>,
    pub offer: Offer,
    /// What they choose among; a family comes for one thing.
    pub comes_for: &'static [ComesFor],
}

fn comes_for(person: Person) -> &'static [ComesFor] {
    match person {
        Person::Worker(_) => &ComesFor::OF_WORKERS,
        Person::Family(_) => &[ComesFor::Request],
    }
}

/// Their own desk, among all.
async fn desk(
    db: &impl Connection,
    person: Person,
    desks: &[(i64, Desk)],
) -> Result<(i64, Desk), Closed> {
    let contact = storage::contacts::of(db, &[person]).await?.remove(&person);
    let contact = contact.ok_or(Closed::Gone)?;
    let found = desks.iter().find(|(id, _)| *id == contact.desk_id);
    found.cloned().ok_or(Closed::Gone)
}

/// What they have, and what is free.
pub async fn see(context: &Context, here: &Here, from: Option<NaiveDate>) -> Result<Seen, Closed> {
    let db = context.db.read();
    let desks = storage::places::desks(db).await?;
    let (desk_id, desk) = desk(db, here.person, &desks).await?;
    Ok(Seen {
        desk,
        own: ahead_at(context, db, Whom::Person(here.person), &desks).await?,
        offer: offer(context, db, desk_id, By::Own, from).await?,
        comes_for: comes_for(here.person),
    })
}

/// What they have before them, each with the desk that it is at.
pub async fn own(context: &Context, here: &Here) -> Result<Vec<(Appointment, Desk)>, ServiceError> {
    let db = context.db.read();
    let desks = storage::places::desks(db).await?;
    Ok(ahead_at(context, db, Whom::Person(here.person), &desks).await?)
}

/// What came of a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    Kept,
    /// Nothing was chosen, or not what for.
    Nothing,
    /// Somebody else has it by now.
    Taken,
    /// Too often on one day: the telephone is quicker.
    Enough,
}

/// Chooses, in the place of what they had before them.
pub async fn choose(
    context: &Context,
    (address, kept): (&str, &Kept),
    (begin, purpose): (&str, &str),
) -> Result<Choice, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    let all = comes_for(here.person);
    let one = match all {
        [one] => Some(*one),
        all => all.iter().copied().find(|one| one.code() == purpose),
    };
    let (Some(begin), Some(comes_for)) = (Begin::parse(begin), one) else {
        return Ok(Choice::Nothing);
    };
    let whom = Whom::Person(here.person);
    let since = context.now() - TimeDelta::days(1);
    if storage::appointments::count_since(&*write, whom, since).await? >= MOST_A_DAY {
        return Ok(Choice::Enough);
    }
    let desks = storage::places::desks(&*write).await?;
    let (desk_id, _) = desk(&*write, here.person, &desks).await?;
    let wish = Wish {
        whom,
        code: &here.code,
        desk_id,
        begin,
        comes_for,
        by: By::Own,
    };
    if !book(context, &write, wish).await? {
        return Ok(Choice::Taken);
    }
    write.commit().await.map_err(ServiceError::from)?;
    Ok(Choice::Kept)
}

/// Does not come.
pub async fn call_off(context: &Context, address: &str, kept: &Kept) -> Result<Here, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    let whom = Whom::Person(here.person);
    cancel(context, &write, (whom, here.code.as_str()), By::Own).await?;
    write.commit().await.map_err(ServiceError::from)?;
    Ok(here)
}
