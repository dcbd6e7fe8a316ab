//! What a worker does who opens a link: look, say yes or no, correct it, ask to be
//! phoned. Looking writes nothing. A link that opens nothing is always the same,
//! whatever is wrong with it.

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::{answering, letters, told};
use crate::catalogue::{Language, Words};
use crate::domain::account::Actor;
use crate::domain::diffusion::Ground;
use crate::domain::invalid::Why;
use crate::domain::offer::Offer;
use crate::domain::proposal::{PhoneFor, Proposal, Via, Word};
use crate::domain::request::{CareRequest, RequestStatus};
use crate::domain::sheet;
use crate::services::error::require_desk;
use crate::services::follow_up::survey::Closed;
use crate::services::follow_up::{delivery, hash_of};
use crate::services::{Context, ServiceError, diffusion};
use crate::storage::asked::Asked;
use crate::storage::mailings::Person;
use crate::storage::{self, Connection};

/// What a link opens.
pub struct Opened {
    pub language: Language,
    pub desk_phone: String,
    pub offer: Offer,
    pub proposal: Proposal,
    asked: Asked,
}

impl Opened {
    /// Names the offer, so that nobody says yes to one that changed meanwhile.
    pub fn offer_name(&self) -> String {
        name_of(&self.offer)
    }
}

fn name_of(offer: &Offer) -> String {
    HEXLOWER.encode(&Sha256::digest(offer.line())[..8])
}

/// What the worker sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Word(Word),
    PhoneMe,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    Recorded,
    /// The offer is another one by now.
    Changed,
    /// Too late.
    Gone,
}

/// The request of a proposal, while it makes sense to ask: it is not over, and the
/// worker may be named and did not keep their sheet from there.
pub(super) async fn still_asked(
    context: &Context,
    db: &impl Connection,
    asked: &Asked,
) -> Result<Option<CareRequest>, ServiceError> {
    let request = storage::requests::find(db, &asked.request).await?;
    let worker = storage::workers::find(db, &asked.worker).await?;
    let (Some(request), Some(worker)) = (request, worker) else {
        return Ok(None);
    };
    let lives = matches!(
        request.value.status,
        RequestStatus::Open | RequestStatus::Paused
    );
    if !lives || sheet::obstacle_of(&worker.value, context.today()).is_some() {
        return Ok(None);
    }
    let left_out = diffusion::left_out(db, &asked.request).await?;
    let wishes = left_out
        .iter()
        .any(|one| one.worker_id == asked.worker_id && one.ground == Ground::Wish);
    Ok((!wishes).then_some(request.value))
}

/// Opens a link.
pub async fn open(context: &Context, token: &str, network: &str) -> Result<Opened, Closed> {
    let now = context.now();
    if context.wrong_links.waits(network, now) {
        return Err(Closed::Waits);
    }
    let db = context.db.read();
    let id = storage::proposals::of_link(db, &hash_of(token)).await?;
    let opened = match id {
        Some(id) => opened(context, db, id).await?,
        None => None,
    };
    opened.ok_or_else(|| {
        context.wrong_links.count(network, now);
        Closed::Gone
    })
}

async fn opened(
    context: &Context,
    db: &impl Connection,
    id: i64,
) -> Result<Option<Opened>, ServiceError> {
    let Some(asked) = storage::asked::find(db, id).await? else {
        return Ok(None);
    };
    if !asked.proposal.value.is_open_on(context.today())
        || storage::asked::is_introduced(db, &asked).await?
    {
        return Ok(None);
    }
    let Some(request) = still_asked(context, db, &asked).await? else {
        return Ok(None);
    };
    let person = Person::Worker(asked.worker_id);
    let contact = storage::contacts::of(db, &[person]).await?.remove(&person);
    let Some(contact) = contact else {
        return Ok(None);
    };
    let (_, desk_phone) = delivery::desk(db, contact.desk_id).await?;
    Ok(Some(Opened {
        language: Language::written_to(contact.language),
        desk_phone,
        offer: asked.proposal.value.offer(&request),
        proposal: asked.proposal.value.clone(),
        asked,
    }))
}

/// Records what was sent. `offer_name`: the offer that the page showed.
pub async fn send(
    context: &Context,
    opened_before: &Opened,
    said: Said,
    offer_name: &str,
) -> Result<Sent, ServiceError> {
    let today = context.today();
    let write = context.db.write().await?;
    let id = opened_before.asked.proposal.id;
    // Held first: a sheet, an expiry, an undo or a colleague at the same moment wait.
    answering::held(&write, id).await?;
    let Some(now) = opened(context, &*write, id).await? else {
        return Ok(Sent::Gone);
    };
    if name_of(&now.offer) != offer_name {
        return Ok(Sent::Changed);
    }
    let mut proposal = now.asked.proposal.clone();
    let action = match said {
        Said::Word(word) => {
            let said = proposal.value.say(word, Via::Link, today);
            if !said.map_err(|error| super::refused(error, &now.asked.worker_name))? {
                return Ok(Sent::Recorded);
            }
            proposal.value.told = Some(now.offer.line());
            answering::feed(context, &*write, None, &now.asked, word).await?;
            let at = context.now();
            storage::proposal_words::insert(&*write, id, &proposal.value, at, None).await?;
            match word {
                Word::Yes => "proposal.accepted",
                Word::No(_) => "proposal.declined",
            }
        }
        Said::PhoneMe if proposal.value.phone_for == Some(PhoneFor::Asked) => {
            return Ok(Sent::Recorded);
        }
        Said::PhoneMe => {
            proposal.value.phone_for = Some(PhoneFor::Asked);
            "proposal.phone_wanted"
        }
    };
    storage::proposals::update(&*write, &proposal).await?;
    let (at, object) = (context.now(), Some(now.asked.worker.as_str()));
    storage::audit::insert(&*write, at, None, action, object, Some("link")).await?;
    write.commit().await?;
    Ok(Sent::Recorded)
}

/// A text for the worker's telephone, in their language.
pub struct Text {
    pub text: String,
    pub language: Language,
}

/// A text with a new link, for the operator to copy.
pub async fn text(context: &Context, actor: &Actor, id: i64) -> Result<Text, ServiceError> {
    require_desk(actor)?;
    let write = context.db.write().await?;
    let opened = opened(context, &*write, id).await?;
    let opened = opened.ok_or_else(|| ServiceError::Refused(Why::new("refused-proposal-over")))?;
    let token = letters::new_link(context, &*write, id).await?;
    let (at, object) = (context.now(), Some(opened.asked.worker.as_str()));
    let by = Some(actor.account_id);
    storage::audit::insert(&*write, at, by, "proposal.link", object, None).await?;
    write.commit().await?;
    let words = Words::new(opened.language);
    let facts = told::facts(words, &opened.offer).into_iter();
    let facts: Vec<String> = facts
        .map(|(label, text)| format!("{label}: {text}"))
        .collect();
    Ok(Text {
        text: words.with(
            "asked-text",
            &[
                ("facts", &facts.join("\n")),
                ("date", &words.date(opened.proposal.expires_on)),
                ("link", &letters::address(context, &token)),
            ],
        ),
        language: opened.language,
    })
}
