//! Mails of a new notice to many: somebody asks for them in one go, the program queues them in
//! pieces. A round ends when everybody was looked at, or when another notice took its place.

use super::{note, queue};
use crate::domain::informing::ToldHow;
use crate::services::{Context, ServiceError};
use crate::storage::mailings::Person;
use crate::storage::notice_rounds::{self, Round};
use crate::storage::rows::CHUNK;
use crate::storage::waiting::Whose;
use crate::storage::{self, Write};

/// Pieces that a run works on.
const MOST_PIECES: u32 = 10;

/// Goes on with what was asked for, a bounded part of it; how many mails it queued.
pub async fn run(context: &Context) -> Result<u64, ServiceError> {
    let (mut queued, mut past) = (0, 0);
    for _ in 0..MOST_PIECES {
        let Some(id) = notice_rounds::first_after(context.db.read(), past).await? else {
            break;
        };
        match piece(context, id).await {
            Ok(count) => queued += count,
            // It is tried again by the next run, and keeps no other from going on.
            Err(error) => {
                tracing::error!(%error, "mails of a new notice could not be prepared");
                past = id;
            }
        }
    }
    Ok(queued)
}

async fn piece(context: &Context, id: i64) -> Result<u64, ServiceError> {
    let write = context.db.write().await?;
    // Another program may have ended it meanwhile.
    let queued = match notice_rounds::hold(&*write, id).await? {
        Some(round) => advance(context, &write, round).await?,
        None => 0,
    };
    write.commit().await?;
    Ok(queued)
}

/// Queues a piece; how many mails.
pub(super) async fn advance(
    context: &Context,
    write: &Write,
    mut round: Round,
) -> Result<u64, ServiceError> {
    let (now, piece) = (context.now(), CHUNK as u64);
    let versions = storage::informing::in_force(&**write, context.today()).await?;
    let Some(version) = versions.into_iter().find(|one| one.id == round.version_id) else {
        notice_rounds::update(&**write, &round, Some(now)).await?;
        return Ok(0);
    };
    let whose = round.desk.clone().map_or(Whose::Everybody, Whose::Desk);
    let part = (round.last_key, piece);
    let people = storage::informing::by_mail_after(&**write, &whose, version, part).await?;
    if let Some(Person::Worker(id) | Person::Family(id)) = people.last() {
        round.last_key = *id;
    }
    let given = queue(context, write, round.account_id, version, &people).await?;
    storage::informing::insert_given(&**write, &given).await?;
    let told = (version, ToldHow::Mail);
    note(context, write, round.account_id, told, given.len()).await?;
    round.queued += i64::try_from(given.len()).unwrap_or(i64::MAX);
    let ended = (people.len() < CHUNK).then_some(now);
    notice_rounds::update(&**write, &round, ended).await?;
    Ok(given.len() as u64)
}
