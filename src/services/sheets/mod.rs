//! Issuing the named sheet. What needs a number is printed outside the write
//! transaction and kept only if the number is still free; everything that made
//! the sheet right is checked again inside it. No PDF leaves without its
//! disclosure on record.

mod checks;
mod choice;
pub(in crate::services) mod disclosed;
mod draft;
pub(in crate::services) mod end;
pub(in crate::services) mod record;
mod turn;

use chrono::{Datelike, NaiveDate};

use super::accounts::off_the_threads;
use super::delivery::{NewLetter, Queued};
use super::error::require_desk;
use super::{Context, ServiceError, places};
use crate::catalogue::Words;
use crate::domain::account::Actor;
use crate::domain::ids::{RequestCode, SheetNumber, WorkerCode};
use crate::domain::invalid::Why;
use crate::{pdf, storage};
use draft::Draft;
use turn::Turn;

pub use checks::{check_number, offer_too_low};
pub use choice::{Chosen, ChosenWorker, Standing, chosen};
pub use record::{
    SheetRecord, Verification, Verified, WeightsUsed, get, print, revoke, verify, verify_for,
};

/// How often a sheet is printed anew because another instance took its number.
const TRIES: usize = 20;

/// What an operator orders.
#[derive(Debug, Clone)]
pub struct Order {
    pub request: RequestCode,
    /// 1 to 8, each once, in the order of the pages.
    pub workers: Vec<WorkerCode>,
    /// Whom the operator asked by telephone, and when they said yes.
    pub asked: Vec<(WorkerCode, NaiveDate)>,
    /// Why a better band was passed over.
    pub skipped: Option<&'static str>,
    /// How it reaches the family.
    pub way: Way,
}

/// How a sheet reaches its family.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Way {
    /// Printed, and handed over by whoever has it.
    #[default]
    Paper,
    /// By a mail with a link, queued in the transaction that issues.
    Mail,
}

impl Way {
    /// All.
    pub const ALL: [Self; 2] = [Self::Paper, Self::Mail];

    /// The code, also of the catalogue's message.
    pub fn code(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Mail => "mail",
        }
    }
}

/// A sheet that was issued or printed again.
#[derive(Debug, Clone)]
pub struct Issued {
    pub number: SheetNumber,
    pub verification_code: String,
    pub sha256: String,
    pub pdf: Vec<u8>,
    /// To whom the mail goes, and its code, where one was queued.
    pub queued: Option<Queued>,
}

/// Issues a sheet in the actor's name.
pub async fn issue(
    context: &Context,
    actor: &Actor,
    words: Words,
    order: &Order,
) -> Result<Issued, ServiceError> {
    require_desk(actor)?;
    checks::check_order(order)?;
    let letter = match order.way {
        Way::Mail => Some(NewLetter::new(context).await?),
        Way::Paper => None,
    };
    let order = &Ordered { order, letter };
    let _press = context.press.lock().await;
    if let Some(issued) = print_and_keep(context, actor, words, order).await? {
        return Ok(issued);
    }
    // Other copies of the program issue too: they and this one take turns.
    let desk = places::desk(context, actor.desk().ok_or(ServiceError::Forbidden)?).await?;
    let press = storage::counters::press(&desk.sheet_prefix, context.today().year());
    for _ in 1..TRIES {
        let turn = Turn::take(context, press.clone()).await?;
        let outcome = print_and_keep(context, actor, words, order).await;
        if let Some(turn) = turn {
            turn.end(context).await;
        }
        if let Some(issued) = outcome? {
            return Ok(issued);
        }
    }
    Err(ServiceError::Refused(Why::new("refused-number-taken")))
}

/// An order, and the link that its mail will bring.
struct Ordered<'a> {
    order: &'a Order,
    letter: Option<NewLetter>,
}

/// One try; none where the number went to somebody else meanwhile.
async fn print_and_keep(
    context: &Context,
    actor: &Actor,
    words: Words,
    order: &Ordered<'_>,
) -> Result<Option<Issued>, ServiceError> {
    let draft = Draft::prepare(context, actor, order.order).await?;
    let view = draft.view(context, words, actor);
    let pdf = off_the_threads(move || Ok(pdf::sheet::render(&view)?)).await?;
    draft.keep(context, actor, words, order, pdf).await
}
