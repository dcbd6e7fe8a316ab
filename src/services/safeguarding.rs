//! Holding somebody back after a serious complaint, by the word of two people,
//! and letting them back the same way. What `domain::safeguarding` allows is
//! asked in the transaction that writes it. The record of what was done names
//! codes, never the words.

use chrono::NaiveDate;

use super::error::require_desk;
use super::merging::people_of;
use super::registering::kept::safeguard_sheets;
use super::registering::save::{get, note};
use super::registering::{self, Form, Opened};
use super::tables::{Families, Workers};
use super::{Context, ServiceError};
use crate::domain::account::Actor;
use crate::domain::invalid::{Invalid, Problem, Why};
use crate::domain::reason::{self, ReasonList};
use crate::domain::safeguarding::{LONGEST_WORDS, Standing, Word, is_review_day};
use crate::domain::text::lines;
use crate::domain::typed;
use crate::storage::blocks::{Block, NewBlock, Said};
use crate::storage::changes::Change;
use crate::storage::merges::People;
use crate::storage::{self, Connection, Write};

/// What was typed to propose one.
#[derive(Debug, Clone, Copy)]
pub struct Proposed<'a> {
    pub reason: &'a str,
    pub words: &'a str,
    /// As people type a day.
    pub review_on: &'a str,
}

impl Block {
    /// How it stands.
    pub fn standing(&self) -> Standing {
        Standing::of(self.confirmed.is_some(), self.lift_asked.is_some())
    }

    /// Whether an account said the word that another has to confirm.
    pub fn spoke(&self, account: i64) -> bool {
        let said = match self.standing() {
            Standing::Proposed => Some(&self.proposed),
            Standing::Confirmed => None,
            Standing::LiftAsked => self.lift_asked.as_ref(),
        };
        said.is_some_and(|said| said.account == account)
    }
}

/// A record and its blocks: the one that holds first, then the ended ones.
pub async fn of(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
) -> Result<(Opened, Vec<Block>), ServiceError> {
    let people = people_of(form)?;
    let opened = registering::open(context, actor, form, code).await?;
    let blocks = storage::blocks::of(context.db.read(), people, &opened.code).await?;
    Ok((opened, blocks))
}

/// Whether the record's person is held back.
pub async fn is_held(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
) -> Result<bool, ServiceError> {
    require_desk(actor)?;
    let people = people_of(form)?;
    Ok(storage::blocks::is_blocked(context.db.read(), people, code).await?)
}

/// Why nothing goes out for a request: its family is held back. The why of that
/// stands on the family's page.
pub(super) async fn check_family(db: &impl Connection, family: &str) -> Result<(), ServiceError> {
    let held = storage::blocks::held_among(db, People::Families, [family]).await?;
    if held.is_empty() {
        Ok(())
    } else {
        Err(ServiceError::Refused(family_is_held(family)))
    }
}

/// The same in words.
pub(super) fn family_is_held(family: &str) -> Why {
    Why::new("refused-family-held").with("family", family)
}

/// Proposes one. It holds from now on.
pub async fn propose(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
    typed: Proposed<'_>,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let people = people_of(form)?;
    let (words, mut problems) = read_words(typed.words, false);
    let reason = reason::find(ReasonList::Block, typed.reason);
    let mut problem = |field, key| {
        problems.push(Problem {
            field,
            value: String::new(),
            why: Why::new(key),
        });
    };
    if reason.is_none() {
        problem("reason", "problem-block-reason");
    }
    let review_on = review_day(typed.review_on, context.today());
    if review_on.is_none() {
        problem("review_on", "problem-review-day");
    }
    let (Some(reason), Some(review_on), true) = (reason, review_on, problems.is_empty()) else {
        return Err(ServiceError::Invalid(Invalid(problems)));
    };
    let write = context.db.write().await?;
    let (_, version) = hold(&write, form, code).await?;
    if storage::blocks::is_blocked(&*write, people, code).await? {
        return Err(ServiceError::Refused(Why::new("refused-held-already")));
    }
    let new = NewBlock {
        reason: reason.code(),
        words: &words,
        review_on,
    };
    let said = (actor.account_id, context.now());
    storage::blocks::insert(&*write, people, code, &new, said).await?;
    tell(
        &write,
        context,
        actor,
        (people, code, version),
        "block_proposed",
    )
    .await?;
    Ok(write.commit().await?)
}

/// What somebody says of a block that holds.
#[derive(Debug, Clone, Copy)]
pub struct Spoken<'a> {
    pub block: i64,
    /// The version that was looked at.
    pub version: i32,
    pub word: Word,
    /// For a confirmation the person's own words, for the end of it why.
    pub words: &'a str,
    /// When it is looked at again, where it stays.
    pub review_on: &'a str,
}

/// Says it.
pub async fn speak(
    context: &Context,
    actor: &Actor,
    form: Form,
    code: &str,
    spoken: Spoken<'_>,
) -> Result<(), ServiceError> {
    require_desk(actor)?;
    let people = people_of(form)?;
    let write = context.db.write().await?;
    let (id, version) = hold(&write, form, code).await?;
    let blocks = storage::blocks::of(&*write, people, code).await?;
    let block = blocks.into_iter().find(|one| one.id == spoken.block);
    let mut block = block.ok_or_else(|| ServiceError::not_found("block", code))?;
    if block.version != spoken.version || block.ended.is_some() {
        return Err(ServiceError::Stale);
    }
    if !block
        .standing()
        .allows(spoken.word, block.spoke(actor.account_id))
    {
        return Err(ServiceError::Refused(Why::new("refused-own-word")));
    }
    let action = apply(&mut block, context, actor, spoken)?;
    storage::blocks::update(&*write, &block).await?;
    if spoken.word == Word::Confirm {
        safeguard_sheets(&write, context, actor, people, id).await?;
    }
    tell(&write, context, actor, (people, code, version), action).await?;
    Ok(write.commit().await?)
}

fn apply(
    block: &mut Block,
    context: &Context,
    actor: &Actor,
    spoken: Spoken<'_>,
) -> Result<&'static str, ServiceError> {
    let said = Some(Said {
        account: actor.account_id,
        name: actor.name.clone(),
        at: context.now(),
    });
    let needs_words = matches!(spoken.word, Word::Confirm | Word::AskLift);
    let (words, mut problems) = read_words(spoken.words, needs_words);
    let review_on = review_day(spoken.review_on, context.today());
    if spoken.word == Word::Keep && review_on.is_none() {
        problems.push(Problem {
            field: "review_on",
            value: String::new(),
            why: Why::new("problem-review-day"),
        });
    }
    if !problems.is_empty() {
        return Err(ServiceError::Invalid(Invalid(problems)));
    }
    Ok(match spoken.word {
        Word::Confirm => {
            block.words = words;
            block.confirmed = said;
            "block_confirmed"
        }
        Word::Drop => {
            block.ended = said;
            "block_dropped"
        }
        Word::AskLift => {
            block.lift_words = words;
            block.lift_asked = said;
            "block_lift_asked"
        }
        Word::Lift => {
            block.ended = said;
            "block_lifted"
        }
        Word::Keep => {
            block.lift_asked = None;
            block.review_on = review_on.unwrap_or(block.review_on);
            "block_kept"
        }
    })
}

/// Holds the record until the transaction ends; its key and version.
async fn hold(write: &Write, form: Form, code: &str) -> Result<(i64, i32), ServiceError> {
    let people = people_of(form)?;
    let (id, version) = match people {
        People::Workers => {
            let found = get::<Workers>(&**write, code).await?;
            (found.id, found.version)
        }
        People::Families => {
            let found = get::<Families>(&**write, code).await?;
            (found.id, found.version)
        }
    };
    storage::merges::lock(&**write, people, [id, id]).await?;
    Ok((id, version))
}

async fn tell(
    write: &Write,
    context: &Context,
    actor: &Actor,
    (people, code, version): (People, &str, i32),
    action: &str,
) -> Result<(), ServiceError> {
    let change = Change {
        kind: people.kind(),
        record: code,
        version,
        action,
        fields: Vec::new(),
    };
    Ok(note(write, context, Some(actor), &change).await?)
}

fn read_words(words: &str, needed: bool) -> (String, Vec<Problem>) {
    let words = lines(words);
    let why = if words.chars().count() > LONGEST_WORDS {
        Some(Why::new("problem-too-long").with("longest", LONGEST_WORDS))
    } else if needed && words.is_empty() {
        Some(Why::new("problem-words-missing"))
    } else {
        None
    };
    let problem = why.map(|why| Problem {
        field: "words",
        value: String::new(),
        why,
    });
    (words, problem.into_iter().collect())
}

fn review_day(text: &str, today: NaiveDate) -> Option<NaiveDate> {
    let day = typed::day(text, today, 1).ok()?;
    is_review_day(day, today).then_some(day)
}
