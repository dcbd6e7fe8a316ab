//! Whether the pool that a program keeps in memory is what the database says:
//! asked at the end of every test that has a site, whatever it wrote and by which way.

use dom::domain::ids::WorkerCode;
use dom::services::{Context, ServiceError, matching};
use dom::storage;

/// Requests and workers that are asked about.
const MOST: u64 = 30;

/// What matching says of open requests and of workers; none where it can't be asked.
async fn said(context: &Context) -> Option<Vec<String>> {
    let today = context.today();
    let mut said = Vec::new();
    let answers = matching::answer_all(context, today, None, |code, answer| {
        if said.len() as u64 <= MOST {
            let answer = answer
                .ok()
                .map(|answer| serde_json::to_string(&answer).unwrap());
            said.push(format!("{code}: {answer:?}"));
        }
        Ok::<_, ServiceError>(())
    });
    answers.await.ok()?;
    let workers = storage::workers::after(context.db.read(), None, MOST)
        .await
        .ok()?;
    for worker in workers {
        let code: WorkerCode = worker.value.code?;
        let answer = matching::reverse(context, &code, today).await.ok()?;
        said.push(serde_json::to_string(&answer).unwrap());
    }
    Some(said)
}

/// Asserts that a long-lived pool answers as one that is read now.
pub async fn is_true(context: &Context) {
    let anew = Context::new(
        context.db.clone(),
        context.clock.clone(),
        context.randomness.clone(),
        context.public_url.clone(),
    );
    // A database that a test spoiled can't be read at all.
    if let Some(expected) = said(&anew).await {
        assert_eq!(said(context).await.as_ref(), Some(&expected));
    }
}
