//! The code that opens names behind a private link: an operator tells it by
//! telephone; a try is counted before it is compared, so that many at once all
//! count; the fifth wrong one ends it and makes a task.

use super::opened::{Here, Kept, here_in};
use super::{Context, ServiceError, seal};
use crate::domain::delivery::{Code, MOST_TRIES, OPEN_FOR};
use crate::domain::private_link::{PersonTask, Purpose};
use crate::services::accounts::verify_password;
use crate::services::follow_up::survey::Closed;
use crate::storage;
use crate::storage::link_codes::{self, StoredCode};

/// What came of a code.
pub enum Typed {
    /// What the browser keeps for a while.
    Right { sealed: String },
    /// Not six digits: no try.
    NoCode,
    /// Tries that are left.
    Wrong { left: u32 },
    /// There is none that could be typed: the desk tells a new one.
    None,
}

pub(super) fn sealed_of(address: &str, code_id: i64) -> String {
    format!("{address}:{code_id}")
}

/// Whether there is a code that can be typed now.
pub async fn can_be_typed(context: &Context, here: &Here) -> Result<bool, ServiceError> {
    let code = link_codes::latest(context.db.read(), here.person).await?;
    Ok(code.is_some_and(|code| code.takes_tries(context.now())))
}

/// Tries a code.
pub async fn enter(context: &Context, here: &Here, typed: &str) -> Result<Typed, ServiceError> {
    let Some(typed) = Code::read(typed) else {
        return Ok(Typed::NoCode);
    };
    let now = context.now();
    let code = link_codes::latest(context.db.read(), here.person).await?;
    let Some(code) = code.filter(|code| code.takes_tries(now)) else {
        return Ok(Typed::None);
    };
    let write = context.db.write().await?;
    let counted = link_codes::count_try(&*write, code.id).await?;
    write.commit().await?;
    let Some(tries) = counted else {
        lock(context, here, &code).await?;
        return Ok(Typed::None);
    };
    let hash = code.code_hash.clone();
    if verify_password(typed.as_str().to_owned(), Some(hash)).await? {
        let write = context.db.write().await?;
        let still = link_codes::right(&*write, code.id).await?;
        let seal = seal(&*write).await?;
        let action = "link.names_opened";
        storage::audit::insert(&*write, now, None, action, Some(&here.code), None).await?;
        write.commit().await?;
        if let (true, Some(seal)) = (still, seal) {
            let of = sealed_of(&here.address, code.id);
            let sealed = seal.seal(Purpose::Names, &of, now + OPEN_FOR);
            return Ok(Typed::Right { sealed });
        }
    }
    if tries >= MOST_TRIES {
        lock(context, here, &code).await?;
        return Ok(Typed::None);
    }
    Ok(Typed::Wrong {
        left: MOST_TRIES - tries,
    })
}

async fn lock(context: &Context, here: &Here, code: &StoredCode) -> Result<(), ServiceError> {
    let write = context.db.write().await?;
    link_codes::lock(&*write, code.id, context.now()).await?;
    let (kind, today) = (PersonTask::CodeLocked, context.today());
    storage::person_tasks::put(&*write, here.person, kind, today, None).await?;
    Ok(write.commit().await?)
}

/// Asks the desk to telephone the code.
pub async fn call_me(context: &Context, address: &str, kept: &Kept) -> Result<Here, Closed> {
    let write = context.db.write().await?;
    let here = here_in(context, &*write, address, kept).await?;
    let (kind, today) = (PersonTask::CodeWanted, context.today());
    storage::person_tasks::put(&*write, here.person, kind, today, None).await?;
    write.commit().await?;
    Ok(here)
}
