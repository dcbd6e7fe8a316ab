//! Asking workers for a request before anything is disclosed: asking (`asking`),
//! what they say (`answering`, and by link `link`), what is written to them
//! (`letters`, `told`), what ends by itself (`clearing`), and the lists.

pub mod answering;
pub mod asking;
pub mod clearing;
pub mod letters;
pub mod link;
pub mod lists;
pub mod revision;
pub mod skipping;
pub mod told;

use super::ServiceError;
use super::merging::missing;
use super::rights::check_living;
use crate::domain::ids::{RequestCode, WorkerCode};
use crate::domain::invalid::Why;
use crate::domain::proposal::ProposalError;
use crate::domain::request::CareRequest;
use crate::domain::worker::Worker;
use crate::storage::{self, Connection, Stored};

pub use crate::domain::proposal::Word;
pub use answering::answer;
pub(super) use answering::asked_by_phone;
pub use asking::add;

fn refused(error: ProposalError, worker: &str) -> ServiceError {
    let key = match error {
        ProposalError::NotWaiting => "refused-not-waiting",
        ProposalError::BeforeProposed => "refused-before-proposed",
        ProposalError::InTheFuture => "refused-in-the-future",
    };
    ServiceError::Refused(Why::new(key).with("worker", worker))
}

pub(super) async fn find_worker(
    db: &impl Connection,
    code: &WorkerCode,
) -> Result<Stored<Worker>, ServiceError> {
    match storage::workers::find(db, code).await? {
        Some(worker) => {
            check_living(db, "worker", code.as_str()).await?;
            Ok(worker)
        }
        None => Err(missing(db, "worker", code.as_str()).await?),
    }
}

pub(super) async fn find_request(
    db: &impl Connection,
    code: &RequestCode,
) -> Result<Stored<CareRequest>, ServiceError> {
    storage::requests::find(db, code)
        .await?
        .ok_or_else(|| ServiceError::not_found("request", code))
}

/// The request, if it is open.
pub(super) async fn open_request(
    db: &impl Connection,
    code: &RequestCode,
) -> Result<Stored<CareRequest>, ServiceError> {
    let request = find_request(db, code).await?;
    if request.value.is_open() {
        Ok(request)
    } else {
        Err(ServiceError::Refused(
            Why::new("refused-request-not-open").with("request", code),
        ))
    }
}
