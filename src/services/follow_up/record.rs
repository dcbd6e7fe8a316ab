//! Writes down one answer, however it came: the answer itself, its comment, and
//! what it makes of the invitation, in the caller's transaction.

use crate::domain::answer::{Answer, Channel, Teller};
use crate::domain::follow_up::{self as rules, Asked, Disposition};
use crate::domain::survey::{self, Question, Wrong};
use crate::services::{Context, ServiceError};
use crate::storage::invitations::Item;
use crate::storage::phone_tries::Note;
use crate::storage::{self, Connection};

/// Who is meant in an answer.
pub(super) fn teller(side: Asked) -> Teller {
    match side {
        Asked::Family => Teller::Family,
        Asked::Worker => Teller::Worker,
    }
}

/// What was last said at this wave by this side.
pub(super) async fn last_answer(
    db: &impl Connection,
    item: &Item,
) -> Result<Option<Answer>, ServiceError> {
    let answers = storage::answers::of_introduction(db, item.introduction.id).await?;
    let same = |one: &Answer| one.side == teller(item.side) && one.wave == item.wave;
    Ok(answers.into_iter().rfind(same))
}

/// Why nothing was recorded.
pub enum NotRecorded {
    Wrong(Vec<(Question, Wrong)>),
    Failed(ServiceError),
}

impl From<ServiceError> for NotRecorded {
    fn from(error: ServiceError) -> Self {
        Self::Failed(error)
    }
}

impl From<storage::StorageError> for NotRecorded {
    fn from(error: storage::StorageError) -> Self {
        Self::Failed(error.into())
    }
}

/// Records an answer; it comes back.
pub(super) async fn record(
    context: &Context,
    write: &impl Connection,
    item: &Item,
    via: Channel,
    account_id: Option<i64>,
    asked: &[Question],
    get: &(dyn Fn(Question) -> Option<String> + Sync),
) -> Result<Answer, NotRecorded> {
    let today = context.today();
    let before = last_answer(write, item).await?;
    let head = [
        ("introduction", item.introduction.code.to_string()),
        ("side", item.side.code().to_owned()),
        ("wave", item.wave.code().to_owned()),
        ("answered_on", today.to_string()),
        ("via", via.code().to_owned()),
    ];
    let (answer, comment) =
        survey::answer(before.as_ref(), head, asked, &get).map_err(NotRecorded::Wrong)?;
    storage::answers::insert_many(write, std::slice::from_ref(&answer)).await?;
    if let Some(text) = comment {
        let note = Note {
            side: teller(item.side),
            wave: item.wave,
            written_on: today,
            text,
        };
        let introduction = item.introduction.id;
        storage::phone_tries::insert_note(write, introduction, account_id, &note).await?;
    }
    // Later answers count for what became of it, not for who answered.
    let may_change = matches!(
        item.disposition,
        None | Some(Disposition::Partial | Disposition::Complete)
    );
    if may_change && today < item.closes_on {
        let disposition = rules::answered(item.wave, &answer);
        storage::invitations::settle(write, &[item.id], disposition, today).await?;
    }
    Ok(answer)
}
