//! Writes down one answer, however it came: the answer itself, its comment, and
//! what it makes of the invitation, in the caller's transaction.

use super::{ended, over};
use crate::domain::answer::{Answer, Channel, Wave};
use crate::domain::follow_up::{self as rules, Asked, Disposition};
use crate::domain::ids::IntroductionCode;
use crate::domain::outcome::Told;
use crate::domain::private_link::PersonTask;
use crate::domain::survey::{self, DIED, Question, Wrong};
use crate::domain::typed;
use crate::services::{Context, ServiceError};
use crate::storage::invitations::Item;
use crate::storage::mailings::Person;
use crate::storage::phone_tries::Note;
use crate::storage::{self, Connection, StorageError};

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
    let same = |one: &&Answer| one.side == side.teller() && one.wave == wave;
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

impl From<StorageError> for NotRecorded {
    fn from(error: StorageError) -> Self {
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
    let may_change = item.disposition.is_none_or(Disposition::gives_way);
    if may_change && today < item.closes_on {
        let disposition = rules::answered(&Told::from(&answer));
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
    let own = |one: &&Answer| one.side == target.side.teller();
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
    let was_dead = before.is_some_and(tells_of_a_death);
    // A browser without a calendar sends the day as it was typed.
    let get = |question: Question| match question {
        Question::StartedOn | Question::EndedOn => {
            get(question).map(|text| typed::date(&text, today, 1))
        }
        _ => get(question),
    };
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
    let is_over = answer.still_working == Some(false);
    let is_dead = tells_of_a_death(&answer);
    if (is_over || is_dead || was_dead)
        && let Some(one) = storage::invitations::introduction(write, target.code).await?
    {
        if is_dead {
            died(context, write, Person::Family(one.family_id)).await?;
        } else if was_dead {
            not_died(context, write, one.family_id).await?;
        }
        if is_over {
            over::ask(context, write, &one, target.side, via).await?;
        }
    }
    if let Some(text) = comment {
        let note = Note {
            side: target.side.teller(),
            wave: target.wave,
            written_on: today,
            text,
        };
        let introduction = target.introduction_id;
        storage::phone_tries::insert_note(write, introduction, account_id, &note).await?;
    }
    Ok(answer)
}

fn tells_of_a_death(answer: &Answer) -> bool {
    answer.end_reason == Some(DIED) && answer.still_working != Some(true)
}

/// Whoever told of a death takes it back, or says another end. Any side is believed at once,
/// and no mail goes in between: a letter too few is made good, one to people who mourn is
/// not. So a slip, also a worker's about the family, is undone by the same answer put right,
/// by their link or by the desk on the telephone; where a request, another answer or a desk's
/// call tells of the death as well, it stays. Letters that waited are not sent after all.
async fn not_died(
    context: &Context,
    write: &impl Connection,
    family_id: i64,
) -> Result<(), StorageError> {
    if storage::mailings::is_bereaved(write, family_id).await? {
        return Ok(());
    }
    storage::mailings::lift_death(write, family_id, context.today()).await?;
    let (family, over) = (Person::Family(family_id), [PersonTask::DeathTold]);
    storage::person_tasks::settle(write, family, &over, context.now(), None).await
}

/// Somebody told that the person cared for has died: the family is asked and written
/// nothing more, and the desk writes down what it means for the request.
pub(super) async fn died(
    context: &Context,
    write: &impl Connection,
    family: Person,
) -> Result<(), StorageError> {
    ended::stop(context, write, family, Disposition::Died).await?;
    let (kind, today) = (PersonTask::DeathTold, context.today());
    storage::person_tasks::put(write, family, kind, today, None).await?;
    Ok(())
}
