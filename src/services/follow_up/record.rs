//! Writes down one answer, however it came: the answer itself, its comment, and
//! what it makes of the invitation, in the caller's transaction.

use super::over;
use crate::domain::answer::{Answer, Channel, Teller, Wave};
use crate::domain::follow_up::{self as rules, Asked, Disposition};
use crate::domain::ids::IntroductionCode;
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

/// What an answer is about.
pub(super) struct Target<'a> {
    pub introduction_id: i64,
    pub code: &'a IntroductionCode,
    pub side: Asked,
    pub wave: Wave,
}

impl<'a> Target<'a> {
    fn of(item: &'a Item) -> Self {
        Self {
            introduction_id: item.introduction.id,
            code: &item.introduction.code,
            side: item.side,
            wave: item.wave,
        }
    }
}

/// What was last said at this wave by this side.
pub(super) async fn last_answer(
    db: &impl Connection,
    item: &Item,
) -> Result<Option<Answer>, ServiceError> {
    last_answer_of(db, &Target::of(item)).await
}

/// The same, whether or not anybody was asked.
pub(super) async fn last_answer_of(
    db: &impl Connection,
    target: &Target<'_>,
) -> Result<Option<Answer>, ServiceError> {
    let answers = storage::answers::of_introduction(db, target.introduction_id).await?;
    Ok(last_among(&answers, target.side, target.wave).cloned())
}

/// The same among all answers of the introduction.
pub(super) fn last_among(answers: &[Answer], side: Asked, wave: Wave) -> Option<&Answer> {
    let same = |one: &&Answer| one.side == teller(side) && one.wave == wave;
    answers.iter().rfind(same)
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

/// Records an answer to an invitation; it comes back.
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
    let target = Target::of(item);
    let answer = add(context, write, &target, via, account_id, asked, get).await?;
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

/// Adds an answer and its comment, whether or not anybody was asked.
pub(super) async fn add(
    context: &Context,
    write: &impl Connection,
    target: &Target<'_>,
    via: Channel,
    account_id: Option<i64>,
    asked: &[Question],
    get: &(dyn Fn(Question) -> Option<String> + Sync),
) -> Result<Answer, NotRecorded> {
    let today = context.today();
    let answers = storage::answers::of_introduction(write, target.introduction_id).await?;
    let own = |one: &&Answer| one.side == teller(target.side);
    let before = answers
        .iter()
        .filter(own)
        .rfind(|one| one.wave == target.wave);
    let head = [
        ("introduction", target.code.to_string()),
        ("side", target.side.code().to_owned()),
        ("wave", target.wave.code().to_owned()),
        ("answered_on", today.to_string()),
        ("via", via.code().to_owned()),
    ];
    let (answer, comment) =
        survey::answer(before, head, asked, &get).map_err(NotRecorded::Wrong)?;
    // The start was told at an earlier wave, the end is told now.
    let started = answers
        .iter()
        .filter(own)
        .rev()
        .find_map(|one| one.started_on);
    let started = answer.started_on.or(started);
    if answer
        .ended_on
        .is_some_and(|end| started.is_some_and(|start| end < start))
    {
        let wrong = vec![(Question::EndedOn, Wrong::EndBeforeStart)];
        return Err(NotRecorded::Wrong(wrong));
    }
    storage::answers::insert_many(write, std::slice::from_ref(&answer)).await?;
    if answer.still_working == Some(false)
        && let Some(one) = storage::invitations::introduction(write, target.code).await?
    {
        over::ask(context, write, &one, target.side, via).await?;
    }
    if let Some(text) = comment {
        let note = Note {
            side: teller(target.side),
            wave: target.wave,
            written_on: today,
            text,
        };
        let introduction = target.introduction_id;
        storage::phone_tries::insert_note(write, introduction, account_id, &note).await?;
    }
    Ok(answer)
}
