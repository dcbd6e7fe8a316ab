//! Every open request is matched once by the program itself, soon after it was
//! opened, so that the figures can tell later what there was, what kept workers
//! out, and whom it fitted. Nobody sees who fitted from here.

use super::matching::{Ground, need_of};
use super::{Context, ServiceError};
use crate::domain::outcome::fits_kept_from;
use crate::domain::request::CareRequest;
use crate::storage::first_looks::FirstLook;
use crate::storage::rows::CHUNK;
use crate::storage::{self, Stored};

/// Requests that one run looks at.
const MOST: u64 = 100;

/// Forgets who fitted requests whose years are not told of any more; how many requests.
pub async fn forget(context: &Context) -> Result<u64, ServiceError> {
    let before = fits_kept_from(context.today());
    let write = context.db.write().await?;
    let forgotten = storage::first_looks::forget_fits(&*write, before, CHUNK as u64).await?;
    write.commit().await?;
    Ok(forgotten)
}

/// Looks at open requests that nobody looked at yet; how many.
pub async fn look(context: &Context) -> Result<u64, ServiceError> {
    let missing = storage::first_looks::missing(context.db.read(), MOST).await?;
    look_at(context, &missing).await
}

/// Looks at some requests, whatever their status.
pub(super) async fn look_at(
    context: &Context,
    requests: &[Stored<CareRequest>],
) -> Result<u64, ServiceError> {
    if requests.is_empty() {
        return Ok(0);
    }
    let today = context.today();
    let ground = Ground::now(context, today).await?;
    let look = |request: &Stored<CareRequest>| {
        let need = need_of(&request.value).ok();
        let tally = need.as_ref().map(|need| ground.search(need).tally());
        let tally = tally.as_ref();
        FirstLook {
            request_id: request.id,
            looked_on: today,
            pool: tally.map_or(0, |one| one.pool),
            limits: tally
                .iter()
                .flat_map(|one| one.limits.iter())
                .map(|(criterion, count)| (criterion.code().to_owned(), count))
                .collect(),
            fits: tally
                .iter()
                .flat_map(|one| &one.fits)
                .map(|worker| (*worker).to_owned())
                .collect(),
        }
    };
    let looks: Vec<FirstLook> = requests.iter().map(look).collect();
    let write = context.db.write().await?;
    storage::first_looks::insert_many(&*write, &looks).await?;
    write.commit().await?;
    Ok(looks.len() as u64)
}
