//! Printing reports: so many at once and no more, so that a crowd that asks for papers
//! leaves room for whoever works.

use tokio::sync::Semaphore;

use super::ServiceError;
use crate::pdf::PdfError;

/// A report takes a processor for a while, and a small machine has two.
static PLACES: Semaphore = Semaphore::const_new(2);

/// Prints off the threads that answer, once there is a place.
pub(super) async fn printed(
    print: impl FnOnce() -> Result<Vec<u8>, PdfError> + Send + 'static,
) -> Result<Vec<u8>, ServiceError> {
    let place = PLACES.acquire().await.expect("nobody closes it");
    // Whoever asked may have gone: the place is free when the printing is over.
    let work = move || {
        let _place = place;
        print()
    };
    let printed = tokio::task::spawn_blocking(work).await;
    Ok(printed.map_err(|error| ServiceError::Broken(error.to_string()))??)
}
